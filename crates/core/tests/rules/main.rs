//! Rules as data: what they mean, what is refused, what the linter and the dry run say, and holds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may panic")]
#![allow(clippy::print_stdout, reason = "a measurement is printed")]

mod conditions;
mod documents;
mod dry_run;
mod hold_rules;
mod holds;
mod lint;
mod orders;
mod routing;
#[cfg(feature = "schema")]
mod schema;
