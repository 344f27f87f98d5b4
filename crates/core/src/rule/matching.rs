//! Conditions made ready: compiled once, asked for every order, and able to say what they found.

use std::collections::BTreeSet;

use super::condition::{Condition, ValueRange, WeightRange};
use super::facts::Facts;
use super::pattern::{Postcodes, SkuPattern, compact};
use crate::id::ConnectionId;
use crate::money::Money;

/// SKUs in a form that is quick to ask, however many there are.
#[derive(Debug, Clone)]
pub(super) struct Skus {
    exact: BTreeSet<String>,
    prefixes: Vec<SkuPattern>,
}

impl Skus {
    pub(super) fn new(patterns: &[SkuPattern]) -> Self {
        Self {
            exact: patterns.iter().filter_map(|pattern| pattern.exact()).map(str::to_owned).collect(),
            prefixes: patterns.iter().filter(|pattern| pattern.exact().is_none()).cloned().collect(),
        }
    }

    pub(super) fn fits(&self, sku: &str) -> bool {
        self.exact.contains(sku) || self.prefixes.iter().any(|prefix| prefix.fits(sku))
    }
}

/// The facts of one order, with what has to be computed only once.
pub(super) struct View<'a> {
    pub(super) facts: &'a Facts,
    postcode: String,
}

impl<'a> View<'a> {
    pub(super) fn new(facts: &'a Facts) -> Self {
        Self { facts, postcode: compact(&facts.postcode) }
    }
}

/// A condition made ready.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Always,
    Channel(Vec<ConnectionId>),
    Country(Vec<String>),
    Postcode(Postcodes),
    Sku(Skus),
    OnlySkus(Skus),
    Tag(Vec<String>),
    ShippingOption(Vec<String>),
    Value(ValueRange),
    Weight(WeightRange),
    Unpaid,
    AddressIncomplete,
    NewCustomer,
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
}

fn among(list: &[String], text: &str) -> bool {
    let text = text.trim();
    list.iter().any(|member| member.trim().eq_ignore_ascii_case(text))
}

impl Test {
    pub(super) fn new(condition: &Condition) -> Self {
        match condition {
            Condition::Always => Self::Always,
            Condition::Channel(list) => Self::Channel(list.clone()),
            Condition::Country(list) => Self::Country(list.clone()),
            Condition::Postcode(codes) => Self::Postcode(codes.compacted()),
            Condition::Sku(patterns) => Self::Sku(Skus::new(patterns)),
            Condition::OnlySkus(patterns) => Self::OnlySkus(Skus::new(patterns)),
            Condition::Tag(list) => Self::Tag(list.clone()),
            Condition::ShippingOption(list) => Self::ShippingOption(list.clone()),
            Condition::Value(range) => Self::Value(range.clone()),
            Condition::Weight(range) => Self::Weight(range.clone()),
            Condition::Unpaid => Self::Unpaid,
            Condition::AddressIncomplete => Self::AddressIncomplete,
            Condition::NewCustomer => Self::NewCustomer,
            Condition::All(parts) => Self::All(parts.iter().map(Self::new).collect()),
            Condition::Any(parts) => Self::Any(parts.iter().map(Self::new).collect()),
            Condition::Not(part) => Self::Not(Box::new(Self::new(part))),
        }
    }

    /// Whether the order fits.
    pub(super) fn holds(&self, view: &View<'_>) -> bool {
        let facts = view.facts;
        match self {
            Self::Always => true,
            Self::Channel(list) => list.contains(&facts.channel),
            Self::Country(list) => among(list, &facts.country),
            Self::Postcode(codes) => codes.fits(&view.postcode),
            Self::Sku(skus) => facts.skus.iter().any(|sku| skus.fits(sku.as_str())),
            Self::OnlySkus(skus) => !facts.skus.is_empty() && facts.skus.iter().all(|sku| skus.fits(sku.as_str())),
            Self::Tag(list) => facts.tags.iter().any(|tag| among(list, tag)),
            Self::ShippingOption(list) => among(list, &facts.shipping_option),
            Self::Value(range) => range.currency == facts.currency && range.fits(facts.value),
            Self::Weight(range) => range.fits(facts.weight),
            Self::Unpaid => facts.paid == Some(false),
            Self::AddressIncomplete => !facts.missing_address.is_empty(),
            Self::NewCustomer => facts.earlier_orders == Some(0),
            Self::All(parts) => parts.iter().all(|part| part.holds(view)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(view)),
            Self::Not(part) => !part.holds(view),
        }
    }

    /// The facts because of which the condition holds or, when it does not, fails: one text each, in the order of the
    /// condition. Equal facts give equal texts.
    pub(super) fn found(&self, view: &View<'_>) -> Vec<String> {
        let mut found = Vec::new();
        self.collect(view, self.holds(view), &mut found);
        found
    }

    fn collect(&self, view: &View<'_>, outcome: bool, found: &mut Vec<String>) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts.iter().filter(|part| part.holds(view) == outcome) {
                    part.collect(view, outcome, found);
                }
            }
            Self::Not(part) => part.collect(view, !outcome, found),
            _ => {
                let fact = self.fact(view);
                if !found.contains(&fact) {
                    found.push(fact);
                }
            }
        }
    }

    /// What a condition without parts saw.
    fn fact(&self, view: &View<'_>) -> String {
        let facts = view.facts;
        let named = |what: &str, text: &str| {
            if text.trim().is_empty() { format!("no {what}") } else { format!("{what} {}", text.trim()) }
        };
        let listed = |what: &str, list: Vec<&str>| {
            if list.is_empty() { format!("no such {what}") } else { format!("{what} {}", list.join(", ")) }
        };
        let skus =
            |fit: &dyn Fn(&str) -> bool| facts.skus.iter().map(|sku| sku.as_str()).filter(|sku| fit(sku)).collect();
        match self {
            Self::Channel(_) => format!("channel {}", facts.channel),
            Self::Country(_) => named("country", &facts.country),
            Self::Postcode(_) => named("postcode", &facts.postcode),
            Self::Sku(wanted) => listed("SKU", skus(&|sku| wanted.fits(sku))),
            Self::OnlySkus(wanted) if self.holds(view) => listed("SKU", skus(&|sku| wanted.fits(sku))),
            Self::OnlySkus(wanted) => listed("SKU", skus(&|sku| !wanted.fits(sku))),
            Self::Tag(list) => {
                listed("tag", facts.tags.iter().map(String::as_str).filter(|tag| among(list, tag)).collect())
            }
            Self::ShippingOption(_) => named("shipping option", &facts.shipping_option),
            Self::Value(_) => format!("value {}", Money::new(facts.value, facts.currency)),
            Self::Weight(_) => format!("weight {} g", facts.weight),
            Self::Unpaid => match facts.paid {
                Some(true) => "paid".to_owned(),
                Some(false) => "unpaid".to_owned(),
                None => "payment unknown".to_owned(),
            },
            Self::AddressIncomplete if facts.missing_address.is_empty() => "address complete".to_owned(),
            Self::AddressIncomplete => format!("address lacks {}", facts.missing_address.join(", ")),
            Self::NewCustomer => match facts.earlier_orders {
                Some(0) => "new customer".to_owned(),
                Some(count) => format!("{count} earlier orders"),
                None => "customer's past unknown".to_owned(),
            },
            Self::Always | Self::All(_) | Self::Any(_) | Self::Not(_) => "every order".to_owned(),
        }
    }
}
