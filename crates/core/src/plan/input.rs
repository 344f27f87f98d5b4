//! What the router is asked. Quantities are whole units, money is in minor units, weights are in grams.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A level of the objective that a channel may reorder. `short_value` always comes first, `rank_sum` always last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Sum over shipped units of the warehouse's `late_hours`.
    Late,
    /// Number of warehouses used.
    Warehouses,
    /// Handling and parcel prices.
    Cost,
}

/// One order to assign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanInput {
    /// Echoed in the answer.
    pub id: String,
    /// What is wanted; ids are unique.
    pub lines: Vec<PlanLine>,
    /// Everything ships or nothing does.
    #[serde(default)]
    pub ship_complete: bool,
    /// At most this many warehouses.
    #[serde(default)]
    pub max_warehouses: Option<u32>,
    /// When two or more warehouses are used, the value of each one's part is at least this.
    #[serde(default)]
    pub min_part_value: i64,
    /// Order of the middle levels; one left out is not optimised.
    #[serde(default = "default_objective")]
    pub objective: Vec<Level>,
    /// Candidates; ids are unique.
    pub warehouses: Vec<PlanWarehouse>,
    /// What they have; a pair that is missing has none.
    pub stock: Vec<PlanStock>,
}

fn default_objective() -> Vec<Level> {
    vec![Level::Late, Level::Warehouses, Level::Cost]
}

fn yes() -> bool {
    true
}

/// Units of one SKU wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanLine {
    /// Unique in the order.
    pub id: String,
    /// What.
    pub sku: String,
    /// How many.
    pub quantity: u32,
    /// Value of a unit; a line without value counts 1 per unit when short.
    #[serde(default)]
    pub unit_value: i64,
    /// Weight of a unit.
    #[serde(default)]
    pub unit_weight: u32,
    /// Ships from here or not at all.
    #[serde(default)]
    pub pinned_warehouse: Option<String>,
    /// Lines of one group ship whole from one and the same warehouse, or not at all.
    #[serde(default)]
    pub ship_group: Option<String>,
    /// Whether its units may come from several warehouses.
    #[serde(default = "yes")]
    pub splittable: bool,
}

/// One candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanWarehouse {
    /// Unique.
    pub id: String,
    /// Preference among equals.
    #[serde(default)]
    pub rank: i64,
    /// Whether it may ship this order at all.
    #[serde(default = "yes")]
    pub eligible: bool,
    /// Why not, in words.
    #[serde(default)]
    pub ineligible_reason: Option<String>,
    /// Hours a unit from here is late.
    #[serde(default)]
    pub late_hours: i64,
    /// Cost of using it at all.
    #[serde(default)]
    pub handling: i64,
    /// Cost of each unit.
    #[serde(default)]
    pub unit_handling: i64,
    /// Most units it can take.
    #[serde(default)]
    pub capacity_units: Option<u32>,
    /// SKUs it must not ship.
    #[serde(default)]
    pub excluded_skus: BTreeSet<String>,
    /// Parcel price steps; any number of each; none means parcels cost nothing.
    #[serde(default)]
    pub parcels: Vec<ParcelPrice>,
}

/// One step of a parcel tariff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ParcelPrice {
    /// Grams one such parcel carries.
    pub up_to: u32,
    /// Its price.
    pub price: i64,
}

/// Units of one SKU that one warehouse may promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanStock {
    /// Where.
    pub warehouse: String,
    /// What.
    pub sku: String,
    /// How many.
    pub available: u32,
}
