//! What the console and the API ask about orders.

use serde::{Deserialize, Serialize};
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::id::{ConnectionId, OrderId, WarehouseId};
use switchyard_core::order::OrderState;
use switchyard_core::time::Timestamp;

/// Which orders, as a conjunction: an empty query is all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrderFilter {
    /// Any of these lifecycle states; empty means all.
    pub states: Vec<OrderState>,
    /// None of these lifecycle states.
    pub not_states: Vec<OrderState>,
    /// Any of these stages; empty means all.
    pub stages: Vec<Stage>,
    /// Any of these shops; empty means all.
    pub shops: Vec<ConnectionId>,
    /// Has a part that is not cancelled in any of these warehouses; empty means all.
    pub warehouses: Vec<WarehouseId>,
    /// Any of these destination countries, ISO alpha-2; empty means all.
    pub countries: Vec<String>,
    /// Has a line with any of these SKUs; empty means all.
    pub skus: Vec<String>,
    /// `Some(true)` with holds, `Some(false)` without.
    pub held: Option<bool>,
    /// `Some(true)` with a problem, `Some(false)` without.
    pub problem: Option<bool>,
    /// `Some(true)` changed by a person, `Some(false)` not.
    pub edited: Option<bool>,
    /// Total in minor units, inclusive bounds.
    pub total: (Option<i64>, Option<i64>),
    /// Placed at or after / before.
    pub placed: (Option<Timestamp>, Option<Timestamp>),
    /// Received at or after / before.
    pub received: (Option<Timestamp>, Option<Timestamp>),
    /// Edit window closes at or after / before.
    pub editable_until: (Option<Timestamp>, Option<Timestamp>),
    /// Words that all occur in number, customer name, recipient, e-mail, city, postcode, SKU, title or tracking code.
    /// Any part of a text counts, in either case.
    pub words: Vec<String>,
}

/// Where an order stands on its way, computed from order and fulfillment states for lists and the flow map.
///
/// Stored beside the order so that it can be filtered and counted; the engine computes it with [`Stage::of`] in every
/// change set, nobody sets it by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Received, not validated.
    Received,
    /// Validation failed.
    Blocked,
    /// Waits for the router or for stock.
    Routing,
    /// Planned, in the edit window.
    Editable,
    /// Held by a person or a rule.
    Held,
    /// In the outbox or on the wire.
    Releasing,
    /// Nobody knows whether the warehouse has it.
    Unconfirmed,
    /// At a warehouse.
    InWarehouse,
    /// Shipped; the shop is being told.
    Shipped,
    /// Finished.
    Closed,
    /// Cancelled.
    Cancelled,
    /// Switchyard cannot go on by itself: a person decides. Set by the engine from the order's problems.
    Attention,
}

impl Stage {
    /// All stages along the way.
    pub const ALL: [Self; 12] = [
        Self::Received,
        Self::Blocked,
        Self::Routing,
        Self::Editable,
        Self::Held,
        Self::Releasing,
        Self::Unconfirmed,
        Self::InWarehouse,
        Self::Shipped,
        Self::Closed,
        Self::Cancelled,
        Self::Attention,
    ];

    /// The stored text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Blocked => "blocked",
            Self::Routing => "routing",
            Self::Editable => "editable",
            Self::Held => "held",
            Self::Releasing => "releasing",
            Self::Unconfirmed => "unconfirmed",
            Self::InWarehouse => "in_warehouse",
            Self::Shipped => "shipped",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::Attention => "attention",
        }
    }

    /// Reads the stored text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }

    /// The stage of an order with these parts; the least advanced part decides.
    #[must_use]
    pub fn of(state: OrderState, held: bool, parts: &[FulfillmentState]) -> Self {
        use FulfillmentState as F;
        match state {
            OrderState::Received => return Self::Received,
            OrderState::Blocked => return Self::Blocked,
            OrderState::Accepted if held => return Self::Held,
            OrderState::Accepted => return Self::Routing,
            OrderState::Closed => return Self::Closed,
            OrderState::Cancelled => return Self::Cancelled,
            OrderState::Planned => {}
        }
        // Rejected parts are history: a planned order has every unit somewhere else.
        let any = |wanted: &[F]| parts.iter().any(|part| wanted.contains(part));
        if any(&[F::Unconfirmed]) {
            Self::Unconfirmed
        } else if any(&[F::Open]) {
            if held { Self::Held } else { Self::Editable }
        } else if any(&[F::Queued, F::Sent]) {
            Self::Releasing
        } else if any(&[F::Accepted, F::InWork, F::PartlyShipped]) {
            Self::InWarehouse
        } else {
            Self::Shipped
        }
    }
}

