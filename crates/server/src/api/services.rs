//! The engine's services.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_engine::status::ServiceStatus;
use utoipa::ToSchema;

use crate::app::AppState;
use crate::problem::{ApiError, ProblemDocument};

/// The service board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ServiceList {
    /// Every service, in the order of an order's way.
    pub items: Vec<ServiceStatus>,
}

/// Lists the engine's services with their state, backlog and remedy.
#[utoipa::path(
    get, path = "/services", tag = "services", operation_id = "list_services",
    responses(
        (status = 200, description = "Every service", body = ServiceList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_services(State(state): State<AppState>) -> Result<Json<ServiceList>, ApiError> {
    Ok(Json(ServiceList { items: state.engine.services().await? }))
}
