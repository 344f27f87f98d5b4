//! `PUT` and `POST` below `/orders/{id}`

use axum::http::Method;
use serde_json::{Value, json};
use switchyard_server::caller::{Caller, Role};

use crate::app::{Call, TestApp, person};
use crate::seed;

fn address(city: &str) -> Value {
    json!({
        "name": "Ada Byron", "company": "", "line1": "2 Low Rd", "line2": "", "city": city, "province": "",
        "postcode": "LS2 2BB", "country": "GB", "phone": "",
    })
}

fn address_edit(revision: i64, city: &str) -> Value {
    json!({ "revision": revision, "reason": "moved", "ship_to": address(city) })
}

fn path(verb: &str) -> String {
    format!("/orders/{}{verb}", seed::editable())
}

async fn revision(app: &TestApp, id: impl std::fmt::Display) -> i64 {
    app.get(&format!("/orders/{id}")).await.json()["order"]["revision"].as_i64().unwrap()
}

#[tokio::test]
async fn an_address_is_changed_and_the_journal_says_who_and_why() {
    let app = TestApp::seeded().await;
    let call = Call::put(&path("/address"), "k1", &address_edit(1, "York"));
    let answer = app.send(Caller::Desktop { label: "main".to_owned() }, call).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let result = answer.json();
    assert_eq!(result["committed"], true);
    assert_eq!(result["order"]["revision"], 2);
    let fields: Vec<&str> =
        result["changes"].as_array().unwrap().iter().map(|c| c["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["ship_to.line1", "ship_to.city", "ship_to.postcode"]);
    let timeline = app.get(&path("/timeline")).await.json();
    let last =
        timeline["items"].as_array().unwrap().iter().find(|e| e["kind"] == "order.address_changed").unwrap().clone();
    assert_eq!(
        last["actor"],
        json!({ "kind": "person", "name": "mara" }),
        "a window acts for the person at the machine"
    );
    assert_eq!(last["reason"], "moved");
}

#[tokio::test]
async fn a_dry_run_says_what_would_change_and_stores_nothing() {
    let app = TestApp::seeded().await;
    let mut body = address_edit(1, "York");
    body["dry_run"] = json!(true);
    let result = app.call(Call::put(&path("/address"), "k1", &body)).await.json();
    assert_eq!(result["committed"], false);
    assert_eq!(result["changes"].as_array().unwrap().len(), 3);
    assert_eq!(revision(&app, seed::editable()).await, 1);
    let kept = app.call(Call::put(&path("/address"), "k1", &address_edit(1, "York"))).await;
    assert_eq!(kept.json()["committed"], true, "a dry run does not use its key up");
}

#[tokio::test]
async fn the_same_key_and_request_change_once() {
    let app = TestApp::seeded().await;
    let call = Call::put(&path("/address"), "k1", &address_edit(1, "York"));
    let first = app.call(call.clone()).await.json();
    let again = app.call(call).await;
    assert_eq!(again.status, 200, "{}", again.text);
    assert_eq!(again.json()["changes"], first["changes"]);
    let timeline = app.get(&path("/timeline")).await.json();
    let edits = timeline["items"].as_array().unwrap().iter().filter(|e| e["kind"] == "order.address_changed").count();
    assert_eq!(edits, 1);
}

#[tokio::test]
async fn a_repeated_hold_places_one_hold() {
    let app = TestApp::seeded().await;
    let body = json!({ "revision": 1, "reason": "customer", "note": "call first" });
    let call = Call::post(&path("/holds"), "k1", &body);
    assert_eq!(app.call(call.clone()).await.status, 200);
    assert_eq!(app.call(call).await.status, 200);
    let holds = app.get(&path("")).await.json()["order"]["holds"].clone();
    assert_eq!(holds.as_array().unwrap().len(), 1);
    assert_eq!(holds[0]["note"], "call first");
}

#[tokio::test]
async fn a_key_used_for_another_request_is_refused() {
    let app = TestApp::seeded().await;
    app.call(Call::put(&path("/address"), "k1", &address_edit(1, "York"))).await;
    let answer = app.call(Call::put(&path("/address"), "k1", &address_edit(1, "Hull"))).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.problem()["code"], "SY-0009");
    // The engine plans the order again meanwhile, which moves its revision; a refusal uses no key up.
    let mut tries = 0;
    let other = loop {
        let revision = revision(&app, seed::editable()).await;
        let caller = Caller::Session { name: "jo".to_owned(), role: Role::Operator };
        let answer = app.send(caller, Call::put(&path("/address"), "k1", &address_edit(revision, "Hull"))).await;
        tries += 1;
        if answer.status != 409 || tries == 20 {
            break answer;
        }
    };
    assert_eq!(other.status, 200, "keys of two callers are two keys: {}", other.text);
}

#[tokio::test]
async fn a_mutation_without_a_key_is_refused_and_changes_nothing() {
    let app = TestApp::seeded().await;
    let call = Call::new(Method::PUT, &path("/address")).json(&address_edit(1, "York"));
    let answer = app.call(call).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.problem()["code"], "SY-0009");
    assert_eq!(revision(&app, seed::editable()).await, 1);
}

