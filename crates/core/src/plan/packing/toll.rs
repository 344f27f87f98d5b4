//! What a gram is charged at each place of a set: a bound on money that looks at all loose lines and all parcels together.
//!
//! Lines pay for the grams they put at a place, parcels earn them back for the grams they carry: the Lagrangian
//! relaxation of "what a place ships is in its parcels". Any tolls at or above zero give a true bound, so how they were
//! found does not matter for its truth.

use super::super::field::{Field, WIDEST, members};
use super::super::problem::MONEY_SCALE;
use super::{Loose, Packing, signed};

/// Rounds of improvement: of the first tolls of a set, and for each choice of parcels.
pub(super) const FIRST_ROUNDS: usize = 60;
pub(super) const MORE_ROUNDS: usize = 12;

/// Tolls, and what follows from them. Kept from set to set for its buffers.
#[derive(Debug, Default)]
pub(super) struct Tolls {
    pub(super) known: bool,
    /// Lateness is as good as it has to be wherever money counts, so each line ships as soon as its stock allows.
    soonest: bool,
    /// Scaled money for a gram, by place.
    per_gram: Vec<i64>,
    /// By loose line: what it and the later ones pay at least, scaled, unit handling included.
    rest: Vec<i64>,
    /// By `loose * places + place`: grams that the lines from there on put at a place at least, and at most.
    least: Vec<u64>,
    most: Vec<u64>,
}

impl Tolls {
    /// The tolls by place, to come back to.
    pub(super) fn per_gram(&self) -> Vec<i64> {
        self.per_gram.clone()
    }
}

/// A place of a line: what a unit pays there, its number, and the units there at least and at most.
type Offer = (i64, usize, u64, u64);

impl Packing {
    /// Makes tolls for the set at hand that raise the bound towards a cost, in minor units.
    pub(super) fn find_tolls(&mut self, field: &Field<'_>, soonest: bool, goal: Option<i64>) {
        let mut tolls = std::mem::take(&mut self.tolls);
        let width = field.places.len();
        tolls.known = true;
        tolls.soonest = soonest;
        tolls.per_gram.clear();
        tolls.per_gram.resize(width, 0);
        self.sum_tolls(field, &mut tolls);
        for place in members(self.chosen) {
            let middle = self.weight[place] + tolls.least[place] / 2 + tolls.most[place] / 2;
            let slope = field.places[place].prices.step(middle).slope;
            tolls.per_gram[place] = slope.clamp(0, self.dearest_toll(&tolls));
        }
        self.sum_tolls(field, &mut tolls);
        if let Some(goal) = goal {
            self.improve(field, &mut tolls, goal, FIRST_ROUNDS);
        }
        self.tolls = tolls;
    }

    /// Comes back to tolls there were.
    pub(super) fn set_tolls(&mut self, field: &Field<'_>, per_gram: &[i64]) {
        let mut tolls = std::mem::take(&mut self.tolls);
        tolls.per_gram.clear();
        tolls.per_gram.extend_from_slice(per_gram);
        self.sum_tolls(field, &mut tolls);
        self.tolls = tolls;
    }

    /// Makes the tolls better for the parcels chosen.
    pub(super) fn improve_tolls(&mut self, field: &Field<'_>, goal: i64) {
        let mut tolls = std::mem::take(&mut self.tolls);
        if tolls.known {
            self.improve(field, &mut tolls, goal, MORE_ROUNDS);
        }
        self.tolls = tolls;
    }

    /// So that no sum over lines and places can leave 64 bits.
    fn dearest_toll(&self, tolls: &Tolls) -> i64 {
        let coming = members(self.chosen).fold(1_u64, |sum, place| sum.saturating_add(tolls.most[place]));
        i64::MAX / 4096 / signed(coming)
    }

