//! The joint objective vector: what a column costs in its order, and what columns cost together.

use super::batch::{Batch, Order};
use super::output::{JointObjective, ShortOfPriority};
use crate::plan::{Level, Objective};

/// Most entries of a [`Score`].
pub(super) const DEPTH: usize = 5;

/// One order's scores: short value, the configured levels in their order, rank sum, then zeros. Smaller is better, the
/// first difference decides.
pub(super) type Score = [i64; DEPTH];

/// The configured levels without repetition, and where each stands in a [`Score`].
#[derive(Debug, Clone)]
pub(super) struct Levels {
    pub(super) order: Vec<Level>,
}

impl Levels {
    pub(super) fn new(levels: &[Level]) -> Self {
        let mut order = Vec::new();
        for level in levels {
            if !order.contains(level) {
                order.push(*level);
            }
        }
        Self { order }
    }

    pub(super) fn score(&self, objective: &Objective) -> Score {
        let mut score = [0; DEPTH];
        score[0] = objective.short_value;
        for (slot, level) in score[1..].iter_mut().zip(&self.order) {
            *slot = match level {
                Level::Late => objective.late,
                Level::Warehouses => objective.warehouses,
                Level::Cost => objective.cost,
            };
        }
        score[self.order.len() + 1] = objective.rank_sum;
        score
    }

    /// The name of an entry of a [`Score`].
    pub(super) fn name(&self, entry: usize) -> &'static str {
        match entry.checked_sub(1) {
            None => "short_value",
            Some(level) => match self.order.get(level) {
                Some(Level::Late) => "late",
                Some(Level::Warehouses) => "warehouses",
                Some(Level::Cost) => "cost",
                None => "rank_sum",
            },
        }
    }
}

/// What several orders cost together: short value by class, then the sums of the entries after the first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Total(pub(super) Vec<i64>);

impl Total {
    pub(super) fn nothing(batch: &Batch<'_>) -> Self {
        Self(vec![0; batch.classes.len() + DEPTH - 1])
    }

    /// Adds one order's scores `times`, which may be negative.
    pub(super) fn add(&mut self, batch: &Batch<'_>, order: &Order<'_>, score: &Score, times: i64) {
        self.0[order.class] += score[0] * times;
        for (sum, entry) in self.0[batch.classes.len()..].iter_mut().zip(&score[1..]) {
            *sum += entry * times;
        }
    }

    /// The priority and the entry of a score that a position stands for.
    pub(super) fn entry(batch: &Batch<'_>, position: usize) -> (Option<i32>, usize) {
        match position.checked_sub(batch.classes.len()) {
            None => (batch.classes.get(position).copied(), 0),
            Some(after) => (None, after + 1),
        }
    }
}

/// The sums of what orders cost, each in full.
pub(super) fn sum<'a>(
    batch: &Batch<'_>,
    parts: impl Iterator<Item = (&'a Order<'a>, &'a Objective)>,
) -> JointObjective {
    let mut by_class: Vec<Option<i64>> = vec![None; batch.classes.len()];
    let mut joint = JointObjective::default();
    for (order, objective) in parts {
        *by_class[order.class].get_or_insert(0) += objective.short_value;
        joint.late += objective.late;
        joint.warehouses += objective.warehouses;
        joint.cost += objective.cost;
        joint.rank_sum += objective.rank_sum;
    }
    joint.short = batch
        .classes
        .iter()
        .zip(by_class)
        .filter_map(|(priority, value)| value.map(|short_value| ShortOfPriority { priority: *priority, short_value }))
        .collect();
    joint
}
