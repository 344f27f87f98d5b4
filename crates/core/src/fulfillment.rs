//! The fulfillment order: the share of one order asked of one warehouse, and the hand-over that asks for it.

pub mod rejection;

use serde::{Deserialize, Serialize};

use crate::bundle::{Component, Kit};
use crate::code::Problem;
use crate::id::{FulfillmentId, HandOverId, LineId, OrderId, WarehouseId};
use crate::lifecycle::{Arrow, By, Lifecycle as _, Refused, lifecycle};
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

/// What the guards of a fulfillment order's lifecycle look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Units asked.
    pub asked: u64,
    /// Units of those that left.
    pub shipped: u64,
    /// Holds that stop it.
    pub holds: usize,
    /// Whether the connector has claimed its hand-over.
    pub claimed: bool,
    /// Whether the claimed try ended before anything left.
    pub nothing_sent: bool,
    /// Whether the warehouse was asked by our reference and does not know it.
    pub unknown_there: bool,
    /// Whether the warehouse accepted a request to cancel it.
    pub cancel_accepted: bool,
}

impl Facts {
    /// Counts the units; the rest is as the caller knows it, here: nothing is known.
    #[must_use]
    pub fn of(part: &FulfillmentOrder) -> Self {
        let sum = |of: fn(&FulfillmentLine) -> Quantity| part.lines.iter().map(|line| u64::from(of(line))).sum();
        Self { asked: sum(|line| line.quantity), shipped: sum(|line| line.shipped), ..Self::default() }
    }

    const fn partly(&self) -> bool {
        self.shipped > 0 && self.shipped < self.asked
    }

    const fn wholly(&self) -> bool {
        self.shipped >= self.asked
    }

    const fn nothing_left(&self) -> bool {
        self.shipped == 0
    }

    const fn may_cancel(&self) -> bool {
        self.cancel_accepted && self.shipped == 0
    }
}

lifecycle!(
    FulfillmentState,
    Facts,
    "a fulfillment order",
    [
        Open = "open",
        Queued = "queued",
        Sent = "sent",
        Unconfirmed = "unconfirmed",
        Accepted = "accepted",
        InWork = "in_work",
        PartlyShipped = "partly_shipped",
        Shipped = "shipped",
        ClosedShort = "closed_short",
        Rejected = "rejected",
        Cancelled = "cancelled",
    ],
    {
        use By::{Engine, Partner, PersonOrEngine};
        use FulfillmentState as S;
        const SOME: &str = "some units left, not all";
        const ALL: &str = "all units left";
        const NONE: &str = "no unit left";
        const CANCEL: &str = "a request to cancel it was accepted and no unit left";
        const UNCLAIMED: &str = "the connector has not claimed it";
        const FACT: &str = "the warehouse shipped; a fact needs no acknowledgement before it";
        // A physical fact beats a wish: departures are admitted wherever the warehouse may have it, acknowledged or not.
        &[
            Arrow::begin(S::Open, Engine, "the router asks a warehouse for units and reserves them"),
            Arrow::new(S::Open, S::Queued, Engine, "released: its window closed")
                .when("nothing holds it", |f| f.holds == 0),
            Arrow::new(S::Open, S::Cancelled, PersonOrEngine, "edited away, or the router chose anew"),
            Arrow::new(S::Queued, S::Open, PersonOrEngine, "pulled back by an edit or a hold")
                .when(UNCLAIMED, |f| !f.claimed),
            Arrow::new(S::Queued, S::Sent, Engine, "the connector claimed it"),
            Arrow::new(S::Queued, S::Cancelled, PersonOrEngine, "edited away").when(UNCLAIMED, |f| !f.claimed),
            Arrow::new(S::Sent, S::Queued, Engine, "the try ended early").when("nothing was sent", |f| f.nothing_sent),
            Arrow::new(S::Sent, S::Unconfirmed, Engine, "the answer is overdue, or the connection broke in the call"),
            Arrow::new(S::Sent, S::Accepted, Partner, "the warehouse acknowledged"),
            Arrow::new(S::Sent, S::InWork, Partner, "the warehouse reports picking"),
            Arrow::new(S::Sent, S::PartlyShipped, Partner, FACT).when(SOME, Facts::partly),
            Arrow::new(S::Sent, S::Shipped, Partner, FACT).when(ALL, Facts::wholly),
            Arrow::new(S::Sent, S::Rejected, Partner, "the warehouse refused it, with a reason")
                .when(NONE, Facts::nothing_left),
            Arrow::new(S::Sent, S::Cancelled, Partner, "the warehouse gave it up").when(CANCEL, Facts::may_cancel),
            // Never back to queued: while nobody knows, nobody edits. The same bytes go out again, or nothing does.
            Arrow::new(S::Unconfirmed, S::Sent, Engine, "sent again with the same key")
                .when("asked by our reference, the warehouse does not know it", |f| f.unknown_there),
            Arrow::new(S::Unconfirmed, S::Accepted, Partner, "asked by our reference, the warehouse has it"),
            Arrow::new(S::Unconfirmed, S::InWork, Partner, "the warehouse reports picking"),
            Arrow::new(S::Unconfirmed, S::PartlyShipped, Partner, FACT).when(SOME, Facts::partly),
            Arrow::new(S::Unconfirmed, S::Shipped, Partner, FACT).when(ALL, Facts::wholly),
            Arrow::new(S::Unconfirmed, S::Rejected, Partner, "asked by our reference, the warehouse has refused it")
                .when(NONE, Facts::nothing_left),
            Arrow::new(S::Accepted, S::InWork, Partner, "the warehouse reports picking"),
            Arrow::new(S::Accepted, S::PartlyShipped, Partner, FACT).when(SOME, Facts::partly),
            Arrow::new(S::Accepted, S::Shipped, Partner, FACT).when(ALL, Facts::wholly),
            Arrow::new(S::Accepted, S::ClosedShort, Partner, "the warehouse finished with less than asked"),
            Arrow::new(S::Accepted, S::Rejected, Partner, "the warehouse refused it after all")
                .when(NONE, Facts::nothing_left),
            Arrow::new(S::Accepted, S::Cancelled, Partner, "the warehouse gave it up").when(CANCEL, Facts::may_cancel),
            Arrow::new(S::InWork, S::PartlyShipped, Partner, FACT).when(SOME, Facts::partly),
            Arrow::new(S::InWork, S::Shipped, Partner, FACT).when(ALL, Facts::wholly),
            Arrow::new(S::InWork, S::ClosedShort, Partner, "the warehouse finished with less than asked"),
            Arrow::new(S::InWork, S::Cancelled, Partner, "the warehouse gave it up").when(CANCEL, Facts::may_cancel),
            Arrow::new(S::PartlyShipped, S::Shipped, Partner, "the rest shipped").when(ALL, Facts::wholly),
            Arrow::new(S::PartlyShipped, S::ClosedShort, Partner, "the warehouse finished, or gave up the rest"),
        ]
    }
);

