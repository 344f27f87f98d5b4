//! What an operator may do to an order, and when it is too late.
//!
//! [`decide()`] is the whole of it: each part is judged by the table of [`verdict`], what is ours is changed, what a
//! warehouse has is asked for by a change request, and what cannot be done is named with the ways out. [`apply`] is the
//! simple form: either everything is still ours, or nothing is done. Both are pure: records in, changed copies and duties
//! out. The engine stores the outcome by compare-and-set, so an edit and a release that race have exactly one winner.

mod decide;
pub mod kind;
mod series;
pub mod verdict;
mod work;

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::fulfillment::{FulfillmentOrder, FulfillmentState};
use crate::hold::HoldReason;
use crate::id::{FulfillmentId, HoldId, LineId, WarehouseId};
use crate::journal::Actor;
use crate::money::Money;
use crate::order::{Order, OrderLine, OrderState};
use crate::quantity::Quantity;
use crate::time::Timestamp;

pub use decide::{Approver, Decision, Denied, PartVerdict, Scene, decide, verdicts};
pub use series::{Series, Step};
pub use work::Move;
use work::{Reach, Work};

/// A wish to change an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Edit {
    /// Another destination.
    Address {
        /// The whole new address.
        ship_to: Address,
    },
    /// Fewer units of a line.
    Quantity {
        /// The line.
        line: LineId,
        /// Units wanted from now on.
        quantity: Quantity,
    },
    /// An obstacle to release.
    Hold {
        /// Identity of the hold to place.
        id: HoldId,
        /// Why.
        reason: HoldReason,
        /// In words.
        note: String,
        /// When it lifts itself.
        expires_at: Option<Timestamp>,
        /// The one part to stop; `None` means the whole order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fulfillment: Option<FulfillmentId>,
        /// Whether reserved stock stays reserved meanwhile.
        #[serde(default = "yes", skip_serializing_if = "is_yes")]
        keeps_stock: bool,
    },
    /// Remove an obstacle.
    LiftHold {
        /// Which.
        hold: HoldId,
    },
    /// Close the edit window now.
    ReleaseNow,
    /// Nothing shall ship.
    Cancel,
    /// Another remark.
    Note {
        /// The whole new remark.
        note: String,
    },
    /// Other labels.
    Tags {
        /// All labels from now on.
        tags: Vec<String>,
    },
    /// Another urgency.
    Priority {
        /// The higher, the earlier it gets scarce stock.
        priority: i32,
    },
    /// More units of a line.
    MoreUnits {
        /// The line.
        line: LineId,
        /// Units wanted from now on.
        quantity: Quantity,
    },
    /// Another line.
    AddLine {
        /// The whole line; nothing of it is cancelled or on backorder.
        line: Box<OrderLine>,
    },
    /// Another carrier or speed.
    ShippingOption {
        /// The shop's name of the shipping.
        option: String,
    },
    /// Another warehouse for a part.
    Warehouse {
        /// The part.
        fulfillment: FulfillmentId,
        /// The warehouse.
        to: WarehouseId,
    },
    /// Other amounts.
    Billing {
        /// What the customer pays in all.
        total: Money,
        /// Unit prices that change, by line.
        unit_prices: Vec<LinePrice>,
    },
    /// Another lot, or any.
    Lot {
        /// The line.
        line: LineId,
        /// The lot; `None` means any.
        lot: Option<String>,
    },
}

/// What one unit of a line costs from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LinePrice {
    /// The line.
    pub line: LineId,
    /// Price of one unit.
    pub unit_price: Money,
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_yes(value: &bool) -> bool {
    *value
}

