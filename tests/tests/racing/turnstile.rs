//! A store behind a turnstile: every operation waits for its turn, and everything that was kept is recorded in order.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use async_trait::async_trait;
use switchyard_connectors::contract::{Command, FulfillmentRequest};
use switchyard_core::change_request::{ChangeRequest, ChangeRequestState};
use switchyard_core::connection::{Connection, Warehouse};
use switchyard_core::fulfillment::{FulfillmentOrder, HandOver, HandOverState};
use switchyard_core::id::{
    ChangeRequestId, ConnectionId, FulfillmentId, HandOverId, InboxId, OrderId, ReturnId, ShipmentId, TransferId,
    WarehouseId, WriteBackId,
};
use switchyard_core::journal::Recorded;
use switchyard_core::quantity::Sku;
use switchyard_core::return_order::{Return, ReturnState};
use switchyard_core::shipment::Shipment;
use switchyard_core::stock::StockLevel;
use switchyard_core::time::Timestamp;
use switchyard_core::transfer::Transfer;
use switchyard_core::write_back::{WriteBack, WriteBackState};
use switchyard_store::contract::{
    Backlog, ChangeRequests, Changes, Claim, Committed, Connections, FulfillmentCount, Fulfillments, Job, Jobs,
    Journal, OrderFile, Orders, ReturnFilter, Returns, Setting, Settings, SnapshotPage, StageCount, Stock, StockFilter,
    StockMovement, StockPlace, Store, StoredItem, StoredPlan, TransferFilter, Transfers, Write,
};
use switchyard_store::error::{Error, Result};
use switchyard_store::query::{Count, OrderFilter, OrderPage, OrderQuery};

use crate::clock::RaceClock;

/// Which expectations of a change set the store shall overlook: planted defects, to see that the judge finds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Blind {
    /// The revision of the order.
    pub(crate) order: bool,
    /// The revisions of parts and hand-overs.
    pub(crate) parts: bool,
}

/// Something that happened, in the order in which it happened.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// The race begins.
    Begins,
    /// A change set was kept.
    Kept(Box<Changes>),
    /// A hand-over arrived at a warehouse.
    Arrived {
        /// What the warehouse read.
        request: Box<FulfillmentRequest>,
        /// Whether it had it before.
        already: bool,
    },
    /// A warehouse was asked to change what it has.
    Asked {
        /// For what.
        command: Box<Command>,
        /// Whether it did it.
        yes: bool,
    },
}

/// The store every race runs on; what is behind it changes from race to race.
pub(crate) struct Turnstile {
    store: Mutex<Arc<dyn Store>>,
    clock: Arc<RaceClock>,
    blind: Mutex<Blind>,
    /// One at a time, so that the record has the order in which the store kept them.
    keeping: tokio::sync::Mutex<()>,
    record: Mutex<Vec<Event>>,
    waits: AtomicBool,
    refused: AtomicU64,
    operations: AtomicU32,
}

impl std::fmt::Debug for Turnstile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Turnstile").finish_non_exhaustive()
    }
}

/// Lets everybody else go first, once.
struct Turn<'a> {
    gate: &'a Turnstile,
    waited: bool,
}

