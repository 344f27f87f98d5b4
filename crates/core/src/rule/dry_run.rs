//! What a changed rule set would have done to past orders.
//!
//! Every stored order is planned under the old and under the new rules, by the same function as ever. Totals and the
//! orders that would move are kept in a [`Tally`]; whoever has several cores makes one tally on each and merges them:
//! merging is associative and commutative, so the result does not depend on who did what. Memory does not grow with the
//! number of orders but for the list of moved ones, which is capped while its count goes on.

use std::collections::{BTreeMap, BinaryHeap};

use serde::{Deserialize, Serialize};

use super::apply::Compiled;
use super::facts::Facts;
use super::matching::View;
use super::revision::RuleId;
use crate::plan::{Plan, PlanInput, plan};

/// A stored order as the router saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RoutingSnapshot))]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// What rules may know.
    pub facts: Facts,
    /// What the router was asked, before any rules.
    pub input: PlanInput,
}

/// One side of the comparison, summed over all orders. Sums that would not fit stay at the largest number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DryRunTotals))]
pub struct Totals {
    /// Warehouses used, summed: the parcels, but for orders too heavy for one.
    pub parcels: u64,
    /// Handling and parcel prices, minor units.
    pub cost: u64,
    /// Orders of which a unit is late.
    pub late_orders: u64,
    /// Hours late, summed over units.
    pub late_hours: u64,
    /// Orders of which a unit does not ship.
    pub short_orders: u64,
    /// Units that do not ship.
    pub short_units: u64,
    /// Orders whose plan is not proven best, because a step limit ended the search.
    pub unproven_orders: u64,
    /// Orders the router refuses to plan, because the snapshot contradicts itself.
    pub refused_orders: u64,
}

/// One side of one order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DryRunSide))]
pub struct Side {
    /// Warehouses used, by id.
    pub warehouses: Vec<String>,
    /// Handling and parcel prices, minor units.
    pub cost: i64,
    /// Hours late, summed over units.
    pub late_hours: i64,
    /// Units that do not ship.
    pub short_units: u64,
    /// Rules that matched, in their order.
    pub rules: Vec<RuleId>,
    /// Why the router refuses to plan it, when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Units of a line that ship from elsewhere, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DryRunMove))]
pub struct Move {
    /// Line id.
    pub line: String,
    /// Units by warehouse under the old rules.
    pub before: BTreeMap<String, u32>,
    /// Units by warehouse under the new rules.
    pub after: BTreeMap<String, u32>,
}

/// An order that would move.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DryRunMoved))]
pub struct Moved {
    /// The order's id.
    pub order: String,
    /// Under the old rules.
    pub before: Side,
    /// Under the new rules.
    pub after: Side,
    /// The lines that change, by id.
    pub lines: Vec<Move>,
}

/// Old rules against new ones over stored orders.
#[derive(Debug, Clone, Copy)]
pub struct DryRun<'a> {
    /// The rules in force.
    pub old: &'a Compiled,
    /// The rules to try.
    pub new: &'a Compiled,
    /// How many moved orders are listed at most: those with the smallest ids.
    pub most_moved: usize,
}

/// What has been found so far.
#[derive(Debug, Clone)]
pub struct Tally {
    orders: u64,
    before: Totals,
    after: Totals,
    moved_count: u64,
    most_moved: usize,
    /// The smallest, the largest of them on top.
    moved: BinaryHeap<Moved>,
}

/// The result, for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DryRunReport))]
pub struct Report {
    /// Orders looked at.
    pub orders: u64,
    /// Under the old rules.
    pub before: Totals,
    /// Under the new rules.
    pub after: Totals,
    /// Orders of which a unit would ship from elsewhere, or not, or after all.
    pub moved_count: u64,
    /// Those with the smallest ids, as many as asked for, by id.
    pub moved: Vec<Moved>,
}

/// Tries `new` instead of `old` on every snapshot, one after the other.
pub fn dry_run<S: std::borrow::Borrow<Snapshot>>(run: DryRun<'_>, snapshots: impl IntoIterator<Item = S>) -> Tally {
    let mut tally = run.tally();
    for snapshot in snapshots {
        run.take(&mut tally, snapshot.borrow());
    }
    tally
}

