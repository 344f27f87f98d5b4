//! What runs behind the sockets, and the switches that the handle and the control endpoint share.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use switchyard_core::address::Address;
use switchyard_core::connection::Side;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::fault::{Faults, Switches};
use crate::publisher::{Progress, Wish};
use crate::record::{CreatedReturn, ProcessedLine};
use crate::shipbob::Warehouse;
use crate::shopify::Shop;

/// What an instance has done and how it misbehaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InstanceStatus {
    /// Name in control calls, such as `shop-1`.
    pub instance: String,
    /// What people call it.
    pub name: String,
    /// Shop or warehouse.
    pub side: Side,
    /// Orders published, or orders taken.
    pub orders: u64,
    /// Orders fulfilled completely, or orders that have left.
    pub done: u64,
    /// Requests since this start.
    pub requests: u64,
    /// Requests that met a fault.
    pub faulty: u64,
    /// The switches.
    pub faults: Faults,
}

/// Where a sandbox stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Simulated microseconds since the first start.
    pub simulated_us: i64,
    /// Simulated seconds in a real one.
    pub speed: f64,
    /// Orders a simulated minute; `None` as fast as possible.
    pub orders_per_minute: Option<f64>,
    /// Orders published since this start.
    pub published: u64,
    /// Whether the source has no more orders.
    pub source_finished: bool,
    /// Why the source stopped before its end.
    pub source_failure: Option<String>,
    /// Shops, then warehouses.
    pub instances: Vec<InstanceStatus>,
}

/// What the handles and the control endpoint share.
#[derive(Debug)]
pub(crate) struct Floor {
    pub(crate) data_dir: PathBuf,
    pub(crate) clock: Arc<Clock>,
    pub(crate) shops: Vec<(Arc<Shop>, Arc<Switches>)>,
    pub(crate) warehouses: Vec<(Arc<Warehouse>, Arc<Switches>)>,
    pub(crate) wish: watch::Sender<Wish>,
    pub(crate) progress: Arc<Progress>,
}

impl Floor {
    pub(crate) fn status(&self) -> Status {
        let instance = |instance: &str, name: &str, side, (orders, done): (u64, u64), switches: &Switches| {
            let (requests, faulty) = switches.counts();
            let (instance, name, faults) = (instance.to_owned(), name.to_owned(), switches.faults());
            InstanceStatus { instance, name, side, orders, done, requests, faulty, faults }
        };
        let shops = self.shops.iter().map(|(shop, switches)| {
            instance(&shop.profile.instance, &shop.profile.name, Side::Shop, shop.counts(), switches)
        });
        let warehouses = self.warehouses.iter().map(|(warehouse, switches)| {
            let profile = &warehouse.profile;
            instance(&profile.instance, &profile.name, Side::Warehouse, warehouse.counts(), switches)
        });
        Status {
            simulated_us: self.clock.simulated(),
            speed: self.clock.speed(),
            orders_per_minute: self.wish.borrow().per_minute,
            published: self.progress.published(),
            source_finished: self.progress.is_finished(),
            source_failure: self.progress.failure(),
            instances: shops.chain(warehouses).collect(),
        }
    }

    pub(crate) fn set_speed(&self, speed: f64) -> Result<()> {
        if !speed.is_finite() || speed < 0.0 {
            return Err(Error::Options("the speed is finite and not negative".into()));
        }
        self.clock.set_speed(speed);
        Ok(())
    }

    pub(crate) fn set_orders_per_minute(&self, rate: Option<f64>) -> Result<()> {
        if rate.is_some_and(|rate| !rate.is_finite() || rate < 0.0) {
            return Err(Error::Options("the order rate is finite and not negative".into()));
        }
        self.wish.send_modify(|wish| wish.per_minute = rate);
        Ok(())
    }

    pub(crate) fn publish(&self, count: u64) {
        self.wish.send_modify(|wish| wish.extra = wish.extra.saturating_add(count));
    }

    pub(crate) fn set_faults(&self, instance: &str, faults: &Faults) -> Result<()> {
        if let Some(name) = faults.invalid() {
            return Err(Error::Options(format!("the probability `{name}` is not between 0 and 1")));
        }
        let shops = self.shops.iter().map(|(shop, switches)| (shop.profile.instance.as_str(), switches));
        let warehouses = self.warehouses.iter();
        let warehouses = warehouses.map(|(warehouse, switches)| (warehouse.profile.instance.as_str(), switches));
        let mut found = false;
        for (name, switches) in shops.chain(warehouses) {
            if instance == "all" || instance == name {
                switches.set(faults.clone());
                found = true;
            }
        }
        if found { Ok(()) } else { Err(Error::Unknown(format!("instance `{instance}`"))) }
    }

    fn shop(&self, instance: &str) -> Result<&Arc<Shop>> {
        let found = self.shops.iter().find(|(shop, _)| shop.profile.instance == instance);
        found.map(|(shop, _)| shop).ok_or_else(|| Error::Unknown(format!("shop `{instance}`")))
    }

    pub(crate) async fn cancel_order(&self, shop: &str, order_id: i64) -> Result<()> {
        let shop = self.shop(shop)?;
        let ticket = shop.cancel(order_id)?;
        shop.ledger.wait(ticket).await
    }

    pub(crate) async fn move_order(&self, shop: &str, order_id: i64, destination: Address) -> Result<()> {
        let shop = self.shop(shop)?;
        let ticket = shop.move_to(order_id, destination)?;
        shop.ledger.wait(ticket).await
    }

    pub(crate) async fn set_paid(&self, shop: &str, order_id: i64, paid: bool) -> Result<()> {
        let shop = self.shop(shop)?;
        let ticket = shop.set_paid(order_id, paid)?;
        shop.ledger.wait(ticket).await
    }

    fn warehouse(&self, instance: &str) -> Result<&Arc<Warehouse>> {
        let found = self.warehouses.iter().find(|(found, _)| found.profile.instance == instance);
        found.map(|(found, _)| found).ok_or_else(|| Error::Unknown(format!("warehouse `{instance}`")))
    }

    pub(crate) async fn receive_return(&self, warehouse: &str, arrival: CreatedReturn) -> Result<i64> {
        let warehouse = self.warehouse(warehouse)?;
        let (return_id, ticket) = warehouse.receive_return(arrival)?;
        warehouse.ledger.wait(ticket).await?;
        Ok(return_id)
    }

    pub(crate) async fn process_return(&self, warehouse: &str, id: i64, lines: Vec<ProcessedLine>) -> Result<()> {
        let warehouse = self.warehouse(warehouse)?;
        let ticket = warehouse.process_return(id, lines)?;
        warehouse.ledger.wait(ticket).await
    }

    pub(crate) async fn count_stock(&self, warehouse: &str, sku: &str, on_hand: i64) -> Result<()> {
        let found = self.warehouse(warehouse)?;
        let ticket = found.count_stock(sku.into(), sku.into(), on_hand)?;
        found.ledger.wait(ticket).await
    }
}
