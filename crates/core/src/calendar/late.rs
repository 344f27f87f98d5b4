//! How late an order is, and who made it late.

use serde::{Deserialize, Serialize};

use super::Calendar;
use crate::time::Timestamp;

/// What happened to an order on its way to the carrier, as far as it has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestones {
    /// We had the order.
    pub received_at: Timestamp,
    /// All its stock was there; the receipt when it was there from the beginning, `None` while some is missing.
    pub stocked_at: Option<Timestamp>,
    /// The warehouse had it; `None` while it has not.
    pub handed_over_at: Option<Timestamp>,
    /// The carrier had it; `None` while it has not.
    pub shipped_at: Option<Timestamp>,
}

/// Time beyond the promise, split by who used it up. The parts sum to the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Late {
    /// Seconds because goods were missing.
    pub stock_seconds: u64,
    /// Seconds because we handed it over late, or promised what the calendar cannot keep.
    pub us_seconds: u64,
    /// Seconds because the warehouse took longer than its calendar says.
    pub warehouse_seconds: u64,
}

impl Late {
    /// All of it.
    #[must_use]
    pub const fn seconds(&self) -> u64 {
        self.stock_seconds + self.us_seconds + self.warehouse_seconds
    }

    /// All of it in hours, a begun hour counting whole.
    #[must_use]
    pub const fn hours(&self) -> u64 {
        self.seconds().div_ceil(3_600)
    }
}

impl Calendar {
    /// How late an order is against `promise`, the instant by which the carrier was to have it, judged at `now`.
    ///
    /// What has not happened yet is taken to happen as soon as it can: missing stock comes now, what is with us is
    /// handed over now, and the warehouse keeps its calendar, or ships now when that time has passed.
    ///
    /// Each stage answers for what it added: *stock* for the difference between what the calendar allowed at receipt
    /// and when the stock was there, *us* for the difference from there to the hand-over and for a promise that could
    /// not have been kept even at receipt, *warehouse* for what came after. A stage that makes up for an earlier one
    /// shortens the whole, and the last to have delayed still answers for less. `None` when the calendar never ships.
    #[must_use]
    pub fn late(&self, option: &str, promise: Timestamp, at: &Milestones, now: Timestamp) -> Option<Late> {
        let stocked_at = at.stocked_at.unwrap_or(now).max(at.received_at);
        let handed_over_at = at.handed_over_at.unwrap_or(now).max(stocked_at);
        let beyond = |instant: Timestamp| instant.since(promise).as_secs();
        let at_receipt = beyond(self.ships_at(at.received_at, option)?);
        let with_stock = beyond(self.ships_at(stocked_at, option)?);
        let expected = self.ships_at(handed_over_at, option)?;
        let handed_over = beyond(expected);
        let whole = beyond(at.shipped_at.unwrap_or_else(|| expected.max(now)));

        let (at_receipt, with_stock, handed_over) =
            (at_receipt.min(whole), with_stock.min(whole), handed_over.min(whole));
        Some(Late {
            stock_seconds: with_stock - at_receipt,
            us_seconds: at_receipt + (handed_over - with_stock),
            warehouse_seconds: whole - handed_over,
        })
    }

    /// Hours beyond `promise` at which the carrier has an order that is ready at `ready_at`, a begun hour counting
    /// whole; what the router calls `late_hours`. `None` when the calendar never ships.
    #[must_use]
    pub fn late_hours(&self, ready_at: Timestamp, option: &str, promise: Timestamp) -> Option<u64> {
        Some(self.ships_at(ready_at, option)?.since(promise).as_secs().div_ceil(3_600))
    }
}
