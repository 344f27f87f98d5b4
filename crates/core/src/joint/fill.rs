//! Ways to ship one order out of what is free: a choice of places is filled line by line, from the preferred place first.
//!
//! Fast and not always the best where rules tie lines together. What it proposes is checked, and the router's own plan
//! is always among the candidates, so nothing gets worse by it.

use std::collections::BTreeMap;

use super::batch::{Batch, MOST_PLACES, Order};
use super::branch::SCALE;
use super::column::{Column, Part, keeps_rules};
use super::score::{Levels, Score};
use crate::plan::Level;

/// Everything that looking for columns needs to know.
#[derive(Debug)]
pub(super) struct Market<'a, 'b> {
    pub(super) batch: &'b Batch<'a>,
    pub(super) levels: &'b Levels,
    /// What a unit of each resource is worth to others, in 1/[`SCALE`] of what the score entry `priced` counts.
    pub(super) prices: Vec<i64>,
    /// The score entry that prices are in; at least 1.
    pub(super) priced: usize,
    /// By order (position among the component's members) and line: not to be shipped at first.
    pub(super) passed_over: Vec<Vec<bool>>,
    choices: BTreeMap<usize, Vec<u64>>,
}

/// A column, rated by its score plus the worth of what it takes.
#[derive(Debug, Clone)]
pub(super) struct Rated {
    pub(super) key: Score,
    pub(super) column: Column,
}

impl<'a, 'b> Market<'a, 'b> {
    pub(super) fn new(batch: &'b Batch<'a>, levels: &'b Levels, members: &[usize]) -> Self {
        let mut choices = BTreeMap::new();
        for member in members {
            let places = batch.orders[*member].places.len();
            choices.entry(places).or_insert_with(|| choices_of(places));
        }
        Self { batch, levels, prices: vec![0; batch.available.len()], priced: 1, passed_over: Vec::new(), choices }
    }

