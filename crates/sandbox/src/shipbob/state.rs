//! A warehouse at work: orders come in, time passes, parcels leave.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::Rng;
use switchyard_core::address::Address;
use switchyard_core::time::Timestamp;
use tokio::sync::Notify;

use super::book::{Book, ORDER_BASE, Order, Pace, Phase, RETURN_BASE, SHIPMENT_BASE, Shelf, to_i64};
use super::goods_back::{GoodsBack, Standing, WantedReturns};
use super::profile::Profile;
use super::wanted::Wanted;
use crate::clock::{Clock, SimulatedMicros};
use crate::dice::{dice, pick};
use crate::error::{Error, Result};
use crate::ledger::{Ledger, Ticket};
use crate::record::{AcceptedOrder, CreatedReturn, Entry, ProcessedLine, Tracking, WarehouseEvent};
use crate::text::Text;

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

    /// Takes a return: announced under a reference of its own, or without one.
    pub(super) fn create_return(
        &self,
        mut created: CreatedReturn,
    ) -> std::result::Result<(GoodsBack, Ticket), Refused> {
        let mut book = self.book();
        let repeated =
            |known: &GoodsBack| !created.reference.is_empty() && known.created.reference == created.reference;
        if book.returns.all().iter().any(repeated) {
            return Err(Refused::Repeated);
        }
        created.return_id = self.profile.base(RETURN_BASE) + to_i64(book.returns.all().len());
        let ticket = self.record(&mut book, WarehouseEvent::ReturnCreated(created)).map_err(|_| Refused::NotFound)?;
        let goods = book.returns.all().last().cloned().ok_or(Refused::NotFound)?;
        Ok((goods, ticket))
    }

    /// Calls a return off that is only expected.
    pub(super) fn cancel_return(&self, return_id: i64) -> std::result::Result<Ticket, Refused> {
        let mut book = self.book();
        let standing = book.returns.find(self.profile.base(RETURN_BASE), return_id).map(|goods| goods.standing);
        match standing {
            Err(_) => Err(Refused::NotFound),
            Ok(Standing::Cancelled) => Err(Refused::Cancelled),
            Ok(Standing::Arrived | Standing::Completed) => Err(Refused::TooLate),
            Ok(Standing::AwaitingArrival) => {
                self.record(&mut book, WarehouseEvent::ReturnCancelled { return_id }).map_err(|_| Refused::NotFound)
            }
        }
    }

    /// Goods are at the door: of the return with this reference, or of one that nobody announced. Answers its id.
    pub(crate) fn receive_return(&self, arrival: CreatedReturn) -> Result<(i64, Ticket)> {
        let mut book = self.book();
        let announced = book
            .returns
            .all()
            .iter()
            .find(|goods| !arrival.reference.is_empty() && goods.created.reference == arrival.reference);
        let return_id = match announced {
            Some(goods) => goods.created.return_id,
            None if !arrival.reference.is_empty() => {
                return Err(Error::Unknown(format!("return `{}`", &*arrival.reference)));
            }
            None => {
                let return_id = self.profile.base(RETURN_BASE) + to_i64(book.returns.all().len());
                let created = CreatedReturn { return_id, ..arrival };
                self.record(&mut book, WarehouseEvent::ReturnCreated(created))?;
                return_id
            }
        };
        let ticket = self.record(&mut book, WarehouseEvent::ReturnArrived { return_id })?;
        Ok((return_id, ticket))
    }

    /// The goods of a return are looked at and treated.
    pub(crate) fn process_return(&self, return_id: i64, lines: Vec<ProcessedLine>) -> Result<Ticket> {
        let mut book = self.book();
        self.record(&mut book, WarehouseEvent::ReturnProcessed { return_id, lines })
    }

    /// A page of returns, and whether there are more.
    pub(super) fn returns(&self, wanted: &WantedReturns) -> (Vec<GoodsBack>, bool) {
        let book = self.book();
        let mut found: Vec<&GoodsBack> = book.returns.all().iter().filter(|goods| wanted.holds(goods)).collect();
        if wanted.newest_first {
            found.reverse();
        }
        let more = found.len() > wanted.skip.saturating_add(wanted.take);
        (found.into_iter().skip(wanted.skip).take(wanted.take).cloned().collect(), more)
    }

    /// One return.
    pub(super) fn goods_back(&self, return_id: i64) -> Option<GoodsBack> {
        self.book().returns.find(self.profile.base(RETURN_BASE), return_id).ok().cloned()
    }

    /// The code of an article by its number.
    pub(super) fn article(&self, inventory_id: i64) -> Option<Text> {
        let book = self.book();
        book.shelves.iter().find(|(_, shelf)| shelf.inventory_id == inventory_id).map(|(sku, _)| sku.clone())
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
