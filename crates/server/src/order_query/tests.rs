#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::time::Duration;

use proptest::prelude::*;
use switchyard_core::id::{ConnectionId, WarehouseId};

use super::*;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

fn shop(n: u8) -> ConnectionId {
    ConnectionId::new(Timestamp::EPOCH, [n; 10])
}

fn warehouse(n: u8) -> WarehouseId {
    WarehouseId::new(Timestamp::EPOCH, [n; 10])
}

fn names() -> Names {
    Names {
        shops: vec![(shop(1), "Tea Corner".to_owned()), (shop(2), "Lamp Loft".to_owned())],
        warehouses: vec![(warehouse(1), "Leeds".to_owned()), (warehouse(2), "Lyon".to_owned())],
    }
}

fn read(text: &str) -> OrderFilter {
    parse(text, &names(), now()).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

fn fault(text: &str) -> FieldProblem {
    let faults = parse(text, &names(), now()).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].clone()
}

#[test]
fn an_empty_query_is_every_order() {
    assert_eq!(read("  "), OrderFilter::default());
}

#[test]
fn terms_are_joined_by_and_and_values_by_or() {
    let filter = read("state:editable,held shop:\"tea corner\" country:gb,DE held:no lamp \"blue mug\"");
    assert_eq!(filter.stages, [Stage::Editable, Stage::Held]);
    assert_eq!(filter.shops, [shop(1)]);
    assert_eq!(filter.countries, ["GB", "DE"]);
    assert_eq!(filter.held, Some(false));
    assert_eq!(filter.words, ["lamp", "blue mug"]);
}

#[test]
fn a_lifecycle_word_filters_the_stored_state_and_a_stage_the_stage() {
    assert_eq!(read("state:planned,closed").states, [OrderState::Planned, OrderState::Closed]);
    assert_eq!(read("state:closed").stages, [Stage::Closed]);
    assert!(fault("state:planned,editable").detail.contains("cannot stand in one list"));
}

#[test]
fn exclusion_is_the_complement() {
    assert_eq!(read("-state:accepted").not_states, [OrderState::Accepted]);
    let stages = read("-state:closed,cancelled").stages;
    assert_eq!(stages.len(), Stage::ALL.len() - 2);
    assert_eq!(read("-shop:\"Tea Corner\"").shops, [shop(2)]);
    assert_eq!(read("-held:yes").held, Some(false));
}

#[test]
fn a_contradiction_finds_nothing_instead_of_everything() {
    for text in [
        "state:held state:editable",
        "held:yes held:no",
        "shop:\"tea corner\" -shop:\"tea corner\"",
        "country:DE country:FR",
    ] {
        assert_eq!(read(text).total, (Some(1), Some(0)), "{text}");
    }
}

#[rstest::rstest]
#[case("total:10", Some(1_000), Some(1_000))]
#[case("total:>=10.50", Some(1_050), None)]
#[case("total:>10", Some(1_001), None)]
#[case("total:<10", None, Some(999))]
#[case("total:10..20", Some(1_000), Some(2_000))]
#[case("total:..20", None, Some(2_000))]
#[case("total:>=10 total:<=30 total:>=15", Some(1_500), Some(3_000))]
fn totals_are_major_units(#[case] text: &str, #[case] low: Option<i64>, #[case] high: Option<i64>) {
    assert_eq!(read(text).total, (low, high));
}

#[rstest::rstest]
#[case("placed:today", at("2026-11-22T00:00:00Z"), at("2026-11-23T00:00:00Z"))]
#[case("placed:yesterday", at("2026-11-21T00:00:00Z"), at("2026-11-22T00:00:00Z"))]
#[case("placed:2026-11-01", at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z"))]
#[case("placed:2026-11-01..2026-11-07", at("2026-11-01T00:00:00Z"), at("2026-11-08T00:00:00Z"))]
#[case("placed:>2026-11-01", at("2026-11-02T00:00:00Z"), None)]
#[case("placed:<=2026-11-01", None, at("2026-11-02T00:00:00Z"))]
#[case("placed:-2h", at("2026-11-22T08:00:00Z"), None)]
#[case("placed:<30m", at("2026-11-22T09:30:00Z"), None)]
#[case("placed:>30m", None, at("2026-11-22T09:30:00Z"))]
#[case("placed:>=2026-11-22T09:00:00Z", at("2026-11-22T09:00:00Z"), None)]
#[case("placed:yesterday..", at("2026-11-21T00:00:00Z"), None)]
fn dates_of_the_past(#[case] text: &str, #[case] from: Option<Timestamp>, #[case] to: Option<Timestamp>) {
    assert_eq!(read(text).placed, (from, to));
    assert_eq!(read(&text.replace("placed", "received")).received, (from, to));
}

