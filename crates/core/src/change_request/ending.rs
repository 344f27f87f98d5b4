//! How change requests end: refused, partly accepted, unanswered, overtaken by a departure, accepted.
//!
//! Each ending is a pure function from records to records. Nothing is ever treated as a yes but a yes, and a departure is
//! booked whatever was asked. Where a person has to choose, an [`AttentionItem`] names the ways that are left.

use super::{Afterwards, Answer, Ask, AskKind, ChangeRequest, ChangeRequestState, Facts, LineUnits};
use crate::attention::{AttentionItem, Choice};
use crate::code::Code;
use crate::edit::Move;
use crate::fulfillment::{self, FulfillmentLine, FulfillmentOrder, FulfillmentState};
use crate::id::{LineId, ReturnId};
use crate::lifecycle::{Lifecycle as _, Refused};
use crate::order::{self, LineKind, Order, OrderState};
use crate::quantity::Quantity;
use crate::return_order::{Announcement, Return, ReturnCause, ReturnItem};
use crate::time::Timestamp;
use crate::units::Departure;

/// What happened to a request that is with a warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It does all of it.
    Accepted,
    /// It gives up some of the units it was asked for.
    PartlyAccepted {
        /// Units it gives up, by line; never more than asked for are taken.
        given_up: Vec<LineUnits>,
        /// Whether it does what it was asked for beside the units, such as another address.
        rest_done: bool,
        /// Why not all, in its words.
        reason: String,
    },
    /// It does nothing of it.
    Refused {
        /// Why, in its words.
        reason: String,
    },
    /// It has not answered, and its time is over.
    Silence,
}

/// The records of one order, as they were read.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a> {
    /// The order.
    pub order: &'a Order,
    /// All its parts.
    pub parts: &'a [FulfillmentOrder],
    /// All change requests about them.
    pub requests: &'a [ChangeRequest],
}

/// What follows from a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The order as it is now.
    pub order: Order,
    /// The part as it is now; unchanged unless units were given up.
    pub part: FulfillmentOrder,
    /// The request as it ended.
    pub request: ChangeRequest,
    /// Drafts that have lost their object, because nothing is left of the part.
    pub withdrawn: Vec<ChangeRequest>,
    /// Whether the part was queued and its hand-over has to leave the outbox.
    pub pulled_back: bool,
    /// Whether the order has to be planned again.
    pub replan: bool,
    /// Units with a warehouse of somebody's choice.
    pub moves: Vec<Move>,
    /// What a person must decide.
    pub attention: Vec<AttentionItem>,
}

/// Ends a request by what its warehouse replied.
///
/// # Errors
/// [`Refused`] when the request cannot end like that, such as by silence before its deadline; nothing changed.
pub fn end(records: Records<'_>, request: &ChangeRequest, reply: &Reply, now: Timestamp) -> Result<Ending, Refused> {
    let to = match reply {
        Reply::Accepted | Reply::PartlyAccepted { .. } => ChangeRequestState::Accepted,
        Reply::Refused { .. } => ChangeRequestState::Refused,
        Reply::Silence => ChangeRequestState::Expired,
    };
    let overdue = request.deadline.is_some_and(|deadline| deadline <= now);
    request.state.check(to, &Facts { overdue, ..Facts::default() })?;
    let mut ending = Ending::begin(records, request, to)?;
    let asked = asked_units(request, &ending.part);
    match reply {
        Reply::Accepted => ending.do_it(records, &asked, &asked, true, "", now)?,
        Reply::PartlyAccepted { given_up, rest_done, reason } => {
            ending.do_it(records, &asked, given_up, *rest_done, reason, now)?;
            let units = |list: &[LineUnits]| list.iter().map(|line| u64::from(line.units)).sum::<u64>();
            let (given, all) =
                (ending.request.answer.as_ref().map_or(0, |answer| units(&answer.given_up)), units(&asked));
            let reference = &ending.part.reference;
            let what = format!("{given} of {all} units of {reference} were given up; {} ship", all - given);
            ending.say(Code::ChangeRefused, what, reason, &refusal_ways(request), now);
        }
        Reply::Refused { reason } => {
            ending.request.answer = Some(Answer { at: now, given_up: Vec::new(), kept: asked, reason: reason.clone() });
            let what = format!("The warehouse refused to change {}; it ships as it is", ending.part.reference);
            ending.say(Code::ChangeRefused, what, reason, &refusal_ways(request), now);
        }
        Reply::Silence => {
            let reference = &ending.part.reference;
            let what = format!("The warehouse has not answered the request about {reference}; nothing has changed");
            let ways = [Choice::TryAgain, Choice::CallWarehouse, Choice::LetItShip];
            ending.say(Code::ChangeUnanswered, what, "", &ways, now);
        }
    }
    ending.withdraw_drafts(records);
    Ok(ending)
}

