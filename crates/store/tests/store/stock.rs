use rstest::rstest;
use switchyard_core::quantity::Sku;
use switchyard_core::stock::bucket::{BlockReason, Movement};
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_store::Error;
use switchyard_store::contract::{StockFilter, StockPlace, Write};

use crate::fixture::{
    Backend, Opened, at, connection_id, entry, left, moved, open, report, reserve, reserve_for, warehouse_id, writes,
};

async fn level(store: &Opened, sku: &str) -> (u32, u32, u32) {
    let levels = store.stock_of(&[Sku::new(sku)]).await.expect("readable");
    (levels[0].buckets.on_hand, levels[0].buckets.reserved, levels[0].available())
}

fn ship(sku: &str, quantity: u32) -> Write {
    left(1, sku, quantity, quantity, 0)
}

#[rstest]
#[tokio::test]
async fn no_more_is_reserved_than_there_is(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "S", 10, 1), report(1, "T", 1, 1)])).await.expect("kept");
    store.commit(writes(vec![reserve(1, "S", 7)])).await.expect("reserved");
    let greedy = store.commit(writes(vec![reserve(1, "T", 1), reserve(1, "S", 4)])).await;
    assert_eq!(greedy, Err(Error::Stock { warehouse: warehouse_id(1).to_string(), sku: "S".to_owned() }));
    assert_eq!(level(&store, "T").await, (1, 0, 1), "the first reservation of the set went with it");
    store.commit(writes(vec![reserve(1, "S", 3)])).await.expect("the rest");
    assert_eq!(level(&store, "S").await, (10, 10, 0));
    let unknown = store.commit(writes(vec![reserve(2, "S", 1)])).await;
    assert!(matches!(unknown, Err(Error::Stock { .. })), "a level nobody reported has nothing");
    assert_eq!(store.verify_stock().await, Ok(Vec::new()), "the ledger adds up");
}

#[rstest]
#[tokio::test]
async fn many_reservations_at_once_never_oversell(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "S", 50, 1)])).await.expect("kept");
    let tries = (0..80).map(|_| {
        let store = store.store.clone();
        tokio::spawn(async move { store.commit(writes(vec![reserve(1, "S", 1)])).await })
    });
    let mut granted = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.expect("no panic") {
            Ok(_) => granted += 1,
            Err(Error::Stock { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(granted, 50);
    assert_eq!(level(&store, "S").await, (50, 50, 0));
    assert_eq!(store.verify_stock().await, Ok(Vec::new()));
}

#[rstest]
#[tokio::test]
async fn an_older_report_never_replaces_a_newer_one(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "S", 10, 5)])).await.expect("kept");
    store.commit(writes(vec![report(1, "S", 99, 4)])).await.expect("ignored");
    assert_eq!(level(&store, "S").await.0, 10);
    store.commit(writes(vec![report(1, "S", 8, 5)])).await.expect("a correction of the same moment");
    assert_eq!(level(&store, "S").await.0, 8);
}

#[rstest]
#[tokio::test]
async fn a_report_below_the_promises_is_booked_and_blocks_new_ones(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "S", 10, 1), reserve(1, "S", 8)])).await.expect("kept");
    store.commit(writes(vec![report(1, "S", 3, 2)])).await.expect("a fact is booked");
    assert_eq!(level(&store, "S").await, (3, 8, 0));
    assert!(matches!(store.commit(writes(vec![reserve(1, "S", 1)])).await, Err(Error::Stock { .. })));
    store.commit(writes(vec![reserve(1, "S", -6)])).await.expect("freed");
    assert_eq!(level(&store, "S").await, (3, 2, 1));
    store.commit(writes(vec![reserve(1, "S", 1)])).await.expect("what is left");
    assert!(matches!(store.commit(writes(vec![reserve(1, "S", 1)])).await, Err(Error::Stock { .. })));
    assert_eq!(store.verify_stock().await, Ok(Vec::new()));
}

