//! What lies on the shelves, as the router is asked about it.
//!
//! The router plans the articles of an order's lines. A bundle that a warehouse ships as components is on no shelf: what the
//! router may use of it there is what can be made of its components ([`Shelves::offer`]), so a set always leaves from one
//! warehouse and every number of the plan is a number of the order's own units.
//!
//! Two articles of one order may be made of the same component, or one of them be it. Then the offers of both cannot be
//! used up together, and [`Shelves::fit`] finds the best plan that the shelves bear: best first, it takes the best plan of
//! the offers, and where that takes more of a shelf than is there, offers less of one of those who share it, each in turn.
//! A plan of smaller offers is never better, so the first that the shelves bear is the best there is.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::bundle::{Bundles, Component, Kit};
use crate::id::WarehouseId;
use crate::plan::{Allocation, Gap, Level, Objective, Plan, PlanError, PlanInput, PlanStock, plan};
use crate::quantity::{Quantity, Sku};

/// Questions put to the router for one order before the search ends; beyond, the plan is one that the shelves bear, and
/// says how far from the best it may be.
pub const QUESTION_LIMIT: usize = 400;

/// Units by place.
type Units = BTreeMap<(WarehouseId, Sku), Quantity>;

/// Units that one order, or several together, may use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shelves {
    bundles: Bundles,
    free: Units,
}

/// A question whose best answer the shelves bear, with that answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    /// As asked, with what is offered of articles that share a component.
    pub input: PlanInput,
    /// The answer to it.
    pub plan: Plan,
}

impl Shelves {
    /// Shelves with so many units free; of what is missing there are none.
    #[must_use]
    pub fn new(bundles: Bundles, free: BTreeMap<(WarehouseId, Sku), Quantity>) -> Self {
        Self { bundles, free }
    }

    /// What a warehouse ships of an article as components; `None` when it ships the article itself.
    #[must_use]
    pub fn kit(&self, sku: &Sku, warehouse: &WarehouseId) -> Option<Kit> {
        self.bundles.kit(sku, warehouse)
    }

    /// Units of these articles that every warehouse could ship, if it shipped nothing else.
    #[must_use]
    pub fn offer(&self, skus: &BTreeSet<Sku>) -> Vec<PlanStock> {
        let warehouses: BTreeSet<&WarehouseId> = self.free.keys().map(|(warehouse, _)| warehouse).collect();
        let mut offer = Vec::new();
        for warehouse in warehouses {
            let free = |sku: &Sku| self.free_of(warehouse, sku);
            for sku in skus {
                let known =
                    self.free.contains_key(&(warehouse.clone(), sku.clone())) || self.bundles.get(sku).is_some();
                if known {
                    let available = self.bundles.shippable(sku, warehouse, free);
                    offer.push(PlanStock { warehouse: warehouse.to_string(), sku: sku.to_string(), available });
                }
            }
        }
        offer
    }

    /// Articles that cannot be planned by their offers alone: a component that is asked for in more than one way is among
    /// what they take.
    #[must_use]
    pub fn sharing(&self, skus: &BTreeSet<Sku>) -> BTreeSet<Sku> {
        let mut takers: BTreeMap<&Sku, BTreeSet<&Sku>> = BTreeMap::new();
        for sku in skus {
            takers.entry(sku).or_default().insert(sku);
            for component in self.bundles.get(sku).iter().flat_map(|bundle| &bundle.components) {
                takers.entry(&component.sku).or_default().insert(sku);
            }
        }
        takers.into_values().filter(|takers| takers.len() > 1).flatten().cloned().collect()
    }

    /// Takes what an allocation of the lines of a question uses, or gives it back.
    pub fn book(&mut self, input: &PlanInput, allocation: &[Allocation], back: bool) {
        for ((warehouse, sku), units) in self.taken(input, allocation) {
            let free = self.free.entry((warehouse, sku)).or_default();
            let units = Quantity::try_from(units).unwrap_or(Quantity::MAX);
            *free = if back { free.saturating_add(units) } else { free.saturating_sub(units) };
        }
    }

