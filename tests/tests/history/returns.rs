//! Goods that come back: announced to the warehouse over its real interface, received there, decided on both sides.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use switchyard_core::code::Code;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::id::{OrderId, ReturnId};
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::quantity::Sku;
use switchyard_core::return_order::{CustomerDecision, Notice, Return, ReturnCause, ReturnState, StockDecision};
use switchyard_core::role::{Holder, Role};
use switchyard_engine::clock::SystemClock;
use switchyard_engine::returns::{AnnounceReturn, ReturnRequest, ReturnVerb, Wish};
use switchyard_engine::vault::FileVault;
use switchyard_engine::{Engine, Handle, Options};
use switchyard_sandbox::record::{CreatedReturn, ProcessedLine, ReturnedLine};
use switchyard_sandbox::{Faults, OrderSource, Sandbox, SandboxOptions};
use switchyard_store::contract::{OrderFile, ReturnFilter};
use switchyard_store::query::OrderQuery;

use crate::rig;

const PATIENCE: Duration = Duration::from_secs(60);

/// Few orders that warehouses pick at once; `shipping_seconds` is how long they take to pack.
async fn sandbox(dir: &Path, shipping_seconds: f64) -> Sandbox {
    let options = SandboxOptions {
        orders: OrderSource::Generated,
        limit: Some(3),
        orders_per_minute: None,
        speed: 1.0,
        faults: Faults::default(),
        picking_seconds: 0.0,
        shipping_seconds,
        calls_per_minute: 50_000,
        ..SandboxOptions::demo(dir.join("sandbox"))
    };
    Sandbox::start(options).await.unwrap()
}

async fn orders(handle: &Handle) -> Vec<OrderFile> {
    let rows = handle.store().search_orders(&OrderQuery { limit: 50, ..OrderQuery::default() }).await.unwrap().rows;
    let mut files = Vec::new();
    for row in rows {
        files.extend(handle.store().order_file(&row.id).await.unwrap());
    }
    files
}

