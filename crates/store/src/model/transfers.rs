//! What is announced to warehouses, in memory.

use std::cmp::Reverse;

use async_trait::async_trait;
use switchyard_core::id::TransferId;
use switchyard_core::transfer::Transfer;

use super::{Model, State, conflict, expect_revision};
use crate::contract::{TransferFilter, Transfers};
use crate::error::Result;

impl State {
    pub(super) fn put_transfer(&mut self, mut transfer: Transfer) -> Result<()> {
        let stored = self.transfers.get(transfer.id.as_str());
        let refusal = || conflict("transfer", &transfer.id);
        expect_revision(stored.map(|one| one.revision), transfer.revision, refusal)?;
        let taken = |other: &Transfer| {
            let same_remote =
                other.remote_id.is_some() && (&other.to, &other.remote_id) == (&transfer.to, &transfer.remote_id);
            other.id != transfer.id && (other.reference == transfer.reference || same_remote)
        };
        if self.transfers.iter().any(taken) {
            return Err(refusal());
        }
        transfer.revision += 1;
        self.transfers.put(transfer.id.clone().as_str(), transfer);
        Ok(())
    }
}

#[async_trait]
impl Transfers for Model {
    async fn transfer(&self, id: &TransferId) -> Result<Option<Transfer>> {
        Ok(self.state()?.transfers.get(id.as_str()).cloned())
    }

    async fn search_transfers(
        &self,
        filter: &TransferFilter,
        after: Option<&TransferId>,
        limit: u32,
    ) -> Result<Vec<Transfer>> {
        let held = self.state()?;
        let wanted = |one: &&Transfer| {
            (filter.states.is_empty() || filter.states.contains(&one.state))
                && filter.warehouse.as_ref().is_none_or(|warehouse| warehouse == &one.to)
                && after.is_none_or(|after| one.id.as_str() < after.as_str())
        };
        let mut found: Vec<&Transfer> = held.transfers.iter().filter(wanted).collect();
        found.sort_unstable_by_key(|one| Reverse(one.id.as_str()));
        Ok(found.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).cloned().collect())
    }
}
