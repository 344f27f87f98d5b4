//! Earlier versions of the rules, whole: what held when an order was planned or held.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::rule::hold;
use switchyard_core::rule::routing::Rule;
use utoipa::ToSchema;

use super::rules::PolicyVersion;
use crate::app::AppState;
use crate::extract::Path;
use crate::problem::{ApiError, ProblemDocument};

/// One version of the routing rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoutingRulesVersion {
    /// Which, who, when and why.
    pub version: PolicyVersion,
    /// From top to bottom; the later one wins.
    pub rules: Vec<Rule>,
}

/// One version of the hold rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HoldRulesVersion {
    /// Which, who, when and why.
    pub version: PolicyVersion,
    /// The rules.
    pub rules: Vec<hold::Rule>,
}

/// Reads one version of the routing rules.
#[utoipa::path(
    get, path = "/rules/routing/versions/{version}", tag = "rules", operation_id = "get_routing_version",
    params(("version" = i64, Path, description = "From 1")),
    responses(
        (status = 200, description = "The version", body = RoutingRulesVersion),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_routing_version(
    State(state): State<AppState>,
    Path(version): Path<i64>,
) -> Result<Json<RoutingRulesVersion>, ApiError> {
    let known = state.engine.routing_versions(u32::MAX).await?.into_iter().find(|known| known.version == version);
    let known = known.ok_or_else(|| ApiError::not_found("version of the routing rules", version))?;
    Ok(Json(RoutingRulesVersion { version: (&known).into(), rules: known.value.rules }))
}

/// Reads one version of the hold rules.
#[utoipa::path(
    get, path = "/rules/holds/versions/{version}", tag = "rules", operation_id = "get_hold_version",
    params(("version" = i64, Path, description = "From 1")),
    responses(
        (status = 200, description = "The version", body = HoldRulesVersion),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_hold_version(
    State(state): State<AppState>,
    Path(version): Path<i64>,
) -> Result<Json<HoldRulesVersion>, ApiError> {
    let known = state.engine.hold_versions(u32::MAX).await?.into_iter().find(|known| known.version == version);
    let known = known.ok_or_else(|| ApiError::not_found("version of the hold rules", version))?;
    Ok(Json(HoldRulesVersion { version: (&known).into(), rules: known.value.rules }))
}
