//! One REST call: address, credential, channel, status mapping.

use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use switchyard_core::time::Timestamp;
use url::Url;

use crate::contract::Context;
use crate::error::{Error, Kind, Result};
use crate::http::{self, Answer, Request};
use crate::secret::Secret;

/// The API version spoken; it is part of every path.
pub(super) const API_VERSION: &str = "2026-01";

/// What ShipBob answered.
#[derive(Debug)]
pub(super) struct Reply<T> {
    pub(super) body: T,
    /// ShipBob's clock when it answered, from the `Date` header.
    pub(super) at: Option<Timestamp>,
}

/// Calls ShipBob for one channel.
#[derive(Debug, Clone)]
pub(super) struct Client {
    base: Url,
    token: Secret,
    channel: u64,
}

impl Client {
    /// A client for `channel` behind `base` (which ends in `/`).
    pub(super) fn new(base: Url, token: Secret, channel: u64) -> Self {
        Self { base, token, channel }
    }

    /// Reads. `path` is relative to the version, such as `order?Page=1`.
    ///
    /// # Errors
    /// Never [`Kind::Doubtful`].
    pub(super) async fn get<T: DeserializeOwned>(&self, context: &Context, path: &str) -> Result<Reply<T>> {
        let outcome = self.send(context, Method::GET, path, None).await.and_then(|answer| read(&answer));
        outcome.map_err(|error| self.redacted(error).for_read())
    }

    /// Changes something.
    ///
    /// # Errors
    /// [`Kind::Doubtful`] whenever ShipBob may have done it.
    pub(super) async fn change<B: Serialize, T: DeserializeOwned>(
        &self,
        context: &Context,
        method: Method,
        path: &str,
        body: Option<&B>,
    ) -> Result<T> {
        let body = body
            .map(serde_json::to_value)
            .transpose()
            .map_err(|error| Error::new(Kind::Config, format!("{path}: cannot write the request: {error}")))?;
        let outcome = self.send(context, method, path, body.as_ref()).await.and_then(|answer| read(&answer));
        outcome.map(|reply| reply.body).map_err(|error| self.redacted(error).for_effect())
    }

    async fn send(
        &self,
        context: &Context,
        method: Method,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> Result<Answer> {
        // A path such as `order/7:cancel` would be read as a URL with a scheme if it were joined alone.
        let url = self
            .base
            .join(&format!("{API_VERSION}/{path}"))
            .map_err(|error| Error::new(Kind::Config, format!("{path}: {error}")))?;
        let effect = method != Method::GET;
        let headers = vec![
            ("authorization", format!("Bearer {}", self.token.expose())),
            ("shipbob_channel_id", self.channel.to_string()),
        ];
        let answer = context.http.send(Request { method, url, headers, body }).await?;
        match http::failure(&answer, effect) {
            Some(error) => Err(error),
            None => Ok(answer),
        }
    }

    fn redacted(&self, mut error: Error) -> Error {
        error.detail = self.token.redact(&error.detail);
        error
    }
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<Reply<T>> {
    let mut json = serde_json::Deserializer::from_slice(&answer.body);
    let body = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let detail = format!("answer is not as documented ({error}): {}", answer.excerpt());
        Error::new(Kind::Protocol, detail).with_status(answer.status)
    })?;
    let at =
        answer.header("date").and_then(|text| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok());
    Ok(Reply { body, at: at.map(Timestamp::from) })
}