#[rstest]
#[tokio::test]
async fn shipping_lowers_both_figures_to_zero_at_most(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "S", 10, 1), reserve(1, "S", 4)])).await.expect("kept");
    store.commit(writes(vec![ship("S", 3)])).await.expect("left");
    assert_eq!(level(&store, "S").await, (7, 1, 6));
    store.commit(writes(vec![ship("S", 20)])).await.expect("a fact is booked");
    assert_eq!(level(&store, "S").await, (0, 0, 0));
    store.commit(writes(vec![ship("never reported", 1), reserve(1, "S", -5)])).await.expect("nothing to lower");
    assert_eq!(level(&store, "S").await, (0, 0, 0));
    assert_eq!(store.verify_stock().await, Ok(Vec::new()));
}

#[rstest]
#[tokio::test]
async fn levels_are_listed_by_sku_and_warehouse(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let all = vec![report(2, "B", 1, 1), report(1, "B", 2, 1), report(1, "A", 3, 1), report(1, "C", 4, 1)];
    store.commit(writes(all)).await.expect("kept");
    let levels = store.stock_of(&["B", "A", "X", "B"].map(Sku::new)).await.expect("readable");
    let levels: Vec<_> = levels.iter().map(|level| (level.sku.as_str(), level.buckets.on_hand)).collect();
    assert_eq!(levels, [("A", 3), ("B", 2), ("B", 1)]);
    let unknown = store.unknown_skus(&["Y", "A", "X", "Y"].map(Sku::new)).await;
    assert_eq!(unknown, Ok(["Y", "X"].map(Sku::new).to_vec()), "each once, as asked");
}

#[rstest]
#[tokio::test]
async fn a_report_from_before_a_departure_does_not_bring_its_units_back(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "A", 9, 10), reserve(1, "A", 4)])).await.expect("kept");
    store.commit(writes(vec![left(1, "A", 4, 4, 30)])).await.expect("kept");
    // Read from the warehouse before the parcel left, stored after it was booked: those four are gone.
    store.commit(writes(vec![report(1, "A", 9, 20)])).await.expect("kept");
    assert_eq!(store.stock_of(&[Sku::new("A")]).await.expect("a read")[0].buckets.on_hand, 5);
    store.commit(writes(vec![report(1, "A", 6, 40)])).await.expect("kept");
    assert_eq!(store.stock_of(&[Sku::new("A")]).await.expect("a read")[0].buckets.on_hand, 6, "a newer report counts");
}

#[rstest]
#[tokio::test]
async fn a_departure_that_had_nothing_reserved_is_booked_and_leaves_what_is_kept_for_others(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "A", 5, 10), reserve(1, "A", 4)])).await.expect("kept");
    store.commit(writes(vec![left(1, "A", 3, 0, 30)])).await.expect("a fact is not refused");
    let level = store.stock_of(&[Sku::new("A")]).await.expect("a read").remove(0);
    assert_eq!((level.buckets.on_hand, level.buckets.reserved, level.available()), (2, 4, 0));
    assert_eq!(store.verify_stock().await, Ok(Vec::new()), "the ledger agrees");
}

#[rstest]
#[tokio::test]
async fn what_is_kept_back_is_never_promised(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let keep = |sku: &str, units| Write::Safety { warehouse: warehouse_id(1), sku: Sku::new(sku), units };
    store.commit(writes(vec![report(1, "S", 10, 1), reserve(1, "S", 4)])).await.expect("kept");
    store.commit(writes(vec![keep("S", 5)])).await.expect("kept back");
    assert_eq!(level(&store, "S").await, (10, 4, 1));
    assert!(matches!(store.commit(writes(vec![reserve(1, "S", 2)])).await, Err(Error::Stock { .. })));
    store.commit(writes(vec![reserve(1, "S", 1)])).await.expect("the last one");
    store.commit(writes(vec![keep("S", 9)])).await.expect("what is reserved stays reserved");
    assert_eq!(level(&store, "S").await, (10, 5, 0));
    let unknown = store.commit(writes(vec![keep("T", 1)])).await;
    assert!(matches!(unknown, Err(Error::Conflict(_))), "a level nobody reported: {unknown:?}");
    assert_eq!(store.verify_stock().await, Ok(Vec::new()));
}

