//! What is particular to Shopify. What all connectors have in common is in the harness.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

mod contract;
mod failures;
mod orders;
mod report;
mod transform;

use std::sync::Arc;

use super::rehearsal::{REHEARSAL, Shop};
use crate::contract::Connector;
use crate::harness::{Partner, Stage};

/// A connector on a stage with `shop` behind it.
async fn stage(shop: &Arc<Shop>) -> (Stage, Box<dyn Connector>) {
    let stage = Stage::open(Arc::clone(shop) as Arc<dyn Partner>).await;
    let connector = REHEARSAL.connector(&stage.base());
    (stage, connector)
}
