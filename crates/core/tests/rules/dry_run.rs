//! Old rules against new ones over stored orders.

use proptest::prelude::*;
use serde_json::json;
use switchyard_core::plan::plan;
use switchyard_core::rule::{DryRun, Facts, Report, Snapshot, Tally, dry_run};

use super::orders::{any_rules, any_snapshot, facts, input, rule, rule_set, warehouse};

fn snapshot(number: u32, country: &str) -> Snapshot {
    let mut input = input();
    input.id = format!("ord_{number:06}");
    Snapshot { facts: Facts { country: country.to_owned(), ..facts() }, input }
}

#[test]
fn orders_that_would_move_are_listed_with_what_changes() {
    let old = rule_set(&json!([rule(
        "tea",
        &json!({ "sku": ["TEA-*"] }),
        &json!([
            { "pin": { "warehouse": warehouse(2), "skus": ["TEA-*"] } }
        ])
    )]));
    let new = rule_set(&json!([
        rule("swiss", &json!({ "country": ["CH"] }), &json!([{ "only": { "warehouses": [warehouse(3)] } }])),
        rule("austrian", &json!({ "country": ["AT"] }), &json!([{ "only": { "warehouses": [warehouse(9)] } }])),
        rule(
            "tea",
            &json!({ "all": [{ "sku": ["TEA-*"] }, { "country": ["DE"] }] }),
            &json!([
                { "pin": { "warehouse": warehouse(2), "skus": ["TEA-*"] } }
            ])
        ),
    ]));
    let snapshots = [snapshot(1, "CH"), snapshot(2, "DE"), snapshot(3, "AT"), snapshot(4, "CH")];
    let (old, new) = (old.compile(), new.compile());
    let report = dry_run(DryRun { old: &old, new: &new, most_moved: 2 }, &snapshots).report();
    insta::assert_json_snapshot!(report);
}

#[test]
fn the_same_rules_move_nothing() {
    let rules = rule_set(&json!([rule("a", &json!("always"), &json!([{ "only": { "warehouses": [warehouse(3)] } }]))]));
    let ready = rules.compile();
    let report = dry_run(DryRun { old: &ready, new: &ready, most_moved: 9 }, [snapshot(1, "CH")]).report();
    assert_eq!((report.orders, report.moved_count, report.before), (1, 0, report.after));
}

#[test]
fn an_order_that_contradicts_itself_is_counted_and_stops_nobody() {
    let mut broken = snapshot(1, "CH");
    broken.input.lines[0].unit_value = -1;
    let (old, new) = (rule_set(&json!([])).compile(), rule_set(&json!([])).compile());
    let run = DryRun { old: &old, new: &new, most_moved: 9 };
    let report = dry_run(run, [broken, snapshot(2, "CH")]).report();
    assert_eq!((report.orders, report.before.refused_orders, report.before.parcels, report.moved_count), (2, 1, 1, 0));
}

/// The report as one would make it by hand: every order planned twice, everything kept.
fn by_hand(run: &DryRun<'_>, snapshots: &[Snapshot]) -> (Vec<(u64, u64, u64)>, Vec<String>) {
    let mut sums = vec![(0, 0, 0); 2];
    let mut moved = Vec::new();
    for snapshot in snapshots {
        let sides: Vec<_> = [run.old, run.new]
            .iter()
            .map(|rules| plan(&rules.apply(&snapshot.facts, &snapshot.input).input).unwrap())
            .collect();
        for (sum, side) in sums.iter_mut().zip(&sides) {
            sum.0 += u64::try_from(side.objective.warehouses).unwrap();
            sum.1 += u64::try_from(side.objective.cost).unwrap();
            sum.2 += side.short.iter().map(|short| u64::from(short.quantity)).sum::<u64>();
        }
        if sides[0].allocation != sides[1].allocation {
            moved.push(snapshot.input.id.clone());
        }
    }
    moved.sort();
    (sums, moved)
}

fn report(parts: Vec<Tally>) -> Report {
    parts.into_iter().reduce(Tally::merge).unwrap().report()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn totals_and_moves_are_those_of_planning_every_order_twice(
        old in any_rules(),
        new in any_rules(),
        snapshots in prop::collection::vec(any_snapshot(), 0..20),
    ) {
        let (old, new) = (old.compile(), new.compile());
        let run = DryRun { old: &old, new: &new, most_moved: usize::MAX };
        let report = dry_run(run, &snapshots).report();
        let (sums, moved) = by_hand(&run, &snapshots);
        let side = |totals: &switchyard_core::rule::Totals| (totals.parcels, totals.cost, totals.short_units);
        prop_assert_eq!(vec![side(&report.before), side(&report.after)], sums);
        prop_assert_eq!(report.moved_count, u64::try_from(moved.len()).unwrap());
        prop_assert_eq!(report.moved.iter().map(|moved| moved.order.clone()).collect::<Vec<_>>(), moved);
    }

    #[test]
    fn merging_does_not_depend_on_who_took_which_order(
        old in any_rules(),
        new in any_rules(),
        snapshots in prop::collection::vec(any_snapshot(), 3..20),
        most_moved in 0_usize..6,
        (first, second) in (0_usize..20, 0_usize..20),
    ) {
        let (old, new) = (old.compile(), new.compile());
        let run = DryRun { old: &old, new: &new, most_moved };
        let whole = dry_run(run, &snapshots).report();
        let (low, high) = (first.min(second).min(snapshots.len()), first.max(second).min(snapshots.len()));
        let parts = || [&snapshots[..low], &snapshots[low..high], &snapshots[high..]].map(|part| dry_run(run, part));
        let [a, b, c] = parts();
        prop_assert_eq!(&a.merge(b.merge(c)).report(), &whole, "a + (b + c)");
        let [a, b, c] = parts();
        prop_assert_eq!(&a.merge(b).merge(c).report(), &whole, "(a + b) + c");
        let [a, b, c] = parts();
        prop_assert_eq!(&c.merge(a).merge(b).report(), &whole, "in another order");
        prop_assert_eq!(report(vec![run.tally(), dry_run(run, &snapshots)]), whole, "an empty one adds nothing");
    }
}

#[test]
fn a_year_of_orders_is_tried_in_seconds() {
    let rules = |version: u8| {
        let list: Vec<_> = (0_u8..40)
            .map(|number| {
                let country = ["CH", "AT", "DE", "FR"][usize::from(number % 4)];
                let when = json!({ "all": [{ "country": [country] }, { "postcode": { "prefixes": [format!("{number}")] } },
                                           { "value": { "currency": "EUR", "at_least": 100 } }] });
                rule(&format!("r{number}"), &when, &json!([{ "exclude": { "warehouses": [warehouse(1 + (number + version) % 3)] } }]))
            })
            .collect();
        rule_set(&json!(list)).compile()
    };
    let (old, new) = (rules(0), rules(1));
    let snapshots: Vec<Snapshot> = (0..20_000)
        .map(|number| {
            let mut snapshot = snapshot(number, ["CH", "AT", "DE", "FR"][number as usize % 4]);
            snapshot.facts.postcode = format!("{}0000", number % 40);
            snapshot
        })
        .collect();
    let begin = std::time::Instant::now();
    let report = dry_run(DryRun { old: &old, new: &new, most_moved: 100 }, &snapshots).report();
    let took = begin.elapsed();
    println!("{} orders in {took:?}, {} moved", report.orders, report.moved_count);
    assert_eq!((report.orders, report.moved.len()), (20_000, 100));
    assert!(took.as_secs() < 60, "20,000 orders took {took:?}");
}
