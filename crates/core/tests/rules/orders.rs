//! Orders, snapshots and rule sets to test with.

use proptest::prelude::*;
use serde_json::{Value, json};
use switchyard_core::id::{ConnectionId, WarehouseId};
use switchyard_core::plan::PlanInput;
use switchyard_core::rule::routing::RuleSet;
use switchyard_core::rule::{Facts, Snapshot};
use switchyard_core::time::Timestamp;

/// Warehouse `n`: `whs_` and 32 digits, of which the last says which.
pub(crate) fn warehouse(number: u8) -> WarehouseId {
    format!("whs_{number:032x}").parse().unwrap()
}

/// Shop `n`.
pub(crate) fn shop(number: u8) -> ConnectionId {
    format!("con_{number:032x}").parse().unwrap()
}

pub(crate) fn noon() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// A German order of two goods from shop 1, worth 100.00 EUR, 1.5 kg.
pub(crate) fn facts() -> Facts {
    serde_json::from_value(json!({
        "channel": shop(1), "country": "DE", "postcode": "04109", "shipping_option": "Express",
        "tags": ["VIP", "gift"], "skus": ["TEA-1", "CUP"], "currency": "EUR", "value": 10_000, "weight": 1_500,
        "missing_address": [], "paid": null, "earlier_orders": null
    }))
    .unwrap()
}

/// That order before three warehouses that have everything; ranks 1 to 3.
pub(crate) fn input() -> PlanInput {
    let places: Vec<Value> = (1..=3).map(|number| json!({ "id": warehouse(number), "rank": number })).collect();
    let stock: Vec<Value> = (1..=3)
        .flat_map(|number| {
            ["TEA-1", "CUP"].map(|sku| json!({ "warehouse": warehouse(number), "sku": sku, "available": 9 }))
        })
        .collect();
    serde_json::from_value(json!({
        "id": "ord_1",
        "lines": [{ "id": "l1", "sku": "TEA-1", "quantity": 2, "unit_value": 4_000, "unit_weight": 500 },
                  { "id": "l2", "sku": "CUP", "quantity": 1, "unit_value": 2_000, "unit_weight": 500 }],
        "warehouses": places, "stock": stock
    }))
    .unwrap()
}

/// A rule set of `rules`, version 7.
pub(crate) fn rule_set(rules: &Value) -> RuleSet {
    let text = json!({
        "revision": { "version": 7, "author": "mara", "reason": "a test", "created_at": "2026-11-22T09:00:00Z" },
        "rules": rules
    });
    RuleSet::parse(&text.to_string()).unwrap_or_else(|fault| panic!("{fault} in {text}"))
}

/// A rule with a condition and effects.
pub(crate) fn rule(id: &str, when: &Value, then: &Value) -> Value {
    json!({ "id": id, "when": when, "then": then })
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = T> {
    prop::sample::select(values)
}

/// Facts that random conditions often fit.
pub(crate) fn any_facts() -> impl Strategy<Value = Facts> {
    let place = (one_of(vec![1_u8, 2]), one_of(vec!["DE", "CH", "AT"]), one_of(vec!["04109", "80331", "8001", ""]));
    let goods = (prop::collection::btree_set(one_of(vec!["A1", "A2", "B1", "B2"]), 0..3), 0_i64..2_000, 0_u64..4_000);
    let words = (one_of(vec!["express", "Standard", ""]), prop::collection::vec(one_of(vec!["vip", "b2b"]), 0..2));
    let known = (one_of(vec!["EUR", "CHF"]), prop::option::of(any::<bool>()), prop::option::of(0_u32..3));
    (place, goods, words, known).prop_map(|((channel, country, postcode), (skus, value, weight), words, known)| {
        serde_json::from_value(json!({
            "channel": shop(channel), "country": country, "postcode": postcode, "shipping_option": words.0,
            "tags": words.1, "skus": skus, "currency": known.0, "value": value, "weight": weight,
            "missing_address": if postcode.is_empty() { vec!["postcode"] } else { vec![] },
            "paid": known.1, "earlier_orders": known.2
        }))
        .unwrap()
    })
}

/// Conditions about those facts.
pub(crate) fn any_condition() -> impl Strategy<Value = Value> {
    let some = |values: Vec<&'static str>| prop::collection::vec(one_of(values), 1..3);
    let leaf = prop_oneof![
        Just(json!("always")),
        Just(json!("unpaid")),
        Just(json!("address_incomplete")),
        Just(json!("new_customer")),
        one_of(vec![1_u8, 2]).prop_map(|number| json!({ "channel": [shop(number)] })),
        some(vec!["DE", "CH", "AT"]).prop_map(|list| json!({ "country": list })),
        some(vec!["0", "04", "80", "8001"]).prop_map(|list| json!({ "postcode": { "prefixes": list } })),
        Just(json!({ "postcode": { "ranges": [{ "from": "03", "to": "80" }] } })),
        some(vec!["A1", "A*", "B2", "*"]).prop_map(|list| json!({ "sku": list })),
        some(vec!["A1", "A*", "B*"]).prop_map(|list| json!({ "only_skus": list })),
        some(vec!["vip", "B2B"]).prop_map(|list| json!({ "tag": list })),
        some(vec!["express", "standard"]).prop_map(|list| json!({ "shipping_option": list })),
        (one_of(vec!["EUR", "CHF"]), 0_i64..2_000, 1_i64..1_500).prop_map(
            |(currency, from, width)| json!({ "value": { "currency": currency, "at_least": from, "below": from + width } })
        ),
        (0_u64..4_000).prop_map(|from| json!({ "weight": { "at_least": from } })),
        (1_u64..4_000).prop_map(|to| json!({ "weight": { "below": to } })),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({ "all": parts })),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({ "any": parts })),
            inner.prop_map(|part| json!({ "not": part })),
        ]
    })
}

