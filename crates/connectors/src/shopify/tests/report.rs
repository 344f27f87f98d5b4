//! Reporting shipments: which units of which fulfillment orders, once and only once.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::allocation;
use super::super::rehearsal::{Shop, report};
use super::super::wire::FulfillmentOrder;
use super::stage;
use crate::contract::{Command, Connector, Done};
use crate::error::{Error, Kind};
use crate::harness::{Fault, context};

async fn push(connector: &dyn Connector, command: &Command) -> Result<Done, Error> {
    connector.push(&context(), command, "key").await
}

fn creations(shop: &Shop) -> Vec<Value> {
    let log = shop.log().into_iter().filter(|(operation, _)| operation == "FulfillmentCreate");
    log.map(|(_, variables)| variables["fulfillment"].clone()).collect()
}

fn fulfillment_order(id: u64, location: u64, lines: &[(u64, u32)]) -> FulfillmentOrder {
    let nodes = lines.iter().map(|(line, units)| {
        json!({
            "id": format!("fo-line-{line}"), "remainingQuantity": units, "lineItem": { "id": line.to_string() },
        })
    });
    let order = json!({
        "id": format!("fo-{id}"),
        "status": "OPEN",
        "supportedActions": [{ "action": "CREATE_FULFILLMENT" }, { "action": "HOLD" }],
        "assignedLocation": { "name": "Warehouse", "location": { "id": location.to_string() } },
        "lineItems": { "nodes": nodes.collect::<Vec<_>>(), "pageInfo": { "hasNextPage": false } },
    });
    serde_json::from_value(order).unwrap()
}

/// Variables of `FulfillmentCreate` as the connector makes them: one parcel, several, with and without addresses.
pub(super) fn sample_calls() -> Vec<Value> {
    let orders = [fulfillment_order(1, 1, &[(1, 2), (2, 5)]), fulfillment_order(2, 2, &[(3, 1)])];
    let left = [("1".to_owned(), 2), ("2".to_owned(), 1), ("3".to_owned(), 1)].into();
    let mut calls = Vec::new();
    for codes in [["T-1"].as_slice(), &["T-1", "T-2"]] {
        let mut parcels = report(5001, &[], codes).parcels;
        calls.extend(allocation::calls(&left, &orders, &parcels).unwrap());
        parcels[0].tracking_url = "not an address".to_owned();
        calls.extend(allocation::calls(&left, &orders, &parcels).unwrap());
    }
    calls
}

#[test]
fn units_are_taken_where_they_remain_and_each_location_gets_one_call() {
    let orders = [
        fulfillment_order(1, 1, &[(1, 2)]),
        fulfillment_order(2, 2, &[(1, 5), (2, 1)]),
        fulfillment_order(3, 1, &[(2, 3)]),
    ];
    let left = [("1".to_owned(), 4), ("2".to_owned(), 3)].into();
    let calls = allocation::calls(&left, &orders, &report(1, &[], &["T"]).parcels).unwrap();
    let shares: Vec<_> = calls.iter().map(|call| &call["fulfillment"]["lineItemsByFulfillmentOrder"]).collect();
    assert_eq!(
        shares,
        [
            &json!([
                { "fulfillmentOrderId": "fo-1", "fulfillmentOrderLineItems": [{ "id": "fo-line-1", "quantity": 2 }] },
                { "fulfillmentOrderId": "fo-3", "fulfillmentOrderLineItems": [{ "id": "fo-line-2", "quantity": 2 }] },
            ]),
            &json!([{ "fulfillmentOrderId": "fo-2", "fulfillmentOrderLineItems": [
                { "id": "fo-line-1", "quantity": 2 }, { "id": "fo-line-2", "quantity": 1 },
            ] }]),
        ]
    );
    for call in &calls {
        assert_eq!(call["fulfillment"]["notifyCustomer"], json!(false), "the shop's own mails are not ours to send");
    }
}

