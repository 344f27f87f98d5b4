//! The least late hours of the needs of a node, and what follows for the places once they are as few as they have to be.

use super::estimate::{Estimate, signed};
use super::field::{Field, members};

impl Estimate {
    /// The least `late` at which the needs ship from the places allowed, all chosen places being used.
    pub(super) fn lateness(&mut self, field: &Field<'_>, chosen: u64) -> i64 {
        if let [(0, _)] = field.lateness[..] {
            self.margins[..field.rows.len()].fill(0);
            self.extra = 0;
            return 0;
        }
        let mut sum = 0;
        for number in 0..field.rows.len() {
            let (total, last) = self.row_lateness(field, number);
            sum += total;
            self.margins[number] = last;
        }
        let needed = self.need[..field.rows.len()].iter().sum::<u64>();
        // Alone, a place need not be worth anything, but then it ships everything.
        let units = |place: usize| field.places[place].fewest_units.min(signed(needed)).max(1);
        self.extra = members(chosen).map(|place| self.extra(field, place) * units(place)).sum();
        sum + self.extra
    }

    /// The least lateness of a row's need and that of its last unit.
    fn row_lateness(&self, field: &Field<'_>, number: usize) -> (i64, i64) {
        let need = self.need[number];
        let (mut left, mut sum, mut last, mut before) = (need, 0_i64, 0_i64, 0_u64);
        for &(late, up_to) in &field.lateness {
            if left == 0 {
                break;
            }
            for place in members(self.allowed[number] & up_to & !before) {
                let here = field.at(number, place);
                if left == 0 || (field.rows[number].single && here < need) {
                    continue;
                }
                let taken = here.min(left);
                sum += late * signed(taken);
                last = late;
                left -= taken;
            }
            before = up_to;
        }
        (sum, last)
    }

    /// How much later the order gets at least by each unit from a place: it takes one from the last ones of some row.
    fn extra(&self, field: &Field<'_>, place: usize) -> i64 {
        let late = field.places[place].late;
        let column = field.column(place).iter().enumerate().filter(|(_, units)| **units > 0);
        column.map(|(row, _)| (late - self.margins[row]).max(0)).min().unwrap_or(0)
    }

    /// The lateness is as good as it has to be: nothing ships later than that, and what is sooner ships in full.
    pub(super) fn settle_late(&mut self, field: &Field<'_>, open: u64) {
        for (number, row) in field.rows.iter().enumerate() {
            let margin = self.margins[number];
            if self.extra == 0 && !row.single && self.need[number] > 0 {
                let sooner = margin.checked_sub(1).map_or(0, |late| field.no_later_than(late));
                self.forced |= self.allowed[number] & sooner & open;
            }
            self.allowed[number] &= field.no_later_than(margin.saturating_add(self.extra));
        }
    }
}
