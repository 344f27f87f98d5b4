//! Who competes with whom, and the best plan for those who do.

use super::batch::{Batch, Order};
use super::bound::Bound;
use super::branch::{Question, choose};
use super::column::Column;
use super::enumerate::all_columns;
use super::fill::Market;
use super::improve::{REACHES, Standing, construct, improve, sequences, wishes};
use super::score::{Levels, Total};
use super::solve::{JointError, ask};

/// Components up to this size are first tried exactly, from all columns of every order.
const SMALL: usize = 60;

/// Up to this many orders need no good start for that.
const TINY: usize = 8;

/// Assignments looked at to find all columns of the orders of one component.
const ASSIGNMENTS: usize = 80_000;

/// A component, solved.
#[derive(Debug)]
pub(super) struct Settled {
    /// By member.
    pub(super) standing: Standing,
    /// The columns each order would get alone come first.
    pub(super) wishes: Vec<Vec<Column>>,
    /// By member: what it gets when orders are planned one after the other.
    pub(super) one_by_one: Vec<Column>,
    /// Bounds by position of the total, as far as they were found; all before the last are tight.
    pub(super) known: Vec<i64>,
}

/// Orders that compete, as numbers, connected through resources that could run out.
pub(super) fn components(batch: &Batch<'_>) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..batch.orders.len()).collect();
    fn root(parent: &mut [usize], mut node: usize) -> usize {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        node
    }
    let mut first: Vec<Option<usize>> = vec![None; batch.available.len()];
    let mut competes = vec![false; batch.orders.len()];
    for (number, order) in batch.orders.iter().enumerate() {
        for resource in batch.reach(order) {
            // What there is none of is no one's to win.
            if !batch.contended(resource) || batch.available[resource] == 0 {
                continue;
            }
            competes[number] = true;
            let other = *first[resource].get_or_insert(number);
            let (a, b) = (root(&mut parent, number), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); batch.orders.len()];
    for number in (0..batch.orders.len()).filter(|number| competes[*number]) {
        let root = root(&mut parent, number);
        members[root].push(number);
    }
    members.retain(|members| !members.is_empty());
    members.sort_by_key(|members| members.iter().map(|number| batch.orders[*number].source.id.as_str()).min());
    members
}

/// Plans one order with what is free, by the router.
pub(super) fn routed(
    batch: &Batch<'_>,
    levels: &Levels,
    order: &Order<'_>,
    free: &[u32],
) -> Result<(Column, bool), JointError> {
    let failed = |source| JointError::Order { order: order.source.id.clone(), source };
    let answer = crate::plan::plan(&ask(batch, order, batch.objective, free)).map_err(failed)?;
    let short_is_exact = answer.gap.as_ref().is_none_or(|gap| gap.level != "short_value");
    let column = Column::of_allocation(batch, levels, order, &answer.allocation)
        .ok_or_else(|| JointError::Disagreement(order.source.id.clone()))?;
    Ok((column, short_is_exact))
}

/// Plans a component's orders one after the other.
pub(super) fn one_by_one(batch: &Batch<'_>, levels: &Levels, members: &[usize]) -> Result<Vec<Column>, JointError> {
    let mut free = batch.available.clone();
    let mut columns = Vec::with_capacity(members.len());
    for member in members {
        let (column, _) = routed(batch, levels, &batch.orders[*member], &free)?;
        column.take(&mut free);
        columns.push(column);
    }
    Ok(columns)
}

/// Plans a component's orders together. `limit` is up to where `effort` may grow.
pub(super) fn settle(
    batch: &Batch<'_>,
    levels: &Levels,
    members: &[usize],
    limit: u64,
    effort: &mut u64,
) -> Result<Settled, JointError> {
    let mut market = Market::new(batch, levels, members);
    let apart = one_by_one(batch, levels, members)?;
    let mut best = Standing::new(&market, members, apart.clone());
    let mut alone: Vec<Option<i64>> = vec![None; batch.orders.len()];
    for &member in members.iter().filter(|member| batch.orders[**member].bound_by_rules()) {
        let (column, exact) = routed(batch, levels, &batch.orders[member], &batch.available)?;
        alone[member] = exact.then_some(column.score[0]);
    }
    let mut bound = Bound::new(batch, levels, members, &|member| alone[member]);
    let all = everything(batch, levels, members, limit, effort);
    let exactly = |best: &mut Standing, bound: &Bound<'_, '_>, all: &[Vec<Column>], effort: &mut u64| {
        choose_all(batch, members, all, best, bound, limit, effort)
    };

    let mut proven = false;
    if let Some(all) = all.as_deref().filter(|_| members.len() <= TINY) {
        proven = exactly(&mut best, &bound, all, effort);
    }
    let mut liked = match &all {
        Some(all) if proven => all.clone(),
        _ => wishes(&market, members, effort),
    };
    if !proven {
        market.passed_over = (0..members.len()).map(|position| bound.stays(position)).collect();
        let order_of_planning = sequences(&market, members);
        for sequence in &order_of_planning {
            keep_better(&mut best, construct(&market, members, sequence, effort));
        }
        let share = limit.saturating_sub(*effort) / 4;
        loop {
            if !bound.tight(&best.total) {
                improve(&market, members, &mut best, &liked, REACHES[0], (*effort + share).min(limit), effort);
            }
            if !bound.tight(&best.total) || finished(&bound, &best) || *effort >= limit {
                break;
            }
            let total = best.total.clone();
            let until = (*effort + share).min(limit);
            bound.next_level(&total, until, effort, |entry, prices, effort| {
                market.prices.copy_from_slice(prices);
                market.priced = entry;
                for sequence in &order_of_planning {
                    keep_better(&mut best, construct(&market, members, sequence, effort));
                }
            });
        }
        market.prices.copy_from_slice(&bound.prices);
        market.priced = bound.entry;
        for reach in REACHES {
            if !finished(&bound, &best) {
                improve(&market, members, &mut best, &liked, reach, limit, effort);
            }
        }
        again_from_elsewhere(&mut market, members, &mut best, &liked, &order_of_planning, &bound, limit, effort);
        // What improved since may have closed a gap, so that the next level counts.
        while bound.tight(&best.total) && !finished(&bound, &best) {
            let until = (*effort + share / 8).min(limit);
            bound.next_level(&best.total, until, effort, |_, _, _| {});
        }
        if let Some(all) = all.as_deref().filter(|_| members.len() > TINY && !finished(&bound, &best)) {
            proven = exactly(&mut best, &bound, all, effort);
        }
    }
    if let Some(all) = all.filter(|_| !proven) {
        liked = all;
    }
    for (position, wishes) in liked.iter_mut().enumerate() {
        let known = wishes.first().is_some_and(|wish| wish.score <= apart[position].score);
        if !known {
            wishes.insert(0, apart[position].clone());
        }
    }
    keep_present(batch, levels, members, &mut best);
    let mut known = bound.known;
    if proven {
        known.clone_from(&best.total.0);
    }
    Ok(Settled { standing: best, wishes: liked, one_by_one: apart, known })
}

/// Other starts, at prices that are too low or too high, improved in turn: what is stuck in one place is often not in
/// another.
#[expect(clippy::too_many_arguments, reason = "one step of `settle`, apart for its length")]
fn again_from_elsewhere(
    market: &mut Market<'_, '_>,
    members: &[usize],
    best: &mut Standing,
    liked: &[Vec<Column>],
    order_of_planning: &[Vec<usize>],
    bound: &Bound<'_, '_>,
    limit: u64,
    effort: &mut u64,
) {
    for quarters in [2, 6, 3, 8, 1, 12, 5, 0] {
        for sequence in order_of_planning {
            // A start that cannot be improved afterwards is not worth its effort.
            if finished(bound, best) || *effort >= limit.saturating_sub(limit / 8) {
                break;
            }
            for (price, found) in market.prices.iter_mut().zip(&bound.prices) {
                *price = found.saturating_mul(quarters) / 4;
            }
            let mut other = construct(market, members, sequence, effort);
            market.prices.copy_from_slice(&bound.prices);
            improve(market, members, &mut other, liked, REACHES[0], limit, effort);
            if other.total < best.total {
                improve(market, members, &mut other, liked, REACHES[1], limit, effort);
                *best = other;
            }
        }
    }
    market.prices.copy_from_slice(&bound.prices);
}

fn keep_better(best: &mut Standing, other: Standing) {
    if other.total < best.total {
        *best = other;
    }
}

fn finished(bound: &Bound<'_, '_>, best: &Standing) -> bool {
    bound.known == best.total.0
}

/// All columns of all orders, where there are few enough.
fn everything(
    batch: &Batch<'_>,
    levels: &Levels,
    members: &[usize],
    limit: u64,
    effort: &mut u64,
) -> Option<Vec<Vec<Column>>> {
    if members.len() > SMALL {
        return None;
    }
    let each = ASSIGNMENTS / members.len().max(1);
    members
        .iter()
        .map(|member| {
            let columns = all_columns(batch, levels, &batch.orders[*member], each, effort)?;
            (*effort < limit).then_some(columns)
        })
        .collect()
}

/// The best choice among all columns. True when it is proven to be.
fn choose_all(
    batch: &Batch<'_>,
    members: &[usize],
    all: &[Vec<Column>],
    best: &mut Standing,
    bound: &Bound<'_, '_>,
    limit: u64,
    effort: &mut u64,
) -> bool {
    // What is planned now comes first: it need not be among the columns, which another one may beat.
    let with_present: Vec<Vec<Column>> = best
        .columns
        .iter()
        .zip(all)
        .map(|(present, columns)| std::iter::once(present).chain(columns).cloned().collect())
        .collect();
    let questions: Vec<Question<'_>> = members
        .iter()
        .zip(&with_present)
        .map(|(member, columns)| Question { order: &batch.orders[*member], columns })
        .collect();
    let known = vec![0; members.len()];
    let price = |packing: &super::branch::Packing, resource: usize| {
        let short = batch.sku_of(resource).and_then(|sku| bound.short_prices[sku]);
        packing.price(short, bound.entry, bound.prices[resource])
    };
    let left = limit.saturating_sub(*effort);
    let found = choose(batch, &questions, &batch.available, &known, price, left, effort);
    if let Some(better) = found.better {
        let columns: Vec<Column> =
            with_present.iter().zip(better).map(|(columns, choice)| columns[choice].clone()).collect();
        let mut free = batch.available.clone();
        let mut total = Total::nothing(batch);
        for (member, column) in members.iter().zip(&columns) {
            column.take(&mut free);
            total.add(batch, &batch.orders[*member], &column.score, 1);
        }
        *best = Standing { columns, free, total };
    }
    found.complete
}

/// Of equals, what is planned already stays.
fn keep_present(batch: &Batch<'_>, levels: &Levels, members: &[usize], best: &mut Standing) {
    for (position, member) in members.iter().enumerate() {
        let order = &batch.orders[*member];
        let Some(current) = &order.source.current else { continue };
        let Some(column) = Column::of_allocation(batch, levels, order, current) else { continue };
        if column.score != best.columns[position].score || !super::column::keeps_rules(order, &column.parts) {
            continue;
        }
        best.columns[position].give_back(&mut best.free);
        let own_stock =
            |part: &super::column::Part| best.free[batch.resource(order, part.line, part.place)] >= part.units;
        if column.fits(&best.free) && !order.repeats_skus && column.parts.iter().all(own_stock) {
            best.columns[position] = column;
        }
        best.columns[position].take(&mut best.free);
    }
}
