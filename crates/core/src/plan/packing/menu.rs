//! Choosing the parcels of a set first, cheap choices before dear ones, and filling them then.

use super::super::choice::{Aim, Choice};
use super::super::field::{Field, members};
use super::super::levels::Measure;
use super::super::problem::MONEY_SCALE;
use super::super::tariff::Priced;
use super::{MOST_STEPS, Packing, signed};

/// Steps for one choice of parcels, and how many choices are looked at once.
const CHOICE_STEPS: u64 = 20_000;
/// Steps that making tolls better counts for.
const MENU_STEPS: u64 = 200;
const MOST_CHOICES: usize = 40_000;

impl Packing {
    /// Chooses each place's parcels first, cheap choices before dear ones, and fills them then. Where parcels are what
    /// matters, few choices have to be looked at. False when it took too long to be sure.
    pub(super) fn choose_parcels(&mut self, choice: &mut Choice<'_>) -> bool {
        let field = choice.field;
        let weight: u64 = self.weight.iter().sum::<u64>() + if self.tied { 0 } else { self.rest[0].weight };
        let menu = Menu::new(self, field);
        let Some(cheapest) = menu.least(0, weight) else { return false };
        let (mut above, mut up_to) = (-1, cheapest);
        let last = self.steps + MOST_STEPS;
        let mut sure = true;
        if let Some(price) = self.price_of_ties(choice) {
            (above, up_to) = (price - 1, price);
        }
        let cost = choice.measures.position(Measure::Cost);
        let places = menu.steps.iter().map(|(place, _)| *place);
        let worst: Option<Vec<(i64, u64)>> =
            places.map(|place| Some((self.toll_of(place)?, self.weight[place] + self.coming_to(place)))).collect();
        let tolls = self.tolls.per_gram();
        loop {
            // Whatever carries everything at such a price.
            self.parcels = Some((vec![u64::MAX; field.places.len()], above + 1));
            self.limit = last;
            if self.hopeless(choice, 0, None) {
                break;
            }
            let known = cost.filter(|level| self.money_decides(choice, *level)).and_then(|level| choice.known(level));
            let budget = known.zip(worst.as_ref()).map(|(known, tolls)| Budget {
                // A minor unit more than what is known, less what does not depend on the parcels.
                most: known.saturating_add(1).saturating_mul(MONEY_SCALE).saturating_sub(self.lines_pay()),
                tolls,
                weight: members(self.chosen).map(|place| self.weight[place]).collect(),
            });
            let Some(choices) = menu.between(weight, above, up_to, budget.as_ref()) else {
                sure = false;
                break;
            };
            for (price, parcels) in choices {
                self.parcels = Some((parcels, price));
                self.done = false;
                self.steps += 1;
                self.limit = (self.steps + CHOICE_STEPS).min(last);
                if self.hopeless(choice, 0, None) {
                    continue;
                }
                if let Some(known) = cost.and_then(|level| choice.known(level)) {
                    self.improve_tolls(field, known);
                    self.steps += MENU_STEPS;
                }
                if let Some(seen) = &mut self.seen {
                    seen.forget();
                }
                self.fill(choice, 0);
                sure &= self.steps < self.limit;
                if self.tolls.known {
                    self.parcels = None;
                    self.set_tolls(field, &tolls);
                }
            }
            if self.steps >= last || up_to >= menu.dearest() {
                sure &= self.steps < last;
                break;
            }
            (above, up_to) = (up_to, up_to + (up_to / 32).max(1));
            if matches!(choice.aim, Aim::Ties(_)) && self.price_of_ties(choice).is_some() {
                break;
            }
        }
        self.parcels = None;
        sure
    }

    /// What the parcels of a plan that scores the target cost, where nothing else about its cost is open.
    fn price_of_ties(&self, choice: &Choice<'_>) -> Option<i64> {
        let Aim::Ties(target) = choice.aim else { return None };
        let level = choice.measures.position(Measure::Cost)?;
        let mut handling = members(self.chosen).map(|place| choice.field.places[place].unit_handling);
        let first = handling.next()?;
        (!self.tied && handling.all(|other| other == first))
            .then(|| target[level] - self.handling - self.rest[0].handling)
    }
}

/// What the parcels of a plan of use come to at most, their tolls counted: the bound on all choices at once.
struct Budget<'t> {
    /// Scaled money, one more than the most.
    most: i64,
    /// By place of the set: toll of a gram, and the most grams there can be.
    tolls: &'t [(i64, u64)],
    /// By place of the set: grams that are put already.
    weight: Vec<u64>,
}

