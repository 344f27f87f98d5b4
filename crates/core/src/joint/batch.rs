//! The batch in dense form: orders by priority and id, lines and warehouses by id, so that the order in which the input
//! names them does not matter.
//!
//! A *resource* is a number for what orders share: the stock of a (SKU, warehouse) pair, or a warehouse's capacity. A
//! *place* is one of the warehouses an order can ship something from; a *cell* is a (line, place) pair of one order,
//! numbered `line * places + place`.

use std::collections::{BTreeMap, BTreeSet};

use super::input::{JointInput, JointOrder};
use super::solve::JointError;
use crate::plan::tariff::Tariff;
use crate::plan::{Level, PlanStock, plan};

/// More places than this cannot be chosen among here: such an order is planned by the router alone.
pub(super) const MOST_PLACES: usize = 64;

#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) id: &'a str,
    pub(super) sku: usize,
    pub(super) quantity: u32,
    /// What one short unit costs, at least 1.
    pub(super) value: i64,
    /// What one shipped unit adds to the value of a part.
    pub(super) part_value: i64,
    pub(super) weight: u64,
    pub(super) splittable: bool,
}

#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) id: &'a str,
    pub(super) warehouse: usize,
    pub(super) rank: i64,
    pub(super) late: i64,
    pub(super) handling: i64,
    pub(super) unit_handling: i64,
    pub(super) capacity: u32,
    pub(super) tariff: Tariff,
}

#[derive(Debug)]
pub(super) struct Order<'a> {
    pub(super) source: &'a JointOrder,
    /// Priority classes are numbered from the highest down.
    pub(super) class: usize,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) places: Vec<Place<'a>>,
    /// Most units of each cell.
    pub(super) most: Vec<u32>,
    /// Ship groups, as line numbers.
    pub(super) groups: Vec<Vec<usize>>,
    /// By line: whether it is in a group.
    pub(super) grouped: Vec<bool>,
    /// Whether two lines ask for one SKU.
    pub(super) repeats_skus: bool,
    pub(super) ship_complete: bool,
    pub(super) max_warehouses: usize,
    pub(super) min_part_value: i64,
}

impl Order<'_> {
    pub(super) fn cell(&self, line: usize, place: usize) -> usize {
        line * self.places.len() + place
    }

    /// What it costs to ship nothing.
    pub(super) fn worth(&self) -> i64 {
        self.lines.iter().map(|line| line.value * i64::from(line.quantity)).sum()
    }

    /// Whether its lines are bound to each other by more than the number of warehouses they use.
    pub(super) fn bound_by_rules(&self) -> bool {
        self.ship_complete
            || self.min_part_value > 0
            || self.max_warehouses < self.places.len()
            || self.repeats_skus
            || !self.groups.is_empty()
            || self.lines.iter().any(|line| !line.splittable)
            || self.places.iter().any(|place| place.capacity < u32::MAX)
    }
}

#[derive(Debug)]
pub(super) struct Batch<'a> {
    pub(super) orders: Vec<Order<'a>>,
    /// Priorities, the highest first.
    pub(super) classes: Vec<i32>,
    pub(super) objective: &'a [Level],
    pub(super) warehouses: Vec<&'a str>,
    pub(super) skus: Vec<&'a str>,
    /// Units by resource.
    pub(super) available: Vec<u32>,
    /// Units by resource that the orders could take if each had its way.
    pub(super) wanted: Vec<u64>,
}

