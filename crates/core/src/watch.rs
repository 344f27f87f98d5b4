//! A clock for every state: nothing stays where it is for ever without somebody knowing.
//!
//! Whoever waits for a partner or for one of our own services has a patience; beyond it the order gets a matter with an owner
//! and the ways that are left. The clock of a matter starts at the entry into the state or at the last change of the order,
//! whichever is later: what somebody has just decided about is not late again at once.

use std::time::Duration;

use crate::attention::{AttentionItem, Choice};
use crate::code::Code;
use crate::fulfillment::{FulfillmentOrder, FulfillmentState};
use crate::order::{Order, OrderState};
use crate::role::Role;
use crate::time::Timestamp;
use crate::write_back::{WriteBack, WriteBackState};

/// How long each kind of thing may stay where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Our own steps: an order that is neither planned nor stopped by anything, a part whose time to go has come, a
    /// hand-over on the wire. Beyond it a service does not do its work.
    pub own: Duration,
    /// A queued part that its warehouse's system does not take: outages are usual, a day lost is not.
    pub queue: Duration,
    /// A warehouse that has a part and says nothing more about it. Three days, because two may be a weekend.
    pub warehouse: Duration,
    /// A shop that could not be told what has left.
    pub shop: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let hours = |hours: u64| Duration::from_secs(hours * 60 * 60);
        Self { own: Duration::from_secs(15 * 60), queue: hours(2), warehouse: hours(72), shop: hours(2) }
    }
}

impl Patience {
    /// No order that changed less than this ago is late.
    #[must_use]
    pub fn shortest(&self) -> Duration {
        self.own.min(self.queue).min(self.warehouse).min(self.shop)
    }
}

/// What about an order is late, one matter for each thing. `since` is when its clock started.
#[must_use]
pub fn overdue(
    order: &Order,
    parts: &[FulfillmentOrder],
    write_backs: &[WriteBack],
    patience: &Patience,
    now: Timestamp,
) -> Vec<AttentionItem> {
    let mut late = Vec::new();
    if order.state.is_final() {
        return late;
    }
    let stopped = order.holds.iter().any(|hold| hold.is_active(now)) || !order.problems.is_empty();
    let ours = matches!(order.state, OrderState::Received | OrderState::Accepted);
    if ours && !stopped && now.since(order.updated_at) > patience.own {
        let what = format!("{} is neither planned nor stopped by anything", order.number);
        late.push(item(order, order.updated_at, what, Role::Admin, &[Choice::Correct]));
    }
    for part in parts {
        let Some((clock, patience, owner, ways)) = clock_of(part, order, stopped, patience) else { continue };
        let since = clock.max(order.updated_at);
        if now.since(since) > patience {
            late.push(item(order, since, sentence(part), owner, ways).about(&part.id));
        }
    }
    let untold = write_backs.iter().filter(|report| {
        matches!(report.state, WriteBackState::Due | WriteBackState::Sending | WriteBackState::InDoubt)
    });
    let oldest = untold.map(|report| report.due_at.max(order.updated_at)).min();
    if let Some(since) = oldest.filter(|since| now.since(*since) > patience.shop) {
        let what = format!("The shop has not been told what left for {}", order.number);
        late.push(item(order, since, what, Role::BackOfficeLead, &[Choice::Correct]));
    }
    late
}

/// When the clock of a part started, how long it may run, and whose matter it is then.
fn clock_of(
    part: &FulfillmentOrder,
    order: &Order,
    stopped: bool,
    patience: &Patience,
) -> Option<(Timestamp, Duration, Role, &'static [Choice])> {
    use FulfillmentState as S;
    const CALL: &[Choice] = &[Choice::CallWarehouse, Choice::LetItShip];
    match part.state {
        S::Open => {
            let due = part.release_at.filter(|_| !stopped && order.state == OrderState::Planned)?;
            Some((due, patience.own, Role::Admin, &[Choice::Correct]))
        }
        S::Queued => Some((part.state_since, patience.queue, Role::BackOfficeAgent, CALL)),
        S::Sent => Some((part.state_since, patience.own, Role::Admin, CALL)),
        S::Accepted | S::InWork | S::PartlyShipped => {
            Some((part.state_since, patience.warehouse, Role::BackOfficeAgent, CALL))
        }
        // What is in doubt is asked about, and is a matter by itself; the others have ended.
        S::Unconfirmed | S::Shipped | S::ClosedShort | S::Rejected | S::Cancelled => None,
    }
}

fn sentence(part: &FulfillmentOrder) -> String {
    let reference = &part.reference;
    match part.state {
        FulfillmentState::Open => format!("{reference} should have gone to its warehouse"),
        FulfillmentState::Queued => format!("{reference} waits for its warehouse's system"),
        FulfillmentState::Sent => format!("{reference} is on its way to the warehouse and does not arrive"),
        _ => format!("The warehouse says nothing about {reference}"),
    }
}

fn item(order: &Order, since: Timestamp, what: String, owner: Role, ways: &[Choice]) -> AttentionItem {
    AttentionItem { owner, ..AttentionItem::new(Code::Overdue, &order.id, since, what).with(ways) }
}

/// Whether a matter of this kind has settled itself between two looks at an order: what it is about has moved on.
#[must_use]
pub fn has_moved(
    item: &AttentionItem,
    (before, parts_before): (&Order, &[FulfillmentOrder]),
    (after, parts_after): (&Order, &[FulfillmentOrder]),
) -> bool {
    if item.code != Code::Overdue {
        return false;
    }
    let state = |parts: &[FulfillmentOrder]| {
        let part = parts.iter().find(|part| Some(&part.id) == item.fulfillment.as_ref());
        part.map(|part| (part.state, part.state_since))
    };
    match item.fulfillment {
        Some(_) => state(parts_before) != state(parts_after),
        None => before.state != after.state,
    }
}
