//! What is announced to warehouses.

use async_trait::async_trait;
use sqlx::SqliteConnection;
use switchyard_core::id::{TransferId, WarehouseId};
use switchyard_core::transfer::Transfer;

use super::Sqlite;
use super::failure::failed;
use crate::chain;
use crate::contract::{TransferFilter, Transfers};
use crate::error::{Error, Result};

const ADD: &str = "insert into transfers (id, revision, warehouse, reference, remote_id, state, doc)
    values ($1, 1, $2, $3, $4, $5, $6) on conflict do nothing";
// Unique id.
const SET: &str = "update transfers set revision = $7 + 1, warehouse = $2, reference = $3, remote_id = $4,
        state = $5, doc = $6
    where id = $1 and revision = $7";
// Unique id.
const ONE: &str = "select doc from transfers where id = $1";
// transfers_state where states are asked for, else unique id.
const SEARCH: &str = "select doc from transfers
    where ($1 = '[]' or state in (select value from json_each($1)))
        and ($2 is null or warehouse = $2) and ($3 is null or id < $3)
    order by id desc limit $4";

/// Inserts or rewrites a transfer; its revision is the new one.
pub(super) async fn put(tx: &mut SqliteConnection, transfer: &Transfer, doc: &str) -> Result<()> {
    let expected = transfer.revision - 1;
    let put = sqlx::query(if expected == 0 { ADD } else { SET })
        .bind(transfer.id.as_str())
        .bind(transfer.to.as_str())
        .bind(transfer.reference.as_str())
        .bind(transfer.remote_id.as_deref())
        .bind(transfer.state.as_str())
        .bind(doc)
        .bind(expected);
    let changed = put.execute(tx).await.map_err(failed)?.rows_affected();
    if changed == 0 { Err(Error::Conflict(format!("transfer {}", transfer.id))) } else { Ok(()) }
}

#[async_trait]
impl Transfers for Sqlite {
    async fn transfer(&self, id: &TransferId) -> Result<Option<Transfer>> {
        self.doc(sqlx::query_scalar(ONE).bind(id.as_str())).await
    }

    async fn search_transfers(
        &self,
        filter: &TransferFilter,
        after: Option<&TransferId>,
        limit: u32,
    ) -> Result<Vec<Transfer>> {
        let query = sqlx::query_scalar(SEARCH)
            .bind(chain::text(&filter.states)?)
            .bind(filter.warehouse.as_ref().map(WarehouseId::as_str))
            .bind(after.map(TransferId::as_str))
            .bind(i64::from(limit));
        self.docs(query).await
    }
}
