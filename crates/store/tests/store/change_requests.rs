//! What warehouses were asked to change.

use rstest::rstest;
use switchyard_core::change_request::ChangeRequestState;
use switchyard_store::Error;
use switchyard_store::contract::Write;
use switchyard_store::query::Stage;

use crate::fixture::{Backend, Opened, change_request, change_request_id, open, order, order_id, part, put, writes};

async fn with_a_part(backend: Backend) -> Opened {
    let store = open(backend).await;
    let first = vec![put(&order(1), Stage::InWarehouse), Write::Fulfillment(part(1, 1, 1))];
    store.commit(writes(first)).await.expect("kept");
    store
}

#[rstest]
#[tokio::test]
async fn a_request_is_kept_with_its_order_and_listed_by_state(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = with_a_part(backend).await;
    let two = vec![Write::ChangeRequest(change_request(2, 1, 1)), Write::ChangeRequest(change_request(1, 1, 1))];
    store.commit(writes(two)).await.expect("kept");
    let drafts = store.change_requests_in(ChangeRequestState::Draft, 10).await.expect("readable");
    let ids: Vec<_> = drafts.iter().map(|one| one.id.clone()).collect();
    assert_eq!(ids, [change_request_id(2), change_request_id(1)], "oldest first");
    let file = store.order_file(&order_id(1)).await.expect("readable").expect("there");
    assert_eq!(file.change_requests, drafts);

    let mut sent = drafts[0].clone();
    sent.state = ChangeRequestState::Sent;
    store.commit(writes(vec![Write::ChangeRequest(sent.clone())])).await.expect("kept");
    let again = store.commit(writes(vec![Write::ChangeRequest(sent)])).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "the revision moved: {again:?}");
    let stored = store.change_request(&change_request_id(2)).await.expect("readable").expect("there");
    assert_eq!((stored.state, stored.revision), (ChangeRequestState::Sent, 2));
    assert_eq!(store.change_requests_in(ChangeRequestState::Draft, 10).await.expect("readable").len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_request_about_nothing_we_have_is_refused(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = with_a_part(backend).await;
    for stray in [change_request(1, 9, 1), change_request(1, 1, 9)] {
        let refused = store.commit(writes(vec![Write::ChangeRequest(stray)])).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
}
