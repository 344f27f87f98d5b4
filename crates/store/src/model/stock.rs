//! Stock levels in memory.

use async_trait::async_trait;
use switchyard_core::id::WarehouseId;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_core::time::Timestamp;

use super::{Model, State, key};
use crate::contract::Stock;
use crate::error::{Error, Result};

/// A movement of one level.
#[derive(Debug, Clone)]
pub(super) struct Movement {
    level: String,
    on_hand: i64,
    reserved: i64,
}

fn place(warehouse: &WarehouseId, sku: &Sku) -> String {
    key(&[sku.as_str(), warehouse.as_str()])
}

impl State {
    /// Replaces a level and records by how much it moved.
    fn set_level(&mut self, level: StockLevel) {
        let place = place(&level.warehouse, &level.sku);
        let before = self.stock.get(&place).map_or((0, 0), |before| (before.on_hand, before.reserved));
        self.ledger.push(Movement {
            level: place.clone(),
            on_hand: i64::from(level.on_hand) - i64::from(before.0),
            reserved: i64::from(level.reserved) - i64::from(before.1),
        });
        self.stock.put(&place, level);
    }

    pub(super) fn reserve(&mut self, warehouse: &WarehouseId, sku: &Sku, delta: i64) -> Result<()> {
        let level = self.stock.get(&place(warehouse, sku)).cloned();
        if delta <= 0 {
            if let Some(mut level) = level {
                let freed = u32::try_from(delta.unsigned_abs()).unwrap_or(u32::MAX);
                level.reserved = level.reserved.saturating_sub(freed);
                self.set_level(level);
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
        self.set_level(level);
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
            self.set_level(level);
        }
    }

    pub(super) fn report(&mut self, warehouse: WarehouseId, sku: Sku, on_hand: Quantity, observed_at: Timestamp) {
        let level = match self.stock.get(&place(&warehouse, &sku)) {
            Some(level) if level.observed_at > observed_at => return,
            Some(level) => StockLevel { on_hand, observed_at, ..level.clone() },
            None => StockLevel { warehouse, sku, on_hand, reserved: 0, safety: 0, observed_at },
        };
        self.set_level(level);
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

    async fn verify_stock(&self) -> Result<Vec<StockLevel>> {
        let state = self.state()?;
        let differs = |level: &&StockLevel| {
            let place = place(&level.warehouse, &level.sku);
            let moved = state.ledger.entries().iter().filter(|movement| movement.level == place);
            let sums = moved.fold((0, 0), |sum, movement| (sum.0 + movement.on_hand, sum.1 + movement.reserved));
            sums != (i64::from(level.on_hand), i64::from(level.reserved))
        };
        Ok(in_order(state.stock.iter().filter(differs).cloned().collect()))
    }
}
