//! Parcel prices: the cheapest set of parcels that carries a weight, any number of each step.

use super::input::ParcelPrice;
use super::problem::MONEY_SCALE;

/// One warehouse's parcel prices, without the steps that another step beats.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tariff {
    /// Best price per gram first.
    steps: Vec<Step>,
    /// Whether the input had any step: with none, parcels cost nothing.
    priced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    carries: i128,
    price: i128,
}

impl Tariff {
    pub(crate) fn new(prices: &[ParcelPrice]) -> Self {
        let mut steps: Vec<Step> = prices
            .iter()
            .filter(|step| step.up_to > 0)
            .map(|step| Step { carries: i128::from(step.up_to), price: i128::from(step.price) })
            .collect();
        steps.sort_unstable_by(|a, b| a.price.cmp(&b.price).then(b.carries.cmp(&a.carries)));
        let mut most = 0;
        steps.retain(|step| {
            let better = step.carries > most;
            most = most.max(step.carries);
            better
        });
        steps
            .sort_unstable_by(|a, b| (a.price * b.carries).cmp(&(b.price * a.carries)).then(b.carries.cmp(&a.carries)));
        Self { steps, priced: !prices.is_empty() }
    }

    /// False when there are prices but no parcel holds even a gram.
    pub(crate) fn carries_weight(&self) -> bool {
        !self.priced || !self.steps.is_empty()
    }

    /// The cheapest set of parcels for `grams`, in minor units.
    ///
    /// Branch and bound: most of the parcel with the best price per gram first, then fewer of it; what is left is
    /// bounded by the next best price per gram.
    pub(crate) fn price(&self, grams: u64) -> i64 {
        if grams == 0 || self.steps.is_empty() {
            return 0;
        }
        let mut best = i128::MAX;
        // (first step to use, grams left, spent so far)
        let mut open = vec![(0_usize, i128::from(grams), 0_i128)];
        while let Some((index, left, spent)) = open.pop() {
            if left <= 0 {
                best = best.min(spent);
                continue;
            }
            let Some(step) = self.steps.get(index) else { continue };
            let bound = spent + ceil_div(left * step.price, step.carries);
            if bound >= best {
                continue;
            }
            let full = ceil_div(left, step.carries);
            best = best.min(spent + full * step.price);
            if let Some(next) = self.steps.get(index + 1) {
                // With `count` of this step the rest costs at least `next`'s price per gram, which is no better than
                // this one's: the bound only rises as `count` falls, so the loop ends at the first hopeless count.
                let before = open.len();
                for count in (0..full).rev() {
                    let rest = left - count * step.carries;
                    let spent = spent + count * step.price;
                    if spent + ceil_div(rest * next.price, next.carries) >= best {
                        break;
                    }
                    open.push((index + 1, rest, spent));
                }
                // The stack gives back the last one first.
                if let Some(children) = open.get_mut(before..) {
                    children.reverse();
                }
            }
        }
        i64::try_from(best).unwrap_or(i64::MAX)
    }

    /// The price steps up to `grams`, or `None` when there are more than `LONGEST_LIST` of them.
    pub(super) fn list(&self, grams: u64) -> Option<PriceList> {
        let mut ends: Vec<(u64, i64)> = vec![(0, 0)];
        if self.steps.is_empty() || self.steps.iter().any(|step| step.price == 0) {
            return Some(PriceList::new(&[(u64::MAX, 0)]));
        }
        // Every cheapest set is a smaller cheapest set and one parcel more. Per step of the tariff: the set to add to.
        let mut next = [0_usize; MOST_STEPS];
        let next = next.get_mut(..self.steps.len())?;
        let mut carries = 0_i128;
        while carries < i128::from(grams) {
            let set = |index: usize| ends.get(index).map(|&(carries, price)| (i128::from(carries), i128::from(price)));
            let mut best: Option<(i128, i128)> = None;
            for (step, index) in self.steps.iter().zip(next.iter_mut()) {
                // Sets that carry no more than the last one lead nowhere new.
                while set(*index).is_some_and(|(from, _)| from + step.carries <= carries) {
                    *index += 1;
                }
                if let Some((from, spent)) = set(*index) {
                    let (there, cost) = (from + step.carries, spent + step.price);
                    if best.is_none_or(|(carried, paid)| cost < paid || (cost == paid && there > carried)) {
                        best = Some((there, cost));
                    }
                }
            }
            let (there, cost) = best?;
            if ends.len() > LONGEST_LIST {
                return None;
            }
            ends.push((u64::try_from(there).ok()?, i64::try_from(cost).ok()?));
            carries = there;
        }
        Some(PriceList::new(&ends))
    }

