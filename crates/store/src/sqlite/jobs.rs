//! Durable work: a job is one row per (kind, key), claimed by lease and fencing token.
//!
//! A job that is asked for again while it is claimed must not be lost: the work in progress may have read the world
//! before the reason for the new request came up. The request is kept in `rerun_due` and comes into force when the
//! claim ends, exactly as if it had been written right after. A claim that lapsed and is taken again begins after the
//! request, so it covers a `rerun_due` that has come.

use async_trait::async_trait;
use sqlx::{Row, SqliteConnection};
use switchyard_core::id::JobId;
use switchyard_core::time::Timestamp;

use super::Sqlite;
use super::failure::failed;
use super::writer::Command;
use crate::contract::{Backlog, Claim, Job, Jobs, NewJob};
use crate::error::{Error, Result};

// Unique (kind, key). A dead job starts anew under the new id; a claimed one notes the wish.
const ADD: &str = "insert into job (id, kind, key, due) values ($1, $2, $3, $4)
    on conflict (kind, key) do update set
        id = case when dead = 1 then excluded.id else id end,
        due = case when dead = 1 then excluded.due when owner is null then min(due, excluded.due) else due end,
        rerun_due = case when owner is null then null else min(coalesce(rerun_due, excluded.due), excluded.due) end,
        tries = case when dead = 1 then 0 else tries end,
        error = case when dead = 1 then '' else error end,
        dead = 0";
// job_waiting for the first arm, job_claimed for lapsed leases, row for the update.
const CLAIM: &str = "update job set owner = $3, lease_until = $4, token = token + 1,
        rerun_due = case when rerun_due <= $2 then null else rerun_due end
    where row in (
        select row from (
            select * from (select row, due from job where kind = $1 and dead = 0 and owner is null and due <= $2
                order by due, row limit $5)
            union all
            select row, due from job where kind = $1 and owner is not null and lease_until <= $2
        ) order by due, row limit $5)
    returning row, id, kind, key, due, tries, token";
// Unique id.
const DONE: &str = "delete from job where id = $1 and token = $2 and owner is not null and rerun_due is null";
// Unique id. Done or dead, but wanted again meanwhile.
const RERUN: &str = "update job set due = rerun_due, rerun_due = null, owner = null, lease_until = null, tries = 0,
        error = '' where id = $1 and token = $2 and owner is not null and rerun_due is not null";
// Unique id.
const RETRY: &str = "update job set due = min($3, coalesce(rerun_due, $3)), rerun_due = null, owner = null,
        lease_until = null, tries = tries + $4, error = $5
    where id = $1 and token = $2 and owner is not null";
// Unique id.
const DEAD: &str = "update job set dead = 1, owner = null, lease_until = null, error = $3
    where id = $1 and token = $2 and owner is not null and rerun_due is null";
// job_waiting for the first, job_claimed for the second.
const NEXT_DUE: &str = "select min(at) from (
    select min(due) as at from job where kind = $1 and dead = 0 and owner is null
    union all
    select min(lease_until) as at from job where kind = $1 and owner is not null)";
// job_backlog, covering.
const BACKLOG: &str = "select
        count(*) filter (where dead = 0 and due <= $2) as due,
        count(*) filter (where dead = 0 and due > $2) as later,
        count(*) filter (where dead = 1) as dead,
        min(due) filter (where dead = 0 and due <= $2) as oldest_due
    from job where kind = $1";

