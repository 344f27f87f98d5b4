//! The only HTTP client: deadlines, size limits, error mapping, nothing secret in messages.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::error::{Error, Kind, Result};

/// Bytes of an answer we are willing to read.
const MAX_BODY: usize = 32 * 1024 * 1024;
/// Characters of a foreign message kept in an error.
const MAX_DETAIL: usize = 300;

/// A pooled client with one deadline per call. Cloning shares the pool.
#[derive(Debug, Clone)]
pub struct Http {
    client: reqwest::Client,
    deadline: Duration,
}

/// A whole answer, whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Header names are lower case; a repeated header keeps its first value.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header by lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// [`Kind::Protocol`] naming what came instead, such as an HTML page of a firewall.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body).map_err(|error| {
            Error::new(Kind::Protocol, format!("answer is not JSON ({error}): {}", self.excerpt()))
                .with_status(self.status)
        })
    }

    /// The start of the body, for a message.
    #[must_use]
    pub fn excerpt(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        text.chars().take(MAX_DETAIL).map(|c| if c.is_control() { ' ' } else { c }).collect()
    }

    /// The partner's own words for why it refused, out of the JSON shapes that APIs use: `message`, `detail` or `title`,
    /// lists of faults by field (RFC 9457, ASP.NET, ShipBob's bare map), or a list of either. Anything else is shown as
    /// it came.
    #[must_use]
    pub fn words(&self) -> String {
        let said = serde_json::from_slice::<Value>(&self.body).ok().map(|body| {
            let mut said = Vec::new();
            collect_words(&body, "", 0, &mut said);
            said.join("; ")
        });
        let said = said.filter(|text| !text.is_empty()).unwrap_or_else(|| self.excerpt());
        said.chars().take(MAX_DETAIL).map(|c| if c.is_control() { ' ' } else { c }).collect()
    }

    /// Seconds the partner asked us to wait (`Retry-After`, or `x-retry-after` as ShipBob spells it).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.header("retry-after").or_else(|| self.header("x-retry-after"))?;
        Duration::try_from_secs_f64(text.trim().parse().ok()?).ok()
    }
}

/// One request.
#[derive(Debug)]
pub struct Request<'a> {
    /// Method.
    pub method: Method,
    /// Absolute URL without secrets.
    pub url: url::Url,
    /// Headers; values may be secret and are never logged.
    pub headers: Vec<(&'static str, String)>,
    /// JSON body.
    pub body: Option<&'a Value>,
}

impl Http {
    /// A client whose every call ends within `deadline`.
    ///
    /// # Errors
    /// [`Kind::Config`] when TLS cannot be set up on this machine.
    pub fn new(deadline: Duration) -> Result<Self> {
        // A second installation is a no-op; the process may already have chosen a provider.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder()
            .user_agent(concat!("Switchyard/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(deadline.min(Duration::from_secs(10)))
            .timeout(deadline)
            .build()
            .map_err(|error| Error::new(Kind::Config, format!("cannot set up TLS: {error}")))?;
        Ok(Self { client, deadline })
    }

    /// The deadline of one call.
    #[must_use]
    pub const fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Sends and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`Kind::Unreachable`] when nothing was sent, [`Kind::Doubtful`] when something may have been.
    pub async fn send(&self, request: Request<'_>) -> Result<Answer> {
        let host = request.url.host_str().unwrap_or("?").to_owned();
        let mut builder = self.client.request(request.method, request.url);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        if let Some(body) = request.body {
            builder = builder.json(body);
        }
        let mut response = builder.send().await.map_err(|error| transport(&host, &error))?;
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| transport(&host, &error))? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(
                    Error::new(Kind::Protocol, format!("{host} sent more than {MAX_BODY} bytes")).with_status(status)
                );
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body })
    }
}

/// Maps a status to what can be done about it; `None` for success.
///
/// `effect` says whether the request could have changed something: then a 5xx leaves us in doubt.
#[must_use]
pub fn failure(answer: &Answer, effect: bool) -> Option<Error> {
    let status = StatusCode::from_u16(answer.status).ok()?;
    if status.is_success() {
        return None;
    }
    let kind = match answer.status {
        401 | 403 => Kind::Auth,
        404 | 410 => Kind::NotFound,
        429 => Kind::RateLimited,
        503 if answer.retry_after().is_some() => Kind::RateLimited,
        500..=599 if effect => Kind::Doubtful,
        500..=599 | 408 => Kind::Unreachable,
        400..=499 => Kind::Rejected,
        _ => Kind::Protocol,
    };
    let said = match answer.words() {
        words if words.is_empty() => format!("HTTP {}", answer.status),
        words => format!("{words} (HTTP {})", answer.status),
    };
    let mut error = Error::new(kind, said).with_status(answer.status);
    error.retry_after = answer.retry_after();
    Some(error)
}

/// Fields of an answer that are its number or address and say nothing to a person.
const SILENT: [&str; 9] =
    ["status", "statusCode", "type", "instance", "traceId", "trace_id", "code", "requestId", "request_id"];

fn collect_words(body: &Value, field: &str, depth: usize, said: &mut Vec<String>) {
    match body {
        Value::String(text) if !text.trim().is_empty() => {
            let text = text.trim();
            let named =
                field.is_empty() || matches!(field, "message" | "Message" | "detail" | "title" | "error" | "errors");
            let sentence = if named { text.to_owned() } else { format!("{field}: {text}") };
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        }
        Value::Array(list) if depth < 4 => list.iter().for_each(|item| collect_words(item, field, depth + 1, said)),
        Value::Object(fields) if depth < 4 => {
            for (name, value) in fields.iter().filter(|(name, _)| !SILENT.contains(&name.as_str())) {
                collect_words(value, name, depth + 1, said);
            }
        }
        _ => {}
    }
}

fn transport(host: &str, error: &reqwest::Error) -> Error {
    let cause = root_cause(error);
    if error.is_connect() {
        Error::new(Kind::Unreachable, format!("cannot connect to {host}: {cause}"))
    } else if error.is_timeout() {
        Error::new(Kind::Doubtful, format!("{host} did not answer in time"))
    } else if error.is_builder() || error.is_request() && error.url().is_none() {
        Error::new(Kind::Config, format!("cannot build the request to {host}: {cause}"))
    } else {
        Error::new(Kind::Doubtful, format!("the connection to {host} broke: {cause}"))
    }
}

/// The innermost cause, without the URL that reqwest's own message carries.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, body: &str) -> String {
        let answer = Answer { status, headers: Vec::new(), body: body.as_bytes().to_vec() };
        failure(&answer, true).map(|error| error.detail).unwrap_or_default()
    }

    #[test]
    fn a_refusal_is_told_in_the_partners_words_and_without_its_punctuation() {
        let by_field = r#"{"Recipient.Address.ZipCode":["is required"],"Products":["SKU X-1 is unknown"]}"#;
        assert_eq!(
            said(400, by_field),
            "Products: SKU X-1 is unknown; Recipient.Address.ZipCode: is required (HTTP 400)"
        );
        let problem =
            r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"reference_id: taken","traceId":"7"}"#;
        assert_eq!(said(400, problem), "reference_id: taken; Bad Request (HTTP 400)");
        assert_eq!(said(422, r#"{"errors":[{"message":"no such order"}]}"#), "no such order (HTTP 422)");
        assert_eq!(said(404, ""), "HTTP 404");
        assert_eq!(said(502, "<html>\u{7}Bad gateway"), "<html> Bad gateway (HTTP 502)");
    }
}
