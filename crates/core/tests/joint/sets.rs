//! Contended sets of orders, made from a seed: the same for tests, benchmark and the figures in the documentation.

use switchyard_core::joint::{EFFORT, JointInput, JointOrder};
use switchyard_core::plan::{Level, ParcelPrice, PlanLine, PlanStock, PlanWarehouse};

/// How a set of orders and its stock are drawn. All orders compete through most of their SKUs in every set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    /// One hub carries every SKU, five regional warehouses a random half each. Stock is 105 % of demand, so that nearly
    /// everything can ship; the question is from how many places. Parcels from the hub are the cheapest.
    Hub,
    /// Like `Hub`, but every order is a basket of two to five lines.
    Baskets,
    /// A central warehouse holds 85 % of the units of every SKU, five outlets a third of the SKUs each. Half the orders
    /// are of one line, which an outlet could ship too; half of four or five, which only the centre has together.
    Outlets,
    /// Like `Hub`, with stock for 90 % of demand and three priorities: somebody must go short.
    Scarce,
    /// Eight equal warehouses, each SKU in four of them at random, stock 110 % of demand, prices by distance.
    Even,
    /// Like `Even`, but half the warehouses are a day late for half the orders, and late hours come first.
    Late,
}

/// All of them.
pub(crate) const SETS: [Set; 6] = [Set::Hub, Set::Baskets, Set::Outlets, Set::Scarce, Set::Even, Set::Late];

/// SplitMix64: a few lines, the same on every platform.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most
    }

    fn usize(&mut self, most: usize) -> usize {
        usize::try_from(self.below(most as u64)).unwrap_or_default()
    }
}

impl Set {
    fn warehouses(self) -> usize {
        match self {
            Self::Hub | Self::Baskets | Self::Outlets | Self::Scarce => 6,
            Self::Even | Self::Late => 8,
        }
    }

    /// Whether a warehouse carries a SKU.
    fn carries(self, warehouse: usize, dice: &mut Dice) -> bool {
        match self {
            Self::Outlets => warehouse == 0 || dice.below(3) == 0,
            Self::Hub | Self::Baskets | Self::Scarce => warehouse == 0 || dice.below(2) == 0,
            Self::Even | Self::Late => dice.below(2) == 0,
        }
    }

    /// Stock in percent of demand.
    fn supply(self) -> u64 {
        match self {
            Self::Hub | Self::Baskets | Self::Outlets => 105,
            Self::Scarce => 90,
            Self::Even | Self::Late => 110,
        }
    }
}

/// A set of so many orders.
pub(crate) fn contended(set: Set, orders: usize, seed: u64) -> JointInput {
    let mut dice = Dice(seed);
    let skus = (orders / 6).max(6);
    let width = set.warehouses();
    let mut demand = vec![0_u64; skus];
    let orders: Vec<JointOrder> = (0..orders)
        .map(|number| {
            let region = dice.usize(width);
            let sizes = match set {
                Set::Baskets => [2, 2, 3, 3, 4, 5],
                Set::Outlets => [1, 1, 1, 4, 4, 5],
                _ => [1, 1, 2, 2, 3, 4],
            };
            let lines = sizes[dice.usize(6)];
            let lines = (0..lines)
                .map(|line| {
                    // The smaller of two draws: some SKUs are wanted more than others.
                    let sku = dice.usize(skus).min(dice.usize(skus));
                    let quantity = [1, 1, 1, 2][dice.usize(4)];
                    demand[sku] += u64::from(quantity);
                    PlanLine {
                        id: format!("l{line}"),
                        sku: format!("SKU-{sku:04}"),
                        quantity,
                        unit_value: 500 + 250 * i64::try_from(sku % 9).unwrap_or(0),
                        unit_weight: 150 + 50 * u32::try_from(sku % 7).unwrap_or(0),
                        pinned_warehouse: None,
                        ship_group: None,
                        splittable: true,
                    }
                })
                .collect();
            JointOrder {
                id: format!("ord_{number:05}"),
                priority: if set == Set::Scarce { [0, 0, 0, 1, 1, 2][dice.usize(6)] } else { 0 },
                lines,
                ship_complete: false,
                max_warehouses: None,
                min_part_value: 0,
                objective: None,
                warehouses: (0..width).map(|place| offer(set, width, place, region)).collect(),
                current: None,
            }
        })
        .collect();
    let mut stock = Vec::new();
    for (sku, demand) in demand.into_iter().enumerate() {
        let mut places: Vec<usize> = (0..width).filter(|place| set.carries(*place, &mut dice)).collect();
        if places.is_empty() {
            places.push(dice.usize(width));
        }
        let mut available = vec![0_u32; width];
        for _ in 0..(demand * set.supply()).div_ceil(100) {
            let central = set == Set::Outlets && dice.below(100) < 85;
            available[if central { 0 } else { places[dice.usize(places.len())] }] += 1;
        }
        for (place, available) in available.into_iter().enumerate().filter(|(_, available)| *available > 0) {
            stock.push(PlanStock { warehouse: format!("w{place}"), sku: format!("SKU-{sku:04}"), available });
        }
    }
    JointInput {
        orders,
        stock,
        capacity: vec![],
        objective: vec![Level::Late, Level::Warehouses, Level::Cost],
        effort: EFFORT,
    }
}

/// What a warehouse costs an order of a region.
fn offer(set: Set, width: usize, place: usize, region: usize) -> PlanWarehouse {
    let apart = place.abs_diff(region).min(width - place.abs_diff(region));
    let distance = match set {
        Set::Hub | Set::Baskets | Set::Outlets | Set::Scarce if place == 0 => 0,
        _ => i64::try_from(apart).unwrap_or(0),
    };
    let late = set == Set::Late && place % 2 == 1 && region.is_multiple_of(2);
    PlanWarehouse {
        id: format!("w{place}"),
        rank: i64::try_from(place).unwrap_or(0),
        eligible: true,
        ineligible_reason: None,
        late_hours: if late { 24 } else { 0 },
        handling: 90,
        unit_handling: 15,
        capacity_units: None,
        excluded_skus: [].into(),
        parcels: vec![
            ParcelPrice { up_to: 1000, price: 390 + 40 * distance },
            ParcelPrice { up_to: 5000, price: 590 + 60 * distance },
        ],
    }
}
