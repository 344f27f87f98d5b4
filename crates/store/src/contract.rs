//! `trait Store`: what the engine asks of its database.
//!
//! # Writing
//!
//! [`Store::commit`] takes a [`Changes`] value: a list of row writes with their expectations, journal entries, and a
//! command id. It answers only when everything is on disk (SQLite: `synchronous=FULL`, group commit). It keeps all or
//! nothing. The transactions of the engine are change sets:
//!
//! - T1 ingest a page: [`Write::Inbox`], [`Write::Cursor`], one job per new item
//! - T2 plan: [`Write::Order`], [`Write::Fulfillment`], [`Write::Reserve`], [`Write::Plan`], timers
//! - T3 claim: [`Write::HandOver`] `ready -> sending`, [`Write::AttemptStarted`]; committed before the first byte
//! - T4 outcome: [`Write::AttemptEnded`], [`Write::HandOver`], follow-up jobs
//!
//! # Reading
//!
//! Sub-traits by noun. Reads see every commit that was answered before they began.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use switchyard_core::change_request::{ChangeRequest, ChangeRequestState};
use switchyard_core::connection::{Connection, Warehouse};
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::id::{
    ChangeRequestId, ConnectionId, FulfillmentId, HandOverId, InboxId, JobId, OrderId, ReturnId, ShipmentId,
    TransferId, WarehouseId, WriteBackId,
};
use switchyard_core::journal::{Actor, Entry, Recorded};
use switchyard_core::order::Order;
use switchyard_core::plan::{Change, Plan, PlanInput};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::return_order::{Return, ReturnState};
use switchyard_core::rule::{Facts, RuleTrace, Snapshot};
use switchyard_core::shipment::Shipment;
use switchyard_core::stock::StockLevel;
use switchyard_core::stock::bucket::{Buckets, Movement};
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_core::time::Timestamp;
use switchyard_core::transfer::{Transfer, TransferState};
use switchyard_core::write_back::{WriteBack, WriteBackState};

use crate::error::Result;
use crate::query::{Count, OrderFilter, OrderPage, OrderQuery, Stage};

/// One transaction.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Rows to write, applied in order. The first that does not fit refuses the whole set.
    pub writes: Vec<Write>,
    /// Changes to record, in order.
    pub journal: Vec<Entry>,
    /// Makes a repeated command harmless: a set whose id is known is not applied again, and its first result is answered.
    pub command: Option<CommandId>,
}

/// A caller's key for one mutation, and what was answered to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandId {
    /// The caller's key; unique per caller.
    pub key: String,
    /// Digest of the request, so that a key used for something else is noticed.
    pub digest: String,
    /// What to answer when the key comes again.
    pub result: serde_json::Value,
}

/// What a commit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Sequence numbers of the journal entries, in order; empty for a repeated command.
    pub journal: Vec<i64>,
    /// Inbox items of the set that were new.
    pub new_items: Vec<InboxId>,
    /// The stored result when the command id was known already; nothing was written then.
    pub repeated: Option<serde_json::Value>,
}

