//! A store with a shop, two warehouses and stock, and orders to put into it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_core::address::{Address, Customer};
use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::edit::Edit;
use switchyard_core::id::{ConnectionId, JobId, LineId, OrderId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::{LineKind, Order, OrderLine, OrderState};
use switchyard_core::quantity::Sku;
use switchyard_core::role::{Holder, Role};
use switchyard_core::time::Timestamp;
use switchyard_engine::clock::{Clock, SystemClock};
use switchyard_engine::handle::EditRequest;
use switchyard_engine::policy::PolicyChange;
use switchyard_engine::status::Timing;
use switchyard_engine::vault::FileVault;
use switchyard_engine::{Engine, Options};
use switchyard_store::Store;
use switchyard_store::contract::{Changes, NewJob, OrderFile, Write};
use switchyard_store::query::Stage;

pub(crate) struct Rig {
    _dir: tempfile::TempDir,
    pub(crate) engine: Engine,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<SystemClock>,
    pub(crate) shop: ConnectionId,
    pub(crate) warehouses: Vec<WarehouseId>,
}

fn connection(clock: &SystemClock, side: Side, name: &str, edit_window_seconds: u32) -> Connection {
    Connection {
        id: ConnectionId::new(clock.now(), clock.random_id()),
        side,
        // Paused: nothing is polled and nothing is sent, so a test sees only what the engine does by itself.
        connector: "none".to_owned(),
        name: name.to_owned(),
        config: json!({}),
        poll_seconds: 3_600,
        edit_window_seconds,
        paused: true,
        created_at: clock.now(),
        last_success_at: None,
        problem: None,
    }
}

impl Rig {
    /// `stock` lists (warehouse 0 or 1, SKU, units).
    pub(crate) async fn start(edit_window_seconds: u32, stock: &[(usize, &str, u32)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("switchyard.db");
        let store = switchyard_store::open(&file, switchyard_store::Options::default()).await.unwrap();
        let clock = Arc::new(SystemClock::default());
        let shop = connection(&clock, Side::Shop, "Shop", edit_window_seconds);
        let mut writes = vec![Write::Connection(shop.clone())];
        let mut warehouses = Vec::new();
        for rank in 1..=2 {
            // The warehouse's connection is not paused, so that the router may use it; its connector does not exist.
            let system =
                Connection { paused: false, ..connection(&clock, Side::Warehouse, &format!("System {rank}"), 0) };
            let id = WarehouseId::new(clock.now(), clock.random_id());
            writes.push(Write::Connection(system.clone()));
            writes.push(Write::Warehouse(Warehouse {
                id: id.clone(),
                connection: system.id,
                remote_id: rank.to_string(),
                name: format!("Warehouse {rank}"),
                country: "GB".to_owned(),
                rank,
                ships_to: Vec::new(),
                handling: 0,
                unit_handling: 0,
                late_hours: 0,
            }));
            warehouses.push(id);
        }
        for (place, sku, on_hand) in stock {
            writes.push(Write::StockReport {
                warehouse: warehouses[*place].clone(),
                sku: Sku::new(sku),
                on_hand: *on_hand,
                sequence: 0,
                observed_at: clock.now(),
            });
        }
        store.commit(Changes { writes, ..Changes::default() }).await.unwrap();
        let engine = Engine::start(Options {
            store: Arc::clone(&store),
            vault: Arc::new(FileVault::new(dir.path())),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            timing: Timing {
                idle: Duration::from_millis(50),
                return_patience: Duration::from_millis(200),
                ..Timing::default()
            },
        })
        .await
        .unwrap();
        Self { _dir: dir, engine, store, clock, shop: shop.id, warehouses }
    }

    /// Puts a received order with these lines (SKU, units) into the store and sets the engine on it.
    pub(crate) async fn order(&self, number: &str, lines: &[(&str, u32)]) -> OrderId {
        self.order_with(number, lines, |_| ()).await
    }

    /// The same, with something particular about it.
    pub(crate) async fn order_with(
        &self,
        number: &str,
        lines: &[(&str, u32)],
        particular: impl FnOnce(&mut Order),
    ) -> OrderId {
        let gbp: Currency = "GBP".parse().unwrap();
        let now = self.clock.now();
        let id = OrderId::new(now, self.clock.random_id());
        let address = address("1 High Street");
        let lines = lines
            .iter()
            .enumerate()
            .map(|(position, (sku, ordered))| OrderLine {
                id: LineId::new(now, self.clock.random_id()),
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
            })
            .collect();
        let mut order = Order {
            id: id.clone(),
            shop: self.shop.clone(),
            shop_order_id: number.to_owned(),
            number: number.to_owned(),
            revision: 0,
            shop_updated_at: now,
            state: OrderState::Received,
            placed_at: now,
            received_at: now,
            updated_at: now,
            editable_until: None,
            currency: gbp,
            total: Money::new(100, gbp),
            customer: Customer::default(),
            ship_to: address.clone(),
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
            lines,
            holds: Vec::new(),
            problems: Vec::new(),
            edited: false,
            priority: 0,
        };
        particular(&mut order);
        let job = NewJob {
            id: JobId::new(now, self.clock.random_id()),
            kind: "validate".to_owned(),
            key: id.to_string(),
            due: Timestamp::EPOCH,
        };
        let writes = vec![Write::Order { order: Box::new(order), stage: Stage::Received }, Write::Job(job)];
        self.store.commit(Changes { writes, ..Changes::default() }).await.unwrap();
        id
    }

    /// Follows an order until `reached` says yes; panics with its last state after ten seconds.
    pub(crate) async fn until(&self, id: &OrderId, reached: impl Fn(&OrderFile) -> bool) -> OrderFile {
        let mut head = self.engine.handle().subscribe();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        loop {
            let file = self.store.order_file(id).await.unwrap().unwrap();
            if reached(&file) {
                return file;
            }
            let waited = tokio::time::timeout_at(deadline, head.changed()).await;
            assert!(waited.is_ok(), "the order never got there: {file:#?}");
        }
    }

    /// Waits until no job of these kinds is left, due or not.
    pub(crate) async fn until_quiet(&self, kinds: &[&str]) {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        loop {
            let mut left = 0;
            for kind in kinds {
                let backlog = self.store.backlog(kind, self.clock.now()).await.unwrap();
                left += backlog.due + backlog.later;
            }
            if left == 0 {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "{left} jobs of {kinds:?} are still there");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Has the invariants looked at now, and waits until that is done.
    pub(crate) async fn look(&self) {
        self.run_now("invariants").await;
    }

    /// Has a service that looks once a minute look now, and waits until it has.
    pub(crate) async fn run_now(&self, kind: &str) {
        let now = self.clock.now();
        let due = now - Duration::from_millis(1);
        let id = JobId::new(now, self.clock.random_id());
        let job = NewJob { id, kind: kind.to_owned(), key: "store".to_owned(), due };
        self.store.commit(Changes { writes: vec![Write::Job(job)], ..Changes::default() }).await.unwrap();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        loop {
            let backlog = self.store.backlog(kind, self.clock.now()).await.unwrap();
            if backlog.due == 0
                && self.store.next_due(kind).await.unwrap() > Some(self.clock.now() + Duration::from_secs(50))
            {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "nobody looked");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// A wish of a person on an order as it is now.
    pub(crate) async fn wish(&self, id: &OrderId, edit: Edit, key: &str) -> EditRequest {
        let file = self.store.order_file(id).await.unwrap().unwrap();
        EditRequest {
            order: id.clone(),
            revision: file.order.revision,
            edits: vec![edit],
            actor: Actor::person("mara"),
            holder: Holder::of(&[Role::BackOfficeAgent, Role::BackOfficeLead]),
            reason: "the customer called".to_owned(),
            key: Some(key.to_owned()),
        }
    }

    /// A change of a policy by a person.
    pub(crate) fn change(&self, base: i64, key: &str) -> PolicyChange {
        PolicyChange { base, actor: Actor::person("mara"), reason: "because".to_owned(), key: key.to_owned() }
    }

    /// Units reserved of a SKU over all warehouses.
    pub(crate) async fn reserved(&self, sku: &str) -> u32 {
        self.store.stock_of(&[Sku::new(sku)]).await.unwrap().iter().map(|level| level.buckets.reserved).sum()
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
