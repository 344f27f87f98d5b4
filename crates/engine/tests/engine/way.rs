//! The way of an order inside: validated, planned, reserved, queued when its window closes.

use switchyard_core::code::Code;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::order::OrderState;
use switchyard_store::query::Stage;

use crate::rig::Rig;

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_split_only_as_far_as_stock_demands_and_its_units_are_reserved() {
    let rig = Rig::start(3_600, &[(0, "A", 5), (1, "A", 5), (1, "B", 5)]).await;
    let whole = rig.order("1", &[("A", 2), ("B", 1)]).await;
    let file = rig.until(&whole, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(file.fulfillments.len(), 1, "one warehouse has both, so it is one parcel");
    assert_eq!(file.fulfillments[0].warehouse, rig.warehouses[1]);
    assert_eq!(file.stage, Stage::Editable);
    let split = rig.order("2", &[("A", 8)]).await;
    let file = rig.until(&split, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(file.fulfillments.len(), 2, "no warehouse has eight");
    assert_eq!(rig.reserved("A").await, 10, "every unit of both orders is reserved");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_short_waits_whole_and_says_why() {
    let rig = Rig::start(3_600, &[(0, "A", 3)]).await;
    let id = rig.order("1", &[("A", 4)]).await;
    let file = rig.until(&id, |file| !file.order.problems.is_empty()).await;
    assert_eq!(file.order.problems[0].code, Code::OutOfStock);
    assert_eq!(file.order.state, OrderState::Accepted);
    assert_eq!(rig.reserved("A").await, 0, "nothing of it is taken from others");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_sku_blocks_the_order_and_names_the_sku() {
    let rig = Rig::start(3_600, &[(0, "A", 3)]).await;
    let id = rig.order("1", &[("NO-SUCH", 1)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Blocked).await;
    assert_eq!(file.order.problems[0].code, Code::UnknownSku);
    assert!(file.order.problems[0].detail.contains("NO-SUCH"), "a person must see which SKU");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_queues_the_order_exactly_once() {
    let rig = Rig::start(0, &[(0, "A", 3)]).await;
    let id = rig.order("1", &[("A", 1)]).await;
    let queued = |state| state == FulfillmentState::Queued;
    let file = rig.until(&id, |file| file.fulfillments.iter().any(|part| queued(part.state))).await;
    assert_eq!(file.hand_overs.len(), 1);
    assert_eq!(file.stage, Stage::Releasing);
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_orders_for_ten_units_reserve_exactly_ten() {
    let rig = Rig::start(3_600, &[(0, "A", 6), (1, "A", 4)]).await;
    let mut all = Vec::new();
    for number in 0..60 {
        all.push(rig.order(&number.to_string(), &[("A", 1)]).await);
    }
    let mut planned = 0;
    for id in &all {
        let decided = |file: &switchyard_store::contract::OrderFile| {
            file.order.state == OrderState::Planned || !file.order.problems.is_empty()
        };
        planned += u32::from(rig.until(id, decided).await.order.state == OrderState::Planned);
    }
    assert_eq!((planned, rig.reserved("A").await), (10, 10), "no unit is promised twice and none is left over");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_more_than_a_thousand_lines_is_planned_whole() {
    let skus: Vec<String> = (0..1_114).map(|number| format!("S{number:04}")).collect();
    let stock: Vec<(usize, &str, u32)> =
        skus.iter().enumerate().map(|(number, sku)| (number % 2, sku.as_str(), 3)).collect();
    let rig = Rig::start(3_600, &stock).await;
    let lines: Vec<(&str, u32)> = skus.iter().map(|sku| (sku.as_str(), 2)).collect();
    let id = rig.order("1", &lines).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let parts: Vec<usize> = file.fulfillments.iter().map(|part| part.lines.len()).collect();
    assert_eq!(parts, [557, 557], "each line where its goods are");
    rig.engine.stop().await;
}
