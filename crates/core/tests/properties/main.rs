//! What holds whatever happens: unit accounting and edits over random histories, stock, and the tables of lifecycles and edits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may panic")]

mod edits;
mod endings;
mod history;
mod lifecycles;
mod orders;
mod previews;
mod scene;
mod shop_changes;
mod stock;
mod verdicts;
mod watch;
