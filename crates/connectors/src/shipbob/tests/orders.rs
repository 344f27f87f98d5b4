//! Effects on orders.

use std::sync::Arc;

use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::rehearsal::{Account, REHEARSAL, elsewhere, request};
use super::stage;
use crate::contract::Command;
use crate::error::Kind;
use crate::harness::context;

fn cancel(remote_id: &str) -> Command {
    Command::CancelFulfillment { reference: "SY-1001-1".to_owned(), remote_id: remote_id.to_owned() }
}

fn readdress() -> Command {
    Command::ChangeAddress {
        reference: "SY-1001-1".to_owned(),
        remote_id: "700001".to_owned(),
        ship_to: elsewhere(),
        email: String::new(),
    }
}

#[tokio::test]
async fn a_hand_over_says_what_where_and_under_which_number() {
    let account = Arc::new(Account::open(0));
    let (_stage, connector) = stage(&account).await;
    let done = connector.push(&context(), &Command::HandOver(request("SY-1-1")), "key").await.unwrap();
    assert_eq!(done.remote_id, "700001");
    let (asked, body) = account.log().pop().unwrap();
    assert_eq!(asked, "POST order?");
    insta::assert_json_snapshot!(body);
}

#[tokio::test]
async fn an_amount_becomes_the_same_number() {
    let mut request = request("SY-1-1");
    for (minor, text) in [(1, "0.01"), (10, "0.1"), (1999, "19.99"), (100, "1.0"), (123_456_789, "1234567.89")] {
        request.lines[0].unit_price.minor = minor;
        let body = serde_json::to_string(&super::super::transform::create_order(&request).unwrap()).unwrap();
        assert!(body.contains(&format!("\"unit_price\":{text},")), "{text}: {body}");
    }
}

#[tokio::test]
async fn a_warehouse_that_is_none_of_shipbobs_is_refused_before_anything_is_sent() {
    let account = Arc::new(Account::open(0));
    let (stage, connector) = stage(&account).await;
    let mut wrong = request("SY-1-1");
    wrong.warehouse_remote_id = "leipzig".to_owned();
    let error = connector.push(&context(), &Command::HandOver(wrong), "key").await.unwrap_err();
    assert_eq!(error.kind, Kind::Rejected);
    let error = connector.push(&context(), &cancel("7/../../receiving/1"), "key").await.unwrap_err();
    assert_eq!(error.kind, Kind::Rejected);
    assert_eq!(stage.requests(), 0);
}

#[tokio::test]
async fn a_reference_that_only_contains_ours_is_not_ours() {
    let account = Arc::new(Account::open(2));
    let (_stage, connector) = stage(&account).await;
    let find = |reference: &str| Command::HandOver(request(reference));
    assert_eq!(connector.find(&context(), &find("SY-1001")).await.unwrap(), None);
    assert_eq!(connector.find(&context(), &find("SY-1001-1,SY-1002-1")).await.unwrap(), None);
    assert!(connector.find(&context(), &find("SY-1002-1")).await.unwrap().is_some());
}

/// A partner that refuses a creation with 422 and cannot be asked about it.
#[tokio::test]
async fn a_refusal_that_cannot_be_looked_into_is_doubtful() {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::method("POST"))
        .respond_with(
            ResponseTemplate::new(422)
                .set_body_raw(include_str!("../fixtures/order_duplicate.json"), "application/json"),
        )
        .mount(&server)
        .await;
    Mock::given(wiremock::matchers::method("GET"))
        .respond_with(ResponseTemplate::new(429).insert_header("x-retry-after", "25"))
        .mount(&server)
        .await;
    let connector = REHEARSAL.connector(&server.uri());
    let error = connector.push(&context(), &Command::HandOver(request("SY-1001-1")), "key").await.unwrap_err();
    assert_eq!(error.kind, Kind::Doubtful, "{error}");
    assert_eq!(error.retry_after, Some(std::time::Duration::from_secs(25)), "ShipBob's own header is read");
}

#[rstest::rstest]
#[case(include_str!("../fixtures/cancel_failure.json"), Kind::Rejected, "shipment 900001: The shipment has been picked")]
#[case(r#"{"status":"PartialSuccess","canceled_shipment_results":[]}"#, Kind::Rejected, "only in part")]
#[case(r#"{"status":"Queued"}"#, Kind::Doubtful, "Queued")]
#[case("{}", Kind::Doubtful, "status")]
#[tokio::test]
async fn a_cancellation_is_what_shipbob_says_it_is(#[case] body: &str, #[case] kind: Kind, #[case] words: &str) {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_raw(body, "application/json");
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let error = REHEARSAL.connector(&server.uri()).push(&context(), &cancel("700001"), "key").await.unwrap_err();
    assert_eq!(error.kind, kind, "{error}");
    assert!(error.detail.contains(words), "{error}");
}

#[tokio::test]
async fn an_address_cannot_change_once_a_shipment_has_left() {
    let account = Arc::new(Account::open(1));
    account.change(0, 60, |order| order["shipments"][0]["status"] = json!("Completed"));
    let (stage, connector) = stage(&account).await;
    let error = connector.push(&context(), &readdress(), "key").await.unwrap_err();
    assert_eq!(error.kind, Kind::Rejected);
    assert_eq!(stage.effects(), 0);
}

/// An order with two shipments of which the second refuses.
#[tokio::test]
async fn an_address_changed_in_part_is_doubtful_once_and_refused_after_that() {
    let server = MockServer::start().await;
    let account = Arc::new(Account::open(1));
    account.change(0, 60, |order| {
        let mut second = order["shipments"][0].clone();
        second["id"] = json!(900_050);
        order["shipments"].as_array_mut().unwrap().push(second);
    });
    let behind = Arc::clone(&account);
    Mock::given(wiremock::matchers::any())
        .respond_with(move |request: &wiremock::Request| {
            use crate::harness::Partner;
            if request.url.path().contains("900050") {
                let body = json!({ "id": 900_050, "is_success": false, "error": { "code": "CONFLICT", "message": "being packed" } });
                return ResponseTemplate::new(200).set_body_json(body);
            }
            behind.answer(request)
        })
        .mount(&server)
        .await;
    let connector = REHEARSAL.connector(&server.uri());
    let first = connector.push(&context(), &readdress(), "key").await.unwrap_err();
    assert_eq!(first.kind, Kind::Doubtful, "{first}");
    assert_eq!(connector.find(&context(), &readdress()).await.unwrap(), None, "half of it is not all of it");
    let second = connector.push(&context(), &readdress(), "key").await.unwrap_err();
    assert_eq!(second.kind, Kind::Rejected, "{second}");
    assert!(second.detail.contains("being packed"), "{second}");
}

#[tokio::test]
async fn a_channel_the_token_does_not_have_is_a_wrong_setting() {
    let account = Arc::new(Account::open(0));
    let (stage, _) = stage(&account).await;
    let config = json!({ "channel_id": 1, "endpoint": stage.base() });
    let secret = crate::secret::Secret::new(crate::harness::SECRET);
    let connector = crate::registry::build("shipbob", &config, secret).unwrap();
    let error = connector.check(&context()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Config);
    assert!(error.detail.contains("433611 (Northwind)"), "{error}");
}

#[test]
fn the_sandbox_is_another_host() {
    let read = |config: Value| super::super::Config::read(&config).unwrap().base().unwrap().to_string();
    assert_eq!(read(json!({ "channel_id": 1 })), "https://api.shipbob.com/");
    assert_eq!(read(json!({ "channel_id": 1, "sandbox": true })), "https://sandbox-api.shipbob.com/");
}
