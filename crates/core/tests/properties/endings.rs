//! Edits that reach a warehouse, and every way the request about them ends.

use std::collections::BTreeMap;
use std::time::Duration;

use switchyard_core::attention::Choice;
use switchyard_core::change_request::ending::{Ending, Left, Records, Reply, came_back, departed, end};
use switchyard_core::change_request::{Afterwards, Ask, ChangeRequestState, LineUnits};
use switchyard_core::code::Code;
use switchyard_core::edit::verdict::Capabilities;
use switchyard_core::edit::{Approver, Denied, Edit};
use switchyard_core::fulfillment::rejection::{
    Known, Next, RejectionReason, excluded, nobody_left, reject, resolve, trail,
};
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState};
use switchyard_core::hold::HoldReason;
use switchyard_core::id::{HoldId, ReturnId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::money::Money;
use switchyard_core::order::OrderState;
use switchyard_core::return_order::ReturnCause;
use switchyard_core::role::{Holder, Role};
use switchyard_core::time::Timestamp;
use switchyard_core::units::{Departing, account, depart};

use crate::orders::{NOON, address, line_id, part};
use crate::scene::Stage;

use FulfillmentState as S;

const HOUR: Duration = Duration::from_secs(3_600);

fn later() -> Timestamp {
    NOON + HOUR
}

/// A stage on which an edit of an accepted part has become a request, and the warehouse has been asked.
fn asked(quantity: u32, edit: &Edit) -> Stage {
    let mut stage = Stage::planned(&[quantity], vec![part(1, S::Accepted, &[(0, quantity)])]);
    let decision = stage.decide(edit).unwrap();
    assert!(decision.fulfillments.is_empty(), "what a warehouse has does not change before its answer");
    stage.take(&decision);
    let all = stage.requests.clone();
    stage.requests[0].send(&all, HOUR, NOON).unwrap();
    stage
}

fn reply(stage: &Stage, reply: &Reply, at: Timestamp) -> Ending {
    let records = Records { order: &stage.order, parts: &stage.parts, requests: &stage.requests };
    end(records, &stage.requests[0], reply, at).unwrap()
}

fn fewer(quantity: u32) -> Edit {
    Edit::Quantity { line: line_id(0), quantity }
}

#[test]
fn a_yes_to_fewer_units_cancels_them_and_a_yes_to_cancel_ends_part_and_order() {
    let ending = reply(&asked(5, &fewer(3)), &Reply::Accepted, NOON);
    assert_eq!((ending.order.lines[0].cancelled, ending.part.lines[0].quantity), (2, 3));
    assert_eq!((ending.part.state, ending.order.state), (S::Accepted, OrderState::Planned));
    let ending = reply(&asked(5, &Edit::Cancel), &Reply::Accepted, NOON);
    assert_eq!((ending.part.state, ending.order.state), (S::Cancelled, OrderState::Cancelled));
    assert!(ending.attention.is_empty(), "nobody has to decide anything");
}

#[test]
fn a_no_changes_nothing_and_leaves_the_choices_of_the_domain() {
    let stage = asked(5, &fewer(3));
    let ending = reply(&stage, &Reply::Refused { reason: "picked".into() }, NOON);
    assert_eq!((&ending.order, &ending.part), (&stage.order, &stage.parts[0]));
    assert_eq!(ending.request.state, ChangeRequestState::Refused);
    let item = &ending.attention[0];
    assert_eq!((item.code, item.detail.as_str(), item.owner), (Code::ChangeRefused, "picked", Role::BackOfficeAgent));
    for way in
        [Choice::LetItShip, Choice::AnnounceReturn, Choice::TryAgain, Choice::CarrierIntercept, Choice::AskForUnpicked]
    {
        assert!(item.options.contains(&way), "{way:?}");
    }
}

#[test]
fn a_part_given_up_for_another_shipping_option_is_planned_anew_with_it() {
    let mut stage = asked(5, &Edit::Cancel);
    let express = Ask::ShippingOption { option: "express".into() };
    stage.requests[0].afterwards = Afterwards::PlannedAnew { with: Box::new(express) };
    let refused = reply(&stage, &Reply::Refused { reason: "packed".into() }, NOON);
    assert_eq!(refused.order.shipping_option, stage.order.shipping_option, "not before the yes");
    let ending = reply(&stage, &Reply::Accepted, NOON);
    assert_eq!((ending.order.shipping_option.as_str(), ending.order.lines[0].cancelled), ("express", 0));
    assert_eq!((ending.part.state, ending.order.state, ending.replan), (S::Cancelled, OrderState::Accepted, true));
    assert!(ending.moves.is_empty(), "the router chooses where");
}

#[test]
fn a_cancel_is_asked_again_unit_by_unit() {
    let mut stage = asked(5, &Edit::Cancel);
    stage.parts[0].lines[0].shipped = 2;
    let asks = stage.requests[0].by_units(&stage.parts[0]);
    assert_eq!(asks, [Ask::Quantity { line: line_id(0), fewer: 3 }], "what left cannot be asked for");
}

#[test]
fn half_a_yes_takes_what_was_given_up_and_shows_both_numbers() {
    let stage = asked(5, &fewer(1));
    let given_up = vec![LineUnits { line: line_id(0), units: 3 }];
    let half = Reply::PartlyAccepted { given_up, rest_done: false, reason: "one is packed".into() };
    let ending = reply(&stage, &half, NOON);
    assert_eq!((ending.order.lines[0].cancelled, ending.part.lines[0].quantity), (3, 2));
    let answer = ending.request.answer.unwrap();
    assert_eq!((answer.given_up[0].units, answer.kept[0].units), (3, 1));
    assert!(ending.attention[0].what.starts_with("3 of 4 units"), "{}", ending.attention[0].what);
}

#[test]
fn silence_is_not_a_yes_and_a_late_yes_is_one() {
    let mut stage = asked(5, &Edit::Cancel);
    let records = Records { order: &stage.order, parts: &stage.parts, requests: &stage.requests };
    assert!(end(records, &stage.requests[0], &Reply::Silence, NOON).is_err(), "its deadline has not passed");
    let ending = reply(&stage, &Reply::Silence, later());
    assert_eq!((&ending.order, &ending.part), (&stage.order, &stage.parts[0]));
    assert_eq!(ending.attention[0].options, [Choice::TryAgain, Choice::CallWarehouse, Choice::LetItShip]);
    stage.requests[0] = ending.request;
    let late = reply(&stage, &Reply::Accepted, later());
    assert_eq!(late.order.state, OrderState::Cancelled);
}

#[test]
fn a_second_edit_is_merged_into_the_draft_or_waits_behind_the_one_that_was_sent() {
    let mut stage = Stage::planned(&[5], vec![part(1, S::Accepted, &[(0, 5)])]);
    for quantity in [4, 2] {
        let decision = stage.decide(&fewer(quantity)).unwrap();
        stage.take(&decision);
    }
    assert_eq!(stage.requests.len(), 1);
    assert_eq!(stage.requests[0].asks, [Ask::Quantity { line: line_id(0), fewer: 3 }], "5 - 1 - 2: asked for once");
    let all = stage.requests.clone();
    stage.requests[0].send(&all, HOUR, NOON).unwrap();
    let decision = stage.decide(&Edit::Address { ship_to: address("Weg 9") }).unwrap();
    stage.take(&decision);
    assert_eq!(stage.requests.len(), 2);
    assert_eq!(stage.order.ship_to, address("Weg 1"), "the parcel goes there until the warehouse says yes");
    let all = stage.requests.clone();
    assert!(stage.requests[1].send(&all, HOUR, NOON).is_err(), "it waits");
    assert!(stage.decide(&fewer(2)).is_err(), "that has been asked for already");
}

#[test]
fn lifting_a_hold_takes_back_the_question_or_asks_to_go_on() {
    let id = HoldId::new(NOON, [9; 10]);
    let hold = Edit::Hold {
        id: id.clone(),
        reason: HoldReason::Customer,
        note: String::new(),
        expires_at: None,
        fulfillment: None,
        keeps_stock: true,
    };
    let lift = Edit::LiftHold { hold: id.clone() };
    let mut draft = Stage::planned(&[1], vec![part(1, S::Accepted, &[(0, 1)])]);
    let decision = draft.decide(&hold).unwrap();
    draft.take(&decision);
    draft.requests[0].revision = 1;
    let lifted = draft.decide(&lift).unwrap();
    assert_eq!(lifted.requests[0].state, ChangeRequestState::Withdrawn, "neither was ever said");
    let mut stage = asked(1, &hold);
    stage.requests[0] = reply(&stage, &Reply::Accepted, NOON).request;
    let lifted = stage.decide(&lift).unwrap();
    assert_eq!(lifted.requests[0].asks, [Ask::Resume { hold: id }]);
}

#[test]
fn another_warehouse_gets_the_units_only_after_the_yes() {
    let to = WarehouseId::new(NOON, [7; 10]);
    let stage = asked(4, &Edit::Warehouse { fulfillment: part(1, S::Open, &[]).id, to: to.clone() });
    assert_eq!(stage.requests[0].afterwards, Afterwards::PlannedAt { warehouse: to.clone() });
    let refused = reply(&stage, &Reply::Refused { reason: String::new() }, NOON);
    assert!(refused.moves.is_empty() && !refused.replan);
    let ending = reply(&stage, &Reply::Accepted, NOON);
    assert_eq!((ending.moves[0].to.clone(), ending.moves[0].lines[0].quantity), (to, 4));
    assert!(ending.replan && ending.order.state == OrderState::Accepted);
    assert_eq!(ending.order.lines[0].cancelled, 0, "moved is not cancelled");
}

#[test]
fn mixed_parts_are_changed_asked_and_left_each_by_its_own_cell() {
    let parts = vec![part(1, S::Shipped, &[(0, 1)]), part(2, S::InWork, &[(0, 1)]), part(3, S::Queued, &[(0, 1)])];
    let mut stage = Stage::planned(&[3], parts);
    stage.parts[0].lines[0].shipped = 1;
    let decision = stage.decide(&Edit::Address { ship_to: address("Weg 9") }).unwrap();
    assert_eq!(decision.withdrawn, [stage.parts[2].id.clone()]);
    assert_eq!(decision.requests[0].fulfillment, stage.parts[1].id);
    assert_eq!(decision.attention[0].fulfillment.as_ref(), Some(&stage.parts[0].id));
    assert_eq!(decision.attention[0].options[0], Choice::CarrierIntercept);
    assert_eq!(decision.order.ship_to, address("Weg 9"), "what is ours goes there");
    let fewer = stage.decide(&fewer(2)).unwrap();
    assert!(fewer.requests.is_empty() && fewer.attention.is_empty(), "the queued unit was enough");
}

#[test]
fn more_units_never_touch_what_a_warehouse_has() {
    let stage = Stage::planned(&[2], vec![part(1, S::Sent, &[(0, 2)])]);
    let decision = stage.decide(&Edit::MoreUnits { line: line_id(0), quantity: 5 }).unwrap();
    assert!(decision.requests.is_empty() && decision.fulfillments.is_empty() && decision.replan);
    let accounts = account(&decision.order, &stage.parts).unwrap();
    assert_eq!((accounts[0].unplanned, accounts[0].in_fulfillment), (3, 2), "the three become a part of their own");
}

#[test]
fn above_the_limit_and_in_work_a_second_person_agrees_first() {
    let mut stage = Stage::planned(&[1], vec![part(1, S::InWork, &[(0, 1)])]);
    let approver = |name: &str, role| Approver { actor: Actor::person(name), holder: Holder::of(&[role]) };
    for (second, agreed) in [
        (None, false),
        (Some(approver("Ada", Role::BackOfficeLead)), false),
        (Some(approver("Bea", Role::BackOfficeAgent)), false),
        (Some(approver("Bea", Role::BackOfficeLead)), true),
    ] {
        stage.second = second;
        let answer = stage.decide(&Edit::Cancel);
        assert_eq!(answer.is_ok(), agreed, "{:?}", stage.second);
        assert!(agreed || matches!(answer, Err(Denied::NeedsApproval(_))));
    }
    let mut open = Stage::planned(&[1, 2], vec![part(1, S::Open, &[(0, 1), (1, 2)])]);
    open.limit = Some(Money::new(99, open.order.currency));
    assert!(matches!(open.decide(&fewer(0)), Err(Denied::NeedsApproval(_))));
    open.limit = Some(Money::new(100, open.order.currency));
    assert!(open.decide(&fewer(0)).is_ok(), "up to the limit one person decides");
}

#[test]
fn who_may_not_is_told_so_and_a_dumb_connector_is_named() {
    let mut stage = Stage::planned(&[1], vec![part(1, S::Accepted, &[(0, 1)])]);
    stage.holder = Holder::of(&[Role::Viewer]);
    let denied = stage.decide(&Edit::Cancel).unwrap_err();
    assert_eq!(denied.problem().code, Code::EditNotYours);
    stage.holder = Holder::of(&[Role::BackOfficeAgent]);
    stage.warehouses = BTreeMap::from([(stage.parts[0].warehouse.clone(), Capabilities::default())]);
    let denied = stage.decide(&Edit::Cancel).unwrap_err();
    assert!(denied.to_string().contains("cannot be asked"), "{denied}");
}

fn ship(stage: &mut Stage, units: u32, by_shop: bool) -> switchyard_core::change_request::ending::Departed {
    let (id, line) = (stage.parts[0].id.clone(), line_id(0));
    let departing = Departing { part: &id, line: &line, quantity: units, at: NOON };
    let departure = depart(&mut stage.order, &mut stage.parts, departing).unwrap();
    let lines = [(line, departure)];
    let left = Left { order: &stage.order, part: &stage.parts[0], lines: &lines, cancelled_by_shop: by_shop, at: NOON };
    departed(left, &stage.requests, || ReturnId::new(NOON, [1; 10]))
}

#[test]
fn goods_that_left_before_the_answer_are_booked_and_the_request_is_superseded() {
    let mut stage = asked(3, &Edit::Cancel);
    let follows = ship(&mut stage, 3, false);
    assert_eq!(stage.parts[0].state, S::Shipped);
    assert_eq!(follows.requests[0].state, ChangeRequestState::Superseded);
    assert_eq!(follows.attention[0].code, Code::ChangeOvertaken);
    assert!(follows.returns.is_empty(), "a person decides whether it comes back");
    let mut half = asked(3, &Edit::Cancel);
    let follows = ship(&mut half, 1, false);
    assert_eq!(follows.attention[0].options[0], Choice::TryAgain, "two units are still there");
}

#[test]
fn what_the_shop_had_cancelled_and_left_all_the_same_comes_back_by_itself() {
    let mut stage = asked(3, &Edit::Cancel);
    let follows = ship(&mut stage, 2, true);
    assert_eq!(follows.attention[0].code, Code::ShippedAfterCancel);
    let comes = &follows.returns[0];
    assert_eq!((comes.cause, comes.items[0].announced), (ReturnCause::ShippedAfterCancel, 2));
    assert_eq!(follows.attention[0].announced.as_ref(), Some(&comes.id));
}

#[test]
fn a_departure_after_an_accepted_cancel_counts_as_shipped_and_not_as_cancelled() {
    let mut stage = asked(3, &Edit::Cancel);
    let ending = reply(&stage, &Reply::Accepted, NOON);
    (stage.order, stage.parts[0], stage.requests[0]) = (ending.order, ending.part, ending.request);
    let follows = ship(&mut stage, 2, false);
    let accounts = account(&stage.order, &stage.parts).unwrap();
    assert_eq!((accounts[0].shipped, accounts[0].cancelled), (2, 1), "both numbers are true");
    assert_eq!(follows.returns[0].items[0].announced, 2);
}

#[test]
fn units_that_left_are_not_sent_a_second_time() {
    let parts = vec![part(1, S::Rejected, &[(0, 2)]), part(2, S::Queued, &[(0, 2)])];
    let mut stage = Stage::planned(&[2], parts);
    let (id, line) = (stage.parts[0].id.clone(), line_id(0));
    let departing = Departing { part: &id, line: &line, quantity: 3, at: NOON };
    let departure = depart(&mut stage.order, &mut stage.parts, departing).unwrap();
    assert_eq!((departure.wanted, departure.surplus), (2, 1));
    assert_eq!(departure.withdrawn, [stage.parts[1].id.clone()], "its units are gone already");
    assert_eq!(stage.parts[1].state, S::Cancelled);
}

#[test]
fn a_part_that_came_back_is_not_sent_with_what_nobody_wants() {
    for (state, cancelled) in [(S::Queued, true), (S::Rejected, true)] {
        let mut stage = asked(3, &fewer(1));
        stage.parts[0].state = state;
        let records = Records { order: &stage.order, parts: &stage.parts, requests: &stage.requests };
        let ending = came_back(records, &stage.requests[0], NOON).unwrap();
        assert_eq!(ending.order.lines[0].cancelled == 2, cancelled, "{state:?}");
        assert_eq!(ending.pulled_back, state == S::Queued);
    }
}

fn rejected(number: u8, reason: RejectionReason, order: &switchyard_core::order::Order) -> FulfillmentOrder {
    let at = NOON + Duration::from_secs(u64::from(number));
    reject(order, &part(number, S::Sent, &[(0, 1)]), reason, "no", at).unwrap().part
}

#[test]
fn each_warehouse_is_tried_once_for_each_reason_until_somebody_cures_it() {
    let stage = Stage::planned(&[1], vec![]);
    let parts = [
        rejected(1, RejectionReason::IncorrectAddress, &stage.order),
        rejected(2, RejectionReason::InvalidSku, &stage.order),
    ];
    let tries = trail(&parts);
    assert_eq!(excluded(&tries, &BTreeMap::new()).len(), 2);
    let cured = BTreeMap::from([(RejectionReason::IncorrectAddress, later())]);
    let left: Vec<_> = excluded(&tries, &cured).into_keys().collect();
    assert_eq!(left, [parts[1].warehouse.clone()], "a corrected address opens the first again");
    let item = nobody_left(&stage.order, &tries, NOON);
    assert!(item.code == Code::NoWarehouseLeft && item.detail.contains("InvalidSku"));
    let mut shipping = part(1, S::PartlyShipped, &[(0, 2)]);
    shipping.lines[0].shipped = 1;
    assert!(reject(&stage.order, &shipping, RejectionReason::Other, "", NOON).is_err(), "units have left");
}

#[test]
fn a_doubt_is_resolved_by_asking_and_never_by_sending_blindly() {
    let stage = Stage::planned(&[1], vec![part(1, S::Unconfirmed, &[(0, 1)])]);
    let resolve = |known| resolve(&stage.order, &stage.parts[0], known, NOON).unwrap();
    assert!(matches!(resolve(Known::Yes), Next::Accepted(part) if part.state == S::Accepted));
    assert!(matches!(resolve(Known::No), Next::SendSameAgain(part) if part.state == S::Sent));
    let Next::AskAgain(item) = resolve(Known::NoAnswer) else { panic!() };
    assert_eq!(item.options, [Choice::WaitForAnswer, Choice::CallWarehouse]);
    let denied = stage.decide(&Edit::Cancel).unwrap_err();
    assert_eq!(denied.problem().code, Code::HandOverInDoubt, "no edit while nobody knows");
}
