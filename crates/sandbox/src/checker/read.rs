//! Ledgers as the checker needs them: what was wanted, taken, shipped and told.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use switchyard_core::address::Address;
use switchyard_core::order::LineKind;
use switchyard_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::ledger;
use crate::record::{Entry, ShopEvent, WarehouseEvent, WarehouseLine};
use crate::text::Text;

/// Units by article code; codes are compared without surrounding white space.
pub(super) type Units = BTreeMap<Text, i64>;

/// An order as its shop knows it.
#[derive(Debug)]
pub(super) struct ShopOrder {
    pub(super) number: Text,
    pub(super) goods: Units,
    pub(super) fees: BTreeSet<Text>,
    /// From when on each destination was right; the first is the published one.
    pub(super) destinations: Vec<(Timestamp, Address)>,
    pub(super) cancelled_at: Option<Timestamp>,
    pub(super) fulfillments: Vec<Told>,
}

impl ShopOrder {
    pub(super) fn last_destination(&self) -> Option<&Address> {
        self.destinations.last().map(|(_, destination)| destination)
    }
}

/// What a shop was told.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) id: i64,
    /// Lines named; one call of the shop's API takes only so many.
    pub(super) lines: usize,
    pub(super) units: Units,
    pub(super) tracking: Vec<String>,
}

/// An order as a warehouse knows it.
#[derive(Debug)]
pub(super) struct WarehouseOrder {
    pub(super) warehouse: String,
    pub(super) reference: Text,
    pub(super) order_number: Text,
    pub(super) units: Units,
    pub(super) destination: Address,
    pub(super) cancelled: bool,
    pub(super) picked_at: Option<Timestamp>,
    pub(super) parcels: Vec<Parcel>,
}

/// What left in one go.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) tracking: String,
    pub(super) units: Units,
}

/// Both sides.
#[derive(Debug, Default)]
pub(super) struct Books {
    pub(super) shop_files: usize,
    pub(super) warehouse_files: usize,
    pub(super) shop_orders: Vec<ShopOrder>,
    pub(super) warehouse_orders: Vec<WarehouseOrder>,
}

type Change = Box<dyn FnOnce(&mut WarehouseOrder)>;

fn code(sku: &Text) -> Text {
    let trimmed = sku.trim();
    if trimmed.len() == sku.len() { sku.clone() } else { trimmed.into() }
}

fn units<'a>(lines: impl Iterator<Item = (&'a Text, u32)>) -> Units {
    lines.fold(Units::new(), |mut sum, (sku, quantity)| {
        *sum.entry(code(sku)).or_default() += i64::from(quantity);
        sum
    })
}

fn of_lines(lines: &[WarehouseLine]) -> Units {
    units(lines.iter().map(|line| (&line.sku, line.quantity)))
}

