//! Rules that hold orders by themselves.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::Duration;
use switchyard_core::hold::{Hold, HoldCause, HoldReason, Owner};
use switchyard_core::id::HoldId;
use switchyard_core::journal::Actor;
use switchyard_core::rule::hold::{Evaluation, Outcome, Rules};
use switchyard_core::rule::{Facts, hold_dry_run};

use super::orders::{any_condition, any_facts, facts, noon};

fn rules(list: &Value) -> Rules {
    let text = json!({ "rules": list });
    Rules::parse(&text.to_string()).unwrap_or_else(|fault| panic!("{fault} in {text}"))
}

fn rule(id: &str, version: u32, when: &Value, hold: &Value) -> Value {
    json!({ "id": id, "when": when, "hold": hold,
            "revision": { "version": version, "author": "mara", "reason": "a test", "created_at": "2026-11-22T09:00:00Z" } })
}

/// The six kinds of the field: unpaid, address, value, new customer with a value, SKUs, country.
fn usual() -> Rules {
    rules(&json!([
        rule(
            "unpaid",
            1,
            &json!("unpaid"),
            &json!({ "reason": "awaiting_payment", "keeps_stock": false, "lifts_itself": true })
        ),
        rule("address", 1, &json!("address_incomplete"), &json!({ "reason": "address", "note": "Ask the customer." })),
        rule("value", 1, &json!({ "value": { "currency": "EUR", "at_least": 50_000 } }), &json!({ "reason": "fraud" })),
        rule(
            "newcomer",
            1,
            &json!({ "all": ["new_customer", { "value": { "currency": "EUR", "at_least": 20_000 } }] }),
            &json!({ "reason": "operator", "owner": "back_office_lead", "expires_after_seconds": 7200 })
        ),
        rule("recall", 1, &json!({ "sku": ["TEA-*"] }), &json!({ "reason": "client" })),
        rule(
            "export",
            1,
            &json!({ "country": ["RU", "BY"] }),
            &json!({ "reason": "other", "note": "Export control." })
        ),
    ]))
}

fn hold_id(number: u8) -> HoldId {
    HoldId::new(noon(), [number; 10])
}

/// Places what is due.
fn placed(evaluation: &Evaluation) -> Vec<Hold> {
    let due = evaluation.place.iter().cloned().zip(1_u8..);
    due.map(|(due, number)| due.into_hold(hold_id(number), Actor::service("validate"), noon())).collect()
}

fn outcomes(evaluation: &Evaluation) -> Vec<Outcome> {
    evaluation.trace.iter().map(|trace| trace.outcome).collect()
}

#[test]
fn every_usual_rule_holds_its_order_and_says_why() {
    let everything = Facts {
        country: "RU".to_owned(),
        value: 60_000,
        paid: Some(false),
        earlier_orders: Some(0),
        missing_address: vec!["city".to_owned()],
        ..facts()
    };
    let evaluation = usual().compile().evaluate(&everything, &[], &[], noon());
    insta::assert_json_snapshot!(placed(&evaluation), { "[].id" => "[id]" });
    let none = Facts { skus: ["CUP"].map(switchyard_core::quantity::Sku::new).into(), paid: Some(true), ..facts() };
    assert_eq!(outcomes(&usual().compile().evaluate(&none, &[], &[], noon())), [Outcome::NoMatch; 6]);
}

#[test]
fn what_a_person_lifted_stays_lifted_until_the_order_or_the_rule_changes() {
    let high = |value| Facts { value, skus: std::collections::BTreeSet::new(), ..facts() };
    let first = usual().compile().evaluate(&high(60_000), &[], &[], noon());
    let holds = placed(&first);
    assert_eq!(holds.len(), 1);
    let causes: Vec<HoldCause> = holds.iter().filter_map(|hold| hold.cause.clone()).collect();
    let ask = |value, holds: &[Hold], before: &[HoldCause], rules: &Rules| {
        outcomes(&rules.compile().evaluate(&high(value), holds, before, noon()))[2]
    };
    assert_eq!(ask(60_000, &holds, &[], &usual()), Outcome::AlreadyHeld);
    assert_eq!(ask(61_000, &holds, &[], &usual()), Outcome::AlreadyHeld, "one hold of a rule at a time");
    assert_eq!(ask(60_000, &[], &causes, &usual()), Outcome::HeldBefore, "lifted");
    assert_eq!(ask(61_000, &[], &causes, &usual()), Outcome::Place, "the order changed");
    assert_eq!(ask(10_000, &holds, &causes, &usual()), Outcome::Stays, "a person has to lift it");
    let mut newer = usual();
    newer.rules[2].revision.version = 2;
    assert_eq!(ask(60_000, &[], &causes, &newer), Outcome::Place, "the rule changed");
    assert_eq!(ask(60_000, &holds, &causes, &newer), Outcome::AlreadyHeld, "whichever version placed it");
}

#[test]
fn a_hold_that_lapsed_is_not_placed_again() {
    let newcomer = Facts { value: 30_000, earlier_orders: Some(0), skus: std::collections::BTreeSet::new(), ..facts() };
    let holds = placed(&usual().compile().evaluate(&newcomer, &[], &[], noon()));
    assert_eq!(holds[0].expires_at, Some(noon() + Duration::from_secs(7_200)));
    let later = noon() + Duration::from_secs(7_200);
    let again = usual().compile().evaluate(&newcomer, &holds, &[], later);
    assert_eq!(outcomes(&again)[3], Outcome::HeldBefore);
}

