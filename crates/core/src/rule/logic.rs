//! What can be said about conditions without an order: which follows from which, and which exclude each other.
//!
//! Both questions are answered *yes* only when the texts prove it; *no* means "not seen". So a finding of the linter is
//! never wrong, but it may miss one.

use std::cell::Cell;

use super::condition::Condition;
use super::pattern::SkuPattern;

fn contains(list: &[String], text: &str) -> bool {
    list.iter().any(|member| member.trim().eq_ignore_ascii_case(text.trim()))
}

fn subset(inner: &[String], outer: &[String]) -> bool {
    inner.iter().all(|text| contains(outer, text))
}

fn apart(one: &[String], other: &[String]) -> bool {
    !one.iter().any(|text| contains(other, text))
}

fn covered(inner: &[SkuPattern], outer: &[SkuPattern]) -> bool {
    inner.iter().all(|pattern| outer.iter().any(|wide| wide.covers(pattern)))
}

/// Whether a range lies in another; `None` is an open end.
fn inside<T: PartialOrd>(inner: (Option<T>, Option<T>), outer: (Option<T>, Option<T>)) -> bool {
    let low = outer.0.is_none_or(|outer| inner.0.is_some_and(|inner| inner >= outer));
    low && outer.1.is_none_or(|outer| inner.1.is_some_and(|inner| inner <= outer))
}

/// Whether two ranges share nothing.
fn separate<T: PartialOrd + Copy>(one: (Option<T>, Option<T>), other: (Option<T>, Option<T>)) -> bool {
    let ends_before = |one: (Option<T>, Option<T>), other: (Option<T>, Option<T>)| {
        one.1.zip(other.0).is_some_and(|(below, at_least)| below <= at_least)
    };
    ends_before(one, other) || ends_before(other, one)
}

/// Questions one may ask before the answer is "not seen": conditions nest, and a proof visits pairs of their parts.
const MOST_STEPS: u32 = 20_000;

/// One question about conditions, with the steps it has left.
struct Proof(Cell<u32>);

/// Whether every order that fits `one` fits `other`.
pub(super) fn implies(one: &Condition, other: &Condition) -> bool {
    Proof(Cell::new(MOST_STEPS)).implies(one, other)
}

/// Whether no order fits both.
pub(super) fn disjoint(one: &Condition, other: &Condition) -> bool {
    Proof(Cell::new(MOST_STEPS)).disjoint(one, other)
}

/// Whether no order fits.
pub(super) fn never(condition: &Condition) -> bool {
    Proof(Cell::new(MOST_STEPS)).never(condition)
}

impl Proof {
    /// Takes a step; false when there is none left.
    fn step(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }

    fn implies(&self, one: &Condition, other: &Condition) -> bool {
        use Condition as C;
        if !self.step() {
            return false;
        }
        if one == other || *other == C::Always || self.never(one) {
            return true;
        }
        let directly = match (one, other) {
            (C::Channel(inner), C::Channel(outer)) => inner.iter().all(|id| outer.contains(id)),
            (C::Country(inner), C::Country(outer))
            | (C::Tag(inner), C::Tag(outer))
            | (C::ShippingOption(inner), C::ShippingOption(outer)) => subset(inner, outer),
            (C::Postcode(inner), C::Postcode(outer)) => outer.compacted().covers(&inner.compacted()),
            (C::Sku(inner), C::Sku(outer)) | (C::OnlySkus(inner), C::OnlySkus(outer) | C::Sku(outer)) => {
                covered(inner, outer)
            }
            (C::Value(inner), C::Value(outer)) => {
                inner.currency == outer.currency && inside((inner.at_least, inner.below), (outer.at_least, outer.below))
            }
            (C::Weight(inner), C::Weight(outer)) => {
                inside((inner.at_least, inner.below), (outer.at_least, outer.below))
            }
            (C::Not(inner), C::Not(outer)) => self.implies(outer, inner),
            (_, C::Not(outer)) => self.disjoint(one, outer),
            _ => false,
        };
        directly
            || match one {
                C::All(parts) => parts.iter().any(|part| self.implies(part, other)),
                C::Any(parts) => parts.iter().all(|part| self.implies(part, other)),
                _ => false,
            }
            || match other {
                C::All(parts) => parts.iter().all(|part| self.implies(one, part)),
                C::Any(parts) => parts.iter().any(|part| self.implies(one, part)),
                _ => false,
            }
    }

    fn disjoint(&self, one: &Condition, other: &Condition) -> bool {
        use Condition as C;
        if !self.step() {
            return false;
        }
        let directly = match (one, other) {
            (C::Channel(one), C::Channel(other)) => !one.iter().any(|id| other.contains(id)),
            (C::Country(one), C::Country(other)) | (C::ShippingOption(one), C::ShippingOption(other)) => {
                apart(one, other)
            }
            (C::OnlySkus(only), C::Sku(some) | C::OnlySkus(some)) | (C::Sku(some), C::OnlySkus(only)) => {
                !only.iter().any(|pattern| some.iter().any(|other| other.overlaps(pattern)))
            }
            (C::Value(one), C::Value(other)) => {
                one.currency != other.currency || separate((one.at_least, one.below), (other.at_least, other.below))
            }
            (C::Weight(one), C::Weight(other)) => separate((one.at_least, one.below), (other.at_least, other.below)),
            _ => false,
        };
        directly || self.disjoint_by_parts(one, other) || self.disjoint_by_parts(other, one)
    }

    fn disjoint_by_parts(&self, one: &Condition, other: &Condition) -> bool {
        match one {
            Condition::All(parts) => parts.iter().any(|part| self.disjoint(part, other)),
            Condition::Any(parts) => parts.iter().all(|part| self.disjoint(part, other)),
            Condition::Not(part) => self.implies(other, part),
            _ => false,
        }
    }

    fn never(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => {
                let mut rest = parts.as_slice();
                while let Some((first, others)) = rest.split_first() {
                    if self.never(first) || others.iter().any(|other| self.disjoint(first, other)) {
                        return true;
                    }
                    rest = others;
                }
                false
            }
            Condition::Any(parts) => parts.iter().all(|part| self.never(part)),
            Condition::Not(part) => **part == Condition::Always,
            _ => false,
        }
    }
}
