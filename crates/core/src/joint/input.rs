//! What joint planning is asked. Quantities are whole units, money is in minor units, weights are in grams.

use serde::{Deserialize, Serialize};

use crate::plan::{Allocation, Level, PlanInput, PlanLine, PlanStock, PlanWarehouse};

/// Orders that are still open, and the free stock they compete for.
///
/// Released units are no part of it: `stock` and `capacity` are what is left after them, so they cannot be touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JointInput {
    /// Who competes; ids are unique.
    pub orders: Vec<JointOrder>,
    /// Free units by (warehouse, SKU), net of released ones and gross of what `current` holds; a missing pair has none.
    pub stock: Vec<PlanStock>,
    /// Units that a warehouse can take from all these orders together; one not named is not limited.
    #[serde(default)]
    pub capacity: Vec<SharedCapacity>,
    /// Order of the middle levels by which orders that compete are judged together; one left out is not optimised.
    pub objective: Vec<Level>,
    /// How much searching this may take, in cells (line and warehouse pairs) looked at; see [`super::EFFORT`].
    /// Counted, not timed: the same input always gives the same answer.
    pub effort: u64,
}

/// One open order: a [`PlanInput`] without stock of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JointOrder {
    /// Unique in the batch.
    pub id: String,
    /// The short units of a higher priority count strictly before those of a lower one.
    #[serde(default)]
    pub priority: i32,
    /// What is wanted; ids are unique in the order.
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
    /// Order of the levels when it competes with nobody; `None` is the batch's.
    #[serde(default)]
    pub objective: Option<Vec<Level>>,
    /// Candidates, with what they cost this order; ids are unique in the order.
    pub warehouses: Vec<PlanWarehouse>,
    /// What is planned for it now, if anything: by this it is said which orders move.
    #[serde(default)]
    pub current: Option<Vec<Allocation>>,
}

/// Units that one warehouse can take from all orders together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SharedCapacity {
    /// Where.
    pub warehouse: String,
    /// How many.
    pub units: u32,
}

impl JointOrder {
    /// The question for this order alone.
    pub(super) fn alone(&self, objective: &[Level], stock: Vec<PlanStock>) -> PlanInput {
        PlanInput {
            id: self.id.clone(),
            lines: self.lines.clone(),
            ship_complete: self.ship_complete,
            max_warehouses: self.max_warehouses,
            min_part_value: self.min_part_value,
            objective: objective.to_vec(),
            warehouses: self.warehouses.clone(),
            stock,
        }
    }
}
