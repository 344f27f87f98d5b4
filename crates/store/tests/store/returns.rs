//! What comes back, and what is announced to warehouses.

use rstest::rstest;
use switchyard_core::return_order::ReturnState;
use switchyard_core::transfer::TransferState;
use switchyard_store::Error;
use switchyard_store::contract::{ReturnFilter, TransferFilter, Write};
use switchyard_store::query::Stage;

use crate::fixture::{
    Backend, Opened, goods_back, open, order, order_id, part, put, return_id, shipment, transfer, warehouse_id, writes,
};

async fn with_an_order(backend: Backend) -> Opened {
    let store = open(backend).await;
    store.commit(writes(vec![put(&order(1), Stage::Shipped)])).await.expect("kept");
    store
}

#[rstest]
#[tokio::test]
async fn a_return_is_kept_with_its_order_and_rewritten_from_its_revision_alone(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = with_an_order(backend).await;
    store.commit(writes(vec![Write::Return(Box::new(goods_back(1, 1)))])).await.expect("kept");
    let mut stored = store.goods_back(&return_id(1)).await.expect("readable").expect("there");
    assert_eq!(stored.revision, 1);
    let file = store.order_file(&order_id(1)).await.expect("readable").expect("there");
    assert_eq!(file.returns, [stored.clone()]);
    stored.remote_id = Some("77".to_owned());
    stored.state = ReturnState::Received;
    store.commit(writes(vec![Write::Return(Box::new(stored.clone()))])).await.expect("kept");
    let stale = store.commit(writes(vec![Write::Return(Box::new(stored))])).await;
    assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
    let by_remote = store.return_by_remote_id(&warehouse_id(1), "77").await.expect("readable").expect("there");
    assert_eq!((by_remote.revision, by_remote.state), (2, ReturnState::Received));
    assert_eq!(store.return_by_remote_id(&warehouse_id(2), "77").await, Ok(None));
    assert_eq!(store.return_by_reference("SR-1").await, Ok(Some(by_remote)));
}

#[rstest]
#[tokio::test]
async fn two_returns_never_share_a_number_of_ours_or_of_their_warehouse(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = with_an_order(backend).await;
    let mut first = goods_back(1, 1);
    first.remote_id = Some("77".to_owned());
    store.commit(writes(vec![Write::Return(Box::new(first))])).await.expect("kept");
    let mut same_reference = goods_back(2, 1);
    same_reference.reference = "SR-1".to_owned();
    let mut same_remote = goods_back(3, 1);
    same_remote.remote_id = Some("77".to_owned());
    let stray = goods_back(4, 9);
    let mut moved = store.goods_back(&return_id(1)).await.expect("readable").expect("there");
    moved.order = None;
    for refused in [same_reference, same_remote, stray, moved] {
        let refused = store.commit(writes(vec![Write::Return(Box::new(refused))])).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
    let mut nobodys = goods_back(5, 1);
    nobodys.order = None;
    nobodys.warehouse = Some(warehouse_id(2));
    nobodys.remote_id = Some("77".to_owned());
    store.commit(writes(vec![Write::Return(Box::new(nobodys))])).await.expect("another warehouse counts for itself");
}

#[rstest]
#[tokio::test]
async fn returns_are_listed_newest_first_by_state_and_warehouse_a_page_at_a_time(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = with_an_order(backend).await;
    for n in 1..=5 {
        let mut goods = goods_back(n, 1);
        goods.state = if n % 2 == 0 { ReturnState::Received } else { ReturnState::Announced };
        goods.warehouse = Some(warehouse_id(if n == 5 { 2 } else { 1 }));
        store.commit(writes(vec![Write::Return(Box::new(goods))])).await.expect("kept");
    }
    let ids =
        |found: Vec<switchyard_core::return_order::Return>| found.into_iter().map(|one| one.id).collect::<Vec<_>>();
    let all = ReturnFilter::default();
    let first = ids(store.search_returns(&all, None, 2).await.expect("readable"));
    assert_eq!(first, [return_id(5), return_id(4)]);
    let rest = ids(store.search_returns(&all, first.last(), 9).await.expect("readable"));
    assert_eq!(rest, [return_id(3), return_id(2), return_id(1)]);
    let announced = ReturnFilter { states: vec![ReturnState::Announced], warehouse: Some(warehouse_id(1)) };
    assert_eq!(ids(store.search_returns(&announced, None, 9).await.expect("readable")), [return_id(3), return_id(1)]);
    let counts = store.return_counts().await.expect("readable");
    assert_eq!(counts, [(ReturnState::Announced, 3), (ReturnState::Received, 2)]);
}

#[rstest]
#[tokio::test]
async fn a_shipment_is_found_by_the_warehouses_own_number(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = with_an_order(backend).await;
    let left = shipment(1, 1, 1, "DHL", "JJD1");
    let both =
        vec![Write::Fulfillment(part(1, 1, 1)), Write::Shipment { shipment: left.clone(), warehouse: warehouse_id(1) }];
    store.commit(writes(both)).await.expect("kept");
    assert_eq!(store.shipment_by_remote_id(&warehouse_id(1), "remote-1").await, Ok(Some(left)));
    assert_eq!(store.shipment_by_remote_id(&warehouse_id(2), "remote-1").await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn transfers_are_kept_by_revision_and_listed_by_state(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    for n in 1..=3 {
        store.commit(writes(vec![Write::Transfer(Box::new(transfer(n, 1 + n % 2)))])).await.expect("kept");
    }
    let mut first = store.search_transfers(&TransferFilter::default(), None, 9).await.expect("readable").remove(2);
    assert_eq!(first.reference, "ST-1");
    first.state = TransferState::Announced;
    store.commit(writes(vec![Write::Transfer(Box::new(first.clone()))])).await.expect("kept");
    let stale = store.commit(writes(vec![Write::Transfer(Box::new(first.clone()))])).await;
    assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
    let mut same = transfer(4, 1);
    same.reference = "ST-1".to_owned();
    let same = store.commit(writes(vec![Write::Transfer(Box::new(same))])).await;
    assert!(matches!(same, Err(Error::Conflict(_))), "{same:?}");
    let drafts = TransferFilter { states: vec![TransferState::Draft], warehouse: Some(warehouse_id(2)) };
    let found = store.search_transfers(&drafts, None, 9).await.expect("readable");
    assert_eq!(found.iter().map(|one| one.reference.as_str()).collect::<Vec<_>>(), ["ST-3"]);
    let stored = store.transfer(&first.id).await.expect("readable").expect("there");
    assert_eq!((stored.revision, stored.state), (2, TransferState::Announced));
}
