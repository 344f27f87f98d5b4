//! Orders in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use switchyard_core::id::{ConnectionId, OrderId};
use switchyard_core::order::Order;
use switchyard_core::rule::Snapshot;
use switchyard_core::time::Timestamp;

use super::{Model, State, conflict, expect_revision, key, order_search};
use crate::contract::{OrderFile, Orders, SnapshotPage, StageCount, StoredPlan};
use crate::error::Result;
use crate::query::{Count, OrderFilter, OrderPage, OrderQuery, Stage};

/// An order and where it stands.
#[derive(Debug, Clone)]
pub(super) struct OrderRow {
    pub(super) order: Order,
    pub(super) stage: Stage,
}

impl State {
    pub(super) fn put_order(&mut self, mut order: Order, stage: Stage) -> Result<()> {
        let stored = self.orders.get(order.id.as_str());
        expect_revision(stored.map(|row| row.order.revision), order.revision, || conflict("order", &order.id))?;
        let shop_id = key(&[order.shop.as_str(), &order.shop_order_id]);
        if self.shop_ids.get(&shop_id).is_some_and(|other| other != order.id.as_str()) {
            return Err(conflict("order", &order.id));
        }
        if let Some(before) = stored.map(|row| key(&[row.order.shop.as_str(), &row.order.shop_order_id])) {
            self.shop_ids.remove(&before);
        }
        self.shop_ids.put(&shop_id, order.id.to_string());
        order.revision += 1;
        self.orders.put(order.id.clone().as_str(), OrderRow { order, stage });
        Ok(())
    }

    pub(super) fn put_plan(&mut self, order: &OrderId, plan: StoredPlan) -> Result<()> {
        self.expect_order(order)?;
        self.plans.put(order.as_str(), plan);
        Ok(())
    }

    pub(super) fn expect_order(&self, order: &OrderId) -> Result<()> {
        if self.orders.has(order.as_str()) { Ok(()) } else { Err(conflict("order", order)) }
    }
}

#[async_trait]
impl Orders for Model {
    async fn order_file(&self, id: &OrderId) -> Result<Option<OrderFile>> {
        let state = self.state()?;
        let Some(row) = state.orders.get(id.as_str()) else { return Ok(None) };
        Ok(Some(OrderFile {
            order: row.order.clone(),
            stage: row.stage,
            fulfillments: state.parts.iter().filter(|part| &part.order == id).cloned().collect(),
            hand_overs: state.hand_overs.iter().filter(|one| &one.order == id).cloned().collect(),
            shipments: state
                .shipments
                .iter()
                .map(|row| &row.shipment)
                .filter(|one| &one.order == id)
                .cloned()
                .collect(),
            write_backs: state.write_backs.iter().filter(|one| &one.order == id).cloned().collect(),
            change_requests: state.change_requests.iter().filter(|one| &one.order == id).cloned().collect(),
            returns: state.returns.iter().filter(|one| one.order.as_ref() == Some(id)).cloned().collect(),
            attempts: state.attempts.iter().filter(|one| &one.order == id).cloned().collect(),
        }))
    }

    async fn order_by_shop_id(&self, shop: &ConnectionId, shop_order_id: &str) -> Result<Option<OrderId>> {
        let state = self.state()?;
        let id = state.shop_ids.get(&key(&[shop.as_str(), shop_order_id]));
        Ok(id.and_then(|id| state.orders.get(id)).map(|row| row.order.id.clone()))
    }

    async fn order_numbers(&self, ids: &[OrderId]) -> Result<BTreeMap<OrderId, String>> {
        let state = self.state()?;
        let rows = ids.iter().filter_map(|id| state.orders.get(id.as_str()));
        Ok(rows.map(|row| (row.order.id.clone(), row.order.number.clone())).collect())
    }

    async fn search_orders(&self, query: &OrderQuery) -> Result<OrderPage> {
        order_search::page(&*self.state()?, query)
    }

    async fn count_orders(&self, filter: &OrderFilter, cap: u32) -> Result<Count> {
        Ok(order_search::count(&*self.state()?, filter, cap))
    }

    async fn stage_counts(&self) -> Result<Vec<StageCount>> {
        let state = self.state()?;
        let mut counts: BTreeMap<(String, &'static str), StageCount> = BTreeMap::new();
        for OrderRow { order, stage } in state.orders.iter() {
            let count = counts.entry((order.shop.to_string(), stage.as_str())).or_insert_with(|| StageCount {
                shop: order.shop.clone(),
                stage: *stage,
                orders: 0,
                oldest: None,
            });
            count.orders += 1;
            count.oldest = Some(count.oldest.map_or(order.updated_at, |oldest| oldest.min(order.updated_at)));
        }
        Ok(counts.into_values().collect())
    }

    async fn planning_snapshots(&self, since: Timestamp, after: Option<&OrderId>, limit: u32) -> Result<SnapshotPage> {
        let state = self.state()?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let wanted = |row: &&OrderRow| {
            row.order.received_at >= since
                && after.is_none_or(|after| row.order.id.as_str() > after.as_str())
                && state.plans.has(row.order.id.as_str())
        };
        let mut ids: Vec<&OrderId> = state.orders.iter().filter(wanted).map(|row| &row.order.id).collect();
        ids.sort_unstable_by_key(|id| id.as_str());
        ids.truncate(limit);
        let next = ids.last().filter(|_| ids.len() == limit).map(|id| (*id).clone());
        let snapshot = |id: &&OrderId| {
            let plan = state.plans.get(id.as_str())?;
            Some(Snapshot { facts: plan.facts.clone()?, input: plan.input.clone() })
        };
        Ok(SnapshotPage { snapshots: ids.iter().filter_map(snapshot).collect(), next })
    }

    async fn latest_plan(&self, id: &OrderId) -> Result<Option<StoredPlan>> {
        Ok(self.state()?.plans.get(id.as_str()).cloned())
    }
}
