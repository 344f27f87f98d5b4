//! Stock levels and what may be promised from them.

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
