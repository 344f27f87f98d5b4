//! The stored form of calendars and windows: what is written, and what is refused with the path of the fault.

use std::path::Path;

use switchyard_core::calendar::Calendar;
use switchyard_core::window::{EditWindow, EditWindows};

const FULL: &str = r#"{
  "zone": "europe/berlin",
  "week": { "monday": [{ "open": "08:00", "close": "12:00" }, { "open": "13:00", "close": "24:00" }] },
  "special_days": { "2026-12-25": { "name": "Christmas Day" } },
  "cut_offs": {
    "default": { "at": "14:00" },
    "options": { "express": { "at": "16:30", "on": { "friday": "12:00" } } }
  },
  "handling_minutes": 90
}"#;

#[test]
fn a_calendar_is_stored_as_people_write_it() {
    let calendar = Calendar::parse(FULL).unwrap();
    insta::assert_json_snapshot!(calendar);
    let again = serde_json::to_string(&calendar).unwrap();
    assert_eq!(Calendar::parse(&again).unwrap(), calendar);
}

#[test]
fn windows_are_stored_as_people_write_them() {
    let windows = EditWindows {
        default: EditWindow::UntilCutOff { lead_seconds: 1_800 },
        choices: vec![switchyard_core::window::WindowChoice {
            shop: Some("con_0198c0de5b1d7cc2b7f1c0ffee123456".parse().unwrap()),
            warehouse: None,
            window: EditWindow::Manual {},
        }],
    };
    insta::assert_json_snapshot!(windows);
    assert!(serde_json::from_str::<EditWindow>(r#"{ "kind": "manual", "seconds": 1 }"#).is_err());
    assert!(serde_json::from_str::<EditWindow>(r#"{ "kind": "after_receipt", "secs": 1 }"#).is_err());
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    let faults = [
        ("europe/berlin", "Europe/Atlantis"),
        ("\"handling_minutes\"", "\"handling_minute\""),
        ("\"monday\"", "\"moonday\""),
        ("\"close\": \"12:00\"", "\"close\": \"8:00\""),
        ("\"close\": \"12:00\"", "\"close\": \"07:00\""),
        ("\"close\": \"12:00\"", "\"close\": \"13:30\""),
        ("\"close\": \"12:00\"", "\"close\": \"12:00\", \"lunch\": true"),
        ("\"at\": \"16:30\"", "\"at\": \"24:01\""),
        ("\"friday\": \"12:00\"", "\"fryday\": \"12:00\""),
        ("2026-12-25", "2026-02-30"),
        ("[{ \"open\": \"08:00\", \"close\": \"12:00\" }, { \"open\": \"13:00\", \"close\": \"24:00\" }]", "[]"),
        ("\"express\"", "\" \""),
        ("90", "-1"),
        ("90", "90000000"),
        ("90\n}", "90\n} {"),
    ];
    let refusals: Vec<String> = faults
        .iter()
        .map(|(right, wrong)| {
            assert!(FULL.contains(right), "{right}");
            let fault = Calendar::parse(&FULL.replace(right, wrong)).expect_err(wrong);
            format!("{wrong} -> {fault}")
        })
        .collect();
    insta::assert_json_snapshot!(refusals);
}

#[test]
fn every_example_of_the_page_is_read() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/calendars.md");
    let text = std::fs::read_to_string(page).unwrap();
    let mut read = (0, 0);
    for block in text.split("```json").skip(1) {
        let (kind, json) = block.split("```").next().unwrap().split_once('\n').unwrap();
        match kind.trim() {
            "calendar" => {
                Calendar::parse(json).unwrap_or_else(|fault| panic!("{fault} in {json}"));
                read.0 += 1;
            }
            "windows" => {
                serde_json::from_str::<EditWindows>(json).unwrap_or_else(|fault| panic!("{fault} in {json}"));
                read.1 += 1;
            }
            other => panic!("an example of an unknown kind `{other}`"),
        }
    }
    assert!(read.0 >= 2 && read.1 >= 1, "the page has examples: {read:?}");
}
