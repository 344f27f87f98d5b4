//! What a person must decide: one item for each matter, with the ways out that are left and the role it belongs to.

use serde::{Deserialize, Serialize};

use crate::change_request::LineUnits;
use crate::code::{Code, Problem};
use crate::edit::Edit;
use crate::id::{ChangeRequestId, FulfillmentId, OrderId, ReturnId};
use crate::journal::Actor;
use crate::order::Order;
use crate::role::Role;
use crate::shop_change::ThreeWay;
use crate::time::Timestamp;

/// A way out that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Leave it as it is; the parcel goes as the warehouse has it.
    LetItShip,
    /// Tell the warehouse that the parcel will come back.
    AnnounceReturn,
    /// Ask the same again.
    TryAgain,
    /// Ask the carrier to stop or redirect the parcel.
    CarrierIntercept,
    /// Ask for the units that nobody has picked yet.
    AskForUnpicked,
    /// Telephone the warehouse.
    CallWarehouse,
    /// Ask the warehouse to cancel, and plan elsewhere once it has.
    CancelAndPlanElsewhere,
    /// Settle the money outside: a credit note.
    CreditNote,
    /// What is wanted becomes a new order.
    NewOrder,
    /// Leave it as a draft for somebody who may.
    Propose,
    /// Ask for a second pair of eyes.
    AskForApproval,
    /// Wait until the warehouse is known to have it or not.
    WaitForAnswer,
    /// Do what the shop wants, over what was changed here.
    TakeShopVersion,
    /// Keep what was changed here, and correct the shop by hand.
    KeepOurVersion,
    /// Correct what the partner named, such as the address.
    Correct,
    /// Wait for stock or another warehouse.
    Wait,
    /// Cancel what cannot be shipped.
    Cancel,
    /// Let the customer keep what left.
    LetCustomerKeep,
    /// Declare that the shop need not be told.
    Waive,
    /// Agree to what somebody proposed: it is done.
    Approve,
    /// Do not do what somebody proposed.
    Decline,
}

/// Edits that somebody wants and could not make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Wanted {
    /// What, in order; done as a whole or not at all.
    pub edits: Vec<Edit>,
    /// Who wants it.
    pub by: Actor,
    /// Why, in their words; may be empty.
    pub reason: String,
}

/// A matter that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AttentionItem {
    /// The kind of matter, with a page of its own.
    pub code: Code,
    /// What happened, naming the object and both numbers where there are two.
    pub what: String,
    /// In the partner's words where it has some; may be empty.
    pub detail: String,
    /// Ways out, the usual one first.
    pub options: Vec<Choice>,
    /// Whose matter it is.
    pub owner: Role,
    /// Since when it waits.
    pub since: Timestamp,
    /// The order.
    pub order: OrderId,
    /// The part, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfillment: Option<FulfillmentId>,
    /// The change request, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<ChangeRequestId>,
    /// The return that was announced because of it, or that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced: Option<ReturnId>,
    /// What somebody wants done, when that is the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Box<Wanted>>,
    /// What the shop said, what it says now and what is so here, when that is the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<Box<ThreeWay>>,
    /// The units it is about, where it is about some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<LineUnits>,
}

impl AttentionItem {
    /// A matter about an order as a whole, in the back office.
    #[must_use]
    pub fn new(code: Code, order: &OrderId, since: Timestamp, what: impl Into<String>) -> Self {
        Self {
            code,
            what: what.into(),
            detail: String::new(),
            options: Vec::new(),
            owner: Role::BackOfficeAgent,
            since,
            order: order.clone(),
            fulfillment: None,
            request: None,
            announced: None,
            wanted: None,
            difference: None,
            units: Vec::new(),
        }
    }

    /// The proposal to make these edits, for somebody who may. Proposing the same again takes its place.
    #[must_use]
    pub fn proposal(order: &Order, wanted: Wanted, since: Timestamp) -> Self {
        let count = wanted.edits.len();
        let edits = if count == 1 { "an edit".to_owned() } else { format!("{count} edits") };
        let item = Self::new(
            Code::EditProposed,
            &order.id,
            since,
            format!("{} proposes {edits} of {}", wanted.by.name(), order.number),
        );
        let item = item.saying(wanted.reason.clone()).with(&[Choice::Approve, Choice::Decline]);
        Self { owner: Role::BackOfficeLead, wanted: Some(Box::new(wanted)), ..item }
    }

    /// With the partner's words.
    #[must_use]
    pub fn saying(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// With the ways out.
    #[must_use]
    pub fn with(mut self, options: &[Choice]) -> Self {
        self.options = options.to_vec();
        self
    }

    /// About one part.
    #[must_use]
    pub fn about(mut self, fulfillment: &FulfillmentId) -> Self {
        self.fulfillment = Some(fulfillment.clone());
        self
    }

    /// The matter a shown problem is; `None` for a problem that settles itself, or is about something else.
    #[must_use]
    pub fn of_problem(problem: &Problem, order: &OrderId, since: Timestamp) -> Option<Self> {
        let (options, owner): (&[Choice], Role) = match problem.code {
            Code::OrderUnreadable | Code::UnknownSku => (&[Choice::Correct, Choice::Cancel], Role::BackOfficeAgent),
            Code::AddressIncomplete => (&[Choice::Correct, Choice::Cancel], Role::BackOfficeAgent),
            Code::OutOfStock => (&[Choice::Wait, Choice::Cancel], Role::BackOfficeAgent),
            Code::ShopChangedLate => (
                &[Choice::CallWarehouse, Choice::LetItShip, Choice::AnnounceReturn, Choice::CarrierIntercept],
                Role::BackOfficeAgent,
            ),
            Code::HandOverRefused | Code::NoWarehouseLeft => {
                (&[Choice::Correct, Choice::Wait, Choice::Cancel], Role::BackOfficeAgent)
            }
            Code::HandOverInDoubt => (&[Choice::WaitForAnswer, Choice::CallWarehouse], Role::BackOfficeAgent),
            Code::WriteBackRefused => (&[Choice::TryAgain, Choice::Waive], Role::BackOfficeLead),
            Code::ShipmentUnexpected => (&[Choice::AnnounceReturn, Choice::LetCustomerKeep], Role::BackOfficeAgent),
            _ => return None,
        };
        let item = Self::new(problem.code, order, since, problem.title.clone()).saying(problem.detail.clone());
        Some(Self { owner, ..item.with(options) })
    }
}