/// One row write. Records with a `revision` are inserted at revision 1 and rewritten from the revision they carry:
/// the store expects that revision, and stores the next one. A mismatch is `Conflict`, and so is a record that names an
/// order, fulfillment order or shipment the store does not have, or that would move to another order.
#[derive(Debug, Clone)]
pub enum Write {
    /// Insert (`revision == 0`) or rewrite an order, with its stage.
    Order {
        /// The record, carrying the revision it was read at (0 for new).
        order: Box<Order>,
        /// Where it stands, from [`Stage::of`].
        stage: Stage,
    },
    /// Insert (`revision == 0`) or rewrite a fulfillment order.
    Fulfillment(FulfillmentOrder),
    /// Insert (`revision == 0`) or rewrite a hand-over.
    HandOver(HandOver),
    /// Insert (`revision == 0`) or rewrite a write-back.
    WriteBack(WriteBack),
    /// Insert (`revision == 0`) or rewrite a change request.
    ChangeRequest(ChangeRequest),
    /// Insert (`revision == 0`) or rewrite a return. A reference, or a remote id of its warehouse, that another return has
    /// is `Conflict`.
    Return(Box<Return>),
    /// Insert (`revision == 0`) or rewrite a transfer. A reference, or a remote id of its warehouse, that another transfer
    /// has is `Conflict`.
    Transfer(Box<Transfer>),
    /// Add a version of a rule, calendar or policy; `Conflict` unless it is the next one.
    Setting(Setting),
    /// Insert a shipment; an id or a (warehouse, remote id) pair that exists is `Conflict`.
    Shipment {
        /// The fact.
        shipment: Shipment,
        /// Where it left, for uniqueness of the remote id.
        warehouse: WarehouseId,
    },
    /// The latest plan of an order, with the snapshot it was made from; replaces the earlier one.
    Plan {
        /// The order.
        order: OrderId,
        /// Snapshot and answer.
        plan: Box<StoredPlan>,
    },
    /// Change a reservation: positive reserves, negative frees. Reserving more than the channel may sell is `Stock`, what
    /// is kept for it goes first; freeing stops at zero, because shipments may have settled the reservation first.
    Reserve {
        /// Where.
        warehouse: WarehouseId,
        /// What.
        sku: Sku,
        /// Units.
        delta: i64,
        /// The shop whose order it is for.
        channel: ConnectionId,
        /// What it is for.
        document: Document,
    },
    /// Units left the warehouse: on hand falls, and of the reserved units those that had been kept for them, neither
    /// below zero. A fact, so it is never refused. Nothing happens to a level that no warehouse has reported.
    Ship {
        /// Where.
        warehouse: WarehouseId,
        /// What.
        sku: Sku,
        /// Units.
        quantity: Quantity,
        /// How many of them were reserved.
        reserved: Quantity,
        /// When it was booked. A report observed earlier may still count these units, so it is ignored from then on.
        at: Timestamp,
        /// What left.
        document: Document,
    },
    /// A warehouse's report of units on hand. Ignored when its number is lower than the last one taken, or when it was
    /// made before the level's `observed_at`; `Conflict` when it says something else under a number that is booked.
    StockReport {
        /// Where.
        warehouse: WarehouseId,
        /// What.
        sku: Sku,
        /// Units on the shelf.
        on_hand: Quantity,
        /// Its number by its source, from 1; 0 where the source does not number its reports.
        sequence: u64,
        /// When the warehouse said so.
        observed_at: Timestamp,
    },
    /// A movement with a cause of its own: goods received, returned, announced, corrected, units set aside or kept for a
    /// channel. Booked as [`switchyard_core::stock::bucket::Buckets::book`] says: promises and earmarks beyond what is free
    /// are `Stock`, a bucket that would fall below zero or hold more than can be counted is `Conflict`. A level that nobody
    /// reported begins with empty buckets. A movement of units on hand makes reports from before `at` late.
    Stock {
        /// Where.
        warehouse: WarehouseId,
        /// What.
        sku: Sku,
        /// By how much.
        movement: Movement,
        /// What the movement was worked out from: `Conflict` when the level is another by now. `None` where the movement
        /// holds whatever the level is.
        expects: Option<Box<Buckets>>,
        /// Why.
        cause: Cause,
        /// What is behind it.
        document: Document,
        /// Who booked it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// Units of a level that are never promised. What is reserved beyond stays reserved; `Conflict` when no warehouse has
    /// reported the level.
    Safety {
        /// Where.
        warehouse: WarehouseId,
        /// What.
        sku: Sku,
        /// Units from now on.
        units: Quantity,
    },
    /// A received message: ignored when (connection, stream, external id, version) is known. Jobs in `then` are
    /// inserted only if it was new.
    Inbox {
        /// The message.
        item: Box<InboxItem>,
        /// Work it causes.
        then: Vec<NewJob>,
    },
    /// Mark an inbox item as processed, or as dead with the reason.
    InboxDone {
        /// Which.
        item: InboxId,
        /// `None` when processed; the reason when it cannot be.
        dead: Option<String>,
    },
    /// Move a stream's mark, expecting the one it was pulled from.
    Cursor {
        /// Connection.
        connection: ConnectionId,
        /// Stream name.
        stream: String,
        /// The mark before; `None` for the first page.
        from: Option<String>,
        /// The mark now.
        to: String,
    },
    /// Insert or rewrite a connection.
    Connection(Connection),
    /// Insert or rewrite a warehouse.
    Warehouse(Warehouse),
    /// A try is about to be made; must be on disk before the first byte leaves. A number used before is `Conflict`.
    AttemptStarted(Attempt),
    /// How a try ended, once: `Conflict` when it is unknown or has ended already.
    AttemptEnded {
        /// Subject (hand-over or write-back id).
        subject: String,
        /// Number of the try.
        number: u32,
        /// When.
        at: Timestamp,
        /// `done`, `refused`, `doubtful`, `not_sent` ...
        outcome: String,
        /// The partner's words.
        detail: String,
    },
    /// Insert a job, or move an existing one of the same (kind, key) to the earlier of both due times.
    ///
    /// While that one is claimed the wish is kept and comes into force when the claim ends, as if it had been written
    /// right after: the job runs again, because the work in progress may have missed the reason. A dead one starts
    /// anew, with the new id and no failed tries.
    Job(NewJob),
    /// Finish a claimed job; `Conflict` when the token is no longer the job's.
    JobDone {
        /// Which.
        job: JobId,
        /// From the claim.
        token: i64,
    },
    /// Put a claimed job back for later; `Conflict` when the token is no longer the job's.
    JobRetry {
        /// Which.
        job: JobId,
        /// From the claim.
        token: i64,
        /// Not before.
        due: Timestamp,
        /// Whether this counts as a failed try.
        failed: bool,
        /// Why, for a person.
        error: String,
    },
    /// Give a claimed job up; it stays visible as dead.
    JobDead {
        /// Which.
        job: JobId,
        /// From the claim.
        token: i64,
        /// Why.
        error: String,
    },
}

/// A plan as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoredPlan {
    /// When.
    pub at: Timestamp,
    /// What rules could know about the order then; `None` in plans from before there were rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Facts>,
    /// What the router would have been asked without any rules.
    pub input: PlanInput,
    /// Version of the routing rules that changed the question; 0 when there were none.
    #[serde(default)]
    pub rules_version: u32,
    /// Every rule in use: whether it matched and why, and what it did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleTrace>,
    /// What the router answered.
    pub plan: Plan,
    /// What would have to give for the whole order to ship; `None` when it ships.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relaxation: Option<Vec<Change>>,
}

