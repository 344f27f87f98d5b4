//! A sandbox and an engine on it, as small as a test needs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use switchyard_connectors::secret::Secret;
use switchyard_engine::clock::SystemClock;
use switchyard_engine::status::{NewConnection, Timing};
use switchyard_engine::vault::FileVault;
use switchyard_engine::{Engine, Options};
use switchyard_sandbox::checker::{self, CheckOptions, Report};
use switchyard_sandbox::{Faults, Manifest, OrderSource, Sandbox, SandboxOptions};
use switchyard_store::Store;

/// The sales history beside the checkout, if this machine has it. On CI its absence is a failure.
pub(crate) fn history() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let data = std::env::var_os("SWITCHYARD_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let file = data.join("online-retail.csv.zst");
    if file.exists() {
        return Some(file);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing and CI must not skip", file.display());
    println!("skipped: {} is missing", file.display());
    None
}

/// Faults of every kind on every instance, rare enough that the run ends.
pub(crate) fn faults() -> Faults {
    Faults {
        throttle: 0.004,
        fail_before: 0.01,
        fail_after: 0.01,
        lose_answer: 0.01,
        duplicate_items: 0.05,
        slow: 0.01,
        ..Faults::default()
    }
}

/// A sandbox that publishes the first `limit` sales invoices at once and ships within seconds.
pub(crate) async fn sandbox(dir: &Path, limit: u64, faults: Faults) -> Option<Sandbox> {
    let options = SandboxOptions {
        orders: OrderSource::History(history()?),
        limit: Some(limit),
        orders_per_minute: None,
        speed: 60.0,
        faults,
        bucket_size: 20_000.0,
        bucket_restore_rate: 1_000.0,
        calls_per_minute: 5_000,
        ..SandboxOptions::demo(dir)
    };
    Some(Sandbox::start(options).await.expect("the sandbox starts"))
}

/// The sandbox's shops and warehouses as connections, with a short edit window.
pub(crate) fn connections(manifest: &Manifest, edit_window_seconds: u32) -> Vec<NewConnection> {
    manifest
        .connections
        .iter()
        .map(|known| NewConnection {
            connector: known.connector.clone(),
            name: known.name.clone(),
            config: known.config.clone(),
            secret: Secret::new(known.secret.clone()),
            poll_seconds: 1,
            edit_window_seconds,
        })
        .collect()
}

/// Intervals for partners on the same machine.
pub(crate) fn timing() -> Timing {
    Timing { call_deadline: Duration::from_secs(10), idle: Duration::from_millis(500), ..Timing::default() }
}

/// The database in `dir`.
pub(crate) async fn store(dir: &Path) -> Arc<dyn Store> {
    switchyard_store::open(&dir.join("switchyard.db"), switchyard_store::Options::default())
        .await
        .expect("the store opens")
}

/// Nothing that is stored contradicts itself, and at no look meanwhile did anything.
pub(crate) async fn assert_sound(store: &Arc<dyn Store>) {
    let findings = switchyard_engine::invariant::check(store).await.expect("the store can be read");
    assert_eq!(findings.breaches, [], "what is stored can be true");
    let mut seen = 0;
    loop {
        let entries = store.journal_after(seen, 10_000).await.expect("the journal can be read");
        let Some(last) = entries.last() else { return };
        seen = last.seq;
        let found: Vec<_> = entries.iter().filter(|entry| entry.kind == "order.records_contradict").collect();
        assert!(found.is_empty(), "something contradicted itself on the way: {found:#?}");
    }
}

/// An engine on a database in `dir`, connected to nothing yet.
pub(crate) async fn unconnected(dir: &Path) -> Engine {
    std::fs::create_dir_all(dir).expect("a writable directory");
    let options = Options {
        store: store(dir).await,
        vault: Arc::new(FileVault::new(dir)),
        clock: Arc::new(SystemClock::default()),
        timing: timing(),
    };
    Engine::start(options).await.expect("the engine starts")
}

/// An engine on a database in `dir`, connected to the sandbox.
pub(crate) async fn engine(dir: &Path, manifest: &Manifest, edit_window_seconds: u32) -> Engine {
    let engine = unconnected(dir).await;
    connect(&engine, manifest, edit_window_seconds).await;
    engine
}

/// Connects an engine to the sandbox.
pub(crate) async fn connect(engine: &Engine, manifest: &Manifest, edit_window_seconds: u32) {
    engine.handle().ensure_connections(connections(manifest, edit_window_seconds)).await.expect("connections are kept");
}

/// Waits until `orders` are published and the checker finds nothing pending, and returns its strict word: what is pending is a finding then.
pub(crate) async fn finished(ledgers: &Path, orders: u64, patience: Duration) -> Report {
    finished_by(ledgers, orders, patience, &CheckOptions::default()).await
}

/// The same, judged in a particular way.
pub(crate) async fn finished_by(ledgers: &Path, orders: u64, patience: Duration, strict: &CheckOptions) -> Report {
    let begun = Instant::now();
    loop {
        let pending = CheckOptions { allow_pending: true, ..strict.clone() };
        let report = checker::check(ledgers, &pending).expect("the ledgers can be read");
        if report.pending_orders == 0 && report.orders >= orders || begun.elapsed() > patience {
            let report = checker::check(ledgers, strict).expect("the ledgers can be read");
            println!("after {:.1} s: {report}", begun.elapsed().as_secs_f64());
            return report;
        }
        println!(
            "{:.0} s: {} of {orders} orders are still under way",
            begun.elapsed().as_secs_f64(),
            report.pending_orders
        );
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}
