//! Cases from the field in which first-come-first-served is wrong.

use switchyard_core::plan::{Plan, PlanError, PlanInput, plan};

use crate::orders::{line, order, warehouse};

fn shipped(plan: &Plan) -> Vec<(&str, &str, u32)> {
    plan.allocation.iter().map(|part| (part.line.as_str(), part.warehouse.as_str(), part.quantity)).collect()
}

fn solved(input: &PlanInput) -> Plan {
    let plan = plan(input).expect("a well-formed order");
    assert!(plan.proven, "an order of this size is proven");
    plan
}

#[test]
fn one_warehouse_with_everything_beats_the_two_first_ranked() {
    // Veeqo's help page answers London + New York for a T-shirt (T) and a scarf (F); Paris alone has both.
    let input = order(
        vec![line("l1", "T", 1), line("l2", "F", 1)],
        vec![warehouse("london", 1), warehouse("new_york", 2), warehouse("paris", 3)],
        &[
            ("london", "T", 7),
            ("london", "S", 1),
            ("london", "F", 0),
            ("new_york", "T", 0),
            ("new_york", "S", 6),
            ("new_york", "F", 1),
            ("paris", "T", 2),
            ("paris", "S", 0),
            ("paris", "F", 5),
        ],
    );
    let plan = solved(&input);
    assert_eq!(shipped(&plan), [("l1", "paris", 1), ("l2", "paris", 1)]);
    assert_eq!(plan.explain["london"].level.as_deref(), Some("warehouses"), "London would need a second parcel");
    assert_eq!(plan.explain["london"].by, Some(1));
}

#[test]
fn a_line_is_split_when_no_warehouse_has_it_all() {
    // Medusa #14987 fails, Solidus #583 loses a unit: both are this order.
    let input =
        order(vec![line("l1", "A", 2)], vec![warehouse("a", 1), warehouse("b", 2)], &[("a", "A", 1), ("b", "A", 1)]);
    let plan = solved(&input);
    assert_eq!(shipped(&plan), [("l1", "a", 1), ("l1", "b", 1)]);
    assert_eq!(plan.lower_bound.warehouses, 2);
    assert_eq!(plan.lower_bound.why, "line `l1` alone needs the stock of 2 warehouses");
}

#[test]
fn lots_in_two_places_are_taken_together() {
    // ERPNext #58640 takes one lot of 2 for a row of 5 and goes below zero. Which lot inside a warehouse is a matter of
    // stock; to the router two places with 2 and 3 are the same question.
    let input = order(
        vec![line("l1", "A", 5)],
        vec![warehouse("first", 1), warehouse("second", 2)],
        &[("first", "A", 2), ("second", "A", 3)],
    );
    let plan = solved(&input);
    assert_eq!(shipped(&plan), [("l1", "first", 2), ("l1", "second", 3)]);
    assert_eq!(plan.short, []);
}

#[test]
fn eligibility_decides_before_preference() {
    // The table of everstox's province tests: SKU and state say which warehouse it is.
    let cases = [("east", "A", "east"), ("west", "A", "west"), ("east", "B", "west"), ("west", "B", "west")];
    for (state, sku, expected) in cases {
        let mut east = warehouse("east", 1);
        east.eligible = state == "east";
        east.ineligible_reason = Some(format!("does not ship to {state}"));
        east.excluded_skus = ["B".to_owned()].into();
        let stock = [("east", "A", 9), ("east", "B", 9), ("west", "A", 9), ("west", "B", 9)];
        let plan = solved(&order(vec![line("l1", sku, 1)], vec![east, warehouse("west", 2)], &stock));
        assert_eq!(shipped(&plan), [("l1", expected, 1)], "{sku} to {state}");
        let why = match (state, sku) {
            ("west", _) => Some("ineligible"),
            (_, "B") => Some("excluded_skus"),
            _ => None,
        };
        assert_eq!(plan.explain["east"].constraint.as_deref(), why, "{sku} to {state}");
    }
}

