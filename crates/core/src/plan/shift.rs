//! Moving units of one line between warehouses, and what that does to the scores, without a search.

use super::levels::{Levels, Measures};
use super::node::{Node, Role};
use super::output::Objective;
use super::problem::Problem;

/// What an assignment takes from each warehouse.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    short_value: i64,
    shipped: Vec<u64>,
    weight: Vec<u64>,
    value: Vec<i64>,
    /// Units by `warehouse * skus + sku`.
    of_sku: Vec<u64>,
}

/// A wish to move units of a line to or from one of its cells.
#[derive(Debug)]
pub(super) struct Shift<'a> {
    /// What is decided: cells before this one are fixed, warehouses that are in stay in.
    pub(super) root: &'a Node,
    pub(super) target: &'a Levels,
    pub(super) line: usize,
    pub(super) warehouse: usize,
    /// An empty cell is to have so many units; a fuller one is to have as few as this, if it can.
    pub(super) least: u32,
}

impl Tally {
    pub(super) fn new(problem: &Problem, units: &[u32]) -> Self {
        let width = problem.warehouses.len();
        let mut tally = Self {
            short_value: 0,
            shipped: vec![0; width],
            weight: vec![0; width],
            value: vec![0; width],
            of_sku: vec![0; width * problem.skus],
        };
        for (line, facts) in problem.lines.iter().enumerate() {
            let mut shipped = 0;
            for warehouse in 0..width {
                let count = units[problem.cell(line, warehouse)];
                tally.add(problem, line, warehouse, i64::from(count));
                shipped += count;
            }
            tally.short_value += facts.short_value * i64::from(facts.quantity - shipped);
        }
        tally
    }

    fn add(&mut self, problem: &Problem, line: usize, warehouse: usize, count: i64) {
        let facts = &problem.lines[line];
        let change = |amount: u64, by: u64| {
            if count < 0 { amount - by * count.unsigned_abs() } else { amount + by * count.unsigned_abs() }
        };
        let sku = warehouse * problem.skus + facts.sku;
        self.shipped[warehouse] = change(self.shipped[warehouse], 1);
        self.weight[warehouse] = change(self.weight[warehouse], facts.weight);
        self.of_sku[sku] = change(self.of_sku[sku], 1);
        self.value[warehouse] += facts.part_value * count;
    }

    fn score(&self, problem: &Problem) -> Objective {
        let mut objective = Objective { short_value: self.short_value, ..Objective::default() };
        for (number, warehouse) in problem.warehouses.iter().enumerate().filter(|(number, _)| self.shipped[*number] > 0)
        {
            let shipped = i64::try_from(self.shipped[number]).unwrap_or(i64::MAX);
            objective.late += warehouse.late * shipped;
            objective.warehouses += 1;
            objective.cost +=
                warehouse.handling + warehouse.unit_handling * shipped + warehouse.tariff.price(self.weight[number]);
            objective.rank_sum += warehouse.rank;
        }
        objective
    }

    /// Moves units between the wish's cell and later cells of its line, when the result scores the target too and
    /// breaks no rule. False, and nothing moved, when that is not so; other moves may still be possible then.
    pub(super) fn shift(
        &mut self,
        problem: &Problem,
        measures: &Measures,
        wish: &Shift<'_>,
        units: &mut [u32],
    ) -> bool {
        if problem.lines[wish.line].single_source() {
            return false;
        }
        let mut tally = self.clone();
        let mut moved: Vec<(usize, u32)> = Vec::new();
        let cell = problem.cell(wish.line, wish.warehouse);
        let raises = units[cell] < wish.least;
        let mut left = units[cell].abs_diff(wish.least);
        for other in (wish.warehouse + 1..problem.warehouses.len()).rev() {
            let there = problem.cell(wish.line, other);
            let room = if raises {
                u64::from(units[there] - wish.root.least[there].min(units[there]))
            } else {
                tally.room(problem, wish.line, other).min(u64::from(wish.root.most[there].saturating_sub(units[there])))
            };
            let count = left.min(u32::try_from(room).unwrap_or(u32::MAX));
            if count > 0 {
                let sign = if raises { -1 } else { 1 };
                tally.add(problem, wish.line, other, sign * i64::from(count));
                tally.add(problem, wish.line, wish.warehouse, -sign * i64::from(count));
                moved.push((there, if raises { units[there] - count } else { units[there] + count }));
                left -= count;
            }
        }
        let wanted = if raises { wish.least - left } else { wish.least + left };
        let fits = if raises {
            left == 0 && self.room(problem, wish.line, wish.warehouse) >= u64::from(wish.least)
        } else {
            wanted < units[cell]
        };
        if !fits || !tally.keeps_rules(problem, wish.root) || measures.arrange(&tally.score(problem)) != *wish.target {
            return false;
        }
        units[cell] = wanted;
        for (there, count) in moved {
            units[there] = count;
        }
        *self = tally;
        true
    }

    /// Units of a line that stock and capacity of a warehouse still have room for.
    fn room(&self, problem: &Problem, line: usize, warehouse: usize) -> u64 {
        let sku = problem.lines[line].sku;
        let stock = u64::from(problem.available(warehouse, sku)) - self.of_sku[warehouse * problem.skus + sku];
        stock.min(problem.warehouses[warehouse].capacity - self.shipped[warehouse])
    }

    fn keeps_rules(&self, problem: &Problem, root: &Node) -> bool {
        let used = self.shipped.iter().filter(|shipped| **shipped > 0).count();
        used <= problem.max_warehouses
            && self.shipped.iter().zip(&self.value).zip(&root.roles).all(|((shipped, value), role)| {
                let allowed = *shipped == 0 || used < 2 || *value >= problem.min_part_value;
                allowed && (*shipped > 0 || *role != Role::In)
            })
    }
}
