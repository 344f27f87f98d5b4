//! How long a dry run over stored orders takes.
//!
//! ```sh
//! cargo run --release -p switchyard-engine --example dry_run -- 100000
//! ```
//!
//! Puts that many planned orders (four lines, ten warehouses) into a database in a temporary folder, tries a rule that
//! moves a part of them, and prints times and the machine's load. Filling takes longer than the dry run.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use serde_json::json;
use switchyard_core::address::{Address, Customer};
use switchyard_core::id::{ConnectionId, LineId, OrderId, WarehouseId};
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::{LineKind, Order, OrderLine, OrderState};
use switchyard_core::plan::{PlanInput, plan};
use switchyard_core::quantity::Sku;
use switchyard_core::rule::Facts;
use switchyard_core::rule::routing::RuleSet;
use switchyard_core::time::Timestamp;
use switchyard_engine::dry_run::{Scope, compare};
use switchyard_store::Store;
use switchyard_store::contract::{Changes, StoredPlan, Write};
use switchyard_store::query::Stage;

/// Orders per transaction.
const BATCH: u64 = 500;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let count: u64 = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse()).context("how many orders")?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("switchyard.db");
    let store = switchyard_store::open(&file, switchyard_store::Options::default()).await?;
    let begun = Instant::now();
    fill(&store, count).await?;
    say(&format!("{count} orders stored in {:.1} s, {} MB", begun.elapsed().as_secs_f64(), megabytes(&file)?));
    let rules = |rules: serde_json::Value| {
        let revision = json!({ "version": 1, "author": "bench", "reason": "bench", "created_at": Timestamp::EPOCH });
        serde_json::from_value::<RuleSet>(json!({ "revision": revision, "rules": rules }))
    };
    let current = rules(json!([]))?;
    let wanted = rules(json!([
        { "id": "express-from-two", "when": { "shipping_option": ["express"] }, "then": [
            { "only": { "warehouses": [warehouse(3), warehouse(4)], "why": "couriers call there" } }
        ] },
        { "id": "whole", "when": { "value": { "currency": "EUR", "at_least": 9000 } }, "then": [
            { "split": { "max_warehouses": 1 } }
        ] }
    ]))?;
    for run in 1..=3 {
        let begun = Instant::now();
        let scope = Scope { since: Timestamp::EPOCH, most_listed: 500 };
        let report = compare(&*store, &current, &wanted, scope).await?;
        let took = begun.elapsed().as_secs_f64();
        say(&format!(
            "run {run}: {} orders in {took:.2} s, {} would move; parcels {} -> {}",
            report.orders, report.moved_count, report.before.parcels, report.after.parcels
        ));
    }
    say(&format!("load {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim()));
    store.close().await?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "what a benchmark is for")]
fn say(line: &str) {
    println!("{line}");
}

fn megabytes(file: &Path) -> anyhow::Result<u64> {
    Ok(std::fs::metadata(file)?.len() / 1_000_000)
}

fn warehouse(number: u8) -> WarehouseId {
    WarehouseId::new(Timestamp::EPOCH, [number; 10])
}

async fn fill(store: &Arc<dyn Store>, count: u64) -> anyhow::Result<()> {
    let mut next = 0;
    while next < count {
        let end = (next + BATCH).min(count);
        let mut writes = Vec::new();
        for number in next..end {
            let order = order(number)?;
            let facts = Facts::of(&order);
            let input = question(number, &order)?;
            let stored = StoredPlan {
                at: order.received_at,
                facts: Some(facts),
                plan: plan(&input)?,
                input,
                rules_version: 0,
                rules: Vec::new(),
                relaxation: None,
            };
            let id = order.id.clone();
            writes.push(Write::Order { order: Box::new(order), stage: Stage::Editable });
            writes.push(Write::Plan { order: id, plan: Box::new(stored) });
        }
        store.commit(Changes { writes, ..Changes::default() }).await?;
        next = end;
    }
    Ok(())
}

fn order(number: u64) -> anyhow::Result<Order> {
    let currency: Currency = "EUR".parse()?;
    let at = Timestamp::from_micros(1_795_000_000_000_000 + i64::try_from(number)? * 1_000_000);
    let id = OrderId::new(at, unique(number, 0));
    let line = |place: u8| OrderLine {
        id: LineId::new(at, unique(number, place + 1)),
        shop_line_id: format!("{number}-{place}"),
        sku: sku(number, place),
        title: "An article".to_owned(),
        kind: LineKind::Goods,
        ordered: 1 + u32::from(place % 3),
        cancelled: 0,
        unit_price: Money::new(1_000 + i64::from(place) * 250, currency),
        unit_weight: 400,
        backordered: 0,
        requested_lot: None,
    };
    Ok(Order {
        shop: ConnectionId::new(Timestamp::EPOCH, [1; 10]),
        shop_order_id: number.to_string(),
        number: format!("#{number}"),
        revision: 0,
        shop_updated_at: at,
        state: OrderState::Planned,
        placed_at: at,
        received_at: at,
        updated_at: at,
        editable_until: Some(at),
        currency,
        total: Money::new(9_000, currency),
        customer: Customer::default(),
        ship_to: Address { country: "DE".to_owned(), postcode: "04109".to_owned(), ..Address::default() },
        shop_version: None,
        paid: Some(true),
        earlier_orders: None,
        shipping_option: if number.is_multiple_of(7) { "express" } else { "standard" }.to_owned(),
        note: String::new(),
        tags: Vec::new(),
        lines: (0..4).map(line).collect(),
        holds: Vec::new(),
        past_causes: Vec::new(),
        cured: std::collections::BTreeMap::new(),
        moves: Vec::new(),
        problems: Vec::new(),
        attention: Vec::new(),
        edited: false,
        priority: 0,
        id,
    })
}

fn sku(number: u64, place: u8) -> Sku {
    Sku::new(&format!("SKU-{:04}", (number * 7 + u64::from(place) * 131) % 5_000))
}

/// Ten random-looking bytes that differ from order to order.
fn unique(number: u64, place: u8) -> [u8; 10] {
    let [a, b, c, d, e, f, g, h] = number.to_be_bytes();
    [place, a, b, c, d, e, f, g, h, place]
}

fn question(number: u64, order: &Order) -> anyhow::Result<PlanInput> {
    let lines: Vec<_> = order
        .lines
        .iter()
        .map(|line| {
            json!({
                "id": line.id, "sku": line.sku, "quantity": line.ordered, "unit_value": line.unit_price.minor,
                "unit_weight": line.unit_weight
            })
        })
        .collect();
    let warehouses: Vec<_> = (1..=10_u8)
        .map(|place| json!({ "id": warehouse(place), "rank": place, "handling": 80 + i64::from(place), "unit_handling": 15 }))
        .collect();
    // Every warehouse has about two thirds of the range, so most orders have to be split.
    let mut stock = Vec::new();
    for place in 1..=10_u64 {
        for (at, line) in order.lines.iter().enumerate() {
            if !(number + place * 7 + u64::try_from(at)? * 5).is_multiple_of(3) {
                let id = warehouse(u8::try_from(place)?);
                stock.push(json!({ "warehouse": id, "sku": line.sku, "available": 1 + (number + place) % 9 }));
            }
        }
    }
    Ok(serde_json::from_value(json!({
        "id": order.id, "lines": lines, "warehouses": warehouses, "stock": stock
    }))?)
}