/// An order all of whose parts have left, and that is closed.
async fn shipped(handle: &Handle) -> OrderFile {
    let begun = Instant::now();
    loop {
        let gone = |file: &&OrderFile| {
            // Closed: the shop knows, and nothing of it moves any more while somebody decides.
            file.order.state == OrderState::Closed
                && file.fulfillments.iter().all(|part| part.state == FulfillmentState::Shipped)
        };
        if let Some(file) = orders(handle).await.iter().find(gone) {
            return file.clone();
        }
        assert!(begun.elapsed() < PATIENCE, "nothing ever left");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn wish(handle_key: &str) -> Wish {
    Wish {
        actor: Actor::person("mara"),
        holder: Holder::everywhere(&[Role::BackOfficeAgent, Role::WarehouseLead]),
        reason: "the customer called".to_owned(),
        key: handle_key.to_owned(),
    }
}

async fn announce(handle: &Handle, id: &OrderId) -> Return {
    let file = handle.store().order_file(id).await.unwrap().unwrap();
    let left = &file.shipments[0].lines[0];
    let request = AnnounceReturn {
        order: id.clone(),
        revision: file.order.revision,
        lines: vec![(left.line.clone(), 1)],
        warehouse: None,
        cause: ReturnCause::Customer,
        tracking_code: "JJD0000001".to_owned(),
        expires_at: None,
        wish: wish("announce"),
    };
    handle.announce_return(request).await.unwrap()
}

async fn until(handle: &Handle, id: &ReturnId, what: &str, reached: impl Fn(&Return) -> bool) -> Return {
    let begun = Instant::now();
    loop {
        let goods = handle.store().goods_back(id).await.unwrap().unwrap();
        if reached(&goods) {
            return goods;
        }
        assert!(begun.elapsed() < PATIENCE, "never {what}: {goods:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn arrival(reference: &str, lines: &[(&str, u32)]) -> CreatedReturn {
    let line = |(sku, quantity): &(&str, u32)| ReturnedLine { sku: (*sku).into(), quantity: *quantity };
    CreatedReturn {
        return_id: 0,
        reference: reference.into(),
        undeliverable: false,
        shipment_id: None,
        tracking: "".into(),
        lines: lines.iter().map(line).collect(),
    }
}

/// The warehouse that a parcel with this reference belongs to, and its number of it.
async fn deliver(sandbox: &Sandbox, reference: &str) -> (String, i64) {
    for number in 1..=3 {
        let warehouse = format!("warehouse-{number}");
        if let Ok(id) = sandbox.receive_return(&warehouse, arrival(reference, &[])).await {
            return (warehouse, id);
        }
    }
    panic!("no warehouse expects {reference}");
}

fn returns_in_ledgers(dir: &Path) -> usize {
    let ledgers = std::fs::read_dir(dir.join("sandbox/ledger")).unwrap().map(|entry| entry.unwrap().path());
    let lines = ledgers.map(|path| std::fs::read_to_string(path).unwrap());
    lines.map(|text| text.lines().filter(|line| line.contains("return_created")).count()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_announced_received_treated_and_closed() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox(dir.path(), 0.1).await;
    let engine = rig::engine(&dir.path().join("data"), &sandbox.manifest(), 1).await;
    let handle = engine.handle();
    let file = shipped(&handle).await;
    let goods = announce(&handle, &file.order.id).await;
    assert_eq!((goods.state, goods.notice), (ReturnState::Announced, Notice::Due), "its warehouse takes notice");
    let told = until(&handle, &goods.id, "known to the warehouse", |goods| goods.notice == Notice::Known).await;
    assert!(told.remote_id.is_some());

    let (warehouse, number) = deliver(&sandbox, &goods.reference).await;
    assert_eq!(told.remote_id, Some(number.to_string()));
    until(&handle, &goods.id, "received", |goods| goods.state == ReturnState::Received).await;
    let sku = goods.items[0].sku.as_str().to_owned();
    let done = ProcessedLine { sku: sku.as_str().into(), action: "Restock".into(), reason: "".into(), quantity: 1 };
    sandbox.process_return(&warehouse, number, vec![done]).await.unwrap();
    let treated = until(&handle, &goods.id, "inspected", |goods| goods.state == ReturnState::Inspected).await;
    assert_eq!(treated.items[0].stock, StockDecision::Restock, "the warehouse decided about the goods");
    let place = switchyard_store::contract::StockPlace { sku: Sku::new(&sku), warehouse: goods.warehouse.unwrap() };
    let booked = handle.store().stock_movements(&place, 50).await.unwrap();
    assert!(
        booked.iter().all(|one| one.cause != switchyard_core::stock::ledger::Cause::Returned),
        "its own stock report counts them: {booked:?}"
    );
    let request = ReturnRequest {
        id: goods.id.clone(),
        revision: treated.revision,
        verb: ReturnVerb::DecideCustomer { item: 0, decision: CustomerDecision::Refund },
        wish: wish("decide"),
    };
    assert_eq!(handle.change_return(request).await.unwrap().state, ReturnState::Closed);
    engine.stop().await;
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_whose_answer_is_lost_is_given_once() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox(dir.path(), 0.1).await;
    let engine = rig::engine(&dir.path().join("data"), &sandbox.manifest(), 1).await;
    let handle = engine.handle();
    let file = shipped(&handle).await;
    for number in 1..=3 {
        let faults = Faults { lose_answer: 0.6, ..Faults::default() };
        sandbox.set_faults(&format!("warehouse-{number}"), &faults).unwrap();
    }
    let goods = announce(&handle, &file.order.id).await;
    until(&handle, &goods.id, "known to the warehouse", |goods| goods.notice == Notice::Known).await;
    engine.stop().await;
    sandbox.shutdown().await;
    assert_eq!(returns_in_ledgers(dir.path()), 1, "the warehouse noted it once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_announced_is_a_return_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox(dir.path(), 0.1).await;
    let engine = rig::engine(&dir.path().join("data"), &sandbox.manifest(), 1).await;
    let handle = engine.handle();
    let file = shipped(&handle).await;
    let shipment: i64 = file.shipments[0].remote_id.parse().unwrap();
    let line = file.order.line(&file.shipments[0].lines[0].line).unwrap();
    let known =
        CreatedReturn { shipment_id: Some(shipment), undeliverable: true, ..arrival("", &[(line.sku.as_str(), 1)]) };
    // Warehouses number their shipments in ranges of their own.
    let warehouse = format!("warehouse-{}", 1 + (shipment - 700_000_000) / 10_000_000);
    sandbox.receive_return(&warehouse, known).await.unwrap();
    sandbox.receive_return(&warehouse, arrival("", &[("A-STRANGER", 2)])).await.unwrap();
    let begun = Instant::now();
    let found = loop {
        let found = handle.store().search_returns(&ReturnFilter::default(), None, 10).await.unwrap();
        if found.len() == 2 {
            break found;
        }
        assert!(begun.elapsed() < PATIENCE, "not both were found: {found:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let of_order = found.iter().find(|goods| goods.order.is_some()).expect("by the shipment the warehouse named");
    assert_eq!((of_order.cause, of_order.state), (ReturnCause::Undeliverable, ReturnState::Received));
    assert_eq!(of_order.order, Some(file.order.id.clone()));
    assert_eq!(of_order.items[0].line, Some(line.id.clone()), "and of the line with that article");
    let stranger = found.iter().find(|goods| goods.order.is_none()).expect("nobody's");
    assert_eq!((stranger.cause, stranger.items[0].received), (ReturnCause::Unannounced, 2));
    engine.stop().await;
    sandbox.shutdown().await;
}

/// An engine that does nothing by itself.
async fn at_rest(dir: &Path, sandbox: &Sandbox) -> Engine {
    std::fs::create_dir_all(dir).unwrap();
    let store = switchyard_store::open(&dir.join("switchyard.db"), switchyard_store::Options::default()).await.unwrap();
    let options = Options {
        store,
        vault: Arc::new(FileVault::new(dir)),
        clock: Arc::new(SystemClock::default()),
        timing: rig::timing(),
    };
    let engine = Engine::at_rest(options).await.unwrap();
    engine.handle().ensure_connections(rig::connections(&sandbox.manifest(), 0)).await.unwrap();
    engine
}

/// Has these services work until `reached`.
async fn work(engine: &Engine, kinds: &[&str], what: &str, reached: impl Fn(&[OrderFile]) -> bool) -> Vec<OrderFile> {
    let begun = Instant::now();
    loop {
        for kind in kinds {
            while engine.run_one(kind).await.unwrap() {}
        }
        let files = orders(&engine.handle()).await;
        if reached(&files) {
            return files;
        }
        assert!(begun.elapsed() < PATIENCE, "never {what}: {files:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_leave_after_the_shop_cancelled_are_announced_back_by_themselves() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox(dir.path(), 4.0).await;
    let engine = at_rest(&dir.path().join("data"), &sandbox).await;
    let there = |file: &OrderFile| {
        !file.fulfillments.is_empty() && file.fulfillments.iter().all(|part| part.remote_id.is_some())
    };
    let forward = [
        "connection_check",
        "stock_intake",
        "intake",
        "parse",
        "validate",
        "route",
        "edit_window",
        "release",
        "hand_over",
    ];
    let files = work(&engine, &forward, "at a warehouse", |files| files.iter().any(there)).await;
    let file = files.iter().find(|file| there(file)).unwrap();
    let id = file.order.id.clone();
    let shop_order: i64 = file.order.shop_order_id.rsplit('/').next().unwrap().parse().unwrap();
    let shop = ["shop-1", "shop-2"];
    let mut cancelled = false;
    for shop in shop {
        cancelled |= sandbox.cancel_order(shop, shop_order).await.is_ok();
    }
    assert!(cancelled, "one of the shops has the order");
    // The request to the warehouse is written and never sent: it waits while the parcel leaves.
    let asked = |files: &[OrderFile]| files.iter().any(|file| file.order.id == id && !file.change_requests.is_empty());
    work(&engine, &["intake", "parse"], "cancelled by the shop", asked).await;
    let back = |files: &[OrderFile]| files.iter().any(|file| file.order.id == id && !file.returns.is_empty());
    let files = work(&engine, &["shipment_intake", "shipment_booking"], "announced by itself", back).await;
    let file = files.iter().find(|file| file.order.id == id).unwrap();
    let goods = &file.returns[0];
    assert_eq!((goods.cause, goods.state), (ReturnCause::ShippedAfterCancel, ReturnState::Announced));
    assert_eq!(goods.notice, Notice::Due, "and its warehouse is to be told");
    let matter = file.order.attention.iter().find(|item| item.code == Code::ShippedAfterCancel).expect("a case");
    assert_eq!(matter.announced.as_ref(), Some(&goods.id), "the case names the return");
    let left: u32 = file.shipments[0].lines.iter().map(|line| line.quantity).sum();
    assert_eq!(goods.items.iter().map(|item| item.announced).sum::<u32>(), left, "of every unit that left");
    engine.stop().await;
    sandbox.shutdown().await;
}
