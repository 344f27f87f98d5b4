//! Joint planning against an enumerator that knows nothing of it, its promises as properties, and at size.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may panic")]

mod batches;
mod brute;
mod exact;
mod promises;
mod reasons;
#[path = "sets.rs"]
mod sets;
mod size;
