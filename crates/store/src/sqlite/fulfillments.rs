//! Fulfillment orders, hand-overs, shipments, write-backs and attempts.

use async_trait::async_trait;
use sqlx::{Row, SqliteConnection};
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::id::{FulfillmentId, HandOverId, OrderId, ShipmentId, WarehouseId, WriteBackId};
use switchyard_core::shipment::Shipment;
use switchyard_core::time::Timestamp;
use switchyard_core::write_back::{WriteBack, WriteBackState};

use super::Sqlite;
use super::failure::{expect_row, failed};
use crate::contract::{Attempt, FulfillmentCount, Fulfillments};
use crate::error::{Error, Result};
use crate::summary;

// The second statement keeps the list row: unique orders.id, fulfillments_order; it writes only when it differs.
const ADD_PART: &str =
    "insert into fulfillments (id, revision, order_id, warehouse, reference, state, state_since, doc)
    values ($1, 1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning row;
    update orders set warehouses = parts.warehouses
    from (select coalesce(json_group_array(warehouse order by first_row), '[]') as warehouses
        from (select warehouse, min(row) as first_row from fulfillments
            where order_id = $2 and state <> 'cancelled' group by warehouse)) as parts
    where orders.id = $2 and orders.warehouses <> parts.warehouses";
// Unique id, then as above.
const SET_PART: &str = "update fulfillments set revision = $8 + 1, warehouse = $3, reference = $4,
    state = $5, state_since = $6, doc = $7 where id = $1 and order_id = $2 and revision = $8 returning row;
    update orders set warehouses = parts.warehouses
    from (select coalesce(json_group_array(warehouse order by first_row), '[]') as warehouses
        from (select warehouse, min(row) as first_row from fulfillments
            where order_id = $2 and state <> 'cancelled' group by warehouse)) as parts
    where orders.id = $2 and orders.warehouses <> parts.warehouses";
const ADD_HAND_OVER: &str =
    "insert into hand_overs (id, revision, fulfillment_id, order_id, idempotency_key, state, doc)
    values ($1, 1, $2, $3, $4, $5, $6) on conflict do nothing";
// Unique id.
const SET_HAND_OVER: &str = "update hand_overs set revision = $7 + 1, fulfillment_id = $2,
    idempotency_key = $4, state = $5, doc = $6 where id = $1 and order_id = $3 and revision = $7";
const ADD_WRITE_BACK: &str = "insert into write_backs (id, revision, order_id, shipment_id, state, doc)
    values ($1, 1, $2, $3, $4, $5) on conflict do nothing";
// Unique id.
const SET_WRITE_BACK: &str = "update write_backs set revision = $6 + 1, shipment_id = $3, state = $4,
    doc = $5 where id = $1 and order_id = $2 and revision = $6";
// Then the list row (unique orders.id, shipments_order) and the words (rowid of order_search).
const ADD_SHIPMENT: &str = "insert into shipments (id, order_id, fulfillment_id, warehouse, remote_id, doc)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning row;
    update orders set carriers = parcels.carriers
    from (select coalesce(json_group_array(carrier order by first_parcel), '[]') as carriers
        from (select parcel.value ->> '$.carrier' as carrier, min(shipments.row * 10000 + parcel.key) as first_parcel
            from shipments, json_each(shipments.doc, '$.parcels') as parcel
            where order_id = $2 and parcel.value ->> '$.carrier' <> '' group by 1)) as parcels
    where orders.id = $2 and orders.carriers <> parcels.carriers;
    update order_search set tracking = tracking || char(10) || $7
    where rowid = (select row from orders where id = $2) and $7 <> ''";
const ADD_ATTEMPT: &str =
    "insert into attempt (subject, number, order_id, started_at, deadline, ended_at, outcome, detail)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
// Unique (subject, number). What ended stays as it ended.
const END_ATTEMPT: &str = "update attempt set ended_at = $3, outcome = $4, detail = $5
    where subject = $1 and number = $2 and ended_at is null";
// Unique id.
const ONE_PART: &str = "select doc from fulfillments where id = $1";
// Unique reference.
const PART_BY_REFERENCE: &str = "select doc from fulfillments where reference = $1";
// Primary key of fulfillment_count, then fulfillments_warehouse for the oldest of each.
const COUNTS: &str = "select warehouse, state, fulfillments,
        (select min(state_since) from fulfillments part
            where part.warehouse = fulfillment_count.warehouse and part.state = fulfillment_count.state) as oldest
    from fulfillment_count where fulfillments > 0 order by warehouse, state";
// Unique id.
const ONE_HAND_OVER: &str = "select doc from hand_overs where id = $1";
// hand_overs_state.
const HAND_OVERS_IN: &str = "select doc from hand_overs where state = $1 order by row limit $2";
// Unique id.
const ONE_WRITE_BACK: &str = "select doc from write_backs where id = $1";
// write_backs_state.
const WRITE_BACKS_IN: &str = "select doc from write_backs where state = $1 order by row limit $2";
// Unique id.
const ONE_SHIPMENT: &str = "select doc from shipments where id = $1";
// Unique (warehouse, remote_id).
const SHIPMENT_BY_REMOTE_ID: &str = "select doc from shipments where warehouse = $1 and remote_id = $2";

fn one(changed: u64, what: &str, id: &str) -> Result<()> {
    if changed == 0 { Err(Error::Conflict(format!("{what} {id}"))) } else { Ok(()) }
}

/// Inserts or rewrites a part; `part.revision` is the new one.
pub(super) async fn put(tx: &mut SqliteConnection, part: &FulfillmentOrder, doc: &str) -> Result<()> {
    let expected = part.revision - 1;
    let put = sqlx::query(if expected == 0 { ADD_PART } else { SET_PART })
        .bind(part.id.as_str())
        .bind(part.order.as_str())
        .bind(part.warehouse.as_str())
        .bind(part.reference.as_str())
        .bind(part.state.as_str())
        .bind(part.state_since.as_micros())
        .bind(doc)
        .bind(expected);
    expect_row(put.fetch_all(tx).await, "fulfillment order", part.id.as_str())
}

/// Inserts or rewrites a hand-over; its revision is the new one.
pub(super) async fn put_hand_over(tx: &mut SqliteConnection, hand_over: &HandOver, doc: &str) -> Result<()> {
    let expected = hand_over.revision - 1;
    let put = sqlx::query(if expected == 0 { ADD_HAND_OVER } else { SET_HAND_OVER })
        .bind(hand_over.id.as_str())
        .bind(hand_over.fulfillment.as_str())
        .bind(hand_over.order.as_str())
        .bind(hand_over.idempotency_key.as_str())
        .bind(hand_over.state.as_str())
        .bind(doc)
        .bind(expected);
    let changed = put.execute(tx).await.map_err(failed)?.rows_affected();
    one(changed, "hand-over", hand_over.id.as_str())
}

/// Inserts or rewrites a write-back; its revision is the new one.
pub(super) async fn put_write_back(tx: &mut SqliteConnection, write_back: &WriteBack, doc: &str) -> Result<()> {
    let expected = write_back.revision - 1;
    let put = sqlx::query(if expected == 0 { ADD_WRITE_BACK } else { SET_WRITE_BACK })
        .bind(write_back.id.as_str())
        .bind(write_back.order.as_str())
        .bind(write_back.shipment.as_str())
        .bind(write_back.state.as_str())
        .bind(doc)
        .bind(expected);
    let changed = put.execute(tx).await.map_err(failed)?.rows_affected();
    one(changed, "write-back", write_back.id.as_str())
}

/// Books a shipment and makes its order findable by carrier and tracking code.
pub(super) async fn put_shipment(
    tx: &mut SqliteConnection,
    shipment: &Shipment,
    warehouse: &WarehouseId,
    doc: &str,
) -> Result<()> {
    let put = sqlx::query(ADD_SHIPMENT)
        .bind(shipment.id.as_str())
        .bind(shipment.order.as_str())
        .bind(shipment.fulfillment.as_str())
        .bind(warehouse.as_str())
        .bind(shipment.remote_id.as_str())
        .bind(doc)
        .bind(summary::words_of_shipment(shipment));
    expect_row(put.fetch_all(tx).await, "shipment", shipment.id.as_str())
}

/// Notes that a try is about to be made.
pub(super) async fn start_attempt(tx: &mut SqliteConnection, attempt: &Attempt) -> Result<()> {
    let changed = sqlx::query(ADD_ATTEMPT)
        .bind(attempt.subject.as_str())
        .bind(i64::from(attempt.number))
        .bind(attempt.order.as_str())
        .bind(attempt.started_at.as_micros())
        .bind(attempt.deadline.as_micros())
        .bind(attempt.ended_at.map(Timestamp::as_micros))
        .bind(attempt.outcome.as_str())
        .bind(attempt.detail.as_str())
        .execute(tx)
        .await
        .map_err(failed)?
        .rows_affected();
    one(changed, "attempt of", &attempt.subject)
}

/// How a try ended.
pub(super) struct Ending<'a> {
    pub(super) subject: &'a str,
    pub(super) number: u32,
    pub(super) at: Timestamp,
    pub(super) outcome: &'a str,
    pub(super) detail: &'a str,
}