#[rstest]
#[tokio::test]
async fn levels_are_found_page_by_page_and_each_tells_its_movements(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    let all =
        vec![report(1, "MUG-A", 3, 1), report(2, "MUG-A", 4, 1), report(1, "MUG-B", 1, 1), report(1, "POT", 9, 1)];
    store.commit(writes(all)).await.expect("kept");
    store.commit(writes(vec![reserve(1, "MUG-B", 1)])).await.expect("reserved");
    let names = async |filter: StockFilter, after: Option<StockPlace>| -> Vec<(String, u32)> {
        let found = store.search_stock(&filter, after.as_ref(), 2).await.expect("readable");
        found.iter().map(|level| (level.sku.to_string(), level.buckets.on_hand)).collect()
    };
    let mugs = StockFilter { sku_contains: "mug".to_owned(), ..StockFilter::default() };
    assert_eq!(names(mugs.clone(), None).await, [("MUG-A".to_owned(), 3), ("MUG-A".to_owned(), 4)]);
    let after = StockPlace { sku: Sku::new("MUG-A"), warehouse: warehouse_id(2) };
    assert_eq!(names(mugs, Some(after)).await, [("MUG-B".to_owned(), 1)]);
    let none_left = StockFilter { exhausted: true, warehouse: Some(warehouse_id(1)), ..StockFilter::default() };
    assert_eq!(names(none_left, None).await, [("MUG-B".to_owned(), 1)]);
    let place = StockPlace { sku: Sku::new("MUG-B"), warehouse: warehouse_id(1) };
    let moved = store.stock_movements(&place, 10).await.expect("readable");
    let causes: Vec<_> = moved.iter().map(|one| (one.cause, one.movement.on_hand, one.movement.reserved)).collect();
    assert_eq!(causes, [(Cause::Reserved, 0, 1), (Cause::Counted, 1, 0)]);
}

fn keep_for(channel: u32, units: i64) -> Movement {
    Movement { earmarks: [(connection_id(channel), units)].into(), ..Movement::default() }
}

fn set_aside(reason: BlockReason, units: i64) -> Movement {
    Movement { blocked: [(reason, units)].into(), ..Movement::default() }
}

#[rstest]
#[tokio::test]
async fn what_is_kept_for_one_shop_is_not_reserved_for_another(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    let keep = moved(1, "S", Cause::Earmarked, keep_for(1, 6), 2);
    store.commit(writes(vec![report(1, "S", 10, 1), keep])).await.expect("kept for shop 1");
    let greedy = store.commit(writes(vec![reserve_for(1, "S", 5, 2)])).await;
    assert!(matches!(greedy, Err(Error::Stock { .. })), "shop 2 may sell four: {greedy:?}");
    store.commit(writes(vec![reserve_for(1, "S", 4, 2)])).await.expect("what nobody keeps");
    store.commit(writes(vec![reserve_for(1, "S", 6, 1)])).await.expect("its own");
    let level = store.stock_of(&[Sku::new("S")]).await.expect("readable").remove(0);
    assert!(level.buckets.earmarks.is_empty(), "they are promised now: {level:?}");
    let more = store.commit(writes(vec![moved(1, "S", Cause::Earmarked, keep_for(2, 1), 3)])).await;
    assert!(matches!(more, Err(Error::Stock { .. })), "nothing is left to keep: {more:?}");
    assert_eq!(store.verify_stock().await, Ok(Vec::new()));
}

