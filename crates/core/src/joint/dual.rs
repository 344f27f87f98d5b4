//! Prices for the levels after the short value: set anew until every order, paying them, wants what there is.

use super::batch::Order;
use super::bound::{Bound, Fate, reach};
use super::branch::SCALE;
use super::score::Total;
use crate::plan::Level;

/// How often the prices of one level are set anew at most.
const MOST_ROUNDS: usize = 600;

/// What a place asks that is none.
const CLOSED: i64 = i64::MAX / 4;

/// What the open places ask for a unit, and the units they have; `None` where closed.
type Row = Vec<Option<(i64, u32)>>;

/// The least of one order at the given prices.
struct Least {
    value: i64,
    /// Places it uses, as bits; `None` when it is only a bound.
    choice: Option<u64>,
}

impl Bound<'_, '_> {
    /// Bounds the next level, given that all before are tight. Prices are set anew until that does not help
    /// or `effort` reaches `until`; `watch` is shown them now and then.
    pub(super) fn next_level(
        &mut self,
        total: &Total,
        until: u64,
        effort: &mut u64,
        mut watch: impl FnMut(usize, &[i64], &mut u64),
    ) {
        let position = self.known.len();
        let (_, entry) = Total::entry(self.batch, position);
        let Some(&target) = total.0.get(position) else { return };
        let per_unit_only = self.levels.order.get(entry - 1) == Some(&Level::Late);
        let batch = self.batch;
        let mut prices = vec![0_i64; batch.available.len()];
        let resources: Vec<usize> = (0..prices.len()).filter(|resource| batch.contended(*resource)).collect();
        let limit: Vec<i64> = resources
            .iter()
            .map(|resource| {
                i64::from(batch.available[*resource]).min(i64::try_from(batch.wanted[*resource]).unwrap_or(i64::MAX))
            })
            .collect();
        // A SKU whose units have a short price is used up by every plan that is best so far: its prices may be negative.
        let used_up: Vec<bool> = resources
            .iter()
            .map(|resource| batch.sku_of(*resource).is_some_and(|sku| self.short_prices[sku].is_some()))
            .collect();
        let mut demand = vec![0_i64; prices.len()];
        let mut slope = vec![0_f64; resources.len()];
        let mut best: Option<(i64, Vec<i64>)> = None;
        let (mut pace, mut stuck) = (1.0_f64, 0);
        for round in 0..MOST_ROUNDS {
            demand.fill(0);
            let mut value = 0_i64;
            for (position, &member) in self.members.iter().enumerate() {
                let order = &batch.orders[member];
                let least = self.least(order, position, entry, per_unit_only, &prices, effort);
                value = value.saturating_add(least.value);
                if let Some(choice) = least.choice {
                    self.count(order, position, entry, choice, &prices, &mut demand);
                }
            }
            for (resource, limit) in resources.iter().zip(&limit) {
                value = value.saturating_sub(prices[*resource].saturating_mul(*limit));
            }
            if best.as_ref().is_none_or(|(known, _)| value > *known) {
                best = Some((value, prices.clone()));
                stuck = 0;
            } else {
                stuck += 1;
                if stuck >= 6 {
                    pace /= 2.0;
                    stuck = 0;
                }
            }
            let known = best.as_ref().map_or(value, |(known, _)| *known);
            if self.lifted(entry, up(known)) >= target || *effort >= until {
                break;
            }
            if round % 16 == 15 && round < 160 {
                watch(entry, &prices, effort);
            }
            let missing = (target.saturating_mul(SCALE).saturating_sub(value)) as f64;
            let mut length = 0.0;
            for (((resource, limit), slope), used_up) in resources.iter().zip(&limit).zip(&mut slope).zip(&used_up) {
                let mut excess = (demand[*resource] - limit) as f64;
                if prices[*resource] == 0 && excess < 0.0 && !used_up {
                    excess = 0.0;
                }
                // Part of the last direction is kept: it damps the zigzag between two sets of orders.
                *slope = 0.6 * excess + 0.4 * *slope;
                length += *slope * *slope;
            }
            if length < 1e-9 {
                break;
            }
            let stride = pace * missing.max(1.0) / length;
            for ((resource, slope), used_up) in resources.iter().zip(&slope).zip(&used_up) {
                let price = prices[*resource] as f64 + stride * slope;
                prices[*resource] = price.clamp(if *used_up { -1e15 } else { 0.0 }, 1e15) as i64;
            }
        }
        let Some((value, prices)) = best else { return };
        let bound = self.lifted(entry, up(value));
        self.known.push(bound);
        if bound == target && per_unit_only && value == target.saturating_mul(SCALE) {
            self.close(entry, &prices);
        }
        if !per_unit_only || self.entry == entry {
            self.entry = entry;
            self.prices = prices;
        }
    }

