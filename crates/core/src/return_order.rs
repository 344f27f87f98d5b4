//! Returns: goods coming back. The warehouse decides what becomes of the goods, the back office what the customer gets;
//! neither waits for the other, and a return closes when both are decided for every item.

use serde::{Deserialize, Serialize};

use crate::code::{Code, Problem};
use crate::id::{LineId, OrderId, ReturnId, WarehouseId};
use crate::lifecycle::{Arrow, By, Lifecycle as _, Refused, lifecycle};
use crate::quantity::{Quantity, Sku};
use crate::role::{Holder, Power};
use crate::time::Timestamp;

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
    /// The order they left for; `None` when nobody knows.
    pub order: Option<OrderId>,
    /// Where they arrive.
    pub warehouse: Option<WarehouseId>,
    /// Our revision, from 1; compare-and-set.
    pub revision: i64,
    /// Where it is.
    pub state: ReturnState,
    /// Why.
    pub cause: ReturnCause,
    /// What comes.
    pub items: Vec<ReturnItem>,
    /// When we learned of it.
    pub announced_at: Timestamp,
    /// When it is expected no longer.
    pub expires_at: Option<Timestamp>,
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
    /// More units than can be counted.
    #[error("too many units")]
    Overflow,
}

impl ReturnError {
    /// The error for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let (code, next_step) = match self {
            Self::Step(_) => (Code::ReturnUndecided, "Decide what becomes of the goods and what the customer gets."),
            Self::NotYours => (Code::Forbidden, "Ask the lead of the warehouse, or the back office."),
            Self::UnknownItem(_) | Self::Split { .. } | Self::Overflow => (Code::BadRequest, "Read the return again."),
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
        if after.state != ReturnState::Received {
            after.advance(ReturnState::Received, now)?;
        }
        *self = after;
        Ok(())
    }

    /// The item's units in two: `units` of it become an item of their own, behind it.
    ///
    /// # Errors
    /// [`ReturnError::UnknownItem`]; [`ReturnError::Split`] unless fewer than all of the received units are split off.
    pub fn split(&mut self, item: usize, units: Quantity) -> Result<(), ReturnError> {
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
        let item = self.items.get_mut(item).ok_or(ReturnError::UnknownItem(item))?;
        item.stock = decision;
        condition.clone_into(&mut item.condition);
        item.inspected = true;
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
        self.items.get_mut(item).ok_or(ReturnError::UnknownItem(item))?.customer = decision;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Role;

    const NOW: Timestamp = Timestamp::from_micros(1_795_348_800_000_000);

    fn warehouse() -> WarehouseId {
        WarehouseId::new(NOW, [1; 10])
    }

    fn lead() -> Holder {
        Holder { roles: vec![Role::WarehouseLead], warehouses: vec![warehouse()] }
    }

    fn agent() -> Holder {
        Holder::of(&[Role::BackOfficeAgent])
    }

    fn announced(units: Quantity) -> Return {
        Return {
            id: ReturnId::new(NOW, [1; 10]),
            order: Some(OrderId::new(NOW, [1; 10])),
            warehouse: Some(warehouse()),
            revision: 1,
            state: ReturnState::Announced,
            cause: ReturnCause::Customer,
            items: vec![ReturnItem::announced(Some(LineId::new(NOW, [1; 10])), Sku::new("A"), units)],
            announced_at: NOW,
            expires_at: Some(NOW + std::time::Duration::from_secs(60)),
        }
    }

    #[test]
    fn a_return_closes_only_when_both_decisions_are_made_for_every_item() {
        let mut goods = announced(3);
        goods.receive(&Sku::new("A"), 3, NOW).unwrap();
        goods.split(0, 1).unwrap();
        assert!(goods.advance(ReturnState::Inspected, NOW).is_err(), "nobody has looked at it");
        goods.decide_stock(0, StockDecision::Restock, "as new", &lead()).unwrap();
        goods.decide_stock(1, StockDecision::Dispose, "broken", &lead()).unwrap();
        goods.advance(ReturnState::Inspected, NOW).unwrap();
        goods.decide_customer(0, CustomerDecision::Refund, &agent()).unwrap();
        let early = goods.advance(ReturnState::Closed, NOW).unwrap_err();
        assert!(early.to_string().contains("both decisions"), "{early}");
        goods.decide_customer(1, CustomerDecision::NoRefund, &agent()).unwrap();
        goods.advance(ReturnState::Closed, NOW).unwrap();
        assert_eq!(goods.items.iter().map(|item| item.received).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn each_side_decides_its_own() {
        let mut goods = announced(1);
        assert_eq!(
            goods.decide_stock(0, StockDecision::Restock, "", &agent()),
            Err(ReturnError::NotYours),
            "the back office has not seen the goods"
        );
        assert_eq!(goods.decide_customer(0, CustomerDecision::Refund, &lead()), Err(ReturnError::NotYours));
        let elsewhere = Holder { roles: vec![Role::WarehouseLead], warehouses: vec![] };
        assert_eq!(goods.decide_stock(0, StockDecision::Restock, "", &elsewhere), Err(ReturnError::NotYours));
    }

    #[test]
    fn what_arrives_is_received_whatever_was_thought() {
        let mut goods = announced(2);
        let late = NOW + std::time::Duration::from_secs(61);
        assert!(goods.advance(ReturnState::Expired, NOW).is_err(), "its time has not passed");
        goods.advance(ReturnState::Expired, late).unwrap();
        goods.receive(&Sku::new("A"), 3, late).unwrap();
        goods.receive(&Sku::new("B"), 1, late).unwrap();
        assert_eq!(goods.state, ReturnState::Received);
        let counted: Vec<_> =
            goods.items.iter().map(|item| (item.sku.as_str(), item.announced, item.received)).collect();
        assert_eq!(counted, [("A", 2, 2), ("A", 0, 1), ("B", 0, 1)]);
        assert!(goods.advance(ReturnState::Cancelled, late).is_err(), "what is here cannot be called off");
    }
}
