//! `/returns`

use axum::http::Method;
use serde_json::{Value, json};
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::order::OrderState;
use switchyard_server::caller::Role;
use switchyard_store::contract::{Changes, Write};
use switchyard_store::query::Stage;

use crate::app::{Answer, Call, TestApp, person};
use crate::seed;

/// The seeded order at the warehouse has left: three teapots and a mug.
async fn shipped() -> TestApp {
    let app = TestApp::seeded().await;
    let file = app.store.order_file(&seed::handed_over()).await.unwrap().unwrap();
    let mut part = file.fulfillments[0].clone();
    part.state = FulfillmentState::Shipped;
    for line in &mut part.lines {
        line.shipped = line.quantity;
    }
    let mut order = file.order.clone();
    order.state = OrderState::Planned;
    let writes = vec![Write::Fulfillment(part), Write::Order { order: Box::new(order), stage: Stage::Shipped }];
    app.store.commit(Changes { writes, ..Changes::default() }).await.unwrap();
    app
}

async fn send(app: &TestApp, call: Call) -> Answer {
    app.send(person(Role::Operator), call).await
}

fn announcement(revision: i64, teapots: u32) -> Value {
    json!({
        "order": seed::handed_over(), "revision": revision, "reason": "does not like it", "cause": "customer",
        "lines": [{ "line": seed::line(&seed::handed_over(), 1), "units": teapots }], "tracking_code": "JJD7",
    })
}

