//! The real window: WebKitGTK, the embedded console, the engine in process. `make test` runs it on a virtual display.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod corpus;
mod driver;
mod grid;
mod journey;
mod lifecycle;
mod lockdown;
mod parity;
mod window;
