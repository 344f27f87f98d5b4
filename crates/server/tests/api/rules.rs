//! `/rules/*`, `/calendars`, `/edit-windows` and `/attention`

use axum::http::Method;
use serde_json::{Value, json};
use switchyard_server::caller::Role;

use crate::app::{Call, TestApp, person};
use crate::seed;

fn from_leeds() -> Value {
    json!([{ "id": "from-leeds", "when": "always", "then": [
        { "only": { "warehouses": [seed::warehouse()], "why": "the others move house" } }
    ] }])
}

#[tokio::test]
async fn routing_rules_are_written_in_versions_with_who_and_why() {
    let app = TestApp::seeded().await;
    let none = app.get("/rules/routing").await.json();
    assert_eq!((&none["version"]["version"], &none["rules"]), (&json!(0), &json!([])));
    let body = json!({ "base": 0, "reason": "moving house", "rules": from_leeds() });
    let answer = app.send(person(Role::Admin), Call::put("/rules/routing", "k1", &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let known = app.get("/rules/routing").await.json();
    assert_eq!(known["version"]["author"], "tests");
    assert_eq!(known["versions"].as_array().unwrap().len(), 1);
    let late = app.send(person(Role::Admin), Call::put("/rules/routing", "k2", &body)).await;
    assert_eq!((late.status.as_u16(), &late.problem()["code"]), (409, &json!("SY-0006")));
    let earlier = app.get("/rules/routing/versions/1").await.json();
    assert_eq!((&earlier["version"]["reason"], &earlier["rules"]), (&json!("moving house"), &known["rules"]));
    let never = app.get("/rules/routing/versions/7").await;
    assert_eq!((never.status.as_u16(), &never.problem()["code"]), (404, &json!("SY-0003")));
    let operator = app.send(person(Role::Operator), Call::put("/rules/routing", "k3", &body)).await;
    assert_eq!(operator.status, 403, "rules are an admin's");
}

#[tokio::test]
async fn a_rule_that_makes_no_sense_is_named_by_its_place() {
    let app = TestApp::seeded().await;
    let rules = json!([{ "id": "x", "when": { "all": [] }, "then": [{ "split": { "max_warehouses": 1 } }] }]);
    let body = json!({ "base": 0, "reason": "try", "rules": rules });
    let answer = app.send(person(Role::Admin), Call::put("/rules/routing", "k1", &body)).await;
    let problem = answer.problem();
    assert_eq!((answer.status.as_u16(), &problem["code"]), (422, &json!("SY-1301")));
    assert!(problem["fields"][0]["path"].as_str().unwrap().starts_with("rules[0].when"), "{problem}");
    let nobody = json!([{ "id": "x", "when": "always", "then": [
        { "prefer": { "warehouses": ["whs_0198c0de5b1d7cc2b7f1c0ffee123456"], "shift": -1 } }
    ] }]);
    let tried = Call::new(Method::POST, "/rules/routing/dry-run").json(&json!({ "rules": nobody }));
    let result = app.send(person(Role::Operator), tried).await.json();
    assert_eq!(result["findings"][0]["kind"], "unknown_warehouse", "{result}");
}

#[tokio::test]
async fn a_change_without_a_reason_is_refused() {
    let app = TestApp::seeded().await;
    let body = json!({ "base": 0, "reason": "  ", "rules": [] });
    let answer = app.send(person(Role::Admin), Call::put("/rules/holds", "k1", &body)).await;
    assert_eq!(answer.problem()["fields"][0]["path"], "reason");
}

#[tokio::test]
async fn hold_rules_keep_the_revision_of_what_did_not_change() {
    let app = TestApp::seeded().await;
    let rule = |id: &str| json!({ "id": id, "when": "unpaid", "hold": { "reason": "awaiting_payment" } });
    let body = json!({ "base": 0, "reason": "no money", "rules": [rule("unpaid")] });
    let first = app.send(person(Role::Admin), Call::put("/rules/holds", "k1", &body)).await;
    assert_eq!(first.status, 200, "{}", first.text);
    let body = json!({ "base": 1, "reason": "one more", "rules": [rule("unpaid"), rule("other")] });
    let second = app.send(person(Role::Admin), Call::put("/rules/holds", "k2", &body)).await.json();
    assert_eq!(second["rules"][0]["revision"]["reason"], "no money");
    assert_eq!(second["rules"][1]["revision"]["reason"], "one more");
}

#[tokio::test]
async fn a_calendar_and_edit_windows_are_written_and_shown() {
    let app = TestApp::seeded().await;
    let calendar = json!({
        "zone": "Europe/London", "week": { "monday": [{ "open": "08:00", "close": "18:00" }] },
        "cut_offs": { "default": { "at": "14:00" } }
    });
    let path = format!("/calendars/{}", seed::warehouse());
    let body = json!({ "base": 0, "reason": "opened", "calendar": calendar });
    let answer = app.send(person(Role::Admin), Call::put(&path, "k1", &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let listed = app.get("/calendars").await.json();
    assert!(listed["items"][0]["next_cut_off"].is_string(), "{listed}");
    let wrong =
        json!({ "base": 1, "reason": "x", "calendar": { "zone": "Europe/Nowhere", "week": {}, "cut_offs": {} } });
    let answer = app.send(person(Role::Admin), Call::put(&path, "k2", &wrong)).await;
    assert!(answer.status.is_client_error(), "{}", answer.text);
    let choices = json!([{ "shop": seed::shop(), "window": { "kind": "manual" } }]);
    let body = json!({ "base": 0, "reason": "by hand", "choices": choices });
    let answer = app.send(person(Role::Admin), Call::put("/edit-windows", "k3", &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let windows = app.get("/edit-windows").await.json();
    assert_eq!((windows["choices"].as_array().unwrap().len(), &windows["defaults"][0]["seconds"]), (1, &json!(7_200)));
}

#[tokio::test]
async fn what_needs_nobody_is_no_matter() {
    let app = TestApp::seeded().await;
    let list = app.get("/attention").await.json();
    assert_eq!((&list["items"], &list["orders"]["value"]), (&json!([]), &json!(0)));
    assert_eq!(app.get("/attention?after=nonsense").await.problem()["fields"][0]["path"], "after");
}

#[tokio::test]
async fn a_preview_shows_both_sides_when_somebody_was_faster() {
    let app = TestApp::seeded().await;
    let path = format!("/orders/{}", seed::editable());
    let base = app.get(&path).await.json()["order"].clone();
    let note = |text: &str| json!({ "revision": 1, "reason": "", "edits": [{ "kind": "note", "note": text }] });
    let theirs = app.send(person(Role::Operator), Call::post(&format!("{path}/edits"), "k1", &note("theirs"))).await;
    assert_eq!(theirs.status, 200, "{}", theirs.text);
    let draft = json!({ "base": base, "edits": [{ "kind": "note", "note": "mine" }] });
    let shown = Call::new(Method::POST, &format!("{path}/preview")).json(&draft);
    let shown = app.send(person(Role::Operator), shown).await.json();
    assert_eq!(shown["conflict"]["both"], json!(["note"]), "{shown}");
}
