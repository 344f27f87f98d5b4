//! Answers the console's API calls in process: custom scheme in, [`Router`] in the middle, one buffer out.
//!
//! No port is opened. WebKitGTK sends no CORS preflight, so who may call is decided here, before routing: by webview
//! label, by a key that only our window was given, and by an exact list of origins. The same Router answers the
//! daemon over TCP; what only one of the two can do (streams, redirects, cookies) is refused here, so that it cannot
//! creep in.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use data_encoding::BASE64URL_NOPAD;
use rand::TryRngCore;
use serde_json::json;
use switchyard_core::code::Code;
use tower::ServiceExt;

/// The custom scheme: `switchyard://localhost/api/v1/...` (`http://switchyard.localhost/...` on Windows).
pub const SCHEME: &str = "switchyard";
/// Carries the [`LaunchKey`].
pub const KEY_HEADER: HeaderName = HeaderName::from_static("x-switchyard-key");
/// Carries the length of the body in bytes: wry reads request bodies in steps and takes a short read for the end.
pub const BODY_BYTES_HEADER: HeaderName = HeaderName::from_static("x-body-bytes");
/// No request and no answer is larger, so collecting one cannot exhaust memory.
pub const BODY_LIMIT_BYTES: usize = 16 * 1024 * 1024;
/// The pages of our own window: Linux and macOS, then Windows.
pub const ORIGINS: &[&str] = &["tauri://localhost", "http://tauri.localhost"];

const EVENT_STREAM: &str = "text/event-stream";
const ALLOWED_METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";
const ALLOWED_HEADERS: &str = "accept, content-type, idempotency-key, x-body-bytes, x-switchyard-key";

/// 256 random bits, new at every start, that tell our own page from any other.
#[derive(Clone)]
pub struct LaunchKey(String);

impl LaunchKey {
    /// A fresh key from the operating system's random source.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn generate() -> anyhow::Result<Self> {
        let mut bytes = [0_u8; 32];
        rand::rngs::OsRng.try_fill_bytes(&mut bytes)?;
        Ok(Self(BASE64URL_NOPAD.encode(&bytes)))
    }

    /// The script that hands the key to a page before its own scripts run.
    #[must_use]
    pub fn initialization_script(&self) -> String {
        format!(
            "Object.defineProperty(window,'__SWITCHYARD__',{{value:Object.freeze({{key:{key}}})}});",
            key = json!(self.0)
        )
    }

    /// Compares without telling by its duration how much was right.
    fn matches(&self, other: &[u8]) -> bool {
        let own = self.0.as_bytes();
        own.len() == other.len() && own.iter().zip(other).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
    }

    /// The text, for tests that play the page.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for LaunchKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("LaunchKey(..)")
    }
}

/// Decides who may call, before the Router sees anything.
#[derive(Debug, Clone)]
pub struct Guard {
    key: LaunchKey,
    labels: &'static [&'static str],
}

impl Guard {
    /// Admits calls from these webviews that carry this key.
    #[must_use]
    pub fn new(key: LaunchKey, labels: &'static [&'static str]) -> Self {
        Self { key, labels }
    }

    /// Says why a request is refused, or nothing.
    ///
    /// # Errors
    /// A [`Refusal`] with the status it is answered with.
    pub fn admit(&self, label: &str, request: &Request<Vec<u8>>) -> Result<(), Refusal> {
        self.admit_sender(label, request.headers())?;
        match request.headers().get(&KEY_HEADER) {
            Some(key) if self.key.matches(key.as_bytes()) => {}
            _ => return Err(Refusal::forbidden("the call does not carry this start's key")),
        }
        let length = request.body().len();
        if length > BODY_LIMIT_BYTES {
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "the request is larger than 16 MiB"));
        }
        match request.headers().get(&BODY_BYTES_HEADER) {
            None if length == 0 => {}
            Some(said) if said.as_bytes() == length.to_string().as_bytes() => {}
            Some(_) => {
                return Err(Refusal::new(
                    StatusCode::BAD_REQUEST,
                    "the body arrived with another length than was sent",
                ));
            }
            None => return Err(Refusal::new(StatusCode::BAD_REQUEST, "a body needs the header x-body-bytes")),
        }
        if names_event_stream(request.headers(), &header::ACCEPT) {
            return Err(Refusal::new(StatusCode::NOT_ACCEPTABLE, "live events come through the window's channel"));
        }
        Ok(())
    }

    /// What a preflight can be judged by: it carries no key.
    fn admit_sender(&self, label: &str, headers: &HeaderMap) -> Result<(), Refusal> {
        if !self.labels.contains(&label) {
            return Err(Refusal::forbidden("this window may not use the API"));
        }
        match headers.get(header::ORIGIN) {
            None => Ok(()),
            Some(origin) if ORIGINS.iter().any(|known| origin == known) => Ok(()),
            Some(_) => Err(Refusal::forbidden("this page may not use the API")),
        }
    }
}

/// Why a call was not routed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The status it is answered with.
    pub status: StatusCode,
    /// Why, for the log and the page's own author.
    pub detail: &'static str,
}

impl Refusal {
    const fn new(status: StatusCode, detail: &'static str) -> Self {
        Self { status, detail }
    }

