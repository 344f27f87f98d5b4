//! What a seed says: the order, when its window closes, who wishes what, and how the warehouses behave.

use std::time::Duration;

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use switchyard_core::address::{Address, Customer};
use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::id::{ConnectionId, JobId, LineId, OrderId, WarehouseId};
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::{LineKind, Order, OrderLine, OrderState};
use switchyard_core::quantity::Sku;
use switchyard_core::time::Timestamp;
use switchyard_engine::clock::Clock;
use switchyard_store::contract::{NewJob, Write};
use switchyard_store::query::Stage;

use crate::clock::{RECEIVED, RaceClock};
use crate::warehouse::Mishap;

/// What somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Another address.
    Address,
    /// Fewer units of the line at this position, this share of a hundred of them.
    Quantity { line: usize, percent: u32 },
    /// A hold on the whole order, or on its first part; lifting itself after so many milliseconds; keeping the stock.
    Hold { part: bool, lifts_after: Option<u64>, keeps_stock: bool },
    /// Nothing shall ship.
    Cancel,
    /// The first hold goes.
    Lift,
    /// The window closes now.
    ReleaseNow,
}

/// Somebody with a wish.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wisher {
    /// What.
    pub(crate) wish: Wish,
    /// Turns before they look at the order.
    pub(crate) after: u32,
    /// How often they wish again when they hear that the order has changed.
    pub(crate) again: u32,
    /// Whether the same request is delivered twice.
    pub(crate) twice: bool,
}

/// One race.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) seed: u64,
    /// SKU and units.
    pub(crate) lines: Vec<(&'static str, u32)>,
    /// Edit window of the shop.
    pub(crate) window: Duration,
    /// How long before the window's end the race begins, in milliseconds; negative: after it.
    pub(crate) early: i64,
    /// Whether a hold stands when the race begins.
    pub(crate) held: bool,
    pub(crate) wishers: Vec<Wisher>,
    pub(crate) mishaps: Vec<Mishap>,
    /// Whether warehouses do what they are asked afterwards.
    pub(crate) agrees: bool,
    /// Whether the second warehouse cannot be asked anything.
    pub(crate) mute: bool,
    /// Whether the machine sleeps for a minute in the middle, so that leases and deadlines pass.
    pub(crate) sleeps_at: Option<u32>,
    /// Flows that run at the same time.
    pub(crate) workers: usize,
    /// Of ten turns, how many go to whoever had the last one.
    pub(crate) stubborn: u32,
}

/// An order that is one part (A, or A and B with B's warehouse alone), two or three: A is in the first warehouse only,
/// B in the second, C in the third, and of S there are three units in each of the first two.
const SHAPES: [&[(&str, u32)]; 6] = [
    &[("A", 3)],
    &[("A", 2), ("B", 2)],
    &[("A", 2), ("B", 1), ("C", 3)],
    &[("S", 5)],
    &[("S", 4), ("C", 2)],
    &[("B", 1)],
];

impl Scene {
    pub(crate) fn of(seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x005e_ed0f_5cee);
        let lines = SHAPES.choose(&mut random).expect("some").to_vec();
        let far = random.random_ratio(1, 6);
        let held = random.random_ratio(1, 5);
        let mut wishers: Vec<Wisher> =
            (0..random.random_range(1..=2)).map(|_| wisher(&mut random, lines.len(), held)).collect();
        if far {
            wishers.push(Wisher { wish: Wish::ReleaseNow, ..wisher(&mut random, lines.len(), held) });
        }
        let mishap = |random: &mut ChaCha8Rng| match random.random_range(0..8) {
            0 | 1 => Mishap::Unreachable,
            2 => Mishap::Throttled,
            3 => Mishap::AnswerLost,
            4 => Mishap::Lost,
            _ => Mishap::None,
        };
        let unlucky = random.random_ratio(1, 3);
        Self {
            seed,
            lines,
            window: Duration::from_secs(60),
            early: if far { 30_000 } else { random.random_range(-5..40) },
            held,
            wishers,
            mishaps: if unlucky { (0..4).map(|_| mishap(&mut random)).collect() } else { Vec::new() },
            agrees: random.random_ratio(2, 3),
            mute: random.random_ratio(1, 4),
            sleeps_at: random.random_ratio(1, 10).then(|| random.random_range(10..80)),
            workers: random.random_range(1..=3),
            stubborn: *[0, 0, 5, 8].choose(&mut random).expect("some"),
        }
    }
}

fn wisher(random: &mut ChaCha8Rng, lines: usize, held: bool) -> Wisher {
    let wish = match random.random_range(0..if held { 16 } else { 13 }) {
        0..=2 => Wish::Address,
        3..=5 => Wish::Quantity { line: random.random_range(0..lines), percent: random.random_range(0..100) },
        6..=8 => {
            let lifts_after = random.random_ratio(1, 4).then(|| random.random_range(1..60));
            Wish::Hold { part: random.random_ratio(1, 3), lifts_after, keeps_stock: random.random_ratio(3, 4) }
        }
        9 | 10 => Wish::Cancel,
        11 | 12 => Wish::ReleaseNow,
        _ => Wish::Lift,
    };
    Wisher {
        wish,
        after: random.random_range(0..50),
        again: random.random_range(0..=2),
        twice: random.random_ratio(1, 8),
    }
}

