//! Changes an order on a person's wish: at once as long as it is ours, by asking the warehouse afterwards.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use switchyard_connectors::registry;
use switchyard_core::change_request::{AskKind, ChangeRequestState};
use switchyard_core::connection::Warehouse;
use switchyard_core::edit::verdict::Capabilities;
use switchyard_core::edit::{self, Approver, Decision, Denied, Edit, Refusal, Scene, Series};
use switchyard_core::fulfillment::HandOverState;
use switchyard_core::id::{FulfillmentId, WarehouseId};
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::money::Money;
use switchyard_core::order::LineKind;
use switchyard_core::quantity::Sku;
use switchyard_core::role::Holder;
use switchyard_store::contract::{CommandId, OrderFile, Write};

use super::amendment::Amendment;
use super::delivery::Delivery;
use super::order_decision;
use crate::Inner;
use crate::handle::{EditError, EditRequest, Edited};
use crate::{catalog, policy};

/// Who wants an edit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Party<'a> {
    /// As the journal names them.
    pub(crate) actor: &'a Actor,
    /// What they may.
    pub(crate) holder: &'a Holder,
    /// Who agreed to it, if somebody did.
    pub(crate) approved_by: Option<&'a Approver>,
}

impl<'a> Party<'a> {
    fn of(request: &'a EditRequest) -> Self {
        Self { actor: &request.actor, holder: &request.holder, approved_by: None }
    }
}

/// What edits are judged on beside the order: read once for all edits of a wish.
#[derive(Debug)]
pub(super) struct Ground {
    warehouses: BTreeMap<WarehouseId, Capabilities>,
    value_limit: Option<Money>,
}

impl Ground {
    pub(super) async fn read(inner: &Inner) -> Result<Self, switchyard_store::Error> {
        let warehouses = capabilities(inner).await?;
        let value_limit = policy::approval(&*inner.store).await?.value.value_limit;
        Ok(Self { warehouses, value_limit })
    }
}

/// Carries out a wish, once, however often it is delivered.
pub(crate) async fn edit(inner: &Inner, request: EditRequest) -> Result<Edited, EditError> {
    let Some(key) = &request.key else { return carry_out_once(inner, &request, None).await };
    let delivery = Delivery::of(key, &says(&request));
    // What a repeat is told is only known once it is decided.
    let carry_out = carry_out_once(inner, &request, Some(&delivery));
    delivery.once(inner, carry_out, async |changes| repeated(inner, &request, changes).await).await
}

async fn carry_out_once(
    inner: &Inner,
    request: &EditRequest,
    delivery: Option<&Delivery>,
) -> Result<Edited, EditError> {
    let file = order_decision::read_at(inner, &request.order, request.revision).await?;
    let decision = decide_all(inner, &file, &request.edits, Party::of(request)).await?;
    let granted = decision.clone();
    let mut amended = Amendment::of(&file);
    let kind = match request.edits.as_slice() {
        [only] => kind_of(only),
        _ => "order.edited",
    };
    carry_out(inner, &mut amended, &file, decision, &request.actor, kind, &request.reason);
    let command: Option<CommandId> = delivery.map(|delivery| delivery.command(json!(granted.changes)));
    let order = order_decision::keep(inner, amended, command).await?;
    Ok(edited(Decision { order, ..granted }, true))
}

/// Says what a wish would change.
pub(crate) async fn preview(inner: &Inner, request: &EditRequest) -> Result<Edited, EditError> {
    let file = order_decision::read_at(inner, &request.order, request.revision).await?;
    let decision = decide_all(inner, &file, &request.edits, Party::of(request)).await?;
    Ok(edited(decision, false))
}

/// Makes edits as a part of another change: as a whole, or not at all.
///
/// # Errors
/// As [`edit()`]; `amended` is as it was.
pub(super) async fn make(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    edits: &[Edit],
    party: Party<'_>,
    kind: &str,
    reason: &str,
) -> Result<(), EditError> {
    let decided = OrderFile { order: amended.order.clone(), ..file.clone() };
    let decision = decide_all(inner, &decided, edits, party).await?;
    carry_out(inner, amended, file, decision, party.actor, kind, reason);
    Ok(())
}

