//! Goods on their way to a warehouse: what they mean for stock, and that every unit is explained.

use switchyard_core::id::WarehouseId;
use switchyard_core::journal::Actor;
use switchyard_core::quantity::Sku;
use switchyard_core::role::{Holder, Own, Role};
use switchyard_core::stock::bucket::Buckets;
use switchyard_core::transfer::{DiscrepancyKind, Transfer, TransferState as S};
use switchyard_engine::returns::Wish;
use switchyard_engine::transfers::{AnnounceTransfer, TransferFailure, TransferRequest, TransferVerb};

use crate::rig::Rig;

fn wish(key: &str, holder: Holder) -> Wish {
    Wish { actor: Actor::person("mara"), holder, reason: "counted twice".to_owned(), key: key.to_owned() }
}

fn everywhere() -> Holder {
    Holder::everywhere(&[Role::WarehouseLead])
}

fn of(rig: &Rig, from: Option<usize>, lines: &[(&str, u32)], key: &str) -> AnnounceTransfer {
    AnnounceTransfer {
        from: from.map(|place| rig.warehouses[place].clone()),
        to: rig.warehouses[1].clone(),
        lines: lines.iter().map(|(sku, units)| (Sku::new(sku), *units)).collect(),
        expected_at: None,
        note: "the Monday van".to_owned(),
        wish: wish(key, everywhere()),
    }
}

async fn step(rig: &Rig, transfer: &Transfer, verb: TransferVerb) -> Result<Transfer, TransferFailure> {
    let key = format!("{} {verb:?}", transfer.revision);
    let request =
        TransferRequest { id: transfer.id.clone(), revision: transfer.revision, verb, wish: wish(&key, everywhere()) };
    rig.engine.handle().change_transfer(request).await
}

async fn level(rig: &Rig, warehouse: &WarehouseId) -> Buckets {
    let levels = rig.store.stock_of(&[Sku::new("A")]).await.unwrap();
    let here = levels.into_iter().find(|level| &level.warehouse == warehouse);
    here.map(|level| level.buckets).unwrap_or_default()
}

