//! Orders all the way by a small honest client, and by careless ones that the checker must catch.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::{Value, json};
use switchyard_sandbox::Sandbox;
use switchyard_sandbox::checker::{CheckOptions, Flaw};

use crate::client::{Shop, Warehouse, options, publish, shops, until, warehouses};

/// How a client goes wrong.
#[derive(Clone, Copy, PartialEq)]
enum Habit {
    Honest,
    SendsAgainUnderAnotherReference,
    SendsFees,
    ForgetsTheLastOrder,
    ForgetsToTellTheShop,
    TellsAnInventedCode,
    KeepsTheOldAddress,
}

struct Leg {
    shop: Shop,
    order: Value,
    warehouse: Warehouse,
    reference: String,
    lines: Vec<(Value, String, i64)>,
}

fn body(leg: &Leg, extra: Option<&Value>) -> Value {
    let to = &leg.order["shippingAddress"];
    let product = |sku: &str, quantity: i64| json!({ "reference_id": sku, "name": sku, "quantity": quantity });
    let mut products: Vec<_> = leg.lines.iter().map(|(_, sku, quantity)| product(sku, *quantity)).collect();
    products.extend(extra.map(|line| product(line["sku"].as_str().unwrap(), 1)));
    json!({
        "reference_id": leg.reference,
        "order_number": leg.order["name"],
        "shipping_method": leg.order["shippingLine"]["title"],
        "type": "DTC",
        "recipient": {
            "name": to["name"],
            "email": leg.order["email"],
            "phone_number": to["phone"],
            "address": {
                "address1": to["address1"], "address2": to["address2"], "company_name": to["company"], "city": to["city"],
                "state": to["province"], "zip_code": to["zip"], "country": to["countryCodeV2"],
            },
        },
        "products": products,
    })
}

/// Routes every order to the first warehouse that has each article, splitting where it must.
async fn plan(shops: &[Shop], warehouses: &[Warehouse]) -> Vec<Leg> {
    let mut stocks = Vec::new();
    for warehouse in warehouses {
        stocks.push(warehouse.stock().await);
    }
    let mut legs = Vec::new();
    for shop in shops {
        for order in shop.orders(20).await {
            let portion = order["fulfillmentOrders"]["nodes"][0].clone();
            let lines = order["lineItems"]["nodes"].as_array().unwrap().clone();
            let mut by_warehouse: HashMap<usize, Vec<(Value, String, i64)>> = HashMap::new();
            for part in portion["lineItems"]["nodes"].as_array().into_iter().flatten() {
                let line = lines.iter().find(|line| line["id"] == part["lineItem"]["id"]).unwrap();
                let (sku, units) =
                    (line["sku"].as_str().unwrap().to_owned(), part["remainingQuantity"].as_i64().unwrap());
                let place = stocks.iter().position(|stock| stock.get(&sku).is_some_and(|free| *free >= units)).unwrap();
                *stocks[place].get_mut(&sku).unwrap() -= units;
                by_warehouse.entry(place).or_default().push((part["id"].clone(), sku, units));
            }
            for (place, lines) in by_warehouse {
                let reference = format!("{}/{place}", order["name"].as_str().unwrap());
                legs.push(Leg {
                    shop: shop.clone(),
                    order: order.clone(),
                    warehouse: warehouses[place].clone(),
                    reference,
                    lines,
                });
            }
        }
    }
    legs
}

