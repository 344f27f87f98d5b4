//! A Shopify shop in miniature, for the harness and for this connector's own tests.
//!
//! It knows the operations by name, not the GraphQL language: that the documents are right is proved against Shopify's
//! own schema. The sandbox has a shop that reads GraphQL.

// A rehearsal fails by panicking, as an assertion does.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::missing_panics_doc)]

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use switchyard_core::shipment::Parcel;
use wiremock::{Request, ResponseTemplate};

use crate::contract::{Command, ReportLine, ShipmentReport, Stream};
use crate::harness::{Partner, Rehearsal, SECRET};

/// What this connector brings to the harness.
pub const REHEARSAL: Rehearsal = Rehearsal {
    name: "shopify",
    config: |base| json!({ "shop_domain": "northwind-outfitters.myshopify.com", "endpoint": base, "lookback_days": 60 }),
    partner: || Arc::new(Shop::open(25)),
    commands: || vec![Command::ReportShipment(report(5001, &[(9001, 2)], &["TRACK-1", "TRACK-2"]))],
    items: &[(Stream::Orders, 25)],
};

/// A report of units by line number.
#[must_use]
pub fn report(order: u64, lines: &[(u64, u32)], codes: &[&str]) -> ShipmentReport {
    let lines = lines.iter().map(|(line, quantity)| ReportLine {
        shop_line_id: format!("gid://shopify/LineItem/{line}"),
        quantity: *quantity,
    });
    let parcels = codes.iter().map(|code| Parcel {
        carrier: "Royal Mail".to_owned(),
        tracking_code: (*code).to_owned(),
        tracking_url: format!("https://track.example.com/{code}"),
    });
    ShipmentReport {
        shop_order_id: format!("gid://shopify/Order/{order}"),
        lines: lines.collect(),
        parcels: parcels.collect(),
        shipped_at: "2026-11-22T08:00:00Z".parse().expect("an instant"),
    }
}

/// A shop: orders, where their lines can be fulfilled, and what has been fulfilled.
#[derive(Debug)]
pub struct Shop {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    orders: Vec<Value>,
    fulfillment_orders: Vec<FulfillmentOrder>,
    fulfillments: Vec<Fulfillment>,
    log: Vec<(String, Value)>,
}

#[derive(Debug)]
struct FulfillmentOrder {
    id: String,
    order: String,
    location: String,
    open: bool,
    /// Line id over there, the order's line id, units remaining.
    lines: Vec<(String, String, u64)>,
}

#[derive(Debug)]
struct Fulfillment {
    id: String,
    order: String,
    status: &'static str,
    numbers: Vec<String>,
    lines: Vec<(String, u64)>,
}

impl Shop {
    /// A shop with `count` orders, one a minute; every seventh has more lines than come with it.
    #[must_use]
    pub fn open(count: u64) -> Self {
        let shop = Self { state: Mutex::default() };
        for index in 0..count {
            shop.place(5001 + index, if index % 7 == 3 { 45 } else { 3 }, index);
        }
        shop
    }

