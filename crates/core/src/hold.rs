//! Holds: named obstacles. Release needs zero of them.
//!
//! An order may carry several at once, each with its own reason, owner, stock policy and expiry. Only its owner lifts a
//! hold ([`lift`]): a warehouse cannot lift the seller's, an agent cannot lift one for fraud. Rules that place holds by
//! themselves are in [`crate::rule::hold`].

use serde::{Deserialize, Serialize};

use crate::code::{Code, Problem};
use crate::id::{FulfillmentId, HoldId, WarehouseId};
use crate::journal::Actor;
use crate::role::{Holder, Power};
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why something is held; the field's common set (Shopify's and ShipHero's hold reasons, merged).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// Money has not arrived.
    AwaitingPayment,
    /// Someone has to look at the risk of fraud.
    Fraud,
    /// The address is wrong or incomplete.
    Address,
    /// Goods are missing.
    Stock,
    /// The customer asked to wait.
    Customer,
    /// A person of the back office, or of the warehouse for its own part, wants to look first.
    Operator,
    /// Goods of an exchange have to come back first.
    AwaitingReturn,
    /// The buyer is still being offered something to add (Shopify's post-purchase cross-sell).
    PostPurchaseOffer,
    /// Nobody knows yet when it can be delivered, as with a pre-order.
    UnknownDeliveryDate,
    /// The seller whose goods these are asked to wait (ShipHero's client hold).
    Client,
    /// Anything else; the note says what.
    Other,
}

impl HoldReason {
    /// All reasons, in the order of the API document.
    pub const ALL: [Self; 11] = [
        Self::AwaitingPayment,
        Self::Fraud,
        Self::Address,
        Self::Stock,
        Self::Customer,
        Self::Operator,
        Self::AwaitingReturn,
        Self::PostPurchaseOffer,
        Self::UnknownDeliveryDate,
        Self::Client,
        Self::Other,
    ];

    /// Who owns a hold for this reason when nothing else is said.
    #[must_use]
    pub const fn owner(self) -> Owner {
        match self {
            Self::AwaitingPayment | Self::Fraud => Owner::BackOfficeLead,
            Self::Address
            | Self::Stock
            | Self::Customer
            | Self::Operator
            | Self::AwaitingReturn
            | Self::PostPurchaseOffer
            | Self::UnknownDeliveryDate
            | Self::Client
            | Self::Other => Owner::BackOfficeAgent,
        }
    }
}

/// The role a hold belongs to: who may lift it. The texts are those of [`crate::role::Role`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldOwner))]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The lead of the warehouse whose part is held.
    WarehouseLead,
    /// The back office.
    BackOfficeAgent,
    /// The lead of the back office: payment, fraud, and what a rule reserves for a second look.
    BackOfficeLead,
}

impl Owner {
    /// The power that lifts a hold of this owner.
    #[must_use]
    pub const fn lifting_power(self) -> Power {
        match self {
            Self::WarehouseLead => Power::ReleaseOperatorHold,
            Self::BackOfficeAgent => Power::ReleaseClientHold,
            Self::BackOfficeLead => Power::ReleaseRiskHold,
        }
    }

    /// The owner as a person says it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::WarehouseLead => "the lead of its warehouse",
            Self::BackOfficeAgent => "the back office",
            Self::BackOfficeLead => "the lead of the back office",
        }
    }
}

/// What made a rule place a hold: the rule as it was, and what it found. The same rule version never places a hold
/// twice for the same finding, so a hold that a person lifted stays lifted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldCause {
    /// The rule.
    pub rule: RuleId,
    /// Its version.
    pub version: u32,
    /// What it found on the order, in words; equal findings are equal texts.
    pub finding: String,
}