    const fn forbidden(detail: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    const fn internal(detail: &'static str) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    fn code(&self) -> Code {
        match self.status {
            StatusCode::FORBIDDEN => Code::Forbidden,
            status if status.is_client_error() => Code::BadRequest,
            _ => Code::Internal,
        }
    }

    /// The same shape as every error of the API.
    #[must_use]
    pub fn answer(&self, path: &str) -> Response<Vec<u8>> {
        let next_step = "Restart Switchyard. If it stays, report it with the log files.";
        problem(self.status, self.code(), "The desktop did not pass this call on", self.detail, next_step, path)
    }
}

/// A problem document as the API sends it; `path` is the call's.
#[must_use]
pub fn problem(
    status: StatusCode,
    code: Code,
    title: &str,
    detail: &str,
    next_step: &str,
    path: &str,
) -> Response<Vec<u8>> {
    let document = json!({
        "type": format!("/docs/errors/{}", code.as_str()),
        "title": title,
        "status": status.as_u16(),
        "code": code.as_str(),
        "detail": detail,
        "instance": path,
        "next_step": next_step,
        "fields": [],
    });
    let mut response = Response::new(document.to_string().into_bytes());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// The Router behind the guard.
#[derive(Debug, Clone)]
pub struct Bridge {
    guard: Guard,
    router: Router,
}

impl Bridge {
    /// Puts a guard before a Router.
    #[must_use]
    pub fn new(guard: Guard, router: Router) -> Self {
        Self { guard, router }
    }

    /// Answers one call of the webview `label`. `caller` becomes an extension of the request: who calls is a value the
    /// shell sets, never a header the page could.
    ///
    /// Always answers: a refusal, a defect and an answer that the scheme cannot carry become problem documents.
    pub async fn answer<C>(&self, label: &str, caller: C, request: Request<Vec<u8>>) -> Response<Vec<u8>>
    where
        C: Clone + Send + Sync + 'static,
    {
        let headers = request.headers().clone();
        let path = request.uri().path().to_owned();
        let preflight = request.method() == Method::OPTIONS;
        let admitted = match preflight {
            true => self.guard.admit_sender(label, request.headers()),
            false => self.guard.admit(label, &request),
        };
        if let Err(refusal) = admitted {
            tracing::warn!(label, path, origin = ?headers.get(header::ORIGIN), "refused an API call: {}", refusal.detail);
            // Without CORS headers on purpose: a page that may not call may not read why either.
            return refusal.answer(&path);
        }
        let response = match preflight {
            true => preflight_answer(),
            false => self.route(caller, request, &path).await,
        };
        readable_by_caller(response, &headers)
    }

    async fn route<C>(&self, caller: C, request: Request<Vec<u8>>, path: &str) -> Response<Vec<u8>>
    where
        C: Clone + Send + Sync + 'static,
    {
        let (mut parts, body) = request.into_parts();
        // The Router knows paths, not schemes; the guard's headers are none of its business.
        parts.uri = match parts.uri.path_and_query() {
            Some(path_and_query) => Uri::from(path_and_query.clone()),
            None => Uri::from_static("/"),
        };
        for name in [&KEY_HEADER, &BODY_BYTES_HEADER] {
            parts.headers.remove(name);
        }
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        parts.extensions.insert(caller);

        let response = match self.router.clone().oneshot(Request::from_parts(parts, Body::from(body))).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        collect(response).await.unwrap_or_else(|refusal| {
            tracing::error!(path, "an answer cannot go through the window's scheme: {}", refusal.detail);
            refusal.answer(path)
        })
    }
}

/// Lets the page whose admitted call this answers read it.
pub(crate) fn readable_by_caller(mut response: Response<Vec<u8>>, call: &HeaderMap) -> Response<Vec<u8>> {
    if let Some(origin) = call.get(header::ORIGIN) {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
    }
    response
}

fn preflight_answer() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(ALLOWED_METHODS));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(ALLOWED_HEADERS));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

/// Reads an answer into the one buffer that a custom scheme can deliver.
async fn collect(response: Response<Body>) -> Result<Response<Vec<u8>>, Refusal> {
    if names_event_stream(response.headers(), &header::CONTENT_TYPE) {
        return Err(Refusal::internal("the answer is a stream, which never ends"));
    }
    if response.status().is_redirection() && response.status() != StatusCode::NOT_MODIFIED {
        return Err(Refusal::internal("the answer is a redirect, which webviews do not follow here"));
    }
    if response.headers().contains_key(header::SET_COOKIE) {
        return Err(Refusal::internal("the answer sets a cookie, which webviews ignore here"));
    }
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, BODY_LIMIT_BYTES).await.map_err(|error| {
        tracing::error!("reading the Router's answer: {error}");
        Refusal::internal("the answer broke off or is larger than 16 MiB")
    })?;
    Ok(Response::from_parts(parts, body.to_vec()))
}

fn names_event_stream(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers
        .get_all(name)
        .iter()
        .any(|value| value.to_str().is_ok_and(|text| text.to_ascii_lowercase().contains(EVENT_STREAM)))
}

type Respond = Box<dyn FnOnce(Response<Vec<u8>>) + Send>;

/// The duty to answer one call. Dropping it unanswered, as a panic does, answers 500: a webview that is never answered
/// waits for ever, and crashes on macOS (wry #872).
pub struct Answer {
    path: String,
    respond: Option<Respond>,
}

impl Answer {
    /// Takes the duty on for the call to `path`.
    pub fn new(path: &str, respond: impl FnOnce(Response<Vec<u8>>) + Send + 'static) -> Self {
        Self { path: path.to_owned(), respond: Some(Box::new(respond)) }
    }

    /// Answers.
    pub fn send(mut self, response: Response<Vec<u8>>) {
        if let Some(respond) = self.respond.take() {
            respond(response);
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if let Some(respond) = self.respond.take() {
            tracing::error!(path = self.path, "an API call ended without an answer");
            respond(Refusal::internal("the call ended without an answer").answer(&self.path));
        }
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Answer").field("path", &self.path).finish_non_exhaustive()
    }
}