/// The warehouse of an open request has its part no longer: it refused the whole part, finished with less, or never got it
/// and the part is ours again. What was asked for is done with the units that came back, so that nobody plans or sends
/// again what nobody wants. A part that was queued again is pulled back to open for it.
///
/// # Errors
/// [`Refused`] when the request is not open, or the warehouse has the part.
pub fn came_back(records: Records<'_>, request: &ChangeRequest, now: Timestamp) -> Result<Ending, Refused> {
    let to = match request.state {
        ChangeRequestState::Sent => ChangeRequestState::Accepted,
        _ => ChangeRequestState::Withdrawn,
    };
    request.state.check(to, &Facts::default())?;
    let mut ending = Ending::begin(records, request, to)?;
    let ours = ending.part.state.is_ours();
    if !ours && !ending.part.state.is_final() {
        return Err(Refused::NoArrow { noun: "a change request", from: request.state.as_str(), to: to.as_str() });
    }
    if ending.part.state == FulfillmentState::Queued {
        ending.part.advance(FulfillmentState::Open, &fulfillment::Facts::of(&ending.part), now)?;
        ending.pulled_back = true;
    }
    let asked = asked_units(request, &ending.part);
    ending.do_it(records, &asked, &asked, true, "the warehouse has it no longer", now)?;
    if ours && !ending.order.state.is_final() {
        ending.replan = true;
        if ending.order.state == OrderState::Planned {
            ending.order.state = OrderState::Accepted;
        }
    }
    Ok(ending)
}

/// The ways out after a no, the usual one first.
fn refusal_ways(request: &ChangeRequest) -> Vec<Choice> {
    let mut ways = vec![Choice::LetItShip, Choice::AnnounceReturn, Choice::TryAgain, Choice::CarrierIntercept];
    if request.asks_for(AskKind::Cancel) || request.asks_for(AskKind::Quantity) {
        ways.push(Choice::AskForUnpicked);
    }
    ways
}

/// Units the request asks the part not to ship, by line, as far as they have not left.
fn asked_units(request: &ChangeRequest, part: &FulfillmentOrder) -> Vec<LineUnits> {
    let mut lines: Vec<&LineId> = part.lines.iter().map(|entry| &entry.line).collect();
    lines.dedup();
    let units = |line: &LineId| LineUnits { line: line.clone(), units: request.fewer_of(part, line) };
    lines.into_iter().map(units).filter(|line| line.units > 0).collect()
}

/// Units of a line that are with the router.
fn unplanned(records: Records<'_>, line: &LineId) -> Quantity {
    let accounts = crate::units::account(records.order, records.parts).unwrap_or_default();
    accounts.iter().find(|account| &account.line == line).map_or(0, |account| account.unplanned)
}

fn units_of(list: &[LineUnits], line: &LineId) -> Quantity {
    list.iter().filter(|known| &known.line == line).fold(0, |sum, known| sum.saturating_add(known.units))
}

impl Ending {
    fn say(&mut self, code: Code, what: String, words: &str, ways: &[Choice], now: Timestamp) {
        let item = AttentionItem::new(code, &self.order.id, now, what).saying(words).with(ways).about(&self.part.id);
        self.attention.push(AttentionItem { request: Some(self.request.id.clone()), ..item });
    }

