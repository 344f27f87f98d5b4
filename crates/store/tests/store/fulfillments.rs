use rstest::rstest;
use switchyard_core::fulfillment::{FulfillmentState, HandOverState};
use switchyard_core::write_back::WriteBackState;
use switchyard_store::Error;
use switchyard_store::contract::{FulfillmentCount, Write};
use switchyard_store::query::Stage;

use crate::fixture::{
    Backend, Opened, at, attempt, hand_over, hand_over_id, open, order, order_id, part, part_id, put, shipment,
    shipment_id, warehouse_id, write_back, write_back_id, writes,
};

async fn two_parts(backend: Backend) -> Opened {
    let store = open(backend).await;
    let all = vec![
        put(&order(1), Stage::Editable),
        Write::Fulfillment(part(1, 1, 1)),
        Write::Fulfillment(part(2, 1, 2)),
        Write::HandOver(hand_over(1, 1, 1)),
        Write::HandOver(hand_over(2, 2, 1)),
    ];
    store.commit(writes(all)).await.expect("kept");
    store
}

#[rstest]
#[tokio::test]
async fn a_claimed_hand_over_fences_a_late_writer_off(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = two_parts(backend).await;
    let ready = store.hand_over(&hand_over_id(1)).await.expect("readable").expect("there");
    let mut claimed = ready.clone();
    claimed.state = HandOverState::Sending;
    let claim = vec![Write::HandOver(claimed), Write::AttemptStarted(attempt(hand_over_id(1).as_str(), 1, 1))];
    store.commit(writes(claim)).await.expect("claimed");
    let mut withdrawn = ready;
    withdrawn.state = HandOverState::Withdrawn;
    let late = store.commit(writes(vec![Write::HandOver(withdrawn)])).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "an edit and a release that race have one winner");
    let states = |state| store.hand_overs_in(state, 10);
    assert_eq!(states(HandOverState::Sending).await.expect("readable").len(), 1);
    assert_eq!(states(HandOverState::Ready).await.expect("readable")[0].id, hand_over_id(2));
    assert_eq!(states(HandOverState::Withdrawn).await, Ok(Vec::new()));
}

#[rstest]
#[tokio::test]
async fn an_attempt_starts_once_and_ends_once(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = two_parts(backend).await;
    let start = Write::AttemptStarted(attempt("hov", 1, 1));
    let end = |outcome: &str| Write::AttemptEnded {
        subject: "hov".to_owned(),
        number: 1,
        at: at(9),
        outcome: outcome.to_owned(),
        detail: "201".to_owned(),
    };
    assert!(matches!(store.commit(writes(vec![end("done")])).await, Err(Error::Conflict(_))), "it has not begun");
    store.commit(writes(vec![start.clone()])).await.expect("begun");
    assert!(matches!(store.commit(writes(vec![start])).await, Err(Error::Conflict(_))), "numbers are not used twice");
    store.commit(writes(vec![end("done")])).await.expect("ended");
    assert!(matches!(store.commit(writes(vec![end("refused")])).await, Err(Error::Conflict(_))), "evidence stays");
    let attempts = store.order_file(&order_id(1)).await.expect("readable").expect("there").attempts;
    assert_eq!((attempts[0].outcome.as_str(), attempts[0].ended_at), ("done", Some(at(9))));
}

#[rstest]
#[tokio::test]
async fn parts_are_found_by_reference_and_counted_by_state(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = two_parts(backend).await;
    let mut first = store.fulfillment_by_reference("SW-1-1").await.expect("readable").expect("there");
    assert_eq!(first.id, part_id(1));
    assert_eq!(store.fulfillment_by_reference("SW-9-9").await, Ok(None));
    first.state = FulfillmentState::Queued;
    first.state_since = at(70);
    store.commit(writes(vec![Write::Fulfillment(first), Write::Fulfillment(part(3, 1, 2))])).await.expect("kept");
    let count = |warehouse, state, count, oldest| FulfillmentCount {
        warehouse: warehouse_id(warehouse),
        state,
        count,
        oldest: Some(at(oldest)),
    };
    assert_eq!(
        store.fulfillment_counts().await,
        Ok(vec![count(1, FulfillmentState::Queued, 1, 70), count(2, FulfillmentState::Open, 2, 2)])
    );
    let mut twin = part(4, 1, 1);
    twin.reference = "SW-1-1".to_owned();
    let twin = store.commit(writes(vec![Write::Fulfillment(twin)])).await;
    assert!(matches!(twin, Err(Error::Conflict(_))), "a reference is unique for ever");
}

#[rstest]
#[tokio::test]
async fn a_repeated_shipment_report_is_recognised(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = two_parts(backend).await;
    let first = shipment(1, 1, 1, "DHL", "JJD1");
    let booked = Write::Shipment { shipment: first.clone(), warehouse: warehouse_id(1) };
    store.commit(writes(vec![booked])).await.expect("booked");
    let mut repeated = shipment(2, 1, 1, "DHL", "JJD1");
    repeated.remote_id = first.remote_id.clone();
    let at_same = Write::Shipment { shipment: repeated.clone(), warehouse: warehouse_id(1) };
    assert!(matches!(store.commit(writes(vec![at_same])).await, Err(Error::Conflict(_))));
    let elsewhere = Write::Shipment { shipment: repeated, warehouse: warehouse_id(2) };
    store.commit(writes(vec![elsewhere])).await.expect("another warehouse numbers for itself");
    assert_eq!(store.shipment(&shipment_id(1)).await, Ok(Some(first)));
    assert_eq!(store.shipment(&shipment_id(9)).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn write_backs_are_listed_by_state_oldest_first(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = two_parts(backend).await;
    let all = vec![
        Write::Shipment { shipment: shipment(1, 1, 1, "DHL", "JJD1"), warehouse: warehouse_id(1) },
        Write::WriteBack(write_back(2, 1, 1)),
        Write::WriteBack(write_back(1, 1, 1)),
    ];
    store.commit(writes(all)).await.expect("kept");
    let due = store.write_backs_in(WriteBackState::Due, 10).await.expect("readable");
    let due: Vec<_> = due.into_iter().map(|one| one.id).collect();
    assert_eq!(due, [write_back_id(2), write_back_id(1)]);
    let mut confirmed = store.write_back(&write_back_id(2)).await.expect("readable").expect("there");
    confirmed.state = WriteBackState::Confirmed;
    store.commit(writes(vec![Write::WriteBack(confirmed)])).await.expect("kept");
    assert_eq!(store.write_backs_in(WriteBackState::Due, 10).await.expect("readable").len(), 1);
}
