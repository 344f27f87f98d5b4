//! Changes an order on a person's wish: at once as long as it is ours, by asking the warehouse afterwards.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use sha2::{Digest, Sha256};
use switchyard_connectors::registry;
use switchyard_core::change_request::{AskKind, ChangeRequestState};
use switchyard_core::connection::Warehouse;
use switchyard_core::edit::verdict::Capabilities;
use switchyard_core::edit::{self, Decision, Edit, Scene};
use switchyard_core::fulfillment::HandOverState;
use switchyard_core::id::WarehouseId;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::order::Order;
use switchyard_core::role::Holder;
use switchyard_store::contract::{CommandId, OrderFile, Write};

use super::amendment::Amendment;
use crate::Inner;
use crate::handle::{EditError, EditRequest, Edited};

/// Carries out a wish.
pub(crate) async fn edit(inner: &Inner, request: EditRequest) -> Result<Edited, EditError> {
    let command = request.key.clone().map(|key| (key, digest(&request)));
    if let Some((key, digest)) = &command
        && let Some((known, result)) = inner.store.command_result(key).await?
    {
        return repeated(&request, &known, digest, result, inner).await;
    }
    let file = load(inner, &request).await?;
    let decision = decide(inner, &file, &request.edit, &request.actor, &request.holder).await?;
    let granted = decision.clone();
    let mut amended = Amendment::of(&file);
    carry_out(inner, &mut amended, &file, decision, &request.actor, kind_of(&request.edit), &request.reason);
    let order = Order { revision: file.order.revision + 1, ..amended.order.clone() };
    let mut changes = amended.into_changes();
    changes.command = command.map(|(key, digest)| CommandId { key, digest, result: json!(granted.changes) });
    match inner.commit(changes).await {
        Ok(_) => Ok(edited(Decision { order, ..granted }, true)),
        Err(switchyard_store::Error::Conflict(_)) => Err(stale(inner, &request).await?),
        Err(error) => Err(error.into()),
    }
}

/// Says what a wish would change.
pub(crate) async fn preview(inner: &Inner, request: &EditRequest) -> Result<Edited, EditError> {
    let file = load(inner, request).await?;
    let decision = decide(inner, &file, &request.edit, &request.actor, &request.holder).await?;
    Ok(edited(decision, false))
}

fn edited(decision: Decision, committed: bool) -> Edited {
    Edited {
        order: decision.order,
        changes: decision.changes,
        verdicts: decision.verdicts,
        requests: decision.requests,
        attention: decision.attention,
        committed,
    }
}

/// What the rules say about a wish as the order is now.
pub(crate) async fn decide(
    inner: &Inner,
    file: &OrderFile,
    wish: &Edit,
    actor: &Actor,
    holder: &Holder,
) -> Result<Decision, EditError> {
    let warehouses = capabilities(inner).await?;
    let scene = Scene {
        order: &file.order,
        parts: &file.fulfillments,
        requests: &file.change_requests,
        warehouses: &warehouses,
        // No connector reports labels yet; a warehouse that has printed one refuses the request itself.
        labels: &BTreeSet::new(),
        actor,
        holder,
        approved_by: None,
        value_limit: None,
        now: inner.clock.now(),
    };
    let mut new_id = || inner.change_request_id();
    edit::decide(wish, &scene, &mut new_id).map_err(|denied| EditError::Denied(Box::new(denied)))
}

/// What every warehouse can be asked, from what its connector says of itself.
async fn capabilities(inner: &Inner) -> Result<BTreeMap<WarehouseId, Capabilities>, switchyard_store::Error> {
    let connections = inner.store.connections().await?;
    let places = inner.store.warehouses().await?;
    let of = |place: &Warehouse| {
        let connection = connections.iter().find(|connection| connection.id == place.connection)?;
        let described = &(registry::find(&connection.connector)?.describe)().capabilities;
        let cancel = described.cancel.then_some(AskKind::Cancel);
        let address = described.change_address.then_some(AskKind::Address);
        let asks = cancel.into_iter().chain(address).collect();
        Some(Capabilities { asks, prints_invoices: false, own: false })
    };
    Ok(places.iter().filter_map(|place| of(place).map(|can| (place.id.clone(), can))).collect())
}

async fn load(inner: &Inner, request: &EditRequest) -> Result<OrderFile, EditError> {
    let file = inner.store.order_file(&request.order).await?;
    let file = file.ok_or_else(|| EditError::NotFound(request.order.clone()))?;
    if file.order.revision != request.revision {
        return Err(EditError::Stale { asked: request.revision, current: Box::new(file.order) });
    }
    Ok(file)
}

async fn stale(inner: &Inner, request: &EditRequest) -> Result<EditError, EditError> {
    let file = inner.store.order_file(&request.order).await?;
    let current = file.ok_or_else(|| EditError::NotFound(request.order.clone()))?.order;
    Ok(EditError::Stale { asked: request.revision, current: Box::new(current) })
}

/// The same key came again: answer what was answered, or refuse when it meant something else.
async fn repeated(
    request: &EditRequest,
    known: &str,
    digest: &str,
    result: serde_json::Value,
    inner: &Inner,
) -> Result<Edited, EditError> {
    if known != digest {
        return Err(EditError::KeyReused);
    }
    let file = inner.store.order_file(&request.order).await?;
    let order = file.ok_or_else(|| EditError::NotFound(request.order.clone()))?.order;
    let changes = serde_json::from_value(result).map_err(|error| {
        EditError::Store(switchyard_store::Error::Backend(format!("stored command result: {error}")))
    })?;
    let (verdicts, requests, attention) = (Vec::new(), Vec::new(), Vec::new());
    Ok(Edited { order, changes, verdicts, requests, attention, committed: true })
}

