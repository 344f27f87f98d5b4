//! The only writer: one task, one connection, group commit.
//!
//! Callers send change sets over a bounded channel. The writer puts what has queued up into one transaction, a
//! savepoint each, so that a refused set leaves without a trace and without harm to its neighbours. Nobody is answered
//! before `commit` returned, not even with a refusal: it may rest on a neighbour that could still fail.
//!
//! When the disk refuses, the whole transaction is gone and everyone in it is told `Unavailable`. The connection is
//! dropped and the next set opens another, which rereads the end of the journal: so the store recovers by itself as
//! soon as the disk does, and a commit of unknown outcome is looked up, not guessed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

use super::failure::{failed, is_refusal};
use super::file::{self, Lock};
use super::journal::{self, Head};
use super::prepared::{Derived, Prepared};
use super::{change_requests, connections, fulfillments, jobs, orders, returns, settings, stock, transfers};
use crate::chain;
use crate::contract::{Claim, Committed, Job, Write};
use crate::error::{Error, Result};

/// Sets in one transaction, at most.
const BATCH_SETS: usize = 256;
/// Time after which a transaction takes no further set.
const BATCH_TIME: Duration = Duration::from_millis(5);

// There is always a savepoint for the next set: keeping one set opens it again, taking one back leaves it open, and
// `commit` closes it. So a set costs one statement for its savepoint.
const BEGIN: &str = "begin immediate; savepoint change_set";
const KEEP: &str = "release change_set; savepoint change_set";
const TAKE_BACK: &str = "rollback to change_set";
const COMMIT: &str = "commit";
const ROLLBACK: &str = "rollback";

/// What callers ask the writer.
#[derive(Debug)]
pub(super) enum Command {
    /// Keep a change set.
    Commit {
        /// The set.
        changes: Box<Prepared>,
        /// Told when it is on disk.
        answer: oneshot::Sender<Result<Committed>>,
    },
    /// Take due jobs.
    Claim {
        /// Which.
        claim: Claim,
        /// Told when it is on disk.
        answer: oneshot::Sender<Result<Vec<Job>>>,
    },
    /// Finish.
    Close {
        /// Told when the file is let go.
        answer: oneshot::Sender<Result<()>>,
    },
}

/// In which change set something happens.
#[derive(Debug)]
pub(super) struct Occasion {
    /// The order or object of its first journal entry; empty without one.
    pub(super) subject: String,
    /// The position of its first journal entry.
    pub(super) journal_seq: Option<i64>,
    /// Who caused its first journal entry; JSON.
    pub(super) by: Option<String>,
    /// When, in microseconds.
    pub(super) at: Option<i64>,
}

/// An outcome that is not told yet.
enum Outcome {
    Committed(oneshot::Sender<Result<Committed>>, Result<Committed>),
    Claimed(oneshot::Sender<Result<Vec<Job>>>, Result<Vec<Job>>),
}

impl Outcome {
    /// Tells the caller; one that stopped waiting does not need to know.
    fn tell(self) {
        match self {
            Self::Committed(answer, outcome) => drop(answer.send(outcome)),
            Self::Claimed(answer, outcome) => drop(answer.send(outcome)),
        }
    }

    fn tell_instead(self, error: Error) {
        match self {
            Self::Committed(answer, _) => drop(answer.send(Err(error))),
            Self::Claimed(answer, _) => drop(answer.send(Err(error))),
        }
    }
}

struct Session {
    connection: SqliteConnection,
    head: Head,
}

/// Why the last transaction failed; shared with whoever asks the store how it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Trouble(Arc<Mutex<Option<String>>>);

