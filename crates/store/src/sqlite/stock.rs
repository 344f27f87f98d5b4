//! Stock levels, and a ledger row for every movement.
//!
//! The writer is alone, so a level is read, moved as the domain says and put back within its transaction. Reserving does
//! not touch the allowance: the table itself refuses a promise that a defect would let through.

use std::collections::HashMap;

use async_trait::async_trait;
use futures::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use switchyard_core::id::{ConnectionId, WarehouseId};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_core::stock::bucket::{Buckets, Movement};
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_core::time::Timestamp;

use super::Sqlite;
use super::failure::failed;
use super::writer::Occasion;
use crate::booking::{self, Booked};
use crate::chain;
use crate::contract::{Stock, StockFilter, StockMovement, StockPlace};
use crate::error::{Error, Result};

// Primary key (sku, warehouse).
const LEVEL: &str = "select * from stock where sku = $1 and warehouse = $2";
// Primary key (sku, warehouse).
const RESERVE: &str = "update stock set reserved = $3, earmarks = $4 where sku = $1 and warehouse = $2";
// Primary key (sku, warehouse).
const PUT: &str = "insert into stock
        (sku, warehouse, on_hand, reserved, blocked, blocked_by, incoming, safety, earmarks, sequence, allowance, observed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, max(0, $4 + $5 + $8 - $3), $11)
    on conflict (sku, warehouse) do update set on_hand = excluded.on_hand, reserved = excluded.reserved,
        blocked = excluded.blocked, blocked_by = excluded.blocked_by, incoming = excluded.incoming,
        safety = excluded.safety, earmarks = excluded.earmarks, sequence = excluded.sequence,
        allowance = excluded.allowance, observed_at = excluded.observed_at";
const MOVED: &str = "insert into stock_ledger (sku, warehouse, movement, cause, document, by, at, subject, journal_seq)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
// Primary key (sku, warehouse) from the place on; instr looks at every key after it.
const SEARCH: &str = "select * from stock
    where (sku, warehouse) > ($1, $2) and ($3 = '' or instr(lower(sku), $3) > 0) and ($4 = '' or warehouse = $4)
        and (not $5 or on_hand - safety - reserved - blocked <= 0)
    order by sku, warehouse limit $6";
// stock_ledger_level, newest first.
const MOVEMENTS: &str = "select movement, cause, document, by, at, subject, journal_seq from stock_ledger
    where sku = $1 and warehouse = $2 order by row desc limit $3";
// Primary key (sku, warehouse), once per SKU.
const OF_SKUS: &str = "select * from stock
    where sku in (select value from json_each($1)) order by sku, warehouse";
// Primary key (sku, warehouse), once per SKU.
const UNKNOWN: &str = "select wanted.value from json_each($1) wanted
    where not exists (select 1 from stock where stock.sku = wanted.value) order by wanted.key";
// Whole tables.
const ALL_LEVELS: &str = "select * from stock order by sku, warehouse";
const ALL_MOVEMENTS: &str = "select sku, warehouse, movement from stock_ledger order by row";

/// What is behind a movement, as it is kept beside it.
pub(super) struct Behind<'a> {
    /// What it was booked for.
    pub(super) document: &'a Document,
    /// Who, if the change set does not say it; JSON.
    pub(super) by: Option<String>,
    /// When, if the change set does not say it.
    pub(super) at: Option<Timestamp>,
    /// In which change set.
    pub(super) occasion: &'a Occasion,
}

/// A level's place.
pub(super) fn place(warehouse: &WarehouseId, sku: &Sku) -> StockPlace {
    StockPlace { sku: sku.clone(), warehouse: warehouse.clone() }
}

async fn level(tx: &mut SqliteConnection, place: &StockPlace) -> Result<Option<Buckets>> {
    let row = sqlx::query(LEVEL).bind(place.sku.as_str()).bind(place.warehouse.as_str()).fetch_optional(tx).await;
    row.map_err(failed)?.map(|row| stock_level(&row).map(|level| level.buckets)).transpose()
}

async fn put(tx: &mut SqliteConnection, place: &StockPlace, level: &Buckets) -> Result<()> {
    let number = |units: u64| i64::try_from(units).map_err(|_| Error::Backend(format!("{units} does not fit")));
    sqlx::query(PUT)
        .bind(place.sku.as_str())
        .bind(place.warehouse.as_str())
        .bind(i64::from(level.on_hand))
        .bind(i64::from(level.reserved))
        .bind(number(level.blocked_units())?)
        .bind(chain::text(&level.blocked)?)
        .bind(i64::from(level.incoming))
        .bind(i64::from(level.safety))
        .bind(chain::text(&level.earmarks)?)
        .bind(number(level.sequence)?)
        .bind(level.observed_at.as_micros())
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(())
}

