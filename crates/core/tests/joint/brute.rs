//! Every joint assignment. Written from the contract alone; shares nothing with the solver.
//!
//! Orders are combined by what they take from stock: of all ways to take the same, only the best scores matter.

use std::collections::BTreeMap;

use switchyard_core::joint::{JointInput, JointOrder, JointPlan};
use switchyard_core::plan::{Allocation, Level, Objective, ParcelPrice};

/// The joint objective in level order: short by priority from the highest, then the levels, then ranks.
pub(crate) type Vector = Vec<i64>;

/// Units taken by (warehouse, SKU).
type Taken = BTreeMap<(String, String), u32>;

pub(crate) fn priorities(input: &JointInput) -> Vec<i32> {
    let mut all: Vec<i32> = input.orders.iter().map(|order| order.priority).collect();
    all.sort_unstable();
    all.dedup();
    all.reverse();
    all
}

/// One order's share of the joint objective.
pub(crate) fn vector(input: &JointInput, order: &JointOrder, objective: &Objective) -> Vector {
    let classes = priorities(input);
    let mut vector: Vector =
        classes.iter().map(|class| if *class == order.priority { objective.short_value } else { 0 }).collect();
    for level in &input.objective {
        vector.push(match level {
            Level::Late => objective.late,
            Level::Warehouses => objective.warehouses,
            Level::Cost => objective.cost,
        });
    }
    vector.push(objective.rank_sum);
    vector
}

