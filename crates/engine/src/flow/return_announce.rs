//! Goods will come back: a person says so, or they left although nobody wanted them any more.

use serde_json::json;
use switchyard_core::attention::AttentionItem;
use switchyard_core::change_request::{Ask, LineUnits};
use switchyard_core::id::{LineId, ReturnId, WarehouseId};
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::order::Order;
use switchyard_core::quantity::Quantity;
use switchyard_core::return_order::{
    Announcement, Notice, Return, ReturnCause, ReturnError, ReturnItem, check_announced, returnable,
};
use switchyard_core::role::Power;
use switchyard_store::contract::{CommandId, OrderFile};

use super::amendment::Amendment;
use super::delivery::{self, Delivery};
use super::return_change::{self, Change};
use crate::Inner;
use crate::handle::EditError;
use crate::returns::{AnnounceReturn, ReturnFailure};

/// Announces on a person's wish, once, however often it is delivered.
pub(crate) async fn announce(inner: &Inner, request: AnnounceReturn) -> Result<Return, ReturnFailure> {
    let delivery = Delivery::of(&request.wish.key, &says(&request));
    let id = inner.return_id();
    let carry_out = announce_once(inner, &request, id.clone(), delivery.command(json!(id)));
    let read = async |id: serde_json::Value| {
        let id = serde_json::from_value(id).map_err(|error| {
            ReturnFailure::Store(switchyard_store::Error::Backend(format!("stored command result: {error}")))
        })?;
        inner.store.goods_back(&id).await?.ok_or(ReturnFailure::NotFound(id))
    };
    delivery.once(inner, carry_out, read).await
}

async fn announce_once(
    inner: &Inner,
    request: &AnnounceReturn,
    id: ReturnId,
    command: CommandId,
) -> Result<Return, ReturnFailure> {
    if !request.wish.holder.may(Power::DecideReturnCustomer, None) {
        return Err(ReturnError::NotYours.into());
    }
    let file = load(inner, request).await?;
    let items = items(&file.order, &request.lines)?;
    check_announced(&items, &returnable(&file.fulfillments, &file.returns))?;
    let warehouse = match request.warehouse.clone().or_else(|| left_from(&file, &request.lines)) {
        Some(warehouse) => warehouse,
        None => return Err(ReturnError::Empty.into()),
    };
    if !inner.store.warehouses().await?.iter().any(|place| place.id == warehouse) {
        return Err(ReturnFailure::NoWarehouse(warehouse));
    }
    let now = inner.clock.now();
    let mut goods = Return::announced(Announcement {
        reference: Return::reference_of(&file.order.number, &id),
        id: id.clone(),
        order: Some(file.order.id.clone()),
        warehouse,
        cause: request.cause,
        items,
        tracking_code: request.tracking_code.clone(),
        at: now,
        expires_at: request.expires_at.or(Some(now + inner.timing.return_expires)),
    });
    with_notice(inner, &mut goods).await?;
    let change = Change {
        file: None,
        before: None,
        after: goods.clone(),
        actor: request.wish.actor.clone(),
        kind: "return.announced",
        reason: request.wish.reason.clone(),
        books: false,
    };
    let mut changes = change.into_changes(inner);
    // The order is rewritten as well: two announcements of the same units cannot both win.
    let mut amended = Amendment::of(&file);
    amended.order.updated_at = now;
    changes.writes.extend(amended.into_changes().writes);
    changes.command = Some(command);
    match inner.commit(changes).await.and_then(delivery::first) {
        Ok(_) => {}
        Err(switchyard_store::Error::Conflict(what)) => {
            // The order has another revision now, or something that it moves is there no longer.
            load(inner, request).await?;
            return Err(switchyard_store::Error::Conflict(what).into());
        }
        Err(error) => return Err(error.into()),
    }
    inner.store.goods_back(&id).await?.ok_or(ReturnFailure::NotFound(id))
}

async fn load(inner: &Inner, request: &AnnounceReturn) -> Result<OrderFile, ReturnFailure> {
    let file = inner.store.order_file(&request.order).await?;
    let file = file.ok_or_else(|| ReturnFailure::NoOrder(request.order.clone()))?;
    if file.order.revision != request.revision {
        return Err(ReturnFailure::StaleOrder { asked: request.revision, current: Box::new(file.order) });
    }
    Ok(file)
}

fn items(order: &Order, lines: &[(LineId, Quantity)]) -> Result<Vec<ReturnItem>, ReturnError> {
    let item = |(line, units): &(LineId, Quantity)| {
        let known = order.line(line);
        let unknown = || ReturnError::NotShipped { line: line.clone(), wanted: u64::from(*units), there: 0 };
        known.map(|known| ReturnItem::announced(Some(line.clone()), known.sku.clone(), *units)).ok_or_else(unknown)
    };
    lines.iter().map(item).collect()
}

