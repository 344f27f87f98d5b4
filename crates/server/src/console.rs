//! The built console beside the API, for browsers.
//!
//! The files are part of the binary. Every path that is no file and not below `/api/` is the console's own, so it gets
//! the start page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use crate::problem::ApiError;
use crate::session::Access;

/// The console as it was built; empty when the crate was built before the console.
#[derive(rust_embed::Embed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Files;

/// What a page of ours may load: its own files, its own API, nothing else.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// `api` with the sign-in link and the console's files around it.
pub(crate) fn beside(api: Router, access: Arc<Access>) -> Router {
    Router::new()
        .route("/sign-in", get(open_link))
        .with_state(access)
        .merge(api)
        .fallback(file)
        .layer(middleware::from_fn(protect))
}

/// Headers of every answer; an answer of the API is never kept by a cache.
async fn protect(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if api && !response.headers().contains_key(header::CACHE_CONTROL) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

#[derive(Debug, Deserialize)]
struct Link {
    #[serde(default)]
    ticket: String,
}

/// Opens the one-time link: sets the cookie and goes to the console.
async fn open_link(State(access): State<Arc<Access>>, method: Method, Query(link): Query<Link>) -> Response {
    if method != Method::GET {
        // A preview that only asks for headers must not use the link up.
        return StatusCode::NO_CONTENT.into_response();
    }
    match access.redeem(&link.ticket, access.now()) {
        Ok(signed_in) => ([(header::SET_COOKIE, signed_in.cookie)], Redirect::to("/")).into_response(),
        Err(error) => {
            let text = format!(
                "{}\n\nThis link works once, for five minutes. Start `switchyardd serve` again for a new one.\n",
                error.problem().title
            );
            (error.status(), text).into_response()
        }
    }
}

async fn file(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if uri.path().starts_with("/api/") {
        return ApiError::no_such_path().into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return ApiError::wrong_method().into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if let Some(found) = Files::get(path) {
        return answer(path, &found, &headers);
    }
    match Files::get("index.html") {
        // A missing script must not be answered with a page.
        Some(page) if !path.starts_with("assets/") => answer("index.html", &page, &headers),
        Some(_) => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
        None => {
            let text =
                "This build has no console: build it in ui/ and build switchyardd again. The API is at /api/v1.\n";
            (StatusCode::NOT_FOUND, text).into_response()
        }
    }
}

fn answer(path: &str, found: &rust_embed::EmbeddedFile, headers: &HeaderMap) -> Response {
    // The build puts a digest of the content into the names below assets/, so those never change.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let tag = format!("\"{}\"", data_encoding::HEXLOWER.encode(&found.metadata.sha256_hash()));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let about = [(header::CACHE_CONTROL, cache.to_owned()), (header::ETAG, tag)];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    let media_type = match found.metadata.mimetype() {
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_owned(),
    };
    (about, [(header::CONTENT_TYPE, media_type)], found.data.clone().into_owned()).into_response()
}
