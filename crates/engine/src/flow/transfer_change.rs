//! Goods on their way to a warehouse: announced, expected, on their way, counted, put away, explained.
//!
//! No connector tells a warehouse of a transfer yet; people do, and what they hear is recorded here. What it means for stock
//! is derived from the transfer before and after: units on their way are `incoming` where they go, units put away are on
//! hand there, and units that left another warehouse are on hand there no longer.

use std::collections::BTreeMap;

use serde_json::json;
use switchyard_core::id::{TransferId, WarehouseId};
use switchyard_core::journal::Entry;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::role::Power;
use switchyard_core::stock::bucket::{BlockReason, Buckets, Movement};
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_core::time::Timestamp;
use switchyard_core::transfer::{Discrepancy, Transfer, TransferLine, TransferState};
use switchyard_store::contract::{Changes, CommandId, Write};

use super::delivery::{self, Delivery};
use super::order_route;
use crate::Inner;
use crate::returns::Wish;
use crate::transfers::{AnnounceTransfer, TransferFailure, TransferRequest, TransferVerb};

/// As in `stock_change`: a level that moves is looked at again, so often.
const ROUNDS: usize = 20;

/// Announces goods, once, however often it is delivered.
pub(crate) async fn announce(inner: &Inner, request: AnnounceTransfer) -> Result<Transfer, TransferFailure> {
    let AnnounceTransfer { from, to, lines, expected_at, note, wish } = &request;
    let says = json!(["transfer", from, to, lines, expected_at, note, wish.actor, wish.reason]);
    let delivery = Delivery::of(&wish.key, &says);
    let id = inner.transfer_id();
    let carry_out = announce_once(inner, &request, id.clone(), delivery.command(json!(id)));
    delivery.once(inner, carry_out, async |id| read(inner, &parsed(&id)?).await).await
}

fn parsed(id: &serde_json::Value) -> Result<TransferId, TransferFailure> {
    let broken = || switchyard_store::Error::Backend(format!("stored command result: {id} is no transfer"));
    serde_json::from_value(id.clone()).map_err(|_| broken().into())
}

async fn announce_once(
    inner: &Inner,
    request: &AnnounceTransfer,
    id: TransferId,
    command: CommandId,
) -> Result<Transfer, TransferFailure> {
    may(&request.wish, &[Some(&request.to), request.from.as_ref()])?;
    check(request)?;
    let places = inner.store.warehouses().await?;
    for warehouse in [Some(&request.to), request.from.as_ref()].into_iter().flatten() {
        if !places.iter().any(|place| &place.id == warehouse) {
            return Err(TransferFailure::NoWarehouse(warehouse.clone()));
        }
    }
    let now = inner.clock.now();
    let mut transfer = Transfer {
        reference: Transfer::reference_of(&id),
        id,
        remote_id: None,
        from: request.from.clone(),
        to: request.to.clone(),
        revision: 0,
        state: TransferState::Draft,
        lines: request.lines.iter().map(|(sku, units)| TransferLine::announced(sku.clone(), *units)).collect(),
        expected_at: request.expected_at,
        note: request.note.clone(),
        created_at: now,
        updated_at: now,
    };
    transfer.advance(TransferState::Announced)?;
    keep(inner, None, transfer, "transfer.announced", Cause::Announced, &request.wish, command).await
}

fn check(request: &AnnounceTransfer) -> Result<(), TransferFailure> {
    if request.from.as_ref() == Some(&request.to) {
        return Err(TransferFailure::Senseless("from", "the goods are there already"));
    }
    if request.lines.is_empty() {
        return Err(TransferFailure::Senseless("lines", "say what is sent"));
    }
    let mut known = std::collections::BTreeSet::new();
    for (sku, units) in &request.lines {
        if *units == 0 {
            return Err(TransferFailure::Senseless("lines", "at least one unit of each"));
        }
        if !known.insert(sku) {
            return Err(TransferFailure::Senseless("lines", "name each SKU once"));
        }
    }
    Ok(())
}

/// Carries out a wish about a transfer, once, however often it is delivered.
pub(crate) async fn handle(inner: &Inner, request: TransferRequest) -> Result<Transfer, TransferFailure> {
    let TransferRequest { id, revision, verb, wish } = &request;
    let says = json!(["transfer step", id, revision, verb, wish.actor, wish.reason]);
    let delivery = Delivery::of(&wish.key, &says);
    let carry_out = handle_once(inner, &request, delivery.command(json!(null)));
    delivery.once(inner, carry_out, async |_| read(inner, id).await).await
}

