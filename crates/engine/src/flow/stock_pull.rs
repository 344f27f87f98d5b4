//! Reads a warehouse's stock levels and books the ones that changed.
//!
//! Levels are facts about now, so they are applied and not queued: a level read later replaces one read earlier, and a
//! report older than the last booking of that level is ignored by the store.

use std::collections::{BTreeMap, HashMap};
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
use super::{Failure, Step, done, order_route};
use crate::Inner;
use crate::connection::{self, Partner};

/// Stock is read once in so many polls: every reading is the whole list, and bookings keep it true in between.
const POLLS: u32 = 15;
/// Blocked orders that are looked at again after a change.
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
    let reading = match read_all(&partner).await {
        Ok(reading) => reading,
        Err(error) => {
            connection::failed(&inner, &partner.connection, &error).await?;
            return Err(error.into());
        }
    };
    let mut writes = changed_levels(&inner, reading.levels(&places), observed_at).await?;
    let changed = writes.len();
    let now = inner.clock.now();
    if changed > 0 {
        for order in blocked_orders(&inner).await? {
            writes.push(Write::Job(inner.job("validate", order.as_str(), now)));
        }
        // One by one would give what there is to whoever comes first.
        writes.push(Write::Job(inner.job("plan_together", order_route::TOGETHER, now)));
    }
    writes.push(done(&job));
    let wait = Duration::from_secs(u64::from(partner.connection.poll_seconds.saturating_mul(POLLS)));
    writes.push(Write::Job(inner.job(&job.kind, job.key.as_str(), now + wait)));
    inner.commit(Changes { writes, ..Changes::default() }).await?;
    inner.partners.received(id, Stream::Stock, changed, true, now);
    connection::succeeded(&inner, &partner.connection).await?;
    Ok(Step::Done)
}

/// Orders that a new level may set free because nobody had reported their SKU before; oldest first. Those that are short
/// are planned together.
pub(crate) async fn blocked_orders(inner: &Inner) -> switchyard_store::error::Result<Vec<OrderId>> {
    let states = vec![OrderState::Blocked];
    let query = OrderQuery {
        filter: OrderFilter { states, ..OrderFilter::default() },
        limit: WAITING,
        ..OrderQuery::default()
    };
    Ok(inner.store.search_orders(&query).await?.rows.into_iter().map(|row| row.id).collect())
}

/// What one reading of all pages says, by the partner's own item id.
///
/// Pages may name an item twice, when it moved between two reads or the partner repeats itself. It is one item and
/// counts once, as it was read last; only different items of one SKU add up.
#[derive(Debug, Default)]
struct Reading(BTreeMap<String, Vec<StockReport>>);

impl Reading {
    fn take(&mut self, item: String, reports: Vec<StockReport>) {
        self.0.insert(item, reports);
    }

    /// Units by warehouse and SKU; what lies in places we do not use is left out.
    fn levels(self, places: &[Warehouse]) -> HashMap<(WarehouseId, Sku), Quantity> {
        let mut levels: HashMap<(WarehouseId, Sku), Quantity> = HashMap::new();
        for report in self.0.into_values().flatten() {
            if let Some(place) = places.iter().find(|place| place.remote_id == report.warehouse_remote_id) {
                let units = levels.entry((place.id.clone(), report.sku)).or_default();
                *units = units.saturating_add(report.on_hand);
            }
        }
        levels
    }
}

/// Every page from the beginning: levels have no history to resume.
async fn read_all(partner: &Partner) -> switchyard_connectors::error::Result<Reading> {
    let mut reading = Reading::default();
    let mut cursor: Option<Cursor> = None;
    loop {
        let page = partner.connector.pull(&partner.context, Stream::Stock, cursor.as_ref()).await?;
        for item in page.items {
            let parsed = partner.connector.parse_stock(&item.raw).map_err(|error| {
                let detail = format!("stock item {}: {error}", item.external_id);
                switchyard_connectors::error::Error::new(switchyard_connectors::error::Kind::Protocol, detail)
            })?;
            reading.take(item.external_id, parsed);
        }
        if !page.more {
            return Ok(reading);
        }
        cursor = Some(page.cursor);
    }
}

/// A write for each level that differs from ours.
async fn changed_levels(
    inner: &Inner,
    mut reported: HashMap<(WarehouseId, Sku), Quantity>,
    observed_at: Timestamp,
) -> Result<Vec<Write>, Failure> {
    let skus: Vec<Sku> = reported.keys().map(|(_, sku)| sku.clone()).collect();
    for level in inner.store.stock_of(&skus).await? {
        let place = (level.warehouse, level.sku);
        if reported.get(&place) == Some(&level.buckets.on_hand) {
            reported.remove(&place);
        }
    }
    Ok(reported
        .into_iter()
        .map(|((warehouse, sku), on_hand)| Write::StockReport { warehouse, sku, on_hand, sequence: 0, observed_at })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(place: &str, on_hand: Quantity) -> StockReport {
        StockReport { warehouse_remote_id: place.to_owned(), sku: Sku::new("MUG"), on_hand }
    }

    #[test]
    fn an_item_named_twice_counts_once_and_two_items_of_a_sku_add_up() {
        let id = WarehouseId::new(Timestamp::EPOCH, [1; 10]);
        let place = Warehouse {
            id: id.clone(),
            connection: switchyard_core::id::ConnectionId::new(Timestamp::EPOCH, [2; 10]),
            remote_id: "7".to_owned(),
            name: String::new(),
            country: "GB".to_owned(),
            rank: 1,
            ships_to: Vec::new(),
            handling: 0,
            unit_handling: 0,
            late_hours: 0,
        };
        let mut reading = Reading::default();
        reading.take("item 1".to_owned(), vec![report("7", 9), report("8", 100)]);
        reading.take("item 2".to_owned(), vec![report("7", 3)]);
        reading.take("item 1".to_owned(), vec![report("7", 5), report("8", 100)]);
        assert_eq!(reading.levels(&[place]), HashMap::from([((id, Sku::new("MUG")), 8)]));
    }
}
