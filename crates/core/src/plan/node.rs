//! A part of the search space: which warehouses are in, out or open, and how few and how many units each cell takes.

use super::levels::{DEPTH, Levels};
use super::problem::Problem;

/// What has been decided about a warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It ships at least one unit.
    In,
    /// It ships nothing.
    Out,
    /// Not decided.
    Open,
}

/// A part of the search space. No recursion: nodes wait on a stack.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) roles: Vec<Role>,
    pub(super) least: Vec<u32>,
    pub(super) most: Vec<u32>,
    /// No assignment in here scores less.
    pub(super) bound: Levels,
}

impl Node {
    /// Everything the problem allows.
    pub(super) fn root(problem: &Problem) -> Self {
        Self {
            roles: vec![Role::Open; problem.warehouses.len()],
            least: vec![0; problem.most.len()],
            most: problem.most.clone(),
            bound: [i64::MIN; DEPTH],
        }
    }

    /// How many warehouses are certainly used.
    pub(super) fn used(&self) -> usize {
        self.roles.iter().filter(|role| **role == Role::In).count()
    }

    /// Warehouses not decided yet.
    pub(super) fn open(&self) -> impl Iterator<Item = usize> + '_ {
        self.roles.iter().enumerate().filter(|(_, role)| **role == Role::Open).map(|(number, _)| number)
    }

    /// Most units a line can ship from the warehouses that are not out.
    pub(super) fn line_most(&self, problem: &Problem, line: usize) -> u32 {
        let width = problem.warehouses.len();
        let row = &self.most[line * width..(line + 1) * width];
        let facts = &problem.lines[line];
        if facts.single_source() {
            row.iter().copied().max().unwrap_or(0)
        } else {
            let sum: u64 = row.iter().map(|units| u64::from(*units)).sum();
            u32::try_from(sum).unwrap_or(u32::MAX).min(facts.quantity)
        }
    }

    /// Draws every conclusion that the rules allow, until nothing changes. False when nothing is left.
    pub(super) fn settle(&mut self, problem: &Problem) -> bool {
        loop {
            let mut changed = false;
            let kept = self.settle_cells(problem, &mut changed)
                && self.settle_groups(problem, &mut changed)
                && self.settle_warehouses(problem, &mut changed);
            if !kept {
                return false;
            }
            if !changed {
                return true;
            }
        }
    }

    fn lower(&mut self, cell: usize, most: u32, changed: &mut bool) {
        if self.most[cell] > most {
            self.most[cell] = most;
            *changed = true;
        }
    }

    /// Line quantities, single sources, stock and capacity.
    fn settle_cells(&mut self, problem: &Problem, changed: &mut bool) -> bool {
        let width = problem.warehouses.len();
        let mut asked_of = vec![0_u64; width];
        let mut asked_of_sku = vec![0_u64; width * problem.skus];
        for (line, facts) in problem.lines.iter().enumerate() {
            for warehouse in 0..width {
                let least = u64::from(self.least[problem.cell(line, warehouse)]);
                asked_of[warehouse] += least;
                asked_of_sku[warehouse * problem.skus + facts.sku] += least;
            }
        }
        for (line, facts) in problem.lines.iter().enumerate() {
            let row = line * width..(line + 1) * width;
            let asked: u64 = self.least[row.clone()].iter().map(|units| u64::from(*units)).sum();
            let Some(spare) = u64::from(facts.quantity).checked_sub(asked) else { return false };
            let source = row.clone().find(|cell| self.least[*cell] > 0);
            for (warehouse, cell) in row.enumerate() {
                let least = u64::from(self.least[cell]);
                let stock = u64::from(problem.available(warehouse, facts.sku));
                let Some(stock) = stock.checked_sub(asked_of_sku[warehouse * problem.skus + facts.sku]) else {
                    return false;
                };
                let Some(capacity) = problem.warehouses[warehouse].capacity.checked_sub(asked_of[warehouse]) else {
                    return false;
                };
                let mut most = least + spare.min(stock).min(capacity);
                if self.roles[warehouse] == Role::Out
                    || (facts.single_source() && source.is_some_and(|source| source != cell))
                {
                    most = 0;
                }
                self.lower(cell, u32::try_from(most).unwrap_or(u32::MAX), changed);
                if self.least[cell] > self.most[cell] {
                    return false;
                }
            }
        }
        true
    }

    /// A group leaves whole from one warehouse: where one of its lines cannot, none can; where one does, all do.
    fn settle_groups(&mut self, problem: &Problem, changed: &mut bool) -> bool {
        for group in &problem.groups {
            for warehouse in 0..problem.warehouses.len() {
                let cells = || group.iter().map(|&line| (problem.lines[line].quantity, problem.cell(line, warehouse)));
                let possible = cells().all(|(quantity, cell)| self.most[cell] == quantity);
                let certain = cells().any(|(_, cell)| self.least[cell] > 0);
                if certain && !possible {
                    return false;
                }
                for (quantity, cell) in cells() {
                    if !possible {
                        self.lower(cell, 0, changed);
                    } else if certain && self.least[cell] < quantity {
                        self.least[cell] = quantity;
                        *changed = true;
                    }
                }
            }
        }
        true
    }

    /// Use, the limit on how many are used, and the smallest value of a part.
    fn settle_warehouses(&mut self, problem: &Problem, changed: &mut bool) -> bool {
        let width = problem.warehouses.len();
        let mut potential = vec![0_i64; width];
        for (line, facts) in problem.lines.iter().enumerate() {
            for (warehouse, value) in potential.iter_mut().enumerate() {
                let cell = problem.cell(line, warehouse);
                *value += facts.part_value * i64::from(self.most[cell]);
                if self.least[cell] > 0 && self.roles[warehouse] == Role::Open {
                    self.roles[warehouse] = Role::In;
                    *changed = true;
                }
            }
        }
        let used = self.used();
        if used > problem.max_warehouses {
            return false;
        }
        for (warehouse, potential) in potential.into_iter().enumerate() {
            let idle = (0..problem.lines.len()).all(|line| self.most[problem.cell(line, warehouse)] == 0);
            let others = used - usize::from(self.roles[warehouse] == Role::In);
            let too_small = others > 0 && potential < problem.min_part_value;
            match self.roles[warehouse] {
                Role::In if idle || too_small => return false,
                Role::Open if idle || too_small || used == problem.max_warehouses => {
                    self.roles[warehouse] = Role::Out;
                    *changed = true;
                }
                Role::In | Role::Open | Role::Out => {}
            }
        }
        true
    }
}
