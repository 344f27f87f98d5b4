use rstest::rstest;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::hold::{Hold, HoldReason};
use switchyard_core::id::{HoldId, OrderId};
use switchyard_core::journal::Actor;
use switchyard_core::order::{Order, OrderState};
use switchyard_store::Error;
use switchyard_store::contract::Write;
use switchyard_store::query::{Count, OrderFilter, OrderQuery, Position, SortKey, Stage};

use crate::fixture::{
    Backend, Opened, at, connection_id, line, open, order, order_id, part, put, shipment, warehouse_id, writes,
};

fn by(filter: OrderFilter) -> OrderQuery {
    OrderQuery { filter, limit: 100, ..OrderQuery::default() }
}

async fn found(store: &Opened, filter: OrderFilter) -> Vec<OrderId> {
    let count = store.count_orders(&filter, 1_000).await.expect("a count");
    let page = store.search_orders(&by(filter)).await.expect("a page");
    assert_eq!(count.value, page.rows.len() as u64, "count and list agree");
    page.rows.into_iter().map(|row| row.id).collect()
}

fn words(words: &[&str]) -> OrderFilter {
    OrderFilter { words: words.iter().map(|&word| word.to_owned()).collect(), ..OrderFilter::default() }
}

fn ids(numbers: &[u32]) -> Vec<OrderId> {
    numbers.iter().map(|&n| order_id(n)).collect()
}

async fn three_orders(backend: Backend) -> Opened {
    let store = open(backend).await;
    let mut first = order(1);
    first.customer.name = "Änne Groß".to_owned();
    first.lines = vec![line(1, "MUG-RED", 2), line(2, "TEE-XL", 1)];
    first.editable_until = Some(at(900));
    let mut second = order(2);
    second.ship_to.city = "Lyon".to_owned();
    second.ship_to.country = "FR".to_owned();
    second.ship_to.postcode = "69001".to_owned();
    second.total.minor = 99_900;
    second.edited = true;
    second.state = OrderState::Planned;
    second.shop = connection_id(2);
    let mut third = order(3);
    third.state = OrderState::Blocked;
    third.editable_until = Some(at(300));
    third.number = "100% \"sure\"_1".to_owned();
    third.holds = vec![Hold {
        id: HoldId::new(at(1), [1; 10]),
        reason: HoldReason::Operator,
        note: String::new(),
        placed_by: Actor::person("mia"),
        placed_at: at(1),
        expires_at: None,
        keeps_stock: true,
        owner: None,
        fulfillment: None,
        cause: None,
    }];
    let mut gone = part(3, 3, 8);
    gone.state = FulfillmentState::Cancelled;
    let all = vec![
        put(&first, Stage::Editable),
        put(&second, Stage::InWarehouse),
        put(&third, Stage::Blocked),
        Write::Fulfillment(part(1, 2, 8)),
        Write::Fulfillment(part(2, 2, 7)),
        Write::Fulfillment(gone),
        Write::Shipment { shipment: shipment(1, 1, 2, "Colissimo", "8L00042"), warehouse: warehouse_id(8) },
    ];
    store.commit(writes(all)).await.expect("kept");
    store
}

