//! Returns: announced, called off, read back.

use std::sync::Arc;

use switchyard_core::quantity::Sku;
use switchyard_core::return_order::StockDecision;

use super::super::rehearsal::{Account, notice};
use super::stage;
use crate::contract::{Command, RemoteReturnState, ReturnUpdate, Stream};
use crate::error::Kind;
use crate::harness::context;

fn parsed(connector: &dyn crate::contract::Connector, change: impl FnOnce(&mut serde_json::Value)) -> ReturnUpdate {
    let mut goods = serde_json::from_str(include_str!("../fixtures/return_completed.json")).unwrap();
    change(&mut goods);
    connector.parse_return(goods.to_string().as_bytes()).unwrap()
}

#[tokio::test]
async fn a_notice_says_what_comes_by_the_warehouses_own_numbers() {
    let account = Arc::new(Account::open(3));
    let (_stage, connector) = stage(&account).await;
    let done = connector.push(&context(), &Command::AnnounceReturn(notice("SR-1-1")), "key").await.unwrap();
    assert_eq!(done.remote_id, "800004");
    let (asked, body) = account.log().pop().unwrap();
    assert_eq!(asked, "POST return?");
    insta::assert_json_snapshot!(body);
}

#[tokio::test]
async fn an_article_the_warehouse_does_not_know_is_refused_before_anything_is_sent() {
    let account = Arc::new(Account::open(12));
    let (stage, connector) = stage(&account).await;
    let mut unknown = notice("SR-1-1");
    // It is part of other codes, and none of them is it.
    unknown.lines[0].sku = Sku::new("SKU");
    let error = connector.push(&context(), &Command::AnnounceReturn(unknown), "key").await.unwrap_err();
    assert_eq!(error.kind, Kind::Rejected);
    assert!(error.detail.contains("SKU"), "{error}");
    assert_eq!(stage.effects(), 0);
}

#[tokio::test]
async fn what_has_arrived_is_not_called_off() {
    let account = Arc::new(Account::open(3));
    let (_stage, connector) = stage(&account).await;
    // The third of three has been worked on already.
    let late = Command::WithdrawReturn { reference: "SR-1003-1".to_owned(), remote_id: "800003".to_owned() };
    assert_eq!(connector.push(&context(), &late, "key").await.unwrap_err().kind, Kind::Rejected);
    let wrong = Command::WithdrawReturn { reference: String::new(), remote_id: "1/../../order/7".to_owned() };
    assert_eq!(connector.push(&context(), &wrong, "key").await.unwrap_err().kind, Kind::Rejected);
}

#[tokio::test]
async fn open_returns_are_read_every_time_and_completed_ones_from_the_mark() {
    let account = Arc::new(Account::open(4));
    let (_stage, connector) = stage(&account).await;
    let open = connector.pull(&context(), Stream::Returns, None).await.unwrap();
    assert_eq!((open.items.len(), open.more), (2, true), "the two that are expected, then those that were completed");
    let completed = connector.pull(&context(), Stream::Returns, Some(&open.cursor)).await.unwrap();
    assert_eq!((completed.items.len(), completed.more), (2, false));
    let asked: Vec<String> = account.log().into_iter().map(|(asked, _)| asked).collect();
    assert!(asked[0].contains("Status=AwaitingArrival%2CArrived%2CProcessing"), "{asked:?}");
    assert!(asked[1].contains("CompletedStartDate=2026-10-23"), "thirty days back: {asked:?}");
    let again = connector.pull(&context(), Stream::Returns, Some(&completed.cursor)).await.unwrap();
    connector.pull(&context(), Stream::Returns, Some(&again.cursor)).await.unwrap();
    let last = account.log().pop().unwrap().0;
    assert!(last.contains("CompletedStartDate=2026-11-21T09%3A55"), "five minutes before the last completion: {last}");
}

#[tokio::test]
async fn a_completed_return_says_what_became_of_every_unit() {
    let account = Arc::new(Account::open(0));
    let (_stage, connector) = stage(&account).await;
    let update = parsed(&*connector, |_| ());
    assert_eq!(update.state, RemoteReturnState::Finished);
    assert_eq!((update.reference.as_str(), update.shipment_remote_id.as_deref()), ("SR-1001-1", Some("900001")));
    assert_eq!(update.warehouse_remote_id, "156");
    let [item] = update.items.as_slice() else { panic!("one article: {update:?}") };
    let fates: Vec<_> = item.treated.iter().map(|one| (one.decision, one.units, one.condition.as_str())).collect();
    assert_eq!((item.sku.as_str(), item.arrived), ("MUG-RED", 3));
    assert_eq!(fates, [(StockDecision::Restock, 2, ""), (StockDecision::Dispose, 1, "Broken")]);
}

#[tokio::test]
async fn what_is_processed_counts_and_not_what_was_expected() {
    let account = Arc::new(Account::open(0));
    let (_stage, connector) = stage(&account).await;
    let fewer = parsed(&*connector, |goods| goods["inventory"][0]["quantity"] = 5.into());
    assert_eq!(fewer.items[0].arrived, 3, "five were announced, three were there");
    let arrived = parsed(&*connector, |goods| goods["status"] = "Arrived".into());
    assert_eq!(arrived.state, RemoteReturnState::Arrived);
    let spaced = parsed(&*connector, |goods| goods["status"] = "Awaiting Arrival".into());
    assert_eq!((spaced.state, spaced.items[0].treated.len()), (RemoteReturnState::Expected, 0), "nothing is there yet");
    let unknown = parsed(&*connector, |goods| goods["status"] = "Teleported".into());
    assert_eq!(unknown.state, RemoteReturnState::Expected, "an unknown word is never guessed to be an arrival");
    let sender = parsed(&*connector, |goods| goods["return_type"] = "RTS".into());
    assert!(sender.undeliverable);
    let novel = parsed(&*connector, |goods| goods["inventory"][0]["action_taken"][0]["action"] = "Donate".into());
    assert_eq!(novel.items[0].treated.len(), 1, "a word nobody knows decides nothing");
    let nameless = include_str!("../fixtures/return_completed.json").replace("MUG-RED", " ");
    assert_eq!(connector.parse_return(nameless.as_bytes()).unwrap_err().path, "inventory[0].sku");
}