#[tokio::test]
async fn a_stale_revision_is_409_with_the_order_as_it_is() {
    let app = TestApp::seeded().await;
    app.call(Call::put(&path("/address"), "k1", &address_edit(1, "York"))).await;
    let answer = app.call(Call::put(&path("/address"), "k2", &address_edit(1, "Hull"))).await;
    assert_eq!(answer.status, 409);
    let problem = answer.problem();
    assert_eq!(problem["code"], "SY-0006");
    assert_eq!(problem["order"]["ship_to"]["city"], "York");
    // The engine may have planned it again meanwhile.
    assert!(problem["order"]["revision"].as_i64() >= Some(2), "{problem}");
}

#[tokio::test]
async fn too_late_is_said_with_the_part_that_is_beyond_reach() {
    let app = TestApp::seeded().await;
    let order = seed::handed_over();
    let at = format!("/orders/{order}/lines/{}/quantity", seed::line(&order, 1));
    let fewer = json!({ "revision": 1, "reason": "", "quantity": 0 });
    let answer = app.call(Call::put(&at, "k1", &fewer)).await;
    assert_eq!(answer.status, 409, "its warehouse cannot be asked for fewer units");
    insta::assert_json_snapshot!("too_late", answer.problem(), { ".instance" => "[instance]" });
}

#[tokio::test]
async fn a_late_address_is_a_question_to_the_warehouse_and_changes_nothing_yet() {
    let app = TestApp::seeded().await;
    let at = format!("/orders/{}", seed::handed_over());
    let answer = app.call(Call::put(&format!("{at}/address"), "k1", &address_edit(1, "York"))).await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    assert_eq!(answer["requests"][0]["asks"][0]["ship_to"]["city"], "York");
    assert_eq!(answer["verdicts"][0]["ruling"]["verdict"]["kind"], "change_request");
    let detail = app.get(&at).await.json();
    assert_ne!(detail["order"]["ship_to"]["city"], "York", "not before the warehouse says so");
    assert_eq!(detail["change_requests"][0]["id"], answer["requests"][0]["id"]);
}

#[tokio::test]
async fn an_incomplete_address_names_its_fields() {
    let app = TestApp::seeded().await;
    let mut body = address_edit(1, "");
    body["ship_to"]["postcode"] = json!("");
    let answer = app.call(Call::put(&path("/address"), "k1", &body)).await;
    assert_eq!(answer.status, 422);
    let problem = answer.problem();
    assert_eq!(problem["code"], "SY-1003");
    let fields: Vec<&str> = problem["fields"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(fields, ["ship_to.city", "ship_to.postcode"]);
}

#[tokio::test]
async fn fewer_units_are_possible_and_more_are_not() {
    let app = TestApp::seeded().await;
    let line = seed::line(&seed::editable(), 1);
    let at = path(&format!("/lines/{line}/quantity"));
    let result = app.call(Call::put(&at, "k1", &json!({ "revision": 1, "reason": "", "quantity": 2 }))).await.json();
    assert_eq!(result["order"]["lines"][0]["cancelled"], 1);
    // The engine plans the order again meanwhile, which moves its revision.
    let mut tries = 0;
    let answer = loop {
        let revision = revision(&app, seed::editable()).await;
        let more = json!({ "revision": revision, "reason": "", "quantity": 9 });
        let answer = app.call(Call::put(&at, &format!("more-{tries}"), &more)).await;
        tries += 1;
        if answer.problem()["code"] != "SY-0006" || tries == 20 {
            break answer;
        }
    };
    assert_eq!(answer.status, 422);
    assert_eq!(answer.problem()["code"], "SY-1102");
}

#[tokio::test]
async fn a_hold_is_placed_and_lifted_and_blocks_release_meanwhile() {
    let app = TestApp::seeded().await;
    let at = format!("/orders/{}", seed::held());
    let release = json!({ "revision": 1, "reason": "" });
    let answer = app.call(Call::post(&format!("{at}/release"), "k1", &release)).await;
    assert_eq!((answer.status.as_u16(), answer.problem()["code"].clone()), (422, json!("SY-1102")));
    let lifted = app.call(Call::post(&format!("{at}/holds/{}/lift", seed::hold()), "k2", &release)).await;
    assert_eq!(lifted.status, 200, "{}", lifted.text);
    assert_eq!(lifted.json()["order"]["holds"], json!([]));
}

#[tokio::test]
async fn a_hold_that_ends_in_the_past_is_refused() {
    let app = TestApp::seeded().await;
    let body = json!({ "revision": 1, "reason": "other", "note": "", "expires_at": "2026-11-22T11:59:59Z" });
    let answer = app.call(Call::post(&path("/holds"), "k1", &body)).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.problem()["fields"][0]["path"], "expires_at");
}

