//! Changing orders: one operation per wish. The rules are `core`'s; the transaction is the engine's.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::address::Address;
use switchyard_core::attention::{AttentionItem, Choice};
use switchyard_core::change_request::ChangeRequest;
use switchyard_core::edit::{Edit, FieldChange, PartVerdict};
use switchyard_core::hold::HoldReason;
use switchyard_core::id::{HoldId, LineId, OrderId};
use switchyard_core::order::Order;
use switchyard_core::preview::{Draft, Preview};
use switchyard_core::quantity::Quantity;
use switchyard_core::time::Timestamp;
use switchyard_engine::handle::{EditRequest, Edited, SettleRequest};
use utoipa::ToSchema;

use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path};
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// Longest reason or note in characters.
const LONGEST_TEXT: usize = 2_000;

/// Another destination.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressEdit {
    /// The revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// The whole new address.
    pub ship_to: Address,
    /// Only say what would change.
    #[serde(default)]
    #[schema(required = false)]
    pub dry_run: bool,
}

/// Fewer units of a line.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityEdit {
    /// The revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// Units wanted from now on.
    #[schema(value_type = u32)]
    pub quantity: Quantity,
    /// Only say what would change.
    #[serde(default)]
    #[schema(required = false)]
    pub dry_run: bool,
}

/// A hold.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldPlacement {
    /// The revision the decision was made on.
    pub revision: i64,
    /// Why.
    pub reason: HoldReason,
    /// In the person's words; may be empty.
    pub note: String,
    /// When it lifts itself; left out when a person must.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// A wish that needs nothing but its reason.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
}

/// A cancellation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// The revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// Only say what would change.
    #[serde(default)]
    #[schema(required = false)]
    pub dry_run: bool,
}

/// What a wish did, or would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EditResult {
    /// The order afterwards.
    pub order: Order,
    /// What changed, field by field.
    pub changes: Vec<FieldChange>,
    /// What it means for each part of the order; empty for a repeated request.
    pub verdicts: Vec<PartVerdict>,
    /// What warehouses are asked, because they have it already; empty for a repeated request.
    pub requests: Vec<ChangeRequest>,
    /// What could not be done; empty for a repeated request.
    pub attention: Vec<AttentionItem>,
    /// False for a dry run.
    pub committed: bool,
}

impl From<Edited> for EditResult {
    fn from(edited: Edited) -> Self {
        Self {
            order: edited.order,
            changes: edited.changes,
            verdicts: edited.verdicts,
            requests: edited.requests,
            attention: edited.attention,
            committed: edited.committed,
        }
    }
}

/// Who wishes, under which key.
struct Wish {
    person: Person,
    key: IdempotencyKey,
    order: OrderId,
    revision: i64,
    reason: String,
}

/// Previews or carries out.
async fn decide(state: &AppState, wish: Wish, edit: Edit, dry_run: bool) -> Result<Json<EditResult>, ApiError> {
    short_enough("reason", &wish.reason)?;
    let request = EditRequest {
        order: wish.order,
        revision: wish.revision,
        edits: vec![edit],
        actor: wish.person.actor(),
        holder: wish.person.holder(),
        reason: wish.reason,
        key: (!dry_run).then(|| wish.key.as_str().to_owned()),
    };
    let edited = if dry_run { state.engine.preview(request).await? } else { state.engine.edit(request).await? };
    Ok(Json(edited.into()))
}

pub(super) fn short_enough(field: &str, text: &str) -> Result<(), ApiError> {
    if text.chars().count() <= LONGEST_TEXT {
        return Ok(());
    }
    let detail = format!("longer than {LONGEST_TEXT} characters");
    Err(ApiError::bad_request(format!("{field}: {detail}"), vec![FieldProblem::new(field, detail)]))
}

