//! Returns: goods coming back. The warehouse decides what becomes of the goods, the back office what the customer gets;
//! neither waits for the other, and a return closes when both are decided for every item.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::code::{Code, Problem};
use crate::fulfillment::FulfillmentOrder;
use crate::id::{LineId, OrderId, ReturnId, WarehouseId};
use crate::lifecycle::{Arrow, By, Lifecycle as _, Refused, lifecycle};
use crate::quantity::{Quantity, Sku};
use crate::role::{Holder, Power};
use crate::time::Timestamp;

mod report;
#[cfg(test)]
mod tests;

pub use self::report::{ReportedItem, Treated};

/// Where a return is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnState {
    /// Expected.
    Announced,
    /// A carrier has it.
    InTransit,
    /// The warehouse has it.
    Received,
    /// The warehouse has looked at every item.
    Inspected,
    /// Everything is decided.
    Closed,
    /// It never came.
    Expired,
    /// It will not come.
    Cancelled,
}

/// What the guards of a return look at. [`Facts::of`] counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Units that arrived.
    pub received: u64,
    /// Items without a stock decision, or without a customer decision.
    pub undecided: usize,
    /// Items that nobody has looked at.
    pub uninspected: usize,
    /// Whether the time in which it should have come has passed.
    pub overdue: bool,
}

lifecycle!(
    ReturnState,
    Facts,
    "a return",
    [
        Announced = "announced",
        InTransit = "in_transit",
        Received = "received",
        Inspected = "inspected",
        Closed = "closed",
        Expired = "expired",
        Cancelled = "cancelled",
    ],
    {
        use By::{Engine, Partner, Person, PersonOrEngine};
        use ReturnState as S;
        const CAME: &str = "something arrived";
        const NONE_CAME: &str = "nothing arrived";
        const OVERDUE: &str = "its time has passed and nothing arrived";
        const fn nothing(facts: &Facts) -> bool {
            facts.received == 0
        }
        &[
            Arrow::begin(S::Announced, PersonOrEngine, "the customer, the shop or a case says that goods come back"),
            Arrow::begin(S::Received, Partner, "goods came back unannounced"),
            Arrow::new(S::Announced, S::InTransit, Partner, "the carrier has it"),
            Arrow::new(S::Announced, S::Received, Partner, "the warehouse has it").when(CAME, |f| f.received > 0),
            Arrow::new(S::Announced, S::Expired, Engine, "waited too long")
                .when(OVERDUE, |f| f.overdue && f.received == 0),
            Arrow::new(S::Announced, S::Cancelled, Person, "the customer keeps it").when(NONE_CAME, nothing),
            Arrow::new(S::InTransit, S::Received, Partner, "the warehouse has it").when(CAME, |f| f.received > 0),
            Arrow::new(S::InTransit, S::Expired, Engine, "waited too long")
                .when(OVERDUE, |f| f.overdue && f.received == 0),
            Arrow::new(S::InTransit, S::Cancelled, Person, "lost, or turned round").when(NONE_CAME, nothing),
            // A fact beats our patience.
            Arrow::new(S::Expired, S::Received, Partner, "it came after all").when(CAME, |f| f.received > 0),
            Arrow::new(S::Cancelled, S::Received, Partner, "it came all the same").when(CAME, |f| f.received > 0),
            Arrow::new(S::Received, S::Inspected, Partner, "the warehouse looked at it")
                .when("every item has been looked at", |f| f.uninspected == 0),
            Arrow::new(S::Inspected, S::Closed, PersonOrEngine, "the last decision was made")
                .when("both decisions are made for every item", |f| f.undecided == 0),
        ]
    }
);

/// What becomes of the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockDecision {
    /// Nobody has said.
    #[default]
    Undecided,
    /// For sale again.
    Restock,
    /// On hand, not for sale.
    Quarantine,
    /// Thrown away.
    Dispose,
    /// Back to the customer or the supplier.
    SendBack,
}

/// What the customer gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomerDecision {
    /// Nobody has said.
    #[default]
    Undecided,
    /// Money back.
    Refund,
    /// Nothing.
    NoRefund,
    /// The same again, as a new order.
    Replace,
}

/// Why goods come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnCause {
    /// The customer sends them.
    Customer,
    /// They left although they had been cancelled.
    ShippedAfterCancel,
    /// The carrier could not deliver.
    Undeliverable,
    /// They left by mistake: more, or something else than was asked for.
    Mistake,
    /// They came without a word.
    Unannounced,
}