async fn flaws(habit: Habit) -> Vec<Flaw> {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    publish(&sandbox, 40).await;
    let manifest = sandbox.manifest();
    let mut legs = plan(&shops(&manifest), &warehouses(&manifest)).await;
    let orders: std::collections::HashSet<_> = legs.iter().map(|leg| leg.order["id"].to_string()).collect();
    assert!(legs.len() > orders.len(), "some orders must be split: {} legs of {} orders", legs.len(), orders.len());
    if habit == Habit::KeepsTheOldAddress {
        let number = legs[0].order["id"].as_str().unwrap().rsplit('/').next().unwrap().parse().unwrap();
        let instance = if legs[0].shop.endpoint == shops(&manifest)[0].endpoint { "shop-1" } else { "shop-2" };
        let away =
            switchyard_core::address::Address { name: "Moved".into(), city: "York".into(), ..Default::default() };
        sandbox.move_order(instance, number, away).await.unwrap();
    }
    if habit == Habit::ForgetsTheLastOrder {
        let last = legs.last().unwrap().order["id"].clone();
        legs.retain(|leg| leg.order["id"] != last);
    }
    let mut fee_sent = false;
    for (place, leg) in legs.iter_mut().enumerate() {
        let lines = leg.order["lineItems"]["nodes"].as_array().unwrap();
        let fee = lines.iter().find(|line| line["requiresShipping"] == false && habit == Habit::SendsFees && !fee_sent);
        fee_sent |= fee.is_some();
        let (status, answer) = leg.warehouse.call(Method::POST, "order", Some(&body(leg, fee))).await;
        assert_eq!(status, 201, "{answer}");
        if habit == Habit::SendsAgainUnderAnotherReference && place == 0 {
            leg.reference.push_str("-again");
            assert_eq!(leg.warehouse.call(Method::POST, "order", Some(&body(leg, None))).await.0, 201);
        }
    }
    for (place, leg) in legs.iter().enumerate() {
        let path = format!("order?ReferenceIds={}", leg.reference.replace('#', "%23"));
        let mut told = leg.lines.clone();
        let shipped = until("the leg has left", async || {
            let (_, found) = leg.warehouse.get(&path).await;
            let order = &found[0];
            // A fee never has stock: that leg stays where it is.
            (order["status"] == "Fulfilled" || order["status"] == "Exception").then(|| order.clone())
        })
        .await;
        if shipped["status"] == "Exception" {
            told.clear();
        }
        let tracking = &shipped["shipments"][0]["tracking"];
        let mut code = tracking["tracking_number"].clone();
        if place == 0 && habit == Habit::TellsAnInventedCode {
            code = json!("1Z999");
        }
        if told.is_empty() || (place == 0 && habit == Habit::ForgetsToTellTheShop) {
            continue;
        }
        let lines: Vec<_> = told.iter().map(|(id, _, quantity)| (id.clone(), *quantity)).collect();
        let portion = &leg.order["fulfillmentOrders"]["nodes"][0]["id"];
        let tracking = json!({ "company": tracking["carrier"], "number": code, "url": tracking["tracking_url"] });
        let answer = leg.shop.fulfill(portion, &lines, &tracking).await;
        assert_eq!(answer["userErrors"], json!([]), "{answer}");
    }
    if habit == Habit::SendsAgainUnderAnotherReference {
        until("the double has left", async || {
            let done: u64 = sandbox.status().instances.iter().skip(2).map(|warehouse| warehouse.done).sum();
            (done == legs.len() as u64 + 1).then_some(())
        })
        .await;
    }
    let options = CheckOptions { grace: std::time::Duration::ZERO, ..CheckOptions::default() };
    let report = sandbox.check(&options).unwrap();
    assert_eq!(report.orders, 40);
    sandbox.shutdown().await;
    report.counts().into_keys().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_client_leaves_clean_ledgers() {
    assert_eq!(flaws(Habit::Honest).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_careless_client_is_caught() {
    let double = flaws(Habit::SendsAgainUnderAnotherReference).await;
    assert_eq!(double, [Flaw::Doubled, Flaw::Overshipped, Flaw::NotWrittenBack]);
    assert_eq!(flaws(Habit::SendsFees).await, [Flaw::Lost, Flaw::FeeAtWarehouse]);
    assert_eq!(flaws(Habit::ForgetsTheLastOrder).await, [Flaw::Lost]);
    assert_eq!(flaws(Habit::ForgetsToTellTheShop).await, [Flaw::NotWrittenBack]);
    let invented = flaws(Habit::TellsAnInventedCode).await;
    assert_eq!(invented, [Flaw::NotWrittenBack, Flaw::WrongTracking, Flaw::WrongUnitsWrittenBack]);
    assert_eq!(flaws(Habit::KeepsTheOldAddress).await, [Flaw::WrongAddress]);
}
