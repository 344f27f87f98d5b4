//! A ShipBob-speaking warehouse: API version 2026-01.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Extension, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::clock::{Clock, SECOND};
use crate::fault::Draw;
use crate::gate;
use crate::ledger::Ticket;
use crate::options::SandboxOptions;
use crate::text::Text;

mod body;
mod book;
mod goods_back;
mod profile;
mod query;
mod rate;
mod returns;
mod state;
mod view;
mod wanted;

pub(crate) use book::Pace;
pub(crate) use profile::Profile;
pub(crate) use state::Warehouse;

use body::{Complaints, CreateOrder, TrackingUpload, UpdateAddress};
use book::{Order, Shelf};
use query::Query;
use rate::Window;
use state::Refused;

/// Name of the only channel.
const CHANNEL: &str = "Switchyard sandbox";
const SCOPES: [&str; 10] = [
    "channels_read",
    "orders_read",
    "orders_write",
    "products_read",
    "products_write",
    "fulfillments_read",
    "inventory_read",
    "locations_read",
    "returns_read",
    "returns_write",
];

#[derive(Debug, Clone)]
struct Desk {
    warehouse: Arc<Warehouse>,
    window: Arc<Window>,
    token: Arc<str>,
    endpoint: Arc<str>,
}

/// The routes of `warehouse` at `endpoint`, for callers that hold `token`.
pub(crate) fn router(
    warehouse: Arc<Warehouse>,
    token: &str,
    endpoint: &str,
    options: &SandboxOptions,
    clock: Arc<Clock>,
) -> Router {
    let window = Arc::new(Window::new(options.calls_per_minute, clock));
    let desk = Desk { warehouse, window, token: token.into(), endpoint: endpoint.into() };
    Router::new()
        .route("/2026-01/channel", get(channels))
        .route("/2026-01/order", get(list_orders).post(create_order))
        // The router cannot match a suffix such as `7:cancel`; the handlers split it.
        .route("/2026-01/order/{order}", get(get_order).post(act_on_order))
        .route("/2026-01/order/{order}/shipment", get(order_shipments))
        .route("/2026-01/shipment/{shipment}", get(get_shipment).post(act_on_shipment).put(act_on_shipment))
        .route("/2026-01/shipment:batchUpdateTrackingUpload", post(mark_uploaded))
        .route("/2026-01/return", get(returns::list).post(returns::create))
        .route("/2026-01/return/{return}", get(returns::get).post(returns::act))
        .route("/2026-01/shipping-method", get(shipping_methods))
        .route("/2026-01/fulfillment-center", get(fulfillment_centers))
        .route("/2026-01/inventory-level", get(inventory_levels))
        .route("/2026-01/inventory-level/locations", get(inventory_locations))
        .route("/2026-01/inventory-level/{inventory}", get(inventory_level))
        .layer(axum::middleware::from_fn_with_state(desk.clone(), admit))
        .with_state(desk)
}

fn words(status: StatusCode, message: &str) -> Response {
    (status, axum::Json(json!({ "message": message }))).into_response()
}

fn complaint(status: StatusCode, field: &str, message: impl Into<String>) -> Response {
    (status, axum::Json(Complaints::from([(field.to_owned(), vec![message.into()])]))).into_response()
}

/// Checks the token and the call limit, and says how many calls are left.
async fn admit(State(desk): State<Desk>, Extension(draw): Extension<Draw>, request: Request, next: Next) -> Response {
    let bearer = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given =
        bearer.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    if draw.token_expired || given.is_none_or(|(_, token)| token != &*desk.token) {
        return words(StatusCode::UNAUTHORIZED, "Access denied due to invalid credentials.");
    }
    let left = match desk.window.call() {
        Ok(left) if !draw.throttle => left,
        refused => {
            let seconds = refused.err().unwrap_or_else(|| desk.window.seconds(5 * SECOND));
            let message = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
            let body = json!({ "statusCode": 429, "message": message });
            let mut answer = (StatusCode::TOO_MANY_REQUESTS, axum::Json(body)).into_response();
            answer.headers_mut().insert(REMAINING, HeaderValue::from_static("0"));
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            return answer;
        }
    };
    let mut answer = next.run(request).await;
    answer.headers_mut().insert(REMAINING, HeaderValue::from(left));
    // A reader waits as well: it must not see what a crash could take back.
    if let Err(error) = desk.warehouse.ledger.wait(desk.warehouse.ledger.position()).await {
        tracing::error!(%error, warehouse = desk.warehouse.profile.instance, "cannot answer");
        return gate::broken(StatusCode::INTERNAL_SERVER_ERROR);
    }
    answer
}

