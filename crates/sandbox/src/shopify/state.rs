//! A shop's orders and what happened to them.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use switchyard_core::address::Address;
use switchyard_core::order::LineKind;
use switchyard_core::time::Timestamp;

use crate::clock::{Clock, SimulatedMicros};
use crate::error::{Error, Result};
use crate::ledger::{Ledger, Ticket};
use crate::orders::Draft;
use crate::record::{Entry, FulfilledLine, PublishedLine, PublishedOrder, ShopEvent, Tracking};
use crate::text::Interner;

use super::profile::Profile;

/// Ids of one kind in one shop start at a multiple of this, so that they are unique over the shops of a sandbox.
const SHOP_STRIDE: i64 = 100_000_000_000;
const ORDER_BASE: i64 = 5_000_000_000_000;
const FULFILLMENT_BASE: i64 = 4_000_000_000_000;
/// Fulfillment order and order have the same sequence number.
pub(super) const FULFILLMENT_ORDER_OFFSET: i64 = 1_500_000_000_000;
const LINE_BASE: i64 = 13_000_000_000_000;
/// Lines an order can have.
const LINE_STRIDE: i64 = 4_096;
/// Line ids of one shop start at a multiple of this.
const LINE_SHOP_STRIDE: i64 = 1_000_000_000_000;

/// An order as it stands; replaced as a whole when it changes, so readers keep a consistent picture.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) published: Arc<PublishedOrder>,
    pub(super) destination: Arc<Address>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) cancelled_at: Option<Timestamp>,
    pub(super) paid: bool,
    /// Orders of its buyer up to and with this one.
    pub(super) buyer_orders: u64,
    pub(super) fulfillments: Vec<Arc<Fulfillment>>,
}

/// A recorded fulfillment.
#[derive(Debug)]
pub(super) struct Fulfillment {
    pub(super) id: i64,
    pub(super) at: Timestamp,
    pub(super) lines: Vec<FulfilledLine>,
    pub(super) tracking: Vec<Tracking>,
}

impl Order {
    pub(super) fn id(&self) -> i64 {
        self.published.order_id
    }

    pub(super) fn fulfillment_order_id(&self) -> i64 {
        self.id() + FULFILLMENT_ORDER_OFFSET
    }

    /// Lines that somebody has to ship.
    pub(super) fn goods(&self) -> impl Iterator<Item = &PublishedLine> {
        self.published.lines.iter().filter(|line| line.kind == LineKind::Goods)
    }

    /// Units of a line that have been fulfilled.
    pub(super) fn fulfilled(&self, line_id: i64) -> u32 {
        let lines = self.fulfillments.iter().flat_map(|fulfillment| &fulfillment.lines);
        lines.filter(|line| line.line_id == line_id).map(|line| line.quantity).sum()
    }

    /// Units of a line still to be fulfilled.
    pub(super) fn remaining(&self, line: &PublishedLine) -> u32 {
        if self.cancelled_at.is_some() || line.kind != LineKind::Goods {
            return 0;
        }
        line.quantity.saturating_sub(self.fulfilled(line.line_id))
    }

    /// Units still to be fulfilled over all lines.
    pub(super) fn remaining_total(&self) -> u64 {
        self.goods().map(|line| u64::from(self.remaining(line))).sum()
    }
}

/// Why a fulfillment is refused, in the words of a `userErrors` entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) field: Vec<String>,
    pub(super) message: String,
}

/// What a client asks to fulfil: a fulfillment order, and units by its line ids (empty: all that remains).
#[derive(Debug)]
pub(super) struct Portion {
    pub(super) fulfillment_order_id: i64,
    pub(super) lines: Vec<(i64, i32)>,
}

#[derive(Debug, Default)]
struct Book {
    orders: Vec<Arc<Order>>,
    by_update: BTreeSet<(i64, usize)>,
    by_purchase: BTreeSet<(i64, usize)>,
    /// The order of each fulfillment, in the order of their ids.
    fulfillments: Vec<usize>,
    /// Orders by buyer.
    buyers: HashMap<i64, u64>,
    next_source_index: u64,
    last_simulated: SimulatedMicros,
    fulfilled_orders: u64,
    texts: Interner,
}

/// A page's order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorting {
    Created,
    Updated,
    Purchased,
}

/// One shop: orders in memory, effects in its ledger.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) profile: Arc<Profile>,
    clock: Arc<Clock>,
    book: Mutex<Book>,
    pub(crate) ledger: Ledger,
}

