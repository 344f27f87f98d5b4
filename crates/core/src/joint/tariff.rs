//! Parcel prices of one warehouse: the cheapest set of parcels for a weight, and a line under it.

use crate::plan::ParcelPrice;

/// Steps that no other step beats, the best price per gram first.
#[derive(Debug, Clone, Default)]
pub(super) struct Tariff {
    steps: Vec<(i128, i128)>,
    priced: bool,
}

impl Tariff {
    pub(super) fn new(prices: &[ParcelPrice]) -> Self {
        let mut steps: Vec<(i128, i128)> = prices
            .iter()
            .filter(|step| step.up_to > 0)
            .map(|step| (i128::from(step.up_to), i128::from(step.price)))
            .collect();
        steps.sort_unstable_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        let mut most = 0;
        steps.retain(|step| {
            let better = step.0 > most;
            most = most.max(step.0);
            better
        });
        steps.sort_unstable_by(|a, b| (a.1 * b.0).cmp(&(b.1 * a.0)).then(b.0.cmp(&a.0)));
        Self { steps, priced: !prices.is_empty() }
    }

    /// False when there are prices but no parcel holds even a gram.
    pub(super) fn carries_weight(&self) -> bool {
        !self.priced || !self.steps.is_empty()
    }

    /// The cheapest set of parcels for `grams`.
    pub(super) fn price(&self, grams: u64) -> i64 {
        if grams == 0 || self.steps.is_empty() {
            return 0;
        }
        let mut best = i128::MAX;
        cheapest(&self.steps, i128::from(grams), 0, &mut best);
        i64::try_from(best).unwrap_or(i64::MAX)
    }

    /// A price that no weight up to `grams` exceeds, and no weight above 0 falls below.
    pub(super) fn range(&self, grams: u64) -> (i128, i128) {
        let least = self.steps.iter().map(|step| step.1).min().unwrap_or(0);
        let most = self.steps.first().map_or(0, |step| ceil_div(i128::from(grams), step.0).saturating_mul(step.1));
        (least, most)
    }
}

/// Branch and bound over how many of the first step are used: the next best price per gram bounds what is left.
fn cheapest(steps: &[(i128, i128)], left: i128, spent: i128, best: &mut i128) {
    if left <= 0 {
        *best = (*best).min(spent);
        return;
    }
    let Some((&(carries, price), rest)) = steps.split_first() else { return };
    let full = ceil_div(left, carries);
    *best = (*best).min(spent + full * price);
    let Some(&(next_carries, next_price)) = rest.first() else { return };
    for count in (0..full).rev() {
        let (left, spent) = (left - count * carries, spent + count * price);
        // The bound only rises as `count` falls: the next step is no better per gram than this one.
        if spent + ceil_div(left * next_price, next_carries) >= *best {
            return;
        }
        cheapest(rest, left, spent, best);
    }
}

fn ceil_div(numerator: i128, denominator: i128) -> i128 {
    (numerator + denominator - 1) / denominator
}
