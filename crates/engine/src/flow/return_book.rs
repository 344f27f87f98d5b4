//! Books what a warehouse reported about one return: that it is there, how much, what became of it. Goods that nobody
//! announced make a return of their own.

use std::sync::Arc;

use switchyard_connectors::contract::{RemoteReturnState, ReturnUpdate};
use switchyard_core::code::{Code, Problem};
use switchyard_core::connection::Warehouse;
use switchyard_core::id::InboxId;
use switchyard_core::journal::Actor;
use switchyard_core::return_order::{Announcement, Notice, Return, ReturnCause, ReturnItem, ReturnState, returnable};
use switchyard_core::time::Timestamp;
use switchyard_store::contract::{Changes, Job, OrderFile, Write};

use super::return_change::Change;
use super::{Failure, Step, done, impossible, key, order_parse};
use crate::Inner;
use crate::connection;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: InboxId = key(&job)?;
    let Some(stored) = inner.store.inbox_item(&id).await? else { return Ok(Step::Idle) };
    if stored.done {
        return Ok(Step::Idle);
    }
    let item = stored.item;
    let Some(partner) = connection::partner(&inner, &item.connection).await? else {
        let due = inner.clock.now() + std::time::Duration::from_secs(60);
        return Ok(Step::Later { due, why: "its connection is paused".to_owned() });
    };
    let (mut changes, dead) = match partner.connector.parse_return(&item.raw) {
        Err(error) => (order_parse::unreadable(&inner, &partner.connection, &item, &error), Some(error.to_string())),
        Ok(update) => {
            let places = inner.store.warehouses().await?;
            let here = |place: &&Warehouse| {
                place.connection == item.connection && place.remote_id == update.warehouse_remote_id
            };
            match places.iter().find(here) {
                Some(place) => (booking(&inner, place, &partner.connection.name, &update).await?, None),
                // A warehouse of the account that we do not use.
                None => (Changes::default(), None),
            }
        }
    };
    changes.writes.push(Write::InboxDone { item: id, dead });
    changes.writes.push(done(&job));
    inner.commit(changes).await?;
    Ok(Step::Done)
}

async fn booking(inner: &Inner, place: &Warehouse, partner: &str, update: &ReturnUpdate) -> Result<Changes, Failure> {
    let now = inner.clock.now();
    let known = match update.reference.as_str() {
        "" => None,
        reference => inner.store.return_by_reference(reference).await?,
    };
    let known = known.filter(|known| known.warehouse.as_ref() == Some(&place.id));
    let known = match known {
        Some(known) => Some(known),
        None => inner.store.return_by_remote_id(&place.id, &update.remote_id).await?,
    };
    let file = match known.as_ref().and_then(|known| known.order.as_ref()) {
        Some(order) => inner.store.order_file(order).await?,
        None if known.is_some() => None,
        None => origin(inner, place, update).await?,
    };
    let before = match &known {
        Some(known) => known.clone(),
        None => match discovered(inner, place, update, file.as_ref(), now) {
            Some(goods) => goods,
            None => return Ok(Changes::default()),
        },
    };
    let mut after = before.clone();
    after.remote_id.get_or_insert_with(|| update.remote_id.clone());
    if after.tracking_code.is_empty() {
        after.tracking_code.clone_from(&update.tracking_code);
    }
    take(&mut after, update, now)?;
    if let Some(file) = &file {
        match_lines(&mut after, file);
    }
    after.settle(now);
    if known.is_some() && after == before {
        return Ok(Changes::default());
    }
    let arrived = after.received_at.is_some() && before.received_at.is_none();
    let kind = match (known.is_some(), arrived) {
        (false, true) => "return.came_unannounced",
        (false, false) => "return.announced",
        (true, true) => "return.received",
        (true, false) => "return.reported",
    };
    let change = Change {
        file: file.as_ref(),
        before: known.as_ref(),
        after,
        actor: Actor::Partner { name: partner.to_owned() },
        kind,
        reason: String::new(),
        books: false,
    };
    Ok(change.into_changes(inner))
}

