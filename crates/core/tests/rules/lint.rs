//! What the linter finds, and that it is right.

use proptest::prelude::*;
use serde_json::{Value, json};
use switchyard_core::quantity::Sku;
use switchyard_core::rule::{Finding, Kind, Known, lint};

use super::orders::{any_facts, any_rules, any_snapshot, rule, rule_set, shop, warehouse};
use super::routing::fits;

fn known() -> Known {
    Known {
        channels: [shop(1), shop(2)].into(),
        warehouses: (1..5).map(warehouse).collect(),
        skus: Some(["A1", "A2", "B1", "B2"].map(Sku::new).into()),
    }
}

fn found(rules: &Value) -> Vec<(String, Kind)> {
    lint(&rule_set(rules), &known()).into_iter().map(|finding| (finding.path, finding.kind)).collect()
}

#[test]
fn names_that_nobody_knows_are_found_where_they_stand() {
    let rules = json!([
        rule(
            "a",
            &json!({ "all": ["always", { "not": { "channel": [shop(1), shop(9)] } }] }),
            &json!([{ "only": { "warehouses": [warehouse(1), warehouse(8)] } }])
        ),
        rule(
            "b",
            &json!({ "any": [{ "sku": ["A*", "C*"] }, { "only_skus": ["X"] }] }),
            &json!([{ "pin": { "warehouse": warehouse(9), "skus": ["Y", "B1"] } }])
        ),
    ]);
    insta::assert_json_snapshot!(lint(&rule_set(&rules), &known()));
    let without_catalogue = Known { skus: None, ..known() };
    let findings = lint(&rule_set(&rules), &without_catalogue);
    assert!(findings.iter().all(|finding| finding.kind != Kind::UnknownSku), "{findings:?}");
}

#[rstest::rstest]
#[case::apart(json!({ "all": [{ "country": ["CH"] }, { "country": ["DE", "AT"] }] }), true)]
#[case::not_itself(json!({ "all": [{ "tag": ["vip"] }, { "not": { "tag": ["VIP", "b2b"] } }] }), true)]
#[case::weights(json!({ "all": [{ "weight": { "below": 5 } }, { "any": [{ "weight": { "at_least": 5 } }] }] }), true)]
#[case::other_goods(json!({ "all": [{ "only_skus": ["A*"] }, { "sku": ["B1"] }] }), true)]
#[case::two_currencies(json!({ "all": [{ "value": { "currency": "EUR", "at_least": 1 } },
                                       { "value": { "currency": "CHF", "at_least": 1 } }] }), true)]
#[case::never(json!({ "not": "always" }), true)]
#[case::two_tags(json!({ "all": [{ "tag": ["vip"] }, { "tag": ["b2b"] }] }), false)]
#[case::both_goods(json!({ "all": [{ "sku": ["A1"] }, { "sku": ["B1"] }] }), false)]
fn a_condition_that_no_order_fits_is_found(#[case] condition: Value, #[case] never: bool) {
    let rules = json!([rule("a", &condition, &json!([{ "objective": [] }]))]);
    let expected = if never { vec![("rules[0].when".to_owned(), Kind::NeverMatches)] } else { vec![] };
    assert_eq!(found(&rules), expected);
}

#[test]
fn an_effect_that_a_later_one_always_overrides_is_found() {
    let narrow = json!({ "all": [{ "country": ["CH"] }, { "weight": { "at_least": 500, "below": 900 } }] });
    let wide = json!({ "weight": { "at_least": 500 } });
    let first = json!([{ "objective": ["cost"] }, { "prefer": { "warehouses": [warehouse(1)], "shift": 1 } }]);
    let last = json!([{ "objective": ["late"] }]);
    let shadowed = [("rules[0].then[0]".to_owned(), Kind::Shadowed)];
    assert_eq!(found(&json!([rule("a", &narrow, &first), rule("b", &wide, &last)])), shadowed);
    assert_eq!(found(&json!([rule("a", &wide, &first), rule("b", &narrow, &last)])), []);
    let mut off = rule("b", &wide, &last);
    off["enabled"] = json!(false);
    assert_eq!(found(&json!([rule("a", &narrow, &first), off])), [], "a disabled rule overrides nothing");
    assert_eq!(found(&json!([rule("a", &narrow, &json!([{ "objective": [] }, { "objective": ["late"] }]))])), shadowed);
}

