//! The two streams: what is asked, what counts as news, and where reading goes on.

use std::sync::Arc;

use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::rehearsal::{Account, REHEARSAL};
use super::stage;
use crate::contract::{Connector, Cursor, Page, Stream};
use crate::harness::context;

async fn pull(connector: &dyn Connector, stream: Stream, cursor: Option<&Cursor>) -> Page {
    connector.pull(&context(), stream, cursor).await.unwrap()
}

fn asked(account: &Account) -> Vec<String> {
    account.log().into_iter().map(|(asked, _)| asked).collect()
}

#[tokio::test]
async fn the_first_reading_goes_back_as_far_as_configured_and_the_next_one_overlaps() {
    let account = Arc::new(Account::open(2));
    let (_stage, connector) = stage(&account).await;
    let first = pull(&*connector, Stream::Shipments, None).await;
    assert!(!first.more);
    pull(&*connector, Stream::Shipments, Some(&first.cursor)).await;
    // 30 days and a sweep before the clock of the test, then 5 seconds before the newest change (10:00:01).
    assert_eq!(
        asked(&account),
        [
            "GET order?Page=1&Limit=100&SortOrder=Oldest&LastUpdateStartDate=2026-10-23T09%3A25%3A00Z",
            "GET order?Page=1&Limit=100&SortOrder=Oldest&LastUpdateStartDate=2026-11-21T09%3A59%3A56Z",
        ]
    );
}

#[tokio::test]
async fn the_mark_moves_only_when_the_walk_has_ended() {
    let account = Arc::new(Account::open(150));
    let (_stage, connector) = stage(&account).await;
    let first = pull(&*connector, Stream::Shipments, None).await;
    assert!(first.more);
    let second = pull(&*connector, Stream::Shipments, Some(&first.cursor)).await;
    assert!(!second.more);
    let asked = asked(&account);
    assert!(asked[1].starts_with("GET order?Page=2&") && asked[1].ends_with("2026-10-23T09%3A25%3A00Z"), "{asked:?}");
}

#[tokio::test]
async fn a_change_met_late_in_a_walk_is_not_lost_to_one_met_early() {
    // The newest change ShipBob has stamped lies after the walk began, by ShipBob's clock: an order that was passed
    // already may have changed in between, so the mark stays at the beginning of the walk.
    let server = MockServer::start().await;
    let order = include_str!("../fixtures/order_fulfilled.json");
    let answer = ResponseTemplate::new(200)
        .set_body_raw(format!("[{order}]"), "application/json")
        .insert_header("date", "Sun, 22 Nov 2026 07:00:00 GMT");
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let connector = REHEARSAL.connector(&server.uri());
    let page = pull(&*connector, Stream::Shipments, None).await;
    assert!(page.cursor.0.starts_with(r#"{"high_water":"2026-11-22T07:00:00Z""#), "{}", page.cursor.0);
}

#[tokio::test]
async fn every_change_of_an_order_is_a_new_version_even_back_to_an_earlier_state() {
    let account = Arc::new(Account::open(1));
    let (_stage, connector) = stage(&account).await;
    let mut versions = Vec::new();
    for (seconds, status) in [(0, "Processing"), (60, "OnHold"), (120, "Processing"), (120, "Exception")] {
        account.change(0, seconds, |order| order["shipments"][0]["status"] = json!(status));
        versions.push(pull(&*connector, Stream::Shipments, None).await.items[0].version.clone());
    }
    let distinct: std::collections::BTreeSet<_> = versions.iter().collect();
    assert_eq!(distinct.len(), 4, "{versions:?}");
}

#[tokio::test]
async fn a_stock_level_that_returns_to_an_earlier_value_is_reported_again() {
    let account = Arc::new(Account::open(1));
    let (_stage, connector) = stage(&account).await;
    let first = pull(&*connector, Stream::Stock, None).await;
    let mut later = context();
    later.now = later.now + std::time::Duration::from_secs(60);
    let second = connector.pull(&later, Stream::Stock, Some(&first.cursor)).await.unwrap();
    assert_ne!(first.items[0].version, second.items[0].version);
}

#[tokio::test]
async fn a_next_link_to_another_host_is_followed_on_ours() {
    let account = Arc::new(Account::open(230));
    let (_stage, connector) = stage(&account).await;
    let first = pull(&*connector, Stream::Stock, None).await;
    assert!(first.more, "the rehearsal links to elsewhere.example.com");
    pull(&*connector, Stream::Stock, Some(&first.cursor)).await;
    assert_eq!(asked(&account)[1], "GET inventory-level/locations?PageSize=100&Cursor=100");
}

#[tokio::test]
async fn a_raw_item_is_what_shipbob_sent_byte_for_byte() {
    let server = MockServer::start().await;
    let order = include_str!("../fixtures/order_fulfilled.json");
    let answer = ResponseTemplate::new(200).set_body_raw(format!("[{order}]"), "application/json");
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let connector = REHEARSAL.connector(&server.uri());
    let page = pull(&*connector, Stream::Shipments, None).await;
    assert_eq!(page.items[0].raw, order.trim().as_bytes());
}
