//! What comes back, in memory.

use std::cmp::Reverse;

use async_trait::async_trait;
use switchyard_core::id::{ReturnId, WarehouseId};
use switchyard_core::return_order::{Return, ReturnState};

use super::{Model, State, conflict, expect_revision};
use crate::contract::{ReturnFilter, Returns};
use crate::error::Result;

/// Whether both are the same thing over there.
fn same_remote(one: &Return, other: &Return) -> bool {
    one.remote_id.is_some()
        && one.warehouse.is_some()
        && (&one.remote_id, &one.warehouse) == (&other.remote_id, &other.warehouse)
}

impl State {
    pub(super) fn put_return(&mut self, mut goods: Return) -> Result<()> {
        let stored = self.returns.get(goods.id.as_str());
        let refusal = || conflict("return", &goods.id);
        expect_revision(stored.map(|one| one.revision), goods.revision, refusal)?;
        if stored.is_some_and(|one| one.order != goods.order) {
            return Err(refusal());
        }
        if let Some(order) = &goods.order {
            self.expect_order(order)?;
        }
        let taken =
            |other: &Return| other.id != goods.id && (other.reference == goods.reference || same_remote(other, &goods));
        if self.returns.iter().any(taken) {
            return Err(refusal());
        }
        goods.revision += 1;
        self.returns.put(goods.id.clone().as_str(), goods);
        Ok(())
    }
}

#[async_trait]
impl Returns for Model {
    async fn goods_back(&self, id: &ReturnId) -> Result<Option<Return>> {
        Ok(self.state()?.returns.get(id.as_str()).cloned())
    }

    async fn return_by_reference(&self, reference: &str) -> Result<Option<Return>> {
        Ok(self.state()?.returns.iter().find(|one| one.reference == reference).cloned())
    }

    async fn return_by_remote_id(&self, warehouse: &WarehouseId, remote_id: &str) -> Result<Option<Return>> {
        let found =
            |one: &&Return| one.warehouse.as_ref() == Some(warehouse) && one.remote_id.as_deref() == Some(remote_id);
        Ok(self.state()?.returns.iter().find(found).cloned())
    }

    async fn search_returns(&self, filter: &ReturnFilter, after: Option<&ReturnId>, limit: u32) -> Result<Vec<Return>> {
        let held = self.state()?;
        let wanted = |one: &&Return| {
            (filter.states.is_empty() || filter.states.contains(&one.state))
                && (filter.warehouse.is_none() || filter.warehouse == one.warehouse)
                && after.is_none_or(|after| one.id.as_str() < after.as_str())
        };
        let mut found: Vec<&Return> = held.returns.iter().filter(wanted).collect();
        found.sort_unstable_by_key(|one| Reverse(one.id.as_str()));
        Ok(found.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).cloned().collect())
    }

    async fn return_counts(&self) -> Result<Vec<(ReturnState, u64)>> {
        let held = self.state()?;
        let count = |state| held.returns.iter().filter(|one| one.state == state).count() as u64;
        let counts = ReturnState::ALL.into_iter().map(|state| (state, count(state)));
        Ok(counts.filter(|(_, count)| *count > 0).collect())
    }
}
