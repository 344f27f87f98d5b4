//! A warehouse's shelves and orders.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::Rng;
use switchyard_core::address::Address;
use switchyard_core::time::Timestamp;
use tokio::sync::Notify;

use super::profile::Profile;
use crate::clock::{Clock, SECOND, SimulatedMicros};
use crate::dice::{dice, pick};
use crate::error::{Error, Result};
use crate::ledger::{Ledger, Ticket};
use crate::record::{AcceptedOrder, Entry, Tracking, WarehouseEvent, WarehouseLine};
use crate::text::{Interner, Text};

/// Ids fit 32 bits, as ShipBob's schema asks, and are unique over the warehouses of a sandbox.
const WAREHOUSE_STRIDE: i64 = 10_000_000;
const ORDER_BASE: i64 = 100_000_000;
const SHIPMENT_BASE: i64 = 700_000_000;
/// From the printed label to the carrier's van.
const LABEL_TO_VAN: SimulatedMicros = 10 * SECOND;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Taken and on its shelf; can still be changed.
    Waiting,
    /// Taken, but stock is missing; can still be changed.
    Short,
    /// Being picked: nothing can be changed.
    Picking,
    /// Picked, packed and labelled: it has left the shelves.
    Labelled,
    /// With the carrier.
    Completed,
    /// Will not ship.
    Cancelled,
}

/// An order as it stands.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) accepted: Arc<AcceptedOrder>,
    pub(super) destination: Arc<Address>,
    pub(super) email: Text,
    pub(super) phase: Phase,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) tracking_updated_at: Option<Timestamp>,
    pub(super) shipped: Option<(Timestamp, Tracking)>,
    pub(super) tracking_uploaded: bool,
    due: SimulatedMicros,
}

/// A shelf.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    pub(super) inventory_id: i64,
    pub(super) name: Text,
    pub(super) on_hand: i64,
    pub(super) committed: i64,
}

/// Why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// No such order or shipment.
    NotFound,
    /// Picking has begun, or it has left.
    TooLate,
    /// It was cancelled before.
    Cancelled,
    /// The reference was used before in this channel.
    Repeated,
}

#[derive(Debug, Default)]
struct Book {
    orders: Vec<Order>,
    by_reference: HashMap<Text, usize>,
    by_update: BTreeSet<(i64, usize)>,
    shelves: BTreeMap<Text, Shelf>,
    due: BinaryHeap<Reverse<(SimulatedMicros, usize)>>,
    last_simulated: SimulatedMicros,
    shipped: u64,
    texts: Interner,
}

/// How long work takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) seed: u64,
    /// Mean simulated seconds from acceptance to picking.
    pub(crate) picking_seconds: f64,
    /// Mean simulated seconds from picking to the label.
    pub(crate) shipping_seconds: f64,
}

impl Pace {
    /// Half to one and a half times the mean, decided by the order.
    fn micros(&self, what: &str, order_id: i64, mean_seconds: f64) -> SimulatedMicros {
        let number = u64::try_from(order_id).unwrap_or(0);
        let seconds = mean_seconds * dice(self.seed, what, number).random_range(0.5..1.5);
        #[expect(clippy::cast_possible_truncation, reason = "saturates, and nothing takes 292,000 years")]
        let micros = (seconds * 1_000_000.0) as SimulatedMicros;
        micros
    }
}

/// Which orders a list call wants.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) ids: Option<Vec<i64>>,
    pub(super) references: Option<Vec<String>>,
    pub(super) created: (Option<Timestamp>, Option<Timestamp>),
    pub(super) updated: (Option<Timestamp>, Option<Timestamp>),
    pub(super) tracking_updated: (Option<Timestamp>, Option<Timestamp>),
    pub(super) has_tracking: Option<bool>,
    pub(super) tracking_uploaded: Option<bool>,
    pub(super) newest_first: bool,
    pub(super) skip: usize,
    pub(super) take: usize,
}

fn inside(at: Option<Timestamp>, range: (Option<Timestamp>, Option<Timestamp>)) -> bool {
    if range == (None, None) {
        return true;
    }
    // "Later than" and "earlier than" in the vendor's words: the bound itself is out.
    at.is_some_and(|at| range.0.is_none_or(|from| at > from) && range.1.is_none_or(|to| at < to))
}