impl Budget<'_> {
    fn added(&self, index: usize, step: &Priced) -> i64 {
        let (toll, most) = self.tolls[index];
        let carried = most.min(step.carries).saturating_sub(self.weight[index]);
        (step.price * MONEY_SCALE).saturating_sub(toll.saturating_mul(signed(carried)))
    }
}

/// The parcels that each place of a set could use, to choose from by price.
struct Menu<'f> {
    steps: Vec<(usize, &'f [Priced])>,
    /// For the places from each one on: (grams, price) of their cheapest choices together, both rising.
    rest: Vec<Vec<(u64, i64)>>,
    width: usize,
}

impl<'f> Menu<'f> {
    fn new(packing: &Packing, field: &'f Field<'_>) -> Self {
        let steps: Vec<(usize, &[Priced])> = members(packing.chosen)
            .map(|place| {
                let loose = packing.loose.iter().map(|loose| field.at(loose.row, place) * field.rows[loose.row].weight);
                let least = packing.weight[place];
                (place, field.places[place].prices.between(least, least + loose.sum::<u64>()))
            })
            .collect();
        let mut rest: Vec<Vec<(u64, i64)>> = vec![vec![(0, 0)]; steps.len() + 1];
        for index in (0..steps.len()).rev() {
            let mut sums: Vec<(i64, std::cmp::Reverse<u64>)> = Vec::new();
            for step in steps[index].1 {
                let after = rest[index + 1].iter();
                sums.extend(after.map(|(carries, price)| {
                    (price + step.price, std::cmp::Reverse(carries.saturating_add(step.carries)))
                }));
            }
            sums.sort_unstable();
            let mut kept: Vec<(u64, i64)> = Vec::new();
            for (price, std::cmp::Reverse(carries)) in sums {
                if kept.last().is_none_or(|(most, _)| carries > *most) {
                    kept.push((carries, price));
                }
            }
            rest[index] = kept;
        }
        Self { steps, rest, width: field.places.len() }
    }

    /// The least price at which the places from one on carry so much.
    fn least(&self, from: usize, weight: u64) -> Option<i64> {
        let at = self.rest[from].partition_point(|(carries, _)| *carries < weight);
        self.rest[from].get(at).map(|(_, price)| *price)
    }

    fn dearest(&self) -> i64 {
        self.steps.iter().filter_map(|(_, steps)| steps.last()).map(|step| step.price).sum()
    }

    /// The choices that carry a weight at a price above one and up to another, cheapest first; `None` when they are too
    /// many.
    fn between(
        &self,
        weight: u64,
        above: i64,
        up_to: i64,
        budget: Option<&Budget<'_>>,
    ) -> Option<Vec<(i64, Vec<u64>)>> {
        let mut found = Vec::new();
        // What a step adds to the bound, and what all later places add at least.
        let added = |index: usize, step: &Priced| budget.map_or(0, |budget| budget.added(index, step));
        let mut later = vec![0_i64; self.steps.len() + 1];
        for index in (0..self.steps.len()).rev() {
            let least = self.steps[index].1.iter().map(|step| added(index, step)).min().unwrap_or(0);
            later[index] = later[index + 1].saturating_add(least);
        }
        let most = budget.map_or(i64::MAX, |budget| budget.most);
        let mut open = vec![(0_usize, 0_i64, 0_u64, 0_i64, vec![0_u64; self.width])];
        let mut looks = 0;
        while let Some((index, price, carried, sum, parcels)) = open.pop() {
            looks += 1;
            if looks > MOST_CHOICES {
                return None;
            }
            let Some((place, steps)) = self.steps.get(index) else {
                if price > above {
                    found.push((price, parcels));
                }
                continue;
            };
            for step in *steps {
                let (price, carried) = (price + step.price, carried.saturating_add(step.carries));
                let rest = self.least(index + 1, weight.saturating_sub(carried));
                let sum = sum.saturating_add(added(index, step));
                if sum.saturating_add(later[index + 1]) >= most {
                    continue;
                }
                if rest.is_some_and(|rest| price + rest <= up_to) {
                    let mut longer = parcels.clone();
                    longer[*place] = step.carries;
                    open.push((index + 1, price, carried, sum, longer));
                }
            }
        }
        found.sort_unstable();
        Some(found)
    }
}
