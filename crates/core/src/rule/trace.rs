//! Which rules matched an order and why, and what each of their effects came to.

use serde::{Deserialize, Serialize};

use super::apply::{Compiled, CompiledEffect, Decision, Origin, Target, Wish, in_words};
use super::matching::View;
use super::pattern::SkuPattern;
use super::revision::RuleId;
use super::routing::Effect;
use crate::id::WarehouseId;
use crate::plan::PlanInput;

/// One rule and one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RuleTrace {
    /// The rule.
    pub rule: RuleId,
    /// Whether the order fits its condition.
    pub matched: bool,
    /// The facts because of which it fits or does not, in words.
    pub because: Vec<String>,
    /// What its effects came to; empty when it did not match.
    pub effects: Vec<EffectTrace>,
}

/// One effect on one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EffectTrace {
    /// What it does, in words.
    pub what: String,
    /// Whether it is in force.
    pub in_force: bool,
    /// Why not, when it is not; what is to know, when it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Compiled {
    /// What the rules did, for a person. `before` is the snapshot without rules, `after` with them.
    pub(super) fn trace(
        &self,
        view: &View<'_>,
        decision: &Decision,
        before: &PlanInput,
        after: &PlanInput,
    ) -> Vec<RuleTrace> {
        let rules = self.rules.iter().enumerate().map(|(number, rule)| {
            let matched = decision.matched.contains(&number);
            let mut effects = Vec::new();
            for (place, effect) in rule.then.iter().enumerate().filter(|_| matched) {
                let origin = Origin { rule: number, effect: place };
                effects.extend(self.effect_traces(origin, effect, decision, before, after));
            }
            RuleTrace { rule: rule.id.clone(), matched, because: rule.test.found(view), effects }
        });
        rules.collect()
    }

    fn effect_traces(
        &self,
        origin: Origin,
        compiled: &CompiledEffect,
        decision: &Decision,
        before: &PlanInput,
        after: &PlanInput,
    ) -> Vec<EffectTrace> {
        let mut traces: Vec<EffectTrace> = absent(&compiled.effect, before);
        if let Effect::Prefer(preference) = &compiled.effect {
            for place in &before.warehouses {
                if preference.warehouses.iter().any(|id| id.as_str() == place.id) {
                    let what = format!("shift the rank of {} by {:+}", place.id, preference.shift);
                    traces.push(EffectTrace { what, in_force: true, note: None });
                }
            }
        }
        let targets = compiled.targets(before);
        let whole = targets.iter().any(|(target, _)| matches!(target, Target::Warehouse(_)));
        for (target, wish) in targets {
            // Allowing a whole warehouse allows each line in it; saying so for every line helps nobody.
            if whole && matches!(target, Target::Cell(..)) {
                continue;
            }
            let Some(what) = in_short(target, wish, &compiled.effect, before) else { continue };
            let winner = decision.winners.get(&target).map(|(winner, _)| *winner);
            let trace = if winner == Some(origin) {
                let (in_force, note) = standing(target, wish, &compiled.effect, before, after);
                EffectTrace { what, in_force, note }
            } else {
                let rule =
                    winner.and_then(|winner| self.effect(winner)).map(|(id, _)| format!("rule `{id}` overrides it"));
                EffectTrace { what, in_force: false, note: rule }
            };
            traces.push(trace);
        }
        if traces.is_empty() {
            let note = Some("the order wants none of these goods".to_owned());
            traces.push(EffectTrace { what: for_goods(&compiled.effect), in_force: false, note });
        }
        traces
    }
}

/// The warehouses an effect names that are no candidates.
fn absent(effect: &Effect, input: &PlanInput) -> Vec<EffectTrace> {
    let (verb, named): (&str, &[WarehouseId]) = match effect {
        Effect::Allow(places) => ("allow", &places.warehouses),
        Effect::Exclude(exclusion) => ("exclude", &exclusion.warehouses),
        Effect::Only(only) => ("allow only", &only.warehouses),
        Effect::Prefer(preference) => ("shift the rank of", &preference.warehouses),
        Effect::Pin(_) | Effect::Objective(_) | Effect::Split(_) => return Vec::new(),
    };
    let missing = named.iter().filter(|id| input.warehouses.iter().all(|place| place.id != id.as_str()));
    missing
        .map(|id| EffectTrace {
            what: format!("{verb} {id}"),
            in_force: false,
            note: Some("it is not among the candidates".to_owned()),
        })
        .collect()
}

