//! The parts put together.

use super::batch::{Batch, Order};
use super::column::Column;
use super::component::{Settled, components, settle};
use super::input::JointInput;
use super::output::{Because, Component, JointAnswer, JointGap, JointPlan, Scarce};
use super::reason::{reasons, shorts};
use super::score::{Levels, Total, sum};
use crate::plan::{Level, PlanError, PlanInput, PlanStock};

/// A sensible effort for one batch: about half a second for 1,000 orders that all compete.
pub const EFFORT: u64 = 8_000_000;

/// Input that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JointError {
    /// Two orders share an id, or the stock of a warehouse's SKU or its capacity is given twice.
    #[error("{noun} `{id}` appears twice")]
    Duplicate {
        /// `order`, `stock` or `capacity`.
        noun: &'static str,
        /// The id; of stock `warehouse/sku`.
        id: String,
    },
    /// An order contradicts itself.
    #[error("order `{order}`: {source}")]
    Order {
        /// Its id.
        order: String,
        /// What is wrong with it.
        source: PlanError,
    },
    /// A sum over all orders does not fit.
    #[error("{0} overflows")]
    Overflow(&'static str),
    /// The router shipped from where this order cannot: a defect, and not the input's.
    #[error("order `{0}` was routed to a warehouse or line it does not have")]
    Disagreement(String),
}

/// The best joint assignment found, with its certificate.
///
/// Pure and deterministic: equal inputs give equal answers, whatever the order of orders, lines, warehouses and stock in
/// them (`short` alone follows the order of the lines). Never worse than one order after the other by priority and id.
///
/// # Errors
/// [`JointError`] when the input contradicts itself. Too little stock is no error.
pub fn plan(input: &JointInput) -> Result<JointPlan, JointError> {
    let batch = Batch::new(input)?;
    let levels = Levels::new(&input.objective);
    let mut answers: Vec<Option<JointAnswer>> = vec![None; batch.orders.len()];
    let mut effort = 0;
    let groups = components(&batch);
    let competing: usize = groups.iter().map(Vec::len).sum();
    let mut described = Vec::with_capacity(groups.len());
    for (number, members) in groups.iter().enumerate() {
        // Each component has its share, and what those before it left.
        let so_far: usize = groups[..=number].iter().map(Vec::len).sum();
        let limit = share(input.effort, so_far, competing);
        let settled = settle(&batch, &levels, members, limit.saturating_sub(limit / 20), &mut effort)?;
        let because = reasons(&batch, &levels, members, &settled, limit, &mut effort);
        for ((&member, column), because) in members.iter().zip(&settled.standing.columns).zip(because) {
            let order = &batch.orders[member];
            answers[member] = Some(JointAnswer {
                id: order.source.id.clone(),
                allocation: column.allocation(order),
                short: shorts(&batch, members, order, column, &because),
                objective: column.objective,
                component: Some(number),
                because,
            });
        }
        described.push(describe(&batch, &levels, members, &settled));
    }
    let mut orders = Vec::with_capacity(answers.len());
    for (order, answer) in batch.orders.iter().zip(answers) {
        let answer = match answer {
            Some(answer) => answer,
            None => by_itself(&batch, order)?,
        };
        orders.push((order, answer));
    }
    let objective = sum(&batch, orders.iter().map(|(order, answer)| (*order, &answer.objective)));
    let mut orders: Vec<(bool, JointAnswer)> =
        orders.into_iter().map(|(order, answer)| (moves(order, &answer), answer)).collect();
    orders.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    let moved = orders.iter().filter(|(moves, _)| *moves).map(|(_, answer)| answer.id.clone()).collect();
    Ok(JointPlan {
        orders: orders.into_iter().map(|(_, answer)| answer).collect(),
        objective,
        components: described,
        moved,
        effort,
    })
}

fn share(effort: u64, part: usize, of: usize) -> u64 {
    let share = u128::from(effort) * (part as u128) / (of.max(1) as u128);
    u64::try_from(share).unwrap_or(u64::MAX)
}

/// What the router is asked about one order, given what is free.
pub(super) fn ask(batch: &Batch<'_>, order: &Order<'_>, objective: &[Level], free: &[u32]) -> PlanInput {
    let mut stock = Vec::new();
    let mut asked = vec![false; batch.skus.len()];
    for (line, facts) in order.lines.iter().enumerate() {
        if std::mem::replace(&mut asked[facts.sku], true) {
            continue;
        }
        for (place, facts_of_place) in order.places.iter().enumerate() {
            let available = free[batch.resource(order, line, place)];
            if available > 0 {
                stock.push(PlanStock {
                    warehouse: facts_of_place.id.to_owned(),
                    sku: batch.skus[facts.sku].to_owned(),
                    available,
                });
            }
        }
    }
    let mut input = order.source.alone(objective, stock);
    for offer in &mut input.warehouses {
        if let Ok(place) = order.places.binary_search_by(|place| place.id.cmp(offer.id.as_str())) {
            let shared = free[batch.capacity(order.places[place].warehouse)];
            if shared < u32::MAX {
                offer.capacity_units = Some(offer.capacity_units.map_or(shared, |own| own.min(shared)));
            }
        }
    }
    input
}

/// An order that competes with nobody.
fn by_itself(batch: &Batch<'_>, order: &Order<'_>) -> Result<JointAnswer, JointError> {
    let objective = order.source.objective.as_deref().unwrap_or(batch.objective);
    let answer = crate::plan::plan(&ask(batch, order, objective, &batch.available))
        .map_err(|source| JointError::Order { order: order.source.id.clone(), source })?;
    Ok(JointAnswer {
        id: answer.id,
        allocation: answer.allocation,
        short: answer.short,
        objective: answer.objective,
        component: None,
        because: Because::Uncontended,
    })
}

fn moves(order: &Order<'_>, answer: &JointAnswer) -> bool {
    order.source.current.as_ref().is_some_and(|current| {
        let mut current = current.clone();
        current.sort();
        current != answer.allocation
    })
}

fn describe(batch: &Batch<'_>, levels: &Levels, members: &[usize], settled: &Settled) -> Component {
    let standing = &settled.standing;
    let objective = |columns: &[Column]| {
        sum(batch, members.iter().zip(columns).map(|(member, column)| (&batch.orders[*member], &column.objective)))
    };
    let mut orders: Vec<String> = members.iter().map(|member| batch.orders[*member].source.id.clone()).collect();
    orders.sort();
    let mut reach: Vec<usize> = members.iter().flat_map(|member| batch.reach(&batch.orders[*member])).collect();
    reach.sort_unstable();
    reach.dedup();
    let scarce = reach
        .into_iter()
        .filter(|resource| batch.contended(*resource) && batch.available[*resource] > 0)
        .map(|resource| {
            let (warehouse, sku) = batch.names(resource);
            let available = batch.available[resource];
            Scarce {
                warehouse: warehouse.to_owned(),
                sku: sku.map(str::to_owned),
                available,
                wanted: batch.wanted[resource],
                used: available - standing.free[resource],
            }
        })
        .collect();
    let open = (0..standing.total.0.len()).find(|at| settled.known.get(*at) != Some(&standing.total.0[*at]));
    let gap = open.and_then(|at| {
        let (priority, entry) = Total::entry(batch, at);
        let bound = *settled.known.get(at)?;
        Some(JointGap { level: levels.name(entry).to_owned(), priority, bound, by: standing.total.0[at] - bound })
    });
    Component {
        orders,
        scarce,
        objective: objective(&standing.columns),
        one_by_one: objective(&settled.one_by_one),
        proven: open.is_none(),
        gap,
    }
}
