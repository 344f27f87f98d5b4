//! A ShipBob account in miniature, for the harness and for this connector's own tests.
//!
//! That its answers are ShipBob's is proved against the vendor's OpenAPI document by this connector's tests.

// A rehearsal fails by panicking, as an assertion does.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::missing_panics_doc)]

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use switchyard_core::address::Address;
use switchyard_core::money::Money;
use switchyard_core::quantity::Sku;
use wiremock::{Request, ResponseTemplate};

use crate::contract::{Command, FulfillmentRequest, NoticeLine, RequestLine, ReturnNotice, Stream};
use crate::harness::{Partner, Rehearsal, SECRET};

/// What this connector brings to the harness.
pub const REHEARSAL: Rehearsal = Rehearsal {
    name: "shipbob",
    config: |base| json!({ "channel_id": 433_611, "endpoint": base, "sandbox": false, "lookback_days": 30 }),
    partner: || Arc::new(Account::open(230)),
    commands: || {
        let (reference, remote_id) = ("SY-1001-1".to_owned(), "700001".to_owned());
        vec![
            Command::HandOver(request("SY-9000-1")),
            Command::CancelFulfillment { reference: reference.clone(), remote_id: remote_id.clone() },
            Command::ChangeAddress { reference, remote_id, ship_to: elsewhere(), email: "ada@example.com".to_owned() },
            Command::AnnounceReturn(notice("SR-9000-1")),
            Command::WithdrawReturn { reference: "SR-1001-1".to_owned(), remote_id: "800001".to_owned() },
        ]
    },
    items: &[(Stream::Shipments, 230), (Stream::Stock, 230), (Stream::Returns, 230)],
};

/// A fulfillment request under `reference`.
#[must_use]
pub fn request(reference: &str) -> FulfillmentRequest {
    let currency = "GBP".parse().expect("a currency");
    let line = |id: &str, sku: &str, quantity, minor| RequestLine {
        reference: id.to_owned(),
        sku: Sku::new(sku),
        title: format!("Article {sku}"),
        quantity,
        unit_price: Money::new(minor, currency),
    };
    FulfillmentRequest {
        reference: reference.to_owned(),
        warehouse_remote_id: "156".to_owned(),
        order_number: "#9000".to_owned(),
        placed_at: "2026-11-22T08:00:00Z".parse().expect("an instant"),
        ship_to: elsewhere(),
        email: "ada@example.com".to_owned(),
        shipping_option: "Express".to_owned(),
        lines: vec![line("lin_1", "MUG-RED", 2, 1250), line("lin_2", "TEA-250", 1, 2045)],
    }
}

/// A notice of goods that come back, under `reference`.
#[must_use]
pub fn notice(reference: &str) -> ReturnNotice {
    let line = |sku: &str, quantity| NoticeLine { sku: Sku::new(sku), quantity };
    ReturnNotice {
        reference: reference.to_owned(),
        warehouse_remote_id: "156".to_owned(),
        shipment_remote_id: Some("900001".to_owned()),
        tracking_code: "JJD0077".to_owned(),
        lines: vec![line("SKU-1", 2), line("SKU-2", 1)],
    }
}

/// An address that no order of a fresh account has.
#[must_use]
pub fn elsewhere() -> Address {
    Address {
        name: "Grace Murray".to_owned(),
        company: "Harbour Ltd".to_owned(),
        line1: "9 Quay".to_owned(),
        line2: String::new(),
        city: "Hull".to_owned(),
        province: String::new(),
        postcode: "HU1 1AA".to_owned(),
        country: "GB".to_owned(),
        phone: "+441482000000".to_owned(),
    }
}

/// An account: orders of one channel, and stock.
#[derive(Debug)]
pub struct Account {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    orders: Vec<Value>,
    stock: Vec<Value>,
    returns: Vec<Value>,
    effects: usize,
    log: Vec<(String, Value)>,
}