impl Wanted {
    fn holds(&self, order: &Order) -> bool {
        inside(Some(order.created_at), self.created)
            && inside(Some(order.updated_at), self.updated)
            && inside(order.tracking_updated_at, self.tracking_updated)
            && self.has_tracking.is_none_or(|wanted| wanted == order.shipped.is_some())
            && self.tracking_uploaded.is_none_or(|wanted| wanted == order.tracking_uploaded)
            && self.ids.as_ref().is_none_or(|ids| ids.contains(&order.accepted.order_id))
    }
}

/// One warehouse: orders and shelves in memory, effects in its ledger.
#[derive(Debug)]
pub(crate) struct Warehouse {
    pub(crate) profile: Profile,
    clock: Arc<Clock>,
    pace: Pace,
    book: Mutex<Book>,
    pub(crate) ledger: Ledger,
    changed: Notify,
}

impl Warehouse {
    /// Opens the warehouse with the effects in the ledger at `path`.
    pub(crate) fn open(profile: Profile, pace: Pace, path: &Path, clock: Arc<Clock>) -> Result<Self> {
        let mut book = Book::default();
        let mut broken = None;
        let mut last = Timestamp::EPOCH;
        let ledger = Ledger::open(path, |entry: Entry<WarehouseEvent>| {
            last = last.max(entry.at);
            if let Err(detail) = book.apply(&profile, &pace, &entry) {
                broken.get_or_insert(detail);
            }
        })?;
        if let Some(detail) = broken {
            return Err(Error::Corrupt { path: path.to_owned(), line: 0, detail });
        }
        clock.not_before(last);
        Ok(Self { profile, clock, pace, book: Mutex::new(book), ledger, changed: Notify::new() })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, book: &mut Book, event: WarehouseEvent) -> Result<Ticket> {
        let entry = Entry { at: self.clock.stamp(), simulated_us: self.clock.simulated(), event };
        book.apply(&self.profile, &self.pace, &entry).map_err(Error::Unknown)?;
        self.changed.notify_one();
        Ok(self.ledger.append(&entry))
    }

    /// Simulated time of the last effect.
    pub(crate) fn last_simulated(&self) -> SimulatedMicros {
        self.book().last_simulated
    }

