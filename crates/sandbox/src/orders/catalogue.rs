//! The articles of the seeded generator: about 200, a few of them expensive or heavy, and some fees.

use rand::Rng;

use crate::dice::{dice, pick};
use crate::text::Text;

/// Something a shop sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CatalogueArticle {
    pub(crate) sku: Text,
    pub(crate) title: Text,
    /// Minor units of the shop's currency.
    pub(crate) price: i64,
    /// Grams.
    pub(crate) weight: u32,
}

/// How many articles there are.
pub(crate) const GOODS: usize = 200;

/// Kinds with the cheapest price in minor units and the lightest weight in grams; a variant costs up to double.
const KINDS: [(&str, &str, i64, u32); 20] = [
    ("MUG", "Stoneware Mug", 1_290, 380),
    ("THR", "Wool Throw", 5_900, 1_250),
    ("CND", "Soy Candle", 1_650, 420),
    ("TWL", "Linen Tea Towel", 950, 110),
    ("BWL", "Serving Bowl", 2_900, 900),
    ("NBK", "Dotted Notebook", 1_190, 260),
    ("LMP", "Paper Table Lamp", 6_900, 1_400),
    ("CSH", "Cushion Cover", 2_400, 240),
    ("VAS", "Bud Vase", 1_850, 510),
    ("BRD", "Oak Serving Board", 3_400, 1_150),
    ("SOP", "Olive Soap", 690, 130),
    ("BAG", "Canvas Tote", 1_900, 210),
    ("PRT", "Framed Print", 4_500, 1_600),
    ("KNF", "Chef's Knife", 8_900, 310),
    ("TEA", "Loose Leaf Tea", 1_250, 120),
    ("APR", "Cotton Apron", 2_950, 340),
    ("PLT", "Dinner Plate", 1_750, 620),
    ("CAR", "Glass Carafe", 2_600, 780),
    ("SCR", "Merino Scarf", 5_400, 190),
    ("BSK", "Woven Basket", 3_200, 700),
];

const COLOURS: [(&str, &str); 10] = [
    ("SND", "Sand"),
    ("INK", "Ink"),
    ("MOS", "Moss"),
    ("CLY", "Clay"),
    ("FOG", "Fog"),
    ("PLM", "Plum"),
    ("OCH", "Ochre"),
    ("SKY", "Sky"),
    ("COA", "Coal"),
    ("IVO", "Ivory"),
];

/// Fees a shop bills beside goods: code, wording, minor units.
pub(crate) const FEES: [(&str, &str, i64); 4] = [
    ("GIFT-WRAP", "Gift wrapping", 395),
    ("CARRIAGE", "Carriage surcharge", 750),
    ("TIP", "Tip", 200),
    ("INSURANCE", "Parcel insurance", 290),
];

/// Article number `index` (below [`GOODS`]) of the catalogue of `seed`.
pub(crate) fn article(seed: u64, index: usize) -> CatalogueArticle {
    let (kind, colour) = (index / COLOURS.len(), index % COLOURS.len());
    let (code, noun, price, weight) = KINDS.get(kind % KINDS.len()).copied().unwrap_or(("GEN", "Article", 1_000, 300));
    let (shade_code, shade) = COLOURS.get(colour).copied().unwrap_or(("STD", "Standard"));
    let mut rng = dice(seed, "catalogue", index as u64);
    let mut article = CatalogueArticle {
        sku: format!("{code}-{shade_code}").into(),
        title: format!("{noun}, {shade}").into(),
        price: price + rng.random_range(0..=price / 100) * 50,
        weight: weight + rng.random_range(0..=weight / 4),
    };
    // One article in twenty-five is a limited edition that is dear, one a set that is heavy.
    match index % 25 {
        7 => {
            article.price = article.price * 10 + pick(&mut rng, &[0, 5_000, 12_500]);
            article.title = format!("{noun}, {shade}, limited edition").into();
        }
        19 => {
            article.weight += 14_000 + rng.random_range(0..9_000);
            article.price *= 6;
            article.title = format!("{noun}, {shade}, trade case").into();
        }
        _ => {}
    }
    article
}

/// The whole catalogue of `seed`.
pub(crate) fn goods(seed: u64) -> impl Iterator<Item = CatalogueArticle> {
    (0..GOODS).map(move |index| article(seed, index))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_catalogue_has_distinct_codes_some_dear_and_some_heavy_articles() {
        let goods: Vec<_> = goods(1).collect();
        let codes: HashSet<_> = goods.iter().map(|article| article.sku.clone()).collect();
        assert_eq!(codes.len(), GOODS);
        assert!(goods.iter().filter(|article| article.weight > 14_000).count() >= 5);
        assert!(goods.iter().filter(|article| article.price > 50_000).count() >= 3);
        assert_eq!(article(1, 3), article(1, 3));
    }
}