#[rstest]
#[tokio::test]
async fn a_movement_is_kept_with_its_cause_its_document_and_whoever_booked_it(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    let arrives = Movement { on_hand: 5, incoming: -5, ..set_aside(BlockReason::Quarantine, 5) };
    let announced = Movement { incoming: 8, ..Movement::default() };
    let mut changes = writes(vec![
        moved(1, "S", Cause::Announced, announced.clone(), 1),
        moved(1, "S", Cause::Received, arrives.clone(), 2),
    ]);
    changes.journal = vec![entry("transfer.received", None)];
    store.commit(changes).await.expect("booked on a level that nobody reported");
    let level = store.stock_of(&[Sku::new("S")]).await.expect("readable").remove(0).buckets;
    assert_eq!((level.on_hand, level.incoming, level.blocked_units(), level.available()), (5, 3, 5, 0));
    assert_eq!(level.observed_at, at(2), "a report from before knows nothing of it");
    let place = StockPlace { sku: Sku::new("S"), warehouse: warehouse_id(1) };
    let rows = store.stock_movements(&place, 10).await.expect("readable");
    assert_eq!(rows.iter().map(|row| &row.movement).collect::<Vec<_>>(), [&arrives, &announced]);
    let newest = &rows[0];
    assert_eq!(newest.document, Some(Document::Note { note: "seen on the shelf".to_owned() }));
    assert_eq!((newest.cause, newest.at, newest.journal_seq), (Cause::Received, Some(at(2)), Some(1)));
    assert_eq!(newest.by, Some(switchyard_core::journal::Actor::person("mia")));
    store.commit(writes(vec![report(1, "S", 99, 1)])).await.expect("ignored");
    assert_eq!(level_of(&store).await, (5, 0, 0));
    assert_eq!(store.verify_stock().await, Ok(Vec::new()));
}

async fn level_of(store: &Opened) -> (u32, u32, u32) {
    level(store, "S").await
}

#[rstest]
#[tokio::test]
async fn a_movement_that_cannot_be_true_refuses_its_change_set(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "S", 4, 1)])).await.expect("kept");
    let less = Movement { on_hand: -5, ..Movement::default() };
    for (cause, movement) in [
        (Cause::Corrected, less),
        (Cause::Blocked, set_aside(BlockReason::Damaged, 5)),
        (Cause::Unblocked, set_aside(BlockReason::Damaged, -1)),
        (Cause::Announced, Movement { incoming: -1, ..Movement::default() }),
        (Cause::Received, Movement { on_hand: i64::from(u32::MAX), ..Movement::default() }),
    ] {
        let before = report(1, "T", 1, 1);
        let refused = store.commit(writes(vec![before, moved(1, "S", cause, movement, 2)])).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{cause:?}: {refused:?}");
    }
    assert_eq!(level_of(&store).await, (4, 0, 4));
    assert_eq!(store.stock_of(&[Sku::new("T")]).await, Ok(Vec::new()), "nothing of the sets was kept");
    store
        .commit(writes(vec![moved(1, "S", Cause::Blocked, set_aside(BlockReason::Damaged, 4), 2)]))
        .await
        .expect("all");
    let exhausted = StockFilter { exhausted: true, ..StockFilter::default() };
    assert_eq!(
        store.search_stock(&exhausted, None, 5).await.expect("readable").len(),
        1,
        "what is blocked is not free"
    );
}

#[rstest]
#[tokio::test]
async fn a_numbered_report_is_judged_by_its_number(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let numbered = |on_hand, sequence, observed| Write::StockReport {
        warehouse: warehouse_id(1),
        sku: Sku::new("S"),
        on_hand,
        sequence,
        observed_at: at(observed),
    };
    store.commit(writes(vec![numbered(7, 5, 10)])).await.expect("kept");
    store.commit(writes(vec![numbered(99, 4, 20)])).await.expect("late, and ignored");
    store.commit(writes(vec![numbered(7, 5, 10)])).await.expect("a repetition");
    assert_eq!(level_of(&store).await.0, 7);
    let other = store.commit(writes(vec![numbered(8, 5, 11)])).await;
    assert!(matches!(other, Err(Error::Conflict(_))), "the same number with another count: {other:?}");
    store.commit(writes(vec![numbered(9, 6, 11)])).await.expect("the next");
    assert_eq!(level_of(&store).await.0, 9);
    assert_eq!(store.verify_stock().await, Ok(Vec::new()));
}
