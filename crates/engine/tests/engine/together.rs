//! Orders that compete for scarce stock are planned together.

use switchyard_core::edit::Edit;
use switchyard_core::order::OrderState;

use crate::rig::Rig;

#[tokio::test(flavor = "multi_thread")]
async fn the_more_urgent_order_gets_the_last_unit_while_it_is_still_ours() {
    let rig = Rig::start(3_600, &[(0, "A", 1)]).await;
    let first = rig.order("1", &[("A", 1)]).await;
    rig.until(&first, |file| file.order.state == OrderState::Planned).await;
    let urgent = rig.order_with("2", &[("A", 1)], |order| order.priority = 5).await;
    rig.until(&urgent, |file| file.order.state == OrderState::Planned).await;
    let file = rig.until(&first, |file| file.order.state == OrderState::Accepted).await;
    assert!(file.order.problems[0].detail.contains('A'), "it says what it waits for: {:?}", file.order.problems);
    assert_eq!(rig.reserved("A").await, 1);
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_makes_room_for_another_when_both_can_go_then() {
    // The first order goes from the first warehouse, which is better, and leaves the second order one unit there and one
    // elsewhere. Only if the first moves can the second go whole... and it can, because units are units.
    let rig = Rig::start(3_600, &[(0, "A", 2), (0, "B", 1), (1, "A", 2)]).await;
    let first = rig.order("1", &[("A", 2)]).await;
    rig.until(&first, |file| file.order.state == OrderState::Planned).await;
    let handle = rig.engine.handle();
    let rules = serde_json::json!([{ "id": "whole", "when": { "sku": ["B"] }, "then": [
        { "split": { "max_warehouses": 1 } }
    ] }]);
    handle.set_routing_rules(rig.change(0, "k1"), serde_json::from_value(rules).unwrap()).await.unwrap();
    let second = rig.order("2", &[("A", 2), ("B", 1)]).await;
    let file = rig.until(&second, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(file.fulfillments.len(), 1);
    assert_eq!(file.fulfillments[0].warehouse, rig.warehouses[0], "only there is B");
    let moved = rig.until(&first, |file| file.order.state == OrderState::Planned).await;
    let open: Vec<_> = moved.fulfillments.iter().filter(|part| !part.state.is_final()).collect();
    assert_eq!((open.len(), &open[0].warehouse), (1, &rig.warehouses[1]), "the first made room");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_has_moved_stays_where_it_is() {
    let rig = Rig::start(3_600, &[(0, "A", 1), (1, "A", 1)]).await;
    let first = rig.order("1", &[("A", 1)]).await;
    let file = rig.until(&first, |file| file.order.state == OrderState::Planned).await;
    let fulfillment = file.fulfillments[0].id.clone();
    let to = rig.warehouses[1].clone();
    let wish = rig.wish(&first, Edit::Warehouse { fulfillment, to: to.clone() }, "k1").await;
    rig.engine.handle().edit(wish).await.unwrap();
    let there = |file: &switchyard_store::contract::OrderFile| {
        file.order.state == OrderState::Planned
            && file.fulfillments.iter().any(|part| part.warehouse == to && !part.state.is_final())
    };
    rig.until(&first, there).await;
    let urgent = rig.order_with("2", &[("A", 2)], |order| order.priority = 5).await;
    rig.until(&urgent, |file| !file.order.problems.is_empty()).await;
    rig.until_quiet(&["plan_together"]).await;
    assert!(there(&rig.store.order_file(&first).await.unwrap().unwrap()), "a person's choice is not undone");
    rig.engine.stop().await;
}
