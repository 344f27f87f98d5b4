//! The three ways in which Shopify reports failure, and what each means.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::client::{Failure, read};
use super::super::operation::{FULFILLMENT_CREATE, ORDERS, Operation};
use super::super::rehearsal::Shop;
use super::stage;
use crate::contract::Stream;
use crate::error::{Error, Kind};
use crate::harness::context;
use crate::http::Answer;

fn failure(operation: Operation, body: &str) -> Failure {
    let answer = Answer { status: 200, headers: Vec::new(), body: body.as_bytes().to_vec() };
    read::<Value>(&answer, operation).expect_err("a failure")
}

fn error(operation: Operation, code: &str, data: Option<Value>, path: &Value) -> Error {
    let mut body = json!({ "errors": [{ "message": "words", "path": path, "extensions": { "code": code } }] });
    if let Some(data) = data {
        body["data"] = data;
    }
    failure(operation, &body.to_string()).error
}

#[test]
fn throttling_waits_until_the_bucket_holds_what_is_missing() {
    let failure = failure(ORDERS, include_str!("../fixtures/orders_throttled.json"));
    assert_eq!(failure.error.kind, Kind::RateLimited);
    // (912 - 12) points at 50 a second.
    assert_eq!(failure.error.retry_after, Some(Duration::from_secs(18)));
    assert_eq!(failure.code.as_deref(), Some("THROTTLED"));
}

#[rstest::rstest]
#[case(json!({}), None)]
#[case(json!({ "cost": { "requestedQueryCost": 10, "throttleStatus": { "currentlyAvailable": 5, "restoreRate": 0 } } }), None)]
#[case(
    json!({ "cost": { "requestedQueryCost": 10, "throttleStatus": { "currentlyAvailable": 50, "restoreRate": 50 } } }),
    Some(Duration::from_millis(100))
)]
#[case(
    json!({ "cost": { "requestedQueryCost": 1e300, "throttleStatus": { "currentlyAvailable": 0, "restoreRate": 1 } } }),
    None
)]
fn a_wait_is_only_told_when_it_can_be_computed(#[case] extensions: Value, #[case] wait: Option<Duration>) {
    let body = json!({
        "errors": [{ "message": "Throttled", "extensions": { "code": "THROTTLED" } }],
        "extensions": extensions,
    });
    assert_eq!(failure(ORDERS, &body.to_string()).error.retry_after, wait);
}

#[rstest::rstest]
#[case::denied_before_execution(ORDERS, "ACCESS_DENIED", None, json!(null), Kind::Auth)]
#[case::denied_field(ORDERS, "ACCESS_DENIED", Some(json!({ "orders": null })), json!(["orders"]), Kind::Auth)]
#[case::too_expensive(ORDERS, "MAX_COST_EXCEEDED", None, json!(null), Kind::Rejected)]
#[case::wrong_document(ORDERS, "undefinedField", None, json!(["query Orders", "x"]), Kind::Rejected)]
#[case::broken_over_there(ORDERS, "INTERNAL_SERVER_ERROR", None, json!(null), Kind::Doubtful)]
#[case::mutation_denied(
    FULFILLMENT_CREATE, "ACCESS_DENIED", Some(json!({ "fulfillmentCreate": null })), json!(["fulfillmentCreate"]), Kind::Auth
)]
#[case::mutation_done_and_its_result_denied(
    FULFILLMENT_CREATE, "ACCESS_DENIED", Some(json!(null)), json!(["fulfillmentCreate", "fulfillment", "id"]), Kind::Doubtful
)]
#[case::mutation_throttled(FULFILLMENT_CREATE, "THROTTLED", None, json!(null), Kind::RateLimited)]
#[case::mutation_throttled_half_way(FULFILLMENT_CREATE, "THROTTLED", Some(json!(null)), json!(null), Kind::Doubtful)]
#[case::mutation_document_wrong(FULFILLMENT_CREATE, "argumentLiteralsIncompatible", None, json!(null), Kind::Rejected)]
#[case::mutation_broken(FULFILLMENT_CREATE, "INTERNAL_SERVER_ERROR", None, json!(null), Kind::Doubtful)]
#[case::mutation_unknown(FULFILLMENT_CREATE, "SOMETHING_NEW", Some(json!(null)), json!(null), Kind::Doubtful)]
fn an_error_means_what_can_be_done_about_it(
    #[case] operation: Operation,
    #[case] code: &str,
    #[case] data: Option<Value>,
    #[case] path: Value,
    #[case] kind: Kind,
) {
    let error = error(operation, code, data, &path);
    assert_eq!(error.kind, kind, "{error}");
    assert!(error.detail.contains(code) && error.detail.contains("words"), "{error}");
}

#[test]
fn errors_as_a_bare_text_and_an_answer_without_anything_are_failures() {
    let error = failure(ORDERS, r#"{"errors":"Not Found"}"#).error;
    assert_eq!((error.kind, error.detail.as_str()), (Kind::Rejected, "Orders: \"Not Found\""));
    assert_eq!(failure(ORDERS, "{}").error.kind, Kind::Protocol);
    assert_eq!(failure(ORDERS, r#"{"errors":[]}"#).error.kind, Kind::Protocol);
}

#[tokio::test]
async fn the_check_warns_of_missing_scopes_and_of_another_version() {
    let server = wiremock::MockServer::start().await;
    let mut body: Value = serde_json::from_str(include_str!("../fixtures/check_full.json")).unwrap();
    body["data"]["currentAppInstallation"]["accessScopes"] = json!([{ "handle": "read_orders" }]);
    let answer =
        wiremock::ResponseTemplate::new(200).set_body_json(body).insert_header("X-Shopify-API-Version", "2027-01");
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let config = json!({ "shop_domain": "a.myshopify.com", "endpoint": server.uri(), "lookback_days": 90 });
    let connector = crate::registry::build("shopify", &config, crate::secret::Secret::new("token")).unwrap();
    let report = connector.check(&context()).await.unwrap();
    assert_eq!(report.account, "Northwind Outfitters (northwind-outfitters.myshopify.com)");
    let about = |words: &str| report.warnings.iter().filter(|warning| warning.contains(words)).count();
    assert_eq!(about("write_merchant_managed_fulfillment_orders"), 1, "{:?}", report.warnings);
    assert_eq!(about("read_all_orders"), 1, "{:?}", report.warnings);
    assert_eq!(about("2027-01"), 1, "{:?}", report.warnings);
    assert_eq!(report.warnings.len(), 3);
}

#[tokio::test]
async fn a_token_goes_to_shopify_and_nowhere_else() {
    for domain in
        ["example.com", "myshopify.com", ".myshopify.com", "a.myshopify.com.example.com", "a/b.myshopify.com", ""]
    {
        let config = json!({ "shop_domain": domain });
        let error = crate::registry::build("shopify", &config, crate::secret::Secret::new("token")).unwrap_err();
        assert_eq!(error.kind, Kind::Config, "{domain}");
        assert!(error.detail.contains("shop_domain"), "{error}");
    }
    let shop = std::sync::Arc::new(Shop::open(1));
    let (_stage, connector) = stage(&shop).await;
    connector.pull(&context(), Stream::Orders, None).await.unwrap();
}
