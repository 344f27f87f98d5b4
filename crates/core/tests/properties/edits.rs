//! Edits, one by one.

use rstest::rstest;
use switchyard_core::edit::{Edit, Refusal, apply};
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::fulfillment::rejection::RejectionReason;
use switchyard_core::hold::{Hold, HoldReason};
use switchyard_core::id::HoldId;
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::units::account;

use crate::orders::{NOON, accepted, address, line_id, part};

fn hold() -> Edit {
    Edit::Hold {
        id: HoldId::new(NOON, [9; 10]),
        reason: HoldReason::Fraud,
        note: String::new(),
        expires_at: None,
        fulfillment: None,
        keeps_stock: true,
    }
}

#[rstest]
#[case::address(Edit::Address { ship_to: address("Platz 9") })]
#[case::quantity(Edit::Quantity { line: line_id(0), quantity: 1 })]
#[case::hold(hold())]
#[case::cancel(Edit::Cancel)]
fn what_a_warehouse_has_or_may_have_is_beyond_reach(#[case] edit: Edit) {
    use FulfillmentState as S;
    let mut order = accepted(&[3]);
    order.state = OrderState::Planned;
    for state in FulfillmentState::ALL {
        let parts = [part(1, state, &[(0, 2)]), part(2, S::Open, &[(0, 1)])];
        let answer = apply(&edit, &order, &parts, &Actor::person("Ada"), NOON);
        let reachable = matches!(state, S::Open | S::Queued | S::Rejected | S::Cancelled);
        match answer {
            Ok(outcome) => {
                assert!(reachable, "{edit:?} was granted although a part is {state:?}");
                assert!(outcome.fulfillments.iter().all(|changed| changed.id == parts[1].id || state.is_ours()));
            }
            Err(refusal) => {
                assert!(!reachable, "{edit:?} was refused although all parts are ours: {refusal}");
                assert!(matches!(refusal, Refusal::TooLate { .. }), "{refusal}");
            }
        }
    }
}

#[test]
fn fewer_units_leave_no_warehouse_asked_for_more_than_is_wanted() {
    let mut order = accepted(&[5, 1]);
    order.state = OrderState::Planned;
    let parts = [part(1, FulfillmentState::Open, &[(0, 3), (1, 1)]), part(2, FulfillmentState::Queued, &[(0, 2)])];
    let edit = Edit::Quantity { line: line_id(0), quantity: 2 };
    let outcome = apply(&edit, &order, &parts, &Actor::person("Ada"), NOON).unwrap();
    let accounts = account(&outcome.order, &outcome.fulfillments).unwrap();
    assert_eq!((accounts[0].cancelled, accounts[0].in_fulfillment, accounts[0].unplanned), (3, 2, 0));
    assert_eq!(accounts[1].in_fulfillment, 1, "the other line is as it was");
    assert_eq!(outcome.withdrawn, [parts[1].id.clone()]);
    let emptied = outcome.fulfillments.iter().find(|changed| changed.id == parts[1].id).unwrap();
    assert_eq!(emptied.state, FulfillmentState::Cancelled, "nothing is left of it");
    assert!(outcome.replan && outcome.order.state == OrderState::Accepted);
}

#[test]
fn the_last_unit_taken_away_cancels_the_order() {
    let mut order = accepted(&[1]);
    order.state = OrderState::Planned;
    let parts = [part(1, FulfillmentState::Queued, &[(0, 1)])];
    let edit = Edit::Quantity { line: line_id(0), quantity: 0 };
    let outcome = apply(&edit, &order, &parts, &Actor::person("Ada"), NOON).unwrap();
    assert_eq!(outcome.order.state, OrderState::Cancelled, "postage alone is not an order");
    assert_eq!(outcome.fulfillments[0].state, FulfillmentState::Cancelled);
    assert_eq!(outcome.withdrawn, [parts[0].id.clone()]);
}

#[test]
fn lifting_a_hold_releases_only_what_is_planned() {
    let mut order = accepted(&[1]);
    let parts = [part(1, FulfillmentState::Open, &[(0, 1)])];
    order = apply(&hold(), &order, &parts, &Actor::person("Ada"), NOON).unwrap().order;
    let lift = Edit::LiftHold { hold: HoldId::new(NOON, [9; 10]) };
    let waiting = apply(&lift, &order, &parts, &Actor::person("Ada"), NOON).unwrap();
    assert!(waiting.release.is_empty(), "the plan of an order that is planned again is not released");
    order.state = OrderState::Planned;
    let released = apply(&lift, &order, &parts, &Actor::person("Ada"), NOON).unwrap();
    assert_eq!(released.release, [parts[0].id.clone()]);
}

#[test]
fn a_hold_that_has_expired_does_not_stop_a_release() {
    let mut order = accepted(&[1]);
    order.state = OrderState::Planned;
    let parts = [part(1, FulfillmentState::Open, &[(0, 1)])];
    order.holds.push(Hold {
        id: HoldId::new(NOON, [9; 10]),
        reason: HoldReason::Operator,
        note: String::new(),
        placed_by: Actor::person("Ada"),
        placed_at: NOON,
        expires_at: Some(NOON),
        keeps_stock: true,
        owner: None,
        fulfillment: None,
        cause: None,
    });
    let outcome = apply(&Edit::ReleaseNow, &order, &parts, &Actor::person("Ada"), NOON).unwrap();
    assert_eq!(outcome.release, [parts[0].id.clone()]);
    order.holds[0].expires_at = None;
    assert_eq!(apply(&Edit::ReleaseNow, &order, &parts, &Actor::person("Ada"), NOON), Err(Refusal::Held(1)));
}

#[test]
fn a_release_records_only_what_it_changes() {
    let mut order = accepted(&[1]);
    order.state = OrderState::Planned;
    let parts = [part(1, FulfillmentState::Open, &[(0, 1)])];
    let outcome = apply(&Edit::ReleaseNow, &order, &parts, &Actor::person("Ada"), NOON).unwrap();
    assert!(outcome.changes.is_empty(), "its window had closed already: {:?}", outcome.changes);
    assert_eq!(outcome.fulfillments[0].release_at, parts[0].release_at);
}

#[test]
fn a_corrected_address_opens_the_warehouses_that_refused_the_old_one() {
    let order = accepted(&[3]);
    let edit = Edit::Address { ship_to: address("Platz 9") };
    let parts = [part(1, FulfillmentState::Rejected, &[(0, 3)])];
    let outcome = apply(&edit, &order, &parts, &Actor::person("Ada"), NOON).unwrap();
    let cured: Vec<_> = outcome.order.cured.keys().copied().collect();
    assert!(cured.contains(&RejectionReason::IncorrectAddress) && cured.contains(&RejectionReason::Other));
    assert!(!cured.contains(&RejectionReason::InventoryOutOfStock), "an address brings no stock");
}
