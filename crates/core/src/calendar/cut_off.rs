//! Cut-offs: until when an order leaves the same day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::hours::Weekday;
use super::local::LocalTime;
use super::{Calendar, HORIZON_DAYS};
use crate::time::Timestamp;

/// Until when on a working day an order is taken for that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CutOff {
    /// On every working day ...
    pub at: LocalTime,
    /// ... but on these weekdays at another time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, LocalTime>))]
    pub on: BTreeMap<Weekday, LocalTime>,
}

/// The cut-offs of a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CutOffs {
    /// For every shipping option not named below.
    pub default: CutOff,
    /// By the shop's name of the shipping option, compared after trimming.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, CutOff>,
}

impl CutOffs {
    /// The cut-off of a shipping option.
    #[must_use]
    pub fn of(&self, option: &str) -> &CutOff {
        let option = option.trim();
        let named = self.options.iter().find(|(name, _)| name.trim() == option);
        named.map_or(&self.default, |(_, cut_off)| cut_off)
    }
}

impl Calendar {
    /// The first cut-off at or after `from`: who is ready at its very instant is in time.
    ///
    /// Only working days have one. It never lies after the day's last closing: on a short day it moves there. `None`
    /// when no working day comes within 800 days.
    #[must_use]
    pub fn next_cut_off(&self, from: Timestamp, option: &str) -> Option<Timestamp> {
        let cut_off = self.cut_offs.of(option);
        self.days(from).find_map(|date| self.cut_off_on(date, cut_off).filter(|at| *at >= from))
    }

    /// The dates whose hours or cut-off may lie at or after `from`, in order. It begins two days before: a time may
    /// belong to the day before (`24:00`), and clocks put back at midnight show yesterday again.
    pub(super) fn days(&self, from: Timestamp) -> impl Iterator<Item = Date> + use<> {
        let today = self.zone.date(from);
        let first = today.yesterday().and_then(Date::yesterday).unwrap_or(today);
        first.series(jiff::Span::new().days(1)).take(usize::try_from(HORIZON_DAYS).unwrap_or(usize::MAX))
    }

    fn cut_off_on(&self, date: Date, cut_off: &CutOff) -> Option<Timestamp> {
        let closing = self.hours(date).last()?.close;
        let time = cut_off.on.get(&Weekday::of(date)).copied().unwrap_or(cut_off.at);
        self.zone.first_instant(date, time.min(closing))
    }
}