impl FulfillmentState {
    /// True while Switchyard alone decides: nothing has left for the warehouse.
    #[must_use]
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::Open | Self::Queued)
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
    /// What one unit is there, when the warehouse ships a bundle as its components; as it was planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kit: Option<Kit>,
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
    /// Not handed over before this instant; `None` means not before a person releases it.
    pub release_at: Option<Timestamp>,
    /// What is asked.
    pub lines: Vec<FulfillmentLine>,
    /// The warehouse's id of it, once known.
    pub remote_id: Option<String>,
    /// What stops it, in words for a person.
    pub problem: Option<Problem>,
    /// Why the warehouse refused it, once it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejection: Option<rejection::RejectionReason>,
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

    /// Moves along the lifecycle where the arrow's condition holds too, and notes when.
    ///
    /// # Errors
    /// [`Refused`] names what is missing; nothing changed.
    pub fn advance(&mut self, to: FulfillmentState, facts: &Facts, at: Timestamp) -> Result<(), Refused> {
        self.state.check(to, facts)?;
        self.state = to;
        self.state_since = at;
        Ok(())
    }

    /// Units of a line asked here and not yet shipped.
    #[must_use]
    pub fn unshipped_of(&self, line: &LineId) -> Quantity {
        let parts = self.lines.iter().filter(|part| &part.line == line);
        parts.map(|part| part.quantity.saturating_sub(part.shipped)).sum()
    }

    /// Components that left a warehouse without the rest of their set, by line.
    pub fn loose(&self) -> impl Iterator<Item = (&LineId, Component)> {
        self.lines.iter().flat_map(|entry| {
            let loose = entry.kit.iter().flat_map(|kit| kit.loose(entry.shipped));
            loose.map(|component| (&entry.line, component))
        })
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

lifecycle!(
    HandOverState,
    (),
    "a hand-over",
    [
        Ready = "ready",
        Sending = "sending",
        InDoubt = "in_doubt",
        Acknowledged = "acknowledged",
        Refused = "refused",
        Withdrawn = "withdrawn",
    ],
    {
        use By::{Engine, Partner, PersonOrEngine};
        use HandOverState as S;
        &[
            Arrow::begin(S::Ready, Engine, "the fulfillment order was released"),
            Arrow::new(S::Ready, S::Sending, Engine, "claimed: an attempt row is on disk before the first byte"),
            Arrow::new(S::Ready, S::Withdrawn, PersonOrEngine, "an edit or a hold came before the claim"),
            Arrow::new(S::Sending, S::Ready, Engine, "the try ended before anything was sent, or the partner is busy"),
            Arrow::new(S::Sending, S::InDoubt, Engine, "no clear answer"),
            Arrow::new(S::Sending, S::Acknowledged, Partner, "the warehouse has it"),
            Arrow::new(S::Sending, S::Refused, Partner, "the warehouse will not take it"),
            Arrow::new(S::InDoubt, S::Ready, Engine, "asked by our reference, the warehouse does not know it"),
            Arrow::new(S::InDoubt, S::Acknowledged, Partner, "the warehouse knows it, or reports about it"),
            Arrow::new(S::InDoubt, S::Refused, Partner, "the warehouse has refused it"),
        ]
    }
);

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
