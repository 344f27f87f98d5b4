//! Orders whose parts must be worth something, which an earlier search answered wrongly and called proven.

use switchyard_core::plan::{ParcelPrice, PlanInput, plan};

use crate::orders::{line, order, warehouse};

/// Lines named like their SKU, of (SKU, quantity, value of a unit); they weigh nothing.
fn lines_of(order: &mut PlanInput, lines: &[(&str, u32, i64)]) {
    order.lines = lines.iter().map(|&(sku, quantity, _)| line(sku, sku, quantity)).collect();
    for (line, &(.., value)) in order.lines.iter_mut().zip(lines) {
        (line.unit_value, line.unit_weight) = (value, 0);
    }
}

#[test]
fn a_question_leaves_the_next_one_all_parts_to_look_at() {
    // With few parts first, then with more: a search that ended there left its bound on parts behind, and the next
    // question, whose answer takes three parts, was searched with two.
    let places = vec![warehouse("w2", 2), warehouse("w5", 5), warehouse("w6", 6), warehouse("w8", 8)];
    let stock = [
        ("w2", [("C", 3), ("D", 2), ("F", 2), ("I", 3)].as_slice()),
        ("w5", &[("A", 3), ("C", 5), ("F", 2), ("H", 5), ("I", 1)]),
        ("w6", &[("A", 5), ("B", 3), ("C", 1), ("D", 2), ("F", 3), ("H", 2), ("I", 2)]),
        ("w8", &[("B", 2), ("C", 2), ("D", 3), ("H", 5), ("I", 1)]),
    ];
    let stock: Vec<_> =
        stock.iter().flat_map(|(place, has)| has.iter().map(|(sku, count)| (*place, *sku, *count))).collect();
    let mut input = order(vec![], places, &stock);
    let lines =
        [("A", 1, 2400), ("B", 2, 800), ("C", 2, 3500), ("D", 3, 2450), ("F", 4, 2100), ("H", 3, 2550), ("I", 2, 1950)];
    lines_of(&mut input, &lines);
    input.warehouses[2].capacity_units = Some(5);
    input.min_part_value = 16_404;
    let plan = plan(&input).expect("a well-formed order");
    assert!(plan.proven);
    assert_eq!((plan.objective.short_value, plan.objective.warehouses), (4050, 2));
    let loses = |place: &str| (plan.explain[place].level.as_deref(), plan.explain[place].by);
    assert_eq!(loses("w6"), (Some("short_value"), Some(20_750)), "the question before");
    assert_eq!(loses("w8"), (Some("short_value"), Some(150)), "the question after");
}

#[test]
fn the_best_plan_may_take_all_the_parts_allowed() {
    let mut places = vec![warehouse("w1", 8), warehouse("w6", -2), warehouse("w7", 3), warehouse("w8", 9)];
    (places[0].late_hours, places[3].late_hours) = (24, 12);
    (places[1].unit_handling, places[3].unit_handling) = (22, 7);
    places[1].parcels = vec![ParcelPrice { up_to: 1000, price: 390 }, ParcelPrice { up_to: 5000, price: 590 }];
    places[2].capacity_units = Some(6);
    let stock = [
        ("w1", "A", 10),
        ("w1", "B", 20),
        ("w6", "B", 5),
        ("w7", "A", 2),
        ("w7", "B", 10),
        ("w7", "C", 10),
        ("w8", "B", 1),
        ("w8", "C", 20),
    ];
    let mut input = order(vec![], places, &stock);
    lines_of(&mut input, &[("A", 6, 1150), ("B", 2, 2100), ("B", 8, 1350), ("C", 2, 600)]);
    input.lines[1].id = "B in w7".into();
    input.lines[1].pinned_warehouse = Some("w7".into());
    input.lines[2].unit_weight = 200;
    input.max_warehouses = Some(3);
    input.min_part_value = 100;
    let plan = plan(&input).expect("a well-formed order");
    assert!(plan.proven);
    let score = plan.objective;
    assert_eq!((score.short_value, score.late, score.warehouses, score.cost), (0, 168, 3, 500));
    assert_eq!(plan.explain["w8"].by, Some(84), "a little more of it, a lot later");
}
