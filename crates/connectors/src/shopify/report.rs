//! Telling the shop what left: read what it already knows, then fulfill the rest.
//!
//! Shopify has no idempotency key here. The tracking numbers are the key: units of standing fulfillments that carry one
//! of them count as reported.

use serde_json::json;
use switchyard_core::shipment::Parcel;

use super::allocation::{self, Units};
use super::client::Client;
use super::operation::{
    FULFILLMENT_CREATE, FULFILLMENT_LINES, FULFILLMENT_ORDER_LINES, FULFILLMENT_ORDERS, FULFILLMENTS,
};
use super::transform;
use super::wire::{
    Fulfillment, FulfillmentCreateData, FulfillmentLinesData, FulfillmentOrder, FulfillmentOrderLinesData,
    FulfillmentOrdersData, FulfillmentsData, UserError,
};
use crate::contract::{Context, Done, ShipmentReport};
use crate::error::{Error, Kind, Result};

/// Fulfillments of an order and tracking numbers of each, asked in this order until the list is not full. The list has
/// no pages; both sizes stay under 1,000 points.
pub(super) const FULFILLMENTS_AND_NUMBERS: [(u32, u32); 2] = [(50, 15), (250, 2)];
/// Fulfillment orders of one page.
pub(super) const ORDERS_PER_PAGE: u32 = 10;
/// Lines read with a fulfillment order.
pub(super) const LINES: u32 = 30;
/// Lines of one following page.
pub(super) const MORE_LINES: u32 = 250;

/// What the shop knows of a report.
#[derive(Debug)]
struct Known {
    /// Fulfillments that carry one of the tracking numbers.
    fulfillments: Vec<String>,
    /// Units that no such fulfillment has.
    left: Units,
}

/// Reports a shipment; what the shop knows already is not reported again.
pub(super) async fn push(client: &Client, context: &Context, report: &ShipmentReport) -> Result<Done> {
    let parcels = tracked(report)?;
    let known = known(client, context, report, &parcels).await?;
    if known.left.is_empty() {
        return Ok(Done { remote_id: known.fulfillments.join(","), already: true });
    }
    let orders = fulfillment_orders(client, context, &report.shop_order_id).await?;
    let mut created = known.fulfillments;
    for (index, variables) in allocation::calls(&known.left, &orders, &parcels)?.into_iter().enumerate() {
        let outcome = create(client, context, variables).await;
        let id = outcome.map_err(|error| if index == 0 { error } else { half_done(error) })?;
        created.push(id);
    }
    Ok(Done { remote_id: created.join(","), already: false })
}

/// Looks for fulfillments that together hold everything the report names.
pub(super) async fn find(client: &Client, context: &Context, report: &ShipmentReport) -> Result<Option<Done>> {
    let parcels = tracked(report)?;
    let known = known(client, context, report, &parcels).await?;
    let done = Done { remote_id: known.fulfillments.join(","), already: true };
    Ok(known.left.is_empty().then_some(done))
}

/// The parcels by which the report can be recognised.
fn tracked(report: &ShipmentReport) -> Result<Vec<Parcel>> {
    let tracked = report.parcels.iter().filter(|parcel| !parcel.tracking_code.trim().is_empty());
    let parcels: Vec<_> = tracked.cloned().collect();
    if parcels.is_empty() || report.lines.iter().all(|line| line.quantity == 0) {
        let detail = "a shipment without units or without a tracking code cannot be reported";
        return Err(Error::new(Kind::Rejected, detail));
    }
    Ok(parcels)
}

async fn known(client: &Client, context: &Context, report: &ShipmentReport, parcels: &[Parcel]) -> Result<Known> {
    let mut left = Units::new();
    for line in report.lines.iter().filter(|line| line.quantity > 0) {
        let units = left.entry(line.shop_line_id.clone()).or_default();
        *units = units.saturating_add(line.quantity);
    }
    let mut fulfillments = Vec::new();
    for fulfillment in standing_fulfillments(client, context, &report.shop_order_id).await? {
        let numbers = fulfillment.tracking_info.iter().filter_map(|tracking| tracking.number.as_deref());
        let ours = numbers
            .into_iter()
            .any(|number| parcels.iter().any(|parcel| parcel.tracking_code.trim().eq_ignore_ascii_case(number.trim())));
        if !ours {
            continue;
        }
        for (line, units) in fulfilled_units(client, context, &fulfillment.id).await? {
            if let Some(missing) = left.get_mut(&line) {
                *missing = missing.saturating_sub(units);
            }
        }
        fulfillments.push(fulfillment.id);
    }
    left.retain(|_, units| *units > 0);
    Ok(Known { fulfillments, left })
}

