//! Joint planning of contended sets. `cargo bench -p switchyard-core --bench joint` prints the table of
//! `docs/joint-planning.md` and then times the sets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark"
)]

use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group};
use switchyard_core::joint::{JointInput, JointPlan, plan};

#[path = "../tests/joint/sets.rs"]
mod sets;

use sets::{SETS, Set, contended};

/// Time this process has run on a processor, where the system tells: on a machine with others the wall clock says little.
fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}

/// How long one joint plan takes, least and middle of several.
fn timed(input: &JointInput) -> (JointPlan, Duration, Duration) {
    let mut times = Vec::new();
    let mut answer = None;
    let clock = Instant::now();
    for _ in 0..3 {
        let start = on_processor().unwrap_or_else(|| clock.elapsed());
        answer = Some(plan(input).unwrap());
        times.push(on_processor().unwrap_or_else(|| clock.elapsed()) - start);
    }
    times.sort();
    (answer.unwrap(), times[0], times[1])
}

fn row(set: Set, orders: usize, seed: u64, times: u64) {
    let mut input = contended(set, orders, seed);
    input.effort *= times;
    let (plan, least, middle) = timed(&input);
    let competing: usize = plan.components.iter().map(|component| component.orders.len()).sum();
    let sum =
        |pick: &dyn Fn(&switchyard_core::joint::Component) -> i64| -> i64 { plan.components.iter().map(pick).sum() };
    let short = |objective: &switchyard_core::joint::JointObjective| -> i64 {
        objective.short.iter().map(|short| short.short_value).sum()
    };
    let (before, after) = (sum(&|c| c.one_by_one.warehouses), sum(&|c| c.objective.warehouses));
    let gaps: Vec<String> = plan
        .components
        .iter()
        .filter_map(|component| component.gap.as_ref())
        .map(|gap| format!("{} {} over {}", gap.level, gap.by, gap.bound))
        .collect();
    println!(
        "{set:?} {orders} seed {seed} effort x{times}: competing {competing} in {}, short {} -> {}, late {} -> {}, parcels {before} -> {after} ({:.1} %), cost {} -> {}, \
         {} / {} ms, effort {} M, gap {}",
        plan.components.len(),
        sum(&|c| short(&c.one_by_one)),
        sum(&|c| short(&c.objective)),
        sum(&|c| c.one_by_one.late),
        sum(&|c| c.objective.late),
        100.0 * (before - after) as f64 / before as f64,
        sum(&|c| c.one_by_one.cost),
        sum(&|c| c.objective.cost),
        least.as_millis(),
        middle.as_millis(),
        plan.effort / 1_000_000,
        gaps.join("; "),
    );
}

fn joint(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("joint");
    group.sample_size(10);
    for set in SETS {
        for orders in [50, 200, 1000] {
            let input = contended(set, orders, 1);
            group.bench_with_input(BenchmarkId::new(format!("{set:?}"), orders), &input, |bencher, input| {
                bencher.iter(|| plan(input).unwrap());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, joint);

fn main() {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load {}", load.trim());
    for set in SETS {
        for (orders, seed, times) in [(50, 1, 1), (200, 1, 1), (200, 1, 5), (200, 2, 1), (1000, 1, 1), (1000, 2, 1)] {
            row(set, orders, seed, times);
        }
    }
    if std::env::args().any(|argument| argument == "--table") {
        return;
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
