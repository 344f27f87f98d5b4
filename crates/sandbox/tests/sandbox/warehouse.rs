//! What a ShipBob client meets, held against ShipBob's own document.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use switchyard_sandbox::{Sandbox, SandboxOptions};

use crate::client::{Warehouse, options, order_body, until, warehouses};
use crate::contracts::ShipBob;

/// An article that this warehouse has plenty of.
async fn stocked(warehouse: &Warehouse) -> String {
    let stock = warehouse.stock().await;
    stock.into_iter().filter(|(_, pieces)| *pieces > 1_000).map(|(sku, _)| sku).min().expect("something is in stock")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_what_the_vendors_document_says() {
    let Some(contract) = ShipBob::load() else { return };
    let folder = tempfile::tempdir().unwrap();
    // Time stands still, so that the order stays in its first state.
    let sandbox = Sandbox::start(SandboxOptions { speed: 0.0, ..options(&folder) }).await.unwrap();
    let warehouse = &warehouses(&sandbox.manifest())[0];
    for path in ["channel", "fulfillment-center", "shipping-method", "inventory-level", "inventory-level/locations"] {
        let (status, body) = warehouse.get(path).await;
        contract.assert_answer("get", &format!("/2026-01/{path}"), status, &body);
    }
    let body = order_body("F1", "NL-1001", &[(&stocked(warehouse).await, 2)]);
    contract.assert_request("post", "/2026-01/order", &body);
    let (status, order) = warehouse.call(Method::POST, "order", Some(&body)).await;
    assert_eq!(status, 201, "{order}");
    contract.assert_answer("post", "/2026-01/order", 201, &order);
    let (status, repeated) = warehouse.call(Method::POST, "order", Some(&body)).await;
    assert_eq!(status, 422);
    contract.assert_answer("post", "/2026-01/order", 422, &repeated);
    let (id, shipment) = (&order["id"], &order["shipments"][0]["id"]);

    let (status, list) = warehouse.get("order?ReferenceIds=F1,F2&Limit=10&Page=1").await;
    contract.assert_answer("get", "/2026-01/order", status, &list);
    assert_eq!(list, json!([order]), "the list shows the same order");
    let (status, bad) = warehouse.get("order?Limit=1000").await;
    assert_eq!(status, 400);
    contract.assert_answer("get", "/2026-01/order", 400, &bad);
    let (status, one) = warehouse.get(&format!("order/{id}")).await;
    contract.assert_answer("get", "/2026-01/order/{orderId}", status, &one);
    let (status, one) = warehouse.get(&format!("shipment/{shipment}")).await;
    contract.assert_answer("get", "/2026-01/shipment/{shipmentId}", status, &one);
    let (status, all) = warehouse.get(&format!("order/{id}/shipment")).await;
    contract.assert_answer("get", "/2026-01/order/{orderId}/shipment", status, &all);

    let away = json!({ "recipient_name": "Ada Byron", "street_address1": "2 Low St", "city": "York", "zip_code": "YO1 1AA", "country_code": "GB" });
    contract.assert_request("put", "/2026-01/shipment/{shipmentId}:updateAddress", &away);
    let path = format!("shipment/{shipment}:updateAddress");
    let (status, moved) = warehouse.call(Method::PUT, &path, Some(&away)).await;
    assert_eq!((status, moved["is_success"].as_bool()), (200, Some(true)), "{moved}");
    contract.assert_answer("put", "/2026-01/shipment/{shipmentId}:updateAddress", 200, &moved);
    let (status, wrong) = warehouse.call(Method::PUT, &path, Some(&json!({ "city": "York" }))).await;
    assert_eq!(status, 400);
    contract.assert_answer("put", "/2026-01/shipment/{shipmentId}:updateAddress", 400, &wrong);
    let (_, one) = warehouse.get(&format!("order/{id}")).await;
    assert_eq!(one["recipient"]["address"]["address1"], "2 Low St");
    assert_eq!(one["recipient"]["email"], "ada@example.com", "what is not given stays");

    let upload = json!({ "shipment_ids": [shipment, 7], "is_tracking_uploaded": true });
    let (status, uploaded) = warehouse.call(Method::POST, "shipment:batchUpdateTrackingUpload", Some(&upload)).await;
    contract.assert_answer("post", "/2026-01/shipment:batchUpdateTrackingUpload", status, &uploaded);
    assert_eq!(uploaded["summary"], json!({ "total": 2, "successful": 1, "failed": 1 }));

    let (status, cancelled) = warehouse.call(Method::POST, &format!("order/{id}:cancel"), None).await;
    contract.assert_answer("post", "/2026-01/order/{orderId}:cancel", status, &cancelled);
    assert_eq!(cancelled["order"]["status"], "Cancelled");
    for (path, template) in [
        (format!("order/{id}:cancel"), "/2026-01/order/{orderId}:cancel"),
        (format!("shipment/{shipment}:cancel"), "/2026-01/shipment/{shipmentId}:cancel"),
    ] {
        let (status, again) = warehouse.call(Method::POST, &path, None).await;
        assert_eq!(status, 422);
        contract.assert_answer("post", template, 422, &again);
    }
    let (status, second) = warehouse
        .call(Method::POST, "order", Some(&order_body("F2", "NL-1002", &[(&stocked(warehouse).await, 1)])))
        .await;
    assert_eq!(status, 201);
    let (status, gone) =
        warehouse.call(Method::POST, &format!("shipment/{}:cancel", second["shipments"][0]["id"]), None).await;
    contract.assert_answer("post", "/2026-01/shipment/{shipmentId}:cancel", status, &gone);
    assert_eq!(warehouse.get("order/7").await.0, 404);
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_picked_labelled_and_gone_and_can_be_changed_only_before() {
    let contract = ShipBob::load();
    let folder = tempfile::tempdir().unwrap();
    let slow = SandboxOptions { speed: 0.0, picking_seconds: 20.0, shipping_seconds: 60.0, ..options(&folder) };
    let sandbox = Sandbox::start(slow).await.unwrap();
    let warehouse = &warehouses(&sandbox.manifest())[1];
    let sku = stocked(warehouse).await;
    let before = warehouse.stock().await[&sku];
    let (_, order) = warehouse.call(Method::POST, "order", Some(&order_body("F1", "NL-1001", &[(&sku, 3)]))).await;
    assert_eq!(
        (order["status"].as_str(), order["shipments"][0]["status"].as_str()),
        (Some("Processing"), Some("Processing"))
    );
    assert_eq!(warehouse.stock().await[&sku], before - 3, "promised units are not fulfillable any more");
    let path = format!("order/{}", order["id"]);
    let mut seen: Vec<String> = Vec::new();
    sandbox.set_speed(60.0).unwrap();
    let done = until("the order is gone", async || {
        let (status, order) = warehouse.get(&path).await;
        assert_eq!(status, 200);
        let shipment = &order["shipments"][0];
        let detail = shipment["status_details"][0]["name"].as_str().unwrap_or_default();
        let state = format!("{} {detail}", shipment["status"].as_str().unwrap());
        if let Some(contract) = &contract {
            contract.assert_answer("get", "/2026-01/order/{orderId}", 200, &order);
        }
        if seen.last() != Some(&state) {
            if detail == "PickInProgress" {
                let away = json!({ "street_address1": "2 Low St", "city": "York" });
                let change = format!("shipment/{}:updateAddress", shipment["id"]);
                assert_eq!(warehouse.call(Method::PUT, &change, Some(&away)).await.0, 400, "too late");
                assert_eq!(warehouse.call(Method::POST, &format!("{path}:cancel"), None).await.0, 422, "too late");
            }
            seen.push(state);
        }
        (shipment["status"] == "Completed").then_some(order)
    })
    .await;
    assert_eq!(
        seen,
        ["Processing AwaitingPick", "Processing PickInProgress", "LabeledCreated Labeled", "Completed InTransit"]
    );
    let tracking = &done["shipments"][0]["tracking"];
    let code = tracking["tracking_number"].as_str().unwrap();
    assert!(tracking["tracking_url"].as_str().unwrap().ends_with(code));
    assert_eq!(done["status"], "Fulfilled");
    let shelves = warehouse.get(&format!("inventory-level?SearchBy={sku}")).await.1;
    assert_eq!(shelves["items"][0]["total_committed_quantity"], 0, "nothing is promised any more");
    assert_eq!(shelves["items"][0]["total_on_hand_quantity"], before - 3, "and the units have left");
    let (_, tracked) = warehouse.get("order?HasTracking=true&IsTrackingUploaded=false").await;
    assert_eq!(tracked.as_array().unwrap().len(), 1);
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_stock_is_an_exception_until_it_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    let warehouse = &warehouses(&sandbox.manifest())[0];
    let (status, order) =
        warehouse.call(Method::POST, "order", Some(&order_body("F1", "NL-1001", &[("NEW-ONE", 2)]))).await;
    assert_eq!((status, order["status"].as_str()), (201, Some("Exception")));
    assert_eq!(order["shipments"][0]["status_details"][0]["name"], "OutOfStock");
    sandbox.count_stock("warehouse-1", "NEW-ONE", 1).await.unwrap();
    assert_eq!(warehouse.get(&format!("order/{}", order["id"])).await.1["status"], "Exception", "one is not enough");
    sandbox.count_stock("warehouse-1", "NEW-ONE", 2).await.unwrap();
    until("it ships", async || {
        let (_, order) = warehouse.get(&format!("order/{}", order["id"])).await;
        (order["status"] == "Fulfilled").then_some(())
    })
    .await;
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_used_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    let warehouse = &warehouses(&sandbox.manifest())[0];
    let complaint = async |change: fn(&mut Value)| {
        let mut body = order_body("F1", "NL-1001", &[("MUG-SND", 1)]);
        change(&mut body);
        let (status, answer) = warehouse.call(Method::POST, "order", Some(&body)).await;
        assert_eq!(status, 422, "{answer}");
        answer.as_object().unwrap().keys().next().unwrap().clone()
    };
    assert_eq!(complaint(|body| body["reference_id"] = Value::Null).await, "reference_id");
    assert_eq!(complaint(|body| body["products"] = json!([])).await, "products");
    assert_eq!(complaint(|body| body["products"][0]["name"] = Value::Null).await, "products[0].name");
    assert_eq!(complaint(|body| body["products"][0]["quantity"] = json!(0)).await, "products[0].quantity");
    assert_eq!(complaint(|body| body["type"] = json!("D2C")).await, "type");
    assert_eq!(complaint(|body| body["recipient"]["address"]["city"] = json!("")).await, "recipient.address.city");
    let foreign = Warehouse { channel: 1, ..warehouse.clone() };
    let body = order_body("F1", "NL-1001", &[("MUG-SND", 1)]);
    assert_eq!(foreign.call(Method::POST, "order", Some(&body)).await.0, 403);
    let stranger = Warehouse { token: "wrong".into(), ..warehouse.clone() };
    assert_eq!(stranger.get("channel").await.0, 401);
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_page_oldest_or_newest_first_and_filter_by_update() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(SandboxOptions { speed: 0.0, ..options(&folder) }).await.unwrap();
    let warehouse = &warehouses(&sandbox.manifest())[0];
    for number in 0..7 {
        let body = order_body(&format!("F{number}"), "NL-1001", &[("MUG-SND", 1)]);
        assert_eq!(warehouse.call(Method::POST, "order", Some(&body)).await.0, 201);
    }
    let references = async |query: &str| {
        let (status, list) = warehouse.get(&format!("order?{query}")).await;
        assert_eq!(status, 200, "{list}");
        list.as_array()
            .unwrap()
            .iter()
            .map(|order| order["reference_id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(references("SortOrder=Oldest&Limit=3&Page=3").await, ["F6"]);
    assert_eq!(references("Limit=2").await, ["F6", "F5"], "newest first unless told otherwise");
    let (_, list) = warehouse.get("order?SortOrder=Oldest").await;
    let stamp = list[4]["shipments"][0]["last_update_at"].as_str().unwrap().replace('+', "%2B");
    assert_eq!(references(&format!("SortOrder=Oldest&LastUpdateStartDate={stamp}")).await, ["F5", "F6"]);
    let (_, cancelled) = warehouse.call(Method::POST, &format!("order/{}:cancel", list[0]["id"]), None).await;
    assert_eq!(cancelled["status"], "Success");
    assert_eq!(references(&format!("SortOrder=Oldest&LastUpdateStartDate={stamp}")).await, ["F0", "F5", "F6"]);
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_beyond_the_limit_are_429_until_the_window_has_slid() {
    let folder = tempfile::tempdir().unwrap();
    let strict = SandboxOptions { speed: 0.0, calls_per_minute: 3, ..options(&folder) };
    let sandbox = Sandbox::start(strict).await.unwrap();
    let warehouse = &warehouses(&sandbox.manifest())[0];
    let mut left = Vec::new();
    let refused = loop {
        let answer = warehouse.send(Method::GET, "channel", None).await.unwrap();
        left.push(answer.headers()["x-remaining-calls"].to_str().unwrap().to_owned());
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            break answer;
        }
    };
    assert_eq!(left, ["2", "1", "0", "0"]);
    let wait: u64 = refused.headers()["x-retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    sandbox.set_speed(1e6).unwrap();
    until("the window has slid", async || (warehouse.get("channel").await.0 == 200).then_some(())).await;
    sandbox.shutdown().await;
}