    /// The best plan that the shelves bear.
    ///
    /// # Errors
    /// As [`plan`].
    pub fn fit(&self, input: &PlanInput) -> Result<Fitted, PlanError> {
        let first = Fitted { plan: plan(input)?, input: input.clone() };
        if self.overdrawn(&first).is_none() {
            return Ok(first);
        }
        let bound = key(&input.objective, &first.plan.objective);
        let mut seen: BTreeSet<Vec<Quantity>> = BTreeSet::new();
        let mut waiting: BinaryHeap<Reverse<Waiting>> = BinaryHeap::from([Reverse(Waiting::of(first))]);
        let mut asked = 1;
        let mut reached = bound;
        while let Some(Reverse(best)) = waiting.pop() {
            reached = best.key;
            let Some((place, takers)) = self.overdrawn(&best.fitted) else { return Ok(best.fitted) };
            if asked >= QUESTION_LIMIT {
                return self.squeezed(best.fitted.input, &reached);
            }
            for (sku, units) in takers {
                let fewer = offered(&best.fitted.input, &place, &sku, units.saturating_sub(1));
                if seen.insert(fewer.stock.iter().map(|level| level.available).collect()) {
                    asked += 1;
                    waiting.push(Reverse(Waiting::of(Fitted { plan: plan(&fewer)?, input: fewer })));
                }
            }
        }
        self.squeezed(input.clone(), &reached)
    }

    /// A plan the shelves bear and that may not be the best: what is overdrawn goes to the articles by their SKUs.
    fn squeezed(&self, mut input: PlanInput, bound: &[i64]) -> Result<Fitted, PlanError> {
        loop {
            let mut fitted = Fitted { plan: plan(&input)?, input };
            let Some((place, takers)) = self.overdrawn(&fitted) else {
                let levels = key(&fitted.input.objective, &fitted.plan.objective);
                let apart = levels.iter().zip(bound).position(|(found, bound)| found != bound);
                if let Some(level) = apart {
                    let by = |levels: &[i64]| levels.get(level).copied().unwrap_or(0);
                    fitted.plan.proven = false;
                    fitted.plan.gap =
                        Some(Gap { level: name(&fitted.input.objective, level), by: by(&levels) - by(bound) });
                }
                return Ok(fitted);
            };
            input = fitted.input;
            let (warehouse, component) = &place;
            let mut left = self.free_of(warehouse, component);
            for (sku, units) in takers {
                let each = self.units_of(&sku, warehouse, component).max(1);
                let units = units.min(left / each);
                left -= units * each;
                input = offered(&input, &place, &sku, units);
            }
        }
    }

    fn free_of(&self, warehouse: &WarehouseId, sku: &Sku) -> Quantity {
        self.free.get(&(warehouse.clone(), sku.clone())).copied().unwrap_or(0)
    }

    /// Units of something that one unit of an article takes from the shelf of a warehouse.
    fn units_of(&self, sku: &Sku, warehouse: &WarehouseId, taken: &Sku) -> Quantity {
        let components = self.bundles.kit(sku, warehouse).map(|kit| kit.components);
        let components = components.unwrap_or_else(|| vec![Component { sku: sku.clone(), units: 1 }]);
        components.iter().filter(|component| &component.sku == taken).map(|component| component.units).sum()
    }

    fn taken(&self, input: &PlanInput, allocation: &[Allocation]) -> BTreeMap<(WarehouseId, Sku), u64> {
        let mut taken: BTreeMap<(WarehouseId, Sku), u64> = BTreeMap::new();
        for (warehouse, sku, units) in shares(input, allocation) {
            let components = self.bundles.kit(&sku, &warehouse).map(|kit| kit.components);
            for component in components.unwrap_or_else(|| vec![Component { sku, units: 1 }]) {
                let of = taken.entry((warehouse.clone(), component.sku)).or_default();
                *of = of.saturating_add(u64::from(component.units) * u64::from(units));
            }
        }
        taken
    }

    /// The first shelf that a plan takes too much of, and the units of each article that it ships from there, which take
    /// some of it.
    fn overdrawn(&self, fitted: &Fitted) -> Option<((WarehouseId, Sku), BTreeMap<Sku, Quantity>)> {
        let Fitted { input, plan } = fitted;
        let taken = self.taken(input, &plan.allocation);
        let over =
            |((warehouse, sku), units): &(&(WarehouseId, Sku), &u64)| **units > u64::from(self.free_of(warehouse, sku));
        let place = taken.iter().find(over)?.0.clone();
        let mut takers: BTreeMap<Sku, Quantity> = BTreeMap::new();
        for (warehouse, sku, units) in shares(input, &plan.allocation) {
            if warehouse == place.0 && self.units_of(&sku, &warehouse, &place.1) > 0 {
                *takers.entry(sku).or_default() += units;
            }
        }
        Some((place, takers))
    }
}

/// Units of articles by warehouse that an allocation ships.
fn shares<'a>(
    input: &'a PlanInput,
    allocation: &'a [Allocation],
) -> impl Iterator<Item = (WarehouseId, Sku, Quantity)> + 'a {
    allocation.iter().filter_map(|share| {
        let line = input.lines.iter().find(|line| line.id == share.line)?;
        Some((share.warehouse.parse().ok()?, Sku::new(&line.sku), share.quantity))
    })
}