#[rstest::rstest]
#[case("cutoff:<30m", at("2026-11-22T10:00:00Z"), at("2026-11-22T10:30:00Z"))]
#[case("cutoff:+2h", at("2026-11-22T10:00:00Z"), at("2026-11-22T12:00:00Z"))]
#[case("cutoff:>2h", at("2026-11-22T12:00:00Z"), None)]
#[case("cutoff:-2h", at("2026-11-22T08:00:00Z"), at("2026-11-22T10:00:00Z"))]
#[case("cutoff:tomorrow", at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"))]
fn cut_offs_lie_ahead(#[case] text: &str, #[case] from: Option<Timestamp>, #[case] to: Option<Timestamp>) {
    assert_eq!(read(text).editable_until, (from, to));
}

#[rstest::rstest]
#[case("stat:editable", 0, 4, Some("state"))]
#[case("state:editible", 6, 14, Some("editable"))]
#[case("🙂 state:x1", 9, 11, None)]
#[case("shop:\"Tea Corne\"", 5, 16, Some("Tea Corner"))]
#[case("warehouse:leds", 10, 14, Some("Leeds"))]
#[case("held:maybe", 5, 10, None)]
#[case("placed:yesterdy", 7, 15, Some("yesterday"))]
#[case("total:much", 6, 10, None)]
#[case("country:germany", 8, 15, None)]
#[case("-sku:A", 0, 6, None)]
#[case("total:1,2", 0, 9, None)]
#[case("sku:A sku:B", 6, 11, None)]
#[case("state:", 6, 6, None)]
#[case("\"open", 0, 5, None)]
#[case("-", 0, 1, None)]
fn what_cannot_be_understood_is_named_with_its_place(
    #[case] text: &str,
    #[case] start: u32,
    #[case] end: u32,
    #[case] suggestion: Option<&str>,
) {
    let fault = fault(text);
    assert_eq!((fault.start, fault.end), (Some(start), Some(end)), "{}", fault.detail);
    assert_eq!(fault.suggestion.as_deref(), suggestion, "{}", fault.detail);
    assert_eq!(fault.path, "q");
}

#[test]
fn every_fault_is_reported_at_once() {
    assert_eq!(parse("stat:x held:perhaps", &names(), now()).unwrap_err().len(), 2);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_at_a_place_inside_it(text in "\\PC{0,60}") {
        let length = u32::try_from(text.encode_utf16().count()).unwrap();
        if let Err(faults) = parse(&text, &names(), now()) {
            for fault in faults {
                prop_assert!(fault.start.unwrap() <= fault.end.unwrap());
                prop_assert!(fault.end.unwrap() <= length);
            }
        }
    }

    #[test]
    fn quoted_words_come_back_as_they_were(words in prop::collection::vec("[^\\s][\\PC]{0,12}", 0..5)) {
        let text = words
            .iter()
            .map(|word| format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"")))
            .collect::<Vec<_>>()
            .join(" ");
        prop_assert_eq!(read(&text).words, words);
    }

    #[test]
    fn amounts_and_ages_come_back_as_they_were(low in 0i64..1_000_000, more in 0i64..1_000_000, minutes in 0u64..100_000) {
        let high = low + more;
        let text = format!("total:{}.{:02}..{}.{:02} received:-{minutes}m", low / 100, low % 100, high / 100, high % 100);
        let filter = read(&text);
        prop_assert_eq!(filter.total, (Some(low), Some(high)));
        prop_assert_eq!(filter.received, (Some(now() - Duration::from_secs(minutes * 60)), None));
    }
}
