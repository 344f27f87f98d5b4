//! The control endpoint: what a demo, a test or a bench turns while the sandbox runs.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use serde::Deserialize;
use serde_json::json;
use switchyard_core::address::Address;

use crate::checker::{self, CheckOptions};
use crate::error::{Error, Result};
use crate::fault::Faults;
use crate::floor::Floor;
use crate::record::{CreatedReturn, ProcessedLine, ReturnedLine};

#[derive(Debug, Clone)]
struct Panel {
    floor: Arc<Floor>,
    token: Arc<str>,
}

/// The routes for callers that hold `token`.
pub(crate) fn router(floor: Arc<Floor>, token: &str) -> Router {
    let panel = Panel { floor, token: token.into() };
    Router::new()
        .route("/_sandbox/status", get(status))
        .route("/_sandbox/speed", put(set_speed))
        .route("/_sandbox/rate", put(set_rate))
        .route("/_sandbox/orders", post(publish))
        .route("/_sandbox/faults/{instance}", put(set_faults))
        .route("/_sandbox/shops/{shop}/orders/{order}/cancel", post(cancel_order))
        .route("/_sandbox/shops/{shop}/orders/{order}/address", put(move_order))
        .route("/_sandbox/shops/{shop}/orders/{order}/payment", put(set_payment))
        .route("/_sandbox/warehouses/{warehouse}/stock", put(count_stock))
        .route("/_sandbox/warehouses/{warehouse}/returns", post(receive_return))
        .route("/_sandbox/warehouses/{warehouse}/returns/{return}/process", post(process_return))
        .route("/_sandbox/check", get(check))
        .layer(axum::middleware::from_fn_with_state(panel.clone(), admit))
        .with_state(panel)
}

async fn admit(State(panel): State<Panel>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given.and_then(|value| value.strip_prefix("Bearer ")) == Some(&*panel.token) {
        next.run(request).await
    } else {
        (StatusCode::UNAUTHORIZED, axum::Json(json!({ "error": "the control token is missing or wrong" })))
            .into_response()
    }
}

fn outcome(result: Result<()>) -> Response {
    match result {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refusal(&error),
    }
}

fn refusal(error: &Error) -> Response {
    let status = match error {
        Error::Unknown(_) => StatusCode::NOT_FOUND,
        Error::Options(_) => StatusCode::BAD_REQUEST,
        Error::Io { .. } | Error::Corrupt { .. } | Error::History(_) | Error::LedgerLost(_) => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    (status, axum::Json(json!({ "error": error.to_string() }))).into_response()
}

async fn status(State(panel): State<Panel>) -> Response {
    axum::Json(panel.floor.status()).into_response()
}

#[derive(Deserialize)]
struct Speed {
    speed: f64,
}

async fn set_speed(State(panel): State<Panel>, axum::Json(body): axum::Json<Speed>) -> Response {
    outcome(panel.floor.set_speed(body.speed))
}

#[derive(Deserialize)]
struct Rate {
    orders_per_minute: Option<f64>,
}

async fn set_rate(State(panel): State<Panel>, axum::Json(body): axum::Json<Rate>) -> Response {
    outcome(panel.floor.set_orders_per_minute(body.orders_per_minute))
}

#[derive(Deserialize)]
struct Count {
    count: u64,
}

async fn publish(State(panel): State<Panel>, axum::Json(body): axum::Json<Count>) -> Response {
    panel.floor.publish(body.count);
    StatusCode::ACCEPTED.into_response()
}

async fn set_faults(
    State(panel): State<Panel>,
    Path(instance): Path<String>,
    axum::Json(faults): axum::Json<Faults>,
) -> Response {
    outcome(panel.floor.set_faults(&instance, &faults))
}

async fn cancel_order(State(panel): State<Panel>, Path((shop, order)): Path<(String, i64)>) -> Response {
    outcome(panel.floor.cancel_order(&shop, order).await)
}

async fn move_order(
    State(panel): State<Panel>,
    Path((shop, order)): Path<(String, i64)>,
    axum::Json(destination): axum::Json<Address>,
) -> Response {
    outcome(panel.floor.move_order(&shop, order, destination).await)
}

#[derive(Deserialize)]
struct Payment {
    paid: bool,
}

async fn set_payment(
    State(panel): State<Panel>,
    Path((shop, order)): Path<(String, i64)>,
    axum::Json(payment): axum::Json<Payment>,
) -> Response {
    outcome(panel.floor.set_paid(&shop, order, payment.paid).await)
}

#[derive(Deserialize)]
struct Shelf {
    sku: String,
    on_hand: i64,
}

async fn count_stock(
    State(panel): State<Panel>,
    Path(warehouse): Path<String>,
    axum::Json(shelf): axum::Json<Shelf>,
) -> Response {
    outcome(panel.floor.count_stock(&warehouse, &shelf.sku, shelf.on_hand).await)
}

/// Goods at the door of a warehouse.
#[derive(Deserialize)]
struct Arrival {
    /// The reference on the label; left out for goods that nobody announced.
    #[serde(default)]
    reference: String,
    #[serde(default)]
    undeliverable: bool,
    #[serde(default)]
    shipment_id: Option<i64>,
    #[serde(default)]
    tracking: String,
    #[serde(default)]
    lines: Vec<ReturnedLine>,
}

async fn receive_return(
    State(panel): State<Panel>,
    Path(warehouse): Path<String>,
    axum::Json(arrival): axum::Json<Arrival>,
) -> Response {
    let arrival = CreatedReturn {
        return_id: 0,
        reference: arrival.reference.into(),
        undeliverable: arrival.undeliverable,
        shipment_id: arrival.shipment_id,
        tracking: arrival.tracking.into(),
        lines: arrival.lines,
    };
    match panel.floor.receive_return(&warehouse, arrival).await {
        Ok(return_id) => axum::Json(json!({ "return_id": return_id })).into_response(),
        Err(error) => refusal(&error),
    }
}

#[derive(Deserialize)]
struct Treatment {
    lines: Vec<ProcessedLine>,
}

async fn process_return(
    State(panel): State<Panel>,
    Path((warehouse, id)): Path<(String, i64)>,
    axum::Json(treatment): axum::Json<Treatment>,
) -> Response {
    outcome(panel.floor.process_return(&warehouse, id, treatment.lines).await)
}

#[derive(Deserialize)]
struct Check {
    #[serde(default)]
    allow_pending: bool,
}

async fn check(State(panel): State<Panel>, Query(query): Query<Check>) -> Response {
    let data_dir = panel.floor.data_dir.clone();
    let options = CheckOptions { allow_pending: query.allow_pending, ..CheckOptions::default() };
    // Reading both ledgers takes as long as they are.
    match tokio::task::spawn_blocking(move || checker::check(&data_dir, &options)).await {
        Ok(Ok(report)) => axum::Json(report).into_response(),
        Ok(Err(error)) => refusal(&error),
        Err(error) => refusal(&Error::Options(format!("the check stopped: {error}"))),
    }
}
