//! What has to be true of a store: nothing is found in a sound one, and each break is named by its rows.

use switchyard_core::code::Code;
use switchyard_core::fulfillment::{FulfillmentState, HandOverState};
use switchyard_core::order::OrderState;
use switchyard_core::quantity::Sku;
use switchyard_core::stock::ledger::Document;
use switchyard_engine::clock::Clock as _;
use switchyard_engine::invariant::{Breach, Invariant, check};
use switchyard_store::contract::{Changes, OrderFile, Write};
use switchyard_store::query::Stage;

use crate::rig::Rig;

async fn breaches(rig: &Rig) -> Vec<Breach> {
    check(&rig.store).await.unwrap().breaches
}

/// Writes behind the engine's back, as a defect would.
async fn plant(rig: &Rig, write: Write) {
    rig.store.commit(Changes { writes: vec![write], ..Changes::default() }).await.unwrap();
}

fn only(found: &[Breach], invariant: Invariant, row: &str) {
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].invariant, invariant);
    assert!(found[0].rows.iter().any(|known| known.contains(row)), "{row} is not named: {:?}", found[0]);
    assert!(!found[0].detail.is_empty());
}

async fn queued(rig: &Rig, number: &str) -> OrderFile {
    let id = rig.order(number, &[("A", 2)]).await;
    rig.until(&id, |file| file.fulfillments.iter().any(|part| part.state == FulfillmentState::Queued)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_the_engine_wrote_is_sound() {
    let rig = Rig::start(0, &[(0, "A", 5), (1, "A", 5), (1, "B", 5)]).await;
    for (number, lines) in [("1", vec![("A", 8)]), ("2", vec![("A", 1), ("B", 2)]), ("3", vec![("B", 9)])] {
        let id = rig.order(number, &lines).await;
        let settled = |file: &OrderFile| file.order.state == OrderState::Planned || !file.order.problems.is_empty();
        rig.until(&id, settled).await;
    }
    rig.until_quiet(&["validate", "release"]).await;
    let findings = check(&rig.store).await.unwrap();
    assert_eq!(findings.breaches, []);
    assert_eq!((findings.orders, findings.levels), (3, 3));
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reservation_that_no_part_holds_is_found() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let (warehouse, sku) = (rig.warehouses[0].clone(), Sku::new("A"));
    let document = Document::Fulfillment { id: file.fulfillments[0].id.clone() };
    let channel = file.order.shop.clone();
    plant(&rig, Write::Reserve { warehouse: warehouse.clone(), sku, delta: 1, channel, document }).await;
    only(&breaches(&rig).await, Invariant::Reservations, warehouse.as_str());
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_units_in_a_part_than_were_bought_are_found_and_so_is_their_reservation() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let mut part = file.fulfillments[0].clone();
    part.lines[0].quantity = 3;
    plant(&rig, Write::Fulfillment(part)).await;
    let found = breaches(&rig).await;
    let kinds: Vec<Invariant> = found.iter().map(|breach| breach.invariant).collect();
    assert_eq!(kinds, [Invariant::Units, Invariant::Reservations], "{found:#?}");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queued_part_whose_hand_over_is_withdrawn_is_found() {
    let rig = Rig::start(0, &[(0, "A", 5)]).await;
    let file = queued(&rig, "1").await;
    let mut hand_over = file.hand_overs[0].clone();
    assert_eq!(hand_over.state, HandOverState::Ready);
    hand_over.state = HandOverState::Withdrawn;
    plant(&rig, Write::HandOver(hand_over.clone())).await;
    only(&breaches(&rig).await, Invariant::Outbox, file.fulfillments[0].id.as_str());
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_becomes_a_matter_for_a_person_once() {
    let rig = Rig::start(0, &[(0, "A", 5)]).await;
    let file = queued(&rig, "1").await;
    let mut hand_over = file.hand_overs[0].clone();
    hand_over.state = HandOverState::Withdrawn;
    plant(&rig, Write::HandOver(hand_over)).await;
    for _ in 0..2 {
        rig.look().await;
        let order = rig.store.order_file(&file.order.id).await.unwrap().unwrap().order;
        let matters: Vec<_> = order.attention.iter().filter(|item| item.code == Code::RecordsContradict).collect();
        assert_eq!(matters.len(), 1, "{:#?}", order.attention);
        assert!(matters[0].detail.contains(file.fulfillments[0].id.as_str()), "{}", matters[0].detail);
    }
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_try_without_a_record_is_found() {
    let rig = Rig::start(0, &[(0, "A", 5)]).await;
    let file = queued(&rig, "1").await;
    let mut hand_over = file.hand_overs[0].clone();
    hand_over.attempts = 1;
    plant(&rig, Write::HandOver(hand_over.clone())).await;
    only(&breaches(&rig).await, Invariant::Attempts, hand_over.id.as_str());
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_listed_where_it_does_not_stand_is_found() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let mut order = file.order.clone();
    order.updated_at = rig.clock.now();
    plant(&rig, Write::Order { order: Box::new(order), stage: Stage::Closed }).await;
    only(&breaches(&rig).await, Invariant::Stage, id.as_str());
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_order_with_open_units_is_found() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let mut order = file.order.clone();
    order.state = OrderState::Closed;
    plant(&rig, Write::Order { order: Box::new(order), stage: Stage::Closed }).await;
    let found = breaches(&rig).await;
    assert!(found.iter().any(|known| known.invariant == Invariant::Finished), "{found:#?}");
    rig.engine.stop().await;
}
