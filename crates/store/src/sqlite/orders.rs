//! Orders: the record, its list row, its lines and the words it is found by.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sqlx::{Row, SqliteConnection};
use switchyard_core::id::{ConnectionId, OrderId};
use switchyard_core::plan::PlanInput;
use switchyard_core::rule::{Facts, Snapshot};
use switchyard_core::time::Timestamp;

use super::failure::{expect_row, failed};
use super::prepared::OrderRow;
use super::{Sqlite, fulfillments, order_search};
use crate::chain;
use crate::contract::{OrderFile, Orders, SnapshotPage, StageCount, StoredPlan};
use crate::error::{Error, Result};
use crate::query::{Count, OrderFilter, OrderPage, OrderQuery, Stage};

// One round trip to the database thread for everything an order consists of; the first statement answers a row unless
// the revision is another one, and the writer takes the rest back in that case.
const ADD: &str = "insert into orders (id, revision, shop, shop_order_id, number, state, stage, placed_at, received_at,
        updated_at, editable_until, total, currency, customer, city, country, lines, units, held, problem, edited, tags)
    values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
    on conflict do nothing returning row;
    insert into order_doc (order_id, doc) values ($1, $22);
    insert into order_line (order_id, position, sku, quantity, kind)
        select $1, key, value ->> '$.sku', value ->> '$.quantity', value ->> '$.kind' from json_each($23);
    insert into order_search (rowid, words, tracking) select row, $24, '' from orders where id = $1";
// Unique id, then primary keys. Most rewrites change neither lines nor words and then touch neither: indexing trigrams
// is the dearest part of an order.
const SET: &str = "update orders set revision = $26 + 1, shop = $2, shop_order_id = $3, number = $4, state = $5,
        stage = $6, placed_at = $7, received_at = $8, updated_at = $9, editable_until = $10, total = $11,
        currency = $12, customer = $13, city = $14, country = $15, lines = $16, units = $17, held = $18,
        problem = $19, edited = $20, tags = $21
    where id = $1 and revision = $26 returning row;
    update order_doc set doc = $22 where order_id = $1;
    insert into order_line (order_id, position, sku, quantity, kind)
        select $1, key, value ->> '$.sku', value ->> '$.quantity', value ->> '$.kind' from json_each($23) where true
        on conflict (order_id, position) do update
            set sku = excluded.sku, quantity = excluded.quantity, kind = excluded.kind
            where sku <> excluded.sku or quantity <> excluded.quantity or kind <> excluded.kind;
    delete from order_line where order_id = $1 and position >= $25;
    update order_search set words = $24 where rowid = (select row from orders where id = $1) and words <> $24";
// Primary key.
const PUT_PLAN: &str = "insert into plan (order_id, doc) values ($1, $2)
    on conflict (order_id) do update set doc = excluded.doc";
// Unique orders.id, primary key of order_doc.
const FILE_ORDER: &str = "select stage, doc from orders join order_doc on order_id = id where id = $1";
// Unique orders.id, once per id.
const NUMBERS: &str = "select id, number from orders where id in (select value from json_each($1))";
// fulfillments_order.
const FILE_PARTS: &str = "select doc from fulfillments where order_id = $1 order by row";
// hand_overs_order.
const FILE_HAND_OVERS: &str = "select doc from hand_overs where order_id = $1 order by row";
// shipments_order.
const FILE_SHIPMENTS: &str = "select doc from shipments where order_id = $1 order by row";
// write_backs_order.
const FILE_WRITE_BACKS: &str = "select doc from write_backs where order_id = $1 order by row";
// change_requests_order.
const FILE_CHANGE_REQUESTS: &str = "select doc from change_requests where order_id = $1 order by row";
// returns_order.
const FILE_RETURNS: &str = "select doc from returns where order_id = $1 order by row";
// attempt_order.
const FILE_ATTEMPTS: &str = "select * from attempt where order_id = $1 order by row";
// Primary key.
const LATEST_PLAN: &str = "select doc from plan where order_id = $1";
// Primary key of plan, then unique orders.id.
const SNAPSHOTS: &str = "select order_id, plan.doc from plan join orders on orders.id = order_id
    where order_id > $1 and received_at >= $2 order by order_id limit $3";
