//! A router over a real engine on a database in a temporary folder, with a clock that stands still until moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use switchyard_core::time::Timestamp;
use switchyard_engine::clock::Clock;
use switchyard_engine::status::Timing;
use switchyard_engine::vault::FileVault;
use switchyard_engine::{Engine, Options};
use switchyard_server::AppState;
use switchyard_server::caller::{Caller, Role};
use switchyard_server::session::{Access, AccessOptions};
use switchyard_store::Store;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// The daemon's bearer token in tests.
pub(crate) const TOKEN: &str = "a-token-that-is-long-enough-for-a-test";
/// The console's own origin in tests.
pub(crate) const ORIGIN: &str = "http://127.0.0.1:7420";

/// A clock and random source that tests control.
#[derive(Debug)]
pub(crate) struct TestClock {
    now: AtomicI64,
    draws: AtomicU64,
}

impl TestClock {
    fn new() -> Self {
        let noon: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        Self { now: AtomicI64::new(noon.as_micros()), draws: AtomicU64::new(0) }
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.now.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.now.load(Ordering::SeqCst))
    }

    fn random_id(&self) -> [u8; 10] {
        let draw = self.random().to_be_bytes();
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&draw);
        bytes
    }

    fn random(&self) -> u64 {
        self.draws.fetch_add(1, Ordering::SeqCst)
    }
}

pub(crate) struct TestApp {
    /// The routes every transport has, without a caller: tests say who calls.
    pub(crate) router: Router,
    /// The daemon's router, with sign-in.
    pub(crate) daemon: Router,
    pub(crate) access: Arc<Access>,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) stop: CancellationToken,
    _engine: Engine,
    _folder: TempDir,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 10_000_000).await.unwrap();
        Self { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The body of an error answer, after checking that it has the shape every error has.
    pub(crate) fn problem(&self) -> Value {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{}", self.text);
        let body = self.json();
        for field in ["type", "title", "status", "code", "detail", "instance", "next_step", "fields"] {
            assert!(body.get(field).is_some(), "a problem has `{field}`: {body}");
        }
        assert_eq!(body["status"], self.status.as_u16());
        assert_eq!(body["type"], format!("/docs/errors/{}", body["code"].as_str().unwrap()));
        body
    }
}

impl TestApp {
    /// An engine on an empty database.
    pub(crate) async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = switchyard_store::Options { entropy: Some([7; 48]), ..switchyard_store::Options::default() };
        let store = switchyard_store::open(&folder.path().join("switchyard.db"), options).await.unwrap();
        let clock = Arc::new(TestClock::new());
        let engine = Engine::start(Options {
            store: Arc::clone(&store),
            vault: Arc::new(FileVault::new(folder.path())),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            timing: Timing::default(),
        })
        .await
        .unwrap();
        let state = AppState::new(engine.handle(), true, "mara");
        let stop = CancellationToken::new();
        let access = AccessOptions {
            token: TOKEN.to_owned(),
            operator: "mara".to_owned(),
            origins: vec![ORIGIN.to_owned()],
            secure: false,
        };
        let access = Arc::new(Access::new(access, Arc::clone(&clock) as Arc<dyn Clock>, stop.clone()));
        Self {
            router: switchyard_server::router(state.clone()),
            daemon: switchyard_server::daemon_router(state, Arc::clone(&access)),
            access,
            clock,
            store,
            stop,
            _engine: engine,
            _folder: folder,
        }
    }

    /// The same with the shops, warehouses and orders of [`crate::seed`].
    pub(crate) async fn seeded() -> Self {
        let app = Self::empty().await;
        crate::seed::plant(app.store.as_ref(), app.clock.now()).await;
        app
    }

    /// Sends a request as `caller`.
    pub(crate) async fn send(&self, caller: Caller, request: Call) -> Answer {
        let mut request = request.request();
        request.extensions_mut().insert(caller);
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Sends a request as an operator.
    pub(crate) async fn call(&self, request: Call) -> Answer {
        self.send(person(Role::Operator), request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Call::new(Method::GET, path)).await
    }

    /// Sends a request to the daemon, exactly as given.
    pub(crate) async fn daemon(&self, request: Request<Body>) -> Answer {
        Answer::of(self.daemon.clone().oneshot(request).await.unwrap()).await
    }
}

pub(crate) fn person(role: Role) -> Caller {
    Caller::Token { name: "tests".to_owned(), role }
}

/// A request to be.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<String>,
}

impl Call {
    pub(crate) fn new(method: Method, path: &str) -> Self {
        Self::at(method, &format!("/api/v1{path}"))
    }

    /// A whole path, also of what is not below the API's.
    pub(crate) fn at(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), headers: Vec::new(), body: None }
    }

    pub(crate) fn put(path: &str, key: &str, body: &Value) -> Self {
        Self::new(Method::PUT, path).header("idempotency-key", key).json(body)
    }

    pub(crate) fn post(path: &str, key: &str, body: &Value) -> Self {
        Self::new(Method::POST, path).header("idempotency-key", key).json(body)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.text(&body.to_string())
    }

    pub(crate) fn text(mut self, body: &str) -> Self {
        self.body = Some(body.to_owned());
        self.header("content-type", "application/json")
    }

    pub(crate) fn request(&self) -> Request<Body> {
        let mut builder = Request::builder().method(&self.method).uri(&self.path);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        builder.body(self.body.clone().map_or_else(Body::empty, Body::from)).unwrap()
    }
}
