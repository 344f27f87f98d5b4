//! How long a plan takes, explanation included: criterion's median for some sizes, and percentiles over many distinct
//! orders for all of them. `docs/router.md` says how to read it.
//!
//! `cargo bench -p switchyard-core --bench plan` prints both. `-- --percentiles` prints only the percentiles, over as
//! many orders per size as `--orders N` says (2,000 unless told).
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a program for a person at a terminal")]

mod instances;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion};
use instances::{Kind, order};
use switchyard_core::plan::plan;

const WAREHOUSES: [u32; 7] = [2, 3, 5, 8, 10, 20, 50];
const LINES: [u32; 4] = [1, 4, 8, 12];

/// An order that takes longer than this is measured once, all others three times, of which the least counts.
const LONG: Duration = Duration::from_millis(50);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let told = |name: &str| arguments.iter().position(|argument| argument == name);
    let orders = told("--orders").and_then(|at| arguments.get(at + 1)).and_then(|count| count.parse().ok());
    if told("--percentiles").is_none() {
        medians(&mut Criterion::default().configure_from_args());
    }
    if told("--test").is_none() && told("--list").is_none() {
        percentiles(orders.unwrap_or(2000));
    }
}

fn medians(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("plan");
    for (warehouses, lines) in [(2, 1), (5, 4), (10, 4), (20, 8), (50, 8)] {
        let inputs: Vec<_> = (0..500).map(|seed| order(Kind::Everyday, warehouses, lines, seed)).collect();
        let mut next = inputs.iter().cycle();
        group.bench_function(BenchmarkId::new("everyday", format!("{warehouses}x{lines}")), |bencher| {
            bencher.iter(|| plan(black_box(next.next().unwrap())).unwrap());
        });
    }
    group.finish();
}

fn percentiles(count: u64) {
    println!("microseconds over {count} distinct orders each; `open` says how many the step limit left unproven");
    println!("kind         warehouses lines      p50      p90      p99       max  open");
    for kind in [Kind::Everyday, Kind::Adversarial, Kind::Mixed] {
        for warehouses in WAREHOUSES {
            for lines in LINES {
                let (mut times, mut open) = (Vec::new(), 0);
                for seed in 0..count {
                    let input = order(kind, warehouses, lines, seed);
                    let mut least = Duration::MAX;
                    for _ in 0..3 {
                        let start = Instant::now();
                        let plan = plan(black_box(&input)).unwrap();
                        least = least.min(start.elapsed());
                        if least > LONG {
                            open += u32::from(!plan.proven);
                            break;
                        }
                    }
                    times.push(least);
                }
                times.sort_unstable();
                let at = |percent: usize| {
                    let index = (times.len() * percent / 100).min(times.len() - 1);
                    times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1e6)
                };
                println!(
                    "{:12} {warehouses:10} {lines:5} {:8.1} {:8.1} {:8.1} {:9.1} {open:5}",
                    format!("{kind:?}"),
                    at(50),
                    at(90),
                    at(99),
                    at(100)
                );
            }
        }
    }
}
