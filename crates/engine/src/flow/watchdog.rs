//! Looks, once a minute, whether anything stays where it is beyond its patience, and puts it before a person.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_core::attention::AttentionItem;
use switchyard_core::code::Code;
use switchyard_core::order::OrderState;
use switchyard_core::watch;
use switchyard_store::contract::{Job, OrderFile};
use switchyard_store::query::{OrderFilter, OrderQuery, SortKey};

use super::amendment::Amendment;
use super::{Failure, Step};
use crate::Inner;

/// Time between two looks.
pub(crate) const INTERVAL: Duration = Duration::from_secs(60);
/// Orders read at once.
const PAGE: u32 = 200;
/// Orders of one look. Those that have waited longest come first, so that none is left out for ever: what is shown
/// has changed, and goes to the end.
const MOST: usize = 5_000;

pub(crate) async fn run(inner: Arc<Inner>, _job: Job) -> Result<Step, Failure> {
    let now = inner.clock.now();
    let patience = inner.timing.patience;
    let mut looked = 0;
    let mut late = 0;
    let mut after = None;
    'pages: loop {
        let filter =
            OrderFilter { not_states: vec![OrderState::Closed, OrderState::Cancelled], ..OrderFilter::default() };
        let query = OrderQuery { filter, sort: SortKey::Updated, after, limit: PAGE, ..OrderQuery::default() };
        let page = inner.store.search_orders(&query).await?;
        for row in &page.rows {
            if looked == MOST || now.since(row.updated_at) <= patience.shortest() {
                break 'pages;
            }
            looked += 1;
            let Some(file) = inner.store.order_file(&row.id).await? else { continue };
            let found = watch::overdue(&file.order, &file.fulfillments, &file.write_backs, &patience, now);
            let new: Vec<AttentionItem> = found.into_iter().filter(|item| !is_known(&file, item)).collect();
            if !new.is_empty() {
                late += 1;
                show(&inner, &file, new).await?;
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let why = format!("{looked} orders looked at, {late} newly late");
    Ok(Step::Later { due: now + INTERVAL, why })
}

fn is_known(file: &OrderFile, item: &AttentionItem) -> bool {
    let same = |known: &AttentionItem| known.code == Code::Overdue && known.fulfillment == item.fulfillment;
    file.order.attention.iter().any(same)
}

async fn show(inner: &Inner, file: &OrderFile, items: Vec<AttentionItem>) -> Result<(), Failure> {
    let order = &file.order;
    let told: Vec<_> = items.iter().map(|item| json!({ "what": item.what, "since": item.since })).collect();
    tracing::warn!(order = %order.id, late = %items.len(), "stays where it is beyond its patience");
    let mut amended = Amendment::of(file);
    for item in items {
        amended.attend(item);
    }
    amended.order.updated_at = inner.clock.now();
    amended.record(inner.entry("watchdog", "order.overdue", &order.id, &order.id, json!({ "late": told })));
    match inner.commit(amended.into_changes()).await {
        // Somebody changed the order meanwhile: it is not late any more, or the next look reads it again.
        Err(switchyard_store::Error::Conflict(_)) => Ok(()),
        outcome => outcome.map(drop).map_err(Failure::from),
    }
}
