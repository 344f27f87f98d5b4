//! Watches one fulfillment order's edit window and passes it on when the window closes.

use std::sync::Arc;

use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::id::FulfillmentId;
use switchyard_store::contract::{Changes, Job, Write};

use super::{Failure, Step, done, key};
use crate::Inner;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: FulfillmentId = key(&job)?;
    let Some(part) = inner.store.fulfillment(&id).await? else { return Ok(Step::Idle) };
    if part.state != FulfillmentState::Open {
        return Ok(Step::Idle);
    }
    let now = inner.clock.now();
    // A person closes it: that release brings a job of its own.
    let Some(release_at) = part.release_at else { return Ok(Step::Idle) };
    if release_at > now {
        return Ok(Step::Later { due: release_at, why: "the edit window is open".to_owned() });
    }
    let writes = vec![done(&job), Write::Job(inner.job("release", id.as_str(), now))];
    inner.commit(Changes { writes, ..Changes::default() }).await?;
    Ok(Step::Done)
}
