//! Until when an order can be edited.

use switchyard_core::code::Code;
use switchyard_core::id::{ConnectionId, WarehouseId};
use switchyard_core::time::Timestamp;
use switchyard_core::window::{EditWindow, EditWindows, NoCutOff, WindowChoice};

use super::{at, weekdays};

const BEFORE_CUT_OFF: EditWindow = EditWindow::UntilCutOff { lead_seconds: 1_800 };

#[rstest::rstest]
#[case::today("2026-11-23T10:00:00+01:00", "2026-11-23T13:30:00+01:00")]
#[case::at_the_last_moment("2026-11-23T13:30:00+01:00", "2026-11-23T13:30:00+01:00")]
#[case::within_the_lead_waits_for_the_next("2026-11-23T13:30:01+01:00", "2026-11-24T13:30:00+01:00")]
#[case::over_the_weekend("2026-11-28T10:00:00+01:00", "2026-11-30T13:30:00+01:00")]
fn a_window_until_the_cut_off_closes_its_lead_before(#[case] received: &str, #[case] closes: &str) {
    let calendar = weekdays("Europe/Berlin", "14:00", 60);
    assert_eq!(BEFORE_CUT_OFF.closes_at(at(received), "", Some(&calendar)), Ok(Some(at(closes))));
}

#[test]
fn a_lead_is_counted_as_it_elapses_over_a_change_of_the_clocks() {
    let mut calendar = weekdays("Europe/Berlin", "03:00", 0);
    calendar.week.sunday.clone_from(&calendar.week.monday);
    let closes = BEFORE_CUT_OFF.closes_at(at("2026-03-28T12:00:00Z"), "", Some(&calendar));
    assert_eq!(closes, Ok(Some(at("2026-03-29T00:30:00Z"))), "03:00 less half an hour is 01:30 that night");
}

#[test]
fn a_window_of_a_duration_needs_no_calendar_and_a_manual_one_never_closes_by_itself() {
    let received = at("2026-11-23T10:00:00Z");
    let hour = EditWindow::AfterReceipt { seconds: 3_600 };
    assert_eq!(hour.closes_at(received, "", None), Ok(Some(at("2026-11-23T11:00:00Z"))));
    assert_eq!(EditWindow::Manual {}.closes_at(received, "", None), Ok(None));
}

#[test]
fn a_window_until_a_cut_off_that_is_not_there_is_an_error_with_a_code() {
    let received = at("2026-11-23T10:00:00Z");
    assert_eq!(BEFORE_CUT_OFF.closes_at(received, "", None), Err(NoCutOff::NoCalendar));
    let mut calendar = weekdays("Europe/Berlin", "14:00", 60);
    calendar.week = switchyard_core::calendar::Week::default();
    assert_eq!(BEFORE_CUT_OFF.closes_at(received, "", Some(&calendar)), Err(NoCutOff::NeverShips));
    assert_eq!(NoCutOff::NeverShips.problem("Leipzig").code, Code::CalendarUnusable);
}

#[test]
fn the_most_special_window_holds() {
    let shop = |number| ConnectionId::new(Timestamp::EPOCH, [number; 10]);
    let warehouse = |number| WarehouseId::new(Timestamp::EPOCH, [number; 10]);
    let window = |seconds| EditWindow::AfterReceipt { seconds };
    let choice = |shop, warehouse, seconds| WindowChoice { shop, warehouse, window: window(seconds) };
    let windows = EditWindows {
        default: window(0),
        choices: vec![
            choice(None, Some(warehouse(1)), 1),
            choice(Some(shop(1)), None, 2),
            choice(Some(shop(1)), Some(warehouse(1)), 3),
            choice(Some(shop(1)), Some(warehouse(1)), 4),
        ],
    };
    assert_eq!(windows.of(&shop(1), &warehouse(1)), window(3), "both, and the first of equals");
    assert_eq!(windows.of(&shop(1), &warehouse(2)), window(2), "the shop alone");
    assert_eq!(windows.of(&shop(2), &warehouse(1)), window(1), "the warehouse alone");
    assert_eq!(windows.of(&shop(2), &warehouse(2)), window(0), "neither");
}
