//! What people may ask about goods that are announced to a warehouse.

use serde::Serialize;
use switchyard_core::id::{TransferId, WarehouseId};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::time::Timestamp;
use switchyard_core::transfer::{DiscrepancyKind, TransferError, TransferState};

use crate::returns::Wish;

/// Goods that somebody sends to a warehouse.
#[derive(Debug, Clone)]
pub struct AnnounceTransfer {
    /// The warehouse they leave; `None` when a supplier sends them.
    pub from: Option<WarehouseId>,
    /// The warehouse they go to; another one.
    pub to: WarehouseId,
    /// What, and how many; a SKU once, at least one unit of each.
    pub lines: Vec<(Sku, Quantity)>,
    /// When they are expected.
    pub expected_at: Option<Timestamp>,
    /// The supplier, the carrier; may be empty.
    pub note: String,
    /// Who, and under which key.
    pub wish: Wish,
}

/// What somebody wants to do with a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TransferVerb {
    /// It goes a step further: the warehouse expects or refuses it, it left, nothing more comes, everything is explained.
    Advance {
        /// Where it is from now on.
        to: TransferState,
    },
    /// Units of a line were counted.
    Receive {
        /// Which line, from 0.
        line: usize,
        /// How many more.
        units: Quantity,
    },
    /// Units of a line were put on the shelf or set aside.
    PutAway {
        /// Which line, from 0.
        line: usize,
        /// Units on the shelf, for sale.
        stocked: Quantity,
        /// Units set aside to be looked at.
        quarantined: Quantity,
    },
    /// A difference is explained; the wish's reason says how.
    Explain {
        /// Which line, from 0.
        line: usize,
        /// Which kind of difference.
        difference: DiscrepancyKind,
        /// Units.
        units: Quantity,
    },
}

/// A wish about a transfer.
#[derive(Debug, Clone)]
pub struct TransferRequest {
    /// Which.
    pub id: TransferId,
    /// The revision the person looked at.
    pub revision: i64,
    /// What.
    pub verb: TransferVerb,
    /// Who, and under which key.
    pub wish: Wish,
}

/// Why a wish about a transfer was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum TransferFailure {
    /// No such transfer.
    #[error("there is no transfer {0}")]
    NotFound(TransferId),
    /// No such warehouse.
    #[error("there is no warehouse {0}")]
    NoWarehouse(WarehouseId),
    /// The announcement cannot be meant: the field, and what is wrong with it.
    #[error("{0}: {1}")]
    Senseless(&'static str, &'static str),
    /// None of the roles may do that, in that warehouse.
    #[error("none of your roles may do this with a transfer there")]
    NotYours,
    /// Somebody changed the transfer first.
    #[error("the transfer is at revision {current}, not {asked}")]
    Stale {
        /// The revision asked for.
        asked: i64,
        /// The revision now.
        current: i64,
    },
    /// Units that would leave are promised to somebody, set aside, or not there.
    #[error("{wanted} units of {sku} would leave, {free} are free")]
    NotFree {
        /// What.
        sku: Sku,
        /// Units that would leave.
        wanted: u64,
        /// Units nobody was promised.
        free: Quantity,
    },
    /// The rules of the domain say no.
    #[error(transparent)]
    Refused(#[from] TransferError),
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store says no.
    #[error(transparent)]
    Store(#[from] switchyard_store::Error),
}
