//! `/stock`

use serde_json::json;
use switchyard_server::caller::Role;

use crate::app::{Call, TestApp, person};
use crate::seed;

#[tokio::test]
async fn levels_are_listed_page_by_page() {
    let app = TestApp::seeded().await;
    let first = app.get("/stock?limit=1").await.json();
    assert_eq!(first["items"][0]["level"]["sku"], "MUG-BLUE");
    let next = first["next"].as_str().unwrap().replace('/', "%2F");
    let second = app.get(&format!("/stock?limit=1&after={next}")).await.json();
    assert_eq!(second["items"][0]["level"]["sku"], "TEAPOT");
    let found = app.get("/stock?sku=tea").await.json();
    assert_eq!((found["items"].as_array().unwrap().len(), &found["next"]), (1, &json!(null)));
    assert_eq!(app.get("/stock?after=nonsense").await.problem()["fields"][0]["path"], "after");
}

#[tokio::test]
async fn what_is_kept_back_is_not_available_and_the_movements_say_what_happened() {
    let app = TestApp::seeded().await;
    let path = format!("/stock/{}/TEAPOT", seed::warehouse());
    let before = app.get(&path).await.json();
    let available = before["level"]["available"].as_u64().unwrap();
    let body = json!({ "safety": 10, "reason": "the fair" });
    let answer = app.send(person(Role::Operator), Call::put(&format!("{path}/safety"), "k1", &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["level"]["available"].as_u64().unwrap(), available - 10);
    assert_eq!(before["movements"].as_array().unwrap().last().unwrap()["cause"], "counted");
    let unknown = format!("/stock/{}/NO-SUCH/safety", seed::warehouse());
    let answer = app.send(person(Role::Operator), Call::put(&unknown, "k2", &body)).await;
    assert_eq!(answer.status, 404, "{}", answer.text);
    let viewer = app.send(person(Role::Viewer), Call::put(&format!("{path}/safety"), "k3", &body)).await;
    assert_eq!(viewer.status, 403);
}
