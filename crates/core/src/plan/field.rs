//! The question laid out for the search over sets of warehouses: one bit for each warehouse that could ship anything.

use super::problem::{MONEY_SCALE, Problem};
use super::tariff::PriceList;

/// Most warehouses with something to ship, and most lines, that this search takes. Larger questions go another way.
pub(super) const WIDEST: usize = 64;

/// Most units of a line: so many from every place still fit 32 bits.
const LARGEST: u32 = 1 << 25;

/// The places of a set, lowest first.
pub(super) fn members(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if set == 0 {
            return None;
        }
        let place = set.trailing_zeros() as usize;
        set &= set - 1;
        Some(place)
    })
}

/// A warehouse that could ship something.
#[derive(Debug)]
pub(super) struct Place {
    /// Its number in the problem.
    pub(super) warehouse: usize,
    pub(super) late: i64,
    pub(super) rank: i64,
    pub(super) handling: i64,
    pub(super) unit_handling: i64,
    pub(super) prices: PriceList,
    /// Value of all it could ship: no part of an order from here is worth more.
    pub(super) potential: i64,
    /// Units of this order that it could ship in all.
    pub(super) capacity: u64,
    /// Units that a part from here has at least, for it to be worth enough; 1 where nothing is asked.
    pub(super) fewest_units: i64,
    /// Least cost of using it at all, and of each gram from it; scaled money. Together never above the true cost.
    pub(super) opening: i64,
}

/// A line, as far as the search looks.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) quantity: u64,
    pub(super) short_value: i64,
    pub(super) part_value: i64,
    pub(super) weight: u64,
    pub(super) single: bool,
    pub(super) group: Option<usize>,
    /// Places that have any of it.
    pub(super) carriers: u64,
}

/// The question as bits and dense tables.
#[derive(Debug)]
pub(super) struct Field<'p> {
    pub(super) problem: &'p Problem,
    pub(super) places: Vec<Place>,
    pub(super) rows: Vec<Row>,
    /// Most units, by `place * rows + row`. Where a ship group does not fit whole, none of its lines has any.
    pub(super) most: Vec<u32>,
    /// Price of a unit by `row * places + place`; scaled money, never above the true one.
    pub(super) unit_price: Vec<i64>,
    /// Places of each row that have any of it, cheapest unit first; one row after another.
    pub(super) by_price: Vec<u8>,
    /// The same places, most units first.
    pub(super) by_units: Vec<u8>,
    /// Where each row's places begin in both.
    pub(super) starts: Vec<usize>,
    /// All places, the largest capacity first.
    pub(super) by_capacity: Vec<u8>,
    /// Rows, the least valuable unit first.
    pub(super) by_value: Vec<u8>,
    /// Places whose lines compete for stock or capacity.
    pub(super) tied: u64,
    /// Lateness, and the places that are at most so late; rising.
    pub(super) lateness: Vec<(i64, u64)>,
    /// At most so many warehouses, whatever the reason.
    pub(super) most_used: usize,
}

