//! Nothing stays where it is for ever without somebody knowing.

use std::time::Duration;

use switchyard_core::attention::Choice;
use switchyard_core::code::Code;
use switchyard_core::fulfillment::FulfillmentState as S;
use switchyard_core::hold::{Hold, HoldReason};
use switchyard_core::id::{ConnectionId, HoldId, ShipmentId, WriteBackId};
use switchyard_core::journal::Actor;
use switchyard_core::order::{Order, OrderState};
use switchyard_core::role::Role;
use switchyard_core::watch::{Patience, has_moved, overdue};
use switchyard_core::write_back::{WriteBack, WriteBackState};

use crate::orders::{NOON, accepted, part};

const MINUTE: Duration = Duration::from_secs(60);

fn planned() -> Order {
    Order { state: OrderState::Planned, ..accepted(&[1]) }
}

fn report(state: WriteBackState) -> WriteBack {
    WriteBack {
        id: WriteBackId::new(NOON, [1; 10]),
        order: planned().id,
        shop: ConnectionId::new(NOON, [0; 10]),
        shipment: ShipmentId::new(NOON, [1; 10]),
        revision: 1,
        state,
        attempts: 1,
        due_at: NOON,
        last_error: None,
        remote_id: None,
    }
}

#[test]
fn a_part_is_late_once_its_states_patience_is_over_and_not_before() {
    let patience = Patience::default();
    let clocks = [
        (S::Open, patience.own, Role::Admin),
        (S::Queued, patience.queue, Role::BackOfficeAgent),
        (S::Sent, patience.own, Role::Admin),
        (S::Accepted, patience.warehouse, Role::BackOfficeAgent),
        (S::InWork, patience.warehouse, Role::BackOfficeAgent),
        (S::PartlyShipped, patience.warehouse, Role::BackOfficeAgent),
    ];
    for (state, time, owner) in clocks {
        let parts = [part(1, state, &[(0, 1)])];
        assert_eq!(overdue(&planned(), &parts, &[], &patience, NOON + time), [], "{state:?}: it has so long");
        let late = overdue(&planned(), &parts, &[], &patience, NOON + time + MINUTE);
        assert_eq!(late.len(), 1, "{state:?}");
        assert_eq!((late[0].code, late[0].owner, late[0].since), (Code::Overdue, owner, NOON), "{state:?}");
        assert_eq!(late[0].fulfillment.as_ref(), Some(&parts[0].id));
        assert!(late[0].what.contains("SW-1-1"), "{}", late[0].what);
        assert!(!late[0].options.is_empty());
    }
}

#[test]
fn what_has_ended_or_is_a_matter_already_has_no_clock() {
    let years = NOON + Duration::from_secs(3 * 365 * 86_400);
    for state in [S::Unconfirmed, S::Shipped, S::ClosedShort, S::Rejected, S::Cancelled] {
        let parts = [part(1, state, &[(0, 1)])];
        assert_eq!(overdue(&planned(), &parts, &[], &Patience::default(), years), [], "{state:?}");
    }
    let closed = Order { state: OrderState::Closed, ..planned() };
    let parts = [part(1, S::Accepted, &[(0, 1)])];
    assert_eq!(overdue(&closed, &parts, &[report(WriteBackState::Due)], &Patience::default(), years), []);
    assert_eq!(overdue(&planned(), &[], &[report(WriteBackState::Failed)], &Patience::default(), years), []);
}

#[test]
fn an_order_that_is_stopped_is_not_late_and_one_that_nothing_stops_is() {
    let late = NOON + 16 * MINUTE;
    let order = accepted(&[1]);
    let found = overdue(&order, &[], &[], &Patience::default(), late);
    assert_eq!((found.len(), found[0].owner, found[0].options.as_slice()), (1, Role::Admin, &[Choice::Correct][..]));
    let hold = Hold {
        id: HoldId::new(NOON, [1; 10]),
        fulfillment: None,
        reason: HoldReason::Other,
        note: String::new(),
        placed_by: Actor::person("Ada"),
        placed_at: NOON,
        owner: None,
        keeps_stock: true,
        expires_at: None,
        cause: None,
    };
    let held = Order { holds: vec![hold], ..order };
    assert_eq!(overdue(&held, &[], &[], &Patience::default(), late), [], "its hold has an owner of its own");
    let waiting = Order { state: OrderState::Planned, ..held };
    let parts = [part(1, S::Open, &[(0, 1)])];
    assert_eq!(overdue(&waiting, &parts, &[], &Patience::default(), late), []);
    let mut by_hand = part(1, S::Open, &[(0, 1)]);
    by_hand.release_at = None;
    assert_eq!(overdue(&planned(), &[by_hand], &[], &Patience::default(), late), [], "a person releases it");
}

#[test]
fn a_shop_that_cannot_be_told_is_a_matter_of_the_lead() {
    let patience = Patience::default();
    let parts = [part(1, S::Shipped, &[(0, 1)])];
    for state in [WriteBackState::Due, WriteBackState::Sending, WriteBackState::InDoubt] {
        let late = overdue(&planned(), &parts, &[report(state)], &patience, NOON + patience.shop + MINUTE);
        assert_eq!((late.len(), late[0].owner), (1, Role::BackOfficeLead), "{state:?}");
    }
}

#[test]
fn a_change_of_the_order_starts_the_clock_anew_and_a_step_settles_the_matter() {
    let patience = Patience::default();
    let (before, parts) = (planned(), [part(1, S::Queued, &[(0, 1)])]);
    let late = NOON + patience.queue + MINUTE;
    let item = overdue(&before, &parts, &[], &patience, late).remove(0);
    let decided = Order { updated_at: late, ..before.clone() };
    assert_eq!(overdue(&decided, &parts, &[], &patience, late + MINUTE), []);
    assert!(!has_moved(&item, (&before, &parts), (&decided, &parts)));
    let mut sent = parts.clone();
    sent[0].state = S::Sent;
    assert!(has_moved(&item, (&before, &parts), (&before, &sent)));
}
