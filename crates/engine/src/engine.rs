//! The engine: what it is made of, how it starts and stops.

use std::collections::HashMap;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use serde_json::Value;
use switchyard_connectors::contract::Connector;
use switchyard_connectors::http::Http;
use switchyard_core::id::{
    ChangeRequestId, ConnectionId, FulfillmentId, HandOverId, HoldId, InboxId, JobId, LineId, OrderId, ReturnId,
    ShipmentId, TransferId, WarehouseId, WriteBackId,
};
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::time::Timestamp;
use switchyard_store::Store;
use switchyard_store::contract::{Changes, Committed, NewJob, Write};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::connection::Partners;
use crate::handle::Handle;
use crate::service::{Board, SERVICES};
use crate::status::Timing;
use crate::vault::Vault;

/// What an engine is started on.
#[derive(Debug)]
pub struct Options {
    /// Durable state.
    pub store: Arc<dyn Store>,
    /// Secrets.
    pub vault: Arc<dyn Vault>,
    /// Time and randomness.
    pub clock: Arc<dyn Clock>,
    /// Intervals and limits.
    pub timing: Timing,
}

/// Why an engine did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] switchyard_store::Error),
    /// TLS cannot be set up on this machine.
    #[error("{0}")]
    Http(switchyard_connectors::error::Error),
}

/// What flows and services share.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) timing: Timing,
    pub(crate) http: Http,
    /// Names this installation and this start of it, in leases.
    pub(crate) owner: String,
    /// The journal's last position.
    pub(crate) head: watch::Sender<i64>,
    pub(crate) board: Board,
    pub(crate) partners: Partners,
    wake: HashMap<&'static str, Notify>,
}

impl Inner {
    /// Commits, tells followers about new journal entries and wakes the services that got work.
    pub(crate) async fn commit(&self, changes: Changes) -> switchyard_store::error::Result<Committed> {
        let kinds: Vec<String> = changes.writes.iter().flat_map(job_kinds).map(str::to_owned).collect();
        let committed = self.store.commit(changes).await?;
        if let Some(last) = committed.journal.last() {
            self.head.send_if_modified(|head| {
                let newer = last > head;
                *head = (*head).max(*last);
                newer
            });
        }
        for kind in kinds {
            if let Some(notify) = self.wake.get(kind.as_str()) {
                notify.notify_one();
            }
        }
        Ok(committed)
    }

    /// Resolves when someone inserted work of this kind.
    pub(crate) async fn woken(&self, kind: &str) {
        match self.wake.get(kind) {
            Some(notify) => notify.notified().await,
            None => std::future::pending().await,
        }
    }

    /// A job for now or later.
    pub(crate) fn job(&self, kind: &str, key: impl Into<String>, due: Timestamp) -> NewJob {
        let id = JobId::new(self.clock.now(), self.clock.random_id());
        NewJob { id, kind: kind.to_owned(), key: key.into(), due }
    }

    /// A journal entry of one of our services about an order.
    pub(crate) fn entry(
        &self,
        service: &str,
        kind: &str,
        order: &OrderId,
        subject: impl ToString,
        after: Value,
    ) -> Entry {
        Entry {
            at: self.clock.now(),
            actor: Actor::service(service),
            kind: kind.to_owned(),
            order: Some(order.clone()),
            subject: subject.to_string(),
            reason: String::new(),
            before: Value::Null,
            after,
        }
    }
}

/// The kinds of work a write brings.
fn job_kinds(write: &Write) -> Vec<&str> {
    match write {
        Write::Job(job) => vec![job.kind.as_str()],
        Write::Inbox { then, .. } => then.iter().map(|job| job.kind.as_str()).collect(),
        _ => Vec::new(),
    }
}

macro_rules! fresh_ids {
    ($($name:ident -> $id:ident;)*) => {
        impl Inner {
            $(
                /// A new id of this kind.
                pub(crate) fn $name(&self) -> $id {
                    $id::new(self.clock.now(), self.clock.random_id())
                }
            )*
        }
    };
}

fresh_ids! {
    order_id -> OrderId;
    line_id -> LineId;
    hold_id -> HoldId;
    fulfillment_id -> FulfillmentId;
    hand_over_id -> HandOverId;
    change_request_id -> ChangeRequestId;
    return_id -> ReturnId;
    transfer_id -> TransferId;
    shipment_id -> ShipmentId;
    write_back_id -> WriteBackId;
    connection_id -> ConnectionId;
    warehouse_id -> WarehouseId;
    inbox_id -> InboxId;
}

/// A running engine. Dropping it does not stop it; [`Engine::stop`] does.
#[derive(Debug)]
pub struct Engine {
    inner: Arc<Inner>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Engine {
    /// Starts every service on `options`.
    ///
    /// # Errors
    /// [`StartError`] when the store cannot be read or TLS cannot be set up; nothing runs then.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let engine = Self::at_rest(options).await?;
        for service in SERVICES {
            engine.tasks.spawn(crate::service::supervise(Arc::clone(&engine.inner), service, engine.stop.clone()));
        }
        engine.tasks.close();
        Ok(engine)
    }

    /// An engine whose services rest: nothing happens by itself, work is done by [`Engine::run_one`] alone. For those
    /// who decide themselves in which order things happen: tests, simulations.
    ///
    /// # Errors
    /// As [`Engine::start`].
    pub async fn at_rest(options: Options) -> Result<Self, StartError> {
        let http = Http::new(options.timing.call_deadline).map_err(StartError::Http)?;
        let head = options.store.journal_head().await?;
        let inner = Arc::new(Inner {
            owner: format!("engine-{}", HEXLOWER.encode(&options.clock.random_id())),
            store: options.store,
            vault: options.vault,
            clock: options.clock,
            timing: options.timing,
            http,
            head: watch::Sender::new(head),
            board: Board::new(),
            partners: Partners::default(),
            wake: SERVICES.iter().map(|service| (service.name, Notify::new())).collect(),
        });
        crate::connection::arm(&inner).await?;
        Ok(Self { inner, stop: CancellationToken::new(), tasks: TaskTracker::new() })
    }

    /// Claims the oldest due job of the service called `kind` and does it to its end in the caller's task, as the
    /// service would. Answers whether there was one; how it ended is in the store.
    ///
    /// # Errors
    /// When no service has this name, or the store does not let a job be claimed.
    ///
    /// # Cancellation
    /// A try that is dropped is what a crash leaves: the job stays claimed until its lease runs out.
    pub async fn run_one(&self, kind: &str) -> switchyard_store::error::Result<bool> {
        crate::service::run_one(&self.inner, kind).await
    }

    /// From now on talks to this connection through `connector` instead of the registered one, and forgets how the
    /// connection behaved before. For simulated partners; the database still names the registered connector.
    pub fn use_connector(&self, connection: &ConnectionId, connector: Arc<dyn Connector>) {
        self.inner.partners.begin_anew(connection, connector);
    }

    /// What others may ask of it.
    #[must_use]
    pub fn handle(&self) -> Handle {
        Handle { inner: Arc::clone(&self.inner) }
    }

    /// Stops taking work, lets calls in progress end within their deadline, and returns.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
