//! Calendars and edit windows: against Python's zoneinfo around every change of the clocks, and case by case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may panic")]
#![allow(clippy::print_stdout, reason = "a test that skips says so")]

mod documents;
mod lateness;
mod oracle;
mod semantics;
mod windows;

use switchyard_core::calendar::Calendar;
use switchyard_core::time::Timestamp;

/// An instant from its text.
fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A warehouse in `zone` that works 08:00 to 18:00 on weekdays, with the cut-offs and the handling given.
fn weekdays(zone: &str, cut_off: &str, handling_minutes: u32) -> Calendar {
    let day = serde_json::json!([{ "open": "08:00", "close": "18:00" }]);
    let week = serde_json::json!({
        "monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day
    });
    let text = serde_json::json!({
        "zone": zone, "week": week, "cut_offs": { "default": { "at": cut_off } }, "handling_minutes": handling_minutes
    });
    Calendar::parse(&text.to_string()).expect("a calendar")
}