#[rstest]
#[tokio::test]
async fn each_filter_narrows(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = three_orders(backend).await;
    let all = OrderFilter::default;
    let cases: Vec<(OrderFilter, &[u32])> = vec![
        (all(), &[1, 2, 3]),
        (OrderFilter { states: vec![OrderState::Planned, OrderState::Blocked], ..all() }, &[2, 3]),
        (OrderFilter { not_states: vec![OrderState::Planned], ..all() }, &[1, 3]),
        (OrderFilter { stages: vec![Stage::InWarehouse], ..all() }, &[2]),
        (OrderFilter { shops: vec![connection_id(1)], ..all() }, &[1, 3]),
        (OrderFilter { warehouses: vec![warehouse_id(8)], ..all() }, &[2]),
        (OrderFilter { countries: vec!["FR".to_owned(), "IT".to_owned()], ..all() }, &[2]),
        (OrderFilter { skus: vec!["TEE-XL".to_owned(), "SKU-3".to_owned()], ..all() }, &[1, 3]),
        (OrderFilter { held: Some(true), ..all() }, &[3]),
        (OrderFilter { held: Some(false), ..all() }, &[1, 2]),
        (OrderFilter { problem: Some(true), ..all() }, &[]),
        (OrderFilter { edited: Some(true), ..all() }, &[2]),
        (OrderFilter { total: (Some(1_501), None), ..all() }, &[2]),
        (OrderFilter { total: (None, Some(1_500)), ..all() }, &[1, 3]),
        (OrderFilter { received: (Some(at(2)), Some(at(3))), ..all() }, &[2]),
        (OrderFilter { placed: (None, Some(at(-58))), ..all() }, &[1]),
        (OrderFilter { editable_until: (Some(at(0)), None), ..all() }, &[1, 3]),
        (OrderFilter { editable_until: (None, Some(at(900))), ..all() }, &[3]),
        (OrderFilter { held: Some(true), edited: Some(true), ..all() }, &[]),
    ];
    for (filter, expected) in cases {
        assert_eq!(found(&store, filter.clone()).await, ids(expected), "{filter:?}");
    }
}

#[rstest]
#[tokio::test]
async fn words_are_found_anywhere_in_either_case(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = three_orders(backend).await;
    let cases: Vec<(&[&str], &[u32])> = vec![
        (&["MUG"], &[1]),
        (&["ug-r"], &[1]),
        (&["ÄNNE"], &[1]),
        (&["groß"], &[1]),
        (&["xl"], &[1]),
        (&["ly", "custom"], &[2]),
        (&["customer", "köln"], &[1, 3]),
        (&["c1@example.org"], &[1]),
        (&["69001"], &[2]),
        (&["8l000"], &[2]),
        (&["8L00042", "lyon"], &[2]),
        (&["8L00042", "köln"], &[]),
        (&["% \"sure\"_"], &[3]),
        (&["\"sure\" or"], &[]),
        (&["%"], &[3]),
        (&["c_1"], &[]),
        (&["NEAR(", "*"], &[]),
        (&["'; drop table orders; --"], &[]),
        (&["", "  ", "lyon"], &[2]),
        (&["title of"], &[1, 2, 3]),
    ];
    for (wanted, expected) in cases {
        assert_eq!(found(&store, words(wanted)).await, ids(expected), "{wanted:?}");
    }
}

#[rstest]
#[tokio::test]
async fn an_edited_order_is_found_by_its_new_words_only(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = three_orders(backend).await;
    let mut second = store.order_file(&order_id(2)).await.expect("readable").expect("there").order;
    second.ship_to.city = "Marseille".to_owned();
    second.lines = vec![line(9, "CUP", 1)];
    store.commit(writes(vec![put(&second, Stage::Routing)])).await.expect("rewritten");
    assert_eq!(found(&store, words(&["lyon"])).await, ids(&[]));
    assert_eq!(found(&store, words(&["marseille", "8l00042"])).await, ids(&[2]), "tracking codes stay");
    let sku = |sku: &str| OrderFilter { skus: vec![sku.to_owned()], ..OrderFilter::default() };
    assert_eq!(found(&store, sku("SKU-2")).await, ids(&[]));
    assert_eq!(found(&store, sku("CUP")).await, ids(&[2]));
}

