//! Exact choice of one column per order: branch and bound, each node bounded by what every open order would choose were
//! it alone with what is left, minus what its choice is worth to the others.

use std::collections::BTreeMap;

use super::batch::{Batch, Order};
use super::column::Column;
use super::score::{DEPTH, Score};

/// Keys are whole multiples of this, prices are not.
pub(super) const SCALE: i64 = 1024;

/// A joint objective, or part of one, packed: sums compare like the objective vectors they stand for.
pub(super) type Key = [i128; 2];

/// Half a [`Key`] may reach this; prices times units stay far below what overflows.
const LIMB: i128 = 1 << 86;

/// How objective vectors of some orders are packed into keys.
#[derive(Debug)]
pub(super) struct Packing {
    /// Class, half and weight of each priority class present.
    classes: Vec<(usize, usize, i128)>,
    /// Half and weight of each entry of a score after the first.
    entries: [(usize, i128); DEPTH],
}

impl Packing {
    /// A packing in which no two different sums of these columns look alike; `None` when they do not fit.
    pub(super) fn new<'a>(columns: impl Iterator<Item = (&'a Order<'a>, &'a [Column])>) -> Option<Self> {
        let mut classes: BTreeMap<usize, i128> = BTreeMap::new();
        let mut ranges = [0_i128; DEPTH];
        for (order, columns) in columns {
            let most =
                |entry: usize| columns.iter().map(|column| i128::from(column.score[entry]).abs()).max().unwrap_or(0);
            *classes.entry(order.class).or_default() += most(0);
            for (entry, range) in ranges.iter_mut().enumerate().skip(1) {
                // Ranks may be negative: twice the range keeps differences apart.
                *range += 2 * most(entry);
            }
        }
        let mut packing = Self { classes: Vec::new(), entries: [(1, 1); DEPTH] };
        let (mut half, mut weight) = (1_usize, 1_i128);
        let mut place = |range: i128| {
            let slot = (half, weight);
            match weight.checked_mul(range + 1).filter(|weight| *weight < LIMB) {
                Some(heavier) => weight = heavier,
                None => {
                    let slot = (half.checked_sub(1)?, 1);
                    half = slot.0;
                    weight = range + 1;
                    return (weight < LIMB).then_some(slot);
                }
            }
            Some(slot)
        };
        for entry in (1..DEPTH).rev() {
            packing.entries[entry] = place(ranges[entry])?;
        }
        for (class, range) in classes.into_iter().rev() {
            let (half, weight) = place(range)?;
            packing.classes.push((class, half, weight));
        }
        Some(packing)
    }

    /// A column's key.
    pub(super) fn key(&self, order: &Order<'_>, score: &Score) -> Key {
        let mut key = [0; 2];
        if let Some((_, half, weight)) = self.classes.iter().find(|(class, ..)| *class == order.class) {
            key[*half] += weight * i128::from(score[0]);
        }
        for ((half, weight), entry) in self.entries.iter().zip(score).skip(1) {
            key[*half] += weight * i128::from(*entry);
        }
        key.map(|half| half * i128::from(SCALE))
    }

    /// The key of a price: short value in a class, and scaled amounts of later entries.
    pub(super) fn price(&self, short: Option<(usize, i64)>, entry: usize, amount: i64) -> Key {
        let mut key = [0; 2];
        if let Some((class, value)) = short
            && let Some((_, half, weight)) = self.classes.iter().find(|(present, ..)| *present == class)
        {
            key[*half] += weight * i128::from(value) * i128::from(SCALE);
        }
        let (half, weight) = self.entries[entry];
        key[half] += weight * i128::from(amount);
        key
    }
}

/// The columns among which one order chooses.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub(super) order: &'a Order<'a>,
    pub(super) columns: &'a [Column],
}

/// What the search found.
#[derive(Debug)]
pub(super) struct Choice {
    /// By question: the number of its column; `None` when nothing beats the columns it started from.
    pub(super) better: Option<Vec<usize>>,
    /// Whether everything was looked at.
    pub(super) complete: bool,
}

