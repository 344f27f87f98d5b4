//! The API as its callers see it: modules mirror the paths, [`app::TestApp`] is a real engine on a real database.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod app;
mod articles;
mod bad_input;
mod connections;
mod console;
mod coverage;
mod edits;
mod events;
mod flow;
mod metrics;
mod openapi_fresh;
mod orders;
mod parity;
mod proposals;
mod returns;
mod rules;
mod seed;
mod session;
mod stock;