async fn announced(app: &TestApp, teapots: u32) -> Value {
    let order = app.get(&format!("/orders/{}", seed::handed_over())).await.json();
    let body = announcement(order["order"]["revision"].as_i64().unwrap(), teapots);
    let answer = send(app, Call::post("/returns", &format!("announce-{teapots}"), &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["return"].clone()
}

/// Does something with a return as it is now; each call is a new wish.
async fn act(app: &TestApp, method: Method, goods: &Value, path: &str, more: Value) -> Answer {
    let id = goods["id"].as_str().unwrap();
    let current = app.get(&format!("/returns/{id}")).await.json();
    let mut body = json!({ "revision": current["return"]["revision"], "reason": "" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let key = format!("{path}-{}", current["return"]["revision"]);
    let call = Call::new(method, &format!("/returns/{id}/{path}")).header("idempotency-key", &key).json(&body);
    send(app, call).await
}

async fn done(app: &TestApp, method: Method, goods: &Value, path: &str, more: Value) -> Value {
    let answer = act(app, method, goods, path, more).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()["return"].clone()
}

async fn on_hand(app: &TestApp) -> (i64, i64) {
    let level = app.get(&format!("/stock/{}/TEAPOT", seed::warehouse())).await.json()["level"]["level"].clone();
    let blocked = level["blocked"].as_object().map_or(0, |all| all.values().filter_map(Value::as_i64).sum());
    (level["on_hand"].as_i64().unwrap(), blocked)
}

#[tokio::test]
async fn a_return_goes_its_way_from_the_announcement_to_the_last_decision() {
    let app = shipped().await;
    let goods = announced(&app, 3).await;
    assert_eq!(goods["state"], "announced");
    assert_eq!(goods["warehouse"], json!(seed::warehouse()), "back to where it left from");
    assert!(goods["reference"].as_str().unwrap().starts_with("SR-1002-"), "{goods}");
    let order = app.get(&format!("/orders/{}", seed::handed_over())).await.json();
    assert_eq!(order["returns"][0]["id"], goods["id"]);
    let still: Vec<_> = order["returnable"].as_array().unwrap().iter().map(|of| &of["units"]).collect();
    assert_eq!(still, [1], "the mug alone may still come back");
    let before = on_hand(&app).await;
    done(&app, Method::POST, &goods, "receive", json!({ "sku": "TEAPOT", "units": 3 })).await;
    done(&app, Method::POST, &goods, "items/0/split", json!({ "units": 1 })).await;
    done(&app, Method::PUT, &goods, "items/0/stock", json!({ "decision": "restock", "condition": "as new" })).await;
    let inspected =
        done(&app, Method::PUT, &goods, "items/1/stock", json!({ "decision": "quarantine", "condition": "a crack" }))
            .await;
    assert_eq!(inspected["state"], "inspected", "both have been looked at");
    assert_eq!(on_hand(&app).await, (before.0 + 3, before.1 + 1), "two for sale, one set aside");
    done(&app, Method::PUT, &goods, "items/1/stock", json!({ "decision": "dispose", "condition": "a crack" })).await;
    assert_eq!(on_hand(&app).await, (before.0 + 2, before.1), "a changed mind takes it off the shelf");
    done(&app, Method::PUT, &goods, "items/0/customer", json!({ "decision": "refund" })).await;
    let closed = done(&app, Method::PUT, &goods, "items/1/customer", json!({ "decision": "no_refund" })).await;
    assert_eq!(closed["state"], "closed", "it closes by itself");
    let movements = app.get(&format!("/stock/{}/TEAPOT", seed::warehouse())).await.json()["movements"].clone();
    assert_eq!(movements[0]["cause"], "returned");
    assert_eq!(movements[0]["document"], json!({ "kind": "return", "id": goods["id"] }));
    let timeline = app.get(&format!("/orders/{}/timeline", seed::handed_over())).await.json();
    let kinds: Vec<_> = timeline["items"].as_array().unwrap().iter().filter_map(|one| one["kind"].as_str()).collect();
    for kind in
        ["return.announced", "return.received", "return.stock_decided", "return.customer_decided", "return.closed"]
    {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    let late = act(&app, Method::PUT, &goods, "items/0/customer", json!({ "decision": "replace" })).await;
    assert_eq!((late.status.as_u16(), &late.problem()["code"]), (422, &json!("SY-1501")), "closed is closed");
}

#[tokio::test]
async fn returns_are_listed_by_state_a_page_at_a_time() {
    let app = shipped().await;
    let first = announced(&app, 1).await;
    let second = announced(&app, 2).await;
    done(&app, Method::POST, &second, "receive", json!({ "sku": "TEAPOT", "units": 2 })).await;
    let page = app.get("/returns?limit=1").await.json();
    assert_eq!(page["items"][0]["return"]["id"], second["id"], "newest first");
    assert_eq!(page["items"][0]["order_number"], "#1002");
    let next = page["next"].as_str().unwrap();
    let rest = app.get(&format!("/returns?limit=1&after={next}")).await.json();
    assert_eq!(rest["items"][0]["return"]["id"], first["id"]);
    let received = app.get("/returns?state=received,inspected").await.json();
    assert_eq!(received["items"].as_array().unwrap().len(), 1);
    assert_eq!(received["counts"], json!([{ "state": "announced", "count": 1 }, { "state": "received", "count": 1 }]));
}

#[tokio::test]
async fn a_wish_about_a_return_that_makes_no_sense_changes_nothing() {
    let app = shipped().await;
    let goods = announced(&app, 2).await;
    let path = format!("/returns/{}", goods["id"].as_str().unwrap());
    let before = app.get(&path).await.json();
    let decide = |decision: &str| json!({ "decision": decision, "condition": "" });
    for (method, tail, more, status, code) in [
        (Method::POST, "receive", json!({ "sku": "", "units": 1 }), 400, "SY-0002"),
        (Method::POST, "receive", json!({ "sku": "TEAPOT", "units": 0 }), 400, "SY-0002"),
        (Method::POST, "receive", json!({ "sku": "TEAPOT", "units": -1 }), 400, "SY-0002"),
        (Method::POST, "receive", json!({ "sku": "TEAPOT", "units": 1, "extra": 1 }), 400, "SY-0002"),
        (Method::PUT, "items/0/stock", decide("restock"), 422, "SY-1501"),
        (Method::PUT, "items/9/stock", decide("restock"), 422, "SY-0002"),
        (Method::PUT, "items/-1/stock", decide("restock"), 400, "SY-0002"),
        (Method::PUT, "items/0/stock", decide("eat"), 400, "SY-0002"),
        (Method::PUT, "items/0/customer", json!({ "decision": "applause" }), 400, "SY-0002"),
        (Method::POST, "items/0/split", json!({ "units": 1 }), 422, "SY-0002"),
    ] {
        let answer = act(&app, method, &goods, tail, more.clone()).await;
        let problem = answer.problem();
        assert_eq!((answer.status.as_u16(), &problem["code"]), (status, &json!(code)), "{tail} {more}: {problem}");
        assert!(!problem["next_step"].as_str().unwrap().is_empty(), "it says what to do: {problem}");
    }
    for (query, field) in [("state=lost", "state"), ("limit=0", "limit"), ("limit=501", "limit")] {
        assert_eq!(app.get(&format!("/returns?{query}")).await.problem()["fields"][0]["path"], field);
    }
    let order = app.get(&format!("/orders/{}", seed::handed_over())).await.json();
    let revision = order["order"]["revision"].as_i64().unwrap();
    let more = send(&app, Call::post("/returns", "more", &announcement(revision, 2))).await;
    assert_eq!((more.status.as_u16(), &more.problem()["code"]), (422, &json!("SY-1102")), "one teapot is left");
    let stale = send(&app, Call::post("/returns", "stale", &announcement(revision - 1, 1))).await;
    assert_eq!(stale.problem()["order"]["id"], json!(seed::handed_over()), "both sides of the conflict");
    for lines in [json!([]), json!([{ "line": seed::line(&seed::editable(), 1), "units": 1 }])] {
        let mut body = announcement(revision, 1);
        body["lines"] = lines;
        let answer = send(&app, Call::post("/returns", "none", &body)).await;
        assert!(answer.status.is_client_error(), "{}", answer.text);
    }
    assert_eq!(app.get(&path).await.json(), before, "nothing changed");
    let unknown = app.get(&format!("/returns/{}", seed::goods_back())).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn the_same_wish_twice_is_one_and_a_stale_one_is_told_so() {
    let app = shipped().await;
    let goods = announced(&app, 2).await;
    let again = announced_again(&app).await;
    assert_eq!(again["id"], goods["id"], "delivered twice, announced once");
    let path = format!("/returns/{}/cancel", goods["id"].as_str().unwrap());
    let body = json!({ "revision": 1, "reason": "keeps it" });
    let first = send(&app, Call::post(&path, "cancel", &body)).await;
    assert_eq!(first.json()["return"]["state"], "cancelled", "{}", first.text);
    let repeated = send(&app, Call::post(&path, "cancel", &body)).await;
    assert_eq!(repeated.json(), first.json());
    let stale = send(&app, Call::post(&path, "another", &body)).await;
    assert_eq!((stale.status.as_u16(), &stale.problem()["code"]), (409, &json!("SY-0006")));
    let other = send(&app, Call::post(&path, "cancel", &json!({ "revision": 1, "reason": "changed" }))).await;
    assert_eq!(other.problem()["code"], "SY-0009");
    let viewer = app.send(person(Role::Viewer), Call::post(&path, "viewer", &body)).await;
    assert_eq!(viewer.status, 403);
}

/// The very announcement of [`announced`] with two units, once more.
async fn announced_again(app: &TestApp) -> Value {
    // Announced at the order's revision before it was rewritten by the announcement.
    let order = app.get(&format!("/orders/{}", seed::handed_over())).await.json();
    let body = announcement(order["order"]["revision"].as_i64().unwrap() - 1, 2);
    let answer = send(app, Call::post("/returns", "announce-2", &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["return"].clone()
}
