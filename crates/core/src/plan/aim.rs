//! The order in which the search over sets asks: first whether anything is as good as the bounds promise.

use super::choice::{Aim, Choice};
use super::levels::{DEPTH, Levels, Measure};

/// Steps before parts that must be worth something are looked at one number of them after another.
const FIRST_STEPS: u64 = 4_000;

/// How many numbers of warehouses are aimed at, beginning with the least that the bounds allow.
const AIMS: usize = 4;

impl Choice<'_> {
    /// Searches everything between `chosen` and `chosen | open`. True when it got to the end, so that what it found is
    /// proven; false at the limit.
    pub(super) fn search(&mut self, chosen: u64, open: u64) -> bool {
        if self.aim_low(chosen, open) {
            return true;
        }
        if self.field.problem.min_part_value > 0 {
            let limit = self.limit;
            self.limit = limit.min(self.steps + FIRST_STEPS);
            let done = self.run(chosen, open);
            self.limit = limit;
            if done {
                return true;
            }
            self.deepen(chosen, open);
        }
        self.run(chosen, open)
    }

    /// Searches once with what is known. True when it got to the end.
    fn run(&mut self, chosen: u64, open: u64) -> bool {
        self.unpacked.clear();
        self.visit(chosen, open & !chosen, true);
        self.pack_hard_ones();
        self.steps < self.limit && self.unpacked.is_empty()
    }

    /// Looks for a plan that is as good as the bounds say in every level up to the number of warehouses, then for one
    /// with a warehouse more, and so on: knowing what has to be reached, most of the search falls away. True when the
    /// best plan was found and proven.
    fn aim_low(&mut self, chosen: u64, open: u64) -> bool {
        let Some(last) = self.measures.position(Measure::Warehouses) else { return false };
        if self.measures.position(Measure::Cost).is_some_and(|cost| cost < last) {
            return false;
        }
        if !matches!(self.aim, Aim::Best | Aim::Against { .. }) || self.best.is_some() {
            return false;
        }
        if chosen.count_ones() as usize > self.most_used {
            // More have to be used than may be: there is no such plan, and so nothing to aim at.
            return false;
        }
        let limit = self.limit;
        let mut proven = false;
        let (before, mut aims) = (self.loss, self.least(chosen, open, last));
        for _ in 0..AIMS {
            match self.aim {
                Aim::Best => (self.best, self.aimed) = (Some((aims, Vec::new())), true),
                Aim::Against { optimum, .. } => {
                    // Better than losing so much; of no use where that is known, or already impossible.
                    let by = (aims[last] - optimum[last]).max(0) + 1;
                    if aims[..last] > optimum[..last] || before.is_some_and(|(at, less)| (at, -less) >= (last, -by)) {
                        break;
                    }
                    self.loss = Some((last, by));
                }
                Aim::Any(_) | Aim::Ties(_) => break,
            }
            self.limit = limit.min(self.steps + limit.saturating_sub(self.steps) / 8);
            proven = self.run(chosen, open);
            let found = self.best.is_some() && !self.aimed;
            if !found {
                (self.best, self.loss, self.aimed) = (None, before, false);
            }
            if found || !proven {
                proven &= found;
                break;
            }
            proven = false;
            aims[last] = aims[last].saturating_add(1);
        }
        self.limit = limit;
        proven
    }

    /// What each level up to one comes to at least.
    fn least(&mut self, chosen: u64, open: u64, last: usize) -> Levels {
        let mut least = [i64::MAX; DEPTH];
        let (aim, best) = (self.aim, self.best.take());
        (self.aim, self.aimed) = (Aim::Best, true);
        let mut estimate = self.estimates.pop().unwrap_or_default();
        for level in 0..=last {
            self.best = Some((least, Vec::new()));
            estimate.look(self, chosen, open & !chosen);
            least[level] = estimate.bounds[level];
        }
        self.estimates.push(estimate);
        (self.aim, self.best, self.aimed) = (aim, best, false);
        least
    }

    /// Many parts that must each be worth something are hard to fill or to rule out. A good plan of few parts, known
    /// before, spares most of that.
    fn deepen(&mut self, chosen: u64, open: u64) {
        let limit = self.limit;
        let left = limit.saturating_sub(self.steps);
        for most in [1, 2, 3, 4, 5, 6, 8, 12].into_iter().take_while(|most| *most < self.field.most_used) {
            self.most_used = most;
            self.limit = limit.min(self.steps + left / 50);
            self.visit(chosen, open & !chosen, true);
            self.unpacked.clear();
        }
        self.most_used = self.field.most_used;
        self.limit = limit;
    }
}