    /// The least that any weight above 0 costs, in minor units.
    pub(crate) fn cheapest(&self) -> i64 {
        let least = self.steps.iter().map(|step| step.price).min().unwrap_or(0);
        i64::try_from(least).unwrap_or(i64::MAX)
    }

    /// At most this is charged per gram at every weight, in scaled money: `price(g) * SCALE >= slope * g`.
    pub(super) fn slope(&self) -> i64 {
        self.steps
            .first()
            .map_or(0, |step| i64::try_from(step.price * i128::from(MONEY_SCALE) / step.carries).unwrap_or(i64::MAX))
    }

    /// A price that no weight up to `grams` exceeds; `None` when it leaves 128 bits.
    pub(crate) fn dearest(&self, grams: i128) -> Option<i128> {
        self.steps.first().map_or(Some(0), |step| ceil_div(grams, step.carries).checked_mul(step.price))
    }
}

/// Longer lists are not worth their making.
const LONGEST_LIST: usize = 512;

/// Tariffs with more steps than this get no list.
const MOST_STEPS: usize = 8;

/// A tariff written out up to some weight: each step's end and price, both rising. The first step is no weight at all.
#[derive(Debug, Clone, Default)]
pub(super) struct PriceList {
    steps: Vec<Priced>,
}

/// A step of a written-out tariff.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Priced {
    /// Grams at which it ends.
    pub(super) carries: u64,
    pub(super) price: i64,
    /// What the next step costs more.
    pub(super) rise: i64,
    /// What every gram beyond the end costs more at least, scaled.
    pub(super) slope: i64,
}

impl PriceList {
    fn new(ends: &[(u64, i64)]) -> Self {
        let mut steps: Vec<Priced> =
            ends.iter().map(|&(carries, price)| Priced { carries, price, rise: 0, slope: 0 }).collect();
        // From the last step to the first: the lower hull of the ends to the right. Its first edge is the least slope.
        let mut hull: Vec<(u64, i64)> = Vec::with_capacity(ends.len());
        let mut next: Option<i64> = None;
        for step in steps.iter_mut().rev() {
            let slope_to =
                |&(carries, price): &(u64, i64)| (i128::from(price - step.price), i128::from(carries - step.carries));
            while let [.., far, near] = hull[..] {
                let ((rise, run), (far_rise, far_run)) = (slope_to(&near), slope_to(&far));
                if rise * far_run < far_rise * run {
                    break;
                }
                hull.pop();
            }
            if let Some((rise, run)) = hull.last().map(slope_to) {
                step.slope = i64::try_from(rise * i128::from(MONEY_SCALE) / run.max(1)).unwrap_or(i64::MAX);
            }
            step.rise = next.map_or(0, |price| price - step.price);
            next = Some(step.price);
            hull.push((step.carries, step.price));
        }
        Self { steps }
    }

    /// Whether it charges nothing.
    pub(super) fn is_free(&self) -> bool {
        self.steps.iter().all(|step| step.price == 0)
    }

    /// The step of a weight, which is one the list was made for.
    pub(super) fn step(&self, grams: u64) -> Priced {
        let at = if self.steps.len() > 16 {
            self.steps.partition_point(|step| step.carries < grams)
        } else {
            self.steps.iter().position(|step| step.carries >= grams).unwrap_or(usize::MAX)
        };
        self.steps.get(at).copied().unwrap_or_default()
    }

    /// The steps from the one of a weight to that of another.
    pub(super) fn between(&self, least: u64, most: u64) -> &[Priced] {
        let at = |grams: u64| self.steps.partition_point(|step| step.carries < grams);
        self.steps.get(at(least)..(at(most) + 1).min(self.steps.len())).unwrap_or_default()
    }

    /// What `Tariff::price` says.
    pub(super) fn price(&self, grams: u64) -> i64 {
        self.step(grams).price
    }

