//! Plans equal what enumeration finds: every level, the tie-break, "why not here?" and the lower bound.

use proptest::prelude::*;
use switchyard_core::plan::{Plan, PlanInput, plan};

use crate::brute::{Answer, enumerate, level_names, ordered};
use crate::orders::any_order;

fn compare(input: &PlanInput) -> Result<(), TestCaseError> {
    let answer = enumerate(input);
    let plan = plan(input).expect("a well-formed order");
    prop_assert!(plan.proven, "small orders are always proven");
    prop_assert_eq!(&plan.gap, &None);
    prop_assert_eq!(ordered(input, &plan.objective), ordered(input, &answer.objective), "every level is exact");
    prop_assert_eq!(&plan.allocation, &answer.allocation, "ties go to the smallest allocation");
    prop_assert_eq!(plan.objective, answer.objective, "levels that are not optimised are reported too");
    prop_assert_eq!(plan.lower_bound.warehouses, answer.fewest, "{}", plan.lower_bound.why);
    every_unit_is_somewhere(input, &plan)?;
    explained(input, &plan, &answer)
}

fn every_unit_is_somewhere(input: &PlanInput, plan: &Plan) -> Result<(), TestCaseError> {
    let shorts: Vec<&str> = plan.short.iter().map(|short| short.line.as_str()).collect();
    let in_line_order: Vec<&str> =
        input.lines.iter().map(|line| line.id.as_str()).filter(|id| shorts.contains(id)).collect();
    prop_assert_eq!(shorts, in_line_order);
    for line in &input.lines {
        let shipped: u32 = plan.allocation.iter().filter(|part| part.line == line.id).map(|part| part.quantity).sum();
        let short: u32 = plan.short.iter().filter(|short| short.line == line.id).map(|short| short.quantity).sum();
        prop_assert_eq!(shipped + short, line.quantity);
    }
    prop_assert!(plan.short.iter().all(|short| short.quantity > 0 && !short.reason.is_empty()));
    prop_assert!(plan.allocation.iter().all(|part| part.quantity > 0));
    prop_assert!(plan.allocation.is_sorted());
    Ok(())
}

fn explained(input: &PlanInput, plan: &Plan, answer: &Answer) -> Result<(), TestCaseError> {
    prop_assert_eq!(plan.explain.len(), input.warehouses.len());
    let optimum = ordered(input, &answer.objective);
    for (warehouse, explanation) in &plan.explain {
        let used = answer.allocation.iter().any(|part| part.warehouse == *warehouse);
        prop_assert_eq!(explanation.used, used);
        if used {
            prop_assert_eq!(&explanation.because, &None);
            continue;
        }
        match &answer.forced[warehouse] {
            None => {
                prop_assert_eq!(explanation.because.as_deref(), Some("constraint"), "{}", warehouse);
                prop_assert!(explanation.constraint.is_some() && explanation.detail.is_some());
            }
            Some(scores) => {
                prop_assert_eq!(explanation.because.as_deref(), Some("level"), "{}", warehouse);
                let loss = scores.iter().zip(&optimum).position(|(forced, best)| forced != best);
                let level = loss.map_or("allocation", |level| level_names(input)[level]);
                prop_assert_eq!(explanation.level.as_deref(), Some(level), "{}", warehouse);
                let by = loss.map_or(0, |level| scores[level] - optimum[level]);
                prop_assert_eq!(explanation.by, Some(by), "{}", warehouse);
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn plans_equal_enumeration(input in any_order(3, 3)) {
        compare(&input)?;
    }

    #[test]
    fn plans_of_two_lines_over_four_warehouses_equal_enumeration(input in any_order(2, 4)) {
        compare(&input)?;
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(input in any_order(5, 6)) {
        let first = plan(&input).unwrap();
        prop_assert_eq!(&first, &plan(&input).unwrap(), "same input, same plan, bit for bit");
        let mut turned = input.clone();
        turned.lines.reverse();
        turned.warehouses.reverse();
        turned.stock.reverse();
        let mut second = plan(&turned).unwrap();
        second.short.reverse();
        prop_assert_eq!(first, second);
    }

    #[test]
    fn more_stock_never_makes_an_order_worse(input in any_order(5, 6), place in 0..6_usize, sku in 0..3_usize) {
        let before = plan(&input).unwrap();
        let mut richer = input.clone();
        let index = (place * 3 + sku) % richer.stock.len();
        richer.stock[index].available += 2;
        let after = plan(&richer).unwrap();
        prop_assert!(ordered(&input, &after.objective) <= ordered(&input, &before.objective));
    }

    #[test]
    fn money_in_another_unit_changes_no_decision(input in any_order(4, 5)) {
        let before = plan(&input).unwrap();
        let mut cents = input.clone();
        for place in &mut cents.warehouses {
            place.handling *= 100;
            place.unit_handling *= 100;
            place.parcels.iter_mut().for_each(|step| step.price *= 100);
        }
        let after = plan(&cents).unwrap();
        prop_assert_eq!(&before.allocation, &after.allocation);
        prop_assert_eq!(before.objective.cost * 100, after.objective.cost);
        for (warehouse, explanation) in &before.explain {
            let factor = if explanation.level.as_deref() == Some("cost") { 100 } else { 1 };
            prop_assert_eq!(explanation.by.map(|by| by * factor), after.explain[warehouse].by, "{}", warehouse);
        }
    }

    #[test]
    fn a_warehouse_without_stock_changes_nothing_but_its_own_explanation(input in any_order(4, 5)) {
        let before = plan(&input).unwrap();
        let mut wider = input.clone();
        wider.warehouses.push(crate::orders::warehouse("w9", 0));
        let mut after = plan(&wider).unwrap();
        prop_assert!(after.explain.remove("w9").is_some_and(|why| !why.used && why.because.is_some()));
        prop_assert_eq!(before, after);
    }
}
