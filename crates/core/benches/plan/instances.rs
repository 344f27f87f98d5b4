//! Orders for measuring, drawn from a seed: the same seed gives the same order on every machine.
#![allow(clippy::indexing_slicing, reason = "a bench may panic")]

use switchyard_core::plan::{Level, ParcelPrice, PlanInput, PlanLine, PlanStock, PlanWarehouse};

/// What kind of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What shops send: opening, unit and parcel costs, stock limits; now and then a split limit or scarce stock.
    Everyday,
    /// Every warehouse has few of the SKUs and they all cost about the same: covers are hard to tell apart.
    Adversarial,
    /// Every kind of constraint at once, and any order of the levels.
    Mixed,
}

/// A small fixed generator (xorshift64*), so that no crate's next version changes the orders.
pub(crate) struct Draw(u64);

impl Draw {
    /// Of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        let mut draw = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            draw.next();
        }
        draw
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// Evenly from `low..=high`.
    pub(crate) fn of(&mut self, low: u32, high: u32) -> u32 {
        low + u32::try_from(self.next() % u64::from(high - low + 1)).unwrap_or(0)
    }

    /// True in so many of a hundred.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.of(1, 100) <= percent
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.of(0, u32::try_from(of.len() - 1).unwrap_or(0)) as usize]
    }
}

/// An order of this size.
pub(crate) fn order(kind: Kind, warehouses: u32, lines: u32, seed: u64) -> PlanInput {
    let mut draw = Draw::new(seed ^ (u64::from(warehouses) << 40) ^ (u64::from(lines) << 32));
    let d = &mut draw;
    let mixed = kind == Kind::Mixed;
    let mut input = PlanInput {
        id: format!("ord_{seed}"),
        lines: Vec::new(),
        ship_complete: mixed && d.chance(15),
        max_warehouses: d.chance(if mixed { 30 } else { 10 }).then(|| d.of(1, 4)),
        min_part_value: if d.chance(if mixed { 30 } else { 10 }) { i64::from(d.of(1, 40)) * 100 } else { 0 },
        objective: vec![Level::Late, Level::Warehouses, Level::Cost],
        warehouses: Vec::new(),
        stock: Vec::new(),
    };
    if mixed && d.chance(60) {
        let all = [Level::Late, Level::Warehouses, Level::Cost];
        let first = d.of(0, 2) as usize;
        let second = (first + d.of(1, 2) as usize) % 3;
        input.objective = vec![all[first], all[second], all[3 - first - second]];
        input.objective.truncate(d.of(0, 6).min(3) as usize);
    }
    for number in 0..lines {
        let shared = mixed && d.chance(15);
        input.lines.push(PlanLine {
            id: format!("l{number}"),
            sku: format!("S{}", if shared { d.of(0, lines - 1) } else { number }),
            quantity: d.one(&[1, 1, 1, 1, 2, 2, 3, 5, 10]),
            unit_value: if mixed && d.chance(10) { 0 } else { i64::from(d.of(5, 200)) * 50 },
            unit_weight: d.of(1, 30) * 50,
            pinned_warehouse: (mixed && d.chance(8)).then(|| format!("w{:02}", d.of(0, warehouses - 1))),
            ship_group: (mixed && d.chance(15)).then(|| format!("g{}", d.of(0, 1))),
            splittable: !(mixed && d.chance(20)),
        });
    }
    let late = kind != Kind::Adversarial && d.chance(50);
    let tariffs = [
        vec![(1000, 390), (5000, 590), (31_500, 1490)],
        vec![(2000, 450), (10_000, 790)],
        vec![(500, 210), (1000, 320), (3000, 480), (20_000, 990)],
        vec![],
    ];
    let same = d.of(0, 3) as usize;
    for number in 0..warehouses {
        let tariff = if kind == Kind::Adversarial { same } else { d.of(0, 3) as usize };
        input.warehouses.push(PlanWarehouse {
            id: format!("w{number:02}"),
            rank: i64::from(if kind == Kind::Adversarial { d.of(0, 1) } else { number }),
            eligible: !d.chance(if mixed { 10 } else { 3 }),
            ineligible_reason: None,
            late_hours: if late { i64::from(d.one(&[0, 0, 0, 24, 24, 48])) } else { 0 },
            handling: if kind == Kind::Adversarial { 90 } else { i64::from(d.of(0, 30)) * 10 },
            unit_handling: if kind == Kind::Adversarial { 15 } else { i64::from(d.of(0, 30)) },
            capacity_units: (mixed && d.chance(15)).then(|| d.of(0, 12)),
            excluded_skus: if mixed && d.chance(15) {
                [format!("S{}", d.of(0, lines - 1))].into()
            } else {
                Default::default()
            },
            parcels: tariffs[tariff].iter().map(|&(up_to, price)| ParcelPrice { up_to, price }).collect(),
        });
    }
    let carried = match kind {
        Kind::Adversarial => d.of(15, 40),
        Kind::Everyday | Kind::Mixed => d.of(30, 90),
    };
    let scarce = d.chance(20);
    for warehouse in &input.warehouses {
        for number in 0..lines {
            if d.chance(carried) {
                input.stock.push(PlanStock {
                    warehouse: warehouse.id.clone(),
                    sku: format!("S{number}"),
                    available: if scarce { d.of(0, 2) } else { d.one(&[1, 2, 3, 5, 10, 20, 50]) },
                });
            }
        }
    }
    input
}
