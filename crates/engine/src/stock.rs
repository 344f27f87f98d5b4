//! What a person may do to a stock level, and why it may be refused.

use serde::Serialize;
use switchyard_core::id::ConnectionId;
use switchyard_core::journal::Actor;
use switchyard_core::quantity::Quantity;
use switchyard_core::stock::bucket::{BlockReason, StockError};
use switchyard_store::contract::StockPlace;

/// A change of a level that a person wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StockChange {
    /// So many units are never promised from now on.
    KeepBack {
        /// Units, in all.
        units: Quantity,
    },
    /// Sets units aside.
    Block {
        /// Units more.
        units: Quantity,
        /// Why.
        reason: BlockReason,
    },
    /// Units for sale again.
    Unblock {
        /// Units.
        units: Quantity,
        /// The reason they were set aside for.
        reason: BlockReason,
    },
    /// Keeps units for a shop: the others may not sell them. What that shop's orders reserve is taken from them.
    Earmark {
        /// Which shop.
        shop: ConnectionId,
        /// Units from now on, in all; 0 keeps nothing.
        units: Quantity,
    },
    /// Somebody has counted the shelf.
    Count {
        /// Units there.
        on_hand: Quantity,
    },
}

impl StockChange {
    /// What the journal calls it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::KeepBack { .. } => "stock.safety_changed",
            Self::Block { .. } => "stock.blocked",
            Self::Unblock { .. } => "stock.unblocked",
            Self::Earmark { .. } => "stock.earmarked",
            Self::Count { .. } => "stock.corrected",
        }
    }
}

/// A person's wish about one level.
#[derive(Debug, Clone)]
pub struct StockRequest {
    /// Which level.
    pub place: StockPlace,
    /// What.
    pub change: StockChange,
    /// Who.
    pub actor: Actor,
    /// Why, in their words; may be empty.
    pub reason: String,
    /// Their idempotency key.
    pub key: String,
}

/// Why a level was not changed.
#[derive(Debug, thiserror::Error)]
pub enum StockChangeError {
    /// No warehouse has reported the level.
    #[error("{} has no stock of {}", .0.warehouse, .0.sku)]
    NotFound(StockPlace),
    /// There is no such shop.
    #[error("there is no shop {0}")]
    UnknownShop(ConnectionId),
    /// It is like that already.
    #[error("nothing would change")]
    NoChange,
    /// The units are not there.
    #[error(transparent)]
    Refused(#[from] StockError),
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store says no.
    #[error(transparent)]
    Store(#[from] switchyard_store::Error),
}
