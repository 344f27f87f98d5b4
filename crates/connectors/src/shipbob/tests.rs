//! What is particular to ShipBob. What all connectors have in common is in the harness.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

mod contract;
mod orders;
mod reading;
mod returns;
mod transform;

use std::sync::Arc;

use super::rehearsal::{Account, REHEARSAL};
use crate::contract::Connector;
use crate::harness::{Partner, Stage};

/// A connector on a stage with `account` behind it.
async fn stage(account: &Arc<Account>) -> (Stage, Box<dyn Connector>) {
    let stage = Stage::open(Arc::clone(account) as Arc<dyn Partner>).await;
    let connector = REHEARSAL.connector(&stage.base());
    (stage, connector)
}