/// Notes how a try ended, once.
pub(super) async fn end_attempt(tx: &mut SqliteConnection, ending: Ending<'_>) -> Result<()> {
    let changed = sqlx::query(END_ATTEMPT)
        .bind(ending.subject)
        .bind(i64::from(ending.number))
        .bind(ending.at.as_micros())
        .bind(ending.outcome)
        .bind(ending.detail)
        .execute(tx)
        .await
        .map_err(failed)?
        .rows_affected();
    one(changed, "attempt of", ending.subject)
}

/// An attempt from its row.
pub(super) fn attempt(row: &sqlx::sqlite::SqliteRow) -> Result<Attempt> {
    let text = |column: &str| -> Result<String> { row.try_get(column).map_err(failed) };
    let number: i64 = row.try_get("number").map_err(failed)?;
    let ended_at: Option<i64> = row.try_get("ended_at").map_err(failed)?;
    Ok(Attempt {
        subject: text("subject")?,
        order: OrderId::try_from(text("order_id")?).map_err(|error| Error::Backend(error.to_string()))?,
        number: u32::try_from(number).map_err(|_| Error::Backend(format!("attempt.number is {number}")))?,
        started_at: Timestamp::from_micros(row.try_get("started_at").map_err(failed)?),
        deadline: Timestamp::from_micros(row.try_get("deadline").map_err(failed)?),
        ended_at: ended_at.map(Timestamp::from_micros),
        outcome: text("outcome")?,
        detail: text("detail")?,
    })
}

