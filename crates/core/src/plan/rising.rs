//! The least that the needs of a node cost, row by row.

use super::bound::in_minor_units;
use super::estimate::{Estimate, signed};
use super::field::{Field, WIDEST, members};

/// Places whose openings one row helps to pay for; more only cost time.
const MOST_ACTIVE: usize = 16;

impl Estimate {
    /// The least cost of the needs, in minor units: prices rise row by row until a place has earned its opening.
    ///
    /// This is a solution of the dual of the linear relaxation, so it never exceeds the true cost.
    pub(super) fn price(&self, field: &Field<'_>, chosen: u64, open: u64) -> i64 {
        let mut slack = [0_i64; WIDEST];
        let mut total = 0_i64;
        for place in members(chosen) {
            total += field.places[place].opening;
        }
        for place in members(open) {
            slack[place] = field.places[place].opening;
        }
        for number in 0..field.rows.len() {
            if self.need[number] > 0 {
                total += self.row_price(field, number, chosen, open, &mut slack);
            }
        }
        in_minor_units(total)
    }

    fn row_price(&self, field: &Field<'_>, number: usize, chosen: u64, open: u64, slack: &mut [i64; WIDEST]) -> i64 {
        let need = self.need[number];
        let allowed = self.allowed[number] & (chosen | open);
        let mut active = [(0_usize, 0_i64); MOST_ACTIVE];
        let mut count = 0;
        let (mut price, mut total, mut rate) = (0_i64, 0_i64, signed(need));
        let mut sorted = field.by_price(number).filter(|place| allowed >> place & 1 == 1);
        loop {
            let next = sorted.next();
            let mut rise = next.map(|place| field.unit_price(number, place) - price);
            let mut last = false;
            for &(place, units) in &active[..count] {
                let most = slack[place] / units;
                if rise.is_none_or(|rise| most < rise) {
                    rise = Some(most);
                    last = true;
                }
            }
            let Some(rise) = rise else { return total };
            total += rate * rise;
            price += rise;
            for &(place, units) in &active[..count] {
                slack[place] -= units * rise;
            }
            let Some(place) = next.filter(|_| !last) else { return total };
            let units = signed(field.at(number, place).min(need));
            if chosen >> place & 1 == 1 {
                rate -= units;
                if rate <= 0 {
                    return total;
                }
            } else if count < MOST_ACTIVE {
                active[count] = (place, units);
                count += 1;
            } else {
                return total;
            }
        }
    }
}
