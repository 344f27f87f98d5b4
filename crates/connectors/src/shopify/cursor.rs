//! Where reading stands: how far, and inside which page walk.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use switchyard_core::time::Timestamp;

use crate::contract::Cursor;
use crate::error::{Error, Kind, Result};
use crate::overlap;

/// Read again by a sweep.
const FAR: Duration = Duration::from_secs(3 * 60);

/// A place in the stream of orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Position {
    /// The newest change read so far.
    pub(super) high_water: Timestamp,
    /// When the last sweep began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) swept_at: Option<Timestamp>,
    /// A walk over pages that has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) walk: Option<Walk>,
}

/// The search that asks for orders changed at or after `since`, in whole seconds as Shopify keeps them.
pub(super) fn search(since: Timestamp) -> String {
    let micros = since.as_micros().div_euclid(1_000_000) * 1_000_000;
    format!("updated_at:>='{}'", Timestamp::from_micros(micros))
}

/// A walk over pages. Shopify's page cursors are bound to the query, so the instant asked for stays the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Walk {
    /// The instant asked for.
    pub(super) since: Timestamp,
    /// `endCursor` of the page before.
    pub(super) after: String,
}

impl Position {
    /// Where a new connection begins.
    pub(super) fn start(now: Timestamp, lookback_days: u32) -> Self {
        let lookback = Duration::from_secs(u64::from(lookback_days) * 24 * 60 * 60);
        Self { high_water: now - lookback, swept_at: None, walk: None }
    }

    /// Reads the text made by [`Position::cursor`].
    pub(super) fn read(cursor: &Cursor) -> Result<Self> {
        serde_json::from_str(&cursor.0)
            .map_err(|error| Error::new(Kind::Config, format!("not a cursor of this connector: {error}")))
    }

    /// The text that the engine keeps.
    pub(super) fn cursor(&self) -> Result<Cursor> {
        let text = serde_json::to_string(self).map_err(|error| Error::new(Kind::Protocol, error.to_string()))?;
        Ok(Cursor(text))
    }

    /// The instant to ask from; a walk that begins here may be a sweep, which is noted.
    pub(super) fn begin(&mut self, now: Timestamp) -> Timestamp {
        if let Some(walk) = &self.walk {
            return walk.since;
        }
        if overlap::sweeps(self.swept_at, now) {
            self.swept_at = Some(now);
            return self.high_water - FAR;
        }
        self.high_water - overlap::NEAR
    }
}
