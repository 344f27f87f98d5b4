//! Words and witnesses: why an order got what it got.

use super::batch::{Batch, Order};
use super::column::Column;
use super::component::Settled;
use super::fill::Market;
use super::improve::Standing;
use super::output::Because;
use super::score::{DEPTH, Levels, Total};
use crate::plan::{Gap, Short};

/// Most orders that are named.
const NAMED: usize = 5;

/// Why each member got what it got.
pub(super) fn reasons(
    batch: &Batch<'_>,
    levels: &Levels,
    members: &[usize],
    settled: &Settled,
    limit: u64,
    effort: &mut u64,
) -> Vec<Because> {
    let market = Market::new(batch, levels, members);
    let mut holders: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for (position, column) in settled.standing.columns.iter().enumerate() {
        for (resource, _) in &column.usage {
            holders.entry(*resource).or_default().push(position);
        }
    }
    (0..members.len())
        .map(|position| {
            let present = &settled.standing.columns[position];
            let wishes = &settled.wishes[position];
            let Some(ideal) = wishes.first().filter(|wish| wish.score < present.score) else {
                return Because::AsAlone;
            };
            let entry = (0..DEPTH).find(|entry| ideal.score[*entry] < present.score[*entry]).unwrap_or(0);
            // Of the columns that are as good up to there, the one that asks least of the others.
            let wish = wishes
                .iter()
                .filter(|wish| wish.score[..=entry] == ideal.score[..=entry])
                .min_by_key(|wish| {
                    missing(&settled.standing, present, wish).iter().map(|(_, units)| *units).sum::<u32>()
                })
                .unwrap_or(ideal);
            let mut rivals: Vec<usize> = missing(&settled.standing, present, wish)
                .iter()
                .flat_map(|(resource, _)| holders.get(resource).into_iter().flatten().copied())
                .filter(|rival| *rival != position)
                .collect();
            rivals.sort_unstable();
            rivals.dedup();
            let instead = (*effort < limit)
                .then(|| instead(&market, members, &settled.standing, position, wish, &rivals, effort))
                .flatten();
            let mut to: Vec<String> =
                rivals.iter().map(|rival| batch.orders[members[*rival]].source.id.clone()).take(NAMED).collect();
            to.sort();
            Because::Yielded {
                level: levels.name(entry).to_owned(),
                by: present.score[entry] - ideal.score[entry],
                to,
                instead,
            }
        })
        .collect()
}

fn missing(standing: &Standing, present: &Column, wish: &Column) -> Vec<(usize, u32)> {
    wish.usage
        .iter()
        .filter_map(|&(resource, units)| {
            let held = present.usage.iter().find(|(taken, _)| *taken == resource).map_or(0, |(_, count)| *count);
            let lacking = units.saturating_sub(standing.free[resource] + held);
            (lacking > 0).then_some((resource, lacking))
        })
        .collect()
}

/// The first level that gets worse if an order has its way and those in its way are planned again, the last in priority
/// first.
fn instead(
    market: &Market<'_, '_>,
    members: &[usize],
    standing: &Standing,
    position: usize,
    wish: &Column,
    rivals: &[usize],
    effort: &mut u64,
) -> Option<Gap> {
    let batch = market.batch;
    let mut free = standing.free.clone();
    let mut total = standing.total.clone();
    let order = |position: usize| &batch.orders[members[position]];
    standing.columns[position].give_back(&mut free);
    total.add(batch, order(position), &standing.columns[position].score, -1);
    let mut displaced = Vec::new();
    for &rival in rivals.iter().rev() {
        if wish.fits(&free) {
            break;
        }
        let column = &standing.columns[rival];
        let helps = wish
            .usage
            .iter()
            .any(|(resource, units)| free[*resource] < *units && column.usage.iter().any(|(held, _)| held == resource));
        if helps {
            column.give_back(&mut free);
            total.add(batch, order(rival), &column.score, -1);
            displaced.push(rival);
        }
    }
    if !wish.fits(&free) {
        return None;
    }
    wish.take(&mut free);
    total.add(batch, order(position), &wish.score, 1);
    for &rival in displaced.iter().rev() {
        let column = market.best(members[rival], &free, None, effort);
        column.take(&mut free);
        total.add(batch, order(rival), &column.score, 1);
    }
    let at = (0..total.0.len()).find(|at| total.0[*at] != standing.total.0[*at])?;
    let by = total.0[at] - standing.total.0[at];
    let (_, entry) = Total::entry(batch, at);
    // Below zero it would be better: the search ended before it was found, and nothing is claimed.
    (by > 0).then(|| Gap { level: market.levels.name(entry).to_owned(), by })
}

/// What is short of one order, in line order, each with its reason.
pub(super) fn shorts(
    batch: &Batch<'_>,
    members: &[usize],
    order: &Order<'_>,
    column: &Column,
    because: &Because,
) -> Vec<Short> {
    let mut shorts = Vec::new();
    for line in &order.source.lines {
        let Some(number) = order.lines.iter().position(|facts| facts.id == line.id) else { continue };
        let shipped: u32 = column.parts.iter().filter(|part| part.line == number).map(|part| part.units).sum();
        if shipped < line.quantity {
            let reason = reason(batch, members, order, number, because);
            shorts.push(Short { line: line.id.clone(), quantity: line.quantity - shipped, reason });
        }
    }
    shorts
}

fn reason(batch: &Batch<'_>, members: &[usize], order: &Order<'_>, line: usize, because: &Because) -> String {
    let facts = &order.lines[line];
    let sku = batch.skus[facts.sku];
    let places = order.places.len();
    let reach: u64 = (0..places).map(|place| u64::from(order.most[order.cell(line, place)])).sum();
    if reach == 0 {
        return format!("no warehouse that may ship SKU `{sku}` has any");
    }
    if reach < u64::from(facts.quantity) {
        return format!("warehouses that may ship SKU `{sku}` have {reach} of {} units", facts.quantity);
    }
    let Because::Yielded { to, .. } = because else {
        return "the order's own rules leave no way to ship it".to_owned();
    };
    let free: u64 = (0..places)
        .filter(|place| order.most[order.cell(line, *place)] > 0)
        .map(|place| u64::from(batch.available[batch.resource(order, line, place)]))
        .sum();
    let lines =
        || members.iter().flat_map(|member| &batch.orders[*member].lines).filter(|other| other.sku == facts.sku);
    let wanted: u64 = lines().map(|other| u64::from(other.quantity)).sum();
    let named = if to.is_empty() { String::new() } else { format!("; it yields to {}", to.join(", ")) };
    if wanted > free {
        format!(
            "{wanted} units of SKU `{sku}` are wanted by {} open order lines and {free} are free{named}",
            lines().count()
        )
    } else {
        format!("what it needs to ship SKU `{sku}` within its rules goes to other orders{named}")
    }
}
