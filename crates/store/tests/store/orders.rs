use rstest::rstest;
use serde_json::json;
use switchyard_core::plan::{LowerBound, Objective, Plan, PlanInput};
use switchyard_core::quantity::Sku;
use switchyard_store::Error;
use switchyard_store::contract::{StageCount, StoredPlan, Write};
use switchyard_store::query::Stage;

use crate::fixture::{
    Backend, at, attempt, connection_id, hand_over, open, order, order_id, part, put, shipment, warehouse_id,
    write_back, writes,
};

fn plan() -> StoredPlan {
    let input: PlanInput = serde_json::from_value(json!({
        "id": "one", "lines": [{ "id": "l", "sku": "S", "quantity": 1 }], "warehouses": [], "stock": []
    }))
    .expect("a plan input");
    let plan = Plan {
        id: "one".to_owned(),
        proven: true,
        allocation: Vec::new(),
        short: Vec::new(),
        objective: Objective::default(),
        explain: std::collections::BTreeMap::new(),
        lower_bound: LowerBound { warehouses: 0, why: "none".to_owned() },
        gap: None,
    };
    StoredPlan { at: at(5), facts: None, input, rules_version: 0, rules: Vec::new(), plan, relaxation: None }
}

#[rstest]
#[tokio::test]
async fn an_order_file_holds_everything_oldest_first(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let started = attempt("hov", 1, 1);
    let all = vec![
        put(&order(1), Stage::Editable),
        put(&order(2), Stage::Routing),
        Write::Fulfillment(part(2, 1, 1)),
        Write::Fulfillment(part(1, 1, 2)),
        Write::HandOver(hand_over(2, 2, 1)),
        Write::HandOver(hand_over(1, 1, 1)),
        Write::Shipment { shipment: shipment(1, 2, 1, "DHL", "JJD1"), warehouse: warehouse_id(1) },
        Write::WriteBack(write_back(1, 1, 1)),
        Write::AttemptStarted(started.clone()),
        Write::Plan { order: order_id(1), plan: Box::new(plan()) },
        Write::Plan { order: order_id(1), plan: Box::new(StoredPlan { at: at(9), ..plan() }) },
    ];
    store.commit(writes(all)).await.expect("kept");
    let file = store.order_file(&order_id(1)).await.expect("readable").expect("there");
    let mut expected = order(1);
    expected.revision = 1;
    assert_eq!(file.order, expected, "stored whole, at revision 1");
    assert_eq!(file.stage, Stage::Editable);
    let parts: Vec<&str> = file.fulfillments.iter().map(|part| part.reference.as_str()).collect();
    assert_eq!(parts, ["SW-1-2", "SW-1-1"], "in the order they were made, not by id");
    assert_eq!(file.hand_overs.len(), 2);
    assert_eq!(file.shipments, [shipment(1, 2, 1, "DHL", "JJD1")]);
    assert_eq!(file.write_backs.len(), 1);
    assert_eq!(file.attempts, [started]);
    let plan = store.latest_plan(&order_id(1)).await.expect("a read");
    assert_eq!(plan.map(|plan| plan.at), Some(at(9)), "the latest plan");
    assert_eq!(store.order_file(&order_id(3)).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn a_rewrite_needs_the_revision_that_is_stored(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![put(&order(1), Stage::Routing)])).await.expect("inserted");
    let again = store.commit(writes(vec![put(&order(1), Stage::Routing)])).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "revision 0 inserts and never overwrites");
    let mut first = order(1);
    first.revision = 1;
    first.note = "first".to_owned();
    store.commit(writes(vec![put(&first, Stage::Routing)])).await.expect("rewritten");
    let mut second = order(1);
    second.revision = 1;
    second.note = "second".to_owned();
    let late = store.commit(writes(vec![put(&second, Stage::Routing)])).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "somebody else was first");
    let file = store.order_file(&order_id(1)).await.expect("readable").expect("there");
    assert_eq!((file.order.revision, file.order.note.as_str()), (2, "first"));
    let mut unknown = order(7);
    unknown.revision = 3;
    let missing = store.commit(writes(vec![put(&unknown, Stage::Routing)])).await;
    assert!(matches!(missing, Err(Error::Conflict(_))), "nothing to rewrite");
}

