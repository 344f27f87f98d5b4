//! Who places and lifts which hold.

use std::time::Duration;

use switchyard_core::code::Code;
use switchyard_core::hold::{
    Act, Hold, HoldReason, NewHold, Owner, Refusal, keeps_stock, lift, next_expiry, place, stopping,
};
use switchyard_core::id::{FulfillmentId, HoldId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::role::{Holder, Own, Role};

use super::orders::{noon, warehouse};

fn id(number: u8) -> HoldId {
    HoldId::new(noon(), [number; 10])
}

fn part() -> FulfillmentId {
    FulfillmentId::new(noon(), [1; 10])
}

fn wish(reason: HoldReason) -> NewHold {
    NewHold { reason, note: "look first".to_owned(), expires_at: None, keeps_stock: true, fulfillment: None }
}

/// Somebody with one role; those of a warehouse are at warehouse 1.
fn holder(role: Role) -> Holder {
    let own = matches!(role, Role::Packer | Role::WarehouseLead);
    Holder { roles: vec![role], warehouses: Own::These(if own { vec![warehouse(1)] } else { Vec::new() }) }
}

fn try_place(wish: &NewHold, holder: &Holder, at: Option<&WarehouseId>) -> Result<Hold, Refusal> {
    let actor = Actor::person("mara");
    place(&id(1), wish, &[], Act { actor: &actor, holder, warehouse: at, now: noon() })
}

fn try_lift<'a>(hold: &'a [Hold], holder: &Holder, at: Option<&WarehouseId>) -> Result<&'a Hold, Refusal> {
    let actor = Actor::person("mara");
    lift(&id(1), hold, Act { actor: &actor, holder, warehouse: at, now: noon() })
}

#[test]
fn a_hold_is_lifted_by_its_owner_alone() {
    let in_warehouse = NewHold { fulfillment: Some(part()), ..wish(HoldReason::Operator) };
    let here = warehouse(1);
    let cases = [
        (try_place(&wish(HoldReason::Customer), &holder(Role::BackOfficeAgent), None), Owner::BackOfficeAgent),
        (try_place(&wish(HoldReason::Fraud), &holder(Role::BackOfficeAgent), None), Owner::BackOfficeLead),
        (try_place(&wish(HoldReason::AwaitingPayment), &holder(Role::Engine), None), Owner::BackOfficeLead),
        (try_place(&in_warehouse, &holder(Role::Packer), Some(&here)), Owner::WarehouseLead),
        (try_place(&in_warehouse, &holder(Role::BackOfficeAgent), Some(&here)), Owner::BackOfficeAgent),
    ];
    for (hold, owner) in cases {
        let hold = hold.unwrap();
        assert_eq!(hold.owner(), owner, "{hold:?}");
        let at = hold.fulfillment.is_some().then_some(&here);
        for role in Role::ALL {
            // A lead has the powers of those they lead.
            let may = match owner {
                Owner::WarehouseLead => role == Role::WarehouseLead,
                Owner::BackOfficeAgent => matches!(role, Role::BackOfficeAgent | Role::BackOfficeLead),
                Owner::BackOfficeLead => role == Role::BackOfficeLead,
            };
            let refusal = Refusal::NotYours { hold: id(1), reason: hold.reason, owner };
            let holds = [hold.clone()];
            assert_eq!(try_lift(&holds, &holder(role), at), if may { Ok(&holds[0]) } else { Err(refusal) }, "{role:?}");
        }
    }
}

#[test]
fn the_lead_of_another_warehouse_does_not_lift_this_ones_holds() {
    let in_warehouse = NewHold { fulfillment: Some(part()), ..wish(HoldReason::Operator) };
    let hold = try_place(&in_warehouse, &holder(Role::WarehouseLead), Some(&warehouse(1))).unwrap();
    assert!(try_lift(&[hold], &holder(Role::WarehouseLead), Some(&warehouse(2))).is_err());
}

