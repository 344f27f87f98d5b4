//! Every order once, with every fault on: the first 2,000 sales invoices through two shops and three warehouses.

use std::time::Duration;

use crate::rig;

/// Sales invoices published; some consist of fees only and ship nothing.
const ORDERS: u64 = 2_000;

#[tokio::test(flavor = "multi_thread")]
async fn every_order_of_the_history_is_shipped_and_written_back_exactly_once() {
    let dir = tempfile::tempdir().unwrap();
    let ledgers = dir.path().join("sandbox");
    let Some(sandbox) = rig::sandbox(&ledgers, ORDERS, rig::faults()).await else { return };
    let engine = rig::engine(&dir.path().join("data"), &sandbox.manifest(), 1).await;
    let report = rig::finished(&ledgers, ORDERS, Duration::from_secs(1_200)).await;
    let store = engine.handle().store().clone();
    engine.stop().await;
    sandbox.shutdown().await;
    assert!(report.is_clean(), "the ledgers disagree: {report}");
    rig::assert_sound(&store).await;
}
