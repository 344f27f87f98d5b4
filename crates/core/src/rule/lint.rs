//! What is wrong with a rule set that reads well: names nobody knows, rules that cannot match, rules without effect.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::logic::{disjoint, implies, never};
use super::pattern::SkuPattern;
use super::revision::RuleId;
use super::routing::{Effect, Pin, Rule, RuleSet};
use crate::id::{ConnectionId, WarehouseId};
use crate::quantity::Sku;

/// What exists, to check names against.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Every shop.
    pub channels: BTreeSet<ConnectionId>,
    /// Every warehouse.
    pub warehouses: BTreeSet<WarehouseId>,
    /// Every SKU; `None` when no catalogue is at hand, and SKUs are not checked.
    pub skus: Option<BTreeSet<Sku>>,
}

/// Kind of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RuleFindingKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It names a warehouse that does not exist.
    UnknownWarehouse,
    /// It names a shop that does not exist.
    UnknownChannel,
    /// It names a SKU, or a beginning of SKUs, that does not exist.
    UnknownSku,
    /// No order can fit its condition.
    NeverMatches,
    /// Whenever it acts, a later effect on the same target wins.
    Shadowed,
    /// Two rules that may match together pin the same goods to different warehouses.
    ContradictoryPins,
    /// It pins goods to a warehouse that another rule may take out.
    PinExcluded,
}

/// One thing to look at before the rules count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RuleFinding))]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// The place, such as `rules[2].then[0]`.
    pub path: String,
    /// What kind.
    pub kind: Kind,
    /// In words, naming the other rule where there is one.
    pub detail: String,
}

/// An effect with its rule.
#[derive(Clone, Copy)]
struct Place<'a> {
    number: usize,
    position: usize,
    rule: &'a Rule,
    effect: &'a Effect,
}

impl Place<'_> {
    fn path(&self) -> String {
        format!("rules[{}].then[{}]", self.number, self.position)
    }

    fn finding(&self, kind: Kind, detail: String) -> Finding {
        Finding { rule: self.rule.id.clone(), path: self.path(), kind, detail }
    }

    fn comes_before(&self, other: &Self) -> bool {
        (self.number, self.position) < (other.number, other.position)
    }

    /// Whether both may act on one order.
    fn meets(&self, other: &Self) -> bool {
        self.number == other.number || !disjoint(&self.rule.when, &other.rule.when)
    }
}

/// Findings in the order of the rules; none is certain to be a mistake, each is certain to be so. Disabled rules are
/// not looked at.
#[must_use]
pub fn lint(rules: &RuleSet, known: &Known) -> Vec<Finding> {
    let enabled = || rules.rules.iter().enumerate().filter(|(_, rule)| rule.enabled);
    let mut findings = Vec::new();
    let mut places = Vec::new();
    for (number, rule) in enabled() {
        let path = format!("rules[{number}].when");
        unknown_in_condition(rule, &rule.when, &path, known, &mut findings);
        if never(&rule.when) {
            let detail = "no order can fit all of it".to_owned();
            findings.push(Finding { rule: rule.id.clone(), path, kind: Kind::NeverMatches, detail });
            continue;
        }
        places.extend(rule.then.iter().enumerate().map(|(position, effect)| Place { number, position, rule, effect }));
    }
    for place in &places {
        unknown_in_effect(place, known, &mut findings);
        let shadow = places.iter().find(|later| {
            place.comes_before(later)
                && (place.number == later.number || implies(&place.rule.when, &later.rule.when))
                && overrides(later.effect, place.effect)
        });
        if let Some(later) = shadow {
            let detail = format!("rule `{}` always matches with it, comes later and decides the same", later.rule.id);
            findings.push(place.finding(Kind::Shadowed, detail));
            continue;
        }
        if let Effect::Pin(pin) = place.effect {
            contradictions(place, pin, &places, &mut findings);
        }
    }
    findings.sort_by_key(|finding| position(&finding.path));
    findings
}

/// Sorts paths as a person reads them: by the numbers in them.
fn position(path: &str) -> Vec<usize> {
    let numbers = path.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let condition_first = usize::from(path.contains(".then"));
    let mut key: Vec<usize> = numbers.filter_map(|digits| digits.parse().ok()).collect();
    key.insert(1.min(key.len()), condition_first);
    key
}

