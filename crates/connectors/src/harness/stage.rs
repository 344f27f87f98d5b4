//! The stage: an HTTP server on this machine with a partner behind it, which can be told to misbehave.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::{LATE_SILENCE, Partner};

/// How an answer goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A status with a body that echoes the request's headers, as some gateways do.
    Status(u16),
    /// The same with `Retry-After` in seconds.
    StatusRetryAfter(u16, u64),
    /// Status 200 and JSON that breaks off.
    TruncatedJson,
    /// Status 200 and the page of a firewall.
    Html,
    /// No answer before the deadline of calls that expect silence.
    Silence,
}

/// When a fault happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    Never,
    /// Instead of every answer.
    Always(Fault),
    /// Instead of carrying out what would change something.
    InsteadOfEffects(Fault),
    /// After having carried out what changes something.
    AfterEffects(Fault),
}

/// A running server.
pub struct Stage {
    server: MockServer,
    director: Arc<Director>,
}

struct Director {
    partner: Arc<dyn Partner>,
    cue: Mutex<Cue>,
    requests: AtomicUsize,
}

struct Doorman(Arc<Director>);

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").field("base", &self.base()).finish_non_exhaustive()
    }
}

impl Respond for Doorman {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let director = &self.0;
        director.requests.fetch_add(1, Ordering::SeqCst);
        let cue = *director.cue.lock().unwrap_or_else(PoisonError::into_inner);
        let effect = director.partner.is_effect(request);
        match cue {
            Cue::Always(fault) => misbehave(fault, request),
            Cue::InsteadOfEffects(fault) if effect => misbehave(fault, request),
            Cue::AfterEffects(fault) if effect => {
                drop(director.partner.answer(request));
                misbehave(fault, request)
            }
            Cue::Never | Cue::InsteadOfEffects(_) | Cue::AfterEffects(_) => director.partner.answer(request),
        }
    }
}

fn misbehave(fault: Fault, request: &Request) -> ResponseTemplate {
    let echo = || format!("refused: {:?}", request.headers.iter().map(|(_, value)| value).collect::<Vec<_>>());
    match fault {
        Fault::Status(status) => ResponseTemplate::new(status).set_body_string(echo()),
        Fault::StatusRetryAfter(status, seconds) => {
            ResponseTemplate::new(status).insert_header("retry-after", seconds.to_string()).set_body_string(echo())
        }
        Fault::TruncatedJson => ResponseTemplate::new(200).set_body_raw(r#"{"data": {"nodes": [{"#, "application/json"),
        Fault::Html => {
            ResponseTemplate::new(200).set_body_raw("<html><body>Checking your browser</body></html>", "text/html")
        }
        Fault::Silence => ResponseTemplate::new(200).set_delay(LATE_SILENCE * 2),
    }
}

impl Stage {
    /// A server in front of `partner`.
    pub async fn open(partner: Arc<dyn Partner>) -> Self {
        let director = Arc::new(Director { partner, cue: Mutex::new(Cue::Never), requests: AtomicUsize::new(0) });
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(Doorman(Arc::clone(&director))).mount(&server).await;
        Self { server, director }
    }

    /// Its base address.
    #[must_use]
    pub fn base(&self) -> String {
        self.server.uri()
    }

    /// Requests answered so far.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.director.requests.load(Ordering::SeqCst)
    }

    /// Changes the partner carried out so far.
    #[must_use]
    pub fn effects(&self) -> usize {
        self.director.partner.effects()
    }

    /// Behaves from now on.
    pub fn behave(&self) {
        self.cue(Cue::Never);
    }

    /// Answers everything with `fault`.
    pub fn always(&self, fault: Fault) {
        self.cue(Cue::Always(fault));
    }

    /// Answers with `fault` instead of changing anything.
    pub fn instead_of_effects(&self, fault: Fault) {
        self.cue(Cue::InsteadOfEffects(fault));
    }

    /// Changes what is asked and then answers with `fault`.
    pub fn after_effects(&self, fault: Fault) {
        self.cue(Cue::AfterEffects(fault));
    }

    fn cue(&self, cue: Cue) {
        *self.director.cue.lock().unwrap_or_else(PoisonError::into_inner) = cue;
    }
}

/// The base address of a port that nobody listens on.
pub(crate) async fn closed_door() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

/// The base address of a server that breaks every connection in the middle of its answer.
pub(crate) async fn broken_line() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = [0_u8; 4096];
            // Whatever could be read or written, the connection is dropped next.
            drop(socket.read(&mut request).await);
            drop(socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{\"data\"").await);
        }
    });
    base
}
