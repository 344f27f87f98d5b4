//! What a monitoring system reads: the figures of the flow map, the services and the connections, as OpenMetrics text.
//!
//! Everything is read when it is asked for; nothing is counted twice. Names follow <https://prometheus.io/docs/practices/naming/>.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::{EncodeLabelSet, text::encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use switchyard_core::connection::Connection;
use switchyard_core::time::Timestamp;
use switchyard_engine::status::{ConnectionTraffic, Health, ServiceState, ServiceStatus};
use switchyard_store::contract::{FulfillmentCount, StageCount};
use switchyard_store::query::Stage;

use crate::app::AppState;
use crate::problem::{ApiError, ProblemDocument};

/// The media type of the text, as the OpenMetrics specification names it.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfService {
    service: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfStage {
    stage: String,
    shop: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfWarehouse {
    warehouse: String,
    state: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfConnection {
    connection: String,
    connector: String,
}

/// Reads all figures for a monitoring system.
#[utoipa::path(
    get, path = "/metrics", tag = "health", operation_id = "get_metrics",
    responses(
        (status = 200, description = "OpenMetrics text", body = String, content_type = "application/openmetrics-text"),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_metrics(State(state): State<AppState>) -> Result<Response, ApiError> {
    let (engine, now) = (&state.engine, state.engine.now());
    let store = engine.store();
    let mut registry = Registry::with_prefix("switchyard");
    started(&mut registry, state.started_at);
    orders(&mut registry, &store.stage_counts().await?);
    fulfillments(&mut registry, &store.fulfillment_counts().await?);
    services(&mut registry, &engine.services().await?, now);
    connections(&mut registry, &store.connections().await?, &engine.traffic().await?);
    let mut text = String::new();
    encode(&mut text, &registry).map_err(ApiError::internal)?;
    Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}

/// A number of the domain as a sample; what is beyond 2^63 is as good as that.
fn sample(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn gauge<S: Clone + Eq + std::hash::Hash + EncodeLabelSet + Send + Sync + std::fmt::Debug + 'static>(
    registry: &mut Registry,
    name: &str,
    help: &str,
) -> Family<S, Gauge> {
    let family = Family::<S, Gauge>::default();
    registry.register(name, help, family.clone());
    family
}

fn started(registry: &mut Registry, at: Timestamp) {
    let started: Gauge = Gauge::default();
    started.set(at.as_micros() / 1_000_000);
    registry.register_with_unit("started", "When the process began to serve, since 1970", Unit::Seconds, started);
}

fn orders(registry: &mut Registry, counts: &[StageCount]) {
    let family = gauge(registry, "orders", "Orders by stage and shop connection");
    for count in counts {
        let of = OfStage { stage: stage(count.stage), shop: count.shop.to_string() };
        family.get_or_create(&of).set(sample(count.orders));
    }
}

/// The stage's name as the API writes it.
fn stage(stage: Stage) -> String {
    serde_json::to_value(stage).ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
}

fn fulfillments(registry: &mut Registry, counts: &[FulfillmentCount]) {
    let family = gauge(registry, "fulfillments", "Fulfillment orders by warehouse and state");
    for count in counts {
        let of = OfWarehouse { warehouse: count.warehouse.to_string(), state: count.state.as_str().to_owned() };
        family.get_or_create(&of).set(sample(count.count));
    }
}

fn services(registry: &mut Registry, services: &[ServiceStatus], now: Timestamp) {
    let up = gauge(registry, "service_up", "1 while the service works or waits for work");
    let due = gauge(registry, "service_due", "Pieces of work that are due");
    let dead = gauge(registry, "service_dead", "Pieces of work given up");
    let lag = Family::<OfService, Gauge>::default();
    registry.register_with_unit("service_lag", "How long the oldest due work waits", Unit::Seconds, lag.clone());
    let counter = |registry: &mut Registry, name: &str, help: &str| {
        let family = Family::<OfService, Counter>::default();
        registry.register(name, help, family.clone());
        family
    };
    let done = counter(registry, "service_done", "Pieces of work done since start");
    let failed = counter(registry, "service_failed", "Failed tries since start");
    let restarts = counter(registry, "service_restarts", "Restarts since start");
    for service in services {
        let of = OfService { service: service.name.clone() };
        up.get_or_create(&of).set(i64::from(service.state == ServiceState::Running));
        due.get_or_create(&of).set(sample(service.due));
        dead.get_or_create(&of).set(sample(service.dead));
        let waits = service.oldest_due.map_or(0, |since| now.since(since).as_secs());
        lag.get_or_create(&of).set(sample(waits));
        done.get_or_create(&of).inc_by(service.done);
        failed.get_or_create(&of).inc_by(service.failed);
        restarts.get_or_create(&of).inc_by(u64::from(service.restarts));
    }
}

fn connections(registry: &mut Registry, connections: &[Connection], traffic: &[ConnectionTraffic]) {
    let up = gauge(registry, "connection_up", "1 while the connection is healthy, 0 otherwise or when paused");
    let received = gauge(registry, "connection_received_per_minute", "New items received in the last minute");
    let sent = gauge(registry, "connection_sent_per_minute", "Effects brought about in the last minute");
    let errors = gauge(registry, "connection_errors_per_minute", "Failed calls in the last minute");
    for connection in connections {
        let known = traffic.iter().find(|known| known.connection == connection.id);
        let of = OfConnection { connection: connection.name.clone(), connector: connection.connector.clone() };
        let healthy = known.is_some_and(|known| known.health == Health::Healthy) && !connection.paused;
        up.get_or_create(&of).set(i64::from(healthy));
        let Some(known) = known else { continue };
        received.get_or_create(&of).set(i64::from(known.traffic.received_per_minute));
        sent.get_or_create(&of).set(i64::from(known.traffic.sent_per_minute));
        errors.get_or_create(&of).set(i64::from(known.traffic.errors_per_minute));
    }
}