/// One obstacle on an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Hold {
    /// Its identity.
    pub id: HoldId,
    /// Why.
    pub reason: HoldReason,
    /// In the placer's words.
    pub note: String,
    /// Who placed it.
    pub placed_by: Actor,
    /// When.
    pub placed_at: Timestamp,
    /// When it lifts itself; `None` means a person must.
    pub expires_at: Option<Timestamp>,
    /// Whether reserved stock stays reserved meanwhile.
    pub keeps_stock: bool,
    /// Who may lift it; `None` means [`HoldReason::owner`] says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// The one fulfillment order it stops; `None` means the whole order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfillment: Option<FulfillmentId>,
    /// What made a rule place it; `None` when a person or the shop did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<HoldCause>,
}

impl Hold {
    /// Who may lift it.
    #[must_use]
    pub fn owner(&self) -> Owner {
        self.owner.unwrap_or_else(|| self.reason.owner())
    }

    /// Whether it still stops anything at `now`: it ends at the very instant of its expiry.
    #[must_use]
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|expiry| expiry > now)
    }
}

/// The holds that stop the part `fulfillment` at `now`: those on the whole order and those on the part itself.
pub fn stopping<'a>(
    holds: &'a [Hold],
    fulfillment: &'a FulfillmentId,
    now: Timestamp,
) -> impl Iterator<Item = &'a Hold> + 'a {
    holds
        .iter()
        .filter(move |hold| hold.is_active(now) && hold.fulfillment.as_ref().is_none_or(|part| part == fulfillment))
}

/// Whether the stock reserved for what is held stays reserved at `now`: one active hold that frees it is enough to
/// free it.
#[must_use]
pub fn keeps_stock(holds: &[Hold], now: Timestamp) -> bool {
    holds.iter().filter(|hold| hold.is_active(now)).all(|hold| hold.keeps_stock)
}

/// When the next active hold lifts itself; `None` when none does.
#[must_use]
pub fn next_expiry(holds: &[Hold], now: Timestamp) -> Option<Timestamp> {
    holds.iter().filter_map(|hold| hold.expires_at).filter(|expiry| *expiry > now).min()
}

/// A hold somebody wants to place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// Why.
    pub reason: HoldReason,
    /// In the placer's words; needed for [`HoldReason::Other`].
    #[serde(default)]
    pub note: String,
    /// When it lifts itself; `None` means a person must.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// Whether reserved stock stays reserved meanwhile.
    #[serde(default = "yes")]
    pub keeps_stock: bool,
    /// The one fulfillment order to stop; `None` means the whole order.
    #[serde(default)]
    pub fulfillment: Option<FulfillmentId>,
}

fn yes() -> bool {
    true
}

/// Who acts on a hold, on what and when.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// As the journal names them.
    pub actor: &'a Actor,
    /// What they are.
    pub holder: &'a Holder,
    /// The warehouse of the part that is held; `None` when the whole order is.
    pub warehouse: Option<&'a WarehouseId>,
    /// When.
    pub now: Timestamp,
}

/// Why a hold was not placed or lifted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such hold on the order.
    #[error("the order has no hold {0}")]
    Unknown(HoldId),
    /// A hold with this id is there already.
    #[error("the order has the hold {0} already")]
    AlreadyPlaced(HoldId),
    /// Somebody else's hold.
    #[error("the hold {hold} ({reason:?}) belongs to {}, and only they lift it", owner.in_words())]
    NotYours {
        /// The hold.
        hold: HoldId,
        /// Why it was placed.
        reason: HoldReason,
        /// Who may lift it.
        owner: Owner,
    },
    /// The roles held may not place it.
    #[error("none of your roles may place a hold ({0:?}) here")]
    MayNotPlace(HoldReason),
    /// It would end before it begins.
    #[error("the hold would end at {0}, which has passed")]
    Expired(Timestamp),
    /// A hold for another reason needs words.
    #[error("a hold for another reason needs a note that says which")]
    NoteMissing,
}

