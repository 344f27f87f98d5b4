//! What handlers share, and the layers around all of them.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use switchyard_core::time::Timestamp;
use switchyard_engine::Handle;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;
use utoipa::openapi::OpenApi;

use crate::caller::{Gate, guard};
use crate::flow_rates::FlowRates;
use crate::problem::ApiError;

/// Longest time a handler gets.
pub const TIMEOUT: Duration = Duration::from_secs(30);
/// Largest request body in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// What every handler may use. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The engine.
    pub engine: Handle,
    /// Whether the shops and warehouses are simulated; the console shows a band then.
    pub demo: bool,
    /// When the process began to serve.
    pub started_at: Timestamp,
    /// Sign-in name of the person at this machine: who a desktop window acts for.
    pub operator: Arc<str>,
    /// Counts of the last minute for the live map.
    pub rates: Arc<FlowRates>,
}

impl AppState {
    /// What handlers share, around an engine that runs.
    #[must_use]
    pub fn new(engine: Handle, demo: bool, operator: &str) -> Self {
        let started_at = engine.now();
        Self { engine, demo, started_at, operator: operator.into(), rates: Arc::default() }
    }
}

/// Puts the layers around the routes; outermost is the log, innermost the access rule.
pub(crate) fn layered(router: Router, document: &OpenApi) -> Router {
    router
        .route_layer(middleware::from_fn_with_state(Gate::new(document), guard))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(TIMEOUT, limit_time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            // The path alone: a query text may hold a customer's name.
            tracing::info_span!("request", method = %request.method(), path = request.uri().path())
        }))
}

/// Answers a path that is no operation.
pub(crate) async fn no_such_path() -> ApiError {
    ApiError::no_such_path()
}

async fn wrong_method() -> ApiError {
    ApiError::wrong_method()
}

async fn limit_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::took_too_long(limit.as_secs()).into_response(),
    }
}

fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let words = payload
        .downcast_ref::<&'static str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without words".to_owned());
    ApiError::internal(format!("a handler panicked: {words}")).into_response()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn broken() -> &'static str {
        panic!("the invariant does not hold")
    }

    #[tokio::test]
    async fn a_panic_becomes_a_problem_that_does_not_tell_the_cause() {
        let router = Router::new().route("/broken", get(broken)).layer(CatchPanicLayer::custom(panicked));
        let response = router.oneshot(Request::get("/broken").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 500);
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(text.contains("SY-0001"), "{text}");
        assert!(!text.contains("invariant"), "a cause stays in the log: {text}");
    }

    #[tokio::test]
    async fn a_handler_that_hangs_is_answered_after_the_time_limit() {
        let limit = Duration::from_millis(20);
        let router = Router::new()
            .route("/hang", get(std::future::pending::<&'static str>))
            .layer(middleware::from_fn_with_state(limit, limit_time));
        let response = router.oneshot(Request::get("/hang").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 504);
    }
}
