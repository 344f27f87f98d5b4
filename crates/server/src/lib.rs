//! The one HTTP API of Switchyard, and what its two hosts share.
//!
//! - [`router`] is the API itself, without sign-in, streaming or cookies: the desktop answers it in process.
//! - [`daemon_router`] adds what only TCP needs: bearer token, session cookie, live events, the built console at `/`.
//! - [`openapi`] is the document of both, generated from the handlers; `openapi/switchyard.json` is its copy.
//! - [`host`] opens store, vault and engine on a data directory, for the daemon and for the desktop.
//! - [`caller`] says who calls and what they may do; [`problem`] is the only place that knows status codes.
//!
//! What is *not* here: decisions about orders (`core`), durable work (`engine`), Tauri.

pub mod api;
pub mod app;
pub mod caller;
pub mod console;
pub mod daemon;
pub mod editability;
pub mod extract;
pub mod flow_rates;
pub mod host;
pub mod idempotency;
pub mod order_query;
pub mod page;
pub mod problem;
pub mod session;

use std::sync::Arc;

use axum::{Extension, Router, middleware};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

pub use app::AppState;

use crate::session::Access;

/// Where the API lives.
pub const PREFIX: &str = "/api/v1";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Switchyard",
        description = "Orders from shops to warehouses and back. Errors are `application/problem+json`; every mutation \
                       takes an `Idempotency-Key`. See docs/api-design.md."
    ),
    tags(
        (name = "orders", description = "Orders and what may be done to them"),
        (name = "flow", description = "Where orders stand and how fast they move"),
        (name = "stock", description = "Levels, what is kept back of them, and every movement"),
        (name = "rules", description = "Routing and hold rules, in versions, with dry run"),
        (name = "calendars", description = "Warehouse calendars and edit windows, in versions"),
        (name = "connections", description = "Shops and warehouse systems"),
        (name = "services", description = "The engine's supervised services"),
        (name = "session", description = "Who is calling"),
        (name = "events", description = "Live events (daemon only)"),
        (name = "health", description = "Whether it runs")
    ),
    components(schemas(switchyard_engine::events::Envelope, problem::ProblemDocument))
)]
struct Document;

fn shared() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi()).nest(PREFIX, api::routes())
}

fn daemon_only() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().nest(PREFIX, api::daemon_routes()).merge(api::metrics())
}

/// The API, shared by every transport. Who calls has to be in the request's extensions as a [`caller::Caller`].
pub fn router(state: AppState) -> Router {
    let (router, document) = shared().split_for_parts();
    app::layered(router.with_state(state), &document).fallback(app::no_such_path)
}

/// The API over TCP: [`router`], sign-in, live events, and the console's files for every other path.
pub fn daemon_router(state: AppState, access: Arc<Access>) -> Router {
    let (router, document) = shared().merge(daemon_only()).split_for_parts();
    let api = app::layered(router.with_state(state), &document)
        .layer(middleware::from_fn_with_state(Arc::clone(&access), session::identify))
        .layer(Extension(Arc::clone(&access)));
    console::beside(api, access)
}

/// The API document: all operations of both routers.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    shared().merge(daemon_only()).into_openapi()
}

/// The API document as it is kept in `openapi/switchyard.json`.
///
/// # Errors
/// When the document cannot be written as JSON.
pub fn openapi_json() -> Result<String, serde_json::Error> {
    Ok(openapi().to_pretty_json()? + "\n")
}
