//! Connections: configured shops and warehouse systems, and the warehouses behind them.

use serde::{Deserialize, Serialize};

use crate::code::Problem;
use crate::id::{ConnectionId, WarehouseId};
use crate::time::Timestamp;

/// Which side of the order's way a system stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Sells: orders come in, tracking goes back.
    Shop,
    /// Ships: orders go out, shipments and stock come back.
    Warehouse,
}

/// One configured shop or warehouse system. Secrets are kept elsewhere, by connection id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Connection {
    /// Identity.
    pub id: ConnectionId,
    /// Shop or warehouse.
    pub side: Side,
    /// Registered connector, such as `shopify`.
    pub connector: String,
    /// What people call it.
    pub name: String,
    /// The connector's own settings; never a secret.
    pub config: serde_json::Value,
    /// Seconds between two readings of each stream.
    pub poll_seconds: u32,
    /// Seconds after receipt during which an order of this shop stays editable. Ignored for warehouses.
    pub edit_window_seconds: u32,
    /// True while a person has stopped it.
    pub paused: bool,
    /// When it was set up.
    pub created_at: Timestamp,
    /// When a call last succeeded.
    pub last_success_at: Option<Timestamp>,
    /// What is wrong with it now.
    pub problem: Option<Problem>,
}

/// A place that holds stock and ships, reached through a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Warehouse {
    /// Identity.
    pub id: WarehouseId,
    /// The connection that reaches it.
    pub connection: ConnectionId,
    /// The partner's id of it.
    pub remote_id: String,
    /// What people call it.
    pub name: String,
    /// ISO 3166-1 alpha-2 of its location.
    pub country: String,
    /// Preference among equals; 1 is first.
    pub rank: u32,
    /// Countries it ships to; empty means all.
    pub ships_to: Vec<String>,
    /// Cost of opening a parcel there, minor units of the reporting currency.
    pub handling: i64,
    /// Cost of picking one unit there, minor units.
    pub unit_handling: i64,
    /// Hours from release to hand-over to the carrier beyond the promise, for routing.
    pub late_hours: u32,
}
