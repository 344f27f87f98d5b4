//! Goods that come back, as far as the engine goes without a warehouse's system.

use switchyard_core::attention::{AttentionItem, Choice};
use switchyard_core::change_request::LineUnits;
use switchyard_core::code::Code;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::id::OrderId;
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::quantity::Sku;
use switchyard_core::return_order::{
    CustomerDecision, Notice, Return, ReturnCause, ReturnError, ReturnState, StockDecision,
};
use switchyard_core::role::{Holder, Role};
use switchyard_core::time::Timestamp;
use switchyard_engine::handle::{EditError, SettleRequest};
use switchyard_engine::returns::{AnnounceReturn, ReturnFailure, ReturnRequest, ReturnVerb, Wish};
use switchyard_store::contract::{Changes, OrderFile, Write};
use switchyard_store::query::Stage;

use crate::rig::Rig;

/// An order of three A that has left the first warehouse.
async fn shipped(rig: &Rig) -> OrderFile {
    let id = rig.order("1", &[("A", 3)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let mut part = file.fulfillments[0].clone();
    part.state = FulfillmentState::Shipped;
    for line in &mut part.lines {
        line.shipped = line.quantity;
    }
    let order = Box::new(file.order.clone());
    let writes = vec![Write::Fulfillment(part), Write::Order { order, stage: Stage::Shipped }];
    rig.store.commit(Changes { writes, ..Changes::default() }).await.unwrap();
    read(rig, &id).await
}

async fn read(rig: &Rig, id: &OrderId) -> OrderFile {
    rig.store.order_file(id).await.unwrap().unwrap()
}

fn wish(key: &str, roles: &[Role]) -> Wish {
    Wish { actor: Actor::person("mara"), holder: Holder::everywhere(roles), reason: String::new(), key: key.to_owned() }
}

const BOTH: [Role; 2] = [Role::BackOfficeAgent, Role::WarehouseLead];

async fn announce(rig: &Rig, file: &OrderFile, units: u32, expires_at: Option<Timestamp>) -> Return {
    let request = AnnounceReturn {
        order: file.order.id.clone(),
        revision: file.order.revision,
        lines: vec![(file.order.lines[0].id.clone(), units)],
        warehouse: None,
        cause: ReturnCause::Customer,
        tracking_code: String::new(),
        expires_at,
        wish: wish(&format!("announce-{}", file.order.revision), &BOTH),
    };
    rig.engine.handle().announce_return(request).await.unwrap()
}

async fn change(rig: &Rig, goods: &Return, verb: ReturnVerb, roles: &[Role]) -> Result<Return, ReturnFailure> {
    let key = format!("{}-{}-{roles:?}", goods.revision, serde_json::to_string(&verb).unwrap());
    let request = ReturnRequest { id: goods.id.clone(), revision: goods.revision, verb, wish: wish(&key, roles) };
    rig.engine.handle().change_return(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_that_never_comes_expires_by_itself_and_a_late_one_is_received_all_the_same() {
    let rig = Rig::start(3_600, &[(0, "A", 3)]).await;
    let file = shipped(&rig).await;
    let soon = rig.engine.handle().now() + std::time::Duration::from_millis(50);
    let goods = announce(&rig, &file, 2, Some(soon)).await;
    assert_eq!(goods.notice, Notice::None, "its warehouse has no system to tell");
    let expired = |file: &OrderFile| file.returns.first().is_some_and(|goods| goods.state == ReturnState::Expired);
    let file = rig.until(&file.order.id, expired).await;
    let receive = ReturnVerb::Receive { sku: Sku::new("A"), units: 2 };
    let late = change(&rig, &file.returns[0], receive, &BOTH).await.unwrap();
    assert_eq!(late.state, ReturnState::Received, "a fact beats our patience");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_side_decides_its_own_and_goods_that_wait_too_long_call_a_person() {
    let rig = Rig::start(3_600, &[(0, "A", 3)]).await;
    let file = shipped(&rig).await;
    let goods = announce(&rig, &file, 1, None).await;
    let goods = change(&rig, &goods, ReturnVerb::Receive { sku: Sku::new("A"), units: 1 }, &BOTH).await.unwrap();
    let stuck = |file: &OrderFile| file.order.attention.iter().any(|item| item.code == Code::ReturnUndecided);
    let file = rig.until(&file.order.id, stuck).await;
    let matter = &file.order.attention[0];
    assert_eq!((matter.owner, matter.announced.as_ref()), (Role::WarehouseLead, Some(&goods.id)));
    assert_eq!(file.stage, Stage::Attention);

    let restock = ReturnVerb::DecideStock { item: 0, decision: StockDecision::Restock, condition: "as new".to_owned() };
    let foreign = change(&rig, &goods, restock.clone(), &[Role::BackOfficeAgent]).await;
    assert!(matches!(foreign, Err(ReturnFailure::Refused(ReturnError::NotYours))), "{foreign:?}");
    let before = on_hand(&rig).await;
    let goods = change(&rig, &goods, restock, &[Role::WarehouseLead]).await.unwrap();
    assert_eq!(goods.state, ReturnState::Inspected);
    assert_eq!(on_hand(&rig).await, before + 1);
    let refund = ReturnVerb::DecideCustomer { item: 0, decision: CustomerDecision::Refund };
    let foreign = change(&rig, &goods, refund.clone(), &[Role::WarehouseLead]).await;
    assert!(matches!(foreign, Err(ReturnFailure::Refused(ReturnError::NotYours))), "{foreign:?}");
    let closed = change(&rig, &goods, refund, &[Role::BackOfficeAgent]).await.unwrap();
    assert_eq!(closed.state, ReturnState::Closed, "by itself, with the last decision");
    assert!(read(&rig, &file.order.id).await.order.attention.is_empty(), "and the matter goes with it");
    rig.engine.stop().await;
}

async fn on_hand(rig: &Rig) -> u32 {
    let levels = rig.store.stock_of(&[Sku::new("A")]).await.unwrap();
    levels.iter().find(|level| level.warehouse == rig.warehouses[0]).unwrap().buckets.on_hand
}

#[tokio::test(flavor = "multi_thread")]
async fn letting_a_parcel_go_can_announce_its_return() {
    let rig = Rig::start(3_600, &[(0, "A", 3)]).await;
    let file = shipped(&rig).await;
    let (order, part) = (&file.order, &file.fulfillments[0]);
    let matter = |code, units| {
        let item = AttentionItem::new(code, &order.id, order.received_at, "it left").about(&part.id);
        AttentionItem { units, ..item.with(&[Choice::AnnounceReturn, Choice::LetItShip]) }
    };
    let two = vec![LineUnits { line: order.lines[0].id.clone(), units: 2 }];
    let mut waiting = order.clone();
    waiting.attention = vec![matter(Code::ChangeOvertaken, two)];
    let nowhere = AttentionItem { fulfillment: None, ..matter(Code::ShopChangedLate, Vec::new()) };
    waiting.attention.push(nowhere);
    let writes = vec![Write::Order { order: Box::new(waiting), stage: Stage::Attention }];
    rig.store.commit(Changes { writes, ..Changes::default() }).await.unwrap();
    let settle = |matter, revision| SettleRequest {
        order: order.id.clone(),
        revision,
        matter,
        choice: Choice::AnnounceReturn,
        actor: Actor::person("mara"),
        holder: Holder::of(&BOTH),
        reason: "the customer sends it back".to_owned(),
        key: format!("settle-{matter}"),
    };
    let revision = read(&rig, &order.id).await.order.revision;
    let empty = rig.engine.handle().settle(settle(1, revision)).await;
    assert!(matches!(empty, Err(EditError::NoWay(_))), "about no units, so nothing is announced: {empty:?}");
    rig.engine.handle().settle(settle(0, revision)).await.unwrap();
    let file = read(&rig, &order.id).await;
    let [goods] = file.returns.as_slice() else { panic!("one return: {:#?}", file.returns) };
    assert_eq!((goods.items[0].announced, goods.warehouse.as_ref()), (2, Some(&part.warehouse)));
    assert_eq!(file.order.attention.len(), 1, "the matter is settled");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_twice_at_once_is_done_once_and_both_are_told_the_same() {
    let rig = Rig::start(3_600, &[(0, "A", 3)]).await;
    let file = shipped(&rig).await;
    let announced = futures::future::join_all((0..6).map(|_| announce(&rig, &file, 1, None))).await;
    assert!(announced.iter().all(|goods| goods.id == announced[0].id), "one return: {announced:?}");
    let file = read(&rig, &file.order.id).await;
    assert_eq!(file.returns.len(), 1);
    let receive = || change(&rig, &announced[0], ReturnVerb::Receive { sku: Sku::new("A"), units: 1 }, &BOTH);
    let received = futures::future::join_all((0..6).map(|_| receive())).await;
    let counted: Vec<u32> = received.iter().map(|goods| goods.as_ref().unwrap().items[0].received).collect();
    assert_eq!(counted, [1; 6], "counted once");
    rig.engine.stop().await;
}
