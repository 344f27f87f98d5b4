//! What may still be done to an order, found by asking `core` with a wish of each kind. No rule is repeated here.

use serde::{Deserialize, Serialize};
use switchyard_core::address::Address;
use switchyard_core::code::Problem;
use switchyard_core::edit::{Edit, Refusal, apply};
use switchyard_core::fulfillment::FulfillmentOrder;
use switchyard_core::hold::HoldReason;
use switchyard_core::id::HoldId;
use switchyard_core::journal::Actor;
use switchyard_core::order::Order;
use switchyard_core::time::Timestamp;
use utoipa::ToSchema;

use crate::problem::refusal_problem;

/// Whether one verb is possible now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Permission {
    /// Whether the rules allow it now.
    pub allowed: bool,
    /// Why not, and what is possible instead.
    pub why: Option<Problem>,
}

/// What may be done to an order now. The rules decide again when it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Editability {
    /// Another destination.
    pub address: Permission,
    /// Fewer units of some line.
    pub quantity: Permission,
    /// A new hold.
    pub hold: Permission,
    /// Close the edit window now.
    pub release: Permission,
    /// Cancel everything.
    pub cancel: Permission,
}

/// Asks for each verb whether it would be granted at `now`.
#[must_use]
pub fn of(order: &Order, fulfillments: &[FulfillmentOrder], now: Timestamp) -> Editability {
    let actor = Actor::person("");
    let ask = |edit: &Edit| permission(apply(edit, order, fulfillments, &actor, now).map(|_| ()));
    Editability {
        address: ask(&Edit::Address { ship_to: another_address(&order.ship_to) }),
        quantity: fewer_units(order).map_or_else(|| permission(Err(Refusal::NoChange)), |edit| ask(&edit)),
        hold: ask(&Edit::Hold {
            id: HoldId::new(now, [0; 10]),
            reason: HoldReason::Operator,
            note: String::new(),
            expires_at: None,
            fulfillment: None,
            keeps_stock: true,
        }),
        release: ask(&Edit::ReleaseNow),
        cancel: ask(&Edit::Cancel),
    }
}

fn permission(answer: Result<(), Refusal>) -> Permission {
    match answer {
        Ok(()) => Permission { allowed: true, why: None },
        Err(refusal) => Permission { allowed: false, why: Some(refusal_problem(&refusal)) },
    }
}

/// A complete address that differs from `address`, so that only the order's state can be a reason to refuse it.
fn another_address(address: &Address) -> Address {
    Address {
        name: "another".to_owned(),
        line1: "another".to_owned(),
        line2: format!("{} another", address.line2),
        city: "another".to_owned(),
        postcode: "another".to_owned(),
        country: "GB".to_owned(),
        ..address.clone()
    }
}

/// One unit less of the first line that has units to ship.
fn fewer_units(order: &Order) -> Option<Edit> {
    let line = order.lines.iter().find(|line| line.to_ship() > 0).or_else(|| order.lines.first())?;
    Some(Edit::Quantity { line: line.id.clone(), quantity: line.wanted().saturating_sub(1) })
}
