//! Bundles: one article for the customer, several on the shelf.
//!
//! A warehouse keeps a bundle whole, packed in advance, or exploded, as its components. Consumption is always counted in
//! what is on the shelf there, and the components of one kit leave from one warehouse. [`Kit`] is how a fulfillment order
//! remembers what it was planned on, so that a bundle that is changed later changes nothing about goods on their way.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::WarehouseId;
use crate::quantity::{Quantity, Sku};

/// Units of one article in a kit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Component {
    /// What.
    pub sku: Sku,
    /// Units in one kit, at least 1.
    pub units: Quantity,
}

/// How a warehouse keeps a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// As its components.
    #[default]
    Exploded,
    /// As one article, packed in advance.
    Whole,
}

/// An article that is made of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bundle {
    /// The article the customer buys.
    pub sku: Sku,
    /// What one kit is made of.
    pub components: Vec<Component>,
    /// Warehouses that keep it another way than exploded.
    #[serde(default)]
    pub keeping: BTreeMap<WarehouseId, Keeping>,
}

/// A bundle that cannot be, or more than can be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// No components, or a component of no units.
    #[error("bundle {0} has a component of no units, or none at all")]
    Empty(Sku),
    /// A component named twice.
    #[error("bundle {bundle} names {component} twice")]
    Twice {
        /// The bundle.
        bundle: Sku,
        /// The component.
        component: Sku,
    },
    /// A bundle within a bundle.
    #[error("{component} in bundle {bundle} is a bundle itself")]
    Nested {
        /// The bundle.
        bundle: Sku,
        /// The component.
        component: Sku,
    },
    /// More units than can be counted.
    #[error("{kits} kits of {bundle} take more units of {component} than can be counted")]
    Overflow {
        /// The bundle.
        bundle: Sku,
        /// Kits.
        kits: Quantity,
        /// The component.
        component: Sku,
    },
}

/// All bundles, checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bundles(BTreeMap<Sku, Bundle>);

impl Bundles {
    /// Takes bundles that make sense together.
    ///
    /// # Errors
    /// [`BundleError`] names the first that does not.
    pub fn new(bundles: impl IntoIterator<Item = Bundle>) -> Result<Self, BundleError> {
        let known: BTreeMap<Sku, Bundle> = bundles.into_iter().map(|bundle| (bundle.sku.clone(), bundle)).collect();
        for bundle in known.values() {
            if bundle.components.is_empty() || bundle.components.iter().any(|component| component.units == 0) {
                return Err(BundleError::Empty(bundle.sku.clone()));
            }
            let mut seen = BTreeSet::new();
            for Component { sku, .. } in &bundle.components {
                let (bundle, component) = (bundle.sku.clone(), sku.clone());
                if !seen.insert(sku) {
                    return Err(BundleError::Twice { bundle, component });
                }
                if known.contains_key(sku) {
                    return Err(BundleError::Nested { bundle, component });
                }
            }
        }
        Ok(Self(known))
    }

    /// The bundle with this SKU, if it is one.
    #[must_use]
    pub fn get(&self, sku: &Sku) -> Option<&Bundle> {
        self.0.get(sku)
    }

    /// All of them, by SKU.
    pub fn iter(&self) -> impl Iterator<Item = &Bundle> {
        self.0.values()
    }

    /// Articles that may take the same units from a shelf as one of these, themselves included.
    #[must_use]
    pub fn competing(&self, skus: &BTreeSet<Sku>) -> BTreeSet<Sku> {
        let components = |sku: &Sku| self.get(sku).into_iter().flat_map(|bundle| &bundle.components);
        let mut taken: BTreeSet<Sku> = skus.clone();
        taken.extend(skus.iter().flat_map(components).map(|component| component.sku.clone()));
        let made_of_them = |bundle: &&Bundle| bundle.components.iter().any(|component| taken.contains(&component.sku));
        let bundles: Vec<Sku> = self.iter().filter(made_of_them).map(|bundle| bundle.sku.clone()).collect();
        taken.extend(bundles);
        taken
    }

    /// How a warehouse ships an article: as the components it returns, or as itself (`None`).
    #[must_use]
    pub fn kit(&self, sku: &Sku, warehouse: &WarehouseId) -> Option<Kit> {
        let bundle = self.get(sku).filter(|bundle| bundle.keeping(warehouse) == Keeping::Exploded)?;
        Some(Kit { components: bundle.components.clone(), left: BTreeMap::new() })
    }

    /// What `units` of an article take from the shelf of a warehouse: the article itself, or the components of as many kits.
    ///
    /// # Errors
    /// [`BundleError::Overflow`].
    pub fn consumption(
        &self,
        sku: &Sku,
        units: Quantity,
        warehouse: &WarehouseId,
    ) -> Result<Vec<Component>, BundleError> {
        match self.get(sku) {
            Some(bundle) if bundle.keeping(warehouse) == Keeping::Exploded => bundle.consumption(units),
            _ => Ok(vec![Component { sku: sku.clone(), units }]),
        }
    }

