//! What follows from every change of a return: its row, the goods on the shelf, the order's matters, the work it brings.

use std::collections::BTreeMap;

use serde_json::json;
use switchyard_connectors::registry;
use switchyard_core::attention::AttentionItem;
use switchyard_core::code::Code;
use switchyard_core::id::WarehouseId;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::quantity::Sku;
use switchyard_core::return_order::{Notice, Return, ReturnState, StockDecision};
use switchyard_core::stock::bucket::{BlockReason, Movement};
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_core::time::Timestamp;
use switchyard_store::contract::{Changes, OrderFile, Write};

use super::amendment::Amendment;
use super::order_route;
use crate::Inner;

/// A change of a return that has been decided.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// The order's file, when it is of one.
    pub(super) file: Option<&'a OrderFile>,
    /// The return before; `None` for a new one.
    pub(super) before: Option<&'a Return>,
    /// The return after.
    pub(super) after: Return,
    /// Who.
    pub(super) actor: Actor,
    /// What, as `return.verb_past`.
    pub(super) kind: &'static str,
    /// Why, in their words.
    pub(super) reason: String,
    /// Whether the goods are booked here. Not where the warehouse itself decided: its own stock report counts them.
    pub(super) books: bool,
}

impl Change<'_> {
    /// The change set, without the job that caused it.
    pub(super) fn into_changes(mut self, inner: &Inner) -> Changes {
        let now = inner.clock.now();
        self.after.updated_at = now;
        let waits = self.after.waits_for() != (false, false);
        if !waits && self.after.problem.as_ref().is_some_and(|shown| shown.code == Code::ReturnUndecided) {
            self.after.problem = None;
        }
        let id = self.after.id.clone();
        let mut writes = if self.books { self.movements(now) } else { Vec::new() };
        if !writes.is_empty() {
            // What is for sale again may be what an order waits for.
            writes.push(Write::Job(inner.job("plan_together", order_route::TOGETHER, now)));
        }
        if let Some(due) = watched_at(inner, &self.after) {
            writes.push(Write::Job(inner.job("return_watch", id.as_str(), due)));
        }
        let told = self.before.is_some_and(|before| before.notice == self.after.notice);
        if !told && matches!(self.after.notice, Notice::Due | Notice::WithdrawalDue) {
            writes.push(Write::Job(inner.job("return_notice", id.as_str(), now)));
        }
        writes.push(Write::Return(Box::new(self.after.clone())));
        let mut journal = vec![self.entry(self.kind, &self.actor, now)];
        let was_closed = self.before.is_some_and(|before| before.state == ReturnState::Closed);
        if self.after.state == ReturnState::Closed && !was_closed {
            journal.push(self.entry("return.closed", &Actor::service("return_watch"), now));
        }
        let mut changes = Changes { writes, journal, command: None };
        if let Some(settled) = self.file.and_then(|file| settle_matter(file, &self.after, now)) {
            changes.writes.extend(settled.writes);
            changes.journal.extend(settled.journal);
        }
        changes
    }

    fn entry(&self, kind: &str, actor: &Actor, at: Timestamp) -> Entry {
        let shown = |goods: &Return| {
            let items: Vec<_> = goods
                .items
                .iter()
                .map(|item| {
                    json!({ "sku": item.sku, "announced": item.announced, "received": item.received,
                        "stock": item.stock, "customer": item.customer })
                })
                .collect();
            json!({ "reference": goods.reference, "state": goods.state, "items": items })
        };
        Entry {
            at,
            actor: actor.clone(),
            kind: kind.to_owned(),
            order: self.after.order.clone(),
            subject: self.after.id.to_string(),
            reason: if kind == self.kind { self.reason.clone() } else { String::new() },
            before: self.before.map_or(serde_json::Value::Null, shown),
            after: shown(&self.after),
        }
    }

    /// What the decisions put on the shelf, and what a changed mind takes off it again.
    fn movements(&self, now: Timestamp) -> Vec<Write> {
        let Some(warehouse) = &self.after.warehouse else { return Vec::new() };
        let before = self.before.map(kept).unwrap_or_default();
        let mut places: BTreeMap<Sku, (i64, i64)> = kept(&self.after);
        for (sku, (for_sale, aside)) in before {
            let place = places.entry(sku).or_default();
            place.0 -= for_sale;
            place.1 -= aside;
        }
        let moved = places.into_iter().filter(|(_, units)| *units != (0, 0));
        moved
            .map(|(sku, (for_sale, aside))| Write::Stock {
                warehouse: warehouse.clone(),
                sku,
                movement: Movement {
                    on_hand: for_sale + aside,
                    blocked: if aside == 0 {
                        BTreeMap::new()
                    } else {
                        BTreeMap::from([(BlockReason::Quarantine, aside)])
                    },
                    ..Movement::default()
                },
                expects: None,
                cause: Cause::Returned,
                document: Document::Return { id: self.after.id.clone() },
                by: self.actor.clone(),
                at: now,
            })
            .collect()
    }
}

/// Units on the shelf because of a return: for sale, and set aside.
fn kept(goods: &Return) -> BTreeMap<Sku, (i64, i64)> {
    let mut units: BTreeMap<Sku, (i64, i64)> = BTreeMap::new();
    for item in &goods.items {
        let place = units.entry(item.sku.clone()).or_default();
        match item.stock {
            StockDecision::Restock => place.0 += i64::from(item.received),
            StockDecision::Quarantine => place.1 += i64::from(item.received),
            StockDecision::Undecided | StockDecision::Dispose | StockDecision::SendBack => {}
        }
    }
    units
}

/// When somebody has to look at a return again: when it is expected no longer, or has waited too long.
pub(super) fn watched_at(inner: &Inner, goods: &Return) -> Option<Timestamp> {
    match goods.state {
        ReturnState::Announced | ReturnState::InTransit => goods.expires_at,
        ReturnState::Received | ReturnState::Inspected if goods.waits_for() != (false, false) => {
            goods.received_at.map(|at| at + inner.timing.return_patience)
        }
        _ => None,
    }
}

/// Whether this matter is that a return waits for a decision.
pub(super) fn is_stuck_matter(item: &AttentionItem, goods: &Return) -> bool {
    item.code == Code::ReturnUndecided && item.announced.as_ref() == Some(&goods.id)
}

/// Takes the matter "waits for a decision" off the order once nothing does.
fn settle_matter(file: &OrderFile, goods: &Return, now: Timestamp) -> Option<Changes> {
    let waits = goods.waits_for() != (false, false);
    if waits || !file.order.attention.iter().any(|item| is_stuck_matter(item, goods)) {
        return None;
    }
    let mut amended = Amendment::of(file);
    amended.order.attention.retain(|item| !is_stuck_matter(item, goods));
    amended.order.updated_at = now;
    Some(amended.into_changes())
}

/// Whether the system of a warehouse takes notice of returns.
pub(super) async fn takes_notice(inner: &Inner, warehouse: &WarehouseId) -> Result<bool, switchyard_store::Error> {
    let places = inner.store.warehouses().await?;
    let Some(place) = places.iter().find(|place| &place.id == warehouse) else { return Ok(false) };
    let Some(connection) = inner.store.connection(&place.connection).await? else { return Ok(false) };
    let described = registry::find(&connection.connector).map(|known| (known.describe)());
    Ok(described.is_some_and(|described| described.capabilities.returns))
}
