use rstest::rstest;
use switchyard_store::Error;
use switchyard_store::contract::Write;

use crate::fixture::{
    Backend, at, claim, connection, connection_id, inbox_id, item, job, open, warehouse, warehouse_id, writes,
};

#[rstest]
#[tokio::test]
async fn connections_are_listed_by_creation_and_warehouses_by_rank(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    let all = vec![
        Write::Connection(connection(2)),
        Write::Connection(connection(1)),
        Write::Warehouse(warehouse(1, 9)),
        Write::Warehouse(warehouse(2, 1)),
    ];
    store.commit(writes(all)).await.expect("kept");
    let mut paused = connection(2);
    paused.paused = true;
    store.commit(writes(vec![Write::Connection(paused.clone())])).await.expect("rewritten");
    assert_eq!(store.connections().await, Ok(vec![connection(1), paused.clone()]));
    assert_eq!(store.connection(&connection_id(2)).await, Ok(Some(paused)));
    assert_eq!(store.connection(&connection_id(3)).await, Ok(None));
    let ids: Vec<_> = store.warehouses().await.expect("readable").into_iter().map(|one| one.id).collect();
    assert_eq!(ids, [warehouse_id(2), warehouse_id(1)]);
}

#[rstest]
#[tokio::test]
async fn a_mark_moves_from_the_one_it_was_pulled_from(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let to = |from: Option<&str>, to: &str| Write::Cursor {
        connection: connection_id(1),
        stream: "orders".to_owned(),
        from: from.map(str::to_owned),
        to: to.to_owned(),
    };
    assert_eq!(store.cursor(&connection_id(1), "orders").await, Ok(None));
    assert!(matches!(store.commit(writes(vec![to(Some("a"), "b")])).await, Err(Error::Conflict(_))));
    store.commit(writes(vec![to(None, "a")])).await.expect("the first page");
    assert!(matches!(store.commit(writes(vec![to(None, "z")])).await, Err(Error::Conflict(_))));
    store.commit(writes(vec![to(Some("a"), "b")])).await.expect("the next page");
    assert!(matches!(store.commit(writes(vec![to(Some("a"), "c")])).await, Err(Error::Conflict(_))));
    assert_eq!(store.cursor(&connection_id(1), "orders").await, Ok(Some("b".to_owned())));
    assert_eq!(store.cursor(&connection_id(1), "stock").await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn a_message_comes_in_once_and_causes_work_once(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let inbox = |n: u32, version: &str| Write::Inbox {
        item: Box::new(item(n, "gid-7", version)),
        then: vec![job(n, "parse", &n.to_string(), 1)],
    };
    let kept = store.commit(writes(vec![inbox(1, "v1"), inbox(2, "v1")])).await.expect("kept");
    assert_eq!(kept.new_items, [inbox_id(1)], "the second is the same message");
    let kept = store.commit(writes(vec![inbox(3, "v1"), inbox(4, "v2")])).await.expect("kept");
    assert_eq!(kept.new_items, [inbox_id(4)]);
    let jobs = store.claim_jobs(&claim("parse", 9, 10)).await.expect("a claim");
    let keys: Vec<_> = jobs.iter().map(|job| job.key.as_str()).collect();
    assert_eq!(keys, ["1", "4"]);
    let stored = store.inbox_item(&inbox_id(1)).await.expect("readable").expect("there");
    assert_eq!((stored.item, stored.done, stored.dead), (item(1, "gid-7", "v1"), false, None));
    assert_eq!(store.inbox_item(&inbox_id(2)).await, Ok(None));
    let latest = store.latest_item(&connection_id(1), "orders", "gid-7").await.expect("readable").expect("there");
    assert_eq!(latest.item.version, "v2");
    assert_eq!(store.latest_item(&connection_id(2), "orders", "gid-7").await, Ok(None));
    let twin = Write::Inbox { item: Box::new(item(1, "gid-8", "v1")), then: Vec::new() };
    assert!(matches!(store.commit(writes(vec![twin])).await, Err(Error::Conflict(_))), "an id is used once");
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_processed_is_listed_newest_first(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let inbox = |n: u32| Write::Inbox { item: Box::new(item(n, &n.to_string(), "v")), then: Vec::new() };
    let done = |n: u32, dead: Option<&str>| Write::InboxDone { item: inbox_id(n), dead: dead.map(str::to_owned) };
    let all = vec![inbox(1), inbox(2), inbox(3), done(1, Some("no id")), done(2, None), done(3, Some("not JSON"))];
    store.commit(writes(all)).await.expect("kept");
    let dead = store.dead_items(10).await.expect("readable");
    let dead: Vec<_> = dead.iter().map(|one| (one.item.id.clone(), one.dead.as_deref())).collect();
    assert_eq!(dead, [(inbox_id(3), Some("not JSON")), (inbox_id(1), Some("no id"))]);
    assert!(store.inbox_item(&inbox_id(2)).await.expect("readable").expect("there").done);
    store.commit(writes(vec![done(3, None)])).await.expect("processed after all");
    assert_eq!(store.dead_items(10).await.expect("readable").len(), 1);
    assert!(matches!(store.commit(writes(vec![done(9, None)])).await, Err(Error::Conflict(_))), "unknown");
}

#[rstest]
#[tokio::test]
async fn a_raw_message_is_kept_byte_for_byte(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    for (n, raw) in [(1, Vec::new()), (2, vec![0, 255, 10, 13, 0]), (3, vec![b'x'; 300_000])] {
        let mut message = item(n, &n.to_string(), "v");
        message.raw = raw.clone();
        message.received_at = at(5);
        store.commit(writes(vec![Write::Inbox { item: Box::new(message), then: Vec::new() }])).await.expect("kept");
        let stored = store.inbox_item(&inbox_id(n)).await.expect("readable").expect("there");
        assert!(stored.item.raw == raw, "{n}: what was sent is what is kept");
    }
}
