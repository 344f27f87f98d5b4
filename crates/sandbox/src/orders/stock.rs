//! What is on the shelves at the start.

use rand::Rng;
use rand::seq::SliceRandom;

use super::Article;
use crate::dice::dice;

/// Pieces of `article` in each of `warehouses`, in their order.
///
/// The first warehouse of a seeded shuffle could serve the article's whole demand twice; each of the others lacks it
/// with a chance of one in three, so orders of several articles often have to be split.
pub(crate) fn shelves(seed: u64, article: &Article, warehouses: usize) -> Vec<i64> {
    let mut rng = dice(seed, &format!("stock {}", article.sku), 0);
    let mut turns: Vec<usize> = (0..warehouses).collect();
    turns.shuffle(&mut rng);
    let plenty = article.demand.saturating_mul(2).saturating_add(50);
    let mut shelves = vec![0; warehouses];
    for (turn, warehouse) in turns.into_iter().enumerate() {
        let pieces = if turn == 0 {
            plenty
        } else if rng.random_ratio(1, 3) {
            0
        } else {
            plenty.saturating_mul(rng.random_range(20..=100)) / 100
        };
        if let Some(shelf) = shelves.get_mut(warehouse) {
            *shelf = pieces;
        }
    }
    shelves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_is_plentiful_somewhere_and_many_are_missing_somewhere() {
        let all: Vec<_> = (0..300)
            .map(|number| Article { sku: format!("A{number}").into(), title: "".into(), demand: number })
            .map(|article| (shelves(5, &article, 3), article.demand))
            .collect();
        assert!(all.iter().all(|(shelves, demand)| shelves.iter().any(|pieces| pieces >= demand)));
        let gaps = all.iter().filter(|(shelves, _)| shelves.contains(&0)).count();
        assert!((100..220).contains(&gaps), "about five in nine lack somewhere, got {gaps} of 300");
    }
}