impl<'p> Field<'p> {
    /// Lays it out; `None` when it is too large for this search.
    pub(super) fn new(problem: &'p Problem) -> Option<Self> {
        let width = problem.warehouses.len();
        let height = problem.lines.len();
        if height > WIDEST {
            return None;
        }
        let mut most: Vec<u32> = Vec::with_capacity(problem.most.len());
        let mut numbers = Vec::with_capacity(width);
        for warehouse in 0..width {
            let begin = most.len();
            most.extend((0..height).map(|line| problem.most[problem.cell(line, warehouse)]));
            clear_torn_groups(problem, warehouse, &mut most[begin..]);
            if most[begin..].iter().all(|units| *units == 0) {
                most.truncate(begin);
            } else {
                numbers.push(warehouse);
            }
        }
        if numbers.len() > WIDEST || problem.lines.iter().any(|line| line.quantity > LARGEST) {
            return None;
        }
        let total_weight: u64 = problem.lines.iter().map(|line| line.weight * u64::from(line.quantity)).sum();
        let mut field = Self {
            problem,
            places: Vec::with_capacity(numbers.len()),
            rows: Vec::with_capacity(height),
            most,
            unit_price: vec![0; height * numbers.len()],
            by_price: Vec::with_capacity(height * numbers.len()),
            by_units: Vec::new(),
            by_capacity: Vec::new(),
            by_value: Vec::new(),
            starts: Vec::with_capacity(height + 1),
            tied: 0,
            lateness: Vec::new(),
            most_used: problem.max_warehouses,
        };
        for &warehouse in &numbers {
            field.add_place(warehouse, total_weight, numbers.len())?;
        }
        field.add_rows();
        field.sort_lateness();
        if field.tied != 0 {
            // Only where capacity or shared stock is short does the sum say more than the rows do one by one.
            field.by_capacity = numbered(field.places.len());
            field.by_capacity.sort_by_key(|place| std::cmp::Reverse(field.places[usize::from(*place)].capacity));
            field.by_value = numbered(height);
            field.by_value.sort_by_key(|row| field.rows[usize::from(*row)].short_value);
        }
        if problem.min_part_value > 0 {
            let value: i64 = problem.lines.iter().map(|line| line.part_value * i64::from(line.quantity)).sum();
            let parts = usize::try_from(value / problem.min_part_value).unwrap_or(usize::MAX);
            field.most_used = field.most_used.min(parts.max(1));
        }
        Some(field)
    }

    fn add_place(&mut self, warehouse: usize, total_weight: u64, width: usize) -> Option<()> {
        let problem = self.problem;
        let facts = &problem.warehouses[warehouse];
        let place = self.places.len();
        let height = problem.lines.len();
        let column = &self.most[place * height..(place + 1) * height];
        let (mut weight, mut units, mut potential, mut weightless) = (0_u64, 0_u64, 0_i64, false);
        let mut shared = false;
        let carried = problem.lines.iter().zip(column).filter(|(_, count)| **count > 0);
        let dearest = carried.map(|(line, _)| line.part_value).max().unwrap_or(0);
        for (line, count) in problem.lines.iter().zip(column) {
            weight += line.weight * u64::from(*count);
            units += u64::from(*count);
            potential += line.part_value * i64::from(*count);
            weightless |= *count > 0 && line.weight == 0;
        }
        if problem.skus < height {
            shared = column.iter().zip(&problem.lines).any(|(_, line)| {
                let of_sku = problem.lines.iter().zip(column).filter(|(other, _)| other.sku == line.sku);
                of_sku.map(|(_, count)| u64::from(*count)).sum::<u64>()
                    > u64::from(problem.available(warehouse, line.sku))
            });
        }
        let weight = weight.min(total_weight);
        let prices = facts.tariff.list(weight)?;
        let (start, per_gram) = prices.line_below(weight, weightless);
        if shared || units > facts.capacity {
            self.tied |= 1 << place;
        }
        for (line, facts_of_line) in problem.lines.iter().enumerate() {
            let grams = i64::try_from(facts_of_line.weight).unwrap_or(i64::MAX);
            self.unit_price[line * width + place] =
                (facts.unit_handling * MONEY_SCALE).saturating_add(per_gram.saturating_mul(grams));
        }
        self.places.push(Place {
            warehouse,
            late: facts.late,
            rank: facts.rank,
            handling: facts.handling,
            unit_handling: facts.unit_handling,
            prices,
            potential,
            capacity: units.min(facts.capacity),
            fewest_units: match (problem.min_part_value, dearest) {
                (1.., 1..) => problem.min_part_value / dearest + i64::from(problem.min_part_value % dearest > 0),
                _ => 1,
            },
            opening: facts.handling * MONEY_SCALE + start,
        });
        Some(())
    }