async fn handle_once(
    inner: &Inner,
    request: &TransferRequest,
    command: CommandId,
) -> Result<Transfer, TransferFailure> {
    let before = read(inner, &request.id).await?;
    // Whoever sends goods away answers for the shelf they leave; for everything else it is the shelf they go to.
    let place = match request.verb {
        TransferVerb::Advance { to: TransferState::InTransit } => before.from.as_ref().unwrap_or(&before.to),
        _ => &before.to,
    };
    may(&request.wish, &[Some(place)])?;
    if before.revision != request.revision {
        return Err(TransferFailure::Stale { asked: request.revision, current: before.revision });
    }
    let now = inner.clock.now();
    let mut after = before.clone();
    let (kind, cause) = carry_out(&mut after, &request.verb, &request.wish, now)?;
    after.updated_at = now;
    keep(inner, Some(&before), after, kind, cause, &request.wish, command).await
}

async fn read(inner: &Inner, id: &TransferId) -> Result<Transfer, TransferFailure> {
    inner.store.transfer(id).await?.ok_or_else(|| TransferFailure::NotFound(id.clone()))
}

/// Somebody who answers for one of the places; the back office answers for all.
fn may(wish: &Wish, places: &[Option<&WarehouseId>]) -> Result<(), TransferFailure> {
    let allowed = places.iter().any(|place| wish.holder.may(Power::MoveStock, *place));
    if allowed { Ok(()) } else { Err(TransferFailure::NotYours) }
}

fn carry_out(
    transfer: &mut Transfer,
    verb: &TransferVerb,
    wish: &Wish,
    now: Timestamp,
) -> Result<(&'static str, Cause), TransferFailure> {
    match verb {
        TransferVerb::Advance { to } => {
            transfer.advance(*to)?;
            Ok(match to {
                TransferState::Draft | TransferState::Announced => ("transfer.announced", Cause::Announced),
                TransferState::Accepted => ("transfer.accepted", Cause::Announced),
                TransferState::Rejected => ("transfer.rejected", Cause::Announced),
                TransferState::InTransit => ("transfer.departed", Cause::Departed),
                TransferState::PartlyReceived | TransferState::Received => ("transfer.received", Cause::Received),
                TransferState::Closed => ("transfer.closed", Cause::Announced),
            })
        }
        TransferVerb::Receive { line, units } => {
            transfer.receive(*line, *units)?;
            Ok(("transfer.counted", Cause::Received))
        }
        TransferVerb::PutAway { line, stocked, quarantined } => {
            transfer.put_away(*line, *stocked, *quarantined)?;
            Ok(("transfer.put_away", Cause::Received))
        }
        TransferVerb::Explain { line, difference, units } => {
            let by = wish.actor.clone();
            let booking = Discrepancy { kind: *difference, units: *units, by, at: now, note: wish.reason.clone() };
            transfer.explain(*line, booking)?;
            Ok(("transfer.explained", Cause::Announced))
        }
    }
}