impl<'a> Batch<'a> {
    /// Numbers and checks the input.
    ///
    /// # Errors
    /// Every variant of [`JointError`], but an order's own only where its ids or amounts are suspicious.
    pub(super) fn new(input: &'a JointInput) -> Result<Self, JointError> {
        let mut sources: Vec<&JointOrder> = input.orders.iter().collect();
        sources.sort_by(|a, b| b.priority.cmp(&a.priority).then_with(|| a.id.cmp(&b.id)));
        let mut ids = BTreeSet::new();
        if let Some(twice) = sources.iter().find(|order| !ids.insert(order.id.as_str())) {
            return Err(JointError::Duplicate { noun: "order", id: twice.id.clone() });
        }
        let classes: Vec<i32> = {
            let distinct: BTreeSet<i32> = sources.iter().map(|order| order.priority).collect();
            distinct.into_iter().rev().collect()
        };
        for order in &sources {
            if suspicious(order) {
                plan(&order.alone(&input.objective, Vec::new()))
                    .map_err(|source| JointError::Order { order: order.id.clone(), source })?;
            }
        }
        refuse_overflow(input)?;

        let named = |names: BTreeSet<&'a str>| -> (Vec<&'a str>, BTreeMap<&'a str, usize>) {
            let list: Vec<&str> = names.into_iter().collect();
            let numbers = list.iter().copied().zip(0..).collect();
            (list, numbers)
        };
        let (warehouses, warehouse_numbers) =
            named(sources.iter().flat_map(|order| &order.warehouses).map(|place| place.id.as_str()).collect());
        let (skus, sku_numbers) =
            named(sources.iter().flat_map(|order| &order.lines).map(|line| line.sku.as_str()).collect());
        let stock_size = skus.len() * warehouses.len();
        let mut available = vec![0; stock_size];
        available.resize(stock_size + warehouses.len(), u32::MAX);
        let mut seen = BTreeSet::new();
        for PlanStock { warehouse, sku, available: units } in &input.stock {
            if !seen.insert((warehouse.as_str(), Some(sku.as_str()))) {
                return Err(JointError::Duplicate { noun: "stock", id: format!("{warehouse}/{sku}") });
            }
            if let (Some(warehouse), Some(sku)) =
                (warehouse_numbers.get(warehouse.as_str()), sku_numbers.get(sku.as_str()))
            {
                available[sku * warehouses.len() + warehouse] = *units;
            }
        }
        for shared in &input.capacity {
            if !seen.insert((shared.warehouse.as_str(), None)) {
                return Err(JointError::Duplicate { noun: "capacity", id: shared.warehouse.clone() });
            }
            if let Some(warehouse) = warehouse_numbers.get(shared.warehouse.as_str()) {
                available[stock_size + warehouse] = shared.units;
            }
        }
        let wanted = vec![0; available.len()];
        let mut batch = Self {
            orders: Vec::with_capacity(sources.len()),
            classes,
            objective: &input.objective,
            warehouses,
            skus,
            available,
            wanted,
        };
        for source in sources {
            let order = batch.number(source, &warehouse_numbers, &sku_numbers);
            batch.count_wishes(&order);
            batch.orders.push(order);
        }
        Ok(batch)
    }

    /// The stock of a SKU in a warehouse.
    pub(super) fn stock(&self, sku: usize, warehouse: usize) -> usize {
        sku * self.warehouses.len() + warehouse
    }

    /// The capacity of a warehouse.
    pub(super) fn capacity(&self, warehouse: usize) -> usize {
        self.skus.len() * self.warehouses.len() + warehouse
    }

    /// The resource of a cell.
    pub(super) fn resource(&self, order: &Order<'_>, line: usize, place: usize) -> usize {
        self.stock(order.lines[line].sku, order.places[place].warehouse)
    }

    /// Whether a resource could run out.
    pub(super) fn contended(&self, resource: usize) -> bool {
        self.wanted[resource] > u64::from(self.available[resource])
    }

    /// The SKU whose stock a resource is; `None` for capacity.
    pub(super) fn sku_of(&self, resource: usize) -> Option<usize> {
        (resource < self.skus.len() * self.warehouses.len()).then(|| resource / self.warehouses.len())
    }

    /// The warehouse and, for stock, the SKU of a resource.
    pub(super) fn names(&self, resource: usize) -> (&'a str, Option<&'a str>) {
        match self.sku_of(resource) {
            Some(sku) => (self.warehouses[resource % self.warehouses.len()], Some(self.skus[sku])),
            None => (self.warehouses[resource - self.skus.len() * self.warehouses.len()], None),
        }
    }

    /// Resources that an order could use.
    pub(super) fn reach(&self, order: &Order<'_>) -> BTreeSet<usize> {
        let mut reach = BTreeSet::new();
        for place in 0..order.places.len() {
            for line in (0..order.lines.len()).filter(|line| order.most[order.cell(*line, place)] > 0) {
                reach.insert(self.resource(order, line, place));
                reach.insert(self.capacity(order.places[place].warehouse));
            }
        }
        reach
    }

    fn number(
        &self,
        source: &'a JointOrder,
        warehouse_numbers: &BTreeMap<&str, usize>,
        sku_numbers: &BTreeMap<&str, usize>,
    ) -> Order<'a> {
        let mut asked: Vec<_> = source.lines.iter().collect();
        asked.sort_by(|a, b| a.id.cmp(&b.id));
        let mut offered: Vec<_> = source.warehouses.iter().filter(|place| place.eligible).collect();
        offered.sort_by(|a, b| a.id.cmp(&b.id));
        let lines: Vec<Line> = asked
            .iter()
            .map(|line| Line {
                id: &line.id,
                sku: sku_numbers.get(line.sku.as_str()).copied().unwrap_or_default(),
                quantity: line.quantity,
                value: line.unit_value.max(1),
                part_value: line.unit_value,
                weight: u64::from(line.unit_weight),
                splittable: line.splittable,
            })
            .collect();
        let mut places = Vec::new();
        let mut columns: Vec<Vec<u32>> = Vec::new();
        for offer in offered {
            let warehouse = warehouse_numbers.get(offer.id.as_str()).copied().unwrap_or_default();
            let tariff = Tariff::new(&offer.parcels);
            let limit = self.available[self.capacity(warehouse)].min(offer.capacity_units.unwrap_or(u32::MAX));
            let column: Vec<u32> = asked
                .iter()
                .zip(&lines)
                .map(|(line, facts)| {
                    let may = line.pinned_warehouse.as_ref().is_none_or(|pin| *pin == offer.id)
                        && !offer.excluded_skus.contains(&line.sku)
                        && (facts.weight == 0 || tariff.carries_weight());
                    if may {
                        facts.quantity.min(self.available[self.stock(facts.sku, warehouse)]).min(limit)
                    } else {
                        0
                    }
                })
                .collect();
            if column.iter().any(|most| *most > 0) {
                columns.push(column);
                places.push(Place {
                    id: &offer.id,
                    warehouse,
                    rank: offer.rank,
                    late: offer.late_hours,
                    handling: offer.handling,
                    unit_handling: offer.unit_handling,
                    capacity: offer.capacity_units.unwrap_or(u32::MAX),
                    tariff,
                });
            }
        }
        let most = (0..lines.len()).flat_map(|line| columns.iter().map(move |column| column[line])).collect();
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, line) in asked.iter().enumerate() {
            if let Some(group) = &line.ship_group {
                groups.entry(group).or_default().push(number);
            }
        }
        let distinct: BTreeSet<usize> = lines.iter().map(|line| line.sku).collect();
        Order {
            source,
            class: self.classes.iter().position(|priority| *priority == source.priority).unwrap_or_default(),
            repeats_skus: distinct.len() < lines.len(),
            grouped: asked.iter().map(|line| line.ship_group.is_some()).collect(),
            lines,
            places,
            most,
            groups: groups.into_values().collect(),
            ship_complete: source.ship_complete,
            max_warehouses: source
                .max_warehouses
                .map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX)),
            min_part_value: source.min_part_value,
        }
    }

    /// Adds what an order could take at most of each resource. No order can take more than there is, so a resource that
    /// is wanted beyond what is available is wanted by two orders or more.
    fn count_wishes(&mut self, order: &Order<'_>) {
        let mut wishes: BTreeMap<usize, u64> = BTreeMap::new();
        for place in 0..order.places.len() {
            let mut total = 0;
            for line in (0..order.lines.len()).filter(|line| order.most[order.cell(*line, place)] > 0) {
                let wish = u64::from(order.lines[line].quantity);
                total += wish;
                *wishes.entry(self.resource(order, line, place)).or_default() += wish;
            }
            let capacity = self.capacity(order.places[place].warehouse);
            *wishes.entry(capacity).or_default() += total.min(u64::from(order.places[place].capacity));
        }
        for (resource, wish) in wishes {
            self.wanted[resource] += wish.min(u64::from(self.available[resource]));
        }
    }
}

