//! "Why not here?": for a warehouse that ships nothing, the constraint in the way or the level at which it loses.

use std::collections::BTreeMap;

use super::choice::{Aim, Choice};
use super::field::Field;
use super::input::PlanInput;
use super::levels::{DEPTH, Levels, Measures, keeps_rules, score};
use super::node::{Node, Role};
use super::nudge::Nudge;
use super::output::Explanation;
use super::problem::Problem;
use super::search::{Goal, search, search_from};
use super::solve::{SET_STEPS, STEP_LIMIT, Spent, steps};
use super::worth::Worths;

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
        /// What to know about that amount, when the step limit ended the search.
        caveat: Option<&'static str>,
    },
    /// Not known: the step limit ended a search.
    Open,
    /// A plan that uses it scores the same; the tie-break decided.
    Ties,
}

const AT_MOST: &str = "at most so much: the search stopped at its step limit";

impl Verdict {
    /// Whether it is certain that no plan with the warehouse scores as little as the target.
    pub(super) fn excludes(&self) -> bool {
        match self {
            Self::Breaks { .. } => true,
            Self::Loses { caveat, .. } => *caveat != Some(AT_MOST),
            Self::Open | Self::Ties => false,
        }
    }

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
            Self::Loses { level, by, caveat } => {
                explanation.because = Some("level".to_owned());
                explanation.level = Some((*level).to_owned());
                explanation.by = Some(*by);
                explanation.detail = caveat.map(str::to_owned);
            }
            Self::Open => {
                explanation.because = Some("level".to_owned());
                explanation.detail = Some("not known: the search stopped at its step limit".to_owned());
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

/// The question: these units score `target`, which is the optimum when it is `proven`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) problem: &'a Problem,
    /// The same laid out for the search over sets, where it is not too large.
    pub(super) field: Option<&'a Field<'a>>,
    pub(super) input: &'a PlanInput,
    pub(super) measures: &'a Measures,
    pub(super) units: &'a [u32],
    pub(super) target: Levels,
    /// As the search for the optimum left them.
    pub(super) worths: &'a Worths,
    pub(super) proven: bool,
}

/// The verdict on every warehouse that the answer does not use, and the work it took.
pub(super) fn explain_unused(answer: &Answer<'_>) -> (BTreeMap<usize, Verdict>, Spent) {
    let problem = answer.problem;
    let in_use = |warehouse| (0..problem.lines.len()).any(|line| answer.units[problem.cell(line, warehouse)] > 0);
    let mut questions = Questions::new(answer);
    let unused = (0..problem.warehouses.len()).filter(|warehouse| !in_use(*warehouse));
    let verdicts = unused.map(|warehouse| (warehouse, questions.verdict(warehouse))).collect();
    (verdicts, questions.rules.spent)
}

/// Steps that every question may take.
const LEAST_STEPS: u64 = 20;

/// "Why not here?" asked of one warehouse after another, with one budget for all.
struct Questions<'a> {
    answer: &'a Answer<'a>,
    /// The search over sets, and small changes to the answer.
    sets: Option<(Choice<'a>, Nudge<'a>)>,
    set_steps: u64,
    /// Nodes of the general search.
    nodes: u64,
    rules: Rules<'a>,
}

impl<'a> Questions<'a> {
    fn new(answer: &'a Answer<'a>) -> Self {
        let sets = answer.field.map(|field| {
            let mut choice = Choice::new(field, answer.measures, Aim::Best, 0);
            choice.worths = answer.worths.clone();
            (choice, Nudge::new(field, answer.measures, answer.units))
        });
        let rules = Rules { problem: answer.problem, lifted: Vec::new(), spent: Spent::default() };
        Self { answer, sets, set_steps: SET_STEPS, nodes: steps(answer.problem, STEP_LIMIT), rules }
    }

