//! What no joint plan can go below: every order on its own, paying a price for each unit that others want too.
//!
//! Any prices at or above zero give a valid bound (weak duality: a plan within stock pays at most what the stock is
//! worth). Level by level: short value first, where prices are the value of the first unit that stays out; then the
//! configured levels, with prices found by a subgradient method (`dual`). A level is looked at only while all before it are
//! tight, and then only choices that keep those tight are open.

use super::batch::{Batch, Order};
use super::score::{Levels, Total};

/// What becomes of a line in every plan with the least short value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Every unit that can ship alone does.
    Ships,
    /// Nothing of it ships.
    Stays,
    /// Either.
    Open,
}

/// A bound in the making.
#[derive(Debug)]
pub(super) struct Bound<'a, 'b> {
    pub(super) batch: &'b Batch<'a>,
    pub(super) levels: &'b Levels,
    pub(super) members: &'b [usize],
    /// Bounds by position in a [`Total`]; those after the last one found are absent.
    pub(super) known: Vec<i64>,
    /// By SKU: the class and value of the first unit that stays out.
    pub(super) short_prices: Vec<Option<(usize, i64)>>,
    /// By member and line.
    pub(super) fates: Vec<Vec<Fate>>,
    /// By member and cell: whether units may ship here in a plan that is optimal so far.
    pub(super) open: Vec<Vec<bool>>,
    /// The score entry that `prices` are in, scaled.
    pub(super) entry: usize,
    /// By resource.
    pub(super) prices: Vec<i64>,
}

impl<'a, 'b> Bound<'a, 'b> {
    /// Bounds the short value. `alone` gives, for orders whose lines are bound by rules, the least short value alone.
    pub(super) fn new(
        batch: &'b Batch<'a>,
        levels: &'b Levels,
        members: &'b [usize],
        alone: &dyn Fn(usize) -> Option<i64>,
    ) -> Self {
        let mut bound = Self {
            batch,
            levels,
            members,
            known: Vec::new(),
            short_prices: vec![None; batch.skus.len()],
            fates: Vec::new(),
            open: members
                .iter()
                .map(|member| batch.orders[*member].most.iter().map(|most| *most > 0).collect())
                .collect(),
            entry: 1,
            prices: vec![0; batch.available.len()],
        };
        let supply = bound.price_short();
        let mut short: Vec<i64> = vec![0; batch.classes.len()];
        for (price, units) in bound.short_prices.iter().zip(supply) {
            if let Some((class, value)) = price {
                short[*class] -= value * i64::try_from(units).unwrap_or(i64::MAX);
            }
        }
        for &member in members {
            let order = &batch.orders[member];
            let mut own: Vec<i64> = vec![0; batch.classes.len()];
            let mut fates = Vec::with_capacity(order.lines.len());
            for (line, facts) in order.lines.iter().enumerate() {
                let reach = reach(order, line);
                own[order.class] += facts.value * i64::from(facts.quantity - reach);
                let reach = i64::from(reach);
                // Classes are numbered from the highest priority down, so a smaller number is dearer.
                let fate = match bound.short_prices[facts.sku] {
                    None => Fate::Ships,
                    Some((class, value)) => match class.cmp(&order.class).then(facts.value.cmp(&value)) {
                        std::cmp::Ordering::Greater => {
                            own[class] += value * reach;
                            Fate::Ships
                        }
                        std::cmp::Ordering::Less => {
                            own[order.class] += facts.value * reach;
                            Fate::Stays
                        }
                        std::cmp::Ordering::Equal => {
                            own[class] += value * reach;
                            Fate::Open
                        }
                    },
                };
                fates.push(if reach == 0 { Fate::Stays } else { fate });
            }
            if let Some(least) = alone(member) {
                let mut rules: Vec<i64> = vec![0; batch.classes.len()];
                rules[order.class] = least;
                if rules > own {
                    own = rules;
                    fates.fill(Fate::Open);
                }
            }
            bound.fates.push(fates);
            for (sum, own) in short.iter_mut().zip(own) {
                *sum += own;
            }
        }
        bound.known = short;
        bound
    }

    /// Sets the price of each scarce SKU; returns the units there are of each, as far as anybody wants them.
    fn price_short(&mut self) -> Vec<u64> {
        let batch = self.batch;
        let mut demand: Vec<Vec<(usize, std::cmp::Reverse<i64>, u64)>> = vec![Vec::new(); batch.skus.len()];
        let mut wanted: Vec<u64> = vec![0; batch.available.len()];
        for &member in self.members {
            let order = &batch.orders[member];
            for (line, facts) in order.lines.iter().enumerate() {
                let units = u64::from(reach(order, line));
                demand[facts.sku].push((order.class, std::cmp::Reverse(facts.value), units));
                for place in 0..order.places.len() {
                    let most = u64::from(order.most[order.cell(line, place)]);
                    wanted[batch.resource(order, line, place)] += most;
                }
            }
        }
        let width = batch.warehouses.len();
        let mut supply = Vec::with_capacity(batch.skus.len());
        for (sku, mut lines) in demand.into_iter().enumerate() {
            let cells = sku * width..(sku + 1) * width;
            let units: u64 = cells.map(|cell| wanted[cell].min(u64::from(batch.available[cell]))).sum();
            supply.push(units);
            lines.sort_unstable();
            let mut served = 0;
            let out = lines.iter().find(|(_, _, units_of_line)| {
                served += units_of_line;
                served > units
            });
            self.short_prices[sku] = out.map(|(class, value, _)| (*class, value.0));
        }
        supply
    }

    /// Whether everything found so far is what the plan costs; then the next level can be looked at.
    pub(super) fn tight(&self, total: &Total) -> bool {
        self.known.iter().zip(&total.0).all(|(bound, sum)| bound == sum)
    }

    /// By line of a member: whether units of it are worth less than those they would displace.
    pub(super) fn stays(&self, position: usize) -> Vec<bool> {
        self.fates[position].iter().map(|fate| *fate == Fate::Stays).collect()
    }
}

/// Units of a line that could ship were the order alone.
pub(super) fn reach(order: &Order<'_>, line: usize) -> u32 {
    let places = order.places.len();
    let there: u64 = order.most[line * places..(line + 1) * places].iter().map(|most| u64::from(*most)).sum();
    u32::try_from(there).unwrap_or(u32::MAX).min(order.lines[line].quantity)
}
