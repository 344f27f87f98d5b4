//! What routing rules make of the router's question.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use switchyard_core::plan::{Level, PlanInput, plan};
use switchyard_core::rule::routing::{Effect, RuleSet};
use switchyard_core::rule::{Condition, Facts, Postcodes, SkuPattern};

use super::orders::{any_rules, any_snapshot, facts, input, rule, rule_set, warehouse};

/// The question after these effects, each the only one of a rule that matches, in order.
fn after(effects: &[Value], before: &PlanInput) -> PlanInput {
    let rules: Vec<Value> = effects
        .iter()
        .enumerate()
        .map(|(number, effect)| rule(&format!("r{number}"), &json!("always"), &json!([effect])))
        .collect();
    rule_set(&json!(rules)).compile().apply(&facts(), before).input
}

/// Which of the three warehouses may ship, and why the others may not.
fn reasons(input: &PlanInput) -> Vec<Option<&str>> {
    for place in &input.warehouses {
        assert_eq!(place.eligible, place.ineligible_reason.is_none());
    }
    input.warehouses.iter().map(|place| place.ineligible_reason.as_deref()).collect()
}

fn exclude(number: u8, why: &str) -> Value {
    json!({ "exclude": { "warehouses": [warehouse(number)], "why": why } })
}

fn allow(number: u8) -> Value {
    json!({ "allow": { "warehouses": [warehouse(number)] } })
}

fn only(number: u8) -> Value {
    json!({ "only": { "warehouses": [warehouse(number)] } })
}

#[test]
fn an_excluded_warehouse_names_the_rule_and_its_reason() {
    let changed = after(&[exclude(1, "no customs papers"), exclude(2, "")], &input());
    assert_eq!(reasons(&changed), [Some("rule `r0`: no customs papers"), Some("rule `r1` excludes it"), None]);
    let answer = plan(&changed).unwrap();
    assert_eq!(answer.explain[warehouse(1).as_str()].detail.as_deref(), Some("rule `r0`: no customs papers"));
}

#[test]
fn the_last_word_on_a_warehouse_counts() {
    assert_eq!(reasons(&after(&[exclude(1, "a"), allow(1)], &input())), [None, None, None]);
    assert_eq!(reasons(&after(&[allow(1), exclude(1, "a")], &input())), [Some("rule `r1`: a"), None, None]);
    let by_only = Some("rule `r1` excludes it");
    assert_eq!(reasons(&after(&[exclude(1, "a"), only(1)], &input())), [None, by_only, by_only]);
    let last = after(&[only(1), allow(2)], &input());
    assert_eq!(reasons(&last), [None, None, Some("rule `r0` excludes it")]);
}

#[test]
fn what_is_a_fact_no_rule_changes() {
    let mut paused = input();
    paused.warehouses[0].eligible = false;
    paused.warehouses[0].ineligible_reason = Some("Leipzig is paused".to_owned());
    paused.warehouses[1].excluded_skus.insert("CUP".to_owned());
    let changed = after(&[only(1), allow(1), allow(2), exclude(1, "a")], &paused);
    assert_eq!(changed.warehouses[0].ineligible_reason.as_deref(), Some("Leipzig is paused"));
    assert!(changed.warehouses[1].excluded_skus.contains("CUP"));
}

#[test]
fn goods_are_excluded_and_allowed_apart_from_their_warehouse() {
    let goods = |verb: &str, skus: Value| json!({ verb: { "warehouses": [warehouse(1)], "skus": skus } });
    let excluded =
        |effects: &[Value]| after(effects, &input()).warehouses[0].excluded_skus.iter().cloned().collect::<Vec<_>>();
    assert_eq!(excluded(&[goods("exclude", json!(["TEA-*", "POT"]))]), ["TEA-1"], "only what the order wants");
    assert_eq!(excluded(&[goods("exclude", json!(["*"])), goods("allow", json!(["CUP"]))]), ["TEA-1"]);
    assert!(excluded(&[goods("exclude", json!(["*"])), allow(1)]).is_empty(), "allowing all allows each");
    assert_eq!(excluded(&[allow(1), goods("exclude", json!(["CUP"]))]), ["CUP"]);
    assert_eq!(excluded(&[goods("exclude", json!(["CUP"])), only(1)]), ["CUP"], "`only` is about whole warehouses");
}

