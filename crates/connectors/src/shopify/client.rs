//! One GraphQL call: address, credential, and the three ways in which Shopify reports failure.

use std::time::Duration;

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use super::operation::Operation;
use super::wire::{Cost, Envelope, Errors, GraphError};
use crate::contract::Context;
use crate::error::{Error, Kind};
use crate::http::{self, Answer, Request};
use crate::secret::Secret;

/// The API version spoken. Versions come quarterly and are served for about a year.
pub(super) const API_VERSION: &str = "2026-10";

/// Shopify's account of a failure, kept beside what the caller can do about it.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    /// `extensions.code` of the first error, such as `MAX_COST_EXCEEDED`.
    pub(super) code: Option<String>,
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, code: None }
    }
}

/// What an operation answered.
#[derive(Debug)]
pub(super) struct Reply<T> {
    pub(super) data: T,
    /// The API version that answered; another one than asked for when ours has expired.
    pub(super) version: Option<String>,
}

/// Calls the Admin API of one shop.
#[derive(Debug, Clone)]
pub(super) struct Client {
    url: Url,
    token: Secret,
}

impl Client {
    /// A client of the shop behind `base` (which ends in `/`).
    pub(super) fn new(base: &Url, token: Secret) -> Result<Self, Error> {
        let url = base
            .join(&format!("admin/api/{API_VERSION}/graphql.json"))
            .map_err(|error| Error::new(Kind::Config, format!("endpoint: {error}")))?;
        Ok(Self { url, token })
    }

    /// Runs one operation.
    ///
    /// # Errors
    /// A read never answers [`Kind::Doubtful`]; a mutation answers it whenever Shopify may have carried it out.
    pub(super) async fn run<T: DeserializeOwned>(
        &self,
        context: &Context,
        operation: Operation,
        variables: Value,
    ) -> Result<Reply<T>, Failure> {
        let outcome = self.attempt(context, operation, variables).await;
        outcome.map_err(|mut failure| {
            failure.error.detail = self.token.redact(&failure.error.detail);
            failure.error = if operation.effect { failure.error.for_effect() } else { failure.error.for_read() };
            failure
        })
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        context: &Context,
        operation: Operation,
        variables: Value,
    ) -> Result<Reply<T>, Failure> {
        let body = json!({ "query": operation.text, "operationName": operation.name, "variables": variables });
        let request = Request {
            method: Method::POST,
            url: self.url.clone(),
            headers: vec![("x-shopify-access-token", self.token.expose().to_owned())],
            body: Some(&body),
        };
        let answer = context.http.send(request).await?;
        if let Some(error) = http::failure(&answer, operation.effect) {
            return Err(error.into());
        }
        read(&answer, operation)
    }
}

/// Reads the answer of an operation, which reports most failures with status 200.
pub(super) fn read<T: DeserializeOwned>(answer: &Answer, operation: Operation) -> Result<Reply<T>, Failure> {
    let envelope: Envelope = serde_json::from_slice(&answer.body).map_err(|error| {
        let detail = format!("{}: answer is not GraphQL ({error}): {}", operation.name, answer.excerpt());
        Error::new(Kind::Protocol, detail).with_status(answer.status)
    })?;
    let began = envelope.data.is_some();
    let cost = envelope.extensions.and_then(|extensions| extensions.cost);
    match envelope.errors {
        None => {}
        Some(Errors::List(errors)) => {
            if let Some(failure) = refused(&errors, began, cost.as_ref(), operation) {
                return Err(failure);
            }
        }
        Some(Errors::Other(errors)) => {
            return Err(Error::new(Kind::Rejected, format!("{}: {errors}", operation.name)).into());
        }
    }
    let data = envelope
        .data
        .ok_or_else(|| Error::new(Kind::Protocol, format!("{}: neither data nor errors", operation.name)))?;
    let mut json = serde_json::Deserializer::from_str(data.get());
    let data = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| Error::new(Kind::Protocol, format!("{}: data.{error}", operation.name)))?;
    let version = answer.header("x-shopify-api-version").map(ToOwned::to_owned);
    Ok(Reply { data, version })
}

/// What a list of top-level errors means; `None` when the data can be used all the same.
fn refused(errors: &[GraphError], began: bool, cost: Option<&Cost>, operation: Operation) -> Option<Failure> {
    let first = errors.first()?;
    let code = first.extensions.as_ref().and_then(|extensions| extensions.code.clone());
    if began && !operation.effect && errors.iter().all(withholds_a_field) {
        // Customer data that this app is not approved for arrives as null, each null with an error: the order counts.
        return None;
    }
    let words = first.message.as_str();
    let detail = match &code {
        Some(code) => format!("{}: {code}: {words}", operation.name),
        None => format!("{}: {words}", operation.name),
    };
    let kind = match code.as_deref() {
        Some("THROTTLED") if !began => Kind::RateLimited,
        Some("ACCESS_DENIED") if !began || !operation.effect || denies_the_root(first) => Kind::Auth,
        Some("MAX_COST_EXCEEDED") if !began => Kind::Rejected,
        Some("INTERNAL_SERVER_ERROR" | "TIMEOUT") => Kind::Doubtful,
        // A request error: by the GraphQL specification (6.1) execution did not begin and there is no data at all.
        _ if !began => Kind::Rejected,
        _ if operation.effect => Kind::Doubtful,
        _ => Kind::Rejected,
    };
    let mut error = Error::new(kind, detail);
    if kind == Kind::RateLimited {
        error.retry_after = cost.and_then(wait);
    }
    Some(Failure { error, code })
}

/// True for an error that explains one `null` inside one object of a list.
fn withholds_a_field(error: &GraphError) -> bool {
    let denied = error.extensions.as_ref().and_then(|extensions| extensions.code.as_deref()) == Some("ACCESS_DENIED");
    denied && error.path.as_ref().is_some_and(|path| path.iter().any(Value::is_number))
}

/// True when the operation's own field was refused, so that it was not carried out.
fn denies_the_root(error: &GraphError) -> bool {
    error.path.as_ref().is_some_and(|path| path.len() == 1)
}

/// How long until the bucket holds what the operation needs; there is no `Retry-After`.
fn wait(cost: &Cost) -> Option<Duration> {
    let status = cost.throttle_status.as_ref()?;
    let missing = cost.requested_query_cost? - status.currently_available;
    if status.restore_rate <= 0.0 {
        return None;
    }
    // At least a little, because another process of ours may be drawing from the same bucket.
    Duration::try_from_secs_f64((missing / status.restore_rate).max(0.1)).ok()
}