impl Account {
    /// An account with `count` orders, all accepted and one a second, and as many articles.
    #[must_use]
    pub fn open(count: u64) -> Self {
        let pattern = fixture(include_str!("fixtures/order_processing.json"));
        let stock = fixture(include_str!("fixtures/inventory_locations.json"));
        let orders = (0..count).map(|index| {
            let mut order = pattern.clone();
            let reference = format!("SY-{}-1", 1001 + index);
            order["id"] = json!(700_001 + index);
            order["reference_id"] = json!(reference);
            order["shipments"][0]["id"] = json!(900_001 + index);
            order["shipments"][0]["order_id"] = json!(700_001 + index);
            order["shipments"][0]["reference_id"] = json!(reference);
            order["shipments"][0]["last_update_at"] = json!(second(index));
            order
        });
        let stock = (0..count).map(|index| {
            let mut item = stock["items"][0].clone();
            item["inventory_id"] = json!(3001 + index);
            item["sku"] = json!(format!("SKU-{index}"));
            item
        });
        let pattern = fixture(include_str!("fixtures/return_completed.json"));
        // Half of them are expected, the others have been worked on to the end.
        let returns = (0..count).map(|index| {
            let mut goods = pattern.clone();
            goods["id"] = json!(800_001 + index);
            goods["reference_id"] = json!(format!("SR-{}-1", 1001 + index));
            goods["completed_date"] = json!(second(index));
            if index < count / 2 {
                goods["status"] = json!("AwaitingArrival");
                goods["completed_date"] = Value::Null;
                goods["inventory"][0]["action_taken"] = json!([]);
            }
            goods
        });
        let state =
            State { returns: returns.collect(), orders: orders.collect(), stock: stock.collect(), ..State::default() };
        Self { state: Mutex::new(state) }
    }

    /// Changes an order over there, by its place, `seconds` after ten on 2026-11-21.
    pub fn change(&self, index: usize, seconds: u64, change: impl FnOnce(&mut Value)) {
        let mut state = self.state();
        let order = &mut state.orders[index];
        change(order);
        order["shipments"][0]["last_update_at"] = json!(second(seconds));
    }

    /// What was asked: method with path and query, and body, in order.
    #[must_use]
    pub fn log(&self) -> Vec<(String, Value)> {
        self.state().log.clone()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Partner for Account {
    fn answer(&self, request: &Request) -> ResponseTemplate {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
        if header("authorization") != Some(&format!("Bearer {SECRET}")) {
            return ResponseTemplate::new(401);
        }
        if request.method != "GET" && header("shipbob_channel_id") != Some("433611") {
            return ResponseTemplate::new(403);
        }
        let body: Value = request.body_json().unwrap_or(Value::Null);
        let path = request.url.path().strip_prefix("/2026-01/").unwrap_or_default();
        let asked = format!("{} {path}?{}", request.method, request.url.query().unwrap_or_default());
        let query: Vec<(String, String)> = request.url.query_pairs().into_owned().collect();
        let query = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let mut state = self.state();
        state.log.push((asked, body.clone()));
        match (request.method.as_str(), path) {
            ("GET", "channel") => ok(&fixture(include_str!("fixtures/channels.json"))),
            ("GET", "fulfillment-center") => ok(&fixture(include_str!("fixtures/fulfillment_centers.json"))),
            ("GET", "order") => ok(&state.search(query)),
            ("GET", "inventory-level/locations") => ok(&state.stock(query)),
            ("GET", "inventory-level") => ok(&state.articles(query)),
            ("GET", "return") => ok(&state.returns(query)),
            ("POST", "return") => state.announce(&body),
            (method, path) if path.starts_with("return/") => state.one_return(method, path),
            ("POST", "order") => state.create(&body),
            ("GET" | "POST" | "PUT", path) => state.one(path, &body),
            _ => ResponseTemplate::new(405),
        }
    }

    fn is_effect(&self, request: &Request) -> bool {
        request.method != "GET"
    }

    fn effects(&self) -> usize {
        self.state().effects
    }
}

impl State {
    fn search<'a>(&self, query: impl Fn(&str) -> Option<&'a str>) -> Value {
        let number = |name: &str, default: usize| query(name).map_or(default, |text| text.parse().expect("a number"));
        let wanted = |order: &&Value| {
            let references = query("ReferenceIds").map(|references| references.split(','));
            references.is_none_or(|mut references| references.any(|reference| order["reference_id"] == reference))
                && order["shipments"][0]["last_update_at"].as_str() >= query("LastUpdateStartDate")
        };
        let (page, limit) = (number("Page", 1), number("Limit", 50));
        json!(self.orders.iter().filter(wanted).skip((page - 1) * limit).take(limit).collect::<Vec<_>>())
    }

    fn stock<'a>(&self, query: impl Fn(&str) -> Option<&'a str>) -> Value {
        let size: usize = query("PageSize").map_or(50, |text| text.parse().expect("a number"));
        let start: usize = query("Cursor").map_or(0, |text| text.parse().expect("a cursor"));
        let items: Vec<_> = self.stock.iter().skip(start).take(size).collect();
        let end = start + items.len();
        let next = (end < self.stock.len())
            .then(|| format!("https://elsewhere.example.com/inventory-level/locations?PageSize={size}&Cursor={end}"));
        json!({ "items": items, "first": null, "last": null, "next": next, "prev": null })
    }