#[test]
fn rank_shifts_add_up_and_decide_between_equals() {
    let shift = |by: i32| json!({ "prefer": { "warehouses": [warehouse(2), warehouse(3)], "shift": by } });
    let changed = after(&[shift(-10), shift(-5), shift(3)], &input());
    assert_eq!(changed.warehouses.iter().map(|place| place.rank).collect::<Vec<_>>(), [1, -10, -9]);
    let answer = plan(&changed).unwrap();
    assert!(answer.allocation.iter().all(|part| part.warehouse == warehouse(2).as_str()));
}

#[test]
fn the_last_pin_of_a_line_counts_but_the_orders_own_stays() {
    let pin = |number: u8, skus: Value| json!({ "pin": { "warehouse": warehouse(number), "skus": skus } });
    let pins = |input: PlanInput| -> Vec<Option<String>> {
        input.lines.into_iter().map(|line| line.pinned_warehouse.map(|id| id[35..].to_owned())).collect()
    };
    let two = [pin(1, json!(null)), pin(2, json!(["CUP"]))];
    assert_eq!(pins(after(&two, &input())), [Some("1".to_owned()), Some("2".to_owned())]);
    let mut own = input();
    own.lines[0].pinned_warehouse = Some(warehouse(3).to_string());
    assert_eq!(pins(after(&two, &own)), [Some("3".to_owned()), Some("2".to_owned())]);
}

#[test]
fn a_pin_to_a_warehouse_that_is_out_leaves_the_line_short_with_the_rules_reason() {
    let pin = json!({ "pin": { "warehouse": warehouse(1), "skus": ["CUP"] } });
    let answer = plan(&after(&[pin, exclude(1, "closed for stocktaking")], &input())).unwrap();
    assert_eq!(answer.short.len(), 1);
    assert!(answer.short[0].reason.contains("rule `r1`: closed for stocktaking"), "{}", answer.short[0].reason);
}

#[test]
fn the_objective_is_the_last_one_and_limits_never_loosen_the_orders_own() {
    let split = |most: Value, least: Value| json!({ "split": { "max_warehouses": most, "min_part_value": least } });
    let effects = [
        json!({ "objective": ["cost", "late"] }),
        split(json!(1), json!(500)),
        json!({ "objective": ["warehouses"] }),
        split(json!(2), json!(null)),
    ];
    let changed = after(&effects, &input());
    assert_eq!(changed.objective, [Level::Warehouses]);
    assert_eq!((changed.max_warehouses, changed.min_part_value), (Some(2), 500), "each limit by itself");
    let strict = PlanInput { max_warehouses: Some(1), min_part_value: 900, ..input() };
    let changed = after(&effects, &strict);
    assert_eq!((changed.max_warehouses, changed.min_part_value), (Some(1), 900));
}

#[test]
fn a_disabled_rule_and_one_that_does_not_match_change_nothing() {
    let effect = json!([exclude(1, "a")]);
    let mut off = rule("off", &json!("always"), &effect);
    off["enabled"] = json!(false);
    let rules = rule_set(&json!([off, rule("ch", &json!({ "country": ["CH"] }), &effect)]));
    let applied = rules.compile().apply(&facts(), &input());
    assert_eq!(applied.input, input());
    assert_eq!(applied.trace.len(), 1, "a disabled rule is not asked");
}

