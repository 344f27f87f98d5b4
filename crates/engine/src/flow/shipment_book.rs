//! Books what a warehouse reported about one fulfillment order: progress, shipments, an end without goods.
//!
//! A physical fact beats a wish: a shipment is booked whatever state we thought the order was in.

use std::sync::Arc;

use serde_json::json;
use switchyard_connectors::contract::{RemoteShipment, RemoteState, ShipmentUpdate};
use switchyard_core::change_request::ending::{self, Left};
use switchyard_core::code::{Code, Problem};
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::id::{FulfillmentId, InboxId, LineId};
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::shipment::{Shipment, ShippedLine};
use switchyard_core::units::{Departing, Departure, depart};
use switchyard_core::write_back::{WriteBack, WriteBackState};
use switchyard_store::contract::{Changes, Job, OrderFile, Write};

use super::amendment::Amendment;
use super::shipment_match::{Matched, add, matched, unpacked};
use super::{Failure, Step, done, fulfillment_hand_over, impossible, key, order_parse, return_announce};
use crate::Inner;
use crate::connection::{self, Partner};

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
    let (mut changes, dead) = match partner.connector.parse_shipment_update(&item.raw) {
        Err(error) => (order_parse::unreadable(&inner, &partner.connection, &item, &error), Some(error.to_string())),
        Ok(update) => match file_of(&inner, &update).await? {
            Some((file, part)) => (booking(&inner, &partner, &file, &part, &update)?, None),
            // Somebody else uses this warehouse account too: not ours to judge, kept in the inbox.
            None => (Changes::default(), None),
        },
    };
    changes.writes.push(Write::InboxDone { item: id, dead });
    changes.writes.push(done(&job));
    inner.commit(changes).await?;
    Ok(Step::Done)
}

async fn file_of(inner: &Inner, update: &ShipmentUpdate) -> Result<Option<(OrderFile, FulfillmentOrder)>, Failure> {
    let Some(part) = inner.store.fulfillment_by_reference(&update.reference).await? else { return Ok(None) };
    let file = inner.store.order_file(&part.order).await?;
    Ok(file.and_then(|file| {
        // The part as it is in the same snapshot as the order.
        let part = file.fulfillments.iter().find(|candidate| candidate.id == part.id).cloned()?;
        Some((file, part))
    }))
}

fn booking(
    inner: &Inner,
    partner: &Partner,
    file: &OrderFile,
    part: &FulfillmentOrder,
    update: &ShipmentUpdate,
) -> Result<Changes, Failure> {
    let warehouse = partner.connection.name.as_str();
    let now = inner.clock.now();
    let mut amended = Amendment::of(file);
    let mut current = part.clone();
    if current.remote_id.is_none() {
        current.remote_id = Some(update.remote_id.clone());
    }
    acknowledge(inner, &mut amended, file, &mut current)?;
    let mut left: Vec<(LineId, Departure)> = Vec::new();
    for remote in &update.shipments {
        let known =
            file.shipments.iter().any(|known| known.fulfillment == part.id && known.remote_id == remote.remote_id);
        if !known && !remote.parcels.is_empty() {
            left.extend(book(inner, &mut amended, file, &mut current, remote)?);
        }
    }
    advance(inner, warehouse, &mut amended, &mut current, update)?;
    if !left.is_empty() {
        let takes_notice = partner.connector.describe().capabilities.returns;
        overtake(inner, &mut amended, file, &current, &left, takes_notice);
    }
    if &current != part {
        amended.order.updated_at = now;
        amended.put(current);
        return Ok(amended.into_changes());
    }
    Ok(Changes::default())
}

/// A report about it proves that the warehouse has it, even when its answer to the hand-over was lost.
fn acknowledge(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    part: &mut FulfillmentOrder,
) -> Result<(), Failure> {
    if part.state != FulfillmentState::Unconfirmed {
        return Ok(());
    }
    let doubt = file.hand_overs.iter().find(|h| h.fulfillment == part.id && h.state == HandOverState::InDoubt);
    let Some(hand_over) = doubt else { return Ok(()) };
    let mut hand_over = hand_over.clone();
    hand_over.state = HandOverState::Acknowledged;
    hand_over.last_error = None;
    amended.write(Write::HandOver(hand_over));
    part.become_state(FulfillmentState::Accepted, inner.clock.now()).map_err(impossible)?;
    part.problem = None;
    amended.clear(Code::HandOverInDoubt);
    let after = json!({ "by": "report" });
    amended.record(inner.entry("shipment_booking", "fulfillment.adopted", &file.order.id, &part.id, after));
    Ok(())
}

