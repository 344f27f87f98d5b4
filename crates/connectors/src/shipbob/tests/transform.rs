//! ShipBob's words into ours.

use serde_json::{Value, json};

use super::super::rehearsal::REHEARSAL;
use crate::contract::{ParseError, RemoteState, ShipmentUpdate, StockReport};

fn fulfilled() -> Value {
    serde_json::from_str(include_str!("../fixtures/order_fulfilled.json")).unwrap()
}

fn parse(order: &Value) -> Result<ShipmentUpdate, ParseError> {
    REHEARSAL.connector("http://127.0.0.1:9").parse_shipment_update(order.to_string().as_bytes())
}

fn stock(item: &Value) -> Result<Vec<StockReport>, ParseError> {
    REHEARSAL.connector("http://127.0.0.1:9").parse_stock(item.to_string().as_bytes())
}

fn order(status: &str, shipments: &[&str]) -> Value {
    let shipments = shipments.iter().zip(1..).map(|(status, id)| json!({ "id": id, "status": status }));
    json!({ "id": 1, "reference_id": "SY-1-1", "status": status, "shipments": shipments.collect::<Vec<_>>() })
}

#[test]
fn an_order_with_a_shipment_is_translated_field_by_field() {
    insta::assert_json_snapshot!(parse(&fulfilled()).unwrap());
}

#[rstest::rstest]
#[case("Processing", &[], RemoteState::Accepted)]
#[case("Processing", &["Processing"], RemoteState::Accepted)]
#[case("Processing", &["None"], RemoteState::Accepted)]
#[case("Processing", &["Cancelled"], RemoteState::Accepted)]
#[case("Processing", &["CleanSweeped"], RemoteState::InWork)]
#[case("Processing", &["Processing", "LabeledCreated"], RemoteState::InWork)]
#[case("Processing", &["Processing", "OnHold"], RemoteState::Stuck)]
#[case("Processing", &["Exception"], RemoteState::Stuck)]
#[case("Exception", &["Processing"], RemoteState::Stuck)]
#[case("ImportReview", &[], RemoteState::Stuck)]
#[case("Processing", &["ImportReview"], RemoteState::Stuck)]
#[case("Cancelled", &["Cancelled"], RemoteState::Cancelled)]
#[case("Cancelled", &[], RemoteState::Cancelled)]
#[case::no_tracking_is_not_left("Fulfilled", &["Completed"], RemoteState::InWork)]
#[case::no_tracking_is_not_left("PartiallyFulfilled", &["Completed", "Processing"], RemoteState::InWork)]
#[case::unknown_is_pending("Teleported", &[], RemoteState::Accepted)]
#[case::unknown_is_pending("Processing", &["Teleported"], RemoteState::Accepted)]
fn a_state_is_read_from_order_and_shipments(
    #[case] status: &str,
    #[case] shipments: &[&str],
    #[case] state: RemoteState,
) {
    let update = parse(&order(status, shipments)).unwrap();
    assert_eq!(update.state, state);
    assert_eq!(update.shipments, []);
}

#[test]
fn what_stops_an_order_is_told_in_shipbobs_words() {
    let held: Value = serde_json::from_str(include_str!("../fixtures/order_on_hold.json")).unwrap();
    let update = parse(&held).unwrap();
    assert_eq!((update.state, update.reason.as_str()), (RemoteState::Stuck, "The address could not be validated"));
}

#[rstest::rstest]
#[case("/shipments/0/tracking/tracking_number", json!(null))]
#[case("/shipments/0/tracking/tracking_number", json!("  "))]
#[case("/shipments/0/tracking", json!(null))]
#[case("/shipments/0/status", json!("Processing"))]
#[case("/shipments/0/status", json!("LabeledCreated"))]
#[case("/shipments/0/status", json!("Cancelled"))]
#[case("/shipments/0/status", json!("Teleported"))]
fn nothing_has_left_unless_it_is_completed_and_can_be_tracked(#[case] pointer: &str, #[case] value: Value) {
    let mut order = fulfilled();
    *order.pointer_mut(pointer).unwrap() = value;
    let update = parse(&order).unwrap();
    assert_eq!(update.shipments, []);
    assert_ne!(update.state, RemoteState::Shipped);
}

#[test]
fn a_shipment_that_left_outweighs_a_cancelled_order() {
    let mut order = fulfilled();
    order["status"] = json!("Cancelled");
    let update = parse(&order).unwrap();
    assert_eq!((update.state, update.shipments.len()), (RemoteState::Shipped, 1));
}

#[test]
fn units_are_those_of_the_shipment_and_never_more_than_ordered() {
    let quantities = |order: &Value| -> Vec<_> {
        parse(order).unwrap().shipments[0].lines.iter().map(|line| (line.sku.to_string(), line.quantity)).collect()
    };
    let both = |mugs, sets| vec![("MUG-RED".to_owned(), mugs), ("TEA-SET".to_owned(), sets)];
    // Five mugs in two lots; two sets of one pot and four cups.
    assert_eq!(quantities(&fulfilled()), both(5, 2));
    let mut part = fulfilled();
    part["shipments"][0]["products"][0]["inventory_items"] = json!([{ "id": 3001, "quantity": 1 }]);
    assert_eq!(quantities(&part), both(1, 2));
    // Two sets of four cups and nothing else.
    let mut cups = fulfilled();
    cups["shipments"][0]["products"][1]["inventory_items"] = json!([{ "id": 3003, "quantity": 8 }]);
    assert_eq!(quantities(&cups), both(5, 2));
}

#[rstest::rstest]
#[case("/reference_id", json!(null), "reference_id")]
#[case("/reference_id", json!(""), "reference_id")]
#[case("/id", json!("7"), "id")]
#[case("/shipments/0/id", json!(null), "shipments[0].id")]
#[case("/shipments/0/actual_fulfillment_date", json!("today"), "shipments[0].actual_fulfillment_date")]
#[case("/shipments/0/products/1/inventory_items/0/quantity", json!(-1), "shipments[0].products[1].inventory_items[0].quantity")]
#[case("/shipments/0/products/1/inventory_items", json!([]), "shipments[0].products[1].inventory_items")]
#[case("/shipments/0/tracking/tracking_number", json!(7), "shipments[0].tracking.tracking_number")]
fn an_error_names_the_field(#[case] pointer: &str, #[case] value: Value, #[case] path: &str) {
    let mut order = fulfilled();
    *order.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
    assert_eq!(parse(&order).unwrap_err().path, path);
}

#[test]
fn stock_is_reported_by_fulfillment_center_and_needs_a_sku() {
    let page: Value = serde_json::from_str(include_str!("../fixtures/inventory_locations.json")).unwrap();
    let report = |warehouse: &str, on_hand| StockReport {
        warehouse_remote_id: warehouse.to_owned(),
        sku: switchyard_core::quantity::Sku::new("MUG-RED"),
        on_hand,
    };
    assert_eq!(stock(&page["items"][0]).unwrap(), [report("8", 40), report("156", 12)]);
    assert_eq!(stock(&page["items"][1]).unwrap(), []);
    let mut negative = page["items"][0].clone();
    negative["locations"][1]["on_hand_quantity"] = json!(-1);
    assert_eq!(stock(&negative).unwrap_err().path, "locations[1].on_hand_quantity");
}
