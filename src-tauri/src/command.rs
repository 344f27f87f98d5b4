//! The page's own commands; each is granted in `capabilities/main.json`.
#![expect(clippy::let_underscore_must_use, reason = "in the code that `#[tauri::command]` writes")]

use futures::StreamExt;
use tauri::ipc::{Channel, InvokeResponseBody};
use tauri::{State, Webview};

use crate::events::{Subscriptions, forward};
use crate::host::Host;
use crate::window::PageReady;

/// Sends every event after a journal position to the page, in order, until the page asks again or goes away. `after_seq`
/// is not negative, and left out for the present; each message is a JSON array of envelopes.
#[tauri::command]
pub(crate) async fn subscribe_events(
    after_seq: Option<i64>,
    channel: Channel<InvokeResponseBody>,
    webview: Webview,
    host: State<'_, Host>,
    subscriptions: State<'_, Subscriptions>,
) -> Result<(), String> {
    if after_seq.is_some_and(|seq| seq < 0) {
        return Err("after_seq is a journal position and not negative".to_owned());
    }
    let events = host.events_after(after_seq).await?;
    let replaced = subscriptions.replace(webview.label());
    tauri::async_runtime::spawn(async move {
        let until_replaced = events.take_until(replaced.cancelled_owned());
        if let Err(error) = forward(until_replaced, |batch| channel.send(InvokeResponseBody::Json(batch))).await {
            tracing::info!("the page no longer takes events: {error}");
        }
    });
    Ok(())
}

/// The page has drawn its first picture.
#[tauri::command]
pub(crate) fn ready(page: State<'_, PageReady>) {
    page.set();
}