    fn begin(records: Records<'_>, request: &ChangeRequest, to: ChangeRequestState) -> Result<Self, Refused> {
        let missing = Refused::NoArrow { noun: "a change request", from: request.state.as_str(), to: to.as_str() };
        let part = records.parts.iter().find(|part| part.id == request.fulfillment).ok_or(missing)?;
        Ok(Self {
            order: records.order.clone(),
            part: part.clone(),
            request: ChangeRequest { state: to, ..request.clone() },
            withdrawn: Vec::new(),
            pulled_back: false,
            replan: false,
            moves: Vec::new(),
            attention: Vec::new(),
        })
    }

    /// Nothing is left of the part: what was still to be asked about it has lost its object.
    fn withdraw_drafts(&mut self, records: Records<'_>) {
        if !self.part.state.is_final() {
            return;
        }
        let drafts = records.requests.iter().filter(|other| {
            other.id != self.request.id && other.fulfillment == self.part.id && other.state == ChangeRequestState::Draft
        });
        self.withdrawn =
            drafts.map(|draft| ChangeRequest { state: ChangeRequestState::Withdrawn, ..draft.clone() }).collect();
    }

    /// The warehouse does it, as far as it says. Units of a part that has ended are with the router: there they are taken.
    fn do_it(
        &mut self,
        records: Records<'_>,
        asked: &[LineUnits],
        given_up: &[LineUnits],
        rest_done: bool,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let mut answer = Answer { at: now, given_up: Vec::new(), kept: Vec::new(), reason: reason.to_owned() };
        let ended = self.part.state.is_final();
        for LineUnits { line, units } in asked {
            let mut given = units_of(given_up, line).min(*units);
            if ended {
                given = given.min(unplanned(records, line));
                self.cancel(line, given);
            } else {
                self.give_up(line, given);
            }
            if given > 0 {
                answer.given_up.push(LineUnits { line: line.clone(), units: given });
            }
            if given < *units {
                answer.kept.push(LineUnits { line: line.clone(), units: units - given });
            }
        }
        if rest_done {
            self.request.asks.iter().for_each(|ask| ask.settle_on(&mut self.order));
        }
        if !answer.given_up.is_empty() {
            if !ended {
                self.settle_part(now)?;
            }
            self.settle_order(records.parts, &answer);
        }
        self.order.updated_at = now;
        self.request.answer = Some(answer);
        Ok(())
    }

    fn cancel(&mut self, line: &LineId, units: Quantity) {
        if self.request.afterwards == Afterwards::Cancelled
            && let Some(found) = self.order.lines.iter_mut().find(|candidate| &candidate.id == line)
        {
            found.cancelled = found.cancelled.saturating_add(units).min(found.ordered);
        }
    }

    /// Units are taken off the part, and cancelled unless they are to go elsewhere.
    fn give_up(&mut self, line: &LineId, units: Quantity) {
        let mut left = units;
        for entry in self.part.lines.iter_mut().filter(|entry| &entry.line == line) {
            let taken = left.min(entry.quantity - entry.shipped);
            entry.quantity -= taken;
            left -= taken;
        }
        // What its units are made of is remembered: they may leave all the same, as components.
        self.part.lines.retain(|entry| entry.quantity > 0 || entry.kit.is_some());
        self.cancel(line, units - left);
    }

    /// A part with nothing left to ship has ended: cancelled when nothing left it, else shipped.
    fn settle_part(&mut self, now: Timestamp) -> Result<(), Refused> {
        let facts = fulfillment::Facts { cancel_accepted: true, ..fulfillment::Facts::of(&self.part) };
        if facts.shipped < facts.asked {
            return Ok(());
        }
        if self.part.state.is_ours() {
            return self.part.advance(FulfillmentState::Cancelled, &facts, now);
        }
        if self.part.state == FulfillmentState::Unconfirmed {
            // Whoever answers about it has it.
            self.part.advance(FulfillmentState::Accepted, &facts, now)?;
        }
        let to = if facts.shipped == 0 { FulfillmentState::Cancelled } else { FulfillmentState::Shipped };
        if self.part.state == to || self.part.state.is_final() { Ok(()) } else { self.part.advance(to, &facts, now) }
    }