impl Shop {
    /// Opens the shop with the effects in the ledger at `path`.
    pub(crate) fn open(profile: Profile, path: &Path, clock: Arc<Clock>) -> Result<Self> {
        let mut book = Book::default();
        let mut broken = None;
        let mut last = Timestamp::EPOCH;
        let ledger = Ledger::open(path, |entry: Entry<ShopEvent>| {
            last = last.max(entry.at);
            if let Err(detail) = book.apply(&profile, &entry) {
                broken.get_or_insert(detail);
            }
        })?;
        if let Some(detail) = broken {
            return Err(Error::Corrupt { path: path.to_owned(), line: 0, detail });
        }
        clock.not_before(last);
        Ok(Self { profile: Arc::new(profile), clock, book: Mutex::new(book), ledger })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies `event` and queues it for the ledger: one step under the lock, so the file has the order of the effects.
    fn record(&self, book: &mut Book, event: ShopEvent) -> Result<Ticket> {
        let entry = Entry { at: self.clock.stamp(), simulated_us: self.clock.simulated(), event };
        book.apply(&self.profile, &entry).map_err(Error::Unknown)?;
        Ok(self.ledger.append(&entry))
    }

    /// The first source position this shop has not published.
    pub(crate) fn next_source_index(&self) -> u64 {
        self.book().next_source_index
    }

    /// Simulated time of the last effect.
    pub(crate) fn last_simulated(&self) -> SimulatedMicros {
        self.book().last_simulated
    }

    /// Orders published, and those with nothing left to ship.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let book = self.book();
        (book.orders.len() as u64, book.fulfilled_orders)
    }

    /// Makes `draft` an order that readers see.
    pub(crate) fn publish(&self, draft: Draft) -> Result<Ticket> {
        let mut book = self.book();
        let sequence = book.orders.len();
        let order_id = self.profile.base(ORDER_BASE) + to_i64(sequence);
        let first_line = LINE_BASE + to_i64(self.profile.index) * LINE_SHOP_STRIDE + to_i64(sequence) * LINE_STRIDE;
        let number = draft.number.unwrap_or_else(|| format!("{}{}", self.profile.prefix, 1_001 + sequence).into());
        let lines = draft.lines.into_iter().zip(0..LINE_STRIDE).map(|(line, place)| PublishedLine {
            line_id: first_line + place,
            sku: line.sku,
            title: line.title,
            kind: line.kind,
            quantity: line.quantity,
            unit_price: line.unit_price,
            weight: line.weight,
        });
        let published = PublishedOrder {
            order_id,
            number,
            source_index: draft.index,
            placed_at: draft.placed_at.unwrap_or_else(|| self.clock.stamp()),
            currency: draft.currency.unwrap_or_else(|| self.profile.currency.into()),
            customer_id: draft.customer_id,
            email: draft.email,
            destination: draft.destination,
            shipping: draft.shipping,
            shipping_price: draft.shipping_price,
            note: draft.note,
            tags: draft.tags,
            lines: lines.collect(),
        };
        self.record(&mut book, ShopEvent::OrderPublished(published))
    }

    /// Cancels an order in the shop, as a merchant would; units that left stay fulfilled.
    pub(crate) fn cancel(&self, order_id: i64) -> Result<Ticket> {
        let mut book = self.book();
        self.record(&mut book, ShopEvent::OrderCancelled { order_id })
    }

    /// Changes an order's destination in the shop, as a customer would.
    pub(crate) fn move_to(&self, order_id: i64, destination: Address) -> Result<Ticket> {
        let mut book = self.book();
        self.record(&mut book, ShopEvent::AddressChanged { order_id, destination })
    }

    /// Says whether the shop has an order's money, as its payment provider would.
    pub(crate) fn set_paid(&self, order_id: i64, paid: bool) -> Result<Ticket> {
        let mut book = self.book();
        self.record(&mut book, ShopEvent::PaymentChanged { order_id, paid })
    }

    /// The order with `order_id`.
    pub(super) fn order(&self, order_id: i64) -> Option<Arc<Order>> {
        let book = self.book();
        book.sequence(&self.profile, order_id).and_then(|sequence| book.orders.get(sequence).cloned())
    }

    /// The fulfillment with `fulfillment_id` and its order.
    pub(super) fn fulfillment(&self, fulfillment_id: i64) -> Option<(Arc<Order>, Arc<Fulfillment>)> {
        let book = self.book();
        let place = usize::try_from(fulfillment_id.checked_sub(self.profile.base(FULFILLMENT_BASE))?).ok()?;
        let order = book.orders.get(*book.fulfillments.get(place)?)?.clone();
        let found = order.fulfillments.iter().find(|fulfillment| fulfillment.id == fulfillment_id)?.clone();
        Some((order, found))
    }

