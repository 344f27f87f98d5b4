//! The journal and the commands that were carried out.

use async_trait::async_trait;
use futures::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use switchyard_core::id::OrderId;
use switchyard_core::journal::Recorded;

use super::Sqlite;
use super::failure::failed;
use crate::chain::{self, GENESIS, Line};
use crate::contract::{CommandId, Journal};
use crate::error::{Error, Result};

const APPEND: &str = "insert into journal (seq, at, actor, kind, order_id, subject, reason, before, after, hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
// Primary key.
const SET_HEAD: &str = "insert into journal_head (one, seq, hash) values (1, $1, $2)
    on conflict (one) do update set seq = excluded.seq, hash = excluded.hash";
// Primary key.
const GET_HEAD: &str = "select seq, hash from journal_head where one = 1";
// Primary key, from its end.
const LAST: &str = "select seq from journal order by seq desc limit 1";
// Primary key.
const AFTER: &str = "select * from journal where seq > $1 order by seq limit $2";
// journal_order.
const OF_ORDER: &str = "select * from journal where order_id = $1 order by seq limit $2";
// Whole table in key order.
const ALL: &str = "select * from journal order by seq";
// Primary key.
const REMEMBER: &str = "insert into command_done (key, digest, result) values ($1, $2, $3)
    on conflict (key) do nothing";
// Primary key.
const REMEMBERED: &str = "select digest, result from command_done where key = $1";

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) seq: i64,
    pub(super) hash: [u8; 32],
}

/// Where the chain ends on disk.
pub(super) async fn head(tx: &mut SqliteConnection) -> Result<Head> {
    let stored: Option<(i64, String)> = sqlx::query_as(GET_HEAD).fetch_optional(tx).await.map_err(failed)?;
    let Some((seq, hash)) = stored else { return Ok(Head { seq: 0, hash: GENESIS }) };
    let hash = chain::unhex(&hash).ok_or_else(|| Error::Unusable("journal_head holds no hash".to_owned()))?;
    Ok(Head { seq, hash })
}

/// Writes where the chain ends.
pub(super) async fn set_head(tx: &mut SqliteConnection, head: Head) -> Result<()> {
    sqlx::query(SET_HEAD).bind(head.seq).bind(chain::hex(&head.hash)).execute(tx).await.map_err(failed)?;
    Ok(())
}

/// Appends one entry and answers the new end.
pub(super) async fn append(tx: &mut SqliteConnection, head: Head, line: &Line) -> Result<Head> {
    let seq = head.seq + 1;
    let hash = line.hash(&head.hash, seq);
    sqlx::query(APPEND)
        .bind(seq)
        .bind(line.at)
        .bind(line.actor.as_str())
        .bind(line.kind.as_str())
        .bind(line.order.as_deref())
        .bind(line.subject.as_str())
        .bind(line.reason.as_str())
        .bind(line.before.as_str())
        .bind(line.after.as_str())
        .bind(chain::hex(&hash))
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(Head { seq, hash })
}

/// Remembers the answer of a command, or answers what was remembered when it is known already.
///
/// # Errors
/// `Conflict` when the key was used for another request.
pub(super) async fn remember(tx: &mut SqliteConnection, command: &CommandId) -> Result<Option<serde_json::Value>> {
    let remembered = sqlx::query(REMEMBER)
        .bind(command.key.as_str())
        .bind(command.digest.as_str())
        .bind(chain::text(&command.result)?)
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
    if remembered.rows_affected() == 1 {
        return Ok(None);
    }
    let (digest, result): (String, String) =
        sqlx::query_as(REMEMBERED).bind(command.key.as_str()).fetch_one(tx).await.map_err(failed)?;
    if digest != command.digest {
        return Err(Error::Conflict(format!("command {}", command.key)));
    }
    chain::parse(&result).map(Some)
}

fn stored_line(row: &SqliteRow) -> Result<(i64, String, Line)> {
    let text = |column: &str| -> Result<String> { row.try_get(column).map_err(failed) };
    let line = Line {
        at: row.try_get("at").map_err(failed)?,
        actor: text("actor")?,
        kind: text("kind")?,
        order: row.try_get("order_id").map_err(failed)?,
        subject: text("subject")?,
        reason: text("reason")?,
        before: text("before")?,
        after: text("after")?,
    };
    Ok((row.try_get("seq").map_err(failed)?, text("hash")?, line))
}

fn recorded(row: &SqliteRow) -> Result<Recorded> {
    let (seq, hash, line) = stored_line(row)?;
    line.recorded(seq, hash)
}

#[async_trait]
impl Journal for Sqlite {
    async fn journal_after(&self, seq: i64, limit: u32) -> Result<Vec<Recorded>> {
        let rows = sqlx::query(AFTER).bind(seq).bind(i64::from(limit)).fetch_all(&self.readers).await;
        rows.map_err(failed)?.iter().map(recorded).collect()
    }

    async fn journal_of(&self, order: &OrderId, limit: u32) -> Result<Vec<Recorded>> {
        let rows = sqlx::query(OF_ORDER).bind(order.as_str()).bind(i64::from(limit)).fetch_all(&self.readers).await;
        rows.map_err(failed)?.iter().map(recorded).collect()
    }

    async fn journal_head(&self) -> Result<i64> {
        let last: Option<i64> = sqlx::query_scalar(LAST).fetch_optional(&self.readers).await.map_err(failed)?;
        Ok(last.unwrap_or(0))
    }

    async fn verify_journal(&self) -> Result<Option<i64>> {
        // One snapshot: the stored end and the rows must be of the same moment.
        let mut snapshot = self.readers.begin().await.map_err(failed)?;
        let end = head(&mut snapshot).await?;
        let mut position = 0;
        let mut previous = GENESIS;
        {
            let mut rows = sqlx::query(ALL).fetch(&mut *snapshot);
            while let Some(row) = rows.try_next().await.map_err(failed)? {
                let (seq, hash, line) = stored_line(&row)?;
                position += 1;
                let expected = line.hash(&previous, position);
                if seq != position || hash != chain::hex(&expected) {
                    return Ok(Some(position));
                }
                previous = expected;
            }
        }
        let complete = end == Head { seq: position, hash: previous };
        Ok(if complete { None } else { Some(position + 1) })
    }

    async fn command_result(&self, key: &str) -> Result<Option<(String, serde_json::Value)>> {
        let known: Option<(String, String)> =
            sqlx::query_as(REMEMBERED).bind(key).fetch_optional(&self.readers).await.map_err(failed)?;
        known.map(|(digest, result)| Ok((digest, chain::parse(&result)?))).transpose()
    }
}