#[test]
fn a_hold_for_payment_lifts_itself_when_the_money_arrives() {
    let with = |paid| Facts { paid, skus: std::collections::BTreeSet::new(), ..facts() };
    let holds = placed(&usual().compile().evaluate(&with(Some(false)), &[], &[], noon()));
    assert_eq!((holds[0].reason, holds[0].keeps_stock), (HoldReason::AwaitingPayment, false));
    let paid = usual().compile().evaluate(&with(Some(true)), &holds, &[], noon());
    assert_eq!(paid.lift, [hold_id(1)]);
    assert_eq!(outcomes(&paid)[0], Outcome::Lift);
    let mut off = usual();
    off.rules[0].enabled = false;
    assert!(
        off.compile().evaluate(&with(Some(true)), &holds, &[], noon()).lift.is_empty(),
        "a disabled rule does nothing"
    );
}

#[test]
fn a_persons_hold_for_the_same_reason_is_none_of_the_rules() {
    let unpaid = Facts { paid: Some(false), skus: std::collections::BTreeSet::new(), ..facts() };
    let mut holds = placed(&usual().compile().evaluate(&unpaid, &[], &[], noon()));
    holds[0].cause = None;
    assert_eq!(outcomes(&usual().compile().evaluate(&unpaid, &holds, &[], noon()))[0], Outcome::Place);
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    let hold = json!({ "reason": "fraud" });
    let mut unknown = rule("a", 1, &json!("always"), &hold);
    unknown["hold"]["reeson"] = json!("x");
    let mut nameless = rule("A b", 1, &json!("always"), &hold);
    nameless["id"] = json!("A b");
    let faults = [
        json!([unknown]),
        json!([nameless]),
        json!([rule("a", 1, &json!("allways"), &hold)]),
        json!([rule("a", 1, &json!({ "not": { "tag": [] } }), &hold)]),
        json!([rule("a", 1, &json!("always"), &json!({ "reason": "boredom" }))]),
        json!([rule("a", 1, &json!("always"), &json!({ "reason": "fraud", "expires_after_seconds": 0 }))]),
        json!([rule("a", 1, &json!("always"), &hold), rule("a", 2, &json!("always"), &hold)]),
        json!([rule("a", 1, &json!("always"), &json!({ "reason": "fraud", "owner": "admin" }))]),
    ];
    let refusals: Vec<String> = faults
        .iter()
        .map(|list| Rules::parse(&json!({ "rules": list }).to_string()).expect_err("a fault").to_string())
        .collect();
    insta::assert_json_snapshot!(refusals);
}

#[test]
fn a_dry_run_says_which_orders_other_rules_would_hold() {
    let old = usual();
    let mut new = usual();
    new.rules[2] = serde_json::from_value(rule(
        "value",
        2,
        &json!({ "value": { "currency": "EUR", "at_least": 30_000 } }),
        &json!({ "reason": "fraud" }),
    ))
    .unwrap();
    new.rules.remove(4);
    let orders: Vec<(String, Facts)> =
        (0..7).map(|number| (format!("ord_{number}"), Facts { value: number * 10_000, ..facts() })).collect();
    let run = |orders: &[(String, Facts)], most| {
        hold_dry_run(&old.compile(), &new.compile(), most, orders.iter().map(|(id, facts)| (id.as_str(), facts)))
    };
    let whole = run(&orders, 3);
    insta::assert_json_snapshot!(whole);
    for split in 0..=7 {
        let (left, right) = orders.split_at(split);
        assert_eq!(run(left, 3).merge(run(right, 3)), whole);
        assert_eq!(run(right, 3).merge(run(left, 3)), whole);
    }
}

#[test]
fn owners_follow_the_reason_unless_the_rule_says_otherwise() {
    let owners: Vec<Owner> = HoldReason::ALL.iter().map(|reason| reason.owner()).collect();
    assert_eq!(owners.iter().filter(|owner| **owner == Owner::BackOfficeLead).count(), 2, "payment and fraud");
}

proptest! {
    #[test]
    fn evaluating_again_changes_nothing(
        conditions in prop::collection::vec((any_condition(), any::<bool>()), 1..6),
        facts in any_facts(),
    ) {
        let list: Vec<Value> = conditions.iter().enumerate().map(|(number, (when, lifts))| {
            rule(&format!("r{number}"), 1, when, &json!({ "reason": "fraud", "lifts_itself": lifts }))
        }).collect();
        let ready = rules(&json!(list)).compile();
        let first = ready.evaluate(&facts, &[], &[], noon());
        let holds = placed(&first);
        let again = ready.evaluate(&facts, &holds, &[], noon());
        prop_assert!(again.place.is_empty() && again.lift.is_empty(), "held: {:?}", again);
        let causes: Vec<HoldCause> = holds.iter().filter_map(|hold| hold.cause.clone()).collect();
        let lifted = ready.evaluate(&facts, &[], &causes, noon());
        prop_assert!(lifted.place.is_empty(), "lifted: {:?}", lifted);
    }
}
