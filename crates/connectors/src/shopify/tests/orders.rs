//! Pages of orders: what is asked, what is handed on, and where reading goes on.

use std::sync::Arc;

use serde_json::Value;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::rehearsal::{REHEARSAL, Shop};
use super::stage;
use crate::contract::{Connector, Cursor, Page, Stream};
use crate::harness::context;

async fn pull(connector: &dyn Connector, cursor: Option<&Cursor>) -> Page {
    connector.pull(&context(), Stream::Orders, cursor).await.unwrap()
}

fn searches(shop: &Shop) -> Vec<String> {
    let log = shop.log().into_iter().filter(|(operation, _)| operation == "Orders");
    log.map(|(_, variables)| variables["query"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_first_reading_goes_back_as_far_as_configured_and_the_next_one_overlaps() {
    let shop = Arc::new(Shop::open(2));
    let (_stage, connector) = stage(&shop).await;
    let first = pull(&*connector, None).await;
    assert!(!first.more);
    pull(&*connector, Some(&first.cursor)).await;
    // 60 days and a sweep before the clock of the test; then 5 seconds before the newest order (10:01).
    assert_eq!(searches(&shop), ["updated_at:>='2026-09-23T09:27:00Z'", "updated_at:>='2026-11-21T10:00:55Z'"]);
}

#[tokio::test]
async fn an_idle_shop_does_not_move_the_mark() {
    let shop = Arc::new(Shop::open(0));
    let (_stage, connector) = stage(&shop).await;
    let first = pull(&*connector, None).await;
    let second = pull(&*connector, Some(&first.cursor)).await;
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_page_walk_keeps_asking_from_the_same_instant() {
    let shop = Arc::new(Shop::open(25));
    let (_stage, connector) = stage(&shop).await;
    let first = pull(&*connector, None).await;
    assert!(first.more);
    pull(&*connector, Some(&first.cursor)).await;
    let searches = searches(&shop);
    assert_eq!(searches[0], searches[1], "a page cursor is bound to its query");
}

#[tokio::test]
async fn an_order_with_1114_lines_comes_whole() {
    let shop = Arc::new(Shop::open(0));
    shop.place(5001, 1114, 0);
    let (stage, connector) = stage(&shop).await;
    let page = pull(&*connector, None).await;
    let order = connector.parse_order(&page.items[0].raw).unwrap();
    assert_eq!(order.lines.len(), 1114);
    let mut ids: Vec<_> = order.lines.iter().map(|line| line.shop_line_id.clone()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1114, "no line twice");
    assert_eq!(stage.requests(), 7, "one page and six more of lines");
}

#[tokio::test]
async fn an_order_that_changes_while_it_is_read_comes_later_and_unmixed() {
    let shop = Arc::new(Shop::open(0));
    shop.place(5001, 45, 0);
    shop.place(5002, 3, 1);
    let server = MockServer::start().await;
    let behind = Arc::clone(&shop);
    Mock::given(wiremock::matchers::any())
        .respond_with(move |request: &wiremock::Request| {
            let body: Value = request.body_json().unwrap();
            let operation = body["operationName"].as_str().unwrap();
            if operation == "OrderLines" && behind.log().len() == 1 {
                behind.touch(5001, "2026-11-21T10:05:00Z");
            }
            ResponseTemplate::new(200)
                .set_body_json(serde_json::json!({ "data": behind.data(operation, &body["variables"]) }))
        })
        .mount(&server)
        .await;
    let connector = REHEARSAL.connector(&server.uri());
    let first = pull(&*connector, None).await;
    let ids: Vec<_> = first.items.iter().map(|item| item.external_id.as_str()).collect();
    assert_eq!(ids, ["gid://shopify/Order/5002"], "the changed order is left out");
    let second = pull(&*connector, Some(&first.cursor)).await;
    let changed = second.items.iter().find(|item| item.external_id == "gid://shopify/Order/5001").unwrap();
    assert_eq!(connector.parse_order(&changed.raw).unwrap().lines.len(), 45);
}

#[tokio::test]
async fn two_changes_within_one_second_are_two_versions() {
    let shop = Arc::new(Shop::open(1));
    let (_stage, connector) = stage(&shop).await;
    let before = pull(&*connector, None).await;
    shop.touch(5001, "2026-11-21T10:00:30Z");
    let after = pull(&*connector, Some(&before.cursor)).await;
    assert_ne!(before.items[0].version, after.items[0].version);
    assert!(after.items[0].version.starts_with("2026-11-21T10:00:30Z/"), "{}", after.items[0].version);
}

#[tokio::test]
async fn a_page_that_costs_too_much_is_asked_in_smaller_parts() {
    let shop = Arc::new(Shop::open(25));
    let server = MockServer::start().await;
    let behind = Arc::clone(&shop);
    Mock::given(wiremock::matchers::any())
        .respond_with(move |request: &wiremock::Request| {
            let body: Value = request.body_json().unwrap();
            if body["variables"]["first"].as_u64() > Some(3) && body["operationName"] == "Orders" {
                let error = serde_json::json!({ "message": "too much", "extensions": { "code": "MAX_COST_EXCEEDED", "cost": 1200, "maxCost": 1000 } });
                return ResponseTemplate::new(200).set_body_json(serde_json::json!({ "errors": [error] }));
            }
            let data = behind.data(body["operationName"].as_str().unwrap(), &body["variables"]);
            ResponseTemplate::new(200).set_body_json(serde_json::json!({ "data": data }))
        })
        .mount(&server)
        .await;
    let connector = REHEARSAL.connector(&server.uri());
    let page = pull(&*connector, None).await;
    assert_eq!(page.items.len(), 2, "10, 5, then 2");
    assert!(page.more);
}

#[tokio::test]
async fn a_walk_whose_page_cursor_is_refused_begins_again_where_it_stood() {
    let shop = Arc::new(Shop::open(25));
    let server = MockServer::start().await;
    let behind = Arc::clone(&shop);
    Mock::given(wiremock::matchers::any())
        .respond_with(move |request: &wiremock::Request| {
            let body: Value = request.body_json().unwrap();
            if body["operationName"] == "Orders" && !body["variables"]["after"].is_null() {
                let error =
                    serde_json::json!({ "message": "Invalid cursor for current pagination sort.", "path": ["orders"] });
                let body = serde_json::json!({ "data": { "orders": null }, "errors": [error] });
                return ResponseTemplate::new(200).set_body_json(body);
            }
            let data = behind.data(body["operationName"].as_str().unwrap(), &body["variables"]);
            ResponseTemplate::new(200).set_body_json(serde_json::json!({ "data": data }))
        })
        .mount(&server)
        .await;
    let connector = REHEARSAL.connector(&server.uri());
    let first = pull(&*connector, None).await;
    let second = pull(&*connector, Some(&first.cursor)).await;
    // The first page ended with the order of 10:09; the walk goes on a few seconds before it, not at its old beginning.
    assert_eq!(second.items[0].external_id, "gid://shopify/Order/5010");
    assert!(second.more);
}

#[tokio::test]
async fn withheld_customer_data_does_not_stop_an_order() {
    let server = MockServer::start().await;
    let body =
        ResponseTemplate::new(200).set_body_raw(include_str!("../fixtures/orders_withheld.json"), "application/json");
    Mock::given(wiremock::matchers::any()).respond_with(body).mount(&server).await;
    let connector = REHEARSAL.connector(&server.uri());
    let page = pull(&*connector, None).await;
    let order = connector.parse_order(&page.items[0].raw).unwrap();
    assert_eq!(order.customer, switchyard_core::address::Customer::default());
    assert_eq!(order.ship_to, switchyard_core::address::Address::default());
}

#[tokio::test]
async fn a_raw_item_is_what_the_shop_sent_byte_for_byte() {
    let server = MockServer::start().await;
    let text = include_str!("../fixtures/orders_page.json");
    let body = ResponseTemplate::new(200).set_body_raw(text, "application/json");
    Mock::given(wiremock::matchers::any()).respond_with(body).mount(&server).await;
    let connector = REHEARSAL.connector(&server.uri());
    let page = pull(&*connector, None).await;
    let raw = std::str::from_utf8(&page.items[0].raw).unwrap();
    assert!(text.contains(raw), "{raw}");
}
