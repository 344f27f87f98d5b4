//! Better plans for components that are too large to be solved exactly: a start that pays prices, then small sets of
//! orders planned anew together, exactly, for as long as that helps.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::branch::{Question, choose};
use super::column::Column;
use super::fill::{Market, undominated};
use super::score::Total;

/// Columns that each of them may choose among.
const COLUMNS: usize = 20;

/// Columns of an order that are remembered as what it would like.
const WISHES: usize = 12;

/// How much one exact solution of a small set may take.
const SMALL_LIMIT: u64 = 4_000;

/// One column per member, and what is left.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) columns: Vec<Column>,
    pub(super) free: Vec<u32>,
    pub(super) total: Total,
}

impl Standing {
    pub(super) fn new(market: &Market<'_, '_>, members: &[usize], columns: Vec<Column>) -> Self {
        let mut free = market.batch.available.clone();
        let mut total = Total::nothing(market.batch);
        for (member, column) in members.iter().zip(&columns) {
            column.take(&mut free);
            total.add(market.batch, &market.batch.orders[*member], &column.score, 1);
        }
        Self { columns, free, total }
    }

    pub(super) fn replace(&mut self, market: &Market<'_, '_>, members: &[usize], position: usize, column: Column) {
        let order = &market.batch.orders[members[position]];
        self.columns[position].give_back(&mut self.free);
        self.total.add(market.batch, order, &self.columns[position].score, -1);
        column.take(&mut self.free);
        self.total.add(market.batch, order, &column.score, 1);
        self.columns[position] = column;
    }
}

/// Plans one order after the other at the market's prices; lines that are passed over come last.
pub(super) fn construct(market: &Market<'_, '_>, members: &[usize], sequence: &[usize], effort: &mut u64) -> Standing {
    let batch = market.batch;
    let nothing: Vec<Column> =
        members.iter().map(|member| Column::new(batch, market.levels, &batch.orders[*member], Vec::new())).collect();
    let mut standing = Standing::new(market, members, nothing);
    for &position in sequence {
        let skip = market.passed_over.get(position).map(Vec::as_slice);
        let column = market.best(members[position], &standing.free, skip, effort);
        standing.replace(market, members, position, column);
    }
    if market.passed_over.iter().flatten().any(|passed| *passed) {
        for &position in sequence {
            reinsert(market, members, &mut standing, position, effort);
        }
    }
    standing
}

/// Plans one order anew with what the others leave. True when that is better.
fn reinsert(
    market: &Market<'_, '_>,
    members: &[usize],
    standing: &mut Standing,
    position: usize,
    effort: &mut u64,
) -> bool {
    standing.columns[position].give_back(&mut standing.free);
    let column = market.best(members[position], &standing.free, None, effort);
    standing.columns[position].take(&mut standing.free);
    let better = column.score < standing.columns[position].score;
    if better {
        standing.replace(market, members, position, column);
    }
    better
}

/// Sequences in which to plan: by priority, and within one those first that need most, or those last.
pub(super) fn sequences(market: &Market<'_, '_>, members: &[usize]) -> [Vec<usize>; 2] {
    let order = |position: usize| &market.batch.orders[members[position]];
    let mut large_first: Vec<usize> = (0..members.len()).collect();
    let mut dear_first = large_first.clone();
    large_first.sort_by_key(|&position| {
        let order = order(position);
        let needy = order.lines.iter().filter(|line| line.quantity > 0).count();
        (order.class, std::cmp::Reverse(needy), order.places.len(), position)
    });
    dear_first.sort_by_key(|&position| (order(position).class, std::cmp::Reverse(order(position).worth()), position));
    [large_first, dear_first]
}

/// What each order would like, were all stock free: good columns, the best first.
pub(super) fn wishes(market: &Market<'_, '_>, members: &[usize], effort: &mut u64) -> Vec<Vec<Column>> {
    members
        .iter()
        .map(|member| {
            let found = market.candidates(*member, &market.batch.available, WISHES, effort);
            found.into_iter().map(|rated| rated.column).collect()
        })
        .collect()
}

