//! How much of each line has to ship, and how many warehouses that takes at least. Cheaper than a relaxation.

use super::node::{Node, Role};
use super::problem::Problem;

/// What every plan of a node ships that falls short by no more than some value.
#[derive(Debug)]
pub(super) struct Needs {
    /// Short value of the units that no warehouse can ship, each line seen alone.
    pub(super) certain_short: i64,
    /// Least units shipped, by line.
    pub(super) units: Vec<u64>,
}

impl Needs {
    /// Of plans whose `short_value` is at most `short`.
    pub(super) fn new(problem: &Problem, node: &Node, short: i64) -> Self {
        let possible: Vec<u32> = (0..problem.lines.len())
            .map(|line| node.line_most(problem, line).min(problem.lines[line].quantity))
            .collect();
        let lines = || problem.lines.iter().zip(&possible);
        let certain_short =
            lines().map(|(facts, possible)| facts.short_value * i64::from(facts.quantity - possible)).sum();
        // What else falls short may all be of one line.
        let free = short.saturating_sub(certain_short).max(0);
        let units = lines()
            .map(|(facts, possible)| {
                let may_fall_short = u32::try_from(free / facts.short_value).unwrap_or(u32::MAX);
                u64::from(possible.saturating_sub(may_fall_short))
            })
            .collect();
        Self { certain_short, units }
    }
}

/// How many warehouses every plan needs that falls short by no more than some value.
#[derive(Debug)]
pub(super) struct Cover {
    /// At least so many, those already in use among them.
    pub(super) warehouses: usize,
    /// Units by line that the warehouses in use cannot cover.
    pub(super) uncovered: Vec<u64>,
    /// The lines that prove it: one that needs several, or several that share no candidate.
    pub(super) witnesses: Vec<usize>,
}

impl Cover {
    /// Counts for plans of the node that ship the needs and are at most so late. Lines whose candidates do not overlap
    /// add up.
    pub(super) fn new(problem: &Problem, node: &Node, needs: &Needs, late: i64) -> Self {
        let width = problem.warehouses.len();
        let mut uncovered = vec![0; problem.lines.len()];
        let mut demands: Vec<Demand> = Vec::new();
        for (line, facts) in problem.lines.iter().enumerate() {
            let needed = needs.units[line];
            let units = |warehouse: usize| u64::from(node.most[problem.cell(line, warehouse)]);
            let in_use = (0..width).filter(|warehouse| node.roles[*warehouse] == Role::In);
            let covered: u64 = if facts.single_source() {
                in_use.map(units).filter(|units| *units >= needed).max().unwrap_or(0)
            } else {
                in_use.map(units).sum()
            };
            let left = needed.saturating_sub(covered);
            if left == 0 {
                continue;
            }
            uncovered[line] = left;
            let enough = if facts.single_source() { needed } else { 1 };
            let mut candidates: Vec<usize> = node
                .open()
                .filter(|&warehouse| units(warehouse) >= enough && problem.warehouses[warehouse].late <= late)
                .collect();
            candidates.sort_by_key(|warehouse| std::cmp::Reverse(units(*warehouse)));
            let (mut sum, mut count) = (0, 0);
            for warehouse in &candidates {
                if sum >= left {
                    break;
                }
                sum += units(*warehouse);
                count += 1;
            }
            demands.push(Demand { line, candidates, count: count.max(1) });
        }
        demands.sort_by_key(|demand| (demand.candidates.len(), std::cmp::Reverse(demand.count)));
        let mut taken = vec![false; width];
        let (mut packed, mut witnesses) = (0, Vec::new());
        for demand in &demands {
            if demand.candidates.iter().all(|warehouse| !taken[*warehouse]) {
                packed += demand.count;
                witnesses.push(demand.line);
                for warehouse in &demand.candidates {
                    taken[*warehouse] = true;
                }
            }
        }
        if let Some(hardest) = demands.iter().max_by_key(|demand| demand.count).filter(|demand| demand.count >= packed)
        {
            packed = hardest.count;
            witnesses = vec![hardest.line];
        }
        Self { warehouses: node.used() + packed, uncovered, witnesses }
    }
}

/// A line that the warehouses in use do not cover.
struct Demand {
    line: usize,
    /// Open warehouses that could help.
    candidates: Vec<usize>,
    /// How many of them it takes at least.
    count: usize,
}