/// Inserts a job or moves the one of its (kind, key).
pub(super) async fn add(tx: &mut SqliteConnection, job: &NewJob) -> Result<()> {
    sqlx::query(ADD)
        .bind(job.id.as_str())
        .bind(job.kind.as_str())
        .bind(job.key.as_str())
        .bind(job.due.as_micros())
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Takes due jobs.
pub(super) async fn claim(tx: &mut SqliteConnection, claim: &Claim) -> Result<Vec<Job>> {
    let rows = sqlx::query(CLAIM)
        .bind(claim.kind.as_str())
        .bind(claim.now.as_micros())
        .bind(claim.owner.as_str())
        .bind((claim.now + claim.lease).as_micros())
        .bind(i64::from(claim.limit))
        .fetch_all(tx)
        .await
        .map_err(failed)?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in &rows {
        let position: i64 = row.try_get("row").map_err(failed)?;
        let id: String = row.try_get("id").map_err(failed)?;
        let tries: i64 = row.try_get("tries").map_err(failed)?;
        let job = Job {
            id: JobId::try_from(id).map_err(|error| Error::Backend(error.to_string()))?,
            kind: row.try_get("kind").map_err(failed)?,
            key: row.try_get("key").map_err(failed)?,
            due: Timestamp::from_micros(row.try_get("due").map_err(failed)?),
            tries: u32::try_from(tries).map_err(|_| Error::Backend(format!("job.tries is {tries}")))?,
            token: row.try_get("token").map_err(failed)?,
        };
        claimed.push((position, job));
    }
    // RETURNING promises no order.
    claimed.sort_by_key(|(position, job)| (job.due, *position));
    Ok(claimed.into_iter().map(|(_, job)| job).collect())
}

fn fenced(job: &JobId) -> Error {
    Error::Conflict(format!("job {job}"))
}

async fn rerun(tx: &mut SqliteConnection, job: &JobId, token: i64) -> Result<()> {
    let rerun = sqlx::query(RERUN).bind(job.as_str()).bind(token).execute(tx).await.map_err(failed)?;
    if rerun.rows_affected() == 0 { Err(fenced(job)) } else { Ok(()) }
}

/// Finishes a claimed job.
pub(super) async fn done(tx: &mut SqliteConnection, job: &JobId, token: i64) -> Result<()> {
    let done = sqlx::query(DONE).bind(job.as_str()).bind(token).execute(&mut *tx).await.map_err(failed)?;
    if done.rows_affected() == 0 { rerun(tx, job, token).await } else { Ok(()) }
}

/// Gives a claimed job up.
pub(super) async fn dead(tx: &mut SqliteConnection, job: &JobId, token: i64, error: &str) -> Result<()> {
    let dead = sqlx::query(DEAD).bind(job.as_str()).bind(token).bind(error).execute(&mut *tx).await.map_err(failed)?;
    if dead.rows_affected() == 0 { rerun(tx, job, token).await } else { Ok(()) }
}

/// How a claimed job is put back.
pub(super) struct Retry<'a> {
    pub(super) job: &'a JobId,
    pub(super) token: i64,
    pub(super) due: Timestamp,
    pub(super) failed: bool,
    pub(super) error: &'a str,
}

/// Puts a claimed job back.
pub(super) async fn retry(tx: &mut SqliteConnection, retry: Retry<'_>) -> Result<()> {
    let put_back = sqlx::query(RETRY)
        .bind(retry.job.as_str())
        .bind(retry.token)
        .bind(retry.due.as_micros())
        .bind(i64::from(retry.failed))
        .bind(retry.error)
        .execute(tx)
        .await
        .map_err(failed)?;
    if put_back.rows_affected() == 0 { Err(fenced(retry.job)) } else { Ok(()) }
}

#[async_trait]
impl Jobs for Sqlite {
    async fn claim_jobs(&self, claim: &Claim) -> Result<Vec<Job>> {
        self.ask(|answer| Command::Claim { claim: claim.clone(), answer }).await
    }

    async fn next_due(&self, kind: &str) -> Result<Option<Timestamp>> {
        let due: Option<i64> =
            sqlx::query_scalar(NEXT_DUE).bind(kind).fetch_one(&self.readers).await.map_err(failed)?;
        Ok(due.map(Timestamp::from_micros))
    }

    async fn backlog(&self, kind: &str, now: Timestamp) -> Result<Backlog> {
        let row =
            sqlx::query(BACKLOG).bind(kind).bind(now.as_micros()).fetch_one(&self.readers).await.map_err(failed)?;
        let count = |column: &str| -> Result<u64> {
            let stored: i64 = row.try_get(column).map_err(failed)?;
            Ok(u64::try_from(stored).unwrap_or(0))
        };
        let oldest: Option<i64> = row.try_get("oldest_due").map_err(failed)?;
        Ok(Backlog {
            due: count("due")?,
            later: count("later")?,
            dead: count("dead")?,
            oldest_due: oldest.map(Timestamp::from_micros),
        })
    }
}
