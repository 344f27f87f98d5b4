//! When a warehouse refuses a fulfillment order at hand-over, or does not answer.
//!
//! A refusal frees the units for the router, without that warehouse for that reason: each warehouse is tried once per
//! reason, so an order cannot go round in circles. A reason that somebody has cured (an address that was corrected) opens
//! the warehouse again. Silence is neither yes nor no: the warehouse is asked by our reference, and only when it does not
//! know us the same bytes go out again under the same key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Facts, FulfillmentOrder, FulfillmentState};
use crate::attention::{AttentionItem, Choice};
use crate::code::{Code, Problem};
use crate::id::{FulfillmentId, WarehouseId};
use crate::lifecycle::Refused;
use crate::order::{Order, OrderState};
use crate::time::Timestamp;

/// Why a warehouse refuses: the field's common set (Shopify's rejection reasons).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// The address is wrong or incomplete.
    IncorrectAddress,
    /// The article's data are wrong.
    IncorrectProductInfo,
    /// It does not handle such an article.
    IneligibleProduct,
    /// It does not ship abroad, or not there.
    InternationalShippingUnavailable,
    /// E-mail or telephone are wrong or missing.
    InvalidContactInformation,
    /// It does not know the SKU.
    InvalidSku,
    /// It has none.
    InventoryOutOfStock,
    /// The seller's account is stopped there.
    MerchantBlocked,
    /// Customs data are missing.
    MissingCustomsInfo,
    /// The order is too large for it.
    OrderTooLarge,
    /// Nobody said how to pack it.
    PackagePreferenceNotSet,
    /// Its own bill was not paid.
    PaymentDeclined,
    /// No carrier goes there.
    UndeliverableDestination,
    /// Anything else; its words say what.
    Other,
}

impl RejectionReason {
    /// All reasons.
    pub const ALL: [Self; 14] = [
        Self::IncorrectAddress,
        Self::IncorrectProductInfo,
        Self::IneligibleProduct,
        Self::InternationalShippingUnavailable,
        Self::InvalidContactInformation,
        Self::InvalidSku,
        Self::InventoryOutOfStock,
        Self::MerchantBlocked,
        Self::MissingCustomsInfo,
        Self::OrderTooLarge,
        Self::PackagePreferenceNotSet,
        Self::PaymentDeclined,
        Self::UndeliverableDestination,
        Self::Other,
    ];

    /// Whether a corrected address removes it.
    #[must_use]
    pub const fn is_cured_by_address(self) -> bool {
        matches!(
            self,
            Self::IncorrectAddress
                | Self::InvalidContactInformation
                | Self::UndeliverableDestination
                | Self::InternationalShippingUnavailable
        )
    }
}

/// One try that a warehouse refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Try {
    /// Which part it was.
    pub fulfillment: FulfillmentId,
    /// Our number of it.
    pub reference: String,
    /// Who refused.
    pub warehouse: WarehouseId,
    /// Why.
    pub reason: RejectionReason,
    /// In its words.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// The trail of refused tries of an order, oldest first.
#[must_use]
pub fn trail(parts: &[FulfillmentOrder]) -> Vec<Try> {
    let mut tries: Vec<Try> = parts
        .iter()
        .filter(|part| part.state == FulfillmentState::Rejected)
        .map(|part| Try {
            fulfillment: part.id.clone(),
            reference: part.reference.clone(),
            warehouse: part.warehouse.clone(),
            reason: part.rejection.unwrap_or(RejectionReason::Other),
            words: part.problem.as_ref().map(|problem| problem.detail.clone()).unwrap_or_default(),
            at: part.state_since,
        })
        .collect();
    tries.sort_by(|a, b| (a.at, &a.fulfillment).cmp(&(b.at, &b.fulfillment)));
    tries
}

/// Warehouses the router must leave out, with the refusal that says why. `cured` names reasons somebody removed, and when:
/// a refusal for such a reason from before counts no more.
#[must_use]
pub fn excluded(tries: &[Try], cured: &BTreeMap<RejectionReason, Timestamp>) -> BTreeMap<WarehouseId, Try> {
    let mut excluded = BTreeMap::new();
    for refusal in tries {
        if cured.get(&refusal.reason).is_none_or(|cure| *cure <= refusal.at) {
            excluded.insert(refusal.warehouse.clone(), refusal.clone());
        }
    }
    excluded
}

/// What follows from a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The order, back at the router when it was planned.
    pub order: Order,
    /// The part: its units are free.
    pub part: FulfillmentOrder,
    /// True when the router has to look at it.
    pub replan: bool,
}

/// The warehouse refused the whole part.
///
/// # Errors
/// [`Refused`] when it cannot: units have left already, or it had ended.
pub fn reject(
    order: &Order,
    part: &FulfillmentOrder,
    reason: RejectionReason,
    words: &str,
    now: Timestamp,
) -> Result<Rejected, Refused> {
    let (mut order, mut part) = (order.clone(), part.clone());
    part.advance(FulfillmentState::Rejected, &Facts::of(&part), now)?;
    part.rejection = Some(reason);
    part.problem = Some(Problem::new(
        Code::HandOverRefused,
        format!("The warehouse refused {}", part.reference),
        words,
        "Switchyard plans it again without this warehouse; correct what it names if none is left.",
    ));
    let replan = order.state == OrderState::Planned;
    if replan {
        order.state = OrderState::Accepted;
    }
    Ok(Rejected { order, part, replan })
}

/// The matter that waits for a person when every warehouse has refused: the trail of tries, and what is left.
#[must_use]
pub fn nobody_left(order: &Order, tries: &[Try], now: Timestamp) -> AttentionItem {
    let trail: Vec<String> =
        tries.iter().map(|one| format!("{}: {:?}: {}", one.warehouse, one.reason, one.words)).collect();
    AttentionItem::new(Code::NoWarehouseLeft, &order.id, now, format!("No warehouse is left for {}", order.number))
        .saying(trail.join("; "))
        .with(&[Choice::Correct, Choice::Wait, Choice::Cancel])
}

/// What a warehouse says when it is asked by our reference about a part nobody is sure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It has it.
    Yes,
    /// It does not know it.
    No,
    /// It cannot say now.
    NoAnswer,
}

/// What to do next about a part nobody is sure of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It is accepted.
    Accepted(Box<FulfillmentOrder>),
    /// The same bytes go out again under the same key.
    SendSameAgain(Box<FulfillmentOrder>),
    /// Nothing changes; it is asked again later. Nobody edits meanwhile, and the item says why.
    AskAgain(Box<AttentionItem>),
}

/// Resolves a doubt, never by sending blindly.
///
/// # Errors
/// [`Refused`] when the part is not in doubt.
pub fn resolve(order: &Order, part: &FulfillmentOrder, known: Known, now: Timestamp) -> Result<Next, Refused> {
    let mut after = part.clone();
    let facts = Facts { unknown_there: known == Known::No, ..Facts::of(part) };
    match known {
        Known::Yes => {
            after.advance(FulfillmentState::Accepted, &facts, now)?;
            after.problem = None;
            Ok(Next::Accepted(Box::new(after)))
        }
        Known::No => {
            after.advance(FulfillmentState::Sent, &facts, now)?;
            Ok(Next::SendSameAgain(Box::new(after)))
        }
        Known::NoAnswer => {
            let what = format!("Nobody knows yet whether the warehouse has {}", part.reference);
            let item = AttentionItem::new(Code::HandOverInDoubt, &order.id, part.state_since, what);
            Ok(Next::AskAgain(Box::new(item.about(&part.id).with(&[Choice::WaitForAnswer, Choice::CallWarehouse]))))
        }
    }
}
