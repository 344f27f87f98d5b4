//! What the rest of the program may ask of a running engine.

use std::collections::BTreeMap;
use std::sync::Arc;

use switchyard_connectors::contract::CheckReport;
use switchyard_core::article::Article;
use switchyard_core::attention::{AttentionItem, Choice};
use switchyard_core::calendar::Calendar;
use switchyard_core::change_request::ChangeRequest;
use switchyard_core::code::Problem;
use switchyard_core::connection::Connection;
use switchyard_core::edit::{Decision, Denied, Edit, FieldChange, PartVerdict};
use switchyard_core::id::{ConnectionId, OrderId, WarehouseId, WriteBackId};
use switchyard_core::journal::Actor;
use switchyard_core::order::Order;
use switchyard_core::preview::{Draft, Preview};
use switchyard_core::quantity::Sku;
use switchyard_core::return_order::Return;
use switchyard_core::role::Holder;
use switchyard_core::rule::routing::{self, RuleSet};
use switchyard_core::rule::{HeldReport, Report, hold};
use switchyard_core::time::Timestamp;
use switchyard_core::transfer::Transfer;
use switchyard_core::window::WindowChoice;
use switchyard_store::Store;
use switchyard_store::contract::OrderFile;
use tokio::sync::watch;

pub use crate::stock::{StockChange, StockChangeError, StockRequest};

use crate::dry_run::Scope;
use crate::events::Envelope;
use crate::flow::order_edit::Party;
use crate::policy::{self, Approval, HoldRuleDraft, PolicyChange, PolicyError, Versioned};
use crate::returns::{AnnounceReturn, ReturnFailure, ReturnRequest};
use crate::status::{ConnectionTraffic, NewConnection, ServiceStatus};
use crate::transfers::{AnnounceTransfer, TransferFailure, TransferRequest};

/// A wish to change an order, with who, why, and the caller's key.
#[derive(Debug, Clone)]
pub struct EditRequest {
    /// Which order.
    pub order: OrderId,
    /// The revision the person looked at.
    pub revision: i64,
    /// What, in order; done as a whole or not at all.
    pub edits: Vec<Edit>,
    /// Who.
    pub actor: Actor,
    /// What they are: it decides what they may do.
    pub holder: Holder,
    /// Why, in the person's words.
    pub reason: String,
    /// The caller's idempotency key, unique per caller; `None` only for previews.
    pub key: Option<String>,
}

/// A person's choice about a matter that waited for one.
#[derive(Debug, Clone)]
pub struct SettleRequest {
    /// Which order.
    pub order: OrderId,
    /// The revision the person looked at.
    pub revision: i64,
    /// Which matter: its place among the order's open matters.
    pub matter: usize,
    /// The way out that was taken.
    pub choice: Choice,
    /// Who.
    pub actor: Actor,
    /// What they are: it decides what they may do.
    pub holder: Holder,
    /// Why, in the person's words.
    pub reason: String,
    /// The caller's idempotency key.
    pub key: String,
}

/// A person's decision about a report that the shop refused, or that waits.
#[derive(Debug, Clone)]
pub struct WriteBackRequest {
    /// Which order.
    pub order: OrderId,
    /// The revision the person looked at.
    pub revision: i64,
    /// Which report.
    pub write_back: WriteBackId,
    /// True to report again; false to declare that the shop need not be told.
    pub again: bool,
    /// Who.
    pub actor: Actor,
    /// What they are: it decides what they may do.
    pub holder: Holder,
    /// Why, in the person's words.
    pub reason: String,
    /// The caller's idempotency key.
    pub key: String,
}

/// A granted wish.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The order afterwards (or as it would be, for a preview).
    pub order: Order,
    /// What changed, field by field.
    pub changes: Vec<FieldChange>,
    /// What it means for each part; empty for a repeated request.
    pub verdicts: Vec<PartVerdict>,
    /// What warehouses are asked, because they have it already; empty for a repeated request.
    pub requests: Vec<ChangeRequest>,
    /// What could not be done and is left to a person; empty for a repeated request.
    pub attention: Vec<AttentionItem>,
    /// Whether it is stored.
    pub committed: bool,
}

