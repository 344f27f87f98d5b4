//! The store in memory: the plainest thing that keeps the contract.
//!
//! It is what the SQLite store is compared with, and what simulations run on. Everything is behind one lock, searches
//! walk all rows, and nothing survives the process.

mod change_requests;
mod connections;
mod fulfillments;
mod jobs;
mod journal;
mod order_search;
mod orders;
mod returns;
mod settings;
mod stock;
mod table;
mod transfers;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use switchyard_core::change_request::ChangeRequest;
use switchyard_core::connection::{Connection, Warehouse};
use switchyard_core::fulfillment::{FulfillmentOrder, HandOver};
use switchyard_core::return_order::Return;
use switchyard_core::stock::StockLevel;
use switchyard_core::transfer::Transfer;
use switchyard_core::write_back::WriteBack;

use self::table::{Log, Table, Undoable};
use crate::chain::Line;
use crate::contract::{
    Attempt, Changes, CommandId, Committed, Setting, StockPlace, Store, StoredItem, StoredPlan, Write,
};
use crate::error::{Error, Result};

/// The store in memory.
pub struct Model {
    state: Mutex<State>,
    secret: [u8; 32],
}

/// Everything, keyed by id unless said otherwise.
#[derive(Debug, Default)]
struct State {
    closed: bool,
    orders: Table<orders::OrderRow>,
    /// By shop and shop order id: the order.
    shop_ids: Table<String>,
    /// By order.
    plans: Table<StoredPlan>,
    parts: Table<FulfillmentOrder>,
    /// By reference: the part.
    references: Table<String>,
    hand_overs: Table<HandOver>,
    shipments: Table<fulfillments::ShipmentRow>,
    /// By warehouse and remote id: the shipment.
    remote_ids: Table<String>,
    write_backs: Table<WriteBack>,
    change_requests: Table<ChangeRequest>,
    returns: Table<Return>,
    transfers: Table<Transfer>,
    /// By kind, name and version.
    settings: Table<Setting>,
    /// By subject and number.
    attempts: Table<Attempt>,
    /// What the change set being applied is about.
    occasion: stock::Occasion,
    /// By SKU and warehouse.
    stock: Table<StockLevel>,
    ledger: Log<stock::LedgerRow>,
    connections: Table<Connection>,
    warehouses: Table<Warehouse>,
    /// By connection and stream.
    cursors: Table<String>,
    inbox: Table<StoredItem>,
    /// By connection, stream, external id and version: the item.
    versions: Table<String>,
    /// By kind and key.
    jobs: Table<jobs::JobRow>,
    journal: Log<(Line, [u8; 32])>,
    /// By key.
    commands: Table<CommandId>,
}

/// One key of several texts.
fn key(texts: &[&str]) -> String {
    texts.join("\n")
}

fn conflict(what: &str, id: impl AsRef<str>) -> Error {
    Error::Conflict(format!("{what} {}", id.as_ref()))
}

/// The rule of every record with a revision: 0 inserts, any other rewrites that very revision.
fn expect_revision(stored: Option<i64>, carried: i64, refusal: impl FnOnce() -> Error) -> Result<()> {
    match (stored, carried) {
        (None, 0) => Ok(()),
        (Some(stored), carried) if carried != 0 && stored == carried => Ok(()),
        _ => Err(refusal()),
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the secret, and without every order in it.
        f.debug_struct("Model").finish_non_exhaustive()
    }
}

impl Model {
    /// An empty store with the same secret every time.
    #[must_use]
    #[expect(clippy::new_ret_no_self, reason = "a model is only ever used behind `Arc<dyn Store>`")]
    pub fn new() -> Arc<dyn Store> {
        Self::with_secret([7; 32])
    }

    /// An empty store with this secret.
    #[must_use]
    pub fn with_secret(secret: [u8; 32]) -> Arc<dyn Store> {
        Arc::new(Self { state: Mutex::new(State::default()), secret })
    }

    /// The state, unless the store was closed.
    fn state(&self) -> Result<MutexGuard<'_, State>> {
        // A panic under the lock is a defect of the model; half a change set is taken back by the next one.
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.closed { Err(Error::Unavailable("the store was closed".to_owned())) } else { Ok(state) }
    }
}

impl State {
    fn undoables(&mut self) -> [&mut dyn Undoable; 24] {
        [
            &mut self.orders,
            &mut self.shop_ids,
            &mut self.plans,
            &mut self.parts,
            &mut self.references,
            &mut self.hand_overs,
            &mut self.shipments,
            &mut self.remote_ids,
            &mut self.write_backs,
            &mut self.change_requests,
            &mut self.returns,
            &mut self.transfers,
            &mut self.settings,
            &mut self.attempts,
            &mut self.stock,
            &mut self.ledger,
            &mut self.connections,
            &mut self.warehouses,
            &mut self.cursors,
            &mut self.inbox,
            &mut self.versions,
            &mut self.jobs,
            &mut self.journal,
            &mut self.commands,
        ]
    }