#[rstest]
#[tokio::test]
async fn a_row_shows_warehouses_and_carriers_as_parts_and_parcels_come(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = three_orders(backend).await;
    let rows = store.search_orders(&by(OrderFilter::default())).await.expect("a page").rows;
    assert_eq!(rows[1].warehouses, [warehouse_id(8), warehouse_id(7)], "by first part");
    assert_eq!(rows[1].carriers, ["Colissimo"]);
    assert_eq!(rows[2].warehouses, [], "a cancelled part does not count");
    assert_eq!((rows[0].lines, rows[0].units, rows[0].total), (2, 3, 1_500));
    assert!(rows[2].held);
    let mut cancelled = store.fulfillment(&part(1, 2, 8).id).await.expect("readable").expect("there");
    cancelled.state = FulfillmentState::Cancelled;
    let later = Write::Shipment { shipment: shipment(2, 2, 2, "DHL", "JJD7"), warehouse: warehouse_id(7) };
    let again = Write::Shipment { shipment: shipment(3, 2, 2, "Colissimo", "8L7"), warehouse: warehouse_id(7) };
    store.commit(writes(vec![Write::Fulfillment(cancelled), later, again])).await.expect("kept");
    let rows = store.search_orders(&by(words(&["jjd7"]))).await.expect("a page").rows;
    assert_eq!(rows[0].warehouses, [warehouse_id(7)]);
    assert_eq!(rows[0].carriers, ["Colissimo", "DHL"], "each once, by first parcel");
}

#[rstest]
#[tokio::test]
async fn pages_join_without_gap_or_overlap(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
    #[values(SortKey::Received, SortKey::EditableUntil, SortKey::Total, SortKey::Number)] sort: SortKey,
    #[values(false, true)] descending: bool,
) {
    let store = open(backend).await;
    let numbered = |n: u32| -> Order {
        let mut order = order(n);
        order.received_at = at(i64::from(n % 3));
        order.total.minor = i64::from(n % 4) - 2;
        order.editable_until = (!n.is_multiple_of(3)).then(|| at(i64::from(n % 5)));
        order.number = format!("#{}", n % 6);
        order
    };
    store.commit(writes((1..=23).map(|n| put(&numbered(n), Stage::Routing)).collect())).await.expect("kept");
    let query = |limit, after| OrderQuery { sort, descending, limit, after, ..OrderQuery::default() };
    let whole = store.search_orders(&query(100, None)).await.expect("a page");
    assert_eq!((whole.rows.len(), whole.next), (23, None));
    let mut joined = Vec::new();
    let mut after = None;
    loop {
        let page = store.search_orders(&query(5, after)).await.expect("a page");
        joined.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(joined, whole.rows, "{sort:?} descending {descending}");
    let jumped = OrderQuery { offset: 20, ..query(5, None) };
    assert_eq!(store.search_orders(&jumped).await.expect("a page").rows, whole.rows[20..]);
    if sort == SortKey::EditableUntil {
        let open_ended = whole.rows.iter().skip_while(|row| row.editable_until.is_some());
        assert_eq!(open_ended.filter(|row| row.editable_until.is_none()).count(), 7, "those without a window are last");
        let keys: Vec<_> = whole.rows.iter().filter_map(|row| row.editable_until).collect();
        assert!(keys.is_sorted_by(|a, b| if descending { a >= b } else { a <= b }));
    }
}

#[rstest]
#[tokio::test]
async fn a_position_that_is_no_position_is_refused(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = three_orders(backend).await;
    let after = Some(Position { key: "1; drop table orders".to_owned(), id: order_id(1) });
    let query = OrderQuery { after, limit: 5, ..OrderQuery::default() };
    assert!(matches!(store.search_orders(&query).await, Err(Error::Conflict(_))));
}

#[rstest]
#[tokio::test]
async fn counting_stops_at_the_cap(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = three_orders(backend).await;
    let all = OrderFilter::default();
    assert_eq!(store.count_orders(&all, 2).await, Ok(Count { value: 2, capped: true }));
    assert_eq!(store.count_orders(&all, 3).await, Ok(Count { value: 3, capped: false }));
    assert_eq!(store.count_orders(&all, 0).await, Ok(Count { value: 0, capped: true }));
}
