//! What an operator may do to an order, and when it is too late.
//!
//! [`apply`] is pure: order and fulfillment orders in, changed copies and duties out. The engine stores the outcome by
//! compare-and-set, so an edit and a release that race have exactly one winner.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::fulfillment::{FulfillmentOrder, FulfillmentState};
use crate::hold::{Hold, HoldReason};
use crate::id::{FulfillmentId, HoldId, LineId};
use crate::journal::Actor;
use crate::order::{Order, OrderState};
use crate::quantity::Quantity;
use crate::time::Timestamp;

/// A wish to change an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Edit {
    /// Another destination.
    Address {
        /// The whole new address.
        ship_to: Address,
    },
    /// Fewer units of a line.
    Quantity {
        /// The line.
        line: LineId,
        /// Units wanted from now on.
        quantity: Quantity,
    },
    /// An obstacle to release.
    Hold {
        /// Identity of the hold to place.
        id: HoldId,
        /// Why.
        reason: HoldReason,
        /// In words.
        note: String,
        /// When it lifts itself.
        expires_at: Option<Timestamp>,
    },
    /// Remove an obstacle.
    LiftHold {
        /// Which.
        hold: HoldId,
    },
    /// Close the edit window now.
    ReleaseNow,
    /// Nothing shall ship.
    Cancel,
}

/// Why a wish was not granted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A warehouse has it, or may have it.
    #[error("fulfillment order {reference} was handed over at {since} and is {state:?}")]
    TooLate {
        /// Our number of the fulfillment order that is beyond reach.
        reference: String,
        /// Its state.
        state: FulfillmentState,
        /// Since when.
        since: Timestamp,
    },
    /// The order's life has ended.
    #[error("the order is {0:?}")]
    Finished(OrderState),
    /// The line is not on the order.
    #[error("the order has no line {0}")]
    UnknownLine(LineId),
    /// Only fewer units are possible here.
    #[error("{quantity} is not fewer than the {wanted} units wanted now")]
    NotFewer {
        /// Asked.
        quantity: Quantity,
        /// Wanted now.
        wanted: Quantity,
    },
    /// The hold is not on the order.
    #[error("the order has no hold {0}")]
    UnknownHold(HoldId),
    /// Release needs zero holds.
    #[error("{0} hold(s) must be lifted first")]
    Held(usize),
    /// Release needs a plan.
    #[error("the order is {0:?}, not planned")]
    NotPlanned(OrderState),
    /// The wish changes nothing.
    #[error("nothing would change")]
    NoChange,
    /// The address would still lack something.
    #[error("the address lacks {0}")]
    AddressIncomplete(String),
}

/// One field's change, for the journal and the diff a person sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// Path of the field, such as `ship_to.city` or `lines.lin_...wanted`.
    pub field: String,
    /// Before.
    pub before: serde_json::Value,
    /// After.
    pub after: serde_json::Value,
}

/// What a granted wish means.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The order as it is now; its revision is still the one it was read at.
    pub order: Order,
    /// Fulfillment orders that changed, likewise.
    pub fulfillments: Vec<FulfillmentOrder>,
    /// Fulfillment orders whose hand-over has to be withdrawn from the outbox: they were queued.
    pub withdrawn: Vec<FulfillmentId>,
    /// Whether the order has to be validated and planned again.
    pub replan: bool,
    /// Fulfillment orders to try to release now.
    pub release: Vec<FulfillmentId>,
    /// What changed, field by field.
    pub changes: Vec<FieldChange>,
}

fn change(field: impl Into<String>, before: impl Serialize, after: impl Serialize) -> FieldChange {
    let value = |v: Result<serde_json::Value, serde_json::Error>| v.unwrap_or(serde_json::Value::Null);
    FieldChange {
        field: field.into(),
        before: value(serde_json::to_value(before)),
        after: value(serde_json::to_value(after)),
    }
}

/// Refuses when any part of the order is at a warehouse, or may be.
fn still_ours(fulfillments: &[FulfillmentOrder]) -> Result<(), Refusal> {
    let gone = fulfillments.iter().find(|ful| {
        !ful.state.is_ours() && !matches!(ful.state, FulfillmentState::Cancelled | FulfillmentState::Rejected)
    });
    gone.map_or(Ok(()), |ful| {
        Err(Refusal::TooLate { reference: ful.reference.clone(), state: ful.state, since: ful.state_since })
    })
}