/// How far the conversation with the warehouse about a return is: another axis than where the goods are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The warehouse's system takes no notice of returns, or told us of this one itself.
    #[default]
    None,
    /// The warehouse is to be told that goods will come.
    Due,
    /// The warehouse expects them.
    Known,
    /// The warehouse does not take the notice; the problem says why. The goods may come all the same.
    Refused,
    /// The warehouse is to be told that nothing will come.
    WithdrawalDue,
    /// The warehouse expects nothing any more.
    Withdrawn,
}

/// Some units of one article in a return. Units with different fates are different items ([`Return::split`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReturnItem {
    /// The order line; `None` for something that was never ordered.
    pub line: Option<LineId>,
    /// What.
    pub sku: Sku,
    /// Units announced; 0 when unannounced.
    pub announced: Quantity,
    /// Units that arrived.
    pub received: Quantity,
    /// Whether the warehouse has looked at it.
    pub inspected: bool,
    /// Its condition, in the warehouse's words.
    pub condition: String,
    /// What becomes of the goods.
    pub stock: StockDecision,
    /// What the customer gets.
    pub customer: CustomerDecision,
}

impl ReturnItem {
    /// Units that are announced.
    #[must_use]
    pub fn announced(line: Option<LineId>, sku: Sku, units: Quantity) -> Self {
        Self {
            line,
            sku,
            announced: units,
            received: 0,
            inspected: false,
            condition: String::new(),
            stock: StockDecision::Undecided,
            customer: CustomerDecision::Undecided,
        }
    }

    /// Whether anything is left to decide. Units that never came need no stock decision.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        (self.received == 0 || self.stock != StockDecision::Undecided) && self.customer != CustomerDecision::Undecided
    }
}

/// Goods coming back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Return {
    /// Identity.
    pub id: ReturnId,
    /// Our number, unique for ever; the warehouse keeps it and the label shows it.
    pub reference: String,
    /// The warehouse's id of it, once it has one.
    pub remote_id: Option<String>,
    /// The order they left for; `None` when nobody knows.
    pub order: Option<OrderId>,
    /// Where they arrive.
    pub warehouse: Option<WarehouseId>,
    /// Our revision, from 1; compare-and-set.
    pub revision: i64,
    /// Where it is.
    pub state: ReturnState,
    /// How far the conversation with the warehouse about it is.
    pub notice: Notice,
    /// Why.
    pub cause: ReturnCause,
    /// What comes.
    pub items: Vec<ReturnItem>,
    /// The carrier's code for the way back; may be empty.
    pub tracking_code: String,
    /// When we learned of it.
    pub announced_at: Timestamp,
    /// When it is expected no longer.
    pub expires_at: Option<Timestamp>,
    /// When the first units of it arrived.
    pub received_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// What is wrong with it, such as a notice that the warehouse refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// Why something about a return was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReturnError {
    /// The lifecycle says no.
    #[error(transparent)]
    Step(#[from] Refused),
    /// No such item.
    #[error("the return has no item {0}")]
    UnknownItem(usize),
    /// The roles held may not decide it.
    #[error("none of your roles decides that")]
    NotYours,
    /// More units than there are.
    #[error("{wanted} of {there} units cannot be split off")]
    Split {
        /// Units wanted.
        wanted: Quantity,
        /// Units there.
        there: Quantity,
    },
    /// Nothing of it has arrived, so there is nothing to look at.
    #[error("nothing of item {0} has arrived")]
    NotArrived(usize),
    /// Nothing is decided any more.
    #[error("the return is {0}: nothing about it changes any more")]
    Over(&'static str),
    /// Nothing is announced.
    #[error("a return is of at least one unit")]
    Empty,
    /// More units than left, those that come back already not counted.
    #[error("{wanted} units of line {line} cannot come back: {there} left and are not coming back already")]
    NotShipped {
        /// The line.
        line: LineId,
        /// Units wanted.
        wanted: u64,
        /// Units there are.
        there: u64,
    },
    /// More units than can be counted.
    #[error("too many units")]
    Overflow,
}

impl ReturnError {
    /// The error for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let (code, next_step) = match self {
            Self::Step(Refused::Guarded { .. }) => {
                (Code::ReturnUndecided, "Decide what becomes of the goods and what the customer gets.")
            }
            Self::Step(Refused::NoArrow { .. }) => (Code::Conflict, "Read the return again: it has moved on."),
            Self::NotYours => (Code::Forbidden, "Ask the lead of the warehouse, or the back office."),
            Self::NotArrived(_) => (Code::ReturnUndecided, "Receive the goods first."),
            Self::Over(_) => (Code::ReturnUndecided, "Announce another return if more comes back."),
            Self::NotShipped { .. } => (Code::EditRefused, "Announce no more units than left."),
            Self::UnknownItem(_) | Self::Split { .. } | Self::Empty | Self::Overflow => {
                (Code::BadRequest, "Read the return again.")
            }
        };
        Problem::new(code, "The return was not changed", self.to_string(), next_step)
    }
}