/// A page of what the router was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SnapshotPage {
    /// By order id.
    pub snapshots: Vec<Snapshot>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<OrderId>,
}

/// A received message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxItem {
    /// Identity.
    pub id: InboxId,
    /// From where.
    pub connection: ConnectionId,
    /// Stream name.
    pub stream: String,
    /// The partner's id of the object.
    pub external_id: String,
    /// Which version of it.
    pub version: String,
    /// Exactly what was sent.
    pub raw: Vec<u8>,
    /// When it came.
    pub received_at: Timestamp,
}

/// A stored message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredItem {
    /// The message.
    pub item: InboxItem,
    /// Whether it was processed.
    pub done: bool,
    /// Why it cannot be processed, if so.
    pub dead: Option<String>,
}

/// A unit of work to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Identity, used only if it does not exist yet.
    pub id: JobId,
    /// Which service does it, such as `route`.
    pub kind: String,
    /// What it is about; unique with `kind` among unfinished jobs.
    pub key: String,
    /// Not before.
    pub due: Timestamp,
}

/// A claimed job. While the lease lasts nobody else gets it; every later write names the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Identity.
    pub id: JobId,
    /// Which service does it.
    pub kind: String,
    /// What it is about.
    pub key: String,
    /// When it was due.
    pub due: Timestamp,
    /// Failed tries so far.
    pub tries: u32,
    /// Fencing token of this claim.
    pub token: i64,
}

/// Which jobs to claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Of this kind.
    pub kind: String,
    /// For whom; an installation and process start id.
    pub owner: String,
    /// The clock.
    pub now: Timestamp,
    /// How long.
    pub lease: Duration,
    /// At most this many.
    pub limit: u32,
}

/// How much of a kind of work waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Backlog {
    /// Unfinished jobs that are due.
    pub due: u64,
    /// Unfinished jobs whose time has not come.
    pub later: u64,
    /// Given up.
    pub dead: u64,
    /// When the oldest due one was due.
    pub oldest_due: Option<Timestamp>,
}

/// A try to bring about an effect at a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Attempt {
    /// Hand-over or write-back id.
    pub subject: String,
    /// The order behind it.
    pub order: OrderId,
    /// From 1.
    pub number: u32,
    /// When it was committed; the call starts after.
    pub started_at: Timestamp,
    /// When the call must have ended.
    pub deadline: Timestamp,
    /// When it ended, if it did.
    pub ended_at: Option<Timestamp>,
    /// How it ended; empty while running.
    pub outcome: String,
    /// The partner's words.
    pub detail: String,
}

