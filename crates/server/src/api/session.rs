//! Who is calling, and the daemon's sign-in.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::AppState;
use crate::caller::{CallerKind, Person, Role};
use crate::extract::{Body, IdempotencyKey};
use crate::problem::{ApiError, ProblemDocument};
use crate::session::{Access, cookie_of};

/// Who is calling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallerView {
    /// Through what.
    pub kind: CallerKind,
    /// Who.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// The caller's session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Who is calling.
    pub caller: CallerView,
}

/// Says who the server takes the caller for; 401 when for nobody.
#[utoipa::path(
    get, path = "/session", tag = "session", operation_id = "get_session",
    responses(
        (status = 200, description = "Who is calling", body = Session),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_session(person: Person) -> Json<Session> {
    Json(Session { caller: CallerView { kind: person.kind, name: person.name, role: person.role } })
}

/// A one-time sign-in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The ticket of the sign-in link; valid once, for five minutes.
    pub ticket: String,
}

/// Turns a one-time ticket into a session cookie. Daemon only.
#[utoipa::path(
    post, path = "/session", tag = "session", operation_id = "sign_in",
    request_body = SignIn,
    responses(
        (status = 200, description = "Signed in; the cookie is set", body = Session),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn sign_in(
    State(state): State<AppState>,
    Extension(access): Extension<Arc<Access>>,
    headers: HeaderMap,
    Body(body): Body<SignIn>,
) -> Result<Response, ApiError> {
    access.require_own_origin(&headers, false)?;
    let signed_in = access.redeem(&body.ticket, state.engine.now())?;
    let session =
        Session { caller: CallerView { kind: CallerKind::Session, name: signed_in.name, role: signed_in.role } };
    Ok(([(header::SET_COOKIE, signed_in.cookie)], Json(session)).into_response())
}

/// Ends the session. Daemon only.
#[utoipa::path(
    delete, path = "/session", tag = "session", operation_id = "sign_out",
    params(("Idempotency-Key" = String, Header, description = "A new one for each new wish")),
    responses(
        (status = 204, description = "Signed out"),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn sign_out(Extension(access): Extension<Arc<Access>>, _key: IdempotencyKey, headers: HeaderMap) -> Response {
    if let Some(id) = cookie_of(&headers) {
        access.forget(id);
    }
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, access.empty_cookie())]).into_response()
}
