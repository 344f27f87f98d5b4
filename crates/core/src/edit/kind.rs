//! The rows and columns of the table of edits: what is changed, and how far the part is.

use serde::{Deserialize, Serialize};

use super::Edit;
use crate::change_request::AskKind;
use crate::fulfillment::FulfillmentState;

/// What an edit changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = EditKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Note, tags, our own priority.
    Note,
    /// A hold.
    Hold,
    /// The destination.
    Address,
    /// Fewer units of a line, or none.
    FewerUnits,
    /// More units of a line, or another line.
    MoreUnits,
    /// Carrier or speed.
    ShippingOption,
    /// The warehouse of a part.
    Warehouse,
    /// Everything is cancelled.
    CancelAll,
    /// Prices, taxes, billing data.
    Billing,
    /// The lot a customer asked for.
    Lot,
}

impl Kind {
    /// All kinds, in the table's order.
    pub const ALL: [Self; 10] = [
        Self::Note,
        Self::Hold,
        Self::Address,
        Self::FewerUnits,
        Self::MoreUnits,
        Self::ShippingOption,
        Self::Warehouse,
        Self::CancelAll,
        Self::Billing,
        Self::Lot,
    ];

    /// The row's name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Note => "note, tag, internal priority",
            Self::Hold => "place a hold",
            Self::Address => "address correction",
            Self::FewerUnits => "quantity down, cancel line",
            Self::MoreUnits => "quantity up, add line",
            Self::ShippingOption => "change shipping option",
            Self::Warehouse => "change warehouse",
            Self::CancelAll => "cancel all",
            Self::Billing => "price, tax, billing data",
            Self::Lot => "requested lot",
        }
    }

    /// What a warehouse would be asked; `None` where it never is.
    #[must_use]
    pub const fn ask(self) -> Option<AskKind> {
        match self {
            Self::Note | Self::MoreUnits => None,
            Self::Hold => Some(AskKind::Hold),
            Self::Address => Some(AskKind::Address),
            Self::FewerUnits => Some(AskKind::Quantity),
            Self::ShippingOption => Some(AskKind::ShippingOption),
            Self::Warehouse | Self::CancelAll => Some(AskKind::Cancel),
            Self::Billing => Some(AskKind::Billing),
            Self::Lot => Some(AskKind::Lot),
        }
    }

    /// The kind of an edit; `None` for lifting a hold and releasing, which are not edits of what is shipped.
    #[must_use]
    pub const fn of(edit: &Edit) -> Option<Self> {
        match edit {
            Edit::Note { .. } | Edit::Tags { .. } | Edit::Priority { .. } => Some(Self::Note),
            Edit::Hold { .. } => Some(Self::Hold),
            Edit::Address { .. } => Some(Self::Address),
            Edit::Quantity { .. } => Some(Self::FewerUnits),
            Edit::MoreUnits { .. } | Edit::AddLine { .. } => Some(Self::MoreUnits),
            Edit::ShippingOption { .. } => Some(Self::ShippingOption),
            Edit::Warehouse { .. } => Some(Self::Warehouse),
            Edit::Cancel => Some(Self::CancelAll),
            Edit::Billing { .. } => Some(Self::Billing),
            Edit::Lot { .. } => Some(Self::Lot),
            Edit::LiftHold { .. } | Edit::ReleaseNow => None,
        }
    }
}

/// How far a part is, as far as edits are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = EditStage))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Ours, or not planned at all.
    Open,
    /// In the outbox, still ours.
    Queued,
    /// At the warehouse, without an answer.
    Sent,
    /// Acknowledged.
    Accepted,
    /// Being picked; also when a part of it left and the rest has not.
    InWork,
    /// Gone.
    Shipped,
}

impl Stage {
    /// All stages, in the table's order.
    pub const ALL: [Self; 6] = [Self::Open, Self::Queued, Self::Sent, Self::Accepted, Self::InWork, Self::Shipped];

    /// The column's name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Queued => "queued",
            Self::Sent => "sent, unconfirmed",
            Self::Accepted => "accepted",
            Self::InWork => "in work, partly shipped",
            Self::Shipped => "shipped, closed short",
        }
    }

    /// The stage of a part; `None` for one that was refused or cancelled, whose units are elsewhere.
    #[must_use]
    pub const fn of(state: FulfillmentState) -> Option<Self> {
        match state {
            FulfillmentState::Open => Some(Self::Open),
            FulfillmentState::Queued => Some(Self::Queued),
            FulfillmentState::Sent | FulfillmentState::Unconfirmed => Some(Self::Sent),
            FulfillmentState::Accepted => Some(Self::Accepted),
            FulfillmentState::InWork | FulfillmentState::PartlyShipped => Some(Self::InWork),
            FulfillmentState::Shipped | FulfillmentState::ClosedShort => Some(Self::Shipped),
            FulfillmentState::Rejected | FulfillmentState::Cancelled => None,
        }
    }
}