/// (on hand, incoming, available) here and there.
async fn both(rig: &Rig) -> [(u32, u32, u32); 2] {
    let told = |level: Buckets| (level.on_hand, level.incoming, level.available());
    [told(level(rig, &rig.warehouses[0]).await), told(level(rig, &rig.warehouses[1]).await)]
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_from_another_warehouse_leave_it_are_expected_and_are_for_sale_once_they_are_put_away() {
    let rig = Rig::start(3_600, &[(0, "A", 10)]).await;
    let goods = rig.engine.handle().announce_transfer(of(&rig, Some(0), &[("A", 6)], "k")).await.unwrap();
    assert_eq!(both(&rig).await, [(10, 0, 10), (0, 6, 0)], "announced: expected there, and still here");
    let goods = step(&rig, &goods, TransferVerb::Advance { to: S::Accepted }).await.unwrap();
    let goods = step(&rig, &goods, TransferVerb::Advance { to: S::InTransit }).await.unwrap();
    assert_eq!(both(&rig).await, [(4, 0, 4), (0, 6, 0)]);
    let goods = step(&rig, &goods, TransferVerb::Receive { line: 0, units: 5 }).await.unwrap();
    assert_eq!((goods.state, both(&rig).await[1]), (S::PartlyReceived, (0, 1, 0)), "counted is not for sale yet");
    let put_away = TransferVerb::PutAway { line: 0, stocked: 3, quarantined: 1 };
    let goods = step(&rig, &goods, put_away).await.unwrap();
    assert_eq!(both(&rig).await[1], (4, 1, 3), "what is set aside is there and not for sale");
    let goods = step(&rig, &goods, TransferVerb::Advance { to: S::Received }).await.unwrap();
    assert_eq!(both(&rig).await[1].1, 0, "nothing more comes");
    let early = step(&rig, &goods, TransferVerb::Advance { to: S::Closed }).await;
    assert!(
        matches!(early, Err(TransferFailure::Refused(_))),
        "one is missing, one is neither here nor there: {early:?}"
    );
    let lost = TransferVerb::Explain { line: 0, difference: DiscrepancyKind::Lost, units: 1 };
    let goods = step(&rig, &goods, lost).await.unwrap();
    let damaged = TransferVerb::Explain { line: 0, difference: DiscrepancyKind::Damaged, units: 1 };
    let goods = step(&rig, &goods, damaged).await.unwrap();
    let goods = step(&rig, &goods, TransferVerb::Advance { to: S::Closed }).await.unwrap();
    assert_eq!((goods.state, both(&rig).await), (S::Closed, [(4, 0, 4), (4, 0, 3)]));
    assert_eq!(rig.store.verify_stock().await, Ok(Vec::new()));
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_orders_were_promised_does_not_leave() {
    let rig = Rig::start(3_600, &[(0, "A", 10)]).await;
    let order = rig.order("1", &[("A", 7)]).await;
    rig.until(&order, |file| !file.fulfillments.is_empty()).await;
    let goods = rig.engine.handle().announce_transfer(of(&rig, Some(0), &[("A", 4)], "k")).await.unwrap();
    let goods = step(&rig, &goods, TransferVerb::Advance { to: S::Accepted }).await.unwrap();
    let refused = step(&rig, &goods, TransferVerb::Advance { to: S::InTransit }).await;
    assert!(matches!(refused, Err(TransferFailure::NotFree { wanted: 4, free: 3, .. })), "{refused:?}");
    assert_eq!(level(&rig, &rig.warehouses[0]).await.on_hand, 10);
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_waits_is_planned_on_what_arrives() {
    let rig = Rig::start(3_600, &[(1, "A", 1)]).await;
    let order = rig.order("1", &[("A", 3)]).await;
    rig.until(&order, |file| !file.order.problems.is_empty()).await;
    let goods = rig.engine.handle().announce_transfer(of(&rig, None, &[("A", 2)], "k")).await.unwrap();
    let goods = step(&rig, &goods, TransferVerb::Advance { to: S::Accepted }).await.unwrap();
    let goods = step(&rig, &goods, TransferVerb::Receive { line: 0, units: 2 }).await.unwrap();
    assert_eq!(goods.state, S::Received, "as much as was announced");
    step(&rig, &goods, TransferVerb::PutAway { line: 0, stocked: 2, quarantined: 0 }).await.unwrap();
    rig.until(&order, |file| file.order.problems.is_empty() && !file.fulfillments.is_empty()).await;
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_expected_no_longer_and_what_is_asked_twice_is_done_once() {
    let rig = Rig::start(3_600, &[(1, "A", 1)]).await;
    let handle = rig.engine.handle();
    let announced =
        futures::future::join_all((0..6).map(|_| handle.announce_transfer(of(&rig, None, &[("A", 2)], "k"))));
    let announced: Vec<Transfer> = announced.await.into_iter().map(Result::unwrap).collect();
    assert!(announced.iter().all(|goods| goods.id == announced[0].id), "{announced:?}");
    assert_eq!(level(&rig, &rig.warehouses[1]).await.incoming, 2);
    let goods = step(&rig, &announced[0], TransferVerb::Advance { to: S::Rejected }).await.unwrap();
    assert_eq!((goods.state, level(&rig, &rig.warehouses[1]).await.incoming), (S::Rejected, 0));
    let reused = handle.announce_transfer(of(&rig, None, &[("A", 3)], "k")).await;
    assert!(matches!(reused, Err(TransferFailure::KeyReused)), "{reused:?}");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_senseless_announcement_and_a_foreign_hand_change_nothing() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let handle = rig.engine.handle();
    for (from, lines) in [(Some(1), &[("A", 1)][..]), (None, &[]), (None, &[("A", 0)]), (None, &[("A", 1), ("A", 2)])] {
        let refused = handle.announce_transfer(of(&rig, from, lines, &format!("{from:?}{lines:?}"))).await;
        assert!(matches!(refused, Err(TransferFailure::Senseless(..))), "{from:?} {lines:?}: {refused:?}");
    }
    let goods = handle.announce_transfer(of(&rig, Some(0), &[("A", 2)], "k")).await.unwrap();
    let other = Own::These(vec![rig.warehouses[0].clone()]);
    let theirs = Holder { roles: vec![Role::WarehouseLead], warehouses: other };
    let verb = TransferVerb::Advance { to: S::Accepted };
    let request = TransferRequest { id: goods.id.clone(), revision: 1, verb, wish: wish("theirs", theirs) };
    let foreign = handle.change_transfer(request).await;
    assert!(matches!(foreign, Err(TransferFailure::NotYours)), "it arrives elsewhere: {foreign:?}");
    let stale = TransferVerb::Advance { to: S::Accepted };
    let stale = TransferRequest { id: goods.id, revision: 9, verb: stale, wish: wish("stale", everywhere()) };
    let stale = handle.change_transfer(stale).await;
    assert!(matches!(stale, Err(TransferFailure::Stale { asked: 9, current: 1 })), "{stale:?}");
    rig.engine.stop().await;
}