/// Changes where an order ships to.
#[utoipa::path(
    put, path = "/orders/{id}/address", tag = "orders", operation_id = "edit_order_address",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = AddressEdit,
    responses(
        (status = 200, description = "Changed, or what would change", body = EditResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn edit_order_address(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(order): Path<OrderId>,
    Body(body): Body<AddressEdit>,
) -> Result<Json<EditResult>, ApiError> {
    let wish = Wish { person, key, order, revision: body.revision, reason: body.reason };
    decide(&state, wish, Edit::Address { ship_to: body.ship_to }, body.dry_run).await
}

/// Reduces the units of a line.
#[utoipa::path(
    put, path = "/orders/{id}/lines/{line}/quantity", tag = "orders", operation_id = "edit_line_quantity",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("line" = LineId, Path, description = "The line"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = QuantityEdit,
    responses(
        (status = 200, description = "Changed, or what would change", body = EditResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn edit_line_quantity(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((order, line)): Path<(OrderId, LineId)>,
    Body(body): Body<QuantityEdit>,
) -> Result<Json<EditResult>, ApiError> {
    let wish = Wish { person, key, order, revision: body.revision, reason: body.reason };
    decide(&state, wish, Edit::Quantity { line, quantity: body.quantity }, body.dry_run).await
}

/// Places a hold: the order is not released while it has one.
#[utoipa::path(
    post, path = "/orders/{id}/holds", tag = "orders", operation_id = "place_hold",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = HoldPlacement,
    responses(
        (status = 200, description = "Held", body = EditResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn place_hold(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(order): Path<OrderId>,
    Body(body): Body<HoldPlacement>,
) -> Result<Json<EditResult>, ApiError> {
    short_enough("note", &body.note)?;
    let now = state.engine.now();
    if body.expires_at.is_some_and(|expires| expires <= now) {
        let field = FieldProblem::new("expires_at", "already past");
        return Err(ApiError::bad_request("expires_at: already past", vec![field]));
    }
    // The engine leaves the hold's own id out when it compares a repeated wish.
    let id = HoldId::new(now, rand::random());
    let edit = Edit::Hold {
        id,
        reason: body.reason,
        note: body.note.clone(),
        expires_at: body.expires_at,
        fulfillment: None,
        keeps_stock: true,
    };
    let wish = Wish { person, key, order, revision: body.revision, reason: body.note };
    decide(&state, wish, edit, false).await
}

/// Lifts a hold.
#[utoipa::path(
    post, path = "/orders/{id}/holds/{hold}/lift", tag = "orders", operation_id = "lift_hold",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("hold" = HoldId, Path, description = "The hold"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = Decision,
    responses(
        (status = 200, description = "Lifted", body = EditResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn lift_hold(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((order, hold)): Path<(OrderId, HoldId)>,
    Body(body): Body<Decision>,
) -> Result<Json<EditResult>, ApiError> {
    let wish = Wish { person, key, order, revision: body.revision, reason: body.reason };
    decide(&state, wish, Edit::LiftHold { hold }, false).await
}

/// Closes the edit window now: the order goes to its warehouses.
#[utoipa::path(
    post, path = "/orders/{id}/release", tag = "orders", operation_id = "release_order",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = Decision,
    responses(
        (status = 200, description = "Released", body = EditResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn release_order(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(order): Path<OrderId>,
    Body(body): Body<Decision>,
) -> Result<Json<EditResult>, ApiError> {
    let wish = Wish { person, key, order, revision: body.revision, reason: body.reason };
    decide(&state, wish, Edit::ReleaseNow, false).await
}

/// Cancels an order: nothing ships.
#[utoipa::path(
    post, path = "/orders/{id}/cancel", tag = "orders", operation_id = "cancel_order",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = Cancellation,
    responses(
        (status = 200, description = "Cancelled, or what would change", body = EditResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn cancel_order(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(order): Path<OrderId>,
    Body(body): Body<Cancellation>,
) -> Result<Json<EditResult>, ApiError> {
    let wish = Wish { person, key, order, revision: body.revision, reason: body.reason };
    decide(&state, wish, Edit::Cancel, body.dry_run).await
}

/// Several changes of an order, made as a whole or not at all.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderEdits {
    /// The revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// What, in order.
    pub edits: Vec<Edit>,
}

/// Changes an order in any way a person may: one edit or several, as a whole or not at all.
#[utoipa::path(
    post, path = "/orders/{id}/edits", tag = "orders", operation_id = "edit_order",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = OrderEdits,
    responses(
        (status = 200, description = "Changed", body = EditResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn edit_order(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(order): Path<OrderId>,
    Body(body): Body<OrderEdits>,
) -> Result<Json<EditResult>, ApiError> {
    short_enough("reason", &body.reason)?;
    few_enough(&body.edits)?;
    let request = EditRequest {
        order,
        revision: body.revision,
        edits: body.edits,
        actor: person.actor(),
        holder: person.holder(),
        reason: body.reason,
        key: Some(key.as_str().to_owned()),
    };
    Ok(Json(state.engine.edit(request).await?.into()))
}

/// Says what a draft of edits would come to, changing nothing: the diff, the new plan with its cost, the stock it moves,
/// what warehouses would be asked. A draft on an older revision is answered with both sides of the conflict.
#[utoipa::path(
    post, path = "/orders/{id}/preview", tag = "orders", operation_id = "preview_edits",
    params(("id" = OrderId, Path, description = "The order")),
    request_body = Draft,
    responses(
        (status = 200, description = "What it would come to", body = Preview),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn preview_edits(
    State(state): State<AppState>,
    person: Person,
    Path(order): Path<OrderId>,
    Body(draft): Body<Draft>,
) -> Result<Json<Preview>, ApiError> {
    few_enough(&draft.edits)?;
    if draft.base.id != order {
        let field = FieldProblem::new("base.id", "not the order of the path");
        return Err(ApiError::bad_request("base.id: not the order of the path", vec![field]));
    }
    Ok(Json(state.engine.preview_draft(&order, &draft, &person.actor(), &person.holder()).await?))
}

/// Edits one request may carry.
const MOST_EDITS: usize = 200;

pub(super) fn few_enough(edits: &[Edit]) -> Result<(), ApiError> {
    if edits.len() <= MOST_EDITS {
        return Ok(());
    }
    let detail = format!("more than {MOST_EDITS} edits at once");
    Err(ApiError::bad_request(format!("edits: {detail}"), vec![FieldProblem::new("edits", detail)]))
}

/// A way out of a matter that waited for a person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// The revision the decision was made on.
    pub revision: i64,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// One of the matter's options.
    pub choice: Choice,
}

/// Settles a matter that waited for a person.
#[utoipa::path(
    post, path = "/orders/{id}/attention/{matter}/settle", tag = "orders", operation_id = "settle_attention",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("matter" = usize, Path, description = "Its place among the order's open matters, from 0"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = Settlement,
    responses(
        (status = 200, description = "Settled: the order afterwards", body = Order),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn settle_attention(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path((order, matter)): Path<(OrderId, usize)>,
    Body(body): Body<Settlement>,
) -> Result<Json<Order>, ApiError> {
    short_enough("reason", &body.reason)?;
    let request = SettleRequest {
        order,
        revision: body.revision,
        matter,
        choice: body.choice,
        actor: person.actor(),
        holder: person.holder(),
        reason: body.reason,
        key: key.as_str().to_owned(),
    };
    Ok(Json(state.engine.settle(request).await?))
}
