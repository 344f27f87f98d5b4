//! What warehouses were asked to change.

use async_trait::async_trait;
use sqlx::SqliteConnection;
use switchyard_core::change_request::{ChangeRequest, ChangeRequestState};
use switchyard_core::id::ChangeRequestId;

use super::Sqlite;
use super::failure::failed;
use crate::contract::ChangeRequests;
use crate::error::{Error, Result};

const ADD: &str = "insert into change_requests (id, revision, order_id, fulfillment_id, state, doc)
    values ($1, 1, $2, $3, $4, $5) on conflict do nothing";
// Unique id.
const SET: &str = "update change_requests set revision = $6 + 1, state = $4, doc = $5
    where id = $1 and order_id = $2 and fulfillment_id = $3 and revision = $6";
// Unique id.
const ONE: &str = "select doc from change_requests where id = $1";
// change_requests_state.
const IN_STATE: &str = "select doc from change_requests where state = $1 order by row limit $2";

/// Inserts or rewrites a request; its revision is the new one.
pub(super) async fn put(tx: &mut SqliteConnection, request: &ChangeRequest, doc: &str) -> Result<()> {
    let expected = request.revision - 1;
    let put = sqlx::query(if expected == 0 { ADD } else { SET })
        .bind(request.id.as_str())
        .bind(request.order.as_str())
        .bind(request.fulfillment.as_str())
        .bind(request.state.as_str())
        .bind(doc)
        .bind(expected);
    let changed = put.execute(tx).await.map_err(failed)?.rows_affected();
    if changed == 0 { Err(Error::Conflict(format!("change request {}", request.id))) } else { Ok(()) }
}

#[async_trait]
impl ChangeRequests for Sqlite {
    async fn change_request(&self, id: &ChangeRequestId) -> Result<Option<ChangeRequest>> {
        self.doc(sqlx::query_scalar(ONE).bind(id.as_str().to_owned())).await
    }

    async fn change_requests_in(&self, state: ChangeRequestState, limit: u32) -> Result<Vec<ChangeRequest>> {
        self.docs(sqlx::query_scalar(IN_STATE).bind(state.as_str()).bind(limit)).await
    }
}
