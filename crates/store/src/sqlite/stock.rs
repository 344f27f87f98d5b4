//! Stock levels: conditional updates only, and a ledger row for every movement.

use async_trait::async_trait;
use sqlx::{Row, SqliteConnection};
use switchyard_core::id::WarehouseId;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_core::time::Timestamp;

use super::Sqlite;
use super::failure::failed;
use super::writer::Occasion;
use crate::chain;
use crate::contract::Stock;
use crate::error::{Error, Result};

// Primary key (sku, warehouse). The condition and the change are one statement: nothing is read first.
const RESERVE: &str = "update stock set reserved = reserved + ?3
    where sku = ?1 and warehouse = ?2 and on_hand - safety - reserved >= ?3";
// Primary key (sku, warehouse).
const LEVEL: &str = "select on_hand, reserved, safety, observed_at from stock where sku = ?1 and warehouse = ?2";
// Primary key (sku, warehouse). A smaller promise needs no more allowance than is left over.
const SET_LEVEL: &str = "update stock set on_hand = ?3, reserved = ?4, allowance = max(0, ?4 + safety - ?3)
    where sku = ?1 and warehouse = ?2";
// Primary key (sku, warehouse).
const REPORT: &str = "insert into stock (sku, warehouse, on_hand, observed_at) values (?1, ?2, ?3, ?4)
    on conflict (sku, warehouse) do update set on_hand = excluded.on_hand, observed_at = excluded.observed_at,
        allowance = max(0, reserved + safety - excluded.on_hand)";
const LEDGER: &str = "insert into stock_ledger
    (sku, warehouse, on_hand_delta, reserved_delta, cause, subject, journal_seq) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
// Primary key (sku, warehouse), once per SKU.
const OF_SKUS: &str = "select sku, warehouse, on_hand, reserved, safety, observed_at from stock
    where sku in (select value from json_each(?1)) order by sku, warehouse";
// Primary key (sku, warehouse), once per SKU.
const UNKNOWN: &str = "select wanted.value from json_each(?1) wanted
    where not exists (select 1 from stock where stock.sku = wanted.value) order by wanted.key";
// Whole stock table, and stock_ledger_level once per level.
const UNBALANCED: &str = "select sku, warehouse, on_hand, reserved, safety, observed_at from stock
    where (on_hand, reserved) is not (
        select coalesce(sum(on_hand_delta), 0), coalesce(sum(reserved_delta), 0) from stock_ledger
        where stock_ledger.sku = stock.sku and stock_ledger.warehouse = stock.warehouse)
    order by sku, warehouse";

/// A level as the writer reads it.
struct Level {
    on_hand: i64,
    reserved: i64,
    observed_at: i64,
}

async fn level(tx: &mut SqliteConnection, warehouse: &WarehouseId, sku: &Sku) -> Result<Option<Level>> {
    let row = sqlx::query(LEVEL).bind(sku.as_str()).bind(warehouse.as_str());
    let Some(row) = row.fetch_optional(tx).await.map_err(failed)? else { return Ok(None) };
    Ok(Some(Level {
        on_hand: row.try_get("on_hand").map_err(failed)?,
        reserved: row.try_get("reserved").map_err(failed)?,
        observed_at: row.try_get("observed_at").map_err(failed)?,
    }))
}

/// One movement of one level.
struct Movement<'a> {
    warehouse: &'a WarehouseId,
    sku: &'a Sku,
    on_hand: i64,
    reserved: i64,
    cause: &'static str,
}

async fn record(tx: &mut SqliteConnection, movement: Movement<'_>, occasion: &Occasion) -> Result<()> {
    if movement.on_hand == 0 && movement.reserved == 0 {
        return Ok(());
    }
    sqlx::query(LEDGER)
        .bind(movement.sku.as_str())
        .bind(movement.warehouse.as_str())
        .bind(movement.on_hand)
        .bind(movement.reserved)
        .bind(movement.cause)
        .bind(occasion.subject.as_str())
        .bind(occasion.journal_seq)
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(())
}

