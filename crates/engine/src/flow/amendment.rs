//! An order and its parts while one change set is being put together.
//!
//! Flows change the copies; [`Amendment::into_changes`] derives what has to be written from the difference: rewritten
//! records, the order's stage, and the stock movements. So no flow can forget a reservation.

use std::collections::BTreeMap;

use switchyard_core::attention::AttentionItem;
use switchyard_core::code::{Code, Problem};
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState};
use switchyard_core::id::{FulfillmentId, WarehouseId};
use switchyard_core::journal::Entry;
use switchyard_core::order::Order;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::ledger::Document;
use switchyard_core::time::Timestamp;
use switchyard_core::watch;
use switchyard_store::contract::{Changes, OrderFile, Write};
use switchyard_store::query::Stage;

/// Copies of an order and its fulfillment orders, with the writes collected so far.
#[derive(Debug)]
pub(crate) struct Amendment<'a> {
    before: &'a OrderFile,
    pub(crate) order: Order,
    pub(crate) fulfillments: Vec<FulfillmentOrder>,
    writes: Vec<Write>,
    journal: Vec<Entry>,
}

/// Units of one SKU in one warehouse.
type Units = BTreeMap<(WarehouseId, Sku), i64>;

impl<'a> Amendment<'a> {
    /// Starts from what was read.
    pub(crate) fn of(before: &'a OrderFile) -> Self {
        Self {
            before,
            order: before.order.clone(),
            fulfillments: before.fulfillments.clone(),
            writes: Vec::new(),
            journal: Vec::new(),
        }
    }

    /// One part, to change.
    pub(crate) fn part(&mut self, id: &FulfillmentId) -> Option<&mut FulfillmentOrder> {
        self.fulfillments.iter_mut().find(|part| &part.id == id)
    }

    /// Replaces a part, or adds it.
    pub(crate) fn put(&mut self, part: FulfillmentOrder) {
        match self.part(&part.id) {
            Some(place) => *place = part,
            None => self.fulfillments.push(part),
        }
    }

    /// Another row of the same transaction.
    pub(crate) fn write(&mut self, write: Write) {
        self.writes.push(write);
    }

    /// Another journal entry of the same transaction.
    pub(crate) fn record(&mut self, entry: Entry) {
        self.journal.push(entry);
    }

    /// Shows a problem on the order, in place of an earlier one with the same code.
    pub(crate) fn raise(&mut self, problem: Problem) {
        self.clear(problem.code);
        self.order.problems.push(problem);
    }

    /// Takes a problem off the order.
    pub(crate) fn clear(&mut self, code: Code) {
        self.order.problems.retain(|problem| problem.code != code);
    }

    /// Puts a matter before a person, in place of an earlier one of the same kind about the same thing.
    pub(crate) fn attend(&mut self, item: AttentionItem) {
        let same = |known: &AttentionItem| {
            (known.code, &known.fulfillment, &known.request, &known.announced)
                == (item.code, &item.fulfillment, &item.request, &item.announced)
        };
        self.order.attention.retain(|known| !same(known));
        self.order.attention.push(item);
    }

    /// Takes off the holds whose time is over. Why a rule placed them is kept, so that it does not place them again.
    pub(crate) fn expire_holds(&mut self, now: Timestamp) {
        let (over, left): (Vec<_>, Vec<_>) = self.order.holds.drain(..).partition(|hold| !hold.is_active(now));
        self.order.past_causes.extend(over.into_iter().filter_map(|hold| hold.cause));
        self.order.holds = left;
    }

    /// Where the order stands after this change.
    pub(crate) fn stage(&self) -> Stage {
        stage(&self.order, &self.fulfillments)
    }

    /// The change set: everything that differs from what was read.
    pub(crate) fn into_changes(mut self) -> Changes {
        self.settle_overdue();
        let mut writes = self.stock_movements();
        let stage = self.stage();
        for part in &self.fulfillments {
            if !self.before.fulfillments.contains(part) {
                writes.push(Write::Fulfillment(part.clone()));
            }
        }
        writes.extend(self.writes);
        // The order is always rewritten: its revision is what makes an edit and a release race fairly.
        writes.push(Write::Order { order: Box::new(self.order), stage });
        Changes { writes, journal: self.journal, command: None }
    }

    /// What was late and has moved on is no matter any more.
    fn settle_overdue(&mut self) {
        let was = (&self.before.order, self.before.fulfillments.as_slice());
        let moved: Vec<bool> = {
            let is = (&self.order, self.fulfillments.as_slice());
            self.order.attention.iter().map(|item| watch::has_moved(item, was, is)).collect()
        };
        let mut moved = moved.into_iter();
        self.order.attention.retain(|_| !moved.next().unwrap_or(false));
    }

