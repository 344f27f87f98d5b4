//! What would have to give for a short order to ship whole.

use proptest::prelude::*;
use switchyard_core::plan::{Change, PlanInput, plan, relaxation};

use crate::orders::{any_order, line, order, warehouse};

fn scattered() -> PlanInput {
    order(
        vec![line("l1", "A", 2), line("l2", "B", 1), line("l3", "C", 1)],
        vec![warehouse("w1", 1), warehouse("w2", 2), warehouse("w3", 3)],
        &[("w1", "A", 2), ("w2", "B", 1), ("w3", "C", 1)],
    )
}

fn changes(input: &PlanInput) -> Vec<Change> {
    let answer = relaxation(input).unwrap();
    assert!(answer.smallest, "small orders are searched to the end");
    answer.changes
}

#[test]
fn an_order_that_ships_needs_nothing() {
    let answer = relaxation(&scattered()).unwrap();
    assert_eq!(answer.changes, []);
    assert!(answer.smallest && answer.plan.unwrap().short.is_empty());
}

#[test]
fn one_constraint_that_is_enough_is_named_with_its_amount() {
    let mut input = scattered();
    input.max_warehouses = Some(2);
    assert_eq!(changes(&input), [Change::AllowWarehouses { warehouses: 3 }]);

    let mut input = scattered();
    input.lines[0].pinned_warehouse = Some("w2".into());
    assert_eq!(changes(&input), [Change::Unpin { line: "l1".into() }]);

    let mut input = scattered();
    input.warehouses[1].excluded_skus = ["B".to_owned()].into();
    assert_eq!(changes(&input), [Change::LiftExclusion { sku: "B".into(), warehouse: "w2".into() }]);

    let mut input = scattered();
    input.warehouses[0].capacity_units = Some(1);
    assert_eq!(changes(&input), [Change::RaiseCapacity { warehouse: "w1".into(), units: 2 }]);

    let mut input = scattered();
    input.min_part_value = 1001;
    assert_eq!(changes(&input), [Change::LowerPartValue { min_part_value: 1000 }]);

    let mut input = scattered();
    input.warehouses[2].eligible = false;
    input.warehouses[2].ineligible_reason = Some("closed".into());
    assert_eq!(changes(&input), [Change::Admit { warehouse: "w3".into(), reason: Some("closed".into()) }]);

    let mut input = scattered();
    input.lines[1].ship_group = Some("g".into());
    input.lines[2].ship_group = Some("g".into());
    input.ship_complete = true;
    assert_eq!(changes(&input), [Change::Ungroup { ship_group: "g".into() }]);

    let mut input = scattered();
    input.lines[0].splittable = false;
    input.stock[0].available = 1;
    input.stock.push(switchyard_core::plan::PlanStock { warehouse: "w3".into(), sku: "A".into(), available: 1 });
    assert_eq!(changes(&input), [Change::Split { line: "l1".into() }]);
}

#[test]
fn constraints_that_only_help_together_are_named_together() {
    let mut input = scattered();
    input.max_warehouses = Some(2);
    input.lines[0].pinned_warehouse = Some("w2".into());
    input.warehouses[1].capacity_units = Some(9);
    assert_eq!(
        changes(&input),
        [Change::AllowWarehouses { warehouses: 3 }, Change::Unpin { line: "l1".into() }],
        "the capacity is not in the way"
    );
}

#[test]
fn stock_that_is_nowhere_cannot_be_relaxed() {
    let mut input = scattered();
    input.max_warehouses = Some(1);
    input.stock[0].available = 1;
    let answer = relaxation(&input).unwrap();
    assert_eq!(answer.changes, [Change::FindStock { sku: "A".into(), units: 1 }]);
    assert_eq!(answer.plan, None);
}

#[test]
fn beyond_the_limit_the_answer_still_works_and_says_that_it_may_not_be_the_smallest() {
    let mut input = order(vec![], vec![], &[]);
    for number in 0..12 {
        let sku = format!("S{number}");
        let mut pinned = line(&format!("l{number:02}"), &sku, 1);
        pinned.pinned_warehouse = Some("nowhere".into());
        input.lines.push(pinned);
        input.stock.push(switchyard_core::plan::PlanStock { warehouse: "w1".into(), sku, available: 1 });
    }
    input.warehouses.push(warehouse("w1", 1));
    input.warehouses[0].capacity_units = Some(50);
    let answer = relaxation(&input).unwrap();
    assert!(!answer.smallest, "4,096 sets are more than the limit");
    assert_eq!(answer.changes.len(), 12, "every pin is in the way, the capacity is not");
    assert!(answer.plan.unwrap().short.is_empty());
}

proptest! {
    #[test]
    fn what_is_named_makes_the_order_ship(input in any_order(3, 3)) {
        let answer = relaxation(&input).unwrap();
        prop_assert_eq!(&answer, &relaxation(&input).unwrap(), "same input, same answer");
        let short = plan(&input).unwrap().short;
        match answer.plan {
            Some(whole) => {
                prop_assert!(whole.short.is_empty());
                prop_assert_eq!(short.is_empty(), answer.changes.is_empty());
            }
            None => prop_assert!(
                answer.changes.iter().all(|change| matches!(change, Change::FindStock { .. })),
                "without a plan, only stock is named"
            ),
        }
    }
}
