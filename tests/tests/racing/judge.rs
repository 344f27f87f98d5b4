//! Whether a race ended as it must: what was granted is what left, what left was not granted away, and nothing is
//! promised, sent or counted twice.
//!
//! The judge replays the record of everything the store kept and every call that reached a warehouse, and keeps its own
//! books: what the order must say after each granted wish, and which parts have left. It asks neither the engine nor
//! `core::edit` for a verdict; of the stored rows it believes only what the books allow.

mod answers;
mod rest;

use std::collections::BTreeMap;

use switchyard_connectors::contract::{Command, FulfillmentRequest};
use switchyard_core::address::Address;
use switchyard_core::change_request::{Ask, ChangeRequestState};
use switchyard_core::edit::Edit;
use switchyard_core::edit::verdict::Verdict;
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::hold::Hold;
use switchyard_core::id::{FulfillmentId, HandOverId, LineId};
use switchyard_core::order::{Order, OrderState};
use switchyard_core::quantity::Quantity;
use switchyard_engine::handle::Edited;
use switchyard_store::contract::{Attempt, Changes, Write};

use crate::track::{Finish, Told};
use crate::turnstile::Event;

/// How races ended, summed up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) races: u64,
    /// Wishes granted at once.
    pub(crate) granted: u64,
    /// Of those, wishes that took a part back from the outbox.
    pub(crate) pulled_back: u64,
    /// Wishes of which at least a part became a request.
    pub(crate) requested: u64,
    /// Wishes answered with the order as it is now.
    pub(crate) stale: u64,
    /// Wishes refused because a warehouse has it.
    pub(crate) too_late: u64,
    /// Wishes refused for another reason.
    pub(crate) denied: u64,
    /// Second deliveries of a wish that was granted.
    pub(crate) repeated: u64,
    /// Hand-overs that arrived.
    pub(crate) arrived: u64,
    /// Hand-overs that arrived again.
    pub(crate) arrived_again: u64,
    /// Change sets the store refused because somebody was first.
    pub(crate) refused_commits: u64,
    /// Races at whose end something is held.
    pub(crate) ended_held: u64,
    /// Races whose order ended cancelled.
    pub(crate) ended_cancelled: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.races += other.races;
        self.granted += other.granted;
        self.pulled_back += other.pulled_back;
        self.requested += other.requested;
        self.stale += other.stale;
        self.too_late += other.too_late;
        self.denied += other.denied;
        self.repeated += other.repeated;
        self.arrived += other.arrived;
        self.arrived_again += other.arrived_again;
        self.refused_commits += other.refused_commits;
        self.ended_held += other.ended_held;
        self.ended_cancelled += other.ended_cancelled;
    }
}

type Judged<T> = Result<T, String>;

macro_rules! must {
    ($holds:expr, $($why:tt)*) => {
        if !$holds {
            return Err(format!($($why)*));
        }
    };
}

use must;

/// A stay of a part at its warehouse: from this event until that one.
#[derive(Debug, Clone, Copy)]
struct Away {
    from: usize,
    until: Option<usize>,
}

/// The judge's books about one part.
#[derive(Debug, Clone)]
struct Part {
    record: FulfillmentOrder,
    away: Vec<Away>,
    /// Where its warehouse must send it, once it has left.
    ship_to: Option<Address>,
    /// Granted: this part must not leave any more.
    cancelled: bool,
}

impl Part {
    fn is_away(&self) -> bool {
        self.away.last().is_some_and(|stay| stay.until.is_none())
    }

    fn was_away_between(&self, asked: usize, answered: usize) -> bool {
        self.away.iter().any(|stay| stay.from <= answered && stay.until.is_none_or(|until| until >= asked))
    }
}

struct Books<'a> {
    finish: &'a Finish,
    /// What the order must say.
    ship_to: Address,
    wanted: BTreeMap<LineId, Quantity>,
    holds: Vec<Hold>,
    parts: BTreeMap<FulfillmentId, Part>,
    hand_overs: BTreeMap<HandOverId, HandOver>,
    /// Keys of wishes that were kept, and when.
    kept: BTreeMap<&'a str, usize>,
    /// The order at each revision.
    orders: BTreeMap<i64, Order>,
    /// Where a stored order belies what was granted. The race is judged on, to see what came of it.
    lost: Vec<String>,
}