    /// Units of an article that a warehouse can ship from what is on its shelf.
    pub fn shippable(&self, sku: &Sku, warehouse: &WarehouseId, available: impl Fn(&Sku) -> Quantity) -> Quantity {
        match self.get(sku) {
            Some(bundle) if bundle.keeping(warehouse) == Keeping::Exploded => bundle.kits(available),
            _ => available(sku),
        }
    }
}

impl Bundle {
    /// How a warehouse keeps it.
    #[must_use]
    pub fn keeping(&self, warehouse: &WarehouseId) -> Keeping {
        self.keeping.get(warehouse).copied().unwrap_or_default()
    }

    /// Kits that can be made of what is available: the scarcest component decides.
    pub fn kits(&self, available: impl Fn(&Sku) -> Quantity) -> Quantity {
        let makes = |component: &Component| available(&component.sku).checked_div(component.units).unwrap_or(0);
        self.components.iter().map(makes).min().unwrap_or(0)
    }

    /// Components that so many kits are made of.
    ///
    /// # Errors
    /// [`BundleError::Overflow`] names the component.
    pub fn consumption(&self, kits: Quantity) -> Result<Vec<Component>, BundleError> {
        let of = |component: &Component| {
            let units = component.units.checked_mul(kits).ok_or_else(|| BundleError::Overflow {
                bundle: self.sku.clone(),
                kits,
                component: component.sku.clone(),
            })?;
            Ok(Component { sku: component.sku.clone(), units })
        };
        self.components.iter().map(of).collect()
    }
}

/// Units of a bundle that a warehouse ships as components: what one of them is made of, and what has left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Kit {
    /// What one unit takes from the shelf there.
    pub components: Vec<Component>,
    /// Units of components that left, those of sets that are not complete included; no zeros.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left: BTreeMap<Sku, Quantity>,
}

impl Kit {
    /// Whether it is made of this.
    #[must_use]
    pub fn has(&self, sku: &Sku) -> bool {
        self.components.iter().any(|component| &component.sku == sku)
    }

    /// Complete sets among what has left: the scarcest component decides.
    #[must_use]
    pub fn sets(&self) -> Quantity {
        let makes = |component: &Component| self.left_of(&component.sku).checked_div(component.units).unwrap_or(0);
        self.components.iter().map(makes).min().unwrap_or(0)
    }

    /// Units of a component that have left.
    #[must_use]
    pub fn left_of(&self, sku: &Sku) -> Quantity {
        self.left.get(sku).copied().unwrap_or(0)
    }

    /// Books components that left. What it is not made of is none of its business.
    pub fn take(&mut self, sku: &Sku, units: Quantity) {
        if units > 0 && self.has(sku) {
            let left = self.left.entry(sku.clone()).or_default();
            *left = left.saturating_add(units);
        }
    }

    /// Sees to it that at least so many sets have left: a warehouse may report them as the bundle.
    pub fn cover(&mut self, sets: Quantity) {
        for component in &self.components {
            let whole = component.units.saturating_mul(sets);
            if self.left_of(&component.sku) < whole {
                self.left.insert(component.sku.clone(), whole);
            }
        }
    }

    /// Takes sets out of what has left: they are nobody's.
    pub fn forget(&mut self, sets: Quantity) {
        for component in &self.components {
            let rest = self.left_of(&component.sku).saturating_sub(component.units.saturating_mul(sets));
            if rest > 0 {
                self.left.insert(component.sku.clone(), rest)
            } else {
                self.left.remove(&component.sku)
            };
        }
    }

    /// Components that left and make no complete set with the `shipped` ones; none in the usual case.
    #[must_use]
    pub fn loose(&self, shipped: Quantity) -> Vec<Component> {
        let of = |component: &Component| {
            let units = self.left_of(&component.sku).saturating_sub(component.units.saturating_mul(shipped));
            Component { sku: component.sku.clone(), units }
        };
        self.components.iter().map(of).filter(|component| component.units > 0).collect()
    }

