//! The objective vector: what is measured, in which order, and what an assignment scores.

use super::input::Level;
use super::output::Objective;
use super::problem::Problem;

/// Most levels an objective can have.
pub(super) const DEPTH: usize = 5;

/// Scores in the order of a [`Measures`]; positions past its end are 0. Smaller is better, the first difference decides.
pub(super) type Levels = [i64; DEPTH];

/// One thing that is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Short,
    Late,
    Warehouses,
    Cost,
    Rank,
}

impl Measure {
    /// The name of its field in [`Objective`].
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Short => "short_value",
            Self::Late => "late",
            Self::Warehouses => "warehouses",
            Self::Cost => "cost",
            Self::Rank => "rank_sum",
        }
    }
}

/// The order in which things are minimised. Short units always come first.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    order: Vec<Measure>,
}

impl Measures {
    /// Short first, then the levels asked for, then rank. A level named twice counts once.
    pub(super) fn new(levels: &[Level]) -> Self {
        let mut order = vec![Measure::Short];
        for level in levels {
            let measure = match level {
                Level::Late => Measure::Late,
                Level::Warehouses => Measure::Warehouses,
                Level::Cost => Measure::Cost,
            };
            if !order.contains(&measure) {
                order.push(measure);
            }
        }
        order.push(Measure::Rank);
        Self { order }
    }

    /// Ship as much as possible with as few warehouses as possible.
    pub(super) fn fewest_warehouses() -> Self {
        Self { order: vec![Measure::Short, Measure::Warehouses] }
    }

    /// Ship as much as possible, nothing else.
    pub(super) fn short_only() -> Self {
        Self { order: vec![Measure::Short] }
    }

    /// At which level a measure stands.
    pub(super) fn position(&self, measure: Measure) -> Option<usize> {
        self.order.iter().position(|candidate| *candidate == measure)
    }

    /// What stands at a level.
    pub(super) fn at(&self, level: usize) -> Option<Measure> {
        self.order.get(level).copied()
    }

    /// The scores in order.
    pub(super) fn arrange(&self, objective: &Objective) -> Levels {
        let mut levels = [0; DEPTH];
        for (slot, measure) in levels.iter_mut().zip(&self.order) {
            *slot = match measure {
                Measure::Short => objective.short_value,
                Measure::Late => objective.late,
                Measure::Warehouses => objective.warehouses,
                Measure::Cost => objective.cost,
                Measure::Rank => objective.rank_sum,
            };
        }
        levels
    }
}

/// What an assignment (units by cell) scores, every measure whether optimised or not.
pub(super) fn score(problem: &Problem, units: &[u32]) -> Objective {
    let mut objective = Objective::default();
    let width = problem.warehouses.len();
    for (line, row) in problem.lines.iter().zip(units.chunks(width.max(1))) {
        let shipped: u32 = row.iter().sum();
        objective.short_value += line.short_value * i64::from(line.quantity - shipped);
    }
    if width == 0 {
        objective.short_value = problem.lines.iter().map(|line| line.short_value * i64::from(line.quantity)).sum();
        return objective;
    }
    for (number, warehouse) in problem.warehouses.iter().enumerate() {
        let column = problem.lines.iter().enumerate().map(|(line, facts)| (facts, units[problem.cell(line, number)]));
        let (mut shipped, mut weight) = (0_i64, 0_u64);
        for (line, count) in column {
            shipped += i64::from(count);
            weight += line.weight * u64::from(count);
        }
        if shipped > 0 {
            objective.late += warehouse.late * shipped;
            objective.warehouses += 1;
            objective.cost += warehouse.handling + warehouse.unit_handling * shipped + warehouse.tariff.price(weight);
            objective.rank_sum += warehouse.rank;
        }
    }
    objective
}

/// Whether an assignment keeps the rules that tie cells together. Cell limits, stock and capacity are kept by how
/// assignments are made and are not looked at again.
pub(super) fn keeps_rules(problem: &Problem, units: &[u32]) -> bool {
    let width = problem.warehouses.len();
    if width == 0 {
        return !problem.ship_complete;
    }
    for (line, row) in problem.lines.iter().zip(units.chunks(width)) {
        let shipped: u32 = row.iter().sum();
        if problem.ship_complete && shipped != line.quantity {
            return false;
        }
        if !line.splittable && row.iter().filter(|count| **count > 0).count() > 1 {
            return false;
        }
    }
    for group in &problem.groups {
        if !whole(problem, group, units) {
            return false;
        }
    }
    let mut used = 0_usize;
    let mut smallest = i64::MAX;
    for warehouse in 0..width {
        let (mut shipped, mut value) = (0_u64, 0_i64);
        for (line, facts) in problem.lines.iter().enumerate() {
            let count = units[problem.cell(line, warehouse)];
            shipped += u64::from(count);
            value += facts.part_value * i64::from(count);
        }
        if shipped > 0 {
            used += 1;
            smallest = smallest.min(value);
        }
    }
    used <= problem.max_warehouses && (used < 2 || smallest >= problem.min_part_value)
}

/// Whether a ship group leaves whole from one warehouse, or not at all.
pub(super) fn whole(problem: &Problem, group: &[usize], units: &[u32]) -> bool {
    let nothing = group.iter().all(|&line| (0..problem.warehouses.len()).all(|w| units[problem.cell(line, w)] == 0));
    nothing
        || (0..problem.warehouses.len())
            .any(|w| group.iter().all(|&line| units[problem.cell(line, w)] == problem.lines[line].quantity))
}
