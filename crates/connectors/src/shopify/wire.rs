//! What Shopify sends, exactly as sent (Admin GraphQL 2026-10). Fields we do not use are left to the raw item.

use serde::Deserialize;
use serde_json::value::RawValue;
use switchyard_core::time::Timestamp;

/// An answer of the GraphQL endpoint: data, errors, or both.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    /// Absent when execution did not begin; `null` or an object when it did.
    #[serde(default, deserialize_with = "present")]
    pub(super) data: Option<Box<RawValue>>,
    /// A list as GraphQL has it; a bare text when Shopify's edge refuses the request.
    #[serde(default)]
    pub(super) errors: Option<Errors>,
    #[serde(default)]
    pub(super) extensions: Option<Extensions>,
}

/// Keeps an explicit `null`, which says that execution began.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::<RawValue>::deserialize(deserializer).map(Some)
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Errors {
    List(Vec<GraphError>),
    Other(serde_json::Value),
}

/// A top-level error.
#[derive(Debug, Deserialize)]
pub(super) struct GraphError {
    #[serde(default)]
    pub(super) message: String,
    #[serde(default)]
    pub(super) path: Option<Vec<serde_json::Value>>,
    #[serde(default)]
    pub(super) extensions: Option<ErrorExtensions>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ErrorExtensions {
    #[serde(default)]
    pub(super) code: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Extensions {
    #[serde(default)]
    pub(super) cost: Option<Cost>,
}

/// What the operation costs and what the leaky bucket holds, in points.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cost {
    #[serde(default)]
    pub(super) requested_query_cost: Option<f64>,
    #[serde(default)]
    pub(super) throttle_status: Option<ThrottleStatus>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ThrottleStatus {
    pub(super) currently_available: f64,
    /// Points per second.
    pub(super) restore_rate: f64,
}

/// A connection of the Relay kind.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Connection<T> {
    pub(super) nodes: Vec<T>,
    pub(super) page_info: PageInfo,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageInfo {
    pub(super) has_next_page: bool,
    #[serde(default)]
    pub(super) end_cursor: Option<String>,
}

impl PageInfo {
    /// Where the next page begins, if there is one.
    pub(super) fn next(self) -> Option<String> {
        self.end_cursor.filter(|_| self.has_next_page)
    }
}

// check.graphql

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckData {
    pub(super) shop: Shop,
    pub(super) current_app_installation: AppInstallation,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shop {
    pub(super) name: String,
    pub(super) myshopify_domain: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AppInstallation {
    pub(super) access_scopes: Vec<AccessScope>,
}

#[derive(Debug, Deserialize)]
pub(super) struct AccessScope {
    pub(super) handle: String,
}

// orders.graphql and order_lines.graphql

#[derive(Debug, Deserialize)]
pub(super) struct OrdersData {
    pub(super) orders: Connection<Box<RawValue>>,
}

/// What paging needs to know of an order; the rest of it is passed on unread.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrderHead {
    pub(super) id: String,
    pub(super) updated_at: Timestamp,
    pub(super) line_items: LinesHead,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LinesHead {
    pub(super) page_info: PageInfo,
}

#[derive(Debug, Deserialize)]
pub(super) struct OrderLinesData {
    pub(super) order: Option<OrderLines>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrderLines {
    pub(super) updated_at: Timestamp,
    pub(super) line_items: Connection<serde_json::Value>,
}

/// An order as kept in the raw item.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    #[serde(default)]
    pub(super) cancelled_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) display_financial_status: Option<FinancialStatus>,
    pub(super) display_fulfillment_status: FulfillmentStatus,
    pub(super) currency_code: String,
    pub(super) current_total_price_set: MoneyBag,
    #[serde(default)]
    pub(super) email: Option<String>,
    #[serde(default)]
    pub(super) phone: Option<String>,
    #[serde(default)]
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) tags: Option<Vec<String>>,
    #[serde(default)]
    pub(super) customer: Option<Customer>,
    #[serde(default)]
    pub(super) shipping_address: Option<MailingAddress>,
    #[serde(default)]
    pub(super) shipping_line: Option<ShippingLine>,
    pub(super) line_items: Connection<LineItem>,
}

/// `Order.displayFinancialStatus`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum FinancialStatus {
    Authorized,
    Expired,
    Paid,
    PartiallyPaid,
    PartiallyRefunded,
    Pending,
    Refunded,
    Voided,
    #[serde(untagged)]
    Other(String),
}

/// `Order.displayFulfillmentStatus`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum FulfillmentStatus {
    Fulfilled,
    FulfillmentNotRequired,
    InProgress,
    OnHold,
    Open,
    PartiallyFulfilled,
    PendingFulfillment,
    RequestDeclined,
    Restocked,
    Scheduled,
    Unfulfilled,
    #[serde(untagged)]
    Other(String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MoneyBag {
    pub(super) shop_money: Money,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Money {
    /// A decimal text, such as `12.50`.
    pub(super) amount: String,
    pub(super) currency_code: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Customer {
    #[serde(default)]
    pub(super) display_name: Option<String>,
    /// An unsigned 64-bit number, which Shopify writes as text; this order counts.
    #[serde(default)]
    pub(super) number_of_orders: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MailingAddress {
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) first_name: Option<String>,
    #[serde(default)]
    pub(super) last_name: Option<String>,
    #[serde(default)]
    pub(super) company: Option<String>,
    #[serde(default)]
    pub(super) address1: Option<String>,
    #[serde(default)]
    pub(super) address2: Option<String>,
    #[serde(default)]
    pub(super) city: Option<String>,
    #[serde(default)]
    pub(super) province: Option<String>,
    #[serde(default)]
    pub(super) province_code: Option<String>,
    #[serde(default)]
    pub(super) zip: Option<String>,
    #[serde(default)]
    pub(super) country_code_v2: Option<String>,
    #[serde(default)]
    pub(super) phone: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ShippingLine {
    #[serde(default)]
    pub(super) title: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LineItem {
    pub(super) id: String,
    #[serde(default)]
    pub(super) sku: Option<String>,
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) title: Option<String>,
    /// Units bought less units removed by edits and refunds.
    pub(super) current_quantity: u32,
    pub(super) requires_shipping: bool,
    pub(super) original_unit_price_set: MoneyBag,
    #[serde(default)]
    pub(super) weight: Option<Weight>,
}

/// The weight of one unit. A `Float` in the schema; it is a measure, not money.
#[derive(Debug, Deserialize)]
pub(super) struct Weight {
    pub(super) unit: WeightUnit,
    pub(super) value: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum WeightUnit {
    Grams,
    Kilograms,
    Ounces,
    Pounds,
    #[serde(untagged)]
    Other(String),
}

// fulfillment_orders.graphql and fulfillment_order_lines.graphql

#[derive(Debug, Deserialize)]
pub(super) struct FulfillmentOrdersData {
    pub(super) order: Option<FulfillmentOrders>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentOrders {
    pub(super) fulfillment_orders: Connection<FulfillmentOrder>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentOrder {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) supported_actions: Vec<SupportedAction>,
    pub(super) assigned_location: AssignedLocation,
    pub(super) line_items: Connection<FulfillmentOrderLine>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SupportedAction {
    pub(super) action: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct AssignedLocation {
    pub(super) name: String,
    /// `null` once the location is deleted.
    #[serde(default)]
    pub(super) location: Option<Reference>,
}

/// An object of which only the id is asked.
#[derive(Debug, Deserialize)]
pub(super) struct Reference {
    pub(super) id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentOrderLine {
    pub(super) id: String,
    pub(super) remaining_quantity: u32,
    pub(super) line_item: Reference,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentOrderLinesData {
    pub(super) fulfillment_order: Option<FulfillmentOrderLines>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentOrderLines {
    pub(super) line_items: Connection<FulfillmentOrderLine>,
}

// fulfillments.graphql and fulfillment_lines.graphql

#[derive(Debug, Deserialize)]
pub(super) struct FulfillmentsData {
    pub(super) order: Option<Fulfillments>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Fulfillments {
    pub(super) fulfillments: Vec<Fulfillment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fulfillment {
    pub(super) id: String,
    pub(super) status: FulfillmentState,
    pub(super) tracking_info: Vec<TrackingInfo>,
}

/// `Fulfillment.status`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum FulfillmentState {
    Cancelled,
    Error,
    Failure,
    Open,
    Pending,
    Success,
    #[serde(untagged)]
    Other(String),
}

#[derive(Debug, Deserialize)]
pub(super) struct TrackingInfo {
    #[serde(default)]
    pub(super) number: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FulfillmentLinesData {
    pub(super) fulfillment: Option<FulfillmentLines>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentLines {
    pub(super) fulfillment_line_items: Connection<FulfillmentLine>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentLine {
    #[serde(default)]
    pub(super) quantity: Option<u32>,
    pub(super) line_item: Reference,
}

// fulfillment_create.graphql

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentCreateData {
    #[serde(default)]
    pub(super) fulfillment_create: Option<FulfillmentCreate>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FulfillmentCreate {
    #[serde(default)]
    pub(super) fulfillment: Option<Reference>,
    pub(super) user_errors: Vec<UserError>,
}

/// A refusal inside a successful answer.
#[derive(Debug, Deserialize)]
pub(super) struct UserError {
    #[serde(default)]
    pub(super) field: Option<Vec<String>>,
    pub(super) message: String,
}
