//! Setting partners up and remembering how they behave.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use switchyard_connectors::contract::{CheckReport, Connector, Context, Stream};
use switchyard_connectors::error::{Error as PartnerError, Kind};
use switchyard_connectors::registry;
use switchyard_core::code::{Code, Problem};
use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::fulfillment::HandOverState;
use switchyard_core::id::ConnectionId;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::time::Timestamp;
use switchyard_core::write_back::WriteBackState;
use switchyard_store::contract::{Changes, Write};

use crate::Inner;
use crate::flow::Failure;
use crate::handle::ConnectError;
use crate::meter::Meter;
use crate::status::{ConnectionTraffic, Health, NewConnection, StreamStatus, Traffic};

/// How long to leave a partner alone that throttles without saying for how long.
const QUIET: Duration = Duration::from_secs(2);
/// Waiting effects that are tried again at once when a partner is back.
const WAITING: u32 = 1_000;

/// What this process knows of its partners beyond the database.
#[derive(Debug, Default)]
pub(crate) struct Partners {
    known: Mutex<HashMap<ConnectionId, Known>>,
    /// One writer of connection rows at a time: they have no revision.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default, Clone)]
struct Known {
    connector: Option<Arc<dyn Connector>>,
    tried: bool,
    /// The partner asked not to be called before this instant.
    quiet_until: Option<Timestamp>,
    received: Meter,
    sent: Meter,
    errors: Meter,
    streams: Vec<StreamStatus>,
}

impl Partners {
    fn change<T>(&self, id: &ConnectionId, change: impl FnOnce(&mut Known) -> T) -> T {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        change(known.entry(id.clone()).or_default())
    }

    /// Counts new items of a stream, and whether it was read to its end.
    pub(crate) fn received(&self, id: &ConnectionId, stream: Stream, items: usize, caught_up: bool, now: Timestamp) {
        self.change(id, |known| {
            known.received.add(now, u32::try_from(items).unwrap_or(u32::MAX));
            let name = stream.as_str();
            if !known.streams.iter().any(|status| status.stream == name) {
                known.streams.push(StreamStatus { stream: name.to_owned(), caught_up_at: None, items: 0 });
            }
            if let Some(status) = known.streams.iter_mut().find(|status| status.stream == name) {
                status.items += items as u64;
                if caught_up {
                    status.caught_up_at = Some(now);
                }
            }
        });
    }

    /// Until when a partner asked us to be quiet, if that lies ahead.
    pub(crate) fn quiet_until(&self, id: &ConnectionId, now: Timestamp) -> Option<Timestamp> {
        self.change(id, |known| known.quiet_until.filter(|until| *until > now))
    }

    /// Knows nothing of a connection but the connector to use.
    pub(crate) fn begin_anew(&self, id: &ConnectionId, connector: Arc<dyn Connector>) {
        self.change(id, |known| *known = Known { connector: Some(connector), ..Known::default() });
    }

