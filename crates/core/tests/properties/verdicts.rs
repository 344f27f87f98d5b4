//! The table of edits, cell by cell, and the page that shows it.

use std::fmt::Write as _;
use std::path::Path;

use rstest::rstest;
use switchyard_core::attention::Choice;
use switchyard_core::change_request::AskKind;
use switchyard_core::edit::kind::{Kind, Stage};
use switchyard_core::edit::verdict::{Capabilities, Facts, Reason, Ruling, TABLE, Verdict, verdict};
use switchyard_core::id::WarehouseId;
use switchyard_core::role::{Holder, Own, POWERS, Reach, Role};

use crate::orders::NOON;

fn warehouse() -> WarehouseId {
    WarehouseId::new(NOON, [1; 10])
}

/// What the table of the domain says, in the words of its cells; the facts are the usual ones.
const EXPECTED: [(Kind, [&str; 6]); 10] = [
    (Kind::Note, ["direct", "direct", "direct", "direct", "direct", "direct"]),
    (Kind::Hold, ["direct", "pull", "ask hold", "ask hold", "ask hold", "late"]),
    (Kind::Address, ["reroute", "pull", "ask address", "ask address", "ask address", "late"]),
    (Kind::FewerUnits, ["reroute", "pull", "ask quantity", "ask quantity", "ask quantity", "late"]),
    (Kind::MoreUnits, ["reroute", "pull", "new", "new", "new", "new"]),
    (
        Kind::ShippingOption,
        ["reroute", "pull", "ask shipping_option", "ask shipping_option", "ask shipping_option", "late"],
    ),
    (
        Kind::Warehouse,
        ["reroute", "pull", "ask cancel elsewhere", "ask cancel elsewhere", "ask cancel elsewhere", "late"],
    ),
    (Kind::CancelAll, ["direct", "direct", "ask cancel", "ask cancel", "ask cancel +1", "late"]),
    (Kind::Billing, ["direct", "direct", "direct", "ask billing", "ask billing", "late"]),
    (Kind::Lot, ["reroute", "pull", "ask lot", "ask lot", "late", "late"]),
];

fn short(ruling: &Ruling) -> String {
    let text = match &ruling.verdict {
        Verdict::Direct { reroute: false } => "direct".to_owned(),
        Verdict::Direct { reroute: true } => "reroute".to_owned(),
        Verdict::PullBack => "pull".to_owned(),
        Verdict::NewFulfillment => "new".to_owned(),
        Verdict::ChangeRequest { what, elsewhere, .. } => {
            let what = serde_json::to_value(what).unwrap();
            format!("ask {}{}", what.as_str().unwrap(), if *elsewhere { " elsewhere" } else { "" })
        }
        Verdict::Refused { reason: Reason::TooLate, .. } => "late".to_owned(),
        Verdict::Refused { reason, .. } => format!("{reason:?}"),
    };
    if ruling.needs_approval { format!("{text} +1") } else { text }
}

