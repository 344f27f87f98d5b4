//! Reports to a shop that wait for a person: reporting again, or declaring that the shop need not be told.

use axum::Json;
use axum::extract::State;
use switchyard_core::id::{OrderId, WriteBackId};
use switchyard_core::order::Order;
use switchyard_engine::handle::WriteBackRequest;

use super::edits::{Decision, short_enough};
use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path};
use crate::problem::{ApiError, ProblemDocument};

async fn settle(
    state: &AppState,
    person: &Person,
    key: &IdempotencyKey,
    (order, write_back): (OrderId, WriteBackId),
    decision: Decision,
    again: bool,
) -> Result<Json<Order>, ApiError> {
    short_enough("reason", &decision.reason)?;
    let request = WriteBackRequest {
        order,
        revision: decision.revision,
        write_back,
        again,
        actor: person.actor(),
        holder: person.holder(),
        reason: decision.reason,
        key: key.as_str().to_owned(),
    };
    Ok(Json(state.engine.settle_write_back(request).await?))
}

/// Reports to the shop again what it had refused.
#[utoipa::path(
    post, path = "/orders/{id}/write-backs/{write_back}/retry", tag = "orders", operation_id = "retry_write_back",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("write_back" = WriteBackId, Path, description = "The report"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = Decision,
    responses(
        (status = 200, description = "It is due: the order afterwards", body = Order),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn retry_write_back(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(path): Path<(OrderId, WriteBackId)>,
    Body(body): Body<Decision>,
) -> Result<Json<Order>, ApiError> {
    settle(&state, &person, &key, path, body, true).await
}

/// Declares that the shop need not be told, with the reason.
#[utoipa::path(
    post, path = "/orders/{id}/write-backs/{write_back}/waive", tag = "orders", operation_id = "waive_write_back",
    params(
        ("id" = OrderId, Path, description = "The order"),
        ("write_back" = WriteBackId, Path, description = "The report"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = Decision,
    responses(
        (status = 200, description = "Waived: the order afterwards", body = Order),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn waive_write_back(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(path): Path<(OrderId, WriteBackId)>,
    Body(body): Body<Decision>,
) -> Result<Json<Order>, ApiError> {
    if body.reason.trim().is_empty() {
        let field = crate::problem::FieldProblem::new("reason", "say why the shop need not be told");
        return Err(ApiError::bad_request("reason: say why the shop need not be told", vec![field]));
    }
    settle(&state, &person, &key, path, body, false).await
}