// Unique (shop, shop_order_id).
const BY_SHOP_ID: &str = "select id from orders where shop = $1 and shop_order_id = $2";
// Primary key of stage_count, then orders_shop_stage for the oldest of each.
const STAGE_COUNTS: &str = "select shop, stage, orders,
        (select min(updated_at) from orders one where one.shop = stage_count.shop and one.stage = stage_count.stage)
    from stage_count where orders > 0 order by shop, stage";

/// Inserts or rewrites an order; the row carries the new revision in its document.
pub(super) async fn put(
    tx: &mut SqliteConnection,
    order: &switchyard_core::order::Order,
    row: &OrderRow,
) -> Result<()> {
    let expected = order.revision - 1;
    let listed = &row.summary;
    let put = sqlx::query(if expected == 0 { ADD } else { SET })
        .bind(order.id.as_str())
        .bind(order.shop.as_str())
        .bind(order.shop_order_id.as_str())
        .bind(order.number.as_str())
        .bind(order.state.as_str())
        .bind(listed.stage.as_str())
        .bind(order.placed_at.as_micros())
        .bind(order.received_at.as_micros())
        .bind(order.updated_at.as_micros())
        .bind(order.editable_until.map(Timestamp::as_micros))
        .bind(listed.total)
        .bind(listed.currency.as_str())
        .bind(listed.customer.as_str())
        .bind(listed.city.as_str())
        .bind(listed.country.as_str())
        .bind(i64::from(listed.lines))
        .bind(i64::from(listed.units))
        .bind(i64::from(listed.held))
        .bind(listed.problem.as_deref())
        .bind(i64::from(listed.edited))
        .bind(row.tags.as_str())
        .bind(row.doc.as_str())
        .bind(row.lines.as_str())
        .bind(row.words.as_str())
        .bind(row.line_count)
        .bind(expected);
    expect_row(put.fetch_all(tx).await, "order", order.id.as_str())
}

/// Replaces the latest plan of an order.
pub(super) async fn put_plan(tx: &mut SqliteConnection, order: &OrderId, doc: &str) -> Result<()> {
    sqlx::query(PUT_PLAN).bind(order.as_str()).bind(doc).execute(tx).await.map_err(failed)?;
    Ok(())
}

pub(super) fn stage(text: &str) -> Result<Stage> {
    Stage::parse(text).ok_or_else(|| Error::Backend(format!("orders.stage is {text}")))
}

async fn docs<T: serde::de::DeserializeOwned>(
    snapshot: &mut SqliteConnection,
    sql: &'static str,
    order: &OrderId,
) -> Result<Vec<T>> {
    let docs: Vec<String> = sqlx::query_scalar(sql).bind(order.as_str()).fetch_all(snapshot).await.map_err(failed)?;
    docs.iter().map(|doc| chain::parse(doc)).collect()
}

#[async_trait]
impl Orders for Sqlite {
    async fn order_file(&self, id: &OrderId) -> Result<Option<OrderFile>> {
        let mut snapshot = self.readers.begin().await.map_err(failed)?;
        let stored = sqlx::query(FILE_ORDER).bind(id.as_str()).fetch_optional(&mut *snapshot).await.map_err(failed)?;
        let Some(stored) = stored else { return Ok(None) };
        let stage_text: String = stored.try_get("stage").map_err(failed)?;
        let doc: String = stored.try_get("doc").map_err(failed)?;
        let attempts = sqlx::query(FILE_ATTEMPTS).bind(id.as_str()).fetch_all(&mut *snapshot).await.map_err(failed)?;
        Ok(Some(OrderFile {
            order: chain::parse(&doc)?,
            stage: stage(&stage_text)?,
            fulfillments: docs(&mut snapshot, FILE_PARTS, id).await?,
            hand_overs: docs(&mut snapshot, FILE_HAND_OVERS, id).await?,
            shipments: docs(&mut snapshot, FILE_SHIPMENTS, id).await?,
            write_backs: docs(&mut snapshot, FILE_WRITE_BACKS, id).await?,
            change_requests: docs(&mut snapshot, FILE_CHANGE_REQUESTS, id).await?,
            returns: docs(&mut snapshot, FILE_RETURNS, id).await?,
            attempts: attempts.iter().map(fulfillments::attempt).collect::<Result<_>>()?,
        }))
    }

