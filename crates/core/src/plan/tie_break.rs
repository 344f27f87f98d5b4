//! Among the assignments that score the same, the lexicographically smallest.

use std::ops::RangeInclusive;

use super::bound::{Prices, in_minor_units};
use super::levels::{Levels, Measure, Measures};
use super::node::{Node, Role};
use super::problem::Problem;
use super::search::{Goal, search};
use super::shift::{Shift, Tally};

/// Makes `units`, which score `target`, the smallest list of (line, warehouse, quantity) of all assignments in `root`
/// that score so. Returns false when the step limit left a question open, and the nodes searched.
///
/// Cell after cell in list order: an entry as early as possible comes before a later one, so any quantity beats none,
/// and then the smallest quantity wins. Each question is a search of its own, which the bound mostly answers at once.
pub(super) fn smallest(
    problem: &Problem,
    measures: &Measures,
    mut root: Node,
    target: Levels,
    units: &mut Vec<u32>,
    step_limit: u64,
) -> (bool, u64) {
    if !root.settle(problem) {
        return (false, 0);
    }
    if let Some(level) = measures.position(Measure::Warehouses) {
        // Fewer warehouses would score less, so when only so many are left, all of them are used.
        let left = root.open().count() + root.used();
        if i64::try_from(left) == Ok(target[level]) {
            for role in root.roles.iter_mut().filter(|role| **role == Role::Open) {
                *role = Role::In;
            }
        }
    }
    let mut alone = Alone::new(problem, measures, &root);
    let mut tally = Tally::new(problem, units);
    let mut sure = true;
    let (mut left, mut nodes) = (step_limit, 0);
    for line in 0..problem.lines.len() {
        for warehouse in 0..problem.warehouses.len() {
            let cell = problem.cell(line, warehouse);
            let mut ask = |root: &Node, least: u32, most: u32, units: &mut Vec<u32>, sure: &mut bool| {
                if most < least || alone.refutes(root, &target, line, cell, least..=most) {
                    return false;
                }
                let shift = Shift { root, target: &target, line, warehouse, least };
                if tally.shift(problem, measures, &shift, units) {
                    return units[cell] <= most;
                }
                let mut part = root.clone();
                part.least[cell] = least;
                part.most[cell] = most;
                let found = search(problem, measures, part, Goal::Reach(target), left);
                left = left.saturating_sub(found.steps);
                nodes += found.steps;
                *sure &= found.open_bound.is_none();
                match found.best {
                    Some((levels, better)) if levels <= target => {
                        tally = Tally::new(problem, &better);
                        *units = better;
                        true
                    }
                    _ => false,
                }
            };
            let mut least = root.least[cell].max(1);
            if units[cell] == 0 {
                ask(&root, least, root.most[cell], units, &mut sure);
            }
            while units[cell] > least {
                let middle = least + (units[cell] - least) / 2;
                let before = units[cell];
                if !ask(&root, least, middle, units, &mut sure) && units[cell] == before {
                    least = middle + 1;
                }
            }
            root.least[cell] = units[cell];
            root.most[cell] = units[cell];
        }
        alone.fix(&root, line);
    }
    (sure, nodes)
}

/// What each line costs at least when it is alone with the stock. Where lines do not compete, this answers most
/// questions without a search.
struct Alone<'a> {
    problem: &'a Problem,
    measures: &'a Measures,
    prices: Prices,
    used: i64,
    /// Least short value, late hours and scaled money of each line.
    lines: Vec<[i64; 3]>,
    /// Their sums.
    total: [i64; 3],
}

impl<'a> Alone<'a> {
    fn new(problem: &'a Problem, measures: &'a Measures, root: &Node) -> Self {
        let prices = Prices::new(problem, root);
        let used = i64::try_from(root.used()).unwrap_or(i64::MAX);
        let mut alone = Self { problem, measures, prices, used, lines: Vec::new(), total: [0; 3] };
        for line in 0..problem.lines.len() {
            alone.lines.push(alone.best(root, line, None));
        }
        alone.sum_up();
        alone
    }

    fn sum_up(&mut self) {
        self.total = [0; 3];
        for line in &self.lines {
            for (sum, part) in self.total.iter_mut().zip(line) {
                *sum += part;
            }
        }
    }

    /// Takes the line as it has been decided.
    fn fix(&mut self, root: &Node, line: usize) {
        let now = self.best(root, line, None);
        for (part, sum) in self.total.iter_mut().enumerate() {
            *sum += now[part] - self.lines[line][part];
        }
        self.lines[line] = now;
    }

    /// The least the line can cost, each of the three on its own.
    fn best(&self, root: &Node, line: usize, change: Option<(usize, &RangeInclusive<u32>)>) -> [i64; 3] {
        let facts = &self.problem.lines[line];
        let bounds = |cell: usize| match change {
            Some((changed, range)) if changed == cell => (*range.start(), *range.end()),
            _ => (root.least[cell], root.most[cell]),
        };
        let cells = || (0..self.problem.warehouses.len()).map(|w| (w, bounds(self.problem.cell(line, w))));
        let most: i64 = cells().map(|(_, (_, most))| i64::from(most)).sum();
        let shipped = most.min(i64::from(facts.quantity));
        let short = facts.short_value * (i64::from(facts.quantity) - shipped);
        let cheapest = |cost: &dyn Fn(usize) -> i64| {
            let mut offers: Vec<(i64, i64)> =
                cells().map(|(w, (least, most))| (cost(w), i64::from(most.saturating_sub(least)))).collect();
            offers.sort_unstable();
            let mut sum: i64 = cells().map(|(w, (least, _))| cost(w) * i64::from(least)).sum();
            let mut left = shipped - cells().map(|(_, (least, _))| i64::from(least)).sum::<i64>();
            for (cost, room) in offers {
                let taken = room.min(left.max(0));
                sum += cost * taken;
                left -= taken;
            }
            sum
        };
        let late = cheapest(&|warehouse| self.problem.warehouses[warehouse].late);
        let money = cheapest(&|warehouse| self.prices.of_unit(self.problem, line, warehouse));
        [short, late, money]
    }

    /// Whether no assignment with the cell in this range scores as little as the target.
    fn refutes(&self, root: &Node, target: &Levels, line: usize, cell: usize, range: RangeInclusive<u32>) -> bool {
        let changed = self.best(root, line, Some((cell, &range)));
        let part = |part: usize| self.total[part] - self.lines[line][part] + changed[part];
        for (level, goal) in target.iter().enumerate() {
            let least = match self.measures.at(level) {
                Some(Measure::Short) => part(0),
                Some(Measure::Late) => part(1),
                Some(Measure::Warehouses) => self.used,
                Some(Measure::Cost) => in_minor_units(self.prices.of_use() + part(2)),
                Some(Measure::Rank) | None => return false,
            };
            if least != *goal {
                return least > *goal;
            }
        }
        false
    }
}
