//! What holds whatever happens: unit accounting and edits over random histories, and the lifecycles as tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may panic")]

mod edits;
mod history;
mod lifecycles;
mod orders;
mod verdicts;
