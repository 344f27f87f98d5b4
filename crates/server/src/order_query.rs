//! The query language of order lists (`docs/api-design.md`): text to [`OrderFilter`], pure.
//!
//! Terms are joined by AND; the values of one term by OR. What the store's conjunction cannot say is refused with the
//! place and the reason, never answered with something else. [`lexer`] cuts the text, [`moment`] reads dates,
//! [`names`] knows shops and warehouses and finds the nearest valid name.

mod lexer;
mod moment;
mod names;

use switchyard_core::money::{Currency, Money};
use switchyard_core::order::OrderState;
use switchyard_core::time::Timestamp;
use switchyard_store::query::{OrderFilter, Stage};

pub use lexer::{Span, Term, Value};
pub use names::{Names, nearest};

use crate::problem::FieldProblem;
use moment::{Direction, Interval};

/// The fields of the language.
pub const FIELDS: [&str; 12] = [
    "state",
    "shop",
    "warehouse",
    "country",
    "sku",
    "held",
    "problem",
    "edited",
    "total",
    "placed",
    "received",
    "cutoff",
];

/// Reads a query. Relative dates count from `now`; days are days in UTC.
///
/// # Errors
/// Every place that cannot be understood, with its position in UTF-16 code units and the nearest valid name.
pub fn parse(text: &str, names: &Names, now: Timestamp) -> Result<OrderFilter, Vec<FieldProblem>> {
    let terms = lexer::terms(text).map_err(|fault| vec![fault.in_query()])?;
    let mut reading = Reading { names, now, filter: OrderFilter::default(), faults: Vec::new() };
    for term in &terms {
        if let Err(fault) = reading.take(term) {
            reading.faults.push(fault.in_query());
        }
    }
    if reading.faults.is_empty() { Ok(reading.filter) } else { Err(reading.faults) }
}

/// A place in the query that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    span: Span,
    detail: String,
    suggestion: Option<String>,
}

impl Fault {
    fn new(span: Span, detail: impl Into<String>) -> Self {
        Self { span, detail: detail.into(), suggestion: None }
    }

    fn or(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    fn in_query(self) -> FieldProblem {
        FieldProblem {
            start: Some(self.span.start),
            end: Some(self.span.end),
            suggestion: self.suggestion,
            ..FieldProblem::new("q", self.detail)
        }
    }
}

type Taken = Result<(), Fault>;

struct Reading<'a> {
    names: &'a Names,
    now: Timestamp,
    filter: OrderFilter,
    faults: Vec<FieldProblem>,
}

