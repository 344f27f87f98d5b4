//! Among the assignments that score the same, the lexicographically smallest.

use super::levels::{Levels, Measures};
use super::node::Node;
use super::problem::Problem;
use super::search::{Goal, search};

/// Makes `units`, which score `target`, the smallest list of (line, warehouse, quantity) of all assignments in `root`
/// that score so. False when the step limit left a question open.
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
) -> bool {
    let mut sure = true;
    let mut left = step_limit;
    for cell in 0..units.len() {
        if !root.settle(problem) {
            return false;
        }
        let mut least = root.least[cell].max(1);
        let mut ask = |least: u32, most: u32, units: &mut Vec<u32>, sure: &mut bool| {
            let mut part = root.clone();
            part.least[cell] = least;
            part.most[cell] = most;
            let found = search(problem, measures, part, Goal::Reach(target), left);
            left = left.saturating_sub(found.steps);
            *sure &= found.open_bound.is_none();
            match found.best {
                Some((levels, better)) if levels <= target => {
                    *units = better;
                    true
                }
                _ => false,
            }
        };
        let most = root.most[cell];
        if most >= least && units[cell] == 0 {
            ask(least, most, units, &mut sure);
        }
        while units[cell] > least {
            let middle = least + (units[cell] - least) / 2;
            if !ask(least, middle, units, &mut sure) {
                least = middle + 1;
            }
        }
        root.least[cell] = units[cell];
        root.most[cell] = units[cell];
    }
    sure
}
