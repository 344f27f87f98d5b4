//! Stock levels and what may be promised from them.
//!
//! [`StockLevel`] is the short form the store keeps today; [`bucket::Buckets`] has every bucket, and [`ledger`] every
//! change of them with its cause and document.

pub mod bucket;
pub mod ledger;

use serde::{Deserialize, Serialize};

use crate::id::WarehouseId;
use crate::quantity::{Quantity, Sku};
use crate::time::Timestamp;

/// Stock of one SKU in one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockLevel {
    /// Where.
    pub warehouse: WarehouseId,
    /// What.
    pub sku: Sku,
    /// Units on the shelf, by the warehouse's last report and the shipments booked since.
    pub on_hand: Quantity,
    /// Units of those promised to fulfillment orders.
    pub reserved: Quantity,
    /// Units never promised.
    pub safety: Quantity,
    /// When the warehouse reported; an older report never replaces a newer one.
    pub observed_at: Timestamp,
}

impl StockLevel {
    /// Units that may still be promised: on hand less reserved less safety, never below zero.
    #[must_use]
    pub const fn available(&self) -> Quantity {
        self.on_hand.saturating_sub(self.reserved).saturating_sub(self.safety)
    }
}

impl From<&StockLevel> for bucket::Buckets {
    /// The buckets a short form says something about; the others are empty.
    fn from(level: &StockLevel) -> Self {
        Self {
            on_hand: level.on_hand,
            reserved: level.reserved,
            safety: level.safety,
            observed_at: level.observed_at,
            ..Self::default()
        }
    }
}
