//! Where reading stands: how far, and inside which page walk.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use switchyard_core::time::Timestamp;

use crate::contract::Cursor;
use crate::error::{Error, Kind, Result};

/// Read again on every poll, because an order may become visible a little after its own update time.
const OVERLAP: Duration = Duration::from_secs(3 * 60);

/// A place in the stream of orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Position {
    /// The newest change read so far.
    pub(super) high_water: Timestamp,
    /// A walk over pages that has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) walk: Option<Walk>,
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
        Self { high_water: now - lookback, walk: None }
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

    /// The instant to ask from.
    pub(super) fn since(&self) -> Timestamp {
        self.walk.as_ref().map_or(self.high_water - OVERLAP, |walk| walk.since)
    }

    /// The search that asks for orders changed at or after [`Position::since`], in whole seconds as Shopify keeps them.
    pub(super) fn search(&self) -> String {
        let micros = self.since().as_micros().div_euclid(1_000_000) * 1_000_000;
        format!("updated_at:>='{}'", Timestamp::from_micros(micros))
    }
}
