//! ShipBob's calls about returns.

use axum::body::Bytes;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::query::Query;
use super::state::Refused;
use super::{Desk, listed, not_found, settled, show};
use crate::fault::Draw;
use crate::record::{CreatedReturn, ReturnedLine};

/// `Returns.CreateReturnRequest`.
#[derive(Debug, Deserialize)]
struct CreateReturn {
    reference_id: Option<String>,
    fulfillment_center: Option<Facility>,
    original_shipment_id: Option<i64>,
    tracking_number: Option<String>,
    #[serde(default)]
    inventory: Vec<Inventory>,
}

#[derive(Debug, Deserialize)]
struct Facility {
    id: i64,
}

#[derive(Debug, Deserialize)]
struct Inventory {
    id: i64,
    quantity: i64,
    requested_action: String,
}

/// `Returns.ApiError`.
fn refused(message: impl Into<String>) -> Response {
    let message = message.into();
    show(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "message": message, "errors": [message], "stackTrace": null }))
}

/// `Returns.ProblemDetails`.
fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason();
    show(
        status,
        &json!({ "title": title, "status": status.as_u16(), "detail": detail, "type": null, "instance": null }),
    )
}

pub(super) async fn create(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> Response {
    let channel = headers.get("shipbob_channel_id").and_then(|value| value.to_str().ok());
    if channel.and_then(|id| id.parse().ok()) != Some(desk.warehouse.profile.channel_id) {
        return show(StatusCode::FORBIDDEN, &json!({ "message": "The channel is not accessible with this token." }));
    }
    let body: CreateReturn = match serde_json::from_slice(&body) {
        Ok(body) => body,
        Err(error) => return problem(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let created = match read(&desk, body) {
        Ok(created) => created,
        Err(message) => return refused(message),
    };
    let reference = created.reference.clone();
    match desk.warehouse.create_return(created) {
        Ok((goods, ticket)) => settled(&desk, ticket, StatusCode::CREATED, goods.view(&desk.warehouse)).await,
        Err(_) => refused(format!("A return with reference id '{}' already exists.", &*reference)),
    }
}

fn read(desk: &Desk, body: CreateReturn) -> Result<CreatedReturn, String> {
    let reference = body.reference_id.filter(|text| !text.trim().is_empty()).ok_or("reference_id is required")?;
    let center = body.fulfillment_center.ok_or("fulfillment_center is required")?;
    if center.id != desk.warehouse.profile.center_id {
        return Err("The fulfillment center is not available to this account.".to_owned());
    }
    if body.inventory.is_empty() {
        return Err("inventory is required".to_owned());
    }
    let mut lines = Vec::with_capacity(body.inventory.len());
    for item in body.inventory {
        if !["Default", "Restock", "Quarantine", "Dispose"].contains(&item.requested_action.as_str()) {
            return Err(format!("'{}' is no return action.", item.requested_action));
        }
        let sku = desk.warehouse.article(item.id).ok_or(format!("Inventory {} does not exist.", item.id))?;
        let quantity = u32::try_from(item.quantity).ok().filter(|units| *units > 0);
        lines.push(ReturnedLine { sku, quantity: quantity.ok_or("The quantity must be greater than 0.")? });
    }
    if body.original_shipment_id.is_some_and(|id| desk.warehouse.by_shipment_id(id).is_none()) {
        return Err("The original shipment does not exist.".to_owned());
    }
    Ok(CreatedReturn {
        return_id: 0,
        reference: reference.into(),
        undeliverable: false,
        shipment_id: body.original_shipment_id,
        tracking: body.tracking_number.unwrap_or_default().into(),
        lines,
    })
}

pub(super) async fn list(
    State(desk): State<Desk>,
    Extension(draw): Extension<Draw>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Query::read(query.as_deref());
    let wanted = match query.returns() {
        Ok(wanted) => wanted,
        Err((field, message)) => return problem(StatusCode::BAD_REQUEST, &format!("{field}: {message}")),
    };
    let (found, more) = desk.warehouse.returns(&wanted);
    let items: Vec<Value> = found.iter().map(|goods| goods.view(&desk.warehouse)).collect();
    let link = |skip: usize| format!("{}/2026-01/return?{}", desk.endpoint, query.with_cursor(skip));
    show(
        StatusCode::OK,
        &json!({
            "items": listed(draw, items),
            "first": (wanted.skip > 0).then(|| link(0)),
            "last": null,
            "next": more.then(|| link(wanted.skip + wanted.take)),
            "prev": (wanted.skip > 0).then(|| link(wanted.skip.saturating_sub(wanted.take))),
        }),
    )
}

pub(super) async fn get(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let goods = id.parse().ok().and_then(|id| desk.warehouse.goods_back(id));
    match goods {
        Some(goods) => show(StatusCode::OK, &goods.view(&desk.warehouse)),
        None => problem(StatusCode::NOT_FOUND, "The return does not exist."),
    }
}

pub(super) async fn act(State(desk): State<Desk>, Path(tail): Path<String>) -> Response {
    let Some((id, "cancel")) = tail.split_once(':') else { return not_found() };
    let Ok(id) = id.parse() else { return not_found() };
    match desk.warehouse.cancel_return(id) {
        Ok(ticket) => settled(&desk, ticket, StatusCode::OK, json!({})).await,
        Err(Refused::Cancelled) => problem(StatusCode::BAD_REQUEST, "The return is already cancelled."),
        Err(Refused::TooLate) => problem(StatusCode::BAD_REQUEST, "The return has arrived and cannot be cancelled."),
        Err(Refused::NotFound | Refused::Repeated) => problem(StatusCode::BAD_REQUEST, "The return does not exist."),
    }
}
