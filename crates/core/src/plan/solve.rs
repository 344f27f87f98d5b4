//! The search put together: optimum, "why not here?", tie-break, reasons.

use std::collections::BTreeMap;

use super::choice::{Aim, Choice};
use super::explain::{Answer, Verdict, explain_unused};
use super::field::{Field, members};
use super::input::PlanInput;
use super::levels::{DEPTH, Levels, Measures, score};
use super::node::{Node, Role};
use super::output::{Allocation, Explanation, Gap, Plan};
use super::problem::Problem;
use super::reason::{lower_bound, shorts};
use super::search::{Found, Goal, search_from};
use super::tie_break::smallest;
use super::worth::Worths;

/// How much searching a plan may take, in cells (line and warehouse pairs) looked at: so much for the optimum, half of it
/// for the tie-break, as much again for all "why not here?" together, and a tenth for each sentence. Beyond it the plan
/// says `proven: false` and how far the bound is away. Counted, not timed: the same input always gives the same plan.
pub const STEP_LIMIT: u64 = 8_000_000;

/// Steps of the search over sets of warehouses for one question, before the general search takes it over.
pub(super) const SET_STEPS: u64 = 40_000_000;

/// A share of the limit in search nodes, each of which looks at every cell.
pub(super) fn steps(problem: &Problem, cells: u64) -> u64 {
    let per_node = u64::try_from(problem.most.len()).unwrap_or(u64::MAX).max(1);
    (cells / per_node).max(100)
}

/// Input that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Two lines or two warehouses share an id, or a warehouse's stock of a SKU is given twice.
    #[error("{noun} id `{id}` appears twice")]
    DuplicateId {
        /// `line`, `warehouse` or `stock`.
        noun: &'static str,
        /// The id; of stock `warehouse/sku`.
        id: String,
    },
    /// An amount that cannot be below zero is.
    #[error("{what} of `{id}` is negative")]
    Negative {
        /// The field.
        what: &'static str,
        /// Id of the line, warehouse or order.
        id: String,
    },
    /// A sum of quantities or money does not fit.
    #[error("{0} overflows")]
    Overflow(&'static str),
}

/// Work that one part of a plan took. Counted, so that it is the same on every machine and under every load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// Steps of searches over sets of warehouses.
    pub steps: u64,
    /// Nodes of the general search, each of which looks at every line and warehouse.
    pub nodes: u64,
}

/// Work that a plan took, by what it was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// The best scores.
    pub optimum: Spent,
    /// "Why not here?" of every warehouse that ships nothing.
    pub explanations: Spent,
    /// One of the plans that score the same.
    pub tie_break: Spent,
    /// Why units are short, and why fewer warehouses are impossible.
    pub reasons: Spent,
}

/// The best assignment of `input`, with its certificate.
///
/// Pure and deterministic: equal inputs give equal plans, whatever the order of lines, warehouses and stock in them
/// (`short` alone follows the order of the lines).
///
/// # Errors
/// [`PlanError`] when the input contradicts itself. Too little stock is no error.
pub fn plan(input: &PlanInput) -> Result<Plan, PlanError> {
    plan_and_work(input).map(|(plan, _)| plan)
}

