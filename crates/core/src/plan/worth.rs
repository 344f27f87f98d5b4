//! What a unit of each row is worth: a bound on places and on money that looks at all rows together.
//!
//! Rows are paid for what they need, and every place pays for what it could ship, less what that costs: the Lagrangian
//! relaxation of "each row ships its need". Any worths at or above zero give a bound, so how they were found does not
//! matter for its truth; `tune` makes them better where a search turns out long.

use super::field::{Field, WIDEST, members};
use super::problem::MONEY_SCALE;

/// What is being counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charge {
    /// Every place used counts [`MONEY_SCALE`], units count nothing.
    Places,
    /// Openings and unit prices, in scaled money.
    Money,
}

/// The part of the space that is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) field: &'a Field<'a>,
    pub(super) charge: Charge,
    /// Places used, and places that may be.
    pub(super) chosen: u64,
    pub(super) open: u64,
    /// Units that each row ships at least, and the places it may ship them from.
    pub(super) need: &'a [u64],
    pub(super) allowed: &'a [u64],
    /// At least and at most so many of the open places are used.
    pub(super) more: usize,
    pub(super) room: usize,
}

/// Worths by row; none known yet when `known` is false.
#[derive(Debug, Clone)]
pub(super) struct Worth {
    pub(super) known: bool,
    of: [i64; WIDEST],
}

impl Default for Worth {
    fn default() -> Self {
        Self { known: false, of: [0; WIDEST] }
    }
}

/// What a unit of each row is worth, in places and in money; tuned where a search is long.
#[derive(Debug, Clone, Default)]
pub(super) struct Worths {
    pub(super) in_places: Worth,
    pub(super) in_money: Worth,
}

/// A bound, and what each place adds to it.
#[derive(Debug)]
pub(super) struct Bound {
    /// Nothing in the view counts less.
    pub(super) least: i64,
    /// Open places by what they add, least first; the first `taken` are in the bound.
    ranking: [(i64, u8); WIDEST],
    count: usize,
    taken: usize,
    /// Whether only so many are taken because there is room for no more, and whether because they have to be.
    full: bool,
    forced: bool,
}

impl Bound {
    /// The open places that are not in the bound, with what the bound becomes if they are used.
    pub(super) fn with_each(&self) -> impl Iterator<Item = (usize, i64)> + '_ {
        let last = self.taken.checked_sub(1).map_or(0, |index| self.ranking[index].0);
        let instead_of = if self.full { last } else { last.max(0) };
        let rest = self.ranking[self.taken..self.count].iter();
        rest.map(move |(added, place)| (usize::from(*place), self.least - instead_of + added))
    }

    /// The open places that are in the bound, with what it becomes if they are not used; `None` when that cannot be.
    pub(super) fn without_each(&self) -> impl Iterator<Item = (usize, Option<i64>)> + '_ {
        let next = self.ranking[..self.count].get(self.taken).map(|(added, _)| *added);
        let instead = if self.forced { next } else { Some(next.map_or(0, |added| added.min(0))) };
        let taken = self.ranking[..self.taken].iter();
        taken.map(move |(added, place)| (usize::from(*place), instead.map(|instead| self.least - added + instead)))
    }
}

/// Rounds of improvement each time.
const ROUNDS: usize = 30;

impl Worth {
    /// The bound of a view. With `shipped`, also fills in how many units of each row would ship at these worths.
    pub(super) fn bound(&self, view: &View<'_>, shipped: Option<&mut [i64; WIDEST]>) -> Bound {
        let field = view.field;
        let all = view.chosen | view.open;
        let mut added = [0_i64; WIDEST];
        for place in members(all) {
            added[place] = match view.charge {
                Charge::Places => MONEY_SCALE,
                Charge::Money => field.places[place].opening,
            };
        }
        let mut least = 0;
        for (row, need) in view.need.iter().enumerate().filter(|(_, need)| **need > 0) {
            let worth = self.of[row];
            least += worth * signed(*need);
            if worth == 0 {
                continue;
            }
            for place in members(view.allowed[row] & all) {
                let gain = worth - price(view, row, place);
                if gain > 0 {
                    added[place] -= gain * signed(field.at(row, place).min(*need));
                }
            }
        }
        least += members(view.chosen).map(|place| added[place]).sum::<i64>();
        let mut ranking = [(0_i64, 0_u8); WIDEST];
        let mut count = 0;
        for place in members(view.open) {
            ranking[count] = (added[place], u8::try_from(place).unwrap_or(u8::MAX));
            count += 1;
        }
        ranking[..count].sort_unstable();
        let useful = ranking[..count].iter().take_while(|(added, _)| *added < 0).count();
        let taken = useful.max(view.more).min(view.room).min(count);
        least += ranking[..taken].iter().map(|(added, _)| added).sum::<i64>();
        if let Some(shipped) = shipped {
            let in_bound = ranking[..taken].iter().fold(view.chosen, |set, (_, place)| set | 1 << place);
            for (row, need) in view.need.iter().enumerate() {
                let places =
                    members(view.allowed[row] & in_bound).filter(|place| price(view, row, *place) < self.of[row]);
                shipped[row] = places.map(|place| signed(field.at(row, place).min(*need))).sum();
            }
        }
        Bound { least, ranking, count, taken, full: taken == view.room, forced: taken <= view.more }
    }

    /// Raises the bound of a view towards `goal`, by subgradient steps from the worths there are.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "any worths give a true bound")]
    pub(super) fn tune(&mut self, view: &View<'_>, goal: i64) {
        let rows = view.need.len();
        let units = view.field.rows.iter().map(|row| row.quantity).sum::<u64>();
        // So that no sum over rows and places can leave 64 bits.
        let dearest = i64::MAX / 512 / signed(units + 1);
        if !self.known {
            self.known = true;
            self.of = [0; WIDEST];
            for (row, need) in view.need.iter().enumerate().filter(|(_, need)| **need > 0) {
                let each = members(view.allowed[row] & (view.chosen | view.open)).map(|place| {
                    let units = signed(view.field.at(row, place).min(*need)).max(1);
                    match view.charge {
                        Charge::Places => MONEY_SCALE / units,
                        Charge::Money => {
                            price(view, row, place).saturating_add(view.field.places[place].opening / units / 4)
                        }
                    }
                });
                self.of[row] = each.min().unwrap_or(0).min(dearest);
            }
        }
        let (mut best, mut best_of) = (i64::MIN, self.of);
        let mut stride = 1.0;
        let mut exact = self.of.map(|worth| worth as f64);
        for _ in 0..ROUNDS {
            let mut shipped = [0; WIDEST];
            let bound = self.bound(view, Some(&mut shipped)).least;
            if bound > best {
                (best, best_of) = (bound, self.of);
            } else {
                stride *= 0.8;
            }
            if bound >= goal {
                break;
            }
            let missing = |row: usize| (signed(view.need[row]) - shipped[row]) as f64;
            let length: f64 = (0..rows).map(|row| missing(row) * missing(row)).sum();
            if length == 0.0 {
                break;
            }
            let step = stride * goal.saturating_sub(bound) as f64 / length;
            for (row, (worth, exact)) in self.of.iter_mut().zip(&mut exact).enumerate().take(rows) {
                *exact = (*exact + step * missing(row)).clamp(0.0, dearest as f64);
                *worth = (*exact as i64).min(dearest);
            }
        }
        self.of = best_of;
    }
}

fn price(view: &View<'_>, row: usize, place: usize) -> i64 {
    match view.charge {
        Charge::Places => 0,
        Charge::Money => view.field.unit_price(row, place),
    }
}

fn signed(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}
