//! Rules, calendars and policies: every version is kept, the last one holds.

use rstest::rstest;
use serde_json::json;
use switchyard_store::Error;
use switchyard_store::contract::{Setting, Write};

use crate::fixture::{Backend, at, open, writes};

fn version(name: &str, version: i64) -> Write {
    let doc = json!({ "says": version });
    Write::Setting(Setting { kind: "rules".to_owned(), name: name.to_owned(), version, at: at(version), doc })
}

#[rstest]
#[tokio::test]
async fn the_next_version_holds_and_the_earlier_ones_stay(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![version("b", 1), version("a", 1), version("b", 2)])).await.expect("kept");
    for wrong in [version("b", 2), version("b", 4), version("c", 2)] {
        let refused = store.commit(writes(vec![wrong])).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "only the next version: {refused:?}");
    }
    let latest = store.settings("rules").await.expect("readable");
    let latest: Vec<_> = latest.iter().map(|one| (one.name.as_str(), one.version, &one.doc)).collect();
    assert_eq!(latest, [("a", 1, &json!({ "says": 1 })), ("b", 2, &json!({ "says": 2 }))]);
    let named = store.settings_named("rules", &["b", "z"]).await.expect("readable");
    assert_eq!(named.iter().map(|one| (one.name.as_str(), one.version)).collect::<Vec<_>>(), [("b", 2)]);
    assert_eq!(store.settings_named("rules", &[]).await.expect("readable"), []);
    let versions = store.setting_versions("rules", "b", 10).await.expect("readable");
    assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [2, 1], "newest first");
    assert_eq!(store.settings("calendars").await.expect("readable"), []);
}
