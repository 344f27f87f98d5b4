//! Stores to test and records to put into them.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_core::address::{Address, Customer};
use switchyard_core::change_request::{Ask, ChangeRequest};
use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::id::{
    ChangeRequestId, ConnectionId, FulfillmentId, HandOverId, InboxId, JobId, LineId, OrderId, ReturnId, ShipmentId,
    TransferId, WarehouseId, WriteBackId,
};
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::{LineKind, Order, OrderLine, OrderState};
use switchyard_core::quantity::Sku;
use switchyard_core::return_order::{Announcement, Return, ReturnCause, ReturnItem};
use switchyard_core::shipment::{Parcel, Shipment, ShippedLine};
use switchyard_core::stock::bucket::Movement;
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_core::time::Timestamp;
use switchyard_core::transfer::{Transfer, TransferState};
use switchyard_core::write_back::{WriteBack, WriteBackState};
use switchyard_store::contract::{Attempt, Changes, Claim, InboxItem, NewJob, Store, Write};
use switchyard_store::query::Stage;
use switchyard_store::{Model, Options};

/// Which implementation a test runs on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Backend {
    Sqlite,
    Model,
}

/// A store and, for SQLite, the directory that goes away with it.
pub(crate) struct Opened {
    pub(crate) store: Arc<dyn Store>,
    _directory: Option<tempfile::TempDir>,
}

impl std::ops::Deref for Opened {
    type Target = dyn Store;

    fn deref(&self) -> &Self::Target {
        self.store.as_ref()
    }
}

pub(crate) async fn open(backend: Backend) -> Opened {
    match backend {
        Backend::Model => Opened { store: Model::new(), _directory: None },
        Backend::Sqlite => {
            let directory = tempfile::tempdir().expect("a temporary directory");
            let store = switchyard_store::open(&directory.path().join("store.db"), options()).await;
            Opened { store: store.expect("a new store opens"), _directory: Some(directory) }
        }
    }
}

pub(crate) fn options() -> Options {
    Options { entropy: Some([9; 48]), ..Options::default() }
}

/// Seconds after the start of the tests' time.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_795_000_000_000_000 + seconds * 1_000_000)
}

fn random(n: u32) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[..4].copy_from_slice(&n.to_be_bytes());
    bytes
}

macro_rules! numbered {
    ($($function:ident -> $id:ident),*) => {$(
        pub(crate) fn $function(n: u32) -> $id {
            $id::new(at(i64::from(n)), random(n))
        }
    )*};
}

numbered! {
    order_id -> OrderId, part_id -> FulfillmentId, hand_over_id -> HandOverId, shipment_id -> ShipmentId,
    write_back_id -> WriteBackId, change_request_id -> ChangeRequestId, connection_id -> ConnectionId, warehouse_id -> WarehouseId, inbox_id -> InboxId,
    job_id -> JobId, line_id -> LineId, return_id -> ReturnId, transfer_id -> TransferId
}

pub(crate) fn euro() -> Currency {
    "EUR".parse().expect("a currency")
}

pub(crate) fn line(n: u32, sku: &str, units: u32) -> OrderLine {
    OrderLine {
        id: line_id(n),
        shop_line_id: n.to_string(),
        sku: Sku::new(sku),
        title: format!("Title of {sku}"),
        kind: LineKind::Goods,
        ordered: units,
        cancelled: 0,
        unit_price: Money::new(500, euro()),
        unit_weight: 100,
        backordered: 0,
        requested_lot: None,
    }
}

/// A new order: shop 1, one line of three `SKU-n`, received `n` seconds after the start.
pub(crate) fn order(n: u32) -> Order {
    let seconds = i64::from(n);
    Order {
        id: order_id(n),
        shop: connection_id(1),
        shop_order_id: format!("gid-{n}"),
        number: format!("#{n:06}"),
        revision: 0,
        shop_updated_at: at(seconds),
        state: OrderState::Accepted,
        placed_at: at(seconds - 60),
        received_at: at(seconds),
        updated_at: at(seconds),
        editable_until: None,
        currency: euro(),
        total: Money::new(1_500, euro()),
        customer: Customer { name: format!("Customer {n}"), email: format!("c{n}@example.org"), phone: String::new() },
        ship_to: Address {
            name: format!("Customer {n}"),
            line1: "Weg 1".to_owned(),
            city: "Köln".to_owned(),
            postcode: "50667".to_owned(),
            country: "DE".to_owned(),
            ..Address::default()
        },
        shop_version: None,
        paid: None,
        earlier_orders: None,
        past_causes: Vec::new(),
        cured: std::collections::BTreeMap::new(),
        moves: Vec::new(),
        attention: Vec::new(),
        shipping_option: String::new(),
        note: String::new(),
        tags: vec!["web".to_owned()],
        lines: vec![line(n, &format!("SKU-{n}"), 3)],
        holds: Vec::new(),
        problems: Vec::new(),
        edited: false,
        priority: 0,
    }
}

