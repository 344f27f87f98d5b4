//! What a calendar means, case by case.

use proptest::prelude::*;
use std::time::Duration;
use switchyard_core::calendar::Calendar;
use switchyard_core::time::Timestamp;

use super::{at, weekdays};

/// Monday to Friday 08:00 to 18:00 in Berlin, standard by 14:00, express by 16:30, on Fridays by 12:00; two hours of
/// handling; closed on Christmas Day, half a day the day before.
fn berlin() -> Calendar {
    let mut calendar = weekdays("Europe/Berlin", "14:00", 120);
    let express = r#"{ "at": "16:30", "on": { "friday": "12:00" } }"#;
    calendar.cut_offs.options.insert("express".to_owned(), serde_json::from_str(express).unwrap());
    for (date, day) in [
        ("2026-12-24", r#"{ "name": "Christmas Eve", "hours": [{ "open": "08:00", "close": "12:00" }] }"#),
        ("2026-12-25", r#"{ "name": "Christmas Day" }"#),
    ] {
        calendar.special_days.insert(date.parse().unwrap(), serde_json::from_str(day).unwrap());
    }
    calendar.check().unwrap();
    calendar
}

#[rstest::rstest]
#[case::in_the_morning("2026-11-23T09:00:00+01:00", "", "2026-11-23T14:00:00+01:00")]
#[case::at_the_very_instant("2026-11-23T14:00:00+01:00", "", "2026-11-23T14:00:00+01:00")]
#[case::just_missed("2026-11-23T14:00:00.000001+01:00", "", "2026-11-24T14:00:00+01:00")]
#[case::another_option("2026-11-23T14:01:00+01:00", " express ", "2026-11-23T16:30:00+01:00")]
#[case::another_time_on_fridays("2026-11-27T12:01:00+01:00", "express", "2026-11-30T16:30:00+01:00")]
#[case::an_unnamed_option("2026-11-23T14:01:00+01:00", "Express", "2026-11-24T14:00:00+01:00")]
#[case::over_the_weekend("2026-11-27T15:00:00+01:00", "", "2026-11-30T14:00:00+01:00")]
#[case::a_short_day_closes_first("2026-12-24T11:00:00+01:00", "", "2026-12-24T12:00:00+01:00")]
#[case::over_a_holiday("2026-12-24T12:30:00+01:00", "", "2026-12-28T14:00:00+01:00")]
fn the_next_cut_off(#[case] from: &str, #[case] option: &str, #[case] expected: &str) {
    assert_eq!(berlin().next_cut_off(at(from), option), Some(at(expected)));
}

#[rstest::rstest]
#[case::two_hours_after_the_cut_off("2026-11-23T09:00:00+01:00", "", "2026-11-23T16:00:00+01:00")]
#[case::what_does_not_fit_goes_on_next_morning("2026-11-23T15:00:00+01:00", "express", "2026-11-24T08:30:00+01:00")]
#[case::over_the_weekend("2026-11-27T13:00:00+01:00", "", "2026-11-27T16:00:00+01:00")]
#[case::over_the_holidays("2026-12-24T09:00:00+01:00", "", "2026-12-28T10:00:00+01:00")]
fn an_order_ships_after_the_handling_time(#[case] ready: &str, #[case] option: &str, #[case] expected: &str) {
    assert_eq!(berlin().ships_at(at(ready), option), Some(at(expected)));
}

/// Around the clock every day, with one cut-off.
fn around_the_clock(zone: &str, cut_off: &str) -> Calendar {
    let day = serde_json::json!([{ "open": "00:00", "close": "24:00" }]);
    let mut calendar = weekdays(zone, cut_off, 0);
    let spans: Vec<switchyard_core::calendar::Span> = serde_json::from_value(day).unwrap();
    let week = &mut calendar.week;
    for hours in [
        &mut week.monday,
        &mut week.tuesday,
        &mut week.wednesday,
        &mut week.thursday,
        &mut week.friday,
        &mut week.saturday,
        &mut week.sunday,
    ] {
        hours.clone_from(&spans);
    }
    calendar
}

#[rstest::rstest]
#[case::skipped_hour_means_the_end_of_the_gap("Europe/Berlin", "02:30", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
#[case::the_end_of_the_gap_is_the_same_instant(
    "Europe/Berlin",
    "03:00",
    "2026-03-29T00:00:00Z",
    "2026-03-29T01:00:00Z"
)]
#[case::an_hour_that_happens_twice_means_the_first(
    "Europe/Berlin",
    "02:30",
    "2026-10-25T00:00:00Z",
    "2026-10-25T00:30:00Z"
)]
#[case::between_the_two_the_day_is_over("Europe/Berlin", "02:30", "2026-10-25T00:45:00Z", "2026-10-26T01:30:00Z")]
#[case::half_an_hour_on_lord_howe("Australia/Lord_Howe", "02:15", "2026-10-03T14:00:00Z", "2026-10-03T15:30:00Z")]
#[case::a_day_that_samoa_skipped("Pacific/Apia", "14:00", "2011-12-30T01:00:00Z", "2011-12-30T10:00:00Z")]
#[case::midnight_that_does_not_exist("Africa/Cairo", "24:00", "2026-04-23T20:00:00Z", "2026-04-23T22:00:00Z")]
fn a_local_time_is_the_first_instant_that_shows_it_or_later(
    #[case] zone: &str,
    #[case] cut_off: &str,
    #[case] from: &str,
    #[case] expected: &str,
) {
    assert_eq!(around_the_clock(zone, cut_off).next_cut_off(at(from), ""), Some(at(expected)));
}

