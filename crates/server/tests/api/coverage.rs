//! Every operation of the document, once signed in and once not.

use axum::http::Method;
use serde_json::{Value, json};
use switchyard_server::caller::Caller;

use crate::app::{Call, TOKEN, TestApp};
use crate::seed;

/// What each operation is called with. An operation that is missing here fails the test.
fn body_of(operation: &str) -> Option<Value> {
    let decision = json!({ "revision": 1, "reason": "" });
    Some(match operation {
        "edit_order_address" => json!({ "revision": 1, "reason": "", "ship_to": {} }),
        "edit_line_quantity" => json!({ "revision": 1, "reason": "", "quantity": 1 }),
        "place_hold" => json!({ "revision": 1, "reason": "other", "note": "" }),
        "lift_hold" | "release_order" | "cancel_order" | "retry_write_back" | "cancel_return" => decision,
        "settle_attention" => json!({ "revision": 1, "reason": "", "choice": "let_it_ship" }),
        "waive_write_back" => json!({ "revision": 1, "reason": "told by hand" }),
        "change_approval" => json!({ "base": 0, "reason": "none yet", "value_limit": null }),
        "edit_order" | "propose_edits" => json!({ "revision": 1, "reason": "", "edits": [{ "kind": "cancel" }] }),
        "preview_edits" => json!({ "base": {}, "edits": [{ "kind": "cancel" }] }),
        "announce_return" => {
            json!({ "order": seed::editable(), "revision": 1, "reason": "", "lines": [], "cause": "customer" })
        }
        "announce_transfer" => json!({
            "to": seed::warehouse(), "lines": [{ "sku": "TEAPOT", "units": 2 }], "reason": "",
        }),
        "advance_transfer" => json!({ "revision": 1, "reason": "", "to": "accepted" }),
        "receive_transfer" => json!({ "revision": 1, "reason": "", "units": 1 }),
        "put_away_transfer" => json!({ "revision": 1, "reason": "", "stocked": 1, "quarantined": 0 }),
        "explain_transfer" => json!({ "revision": 1, "reason": "gone", "difference": "lost", "units": 1 }),
        "receive_return" => json!({ "revision": 1, "reason": "", "sku": "TEAPOT", "units": 1 }),
        "decide_return_stock" => json!({ "revision": 1, "reason": "", "decision": "restock", "condition": "" }),
        "decide_return_customer" => json!({ "revision": 1, "reason": "", "decision": "refund" }),
        "split_return_item" => json!({ "revision": 1, "reason": "", "units": 1 }),
        "set_safety_stock" => json!({ "safety": 1, "reason": "" }),
        "block_stock" | "unblock_stock" => json!({ "units": 1, "why": "damaged", "reason": "" }),
        "earmark_stock" => json!({ "shop": seed::shop(), "units": 1, "reason": "" }),
        "correct_stock" => json!({ "on_hand": 5, "reason": "counted" }),
        "change_article" => {
            json!({ "base": 0, "reason": "a set", "components": [{ "sku": "MUG-BLUE", "units": 2 }] })
        }
        "change_routing_rules" | "change_hold_rules" => json!({ "base": 0, "reason": "none yet", "rules": [] }),
        "try_routing_rules" | "try_hold_rules" => json!({ "rules": [] }),
        "change_calendar" => json!({ "base": 0, "reason": "opened", "calendar": {
            "zone": "Europe/Berlin", "week": {}, "cut_offs": { "default": { "at": "14:00" } }
        } }),
        "change_edit_windows" => json!({ "base": 0, "reason": "none yet", "choices": [] }),
        "add_connection" => json!({ "side": "shop", "connector": "none", "name": "x", "config": {}, "secret": "x" }),
        "sign_in" => json!({ "ticket": "wrong" }),
        "get_health"
        | "get_session"
        | "sign_out"
        | "stream_events"
        | "list_orders"
        | "get_order"
        | "get_order_raw"
        | "get_order_timeline"
        | "get_flow"
        | "list_connections"
        | "list_connectors"
        | "list_services"
        | "check_connection"
        | "pause_connection"
        | "resume_connection"
        | "list_attention"
        | "list_returns"
        | "get_return"
        | "get_metrics"
        | "list_transfers"
        | "get_transfer"
        | "list_articles"
        | "get_article"
        | "list_stock"
        | "get_stock"
        | "get_routing_rules"
        | "get_hold_rules"
        | "list_calendars"
        | "get_edit_windows"
        | "get_approval"
        | "get_routing_version"
        | "get_hold_version" => return None,
        unknown => panic!("coverage.rs does not know operation {unknown}"),
    })
}

