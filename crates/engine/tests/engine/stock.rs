//! What a person does to a stock level, and what planning makes of it.

use switchyard_core::id::ConnectionId;
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::quantity::Sku;
use switchyard_core::stock::bucket::{BlockReason, Movement};
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_core::time::Timestamp;
use switchyard_engine::handle::{StockChange, StockChangeError, StockRequest};
use switchyard_store::contract::{Changes, StockPlace, Write};

use crate::rig::Rig;

fn place(rig: &Rig) -> StockPlace {
    StockPlace { sku: Sku::new("A"), warehouse: rig.warehouses[0].clone() }
}

fn wish(rig: &Rig, change: StockChange, key: &str) -> StockRequest {
    StockRequest {
        place: place(rig),
        change,
        actor: Actor::person("mara"),
        reason: "seen".to_owned(),
        key: key.to_owned(),
    }
}

/// A wish under a key of its own.
async fn change(rig: &Rig, change: StockChange) -> Result<(), StockChangeError> {
    let key = format!("change {}", rig.store.journal_head().await.unwrap());
    rig.engine.handle().change_stock(wish(rig, change, &key)).await
}

/// Keeps units for a shop that is not the rig's own.
async fn keep_for_another(rig: &Rig, units: i64) {
    let other = ConnectionId::new(Timestamp::EPOCH, [9; 10]);
    let write = Write::Stock {
        warehouse: rig.warehouses[0].clone(),
        sku: Sku::new("A"),
        movement: Movement { earmarks: [(other, units)].into(), ..Movement::default() },
        expects: None,
        cause: Cause::Earmarked,
        document: Document::Note { note: "the fair".to_owned() },
        by: Actor::person("mara"),
        at: Timestamp::EPOCH,
    };
    rig.store.commit(Changes { writes: vec![write], ..Changes::default() }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_not_planned_on_units_that_are_kept_for_another_shop() {
    let rig = Rig::start(3_600, &[(0, "A", 5), (1, "A", 1)]).await;
    keep_for_another(&rig, 3).await;
    let order = rig.order("1", &[("A", 4)]).await;
    rig.until(&order, |file| !file.order.problems.is_empty()).await;
    assert_eq!(rig.reserved("A").await, 0, "two here and one there may be sold");
    let smaller = rig.order("2", &[("A", 3)]).await;
    let file = rig.until(&smaller, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(file.fulfillments.len(), 2, "it takes what is left in both");
    let plan = rig.store.latest_plan(&smaller).await.unwrap().unwrap();
    assert_eq!(plan.input.stock.iter().map(|level| level.available).max(), Some(2), "the plan says what it could use");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn units_set_aside_leave_an_order_short_and_units_set_free_plan_it() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    change(&rig, StockChange::Block { units: 4, reason: BlockReason::Quarantine }).await.unwrap();
    let order = rig.order("1", &[("A", 2)]).await;
    rig.until(&order, |file| !file.order.problems.is_empty()).await;
    let all = change(&rig, StockChange::Unblock { units: 5, reason: BlockReason::Quarantine }).await;
    assert!(matches!(all, Err(StockChangeError::Refused(_))), "only four are: {all:?}");
    change(&rig, StockChange::Unblock { units: 1, reason: BlockReason::Quarantine }).await.unwrap();
    rig.until(&order, |file| file.order.state == OrderState::Planned).await;
    let rows = rig.store.stock_movements(&place(&rig), 9).await.unwrap();
    let causes: Vec<_> = rows.iter().map(|row| row.cause).collect();
    assert_eq!(causes, [Cause::Reserved, Cause::Unblocked, Cause::Blocked, Cause::Counted]);
    let file = rig.store.order_file(&order).await.unwrap().unwrap();
    assert_eq!(rows[0].document, Some(Document::Fulfillment { id: file.fulfillments[0].id.clone() }));
    assert_eq!(rows[2].by, Some(Actor::person("mara")));
    assert_eq!(rig.store.verify_stock().await, Ok(Vec::new()));
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_for_a_shop_is_used_up_by_its_orders_and_a_count_is_journaled() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let keep = |units| StockChange::Earmark { shop: rig.shop.clone(), units };
    change(&rig, keep(4)).await.unwrap();
    let again = change(&rig, keep(4)).await;
    assert!(matches!(again, Err(StockChangeError::NoChange)), "it is like that already: {again:?}");
    let many = change(&rig, keep(6)).await;
    assert!(matches!(many, Err(StockChangeError::Refused(_))), "there are five: {many:?}");
    let order = rig.order("1", &[("A", 3)]).await;
    rig.until(&order, |file| file.order.state == OrderState::Planned).await;
    let level = rig.store.stock_of(&[Sku::new("A")]).await.unwrap().remove(0).buckets;
    assert_eq!(level.earmarks.get(&rig.shop), Some(&1));
    change(&rig, StockChange::Count { on_hand: 9 }).await.unwrap();
    let head = rig.store.journal_head().await.unwrap();
    let entries = rig.store.journal_after(head - 1, 1).await.unwrap();
    let counted = entries.iter().find(|entry| entry.kind == "stock.corrected");
    assert_eq!(counted.map(|entry| (&entry.before["on_hand"], &entry.after["on_hand"])), Some((&5.into(), &9.into())));
    let unknown = StockChange::Earmark { shop: ConnectionId::new(Timestamp::EPOCH, [9; 10]), units: 1 };
    assert!(matches!(change(&rig, unknown).await, Err(StockChangeError::UnknownShop(_))));
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_that_compete_while_units_are_kept_share_what_their_shop_may_sell() {
    let rig = Rig::start(3_600, &[(0, "A", 4)]).await;
    keep_for_another(&rig, 2).await;
    let first = rig.order("1", &[("A", 2)]).await;
    rig.until(&first, |file| file.order.state == OrderState::Planned).await;
    let urgent = rig.order_with("2", &[("A", 2)], |order| order.priority = 5).await;
    rig.until(&urgent, |file| file.order.state == OrderState::Planned).await;
    rig.until(&first, |file| file.order.state == OrderState::Accepted).await;
    let level = rig.store.stock_of(&[Sku::new("A")]).await.unwrap().remove(0).buckets;
    assert_eq!((level.reserved, level.earmarks.len()), (2, 1), "what is kept for the other shop is not touched");
    assert_eq!(rig.store.verify_stock().await, Ok(Vec::new()));
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_delivered_many_times_at_once_is_booked_once_and_its_key_is_not_another_wishs() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let handle = rig.engine.handle();
    let block = StockChange::Block { units: 1, reason: BlockReason::Damaged };
    let twice = || handle.change_stock(wish(&rig, block.clone(), "k"));
    let done = futures::future::join_all((0..8).map(|_| twice())).await;
    assert!(done.iter().all(Result::is_ok), "a repeat is told what the first was told: {done:?}");
    twice().await.unwrap();
    let level = rig.store.stock_of(&[Sku::new("A")]).await.unwrap().remove(0).buckets;
    assert_eq!(level.blocked_units(), 1);
    let more = StockChange::Block { units: 2, reason: BlockReason::Damaged };
    let reused = handle.change_stock(wish(&rig, more, "k")).await;
    assert!(matches!(reused, Err(StockChangeError::KeyReused)), "{reused:?}");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_and_blocks_at_once_are_all_booked_on_what_is_there_then() {
    let rig = Rig::start(3_600, &[(0, "A", 50)]).await;
    let handle = rig.engine.handle();
    let wishes: Vec<StockRequest> = (0..6_u32)
        .flat_map(|n| {
            let aside = StockChange::Block { units: 1, reason: BlockReason::Damaged };
            let count = StockChange::Count { on_hand: 40 + n };
            [wish(&rig, aside, &format!("aside {n}")), wish(&rig, count, &format!("count {n}"))]
        })
        .collect();
    let done = futures::future::join_all(wishes.into_iter().map(|wish| handle.change_stock(wish))).await;
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    let level = rig.store.stock_of(&[Sku::new("A")]).await.unwrap().remove(0).buckets;
    assert_eq!(level.blocked_units(), 6);
    assert!((40..46).contains(&level.on_hand), "the last count holds, not a sum of differences: {}", level.on_hand);
    assert_eq!(rig.store.verify_stock().await, Ok(Vec::new()));
    rig.engine.stop().await;
}
