//! Live events for the window: the journal's envelopes, in batches, through one Tauri channel.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures::{Stream, StreamExt};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Tauri hands a channel message below 8,192 bytes over at once and lets the page fetch a larger one in a second step
/// (tauri `ipc/channel.rs`); stay below it.
pub const BATCH_LIMIT_BYTES: usize = 8_000;
/// How long the first event of a batch waits for company.
pub const BATCH_DELAY: Duration = Duration::from_millis(60);

/// JSON texts joined to one JSON array.
#[derive(Debug, Default)]
struct Batch {
    text: String,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether `event` still fits, brackets and comma counted.
    fn has_room_for(&self, event: &str) -> bool {
        self.is_empty() || self.text.len() + event.len() + 3 <= BATCH_LIMIT_BYTES
    }

    fn push(&mut self, event: &str) {
        if !self.is_empty() {
            self.text.push(',');
        }
        self.text.push_str(event);
    }

    fn take(&mut self) -> String {
        format!("[{}]", std::mem::take(&mut self.text))
    }
}

/// Sends events on in batches of at most [`BATCH_LIMIT_BYTES`], at most [`BATCH_DELAY`] after the first of each. One
/// event that is larger alone goes alone. `events` are JSON texts in order; `send` takes a JSON array. Ends with the
/// stream, or with the first batch that cannot be sent.
///
/// # Errors
/// The first error of `send`.
pub async fn forward<S, E>(events: S, mut send: impl FnMut(String) -> Result<(), E>) -> Result<(), E>
where
    S: Stream<Item = String>,
{
    let mut events = std::pin::pin!(events);
    let mut batch = Batch::default();
    while let Some(first) = events.next().await {
        batch.push(&first);
        let deadline = Instant::now() + BATCH_DELAY;
        loop {
            match tokio::time::timeout_at(deadline, events.next()).await {
                Ok(Some(event)) if batch.has_room_for(&event) => batch.push(&event),
                Ok(Some(event)) => {
                    send(batch.take())?;
                    batch.push(&event);
                }
                Ok(None) | Err(_) => break,
            }
        }
        send(batch.take())?;
    }
    Ok(())
}

/// The one running subscription of each webview.
#[derive(Debug, Default)]
pub struct Subscriptions(Mutex<HashMap<String, CancellationToken>>);

impl Subscriptions {
    /// Ends the webview's earlier subscription, which a page reload leaves behind, and starts the next.
    pub fn replace(&self, label: &str) -> CancellationToken {
        let token = CancellationToken::new();
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = running.insert(label.to_owned(), token.clone()) {
            earlier.cancel();
        }
        token
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use futures::stream;
    use tokio::sync::mpsc;
    use tokio_stream::wrappers::UnboundedReceiverStream;

    use super::*;

    async fn batches(events: impl Stream<Item = String>) -> Vec<String> {
        let mut sent = Vec::new();
        forward(events, |batch| {
            sent.push(batch);
            Ok::<_, ()>(())
        })
        .await
        .unwrap();
        sent
    }

    #[tokio::test(start_paused = true)]
    async fn events_of_one_moment_travel_together_in_order() {
        let events = stream::iter(["1", "2", "3"].map(str::to_owned));
        assert_eq!(batches(events).await, ["[1,2,3]"]);
    }

    #[tokio::test(start_paused = true)]
    async fn batch_never_exceeds_the_limit_and_loses_nothing() {
        let event = format!("\"{}\"", "x".repeat(500));
        let sent = batches(stream::iter(vec![event; 100])).await;
        assert!(sent.iter().all(|batch| batch.len() <= BATCH_LIMIT_BYTES), "a batch is over the limit");
        let received: usize = sent.iter().map(|batch| serde_json::from_str::<Vec<String>>(batch).unwrap().len()).sum();
        assert_eq!(received, 100);
    }

    #[tokio::test(start_paused = true)]
    async fn event_larger_than_the_limit_travels_alone() {
        let large = format!("\"{}\"", "x".repeat(BATCH_LIMIT_BYTES));
        let sent = batches(stream::iter(["1".to_owned(), large.clone(), "2".to_owned()])).await;
        assert_eq!(sent, ["[1]".to_owned(), format!("[{large}]"), "[2]".to_owned()]);
    }

    #[tokio::test(start_paused = true)]
    async fn lone_event_waits_no_longer_than_the_delay() {
        let (events, receiver) = mpsc::unbounded_channel();
        let (sent, mut batches) = mpsc::unbounded_channel();
        let forwarding = tokio::spawn(forward(UnboundedReceiverStream::new(receiver), move |batch| {
            sent.send((batch, Instant::now()))
        }));
        let start = Instant::now();
        events.send("1".to_owned()).unwrap();
        let (batch, at) = batches.recv().await.unwrap();
        assert_eq!(batch, "[1]");
        assert_eq!(at - start, BATCH_DELAY);
        drop(events);
        forwarding.await.unwrap().unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn page_that_is_gone_ends_the_stream() {
        let endless = stream::repeat("1".to_owned());
        assert_eq!(forward(endless, |_| Err("gone")).await, Err("gone"));
    }

    #[test]
    fn reloaded_page_replaces_its_earlier_subscription_only() {
        let subscriptions = Subscriptions::default();
        let (first, other) = (subscriptions.replace("main"), subscriptions.replace("station"));
        let second = subscriptions.replace("main");
        assert!(first.is_cancelled());
        assert!(!second.is_cancelled() && !other.is_cancelled());
    }
}