#[test]
fn no_more_than_ordered_is_taken_and_one_parcel_is_enough() {
    // Vendure #4030 took 10 + 13 for an order of 13.
    let input = order(
        vec![line("l1", "A", 13)],
        vec![warehouse("w1", 1), warehouse("w2", 2)],
        &[("w1", "A", 10), ("w2", "A", 15)],
    );
    assert_eq!(shipped(&solved(&input)), [("l1", "w2", 13)], "fewest warehouses before rank");
    let mut small = input;
    small.stock[1].available = 12;
    let plan = solved(&small);
    assert_eq!(plan.allocation.iter().map(|part| part.quantity).sum::<u32>(), 13);
    assert_eq!(shipped(&plan), [("l1", "w1", 1), ("l1", "w2", 12)], "the smallest list of equals");
}

#[test]
fn fewest_then_rank() {
    // Shopify's help page orders by priority alone.
    let skus = |units: u32| [("toronto", "A", units), ("ottawa", "A", 5), ("montreal", "A", 5), ("calgary", "A", 5)];
    let cities =
        || vec![warehouse("toronto", 1), warehouse("ottawa", 3), warehouse("montreal", 2), warehouse("calgary", 4)];
    let plan = solved(&order(vec![line("l1", "A", 5)], cities(), &skus(5)));
    assert_eq!(shipped(&plan), [("l1", "toronto", 5)]);
    let plan = solved(&order(vec![line("l1", "A", 5)], cities(), &skus(4)));
    assert_eq!(shipped(&plan), [("l1", "montreal", 5)], "one warehouse, and of those the best rank");
    assert_eq!(plan.explain["ottawa"].level.as_deref(), Some("rank_sum"));
    assert_eq!(plan.explain["toronto"].level.as_deref(), Some("warehouses"));
}

#[test]
fn an_infeasible_pin_is_reported_and_never_dropped() {
    let mut pinned = line("l1", "A", 2);
    pinned.pinned_warehouse = Some("w1".into());
    let mut input =
        order(vec![pinned], vec![warehouse("w1", 1), warehouse("w2", 2)], &[("w1", "A", 0), ("w2", "A", 9)]);
    let plan = solved(&input);
    assert_eq!(plan.allocation, []);
    assert_eq!(plan.short[0].reason, "pinned to `w1`, which can ship 0 of 2 units");
    assert_eq!(plan.explain["w2"].constraint.as_deref(), Some("pinned_warehouse"));
    assert_eq!(plan.lower_bound.warehouses, 0);

    input.lines[0].pinned_warehouse = Some("gone".into());
    assert_eq!(solved(&input).short[0].reason, "pinned to `gone`, which is not among the warehouses");
}

#[test]
fn the_example_of_the_contract() {
    let input: PlanInput = serde_json::from_value(serde_json::json!({
        "id": "ord_1",
        "lines": [{"id": "l1", "sku": "A", "quantity": 3, "unit_value": 1250, "unit_weight": 400}],
        "warehouses": [{"id": "w1", "rank": 1, "handling": 90, "unit_handling": 15,
                        "parcels": [{"up_to": 1000, "price": 390}, {"up_to": 5000, "price": 590}]}],
        "stock": [{"warehouse": "w1", "sku": "A", "available": 2}]
    }))
    .unwrap();
    let plan = solved(&input);
    assert_eq!(shipped(&plan), [("l1", "w1", 2)]);
    assert_eq!((plan.objective.short_value, plan.objective.cost), (1250, 510));
    assert_eq!(plan.short[0].reason, "3 units of SKU `A` are wanted and 2 are available");
}

