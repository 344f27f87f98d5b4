//! What ShipBob shows of its orders, in the shape of its 2026-01 OpenAPI document.

use serde_json::{Value, json};
use switchyard_core::address::Address;

use super::book::{Order, Phase, Shelf};
use super::profile::Profile;
use super::state::Warehouse;
use crate::record::{Tracking, WarehouseLine};
use crate::text::Text;

fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn address(to: &Address) -> Value {
    json!({
        "address1": to.line1,
        "address2": present(&to.line2),
        "company_name": present(&to.company),
        "city": to.city,
        "state": present(&to.province),
        "country": to.country,
        "zip_code": present(&to.postcode),
    })
}

/// `Orders.RecipientInfoViewModel`.
fn recipient(order: &Order) -> Value {
    let to = &order.destination;
    json!({
        "name": to.name,
        "address": address(to),
        "email": present(&order.email),
        "phone_number": present(&to.phone),
    })
}

fn order_status(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting | Phase::Picking => "Processing",
        Phase::Short => "Exception",
        Phase::Labelled | Phase::Completed => "Fulfilled",
        Phase::Cancelled => "Cancelled",
    }
}

fn shipment_status(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting | Phase::Picking => "Processing",
        Phase::Short => "Exception",
        Phase::Labelled => "LabeledCreated",
        Phase::Completed => "Completed",
        Phase::Cancelled => "Cancelled",
    }
}

/// Status details are free text in the schema; these names are those of ShipBob's status reference as far as known.
fn status_details(phase: Phase, center_id: i64) -> Value {
    let detail = |id: u32, name: &str, description: &str| {
        json!([{
            "id": id,
            "name": name,
            "description": description,
            "exception_fulfillment_center_id": (phase == Phase::Short).then_some(center_id),
            "inventory_id": null,
        }])
    };
    match phase {
        Phase::Waiting => detail(301, "AwaitingPick", "The shipment waits for picking"),
        Phase::Picking => detail(302, "PickInProgress", "The shipment is being picked"),
        Phase::Short => detail(401, "OutOfStock", "Stock is missing at the fulfillment center"),
        Phase::Labelled => detail(501, "Labeled", "The label is printed"),
        Phase::Completed => detail(203, "InTransit", "The carrier has the shipment"),
        Phase::Cancelled => json!([]),
    }
}

fn promise(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting | Phase::Picking => "PendingOnTime",
        Phase::Short => "AwaitingInventoryAllocation",
        Phase::Labelled | Phase::Completed => "FulfilledOnTime",
        Phase::Cancelled => "Unavailable",
    }
}

fn tracking(order: &Order, profile: &Profile) -> Option<Value> {
    let (at, Tracking { carrier, number, url }) = order.shipped.as_ref()?;
    let service = profile.carriers.iter().find(|(name, _, _)| name == carrier).map(|(_, service, _)| *service);
    Some(json!({
        "carrier": carrier,
        "carrier_service": service,
        "tracking_number": number,
        "tracking_url": url,
        "shipping_date": at,
        "bol": null,
        "pro_number": null,
        "scac": null,
    }))
}

fn product(warehouse: &Warehouse, line: &WarehouseLine) -> Value {
    json!({
        "id": warehouse.inventory_id(&line.sku),
        "reference_id": line.sku,
        "sku": line.sku,
        "quantity": line.quantity,
        "quantity_unit_of_measure_code": null,
        "external_line_id": line.external_line_id,
        "unit_price": line.unit_price,
        "gtin": null,
        "upc": null,
    })
}

fn shipment_product(warehouse: &Warehouse, line: &WarehouseLine, committed: bool) -> Value {
    let id = warehouse.inventory_id(&line.sku);
    json!({
        "id": id,
        "reference_id": line.sku,
        "sku": line.sku,
        "name": line.name,
        "inventory_items": [{
            "id": id,
            "name": line.name,
            "quantity": line.quantity,
            "quantity_committed": if committed { line.quantity } else { 0 },
            "is_dangerous_goods": false,
            "lot": null,
            "expiration_date": null,
            "serial_numbers": null,
        }],
    })
}

