//! Write-backs: duties to tell the shop what happened, each with its own state.

use serde::{Deserialize, Serialize};

use crate::code::Problem;
use crate::id::{ConnectionId, OrderId, ShipmentId, WriteBackId};
use crate::time::Timestamp;

/// Where a write-back is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WriteBackState {
    /// Waits for its (next) try.
    Due,
    /// A try is on the wire.
    Sending,
    /// A try ended without a clear answer; the shop is read before another one.
    InDoubt,
    /// The shop has it.
    Confirmed,
    /// The shop refused it; a person decides.
    Failed,
    /// A person decided that it need not happen.
    Waived,
}

impl WriteBackState {
    /// The stored text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Sending => "sending",
            Self::InDoubt => "in_doubt",
            Self::Confirmed => "confirmed",
            Self::Failed => "failed",
            Self::Waived => "waived",
        }
    }

    /// Reads the stored text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Due, Self::Sending, Self::InDoubt, Self::Confirmed, Self::Failed, Self::Waived]
            .into_iter()
            .find(|state| state.as_str() == text)
    }

    /// True when the shop knows, or need not.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Confirmed | Self::Waived)
    }
}

/// The duty to report one shipment to the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WriteBack {
    /// Identity.
    pub id: WriteBackId,
    /// The order.
    pub order: OrderId,
    /// The shop to tell.
    pub shop: ConnectionId,
    /// The shipment to report.
    pub shipment: ShipmentId,
    /// Revision of this row, from 1; compare-and-set.
    pub revision: i64,
    /// Where it is.
    pub state: WriteBackState,
    /// Tries so far.
    pub attempts: u32,
    /// Not tried before.
    pub due_at: Timestamp,
    /// The last failure, in the partner's words.
    pub last_error: Option<Problem>,
    /// The shop's id of what it recorded, once confirmed.
    pub remote_id: Option<String>,
}
