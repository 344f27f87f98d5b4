//! The search syntax of Shopify's `query` arguments, as far as orders need it: `field:value` terms, all of which must
//! hold, with `<`, `<=`, `>` and `>=` before dates (<https://shopify.dev/docs/api/usage/search-syntax>).
//!
//! Like Shopify, a field that is not known filters nothing and comes back as a warning.

use switchyard_core::time::Timestamp;

use super::state::Order;

/// A bound on a date, in microseconds, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Range {
    const ALL: Self = Self { from: i64::MIN, to: i64::MAX };

    fn has(self, at: Timestamp) -> bool {
        (self.from..=self.to).contains(&at.as_micros())
    }
}

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Search {
    pub(super) updated: Range,
    created: Range,
    processed: Range,
    name: Option<String>,
    ids: Option<i64>,
    open: Option<bool>,
    cancelled: Option<bool>,
    unshipped: Option<bool>,
    /// Fields that filter nothing.
    pub(super) unknown: Vec<String>,
}

impl Search {
    /// Reads `query`; what cannot be read is listed in `unknown`.
    pub(super) fn parse(query: &str) -> Self {
        let mut search = Self {
            updated: Range::ALL,
            created: Range::ALL,
            processed: Range::ALL,
            name: None,
            ids: None,
            open: None,
            cancelled: None,
            unshipped: None,
            unknown: Vec::new(),
        };
        for term in terms(query) {
            if !search.take(&term) {
                search.unknown.push(term);
            }
        }
        search
    }

    fn take(&mut self, term: &str) -> bool {
        let Some((field, value)) = term.split_once(':') else { return term == "AND" };
        match field {
            "updated_at" => narrow(&mut self.updated, value),
            "created_at" => narrow(&mut self.created, value),
            "processed_at" => narrow(&mut self.processed, value),
            "name" => {
                self.name = Some(unquote(value).trim_start_matches('#').to_owned());
                true
            }
            "id" => {
                self.ids = unquote(value).parse().ok();
                self.ids.is_some()
            }
            "status" => match unquote(value) {
                "open" => set(&mut self.open, true) && set(&mut self.cancelled, false),
                "closed" => set(&mut self.open, false),
                "cancelled" => set(&mut self.cancelled, true),
                "not_closed" => set(&mut self.open, true),
                other => other == "any",
            },
            "fulfillment_status" => match unquote(value) {
                "unshipped" | "unfulfilled" => set(&mut self.unshipped, true),
                "shipped" | "fulfilled" => set(&mut self.unshipped, false),
                other => other == "any",
            },
            _ => false,
        }
    }

    /// Whether `order` satisfies every term.
    pub(super) fn holds(&self, order: &Order) -> bool {
        let is = |wanted: Option<bool>, fact: bool| wanted.is_none_or(|wanted| wanted == fact);
        self.updated.has(order.updated_at)
            && self.created.has(order.created_at)
            && self.processed.has(order.published.placed_at)
            && self.name.as_deref().is_none_or(|name| name == &*order.published.number)
            && self.ids.is_none_or(|id| id == order.id())
            && is(self.open, order.cancelled_at.is_none() && order.remaining_total() > 0)
            && is(self.cancelled, order.cancelled_at.is_some())
            && is(self.unshipped, order.remaining_total() > 0)
    }
}

fn set(place: &mut Option<bool>, value: bool) -> bool {
    *place = Some(value);
    true
}

/// Terms are separated by white space that is not inside quotes.
fn terms(query: &str) -> Vec<String> {
    let (mut terms, mut term, mut quote) = (Vec::new(), String::new(), None);
    for sign in query.chars() {
        match quote {
            Some(open) if sign == open => quote = None,
            None if sign == '\'' || sign == '"' => quote = Some(sign),
            None if sign.is_whitespace() => {
                if !term.is_empty() {
                    terms.push(std::mem::take(&mut term));
                }
                continue;
            }
            _ => {}
        }
        term.push(sign);
    }
    if !term.is_empty() {
        terms.push(term);
    }
    terms
}

fn unquote(value: &str) -> &str {
    value.trim_matches(|sign| sign == '\'' || sign == '"')
}

fn narrow(range: &mut Range, value: &str) -> bool {
    let (operator, text) = match value.trim_matches('"') {
        rest if rest.starts_with(">=") || rest.starts_with("<=") => rest.split_at(2),
        rest if rest.starts_with('>') || rest.starts_with('<') => rest.split_at(1),
        rest => ("", rest),
    };
    let Some((from, to)) = instant(unquote(text)) else { return false };
    match operator {
        ">=" => range.from = range.from.max(from),
        ">" => range.from = range.from.max(to + 1),
        "<=" => range.to = range.to.min(to),
        "<" => range.to = range.to.min(from - 1),
        _ => {
            range.from = range.from.max(from);
            range.to = range.to.min(to);
        }
    }
    true
}

/// The first and the last microsecond that a written date means: the whole second, or the whole day.
fn instant(text: &str) -> Option<(i64, i64)> {
    const SECOND: i64 = 1_000_000;
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        let from = at.as_microsecond();
        return Some((from, if from % SECOND == 0 { from + SECOND - 1 } else { from }));
    }
    // Shopify reads a date without an offset in the shop's zone; the simulated shops live in UTC.
    let local = text.parse::<jiff::civil::DateTime>().ok()?;
    let from = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond();
    let whole_day = text.parse::<jiff::civil::Date>().is_ok() && !text.contains(':');
    Some((from, from + if whole_day { 86_400 * SECOND - 1 } else { SECOND - 1 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn updated(query: &str) -> (i64, i64) {
        let search = Search::parse(query);
        assert_eq!(search.unknown, [""; 0], "{query}");
        (search.updated.from, search.updated.to)
    }

    #[test]
    fn dates_mean_whole_seconds_in_every_quoting() {
        let noon = 1_795_348_800_000_000;
        assert_eq!(updated("updated_at:>='2026-11-22T12:00:00Z'"), (noon, i64::MAX));
        assert_eq!(updated("updated_at:\">=2026-11-22T12:00:00Z\""), (noon, i64::MAX));
        assert_eq!(updated("updated_at:>=2026-11-22T12:00:00Z"), (noon, i64::MAX));
        assert_eq!(
            updated("updated_at:>'2026-11-22T12:00:00Z'"),
            (noon + 1_000_000, i64::MAX),
            "the second itself is out"
        );
        assert_eq!(updated("updated_at:<'2026-11-22T12:00:00Z'"), (i64::MIN, noon - 1));
        assert_eq!(
            updated("updated_at:>='2026-11-22T12:00:00Z' AND updated_at:<='2026-11-22T12:00:01Z'"),
            (noon, noon + 1_999_999)
        );
        let (from, to) = updated("updated_at:2026-11-22");
        assert_eq!(to - from + 1, 86_400_000_000);
    }

    #[test]
    fn an_unknown_field_is_named_and_filters_nothing() {
        let search = Search::parse("modified:>'2026-11-22' status:any colour:'dark blue'");
        assert_eq!(search.unknown, ["modified:>'2026-11-22'", "colour:'dark blue'"]);
        assert_eq!(search.updated, Range::ALL);
    }
}
