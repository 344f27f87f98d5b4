//! Sign-in of the daemon: a bearer token for programs, a one-time link and a session cookie for browsers.
//!
//! Session ids and tickets are 256 random bits. Only their SHA-256 is kept, in memory: a copy of the process' data is no
//! key, and a restart signs everybody out. A session ends after 30 idle minutes or 12 hours.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use switchyard_core::time::Timestamp;
use switchyard_engine::clock::Clock;
use tokio_util::sync::CancellationToken;

use crate::caller::{Caller, Role};
use crate::problem::ApiError;

/// How long a sign-in link works.
pub const TICKET_LIFE: Duration = Duration::from_secs(5 * 60);
/// How long a session lives without a request.
pub const IDLE_LIFE: Duration = Duration::from_secs(30 * 60);
/// How long a session lives at all.
pub const SESSION_LIFE: Duration = Duration::from_secs(12 * 60 * 60);
/// Name of the session cookie.
const COOKIE: &str = "switchyard_session";
/// Failed sign-ins within [`TRIES_WINDOW`] before all sign-ins are refused.
const TRIES: usize = 5;
const TRIES_WINDOW: Duration = Duration::from_secs(60);

/// SHA-256 of a token, ticket or session id.
type Hashed = [u8; 32];

fn hashed(secret: &str) -> Hashed {
    Sha256::digest(secret.as_bytes()).into()
}

fn fresh_secret() -> String {
    BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>())
}

#[derive(Clone)]
struct Login {
    name: String,
    role: Role,
    since: Timestamp,
    seen: Timestamp,
}

impl Login {
    fn lives(&self, now: Timestamp) -> bool {
        now.since(self.since) < SESSION_LIFE && now.since(self.seen) < IDLE_LIFE
    }
}

#[derive(Default)]
struct Doors {
    tickets: HashMap<Hashed, Timestamp>,
    sessions: HashMap<Hashed, Login>,
    failed: Vec<Timestamp>,
}

/// What a redeemed ticket gives.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who is signed in now.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Value of the `Set-Cookie` header.
    pub cookie: HeaderValue,
}

/// What sign-in is set up with.
#[derive(Debug, Clone)]
pub struct AccessOptions {
    /// The bearer token's text.
    pub token: String,
    /// Name of the person the sign-in link is for.
    pub operator: String,
    /// Origins the console is served at, such as `http://127.0.0.1:7420`; writes from other pages are refused.
    pub origins: Vec<String>,
    /// Whether the console is reached through TLS, so that the cookie may say `Secure`.
    pub secure: bool,
}

/// Who may come in. One per daemon.
pub struct Access {
    token: Hashed,
    operator: String,
    origins: Vec<String>,
    secure: bool,
    doors: Mutex<Doors>,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("origins", &self.origins).finish_non_exhaustive()
    }
}

impl Access {
    /// Sign-in with these settings; long-lived streams end when `stop` is cancelled.
    #[must_use]
    pub fn new(options: AccessOptions, clock: Arc<dyn Clock>, stop: CancellationToken) -> Self {
        Self {
            token: hashed(&options.token),
            operator: options.operator,
            origins: options.origins,
            secure: options.secure,
            doors: Mutex::default(),
            clock,
            stop,
        }
    }

    fn doors(&self) -> std::sync::MutexGuard<'_, Doors> {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A ticket for one sign-in within five minutes.
    #[must_use]
    pub fn issue_ticket(&self, now: Timestamp) -> String {
        let ticket = fresh_secret();
        let mut doors = self.doors();
        doors.tickets.retain(|_, issued| now.since(*issued) < TICKET_LIFE);
        doors.tickets.insert(hashed(&ticket), now);
        ticket
    }

