//! The ledger: every change of a bucket, with its cause and the document behind it. The buckets are the sum of it.

use serde::{Deserialize, Serialize};

use super::bucket::{Buckets, Movement, StockError};
use crate::id::{FulfillmentId, ReturnId, ShipmentId, TransferId, WarehouseId};
use crate::journal::Actor;
use crate::quantity::Sku;
use crate::time::Timestamp;

/// Why stock moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StockCause))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A fulfillment order was planned.
    Reserved,
    /// A fulfillment order was given up, or reduced.
    Freed,
    /// Goods left.
    Departed,
    /// Goods of a transfer arrived.
    Received,
    /// Goods of a return went back on the shelf.
    Returned,
    /// Units were set aside.
    Blocked,
    /// Units are for sale again.
    Unblocked,
    /// The warehouse reported a count.
    Counted,
    /// A person, or a departure of uncounted units, corrected the count.
    Corrected,
    /// Goods were announced, or will not come.
    Announced,
    /// Units were kept for a channel, or kept no longer.
    Earmarked,
}

/// What is behind a movement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StockDocument))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Document {
    /// A fulfillment order.
    Fulfillment {
        /// Which.
        id: FulfillmentId,
    },
    /// A shipment.
    Shipment {
        /// Which.
        id: ShipmentId,
    },
    /// A transfer.
    Transfer {
        /// Which.
        id: TransferId,
    },
    /// A return.
    Return {
        /// Which.
        id: ReturnId,
    },
    /// A report of the warehouse.
    Report {
        /// Its number, by its source.
        sequence: u64,
    },
    /// A person's word.
    Note {
        /// What they said.
        note: String,
    },
}

/// One change, never edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StockEntry))]
pub struct Entry {
    /// When it was booked.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// Where.
    pub warehouse: WarehouseId,
    /// What.
    pub sku: Sku,
    /// Which lot, where lots are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// Why.
    pub cause: Cause,
    /// What is behind it.
    pub document: Document,
    /// By how much.
    pub movement: Movement,
}

/// The buckets that a ledger of one article, lot and warehouse adds up to. Safety stock and report numbers are settings, not
/// movements, and stay as in `start`.
///
/// # Errors
/// [`StockError`] at the first entry that cannot be true, with its position.
pub fn sum(start: &Buckets, entries: &[Entry]) -> Result<Buckets, (usize, StockError)> {
    entries.iter().enumerate().try_fold(start.clone(), |buckets, (position, entry)| {
        buckets.after(&entry.movement).map_err(|error| (position, error))
    })
}
