//! What the engine says about its own services and about the traffic.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use switchyard_core::id::ConnectionId;
use switchyard_core::time::Timestamp;
use switchyard_core::watch::Patience;

/// How a service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServiceState {
    /// Started, no heartbeat yet.
    Starting,
    /// Working or waiting for work.
    Running,
    /// Its heartbeat is overdue.
    Stalled,
    /// It failed and is about to be started again.
    Restarting,
    /// Switched off with the engine.
    Stopped,
}

/// One supervised service, for the service board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ServiceStatus {
    /// Registered name, such as `route`.
    pub name: String,
    /// What it does, in one sentence.
    pub purpose: String,
    /// What a person does when it fails.
    pub remedy: String,
    /// How it is.
    pub state: ServiceState,
    /// Last sign of life.
    pub heartbeat_at: Option<Timestamp>,
    /// Work that is due.
    pub due: u64,
    /// Work whose time has not come.
    pub later: u64,
    /// Work given up.
    pub dead: u64,
    /// When the oldest due work was due: the lag counts from there.
    pub oldest_due: Option<Timestamp>,
    /// Pieces of work done since start.
    pub done: u64,
    /// Failed tries since start.
    pub failed: u64,
    /// Pieces of work done in the last whole minute.
    pub per_minute: u32,
    /// Work done in each of the last 30 buckets of 10 seconds, oldest first.
    pub recent: Vec<u32>,
    /// How often it was restarted.
    pub restarts: u32,
    /// The last failure in words.
    pub last_error: Option<String>,
}

/// Rates of one connection over the last minute, counted by this process.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Traffic {
    /// New items received.
    pub received_per_minute: u32,
    /// Effects brought about: hand-overs or write-backs.
    pub sent_per_minute: u32,
    /// Failed calls.
    pub errors_per_minute: u32,
    /// When each stream was last read to its end, by stream name.
    pub streams: Vec<StreamStatus>,
}

/// How far one stream of a connection has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StreamStatus {
    /// Stream name, such as `orders`.
    pub stream: String,
    /// When it was last read to its end.
    pub caught_up_at: Option<Timestamp>,
    /// Items received since start, repeats left out.
    pub items: u64,
}

/// Intervals and limits of the engine. Tests shorten them; the defaults are for real partners.
#[derive(Debug, Clone)]
pub struct Timing {
    /// Longest call to a partner.
    pub call_deadline: Duration,
    /// How long a claimed job belongs to its claimer; longer than a call.
    pub lease: Duration,
    /// A service without work looks again after this long even if nobody wakes it.
    pub idle: Duration,
    /// A service without a heartbeat for this long is restarted.
    pub stall: Duration,
    /// Pause before a failed service starts again.
    pub restart: Duration,
    /// How long a warehouse has to answer a change request.
    pub answer_within: Duration,
    /// How long a return is expected unless somebody says otherwise.
    pub return_expires: Duration,
    /// How long goods that came back may wait for a decision before a person is called.
    pub return_patience: Duration,
    /// How long anything may stay where it is before a person is called.
    pub patience: Patience,
    /// How many jobs a service works on at once.
    pub concurrency: usize,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            call_deadline: Duration::from_secs(20),
            lease: Duration::from_secs(45),
            idle: Duration::from_secs(1),
            stall: Duration::from_secs(60),
            restart: Duration::from_secs(1),
            answer_within: Duration::from_secs(2 * 60 * 60),
            return_expires: Duration::from_secs(45 * 24 * 60 * 60),
            return_patience: Duration::from_secs(2 * 24 * 60 * 60),
            patience: Patience::default(),
            concurrency: 16,
        }
    }
}

/// A connection as it is set up.
#[derive(Debug, Clone)]
pub struct NewConnection {
    /// Registered connector, such as `shopify`.
    pub connector: String,
    /// What people call it; unique.
    pub name: String,
    /// The connector's settings.
    pub config: serde_json::Value,
    /// Its secret.
    pub secret: switchyard_connectors::secret::Secret,
    /// Seconds between two readings.
    pub poll_seconds: u32,
    /// Edit window of a shop's orders.
    pub edit_window_seconds: u32,
}

/// Health of a connection by the rule "failed but a retry is pending: warning; no retry pending: degraded".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Nothing has been tried yet, or it is paused.
    Unknown,
    /// Works.
    Healthy,
    /// Failed; will be tried again by itself.
    Warning,
    /// Failed; a person has to act.
    Degraded,
}

/// Traffic of one connection with its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ConnectionTraffic {
    /// Which.
    pub connection: ConnectionId,
    /// How it is.
    pub health: Health,
    /// How much.
    pub traffic: Traffic,
}
