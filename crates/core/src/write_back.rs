//! Write-backs: duties to tell the shop what happened, each with its own state.

use serde::{Deserialize, Serialize};

use crate::code::Problem;
use crate::id::{ConnectionId, OrderId, ShipmentId, WriteBackId};
use crate::lifecycle::{Arrow, By, lifecycle};
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

lifecycle!(
    WriteBackState,
    (),
    "a write-back",
    [
        Due = "due",
        Sending = "sending",
        InDoubt = "in_doubt",
        Confirmed = "confirmed",
        Failed = "failed",
        Waived = "waived",
    ],
    {
        use By::{Engine, Partner, Person};
        use WriteBackState as S;
        const WAIVED: &str = "somebody with the power declared that the shop need not be told, and said why";
        &[
            Arrow::begin(S::Due, Engine, "something happened that the shop has to know"),
            Arrow::new(S::Due, S::Sending, Engine, "its time came"),
            Arrow::new(S::Due, S::Waived, Person, WAIVED),
            Arrow::new(S::Sending, S::Confirmed, Partner, "the shop has it"),
            Arrow::new(S::Sending, S::Due, Engine, "the shop could not be reached: again after a while"),
            Arrow::new(S::Sending, S::InDoubt, Engine, "no clear answer"),
            Arrow::new(S::Sending, S::Failed, Partner, "the shop refused it"),
            Arrow::new(S::InDoubt, S::Confirmed, Partner, "read again, the shop has it"),
            Arrow::new(S::InDoubt, S::Due, Engine, "read again, the shop does not have it"),
            Arrow::new(S::InDoubt, S::Failed, Partner, "the shop refused it"),
            Arrow::new(S::Failed, S::Due, Person, "the cause is gone: try again"),
            Arrow::new(S::Failed, S::Waived, Person, WAIVED),
        ]
    }
);

impl WriteBackState {
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
