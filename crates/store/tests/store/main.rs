//! What every implementation of the store has to do, and what only the one on disk can get wrong.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod fixture;
mod jobs;
