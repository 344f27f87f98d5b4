//! Shops and warehouse systems.

pub mod view;

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_connectors::registry;
use switchyard_connectors::secret::Secret;
use switchyard_core::code::{Code, Problem};
use switchyard_core::connection::{Connection, Side};
use switchyard_core::id::ConnectionId;
use switchyard_engine::handle::ConnectError;
use switchyard_engine::status::{ConnectionTraffic, NewConnection};
use utoipa::ToSchema;

use self::view::{CheckReportView, ConnectionView, ConnectorView, report_view, view};
use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path};
use crate::idempotency::Once;
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// Every kind of system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConnectorList {
    /// In alphabetical order.
    pub items: Vec<ConnectorView>,
}

/// Lists the kinds of systems a connection can be set up for.
#[utoipa::path(
    get, path = "/connectors", tag = "connections", operation_id = "list_connectors",
    responses(
        (status = 200, description = "Every connector", body = ConnectorList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_connectors() -> Json<ConnectorList> {
    let items = registry::CONNECTORS.iter().map(|connector| ConnectorView::from((connector.describe)())).collect();
    Json(ConnectorList { items })
}

/// Every connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConnectionList {
    /// By creation.
    pub items: Vec<ConnectionView>,
    /// Where credentials are kept, in words.
    pub secret_place: String,
}

/// Lists shops and warehouse systems with their health.
#[utoipa::path(
    get, path = "/connections", tag = "connections", operation_id = "list_connections",
    responses(
        (status = 200, description = "Every connection", body = ConnectionList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_connections(State(state): State<AppState>) -> Result<Json<ConnectionList>, ApiError> {
    let store = state.engine.store();
    let warehouses = store.warehouses().await?;
    let traffic: HashMap<ConnectionId, ConnectionTraffic> =
        state.engine.traffic().await?.into_iter().map(|traffic| (traffic.connection.clone(), traffic)).collect();
    let now = state.engine.now();
    let connections = store.connections().await?;
    let items = connections
        .into_iter()
        .map(|connection| {
            let own = warehouses.iter().filter(|warehouse| warehouse.connection == connection.id).cloned().collect();
            view(traffic.get(&connection.id), own, now, connection)
        })
        .collect();
    Ok(Json(ConnectionList { items, secret_place: state.engine.secret_place() }))
}

/// A connection to set up.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionSetup {
    /// Shop or warehouse; has to be the connector's own side.
    pub side: Side,
    /// Registered connector, such as `shopify`.
    pub connector: String,
    /// What people call it; unique.
    pub name: String,
    /// The connector's own settings; its page names them.
    pub config: serde_json::Value,
    /// Its secret; kept outside the database and never sent back.
    #[schema(format = Password)]
    pub secret: String,
    /// Seconds between two readings, 1 to 86,400.
    #[serde(default = "default_poll")]
    #[schema(required = false, default = 15)]
    pub poll_seconds: u32,
    /// Seconds during which an order of this shop stays editable; ignored for warehouses.
    #[serde(default = "default_window")]
    #[schema(required = false, default = 900)]
    pub edit_window_seconds: u32,
}

const fn default_poll() -> u32 {
    15
}

const fn default_window() -> u32 {
    900
}

impl std::fmt::Debug for ConnectionSetup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectionSetup")
            .field("connector", &self.connector)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Longest connection name in characters.
const LONGEST_NAME: usize = 100;
/// Longest time between two readings, in seconds.
const LONGEST_POLL: u32 = 86_400;

fn faults(setup: &ConnectionSetup) -> Vec<FieldProblem> {
    let mut faults = Vec::new();
    let characters = setup.name.trim().chars().count();
    if characters == 0 || characters > LONGEST_NAME {
        faults.push(FieldProblem::new("name", format!("has to have 1 to {LONGEST_NAME} characters")));
    }
    if !(1..=LONGEST_POLL).contains(&setup.poll_seconds) {
        faults.push(FieldProblem::new("poll_seconds", format!("has to be between 1 and {LONGEST_POLL}")));
    }
    match registry::find(&setup.connector) {
        None => {
            let names: Vec<&str> = registry::CONNECTORS.iter().map(|known| (known.describe)().name).collect();
            faults.push(FieldProblem {
                suggestion: crate::order_query::nearest(&setup.connector, names.iter().copied()),
                ..FieldProblem::new("connector", format!("`{}` is none of {}", setup.connector, names.join(", ")))
            });
        }
        Some(found) if (found.describe)().side != setup.side => {
            faults.push(FieldProblem::new("side", format!("`{}` stands on the other side", setup.connector)));
        }
        Some(_) => {}
    }
    faults
}

/// Sets up a connection after trying its real read path. Nothing is kept when that fails.
#[utoipa::path(
    post, path = "/connections", tag = "connections", operation_id = "add_connection",
    params(("Idempotency-Key" = String, Header, description = "A new one for each new wish")),
    request_body = ConnectionSetup,
    responses(
        (status = 200, description = "Set up", body = Connection),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn add_connection(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Body(setup): Body<ConnectionSetup>,
) -> Result<Json<Connection>, ApiError> {
    let faults = faults(&setup);
    if let Some(first) = faults.first() {
        return Err(ApiError::bad_request(format!("{}: {}", first.path, first.detail), faults));
    }
    let named = (&setup.connector, &setup.name, &setup.config, setup.poll_seconds, setup.edit_window_seconds);
    let once = Once::new(&state.engine, &key, "add_connection", &named)?;
    if let Some(earlier) = once.earlier().await? {
        return Ok(Json(earlier));
    }
    let new = NewConnection {
        connector: setup.connector,
        name: setup.name.trim().to_owned(),
        config: setup.config,
        secret: Secret::new(setup.secret),
        poll_seconds: setup.poll_seconds,
        edit_window_seconds: setup.edit_window_seconds,
    };
    let connection = state.engine.add_connection(new, person.actor()).await?;
    once.keep(&connection).await?;
    Ok(Json(connection))
}

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckResult {
    /// Whether it works.
    pub ok: bool,
    /// What was found, when it works.
    pub report: Option<CheckReportView>,
    /// What is wrong, when it does not.
    pub problem: Option<Problem>,
}

/// Tries a connection's real read path now.
#[utoipa::path(
    post, path = "/connections/{id}/check", tag = "connections", operation_id = "check_connection",
    params(
        ("id" = ConnectionId, Path, description = "The connection"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    responses(
        (status = 200, description = "Works, or what is wrong", body = CheckResult),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn check_connection(
    State(state): State<AppState>,
    key: IdempotencyKey,
    Path(id): Path<ConnectionId>,
) -> Result<Json<CheckResult>, ApiError> {
    let once = Once::new(&state.engine, &key, "check_connection", &id)?;
    if let Some(earlier) = once.earlier().await? {
        return Ok(Json(earlier));
    }
    let result = match state.engine.check_connection(&id).await {
        Ok(report) => {
            let known = state.engine.store().warehouses().await?;
            CheckResult { ok: true, report: Some(report_view(report, &known, &id)), problem: None }
        }
        // A partner that does not answer is what was asked for, not a failed request.
        Err(ConnectError::Problem(problem)) if problem.code != Code::Internal => {
            CheckResult { ok: false, report: None, problem: Some(*problem) }
        }
        Err(error) => return Err(error.into()),
    };
    once.keep(&result).await?;
    Ok(Json(result))
}

async fn set_paused(
    state: &AppState,
    person: &Person,
    key: &IdempotencyKey,
    id: &ConnectionId,
    paused: bool,
) -> Result<Json<Connection>, ApiError> {
    let once = Once::new(&state.engine, key, "set_paused", &(id, paused))?;
    if let Some(earlier) = once.earlier().await? {
        return Ok(Json(earlier));
    }
    let connection = state.engine.set_paused(id, paused, person.actor()).await?;
    once.keep(&connection).await?;
    Ok(Json(connection))
}

/// Stops reading from and sending to a connection.
#[utoipa::path(
    post, path = "/connections/{id}/pause", tag = "connections", operation_id = "pause_connection",
    params(
        ("id" = ConnectionId, Path, description = "The connection"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    responses(
        (status = 200, description = "Paused", body = Connection),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn pause_connection(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(id): Path<ConnectionId>,
) -> Result<Json<Connection>, ApiError> {
    set_paused(&state, &person, &key, &id, true).await
}

/// Goes on reading from and sending to a connection.
#[utoipa::path(
    post, path = "/connections/{id}/resume", tag = "connections", operation_id = "resume_connection",
    params(
        ("id" = ConnectionId, Path, description = "The connection"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    responses(
        (status = 200, description = "Running", body = Connection),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn resume_connection(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(id): Path<ConnectionId>,
) -> Result<Json<Connection>, ApiError> {
    set_paused(&state, &person, &key, &id, false).await
}
