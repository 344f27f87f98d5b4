//! Parcel prices: the cheapest set of parcels that carries a weight, any number of each step.

use super::input::ParcelPrice;
use super::problem::MONEY_SCALE;

/// One warehouse's parcel prices, without the steps that another step beats.
#[derive(Debug, Clone, Default)]
pub(super) struct Tariff {
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
    pub(super) fn new(prices: &[ParcelPrice]) -> Self {
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
    pub(super) fn carries_weight(&self) -> bool {
        !self.priced || !self.steps.is_empty()
    }

    /// The cheapest set of parcels for `grams`, in minor units.
    ///
    /// Branch and bound: most of the parcel with the best price per gram first, then fewer of it; what is left is
    /// bounded by the next best price per gram.
    pub(super) fn price(&self, grams: u64) -> i64 {
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
                let mut children = Vec::new();
                for count in (0..full).rev() {
                    let rest = left - count * step.carries;
                    let spent = spent + count * step.price;
                    if spent + ceil_div(rest * next.price, next.carries) >= best {
                        break;
                    }
                    children.push((index + 1, rest, spent));
                }
                open.extend(children.into_iter().rev());
            }
        }
        i64::try_from(best).unwrap_or(i64::MAX)
    }

    /// At most this is charged per gram at every weight, in scaled money: `price(g) * SCALE >= slope * g`.
    pub(super) fn slope(&self) -> i64 {
        self.steps
            .first()
            .map_or(0, |step| i64::try_from(step.price * i128::from(MONEY_SCALE) / step.carries).unwrap_or(i64::MAX))
    }

    /// A price that no weight up to `grams` exceeds; `None` when it leaves 128 bits.
    pub(super) fn dearest(&self, grams: i128) -> Option<i128> {
        self.steps.first().map_or(Some(0), |step| ceil_div(grams, step.carries).checked_mul(step.price))
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
            prop_assert!(i128::from(tariff.price(grams)) <= tariff.dearest(i128::from(grams)).unwrap());
        }
    }
}