/// The order whose goods they are, by the shipment that the warehouse names.
async fn origin(inner: &Inner, place: &Warehouse, update: &ReturnUpdate) -> Result<Option<OrderFile>, Failure> {
    let Some(remote_id) = &update.shipment_remote_id else { return Ok(None) };
    match inner.store.shipment_by_remote_id(&place.id, remote_id).await? {
        Some(shipment) => Ok(inner.store.order_file(&shipment.order).await?),
        None => Ok(None),
    }
}

/// A return that we did not announce. What is only expected is ours only when it is of an order of ours: others may use
/// the account too. What has arrived is in our stock and waits for somebody, whoever sent it.
fn discovered(
    inner: &Inner,
    place: &Warehouse,
    update: &ReturnUpdate,
    file: Option<&OrderFile>,
    now: Timestamp,
) -> Option<Return> {
    let here = matches!(update.state, RemoteReturnState::Arrived | RemoteReturnState::Finished);
    if !(here || file.is_some() && update.state == RemoteReturnState::Expected) {
        return None;
    }
    let cause = match (update.undeliverable, here) {
        (true, _) => ReturnCause::Undeliverable,
        (false, true) => ReturnCause::Unannounced,
        (false, false) => ReturnCause::Customer,
    };
    let id = inner.return_id();
    let number = file.map_or("", |file| file.order.number.as_str());
    let expected = update.items.iter().filter(|_| !here);
    let items = expected.map(|item| ReturnItem::announced(None, item.sku.clone(), item.arrived)).collect();
    let announcement = Announcement {
        reference: Return::reference_of(number, &id),
        id,
        order: file.map(|file| file.order.id.clone()),
        warehouse: place.id.clone(),
        cause,
        items,
        tracking_code: update.tracking_code.clone(),
        at: now,
        expires_at: (!here).then(|| now + inner.timing.return_expires),
    };
    Some(Return { remote_id: Some(update.remote_id.clone()), ..Return::announced(announcement) })
}

/// What the report says about the goods, and what the warehouse thus knows.
fn take(goods: &mut Return, update: &ReturnUpdate, now: Timestamp) -> Result<(), Failure> {
    match update.state {
        RemoteReturnState::Expected => {
            if goods.notice == Notice::Due && goods.state == ReturnState::Announced {
                goods.notice = Notice::Known;
            }
        }
        RemoteReturnState::Arrived | RemoteReturnState::Finished => {
            if goods.state == ReturnState::Closed {
                return Ok(());
            }
            goods.take_report(&update.items, now).map_err(impossible)?;
            if matches!(goods.notice, Notice::Due | Notice::WithdrawalDue) {
                goods.notice = Notice::Known;
            }
        }
        RemoteReturnState::Cancelled => {
            let waits = matches!(goods.state, ReturnState::Announced | ReturnState::InTransit);
            if waits && goods.notice != Notice::Withdrawn {
                goods.notice = Notice::Withdrawn;
                goods.problem = Some(Problem::new(
                    Code::ReturnNotTaken,
                    format!("The warehouse expects {} no longer", goods.reference),
                    "It was cancelled over there.",
                    "Ask the warehouse why; call the return off, or announce it again.",
                ));
            }
        }
    }
    Ok(())
}

/// Items that came without a line are of the line with their article that units of can still come back.
fn match_lines(goods: &mut Return, file: &OrderFile) {
    let others: Vec<Return> = file.returns.iter().filter(|other| other.id != goods.id).cloned().collect();
    let left = returnable(&file.fulfillments, &others);
    for item in goods.items.iter_mut().filter(|item| item.line.is_none()) {
        let same = file.order.lines.iter().filter(|line| line.sku == item.sku);
        let line = same.map(|line| &line.id).find(|line| left.contains_key(*line));
        item.line = line.cloned();
    }
}
