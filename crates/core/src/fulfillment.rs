//! The fulfillment order: the share of one order asked of one warehouse, and the hand-over that asks for it.

use serde::{Deserialize, Serialize};

use crate::code::Problem;
use crate::id::{FulfillmentId, HandOverId, LineId, OrderId, WarehouseId};
use crate::quantity::Quantity;
use crate::time::Timestamp;

/// The stored lifecycle of a fulfillment order. The diagram is in `docs/lifecycles.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FulfillmentState {
    /// Planned, units reserved, free to edit.
    Open,
    /// Release decided, in the outbox, not yet claimed: still ours.
    Queued,
    /// Handed over, no answer yet.
    Sent,
    /// Answer overdue or connection broken mid-call; asked about by our reference, never blindly re-sent.
    Unconfirmed,
    /// The warehouse acknowledged.
    Accepted,
    /// Picking has begun.
    InWork,
    /// Some units left.
    PartlyShipped,
    /// All units left.
    Shipped,
    /// The warehouse finished with less than asked.
    ClosedShort,
    /// The warehouse refused the whole, with a reason.
    Rejected,
    /// Nothing will ship.
    Cancelled,
}

impl FulfillmentState {
    /// All states in lifecycle order.
    pub const ALL: [Self; 11] = [
        Self::Open,
        Self::Queued,
        Self::Sent,
        Self::Unconfirmed,
        Self::Accepted,
        Self::InWork,
        Self::PartlyShipped,
        Self::Shipped,
        Self::ClosedShort,
        Self::Rejected,
        Self::Cancelled,
    ];

    /// The stored text, such as `partly_shipped`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Unconfirmed => "unconfirmed",
            Self::Accepted => "accepted",
            Self::InWork => "in_work",
            Self::PartlyShipped => "partly_shipped",
            Self::Shipped => "shipped",
            Self::ClosedShort => "closed_short",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the stored text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether the lifecycle has an arrow from here to `to`.
    ///
    /// A physical fact beats a wish: shipment facts are admitted from every state in which the warehouse may have the
    /// order, acknowledged or not.
    #[must_use]
    pub const fn may_become(self, to: Self) -> bool {
        use FulfillmentState as S;
        match self {
            S::Open => matches!(to, S::Queued | S::Cancelled),
            S::Queued => matches!(to, S::Open | S::Sent | S::Cancelled),
            S::Sent => matches!(
                to,
                S::Unconfirmed | S::Accepted | S::Rejected | S::Queued | S::InWork | S::PartlyShipped | S::Shipped
            ),
            // Never back to queued: while nobody knows, nobody edits. The same bytes go out again, or nothing does.
            S::Unconfirmed => {
                matches!(to, S::Sent | S::Accepted | S::Rejected | S::InWork | S::PartlyShipped | S::Shipped)
            }
            S::Accepted => {
                matches!(to, S::InWork | S::PartlyShipped | S::Shipped | S::ClosedShort | S::Rejected | S::Cancelled)
            }
            S::InWork => matches!(to, S::PartlyShipped | S::Shipped | S::ClosedShort | S::Cancelled),
            S::PartlyShipped => matches!(to, S::Shipped | S::ClosedShort),
            S::Shipped | S::ClosedShort | S::Rejected | S::Cancelled => false,
        }
    }

    /// True while Switchyard alone decides: nothing has left for the warehouse.
    #[must_use]
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::Open | Self::Queued)
    }

    /// True when nothing more will happen to it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Shipped | Self::ClosedShort | Self::Rejected | Self::Cancelled)
    }

    /// True when its units may still leave, or have left, the warehouse on its account.
    #[must_use]
    pub const fn holds_units(self) -> bool {
        !matches!(self, Self::Rejected | Self::Cancelled)
    }
}

/// A transition the lifecycle does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a fulfillment order cannot go from {from:?} to {to:?}")]
pub struct IllegalTransition {
    /// Where it is.
    pub from: FulfillmentState,
    /// Where someone wanted it.
    pub to: FulfillmentState,
}

/// Units of one order line in a fulfillment order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FulfillmentLine {
    /// The order line.
    pub line: LineId,
    /// Units asked of this warehouse.
    pub quantity: Quantity,
    /// Units of those the warehouse reported as shipped.
    pub shipped: Quantity,
}

/// The share of one order asked of one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FulfillmentOrder {
    /// Identity.
    pub id: FulfillmentId,
    /// The order.
    pub order: OrderId,
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// Our number for the warehouse, unique for ever, such as `SW-1001-2`: what we look it up by.
    pub reference: String,
    /// Our revision, from 1.
    pub revision: i64,
    /// Lifecycle.
    pub state: FulfillmentState,
    /// When it entered that state.
    pub state_since: Timestamp,
    /// Not handed over before this instant.
    pub release_at: Timestamp,
    /// What is asked.
    pub lines: Vec<FulfillmentLine>,
    /// The warehouse's id of it, once known.
    pub remote_id: Option<String>,
    /// What stops it, in words for a person.
    pub problem: Option<Problem>,
}

impl FulfillmentOrder {
    /// Moves along the lifecycle and notes when.
    ///
    /// # Errors
    /// [`IllegalTransition`] when the lifecycle has no such arrow; nothing changed.
    pub fn become_state(&mut self, to: FulfillmentState, at: Timestamp) -> Result<(), IllegalTransition> {
        if !self.state.may_become(to) {
            return Err(IllegalTransition { from: self.state, to });
        }
        self.state = to;
        self.state_since = at;
        Ok(())
    }

    /// Units of a line asked here, 0 when the line is not part of it.
    #[must_use]
    pub fn quantity_of(&self, line: &LineId) -> Quantity {
        self.lines.iter().filter(|part| &part.line == line).map(|part| part.quantity).sum()
    }
}

/// Where a hand-over is in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandOverState {
    /// May be claimed.
    Ready,
    /// Claimed: an attempt row is on disk, bytes may have left.
    Sending,
    /// Nobody knows whether the warehouse has it; looked up by our reference.
    InDoubt,
    /// The warehouse has it.
    Acknowledged,
    /// The warehouse will not take it.
    Refused,
    /// Taken back before it was claimed.
    Withdrawn,
}

impl HandOverState {
    /// The stored text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Sending => "sending",
            Self::InDoubt => "in_doubt",
            Self::Acknowledged => "acknowledged",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the stored text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Ready, Self::Sending, Self::InDoubt, Self::Acknowledged, Self::Refused, Self::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// The duty to give one fulfillment order to its warehouse: a row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HandOver {
    /// Identity.
    pub id: HandOverId,
    /// What is handed over.
    pub fulfillment: FulfillmentId,
    /// The order behind it.
    pub order: OrderId,
    /// Revision of this row, from 1; every write is compare-and-set on it, so a late writer is fenced off.
    pub revision: i64,
    /// Sent with every try, the same for ever for the same content.
    pub idempotency_key: String,
    /// Where it is.
    pub state: HandOverState,
    /// The canonical request, frozen at the first claim; what is sent is made from this alone.
    #[cfg_attr(feature = "schema", schema(value_type = Option<serde_json::Value>))]
    pub payload: Option<serde_json::Value>,
    /// Tries that reached the wire or may have.
    pub attempts: u32,
    /// The last failure, in the partner's words.
    pub last_error: Option<Problem>,
}