/// Whether it changes something that repeating could change twice. Questions too large for an address are asked by POST.
fn changes(method: &Method, operation: &str) -> bool {
    let asks = ["sign_in", "preview_edits", "try_routing_rules", "try_hold_rules"];
    *method != Method::GET && !asks.contains(&operation)
}

fn operations() -> Vec<(Method, String, String)> {
    let document = serde_json::to_value(switchyard_server::openapi()).unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            all.push((method, path.clone(), operation["operationId"].as_str().unwrap().to_owned()));
        }
    }
    all
}

fn call(method: &Method, path: &str, operation: &str) -> Call {
    let path = path
        .replace("/connections/{id}", &format!("/connections/{}", seed::shop()))
        .replace("{line}", "0")
        .replace("/transfers/{id}", "/transfers/trf_0198c0de5b1d7cc2b7f1c0ffee123456")
        .replace("/returns/{id}", &format!("/returns/{}", seed::goods_back()))
        .replace("{item}", "0")
        .replace("{id}", seed::editable().as_str())
        .replace("{line}", seed::line(&seed::editable(), 1).as_str())
        .replace("{matter}", "0")
        .replace("{version}", "1")
        .replace("{write_back}", "wbk_0198c0de5b1d7cc2b7f1c0ffee123456")
        .replace("{warehouse}", seed::warehouse().as_str())
        .replace("{sku}", "TEAPOT")
        .replace("{hold}", seed::hold().as_str());
    let mut call = Call::at(method.clone(), &path);
    if *method != Method::GET {
        call = call.header("idempotency-key", operation);
    }
    match body_of(operation) {
        Some(body) => call.json(&body),
        None => call,
    }
}

#[tokio::test]
async fn signed_in_every_operation_reaches_its_handler() {
    let app = TestApp::seeded().await;
    for (method, path, operation) in operations() {
        if operation == "stream_events" {
            continue; // It does not end; events.rs reads it.
        }
        let call = call(&method, &path, &operation).header("authorization", &format!("Bearer {TOKEN}"));
        let answer = app.daemon(call.request()).await;
        let reached = match operation.as_str() {
            "sign_in" => answer.status == 401,
            _ => !matches!(answer.status.as_u16(), 401 | 403 | 405 | 500..),
        };
        assert!(reached, "{method} {path} ({operation}): {} {}", answer.status, answer.text);
        if !answer.status.is_success() {
            answer.problem();
        }
    }
}

#[tokio::test]
async fn not_signed_in_only_health_and_sign_in_are_reached() {
    let app = TestApp::seeded().await;
    for (method, path, operation) in operations() {
        let answer = app.daemon(call(&method, &path, &operation).request()).await;
        if operation == "get_health" {
            assert_eq!(answer.status, 200);
            continue;
        }
        assert_eq!(answer.status, 401, "{method} {path} ({operation})");
        assert_eq!(answer.problem()["code"], "SY-0004");
        // The same without the daemon's layer: the router itself asks.
        if !["sign_in", "sign_out", "stream_events", "get_metrics"].contains(&operation.as_str()) {
            let answer = app.send(Caller::Anonymous, call(&method, &path, &operation)).await;
            assert_eq!(answer.status, 401, "{method} {path} ({operation}) in process");
        }
    }
}

#[tokio::test]
async fn every_mutation_asks_for_an_idempotency_key() {
    let app = TestApp::seeded().await;
    for (method, path, operation) in operations() {
        if !changes(&method, &operation) {
            continue;
        }
        let mut call = call(&method, &path, &operation).header("authorization", &format!("Bearer {TOKEN}"));
        call.headers.retain(|(name, _)| name != "idempotency-key");
        let answer = app.daemon(call.request()).await;
        assert_eq!(answer.problem()["code"], "SY-0009", "{method} {path} ({operation})");
    }
}

#[test]
fn the_document_keeps_its_promises() {
    let document = serde_json::to_value(switchyard_server::openapi()).unwrap();
    assert!(!document.to_string().contains("discriminator"), "openapi-typescript makes such unions `never`");
    for (method, path, operation) in operations() {
        let entry = &document["paths"][&path][method.as_str().to_lowercase()];
        assert!(entry["summary"].is_string(), "{operation} says what it does");
        let parameters = entry["parameters"].as_array().cloned().unwrap_or_default();
        let keyed = parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key");
        assert_eq!(keyed, changes(&method, &operation), "{operation}: Idempotency-Key");
        if operation != "get_health" {
            assert!(entry["responses"]["default"].is_object(), "{operation} says what a problem looks like");
        }
    }
}