/// Decides about `edit` and says what follows from it.
///
/// # Errors
/// [`Refusal`] says why not; nothing changed.
pub fn apply(
    edit: &Edit,
    order: &Order,
    fulfillments: &[FulfillmentOrder],
    actor: &Actor,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    if order.state.is_final() {
        return Err(Refusal::Finished(order.state));
    }
    let mut outcome = Outcome {
        order: order.clone(),
        fulfillments: Vec::new(),
        withdrawn: Vec::new(),
        replan: false,
        release: Vec::new(),
        changes: Vec::new(),
    };
    match edit {
        Edit::Address { ship_to } => {
            still_ours(fulfillments)?;
            let missing = ship_to.missing();
            if !missing.is_empty() {
                return Err(Refusal::AddressIncomplete(missing.join(", ")));
            }
            outcome.changes = address_changes(&order.ship_to, ship_to);
            if outcome.changes.is_empty() {
                return Err(Refusal::NoChange);
            }
            outcome.order.ship_to = ship_to.clone();
            pull_back(&mut outcome, fulfillments, now);
            plan_again(&mut outcome);
        }
        Edit::Quantity { line, quantity } => {
            still_ours(fulfillments)?;
            let Some(found) = outcome.order.lines.iter_mut().find(|candidate| &candidate.id == line) else {
                return Err(Refusal::UnknownLine(line.clone()));
            };
            let wanted = found.wanted();
            if *quantity >= wanted {
                return Err(Refusal::NotFewer { quantity: *quantity, wanted });
            }
            found.cancelled = found.ordered - quantity;
            outcome.changes.push(change(format!("lines.{line}.wanted"), wanted, quantity));
            if outcome.order.lines.iter().all(|candidate| candidate.to_ship() == 0) {
                cancel_everything(&mut outcome, fulfillments, now);
            } else {
                pull_back(&mut outcome, fulfillments, now);
                ask_for_fewer(&mut outcome, fulfillments, line, *quantity, now);
                plan_again(&mut outcome);
            }
        }
        Edit::Hold { id, reason, note, expires_at } => {
            still_ours(fulfillments)?;
            if outcome.order.holds.iter().any(|hold| &hold.id == id) {
                return Err(Refusal::NoChange);
            }
            let hold = Hold {
                id: id.clone(),
                reason: *reason,
                note: note.clone(),
                placed_by: actor.clone(),
                placed_at: now,
                expires_at: *expires_at,
                keeps_stock: true,
                owner: None,
                fulfillment: None,
                cause: None,
            };
            outcome.changes.push(change(format!("holds.{id}"), serde_json::Value::Null, &hold));
            outcome.order.holds.push(hold);
            pull_back(&mut outcome, fulfillments, now);
        }
        Edit::LiftHold { hold } => {
            let Some(position) = outcome.order.holds.iter().position(|candidate| &candidate.id == hold) else {
                return Err(Refusal::UnknownHold(hold.clone()));
            };
            let lifted = outcome.order.holds.remove(position);
            outcome.changes.push(change(format!("holds.{hold}"), &lifted, serde_json::Value::Null));
            // Before planning there is nothing to release: planning releases what it makes.
            if outcome.order.holds.is_empty() && order.state == OrderState::Planned {
                let open = fulfillments.iter().filter(|ful| ful.state == FulfillmentState::Open);
                outcome.release = open.map(|ful| ful.id.clone()).collect();
            }
        }
        Edit::ReleaseNow => {
            let holds = order.holds.iter().filter(|hold| hold.expires_at.is_none_or(|expiry| expiry > now)).count();
            if holds > 0 {
                return Err(Refusal::Held(holds));
            }
            if order.state != OrderState::Planned {
                return Err(Refusal::NotPlanned(order.state));
            }
            for ful in fulfillments.iter().filter(|ful| ful.state == FulfillmentState::Open) {
                let mut released = ful.clone();
                released.release_at = released.release_at.min(now);
                if released.release_at != ful.release_at {
                    let field = format!("{}.release_at", ful.reference);
                    outcome.changes.push(change(field, ful.release_at, released.release_at));
                }
                outcome.release.push(released.id.clone());
                outcome.fulfillments.push(released);
            }
            if outcome.release.is_empty() {
                still_ours(fulfillments)?;
                return Err(Refusal::NoChange);
            }
            outcome.order.editable_until = outcome.order.editable_until.map(|until| until.min(now));
        }
        Edit::Cancel => {
            still_ours(fulfillments)?;
            cancel_everything(&mut outcome, fulfillments, now);
        }
    }
    outcome.order.updated_at = now;
    if matches!(edit, Edit::Address { .. } | Edit::Quantity { .. }) && matches!(actor, Actor::Person { .. }) {
        outcome.order.edited = true;
    }
    Ok(outcome)
}

