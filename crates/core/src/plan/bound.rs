//! What a part of the search space scores at best, and an assignment that comes near it.
//!
//! The relaxation is a flow: lines send units to warehouses (through a shared place where lines want the same SKU) and
//! what no warehouse takes falls short. Stock, capacity, cell limits and "a warehouse that is in ships something" are
//! exact in it. Fixed costs of open warehouses are spread over the units they could ship, parcels are bounded from
//! below, and groups, single sources, part values and the number of warehouses are left to branching.

use super::cover::{Cover, Needs};
use super::flow::{Cost, Network, PARTS};
use super::levels::{DEPTH, Levels, Measure, Measures};
use super::node::{Node, Role};
use super::problem::{MONEY_SCALE, Problem};

/// The relaxation of a node.
#[derive(Debug)]
pub(super) struct Relaxed {
    /// No assignment of the node scores less. May be below the node's own bound, which came from elsewhere too.
    pub(super) levels: Levels,
    /// Units by cell of the relaxed optimum; it may break the rules that were left to branching.
    pub(super) units: Vec<u32>,
    /// How many warehouses it takes.
    pub(super) cover: Cover,
}

/// Which linear measures a flow minimises after use and shortage.
#[derive(Clone, Copy)]
struct Chain {
    late: Option<usize>,
    cost: Option<usize>,
}

/// Relaxes a settled node; `None` when a warehouse that is in cannot ship anything.
pub(super) fn relax(problem: &Problem, measures: &Measures, node: &Node) -> Option<Relaxed> {
    let late = measures.position(Measure::Late);
    let cost = measures.position(Measure::Cost);
    // `late` is exact and may be followed by cost. Cost is only bounded, so nothing may be concluded after it.
    let late_first = match (late, cost) {
        (Some(late), Some(cost)) => late < cost,
        (Some(_), None) => true,
        (None, _) => false,
    };
    // Cost also steers the assignment when it is not a level: fewer warehouses are nearer to everything.
    let prices = Prices::new(problem, node);
    let chain = if late_first { Chain { late: Some(2), cost: Some(3) } } else { Chain { late: None, cost: Some(2) } };
    let units = assign(problem, node, &prices, chain)?;
    let short = shortage(problem, &units);
    let mut found = [0; DEPTH];
    let late_bound = match late {
        Some(_) if late_first => lateness(problem, &units),
        Some(_) => lateness(problem, &assign(problem, node, &prices, Chain { late: Some(2), cost: None })?),
        None => 0,
    };
    let late_before_count = late.is_some() && late < measures.position(Measure::Warehouses);
    let latest = if late_before_count && late_first { late_bound } else { i64::MAX };
    let needs = Needs::new(problem, node, short);
    let cover = Cover::new(problem, node, &needs, latest);
    for (level, slot) in found.iter_mut().enumerate() {
        *slot = match measures.at(level) {
            Some(Measure::Short) => short,
            Some(Measure::Late) => late_bound,
            Some(Measure::Warehouses) => i64::try_from(cover.warehouses).unwrap_or(i64::MAX),
            Some(Measure::Cost) => prices.total(problem, &units),
            Some(Measure::Rank) => lowest_ranks(problem, node, cover.warehouses),
            None => 0,
        };
    }
    Some(Relaxed { levels: found, units, cover })
}

/// Linear prices per warehouse that never exceed the true cost inside the node; scaled money.
#[derive(Debug)]
pub(super) struct Prices {
    fixed: Vec<i64>,
    per_unit: Vec<i64>,
    per_gram: Vec<i64>,
}

