//! Stock levels and what may be promised from them.
//!
//! A [`StockLevel`] is the [`bucket::Buckets`] of one article in one warehouse; [`ledger`] has every change of them with its
//! cause and document.

pub mod bucket;
pub mod ledger;

use serde::{Deserialize, Serialize};

use self::bucket::Buckets;
use crate::id::{ConnectionId, WarehouseId};
use crate::quantity::{Quantity, Sku};

/// Stock of one SKU in one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockLevel {
    /// Where.
    pub warehouse: WarehouseId,
    /// What.
    pub sku: Sku,
    /// Where its units are: on hand by the warehouse's last report and what was booked since.
    #[serde(flatten)]
    pub buckets: Buckets,
}

impl StockLevel {
    /// Units that may still be promised to somebody, see [`Buckets::available`].
    #[must_use]
    pub fn available(&self) -> Quantity {
        self.buckets.available()
    }

    /// Units a shop may sell, see [`Buckets::sellable`].
    #[must_use]
    pub fn sellable(&self, shop: &ConnectionId) -> Quantity {
        self.buckets.sellable(Some(shop))
    }
}