    /// Sets of places worth trying, as bits, the small ones first.
    pub(super) fn choices(&self, order: &Order<'_>) -> &[u64] {
        self.choices.get(&order.places.len()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn rate(&self, column: Column) -> Rated {
        let worth: i64 =
            column.usage.iter().map(|&(resource, units)| self.prices[resource].saturating_mul(i64::from(units))).sum();
        let mut key = column.score;
        key[self.priced] = key[self.priced].saturating_mul(SCALE).saturating_add(worth);
        Rated { key, column }
    }

    /// Places of each line, the preferred first: by the levels in their order, with what the unit is worth to others
    /// where prices are.
    pub(super) fn preferences(&self, order: &Order<'_>) -> Vec<Vec<usize>> {
        (0..order.lines.len())
            .map(|line| {
                let mut places: Vec<usize> =
                    (0..order.places.len()).filter(|place| order.most[order.cell(line, *place)] > 0).collect();
                places.sort_by_cached_key(|&place| {
                    let mut key = [0; 4];
                    for (slot, level) in key.iter_mut().zip(&self.levels.order) {
                        *slot = match level {
                            Level::Late => order.places[place].late,
                            Level::Warehouses => 0,
                            Level::Cost => order.places[place].unit_handling,
                        };
                    }
                    let at = self.priced - 1;
                    key[at] = key[at].saturating_mul(SCALE).saturating_add(self.worth(order, line, place));
                    (key, order.places[place].rank, place)
                });
                places
            })
            .collect()
    }

    fn worth(&self, order: &Order<'_>, line: usize, place: usize) -> i64 {
        self.prices[self.batch.resource(order, line, place)]
            .saturating_add(self.prices[self.batch.capacity(order.places[place].warehouse)])
    }

    /// The best column found among the choices of places, given what is free. Shipping nothing is always one.
    pub(super) fn best(&self, number: usize, free: &[u32], skip: Option<&[bool]>, effort: &mut u64) -> Column {
        let order = &self.batch.orders[number];
        let nothing = self.rate(Column::new(self.batch, self.levels, order, Vec::new()));
        let mut best = nothing;
        let mut enough = u32::MAX;
        let by_warehouses = self.levels.order.iter().position(|level| *level == Level::Warehouses);
        let timely = !self.levels.order.contains(&Level::Late) || order.places.iter().all(|place| place.late == 0);
        let preferences = self.preferences(order);
        let most_units = self.most_units(order, free, skip);
        for &choice in self.choices(order) {
            let size = choice.count_ones();
            if size > enough {
                // Everything ships and nothing is late: more places are only better if they are worth less to others.
                let entry = by_warehouses.map_or(1, |at| at + 1);
                if self.priced != entry || best.key[entry] <= i64::from(size) * SCALE {
                    break;
                }
            }
            let Some(parts) = fill(self.batch, order, choice, &preferences, free, skip, effort) else { continue };
            let units: u64 = parts.iter().map(|part| u64::from(part.units)).sum();
            let rated = self.rate(Column::new(self.batch, self.levels, order, parts));
            if timely && units == most_units && self.levels.order.first() != Some(&Level::Cost) {
                enough = enough.min(size);
            }
            if rated.key < best.key {
                best = rated;
            }
        }
        if enough == u32::MAX {
            for rated in self.pruned(order, &preferences, free, skip, effort) {
                if rated.key < best.key {
                    best = rated;
                }
            }
        }
        best.column
    }

    /// Units that could ship if places were free to use.
    fn most_units(&self, order: &Order<'_>, free: &[u32], skip: Option<&[bool]>) -> u64 {
        (0..order.lines.len())
            .filter(|line| !skip.is_some_and(|skip| skip[*line]))
            .map(|line| {
                let there: u64 = (0..order.places.len())
                    .map(|place| {
                        let most = order.most[order.cell(line, place)];
                        u64::from(most.min(free[self.batch.resource(order, line, place)]))
                    })
                    .sum();
                there.min(u64::from(order.lines[line].quantity))
            })
            .sum()
    }

    /// All places at once, then without those that can be spared, one after the other.
    fn pruned(
        &self,
        order: &Order<'_>,
        preferences: &[Vec<usize>],
        free: &[u32],
        skip: Option<&[bool]>,
        effort: &mut u64,
    ) -> Vec<Rated> {
        let places = order.places.len();
        if places > MOST_PLACES || places == 0 {
            return Vec::new();
        }
        let mut choice = if places == 64 { u64::MAX } else { (1 << places) - 1 };
        let mut found: Vec<Rated> = Vec::new();
        let mut least = i64::MAX;
        loop {
            if let Some(parts) = fill(self.batch, order, choice, preferences, free, skip, effort) {
                let used = parts.iter().fold(0_u64, |bits, part| bits | 1 << part.place);
                choice = used;
                let column = Column::new(self.batch, self.levels, order, parts);
                least = least.min(column.score[0]);
                found.push(self.rate(column));
            }
            // The place that ships the least goes first.
            let mut shrunk = None;
            for place in (0..places).filter(|place| choice & (1 << place) != 0) {
                let without = choice & !(1 << place);
                let Some(parts) = fill(self.batch, order, without, preferences, free, skip, effort) else { continue };
                let column = Column::new(self.batch, self.levels, order, parts);
                if column.score[0] <= least {
                    shrunk = Some(without);
                    break;
                }
            }
            match shrunk {
                Some(smaller) if smaller != 0 => choice = smaller,
                _ => return found,
            }
        }
    }

    /// Good columns given what is free, the best first, none of them beaten by one that takes no more.
    pub(super) fn candidates(&self, number: usize, free: &[u32], most: usize, effort: &mut u64) -> Vec<Rated> {
        let order = &self.batch.orders[number];
        let preferences = self.preferences(order);
        let mut found: Vec<Rated> = Vec::new();
        for &choice in self.choices(order) {
            if let Some(parts) = fill(self.batch, order, choice, &preferences, free, None, effort) {
                let used = parts.iter().fold(0_u64, |bits, part| bits | 1 << part.place);
                if used == choice {
                    found.push(self.rate(Column::new(self.batch, self.levels, order, parts)));
                }
            }
        }
        found.extend(self.pruned(order, &preferences, free, None, effort));
        found.push(self.rate(Column::new(self.batch, self.levels, order, Vec::new())));
        undominated(found, most)
    }
}

/// Sorted by score, without columns that another one beats or equals while it takes no more.
pub(super) fn undominated(mut found: Vec<Rated>, most: usize) -> Vec<Rated> {
    found.sort_by(|a, b| {
        let keys = a.column.score.cmp(&b.column.score).then(a.key.cmp(&b.key));
        keys.then_with(|| a.column.parts.cmp(&b.column.parts))
    });
    let mut kept: Vec<Rated> = Vec::new();
    for rated in found {
        if kept.len() >= most {
            break;
        }
        if !kept.iter().any(|better| better.column.takes_no_more_than(&rated.column)) {
            kept.push(rated);
        }
    }
    kept
}

/// Fills one choice of places. `None` when the order's rules are not kept by what comes out.
pub(super) fn fill(
    batch: &Batch<'_>,
    order: &Order<'_>,
    choice: u64,
    preferences: &[Vec<usize>],
    free: &[u32],
    skip: Option<&[bool]>,
    effort: &mut u64,
) -> Option<Vec<Part>> {
    if usize::try_from(choice.count_ones()).is_ok_and(|places| places > order.max_warehouses) {
        return None;
    }
    *effort += order.lines.len() as u64 * u64::from(choice.count_ones());
    let mut tray = Tray { batch, order, free, parts: Vec::with_capacity(order.lines.len() + 1), capacity: Vec::new() };
    if order.places.iter().any(|place| place.capacity < u32::MAX || free[batch.capacity(place.warehouse)] < u32::MAX) {
        tray.capacity =
            order.places.iter().map(|place| place.capacity.min(free[batch.capacity(place.warehouse)])).collect();
    }
    let chosen = |place: &&usize| choice & (1 << **place) != 0;
    let skipped = |line: usize| skip.is_some_and(|skip| skip[line]);
    for group in &order.groups {
        if group.iter().any(|line| skipped(*line)) {
            continue;
        }
        let Some(first) = group.iter().find(|line| order.lines[**line].quantity > 0) else { continue };
        for &place in preferences[*first].iter().filter(chosen) {
            let before = tray.parts.len();
            let capacity = tray.capacity.get(place).copied();
            let whole = group.iter().all(|&line| tray.put(line, place, order.lines[line].quantity, true));
            if whole {
                break;
            }
            tray.parts.truncate(before);
            if let (Some(slot), Some(capacity)) = (tray.capacity.get_mut(place), capacity) {
                *slot = capacity;
            }
        }
    }
    for (line, facts) in order.lines.iter().enumerate() {
        if order.grouped[line] || skipped(line) {
            continue;
        }
        let mut left = facts.quantity;
        if facts.splittable {
            for &place in preferences[line].iter().filter(chosen) {
                if left == 0 {
                    break;
                }
                let units = left.min(tray.room(line, place));
                tray.put(line, place, units, false);
                left -= units;
            }
        } else {
            let mut source: Option<(u32, usize)> = None;
            for &place in preferences[line].iter().filter(chosen) {
                let units = left.min(tray.room(line, place));
                if units > source.map_or(0, |(most, _)| most) {
                    source = Some((units, place));
                }
            }
            if let Some((units, place)) = source {
                tray.put(line, place, units, false);
                left -= units;
            }
        }
        if order.ship_complete && left > 0 {
            return None;
        }
    }
    let parts = tray.parts;
    let simple = !order.bound_by_rules();
    (simple || keeps_rules(order, &parts)).then_some(parts)
}

struct Tray<'a, 'b> {
    batch: &'b Batch<'a>,
    order: &'b Order<'a>,
    free: &'b [u32],
    parts: Vec<Part>,
    /// By place, where anything limits it.
    capacity: Vec<u32>,
}

impl Tray<'_, '_> {
    /// Units of a line that a place can still ship.
    fn room(&self, line: usize, place: usize) -> u32 {
        let mut stock = self.free[self.batch.resource(self.order, line, place)];
        if self.order.repeats_skus {
            let same =
                |part: &&Part| part.place == place && self.order.lines[part.line].sku == self.order.lines[line].sku;
            let taken: u32 = self.parts.iter().filter(same).map(|part| part.units).sum();
            stock = stock.saturating_sub(taken);
        }
        self.order.most[self.order.cell(line, place)]
            .min(stock)
            .min(self.capacity.get(place).copied().unwrap_or(u32::MAX))
    }

    /// Takes units; with `all`, only if there is room for all of them. Whether it did.
    fn put(&mut self, line: usize, place: usize, units: u32, all: bool) -> bool {
        if units == 0 {
            return true;
        }
        if all && self.room(line, place) < units {
            return false;
        }
        if let Some(left) = self.capacity.get_mut(place) {
            *left -= units;
        }
        self.parts.push(Part { line, place, units });
        true
    }
}

/// Sets of places as bits: all there are when there are few, else the small ones.
fn choices_of(places: usize) -> Vec<u64> {
    let largest = match places {
        0 => return Vec::new(),
        1..=5 => places,
        6..=10 => 3,
        11..=24 => 2,
        25..=MOST_PLACES => 1,
        _ => return Vec::new(),
    };
    let mut choices: Vec<u64> = (0..places).map(|place| 1 << place).collect();
    let mut size_before = 0..choices.len();
    for _ in 1..largest {
        let grown: Vec<u64> = choices[size_before.clone()]
            .iter()
            .flat_map(|choice| {
                let next = usize::try_from(u64::BITS - choice.leading_zeros()).unwrap_or(places);
                (next..places).map(move |place| choice | 1 << place)
            })
            .collect();
        size_before = choices.len()..choices.len() + grown.len();
        choices.extend(grown);
    }
    choices
}
