//! The shop changes an order we have: compared three ways, nothing dropped, nothing applied without a trace.

use switchyard_core::attention::Choice;
use switchyard_core::edit::Edit;
use switchyard_core::fulfillment::FulfillmentState as S;
use switchyard_core::id::{ChangeRequestId, LineId};
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::role::{Holder, Role};
use switchyard_core::shop_change::{Course, Settlement, ShopLine, Version, settle};

use crate::orders::{NOON, address, line_id, part};
use crate::scene::Stage;

fn said(stage: &Stage) -> Version {
    let order = &stage.order;
    let line = |line: &switchyard_core::order::OrderLine| ShopLine {
        shop_line_id: line.shop_line_id.clone(),
        sku: line.sku.clone(),
        title: line.title.clone(),
        kind: line.kind,
        quantity: line.ordered,
        unit_price: line.unit_price,
        unit_weight: line.unit_weight,
    };
    Version {
        cancelled: false,
        ship_to: order.ship_to.clone(),
        shipping_option: order.shipping_option.clone(),
        note: order.note.clone(),
        tags: order.tags.clone(),
        total: order.total,
        lines: order.lines.iter().map(line).collect(),
    }
}

fn stage(state: S) -> Stage {
    let mut stage = Stage::planned(&[5, 2], vec![part(1, state, &[(0, 5), (1, 2)])]);
    stage.actor = Actor::Partner { name: "shop".into() };
    stage.holder = Holder::of(&[Role::Engine]);
    stage
}

fn settled(stage: &Stage, was: &Version, wants: &Version) -> Settlement {
    let (mut lines, mut asks) = (50, 0);
    settle(
        was,
        wants,
        &stage.scene(),
        &mut || {
            lines += 1;
            LineId::new(NOON, [lines; 10])
        },
        &mut || {
            asks += 1;
            ChangeRequestId::new(NOON, [asks; 10])
        },
    )
}

fn courses(settlement: &Settlement) -> Vec<(&str, Course)> {
    settlement.differences.iter().map(|one| (one.field.rsplit('.').next().unwrap(), one.course)).collect()
}

#[test]
fn what_the_shop_did_not_touch_is_not_touched() {
    let mut stage = stage(S::Open);
    let was = said(&stage);
    stage.order.ship_to = address("Weg 7");
    stage.order.lines[0].cancelled = 1;
    let settlement = settled(&stage, &was, &was);
    assert!(settlement.differences.is_empty());
    assert_eq!(settlement.series.order, stage.order, "our own edits stay");
}

#[test]
fn before_hand_over_it_is_done_and_after_it_is_asked() {
    for (state, course) in [(S::Open, Course::Done), (S::Queued, Course::Done), (S::Accepted, Course::Asked)] {
        let stage = stage(state);
        let was = said(&stage);
        let mut wants = Version { ship_to: address("Weg 9"), ..was.clone() };
        wants.lines[0].quantity = 3;
        let settlement = settled(&stage, &was, &wants);
        assert_eq!(courses(&settlement), [("ship_to", course), ("wanted", course)], "{state:?}");
        assert!(settlement.attention.is_empty());
        let asks: usize = settlement.series.requests.iter().map(|request| request.asks.len()).sum();
        assert_eq!((settlement.series.requests.len(), asks), if course == Course::Asked { (1, 2) } else { (0, 0) });
    }
}

#[test]
fn what_left_cannot_be_changed_and_a_person_learns_of_it_with_the_ways_out() {
    let mut stage = stage(S::Shipped);
    for line in &mut stage.parts[0].lines {
        line.shipped = line.quantity;
    }
    let was = said(&stage);
    let wants = Version { cancelled: true, ..was.clone() };
    let settlement = settled(&stage, &was, &wants);
    assert_eq!(courses(&settlement), [("cancelled", Course::Unmet)]);
    assert!(settlement.attention[0].options.contains(&Choice::AnnounceReturn));
    assert_eq!(settlement.series.order, stage.order);
}

