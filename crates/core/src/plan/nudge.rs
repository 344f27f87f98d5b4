//! Small changes to a known plan that make it use one more warehouse: one line's units move there. Each is a plan, so
//! what it loses bounds from above what using that warehouse costs; often it is exactly that.

use super::field::{Field, members};
use super::levels::{Levels, Measures};
use super::output::Objective;

/// A plan as sums by place.
#[derive(Debug)]
pub(super) struct Nudge<'a> {
    field: &'a Field<'a>,
    measures: &'a Measures,
    /// Units by the problem's cells.
    plan: &'a [u32],
    /// Places that the plan uses.
    pub(super) used: u64,
    short_value: i64,
    units: Vec<i64>,
    weight: Vec<u64>,
    value: Vec<i64>,
}

impl<'a> Nudge<'a> {
    pub(super) fn new(field: &'a Field<'a>, measures: &'a Measures, plan: &'a [u32]) -> Self {
        let width = field.places.len();
        let mut nudge = Self {
            field,
            measures,
            plan,
            used: 0,
            short_value: 0,
            units: vec![0; width],
            weight: vec![0; width],
            value: vec![0; width],
        };
        for (number, row) in field.rows.iter().enumerate() {
            nudge.short_value += row.short_value * i64::try_from(row.quantity).unwrap_or(i64::MAX);
            for place in members(row.carriers) {
                let count = nudge.at(number, place);
                if count > 0 {
                    nudge.used |= 1 << place;
                    nudge.add(number, place, i64::from(count));
                }
            }
        }
        nudge
    }

    fn at(&self, row: usize, place: usize) -> u32 {
        self.plan[self.field.problem.cell(row, self.field.places[place].warehouse)]
    }

    fn add(&mut self, row: usize, place: usize, count: i64) {
        let facts = &self.field.rows[row];
        self.units[place] += count;
        self.value[place] += facts.part_value * count;
        self.short_value -= facts.short_value * count;
        let grams = facts.weight * count.unsigned_abs();
        self.weight[place] = if count < 0 { self.weight[place] - grams } else { self.weight[place] + grams };
    }

    /// Scores of the best change that uses a place the plan does not use.
    pub(super) fn towards(&mut self, place: usize) -> Option<Levels> {
        let mut best: Option<Levels> = None;
        for (number, row) in self.field.rows.iter().enumerate() {
            if row.carriers >> place & 1 == 0 || row.group.is_some() {
                continue;
            }
            let here = i64::try_from(self.field.at(number, place)).unwrap_or(i64::MAX);
            let sources = members(row.carriers & self.used).filter(|source| self.at(number, *source) > 0);
            let sources = sources.fold(0_u64, |set, source| set | 1 << source);
            if row.single || sources == 0 {
                self.shift(number, place, here, sources, row.single, &mut best);
                continue;
            }
            self.shift(number, place, here, sources, false, &mut best);
            if here > 1 {
                for source in members(sources) {
                    self.shift(number, place, 1, 1 << source, false, &mut best);
                }
            }
        }
        best
    }

    /// Puts so many units of a row to a place, taking them from short ones and then from the sources; with `all`, the
    /// sources keep none. Notes the scores and puts everything back.
    fn shift(&mut self, row: usize, place: usize, count: i64, sources: u64, all: bool, best: &mut Option<Levels>) {
        let quantity = i64::try_from(self.field.rows[row].quantity).unwrap_or(i64::MAX);
        let shipped: i64 = members(sources).map(|source| i64::from(self.at(row, source))).sum();
        // The sources are all there are, unless one unit moves from one of them.
        let missing = if sources.count_ones() == 1 && count == 1 { 0 } else { quantity - shipped };
        let mut left = if all { shipped } else { (count - missing.max(0)).max(0) };
        let mut moved = [(0_usize, 0_i64); super::field::WIDEST];
        let mut moves = 0;
        for source in members(sources) {
            let taken = left.min(i64::from(self.at(row, source)));
            if taken > 0 {
                self.add(row, source, -taken);
                moved[moves] = (source, taken);
                moves += 1;
                left -= taken;
            }
        }
        self.add(row, place, count);
        if let Some(levels) = self.scores(place)
            && best.is_none_or(|best| levels < best)
        {
            *best = Some(levels);
        }
        self.add(row, place, -count);
        for &(source, taken) in &moved[..moves] {
            self.add(row, source, taken);
        }
    }

    /// Scores as it stands, if it keeps the rules between places.
    fn scores(&self, place: usize) -> Option<Levels> {
        let problem = self.field.problem;
        let mut objective = Objective { short_value: self.short_value, ..Objective::default() };
        let mut smallest = i64::MAX;
        for place in members(self.used | 1 << place).filter(|place| self.units[*place] > 0) {
            let facts = &self.field.places[place];
            smallest = smallest.min(self.value[place]);
            objective.warehouses += 1;
            objective.late += facts.late * self.units[place];
            objective.cost +=
                facts.handling + facts.unit_handling * self.units[place] + facts.prices.price(self.weight[place]);
            objective.rank_sum += facts.rank;
        }
        let used = usize::try_from(objective.warehouses).unwrap_or(usize::MAX);
        let kept = used <= problem.max_warehouses
            && (used < 2 || smallest >= problem.min_part_value)
            && (!problem.ship_complete || self.short_value == 0);
        kept.then(|| self.measures.arrange(&objective))
    }
}
