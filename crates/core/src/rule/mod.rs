//! Rules as data: written by people, versioned, and tried on past orders before they count.
//!
//! - [`Condition`] is what an order must be like; hold rules and routing rules share it. [`Facts`] is all it may look at.
//! - [`routing`] changes what the router is asked: [`routing::RuleSet::compile`] once, then [`Compiled::apply`] to each
//!   order, which also says which rules matched and why. [`lint()`] finds what reads well and is wrong.
//! - [`hold`] places holds: [`hold::Rules::compile`] once, then [`hold::Compiled::evaluate`] for each order.
//! - [`dry_run()`] and [`hold_dry_run()`] say what other rules would have done.
//!
//! Everything is read strictly: an unknown field is refused with its path. `docs/rules.md` explains every condition and
//! effect with examples.
//!
//! ```
//! use switchyard_core::rule::routing::RuleSet;
//!
//! let fault = RuleSet::parse(
//!     r#"{ "revision": { "version": 1, "author": "mara", "reason": "Swiss orders", "created_at": "2026-11-22T09:00:00Z" },
//!          "rules": [{ "id": "ch", "when": { "all": ["always", { "country": ["Switzerland"] }] }, "then": [] }] }"#,
//! );
//! assert_eq!(
//!     fault.expect_err("no such country").to_string(),
//!     "rules[0].when.all[1].country[0]: `Switzerland` is not a country such as CH"
//! );
//! ```

mod apply;
mod condition;
mod dry_run;
mod facts;
pub mod hold;
mod hold_dry_run;
mod lint;
mod logic;
mod matching;
mod pattern;
mod revision;
pub mod routing;
mod trace;

pub use apply::{Applied, Compiled};
pub use condition::{Condition, ValueRange, WeightRange};
pub use dry_run::{DryRun, Move, Moved, Report, Side, Snapshot, Tally, Totals, dry_run};
pub use facts::Facts;
pub use hold_dry_run::{HeldChange, HeldReport, HeldTotals, hold_dry_run};
pub use lint::{Finding, Kind, Known, lint};
pub use pattern::{PostcodeRange, Postcodes, SkuPattern};
pub use revision::{InvalidRuleId, Revision, RuleId};
pub use trace::{EffectTrace, RuleTrace};
