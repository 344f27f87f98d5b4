//! One corpus of requests in process and over TCP: status, headers that matter and body are the same.

use axum::http::Method;
use serde_json::json;
use switchyard_server::caller::{Caller, Role};

use crate::app::{Call, TOKEN, TestApp};
use crate::seed;

fn corpus() -> Vec<Call> {
    let editable = seed::editable();
    vec![
        Call::new(Method::GET, "/health"),
        Call::new(Method::GET, "/session"),
        Call::new(Method::GET, "/orders?q=state:editable&sort=-total&limit=2"),
        Call::new(Method::GET, "/orders?q=stat:x"),
        Call::new(Method::GET, "/orders?q=%C3%A9t%C3%A9%20%22blue%20mug%22"),
        Call::new(Method::GET, &format!("/orders/{editable}")),
        Call::new(Method::GET, &format!("/orders/{editable}/raw")),
        Call::new(Method::GET, &format!("/orders/{editable}/timeline")),
        Call::new(Method::GET, "/orders/not-an-id"),
        Call::new(Method::GET, "/flow"),
        Call::new(Method::GET, "/connections"),
        Call::new(Method::GET, "/connectors"),
        Call::new(Method::GET, "/nothing"),
        Call::new(Method::PATCH, "/orders"),
        Call::put(
            &format!("/orders/{editable}/address"),
            "p1",
            &json!({ "revision": 7, "reason": "é", "ship_to": {} }),
        ),
        Call::post(
            &format!("/orders/{editable}/cancel"),
            "p2",
            &json!({ "revision": 1, "reason": "", "dry_run": true }),
        ),
        Call::post(&format!("/orders/{editable}/cancel"), "p3", &json!({ "revision": 1, "reason": "", "surprise": 1 })),
        Call::new(Method::POST, &format!("/orders/{editable}/cancel")).text("{"),
        Call::new(Method::PUT, &format!("/orders/{editable}/address")).header("idempotency-key", "p4"),
    ]
}

/// The random reference of a problem is the only part that may differ.
fn comparable(text: &str) -> serde_json::Value {
    let mut body: serde_json::Value = serde_json::from_str(text).unwrap_or_else(|_| json!(text));
    if let Some(instance) = body.get_mut("instance") {
        *instance = json!("[instance]");
    }
    body
}

#[tokio::test]
async fn both_transports_answer_the_same() {
    let app = TestApp::seeded().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let stop = app.stop.clone();
    let serving = axum::serve(listener, app.daemon.clone())
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .into_future();
    let serving = tokio::spawn(serving);
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for call in corpus() {
        let caller = Caller::Token { name: "token".to_owned(), role: Role::Admin };
        let in_process = app.send(caller, call.clone()).await;
        let method = reqwest::Method::from_bytes(call.method.as_str().as_bytes()).unwrap();
        let mut request = client.request(method, format!("{base}{}", call.path)).bearer_auth(TOKEN);
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        if let Some(body) = &call.body {
            request = request.body(body.clone());
        }
        let over_tcp = request.send().await.unwrap();
        let name = format!("{} {}", call.method, call.path);
        assert_eq!(over_tcp.status().as_u16(), in_process.status.as_u16(), "{name}");
        let media_type = over_tcp.headers()["content-type"].to_str().unwrap().to_owned();
        assert_eq!(media_type, in_process.headers["content-type"].to_str().unwrap(), "{name}");
        assert_eq!(comparable(&over_tcp.text().await.unwrap()), comparable(&in_process.text), "{name}");
    }
    app.stop.cancel();
    serving.await.unwrap().unwrap();
}
