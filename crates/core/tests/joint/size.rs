//! At size: the plans are sound, and what they gain is measured.

use switchyard_core::joint::{JointInput, JointPlan, plan};

use crate::brute::{judge, taken, there_is_enough, vector, vector_of};
use crate::sets::{SETS, contended};

/// Asserts that no stock is used twice, every order's rules are kept, and nothing is worse than one by one.
pub(crate) fn is_sound(input: &JointInput, plan: &JointPlan) {
    let mut all = std::collections::BTreeMap::new();
    for order in &input.orders {
        let answer = plan.orders.iter().find(|answer| answer.id == order.id).unwrap();
        let objective = judge(order, &answer.allocation).expect("every constraint of the order is kept");
        assert_eq!(vector(input, order, &objective), vector(input, order, &answer.objective));
        for (what, units) in taken(order, &answer.allocation) {
            *all.entry(what).or_default() += units;
        }
        let shipped: u32 = answer.allocation.iter().map(|part| part.quantity).sum();
        let short: u32 = answer.short.iter().map(|short| short.quantity).sum();
        assert_eq!(shipped + short, order.lines.iter().map(|line| line.quantity).sum::<u32>());
    }
    assert!(there_is_enough(input, &all), "stock is never exceeded");
}

#[test]
fn contended_sets_are_planned_soundly_and_repeatably() {
    for set in SETS {
        let mut input = contended(set, 60, 7);
        input.effort /= 10;
        let first = plan(&input).unwrap();
        is_sound(&input, &first);
        vector_of(&input, &first);
        input.orders.reverse();
        input.stock.reverse();
        assert_eq!(first, plan(&input).unwrap(), "{set:?}");
    }
}