/// What the rules say about a draft, made as a whole or not at all.
async fn decide_all(inner: &Inner, file: &OrderFile, edits: &[Edit], party: Party<'_>) -> Result<Decision, EditError> {
    known_skus(inner, edits).await?;
    if let [only] = edits {
        return decide(inner, file, only, party).await;
    }
    let ground = Ground::read(inner).await?;
    let scene = scene(inner, file, &ground, party);
    let mut series = Series::of(&scene);
    let mut new_id = || inner.change_request_id();
    for wish in edits {
        if !series.make(wish, &scene, &mut new_id)
            && let Some(denied) = series.steps.pop().and_then(|step| step.denied)
        {
            return Err(EditError::Denied(Box::new(denied)));
        }
    }
    if series.steps.is_empty() {
        return Err(EditError::Denied(Box::new(Denied::Wish(Refusal::NoChange))));
    }
    Ok(together(series, file))
}

/// A series as one decision.
pub(super) fn together(series: Series, file: &OrderFile) -> Decision {
    let Series { order, parts, requests, withdrawn, replan, release, moves, stop, changes, attention, steps } = series;
    Decision {
        order,
        fulfillments: parts.into_iter().filter(|part| !file.fulfillments.contains(part)).collect(),
        withdrawn,
        replan,
        release,
        moves,
        requests: requests.into_iter().filter(|request| !file.change_requests.contains(request)).collect(),
        stop,
        changes,
        verdicts: steps.into_iter().flat_map(|step| step.verdicts).collect(),
        attention,
    }
}

/// Goods that no warehouse has ever reported cannot be added: the order would be stuck with them.
///
/// # Errors
/// The refusal that names them.
pub(super) async fn known_skus(inner: &Inner, edits: &[Edit]) -> Result<(), EditError> {
    let goods = edits.iter().filter_map(|edit| match edit {
        Edit::AddLine { line } if line.kind == LineKind::Goods => Some(line.sku.clone()),
        _ => None,
    });
    let goods: Vec<Sku> = goods.collect();
    let unknown = catalog::unknown_skus(&*inner.store, &goods).await?;
    if unknown.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = unknown.iter().map(|sku| format!("`{sku}`")).collect();
    let refusal = Refusal::OutOfRange(format!("no warehouse has ever reported {}", names.join(", ")));
    Err(EditError::Denied(Box::new(Denied::Wish(refusal))))
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
    party: Party<'_>,
) -> Result<Decision, EditError> {
    let ground = Ground::read(inner).await?;
    let scene = scene(inner, file, &ground, party);
    let mut new_id = || inner.change_request_id();
    edit::decide(wish, &scene, &mut new_id).map_err(|denied| EditError::Denied(Box::new(denied)))
}

/// Everything an edit is judged on.
pub(super) fn scene<'a>(inner: &Inner, file: &'a OrderFile, ground: &'a Ground, party: Party<'a>) -> Scene<'a> {
    /// No connector reports labels yet; a warehouse that has printed one refuses the request itself.
    static NO_LABELS: BTreeSet<FulfillmentId> = BTreeSet::new();
    Scene {
        order: &file.order,
        parts: &file.fulfillments,
        requests: &file.change_requests,
        warehouses: &ground.warehouses,
        labels: &NO_LABELS,
        actor: party.actor,
        holder: party.holder,
        approved_by: party.approved_by,
        value_limit: ground.value_limit,
        now: inner.clock.now(),
    }
}

/// What every warehouse can be asked, from what its connector says of itself.
pub(super) async fn capabilities(
    inner: &Inner,
) -> Result<BTreeMap<WarehouseId, Capabilities>, switchyard_store::Error> {
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

/// The same request came again: what it changed then, and the order as it is now.
async fn repeated(inner: &Inner, request: &EditRequest, changes: serde_json::Value) -> Result<Edited, EditError> {
    let order = order_decision::read(inner, &request.order).await?.order;
    let changes = serde_json::from_value(changes).map_err(|error| {
        EditError::Store(switchyard_store::Error::Backend(format!("stored command result: {error}")))
    })?;
    let (verdicts, requests, attention) = (Vec::new(), Vec::new(), Vec::new());
    Ok(Edited { order, changes, verdicts, requests, attention, committed: true })
}

/// What makes a request this one. A hold's own id is not part of it: it is made anew for every delivery of a wish.
fn says(request: &EditRequest) -> serde_json::Value {
    let nameless = |edit: &Edit| {
        let mut wish = json!(edit);
        if let (Edit::Hold { .. }, Some(fields)) = (edit, wish.as_object_mut()) {
            fields.remove("id");
        }
        wish
    };
    let wishes: Vec<serde_json::Value> = request.edits.iter().map(nameless).collect();
    json!([request.order, request.revision, wishes, request.actor, request.reason])
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
    amended.order.moves.extend(decision.moves);
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