/// How wide to look for orders to plan together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Better columns of an order that are tried.
    pub(super) wishes: usize,
    /// Orders that are asked to make room, for each thing that is missing.
    pub(super) rivals: usize,
    /// Orders planned anew together at most.
    pub(super) together: usize,
}

/// Near first: most of what can be gained is there.
pub(super) const REACHES: [Reach; 3] = [
    Reach { wishes: 4, rivals: 3, together: 8 },
    Reach { wishes: 8, rivals: 6, together: 10 },
    Reach { wishes: 12, rivals: 10, together: 14 },
];

/// Plans small sets of orders anew until nothing gets better, or the effort is spent.
pub(super) fn improve(
    market: &Market<'_, '_>,
    members: &[usize],
    standing: &mut Standing,
    wishes: &[Vec<Column>],
    reach: Reach,
    limit: u64,
    effort: &mut u64,
) {
    let mut holders: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (position, column) in standing.columns.iter().enumerate() {
        for (resource, _) in &column.usage {
            holders.entry(*resource).or_default().insert(position);
        }
    }
    let mut waiting: VecDeque<usize> = (0..members.len()).collect();
    let mut queued = vec![true; members.len()];
    while let Some(seed) = waiting.pop_front() {
        queued[seed] = false;
        if *effort >= limit {
            return;
        }
        let mut again = Vec::new();
        for together in circles(standing, &holders, wishes, reach, seed) {
            if *effort >= limit {
                return;
            }
            let changed = plan_together(market, members, standing, wishes, &together, effort);
            if !changed.is_empty() {
                for (position, before) in &changed {
                    for (resource, _) in &before.usage {
                        holders.entry(*resource).or_default().remove(position);
                    }
                    for (resource, _) in &standing.columns[*position].usage {
                        holders.entry(*resource).or_default().insert(*position);
                    }
                }
                again.push(seed);
                again.extend(changed.into_iter().map(|(position, _)| position));
                break;
            }
        }
        for position in again {
            if !queued[position] {
                queued[position] = true;
                waiting.push_back(position);
            }
        }
    }
}

/// Units missing, by resource.
type Lacking = Vec<(usize, u32)>;

/// Units that are missing for a column, were the order's present one given up.
fn missing(standing: &Standing, position: usize, wish: &Column) -> Lacking {
    let own = &standing.columns[position].usage;
    wish.usage
        .iter()
        .filter_map(|&(resource, units)| {
            let held = own.iter().find(|(taken, _)| *taken == resource).map_or(0, |(_, count)| *count);
            let lacking = units.saturating_sub(standing.free[resource] + held);
            (lacking > 0).then_some((resource, lacking))
        })
        .collect()
}

