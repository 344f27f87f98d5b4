//! What people decide in advance: rules, calendars and windows change what the engine does, from then on.

use serde_json::{Value, json};
use switchyard_core::code::Code;
use switchyard_core::edit::Edit;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::order::OrderState;
use switchyard_core::rule::routing::Rule;
use switchyard_core::time::Timestamp;
use switchyard_core::window::WindowChoice;
use switchyard_engine::dry_run::Scope;
use switchyard_engine::policy::{HoldRuleDraft, PolicyError};

use crate::rig::Rig;

fn read<T: serde::de::DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn only(rig: &Rig, warehouse: usize) -> Vec<Rule> {
    read(json!([{ "id": "only", "when": "always", "then": [
        { "only": { "warehouses": [rig.warehouses[warehouse]], "why": "customs papers" } }
    ] }]))
}

fn recall() -> Vec<HoldRuleDraft> {
    read(json!([{ "id": "recall", "enabled": true, "when": { "sku": ["A"] }, "hold": { "reason": "client" } }]))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_routing_rule_sends_orders_elsewhere_and_the_plan_says_so() {
    let rig = Rig::start(3_600, &[(0, "A", 5), (1, "A", 5)]).await;
    let handle = rig.engine.handle();
    let rules = handle.set_routing_rules(rig.change(0, "k1"), only(&rig, 1)).await.unwrap();
    assert_eq!((rules.version, rules.author.as_str()), (1, "mara"));
    let id = rig.order("1", &[("A", 2)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(file.fulfillments[0].warehouse, rig.warehouses[1], "the first warehouse would have been better");
    let stored = rig.store.latest_plan(&id).await.unwrap().unwrap();
    assert_eq!((stored.rules_version, stored.rules[0].matched), (1, true));
    assert!(stored.input.warehouses[0].eligible, "the snapshot is the question without rules");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_written_once_and_only_on_the_one_that_holds() {
    let rig = Rig::start(3_600, &[]).await;
    let handle = rig.engine.handle();
    handle.set_routing_rules(rig.change(0, "k1"), only(&rig, 1)).await.unwrap();
    let again = handle.set_routing_rules(rig.change(0, "k1"), only(&rig, 1)).await.unwrap();
    assert_eq!(again.version, 1, "the same request again is the same answer");
    let other = handle.set_routing_rules(rig.change(0, "k1"), only(&rig, 0)).await;
    assert!(matches!(other, Err(PolicyError::KeyReused)), "{other:?}");
    let late = handle.set_routing_rules(rig.change(0, "k2"), only(&rig, 0)).await;
    assert!(matches!(late, Err(PolicyError::Stale { asked: 0, current: 1 })), "{late:?}");
    let wrong: Vec<Rule> = read(json!([{ "id": "x", "when": "always", "then": [] }]));
    let refused = handle.set_routing_rules(rig.change(1, "k3"), wrong).await;
    assert!(matches!(refused, Err(PolicyError::Unreadable(_))), "{refused:?}");
    assert_eq!(handle.routing_versions(10).await.unwrap().len(), 1);
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_hold_rule_stops_what_is_still_ours_and_what_a_person_lifts_stays_lifted() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let handle = rig.engine.handle();
    let id = rig.order("1", &[("A", 1)]).await;
    rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    handle.set_hold_rules(rig.change(0, "k1"), recall()).await.unwrap();
    let held = rig.until(&id, |file| !file.order.holds.is_empty()).await;
    let hold = &held.order.holds[0];
    assert_eq!(hold.cause.as_ref().unwrap().rule.as_str(), "recall");
    let lift = rig.wish(&id, Edit::LiftHold { hold: hold.id.clone() }, "k2").await;
    handle.edit(lift).await.unwrap();
    // A rule beside it: the sweep looks at the order again.
    let mut both = recall();
    both.extend(read::<Vec<HoldRuleDraft>>(
        json!([{ "id": "none", "enabled": true, "when": { "sku": ["NO-SUCH"] }, "hold": { "reason": "client" } }]),
    ));
    handle.set_hold_rules(rig.change(1, "k3"), both).await.unwrap();
    rig.until_quiet(&["rule_sweep", "validate"]).await;
    let file = rig.store.order_file(&id).await.unwrap().unwrap();
    assert_eq!(file.order.holds, Vec::new(), "it was lifted for this finding");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_order_is_held_and_its_stock_goes_to_others_until_it_is_lifted() {
    let rig = Rig::start(3_600, &[(0, "A", 1)]).await;
    let handle = rig.engine.handle();
    let rules: Vec<HoldRuleDraft> = read(json!([{
        "id": "unpaid", "enabled": true, "when": "unpaid",
        "hold": { "reason": "awaiting_payment", "keeps_stock": false, "lifts_itself": true }
    }]));
    handle.set_hold_rules(rig.change(0, "k1"), rules).await.unwrap();
    let unpaid = rig.order_with("1", &[("A", 1)], |order| order.paid = Some(false)).await;
    let file = rig.until(&unpaid, |file| !file.order.holds.is_empty()).await;
    assert_eq!(file.order.state, OrderState::Accepted);
    let paid = rig.order_with("2", &[("A", 1)], |order| order.paid = Some(true)).await;
    rig.until(&paid, |file| file.order.state == OrderState::Planned).await;
    assert_eq!(rig.reserved("A").await, 1, "the unpaid order keeps nothing");
    let hold = file.order.holds[0].id.clone();
    let lift = rig.wish(&unpaid, Edit::LiftHold { hold }, "k2").await;
    handle.edit(lift).await.unwrap();
    let file = rig.until(&unpaid, |file| !file.order.problems.is_empty()).await;
    assert_eq!(file.order.problems[0].code, Code::OutOfStock, "it is planned again, and finds nothing left");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manual_window_waits_for_a_person() {
    let rig = Rig::start(0, &[(0, "A", 5)]).await;
    let handle = rig.engine.handle();
    let choices: Vec<WindowChoice> = read(json!([{ "window": { "kind": "manual" } }]));
    handle.set_edit_windows(rig.change(0, "k1"), choices).await.unwrap();
    let id = rig.order("1", &[("A", 1)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    assert_eq!((file.fulfillments[0].release_at, file.order.editable_until), (None, None));
    rig.until_quiet(&["edit_window", "release"]).await;
    let file = rig.store.order_file(&id).await.unwrap().unwrap();
    assert_eq!(file.fulfillments[0].state, FulfillmentState::Open);
    handle.edit(rig.wish(&id, Edit::ReleaseNow, "k2").await).await.unwrap();
    rig.until(&id, |file| file.fulfillments[0].state == FulfillmentState::Queued).await;
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_ends_at_a_cut_off_needs_a_calendar_and_says_so() {
    let rig = Rig::start(3_600, &[(0, "A", 5)]).await;
    let handle = rig.engine.handle();
    let choices: Vec<WindowChoice> = read(json!([{ "window": { "kind": "until_cut_off", "lead_seconds": 600 } }]));
    handle.set_edit_windows(rig.change(0, "k1"), choices).await.unwrap();
    let stuck = rig.order("1", &[("A", 1)]).await;
    let file = rig.until(&stuck, |file| !file.order.problems.is_empty()).await;
    assert_eq!(file.order.problems[0].code, Code::CalendarUnusable);
    let open = json!([{ "open": "00:00", "close": "24:00" }]);
    let calendar = json!({
        "zone": "Europe/Berlin",
        "week": {
            "monday": open, "tuesday": open, "wednesday": open, "thursday": open, "friday": open, "saturday": open,
            "sunday": open
        },
        "cut_offs": { "default": { "at": "14:00" } }
    });
    handle.set_calendar(rig.change(0, "k2"), &rig.warehouses[0], read(calendar)).await.unwrap();
    let id = rig.order("2", &[("A", 1)]).await;
    let file = rig.until(&id, |file| file.order.state == OrderState::Planned).await;
    let release_at = file.fulfillments[0].release_at.unwrap();
    let left = release_at.since(file.order.received_at);
    assert!(left < std::time::Duration::from_secs(26 * 3_600), "ten minutes before the next 14:00: {left:?}");
    assert_eq!(release_at.as_micros() % 60_000_000, 0, "13:50 sharp");
    rig.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_plans_stored_orders_under_other_rules_and_changes_nothing() {
    let rig = Rig::start(3_600, &[(0, "A", 50), (1, "A", 50)]).await;
    let handle = rig.engine.handle();
    let mut all = Vec::new();
    for number in 0..12 {
        all.push(rig.order(&number.to_string(), &[("A", 1)]).await);
    }
    for id in &all {
        rig.until(id, |file| file.order.state == OrderState::Planned).await;
    }
    let scope = Scope { since: Timestamp::EPOCH, most_listed: 5 };
    let report = handle.dry_run_routing(only(&rig, 1), scope).await.unwrap();
    assert_eq!((report.orders, report.moved_count, report.moved.len()), (12, 12, 5));
    assert_eq!(report.before.parcels, report.after.parcels);
    let held = handle.dry_run_holds(recall(), scope).await.unwrap();
    assert_eq!((held.orders, held.after.held_orders, held.before.held_orders), (12, 12, 0));
    let file = rig.store.order_file(&all[0]).await.unwrap().unwrap();
    assert_eq!((file.fulfillments[0].warehouse.clone(), file.order.holds.len()), (rig.warehouses[0].clone(), 0));
    rig.engine.stop().await;
}