    /// Subgradient steps from the tolls there are; keeps the best ones.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "any tolls give a true bound")]
    fn improve(&self, field: &Field<'_>, tolls: &mut Tolls, goal: i64, rounds: usize) {
        let goal = goal.saturating_add(1).saturating_mul(MONEY_SCALE);
        let dearest = self.dearest_toll(tolls);
        let (mut best, mut best_of) = (i64::MIN, tolls.per_gram.clone());
        let mut stride = 1.0;
        for _ in 0..rounds {
            let Some(bound) = self.with_tolls(field, tolls, 0, None) else { break };
            if bound > best {
                best = bound;
                best_of.clone_from(&tolls.per_gram);
            } else {
                stride *= 0.8;
            }
            if bound >= goal {
                break;
            }
            let mut missing = [0_i64; WIDEST];
            for loose in &self.loose {
                let (offers, count) = self.offers(field, tolls, loose);
                each_taken(&offers[..count], loose.units, |place, units| {
                    missing[place] += signed(units * field.rows[loose.row].weight);
                });
            }
            let mut length = 0.0;
            for place in members(self.chosen) {
                let (_, carried) = self.parcels_of(field, tolls, place, tolls.least[place], tolls.most[place]);
                missing[place] -= signed(carried.min(1 << 40));
                if tolls.per_gram[place] == 0 {
                    missing[place] = missing[place].max(0);
                }
                length += missing[place] as f64 * missing[place] as f64;
            }
            if length == 0.0 {
                break;
            }
            let step = stride * (goal.saturating_sub(bound)) as f64 / length;
            for place in members(self.chosen) {
                let toll = tolls.per_gram[place] as f64 + step * missing[place] as f64;
                tolls.per_gram[place] = (toll.max(0.0) as i64).min(dearest);
            }
            self.sum_tolls(field, tolls);
        }
        tolls.per_gram = best_of;
        self.sum_tolls(field, tolls);
    }

    /// Fills what the lines pay and where their grams can be.
    fn sum_tolls(&self, field: &Field<'_>, tolls: &mut Tolls) {
        let (width, height) = (field.places.len(), self.loose.len());
        let mut rest = std::mem::take(&mut tolls.rest);
        let (mut least, mut most) = (std::mem::take(&mut tolls.least), std::mem::take(&mut tolls.most));
        rest.clear();
        rest.resize(height + 1, 0);
        least.clear();
        least.resize((height + 1) * width, 0);
        most.clear();
        most.resize((height + 1) * width, 0);
        for index in (0..height).rev() {
            let loose = self.loose[index];
            let (offers, count) = self.offers(field, tolls, &loose);
            let weight = field.rows[loose.row].weight;
            least.copy_within((index + 1) * width..(index + 2) * width, index * width);
            most.copy_within((index + 1) * width..(index + 2) * width, index * width);
            for &(_, place, fewest, units) in &offers[..count] {
                least[index * width + place] += fewest * weight;
                most[index * width + place] += units * weight;
            }
            let mut sum = 0_i64;
            let prices = &offers[..count];
            each_taken(prices, loose.units, |place, units| {
                let price = prices.iter().find(|offer| offer.1 == place).map_or(0, |offer| offer.0);
                sum = sum.saturating_add(price.saturating_mul(signed(units)));
            });
            rest[index] = rest[index + 1].saturating_add(sum);
        }
        (tolls.rest, tolls.least, tolls.most) = (rest, least, most);
    }

    /// The places of a loose line from which it may ship where money counts, cheapest first. Everything of it ships
    /// then, because short value comes before money; and with `soonest`, no unit later than it has to.
    fn offers(&self, field: &Field<'_>, tolls: &Tolls, loose: &Loose) -> ([Offer; WIDEST], usize) {
        let mut offers: [Offer; WIDEST] = [(0, 0, 0, 0); WIDEST];
        let mut count = 0;
        let row = &field.rows[loose.row];
        let options = &self.options[loose.begin..loose.end];
        let mut add = |place: usize, fewest: u64, units: u64| {
            offers[count] = (self.unit_toll(field, tolls, loose.row, place), place, fewest, units);
            count += 1;
        };
        if loose.units == 0 {
            return (offers, 0);
        }
        if row.single {
            for place in options.iter().filter(|place| field.at(loose.row, **place) >= loose.units) {
                add(*place, 0, loose.units);
            }
        } else if tolls.soonest {
            let (mut left, mut after) = (loose.units, i64::MIN);
            while left > 0 {
                let next = options.iter().map(|place| field.places[*place].late).filter(|late| *late > after).min();
                let Some(late) = next else { break };
                let class = || options.iter().filter(|place| field.places[**place].late == late);
                let all: u64 = class().map(|place| field.at(loose.row, *place)).sum();
                for place in class() {
                    let here = field.at(loose.row, *place);
                    add(*place, left.min(all).saturating_sub(all - here).min(here), here.min(left));
                }
                left -= left.min(all);
                after = late;
            }
        } else {
            let all: u64 = options.iter().map(|place| field.at(loose.row, *place)).sum();
            for place in options {
                let here = field.at(loose.row, *place);
                add(*place, loose.units.saturating_sub(all - here), here.min(loose.units));
            }
        }
        offers[..count].sort_unstable();
        (offers, count)
    }

