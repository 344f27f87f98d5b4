use rstest::rstest;
use serde_json::json;
use switchyard_store::Error;
use switchyard_store::contract::{Changes, CommandId};
use switchyard_store::query::Stage;

use crate::fixture::{Backend, entry, open, order, order_id, put};

fn command(key: &str, digest: &str) -> Option<CommandId> {
    Some(CommandId { key: key.to_owned(), digest: digest.to_owned(), result: json!({ "order": "one" }) })
}

#[rstest]
#[tokio::test]
async fn entries_are_numbered_without_gaps_and_chained(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let set = |kinds: &[&str], order| Changes {
        journal: kinds.iter().map(|kind| entry(kind, order)).collect(),
        ..Changes::default()
    };
    assert_eq!(store.commit(set(&["a", "b"], Some(1))).await.expect("kept").journal, [1, 2]);
    let mut refused = set(&["lost"], Some(1));
    let mut stale = order(1);
    stale.revision = 5;
    refused.writes = vec![put(&stale, Stage::Routing)];
    assert!(store.commit(refused).await.is_err());
    assert_eq!(store.commit(set(&["c"], Some(2))).await.expect("kept").journal, [3], "a refused set leaves no gap");
    assert_eq!(store.commit(set(&["d"], None)).await.expect("kept").journal, [4]);
    assert_eq!(store.journal_head().await, Ok(4));
    let kinds = |entries: Vec<switchyard_core::journal::Recorded>| -> Vec<(i64, String)> {
        entries.into_iter().map(|entry| (entry.seq, entry.kind)).collect()
    };
    let after = kinds(store.journal_after(1, 2).await.expect("readable"));
    assert_eq!(after, [(2, "b".to_owned()), (3, "c".to_owned())]);
    let of_order = kinds(store.journal_of(&order_id(1), 10).await.expect("readable"));
    assert_eq!(of_order, [(1, "a".to_owned()), (2, "b".to_owned())]);
    let hashes: Vec<String> =
        store.journal_after(0, 9).await.expect("readable").into_iter().map(|entry| entry.hash).collect();
    assert!(hashes.iter().all(|hash| hash.len() == 64));
    assert_eq!(store.verify_journal().await, Ok(None));
}

#[tokio::test]
async fn both_implementations_chain_to_the_same_hash() {
    let mut hashes = Vec::new();
    for backend in [Backend::Sqlite, Backend::Model] {
        let store = open(backend).await;
        let mut last = entry("order.planned", Some(3));
        last.before = json!({ "z": 1, "a": [null, true, 0.5, "ü\n\"", { "b": {}, "a": -7 }] });
        let journal = vec![entry("order.received", Some(3)), last];
        store.commit(Changes { journal, ..Changes::default() }).await.expect("kept");
        hashes.push(store.journal_after(0, 10).await.expect("readable"));
    }
    assert_eq!(hashes[0], hashes[1]);
}

#[rstest]
#[tokio::test]
async fn a_repeated_command_is_answered_and_not_repeated(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let set = |digest: &str| Changes {
        writes: vec![put(&order(1), Stage::Routing)],
        journal: vec![entry("order.received", Some(1))],
        command: command("key-1", digest),
    };
    let first = store.commit(set("d1")).await.expect("kept");
    assert_eq!((first.repeated, first.journal), (None, vec![1]));
    let again = store.commit(set("d1")).await.expect("answered");
    assert_eq!((again.repeated, again.journal), (Some(json!({ "order": "one" })), vec![]));
    assert_eq!(store.journal_head().await, Ok(1), "nothing was written");
    let other = store.commit(set("d2")).await;
    let Err(Error::Conflict(what)) = other else { panic!("the key stands for another request: {other:?}") };
    assert!(what.contains("key-1"), "the conflict names the key: {what}");
    assert_eq!(
        store.command_result("key-1").await,
        Ok(Some(("d1".to_owned(), json!({ "order": "one" })))),
        "the digest lets a caller notice misuse before it asks"
    );
    assert_eq!(store.command_result("key-2").await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn a_refused_command_may_be_tried_again(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let mut stale = order(1);
    stale.revision = 3;
    let set = |order| Changes {
        writes: vec![put(order, Stage::Routing)],
        journal: Vec::new(),
        command: command("key-1", "d1"),
    };
    assert!(matches!(store.commit(set(&stale)).await, Err(Error::Conflict(_))));
    assert_eq!(store.command_result("key-1").await, Ok(None), "a refused command was not carried out");
    assert_eq!(store.commit(set(&order(1))).await.expect("kept").repeated, None);
}

#[rstest]
#[tokio::test]
async fn a_closed_store_is_unavailable(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    assert_eq!(store.store_secret().len(), 32);
    store.close().await.expect("closed");
    assert!(matches!(store.commit(Changes::default()).await, Err(Error::Unavailable(_))));
    assert!(matches!(store.journal_head().await, Err(Error::Unavailable(_))));
}