#[test]
fn reasons_name_the_rule_in_the_way() {
    let mut input = order(
        vec![line("l1", "A", 1), line("l2", "B", 1)],
        vec![warehouse("w1", 1), warehouse("w2", 2)],
        &[("w1", "A", 1), ("w2", "B", 1)],
    );
    input.max_warehouses = Some(1);
    assert_eq!(solved(&input).short[0].reason, "at most 1 warehouses may be used");
    input.max_warehouses = None;
    input.min_part_value = 1001;
    assert_eq!(solved(&input).short[0].reason, "a part worth less than 1001 would be needed");
    input.min_part_value = 0;
    input.stock[1].available = 0;
    input.ship_complete = true;
    let plan = solved(&input);
    assert_eq!(plan.short.len(), 2, "everything or nothing");
    assert_eq!(plan.short[0].reason, "the order ships complete or not at all, and it cannot ship complete");
    assert_eq!(plan.short[1].reason, "no warehouse that may ship SKU `B` has any");
    assert_eq!(plan.explain["w1"].constraint.as_deref(), Some("ship_complete"));
}

#[test]
fn where_no_warehouse_may_be_used_nothing_ships_and_each_says_why() {
    let mut input = order(
        vec![line("l1", "A", 1)],
        vec![warehouse("w1", 1), warehouse("w2", 2)],
        &[("w1", "A", 1), ("w2", "A", 1)],
    );
    input.max_warehouses = Some(0);
    let plan = solved(&input);
    assert!(shipped(&plan).is_empty());
    assert_eq!(plan.explain["w1"].constraint.as_deref(), Some("max_warehouses"));
    assert_eq!(plan.explain["w2"].constraint.as_deref(), Some("max_warehouses"));
}

#[test]
fn empty_orders_and_empty_networks_have_plans() {
    let plan_of_nothing = solved(&order(vec![], vec![warehouse("w1", 1)], &[]));
    assert!(plan_of_nothing.allocation.is_empty() && plan_of_nothing.short.is_empty());
    let nowhere = solved(&order(vec![line("l1", "A", 1)], vec![], &[]));
    assert_eq!(nowhere.objective.short_value, 1000);
    assert_eq!(nowhere.short.len(), 1);
}

#[test]
fn contradictions_are_refused() {
    let twice = order(vec![line("l1", "A", 1), line("l1", "B", 1)], vec![], &[]);
    assert_eq!(plan(&twice), Err(PlanError::DuplicateId { noun: "line", id: "l1".into() }));
    let twice = order(vec![], vec![warehouse("w", 1), warehouse("w", 1)], &[]);
    assert_eq!(plan(&twice), Err(PlanError::DuplicateId { noun: "warehouse", id: "w".into() }));
    let twice = order(vec![], vec![], &[("w", "A", 1), ("w", "A", 2)]);
    assert_eq!(plan(&twice), Err(PlanError::DuplicateId { noun: "stock", id: "w/A".into() }));

    let mut negative = order(vec![line("l1", "A", 1)], vec![], &[]);
    negative.lines[0].unit_value = -1;
    assert_eq!(plan(&negative), Err(PlanError::Negative { what: "unit_value", id: "l1".into() }));

    let mut huge = order(vec![line("l1", "A", 2)], vec![warehouse("w", 1)], &[]);
    huge.lines[0].unit_value = i64::MAX;
    assert_eq!(plan(&huge), Err(PlanError::Overflow("the sum of line values")));
    huge.lines[0].unit_value = 1;
    huge.warehouses[0].handling = i64::MAX;
    assert_eq!(plan(&huge), Err(PlanError::Overflow("the sum of costs")));
    huge.warehouses[0].handling = 0;
    huge.warehouses[0].rank = i64::MIN;
    assert_eq!(plan(&huge), Err(PlanError::Overflow("the sum of ranks")));
}

#[test]
fn unknown_fields_are_refused() {
    let text = r#"{"id": "ord_1", "lines": [], "warehouses": [], "stock": [], "prio": 1}"#;
    assert!(serde_json::from_str::<PlanInput>(text).is_err(), "a misspelt constraint must not be ignored");
}
