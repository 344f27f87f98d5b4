//! Stores one page of a stream: items, mark and follow-up work in one transaction (T1).

use std::time::Duration;

use switchyard_connectors::contract::{Cursor, Stream};
use switchyard_connectors::error::Kind;
use switchyard_core::id::ConnectionId;
use switchyard_store::contract::{Changes, InboxItem, Job, Write};

use super::{Failure, Step, done, key};
use crate::Inner;
use crate::connection::{self, Partner};

/// Wait before looking at a paused connection again; resuming wakes the poller at once.
const PAUSED: Duration = Duration::from_secs(300);

/// What a poller should do next.
pub(crate) enum Poll {
    /// Read with this partner.
    Ready(Box<Partner>),
    /// Nothing now.
    Not(Step),
}

/// Loads the partner of a polling job.
pub(crate) async fn ready(inner: &Inner, job: &Job) -> Result<Poll, Failure> {
    let id: ConnectionId = key(job)?;
    match connection::partner(inner, &id).await {
        Ok(Some(partner)) => Ok(Poll::Ready(Box::new(partner))),
        Ok(None) => Ok(Poll::Not(Step::Later { due: inner.clock.now() + PAUSED, why: "paused".to_owned() })),
        Err(Failure::Partner(error)) => {
            if let Some(connection) = inner.store.connection(&id).await? {
                connection::failed(inner, &connection, &error).await?;
            }
            Err(Failure::Partner(error))
        }
        Err(other) => Err(other),
    }
}

/// Pulls the next page of `stream` and stores it; each new item gets a job of kind `then`.
pub(crate) async fn pull(
    inner: &Inner,
    job: &Job,
    partner: &Partner,
    stream: Stream,
    then: &str,
) -> Result<Step, Failure> {
    let connection = &partner.connection;
    let from = inner.store.cursor(&connection.id, stream.as_str()).await?;
    let cursor = from.clone().map(Cursor);
    let page = match partner.connector.pull(&partner.context, stream, cursor.as_ref()).await {
        Ok(page) => page,
        Err(error) => {
            connection::failed(inner, connection, &error).await?;
            return Err(retry_soon(error).into());
        }
    };
    let now = inner.clock.now();
    let mut writes: Vec<Write> = page
        .items
        .into_iter()
        .map(|item| {
            let id = inner.inbox_id();
            let follow_up = inner.job(then, id.as_str(), now);
            let item = InboxItem {
                id,
                connection: connection.id.clone(),
                stream: stream.as_str().to_owned(),
                external_id: item.external_id,
                version: item.version,
                raw: item.raw,
                received_at: now,
            };
            Write::Inbox { item: Box::new(item), then: vec![follow_up] }
        })
        .collect();
    if from.as_deref() != Some(page.cursor.0.as_str()) {
        writes.push(Write::Cursor {
            connection: connection.id.clone(),
            stream: stream.as_str().to_owned(),
            from,
            to: page.cursor.0,
        });
    }
    let wait = if page.more { Duration::ZERO } else { Duration::from_secs(u64::from(connection.poll_seconds)) };
    writes.push(done(job));
    writes.push(Write::Job(inner.job(&job.kind, job.key.as_str(), now + wait)));
    let committed = inner.commit(Changes { writes, ..Changes::default() }).await?;
    inner.partners.received(&connection.id, stream, committed.new_items.len(), !page.more, now);
    connection::succeeded(inner, connection).await?;
    Ok(Step::Done)
}

/// Reading has no effect over there, so a broken answer is simply read again.
fn retry_soon(error: switchyard_connectors::error::Error) -> switchyard_connectors::error::Error {
    if error.kind == Kind::Doubtful {
        switchyard_connectors::error::Error { kind: Kind::Unreachable, ..error }
    } else {
        error
    }
}
