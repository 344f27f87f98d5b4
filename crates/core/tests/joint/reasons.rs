//! Golden cases: who gets what, and the words for it.

use switchyard_core::joint::{Because, JointAnswer, JointError, JointPlan, SharedCapacity, plan};
use switchyard_core::plan::{Allocation, Gap, PlanError};

use crate::batches::{batch, line, order, warehouse};

fn answer<'a>(plan: &'a JointPlan, id: &str) -> &'a JointAnswer {
    plan.orders.iter().find(|answer| answer.id == id).unwrap()
}

fn part(line: &str, warehouse: &str, quantity: u32) -> Allocation {
    Allocation { line: line.into(), warehouse: warehouse.into(), quantity }
}

/// The hub has one scarf and one hat; the outlet has one hat. A wants a hat, B a hat and a scarf.
fn hub_and_outlet() -> switchyard_core::joint::JointInput {
    let places = || vec![warehouse("hub", 1), warehouse("outlet", 2)];
    batch(
        vec![
            order("A", vec![line("l1", "hat", 1)], places()),
            order("B", vec![line("l1", "hat", 1), line("l2", "scarf", 1)], places()),
        ],
        &[("hub", "hat", 1), ("hub", "scarf", 1), ("outlet", "hat", 1)],
    )
}

#[test]
fn an_order_makes_room_for_one_that_would_have_to_be_split() {
    let plan = plan(&hub_and_outlet()).unwrap();
    assert_eq!(answer(&plan, "A").allocation, [part("l1", "outlet", 1)]);
    assert_eq!(answer(&plan, "B").allocation, [part("l1", "hub", 1), part("l2", "hub", 1)]);
    assert_eq!((plan.components[0].one_by_one.warehouses, plan.objective.warehouses), (3, 2));
    assert!(plan.components[0].proven);
    let because = Because::Yielded {
        level: "rank_sum".into(),
        by: 1,
        to: vec!["B".into()],
        instead: Some(Gap { level: "warehouses".into(), by: 1 }),
    };
    assert_eq!(answer(&plan, "A").because, because);
    assert_eq!(answer(&plan, "B").because, Because::AsAlone);
}

#[test]
fn orders_that_are_planned_otherwise_now_are_said_to_move() {
    let mut input = hub_and_outlet();
    input.orders[0].current = Some(vec![part("l1", "hub", 1)]);
    input.orders[1].current = Some(vec![part("l2", "hub", 1), part("l1", "hub", 1)]);
    assert_eq!(plan(&input).unwrap().moved, ["A"], "in another order is not elsewhere");
}

#[test]
fn the_last_unit_goes_to_the_higher_priority_whatever_it_is_worth() {
    let mut cheap = order("cheap", vec![line("l1", "hat", 1)], vec![warehouse("w1", 1)]);
    cheap.lines[0].unit_value = 1;
    cheap.priority = 1;
    let dear = order("dear", vec![line("l1", "hat", 1)], vec![warehouse("w1", 1)]);
    let plan = plan(&batch(vec![dear, cheap], &[("w1", "hat", 1)])).unwrap();
    assert_eq!(answer(&plan, "cheap").allocation, [part("l1", "w1", 1)]);
    let dear = answer(&plan, "dear");
    assert_eq!(
        dear.short[0].reason,
        "2 units of SKU `hat` are wanted by 2 open order lines and 1 are free; it yields to cheap"
    );
    let Because::Yielded { level, by, instead, .. } = &dear.because else { panic!("{:?}", dear.because) };
    assert_eq!((level.as_str(), *by), ("short_value", 1000));
    assert_eq!(*instead, Some(Gap { level: "short_value".into(), by: 1 }), "the higher priority would lack 1");
    let short: Vec<_> = plan.objective.short.iter().map(|short| (short.priority, short.short_value)).collect();
    assert_eq!(short, [(1, 0), (0, 1000)]);
}

#[test]
fn shared_capacity_is_contended_like_stock() {
    let places = || vec![warehouse("near", 1), warehouse("far", 2)];
    let mut input = batch(
        vec![order("A", vec![line("l1", "hat", 2)], places()), order("B", vec![line("l1", "scarf", 2)], places())],
        &[("near", "hat", 9), ("near", "scarf", 9), ("far", "hat", 9)],
    );
    input.capacity = vec![SharedCapacity { warehouse: "near".into(), units: 3 }];
    let plan = plan(&input).unwrap();
    assert_eq!(answer(&plan, "A").allocation, [part("l1", "far", 2)], "B has nowhere else to go");
    assert_eq!(answer(&plan, "B").allocation, [part("l1", "near", 2)]);
    let scarce = &plan.components[0].scarce;
    assert_eq!(scarce.len(), 1);
    assert_eq!((scarce[0].sku.as_deref(), scarce[0].available, scarce[0].wanted, scarce[0].used), (None, 3, 4, 2));
}

#[test]
fn plenty_of_stock_connects_nobody() {
    let places = || vec![warehouse("w1", 1)];
    let orders = ["A", "B"].map(|id| order(id, vec![line("l1", "hat", 2)], places())).to_vec();
    let plan = plan(&batch(orders, &[("w1", "hat", 4)])).unwrap();
    assert!(plan.components.is_empty());
    assert_eq!(plan.effort, 0);
}

#[test]
fn input_that_contradicts_itself_is_refused() {
    let good = hub_and_outlet();
    let mut twice = good.clone();
    twice.orders[1].id = "A".into();
    assert_eq!(plan(&twice), Err(JointError::Duplicate { noun: "order", id: "A".into() }));
    let mut stock = good.clone();
    stock.stock.push(stock.stock[0].clone());
    assert_eq!(plan(&stock), Err(JointError::Duplicate { noun: "stock", id: "hub/hat".into() }));
    let mut negative = good.clone();
    negative.orders[1].lines[0].unit_value = -1;
    let source = PlanError::Negative { what: "unit_value", id: "l1".into() };
    assert_eq!(plan(&negative), Err(JointError::Order { order: "B".into(), source }));
    let mut vast = good;
    for order in &mut vast.orders {
        order.lines[0].unit_value = i64::MAX / 1000;
    }
    assert!(plan(&vast).is_err());
}

#[test]
fn the_input_is_read_from_json_and_unknown_fields_are_refused() {
    let text = r#"{"orders": [{"id": "A", "priority": 2, "lines": [{"id": "l1", "sku": "hat", "quantity": 1}],
        "warehouses": [{"id": "w1"}]}], "stock": [{"warehouse": "w1", "sku": "hat", "available": 1}],
        "objective": ["late", "warehouses", "cost"], "effort": 1000}"#;
    let input = serde_json::from_str(text).unwrap();
    assert_eq!(plan(&input).unwrap().objective.warehouses, 1);
    let wrong = text.replace("\"effort\"", "\"clock\"");
    assert!(serde_json::from_str::<switchyard_core::joint::JointInput>(&wrong).is_err());
}
