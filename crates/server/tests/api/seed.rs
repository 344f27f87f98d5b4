//! One shop, one warehouse and four orders at known places.

use serde_json::json;
use switchyard_core::address::{Address, Customer};
use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState};
use switchyard_core::hold::{Hold, HoldReason};
use switchyard_core::id::{ConnectionId, FulfillmentId, HoldId, InboxId, LineId, OrderId, ReturnId, WarehouseId};
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::money::Money;
use switchyard_core::order::{LineKind, Order, OrderLine, OrderState};
use switchyard_core::quantity::Sku;
use switchyard_core::stock::ledger::Document;
use switchyard_core::time::Timestamp;
use switchyard_store::Store;
use switchyard_store::contract::{Changes, InboxItem, Write};
use switchyard_store::query::Stage;

fn birth() -> Timestamp {
    "2026-11-22T11:00:00Z".parse().unwrap()
}

pub(crate) fn shop() -> ConnectionId {
    ConnectionId::new(birth(), [1; 10])
}

pub(crate) fn warehouse_connection() -> ConnectionId {
    ConnectionId::new(birth(), [2; 10])
}

pub(crate) fn warehouse() -> WarehouseId {
    WarehouseId::new(birth(), [3; 10])
}

/// Planned, its edit window open.
pub(crate) fn editable() -> OrderId {
    OrderId::new(birth(), [10; 10])
}

/// Accepted by its warehouse.
pub(crate) fn handed_over() -> OrderId {
    OrderId::new(birth(), [11; 10])
}

/// Planned and held by a person.
pub(crate) fn held() -> OrderId {
    OrderId::new(birth(), [12; 10])
}

/// Cancelled.
pub(crate) fn cancelled() -> OrderId {
    OrderId::new(birth(), [13; 10])
}

/// A return that nobody has announced.
pub(crate) fn goods_back() -> ReturnId {
    ReturnId::new(birth(), [14; 10])
}

pub(crate) fn hold() -> HoldId {
    HoldId::new(birth(), [12; 10])
}

pub(crate) fn line(order: &OrderId, number: u8) -> LineId {
    let tag = order.as_str().as_bytes()[order.as_str().len() - 1];
    LineId::new(birth(), [tag, number, 0, 0, 0, 0, 0, 0, 0, 0])
}

fn connection(id: ConnectionId, side: Side, connector: &str, name: &str, now: Timestamp) -> Connection {
    Connection {
        id,
        side,
        connector: connector.to_owned(),
        name: name.to_owned(),
        config: json!({}),
        poll_seconds: 15,
        edit_window_seconds: 7_200,
        paused: true,
        created_at: now,
        last_success_at: None,
        problem: None,
    }
}

fn destination() -> Address {
    Address {
        name: "Ada Byron".to_owned(),
        line1: "1 High St".to_owned(),
        city: "Leeds".to_owned(),
        postcode: "LS1 1AA".to_owned(),
        country: "GB".to_owned(),
        ..Address::default()
    }
}

fn order(id: OrderId, number: &str, state: OrderState, now: Timestamp) -> Order {
    let currency = "GBP".parse().unwrap();
    let goods = |n: u8, sku: &str, title: &str, ordered| OrderLine {
        id: line(&id, n),
        shop_line_id: format!("{number}-{n}"),
        sku: Sku::new(sku),
        title: title.to_owned(),
        kind: LineKind::Goods,
        ordered,
        cancelled: if state == OrderState::Cancelled { ordered } else { 0 },
        unit_price: Money::new(1_250, currency),
        unit_weight: 400,
        backordered: 0,
        requested_lot: None,
    };
    Order {
        lines: vec![goods(1, "TEAPOT", "Teapot", 3), goods(2, "MUG-BLUE", "Blue mug", 1)],
        id,
        shop: shop(),
        shop_order_id: format!("gid://shopify/Order/{number}"),
        number: format!("#{number}"),
        revision: 0,
        shop_updated_at: birth(),
        state,
        placed_at: birth(),
        received_at: birth(),
        updated_at: now,
        editable_until: None,
        currency,
        total: Money::new(5_000, currency),
        customer: Customer { name: "Ada Byron".to_owned(), email: "ada@example.com".to_owned(), phone: String::new() },
        ship_to: destination(),
        shop_version: None,
        paid: None,
        earlier_orders: None,
        past_causes: Vec::new(),
        cured: std::collections::BTreeMap::new(),
        moves: Vec::new(),
        attention: Vec::new(),
        shipping_option: "Standard".to_owned(),
        note: String::new(),
        tags: vec![],
        holds: vec![],
        problems: vec![],
        edited: false,
        priority: 0,
    }
}

