//! What the ledgers hold: one JSON object a line, one file an instance, appended and synced before an answer leaves.
//!
//! The checker and a restarting instance read nothing else.

use serde::{Deserialize, Serialize};
use switchyard_core::address::Address;
use switchyard_core::order::LineKind;
use switchyard_core::time::Timestamp;

use crate::clock::SimulatedMicros;
use crate::text::Text;

/// A ledger line: when, and what happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry<E> {
    /// Wall clock; rises from line to line.
    pub at: Timestamp,
    /// Simulated time in microseconds since the first start.
    pub simulated_us: SimulatedMicros,
    /// What happened.
    #[serde(flatten)]
    pub event: E,
}

/// Effects at a shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ShopEvent {
    /// An order became visible to readers.
    OrderPublished(PublishedOrder),
    /// The customer changed the destination in the shop.
    AddressChanged {
        /// The shop's id of the order.
        order_id: i64,
        /// The whole new destination.
        destination: Address,
    },
    /// The shop cancelled the order.
    OrderCancelled {
        /// The shop's id of the order.
        order_id: i64,
    },
    /// The customer's money arrived, or turned out not to have.
    PaymentChanged {
        /// The shop's id of the order.
        order_id: i64,
        /// Whether the shop has the money now.
        paid: bool,
    },
    /// A client told the shop what left.
    FulfillmentRecorded {
        /// The shop's id of the order.
        order_id: i64,
        /// The shop's id of the fulfillment.
        fulfillment_id: i64,
        /// Units by line.
        lines: Vec<FulfilledLine>,
        /// Tracking as the client gave it; may be empty.
        tracking: Vec<Tracking>,
    },
}

/// An order as its shop published it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedOrder {
    /// The shop's id.
    pub order_id: i64,
    /// What people call it; unique over all shops of a sandbox.
    pub number: Text,
    /// Position in the order source, from 0; tells a restart where to go on.
    pub source_index: u64,
    /// When the customer bought.
    pub placed_at: Timestamp,
    /// ISO 4217 code of every amount.
    pub currency: Text,
    /// The shop's id of the buyer; `None` for a guest.
    pub customer_id: Option<i64>,
    /// Buyer's e-mail.
    pub email: Text,
    /// Destination.
    pub destination: Address,
    /// Name of the chosen shipping.
    pub shipping: Text,
    /// Price of the shipping in minor units.
    pub shipping_price: i64,
    /// Remark; empty when none.
    pub note: Text,
    /// Labels.
    pub tags: Vec<Text>,
    /// What was bought.
    pub lines: Vec<PublishedLine>,
}

/// A line of a published order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedLine {
    /// The shop's id of the line.
    pub line_id: i64,
    /// Article code; may be empty.
    pub sku: Text,
    /// Wording; may be empty.
    pub title: Text,
    /// Goods, or a fee that no warehouse may see.
    pub kind: LineKind,
    /// Units.
    pub quantity: u32,
    /// Minor units a piece; may be zero.
    pub unit_price: i64,
    /// Grams a piece; 0 for a fee.
    pub weight: u32,
}

/// Units of one line in a recorded fulfillment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FulfilledLine {
    /// The shop's id of the line.
    pub line_id: i64,
    /// Its article code.
    pub sku: Text,
    /// Units.
    pub quantity: u32,
}

/// A parcel's tracking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracking {
    /// Carrier; may be empty at a shop.
    pub carrier: String,
    /// Tracking code.
    pub number: String,
    /// Where a person can follow it; may be empty at a shop.
    pub url: String,
}

/// Effects at a warehouse.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum WarehouseEvent {
    /// Stock was counted: this many pieces are there.
    StockCounted {
        /// Article code.
        sku: Text,
        /// Wording.
        name: Text,
        /// Pieces physically there.
        on_hand: i64,
    },
    /// A client's order was taken.
    OrderAccepted(AcceptedOrder),
    /// A client changed the destination.
    AddressChanged {
        /// The warehouse's id of the order.
        order_id: i64,
        /// The client's reference.
        reference: Text,
        /// The whole new destination.
        destination: Address,
        /// The recipient's e-mail.
        email: Text,
    },
    /// A client cancelled it.
    OrderCancelled {
        /// The warehouse's id of the order.
        order_id: i64,
        /// The client's reference.
        reference: Text,
    },
    /// Picking began: nothing can be changed any more.
    PickingStarted {
        /// The warehouse's id of the order.
        order_id: i64,
        /// The client's reference.
        reference: Text,
    },
    /// A parcel got its label and left.
    Shipped {
        /// The warehouse's id of the order.
        order_id: i64,
        /// The client's reference.
        reference: Text,
        /// The parcel's tracking.
        tracking: Tracking,
        /// What is in it.
        lines: Vec<WarehouseLine>,
    },
    /// A client said that the shop knows the tracking (or does not).
    TrackingUploaded {
        /// The warehouse's id of the order.
        order_id: i64,
        /// The new mark.
        uploaded: bool,
    },
    /// A client announced goods that come back, or goods came that nobody had announced.
    ReturnCreated(CreatedReturn),
    /// Goods of a return are there.
    ReturnArrived {
        /// The warehouse's id of the return.
        return_id: i64,
    },
    /// Goods of a return were looked at and treated.
    ReturnProcessed {
        /// The warehouse's id of the return.
        return_id: i64,
        /// What was done with how many.
        lines: Vec<ProcessedLine>,
    },
    /// A client called a return off.
    ReturnCancelled {
        /// The warehouse's id of the return.
        return_id: i64,
    },
}

/// A return as it began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreatedReturn {
    /// The warehouse's id.
    pub return_id: i64,
    /// The client's reference, unique; empty for what nobody announced.
    pub reference: Text,
    /// Whether the carrier brings it back because it could not deliver it.
    pub undeliverable: bool,
    /// The shipment it left with, where it is known.
    pub shipment_id: Option<i64>,
    /// The carrier's code for the way back; may be empty.
    pub tracking: Text,
    /// What comes.
    pub lines: Vec<ReturnedLine>,
}

/// Units of one article in a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedLine {
    /// Article code.
    pub sku: Text,
    /// Units.
    pub quantity: u32,
}

/// Units of one article that were treated in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessedLine {
    /// Article code.
    pub sku: Text,
    /// `Restock`, `Quarantine` or `Dispose`.
    pub action: Text,
    /// Why; may be empty.
    #[serde(default = "nothing")]
    pub reason: Text,
    /// Units.
    pub quantity: u32,
}

fn nothing() -> Text {
    "".into()
}

/// A warehouse order as it was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AcceptedOrder {
    /// The warehouse's id.
    pub order_id: i64,
    /// The warehouse's id of its only shipment.
    pub shipment_id: i64,
    /// The client's reference, unique per channel.
    pub reference: Text,
    /// The shop's number on the label; the reference when the client gave none.
    pub order_number: Text,
    /// The client's name of the shipping.
    pub shipping_method: Text,
    /// `DTC`, `DropShip` or `B2B`.
    pub kind: Text,
    /// When the customer bought, if the client said so.
    pub purchased_at: Option<Timestamp>,
    /// Destination.
    pub destination: Address,
    /// The recipient's e-mail; empty when none.
    pub email: Text,
    /// What to ship.
    pub lines: Vec<WarehouseLine>,
}

/// Units of one article at a warehouse.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WarehouseLine {
    /// Article code (the product's `reference_id`).
    pub sku: Text,
    /// Wording.
    pub name: Text,
    /// Units.
    pub quantity: u32,
    /// The client's number of the line, if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_line_id: Option<i64>,
    /// Price a piece as the client gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<f64>,
}
