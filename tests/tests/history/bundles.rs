//! A bundle that a warehouse ships as components: handed over, shipped and reported over the real interfaces.

use std::time::{Duration, Instant};

use switchyard_core::article::Article;
use switchyard_core::bundle::Component;
use switchyard_core::edit::Edit;
use switchyard_core::id::OrderId;
use switchyard_core::journal::Actor;
use switchyard_core::order::{LineKind, OrderState};
use switchyard_core::quantity::Sku;
use switchyard_core::role::{Holder, Role};
use switchyard_core::write_back::WriteBackState;
use switchyard_engine::Handle;
use switchyard_engine::handle::EditRequest;
use switchyard_engine::policy::PolicyChange;
use switchyard_sandbox::checker::CheckOptions;
use switchyard_sandbox::{Faults, OrderSource, Sandbox, SandboxOptions};
use switchyard_store::contract::{OrderFile, StockFilter};
use switchyard_store::query::OrderQuery;

use crate::rig;

const PATIENCE: Duration = Duration::from_secs(60);

async fn first_planned(handle: &Handle) -> OrderFile {
    let begun = Instant::now();
    loop {
        let rows = handle.store().search_orders(&OrderQuery { limit: 5, ..OrderQuery::default() }).await.unwrap().rows;
        for row in rows {
            let file = handle.store().order_file(&row.id).await.unwrap().unwrap();
            if file.order.state == OrderState::Planned {
                return file;
            }
        }
        assert!(begun.elapsed() < PATIENCE, "nothing was ever planned");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn until(handle: &Handle, id: &OrderId, what: &str, reached: impl Fn(&OrderFile) -> bool) -> OrderFile {
    let begun = Instant::now();
    loop {
        let file = handle.store().order_file(id).await.unwrap().unwrap();
        if reached(&file) {
            return file;
        }
        assert!(begun.elapsed() < PATIENCE, "never {what}: {file:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn edit(handle: &Handle, id: &OrderId, edit: Edit, key: &str) {
    let file = handle.store().order_file(id).await.unwrap().unwrap();
    let request = EditRequest {
        order: id.clone(),
        revision: file.order.revision,
        edits: vec![edit],
        actor: Actor::person("mara"),
        holder: Holder::of(&[Role::BackOfficeAgent, Role::BackOfficeLead]),
        reason: "a test".to_owned(),
        key: Some(key.to_owned()),
    };
    handle.edit(request).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_leaves_as_its_components_and_the_shop_hears_of_the_bundle() {
    let dir = tempfile::tempdir().unwrap();
    let options = SandboxOptions {
        orders: OrderSource::Generated,
        limit: Some(1),
        orders_per_minute: None,
        speed: 1.0,
        faults: Faults::default(),
        picking_seconds: 0.0,
        shipping_seconds: 0.1,
        calls_per_minute: 50_000,
        ..SandboxOptions::demo(dir.path().join("sandbox"))
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let engine = rig::engine(&dir.path().join("data"), &sandbox.manifest(), 3_600).await;
    let handle = engine.handle();
    let file = first_planned(&handle).await;
    let line = file.order.lines.iter().find(|line| line.kind == LineKind::Goods && line.to_ship() > 0).unwrap();
    let bought: Vec<&Sku> = file.order.lines.iter().map(|line| &line.sku).collect();

    // Two other articles become what one unit of it is made of.
    let levels = handle.store().search_stock(&StockFilter::default(), None, 500).await.unwrap();
    let plenty = levels.iter().filter(|level| level.available() > 0 && !bought.contains(&&level.sku));
    let mut others: Vec<Sku> = plenty.map(|level| level.sku.clone()).collect();
    others.dedup();
    let units = [2, 1];
    let components = others.iter().zip(units).map(|(sku, units)| Component { sku: sku.clone(), units });
    let article = Article { components: components.collect(), ..Article::plain(line.sku.clone()) };
    for component in &article.components {
        for number in 1..=3 {
            let wanted = i64::from(component.units) * 100;
            sandbox.count_stock(&format!("warehouse-{number}"), component.sku.as_str(), wanted).await.unwrap();
        }
    }
    let change = PolicyChange {
        base: 0,
        actor: Actor::person("mara"),
        reason: "it is a set".to_owned(),
        key: "article".to_owned(),
    };
    handle.set_article(change, article.clone()).await.unwrap();

    // A corrected address has it planned again, now as components.
    let ship_to = switchyard_core::address::Address { line2: "Flat 2".to_owned(), ..file.order.ship_to.clone() };
    edit(&handle, &file.order.id, Edit::Address { ship_to }, "address").await;
    let is_kit = |file: &OrderFile| {
        file.order.state == OrderState::Planned
            && file.fulfillments.iter().flat_map(|part| &part.lines).any(|entry| entry.kit.is_some())
    };
    until(&handle, &file.order.id, "planned as components", is_kit).await;
    edit(&handle, &file.order.id, Edit::ReleaseNow, "release").await;
    let told = |file: &OrderFile| {
        file.order.state == OrderState::Closed
            && file.write_backs.iter().all(|duty| duty.state == WriteBackState::Confirmed)
    };
    let done = until(&handle, &file.order.id, "shipped and reported", told).await;

    let left: u32 = done
        .shipments
        .iter()
        .flat_map(|shipment| &shipment.lines)
        .filter(|left| left.line == line.id)
        .map(|left| left.quantity)
        .sum();
    assert_eq!(left, line.to_ship(), "the shop hears of the bundle's units");
    for component in &article.components {
        let gone = done.shipments.iter().flat_map(|shipment| &shipment.components);
        let gone: u32 = gone.filter(|left| left.sku == component.sku).map(|left| left.quantity).sum();
        assert_eq!(gone, component.units * line.to_ship(), "{} left", component.sku);
        let asked = done.hand_overs.iter().filter_map(|hand_over| hand_over.payload.as_ref());
        let asked: u64 = asked
            .flat_map(|payload| payload["lines"].as_array().unwrap())
            .filter(|asked| asked["sku"] == component.sku.as_str())
            .map(|asked| asked["quantity"].as_u64().unwrap())
            .sum();
        assert_eq!(asked, u64::from(component.units * line.to_ship()), "{} was asked for", component.sku);
    }
    rig::assert_sound(handle.store()).await;
    engine.stop().await;
    sandbox.shutdown().await;
}

/// Bestsellers of the seeded catalogue, made of what hardly anybody buys and of each other's component, which is sold alone
/// as well.
const BUNDLES: [(&str, &[(&str, u32)]); 3] = [
    ("MUG-SND", &[("BSK-IVO", 2), ("BSK-COA", 1)]),
    ("MUG-INK", &[("BSK-COA", 1), ("MUG-MOS", 3)]),
    ("MUG-CLY", &[("MUG-MOS", 2)]),
];

#[tokio::test(flavor = "multi_thread")]
async fn with_every_fault_on_every_set_leaves_once_and_whole() {
    const ORDERS: u64 = 120;
    let dir = tempfile::tempdir().unwrap();
    let ledgers = dir.path().join("sandbox");
    let options = SandboxOptions {
        orders: OrderSource::Generated,
        limit: Some(ORDERS),
        orders_per_minute: None,
        speed: 60.0,
        faults: rig::faults(),
        bucket_size: 20_000.0,
        bucket_restore_rate: 1_000.0,
        calls_per_minute: 5_000,
        ..SandboxOptions::demo(&ledgers)
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    for (_, components) in BUNDLES {
        for (sku, _) in components {
            for number in 1..=3 {
                sandbox.count_stock(&format!("warehouse-{number}"), sku, 3_000).await.unwrap();
            }
        }
    }
    let engine = rig::unconnected(&dir.path().join("data")).await;
    for (sku, components) in BUNDLES {
        let components = components.iter().map(|(sku, units)| Component { sku: Sku::new(sku), units: *units });
        let article = Article { components: components.collect(), ..Article::plain(Sku::new(sku)) };
        let actor = Actor::person("mara");
        let change = PolicyChange { base: 0, actor, reason: "it is a set".to_owned(), key: sku.to_owned() };
        engine.handle().set_article(change, article).await.unwrap();
    }
    rig::connect(&engine, &sandbox.manifest(), 1).await;
    let bundles = BUNDLES.map(|(sku, components)| {
        (sku.to_owned(), components.iter().map(|(sku, units)| ((*sku).to_owned(), i64::from(*units))).collect())
    });
    let judged = CheckOptions { bundles: bundles.into(), ..CheckOptions::default() };
    let report = rig::finished_by(&ledgers, ORDERS, Duration::from_secs(240), &judged).await;
    let store = engine.handle().store().clone();
    engine.stop().await;
    sandbox.shutdown().await;
    assert!(report.is_clean(), "the ledgers disagree: {report}");
    rig::assert_sound(&store).await;
    let rows = store.search_orders(&OrderQuery { limit: 500, ..OrderQuery::default() }).await.unwrap().rows;
    let mut sets = 0;
    for row in rows {
        let file = store.order_file(&row.id).await.unwrap().unwrap();
        let kits = file.fulfillments.iter().flat_map(|part| &part.lines).filter(|entry| entry.kit.is_some());
        sets += kits.map(|entry| entry.shipped).sum::<u32>();
    }
    assert!(sets >= 10, "only {sets} sets were bought, so this run shows little");
}