#[async_trait]
impl Fulfillments for Sqlite {
    async fn fulfillment(&self, id: &FulfillmentId) -> Result<Option<FulfillmentOrder>> {
        self.doc(sqlx::query_scalar(ONE_PART).bind(id.as_str())).await
    }

    async fn fulfillment_by_reference(&self, reference: &str) -> Result<Option<FulfillmentOrder>> {
        self.doc(sqlx::query_scalar(PART_BY_REFERENCE).bind(reference)).await
    }

    async fn fulfillment_counts(&self) -> Result<Vec<FulfillmentCount>> {
        let rows: Vec<(String, String, i64, Option<i64>)> =
            sqlx::query_as(COUNTS).fetch_all(&self.readers).await.map_err(failed)?;
        rows.into_iter()
            .map(|(warehouse, state, count, oldest)| {
                Ok(FulfillmentCount {
                    warehouse: WarehouseId::try_from(warehouse).map_err(|error| Error::Backend(error.to_string()))?,
                    state: FulfillmentState::parse(&state)
                        .ok_or_else(|| Error::Backend(format!("fulfillments.state is {state}")))?,
                    count: u64::try_from(count).unwrap_or(0),
                    oldest: oldest.map(Timestamp::from_micros),
                })
            })
            .collect()
    }

    async fn hand_over(&self, id: &HandOverId) -> Result<Option<HandOver>> {
        self.doc(sqlx::query_scalar(ONE_HAND_OVER).bind(id.as_str())).await
    }

    async fn hand_overs_in(&self, state: HandOverState, limit: u32) -> Result<Vec<HandOver>> {
        self.docs(sqlx::query_scalar(HAND_OVERS_IN).bind(state.as_str()).bind(i64::from(limit))).await
    }

    async fn write_back(&self, id: &WriteBackId) -> Result<Option<WriteBack>> {
        self.doc(sqlx::query_scalar(ONE_WRITE_BACK).bind(id.as_str())).await
    }

    async fn write_backs_in(&self, state: WriteBackState, limit: u32) -> Result<Vec<WriteBack>> {
        self.docs(sqlx::query_scalar(WRITE_BACKS_IN).bind(state.as_str()).bind(i64::from(limit))).await
    }

    async fn shipment(&self, id: &ShipmentId) -> Result<Option<Shipment>> {
        self.doc(sqlx::query_scalar(ONE_SHIPMENT).bind(id.as_str())).await
    }

    async fn shipment_by_remote_id(&self, warehouse: &WarehouseId, remote_id: &str) -> Result<Option<Shipment>> {
        self.doc(sqlx::query_scalar(SHIPMENT_BY_REMOTE_ID).bind(warehouse.as_str()).bind(remote_id)).await
    }
}
