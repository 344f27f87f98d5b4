//! A draft of several edits: previewed, then made as a whole or not at all.

use switchyard_core::edit::Edit;
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::preview::Draft;
use switchyard_core::role::{Holder, Role};
use switchyard_engine::handle::{EditError, EditRequest};

use crate::rig::{Rig, address};

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_plan_stock_and_changes_and_stores_nothing() {
    let rig = Rig::start(3_600, &[(0, "A", 5), (1, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let part = &file.fulfillments[0];
    let draft = Draft {
        base: file.order.clone(),
        edits: vec![Edit::Warehouse { fulfillment: part.id.clone(), to: rig.warehouses[1].clone() }],
    };
    let holder = Holder::of(&[Role::BackOfficeAgent, Role::BackOfficeLead]);
    let shown = rig.engine.handle().preview_draft(&id, &draft, &Actor::person("mara"), &holder).await.unwrap();
    let plan = shown.plan.unwrap();
    assert_eq!(plan.allocation[0].warehouse, rig.warehouses[1].to_string());
    let stock: Vec<_> =
        shown.stock.iter().map(|effect| (effect.warehouse.clone(), effect.before, effect.after)).collect();
    assert!(stock.contains(&(rig.warehouses[0].clone(), 2, 0)), "{stock:?}");
    assert!(stock.contains(&(rig.warehouses[1].clone(), 0, 2)), "{stock:?}");
    assert_eq!(rig.store.order_file(&id).await.unwrap().unwrap().order, file.order);
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_made_as_a_whole_or_not_at_all() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let line = file.order.lines[0].id.clone();
    let move_to = Edit::Address { ship_to: address("2 Low Road") };
    let request = |edits, key: &str| EditRequest {
        order: id.clone(),
        revision: file.order.revision,
        edits,
        actor: Actor::person("mara"),
        holder: Holder::of(&[Role::BackOfficeAgent]),
        reason: String::new(),
        key: Some(key.to_owned()),
    };
    let handle = rig.engine.handle();
    let impossible = Edit::Quantity { line: line.clone(), quantity: 9 };
    let refused = handle.edit(request(vec![move_to.clone(), impossible], "k1")).await;
    assert!(matches!(refused, Err(EditError::Denied(_))), "{refused:?}");
    assert_eq!(rig.store.order_file(&id).await.unwrap().unwrap().order, file.order, "nothing of it was done");
    let fewer = Edit::Quantity { line, quantity: 1 };
    let done = handle.edit(request(vec![move_to, fewer], "k2")).await.unwrap();
    assert_eq!((done.order.ship_to.line1.as_str(), done.order.lines[0].wanted()), ("2 Low Road", 1));
    assert_eq!(done.order.revision, file.order.revision + 1, "one change");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_nobody_has_cannot_be_added() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let mut line = file.order.lines[0].clone();
    line.id = switchyard_core::id::LineId::new(file.order.received_at, [7; 10]);
    line.shop_line_id = "new".to_owned();
    line.sku = switchyard_core::quantity::Sku::new("NO-SUCH");
    let wish = rig.wish(&id, Edit::AddLine { line: Box::new(line) }, "k1").await;
    let refused = rig.engine.handle().edit(wish).await.unwrap_err().to_string();
    assert!(refused.contains("NO-SUCH"), "{refused}");
    rig.engine.stop().await;
}