fn unknown_in_condition(rule: &Rule, condition: &Condition, path: &str, known: &Known, findings: &mut Vec<Finding>) {
    let mut report = |path: String, kind, detail| findings.push(Finding { rule: rule.id.clone(), path, kind, detail });
    match condition {
        Condition::Channel(list) => {
            for (number, id) in list.iter().enumerate().filter(|(_, id)| !known.channels.contains(*id)) {
                report(format!("{path}.channel[{number}]"), Kind::UnknownChannel, format!("there is no shop {id}"));
            }
        }
        Condition::Sku(list) | Condition::OnlySkus(list) => {
            let field = if matches!(condition, Condition::Sku(_)) { "sku" } else { "only_skus" };
            for (number, detail) in unknown_skus(list, known) {
                report(format!("{path}.{field}[{number}]"), Kind::UnknownSku, detail);
            }
        }
        Condition::All(parts) | Condition::Any(parts) => {
            let field = if matches!(condition, Condition::All(_)) { "all" } else { "any" };
            for (number, part) in parts.iter().enumerate() {
                unknown_in_condition(rule, part, &format!("{path}.{field}[{number}]"), known, findings);
            }
        }
        Condition::Not(part) => unknown_in_condition(rule, part, &format!("{path}.not"), known, findings),
        _ => {}
    }
}

fn unknown_in_effect(place: &Place<'_>, known: &Known, findings: &mut Vec<Finding>) {
    let unknown = |id: &&WarehouseId| !known.warehouses.contains(*id);
    for id in warehouses(place.effect).iter().filter(unknown) {
        findings.push(place.finding(Kind::UnknownWarehouse, format!("there is no warehouse {id}")));
    }
    for (_, detail) in unknown_skus(skus(place.effect).unwrap_or_default(), known) {
        findings.push(place.finding(Kind::UnknownSku, detail));
    }
}

fn unknown_skus(patterns: &[SkuPattern], known: &Known) -> Vec<(usize, String)> {
    let Some(skus) = &known.skus else { return Vec::new() };
    let nobody = |pattern: &SkuPattern| match pattern.exact() {
        Some(sku) => !skus.contains(&Sku::new(sku)),
        None => !skus.iter().any(|sku| pattern.fits(sku.as_str())),
    };
    let unknown = patterns.iter().enumerate().filter(|(_, pattern)| nobody(pattern));
    unknown.map(|(number, pattern)| (number, format!("no SKU is `{pattern}`"))).collect()
}

fn warehouses(effect: &Effect) -> &[WarehouseId] {
    match effect {
        Effect::Allow(places) => &places.warehouses,
        Effect::Exclude(exclusion) => &exclusion.warehouses,
        Effect::Only(only) => &only.warehouses,
        Effect::Prefer(preference) => &preference.warehouses,
        Effect::Pin(pin) => std::slice::from_ref(&pin.warehouse),
        Effect::Objective(_) | Effect::Split(_) => &[],
    }
}

fn skus(effect: &Effect) -> Option<&[SkuPattern]> {
    match effect {
        Effect::Allow(places) => places.skus.as_deref(),
        Effect::Exclude(exclusion) => exclusion.skus.as_deref(),
        Effect::Pin(pin) => pin.skus.as_deref(),
        Effect::Only(_) | Effect::Prefer(_) | Effect::Objective(_) | Effect::Split(_) => None,
    }
}

