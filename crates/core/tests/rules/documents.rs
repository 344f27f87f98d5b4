//! The stored form of rules: what is written, what is refused with its place, and the examples of the page.

use std::path::Path;

use serde_json::json;
use switchyard_core::rule::hold::Rules;
use switchyard_core::rule::routing::RuleSet;
use switchyard_core::rule::{DryRun, Snapshot, dry_run};

use super::orders::{rule, rule_set, shop, warehouse};

#[test]
fn every_condition_and_effect_is_stored_as_people_write_it() {
    let rules = rule_set(&json!([
        rule(
            "every-condition",
            &json!({ "all": [
            "always", "unpaid", "address_incomplete", "new_customer",
            { "channel": [shop(1)] }, { "country": ["CH", "LI"] },
            { "postcode": { "prefixes": ["80"], "ranges": [{ "from": "01", "to": "09" }] } },
            { "sku": ["TEA-*"] }, { "only_skus": ["CUP"] }, { "tag": ["vip"] }, { "shipping_option": ["express"] },
            { "value": { "currency": "EUR", "at_least": 5_000, "below": 10_000 } }, { "weight": { "below": 31_500 } },
            { "any": [{ "not": "always" }] },
        ] }),
            &json!([{ "objective": ["cost", "late"] }])
        ),
        rule(
            "every-effect",
            &json!("always"),
            &json!([
                { "allow": { "warehouses": [warehouse(1)] } },
                { "exclude": { "warehouses": [warehouse(2)], "skus": ["POT"], "why": "breaks" } },
                { "only": { "warehouses": [warehouse(1), warehouse(2)] } },
                { "prefer": { "warehouses": [warehouse(2)], "shift": -10 } },
                { "pin": { "warehouse": warehouse(1), "skus": ["TEA-*"] } },
                { "objective": [] },
                { "split": { "max_warehouses": 2, "min_part_value": 1_000 } },
            ])
        ),
    ]));
    insta::assert_json_snapshot!(rules);
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    let good = json!([{ "objective": ["cost"] }]);
    let when = |condition| json!([rule("a", &condition, &good)]);
    let then = |effect| json!([rule("a", &json!("always"), &json!([effect]))]);
    let place = warehouse(1);
    let faults = [
        json!([{ "id": "a", "when": "always", "then": good, "colour": "red" }]),
        json!([{ "id": "a", "when": "always" }]),
        json!([rule("a", &json!("always"), &json!([]))]),
        json!([rule("a", &json!("always"), &good), rule("a", &json!("always"), &good)]),
        json!([rule("Not an id", &json!("always"), &good)]),
        when(json!("sometimes")),
        when(json!({ "land": ["CH"] })),
        when(json!({ "country": ["ch"] })),
        when(json!({ "country": [] })),
        when(json!({ "country": "CH" })),
        when(json!({ "country": ["CH"], "tag": ["vip"] })),
        when(json!({ "all": ["always", { "any": [] }] })),
        when(json!({ "not": { "all": [{ "tag": ["vip", " "] }] } })),
        when(json!({ "channel": ["shop-1"] })),
        when(json!({ "sku": ["A", " "] })),
        when(json!({ "postcode": {} })),
        when(json!({ "postcode": { "prefixes": ["-"] } })),
        when(json!({ "postcode": { "ranges": [{ "from": "09", "to": "1" }] } })),
        when(json!({ "postcode": { "ranges": [{ "from": "09", "to": "01" }] } })),
        when(json!({ "postcode": { "prefix": ["09"] } })),
        when(json!({ "value": { "at_least": 1 } })),
        when(json!({ "value": { "currency": "EURO", "at_least": 1 } })),
        when(json!({ "value": { "currency": "EUR" } })),
        when(json!({ "value": { "currency": "EUR", "at_least": 5, "below": 5 } })),
        when(json!({ "weight": { "at_least": 1.5 } })),
        then(json!({ "banish": { "warehouses": [place] } })),
        then(json!({ "exclude": { "warehouses": [] } })),
        then(json!({ "exclude": { "warehouses": [place], "skus": [] } })),
        then(json!({ "exclude": { "warehouses": [place], "because": "x" } })),
        then(json!({ "only": { "warehouses": ["Leipzig"] } })),
        then(json!({ "prefer": { "warehouses": [place], "shift": 0 } })),
        then(json!({ "prefer": { "warehouses": [place], "shift": -2_000_000 } })),
        then(json!({ "pin": { "warehouse": place, "skus": [""] } })),
        then(json!({ "objective": ["cost", "cost"] })),
        then(json!({ "objective": ["speed"] })),
        then(json!({ "split": {} })),
        then(json!({ "split": { "max_warehouses": 0 } })),
        then(json!({ "split": { "min_part_value": -1 } })),
    ];
    let refusals: Vec<String> = faults
        .iter()
        .map(|rules| {
            let text = json!({
                "revision": { "version": 1, "author": "mara", "reason": "", "created_at": "2026-11-22T09:00:00Z" },
                "rules": rules
            });
            RuleSet::parse(&text.to_string()).expect_err(&rules.to_string()).to_string()
        })
        .collect();
    insta::assert_json_snapshot!(refusals);
}

#[test]
fn nesting_without_end_is_refused_and_does_not_overflow() {
    let deep = format!("{}\"always\"{}", "{\"not\":".repeat(20_000), "}".repeat(20_000));
    let text = format!(
        r#"{{"revision":{{"version":1,"author":"a","reason":"","created_at":"2026-11-22T09:00:00Z"}},
            "rules":[{{"id":"a","when":{deep},"then":[{{"objective":[]}}]}}]}}"#
    );
    let refusal = RuleSet::parse(&text).expect_err("too deep");
    assert!(refusal.detail.contains("recursion limit"), "{}", refusal.detail);
}

#[test]
fn every_example_of_the_page_is_read() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    let text = std::fs::read_to_string(page).unwrap();
    let (mut routing, mut holds, mut snapshots) = (Vec::new(), 0, Vec::new());
    for block in text.split("```json").skip(1) {
        let (kind, json) = block.split("```").next().unwrap().split_once('\n').unwrap();
        match kind.trim() {
            "routing" => routing.push(RuleSet::parse(json).unwrap_or_else(|fault| panic!("{fault} in {json}"))),
            "holds" => {
                Rules::parse(json).unwrap_or_else(|fault| panic!("{fault} in {json}"));
                holds += 1;
            }
            "snapshot" => snapshots.push(serde_json::from_str::<Snapshot>(json).expect(json)),
            other => panic!("an example of an unknown kind `{other}`"),
        }
    }
    assert!(!routing.is_empty() && holds > 0 && !snapshots.is_empty(), "the page has examples of each");
    let compiled = routing[0].compile();
    let applied = compiled.apply(&snapshots[0].facts, &snapshots[0].input);
    let matching: Vec<&str> =
        applied.trace.iter().filter(|trace| trace.matched).map(|trace| trace.rule.as_str()).collect();
    assert_eq!(matching, ["switzerland-from-zurich", "tea-from-leipzig"], "as the page says");
    let nothing = rule_set(&json!([])).compile();
    let report = dry_run(DryRun { old: &nothing, new: &compiled, most_moved: 9 }, &snapshots).report();
    assert_eq!(report.moved_count, 1, "as the page says");
}
