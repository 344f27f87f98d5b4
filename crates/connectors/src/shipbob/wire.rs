//! What ShipBob sends and takes, exactly as on the wire (API 2026-01). Fields we do not use are left to the raw item.

pub(super) mod returns;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use switchyard_core::time::Timestamp;

/// `Channels.ChannelsV2ViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct Channels {
    #[serde(default)]
    pub(super) items: Option<Vec<Channel>>,
    /// Address of the next page.
    #[serde(default)]
    pub(super) next: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Channel {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) scopes: Option<Vec<String>>,
}

/// `Receiving.FulfillmentCenterViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct FulfillmentCenter {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) country: Option<String>,
}

/// What paging needs to know of an order; the rest of it is passed on unread.
#[derive(Debug, Deserialize)]
pub(super) struct OrderHead {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) created_date: Option<Timestamp>,
    #[serde(default)]
    pub(super) shipments: Option<Vec<ShipmentHead>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ShipmentHead {
    #[serde(default)]
    pub(super) last_update_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) last_tracking_update_at: Option<Timestamp>,
}

/// `Orders.OrderViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct Order {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) reference_id: Option<String>,
    #[serde(default)]
    pub(super) status: Option<OrderStatus>,
    #[serde(default)]
    pub(super) products: Option<Vec<Product>>,
    #[serde(default)]
    pub(super) shipments: Option<Vec<Shipment>>,
}

/// `Orders.OrderStatus`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) enum OrderStatus {
    Processing,
    Exception,
    PartiallyFulfilled,
    Fulfilled,
    Cancelled,
    ImportReview,
    #[serde(untagged)]
    Other(String),
}

/// `Orders.ProductInfoViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct Product {
    #[serde(default)]
    pub(super) id: Option<i64>,
    #[serde(default)]
    pub(super) reference_id: Option<String>,
    #[serde(default)]
    pub(super) quantity: Option<u32>,
}

/// `Orders.ShipmentViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct Shipment {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) status: Option<ShipmentStatus>,
    #[serde(default)]
    pub(super) status_details: Option<Vec<StatusDetail>>,
    #[serde(default)]
    pub(super) actual_fulfillment_date: Option<Timestamp>,
    #[serde(default)]
    pub(super) last_tracking_update_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) last_update_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) tracking: Option<Tracking>,
    #[serde(default)]
    pub(super) products: Option<Vec<ShipmentProduct>>,
    #[serde(default)]
    pub(super) recipient: Option<ShipmentRecipient>,
}

/// `Orders.OrderStatusEnum`, which is the status of a shipment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) enum ShipmentStatus {
    None,
    Processing,
    Completed,
    Exception,
    OnHold,
    Cancelled,
    CleanSweeped,
    LabeledCreated,
    ImportReview,
    #[serde(untagged)]
    Other(String),
}

/// `Orders.StatusDetailViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct StatusDetail {
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) description: Option<String>,
}

/// `Orders.TrackingViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct Tracking {
    #[serde(default)]
    pub(super) carrier: Option<String>,
    #[serde(default)]
    pub(super) tracking_number: Option<String>,
    #[serde(default)]
    pub(super) tracking_url: Option<String>,
    #[serde(default)]
    pub(super) shipping_date: Option<Timestamp>,
}

/// `Orders.ShipmentProductViewModel`. It has no quantity of its own: the inventory items have.
#[derive(Debug, Deserialize)]
pub(super) struct ShipmentProduct {
    #[serde(default)]
    pub(super) id: Option<i64>,
    #[serde(default)]
    pub(super) reference_id: Option<String>,
    #[serde(default)]
    pub(super) sku: Option<String>,
    #[serde(default)]
    pub(super) inventory_items: Option<Vec<InventoryItem>>,
}

/// `Orders.InventoryViewModel`; one row per lot, so an inventory item may come in several rows.
#[derive(Debug, Deserialize)]
pub(super) struct InventoryItem {
    pub(super) id: i64,
    pub(super) quantity: u32,
}

/// `Orders.RecipientViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct ShipmentRecipient {
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) full_name: Option<String>,
    #[serde(default)]
    pub(super) address: Option<Address>,
}

/// `Orders.AddressViewModel`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Address {
    #[serde(default)]
    pub(super) address1: String,
    #[serde(default)]
    pub(super) address2: Option<String>,
    #[serde(default)]
    pub(super) company_name: Option<String>,
    #[serde(default)]
    pub(super) city: String,
    #[serde(default)]
    pub(super) state: Option<String>,
    #[serde(default)]
    pub(super) country: String,
    #[serde(default)]
    pub(super) zip_code: Option<String>,
}

