//! The connector contract: what the engine knows of a shop or a warehouse system.
//!
//! Verbs: [`Connector::check`], [`Connector::pull`] (raw items and an opaque cursor), `parse_*` (pure, raw to
//! canonical), [`Connector::push`] (one effect), [`Connector::find`] (did that effect happen?). Every verb but
//! `describe` and `check` has a default that answers [`Kind::Unsupported`]; the harness fails when
//! [`Capabilities`] and behaviour disagree. `docs/connector-contract.md` is this page in MUST and SHOULD.

use std::fmt::Debug;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use switchyard_core::address::{Address, Customer};
use switchyard_core::connection::Side;
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::LineKind;
use switchyard_core::quantity::{Grams, Quantity, Sku};
use switchyard_core::return_order::ReportedItem;
use switchyard_core::shipment::Parcel;
use switchyard_core::time::Timestamp;

use crate::error::{Error, Kind, Result};
use crate::http::Http;

/// What a connector is given for one call.
#[derive(Debug, Clone)]
pub struct Context {
    /// The shared client; carries the connection's deadline.
    pub http: Http,
    /// The engine's clock at the start of the call.
    pub now: Timestamp,
}

/// A stream of changes a partner offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// Orders of a shop.
    Orders,
    /// Shipments and states of handed-over orders of a warehouse system.
    Shipments,
    /// Stock levels of a warehouse system.
    Stock,
    /// Goods that come back to a warehouse, announced by us or not.
    Returns,
}

impl Stream {
    /// The stored text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Shipments => "shipments",
            Self::Stock => "stock",
            Self::Returns => "returns",
        }
    }
}

/// Where to go on reading: made by the connector, opaque to the engine, stored with the page it came with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// One item exactly as the partner sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawItem {
    /// The partner's id of the object.
    pub external_id: String,
    /// Distinguishes two versions of one object, such as its update time; a pair seen before is a repeat.
    pub version: String,
    /// The item's own bytes (JSON unless the descriptor says otherwise).
    pub raw: Vec<u8>,
}

/// A page of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// In the partner's order; may repeat items of earlier pages.
    pub items: Vec<RawItem>,
    /// Stored after the items are; reading from it again is harmless.
    pub cursor: Cursor,
    /// True when another page is ready now.
    pub more: bool,
}

/// A shop order, translated but not judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShopOrder {
    /// The shop's id.
    pub shop_order_id: String,
    /// What people call it.
    pub number: String,
    /// The shop's last change.
    pub updated_at: Timestamp,
    /// When the customer bought.
    pub placed_at: Timestamp,
    /// Currency of every amount.
    pub currency: Currency,
    /// Total.
    pub total: Money,
    /// Buyer; fields are empty when the shop withholds personal data.
    pub customer: Customer,
    /// Destination; empty fields where the shop sent none.
    pub ship_to: Address,
    /// The shop's name of the chosen shipping.
    pub shipping_option: String,
    /// Remark.
    pub note: String,
    /// Labels.
    pub tags: Vec<String>,
    /// Lines in the shop's order.
    pub lines: Vec<ShopLine>,
    /// Whether the shop says that it is cancelled.
    pub cancelled: bool,
    /// Whether the shop says that money has arrived; `None` when it does not say.
    pub paid: Option<bool>,
    /// Orders the buyer placed in this shop before this one; `None` when the shop does not say.
    pub earlier_orders: Option<u32>,
    /// Whether the shop says that nothing is left to ship.
    pub fulfilled: bool,
}

/// One line of a shop order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShopLine {
    /// The shop's id of the line, unique in the order.
    pub shop_line_id: String,
    /// What; may be empty.
    pub sku: Sku,
    /// Wording; may be empty.
    pub title: String,
    /// Goods, or a fee that no warehouse may see.
    pub kind: LineKind,
    /// Units still wanted by the shop.
    pub quantity: Quantity,
    /// Price of one unit; may be zero.
    pub unit_price: Money,
    /// Weight of one unit in grams, 0 when unknown.
    pub unit_weight: Grams,
}

/// A raw item that is no such thing: where it breaks and how.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {detail}")]
pub struct ParseError {
    /// Path of the offending field, such as `lineItems.nodes[3].quantity`; `$` for the whole.
    pub path: String,
    /// What was expected and what came.
    pub detail: String,
}

/// What a warehouse is asked to ship: made from a frozen payload, never from live records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FulfillmentRequest {
    /// Our number, unique for ever; the partner keeps it as external reference.
    pub reference: String,
    /// The partner's id of the warehouse that shall ship.
    pub warehouse_remote_id: String,
    /// The shop's number, for labels and people.
    pub order_number: String,
    /// When the customer bought.
    pub placed_at: Timestamp,
    /// Destination.
    pub ship_to: Address,
    /// Buyer's e-mail for the carrier, may be empty.
    pub email: String,
    /// The shop's name of the chosen shipping.
    pub shipping_option: String,
    /// What to ship; quantities are positive, goods only.
    pub lines: Vec<RequestLine>,
}

