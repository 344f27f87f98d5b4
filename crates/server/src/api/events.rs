//! Live events over TCP. The desktop has its own channel for the same envelopes.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::Stream;
use serde::Deserialize;
use switchyard_engine::events::Envelope;
use utoipa::IntoParams;

use crate::app::AppState;
use crate::extract::Query;
use crate::problem::{ApiError, FieldProblem, ProblemDocument};
use crate::session::{Access, cookie_of};

/// Events sent at once.
const BATCH: u32 = 500;
/// A caller further behind than this is told to read everything again instead.
const LARGEST_GAP: i64 = 5_000;
/// How often a quiet stream says that it lives, and looks whether its session does.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Where to go on.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StreamEvents {
    /// Journal position after which to start, when there is no `Last-Event-ID` header; the present when left out.
    #[serde(default)]
    pub after: Option<i64>,
}

/// Streams live events as server-sent events: `id` is the journal position, `data` an `Envelope`. Daemon only.
///
/// A caller more than 5,000 events behind gets one event `events.skipped` with every tag and goes on from the present.
#[utoipa::path(
    get, path = "/events", tag = "events", operation_id = "stream_events",
    params(StreamEvents, ("Last-Event-ID" = Option<String>, Header, description = "Position of the last event seen")),
    responses(
        (status = 200, description = "A stream of `Envelope`", body = String, content_type = "text/event-stream"),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn stream_events(
    State(state): State<AppState>,
    Extension(access): Extension<Arc<Access>>,
    Query(parameters): Query<StreamEvents>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let head = state.engine.store().journal_head().await?;
    let seen = last_event_id(&headers)?.or(parameters.after).unwrap_or(head);
    let session = cookie_of(&headers).map(str::to_owned);
    let follower = Follower { state, access, session, seen, ready: Vec::new() };
    let stream = futures::stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        Some((Ok(event), follower))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<i64>, ApiError> {
    let Some(value) = headers.get("last-event-id") else { return Ok(None) };
    let number = value.to_str().ok().and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| {
        let field = FieldProblem::new("last-event-id", "not a journal position");
        ApiError::bad_request("last-event-id: not a journal position", vec![field])
    })
}

/// One open stream.
struct Follower {
    state: AppState,
    access: Arc<Access>,
    session: Option<String>,
    seen: i64,
    /// Read and not yet sent, newest first.
    ready: Vec<Envelope>,
}

impl Follower {
    /// The next event; `None` when the server stops, the session ends or the store cannot be read: the browser then
    /// connects again from the last event it saw.
    async fn next(&mut self) -> Option<Event> {
        let mut head = self.state.engine.subscribe();
        loop {
            if let Some(envelope) = self.ready.pop() {
                self.seen = envelope.seq;
                return written(&envelope);
            }
            // Marks the head as seen before reading, so that nothing recorded meanwhile is slept over.
            let newest = *head.borrow_and_update();
            if newest - self.seen > LARGEST_GAP {
                self.seen = newest;
                return written(&skipped(&self.state, newest));
            }
            match self.state.engine.events_after(self.seen, BATCH).await {
                Ok(batch) if !batch.is_empty() => {
                    self.ready = batch.into_iter().rev().collect();
                    continue;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!("an event stream ends: {error}");
                    return None;
                }
            }
            tokio::select! {
                changed = head.changed() => changed.ok()?,
                () = self.access.stopped() => return None,
                () = tokio::time::sleep(KEEP_ALIVE) => {
                    let signed_out = self
                        .session
                        .as_deref()
                        .is_some_and(|id| !self.access.is_signed_in(id, self.state.engine.now()));
                    if signed_out {
                        return None;
                    }
                }
            }
        }
    }
}

fn written(envelope: &Envelope) -> Option<Event> {
    match Event::default().id(envelope.seq.to_string()).json_data(envelope) {
        Ok(event) => Some(event),
        Err(error) => {
            tracing::error!(seq = envelope.seq, "an event cannot be written as JSON: {error}");
            None
        }
    }
}

/// Tells a caller who is too far behind to read everything again.
fn skipped(state: &AppState, seq: i64) -> Envelope {
    Envelope {
        seq,
        at: state.engine.now(),
        kind: "events.skipped".to_owned(),
        tags: ["all", "orders", "flow", "connections", "services"].map(str::to_owned).to_vec(),
        data: serde_json::Value::Null,
    }
}