impl Future for Turn<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.waited {
            return Poll::Ready(());
        }
        self.waited = true;
        self.gate.waits.store(true, Ordering::Relaxed);
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Turnstile {
    pub(crate) fn new(store: Arc<dyn Store>, clock: Arc<RaceClock>) -> Arc<Self> {
        Arc::new(Self {
            store: Mutex::new(store),
            clock,
            blind: Mutex::default(),
            keeping: tokio::sync::Mutex::new(()),
            record: Mutex::default(),
            waits: AtomicBool::new(false),
            refused: AtomicU64::new(0),
            operations: AtomicU32::new(0),
        })
    }

    /// Another store behind it, and an empty record.
    pub(crate) fn begin(&self, store: Arc<dyn Store>, blind: Blind) {
        *locked(&self.store) = store;
        *locked(&self.blind) = blind;
        locked(&self.record).clear();
        self.refused.store(0, Ordering::Relaxed);
    }

    /// The store behind it: for looking on without taking a turn.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&locked(&self.store))
    }

    /// Waits for its turn; a turn takes a millisecond.
    pub(crate) async fn turn(&self) {
        Turn { gate: self, waited: false }.await;
        self.clock.tick();
    }

    /// Whether somebody has come to wait for a turn since the last question.
    pub(crate) fn somebody_waits(&self) -> bool {
        self.waits.swap(false, Ordering::Relaxed)
    }

    pub(crate) fn note(&self, event: Event) {
        if matches!(event, Event::Begins) {
            self.operations.store(0, Ordering::Relaxed);
        }
        locked(&self.record).push(event);
    }

    /// How many events there are so far.
    pub(crate) fn events(&self) -> usize {
        locked(&self.record).len()
    }

    /// Takes the record.
    pub(crate) fn take_record(&self) -> Vec<Event> {
        std::mem::take(&mut *locked(&self.record))
    }

    /// Change sets refused because somebody was first.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Operations of everybody since the race began.
    pub(crate) fn operations(&self) -> u32 {
        self.operations.load(Ordering::Relaxed)
    }

    /// Waits for its turn and goes to the store.
    async fn pass(&self) -> Arc<dyn Store> {
        self.turn().await;
        self.operations.fetch_add(1, Ordering::Relaxed);
        self.store()
    }

    /// The planted defect: every expectation in `changes` that is to be overlooked is made to hold.
    async fn overlook(&self, store: &dyn Store, changes: &mut Changes) -> Result<()> {
        let blind = *locked(&self.blind);
        for write in &mut changes.writes {
            match write {
                Write::Order { order, .. } if blind.order => {
                    order.revision = store.order_file(&order.id).await?.map_or(0, |file| file.order.revision);
                }
                Write::Fulfillment(part) if blind.parts => {
                    part.revision = store.fulfillment(&part.id).await?.map_or(0, |known| known.revision);
                }
                Write::HandOver(hand_over) if blind.parts => {
                    hand_over.revision = store.hand_over(&hand_over.id).await?.map_or(0, |known| known.revision);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Store for Turnstile {
    async fn commit(&self, mut changes: Changes) -> Result<Committed> {
        let store = self.pass().await;
        let _keeping = self.keeping.lock().await;
        self.overlook(&*store, &mut changes).await?;
        let kept = store.commit(changes.clone()).await;
        match &kept {
            Ok(committed) if committed.repeated.is_none() => self.note(Event::Kept(Box::new(changes))),
            Err(Error::Conflict(_)) => drop(self.refused.fetch_add(1, Ordering::Relaxed)),
            _ => {}
        }
        kept
    }

    async fn close(&self) -> Result<()> {
        self.store().close().await
    }

    fn write_problem(&self) -> Option<String> {
        self.store().write_problem()
    }

    fn store_secret(&self) -> [u8; 32] {
        self.store().store_secret()
    }
}

/// Reads wait for their turn and go to the store.
macro_rules! reads {
    ($($trait:ident { $(fn $name:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)* })*) => {
        $(
            #[async_trait]
            impl $trait for Turnstile {
                $(
                    async fn $name(&self, $($argument: $kind),*) -> Result<$answer> {
                        self.pass().await.$name($($argument),*).await
                    }
                )*
            }
        )*
    };
}

reads! {
    Orders {
        fn order_file(id: &OrderId) -> Option<OrderFile>;
        fn order_by_shop_id(shop: &ConnectionId, shop_order_id: &str) -> Option<OrderId>;
        fn order_numbers(ids: &[OrderId]) -> BTreeMap<OrderId, String>;
        fn search_orders(query: &OrderQuery) -> OrderPage;
        fn count_orders(filter: &OrderFilter, cap: u32) -> Count;
        fn stage_counts() -> Vec<StageCount>;
        fn latest_plan(id: &OrderId) -> Option<StoredPlan>;
        fn planning_snapshots(since: Timestamp, after: Option<&OrderId>, limit: u32) -> SnapshotPage;
    }
    Fulfillments {
        fn fulfillment(id: &FulfillmentId) -> Option<FulfillmentOrder>;
        fn fulfillment_by_reference(reference: &str) -> Option<FulfillmentOrder>;
        fn fulfillment_counts() -> Vec<FulfillmentCount>;
        fn hand_over(id: &HandOverId) -> Option<HandOver>;
        fn hand_overs_in(state: HandOverState, limit: u32) -> Vec<HandOver>;
        fn write_back(id: &WriteBackId) -> Option<WriteBack>;
        fn write_backs_in(state: WriteBackState, limit: u32) -> Vec<WriteBack>;
        fn shipment(id: &ShipmentId) -> Option<Shipment>;
        fn shipment_by_remote_id(warehouse: &WarehouseId, remote_id: &str) -> Option<Shipment>;
    }
    Returns {
        fn goods_back(id: &ReturnId) -> Option<Return>;
        fn return_by_reference(reference: &str) -> Option<Return>;
        fn return_by_remote_id(warehouse: &WarehouseId, remote_id: &str) -> Option<Return>;
        fn search_returns(filter: &ReturnFilter, after: Option<&ReturnId>, limit: u32) -> Vec<Return>;
        fn return_counts() -> Vec<(ReturnState, u64)>;
    }
    Transfers {
        fn transfer(id: &TransferId) -> Option<Transfer>;
        fn search_transfers(filter: &TransferFilter, after: Option<&TransferId>, limit: u32) -> Vec<Transfer>;
    }
    ChangeRequests {
        fn change_request(id: &ChangeRequestId) -> Option<ChangeRequest>;
        fn change_requests_in(state: ChangeRequestState, limit: u32) -> Vec<ChangeRequest>;
    }
    Settings {
        fn settings(kind: &str) -> Vec<Setting>;
        fn settings_named(kind: &str, names: &[&str]) -> Vec<Setting>;
        fn setting_versions(kind: &str, name: &str, limit: u32) -> Vec<Setting>;
    }
    Stock {
        fn stock_of(skus: &[Sku]) -> Vec<StockLevel>;
        fn unknown_skus(skus: &[Sku]) -> Vec<Sku>;
        fn verify_stock() -> Vec<StockLevel>;
        fn search_stock(filter: &StockFilter, after: Option<&StockPlace>, limit: u32) -> Vec<StockLevel>;
        fn stock_movements(place: &StockPlace, limit: u32) -> Vec<StockMovement>;
    }
    Connections {
        fn connections() -> Vec<Connection>;
        fn connection(id: &ConnectionId) -> Option<Connection>;
        fn warehouses() -> Vec<Warehouse>;
        fn cursor(connection: &ConnectionId, stream: &str) -> Option<String>;
        fn inbox_item(id: &InboxId) -> Option<StoredItem>;
        fn latest_item(connection: &ConnectionId, stream: &str, external_id: &str) -> Option<StoredItem>;
        fn dead_items(limit: u32) -> Vec<StoredItem>;
    }
    Jobs {
        fn claim_jobs(claim: &Claim) -> Vec<Job>;
        fn next_due(kind: &str) -> Option<Timestamp>;
        fn backlog(kind: &str, now: Timestamp) -> Backlog;
    }
    Journal {
        fn journal_after(seq: i64, limit: u32) -> Vec<Recorded>;
        fn journal_of(order: &OrderId, limit: u32) -> Vec<Recorded>;
        fn journal_head() -> i64;
        fn verify_journal() -> Option<i64>;
        fn command_result(key: &str) -> Option<(String, serde_json::Value)>;
    }
}
