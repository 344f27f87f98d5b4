//! Edits that a second person agrees to: proposing them, and the limit above which every edit needs one.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::id::OrderId;
use switchyard_core::money::Money;
use switchyard_core::order::Order;
use switchyard_engine::handle::EditRequest;
use switchyard_engine::policy::{Approval, Versioned};
use utoipa::ToSchema;

use super::edits::{OrderEdits, few_enough, short_enough};
use super::rules::{PolicyVersion, change};
use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path};
use crate::problem::{ApiError, ProblemDocument};

/// Leaves edits for somebody who may make them: a matter on the order, settled with `approve` or `decline`. Whoever
/// approves lends the powers; where two people have to agree, it has to be somebody else.
#[utoipa::path(
    post, path = "/orders/{id}/proposals", tag = "orders", operation_id = "propose_edits",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = OrderEdits,
    responses(
        (status = 200, description = "Proposed: the order with the matter", body = Order),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn propose_edits(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(order): Path<OrderId>,
    Body(body): Body<OrderEdits>,
) -> Result<Json<Order>, ApiError> {
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
    Ok(Json(state.engine.propose(request).await?))
}

/// When a second person has to agree to an edit, beside the table of edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApprovalDetail {
    /// The version that holds; 0 when nobody has written one.
    pub version: PolicyVersion,
    /// Orders worth more take two people; `None` means that no order does. Orders in another currency take two as well.
    pub value_limit: Option<Money>,
}

impl From<Versioned<Approval>> for ApprovalDetail {
    fn from(known: Versioned<Approval>) -> Self {
        Self { version: (&known).into(), value_limit: known.value.value_limit }
    }
}

/// The next limit.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalChange {
    /// The version it was made from.
    pub base: i64,
    /// Why, in the person's words.
    pub reason: String,
    /// Orders worth more take two people; `None` for no limit.
    pub value_limit: Option<Money>,
}

/// Reads when a second person has to agree.
#[utoipa::path(
    get, path = "/approval", tag = "orders", operation_id = "get_approval",
    responses(
        (status = 200, description = "What holds", body = ApprovalDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_approval(State(state): State<AppState>) -> Result<Json<ApprovalDetail>, ApiError> {
    Ok(Json(state.engine.approval().await?.into()))
}

/// Writes when a second person has to agree. It counts for edits from then on.
#[utoipa::path(
    put, path = "/approval", tag = "orders", operation_id = "change_approval",
    params(("Idempotency-Key" = String, Header, description = "A new one for each new wish")),
    request_body = ApprovalChange,
    responses(
        (status = 200, description = "What holds now", body = ApprovalDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn change_approval(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Body(body): Body<ApprovalChange>,
) -> Result<Json<ApprovalDetail>, ApiError> {
    let change = change(body.base, body.reason, &person, &key)?;
    Ok(Json(state.engine.set_approval(change, Approval { value_limit: body.value_limit }).await?.into()))
}
