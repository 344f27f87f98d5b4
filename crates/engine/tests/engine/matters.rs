//! Matters that wait for a person, and what each way out does.

use switchyard_core::attention::{AttentionItem, Choice, Wanted};
use switchyard_core::code::{Code, Problem};
use switchyard_core::edit::{Denied, Edit};
use switchyard_core::id::{OrderId, ShipmentId, WriteBackId};
use switchyard_core::journal::Actor;
use switchyard_core::money::Money;
use switchyard_core::order::OrderState;
use switchyard_core::role::{Holder, Role};
use switchyard_core::shipment::Shipment;
use switchyard_core::write_back::{WriteBack, WriteBackState};
use switchyard_engine::clock::Clock as _;
use switchyard_engine::handle::{EditError, EditRequest, SettleRequest, WriteBackRequest};
use switchyard_engine::policy::Approval;
use switchyard_store::contract::{Changes, OrderFile, Write};

use crate::rig::{Rig, address};

fn planned(file: &OrderFile) -> bool {
    file.order.state == OrderState::Planned
}

fn lead() -> Holder {
    Holder::of(&[Role::BackOfficeAgent, Role::BackOfficeLead])
}

async fn file(rig: &Rig, id: &OrderId) -> OrderFile {
    rig.store.order_file(id).await.unwrap().unwrap()
}

/// Somebody's choice about the order's first matter, as it is now.
async fn choice(rig: &Rig, id: &OrderId, choice: Choice, who: &str, key: &str) -> SettleRequest {
    SettleRequest {
        order: id.clone(),
        revision: file(rig, id).await.order.revision,
        matter: 0,
        choice,
        actor: Actor::person(who),
        holder: lead(),
        reason: "agreed by telephone".to_owned(),
        key: key.to_owned(),
    }
}

async fn proposal(rig: &Rig, id: &OrderId, roles: &[Role], who: &str, key: &str) -> EditRequest {
    let wish = rig.wish(id, Edit::Address { ship_to: address("2 Low Road") }, key).await;
    EditRequest { actor: Actor::person(who), holder: Holder::of(roles), ..wish }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_viewer_proposes_changes_nothing_until_somebody_who_may_approves_it() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    rig.until(&id, planned).await;
    let handle = rig.engine.handle();
    let wish = proposal(&rig, &id, &[Role::Viewer], "vera", "k1").await;
    assert!(matches!(handle.edit(wish.clone()).await, Err(EditError::Denied(_))), "a viewer edits nothing");
    let wish = EditRequest { key: Some("k2".to_owned()), ..wish };
    let proposed = handle.propose(wish.clone()).await.unwrap();
    assert_eq!(proposed.attention[0].code, Code::EditProposed);
    assert_eq!(proposed.ship_to.line1, "1 High Street");
    assert_eq!(handle.propose(wish).await.unwrap().attention.len(), 1, "delivered twice, proposed once");

    let approve = choice(&rig, &id, Choice::Approve, "mara", "k3").await;
    handle.settle(approve.clone()).await.unwrap();
    let after = file(&rig, &id).await.order;
    assert_eq!((after.ship_to.line1.as_str(), after.attention.len()), ("2 Low Road", 0));
    let entries = rig.store.journal_of(&id, 100).await.unwrap();
    let made = entries.iter().find(|known| known.kind == "order.address_changed").unwrap();
    assert_eq!(made.actor, Actor::person("vera"), "the edit stays its author's");
    let settled = entries.iter().find(|known| known.kind == "attention.settled").unwrap();
    assert_eq!(settled.actor, Actor::person("mara"));

    let again = handle.settle(approve).await.unwrap();
    assert_eq!(again.ship_to.line1, "2 Low Road", "a choice delivered twice is answered, not refused");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn above_the_limit_two_people_decide_and_nobody_is_two_people() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let handle = rig.engine.handle();
    let limit = Money::new(50, "GBP".parse().unwrap());
    handle.set_approval(rig.change(0, "k0"), Approval { value_limit: Some(limit) }).await.unwrap();
    let id = rig.order("1", &[("A", 2)]).await;
    rig.until(&id, planned).await;
    let wish = proposal(&rig, &id, &[Role::BackOfficeAgent, Role::BackOfficeLead], "mara", "k1").await;
    let denied = handle.edit(wish.clone()).await.unwrap_err();
    assert!(
        matches!(&denied, EditError::Denied(why) if matches!(**why, Denied::NeedsApproval(_))),
        "an order of 1.00 with a limit of 0.50: {denied}"
    );
    handle.propose(EditRequest { key: Some("k2".to_owned()), ..wish }).await.unwrap();
    let alone = choice(&rig, &id, Choice::Approve, "mara", "k3").await;
    assert!(matches!(handle.settle(alone).await, Err(EditError::Denied(_))), "she proposed it herself");
    assert_eq!(file(&rig, &id).await.order.attention.len(), 1, "the matter waits on");
    let second = choice(&rig, &id, Choice::Approve, "tom", "k4").await;
    assert_eq!(handle.settle(second).await.unwrap().ship_to.line1, "2 Low Road");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_declined_is_not_done() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    rig.until(&id, planned).await;
    let wish = proposal(&rig, &id, &[Role::Viewer], "vera", "k1").await;
    rig.engine.handle().propose(wish).await.unwrap();
    let decline = choice(&rig, &id, Choice::Decline, "mara", "k2").await;
    let after = rig.engine.handle().settle(decline).await.unwrap();
    assert_eq!((after.ship_to.line1.as_str(), after.attention.len()), ("1 High Street", 0));
    rig.engine.stop().await;
}

