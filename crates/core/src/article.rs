//! What people know of an article beside its stock: what it is made of, and where it is kept how.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, Component, Keeping};
use crate::id::WarehouseId;
use crate::quantity::Sku;
use crate::unreadable::Unreadable;

/// Most components of one bundle: more is a mistake, and every one of them is read whenever the bundle is planned.
pub const MOST_COMPONENTS: usize = 50;

/// One article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Its code.
    pub sku: Sku,
    /// What one unit is made of; empty for an article that is no bundle.
    #[serde(default)]
    pub components: Vec<Component>,
    /// Warehouses that keep it another way than exploded; of no account for an article that is no bundle.
    #[serde(default)]
    pub keeping: BTreeMap<WarehouseId, Keeping>,
}

impl Article {
    /// An article nobody has said anything about.
    #[must_use]
    pub fn plain(sku: Sku) -> Self {
        Self { sku, components: Vec::new(), keeping: BTreeMap::new() }
    }

    /// The bundle it is, if it is one.
    #[must_use]
    pub fn bundle(&self) -> Option<Bundle> {
        let Self { sku, components, keeping, .. } = self.clone();
        (!components.is_empty()).then_some(Bundle { sku, components, keeping })
    }

    /// Whether it makes sense by itself; whether it is a bundle within a bundle only all of them together say
    /// ([`crate::bundle::Bundles::new`]).
    ///
    /// # Errors
    /// The place that does not.
    pub fn check(&self) -> Result<(), Unreadable> {
        if self.sku.is_empty() {
            return Err(Unreadable::new("sku", "an article has a SKU"));
        }
        if self.components.len() > MOST_COMPONENTS {
            return Err(Unreadable::new("components", format!("at most {MOST_COMPONENTS}")));
        }
        let mut seen = BTreeSet::new();
        for (place, component) in self.components.iter().enumerate() {
            let wrong = |field: &str, detail: &str| Unreadable::new(format!("components[{place}].{field}"), detail);
            if component.sku.is_empty() {
                return Err(wrong("sku", "a component has a SKU"));
            }
            if component.sku == self.sku {
                return Err(wrong("sku", "a bundle is not made of itself"));
            }
            if component.units == 0 {
                return Err(wrong("units", "at least 1"));
            }
            if !seen.insert(&component.sku) {
                return Err(wrong("sku", "named before"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_of(components: &[(&str, u32)]) -> Article {
        let component = |(sku, units): &(&str, u32)| Component { sku: Sku::new(sku), units: *units };
        Article { components: components.iter().map(component).collect(), ..Article::plain(Sku::new("SET")) }
    }

    #[test]
    fn an_article_that_cannot_be_is_refused_with_the_place() {
        let place = |article: &Article| article.check().unwrap_err().path;
        assert_eq!(made_of(&[("POT", 1), ("CUP", 4)]).check(), Ok(()));
        assert_eq!(place(&made_of(&[("POT", 1), ("POT", 4)])), "components[1].sku");
        assert_eq!(place(&made_of(&[("POT", 0)])), "components[0].units");
        assert_eq!(place(&made_of(&[("SET", 1)])), "components[0].sku");
        assert_eq!(place(&made_of(&[(" ", 1)])), "components[0].sku");
        assert_eq!(place(&Article::plain(Sku::new(""))), "sku");
        assert_eq!(made_of(&[]).bundle(), None, "it is an article like any other");
    }
}
