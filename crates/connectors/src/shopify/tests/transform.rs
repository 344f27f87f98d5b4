//! Shopify's words into ours.

use serde_json::{Value, json};
use switchyard_core::order::LineKind;

use super::super::rehearsal::REHEARSAL;
use crate::contract::{ParseError, ShopOrder};

fn fixture() -> Value {
    let page: Value = serde_json::from_str(include_str!("../fixtures/orders_page.json")).unwrap();
    page["data"]["orders"]["nodes"][0].clone()
}

fn parse(order: &Value) -> Result<ShopOrder, ParseError> {
    REHEARSAL.connector("http://127.0.0.1:9").parse_order(order.to_string().as_bytes())
}

/// The fixture with one field changed.
fn with(pointer: &str, value: Value) -> Value {
    let mut order = fixture();
    *order.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
    order
}

#[test]
fn an_order_is_translated_field_by_field() {
    insta::assert_json_snapshot!(parse(&fixture()).unwrap());
}

#[rstest::rstest]
#[case(json!("PAID"), Some(true))]
#[case(json!("PARTIALLY_REFUNDED"), Some(true))]
#[case(json!("PENDING"), Some(false))]
#[case(json!("AUTHORIZED"), Some(false))]
#[case(json!("PARTIALLY_PAID"), Some(false))]
#[case(json!("EXPIRED"), Some(false))]
#[case(json!("REFUNDED"), Some(false))]
#[case(json!("VOIDED"), Some(false))]
#[case(json!("SOMETHING_NEW"), None)]
#[case(json!(null), None)]
fn paid_is_what_the_shop_says(#[case] status: Value, #[case] paid: Option<bool>) {
    assert_eq!(parse(&with("/displayFinancialStatus", status)).unwrap().paid, paid);
}

#[rstest::rstest]
#[case("FULFILLED", true)]
#[case("FULFILLMENT_NOT_REQUIRED", true)]
#[case("UNFULFILLED", false)]
#[case("PARTIALLY_FULFILLED", false)]
#[case("IN_PROGRESS", false)]
#[case("ON_HOLD", false)]
#[case("OPEN", false)]
#[case("PENDING_FULFILLMENT", false)]
#[case("REQUEST_DECLINED", false)]
#[case("RESTOCKED", false)]
#[case("SCHEDULED", false)]
#[case("SOMETHING_NEW", false)]
fn fulfilled_is_never_guessed(#[case] status: &str, #[case] fulfilled: bool) {
    assert_eq!(parse(&with("/displayFulfillmentStatus", json!(status))).unwrap().fulfilled, fulfilled);
}

#[rstest::rstest]
#[case("GRAMS", 350.4, 350)]
#[case("KILOGRAMS", 0.35, 350)]
#[case("OUNCES", 10.0, 283)]
#[case("POUNDS", 2.2, 998)]
fn weights_become_grams(#[case] unit: &str, #[case] value: f64, #[case] grams: u32) {
    let order = with("/lineItems/nodes/0/weight", json!({ "unit": unit, "value": value }));
    assert_eq!(parse(&order).unwrap().lines[0].unit_weight, grams);
}

#[test]
fn what_needs_no_shipping_is_a_fee() {
    let order = parse(&fixture()).unwrap();
    let kinds: Vec<_> = order.lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [LineKind::Goods, LineKind::Fee, LineKind::Goods]);
}

#[rstest::rstest]
#[case("/lineItems/nodes/1/currentQuantity", json!(-1), "lineItems.nodes[1].currentQuantity")]
#[case("/lineItems/nodes/1/currentQuantity", json!("2"), "lineItems.nodes[1].currentQuantity")]
#[case("/lineItems/nodes/0/originalUnitPriceSet/shopMoney/amount", json!("12,50"), "lineItems.nodes[0].originalUnitPriceSet.shopMoney.amount")]
#[case("/lineItems/nodes/0/originalUnitPriceSet/shopMoney/amount", json!(12.5), "lineItems.nodes[0].originalUnitPriceSet.shopMoney.amount")]
#[case("/lineItems/nodes/2/originalUnitPriceSet/shopMoney/currencyCode", json!("EUR"), "lineItems.nodes[2].originalUnitPriceSet.shopMoney.currencyCode")]
#[case("/lineItems/nodes/0/weight/value", json!(-0.6), "lineItems.nodes[0].weight.value")]
#[case("/lineItems/nodes/0/weight/value", json!(1e300), "lineItems.nodes[0].weight.value")]
#[case("/lineItems/nodes/0/weight/unit", json!("STONES"), "lineItems.nodes[0].weight.unit")]
#[case("/lineItems/pageInfo/hasNextPage", json!(true), "lineItems.pageInfo.hasNextPage")]
#[case("/currentTotalPriceSet/shopMoney/amount", json!("1.005"), "currentTotalPriceSet.shopMoney.amount")]
#[case("/currencyCode", json!("POUND"), "currencyCode")]
#[case("/updatedAt", json!("yesterday"), "updatedAt")]
#[case("/createdAt", json!(null), "createdAt")]
#[case("/tags", json!([1]), "tags[0]")]
#[case("/lineItems/nodes", json!({}), "lineItems.nodes")]
fn an_error_names_the_field(#[case] pointer: &str, #[case] value: Value, #[case] path: &str) {
    assert_eq!(parse(&with(pointer, value)).unwrap_err().path, path);
}

#[test]
fn a_name_is_put_together_when_the_shop_sends_parts() {
    let order = with("/shippingAddress/name", json!(null));
    assert_eq!(parse(&order).unwrap().ship_to.name, "Ada Byron");
    let order = with("/customer", json!(null));
    assert_eq!(parse(&order).unwrap().customer.name, "Ada Byron");
}