impl Prices {
    pub(super) fn new(problem: &Problem, node: &Node) -> Self {
        let width = problem.warehouses.len();
        let (mut fixed, mut per_unit, mut per_gram) = (vec![0; width], vec![0; width], vec![0; width]);
        for (number, warehouse) in problem.warehouses.iter().enumerate() {
            per_unit[number] = warehouse.unit_handling * MONEY_SCALE;
            let cells = || problem.lines.iter().enumerate().map(|(line, facts)| (facts, problem.cell(line, number)));
            match node.roles[number] {
                Role::Out => {}
                Role::In => {
                    let least: u64 = cells().map(|(line, cell)| line.weight * u64::from(node.least[cell])).sum();
                    let most: u64 = cells().map(|(line, cell)| line.weight * u64::from(node.most[cell])).sum();
                    let lightest = cells().filter(|(_, cell)| node.most[*cell] > 0).map(|(line, _)| line.weight).min();
                    let certain = warehouse.tariff.price(least.max(lightest.unwrap_or(0))) * MONEY_SCALE;
                    fixed[number] = warehouse.handling * MONEY_SCALE;
                    // Two valid bounds on parcels; the middle of the weights still possible says which is better.
                    let slope = warehouse.tariff.slope();
                    if i128::from(slope) * i128::from(least / 2 + most / 2) > i128::from(certain) {
                        per_gram[number] = slope;
                    } else {
                        fixed[number] += certain;
                    }
                }
                Role::Open => {
                    let most: u64 = cells().map(|(_, cell)| u64::from(node.most[cell])).sum();
                    let wanted: u64 = problem.lines.iter().map(|line| u64::from(line.quantity)).sum();
                    let lightest = cells().filter(|(_, cell)| node.most[*cell] > 0).map(|(line, _)| line.weight).min();
                    let use_price = warehouse.handling + warehouse.tariff.price(lightest.unwrap_or(0));
                    let units = i64::try_from(most.min(wanted).min(warehouse.capacity)).unwrap_or(i64::MAX).max(1);
                    per_unit[number] += use_price * MONEY_SCALE / units;
                }
            }
        }
        Self { fixed, per_unit, per_gram }
    }

    /// Of one unit of a line from a warehouse, scaled.
    pub(super) fn of_unit(&self, problem: &Problem, line: usize, warehouse: usize) -> i64 {
        let weight = i64::try_from(problem.lines[line].weight).unwrap_or(i64::MAX);
        self.per_unit[warehouse] + self.per_gram[warehouse] * weight
    }

    /// The bound in whole minor units.
    fn total(&self, problem: &Problem, units: &[u32]) -> i64 {
        let mut scaled = self.of_use();
        for line in 0..problem.lines.len() {
            for warehouse in 0..problem.warehouses.len() {
                let count = units[problem.cell(line, warehouse)];
                if count > 0 {
                    scaled += self.of_unit(problem, line, warehouse) * i64::from(count);
                }
            }
        }
        in_minor_units(scaled)
    }

    /// Of the warehouses that are in, scaled.
    pub(super) fn of_use(&self) -> i64 {
        self.fixed.iter().sum()
    }
}

/// Scaled money rounded up: true costs are whole.
pub(super) fn in_minor_units(scaled: i64) -> i64 {
    scaled.div_euclid(MONEY_SCALE) + i64::from(scaled.rem_euclid(MONEY_SCALE) > 0)
}

/// The cheapest flow, as units by cell.
fn assign(problem: &Problem, node: &Node, prices: &Prices, chain: Chain) -> Option<Vec<u32>> {
    let in_use =
        |units: &[u32], warehouse: usize| (0..problem.lines.len()).any(|line| units[problem.cell(line, warehouse)] > 0);
    let keeps_roles = |units: &Vec<u32>| {
        node.roles.iter().enumerate().all(|(number, role)| *role != Role::In || in_use(units, number))
    };
    // Mostly the cheapest flow uses every warehouse that is in without being told to.
    let free = cheapest_flow(problem, node, prices, chain, false);
    if keeps_roles(&free) {
        return Some(free);
    }
    Some(cheapest_flow(problem, node, prices, chain, true)).filter(keeps_roles)
}

