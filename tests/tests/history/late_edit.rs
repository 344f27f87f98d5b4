//! Edits after the hand-over: the warehouse is asked, and what it answers is what holds.

use std::time::{Duration, Instant};

use switchyard_core::address::Address;
use switchyard_core::attention::Choice;
use switchyard_core::change_request::ChangeRequestState;
use switchyard_core::code::Code;
use switchyard_core::edit::Edit;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::id::{OrderId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::role::{Holder, Role};
use switchyard_engine::handle::{EditRequest, SettleRequest};
use switchyard_engine::{Engine, Handle};
use switchyard_sandbox::{Faults, OrderSource, Sandbox, SandboxOptions};
use switchyard_store::contract::OrderFile;
use switchyard_store::query::{OrderQuery, Stage};

use crate::rig;

/// One order of each of which something different becomes; `picking_seconds` is how long a warehouse leaves it alone.
async fn running(dir: &std::path::Path, orders: u64, picking_seconds: f64) -> (Sandbox, Engine) {
    let options = SandboxOptions {
        orders: OrderSource::Generated,
        limit: Some(orders),
        orders_per_minute: None,
        speed: 1.0,
        faults: Faults::default(),
        picking_seconds,
        shipping_seconds: 3_600.0,
        calls_per_minute: 50_000,
        ..SandboxOptions::demo(dir.join("sandbox"))
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let engine = rig::engine(&dir.join("data"), &sandbox.manifest(), 1).await;
    (sandbox, engine)
}

async fn file(handle: &Handle, id: &OrderId) -> OrderFile {
    handle.store().order_file(id).await.unwrap().unwrap()
}

async fn until(handle: &Handle, id: &OrderId, what: &str, reached: impl Fn(&OrderFile) -> bool) -> OrderFile {
    let begun = Instant::now();
    loop {
        let file = file(handle, id).await;
        if reached(&file) {
            return file;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "never {what}: {file:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Orders all of whose parts a warehouse has confirmed.
async fn at_warehouses(handle: &Handle, count: usize) -> Vec<OrderId> {
    let begun = Instant::now();
    loop {
        let rows = handle.store().search_orders(&OrderQuery { limit: 50, ..OrderQuery::default() }).await.unwrap().rows;
        let mut there = Vec::new();
        for row in rows.iter().filter(|row| row.stage == Stage::InWarehouse) {
            let parts = file(handle, &row.id).await.fulfillments;
            if parts.iter().all(|part| matches!(part.state, FulfillmentState::Accepted | FulfillmentState::InWork)) {
                there.push(row.id.clone());
            }
        }
        if there.len() >= count {
            return there;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{} of {count} orders are at warehouses", there.len());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn wish(handle: &Handle, id: &OrderId, edit: Edit, key: &str) -> switchyard_engine::handle::Edited {
    let request = EditRequest {
        order: id.clone(),
        revision: file(handle, id).await.order.revision,
        edits: vec![edit],
        actor: Actor::person("mara"),
        holder: Holder::of(&[Role::BackOfficeAgent, Role::BackOfficeLead]),
        reason: "the customer called".to_owned(),
        key: Some(key.to_owned()),
    };
    handle.edit(request).await.unwrap()
}

fn settled(file: &OrderFile) -> bool {
    !file.change_requests.is_empty() && file.change_requests.iter().all(|request| !request.state.is_open())
}

fn moved(file: &OrderFile) -> Address {
    Address { line1: "7 Late Street".to_owned(), ..file.order.ship_to.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warehouse_that_has_not_begun_takes_a_new_address_and_a_cancel() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, engine) = running(dir.path(), 4, 3_600.0).await;
    let handle = engine.handle();
    let there = at_warehouses(&handle, 2).await;
    let (to_move, to_cancel) = (&there[0], &there[1]);

    let address = moved(&file(&handle, to_move).await);
    let asked = wish(&handle, to_move, Edit::Address { ship_to: address.clone() }, "k1").await;
    let parts = file(&handle, to_move).await.fulfillments.len();
    assert_eq!(asked.requests.len(), parts, "every warehouse that has a part of it is asked");
    assert_ne!(asked.order.ship_to, address, "nothing has changed before the warehouse says so");
    let file = until(&handle, to_move, "answered", settled).await;
    assert!(file.change_requests.iter().all(|request| request.state == ChangeRequestState::Accepted), "{file:#?}");
    assert_eq!(file.order.ship_to, address);
    assert!(file.order.attention.is_empty());

    wish(&handle, to_cancel, Edit::Cancel, "k2").await;
    let file = until(&handle, to_cancel, "answered", settled).await;
    assert_eq!(file.order.state, OrderState::Cancelled, "{file:#?}");
    assert!(file.fulfillments.iter().all(|part| part.state == FulfillmentState::Cancelled));

    engine.stop().await;
    let ledgers: String = std::fs::read_dir(dir.path().join("sandbox/ledger"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("warehouse-")))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    sandbox.shutdown().await;
    let lines = |kind: &str| ledgers.lines().filter(|line| line.contains(kind)).count();
    assert_eq!(lines("7 Late Street"), parts, "each warehouse noted the new address once");
    assert_eq!(lines("order_cancelled"), file.fulfillments.len(), "and each cancel once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warehouse_that_is_picking_refuses_and_a_person_decides() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, engine) = running(dir.path(), 4, 0.0).await;
    let handle = engine.handle();
    let id = at_warehouses(&handle, 1).await.remove(0);
    let before = file(&handle, &id).await;

    wish(&handle, &id, Edit::Address { ship_to: moved(&before) }, "k1").await;
    let file = until(&handle, &id, "answered", settled).await;
    assert!(file.change_requests.iter().all(|request| request.state == ChangeRequestState::Refused), "{file:#?}");
    assert_eq!(file.order.ship_to, before.order.ship_to, "a no changes nothing");
    assert_eq!(file.stage, Stage::Attention);
    let matter = &file.order.attention[0];
    assert_eq!(matter.code, Code::ChangeRefused);
    assert!(!matter.detail.is_empty(), "in the warehouse's words: {matter:?}");
    assert!(matter.options.contains(&Choice::LetItShip) && matter.options.contains(&Choice::TryAgain));

    for _ in 0..file.order.attention.len() {
        let current = self::file(&handle, &id).await.order;
        let request = SettleRequest {
            order: id.clone(),
            revision: current.revision,
            matter: 0,
            choice: Choice::LetItShip,
            actor: Actor::person("mara"),
            holder: Holder::of(&[Role::BackOfficeAgent]),
            reason: "the customer picks it up at the neighbors'".to_owned(),
            key: format!("settle-{}", current.revision),
        };
        handle.settle(request).await.unwrap();
    }
    let file = self::file(&handle, &id).await;
    assert!(file.order.attention.is_empty());
    assert_eq!(file.stage, Stage::InWarehouse);
    engine.stop().await;
    sandbox.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_looked_up_and_asked_for_once_more_at_most() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, engine) = running(dir.path(), 4, 3_600.0).await;
    let handle = engine.handle();
    let id = at_warehouses(&handle, 1).await.remove(0);
    for number in 1..=3 {
        let faults = Faults { lose_answer: 0.5, ..Faults::default() };
        sandbox.set_faults(&format!("warehouse-{number}"), &faults).unwrap();
    }
    wish(&handle, &id, Edit::Cancel, "k1").await;
    let file = until(&handle, &id, "answered", settled).await;
    assert_eq!(file.order.state, OrderState::Cancelled, "{file:#?}");
    engine.stop().await;
    sandbox.shutdown().await;
}

/// An order of one part that another warehouse could ship whole, and that warehouse.
async fn movable(handle: &Handle, there: &[OrderId]) -> (OrderId, WarehouseId) {
    for id in there {
        let known = file(handle, id).await;
        let [part] = known.fulfillments.as_slice() else { continue };
        let input = handle.store().latest_plan(id).await.unwrap().unwrap().input;
        let has = |place: &str, sku: &str, units: u32| {
            input.stock.iter().any(|level| level.warehouse == place && level.sku == sku && level.available >= units)
        };
        let other = input.warehouses.iter().find(|place| {
            let whole = input.lines.iter().all(|line| has(&place.id, &line.sku, line.quantity));
            place.eligible && place.id != part.warehouse.as_str() && whole
        });
        if let Some(other) = other {
            return (id.clone(), other.id.parse().unwrap());
        }
    }
    panic!("no order can go from elsewhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_comes_back_goes_where_the_person_wanted() {
    let dir = tempfile::tempdir().unwrap();
    let (sandbox, engine) = running(dir.path(), 12, 3_600.0).await;
    let handle = engine.handle();
    let there = at_warehouses(&handle, 12).await;
    let (id, to) = movable(&handle, &there).await;
    let part = file(&handle, &id).await.fulfillments[0].id.clone();

    wish(&handle, &id, Edit::Warehouse { fulfillment: part.clone(), to: to.clone() }, "k1").await;
    until(&handle, &id, "answered", settled).await;
    let elsewhere =
        |file: &OrderFile| file.fulfillments.iter().any(|part| part.warehouse == to && !part.state.is_final());
    let file = until(&handle, &id, "planned at the other warehouse", elsewhere).await;
    let old = file.fulfillments.iter().find(|known| known.id == part).unwrap();
    assert_eq!(old.state, FulfillmentState::Cancelled, "the first warehouse gave it back");
    assert_eq!(file.fulfillments.len(), 2, "and nobody else has it: {file:#?}");
    engine.stop().await;
    sandbox.shutdown().await;
}
