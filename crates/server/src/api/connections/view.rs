//! Connections and connectors as the console shows them.

use serde::{Deserialize, Serialize};
use switchyard_connectors::contract::{CheckReport, Descriptor, RepeatClass};
use switchyard_connectors::registry;
use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::id::{ConnectionId, WarehouseId};
use switchyard_core::time::Timestamp;
use switchyard_engine::status::{ConnectionTraffic, Health};
use utoipa::ToSchema;

/// A kind of system Switchyard can talk to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConnectorView {
    /// Registered name, such as `shopify`.
    pub name: String,
    /// The vendor's own spelling.
    pub title: String,
    /// Which side it stands on.
    pub side: Side,
    /// The vendor's API version spoken.
    pub api_version: String,
    /// Streams it reads: `orders`, `shipments`, `stock`.
    pub streams: Vec<String>,
    /// Whether it can take a fulfillment order back.
    pub cancel: bool,
    /// Whether it can change an address after the hand-over.
    pub change_address: bool,
    /// Whether goods that come back can be announced and are reported.
    pub returns: bool,
    /// How safely a doubtful effect can be repeated: `a` (recognised over there) to `d` (never without a person).
    pub repeat: String,
    /// Seconds after a doubtful try during which its effect may still appear.
    pub settle_seconds: u64,
}

impl From<&Descriptor> for ConnectorView {
    fn from(descriptor: &Descriptor) -> Self {
        let capabilities = &descriptor.capabilities;
        let repeat = match capabilities.repeat {
            RepeatClass::A => "a",
            RepeatClass::B => "b",
            RepeatClass::C => "c",
            RepeatClass::D => "d",
        };
        Self {
            name: descriptor.name.to_owned(),
            title: descriptor.title.to_owned(),
            side: descriptor.side,
            api_version: descriptor.api_version.to_owned(),
            streams: capabilities.streams.iter().map(|stream| stream.as_str().to_owned()).collect(),
            cancel: capabilities.cancel,
            change_address: capabilities.change_address,
            returns: capabilities.returns,
            repeat: repeat.to_owned(),
            settle_seconds: capabilities.settle.as_secs(),
        }
    }
}

/// One aspect of a connection's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HealthPart {
    /// `calls`, `errors`, or the name of a stream.
    pub name: String,
    /// How it is.
    pub level: Health,
    /// In words, naming numbers.
    pub detail: String,
}

/// How a connection is, and from what that follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConnectionHealth {
    /// Overall.
    pub level: Health,
    /// The aspects looked at.
    pub parts: Vec<HealthPart>,
}

/// How far one stream has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StreamView {
    /// Its name.
    pub stream: String,
    /// When it was last read to its end; absent when never since the start.
    pub last_page_at: Option<Timestamp>,
    /// Seconds since then.
    pub lag_seconds: Option<u64>,
    /// New items since the start.
    pub items: u64,
}

/// Calls of the last minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Rates {
    /// New items received per minute.
    pub received_per_minute: u32,
    /// Effects brought about per minute: hand-overs or write-backs.
    pub sent_per_minute: u32,
    /// Failed calls per minute.
    pub errors_per_minute: u32,
}

/// A connection with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConnectionView {
    /// Its settings.
    pub connection: Connection,
    /// Its connector; absent when this version does not know it.
    pub descriptor: Option<ConnectorView>,
    /// How it is.
    pub health: ConnectionHealth,
    /// How much goes through it.
    pub rates: Rates,
    /// How far each stream has been read.
    pub streams: Vec<StreamView>,
    /// The warehouses it reaches, by rank.
    pub warehouses: Vec<Warehouse>,
}

/// A connection with what is known of it at `now`.
pub(super) fn view(
    traffic: Option<&ConnectionTraffic>,
    warehouses: Vec<Warehouse>,
    now: Timestamp,
    connection: Connection,
) -> ConnectionView {
    let descriptor = registry::find(&connection.connector).map(|found| ConnectorView::from((found.describe)()));
    let streams: Vec<StreamView> = traffic
        .map(|traffic| traffic.traffic.streams.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|stream| StreamView {
            stream: stream.stream.clone(),
            last_page_at: stream.caught_up_at,
            lag_seconds: stream.caught_up_at.map(|at| now.since(at).as_secs()),
            items: stream.items,
        })
        .collect();
    let rates = traffic.map_or_else(Rates::default, |traffic| Rates {
        received_per_minute: traffic.traffic.received_per_minute,
        sent_per_minute: traffic.traffic.sent_per_minute,
        errors_per_minute: traffic.traffic.errors_per_minute,
    });
    let level = traffic.map_or(Health::Unknown, |traffic| traffic.health);
    let health = ConnectionHealth { level, parts: parts(&connection, level, &streams, rates) };
    ConnectionView { connection, descriptor, health, rates, streams, warehouses }
}

/// The aspects behind a level: the last call, failed calls, and each stream's lag.
fn parts(connection: &Connection, level: Health, streams: &[StreamView], rates: Rates) -> Vec<HealthPart> {
    let part = |name: &str, level, detail: String| HealthPart { name: name.to_owned(), level, detail };
    let mut parts = Vec::new();
    if connection.paused {
        parts.push(part("calls", Health::Unknown, "paused by a person".to_owned()));
        return parts;
    }
    let calls = match (&connection.problem, level) {
        (Some(problem), _) => format!("{}: {}", problem.title, problem.detail),
        (None, Health::Unknown) => "nothing has been tried yet".to_owned(),
        (None, _) => "answers".to_owned(),
    };
    parts.push(part("calls", level, calls));
    if rates.errors_per_minute > 0 {
        let detail = format!("{} failed calls in the last minute", rates.errors_per_minute);
        parts.push(part("errors", Health::Warning, detail));
    }
    // Two missed readings are ordinary jitter; more means that the stream stands still.
    let patience = u64::from(connection.poll_seconds).saturating_mul(3).max(30);
    for stream in streams {
        let (level, detail) = match stream.lag_seconds {
            None => (Health::Unknown, "not read to its end yet".to_owned()),
            Some(lag) if lag <= patience => (Health::Healthy, format!("read to its end {lag} s ago")),
            Some(lag) => (Health::Warning, format!("last read to its end {lag} s ago, expected every {patience} s")),
        };
        parts.push(part(&stream.stream, level, detail));
    }
    parts
}

/// A warehouse a partner offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferedWarehouse {
    /// The partner's id.
    pub remote_id: String,
    /// Its name over there.
    pub name: String,
    /// ISO 3166-1 alpha-2, empty when not given.
    pub country: String,
    /// Our id of it, once known.
    pub warehouse: Option<WarehouseId>,
}

/// What a successful check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckReportView {
    /// Who we are over there.
    pub account: String,
    /// Warehouses the account can ship from; empty for shops.
    pub warehouses: Vec<OfferedWarehouse>,
    /// What works but deserves a look.
    pub warnings: Vec<String>,
}

/// A check's findings, with our ids of the warehouses we know.
pub(super) fn report_view(report: CheckReport, known: &[Warehouse], connection: &ConnectionId) -> CheckReportView {
    let warehouses = report
        .warehouses
        .into_iter()
        .map(|remote| OfferedWarehouse {
            warehouse: known
                .iter()
                .find(|ours| &ours.connection == connection && ours.remote_id == remote.remote_id)
                .map(|ours| ours.id.clone()),
            remote_id: remote.remote_id,
            name: remote.name,
            country: remote.country,
        })
        .collect();
    CheckReportView { account: report.account, warehouses, warnings: report.warnings }
}
