//! One Router, three transports: in process, over TCP, and through the real webview, answer alike.

use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::extract::Extension;
use axum::http::{Method, Request};
use axum::{Router, serve};
use serde_json::{Map, Value};
use switchyard_engine::status::Timing;
use switchyard_server::caller::Caller;
use switchyard_server::host::{Host, HostOptions};
use tower::ServiceExt;

use crate::corpus::{Agreement, Exchange, exchanges};
use crate::window::Window;

/// What a page can tell of an answer.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    status: u64,
    content_type: Option<String>,
    document: Value,
}

impl Seen {
    fn new(exchange: &Exchange, status: u64, content_type: Option<&str>, text: &str) -> Self {
        let document = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
        let document = match exchange.agreement {
            Agreement::Content => masked(document),
            Agreement::Shape => shape(&document),
        };
        Self { status, content_type: content_type.map(str::to_owned), document }
    }
}

/// The document without what differs from call to call or from folder to folder: instants, references of problems, and
/// where this installation keeps its secrets.
fn masked(document: Value) -> Value {
    match document {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(name, _)| name != "instance" && name != "secret_place");
            Value::Object(fields.map(|(name, value)| (name, masked(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(masked).collect()),
        Value::String(text) if is_instant(&text) => Value::String("<instant>".to_owned()),
        other => other,
    }
}

fn is_instant(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 20 && bytes.ends_with(b"Z") && bytes[4] == b'-' && bytes[10] == b'T'
}

/// Names and types, and of a list its first item. What may be missing and is `null` counts as the same as anything.
fn shape(document: &Value) -> Value {
    match document {
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), shape(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().take(1).map(shape).collect()),
        _ => Value::String("value".to_owned()),
    }
}

fn request(exchange: &Exchange, base: &str) -> Request<Body> {
    let mut request =
        Request::builder().method(exchange.method.parse::<Method>().unwrap()).uri(format!("{base}{}", exchange.path));
    for (name, value) in exchange.headers.as_object().unwrap() {
        request = request.header(name, value.as_str().unwrap());
    }
    request.body(exchange.body.clone().map_or_else(Body::empty, Body::from)).unwrap()
}

async fn by_oneshot(router: &Router, exchange: &Exchange) -> Seen {
    let response = router.clone().oneshot(request(exchange, "")).await.unwrap();
    let status = u64::from(response.status().as_u16());
    let content_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Seen::new(exchange, status, content_type.as_deref(), std::str::from_utf8(&body).unwrap())
}

async fn by_tcp(client: &reqwest::Client, base: &str, exchange: &Exchange) -> Seen {
    let (parts, _) = request(exchange, base).into_parts();
    let mut request = client.request(parts.method, parts.uri.to_string()).headers(parts.headers);
    if let Some(body) = &exchange.body {
        request = request.body(body.clone());
    }
    let response = request.send().await.unwrap();
    let status = u64::from(response.status().as_u16());
    let content_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    Seen::new(exchange, status, content_type.as_deref(), &response.text().await.unwrap())
}

async fn by_webview(window: &Window, exchange: &Exchange) -> Seen {
    let answer = window.api(exchange.method, &exchange.path, exchange.headers.clone(), exchange.body.as_deref()).await;
    let status = answer["status"].as_u64().unwrap();
    Seen::new(exchange, status, answer["type"].as_str(), answer["text"].as_str().unwrap())
}

/// An installation like the window's, without connections.
async fn open_empty(folder: &Path) -> Host {
    let options = HostOptions { data_dir: folder.to_owned(), sandbox: None, timing: Timing::default() };
    Host::open(options).await.unwrap()
}

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn every_transport_answers_alike() {
    let window = Window::open(&[]).await;

    let home = tempfile::tempdir().unwrap();
    let host = open_empty(home.path()).await;
    let caller = Caller::Desktop { label: "main".to_owned() };
    let router = switchyard_server::router(host.state()).layer(Extension(caller));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn({
        let router = router.clone();
        async move { serve(listener, router).await }
    });
    let client = reqwest::Client::builder().build().unwrap();

    let mut differences = Vec::new();
    for exchange in exchanges() {
        let oneshot = by_oneshot(&router, &exchange).await;
        for (transport, seen) in
            [("TCP", by_tcp(&client, &base, &exchange).await), ("webview", by_webview(&window, &exchange).await)]
        {
            if seen != oneshot {
                let length = exchange.body.as_deref().map_or(0, str::len);
                let asked = format!("{} {} ({length} bytes)", exchange.method, exchange.path);
                differences.push(format!("{asked}\n  in process: {oneshot:?}\n  {transport}: {seen:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    serving.abort();
    host.shutdown().await;
    window.close().await;
}
