//! Routing: which warehouse ships which units, exactly and with its reasons.
//!
//! [`plan`] is a pure function from a snapshot ([`PlanInput`]) to a [`Plan`]. Lexicographic objective, each level exact
//! before the next; the same input always gives the same plan, bit for bit. `switchyardd plan` is this function on
//! standard input and output.
//!
//! # Errors
//! [`PlanError`] for input that contradicts itself. An order that cannot be shipped is not an error: its units come
//! back as `short`, with the reason.

mod input;
mod output;
mod solve;

pub use input::{Level, ParcelPrice, PlanInput, PlanLine, PlanStock, PlanWarehouse};
pub use output::{Allocation, Explanation, Gap, LowerBound, Objective, Plan, Short};
pub use solve::{PlanError, plan};
