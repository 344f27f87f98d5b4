//! From failures to `application/problem+json` (RFC 9457): the only place that knows status codes.
//!
//! Handlers return [`ApiError`]; every one carries a core [`Code`] with a page under `docs/errors/`. Internal causes
//! are logged here with a reference, and only the reference is sent.

mod conversion;

use std::fmt::Display;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use switchyard_core::code::{Code, Problem};
use switchyard_core::id::{ConnectionId, OrderId};
use switchyard_core::order::Order;
use utoipa::ToSchema;

pub use self::conversion::{denied_problem, refusal_problem, store_problem};
use crate::caller::Role;

/// Media type of every error.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One field, parameter or query term that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// Path in the body such as `ship_to.country`, or the name of a parameter such as `q`.
    pub path: String,
    /// What is wrong with it.
    pub detail: String,
    /// For query text: where it starts, in UTF-16 code units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// For query text: where it ends, in UTF-16 code units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// The nearest valid name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl FieldProblem {
    /// A wrong field without a position.
    #[must_use]
    pub fn new(path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { path: path.into(), detail: detail.into(), start: None, end: None, suggestion: None }
    }
}

/// Body of every error answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemDocument {
    /// Path of the page about this code, `/docs/errors/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What failed, naming the object.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// The code, with a page of its own.
    pub code: Code,
    /// The cause.
    pub detail: String,
    /// Reference of this occurrence, also in the log.
    pub instance: String,
    /// What to do next.
    pub next_step: String,
    /// Which fields, parameters or query terms are wrong.
    pub fields: Vec<FieldProblem>,
    /// With `SY-0006`: the order as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
}

/// A failed request.
#[derive(Debug, Clone)]
pub struct ApiError(Box<Failure>);

#[derive(Debug, Clone)]
struct Failure {
    status: StatusCode,
    problem: Problem,
    fields: Vec<FieldProblem>,
    order: Option<Order>,
    /// For the log only.
    cause: Option<String>,
}

impl ApiError {
    fn new(status: StatusCode, problem: Problem) -> Self {
        Self(Box::new(Failure { status, problem, fields: Vec::new(), order: None, cause: None }))
    }

    /// A request that cannot be read.
    #[must_use]
    pub fn bad_request(detail: impl Into<String>, fields: Vec<FieldProblem>) -> Self {
        let problem = Problem::new(
            Code::BadRequest,
            "The request cannot be read",
            detail,
            "Correct the request; the API document names every field.",
        );
        Self::new(StatusCode::BAD_REQUEST, problem).with_fields(fields)
    }

    /// A query text that cannot be understood; `fields` names the places.
    #[must_use]
    pub fn bad_query(fields: Vec<FieldProblem>) -> Self {
        let detail = fields.iter().map(|field| field.detail.as_str()).collect::<Vec<_>>().join("; ");
        let problem = Problem::new(
            Code::BadQuery,
            "The query cannot be understood",
            detail,
            "Correct the marked words. docs/api-design.md lists the fields and their values.",
        );
        Self::new(StatusCode::BAD_REQUEST, problem).with_fields(fields)
    }

    /// No such object.
    #[must_use]
    pub fn not_found(noun: &str, id: impl Display) -> Self {
        let problem = Problem::new(
            Code::NotFound,
            format!("There is no {noun} {id}"),
            "It was never here, or the address is wrong.",
            "Search for it by number or name.",
        );
        Self::new(StatusCode::NOT_FOUND, problem)
    }

    /// A path that is no operation.
    #[must_use]
    pub fn no_such_path() -> Self {
        let problem = Problem::new(
            Code::NotFound,
            "There is nothing at this address",
            "No operation of the API has this method and path.",
            "Compare with openapi/switchyard.json.",
        );
        Self::new(StatusCode::NOT_FOUND, problem)
    }

    /// A known path with a method it does not have.
    #[must_use]
    pub fn wrong_method() -> Self {
        let problem = Problem::new(
            Code::BadRequest,
            "This address does not take this method",
            "The path exists, the method does not.",
            "Compare with openapi/switchyard.json.",
        );
        Self::new(StatusCode::METHOD_NOT_ALLOWED, problem)
    }

    /// The caller has to sign in first.
    #[must_use]
    pub fn unauthenticated() -> Self {
        let problem = Problem::new(
            Code::Unauthenticated,
            "You are not signed in",
            "This needs a session or a bearer token, and there is none or it has expired.",
            "Open the sign-in link that `switchyardd serve` prints, or send the token file's content.",
        );
        Self::new(StatusCode::UNAUTHORIZED, problem)
    }