    /// Orders taken, and those that have left.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let book = self.book();
        (book.orders.len() as u64, book.shipped)
    }

    /// Whether stock was ever counted here.
    pub(crate) fn is_new(&self) -> bool {
        self.book().shelves.is_empty()
    }

    /// Counts stock; orders that were short of it are taken up again.
    pub(crate) fn count_stock(&self, sku: Text, name: Text, on_hand: i64) -> Result<Ticket> {
        let mut book = self.book();
        let event = WarehouseEvent::StockCounted { sku, name, on_hand };
        self.record(&mut book, event)
    }

    /// Takes an order. The ids in `accepted` are given here.
    pub(super) fn accept(&self, mut accepted: AcceptedOrder) -> std::result::Result<(Order, Ticket), Refused> {
        let mut book = self.book();
        if book.by_reference.contains_key(&accepted.reference) {
            return Err(Refused::Repeated);
        }
        let sequence = to_i64(book.orders.len());
        accepted.order_id = self.profile.base(ORDER_BASE) + sequence;
        accepted.shipment_id = self.profile.base(SHIPMENT_BASE) + sequence;
        let ticket = self.record(&mut book, WarehouseEvent::OrderAccepted(accepted)).map_err(|_| Refused::NotFound)?;
        let order = book.orders.last().cloned().ok_or(Refused::NotFound)?;
        Ok((order, ticket))
    }

    fn change(
        &self,
        sequence: Option<usize>,
        event: impl FnOnce(&Order) -> WarehouseEvent,
    ) -> std::result::Result<(Order, Ticket), Refused> {
        let sequence = sequence.ok_or(Refused::NotFound)?;
        // What is due by now has happened, even if the worker has not come round to it yet.
        self.work();
        let mut book = self.book();
        let order = book.orders.get(sequence).ok_or(Refused::NotFound)?;
        match order.phase {
            Phase::Waiting | Phase::Short => {}
            Phase::Cancelled => return Err(Refused::Cancelled),
            Phase::Picking | Phase::Labelled | Phase::Completed => return Err(Refused::TooLate),
        }
        let event = event(order);
        let ticket = self.record(&mut book, event).map_err(|_| Refused::NotFound)?;
        let order = book.orders.get(sequence).cloned().ok_or(Refused::NotFound)?;
        Ok((order, ticket))
    }

    /// Cancels an order that is not being picked yet.
    pub(super) fn cancel(&self, sequence: Option<usize>) -> std::result::Result<(Order, Ticket), Refused> {
        self.change(sequence, |order| WarehouseEvent::OrderCancelled {
            order_id: order.accepted.order_id,
            reference: order.accepted.reference.clone(),
        })
    }

    /// Changes the destination of an order that is not being picked yet; an empty e-mail keeps the old one.
    pub(super) fn move_to(
        &self,
        sequence: Option<usize>,
        destination: impl FnOnce(&Order) -> Address,
        email: Option<Text>,
    ) -> std::result::Result<(Order, Ticket), Refused> {
        self.change(sequence, |order| WarehouseEvent::AddressChanged {
            order_id: order.accepted.order_id,
            reference: order.accepted.reference.clone(),
            destination: destination(order),
            email: email.unwrap_or_else(|| order.email.clone()),
        })
    }

    /// Notes whether the shop knows the tracking of a shipment.
    pub(super) fn mark_uploaded(
        &self,
        sequence: Option<usize>,
        uploaded: bool,
    ) -> std::result::Result<Ticket, Refused> {
        let mut book = self.book();
        let order = sequence.and_then(|sequence| book.orders.get(sequence)).ok_or(Refused::NotFound)?;
        let order_id = order.accepted.order_id;
        self.record(&mut book, WarehouseEvent::TrackingUploaded { order_id, uploaded }).map_err(|_| Refused::NotFound)
    }

    /// The position of an order id.
    pub(super) fn by_order_id(&self, order_id: i64) -> Option<usize> {
        self.book().sequence(order_id - self.profile.base(ORDER_BASE))
    }

    /// The position of a shipment id.
    pub(super) fn by_shipment_id(&self, shipment_id: i64) -> Option<usize> {
        self.book().sequence(shipment_id - self.profile.base(SHIPMENT_BASE))
    }

    pub(super) fn get(&self, sequence: Option<usize>) -> Option<Order> {
        self.book().orders.get(sequence?).cloned()
    }

    /// A page of orders by creation.
    pub(super) fn list(&self, wanted: &Wanted) -> Vec<Order> {
        let book = self.book();
        let mut sequences: Vec<usize> = if let Some(references) = &wanted.references {
            references.iter().filter_map(|reference| book.by_reference.get(reference.as_str()).copied()).collect()
        } else if let Some(from) = wanted.updated.0 {
            book.by_update.range((from.as_micros(), 0)..).map(|(_, sequence)| *sequence).collect()
        } else {
            (0..book.orders.len()).collect()
        };
        sequences.sort_unstable();
        sequences.dedup();
        if wanted.newest_first {
            sequences.reverse();
        }
        let orders = sequences.into_iter().filter_map(|sequence| book.orders.get(sequence));
        orders.filter(|order| wanted.holds(order)).skip(wanted.skip).take(wanted.take).cloned().collect()
    }

    /// Up to `take` shelves in the order of their SKUs, behind the first `skip` of those that `wanted` names.
    pub(super) fn shelves(
        &self,
        skip: usize,
        take: usize,
        wanted: impl Fn(&Text, &Shelf) -> bool,
    ) -> Vec<(Text, Shelf)> {
        let book = self.book();
        let found = book.shelves.iter().filter(|(sku, shelf)| wanted(sku, shelf));
        found.skip(skip).take(take).map(|(sku, shelf)| (sku.clone(), shelf.clone())).collect()
    }

    /// The inventory id of an article.
    pub(super) fn inventory_id(&self, sku: &Text) -> i64 {
        self.book().shelves.get(sku).map_or(0, |shelf| shelf.inventory_id)
    }

    /// Does the work that is due by now; answers the position of its last effect.
    pub(crate) fn work(&self) -> Option<Ticket> {
        let mut last = None;
        let mut book = self.book();
        let now = self.clock.simulated();
        while let Some(Reverse((due, sequence))) = book.due.peek().copied()
            && due <= now
        {
            book.due.pop();
            let Some(order) = book.orders.get(sequence) else { continue };
            // An order that was cancelled or taken up again has a newer entry, or none.
            if order.due != due {
                continue;
            }
            let (order_id, reference) = (order.accepted.order_id, order.accepted.reference.clone());
            let event = match order.phase {
                Phase::Waiting => WarehouseEvent::PickingStarted { order_id, reference },
                Phase::Picking => {
                    let (tracking, lines) = (self.tracking(order), order.accepted.lines.clone());
                    WarehouseEvent::Shipped { order_id, reference, tracking, lines }
                }
                Phase::Labelled => {
                    let at = self.clock.stamp();
                    book.update(sequence, at, |order| order.phase = Phase::Completed);
                    continue;
                }
                Phase::Short | Phase::Completed | Phase::Cancelled => continue,
            };
            // These events name an order that was just found, so they cannot fail.
            match self.record(&mut book, event) {
                Ok(ticket) => last = Some(ticket),
                Err(error) => tracing::error!(%error, "a warehouse could not go on with order {order_id}"),
            }
        }
        last
    }

    fn tracking(&self, order: &Order) -> Tracking {
        let number = u64::try_from(order.accepted.order_id).unwrap_or(0);
        let mut rng = dice(self.pace.seed, "tracking", number);
        let (carrier, _, page) = pick(&mut rng, self.profile.carriers);
        // The order id makes it unique; the draw makes it look like one.
        let code = format!("{}{:04}{:09}", self.profile.country, rng.random_range(0..10_000), order.accepted.order_id);
        Tracking { carrier: carrier.to_owned(), url: format!("{page}{code}"), number: code }
    }

    /// Works whenever something is due, until it is dropped.
    pub(crate) async fn run(&self) {
        loop {
            self.work();
            let next = self.book().due.peek().map_or(SimulatedMicros::MAX, |Reverse((due, _))| *due);
            tokio::select! {
                () = self.clock.sleep_until(next) => {}
                () = self.changed.notified() => {}
            }
        }
    }
}

