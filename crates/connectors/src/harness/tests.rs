//! Every registered connector through the harness, one test per part so that a failure says which.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;

use super::*;
use crate::contract::Stream;

fn rehearsal(name: &str) -> Rehearsal {
    rehearsals().into_iter().find(|rehearsal| rehearsal.name == name).unwrap()
}

#[test]
fn every_registered_connector_has_a_rehearsal() {
    let registered: Vec<_> = registry::CONNECTORS.iter().map(|entry| (entry.describe)().name).collect();
    let rehearsed: Vec<_> = rehearsals().iter().map(|rehearsal| rehearsal.name).collect();
    assert_eq!(registered, rehearsed);
    assert!(registered.is_sorted(), "the registry is in alphabetical order");
}

#[rstest::rstest]
#[tokio::test]
async fn settings_hold(#[values("shipbob", "shopify")] name: &str) {
    settings::verify(rehearsal(name)).await;
}

#[rstest::rstest]
#[tokio::test]
async fn capabilities_and_behaviour_agree(#[values("shipbob", "shopify")] name: &str) {
    capabilities::verify(rehearsal(name)).await;
}

#[rstest::rstest]
#[tokio::test]
async fn reading_loses_nothing_and_says_what_is_wrong(#[values("shipbob", "shopify")] name: &str) {
    reading::verify(rehearsal(name)).await;
}

#[rstest::rstest]
#[tokio::test]
async fn effects_happen_once_and_doubt_is_told(#[values("shipbob", "shopify")] name: &str) {
    effects::verify(rehearsal(name)).await;
}

#[rstest::rstest]
#[tokio::test]
async fn parsing_names_what_it_cannot_read(#[values("shipbob", "shopify")] name: &str) {
    parsing::verify(rehearsal(name)).await;
}

proptest! {
    #[test]
    fn parsing_answers_to_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for rehearsal in rehearsals() {
            let connector = rehearsal.connector("http://127.0.0.1:9");
            for stream in [Stream::Orders, Stream::Shipments, Stream::Stock] {
                if let Err(error) = capabilities::parse(&*connector, stream, &bytes) {
                    prop_assert!(!error.path.is_empty());
                }
            }
        }
    }
}