#[test]
fn more_than_512_lines_of_one_fulfillment_order_need_further_calls() {
    let lines: Vec<_> = (1..=1114).map(|line| (line, 1)).collect();
    let left = lines.iter().map(|(line, units)| (line.to_string(), *units)).collect();
    let calls = allocation::calls(&left, &[fulfillment_order(1, 1, &lines)], &report(1, &[], &["T"]).parcels).unwrap();
    let sizes: Vec<_> = calls
        .iter()
        .map(|call| {
            let shares = call["fulfillment"]["lineItemsByFulfillmentOrder"].as_array().unwrap();
            assert_eq!(shares.len(), 1, "no call names a fulfillment order twice");
            shares[0]["fulfillmentOrderLineItems"].as_array().unwrap().len()
        })
        .collect();
    assert_eq!(sizes, [512, 512, 90]);
}

#[test]
fn addresses_of_parcels_are_sent_only_when_every_parcel_has_one() {
    let tracking = |call: &Value| call["fulfillment"]["trackingInfo"].clone();
    let calls = sample_calls();
    let first: Vec<_> = calls.iter().step_by(2).map(tracking).collect();
    assert_eq!(
        first,
        [
            json!({ "company": "Royal Mail", "number": "T-1", "url": "https://track.example.com/T-1" }),
            json!({ "company": "Royal Mail", "number": "T-1" }),
            json!({ "company": "Royal Mail", "numbers": ["T-1", "T-2"],
                "urls": ["https://track.example.com/T-1", "https://track.example.com/T-2"] }),
            json!({ "company": "Royal Mail", "numbers": ["T-1", "T-2"] }),
        ]
    );
}

#[tokio::test]
async fn a_second_shipment_of_the_same_line_is_another_report() {
    let shop = Arc::new(Shop::open(1));
    let (_stage, connector) = stage(&shop).await;
    let first = Command::ReportShipment(report(5001, &[(9001, 1)], &["T-1"]));
    let second = Command::ReportShipment(report(5001, &[(9001, 1)], &["T-2"]));
    let third = Command::ReportShipment(report(5001, &[(9001, 1)], &["T-3"]));
    assert!(!push(&*connector, &first).await.unwrap().already);
    assert!(!push(&*connector, &second).await.unwrap().already);
    let refused = push(&*connector, &third).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Rejected, "only two units were ordered: {refused}");
    assert!(
        refused.detail.contains("gid://shopify/LineItem/9001") && refused.detail.contains("CLOSED")
            || refused.detail.contains("OPEN"),
        "{refused}"
    );
    assert!(push(&*connector, &first).await.unwrap().already);
    assert_eq!(creations(&shop).len(), 2);
}

#[tokio::test]
async fn what_was_reported_from_one_location_is_not_reported_again_when_the_other_failed() {
    let shop = Arc::new(Shop::open(1));
    shop.relocate(5001, 9003, 2);
    let (stage, connector) = stage(&shop).await;
    let command = Command::ReportShipment(report(5001, &[(9001, 2), (9003, 1)], &["T-1"]));
    stage.after_effects(Fault::Status(502));
    assert_eq!(push(&*connector, &command).await.unwrap_err().kind, Kind::Doubtful);
    stage.behave();
    assert_eq!(connector.find(&context(), &command).await.unwrap(), None, "half of it is not all of it");
    let done = push(&*connector, &command).await.unwrap();
    assert!(!done.already);
    assert_eq!(done.remote_id, "gid://shopify/Fulfillment/8001,gid://shopify/Fulfillment/8002");
    assert_eq!(creations(&shop).len(), 2, "one for each location");
    assert!(push(&*connector, &command).await.unwrap().already);
}

#[tokio::test]
async fn a_cancelled_fulfillment_does_not_count_as_reported() {
    let shop = Arc::new(Shop::open(1));
    let (_stage, connector) = stage(&shop).await;
    let command = Command::ReportShipment(report(5001, &[(9001, 2)], &["T-1"]));
    push(&*connector, &command).await.unwrap();
    shop.cancel_fulfillments();
    assert_eq!(connector.find(&context(), &command).await.unwrap(), None);
    assert!(!push(&*connector, &command).await.unwrap().already);
}

