//! What joint planning promises, over random batches.

use proptest::prelude::*;
use switchyard_core::joint::{Because, JointInput, JointPlan, plan};
use switchyard_core::plan::{PlanInput, plan as route};

use crate::batches::any_batch;
use crate::brute::{Vector, add, priorities, vector, vector_of};
use crate::sets::{SETS, contended};
use crate::size::is_sound;

/// The router's question for one order with the batch's stock, as if it were alone.
fn alone(input: &JointInput, number: usize) -> PlanInput {
    let order = &input.orders[number];
    let mut warehouses = order.warehouses.clone();
    for warehouse in &mut warehouses {
        let shared = input.capacity.iter().find(|capacity| capacity.warehouse == warehouse.id);
        if let Some(shared) = shared {
            warehouse.capacity_units = Some(warehouse.capacity_units.map_or(shared.units, |own| own.min(shared.units)));
        }
    }
    PlanInput {
        id: order.id.clone(),
        lines: order.lines.clone(),
        ship_complete: order.ship_complete,
        max_warehouses: order.max_warehouses,
        min_part_value: order.min_part_value,
        objective: order.objective.clone().unwrap_or_else(|| input.objective.clone()),
        warehouses,
        stock: input.stock.clone(),
    }
}

/// One order after the other by priority and id, each with what those before it left.
fn one_by_one(input: &JointInput) -> Vector {
    let mut rest = input.clone();
    let mut sequence: Vec<usize> = (0..input.orders.len()).collect();
    sequence.sort_by(|a, b| {
        let (a, b) = (&input.orders[*a], &input.orders[*b]);
        b.priority.cmp(&a.priority).then(a.id.cmp(&b.id))
    });
    let mut sum = vec![0; priorities(input).len() + input.objective.len() + 1];
    for number in sequence {
        let answer = route(&alone(&rest, number)).unwrap();
        sum = add(&sum, &vector(input, &input.orders[number], &answer.objective));
        for part in &answer.allocation {
            let line = input.orders[number].lines.iter().find(|line| line.id == part.line).unwrap();
            let level = rest.stock.iter_mut().find(|stock| stock.warehouse == part.warehouse && stock.sku == line.sku);
            level.unwrap().available -= part.quantity;
            if let Some(capacity) = rest.capacity.iter_mut().find(|capacity| capacity.warehouse == part.warehouse) {
                capacity.units -= part.quantity;
            }
        }
    }
    sum
}

fn short_of(plan: &JointPlan, id: &str) -> i64 {
    plan.orders.iter().find(|answer| answer.id == id).unwrap().objective.short_value
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn stock_and_every_orders_rules_are_kept_whatever_the_effort(
        input in any_batch(6, 3, 4),
        effort in prop_oneof![Just(0_u64), 1..20_000_u64],
    ) {
        let input = JointInput { effort, ..input };
        let plan = plan(&input).unwrap();
        is_sound(&input, &plan);
        prop_assert!(vector_of(&input, &plan) <= one_by_one(&input), "never worse than one by one");
        for component in &plan.components {
            prop_assert_eq!(component.proven, component.gap.is_none(), "never silently worse");
            if let Some(gap) = &component.gap {
                prop_assert!(gap.by > 0, "{:?}", gap);
            }
        }
    }

    #[test]
    fn bounds_hold_however_little_was_searched(input in any_batch(3, 2, 3), effort in 0..3_000_u64) {
        // What is proven with plenty of effort is never below a bound claimed with little.
        let hurried = plan(&JointInput { effort, ..input.clone() }).unwrap();
        let calm = plan(&input).unwrap();
        for (hurried, calm) in hurried.components.iter().zip(&calm.components) {
            prop_assert!(calm.proven);
            match &hurried.gap {
                None => prop_assert_eq!(&hurried.objective, &calm.objective),
                Some(gap) => {
                    let best = match gap.level.as_str() {
                        "short_value" => {
                            let of = |short: &&switchyard_core::joint::ShortOfPriority| Some(short.priority) == gap.priority;
                            calm.objective.short.iter().find(of).unwrap().short_value
                        }
                        "late" => calm.objective.late,
                        "warehouses" => calm.objective.warehouses,
                        "cost" => calm.objective.cost,
                        _ => calm.objective.rank_sum,
                    };
                    prop_assert!(gap.bound <= best, "{:?} against {:?}", gap, calm.objective);
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(input in any_batch(5, 2, 3), turn in 1..5_usize) {
        let mut turned = input.clone();
        let orders = turned.orders.len();
        turned.orders.rotate_left(turn % orders);
        turned.stock.reverse();
        turned.capacity.reverse();
        for order in &mut turned.orders {
            order.warehouses.reverse();
        }
        prop_assert_eq!(plan(&input).unwrap(), plan(&turned).unwrap());
    }

    #[test]
    fn a_higher_priority_never_makes_an_order_shorter(
        input in any_batch(4, 2, 3),
        number in 0..4_usize,
        raise in 1..4_i32,
    ) {
        let number = number % input.orders.len();
        let mut raised = input.clone();
        raised.orders[number].priority += raise;
        let id = &input.orders[number].id;
        prop_assert!(short_of(&plan(&raised).unwrap(), id) <= short_of(&plan(&input).unwrap(), id));
    }

    #[test]
    fn who_competes_with_nobody_is_planned_as_if_alone(input in any_batch(5, 2, 3)) {
        let plan = plan(&input).unwrap();
        for (number, order) in input.orders.iter().enumerate() {
            let answer = plan.orders.iter().find(|answer| answer.id == order.id).unwrap();
            prop_assert_eq!(answer.component.is_none(), answer.because == Because::Uncontended);
            if answer.component.is_none() {
                let single = route(&alone(&input, number)).unwrap();
                prop_assert_eq!(&answer.allocation, &single.allocation);
                prop_assert_eq!(&answer.short, &single.short);
                prop_assert_eq!(answer.objective, single.objective);
            }
        }
    }

    #[test]
    fn what_is_planned_already_stays_when_it_is_as_good(input in any_batch(4, 2, 3)) {
        let first = plan(&input).unwrap();
        let mut again = input;
        for order in &mut again.orders {
            order.current = first.orders.iter().find(|answer| answer.id == order.id).map(|answer| answer.allocation.clone());
        }
        let second = plan(&again).unwrap();
        prop_assert_eq!(&second.objective, &first.objective);
        prop_assert_eq!(second.moved, Vec::<String>::new());
    }
}

#[test]
fn contended_sets_gain_over_one_by_one() {
    for set in SETS {
        let mut input = contended(set, 40, 11);
        input.effort /= 4;
        let plan = plan(&input).unwrap();
        assert!(vector_of(&input, &plan) < one_by_one(&input), "{set:?}");
    }
}