    fn add_rows(&mut self) {
        let (width, height) = (self.places.len(), self.problem.lines.len());
        for (number, line) in self.problem.lines.iter().enumerate() {
            let begin = self.by_price.len();
            self.starts.push(begin);
            let mut carriers = 0_u64;
            for place in 0..width {
                if self.most[place * height + number] > 0 {
                    carriers |= 1 << place;
                    self.by_price.push(u8::try_from(place).unwrap_or(u8::MAX));
                }
            }
            let prices = &self.unit_price[number * width..(number + 1) * width];
            self.by_price[begin..].sort_unstable_by_key(|place| (prices[usize::from(*place)], *place));
            self.rows.push(Row {
                quantity: u64::from(line.quantity),
                short_value: line.short_value,
                part_value: line.part_value,
                weight: line.weight,
                single: line.single_source(),
                group: line.group,
                carriers,
            });
        }
        self.starts.push(self.by_price.len());
        self.by_units = self.by_price.clone();
        for number in 0..height {
            let places = &mut self.by_units[self.starts[number]..self.starts[number + 1]];
            places.sort_unstable_by_key(|place| {
                (std::cmp::Reverse(self.most[usize::from(*place) * height + number]), *place)
            });
        }
    }

    fn sort_lateness(&mut self) {
        let mut seen: Vec<(i64, u64)> = Vec::new();
        for (number, place) in self.places.iter().enumerate() {
            match seen.iter_mut().find(|(late, _)| *late == place.late) {
                Some((_, set)) => *set |= 1 << number,
                None => seen.push((place.late, 1 << number)),
            }
        }
        seen.sort_unstable();
        let mut up_to = 0;
        for (_, set) in &mut seen {
            up_to |= *set;
            *set = up_to;
        }
        self.lateness = seen;
    }

    /// All places.
    pub(super) fn everywhere(&self) -> u64 {
        if self.places.len() == WIDEST { u64::MAX } else { (1 << self.places.len()) - 1 }
    }

    /// Places at most so late.
    pub(super) fn no_later_than(&self, late: i64) -> u64 {
        self.lateness.iter().rev().find(|(class, _)| *class <= late).map_or(0, |(_, set)| *set)
    }

    /// Most units of each row at a place.
    pub(super) fn column(&self, place: usize) -> &[u32] {
        &self.most[place * self.rows.len()..(place + 1) * self.rows.len()]
    }

    /// Most units of a row at a place.
    pub(super) fn at(&self, row: usize, place: usize) -> u64 {
        u64::from(self.most[place * self.rows.len() + row])
    }

    /// Scaled price of a unit.
    pub(super) fn unit_price(&self, row: usize, place: usize) -> i64 {
        self.unit_price[row * self.places.len() + place]
    }

    /// Places that have any of a row, cheapest unit first.
    pub(super) fn by_price(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.by_price[self.starts[row]..self.starts[row + 1]].iter().map(|place| usize::from(*place))
    }

    /// Places that have any of a row, most units first.
    pub(super) fn by_units(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.by_units[self.starts[row]..self.starts[row + 1]].iter().map(|place| usize::from(*place))
    }

    /// Those of the places that have at least so many units of a row.
    pub(super) fn with_units(&self, row: usize, places: u64, units: u64) -> u64 {
        let able = self.by_units(row).take_while(|place| self.at(row, *place) >= units);
        able.fold(0, |set, place| set | 1 << place) & places
    }

    /// The place of a warehouse, if it could ship anything.
    pub(super) fn place_of(&self, warehouse: usize) -> Option<usize> {
        self.places.iter().position(|place| place.warehouse == warehouse)
    }
}

fn numbered(count: usize) -> Vec<u8> {
    (0..count).map(|number| u8::try_from(number).unwrap_or(u8::MAX)).collect()
}

/// Takes out groups that one warehouse cannot ship whole, be it for the stock that their lines share or for capacity.
fn clear_torn_groups(problem: &Problem, warehouse: usize, column: &mut [u32]) {
    for group in &problem.groups {
        let lines = || group.iter().map(|line| &problem.lines[*line]);
        let all = group.iter().all(|line| column[*line] == problem.lines[*line].quantity);
        let units: u64 = lines().map(|line| u64::from(line.quantity)).sum();
        let stocked = lines().all(|line| {
            let of_sku = lines().filter(|other| other.sku == line.sku).map(|other| u64::from(other.quantity));
            of_sku.sum::<u64>() <= u64::from(problem.available(warehouse, line.sku))
        });
        if !all || !stocked || units > problem.warehouses[warehouse].capacity {
            for line in group {
                column[*line] = 0;
            }
        }
    }
}
