//! How a grid of many orders feels in the real window: a measurement with recorded conditions, not a test of speed.
//!
//! The whole sales history is put straight into the store, every invoice an order, because a grid does not care how its
//! orders came; taking them in through shop and engine is measured elsewhere.

#![allow(clippy::print_stdout, reason = "a measurement prints what it measured")]

use std::time::Instant;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use switchyard_core::address::{Address, Customer};
use switchyard_core::connection::{Connection, Side};
use switchyard_core::id::{ConnectionId, LineId, OrderId};
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::{LineKind, Order, OrderLine, OrderState};
use switchyard_core::quantity::Sku;
use switchyard_core::time::Timestamp;
use switchyard_store::contract::{Changes, Write};
use switchyard_store::query::Stage;

use crate::window::Window;

/// A sales history in the columns of the UCI Online Retail set, decompressed.
const HISTORY: &str = "SWITCHYARD_GRID_HISTORY";

/// Orders in one transaction.
const BATCH: usize = 250;

/// When the first order was received; each following one is a minute later.
const START: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

fn random(number: usize) -> [u8; 10] {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&(number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes());
    random
}

/// Invoice number, article, description, units, price in pence, country.
type Record = (String, String, String, u32, i64, String);

fn records(history: &Path) -> BTreeMap<String, Vec<Record>> {
    let mut orders: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(history).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let units: i64 = record[3].parse().unwrap();
        #[expect(clippy::cast_possible_truncation, reason = "prices of a shop")]
        let price = (record[5].parse::<f64>().unwrap() * 100.0).round() as i64;
        let units = u32::try_from(units.unsigned_abs()).unwrap();
        let line = (record[0].into(), record[1].into(), record[2].into(), units, price.max(0), record[7].into());
        orders.entry(record[0].to_owned()).or_default().push(line);
    }
    orders
}

fn order(number: usize, invoice: &str, records: &[Record], shop: &ConnectionId) -> Order {
    let at = START + std::time::Duration::from_secs(60) * u32::try_from(number).unwrap();
    let currency: Currency = "GBP".parse().unwrap();
    let cancelled = invoice.starts_with('C');
    let lines: Vec<OrderLine> = records
        .iter()
        .enumerate()
        .map(|(place, (_, sku, title, units, price, _))| OrderLine {
            id: LineId::new(at, random(number * 2_000 + place)),
            shop_line_id: place.to_string(),
            sku: Sku::new(sku),
            title: title.clone(),
            kind: LineKind::Goods,
            ordered: *units,
            cancelled: if cancelled { *units } else { 0 },
            unit_price: Money::new(*price, currency),
            unit_weight: 100,
            backordered: 0,
            requested_lot: None,
        })
        .collect();
    let total = records.iter().map(|record| i64::from(record.3) * record.4).sum();
    let country = if records[0].5 == "United Kingdom" { "GB" } else { "DE" };
    let name = format!("Customer of {invoice}");
    Order {
        id: OrderId::new(at, random(number)),
        shop: shop.clone(),
        shop_order_id: invoice.to_owned(),
        number: format!("#{invoice}"),
        revision: 0,
        shop_updated_at: at,
        state: if cancelled { OrderState::Cancelled } else { OrderState::Accepted },
        placed_at: at,
        received_at: at,
        updated_at: at,
        editable_until: None,
        currency,
        total: Money::new(total, currency),
        customer: Customer { name: name.clone(), email: String::new(), phone: String::new() },
        ship_to: Address {
            name,
            line1: "1 High Street".to_owned(),
            city: "Leeds".to_owned(),
            postcode: "LS1 1AA".to_owned(),
            country: country.to_owned(),
            ..Address::default()
        },
        shop_version: None,
        paid: None,
        earlier_orders: None,
        past_causes: Vec::new(),
        cured: std::collections::BTreeMap::new(),
        moves: Vec::new(),
        attention: Vec::new(),
        shipping_option: String::new(),
        note: String::new(),
        tags: Vec::new(),
        lines,
        holds: Vec::new(),
        problems: Vec::new(),
        edited: false,
        priority: 0,
    }
}

