//! Routing rules applied: which match an order, what of them is in force, and the router's snapshot after that.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::matching::{Skus, Test, View};
use super::revision::RuleId;
use super::routing::{Effect, Only, RuleSet};
use super::trace;
use crate::plan::{Level, PlanInput};

/// A rule set made ready: compiled once, applied to any number of orders.
#[derive(Debug, Clone)]
pub struct Compiled {
    version: u32,
    pub(super) rules: Vec<CompiledRule>,
}

#[derive(Debug, Clone)]
pub(super) struct CompiledRule {
    pub(super) id: RuleId,
    pub(super) test: Test,
    pub(super) then: Vec<CompiledEffect>,
}

#[derive(Debug, Clone)]
pub(super) struct CompiledEffect {
    pub(super) effect: Effect,
    /// The effect's SKUs; `None` means every one.
    skus: Option<Skus>,
}

/// Which effect of which rule, by their positions in the compiled set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) rule: usize,
    pub(super) effect: usize,
}

/// A matter on which an effect acts; the later of two effects on the same one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A warehouse as a whole, by its position in the snapshot.
    Warehouse(usize),
    /// A line in a warehouse, both by position.
    Cell(usize, usize),
    /// Where a line ships from, by its position.
    Line(usize),
    /// The order of the objective.
    Objective,
    /// The limit to the number of warehouses.
    MaxWarehouses,
    /// The limit to the value of a part.
    MinPartValue,
}

/// What an effect wants of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    In,
    Out,
    /// The effect itself says.
    Said,
}

/// What the rules come to for one order.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// The winner of every target.
    pub(super) winners: BTreeMap<Target, (Origin, Wish)>,
    /// Sum of rank shifts by warehouse position.
    pub(super) shifts: BTreeMap<usize, i64>,
    /// Positions of the rules that match.
    pub(super) matched: Vec<usize>,
}

/// The router's snapshot under rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingApplied))]
pub struct Applied {
    /// Version of the rule set.
    pub version: u32,
    /// What the router is asked.
    pub input: PlanInput,
    /// Every rule in use, in its order: whether it matched and why, and what it did.
    pub trace: Vec<trace::RuleTrace>,
}

impl RuleSet {
    /// Makes the rules ready. Disabled ones are left out.
    #[must_use]
    pub fn compile(&self) -> Compiled {
        let rules = self.rules.iter().filter(|rule| rule.enabled).map(|rule| CompiledRule {
            id: rule.id.clone(),
            test: Test::new(&rule.when),
            then: rule.then.iter().map(CompiledEffect::new).collect(),
        });
        Compiled { version: self.revision.version, rules: rules.collect() }
    }
}

impl CompiledEffect {
    fn new(effect: &Effect) -> Self {
        let skus = match effect {
            Effect::Allow(places) => places.skus.as_deref(),
            Effect::Exclude(exclusion) => exclusion.skus.as_deref(),
            Effect::Pin(pin) => pin.skus.as_deref(),
            Effect::Only(_) | Effect::Prefer(_) | Effect::Objective(_) | Effect::Split(_) => None,
        };
        Self { effect: effect.clone(), skus: skus.map(Skus::new) }
    }

    fn means(&self, sku: &str) -> bool {
        self.skus.as_ref().is_none_or(|skus| skus.fits(sku))
    }

    /// The targets of the effect in a snapshot, and what it wants of each.
    pub(super) fn targets(&self, input: &PlanInput) -> Vec<(Target, Wish)> {
        let mut targets = Vec::new();
        let positions = |named: &[crate::id::WarehouseId]| -> Vec<usize> {
            let candidates = input.warehouses.iter().enumerate();
            candidates.filter(|(_, place)| named.iter().any(|id| id.as_str() == place.id)).map(|(at, _)| at).collect()
        };
        let lines = || input.lines.iter().enumerate().filter(|(_, line)| self.means(&line.sku)).map(|(at, _)| at);
        match &self.effect {
            Effect::Allow(places) => {
                for warehouse in positions(&places.warehouses) {
                    if self.skus.is_none() {
                        targets.push((Target::Warehouse(warehouse), Wish::In));
                    }
                    targets.extend(lines().map(|line| (Target::Cell(warehouse, line), Wish::In)));
                }
            }
            Effect::Exclude(exclusion) => {
                for warehouse in positions(&exclusion.warehouses) {
                    if self.skus.is_none() {
                        targets.push((Target::Warehouse(warehouse), Wish::Out));
                    } else {
                        targets.extend(lines().map(|line| (Target::Cell(warehouse, line), Wish::Out)));
                    }
                }
            }
            Effect::Only(Only { warehouses, .. }) => {
                let named = positions(warehouses);
                let wish = |warehouse| if named.contains(&warehouse) { Wish::In } else { Wish::Out };
                targets.extend((0..input.warehouses.len()).map(|at| (Target::Warehouse(at), wish(at))));
            }
            // A shift has no target of its own: shifts add up.
            Effect::Prefer(_) => {}
            Effect::Pin(_) => targets.extend(lines().map(|line| (Target::Line(line), Wish::Said))),
            Effect::Objective(_) => targets.push((Target::Objective, Wish::Said)),
            Effect::Split(split) => {
                if split.max_warehouses.is_some() {
                    targets.push((Target::MaxWarehouses, Wish::Said));
                }
                if split.min_part_value.is_some() {
                    targets.push((Target::MinPartValue, Wish::Said));
                }
            }
        }
        targets
    }
}