#[test]
fn a_packer_stops_parts_in_their_own_warehouse_and_nothing_else() {
    let packer = holder(Role::Packer);
    let in_warehouse = |reason| NewHold { fulfillment: Some(part()), ..wish(reason) };
    assert!(try_place(&in_warehouse(HoldReason::Operator), &packer, Some(&warehouse(1))).is_ok());
    for (wish, at) in [
        (in_warehouse(HoldReason::Operator), Some(warehouse(2))),
        (in_warehouse(HoldReason::Fraud), Some(warehouse(1))),
        (wish(HoldReason::Operator), None),
    ] {
        let refusal = try_place(&wish, &packer, at.as_ref());
        assert_eq!(refusal, Err(Refusal::MayNotPlace(wish.reason)));
    }
    for role in [Role::Viewer, Role::Admin, Role::Auditor] {
        let refusal = try_place(&wish(HoldReason::Customer), &holder(role), None);
        assert_eq!(refusal, Err(Refusal::MayNotPlace(HoldReason::Customer)), "{role:?}");
    }
}

#[test]
fn the_engine_lifts_what_lapsed_and_what_its_rules_placed_and_nothing_else() {
    let engine = holder(Role::Engine);
    let mut hold = try_place(&wish(HoldReason::Customer), &holder(Role::BackOfficeAgent), None).unwrap();
    assert!(try_lift(&[hold.clone()], &engine, None).is_err());
    hold.expires_at = Some(noon());
    assert!(try_lift(&[hold.clone()], &engine, None).is_ok(), "it ends at the very instant");
    hold.expires_at = None;
    hold.cause = Some(serde_json::from_str(r#"{ "rule": "unpaid", "version": 1, "finding": "unpaid" }"#).unwrap());
    assert!(try_lift(&[hold], &engine, None).is_ok());
}

#[test]
fn several_holds_stop_together_and_one_is_enough_to_free_the_stock() {
    let agent = holder(Role::BackOfficeAgent);
    let mut holds = Vec::new();
    let wishes = [
        wish(HoldReason::Customer),
        NewHold { expires_at: Some(noon() + Duration::from_secs(60)), keeps_stock: false, ..wish(HoldReason::Stock) },
        NewHold { fulfillment: Some(FulfillmentId::new(noon(), [2; 10])), ..wish(HoldReason::Operator) },
    ];
    let actor = Actor::person("mara");
    for (number, wish) in (1..).zip(&wishes) {
        let act = Act { actor: &actor, holder: &agent, warehouse: None, now: noon() };
        let hold = place(&id(number), wish, &holds, act).unwrap();
        holds.push(hold);
    }
    let stops = |seconds| {
        let at = noon() + Duration::from_secs(seconds);
        (stopping(&holds, &part(), at).count(), keeps_stock(&holds, at), next_expiry(&holds, at))
    };
    assert_eq!(stops(0), (2, false, Some(noon() + Duration::from_secs(60))), "the third stops another part");
    assert_eq!(stops(60), (1, true, None));
    let act = Act { actor: &actor, holder: &agent, warehouse: None, now: noon() };
    assert_eq!(place(&id(1), &wishes[0], &holds, act), Err(Refusal::AlreadyPlaced(id(1))));
}

#[test]
fn every_refusal_says_what_why_and_what_next() {
    let agent = holder(Role::BackOfficeAgent);
    let fraud = try_place(&wish(HoldReason::Fraud), &agent, None).unwrap();
    let past = NewHold { expires_at: Some(noon()), ..wish(HoldReason::Customer) };
    let silent = NewHold { note: " ".to_owned(), ..wish(HoldReason::Other) };
    let refusals = [
        try_lift(&[fraud], &agent, None).cloned(),
        try_lift(&[], &agent, None).cloned(),
        try_place(&wish(HoldReason::Fraud), &holder(Role::Viewer), None),
        try_place(&past, &agent, None),
        try_place(&silent, &agent, None),
        Err(Refusal::AlreadyPlaced(id(1))),
    ];
    let problems: Vec<_> = refusals.into_iter().map(|refusal| refusal.expect_err("refused").problem()).collect();
    assert_eq!(problems[0].code, Code::HoldNotYours);
    insta::assert_json_snapshot!(problems);
}

#[test]
fn a_hold_stored_before_there_were_owners_belongs_to_its_reasons() {
    let stored = r#"{ "id": "hld_00000000000000000000000000000001", "reason": "operator", "note": "",
                      "placed_by": { "kind": "person", "name": "mara" }, "placed_at": "2026-11-23T12:00:00Z",
                      "expires_at": null, "keeps_stock": true }"#;
    let hold: Hold = serde_json::from_str(stored).unwrap();
    assert_eq!((hold.owner(), hold.fulfillment, hold.cause), (Owner::BackOfficeAgent, None, None));
}