    /// Reservations and departures that follow from the parts' difference, frees before reservations.
    fn stock_movements(&self) -> Vec<Write> {
        let (reserved_before, shipped_before) = units(&self.before.order, &self.before.fulfillments);
        let (reserved_after, shipped_after) = units(&self.order, &self.fulfillments);
        let mut departures = Vec::new();
        let mut deltas: Units = BTreeMap::new();
        for (place, after) in &reserved_after {
            *deltas.entry(place.clone()).or_default() += after;
        }
        for (place, before) in &reserved_before {
            *deltas.entry(place.clone()).or_default() -= before;
        }
        for (place, after) in &shipped_after {
            let left = after - shipped_before.get(place).copied().unwrap_or(0);
            if let Ok(quantity) = u32::try_from(left)
                && quantity > 0
            {
                // A departure frees its own reservation. What was refused or cancelled has none left and may depart
                // all the same; the units kept for other orders are not its to free.
                let delta = deltas.entry(place.clone()).or_default();
                let reserved = u32::try_from(-*delta).unwrap_or(0).min(quantity);
                *delta += i64::from(reserved);
                let (warehouse, sku) = place.clone();
                let document = self.departed(&warehouse).unwrap_or_else(|| self.moved(&warehouse, &sku));
                departures.push(Write::Ship {
                    warehouse,
                    sku,
                    quantity,
                    reserved,
                    at: self.order.updated_at,
                    document,
                });
            }
        }
        let mut movements: Vec<(i64, Write)> = deltas
            .into_iter()
            .filter(|(_, delta)| *delta != 0)
            .map(|((warehouse, sku), delta)| {
                let (channel, document) = (self.order.shop.clone(), self.moved(&warehouse, &sku));
                (delta, Write::Reserve { warehouse, sku, delta, channel, document })
            })
            .collect();
        movements.sort_by_key(|(delta, _)| *delta);
        departures.into_iter().chain(movements.into_iter().map(|(_, write)| write)).collect()
    }

    /// The shipment of this change set that left a warehouse.
    fn departed(&self, from: &WarehouseId) -> Option<Document> {
        self.writes.iter().find_map(|write| match write {
            Write::Shipment { shipment, warehouse } if warehouse == from => {
                Some(Document::Shipment { id: shipment.id.clone() })
            }
            _ => None,
        })
    }

    /// The part behind a movement of an article in a warehouse: the last one that changed, else the last one there.
    fn moved(&self, warehouse: &WarehouseId, sku: &Sku) -> Document {
        let asks = |part: &FulfillmentOrder| {
            let of = |line: &FulfillmentLine| match &line.kit {
                Some(kit) => kit.has(sku),
                None => self.order.line(&line.line).is_some_and(|known| &known.sku == sku),
            };
            &part.warehouse == warehouse && part.lines.iter().any(of)
        };
        let there = || self.fulfillments.iter().rev().filter(|part| asks(part));
        let before = |part: &&FulfillmentOrder| !self.before.fulfillments.contains(part);
        match there().find(before).or_else(|| there().next()) {
            Some(part) => Document::Fulfillment { id: part.id.clone() },
            None => Document::Note { note: format!("order {}", self.order.number) },
        }
    }
}

/// Where an order with these parts stands.
pub(crate) fn stage(order: &Order, parts: &[FulfillmentOrder]) -> Stage {
    let states: Vec<FulfillmentState> = parts.iter().map(|part| part.state).collect();
    let stage = Stage::of(order.state, !order.holds.is_empty(), &states);
    let needs_a_person = order.problems.iter().any(|problem| {
        matches!(
            problem.code,
            Code::ShopChangedLate
                | Code::WriteBackRefused
                | Code::ShipmentUnexpected
                | Code::HandOverRefused
                | Code::NoWarehouseLeft
                | Code::CalendarUnusable
        )
    });
    if !order.attention.is_empty() || needs_a_person && !order.state.is_final() { Stage::Attention } else { stage }
}

/// Units that the parts of an order hold reserved, by warehouse and SKU.
pub(crate) fn reserved(order: &Order, parts: &[FulfillmentOrder]) -> BTreeMap<(WarehouseId, Sku), i64> {
    units(order, parts).0
}

/// What a line of a part takes from the shelf: each SKU with the units that are still to leave and those that have left.
fn taken(line: &FulfillmentLine, sku: Sku) -> Vec<(Sku, Quantity, Quantity)> {
    let Some(kit) = &line.kit else { return vec![(sku, line.quantity.saturating_sub(line.shipped), line.shipped)] };
    let components = kit.owed(line.quantity, line.shipped).into_iter();
    components.map(|owed| (owed.sku.clone(), owed.units, kit.left_of(&owed.sku))).collect()
}

/// Units reserved and units shipped by these parts.
fn units(order: &Order, parts: &[FulfillmentOrder]) -> (Units, Units) {
    let mut reserved: Units = BTreeMap::new();
    let mut shipped: Units = BTreeMap::new();
    for part in parts {
        let reserves = part.state.holds_units() && !part.state.is_final();
        for line in &part.lines {
            let Some(sku) = order.line(&line.line).map(|found| found.sku.clone()) else { continue };
            for (sku, owed, left) in taken(line, sku) {
                let place = (part.warehouse.clone(), sku);
                if reserves {
                    *reserved.entry(place.clone()).or_default() += i64::from(owed);
                }
                *shipped.entry(place).or_default() += i64::from(left);
            }
        }
    }
    (reserved, shipped)
}
