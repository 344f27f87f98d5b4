//! Where reading stands in the two streams.

use std::time::Duration;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use switchyard_core::time::Timestamp;

use crate::contract::Cursor;
use crate::error::{Error, Kind, Result};
use crate::overlap;

/// Read again by a sweep.
const FAR: Duration = Duration::from_secs(5 * 60);

/// A place in the stream of shipments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShipmentPosition {
    /// Everything changed before this has been read.
    pub(super) high_water: Timestamp,
    /// When the last sweep began, by our clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) swept_at: Option<Timestamp>,
    /// A walk over pages that has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) walk: Option<Walk>,
}

/// A walk over numbered pages. What is asked for stays the same until it ends; rows are only ever added to that set, so
/// a page may repeat rows but none is missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Walk {
    /// The instant asked for.
    pub(super) since: Timestamp,
    /// The next page, from 1.
    pub(super) page: u32,
    /// ShipBob's clock when the walk began.
    pub(super) began_at: Timestamp,
    /// The newest change met in the walk.
    pub(super) newest: Option<Timestamp>,
}

impl ShipmentPosition {
    /// Where a new connection begins.
    pub(super) fn start(now: Timestamp, lookback_days: u32) -> Self {
        let lookback = Duration::from_secs(u64::from(lookback_days) * 24 * 60 * 60);
        Self { high_water: now - lookback, swept_at: None, walk: None }
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

    /// The page to ask for, from 1.
    pub(super) fn page(&self) -> u32 {
        self.walk.as_ref().map_or(1, |walk| walk.page)
    }

    /// Goes on after a page, asked from `since` and answered at `at`, whose newest change is `newest`.
    pub(super) fn advance(&mut self, since: Timestamp, at: Timestamp, newest: Option<Timestamp>, more: bool) {
        let (began_at, page, met) =
            self.walk.take().map_or((at, 1, None), |walk| (walk.began_at, walk.page, walk.newest));
        let newest = met.max(newest);
        if more {
            self.walk = Some(Walk { since, page: page.saturating_add(1), began_at, newest });
        } else if let Some(newest) = newest {
            // Complete up to the walk's beginning, by ShipBob's clock; never ahead of what ShipBob itself has stamped.
            self.high_water = self.high_water.max(newest.min(began_at));
        }
    }
}

/// A place in a snapshot of all stock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StockPosition {
    /// A walk over pages that has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) walk: Option<StockWalk>,
}

/// A walk over linked pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StockWalk {
    /// When the walk began, by our clock.
    pub(super) began_at: Timestamp,
    /// The query of the next page's address. Only the query is kept, so a link can never send the token elsewhere.
    pub(super) query: String,
}

/// A place in the stream of returns.
///
/// ShipBob cannot be asked for returns by their last change: only by status, and by creation and completion. So every
/// reading asks for all that are open, and then for those completed since the mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnPosition {
    /// Everything completed before this has been read.
    pub(super) completed_to: Timestamp,
    /// A walk over pages that has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) walk: Option<ReturnWalk>,
}

/// A walk over linked pages: of what is open first, of what was completed then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnWalk {
    /// Whether it has come to what was completed.
    pub(super) completed: bool,
    /// The query of the next page's address.
    pub(super) query: String,
    /// ShipBob's clock when the walk began.
    pub(super) began_at: Timestamp,
    /// The latest completion met in the walk.
    pub(super) newest: Option<Timestamp>,
}

impl ReturnPosition {
    /// Where a new connection begins.
    pub(super) fn start(now: Timestamp, lookback_days: u32) -> Self {
        let lookback = Duration::from_secs(u64::from(lookback_days) * 24 * 60 * 60);
        Self { completed_to: now - lookback, walk: None }
    }

    /// The instant to ask for completions from.
    pub(super) fn completed_from(&self) -> Timestamp {
        self.completed_to - FAR
    }
}

/// Reads a cursor made by [`write()`].
pub(super) fn read<T: DeserializeOwned>(cursor: &Cursor) -> Result<T> {
    serde_json::from_str(&cursor.0)
        .map_err(|error| Error::new(Kind::Config, format!("not a cursor of this connector: {error}")))
}

/// The text that the engine keeps.
pub(super) fn write<T: Serialize>(position: &T) -> Result<Cursor> {
    let text = serde_json::to_string(position).map_err(|error| Error::new(Kind::Protocol, error.to_string()))?;
    Ok(Cursor(text))
}
