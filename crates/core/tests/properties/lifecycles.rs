//! The lifecycles, arrow by arrow, and the page that shows them.

use std::fmt::Write as _;
use std::path::Path;

use rstest::rstest;
use switchyard_core::change_request::ChangeRequestState;
use switchyard_core::fulfillment::{FulfillmentState, HandOverState};
use switchyard_core::lifecycle::{Arrow, By, Lifecycle};
use switchyard_core::order::OrderState;
use switchyard_core::return_order::ReturnState;
use switchyard_core::shipment::ShipmentState;
use switchyard_core::transfer::TransferState;
use switchyard_core::write_back::WriteBackState;

use crate::orders::{NOON, accepted, part};

#[rstest]
#[case(OrderState::Received, "blocked accepted cancelled")]
#[case(OrderState::Blocked, "accepted cancelled")]
#[case(OrderState::Accepted, "blocked planned cancelled")]
#[case(OrderState::Planned, "accepted closed cancelled")]
#[case(OrderState::Closed, "")]
#[case(OrderState::Cancelled, "")]
fn an_order_goes_only_along_these_arrows(#[case] from: OrderState, #[case] to: &str) {
    let allowed: Vec<&str> =
        OrderState::ALL.into_iter().filter(|to| from.may_become(*to)).map(OrderState::as_str).collect();
    assert_eq!(allowed.join(" "), to);
    assert_eq!(from.is_final(), to.is_empty(), "a state is final exactly when nothing leads out of it");
    for to in OrderState::ALL {
        let mut order = accepted(&[1]);
        order.state = from;
        let went = order.become_state(to).is_ok();
        assert_eq!(went, from.may_become(to));
        assert_eq!(order.state, if went { to } else { from }, "a refused step changes nothing");
    }
}

#[rstest]
#[case(FulfillmentState::Open, "queued cancelled")]
#[case(FulfillmentState::Queued, "open sent cancelled")]
#[case(FulfillmentState::Sent, "queued unconfirmed accepted in_work partly_shipped shipped rejected cancelled")]
#[case(FulfillmentState::Unconfirmed, "sent accepted in_work partly_shipped shipped rejected")]
#[case(FulfillmentState::Accepted, "in_work partly_shipped shipped closed_short rejected cancelled")]
#[case(FulfillmentState::InWork, "partly_shipped shipped closed_short cancelled")]
#[case(FulfillmentState::PartlyShipped, "shipped closed_short")]
#[case(FulfillmentState::Shipped, "")]
#[case(FulfillmentState::ClosedShort, "")]
#[case(FulfillmentState::Rejected, "")]
#[case(FulfillmentState::Cancelled, "")]
fn a_fulfillment_order_goes_only_along_these_arrows(#[case] from: FulfillmentState, #[case] to: &str) {
    let allowed: Vec<&str> =
        FulfillmentState::ALL.into_iter().filter(|to| from.may_become(*to)).map(FulfillmentState::as_str).collect();
    assert_eq!(allowed.join(" "), to);
    assert_eq!(from.is_final(), to.is_empty(), "a state is final exactly when nothing leads out of it");
    for to in FulfillmentState::ALL {
        let mut ful = part(1, from, &[(0, 1)]);
        let later = NOON + std::time::Duration::from_secs(1);
        let went = ful.become_state(to, later).is_ok();
        assert_eq!(went, from.may_become(to));
        assert_eq!((ful.state, ful.state_since), if went { (to, later) } else { (from, NOON) });
    }
}

#[test]
fn stored_texts_read_back() {
    for state in OrderState::ALL {
        assert_eq!(OrderState::parse(state.as_str()), Some(state));
    }
    for state in FulfillmentState::ALL {
        assert_eq!(FulfillmentState::parse(state.as_str()), Some(state));
    }
    assert_eq!(OrderState::parse("Planned"), None, "stored texts are exact");
}

/// Every noun keeps the promises its table makes.
fn well_formed<S: Lifecycle>() {
    let noun = S::NOUN;
    assert!(S::ARROWS.iter().any(|arrow| arrow.from.is_none()), "{noun} begins somewhere");
    for (number, arrow) in S::ARROWS.iter().enumerate() {
        assert!(!arrow.trigger.is_empty(), "{noun}: every arrow says what triggers it");
        assert_ne!(arrow.from, Some(arrow.to), "{noun}: a step goes somewhere");
        let twin = |other: &&Arrow<S, S::Facts>| (other.from, other.to) == (arrow.from, arrow.to);
        assert_eq!(S::ARROWS[number..].iter().filter(twin).count(), 1, "{noun}: one arrow from one state to another");
    }
    let mut reached: Vec<S> = S::ARROWS.iter().filter(|arrow| arrow.from.is_none()).map(|arrow| arrow.to).collect();
    while let Some(next) = S::ARROWS
        .iter()
        .find(|arrow| arrow.from.is_some_and(|from| reached.contains(&from)) && !reached.contains(&arrow.to))
    {
        reached.push(next.to);
    }
    assert_eq!(reached.len(), S::STATES.len(), "{noun}: every state can be reached");
    let mut ending: Vec<S> = S::STATES.iter().copied().filter(|state| state.ends_here()).collect();
    assert!(!ending.is_empty(), "{noun} ends somewhere");
    while let Some(before) = S::STATES.iter().copied().find(|state| {
        let leads = S::ARROWS.iter().any(|arrow| arrow.from == Some(*state) && ending.contains(&arrow.to));
        leads && !ending.contains(state)
    }) {
        ending.push(before);
    }
    assert_eq!(ending.len(), S::STATES.len(), "{noun}: nothing is stuck for ever");
}

