//! Joint planning: open orders that compete for scarce stock, assigned together.
//!
//! [`plan`] is a pure function from a snapshot ([`JointInput`]) to a [`JointPlan`]. Lexicographic over the whole batch:
//! value-weighted short units first, a higher priority strictly before a lower one; then the sums of the configured
//! levels; then ranks. Orders that compete with nobody are planned by [`crate::plan::plan`], one by one.
//!
//! How it works: `batch` numbers everything; `component` finds who competes; `fill` and `enumerate` propose columns (ways
//! to ship one order); `bound` and `dual` say what no plan can go below; `branch` chooses one column per order exactly; `improve`
//! does so for a few orders at a time where all at once are too many; `reason` says why. See `docs/joint-planning.md`.
//!
//! What it does not do: release anything, keep time, or touch released units, which are not in its input.
//!
//! # Errors
//! [`JointError`] for input that contradicts itself. Too little stock is no error.

#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod batch;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod bound;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod branch;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod column;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod component;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod dual;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod enumerate;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod fill;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod improve;
mod input;
mod output;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod reason;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod score;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once and indexed by the numbers made with them")]
mod solve;

pub use input::{JointInput, JointOrder, SharedCapacity};
pub use output::{Because, Component, JointAnswer, JointGap, JointObjective, JointPlan, Scarce, ShortOfPriority};
pub use solve::{EFFORT, JointError, plan};
