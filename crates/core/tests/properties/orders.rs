//! Orders to start from.

use switchyard_core::address::{Address, Customer};
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState};
use switchyard_core::id::{ConnectionId, FulfillmentId, LineId, OrderId, WarehouseId};
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::{LineKind, Order, OrderLine, OrderState};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::time::Timestamp;

/// Noon of a day.
pub(crate) const NOON: Timestamp = Timestamp::from_micros(1_795_348_800_000_000);

/// The id of a line by its position.
pub(crate) fn line_id(number: u8) -> LineId {
    LineId::new(NOON, [number; 10])
}

/// An address to which a parcel can go.
pub(crate) fn address(line1: &str) -> Address {
    Address {
        name: "Ada".into(),
        line1: line1.into(),
        city: "Zürich".into(),
        postcode: "8001".into(),
        country: "CH".into(),
        ..Address::default()
    }
}

/// An accepted order: one line of goods for each quantity, and one line of postage.
pub(crate) fn accepted(quantities: &[Quantity]) -> Order {
    let currency: Currency = "CHF".parse().unwrap();
    let line = |number: usize, kind, ordered| OrderLine {
        id: line_id(u8::try_from(number).unwrap()),
        shop_line_id: number.to_string(),
        sku: Sku::new(&format!("S{number}")),
        title: String::new(),
        kind,
        ordered,
        cancelled: 0,
        unit_price: Money { minor: 100, currency },
        unit_weight: 100,
        backordered: 0,
        requested_lot: None,
    };
    let mut lines: Vec<OrderLine> =
        quantities.iter().enumerate().map(|(number, ordered)| line(number, LineKind::Goods, *ordered)).collect();
    lines.push(line(quantities.len(), LineKind::Fee, 1));
    Order {
        id: OrderId::new(NOON, [0; 10]),
        shop: ConnectionId::new(NOON, [0; 10]),
        shop_order_id: "1".into(),
        number: "#1".into(),
        revision: 1,
        shop_updated_at: NOON,
        state: OrderState::Accepted,
        placed_at: NOON,
        received_at: NOON,
        updated_at: NOON,
        editable_until: None,
        currency,
        total: Money { minor: 100, currency },
        customer: Customer::default(),
        ship_to: address("Weg 1"),
        shop_version: None,
        paid: None,
        earlier_orders: None,
        past_causes: Vec::new(),
        cured: std::collections::BTreeMap::new(),
        moves: Vec::new(),
        attention: Vec::new(),
        shipping_option: String::new(),
        note: String::new(),
        tags: vec![],
        lines,
        holds: vec![],
        problems: vec![],
        edited: false,
        priority: 0,
    }
}

/// A fulfillment order in a state, by its number, asking for these units by line position.
pub(crate) fn part(number: u8, state: FulfillmentState, lines: &[(u8, Quantity)]) -> FulfillmentOrder {
    FulfillmentOrder {
        id: FulfillmentId::new(NOON, [number; 10]),
        order: OrderId::new(NOON, [0; 10]),
        warehouse: WarehouseId::new(NOON, [number; 10]),
        reference: format!("SW-1-{number}"),
        revision: 1,
        state,
        state_since: NOON,
        release_at: Some(NOON),
        lines: lines
            .iter()
            .map(|&(line, quantity)| FulfillmentLine { line: line_id(line), quantity, shipped: 0, kit: None })
            .collect(),
        remote_id: None,
        problem: None,
        rejection: None,
    }
}
