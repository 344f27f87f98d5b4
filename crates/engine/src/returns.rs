//! What people may ask about goods that come back.

use switchyard_core::id::{LineId, OrderId, ReturnId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::order::Order;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::return_order::{CustomerDecision, ReturnCause, ReturnError, StockDecision};
use switchyard_core::role::Holder;
use switchyard_core::time::Timestamp;

/// Who wishes something, under which key.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Who.
    pub actor: Actor,
    /// What they are: it decides what they may do.
    pub holder: Holder,
    /// Why, in their words; may be empty.
    pub reason: String,
    /// Their idempotency key.
    pub key: String,
}

/// Goods of an order that will come back.
#[derive(Debug, Clone)]
pub struct AnnounceReturn {
    /// The order they left for.
    pub order: OrderId,
    /// The order's revision the person looked at.
    pub revision: i64,
    /// Units by line; each at least 1, and no more than left.
    pub lines: Vec<(LineId, Quantity)>,
    /// Where they arrive; where they left from when `None`.
    pub warehouse: Option<WarehouseId>,
    /// Why.
    pub cause: ReturnCause,
    /// The carrier's code for the way back; may be empty.
    pub tracking_code: String,
    /// When they are expected no longer; the usual time when `None`.
    pub expires_at: Option<Timestamp>,
    /// Who, and under which key.
    pub wish: Wish,
}

/// What somebody wants to do with a return.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReturnVerb {
    /// Units of an article were counted.
    Receive {
        /// What.
        sku: Sku,
        /// How many more.
        units: Quantity,
    },
    /// An item's goods were looked at.
    DecideStock {
        /// Which item, from 0.
        item: usize,
        /// What becomes of them.
        decision: StockDecision,
        /// How they look, in words; may be empty.
        condition: String,
    },
    /// What the customer gets for an item.
    DecideCustomer {
        /// Which item, from 0.
        item: usize,
        /// What they get.
        decision: CustomerDecision,
    },
    /// Some units of an item become an item of their own.
    Split {
        /// Which item, from 0.
        item: usize,
        /// How many.
        units: Quantity,
    },
    /// It will not come.
    Cancel,
}

/// A wish about a return.
#[derive(Debug, Clone)]
pub struct ReturnRequest {
    /// Which.
    pub id: ReturnId,
    /// The revision the person looked at.
    pub revision: i64,
    /// What.
    pub verb: ReturnVerb,
    /// Who, and under which key.
    pub wish: Wish,
}

/// Why a wish about a return was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ReturnFailure {
    /// No such return.
    #[error("there is no return {0}")]
    NotFound(ReturnId),
    /// No such order.
    #[error("there is no order {0}")]
    NoOrder(OrderId),
    /// No such warehouse.
    #[error("there is no warehouse {0}")]
    NoWarehouse(WarehouseId),
    /// Somebody changed the return first.
    #[error("the return is at revision {current}, not {asked}")]
    Stale {
        /// The revision asked for.
        asked: i64,
        /// The revision now.
        current: i64,
    },
    /// Somebody changed the order first; here it is as it is now.
    #[error("the order is at revision {}, not {asked}", current.revision)]
    StaleOrder {
        /// The revision asked for.
        asked: i64,
        /// The order now.
        current: Box<Order>,
    },
    /// The rules of the domain say no.
    #[error(transparent)]
    Refused(#[from] ReturnError),
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store says no.
    #[error(transparent)]
    Store(#[from] switchyard_store::Error),
}
