//! What the lines still loose come to at least, and whether what has been put can still lead to anything of use.

use super::super::bound::in_minor_units;
use super::super::choice::{Choice, Standing};
use super::super::field::{Field, members};
use super::super::levels::{DEPTH, Measure};
use super::{Loose, Packing, signed};

/// Least amounts of the loose lines from one on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest {
    pub(super) short: i64,
    pub(super) late: i64,
    /// Unit handling, in minor units.
    pub(super) handling: i64,
    /// Unit prices, scaled.
    pub(super) price: i64,
    pub(super) weight: u64,
    /// Units, and the least value of a short one, `i64::MAX` when there are none.
    pub(super) units: u64,
    pub(super) cheapest: i64,
    /// What they can add to the values of all parts together.
    pub(super) value: i64,
}

impl Rest {
    pub(super) const NONE: Self =
        Self { short: 0, late: 0, handling: 0, price: 0, weight: 0, units: 0, cheapest: i64::MAX, value: 0 };
}

impl Packing {
    pub(super) fn sum_rest(&mut self, field: &Field<'_>) {
        self.rest.clear();
        self.rest.resize(self.loose.len() + 1, Rest::NONE);
        for index in (0..self.loose.len()).rev() {
            let loose = self.loose[index];
            let mut least = self.of_units(field, &loose, loose.begin, loose.units);
            least.short = field.rows[loose.row].short_value * signed(field.rows[loose.row].quantity - loose.units);
            if field.rows[loose.row].single {
                // A source with fewer units saves late hours and money on those it does not ship.
                let fewest = self.options[loose.begin..loose.end].iter().map(|place| field.at(loose.row, *place)).min();
                let short = least.short;
                least = self.of_units(field, &loose, loose.begin, fewest.unwrap_or(0));
                least.short = short;
            } else if let Some((sooner, _)) = self.soonest(field, &loose) {
                least.late = sooner;
            }
            let after = self.rest[index + 1];
            self.rest[index] = Rest {
                short: least.short + after.short,
                late: least.late + after.late,
                handling: least.handling + after.handling,
                price: least.price + after.price,
                weight: least.weight + after.weight,
                units: loose.units + after.units,
                cheapest: field.rows[loose.row].short_value.min(after.cheapest),
                value: field.rows[loose.row].part_value * signed(loose.units) + after.value,
            };
        }
        self.hope.clear();
        let width = field.places.len();
        if field.problem.min_part_value > 0 {
            self.hope.resize((self.loose.len() + 1) * width, 0);
            for index in (0..self.loose.len()).rev() {
                let Loose { row, begin, end, .. } = self.loose[index];
                self.hope.copy_within((index + 1) * width..(index + 2) * width, index * width);
                for place in &self.options[begin..end] {
                    self.hope[index * width + place] += field.rows[row].part_value * signed(field.at(row, *place));
                }
            }
        }
    }

    /// Fills where the loose lines from each one on can ship from, and how late that is; for places that have to be used.
    pub(super) fn sum_coming(&mut self, field: &Field<'_>, forced: u64) {
        self.coming.clear();
        self.delays.clear();
        if forced & self.unused == 0 {
            return;
        }
        let width = field.places.len();
        self.coming.resize(self.loose.len() + 1, 0);
        let differ = field.lateness.len() > 1;
        if differ {
            self.delays.resize((self.loose.len() + 1) * width, i64::MAX);
        }
        for index in (0..self.loose.len()).rev() {
            let loose = self.loose[index];
            let margin = if field.rows[loose.row].single { None } else { self.soonest(field, &loose) };
            self.coming[index] = self.coming[index + 1];
            if differ {
                self.delays.copy_within((index + 1) * width..(index + 2) * width, index * width);
            }
            for place in &self.options[loose.begin..loose.end] {
                self.coming[index] |= 1 << place;
                if differ {
                    let delay = margin.map_or(0, |(_, last)| (field.places[*place].late - last).max(0));
                    let least = &mut self.delays[index * width + place];
                    *least = (*least).min(delay);
                }
            }
        }
    }

    /// Late hours that places which have to be used and are not yet add at least; `None` when one of them no longer can.
    fn delay(&self, field: &Field<'_>, forced: u64, next: usize, open: Option<(&Loose, usize, u64)>) -> Option<i64> {
        let missing = forced & self.unused;
        if missing == 0 {
            return Some(0);
        }
        let here = open.map_or(0, |(loose, from, _)| {
            self.options[from..loose.end].iter().fold(0, |set, place| set | 1_u64 << place)
        });
        if missing & !(here | self.coming[next]) != 0 {
            return None;
        }
        if self.delays.is_empty() {
            return Some(0);
        }
        // The line at hand has been split in part, so what its next unit replaces is not known.
        let delays = &self.delays[next * field.places.len()..];
        Some(members(missing & !here).map(|place| delays[place]).sum())
    }

    /// Whether only money is open: every level before it is as good as it has to be and no better, and no place that has
    /// to be used takes lines later than they could ship.
    pub(super) fn money_decides(&self, choice: &Choice<'_>, cost: usize) -> bool {
        let rest = &self.rest[0];
        if self.delay(choice.field, choice.forced(), 0, None) != Some(0) || self.crowded_out(rest, None) > 0 {
            return false;
        }
        (0..cost).all(|level| {
            let bound = match choice.measures.at(level) {
                Some(Measure::Short) => self.short + rest.short,
                Some(Measure::Late) => self.late + rest.late,
                Some(Measure::Warehouses) => i64::from(self.chosen.count_ones()),
                Some(Measure::Cost | Measure::Rank) | None => return false,
            };
            choice.standing(level, bound) == Standing::Level
        })
    }