    /// The next amount that sums at a level can have: whole multiples of what all units have in common.
    fn lifted(&self, entry: usize, bound: i64) -> i64 {
        if self.levels.order.get(entry - 1) != Some(&Level::Late) {
            return bound;
        }
        let places = self.members.iter().flat_map(|member| &self.batch.orders[*member].places);
        let common = places.fold(0, |common, place| divisor(common, place.late));
        if common > 1 { (bound + common - 1).div_euclid(common) * common } else { bound }
    }

    /// A unit's own amount at a level.
    fn unit(&self, order: &Order<'_>, entry: usize, place: usize) -> i64 {
        match self.levels.order.get(entry - 1) {
            Some(Level::Late) => order.places[place].late,
            Some(Level::Cost) => order.places[place].unit_handling,
            Some(Level::Warehouses) | None => 0,
        }
    }

    /// What using a place costs at a level, at least.
    fn fixed(&self, order: &Order<'_>, entry: usize, place: usize) -> i64 {
        let place = &order.places[place];
        match self.levels.order.get(entry - 1) {
            Some(Level::Late) => 0,
            Some(Level::Warehouses) => 1,
            Some(Level::Cost) => {
                let weighs = order.lines.iter().all(|line| line.weight > 0);
                let parcel = if weighs { place.tariff.cheapest() } else { 0 };
                place.handling + parcel
            }
            None if entry == self.levels.order.len() + 1 => place.rank,
            None => 0,
        }
    }

    fn unit_price(&self, order: &Order<'_>, entry: usize, line: usize, place: usize, prices: &[i64]) -> i64 {
        let batch = self.batch;
        let own = self.unit(order, entry, place).saturating_mul(SCALE);
        own.saturating_add(prices[batch.resource(order, line, place)])
            .saturating_add(prices[batch.capacity(order.places[place].warehouse)])
    }

    /// The least an order can pay at a level.
    fn least(
        &self,
        order: &Order<'_>,
        position: usize,
        entry: usize,
        per_unit_only: bool,
        prices: &[i64],
        effort: &mut u64,
    ) -> Least {
        let places = order.places.len();
        let fates = &self.fates[position];
        let lines: Vec<usize> = (0..order.lines.len()).filter(|line| fates[*line] != Fate::Stays).collect();
        let nothing_must = lines.iter().all(|line| fates[*line] == Fate::Open);
        // A place that pays for being used is credited whether used or not; what is left is never negative.
        let mut some_fixed = (0..places).map(|place| self.fixed(order, entry, place)).collect::<Vec<i64>>();
        let credit: i64 = some_fixed.iter().filter(|fixed| **fixed < 0).sum::<i64>().saturating_mul(SCALE);
        some_fixed.iter_mut().for_each(|fixed| *fixed = (*fixed).max(0));
        if lines.is_empty() || places == 0 {
            return Least { value: credit, choice: Some(0) };
        }
        *effort += (lines.len() * places) as u64;
        // Lines of which every open place has enough: what each place asks for all of it. The rest is looked up.
        let mut plain: Vec<i64> = Vec::with_capacity(lines.len() * places);
        let mut special: Vec<(Row, u32, bool)> = Vec::new();
        for &line in &lines {
            let (units, must) = (reach(order, line), fates[line] == Fate::Ships);
            let cell = |place: usize| {
                let cell = order.cell(line, place);
                self.open[position][cell]
                    .then(|| (self.unit_price(order, entry, line, place, prices), order.most[cell]))
            };
            if (0..places).all(|place| cell(place).is_none_or(|(_, most)| most >= units)) {
                plain.extend((0..places).map(|place| match cell(place) {
                    Some((price, _)) if must => price.saturating_mul(i64::from(units)).min(CLOSED),
                    Some((price, _)) => price.saturating_mul(i64::from(units)).min(0),
                    None if must => CLOSED,
                    None => 0,
                }));
            } else {
                special.push(((0..places).map(cell).collect(), units, must));
            }
        }
        let all_units: u64 = lines.iter().map(|line| u64::from(reach(order, *line))).sum();
        let sum_of = |allowed: &[usize]| -> Option<i64> {
            let mut sum = 0_i64;
            for row in plain.chunks_exact(places) {
                let least = allowed.iter().map(|place| row[*place]).min()?;
                if least >= CLOSED {
                    return None;
                }
                sum = sum.saturating_add(least);
            }
            for (row, units, must) in &special {
                sum = sum.saturating_add(cheapest(row, *units, *must, &|place| allowed.contains(&place))?);
            }
            Some(sum)
        };
        let all = sum_of(&(0..places).collect::<Vec<usize>>());
        if per_unit_only || places > 64 {
            let value = all.unwrap_or(0).saturating_add(credit);
            let choice = if places >= 64 { u64::MAX } else { (1 << places) - 1 };
            return Least { value, choice: (places <= 64).then_some(choice) };
        }
        // Beyond the sizes looked at, the cheapest places and the cheapest cells bound what is left.
        let largest = if places <= 10 { 3 } else { 2 };
        let mut sorted = some_fixed.clone();
        sorted.sort_unstable();
        let mut least = Least { value: i64::MAX, choice: None };
        let beyond: i64 = sorted.iter().take(largest + 1).sum();
        if places > largest {
            // `None`: no cell is open for some line, so this member cannot be part of a plan that good. Nothing is
            // claimed from that.
            least.value = beyond.saturating_mul(SCALE).saturating_add(all.unwrap_or(0));
        } else if all.is_none() {
            least.value = 0;
        }
        if nothing_must && least.value > 0 {
            least = Least { value: 0, choice: Some(0) };
        }
        let mut offer = |choice: u64, fixed: i64, sum: Option<i64>| {
            if let Some(sum) = sum {
                let value = fixed.saturating_mul(SCALE).saturating_add(sum);
                if value < least.value {
                    least = Least { value, choice: Some(choice) };
                }
            }
        };
        for a in 0..places {
            offer(1 << a, some_fixed[a], sum_of(&[a]));
            *effort += lines.len() as u64 / 4;
            for b in a + 1..places {
                let pair = some_fixed[a] + some_fixed[b];
                offer(1 << a | 1 << b, pair, sum_of(&[a, b]));
                *effort += lines.len() as u64 / 2;
                // Three places only where three lines, or a line of three units, could use them.
                if largest > 2 && all_units > 2 {
                    for (c, fixed) in some_fixed.iter().enumerate().skip(b + 1) {
                        let three = pair + fixed;
                        let sum = sum_of(&[a, b, c]);
                        offer(1 << a | 1 << b | 1 << c, three, sum);
                    }
                    *effort += (lines.len() * (places - b)) as u64 / 2;
                }
            }
        }
        least.value = least.value.saturating_add(credit);
        least
    }

