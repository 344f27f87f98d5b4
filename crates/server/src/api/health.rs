//! Whether Switchyard runs.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::code::Problem;
use switchyard_core::time::Timestamp;
use utoipa::ToSchema;

use crate::app::AppState;
use crate::problem::store_problem;

/// Overall state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// Works.
    Ok,
    /// Runs, but something it needs does not.
    Degraded,
}

/// State of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StoreHealth {
    /// What is wrong with it, if anything.
    pub problem: Option<Problem>,
}

/// How the process is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HealthReport {
    /// Overall.
    pub status: HealthStatus,
    /// Version of Switchyard.
    pub version: String,
    /// When the process began to serve.
    pub started_at: Timestamp,
    /// The server's clock, for countdowns.
    pub now: Timestamp,
    /// Whether shops and warehouses are simulated.
    pub demo: bool,
    /// The database.
    pub store: StoreHealth,
}

/// Says whether Switchyard runs. Needs no sign-in.
#[utoipa::path(
    get, path = "/health", tag = "health", operation_id = "get_health",
    responses((status = 200, description = "How it is", body = HealthReport))
)]
pub async fn get_health(State(state): State<AppState>) -> Json<HealthReport> {
    let store = state.engine.store();
    let unreadable = store.journal_head().await.err().map(|error| error.to_string());
    let problem = unreadable.or_else(|| store.write_problem()).map(|cause| store_problem(&cause));
    let status = if problem.is_none() { HealthStatus::Ok } else { HealthStatus::Degraded };
    Json(HealthReport {
        status,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: state.started_at,
        now: state.engine.now(),
        demo: state.demo,
        store: StoreHealth { problem },
    })
}
