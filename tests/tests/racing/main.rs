//! Racing edits: an edit, a hold or a cancel against the release at the last moment.
//!
//! Every race is a seed. It says what the order is (one to three parts), when its edit window closes, who wishes what and
//! when they look, how the warehouses behave (no connection, lost answers, yes or no to what they are asked
//! afterwards), whether the machine sleeps in the middle, and above all **who is next at the store**: the real flows of
//! the engine and real edits take turns at a turnstile ([`turnstile`]), one operation a turn, drawn from the seed. The
//! partner at the end writes down what arrives ([`warehouse`]). Afterwards the judge replays everything that was kept and
//! everything that arrived ([`judge`]): exactly one of release and wish has won, everybody was told so, and what arrived
//! is the revision that won.
//!
//! - `cargo nextest run -p switchyard-tests --test racing`: 4,000 races in memory and 12 between threads on SQLite.
//! - The long form: `SWITCHYARD_RACES=100000 cargo test --release -p switchyard-tests --test racing -- --nocapture`.
//!   It races that many in memory, and one in 250 of them on SQLite.
//! - One race again, with everything that happened: `SWITCHYARD_RACE=<seed>` and the same command.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs)]

mod clock;
mod judge;
mod races;
mod scene;
mod track;
mod turnstile;
mod warehouse;
