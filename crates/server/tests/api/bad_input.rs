//! Input that makes no sense gets a clear problem and changes nothing.

use serde_json::{Value, json};
use switchyard_server::caller::Caller;

use crate::app::{Call, TestApp};
use crate::seed;

async fn refused(app: &TestApp, call: Call) -> Value {
    let before = app.get(&format!("/orders/{}", seed::editable())).await.json()["order"].clone();
    let answer = app.send(Caller::Desktop { label: "main".to_owned() }, call).await;
    assert!(answer.status.is_client_error(), "{}: {}", answer.status, answer.text);
    let problem = answer.problem();
    assert!(!problem["next_step"].as_str().unwrap().is_empty(), "it says what to do: {problem}");
    let after = app.get(&format!("/orders/{}", seed::editable())).await.json()["order"].clone();
    assert_eq!(before, after, "nothing changed");
    problem
}

fn edits(edits: &Value) -> Call {
    let body = json!({ "revision": 1, "reason": "", "edits": edits });
    Call::post(&format!("/orders/{}/edits", seed::editable()), "k", &body)
}

fn line(sku: &str, ordered: u64, minor: i64, currency: &str) -> Value {
    json!([{ "kind": "add_line", "line": {
        "id": "lin_0198c0de5b1d7cc2b7f1c0ffee123456", "shop_line_id": "", "sku": sku, "title": "", "kind": "goods",
        "ordered": ordered, "cancelled": 0, "unit_price": { "minor": minor, "currency": currency }, "unit_weight": 0
    } }])
}

#[tokio::test]
async fn a_negative_or_too_large_quantity_is_named_by_its_field() {
    let app = TestApp::seeded().await;
    let line = seed::line(&seed::editable(), 1);
    for quantity in [json!(-1), json!(4_294_967_296_u64), json!(1.5), json!("2")] {
        let path = format!("/orders/{}/lines/{line}/quantity", seed::editable());
        let call = Call::put(&path, "k", &json!({ "revision": 1, "reason": "", "quantity": quantity }));
        let problem = refused(&app, call).await;
        assert_eq!((&problem["code"], &problem["fields"][0]["path"]), (&json!("SY-0002"), &json!("quantity")));
    }
    let more = json!([{ "kind": "more_units", "line": line, "quantity": 4_294_967_295_u64 }]);
    let problem = refused(&app, edits(&more)).await;
    assert_eq!(problem["code"], "SY-1102", "{problem}");
}

#[tokio::test]
async fn goods_that_nobody_knows_cannot_be_added() {
    let app = TestApp::seeded().await;
    let problem = refused(&app, edits(&line("NO-SUCH", 1, 100, "GBP"))).await;
    assert_eq!(problem["code"], "SY-1102");
    assert!(problem["detail"].as_str().unwrap().contains("NO-SUCH"), "{problem}");
}

#[tokio::test]
async fn another_currency_is_refused_wherever_money_is() {
    let app = TestApp::seeded().await;
    let problem = refused(&app, edits(&line("TEAPOT", 1, 100, "EUR"))).await;
    assert_eq!(problem["code"], "SY-1102", "{problem}");
    let billing = json!([{ "kind": "billing", "total": { "minor": 1, "currency": "EUR" }, "unit_prices": [] }]);
    let problem = refused(&app, edits(&billing)).await;
    assert_eq!(problem["code"], "SY-1102", "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("GBP"), "{problem}");
}

#[tokio::test]
async fn money_that_cannot_be_counted_is_refused() {
    let app = TestApp::seeded().await;
    for minor in [json!(9_223_372_036_854_775_808_u64), json!(0.5)] {
        let billing = json!([{ "kind": "billing", "total": { "minor": minor, "currency": "GBP" }, "unit_prices": [] }]);
        assert_eq!(refused(&app, edits(&billing)).await["code"], "SY-0002");
    }
    let problem = refused(&app, edits(&line("TEAPOT", 4_294_967_295, i64::MAX, "GBP"))).await;
    assert_eq!(problem["code"], "SY-1102", "more money than a ledger can hold: {problem}");
}

#[tokio::test]
async fn a_request_may_carry_only_so_many_edits() {
    let app = TestApp::seeded().await;
    let many: Vec<Value> = (0..1_114).map(|_| json!({ "kind": "cancel" })).collect();
    let problem = refused(&app, edits(&json!(many))).await;
    assert_eq!((&problem["code"], &problem["fields"][0]["path"]), (&json!("SY-0002"), &json!("edits")));
}