/// Everything about one order, read in one snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFile {
    /// The canonical record.
    pub order: Order,
    /// Where it stands.
    pub stage: Stage,
    /// Its parts, oldest first.
    pub fulfillments: Vec<FulfillmentOrder>,
    /// Their hand-overs, oldest first.
    pub hand_overs: Vec<HandOver>,
    /// What left, oldest first.
    pub shipments: Vec<Shipment>,
    /// What the shop is told, oldest first.
    pub write_backs: Vec<WriteBack>,
    /// What warehouses were asked to change, oldest first.
    pub change_requests: Vec<ChangeRequest>,
    /// What comes back, oldest first.
    pub returns: Vec<Return>,
    /// Tries, oldest first.
    pub attempts: Vec<Attempt>,
}

impl OrderFile {
    /// Whether this try has not ended yet. One that ended in doubt has: what settles the doubt is no end of a try.
    #[must_use]
    pub fn attempt_runs(&self, subject: &str, number: u32) -> bool {
        self.attempts.iter().any(|known| known.subject == subject && known.number == number && known.ended_at.is_none())
    }
}

/// How many orders stand at a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageCount {
    /// The shop.
    pub shop: ConnectionId,
    /// The stage.
    pub stage: Stage,
    /// Orders there.
    pub orders: u64,
    /// Last change of the one that has not moved for longest.
    pub oldest: Option<Timestamp>,
}

/// How many fulfillment orders of a warehouse are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FulfillmentCount {
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// The state.
    pub state: FulfillmentState,
    /// Fulfillment orders there.
    pub count: u64,
    /// Since when the oldest is there.
    pub oldest: Option<Timestamp>,
}

/// Reads about orders.
#[async_trait]
pub trait Orders {
    /// Everything about one order.
    async fn order_file(&self, id: &OrderId) -> Result<Option<OrderFile>>;
    /// The order a shop knows by this id.
    async fn order_by_shop_id(&self, shop: &ConnectionId, shop_order_id: &str) -> Result<Option<OrderId>>;
    /// The numbers people know these orders by; an order that does not exist is absent.
    async fn order_numbers(&self, ids: &[OrderId]) -> Result<BTreeMap<OrderId, String>>;
    /// A page of a list.
    async fn search_orders(&self, query: &OrderQuery) -> Result<OrderPage>;
    /// How many match, counting no further than `cap`.
    async fn count_orders(&self, filter: &OrderFilter, cap: u32) -> Result<Count>;
    /// How many orders stand where, per shop.
    async fn stage_counts(&self) -> Result<Vec<StageCount>>;
    /// The latest plan of an order. Not part of its file: it is large, and only people read it.
    async fn latest_plan(&self, id: &OrderId) -> Result<Option<StoredPlan>>;
    /// What the router was asked about orders received at or after an instant, before any rules: by order id, those after
    /// `after`, at most `limit`. Orders never planned with facts are left out.
    async fn planning_snapshots(&self, since: Timestamp, after: Option<&OrderId>, limit: u32) -> Result<SnapshotPage>;
}

/// Reads about fulfillment orders and what is asked of partners.
#[async_trait]
pub trait Fulfillments {
    /// One fulfillment order.
    async fn fulfillment(&self, id: &FulfillmentId) -> Result<Option<FulfillmentOrder>>;
    /// The fulfillment order with our number.
    async fn fulfillment_by_reference(&self, reference: &str) -> Result<Option<FulfillmentOrder>>;
    /// How many are in which state, per warehouse.
    async fn fulfillment_counts(&self) -> Result<Vec<FulfillmentCount>>;
    /// One hand-over.
    async fn hand_over(&self, id: &HandOverId) -> Result<Option<HandOver>>;
    /// Hand-overs in a state, oldest first.
    async fn hand_overs_in(&self, state: HandOverState, limit: u32) -> Result<Vec<HandOver>>;
    /// One write-back.
    async fn write_back(&self, id: &WriteBackId) -> Result<Option<WriteBack>>;
    /// Write-backs in a state, oldest first.
    async fn write_backs_in(&self, state: WriteBackState, limit: u32) -> Result<Vec<WriteBack>>;
    /// One shipment.
    async fn shipment(&self, id: &ShipmentId) -> Result<Option<Shipment>>;
    /// The shipment that a warehouse knows by this id.
    async fn shipment_by_remote_id(&self, warehouse: &WarehouseId, remote_id: &str) -> Result<Option<Shipment>>;
}