/// One line of a fulfillment request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestLine {
    /// Our line id, so that a shipment can be matched to it.
    pub reference: String,
    /// What.
    pub sku: Sku,
    /// Wording for the packing slip; may be empty.
    pub title: String,
    /// Units.
    pub quantity: Quantity,
    /// Price of one unit for customs.
    pub unit_price: Money,
}

/// What a shop is told about a shipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentReport {
    /// The shop's order id.
    pub shop_order_id: String,
    /// Units by the shop's line id.
    pub lines: Vec<ReportLine>,
    /// Parcels; at least one.
    pub parcels: Vec<Parcel>,
    /// When it left.
    pub shipped_at: Timestamp,
}

/// Units of one shop line that left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// The shop's line id.
    pub shop_line_id: String,
    /// Units.
    pub quantity: Quantity,
}

/// One effect on a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Ask a warehouse to ship.
    HandOver(FulfillmentRequest),
    /// Ask a warehouse not to ship what it has.
    CancelFulfillment {
        /// Our number of it.
        reference: String,
        /// The partner's id of it.
        remote_id: String,
    },
    /// Ask a warehouse to ship elsewhere.
    ChangeAddress {
        /// Our number of it.
        reference: String,
        /// The partner's id of it.
        remote_id: String,
        /// The whole new address.
        ship_to: Address,
        /// Buyer's e-mail for the carrier, may be empty.
        email: String,
    },
    /// Tell a warehouse that goods will come back.
    AnnounceReturn(ReturnNotice),
    /// Tell a warehouse that goods it expects back will not come.
    WithdrawReturn {
        /// Our number of the return.
        reference: String,
        /// The partner's id of it.
        remote_id: String,
    },
    /// Tell a shop what left.
    ReportShipment(ShipmentReport),
}

/// Goods that a warehouse shall expect back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnNotice {
    /// Our number, unique for ever; the partner keeps it, and the label shows it.
    pub reference: String,
    /// The partner's id of the warehouse where they arrive.
    pub warehouse_remote_id: String,
    /// The partner's id of the shipment they left with, where it is known.
    pub shipment_remote_id: Option<String>,
    /// The carrier's code for the way back; may be empty.
    pub tracking_code: String,
    /// What comes; quantities are positive, a SKU comes once.
    pub lines: Vec<NoticeLine>,
}

/// Units of one SKU that are to come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// What.
    pub sku: Sku,
    /// Units.
    pub quantity: Quantity,
}

/// Where a return is over there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteReturnState {
    /// Expected, or a state we do not know: never guessed to be there.
    Expected,
    /// Goods are there; the items say how many, and what became of them so far.
    Arrived,
    /// Nothing more happens to it over there.
    Finished,
    /// It is expected no longer.
    Cancelled,
}

/// A report about one return, translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturnUpdate {
    /// The number it was announced under; empty for what came unannounced. Ours, if we announced it.
    pub reference: String,
    /// The warehouse's id of it.
    pub remote_id: String,
    /// The partner's id of the warehouse.
    pub warehouse_remote_id: String,
    /// The partner's id of the shipment it left with, where it is known.
    pub shipment_remote_id: Option<String>,
    /// Where it is over there.
    pub state: RemoteReturnState,
    /// Whether the carrier brings it back because it could not deliver it.
    pub undeliverable: bool,
    /// The carrier's code for the way back; may be empty.
    pub tracking_code: String,
    /// What is expected, or what is there.
    pub items: Vec<ReportedItem>,
}

/// What a partner answered to a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The partner's id of what exists now.
    pub remote_id: String,
    /// True when it was there already, from an earlier try with the same reference.
    pub already: bool,
}

/// What a warehouse says about a fulfillment order it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteState {
    /// Acknowledged, or a state we do not know: pending, never guessed final.
    Accepted,
    /// Picking has begun.
    InWork,
    /// Left, in part or whole; the shipments say what.
    Shipped,
    /// Will not ship.
    Cancelled,
    /// Stopped over there, for the reason given with it.
    Stuck,
}

/// A report about one fulfillment order, translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShipmentUpdate {
    /// Our number, as the warehouse kept it.
    pub reference: String,
    /// The warehouse's id of the order.
    pub remote_id: String,
    /// Where it is over there.
    pub state: RemoteState,
    /// Why it is stuck or cancelled, in the warehouse's words.
    pub reason: String,
    /// What left so far.
    pub shipments: Vec<RemoteShipment>,
}

/// One shipment as a warehouse reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemoteShipment {
    /// The warehouse's id of it, unique there.
    pub remote_id: String,
    /// When it left.
    pub shipped_at: Timestamp,
    /// What left.
    pub lines: Vec<RemoteShipmentLine>,
    /// In which parcels; a shipment without a tracking code has not left.
    pub parcels: Vec<Parcel>,
}

/// Units of one SKU in a reported shipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemoteShipmentLine {
    /// Our line reference where the warehouse kept it.
    pub reference: Option<String>,
    /// What.
    pub sku: Sku,
    /// Units.
    pub quantity: Quantity,
}