const REMAINING: HeaderName = HeaderName::from_static("x-remaining-calls");
const RETRY_AFTER: HeaderName = HeaderName::from_static("x-retry-after");

fn show(status: StatusCode, value: &Value) -> Response {
    (status, axum::Json(value)).into_response()
}

fn not_found() -> Response {
    words(StatusCode::NOT_FOUND, "Not found")
}

/// A list as the fault draw wants it: every third item a second time, in front.
fn listed(draw: Draw, items: Vec<Value>) -> Vec<Value> {
    if !draw.duplicate_items {
        return items;
    }
    let again: Vec<_> = items.iter().step_by(3).cloned().collect();
    again.into_iter().chain(items).collect()
}

async fn channels(State(desk): State<Desk>) -> Response {
    let channel = json!({
        "id": desk.warehouse.profile.channel_id,
        "name": CHANNEL,
        "application_name": "Switchyard",
        "scopes": SCOPES,
    });
    show(StatusCode::OK, &json!({ "items": [channel], "next": null, "prev": null }))
}

async fn list_orders(
    State(desk): State<Desk>,
    Extension(draw): Extension<Draw>,
    RawQuery(query): RawQuery,
) -> Response {
    let wanted = match Query::read(query.as_deref()).orders() {
        Ok(wanted) => wanted,
        Err((field, message)) => return complaint(StatusCode::BAD_REQUEST, &field, message),
    };
    let found = desk.warehouse.list(&wanted);
    let orders = found.iter().map(|order| view::order(&desk.warehouse, order)).collect();
    show(StatusCode::OK, &Value::Array(listed(draw, orders)))
}