impl Trouble {
    pub(super) fn known(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, trouble: Option<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

/// The task that owns the write connection.
pub(super) struct Writer {
    path: PathBuf,
    queue: mpsc::Receiver<Command>,
    session: Option<Session>,
    trouble: Trouble,
    // Last field: given back after the connection is closed.
    lock: Lock,
}

impl Writer {
    /// A writer that has its connection.
    pub(super) async fn open(
        path: PathBuf,
        queue: mpsc::Receiver<Command>,
        lock: Lock,
        trouble: Trouble,
    ) -> Result<Self> {
        let mut writer = Self { path, queue, session: None, trouble, lock };
        writer.session = Some(writer.connect().await?);
        Ok(writer)
    }

    fn failed(&self, error: &Error) {
        self.trouble.set(Some(format!("{}: {error}", self.path.display())));
    }

    async fn connect(&self) -> Result<Session> {
        let mut connection = file::open_writing(&self.path).await?;
        let head = journal::head(&mut connection).await?;
        Ok(Session { connection, head })
    }

    /// Works until the store is closed or dropped.
    pub(super) async fn run(mut self) {
        let mut closing = None;
        while let Some(command) = self.queue.recv().await {
            if let Some(answer) = self.batch(command).await {
                closing = Some(answer);
                break;
            }
        }
        self.queue.close();
        let session = self.session.take();
        let finished = match session {
            Some(session) => file::finish(session.connection).await,
            None => Ok(()),
        };
        drop(self.lock);
        match (closing, finished) {
            (Some(answer), finished) => drop(answer.send(finished)),
            (None, Err(error)) => tracing::warn!(%error, "the database was not left clean"),
            (None, Ok(())) => {}
        }
    }

    /// One transaction of `first` and what has queued up behind it; answers the closer's channel if one came.
    async fn batch(&mut self, first: Command) -> Option<oneshot::Sender<Result<()>>> {
        if let Command::Close { answer } = first {
            return Some(answer);
        }
        let session = match self.session.take() {
            Some(session) => Ok(session),
            None => self.connect().await,
        };
        let mut session = match session {
            Ok(session) => session,
            Err(error) => {
                self.failed(&error);
                refuse(first, error);
                return None;
            }
        };
        let mut outcomes = Vec::new();
        let mut closing = None;
        match self.transaction(&mut session, first, &mut outcomes, &mut closing).await {
            Ok(()) => {
                self.session = Some(session);
                self.trouble.set(None);
                outcomes.into_iter().for_each(Outcome::tell);
            }
            Err(error) => {
                tracing::error!(%error, sets = outcomes.len(), "a transaction failed; nothing of it was kept");
                self.failed(&error);
                // Usually SQLite has rolled back already; either way the connection goes.
                if let Err(error) = sqlx::query(ROLLBACK).execute(&mut session.connection).await {
                    tracing::debug!(%error, "nothing left to roll back");
                }
                if let Err(error) = sqlx::Connection::close(session.connection).await {
                    tracing::debug!(%error, "the connection did not close well");
                }
                outcomes.into_iter().for_each(|outcome| outcome.tell_instead(error.clone()));
            }
        }
        closing
    }

    async fn transaction(
        &mut self,
        session: &mut Session,
        first: Command,
        outcomes: &mut Vec<Outcome>,
        closing: &mut Option<oneshot::Sender<Result<()>>>,
    ) -> Result<()> {
        let started = Instant::now();
        let before = session.head;
        let mut next = Some(first);
        // A failure to begin concerns the first set like any later failure, so it is taken up before.
        let mut state = execute(&mut session.connection, BEGIN).await;
        while let Some(command) = next.take() {
            let failure = match command {
                Command::Commit { changes, answer } => {
                    let outcome = match &state {
                        Ok(()) => keep(session, *changes).await,
                        Err(error) => Err(error.clone()),
                    };
                    let failure = outcome.as_ref().err().cloned();
                    outcomes.push(Outcome::Committed(answer, outcome));
                    failure
                }
                Command::Claim { claim, answer } => {
                    let outcome = match &state {
                        Ok(()) => take(&mut session.connection, &claim).await,
                        Err(error) => Err(error.clone()),
                    };
                    let failure = outcome.as_ref().err().cloned();
                    outcomes.push(Outcome::Claimed(answer, outcome));
                    failure
                }
                Command::Close { answer } => {
                    *closing = Some(answer);
                    break;
                }
            };
            if let Some(error) = failure.filter(|error| !is_refusal(error)) {
                state = Err(error);
                break;
            }
            if outcomes.len() < BATCH_SETS && started.elapsed() < BATCH_TIME {
                next = self.queue.try_recv().ok();
            }
        }
        state?;
        if session.head != before {
            journal::set_head(&mut session.connection, session.head).await?;
        }
        execute(&mut session.connection, COMMIT).await
    }
}

fn refuse(command: Command, error: Error) {
    match command {
        Command::Commit { answer, .. } => drop(answer.send(Err(error))),
        Command::Claim { answer, .. } => drop(answer.send(Err(error))),
        Command::Close { answer } => drop(answer.send(Err(error))),
    }
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<()> {
    sqlx::query(sql).execute(connection).await.map_err(failed)?;
    Ok(())
}

/// Claims inside a savepoint of its own: a set refused later in the batch must not take the claim back with it.
async fn take(connection: &mut SqliteConnection, claim: &Claim) -> Result<Vec<Job>> {
    let claimed = jobs::claim(connection, claim).await?;
    execute(connection, KEEP).await?;
    Ok(claimed)
}

/// Keeps one set inside its savepoint; a refused one leaves nothing behind.
async fn keep(session: &mut Session, changes: Prepared) -> Result<Committed> {
    match apply(&mut session.connection, session.head, changes).await {
        Ok((committed, head)) => {
            execute(&mut session.connection, KEEP).await?;
            session.head = head;
            Ok(committed)
        }
        Err(error) if is_refusal(&error) => {
            execute(&mut session.connection, TAKE_BACK).await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}

async fn apply(tx: &mut SqliteConnection, head: Head, changes: Prepared) -> Result<(Committed, Head)> {
    if let Some(command) = &changes.command
        && let Some(result) = journal::remember(tx, command).await?
    {
        let committed = Committed { journal: Vec::new(), new_items: Vec::new(), repeated: Some(result) };
        return Ok((committed, head));
    }
    let first = changes.journal.first();
    let occasion = Occasion {
        subject: first.map(|line| line.order.clone().unwrap_or_else(|| line.subject.clone())).unwrap_or_default(),
        journal_seq: first.map(|_| head.seq + 1),
        by: first.map(|line| line.actor.clone()),
        at: first.map(|line| line.at),
    };
    let mut committed = Committed { journal: Vec::new(), new_items: Vec::new(), repeated: None };
    for (write, derived) in &changes.writes {
        apply_one(tx, write, derived, &occasion, &mut committed).await?;
    }
    let mut head = head;
    for line in &changes.journal {
        head = journal::append(tx, head, line).await?;
        committed.journal.push(head.seq);
    }
    Ok((committed, head))
}

async fn apply_one(
    tx: &mut SqliteConnection,
    write: &Write,
    derived: &Derived,
    occasion: &Occasion,
    committed: &mut Committed,
) -> Result<()> {
    match (write, derived) {
        (Write::Order { order, .. }, Derived::Order(row)) => orders::put(tx, order, row).await,
        (Write::Fulfillment(part), Derived::Doc(doc)) => fulfillments::put(tx, part, doc).await,
        (Write::HandOver(hand_over), Derived::Doc(doc)) => fulfillments::put_hand_over(tx, hand_over, doc).await,
        (Write::WriteBack(write_back), Derived::Doc(doc)) => fulfillments::put_write_back(tx, write_back, doc).await,
        (Write::ChangeRequest(request), Derived::Doc(doc)) => change_requests::put(tx, request, doc).await,
        (Write::Return(goods), Derived::Doc(doc)) => returns::put(tx, goods, doc).await,
        (Write::Transfer(transfer), Derived::Doc(doc)) => transfers::put(tx, transfer, doc).await,
        (Write::Shipment { shipment, warehouse }, Derived::Doc(doc)) => {
            fulfillments::put_shipment(tx, shipment, warehouse, doc).await
        }
        (Write::Plan { order, .. }, Derived::Doc(doc)) => orders::put_plan(tx, order, doc).await,
        (Write::Inbox { item, then }, Derived::Payload(payload)) => {
            if connections::put_item(tx, item, payload).await? {
                for job in then {
                    jobs::add(tx, job).await?;
                }
                committed.new_items.push(item.id.clone());
            }
            Ok(())
        }
        (write, Derived::Nothing) => apply_plain(tx, write, occasion).await,
        (_, Derived::Order(_) | Derived::Doc(_) | Derived::Payload(_)) => Err(misprepared()),
    }
}

async fn apply_plain(tx: &mut SqliteConnection, write: &Write, occasion: &Occasion) -> Result<()> {
    match write {
        Write::Reserve { warehouse, sku, delta, channel, document } => {
            let behind = stock::Behind { document, by: None, at: None, occasion };
            stock::reserve(tx, &stock::place(warehouse, sku), *delta, channel, &behind).await
        }
        Write::Ship { warehouse, sku, quantity, reserved, at, document } => {
            let behind = stock::Behind { document, by: None, at: Some(*at), occasion };
            stock::ship(tx, &stock::place(warehouse, sku), (*quantity, *reserved), *at, &behind).await
        }
        Write::StockReport { warehouse, sku, on_hand, sequence, observed_at } => {
            let place = stock::place(warehouse, sku);
            stock::report(tx, &place, *on_hand, (*sequence, *observed_at), occasion).await
        }
        Write::Stock { warehouse, sku, movement, expects, cause, document, by, at } => {
            let behind = stock::Behind { document, by: Some(chain::text(by)?), at: Some(*at), occasion };
            let place = stock::place(warehouse, sku);
            stock::book(tx, &place, (movement, expects.as_deref(), *cause), *at, &behind).await
        }
        Write::Safety { warehouse, sku, units } => stock::keep_back(tx, &stock::place(warehouse, sku), *units).await,
        Write::InboxDone { item, dead } => connections::item_done(tx, item, dead.as_deref()).await,
        Write::Cursor { connection, stream, from, to } => {
            connections::move_mark(tx, connection, stream, from.as_deref(), to).await
        }
        Write::Connection(connection) => connections::put_connection(tx, connection).await,
        Write::Setting(setting) => settings::add(tx, setting).await,
        Write::Warehouse(warehouse) => connections::put_warehouse(tx, warehouse).await,
        Write::AttemptStarted(attempt) => fulfillments::start_attempt(tx, attempt).await,
        Write::AttemptEnded { subject, number, at, outcome, detail } => {
            let ending = fulfillments::Ending { subject, number: *number, at: *at, outcome, detail };
            fulfillments::end_attempt(tx, ending).await
        }
        Write::Job(job) => jobs::add(tx, job).await,
        Write::JobDone { job, token } => jobs::done(tx, job, *token).await,
        Write::JobRetry { job, token, due, failed, error } => {
            jobs::retry(tx, jobs::Retry { job, token: *token, due: *due, failed: *failed, error }).await
        }
        Write::JobDead { job, token, error } => jobs::dead(tx, job, *token, error).await,
        Write::Order { .. }
        | Write::Fulfillment(_)
        | Write::HandOver(_)
        | Write::WriteBack(_)
        | Write::ChangeRequest(_)
        | Write::Return(_)
        | Write::Transfer(_)
        | Write::Shipment { .. }
        | Write::Plan { .. }
        | Write::Inbox { .. } => Err(misprepared()),
    }
}

fn misprepared() -> Error {
    Error::Backend("a write was not prepared as its kind".to_owned())
}