    fn plan_again(&mut self) {
        self.replan = true;
        if self.order.state == OrderState::Planned {
            self.order.state = OrderState::Accepted;
        }
    }

    fn settle_order(&mut self, parts: &[FulfillmentOrder], answer: &Answer) {
        if let Afterwards::PlannedAnew { with } = &self.request.afterwards {
            with.settle_on(&mut self.order);
            self.plan_again();
            return;
        }
        if let Afterwards::PlannedAt { warehouse } = &self.request.afterwards {
            let lines = answer.given_up.iter().map(|given| FulfillmentLine {
                line: given.line.clone(),
                quantity: given.units,
                shipped: 0,
                kit: None,
            });
            self.moves.push(Move { from: self.part.id.clone(), to: warehouse.clone(), lines: lines.collect() });
            self.plan_again();
            return;
        }
        if self.order.lines.iter().any(|line| line.to_ship() > 0) {
            return;
        }
        let now: Vec<FulfillmentOrder> =
            parts.iter().map(|part| if part.id == self.part.id { self.part.clone() } else { part.clone() }).collect();
        let facts = order::Facts::of(&self.order, &now, &[]);
        if facts.is_ok_and(|facts| self.order.state.check(OrderState::Cancelled, &facts).is_ok()) {
            for line in self.order.lines.iter_mut().filter(|line| line.kind == LineKind::Fee) {
                line.cancelled = line.ordered;
            }
            self.order.state = OrderState::Cancelled;
        }
    }
}

/// What follows from a departure for the requests about the part it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departed {
    /// Requests that ended by it.
    pub requests: Vec<ChangeRequest>,
    /// Returns announced because goods left that nobody wants any more.
    pub returns: Vec<Return>,
    /// What a person must decide.
    pub attention: Vec<AttentionItem>,
}

/// A departure that has been booked ([`crate::units::depart`]).
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// The order after the booking.
    pub order: &'a Order,
    /// The part after the booking.
    pub part: &'a FulfillmentOrder,
    /// Where the units of each line came from.
    pub lines: &'a [(LineId, Departure)],
    /// Whether the shop has cancelled or refunded what left.
    pub cancelled_by_shop: bool,
    /// When it was booked.
    pub at: Timestamp,
}

/// Ends the open requests about a part that goods have left, and announces the return of what nobody wants any more.
#[must_use]
pub fn departed(left: Left<'_>, requests: &[ChangeRequest], new_return: impl FnOnce() -> ReturnId) -> Departed {
    let mut departed = Departed { requests: Vec::new(), returns: Vec::new(), attention: Vec::new() };
    let open = requests.iter().filter(|request| request.fulfillment == left.part.id && request.state.is_open());
    let mut unwanted: Vec<LineUnits> = Vec::new();
    let mut overtaken: Vec<(&ChangeRequest, Vec<LineUnits>)> = Vec::new();
    for request in open {
        let mut of_this: Vec<LineUnits> = Vec::new();
        for (line, departure) in left.lines {
            let units = overtaken_units(request, left.part, line, departure.booked());
            if units > 0 {
                of_this.push(LineUnits { line: line.clone(), units });
            }
        }
        unwanted.extend(of_this.iter().cloned());
        let facts = Facts { shipped: true, ..Facts::default() };
        let rest = left.part.lines.iter().any(|entry| entry.shipped < entry.quantity);
        let to = match request.state {
            ChangeRequestState::Sent => ChangeRequestState::Superseded,
            // What was never asked can still be asked for the units that are there.
            _ if rest => continue,
            _ => ChangeRequestState::Withdrawn,
        };
        if request.state.check(to, &facts).is_ok() {
            departed.requests.push(ChangeRequest { state: to, ..request.clone() });
            overtaken.push((request, of_this));
        }
    }
    for (line, departure) in left.lines.iter().filter(|(_, departure)| departure.cancelled > 0) {
        // They are in no open request any more: cancelled is cancelled.
        unwanted.push(LineUnits { line: line.clone(), units: departure.cancelled });
    }
    let was_cancelled = left.lines.iter().any(|(_, departure)| departure.cancelled > 0);
    let by_shop = left.cancelled_by_shop || left.order.state == OrderState::Cancelled;
    if !unwanted.is_empty() && (by_shop || was_cancelled) {
        departed.announce(left, &unwanted, new_return());
    } else {
        for (request, units) in overtaken {
            departed.attention.push(AttentionItem { units, ..overtaken_item(left, request) });
        }
    }
    let surplus: u64 = left.lines.iter().map(|(_, departure)| u64::from(departure.surplus)).sum();
    if surplus > 0 {
        let what = format!("{surplus} more units left on account of {} than the order has", left.part.reference);
        let item = AttentionItem::new(Code::ShipmentUnexpected, &left.order.id, left.at, what);
        let item = item.about(&left.part.id).with(&[Choice::AnnounceReturn, Choice::LetCustomerKeep]);
        let more = left.lines.iter().filter(|(_, departure)| departure.surplus > 0);
        let units = more.map(|(line, departure)| LineUnits { line: line.clone(), units: departure.surplus }).collect();
        departed.attention.push(AttentionItem { units, ..item });
    }
    departed
}

