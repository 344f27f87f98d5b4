//! Reading orders: pages in order of change, long orders completed before they are handed on.

use serde_json::{Value, json};

use super::client::Client;
use super::cursor::{Position, Walk, search};
use super::operation::{ORDER_LINES, ORDERS};
use super::wire::{OrderHead, OrderLinesData, OrdersData};
use crate::contract::{Context, Page, RawItem};
use crate::error::{Error, Kind, Result};
use crate::raw;

/// Orders of a page. With [`LINES`] lines each the operation stays under 1,000 points by Shopify's plain formula (an
/// object 1, a connection 2 and its size times its content); a test computes it.
pub(super) const ORDERS_PER_PAGE: u32 = 10;
/// Lines read with an order; the others follow by [`MORE_LINES`].
pub(super) const LINES: u32 = 20;
/// Lines of one following page.
pub(super) const MORE_LINES: u32 = 200;

/// The next page of orders after `position`.
pub(super) async fn pull(client: &Client, context: &Context, mut position: Position) -> Result<Page> {
    let mut first = ORDERS_PER_PAGE;
    let mut since = position.begin(context.now);
    let orders = loop {
        let variables = json!({
            "query": search(since),
            "first": first,
            "after": position.walk.as_ref().map(|walk| &walk.after),
            "lines": LINES,
        });
        match client.run::<OrdersData>(context, ORDERS, variables).await {
            Ok(reply) => break reply.data.orders,
            Err(failure) if failure.code.as_deref() == Some("MAX_COST_EXCEEDED") && first > 1 => first /= 2,
            // A page cursor does not live for ever. Without it the walk begins again where it stood.
            Err(failure) if failure.error.kind == Kind::Rejected && position.walk.is_some() => {
                position.walk = None;
                since = position.begin(context.now);
            }
            Err(failure) => return Err(failure.into()),
        }
    };
    let mut items = Vec::with_capacity(orders.nodes.len());
    for node in &orders.nodes {
        let head: OrderHead = serde_json::from_str(node.get()).map_err(|error| broken(&error))?;
        let (id, updated_at) = (head.id, head.updated_at);
        let raw = match head.line_items.page_info.next() {
            None => Some(node.get().to_owned()),
            Some(after) => {
                let order = serde_json::from_str(node.get()).map_err(|error| broken(&error))?;
                complete(client, context, order, &id, updated_at, after).await?.map(|order| order.to_string())
            }
        };
        // An order that changed while it was read comes again at the end of the walk, because the walk is in order of
        // change: it is left out here rather than mixed from two states.
        let Some(raw) = raw else { continue };
        position.high_water = position.high_water.max(updated_at);
        let value: Value = serde_json::from_str(&raw).map_err(|error| broken(&error))?;
        // `updatedAt` has whole seconds; the digest tells two changes within one apart.
        let version = format!("{updated_at}/{}", raw::digest(&value));
        items.push(RawItem { external_id: id, version, raw: raw.into_bytes() });
    }
    position.walk = orders.page_info.next().map(|after| Walk { since, after });
    Ok(Page { items, more: position.walk.is_some(), cursor: position.cursor()? })
}

/// The order with all its lines; `None` when it changed or vanished meanwhile.
async fn complete(
    client: &Client,
    context: &Context,
    mut order: Value,
    id: &str,
    updated_at: switchyard_core::time::Timestamp,
    after: String,
) -> Result<Option<Value>> {
    let mut next = Some(after);
    while let Some(after) = next {
        let variables = json!({ "id": id, "first": MORE_LINES, "after": after });
        let reply = client.run::<OrderLinesData>(context, ORDER_LINES, variables).await?;
        let Some(page) = reply.data.order.filter(|page| page.updated_at == updated_at) else {
            return Ok(None);
        };
        let nodes = order.pointer_mut("/lineItems/nodes").and_then(Value::as_array_mut);
        let nodes = nodes.ok_or_else(|| Error::new(Kind::Protocol, format!("{id}: lineItems.nodes is no list")))?;
        nodes.extend(page.line_items.nodes);
        next = page.line_items.page_info.next();
    }
    if let Some(page_info) = order.pointer_mut("/lineItems/pageInfo") {
        *page_info = json!({ "hasNextPage": false, "endCursor": null });
    }
    Ok(Some(order))
}

fn broken(error: &serde_json::Error) -> Error {
    Error::new(Kind::Protocol, format!("Orders: an order is not as documented: {error}"))
}
