//! One way to ship one order: what it takes, what it costs, whether it keeps the order's rules.

use super::batch::{Batch, Order};
use super::score::{Levels, Score};
use crate::plan::{Allocation, Objective};

/// Units of one line from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) line: usize,
    pub(super) place: usize,
    pub(super) units: u32,
}

/// One way to ship an order. Its rules are kept; stock is a matter between the orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) score: Score,
    pub(super) objective: Objective,
    /// Units of each contended resource it takes, by resource number.
    pub(super) usage: Vec<(usize, u32)>,
    /// In (line, place) order.
    pub(super) parts: Vec<Part>,
}

impl Column {
    /// Scores an assignment. The parts name each cell at most once.
    pub(super) fn new(batch: &Batch<'_>, levels: &Levels, order: &Order<'_>, mut parts: Vec<Part>) -> Self {
        parts.retain(|part| part.units > 0);
        parts.sort_unstable();
        let objective = score(order, &parts);
        let mut usage: Vec<(usize, u32)> = Vec::with_capacity(parts.len());
        let mut take = |resource: usize, units: u32| {
            if batch.contended(resource) {
                match usage.iter_mut().find(|(taken, _)| *taken == resource) {
                    Some((_, count)) => *count += units,
                    None => usage.push((resource, units)),
                }
            }
        };
        for part in &parts {
            take(batch.resource(order, part.line, part.place), part.units);
            take(batch.capacity(order.places[part.place].warehouse), part.units);
        }
        usage.sort_unstable();
        Self { score: levels.score(&objective), objective, usage, parts }
    }

    /// What the router answered, in numbers. `None` when it names a line or a place that cannot ship.
    pub(super) fn of_allocation(
        batch: &Batch<'_>,
        levels: &Levels,
        order: &Order<'_>,
        allocation: &[Allocation],
    ) -> Option<Self> {
        let parts = allocation
            .iter()
            .map(|part| {
                let line = order.lines.binary_search_by(|line| line.id.cmp(&part.line)).ok()?;
                let place = order.places.binary_search_by(|place| place.id.cmp(&part.warehouse)).ok()?;
                Some(Part { line, place, units: part.quantity })
            })
            .collect::<Option<Vec<Part>>>()?;
        Some(Self::new(batch, levels, order, parts))
    }

    pub(super) fn allocation(&self, order: &Order<'_>) -> Vec<Allocation> {
        self.parts
            .iter()
            .map(|part| Allocation {
                line: order.lines[part.line].id.to_owned(),
                warehouse: order.places[part.place].id.to_owned(),
                quantity: part.units,
            })
            .collect()
    }

    /// Whether it fits into what is free.
    pub(super) fn fits(&self, free: &[u32]) -> bool {
        self.usage.iter().all(|&(resource, units)| free[resource] >= units)
    }

    /// Takes its units from what is free.
    pub(super) fn take(&self, free: &mut [u32]) {
        for &(resource, units) in &self.usage {
            free[resource] -= units;
        }
    }

    /// Gives its units back.
    pub(super) fn give_back(&self, free: &mut [u32]) {
        for &(resource, units) in &self.usage {
            free[resource] += units;
        }
    }

    /// Whether it takes at most what `other` takes, of everything.
    pub(super) fn takes_no_more_than(&self, other: &Self) -> bool {
        let mut theirs = other.usage.iter();
        self.usage.iter().all(|&(resource, units)| {
            theirs
                .by_ref()
                .find(|(taken, _)| *taken >= resource)
                .is_some_and(|&(taken, count)| taken == resource && count >= units)
        })
    }
}

/// What an assignment costs, every measure whether optimised or not.
pub(super) fn score(order: &Order<'_>, parts: &[Part]) -> Objective {
    let mut objective = Objective { short_value: order.worth(), ..Objective::default() };
    let mut by_place: Vec<(usize, i64, u64)> = Vec::with_capacity(4);
    for part in parts {
        let (line, units) = (&order.lines[part.line], i64::from(part.units));
        objective.short_value -= line.value * units;
        let weight = line.weight * u64::from(part.units);
        match by_place.iter_mut().find(|(place, ..)| *place == part.place) {
            Some((_, count, grams)) => {
                *count += units;
                *grams += weight;
            }
            None => by_place.push((part.place, units, weight)),
        }
    }
    for (place, units, grams) in by_place {
        let place = &order.places[place];
        objective.late += place.late * units;
        objective.warehouses += 1;
        objective.cost += place.handling + place.unit_handling * units + place.tariff.price(grams);
        objective.rank_sum += place.rank;
    }
    objective
}

/// Whether an assignment keeps every rule of its order. Stock and shared capacity are not looked at.
pub(super) fn keeps_rules(order: &Order<'_>, parts: &[Part]) -> bool {
    let mut shipped = vec![0_u32; order.lines.len()];
    let mut sources = vec![0_usize; order.lines.len()];
    let mut by_place: Vec<(usize, u64, i64)> = Vec::with_capacity(4);
    for part in parts {
        let line = &order.lines[part.line];
        if part.units > order.most[order.cell(part.line, part.place)] {
            return false;
        }
        shipped[part.line] += part.units;
        sources[part.line] += 1;
        let value = line.part_value * i64::from(part.units);
        match by_place.iter_mut().find(|(place, ..)| *place == part.place) {
            Some((_, units, sum)) => {
                *units += u64::from(part.units);
                *sum += value;
            }
            None => by_place.push((part.place, u64::from(part.units), value)),
        }
    }
    let lines_kept = order.lines.iter().zip(&shipped).zip(&sources).all(|((line, shipped), sources)| {
        *shipped <= line.quantity
            && (line.splittable || *sources <= 1)
            && (!order.ship_complete || parts.is_empty() || *shipped == line.quantity)
    });
    let groups_kept = order.groups.iter().all(|group| {
        let nothing = group.iter().all(|line| shipped[*line] == 0);
        let mut source = None;
        nothing
            || group.iter().all(|&line| {
                let here = parts.iter().find(|part| part.line == line).map(|part| part.place);
                let whole = shipped[line] == order.lines[line].quantity && sources[line] <= 1;
                whole && here.is_none_or(|place| *source.get_or_insert(place) == place)
            })
    });
    lines_kept
        && groups_kept
        && by_place.len() <= order.max_warehouses
        && by_place.iter().all(|&(place, units, value)| {
            units <= u64::from(order.places[place].capacity) && (by_place.len() < 2 || value >= order.min_part_value)
        })
}
