//! Change requests: wishes to change what a warehouse has. The warehouse answers; until it does, nothing has changed.
//!
//! At most one request for a fulfillment order is with its warehouse. A further edit is merged into the draft that has not
//! been sent, or begins a draft that waits until the sent one has ended ([`file()`]). How a request may end, and what
//! follows, is in [`ending`].

pub mod ending;

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::edit::Edit;
use crate::fulfillment::FulfillmentOrder;
use crate::hold::HoldReason;
use crate::id::{ChangeRequestId, FulfillmentId, HoldId, LineId, OrderId, WarehouseId};
use crate::journal::Actor;
use crate::lifecycle::{Arrow, By, Lifecycle as _, Refused, lifecycle};
use crate::money::Money;
use crate::order::Order;
use crate::quantity::Quantity;
use crate::time::Timestamp;

/// Where a change request is: the conversation with the warehouse, not what happened to the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeRequestState {
    /// Written down; further edits are merged into it.
    Draft,
    /// The warehouse has been asked.
    Sent,
    /// The warehouse does it, or a part of it: the answer says which.
    Accepted,
    /// The warehouse does not do it.
    Refused,
    /// No answer in time. That is not a yes.
    Expired,
    /// Goods left before the answer.
    Superseded,
    /// Taken back before it was sent.
    Withdrawn,
}

/// What the guards of a change request look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whether another request for the same fulfillment order is with the warehouse.
    pub another_sent: bool,
    /// Whether the deadline has passed.
    pub overdue: bool,
    /// Whether goods left on account of the fulfillment order since it was asked.
    pub shipped: bool,
}

lifecycle!(
    ChangeRequestState,
    Facts,
    "a change request",
    [
        Draft = "draft",
        Sent = "sent",
        Accepted = "accepted",
        Refused = "refused",
        Expired = "expired",
        Superseded = "superseded",
        Withdrawn = "withdrawn",
    ],
    {
        use By::{Engine, Partner, PersonOrEngine};
        use ChangeRequestState as S;
        &[
            Arrow::begin(S::Draft, PersonOrEngine, "an edit reaches a part that a warehouse has"),
            Arrow::new(S::Draft, S::Sent, Engine, "the warehouse is asked")
                .when("no other request for this part is with the warehouse", |f| !f.another_sent),
            Arrow::new(S::Draft, S::Withdrawn, PersonOrEngine, "taken back, or nothing is left to ask for"),
            Arrow::new(S::Sent, S::Accepted, Partner, "the warehouse does it, or a part of it"),
            Arrow::new(S::Sent, S::Refused, Partner, "the warehouse does not do it, with a reason"),
            Arrow::new(S::Sent, S::Expired, Engine, "no answer").when("its deadline has passed", |f| f.overdue),
            Arrow::new(S::Sent, S::Superseded, Engine, "a departure was booked")
                .when("goods left after it was asked", |f| f.shipped),
            // A late yes is a fact about what the warehouse will do; ignoring it would make our numbers wrong.
            Arrow::new(S::Expired, S::Accepted, Partner, "the warehouse answers late that it has done it"),
            Arrow::new(S::Expired, S::Refused, Partner, "the warehouse answers late that it does not do it"),
        ]
    }
);

impl ChangeRequestState {
    /// True while the warehouse may still be asked, or may still answer.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Sent)
    }
}

/// Kinds of things a warehouse can be asked, for what a connector says it supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AskKind {
    /// Another destination.
    Address,
    /// Fewer units of a line.
    Quantity,
    /// Nothing shall ship.
    Cancel,
    /// Stop for now, and go on when told.
    Hold,
    /// Another carrier or speed.
    ShippingOption,
    /// Other prices, taxes or billing data on the papers.
    Billing,
    /// Another lot.
    Lot,
}

impl AskKind {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Address, Self::Quantity, Self::Cancel, Self::Hold, Self::ShippingOption, Self::Billing, Self::Lot];
}

/// One thing a warehouse is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Ask {
    /// Send it there instead.
    Address {
        /// The whole new address.
        ship_to: Address,
    },
    /// Ship fewer units of a line.
    Quantity {
        /// The line.
        line: LineId,
        /// How many fewer.
        fewer: Quantity,
    },
    /// Ship nothing.
    Cancel,
    /// Stop until told.
    Hold {
        /// Our hold.
        hold: HoldId,
        /// Why.
        reason: HoldReason,
        /// In words.
        note: String,
    },
    /// Go on after a hold.
    Resume {
        /// The hold that was lifted.
        hold: HoldId,
    },
    /// Ship it another way.
    ShippingOption {
        /// The shop's name of the shipping.
        option: String,
    },
    /// Print other amounts.
    Billing {
        /// The new total.
        total: Money,
    },
    /// Take units of this lot.
    Lot {
        /// The line.
        line: LineId,
        /// The lot.
        lot: String,
    },
}

