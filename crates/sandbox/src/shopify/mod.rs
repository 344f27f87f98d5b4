//! A Shopify-speaking shop: `POST /admin/api/{version}/graphql.json`.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::parse_query;
use async_graphql::{ServerError, Variables};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::Clock;
use crate::fault::Draw;
use crate::gate;
use crate::options::SandboxOptions;

mod connection;
mod cost;
mod fulfillment;
mod line_item;
mod money;
mod order;
mod paging;
mod profile;
mod scalar;
mod schema;
mod search;
mod state;

pub(crate) use fulfillment::LINES_PER_CALL;
pub(crate) use profile::Profile;
pub(crate) use state::Shop;

use cost::{Bucket, MAX_QUERY_COST};
use schema::Call;

/// Versions served under their own name (`supported-versions-schema.json` of November 2026).
const VERSIONS: [&str; 4] = ["2026-01", "2026-04", "2026-07", "2026-10"];

/// The served part of Shopify's schema as text.
#[must_use]
pub fn sdl() -> String {
    schema::sdl()
}

#[derive(Clone)]
struct Desk {
    shop: Arc<Shop>,
    schema: schema::Schema,
    bucket: Arc<Bucket>,
    token: Arc<str>,
}

/// The routes of `shop`, for callers that hold `token`.
pub(crate) fn router(shop: Arc<Shop>, token: &str, options: &SandboxOptions, clock: Arc<Clock>) -> Router {
    let bucket = Arc::new(Bucket::new(options.bucket_size, options.bucket_restore_rate, clock));
    let desk = Desk { schema: schema::schema(shop.clone()), shop, bucket, token: token.into() };
    Router::new().route("/admin/api/{version}/graphql.json", post(graphql)).with_state(desk)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: String,
    #[serde(default)]
    variables: serde_json::Value,
    operation_name: Option<String>,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a async_graphql::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [ServerError]>,
    extensions: serde_json::Value,
}

fn answer(status: StatusCode, version: &str, body: &impl Serialize) -> Response {
    (status, [("x-shopify-api-version", version)], axum::Json(body)).into_response()
}

async fn graphql(
    State(desk): State<Desk>,
    Path(version): Path<String>,
    Extension(draw): Extension<Draw>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let given = headers.get("x-shopify-access-token").map(axum::http::HeaderValue::as_bytes);
    if draw.token_expired || given != Some(desk.token.as_bytes()) {
        let words = "[API] Invalid API key or access token (unrecognized login or wrong password)";
        return answer(StatusCode::UNAUTHORIZED, &version, &json!({ "errors": words }));
    }
    // A version that is served no more falls forward to the oldest one that is.
    let looks_like_one = version.len() == 7 && version.as_bytes().get(4) == Some(&b'-');
    let version = match VERSIONS.iter().find(|served| **served == version) {
        Some(served) => *served,
        None if looks_like_one && version.as_str() < VERSIONS[0] => VERSIONS[0],
        None => return answer(StatusCode::NOT_FOUND, &version, &json!({ "errors": "Not Found" })),
    };
    let body: Body = match serde_json::from_slice(&body) {
        Ok(body) => body,
        Err(_) => {
            return answer(
                StatusCode::BAD_REQUEST,
                version,
                &json!({ "errors": { "query": "Required parameter missing or invalid" } }),
            );
        }
    };
    let document = match parse_query(&body.query) {
        Ok(document) => document,
        Err(error) => {
            let error = ServerError::from(error);
            return answer(
                StatusCode::OK,
                version,
                &json!({ "errors": [{ "message": error.message, "locations": error.locations }] }),
            );
        }
    };
    let variables = Variables::from_json(body.variables);
    let requested = cost::requested(&document, &variables);
    let charge = |actual: Option<f64>| json!({ "requestedQueryCost": requested, "actualQueryCost": actual, "throttleStatus": desk.bucket.status() });
    if requested > MAX_QUERY_COST {
        let message = format!(
            "Query cost is {requested}, which exceeds the single query max cost limit ({MAX_QUERY_COST}). See https://shopify.dev/concepts/about-apis/rate-limits for more information on how the cost of a query is calculated. To query larger amounts of data with fewer limits, bulk operations should be used instead."
        );
        let extensions = json!({
            "code": "MAX_COST_EXCEEDED",
            "cost": requested,
            "maxCost": MAX_QUERY_COST,
            "documentation": "https://shopify.dev/api/usage/rate-limits",
        });
        let error = json!({ "message": message, "extensions": extensions });
        return answer(StatusCode::OK, version, &json!({ "errors": [error], "extensions": { "cost": charge(None) } }));
    }
    if draw.throttle || !desk.bucket.take(requested) {
        let error = json!({
            "message": "Throttled",
            "extensions": { "code": "THROTTLED", "documentation": "https://shopify.dev/api/usage/rate-limits" },
        });
        return answer(StatusCode::OK, version, &json!({ "errors": [error], "extensions": { "cost": charge(None) } }));
    }
    let mut request = async_graphql::Request::new(body.query).variables(variables.clone());
    request.operation_name = body.operation_name;
    request.set_parsed_query(document.clone());
    let call = Arc::new(Call { draw, warnings: Mutex::new(Vec::new()), ticket: Mutex::new(None) });
    let done = desk.schema.execute(request.data(call.clone())).await;
    // A reader waits as well: it must not see what a crash could take back.
    let ticket =
        call.ticket.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(|| desk.shop.ledger.position());
    if let Err(error) = desk.shop.ledger.wait(ticket).await {
        tracing::error!(%error, shop = desk.shop.profile.instance, "cannot answer");
        return gate::broken(StatusCode::INTERNAL_SERVER_ERROR);
    }
    let actual = cost::actual(&document, &variables, &done.data).min(requested);
    desk.bucket.give_back(requested - actual);
    let warnings = std::mem::take(&mut *call.warnings.lock().unwrap_or_else(PoisonError::into_inner));
    let extensions = if warnings.is_empty() {
        json!({ "cost": charge(Some(actual)) })
    } else {
        json!({ "cost": charge(Some(actual)), "search": warnings.iter().map(warning).collect::<Vec<_>>() })
    };
    let data = (done.errors.is_empty() || done.data != async_graphql::Value::Null).then_some(&done.data);
    let errors = (!done.errors.is_empty()).then_some(done.errors.as_slice());
    answer(StatusCode::OK, version, &Whole { data, errors, extensions })
}

/// A search term that filtered nothing, as Shopify reports it.
fn warning((query, term): &(String, String)) -> serde_json::Value {
    let field = term.split(':').next().unwrap_or_default();
    let warning = json!({ "field": field, "message": "Invalid search field for this query.", "code": "invalid_field" });
    json!({ "path": ["orders"], "query": query, "warnings": [warning] })
}
