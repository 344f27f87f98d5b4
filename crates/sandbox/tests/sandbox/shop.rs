//! What a Shopify client meets.

use std::collections::HashSet;

use serde_json::{Value, json};
use switchyard_sandbox::{Faults, Sandbox};

use crate::client::{options, publish, shops};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_401_and_an_old_version_falls_forward() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    let shop = &shops(&sandbox.manifest())[0];
    let query =
        json!({ "query": "{ shop { name myshopifyDomain } currentAppInstallation { accessScopes { handle } } }" });
    let refused = shop.send("2026-10", "shpat_wrong", &query).await.unwrap();
    assert_eq!(refused.status(), 401);
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["errors"], "[API] Invalid API key or access token (unrecognized login or wrong password)");
    let answer = shop.send("2024-10", &shop.token, &query).await.unwrap();
    assert_eq!(answer.headers()["x-shopify-api-version"], "2026-01");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["data"]["shop"]["name"], "Nordlicht Living");
    let scopes = body["data"]["currentAppInstallation"]["accessScopes"].as_array().unwrap();
    assert!(scopes.contains(&json!({ "handle": "write_merchant_managed_fulfillment_orders" })));
    assert_eq!(shop.send("current", &shop.token, &query).await.unwrap().status(), 404);
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_by_update_show_every_order_once_and_the_cursor_belongs_to_its_sort() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    publish(&sandbox, 60).await;
    let shop = &shops(&sandbox.manifest())[0];
    let all = shop.orders(7).await;
    let ids: HashSet<_> = all.iter().map(|order| order["id"].to_string()).collect();
    let published = sandbox.status().instances[0].orders;
    assert_eq!((all.len() as u64, ids.len() as u64), (published, published));
    let times: Vec<_> = all.iter().map(|order| order["updatedAt"].as_str().unwrap().to_owned()).collect();
    assert!(times.is_sorted(), "{times:?}");

    let page =
        |arguments: &str| format!("{{ orders(first: 3, {arguments}) {{ nodes {{ id }} pageInfo {{ endCursor }} }} }}");
    let cursor = shop.data(&page("sortKey: UPDATED_AT"), json!({})).await["orders"]["pageInfo"]["endCursor"].clone();
    let other = shop.raw(&page(&format!("sortKey: CREATED_AT, after: {cursor}")), json!({})).await;
    assert_eq!(other["errors"][0]["message"], "Invalid cursor for current pagination sort.");
    for sort in ["CREATED_AT", "UPDATED_AT", "PROCESSED_AT", "ID"] {
        let up = shop.data(&format!("{{ orders(first: 250, sortKey: {sort}) {{ nodes {{ id }} }} }}"), json!({})).await;
        let down = shop
            .data(&format!("{{ orders(first: 250, sortKey: {sort}, reverse: true) {{ nodes {{ id }} }} }}"), json!({}))
            .await;
        let mut down = down["orders"]["nodes"].as_array().unwrap().clone();
        down.reverse();
        assert_eq!(up["orders"]["nodes"].as_array().unwrap(), &down, "{sort}");
        assert_eq!(down.len() as u64, published);
    }
    let newest = times.last().unwrap();
    let since = format!("{{ orders(first: 250, query: \"updated_at:>='{newest}'\") {{ nodes {{ updatedAt }} }} }}");
    let since = shop.data(&since, json!({})).await;
    let since = since["orders"]["nodes"].as_array().unwrap();
    assert_eq!(since.len(), times.iter().filter(|time| *time == newest).count());
    let name = all[0]["name"].as_str().unwrap();
    let named =
        shop.data(&format!("{{ orders(first: 2, query: \"name:{name}\") {{ nodes {{ id }} }} }}"), json!({})).await;
    assert_eq!(named["orders"]["nodes"], json!([{ "id": all[0]["id"] }]));
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misspelt_filter_filters_nothing_and_is_warned_about() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    publish(&sandbox, 10).await;
    let shop = &shops(&sandbox.manifest())[0];
    let whole = shop.raw("{ orders(first: 250, query: \"modified:>'2099-01-01'\") { nodes { id } } }", json!({})).await;
    assert_eq!(whole["data"]["orders"]["nodes"].as_array().unwrap().len() as u64, sandbox.status().instances[0].orders);
    assert_eq!(whole["extensions"]["search"][0]["warnings"][0]["field"], "modified");
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_page_too_and_fees_are_no_goods() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    publish(&sandbox, 60).await;
    let shop = &shops(&sandbox.manifest())[0];
    let orders = shop.orders(50).await;
    let lines = |order: &Value| order["lineItems"]["nodes"].as_array().unwrap().clone();
    let with_fee = orders.iter().find(|order| lines(order).iter().any(|line| line["requiresShipping"] == false));
    let with_fee = with_fee.expect("one order in seven has a fee");
    let goods = lines(with_fee).iter().filter(|line| line["requiresShipping"] == true).count();
    let portions = with_fee["fulfillmentOrders"]["nodes"][0]["lineItems"]["nodes"].as_array().unwrap();
    assert_eq!(portions.len(), goods, "a fulfillment order holds goods only");
    let long = orders.iter().max_by_key(|order| lines(order).len()).unwrap();
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let query = "query($id: ID!, $after: String) { order(id: $id) { lineItems(first: 2, after: $after) {
            edges { cursor node { id } } pageInfo { hasNextPage endCursor } } } }";
        let page = shop.data(query, json!({ "id": long["id"], "after": after })).await["order"]["lineItems"].clone();
        found.extend(page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["id"].clone()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(found, lines(long).iter().map(|line| line["id"].clone()).collect::<Vec<_>>());
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_says_what_it_cost_and_an_empty_bucket_throttles_in_http_200() {
    let folder = tempfile::tempdir().unwrap();
    let bucket = switchyard_sandbox::SandboxOptions { bucket_size: 100.0, speed: 0.0, ..options(&folder) };
    let sandbox = Sandbox::start(bucket).await.unwrap();
    let shop = &shops(&sandbox.manifest())[0];
    let query =
        "{ orders(first: 250) { nodes { id customer { id } shippingAddress { zip } shippingLine { title } } } }";
    let mut answers = Vec::new();
    for _ in 0..200 {
        let whole = shop.raw("mutation { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [] }) { userErrors { message } } }", json!({})).await;
        let throttled = whole.get("errors").is_some();
        answers.push(whole);
        if throttled {
            break;
        }
    }
    let last = answers.last().unwrap();
    assert_eq!(last["errors"][0]["extensions"]["code"], "THROTTLED", "{last}");
    assert_eq!(last["errors"][0]["message"], "Throttled");
    assert_eq!(last["extensions"]["cost"]["actualQueryCost"], Value::Null);
    assert!(last.get("data").is_none());
    let first = &answers[0]["extensions"]["cost"];
    assert_eq!(first["requestedQueryCost"], 12.0);
    assert_eq!(first["throttleStatus"]["maximumAvailable"], 100.0);
    assert!(answers.len() > 5, "the bucket holds several calls");
    sandbox.set_speed(1e6).unwrap();
    let again = crate::client::until("the bucket is full again", async || {
        let whole = shop.raw(query, json!({})).await;
        whole.get("errors").is_none().then_some(whole)
    })
    .await;
    let cost = &again["extensions"]["cost"];
    assert!(cost["actualQueryCost"].as_f64() < cost["requestedQueryCost"].as_f64(), "an empty page is cheap: {cost}");
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_beyond_a_thousand_points_is_refused_with_its_cost() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    let shop = &shops(&sandbox.manifest())[0];
    let query = format!(
        "{{ orders(first: 250) {{ nodes {{ {} }} }} }}",
        crate::client::ORDER_FIELDS.replace("first: 20", "first: 250")
    );
    let whole = shop.raw(&query, json!({})).await;
    let extensions = &whole["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "MAX_COST_EXCEEDED");
    assert_eq!(extensions["maxCost"], 1000.0);
    assert!(extensions["cost"].as_f64().unwrap() > 1000.0);
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fulfillment_is_recorded_once_per_call_and_never_beyond_what_remains() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    publish(&sandbox, 20).await;
    let shop = &shops(&sandbox.manifest())[0];
    let portion = |order: &Value| order["fulfillmentOrders"]["nodes"][0].clone();
    let orders = shop.orders(50).await;
    let many = orders.iter().find(|order| portion(order)["lineItems"]["nodes"][0]["totalQuantity"].as_i64() > Some(1));
    let order = many.expect("some line has two units");
    let (portion_id, line) = (portion(order)["id"].clone(), portion(order)["lineItems"]["nodes"][0].clone());
    let tracking =
        json!({ "company": "DHL", "numbers": ["T1", "T2"], "urls": ["https://t.example/1", "https://t.example/2"] });

    let first = shop.fulfill(&portion_id, &[(line["id"].clone(), 1)], &tracking).await;
    assert_eq!(first["userErrors"], json!([]), "{first}");
    let after = shop.order(&order["id"]).await;
    assert_eq!(after["displayFulfillmentStatus"], "PARTIALLY_FULFILLED");
    assert_eq!(portion(&after)["status"], "IN_PROGRESS");
    assert!(after["updatedAt"].as_str() >= order["updatedAt"].as_str());
    assert_eq!(
        after["fulfillments"][0]["trackingInfo"][1],
        json!({ "company": "DHL", "number": "T2", "url": "https://t.example/2" })
    );
    assert_eq!(after["fulfillments"][0]["fulfillmentLineItems"]["nodes"][0]["quantity"], 1);

    let too_many =
        shop.fulfill(&portion_id, &[(line["id"].clone(), line["totalQuantity"].as_i64().unwrap())], &tracking).await;
    assert_eq!(too_many["fulfillment"], Value::Null);
    assert_eq!(too_many["userErrors"][0]["message"], "Invalid fulfillment order line item quantity requested.");
    let rest = shop.fulfill(&portion_id, &[], &tracking).await;
    assert_eq!(rest["userErrors"], json!([]), "no lines means all that remains");
    let done = shop.order(&order["id"]).await;
    assert_eq!((done["displayFulfillmentStatus"].as_str(), done["closed"].as_bool()), (Some("FULFILLED"), Some(true)));
    assert_eq!((portion(&done)["status"].as_str(), &portion(&done)["supportedActions"]), (Some("CLOSED"), &json!([])));
    let again = shop.fulfill(&portion_id, &[], &tracking).await;
    assert!(again["userErrors"][0]["message"].as_str().unwrap().contains("unfulfillable status= closed"), "{again}");
    let wrong = shop
        .raw(
            "mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { message } } }",
            json!({ "f": { "lineItemsByFulfillmentOrder": [{ "fulfillmentOrderId": order["id"] }] } }),
        )
        .await;
    assert!(wrong["errors"][0]["message"].as_str().unwrap().starts_with("Invalid global id"), "{wrong}");
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_or_moved_order_comes_again_in_the_update_order() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    publish(&sandbox, 20).await;
    let shop = &shops(&sandbox.manifest())[0];
    let orders = shop.orders(50).await;
    let number = |order: &Value| order["id"].as_str().unwrap().rsplit('/').next().unwrap().parse::<i64>().unwrap();
    sandbox.cancel_order("shop-1", number(&orders[0])).await.unwrap();
    let away =
        switchyard_core::address::Address { name: "Ada Byron".into(), city: "Leeds".into(), ..Default::default() };
    sandbox.move_order("shop-1", number(&orders[1]), away).await.unwrap();
    let after = shop.orders(50).await;
    let [.., cancelled, moved] = after.as_slice() else { panic!("two orders") };
    assert_eq!((&cancelled["id"], &moved["id"]), (&orders[0]["id"], &orders[1]["id"]));
    assert!(cancelled["cancelledAt"].is_string());
    assert_eq!(cancelled["fulfillmentOrders"]["nodes"][0]["status"], "CANCELLED");
    assert!(cancelled["lineItems"]["nodes"].as_array().unwrap().iter().all(|line| line["currentQuantity"] == 0));
    assert_eq!(moved["shippingAddress"]["city"], "Leeds");
    assert!(sandbox.cancel_order("shop-1", 7).await.is_err());
    assert!(sandbox.cancel_order("shop-9", number(&orders[0])).await.is_err());
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_may_repeat_rows_when_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    publish(&sandbox, 20).await;
    let shop = &shops(&sandbox.manifest())[0];
    let honest = shop.orders(5).await;
    sandbox.set_faults("shop-1", &Faults { duplicate_items: 1.0, ..Faults::default() }).unwrap();
    let repeated = shop.orders(5).await;
    let distinct = |orders: &[Value]| orders.iter().map(|order| order["id"].to_string()).collect::<HashSet<_>>();
    assert!(repeated.len() > honest.len());
    assert_eq!(distinct(&repeated), distinct(&honest));
    sandbox.shutdown().await;
}
