//! "Why not here?": for a warehouse that ships nothing, the constraint in the way or the level at which it loses.

use std::collections::BTreeMap;

use super::input::PlanInput;
use super::levels::{DEPTH, Levels, Measures, keeps_rules, score};
use super::node::{Node, Role};
use super::output::Explanation;
use super::problem::Problem;
use super::search::{Goal, search, search_from};
use super::solve::step_limit;

/// What stands against a warehouse.
#[derive(Debug, Clone)]
pub(super) enum Verdict {
    /// Every plan that uses it breaks this.
    Breaks {
        /// The field of the input that says so.
        constraint: &'static str,
        /// In words.
        detail: String,
    },
    /// The best plan that uses it is worse.
    Loses {
        /// At this level.
        level: &'static str,
        /// By so much.
        by: i64,
        /// False when the step limit ended the search: a closer plan may exist.
        sure: bool,
    },
    /// A plan that uses it scores the same; the tie-break decided.
    Ties,
}

impl Verdict {
    /// The answer's form of it.
    pub(super) fn explanation(&self) -> Explanation {
        let mut explanation =
            Explanation { used: false, because: None, constraint: None, detail: None, level: None, by: None };
        match self {
            Self::Breaks { constraint, detail } => {
                explanation.because = Some("constraint".to_owned());
                explanation.constraint = Some((*constraint).to_owned());
                explanation.detail = Some(detail.clone());
            }
            Self::Loses { level, by, sure } => {
                explanation.because = Some("level".to_owned());
                explanation.level = Some((*level).to_owned());
                explanation.by = Some(*by);
                if !sure {
                    explanation.detail = Some("at most: the search stopped at its step limit".to_owned());
                }
            }
            Self::Ties => {
                explanation.because = Some("level".to_owned());
                explanation.level = Some("allocation".to_owned());
                explanation.by = Some(0);
                explanation.detail =
                    Some("a plan with it scores the same and comes later in the order of ids".to_owned());
            }
        }
        explanation
    }
}

/// The verdict on every warehouse that `units` does not use. `target` is what `units` scores.
pub(super) fn explain_unused(
    problem: &Problem,
    input: &PlanInput,
    measures: &Measures,
    target: &Levels,
    units: &[u32],
) -> BTreeMap<usize, Verdict> {
    let unused = (0..problem.warehouses.len())
        .filter(|warehouse| (0..problem.lines.len()).all(|line| units[problem.cell(line, *warehouse)] == 0));
    unused.map(|warehouse| (warehouse, verdict(problem, input, measures, units, target, warehouse))).collect()
}

fn verdict(
    problem: &Problem,
    input: &PlanInput,
    measures: &Measures,
    units: &[u32],
    target: &Levels,
    warehouse: usize,
) -> Verdict {
    if let Some(verdict) = own_facts(problem, input, warehouse) {
        return verdict;
    }
    let mut root = Node::root(problem);
    root.roles[warehouse] = Role::In;
    let known = nearby(problem, measures, units, warehouse);
    let found = search_from(problem, measures, root.clone(), Goal::Against(*target), known, step_limit(problem));
    let sure = found.open_bound.is_none();
    match (found.best, found.open_bound) {
        (Some((levels, _)), _) => match (0..DEPTH).find(|level| levels[*level] != target[*level]) {
            Some(level) => Verdict::Loses {
                level: measures.at(level).map_or("allocation", |measure| measure.name()),
                by: levels[level] - target[level],
                sure,
            },
            None => Verdict::Ties,
        },
        (None, Some(bound)) => {
            let level = (0..DEPTH).find(|level| bound[*level] != target[*level]).unwrap_or(0);
            Verdict::Loses {
                level: measures.at(level).map_or("allocation", |measure| measure.name()),
                by: bound[level].saturating_sub(target[level]),
                sure: false,
            }
        }
        (None, None) => ties_of_cells(problem, &root),
    }
}