    async fn order_by_shop_id(&self, shop: &ConnectionId, shop_order_id: &str) -> Result<Option<OrderId>> {
        let id: Option<String> = sqlx::query_scalar(BY_SHOP_ID)
            .bind(shop.as_str())
            .bind(shop_order_id)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
        id.map(OrderId::try_from).transpose().map_err(|error| Error::Backend(error.to_string()))
    }

    async fn order_numbers(&self, ids: &[OrderId]) -> Result<BTreeMap<OrderId, String>> {
        let rows: Vec<(String, String)> =
            sqlx::query_as(NUMBERS).bind(chain::text(ids)?).fetch_all(&self.readers).await.map_err(failed)?;
        let known = |(id, number): (String, String)| {
            OrderId::try_from(id).map(|id| (id, number)).map_err(|error| Error::Backend(error.to_string()))
        };
        rows.into_iter().map(known).collect()
    }

    async fn search_orders(&self, query: &OrderQuery) -> Result<OrderPage> {
        order_search::page(&self.readers, query).await
    }

    async fn count_orders(&self, filter: &OrderFilter, cap: u32) -> Result<Count> {
        order_search::count(&self.readers, filter, cap).await
    }

    async fn stage_counts(&self) -> Result<Vec<StageCount>> {
        let rows: Vec<(String, String, i64, Option<i64>)> =
            sqlx::query_as(STAGE_COUNTS).fetch_all(&self.readers).await.map_err(failed)?;
        rows.into_iter()
            .map(|(shop, stage_text, orders, oldest)| {
                Ok(StageCount {
                    shop: ConnectionId::try_from(shop).map_err(|error| Error::Backend(error.to_string()))?,
                    stage: stage(&stage_text)?,
                    orders: u64::try_from(orders).unwrap_or(0),
                    oldest: oldest.map(Timestamp::from_micros),
                })
            })
            .collect()
    }

    async fn latest_plan(&self, id: &OrderId) -> Result<Option<StoredPlan>> {
        let doc: Option<String> =
            sqlx::query_scalar(LATEST_PLAN).bind(id.as_str()).fetch_optional(&self.readers).await.map_err(failed)?;
        doc.map(|doc| chain::parse(&doc)).transpose()
    }

    async fn planning_snapshots(&self, since: Timestamp, after: Option<&OrderId>, limit: u32) -> Result<SnapshotPage> {
        let rows: Vec<(String, String)> = sqlx::query_as(SNAPSHOTS)
            .bind(after.map_or("", OrderId::as_str))
            .bind(since.as_micros())
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
        let full = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
        let next = rows.last().filter(|_| full).map(|(id, _)| id.parse()).transpose();
        let next = next.map_err(|error| Error::Backend(format!("plan of an order: {error}")))?;
        let mut snapshots = Vec::with_capacity(rows.len());
        for (_, doc) in rows {
            let Asked { facts, input } = chain::parse(&doc)?;
            snapshots.extend(facts.map(|facts| Snapshot { facts, input }));
        }
        Ok(SnapshotPage { snapshots, next })
    }
}

/// The part of a stored plan that other rules can be asked about.
#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    facts: Option<Facts>,
    input: PlanInput,
}
