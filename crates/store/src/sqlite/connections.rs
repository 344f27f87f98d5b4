//! Connections, warehouses, stream marks and the inbox.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use switchyard_core::connection::{Connection, Warehouse};
use switchyard_core::id::{ConnectionId, InboxId};
use switchyard_core::time::Timestamp;

use super::Sqlite;
use super::failure::failed;
use super::prepared::Payload;
use crate::chain;
use crate::contract::{Connections, InboxItem, StoredItem};
use crate::error::{Error, Result};

// Primary key.
const PUT_CONNECTION: &str = "insert into connections (id, created_at, doc) values ($1, $2, $3)
    on conflict (id) do update set created_at = excluded.created_at, doc = excluded.doc";
// Primary key.
const PUT_WAREHOUSE: &str = "insert into warehouses (id, rank, doc) values ($1, $2, $3)
    on conflict (id) do update set rank = excluded.rank, doc = excluded.doc";
// Whole table: some dozens.
const ALL_CONNECTIONS: &str = "select doc from connections order by created_at, id";
// Primary key.
const ONE_CONNECTION: &str = "select doc from connections where id = $1";
// Whole table: some dozens.
const ALL_WAREHOUSES: &str = "select doc from warehouses order by rank, id";
// Primary key.
const FIRST_MARK: &str =
    "insert into cursor (connection, stream, mark) values ($1, $2, $3) on conflict (connection, stream) do nothing";
// Primary key.
const NEXT_MARK: &str = "update cursor set mark = $3 where connection = $1 and stream = $2 and mark = $4";
// Primary key.
const MARK: &str = "select mark from cursor where connection = $1 and stream = $2";
// Unique (connection, stream, external_id, version), primary key of raw_payload. Answers a row when the message is new.
const PUT_ITEM: &str = "insert into raw_payload (sha256, size_bytes, zstd) select $6, $8, $9 where not exists
        (select 1 from inbox where connection = $2 and stream = $3 and external_id = $4 and version = $5)
    on conflict (sha256) do nothing;
    insert into inbox (id, connection, stream, external_id, version, raw_sha256, received_at)
    select $1, $2, $3, $4, $5, $6, $7 where not exists
        (select 1 from inbox where connection = $2 and stream = $3 and external_id = $4 and version = $5)
    returning row";
// Unique id.
const ITEM_DONE: &str = "update inbox set done = $2, dead = $3 where id = $1";
// Unique id.
const ONE_ITEM: &str = "select inbox.*, size_bytes, zstd from inbox join raw_payload on sha256 = raw_sha256
    where id = $1";
// Unique (connection, stream, external_id, version); an object has few versions.
const LATEST_ITEM: &str = "select inbox.*, size_bytes, zstd from inbox join raw_payload on sha256 = raw_sha256
    where connection = $1 and stream = $2 and external_id = $3 order by row desc limit 1";
// inbox_dead.
const DEAD_ITEMS: &str = "select inbox.*, size_bytes, zstd from inbox join raw_payload on sha256 = raw_sha256
    where dead is not null order by row desc limit $1";