impl Reading<'_> {
    fn take(&mut self, term: &Term) -> Taken {
        let Some((field, field_span)) = &term.field else { return self.words(term) };
        match field.as_str() {
            "state" => self.state(term),
            "shop" => self.shop(term),
            "warehouse" => self.warehouse(term),
            "country" => self.country(term),
            "sku" => self.sku(term),
            "held" => self.flag(term, |filter| &mut filter.held),
            "problem" => self.flag(term, |filter| &mut filter.problem),
            "edited" => self.flag(term, |filter| &mut filter.edited),
            "total" => self.total(term),
            "placed" => self.moment(term, Direction::Back, |filter| &mut filter.placed),
            "received" => self.moment(term, Direction::Back, |filter| &mut filter.received),
            "cutoff" => self.moment(term, Direction::Ahead, |filter| &mut filter.editable_until),
            unknown => {
                let detail = format!("`{unknown}` is no field; quote it to search for the text");
                Err(Fault::new(*field_span, detail).or(nearest(unknown, FIELDS)))
            }
        }
    }

    fn words(&mut self, term: &Term) -> Taken {
        positive(term)?;
        self.filter.words.extend(term.values.iter().map(|value| value.text.clone()));
        Ok(())
    }

    /// A filter that no order meets: a total that is at least 1 and at most 0.
    fn nothing(&mut self) {
        self.filter.total = (Some(1), Some(0));
    }

    fn state(&mut self, term: &Term) -> Taken {
        let mut stages = Vec::new();
        let mut states = Vec::new();
        for value in &term.values {
            let word = value.text.to_lowercase();
            match (Stage::parse(&word), OrderState::parse(&word)) {
                (Some(stage), _) => stages.push(stage),
                (None, Some(state)) => states.push(state),
                (None, None) => {
                    let known =
                        Stage::ALL.iter().map(|stage| stage.as_str()).chain(OrderState::ALL.iter().map(|s| s.as_str()));
                    let fault = Fault::new(value.span, format!("`{}` is no state", value.text));
                    return Err(fault.or(nearest(&word, known)));
                }
            }
        }
        if term.negative {
            self.filter.not_states.extend(states);
            if !stages.is_empty() {
                let others = Stage::ALL.into_iter().filter(|stage| !stages.contains(stage)).collect();
                self.stages(others);
            }
            return Ok(());
        }
        if states.is_empty() {
            self.stages(stages);
            return Ok(());
        }
        // A stage that is a lifecycle word as well means the same orders, so only the others cannot be mixed.
        for stage in &stages {
            match OrderState::parse(stage.as_str()) {
                Some(state) => states.push(state),
                None => {
                    let detail = format!(
                        "`{}` is a stage and cannot stand in one list with `accepted` or `planned`",
                        stage.as_str()
                    );
                    return Err(Fault::new(term.span, detail));
                }
            }
        }
        if !narrow(&mut self.filter.states, states) {
            self.nothing();
        }
        Ok(())
    }

    fn stages(&mut self, wanted: Vec<Stage>) {
        if !narrow(&mut self.filter.stages, wanted) {
            self.nothing();
        }
    }

    fn shop(&mut self, term: &Term) -> Taken {
        let mut wanted = Vec::new();
        for value in &term.values {
            wanted.extend(self.names.shop(&value.text).map_err(|suggestion| {
                Fault::new(value.span, format!("there is no shop `{}`", value.text)).or(suggestion)
            })?);
        }
        if term.negative {
            wanted = self.names.shops_except(&wanted);
        }
        if !narrow(&mut self.filter.shops, wanted) {
            self.nothing();
        }
        Ok(())
    }

    fn warehouse(&mut self, term: &Term) -> Taken {
        positive(term)?;
        once(term, self.filter.warehouses.is_empty())?;
        for value in &term.values {
            let found = self.names.warehouse(&value.text).map_err(|suggestion| {
                Fault::new(value.span, format!("there is no warehouse `{}`", value.text)).or(suggestion)
            })?;
            self.filter.warehouses.extend(found);
        }
        Ok(())
    }

    fn country(&mut self, term: &Term) -> Taken {
        positive(term)?;
        let mut wanted = Vec::new();
        for value in &term.values {
            let code = value.text.to_uppercase();
            if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                return Err(Fault::new(value.span, format!("`{}` is no two-letter country code", value.text)));
            }
            wanted.push(code);
        }
        if !narrow(&mut self.filter.countries, wanted) {
            self.nothing();
        }
        Ok(())
    }

    fn sku(&mut self, term: &Term) -> Taken {
        positive(term)?;
        once(term, self.filter.skus.is_empty())?;
        self.filter.skus.extend(term.values.iter().map(|value| value.text.clone()));
        Ok(())
    }

    fn flag(&mut self, term: &Term, slot: fn(&mut OrderFilter) -> &mut Option<bool>) -> Taken {
        let value = single(term)?;
        let said = match value.text.to_lowercase().as_str() {
            "yes" | "true" => true,
            "no" | "false" => false,
            other => {
                let fault = Fault::new(value.span, format!("`{}` is neither yes nor no", value.text));
                return Err(fault.or(nearest(other, ["yes", "no"])));
            }
        };
        let wanted = said != term.negative;
        let current = slot(&mut self.filter);
        if current.is_some_and(|earlier| earlier != wanted) {
            self.nothing();
        } else {
            *current = Some(wanted);
        }
        Ok(())
    }

    fn total(&mut self, term: &Term) -> Taken {
        positive(term)?;
        let value = single(term)?;
        let (from, to) = amounts(&value.text).ok_or_else(|| {
            Fault::new(value.span, format!("`{}` is no amount such as 10, >=10 or 10..20", value.text))
        })?;
        let (low, high) = &mut self.filter.total;
        *low = larger(*low, from);
        *high = smaller(*high, to);
        Ok(())
    }

    fn moment(&mut self, term: &Term, direction: Direction, slot: fn(&mut OrderFilter) -> &mut Interval) -> Taken {
        positive(term)?;
        let value = single(term)?;
        let (from, to) = moment::interval(&value.text, self.now, direction).map_err(|suggestion| {
            let detail = format!("`{}` is no date such as today, 2026-11-22, -2h, <30m or a range a..b", value.text);
            Fault::new(value.span, detail).or(suggestion)
        })?;
        let (low, high) = slot(&mut self.filter);
        *low = larger(*low, from);
        *high = smaller(*high, to);
        Ok(())
    }
}

