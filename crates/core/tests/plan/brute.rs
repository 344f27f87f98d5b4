//! Every assignment, one after another. Written from the contract alone; shares nothing with the solver.

use std::collections::BTreeMap;

use switchyard_core::plan::{Allocation, Level, Objective, ParcelPrice, PlanInput};

/// What enumeration says.
pub(crate) struct Answer {
    pub(crate) objective: Objective,
    pub(crate) allocation: Vec<Allocation>,
    /// For each warehouse the scores of the best plan that uses it, in level order.
    pub(crate) forced: BTreeMap<String, Option<Vec<i64>>>,
    /// Fewest warehouses of any plan with the least short value.
    pub(crate) fewest: i64,
}

/// The scores in level order.
pub(crate) fn ordered(input: &PlanInput, objective: &Objective) -> Vec<i64> {
    let mut scores = vec![objective.short_value];
    for level in &input.objective {
        scores.push(match level {
            Level::Late => objective.late,
            Level::Warehouses => objective.warehouses,
            Level::Cost => objective.cost,
        });
    }
    scores.push(objective.rank_sum);
    scores
}

/// The level names in level order.
pub(crate) fn level_names(input: &PlanInput) -> Vec<&'static str> {
    let mut names = vec!["short_value"];
    for level in &input.objective {
        names.push(match level {
            Level::Late => "late",
            Level::Warehouses => "warehouses",
            Level::Cost => "cost",
        });
    }
    names.push("rank_sum");
    names
}

fn parcels(prices: &[ParcelPrice], grams: u64) -> Option<i64> {
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

/// All ways to spread at most `quantity` units of one line, by warehouse position.
fn spreads(input: &PlanInput, line: usize) -> Vec<Vec<u32>> {
    let line = &input.lines[line];
    let mut ways: Vec<Vec<u32>> = vec![vec![]];
    for warehouse in &input.warehouses {
        let allowed = warehouse.eligible
            && !warehouse.excluded_skus.contains(&line.sku)
            && line.pinned_warehouse.as_ref().is_none_or(|pin| *pin == warehouse.id);
        let most = if allowed { line.quantity } else { 0 };
        ways = ways
            .into_iter()
            .flat_map(|way| {
                let left = line.quantity - way.iter().sum::<u32>();
                (0..=most.min(left)).map(move |units| {
                    let mut longer = way.clone();
                    longer.push(units);
                    longer
                })
            })
            .collect();
    }
    if !line.splittable {
        ways.retain(|way| way.iter().filter(|units| **units > 0).count() <= 1);
    }
    ways
}

/// Scores an assignment, or `None` when it breaks a constraint.
fn judge(input: &PlanInput, units: &[&Vec<u32>]) -> Option<Objective> {
    let mut objective = Objective::default();
    let mut parts = Vec::new();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, line) in input.lines.iter().enumerate() {
        let shipped: u32 = units[number].iter().sum();
        let value = if line.unit_value > 0 { line.unit_value } else { 1 };
        objective.short_value += i64::from(line.quantity - shipped) * value;
        if let Some(group) = &line.ship_group {
            groups.entry(group).or_default().push(number);
        }
    }
    for members in groups.values() {
        let nothing = members.iter().all(|line| units[*line].iter().sum::<u32>() == 0);
        let whole = (0..input.warehouses.len())
            .any(|warehouse| members.iter().all(|line| units[*line][warehouse] == input.lines[*line].quantity));
        if !nothing && !whole {
            return None;
        }
    }
    for (position, warehouse) in input.warehouses.iter().enumerate() {
        let mut taken: BTreeMap<&str, u32> = BTreeMap::new();
        let (mut shipped, mut weight, mut value) = (0_u32, 0_u64, 0_i64);
        for (number, line) in input.lines.iter().enumerate() {
            let count = units[number][position];
            *taken.entry(&line.sku).or_default() += count;
            shipped += count;
            weight += u64::from(count) * u64::from(line.unit_weight);
            value += i64::from(count) * line.unit_value;
        }
        for (sku, count) in taken {
            let stock = input.stock.iter().find(|stock| stock.warehouse == warehouse.id && stock.sku == sku);
            if count > stock.map_or(0, |stock| stock.available) {
                return None;
            }
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
            parts.push(value);
        }
    }
    if input.max_warehouses.is_some_and(|most| parts.len() > most as usize) {
        return None;
    }
    if parts.len() > 1 && parts.iter().any(|value| *value < input.min_part_value) {
        return None;
    }
    let total: u32 = input.lines.iter().map(|line| line.quantity).sum();
    let shipped: u32 = units.iter().map(|way| way.iter().sum::<u32>()).sum();
    (!input.ship_complete || shipped == 0 || shipped == total).then_some(objective)
}

fn list(input: &PlanInput, units: &[&Vec<u32>]) -> Vec<Allocation> {
    let mut allocation = Vec::new();
    for (number, line) in input.lines.iter().enumerate() {
        for (position, warehouse) in input.warehouses.iter().enumerate() {
            let quantity = units[number][position];
            if quantity > 0 {
                allocation.push(Allocation { line: line.id.clone(), warehouse: warehouse.id.clone(), quantity });
            }
        }
    }
    allocation.sort();
    allocation
}

/// The best of all assignments.
pub(crate) fn enumerate(input: &PlanInput) -> Answer {
    let ways: Vec<Vec<Vec<u32>>> = (0..input.lines.len()).map(|line| spreads(input, line)).collect();
    let mut odometer = vec![0_usize; ways.len()];
    let mut best: Option<(Vec<i64>, Vec<Allocation>, Objective)> = None;
    let mut forced: BTreeMap<String, Option<Vec<i64>>> =
        input.warehouses.iter().map(|warehouse| (warehouse.id.clone(), None)).collect();
    let mut fewest: Option<(i64, i64)> = None;
    loop {
        let units: Vec<&Vec<u32>> = ways.iter().zip(&odometer).map(|(ways, index)| &ways[*index]).collect();
        if let Some(objective) = judge(input, &units) {
            let scores = ordered(input, &objective);
            for (position, warehouse) in input.warehouses.iter().enumerate() {
                if units.iter().any(|way| way[position] > 0) {
                    let entry = forced.get_mut(&warehouse.id).unwrap();
                    if entry.as_ref().is_none_or(|seen| scores < *seen) {
                        *entry = Some(scores.clone());
                    }
                }
            }
            let size = (objective.short_value, objective.warehouses);
            if fewest.is_none_or(|seen| size < seen) {
                fewest = Some(size);
            }
            let better = match &best {
                None => true,
                Some((seen, allocation, _)) => scores < *seen || (scores == *seen && list(input, &units) < *allocation),
            };
            if better {
                best = Some((scores, list(input, &units), objective));
            }
        }
        let Some(wheel) = (0..odometer.len()).find(|wheel| odometer[*wheel] + 1 < ways[*wheel].len()) else { break };
        odometer[wheel] += 1;
        odometer[..wheel].fill(0);
    }
    let (_, allocation, objective) = best.expect("shipping nothing is always allowed");
    Answer { objective, allocation, forced, fewest: fewest.unwrap().1 }
}