/// Every guard says yes to some of these facts and no to others: none is decoration.
fn guards_bite<S: Lifecycle>(samples: &[S::Facts]) {
    for arrow in S::ARROWS {
        let Some((guard, from)) = arrow.guard.zip(arrow.from) else { continue };
        let admitted: Vec<bool> = samples.iter().map(|facts| from.check(arrow.to, facts).is_ok()).collect();
        let both = admitted.contains(&true) && admitted.contains(&false);
        assert!(both, "{}: {from:?} to {:?} when {}: {admitted:?}", S::NOUN, arrow.to, guard.text);
    }
}

#[test]
fn every_guard_can_say_yes_and_no() {
    use switchyard_core::{change_request, fulfillment, order, return_order, transfer};
    let open = order::Facts { reasons: 1, unplanned: 1, open: 1, shipped: 1, at_warehouses: 1, untold: 1 };
    guards_bite::<OrderState>(&[open, order::Facts::default()]);
    let part = |shipped| fulfillment::Facts { asked: 2, shipped, ..fulfillment::Facts::default() };
    let known = fulfillment::Facts { holds: 1, claimed: true, nothing_sent: true, unknown_there: true, ..part(0) };
    let given_up = fulfillment::Facts { cancel_accepted: true, ..part(0) };
    guards_bite::<FulfillmentState>(&[part(0), part(1), part(2), known, given_up]);
    let asked = change_request::Facts { another_sent: true, overdue: true, shipped: true };
    guards_bite::<ChangeRequestState>(&[asked, change_request::Facts::default()]);
    let here = return_order::Facts { received: 1, undecided: 1, uninspected: 1, overdue: false };
    let gone = return_order::Facts { overdue: true, ..return_order::Facts::default() };
    guards_bite::<ReturnState>(&[here, gone, return_order::Facts::default()]);
    let counted = transfer::Facts { announced: 1, received: 1, unexplained: 1 };
    guards_bite::<TransferState>(&[counted, transfer::Facts::default()]);
}

#[test]
fn a_part_that_ships_while_a_cancel_is_open_is_shipped() {
    let cancelled =
        switchyard_core::fulfillment::Facts { asked: 2, shipped: 1, cancel_accepted: true, ..Default::default() };
    for from in [FulfillmentState::Sent, FulfillmentState::Accepted, FulfillmentState::InWork] {
        assert!(from.check(FulfillmentState::Cancelled, &cancelled).is_err(), "a physical fact beats a wish");
        assert!(from.check(FulfillmentState::PartlyShipped, &cancelled).is_ok());
    }
}

fn title(noun: &str) -> String {
    let bare = noun.trim_start_matches("a ").trim_start_matches("an ");
    let mut letters = bare.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn by(by: By) -> &'static str {
    match by {
        By::Engine => "engine",
        By::Partner => "partner",
        By::Person => "person",
        By::PersonOrEngine => "person, engine",
    }
}

/// A state diagram and a table of the same arrows.
fn section<S: Lifecycle>() -> String {
    well_formed::<S>();
    let mut page = format!("\n## {}\n\n```mermaid\nstateDiagram-v2\n", title(S::NOUN));
    for arrow in S::ARROWS {
        writeln!(page, "    {} --> {}", arrow.from.map_or("[*]", S::text), arrow.to.text()).unwrap();
    }
    for state in S::STATES.iter().filter(|state| state.ends_here()) {
        writeln!(page, "    {} --> [*]", state.text()).unwrap();
    }
    page.push_str("```\n\n| from | to | by | when | only if |\n|---|---|---|---|---|\n");
    for arrow in S::ARROWS {
        let from = arrow.from.map_or_else(String::new, |from| format!("`{}`", from.text()));
        let guard = arrow.guard.map_or("", |guard| guard.text);
        writeln!(page, "| {from} | `{}` | {} | {} | {guard} |", arrow.to.text(), by(arrow.by), arrow.trigger).unwrap();
    }
    page
}

#[test]
fn the_page_of_the_lifecycles_shows_these_arrows() {
    let mut page = "# Lifecycles\n\nGenerated from the tables in `crates/core`; a test fails when this page differs. \
         Make it anew with\n`SWITCHYARD_WRITE_DOCS=1 cargo nextest run -p switchyard-core --test properties`.\n"
        .to_owned();
    for section in [
        section::<OrderState>(),
        section::<FulfillmentState>(),
        section::<HandOverState>(),
        section::<ChangeRequestState>(),
        section::<ShipmentState>(),
        section::<WriteBackState>(),
        section::<ReturnState>(),
        section::<TransferState>(),
    ] {
        page.push_str(&section);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/lifecycles.md");
    if std::env::var_os("SWITCHYARD_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert_eq!(committed, page, "docs/lifecycles.md is stale; its first lines say how to make it anew");
}
