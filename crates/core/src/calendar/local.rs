//! Local times and the zones that turn them into instants.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A time of day to the minute, `00:00` to `24:00`; the last is the end of the day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"))]
#[serde(try_from = "String", into = "String")]
pub struct LocalTime(u16);

/// A text that is no time of day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time of day such as 14:30")]
pub struct InvalidLocalTime(pub String);

impl LocalTime {
    /// The end of the day, `24:00`.
    pub const END_OF_DAY: Self = Self(24 * 60);

    /// From minutes since midnight; `None` beyond 24:00.
    #[must_use]
    pub const fn from_minutes(minutes: u16) -> Option<Self> {
        if minutes <= Self::END_OF_DAY.0 { Some(Self(minutes)) } else { None }
    }

    /// Minutes since midnight by the clock on the wall.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// This time on `date`; the end of the day is the start of the next. `None` beyond the year 9999.
    fn on(self, date: Date) -> Option<DateTime> {
        if self == Self::END_OF_DAY {
            return Some(date.tomorrow().ok()?.at(0, 0, 0, 0));
        }
        let hour = i8::try_from(self.0 / 60).ok()?;
        let minute = i8::try_from(self.0 % 60).ok()?;
        Some(date.at(hour, minute, 0, 0))
    }
}

impl FromStr for LocalTime {
    type Err = InvalidLocalTime;

    fn from_str(text: &str) -> Result<Self, InvalidLocalTime> {
        let wrong = || InvalidLocalTime(text.to_owned());
        let two_digits = |part: &str| {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
        let (hour, minute) = two_digits(hour).zip(two_digits(minute)).ok_or_else(wrong)?;
        if minute > 59 {
            return Err(wrong());
        }
        Self::from_minutes(hour * 60 + minute).ok_or_else(wrong)
    }
}

impl TryFrom<String> for LocalTime {
    type Error = InvalidLocalTime;

    fn try_from(text: String) -> Result<Self, InvalidLocalTime> {
        text.parse()
    }
}

impl From<LocalTime> for String {
    fn from(time: LocalTime) -> Self {
        time.to_string()
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Debug for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A time zone by its name in the IANA database, such as `Europe/Berlin`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "Europe/Berlin"))]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

/// A name that the zone database does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time zone of the IANA database, such as Europe/Berlin")]
pub struct UnknownZone(pub String);

impl Zone {
    /// Its name, as the database spells it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The date a clock there shows.
    pub(super) fn date(&self, at: Timestamp) -> Date {
        self.0.to_datetime(at.into()).date()
    }

    /// The first instant at which a clock there shows `time` of `date` or later: the end of a gap, the first of two.
    /// `None` outside the years that instants have.
    pub(super) fn first_instant(&self, date: Date, time: LocalTime) -> Option<Timestamp> {
        let local = time.on(date)?;
        let instant = match self.0.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => {
                offset.to_timestamp(local).ok()?
            }
            AmbiguousOffset::Gap { before, after } => {
                // Read with the new offset it lies before the change, read with the old one at or after it.
                self.first_second(after.to_timestamp(local).ok()?, before.to_timestamp(local).ok()?, local)?
            }
        };
        Some(instant.into())
    }

    /// The first whole second after `early`, and not after `late`, at which a clock shows `local` or later.
    ///
    /// Found by halving and not by asking for the change itself: `TimeZone::preceding` (jiff 0.2.43) gives the rule of
    /// the zone's last era for the change that began it, an hour off for America/Indiana/Winamac on 2007-03-11.
    fn first_second(&self, early: jiff::Timestamp, late: jiff::Timestamp, local: DateTime) -> Option<jiff::Timestamp> {
        let (mut before, mut after) = (early.as_second(), late.as_second());
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.0.to_datetime(jiff::Timestamp::from_second(middle).ok()?) >= local {
                after = middle;
            } else {
                before = middle;
            }
        }
        jiff::Timestamp::from_second(after).ok()
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(text: &str) -> Result<Self, UnknownZone> {
        match TimeZone::get(text) {
            Ok(zone) if zone.iana_name().is_some() && !zone.is_unknown() => Ok(Self(zone)),
            _ => Err(UnknownZone(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;

    fn try_from(text: String) -> Result<Self, UnknownZone> {
        text.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