#[test]
fn pins_that_contradict_each_other_or_an_exclusion_are_found() {
    let pin = |number: u8, skus: Value| json!({ "pin": { "warehouse": warehouse(number), "skus": skus } });
    let (ch, vip, de) = (json!({ "country": ["CH"] }), json!({ "tag": ["vip"] }), json!({ "country": ["DE"] }));
    let pins = |second: &Value, skus: Value| {
        json!([rule("a", &ch, &json!([pin(1, json!(["A*"]))])), rule("b", second, &json!([pin(2, skus)]))])
    };
    assert_eq!(found(&pins(&vip, json!(null))), [("rules[0].then[0]".to_owned(), Kind::ContradictoryPins)]);
    assert_eq!(found(&pins(&vip, json!(["B*"]))), [], "other goods");
    assert_eq!(found(&pins(&de, json!(null))), [], "never the same order");

    let out = json!([{ "exclude": { "warehouses": [warehouse(1)] } }]);
    let excluded = [("rules[1].then[0]".to_owned(), Kind::PinExcluded)];
    let pinned = rule("b", &ch, &json!([pin(1, json!(null))]));
    assert_eq!(found(&json!([rule("a", &vip, &out), pinned])), excluded);
    assert_eq!(
        found(&json!([rule("a", &vip, &json!([{ "only": { "warehouses": [warehouse(2)] } }])), pinned])),
        excluded
    );
    assert_eq!(found(&json!([rule("a", &de, &out), pinned])), []);
    let back = rule("c", &json!("always"), &json!([{ "allow": { "warehouses": [warehouse(1)] } }]));
    let findings: Vec<Finding> = lint(&rule_set(&json!([rule("a", &vip, &out), pinned, back])), &known());
    assert!(findings.iter().all(|finding| finding.kind != Kind::PinExcluded), "taken back: {findings:?}");
}

#[test]
fn a_rule_set_of_deeply_nested_conditions_is_looked_at_in_no_time() {
    let nest = |word: &str, depth: usize| {
        (0..depth).fold(json!({ "tag": [word] }), |inner, level| {
            let other = json!({ "shipping_option": [format!("{word}{level}")] });
            json!({ if level % 2 == 0 { "all" } else { "any" }: [inner, other, { "not": { "not": "always" } }] })
        })
    };
    let rules: Vec<Value> = (0..12)
        .map(|number| rule(&format!("r{number}"), &nest(&format!("t{number}"), 28), &json!([{ "objective": [] }])))
        .collect();
    let begin = std::time::Instant::now();
    let findings = lint(&rule_set(&json!(rules)), &known());
    assert!(begin.elapsed().as_secs() < 20, "{} findings in {:?}", findings.len(), begin.elapsed());
}

proptest! {
    #[test]
    fn what_is_said_to_be_shadowed_can_be_left_out(rules in any_rules(), snapshots in prop::collection::vec(any_snapshot(), 8)) {
        let findings = lint(&rules, &known());
        let mut rest = rules.clone();
        for (number, rule) in rest.rules.iter_mut().enumerate() {
            let mut position = 0;
            rule.then.retain(|_| {
                let path = format!("rules[{number}].then[{position}]");
                position += 1;
                !findings.iter().any(|finding| finding.kind == Kind::Shadowed && finding.path == path)
            });
        }
        for snapshot in snapshots {
            let whole = rules.compile().apply(&snapshot.facts, &snapshot.input).input;
            prop_assert_eq!(whole, rest.compile().apply(&snapshot.facts, &snapshot.input).input);
        }
    }

    #[test]
    fn what_is_said_to_match_never_matches_nothing(rules in any_rules(), facts in prop::collection::vec(any_facts(), 20)) {
        for finding in lint(&rules, &known()).iter().filter(|finding| finding.kind == Kind::NeverMatches) {
            let rule = rules.rules.iter().find(|rule| rule.id == finding.rule).unwrap();
            prop_assert!(!facts.iter().any(|facts| fits(&rule.when, facts)));
        }
    }
}
