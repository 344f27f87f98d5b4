//! The edit window: until when an order can be changed without asking a warehouse.

use std::time::Duration;

use crate::time::Timestamp;

/// How long an order of a shop stays editable after it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditWindow {
    /// Counted from the order's receipt.
    pub after_receipt: Duration,
}

impl EditWindow {
    /// The instant the window closes for an order received at `received_at`; release is not earlier.
    #[must_use]
    pub fn closes_at(&self, received_at: Timestamp) -> Timestamp {
        received_at + self.after_receipt
    }
}
