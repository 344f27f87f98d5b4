//! Our requests and the answers we test with, against ShipBob's own OpenAPI document.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use switchyard_core::address::Address;
use switchyard_core::money::Money;

use super::super::rehearsal::{Account, elsewhere, notice, request};
use super::super::{reading, returns, transform};
use super::stage;
use crate::contract::{Command, Stream};
use crate::contracts;
use crate::harness::{SECRET, context};
use crate::http::Request;

fn document() -> Option<Value> {
    let text = contracts::text("shipbob/shipbob-openapi-2026-01.json.gz")?;
    Some(serde_json::from_str(&text).unwrap())
}

/// What `value` violates in the schema called `name`.
fn violations(document: &Value, name: &str, value: &Value) -> Vec<String> {
    let schema = json!({ "$ref": format!("#/components/schemas/{name}"), "components": document["components"] });
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn assert_fits(document: &Value, name: &str, value: &Value) {
    assert_eq!(violations(document, name, value), Vec::<String>::new(), "{name}: {value}");
}

#[test]
fn fixtures_are_answers_of_the_documented_kind() {
    let Some(document) = document() else { return };
    for (name, text) in [
        ("Channels.ChannelsV2ViewModel", include_str!("../fixtures/channels.json")),
        ("Receiving.FulfillmentCenterViewModelArray", include_str!("../fixtures/fulfillment_centers.json")),
        ("Orders.OrderViewModel", include_str!("../fixtures/order_processing.json")),
        ("Orders.OrderViewModel", include_str!("../fixtures/order_fulfilled.json")),
        ("Orders.OrderViewModel", include_str!("../fixtures/order_on_hold.json")),
        ("Inventory.InventoryQuantityFcResponsePagedResponse", include_str!("../fixtures/inventory_locations.json")),
        ("Orders.Post.Api.Order.Unprocessable.Entity.Object", include_str!("../fixtures/order_duplicate.json")),
        ("Orders.CanceledOrderViewModel", include_str!("../fixtures/cancel_failure.json")),
        ("Returns.PublicReturnDto", include_str!("../fixtures/return_completed.json")),
    ] {
        assert_fits(&document, name, &serde_json::from_str(text).unwrap());
    }
    let mut wrong: Value = serde_json::from_str(include_str!("../fixtures/order_processing.json")).unwrap();
    wrong["shipments"][0]["status"] = json!("Shipped");
    assert_ne!(violations(&document, "Orders.OrderViewModel", &wrong), Vec::<String>::new());
}

#[test]
fn request_bodies_fit_whatever_the_order_lacks() {
    let Some(document) = document() else { return };
    let full = request("SY-1-1");
    let mut bare = request("SY-1-2");
    bare.ship_to = Address { country: "GB".to_owned(), ..Address::default() };
    bare.email = String::new();
    bare.shipping_option = "  ".to_owned();
    bare.lines[0].title = String::new();
    bare.lines[0].unit_price = Money::new(0, bare.lines[0].unit_price.currency);
    let mut precise = request("SY-1-3");
    precise.lines[0].unit_price = Money::new(12_345_678_901_234, precise.lines[0].unit_price.currency);
    for request in [&full, &bare, &precise] {
        let body = serde_json::to_value(transform::create_order(request).unwrap()).unwrap();
        assert_fits(&document, "Orders.CreateOrderModel", &body);
        let body = serde_json::to_value(transform::update_address(&request.ship_to, &request.email)).unwrap();
        assert_fits(&document, "Orders.UpdateAddressRequest", &body);
    }
    let mut nameless = serde_json::to_value(transform::create_order(&full).unwrap()).unwrap();
    nameless["products"][0].as_object_mut().unwrap().remove("name");
    assert_ne!(violations(&document, "Orders.CreateOrderModel", &nameless), Vec::<String>::new(), "`name` is required");
}

#[tokio::test]
async fn every_request_is_one_of_the_documented_operations() {
    let Some(document) = document() else { return };
    let account = Arc::new(Account::open(3));
    let (_stage, connector) = stage(&account).await;
    let context = context();
    connector.check(&context).await.unwrap();
    for stream in [Stream::Shipments, Stream::Stock, Stream::Returns] {
        connector.pull(&context, stream, None).await.unwrap();
    }
    let (reference, remote_id) = ("SY-1001-1".to_owned(), "700001".to_owned());
    for command in [
        Command::HandOver(request("SY-1-1")),
        Command::ChangeAddress {
            reference: reference.clone(),
            remote_id: remote_id.clone(),
            ship_to: elsewhere(),
            email: String::new(),
        },
        Command::CancelFulfillment { reference, remote_id },
        Command::AnnounceReturn(notice("SR-1-1")),
        Command::WithdrawReturn { reference: "SR-1001-1".to_owned(), remote_id: "800001".to_owned() },
    ] {
        connector.push(&context, &command, "key").await.unwrap();
        connector.find(&context, &command).await.unwrap();
    }
    let log = account.log();
    assert!(log.len() >= 10, "{log:?}");
    for (asked, body) in log {
        let (operation, query) = operation(&document, &asked);
        for name in query {
            let parameters = operation["parameters"].as_array().unwrap();
            // The address of a next page is ShipBob's own text; its cursor is not among the documented parameters.
            let known = parameters.iter().any(|parameter| parameter["name"] == name && parameter["in"] == "query");
            assert!(known || name == "Cursor", "{asked}: `{name}` is not documented");
        }
        let schema = operation.pointer("/requestBody/content/application~1json/schema/$ref").and_then(Value::as_str);
        match schema {
            Some(schema) => assert_fits(&document, schema.rsplit('/').next().unwrap(), &body),
            None => assert_eq!(body, Value::Null, "{asked} takes no body"),
        }
    }
}

/// The documented operation behind `GET order/7?Page=1`, and the names in its query.
fn operation<'a>(document: &'a Value, asked: &str) -> (&'a Value, Vec<String>) {
    let (method, rest) = asked.split_once(' ').unwrap();
    let (path, query) = rest.split_once('?').unwrap();
    let names = url::form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned()).collect();
    let matches = |template: &str| {
        let mut rest = format!("/2026-01/{path}");
        for part in template.split('{').map(|part| part.split_once('}').map_or(part, |(_, fixed)| fixed)) {
            let Some(after) = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(part) else {
                return rest == part;
            };
            rest = after.to_owned();
        }
        rest.is_empty() || rest.bytes().all(|b| b.is_ascii_digit())
    };
    let paths = document["paths"].as_object().unwrap();
    let template = paths.keys().find(|template| *template == &format!("/2026-01/{path}"));
    let template = template.or_else(|| paths.keys().find(|template| template.contains('{') && matches(template)));
    let template = template.unwrap_or_else(|| panic!("{asked} is not documented"));
    let operation = &paths[template][method.to_lowercase()];
    assert!(operation.is_object(), "{asked}: {template} has no such method");
    (operation, names)
}