/// Finds the best choice of one column each, if any is better than `known` (a column number per question).
///
/// `price` values a unit of a resource; any value at or above zero is right, good ones end the search early.
pub(super) fn choose(
    batch: &Batch<'_>,
    questions: &[Question<'_>],
    free: &[u32],
    known: &[usize],
    price: impl Fn(&Packing, usize) -> Key,
    limit: u64,
    effort: &mut u64,
) -> Choice {
    let Some(packing) = Packing::new(questions.iter().map(|question| (question.order, question.columns))) else {
        return Choice { better: None, complete: false };
    };
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for (resource, _) in questions.iter().flat_map(|question| question.columns).flat_map(|column| &column.usage) {
        let next = numbers.len();
        numbers.entry(*resource).or_insert(next);
    }
    let mut left = vec![0; numbers.len()];
    let mut prices = vec![[0; 2]; numbers.len()];
    for (resource, number) in &numbers {
        left[*number] = free[*resource].min(u32::try_from(batch.wanted[*resource]).unwrap_or(u32::MAX));
        prices[*number] = price(&packing, *resource);
    }
    let groups: Vec<Vec<Candidate>> = questions
        .iter()
        .map(|question| {
            let mut group: Vec<Candidate> = question
                .columns
                .iter()
                .enumerate()
                .map(|(number, column)| {
                    let key = packing.key(question.order, &column.score);
                    let usage: Vec<(usize, u32)> =
                        column.usage.iter().filter_map(|(r, units)| Some((*numbers.get(r)?, *units))).collect();
                    let worth = usage.iter().fold([0; 2], |sum, (r, units)| add(sum, times(prices[*r], *units)));
                    Candidate { number, key, priced: add(key, worth), usage }
                })
                .collect();
            group.sort_by(|a, b| a.priced.cmp(&b.priced).then(a.key.cmp(&b.key)).then(a.number.cmp(&b.number)));
            group
        })
        .collect();
    let known_key = questions
        .iter()
        .zip(known)
        .map(|(question, column)| packing.key(question.order, &question.columns[*column].score))
        .fold([0; 2], add);
    let slack = left.iter().zip(&prices).fold([0; 2], |sum, (units, price)| add(sum, times(*price, *units)));
    let mut search = Search {
        chosen: vec![None; groups.len()],
        demand: vec![0; left.len()],
        groups: &groups,
        free: left,
        prices,
        best: known_key,
        better: None,
        steps: 0,
        limit,
    };
    let complete = search.visit(vec![0; groups.len()], [0; 2], slack);
    *effort += search.steps;
    Choice { better: search.better, complete }
}

fn add(a: Key, b: Key) -> Key {
    [a[0] + b[0], a[1] + b[1]]
}

fn less(a: Key, b: Key) -> Key {
    [a[0] - b[0], a[1] - b[1]]
}

fn times(a: Key, units: u32) -> Key {
    [a[0] * i128::from(units), a[1] * i128::from(units)]
}

#[derive(Debug)]
struct Candidate {
    number: usize,
    key: Key,
    priced: Key,
    usage: Vec<(usize, u32)>,
}

struct Search<'a> {
    groups: &'a [Vec<Candidate>],
    chosen: Vec<Option<usize>>,
    free: Vec<u32>,
    prices: Vec<Key>,
    /// Scratch: units that the first choices take, by resource.
    demand: Vec<u32>,
    best: Key,
    better: Option<Vec<usize>>,
    steps: u64,
    limit: u64,
}

impl Search<'_> {
    fn hopeless(&self, bound: Key) -> bool {
        bound > [self.best[0], self.best[1] - i128::from(SCALE)]
    }

    fn fits(&self, candidate: &Candidate) -> bool {
        candidate.usage.iter().all(|(resource, units)| self.free[*resource] >= *units)
    }

    /// Looks at everything below a node; false when the limit ended it.
    fn visit(&mut self, mut firsts: Vec<usize>, base: Key, slack: Key) -> bool {
        let groups = self.groups;
        let mut bound = less(base, slack);
        let mut sum = base;
        for (group, first) in groups
            .iter()
            .zip(&mut firsts)
            .enumerate()
            .filter_map(|(number, pair)| self.chosen[number].is_none().then_some(pair))
        {
            self.steps += 1;
            let Some(ahead) = group[*first..].iter().position(|candidate| self.fits(candidate)) else { return true };
            *first += ahead;
            self.steps += ahead as u64 / 4;
            bound = add(bound, group[*first].priced);
            sum = add(sum, group[*first].key);
        }
        if self.hopeless(bound) {
            return true;
        }
        if self.steps > self.limit {
            return false;
        }
        let open: Vec<usize> = (0..groups.len()).filter(|number| self.chosen[*number].is_none()).collect();
        self.steps += (8 * open.len() + self.demand.len() / 4) as u64;
        self.demand.fill(0);
        for &number in &open {
            for (resource, units) in &groups[number][firsts[number]].usage {
                self.demand[*resource] += units;
            }
        }
        let overloaded = self.demand.iter().zip(&self.free).any(|(demand, free)| demand > free);
        if !overloaded {
            if sum < self.best {
                self.best = sum;
                let all = (0..groups.len()).map(|number| {
                    let choice = self.chosen[number].unwrap_or(firsts[number]);
                    groups[number][choice].number
                });
                self.better = Some(all.collect());
            }
            if self.hopeless(bound) {
                return true;
            }
        }
        // The order that loses most if it does not get its first choice decides first; of those in conflict, if any are.
        let next = open
            .iter()
            .map(|&number| {
                let group = &groups[number];
                let first = &group[firsts[number]];
                let conflict = first.usage.iter().any(|(resource, _)| self.demand[*resource] > self.free[*resource]);
                let second = group[firsts[number] + 1..].iter().find(|candidate| self.fits(candidate));
                let regret = second.map_or([i128::MAX; 2], |second| less(second.priced, first.priced));
                (conflict, regret, std::cmp::Reverse(number))
            })
            .max();
        let Some((_, _, std::cmp::Reverse(number))) = next else { return true };
        let group = &groups[number];
        let first = firsts[number];
        for choice in first..group.len() {
            let candidate = &group[choice];
            if !self.fits(candidate) {
                continue;
            }
            if self.hopeless(add(bound, less(candidate.priced, group[first].priced))) {
                break;
            }
            let mut below = slack;
            for (resource, units) in &candidate.usage {
                self.free[*resource] -= units;
                below = less(below, times(self.prices[*resource], *units));
            }
            self.chosen[number] = Some(choice);
            let finished = self.visit(firsts.clone(), add(base, candidate.key), below);
            self.chosen[number] = None;
            for (resource, units) in &candidate.usage {
                self.free[*resource] += units;
            }
            if !finished {
                return false;
            }
        }
        true
    }
}