impl Profile {
    fn base(&self, base: i64) -> i64 {
        base + to_i64(self.index) * WAREHOUSE_STRIDE
    }
}

fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Book {
    fn sequence(&self, offset: i64) -> Option<usize> {
        usize::try_from(offset).ok().filter(|sequence| *sequence < self.orders.len())
    }

    fn update(&mut self, sequence: usize, at: Timestamp, change: impl FnOnce(&mut Order)) {
        if let Some(order) = self.orders.get_mut(sequence) {
            self.by_update.remove(&(order.updated_at.as_micros(), sequence));
            order.updated_at = at;
            change(order);
            self.by_update.insert((at.as_micros(), sequence));
        }
    }

    fn schedule(&mut self, sequence: usize, due: SimulatedMicros) {
        if let Some(order) = self.orders.get_mut(sequence) {
            order.due = due;
            self.due.push(Reverse((due, sequence)));
        }
    }

    fn shelf(&mut self, sku: &Text, name: &Text) -> &mut Shelf {
        let inventory_id = 9_000_000 + to_i64(self.shelves.len());
        let (sku, name) = (self.texts.intern(sku), self.texts.intern(name));
        self.shelves.entry(sku).or_insert(Shelf { inventory_id, name, on_hand: 0, committed: 0 })
    }

    /// Commits the stock of an order if all of it is there.
    fn allocate(&mut self, lines: &[WarehouseLine]) -> bool {
        let mut needed: BTreeMap<&Text, i64> = BTreeMap::new();
        for line in lines {
            *needed.entry(&line.sku).or_default() += i64::from(line.quantity);
        }
        let free = |sku: &Text| self.shelves.get(sku).map_or(0, |shelf| shelf.on_hand - shelf.committed);
        if needed.iter().any(|(sku, units)| free(sku) < *units) {
            return false;
        }
        for (sku, units) in needed {
            if let Some(shelf) = self.shelves.get_mut(sku) {
                shelf.committed += units;
            }
        }
        true
    }

    fn find(&self, profile: &Profile, order_id: i64) -> std::result::Result<usize, String> {
        self.sequence(order_id - profile.base(ORDER_BASE)).ok_or_else(|| format!("order {order_id}"))
    }

    /// The only way state changes, at work and at a restart alike.
    fn apply(
        &mut self,
        profile: &Profile,
        pace: &Pace,
        entry: &Entry<WarehouseEvent>,
    ) -> std::result::Result<(), String> {
        self.last_simulated = self.last_simulated.max(entry.simulated_us);
        let picking = |order_id| entry.simulated_us + pace.micros("picking", order_id, pace.picking_seconds);
        let shipping = |order_id| entry.simulated_us + pace.micros("shipping", order_id, pace.shipping_seconds);
        match &entry.event {
            WarehouseEvent::StockCounted { sku, name, on_hand } => {
                self.shelf(sku, name).on_hand = *on_hand;
                let short: Vec<usize> = (0..self.orders.len())
                    .filter(|sequence| self.orders.get(*sequence).is_some_and(|order| order.phase == Phase::Short))
                    .collect();
                for sequence in short {
                    let Some(accepted) = self.orders.get(sequence).map(|order| order.accepted.clone()) else {
                        continue;
                    };
                    if self.allocate(&accepted.lines) {
                        self.update(sequence, entry.at, |order| order.phase = Phase::Waiting);
                        self.schedule(sequence, picking(accepted.order_id));
                    }
                }
            }
            WarehouseEvent::OrderAccepted(accepted) => {
                let sequence = self.orders.len();
                if accepted.order_id != profile.base(ORDER_BASE) + to_i64(sequence) {
                    return Err(format!("order {} is out of sequence", accepted.order_id));
                }
                let mut accepted = accepted.clone();
                for line in &mut accepted.lines {
                    line.sku = self.texts.intern(&line.sku);
                    line.name = self.texts.intern(&line.name);
                    self.shelf(&line.sku.clone(), &line.name.clone());
                }
                let phase = if self.allocate(&accepted.lines) { Phase::Waiting } else { Phase::Short };
                self.by_reference.insert(accepted.reference.clone(), sequence);
                self.by_update.insert((entry.at.as_micros(), sequence));
                let order_id = accepted.order_id;
                self.orders.push(Order {
                    destination: Arc::new(std::mem::take(&mut accepted.destination)),
                    email: accepted.email.clone(),
                    accepted: Arc::new(accepted),
                    phase,
                    created_at: entry.at,
                    updated_at: entry.at,
                    tracking_updated_at: None,
                    shipped: None,
                    tracking_uploaded: false,
                    due: SimulatedMicros::MAX,
                });
                if phase == Phase::Waiting {
                    self.schedule(sequence, picking(order_id));
                }
            }
            WarehouseEvent::AddressChanged { order_id, destination, email, .. } => {
                let sequence = self.find(profile, *order_id)?;
                self.update(sequence, entry.at, |order| {
                    order.destination = Arc::new(destination.clone());
                    order.email = email.clone();
                });
            }
            WarehouseEvent::OrderCancelled { order_id, .. } => {
                let sequence = self.find(profile, *order_id)?;
                let held = self.orders.get(sequence).filter(|order| order.phase == Phase::Waiting);
                if let Some(accepted) = held.map(|order| order.accepted.clone()) {
                    self.take_off(&accepted.lines, false);
                }
                self.update(sequence, entry.at, |order| {
                    order.phase = Phase::Cancelled;
                    order.due = SimulatedMicros::MAX;
                });
            }
            WarehouseEvent::PickingStarted { order_id, .. } => {
                let sequence = self.find(profile, *order_id)?;
                self.update(sequence, entry.at, |order| order.phase = Phase::Picking);
                self.schedule(sequence, shipping(*order_id));
            }
            WarehouseEvent::Shipped { order_id, tracking, lines, .. } => {
                let sequence = self.find(profile, *order_id)?;
                self.take_off(lines, true);
                self.shipped += 1;
                self.update(sequence, entry.at, |order| {
                    order.phase = Phase::Labelled;
                    order.shipped = Some((entry.at, tracking.clone()));
                    order.tracking_updated_at = Some(entry.at);
                });
                self.schedule(sequence, entry.simulated_us + LABEL_TO_VAN);
            }
            WarehouseEvent::TrackingUploaded { order_id, uploaded } => {
                let sequence = self.find(profile, *order_id)?;
                self.update(sequence, entry.at, |order| order.tracking_uploaded = *uploaded);
            }
        }
        Ok(())
    }

    fn take_off(&mut self, lines: &[WarehouseLine], left: bool) {
        for line in lines {
            if let Some(shelf) = self.shelves.get_mut(&line.sku) {
                shelf.committed -= i64::from(line.quantity);
                if left {
                    shelf.on_hand -= i64::from(line.quantity);
                }
            }
        }
    }
}
