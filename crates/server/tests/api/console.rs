//! Everything outside `/api/`

use axum::body::Body;
use axum::http::{Method, Request};

use crate::app::{Call, TestApp};

#[tokio::test]
async fn every_answer_carries_the_protecting_headers() {
    let app = TestApp::empty().await;
    let console = app.daemon(Request::get("/orders/today").body(Body::empty()).unwrap()).await;
    let api = app.daemon(Call::new(Method::GET, "/health").request()).await;
    for answer in [&console, &api] {
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
    }
    assert_eq!(api.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn an_unknown_api_path_is_a_problem_and_not_the_console() {
    let app = TestApp::empty().await;
    let answer = app.daemon(Request::get("/api/v1/nothing").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 404);
    answer.problem();
    let answer = app.daemon(Request::get("/api/v2/orders").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.problem()["status"], 404);
}

#[tokio::test]
async fn a_missing_script_is_not_answered_with_a_page() {
    let app = TestApp::empty().await;
    let answer = app.daemon(Request::get("/assets/gone-0123.js").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn files_outside_the_console_are_out_of_reach() {
    let app = TestApp::empty().await;
    for path in
        ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/assets/../../package.json", "/assets/%2e%2e%2f..%2fpackage.json"]
    {
        let answer = app.daemon(Request::get(path).body(Body::empty()).unwrap()).await;
        assert!(
            !answer.text.contains("[package]") && !answer.text.contains("devDependencies"),
            "{path}: {}",
            answer.text
        );
    }
}
