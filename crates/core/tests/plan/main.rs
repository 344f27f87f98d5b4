//! The router against an enumerator that knows nothing of it, against cases from the field, and at size.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may panic")]

mod brute;
mod exact;
mod golden;
mod orders;
mod parts;
mod relaxation;
mod size;