    /// Up to `count` orders that satisfy `wanted`, sorted by `sorting` from low to high (`reverse`: from high to low),
    /// starting behind the row whose sort value and id are `after`. Each comes with its sort value.
    pub(super) fn page(
        &self,
        sorting: Sorting,
        reverse: bool,
        after: Option<(i64, i64)>,
        at_least: Option<i64>,
        count: usize,
        wanted: impl Fn(&Order) -> bool,
    ) -> Vec<(i64, Arc<Order>)> {
        let book = self.book();
        let position = |(value, order_id): (i64, i64)| (value, to_usize(order_id - self.profile.base(ORDER_BASE)));
        let low = match (after.map(position), at_least) {
            (Some((value, sequence)), _) if !reverse => (value, sequence.saturating_add(1)),
            (_, Some(value)) => (value, 0),
            (_, None) => (i64::MIN, 0),
        };
        let high = match after.map(position) {
            Some(position) if reverse => position,
            _ => (i64::MAX, usize::MAX),
        };
        if low >= high {
            return Vec::new();
        }
        let rows = |index: &BTreeSet<(i64, usize)>| -> Vec<(i64, Arc<Order>)> {
            let range = index.range(low..high);
            let find = |(value, sequence): &(i64, usize)| {
                book.orders.get(*sequence).filter(|order| wanted(order)).map(|order| (*value, order.clone()))
            };
            if reverse {
                range.rev().filter_map(find).take(count).collect()
            } else {
                range.filter_map(find).take(count).collect()
            }
        };
        match sorting {
            Sorting::Updated => rows(&book.by_update),
            Sorting::Purchased => rows(&book.by_purchase),
            // Ids rise with creation, so the sequence itself is the sort value.
            Sorting::Created => {
                let bound = |(value, _): (i64, usize)| to_usize(value.max(0)).min(book.orders.len());
                let from = after.filter(|_| !reverse).map_or(0, |after| bound(position(after)).saturating_add(1));
                let to = after.filter(|_| reverse).map_or(book.orders.len(), |after| bound(position(after)));
                let slice = book.orders.get(from..to).unwrap_or_default();
                let rows = slice
                    .iter()
                    .zip(from..)
                    .filter(|(order, _)| wanted(order))
                    .map(|(order, at)| (to_i64(at), order.clone()));
                if reverse {
                    let mut all: Vec<_> = rows.collect();
                    all.reverse();
                    all.truncate(count);
                    all
                } else {
                    rows.take(count).collect()
                }
            }
        }
    }

    /// Records what left. There is no idempotency key: the same call again fulfils more, as long as units remain.
    pub(super) fn fulfill(
        &self,
        portions: &[Portion],
        tracking: Vec<Tracking>,
    ) -> std::result::Result<(Arc<Order>, Arc<Fulfillment>, Ticket), Refusal> {
        let refuse = |field: &[&str], message: String| Refusal {
            field: field.iter().map(|part| (*part).to_owned()).collect(),
            message,
        };
        let whole = ["fulfillment", "lineItemsByFulfillmentOrder"];
        let mut book = self.book();
        let mut sequence = None;
        let mut lines: Vec<FulfilledLine> = Vec::new();
        for portion in portions {
            let found = book.sequence(&self.profile, portion.fulfillment_order_id - FULFILLMENT_ORDER_OFFSET);
            let Some((place, order)) = found.and_then(|place| book.orders.get(place).map(|order| (place, order)))
            else {
                return Err(refuse(&whole, "Fulfillment order does not exist.".into()));
            };
            if *sequence.get_or_insert(place) != place {
                return Err(refuse(&whole, "All fulfillment orders must belong to the same order.".into()));
            }
            if order.remaining_total() == 0 {
                let status = if order.cancelled_at.is_some() { "cancelled" } else { "closed" };
                let number = portion.fulfillment_order_id;
                return Err(refuse(
                    &whole,
                    format!("Fulfillment order {number} has an unfulfillable status= {status}."),
                ));
            }
            for (line_id, quantity) in portion.wanted(order) {
                let Some(line) = order.goods().find(|line| line.line_id == line_id) else {
                    return Err(refuse(&whole, "Fulfillment order line item does not exist.".into()));
                };
                let taken: u32 = lines.iter().filter(|line| line.line_id == line_id).map(|line| line.quantity).sum();
                match u32::try_from(quantity) {
                    Ok(units) if units > 0 && units.saturating_add(taken) <= order.remaining(line) => {
                        lines.push(FulfilledLine { line_id, sku: line.sku.clone(), quantity: units });
                    }
                    _ => return Err(refuse(&whole, "Invalid fulfillment order line item quantity requested.".into())),
                }
            }
        }
        let Some(order) = sequence.and_then(|place| book.orders.get(place)) else {
            return Err(refuse(&whole, "At least one fulfillment order is required.".into()));
        };
        let order_id = order.id();
        let fulfillment_id = self.profile.base(FULFILLMENT_BASE) + to_i64(book.fulfillments.len());
        let event = ShopEvent::FulfillmentRecorded { order_id, fulfillment_id, lines, tracking };
        let ticket = self.record(&mut book, event).map_err(|error| refuse(&whole, error.to_string()))?;
        let order = sequence.and_then(|place| book.orders.get(place)).cloned();
        order
            .and_then(|order| order.fulfillments.last().cloned().map(|fulfillment| (order, fulfillment, ticket)))
            .ok_or_else(|| refuse(&whole, "The fulfillment vanished.".into()))
    }
}

