//! What joint planning answers, with its certificate.

use serde::{Deserialize, Serialize};

use crate::plan::{Allocation, Gap, Objective, Short};

/// One allocation per order, and how good they are together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JointPlan {
    /// Every order of the input, by id.
    pub orders: Vec<JointAnswer>,
    /// What they cost together.
    pub objective: JointObjective,
    /// Orders that compete, and how well each group is solved. Components are in the order of their first order's id.
    pub components: Vec<Component>,
    /// Ids of orders that had a `current` allocation and get another one.
    pub moved: Vec<String>,
    /// Effort spent, in the unit of the input's `effort`.
    pub effort: u64,
}

/// What one order gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JointAnswer {
    /// The order.
    pub id: String,
    /// Units by line and warehouse, in (line, warehouse) order of their ids; no zero quantities.
    pub allocation: Vec<Allocation>,
    /// Units nobody ships, in line order.
    pub short: Vec<Short>,
    /// What this order's allocation costs.
    pub objective: Objective,
    /// Which of the plan's components it is in; `None` when it competes with nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<usize>,
    /// Why it got this.
    pub because: Because,
}

/// Why an order got what it got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Because {
    /// Nothing it could use can run out: planned by itself.
    Uncontended,
    /// It competes, and gets as much as it would have alone.
    AsAlone,
    /// It gets less than it would have alone.
    Yielded {
        /// The first level at which it gets less.
        level: String,
        /// By how much.
        by: i64,
        /// Who holds what it would have used, by id; at most five.
        to: Vec<String>,
        /// What the batch would lose if it had its way and they were planned again: the first level that gets worse,
        /// and by how much. `None` when the search ended before it was looked at, or no other level gets worse than
        /// the tie-break.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead: Option<Gap>,
    },
}

/// The joint objective vector: short value by priority from the highest down, then the sums.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JointObjective {
    /// Every priority of the orders concerned, the highest first.
    pub short: Vec<ShortOfPriority>,
    /// Sum over shipped units of late hours.
    pub late: i64,
    /// Sum over orders of warehouses used: parcels, with one parcel per warehouse of an order.
    pub warehouses: i64,
    /// Handling and parcels.
    pub cost: i64,
    /// Sum over orders of the ranks of the used warehouses.
    pub rank_sum: i64,
}

/// What the orders of one priority lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ShortOfPriority {
    /// The priority.
    pub priority: i32,
    /// Sum of short units times value.
    pub short_value: i64,
}

/// Orders connected by stock or capacity that could run out among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Component {
    /// Order ids, sorted.
    pub orders: Vec<String>,
    /// What could run out.
    pub scarce: Vec<Scarce>,
    /// What the component's orders cost together.
    pub objective: JointObjective,
    /// What they would cost one after the other, by priority and id, each planned with what those before it left.
    pub one_by_one: JointObjective,
    /// Whether no better joint objective exists. Never claimed without proof.
    pub proven: bool,
    /// The first level that is not proven, and how far the bound is away there. Levels before it are optimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<JointGap>,
}

/// What is not proven of a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JointGap {
    /// The first level whose optimum is open.
    pub level: String,
    /// The priority, when the level is `short_value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    /// What no plan that is as good in the levels before can go below.
    pub bound: i64,
    /// Distance from there to this plan.
    pub by: i64,
}

/// Stock of a SKU, or capacity, that the orders could exhaust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Scarce {
    /// Where.
    pub warehouse: String,
    /// What; `None` for the warehouse's capacity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Units there are.
    pub available: u32,
    /// Units that all orders could take if each had its way.
    pub wanted: u64,
    /// Units that the plan takes.
    pub used: u32,
}
