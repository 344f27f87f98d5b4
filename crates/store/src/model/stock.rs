//! Stock levels in memory.

use async_trait::async_trait;
use switchyard_core::id::WarehouseId;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_core::time::Timestamp;

use super::{Model, State, key};
use crate::contract::{Stock, StockFilter, StockMovement, StockPlace};
use crate::error::{Error, Result};

/// A movement of one level.
#[derive(Debug, Clone)]
pub(super) struct Movement {
    level: String,
    what: StockMovement,
}

fn place(warehouse: &WarehouseId, sku: &Sku) -> String {
    key(&[sku.as_str(), warehouse.as_str()])
}

impl State {
    /// Replaces a level and records by how much it moved.
    fn set_level(&mut self, level: StockLevel, cause: &str) {
        let place = place(&level.warehouse, &level.sku);
        let before = self.stock.get(&place).map_or((0, 0), |before| (before.on_hand, before.reserved));
        let what = StockMovement {
            on_hand: i64::from(level.on_hand) - i64::from(before.0),
            reserved: i64::from(level.reserved) - i64::from(before.1),
            cause: cause.to_owned(),
            subject: self.occasion.0.clone(),
            journal_seq: self.occasion.1,
        };
        if (what.on_hand, what.reserved) != (0, 0) {
            self.ledger.push(Movement { level: place.clone(), what });
        }
        self.stock.put(&place, level);
    }

    pub(super) fn keep_back(&mut self, warehouse: &WarehouseId, sku: &Sku, units: Quantity) -> Result<()> {
        let level = self.stock.get(&place(warehouse, sku)).cloned();
        let level = level.ok_or_else(|| Error::Conflict(format!("stock of {sku} in {warehouse}")))?;
        self.stock.put(&place(warehouse, sku), StockLevel { safety: units, ..level });
        Ok(())
    }

    pub(super) fn reserve(&mut self, warehouse: &WarehouseId, sku: &Sku, delta: i64) -> Result<()> {
        let level = self.stock.get(&place(warehouse, sku)).cloned();
        if delta <= 0 {
            if let Some(mut level) = level {
                let freed = u32::try_from(delta.unsigned_abs()).unwrap_or(u32::MAX);
                level.reserved = level.reserved.saturating_sub(freed);
                self.set_level(level, "free");
            }
            return Ok(());
        }
        let refused = || Error::Stock { warehouse: warehouse.to_string(), sku: sku.to_string() };
        let mut level = level.ok_or_else(refused)?;
        let units = u32::try_from(delta).map_err(|_| refused())?;
        if level.available() < units {
            return Err(refused());
        }
        level.reserved += units;
        self.set_level(level, "reserve");
        Ok(())
    }

    pub(super) fn ship(
        &mut self,
        warehouse: &WarehouseId,
        sku: &Sku,
        quantity: Quantity,
        reserved: Quantity,
        at: Timestamp,
    ) {
        if let Some(mut level) = self.stock.get(&place(warehouse, sku)).cloned() {
            level.on_hand = level.on_hand.saturating_sub(quantity);
            level.reserved = level.reserved.saturating_sub(reserved);
            level.observed_at = level.observed_at.max(at);
            self.set_level(level, "ship");
        }
    }

    pub(super) fn report(&mut self, warehouse: WarehouseId, sku: Sku, on_hand: Quantity, observed_at: Timestamp) {
        let level = match self.stock.get(&place(&warehouse, &sku)) {
            Some(level) if level.observed_at > observed_at => return,
            Some(level) => StockLevel { on_hand, observed_at, ..level.clone() },
            None => StockLevel { warehouse, sku, on_hand, reserved: 0, safety: 0, observed_at },
        };
        self.set_level(level, "report");
    }
}

fn in_order(mut levels: Vec<StockLevel>) -> Vec<StockLevel> {
    levels.sort_by(|a, b| (&a.sku, &a.warehouse).cmp(&(&b.sku, &b.warehouse)));
    levels
}

#[async_trait]
impl Stock for Model {
    async fn stock_of(&self, skus: &[Sku]) -> Result<Vec<StockLevel>> {
        Ok(in_order(self.state()?.stock.iter().filter(|level| skus.contains(&level.sku)).cloned().collect()))
    }

    async fn unknown_skus(&self, skus: &[Sku]) -> Result<Vec<Sku>> {
        let state = self.state()?;
        let mut unknown: Vec<Sku> = Vec::new();
        for sku in skus {
            if !unknown.contains(sku) && !state.stock.iter().any(|level| &level.sku == sku) {
                unknown.push(sku.clone());
            }
        }
        Ok(unknown)
    }

    async fn search_stock(
        &self,
        filter: &StockFilter,
        after: Option<&StockPlace>,
        limit: u32,
    ) -> Result<Vec<StockLevel>> {
        let words = filter.sku_contains.to_lowercase();
        let wanted = |level: &&StockLevel| {
            after.is_none_or(|after| (&level.sku, &level.warehouse) > (&after.sku, &after.warehouse))
                && level.sku.as_str().to_lowercase().contains(&words)
                && filter.warehouse.as_ref().is_none_or(|place| place == &level.warehouse)
                && (!filter.exhausted || level.available() == 0)
        };
        let mut levels = in_order(self.state()?.stock.iter().filter(wanted).cloned().collect());
        levels.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(levels)
    }

    async fn stock_movements(&self, level: &StockPlace, limit: u32) -> Result<Vec<StockMovement>> {
        let state = self.state()?;
        let place = place(&level.warehouse, &level.sku);
        let moved = state.ledger.entries().iter().rev().filter(|movement| movement.level == place);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(moved.take(limit).map(|movement| movement.what.clone()).collect())
    }

    async fn verify_stock(&self) -> Result<Vec<StockLevel>> {
        let state = self.state()?;
        let differs = |level: &&StockLevel| {
            let place = place(&level.warehouse, &level.sku);
            let moved = state.ledger.entries().iter().filter(|movement| movement.level == place);
            let sums =
                moved.fold((0, 0), |sum, movement| (sum.0 + movement.what.on_hand, sum.1 + movement.what.reserved));
            sums != (i64::from(level.on_hand), i64::from(level.reserved))
        };
        Ok(in_order(state.stock.iter().filter(differs).cloned().collect()))
    }
}