/// A data folder with the whole history as orders of one shop, whose connection is paused; and how many there are.
async fn filled(data: &Path, history: &Path) -> usize {
    let store =
        switchyard_store::open(&data.join("switchyard.db"), switchyard_store::Options::default()).await.unwrap();
    let shop = ConnectionId::new(START, random(0));
    let connection = Connection {
        id: shop.clone(),
        side: Side::Shop,
        connector: "shopify".to_owned(),
        name: "Retail".to_owned(),
        config: json!({}),
        poll_seconds: 3_600,
        edit_window_seconds: 0,
        paused: true,
        created_at: START,
        last_success_at: None,
        problem: None,
    };
    store.commit(Changes { writes: vec![Write::Connection(connection)], ..Changes::default() }).await.unwrap();
    let orders: Vec<_> = records(history).into_iter().collect();
    let count = orders.len();
    for (batch, some) in orders.chunks(BATCH).enumerate() {
        let writes = some
            .iter()
            .enumerate()
            .map(|(place, (invoice, records))| {
                let order = order(batch * BATCH + place, invoice, records, &shop);
                let stage = if order.state == OrderState::Cancelled { Stage::Cancelled } else { Stage::Routing };
                Write::Order { order: Box::new(order), stage }
            })
            .collect();
        store.commit(Changes { writes, ..Changes::default() }).await.unwrap();
    }
    store.close().await.unwrap();
    count
}

/// Scrolls for `argument.seconds` at `argument.speed` pixels a frame and returns the time between frames in ms.
const SCROLL: &str = "
    const grid = document.querySelector('[role=grid]');
    const frames = [];
    const until = performance.now() + argument.seconds * 1000;
    await new Promise((done) => {
        let last = performance.now();
        const frame = (now) => {
            frames.push(now - last);
            last = now;
            // The grid moves its own rows: it listens to the wheel.
            grid.dispatchEvent(new WheelEvent('wheel', { deltaY: argument.speed, bubbles: true, cancelable: true }));
            if (now < until) requestAnimationFrame(frame); else done();
        };
        requestAnimationFrame(frame);
    });
    const first = grid.querySelectorAll('[role=row][aria-rowindex]')[1];
    return { frames: frames.slice(1), first: Number(first.getAttribute('aria-rowindex')) };";

/// Waits until the grid shows filled rows that carry the text `argument`; returns the milliseconds since the call.
const SHOWN: &str = "
    const began = performance.now();
    for (;;) {
        const rows = [...document.querySelectorAll('[role=grid] [role=row][aria-rowindex]')].slice(1);
        const filled = rows.filter((row) => row.textContent.includes(argument) && row.textContent.trim() !== '');
        if (filled.length > 10 && filled.length === rows.length) return { ms: performance.now() - began, rows: rows.length };
        if (performance.now() - began > 20000) throw new Error(`${filled.length} of ${rows.length} rows are filled`);
        await new Promise(requestAnimationFrame);
    }";

fn summary(frames: &Value) -> String {
    let mut frames: Vec<f64> = frames.as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    frames.sort_by(f64::total_cmp);
    let at = |share: usize| frames[(frames.len() - 1) * share / 100];
    let slow = frames.iter().filter(|frame| **frame > 50.0).count();
    format!(
        "frames {}, p50 {:.0} ms, p95 {:.0} ms, p99 {:.0} ms, longest {:.0} ms, over 50 ms: {slow}",
        frames.len(),
        at(50),
        at(95),
        at(99),
        at(100)
    )
}

#[tokio::test]
#[ignore = "a measurement; scripts/measure-grid.sh prepares the orders and runs it"]
async fn a_grid_of_the_whole_history_opens_filters_and_scrolls() {
    let Some(history) = std::env::var_os(HISTORY).map(PathBuf::from) else { panic!("{HISTORY} names no history") };
    let data = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let count = filled(data.path(), &history).await;
    println!("{count} orders stored within {:.1} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let window = Window::open(&["--data", data.path().to_str().unwrap()]).await;
    println!("window with its frame: {} ms", began.elapsed().as_millis());
    let driver = &window.driver;
    driver.wait_for("//nav//a[@href='/orders']").await.click().await;
    let opened = driver.run(SHOWN, json!("")).await;
    println!(
        "orders opened: {:.0} ms after the click's answer, {} rows drawn",
        opened["ms"].as_f64().unwrap(),
        opened["rows"]
    );
    window.keep_picture("grid-opened").await;

    for (what, speed) in [("slowly (1,200 px/s)", 20), ("fast (30,000 px/s)", 500)] {
        let scrolled = driver.run(SCROLL, json!({ "seconds": 10, "speed": speed })).await;
        println!("scrolled {what}, to row {}: {}", scrolled["first"], summary(&scrolled["frames"]));
    }
    window.keep_picture("grid-scrolled").await;

    driver.press(&["/"]).await;
    let query = driver.wait_for("//input[@type='search' or @role='searchbox' or @role='combobox']").await;
    query.type_text("country:DE\n").await;
    let filtered = driver.run(SHOWN, json!("DE")).await;
    println!("filtered by country: {:.0} ms, {} rows drawn", filtered["ms"].as_f64().unwrap(), filtered["rows"]);
    window.keep_picture("grid-filtered").await;
    assert_eq!(window.console_errors(), Vec::<String>::new(), "the page's console has errors");
    window.close().await;
}
