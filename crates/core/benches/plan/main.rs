//! How long a plan takes, explanation included: criterion's median for some sizes, and percentiles over many distinct
//! orders for all of them. `docs/router.md` says how to read it.
//!
//! `cargo bench -p switchyard-core --bench plan` prints both. `-- --percentiles` prints only the percentiles, over as
//! many orders per size as `--orders N` says (2,000 unless told). `--kind everyday` and `--size 50x8` choose some of
//! them; `--slowest 5` names those that take longest, with the work of each part; `--seed 17` shows one of them whole.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a program for a person at a terminal")]

mod instances;
mod percentiles;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion};
use instances::{Kind, order};
use switchyard_core::plan::plan;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let told = |name: &str| arguments.iter().position(|argument| argument == name);
    if told("--percentiles").is_none() {
        medians(&mut Criterion::default().configure_from_args());
    }
    if told("--test").is_none() && told("--list").is_none() {
        percentiles::print(&percentiles::Wish::new(&arguments));
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