/// A matter of the shop's: it wants this.
fn shop_wants(order: &OrderId, edit: Option<Edit>, options: &[Choice], rig: &Rig) -> AttentionItem {
    let item = AttentionItem::new(Code::ShopChangedLate, order, rig.clock.now(), "The shop changed it").with(options);
    let by = Actor::Partner { name: "Shop".to_owned() };
    let wanted = edit.map(|edit| Box::new(Wanted { edits: vec![edit], by, reason: String::new() }));
    AttentionItem { wanted, ..item }
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_the_shops_version_makes_what_the_shop_wants() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let options = [Choice::TakeShopVersion, Choice::KeepOurVersion];
    let wants = Edit::Address { ship_to: address("9 Shop Street") };
    let id = rig
        .order_with("1", &[("A", 2)], |order| {
            order.attention = vec![shop_wants(&order.id, Some(wants), &options, &rig)];
        })
        .await;
    rig.until(&id, planned).await;
    let take = choice(&rig, &id, Choice::TakeShopVersion, "mara", "k1").await;
    rig.engine.handle().settle(take).await.unwrap();
    let after = rig.until(&id, planned).await.order;
    assert_eq!((after.ship_to.line1.as_str(), after.attention.len()), ("9 Shop Street", 0));
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_that_is_not_open_says_why_and_leaves_the_matter() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let options = [Choice::TryAgain, Choice::AskForUnpicked, Choice::CancelAndPlanElsewhere, Choice::TakeShopVersion];
    let id = rig
        .order_with("1", &[("A", 2)], |order| {
            order.attention = vec![shop_wants(&order.id, None, &options, &rig)];
        })
        .await;
    rig.until(&id, planned).await;
    for (number, way) in options.into_iter().enumerate() {
        let asked = choice(&rig, &id, way, "mara", &format!("k{number}")).await;
        let refused = rig.engine.handle().settle(asked).await;
        assert!(matches!(refused, Err(EditError::NoWay(_))), "{way:?}: {refused:?}");
    }
    let other = choice(&rig, &id, Choice::Waive, "mara", "k9").await;
    assert!(matches!(rig.engine.handle().settle(other).await, Err(EditError::NoMatter)), "it was not offered");
    assert_eq!(file(&rig, &id).await.order.attention.len(), 1);
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_what_cannot_be_shipped_cancels_an_order_that_no_warehouse_has() {
    let rig = Rig::start(3_600, &[(0, "A", 1)]).await;
    let id = rig
        .order_with("1", &[("A", 2)], |order| {
            let item = AttentionItem::new(Code::NoWarehouseLeft, &order.id, rig.clock.now(), "No warehouse is left");
            order.attention = vec![item.with(&[Choice::Correct, Choice::Wait, Choice::Cancel])];
        })
        .await;
    rig.until(&id, |file| !file.order.problems.is_empty()).await;
    let cancel = choice(&rig, &id, Choice::Cancel, "mara", "k1").await;
    let after = rig.engine.handle().settle(cancel).await.unwrap();
    assert_eq!((after.state, after.attention.len()), (OrderState::Cancelled, 0));
    rig.engine.stop().await;
}

/// An order with a report that the shop has refused.
async fn refused_report(rig: &Rig) -> (OrderId, WriteBackId) {
    let problem = Problem::new(Code::WriteBackRefused, "Shop refused the tracking information", "no such carrier", "");
    let id = rig.order_with("1", &[("A", 1)], |order| order.problems = vec![problem.clone()]).await;
    let known = rig.until(&id, planned).await;
    let now = rig.clock.now();
    let shipment = Shipment {
        id: ShipmentId::new(now, rig.clock.random_id()),
        order: id.clone(),
        fulfillment: known.fulfillments[0].id.clone(),
        remote_id: "S1".to_owned(),
        shipped_at: now,
        booked_at: now,
        lines: vec![],
        components: Vec::new(),
        parcels: vec![],
    };
    let write_back = WriteBack {
        id: WriteBackId::new(now, rig.clock.random_id()),
        order: id.clone(),
        shop: known.order.shop.clone(),
        shipment: shipment.id.clone(),
        revision: 0,
        state: WriteBackState::Failed,
        attempts: 1,
        due_at: now,
        last_error: Some(problem),
        remote_id: None,
    };
    let report = write_back.id.clone();
    let writes = vec![Write::Shipment { shipment, warehouse: rig.warehouses[0].clone() }, Write::WriteBack(write_back)];
    rig.store.commit(Changes { writes, ..Changes::default() }).await.unwrap();
    (id, report)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_report_is_waived_by_a_lead_alone_and_with_a_reason() {
    let rig = Rig::start(3_600, &[(0, "A", 1)]).await;
    let (id, write_back) = refused_report(&rig).await;
    let request = WriteBackRequest {
        order: id.clone(),
        revision: file(&rig, &id).await.order.revision,
        write_back,
        again: false,
        actor: Actor::person("mara"),
        holder: Holder::of(&[Role::BackOfficeAgent]),
        reason: "entered by hand".to_owned(),
        key: "k1".to_owned(),
    };
    let handle = rig.engine.handle();
    assert!(matches!(handle.settle_write_back(request.clone()).await, Err(EditError::NoWay(_))), "not an agent's");
    let request = WriteBackRequest { holder: lead(), key: "k2".to_owned(), ..request };
    handle.settle_write_back(request.clone()).await.unwrap();
    handle.settle_write_back(request).await.expect("delivered twice, waived once");
    let after = file(&rig, &id).await;
    assert_eq!(after.write_backs[0].state, WriteBackState::Waived);
    assert!(after.order.problems.iter().all(|problem| problem.code != Code::WriteBackRefused));
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_report_is_made_again_by_hand() {
    let rig = Rig::start(3_600, &[(0, "A", 1)]).await;
    let (id, write_back) = refused_report(&rig).await;
    let request = WriteBackRequest {
        order: id.clone(),
        revision: file(&rig, &id).await.order.revision,
        write_back,
        again: true,
        actor: Actor::person("mara"),
        holder: Holder::of(&[Role::BackOfficeAgent]),
        reason: "the carrier is known there now".to_owned(),
        key: "k1".to_owned(),
    };
    rig.engine.handle().settle_write_back(request.clone()).await.unwrap();
    assert_eq!(file(&rig, &id).await.write_backs[0].state, WriteBackState::Due);
    let revision = file(&rig, &id).await.order.revision;
    let twice = WriteBackRequest { revision, key: "k2".to_owned(), ..request };
    assert!(
        matches!(rig.engine.handle().settle_write_back(twice).await, Err(EditError::NoWay(_))),
        "it is due already"
    );
    rig.engine.stop().await;
}