    fn verdict(&mut self, warehouse: usize) -> Verdict {
        let Answer { problem, input, measures, units, target, proven, .. } = *self.answer;
        if let Some(verdict) = own_facts(problem, input, warehouse) {
            return verdict;
        }
        if !proven {
            return Verdict::Open;
        }
        let mut known = None;
        if let Some((choice, nudge)) = &mut self.sets {
            let Some(place) = choice.field.place_of(warehouse) else { return self.rules.in_the_way(warehouse) };
            let before = choice.steps;
            // No single hard question takes all the steps of the others.
            choice.again(Aim::Against { optimum: target, forced: 1 << place }, self.set_steps / 4 + LEAST_STEPS);
            let nearest = nudge.towards(place);
            if let Some(levels) = &nearest {
                choice.loses_at_most(levels);
            }
            let sure = choice.search(1 << place, choice.field.everywhere());
            self.set_steps = self.set_steps.saturating_sub(choice.steps - before);
            self.rules.spent.steps += choice.steps - before;
            known = choice.best.take();
            if sure {
                return match known.map(|(levels, _)| levels).or(nearest) {
                    Some(levels) => self.loses(levels, None),
                    None => self.rules.in_the_way(warehouse),
                };
            }
        }
        // No single hard question takes all the steps of the others.
        let limit = self.nodes / 4 + LEAST_STEPS;
        let mut root = Node::root(problem);
        root.roles[warehouse] = Role::In;
        let known = known.or_else(|| nearby(problem, measures, units, warehouse));
        let found = search_from(problem, measures, root, Goal::Against(target), known, limit);
        self.nodes = self.nodes.saturating_sub(found.steps);
        self.rules.spent.nodes += found.steps;
        match (found.best, found.open_bound) {
            (Some((levels, _)), None) => self.loses(levels, None),
            (Some((levels, _)), Some(_)) => self.loses(levels, Some(AT_MOST)),
            (None, Some(bound)) => {
                self.loses(bound.max(target), Some("at least so much: the search stopped at its step limit"))
            }
            (None, None) => self.rules.in_the_way(warehouse),
        }
    }

    fn loses(&self, levels: Levels, caveat: Option<&'static str>) -> Verdict {
        let Answer { measures, target, .. } = *self.answer;
        match (0..DEPTH).find(|level| levels[*level] != target[*level]) {
            Some(level) => Verdict::Loses {
                level: measures.at(level).map_or("allocation", |measure| measure.name()),
                by: levels[level].saturating_sub(target[level]),
                caveat,
            },
            None => Verdict::Ties,
        }
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

/// Rules between cells, and the problem without each of them.
struct Rules<'a> {
    problem: &'a Problem,
    /// Problems with one rule lifted, made when first asked for.
    lifted: Vec<(&'static str, Problem)>,
    /// Work of all questions.
    spent: Spent,
}

impl Rules<'_> {
    /// The rule that leaves no plan with the warehouse: the first one without which there is a plan.
    fn in_the_way(&mut self, warehouse: usize) -> Verdict {
        let breaks = |constraint, detail: &str| Verdict::Breaks { constraint, detail: detail.to_owned() };
        if self.problem.max_warehouses == 0 {
            return breaks("max_warehouses", "no warehouse may be used");
        }
        if self.problem.ship_complete {
            if self.possible(warehouse, "max_warehouses", |without| without.max_warehouses = usize::MAX) {
                return breaks("max_warehouses", "with it, shipping complete takes more warehouses than allowed");
            }
            if self.possible(warehouse, "min_part_value", |without| without.min_part_value = 0) {
                return breaks("min_part_value", "with it, shipping complete leaves a part below the smallest value");
            }
            if self.possible(warehouse, "ship_complete", |without| without.ship_complete = false) {
                return breaks("ship_complete", "with it, something of the order would stay short");
            }
        }
        breaks("ship_group", "it could ship only lines of a ship group, and not the whole group")
    }

    /// Whether there is any plan with the warehouse when a rule is lifted.
    fn possible(&mut self, warehouse: usize, rule: &'static str, lift: fn(&mut Problem)) -> bool {
        let index = self.lifted.iter().position(|(name, _)| *name == rule).unwrap_or_else(|| {
            let mut without = self.problem.clone();
            lift(&mut without);
            self.lifted.push((rule, without));
            self.lifted.len() - 1
        });
        let without = &self.lifted[index].1;
        let measures = Measures::fewest_warehouses();
        if let Some(field) = Field::new(without) {
            let Some(place) = field.place_of(warehouse) else { return false };
            let mut choice = Choice::new(&field, &measures, Aim::Any(1 << place), SET_STEPS);
            let sure = choice.search(1 << place, field.everywhere());
            self.spent.steps += choice.steps;
            if sure || choice.best.is_some() {
                return choice.best.is_some();
            }
        }
        let mut root = Node::root(without);
        root.roles[warehouse] = Role::In;
        let goal = Goal::Reach([i64::MAX; DEPTH]);
        let found = search(without, &Measures::short_only(), root, goal, steps(without, STEP_LIMIT / 10));
        self.spent.nodes += found.steps;
        found.best.is_some()
    }
}