    /// The least lateness of a loose line with the stock there is, and the late hours of its last unit.
    fn soonest(&self, field: &Field<'_>, loose: &Loose) -> Option<(i64, i64)> {
        if loose.units == 0 {
            return None;
        }
        let options = &self.options[loose.begin..loose.end];
        let (mut left, mut sum, mut after) = (loose.units, 0, i64::MIN);
        while left > 0 {
            let late = options.iter().map(|place| field.places[*place].late).filter(|late| *late > after).min()?;
            for place in options.iter().filter(|place| field.places[**place].late == late) {
                let taken = left.min(field.at(loose.row, *place));
                sum += late * signed(taken);
                left -= taken;
            }
            after = late;
        }
        Some((sum, after))
    }

    /// The least that some units of a loose line cost at its options from one on, as if each had enough.
    fn of_units(&self, field: &Field<'_>, loose: &Loose, from: usize, units: u64) -> Rest {
        if units == 0 {
            return Rest::NONE;
        }
        let (mut late, mut handling, mut price) = (i64::MAX, i64::MAX, i64::MAX);
        for place in &self.options[from..loose.end] {
            let facts = &field.places[*place];
            late = late.min(facts.late);
            handling = handling.min(facts.unit_handling);
            price = price.min(field.unit_price(loose.row, *place));
        }
        let weight = field.rows[loose.row].weight * units;
        let units = signed(units);
        Rest { late: late * units, handling: handling * units, price: price * units, weight, ..Rest::NONE }
    }

    /// Whether nothing of use comes of what has been put, with so many units of the line before `next` to come.
    pub(super) fn hopeless(&self, choice: &Choice<'_>, next: usize, open: Option<(&Loose, usize, u64)>) -> bool {
        let field = choice.field;
        let mut rest = self.rest[next];
        let Some(mut delay) = self.delay(field, choice.forced(), next, open) else { return true };
        let crowded = self.crowded_out(&rest, open);
        if crowded > 0 {
            // Which of them ship is open, so the levels after the first can count on none.
            rest = Rest { short: rest.short, ..Rest::NONE };
            delay = 0;
        }
        let here = open.map_or(Rest::NONE, |(loose, from, units)| self.of_units(field, loose, from, units));
        if open.is_none() && self.too_small(field, next) {
            return true;
        }
        if let Some((parcels, _)) = &self.parcels
            && !self.tied
        {
            let free =
                members(self.chosen).fold(0_u64, |sum, place| sum.saturating_add(parcels[place] - self.weight[place]));
            if free < here.weight + rest.weight {
                return true;
            }
        }
        // Level by level: the later ones cost more to work out than the first mostly takes.
        for level in 0..DEPTH {
            let mut bound = match choice.measures.at(level) {
                None => break,
                Some(Measure::Short) => self.short + rest.short + crowded,
                Some(Measure::Late) => self.late + here.late + rest.late + delay,
                Some(Measure::Warehouses) => i64::from(self.chosen.count_ones()),
                Some(Measure::Cost) => {
                    let mut whole = self.handling + here.handling + rest.handling;
                    let coming = here.weight + rest.weight;
                    if let Some((_, price)) = &self.parcels {
                        whole += price;
                    } else {
                        whole += self.carriage(field, coming);
                    }
                    whole.max(in_minor_units(self.price + here.price + rest.price))
                }
                Some(Measure::Rank) => members(self.chosen).map(|place| field.places[place].rank).sum(),
            };
            if self.tolls.known
                && delay == 0
                && crowded == 0
                && choice.measures.at(level) == Some(Measure::Cost)
                && choice.standing(level, bound) != Standing::Lost
            {
                bound = bound.max(in_minor_units(self.tolled(field, next, open)));
            }
            match choice.standing(level, bound) {
                Standing::Open => return false,
                Standing::Lost => return true,
                Standing::Level => {}
            }
        }
        choice.ties_are_useless()
    }

    /// What parcels cost at least for what is put, with so many grams still to come.
    fn carriage(&self, field: &Field<'_>, coming: u64) -> i64 {
        let (mut price, mut free, mut rise, mut slope) = (0, 0_u64, i64::MAX, i64::MAX);
        for place in members(self.chosen) {
            let step = field.places[place].prices.step(self.weight[place]);
            price += step.price;
            free = free.saturating_add(step.carries - self.weight[place]);
            if step.rise > 0 {
                rise = rise.min(step.rise);
                slope = slope.min(step.slope);
            }
        }
        // What does not fit the parcels there are takes more of them.
        match coming.checked_sub(free) {
            Some(beyond) if beyond > 0 && rise < i64::MAX => {
                price + rise.max(in_minor_units(slope.saturating_mul(signed(beyond))))
            }
            _ => price,
        }
    }

    /// Whether some part can no longer become worth enough. A plan without that part is a plan of another set.
    fn too_small(&self, field: &Field<'_>, next: usize) -> bool {
        let least = field.problem.min_part_value;
        if least == 0 || self.chosen.count_ones() < 2 {
            return false;
        }
        let hope = &self.hope[next * field.places.len()..];
        let mut missing = 0;
        for place in members(self.chosen) {
            let value = self.value[place];
            if value + hope[place] < least {
                return true;
            }
            missing += (least - value).max(0);
        }
        missing > self.rest[next].value
    }

    /// Short value of the units still to come for which no place has room.
    fn crowded_out(&self, rest: &Rest, open: Option<(&Loose, usize, u64)>) -> i64 {
        if !self.tied || rest.units == 0 || open.is_some() {
            return 0;
        }
        let room = members(self.chosen).fold(0_u64, |sum, place| sum.saturating_add(self.room[place]));
        signed(rest.units.saturating_sub(room)).saturating_mul(rest.cheapest)
    }
}
