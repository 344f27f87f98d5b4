//! What would have to give for a short order to ship whole: the smallest set of constraints to relax, for the attention
//! item of an order that cannot be shipped.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::input::{PlanInput, PlanLine};
use super::output::Plan;
use super::solve::{PlanError, plan};

/// How many sets of constraints are tried at most.
pub const RELAXATION_LIMIT: usize = 400;

/// One constraint that could be relaxed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = PlanRelaxation))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Use more warehouses than `max_warehouses`.
    AllowWarehouses {
        /// As many as the plan then takes.
        warehouses: u32,
    },
    /// Accept parts below `min_part_value`.
    LowerPartValue {
        /// The least value of a part then.
        min_part_value: i64,
    },
    /// Let a line ship from elsewhere than its pin.
    Unpin {
        /// The line's id.
        line: String,
    },
    /// Let a line ship from several warehouses.
    Split {
        /// The line's id.
        line: String,
    },
    /// Let the lines of a group ship from different warehouses.
    Ungroup {
        /// The group's name.
        ship_group: String,
    },
    /// Ship a SKU from a warehouse that must not.
    LiftExclusion {
        /// The SKU.
        sku: String,
        /// The warehouse's id.
        warehouse: String,
    },
    /// Let a warehouse take more units than `capacity_units`.
    RaiseCapacity {
        /// The warehouse's id.
        warehouse: String,
        /// As many as the plan then takes from it.
        units: u32,
    },
    /// Use a warehouse that is not eligible.
    Admit {
        /// The warehouse's id.
        warehouse: String,
        /// Why it is not.
        reason: Option<String>,
    },
    /// Find more of a SKU: there is too little everywhere together, so nothing else helps.
    FindStock {
        /// The SKU.
        sku: String,
        /// Units missing.
        units: u32,
    },
}

/// What would make an order ship whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Relaxation {
    /// What to relax, all of it together. Empty when nothing was found within the limit, or nothing is short.
    pub changes: Vec<Change>,
    /// Whether it is certain that no smaller set does.
    pub smallest: bool,
    /// The plan with the changes, which ships everything. `None` when stock has to be found first, or nothing was found.
    pub plan: Option<Plan>,
}

/// The smallest set of constraints whose relaxation makes the whole order ship.
///
/// Sets are tried by size, and within a size in the order of [`Change`] and of the ids, so the answer is the same for
/// the same order. Stock is not a constraint that can be relaxed: SKUs of which there is too little in all warehouses
/// together are named as they are, in full and without a search. At most [`RELAXATION_LIMIT`] sets are tried.
///
/// # Errors
/// [`PlanError`] as [`plan`].
pub fn relaxation(input: &PlanInput) -> Result<Relaxation, PlanError> {
    let now = plan(input)?;
    if now.short.is_empty() {
        return Ok(Relaxation { changes: Vec::new(), smallest: true, plan: Some(now) });
    }
    let missing = missing_stock(input);
    if !missing.is_empty() {
        return Ok(Relaxation { changes: missing, smallest: true, plan: None });
    }
    let candidates = candidates(input);
    let mut tries = 0;
    for size in 1..=candidates.len() {
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            if tries == RELAXATION_LIMIT {
                // Everything at once is the last resort; what of it is needed is then found one by one.
                return fewest_of_all(input, &candidates);
            }
            tries += 1;
            let set: Vec<&Change> = chosen.iter().filter_map(|index| candidates.get(*index)).collect();
            if let Some(whole) = shipped_whole(input, &set)? {
                return Ok(finished(input, &set, whole, true));
            }
            if !advance(&mut chosen, candidates.len()) {
                break;
            }
        }
    }
    Ok(Relaxation { changes: Vec::new(), smallest: true, plan: None })
}

/// The next set of the same size, in lexicographic order.
fn advance(chosen: &mut [usize], count: usize) -> bool {
    let size = chosen.len();
    let free = |(place, index): (usize, &usize)| *index < count - size + place;
    let Some(place) = chosen.iter().enumerate().rposition(free) else { return false };
    let Some(mut next) = chosen.get(place).copied() else { return false };
    for index in chosen.iter_mut().skip(place) {
        next += 1;
        *index = next;
    }
    true
}

/// From all candidates, leaves out one after another while the rest still does. Not certainly the smallest set, but none
/// of it can be left out.
fn fewest_of_all(input: &PlanInput, candidates: &[Change]) -> Result<Relaxation, PlanError> {
    let mut kept: Vec<&Change> = candidates.iter().collect();
    let Some(mut whole) = shipped_whole(input, &kept)? else {
        return Ok(Relaxation { changes: Vec::new(), smallest: false, plan: None });
    };
    for candidate in candidates.iter().rev() {
        let fewer: Vec<&Change> = kept.iter().copied().filter(|change| *change != candidate).collect();
        if let Some(still) = shipped_whole(input, &fewer)? {
            (kept, whole) = (fewer, still);
        }
    }
    Ok(finished(input, &kept, whole, false))
}

/// The plan of the relaxed order, when it ships everything.
fn shipped_whole(input: &PlanInput, changes: &[&Change]) -> Result<Option<Plan>, PlanError> {
    let answer = plan(&relaxed(input, changes))?;
    Ok(Some(answer).filter(|plan| plan.short.is_empty()))
}