impl DryRun<'_> {
    /// An empty tally.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally {
            orders: 0,
            before: Totals::default(),
            after: Totals::default(),
            moved_count: 0,
            most_moved: self.most_moved,
            moved: BinaryHeap::new(),
        }
    }

    /// Adds one order to a tally.
    pub fn take(&self, tally: &mut Tally, snapshot: &Snapshot) {
        let view = View::new(&snapshot.facts);
        let under = |rules: &Compiled| {
            let decision = rules.decide(&view, &snapshot.input);
            let input = rules.change(&decision, &snapshot.input);
            let names = decision.matched.iter().filter_map(|number| rules.rules.get(*number));
            (names.map(|rule| rule.id.clone()).collect::<Vec<_>>(), input)
        };
        let (old_rules, old_input) = under(self.old);
        let (new_rules, new_input) = under(self.new);
        let old = plan(&old_input).map_err(|error| error.to_string());
        tally.orders = tally.orders.saturating_add(1);
        tally.before.add(&old);
        // Most orders are no matter of what changed: equal questions have equal answers.
        if old_input == new_input {
            tally.after.add(&old);
            return;
        }
        let new = plan(&new_input).map_err(|error| error.to_string());
        tally.after.add(&new);
        let lines = moves(&old, &new);
        if lines.is_empty() && old.is_ok() == new.is_ok() {
            return;
        }
        tally.moved_count = tally.moved_count.saturating_add(1);
        tally.keep(Moved {
            order: snapshot.input.id.clone(),
            before: side(&old, old_rules),
            after: side(&new, new_rules),
            lines,
        });
    }
}

impl Tally {
    /// Both together, as if one had taken the orders of the other too. Neither order nor grouping matters.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.orders = self.orders.saturating_add(other.orders);
        self.before.merge(&other.before);
        self.after.merge(&other.after);
        self.moved_count = self.moved_count.saturating_add(other.moved_count);
        self.most_moved = self.most_moved.min(other.most_moved);
        for moved in other.moved {
            self.keep(moved);
        }
        while self.moved.len() > self.most_moved {
            self.moved.pop();
        }
        self
    }

    /// The result so far.
    #[must_use]
    pub fn report(self) -> Report {
        Report {
            orders: self.orders,
            before: self.before,
            after: self.after,
            moved_count: self.moved_count,
            moved: self.moved.into_sorted_vec(),
        }
    }

    fn keep(&mut self, moved: Moved) {
        self.moved.push(moved);
        if self.moved.len() > self.most_moved {
            self.moved.pop();
        }
    }
}

fn short_units(plan: &Plan) -> u64 {
    plan.short.iter().map(|short| u64::from(short.quantity)).sum()
}

fn natural(amount: i64) -> u64 {
    u64::try_from(amount).unwrap_or(0)
}

impl Totals {
    fn add(&mut self, answer: &Result<Plan, String>) {
        let one = match answer {
            Ok(plan) => Self {
                parcels: natural(plan.objective.warehouses),
                cost: natural(plan.objective.cost),
                late_orders: u64::from(plan.objective.late > 0),
                late_hours: natural(plan.objective.late),
                short_orders: u64::from(!plan.short.is_empty()),
                short_units: short_units(plan),
                unproven_orders: u64::from(!plan.proven),
                refused_orders: 0,
            },
            Err(_) => Self { refused_orders: 1, ..Self::default() },
        };
        self.merge(&one);
    }

    fn merge(&mut self, other: &Self) {
        let pairs = [
            (&mut self.parcels, other.parcels),
            (&mut self.cost, other.cost),
            (&mut self.late_orders, other.late_orders),
            (&mut self.late_hours, other.late_hours),
            (&mut self.short_orders, other.short_orders),
            (&mut self.short_units, other.short_units),
            (&mut self.unproven_orders, other.unproven_orders),
            (&mut self.refused_orders, other.refused_orders),
        ];
        for (sum, amount) in pairs {
            *sum = sum.saturating_add(amount);
        }
    }
}

fn side(answer: &Result<Plan, String>, rules: Vec<RuleId>) -> Side {
    match answer {
        Ok(plan) => {
            let mut warehouses: Vec<String> = plan.allocation.iter().map(|part| part.warehouse.clone()).collect();
            warehouses.sort_unstable();
            warehouses.dedup();
            Side {
                warehouses,
                cost: plan.objective.cost,
                late_hours: plan.objective.late,
                short_units: short_units(plan),
                rules,
                refused: None,
            }
        }
        Err(why) => {
            Side { warehouses: Vec::new(), cost: 0, late_hours: 0, short_units: 0, rules, refused: Some(why.clone()) }
        }
    }
}

/// The lines whose units ship from elsewhere; short units show as fewer.
fn moves(old: &Result<Plan, String>, new: &Result<Plan, String>) -> Vec<Move> {
    let (old, new) = (by_line(old), by_line(new));
    let empty = BTreeMap::new();
    let mut lines: Vec<&str> = old.keys().chain(new.keys()).copied().collect();
    lines.sort_unstable();
    lines.dedup();
    let moved = lines.into_iter().filter_map(|line| {
        let (before, after) = (old.get(line).unwrap_or(&empty), new.get(line).unwrap_or(&empty));
        (before != after).then(|| Move { line: line.to_owned(), before: before.clone(), after: after.clone() })
    });
    moved.collect()
}

fn by_line(answer: &Result<Plan, String>) -> BTreeMap<&str, BTreeMap<String, u32>> {
    let mut lines: BTreeMap<&str, BTreeMap<String, u32>> = BTreeMap::new();
    for part in answer.iter().flat_map(|plan| &plan.allocation) {
        lines.entry(part.line.as_str()).or_default().insert(part.warehouse.clone(), part.quantity);
    }
    lines
}
