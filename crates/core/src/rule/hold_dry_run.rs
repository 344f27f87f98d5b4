//! What changed hold rules would have held among past orders.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::hold::Compiled;
use super::revision::RuleId;
use crate::hold::HoldReason;

/// One side of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldDryRunTotals))]
pub struct HeldTotals {
    /// Orders held.
    pub held_orders: u64,
    /// Orders held by each rule.
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, u64>))]
    pub by_rule: BTreeMap<RuleId, u64>,
}

/// An order that other rules would hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldDryRunChange))]
pub struct HeldChange {
    /// The order's id.
    pub order: String,
    /// Rules that hold it under the old rules, with their reasons.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<(String, HoldReason)>))]
    pub before: BTreeSet<(RuleId, HoldReason)>,
    /// Rules that hold it under the new rules, with their reasons.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<(String, HoldReason)>))]
    pub after: BTreeSet<(RuleId, HoldReason)>,
}

/// What has been found. Merging is associative and commutative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = HoldDryRunReport))]
pub struct HeldReport {
    /// Orders looked at.
    pub orders: u64,
    /// Under the old rules.
    pub before: HeldTotals,
    /// Under the new rules.
    pub after: HeldTotals,
    /// Orders that other rules would hold.
    pub changed_count: u64,
    /// Those with the smallest ids, as many as asked for, by id.
    pub changed: BTreeSet<HeldChange>,
    /// How many changed orders are listed at most.
    pub most_changed: usize,
}

/// Old hold rules against new ones, each asked about orders on which there is no hold yet. Every item is an order's id
/// and its facts.
pub fn hold_dry_run<'a>(
    old: &Compiled,
    new: &Compiled,
    most_changed: usize,
    orders: impl IntoIterator<Item = (&'a str, &'a Facts)>,
) -> HeldReport {
    let empty = || HeldTotals { held_orders: 0, by_rule: BTreeMap::new() };
    let mut report = HeldReport {
        orders: 0,
        before: empty(),
        after: empty(),
        changed_count: 0,
        changed: BTreeSet::new(),
        most_changed,
    };
    for (order, facts) in orders {
        let (before, after) = (old.fresh(facts), new.fresh(facts));
        report.orders = report.orders.saturating_add(1);
        report.before.add(&before);
        report.after.add(&after);
        if before != after {
            report.changed_count = report.changed_count.saturating_add(1);
            report.keep(HeldChange { order: order.to_owned(), before, after });
        }
    }
    report
}

impl HeldTotals {
    fn add(&mut self, holds: &BTreeSet<(RuleId, HoldReason)>) {
        self.held_orders = self.held_orders.saturating_add(u64::from(!holds.is_empty()));
        for (rule, _) in holds {
            let count = self.by_rule.entry(rule.clone()).or_default();
            *count = count.saturating_add(1);
        }
    }

    fn merge(&mut self, other: Self) {
        self.held_orders = self.held_orders.saturating_add(other.held_orders);
        for (rule, more) in other.by_rule {
            let count = self.by_rule.entry(rule).or_default();
            *count = count.saturating_add(more);
        }
    }
}

impl HeldReport {
    /// Both together, as if one had looked at the orders of the other too.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.orders = self.orders.saturating_add(other.orders);
        self.before.merge(other.before);
        self.after.merge(other.after);
        self.changed_count = self.changed_count.saturating_add(other.changed_count);
        self.most_changed = self.most_changed.min(other.most_changed);
        for change in other.changed {
            self.keep(change);
        }
        while self.changed.len() > self.most_changed {
            self.changed.pop_last();
        }
        self
    }

    fn keep(&mut self, change: HeldChange) {
        self.changed.insert(change);
        if self.changed.len() > self.most_changed {
            self.changed.pop_last();
        }
    }
}