#[test]
fn handling_counts_time_as_it_elapses_not_as_the_clock_shows_it() {
    let mut night = around_the_clock("Europe/Berlin", "01:00");
    night.handling_minutes = 120;
    assert_eq!(
        night.ships_at(at("2026-03-28T23:30:00Z"), ""),
        Some(at("2026-03-29T02:00:00Z")),
        "01:00 and two hours is 04:00 on the night that has no 02:00"
    );
    assert_eq!(
        night.ships_at(at("2026-10-24T22:30:00Z"), ""),
        Some(at("2026-10-25T01:00:00Z")),
        "01:00 and two hours is 02:00, the second one, on the night that has two"
    );
}

#[test]
fn a_calendar_without_working_days_ahead_never_ships() {
    let mut calendar = weekdays("Europe/Berlin", "14:00", 60);
    calendar.week = switchyard_core::calendar::Week::default();
    assert_eq!(calendar.next_cut_off(at("2026-11-23T09:00:00Z"), ""), None);
    assert_eq!(calendar.ships_at(at("2026-11-23T09:00:00Z"), ""), None);
}

#[test]
fn the_ends_of_time_are_answered_not_panicked_on() {
    let calendar = berlin();
    for micros in [i64::MIN, -377_705_023_201_000_000, 0, 253_402_207_200_000_000, i64::MAX] {
        let from = Timestamp::from_micros(micros);
        let cut_off = calendar.next_cut_off(from, "");
        assert!(cut_off.is_none_or(|cut_off| cut_off >= from), "{micros}");
        let _answer = calendar.ships_at(from, "");
        let _answer = calendar.after_working(from, Duration::MAX);
    }
}

proptest! {
    #[test]
    fn later_readiness_never_ships_earlier(
        zone in "Europe/Berlin|America/New_York|Africa/Casablanca|Asia/Tehran|Australia/Lord_Howe|Pacific/Apia",
        seconds in 946_684_800_i64..2_240_611_200,
        wait in 0_u64..400_000,
        handling in 0_u32..3_000,
        cut_off in 0_u16..=1440,
    ) {
        let mut calendar = weekdays(&zone, "14:00", handling);
        calendar.cut_offs.default.at = switchyard_core::calendar::LocalTime::from_minutes(cut_off).unwrap();
        let early = Timestamp::from_micros(seconds * 1_000_000);
        let late = early + Duration::from_secs(wait);
        let cut_off = calendar.next_cut_off(early, "").unwrap();
        prop_assert!(cut_off >= early);
        prop_assert!(calendar.next_cut_off(cut_off, "") == Some(cut_off), "a cut-off is its own next");
        prop_assert!(calendar.next_cut_off(late, "").unwrap() >= cut_off);
        let ships = calendar.ships_at(early, "").unwrap();
        prop_assert!(ships >= cut_off + Duration::from_secs(u64::from(handling) * 60));
        prop_assert!(calendar.ships_at(late, "").unwrap() >= ships);
    }

    #[test]
    fn work_done_in_two_parts_takes_as_long_as_in_one(
        seconds in 946_684_800_i64..2_240_611_200,
        first in 1_u64..200_000,
        second in 1_u64..200_000,
    ) {
        let calendar = berlin();
        let from = Timestamp::from_micros(seconds * 1_000_000);
        let whole = calendar.after_working(from, Duration::from_secs(first + second)).unwrap();
        let part = calendar.after_working(from, Duration::from_secs(first)).unwrap();
        prop_assert_eq!(calendar.after_working(part, Duration::from_secs(second)), Some(whole));
    }
}