/// The cheapest flow; with `use_first`, the one that uses most of the warehouses that are in, and of those the cheapest.
fn cheapest_flow(problem: &Problem, node: &Node, prices: &Prices, chain: Chain, use_first: bool) -> Vec<u32> {
    let (height, width) = (problem.lines.len(), problem.warehouses.len());
    let mut wanting = vec![0_u32; problem.skus];
    for line in &problem.lines {
        wanting[line.sku] += 1;
    }
    let shared_place = |warehouse: usize, sku: usize| height + width + warehouse * problem.skus + sku;
    let sink = height + width + width * problem.skus;
    let mut network = Network::new(sink + 1, height * (width + 1) + 2 * width);

    let mut asked_of = vec![0_u64; width];
    let mut asked_of_sku = vec![0_u64; width * problem.skus];
    for (line, facts) in problem.lines.iter().enumerate() {
        for warehouse in 0..width {
            let least = u64::from(node.least[problem.cell(line, warehouse)]);
            asked_of[warehouse] += least;
            asked_of_sku[warehouse * problem.skus + facts.sku] += least;
        }
    }
    // A warehouse without a limit of its own is no place: what goes there is at the sink.
    let mut places = vec![sink; width];
    for (number, warehouse) in problem.warehouses.iter().enumerate() {
        let unused = use_first && node.roles[number] == Role::In && asked_of[number] == 0;
        if node.roles[number] == Role::Out || (warehouse.capacity == u64::MAX && !unused) {
            continue;
        }
        places[number] = height + number;
        let mut room = warehouse.capacity - asked_of[number];
        if unused {
            // The first unit is worth more than anything else.
            network.connect(height + number, sink, room.min(1), cost_of([(0, -1)]));
            room = room.saturating_sub(1);
        }
        network.connect(height + number, sink, room, [0; PARTS]);
    }
    for sku in (0..problem.skus).filter(|sku| wanting[*sku] > 1) {
        for number in (0..width).filter(|number| node.roles[*number] != Role::Out) {
            let stock = u64::from(problem.available(number, sku)) - asked_of_sku[number * problem.skus + sku];
            network.connect(shared_place(number, sku), places[number], stock, [0; PARTS]);
        }
    }
    let mut arcs = vec![None; node.most.len()];
    let mut supplies = Vec::with_capacity(height);
    for (line, facts) in problem.lines.iter().enumerate() {
        let mut asked = 0_u32;
        for (warehouse, place) in places.iter().enumerate() {
            let cell = problem.cell(line, warehouse);
            asked += node.least[cell];
            let room = node.most[cell] - node.least[cell];
            if room > 0 {
                let mut cost = [0; PARTS];
                if let Some(part) = chain.late {
                    cost[part] = problem.warehouses[warehouse].late;
                }
                if let Some(part) = chain.cost {
                    cost[part] = prices.of_unit(problem, line, warehouse);
                }
                let to = if wanting[facts.sku] > 1 { shared_place(warehouse, facts.sku) } else { *place };
                arcs[cell] = Some(network.connect(line, to, u64::from(room), cost));
            }
        }
        let supply = u64::from(node.line_most(problem, line).saturating_sub(asked));
        network.connect(line, sink, supply, cost_of([(1, facts.short_value)]));
        supplies.push(supply);
    }
    for (line, supply) in supplies.into_iter().enumerate() {
        network.send(line, sink, supply);
    }
    arcs.iter()
        .zip(&node.least)
        .map(|(arc, least)| {
            let moved = arc.map_or(0, |arc| network.through(arc));
            least + u32::try_from(moved).unwrap_or(u32::MAX - least)
        })
        .collect()
}

fn cost_of<const N: usize>(parts: [(usize, i64); N]) -> Cost {
    let mut cost = [0; PARTS];
    for (part, amount) in parts {
        cost[part] = amount;
    }
    cost
}

fn shortage(problem: &Problem, units: &[u32]) -> i64 {
    let width = problem.warehouses.len();
    let lines = problem.lines.iter().zip(units.chunks(width));
    lines
        .map(|(line, row)| {
            line.short_value * (i64::from(line.quantity) - row.iter().map(|n| i64::from(*n)).sum::<i64>())
        })
        .sum()
}

fn lateness(problem: &Problem, units: &[u32]) -> i64 {
    let width = problem.warehouses.len();
    let rows = units.chunks(width);
    rows.map(|row| {
        row.iter().zip(&problem.warehouses).map(|(count, warehouse)| i64::from(*count) * warehouse.late).sum::<i64>()
    })
    .sum()
}

/// The least sum of ranks of at least so many warehouses, those in use among them.
pub(super) fn lowest_ranks(problem: &Problem, node: &Node, fewest: usize) -> i64 {
    let rank = |warehouse: usize| problem.warehouses[warehouse].rank;
    let in_use = (0..problem.warehouses.len()).filter(|warehouse| node.roles[*warehouse] == Role::In);
    let mut more: Vec<i64> = node.open().map(rank).collect();
    more.sort_unstable();
    let still = fewest - node.used();
    in_use.map(rank).sum::<i64>()
        + more
            .iter()
            .enumerate()
            .filter(|(index, rank)| *index < still || **rank < 0)
            .map(|(_, rank)| rank)
            .sum::<i64>()
}