#[tokio::test]
async fn a_held_order_is_refused_with_its_state_and_nothing_is_sent() {
    let shop = Arc::new(Shop::open(1));
    shop.hold(5001);
    let (_stage, connector) = stage(&shop).await;
    let error = push(&*connector, &Command::ReportShipment(report(5001, &[(9001, 1)], &["T"]))).await.unwrap_err();
    assert_eq!(error.kind, Kind::Rejected);
    assert!(error.detail.contains("ON_HOLD"), "{error}");
    assert_eq!(creations(&shop), Vec::<Value>::new());
}

#[tokio::test]
async fn an_empty_list_of_fulfillment_orders_points_to_the_scopes() {
    let shop = Arc::new(Shop::open(1));
    shop.hide_fulfillment_orders();
    let (_stage, connector) = stage(&shop).await;
    let error = push(&*connector, &Command::ReportShipment(report(5001, &[(9001, 1)], &["T"]))).await.unwrap_err();
    assert_eq!(error.kind, Kind::Rejected);
    assert!(error.detail.contains("scopes"), "{error}");
}

#[tokio::test]
async fn an_order_that_does_not_exist_and_a_report_without_tracking_are_refused() {
    let shop = Arc::new(Shop::open(1));
    let (stage, connector) = stage(&shop).await;
    let error = push(&*connector, &Command::ReportShipment(report(4000, &[(9001, 1)], &["T"]))).await.unwrap_err();
    assert_eq!(error.kind, Kind::NotFound, "{error}");
    let before = stage.requests();
    for (lines, codes) in [([(9001, 1)].as_slice(), [].as_slice()), (&[(9001, 1)], &["  "]), (&[(9001, 0)], &["T"])] {
        let error = push(&*connector, &Command::ReportShipment(report(5001, lines, codes))).await.unwrap_err();
        assert_eq!(error.kind, Kind::Rejected, "{error}");
    }
    assert_eq!(stage.requests(), before, "nothing is asked for a report that makes no sense");
}

#[tokio::test]
async fn a_report_over_hundreds_of_lines_reads_and_fulfills_them_all() {
    let shop = Arc::new(Shop::open(0));
    shop.place(5001, 700, 0);
    let (_stage, connector) = stage(&shop).await;
    let lines: Vec<_> = (9004..9004 + 697).map(|line| (line, 2)).collect();
    let command = Command::ReportShipment(report(5001, &lines, &["T-1", "T-2"]));
    assert!(!push(&*connector, &command).await.unwrap().already);
    assert_eq!(creations(&shop).len(), 2, "512 lines and the rest");
    assert!(push(&*connector, &command).await.unwrap().already);
}

#[tokio::test]
async fn a_refusal_inside_a_successful_answer_is_a_refusal_in_the_shops_words() {
    let server = wiremock::MockServer::start().await;
    let shop = Arc::new(Shop::open(1));
    let behind = Arc::clone(&shop);
    wiremock::Mock::given(wiremock::matchers::any())
        .respond_with(move |request: &wiremock::Request| {
            let body: Value = request.body_json().unwrap();
            let operation = body["operationName"].as_str().unwrap();
            if operation == "FulfillmentCreate" {
                let refused = include_str!("../fixtures/fulfillment_create_refused.json");
                return wiremock::ResponseTemplate::new(200).set_body_raw(refused, "application/json");
            }
            let data = behind.data(operation, &body["variables"]);
            wiremock::ResponseTemplate::new(200).set_body_json(json!({ "data": data }))
        })
        .mount(&server)
        .await;
    let connector = super::REHEARSAL.connector(&server.uri());
    let error = push(&*connector, &Command::ReportShipment(report(5001, &[(9001, 1)], &["T"]))).await.unwrap_err();
    assert_eq!(error.kind, Kind::Rejected);
    assert!(error.detail.contains("fulfillment: Fulfillment order 7001 has an unfulfillable status"), "{error}");
}
