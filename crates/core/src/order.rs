//! The order: what a customer bought in one shop, as Switchyard understands it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::address::{Address, Customer};
use crate::attention::AttentionItem;
use crate::code::Problem;
use crate::edit::Move;
use crate::fulfillment::FulfillmentOrder;
use crate::fulfillment::rejection::RejectionReason;
use crate::hold::{Hold, HoldCause};
use crate::id::{ConnectionId, LineId, OrderId};
use crate::lifecycle::{Arrow, By, Lifecycle as _, Refused, lifecycle};
use crate::money::{Currency, Money};
use crate::quantity::{Grams, Quantity, Sku};
use crate::shop_change::Version;
use crate::time::Timestamp;
use crate::units::{Imbalance, LineAccount};
use crate::write_back::WriteBack;

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

/// What the guards of an order's lifecycle look at. [`Facts::of`] counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Reasons validation found against it.
    pub reasons: usize,
    /// Units assigned to no fulfillment order and no backorder.
    pub unplanned: u64,
    /// Units not yet shipped and not cancelled, wherever they are.
    pub open: u64,
    /// Units that left.
    pub shipped: u64,
    /// Fulfillment orders that a warehouse has, or may have, and that have not ended.
    pub at_warehouses: usize,
    /// Write-backs neither confirmed nor waived.
    pub untold: usize,
}

impl Facts {
    /// Counts them.
    ///
    /// # Errors
    /// [`Imbalance`] when order and parts contradict each other.
    pub fn of(order: &Order, parts: &[FulfillmentOrder], write_backs: &[WriteBack]) -> Result<Self, Imbalance> {
        let accounts = crate::units::account(order, parts)?;
        let sum = |of: fn(&LineAccount) -> Quantity| accounts.iter().map(|line| u64::from(of(line))).sum::<u64>();
        let unplanned = sum(|line| line.unplanned);
        let reasons = order.problems.iter().filter(|problem| problem.code.blocks()).count();
        Ok(Self {
            reasons,
            unplanned,
            open: unplanned + sum(|line| line.backordered) + sum(|line| line.in_fulfillment),
            shipped: sum(|line| line.shipped),
            at_warehouses: parts.iter().filter(|part| !part.state.is_ours() && !part.state.is_final()).count(),
            untold: write_backs.iter().filter(|duty| !duty.state.is_settled()).count(),
        })
    }
}

lifecycle!(
    OrderState,
    Facts,
    "an order",
    [
        Received = "received",
        Blocked = "blocked",
        Accepted = "accepted",
        Planned = "planned",
        Closed = "closed",
        Cancelled = "cancelled",
    ],
    {
        use By::{Engine, Partner, PersonOrEngine};
        use OrderState::{Accepted, Blocked, Cancelled, Closed, Planned, Received};
        const NOTHING_LEFT_US: &str = "no unit shipped, no part at a warehouse without an accepted cancel";
        const NO_REASON: &str = "no reason is left";
        const REASONS: &str = "the reasons are listed";
        const fn nothing_left_us(facts: &Facts) -> bool {
            facts.shipped == 0 && facts.at_warehouses == 0
        }
        &[
            Arrow::begin(Received, Partner, "the shop's connector delivered an order with a new key"),
            Arrow::new(Received, Blocked, Engine, "validation failed").when(REASONS, |facts| facts.reasons > 0),
            Arrow::new(Received, Accepted, Engine, "validation passed").when(NO_REASON, |facts| facts.reasons == 0),
            Arrow::new(Received, Cancelled, PersonOrEngine, "all units cancelled")
                .when(NOTHING_LEFT_US, nothing_left_us),
            Arrow::new(Blocked, Accepted, Engine, "validation passed: the order was corrected, or a mapping appeared")
                .when(NO_REASON, |facts| facts.reasons == 0),
            Arrow::new(Blocked, Cancelled, PersonOrEngine, "all units cancelled")
                .when(NOTHING_LEFT_US, nothing_left_us),
            Arrow::new(Accepted, Blocked, Engine, "an edit made it invalid").when(REASONS, |facts| facts.reasons > 0),
            Arrow::new(Accepted, Planned, Engine, "the router assigned the units")
                .when("every unit is in a fulfillment order or on backorder", |facts| facts.unplanned == 0),
            Arrow::new(Accepted, Cancelled, PersonOrEngine, "all units cancelled")
                .when(NOTHING_LEFT_US, nothing_left_us),
            Arrow::new(Planned, Accepted, Engine, "to be routed again: rejected, short or edited")
                .when("units are left that have not shipped", |facts| facts.open > 0),
            Arrow::new(Planned, Closed, Engine, "the last unit left and the shop knows")
                .when("no unit is open and every write-back confirmed or waived", |facts| {
                    facts.open == 0 && facts.untold == 0
                }),
            Arrow::new(Planned, Cancelled, PersonOrEngine, "all units cancelled")
                .when(NOTHING_LEFT_US, nothing_left_us),
        ]
    }
);

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
    /// Units that wait for stock on purpose: promised from goods that are still to come, asked of no warehouse.
    #[serde(default)]
    pub backordered: Quantity,
    /// The lot the customer asked for, when there was such a wish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_lot: Option<String>,
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
    /// The order as the shop last said it: what tells a change by the shop from a change by us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_version: Option<Box<Version>>,
    /// Whether the shop has the money; `None` when it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<bool>,
    /// Orders the customer placed in this shop before; `None` when the shop does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_orders: Option<u32>,
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
    /// Why rules placed the holds that are gone since: none of these causes holds it again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past_causes: Vec<HoldCause>,
    /// Reasons for which warehouses have refused it and that somebody has removed since, and when: a refusal from before
    /// keeps no warehouse out any more.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cured: BTreeMap<RejectionReason, Timestamp>,
    /// Units with a warehouse of somebody's choice, the latest choice last: the router pins them there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
    /// What stops it, in words for a person; empty when nothing does.
    pub problems: Vec<Problem>,
    /// Matters that wait for a person. One that was settled is in the journal only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attention: Vec<AttentionItem>,
    /// True once a person changed it here.
    pub edited: bool,
    /// Our own urgency: the higher, the earlier it gets scarce stock; 0 for most. The shop never sees it.
    #[serde(default)]
    pub priority: i32,
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

    /// Moves along the lifecycle where the arrow's condition holds too.
    ///
    /// # Errors
    /// [`Refused`] names what is missing; the order is unchanged.
    pub fn advance(&mut self, to: OrderState, facts: &Facts) -> Result<(), Refused> {
        self.state.check(to, facts)?;
        self.state = to;
        Ok(())
    }

    /// The line with this id.
    #[must_use]
    pub fn line(&self, id: &LineId) -> Option<&OrderLine> {
        self.lines.iter().find(|line| &line.id == id)
    }
}
