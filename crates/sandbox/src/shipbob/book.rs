//! A warehouse's orders and shelves, and how events change them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use std::sync::Arc;

use rand::Rng;
use switchyard_core::address::Address;
use switchyard_core::time::Timestamp;

use super::goods_back::Returns;
use super::profile::Profile;
use crate::clock::{SECOND, SimulatedMicros};
use crate::dice::dice;
use crate::record::{AcceptedOrder, Entry, Tracking, WarehouseEvent, WarehouseLine};
use crate::text::{Interner, Text};

/// Ids fit 32 bits, as ShipBob's schema asks, and are unique over the warehouses of a sandbox.
const WAREHOUSE_STRIDE: i64 = 10_000_000;
pub(super) const ORDER_BASE: i64 = 100_000_000;
pub(super) const SHIPMENT_BASE: i64 = 700_000_000;
pub(super) const RETURN_BASE: i64 = 400_000_000;
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
    pub(super) due: SimulatedMicros,
}

/// A shelf.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    pub(super) inventory_id: i64,
    pub(super) name: Text,
    pub(super) on_hand: i64,
    pub(super) committed: i64,
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

/// Everything a warehouse knows.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) orders: Vec<Order>,
    pub(super) by_reference: HashMap<Text, usize>,
    pub(super) by_update: BTreeSet<(i64, usize)>,
    pub(super) shelves: BTreeMap<Text, Shelf>,
    pub(super) returns: Returns,
    pub(super) due: BinaryHeap<Reverse<(SimulatedMicros, usize)>>,
    pub(super) last_simulated: SimulatedMicros,
    pub(super) shipped: u64,
    texts: Interner,
}

impl Profile {
    pub(super) fn base(&self, base: i64) -> i64 {
        base + to_i64(self.index) * WAREHOUSE_STRIDE
    }
}

pub(super) fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Book {
    pub(super) fn sequence(&self, offset: i64) -> Option<usize> {
        usize::try_from(offset).ok().filter(|sequence| *sequence < self.orders.len())
    }

    pub(super) fn update(&mut self, sequence: usize, at: Timestamp, change: impl FnOnce(&mut Order)) {
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
    pub(super) fn apply(
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
            WarehouseEvent::ReturnCreated(created) => {
                self.returns.create(profile.base(RETURN_BASE), created, entry.at)?;
                for line in &created.lines {
                    self.shelf(&line.sku, &line.sku);
                }
            }
            WarehouseEvent::ReturnArrived { return_id } => {
                self.returns.find(profile.base(RETURN_BASE), *return_id)?.arrive(entry.at);
            }
            WarehouseEvent::ReturnCancelled { return_id } => {
                self.returns.find(profile.base(RETURN_BASE), *return_id)?.cancel(entry.at);
            }
            WarehouseEvent::ReturnProcessed { return_id, lines } => {
                self.returns.find(profile.base(RETURN_BASE), *return_id)?.process(lines, entry.at);
                for line in lines.iter().filter(|line| &*line.action == "Restock") {
                    self.shelf(&line.sku, &line.sku).on_hand += i64::from(line.quantity);
                }
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