/// Names a request, so that a key used for another one is noticed. A hold's own id is not part of it: it is made anew
/// for every delivery of the same wish.
fn digest(request: &EditRequest) -> String {
    let mut wish = json!(request.edit);
    if let (Edit::Hold { .. }, Some(fields)) = (&request.edit, wish.as_object_mut()) {
        fields.remove("id");
    }
    let text = json!([request.order, request.revision, wish, request.actor, request.reason]).to_string();
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

/// The journal's name of a wish.
pub(super) const fn kind_of(edit: &Edit) -> &'static str {
    match edit {
        Edit::Address { .. } => "order.address_changed",
        Edit::Quantity { .. } => "order.quantity_reduced",
        Edit::Hold { .. } => "order.held",
        Edit::LiftHold { .. } => "order.hold_lifted",
        Edit::ReleaseNow => "order.released_by_hand",
        Edit::Cancel => "order.cancelled",
        Edit::Note { .. } => "order.note_changed",
        Edit::Tags { .. } => "order.tags_changed",
        Edit::Priority { .. } => "order.priority_changed",
        Edit::MoreUnits { .. } => "order.quantity_raised",
        Edit::AddLine { .. } => "order.line_added",
        Edit::ShippingOption { .. } => "order.shipping_changed",
        Edit::Warehouse { .. } => "order.warehouse_chosen",
        Edit::Billing { .. } => "order.amounts_changed",
        Edit::Lot { .. } => "order.lot_chosen",
    }
}

/// A wish in words, for a message.
pub(super) fn describe(edit: &Edit) -> String {
    match edit {
        Edit::Address { ship_to } => format!("ship to {}, {} {}", ship_to.line1, ship_to.postcode, ship_to.city),
        Edit::Quantity { line, quantity } => format!("only {quantity} of line {line}"),
        Edit::Hold { note, .. } => format!("hold: {note}"),
        Edit::LiftHold { hold } => format!("lift hold {hold}"),
        Edit::ReleaseNow => "release now".to_owned(),
        Edit::Cancel => "cancel".to_owned(),
        Edit::Note { note } => format!("note: {note}"),
        Edit::Tags { tags } => format!("tags {}", tags.join(", ")),
        Edit::Priority { priority } => format!("priority {priority}"),
        Edit::MoreUnits { line, quantity } => format!("{quantity} of line {line}"),
        Edit::AddLine { line } => format!("add {} x {}", line.ordered, line.sku),
        Edit::ShippingOption { option } => format!("ship by {option}"),
        Edit::Warehouse { fulfillment, to } => format!("{fulfillment} from warehouse {to}"),
        Edit::Billing { total, .. } => format!("a total of {total}"),
        Edit::Lot { line, lot } => format!("lot {} for line {line}", lot.as_deref().unwrap_or("any")),
    }
}

/// Turns a granted wish into writes.
pub(super) fn carry_out(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    decision: Decision,
    actor: &Actor,
    kind: &str,
    reason: &str,
) {
    let now = inner.clock.now();
    let order = decision.order.id.clone();
    amended.order = decision.order;
    for item in decision.attention {
        amended.attend(item);
    }
    for request in decision.requests {
        if request.state == ChangeRequestState::Draft {
            amended.write(Write::Job(inner.job("change_request", request.id.as_str(), now)));
        }
        amended.write(Write::ChangeRequest(request));
    }
    for part in decision.fulfillments {
        amended.put(part);
    }
    for withdrawn in &decision.withdrawn {
        let ready = file.hand_overs.iter().find(|h| &h.fulfillment == withdrawn && h.state == HandOverState::Ready);
        if let Some(hand_over) = ready {
            let mut hand_over = hand_over.clone();
            hand_over.state = HandOverState::Withdrawn;
            amended.write(Write::HandOver(hand_over));
        }
        // Pulled back in time: the window watches it again, and releases it once nothing holds it.
        amended.write(Write::Job(inner.job("release", withdrawn.as_str(), now)));
    }
    if decision.replan {
        amended.write(Write::Job(inner.job("validate", order.as_str(), now)));
    }
    for part in &decision.release {
        amended.write(Write::Job(inner.job("release", part.as_str(), now)));
    }
    let expiries: Vec<_> = amended.order.holds.iter().filter_map(|hold| hold.expires_at).collect();
    for expiry in expiries {
        for part in amended.fulfillments.clone() {
            if part.state.is_ours() {
                amended.write(Write::Job(inner.job("release", part.id.as_str(), expiry)));
            }
        }
    }
    let (before, after) = decision.changes.iter().fold((json!({}), json!({})), |(mut before, mut after), change| {
        if let (Some(before), Some(after)) = (before.as_object_mut(), after.as_object_mut()) {
            before.insert(change.field.clone(), change.before.clone());
            after.insert(change.field.clone(), change.after.clone());
        }
        (before, after)
    });
    amended.record(Entry {
        at: now,
        actor: actor.clone(),
        kind: kind.to_owned(),
        order: Some(order.clone()),
        subject: order.to_string(),
        reason: reason.to_owned(),
        before,
        after,
    });
}
