//! What stays where it is for too long is put before a person, once, and is no matter any more when it moves.

use std::time::Duration;

use switchyard_core::attention::Choice;
use switchyard_core::code::Code;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::journal::Actor;
use switchyard_core::order::OrderState;
use switchyard_core::role::{Holder, Role};
use switchyard_engine::clock::Clock as _;
use switchyard_engine::handle::SettleRequest;
use switchyard_store::contract::{Changes, OrderFile, Write};
use switchyard_store::query::Stage;

use crate::rig::Rig;

const DAYS: Duration = Duration::from_secs(4 * 86_400);

/// A planned order whose warehouse took it four days ago and has said nothing since.
async fn forgotten(rig: &Rig) -> OrderFile {
    let id = rig.order("1", &[("A", 2)]).await;
    let mut file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    rig.until_quiet(&["validate", "plan_together"]).await;
    file = rig.store.order_file(&file.order.id).await.unwrap().unwrap();
    let past = rig.clock.now() - DAYS;
    let mut part = file.fulfillments.remove(0);
    part.state = FulfillmentState::Accepted;
    part.state_since = past;
    file.order.updated_at = past;
    let order = Write::Order { order: Box::new(file.order), stage: Stage::InWarehouse };
    let writes = vec![Write::Fulfillment(part), order];
    rig.store.commit(Changes { writes, ..Changes::default() }).await.unwrap();
    rig.store.order_file(&id).await.unwrap().unwrap()
}

fn late(file: &OrderFile) -> usize {
    file.order.attention.iter().filter(|item| item.code == Code::Overdue).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_its_warehouse_forgot_is_a_matter_once_and_not_again_right_after_somebody_decided() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = forgotten(&rig).await.order.id;
    rig.run_now("watchdog").await;
    let file = rig.store.order_file(&id).await.unwrap().unwrap();
    assert_eq!((late(&file), file.stage), (1, Stage::Attention));
    let item = &file.order.attention[0];
    assert_eq!(item.fulfillment.as_ref(), Some(&file.fulfillments[0].id));
    assert!(item.what.contains(&file.fulfillments[0].reference), "{}", item.what);
    rig.run_now("watchdog").await;
    let again = rig.store.order_file(&id).await.unwrap().unwrap();
    assert_eq!(again.order.revision, file.order.revision, "what is shown is not shown twice");
    let decided = SettleRequest {
        order: id.clone(),
        revision: file.order.revision,
        matter: 0,
        choice: Choice::LetItShip,
        actor: Actor::person("mara"),
        holder: Holder::of(&[Role::BackOfficeAgent]),
        reason: "they say tomorrow".to_owned(),
        key: "settled".to_owned(),
    };
    rig.engine.handle().settle(decided).await.unwrap();
    rig.run_now("watchdog").await;
    assert_eq!(late(&rig.store.order_file(&id).await.unwrap().unwrap()), 0, "the clock starts anew");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_waits_within_its_patience_is_left_alone() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let id = rig.order("1", &[("A", 2)]).await;
    rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    rig.run_now("watchdog").await;
    assert_eq!(rig.store.order_file(&id).await.unwrap().unwrap().order.attention, []);
    rig.engine.stop().await;
}
