//! The real order history, where it is at hand.

use switchyard_core::order::LineKind;
use switchyard_sandbox::{OrderSource, Result, Sandbox, SandboxOptions, read_history};

use crate::client::{options, shops, until};
use crate::contracts::data;

#[test]
fn the_history_holds_the_sales_that_its_readme_counts() {
    let Some(path) = data("online-retail.csv.zst") else { return };
    let drafts: Vec<_> = read_history(&path, 1, 3).unwrap().collect::<Result<_>>().unwrap();
    assert_eq!(drafts.len(), 22_061);
    let lines = || drafts.iter().flat_map(|draft| &draft.lines);
    assert_eq!(lines().count(), 541_909 - 9_288 - 3, "every row but cancellations and adjustments");
    assert_eq!(drafts.iter().map(|draft| draft.lines.len()).max(), Some(1_114));
    let fees: std::collections::BTreeSet<_> =
        lines().filter(|line| line.kind == LineKind::Fee).map(|line| line.sku.to_string()).collect();
    for code in ["POST", "DOT", "M", "C2", "BANK CHARGES", "gift_0001_20", "AMAZONFEE"] {
        assert!(fees.contains(code), "{code}");
    }
    assert!(lines().filter(|line| line.kind == LineKind::Goods).all(|line| line.sku.len() >= 5 && line.quantity > 0));
    assert!(lines().any(|line| line.kind == LineKind::Goods && line.unit_price == 0), "free goods survive");
    assert!(lines().any(|line| line.title.is_empty()), "missing descriptions survive");
    assert!(drafts.iter().all(|draft| draft.destination.missing().is_empty()), "every address is complete");
    let countries: std::collections::BTreeSet<_> =
        drafts.iter().map(|draft| draft.destination.country.clone()).collect();
    assert_eq!(countries.len(), 36, "38 names, of which two are no countries");
    for shop in 0..3 {
        let share = drafts.iter().filter(|draft| draft.shop == shop).count();
        assert!((6_500..8_500).contains(&share), "shop {shop} has {share}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limited_history_is_published_at_once_and_not_again_after_a_restart() {
    let Some(path) = data("online-retail.csv.zst") else { return };
    let folder = tempfile::tempdir().unwrap();
    let replay = SandboxOptions {
        orders: OrderSource::History(path),
        limit: Some(120),
        orders_per_minute: None,
        ..options(&folder)
    };
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let sandbox = Sandbox::start(replay.clone()).await.unwrap();
        until("the history is out", async || sandbox.status().source_finished.then_some(())).await;
        assert_eq!(sandbox.status().source_failure, None);
        let mut found = Vec::new();
        for shop in shops(&sandbox.manifest()) {
            found.extend(shop.orders(20).await.iter().map(|order| order["name"].to_string()));
        }
        found.sort();
        assert_eq!(found.len(), 120);
        numbers.push(found);
        sandbox.shutdown().await;
    }
    assert_eq!(numbers[0], numbers[1]);
    assert!(numbers[0].contains(&"\"#536365\"".to_owned()), "the first invoice of the set");
}