/// Why a wish was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// No such order.
    #[error("there is no order {0}")]
    NotFound(OrderId),
    /// Somebody changed it first; here it is as it is now.
    #[error("the order is at revision {}, not {asked}", current.revision)]
    Stale {
        /// The revision asked for.
        asked: i64,
        /// The order now.
        current: Box<Order>,
    },
    /// The order has no such matter, or it offers no such way out.
    #[error("the order has no such matter, or no such way out of it")]
    NoMatter,
    /// What was chosen cannot be done now; the text says why.
    #[error("{0}")]
    NoWay(String),
    /// The rules say no.
    #[error(transparent)]
    Denied(#[from] Box<Denied>),
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store says no.
    #[error(transparent)]
    Store(#[from] switchyard_store::Error),
}

/// Why a connection could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Its name is taken, its connector unknown, its settings wrong, or its live check failed.
    #[error("{}: {}", .0.title, .0.detail)]
    Problem(Box<Problem>),
    /// No such connection.
    #[error("there is no connection {0}")]
    NotFound(ConnectionId),
    /// The store says no.
    #[error(transparent)]
    Store(#[from] switchyard_store::Error),
}

/// The engine as others see it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Handle {
    pub(crate) inner: Arc<crate::Inner>,
}

impl Handle {
    /// The store, for reads.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.inner.store
    }

    /// The engine's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Where secrets are kept, in words for a person.
    #[must_use]
    pub fn secret_place(&self) -> String {
        self.inner.vault.place()
    }

    /// Follows the journal's head; changes whenever something was recorded.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<i64> {
        self.inner.head.subscribe()
    }

    /// Live events after a position.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn events_after(&self, seq: i64, limit: u32) -> switchyard_store::error::Result<Vec<Envelope>> {
        Ok(self.inner.store.journal_after(seq, limit).await?.iter().map(Envelope::from).collect())
    }

    /// Changes an order, or says why not. Repeating the same key changes nothing more.
    ///
    /// # Errors
    /// [`EditError`].
    pub async fn edit(&self, request: EditRequest) -> Result<Edited, EditError> {
        crate::flow::order_edit::edit(&self.inner, request).await
    }

    /// What the rules say about a wish on an order that has been read, without storing anything.
    ///
    /// # Errors
    /// [`EditError::Denied`] with the reason, [`EditError::Store`] when the store cannot be read.
    pub async fn decide(&self, file: &OrderFile, wish: &Edit, holder: &Holder) -> Result<Decision, EditError> {
        let party = Party { actor: &Actor::person(""), holder, approved_by: None };
        crate::flow::order_edit::decide(&self.inner, file, wish, party).await
    }

    /// Settles a matter that waited for a person.
    ///
    /// # Errors
    /// As [`Handle::edit`]; [`EditError::NoMatter`] when the order has no such matter.
    pub async fn settle(&self, request: SettleRequest) -> Result<Order, EditError> {
        crate::flow::attention_settle::settle(&self.inner, request).await
    }

    /// Leaves edits for somebody who may make them; they wait as a matter on the order.
    ///
    /// # Errors
    /// As [`Handle::edit`]; [`EditError::NoWay`] for somebody who may not even propose.
    pub async fn propose(&self, request: EditRequest) -> Result<Order, EditError> {
        crate::flow::order_propose::propose(&self.inner, request).await
    }

    /// Reports to the shop again, or declares that it need not be told.
    ///
    /// # Errors
    /// As [`Handle::edit`]; [`EditError::NoWay`] when the report is not one that waits for a person.
    pub async fn settle_write_back(&self, request: WriteBackRequest) -> Result<Order, EditError> {
        crate::flow::write_back_settle::settle(&self.inner, request).await
    }

    /// When a second person has to agree to an edit.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn approval(&self) -> switchyard_store::error::Result<Versioned<Approval>> {
        policy::approval(&*self.inner.store).await
    }

    /// Writes when a second person has to agree to an edit.
    ///
    /// # Errors
    /// [`PolicyError`]; nothing was changed.
    pub async fn set_approval(
        &self,
        change: PolicyChange,
        approval: Approval,
    ) -> Result<Versioned<Approval>, PolicyError> {
        policy::set_approval(&self.inner, change, approval).await
    }

    /// Says what an edit would change, without storing anything.
    ///
    /// # Errors
    /// As [`Handle::edit`].
    pub async fn preview(&self, request: EditRequest) -> Result<Edited, EditError> {
        crate::flow::order_edit::preview(&self.inner, &request).await
    }

    /// Says what a draft of edits would come to: diff, plan, cost, stock, requests, conflicts. Nothing is stored.
    ///
    /// # Errors
    /// As [`Handle::edit`], but a draft on an older revision is answered with both sides of the conflict.
    pub async fn preview_draft(
        &self,
        order: &OrderId,
        draft: &Draft,
        actor: &Actor,
        holder: &Holder,
    ) -> Result<Preview, EditError> {
        crate::flow::order_preview::preview(&self.inner, order, draft, actor, holder).await
    }

    /// Announces goods of an order that will come back. Repeating the same key announces nothing more.
    ///
    /// # Errors
    /// [`ReturnFailure`]; nothing was changed.
    pub async fn announce_return(&self, request: AnnounceReturn) -> Result<Return, ReturnFailure> {
        crate::flow::return_announce::announce(&self.inner, request).await
    }

    /// Does something with a return. Repeating the same key does nothing more.
    ///
    /// # Errors
    /// [`ReturnFailure`]; nothing was changed.
    pub async fn change_return(&self, request: ReturnRequest) -> Result<Return, ReturnFailure> {
        crate::flow::return_handle::handle(&self.inner, request).await
    }

    /// Announces goods to a warehouse. Repeating the same key announces nothing more.
    ///
    /// # Errors
    /// [`TransferFailure`]; nothing was changed.
    pub async fn announce_transfer(&self, request: AnnounceTransfer) -> Result<Transfer, TransferFailure> {
        crate::flow::transfer_change::announce(&self.inner, request).await
    }

    /// Does something with a transfer. Repeating the same key does nothing more.
    ///
    /// # Errors
    /// [`TransferFailure`]; nothing was changed.
    pub async fn change_transfer(&self, request: TransferRequest) -> Result<Transfer, TransferFailure> {
        crate::flow::transfer_change::handle(&self.inner, request).await
    }

    /// The routing rules that hold.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn routing_rules(&self) -> switchyard_store::error::Result<Versioned<RuleSet>> {
        policy::routing_rules(&*self.inner.store).await
    }

    /// Versions of the routing rules, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn routing_versions(&self, limit: u32) -> switchyard_store::error::Result<Vec<Versioned<RuleSet>>> {
        policy::routing_versions(&*self.inner.store, limit).await
    }

    /// Writes the next routing rules. They count for whatever is planned from then on.
    ///
    /// # Errors
    /// [`PolicyError`]; nothing was changed.
    pub async fn set_routing_rules(
        &self,
        change: PolicyChange,
        rules: Vec<routing::Rule>,
    ) -> Result<Versioned<RuleSet>, PolicyError> {
        policy::set_routing_rules(&self.inner, change, rules).await
    }

    /// Plans stored orders under other routing rules, changing nothing.
    ///
    /// # Errors
    /// [`PolicyError`] when the rules make no sense or the store cannot be read.
    pub async fn dry_run_routing(&self, rules: Vec<routing::Rule>, scope: Scope) -> Result<Report, PolicyError> {
        crate::dry_run::routing(&self.inner, rules, scope).await
    }

    /// The hold rules that hold.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn hold_rules(&self) -> switchyard_store::error::Result<Versioned<hold::Rules>> {
        policy::hold_rules(&*self.inner.store).await
    }

    /// Versions of the hold rules, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn hold_versions(&self, limit: u32) -> switchyard_store::error::Result<Vec<Versioned<hold::Rules>>> {
        policy::hold_versions(&*self.inner.store, limit).await
    }

    /// Writes the next hold rules; every order that is still ours is looked at again.
    ///
    /// # Errors
    /// [`PolicyError`]; nothing was changed.
    pub async fn set_hold_rules(
        &self,
        change: PolicyChange,
        rules: Vec<HoldRuleDraft>,
    ) -> Result<Versioned<hold::Rules>, PolicyError> {
        policy::set_hold_rules(&self.inner, change, rules).await
    }

    /// Asks which stored orders other hold rules would hold, changing nothing.
    ///
    /// # Errors
    /// [`PolicyError`] when the rules make no sense or the store cannot be read.
    pub async fn dry_run_holds(&self, rules: Vec<HoldRuleDraft>, scope: Scope) -> Result<HeldReport, PolicyError> {
        crate::dry_run::holds(&self.inner, rules, scope).await
    }

    /// The calendar of every warehouse that has one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn calendars(&self) -> switchyard_store::error::Result<BTreeMap<WarehouseId, Versioned<Calendar>>> {
        policy::calendars(&*self.inner.store).await
    }

    /// Writes a warehouse's calendar. It counts for whatever is planned from then on.
    ///
    /// # Errors
    /// [`PolicyError`]; nothing was changed.
    pub async fn set_calendar(
        &self,
        change: PolicyChange,
        warehouse: &WarehouseId,
        calendar: Calendar,
    ) -> Result<Versioned<Calendar>, PolicyError> {
        policy::set_calendar(&self.inner, change, warehouse, calendar).await
    }

    /// Which edit windows differ from their shop's own.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn edit_windows(&self) -> switchyard_store::error::Result<Versioned<Vec<WindowChoice>>> {
        policy::edit_windows(&*self.inner.store).await
    }

    /// Writes which edit windows differ from their shop's own. They count for whatever is planned from then on.
    ///
    /// # Errors
    /// [`PolicyError`]; nothing was changed.
    pub async fn set_edit_windows(
        &self,
        change: PolicyChange,
        choices: Vec<WindowChoice>,
    ) -> Result<Versioned<Vec<WindowChoice>>, PolicyError> {
        policy::set_edit_windows(&self.inner, change, choices).await
    }

    /// Every article somebody has said something about, by SKU.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn articles(&self) -> switchyard_store::error::Result<Vec<Versioned<Article>>> {
        crate::catalog::articles(&*self.inner.store).await
    }

    /// What is known of an article; version 0 when nobody has said anything.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn article(&self, sku: &Sku) -> switchyard_store::error::Result<Versioned<Article>> {
        crate::catalog::article(&*self.inner.store, sku).await
    }

    /// Writes what is known of an article. It counts for whatever is planned from then on.
    ///
    /// # Errors
    /// [`PolicyError`]; nothing was changed.
    pub async fn set_article(&self, change: PolicyChange, article: Article) -> Result<Versioned<Article>, PolicyError> {
        crate::catalog::set_article(&self.inner, change, article).await
    }

    /// Changes a stock level as a person wants it, once per key: journaled, kept in the ledger, and orders that wait are planned again.
    ///
    /// # Errors
    /// [`StockChangeError`]; nothing was changed.
    pub async fn change_stock(&self, request: StockRequest) -> Result<(), StockChangeError> {
        crate::flow::stock_change::change(&self.inner, request).await
    }

    /// Every service with its state and backlog.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn services(&self) -> switchyard_store::error::Result<Vec<ServiceStatus>> {
        crate::service::statuses(&self.inner).await
    }

    /// Rates and health of every connection.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn traffic(&self) -> switchyard_store::error::Result<Vec<ConnectionTraffic>> {
        crate::connection::traffic(&self.inner).await
    }

    /// Sets up a connection after a live check.
    ///
    /// # Errors
    /// [`ConnectError`]; nothing was kept.
    pub async fn add_connection(&self, new: NewConnection, actor: Actor) -> Result<Connection, ConnectError> {
        crate::connection::add(&self.inner, new, actor).await
    }

    /// Sets up or updates connections by name without a live check: for the sandbox, whose ports may change.
    ///
    /// # Errors
    /// [`ConnectError`] for unknown connectors or settings.
    pub async fn ensure_connections(&self, all: Vec<NewConnection>) -> Result<Vec<Connection>, ConnectError> {
        crate::connection::ensure(&self.inner, all).await
    }

    /// Tries a connection's real read path now and records its warehouses.
    ///
    /// # Errors
    /// [`ConnectError`]; the connection shows the problem.
    pub async fn check_connection(&self, id: &ConnectionId) -> Result<CheckReport, ConnectError> {
        crate::connection::check(&self.inner, id).await
    }

    /// Stops or resumes reading from and sending to a connection.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub async fn set_paused(&self, id: &ConnectionId, paused: bool, actor: Actor) -> Result<Connection, ConnectError> {
        crate::connection::set_paused(&self.inner, id, paused, actor).await
    }
}
