//! ShipBob's words into ours and back. Pure.

use std::collections::BTreeMap;

use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::shipment::Parcel;

use super::wire::{self, OrderStatus, ShipmentStatus};
use crate::contract::{
    FulfillmentRequest, ParseError, RemoteShipment, RemoteShipmentLine, RemoteState, ShipmentUpdate, StockReport,
};
use crate::error::{Error, Kind};
use crate::raw::wrong;

/// The shipping method sent when the shop named none. ShipBob maps names it does not know to its standard service.
const DEFAULT_METHOD: &str = "Standard";

/// The body of `POST order`.
///
/// # Errors
/// [`Kind::Rejected`] when the warehouse id is none of ShipBob's or an amount cannot be written.
pub(super) fn create_order(request: &FulfillmentRequest) -> Result<wire::CreateOrder<'_>, Error> {
    let location_id = request.warehouse_remote_id.parse().map_err(|_| {
        let detail = format!("warehouse `{}` is not the number of a fulfillment center", request.warehouse_remote_id);
        Error::new(Kind::Rejected, detail)
    })?;
    let products = request.lines.iter().enumerate().map(|(index, line)| {
        Ok(wire::CreateProduct {
            reference_id: line.sku.as_str(),
            sku: line.sku.as_str(),
            name: if line.title.is_empty() { line.sku.as_str() } else { &line.title },
            quantity: line.quantity,
            unit_price: amount(line.unit_price)?,
            external_line_id: index + 1,
        })
    });
    Ok(wire::CreateOrder {
        reference_id: &request.reference,
        order_number: &request.order_number,
        order_type: "DTC",
        shipping_method: filled(&request.shipping_option).unwrap_or(DEFAULT_METHOD),
        purchase_date: request.placed_at,
        location_id,
        recipient: wire::Recipient {
            name: recipient_name(&request.ship_to),
            email: filled(&request.email),
            phone_number: filled(&request.ship_to.phone),
            address: address(&request.ship_to),
        },
        products: products.collect::<Result<_, Error>>()?,
    })
}

/// A decimal number without passing through a float: the text of the amount becomes the text of the JSON number.
fn amount(money: switchyard_core::money::Money) -> Result<serde_json::Number, Error> {
    let text = money.to_string();
    let digits = text.split(' ').next().unwrap_or_default();
    digits.parse().map_err(|_| Error::new(Kind::Rejected, format!("`{text}` cannot be written as a number")))
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn recipient_name(address: &switchyard_core::address::Address) -> &str {
    filled(&address.name).unwrap_or(&address.company)
}

fn owned(text: &str) -> Option<String> {
    filled(text).map(ToOwned::to_owned)
}

fn address(address: &switchyard_core::address::Address) -> wire::Address {
    wire::Address {
        address1: address.line1.clone(),
        address2: owned(&address.line2),
        company_name: owned(&address.company),
        city: address.city.clone(),
        state: owned(&address.province),
        country: address.country.clone(),
        zip_code: owned(&address.postcode),
    }
}

/// The body of `PUT shipment/{id}:updateAddress`.
pub(super) fn update_address<'a>(
    ship_to: &'a switchyard_core::address::Address,
    email: &'a str,
) -> wire::UpdateAddress<'a> {
    wire::UpdateAddress {
        recipient_name: recipient_name(ship_to),
        company_name: filled(&ship_to.company),
        street_address1: &ship_to.line1,
        street_address2: filled(&ship_to.line2),
        city: &ship_to.city,
        state: filled(&ship_to.province),
        zip_code: filled(&ship_to.postcode),
        country_code: &ship_to.country,
        email: filled(email),
        phone_number: filled(&ship_to.phone),
    }
}

/// Whether a shipment already goes to `ship_to`.
pub(super) fn goes_to(shipment: &wire::Shipment, ship_to: &switchyard_core::address::Address) -> bool {
    let Some(recipient) = &shipment.recipient else { return false };
    let Some(there) = &recipient.address else { return false };
    let name = recipient.name.as_deref().or(recipient.full_name.as_deref()).unwrap_or_default();
    let same = |ours: &str, theirs: &str| ours.trim().eq_ignore_ascii_case(theirs.trim());
    let same_or_none = |ours: &str, theirs: &Option<String>| same(ours, theirs.as_deref().unwrap_or_default());
    same(recipient_name(ship_to), name)
        && same(&ship_to.line1, &there.address1)
        && same_or_none(&ship_to.line2, &there.address2)
        && same(&ship_to.city, &there.city)
        && same_or_none(&ship_to.postcode, &there.zip_code)
        && same(&ship_to.country, &there.country)
}