    /// Adds an order with `lines` lines, changed `minute` minutes after ten on 2026-11-21.
    pub fn place(&self, number: u64, lines: u64, minute: u64) {
        let page: Value = serde_json::from_str(include_str!("fixtures/orders_page.json")).expect("a fixture is JSON");
        let mut order = page["data"]["orders"]["nodes"][0].clone();
        let id = format!("gid://shopify/Order/{number}");
        order["id"] = json!(id);
        order["name"] = json!(format!("#{}", number - 4000));
        order["updatedAt"] = json!(format!("2026-11-21T{:02}:{:02}:00Z", 10 + minute / 60, minute % 60));
        let nodes = order["lineItems"]["nodes"].as_array_mut().expect("lines");
        let pattern = nodes[0].clone();
        let first = 9001 + (number - 5001) * 10_000;
        for (line, node) in (first..).zip(nodes.iter_mut()) {
            node["id"] = json!(format!("gid://shopify/LineItem/{line}"));
        }
        for line in (first..).skip(3).take(usize::try_from(lines.saturating_sub(3)).expect("few lines")) {
            let mut node = pattern.clone();
            node["id"] = json!(format!("gid://shopify/LineItem/{line}"));
            node["sku"] = json!(format!("SKU-{line}"));
            nodes.push(node);
        }
        let goods = nodes.iter().filter(|node| node["requiresShipping"] == true);
        let open: Vec<_> = goods
            .map(|node| {
                let id = node["id"].as_str().expect("an id");
                let units = node["currentQuantity"].as_u64().expect("units");
                (id.replace("LineItem", "FulfillmentOrderLineItem"), id.to_owned(), units)
            })
            .collect();
        let mut state = self.state();
        state.fulfillment_orders.push(FulfillmentOrder {
            id: format!("gid://shopify/FulfillmentOrder/{number}"),
            order: id,
            location: "gid://shopify/Location/1".to_owned(),
            open: true,
            lines: open,
        });
        state.orders.push(order);
    }

    /// Moves the units of a line to a fulfillment order of another location.
    pub fn relocate(&self, order: u64, line: u64, location: u64) {
        let order = format!("gid://shopify/Order/{order}");
        let line = format!("gid://shopify/LineItem/{line}");
        let mut state = self.state();
        let from = state.fulfillment_orders.iter_mut().find(|open| open.order == order).expect("the order");
        let index = from.lines.iter().position(|(_, id, _)| *id == line).expect("the line");
        let mut moved = from.lines.remove(index);
        moved.0 = format!("{}{location}", moved.0);
        let id = format!("{}{location}", from.id);
        let location = format!("gid://shopify/Location/{location}");
        state.fulfillment_orders.push(FulfillmentOrder { id, order, location, open: true, lines: vec![moved] });
    }

    /// Puts every fulfillment order of an order on hold.
    pub fn hold(&self, order: u64) {
        let order = format!("gid://shopify/Order/{order}");
        for held in self.state().fulfillment_orders.iter_mut().filter(|open| open.order == order) {
            held.open = false;
        }
    }

    /// Hides all fulfillment orders, as Shopify does when scopes are missing.
    pub fn hide_fulfillment_orders(&self) {
        self.state().fulfillment_orders.clear();
    }

    /// Cancels every fulfillment, and makes its units fulfillable again.
    pub fn cancel_fulfillments(&self) {
        let mut state = self.state();
        let State { fulfillments, fulfillment_orders, .. } = &mut *state;
        for fulfillment in fulfillments {
            fulfillment.status = "CANCELLED";
            for (line, units) in &fulfillment.lines {
                for open in fulfillment_orders.iter_mut().flat_map(|open| &mut open.lines) {
                    open.2 += if open.1 == *line { *units } else { 0 };
                }
            }
        }
    }

    /// Changes an order in the shop: its update time and nothing else.
    pub fn touch(&self, order: u64, updated_at: &str) {
        let id = format!("gid://shopify/Order/{order}");
        let mut state = self.state();
        let order = state.orders.iter_mut().find(|order| order["id"] == json!(id)).expect("the order");
        order["updatedAt"] = json!(updated_at);
    }

    /// What was asked: operation names and variables, in order.
    #[must_use]
    pub fn log(&self) -> Vec<(String, Value)> {
        self.state().log.clone()
    }