#[tokio::test]
async fn release_and_cancel_do_what_they_say() {
    let app = TestApp::seeded().await;
    let body = json!({ "revision": 1, "reason": "customer waits" });
    let released = app.call(Call::post(&path("/release"), "k1", &body)).await;
    assert_eq!(released.status, 200, "{}", released.text);
    assert_eq!(released.json()["order"]["editable_until"], "2026-11-22T12:00:00Z");
    let at = format!("/orders/{}/cancel", seed::held());
    let cancelled = app.call(Call::post(&at, "k2", &body)).await.json();
    assert_eq!(cancelled["order"]["state"], "cancelled");
}

#[rstest::rstest]
#[case(r#"{"revision":1,"reason":"","ship_to":{"town":"York"}}"#, "ship_to.town")]
#[case(r#"{"revision":"one","reason":"","ship_to":{}}"#, "revision")]
#[case(r#"{"revision":1,"ship_to":{}}"#, "$")]
#[case("{", "$")]
#[tokio::test]
async fn a_body_that_cannot_be_read_names_the_path(#[case] body: &str, #[case] field: &str) {
    let app = TestApp::seeded().await;
    let call = Call::new(Method::PUT, &path("/address")).header("idempotency-key", "k1").text(body);
    let answer = app.call(call).await;
    assert_eq!(answer.status, 400);
    let problem = answer.problem();
    assert_eq!(problem["code"], "SY-0002");
    assert_eq!(problem["fields"][0]["path"], field, "{problem}");
}

#[tokio::test]
async fn a_body_cut_on_its_way_is_refused() {
    let app = TestApp::seeded().await;
    let body = address_edit(1, "York").to_string();
    let short = Call::new(Method::PUT, &path("/address")).header("idempotency-key", "k1");
    let short = short.header("x-body-bytes", &(body.len() + 1).to_string()).text(&body);
    assert_eq!(app.call(short).await.problem()["code"], "SY-0002");
    let whole = Call::new(Method::PUT, &path("/address")).header("idempotency-key", "k1");
    let whole = whole.header("x-body-bytes", &body.len().to_string()).text(&body);
    assert_eq!(app.call(whole).await.status, 200);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let app = TestApp::seeded().await;
    let mut body = address_edit(1, "York");
    body["reason"] = json!("x".repeat(1024 * 1024));
    let answer = app.call(Call::put(&path("/address"), "k1", &body)).await;
    assert_eq!(answer.status, 413);
    answer.problem();
}

#[tokio::test]
async fn a_viewer_reads_and_does_not_change() {
    let app = TestApp::seeded().await;
    let answer = app.send(person(Role::Viewer), Call::put(&path("/address"), "k1", &address_edit(1, "York"))).await;
    assert_eq!(answer.status, 403);
    assert_eq!(answer.problem()["code"], "SY-0005");
    assert_eq!(app.send(person(Role::Viewer), Call::new(Method::GET, &path(""))).await.status, 200);
}
