//! The bridge without a webview: who is let through, what is refused, and that every call is answered.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::sync::mpsc;

use axum::body::{Body, Bytes};
use axum::extract::Extension;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{any, get, post};
use axum::{Router, http};
use rstest::rstest;
use serde_json::Value;
use switchyard_desktop::bridge::{Answer, BODY_BYTES_HEADER, BODY_LIMIT_BYTES, Bridge, Guard, KEY_HEADER, LaunchKey};

/// Stands for the server's caller value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Window(String);

struct Desktop {
    bridge: Bridge,
    key: LaunchKey,
}

impl Desktop {
    fn new() -> Self {
        let key = LaunchKey::generate().unwrap();
        let router = Router::new()
            .route("/api/v1/who", get(|Extension(Window(label)): Extension<Window>| async move { label }))
            .route("/api/v1/echo", post(|body: Bytes| async move { body }))
            .route("/api/v1/request", any(|request: http::Request<Body>| async move { format!("{request:?}") }))
            .route("/api/v1/stream", get(|| async { ([(header::CONTENT_TYPE, "text/event-stream")], Body::empty()) }))
            .route("/api/v1/redirect", get(|| async { Redirect::to("/elsewhere") }))
            .route("/api/v1/cookie", get(|| async { ([(header::SET_COOKIE, "a=b")], "") }))
            .route("/api/v1/unchanged", get(|| async { StatusCode::NOT_MODIFIED.into_response() }))
            .route("/api/v1/huge", get(|| async { vec![b'x'; BODY_LIMIT_BYTES + 1] }))
            .route("/api/v1/large", get(|| async { vec![b'x'; BODY_LIMIT_BYTES] }));
        Self { bridge: Bridge::new(Guard::new(key.clone(), &["main"]), router), key }
    }

    /// A call as our page makes it.
    fn call(&self, method: Method, path: &str, body: &[u8]) -> Request<Vec<u8>> {
        Request::builder()
            .method(method)
            .uri(format!("switchyard://localhost{path}"))
            .header(header::ORIGIN, "tauri://localhost")
            .header(KEY_HEADER, self.key.reveal())
            .header(BODY_BYTES_HEADER, body.len())
            .body(body.to_vec())
            .unwrap()
    }

    async fn answer(&self, label: &str, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        self.bridge.answer(label, Window(label.to_owned()), request).await
    }
}