    fn unit_toll(&self, field: &Field<'_>, tolls: &Tolls, row: usize, place: usize) -> i64 {
        let weight = signed(field.rows[row].weight);
        (field.places[place].unit_handling * MONEY_SCALE).saturating_add(tolls.per_gram[place].saturating_mul(weight))
    }

    /// What the parcels of a place cost at least, less what they earn back, for so many more grams at least and at most;
    /// and the grams they earn for.
    fn parcels_of(&self, field: &Field<'_>, tolls: &Tolls, place: usize, least: u64, most: u64) -> (i64, u64) {
        let (now, toll) = (self.weight[place], tolls.per_gram[place]);
        if let Some((parcels, _)) = &self.parcels {
            let carried = most.min(parcels[place].saturating_sub(now));
            return (toll.saturating_mul(-signed(carried)), carried);
        }
        let steps = field.places[place].prices.between(now + least, now + most);
        let each = steps.iter().map(|step| {
            let carried = most.min(step.carries.saturating_sub(now));
            ((step.price * MONEY_SCALE).saturating_sub(toll.saturating_mul(signed(carried))), carried)
        });
        each.min().unwrap_or((0, 0))
    }

    /// The least cost, scaled, of all that can follow what has been put; `None` when nothing can. Holds where short
    /// value and, with `soonest`, lateness are what they are at least.
    fn with_tolls(
        &self,
        field: &Field<'_>,
        tolls: &Tolls,
        next: usize,
        open: Option<(&Loose, usize, u64)>,
    ) -> Option<i64> {
        let width = field.places.len();
        let mut sum = (self.handling * MONEY_SCALE).saturating_add(tolls.rest[next]);
        if let Some((_, price)) = &self.parcels {
            sum = sum.saturating_add(price * MONEY_SCALE);
        }
        let mut here = 0_u64;
        if let Some((loose, from, units)) = open.filter(|(_, _, units)| *units > 0) {
            let options = &self.options[from..loose.end];
            let prices = options.iter().map(|place| self.unit_toll(field, tolls, loose.row, *place));
            sum = sum.saturating_add(prices.min()?.saturating_mul(signed(units)));
            here = options.iter().fold(0, |set, place| set | 1 << place);
        }
        for place in members(self.chosen) {
            let least = tolls.least[next * width + place];
            let mut most = tolls.most[next * width + place];
            if let Some((loose, _, units)) = open.filter(|_| here >> place & 1 == 1) {
                most += field.at(loose.row, place).min(units) * field.rows[loose.row].weight;
            }
            if let Some((parcels, _)) = &self.parcels
                && parcels[place] < self.weight[place].saturating_add(least)
            {
                return None;
            }
            sum = sum.saturating_add(self.parcels_of(field, tolls, place, least, most).0);
        }
        Some(sum)
    }

    /// The bound on cost that the tolls give, scaled; `i64::MAX` when nothing can follow.
    pub(super) fn tolled(&self, field: &Field<'_>, next: usize, open: Option<(&Loose, usize, u64)>) -> i64 {
        self.with_tolls(field, &self.tolls, next, open).unwrap_or(i64::MAX)
    }

    /// For choosing parcels: what the lines and handling pay, and each place's toll; scaled.
    pub(super) fn toll_of(&self, place: usize) -> Option<i64> {
        if self.tolls.known { self.tolls.per_gram.get(place).copied() } else { None }
    }

    /// What lines and handling pay at least, parcels apart; scaled.
    pub(super) fn lines_pay(&self) -> i64 {
        (self.handling * MONEY_SCALE).saturating_add(self.tolls.rest.first().copied().unwrap_or(0))
    }

    /// Grams that the loose lines can put at a place at most.
    pub(super) fn coming_to(&self, place: usize) -> u64 {
        self.tolls.most.get(place).copied().unwrap_or(0)
    }
}

/// How so many units go to the offers, each one's least first and then the cheapest.
fn each_taken(offers: &[Offer], units: u64, mut take: impl FnMut(usize, u64)) {
    let fewest: u64 = offers.iter().map(|offer| offer.2).sum();
    let mut left = units.saturating_sub(fewest);
    for &(_, place, least, most) in offers {
        let more = left.min(most.saturating_sub(least));
        left -= more;
        if least + more > 0 {
            take(place, least + more);
        }
    }
}