impl Facts {
    /// Counts them.
    #[must_use]
    pub fn of(goods: &Return, now: Timestamp) -> Self {
        Self {
            received: goods.items.iter().map(|item| u64::from(item.received)).sum(),
            undecided: goods.items.iter().filter(|item| !item.is_decided()).count(),
            uninspected: goods.items.iter().filter(|item| item.received > 0 && !item.inspected).count(),
            overdue: goods.expires_at.is_some_and(|expiry| expiry <= now),
        }
    }
}

impl Return {
    /// Moves along the lifecycle.
    ///
    /// # Errors
    /// [`ReturnError::Step`]; nothing changed.
    pub fn advance(&mut self, to: ReturnState, now: Timestamp) -> Result<(), ReturnError> {
        self.state.check(to, &Facts::of(self, now))?;
        self.state = to;
        Ok(())
    }

    /// The warehouse counted `units` of an article. They fill what was announced of it; what was not announced becomes an
    /// item of its own. A return that came after it was given up is received all the same.
    ///
    /// # Errors
    /// [`ReturnError::Overflow`], and [`ReturnError::Step`] once it is closed.
    pub fn receive(&mut self, sku: &Sku, units: Quantity, now: Timestamp) -> Result<(), ReturnError> {
        if units == 0 {
            return Err(ReturnError::Empty);
        }
        let mut after = self.clone();
        let mut left = units;
        for item in after.items.iter_mut().filter(|item| &item.sku == sku) {
            let taken = left.min(item.announced.saturating_sub(item.received));
            item.received = item.received.checked_add(taken).ok_or(ReturnError::Overflow)?;
            left -= taken;
        }
        if left > 0 {
            let item = ReturnItem { received: left, ..ReturnItem::announced(None, sku.clone(), 0) };
            after.items.push(item);
        }
        // What was looked at and turns out not to be all of it is looked at again: the new units are another item.
        if !matches!(after.state, ReturnState::Received | ReturnState::Inspected) {
            after.advance(ReturnState::Received, now)?;
        }
        after.received_at.get_or_insert(now);
        *self = after;
        Ok(())
    }

    /// The item's units in two: `units` of it become an item of their own, behind it.
    ///
    /// # Errors
    /// [`ReturnError::UnknownItem`]; [`ReturnError::Split`] unless fewer than all of the received units are split off.
    pub fn split(&mut self, item: usize, units: Quantity) -> Result<(), ReturnError> {
        self.open()?;
        let whole = self.items.get_mut(item).ok_or(ReturnError::UnknownItem(item))?;
        if units == 0 || units >= whole.received {
            return Err(ReturnError::Split { wanted: units, there: whole.received });
        }
        let mut other = whole.clone();
        other.received = units;
        other.announced = units.min(whole.announced);
        whole.received -= units;
        whole.announced -= other.announced;
        self.items.insert(item + 1, other);
        Ok(())
    }

    /// The warehouse says what becomes of an item's goods, having looked at them.
    ///
    /// # Errors
    /// [`ReturnError::UnknownItem`]; [`ReturnError::NotYours`] without [`Power::DecideReturnStock`] there.
    pub fn decide_stock(
        &mut self,
        item: usize,
        decision: StockDecision,
        condition: &str,
        holder: &Holder,
    ) -> Result<(), ReturnError> {
        if !holder.may(Power::DecideReturnStock, self.warehouse.as_ref()) {
            return Err(ReturnError::NotYours);
        }
        self.open()?;
        let place = self.items.get_mut(item).ok_or(ReturnError::UnknownItem(item))?;
        if place.received == 0 {
            return Err(ReturnError::NotArrived(item));
        }
        place.stock = decision;
        condition.clone_into(&mut place.condition);
        place.inspected = true;
        Ok(())
    }

    /// The back office says what the customer gets for an item.
    ///
    /// # Errors
    /// [`ReturnError::UnknownItem`]; [`ReturnError::NotYours`] without [`Power::DecideReturnCustomer`].
    pub fn decide_customer(
        &mut self,
        item: usize,
        decision: CustomerDecision,
        holder: &Holder,
    ) -> Result<(), ReturnError> {
        if !holder.may(Power::DecideReturnCustomer, None) {
            return Err(ReturnError::NotYours);
        }
        self.open()?;
        self.items.get_mut(item).ok_or(ReturnError::UnknownItem(item))?.customer = decision;
        Ok(())
    }