fn address_changes(before: &Address, after: &Address) -> Vec<FieldChange> {
    let fields = [
        ("name", &before.name, &after.name),
        ("company", &before.company, &after.company),
        ("line1", &before.line1, &after.line1),
        ("line2", &before.line2, &after.line2),
        ("city", &before.city, &after.city),
        ("province", &before.province, &after.province),
        ("postcode", &before.postcode, &after.postcode),
        ("country", &before.country, &after.country),
        ("phone", &before.phone, &after.phone),
    ];
    fields
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| change(format!("ship_to.{name}"), old, new))
        .collect()
}

/// Takes queued fulfillment orders back to open; their hand-overs must leave the outbox in the same transaction.
fn pull_back(outcome: &mut Outcome, fulfillments: &[FulfillmentOrder], now: Timestamp) {
    for ful in fulfillments.iter().filter(|ful| ful.state == FulfillmentState::Queued) {
        let mut open = ful.clone();
        if open.become_state(FulfillmentState::Open, now).is_ok() {
            outcome.withdrawn.push(open.id.clone());
            outcome.fulfillments.push(open);
        }
    }
}

/// Takes units of a line that are wanted no more out of the fulfillment orders, the last ones first: until the router
/// has been asked again, no warehouse is asked for more than the customer wants.
fn ask_for_fewer(
    outcome: &mut Outcome,
    fulfillments: &[FulfillmentOrder],
    line: &LineId,
    wanted: Quantity,
    now: Timestamp,
) {
    let ours = || fulfillments.iter().filter(|ful| ful.state.is_ours());
    let asked: u64 = ours().map(|ful| u64::from(ful.quantity_of(line))).sum();
    let mut excess = asked.saturating_sub(u64::from(wanted));
    for ful in ours().filter(|ful| ful.quantity_of(line) > 0).collect::<Vec<_>>().into_iter().rev() {
        if excess == 0 {
            break;
        }
        // A queued one has been pulled back already.
        let known = outcome.fulfillments.iter().position(|changed| changed.id == ful.id);
        let mut fewer = known.map_or_else(|| ful.clone(), |position| outcome.fulfillments.remove(position));
        for part in fewer.lines.iter_mut().filter(|part| &part.line == line) {
            let taken = Quantity::try_from(excess).unwrap_or(Quantity::MAX).min(part.quantity);
            part.quantity -= taken;
            excess -= u64::from(taken);
        }
        fewer.lines.retain(|part| part.quantity > 0);
        if !fewer.lines.is_empty() || fewer.become_state(FulfillmentState::Cancelled, now).is_ok() {
            outcome.fulfillments.push(fewer);
        }
    }
}

/// A planned order goes back to accepted; others keep their state and are validated again from there.
fn plan_again(outcome: &mut Outcome) {
    outcome.replan = true;
    if outcome.order.state == OrderState::Planned {
        outcome.order.state = OrderState::Accepted;
    }
}

fn cancel_everything(outcome: &mut Outcome, fulfillments: &[FulfillmentOrder], now: Timestamp) {
    for ful in fulfillments.iter().filter(|ful| ful.state.is_ours()) {
        let mut cancelled = ful.clone();
        if ful.state == FulfillmentState::Queued {
            outcome.withdrawn.push(ful.id.clone());
        }
        if cancelled.become_state(FulfillmentState::Cancelled, now).is_ok() {
            outcome.fulfillments.push(cancelled);
        }
    }
    for line in &mut outcome.order.lines {
        line.cancelled = line.ordered;
    }
    outcome.changes.push(change("state", outcome.order.state, OrderState::Cancelled));
    outcome.order.state = OrderState::Cancelled;
    outcome.order.problems.clear();
}
