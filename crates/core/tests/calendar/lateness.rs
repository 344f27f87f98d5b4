//! Who made an order late.

use proptest::prelude::*;
use std::time::Duration;
use switchyard_core::calendar::{Late, Milestones};
use switchyard_core::time::Timestamp;

use super::{at, weekdays};

const HOUR: u64 = 3_600;

/// Received on Monday morning; promised to the carrier by 16:00 that day, which the calendar keeps to the second.
fn received() -> Timestamp {
    at("2026-11-23T09:00:00Z")
}

fn promise() -> Timestamp {
    at("2026-11-23T16:00:00Z")
}

fn all_at_once() -> Milestones {
    Milestones {
        received_at: received(),
        stocked_at: Some(received()),
        handed_over_at: Some(received()),
        shipped_at: None,
    }
}

fn late(at: &Milestones, now: &str) -> Late {
    weekdays("UTC", "14:00", 120).late("", promise(), at, super::at(now)).unwrap()
}

#[test]
fn an_order_on_its_way_in_time_is_not_late() {
    assert_eq!(late(&all_at_once(), "2026-11-23T10:00:00Z"), Late::default());
}

#[test]
fn a_warehouse_that_takes_longer_than_its_calendar_answers_for_it() {
    let shipped = Milestones { shipped_at: Some(at("2026-11-23T18:30:00Z")), ..all_at_once() };
    let answer = late(&shipped, "2026-11-24T10:00:00Z");
    assert_eq!(answer, Late { warehouse_seconds: 9_000, ..Late::default() });
    assert_eq!(answer.hours(), 3, "a begun hour counts whole");
    assert_eq!(late(&all_at_once(), "2026-11-23T17:00:00Z").warehouse_seconds, HOUR, "and while it has not shipped");
}

#[test]
fn waiting_for_goods_is_the_stocks_lateness() {
    let stocked = at("2026-11-24T09:00:00Z");
    let waited = Milestones { stocked_at: Some(stocked), handed_over_at: Some(stocked), ..all_at_once() };
    assert_eq!(late(&waited, "2026-11-24T09:00:00Z"), Late { stock_seconds: 24 * HOUR, ..Late::default() });
    let waiting = Milestones { stocked_at: None, handed_over_at: None, ..all_at_once() };
    assert_eq!(late(&waiting, "2026-11-25T09:00:00Z"), Late { stock_seconds: 48 * HOUR, ..Late::default() });
}

#[test]
fn handing_over_after_the_cut_off_is_our_lateness() {
    let held = Milestones { handed_over_at: None, ..all_at_once() };
    assert_eq!(late(&held, "2026-11-23T14:00:00Z"), Late::default(), "still in time for the cut-off");
    assert_eq!(late(&held, "2026-11-23T14:00:01Z"), Late { us_seconds: 24 * HOUR, ..Late::default() });
}

#[test]
fn a_promise_that_could_never_be_kept_is_ours() {
    let answer = weekdays("UTC", "14:00", 120).late("", at("2026-11-23T12:00:00Z"), &all_at_once(), received());
    assert_eq!(answer, Some(Late { us_seconds: 4 * HOUR, ..Late::default() }));
}

#[test]
fn a_warehouse_that_makes_up_for_us_shortens_our_lateness() {
    let rescued = Milestones {
        handed_over_at: Some(at("2026-11-23T15:00:00Z")),
        shipped_at: Some(at("2026-11-23T17:00:00Z")),
        ..all_at_once()
    };
    assert_eq!(late(&rescued, "2026-11-24T10:00:00Z"), Late { us_seconds: HOUR, ..Late::default() });
}

#[test]
fn the_routers_late_hours_count_a_begun_hour_whole() {
    let calendar = weekdays("UTC", "14:00", 121);
    assert_eq!(calendar.late_hours(received(), "", promise()), Some(1));
    assert_eq!(calendar.late_hours(received(), "", at("2026-11-23T16:01:00Z")), Some(0));
}

proptest! {
    #[test]
    fn the_parts_sum_to_the_time_beyond_the_promise(
        stocked in proptest::option::of(0_u64..500_000),
        handed_over in proptest::option::of(0_u64..700_000),
        shipped in proptest::option::of(0_u64..900_000),
        promise in 0_u64..500_000,
        now in 0_u64..1_000_000,
    ) {
        let after = |seconds: u64| received() + Duration::from_secs(seconds);
        let milestones = Milestones {
            received_at: received(),
            stocked_at: stocked.map(after),
            handed_over_at: handed_over.map(after),
            shipped_at: shipped.map(after),
        };
        let calendar = weekdays("Europe/Berlin", "14:00", 120);
        let answer = calendar.late("", after(promise), &milestones, after(now)).unwrap();
        if let Some(shipped) = milestones.shipped_at {
            prop_assert_eq!(answer.seconds(), shipped.since(after(promise)).as_secs());
        } else {
            prop_assert!(answer.seconds() >= after(now).since(after(promise)).as_secs());
        }
    }
}