pub(crate) fn put(order: &Order, stage: Stage) -> Write {
    Write::Order { order: Box::new(order.clone()), stage }
}

/// Part `n` of order `order` in warehouse `warehouse`.
pub(crate) fn part(n: u32, order: u32, warehouse: u32) -> FulfillmentOrder {
    FulfillmentOrder {
        id: part_id(n),
        order: order_id(order),
        warehouse: warehouse_id(warehouse),
        reference: format!("SW-{order}-{n}"),
        revision: 0,
        state: FulfillmentState::Open,
        state_since: at(i64::from(n)),
        release_at: Some(at(i64::from(n) + 600)),
        lines: vec![FulfillmentLine { line: line_id(order), quantity: 3, shipped: 0, kit: None }],
        remote_id: None,
        problem: None,
        rejection: None,
    }
}

/// The hand-over of a part.
pub(crate) fn hand_over(n: u32, part: u32, order: u32) -> HandOver {
    HandOver {
        id: hand_over_id(n),
        fulfillment: part_id(part),
        order: order_id(order),
        revision: 0,
        idempotency_key: format!("key-{n}"),
        state: HandOverState::Ready,
        payload: Some(json!({ "reference": format!("SW-{order}-{part}") })),
        attempts: 0,
        last_error: None,
    }
}

/// A shipment of a part, one parcel.
pub(crate) fn shipment(n: u32, part: u32, order: u32, carrier: &str, tracking_code: &str) -> Shipment {
    Shipment {
        id: shipment_id(n),
        order: order_id(order),
        fulfillment: part_id(part),
        remote_id: format!("remote-{n}"),
        shipped_at: at(i64::from(n)),
        booked_at: at(i64::from(n)),
        lines: vec![ShippedLine { line: line_id(order), quantity: 3 }],
        components: Vec::new(),
        parcels: vec![Parcel {
            carrier: carrier.to_owned(),
            tracking_code: tracking_code.to_owned(),
            tracking_url: String::new(),
        }],
    }
}

/// A wish that a part ships nothing.
pub(crate) fn change_request(n: u32, part_number: u32, order: u32) -> ChangeRequest {
    let actor = Actor::Service { name: "test".to_owned() };
    ChangeRequest::draft(change_request_id(n), &part(part_number, order, 1), Ask::Cancel, &actor, at(i64::from(n)))
}

/// Goods of an order on their way back to warehouse 1.
pub(crate) fn goods_back(n: u32, order: u32) -> Return {
    Return::announced(Announcement {
        id: return_id(n),
        reference: format!("SR-{n}"),
        order: Some(order_id(order)),
        warehouse: warehouse_id(1),
        cause: ReturnCause::Customer,
        items: vec![ReturnItem::announced(Some(line_id(order)), Sku::new("SKU-1"), 1)],
        tracking_code: String::new(),
        at: at(i64::from(n)),
        expires_at: None,
    })
}

/// An empty transfer to a warehouse.
pub(crate) fn transfer(n: u32, warehouse: u32) -> Transfer {
    Transfer {
        id: transfer_id(n),
        reference: format!("ST-{n}"),
        remote_id: None,
        from: None,
        to: warehouse_id(warehouse),
        revision: 0,
        state: TransferState::Draft,
        lines: Vec::new(),
        expected_at: None,
        note: String::new(),
        created_at: at(i64::from(n)),
        updated_at: at(i64::from(n)),
    }
}

/// The duty to report a shipment.
pub(crate) fn write_back(n: u32, shipment: u32, order: u32) -> WriteBack {
    WriteBack {
        id: write_back_id(n),
        order: order_id(order),
        shop: connection_id(1),
        shipment: shipment_id(shipment),
        revision: 0,
        state: WriteBackState::Due,
        attempts: 0,
        due_at: at(i64::from(n)),
        last_error: None,
        remote_id: None,
    }
}

