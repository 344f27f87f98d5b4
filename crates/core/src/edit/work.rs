//! Carrying an edit out on copies, part by part: what is ours is changed, what a warehouse has is asked for.

mod units;

use serde::{Deserialize, Serialize};

use super::{Edit, FieldChange, LinePrice, Outcome, Refusal, change, still_ours};
use crate::address::Address;
use crate::change_request::{Afterwards, Ask, ChangeRequest, ChangeRequestState};
use crate::fulfillment::rejection::RejectionReason;
use crate::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState};
use crate::hold::{self, Hold, Owner};
use crate::id::{FulfillmentId, LineId, WarehouseId};
use crate::journal::Actor;
use crate::money::Money;
use crate::order::{Order, OrderLine, OrderState};
use crate::quantity::Quantity;
use crate::time::Timestamp;

/// How an edit gets at a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// It is changed.
    Ours,
    /// Its warehouse is asked.
    Ask,
    /// Neither.
    Beyond,
}

/// Units that somebody moved to a warehouse of their choice: the router pins them there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = UnitMove))]
pub struct Move {
    /// The part they were taken from.
    pub from: FulfillmentId,
    /// Where they go.
    pub to: WarehouseId,
    /// Which units.
    pub lines: Vec<FulfillmentLine>,
}

/// An edit being carried out.
pub(super) struct Work<'a> {
    outcome: Outcome,
    parts: &'a [FulfillmentOrder],
    requests: &'a [ChangeRequest],
    reach: &'a dyn Fn(&FulfillmentOrder) -> Reach,
    now: Timestamp,
    /// What warehouses have to be asked.
    pub(super) asks: Vec<(FulfillmentId, Ask, Afterwards)>,
    /// Units with a warehouse of somebody's choice.
    pub(super) moves: Vec<Move>,
    /// Units of the edit that are beyond reach.
    pub(super) missed: Quantity,
}

impl<'a> Work<'a> {
    #[expect(clippy::too_many_arguments, reason = "one caller for each form of the decision; all of it is its input")]
    pub(super) fn perform(
        edit: &Edit,
        order: &Order,
        parts: &'a [FulfillmentOrder],
        requests: &'a [ChangeRequest],
        reach: &'a dyn Fn(&FulfillmentOrder) -> Reach,
        owner: Option<Owner>,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let remark = matches!(edit, Edit::Note { .. } | Edit::Tags { .. } | Edit::Priority { .. });
        if order.state.is_final() && !remark {
            return Err(Refusal::Finished(order.state));
        }
        let outcome = Outcome {
            order: order.clone(),
            fulfillments: Vec::new(),
            withdrawn: Vec::new(),
            replan: false,
            release: Vec::new(),
            changes: Vec::new(),
        };
        let (asks, moves) = (Vec::new(), Vec::new());
        let mut work = Self { outcome, parts, requests, reach, now, asks, moves, missed: 0 };
        match edit {
            Edit::Note { note } => work.set("note", |order| &mut order.note, note)?,
            Edit::Tags { tags } => work.set("tags", |order| &mut order.tags, tags)?,
            Edit::Priority { priority } => work.set("priority", |order| &mut order.priority, priority)?,
            Edit::Address { ship_to } => work.address(ship_to)?,
            Edit::ShippingOption { option } => work.shipping_option(option)?,
            Edit::Quantity { line, quantity } => work.fewer(line, *quantity)?,
            Edit::MoreUnits { line, quantity } => work.more(line, *quantity)?,
            Edit::AddLine { line } => work.add_line(line)?,
            Edit::Billing { total, unit_prices } => work.billing(*total, unit_prices)?,
            Edit::Lot { line, lot } => work.lot(line, lot.as_deref())?,
            Edit::Warehouse { fulfillment, to } => work.warehouse(fulfillment, to)?,
            Edit::Hold { id, reason, note, expires_at, fulfillment, keeps_stock } => work.hold(Hold {
                id: id.clone(),
                reason: *reason,
                note: note.clone(),
                placed_by: actor.clone(),
                placed_at: now,
                expires_at: *expires_at,
                keeps_stock: *keeps_stock,
                owner,
                fulfillment: fulfillment.clone(),
                cause: None,
            })?,
            Edit::LiftHold { hold } => work.lift(hold)?,
            Edit::ReleaseNow => work.release_now()?,
            Edit::Cancel => work.cancel_all()?,
        }
        work.outcome.order.updated_at = now;
        let by_person = matches!(actor, Actor::Person { .. });
        if by_person
            && !remark
            && !matches!(edit, Edit::Hold { .. } | Edit::LiftHold { .. } | Edit::ReleaseNow | Edit::Cancel)
        {
            work.outcome.order.edited = true;
        }
        Ok(work)
    }