/// The order with constraints taken away. `ship_complete` asks for what is looked for anyway, so it stays.
fn relaxed(input: &PlanInput, changes: &[&Change]) -> PlanInput {
    let mut order = input.clone();
    for change in changes {
        match change {
            Change::AllowWarehouses { .. } => order.max_warehouses = None,
            Change::LowerPartValue { .. } => order.min_part_value = 0,
            Change::Unpin { line } => of_line(&mut order, line, |line| line.pinned_warehouse = None),
            Change::Split { line } => of_line(&mut order, line, |line| line.splittable = true),
            Change::Ungroup { ship_group } => {
                for line in order.lines.iter_mut().filter(|line| line.ship_group.as_ref() == Some(ship_group)) {
                    line.ship_group = None;
                }
            }
            Change::LiftExclusion { sku, warehouse } => {
                for place in order.warehouses.iter_mut().filter(|place| place.id == *warehouse) {
                    place.excluded_skus.remove(sku);
                }
            }
            Change::RaiseCapacity { warehouse, .. } => {
                for place in order.warehouses.iter_mut().filter(|place| place.id == *warehouse) {
                    place.capacity_units = None;
                }
            }
            Change::Admit { warehouse, .. } => {
                for place in order.warehouses.iter_mut().filter(|place| place.id == *warehouse) {
                    place.eligible = true;
                }
            }
            Change::FindStock { .. } => {}
        }
    }
    order
}

fn of_line(order: &mut PlanInput, id: &str, change: impl Fn(&mut PlanLine)) {
    order.lines.iter_mut().filter(|line| line.id == id).for_each(change);
}

/// The changes with the amounts that the plan takes.
fn finished(input: &PlanInput, changes: &[&Change], whole: Plan, smallest: bool) -> Relaxation {
    let units_of = |warehouse: &str| -> u32 {
        whole.allocation.iter().filter(|part| part.warehouse == warehouse).map(|part| part.quantity).sum()
    };
    let changes = changes.iter().map(|change| match change {
        Change::AllowWarehouses { .. } => {
            Change::AllowWarehouses { warehouses: u32::try_from(whole.objective.warehouses).unwrap_or(u32::MAX) }
        }
        Change::LowerPartValue { .. } => Change::LowerPartValue { min_part_value: smallest_part(input, &whole) },
        Change::RaiseCapacity { warehouse, .. } => {
            Change::RaiseCapacity { warehouse: warehouse.clone(), units: units_of(warehouse) }
        }
        Change::Unpin { .. }
        | Change::Split { .. }
        | Change::Ungroup { .. }
        | Change::LiftExclusion { .. }
        | Change::Admit { .. }
        | Change::FindStock { .. } => (*change).clone(),
    });
    Relaxation { changes: changes.collect(), smallest, plan: Some(whole) }
}

fn smallest_part(input: &PlanInput, whole: &Plan) -> i64 {
    let value_of = |warehouse: &str| -> i64 {
        let parts = whole.allocation.iter().filter(|part| part.warehouse == warehouse);
        parts
            .filter_map(|part| {
                let line = input.lines.iter().find(|line| line.id == part.line)?;
                Some(line.unit_value * i64::from(part.quantity))
            })
            .sum()
    };
    whole.allocation.iter().map(|part| value_of(&part.warehouse)).min().unwrap_or(0)
}

/// SKUs of which all candidate warehouses together have too little, whatever else is relaxed.
fn missing_stock(input: &PlanInput) -> Vec<Change> {
    let skus: BTreeSet<&str> = input.lines.iter().map(|line| line.sku.as_str()).collect();
    let missing = skus.into_iter().filter_map(|sku| {
        let wanted: u64 = input.lines.iter().filter(|line| line.sku == sku).map(|line| u64::from(line.quantity)).sum();
        let candidate = |id: &str| input.warehouses.iter().any(|place| place.id == id);
        let stock = input.stock.iter().filter(|stock| stock.sku == sku && candidate(&stock.warehouse));
        let available: u64 = stock.map(|stock| u64::from(stock.available)).sum();
        let units = u32::try_from(wanted.checked_sub(available)?).unwrap_or(u32::MAX);
        (units > 0).then(|| Change::FindStock { sku: sku.to_owned(), units })
    });
    missing.collect()
}

/// Everything that could be relaxed and could matter, in a fixed order.
fn candidates(input: &PlanInput) -> Vec<Change> {
    let stocked = |warehouse: &str, sku: &str| {
        input.stock.iter().any(|stock| stock.warehouse == warehouse && stock.sku == sku && stock.available > 0)
    };
    let wanted: BTreeSet<&str> =
        input.lines.iter().filter(|line| line.quantity > 0).map(|line| line.sku.as_str()).collect();
    let mut found = BTreeSet::new();
    if input.max_warehouses.is_some() {
        found.insert(Change::AllowWarehouses { warehouses: 0 });
    }
    if input.min_part_value > 0 {
        found.insert(Change::LowerPartValue { min_part_value: 0 });
    }
    for line in input.lines.iter().filter(|line| line.quantity > 0) {
        if line.pinned_warehouse.is_some() {
            found.insert(Change::Unpin { line: line.id.clone() });
        }
        if !line.splittable && line.quantity > 1 {
            found.insert(Change::Split { line: line.id.clone() });
        }
        if let Some(group) = &line.ship_group {
            found.insert(Change::Ungroup { ship_group: group.clone() });
        }
    }
    for place in &input.warehouses {
        let useful = wanted.iter().any(|sku| stocked(&place.id, sku));
        if !place.eligible && useful {
            found.insert(Change::Admit { warehouse: place.id.clone(), reason: place.ineligible_reason.clone() });
        }
        if place.capacity_units.is_some() && useful {
            found.insert(Change::RaiseCapacity { warehouse: place.id.clone(), units: 0 });
        }
        for sku in place.excluded_skus.iter().filter(|sku| wanted.contains(sku.as_str()) && stocked(&place.id, sku)) {
            found.insert(Change::LiftExclusion { sku: sku.clone(), warehouse: place.id.clone() });
        }
    }
    found.into_iter().collect()
}
