//! Routing rules: what an order's destination, goods or shop mean for the router.
//!
//! Rules run from top to bottom. Every effect acts on a *target*: a warehouse, a line, the objective, a limit. Where two
//! matching rules act on the same target, **the later one wins**; only rank shifts add up. `docs/rules.md` has the table.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::condition::{Condition, not_empty, wrong_sku};
use super::pattern::SkuPattern;
use super::revision::{Revision, RuleId};
use crate::id::WarehouseId;
use crate::plan::Level;
use crate::unreadable::{self, Unreadable};

/// The most a rank may be shifted: far beyond every rank in use, and far from what would overflow.
const MOST_RANK_SHIFT: i32 = 1_000_000;

/// One version of all routing rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingRules))]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// Who wrote this version, and why.
    pub revision: Revision,
    /// From top to bottom; ids are unique.
    pub rules: Vec<Rule>,
}

/// When an order is so, then do that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingRule))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, unique in the set.
    pub id: RuleId,
    /// What it is for, in its author's words.
    #[serde(default)]
    pub note: String,
    /// False while it is out of use.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Which orders it is about.
    pub when: Condition,
    /// What it does to them.
    pub then: Vec<Effect>,
}

fn yes() -> bool {
    true
}

/// What a rule does to an order it matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingEffect))]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Warehouses that earlier rules took out come back in. What is a fact (paused, does not ship there, refused the
    /// order) stays.
    Allow(Places),
    /// Warehouses may not ship the order, or some of its SKUs.
    Exclude(Exclusion),
    /// No warehouses but these: excludes every other and allows these.
    Only(Only),
    /// Ranks are shifted, so that warehouses win or lose among equals.
    Prefer(Preference),
    /// Lines ship from this warehouse or not at all. A pin the order brings along stays.
    Pin(Pin),
    /// The order of the objective's middle levels; one left out is not optimised.
    Objective(Vec<Level>),
    /// Limits to splitting. They never loosen what the order itself says.
    Split(Split),
}

/// Warehouses, for all goods or for some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingPlaces))]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Which.
    pub warehouses: Vec<WarehouseId>,
    /// For these SKUs alone; left out means the whole order and every SKU.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skus: Option<Vec<SkuPattern>>,
}

/// Warehouses that may not, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingExclusion))]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Which.
    pub warehouses: Vec<WarehouseId>,
    /// These SKUs alone; left out means the whole order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skus: Option<Vec<SkuPattern>>,
    /// Why, for the person who asks "why not here?".
    #[serde(default)]
    pub why: String,
}

/// The only warehouses that may, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingOnly))]
#[serde(deny_unknown_fields)]
pub struct Only {
    /// Which.
    pub warehouses: Vec<WarehouseId>,
    /// Why no others, for the person who asks "why not here?".
    #[serde(default)]
    pub why: String,
}

/// Warehouses whose rank is shifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingPreference))]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// Which.
    pub warehouses: Vec<WarehouseId>,
    /// Added to their rank; below zero prefers them.
    pub shift: i32,
}

/// A warehouse for lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingPin))]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Which.
    pub warehouse: WarehouseId,
    /// Lines of these SKUs alone; left out means every line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skus: Option<Vec<SkuPattern>>,
}

/// Limits to splitting; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingSplit))]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// At most so many warehouses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_warehouses: Option<u32>,
    /// When two or more are used, each part is worth at least this, in minor units of the order's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_part_value: Option<i64>,
}

impl RuleSet {
    /// Reads a rule set strictly and checks it.
    ///
    /// # Errors
    /// [`Unreadable`] names the place of an unknown field, or of what says nothing or something impossible.
    pub fn parse(json: &str) -> Result<Self, Unreadable> {
        let rules: Self = unreadable::read(json)?;
        rules.check()?;
        Ok(rules)
    }

    /// Checks what the types alone do not.
    ///
    /// # Errors
    /// [`Unreadable`] names the first place that makes no sense.
    pub fn check(&self) -> Result<(), Unreadable> {
        let mut ids = BTreeSet::new();
        for (number, rule) in self.rules.iter().enumerate() {
            let path = format!("rules[{number}]");
            if !ids.insert(&rule.id) {
                return Err(Unreadable::new(format!("{path}.id"), format!("another rule is called `{}` too", rule.id)));
            }
            rule.when.check(&format!("{path}.when"))?;
            if rule.then.is_empty() {
                return Err(Unreadable::new(format!("{path}.then"), "the rule does nothing"));
            }
            for (place, effect) in rule.then.iter().enumerate() {
                effect.check(&format!("{path}.then[{place}]"))?;
            }
        }
        Ok(())
    }
}

impl Effect {
    fn check(&self, path: &str) -> Result<(), Unreadable> {
        let places = |list: &[WarehouseId], kind: &str| not_empty(list, |_| None, &format!("{path}.{kind}.warehouses"));
        let skus = |patterns: &Option<Vec<SkuPattern>>, kind: &str| match patterns {
            Some(patterns) => not_empty(patterns, wrong_sku, &format!("{path}.{kind}.skus")),
            None => Ok(()),
        };
        match self {
            Self::Allow(allowed) => {
                places(&allowed.warehouses, "allow")?;
                skus(&allowed.skus, "allow")
            }
            Self::Exclude(excluded) => {
                places(&excluded.warehouses, "exclude")?;
                skus(&excluded.skus, "exclude")
            }
            Self::Only(only) => places(&only.warehouses, "only"),
            Self::Prefer(preference) => {
                places(&preference.warehouses, "prefer")?;
                if preference.shift == 0 || preference.shift.abs() > MOST_RANK_SHIFT {
                    let detail = format!("a shift lies within {MOST_RANK_SHIFT} of 0 and is not 0");
                    return Err(Unreadable::new(format!("{path}.prefer.shift"), detail));
                }
                Ok(())
            }
            Self::Pin(pin) => skus(&pin.skus, "pin"),
            Self::Objective(levels) => {
                let distinct: BTreeSet<&str> = levels.iter().map(|level| level_name(*level)).collect();
                if distinct.len() < levels.len() {
                    return Err(Unreadable::new(format!("{path}.objective"), "a level appears twice"));
                }
                Ok(())
            }
            Self::Split(split) => {
                let path = format!("{path}.split");
                match (split.max_warehouses, split.min_part_value) {
                    (None, None) => Err(Unreadable::new(path, "limits nothing")),
                    (Some(0), _) => Err(Unreadable::new(format!("{path}.max_warehouses"), "0 ships nothing")),
                    (_, Some(value)) if value < 0 => {
                        Err(Unreadable::new(format!("{path}.min_part_value"), "is negative"))
                    }
                    _ => Ok(()),
                }
            }
        }
    }
}

/// The stored text of an objective level.
pub(super) const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Late => "late",
        Level::Warehouses => "warehouses",
        Level::Cost => "cost",
    }
}