pub(crate) fn attempt(subject: &str, order: u32, number: u32) -> Attempt {
    Attempt {
        subject: subject.to_owned(),
        order: order_id(order),
        number,
        started_at: at(i64::from(number)),
        deadline: at(i64::from(number) + 30),
        ended_at: None,
        outcome: String::new(),
        detail: String::new(),
    }
}

pub(crate) fn connection(n: u32) -> Connection {
    Connection {
        id: connection_id(n),
        side: Side::Shop,
        connector: "shopify".to_owned(),
        name: format!("Shop {n}"),
        config: json!({ "domain": "shop.example" }),
        poll_seconds: 60,
        edit_window_seconds: 600,
        paused: false,
        created_at: at(i64::from(n)),
        last_success_at: None,
        problem: None,
    }
}

pub(crate) fn warehouse(n: u32, rank: u32) -> Warehouse {
    Warehouse {
        id: warehouse_id(n),
        connection: connection_id(1),
        remote_id: n.to_string(),
        name: format!("Warehouse {n}"),
        country: "DE".to_owned(),
        rank,
        ships_to: Vec::new(),
        handling: 100,
        unit_handling: 10,
        late_hours: 0,
    }
}

pub(crate) fn item(n: u32, external_id: &str, version: &str) -> InboxItem {
    InboxItem {
        id: inbox_id(n),
        connection: connection_id(1),
        stream: "orders".to_owned(),
        external_id: external_id.to_owned(),
        version: version.to_owned(),
        raw: format!("{{\"id\":\"{external_id}\",\"version\":\"{version}\"}}").into_bytes(),
        received_at: at(i64::from(n)),
    }
}

pub(crate) fn job(n: u32, kind: &str, key: &str, due: i64) -> NewJob {
    NewJob { id: job_id(n), kind: kind.to_owned(), key: key.to_owned(), due: at(due) }
}

pub(crate) fn claim(kind: &str, now: i64, limit: u32) -> Claim {
    Claim { kind: kind.to_owned(), owner: "test".to_owned(), now: at(now), lease: Duration::from_secs(30), limit }
}

pub(crate) fn report(warehouse: u32, sku: &str, on_hand: u32, observed: i64) -> Write {
    let (warehouse, sku) = (warehouse_id(warehouse), Sku::new(sku));
    Write::StockReport { warehouse, sku, on_hand, sequence: 0, observed_at: at(observed) }
}

pub(crate) fn reserve(warehouse: u32, sku: &str, delta: i64) -> Write {
    reserve_for(warehouse, sku, delta, 1)
}

pub(crate) fn left(warehouse: u32, sku: &str, quantity: u32, reserved: u32, when: i64) -> Write {
    Write::Ship {
        warehouse: warehouse_id(warehouse),
        sku: Sku::new(sku),
        quantity,
        reserved,
        at: at(when),
        document: Document::Shipment { id: shipment_id(1) },
    }
}

pub(crate) fn moved(warehouse: u32, sku: &str, cause: Cause, movement: Movement, when: i64) -> Write {
    Write::Stock {
        warehouse: warehouse_id(warehouse),
        sku: Sku::new(sku),
        movement,
        expects: None,
        cause,
        document: Document::Note { note: "seen on the shelf".to_owned() },
        by: Actor::person("mia"),
        at: at(when),
    }
}

pub(crate) fn reserve_for(warehouse: u32, sku: &str, delta: i64, channel: u32) -> Write {
    Write::Reserve {
        warehouse: warehouse_id(warehouse),
        sku: Sku::new(sku),
        delta,
        channel: connection_id(channel),
        document: Document::Fulfillment { id: part_id(1) },
    }
}

pub(crate) fn entry(kind: &str, order: Option<u32>) -> Entry {
    Entry {
        at: at(1),
        actor: Actor::service("route"),
        kind: kind.to_owned(),
        order: order.map(order_id),
        subject: order.map(|n| order_id(n).to_string()).unwrap_or_default(),
        reason: String::new(),
        before: json!(null),
        after: json!({ "state": "planned", "amount": 12 }),
    }
}

pub(crate) fn writes(writes: Vec<Write>) -> Changes {
    Changes { writes, ..Changes::default() }
}