    /// Counts an effect brought about.
    pub(crate) fn sent(&self, id: &ConnectionId, now: Timestamp) {
        self.change(id, |known| known.sent.add(now, 1));
    }
}

/// A connection with its connector, ready for calls.
#[derive(Debug, Clone)]
pub(crate) struct Partner {
    pub(crate) connection: Connection,
    pub(crate) connector: Arc<dyn Connector>,
    pub(crate) context: Context,
}

/// Loads a connection and its connector. `None` when it does not exist or a person paused it.
pub(crate) async fn partner(inner: &Inner, id: &ConnectionId) -> Result<Option<Partner>, Failure> {
    let Some(connection) = inner.store.connection(id).await? else { return Ok(None) };
    if connection.paused {
        return Ok(None);
    }
    let connector = connector(inner, &connection)?;
    let context = Context { http: inner.http.clone(), now: inner.clock.now() };
    Ok(Some(Partner { connection, connector, context }))
}

fn connector(inner: &Inner, connection: &Connection) -> Result<Arc<dyn Connector>, PartnerError> {
    if let Some(connector) = inner.partners.change(&connection.id, |known| known.connector.clone()) {
        return Ok(connector);
    }
    let secret = inner
        .vault
        .get(&connection.id)
        .map_err(|error| PartnerError::new(Kind::Config, error.to_string()))?
        .ok_or_else(|| PartnerError::new(Kind::Config, "no credentials are stored for this connection"))?;
    let connector: Arc<dyn Connector> = Arc::from(registry::build(&connection.connector, &connection.config, secret)?);
    inner.partners.change(&connection.id, |known| known.connector = Some(Arc::clone(&connector)));
    Ok(connector)
}

/// The problem a person sees when a call to a partner failed.
pub(crate) fn problem_of(name: &str, error: &PartnerError) -> Problem {
    let (code, what, next) = match error.kind {
        Kind::Auth => (
            Code::ConnectionUnauthorized,
            "refuses our credentials",
            "Enter a new access token for this connection; it needs the permissions its page lists.",
        ),
        Kind::RateLimited => (
            Code::ConnectionThrottled,
            "asks us to slow down",
            "Nothing to do: Switchyard waits as long as asked and goes on by itself.",
        ),
        Kind::Unreachable | Kind::Doubtful => (
            Code::ConnectionUnreachable,
            "cannot be reached",
            "Check the address and the network; Switchyard keeps trying and loses nothing.",
        ),
        Kind::Config | Kind::Unsupported => {
            (Code::ConnectionMisconfigured, "is not set up correctly", "Correct the settings of this connection.")
        }
        Kind::Protocol | Kind::NotFound | Kind::Rejected => (
            Code::ConnectionProtocol,
            "gave an answer we cannot use",
            "Look at the detail; if the vendor changed its API, the connector needs an update.",
        ),
    };
    Problem::new(code, format!("{name} {what}"), error.detail.clone(), next)
}

/// Notes that a call succeeded; a problem shown on the connection goes away.
pub(crate) async fn succeeded(inner: &Inner, connection: &Connection) -> Result<(), Failure> {
    let first = inner.partners.change(&connection.id, |known| !std::mem::replace(&mut known.tried, true));
    if connection.problem.is_none() && !first {
        return Ok(());
    }
    rewrite(inner, &connection.id, |current, now| {
        let recovered = current.problem.take().is_some();
        current.last_success_at = Some(now);
        recovered.then_some("connection.recovered")
    })
    .await
}

/// Notes that a call failed; the connection shows why. Throttling is neither shown nor counted: it is normal.
pub(crate) async fn failed(inner: &Inner, connection: &Connection, error: &PartnerError) -> Result<(), Failure> {
    let now = inner.clock.now();
    inner.partners.change(&connection.id, |known| {
        known.tried = true;
        if error.kind == Kind::RateLimited {
            known.quiet_until = Some(now + error.retry_after.unwrap_or(QUIET));
        } else {
            known.errors.add(now, 1);
        }
    });
    if error.kind == Kind::RateLimited {
        return Ok(());
    }
    let problem = problem_of(&connection.name, error);
    if connection.problem.as_ref().is_some_and(|shown| shown.code == problem.code) {
        return Ok(());
    }
    rewrite(inner, &connection.id, |current, _| {
        current.problem = Some(problem);
        Some("connection.failed")
    })
    .await
}

/// Rewrites a connection row under the lock; journalled when `change` names an event.
async fn rewrite(
    inner: &Inner,
    id: &ConnectionId,
    change: impl FnOnce(&mut Connection, Timestamp) -> Option<&'static str> + Send,
) -> Result<(), Failure> {
    let _writing = inner.partners.writing.lock().await;
    let Some(mut current) = inner.store.connection(id).await? else { return Ok(()) };
    let event = change(&mut current, inner.clock.now());
    let journal = event.map(|kind| entry(inner, kind, &current, Actor::service("connection_check")));
    let mut writes = if event == Some("connection.recovered") { waiting_effects(inner).await? } else { Vec::new() };
    writes.push(Write::Connection(current));
    inner.commit(Changes { writes, journal: journal.into_iter().collect(), command: None }).await?;
    Ok(())
}

/// Hand-overs and write-backs that wait for their next try, to be tried now.
async fn waiting_effects(inner: &Inner) -> switchyard_store::error::Result<Vec<Write>> {
    let now = inner.clock.now();
    let hand_overs = inner.store.hand_overs_in(HandOverState::Ready, WAITING).await?;
    let write_backs = inner.store.write_backs_in(WriteBackState::Due, WAITING).await?;
    let hand_overs = hand_overs.iter().map(|waiting| inner.job("hand_over", waiting.id.as_str(), now));
    let write_backs = write_backs.iter().map(|waiting| inner.job("write_back", waiting.id.as_str(), now));
    Ok(hand_overs.chain(write_backs).map(Write::Job).collect())
}

fn entry(inner: &Inner, kind: &str, connection: &Connection, actor: Actor) -> Entry {
    Entry {
        at: inner.clock.now(),
        actor,
        kind: kind.to_owned(),
        order: None,
        subject: connection.id.to_string(),
        reason: connection.problem.as_ref().map(|problem| problem.detail.clone()).unwrap_or_default(),
        before: serde_json::Value::Null,
        after: serde_json::json!({ "name": connection.name, "paused": connection.paused }),
    }
}

/// The pollers a connection of this side needs.
const fn pollers(side: Side) -> &'static [&'static str] {
    match side {
        Side::Shop => &["connection_check", "intake"],
        Side::Warehouse => &["connection_check", "stock_intake", "shipment_intake", "return_intake"],
    }
}

