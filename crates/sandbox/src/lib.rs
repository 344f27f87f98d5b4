//! Simulated shops and warehouses that speak the vendors' wire formats over real sockets.
//!
//! [`Sandbox::start`] opens Shopify-speaking shops and ShipBob-speaking warehouses on 127.0.0.1. Each instance has its
//! own state, an append-only [`ledger`](record) of every effect it applied (on disk before the answer leaves) and its
//! own switchable [`Faults`]. Orders arrive and parcels leave on a [`clock`] whose speed can be changed while it runs.
//! [`checker::check`] reads only the ledgers of both sides and says what was lost, doubled or wrong.
//!
//! Nothing here knows Switchyard's engine: the sandbox implements what the vendors' own schemas say
//! (`docs/sandbox.md`), so that a connector which works here has a fair chance to work there.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test stops at surprises")
)]

pub mod checker;
pub mod cli;
pub mod clock;
mod control;
mod dice;
mod error;
mod fault;
mod floor;
mod gate;
mod ledger;
mod manifest;
mod options;
mod orders;
mod publisher;
pub mod record;
mod running;
mod setup;
mod shipbob;
mod shopify;
mod socket;
mod text;

pub use error::{Error, Result};
pub use fault::Faults;
pub use floor::{InstanceStatus, Status};
pub use manifest::{Manifest, ManifestConnection, Origin};
pub use options::{OrderSource, SandboxOptions};
pub use orders::history::read_history;
pub use orders::{Draft, DraftLine};
pub use running::Sandbox;
pub use shopify::sdl as shopify_sdl;
