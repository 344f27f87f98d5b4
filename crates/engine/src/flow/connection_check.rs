//! Tries one connection's real read path, every minute.

use std::sync::Arc;
use std::time::Duration;

use switchyard_core::id::ConnectionId;
use switchyard_store::contract::Job;

use super::{Failure, Step, key};
use crate::Inner;
use crate::handle::ConnectError;

/// Time between two checks.
const INTERVAL: Duration = Duration::from_secs(60);

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: ConnectionId = key(&job)?;
    let Some(connection) = inner.store.connection(&id).await? else { return Ok(Step::Idle) };
    let due = inner.clock.now() + INTERVAL;
    if connection.paused {
        return Ok(Step::Later { due, why: "paused".to_owned() });
    }
    match crate::connection::check(&inner, &id).await {
        Ok(report) => Ok(Step::Later { due, why: format!("healthy: {}", report.account) }),
        // The problem is on the connection already, where a person looks.
        Err(ConnectError::Problem(problem)) => Ok(Step::Later { due, why: problem.detail }),
        Err(ConnectError::NotFound(_)) => Ok(Step::Idle),
        Err(ConnectError::Store(error)) => Err(error.into()),
    }
}