/// Judges a race.
///
/// # Errors
/// The first thing that must not be, in words.
pub(crate) fn judge(finish: &Finish) -> Judged<Tally> {
    let mut books = Books {
        finish,
        ship_to: Address::default(),
        wanted: BTreeMap::new(),
        holds: Vec::new(),
        parts: BTreeMap::new(),
        hand_overs: BTreeMap::new(),
        kept: BTreeMap::new(),
        orders: BTreeMap::new(),
        lost: Vec::new(),
    };
    let judged = books.judge();
    match (judged, books.lost.as_slice()) {
        (judged, []) => judged,
        (Ok(_), lost) => Err(lost.join("; ")),
        (Err(why), lost) => Err(format!("{why}; before that: {}", lost.join("; "))),
    }
}

impl Books<'_> {
    fn judge(&mut self) -> Judged<Tally> {
        let finish = self.finish;
        let books = self;
        let mut tally = Tally { races: 1, refused_commits: finish.refused, ..Tally::default() };
        let mut first = true;
        for (at, event) in finish.events.iter().enumerate() {
            match event {
                Event::Begins => {}
                Event::Kept(changes) => {
                    if let Some(order) = order_of(changes).filter(|_| std::mem::take(&mut first)) {
                        books.open(order);
                    }
                    books.kept(at, changes).map_err(|why| format!("event {at}: {why}"))?;
                }
                Event::Arrived { request, already } => {
                    books.arrived(request).map_err(|why| format!("event {at}: {why}"))?;
                    tally.arrived += 1;
                    tally.arrived_again += u64::from(*already);
                }
                Event::Asked { command, yes } => books.asked(command, *yes)?,
            }
        }
        for told in &finish.told {
            books.told(told, &mut tally).map_err(|why| format!("{}: {why}", told.request.reason))?;
        }
        books.at_rest()?;
        tally.ended_held += u64::from(!books.holds.is_empty());
        tally.ended_cancelled += u64::from(finish.file.order.state == OrderState::Cancelled);
        Ok(tally)
    }
}

fn order_of(changes: &Changes) -> Option<&Order> {
    changes.writes.iter().find_map(|write| match write {
        Write::Order { order, .. } => Some(&**order),
        _ => None,
    })
}

/// The answer that came with verdicts; a repeated delivery has none.
fn granted<'a>(finish: &'a Finish, key: &str) -> Option<(&'a Told, &'a Edited)> {
    let of_key = finish.told.iter().filter(|told| told.request.key.as_deref() == Some(key));
    let answered = of_key.filter_map(|told| told.answer.as_ref().ok().map(|edited| (told, edited)));
    answered.max_by_key(|(_, edited)| edited.verdicts.len())
}

impl<'a> Books<'a> {
    /// What the order says before anybody wishes anything.
    fn open(&mut self, order: &Order) {
        self.ship_to = order.ship_to.clone();
        self.wanted = order.lines.iter().map(|line| (line.id.clone(), line.wanted())).collect();
    }

    fn part(&mut self, id: &FulfillmentId) -> Judged<&mut Part> {
        self.parts.get_mut(id).ok_or_else(|| format!("{id} has never been stored"))
    }