    /// A straight line below the prices: (at zero grams, per gram), both in scaled money and at least 0. Near `grams` it
    /// comes as close as a line can. With `from_zero` the line starts at 0.
    pub(super) fn line_below(&self, grams: u64, from_zero: bool) -> (i64, i64) {
        // The price holds up to the end of its step, so the ends are the points a line must not rise above.
        let ends =
            || self.steps.iter().filter(|step| step.carries > 0).map(|step| (step.carries.min(1 << 40), step.price));
        let steepest_from = |at: u64, paid: i64| {
            ends()
                .filter(|(carries, _)| *carries > at)
                .map(|(carries, price)| {
                    let width = i64::try_from(carries - at).unwrap_or(i64::MAX);
                    ((price - paid).saturating_mul(MONEY_SCALE) / width, carries, price)
                })
                .min()
        };
        if from_zero {
            return (0, steepest_from(0, 0).map_or(0, |(slope, ..)| slope.max(0)));
        }
        let Some((mut at, mut paid)) = ends().next() else { return (0, 0) };
        let mut slope = 0;
        while at < grams {
            let Some((steepest, carries, price)) = steepest_from(at, paid) else { break };
            (slope, at, paid) = (steepest, carries, price);
        }
        // Rounding tilts the line: its start is what every end allows.
        let start = ends()
            .map(|(carries, price)| {
                price.saturating_mul(MONEY_SCALE) - slope.saturating_mul(i64::try_from(carries).unwrap_or(i64::MAX))
            })
            .min()
            .unwrap_or(0);
        if start < 0 { self.line_below(grams, true) } else { (start, slope) }
    }
}

fn ceil_div(numerator: i128, denominator: i128) -> i128 {
    (numerator + denominator - 1) / denominator
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tariff(steps: &[(u32, i64)]) -> Tariff {
        let prices: Vec<ParcelPrice> = steps.iter().map(|&(up_to, price)| ParcelPrice { up_to, price }).collect();
        Tariff::new(&prices)
    }

    #[test]
    fn parcels_are_combined_when_that_is_cheaper() {
        let tariff = tariff(&[(1000, 390), (5000, 590)]);
        assert_eq!(tariff.price(0), 0, "no weight needs no parcel");
        assert_eq!(tariff.price(1000), 390);
        assert_eq!(tariff.price(1001), 590, "one big parcel beats two small ones");
        assert_eq!(tariff.price(5001), 980, "a big and a small one");
        assert_eq!(tariff.price(7001), 1180);
    }

    #[test]
    fn without_prices_parcels_cost_nothing() {
        assert_eq!(tariff(&[]).price(1_000_000), 0);
        assert!(tariff(&[]).carries_weight());
        assert!(!tariff(&[(0, 100)]).carries_weight(), "a parcel that holds nothing carries no weight");
    }

    proptest! {
        #[test]
        fn price_is_the_cheapest_set(
            steps in proptest::collection::vec((1_u32..40, 0_i64..60), 1..5),
            grams in 0_u64..200,
        ) {
            let mut cheapest = vec![i64::MAX; 201];
            cheapest[0] = 0;
            for weight in 1..=200_usize {
                for &(carries, price) in &steps {
                    let rest = weight.saturating_sub(carries as usize);
                    cheapest[weight] = cheapest[weight].min(cheapest[rest] + price);
                }
            }
            let tariff = tariff(&steps);
            prop_assert_eq!(tariff.price(grams), cheapest[grams as usize]);
            prop_assert!(tariff.price(grams) * MONEY_SCALE >= tariff.slope() * i64::try_from(grams).unwrap());
            if let Some(list) = tariff.list(200) {
                prop_assert_eq!(list.price(grams), cheapest[grams as usize]);
                for from_zero in [false, true] {
                    let (start, slope) = list.line_below(grams, from_zero);
                    prop_assert!(start >= 0 && slope >= 0 && (!from_zero || start == 0));
                    for weight in 1..=200_i64 {
                        let below = start + slope * weight;
                        prop_assert!(below <= cheapest[usize::try_from(weight).unwrap()] * MONEY_SCALE, "at {}", weight);
                    }
                }
            }
            prop_assert_eq!(tariff.cheapest(), cheapest[1]);
            prop_assert!(i128::from(tariff.price(grams)) <= tariff.dearest(i128::from(grams)).unwrap());
        }
    }
}