fn any_effect() -> impl Strategy<Value = Value> {
    let places = || {
        prop::collection::btree_set(1_u8..5, 1..3).prop_map(|set| set.into_iter().map(warehouse).collect::<Vec<_>>())
    };
    let skus = || prop::option::of(prop::collection::vec(one_of(vec!["A1", "A*", "B1", "*"]), 1..3));
    prop_oneof![
        (places(), skus()).prop_map(|(places, skus)| json!({ "allow": { "warehouses": places, "skus": skus } })),
        (places(), skus())
            .prop_map(|(places, skus)| json!({ "exclude": { "warehouses": places, "skus": skus, "why": "because" } })),
        places().prop_map(|places| json!({ "only": { "warehouses": places } })),
        (places(), 1_i32..4).prop_map(|(places, shift)| json!({ "prefer": { "warehouses": places, "shift": -shift } })),
        (1_u8..5, skus()).prop_map(|(place, skus)| json!({ "pin": { "warehouse": warehouse(place), "skus": skus } })),
        one_of(vec![json!(["cost"]), json!(["warehouses", "cost"]), json!([])])
            .prop_map(|levels| json!({ "objective": levels })),
        (prop::option::of(1_u32..3), prop::option::of(0_i64..500))
            .prop_filter("limits something", |(most, least)| most.is_some() || least.is_some())
            .prop_map(|(most, least)| json!({ "split": { "max_warehouses": most, "min_part_value": least } })),
    ]
}

/// Rule sets of up to six rules about those facts and four warehouses.
pub(crate) fn any_rules() -> impl Strategy<Value = RuleSet> {
    let one = (any_condition(), prop::collection::vec(any_effect(), 1..3), prop::bool::weighted(0.9));
    prop::collection::vec(one, 0..6).prop_map(|rules| {
        let rules: Vec<Value> = rules
            .into_iter()
            .enumerate()
            .map(|(number, (when, then, enabled))| {
                json!({ "id": format!("r{number}"), "enabled": enabled, "when": when, "then": then })
            })
            .collect();
        rule_set(&json!(rules))
    })
}

/// Snapshots of the goods of such facts before four warehouses.
pub(crate) fn any_snapshot() -> impl Strategy<Value = Snapshot> {
    let line = (1_u32..4, 0_i64..300, prop::option::weighted(0.1, 1_u8..5));
    let place = (0_i64..3, prop::bool::weighted(0.9), 0_i64..3, 0_i64..200);
    let lines = prop::collection::vec(line, 4);
    let places = prop::collection::vec(place, 4);
    let limits = (prop::option::weighted(0.2, 1_u32..4), 0_i64..100);
    (any_facts(), 0_u16..500, lines, places, prop::collection::vec(0_u32..4, 16), limits).prop_map(
        |(facts, number, lines, places, stock, limits)| {
            let skus: Vec<&str> = facts.skus.iter().map(|sku| sku.as_str()).collect();
            let lines: Vec<Value> = skus
                .iter()
                .zip(lines)
                .map(|(sku, (quantity, value, pin))| {
                    json!({ "id": format!("l-{sku}"), "sku": sku, "quantity": quantity, "unit_value": value,
                            "pinned_warehouse": pin.map(warehouse) })
                })
                .collect();
            let places: Vec<Value> = (1_u8..)
                .zip(places)
                .map(|(number, (rank, eligible, late, handling))| {
                    json!({ "id": warehouse(number), "rank": rank, "eligible": eligible, "late_hours": late,
                            "ineligible_reason": if eligible { None } else { Some("it is paused") },
                            "handling": handling })
                })
                .collect();
            let stock: Vec<Value> = skus
                .iter()
                .enumerate()
                .flat_map(|(at, sku)| {
                    let stock = &stock;
                    (0..4).map(move |place| {
                        let place_id = warehouse(u8::try_from(place + 1).unwrap());
                        json!({ "warehouse": place_id, "sku": sku, "available": stock[at * 4 + place] })
                    })
                })
                .collect();
            let input = json!({ "id": format!("ord_{number:03}"), "lines": lines, "warehouses": places, "stock": stock,
                                "max_warehouses": limits.0, "min_part_value": limits.1 });
            Snapshot { facts, input: serde_json::from_value(input).unwrap() }
        },
    )
}
