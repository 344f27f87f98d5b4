//! What comes back.

use async_trait::async_trait;
use sqlx::SqliteConnection;
use switchyard_core::id::{OrderId, ReturnId, WarehouseId};
use switchyard_core::return_order::{Return, ReturnState};

use super::Sqlite;
use super::failure::failed;
use crate::chain;
use crate::contract::{ReturnFilter, Returns};
use crate::error::{Error, Result};

const ADD: &str = "insert into returns (id, revision, order_id, warehouse, reference, remote_id, state, doc)
    values ($1, 1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
// Unique id.
const SET: &str = "update returns set revision = $8 + 1, warehouse = $3, reference = $4, remote_id = $5,
        state = $6, doc = $7
    where id = $1 and order_id is $2 and revision = $8";
// Unique id.
const ONE: &str = "select doc from returns where id = $1";
// Unique reference.
const BY_REFERENCE: &str = "select doc from returns where reference = $1";
// returns_remote.
const BY_REMOTE_ID: &str = "select doc from returns where warehouse = $1 and remote_id = $2";
// returns_state where states are asked for, else unique id.
const SEARCH: &str = "select doc from returns
    where ($1 = '[]' or state in (select value from json_each($1)))
        and ($2 is null or warehouse = $2) and ($3 is null or id < $3)
    order by id desc limit $4";
// returns_state.
const COUNTS: &str = "select state, count(*) from returns group by state";

/// Inserts or rewrites a return; its revision is the new one.
pub(super) async fn put(tx: &mut SqliteConnection, goods: &Return, doc: &str) -> Result<()> {
    let expected = goods.revision - 1;
    let put = sqlx::query(if expected == 0 { ADD } else { SET })
        .bind(goods.id.as_str())
        .bind(goods.order.as_ref().map(OrderId::as_str))
        .bind(goods.warehouse.as_ref().map(WarehouseId::as_str))
        .bind(goods.reference.as_str())
        .bind(goods.remote_id.as_deref())
        .bind(goods.state.as_str())
        .bind(doc)
        .bind(expected);
    let changed = put.execute(tx).await.map_err(failed)?.rows_affected();
    if changed == 0 { Err(Error::Conflict(format!("return {}", goods.id))) } else { Ok(()) }
}

#[async_trait]
impl Returns for Sqlite {
    async fn goods_back(&self, id: &ReturnId) -> Result<Option<Return>> {
        self.doc(sqlx::query_scalar(ONE).bind(id.as_str())).await
    }

    async fn return_by_reference(&self, reference: &str) -> Result<Option<Return>> {
        self.doc(sqlx::query_scalar(BY_REFERENCE).bind(reference)).await
    }

    async fn return_by_remote_id(&self, warehouse: &WarehouseId, remote_id: &str) -> Result<Option<Return>> {
        self.doc(sqlx::query_scalar(BY_REMOTE_ID).bind(warehouse.as_str()).bind(remote_id)).await
    }

    async fn search_returns(&self, filter: &ReturnFilter, after: Option<&ReturnId>, limit: u32) -> Result<Vec<Return>> {
        let query = sqlx::query_scalar(SEARCH)
            .bind(chain::text(&filter.states)?)
            .bind(filter.warehouse.as_ref().map(WarehouseId::as_str))
            .bind(after.map(ReturnId::as_str))
            .bind(i64::from(limit));
        self.docs(query).await
    }

    async fn return_counts(&self) -> Result<Vec<(ReturnState, u64)>> {
        let rows: Vec<(String, i64)> = sqlx::query_as(COUNTS).fetch_all(&self.readers).await.map_err(failed)?;
        let mut counts = Vec::with_capacity(rows.len());
        for (text, count) in rows {
            let state = ReturnState::parse(&text).ok_or_else(|| Error::Backend(format!("returns.state is {text}")))?;
            counts.push((state, u64::try_from(count).unwrap_or(0)));
        }
        counts.sort_unstable_by_key(|(state, _)| *state);
        Ok(counts)
    }
}
