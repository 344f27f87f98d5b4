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
use crate::contract::{Stock, StockFilter, StockMovement, StockPlace};
use crate::error::{Error, Result};

// All of these: primary key (sku, warehouse). Condition and change are one statement, nothing is read first. The ledger
// row goes along; where it comes first it is worked out from the level as it was.
const RESERVE: &str = "update stock set reserved = reserved + $3
    where sku = $1 and warehouse = $2 and on_hand - safety - reserved >= $3 returning sku;
    insert into stock_ledger (sku, warehouse, on_hand_delta, reserved_delta, cause, subject, journal_seq)
    values ($1, $2, 0, $3, 'reserve', $4, $5)";
const FREE: &str = "insert into stock_ledger
        (sku, warehouse, on_hand_delta, reserved_delta, cause, subject, journal_seq)
    select sku, warehouse, 0, -min(reserved, $3), 'free', $4, $5 from stock
        where sku = $1 and warehouse = $2 and min(reserved, $3) > 0;
    update stock set reserved = reserved - min(reserved, $3),
        allowance = max(0, reserved - min(reserved, $3) + safety - on_hand)
    where sku = $1 and warehouse = $2";
const SHIP: &str = "insert into stock_ledger
        (sku, warehouse, on_hand_delta, reserved_delta, cause, subject, journal_seq)
    select sku, warehouse, -min(on_hand, $3), -min(reserved, $7), 'ship', $4, $5 from stock
        where sku = $1 and warehouse = $2 and max(min(on_hand, $3), min(reserved, $7)) > 0;
    update stock set on_hand = on_hand - min(on_hand, $3), reserved = reserved - min(reserved, $7),
        allowance = max(0, reserved - min(reserved, $7) + safety - (on_hand - min(on_hand, $3))),
        observed_at = max(observed_at, $6)
    where sku = $1 and warehouse = $2";
const REPORT: &str = "insert into stock_ledger
        (sku, warehouse, on_hand_delta, reserved_delta, cause, subject, journal_seq)
    select $1, $2, $3 - coalesce(max(on_hand), 0), 0, 'report', $4, $5 from stock where sku = $1 and warehouse = $2
        having coalesce(max(observed_at), $6) <= $6 and coalesce(max(on_hand), 0) <> $3;
    insert into stock (sku, warehouse, on_hand, observed_at) values ($1, $2, $3, $6)
    on conflict (sku, warehouse) do update set on_hand = excluded.on_hand, observed_at = excluded.observed_at,
        allowance = max(0, reserved + safety - excluded.on_hand)
    where observed_at <= excluded.observed_at";
const SAFETY: &str = "update stock set safety = $3, allowance = max(0, reserved + $3 - on_hand)
    where sku = $1 and warehouse = $2 returning sku";
// Primary key (sku, warehouse) from the place on; instr looks at every key after it.
const SEARCH: &str = "select sku, warehouse, on_hand, reserved, safety, observed_at from stock
    where (sku, warehouse) > ($1, $2) and ($3 = '' or instr(lower(sku), $3) > 0) and ($4 = '' or warehouse = $4)
        and (not $5 or on_hand - safety - reserved <= 0)
    order by sku, warehouse limit $6";
// stock_ledger_level, newest first.
const MOVEMENTS: &str = "select on_hand_delta, reserved_delta, cause, subject, journal_seq from stock_ledger
    where sku = $1 and warehouse = $2 order by row desc limit $3";
// Primary key (sku, warehouse), once per SKU.
const OF_SKUS: &str = "select sku, warehouse, on_hand, reserved, safety, observed_at from stock
    where sku in (select value from json_each($1)) order by sku, warehouse";
// Primary key (sku, warehouse), once per SKU.
const UNKNOWN: &str = "select wanted.value from json_each($1) wanted
    where not exists (select 1 from stock where stock.sku = wanted.value) order by wanted.key";
// Whole stock table, and stock_ledger_level once per level.
const UNBALANCED: &str = "select sku, warehouse, on_hand, reserved, safety, observed_at from stock
    where (on_hand, reserved) is not (
        select coalesce(sum(on_hand_delta), 0), coalesce(sum(reserved_delta), 0) from stock_ledger
        where stock_ledger.sku = stock.sku and stock_ledger.warehouse = stock.warehouse)
    order by sku, warehouse";

/// Reserves (positive) or frees (negative, down to zero).
pub(super) async fn reserve(
    tx: &mut SqliteConnection,
    warehouse: &WarehouseId,
    sku: &Sku,
    delta: i64,
    occasion: &Occasion,
) -> Result<()> {
    let reserved = sqlx::query(if delta > 0 { RESERVE } else { FREE })
        .bind(sku.as_str())
        .bind(warehouse.as_str())
        .bind(delta.saturating_abs())
        .bind(occasion.subject.as_str())
        .bind(occasion.journal_seq)
        .fetch_all(tx)
        .await
        .map_err(failed)?;
    if delta > 0 && reserved.is_empty() {
        return Err(Error::Stock { warehouse: warehouse.to_string(), sku: sku.to_string() });
    }
    Ok(())
}

/// Units left: on hand falls, and what was reserved for them, neither below zero.
pub(super) async fn ship(
    tx: &mut SqliteConnection,
    warehouse: &WarehouseId,
    sku: &Sku,
    (quantity, reserved): (Quantity, Quantity),
    at: Timestamp,
    occasion: &Occasion,
) -> Result<()> {
    sqlx::query(SHIP)
        .bind(sku.as_str())
        .bind(warehouse.as_str())
        .bind(i64::from(quantity))
        .bind(occasion.subject.as_str())
        .bind(occasion.journal_seq)
        .bind(at.as_micros())
        .bind(i64::from(reserved))
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(())
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
    sqlx::query(REPORT)
        .bind(sku.as_str())
        .bind(warehouse.as_str())
        .bind(i64::from(on_hand))
        .bind(occasion.subject.as_str())
        .bind(occasion.journal_seq)
        .bind(observed_at.as_micros())
        .execute(tx)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Keeps units back from being promised.
pub(super) async fn keep_back(
    tx: &mut SqliteConnection,
    warehouse: &WarehouseId,
    sku: &Sku,
    units: Quantity,
) -> Result<()> {
    let kept = sqlx::query(SAFETY)
        .bind(sku.as_str())
        .bind(warehouse.as_str())
        .bind(i64::from(units))
        .fetch_all(tx)
        .await
        .map_err(failed)?;
    if kept.is_empty() {
        return Err(Error::Conflict(format!("stock of {sku} in {warehouse}")));
    }
    Ok(())
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
        let rows: Vec<(i64, i64, String, String, Option<i64>)> = sqlx::query_as(MOVEMENTS)
            .bind(place.sku.as_str())
            .bind(place.warehouse.as_str())
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
        let movement = |(on_hand, reserved, cause, subject, journal_seq)| StockMovement {
            on_hand,
            reserved,
            cause,
            subject,
            journal_seq,
        };
        Ok(rows.into_iter().map(movement).collect())
    }

    async fn verify_stock(&self) -> Result<Vec<StockLevel>> {
        let rows = sqlx::query(UNBALANCED).fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(stock_level).collect()
    }
}