/// Reads about what warehouses were asked to change.
#[async_trait]
pub trait ChangeRequests {
    /// One request.
    async fn change_request(&self, id: &ChangeRequestId) -> Result<Option<ChangeRequest>>;
    /// Requests in a state, oldest first.
    async fn change_requests_in(&self, state: ChangeRequestState, limit: u32) -> Result<Vec<ChangeRequest>>;
}

/// Which returns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReturnFilter {
    /// Any of these states; empty means all.
    pub states: Vec<ReturnState>,
    /// Only those that arrive here.
    pub warehouse: Option<WarehouseId>,
}

/// Reads about what comes back.
#[async_trait]
pub trait Returns {
    /// One return.
    async fn goods_back(&self, id: &ReturnId) -> Result<Option<Return>>;
    /// The return with our number.
    async fn return_by_reference(&self, reference: &str) -> Result<Option<Return>>;
    /// The return that a warehouse knows by this id.
    async fn return_by_remote_id(&self, warehouse: &WarehouseId, remote_id: &str) -> Result<Option<Return>>;
    /// Returns, newest first, those older than `after`, at most `limit`.
    async fn search_returns(&self, filter: &ReturnFilter, after: Option<&ReturnId>, limit: u32) -> Result<Vec<Return>>;
    /// How many returns are in which state; states with none are left out.
    async fn return_counts(&self) -> Result<Vec<(ReturnState, u64)>>;
}

/// Which transfers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TransferFilter {
    /// Any of these states; empty means all.
    pub states: Vec<TransferState>,
    /// Only those that arrive here.
    pub warehouse: Option<WarehouseId>,
}

/// Reads about what is announced to warehouses.
#[async_trait]
pub trait Transfers {
    /// One transfer.
    async fn transfer(&self, id: &TransferId) -> Result<Option<Transfer>>;
    /// Transfers, newest first, those older than `after`, at most `limit`.
    async fn search_transfers(
        &self,
        filter: &TransferFilter,
        after: Option<&TransferId>,
        limit: u32,
    ) -> Result<Vec<Transfer>>;
}

/// One version of a rule, calendar or policy. What it says is the domain's; the store keeps every version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// What it is, such as `routing_rules`.
    pub kind: String,
    /// Which of its kind.
    pub name: String,
    /// From 1; the highest holds.
    pub version: i64,
    /// When it began to hold.
    pub at: Timestamp,
    /// What it says.
    pub doc: serde_json::Value,
}

/// Reads about rules, calendars and policies.
#[async_trait]
pub trait Settings {
    /// The latest version of each of a kind, by name.
    async fn settings(&self, kind: &str) -> Result<Vec<Setting>>;
    /// The latest version of those of a kind that are named, by name.
    async fn settings_named(&self, kind: &str, names: &[&str]) -> Result<Vec<Setting>>;
    /// Versions of one, newest first.
    async fn setting_versions(&self, kind: &str, name: &str, limit: u32) -> Result<Vec<Setting>>;
}

/// Which levels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StockFilter {
    /// Only SKUs that contain this, in either case; empty means all.
    pub sku_contains: String,
    /// Only this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only levels of which nothing may be promised any more.
    pub exhausted: bool,
}

/// A SKU in a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StockPlace {
    /// What.
    pub sku: Sku,
    /// Where.
    pub warehouse: WarehouseId,
}

/// One change of a level, never rewritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StockLedgerEntry))]
pub struct StockMovement {
    /// By how much each bucket changed.
    #[serde(flatten)]
    pub movement: Movement,
    /// Why.
    pub cause: Cause,
    /// What is behind it; absent in movements from before documents were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// Who: whoever booked it, or caused the first journal entry of the same transaction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What the transaction was about: the id of the order, shipment or connection of its first journal entry.
    pub subject: String,
    /// The journal entry of the same transaction, if it had one.
    pub journal_seq: Option<i64>,
}

