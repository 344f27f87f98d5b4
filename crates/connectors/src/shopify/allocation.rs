//! Which units of which fulfillment orders a shipment settles. Pure.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use switchyard_core::quantity::Quantity;
use switchyard_core::shipment::Parcel;

use super::wire::FulfillmentOrder;
use crate::error::{Error, Kind, Result};

/// Lines one fulfillment order may name in one call (`FulfillmentOrderLineItemsInput`).
const MAX_LINES: usize = 512;

/// Units by the shop's line id.
pub(super) type Units = BTreeMap<String, Quantity>;

/// Lines of one fulfillment order, with their units.
type Share<'a> = (&'a str, Vec<(&'a str, Quantity)>);

/// The calls that settle `left`: one per location, because Shopify takes fulfillment orders of one location together.
///
/// # Errors
/// [`Kind::Rejected`] when fewer units can be fulfilled than are to be reported, naming the line and what stands in
/// the way.
pub(super) fn calls(left: &Units, orders: &[FulfillmentOrder], parcels: &[Parcel]) -> Result<Vec<Value>> {
    let mut left = left.clone();
    let mut by_location: BTreeMap<&str, Vec<Share<'_>>> = BTreeMap::new();
    for order in orders.iter().filter(|order| can_be_fulfilled(order)) {
        let mut lines = Vec::new();
        for line in &order.line_items.nodes {
            let Some(wanted) = left.get_mut(&line.line_item.id) else { continue };
            let taken = line.remaining_quantity.min(*wanted);
            if taken > 0 {
                *wanted -= taken;
                lines.push((line.id.as_str(), taken));
            }
        }
        let place = &order.assigned_location;
        let location = place.location.as_ref().map_or(place.name.as_str(), |location| location.id.as_str());
        by_location
            .entry(location)
            .or_default()
            .extend(lines.chunks(MAX_LINES).map(|chunk| (order.id.as_str(), chunk.to_vec())));
    }
    if let Some((line, units)) = left.iter().find(|(_, units)| **units > 0) {
        return Err(Error::new(Kind::Rejected, shortage(line, *units, orders)));
    }
    let tracking = tracking(parcels);
    Ok(by_location.into_values().flat_map(one_share_per_order).map(|shares| call(&shares, &tracking)).collect())
}

fn can_be_fulfilled(order: &FulfillmentOrder) -> bool {
    order.supported_actions.iter().any(|supported| supported.action == "CREATE_FULFILLMENT")
}

fn shortage(line: &str, units: Quantity, orders: &[FulfillmentOrder]) -> String {
    if orders.is_empty() {
        // Without the scopes the list is empty and no error is sent.
        return format!(
            "{line}: {units} unit(s) cannot be reported, the shop shows no fulfillment orders; check the app's \
             fulfillment order scopes"
        );
    }
    let concerned = orders.iter().filter(|order| order.line_items.nodes.iter().any(|node| node.line_item.id == line));
    let states: Vec<_> = concerned.map(|order| format!("{} is {}", order.id, order.status)).collect();
    let states = if states.is_empty() { "no fulfillment order names it".to_owned() } else { states.join(", ") };
    format!("{line}: {units} unit(s) cannot be fulfilled in the shop ({states})")
}

/// Splits the shares of a location so that no call names a fulfillment order twice.
fn one_share_per_order(mut shares: Vec<Share<'_>>) -> Vec<Vec<Share<'_>>> {
    let mut calls = Vec::new();
    while !shares.is_empty() {
        let (mut call, mut later): (Vec<Share<'_>>, Vec<Share<'_>>) = (Vec::new(), Vec::new());
        for share in shares {
            let named = call.iter().any(|(order, _)| *order == share.0);
            if named { later.push(share) } else { call.push(share) }
        }
        calls.push(call);
        shares = later;
    }
    calls
}

/// The variables of `FulfillmentCreate`.
fn call(shares: &[Share<'_>], tracking: &Value) -> Value {
    let shares: Vec<_> = shares
        .iter()
        .map(|(order, lines)| {
            let lines: Vec<_> = lines.iter().map(|(id, units)| json!({ "id": id, "quantity": units })).collect();
            json!({ "fulfillmentOrderId": order, "fulfillmentOrderLineItems": lines })
        })
        .collect();
    json!({ "fulfillment": {
        "lineItemsByFulfillmentOrder": shares,
        "trackingInfo": tracking,
        "notifyCustomer": false,
    } })
}

/// `FulfillmentTrackingInput`. One company serves all numbers; addresses are matched to numbers by position, so they
/// are sent only when every parcel has one that Shopify's `URL` type accepts.
fn tracking(parcels: &[Parcel]) -> Value {
    let mut tracking = serde_json::Map::new();
    if let Some(carrier) = parcels.iter().map(|parcel| parcel.carrier.trim()).find(|carrier| !carrier.is_empty()) {
        tracking.insert("company".to_owned(), json!(carrier));
    }
    let urls: Vec<_> = parcels
        .iter()
        .filter_map(|parcel| url::Url::parse(&parcel.tracking_url).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .map(String::from)
        .collect();
    let numbers: Vec<_> = parcels.iter().map(|parcel| parcel.tracking_code.trim()).collect();
    if let [number] = numbers.as_slice() {
        tracking.insert("number".to_owned(), json!(number));
        if let [url] = urls.as_slice() {
            tracking.insert("url".to_owned(), json!(url));
        }
    } else {
        tracking.insert("numbers".to_owned(), json!(numbers));
        if urls.len() == numbers.len() {
            tracking.insert("urls".to_owned(), json!(urls));
        }
    }
    Value::Object(tracking)
}