/// What can still be changed about a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Over there and not begun, or stopped: can be changed.
    Open,
    /// Label made or on its way.
    Gone,
    /// Will not ship.
    Dead,
}

/// The stage of a shipment; one in a status we do not know may be changed, ShipBob will say no if not.
pub(super) fn stage(status: Option<&ShipmentStatus>) -> Stage {
    match status {
        None
        | Some(
            ShipmentStatus::None
            | ShipmentStatus::Processing
            | ShipmentStatus::Exception
            | ShipmentStatus::OnHold
            | ShipmentStatus::ImportReview
            | ShipmentStatus::CleanSweeped
            | ShipmentStatus::Other(_),
        ) => Stage::Open,
        Some(ShipmentStatus::Completed | ShipmentStatus::LabeledCreated) => Stage::Gone,
        Some(ShipmentStatus::Cancelled) => Stage::Dead,
    }
}

/// Reads an order with its shipments.
///
/// # Errors
/// [`ParseError`] with the path in the raw item.
pub(super) fn shipment_update(order: wire::Order) -> Result<ShipmentUpdate, ParseError> {
    let reference = order.reference_id.filter(|reference| !reference.is_empty());
    let reference = reference.ok_or_else(|| wrong("reference_id", "the order has none"))?;
    let products = order.products.unwrap_or_default();
    let mut shipments = Vec::new();
    let mut state = None;
    let mut reason = None;
    for (index, shipment) in order.shipments.unwrap_or_default().into_iter().enumerate() {
        let of_shipment = shipment.status.as_ref().map_or(RemoteState::Accepted, shipment_state);
        if state.is_none_or(|state| weight(of_shipment) > weight(state)) {
            reason = reason_of(&shipment).or(reason);
            state = Some(of_shipment);
        }
        if let Some(shipped) = shipped(shipment, &products, &format!("shipments[{index}]"))? {
            shipments.push(shipped);
        }
    }
    let state = if shipments.is_empty() {
        let of_order = order.status.as_ref().map_or(RemoteState::Accepted, order_state);
        state.map_or(of_order, |state| if weight(state) > weight(of_order) { state } else { of_order })
    } else {
        RemoteState::Shipped
    };
    // A parcel without a tracking code has not left for us.
    let state = if state == RemoteState::Shipped && shipments.is_empty() { RemoteState::InWork } else { state };
    let reason = match state {
        RemoteState::Stuck | RemoteState::Cancelled => reason.unwrap_or_default(),
        RemoteState::Accepted | RemoteState::InWork | RemoteState::Shipped => String::new(),
    };
    Ok(ShipmentUpdate { reference, remote_id: order.id.to_string(), state, reason, shipments })
}

/// Which of two states of one order speaks for it: something alive over something cancelled, trouble over progress.
const fn weight(state: RemoteState) -> u8 {
    match state {
        RemoteState::Cancelled => 0,
        RemoteState::Accepted => 1,
        RemoteState::InWork => 2,
        RemoteState::Shipped => 3,
        RemoteState::Stuck => 4,
    }
}

fn order_state(status: &OrderStatus) -> RemoteState {
    match status {
        OrderStatus::Processing => RemoteState::Accepted,
        OrderStatus::Exception | OrderStatus::ImportReview => RemoteState::Stuck,
        OrderStatus::PartiallyFulfilled | OrderStatus::Fulfilled => RemoteState::Shipped,
        OrderStatus::Cancelled => RemoteState::Cancelled,
        OrderStatus::Other(_) => RemoteState::Accepted,
    }
}

fn shipment_state(status: &ShipmentStatus) -> RemoteState {
    match status {
        ShipmentStatus::None | ShipmentStatus::Processing => RemoteState::Accepted,
        ShipmentStatus::CleanSweeped | ShipmentStatus::LabeledCreated => RemoteState::InWork,
        ShipmentStatus::Completed => RemoteState::Shipped,
        ShipmentStatus::Exception | ShipmentStatus::OnHold | ShipmentStatus::ImportReview => RemoteState::Stuck,
        ShipmentStatus::Cancelled => RemoteState::Cancelled,
        ShipmentStatus::Other(_) => RemoteState::Accepted,
    }
}

