//! What can be told about a node without a relaxation: a first bound, and what no useful plan can contain.

use super::bound::lowest_ranks;
use super::cover::{Cover, Needs};
use super::levels::{DEPTH, Levels, Measure, Measures};
use super::node::{Node, Role};
use super::problem::Problem;

/// What became of a node.
pub(super) enum Narrowed {
    /// Nothing could be taken out.
    Nothing,
    /// Something was taken out: settle again.
    Some,
    /// Nothing useful is left.
    Empty,
}

/// Raises the node's bound and takes out what no plan at or below `ceiling` can contain. The node is settled.
///
/// Every bound here is lexicographic: a level's number holds for plans equal to the bound in the levels before it.
/// Plans that are worse in one of those are above the bound anyway.
pub(super) fn narrow(
    problem: &Problem,
    measures: &Measures,
    node: &mut Node,
    ceiling: Option<&Levels>,
    hopeless: impl Fn(&Levels) -> bool,
) -> Narrowed {
    let certain = Needs::new(problem, node, 0).certain_short;
    raise(problem, measures, node, 0, certain, 0);
    let needs = Needs::new(problem, node, node.bound[0]);
    if measures.at(1) == Some(Measure::Late) {
        let (lateness, marginal) = least_lateness(problem, node, &needs);
        raise(problem, measures, node, 1, lateness, 0);
        if hopeless(&node.bound) {
            return Narrowed::Empty;
        }
        if let Some(ceiling) = ceiling.filter(|ceiling| ceiling[0] == node.bound[0])
            && drop_late_cells(problem, node, ceiling[1].saturating_sub(lateness).max(0), &marginal)
        {
            return Narrowed::Some;
        }
    }
    if ceiling.is_some_and(|ceiling| ceiling[0] == node.bound[0]) {
        match demand_needs(problem, node, &needs) {
            Narrowed::Nothing => {}
            other => return other,
        }
    }
    let Some(level) = measures.position(Measure::Warehouses) else {
        return if hopeless(&node.bound) { Narrowed::Empty } else { Narrowed::Nothing };
    };
    let late = measures.position(Measure::Late).filter(|late| *late < level);
    let cover = Cover::new(problem, node, &needs, late.map_or(i64::MAX, |late| node.bound[late]));
    let needed = i64::try_from(cover.warehouses).unwrap_or(i64::MAX);
    raise(problem, measures, node, level, needed, cover.warehouses);
    if hopeless(&node.bound) {
        return Narrowed::Empty;
    }
    let Some(ceiling) = ceiling.filter(|ceiling| ceiling[..level] == node.bound[..level]) else {
        return Narrowed::Nothing;
    };
    // Equal in every level before the number of warehouses: only so many more may be used, and the last one must cover
    // all that is uncovered.
    let affordable = usize::try_from(ceiling[level]).unwrap_or(usize::MAX);
    let Some(slots) = affordable.checked_sub(node.used()) else { return Narrowed::Empty };
    if slots > 1 {
        return Narrowed::Nothing;
    }
    let mut narrowed = Narrowed::Nothing;
    let open: Vec<usize> = node.open().collect();
    for warehouse in open {
        let covers = slots == 1
            && cover
                .uncovered
                .iter()
                .enumerate()
                .all(|(line, left)| *left == 0 || u64::from(node.most[problem.cell(line, warehouse)]) >= *left);
        if !covers {
            node.roles[warehouse] = Role::Out;
            narrowed = Narrowed::Some;
        }
    }
    narrowed
}

/// Raises one level of the bound; the levels after it start again from their least.
fn raise(problem: &Problem, measures: &Measures, node: &mut Node, level: usize, to: i64, fewest: usize) {
    if to <= node.bound[level] {
        return;
    }
    node.bound[level] = to;
    for later in level + 1..DEPTH {
        node.bound[later] = match measures.at(later) {
            Some(Measure::Rank) => lowest_ranks(problem, node, fewest.max(node.used())),
            Some(Measure::Warehouses) => i64::try_from(node.used()).unwrap_or(i64::MAX),
            _ => 0,
        };
    }
}

/// The least `late` at which the needs can ship, each line alone with the stock; and by line, how late its last unit is
/// then: moving units to a later warehouse saves no more than that each.
fn least_lateness(problem: &Problem, node: &Node, needs: &Needs) -> (i64, Vec<i64>) {
    let mut sum = 0;
    let mut marginal = Vec::with_capacity(problem.lines.len());
    for (line, facts) in problem.lines.iter().enumerate() {
        let needed = needs.units[line];
        let mut left = needed;
        let mut last = 0;
        for &warehouse in &problem.by_lateness {
            if left == 0 {
                break;
            }
            let most = u64::from(node.most[problem.cell(line, warehouse)]);
            if most == 0 || (facts.single_source() && most < needed) {
                continue;
            }
            let taken = left.min(most);
            last = problem.warehouses[warehouse].late;
            sum += last * i64::try_from(taken).unwrap_or(i64::MAX);
            left -= taken;
        }
        marginal.push(last);
    }
    (sum, marginal)
}

/// Raises the least units of cells without which their line could not ship what it needs to.
fn demand_needs(problem: &Problem, node: &mut Node, needs: &Needs) -> Narrowed {
    let width = problem.warehouses.len();
    let mut narrowed = Narrowed::Nothing;
    for (line, facts) in problem.lines.iter().enumerate() {
        let needed = needs.units[line];
        let row = line * width..(line + 1) * width;
        if facts.single_source() && needed > 0 {
            // It ships from one warehouse or not at all, so one that has too little is none.
            for cell in row.clone() {
                if node.most[cell] > 0 && u64::from(node.most[cell]) < needed {
                    node.most[cell] = 0;
                    narrowed = Narrowed::Some;
                }
            }
        }
        let total: u64 = if facts.single_source() {
            let mut able = row.clone().filter(|cell| u64::from(node.most[*cell]) >= needed);
            match (needed, able.next(), able.next()) {
                (0, ..) => continue,
                (_, None, _) => return Narrowed::Empty,
                (_, Some(only), None) => u64::from(node.most[only]),
                (_, Some(_), Some(_)) => continue,
            }
        } else {
            node.most[row.clone()].iter().map(|units| u64::from(*units)).sum()
        };
        for cell in row {
            let most = u64::from(node.most[cell]);
            if facts.single_source() && most < needed {
                continue;
            }
            let least = u32::try_from(needed.saturating_sub(total - most)).unwrap_or(u32::MAX);
            if least > node.least[cell] {
                node.least[cell] = least;
                narrowed = Narrowed::Some;
            }
        }
    }
    narrowed
}

/// Limits cells of late warehouses to the units that `slack` more late hours allow. True when that changed any.
fn drop_late_cells(problem: &Problem, node: &mut Node, slack: i64, marginal: &[i64]) -> bool {
    let mut changed = false;
    for (line, marginal) in marginal.iter().enumerate() {
        for (number, warehouse) in problem.warehouses.iter().enumerate() {
            let extra = warehouse.late - marginal;
            let cell = problem.cell(line, number);
            if extra > 0 && i64::from(node.most[cell]) > slack / extra {
                node.most[cell] = u32::try_from(slack / extra).unwrap_or(u32::MAX);
                changed = true;
            }
        }
    }
    changed
}