impl Compiled {
    /// Version of the rule set.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// The snapshot as the rules want it, with the trace of what they did. `input` is the snapshot as it was before any
    /// rules.
    #[must_use]
    pub fn apply(&self, facts: &Facts, input: &PlanInput) -> Applied {
        let view = View::new(facts);
        let decision = self.decide(&view, input);
        let changed = self.change(&decision, input);
        let trace = self.trace(&view, &decision, input, &changed);
        Applied { version: self.version, input: changed, trace }
    }

    /// Which rules match and what of them is in force.
    pub(super) fn decide(&self, view: &View<'_>, input: &PlanInput) -> Decision {
        let mut decision = Decision::default();
        for (rule, compiled) in self.rules.iter().enumerate() {
            if !compiled.test.holds(view) {
                continue;
            }
            decision.matched.push(rule);
            for (effect, compiled) in compiled.then.iter().enumerate() {
                for (target, wish) in compiled.targets(input) {
                    decision.winners.insert(target, (Origin { rule, effect }, wish));
                }
                if let Effect::Prefer(preference) = &compiled.effect {
                    for (at, place) in input.warehouses.iter().enumerate() {
                        if preference.warehouses.iter().any(|id| id.as_str() == place.id) {
                            let sum = decision.shifts.entry(at).or_default();
                            *sum = sum.saturating_add(i64::from(preference.shift));
                        }
                    }
                }
            }
        }
        decision
    }

    pub(super) fn effect(&self, origin: Origin) -> Option<(&RuleId, &Effect)> {
        let rule = self.rules.get(origin.rule)?;
        Some((&rule.id, &rule.then.get(origin.effect)?.effect))
    }

    /// The snapshot with what is in force.
    pub(super) fn change(&self, decision: &Decision, input: &PlanInput) -> PlanInput {
        let mut changed = input.clone();
        for (at, shift) in &decision.shifts {
            if let Some(place) = changed.warehouses.get_mut(*at) {
                place.rank = place.rank.saturating_add(*shift);
            }
        }
        for (target, (origin, wish)) in &decision.winners {
            let Some((id, effect)) = self.effect(*origin) else { continue };
            match target {
                Target::Warehouse(at) => {
                    // What is a fact stays: rules take out, and take back only what rules took out.
                    if let Some(place) = changed.warehouses.get_mut(*at).filter(|place| place.eligible)
                        && *wish == Wish::Out
                    {
                        place.eligible = false;
                        place.ineligible_reason = Some(reason(id, effect));
                    }
                }
                Target::Cell(at, line) => {
                    let sku = input.lines.get(*line).map(|line| line.sku.clone());
                    if let Some((place, sku)) = changed.warehouses.get_mut(*at).zip(sku)
                        && *wish == Wish::Out
                    {
                        place.excluded_skus.insert(sku);
                    }
                }
                Target::Line(at) => {
                    if let (Some(line), Effect::Pin(pin)) = (changed.lines.get_mut(*at), effect) {
                        line.pinned_warehouse.get_or_insert_with(|| pin.warehouse.to_string());
                    }
                }
                Target::Objective => {
                    if let Effect::Objective(levels) = effect {
                        changed.objective.clone_from(levels);
                    }
                }
                Target::MaxWarehouses => {
                    if let Effect::Split(split) = effect {
                        let limits = [input.max_warehouses, split.max_warehouses];
                        changed.max_warehouses = limits.into_iter().flatten().min();
                    }
                }
                Target::MinPartValue => {
                    if let Effect::Split(split) = effect {
                        changed.min_part_value = split.min_part_value.unwrap_or(0).max(input.min_part_value);
                    }
                }
            }
        }
        changed
    }
}

/// Why a warehouse is out, naming the rule.
fn reason(id: &RuleId, effect: &Effect) -> String {
    let why = match effect {
        Effect::Exclude(exclusion) => exclusion.why.trim(),
        Effect::Only(only) => only.why.trim(),
        Effect::Allow(_) | Effect::Prefer(_) | Effect::Pin(_) | Effect::Objective(_) | Effect::Split(_) => "",
    };
    if why.is_empty() { format!("rule `{id}` excludes it") } else { format!("rule `{id}`: {why}") }
}

/// The objective in words.
pub(super) fn in_words(levels: &[Level]) -> String {
    let names: Vec<&str> = levels.iter().map(|level| super::routing::level_name(*level)).collect();
    names.join(", ")
}