    /// Turns a ticket into a session.
    ///
    /// # Errors
    /// 401 when the ticket is unknown, used or too old; 429 after five failures within a minute.
    pub fn redeem(&self, ticket: &str, now: Timestamp) -> Result<SignedIn, ApiError> {
        let mut doors = self.doors();
        doors.failed.retain(|at| now.since(*at) < TRIES_WINDOW);
        if doors.failed.len() >= TRIES {
            return Err(ApiError::too_many_tries());
        }
        let valid = doors.tickets.remove(&hashed(ticket)).is_some_and(|issued| now.since(issued) < TICKET_LIFE);
        if !valid {
            doors.failed.push(now);
            return Err(ApiError::unauthenticated());
        }
        let id = fresh_secret();
        let login = Login { name: self.operator.clone(), role: Role::Admin, since: now, seen: now };
        doors.sessions.retain(|_, login| login.lives(now));
        doors.sessions.insert(hashed(&id), login.clone());
        let cookie = self.cookie(&id, SESSION_LIFE.as_secs());
        Ok(SignedIn { name: login.name, role: login.role, cookie })
    }

    /// Ends a session.
    pub fn forget(&self, id: &str) {
        self.doors().sessions.remove(&hashed(id));
    }

    /// Whether a session lives, without counting as its use.
    #[must_use]
    pub fn is_signed_in(&self, id: &str, now: Timestamp) -> bool {
        self.doors().sessions.get(&hashed(id)).is_some_and(|login| login.lives(now))
    }

    fn session(&self, id: &str, now: Timestamp) -> Option<Caller> {
        let key = hashed(id);
        let mut doors = self.doors();
        let login = doors.sessions.get_mut(&key)?;
        if !login.lives(now) {
            doors.sessions.remove(&key);
            return None;
        }
        login.seen = now;
        Some(Caller::Session { name: login.name.clone(), role: login.role })
    }

    fn bearer(&self, headers: &HeaderMap) -> Option<Caller> {
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = value.split_once(' ')?;
        let matches: bool = hashed(token.trim()).ct_eq(&self.token).into();
        (scheme.eq_ignore_ascii_case("bearer") && matches)
            .then(|| Caller::Token { name: "token".to_owned(), role: Role::Admin })
    }

    fn cookie(&self, value: &str, seconds: u64) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
        // Base64url and digits are always a valid header value.
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }

    /// Makes a browser forget its session.
    #[must_use]
    pub fn empty_cookie(&self) -> HeaderValue {
        self.cookie("", 0)
    }

    /// Refuses a write that another site's page sent.
    ///
    /// A browser names the page's origin on every write. `browser` says that the caller is a browser for sure (it sent
    /// a session cookie); then the origin has to be there.
    ///
    /// # Errors
    /// 403 when the origin is missing from a browser's write, or not one of the console's own.
    pub fn require_own_origin(&self, headers: &HeaderMap, browser: bool) -> Result<(), ApiError> {
        match headers.get(header::ORIGIN) {
            None if browser => {
                Err(ApiError::foreign_origin("A write with a session names its origin; this one did not."))
            }
            None => Ok(()),
            Some(origin) if self.origins.iter().any(|own| own.as_bytes() == origin.as_bytes()) => Ok(()),
            Some(_) => Err(ApiError::foreign_origin("Its origin is not the console's own address.")),
        }
    }

    /// Who sent a request, as far as its headers prove.
    ///
    /// # Errors
    /// 403 for a write with a session cookie that fails the checks against cross-site requests.
    pub fn caller(&self, method: &Method, headers: &HeaderMap, now: Timestamp) -> Result<Caller, ApiError> {
        if headers.contains_key(header::AUTHORIZATION) {
            return Ok(self.bearer(headers).unwrap_or(Caller::Anonymous));
        }
        let Some(caller) = cookie_of(headers).and_then(|id| self.session(id, now)) else {
            return Ok(Caller::Anonymous);
        };
        if !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
            // Beside this, every mutation asks for a header that a page of another site cannot set. A question that is
            // too large for an address is a POST without it: it changes nothing, and only our pages read the answer.
            self.require_own_origin(headers, true)?;
        }
        Ok(caller)
    }

    /// Resolves when the daemon stops.
    pub async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// The time, for layers that have no engine at hand.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// The session id a browser sent, if any.
#[must_use]
pub fn cookie_of(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value)
}

/// Puts the caller into the request, replacing whatever was there.
pub(crate) async fn identify(State(access): State<Arc<Access>>, mut request: Request, next: Next) -> Response {
    match access.caller(request.method(), request.headers(), access.now()) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    }
}
