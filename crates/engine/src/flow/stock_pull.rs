//! Reads a warehouse's stock levels and books the ones that changed.
//!
//! Levels are facts about now, so they are applied and not queued: a level read later replaces one read earlier, and a
//! report older than the last booking of that level is ignored by the store.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use switchyard_connectors::contract::{Cursor, StockReport, Stream};
use switchyard_core::connection::Warehouse;
use switchyard_core::id::{OrderId, WarehouseId};
use switchyard_core::order::OrderState;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::time::Timestamp;
use switchyard_store::contract::{Changes, Job, Write};
use switchyard_store::query::{OrderFilter, OrderQuery};

use super::page_store::{self, Poll};
use super::{Failure, Step, done};
use crate::Inner;
use crate::connection::{self, Partner};

/// Stock is read once in so many polls: every reading is the whole list, and bookings keep it true in between.
const POLLS: u32 = 15;
/// Orders that wait for stock and are looked at again after a change.
const WAITING: u32 = 500;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let partner = match page_store::ready(&inner, &job).await? {
        Poll::Ready(partner) => partner,
        Poll::Not(step) => return Ok(step),
    };
    let id = &partner.connection.id;
    let places: Vec<Warehouse> = inner.store.warehouses().await?.into_iter().filter(|w| &w.connection == id).collect();
    if places.is_empty() {
        let due = inner.clock.now() + Duration::from_secs(1);
        return Ok(Step::Later { due, why: "its warehouses are not known yet".to_owned() });
    }
    let observed_at = partner.context.now;
    let reports = match read_all(&partner).await {
        Ok(reports) => reports,
        Err(error) => {
            connection::failed(&inner, &partner.connection, &error).await?;
            return Err(error.into());
        }
    };
    let mut writes = changed_levels(&inner, &places, reports, observed_at).await?;
    let changed = writes.len();
    let now = inner.clock.now();
    if changed > 0 {
        for order in waiting_orders(&inner).await? {
            writes.push(Write::Job(inner.job("validate", order.as_str(), now)));
        }
    }
    writes.push(done(&job));
    let wait = Duration::from_secs(u64::from(partner.connection.poll_seconds.saturating_mul(POLLS)));
    writes.push(Write::Job(inner.job(&job.kind, job.key.as_str(), now + wait)));
    inner.commit(Changes { writes, ..Changes::default() }).await?;
    inner.partners.received(id, Stream::Stock, changed, true, now);
    connection::succeeded(&inner, &partner.connection).await?;
    Ok(Step::Done)
}

/// Orders that a new level may set free: short of stock, or blocked by a SKU nobody had reported yet; oldest first.
async fn waiting_orders(inner: &Inner) -> Result<Vec<OrderId>, Failure> {
    let states = vec![OrderState::Accepted, OrderState::Blocked];
    let query = OrderQuery {
        filter: OrderFilter { states, ..OrderFilter::default() },
        limit: WAITING,
        ..OrderQuery::default()
    };
    Ok(inner.store.search_orders(&query).await?.rows.into_iter().map(|row| row.id).collect())
}

/// Every page from the beginning: levels have no history to resume.
async fn read_all(partner: &Partner) -> switchyard_connectors::error::Result<Vec<StockReport>> {
    let mut reports = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let page = partner.connector.pull(&partner.context, Stream::Stock, cursor.as_ref()).await?;
        for item in &page.items {
            let parsed = partner.connector.parse_stock(&item.raw).map_err(|error| {
                let detail = format!("stock item {}: {error}", item.external_id);
                switchyard_connectors::error::Error::new(switchyard_connectors::error::Kind::Protocol, detail)
            })?;
            reports.extend(parsed);
        }
        if !page.more {
            return Ok(reports);
        }
        cursor = Some(page.cursor);
    }
}

/// A write for each level that differs from ours.
async fn changed_levels(
    inner: &Inner,
    places: &[Warehouse],
    reports: Vec<StockReport>,
    observed_at: Timestamp,
) -> Result<Vec<Write>, Failure> {
    let mut reported: HashMap<(WarehouseId, Sku), Quantity> = HashMap::new();
    for report in reports {
        if let Some(place) = places.iter().find(|place| place.remote_id == report.warehouse_remote_id) {
            let units = reported.entry((place.id.clone(), report.sku)).or_default();
            *units = units.saturating_add(report.on_hand);
        }
    }
    let skus: Vec<Sku> = reported.keys().map(|(_, sku)| sku.clone()).collect();
    for level in inner.store.stock_of(&skus).await? {
        let place = (level.warehouse, level.sku);
        if reported.get(&place) == Some(&level.on_hand) {
            reported.remove(&place);
        }
    }
    Ok(reported
        .into_iter()
        .map(|((warehouse, sku), on_hand)| Write::StockReport { warehouse, sku, on_hand, observed_at })
        .collect())
}
