//! Bad input: each kind gives a clear message naming the object and the next step, and the rest goes on.

use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use serde_json::{Value, json};
use switchyard_connectors::secret::Secret;
use switchyard_core::code::{Code, Problem};
use switchyard_core::order::OrderState;
use switchyard_engine::Handle;
use switchyard_engine::status::NewConnection;
use switchyard_sandbox::{Faults, OrderSource, Sandbox, SandboxOptions};
use switchyard_store::query::{OrderFilter, OrderQuery};

use crate::rig;

/// One order node in Shopify's shape.
fn node(id: u64, sku: &str, quantity: Value) -> Value {
    let money = json!({ "shopMoney": { "amount": "5.00", "currencyCode": "GBP" } });
    json!({
        "id": format!("gid://shopify/Order/{id}"), "name": format!("#{id}"),
        "createdAt": "2026-11-20T08:00:00Z", "updatedAt": "2026-11-21T10:00:00Z", "cancelledAt": null,
        "displayFinancialStatus": "PAID", "displayFulfillmentStatus": "UNFULFILLED", "currencyCode": "GBP",
        "currentTotalPriceSet": money, "email": "a@example.com", "phone": null, "note": null, "tags": [],
        "customer": null, "shippingLine": null,
        "shippingAddress": {
            "name": "Ada", "firstName": null, "lastName": null, "company": null, "address1": "1 High Street",
            "address2": null, "city": "Leeds", "province": null, "provinceCode": null, "zip": "LS1 1AA",
            "countryCodeV2": "GB", "phone": null,
        },
        "lineItems": {
            "nodes": [{
                "id": format!("gid://shopify/LineItem/{id}"), "sku": sku, "name": "Mug", "title": "Mug",
                "quantity": quantity, "currentQuantity": quantity, "requiresShipping": true,
                "originalUnitPriceSet": money, "weight": null,
            }],
            "pageInfo": { "hasNextPage": false, "endCursor": null },
        },
    })
}

/// A shop that sends one order nobody can read and one with a SKU nobody has.
async fn odd_shop() -> String {
    async fn answer(State(nodes): State<Value>, axum::Json(request): axum::Json<Value>) -> axum::Json<Value> {
        let query = request["query"].as_str().unwrap_or_default();
        if query.contains("orders(") {
            let page = json!({ "nodes": nodes, "pageInfo": { "hasNextPage": false, "endCursor": null } });
            return axum::Json(json!({ "data": { "orders": page } }));
        }
        axum::Json(json!({ "data": { "shop": { "name": "Odd" }, "currentAppInstallation": { "accessScopes": [] } } }))
    }
    let nodes = json!([node(1, "A", json!("three")), node(2, "NO-SUCH-SKU", json!(1))]);
    let router = Router::new().fallback_service(post(answer).with_state(nodes));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

fn shop(name: &str, endpoint: &str, secret: &str) -> NewConnection {
    NewConnection {
        connector: "shopify".to_owned(),
        name: name.to_owned(),
        config: json!({ "shop_domain": "odd.myshopify.com", "endpoint": endpoint }),
        secret: Secret::new(secret),
        poll_seconds: 1,
        edit_window_seconds: 1,
    }
}

/// The problem a connection shows, once it shows one.
async fn problem_of(handle: &Handle, name: &str) -> Problem {
    let begun = Instant::now();
    loop {
        let all = handle.store().connections().await.unwrap();
        let shown = all.into_iter().find(|known| known.name == name).and_then(|known| known.problem);
        if let Some(problem) = shown {
            return problem;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{name} shows no problem");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn speaks_plainly(problem: &Problem, code: Code, object: &str) {
    assert_eq!(problem.code, code, "{problem:?}");
    assert!(problem.title.contains(object), "the title names the object: {problem:?}");
    assert!(!problem.detail.is_empty() && !problem.next_step.is_empty(), "cause and next step are there: {problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_partners_and_bad_orders_say_what_is_wrong_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let ledgers = dir.path().join("sandbox");
    let options = SandboxOptions {
        orders: OrderSource::Generated,
        limit: Some(20),
        orders_per_minute: None,
        speed: 60.0,
        faults: Faults::default(),
        calls_per_minute: 5_000,
        ..SandboxOptions::demo(&ledgers)
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let engine = rig::engine(&dir.path().join("data"), &sandbox.manifest(), 1).await;
    let handle = engine.handle();
    let good = sandbox.manifest().connections[0].clone();
    let endpoint = good.config["endpoint"].as_str().unwrap();
    let bad = vec![
        shop("Unreachable shop", "http://127.0.0.1:9", "token"),
        shop("Wrong token shop", endpoint, "not the token"),
        shop("Odd shop", &odd_shop().await, "token"),
    ];
    handle.ensure_connections(bad).await.unwrap();

    let unreachable = problem_of(&handle, "Unreachable shop").await;
    speaks_plainly(&unreachable, Code::ConnectionUnreachable, "Unreachable shop");
    let wrong_token = problem_of(&handle, "Wrong token shop").await;
    speaks_plainly(&wrong_token, Code::ConnectionUnauthorized, "Wrong token shop");
    assert!(!format!("{wrong_token:?}").contains("not the token"), "a secret never shows in a message");

    let report = rig::finished(&ledgers, 20, Duration::from_secs(120)).await;
    assert!(report.is_clean(), "the good orders went all the way: {report}");

    let dead = handle.store().dead_items(10).await.unwrap();
    assert_eq!(dead.len(), 1, "one message could not be read");
    assert!(dead[0].dead.as_deref().unwrap_or_default().contains("uantity"), "it says which field: {:?}", dead[0].dead);
    assert!(String::from_utf8_lossy(&dead[0].item.raw).contains("three"), "and it is kept as it came");

    let query = OrderQuery {
        filter: OrderFilter { states: vec![OrderState::Blocked], ..OrderFilter::default() },
        limit: 10,
        ..OrderQuery::default()
    };
    let blocked = handle.store().search_orders(&query).await.unwrap().rows;
    assert_eq!(blocked.len(), 1, "only the order with the unknown SKU waits");
    let file = handle.store().order_file(&blocked[0].id).await.unwrap().unwrap();
    speaks_plainly(&file.order.problems[0], Code::UnknownSku, "#2");
    assert!(file.order.problems[0].detail.contains("NO-SUCH-SKU"));
    engine.stop().await;
    sandbox.shutdown().await;
}