async fn create_order(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> Response {
    let profile = &desk.warehouse.profile;
    let channel = headers.get("shipbob_channel_id").and_then(|value| value.to_str().ok());
    match channel.map(str::parse::<i64>) {
        Some(Ok(id)) if id == profile.channel_id => {}
        Some(Ok(_)) => return words(StatusCode::FORBIDDEN, "The channel is not accessible with this token."),
        _ => {
            return complaint(
                StatusCode::BAD_REQUEST,
                "shipbob_channel_id",
                "The shipbob_channel_id header is required.",
            );
        }
    }
    let body: CreateOrder = match serde_json::from_slice(&body) {
        Ok(body) => body,
        Err(error) => return complaint(StatusCode::BAD_REQUEST, "body", error.to_string()),
    };
    let article = |id: i64| {
        let found = desk.warehouse.shelves(0, 1, |_, shelf| shelf.inventory_id == id);
        found.first().map(|(sku, shelf)| (sku.to_string(), shelf.name.to_string()))
    };
    let accepted = match body.check(profile.center_id, article) {
        Ok(accepted) => accepted,
        Err(complaints) => return (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(complaints)).into_response(),
    };
    let reference = accepted.reference.clone();
    match desk.warehouse.accept(accepted) {
        Ok((order, ticket)) => settled(&desk, ticket, StatusCode::CREATED, view::order(&desk.warehouse, &order)).await,
        Err(_) => complaint(
            StatusCode::UNPROCESSABLE_ENTITY,
            "reference_id",
            format!("An order with reference_id '{reference}' already exists in this channel."),
        ),
    }
}

/// The answer to a write once its ledger line is on disk.
async fn settled(desk: &Desk, ticket: Ticket, status: StatusCode, body: Value) -> Response {
    match desk.warehouse.ledger.wait(ticket).await {
        Ok(()) => show(status, &body),
        Err(error) => {
            tracing::error!(%error, warehouse = desk.warehouse.profile.instance, "cannot answer");
            gate::broken(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

async fn get_order(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let order = id.parse().ok().and_then(|id| desk.warehouse.get(desk.warehouse.by_order_id(id)));
    order.map_or_else(not_found, |order| show(StatusCode::OK, &view::order(&desk.warehouse, &order)))
}

async fn order_shipments(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let order = id.parse().ok().and_then(|id| desk.warehouse.get(desk.warehouse.by_order_id(id)));
    order.map_or_else(not_found, |order| show(StatusCode::OK, &json!([view::shipment(&desk.warehouse, &order)])))
}

async fn get_shipment(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let order = id.parse().ok().and_then(|id| desk.warehouse.get(desk.warehouse.by_shipment_id(id)));
    order.map_or_else(not_found, |order| show(StatusCode::OK, &view::shipment(&desk.warehouse, &order)))
}

fn refused(field: &str, refused: Refused) -> Response {
    let message = match refused {
        Refused::NotFound | Refused::Repeated => return not_found(),
        Refused::TooLate => "It has been picked, packed or shipped and cannot be changed any more.",
        Refused::Cancelled => "It is already cancelled.",
    };
    complaint(StatusCode::UNPROCESSABLE_ENTITY, field, message)
}

async fn act_on_order(State(desk): State<Desk>, Path(tail): Path<String>) -> Response {
    let Some((id, "cancel")) = tail.split_once(':') else { return not_found() };
    let sequence = id.parse().ok().and_then(|id| desk.warehouse.by_order_id(id));
    match desk.warehouse.cancel(sequence) {
        Ok((order, ticket)) => {
            let body = json!({
                "order_id": order.accepted.order_id,
                "order": view::order(&desk.warehouse, &order),
                "status": "Success",
                "canceled_shipment_results": [view::cancelled_shipment(&order)],
            });
            settled(&desk, ticket, StatusCode::OK, body).await
        }
        Err(why) => refused("order", why),
    }
}

async fn act_on_shipment(
    State(desk): State<Desk>,
    Path(tail): Path<String>,
    method: axum::http::Method,
    body: Bytes,
) -> Response {
    let Some((id, action)) = tail.split_once(':') else { return not_found() };
    let sequence = id.parse().ok().and_then(|id| desk.warehouse.by_shipment_id(id));
    match (method.as_str(), action) {
        ("POST", "cancel") => match desk.warehouse.cancel(sequence) {
            Ok((order, ticket)) => {
                settled(&desk, ticket, StatusCode::OK, view::shipment(&desk.warehouse, &order)).await
            }
            Err(why) => refused("shipment", why),
        },
        ("PUT", "updateAddress") => update_address(&desk, sequence, &body).await,
        _ => not_found(),
    }
}

async fn update_address(desk: &Desk, sequence: Option<usize>, body: &[u8]) -> Response {
    let wrong =
        |code: &str, message: String| show(StatusCode::BAD_REQUEST, &json!({ "code": code, "message": message }));
    let body: UpdateAddress = match serde_json::from_slice(body) {
        Ok(body) => body,
        Err(error) => return wrong("INVALID_PARAMETER", error.to_string()),
    };
    let empty = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    if empty(&body.street_address1) || empty(&body.city) {
        return wrong("VALIDATION_ERROR", "street_address1 and city are required".into());
    }
    let email = body.email.as_deref().map(Text::from);
    match desk.warehouse.move_to(sequence, |order: &Order| body.over(&order.destination), email) {
        Ok((order, ticket)) => {
            let body = json!({ "id": order.accepted.shipment_id, "is_success": true });
            settled(desk, ticket, StatusCode::OK, body).await
        }
        Err(Refused::NotFound | Refused::Repeated) => wrong("NOT_FOUND", "The shipment does not exist".into()),
        Err(Refused::TooLate) => wrong("CONFLICT", "The shipment is being picked or has left".into()),
        Err(Refused::Cancelled) => wrong("CONFLICT", "The shipment is cancelled".into()),
    }
}

async fn mark_uploaded(State(desk): State<Desk>, body: Bytes) -> Response {
    let body: TrackingUpload = match serde_json::from_slice(&body) {
        Ok(body) => body,
        Err(error) => return show(StatusCode::BAD_REQUEST, &Value::String(error.to_string())),
    };
    let (mut results, mut last, mut failed) = (Vec::new(), None, 0);
    for id in body.shipment_ids {
        match desk.warehouse.mark_uploaded(desk.warehouse.by_shipment_id(id), body.is_tracking_uploaded) {
            Ok(ticket) => {
                last = Some(ticket);
                results.push(json!({ "shipmentId": id, "isSuccess": true }));
            }
            Err(_) => {
                failed += 1;
                let error = json!({ "code": "NOT_FOUND", "message": "The shipment does not exist" });
                results.push(json!({ "shipmentId": id, "isSuccess": false, "error": error }));
            }
        }
    }
    let (total, ticket) = (results.len(), last.unwrap_or_else(|| desk.warehouse.ledger.position()));
    let summary = json!({ "total": total, "successful": total - failed, "failed": failed });
    settled(&desk, ticket, StatusCode::OK, json!({ "results": results, "summary": summary })).await
}

async fn shipping_methods() -> Response {
    let methods = [(1, "Standard", 3, "Standard"), (2, "Express", 5, "Express"), (3, "Economy", 2, "Economy")];
    let list = methods.into_iter().map(|(id, name, level, level_name)| {
        let level = json!({ "id": level, "name": level_name });
        json!({ "id": id, "name": name, "active": true, "default": id == 1, "service_level": level })
    });
    show(StatusCode::OK, &Value::Array(list.collect()))
}

async fn fulfillment_centers(State(desk): State<Desk>) -> Response {
    show(StatusCode::OK, &json!([view::fulfillment_center(&desk.warehouse.profile)]))
}

/// A page of shelves, with absolute links to its neighbours.
fn inventory_page(
    desk: &Desk,
    draw: Draw,
    path: &str,
    query: Option<&str>,
    item: impl Fn(&Text, &Shelf) -> Value,
) -> Response {
    let query = Query::read(query);
    let page = match query.inventory() {
        Ok(page) => page,
        Err((field, message)) => {
            let body = json!({ "title": "Bad Request", "status": 400, "detail": format!("{field}: {message}") });
            return show(StatusCode::BAD_REQUEST, &body);
        }
    };
    let here = page.location.is_none_or(|location| location == desk.warehouse.profile.center_id);
    let mut found = desk.warehouse.shelves(page.skip, page.take + 1, |sku, shelf| here && page.holds(sku, shelf));
    let more = found.len() > page.take;
    found.truncate(page.take);
    let items = found.iter().map(|(sku, shelf)| item(sku, shelf)).collect();
    let link = |skip: usize| format!("{}{path}?{}", desk.endpoint, query.with_cursor(skip));
    show(
        StatusCode::OK,
        &json!({
            "items": listed(draw, items),
            "first": (page.skip > 0).then(|| link(0)),
            "last": null,
            "next": more.then(|| link(page.skip + page.take)),
            "prev": (page.skip > 0).then(|| link(page.skip.saturating_sub(page.take))),
        }),
    )
}

async fn inventory_levels(
    State(desk): State<Desk>,
    Extension(draw): Extension<Draw>,
    RawQuery(query): RawQuery,
) -> Response {
    inventory_page(&desk, draw, "/2026-01/inventory-level", query.as_deref(), view::inventory_level)
}

async fn inventory_locations(
    State(desk): State<Desk>,
    Extension(draw): Extension<Draw>,
    RawQuery(query): RawQuery,
) -> Response {
    let profile = &desk.warehouse.profile;
    inventory_page(&desk, draw, "/2026-01/inventory-level/locations", query.as_deref(), |sku, shelf| {
        view::inventory_at_location(profile, sku, shelf)
    })
}

async fn inventory_level(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<i64>() else { return not_found() };
    let found: HashMap<_, _> = desk.warehouse.shelves(0, 1, |_, shelf| shelf.inventory_id == id).into_iter().collect();
    match found.iter().next() {
        Some((sku, shelf)) => show(StatusCode::OK, &view::inventory_level(sku, shelf)),
        None => show(StatusCode::NOT_FOUND, &json!({ "title": "Not Found", "status": 404 })),
    }
}
