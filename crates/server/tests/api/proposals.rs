//! `/orders/{id}/proposals`, `/approval` and `/orders/{id}/write-backs/*`

use axum::http::Method;
use serde_json::json;
use switchyard_server::caller::Role;

use crate::app::{Call, TestApp, person};
use crate::seed;

fn post(path: &str, key: &str, body: &serde_json::Value) -> Call {
    Call::new(Method::POST, path).header("idempotency-key", key).json(body)
}

#[tokio::test]
async fn a_viewer_may_propose_an_edit_and_not_make_one() {
    let app = TestApp::seeded().await;
    let path = format!("/orders/{}", seed::editable());
    let revision = app.get(&path).await.json()["order"]["revision"].clone();
    let body = json!({ "revision": revision, "reason": "the customer wrote", "edits": [{ "kind": "cancel" }] });
    let edit = app.send(person(Role::Viewer), post(&format!("{path}/edits"), "k1", &body)).await;
    assert_eq!(edit.status, 403, "{}", edit.text);
    let proposed = app.send(person(Role::Viewer), post(&format!("{path}/proposals"), "k2", &body)).await;
    assert_eq!(proposed.status, 200, "{}", proposed.text);
    let matter = &proposed.json()["attention"][0];
    assert_eq!((&matter["code"], &matter["owner"]), (&json!("SY-1105"), &json!("back_office_lead")));
    assert_eq!(matter["wanted"]["edits"], json!([{ "kind": "cancel" }]));
    let listed = app.get("/attention").await.json();
    let items = listed["items"].as_array().unwrap();
    assert!(items.iter().any(|entry| entry["item"]["code"] == "SY-1105"), "{listed}");
}

#[tokio::test]
async fn the_limit_is_an_admins_and_is_written_in_versions() {
    let app = TestApp::seeded().await;
    let body = json!({ "base": 0, "reason": "audit", "value_limit": { "minor": 50_000, "currency": "GBP" } });
    let operator = app.send(person(Role::Operator), Call::put("/approval", "k1", &body)).await;
    assert_eq!(operator.status, 403);
    let written = app.send(person(Role::Admin), Call::put("/approval", "k2", &body)).await.json();
    assert_eq!((&written["version"]["version"], &written["value_limit"]["minor"]), (&json!(1), &json!(50_000)));
    assert_eq!(app.get("/approval").await.json(), written);
    let negative = json!({ "base": 1, "reason": "typo", "value_limit": { "minor": -1, "currency": "GBP" } });
    let refused = app.send(person(Role::Admin), Call::put("/approval", "k3", &negative)).await;
    assert_eq!(refused.problem()["fields"][0]["path"], "value_limit.minor");
}

#[tokio::test]
async fn a_report_is_waived_only_with_a_reason_and_only_where_there_is_one() {
    let app = TestApp::seeded().await;
    let path = format!("/orders/{}/write-backs/wbk_0198c0de5b1d7cc2b7f1c0ffee123456/waive", seed::editable());
    let body = json!({ "revision": 1, "reason": "  " });
    let silent = app.send(person(Role::Operator), post(&path, "k1", &body)).await;
    assert_eq!(silent.problem()["fields"][0]["path"], "reason");
    let revision = app.get(&format!("/orders/{}", seed::editable())).await.json()["order"]["revision"].clone();
    let body = json!({ "revision": revision, "reason": "told by hand" });
    let unknown = app.send(person(Role::Operator), post(&path, "k2", &body)).await;
    assert_eq!((unknown.status.as_u16(), &unknown.problem()["code"]), (409, &json!("SY-1102")), "{}", unknown.text);
}