    fn create(&mut self, body: &Value) -> ResponseTemplate {
        if self.orders.iter().any(|order| order["reference_id"] == body["reference_id"]) {
            return ResponseTemplate::new(422).set_body_json(fixture(include_str!("fixtures/order_duplicate.json")));
        }
        let mut order = fixture(include_str!("fixtures/order_processing.json"));
        order["id"] = json!(700_001 + self.orders.len());
        for field in ["reference_id", "order_number", "shipping_method", "recipient", "products", "purchase_date"] {
            order[field] = body[field].clone();
        }
        self.orders.push(order.clone());
        self.effects += 1;
        ResponseTemplate::new(201).set_body_json(order)
    }

    fn articles<'a>(&self, query: impl Fn(&str) -> Option<&'a str>) -> Value {
        let text = query("SearchBy").unwrap_or_default().to_lowercase();
        let found =
            self.stock.iter().filter(|item| item["sku"].as_str().is_some_and(|sku| sku.to_lowercase().contains(&text)));
        let article = |item: &Value| json!({ "inventory_id": item["inventory_id"], "sku": item["sku"], "name": "" });
        let size: usize = query("PageSize").map_or(50, |text| text.parse().expect("a number"));
        let items: Vec<_> = found.take(size).map(article).collect();
        json!({ "items": items, "first": null, "last": null, "next": null, "prev": null })
    }

    fn returns<'a>(&self, query: impl Fn(&str) -> Option<&'a str>) -> Value {
        let wanted = |goods: &&Value| {
            query("ReferenceIds").is_none_or(|all| all.split(',').any(|one| goods["reference_id"] == one))
                && query("Status").is_none_or(|all| all.split(',').any(|one| goods["status"] == one))
                && query("CompletedStartDate").is_none_or(|from| goods["completed_date"].as_str() >= Some(from))
        };
        let size: usize = query("Limit").map_or(50, |text| text.parse().expect("a number"));
        let start: usize = query("Cursor").map_or(0, |text| text.parse().expect("a cursor"));
        let found: Vec<_> = self.returns.iter().filter(wanted).collect();
        let items: Vec<_> = found.iter().skip(start).take(size).collect();
        let end = start + items.len();
        let kept = ["Status", "CompletedStartDate", "Limit"].into_iter();
        let kept: Vec<_> = kept.filter_map(|name| query(name).map(|value| format!("{name}={value}"))).collect();
        let next = (end < found.len())
            .then(|| format!("https://elsewhere.example.com/return?{}&Cursor={end}", kept.join("&")));
        json!({ "items": items, "first": null, "last": null, "next": next, "prev": null })
    }

    fn announce(&mut self, body: &Value) -> ResponseTemplate {
        if self.returns.iter().any(|goods| goods["reference_id"] == body["reference_id"]) {
            let words = "A return with this reference id already exists.";
            return ResponseTemplate::new(422).set_body_json(json!({ "message": words, "errors": [words] }));
        }
        let mut goods = fixture(include_str!("fixtures/return_completed.json"));
        goods["id"] = json!(800_001 + self.returns.len());
        goods["status"] = json!("AwaitingArrival");
        goods["completed_date"] = Value::Null;
        for field in ["reference_id", "tracking_number", "original_shipment_id"] {
            goods[field] = body[field].clone();
        }
        self.returns.push(goods.clone());
        self.effects += 1;
        ResponseTemplate::new(201).set_body_json(goods)
    }

    fn one_return(&mut self, method: &str, path: &str) -> ResponseTemplate {
        let (object, action) = path.split_once(':').unwrap_or((path, ""));
        let id: Option<i64> = object.strip_prefix("return/").and_then(|id| id.parse().ok());
        let Some(goods) = self.returns.iter_mut().find(|goods| goods["id"].as_i64() == id) else {
            return ResponseTemplate::new(404);
        };
        match (method, action) {
            ("GET", "") => ok(goods),
            ("POST", "cancel") if goods["status"] == "AwaitingArrival" => {
                goods["status"] = json!("Cancelled");
                self.effects += 1;
                ok(&json!({}))
            }
            ("POST", "cancel") => ResponseTemplate::new(400).set_body_json(json!({ "title": "Not expected" })),
            _ => ResponseTemplate::new(405),
        }
    }

    fn one(&mut self, path: &str, body: &Value) -> ResponseTemplate {
        let (object, action) = path.split_once(':').unwrap_or((path, ""));
        let (kind, id) = object.split_once('/').unwrap_or_default();
        let id: Option<i64> = id.parse().ok();
        let order = self.orders.iter_mut().find(|order| match kind {
            "order" => order["id"].as_i64() == id,
            _ => order["shipments"][0]["id"].as_i64() == id,
        });
        let Some(order) = order else { return ResponseTemplate::new(404) };
        match (kind, action) {
            ("order", "") => ok(order),
            ("order", "cancel") => {
                if order["status"] == "Cancelled" {
                    let words = json!({ "OrderId": ["The order is not in a cancellable state"] });
                    return ResponseTemplate::new(422).set_body_json(words);
                }
                order["status"] = json!("Cancelled");
                order["shipments"][0]["status"] = json!("Cancelled");
                self.effects += 1;
                let shipment =
                    json!({ "shipment_id": order["shipments"][0]["id"], "action": "Cancel", "is_success": true });
                ok(&json!({
                    "order_id": order["id"],
                    "order": order.clone(),
                    "status": "Success",
                    "canceled_shipment_results": [shipment],
                }))
            }
            ("shipment", "updateAddress") => {
                let recipient = json!({
                    "name": body["recipient_name"],
                    "full_name": body["recipient_name"],
                    "email": body["email"],
                    "phone_number": body["phone_number"],
                    "address": {
                        "address1": body["street_address1"],
                        "address2": body["street_address2"],
                        "company_name": body["company_name"],
                        "city": body["city"],
                        "state": body["state"],
                        "country": body["country_code"],
                        "zip_code": body["zip_code"],
                    },
                });
                let shipment = &mut order["shipments"][0];
                if shipment["recipient"] != recipient {
                    shipment["recipient"] = recipient;
                    self.effects += 1;
                }
                ok(&json!({ "id": shipment["id"], "is_success": true }))
            }
            _ => ResponseTemplate::new(404),
        }
    }
}

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).expect("a fixture is JSON")
}

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// `seconds` after ten on 2026-11-21.
fn second(seconds: u64) -> String {
    format!("2026-11-21T{:02}:{:02}:{:02}Z", 10 + seconds / 3600, seconds / 60 % 60, seconds % 60)
}
