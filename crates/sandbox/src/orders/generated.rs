//! The seeded generator: order number `index` of a seed is the same whenever and wherever it is made.

use rand::Rng;
use switchyard_core::order::LineKind;

use super::country::{COUNTRIES, WEIGHTS};
use super::person::person;
use super::{Draft, DraftLine, catalogue};
use crate::dice::{dice, pick};

const NOTES: [&str; 5] = [
    "Please leave it with the neighbour.",
    "Birthday present, no invoice in the parcel please",
    "Bitte klingeln!",
    "Ring the bell twice",
    "Call before delivery",
];

fn lines(rng: &mut rand_chacha::ChaCha8Rng, seed: u64) -> Vec<DraftLine> {
    let count = pick(rng, &[1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6]);
    let mut chosen = Vec::with_capacity(count);
    while chosen.len() < count {
        // The square of a uniform draw makes some articles bestsellers.
        let draw = rng.random::<f64>().powi(2);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a draw below 1 times 200")]
        let index = (draw * catalogue::GOODS as f64) as usize;
        if !chosen.contains(&index) {
            chosen.push(index);
        }
    }
    let mut lines: Vec<_> = chosen
        .into_iter()
        .map(|index| {
            let article = catalogue::article(seed, index);
            let quantity =
                if rng.random_ratio(1, 40) { rng.random_range(12..60) } else { pick(rng, &[1, 1, 1, 1, 2, 2, 3]) };
            DraftLine {
                sku: article.sku,
                title: article.title,
                kind: LineKind::Goods,
                quantity,
                unit_price: article.price,
                weight: article.weight,
            }
        })
        .collect();
    if rng.random_ratio(1, 7) {
        let (sku, title, price) = pick(rng, &catalogue::FEES);
        let (sku, title) = (sku.into(), title.into());
        lines.push(DraftLine { sku, title, kind: LineKind::Fee, quantity: 1, unit_price: price, weight: 0 });
    }
    lines
}

/// Order number `index` of `seed`, dealt to one of `shops`.
pub(crate) fn draft(seed: u64, shops: usize, index: u64) -> Draft {
    let mut rng = dice(seed, "order", index);
    let mut left = rng.random_range(0..WEIGHTS.iter().sum::<u32>());
    let mut place = 0;
    while let Some(weight) = WEIGHTS.get(place)
        && left >= *weight
    {
        left -= weight;
        place += 1;
    }
    // The table is longer than its weights, so the default never shows.
    let (destination, email) = COUNTRIES.get(place).map(|country| person(&mut rng, country)).unwrap_or_default();
    let lines = lines(&mut rng, seed);
    let (shipping, shipping_price) =
        pick(&mut rng, &[("Standard", 490), ("Standard", 490), ("Standard", 0), ("Express", 1_290)]);
    let note = if rng.random_ratio(1, 9) { pick(&mut rng, &NOTES) } else { "" };
    let tags = if rng.random_ratio(1, 12) { vec!["vip".into()] } else { Vec::new() };
    Draft {
        index,
        shop: rng.random_range(0..shops.max(1)),
        number: None,
        placed_at: None,
        currency: None,
        customer_id: Some(7_000_000_000 + i64::from(rng.random_range(0..5_000_u32))),
        email: email.into(),
        destination,
        shipping: shipping.into(),
        shipping_price,
        note: note.into(),
        tags,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn orders_repeat_by_seed_and_have_one_to_six_goods_lines_and_sometimes_a_fee() {
        let orders: Vec<_> = (0..500).map(|index| draft(7, 2, index)).collect();
        assert_eq!(orders, (0..500).map(|index| draft(7, 2, index)).collect::<Vec<_>>());
        assert_ne!(orders.first(), Some(&draft(8, 2, 0)));
        for order in &orders {
            let goods = order.lines.iter().filter(|line| line.kind == LineKind::Goods).count();
            assert!((1..=6).contains(&goods), "{order:?}");
            assert!(order.lines.iter().all(|line| line.quantity > 0));
        }
        let fees = orders.iter().filter(|order| order.lines.iter().any(|line| line.kind == LineKind::Fee)).count();
        assert!((30..120).contains(&fees), "one in seven of 500 has a fee, got {fees}");
        let countries: HashSet<_> = orders.iter().map(|order| order.destination.country.clone()).collect();
        assert!(countries.len() >= 8, "{countries:?}");
        assert!((0..2).all(|shop| orders.iter().filter(|order| order.shop == shop).count() > 150));
    }
}
