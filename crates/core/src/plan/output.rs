//! What the router answers, with its certificate.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The assignment and why it is the best one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Plan {
    /// The input's id.
    pub id: String,
    /// True when the objective is proven optimal; false only when the stated step limit was reached.
    pub proven: bool,
    /// Units by line and warehouse, in (line, warehouse) order of their ids; no zero quantities.
    pub allocation: Vec<Allocation>,
    /// Units nobody ships, in line order.
    pub short: Vec<Short>,
    /// What the assignment costs at each level.
    pub objective: Objective,
    /// For every warehouse: used, or why not.
    pub explain: BTreeMap<String, Explanation>,
    /// Why fewer warehouses are impossible.
    pub lower_bound: LowerBound,
    /// How far the bound is away when not proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<Gap>,
}

/// Units of one line from one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Allocation {
    /// Line id.
    pub line: String,
    /// Warehouse id.
    pub warehouse: String,
    /// Units, at least 1.
    pub quantity: u32,
}

/// Units of one line that nobody ships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Short {
    /// Line id.
    pub line: String,
    /// Units, at least 1.
    pub quantity: u32,
    /// Why, for a person.
    pub reason: String,
}

/// The objective vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Objective {
    /// Sum of short units times value.
    pub short_value: i64,
    /// Sum over shipped units of late hours.
    pub late: i64,
    /// Warehouses used.
    pub warehouses: i64,
    /// Handling and parcels.
    pub cost: i64,
    /// Sum of ranks of the used warehouses.
    pub rank_sum: i64,
}

/// "Why not here?" for one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// Whether it ships something.
    pub used: bool,
    /// `constraint` or `level`, when not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The constraint that every plan using it would break.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// That constraint in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The objective level at which the best plan using it loses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// By how much it loses there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<i64>,
}

/// A bound below which no plan can go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LowerBound {
    /// Fewest warehouses that ship as much.
    pub warehouses: i64,
    /// Why, in words.
    pub why: String,
}

/// What is not proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Gap {
    /// The level whose optimum is open.
    pub level: String,
    /// Distance from the plan to the best bound at that level.
    pub by: i64,
}
