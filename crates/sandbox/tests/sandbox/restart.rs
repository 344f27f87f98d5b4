//! A sandbox that dies comes back with every effect it has answered for.

use reqwest::Method;
use serde_json::Value;
use switchyard_sandbox::{Manifest, OrderSource, Sandbox, SandboxOptions};

use crate::client::{options, order_body, publish, shops, until, warehouses};

async fn picture(manifest: &Manifest) -> (Vec<Value>, Vec<Value>) {
    let mut orders = Vec::new();
    for shop in shops(manifest) {
        orders.extend(shop.orders(50).await);
    }
    let mut taken = Vec::new();
    for warehouse in warehouses(manifest) {
        taken.extend(warehouse.get("order?Limit=250&SortOrder=Oldest").await.1.as_array().unwrap().clone());
    }
    (orders, taken)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_image_taken_in_mid_run_restarts_with_everything_that_was_answered() {
    let (folder, image) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // Time stands still, so that nothing happens between the picture and the crash image.
    let still = |folder| SandboxOptions { speed: 0.0, ..options(folder) };
    let sandbox = Sandbox::start(still(&folder)).await.unwrap();
    publish(&sandbox, 30).await;
    let manifest = sandbox.manifest();
    let shop = &shops(&manifest)[0];
    let order = shop.orders(50).await[0].clone();
    let portion = order["fulfillmentOrders"]["nodes"][0]["id"].clone();
    shop.fulfill(&portion, &[], &serde_json::json!({ "number": "T1" })).await;
    let warehouse = &warehouses(&manifest)[0];
    for number in 0..5 {
        let body = order_body(&format!("F{number}"), "NL-1001", &[("MUG-SND", 1)]);
        assert_eq!(warehouse.call(Method::POST, "order", Some(&body)).await.0, 201);
    }
    let before = picture(&manifest).await;

    // What is on disk now is what a power cut would leave, plus the beginning of a line that was being written.
    std::fs::create_dir(image.path().join("ledger")).unwrap();
    std::fs::copy(folder.path().join("sandbox.json"), image.path().join("sandbox.json")).unwrap();
    for entry in std::fs::read_dir(folder.path().join("ledger")).unwrap() {
        let entry = entry.unwrap();
        let mut bytes = std::fs::read(entry.path()).unwrap();
        bytes.extend_from_slice(b"{\"at\":\"2026-1");
        std::fs::write(image.path().join("ledger").join(entry.file_name()), bytes).unwrap();
    }
    sandbox.shutdown().await;

    let again = Sandbox::start(still(&image)).await.unwrap();
    assert_eq!(again.manifest(), manifest, "same addresses, same tokens");
    assert_eq!(picture(&manifest).await, before);
    let repeated = order_body("F1", "NL-1001", &[("MUG-SND", 1)]);
    assert_eq!(warehouse.call(Method::POST, "order", Some(&repeated)).await.0, 422, "the reference is remembered");
    publish(&again, 10).await;
    let orders = picture(&manifest).await.0;
    let numbers: std::collections::HashSet<_> = orders.iter().map(|order| order["name"].to_string()).collect();
    assert_eq!((orders.len(), numbers.len()), (40, 40), "the source goes on where it stood, nothing comes twice");
    again.set_speed(10_000.0).unwrap();
    until("what was taken before the crash is shipped after it", async || {
        (again.status().instances[2].done == 5).then_some(())
    })
    .await;
    again.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manifest_is_for_its_owner_only_and_other_options_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(options(&folder)).await.unwrap();
    #[cfg(unix)]
    {
        let mode = std::fs::metadata(folder.path().join("sandbox.json")).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&mode.permissions()) & 0o777;
        assert_eq!(mode, 0o600);
    }
    assert_eq!(Manifest::read(folder.path()).unwrap(), Some(sandbox.manifest()));
    sandbox.shutdown().await;
    let other = Sandbox::start(SandboxOptions { seed: 2, ..options(&folder) }).await;
    assert!(other.is_err_and(|error| error.to_string().contains("another `seed`")));
    let endless = SandboxOptions { orders: OrderSource::Generated, orders_per_minute: None, ..options(&folder) };
    assert!(Sandbox::start(endless).await.is_err(), "endless orders at once never end");
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_arrive_at_the_asked_rate_of_simulated_time() {
    let folder = tempfile::tempdir().unwrap();
    let steady = SandboxOptions { orders_per_minute: Some(12.0), speed: 0.0, ..options(&folder) };
    let sandbox = Sandbox::start(steady).await.unwrap();
    sandbox.set_speed(600.0).unwrap();
    until("a hundred orders", async || (sandbox.status().published >= 100).then_some(())).await;
    let status = sandbox.status();
    let minutes = status.simulated_us as f64 / 60e6;
    let rate = status.published as f64 / minutes;
    assert!((8.0..17.0).contains(&rate), "{rate} orders a simulated minute");
    sandbox.set_orders_per_minute(Some(0.0)).unwrap();
    sandbox.shutdown().await;
}
