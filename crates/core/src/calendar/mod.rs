//! When a warehouse works, until when an order leaves the same day, and how late it is.
//!
//! A [`Calendar`] is data that people edit: a time zone, the hours of each weekday, special days, a cut-off for each
//! shipping option and the handling time. From it follow [`Calendar::next_cut_off`], [`Calendar::ships_at`] and
//! [`Calendar::late`]. `docs/calendars.md` has the semantics with examples.
//!
//! One rule covers every change of the clocks: *a local time means the first instant at which a clock there shows it or
//! a later time.* A time that is skipped in spring therefore means the end of the gap; one that happens twice in autumn
//! means the first time. Durations are counted as they elapse, not as the clock on the wall shows them.
//!
//! The zones are those bundled with the program, so every installation computes the same.

mod cut_off;
mod hours;
mod late;
mod local;
mod work;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use cut_off::{CutOff, CutOffs};
pub use hours::{Span, SpecialDay, Week, Weekday};
pub use late::{Late, Milestones};
pub use local::{InvalidLocalTime, LocalTime, UnknownZone, Zone};

use crate::unreadable::{self, Unreadable};

/// How far ahead a cut-off is looked for. Nothing that has not shipped for so long ships at all.
const HORIZON_DAYS: u32 = 800;

/// More handling than this is a slip of the pen: 60 days around the clock.
const MOST_HANDLING_MINUTES: u32 = 60 * 24 * 60;

/// Nobody waits longer than a week for an answer about a parcel.
const MOST_ANSWER_MINUTES: u32 = 60 * 24 * 7;

/// When a warehouse works and until when it takes orders for the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Where its clocks hang.
    pub zone: Zone,
    /// Hours of each weekday; a day without hours is no working day.
    pub week: Week,
    /// Days that differ from their weekday: holidays, short days, extra days. Keys are dates such as `2026-12-25`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, SpecialDay>))]
    pub special_days: BTreeMap<jiff::civil::Date, SpecialDay>,
    /// Until when an order leaves the same day.
    pub cut_offs: CutOffs,
    /// Working minutes from the cut-off until the carrier has the parcels.
    #[serde(default)]
    pub handling_minutes: u32,
    /// Minutes, as they elapse, in which the warehouse answers a change request; `None` for the usual time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_within_minutes: Option<u32>,
}

impl Calendar {
    /// Reads a calendar strictly and checks it.
    ///
    /// # Errors
    /// [`Unreadable`] names the place of an unknown field or zone, of hours that overlap, or that nothing ever ships.
    pub fn parse(json: &str) -> Result<Self, Unreadable> {
        let calendar: Self = unreadable::read(json)?;
        calendar.check()?;
        Ok(calendar)
    }

    /// Checks what the types alone do not: hours in order, at least one working day, cut-offs with names.
    ///
    /// # Errors
    /// [`Unreadable`] names the first place that makes no sense.
    pub fn check(&self) -> Result<(), Unreadable> {
        for weekday in Weekday::ALL {
            hours::check(self.week.spans(weekday), &format!("week.{}", weekday.as_str()))?;
        }
        for (date, day) in &self.special_days {
            hours::check(&day.hours, &format!("special_days.{date}.hours"))?;
        }
        if Weekday::ALL.iter().all(|weekday| self.week.spans(*weekday).is_empty()) {
            return Err(Unreadable::new("week", "no weekday has hours, so nothing would ever ship"));
        }
        if let Some(option) = self.cut_offs.options.keys().find(|option| option.trim().is_empty()) {
            return Err(Unreadable::new(format!("cut_offs.options.{option}"), "a shipping option needs a name"));
        }
        if self.handling_minutes > MOST_HANDLING_MINUTES {
            return Err(Unreadable::new("handling_minutes", format!("more than {MOST_HANDLING_MINUTES} minutes")));
        }
        if self.answers_within_minutes.is_some_and(|minutes| !(1..=MOST_ANSWER_MINUTES).contains(&minutes)) {
            let why = format!("between 1 and {MOST_ANSWER_MINUTES} minutes");
            return Err(Unreadable::new("answers_within_minutes", why));
        }
        Ok(())
    }
}