/// Why a wish was not granted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A warehouse has it, or may have it.
    #[error("fulfillment order {reference} was handed over at {since} and is {state:?}")]
    TooLate {
        /// Our number of the fulfillment order that is beyond reach.
        reference: String,
        /// Its state.
        state: FulfillmentState,
        /// Since when.
        since: Timestamp,
    },
    /// The order's life has ended.
    #[error("the order is {0:?}")]
    Finished(OrderState),
    /// The line is not on the order.
    #[error("the order has no line {0}")]
    UnknownLine(LineId),
    /// Only fewer units are possible here.
    #[error("{quantity} is not fewer than the {wanted} units wanted now")]
    NotFewer {
        /// Asked.
        quantity: Quantity,
        /// Wanted now.
        wanted: Quantity,
    },
    /// The hold is not on the order.
    #[error("the order has no hold {0}")]
    UnknownHold(HoldId),
    /// Release needs zero holds.
    #[error("{0} hold(s) must be lifted first")]
    Held(usize),
    /// Release needs a plan.
    #[error("the order is {0:?}, not planned")]
    NotPlanned(OrderState),
    /// The wish changes nothing.
    #[error("nothing would change")]
    NoChange,
    /// Only more units are possible here.
    #[error("{quantity} is not more than the {wanted} units wanted now")]
    NotMore {
        /// Asked.
        quantity: Quantity,
        /// Wanted now.
        wanted: Quantity,
    },
    /// A number or a text that no order can have.
    #[error("{0}")]
    OutOfRange(String),
    /// The order has no such part, or it has ended.
    #[error("the order has no fulfillment order {0} that can be moved")]
    UnknownPart(FulfillmentId),
    /// The address would still lack something.
    #[error("the address lacks {0}")]
    AddressIncomplete(String),
}

/// One field's change, for the journal and the diff a person sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// Path of the field, such as `ship_to.city` or `lines.lin_...wanted`.
    pub field: String,
    /// Before.
    pub before: serde_json::Value,
    /// After.
    pub after: serde_json::Value,
}

/// What a granted wish means.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The order as it is now; its revision is still the one it was read at.
    pub order: Order,
    /// Fulfillment orders that changed, likewise.
    pub fulfillments: Vec<FulfillmentOrder>,
    /// Fulfillment orders whose hand-over has to be withdrawn from the outbox: they were queued.
    pub withdrawn: Vec<FulfillmentId>,
    /// Whether the order has to be validated and planned again.
    pub replan: bool,
    /// Fulfillment orders to try to release now.
    pub release: Vec<FulfillmentId>,
    /// What changed, field by field.
    pub changes: Vec<FieldChange>,
}

pub(crate) fn change(field: impl Into<String>, before: impl Serialize, after: impl Serialize) -> FieldChange {
    let value = |v: Result<serde_json::Value, serde_json::Error>| v.unwrap_or(serde_json::Value::Null);
    FieldChange {
        field: field.into(),
        before: value(serde_json::to_value(before)),
        after: value(serde_json::to_value(after)),
    }
}

/// Refuses when any part of the order is at a warehouse, or may be.
fn still_ours(fulfillments: &[FulfillmentOrder]) -> Result<(), Refusal> {
    let gone = fulfillments.iter().find(|ful| {
        !ful.state.is_ours() && !matches!(ful.state, FulfillmentState::Cancelled | FulfillmentState::Rejected)
    });
    gone.map_or(Ok(()), |ful| {
        Err(Refusal::TooLate { reference: ful.reference.clone(), state: ful.state, since: ful.state_since })
    })
}

/// Decides about `edit` and says what follows from it, provided that everything it touches is still ours.
///
/// # Errors
/// [`Refusal`] says why not; nothing changed.
pub fn apply(
    edit: &Edit,
    order: &Order,
    fulfillments: &[FulfillmentOrder],
    actor: &Actor,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    let untouched = matches!(
        edit,
        Edit::LiftHold { .. } | Edit::ReleaseNow | Edit::Note { .. } | Edit::Tags { .. } | Edit::Priority { .. }
    );
    if !untouched && !order.state.is_final() {
        still_ours(fulfillments)?;
    }
    let reach = |part: &FulfillmentOrder| if part.state.is_ours() { Reach::Ours } else { Reach::Beyond };
    let work = Work::perform(edit, order, fulfillments, &[], &reach, None, actor, now)?;
    Ok(work.into_outcome())
}
