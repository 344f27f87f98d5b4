//! Dates of the query language: days in UTC, instants, times relative to now, comparisons, ranges.

use std::time::Duration;

use switchyard_core::time::Timestamp;

use super::names::nearest;

/// At or after / before; an open end is `None`.
pub(super) type Interval = (Option<Timestamp>, Option<Timestamp>);

/// Which way an unsigned duration counts: `received:<30m` is an age, `cutoff:<30m` is time left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Back from now.
    Back,
    /// Ahead from now.
    Ahead,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const DAY_MICROS: i64 = 86_400_000_000;
/// The smallest step of time.
const TICK: Duration = Duration::from_micros(1);

/// A point of time as a person writes it: it may last a whole day.
#[derive(Debug, Clone, Copy)]
struct Point {
    start: Timestamp,
    /// The first instant after it.
    end: Timestamp,
}

impl Point {
    fn instant(at: Timestamp) -> Self {
        Self { start: at, end: at + TICK }
    }

    fn day(start: Timestamp) -> Self {
        Self { start, end: start + DAY }
    }
}

/// The interval a text names.
///
/// # Errors
/// The nearest word, when the text is none of the forms.
pub(super) fn interval(text: &str, now: Timestamp, direction: Direction) -> Result<Interval, Option<String>> {
    let lower = text.to_lowercase();
    let text = lower.as_str();
    let wrong = || nearest(text, ["today", "yesterday", "tomorrow"]);
    if let Some((from, to)) = text.split_once("..") {
        let bound = |text: &str| if text.is_empty() { Some(None) } else { point(text, now).map(Some) };
        return match (bound(from), bound(to)) {
            (Some(from), Some(to)) if from.is_some() || to.is_some() => {
                Ok((from.map(|point| point.start), to.map(|point| point.end)))
            }
            _ => Err(wrong()),
        };
    }
    for sign in ["<=", ">=", "<", ">"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return compared(sign, rest, now, direction).ok_or_else(wrong);
        }
    }
    if let Some((sign, length)) = signed(text) {
        return Ok(match (sign, direction) {
            // Nothing was received in the future, but a shop's clock may be ahead of ours.
            (Sign::Minus, Direction::Back) => (Some(now - length), None),
            (Sign::Minus, Direction::Ahead) => (Some(now - length), Some(now)),
            (Sign::Plus, _) => (Some(now), Some(now + length)),
        });
    }
    let point = point(text, now).ok_or_else(wrong)?;
    Ok((Some(point.start), Some(point.end)))
}

fn compared(sign: &str, text: &str, now: Timestamp, direction: Direction) -> Option<Interval> {
    if let Some(length) = duration(text) {
        let below = sign.starts_with('<');
        return Some(match direction {
            Direction::Back if below => (Some(now - length), None),
            Direction::Back => (None, Some(now - length)),
            Direction::Ahead if below => (Some(now), Some(now + length)),
            Direction::Ahead => (Some(now + length), None),
        });
    }
    let point = point(text, now)?;
    Some(match sign {
        ">=" => (Some(point.start), None),
        ">" => (Some(point.end), None),
        "<=" => (None, Some(point.end)),
        _ => (None, Some(point.start)),
    })
}

fn point(text: &str, now: Timestamp) -> Option<Point> {
    let today = Timestamp::from_micros(now.as_micros().div_euclid(DAY_MICROS) * DAY_MICROS);
    match text {
        "now" => return Some(Point::instant(now)),
        "today" => return Some(Point::day(today)),
        "yesterday" => return Some(Point::day(today - DAY)),
        "tomorrow" => return Some(Point::day(today + DAY)),
        _ => {}
    }
    if let Some((sign, length)) = signed(text) {
        return Some(Point::instant(match sign {
            Sign::Minus => now - length,
            Sign::Plus => now + length,
        }));
    }
    if text.len() == "2026-11-22".len()
        && let Ok(midnight) = format!("{text}T00:00:00Z").parse()
    {
        return Some(Point::day(midnight));
    }
    text.to_uppercase().parse().ok().map(Point::instant)
}

#[derive(Debug, Clone, Copy)]
enum Sign {
    Minus,
    Plus,
}

fn signed(text: &str) -> Option<(Sign, Duration)> {
    if let Some(rest) = text.strip_prefix('-') {
        return duration(rest).map(|length| (Sign::Minus, length));
    }
    text.strip_prefix('+').and_then(duration).map(|length| (Sign::Plus, length))
}

/// A whole number with a unit: `s`, `m`, `h`, `d` or `w`; at most about a thousand years.
fn duration(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        "w" => 7 * 24 * 60 * 60,
        _ => return None,
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().ok()?;
    number.checked_mul(seconds).filter(|total| *total <= 366_000 * 24 * 60 * 60).map(Duration::from_secs)
}