impl Ask {
    /// Which kind of thing it is.
    #[must_use]
    pub const fn kind(&self) -> AskKind {
        match self {
            Self::Address { .. } => AskKind::Address,
            Self::Quantity { .. } => AskKind::Quantity,
            Self::Cancel => AskKind::Cancel,
            Self::Hold { .. } | Self::Resume { .. } => AskKind::Hold,
            Self::ShippingOption { .. } => AskKind::ShippingOption,
            Self::Billing { .. } => AskKind::Billing,
            Self::Lot { .. } => AskKind::Lot,
        }
    }

    /// The same wish as an edit of the whole order, where a warehouse could have been asked for it; `None` for others.
    #[must_use]
    pub fn of_edit(edit: &Edit) -> Option<Self> {
        match edit {
            Edit::Address { ship_to } => Some(Self::Address { ship_to: ship_to.clone() }),
            Edit::ShippingOption { option } => Some(Self::ShippingOption { option: option.clone() }),
            Edit::Lot { line, lot: Some(lot) } => Some(Self::Lot { line: line.clone(), lot: lot.clone() }),
            _ => None,
        }
    }

    /// Writes on the order what holds once this is done. Units, holds and amounts are accounted elsewhere.
    fn settle_on(&self, order: &mut Order) {
        match self {
            Self::Address { ship_to } => order.ship_to = ship_to.clone(),
            Self::ShippingOption { option } => option.clone_into(&mut order.shipping_option),
            Self::Lot { line, lot } => {
                if let Some(found) = order.lines.iter_mut().find(|known| &known.id == line) {
                    found.requested_lot = Some(lot.clone());
                }
            }
            Self::Quantity { .. } | Self::Cancel | Self::Hold { .. } | Self::Resume { .. } | Self::Billing { .. } => {}
        }
    }

    /// Whether a later ask of the other's kind takes this one's place.
    fn is_replaced_by(&self, later: &Self) -> bool {
        match (self, later) {
            (Self::Quantity { .. }, Self::Quantity { .. }) => false,
            (Self::Lot { line, .. }, Self::Lot { line: other, .. }) => line == other,
            (Self::Hold { hold, .. }, Self::Resume { hold: lifted }) => hold == lifted,
            (Self::Hold { hold, .. }, Self::Hold { hold: other, .. }) => hold == other,
            (_, Self::Cancel) => true,
            _ => self.kind() == later.kind() && self.kind() != AskKind::Hold,
        }
    }
}

/// What happens to the units once the warehouse has given them up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Afterwards {
    /// They are cancelled.
    #[default]
    Cancelled,
    /// They are planned again, at this warehouse. Not before the yes: until then they are where they are.
    PlannedAt {
        /// The warehouse somebody chose.
        warehouse: WarehouseId,
    },
    /// They are planned again, with what could not be asked of the warehouse changed on the order. Not before the yes.
    PlannedAnew {
        /// What the order says then: another address, shipping option or lot.
        with: Box<Ask>,
    },
}

/// Units of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LineUnits {
    /// The order line.
    pub line: LineId,
    /// Units.
    pub units: Quantity,
}

/// What a warehouse answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Answer {
    /// When.
    pub at: Timestamp,
    /// Units given up, by line; empty when none, or when it was about something else.
    pub given_up: Vec<LineUnits>,
    /// Units asked for and not given up, by line.
    pub kept: Vec<LineUnits>,
    /// Why not, in the warehouse's words; empty for a whole yes.
    pub reason: String,
}

/// A wish to change one fulfillment order that a warehouse has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChangeRequest {
    /// Identity; the warehouse is asked under it, so a repeated question is recognised.
    pub id: ChangeRequestId,
    /// The order.
    pub order: OrderId,
    /// The part.
    pub fulfillment: FulfillmentId,
    /// The warehouse that is asked.
    pub warehouse: WarehouseId,
    /// Our revision, from 1; compare-and-set.
    pub revision: i64,
    /// Where it is.
    pub state: ChangeRequestState,
    /// What is asked; a cancel stands alone.
    pub asks: Vec<Ask>,
    /// What happens to units that are given up.
    #[serde(default)]
    pub afterwards: Afterwards,
    /// Who wants it.
    pub asked_by: Actor,
    /// When it was written down.
    pub asked_at: Timestamp,
    /// Until when the warehouse has to answer; counted from sending.
    pub deadline: Option<Timestamp>,
    /// What the warehouse said.
    pub answer: Option<Answer>,
}