async fn standing_fulfillments(client: &Client, context: &Context, order: &str) -> Result<Vec<Fulfillment>> {
    for (first, numbers) in FULFILLMENTS_AND_NUMBERS {
        let variables = json!({ "id": order, "first": first, "numbers": numbers });
        let reply = client.run::<FulfillmentsData>(context, FULFILLMENTS, variables).await?;
        let mut fulfillments = reply.data.order.ok_or_else(|| no_such_order(order))?.fulfillments;
        if u32::try_from(fulfillments.len()).is_ok_and(|count| count < first) {
            fulfillments.retain(|fulfillment| transform::stands(&fulfillment.status));
            return Ok(fulfillments);
        }
    }
    let detail = format!("{order} has so many fulfillments that an earlier report cannot be ruled out");
    Err(Error::new(Kind::Rejected, detail))
}

async fn fulfilled_units(client: &Client, context: &Context, fulfillment: &str) -> Result<Units> {
    let mut units = Units::new();
    let mut after = None;
    loop {
        let variables = json!({ "id": fulfillment, "first": MORE_LINES, "after": after });
        let reply = client.run::<FulfillmentLinesData>(context, FULFILLMENT_LINES, variables).await?;
        // A fulfillment that vanished between two reads holds no units.
        let Some(page) = reply.data.fulfillment else { return Ok(Units::new()) };
        for line in page.fulfillment_line_items.nodes {
            let sum = units.entry(line.line_item.id).or_default();
            *sum = sum.saturating_add(line.quantity.unwrap_or(0));
        }
        after = page.fulfillment_line_items.page_info.next();
        if after.is_none() {
            return Ok(units);
        }
    }
}

async fn fulfillment_orders(client: &Client, context: &Context, order: &str) -> Result<Vec<FulfillmentOrder>> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let variables = json!({ "id": order, "first": ORDERS_PER_PAGE, "after": after, "lines": LINES });
        let reply = client.run::<FulfillmentOrdersData>(context, FULFILLMENT_ORDERS, variables).await?;
        let page = reply.data.order.ok_or_else(|| no_such_order(order))?.fulfillment_orders;
        for mut fulfillment_order in page.nodes {
            let mut next = std::mem::take(&mut fulfillment_order.line_items.page_info).next();
            while let Some(after) = next {
                let variables = json!({ "id": fulfillment_order.id, "first": MORE_LINES, "after": after });
                let data = client.run::<FulfillmentOrderLinesData>(context, FULFILLMENT_ORDER_LINES, variables).await?;
                let Some(more) = data.data.fulfillment_order else { break };
                fulfillment_order.line_items.nodes.extend(more.line_items.nodes);
                next = more.line_items.page_info.next();
            }
            all.push(fulfillment_order);
        }
        after = page.page_info.next();
        if after.is_none() {
            return Ok(all);
        }
    }
}

async fn create(client: &Client, context: &Context, variables: serde_json::Value) -> Result<String> {
    let reply = client.run::<FulfillmentCreateData>(context, FULFILLMENT_CREATE, variables).await?;
    let unclear = || Error::new(Kind::Doubtful, "FulfillmentCreate: neither a fulfillment nor an error came back");
    let created = reply.data.fulfillment_create.ok_or_else(unclear)?;
    if !created.user_errors.is_empty() {
        let words: Vec<_> = created.user_errors.iter().map(words).collect();
        return Err(Error::new(Kind::Rejected, format!("FulfillmentCreate: {}", words.join("; "))));
    }
    created.fulfillment.map(|fulfillment| fulfillment.id).ok_or_else(unclear)
}

fn words(error: &UserError) -> String {
    match &error.field {
        Some(field) => format!("{}: {}", field.join("."), error.message),
        None => error.message.clone(),
    }
}

/// A failure after another location's call took effect. The next try reports only what is left, so a refusal that
/// lasts is then the first failure and comes out as one.
fn half_done(mut error: Error) -> Error {
    error.kind = Kind::Doubtful;
    error.detail = format!("reported in part, then: {}", error.detail);
    error
}

fn no_such_order(order: &str) -> Error {
    Error::new(Kind::NotFound, format!("the shop has no order {order}"))
}
