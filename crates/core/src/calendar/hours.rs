//! Working hours: a week, and the days that differ from it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Calendar;
use super::local::LocalTime;
use crate::unreadable::Unreadable;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// The first day of the week (ISO 8601).
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The last.
    Sunday,
}

impl Weekday {
    /// All of them, Monday first.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// The stored text, such as `monday`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }

    pub(super) fn of(date: Date) -> Self {
        match date.weekday() {
            jiff::civil::Weekday::Monday => Self::Monday,
            jiff::civil::Weekday::Tuesday => Self::Tuesday,
            jiff::civil::Weekday::Wednesday => Self::Wednesday,
            jiff::civil::Weekday::Thursday => Self::Thursday,
            jiff::civil::Weekday::Friday => Self::Friday,
            jiff::civil::Weekday::Saturday => Self::Saturday,
            jiff::civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

/// A stretch of one day during which the warehouse works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = WorkingHours))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Work begins.
    pub open: LocalTime,
    /// Work ends; later than it began. A night shift is two spans: until `24:00`, and from `00:00` of the next day.
    pub close: LocalTime,
}

/// The hours of each weekday, in order of the day and without overlap; a day left out is no working day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = WorkingWeek))]
#[serde(deny_unknown_fields)]
pub struct Week {
    /// Hours of a Monday.
    #[serde(default)]
    pub monday: Vec<Span>,
    /// Hours of a Tuesday.
    #[serde(default)]
    pub tuesday: Vec<Span>,
    /// Hours of a Wednesday.
    #[serde(default)]
    pub wednesday: Vec<Span>,
    /// Hours of a Thursday.
    #[serde(default)]
    pub thursday: Vec<Span>,
    /// Hours of a Friday.
    #[serde(default)]
    pub friday: Vec<Span>,
    /// Hours of a Saturday.
    #[serde(default)]
    pub saturday: Vec<Span>,
    /// Hours of a Sunday.
    #[serde(default)]
    pub sunday: Vec<Span>,
}

impl Week {
    /// The hours of a weekday.
    #[must_use]
    pub fn spans(&self, weekday: Weekday) -> &[Span] {
        match weekday {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
            Weekday::Sunday => &self.sunday,
        }
    }
}

/// A day that differs from its weekday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// What people call it, such as `Christmas Day`.
    pub name: String,
    /// Its hours; none means closed.
    #[serde(default)]
    pub hours: Vec<Span>,
}

impl Calendar {
    /// The hours of a date: its own when it is special, else its weekday's.
    #[must_use]
    pub fn hours(&self, date: Date) -> &[Span] {
        match self.special_days.get(&date) {
            Some(day) => &day.hours,
            None => self.week.spans(Weekday::of(date)),
        }
    }
}

/// Refuses hours that are empty, out of order or overlapping.
pub(super) fn check(spans: &[Span], path: &str) -> Result<(), Unreadable> {
    let mut free_from = None;
    for (number, span) in spans.iter().enumerate() {
        if span.open >= span.close {
            let detail = format!("opens at {} and closes at {}: closing comes later", span.open, span.close);
            return Err(Unreadable::new(format!("{path}[{number}]"), detail));
        }
        if let Some(free_from) = free_from.filter(|free_from| span.open < *free_from) {
            let detail = format!("opens at {}, before the hours ahead of it close at {free_from}", span.open);
            return Err(Unreadable::new(format!("{path}[{number}]"), detail));
        }
        free_from = Some(span.close);
    }
    Ok(())
}