/// Makes sure that every connection's pollers exist: at start, after a restore, after an update that adds one.
pub(crate) async fn arm(inner: &Inner) -> switchyard_store::error::Result<()> {
    let now = inner.clock.now();
    let mut writes = Vec::new();
    for connection in inner.store.connections().await? {
        for kind in pollers(connection.side) {
            writes.push(Write::Job(inner.job(kind, connection.id.as_str(), now)));
        }
    }
    writes.push(Write::Job(inner.job("invariants", "store", now + crate::flow::invariants_check::INTERVAL)));
    writes.push(Write::Job(inner.job("watchdog", "store", now + crate::flow::watchdog::INTERVAL)));
    inner.commit(Changes { writes, ..Changes::default() }).await?;
    Ok(())
}

fn invalid(title: String, detail: impl Into<String>, next: &str) -> ConnectError {
    ConnectError::Problem(Box::new(Problem::new(Code::ConnectionMisconfigured, title, detail, next)))
}

fn side_of(new: &NewConnection) -> Result<Side, ConnectError> {
    let registration = registry::find(&new.connector).ok_or_else(|| {
        let known: Vec<&str> = registry::CONNECTORS.iter().map(|known| (known.describe)().name).collect();
        invalid(
            format!("`{}` cannot be set up", new.name),
            format!("there is no connector called `{}`", new.connector),
            &format!("Choose one of: {}.", known.join(", ")),
        )
    })?;
    Ok((registration.describe)().side)
}

fn draft(inner: &Inner, new: &NewConnection) -> Result<Connection, ConnectError> {
    Ok(Connection {
        id: inner.connection_id(),
        side: side_of(new)?,
        connector: new.connector.clone(),
        name: new.name.clone(),
        config: new.config.clone(),
        poll_seconds: new.poll_seconds.max(1),
        edit_window_seconds: new.edit_window_seconds,
        paused: false,
        created_at: inner.clock.now(),
        last_success_at: None,
        problem: None,
    })
}

/// Sets up a connection after a live check.
pub(crate) async fn add(inner: &Inner, new: NewConnection, actor: Actor) -> Result<Connection, ConnectError> {
    if inner.store.connections().await?.iter().any(|known| known.name == new.name) {
        return Err(invalid(
            format!("`{}` cannot be set up", new.name),
            "another connection has this name",
            "Choose another name.",
        ));
    }
    let mut connection = draft(inner, &new)?;
    let refused = |error: &PartnerError| ConnectError::Problem(Box::new(problem_of(&new.name, error)));
    let connector = registry::build(&new.connector, &new.config, new.secret.clone()).map_err(|e| refused(&e))?;
    let context = Context { http: inner.http.clone(), now: inner.clock.now() };
    let report = connector.check(&context).await.map_err(|error| refused(&error))?;
    connection.last_success_at = Some(inner.clock.now());
    keep(inner, &connection, &new, Some(&report), actor).await?;
    Ok(connection)
}

/// Sets up or updates connections by name.
pub(crate) async fn ensure(inner: &Inner, all: Vec<NewConnection>) -> Result<Vec<Connection>, ConnectError> {
    let mut kept = Vec::with_capacity(all.len());
    for new in all {
        let known = inner.store.connections().await?.into_iter().find(|known| known.name == new.name);
        let fresh = draft(inner, &new)?;
        let connection = match known {
            Some(known) => Connection {
                connector: fresh.connector,
                config: fresh.config,
                poll_seconds: fresh.poll_seconds,
                edit_window_seconds: fresh.edit_window_seconds,
                problem: None,
                ..known
            },
            None => fresh,
        };
        keep(inner, &connection, &new, None, Actor::service("connection_check")).await?;
        kept.push(connection);
    }
    Ok(kept)
}

async fn keep(
    inner: &Inner,
    connection: &Connection,
    new: &NewConnection,
    report: Option<&CheckReport>,
    actor: Actor,
) -> Result<(), ConnectError> {
    inner.vault.put(&connection.id, &new.secret).map_err(|error| {
        invalid(format!("`{}` cannot be set up", new.name), error.to_string(), "Make the data folder writable.")
    })?;
    inner.partners.change(&connection.id, |known| known.connector = None);
    let now = inner.clock.now();
    let _writing = inner.partners.writing.lock().await;
    let mut writes = vec![Write::Connection(connection.clone())];
    if let Some(report) = report {
        writes.extend(warehouse_writes(inner, connection, report).await?);
    }
    for kind in pollers(connection.side) {
        writes.push(Write::Job(inner.job(kind, connection.id.as_str(), now)));
    }
    writes.extend(waiting_effects(inner).await?);
    let journal = vec![entry(inner, "connection.changed", connection, actor)];
    inner.commit(Changes { writes, journal, command: None }).await?;
    Ok(())
}