    /// Adds what an order takes at the given prices from a choice of places.
    fn count(&self, order: &Order<'_>, position: usize, entry: usize, choice: u64, prices: &[i64], demand: &mut [i64]) {
        for line in (0..order.lines.len()).filter(|line| self.fates[position][*line] != Fate::Stays) {
            let must = self.fates[position][line] == Fate::Ships;
            let mut cells: Vec<(i64, usize)> = (0..order.places.len())
                .filter(|place| choice & (1 << place) != 0 && self.open[position][order.cell(line, *place)])
                .map(|place| (self.unit_price(order, entry, line, place, prices), place))
                .collect();
            cells.sort_unstable();
            let mut left = reach(order, line);
            for (price, place) in cells {
                if !must && price >= 0 {
                    break;
                }
                let units = left.min(order.most[order.cell(line, place)]);
                demand[self.batch.resource(order, line, place)] += i64::from(units);
                demand[self.batch.capacity(order.places[place].warehouse)] += i64::from(units);
                left -= units;
            }
        }
    }

    /// Closes cells that no plan with the least sum at a level can use: their units cost more than the last one needed.
    fn close(&mut self, entry: usize, prices: &[i64]) {
        for (position, &member) in self.members.iter().enumerate() {
            let order = &self.batch.orders[member];
            for line in (0..order.lines.len()).filter(|line| self.fates[position][*line] == Fate::Ships) {
                let mut cells: Vec<(i64, usize)> = (0..order.places.len())
                    .filter(|place| self.open[position][order.cell(line, *place)])
                    .map(|place| (self.unit_price(order, entry, line, place, prices), place))
                    .collect();
                cells.sort_unstable();
                let mut left = reach(order, line);
                let mut last = i64::MIN;
                for (price, place) in cells {
                    if left == 0 && price > last {
                        self.open[position][order.cell(line, place)] = false;
                        continue;
                    }
                    last = price;
                    left -= left.min(order.most[order.cell(line, place)]);
                }
            }
        }
    }
}

/// The cheapest way to get `units` from the allowed places of a row, or up to `units` where that pays when they need
/// not be got; `None` when there are not enough.
fn cheapest(row: &[Option<(i64, u32)>], units: u32, must: bool, allowed: &dyn Fn(usize) -> bool) -> Option<i64> {
    let cells = || row.iter().enumerate().filter(|(place, _)| allowed(*place)).filter_map(|(_, cell)| *cell);
    let Some((price, most)) = cells().min_by_key(|(price, _)| *price) else { return (!must).then_some(0) };
    if !must && price >= 0 {
        return Some(0);
    }
    if most >= units {
        return Some(price.saturating_mul(i64::from(units)));
    }
    let mut sorted: Vec<(i64, u32)> = cells().collect();
    sorted.sort_unstable();
    let (mut left, mut sum) = (units, 0_i64);
    for (price, most) in sorted {
        if !must && price >= 0 {
            break;
        }
        let taken = left.min(most);
        sum = sum.saturating_add(price.saturating_mul(i64::from(taken)));
        left -= taken;
        if left == 0 {
            break;
        }
    }
    (!must || left == 0).then_some(sum)
}

/// The greatest common divisor of two amounts that are not negative.
fn divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// A scaled bound as a whole amount: sums are whole, so it may be rounded up.
fn up(value: i64) -> i64 {
    value.div_euclid(SCALE) + i64::from(value.rem_euclid(SCALE) > 0)
}