async fn set_level(
    tx: &mut SqliteConnection,
    warehouse: &WarehouseId,
    sku: &Sku,
    on_hand: i64,
    reserved: i64,
) -> Result<()> {
    sqlx::query(SET_LEVEL)
        .bind(sku.as_str())
        .bind(warehouse.as_str())
        .bind(on_hand)
        .bind(reserved)
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Reserves (positive) or frees (negative, down to zero).
pub(super) async fn reserve(
    tx: &mut SqliteConnection,
    warehouse: &WarehouseId,
    sku: &Sku,
    delta: i64,
    occasion: &Occasion,
) -> Result<()> {
    if delta > 0 {
        let reserved = sqlx::query(RESERVE)
            .bind(sku.as_str())
            .bind(warehouse.as_str())
            .bind(delta)
            .execute(&mut *tx)
            .await
            .map_err(failed)?;
        if reserved.rows_affected() == 0 {
            return Err(Error::Stock { warehouse: warehouse.to_string(), sku: sku.to_string() });
        }
        let movement = Movement { warehouse, sku, on_hand: 0, reserved: delta, cause: "reserve" };
        return record(tx, movement, occasion).await;
    }
    let Some(level) = level(tx, warehouse, sku).await? else { return Ok(()) };
    let freed = level.reserved.min(delta.saturating_neg());
    set_level(tx, warehouse, sku, level.on_hand, level.reserved - freed).await?;
    record(tx, Movement { warehouse, sku, on_hand: 0, reserved: -freed, cause: "free" }, occasion).await
}

/// Units left: both figures fall, not below zero.
pub(super) async fn ship(
    tx: &mut SqliteConnection,
    warehouse: &WarehouseId,
    sku: &Sku,
    quantity: Quantity,
    occasion: &Occasion,
) -> Result<()> {
    let Some(level) = level(tx, warehouse, sku).await? else { return Ok(()) };
    let gone = level.on_hand.min(i64::from(quantity));
    let settled = level.reserved.min(i64::from(quantity));
    set_level(tx, warehouse, sku, level.on_hand - gone, level.reserved - settled).await?;
    record(tx, Movement { warehouse, sku, on_hand: -gone, reserved: -settled, cause: "ship" }, occasion).await
}

/// Takes a report over unless a newer one is known.
pub(super) async fn report(
    tx: &mut SqliteConnection,
    warehouse: &WarehouseId,
    sku: &Sku,
    on_hand: Quantity,
    observed_at: Timestamp,
    occasion: &Occasion,
) -> Result<()> {
    let before = level(tx, warehouse, sku).await?;
    if before.as_ref().is_some_and(|level| level.observed_at > observed_at.as_micros()) {
        return Ok(());
    }
    sqlx::query(REPORT)
        .bind(sku.as_str())
        .bind(warehouse.as_str())
        .bind(i64::from(on_hand))
        .bind(observed_at.as_micros())
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
    let delta = i64::from(on_hand) - before.map_or(0, |level| level.on_hand);
    record(tx, Movement { warehouse, sku, on_hand: delta, reserved: 0, cause: "report" }, occasion).await
}

fn stock_level(row: &sqlx::sqlite::SqliteRow) -> Result<StockLevel> {
    let units = |column: &str| -> Result<Quantity> {
        let stored: i64 = row.try_get(column).map_err(failed)?;
        Quantity::try_from(stored).map_err(|_| Error::Backend(format!("stock.{column} is {stored}")))
    };
    let text = |column: &str| -> Result<String> { row.try_get(column).map_err(failed) };
    Ok(StockLevel {
        warehouse: WarehouseId::try_from(text("warehouse")?).map_err(|error| Error::Backend(error.to_string()))?,
        sku: Sku::from(text("sku")?),
        on_hand: units("on_hand")?,
        reserved: units("reserved")?,
        safety: units("safety")?,
        observed_at: Timestamp::from_micros(row.try_get("observed_at").map_err(failed)?),
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

    async fn verify_stock(&self) -> Result<Vec<StockLevel>> {
        let rows = sqlx::query(UNBALANCED).fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(stock_level).collect()
    }
}
