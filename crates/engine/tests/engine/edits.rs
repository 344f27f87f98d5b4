//! Edits: what they change, when they come too late, and who wins a race against the release.

use switchyard_core::edit::Edit;
use switchyard_core::fulfillment::{FulfillmentState, HandOverState};
use switchyard_core::hold::HoldReason;
use switchyard_core::id::HoldId;
use switchyard_core::order::OrderState;
use switchyard_engine::clock::Clock;
use switchyard_engine::handle::EditError;
use switchyard_store::contract::OrderFile;

use crate::rig::{Rig, address};

fn planned(file: &OrderFile) -> bool {
    file.order.state == OrderState::Planned
}

fn hold(rig: &Rig) -> Edit {
    let id = HoldId::new(rig.clock.now(), rig.clock.random_id());
    Edit::Hold {
        id,
        reason: HoldReason::Customer,
        note: "wait".to_owned(),
        expires_at: None,
        fulfillment: None,
        keeps_stock: true,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_is_planned_again_and_keeps_its_fulfillment_order() {
    let rig = Rig::start(3_600, &[(0, "A", 3)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    let before = rig.until(&id, planned).await;
    let wish = rig.wish(&id, Edit::Address { ship_to: address("2 Low Street") }, "k1").await;
    let edited = rig.engine.handle().edit(wish).await.unwrap();
    assert_eq!(edited.changes.len(), 1, "only the street changed");
    let after = rig.until(&id, planned).await;
    assert_eq!(after.order.ship_to.line1, "2 Low Street");
    assert!(after.order.edited);
    assert_eq!(after.fulfillments[0].reference, before.fulfillments[0].reference);
    assert_eq!(rig.reserved("A").await, 2, "planning again reserves nothing twice");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fewer_units_free_their_stock_and_cancelling_frees_all() {
    let rig = Rig::start(3_600, &[(0, "A", 9)]).await;
    let id = rig.order("1", &[("A", 5)]).await;
    let file = rig.until(&id, planned).await;
    let line = file.order.lines[0].id.clone();
    let wish = rig.wish(&id, Edit::Quantity { line, quantity: 2 }, "k1").await;
    rig.engine.handle().edit(wish).await.unwrap();
    rig.until(&id, planned).await;
    assert_eq!(rig.reserved("A").await, 2);
    let wish = rig.wish(&id, Edit::Cancel, "k2").await;
    rig.engine.handle().edit(wish).await.unwrap();
    let file = rig.until(&id, |file| file.order.state == OrderState::Cancelled).await;
    assert!(file.fulfillments.iter().all(|part| part.state == FulfillmentState::Cancelled));
    assert_eq!(rig.reserved("A").await, 0);
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_edits_once_and_another_wish_under_it_is_refused() {
    let rig = Rig::start(3_600, &[(0, "A", 9)]).await;
    let id = rig.order("1", &[("A", 5)]).await;
    rig.until(&id, planned).await;
    let wish = rig.wish(&id, hold(&rig), "k1").await;
    let first = rig.engine.handle().edit(wish.clone()).await.unwrap();
    let second = rig.engine.handle().edit(wish.clone()).await.unwrap();
    assert_eq!(first.changes, second.changes, "a repeated delivery is answered as the first");
    let file = rig.store.order_file(&id).await.unwrap().unwrap();
    assert_eq!(file.order.holds.len(), 1);
    let mut other = wish;
    other.edits = vec![Edit::Cancel];
    assert!(matches!(rig.engine.handle().edit(other).await, Err(EditError::KeyReused)));
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_an_old_revision_is_answered_with_the_order_as_it_is() {
    let rig = Rig::start(3_600, &[(0, "A", 9)]).await;
    let id = rig.order("1", &[("A", 5)]).await;
    let file = rig.until(&id, planned).await;
    let mut wish = rig.wish(&id, hold(&rig), "k1").await;
    wish.revision -= 1;
    match rig.engine.handle().edit(wish).await {
        Err(EditError::Stale { current, .. }) => assert_eq!(current.revision, file.order.revision),
        other => panic!("a stale edit must not go through: {other:?}"),
    }
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lifting_the_last_hold_releases_an_order_whose_window_has_closed() {
    let rig = Rig::start(1, &[(0, "A", 9)]).await;
    let id = rig.order("1", &[("A", 1)]).await;
    rig.until(&id, planned).await;
    let wish = rig.wish(&id, hold(&rig), "k1").await;
    rig.engine.handle().edit(wish).await.unwrap();
    rig.until_quiet(&["edit_window", "release"]).await;
    let file = rig.store.order_file(&id).await.unwrap().unwrap();
    assert_eq!(file.fulfillments[0].state, FulfillmentState::Open, "held beyond its window, it stays ours");
    let wish = rig.wish(&id, Edit::LiftHold { hold: file.order.holds[0].id.clone() }, "k2").await;
    rig.engine.handle().edit(wish).await.unwrap();
    rig.until(&id, |file| file.fulfillments[0].state == FulfillmentState::Queued).await;
    rig.engine.stop().await;
}

/// A hold that races the release: either the hold stands and nothing is in the outbox, or the hold came second and
/// pulled the order back, or it was refused. Never both a hold and a hand-over that may be sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_races_the_release_never_leaves_a_held_order_in_the_outbox() {
    let rig = Rig::start(0, &[(0, "A", 1_000)]).await;
    for round in 0..60 {
        let id = rig.order(&round.to_string(), &[("A", 1)]).await;
        rig.until(&id, |file| planned(file) || !file.hand_overs.is_empty()).await;
        let wish = rig.wish(&id, hold(&rig), &format!("k{round}")).await;
        let result = rig.engine.handle().edit(wish).await;
        let file = rig.store.order_file(&id).await.unwrap().unwrap();
        let sendable = file.hand_overs.iter().any(|hand_over| hand_over.state == HandOverState::Ready);
        match result {
            Ok(_) => assert!(!sendable, "round {round}: held and still in the outbox"),
            Err(EditError::Stale { .. } | EditError::Denied(_)) => {
                assert!(file.order.holds.is_empty(), "round {round}: refused and yet held");
            }
            Err(other) => panic!("round {round}: {other}"),
        }
    }
    rig.engine.stop().await;
}