/// Books one shipment: its units are taken from wherever they were thought to be, so that none is sent a second time.
fn book(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    part: &mut FulfillmentOrder,
    remote: &RemoteShipment,
) -> Result<Vec<(LineId, Departure)>, Failure> {
    let now = inner.clock.now();
    let Matched { mut lines, components, unexpected } = matched(&file.order, part, remote);
    if !unexpected.is_empty() {
        amended.raise(Problem::new(
            Code::ShipmentUnexpected,
            format!("The warehouse shipped what {} does not have", part.reference),
            unexpected.join("; "),
            "Compare the parcel with the order; book a return for what should not have left.",
        ));
    }
    let id = part.id.clone();
    for (line, sets) in unpacked(part, &components) {
        add(&mut lines, &line, sets);
    }
    amended.put(part.clone());
    let mut left = Vec::new();
    for line in &lines {
        let departing = Departing { part: &id, line: &line.line, quantity: line.quantity, at: now };
        let departure = depart(&mut amended.order, &mut amended.fulfillments, departing).map_err(impossible)?;
        let entry = amended.part(&id).and_then(|part| part.lines.iter_mut().find(|entry| entry.line == line.line));
        if let Some(FulfillmentLine { kit: Some(kit), shipped, .. }) = entry {
            // What nobody ordered is on no account; what is booked has left, also where it was reported as the bundle.
            kit.forget(departure.surplus);
            kit.cover(*shipped);
        }
        for withdrawn in &departure.withdrawn {
            withdraw(amended, file, withdrawn);
        }
        left.push((line.line.clone(), departure));
    }
    if let Some(after) = amended.part(&id) {
        *part = after.clone();
    }
    let booked = left.iter().filter(|(_, departure)| departure.booked() > 0);
    let lines = booked.map(|(line, departure)| ShippedLine { line: line.clone(), quantity: departure.booked() });
    let lines: Vec<ShippedLine> = lines.collect();
    let shipment = Shipment {
        id: inner.shipment_id(),
        order: file.order.id.clone(),
        fulfillment: part.id.clone(),
        remote_id: remote.remote_id.clone(),
        shipped_at: remote.shipped_at,
        booked_at: now,
        lines,
        components,
        parcels: remote.parcels.clone(),
    };
    let write_back = WriteBack {
        id: inner.write_back_id(),
        order: file.order.id.clone(),
        shop: file.order.shop.clone(),
        shipment: shipment.id.clone(),
        revision: 0,
        state: WriteBackState::Due,
        attempts: 0,
        due_at: now,
        last_error: None,
        remote_id: None,
    };
    let codes: Vec<&str> = shipment.parcels.iter().map(|parcel| parcel.tracking_code.as_str()).collect();
    amended.record(Entry {
        at: now,
        actor: Actor::Partner { name: part.warehouse.to_string() },
        kind: "shipment.booked".to_owned(),
        order: Some(file.order.id.clone()),
        subject: shipment.id.to_string(),
        reason: String::new(),
        before: serde_json::Value::Null,
        after: json!({ "reference": part.reference, "tracking": codes }),
    });
    // Of a parcel with nothing the shop sold it is told nothing: it would read "no lines" as "all lines".
    let sold = |left: &ShippedLine| file.order.line(&left.line).is_some_and(|line| !line.shop_line_id.is_empty());
    let told = shipment.lines.iter().any(sold);
    amended.write(Write::Shipment { shipment, warehouse: part.warehouse.clone() });
    if told {
        amended.write(Write::Job(inner.job("write_back", write_back.id.as_str(), now)));
        amended.write(Write::WriteBack(write_back));
    }
    Ok(left)
}

/// Takes a part's hand-over out of the outbox: its units have left from elsewhere.
fn withdraw(amended: &mut Amendment<'_>, file: &OrderFile, part: &FulfillmentId) {
    let ready = file.hand_overs.iter().find(|h| &h.fulfillment == part && h.state == HandOverState::Ready);
    if let Some(hand_over) = ready {
        amended.write(Write::HandOver(HandOver { state: HandOverState::Withdrawn, ..hand_over.clone() }));
    }
}