#[rstest]
#[tokio::test]
async fn a_refused_set_leaves_nothing_behind(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    let mut stale = order(2);
    stale.revision = 4;
    let mut changes =
        writes(vec![put(&order(1), Stage::Routing), crate::fixture::report(1, "S", 5, 1), put(&stale, Stage::Routing)]);
    changes.journal = vec![crate::fixture::entry("order.received", Some(1))];
    assert!(matches!(store.commit(changes).await, Err(Error::Conflict(_))));
    assert_eq!(store.order_file(&order_id(1)).await, Ok(None), "the whole set is refused");
    assert_eq!(store.stock_of(&[Sku::new("S")]).await, Ok(Vec::new()));
    assert_eq!(store.journal_head().await, Ok(0));
    assert_eq!(store.stage_counts().await, Ok(Vec::new()));
}

#[rstest]
#[tokio::test]
async fn a_shop_order_exists_once(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![put(&order(1), Stage::Routing)])).await.expect("kept");
    let mut twin = order(2);
    twin.shop_order_id = order(1).shop_order_id;
    assert!(matches!(store.commit(writes(vec![put(&twin, Stage::Routing)])).await, Err(Error::Conflict(_))));
    twin.shop = connection_id(2);
    store.commit(writes(vec![put(&twin, Stage::Routing)])).await.expect("another shop may use the same id");
    assert_eq!(store.order_by_shop_id(&connection_id(1), "gid-1").await, Ok(Some(order_id(1))));
    assert_eq!(store.order_by_shop_id(&connection_id(2), "gid-1").await, Ok(Some(order_id(2))));
    assert_eq!(store.order_by_shop_id(&connection_id(3), "gid-1").await, Ok(None));
    let numbers = store.order_numbers(&[order_id(2), order_id(9)]).await.unwrap();
    let second = store.order_file(&order_id(2)).await.unwrap().unwrap().order;
    assert_eq!(numbers, [(second.id, second.number)].into(), "who does not exist has no number");
}

#[rstest]
#[tokio::test]
async fn records_of_orders_that_do_not_exist_are_refused(#[values(Backend::Sqlite, Backend::Model)] backend: Backend) {
    let store = open(backend).await;
    store.commit(writes(vec![put(&order(1), Stage::Routing)])).await.expect("kept");
    for orphan in [
        Write::Fulfillment(part(1, 9, 1)),
        Write::HandOver(hand_over(1, 1, 1)),
        Write::Shipment { shipment: shipment(1, 1, 1, "DHL", "J"), warehouse: warehouse_id(1) },
        Write::WriteBack(write_back(1, 1, 1)),
        Write::AttemptStarted(attempt("hov", 9, 1)),
        Write::Plan { order: order_id(9), plan: Box::new(plan()) },
    ] {
        let refused = store.commit(writes(vec![orphan.clone()])).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{orphan:?} names what is not there: {refused:?}");
    }
}

#[rstest]
#[tokio::test]
async fn stages_are_counted_per_shop_with_the_oldest_change(
    #[values(Backend::Sqlite, Backend::Model)] backend: Backend,
) {
    let store = open(backend).await;
    let mut elsewhere = order(4);
    elsewhere.shop = connection_id(2);
    let all = vec![
        put(&order(3), Stage::Routing),
        put(&order(1), Stage::Routing),
        put(&order(2), Stage::Held),
        put(&elsewhere, Stage::Routing),
    ];
    store.commit(writes(all)).await.expect("kept");
    let mut moved = order(2);
    moved.revision = 1;
    moved.updated_at = at(50);
    store.commit(writes(vec![put(&moved, Stage::Editable)])).await.expect("rewritten");
    let count =
        |shop, stage, orders, oldest| StageCount { shop: connection_id(shop), stage, orders, oldest: Some(at(oldest)) };
    assert_eq!(
        store.stage_counts().await,
        Ok(vec![count(1, Stage::Editable, 1, 50), count(1, Stage::Routing, 2, 1), count(2, Stage::Routing, 1, 4)]),
        "a stage nobody stands at any more is absent"
    );
}