    /// Too many wrong tickets.
    #[must_use]
    pub fn too_many_tries() -> Self {
        let problem = Problem::new(
            Code::Unauthenticated,
            "Too many sign-in attempts",
            "Five sign-ins failed within a minute.",
            "Wait a minute, then use a fresh sign-in link.",
        );
        Self::new(StatusCode::TOO_MANY_REQUESTS, problem)
    }

    /// The caller's role is too small.
    #[must_use]
    pub fn forbidden(role: Role, needed: Role) -> Self {
        let problem = Problem::new(
            Code::Forbidden,
            "You may not do this",
            format!("Your role is {role:?}; this needs {needed:?}."),
            "Ask an administrator.",
        );
        Self::new(StatusCode::FORBIDDEN, problem)
    }

    /// A write that did not come from the console's own pages.
    #[must_use]
    pub fn foreign_origin(detail: impl Into<String>) -> Self {
        let problem = Problem::new(
            Code::Forbidden,
            "This request did not come from the console",
            detail,
            "Use the console at its own address, or a bearer token.",
        );
        Self::new(StatusCode::FORBIDDEN, problem)
    }

    /// A defect: an operation nobody wrote a rule for.
    #[must_use]
    pub fn no_rule(path: &str) -> Self {
        let problem = Problem::new(
            Code::Forbidden,
            "Nobody may do this",
            format!("{path} has no access rule."),
            "Report this as a defect.",
        );
        Self::new(StatusCode::FORBIDDEN, problem)
    }

    /// A mutation without a usable idempotency key.
    #[must_use]
    pub fn idempotency_key_missing(detail: impl Into<String>) -> Self {
        let problem = Problem::new(
            Code::IdempotencyKey,
            "The idempotency key is missing",
            detail,
            "Send `Idempotency-Key` with 1 to 100 printable characters, a new one for each new wish.",
        );
        Self::new(StatusCode::BAD_REQUEST, problem)
    }

    /// A key that was used for another request.
    #[must_use]
    pub fn idempotency_key_reused() -> Self {
        let problem = Problem::new(
            Code::IdempotencyKey,
            "The idempotency key was used for another request",
            "The same key may only repeat the same request.",
            "Send a new key.",
        );
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, problem)
    }

    /// A defect in Switchyard. The cause is logged, not sent.
    #[must_use]
    pub fn internal(cause: impl Display) -> Self {
        let problem = Problem::new(
            Code::Internal,
            "Switchyard made a mistake",
            "The request hit a defect. Nothing was half done.",
            "Try again; if it happens again, report it with the reference.",
        );
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, problem).caused_by(cause)
    }

    /// A request that took longer than the server gives it.
    #[must_use]
    pub fn took_too_long(seconds: u64) -> Self {
        let problem = Problem::new(
            Code::Internal,
            "The answer took too long",
            format!("There was no answer within {seconds} seconds. What you asked for may still happen."),
            "Look whether it happened, then repeat it with the same idempotency key.",
        );
        Self::new(StatusCode::GATEWAY_TIMEOUT, problem)
    }

    /// Somebody changed the order first; here it is.
    #[must_use]
    pub fn stale(asked: i64, current: Order) -> Self {
        let problem = Problem::new(
            Code::Conflict,
            format!("Order {} was changed meanwhile", current.number),
            format!("You decided on revision {asked}; it is at revision {} now.", current.revision),
            "Look at it again and decide again.",
        );
        let mut error = Self::new(StatusCode::CONFLICT, problem);
        error.0.order = Some(current);
        error
    }

    /// The same with the places that are wrong.
    #[must_use]
    pub fn with_fields(mut self, fields: Vec<FieldProblem>) -> Self {
        self.0.fields = fields;
        self
    }

    fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    fn caused_by(mut self, cause: impl Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// The HTTP status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What a person is told.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }
}

impl ApiError {
    /// No such order.
    #[must_use]
    pub fn no_order(id: &OrderId) -> Self {
        Self::not_found("order", id)
    }

    /// No such connection.
    #[must_use]
    pub fn no_connection(id: &ConnectionId) -> Self {
        Self::not_found("connection", id)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let failure = *self.0;
        let instance = format!("/problems/{:016x}", rand::random::<u64>());
        if failure.status.is_server_error() {
            tracing::error!(
                code = failure.problem.code.as_str(),
                instance,
                cause = failure.cause.as_deref().unwrap_or(&failure.problem.detail),
                "request failed: {}",
                failure.problem.title
            );
        }
        let document = ProblemDocument {
            kind: format!("/docs/errors/{}", failure.problem.code.as_str()),
            title: failure.problem.title,
            status: failure.status.as_u16(),
            code: failure.problem.code,
            detail: failure.problem.detail,
            instance,
            next_step: failure.problem.next_step,
            fields: failure.fields,
            order: failure.order,
        };
        let mut response = (failure.status, axum::Json(document)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        response
    }
}