/// The same question with so many units of an article offered in a warehouse.
fn offered(input: &PlanInput, (warehouse, _): &(WarehouseId, Sku), sku: &Sku, units: Quantity) -> PlanInput {
    let mut input = input.clone();
    for level in &mut input.stock {
        if level.warehouse == warehouse.as_str() && level.sku == sku.as_str() {
            level.available = units;
        }
    }
    input
}

/// An answer in the search; the best first, ties by what it offers.
#[derive(Debug, PartialEq, Eq)]
struct Waiting {
    key: Vec<i64>,
    fitted: Fitted,
}

impl Waiting {
    fn of(fitted: Fitted) -> Self {
        Self { key: key(&fitted.input.objective, &fitted.plan.objective), fitted }
    }

    fn turn(&self) -> (&[i64], &[Allocation], Vec<Quantity>) {
        let offers = self.fitted.input.stock.iter().map(|level| level.available).collect();
        (&self.key, &self.fitted.plan.allocation, offers)
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.turn().cmp(&other.turn())
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// An objective as it is compared: smaller is better, the first difference decides.
fn key(order: &[Level], objective: &Objective) -> Vec<i64> {
    let level = |level: &Level| match level {
        Level::Late => objective.late,
        Level::Warehouses => objective.warehouses,
        Level::Cost => objective.cost,
    };
    std::iter::once(objective.short_value)
        .chain(order.iter().map(level))
        .chain(std::iter::once(objective.rank_sum))
        .collect()
}

/// What stands at a place of that.
fn name(order: &[Level], place: usize) -> String {
    let level = place.checked_sub(1).map(|place| order.get(place));
    match level {
        None => "short_value",
        Some(Some(Level::Late)) => "late",
        Some(Some(Level::Warehouses)) => "warehouses",
        Some(Some(Level::Cost)) => "cost",
        Some(None) => "rank_sum",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bundle::{Bundle, Keeping};
    use crate::plan::{PlanLine, PlanWarehouse};
    use crate::time::Timestamp;

    fn place(number: u8) -> WarehouseId {
        WarehouseId::new(Timestamp::EPOCH, [number; 10])
    }

    fn bundle(sku: &str, components: &[(&str, Quantity)]) -> Bundle {
        let component = |(sku, units): &(&str, Quantity)| Component { sku: Sku::new(sku), units: *units };
        Bundle {
            sku: Sku::new(sku),
            components: components.iter().map(component).collect(),
            keeping: BTreeMap::from([(place(3), Keeping::Whole)]),
        }
    }

    /// A set of a pot and four cups and one of two cups, kept whole in the third warehouse only.
    fn shelves(free: &[(u8, &str, Quantity)]) -> Shelves {
        let bundles = Bundles::new([bundle("SET", &[("POT", 1), ("CUP", 4)]), bundle("PAIR", &[("CUP", 2)])]).unwrap();
        Shelves::new(bundles, free.iter().map(|(at, sku, units)| ((place(*at), Sku::new(sku)), *units)).collect())
    }

    fn question(shelves: &Shelves, lines: &[(&str, Quantity)]) -> PlanInput {
        let line = |(number, (sku, quantity)): (usize, &(&str, Quantity))| PlanLine {
            id: number.to_string(),
            sku: (*sku).to_owned(),
            quantity: *quantity,
            unit_value: 30 * i64::from(*sku == "SET") + 10,
            unit_weight: 0,
            pinned_warehouse: None,
            ship_group: None,
            splittable: true,
        };
        let warehouse = |number: u8| PlanWarehouse {
            id: place(number).to_string(),
            rank: i64::from(number),
            eligible: true,
            ineligible_reason: None,
            late_hours: 0,
            handling: 0,
            unit_handling: 0,
            capacity_units: None,
            excluded_skus: BTreeSet::new(),
            parcels: Vec::new(),
        };
        PlanInput {
            id: "order".to_owned(),
            lines: lines.iter().enumerate().map(line).collect(),
            ship_complete: false,
            max_warehouses: None,
            min_part_value: 0,
            objective: vec![Level::Late, Level::Warehouses, Level::Cost],
            warehouses: (1..=3).map(warehouse).collect(),
            stock: shelves.offer(&lines.iter().map(|(sku, _)| Sku::new(sku)).collect()),
        }
    }

    #[test]
    fn a_warehouse_offers_the_sets_that_its_shelves_make_or_those_it_has() {
        let shelves =
            shelves(&[(1, "POT", 3), (1, "CUP", 9), (1, "SET", 50), (2, "CUP", 8), (3, "SET", 4), (3, "CUP", 9)]);
        let offer = shelves.offer(&BTreeSet::from([Sku::new("SET")]));
        let units: Vec<_> = offer.iter().map(|level| (level.warehouse.as_str(), level.available)).collect();
        let at: Vec<String> = (1..=3).map(|number| place(number).to_string()).collect();
        assert_eq!(units, [(at[0].as_str(), 2), (at[1].as_str(), 0), (at[2].as_str(), 4)], "no pot, no set");
    }

    #[test]
    fn sets_are_split_between_warehouses_and_never_torn_apart() {
        let shelves = shelves(&[(1, "POT", 1), (1, "CUP", 4), (2, "POT", 1), (2, "CUP", 3), (3, "SET", 1)]);
        let fitted = shelves.fit(&question(&shelves, &[("SET", 2)])).unwrap();
        let used: Vec<_> =
            fitted.plan.allocation.iter().map(|share| (share.warehouse.clone(), share.quantity)).collect();
        assert_eq!(used, [(place(1).to_string(), 1), (place(3).to_string(), 1)], "the second has a cup too few");
    }

    #[test]
    fn two_lines_that_need_the_same_cups_get_what_there_is() {
        let shelves = shelves(&[(1, "POT", 2), (1, "CUP", 5)]);
        let input = question(&shelves, &[("SET", 1), ("CUP", 2)]);
        assert!(plan(&input).unwrap().short.is_empty(), "by the offers alone it ships");
        let fitted = shelves.fit(&input).unwrap();
        assert!(fitted.plan.proven);
        assert_eq!(
            fitted.plan.short.iter().map(|short| (short.line.as_str(), short.quantity)).collect::<Vec<_>>(),
            [("1", 1)]
        );
        assert_eq!(plan(&fitted.input).unwrap(), fitted.plan, "the question that is kept has this answer");
        assert_eq!(shelves.sharing(&[Sku::new("SET"), Sku::new("POT")].into()).len(), 2);
        assert!(shelves.sharing(&[Sku::new("SET"), Sku::new("MUG")].into()).is_empty());
    }

    #[test]
    fn what_is_too_large_to_be_searched_is_still_borne_and_says_how_far_off_it_may_be() {
        let shelves = shelves(&[(1, "POT", 400), (1, "CUP", 1_000), (2, "CUP", 10)]);
        let fitted = shelves.fit(&question(&shelves, &[("SET", 250), ("CUP", 600), ("PAIR", 300)])).unwrap();
        assert_eq!(shelves.overdrawn(&fitted), None);
        assert!(!fitted.plan.proven && fitted.plan.gap.is_some_and(|gap| gap.by > 0));
    }

    /// The best of all ways to divide every shelf beforehand.
    fn brute(shelves: &Shelves, input: &PlanInput) -> Vec<i64> {
        let mut offers = vec![input.clone()];
        for level in 0..input.stock.len() {
            offers = offers
                .into_iter()
                .flat_map(|input| {
                    (0..=input.stock[level].available.min(3)).map(move |units| {
                        let mut fewer = input.clone();
                        fewer.stock[level].available = units;
                        fewer
                    })
                })
                .collect();
        }
        let answers = offers.into_iter().map(|input| Fitted { plan: plan(&input).unwrap(), input });
        let borne = answers.filter(|fitted| shelves.overdrawn(fitted).is_none());
        borne.map(|fitted| key(&fitted.input.objective, &fitted.plan.objective)).min().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_plan_is_the_best_that_the_shelves_bear(
            pots in 0..3_u32,
            cups in 0..9_u32,
            other in 0..5_u32,
            sets in 0..3_u32,
            pairs in 0..3_u32,
            alone in 0..3_u32,
        ) {
            let shelves = shelves(&[(1, "POT", pots), (1, "CUP", cups), (2, "CUP", other), (3, "SET", 1)]);
            let input = question(&shelves, &[("SET", sets.max(1)), ("PAIR", pairs.max(1)), ("CUP", alone.max(1))]);
            let fitted = shelves.fit(&input).unwrap();
            prop_assert_eq!(shelves.overdrawn(&fitted), None);
            prop_assert!(fitted.plan.proven);
            prop_assert_eq!(key(&input.objective, &fitted.plan.objective), brute(&shelves, &input));
            let mut after = shelves.clone();
            after.book(&input, &fitted.plan.allocation, false);
            after.book(&input, &fitted.plan.allocation, true);
            for (place, units) in &shelves.free {
                prop_assert_eq!(after.free.get(place), Some(units));
            }
        }
    }
}
