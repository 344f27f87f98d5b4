//! Shipments: facts a warehouse reports. They are booked, never argued with.

use serde::{Deserialize, Serialize};

use crate::id::{FulfillmentId, LineId, OrderId, ShipmentId};
use crate::lifecycle::{Arrow, By, lifecycle};
use crate::quantity::{Quantity, Sku};
use crate::time::Timestamp;

/// How far a shipment is, by facts alone. A tracking status ([`Tracking`]) is another matter and changes nothing here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShipmentState {
    /// A label exists; the goods are still in the warehouse.
    Announced,
    /// The carrier has it.
    HandedOver,
}

lifecycle!(ShipmentState, (), "a shipment", [Announced = "announced", HandedOver = "handed_over"], {
    use By::Partner;
    &[
        Arrow::begin(ShipmentState::Announced, Partner, "the warehouse printed a label"),
        Arrow::begin(ShipmentState::HandedOver, Partner, "the warehouse reports a departure"),
        Arrow::new(ShipmentState::Announced, ShipmentState::HandedOver, Partner, "the carrier took it"),
    ]
});

/// What a carrier says about a parcel: one of eight, whatever the carrier calls it. It is shown, and it never changes
/// an order or a fulfillment order. Reports arrive in any order, so there are no arrows: [`Tracking::take`] keeps the
/// latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrackingStatus {
    /// The carrier says nothing we understand.
    Unknown,
    /// Announced to the carrier, not yet there.
    PreTransit,
    /// On its way.
    InTransit,
    /// On the last van.
    OutForDelivery,
    /// Waits where the customer can fetch it.
    AvailableForPickup,
    /// Arrived.
    Delivered,
    /// On its way back, or back.
    ReturnedToSender,
    /// Something went wrong; the carrier's words say what.
    Failure,
}

impl TrackingStatus {
    /// All eight.
    pub const ALL: [Self; 8] = [
        Self::Unknown,
        Self::PreTransit,
        Self::InTransit,
        Self::OutForDelivery,
        Self::AvailableForPickup,
        Self::Delivered,
        Self::ReturnedToSender,
        Self::Failure,
    ];
}

/// The latest a carrier said about one parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Tracking {
    /// Which parcel.
    pub tracking_code: String,
    /// What.
    pub status: TrackingStatus,
    /// In the carrier's words.
    pub detail: String,
    /// When it happened, by the carrier.
    pub at: Timestamp,
}

impl Tracking {
    /// Takes a report if it is about this parcel and newer; says whether it did. Repeats and late-comers change nothing.
    pub fn take(&mut self, report: &Self) -> bool {
        let newer = report.tracking_code == self.tracking_code && report.at > self.at;
        if newer {
            self.clone_from(report);
        }
        newer
    }
}

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

/// Units of a component that left, of a line that its warehouse ships as components.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ShippedComponent {
    /// The order line of the bundle.
    pub line: LineId,
    /// The component.
    pub sku: Sku,
    /// Units of it that left.
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
    /// What left, in units of the order's lines: of a line that is shipped as components, the sets this one completed.
    pub lines: Vec<ShippedLine>,
    /// The components that were in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<ShippedComponent>,
    /// In which parcels; at least one.
    pub parcels: Vec<Parcel>,
}
