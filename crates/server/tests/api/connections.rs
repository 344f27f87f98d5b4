//! `/connections` and `/connectors`

use axum::http::Method;
use serde_json::json;
use switchyard_server::caller::Role;

use crate::app::{Call, TestApp, person};
use crate::seed;

fn setup(connector: &str, name: &str) -> serde_json::Value {
    json!({ "side": "shop", "connector": connector, "name": name, "config": {}, "secret": "not-a-real-secret" })
}

#[tokio::test]
async fn connections_come_with_health_streams_and_warehouses() {
    let app = TestApp::seeded().await;
    let list = app.get("/connections").await.json();
    insta::assert_json_snapshot!("connections", list, { ".secret_place" => "[place]", ".items[].descriptor" => "[descriptor]" });
}

#[tokio::test]
async fn pausing_twice_with_one_key_answers_the_same_and_another_request_is_refused() {
    let app = TestApp::seeded().await;
    let at = |verb: &str| format!("/connections/{}/{verb}", seed::shop());
    let admin = || person(Role::Admin);
    let call = Call::new(Method::POST, &at("pause")).header("idempotency-key", "k1");
    let first = app.send(admin(), call.clone()).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(first.json()["paused"], true);
    assert_eq!(app.send(admin(), call).await.text, first.text);
    let other = Call::new(Method::POST, &at("resume")).header("idempotency-key", "k1");
    let answer = app.send(admin(), other).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.problem()["code"], "SY-0009");
}

#[tokio::test]
async fn a_connection_that_cannot_be_set_up_names_its_fields_and_keeps_nothing() {
    let app = TestApp::empty().await;
    let mut body = setup("shopfy", " ");
    body["poll_seconds"] = json!(0);
    let answer = app.send(person(Role::Admin), Call::post("/connections", "k1", &body)).await;
    assert_eq!(answer.status, 400);
    let problem = answer.problem();
    let fields: Vec<&str> = problem["fields"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(fields, ["name", "poll_seconds", "connector"]);
    assert!(!answer.text.contains("not-a-real-secret"));
    assert_eq!(app.get("/connections").await.json()["items"], json!([]));
}

#[tokio::test]
async fn checking_a_connection_without_credentials_says_what_is_wrong() {
    let app = TestApp::seeded().await;
    let call = Call::new(Method::POST, &format!("/connections/{}/check", seed::shop())).header("idempotency-key", "k1");
    let result = app.call(call).await.json();
    assert_eq!(result["ok"], false);
    assert_eq!(result["problem"]["code"], "SY-2005");
}

#[tokio::test]
async fn an_unknown_connection_is_404() {
    let app = TestApp::empty().await;
    for verb in ["check", "pause", "resume"] {
        let call =
            Call::new(Method::POST, &format!("/connections/{}/{verb}", seed::shop())).header("idempotency-key", verb);
        let answer = app.send(person(Role::Admin), call).await;
        assert_eq!(answer.status, 404, "{verb}");
        assert_eq!(answer.problem()["code"], "SY-0003");
    }
}

#[tokio::test]
async fn setting_up_connections_is_for_administrators() {
    let app = TestApp::empty().await;
    let answer = app.call(Call::post("/connections", "k1", &setup("shopify", "Tea"))).await;
    assert_eq!(answer.status, 403);
}
