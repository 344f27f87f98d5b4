//! Words for a person: why units are short, and why fewer warehouses are impossible.

use super::choice::{Aim, Choice};
use super::cover::{Cover, Needs};
use super::field::Field;
use super::input::{PlanInput, PlanLine};
use super::levels::{Levels, Measures, score};
use super::node::Node;
use super::output::{LowerBound, Short};
use super::problem::Problem;
use super::search::{Found, Goal, search};
use super::solve::{SET_STEPS, STEP_LIMIT, Spent, steps};

/// What is short, in the input's line order.
pub(super) fn shorts(problem: &Problem, input: &PlanInput, units: &[u32], spent: &mut Spent) -> Vec<Short> {
    let width = problem.warehouses.len();
    let mut shorts = Vec::new();
    let mut limit = None;
    for (line, facts) in problem.lines.iter().enumerate() {
        let shipped: u32 = units[line * width..(line + 1) * width].iter().sum();
        let quantity = facts.quantity - shipped;
        if quantity > 0 {
            let asked = &input.lines[facts.input];
            let reason = own_reason(problem, input, line, asked)
                .unwrap_or_else(|| limit.get_or_insert_with(|| limiting_rule(problem, units, spent)).clone());
            shorts.push((facts.input, Short { line: asked.id.clone(), quantity, reason }));
        }
    }
    shorts.sort_by_key(|(position, _)| *position);
    shorts.into_iter().map(|(_, short)| short).collect()
}

/// A reason in the line itself: its pin, its stock, its group, or that it must not be split.
fn own_reason(problem: &Problem, input: &PlanInput, line: usize, asked: &PlanLine) -> Option<String> {
    let facts = &problem.lines[line];
    let width = problem.warehouses.len();
    let row = &problem.most[line * width..(line + 1) * width];
    let sku = &asked.sku;
    if let Some(pin) = &asked.pinned_warehouse {
        let Some(number) = problem.warehouses.iter().position(|w| input.warehouses[w.input].id == *pin) else {
            return Some(format!("pinned to `{pin}`, which is not among the warehouses"));
        };
        let warehouse = &input.warehouses[problem.warehouses[number].input];
        if !warehouse.eligible {
            let why = warehouse.ineligible_reason.as_deref().unwrap_or("it is not eligible");
            return Some(format!("pinned to `{pin}`, which cannot ship this order: {why}"));
        }
        if warehouse.excluded_skus.contains(sku) {
            return Some(format!("pinned to `{pin}`, which must not ship SKU `{sku}`"));
        }
        if row[number] < facts.quantity {
            return Some(format!("pinned to `{pin}`, which can ship {} of {} units", row[number], facts.quantity));
        }
    }
    if row.iter().all(|units| *units == 0) {
        return Some(format!("no warehouse that may ship SKU `{sku}` has any"));
    }
    let stock: u64 = (0..width).filter(|w| row[*w] > 0).map(|w| u64::from(problem.available(w, facts.sku))).sum();
    let wanted: u64 =
        problem.lines.iter().filter(|other| other.sku == facts.sku).map(|other| u64::from(other.quantity)).sum();
    if stock < wanted {
        return Some(format!("{wanted} units of SKU `{sku}` are wanted and {stock} are available"));
    }
    if let Some(group) = facts.group {
        let mut node = Node::root(problem);
        let fits = node.settle(problem) && problem.groups[group].iter().all(|line| node.line_most(problem, *line) > 0);
        if !fits {
            let name = asked.ship_group.as_deref().unwrap_or_default();
            return Some(format!(
                "ships with group `{name}` from one warehouse or not at all, and none can take it whole"
            ));
        }
    }
    let largest = row.iter().copied().max().unwrap_or(0);
    if !facts.splittable && largest < facts.quantity {
        return Some(format!(
            "must not be split, and no warehouse can ship more than {largest} of {} units",
            facts.quantity
        ));
    }
    None
}

