//! Shipments: facts a warehouse reports. They are booked, never argued with.

use serde::{Deserialize, Serialize};

use crate::id::{FulfillmentId, LineId, OrderId, ShipmentId};
use crate::quantity::Quantity;
use crate::time::Timestamp;

/// One parcel with its carrier's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Parcel {
    /// Carrier as the warehouse spells it.
    pub carrier: String,
    /// Tracking code.
    pub tracking_code: String,
    /// Where a person can follow it; empty when the warehouse sent none.
    pub tracking_url: String,
}

/// Units of one order line that left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ShippedLine {
    /// The order line.
    pub line: LineId,
    /// Units that left.
    pub quantity: Quantity,
}

/// Which units left, when, in which parcels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Shipment {
    /// Identity.
    pub id: ShipmentId,
    /// The order.
    pub order: OrderId,
    /// The fulfillment order it serves.
    pub fulfillment: FulfillmentId,
    /// The warehouse's id of it; unique per warehouse, so a repeated report is recognised.
    pub remote_id: String,
    /// When it left, by the warehouse.
    pub shipped_at: Timestamp,
    /// When we booked it.
    pub booked_at: Timestamp,
    /// What left.
    pub lines: Vec<ShippedLine>,
    /// In which parcels; at least one.
    pub parcels: Vec<Parcel>,
}
