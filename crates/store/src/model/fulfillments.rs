//! Fulfillment orders and what is asked of partners, in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use switchyard_core::fulfillment::{FulfillmentOrder, HandOver, HandOverState};
use switchyard_core::id::{FulfillmentId, HandOverId, ShipmentId, WarehouseId, WriteBackId};
use switchyard_core::shipment::Shipment;
use switchyard_core::write_back::{WriteBack, WriteBackState};

use super::{Model, State, conflict, expect_revision, key};
use crate::contract::{Attempt, FulfillmentCount, Fulfillments};
use crate::error::Result;

/// A shipment; where it left is in the key of its remote id.
#[derive(Debug, Clone)]
pub(super) struct ShipmentRow {
    pub(super) shipment: Shipment,
}

impl State {
    pub(super) fn put_part(&mut self, mut part: FulfillmentOrder) -> Result<()> {
        let stored = self.parts.get(part.id.as_str());
        expect_revision(stored.map(|one| one.revision), part.revision, || conflict("fulfillment order", &part.id))?;
        if stored.is_some_and(|one| one.order != part.order) {
            return Err(conflict("fulfillment order", &part.id));
        }
        self.expect_order(&part.order)?;
        if self.references.get(&part.reference).is_some_and(|other| other != part.id.as_str()) {
            return Err(conflict("fulfillment order", &part.id));
        }
        if let Some(before) = stored.map(|one| one.reference.clone()) {
            self.references.remove(&before);
        }
        self.references.put(&part.reference, part.id.to_string());
        part.revision += 1;
        self.parts.put(part.id.clone().as_str(), part);
        Ok(())
    }

    pub(super) fn put_hand_over(&mut self, mut hand_over: HandOver) -> Result<()> {
        let stored = self.hand_overs.get(hand_over.id.as_str());
        expect_revision(stored.map(|one| one.revision), hand_over.revision, || conflict("hand-over", &hand_over.id))?;
        if stored.is_some_and(|one| one.order != hand_over.order) {
            return Err(conflict("hand-over", &hand_over.id));
        }
        self.expect_order(&hand_over.order)?;
        self.expect_part(&hand_over.fulfillment)?;
        hand_over.revision += 1;
        self.hand_overs.put(hand_over.id.clone().as_str(), hand_over);
        Ok(())
    }

    pub(super) fn expect_part(&self, part: &FulfillmentId) -> Result<()> {
        if self.parts.has(part.as_str()) { Ok(()) } else { Err(conflict("fulfillment order", part)) }
    }

    pub(super) fn put_write_back(&mut self, mut write_back: WriteBack) -> Result<()> {
        let stored = self.write_backs.get(write_back.id.as_str());
        expect_revision(stored.map(|one| one.revision), write_back.revision, || {
            conflict("write-back", &write_back.id)
        })?;
        if stored.is_some_and(|one| one.order != write_back.order) {
            return Err(conflict("write-back", &write_back.id));
        }
        self.expect_order(&write_back.order)?;
        if !self.shipments.has(write_back.shipment.as_str()) {
            return Err(conflict("shipment", &write_back.shipment));
        }
        write_back.revision += 1;
        self.write_backs.put(write_back.id.clone().as_str(), write_back);
        Ok(())
    }

    pub(super) fn put_shipment(&mut self, shipment: Shipment, warehouse: WarehouseId) -> Result<()> {
        let remote = key(&[warehouse.as_str(), &shipment.remote_id]);
        if self.shipments.has(shipment.id.as_str()) || self.remote_ids.has(&remote) {
            return Err(conflict("shipment", &shipment.id));
        }
        self.expect_order(&shipment.order)?;
        self.expect_part(&shipment.fulfillment)?;
        self.remote_ids.put(&remote, shipment.id.to_string());
        self.shipments.put(shipment.id.clone().as_str(), ShipmentRow { shipment });
        Ok(())
    }

    pub(super) fn start_attempt(&mut self, attempt: Attempt) -> Result<()> {
        self.expect_order(&attempt.order)?;
        let number = key(&[&attempt.subject, &attempt.number.to_string()]);
        if self.attempts.has(&number) {
            return Err(conflict("attempt of", &attempt.subject));
        }
        self.attempts.put(&number, attempt);
        Ok(())
    }

    pub(super) fn end_attempt(&mut self, subject: &str, number: u32, end: impl FnOnce(&mut Attempt)) -> Result<()> {
        let number = key(&[subject, &number.to_string()]);
        let running = self.attempts.get(&number).filter(|attempt| attempt.ended_at.is_none());
        let mut attempt = running.cloned().ok_or_else(|| conflict("attempt of", subject))?;
        end(&mut attempt);
        self.attempts.put(&number, attempt);
        Ok(())
    }
}

fn first<'a, T: Clone + 'a>(found: impl Iterator<Item = &'a T>, limit: u32) -> Vec<T> {
    found.take(usize::try_from(limit).unwrap_or(usize::MAX)).cloned().collect()
}

#[async_trait]
impl Fulfillments for Model {
    async fn fulfillment(&self, id: &FulfillmentId) -> Result<Option<FulfillmentOrder>> {
        Ok(self.state()?.parts.get(id.as_str()).cloned())
    }

    async fn fulfillment_by_reference(&self, reference: &str) -> Result<Option<FulfillmentOrder>> {
        let state = self.state()?;
        Ok(state.references.get(reference).and_then(|id| state.parts.get(id)).cloned())
    }

    async fn fulfillment_counts(&self) -> Result<Vec<FulfillmentCount>> {
        let state = self.state()?;
        let mut counts: BTreeMap<(String, &'static str), FulfillmentCount> = BTreeMap::new();
        for part in state.parts.iter() {
            let count = counts.entry((part.warehouse.to_string(), part.state.as_str())).or_insert_with(|| {
                FulfillmentCount { warehouse: part.warehouse.clone(), state: part.state, count: 0, oldest: None }
            });
            count.count += 1;
            count.oldest = Some(count.oldest.map_or(part.state_since, |oldest| oldest.min(part.state_since)));
        }
        Ok(counts.into_values().collect())
    }

    async fn hand_over(&self, id: &HandOverId) -> Result<Option<HandOver>> {
        Ok(self.state()?.hand_overs.get(id.as_str()).cloned())
    }

    async fn hand_overs_in(&self, state: HandOverState, limit: u32) -> Result<Vec<HandOver>> {
        Ok(first(self.state()?.hand_overs.iter().filter(|one| one.state == state), limit))
    }

    async fn write_back(&self, id: &WriteBackId) -> Result<Option<WriteBack>> {
        Ok(self.state()?.write_backs.get(id.as_str()).cloned())
    }

    async fn write_backs_in(&self, state: WriteBackState, limit: u32) -> Result<Vec<WriteBack>> {
        Ok(first(self.state()?.write_backs.iter().filter(|one| one.state == state), limit))
    }

    async fn shipment(&self, id: &ShipmentId) -> Result<Option<Shipment>> {
        Ok(self.state()?.shipments.get(id.as_str()).map(|row| row.shipment.clone()))
    }

    async fn shipment_by_remote_id(&self, warehouse: &WarehouseId, remote_id: &str) -> Result<Option<Shipment>> {
        let state = self.state()?;
        let id = state.remote_ids.get(&key(&[warehouse.as_str(), remote_id]));
        Ok(id.and_then(|id| state.shipments.get(id)).map(|row| row.shipment.clone()))
    }
}