impl Books {
    /// Reads every `shop-….jsonl` and `warehouse-….jsonl` in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let mut books = Self::default();
        let entries = std::fs::read_dir(folder).map_err(Error::path("read", folder))?;
        let mut paths = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<Vec<PathBuf>>>()
            .map_err(Error::path("read", folder))?;
        paths.sort();
        for path in paths {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
            if path.extension().is_none_or(|extension| extension != "jsonl") {
                continue;
            }
            if stem.starts_with("shop-") {
                books.shop_files += 1;
                books.shop(&path)?;
            } else if stem.starts_with("warehouse-") {
                books.warehouse_files += 1;
                books.warehouse(&path, &stem)?;
            }
        }
        Ok(books)
    }

    fn shop(&mut self, path: &Path) -> Result<()> {
        let mut places = HashMap::new();
        let mut line = 0;
        let mut stray = None;
        ledger::read(path, |entry: Entry<ShopEvent>| {
            line += 1;
            if let Err(order_id) = self.shop_entry(entry, &mut places) {
                stray.get_or_insert((line, order_id));
            }
        })?;
        refuse_stray(path, stray)
    }

    fn shop_entry(
        &mut self,
        entry: Entry<ShopEvent>,
        places: &mut HashMap<i64, usize>,
    ) -> std::result::Result<(), i64> {
        let find = |books: &mut Vec<ShopOrder>, order_id: i64, change: &mut dyn FnMut(&mut ShopOrder)| {
            let order = places.get(&order_id).and_then(|place| books.get_mut(*place)).ok_or(order_id)?;
            change(order);
            Ok(())
        };
        let orders = &mut self.shop_orders;
        match entry.event {
            ShopEvent::OrderPublished(order) => {
                let kind = |kind| order.lines.iter().filter(move |line| line.kind == kind);
                let fresh = ShopOrder {
                    number: order.number.clone(),
                    goods: units(kind(LineKind::Goods).map(|line| (&line.sku, line.quantity))),
                    fees: kind(LineKind::Fee).map(|line| code(&line.sku)).collect(),
                    destinations: vec![(entry.at, order.destination.clone())],
                    cancelled_at: None,
                    fulfillments: Vec::new(),
                };
                places.insert(order.order_id, orders.len());
                orders.push(fresh);
                Ok(())
            }
            ShopEvent::AddressChanged { order_id, destination } => {
                find(orders, order_id, &mut |order| order.destinations.push((entry.at, destination.clone())))
            }
            ShopEvent::OrderCancelled { order_id } => {
                find(orders, order_id, &mut |order| order.cancelled_at = order.cancelled_at.or(Some(entry.at)))
            }
            // Money moves no goods.
            ShopEvent::PaymentChanged { order_id, .. } => find(orders, order_id, &mut |_| ()),
            ShopEvent::FulfillmentRecorded { order_id, fulfillment_id, lines, tracking } => {
                find(orders, order_id, &mut |order| {
                    order.fulfillments.push(Told {
                        id: fulfillment_id,
                        lines: lines.len(),
                        units: units(lines.iter().map(|line| (&line.sku, line.quantity))),
                        tracking: tracking.iter().map(|tracking| tracking.number.clone()).collect(),
                    });
                })
            }
        }
    }

    fn warehouse(&mut self, path: &Path, name: &str) -> Result<()> {
        let mut places = HashMap::new();
        let mut line = 0;
        let mut stray = None;
        ledger::read(path, |entry: Entry<WarehouseEvent>| {
            line += 1;
            if let Err(order_id) = self.warehouse_entry(entry, name, &mut places) {
                stray.get_or_insert((line, order_id));
            }
        })?;
        refuse_stray(path, stray)
    }

    fn warehouse_entry(
        &mut self,
        entry: Entry<WarehouseEvent>,
        name: &str,
        places: &mut HashMap<i64, usize>,
    ) -> std::result::Result<(), i64> {
        let orders = &mut self.warehouse_orders;
        let (order_id, change): (i64, Change) = match entry.event {
            // What comes back says nothing about what left.
            WarehouseEvent::StockCounted { .. }
            | WarehouseEvent::TrackingUploaded { .. }
            | WarehouseEvent::ReturnCreated(_)
            | WarehouseEvent::ReturnArrived { .. }
            | WarehouseEvent::ReturnProcessed { .. }
            | WarehouseEvent::ReturnCancelled { .. } => return Ok(()),
            WarehouseEvent::OrderAccepted(accepted) => {
                places.insert(accepted.order_id, orders.len());
                orders.push(WarehouseOrder {
                    warehouse: name.to_owned(),
                    units: of_lines(&accepted.lines),
                    reference: accepted.reference,
                    order_number: accepted.order_number,
                    destination: accepted.destination,
                    cancelled: false,
                    picked_at: None,
                    parcels: Vec::new(),
                });
                return Ok(());
            }
            WarehouseEvent::AddressChanged { order_id, destination, .. } => {
                (order_id, Box::new(move |order| order.destination = destination))
            }
            WarehouseEvent::OrderCancelled { order_id, .. } => (order_id, Box::new(|order| order.cancelled = true)),
            WarehouseEvent::PickingStarted { order_id, .. } => {
                (order_id, Box::new(move |order| order.picked_at = Some(entry.at)))
            }
            WarehouseEvent::Shipped { order_id, tracking, lines, .. } => (
                order_id,
                Box::new(move |order| {
                    order.parcels.push(Parcel { tracking: tracking.number, units: of_lines(&lines) });
                }),
            ),
        };
        let order = places.get(&order_id).and_then(|place| orders.get_mut(*place)).ok_or(order_id)?;
        change(order);
        Ok(())
    }
}

fn refuse_stray(path: &Path, stray: Option<(u64, i64)>) -> Result<()> {
    match stray {
        None => Ok(()),
        Some((line, order_id)) => {
            Err(Error::Corrupt { path: path.to_owned(), line, detail: format!("order {order_id} was never there") })
        }
    }
}
