//! What other rules would have done to the orders in the store.
//!
//! Pages are read one after the other and planned on as many threads as there are cores. The result does not depend on who
//! did what: tallies merge in any order.

use std::num::NonZero;
use std::sync::Arc;

use switchyard_core::rule::routing::{Rule, RuleSet};
use switchyard_core::rule::{DryRun, HeldReport, Report, Tally, dry_run, hold_dry_run};
use switchyard_core::time::Timestamp;
use switchyard_store::Store;
use tokio::task::JoinSet;

use crate::policy::PolicyError;
use crate::{Inner, policy};

/// Snapshots per page: some megabytes.
const PAGE: u32 = 1_000;

/// Which orders are looked at, and how many of the changed ones are listed.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// Orders received at or after this instant.
    pub since: Timestamp,
    /// At most so many changed orders are listed; all are counted.
    pub most_listed: usize,
}

/// Plans every stored order under the rules that hold and under `rules`.
pub(crate) async fn routing(inner: &Inner, rules: Vec<Rule>, scope: Scope) -> Result<Report, PolicyError> {
    let current = policy::routing_rules(&*inner.store).await?.value;
    let wanted = RuleSet { revision: current.revision.clone(), rules };
    compare(&*inner.store, &current, &wanted, scope).await
}

/// Plans every stored order under both rule sets. For whoever has a store and no engine.
///
/// # Errors
/// [`PolicyError`] when `wanted` makes no sense or the store cannot be read.
pub async fn compare(
    store: &dyn Store,
    current: &RuleSet,
    wanted: &RuleSet,
    scope: Scope,
) -> Result<Report, PolicyError> {
    wanted.check()?;
    let compiled = Arc::new((current.compile(), wanted.compile()));
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut work: JoinSet<Tally> = JoinSet::new();
    let run = DryRun { old: &compiled.0, new: &compiled.1, most_moved: scope.most_listed };
    let mut tally = run.tally();
    let mut after = None;
    loop {
        let page = store.planning_snapshots(scope.since, after.as_ref(), PAGE).await?;
        let rules = Arc::clone(&compiled);
        work.spawn_blocking(move || {
            dry_run(DryRun { old: &rules.0, new: &rules.1, most_moved: scope.most_listed }, page.snapshots)
        });
        while work.len() > threads || page.next.is_none() {
            let Some(done) = work.join_next().await else { break };
            tally = tally.merge(done.map_err(died)?);
        }
        after = page.next;
        if after.is_none() {
            return Ok(tally.report());
        }
    }
}

/// Asks which stored orders `rules` would hold, and which the rules that hold now.
pub(crate) async fn holds(
    inner: &Inner,
    rules: Vec<policy::HoldRuleDraft>,
    scope: Scope,
) -> Result<HeldReport, PolicyError> {
    let current = policy::hold_rules(&*inner.store).await?.value;
    let wanted = policy::drafted(rules, inner.clock.now());
    wanted.check()?;
    let (old, new) = (current.compile(), wanted.compile());
    let mut report = hold_dry_run(&old, &new, scope.most_listed, std::iter::empty());
    let mut after = None;
    loop {
        let page = inner.store.planning_snapshots(scope.since, after.as_ref(), PAGE).await?;
        let orders = page.snapshots.iter().map(|snapshot| (snapshot.input.id.as_str(), &snapshot.facts));
        report = report.merge(hold_dry_run(&old, &new, scope.most_listed, orders));
        after = page.next;
        if after.is_none() {
            return Ok(report);
        }
    }
}

fn died(error: tokio::task::JoinError) -> PolicyError {
    PolicyError::Store(switchyard_store::Error::Backend(format!("a dry run died: {error}")))
}
