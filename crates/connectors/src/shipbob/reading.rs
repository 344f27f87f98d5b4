//! Reading the two streams: orders with their shipments, and stock by fulfillment center.

use serde_json::Value;
use serde_json::value::RawValue;

use super::client::Client;
use super::cursor::{self, ShipmentPosition, StockPosition, StockWalk};
use super::wire::{OrderHead, StockHead, StockPage};
use crate::contract::{Context, Page, RawItem};
use crate::error::{Error, Kind, Result};
use crate::raw;

/// Orders of a page; ShipBob allows 250.
pub(super) const ORDERS_PER_PAGE: usize = 100;
/// Inventory items of a page.
const ITEMS_PER_PAGE: usize = 100;

/// The next page of orders changed after `position`.
pub(super) async fn shipments(client: &Client, context: &Context, mut position: ShipmentPosition) -> Result<Page> {
    let since = position.begin(context.now);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("Page", &position.page().to_string())
        .append_pair("Limit", &ORDERS_PER_PAGE.to_string())
        .append_pair("SortOrder", "Oldest")
        .append_pair("LastUpdateStartDate", &since.to_string())
        .finish();
    let reply = client.get::<Vec<Box<RawValue>>>(context, &format!("order?{query}")).await?;
    let mut items = Vec::with_capacity(reply.body.len());
    let mut newest = None;
    for order in &reply.body {
        let head: OrderHead = serde_json::from_str(order.get()).map_err(|error| broken("an order", &error))?;
        let stamps = head.shipments.unwrap_or_default().into_iter();
        let stamps = stamps.flat_map(|shipment| [shipment.last_update_at, shipment.last_tracking_update_at]);
        let changed = stamps.max().flatten().max(head.created_date);
        newest = newest.max(changed);
        let digest = digest(order)?;
        let version = changed.map_or_else(|| digest.clone(), |changed| format!("{changed}/{digest}"));
        items.push(RawItem { external_id: head.id.to_string(), version, raw: order.get().into() });
    }
    let more = items.len() >= ORDERS_PER_PAGE;
    position.advance(since, reply.at.unwrap_or(context.now), newest, more);
    Ok(Page { items, cursor: cursor::write(&position)?, more })
}

/// The next page of stock. A snapshot: after its last page the next call begins a new one.
pub(super) async fn stock(client: &Client, context: &Context, position: StockPosition) -> Result<Page> {
    let walk = position.walk.unwrap_or_else(|| StockWalk {
        began_at: context.now,
        query: format!("IsDigital=false&PageSize={ITEMS_PER_PAGE}"),
    });
    let path = format!("inventory-level/locations?{}", walk.query);
    let page = client.get::<StockPage>(context, &path).await?.body;
    let mut items = Vec::new();
    for item in page.items.unwrap_or_default() {
        let head: StockHead = serde_json::from_str(item.get()).map_err(|error| broken("an inventory item", &error))?;
        // Levels have no update time, and one may come back to an earlier value: the reading itself is the version.
        let version = format!("{}/{}", walk.began_at, digest(&item)?);
        items.push(RawItem { external_id: head.inventory_id.to_string(), version, raw: item.get().into() });
    }
    let next = page.next.as_deref().and_then(query_of).filter(|query| *query != walk.query);
    let walk = next.map(|query| StockWalk { began_at: walk.began_at, query: query.to_owned() });
    let position = StockPosition { walk };
    Ok(Page { items, cursor: cursor::write(&position)?, more: position.walk.is_some() })
}

/// The query of a link, which may be absolute or relative.
pub(super) fn query_of(link: &str) -> Option<&str> {
    let (_, query) = link.split_once('?')?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    Some(query).filter(|query| !query.is_empty())
}

pub(super) fn digest(item: &RawValue) -> Result<String> {
    let value: Value = serde_json::from_str(item.get()).map_err(|error| broken("an item", &error))?;
    Ok(raw::digest(&value))
}

pub(super) fn broken(what: &str, error: &serde_json::Error) -> Error {
    Error::new(Kind::Protocol, format!("{what} is not as documented: {error}"))
}