async fn record(
    tx: &mut SqliteConnection,
    place: &StockPlace,
    moved: &[(Cause, Movement)],
    behind: &Behind<'_>,
) -> Result<()> {
    let by = behind.by.as_deref().or(behind.occasion.by.as_deref());
    let at = behind.at.map(|at| at.as_micros()).or(behind.occasion.at);
    for (cause, movement) in moved.iter().filter(|(_, movement)| !movement.is_nothing()) {
        sqlx::query(MOVED)
            .bind(place.sku.as_str())
            .bind(place.warehouse.as_str())
            .bind(chain::text(movement)?)
            .bind(cause_text(*cause)?)
            .bind(chain::text(behind.document)?)
            .bind(by)
            .bind(at)
            .bind(behind.occasion.subject.as_str())
            .bind(behind.occasion.journal_seq)
            .execute(&mut *tx)
            .await
            .map_err(failed)?;
    }
    Ok(())
}

async fn keep(tx: &mut SqliteConnection, place: &StockPlace, booked: &Booked, behind: &Behind<'_>) -> Result<()> {
    put(tx, place, &booked.after).await?;
    record(tx, place, &booked.moved, behind).await
}

fn cause_text(cause: Cause) -> Result<String> {
    Ok(chain::text(&cause)?.trim_matches('"').to_owned())
}

/// Reserves (positive) or frees (negative, down to zero).
pub(super) async fn reserve(
    tx: &mut SqliteConnection,
    place: &StockPlace,
    delta: i64,
    channel: &ConnectionId,
    behind: &Behind<'_>,
) -> Result<()> {
    let before = level(tx, place).await?;
    if before.is_none() && delta <= 0 {
        return Ok(());
    }
    let booked = booking::reserve(&before.unwrap_or_default(), delta, channel);
    let booked = booked.map_err(|error| booking::refused(place, &error))?;
    if delta <= 0 {
        return keep(tx, place, &booked, behind).await;
    }
    sqlx::query(RESERVE)
        .bind(place.sku.as_str())
        .bind(place.warehouse.as_str())
        .bind(i64::from(booked.after.reserved))
        .bind(chain::text(&booked.after.earmarks)?)
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
    record(tx, place, &booked.moved, behind).await
}

/// Units left: on hand falls, and what was reserved for them, neither below zero.
pub(super) async fn ship(
    tx: &mut SqliteConnection,
    place: &StockPlace,
    (units, reserved): (Quantity, Quantity),
    at: Timestamp,
    behind: &Behind<'_>,
) -> Result<()> {
    let Some(before) = level(tx, place).await? else { return Ok(()) };
    let booked = booking::ship(&before, units, reserved, at).map_err(|error| booking::refused(place, &error))?;
    keep(tx, place, &booked, behind).await
}

/// Takes a report over unless a newer one is known.
pub(super) async fn report(
    tx: &mut SqliteConnection,
    place: &StockPlace,
    on_hand: Quantity,
    (sequence, observed_at): (u64, Timestamp),
    occasion: &Occasion,
) -> Result<()> {
    let before = level(tx, place).await?.unwrap_or_default();
    let booked = booking::report(&before, on_hand, sequence, observed_at);
    let Some(booked) = booked.map_err(|error| booking::refused(place, &error))? else { return Ok(()) };
    let document = Document::Report { sequence };
    let behind = Behind { document: &document, by: None, at: Some(observed_at), occasion };
    keep(tx, place, &booked, &behind).await
}

/// A movement with a cause of its own.
pub(super) async fn book(
    tx: &mut SqliteConnection,
    place: &StockPlace,
    (movement, expects, cause): (&Movement, Option<&Buckets>, Cause),
    at: Timestamp,
    behind: &Behind<'_>,
) -> Result<()> {
    let before = level(tx, place).await?.unwrap_or_default();
    booking::expected(place, &before, expects)?;
    let booked = booking::book(&before, movement, cause, at).map_err(|error| booking::refused(place, &error))?;
    keep(tx, place, &booked, behind).await
}

/// Keeps units back from being promised.
pub(super) async fn keep_back(tx: &mut SqliteConnection, place: &StockPlace, units: Quantity) -> Result<()> {
    let missing = || Error::Conflict(format!("stock of {} in {}", place.sku, place.warehouse));
    let before = level(tx, place).await?.ok_or_else(missing)?;
    put(tx, place, &Buckets { safety: units, ..before }).await
}

