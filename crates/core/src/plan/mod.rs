//! Routing: which warehouse ships which units, exactly and with its reasons.
//!
//! [`plan`] is a pure function from a snapshot ([`PlanInput`]) to a [`Plan`]. Lexicographic objective, each level exact
//! before the next; the same input always gives the same plan, bit for bit. `switchyardd plan` is this function on
//! standard input and output.
//!
//! How it works: `problem` numbers everything. `choice` is a branch and bound over sets of warehouses (`field` lays the
//! question out for it, `aim` says in which order to ask, `estimate`, `lateness`, `rising` and `worth` bound a part of
//! it), `packing` finds the units inside a set. What is too large for that goes to `search`, which branches over
//! warehouses and then over units: `narrow` takes out what cannot matter, `bound` bounds each part by a lexicographic
//! minimum-cost `flow`. `tie_break` picks one of the equals, `explain` and `reason` say why in words. `docs/router.md` has
//! the whole of it.
//!
//! # Errors
//! [`PlanError`] for input that contradicts itself. An order that cannot be shipped is not an error: its units come
//! back as `short`, with the reason.

#[expect(clippy::indexing_slicing, reason = "levels are indexed by their number, which is below `DEPTH`")]
mod aim;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod bound;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod choice;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod cover;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod estimate;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod explain;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod field;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod flow;
mod input;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod lateness;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod levels;
mod lines;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod narrow;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod node;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod nudge;
mod output;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod packing;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod problem;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod reason;
mod relaxation;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod rising;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod search;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod shift;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod solve;
pub(crate) mod tariff;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod tie_break;
#[expect(clippy::indexing_slicing, reason = "dense tables, sized once in `problem` and indexed by its numbers")]
mod worth;

pub use input::{Level, ParcelPrice, PlanInput, PlanLine, PlanStock, PlanWarehouse};
pub use lines::{LineAnswer, answer_line};
pub use output::{Allocation, Explanation, Gap, LowerBound, Objective, Plan, Short};
pub use relaxation::{Change, RELAXATION_LIMIT, Relaxation, relaxation};
pub use solve::{PlanError, STEP_LIMIT, Spent, Work, plan, plan_and_work};
