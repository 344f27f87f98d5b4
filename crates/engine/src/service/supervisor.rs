//! Keeps one service running: claims its jobs, isolates their panics, restarts the service alone when it hangs.

use std::sync::Arc;
use std::time::Duration;

use switchyard_core::backoff;
use switchyard_core::time::Timestamp;
use switchyard_store::contract::{Changes, Claim, Job, Write};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::Service;
use crate::Inner;
use crate::flow::{Failure, Step};
use crate::status::ServiceState;

/// Runs `service` until `stop`, starting it again whenever it dies or stalls.
pub(crate) async fn supervise(inner: Arc<Inner>, service: &'static Service, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let mut running = tokio::spawn(run(Arc::clone(&inner), service, stop.clone()));
        let died = loop {
            tokio::select! {
                ended = &mut running => break ended.err().map(|error| format!("the service ended: {error}")),
                () = tokio::time::sleep(inner.timing.stall) => {
                    let beat = inner.board.read(service.name).heartbeat_at;
                    let silent = beat.is_none_or(|at| inner.clock.now().since(at) > inner.timing.stall);
                    if silent && !stop.is_cancelled() {
                        running.abort();
                        break Some(format!("no sign of life for {} s", inner.timing.stall.as_secs()));
                    }
                }
            }
        };
        if let Some(reason) = died
            && !stop.is_cancelled()
        {
            tracing::error!(service = service.name, reason, "service restarts");
            inner.board.restarted(service.name, &reason);
            tokio::select! {
                () = tokio::time::sleep(inner.timing.restart) => {}
                () = stop.cancelled() => {}
            }
        }
    }
    inner.board.state(service.name, ServiceState::Stopped);
}

/// Claims and runs jobs until `stop`; then lets the ones in progress end.
async fn run(inner: Arc<Inner>, service: &'static Service, stop: CancellationToken) {
    let mut jobs: JoinSet<()> = JoinSet::new();
    while !stop.is_cancelled() {
        inner.board.beat(service.name, inner.clock.now());
        let free = inner.timing.concurrency.saturating_sub(jobs.len());
        let claimed = if free == 0 { Vec::new() } else { claim(&inner, service, free).await };
        let full = claimed.len() == free;
        for job in claimed {
            jobs.spawn(isolate(Arc::clone(&inner), service, job));
        }
        if full && free > 0 {
            continue;
        }
        let pause = pause(&inner, service).await;
        tokio::select! {
            () = stop.cancelled() => {}
            () = inner.woken(service.name), if free > 0 => {}
            _ = jobs.join_next(), if !jobs.is_empty() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    while jobs.join_next().await.is_some() {
        inner.board.beat(service.name, inner.clock.now());
    }
}

/// Claims one job of a service and does it here and now, without a task of its own.
pub(crate) async fn run_one(inner: &Arc<Inner>, kind: &str) -> switchyard_store::error::Result<bool> {
    let service = super::SERVICES.iter().find(|service| service.name == kind);
    let service =
        service.ok_or_else(|| switchyard_store::Error::Backend(format!("there is no service called `{kind}`")))?;
    let claimed = inner.store.claim_jobs(&claim_of(inner, service, 1)).await?;
    let Some(job) = claimed.into_iter().next() else { return Ok(false) };
    let result = (service.flow)(Arc::clone(inner), job.clone()).await;
    settle(inner, service, &job, result).await;
    Ok(true)
}

fn claim_of(inner: &Inner, service: &Service, limit: usize) -> Claim {
    Claim {
        kind: service.name.to_owned(),
        owner: inner.owner.clone(),
        now: inner.clock.now(),
        lease: inner.timing.lease,
        limit: u32::try_from(limit).unwrap_or(u32::MAX),
    }
}

async fn claim(inner: &Inner, service: &Service, free: usize) -> Vec<Job> {
    match inner.store.claim_jobs(&claim_of(inner, service, free)).await {
        Ok(jobs) => jobs,
        Err(error) => {
            tracing::error!(service = service.name, %error, "cannot claim work");
            inner.board.failed(service.name, &error.to_string());
            // The store says no (a full disk, say): ask again after a while instead of spinning.
            tokio::time::sleep(inner.timing.idle).await;
            Vec::new()
        }
    }
}

/// How long to wait when nobody wakes us: until the next job is due, at most the idle time.
async fn pause(inner: &Inner, service: &Service) -> Duration {
    match inner.store.next_due(service.name).await {
        Ok(Some(due)) => due.since(inner.clock.now()).clamp(Duration::from_millis(5), inner.timing.idle),
        Ok(None) | Err(_) => inner.timing.idle,
    }
}

/// Runs one job in a task of its own, so that a panic ends that job's try and nothing else.
async fn isolate(inner: Arc<Inner>, service: &'static Service, job: Job) {
    let task = tokio::spawn((service.flow)(Arc::clone(&inner), job.clone()));
    let abort = AbortOnDrop(task.abort_handle());
    let result = task.await.unwrap_or_else(|error| Err(Failure::Defect(format!("the flow panicked: {error}"))));
    drop(abort);
    settle(&inner, service, &job, result).await;
}

/// Ends the inner task with the outer one, when a stalled service is aborted.
struct AbortOnDrop(tokio::task::AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Writes down how a try ended, unless the flow's own commit did.
async fn settle(inner: &Inner, service: &Service, job: &Job, result: Result<Step, Failure>) {
    let now = inner.clock.now();
    let write = match result {
        Ok(Step::Done) => {
            inner.board.done(service.name, now);
            return;
        }
        Ok(Step::Idle) => Write::JobDone { job: job.id.clone(), token: job.token },
        Ok(Step::Later { due, why }) => {
            Write::JobRetry { job: job.id.clone(), token: job.token, due, failed: false, error: why }
        }
        Err(failure) => failed(inner, service, job, &failure, now),
    };
    if let Err(error) = inner.commit(Changes { writes: vec![write], ..Changes::default() }).await {
        // The lease runs out and the job is claimed again: nothing is lost, it is only later.
        tracing::warn!(service = service.name, job = %job.id, %error, "cannot record how the try ended");
    }
}

fn failed(inner: &Inner, service: &Service, job: &Job, failure: &Failure, now: Timestamp) -> Write {
    let text = failure.to_string();
    if failure.is_conflict() {
        // Somebody else changed the object between our read and our write: read again soon, that is no failure.
        let due = now + Duration::from_millis(inner.clock.random() % 20);
        return Write::JobRetry { job: job.id.clone(), token: job.token, due, failed: false, error: text };
    }
    tracing::warn!(service = service.name, key = job.key, tries = job.tries, error = text, "a try failed");
    inner.board.failed(service.name, &text);
    if service.tries.is_some_and(|most| job.tries + 1 >= most) {
        return Write::JobDead { job: job.id.clone(), token: job.token, error: text };
    }
    let due = now + backoff::delay(job.tries, failure.retry_after(), inner.clock.random());
    Write::JobRetry { job: job.id.clone(), token: job.token, due, failed: failure.counts(), error: text }
}