/// `Orders.CreateOrderModel`.
#[derive(Debug, Serialize)]
pub(super) struct CreateOrder<'a> {
    pub(super) reference_id: &'a str,
    pub(super) order_number: &'a str,
    #[serde(rename = "type")]
    pub(super) order_type: &'static str,
    pub(super) shipping_method: &'a str,
    pub(super) purchase_date: Timestamp,
    pub(super) location_id: i64,
    pub(super) recipient: Recipient<'a>,
    pub(super) products: Vec<CreateProduct<'a>>,
}

/// `Orders.RecipientInfoViewModel`.
#[derive(Debug, Serialize)]
pub(super) struct Recipient<'a> {
    pub(super) name: &'a str,
    pub(super) email: Option<&'a str>,
    pub(super) phone_number: Option<&'a str>,
    pub(super) address: Address,
}

/// `Orders.AddProductToOrderByReferenceIdModel`.
#[derive(Debug, Serialize)]
pub(super) struct CreateProduct<'a> {
    pub(super) reference_id: &'a str,
    pub(super) sku: &'a str,
    pub(super) name: &'a str,
    pub(super) quantity: u32,
    pub(super) unit_price: serde_json::Number,
    /// An integer in the schema, so it cannot hold our line id: the line's place in the request, from 1.
    pub(super) external_line_id: usize,
}

/// `Orders.UpdateAddressRequest`.
#[derive(Debug, Serialize)]
pub(super) struct UpdateAddress<'a> {
    pub(super) recipient_name: &'a str,
    pub(super) company_name: Option<&'a str>,
    pub(super) street_address1: &'a str,
    pub(super) street_address2: Option<&'a str>,
    pub(super) city: &'a str,
    pub(super) state: Option<&'a str>,
    pub(super) zip_code: Option<&'a str>,
    pub(super) country_code: &'a str,
    pub(super) email: Option<&'a str>,
    pub(super) phone_number: Option<&'a str>,
}

/// `Orders.ShipmentApiResponse`.
#[derive(Debug, Deserialize)]
pub(super) struct ShipmentAnswer {
    #[serde(default)]
    pub(super) is_success: Option<bool>,
    #[serde(default)]
    pub(super) error: Option<ShipmentError>,
}

/// `Orders.ErrorResponse`.
#[derive(Debug, Deserialize)]
pub(super) struct ShipmentError {
    #[serde(default)]
    pub(super) code: Option<String>,
    #[serde(default)]
    pub(super) message: Option<String>,
}

/// `Orders.CanceledOrderViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct CancelledOrder {
    pub(super) status: CancellationResult,
    #[serde(default)]
    pub(super) canceled_shipment_results: Option<Vec<CancelledShipment>>,
}

/// `Orders.CancellationResult`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) enum CancellationResult {
    Success,
    Failure,
    PartialSuccess,
    #[serde(untagged)]
    Other(String),
}

/// `Orders.CanceledShipmentViewModel`.
#[derive(Debug, Deserialize)]
pub(super) struct CancelledShipment {
    #[serde(default)]
    pub(super) shipment_id: Option<i64>,
    #[serde(default)]
    pub(super) is_success: Option<bool>,
    #[serde(default)]
    pub(super) reason: Option<String>,
}

/// `Inventory.InventoryQuantityFcResponsePagedResponse`.
#[derive(Debug, Deserialize)]
pub(super) struct StockPage {
    #[serde(default)]
    pub(super) items: Option<Vec<Box<RawValue>>>,
    /// Address of the next page.
    #[serde(default)]
    pub(super) next: Option<String>,
}

/// What paging needs to know of an inventory item.
#[derive(Debug, Deserialize)]
pub(super) struct StockHead {
    pub(super) inventory_id: i64,
}

/// `Inventory.InventoryQuantityFcResponse`.
#[derive(Debug, Deserialize)]
pub(super) struct StockItem {
    #[serde(default)]
    pub(super) sku: Option<String>,
    #[serde(default)]
    pub(super) locations: Option<Vec<StockLocation>>,
}

/// `Inventory.FulfillmentCenterResponse`.
#[derive(Debug, Deserialize)]
pub(super) struct StockLocation {
    pub(super) location_id: i64,
    pub(super) on_hand_quantity: u32,
}
