//! The question in dense form: ids sorted and numbered, so that index order is the tie-break's order.
//!
//! A *cell* is a (line, warehouse) pair, numbered `line * warehouses + warehouse`.

use std::collections::{BTreeMap, BTreeSet};

use super::input::{PlanInput, PlanLine, PlanWarehouse};
use super::solve::PlanError;
use super::tariff::Tariff;

/// Money inside bounds is counted in 1/1024 of a minor unit, so that fixed costs spread over units round little.
pub(super) const MONEY_SCALE: i64 = 1024;

/// A line, by number.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Position in the input.
    pub(super) input: usize,
    pub(super) sku: usize,
    pub(super) quantity: u32,
    /// What one short unit costs, at least 1.
    pub(super) short_value: i64,
    /// What one shipped unit adds to the value of a warehouse's part.
    pub(super) part_value: i64,
    pub(super) weight: u64,
    pub(super) group: Option<usize>,
    pub(super) splittable: bool,
}

impl Line {
    /// Whether all its shipped units come from one warehouse.
    pub(super) fn single_source(&self) -> bool {
        self.group.is_some() || !self.splittable
    }
}

/// A warehouse, by number.
#[derive(Debug, Clone)]
pub(super) struct Warehouse {
    /// Position in the input.
    pub(super) input: usize,
    pub(super) rank: i64,
    pub(super) late: i64,
    pub(super) handling: i64,
    pub(super) unit_handling: i64,
    pub(super) capacity: u64,
    pub(super) tariff: Tariff,
}

/// The whole question.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) lines: Vec<Line>,
    pub(super) warehouses: Vec<Warehouse>,
    /// SKU numbers are below this.
    pub(super) skus: usize,
    /// Units by `warehouse * skus + sku`.
    pub(super) available: Vec<u32>,
    /// Most units of each cell that its own facts allow.
    pub(super) most: Vec<u32>,
    /// Warehouse numbers, the least late first.
    pub(super) by_lateness: Vec<usize>,
    /// Line numbers of each ship group.
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) ship_complete: bool,
    pub(super) max_warehouses: usize,
    pub(super) min_part_value: i64,
}