#[tokio::test]
async fn the_rehearsal_answers_as_documented() {
    let Some(document) = document() else { return };
    let account = Arc::new(Account::open(3));
    let (stage, _connector) = stage(&account).await;
    let create = serde_json::to_value(transform::create_order(&request("SY-1-1")).unwrap()).unwrap();
    let update = serde_json::to_value(transform::update_address(&elsewhere(), "")).unwrap();
    let back = serde_json::to_value(returns::create_return(&notice("SR-1-1"), Vec::new()).unwrap()).unwrap();
    for (method, path, body, status, schema) in [
        (Method::GET, "channel", None, 200, "Channels.ChannelsV2ViewModel"),
        (Method::GET, "fulfillment-center", None, 200, "Receiving.FulfillmentCenterViewModelArray"),
        (Method::POST, "order", Some(&create), 201, "Orders.OrderViewModel"),
        (Method::POST, "order", Some(&create), 422, "Orders.Post.Api.Order.Unprocessable.Entity.Object"),
        (Method::GET, "order?Page=1&Limit=10", None, 200, "Orders.OrderViewModelArray"),
        (Method::GET, "order/700001", None, 200, "Orders.OrderViewModel"),
        (Method::PUT, "shipment/900001:updateAddress", Some(&update), 200, "Orders.ShipmentApiResponse"),
        (Method::POST, "order/700001:cancel", None, 200, "Orders.CanceledOrderViewModel"),
        (
            Method::POST,
            "order/700001:cancel",
            None,
            422,
            "Orders.Post.Api.Order.OrderId.Cancel.Unprocessable.Entity.Object",
        ),
        (Method::GET, "inventory-level?SearchBy=SKU-1", None, 200, "Inventory.InventoryQuantityResponsePagedResponse"),
        (Method::POST, "return", Some(&back), 201, "Returns.PublicReturnV1Dto"),
        (Method::POST, "return", Some(&back), 422, "Returns.ApiError"),
        (Method::GET, "return?Limit=1", None, 200, "Returns.PublicReturnDtoPagedUrlResultDto"),
        (Method::GET, "return/800001", None, 200, "Returns.PublicReturnDto"),
        (Method::POST, "return/800001:cancel", None, 200, "Returns_cancelReturnOrder_Response_200"),
        (
            Method::GET,
            "inventory-level/locations?PageSize=2",
            None,
            200,
            "Inventory.InventoryQuantityFcResponsePagedResponse",
        ),
    ] {
        let url = url::Url::parse(&format!("{}/2026-01/{path}", stage.base())).unwrap();
        let headers = vec![("authorization", format!("Bearer {SECRET}")), ("shipbob_channel_id", "433611".to_owned())];
        let answer = context().http.send(Request { method, url, headers, body }).await.unwrap();
        assert_eq!(answer.status, status, "{path}");
        assert_fits(&document, schema, &answer.json().unwrap());
    }
}

#[test]
fn only_the_query_of_a_link_is_followed() {
    assert_eq!(
        reading::query_of("https://elsewhere.example.com/x?Cursor=abc&PageSize=2#top"),
        Some("Cursor=abc&PageSize=2")
    );
    assert_eq!(reading::query_of("/2026-01/channel?Cursor=abc"), Some("Cursor=abc"));
    assert_eq!(reading::query_of("/2026-01/channel"), None);
    assert_eq!(reading::query_of("/2026-01/channel?"), None);
}