    /// Answers an operation.
    #[must_use]
    pub fn data(&self, operation: &str, variables: &Value) -> Value {
        let mut state = self.state();
        state.log.push((operation.to_owned(), variables.clone()));
        match operation {
            "Check" => {
                let check: Value =
                    serde_json::from_str(include_str!("fixtures/check_full.json")).expect("a fixture is JSON");
                check["data"].clone()
            }
            "Orders" => json!({ "orders": state.orders(variables) }),
            "OrderLines" => {
                let order = state.orders.iter().find(|order| order["id"] == variables["id"]);
                json!({ "order": order.map(|order| json!({
                    "updatedAt": order["updatedAt"],
                    "lineItems": connection(list(&order["lineItems"]["nodes"]), &variables["first"], &variables["after"]),
                })) })
            }
            "FulfillmentOrders" => json!({ "order": state.fulfillment_orders(variables) }),
            "FulfillmentOrderLines" => {
                let open = state.fulfillment_orders.iter().find(|open| json!(open.id) == variables["id"]);
                json!({ "fulfillmentOrder": open.map(|open| json!({
                    "lineItems": connection(open.nodes(), &variables["first"], &variables["after"]),
                })) })
            }
            "Fulfillments" => json!({ "order": state.fulfillments(variables) }),
            "FulfillmentLines" => {
                let found = state.fulfillments.iter().find(|fulfillment| json!(fulfillment.id) == variables["id"]);
                json!({ "fulfillment": found.map(|found| {
                    let nodes = found.lines.iter().map(|(line, units)| json!({
                        "quantity": units, "lineItem": { "id": line },
                    }));
                    json!({ "fulfillmentLineItems": connection(
                        nodes.collect(), &variables["first"], &variables["after"],
                    ) })
                }) })
            }
            "FulfillmentCreate" => json!({ "fulfillmentCreate": state.fulfill(&variables["fulfillment"]) }),
            other => unreachable!("no operation `{other}`"),
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Partner for Shop {
    fn answer(&self, request: &Request) -> ResponseTemplate {
        let token = request.headers.get("x-shopify-access-token").and_then(|value| value.to_str().ok());
        if token != Some(SECRET) {
            let body =
                json!({ "errors": "[API] Invalid API key or access token (unrecognized login or wrong password)" });
            return ResponseTemplate::new(401).set_body_json(body);
        }
        if request.url.path() != "/admin/api/2026-10/graphql.json" {
            return ResponseTemplate::new(404).set_body_json(json!({ "errors": "Not Found" }));
        }
        let body: Value = request.body_json().expect("the request is JSON");
        let operation = body["operationName"].as_str().expect("an operation name");
        let data = self.data(operation, &body["variables"]);
        ResponseTemplate::new(200)
            .insert_header("x-shopify-api-version", "2026-10")
            .set_body_json(json!({ "data": data }))
    }

    fn is_effect(&self, request: &Request) -> bool {
        request.body_json::<Value>().is_ok_and(|body| body["operationName"] == "FulfillmentCreate")
    }

    fn effects(&self) -> usize {
        self.state().fulfillments.len()
    }
}

impl State {
    fn orders(&self, variables: &Value) -> Value {
        let search = variables["query"].as_str().expect("a search");
        let since = search.strip_prefix("updated_at:>='").and_then(|rest| rest.strip_suffix('\''));
        let since = since.expect("a search by update time");
        let mut orders: Vec<_> =
            self.orders.iter().filter(|order| order["updatedAt"].as_str() >= Some(since)).cloned().collect();
        orders.sort_by_key(|order| order["updatedAt"].to_string());
        for order in &mut orders {
            let lines = connection(list(&order["lineItems"]["nodes"]), &variables["lines"], &Value::Null);
            order["lineItems"] = lines;
        }
        connection(orders, &variables["first"], &variables["after"])
    }

    fn fulfillment_orders(&self, variables: &Value) -> Value {
        if !self.orders.iter().any(|order| order["id"] == variables["id"]) {
            return Value::Null;
        }
        let open = self.fulfillment_orders.iter().filter(|open| json!(open.order) == variables["id"]);
        let nodes = open.map(|open| {
            let remaining = open.lines.iter().any(|(_, _, units)| *units > 0);
            let (status, action) = match (open.open, remaining) {
                (false, _) => ("ON_HOLD", "RELEASE_HOLD"),
                (true, true) => ("OPEN", "CREATE_FULFILLMENT"),
                (true, false) => ("CLOSED", "EXTERNAL"),
            };
            json!({
                "id": open.id,
                "status": status,
                "supportedActions": [{ "action": action }],
                "assignedLocation": { "name": "Warehouse", "location": { "id": open.location } },
                "lineItems": connection(open.nodes(), &variables["lines"], &Value::Null),
            })
        });
        json!({ "fulfillmentOrders": connection(nodes.collect(), &variables["first"], &variables["after"]) })
    }

    fn fulfillments(&self, variables: &Value) -> Value {
        if !self.orders.iter().any(|order| order["id"] == variables["id"]) {
            return Value::Null;
        }
        let found = self.fulfillments.iter().filter(|fulfillment| json!(fulfillment.order) == variables["id"]);
        let nodes: Vec<_> = found
            .map(|fulfillment| {
                let numbers = fulfillment.numbers.iter().map(|number| json!({ "number": number }));
                let numbers: Vec<_> = numbers.take(size(&variables["numbers"])).collect();
                json!({ "id": fulfillment.id, "status": fulfillment.status, "trackingInfo": numbers })
            })
            .take(size(&variables["first"]))
            .collect();
        json!({ "fulfillments": nodes })
    }

    fn fulfill(&mut self, input: &Value) -> Value {
        let refuse = |message: &str| json!({ "fulfillment": null, "userErrors": [{ "field": ["fulfillment"], "message": message }] });
        let mut lines = Vec::new();
        let mut order = String::new();
        let mut locations = std::collections::BTreeSet::new();
        for share in input["lineItemsByFulfillmentOrder"].as_array().expect("shares") {
            let open = self.fulfillment_orders.iter_mut().find(|open| json!(open.id) == share["fulfillmentOrderId"]);
            let Some(open) = open.filter(|open| open.open) else { return refuse("Fulfillment order is not open.") };
            order.clone_from(&open.order);
            locations.insert(open.location.clone());
            for wanted in share["fulfillmentOrderLineItems"].as_array().expect("lines") {
                let line = open.lines.iter_mut().find(|line| json!(line.0) == wanted["id"]);
                let units = wanted["quantity"].as_u64().expect("units");
                match line {
                    Some(line) if line.2 >= units && units > 0 => {
                        line.2 -= units;
                        lines.push((line.1.clone(), units));
                    }
                    Some(_) | None => return refuse("Invalid fulfillment order line item quantity requested."),
                }
            }
        }
        if locations.len() != 1 {
            return refuse("All fulfillment orders must have the same assigned location.");
        }
        let tracking = &input["trackingInfo"];
        let numbers = tracking["numbers"].as_array().cloned().unwrap_or_else(|| vec![tracking["number"].clone()]);
        let numbers = numbers.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
        let id = format!("gid://shopify/Fulfillment/{}", 8001 + self.fulfillments.len());
        self.fulfillments.push(Fulfillment { id: id.clone(), order, status: "SUCCESS", numbers, lines });
        json!({ "fulfillment": { "id": id }, "userErrors": [] })
    }
}

impl FulfillmentOrder {
    fn nodes(&self) -> Vec<Value> {
        let nodes = self.lines.iter().map(|(id, line, units)| {
            json!({
                "id": id, "remainingQuantity": units, "lineItem": { "id": line },
            })
        });
        nodes.collect()
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn size(first: &Value) -> usize {
    first.as_u64().and_then(|first| usize::try_from(first).ok()).expect("a page size")
}

/// A page of a connection. Cursors are positions in base ten, which is as opaque as Shopify's to a client.
fn connection(nodes: Vec<Value>, first: &Value, after: &Value) -> Value {
    let start = after.as_str().map_or(0, |after| after.parse::<usize>().expect("one of our cursors"));
    let total = nodes.len();
    let page: Vec<_> = nodes.into_iter().skip(start).take(size(first)).collect();
    let end = start + page.len();
    json!({ "nodes": page, "pageInfo": { "hasNextPage": end < total, "endCursor": end.to_string() } })
}