pub(crate) fn add(a: &Vector, b: &Vector) -> Vector {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

/// The joint objective of an answer, from its allocations.
pub(crate) fn vector_of(input: &JointInput, plan: &JointPlan) -> Vector {
    let mut sum = vec![0; priorities(input).len() + input.objective.len() + 1];
    for order in &input.orders {
        let answer = plan.orders.iter().find(|answer| answer.id == order.id).unwrap();
        let objective = judge(order, &answer.allocation).expect("every constraint of the order is kept");
        assert_eq!(objective, answer.objective, "the objective is that of the allocation");
        sum = add(&sum, &vector(input, order, &objective));
    }
    sum
}

pub(crate) fn parcels(prices: &[ParcelPrice], grams: u64) -> Option<i64> {
    if prices.is_empty() {
        return Some(0);
    }
    let grams = usize::try_from(grams).unwrap();
    let mut cheapest = vec![None; grams + 1];
    cheapest[0] = Some(0);
    for weight in 1..=grams {
        for step in prices.iter().filter(|step| step.up_to > 0) {
            let rest: Option<i64> = cheapest[weight.saturating_sub(step.up_to as usize)];
            if let Some(rest) = rest {
                let total = rest + step.price;
                if cheapest[weight].is_none_or(|best| total < best) {
                    cheapest[weight] = Some(total);
                }
            }
        }
    }
    cheapest[grams]
}

/// Scores an assignment of one order, or `None` when it breaks one of the order's constraints. Stock is not looked at.
pub(crate) fn judge(order: &JointOrder, allocation: &[Allocation]) -> Option<Objective> {
    let mut objective = Objective::default();
    let mut groups: BTreeMap<&str, (Vec<&str>, bool, bool)> = BTreeMap::new();
    let mut all_shipped = true;
    for line in &order.lines {
        let parts: Vec<&Allocation> = allocation.iter().filter(|part| part.line == line.id).collect();
        let shipped: u32 = parts.iter().map(|part| part.quantity).sum();
        if shipped > line.quantity || (!line.splittable && parts.len() > 1) {
            return None;
        }
        for part in &parts {
            let warehouse = order.warehouses.iter().find(|warehouse| warehouse.id == part.warehouse)?;
            let pinned = line.pinned_warehouse.as_ref().is_none_or(|pin| *pin == warehouse.id);
            if !warehouse.eligible || warehouse.excluded_skus.contains(&line.sku) || !pinned || part.quantity == 0 {
                return None;
            }
        }
        let value = if line.unit_value > 0 { line.unit_value } else { 1 };
        objective.short_value += i64::from(line.quantity - shipped) * value;
        all_shipped &= shipped == line.quantity;
        if let Some(group) = &line.ship_group {
            let entry = groups.entry(group).or_insert((vec![], true, true));
            entry.0.extend(parts.iter().map(|part| part.warehouse.as_str()));
            entry.1 &= shipped == 0;
            entry.2 &= shipped == line.quantity;
        }
    }
    for (sources, nothing, whole) in groups.values() {
        let together = sources.iter().all(|source| *source == sources[0]);
        if !(*nothing || *whole && together) {
            return None;
        }
    }
    let mut parts_worth = Vec::new();
    for warehouse in &order.warehouses {
        let here = || allocation.iter().filter(|part| part.warehouse == warehouse.id);
        let (mut shipped, mut weight, mut value) = (0_u32, 0_u64, 0_i64);
        for part in here() {
            let line = order.lines.iter().find(|line| line.id == part.line)?;
            shipped += part.quantity;
            weight += u64::from(part.quantity) * u64::from(line.unit_weight);
            value += i64::from(part.quantity) * line.unit_value;
        }
        if warehouse.capacity_units.is_some_and(|capacity| shipped > capacity) {
            return None;
        }
        if shipped > 0 {
            objective.late += warehouse.late_hours * i64::from(shipped);
            objective.warehouses += 1;
            objective.cost += warehouse.handling
                + warehouse.unit_handling * i64::from(shipped)
                + parcels(&warehouse.parcels, weight)?;
            objective.rank_sum += warehouse.rank;
            parts_worth.push(value);
        }
    }
    if order.max_warehouses.is_some_and(|most| parts_worth.len() > most as usize)
        || (parts_worth.len() > 1 && parts_worth.iter().any(|value| *value < order.min_part_value))
    {
        return None;
    }
    (!order.ship_complete || allocation.is_empty() || all_shipped).then_some(objective)
}

pub(crate) fn taken(order: &JointOrder, allocation: &[Allocation]) -> Taken {
    let mut taken = Taken::new();
    for part in allocation {
        let line = order.lines.iter().find(|line| line.id == part.line).unwrap();
        *taken.entry((part.warehouse.clone(), line.sku.clone())).or_default() += part.quantity;
    }
    taken
}

/// Whether stock and shared capacity suffice.
pub(crate) fn there_is_enough(input: &JointInput, taken: &Taken) -> bool {
    let stock = taken.iter().all(|((warehouse, sku), units)| {
        let found = input.stock.iter().find(|stock| stock.warehouse == *warehouse && stock.sku == *sku);
        *units <= found.map_or(0, |stock| stock.available)
    });
    stock
        && input.capacity.iter().all(|capacity| {
            let units: u32 = taken
                .iter()
                .filter(|((warehouse, _), _)| *warehouse == capacity.warehouse)
                .map(|(_, units)| units)
                .sum();
            units <= capacity.units
        })
}

/// All allocations of one order that stock would allow were it alone, with what they take and their scores; of those
/// that take the same, the best.
fn ways(input: &JointInput, order: &JointOrder) -> BTreeMap<Taken, Vector> {
    let mut partial: Vec<Vec<Allocation>> = vec![vec![]];
    for line in &order.lines {
        let mut left: Vec<(Vec<Allocation>, u32)> =
            partial.into_iter().map(|allocation| (allocation, line.quantity)).collect();
        for warehouse in &order.warehouses {
            left = left
                .into_iter()
                .flat_map(|(allocation, left)| {
                    (0..=left).map(move |units| {
                        let mut longer = allocation.clone();
                        if units > 0 {
                            longer.push(Allocation {
                                line: line.id.clone(),
                                warehouse: warehouse.id.clone(),
                                quantity: units,
                            });
                        }
                        (longer, left - units)
                    })
                })
                .filter(|(allocation, _)| there_is_enough(input, &taken(order, allocation)))
                .collect();
        }
        partial = left.into_iter().map(|(allocation, _)| allocation).collect();
    }
    let mut ways = BTreeMap::new();
    for allocation in partial {
        if let Some(objective) = judge(order, &allocation) {
            keep_least(&mut ways, taken(order, &allocation), vector(input, order, &objective));
        }
    }
    ways
}

fn keep_least(ways: &mut BTreeMap<Taken, Vector>, taken: Taken, vector: Vector) {
    let known = ways.entry(taken).or_insert_with(|| vector.clone());
    if vector < *known {
        *known = vector;
    }
}

/// The best joint objective there is.
pub(crate) fn best(input: &JointInput) -> Vector {
    let nothing = vec![0; priorities(input).len() + input.objective.len() + 1];
    let mut together: BTreeMap<Taken, Vector> = [(Taken::new(), nothing)].into();
    for order in &input.orders {
        let ways = ways(input, order);
        let mut next = BTreeMap::new();
        for (before, sum) in &together {
            for (more, vector) in &ways {
                let mut all = before.clone();
                for (what, units) in more {
                    *all.entry(what.clone()).or_default() += units;
                }
                if there_is_enough(input, &all) {
                    keep_least(&mut next, all, add(sum, vector));
                }
            }
        }
        together = next;
    }
    together.into_values().min().expect("shipping nothing is always allowed")
}