/// Writes the transfer and what it moves.
async fn keep(
    inner: &Inner,
    before: Option<&Transfer>,
    after: Transfer,
    kind: &str,
    cause: Cause,
    wish: &Wish,
    command: CommandId,
) -> Result<Transfer, TransferFailure> {
    let now = inner.clock.now();
    let moved = difference(before, &after);
    let mut round = 0;
    loop {
        round += 1;
        let mut writes = Vec::with_capacity(moved.len() + 2);
        for ((warehouse, sku), movement) in &moved {
            let expects = match &after.from {
                Some(from) if from == warehouse => Some(free(inner, from, sku, movement).await?),
                _ => None,
            };
            writes.push(Write::Stock {
                warehouse: warehouse.clone(),
                sku: sku.clone(),
                movement: movement.clone(),
                cause: if expects.is_some() { Cause::Departed } else { cause },
                expects,
                document: Document::Transfer { id: after.id.clone() },
                by: wish.actor.clone(),
                at: now,
            });
        }
        if !writes.is_empty() {
            // What has arrived may be what an order waits for.
            writes.push(Write::Job(inner.job("plan_together", order_route::TOGETHER, now)));
        }
        writes.push(Write::Transfer(Box::new(after.clone())));
        let entry = Entry {
            at: now,
            actor: wish.actor.clone(),
            kind: kind.to_owned(),
            order: None,
            subject: after.id.to_string(),
            reason: wish.reason.clone(),
            before: before.map_or(serde_json::Value::Null, told),
            after: told(&after),
        };
        let changes = Changes { writes, journal: vec![entry], command: Some(command.clone()) };
        match inner.commit(changes).await.and_then(delivery::first) {
            Ok(_) => return read(inner, &after.id).await,
            Err(switchyard_store::Error::Conflict(what)) => {
                let current = inner.store.transfer(&after.id).await?.map_or(0, |known| known.revision);
                if current != after.revision {
                    return Err(TransferFailure::Stale { asked: after.revision, current });
                }
                // Not the transfer but a level has moved: what is free is looked at again.
                if round == ROUNDS {
                    return Err(switchyard_store::Error::Conflict(what).into());
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// The level goods leave, if so many of it are free.
async fn free(
    inner: &Inner,
    from: &WarehouseId,
    sku: &Sku,
    movement: &Movement,
) -> Result<Box<Buckets>, TransferFailure> {
    let levels = inner.store.stock_of(std::slice::from_ref(sku)).await?;
    let level = levels.into_iter().find(|level| &level.warehouse == from);
    let free = level.as_ref().map_or(0, switchyard_core::stock::StockLevel::available);
    let wanted = movement.on_hand.unsigned_abs();
    match level {
        Some(level) if u64::from(free) >= wanted => Ok(Box::new(level.buckets)),
        _ => Err(TransferFailure::NotFree { sku: sku.clone(), wanted, free }),
    }
}

/// What a transfer means for a level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Effect {
    on_hand: i64,
    aside: i64,
    incoming: i64,
}

type Effects = BTreeMap<(WarehouseId, Sku), Effect>;

fn effects(transfer: &Transfer) -> Effects {
    use TransferState as S;
    let mut effects = Effects::new();
    let expected = matches!(transfer.state, S::Announced | S::Accepted | S::InTransit | S::PartlyReceived);
    let left = matches!(transfer.state, S::InTransit | S::PartlyReceived | S::Received | S::Closed);
    for line in &transfer.lines {
        let there = effects.entry((transfer.to.clone(), line.sku.clone())).or_default();
        there.on_hand += i64::from(line.stocked) + i64::from(line.quarantined);
        there.aside += i64::from(line.quarantined);
        if expected {
            there.incoming += i64::try_from(line.incoming()).unwrap_or(i64::MAX);
        }
        if let Some(from) = transfer.from.as_ref().filter(|_| left) {
            effects.entry((from.clone(), line.sku.clone())).or_default().on_hand -= i64::from(line.announced);
        }
    }
    effects
}

/// What moves when `before` becomes `after`.
fn difference(before: Option<&Transfer>, after: &Transfer) -> Vec<((WarehouseId, Sku), Movement)> {
    let was = before.map(effects).unwrap_or_default();
    let moved = effects(after).into_iter().map(|(place, is)| {
        let was = was.get(&place).copied().unwrap_or_default();
        let aside = is.aside - was.aside;
        let movement = Movement {
            on_hand: is.on_hand - was.on_hand,
            incoming: is.incoming - was.incoming,
            blocked: if aside == 0 { BTreeMap::new() } else { [(BlockReason::Quarantine, aside)].into() },
            ..Movement::default()
        };
        (place, movement)
    });
    moved.filter(|(_, movement)| !movement.is_nothing()).collect()
}

/// What a journal entry says of a transfer.
fn told(transfer: &Transfer) -> serde_json::Value {
    let line = |line: &TransferLine| {
        let counts: [(&str, Quantity); 4] = [
            ("announced", line.announced),
            ("received", line.received),
            ("stocked", line.stocked),
            ("quarantined", line.quarantined),
        ];
        json!({ "sku": line.sku, "units": BTreeMap::from(counts), "discrepancies": line.discrepancies })
    };
    let lines: Vec<_> = transfer.lines.iter().map(line).collect();
    json!({ "reference": transfer.reference, "state": transfer.state, "lines": lines })
}
