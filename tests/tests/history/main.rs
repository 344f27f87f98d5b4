//! The real history through two shops and three warehouses with faults on, judged from the two sides' ledgers alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs)]

mod bad_input;
mod bundles;
mod faults;
mod full_disk;
mod kill;
mod late_edit;
mod returns;
mod rig;
