//! Looks, once a minute, whether what is stored can be true: every order that changed since the last look, and the stock
//! ledger as a whole. The journal's chain is verified offline, because its length only grows.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_core::attention::{AttentionItem, Choice};
use switchyard_core::code::Code;
use switchyard_core::role::Role;
use switchyard_store::contract::{Job, OrderFile};
use switchyard_store::query::{OrderQuery, SortKey};

use super::amendment::Amendment;
use super::{Failure, Step};
use crate::Inner;
use crate::invariant::{self, Breach};

/// Time between two looks.
pub(crate) const INTERVAL: Duration = Duration::from_secs(60);
/// Orders read at once.
const PAGE: u32 = 200;
/// Orders of one look. What changed before is looked at when it changes again, and by `switchyardd verify`.
const MOST: usize = 5_000;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let now = inner.clock.now();
    // The look before may have begun late and missed what changed meanwhile.
    let since = job.due - 2 * INTERVAL;
    let mut looked = 0;
    let mut broken = 0;
    let mut after = None;
    'pages: loop {
        let (sort, descending) = (SortKey::Updated, true);
        let query = OrderQuery { sort, descending, after, limit: PAGE, ..OrderQuery::default() };
        let page = inner.store.search_orders(&query).await?;
        for row in &page.rows {
            let Some(file) = inner.store.order_file(&row.id).await? else { continue };
            if file.order.updated_at < since || looked == MOST {
                break 'pages;
            }
            looked += 1;
            let breaches = invariant::of_order(&file);
            if !breaches.is_empty() {
                broken += 1;
                show(&inner, &file, &breaches).await?;
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let ledger = inner.store.verify_stock().await?;
    if let Some(level) = ledger.first() {
        let (count, place) = (ledger.len(), format!("{}/{}", level.warehouse, level.sku));
        return Err(Failure::Defect(format!("{count} stock levels are not the sum of their ledger, first {place}")));
    }
    let why = format!("{looked} orders looked at, {broken} do not fit together");
    Ok(Step::Later { due: now + INTERVAL, why })
}

/// Puts the breaches before a person, once.
async fn show(inner: &Inner, file: &OrderFile, breaches: &[Breach]) -> Result<(), Failure> {
    let order = &file.order;
    let told: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    let told = told.join("; ");
    if order.attention.iter().any(|known| known.code == Code::RecordsContradict && known.detail == told) {
        return Ok(());
    }
    tracing::error!(order = %order.id, breaches = %told, "what is stored about an order does not fit together");
    let now = inner.clock.now();
    let what = format!("What is stored about {} does not fit together", order.number);
    let item = AttentionItem::new(Code::RecordsContradict, &order.id, now, what).saying(told).with(&[Choice::Correct]);
    let mut amended = Amendment::of(file);
    amended.attend(AttentionItem { owner: Role::Admin, ..item });
    amended.order.updated_at = now;
    let after = json!({ "breaches": breaches });
    amended.record(inner.entry("invariants", "order.records_contradict", &order.id, &order.id, after));
    match inner.commit(amended.into_changes()).await {
        // Somebody changed the order meanwhile: the next look reads it again.
        Err(switchyard_store::Error::Conflict(_)) => Ok(()),
        outcome => outcome.map(drop).map_err(Failure::from),
    }
}
