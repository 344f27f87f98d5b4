//! Runs the engine while the window lives, and puts its Router behind the bridge.
//!
//! The window is shown before the database is open: calls that come earlier wait, and when the engine cannot start they
//! are answered with the reason, so that the page can show it.

use std::sync::Arc;

use axum::http::{Request, Response, StatusCode};
use futures::{Stream, stream};
use switchyard_core::code::Code;
use switchyard_engine::Handle;
use switchyard_engine::events::Envelope;
use switchyard_engine::status::Timing;
use switchyard_sandbox::SandboxOptions;
use switchyard_server::caller::Caller;
use switchyard_server::host::{Host as Engine, HostOptions};
use tokio::sync::{Mutex, watch};

use crate::Arguments;
use crate::bridge::{Bridge, Guard, LaunchKey, problem};
use crate::data_folder::DataFolder;
use crate::window::MAIN;

/// Windows that may call the API.
const LABELS: &[&str] = &[MAIN];
/// Events read from the journal at once.
const READ_AHEAD: u32 = 500;
/// A page further behind than this is told to read everything again instead.
const LARGEST_GAP: i64 = 5_000;

/// The engine as the shell sees it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Host {
    guard: Guard,
    phase: Arc<watch::Sender<Phase>>,
    engine: Arc<Mutex<Option<Engine>>>,
}

#[derive(Debug, Clone)]
enum Phase {
    Opening,
    Open { bridge: Bridge, engine: Handle },
    Failed { reason: String, next_step: &'static str },
    Closed,
}

impl Host {
    /// A host that is not open yet; calls must carry `key`.
    #[must_use]
    pub fn new(key: LaunchKey) -> Self {
        Self {
            guard: Guard::new(key, LABELS),
            phase: Arc::new(watch::Sender::new(Phase::Opening)),
            engine: Arc::default(),
        }
    }

    /// Starts the engine, and the sandbox if it was asked for. What goes wrong is told to every call from then on.
    pub async fn open(self, arguments: Arguments, folder: DataFolder) {
        let sandbox = arguments.sandbox.then(|| SandboxOptions::demo(folder.partners()));
        let options = HostOptions { data_dir: folder.root().to_owned(), sandbox, timing: Timing::default() };
        // Held until the engine is in its place: whoever closes meanwhile waits, and closes it then.
        let mut engine = self.engine.lock().await;
        if matches!(*self.phase.borrow(), Phase::Closed) {
            return;
        }
        let phase = match Engine::open(options).await {
            Ok(opened) => {
                let state = opened.state();
                *engine = Some(opened);
                tracing::info!(demo = state.demo, "the engine runs");
                let handle = state.engine.clone();
                let router = switchyard_server::router(state);
                Phase::Open { bridge: Bridge::new(self.guard.clone(), router), engine: handle }
            }
            Err(error) => {
                tracing::error!("{error}. {}", error.next_step());
                Phase::Failed { reason: error.to_string(), next_step: error.next_step() }
            }
        };
        self.phase.send_replace(phase);
    }

    /// The phase once it is not `Opening` any more.
    async fn settled(&self) -> Phase {
        let mut phase = self.phase.subscribe();
        match phase.wait_for(|phase| !matches!(phase, Phase::Opening)).await {
            Ok(phase) => phase.clone(),
            Err(_) => Phase::Closed,
        }
    }

    /// Answers one call of the webview `label`; always, also when there is no engine to ask.
    pub async fn answer(&self, label: &str, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        match self.settled().await {
            Phase::Open { bridge, .. } => {
                let caller = Caller::Desktop { label: label.to_owned() };
                bridge.answer(label, caller, request).await
            }
            Phase::Failed { reason, next_step } => self.without_engine(label, &request, &reason, next_step),
            Phase::Opening | Phase::Closed => {
                self.without_engine(label, &request, "Switchyard is closing.", "Start it again.")
            }
        }
    }

    fn without_engine(
        &self,
        label: &str,
        request: &Request<Vec<u8>>,
        reason: &str,
        next_step: &str,
    ) -> Response<Vec<u8>> {
        let path = request.uri().path();
        // The reason names folders of this machine: for our own page only.
        match self.guard.admit(label, request) {
            Err(refusal) => refusal.answer(path),
            Ok(()) => {
                let title = "Switchyard's engine does not run";
                let response =
                    problem(StatusCode::SERVICE_UNAVAILABLE, Code::StoreUnavailable, title, reason, next_step, path);
                crate::bridge::readable_by_caller(response, request.headers())
            }
        }
    }

    /// Live events after a journal position, oldest first and without end, each an envelope as JSON; from the present
    /// when there is none.
    ///
    /// # Errors
    /// In words, when there is no engine or its journal cannot be read.
    pub async fn events_after(&self, seq: Option<i64>) -> Result<impl Stream<Item = String> + Send + use<>, String> {
        let Phase::Open { engine, .. } = self.settled().await else {
            return Err("Switchyard's engine does not run".to_owned());
        };
        let seen = match seq {
            Some(seq) => seq,
            None => engine.store().journal_head().await.map_err(|error| error.to_string())?,
        };
        Ok(stream::unfold(Follower { engine, seen, ready: Vec::new() }, |mut follower| async move {
            let event = follower.next().await?;
            Some((event, follower))
        }))
    }

    /// Lets calls in progress end, then stops the engine and the sandbox.
    pub async fn close(&self) {
        self.phase.send_replace(Phase::Closed);
        let engine = self.engine.lock().await.take();
        if let Some(engine) = engine {
            engine.shutdown().await;
        }
    }
}

/// Reads the journal behind the page.
struct Follower {
    engine: Handle,
    seen: i64,
    /// Read and not yet sent, newest first.
    ready: Vec<Envelope>,
}

impl Follower {
    /// The next event; `None` when the engine stops or the journal cannot be read. The page then asks again from the last
    /// event it saw.
    async fn next(&mut self) -> Option<String> {
        let mut head = self.engine.subscribe();
        loop {
            if let Some(envelope) = self.ready.pop() {
                self.seen = envelope.seq;
                return written(&envelope);
            }
            // Marks the head as seen before reading, so that nothing recorded meanwhile is slept over.
            let newest = *head.borrow_and_update();
            if newest - self.seen > LARGEST_GAP {
                self.seen = newest;
                return written(&self.skipped(newest));
            }
            match self.engine.events_after(self.seen, READ_AHEAD).await {
                Ok(batch) if batch.is_empty() => head.changed().await.ok()?,
                Ok(batch) => self.ready = batch.into_iter().rev().collect(),
                Err(error) => {
                    tracing::warn!("the window's events end: {error}");
                    return None;
                }
            }
        }
    }

    /// Tells a page that is too far behind to read everything again.
    fn skipped(&self, seq: i64) -> Envelope {
        Envelope {
            seq,
            at: self.engine.now(),
            kind: "events.skipped".to_owned(),
            tags: ["all", "orders", "flow", "connections", "services"].map(str::to_owned).to_vec(),
            data: serde_json::Value::Null,
        }
    }
}

fn written(envelope: &Envelope) -> Option<String> {
    serde_json::to_string(envelope)
        .inspect_err(|error| tracing::error!(seq = envelope.seq, "an event cannot be written as JSON: {error}"))
        .ok()
}