fn ask(kind: Kind, stage: Stage, holder: &Holder, change: impl FnOnce(&mut Facts<'_>)) -> Ruling {
    let (capabilities, place) = (Capabilities::all(), warehouse());
    let mut facts = Facts {
        capabilities: &capabilities,
        holder,
        warehouse: Some(&place),
        label_printed: false,
        unconfirmed: false,
        above_limit: false,
    };
    change(&mut facts);
    verdict(kind, stage, facts)
}

fn lead() -> Holder {
    Holder::of(&[Role::BackOfficeLead])
}

#[test]
fn every_cell_says_what_the_domain_says() {
    for (kind, cells) in EXPECTED {
        for (stage, expected) in Stage::ALL.into_iter().zip(cells) {
            assert_eq!(short(&ask(kind, stage, &lead(), |_| {})), expected, "{kind:?} at {stage:?}");
        }
    }
    assert_eq!(TABLE.map(|row| row.kind), Kind::ALL, "one row for each kind, in order");
}

#[rstest]
#[case::viewer(Role::Viewer)]
#[case::packer(Role::Packer)]
#[case::warehouse_lead(Role::WarehouseLead)]
#[case::agent(Role::BackOfficeAgent)]
#[case::admin(Role::Admin)]
#[case::auditor(Role::Auditor)]
#[case::engine(Role::Engine)]
fn each_role_gets_its_cells_and_no_more(#[case] role: Role) {
    let holder = Holder { roles: vec![role], warehouses: Own::These(vec![warehouse()]) };
    for kind in Kind::ALL {
        for stage in Stage::ALL {
            let allowed = short(&ask(kind, stage, &lead(), |_| {}));
            let ruling = ask(kind, stage, &holder, |_| {});
            let may = match role {
                Role::Packer | Role::WarehouseLead => kind == Kind::Hold,
                Role::BackOfficeAgent | Role::Engine => kind != Kind::Warehouse,
                _ => false,
            };
            match short(&ruling).as_str() {
                "NotYours" => assert!(!may && allowed != "late", "{role:?} may {kind:?} at {stage:?}"),
                "late" => {
                    let overridden = kind == Kind::Warehouse && stage == Stage::InWork;
                    assert!(allowed == "late" || overridden, "{role:?}: {kind:?} at {stage:?}");
                }
                got => {
                    assert!(may, "{role:?} got {got} for {kind:?} at {stage:?}");
                    let unapproved = allowed.trim_end_matches(" +1");
                    assert!(got == allowed || (role == Role::Engine && got == unapproved), "{kind:?} at {stage:?}");
                }
            }
        }
    }
}

#[test]
fn who_may_not_edit_may_propose_or_nothing() {
    let options = |role| match ask(Kind::Address, Stage::Open, &Holder::of(&[role]), |_| {}).verdict {
        Verdict::Refused { reason: Reason::NotYours, options } => options,
        other => panic!("{role:?}: {other:?}"),
    };
    assert_eq!(options(Role::Viewer), [Choice::Propose]);
    assert!(options(Role::Auditor).is_empty());
}

#[test]
fn what_the_connector_cannot_ask_is_refused_with_what_is_left() {
    for kind in Kind::ALL {
        for stage in [Stage::Sent, Stage::Accepted, Stage::InWork] {
            let Verdict::ChangeRequest { what, .. } = ask(kind, stage, &lead(), |_| {}).verdict else { continue };
            let mute = Capabilities {
                asks: AskKind::ALL.into_iter().filter(|ask| *ask != what).collect(),
                ..Capabilities::all()
            };
            let ruling = ask_with(kind, stage, &mute, |_| {});
            let Verdict::Refused { reason: Reason::CannotAsk, options } = ruling.verdict else {
                panic!("{kind:?} at {stage:?}: {:?}", ruling.verdict)
            };
            assert_eq!(options[0], Choice::CallWarehouse);
            let cancels = what != AskKind::Cancel && kind != Kind::Hold;
            assert_eq!(options.contains(&Choice::CancelAndPlanElsewhere), cancels, "{kind:?}");
        }
    }
}

fn ask_with(kind: Kind, stage: Stage, capabilities: &Capabilities, change: impl FnOnce(&mut Facts<'_>)) -> Ruling {
    let (place, holder) = (warehouse(), lead());
    let mut facts = Facts {
        capabilities,
        holder: &holder,
        warehouse: Some(&place),
        label_printed: false,
        unconfirmed: false,
        above_limit: false,
    };
    change(&mut facts);
    verdict(kind, stage, facts)
}

#[test]
fn a_printed_label_ends_what_the_label_says() {
    let own = Capabilities { own: true, ..Capabilities::all() };
    let printed =
        |kind, stage, place: &Capabilities| short(&ask_with(kind, stage, place, |facts| facts.label_printed = true));
    assert_eq!(printed(Kind::Address, Stage::InWork, &own), "LabelPrinted");
    assert_eq!(
        printed(Kind::Address, Stage::InWork, &Capabilities::all()),
        "ask address",
        "a foreign warehouse decides"
    );
    assert_eq!(printed(Kind::ShippingOption, Stage::InWork, &Capabilities::all()), "LabelPrinted");
    assert_eq!(printed(Kind::FewerUnits, Stage::InWork, &own), "ask quantity", "a label says nothing about units");
}

#[test]
fn nobody_edits_what_nobody_knows_about() {
    for kind in Kind::ALL {
        let ruling = ask(kind, Stage::Sent, &lead(), |facts| facts.unconfirmed = true);
        match &ruling.verdict {
            Verdict::Refused { reason: Reason::InDoubt, options } => {
                assert_eq!(options, &[Choice::WaitForAnswer, Choice::CallWarehouse]);
            }
            Verdict::Direct { .. } | Verdict::NewFulfillment => {}
            other => panic!("{kind:?}: {other:?} reaches a warehouse that may not have it"),
        }
    }
}

#[test]
fn own_packing_tables_get_a_stop_signal() {
    let own = Capabilities { own: true, ..Capabilities::all() };
    for (stage, stops) in [(Stage::Accepted, false), (Stage::InWork, true)] {
        for (place, ours) in [(&own, true), (&Capabilities::all(), false)] {
            let Verdict::ChangeRequest { stop, .. } = ask_with(Kind::Hold, stage, place, |_| {}).verdict else {
                panic!()
            };
            assert_eq!(stop, stops && ours, "{stage:?}");
        }
    }
}

#[test]
fn invoices_printed_there_are_asked_for_there() {
    let printing = Capabilities { prints_invoices: true, ..Capabilities::all() };
    assert_eq!(short(&ask_with(Kind::Billing, Stage::Sent, &printing, |_| {})), "ask billing");
    assert_eq!(short(&ask_with(Kind::Billing, Stage::Sent, &Capabilities::all(), |_| {})), "direct");
}

#[test]
fn above_the_limit_two_people_decide_but_notes_holds_and_the_shop_need_one() {
    for kind in Kind::ALL {
        let ruling = ask(kind, Stage::Open, &lead(), |facts| facts.above_limit = true);
        assert_eq!(ruling.needs_approval, !matches!(kind, Kind::Note | Kind::Hold), "{kind:?}");
        let by_shop = ask(kind, Stage::Open, &Holder::of(&[Role::Engine]), |facts| facts.above_limit = true);
        assert!(!by_shop.needs_approval);
    }
}

#[test]
fn every_no_names_a_way_out() {
    for kind in Kind::ALL {
        for stage in Stage::ALL {
            if let Verdict::Refused { options, .. } = ask(kind, stage, &lead(), |_| {}).verdict {
                assert!(!options.is_empty(), "{kind:?} at {stage:?} leaves a person with nothing");
            }
        }
    }
}

#[test]
fn the_page_of_edits_shows_these_tables() {
    let mut page = "# Edits\n\nUntil when what may be changed, and by whom. Generated from the tables in `crates/core`; a test fails when \
         this page\ndiffers. Make it anew with `SWITCHYARD_WRITE_DOCS=1 cargo nextest run -p switchyard-core --test properties`.\n\n\
         ## By stage\n\nA *request* is a change request: the warehouse answers, and nothing has changed until it does. Where its \
         connector cannot\nask for something, the edit is refused with what is left. While nobody knows whether a warehouse has a \
         part, it is asked\nfor nothing.\n\n| edit |"
        .to_owned();
    for stage in Stage::ALL {
        write!(page, " {} |", stage.title()).unwrap();
    }
    page.push_str(" where it says no |\n|---|---|---|---|---|---|---|---|\n");
    for row in TABLE {
        write!(page, "| {} |", row.kind.title()).unwrap();
        for cell in row.cells {
            write!(page, " {} |", cell.title()).unwrap();
        }
        let instead: Vec<String> = row.instead.iter().map(text).collect();
        writeln!(page, " {} |", instead.join(", ")).unwrap();
    }
    page.push_str("\n## By role\n\nPeople hold one role or several. Above a value limit, and for a cancel while picking, a second \
                   person who may approve\nedits has to agree.\n\n| role | reaches | may |\n|---|---|---|\n");
    for row in POWERS {
        let powers: Vec<String> = row.powers.iter().map(text).collect();
        let reach = if row.reach == Reach::Everywhere { "everywhere" } else { "own warehouses" };
        writeln!(page, "| {} | {reach} | {} |", text(&row.role), powers.join(", ")).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/edits.md");
    if std::env::var_os("SWITCHYARD_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, page, "docs/edits.md is stale; its first lines say how to make it anew");
}

fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().replace('_', " ")
}