    fn kept(&mut self, at: usize, changes: &'a Changes) -> Judged<()> {
        if let Some(command) = &changes.command {
            let before = self.kept.insert(&command.key, at);
            must!(before.is_none(), "{} was carried out twice", command.key);
            self.wish(&command.key)?;
        }
        // An answered request changes the order as the warehouse said.
        let answered = changes.writes.iter().any(
            |write| matches!(write, Write::ChangeRequest(request) if !request.state.is_open() && request.revision > 0),
        );
        if let Some(order) = order_of(changes) {
            self.order(order, answered);
        }
        let starts = changes.writes.iter().find_map(|write| match write {
            Write::AttemptStarted(attempt) => Some(attempt),
            _ => None,
        });
        for write in &changes.writes {
            match write {
                Write::Fulfillment(part) => self.part_changes(at, part, changes),
                Write::HandOver(hand_over) => self.hand_over(at, hand_over, starts)?,
                Write::ChangeRequest(request) if request.state == ChangeRequestState::Accepted => {
                    for ask in &request.asks {
                        if let Ask::Address { ship_to } = ask
                            && self.part(&request.fulfillment)?.is_away()
                        {
                            self.part(&request.fulfillment)?.ship_to = Some(ship_to.clone());
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Books a wish that was kept: what it says from now on holds.
    fn wish(&mut self, key: &str) -> Judged<()> {
        let (told, edited) = granted(self.finish, key).ok_or_else(|| format!("{key} was kept and not granted"))?;
        let mut at_once = edited.verdicts.is_empty();
        for verdict in &edited.verdicts {
            let Some(id) = &verdict.fulfillment else {
                at_once = true;
                continue;
            };
            let part = self.part(id)?;
            let (away, reference) = (part.is_away(), part.record.reference.clone());
            match &verdict.ruling.verdict {
                Verdict::Direct { .. } | Verdict::PullBack => {
                    must!(!away, "{key} was granted at once for {reference}, which had left");
                    at_once = true;
                    part.cancelled |= told.request.edits == [Edit::Cancel];
                }
                Verdict::ChangeRequest { .. } => must!(away, "{key} became a request although {reference} is here"),
                Verdict::Refused { .. } => must!(away, "{key} was refused for {reference}, which is here"),
                Verdict::NewFulfillment => return Err(format!("{key} made a new fulfillment order")),
            }
        }
        let [edit] = told.request.edits.as_slice() else { return Err(format!("{key} is no single wish")) };
        match edit {
            Edit::Address { ship_to } if at_once => self.ship_to = ship_to.clone(),
            Edit::Quantity { .. } | Edit::Cancel => {
                // As told: what a warehouse has stays wanted until it has given it up.
                for line in &edited.order.lines {
                    let before = self.wanted.insert(line.id.clone(), line.wanted());
                    must!(before.is_some_and(|before| line.wanted() <= before), "{key} raised {}", line.sku);
                }
            }
            Edit::Hold { note, .. } => {
                let hold = edited.order.holds.iter().find(|hold| &hold.note == note);
                self.holds.push(hold.ok_or_else(|| format!("{key} placed no hold"))?.clone());
            }
            Edit::LiftHold { hold } => self.holds.retain(|known| &known.id != hold),
            _ => {}
        }
        Ok(())
    }

    /// Whatever rewrites the order, what was granted stands.
    fn order(&mut self, order: &Order, answered: bool) {
        if answered {
            self.open(order);
        }
        if order.ship_to != self.ship_to {
            self.lost.push(format!("the order goes to {}, not {}", order.ship_to.line1, self.ship_to.line1));
        }
        for line in &order.lines {
            let wanted = self.wanted.get(&line.id).copied();
            if Some(line.wanted()) != wanted {
                self.lost.push(format!("{} x {} wanted, not {wanted:?}", line.wanted(), line.sku));
            }
        }
        self.holds.retain(|hold| order.holds.contains(hold) || hold.is_active(order.updated_at));
        if order.holds != self.holds {
            self.lost.push(format!("the order is held by {:?}, not {:?}", order.holds, self.holds));
        }
        self.orders.insert(order.revision + 1, order.clone());
    }

    fn part_changes(&mut self, at: usize, record: &FulfillmentOrder, changes: &Changes) {
        let part = self.parts.entry(record.id.clone()).or_insert_with(|| Part {
            record: record.clone(),
            away: Vec::new(),
            ship_to: None,
            cancelled: false,
        });
        part.record = record.clone();
        // Back only by the outcome of a try that sent nothing, or by the warehouse's word.
        let by_wish = changes.command.is_some();
        let back =
            record.state.is_ours() || matches!(record.state, FulfillmentState::Rejected | FulfillmentState::Cancelled);
        if part.is_away()
            && back
            && !by_wish
            && let Some(stay) = part.away.last_mut()
        {
            stay.until = Some(at);
        }
    }

    fn hand_over(&mut self, at: usize, hand_over: &HandOver, starts: Option<&Attempt>) -> Judged<()> {
        let known = self.hand_overs.insert(hand_over.id.clone(), hand_over.clone());
        if let Some(attempt) = starts.filter(|attempt| attempt.subject == hand_over.id.as_str()) {
            self.leaves(at, hand_over, known.as_ref(), attempt)?;
        }
        Ok(())
    }

    /// A part leaves: it must be at home or in doubt, nothing may stop it, and what leaves must be what is wanted now.
    fn leaves(&mut self, at: usize, hand_over: &HandOver, known: Option<&HandOver>, attempt: &Attempt) -> Judged<()> {
        let frozen = known.and_then(|known| known.payload.clone());
        let id = &hand_over.fulfillment;
        let others = self.hand_overs.values().filter(|other| &other.fulfillment == id && other.id != hand_over.id);
        let twice = others.filter(|other| {
            !matches!(other.state, HandOverState::Ready | HandOverState::Withdrawn | HandOverState::Refused)
        });
        must!(twice.count() == 0, "{id} leaves a second time");
        must!(known.is_some_and(|known| known.state == HandOverState::Ready), "{id} leaves and was not ready");
        let ship_to = self.ship_to.clone();
        let stopping: Vec<String> = self
            .holds
            .iter()
            .filter(|hold| hold.is_active(attempt.started_at))
            .filter(|hold| hold.fulfillment.as_ref().is_none_or(|only| only == id))
            .map(|hold| hold.note.clone())
            .collect();
        let part = self.part(id)?;
        let reference = part.record.reference.clone();
        let payload = hand_over.payload.clone().ok_or_else(|| format!("{reference} leaves without a payload"))?;
        let request: FulfillmentRequest = serde_json::from_value(payload.clone()).map_err(|error| error.to_string())?;
        must!(request.reference == reference, "{reference} leaves as {}", request.reference);
        if part.is_away() {
            must!(frozen.as_ref() == Some(&payload), "{reference} is sent again with another payload");
            return Ok(());
        }
        must!(stopping.is_empty(), "{reference} leaves although it is held by {stopping:?}");
        must!(!part.cancelled, "{reference} leaves although it was cancelled");
        must!(request.ship_to == ship_to, "{reference} leaves to {:?}, not {ship_to:?}", request.ship_to);
        let asked: Vec<(String, Quantity)> =
            part.record.lines.iter().map(|line| (line.line.to_string(), line.quantity)).collect();
        let sent: Vec<(String, Quantity)> =
            request.lines.iter().map(|line| (line.reference.clone(), line.quantity)).collect();
        must!(asked == sent, "{reference} leaves with {sent:?}, not {asked:?}");
        part.away.push(Away { from: at, until: None });
        part.ship_to = Some(request.ship_to);
        self.nothing_too_many()
    }

    /// No more units are away than are wanted.
    fn nothing_too_many(&self) -> Judged<()> {
        for (line, wanted) in &self.wanted {
            let away: Quantity =
                self.parts.values().filter(|part| part.is_away()).map(|part| part.record.quantity_of(line)).sum();
            must!(away <= *wanted, "{away} units of {line} have left and {wanted} are wanted");
        }
        Ok(())
    }

    /// What arrives is what was frozen, of a part that has left.
    fn arrived(&mut self, request: &FulfillmentRequest) -> Judged<()> {
        let reference = &request.reference;
        let found = self.parts.values().find(|part| &part.record.reference == reference);
        let part = found.ok_or_else(|| format!("{reference} arrives and is no part"))?;
        must!(part.is_away(), "{reference} arrives although it is here");
        let of_part = self.hand_overs.values().filter(|hand_over| hand_over.fulfillment == part.record.id);
        let sent = of_part.filter(|hand_over| {
            hand_over.payload.as_ref().is_some_and(|payload| {
                serde_json::from_value::<FulfillmentRequest>(payload.clone()).is_ok_and(|frozen| &frozen == request)
            })
        });
        must!(sent.count() == 1, "{reference} arrives as nobody sent it: {request:?}");
        Ok(())
    }

    fn asked(&self, command: &Command, _yes: bool) -> Judged<()> {
        let (Command::CancelFulfillment { reference, .. } | Command::ChangeAddress { reference, .. }) = command else {
            return Err(format!("a warehouse was asked for {command:?}"));
        };
        let found = self.parts.values().find(|part| &part.record.reference == reference);
        must!(found.is_some_and(Part::is_away), "the warehouse was asked about {reference}, which is here");
        Ok(())
    }
}