/// Keeps what both lists have; an empty `current` stands for everything. False when nothing is left.
fn narrow<T: PartialEq + Clone>(current: &mut Vec<T>, wanted: Vec<T>) -> bool {
    let kept: Vec<T> = if current.is_empty() {
        wanted
    } else {
        current.iter().filter(|item| wanted.contains(item)).cloned().collect()
    };
    let any = !kept.is_empty();
    if any {
        *current = kept;
    }
    any
}

fn larger<T: Ord + Copy>(one: Option<T>, other: Option<T>) -> Option<T> {
    one.max(other)
}

fn smaller<T: Ord + Copy>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn positive(term: &Term) -> Taken {
    if !term.negative {
        return Ok(());
    }
    let what = term.field.as_ref().map_or("a word", |(field, _)| field.as_str());
    Err(Fault::new(
        term.span,
        format!("{what} cannot be excluded; `-` works with state, shop, held, problem and edited"),
    ))
}

fn single(term: &Term) -> Result<&Value, Fault> {
    match term.values.as_slice() {
        [value] => Ok(value),
        _ => Err(Fault::new(term.span, "takes one value; use a range such as 10..20")),
    }
}

fn once(term: &Term, first: bool) -> Taken {
    if first { Ok(()) } else { Err(Fault::new(term.span, "give it once, with the alternatives separated by commas")) }
}

/// Inclusive bounds in minor units. Two decimals whatever the currency: the filter does not know it.
fn amounts(text: &str) -> Option<(Option<i64>, Option<i64>)> {
    let minor = |text: &str| {
        let hundredths: Currency = "EUR".parse().ok()?;
        Money::parse(text, hundredths).ok().map(|money| money.minor)
    };
    if let Some((from, to)) = text.split_once("..") {
        let bound = |text: &str| if text.is_empty() { Some(None) } else { minor(text).map(Some) };
        let bounds = (bound(from)?, bound(to)?);
        return (bounds != (None, None)).then_some(bounds);
    }
    for (sign, read) in COMPARISONS {
        if let Some(rest) = text.strip_prefix(sign) {
            let value = minor(rest)?;
            return Some(read(value));
        }
    }
    minor(text).map(|value| (Some(value), Some(value)))
}

type Bounds = fn(i64) -> (Option<i64>, Option<i64>);

/// Longer signs first.
const COMPARISONS: [(&str, Bounds); 4] = [
    (">=", |value| (Some(value), None)),
    ("<=", |value| (None, Some(value))),
    (">", |value| (Some(value.saturating_add(1)), None)),
    ("<", |value| (None, Some(value.saturating_sub(1)))),
];

#[cfg(test)]
mod tests;