/// The warehouse that the first of the lines left from.
fn left_from(file: &OrderFile, lines: &[(LineId, Quantity)]) -> Option<WarehouseId> {
    let (line, _) = lines.first()?;
    let shipped = |part: &&switchyard_core::fulfillment::FulfillmentOrder| {
        part.lines.iter().any(|entry| &entry.line == line && entry.shipped > 0)
    };
    file.fulfillments.iter().find(shipped).map(|part| part.warehouse.clone())
}

/// Has the warehouse told, where its system takes notice.
async fn with_notice(inner: &Inner, goods: &mut Return) -> Result<(), switchyard_store::Error> {
    if let Some(warehouse) = &goods.warehouse
        && return_change::takes_notice(inner, warehouse).await?
    {
        goods.notice = Notice::Due;
    }
    Ok(())
}

/// Announces as part of another change of the order: rows and journal go into its transaction.
fn add(inner: &Inner, amended: &mut Amendment<'_>, goods: Return, actor: Actor, reason: &str) {
    let change = Change {
        file: None,
        before: None,
        after: goods,
        actor,
        kind: "return.announced",
        reason: reason.to_owned(),
        books: false,
    };
    let changes = change.into_changes(inner);
    changes.writes.into_iter().for_each(|write| amended.write(write));
    changes.journal.into_iter().for_each(|entry: Entry| amended.record(entry));
}

/// Goods left that nobody wants any more: their return is announced by itself.
pub(super) fn by_itself(inner: &Inner, amended: &mut Amendment<'_>, mut goods: Return, takes_notice: bool) {
    goods.expires_at = Some(inner.clock.now() + inner.timing.return_expires);
    if takes_notice {
        goods.notice = Notice::Due;
    }
    add(inner, amended, goods, Actor::service("shipment_booking"), "");
}

/// A person let a parcel go and announces its return: of the units the matter is about.
///
/// # Errors
/// [`EditError::NoWay`] when it is about no units: there is nothing to announce.
pub(super) async fn of_matter(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    matter: &AttentionItem,
    actor: &Actor,
    reason: &str,
) -> Result<(), EditError> {
    let units = units_of(file, matter);
    let lines: Vec<(LineId, Quantity)> = units.into_iter().map(|of| (of.line, of.units)).collect();
    let part = file.fulfillments.iter().find(|part| Some(&part.id) == matter.fulfillment.as_ref());
    let warehouse = part.map(|part| part.warehouse.clone()).or_else(|| left_from(file, &lines));
    let nothing =
        || EditError::NoWay("it names no units that could come back; announce the return on the order".to_owned());
    let (Some(warehouse), Ok(items)) = (warehouse, items(&file.order, &lines)) else { return Err(nothing()) };
    if items.is_empty() {
        return Err(nothing());
    }
    let now = inner.clock.now();
    let id = inner.return_id();
    let mut goods = Return::announced(Announcement {
        reference: Return::reference_of(&file.order.number, &id),
        id,
        order: Some(file.order.id.clone()),
        warehouse,
        cause: ReturnCause::ShippedAfterCancel,
        items,
        tracking_code: String::new(),
        at: now,
        expires_at: Some(now + inner.timing.return_expires),
    });
    with_notice(inner, &mut goods).await?;
    add(inner, amended, goods, actor.clone(), reason);
    Ok(())
}

/// The units a matter is about: those it names, else those its request asked to stay, else what its part has.
fn units_of(file: &OrderFile, matter: &AttentionItem) -> Vec<LineUnits> {
    if !matter.units.is_empty() {
        return matter.units.clone();
    }
    let request = file.change_requests.iter().find(|request| Some(&request.id) == matter.request.as_ref());
    let asked: Vec<LineUnits> = request.map_or_else(Vec::new, |request| {
        let fewer = request.asks.iter().filter_map(|ask| match ask {
            Ask::Quantity { line, fewer } => Some(LineUnits { line: line.clone(), units: *fewer }),
            _ => None,
        });
        fewer.collect()
    });
    if !asked.is_empty() {
        return asked;
    }
    let part = file.fulfillments.iter().find(|part| Some(&part.id) == matter.fulfillment.as_ref());
    let of_part = part.into_iter().flat_map(|part| &part.lines);
    let units = of_part.map(|line| LineUnits { line: line.line.clone(), units: line.quantity.max(line.shipped) });
    units.filter(|of| of.units > 0).collect()
}

/// What makes a request this one.
fn says(request: &AnnounceReturn) -> serde_json::Value {
    json!([
        "announce_return",
        request.order,
        request.revision,
        request.lines,
        request.warehouse,
        request.cause,
        request.tracking_code,
        request.expires_at,
        request.wish.actor,
        request.wish.reason
    ])
}
