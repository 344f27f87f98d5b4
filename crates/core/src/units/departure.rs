//! Booking departures: a physical fact beats a wish.
//!
//! Units that left are taken from wherever they were thought to be, so that no unit is in two places afterwards and none
//! is sent a second time: from the part itself, then from what the router has still to place, from backorder, from
//! parts that no warehouse has yet, and last from the cancelled ones. What cannot be taken from anywhere left on top
//! of the order and is reported as surplus.

use crate::fulfillment::{Facts, FulfillmentLine, FulfillmentOrder, FulfillmentState};
use crate::id::{FulfillmentId, LineId};
use crate::order::{LineKind, Order, OrderLine};
use crate::quantity::Quantity;
use crate::time::Timestamp;

use super::{Imbalance, account};

/// Units of one line of one part that a warehouse reports as gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Departing<'a> {
    /// The part they left on account of.
    pub part: &'a FulfillmentId,
    /// The order line.
    pub line: &'a LineId,
    /// Units.
    pub quantity: Quantity,
    /// When it is booked.
    pub at: Timestamp,
}

/// Where the units of a departure were taken from. The numbers sum to the units reported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Departure {
    /// Units the part was asked for and still owed.
    pub asked: Quantity,
    /// Units the customer still wanted, that others had been, or were going to be, asked for.
    pub wanted: Quantity,
    /// Units that had been cancelled: they are shipped now, and no longer cancelled. The customer may send them back.
    pub cancelled: Quantity,
    /// Units beyond everything that was ordered, or of a part no warehouse was asked for; not on the order's account.
    pub surplus: Quantity,
    /// Parts that were queued and have to leave the outbox, because their units are gone already.
    pub withdrawn: Vec<FulfillmentId>,
}

impl Departure {
    /// Units now on the order's account as shipped.
    #[must_use]
    pub const fn booked(&self) -> Quantity {
        self.asked.saturating_add(self.wanted).saturating_add(self.cancelled)
    }
}

/// Books units that left. A part that is still going becomes partly shipped or shipped; one that has ended stays what
/// it was, its lines say what left.
///
/// # Errors
/// [`Imbalance`] when order and parts contradict each other before, or the part or line is none of this order's. Nothing
/// changed then.
pub fn depart(
    order: &mut Order,
    parts: &mut [FulfillmentOrder],
    departing: Departing<'_>,
) -> Result<Departure, Imbalance> {
    let accounts = account(order, parts)?;
    let unknown = || Imbalance::NotGoods { reference: departing.part.to_string(), line: departing.line.clone() };
    let unplanned = accounts.iter().find(|account| &account.line == departing.line).ok_or_else(unknown)?.unplanned;
    let is_it = |line: &OrderLine| &line.id == departing.line && line.kind == LineKind::Goods;
    let goods = order.lines.iter().position(is_it);
    let position = goods.ok_or_else(unknown)?;
    let place = parts.iter().position(|part| &part.id == departing.part).ok_or_else(unknown)?;
    let mut departure = Departure::default();
    let mut left = departing.quantity;
    let (before, rest) = parts.split_at_mut(place);
    let Some((part, after)) = rest.split_first_mut() else { return Err(unknown()) };
    if part.state.is_ours() {
        departure.surplus = left;
        return Ok(departure);
    }
    if !part.state.is_final() {
        departure.asked = take(&mut left, part.unshipped_of(departing.line));
        ship(part, departing.line, departure.asked);
    }
    if let Some(line) = order.lines.get_mut(position) {
        departure.wanted = take(&mut left, unplanned);
        let backordered = take(&mut left, line.backordered);
        line.backordered -= backordered;
        departure.wanted += backordered;
        for other in after.iter_mut().rev().chain(before.iter_mut().rev()) {
            departure.wanted += take_over(other, departing.line, &mut left, &mut departure.withdrawn, departing.at);
        }
        departure.cancelled = take(&mut left, line.cancelled);
        line.cancelled -= departure.cancelled;
    }
    ship(part, departing.line, departure.wanted + departure.cancelled);
    departure.surplus = left;
    let facts = Facts::of(part);
    if !part.state.is_final() && departure.booked() > 0 {
        let to = if facts.shipped >= facts.asked { FulfillmentState::Shipped } else { FulfillmentState::PartlyShipped };
        if part.state != to && part.advance(to, &facts, departing.at).is_err() {
            return Err(unknown());
        }
    }
    Ok(departure)
}

fn take(left: &mut Quantity, there: Quantity) -> Quantity {
    let taken = (*left).min(there);
    *left -= taken;
    taken
}

/// Counts units as shipped on a part, which is asked for at least as many from then on.
fn ship(part: &mut FulfillmentOrder, line: &LineId, units: Quantity) {
    let mut left = units;
    for entry in part.lines.iter_mut().filter(|entry| &entry.line == line) {
        entry.shipped += take(&mut left, entry.quantity - entry.shipped);
        cover(entry);
    }
    if left == 0 {
        return;
    }
    match part.lines.iter_mut().find(|entry| &entry.line == line) {
        Some(entry) => {
            entry.quantity += left;
            entry.shipped += left;
            cover(entry);
        }
        None => part.lines.push(FulfillmentLine { line: line.clone(), quantity: left, shipped: left, kit: None }),
    }
}

/// The components of units that have left have left too.
fn cover(entry: &mut FulfillmentLine) {
    if let Some(kit) = &mut entry.kit {
        kit.cover(entry.shipped);
    }
}

/// Takes units out of a part no warehouse has yet; says how many.
fn take_over(
    part: &mut FulfillmentOrder,
    line: &LineId,
    left: &mut Quantity,
    withdrawn: &mut Vec<FulfillmentId>,
    at: Timestamp,
) -> Quantity {
    if !part.state.is_ours() || *left == 0 || part.unshipped_of(line) == 0 {
        return 0;
    }
    let mut taken = 0;
    for entry in part.lines.iter_mut().filter(|entry| &entry.line == line) {
        let units = take(left, entry.quantity - entry.shipped);
        entry.quantity -= units;
        taken += units;
    }
    part.lines.retain(|entry| entry.quantity > 0);
    let queued = part.state == FulfillmentState::Queued;
    let to = if part.lines.is_empty() { FulfillmentState::Cancelled } else { FulfillmentState::Open };
    if part.state != to && part.become_state(to, at).is_ok() && queued {
        withdrawn.push(part.id.clone());
    }
    taken
}
