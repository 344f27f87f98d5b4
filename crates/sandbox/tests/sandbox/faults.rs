//! Faults: what is applied, what is answered, and that both agree with the ledger.

use reqwest::Method;
use serde_json::Value;
use switchyard_sandbox::{Faults, Sandbox};

use crate::client::{options, order_body, publish, shops, warehouses};

#[tokio::test(flavor = "multi_thread")]
async fn effects_behind_a_lost_or_broken_answer_are_there_and_others_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    let warehouse = &warehouses(&sandbox.manifest())[0];
    let cases = [
        ("F1", Faults { lose_answer: 1.0, ..Faults::default() }, None, 1),
        ("F2", Faults { fail_after: 1.0, ..Faults::default() }, Some(502), 1),
        ("F3", Faults { fail_before: 1.0, ..Faults::default() }, Some(503), 0),
        ("F4", Faults { throttle: 1.0, ..Faults::default() }, Some(429), 0),
        ("F5", Faults { token_expired: true, ..Faults::default() }, Some(401), 0),
        ("F6", Faults { slow: 1.0, slow_ms: 1, ..Faults::default() }, Some(201), 1),
    ];
    for (reference, faults, status, effects) in cases {
        sandbox.set_faults("warehouse-1", &faults).unwrap();
        let body = order_body(reference, "NL-1001", &[("MUG-SND", 1)]);
        let answer = warehouse.send(Method::POST, "order", Some(&body)).await;
        assert_eq!(answer.ok().map(|answer| answer.status().as_u16()), status, "{reference}");
        sandbox.set_faults("all", &Faults::default()).unwrap();
        let (_, found) = warehouse.get(&format!("order?ReferenceIds={reference}")).await;
        assert_eq!(found.as_array().unwrap().len(), effects, "{reference}");
        let ledger = std::fs::read_to_string(folder.path().join("ledger/warehouse-1.jsonl")).unwrap();
        let lines = ledger.lines().filter(|line| line.contains("order_accepted") && line.contains(reference)).count();
        assert_eq!(lines, effects, "the ledger knows of {reference}");
    }
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_throttles_in_200_and_loses_answers_too() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    publish(&sandbox, 20).await;
    let shop = &shops(&sandbox.manifest())[0];
    let order = shop.orders(50).await[0].clone();
    sandbox.set_faults("shop-1", &Faults { throttle: 1.0, ..Faults::default() }).unwrap();
    let whole = shop.raw("{ shop { name } }", Value::Null).await;
    assert_eq!(whole["errors"][0]["extensions"]["code"], "THROTTLED");
    sandbox.set_faults("shop-1", &Faults { lose_answer: 1.0, ..Faults::default() }).unwrap();
    let portion = &order["fulfillmentOrders"]["nodes"][0]["id"];
    let query = "mutation($id: ID!) { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: $id }],
        trackingInfo: { number: \"T1\" } }) { userErrors { message } } }";
    let body = serde_json::json!({ "query": query, "variables": { "id": portion } });
    assert!(shop.send("2026-10", &shop.token, &body).await.is_err(), "no answer comes");
    sandbox.set_faults("shop-1", &Faults::default()).unwrap();
    let after = shop.order(&order["id"]).await;
    assert_eq!(after["fulfillments"].as_array().unwrap().len(), 1, "but the shop has recorded it");
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_control_endpoint_needs_its_token_and_turns_the_same_switches() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    let manifest = sandbox.manifest();
    let http = crate::client::http();
    let url = |path: &str| format!("{}/_sandbox/{path}", manifest.control_url);
    assert_eq!(http.get(url("status")).send().await.unwrap().status(), 401);
    let put = async |path: &str, body: Value| {
        http.put(url(path)).bearer_auth(&manifest.control_token).json(&body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(put("faults/shop-2", serde_json::json!({ "fail_before": 0.5 })).await, 204);
    assert_eq!(put("faults/shop-9", serde_json::json!({})).await, 404);
    assert_eq!(put("faults/all", serde_json::json!({ "slow": 2 })).await, 400);
    assert_eq!(put("speed", serde_json::json!({ "speed": 30.0 })).await, 204);
    assert_eq!(put("speed", serde_json::json!({ "speed": -1.0 })).await, 400);
    assert_eq!(put("rate", serde_json::json!({ "orders_per_minute": 0.0 })).await, 204);
    let status = sandbox.status();
    assert_eq!((status.speed, status.orders_per_minute), (30.0, Some(0.0)));
    assert_eq!(status.instances[1].faults.fail_before, 0.5);
    assert_eq!(status.instances[0].faults, Faults::default());
    let report = http.get(url("check?allow_pending=true")).bearer_auth(&manifest.control_token).send().await.unwrap();
    assert_eq!(report.json::<Value>().await.unwrap()["findings"], serde_json::json!([]));
    sandbox.shutdown().await;
}
