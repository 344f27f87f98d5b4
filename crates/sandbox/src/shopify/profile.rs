//! Who a shop is.

/// The unchanging facts of a simulated shop.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// Position in the sandbox, from 0.
    pub(crate) index: usize,
    /// Name of the instance in control calls and file names, such as `shop-1`.
    pub(crate) instance: String,
    /// What people call it.
    pub(crate) name: String,
    /// `….myshopify.com`.
    pub(crate) domain: String,
    /// ISO 3166-1 alpha-2 of the merchant.
    pub(crate) country: &'static str,
    /// Town of the only location.
    pub(crate) city: &'static str,
    /// ISO 4217.
    pub(crate) currency: &'static str,
    /// Stands before order numbers, distinct per shop so that a number names one order in the sandbox.
    pub(crate) prefix: String,
}

const SHOPS: [(&str, &str, &str, &str, &str); 6] = [
    ("Nordlicht Living", "DE", "Hamburg", "EUR", "NL"),
    ("Harbour & Thread", "GB", "Bristol", "GBP", "HT"),
    ("Atelier Lumen", "FR", "Lyon", "EUR", "AL"),
    ("Maple Row Supply", "CA", "Toronto", "CAD", "MR"),
    ("Casa Olivar", "ES", "Sevilla", "EUR", "CO"),
    ("Ohio Paper Goods", "US", "Columbus", "USD", "OP"),
];

impl Profile {
    /// Shop number `index` from 0; names repeat with a number after the sixth.
    pub(crate) fn new(index: usize) -> Self {
        let round = index / SHOPS.len();
        let (name, country, city, currency, prefix) =
            SHOPS.get(index % SHOPS.len()).copied().unwrap_or(("Shop", "GB", "London", "GBP", "S"));
        let numbered = |text: &str, separator: &str| {
            if round == 0 { text.to_owned() } else { format!("{text}{separator}{}", round + 1) }
        };
        let name = numbered(name, " ");
        let handle: String =
            name.to_lowercase().chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
        Self {
            index,
            instance: format!("shop-{}", index + 1),
            domain: format!("{}.myshopify.com", handle.replace("---", "-")),
            name,
            country,
            city,
            currency,
            prefix: format!("{}-", numbered(prefix, "")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn fifty_shops_have_distinct_names_domains_and_prefixes() {
        let all: Vec<_> = (0..50).map(Profile::new).collect();
        let distinct = |facet: fn(&Profile) -> String| all.iter().map(facet).collect::<HashSet<_>>().len();
        assert_eq!(distinct(|shop| shop.name.clone()), 50);
        assert_eq!(distinct(|shop| shop.domain.clone()), 50);
        assert_eq!(distinct(|shop| shop.prefix.clone()), 50);
        assert_eq!(all.first().map(|shop| shop.domain.as_str()), Some("nordlicht-living.myshopify.com"));
        assert_eq!(all.get(1).map(|shop| shop.domain.as_str()), Some("harbour-thread.myshopify.com"));
    }
}
