//! A person says how many units of a level are never promised.

use serde_json::json;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::quantity::Quantity;
use switchyard_store::contract::{Changes, StockPlace, Write};

use super::order_route;
use crate::Inner;

/// Keeps units back. Orders that wait are planned again: fewer kept back may be enough for them.
pub(crate) async fn keep_back(
    inner: &Inner,
    place: &StockPlace,
    units: Quantity,
    actor: Actor,
    reason: String,
) -> switchyard_store::error::Result<()> {
    let levels = inner.store.stock_of(std::slice::from_ref(&place.sku)).await?;
    let before = levels.iter().find(|level| level.warehouse == place.warehouse).map(|level| level.buckets.safety);
    let now = inner.clock.now();
    let StockPlace { sku, warehouse } = place.clone();
    let entry = Entry {
        at: now,
        actor,
        kind: "stock.safety_changed".to_owned(),
        order: None,
        subject: format!("{warehouse}/{sku}"),
        reason,
        before: json!({ "safety": before }),
        after: json!({ "safety": units }),
    };
    let writes = vec![
        Write::Safety { warehouse, sku, units },
        Write::Job(inner.job("plan_together", order_route::TOGETHER, now)),
    ];
    inner.commit(Changes { writes, journal: vec![entry], command: None }).await?;
    Ok(())
}
