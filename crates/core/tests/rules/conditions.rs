//! What each condition means.

use serde_json::{Value, json};

use super::orders::{facts, input, rule, rule_set, shop};
use switchyard_core::rule::{Facts, RuleTrace};

/// The trace of a rule with this condition alone.
fn ask(condition: &Value, facts: &Facts) -> RuleTrace {
    let rules = rule_set(&json!([rule("r", condition, &json!([{ "objective": ["cost"] }]))]));
    rules.compile().apply(facts, &input()).trace.remove(0)
}

#[rstest::rstest]
#[case::every_order(json!("always"), true, "every order")]
#[case::its_shop(json!({ "channel": [shop(2), shop(1)] }), true, "channel con_00000000000000000000000000000001")]
#[case::another_shop(json!({ "channel": [shop(2)] }), false, "channel con_00000000000000000000000000000001")]
#[case::its_country(json!({ "country": ["CH", "DE"] }), true, "country DE")]
#[case::another_country(json!({ "country": ["CH"] }), false, "country DE")]
#[case::a_prefix(json!({ "postcode": { "prefixes": ["04"] } }), true, "postcode 04109")]
#[case::a_range(json!({ "postcode": { "ranges": [{ "from": "01000", "to": "04109" }] } }), true, "postcode 04109")]
#[case::beside_a_range(json!({ "postcode": { "ranges": [{ "from": "01", "to": "03" }] } }), false, "postcode 04109")]
#[case::one_of_its_skus(json!({ "sku": ["TEA-*", "POT"] }), true, "SKU TEA-1")]
#[case::none_of_its_skus(json!({ "sku": ["tea-1"] }), false, "no such SKU")]
#[case::nothing_but(json!({ "only_skus": ["TEA-*", "CUP"] }), true, "SKU CUP, TEA-1")]
#[case::something_else_too(json!({ "only_skus": ["TEA-*"] }), false, "SKU CUP")]
#[case::a_tag_in_any_case(json!({ "tag": ["vip"] }), true, "tag VIP")]
#[case::no_tag(json!({ "tag": ["b2b"] }), false, "no such tag")]
#[case::an_option_in_any_case(json!({ "shipping_option": ["express"] }), true, "shipping option Express")]
#[case::at_least(json!({ "value": { "currency": "EUR", "at_least": 10_000 } }), true, "value 100.00 EUR")]
#[case::not_below(json!({ "value": { "currency": "EUR", "below": 10_000 } }), false, "value 100.00 EUR")]
#[case::another_currency(json!({ "value": { "currency": "CHF", "at_least": 0 } }), false, "value 100.00 EUR")]
#[case::heavy(json!({ "weight": { "at_least": 1_500, "below": 1_501 } }), true, "weight 1500 g")]
#[case::payment_unknown(json!("unpaid"), false, "payment unknown")]
#[case::past_unknown(json!("new_customer"), false, "customer's past unknown")]
#[case::complete(json!("address_incomplete"), false, "address complete")]
#[case::not(json!({ "not": { "country": ["CH"] } }), true, "country DE")]
#[case::all(json!({ "all": [{ "country": ["DE"] }, { "tag": ["vip"] }] }), true, "country DE; tag VIP")]
#[case::the_part_that_fails(json!({ "all": [{ "country": ["DE"] }, { "tag": ["b2b"] }] }), false, "no such tag")]
#[case::the_part_that_fits(json!({ "any": [{ "country": ["CH"] }, { "tag": ["gift"] }] }), true, "tag gift")]
#[case::the_same_fact_once(json!({ "all": [{ "sku": ["CUP"] }, { "not": { "not": { "sku": ["CUP"] } } }] }), true, "SKU CUP")]
fn a_condition_fits_and_says_why(#[case] condition: Value, #[case] fits: bool, #[case] because: &str) {
    let trace = ask(&condition, &facts());
    assert_eq!((trace.matched, trace.because.join("; ").as_str()), (fits, because));
}

#[test]
fn payment_past_and_address_count_once_they_are_known() {
    let known = |paid, earlier_orders, missing: &[&str]| Facts {
        paid: Some(paid),
        earlier_orders: Some(earlier_orders),
        missing_address: missing.iter().map(|field| (*field).to_owned()).collect(),
        ..facts()
    };
    let both = json!({ "all": ["unpaid", "new_customer", "address_incomplete"] });
    let trace = ask(&both, &known(false, 0, &["city", "postcode"]));
    assert!(trace.matched);
    assert_eq!(trace.because, ["unpaid", "new customer", "address lacks city, postcode"]);
    let trace = ask(&both, &known(true, 4, &[]));
    assert!(!trace.matched);
    assert_eq!(trace.because, ["paid", "4 earlier orders", "address complete"]);
}

#[test]
fn an_order_without_goods_fits_no_condition_about_goods() {
    let empty = Facts { skus: std::collections::BTreeSet::new(), ..facts() };
    assert!(!ask(&json!({ "only_skus": ["*"] }), &empty).matched);
    assert!(!ask(&json!({ "sku": ["*"] }), &empty).matched);
}