/// Reads about stock.
#[async_trait]
pub trait Stock {
    /// Levels of these SKUs in every warehouse; a SKU nobody has is absent.
    async fn stock_of(&self, skus: &[Sku]) -> Result<Vec<StockLevel>>;
    /// Which of these SKUs no warehouse has ever reported.
    async fn unknown_skus(&self, skus: &[Sku]) -> Result<Vec<Sku>>;
    /// Levels by SKU and warehouse, after a place, at most `limit`.
    async fn search_stock(
        &self,
        filter: &StockFilter,
        after: Option<&StockPlace>,
        limit: u32,
    ) -> Result<Vec<StockLevel>>;
    /// Movements of a level, newest first.
    async fn stock_movements(&self, place: &StockPlace, limit: u32) -> Result<Vec<StockMovement>>;
    /// Levels that differ from the sum of their recorded movements, by SKU and warehouse; empty when all is well.
    async fn verify_stock(&self) -> Result<Vec<StockLevel>>;
}

/// Reads about connections and what came through them.
#[async_trait]
pub trait Connections {
    /// All connections, by creation.
    async fn connections(&self) -> Result<Vec<Connection>>;
    /// One connection.
    async fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>>;
    /// All warehouses, by rank.
    async fn warehouses(&self) -> Result<Vec<Warehouse>>;
    /// The mark of a stream.
    async fn cursor(&self, connection: &ConnectionId, stream: &str) -> Result<Option<String>>;
    /// A received message.
    async fn inbox_item(&self, id: &InboxId) -> Result<Option<StoredItem>>;
    /// The newest version of a received object, raw.
    async fn latest_item(
        &self,
        connection: &ConnectionId,
        stream: &str,
        external_id: &str,
    ) -> Result<Option<StoredItem>>;
    /// Messages that cannot be processed, newest first.
    async fn dead_items(&self, limit: u32) -> Result<Vec<StoredItem>>;
}

/// Durable work.
#[async_trait]
pub trait Jobs {
    /// Takes due jobs of a kind, oldest first, for one owner and a while. A job whose lease ran out can be taken again.
    async fn claim_jobs(&self, claim: &Claim) -> Result<Vec<Job>>;
    /// When the next job of a kind can be claimed: an unclaimed one when it is due, a claimed one when its lease runs
    /// out (its owner may have died); `None` when there is none.
    async fn next_due(&self, kind: &str) -> Result<Option<Timestamp>>;
    /// How much of a kind waits.
    async fn backlog(&self, kind: &str, now: Timestamp) -> Result<Backlog>;
}

/// The record of what happened.
#[async_trait]
pub trait Journal {
    /// Entries after a position, in order.
    async fn journal_after(&self, seq: i64, limit: u32) -> Result<Vec<Recorded>>;
    /// Entries of one order, oldest first.
    async fn journal_of(&self, order: &OrderId, limit: u32) -> Result<Vec<Recorded>>;
    /// The last position; 0 for an empty journal.
    async fn journal_head(&self) -> Result<i64>;
    /// Recomputes the hash chain; the first position that does not hold what was recorded there, if any. A removed
    /// entry is its own position, a cut tail the position after the last entry left.
    async fn verify_journal(&self) -> Result<Option<i64>>;
    /// The stored answer to a command, if it was carried out, with the digest of its request.
    async fn command_result(&self, key: &str) -> Result<Option<(String, serde_json::Value)>>;
}

/// Durable state. Implementations are cheap to share behind an `Arc`.
#[async_trait]
pub trait Store:
    Orders
    + Fulfillments
    + ChangeRequests
    + Returns
    + Transfers
    + Settings
    + Stock
    + Connections
    + Jobs
    + Journal
    + Send
    + Sync
    + std::fmt::Debug
{
    /// Keeps all of `changes` or nothing, and answers once they are on disk.
    ///
    /// # Errors
    /// `Conflict` or `Stock` when an expectation does not hold, `Unavailable` when the disk refuses.
    ///
    /// # Cancellation
    /// A caller that stops waiting learns nothing: the set is kept or refused all the same.
    async fn commit(&self, changes: Changes) -> Result<Committed>;
    /// Finishes what was asked before and lets the file go; every later operation is `Unavailable`. Without it the next
    /// opener checks the file first.
    ///
    /// # Errors
    /// `Unavailable` when the disk refuses; the file is let go all the same.
    async fn close(&self) -> Result<()>;
    /// Why nothing can be written, naming the file; `None` while the last transaction was kept. Reading may work all the
    /// same, on a full disk for example.
    fn write_problem(&self) -> Option<String>;
    /// A random value fixed for this installation, for idempotency keys.
    fn store_secret(&self) -> [u8; 32];
}