/// The best plan that differs from `units` in one line, of which as much as possible or one unit goes to `warehouse`.
fn nearby(problem: &Problem, measures: &Measures, units: &[u32], warehouse: usize) -> Option<(Levels, Vec<u32>)> {
    let width = problem.warehouses.len();
    let mut best: Option<(Levels, Vec<u32>)> = None;
    for (line, facts) in problem.lines.iter().enumerate() {
        let cell = problem.cell(line, warehouse);
        for moved in [problem.most[cell], 1] {
            if moved == 0 || problem.most[cell] == 0 {
                continue;
            }
            let mut changed = units.to_vec();
            changed[cell] = moved;
            let row = &mut changed[line * width..(line + 1) * width];
            let mut excess = row.iter().sum::<u32>().saturating_sub(facts.quantity);
            let others = row.iter_mut().enumerate().filter(|(other, _)| *other != warehouse);
            for (_, count) in others {
                let taken = if facts.single_source() { *count } else { excess.min(*count) };
                *count -= taken;
                excess = excess.saturating_sub(taken);
            }
            if keeps_rules(problem, &changed) {
                let levels = measures.arrange(&score(problem, &changed));
                if best.as_ref().is_none_or(|(seen, _)| levels < *seen) {
                    best = Some((levels, changed));
                }
            }
        }
    }
    best
}

/// What the warehouse's own facts say, before any other warehouse matters.
fn own_facts(problem: &Problem, input: &PlanInput, number: usize) -> Option<Verdict> {
    if (0..problem.lines.len()).any(|line| problem.most[problem.cell(line, number)] > 0) {
        return None;
    }
    let facts = &problem.warehouses[number];
    let warehouse = &input.warehouses[facts.input];
    let breaks = |constraint, detail: String| Some(Verdict::Breaks { constraint, detail });
    if !warehouse.eligible {
        let why = warehouse.ineligible_reason.clone();
        return breaks("ineligible", why.unwrap_or_else(|| "it is not eligible for this order".to_owned()));
    }
    let wanted = || problem.lines.iter().filter(|line| line.quantity > 0).map(|line| &input.lines[line.input]);
    if wanted().next().is_none() {
        return breaks("quantity", "the order wants no units".to_owned());
    }
    let stocked: Vec<_> = problem
        .lines
        .iter()
        .filter(|line| line.quantity > 0 && problem.available(number, line.sku) > 0)
        .map(|line| &input.lines[line.input])
        .collect();
    if stocked.is_empty() {
        return breaks("stock", "it has none of the SKUs of this order".to_owned());
    }
    if facts.capacity == 0 {
        return breaks("capacity_units", "it can take no more units".to_owned());
    }
    if let Some(line) = stocked.iter().find(|line| warehouse.excluded_skus.contains(&line.sku)) {
        return breaks("excluded_skus", format!("it must not ship SKU `{}`", line.sku));
    }
    let pinned = stocked.iter().find(|line| line.pinned_warehouse.as_ref().is_some_and(|pin| *pin != warehouse.id));
    if let Some(line) = pinned {
        let pin = line.pinned_warehouse.as_deref().unwrap_or_default();
        return breaks("pinned_warehouse", format!("line `{}` is pinned to `{pin}`", line.id));
    }
    breaks("parcels", "none of its parcels carries any weight".to_owned())
}

/// The rule between cells that leaves no plan with the warehouse: the first one without which there is a plan.
fn ties_of_cells(problem: &Problem, root: &Node) -> Verdict {
    let breaks = |constraint, detail: &str| Verdict::Breaks { constraint, detail: detail.to_owned() };
    let possible = |change: fn(&mut Problem)| {
        let mut without = problem.clone();
        change(&mut without);
        let goal = Goal::Reach([i64::MAX; DEPTH]);
        search(&without, &Measures::short_only(), root.clone(), goal, step_limit(problem)).best.is_some()
    };
    if problem.max_warehouses == 0 {
        return breaks("max_warehouses", "no warehouse may be used");
    }
    if problem.ship_complete {
        if possible(|without| without.max_warehouses = usize::MAX) {
            return breaks("max_warehouses", "with it, shipping complete takes more warehouses than allowed");
        }
        if possible(|without| without.min_part_value = 0) {
            return breaks("min_part_value", "with it, shipping complete leaves a part below the smallest value");
        }
        if possible(|without| without.ship_complete = false) {
            return breaks("ship_complete", "with it, something of the order would stay short");
        }
    }
    breaks("ship_group", "it could ship only lines of a ship group, and not the whole group")
}