/// What [`plan`] says, and the work it took; for measuring.
///
/// # Errors
/// As [`plan`].
pub fn plan_and_work(input: &PlanInput) -> Result<(Plan, Work), PlanError> {
    let mut work = Work::default();
    let problem = Problem::new(input)?;
    let measures = Measures::new(&input.objective);
    let nothing = vec![0; problem.most.len()];
    let root = Node::root(&problem);
    let field = Field::new(&problem);

    let (found, worths) = optimum(&problem, &measures, field.as_ref(), &root, &mut work.optimum);
    let mut gap: Option<Gap> = None;
    let mut units = match found.best {
        Some((_, units)) => units,
        // With `ship_complete`, nothing at all is the only other choice.
        None => nothing,
    };
    let target = measures.arrange(&score(&problem, &units));
    if let Some(bound) = found.open_bound {
        gap = (0..DEPTH).find(|level| bound[*level] != target[*level]).map(|level| Gap {
            level: measures.at(level).map_or("allocation", |measure| measure.name()).to_owned(),
            by: target[level].saturating_sub(bound[level]),
        });
    }

    let nothing_ships = units.iter().all(|count| *count == 0);
    let (verdicts, spent) = explain_unused(&Answer {
        problem: &problem,
        field: field.as_ref(),
        input,
        measures: &measures,
        units: &units,
        target,
        worths: &worths,
        proven: gap.is_none(),
    });
    work.explanations = spent;
    if gap.is_none() && !nothing_ships {
        let among = |warehouse: &usize| verdicts.get(warehouse).is_none_or(|verdict| !verdict.excludes());
        let smallest_known = field
            .as_ref()
            .and_then(|field| smallest_of_ties(field, &measures, target, &worths, among, &mut work.tie_break));
        if let Some(smallest) = smallest_known {
            units = smallest;
        } else {
            let mut part = root;
            for warehouse in (0..problem.warehouses.len()).filter(|warehouse| !among(warehouse)) {
                part.roles[warehouse] = Role::Out;
            }
            let limit = steps(&problem, STEP_LIMIT / 2);
            let (sure, nodes) = smallest(&problem, &measures, part, target, &mut units, limit);
            work.tie_break.nodes += nodes;
            if !sure {
                gap = Some(Gap { level: "allocation".to_owned(), by: 0 });
            }
        }
    }

    let mut explain = BTreeMap::new();
    for (number, warehouse) in problem.warehouses.iter().enumerate() {
        let used = (0..problem.lines.len()).any(|line| units[problem.cell(line, number)] > 0);
        let explanation = if used {
            Explanation { used, because: None, constraint: None, detail: None, level: None, by: None }
        } else {
            // A warehouse that was used before the tie-break and is not now ties with it.
            verdicts.get(&number).unwrap_or(&Verdict::Ties).explanation()
        };
        explain.insert(input.warehouses[warehouse.input].id.clone(), explanation);
    }
    let short = shorts(&problem, input, &units, &mut work.reasons);
    let lower_bound = lower_bound(&problem, field.as_ref(), input, &units, &mut work.reasons);
    let plan = Plan {
        id: input.id.clone(),
        proven: gap.is_none(),
        allocation: allocation(&problem, input, &units),
        short,
        objective: score(&problem, &units),
        explain,
        lower_bound,
        gap,
    };
    Ok((plan, work))
}

/// The best plan: over sets of warehouses where the question is not too large, and where that does not come to an end,
/// by the general search from there on.
fn optimum(
    problem: &Problem,
    measures: &Measures,
    field: Option<&Field<'_>>,
    root: &Node,
    spent: &mut Spent,
) -> (Found, Worths) {
    let (mut known, mut worths) = (None, Worths::default());
    if let Some(field) = field {
        let mut choice = Choice::new(field, measures, Aim::Best, SET_STEPS);
        let proven = choice.search(0, field.everywhere());
        spent.steps += choice.steps;
        if proven {
            return (Found { best: choice.best, open_bound: None, steps: choice.steps }, choice.worths);
        }
        worths = choice.worths;
        known = choice.best;
    }
    let found = search_from(problem, measures, root.clone(), Goal::Best, known, steps(problem, STEP_LIMIT));
    spent.nodes += found.steps;
    (found, worths)
}

/// Of the plans that score the target and use only some warehouses, the one with the smallest list; `None` when the
/// search over sets cannot tell.
fn smallest_of_ties(
    field: &Field<'_>,
    measures: &Measures,
    target: Levels,
    worths: &Worths,
    among: impl Fn(&usize) -> bool,
    spent: &mut Spent,
) -> Option<Vec<u32>> {
    let usable = |place: &usize| field.places.get(*place).is_some_and(|facts| among(&facts.warehouse));
    let places = members(field.everywhere()).filter(usable).fold(0, |set, place| set | 1 << place);
    let mut choice = Choice::new(field, measures, Aim::Ties(target), SET_STEPS);
    choice.worths = worths.clone();
    let proven = choice.search(0, places);
    spent.steps += choice.steps;
    choice.best.filter(|_| proven).map(|(_, units)| units)
}

fn allocation(problem: &Problem, input: &PlanInput, units: &[u32]) -> Vec<Allocation> {
    let mut allocation = Vec::new();
    for (line, facts) in problem.lines.iter().enumerate() {
        for (number, warehouse) in problem.warehouses.iter().enumerate() {
            let quantity = units[problem.cell(line, number)];
            if quantity > 0 {
                allocation.push(Allocation {
                    line: input.lines[facts.input].id.clone(),
                    warehouse: input.warehouses[warehouse.input].id.clone(),
                    quantity,
                });
            }
        }
    }
    allocation
}
