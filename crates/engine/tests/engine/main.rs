//! The engine on a real SQLite store, without partners: what happens inside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod bundles;
mod drafts;
mod edits;
mod invariants;
mod matters;
mod policies;
mod returns;
mod rig;
mod stock;
mod together;
mod transfers;
mod versions;
mod watchdog;
mod way;