#[test]
fn the_trace_says_what_every_effect_came_to() {
    let mut before = input();
    before.warehouses[2].eligible = false;
    before.warehouses[2].ineligible_reason = Some("it does not ship to DE".to_owned());
    before.max_warehouses = Some(2);
    let rules = rule_set(&json!([
        rule(
            "vip",
            &json!({ "tag": ["vip"] }),
            &json!([
                { "allow": { "warehouses": [warehouse(3), warehouse(9)] } },
                { "prefer": { "warehouses": [warehouse(2)], "shift": -10 } },
                { "exclude": { "warehouses": [warehouse(1)], "why": "too slow" } },
            ])
        ),
        rule("heavy", &json!({ "weight": { "at_least": 2_000 } }), &json!([{ "split": { "max_warehouses": 1 } }])),
        rule(
            "tea",
            &json!({ "sku": ["TEA-*"] }),
            &json!([
                { "pin": { "warehouse": warehouse(3), "skus": ["TEA-*"] } },
                { "exclude": { "warehouses": [warehouse(2)], "skus": ["TEA-*"] } },
                { "split": { "max_warehouses": 3, "min_part_value": 100 } },
            ])
        ),
        rule(
            "last",
            &json!("always"),
            &json!([{ "allow": { "warehouses": [warehouse(1)] } }, { "objective": ["cost"] }])
        ),
    ]));
    insta::assert_json_snapshot!(rules.compile().apply(&facts(), &before));
}

/// Rules read one after the other, as the page says: no targets, no compiling.
fn model(rules: &RuleSet, facts: &Facts, before: &PlanInput) -> PlanInput {
    let mut after = before.clone();
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let mut out_skus: BTreeMap<(String, String), ()> = BTreeMap::new();
    let mut pins: BTreeMap<usize, String> = BTreeMap::new();
    let (mut most, mut least) = (None, None);
    let meant = |skus: &Option<Vec<SkuPattern>>, sku: &str| {
        skus.as_ref().is_none_or(|list| list.iter().any(|pattern| pattern.fits(sku)))
    };
    for rule in rules.rules.iter().filter(|rule| rule.enabled && fits(&rule.when, facts)) {
        for effect in &rule.then {
            match effect {
                Effect::Allow(places) => {
                    for id in &places.warehouses {
                        if places.skus.is_none() {
                            out.remove(id.as_str());
                        }
                        out_skus.retain(|(place, sku), ()| !(place == id.as_str() && meant(&places.skus, sku)));
                    }
                }
                Effect::Exclude(places) => {
                    for id in &places.warehouses {
                        if places.skus.is_none() {
                            out.insert(id.to_string(), format!("rule `{}`: {}", rule.id, places.why));
                        } else {
                            for line in before.lines.iter().filter(|line| meant(&places.skus, &line.sku)) {
                                out_skus.insert((id.to_string(), line.sku.clone()), ());
                            }
                        }
                    }
                }
                Effect::Only(only) => {
                    for place in &before.warehouses {
                        if only.warehouses.iter().any(|id| id.as_str() == place.id) {
                            out.remove(&place.id);
                        } else {
                            out.insert(place.id.clone(), format!("rule `{}` excludes it", rule.id));
                        }
                    }
                }
                Effect::Prefer(preference) => {
                    for place in &mut after.warehouses {
                        if preference.warehouses.iter().any(|id| id.as_str() == place.id) {
                            place.rank += i64::from(preference.shift);
                        }
                    }
                }
                Effect::Pin(pin) => {
                    for (at, _) in before.lines.iter().enumerate().filter(|(_, line)| meant(&pin.skus, &line.sku)) {
                        pins.insert(at, pin.warehouse.to_string());
                    }
                }
                Effect::Objective(levels) => after.objective.clone_from(levels),
                Effect::Split(split) => {
                    most = split.max_warehouses.or(most);
                    least = split.min_part_value.or(least);
                }
            }
        }
    }
    for place in &mut after.warehouses {
        if let Some(why) = out.get(&place.id).filter(|_| place.eligible) {
            place.ineligible_reason = Some(why.clone());
            place.eligible = false;
        }
        place.excluded_skus.extend(out_skus.keys().filter(|(id, _)| *id == place.id).map(|(_, sku)| sku.clone()));
    }
    for (at, pin) in pins {
        if after.lines[at].pinned_warehouse.is_none() {
            after.lines[at].pinned_warehouse = Some(pin);
        }
    }
    if let Some(most) = most {
        after.max_warehouses = Some(before.max_warehouses.map_or(most, |own| own.min(most)));
    }
    after.min_part_value = before.min_part_value.max(least.unwrap_or(0));
    after
}