/// Goods left while the warehouse was being asked not to send them: the request has ended, and a person is told.
fn overtake(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    part: &FulfillmentOrder,
    lines: &[(LineId, Departure)],
    takes_notice: bool,
) {
    let cancelled_by_shop = file.order.shop_version.as_ref().is_some_and(|version| version.cancelled);
    let left = Left { order: &amended.order, part, lines, cancelled_by_shop, at: inner.clock.now() };
    let departed = ending::departed(left, &file.change_requests, || inner.return_id());
    for request in departed.requests {
        let after = json!({ "asks": request.asks });
        let kind = "change_request.superseded";
        amended.record(inner.entry("shipment_booking", kind, &request.order, &request.id, after));
        amended.write(Write::ChangeRequest(request));
    }
    for item in departed.attention {
        amended.attend(item);
    }
    for goods in departed.returns {
        return_announce::by_itself(inner, amended, goods, takes_notice);
    }
}

/// Moves the fulfillment order along, from what left and from what the warehouse says.
fn advance(
    inner: &Inner,
    warehouse: &str,
    amended: &mut Amendment<'_>,
    part: &mut FulfillmentOrder,
    update: &ShipmentUpdate,
) -> Result<(), Failure> {
    let now = inner.clock.now();
    let asked: u64 = part.lines.iter().map(|line| u64::from(line.quantity)).sum();
    let shipped: u64 = part.lines.iter().map(|line| u64::from(line.shipped)).sum();
    let target = if shipped >= asked {
        Some(FulfillmentState::Shipped)
    } else if update.state == RemoteState::Cancelled {
        let reached = matches!(part.state, FulfillmentState::Accepted | FulfillmentState::Sent) && shipped == 0;
        Some(if reached { FulfillmentState::Rejected } else { FulfillmentState::ClosedShort })
    } else if shipped > 0 {
        Some(FulfillmentState::PartlyShipped)
    } else if update.state == RemoteState::InWork {
        Some(FulfillmentState::InWork)
    } else {
        None
    };
    match update.state {
        RemoteState::Stuck => part.problem = Some(stuck(warehouse, part, &update.reason)),
        RemoteState::Accepted | RemoteState::InWork | RemoteState::Shipped => part.problem = None,
        RemoteState::Cancelled => {}
    }
    let Some(target) = target.filter(|target| part.state.may_become(*target)) else { return Ok(()) };
    part.become_state(target, now).map_err(impossible)?;
    let kind = match target {
        FulfillmentState::InWork => "fulfillment.in_work",
        FulfillmentState::Rejected | FulfillmentState::ClosedShort => "fulfillment.ended_short",
        _ => return Ok(()),
    };
    let order = amended.order.id.clone();
    amended.record(inner.entry("shipment_booking", kind, &order, &part.id, json!({ "reason": update.reason })));
    if target != FulfillmentState::InWork {
        part.problem = Some(Problem::new(
            Code::HandOverRefused,
            format!("{warehouse} ended {} without shipping all of it", part.reference),
            update.reason.clone(),
            "Switchyard plans the rest again without this warehouse.",
        ));
        torn(amended, part);
        fulfillment_hand_over::plan_again(inner, amended);
    }
    Ok(())
}

/// Some components of a set have left and the others will not: the set is planned again whole, and a person is told.
fn torn(amended: &mut Amendment<'_>, part: &FulfillmentOrder) {
    let loose: Vec<String> =
        part.loose().map(|(_, component)| format!("{} x {}", component.units, component.sku)).collect();
    if !loose.is_empty() {
        amended.raise(Problem::new(
            Code::ShipmentUnexpected,
            format!("{} left without the rest of their set", loose.join(", ")),
            format!("{} has ended, and the set is planned again whole", part.reference),
            "Tell the customer, or book a return for what has left.",
        ));
    }
}

fn stuck(warehouse: &str, part: &FulfillmentOrder, reason: &str) -> Problem {
    Problem::new(
        Code::HandOverRefused,
        format!("{} is stuck at {warehouse}", part.reference),
        reason,
        "Correct what the warehouse names; it goes on there by itself then.",
    )
}