/// Whether `later` takes every target of `earlier`, whatever the snapshot.
fn overrides(later: &Effect, earlier: &Effect) -> bool {
    let all_named = |inner: &[WarehouseId], outer: &[WarehouseId]| inner.iter().all(|id| outer.contains(id));
    let all_goods = |inner: Option<&[SkuPattern]>, outer: Option<&[SkuPattern]>| match (inner, outer) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(inner), Some(outer)) => inner.iter().all(|pattern| outer.iter().any(|wide| wide.covers(pattern))),
    };
    match (later, earlier) {
        (Effect::Only(_), Effect::Only(_)) | (Effect::Objective(_), Effect::Objective(_)) => true,
        // Excluding or allowing some SKUs is another matter than the whole warehouse.
        (Effect::Only(_), Effect::Exclude(excluded)) => excluded.skus.is_none(),
        (Effect::Exclude(later), Effect::Exclude(earlier)) => {
            later.skus.is_some() == earlier.skus.is_some()
                && all_named(&earlier.warehouses, &later.warehouses)
                && all_goods(earlier.skus.as_deref(), later.skus.as_deref())
        }
        (Effect::Exclude(later), Effect::Allow(earlier)) => {
            later.skus.is_some()
                && earlier.skus.is_some()
                && all_named(&earlier.warehouses, &later.warehouses)
                && all_goods(earlier.skus.as_deref(), later.skus.as_deref())
        }
        (Effect::Allow(later), Effect::Exclude(earlier)) => {
            all_named(&earlier.warehouses, &later.warehouses)
                && (later.skus.is_none()
                    || earlier.skus.is_some() && all_goods(earlier.skus.as_deref(), later.skus.as_deref()))
        }
        (Effect::Allow(later), Effect::Allow(earlier)) => {
            all_named(&earlier.warehouses, &later.warehouses)
                && all_goods(earlier.skus.as_deref(), later.skus.as_deref())
        }
        (Effect::Pin(later), Effect::Pin(earlier)) => all_goods(earlier.skus.as_deref(), later.skus.as_deref()),
        (Effect::Split(later), Effect::Split(earlier)) => {
            (earlier.max_warehouses.is_none() || later.max_warehouses.is_some())
                && (earlier.min_part_value.is_none() || later.min_part_value.is_some())
        }
        _ => false,
    }
}

/// Pins of the same goods elsewhere, and rules that take the pin's warehouse out.
fn contradictions(place: &Place<'_>, pin: &Pin, places: &[Place<'_>], findings: &mut Vec<Finding>) {
    let everything = [SkuPattern::from("*".to_owned())];
    let mine = pin.skus.as_deref().unwrap_or(&everything);
    let shared = |other: Option<&[SkuPattern]>| {
        let other = other.unwrap_or(&everything);
        mine.iter().any(|pattern| other.iter().any(|theirs| theirs.overlaps(pattern)))
    };
    for other in places.iter().filter(|other| place.meets(other)) {
        match other.effect {
            Effect::Pin(theirs)
                if place.comes_before(other) && theirs.warehouse != pin.warehouse && shared(theirs.skus.as_deref()) =>
            {
                let detail = format!(
                    "rule `{}` pins some of the same goods to {} and wins where both match",
                    other.rule.id, theirs.warehouse
                );
                findings.push(place.finding(Kind::ContradictoryPins, detail));
            }
            Effect::Exclude(excluded)
                if excluded.warehouses.contains(&pin.warehouse)
                    && (excluded.skus.is_none() || shared(excluded.skus.as_deref()))
                    && !taken_back(other, pin, places) =>
            {
                findings.push(place.finding(Kind::PinExcluded, out(other, pin)));
            }
            Effect::Only(only) if !only.warehouses.contains(&pin.warehouse) && !taken_back(other, pin, places) => {
                findings.push(place.finding(Kind::PinExcluded, out(other, pin)));
            }
            _ => {}
        }
    }
}

fn out(other: &Place<'_>, pin: &Pin) -> String {
    format!("rule `{}` takes {} out; where both match, the goods stay short", other.rule.id, pin.warehouse)
}

/// Whether a later effect always allows what `exclusion` takes out.
fn taken_back(exclusion: &Place<'_>, pin: &Pin, places: &[Place<'_>]) -> bool {
    places.iter().any(|later| {
        exclusion.comes_before(later)
            && (exclusion.number == later.number || implies(&exclusion.rule.when, &later.rule.when))
            && match later.effect {
                Effect::Allow(allowed) => allowed.skus.is_none() && allowed.warehouses.contains(&pin.warehouse),
                Effect::Only(only) => only.warehouses.contains(&pin.warehouse) && skus(exclusion.effect).is_none(),
                _ => false,
            }
    })
}