    pub(super) fn into_outcome(self) -> Outcome {
        self.outcome
    }

    fn set<T: Clone + PartialEq + serde::Serialize>(
        &mut self,
        field: &str,
        of: impl FnOnce(&mut Order) -> &mut T,
        value: &T,
    ) -> Result<(), Refusal> {
        let place = of(&mut self.outcome.order);
        if place == value {
            return Err(Refusal::NoChange);
        }
        let made = change(field, &*place, value);
        place.clone_from(value);
        self.outcome.changes.push(made);
        Ok(())
    }

    fn reachable(&self, reach: Reach) -> impl Iterator<Item = &'a FulfillmentOrder> {
        let of = self.reach;
        self.parts.iter().filter(move |part| {
            let live = !matches!(part.state, FulfillmentState::Rejected | FulfillmentState::Cancelled);
            live && of(part) == reach
        })
    }

    /// Whether some units of the order are with nobody but us.
    fn some_is_ours(&self) -> bool {
        let unplanned = crate::units::account(&self.outcome.order, self.parts)
            .is_ok_and(|accounts| accounts.iter().any(|line| line.unplanned > 0 || line.backordered > 0));
        unplanned || self.parts.iter().any(|part| part.state.is_ours())
    }

    fn ask_all(&mut self, ask: &Ask) {
        let asked: Vec<FulfillmentId> = self.reachable(Reach::Ask).map(|part| part.id.clone()).collect();
        self.asks.extend(asked.into_iter().map(|part| (part, ask.clone(), Afterwards::Cancelled)));
    }

    /// The current copy of a part, to change.
    fn take(&mut self, part: &FulfillmentOrder) -> FulfillmentOrder {
        let known = self.outcome.fulfillments.iter().position(|changed| changed.id == part.id);
        known.map_or_else(|| part.clone(), |position| self.outcome.fulfillments.remove(position))
    }

    /// Takes queued parts back to open; their hand-overs must leave the outbox in the same transaction.
    fn pull_back(&mut self) {
        let queued: Vec<_> = self.parts.iter().filter(|part| part.state == FulfillmentState::Queued).collect();
        for part in queued {
            let mut open = part.clone();
            if open.become_state(FulfillmentState::Open, self.now).is_ok() {
                self.outcome.withdrawn.push(open.id.clone());
                self.outcome.fulfillments.push(open);
            }
        }
    }

    /// A planned order goes back to accepted; others keep their state and are validated again from there.
    fn plan_again(&mut self) {
        self.outcome.replan = true;
        if self.outcome.order.state == OrderState::Planned {
            self.outcome.order.state = OrderState::Accepted;
        }
    }

    fn address(&mut self, ship_to: &Address) -> Result<(), Refusal> {
        let missing = ship_to.missing();
        if !missing.is_empty() {
            return Err(Refusal::AddressIncomplete(missing.join(", ")));
        }
        let changes = address_changes(&self.outcome.order.ship_to, ship_to);
        if changes.is_empty() {
            return Err(Refusal::NoChange);
        }
        // Where every unit is at a warehouse, the order's address is where the parcels go until one agrees to another.
        if self.some_is_ours() || self.reachable(Reach::Ask).next().is_none() {
            self.outcome.order.ship_to = ship_to.clone();
            // What a warehouse refused without a reason we know may well have been the address.
            let cured = RejectionReason::ALL.into_iter();
            let cured = cured.filter(|why| why.is_cured_by_address() || *why == RejectionReason::Other);
            self.outcome.order.cured.extend(cured.map(|why| (why, self.now)));
            self.pull_back();
            self.plan_again();
        }
        self.outcome.changes = changes;
        self.ask_all(&Ask::Address { ship_to: ship_to.clone() });
        Ok(())
    }

    fn shipping_option(&mut self, option: &str) -> Result<(), Refusal> {
        let order = &self.outcome.order;
        if order.shipping_option == option {
            return Err(Refusal::NoChange);
        }
        self.outcome.changes.push(change("shipping_option", &order.shipping_option, option));
        if self.some_is_ours() || self.reachable(Reach::Ask).next().is_none() {
            option.clone_into(&mut self.outcome.order.shipping_option);
            self.pull_back();
            self.plan_again();
        }
        self.ask_all(&Ask::ShippingOption { option: option.to_owned() });
        Ok(())
    }

    fn line(&mut self, line: &LineId) -> Result<&mut OrderLine, Refusal> {
        let found = self.outcome.order.lines.iter_mut().find(|candidate| &candidate.id == line);
        found.ok_or_else(|| Refusal::UnknownLine(line.clone()))
    }

    fn billing(&mut self, total: Money, unit_prices: &[LinePrice]) -> Result<(), Refusal> {
        same_currency(&self.outcome.order, total)?;
        let mut changes = Vec::new();
        for LinePrice { line, unit_price: price } in unit_prices {
            same_currency(&self.outcome.order, *price)?;
            let found = self.line(line)?;
            if found.unit_price != *price {
                changes.push(change(format!("lines.{line}.unit_price"), found.unit_price, price));
                found.unit_price = *price;
            }
        }
        let order = &mut self.outcome.order;
        if order.total != total {
            changes.push(change("total", order.total, total));
            order.total = total;
        }
        if changes.is_empty() {
            return Err(Refusal::NoChange);
        }
        units::countable(&self.outcome.order)?;
        self.outcome.changes = changes;
        self.ask_all(&Ask::Billing { total });
        Ok(())
    }

    fn lot(&mut self, line: &LineId, lot: Option<&str>) -> Result<(), Refusal> {
        let found = self.line(line)?;
        if found.requested_lot.as_deref() == lot {
            return Err(Refusal::NoChange);
        }
        let made = change(format!("lines.{line}.requested_lot"), &found.requested_lot, lot);
        found.requested_lot = lot.map(str::to_owned);
        self.outcome.changes.push(made);
        if self.some_is_ours() {
            self.pull_back();
            self.plan_again();
        }
        if let Some(lot) = lot {
            let holding: Vec<_> = self.reachable(Reach::Ask).filter(|part| part.unshipped_of(line) > 0).collect();
            for part in holding {
                let ask = Ask::Lot { line: line.clone(), lot: lot.to_owned() };
                self.asks.push((part.id.clone(), ask, Afterwards::Cancelled));
            }
        }
        Ok(())
    }

    fn warehouse(&mut self, fulfillment: &FulfillmentId, to: &WarehouseId) -> Result<(), Refusal> {
        let unknown = || Refusal::UnknownPart(fulfillment.clone());
        let part = self.parts.iter().find(|part| &part.id == fulfillment).ok_or_else(unknown)?;
        if part.state.is_final() {
            return Err(unknown());
        }
        if &part.warehouse == to {
            return Err(Refusal::NoChange);
        }
        match (self.reach)(part) {
            Reach::Ours => {
                self.pull_back();
                let mut gone = self.take(part);
                if gone.become_state(FulfillmentState::Cancelled, self.now).is_err() {
                    return Err(unknown());
                }
                self.outcome.fulfillments.push(gone);
                self.moves.push(Move { from: part.id.clone(), to: to.clone(), lines: part.lines.clone() });
                self.plan_again();
            }
            Reach::Ask => {
                self.asks.push((part.id.clone(), Ask::Cancel, Afterwards::PlannedAt { warehouse: to.clone() }));
            }
            Reach::Beyond => return Err(unknown()),
        }
        self.outcome.changes.push(change(format!("{}.warehouse", part.reference), &part.warehouse, to));
        Ok(())
    }

    fn hold(&mut self, hold: Hold) -> Result<(), Refusal> {
        let order = &mut self.outcome.order;
        if order.holds.iter().any(|known| known.id == hold.id) {
            return Err(Refusal::NoChange);
        }
        self.outcome.changes.push(change(format!("holds.{}", hold.id), serde_json::Value::Null, &hold));
        order.holds.push(hold.clone());
        if !hold.keeps_stock && hold.fulfillment.is_none() {
            // Its stock goes to others meanwhile: planning takes its open parts back.
            self.plan_again();
        }
        let ask = Ask::Hold { hold: hold.id, reason: hold.reason, note: hold.note };
        match hold.fulfillment {
            None => {
                self.pull_back();
                self.ask_all(&ask);
            }
            Some(only) => {
                let part = self.parts.iter().find(|part| part.id == only).ok_or(Refusal::UnknownPart(only))?;
                if part.state == FulfillmentState::Queued {
                    let mut open = part.clone();
                    if open.become_state(FulfillmentState::Open, self.now).is_ok() {
                        self.outcome.withdrawn.push(open.id.clone());
                        self.outcome.fulfillments.push(open);
                    }
                } else if (self.reach)(part) == Reach::Ask {
                    self.asks.push((part.id.clone(), ask, Afterwards::Cancelled));
                }
            }
        }
        Ok(())
    }

    fn lift(&mut self, hold: &crate::id::HoldId) -> Result<(), Refusal> {
        let order = &mut self.outcome.order;
        let position = order.holds.iter().position(|known| &known.id == hold);
        let lifted = order.holds.remove(position.ok_or_else(|| Refusal::UnknownHold(hold.clone()))?);
        order.past_causes.extend(lifted.cause.clone());
        if !lifted.keeps_stock && order.state == OrderState::Accepted {
            // Its stock was freed: it is planned anew.
            self.outcome.replan = true;
        }
        self.outcome.changes.push(change(format!("holds.{hold}"), &lifted, serde_json::Value::Null));
        // Before planning there is nothing to release: planning releases what it makes.
        if self.outcome.order.state == OrderState::Planned {
            self.outcome.release = self.free_parts().map(|part| part.id.clone()).collect();
        }
        for request in self.requests {
            let stopped = matches!(request.state, ChangeRequestState::Accepted | ChangeRequestState::Sent)
                || request.state == ChangeRequestState::Draft;
            let holds = request.asks.iter().any(|ask| matches!(ask, Ask::Hold { hold: held, .. } if held == hold));
            if stopped && holds {
                let resume = Ask::Resume { hold: hold.clone() };
                self.asks.push((request.fulfillment.clone(), resume, Afterwards::Cancelled));
            }
        }
        Ok(())
    }

    /// Open parts that nothing holds.
    fn free_parts(&self) -> impl Iterator<Item = &'a FulfillmentOrder> {
        let (holds, now) = (self.outcome.order.holds.clone(), self.now);
        self.parts.iter().filter(move |part| {
            part.state == FulfillmentState::Open && hold::stopping(&holds, &part.id, now).next().is_none()
        })
    }

    fn release_now(&mut self) -> Result<(), Refusal> {
        let order = &self.outcome.order;
        let free: Vec<_> = self.free_parts().collect();
        let active = order.holds.iter().filter(|hold| hold.is_active(self.now)).count();
        if free.is_empty() && active > 0 {
            return Err(Refusal::Held(active));
        }
        if order.state != OrderState::Planned {
            return Err(Refusal::NotPlanned(order.state));
        }
        for part in free {
            let mut released = part.clone();
            released.release_at = Some(released.release_at.map_or(self.now, |at| at.min(self.now)));
            if released.release_at != part.release_at {
                let field = format!("{}.release_at", part.reference);
                self.outcome.changes.push(change(field, part.release_at, released.release_at));
            }
            self.outcome.release.push(released.id.clone());
            self.outcome.fulfillments.push(released);
        }
        if self.outcome.release.is_empty() {
            still_ours(self.parts)?;
            return Err(Refusal::NoChange);
        }
        let now = self.now;
        self.outcome.order.editable_until = self.outcome.order.editable_until.map(|until| until.min(now));
        Ok(())
    }
}

fn same_currency(order: &Order, amount: Money) -> Result<(), Refusal> {
    if amount.currency == order.currency {
        Ok(())
    } else {
        Err(Refusal::OutOfRange(format!("{amount} on an order in {}", order.currency)))
    }
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