/// The rule between cells without which less would be short.
fn limiting_rule(problem: &Problem, units: &[u32], spent: &mut Spent) -> String {
    let now = Measures::short_only().arrange(&score(problem, units));
    let mut better = |change: fn(&mut Problem)| {
        let mut without = problem.clone();
        change(&mut without);
        if let Some(field) = Field::new(&without) {
            let measures = Measures::short_only();
            let mut choice = Choice::new(&field, &measures, Aim::Best, SET_STEPS);
            choice.beat(now, units.to_vec());
            let sure = choice.search(0, field.everywhere());
            spent.steps += choice.steps;
            let shorter = choice.best.is_some_and(|(levels, _)| levels < now);
            if sure || shorter {
                return shorter;
            }
        }
        let target = less(now);
        let found = search(
            &without,
            &Measures::short_only(),
            Node::root(&without),
            Goal::Reach(target),
            steps(problem, STEP_LIMIT / 10),
        );
        spent.nodes += found.steps;
        found.best.is_some_and(|(levels, _)| levels <= target)
    };
    if problem.ship_complete && better(|without| without.ship_complete = false) {
        return "the order ships complete or not at all, and it cannot ship complete".to_owned();
    }
    if better(|without| without.max_warehouses = usize::MAX) {
        return format!("at most {} warehouses may be used", problem.max_warehouses);
    }
    if better(|without| without.min_part_value = 0) {
        return format!("a part worth less than {} would be needed", problem.min_part_value);
    }
    if better(|without| without.warehouses.iter_mut().for_each(|warehouse| warehouse.capacity = u64::MAX)) {
        return "the warehouses that have it cannot take more units".to_owned();
    }
    "its stock is needed for other lines, or the rules for splitting leave no other way".to_owned()
}

fn less(mut levels: Levels) -> Levels {
    levels[0] -= 1;
    levels
}

/// The fewest warehouses that ship as much as `units` does, and why.
pub(super) fn lower_bound(
    problem: &Problem,
    field: Option<&Field<'_>>,
    input: &PlanInput,
    units: &[u32],
    spent: &mut Spent,
) -> LowerBound {
    let objective = score(problem, units);
    let mut root = Node::root(problem);
    if objective.warehouses == 0 || !root.settle(problem) {
        return LowerBound { warehouses: 0, why: "nothing ships, so no warehouse is needed".to_owned() };
    }
    if objective.warehouses == 1 {
        return LowerBound { warehouses: 1, why: "whatever ships needs a warehouse".to_owned() };
    }
    let cover = Cover::new(problem, &root, &Needs::new(problem, &root, objective.short_value), i64::MAX);
    let counted = i64::try_from(cover.warehouses).unwrap_or(i64::MAX);
    let witness = || {
        let names: Vec<String> =
            cover.witnesses.iter().map(|line| format!("`{}`", input.lines[problem.lines[*line].input].id)).collect();
        match names.as_slice() {
            [] => "whatever ships needs a warehouse".to_owned(),
            [line] => format!("line {line} alone needs the stock of {counted} warehouses"),
            lines => format!("no warehouse has anything for two of the lines {}", lines.join(", ")),
        }
    };
    if counted >= objective.warehouses {
        return LowerBound { warehouses: counted, why: witness() };
    }
    let found = fewest(problem, field, root, units, spent);
    match (found.best, found.open_bound) {
        (Some((levels, _)), None) => {
            let why = if levels[1] == 1 {
                "whatever ships needs a warehouse".to_owned()
            } else {
                format!("no choice of {} warehouses ships as much: all were ruled out", levels[1] - 1)
            };
            LowerBound { warehouses: levels[1], why }
        }
        _ => LowerBound { warehouses: counted, why: witness() },
    }
}

/// The plan that ships as much as possible with the fewest warehouses, one such plan being known or not.
fn fewest(problem: &Problem, field: Option<&Field<'_>>, root: Node, units: &[u32], spent: &mut Spent) -> Found {
    let measures = Measures::fewest_warehouses();
    if let Some(field) = field {
        let mut choice = Choice::new(field, &measures, Aim::Best, SET_STEPS);
        choice.beat(measures.arrange(&score(problem, units)), units.to_vec());
        let sure = choice.search(0, field.everywhere());
        spent.steps += choice.steps;
        if sure {
            return Found { best: choice.best, open_bound: None, steps: choice.steps };
        }
    }
    let found = search(problem, &measures, root, Goal::Best, steps(problem, STEP_LIMIT / 10));
    spent.nodes += found.steps;
    found
}