    fn apply(&mut self, changes: Changes) -> Result<Committed> {
        let mut committed = Committed { journal: Vec::new(), new_items: Vec::new(), repeated: None };
        if let Some(command) = changes.command {
            if let Some(result) = self.repeated(&command)? {
                return Ok(Committed { repeated: Some(result), ..committed });
            }
            self.commands.put(&command.key.clone(), command);
        }
        // What the movements of stock are about, as it is kept beside them.
        self.occasion = stock::Occasion::of(&changes.journal, self.journal.entries().len());
        for write in changes.writes {
            self.apply_one(write, &mut committed)?;
        }
        for entry in changes.journal {
            committed.journal.push(self.append(Line::of(entry)?)?);
        }
        Ok(committed)
    }

    fn apply_one(&mut self, write: Write, committed: &mut Committed) -> Result<()> {
        match write {
            Write::Order { order, stage } => self.put_order(*order, stage),
            Write::Fulfillment(part) => self.put_part(part),
            Write::HandOver(hand_over) => self.put_hand_over(hand_over),
            Write::WriteBack(write_back) => self.put_write_back(write_back),
            Write::ChangeRequest(request) => self.put_change_request(request),
            Write::Return(goods) => self.put_return(*goods),
            Write::Transfer(transfer) => self.put_transfer(*transfer),
            Write::Setting(setting) => self.add_setting(setting),
            Write::Shipment { shipment, warehouse } => self.put_shipment(shipment, warehouse),
            Write::Plan { order, plan } => self.put_plan(&order, *plan),
            Write::Reserve { warehouse, sku, delta, channel, document } => {
                self.reserve(StockPlace { sku, warehouse }, delta, &channel, document)
            }
            Write::Ship { warehouse, sku, quantity, reserved, at, document } => {
                self.ship(StockPlace { sku, warehouse }, (quantity, reserved), at, document)
            }
            Write::StockReport { warehouse, sku, on_hand, sequence, observed_at } => {
                self.report(StockPlace { sku, warehouse }, on_hand, sequence, observed_at)
            }
            Write::Stock { warehouse, sku, movement, expects, cause, document, by, at } => {
                let behind = stock::Behind { cause, document, by, at };
                self.book(StockPlace { sku, warehouse }, &movement, expects.as_deref(), behind)
            }
            Write::Safety { warehouse, sku, units } => self.keep_back(&StockPlace { sku, warehouse }, units),
            Write::Inbox { item, then } => {
                let id = item.id.clone();
                if self.put_item(*item)? {
                    for job in then {
                        self.add_job(job)?;
                    }
                    committed.new_items.push(id);
                }
                Ok(())
            }
            Write::InboxDone { item, dead } => self.item_done(&item, dead),
            Write::Cursor { connection, stream, from, to } => self.move_mark(&connection, &stream, from, to),
            Write::Connection(connection) => {
                self.connections.put(connection.id.clone().as_str(), connection);
                Ok(())
            }
            Write::Warehouse(warehouse) => {
                self.warehouses.put(warehouse.id.clone().as_str(), warehouse);
                Ok(())
            }
            Write::AttemptStarted(attempt) => self.start_attempt(attempt),
            Write::AttemptEnded { subject, number, at, outcome, detail } => {
                self.end_attempt(&subject, number, |attempt| {
                    attempt.ended_at = Some(at);
                    attempt.outcome = outcome;
                    attempt.detail = detail;
                })
            }
            Write::Job(job) => self.add_job(job),
            Write::JobDone { job, token } => self.job_done(&job, token),
            Write::JobRetry { job, token, due, failed, error } => self.job_retry(&job, token, due, failed, error),
            Write::JobDead { job, token, error } => self.job_dead(&job, token, error),
        }
    }
}

#[async_trait]
impl Store for Model {
    async fn commit(&self, changes: Changes) -> Result<Committed> {
        let mut state = self.state()?;
        let outcome = state.apply(changes);
        for table in state.undoables() {
            if outcome.is_ok() { table.keep() } else { table.take_back() }
        }
        outcome
    }

    async fn close(&self) -> Result<()> {
        self.state()?.closed = true;
        Ok(())
    }

    fn write_problem(&self) -> Option<String> {
        None
    }

    fn store_secret(&self) -> [u8; 32] {
        self.secret
    }
}