/// `Orders.ShipmentViewModel`.
pub(super) fn shipment(warehouse: &Warehouse, order: &Order) -> Value {
    let accepted = &order.accepted;
    let profile = &warehouse.profile;
    let committed = !matches!(order.phase, Phase::Short | Phase::Cancelled);
    let products: Vec<_> = accepted.lines.iter().map(|line| shipment_product(warehouse, line, committed)).collect();
    let mut view = json!({
        "id": accepted.shipment_id,
        "order_id": accepted.order_id,
        "reference_id": accepted.reference,
        "created_date": order.created_at,
        "last_update_at": order.updated_at,
        "last_tracking_update_at": order.tracking_updated_at,
        "actual_fulfillment_date": order.shipped.as_ref().map(|(at, _)| at),
        "estimated_fulfillment_date": null,
        "estimated_fulfillment_date_status": promise(order.phase),
        "delivery_date": null,
        "status": shipment_status(order.phase),
        "status_details": status_details(order.phase, profile.center_id),
        "location": { "id": profile.center_id, "name": profile.name },
        "recipient": recipient(order),
        "products": products,
        "ship_option": accepted.shipping_method,
        "is_tracking_uploaded": order.tracking_uploaded,
        "require_signature": false,
        "package_material_type": "Box",
        "insurance_value": null,
        "invoice_amount": null,
        "invoice_currency_code": null,
        "gift_message": null,
        "parent_cartons": [],
    });
    if let Some(recipient) = view.get_mut("recipient").and_then(Value::as_object_mut) {
        recipient.insert("full_name".into(), order.destination.name.clone().into());
    }
    // The schema gives `tracking` no null: it is absent until the label is printed.
    if let (Some(object), Some(tracking)) = (view.as_object_mut(), tracking(order, profile)) {
        object.insert("tracking".into(), tracking);
    }
    view
}

/// `Orders.OrderViewModel`.
pub(super) fn order(warehouse: &Warehouse, order: &Order) -> Value {
    let accepted = &order.accepted;
    let profile = &warehouse.profile;
    let products: Vec<_> = accepted.lines.iter().map(|line| product(warehouse, line)).collect();
    json!({
        "id": accepted.order_id,
        "created_date": order.created_at,
        "purchase_date": accepted.purchased_at,
        "reference_id": accepted.reference,
        "order_number": accepted.order_number,
        "status": order_status(order.phase),
        "type": accepted.kind,
        "channel": { "id": profile.channel_id, "name": super::CHANNEL },
        "shipping_method": accepted.shipping_method,
        "recipient": recipient(order),
        "products": products,
        "tags": [],
        "shipments": [shipment(warehouse, order)],
        "gift_message": null,
    })
}

/// `Orders.CanceledShipmentViewModel`.
pub(super) fn cancelled_shipment(order: &Order) -> Value {
    json!({ "shipment_id": order.accepted.shipment_id, "action": "Cancel", "is_success": true, "reason": null })
}

/// `Inventory.InventoryQuantityResponse`.
pub(super) fn inventory_level(sku: &Text, shelf: &Shelf) -> Value {
    let free = (shelf.on_hand - shelf.committed).max(0);
    json!({
        "inventory_id": shelf.inventory_id,
        "sku": sku,
        "name": shelf.name,
        "total_on_hand_quantity": shelf.on_hand,
        "total_committed_quantity": shelf.committed,
        "total_fulfillable_quantity": free,
        "total_sellable_quantity": free,
        "total_awaiting_quantity": 0,
        "total_backordered_quantity": 0,
        "total_exception_quantity": 0,
        "total_internal_transfer_quantity": 0,
    })
}

/// `Inventory.InventoryQuantityFcResponse`.
pub(super) fn inventory_at_location(profile: &Profile, sku: &Text, shelf: &Shelf) -> Value {
    json!({
        "inventory_id": shelf.inventory_id,
        "sku": sku,
        "name": shelf.name,
        "locations": [{
            "location_id": profile.center_id,
            "name": profile.name,
            "on_hand_quantity": shelf.on_hand,
            "committed_quantity": shelf.committed,
            "fulfillable_quantity": (shelf.on_hand - shelf.committed).max(0),
            "awaiting_quantity": 0,
            "internal_transfer_quantity": 0,
        }],
    })
}

/// `Receiving.FulfillmentCenterViewModel`.
pub(super) fn fulfillment_center(profile: &Profile) -> Value {
    json!({
        "id": profile.center_id,
        "name": profile.name,
        "address1": "1 Depot Road",
        "address2": null,
        "city": profile.city,
        "state": present(profile.state),
        "country": profile.country,
        "zip_code": profile.postcode,
        "timezone": profile.timezone,
        "email": "receiving@example.com",
        "phone_number": null,
    })
}
