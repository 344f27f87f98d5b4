//! The sandbox from outside: over its sockets, its ledgers and the vendors' own schemas.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test stops at surprises")]

mod client;
mod contracts;
mod faults;
mod history;
mod journey;
mod restart;
mod shop;
mod shopify_schema;
mod warehouse;