fn part(order: &Order, state: FulfillmentState, release_at: Timestamp) -> FulfillmentOrder {
    FulfillmentOrder {
        id: FulfillmentId::new(birth(), [order.number.as_bytes()[4]; 10]),
        order: order.id.clone(),
        warehouse: warehouse(),
        reference: format!("SY-{}-1", &order.number[1..]),
        revision: 0,
        state,
        state_since: birth(),
        release_at: Some(release_at),
        lines: order
            .lines
            .iter()
            .map(|line| FulfillmentLine { line: line.id.clone(), quantity: line.ordered, shipped: 0, kit: None })
            .collect(),
        remote_id: None,
        problem: None,
        rejection: None,
    }
}

fn entry(order: &Order, kind: &str) -> Entry {
    Entry {
        at: birth(),
        actor: Actor::service("intake"),
        kind: kind.to_owned(),
        order: Some(order.id.clone()),
        subject: order.id.to_string(),
        reason: String::new(),
        before: serde_json::Value::Null,
        after: json!({ "number": order.number }),
    }
}

pub(crate) async fn plant(store: &dyn Store, now: Timestamp) {
    let window = now + std::time::Duration::from_secs(3_600);
    let editable = Order { editable_until: Some(window), ..order(editable(), "1001", OrderState::Planned, now) };
    let handed_over = order(handed_over(), "1002", OrderState::Planned, now);
    let placed = Hold {
        id: hold(),
        reason: HoldReason::Customer,
        note: "asked to wait".to_owned(),
        placed_by: Actor::person("mara"),
        placed_at: birth(),
        expires_at: None,
        keeps_stock: true,
        owner: None,
        fulfillment: None,
        cause: None,
    };
    let held = Order { holds: vec![placed], ..order(held(), "1003", OrderState::Planned, now) };
    let cancelled = order(cancelled(), "1004", OrderState::Cancelled, now);
    let raw = InboxItem {
        id: InboxId::new(birth(), [1; 10]),
        connection: shop(),
        stream: "orders".to_owned(),
        external_id: editable.shop_order_id.clone(),
        version: "2026-11-22T11:00:00Z".to_owned(),
        raw: br##"{"name":"#1001"}"##.to_vec(),
        received_at: birth(),
    };
    let mut writes = vec![
        Write::Connection(connection(shop(), Side::Shop, "shopify", "Tea Corner", now)),
        Write::Connection(connection(warehouse_connection(), Side::Warehouse, "shipbob", "Leeds DC", now)),
        Write::Warehouse(Warehouse {
            id: warehouse(),
            connection: warehouse_connection(),
            remote_id: "1".to_owned(),
            name: "Leeds".to_owned(),
            country: "GB".to_owned(),
            rank: 1,
            ships_to: vec![],
            handling: 90,
            unit_handling: 15,
            late_hours: 0,
        }),
        Write::Inbox { item: Box::new(raw), then: vec![] },
    ];
    for line in &editable.lines {
        writes.push(Write::StockReport {
            warehouse: warehouse(),
            sku: line.sku.clone(),
            on_hand: 100,
            sequence: 0,
            observed_at: birth(),
        });
        writes.push(Write::Reserve {
            warehouse: warehouse(),
            sku: line.sku.clone(),
            delta: i64::from(line.ordered) * 3,
            channel: editable.shop.clone(),
            document: Document::Fulfillment { id: part(&editable, FulfillmentState::Open, window).id },
        });
    }
    let parts = [
        part(&editable, FulfillmentState::Open, window),
        part(&handed_over, FulfillmentState::Accepted, birth()),
        part(&held, FulfillmentState::Open, window),
    ];
    let orders = [
        (editable, Stage::Editable),
        (handed_over, Stage::InWarehouse),
        (held, Stage::Held),
        (cancelled, Stage::Cancelled),
    ];
    let journal = orders.iter().map(|(order, _)| entry(order, "order.received")).collect();
    writes.extend(orders.into_iter().map(|(order, stage)| Write::Order { order: Box::new(order), stage }));
    writes.extend(parts.into_iter().map(Write::Fulfillment));
    store.commit(Changes { writes, journal, command: None }).await.unwrap();
}