/// Whether an order should be looked at by the router's own checks before anything is computed with it.
fn suspicious(order: &JointOrder) -> bool {
    let lines: BTreeSet<&str> = order.lines.iter().map(|line| line.id.as_str()).collect();
    let places: BTreeSet<&str> = order.warehouses.iter().map(|place| place.id.as_str()).collect();
    let large = 0..(1_i64 << 40);
    lines.len() < order.lines.len()
        || places.len() < order.warehouses.len()
        || order.lines.len() > 10_000
        || !large.contains(&order.min_part_value)
        || order.lines.iter().any(|line| !large.contains(&line.unit_value) || line.quantity > 1 << 20)
        || order.warehouses.iter().any(|place| {
            [place.late_hours, place.handling, place.unit_handling, place.rank.abs()]
                .into_iter()
                .chain(place.parcels.iter().map(|step| step.price))
                .any(|amount| !large.contains(&amount))
        })
}

/// Refuses amounts whose sums over the batch could leave 64 bits; everything after this is plain arithmetic.
fn refuse_overflow(input: &JointInput) -> Result<(), JointError> {
    let limit = i128::from(i64::MAX) / (1 << 20);
    let (mut value, mut late, mut cost, mut rank, mut pieces) = (0_i128, 0_i128, 0_i128, 0_i128, 0_i128);
    for order in &input.orders {
        let units: i128 = order.lines.iter().map(|line| i128::from(line.quantity)).sum();
        // Both factors are 32 bits wide, so this stays far inside 128.
        let grams: i128 = order.lines.iter().map(|line| i128::from(line.quantity) * i128::from(line.unit_weight)).sum();
        pieces += units;
        for line in &order.lines {
            value += i128::from(line.unit_value.max(1)) * i128::from(line.quantity);
        }
        late += units * order.warehouses.iter().map(|place| i128::from(place.late_hours)).max().unwrap_or(0);
        for place in &order.warehouses {
            rank += i128::from(place.rank).abs();
            let parcels = Tariff::new(&place.parcels).dearest(grams).unwrap_or(i128::MAX);
            cost = cost
                .saturating_add(i128::from(place.handling) + units * i128::from(place.unit_handling))
                .saturating_add(parcels);
        }
    }
    let sums = [
        ("the sum of quantities", pieces),
        ("the sum of line values", value),
        ("the sum of late hours", late),
        ("the sum of costs", cost),
        ("the sum of ranks", rank),
    ];
    match sums.into_iter().find(|(_, sum)| *sum > limit) {
        Some((what, _)) => Err(JointError::Overflow(what)),
        None => Ok(()),
    }
}