fn text(response: &Response<Vec<u8>>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

fn code(response: &Response<Vec<u8>>) -> String {
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let document: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(document["status"], response.status().as_u16(), "the document repeats the status");
    document["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn our_page_reaches_the_router_and_the_caller_is_the_window() {
    let desktop = Desktop::new();
    let response = desktop.answer("main", desktop.call(Method::GET, "/api/v1/who?x=1", b"")).await;
    assert_eq!((response.status(), text(&response)), (StatusCode::OK, "main"));
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "tauri://localhost");
}

#[rstest]
#[case::linux("tauri://localhost", true)]
#[case::windows("http://tauri.localhost", true)]
#[case::web_page("https://example.com", false)]
#[case::loopback_page("http://127.0.0.1:5173", false)]
#[case::look_alike("tauri://localhost.example.com", false)]
#[case::with_port("http://tauri.localhost:80", false)]
#[case::opaque("null", false)]
#[case::api_scheme("switchyard://localhost", false)]
#[tokio::test]
async fn only_our_own_origins_may_call(#[case] origin: &'static str, #[case] admitted: bool) {
    let desktop = Desktop::new();
    for method in [Method::GET, Method::OPTIONS] {
        let mut request = desktop.call(method.clone(), "/api/v1/who", b"");
        request.headers_mut().insert(header::ORIGIN, HeaderValue::from_static(origin));
        let response = desktop.answer("main", request).await;
        assert_eq!(response.status().is_success(), admitted, "{method} from {origin}");
        let readable = response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        assert_eq!(readable, admitted, "a page that may not call may not read the refusal either");
    }
}

#[tokio::test]
async fn another_window_is_refused_although_it_knows_the_key() {
    let desktop = Desktop::new();
    let response = desktop.answer("help", desktop.call(Method::GET, "/api/v1/who", b"")).await;
    assert_eq!((response.status(), code(&response).as_str()), (StatusCode::FORBIDDEN, "SY-0005"));
}

#[tokio::test]
async fn call_without_this_starts_key_is_refused() {
    let desktop = Desktop::new();
    let earlier = LaunchKey::generate().unwrap();
    let own = desktop.key.reveal();
    for key in [None, Some(""), Some(earlier.reveal()), Some(&own[1..]), Some(&format!("{own}x"))] {
        let mut request = desktop.call(Method::GET, "/api/v1/who", b"");
        request.headers_mut().remove(KEY_HEADER);
        if let Some(key) = key {
            request.headers_mut().insert(KEY_HEADER, HeaderValue::from_str(key).unwrap());
        }
        let response = desktop.answer("main", request).await;
        assert_eq!((response.status(), code(&response).as_str()), (StatusCode::FORBIDDEN, "SY-0005"), "key {key:?}");
    }
}

#[tokio::test]
async fn call_without_an_origin_is_judged_by_window_and_key() {
    let desktop = Desktop::new();
    let mut request = desktop.call(Method::GET, "/api/v1/who", b"");
    request.headers_mut().remove(header::ORIGIN);
    assert_eq!(desktop.answer("main", request).await.status(), StatusCode::OK);
}

#[rstest]
#[case::cut_short("{\"quantity\":1}", Some("15"), StatusCode::BAD_REQUEST)]
#[case::longer_than_said("{}", Some("1"), StatusCode::BAD_REQUEST)]
#[case::lost("", Some("2"), StatusCode::BAD_REQUEST)]
#[case::not_said("{}", None, StatusCode::BAD_REQUEST)]
#[case::no_number("{}", Some("two"), StatusCode::BAD_REQUEST)]
#[case::exact("{}", Some("2"), StatusCode::OK)]
#[case::none("", None, StatusCode::OK)]
#[tokio::test]
async fn body_must_have_the_length_the_page_sent(
    #[case] body: &str,
    #[case] said: Option<&'static str>,
    #[case] expected: StatusCode,
) {
    let desktop = Desktop::new();
    let mut request = desktop.call(Method::POST, "/api/v1/echo", body.as_bytes());
    request.headers_mut().remove(BODY_BYTES_HEADER);
    if let Some(said) = said {
        request.headers_mut().insert(BODY_BYTES_HEADER, HeaderValue::from_static(said));
    }
    let response = desktop.answer("main", request).await;
    assert_eq!(response.status(), expected);
    if expected == StatusCode::OK {
        assert_eq!(text(&response), body);
    } else {
        assert_eq!(code(&response), "SY-0002");
    }
}

#[tokio::test]
async fn bodies_over_16_mib_are_refused_both_ways() {
    let desktop = Desktop::new();
    let large = vec![b'x'; BODY_LIMIT_BYTES + 1];
    let refused = desktop.answer("main", desktop.call(Method::POST, "/api/v1/echo", &large)).await;
    assert_eq!((refused.status(), code(&refused).as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "SY-0002"));

    let refused = desktop.answer("main", desktop.call(Method::GET, "/api/v1/huge", b"")).await;
    assert_eq!((refused.status(), code(&refused).as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "SY-0001"));
    let passed = desktop.answer("main", desktop.call(Method::GET, "/api/v1/large", b"")).await;
    assert_eq!((passed.status(), passed.body().len()), (StatusCode::OK, BODY_LIMIT_BYTES));
}

#[tokio::test]
async fn live_stream_is_refused_as_request_and_as_answer() {
    let desktop = Desktop::new();
    let mut asking = desktop.call(Method::GET, "/api/v1/who", b"");
    asking.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json, Text/Event-Stream"));
    assert_eq!(desktop.answer("main", asking).await.status(), StatusCode::NOT_ACCEPTABLE);
    let answered = desktop.answer("main", desktop.call(Method::GET, "/api/v1/stream", b"")).await;
    assert_eq!(code(&answered), "SY-0001");
}

#[rstest]
#[case("/api/v1/redirect")]
#[case("/api/v1/cookie")]
#[tokio::test]
async fn answers_a_webview_cannot_use_are_defects(#[case] path: &str) {
    let desktop = Desktop::new();
    let response = desktop.answer("main", desktop.call(Method::GET, path, b"")).await;
    assert_eq!((response.status(), code(&response).as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "SY-0001"));
}

#[tokio::test]
async fn not_modified_is_no_redirect() {
    let desktop = Desktop::new();
    let response = desktop.answer("main", desktop.call(Method::GET, "/api/v1/unchanged", b"")).await;
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn router_sees_a_plain_path_and_none_of_the_guards_headers() {
    let desktop = Desktop::new();
    let response = desktop.answer("main", desktop.call(Method::PUT, "/api/v1/request?q=held%3Ayes", b"{}")).await;
    let seen = text(&response);
    assert!(seen.contains("uri: /api/v1/request?q=held%3Ayes"), "{seen}");
    assert!(seen.contains("\"content-length\": \"2\""), "{seen}");
    assert!(!seen.contains(desktop.key.reveal()) && !seen.contains("x-body-bytes"), "{seen}");
}

#[tokio::test]
async fn preflight_names_every_header_and_method_the_console_uses() {
    let desktop = Desktop::new();
    let mut request = desktop.call(Method::OPTIONS, "/api/v1/who", b"");
    request.headers_mut().remove(KEY_HEADER);
    let response = desktop.answer("main", request).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let allowed = |name| response.headers()[name].to_str().unwrap().to_ascii_lowercase();
    for name in ["content-type", "idempotency-key", "x-body-bytes", "x-switchyard-key"] {
        assert!(allowed(header::ACCESS_CONTROL_ALLOW_HEADERS).contains(name), "{name} is not allowed");
    }
    for method in ["get", "post", "put", "delete", "patch"] {
        assert!(allowed(header::ACCESS_CONTROL_ALLOW_METHODS).contains(method), "{method} is not allowed");
    }
}

#[tokio::test]
async fn call_that_panics_is_answered_500() {
    let (sender, answers) = mpsc::channel();
    let duty = Answer::new("/api/v1/orders", move |response| sender.send(response).unwrap());
    let crashed = tokio::spawn(async move {
        let _duty = duty;
        panic!("a defect below the bridge");
    });
    assert!(crashed.await.is_err());
    let response = answers.recv().unwrap();
    assert_eq!((response.status(), code(&response).as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "SY-0001"));
}

#[test]
fn call_is_answered_once() {
    let (sender, answers) = mpsc::channel();
    Answer::new("/", move |response| sender.send(response).unwrap()).send(Response::new(b"done".to_vec()));
    assert_eq!(answers.recv().unwrap().body(), b"done");
    assert!(answers.recv().is_err(), "the duty ends with the first answer");
}

#[test]
fn key_is_new_at_every_start_long_and_never_printed() {
    let (one, other) = (LaunchKey::generate().unwrap(), LaunchKey::generate().unwrap());
    assert_ne!(one.reveal(), other.reveal());
    assert!(one.reveal().len() >= 43, "256 bits");
    assert!(!format!("{one:?}").contains(one.reveal()));
    let script = one.initialization_script();
    assert!(script.contains(one.reveal()) && script.contains("Object.freeze") && !script.contains("writable"));
}