/// Units that left and that the request wanted to stay: all that left for a cancel, else what the rest cannot cover.
fn overtaken_units(request: &ChangeRequest, part: &FulfillmentOrder, line: &LineId, left: Quantity) -> Quantity {
    let there = part.unshipped_of(line);
    let mut wanted: u64 = 0;
    for ask in &request.asks {
        match ask {
            Ask::Cancel => return left,
            Ask::Quantity { line: asked, fewer } if asked == line => wanted += u64::from(*fewer),
            _ => {}
        }
    }
    Quantity::try_from(wanted.saturating_sub(u64::from(there))).unwrap_or(Quantity::MAX).min(left)
}

fn overtaken_item(left: Left<'_>, request: &ChangeRequest) -> AttentionItem {
    let rest = left.part.lines.iter().any(|entry| entry.shipped < entry.quantity);
    let mut ways = vec![Choice::CarrierIntercept, Choice::AnnounceReturn, Choice::LetItShip];
    if rest {
        ways.insert(0, Choice::TryAgain);
    }
    let what = format!("{} left before the warehouse answered the request about it", left.part.reference);
    let item = AttentionItem::new(Code::ChangeOvertaken, &left.order.id, left.at, what);
    AttentionItem { request: Some(request.id.clone()), ..item.about(&left.part.id).with(&ways) }
}

impl Departed {
    fn announce(&mut self, left: Left<'_>, unwanted: &[LineUnits], id: ReturnId) {
        let mut items: Vec<ReturnItem> = Vec::new();
        for LineUnits { line, units } in unwanted {
            let Some(sku) = left.order.line(line).map(|found| found.sku.clone()) else { continue };
            match items.iter_mut().find(|item| item.line.as_ref() == Some(line)) {
                Some(item) => item.announced = item.announced.saturating_add(*units),
                None => items.push(ReturnItem::announced(Some(line.clone()), sku, *units)),
            }
        }
        let units: u64 = items.iter().map(|item| u64::from(item.announced)).sum();
        let what = format!("{units} units of {} left although they had been cancelled", left.order.number);
        let item = AttentionItem::new(Code::ShippedAfterCancel, &left.order.id, left.at, what);
        let ways = [Choice::CarrierIntercept, Choice::LetCustomerKeep, Choice::CallWarehouse];
        let announced = Some(id.clone());
        self.attention.push(AttentionItem { announced, ..item.about(&left.part.id).with(&ways) });
        self.returns.push(Return::announced(Announcement {
            reference: Return::reference_of(&left.order.number, &id),
            id,
            order: Some(left.order.id.clone()),
            warehouse: left.part.warehouse.clone(),
            cause: ReturnCause::ShippedAfterCancel,
            items,
            tracking_code: String::new(),
            at: left.at,
            expires_at: None,
        }));
    }
}