/// Ids of what stands around every order.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) systems: Vec<ConnectionId>,
    pub(crate) order: OrderId,
}

/// A shop, three warehouses with stock, and the order, received and not yet looked at.
pub(crate) fn build(scene: &Scene, clock: &RaceClock) -> (World, Vec<Write>) {
    // The same in every race: the engine remembers partners by their connection.
    let connection = |side, number: u8, name: &str, connector: &str| Connection {
        id: ConnectionId::new(RECEIVED, [number; 10]),
        side,
        connector: connector.to_owned(),
        name: name.to_owned(),
        config: json!({}),
        poll_seconds: 3_600,
        edit_window_seconds: u32::try_from(scene.window.as_secs()).expect("a short window"),
        paused: false,
        created_at: clock.now(),
        last_success_at: None,
        problem: None,
    };
    let shop = connection(Side::Shop, 0, "Shop", "shopify");
    let mut writes = vec![Write::Connection(shop.clone())];
    let mut systems = Vec::new();
    for rank in 1..=3_u8 {
        // What a warehouse can be asked is read off the registered connector; an unknown one can be asked nothing.
        let name = if rank == 2 && scene.mute { "unknown" } else { "shipbob" };
        let system = connection(Side::Warehouse, rank, &format!("System {rank}"), name);
        let id = WarehouseId::new(clock.now(), clock.random_id());
        let stock: &[(&str, u32)] = match rank {
            1 => &[("A", 9), ("S", 3)],
            2 => &[("B", 9), ("S", 3)],
            _ => &[("C", 9)],
        };
        for (sku, on_hand) in stock {
            let (warehouse, sku) = (id.clone(), Sku::new(sku));
            writes.push(Write::StockReport {
                warehouse,
                sku,
                on_hand: *on_hand,
                sequence: 0,
                observed_at: clock.now(),
            });
        }
        systems.push(system.id.clone());
        let warehouse = Warehouse {
            id,
            connection: system.id.clone(),
            remote_id: rank.to_string(),
            name: format!("Warehouse {rank}"),
            country: "GB".to_owned(),
            rank: rank.into(),
            ships_to: Vec::new(),
            handling: 0,
            unit_handling: 0,
            late_hours: 0,
        };
        writes.extend([Write::Connection(system), Write::Warehouse(warehouse)]);
    }
    let order = order(scene, clock, &shop.id);
    let id = order.id.clone();
    let job = NewJob {
        id: JobId::new(clock.now(), clock.random_id()),
        kind: "validate".to_owned(),
        key: id.to_string(),
        due: Timestamp::EPOCH,
    };
    writes.extend([Write::Order { order: Box::new(order), stage: Stage::Received }, Write::Job(job)]);
    (World { systems, order: id }, writes)
}

fn order(scene: &Scene, clock: &RaceClock, shop: &ConnectionId) -> Order {
    let gbp: Currency = "GBP".parse().expect("a currency");
    let line = |(position, (sku, ordered)): (usize, &(&str, u32))| OrderLine {
        id: LineId::new(clock.now(), clock.random_id()),
        shop_line_id: position.to_string(),
        sku: Sku::new(sku),
        title: String::new(),
        kind: LineKind::Goods,
        ordered: *ordered,
        cancelled: 0,
        unit_price: Money::new(100, gbp),
        unit_weight: 100,
        backordered: 0,
        requested_lot: None,
    };
    Order {
        id: OrderId::new(clock.now(), clock.random_id()),
        shop: shop.clone(),
        shop_order_id: "1".to_owned(),
        number: "1".to_owned(),
        revision: 0,
        shop_updated_at: RECEIVED,
        state: OrderState::Received,
        placed_at: RECEIVED,
        received_at: RECEIVED,
        updated_at: RECEIVED,
        editable_until: None,
        currency: gbp,
        total: Money::new(100, gbp),
        customer: Customer::default(),
        ship_to: address("1 First Street"),
        shop_version: None,
        paid: None,
        earlier_orders: None,
        past_causes: Vec::new(),
        cured: std::collections::BTreeMap::new(),
        moves: Vec::new(),
        attention: Vec::new(),
        shipping_option: String::new(),
        note: String::new(),
        tags: Vec::new(),
        lines: scene.lines.iter().enumerate().map(line).collect(),
        holds: Vec::new(),
        problems: Vec::new(),
        edited: false,
        priority: 0,
    }
}

pub(crate) fn address(line1: &str) -> Address {
    Address {
        name: "Ada Lovelace".to_owned(),
        line1: line1.to_owned(),
        city: "London".to_owned(),
        postcode: "N1 9GU".to_owned(),
        country: "GB".to_owned(),
        ..Address::default()
    }
}
