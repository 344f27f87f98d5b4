//! The order: what a customer bought in one shop, as Switchyard understands it.

use serde::{Deserialize, Serialize};

use crate::address::{Address, Customer};
use crate::code::Problem;
use crate::hold::Hold;
use crate::id::{ConnectionId, LineId, OrderId};
use crate::money::{Currency, Money};
use crate::quantity::{Grams, Quantity, Sku};
use crate::time::Timestamp;

/// The stored lifecycle of an order (`received -> blocked | accepted -> planned -> closed`, `cancelled`).
///
/// Progress, lateness and "held" are computed from facts, never stored here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// A connector delivered it; nothing has been checked.
    Received,
    /// Validation failed; the reasons are listed on the order.
    Blocked,
    /// Valid; waits for the router.
    Accepted,
    /// Every unit is assigned to a fulfillment order or to backorder.
    Planned,
    /// Nothing open and every write-back confirmed or waived.
    Closed,
    /// All units cancelled.
    Cancelled,
}

/// A transition the lifecycle does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an order cannot go from {from:?} to {to:?}")]
pub struct IllegalTransition {
    /// Where it is.
    pub from: OrderState,
    /// Where someone wanted it.
    pub to: OrderState,
}

impl OrderState {
    /// All states in lifecycle order.
    pub const ALL: [Self; 6] =
        [Self::Received, Self::Blocked, Self::Accepted, Self::Planned, Self::Closed, Self::Cancelled];

    /// The stored text, such as `planned`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Blocked => "blocked",
            Self::Accepted => "accepted",
            Self::Planned => "planned",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the stored text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether the lifecycle has an arrow from here to `to`.
    #[must_use]
    pub const fn may_become(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Self::Received, Self::Blocked | Self::Accepted | Self::Cancelled)
                | (Self::Blocked, Self::Accepted | Self::Cancelled)
                | (Self::Accepted, Self::Planned | Self::Cancelled | Self::Blocked)
                | (Self::Planned, Self::Accepted | Self::Closed | Self::Cancelled)
        )
    }

    /// True when nothing more will happen.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled)
    }
}

/// Whether a line is goods that a warehouse can pick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Something to pick, pack and ship.
    Goods,
    /// Postage, discounts, manual fees, gift vouchers: billed, never picked.
    Fee,
}

/// One line of an order: a SKU and how many units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderLine {
    /// Our identity of it.
    pub id: LineId,
    /// The shop's identity of it.
    pub shop_line_id: String,
    /// What.
    pub sku: Sku,
    /// The shop's wording; may be empty.
    pub title: String,
    /// Goods or fee.
    pub kind: LineKind,
    /// Units bought.
    pub ordered: Quantity,
    /// Units of those that were cancelled since.
    pub cancelled: Quantity,
    /// Price of one unit; may be zero.
    pub unit_price: Money,
    /// Weight of one unit in grams, 0 when unknown.
    pub unit_weight: Grams,
}

impl OrderLine {
    /// Units still wanted: ordered less cancelled.
    #[must_use]
    pub const fn wanted(&self) -> Quantity {
        self.ordered.saturating_sub(self.cancelled)
    }

    /// Units a warehouse has to ship: the wanted ones of goods, none of fees.
    #[must_use]
    pub const fn to_ship(&self) -> Quantity {
        match self.kind {
            LineKind::Goods => self.wanted(),
            LineKind::Fee => 0,
        }
    }
}

/// An order: the canonical record of one shop order, with our revisions of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Order {
    /// Identity.
    pub id: OrderId,
    /// The shop it came from.
    pub shop: ConnectionId,
    /// The shop's own id; unique within the shop.
    pub shop_order_id: String,
    /// What people call it, such as `#1001`.
    pub number: String,
    /// Our revision, from 1; every write is compare-and-set on it.
    pub revision: i64,
    /// The shop's last change that this record contains.
    pub shop_updated_at: Timestamp,
    /// Lifecycle.
    pub state: OrderState,
    /// When the customer bought.
    pub placed_at: Timestamp,
    /// When we first stored it; the edit window counts from here.
    pub received_at: Timestamp,
    /// Our last change.
    pub updated_at: Timestamp,
    /// Until when it can be changed without asking a warehouse; `None` before planning.
    pub editable_until: Option<Timestamp>,
    /// Currency of every amount on it.
    pub currency: Currency,
    /// Total the customer pays.
    pub total: Money,
    /// Buyer.
    pub customer: Customer,
    /// Destination.
    pub ship_to: Address,
    /// Destination as the shop last said it: what tells a change by the shop from a change by us.
    #[serde(default)]
    pub shop_ship_to: Address,
    /// The shop's name of the chosen shipping, empty when it sent none.
    pub shipping_option: String,
    /// The buyer's or the shop's remark.
    pub note: String,
    /// The shop's labels.
    pub tags: Vec<String>,
    /// What was bought, in the shop's order.
    pub lines: Vec<OrderLine>,
    /// Obstacles to release.
    pub holds: Vec<Hold>,
    /// What stops it, in words for a person; empty when nothing does.
    pub problems: Vec<Problem>,
    /// True once a person changed it here.
    pub edited: bool,
}

impl Order {
    /// Moves along the lifecycle.
    ///
    /// # Errors
    /// [`IllegalTransition`] when the lifecycle has no such arrow; the order is unchanged.
    pub fn become_state(&mut self, to: OrderState) -> Result<(), IllegalTransition> {
        if self.state.may_become(to) {
            self.state = to;
            Ok(())
        } else {
            Err(IllegalTransition { from: self.state, to })
        }
    }

    /// The line with this id.
    #[must_use]
    pub fn line(&self, id: &LineId) -> Option<&OrderLine> {
        self.lines.iter().find(|line| &line.id == id)
    }
}
