//! Percentiles over many distinct orders of each size, and the orders that take longest by their seeds.
//!
//! Time is that of the thread on a processor, so other work on the machine counts little; steps are counted by the
//! router itself and are the same everywhere.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use switchyard_core::plan::{Plan, Work, plan, plan_and_work};

use crate::instances::{Kind, order};

const WAREHOUSES: [u32; 7] = [2, 3, 5, 8, 10, 20, 50];
const LINES: [u32; 4] = [1, 4, 8, 12];
const KINDS: [Kind; 3] = [Kind::Everyday, Kind::Adversarial, Kind::Mixed];

/// An order that takes longer than this is measured once, all others three times, of which the least counts.
const LONG: Duration = Duration::from_millis(50);

/// What to measure: `--orders N`, `--kind K`, `--size WxL`, `--slowest N`, `--seed S`.
pub(crate) struct Wish {
    orders: u64,
    kind: Option<String>,
    size: Option<String>,
    slowest: usize,
    seed: Option<u64>,
}

impl Wish {
    /// From the command line.
    pub(crate) fn new(arguments: &[String]) -> Self {
        let after = |name: &str| {
            let at = arguments.iter().position(|argument| argument == name)?;
            arguments.get(at + 1).cloned()
        };
        let number = |name: &str| after(name).and_then(|text| text.parse().ok());
        Self {
            orders: number("--orders").unwrap_or(2000),
            kind: after("--kind"),
            size: after("--size"),
            slowest: number("--slowest").and_then(|count| usize::try_from(count).ok()).unwrap_or(0),
            seed: number("--seed"),
        }
    }

    fn takes(&self, kind: Kind, warehouses: u32, lines: u32) -> bool {
        let name = format!("{kind:?}").to_lowercase();
        self.kind.as_ref().is_none_or(|wanted| *wanted == name)
            && self.size.as_ref().is_none_or(|wanted| *wanted == format!("{warehouses}x{lines}"))
    }
}

/// One order's measurement.
struct Timed {
    seed: u64,
    time: Duration,
    work: Work,
    plan: Plan,
}

fn on_processor() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap()
}

fn measure(kind: Kind, warehouses: u32, lines: u32, seed: u64) -> Timed {
    let input = order(kind, warehouses, lines, seed);
    let mut time = Duration::MAX;
    for _ in 0..3 {
        let start = on_processor();
        black_box(plan(black_box(&input)).unwrap());
        time = time.min(on_processor().saturating_sub(start));
        if time > LONG {
            break;
        }
    }
    let (plan, work) = plan_and_work(&input).unwrap();
    Timed { seed, time, work, plan }
}

/// Prints them.
pub(crate) fn print(wish: &Wish) {
    println!(
        "microseconds of processor time, and thousands of steps; {} distinct orders each; `open` says how",
        wish.orders
    );
    println!("many the step limit left unproven");
    println!("kind         warehouses lines      p50      p90      p99       max  ksteps99   kstepsmax  open");
    for kind in KINDS {
        for warehouses in WAREHOUSES {
            for lines in LINES {
                if wish.takes(kind, warehouses, lines) {
                    size(wish, kind, warehouses, lines);
                }
            }
        }
    }
}

fn size(wish: &Wish, kind: Kind, warehouses: u32, lines: u32) {
    let seeds = wish.seed.map_or(0..wish.orders, |seed| seed..seed + 1);
    let mut all: Vec<Timed> = seeds.map(|seed| measure(kind, warehouses, lines, seed)).collect();
    let mut steps: Vec<u64> = all.iter().map(|one| total(&one.work)).collect();
    steps.sort_unstable();
    all.sort_by_key(|one| one.time);
    let at = |percent: usize| (all.len() * percent / 100).min(all.len() - 1);
    let micros = |percent: usize| all.get(at(percent)).map_or(0.0, |one| one.time.as_secs_f64() * 1e6);
    let kilo = |percent: usize| steps.get(at(percent)).map_or(0, |count| count / 1000);
    println!(
        "{:12} {warehouses:10} {lines:5} {:8.1} {:8.1} {:8.1} {:9.1} {:9} {:11} {:5}",
        format!("{kind:?}"),
        micros(50),
        micros(90),
        micros(99),
        micros(100),
        kilo(99),
        kilo(100),
        all.iter().filter(|one| !one.plan.proven).count()
    );
    for Timed { seed, time, work, plan } in all.iter().rev().take(wish.slowest) {
        let of = |part: switchyard_core::plan::Spent| format!("{}+{}", part.steps, part.nodes);
        println!(
            "    seed {seed:5} {:10.1} us  steps+nodes: optimum {} explain {} ties {} reasons {}; {:?} {}",
            time.as_secs_f64() * 1e6,
            of(work.optimum),
            of(work.explanations),
            of(work.tie_break),
            of(work.reasons),
            plan.objective,
            if plan.proven { "" } else { "OPEN" }
        );
        if wish.seed.is_some() {
            println!("{:#?}\n{plan:#?}", order(kind, warehouses, lines, *seed));
        }
    }
}

fn total(work: &Work) -> u64 {
    [work.optimum, work.explanations, work.tie_break, work.reasons]
        .iter()
        .map(|part| part.steps + part.nodes * 100)
        .sum()
}