/// A stock report, translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockReport {
    /// The partner's id of the warehouse.
    pub warehouse_remote_id: String,
    /// What.
    pub sku: Sku,
    /// Units physically there, those promised included.
    pub on_hand: Quantity,
}

/// A warehouse a partner offers, found by [`Connector::check`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteWarehouse {
    /// The partner's id.
    pub remote_id: String,
    /// Its name over there.
    pub name: String,
    /// ISO 3166-1 alpha-2, empty when not given.
    pub country: String,
}

/// What a successful check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// Who we are over there, for a person to recognise: shop name, account.
    pub account: String,
    /// Warehouses the account can ship from; empty for shops.
    pub warehouses: Vec<RemoteWarehouse>,
    /// What works but deserves a look, such as an API version about to expire or a missing permission.
    pub warnings: Vec<String>,
}

/// How safely a hand-over can be repeated (`docs/resilience.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepeatClass {
    /// The partner refuses or recognises a repeated reference or key.
    A,
    /// No key, but the partner can be searched by our reference.
    B,
    /// Files: fixed name and control number.
    C,
    /// Nothing: never repeated without a person.
    D,
}

/// What a connector does. The harness holds it to this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// Streams that can be pulled.
    pub streams: Vec<Stream>,
    /// Whether `CancelFulfillment` works while the warehouse has not begun.
    pub cancel: bool,
    /// Whether `ChangeAddress` works while the warehouse has not begun.
    pub change_address: bool,
    /// Whether `AnnounceReturn` and `WithdrawReturn` work; a warehouse that takes them also reports [`Stream::Returns`].
    pub returns: bool,
    /// How a doubtful hand-over or report may be repeated.
    pub repeat: RepeatClass,
    /// How long after a doubtful try its effect may still become visible to [`Connector::find`].
    pub settle: Duration,
}

/// Who a connector is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Descriptor {
    /// Registered name: the vendor's, lower snake case.
    pub name: &'static str,
    /// The vendor's own spelling.
    pub title: &'static str,
    /// Which side it stands on.
    pub side: Side,
    /// The vendor's API version spoken.
    pub api_version: &'static str,
    /// What it does.
    pub capabilities: Capabilities,
}

fn unsupported(verb: &str) -> Error {
    Error::new(Kind::Unsupported, format!("this connector does not {verb}"))
}

fn unreadable(noun: &str) -> ParseError {
    ParseError { path: "$".to_owned(), detail: format!("this connector has no {noun}") }
}

/// A configured shop or warehouse system.
#[async_trait]
pub trait Connector: Send + Sync + Debug {
    /// Who this is and what it does; the same for every configuration.
    fn describe(&self) -> &Descriptor;

    /// Exercises the real read path with cheap calls.
    ///
    /// # Errors
    /// Whatever stops real work: wrong credentials, unreachable host, wrong settings.
    async fn check(&self, context: &Context) -> Result<CheckReport>;

    /// The next page of a stream. `None` starts from the beginning the configuration names.
    ///
    /// # Errors
    /// The page is lost, the cursor is not: the caller pulls from the same cursor again.
    async fn pull(&self, _context: &Context, stream: Stream, _cursor: Option<&Cursor>) -> Result<Page> {
        Err(unsupported(&format!("pull {}", stream.as_str())))
    }

    /// Translates a raw item of [`Stream::Orders`]. Pure, so a corrected mapping can be replayed.
    ///
    /// # Errors
    /// The raw item is kept; the error names the field.
    fn parse_order(&self, _raw: &[u8]) -> std::result::Result<ShopOrder, ParseError> {
        Err(unreadable("orders"))
    }

    /// Translates a raw item of [`Stream::Shipments`]. Pure.
    ///
    /// # Errors
    /// The raw item is kept; the error names the field.
    fn parse_shipment_update(&self, _raw: &[u8]) -> std::result::Result<ShipmentUpdate, ParseError> {
        Err(unreadable("shipments"))
    }

    /// Translates a raw item of [`Stream::Stock`]. Pure.
    ///
    /// # Errors
    /// The raw item is kept; the error names the field.
    fn parse_stock(&self, _raw: &[u8]) -> std::result::Result<Vec<StockReport>, ParseError> {
        Err(unreadable("stock"))
    }

    /// Translates a raw item of [`Stream::Returns`]. Pure.
    ///
    /// # Errors
    /// The raw item is kept; the error names the field.
    fn parse_return(&self, _raw: &[u8]) -> std::result::Result<ReturnUpdate, ParseError> {
        Err(unreadable("returns"))
    }

    /// Brings about one effect. `key` is the same for every try of the same content.
    ///
    /// # Errors
    /// [`Kind::Doubtful`] when the effect may have happened; every other kind means that it has not.
    async fn push(&self, _context: &Context, _command: &Command, _key: &str) -> Result<Done> {
        Err(unsupported("push"))
    }

    /// Looks for the effect of `command` over there; `None` means that the partner does not have it (yet).
    ///
    /// # Errors
    /// Any kind; the caller knows no more than before.
    async fn find(&self, _context: &Context, _command: &Command) -> Result<Option<Done>> {
        Err(unsupported("find"))
    }
}