impl Problem {
    /// Numbers and checks the input.
    ///
    /// # Errors
    /// Every variant of [`PlanError`].
    pub(super) fn new(input: &PlanInput) -> Result<Self, PlanError> {
        let line_order = sorted("line", input.lines.iter().map(|line| line.id.as_str()))?;
        let warehouse_order = sorted("warehouse", input.warehouses.iter().map(|warehouse| warehouse.id.as_str()))?;
        refuse_negatives(input)?;

        let sku_names: BTreeSet<&str> = input.lines.iter().map(|line| line.sku.as_str()).collect();
        let sku_numbers: BTreeMap<&str, usize> = sku_names.into_iter().zip(0..).collect();
        let group_names: BTreeSet<&str> = input.lines.iter().filter_map(|line| line.ship_group.as_deref()).collect();
        let group_numbers: BTreeMap<&str, usize> = group_names.into_iter().zip(0..).collect();
        let number = |line: &PlanLine| sku_numbers.get(line.sku.as_str()).copied().unwrap_or_default();

        let mut groups = vec![Vec::new(); group_numbers.len()];
        let mut lines = Vec::with_capacity(input.lines.len());
        for &(_, position) in &line_order {
            let line = &input.lines[position];
            let group = line.ship_group.as_deref().and_then(|name| group_numbers.get(name)).copied();
            if let Some(group) = group {
                groups[group].push(lines.len());
            }
            lines.push(Line {
                input: position,
                sku: number(line),
                quantity: line.quantity,
                short_value: line.unit_value.max(1),
                part_value: line.unit_value,
                weight: u64::from(line.unit_weight),
                group,
                splittable: line.splittable,
            });
        }
        let warehouses: Vec<Warehouse> = warehouse_order
            .iter()
            .map(|&(_, position)| {
                let warehouse = &input.warehouses[position];
                Warehouse {
                    input: position,
                    rank: warehouse.rank,
                    late: warehouse.late_hours,
                    handling: warehouse.handling,
                    unit_handling: warehouse.unit_handling,
                    capacity: warehouse.capacity_units.map_or(u64::MAX, u64::from),
                    tariff: Tariff::new(&warehouse.parcels),
                }
            })
            .collect();

        let warehouse_numbers: BTreeMap<&str, usize> = warehouse_order.iter().map(|&(id, _)| id).zip(0..).collect();
        let skus = sku_numbers.len();
        let mut available = vec![0; skus * warehouses.len()];
        let mut seen = BTreeSet::new();
        for stock in &input.stock {
            if !seen.insert((stock.warehouse.as_str(), stock.sku.as_str())) {
                return Err(PlanError::DuplicateId { noun: "stock", id: format!("{}/{}", stock.warehouse, stock.sku) });
            }
            // A snapshot may be wider than the order: other SKUs and warehouses that are no candidates do not matter.
            if let (Some(&warehouse), Some(&sku)) =
                (warehouse_numbers.get(stock.warehouse.as_str()), sku_numbers.get(stock.sku.as_str()))
            {
                available[warehouse * skus + sku] = stock.available;
            }
        }

        let mut by_lateness: Vec<usize> = (0..warehouses.len()).collect();
        by_lateness.sort_by_key(|warehouse| warehouses[*warehouse].late);
        let mut problem = Self {
            lines,
            warehouses,
            skus,
            available,
            most: Vec::new(),
            by_lateness,
            groups,
            ship_complete: input.ship_complete,
            max_warehouses: input
                .max_warehouses
                .map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX)),
            min_part_value: input.min_part_value,
        };
        problem.most = problem.cell_limits(input);
        problem.refuse_overflow()?;
        Ok(problem)
    }

    /// The number of a cell.
    pub(super) fn cell(&self, line: usize, warehouse: usize) -> usize {
        line * self.warehouses.len() + warehouse
    }

    /// Units of a SKU that a warehouse has.
    pub(super) fn available(&self, warehouse: usize, sku: usize) -> u32 {
        self.available[warehouse * self.skus + sku]
    }

    fn cell_limits(&self, input: &PlanInput) -> Vec<u32> {
        let mut most = Vec::with_capacity(self.lines.len() * self.warehouses.len());
        for line in &self.lines {
            let asked = &input.lines[line.input];
            for (number, warehouse) in self.warehouses.iter().enumerate() {
                let offered = &input.warehouses[warehouse.input];
                let units = if !may_ship(asked, offered) || (line.weight > 0 && !warehouse.tariff.carries_weight()) {
                    0
                } else {
                    let capacity = u32::try_from(warehouse.capacity).unwrap_or(u32::MAX);
                    line.quantity.min(self.available(number, line.sku)).min(capacity)
                };
                most.push(units);
            }
        }
        most
    }

    /// Refuses amounts whose sums could leave 64 bits anywhere in the search; everything after this is plain arithmetic.
    fn refuse_overflow(&self) -> Result<(), PlanError> {
        let steps = i128::try_from(self.lines.len() * 2 + self.warehouses.len() * (self.skus + 1) + 4)
            .map_err(|_| PlanError::Overflow("the number of lines"))?;
        let limit = i128::from(i64::MAX) / steps / 4;
        let fits = |what: &'static str, sum: Option<i128>| match sum {
            Some(sum) if (0..=limit).contains(&sum) => Ok(()),
            _ => Err(PlanError::Overflow(what)),
        };
        let units: i128 = self.lines.iter().map(|line| i128::from(line.quantity)).sum();
        // Quantities and weights are 32 bits wide, so their products with each other stay far inside 128.
        let weight: i128 = self.lines.iter().map(|line| i128::from(line.quantity) * i128::from(line.weight)).sum();
        fits("the sum of quantities", Some(units))?;
        let value: i128 = self.lines.iter().map(|line| i128::from(line.quantity) * i128::from(line.short_value)).sum();
        fits("the sum of line values", Some(value))?;
        let latest = self.warehouses.iter().map(|warehouse| i128::from(warehouse.late)).max().unwrap_or(0);
        fits("the sum of late hours", Some(units * latest))?;
        let ranks: i128 = self.warehouses.iter().map(|warehouse| i128::from(warehouse.rank).abs()).sum();
        fits("the sum of ranks", Some(ranks))?;
        let mut money: i128 = 0;
        for warehouse in &self.warehouses {
            money += i128::from(warehouse.handling) + units * i128::from(warehouse.unit_handling);
            let parcels = warehouse.tariff.dearest(weight).ok_or(PlanError::Overflow("the sum of parcel prices"))?;
            money = money.checked_add(parcels).ok_or(PlanError::Overflow("the sum of parcel prices"))?;
        }
        fits("the sum of costs", money.checked_mul(i128::from(MONEY_SCALE)))
    }
}

/// Whether the two fit together at all, stock apart.
fn may_ship(line: &PlanLine, warehouse: &PlanWarehouse) -> bool {
    warehouse.eligible
        && !warehouse.excluded_skus.contains(&line.sku)
        && line.pinned_warehouse.as_ref().is_none_or(|pin| *pin == warehouse.id)
}

fn sorted<'a>(noun: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<Vec<(&'a str, usize)>, PlanError> {
    let mut order: Vec<(&str, usize)> = ids.zip(0..).collect();
    order.sort_unstable();
    match order.array_windows().find(|[before, after]| before.0 == after.0) {
        Some([twice, _]) => Err(PlanError::DuplicateId { noun, id: twice.0.to_owned() }),
        None => Ok(order),
    }
}

fn refuse_negatives(input: &PlanInput) -> Result<(), PlanError> {
    let refuse = |what: &'static str, id: &str, amount: i64| {
        if amount < 0 { Err(PlanError::Negative { what, id: id.to_owned() }) } else { Ok(()) }
    };
    refuse("min_part_value", &input.id, input.min_part_value)?;
    for line in &input.lines {
        refuse("unit_value", &line.id, line.unit_value)?;
    }
    for warehouse in &input.warehouses {
        refuse("late_hours", &warehouse.id, warehouse.late_hours)?;
        refuse("handling", &warehouse.id, warehouse.handling)?;
        refuse("unit_handling", &warehouse.id, warehouse.unit_handling)?;
        for step in &warehouse.parcels {
            refuse("parcel price", &warehouse.id, step.price)?;
        }
    }
    Ok(())
}