impl Refusal {
    /// The code, with a page of its own.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::NotYours { .. } => Code::HoldNotYours,
            Self::MayNotPlace(_) => Code::Forbidden,
            Self::Unknown(_) | Self::AlreadyPlaced(_) | Self::Expired(_) | Self::NoteMissing => Code::EditRefused,
        }
    }

    /// The refusal for a person: what, why, what next.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let (title, next_step) = match self {
            Self::Unknown(_) => ("The order has no such hold", "Read the order again; somebody may have lifted it."),
            Self::AlreadyPlaced(_) => ("The hold is there already", "Read the order again."),
            Self::NotYours { owner, .. } => {
                let next_step =
                    format!("Ask {} to lift it, or add what they should know as a comment.", owner.in_words());
                return Problem::new(self.code(), "This hold is not yours to lift", self.to_string(), next_step);
            }
            Self::MayNotPlace(_) => ("You may not place this hold", "Ask somebody whose role allows it."),
            Self::Expired(_) => ("The hold would end before it begins", "Give a later end, or none."),
            Self::NoteMissing => ("The hold needs a note", "Say in a few words what has to happen first."),
        };
        Problem::new(self.code(), title, self.to_string(), next_step)
    }
}

/// Decides about placing a hold with the identity `id`, and makes it.
///
/// Whoever holds [`Power::PlaceClientHold`] places holds for any reason. Whoever has only
/// [`Power::PlaceOperatorHold`] places [`HoldReason::Operator`] holds on a part in their own warehouse, and such a hold
/// belongs to the lead of that warehouse. The engine places what its rules say.
///
/// # Errors
/// [`Refusal`] says why not.
pub fn place(id: &HoldId, wish: &NewHold, holds: &[Hold], act: Act<'_>) -> Result<Hold, Refusal> {
    if holds.iter().any(|hold| &hold.id == id) {
        return Err(Refusal::AlreadyPlaced(id.clone()));
    }
    if let Some(expiry) = wish.expires_at.filter(|expiry| *expiry <= act.now) {
        return Err(Refusal::Expired(expiry));
    }
    if wish.reason == HoldReason::Other && wish.note.trim().is_empty() {
        return Err(Refusal::NoteMissing);
    }
    let may = |power| act.holder.may(power, act.warehouse);
    let owner = if may(Power::PlaceClientHold) || may(Power::StepAutomatically) {
        None
    } else if wish.reason == HoldReason::Operator && wish.fulfillment.is_some() && may(Power::PlaceOperatorHold) {
        Some(Owner::WarehouseLead)
    } else {
        return Err(Refusal::MayNotPlace(wish.reason));
    };
    Ok(Hold {
        id: id.clone(),
        reason: wish.reason,
        note: wish.note.clone(),
        placed_by: act.actor.clone(),
        placed_at: act.now,
        expires_at: wish.expires_at,
        keeps_stock: wish.keeps_stock,
        owner,
        fulfillment: wish.fulfillment.clone(),
        cause: None,
    })
}

/// The hold `id`, if whoever acts may lift it: its owner may, and the engine once it has expired or when its rule
/// placed it ([`crate::rule::hold::Evaluation::lift`]).
///
/// # Errors
/// [`Refusal::Unknown`] and [`Refusal::NotYours`].
pub fn lift<'a>(id: &HoldId, holds: &'a [Hold], act: Act<'_>) -> Result<&'a Hold, Refusal> {
    let hold = holds.iter().find(|hold| &hold.id == id).ok_or_else(|| Refusal::Unknown(id.clone()))?;
    let owner = hold.owner();
    let automatic = hold.cause.is_some() || !hold.is_active(act.now);
    let by_engine = automatic && act.holder.may(Power::StepAutomatically, None);
    if by_engine || act.holder.may(owner.lifting_power(), act.warehouse) {
        Ok(hold)
    } else {
        Err(Refusal::NotYours { hold: id.clone(), reason: hold.reason, owner })
    }
}
