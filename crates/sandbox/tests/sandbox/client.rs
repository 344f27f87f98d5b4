//! A plain client of a sandbox, written from the vendors' documents.

use std::sync::Once;
use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use switchyard_core::connection::Side;
use switchyard_sandbox::{Manifest, OrderSource, Sandbox, SandboxOptions};

pub(crate) fn http() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().expect("the first provider");
    });
    reqwest::Client::builder().build().unwrap()
}

/// Options for a test: nothing arrives by itself, a simulated hour passes in 3.6 s, limits are out of the way.
pub(crate) fn options(folder: &tempfile::TempDir) -> SandboxOptions {
    SandboxOptions {
        orders: OrderSource::Generated,
        orders_per_minute: Some(0.0),
        speed: 1_000.0,
        bucket_size: 1e9,
        calls_per_minute: 1_000_000,
        ..SandboxOptions::demo(folder.path())
    }
}

/// Polls until `probe` answers something; fails after half a minute.
pub(crate) async fn until<T>(what: &str, mut probe: impl AsyncFnMut() -> Option<T>) -> T {
    let polling = async {
        let mut tick = tokio::time::interval(Duration::from_millis(5));
        loop {
            tick.tick().await;
            if let Some(found) = probe().await {
                return found;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), polling).await.unwrap_or_else(|_| panic!("never happened: {what}"))
}

/// Publishes `count` orders and returns once readers see them.
pub(crate) async fn publish(sandbox: &Sandbox, count: u64) {
    let before: u64 = sandbox.status().published;
    sandbox.publish(count);
    until("orders are published", async || (sandbox.status().published >= before + count).then_some(())).await;
}

#[derive(Debug, Clone)]
pub(crate) struct Shop {
    pub(crate) http: reqwest::Client,
    pub(crate) endpoint: String,
    pub(crate) token: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Warehouse {
    pub(crate) http: reqwest::Client,
    pub(crate) endpoint: String,
    pub(crate) token: String,
    pub(crate) channel: i64,
}

fn endpoint(config: &Value) -> String {
    config["endpoint"].as_str().unwrap().to_owned()
}

pub(crate) fn shops(manifest: &Manifest) -> Vec<Shop> {
    let shop = |connection: &switchyard_sandbox::ManifestConnection| Shop {
        http: http(),
        endpoint: endpoint(&connection.config),
        token: connection.secret.clone(),
    };
    manifest.side(Side::Shop).map(shop).collect()
}

pub(crate) fn warehouses(manifest: &Manifest) -> Vec<Warehouse> {
    let warehouse = |connection: &switchyard_sandbox::ManifestConnection| Warehouse {
        http: http(),
        endpoint: endpoint(&connection.config),
        token: connection.secret.clone(),
        channel: connection.config["channel_id"].as_i64().unwrap(),
    };
    manifest.side(Side::Warehouse).map(warehouse).collect()
}

pub(crate) const ORDER_FIELDS: &str = "id name createdAt updatedAt cancelledAt closed displayFinancialStatus
    displayFulfillmentStatus currencyCode totalPriceSet { shopMoney { amount currencyCode } }
    email note tags customer { displayName } shippingLine { title }
    shippingAddress { name company address1 address2 city province zip countryCodeV2 phone }
    lineItems(first: 20) { nodes { id sku title quantity currentQuantity unfulfilledQuantity requiresShipping
        originalUnitPriceSet { shopMoney { amount } } weight { unit value } } pageInfo { hasNextPage endCursor } }
    fulfillmentOrders(first: 2) { nodes { id status requestStatus supportedActions { action }
        assignedLocation { name countryCode } lineItems(first: 20) { nodes { id totalQuantity remainingQuantity lineItem { id } } } } }
    fulfillments(first: 5) { id status createdAt trackingInfo(first: 5) { company number url }
        fulfillmentLineItems(first: 20) { nodes { quantity lineItem { id } } } }";

impl Shop {
    pub(crate) async fn send(&self, version: &str, token: &str, body: &Value) -> reqwest::Result<Response> {
        let url = format!("{}/admin/api/{version}/graphql.json", self.endpoint);
        self.http.post(url).header("X-Shopify-Access-Token", token).json(body).send().await
    }

    pub(crate) async fn raw(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let answer = self.send("2026-10", &self.token, &body).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    /// The `data` of a query that must succeed.
    pub(crate) async fn data(&self, query: &str, variables: Value) -> Value {
        let whole = self.raw(query, variables).await;
        assert!(whole.get("errors").is_none(), "{whole}");
        whole["data"].clone()
    }

    /// Every order, by pages of `size` in the order of their update.
    pub(crate) async fn orders(&self, size: usize) -> Vec<Value> {
        let query = format!(
            "query($first: Int!, $after: String) {{ orders(first: $first, after: $after, sortKey: UPDATED_AT) {{
                nodes {{ {ORDER_FIELDS} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let (mut all, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = self.data(&query, json!({ "first": size, "after": after })).await["orders"].clone();
            all.extend(page["nodes"].as_array().unwrap().clone());
            if page["pageInfo"]["hasNextPage"] == false {
                return all;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    }

    pub(crate) async fn order(&self, id: &Value) -> Value {
        let query = format!("query($id: ID!) {{ order(id: $id) {{ {ORDER_FIELDS} }} }}");
        self.data(&query, json!({ "id": id })).await["order"].clone()
    }

    /// `fulfillmentCreate`; lines are fulfillment order line ids with units.
    pub(crate) async fn fulfill(&self, fulfillment_order: &Value, lines: &[(Value, i64)], tracking: &Value) -> Value {
        let lines: Vec<_> = lines.iter().map(|(id, quantity)| json!({ "id": id, "quantity": quantity })).collect();
        let portion = json!({ "fulfillmentOrderId": fulfillment_order, "fulfillmentOrderLineItems": lines });
        let query = "mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) {
            fulfillment { id status } userErrors { field message } } }";
        let fulfillment = json!({ "lineItemsByFulfillmentOrder": [portion], "trackingInfo": tracking });
        self.data(query, json!({ "f": fulfillment })).await["fulfillmentCreate"].clone()
    }
}

impl Warehouse {
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> reqwest::Result<Response> {
        let url = format!("{}/2026-01/{path}", self.endpoint);
        let request = self.http.request(method, url).bearer_auth(&self.token);
        let request = request.header("shipbob_channel_id", self.channel.to_string());
        match body {
            Some(body) => request.json(body).send().await,
            None => request.send().await,
        }
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let answer = self.send(method, path, body).await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        self.call(Method::GET, path, None).await
    }

    /// Pieces that nobody has been promised, by article code.
    pub(crate) async fn stock(&self) -> std::collections::HashMap<String, i64> {
        let (mut all, mut path) = (std::collections::HashMap::new(), "inventory-level?PageSize=100".to_owned());
        loop {
            let (status, page) = self.get(&path).await;
            assert_eq!(status, 200, "{page}");
            for item in page["items"].as_array().unwrap() {
                let sku = item["sku"].as_str().unwrap().to_owned();
                all.insert(sku, item["total_fulfillable_quantity"].as_i64().unwrap());
            }
            match page["next"].as_str() {
                Some(next) => path = next.split("/2026-01/").nth(1).unwrap().to_owned(),
                None => return all,
            }
        }
    }
}

/// A body for `POST order`.
pub(crate) fn order_body(reference: &str, number: &str, lines: &[(&str, i64)]) -> Value {
    let product = |(sku, quantity): &(&str, i64)| json!({ "reference_id": sku, "name": sku, "quantity": quantity });
    json!({
        "reference_id": reference,
        "order_number": number,
        "shipping_method": "Standard",
        "type": "DTC",
        "purchase_date": "2026-11-22T09:30:00Z",
        "recipient": {
            "name": "Ada Byron",
            "email": "ada@example.com",
            "address": { "address1": "1 High St", "city": "Leeds", "zip_code": "LS1 1AA", "country": "GB" },
        },
        "products": lines.iter().map(product).collect::<Vec<_>>(),
    })
}