    /// Components that are still to leave when `quantity` units are asked for and `shipped` have left.
    #[must_use]
    pub fn owed(&self, quantity: Quantity, shipped: Quantity) -> Vec<Component> {
        let of = |component: &Component| {
            let whole = component.units.saturating_mul(quantity.max(shipped));
            Component { sku: component.sku.clone(), units: whole.saturating_sub(self.left_of(&component.sku)) }
        };
        self.components.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn place(number: u8) -> WarehouseId {
        WarehouseId::new(Timestamp::EPOCH, [number; 10])
    }

    fn component(sku: &str, units: Quantity) -> Component {
        Component { sku: Sku::new(sku), units }
    }

    fn tea_set() -> Bundle {
        Bundle {
            sku: Sku::new("SET"),
            components: vec![component("POT", 1), component("CUP", 4)],
            keeping: BTreeMap::from([(place(2), Keeping::Whole)]),
        }
    }

    #[test]
    fn consumption_is_counted_in_what_is_on_the_shelf_there() {
        let bundles = Bundles::new([tea_set()]).unwrap();
        let takes = |place| bundles.consumption(&Sku::new("SET"), 3, &place).unwrap();
        assert_eq!(takes(place(1)), [component("POT", 3), component("CUP", 12)]);
        assert_eq!(takes(place(2)), [component("SET", 3)], "packed in advance there");
        assert_eq!(bundles.consumption(&Sku::new("POT"), 3, &place(1)).unwrap(), [component("POT", 3)]);
    }

    #[test]
    fn the_scarcest_component_decides_how_many_kits_there_are() {
        let bundles = Bundles::new([tea_set()]).unwrap();
        let stock = |sku: &Sku| if sku.as_str() == "CUP" { 11 } else { 7 };
        assert_eq!(bundles.shippable(&Sku::new("SET"), &place(1), stock), 2, "11 cups make 2 kits of 4");
        assert_eq!(bundles.shippable(&Sku::new("SET"), &place(2), stock), 7);
    }

    #[test]
    fn components_that_left_count_as_complete_sets_only() {
        let mut kit = Bundles::new([tea_set()]).unwrap().kit(&Sku::new("SET"), &place(1)).unwrap();
        kit.take(&Sku::new("CUP"), 7);
        kit.take(&Sku::new("SAUCER"), 3);
        assert_eq!((kit.sets(), kit.loose(0)), (0, vec![component("CUP", 7)]), "no pot has left");
        kit.take(&Sku::new("POT"), 1);
        assert_eq!((kit.sets(), kit.loose(1)), (1, vec![component("CUP", 3)]));
        assert_eq!(kit.owed(2, 1), [component("POT", 1), component("CUP", 1)]);
        kit.cover(2);
        assert_eq!((kit.sets(), kit.loose(2)), (2, vec![]), "reported as two of the bundle");
        kit.forget(1);
        assert_eq!((kit.left_of(&Sku::new("POT")), kit.left_of(&Sku::new("CUP"))), (1, 4));
        assert_eq!(Bundles::new([tea_set()]).unwrap().kit(&Sku::new("SET"), &place(2)), None, "whole there");
    }

    #[test]
    fn what_cannot_be_a_bundle_is_refused() {
        let with = |components| Bundles::new([Bundle { components, ..tea_set() }]);
        assert!(matches!(with(vec![]), Err(BundleError::Empty(_))));
        assert!(matches!(with(vec![component("POT", 0)]), Err(BundleError::Empty(_))));
        assert!(matches!(with(vec![component("POT", 1), component("POT", 2)]), Err(BundleError::Twice { .. })));
        let box_of_sets = Bundle { sku: Sku::new("BOX"), components: vec![component("SET", 2)], ..tea_set() };
        assert!(matches!(Bundles::new([tea_set(), box_of_sets]), Err(BundleError::Nested { .. })));
        let many = Bundles::new([tea_set()]).unwrap().consumption(&Sku::new("SET"), Quantity::MAX, &place(1));
        assert!(matches!(many, Err(BundleError::Overflow { .. })), "four times too many cups");
    }

    proptest::proptest! {
        #[test]
        fn every_component_is_owed_or_has_left_whatever_leaves_in_which_order(
            parcels in proptest::collection::vec((0..2_usize, 0..6_u32), 0..12),
            asked in 0..4_u32,
        ) {
            let mut kit = Bundles::new([tea_set()]).unwrap().kit(&Sku::new("SET"), &place(1)).unwrap();
            let mut left = [0_u32; 2];
            for (which, units) in parcels {
                kit.take(&kit.components[which].sku.clone(), units);
                left[which] += units;
                let sets = kit.sets();
                proptest::prop_assert_eq!(sets, left[0].min(left[1] / 4), "complete ones only");
                let mut covered = kit.clone();
                covered.cover(sets);
                proptest::prop_assert_eq!(&covered, &kit, "what is complete needs nothing more");
                for (component, left) in kit.components.iter().zip(left) {
                    let owed = kit.owed(asked, sets.min(asked)).into_iter().find(|owed| owed.sku == component.sku).unwrap();
                    let all = component.units * asked;
                    proptest::prop_assert_eq!(owed.units, all.saturating_sub(left));
                    let loose = kit.loose(sets).into_iter().find(|loose| loose.sku == component.sku);
                    let beyond = left - component.units * sets;
                    proptest::prop_assert_eq!(loose.map_or(0, |loose| loose.units), beyond);
                }
            }
        }
    }
}