/// Sets of orders to plan together with `seed`, so that it may get something it likes better.
fn circles(
    standing: &Standing,
    holders: &BTreeMap<usize, BTreeSet<usize>>,
    wishes: &[Vec<Column>],
    reach: Reach,
    seed: usize,
) -> Vec<Vec<usize>> {
    let present = &standing.columns[seed].score;
    let mut wanted: Vec<(Lacking, usize)> = wishes[seed]
        .iter()
        .enumerate()
        .filter(|(_, wish)| wish.score < *present)
        .map(|(number, wish)| (missing(standing, seed, wish), number))
        .collect();
    wanted.sort_by_key(|(lacking, number)| (lacking.iter().map(|(_, units)| *units).sum::<u32>(), *number));
    wanted.truncate(reach.wishes);
    let mut circles: Vec<Vec<usize>> = Vec::new();
    for (lacking, _) in wanted {
        let mut circle = vec![seed];
        for (resource, _) in &lacking {
            let Some(rivals) = holders.get(resource) else { continue };
            let mut ranked: Vec<(Burden, usize, Lacking)> = rivals
                .iter()
                .filter(|rival| !circle.contains(rival))
                .map(|&rival| {
                    let (burden, lacking) = burden(standing, wishes, rival, *resource);
                    (burden, rival, lacking)
                })
                .collect();
            ranked.sort();
            let share = (reach.together - 1) / lacking.len().max(1);
            for (_, rival, their_lacking) in ranked.into_iter().take(share.clamp(1, reach.rivals)) {
                if circle.len() < reach.together && !circle.contains(&rival) {
                    circle.push(rival);
                }
                // Whoever holds what the rival would move to may have to move on in turn.
                for (next, _) in their_lacking.iter().take(2) {
                    let third = holders.get(next).and_then(|holding| {
                        let outside = holding.iter().filter(|order| !circle.contains(order));
                        outside.min_by_key(|order| (burden(standing, wishes, **order, *next).0, **order))
                    });
                    if let Some(&third) = third
                        && circle.len() < reach.together
                    {
                        circle.push(third);
                    }
                }
            }
        }
        circle.sort_unstable();
        if !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

/// How hard it is for an order to do without a resource: what it loses, and the units missing for the alternative.
type Burden = (bool, [i64; 5], u32);

fn burden(standing: &Standing, wishes: &[Vec<Column>], position: usize, resource: usize) -> (Burden, Lacking) {
    let present = &standing.columns[position];
    let mut best: Option<(Burden, Lacking)> = None;
    for wish in &wishes[position] {
        if wish.usage.iter().any(|(taken, _)| *taken == resource) {
            continue;
        }
        let lacking = missing(standing, position, wish);
        let units = lacking.iter().map(|(_, units)| *units).sum();
        let mut loss = [0; 5];
        for (slot, (theirs, now)) in loss.iter_mut().zip(wish.score.iter().zip(&present.score)) {
            *slot = theirs - now;
        }
        // Costs and ranks matter less here than whether it is possible at all.
        loss[3..].fill(0);
        let burden = (loss > [0; 5], loss, units);
        if best.as_ref().is_none_or(|(known, _)| burden < *known) {
            best = Some((burden, lacking));
        }
    }
    best.unwrap_or(((true, [i64::MAX; 5], u32::MAX), Vec::new()))
}

/// Plans a few orders anew, exactly among their best columns. Returns who changed, and from what.
fn plan_together(
    market: &Market<'_, '_>,
    members: &[usize],
    standing: &mut Standing,
    wishes: &[Vec<Column>],
    together: &[usize],
    effort: &mut u64,
) -> Vec<(usize, Column)> {
    for &position in together {
        standing.columns[position].give_back(&mut standing.free);
    }
    let choices: Vec<Vec<Column>> = together
        .iter()
        .map(|&position| {
            let mut found = market.candidates(members[position], &standing.free, COLUMNS, effort);
            let liked = wishes[position].iter().filter(|wish| wish.fits(&standing.free));
            found.extend(liked.map(|wish| market.rate(wish.clone())));
            found.push(market.rate(standing.columns[position].clone()));
            // The present column first, so that it is there whatever else is dropped.
            let present = standing.columns[position].clone();
            let others = undominated(found, COLUMNS).into_iter().map(|rated| rated.column);
            let others: Vec<Column> = others.filter(|column| *column != present).collect();
            std::iter::once(present).chain(others).collect()
        })
        .collect();
    let questions: Vec<Question<'_>> = together
        .iter()
        .zip(&choices)
        .map(|(position, columns)| Question { order: &market.batch.orders[members[*position]], columns })
        .collect();
    let known = vec![0; together.len()];
    let free = standing.free.clone();
    let found = choose(market.batch, &questions, &free, &known, |_, _| [0; 2], SMALL_LIMIT, effort);
    for &position in together {
        standing.columns[position].take(&mut standing.free);
    }
    let Some(better) = found.better else { return Vec::new() };
    let mut changed = Vec::new();
    // All give back before any takes: what one gives up another may need.
    for (&position, (columns, choice)) in together.iter().zip(choices.iter().zip(&better)) {
        if *choice > 0 {
            changed.push((position, columns[*choice].clone()));
            standing.columns[position].give_back(&mut standing.free);
        }
    }
    let batch = market.batch;
    for (position, column) in &mut changed {
        let order = &batch.orders[members[*position]];
        column.take(&mut standing.free);
        standing.total.add(batch, order, &standing.columns[*position].score, -1);
        standing.total.add(batch, order, &column.score, 1);
        std::mem::swap(&mut standing.columns[*position], column);
    }
    changed
}
