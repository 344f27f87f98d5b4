//! Shops and warehouse systems.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_connectors::contract::{CheckReport, Descriptor, RepeatClass};
use switchyard_connectors::registry;
use switchyard_connectors::secret::Secret;
use switchyard_core::code::{Code, Problem};
use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::id::{ConnectionId, WarehouseId};
use switchyard_core::time::Timestamp;
use switchyard_engine::handle::ConnectError;
use switchyard_engine::status::{ConnectionTraffic, Health, NewConnection};
use utoipa::ToSchema;

use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path};
use crate::idempotency::Once;
use crate::problem::{ApiError, FieldProblem, ProblemDocument};

/// A kind of system Switchyard can talk to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConnectorView {
    /// Registered name, such as `shopify`.
    pub name: String,
    /// The vendor's own spelling.
    pub title: String,
    /// Which side it stands on.
    pub side: Side,
    /// The vendor's API version spoken.
    pub api_version: String,
    /// Streams it reads: `orders`, `shipments`, `stock`.
    pub streams: Vec<String>,
    /// Whether it can take a fulfillment order back.
    pub cancel: bool,
    /// Whether it can change an address after the hand-over.
    pub change_address: bool,
    /// How safely a doubtful effect can be repeated: `a` (recognised over there) to `d` (never without a person).
    pub repeat: String,
    /// Seconds after a doubtful try during which its effect may still appear.
    pub settle_seconds: u64,
}

impl From<&Descriptor> for ConnectorView {
    fn from(descriptor: &Descriptor) -> Self {
        let capabilities = &descriptor.capabilities;
        let repeat = match capabilities.repeat {
            RepeatClass::A => "a",
            RepeatClass::B => "b",
            RepeatClass::C => "c",
            RepeatClass::D => "d",
        };
        Self {
            name: descriptor.name.to_owned(),
            title: descriptor.title.to_owned(),
            side: descriptor.side,
            api_version: descriptor.api_version.to_owned(),
            streams: capabilities.streams.iter().map(|stream| stream.as_str().to_owned()).collect(),
            cancel: capabilities.cancel,
            change_address: capabilities.change_address,
            repeat: repeat.to_owned(),
            settle_seconds: capabilities.settle.as_secs(),
        }
    }
}

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

/// One aspect of a connection's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HealthPart {
    /// `calls`, `errors`, or the name of a stream.
    pub name: String,
    /// How it is.
    pub level: Health,
    /// In words, naming numbers.
    pub detail: String,
}

/// How a connection is, and from what that follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConnectionHealth {
    /// Overall.
    pub level: Health,
    /// The aspects looked at.
    pub parts: Vec<HealthPart>,
}

/// How far one stream has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StreamView {
    /// Its name.
    pub stream: String,
    /// When it was last read to its end; absent when never since the start.
    pub last_page_at: Option<Timestamp>,
    /// Seconds since then.
    pub lag_seconds: Option<u64>,
    /// New items since the start.
    pub items: u64,
}

/// Calls of the last minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Rates {
    /// New items received per minute.
    pub received_per_minute: u32,
    /// Effects brought about per minute: hand-overs or write-backs.
    pub sent_per_minute: u32,
    /// Failed calls per minute.
    pub errors_per_minute: u32,
}

/// A connection with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConnectionView {
    /// Its settings.
    pub connection: Connection,
    /// Its connector; absent when this version does not know it.
    pub descriptor: Option<ConnectorView>,
    /// How it is.
    pub health: ConnectionHealth,
    /// How much goes through it.
    pub rates: Rates,
    /// How far each stream has been read.
    pub streams: Vec<StreamView>,
    /// The warehouses it reaches, by rank.
    pub warehouses: Vec<Warehouse>,
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

fn view(
    traffic: Option<&ConnectionTraffic>,
    warehouses: Vec<Warehouse>,
    now: Timestamp,
    connection: Connection,
) -> ConnectionView {
    let descriptor = registry::find(&connection.connector).map(|found| ConnectorView::from((found.describe)()));
    let streams: Vec<StreamView> = traffic
        .map(|traffic| traffic.traffic.streams.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|stream| StreamView {
            stream: stream.stream.clone(),
            last_page_at: stream.caught_up_at,
            lag_seconds: stream.caught_up_at.map(|at| now.since(at).as_secs()),
            items: stream.items,
        })
        .collect();
    let rates = traffic.map_or_else(Rates::default, |traffic| Rates {
        received_per_minute: traffic.traffic.received_per_minute,
        sent_per_minute: traffic.traffic.sent_per_minute,
        errors_per_minute: traffic.traffic.errors_per_minute,
    });
    let level = traffic.map_or(Health::Unknown, |traffic| traffic.health);
    let health = ConnectionHealth { level, parts: parts(&connection, level, &streams, rates) };
    ConnectionView { connection, descriptor, health, rates, streams, warehouses }
}

/// The aspects behind a level: the last call, failed calls, and each stream's lag.
fn parts(connection: &Connection, level: Health, streams: &[StreamView], rates: Rates) -> Vec<HealthPart> {
    let part = |name: &str, level, detail: String| HealthPart { name: name.to_owned(), level, detail };
    let mut parts = Vec::new();
    if connection.paused {
        parts.push(part("calls", Health::Unknown, "paused by a person".to_owned()));
        return parts;
    }
    let calls = match (&connection.problem, level) {
        (Some(problem), _) => format!("{}: {}", problem.title, problem.detail),
        (None, Health::Unknown) => "nothing has been tried yet".to_owned(),
        (None, _) => "answers".to_owned(),
    };
    parts.push(part("calls", level, calls));
    if rates.errors_per_minute > 0 {
        let detail = format!("{} failed calls in the last minute", rates.errors_per_minute);
        parts.push(part("errors", Health::Warning, detail));
    }
    // Two missed readings are ordinary jitter; more means that the stream stands still.
    let patience = u64::from(connection.poll_seconds).saturating_mul(3).max(30);
    for stream in streams {
        let (level, detail) = match stream.lag_seconds {
            None => (Health::Unknown, "not read to its end yet".to_owned()),
            Some(lag) if lag <= patience => (Health::Healthy, format!("read to its end {lag} s ago")),
            Some(lag) => (Health::Warning, format!("last read to its end {lag} s ago, expected every {patience} s")),
        };
        parts.push(part(&stream.stream, level, detail));
    }
    parts
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

/// A warehouse a partner offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferedWarehouse {
    /// The partner's id.
    pub remote_id: String,
    /// Its name over there.
    pub name: String,
    /// ISO 3166-1 alpha-2, empty when not given.
    pub country: String,
    /// Our id of it, once known.
    pub warehouse: Option<WarehouseId>,
}

/// What a successful check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckReportView {
    /// Who we are over there.
    pub account: String,
    /// Warehouses the account can ship from; empty for shops.
    pub warehouses: Vec<OfferedWarehouse>,
    /// What works but deserves a look.
    pub warnings: Vec<String>,
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

fn report_view(report: CheckReport, known: &[Warehouse], connection: &ConnectionId) -> CheckReportView {
    let warehouses = report
        .warehouses
        .into_iter()
        .map(|remote| OfferedWarehouse {
            warehouse: known
                .iter()
                .find(|ours| &ours.connection == connection && ours.remote_id == remote.remote_id)
                .map(|ours| ours.id.clone()),
            remote_id: remote.remote_id,
            name: remote.name,
            country: remote.country,
        })
        .collect();
    CheckReportView { account: report.account, warehouses, warnings: report.warnings }
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