impl ChangeRequest {
    /// A draft.
    #[must_use]
    pub fn draft(id: ChangeRequestId, part: &FulfillmentOrder, ask: Ask, by: &Actor, now: Timestamp) -> Self {
        Self {
            id,
            order: part.order.clone(),
            fulfillment: part.id.clone(),
            warehouse: part.warehouse.clone(),
            revision: 0,
            state: ChangeRequestState::Draft,
            asks: vec![ask],
            afterwards: Afterwards::Cancelled,
            asked_by: by.clone(),
            asked_at: now,
            deadline: None,
            answer: None,
        }
    }

    /// Whether it asks for this kind of thing.
    #[must_use]
    pub fn asks_for(&self, kind: AskKind) -> bool {
        self.asks.iter().any(|ask| ask.kind() == kind)
    }

    /// Units of a line it asks `part` not to ship; all that has not left when it asks for a cancel.
    #[must_use]
    pub fn fewer_of(&self, part: &FulfillmentOrder, line: &LineId) -> Quantity {
        let unshipped = part.unshipped_of(line);
        let asked: u64 = self
            .asks
            .iter()
            .map(|ask| match ask {
                Ask::Cancel => u64::from(unshipped),
                Ask::Quantity { line: asked, fewer } if asked == line => u64::from(*fewer),
                _ => 0,
            })
            .sum();
        Quantity::try_from(asked).unwrap_or(Quantity::MAX).min(unshipped)
    }

    /// Adds an ask to a draft. A cancel takes the place of everything; after a cancel nothing more is asked.
    pub fn merge(&mut self, ask: Ask) {
        if self.asks.contains(&Ask::Cancel) {
            return;
        }
        let resumes = matches!(&ask, Ask::Resume { hold } if self.asks.iter().any(|known| matches!(known, Ask::Hold { hold: own, .. } if own == hold)));
        self.asks.retain(|known| !known.is_replaced_by(&ask));
        if resumes {
            // Neither was ever said to the warehouse.
            return;
        }
        if let Ask::Quantity { line, fewer } = &ask {
            for known in &mut self.asks {
                if let Ask::Quantity { line: same, fewer: sum } = known
                    && same == line
                {
                    *sum = sum.saturating_add(*fewer);
                    return;
                }
            }
        }
        self.asks.push(ask);
    }

    /// The same asked unit by unit: a cancel becomes as many units fewer of each line, so that the warehouse can say yes for
    /// those that nobody has picked yet.
    #[must_use]
    pub fn by_units(&self, part: &FulfillmentOrder) -> Vec<Ask> {
        if !self.asks.contains(&Ask::Cancel) {
            return self.asks.clone();
        }
        let lines: BTreeSet<&LineId> = part.lines.iter().map(|entry| &entry.line).collect();
        let fewer = |line: &LineId| Ask::Quantity { line: line.clone(), fewer: part.unshipped_of(line) };
        lines.into_iter().filter(|line| part.unshipped_of(line) > 0).map(fewer).collect()
    }

    /// Asks the warehouse: from now on it has `within` to answer.
    ///
    /// # Errors
    /// [`Refused`] when it is no draft, or another request for the same part is with the warehouse.
    pub fn send(&mut self, all: &[Self], within: Duration, now: Timestamp) -> Result<(), Refused> {
        let another_sent = all.iter().any(|other| {
            other.id != self.id && other.fulfillment == self.fulfillment && other.state == ChangeRequestState::Sent
        });
        self.state.check(ChangeRequestState::Sent, &Facts { another_sent, ..Facts::default() })?;
        self.state = ChangeRequestState::Sent;
        self.deadline = Some(now + within);
        Ok(())
    }
}

/// The request for `part` that an ask belongs to: the draft there is, with the ask merged in, or a new one. Where a
/// request is with the warehouse already, the draft waits for its end.
#[must_use]
pub fn file(
    requests: &[ChangeRequest],
    part: &FulfillmentOrder,
    ask: Ask,
    by: &Actor,
    now: Timestamp,
    id: impl FnOnce() -> ChangeRequestId,
) -> ChangeRequest {
    let draft =
        requests.iter().find(|request| request.fulfillment == part.id && request.state == ChangeRequestState::Draft);
    match draft {
        Some(draft) => {
            let mut merged = draft.clone();
            merged.merge(ask);
            merged
        }
        None => ChangeRequest::draft(id(), part, ask, by, now),
    }
}

/// Units of a line of `part` that its open requests ask for already.
#[must_use]
pub fn pending(requests: &[ChangeRequest], part: &FulfillmentOrder, line: &LineId) -> Quantity {
    let open = requests.iter().filter(|request| request.fulfillment == part.id && request.state.is_open());
    let asked: u64 = open.map(|request| u64::from(request.fewer_of(part, line))).sum();
    Quantity::try_from(asked).unwrap_or(Quantity::MAX).min(part.unshipped_of(line))
}
