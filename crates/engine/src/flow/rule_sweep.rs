//! Has every order that is still ours looked at again after the hold rules have changed.
//!
//! Only work is written here, a page at a time; a crash in the middle starts over and finds the same jobs.

use std::sync::Arc;

use switchyard_store::contract::{Changes, Job, Write};
use switchyard_store::query::{OrderFilter, OrderQuery, SortKey, Stage};

use super::{Failure, Step, done};
use crate::Inner;

/// Orders per transaction.
const PAGE: u32 = 200;

/// Where a hold still stops something.
const OURS: [Stage; 5] = [Stage::Received, Stage::Blocked, Stage::Routing, Stage::Editable, Stage::Held];

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let mut after = None;
    loop {
        let filter = OrderFilter { stages: OURS.to_vec(), ..OrderFilter::default() };
        let query = OrderQuery { filter, sort: SortKey::Received, descending: false, after, offset: 0, limit: PAGE };
        let page = inner.store.search_orders(&query).await?;
        let now = inner.clock.now();
        let jobs = page.rows.iter().map(|row| Write::Job(inner.job("validate", row.id.as_str(), now)));
        let mut writes: Vec<Write> = jobs.collect();
        let last = page.next.is_none();
        if last {
            writes.push(done(&job));
        }
        inner.commit(Changes { writes, ..Changes::default() }).await?;
        if last {
            return Ok(Step::Done);
        }
        after = page.next;
    }
}
