//! Reading requests: JSON bodies, path and query parameters, the idempotency key. Every failure is a problem document.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use crate::app::AppState;
use crate::caller::Person;
use crate::problem::{ApiError, FieldProblem};

/// Name of the header that makes a repeated mutation harmless.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The number of bytes the client sent, for transports that may shorten a body.
pub const BODY_BYTES: &str = "x-body-bytes";
/// Longest idempotency key.
const LONGEST_KEY: usize = 100;

/// A JSON body. Unknown fields, wrong types and values out of range are 400 `SY-0002` with the path of the field.
#[derive(Debug, Clone, Copy)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let declared = declared_bytes(request.headers())?;
        require_json(request.headers())?;
        let bytes = Bytes::from_request(request, state).await?;
        if declared.is_some_and(|declared| declared != bytes.len()) {
            return Err(ApiError::bad_request("the body was cut on its way", vec![]));
        }
        parse(&bytes).map(Self)
    }
}

fn declared_bytes(headers: &HeaderMap) -> Result<Option<usize>, ApiError> {
    let Some(value) = headers.get(BODY_BYTES) else { return Ok(None) };
    let number = value.to_str().ok().and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| {
        ApiError::bad_request("the body length is no number", vec![FieldProblem::new(BODY_BYTES, "not a number")])
    })
}

fn require_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        let field = FieldProblem::new("content-type", "expected application/json");
        Err(ApiError::bad_request("the body is not declared as JSON", vec![field]))
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        // The reader writes `.` for the whole body and `?` for a name that did not come.
        let path = path.trim_end_matches(['.', '?']);
        let path = if path.is_empty() { "$".to_owned() } else { path.to_owned() };
        let detail = error.into_inner().to_string();
        ApiError::bad_request(format!("{path}: {detail}"), vec![FieldProblem::new(path, detail)])
    })?;
    deserializer.end().map_err(|error| ApiError::bad_request(error.to_string(), vec![]))?;
    Ok(value)
}

/// Path parameters; a malformed id is 400 `SY-0002`.
#[derive(Debug, Clone, Copy, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub struct Path<T>(pub T);

/// Query parameters; an unknown or malformed one is 400 `SY-0002`.
#[derive(Debug, Clone, Copy, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub struct Query<T>(pub T);

/// The caller's key of one mutation, already unique among callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key with its caller's scope.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of `person`'s request with these headers.
    ///
    /// # Errors
    /// 400 `SY-0009` when the header is missing, too long, or not printable ASCII.
    pub fn read(headers: &HeaderMap, person: &Person) -> Result<Self, ApiError> {
        let value = headers
            .get(IDEMPOTENCY_KEY)
            .ok_or_else(|| ApiError::idempotency_key_missing("Every mutation takes an Idempotency-Key header."))?;
        let key = value.to_str().unwrap_or_default();
        if key.is_empty() || key.len() > LONGEST_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ApiError::idempotency_key_missing(
                "The Idempotency-Key header has to be 1 to 100 printable characters without spaces.",
            ));
        }
        Ok(Self(format!("{}/{key}", person.scope())))
    }
}

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let person = Person::from_request_parts(parts, state).await?;
        Self::read(&parts.headers, &person)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::caller::{CallerKind, Role};
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code, reason = "only its reading is tested")]
        inner: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only its reading is tested")]
        quantity: u32,
    }

    #[rstest::rstest]
    #[case(r#"{"inner":[{"quantity":-1}]}"#, "inner[0].quantity")]
    #[case(r#"{"inner":[{"quantity":1},{"quantity":1,"extra":2}]}"#, "inner[1].extra")]
    #[case(r#"{"inner":"#, "inner")]
    #[case("", "$")]
    fn a_body_that_cannot_be_read_names_the_path(#[case] body: &str, #[case] path: &str) {
        let error = parse::<Outer>(body.as_bytes()).unwrap_err();
        assert!(error.problem().detail.starts_with(path), "{}", error.problem().detail);
    }

    #[test]
    fn trailing_text_after_the_body_is_refused() {
        assert!(parse::<Outer>(br#"{"inner":[]} {}"#).is_err());
    }

    #[test]
    fn two_callers_never_share_a_key() {
        let mut headers = HeaderMap::new();
        headers.insert(IDEMPOTENCY_KEY, "k1".parse().unwrap());
        let person = |name: &str, kind| Person { kind, name: name.to_owned(), role: Role::Operator };
        let keys = [
            IdempotencyKey::read(&headers, &person("mara", CallerKind::Session)).unwrap(),
            IdempotencyKey::read(&headers, &person("jo", CallerKind::Session)).unwrap(),
            IdempotencyKey::read(&headers, &person("mara", CallerKind::Token)).unwrap(),
        ];
        assert_ne!(keys[0], keys[1]);
        assert_ne!(keys[0], keys[2]);
    }

    #[rstest::rstest]
    #[case("")]
    #[case("a b")]
    #[case("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    fn an_empty_spaced_or_long_key_is_refused(#[case] key: &str) {
        let mut headers = HeaderMap::new();
        headers.insert(IDEMPOTENCY_KEY, key.parse().unwrap());
        let person = Person { kind: CallerKind::Token, name: "t".to_owned(), role: Role::Admin };
        assert!(IdempotencyKey::read(&headers, &person).is_err());
    }
}