#[test]
fn what_both_changed_is_a_conflict_unless_both_want_fewer() {
    let mut stage = stage(S::Open);
    let was = said(&stage);
    stage.order.ship_to = address("Weg 7");
    stage.order.lines[0].cancelled = 1;
    stage.parts[0].lines[0].quantity = 4;
    let mut wants = Version { ship_to: address("Weg 9"), ..was.clone() };
    wants.lines[0].quantity = 2;
    wants.lines[1].quantity = 1;
    let settlement = settled(&stage, &was, &wants);
    assert_eq!(
        courses(&settlement),
        [("ship_to", Course::Conflict), ("wanted", Course::Done), ("wanted", Course::Done)]
    );
    assert_eq!(settlement.attention[0].options, [Choice::TakeShopVersion, Choice::KeepOurVersion]);
    let (wanted, difference) = (settlement.attention[0].wanted.as_ref(), settlement.attention[0].difference.as_ref());
    assert_eq!(
        wanted.unwrap().edits,
        [Edit::Address { ship_to: address("Weg 9") }],
        "taking the shop's version is one edit"
    );
    assert_eq!(difference.unwrap().as_ref(), &settlement.differences[0]);
    assert_eq!(settlement.series.order.lines[0].wanted(), 2, "fewer is what both want");
    assert_eq!(settlement.series.order.ship_to, address("Weg 7"), "a person decides");
    let units = settlement.differences[1].units.as_ref().unwrap();
    assert_eq!((units.cancelled, units.in_fulfillment), (3, 2), "where the units are is shown with it");
    wants.lines[0].quantity = 6;
    assert_eq!(courses(&settled(&stage, &was, &wants))[1].1, Course::Conflict, "more and fewer cannot both be");
}

#[test]
fn more_units_and_new_lines_become_parts_of_their_own_even_late() {
    let stage = stage(S::InWork);
    let was = said(&stage);
    let mut wants = was.clone();
    wants.lines[1].quantity = 4;
    wants.lines.push(ShopLine { shop_line_id: "new".into(), quantity: 3, ..was.lines[0].clone() });
    let settlement = settled(&stage, &was, &wants);
    assert_eq!(courses(&settlement), [("wanted", Course::Done), ("new", Course::Done)]);
    let accounts = switchyard_core::units::account(&settlement.series.order, &settlement.series.parts).unwrap();
    assert_eq!(accounts.iter().map(|line| line.unplanned).collect::<Vec<_>>(), [0, 2, 0, 3]);
    assert_eq!(settlement.series.parts, stage.parts, "what the warehouse has is as it was");
    assert_eq!(settlement.series.order.state, OrderState::Accepted);
}

#[test]
fn tags_of_both_sides_live_together_and_a_line_that_is_gone_is_cancelled() {
    let mut stage = stage(S::Open);
    stage.order.tags = vec!["gift".into(), "old".into()];
    let was = said(&stage);
    stage.order.tags.push("ours".into());
    let mut wants = Version { tags: vec!["gift".into(), "vip".into()], ..was.clone() };
    wants.lines.retain(|line| line.shop_line_id != "1");
    let settlement = settled(&stage, &was, &wants);
    assert_eq!(settlement.series.order.tags, ["gift", "ours", "vip"]);
    assert_eq!(settlement.series.order.line(&line_id(1)).unwrap().wanted(), 0);
}

#[test]
fn a_cancel_in_the_shop_outweighs_everything_else_it_says() {
    let stage = stage(S::Queued);
    let was = said(&stage);
    let wants = Version { cancelled: true, ship_to: address("Weg 9"), ..was.clone() };
    let settlement = settled(&stage, &was, &wants);
    assert_eq!(courses(&settlement), [("cancelled", Course::Done)]);
    assert_eq!(settlement.series.order.state, OrderState::Cancelled);
    let back = settled(&Stage { order: settlement.series.order, ..stage }, &wants, &was);
    assert_eq!(back.attention[0].options[0], Choice::NewOrder, "a cancelled order does not come back to life");
}
