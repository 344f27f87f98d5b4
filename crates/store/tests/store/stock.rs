use rstest::rstest;
use switchyard_core::quantity::Sku;
use switchyard_store::Error;
use switchyard_store::contract::{StockFilter, StockPlace, Write};

use crate::fixture::{Backend, Opened, at, open, report, reserve, warehouse_id, writes};

async fn level(store: &Opened, sku: &str) -> (u32, u32, u32) {
    let levels = store.stock_of(&[Sku::new(sku)]).await.expect("readable");
    (levels[0].on_hand, levels[0].reserved, levels[0].available())
}

fn ship(sku: &str, quantity: u32) -> Write {
    Write::Ship { warehouse: warehouse_id(1), sku: Sku::new(sku), quantity, reserved: quantity, at: at(0) }
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
    let levels: Vec<_> = levels.iter().map(|level| (level.sku.as_str(), level.on_hand)).collect();
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
    let left = Write::Ship { warehouse: warehouse_id(1), sku: Sku::new("A"), quantity: 4, reserved: 4, at: at(30) };
    store.commit(writes(vec![left])).await.expect("kept");
    // Read from the warehouse before the parcel left, stored after it was booked: those four are gone.
    store.commit(writes(vec![report(1, "A", 9, 20)])).await.expect("kept");
    assert_eq!(store.stock_of(&[Sku::new("A")]).await.expect("a read")[0].on_hand, 5);
    store.commit(writes(vec![report(1, "A", 6, 40)])).await.expect("kept");
    assert_eq!(store.stock_of(&[Sku::new("A")]).await.expect("a read")[0].on_hand, 6, "a newer report counts");
}

#[rstest]
#[tokio::test]
async fn a_departure_that_had_nothing_reserved_is_booked_and_leaves_what_is_kept_for_others(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    store.commit(writes(vec![report(1, "A", 5, 10), reserve(1, "A", 4)])).await.expect("kept");
    let left = Write::Ship { warehouse: warehouse_id(1), sku: Sku::new("A"), quantity: 3, reserved: 0, at: at(30) };
    store.commit(writes(vec![left])).await.expect("a fact is not refused");
    let level = store.stock_of(&[Sku::new("A")]).await.expect("a read").remove(0);
    assert_eq!((level.on_hand, level.reserved, level.available()), (2, 4, 0));
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
        found.iter().map(|level| (level.sku.to_string(), level.on_hand)).collect()
    };
    let mugs = StockFilter { sku_contains: "mug".to_owned(), ..StockFilter::default() };
    assert_eq!(names(mugs.clone(), None).await, [("MUG-A".to_owned(), 3), ("MUG-A".to_owned(), 4)]);
    let after = StockPlace { sku: Sku::new("MUG-A"), warehouse: warehouse_id(2) };
    assert_eq!(names(mugs, Some(after)).await, [("MUG-B".to_owned(), 1)]);
    let none_left = StockFilter { exhausted: true, warehouse: Some(warehouse_id(1)), ..StockFilter::default() };
    assert_eq!(names(none_left, None).await, [("MUG-B".to_owned(), 1)]);
    let place = StockPlace { sku: Sku::new("MUG-B"), warehouse: warehouse_id(1) };
    let moved = store.stock_movements(&place, 10).await.expect("readable");
    let causes: Vec<_> = moved.iter().map(|one| (one.cause.as_str(), one.on_hand, one.reserved)).collect();
    assert_eq!(causes, [("reserve", 0, 1), ("report", 1, 0)]);
}
