//! Conditions: what an order must be like for a rule to match.

use serde::{Deserialize, Serialize};

use super::pattern::{Postcodes, SkuPattern};
use crate::id::ConnectionId;
use crate::money::Currency;
use crate::unreadable::Unreadable;

/// What an order must be like. Lists mean any of their members. What is unknown about an order (`paid`,
/// `earlier_orders`) fits no condition about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RuleCondition))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every order.
    Always,
    /// From one of these shops.
    Channel(Vec<ConnectionId>),
    /// To one of these countries, ISO 3166-1 alpha-2.
    Country(Vec<String>),
    /// To one of these postcodes.
    Postcode(Postcodes),
    /// With at least one of these SKUs among the goods to ship.
    Sku(Vec<SkuPattern>),
    /// With nothing but these SKUs among the goods to ship.
    OnlySkus(Vec<SkuPattern>),
    /// With one of these labels; case does not matter.
    Tag(Vec<String>),
    /// With one of these shipping options, by the shop's name; case does not matter.
    ShippingOption(Vec<String>),
    /// Goods to ship of such a value. An order in another currency does not fit.
    Value(ValueRange),
    /// Goods to ship of such a weight.
    Weight(WeightRange),
    /// The shop has said that the money has not arrived.
    Unpaid,
    /// The address lacks what a carrier needs.
    AddressIncomplete,
    /// The customer has no earlier order.
    NewCustomer,
    /// All of these.
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    All(Vec<Self>),
    /// At least one of these.
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    Any(Vec<Self>),
    /// Not this.
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    Not(Box<Self>),
}

/// From one amount up to, but not including, another, in minor units. At least one end is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ValueRange {
    /// Currency of both amounts.
    pub currency: Currency,
    /// The smallest amount that fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    /// The smallest amount that is too much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<i64>,
}

/// From one weight up to, but not including, another, in grams. At least one end is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WeightRange {
    /// The smallest weight that fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    /// The smallest weight that is too much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<u64>,
}

impl ValueRange {
    pub(super) fn fits(&self, value: i64) -> bool {
        within(value, self.at_least, self.below)
    }
}

impl WeightRange {
    pub(super) fn fits(&self, weight: u64) -> bool {
        within(weight, self.at_least, self.below)
    }
}

fn within<T: PartialOrd>(amount: T, at_least: Option<T>, below: Option<T>) -> bool {
    at_least.is_none_or(|least| amount >= least) && below.is_none_or(|most| amount < most)
}

impl Condition {
    /// Checks what the types alone do not: nothing empty, no range that ends before it begins.
    ///
    /// # Errors
    /// [`Unreadable`] names the first place, below `path`.
    pub fn check(&self, path: &str) -> Result<(), Unreadable> {
        match self {
            Self::Always | Self::Unpaid | Self::AddressIncomplete | Self::NewCustomer => Ok(()),
            Self::Channel(list) => not_empty(list, |_| None, &format!("{path}.channel")),
            Self::Country(list) => not_empty(list, |code| wrong_country(code), &format!("{path}.country")),
            Self::Postcode(codes) => codes.check(&format!("{path}.postcode")),
            Self::Sku(list) => not_empty(list, wrong_sku, &format!("{path}.sku")),
            Self::OnlySkus(list) => not_empty(list, wrong_sku, &format!("{path}.only_skus")),
            Self::Tag(list) => not_empty(list, |text| wrong_text(text), &format!("{path}.tag")),
            Self::ShippingOption(list) => not_empty(list, |text| wrong_text(text), &format!("{path}.shipping_option")),
            Self::Value(range) => check_range(range.at_least, range.below, &format!("{path}.value")),
            Self::Weight(range) => check_range(range.at_least, range.below, &format!("{path}.weight")),
            Self::All(parts) => check_parts(parts, &format!("{path}.all")),
            Self::Any(parts) => check_parts(parts, &format!("{path}.any")),
            Self::Not(part) => part.check(&format!("{path}.not")),
        }
    }
}

/// Refuses an empty list, and a member for which `fault` has words.
pub(super) fn not_empty<T>(list: &[T], fault: impl Fn(&T) -> Option<String>, path: &str) -> Result<(), Unreadable> {
    if list.is_empty() {
        return Err(Unreadable::new(path, "an empty list fits nothing"));
    }
    let fault = list.iter().enumerate().find_map(|(number, member)| Some((number, fault(member)?)));
    fault.map_or(Ok(()), |(number, detail)| Err(Unreadable::new(format!("{path}[{number}]"), detail)))
}

fn wrong_country(code: &str) -> Option<String> {
    let right = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    (!right).then(|| format!("`{code}` is not a country such as CH"))
}

pub(super) fn wrong_sku(pattern: &SkuPattern) -> Option<String> {
    pattern.is_empty().then(|| "an empty text is no SKU".to_owned())
}

fn wrong_text(text: &str) -> Option<String> {
    text.trim().is_empty().then(|| "an empty text names nothing".to_owned())
}

fn check_range<T: PartialOrd + std::fmt::Display>(
    at_least: Option<T>,
    below: Option<T>,
    path: &str,
) -> Result<(), Unreadable> {
    match (at_least, below) {
        (None, None) => Err(Unreadable::new(path, "fits everything: give `at_least` or `below`")),
        (Some(least), Some(most)) if least >= most => {
            Err(Unreadable::new(path, format!("nothing is at least {least} and below {most}")))
        }
        _ => Ok(()),
    }
}

fn check_parts(parts: &[Condition], path: &str) -> Result<(), Unreadable> {
    if parts.is_empty() {
        return Err(Unreadable::new(path, "has no conditions"));
    }
    parts.iter().enumerate().try_for_each(|(number, part)| part.check(&format!("{path}[{number}]")))
}