/// What the condition means, read from the page.
pub(crate) fn fits(condition: &Condition, facts: &Facts) -> bool {
    let same = |list: &[String], text: &str| list.iter().any(|member| member.to_lowercase() == text.to_lowercase());
    match condition {
        Condition::Always => true,
        Condition::Channel(list) => list.contains(&facts.channel),
        Condition::Country(list) => same(list, &facts.country),
        Condition::Postcode(Postcodes { prefixes, ranges }) => {
            let code = &facts.postcode;
            prefixes.iter().any(|prefix| code.starts_with(prefix.as_str()))
                || ranges.iter().any(|range| {
                    let head: String = code.chars().take(range.from.len()).collect();
                    head.len() == range.from.len() && range.from <= head && head <= range.to
                })
        }
        Condition::Sku(list) => facts.skus.iter().any(|sku| list.iter().any(|pattern| pattern.fits(sku.as_str()))),
        Condition::OnlySkus(list) => {
            !facts.skus.is_empty() && facts.skus.iter().all(|sku| list.iter().any(|pattern| pattern.fits(sku.as_str())))
        }
        Condition::Tag(list) => facts.tags.iter().any(|tag| same(list, tag)),
        Condition::ShippingOption(list) => same(list, &facts.shipping_option),
        Condition::Value(range) => {
            range.currency == facts.currency
                && facts.value >= range.at_least.unwrap_or(i64::MIN)
                && range.below.is_none_or(|below| facts.value < below)
        }
        Condition::Weight(range) => {
            facts.weight >= range.at_least.unwrap_or(0) && range.below.is_none_or(|below| facts.weight < below)
        }
        Condition::Unpaid => facts.paid == Some(false),
        Condition::AddressIncomplete => !facts.missing_address.is_empty(),
        Condition::NewCustomer => facts.earlier_orders == Some(0),
        Condition::All(parts) => parts.iter().all(|part| fits(part, facts)),
        Condition::Any(parts) => parts.iter().any(|part| fits(part, facts)),
        Condition::Not(part) => !fits(part, facts),
    }
}

proptest! {
    #[test]
    fn rules_mean_what_reading_them_from_top_to_bottom_says(rules in any_rules(), snapshot in any_snapshot()) {
        let applied = rules.compile().apply(&snapshot.facts, &snapshot.input);
        prop_assert_eq!(&applied.input, &model(&rules, &snapshot.facts, &snapshot.input));
        let enabled: Vec<_> = rules.rules.iter().filter(|rule| rule.enabled).collect();
        prop_assert_eq!(applied.trace.len(), enabled.len());
        for (trace, rule) in applied.trace.iter().zip(enabled) {
            prop_assert_eq!(trace.matched, fits(&rule.when, &snapshot.facts));
            prop_assert!(!trace.because.is_empty(), "every answer has a reason");
            prop_assert_eq!(trace.effects.is_empty() && trace.matched, false, "a match says what it did");
        }
        plan(&applied.input).unwrap();
    }

    #[test]
    fn applying_rules_twice_changes_no_more(rules in any_rules(), snapshot in any_snapshot()) {
        let ready = rules.compile();
        let once = ready.apply(&snapshot.facts, &snapshot.input).input;
        let ranks_apart = |mut input: PlanInput| {
            input.warehouses.iter_mut().for_each(|place| place.rank = 0);
            input
        };
        let twice = ready.apply(&snapshot.facts, &once).input;
        prop_assert_eq!(ranks_apart(twice), ranks_apart(once));
    }

    #[test]
    fn a_rule_set_is_the_same_after_storing(rules in any_rules()) {
        let text = serde_json::to_string(&rules).unwrap();
        prop_assert_eq!(RuleSet::parse(&text), Ok(rules));
    }
}