/// An effect on goods in words, when the snapshot has none of them.
fn for_goods(effect: &Effect) -> String {
    let list = |skus: &Option<Vec<SkuPattern>>| {
        let patterns = skus.iter().flatten().map(SkuPattern::to_string);
        let patterns: Vec<String> = patterns.collect();
        if patterns.is_empty() { "every line".to_owned() } else { format!("SKU {}", patterns.join(", ")) }
    };
    let places = |ids: &[WarehouseId]| ids.iter().map(WarehouseId::as_str).collect::<Vec<_>>().join(", ");
    match effect {
        Effect::Allow(allowed) => format!("allow {} in {}", list(&allowed.skus), places(&allowed.warehouses)),
        Effect::Exclude(out) => format!("exclude {} in {}", list(&out.skus), places(&out.warehouses)),
        Effect::Pin(pin) => format!("pin {} to {}", list(&pin.skus), pin.warehouse),
        Effect::Only(only) => format!("allow only {}", places(&only.warehouses)),
        Effect::Prefer(preference) => format!("shift the rank of {}", places(&preference.warehouses)),
        Effect::Objective(levels) => format!("order the objective {}", in_words(levels)),
        Effect::Split(_) => "limit splitting".to_owned(),
    }
}

/// An effect on a target in words; `None` when the snapshot has no such target.
fn in_short(target: Target, wish: Wish, effect: &Effect, input: &PlanInput) -> Option<String> {
    let verb = if wish == Wish::In { "allow" } else { "exclude" };
    let place = |at: usize| input.warehouses.get(at).map(|place| place.id.as_str());
    Some(match (target, effect) {
        (Target::Warehouse(at), _) => format!("{verb} {}", place(at)?),
        (Target::Cell(at, line), _) => format!("{verb} SKU {} in {}", input.lines.get(line)?.sku, place(at)?),
        (Target::Line(line), Effect::Pin(pin)) => {
            format!("pin line {} to {}", input.lines.get(line)?.id, pin.warehouse)
        }
        (Target::Objective, Effect::Objective(levels)) => format!("order the objective {}", in_words(levels)),
        (Target::MaxWarehouses, Effect::Split(split)) => format!("at most {} warehouses", split.max_warehouses?),
        (Target::MinPartValue, Effect::Split(split)) => format!("parts worth at least {}", split.min_part_value?),
        _ => return None,
    })
}

/// Whether the winning effect changed anything, and what a person should know about it.
fn standing(
    target: Target,
    wish: Wish,
    effect: &Effect,
    before: &PlanInput,
    after: &PlanInput,
) -> (bool, Option<String>) {
    match (target, effect) {
        (Target::Warehouse(at), _) => match before.warehouses.get(at).filter(|place| !place.eligible) {
            Some(place) => {
                let why = place.ineligible_reason.as_deref().unwrap_or("it is not eligible");
                (wish == Wish::Out, Some(format!("it is out anyway: {why}")))
            }
            None => (true, None),
        },
        (Target::Line(at), Effect::Pin(pin)) => {
            let own = before.lines.get(at).and_then(|line| line.pinned_warehouse.as_ref());
            if let Some(own) = own.filter(|own| *own != pin.warehouse.as_str()) {
                return (false, Some(format!("the order itself pins it to {own}")));
            }
            let place = after.warehouses.iter().find(|place| place.id == pin.warehouse.as_str());
            match place {
                None => (true, Some("it is not among the candidates, so the line stays short".to_owned())),
                Some(place) if !place.eligible => {
                    let why = place.ineligible_reason.as_deref().unwrap_or("it is not eligible");
                    (true, Some(format!("the line stays short: {why}")))
                }
                Some(_) => (true, None),
            }
        }
        (Target::MaxWarehouses, Effect::Split(split)) if after.max_warehouses != split.max_warehouses => {
            (false, Some("the order itself allows fewer".to_owned()))
        }
        (Target::MinPartValue, Effect::Split(split)) if Some(after.min_part_value) != split.min_part_value => {
            (false, Some("the order itself asks for more".to_owned()))
        }
        _ => (true, None),
    }
}
