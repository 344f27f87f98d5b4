//! `/events`

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, Request};
use futures::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::app::{Call, TOKEN, TestApp};
use crate::seed;

fn request(after: Option<&str>) -> Request<Body> {
    let call = Call::new(Method::GET, "/events").header("authorization", &format!("Bearer {TOKEN}"));
    match after {
        Some(seq) => call.header("last-event-id", seq).request(),
        None => call.request(),
    }
}

async fn open(app: &TestApp, after: Option<&str>) -> BodyDataStream {
    let response = app.daemon.clone().oneshot(request(after)).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

/// The next event with its id; `None` at the stream's end.
async fn next(stream: &mut BodyDataStream) -> Option<(String, Value)> {
    let chunk = tokio::time::timeout(Duration::from_secs(10), stream.next()).await.expect("an event comes in time")?;
    let text = String::from_utf8(chunk.unwrap().to_vec()).unwrap();
    let field =
        |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
    Some((field("id:"), serde_json::from_str(&field("data:")).unwrap()))
}

#[tokio::test]
async fn a_change_arrives_with_its_position_and_the_reads_it_makes_stale() {
    let app = TestApp::seeded().await;
    let mut stream = open(&app, None).await;
    let path = format!("/orders/{}/holds", seed::editable());
    let hold = json!({ "revision": 1, "reason": "other", "note": "wait" });
    assert_eq!(app.call(Call::post(&path, "k1", &hold)).await.status, 200);
    let (id, event) = next(&mut stream).await.unwrap();
    assert_eq!(id, event["seq"].to_string());
    assert_eq!(event["kind"], "order.held");
    assert_eq!(event["tags"], json!([format!("order:{}", seed::editable()), "orders", "flow"]));
}

#[tokio::test]
async fn a_stream_goes_on_after_the_last_event_that_was_seen() {
    let app = TestApp::seeded().await;
    let mut stream = open(&app, Some("2")).await;
    assert_eq!(next(&mut stream).await.unwrap().0, "3");
    assert_eq!(next(&mut stream).await.unwrap().0, "4");
}

#[tokio::test]
async fn streams_end_when_the_daemon_stops() {
    let app = TestApp::seeded().await;
    let mut stream = open(&app, None).await;
    app.stop.cancel();
    assert!(next(&mut stream).await.is_none());
}

#[tokio::test]
async fn a_position_that_is_no_number_is_refused() {
    let app = TestApp::empty().await;
    let answer = app.daemon(request(Some("soon"))).await;
    assert_eq!(answer.problem()["code"], "SY-0002");
}

#[tokio::test]
async fn the_desktops_router_has_no_stream() {
    let app = TestApp::empty().await;
    assert_eq!(app.get("/events").await.status, 404, "its bridge could not answer one");
}