fn stock_level(row: &SqliteRow) -> Result<StockLevel> {
    let text = |column: &str| -> Result<String> { row.try_get(column).map_err(failed) };
    let number = |column: &str| -> Result<i64> { row.try_get(column).map_err(failed) };
    let units = |column: &str| -> Result<Quantity> {
        let stored = number(column)?;
        Quantity::try_from(stored).map_err(|_| Error::Backend(format!("stock.{column} is {stored}")))
    };
    Ok(StockLevel {
        warehouse: WarehouseId::try_from(text("warehouse")?).map_err(|error| Error::Backend(error.to_string()))?,
        sku: Sku::from(text("sku")?),
        buckets: Buckets {
            on_hand: units("on_hand")?,
            reserved: units("reserved")?,
            blocked: chain::parse(&text("blocked_by")?)?,
            incoming: units("incoming")?,
            safety: units("safety")?,
            earmarks: chain::parse(&text("earmarks")?)?,
            sequence: u64::try_from(number("sequence")?).map_err(|error| Error::Backend(error.to_string()))?,
            observed_at: Timestamp::from_micros(number("observed_at")?),
        },
    })
}

fn stock_movement(row: &SqliteRow) -> Result<StockMovement> {
    let text = |column: &str| -> Result<String> { row.try_get(column).map_err(failed) };
    let maybe = |column: &str| -> Result<Option<String>> { row.try_get(column).map_err(failed) };
    let at: Option<i64> = row.try_get("at").map_err(failed)?;
    Ok(StockMovement {
        movement: chain::parse(&text("movement")?)?,
        cause: chain::parse(&format!("\"{}\"", text("cause")?))?,
        document: maybe("document")?.map(|document| chain::parse(&document)).transpose()?,
        by: maybe("by")?.map(|by| chain::parse(&by)).transpose()?,
        at: at.map(Timestamp::from_micros),
        subject: text("subject")?,
        journal_seq: row.try_get("journal_seq").map_err(failed)?,
    })
}

#[async_trait]
impl Stock for Sqlite {
    async fn stock_of(&self, skus: &[Sku]) -> Result<Vec<StockLevel>> {
        let rows = sqlx::query(OF_SKUS).bind(chain::text(skus)?).fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(stock_level).collect()
    }

    async fn unknown_skus(&self, skus: &[Sku]) -> Result<Vec<Sku>> {
        let mut wanted: Vec<&Sku> = Vec::new();
        for sku in skus {
            if !wanted.contains(&sku) {
                wanted.push(sku);
            }
        }
        let unknown: Vec<String> =
            sqlx::query_scalar(UNKNOWN).bind(chain::text(&wanted)?).fetch_all(&self.readers).await.map_err(failed)?;
        Ok(unknown.into_iter().map(Sku::from).collect())
    }

    async fn search_stock(
        &self,
        filter: &StockFilter,
        after: Option<&StockPlace>,
        limit: u32,
    ) -> Result<Vec<StockLevel>> {
        let (sku, warehouse) = after.map_or(("", ""), |place| (place.sku.as_str(), place.warehouse.as_str()));
        let rows = sqlx::query(SEARCH)
            .bind(sku)
            .bind(warehouse)
            .bind(filter.sku_contains.to_lowercase())
            .bind(filter.warehouse.as_ref().map_or("", WarehouseId::as_str))
            .bind(filter.exhausted)
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
        rows.iter().map(stock_level).collect()
    }

    async fn stock_movements(&self, place: &StockPlace, limit: u32) -> Result<Vec<StockMovement>> {
        let rows = sqlx::query(MOVEMENTS)
            .bind(place.sku.as_str())
            .bind(place.warehouse.as_str())
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
        rows.iter().map(stock_movement).collect()
    }

    async fn verify_stock(&self) -> Result<Vec<StockLevel>> {
        // Both in one snapshot: what is booked in between is in both or in neither.
        let mut reader = self.readers.begin().await.map_err(failed)?;
        let mut sums: HashMap<(String, String), Buckets> = HashMap::new();
        let mut rows = sqlx::query_as::<_, (String, String, String)>(ALL_MOVEMENTS).fetch(&mut *reader);
        while let Some((sku, warehouse, movement)) = rows.try_next().await.map_err(failed)? {
            let sum = sums.entry((sku, warehouse)).or_default();
            // What cannot be added up is a level that differs.
            if let Ok(after) = sum.after(&chain::parse(&movement)?) {
                *sum = after;
            }
        }
        drop(rows);
        let levels = sqlx::query(ALL_LEVELS).fetch_all(&mut *reader).await.map_err(failed)?;
        let mut differ = Vec::new();
        for row in &levels {
            let level = stock_level(row)?;
            let place = (level.sku.to_string(), level.warehouse.to_string());
            if !booking::adds_up(&level.buckets, sums.get(&place).unwrap_or(&Buckets::default())) {
                differ.push(level);
            }
        }
        Ok(differ)
    }
}