    /// Refuses to change what is over.
    fn open(&self) -> Result<(), ReturnError> {
        if matches!(self.state, ReturnState::Closed | ReturnState::Expired | ReturnState::Cancelled) {
            return Err(ReturnError::Over(self.state.as_str()));
        }
        Ok(())
    }

    /// Moves on as far as what is decided allows: looked at once everything is, closed once both decisions are made for
    /// every item. Answers whether it moved.
    pub fn settle(&mut self, now: Timestamp) -> bool {
        let before = self.state;
        for to in [ReturnState::Inspected, ReturnState::Closed] {
            if self.state.check(to, &Facts::of(self, now)).is_ok() {
                self.state = to;
            }
        }
        self.state != before
    }

    /// Whether goods are here that wait for a decision, and of whom: of the warehouse, of the back office.
    #[must_use]
    pub fn waits_for(&self) -> (bool, bool) {
        if !matches!(self.state, ReturnState::Received | ReturnState::Inspected) {
            return (false, false);
        }
        let goods = |item: &ReturnItem| item.received > 0 && item.stock == StockDecision::Undecided;
        let customer = |item: &ReturnItem| item.customer == CustomerDecision::Undecided;
        (self.items.iter().any(goods), self.items.iter().any(customer))
    }
}

/// What is known of goods that come back when they are announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The return's identity.
    pub id: ReturnId,
    /// Our number.
    pub reference: String,
    /// The order they left for; `None` when nobody knows.
    pub order: Option<OrderId>,
    /// Where they arrive.
    pub warehouse: WarehouseId,
    /// Why.
    pub cause: ReturnCause,
    /// What comes.
    pub items: Vec<ReturnItem>,
    /// The carrier's code for the way back; may be empty.
    pub tracking_code: String,
    /// When it is announced.
    pub at: Timestamp,
    /// When it is expected no longer.
    pub expires_at: Option<Timestamp>,
}

impl Return {
    /// A return that nobody has been told of yet.
    #[must_use]
    pub fn announced(announcement: Announcement) -> Self {
        let Announcement { id, reference, order, warehouse, cause, items, tracking_code, at, expires_at } =
            announcement;
        Self {
            id,
            reference,
            remote_id: None,
            order,
            warehouse: Some(warehouse),
            revision: 0,
            state: ReturnState::Announced,
            notice: Notice::None,
            cause,
            items,
            tracking_code,
            announced_at: at,
            expires_at,
            received_at: None,
            updated_at: at,
            problem: None,
        }
    }

    /// Our number for the return called `id` of the order called `number`: readable on a label, and unique.
    #[must_use]
    pub fn reference_of(number: &str, id: &ReturnId) -> String {
        let number: String = number.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
        let tail = id.as_str().len().saturating_sub(8);
        format!("SR-{number}-{}", id.as_str().get(tail..).unwrap_or_default())
    }
}

/// Units of each line that left and are not on their way back: those that a return may still be announced for.
#[must_use]
pub fn returnable(parts: &[FulfillmentOrder], returns: &[Return]) -> BTreeMap<LineId, u64> {
    let mut units: BTreeMap<LineId, u64> = BTreeMap::new();
    for line in parts.iter().flat_map(|part| &part.lines) {
        *units.entry(line.line.clone()).or_default() += u64::from(line.shipped);
    }
    let given_up = |goods: &&Return| !matches!(goods.state, ReturnState::Expired | ReturnState::Cancelled);
    for item in returns.iter().filter(given_up).flat_map(|goods| &goods.items) {
        if let Some(left) = item.line.as_ref().and_then(|line| units.get_mut(line)) {
            *left = left.saturating_sub(u64::from(item.announced.max(item.received)));
        }
    }
    units.retain(|_, left| *left > 0);
    units
}

/// Refuses an announcement of nothing, and of more than left.
///
/// # Errors
/// [`ReturnError::Empty`], [`ReturnError::NotShipped`].
pub fn check_announced(items: &[ReturnItem], returnable: &BTreeMap<LineId, u64>) -> Result<(), ReturnError> {
    if items.is_empty() || items.iter().any(|item| item.announced == 0) {
        return Err(ReturnError::Empty);
    }
    let mut wanted: BTreeMap<&LineId, u64> = BTreeMap::new();
    for item in items {
        if let Some(line) = &item.line {
            *wanted.entry(line).or_default() += u64::from(item.announced);
        }
    }
    for (line, wanted) in wanted {
        let there = returnable.get(line).copied().unwrap_or(0);
        if wanted > there {
            return Err(ReturnError::NotShipped { line: line.clone(), wanted, there });
        }
    }
    Ok(())
}