/// Rows for the warehouses a check found and we did not know; known ones keep what a person set.
async fn warehouse_writes(
    inner: &Inner,
    connection: &Connection,
    report: &CheckReport,
) -> switchyard_store::error::Result<Vec<Write>> {
    let known = inner.store.warehouses().await?;
    let mut rank = known.iter().map(|warehouse| warehouse.rank).max().unwrap_or(0);
    let mut writes = Vec::new();
    for remote in &report.warehouses {
        if known.iter().any(|ours| ours.connection == connection.id && ours.remote_id == remote.remote_id) {
            continue;
        }
        rank += 1;
        writes.push(Write::Warehouse(Warehouse {
            id: inner.warehouse_id(),
            connection: connection.id.clone(),
            remote_id: remote.remote_id.clone(),
            name: remote.name.clone(),
            country: remote.country.clone(),
            rank,
            ships_to: Vec::new(),
            handling: 0,
            unit_handling: 0,
            late_hours: 0,
        }));
    }
    Ok(writes)
}

/// Tries a connection's real read path and records what it found.
pub(crate) async fn check(inner: &Inner, id: &ConnectionId) -> Result<CheckReport, ConnectError> {
    let Some(connection) = inner.store.connection(id).await? else {
        return Err(ConnectError::NotFound(id.clone()));
    };
    let context = Context { http: inner.http.clone(), now: inner.clock.now() };
    let result = match connector(inner, &connection) {
        Ok(connector) => connector.check(&context).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(report) => {
            note(succeeded(inner, &connection).await)?;
            let _writing = inner.partners.writing.lock().await;
            let writes = warehouse_writes(inner, &connection, &report).await?;
            if !writes.is_empty() {
                let found = entry(inner, "warehouse.found", &connection, Actor::service("connection_check"));
                inner.commit(Changes { writes, journal: vec![found], command: None }).await?;
            }
            Ok(report)
        }
        Err(error) => {
            note(failed(inner, &connection, &error).await)?;
            Err(ConnectError::Problem(Box::new(problem_of(&connection.name, &error))))
        }
    }
}

/// A failure while noting a partner's health can only come from the store.
fn note(result: Result<(), Failure>) -> Result<(), ConnectError> {
    match result {
        Ok(()) => Ok(()),
        Err(Failure::Store(error)) => Err(error.into()),
        Err(other) => Err(switchyard_store::Error::Backend(other.to_string()).into()),
    }
}

/// Stops or resumes a connection.
pub(crate) async fn set_paused(
    inner: &Inner,
    id: &ConnectionId,
    paused: bool,
    actor: Actor,
) -> Result<Connection, ConnectError> {
    let _writing = inner.partners.writing.lock().await;
    let Some(mut connection) = inner.store.connection(id).await? else {
        return Err(ConnectError::NotFound(id.clone()));
    };
    connection.paused = paused;
    let kind = if paused { "connection.paused" } else { "connection.resumed" };
    let mut writes = vec![Write::Connection(connection.clone())];
    if !paused {
        let now = inner.clock.now();
        for kind in pollers(connection.side) {
            writes.push(Write::Job(inner.job(kind, connection.id.as_str(), now)));
        }
        writes.extend(waiting_effects(inner).await?);
    }
    let journal = vec![entry(inner, kind, &connection, actor)];
    inner.commit(Changes { writes, journal, command: None }).await?;
    Ok(connection)
}

/// Rates and health of every connection.
pub(crate) async fn traffic(inner: &Inner) -> switchyard_store::error::Result<Vec<ConnectionTraffic>> {
    let now = inner.clock.now();
    let connections = inner.store.connections().await?;
    Ok(connections
        .into_iter()
        .map(|connection| {
            let known = inner.partners.change(&connection.id, |known| known.clone());
            ConnectionTraffic {
                health: health(&connection, known.tried),
                connection: connection.id,
                traffic: Traffic {
                    received_per_minute: known.received.per_minute(now),
                    sent_per_minute: known.sent.per_minute(now),
                    errors_per_minute: known.errors.per_minute(now),
                    streams: known.streams,
                },
            }
        })
        .collect())
}

fn health(connection: &Connection, tried: bool) -> Health {
    match &connection.problem {
        _ if connection.paused => Health::Unknown,
        None if tried || connection.last_success_at.is_some() => Health::Healthy,
        None => Health::Unknown,
        Some(problem) => match problem.code {
            Code::ConnectionUnauthorized | Code::ConnectionMisconfigured | Code::ConnectionProtocol => Health::Degraded,
            _ => Health::Warning,
        },
    }
}