/// Inserts or rewrites a connection.
pub(super) async fn put_connection(tx: &mut SqliteConnection, connection: &Connection) -> Result<()> {
    sqlx::query(PUT_CONNECTION)
        .bind(connection.id.as_str())
        .bind(connection.created_at.as_micros())
        .bind(chain::text(connection)?)
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Inserts or rewrites a warehouse.
pub(super) async fn put_warehouse(tx: &mut SqliteConnection, warehouse: &Warehouse) -> Result<()> {
    sqlx::query(PUT_WAREHOUSE)
        .bind(warehouse.id.as_str())
        .bind(i64::from(warehouse.rank))
        .bind(chain::text(warehouse)?)
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Moves a stream's mark from the one expected.
pub(super) async fn move_mark(
    tx: &mut SqliteConnection,
    connection: &ConnectionId,
    stream: &str,
    from: Option<&str>,
    to: &str,
) -> Result<()> {
    let moved = match from {
        None => sqlx::query(FIRST_MARK).bind(connection.as_str()).bind(stream).bind(to),
        Some(from) => sqlx::query(NEXT_MARK).bind(connection.as_str()).bind(stream).bind(to).bind(from),
    };
    if moved.execute(tx).await.map_err(failed)?.rows_affected() == 0 {
        return Err(Error::Conflict(format!("cursor {stream} of {connection}")));
    }
    Ok(())
}

/// Stores a message unless it is known; answers whether it was new.
pub(super) async fn put_item(tx: &mut SqliteConnection, item: &InboxItem, payload: &Payload) -> Result<bool> {
    let put = sqlx::query(PUT_ITEM)
        .bind(item.id.as_str())
        .bind(item.connection.as_str())
        .bind(item.stream.as_str())
        .bind(item.external_id.as_str())
        .bind(item.version.as_str())
        .bind(payload.sha256.as_str())
        .bind(item.received_at.as_micros())
        .bind(payload.size_bytes)
        .bind(payload.zstd.as_slice())
        .fetch_all(tx)
        .await
        .map_err(failed)?;
    Ok(!put.is_empty())
}

/// Marks a message as processed or dead.
pub(super) async fn item_done(tx: &mut SqliteConnection, item: &InboxId, dead: Option<&str>) -> Result<()> {
    let marked = sqlx::query(ITEM_DONE)
        .bind(item.as_str())
        .bind(i64::from(dead.is_none()))
        .bind(dead)
        .execute(tx)
        .await
        .map_err(failed)?;
    if marked.rows_affected() == 0 { Err(Error::Conflict(format!("inbox item {item}"))) } else { Ok(()) }
}

fn stored_item(row: &SqliteRow) -> Result<StoredItem> {
    let text = |column: &str| -> Result<String> { row.try_get(column).map_err(failed) };
    let zstd: Vec<u8> = row.try_get("zstd").map_err(failed)?;
    let size_bytes: i64 = row.try_get("size_bytes").map_err(failed)?;
    let done: i64 = row.try_get("done").map_err(failed)?;
    let raw = Payload { sha256: text("raw_sha256")?, size_bytes, zstd }.unpack()?;
    Ok(StoredItem {
        item: InboxItem {
            id: InboxId::try_from(text("id")?).map_err(|error| Error::Backend(error.to_string()))?,
            connection: ConnectionId::try_from(text("connection")?)
                .map_err(|error| Error::Backend(error.to_string()))?,
            stream: text("stream")?,
            external_id: text("external_id")?,
            version: text("version")?,
            raw,
            received_at: Timestamp::from_micros(row.try_get("received_at").map_err(failed)?),
        },
        done: done == 1,
        dead: row.try_get("dead").map_err(failed)?,
    })
}

#[async_trait]
impl Connections for Sqlite {
    async fn connections(&self) -> Result<Vec<Connection>> {
        self.docs(sqlx::query_scalar(ALL_CONNECTIONS)).await
    }

    async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>> {
        self.doc(sqlx::query_scalar(ONE_CONNECTION).bind(id.as_str())).await
    }

    async fn warehouses(&self) -> Result<Vec<Warehouse>> {
        self.docs(sqlx::query_scalar(ALL_WAREHOUSES)).await
    }

    async fn cursor(&self, connection: &ConnectionId, stream: &str) -> Result<Option<String>> {
        let mark = sqlx::query_scalar(MARK).bind(connection.as_str()).bind(stream);
        mark.fetch_optional(&self.readers).await.map_err(failed)
    }

    async fn inbox_item(&self, id: &InboxId) -> Result<Option<StoredItem>> {
        let row = sqlx::query(ONE_ITEM).bind(id.as_str()).fetch_optional(&self.readers).await.map_err(failed)?;
        row.as_ref().map(stored_item).transpose()
    }

    async fn latest_item(
        &self,
        connection: &ConnectionId,
        stream: &str,
        external_id: &str,
    ) -> Result<Option<StoredItem>> {
        let row = sqlx::query(LATEST_ITEM)
            .bind(connection.as_str())
            .bind(stream)
            .bind(external_id)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
        row.as_ref().map(stored_item).transpose()
    }

    async fn dead_items(&self, limit: u32) -> Result<Vec<StoredItem>> {
        let rows = sqlx::query(DEAD_ITEMS).bind(i64::from(limit)).fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(stored_item).collect()
    }
}