impl Portion {
    fn wanted(&self, order: &Order) -> Vec<(i64, i32)> {
        if !self.lines.is_empty() {
            return self.lines.clone();
        }
        let left = order.goods().map(|line| (line.line_id, i32::try_from(order.remaining(line)).unwrap_or(i32::MAX)));
        left.filter(|(_, units)| *units > 0).collect()
    }
}

impl Book {
    fn sequence(&self, profile: &Profile, order_id: i64) -> Option<usize> {
        let sequence = usize::try_from(order_id.checked_sub(profile.base(ORDER_BASE))?).ok()?;
        (sequence < self.orders.len()).then_some(sequence)
    }

    /// The only way state changes, at work and at a restart alike.
    fn apply(&mut self, profile: &Profile, entry: &Entry<ShopEvent>) -> std::result::Result<(), String> {
        self.last_simulated = self.last_simulated.max(entry.simulated_us);
        let order_id = match &entry.event {
            ShopEvent::OrderPublished(published) => {
                let sequence = self.orders.len();
                if published.order_id != profile.base(ORDER_BASE) + to_i64(sequence) {
                    return Err(format!("order {} is out of sequence", published.order_id));
                }
                let mut published = published.clone();
                for line in &mut published.lines {
                    line.sku = self.texts.intern(&line.sku);
                    line.title = self.texts.intern(&line.title);
                }
                published.shipping = self.texts.intern(&published.shipping);
                published.currency = self.texts.intern(&published.currency);
                published.note = self.texts.intern(&published.note);
                self.next_source_index = self.next_source_index.max(published.source_index + 1);
                self.by_update.insert((entry.at.as_micros(), sequence));
                self.by_purchase.insert((published.placed_at.as_micros(), sequence));
                let buyer_orders = published.customer_id.map_or(0, |buyer| {
                    let count = self.buyers.entry(buyer).or_default();
                    *count += 1;
                    *count
                });
                let order = Order {
                    destination: Arc::new(std::mem::take(&mut published.destination)),
                    published: Arc::new(published),
                    created_at: entry.at,
                    updated_at: entry.at,
                    cancelled_at: None,
                    paid: true,
                    buyer_orders,
                    fulfillments: Vec::new(),
                };
                self.orders.push(Arc::new(order));
                return Ok(());
            }
            ShopEvent::AddressChanged { order_id, .. }
            | ShopEvent::OrderCancelled { order_id }
            | ShopEvent::PaymentChanged { order_id, .. }
            | ShopEvent::FulfillmentRecorded { order_id, .. } => *order_id,
        };
        let sequence = self.sequence(profile, order_id).ok_or_else(|| format!("order {order_id}"))?;
        let order = self.orders.get_mut(sequence).ok_or_else(|| format!("order {order_id}"))?;
        let mut changed = Order::clone(order);
        changed.updated_at = entry.at;
        match &entry.event {
            ShopEvent::OrderPublished(_) => {}
            ShopEvent::AddressChanged { destination, .. } => changed.destination = Arc::new(destination.clone()),
            ShopEvent::OrderCancelled { .. } => changed.cancelled_at = changed.cancelled_at.or(Some(entry.at)),
            ShopEvent::PaymentChanged { paid, .. } => changed.paid = *paid,
            ShopEvent::FulfillmentRecorded { fulfillment_id, lines, tracking, .. } => {
                changed.fulfillments.push(Arc::new(Fulfillment {
                    id: *fulfillment_id,
                    at: entry.at,
                    lines: lines.clone(),
                    tracking: tracking.clone(),
                }));
                self.fulfillments.push(sequence);
                if changed.remaining_total() == 0 {
                    self.fulfilled_orders += 1;
                }
            }
        }
        self.by_update.remove(&(order.updated_at.as_micros(), sequence));
        self.by_update.insert((changed.updated_at.as_micros(), sequence));
        *order = Arc::new(changed);
        Ok(())
    }
}

impl Profile {
    fn base(&self, base: i64) -> i64 {
        base + to_i64(self.index) * SHOP_STRIDE
    }
}

fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn to_usize(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}