/// What a list of orders is sorted by; ties are broken by order id in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// When we received it.
    #[default]
    Received,
    /// When the customer bought.
    Placed,
    /// When it last changed.
    Updated,
    /// When its edit window closes; orders without one come last.
    EditableUntil,
    /// Total in minor units.
    Total,
    /// The shop's number, as text.
    Number,
}

impl SortKey {
    /// Where a row stands in a list sorted by this key; an order without edit window has an empty key.
    #[must_use]
    pub fn position(self, row: &OrderSummary) -> Position {
        let key = match self {
            Self::Received => row.received_at.as_micros().to_string(),
            Self::Placed => row.placed_at.as_micros().to_string(),
            Self::Updated => row.updated_at.as_micros().to_string(),
            Self::EditableUntil => row.editable_until.map(|at| at.as_micros().to_string()).unwrap_or_default(),
            Self::Total => row.total.to_string(),
            Self::Number => row.number.clone(),
        };
        Position { key, id: row.id.clone() }
    }
}

/// A list of orders: which, in what order, from where, how many.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrderQuery {
    /// Which.
    pub filter: OrderFilter,
    /// By what.
    pub sort: SortKey,
    /// Largest first.
    pub descending: bool,
    /// Strictly after this position, from an earlier page's `next`.
    pub after: Option<Position>,
    /// Or skip this many; for jumping with a scroll bar. Ignored when `after` is given.
    pub offset: u32,
    /// At most this many, 1..=500.
    pub limit: u32,
}

/// A place in a sorted list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The sort key's value there; `i64` keys in decimal, empty for an order without edit window.
    pub key: String,
    /// The order there.
    pub id: OrderId,
}

/// A row of an order list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderSummary {
    /// Identity.
    pub id: OrderId,
    /// What people call it.
    pub number: String,
    /// Shop.
    pub shop: ConnectionId,
    /// Lifecycle.
    pub state: OrderState,
    /// Where it stands.
    pub stage: Stage,
    /// When the customer bought.
    pub placed_at: Timestamp,
    /// When we received it.
    pub received_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// When the edit window closes.
    pub editable_until: Option<Timestamp>,
    /// Buyer's name.
    pub customer: String,
    /// Destination town.
    pub city: String,
    /// Destination country.
    pub country: String,
    /// Lines of goods.
    pub lines: u32,
    /// Units of goods wanted.
    pub units: u32,
    /// Total in minor units.
    pub total: i64,
    /// Currency of the total.
    pub currency: String,
    /// Warehouses with a part in it that is not cancelled, by first part.
    pub warehouses: Vec<WarehouseId>,
    /// Carriers of its shipments, by first parcel.
    pub carriers: Vec<String>,
    /// Whether a hold is on it.
    pub held: bool,
    /// Title of its first problem, if any.
    pub problem: Option<String>,
    /// Whether a person changed it.
    pub edited: bool,
    /// The shop's labels.
    pub tags: Vec<String>,
}

/// A page of an order list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPage {
    /// Rows in order.
    pub rows: Vec<OrderSummary>,
    /// Where the next page starts; `None` at the end.
    pub next: Option<Position>,
}

/// A number that stops counting at a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Count {
    /// Counted so far.
    pub value: u64,
    /// True when there are more.
    pub capped: bool,
}