fn reason_of(shipment: &wire::Shipment) -> Option<String> {
    let details = shipment.status_details.as_deref().unwrap_or_default();
    let words: Vec<_> = details
        .iter()
        .filter_map(|detail| detail.description.as_deref().or(detail.name.as_deref()))
        .filter(|words| !words.is_empty())
        .collect();
    Some(words.join("; ")).filter(|words| !words.is_empty())
}

/// The shipment if it has left: completed, and with a tracking number.
fn shipped(
    shipment: wire::Shipment,
    ordered: &[wire::Product],
    path: &str,
) -> Result<Option<RemoteShipment>, ParseError> {
    if shipment.status.as_ref().map(shipment_state) != Some(RemoteState::Shipped) {
        return Ok(None);
    }
    let Some(tracking) = shipment.tracking else { return Ok(None) };
    let Some(tracking_code) = tracking.tracking_number.as_deref().and_then(owned) else { return Ok(None) };
    let shipped_at = tracking
        .shipping_date
        .or(shipment.actual_fulfillment_date)
        .or(shipment.last_tracking_update_at)
        .or(shipment.last_update_at)
        .ok_or_else(|| wrong(format!("{path}.actual_fulfillment_date"), "no date says when it left"))?;
    let mut lines: Vec<RemoteShipmentLine> = Vec::new();
    for (index, product) in shipment.products.unwrap_or_default().iter().enumerate() {
        let path = format!("{path}.products[{index}]");
        let line = line(product, ordered, &path)?;
        match lines.iter_mut().find(|known| known.sku == line.sku) {
            Some(known) => known.quantity = known.quantity.saturating_add(line.quantity),
            None => lines.push(line),
        }
    }
    Ok(Some(RemoteShipment {
        remote_id: shipment.id.to_string(),
        shipped_at,
        lines,
        parcels: vec![Parcel {
            carrier: tracking.carrier.unwrap_or_default(),
            tracking_code,
            tracking_url: tracking.tracking_url.unwrap_or_default(),
        }],
    }))
}

fn line(
    product: &wire::ShipmentProduct,
    ordered: &[wire::Product],
    path: &str,
) -> Result<RemoteShipmentLine, ParseError> {
    let reference = product.reference_id.as_deref().and_then(filled).or(product.sku.as_deref().and_then(filled));
    let reference = reference.ok_or_else(|| wrong(format!("{path}.reference_id"), "neither reference_id nor sku"))?;
    // The product itself has no quantity. Its inventory items have: a plain product has one (in several rows when lots
    // are tracked), a bundle one per component. The scarcest component counts the bundles, never above what was ordered.
    let mut units: BTreeMap<i64, Quantity> = BTreeMap::new();
    for item in product.inventory_items.as_deref().unwrap_or_default() {
        let sum = units.entry(item.id).or_default();
        *sum = sum.saturating_add(item.quantity);
    }
    let units = units.into_values().min();
    let units = units.ok_or_else(|| wrong(format!("{path}.inventory_items"), "no quantity is given"))?;
    let same = |other: &&wire::Product| {
        other.id.is_some() && other.id == product.id || other.reference_id.as_deref() == Some(reference)
    };
    let asked = ordered.iter().filter(same).try_fold(0_u32, |sum, other| Some(sum.saturating_add(other.quantity?)));
    let asked = asked.filter(|asked| *asked > 0).unwrap_or(Quantity::MAX);
    Ok(RemoteShipmentLine { reference: None, sku: Sku::new(reference), quantity: units.min(asked) })
}

/// Reads the stock of one inventory item: a report per fulfillment center. An item without a SKU is nobody's.
pub(super) fn stock(item: wire::StockItem) -> Vec<StockReport> {
    let Some(sku) = item.sku.as_deref().and_then(filled).map(Sku::new) else { return Vec::new() };
    let locations = item.locations.unwrap_or_default().into_iter();
    locations
        .map(|location| StockReport {
            warehouse_remote_id: location.location_id.to_string(),
            sku: sku.clone(),
            on_hand: location.on_hand_quantity,
        })
        .collect()
}
