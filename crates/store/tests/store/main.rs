//! What every implementation of the store has to do, and what only the one on disk can get wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod change_requests;
mod channels;
mod connections;
mod crash;
mod file;
mod fixture;
mod fulfillments;
mod jobs;
mod journal;
mod orders;
mod parity;
mod returns;
mod search;
mod settings;
mod speed;
mod stock;
