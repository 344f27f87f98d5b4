//! What a sandbox is started with.

use std::path::PathBuf;

use crate::fault::Faults;

/// Where orders come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderSource {
    /// Made from the seed without end: 1 to 6 lines of a catalogue of about 200 articles.
    Generated,
    /// Read from a history in the columns of the UCI Online Retail set, plain or compressed with zstd (`.zst`).
    History(PathBuf),
}

/// How a sandbox is set up and how it behaves at the start.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// Holds `sandbox.json` and the ledgers; created when missing.
    pub data_dir: PathBuf,
    /// Every draw comes from it.
    pub seed: u64,
    /// How many shops.
    pub shops: usize,
    /// How many warehouses.
    pub warehouses: usize,
    /// Where orders come from.
    pub orders: OrderSource,
    /// Only the first so many orders of the source; `None` for all of it.
    pub limit: Option<u64>,
    /// Orders over all shops in a simulated minute; `None` publishes the whole source at once.
    pub orders_per_minute: Option<f64>,
    /// Simulated seconds in a real one; 0 stands still.
    pub speed: f64,
    /// Faults of every instance at the start.
    pub faults: Faults,
    /// Port of the control endpoint; shops and warehouses follow. 0 takes free ports, remembered for a restart.
    pub first_port: u16,
    /// Mean simulated seconds from acceptance to the start of picking.
    pub picking_seconds: f64,
    /// Mean simulated seconds from the start of picking to the parcel's departure.
    pub shipping_seconds: f64,
    /// Size of a shop's cost bucket in points (Shopify: 2,000 on the standard plan).
    pub bucket_size: f64,
    /// Points that come back in a simulated second (Shopify: 100 on the standard plan).
    pub bucket_restore_rate: f64,
    /// Calls a warehouse allows in a sliding simulated minute (ShipBob: 150).
    pub calls_per_minute: u32,
}

impl SandboxOptions {
    /// The demo: 2 shops, 3 warehouses, 12 orders a minute without end at real speed, no faults.
    #[must_use]
    pub fn demo(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            seed: 1,
            shops: 2,
            warehouses: 3,
            orders: OrderSource::Generated,
            limit: None,
            orders_per_minute: Some(12.0),
            speed: 1.0,
            faults: Faults::default(),
            first_port: 0,
            picking_seconds: 20.0,
            shipping_seconds: 60.0,
            bucket_size: 2_000.0,
            bucket_restore_rate: 100.0,
            calls_per_minute: 150,
        }
    }

    /// The first reason why these options cannot work.
    pub(crate) fn invalid(&self) -> Option<String> {
        let finite = |value: f64| value.is_finite() && value >= 0.0;
        if self.shops == 0 || self.shops > 50 || self.warehouses == 0 || self.warehouses > 50 {
            return Some("a sandbox has 1 to 50 shops and 1 to 50 warehouses".into());
        }
        if !finite(self.speed) || !finite(self.picking_seconds) || !finite(self.shipping_seconds) {
            return Some("speed and durations are finite and not negative".into());
        }
        if self.orders_per_minute.is_some_and(|rate| !finite(rate)) {
            return Some("the order rate is finite and not negative".into());
        }
        if self.orders == OrderSource::Generated && self.orders_per_minute.is_none() && self.limit.is_none() {
            return Some("generated orders without a rate need a limit: there is no end to them".into());
        }
        if !finite(self.bucket_size) || !finite(self.bucket_restore_rate) || self.calls_per_minute == 0 {
            return Some("rate limits are finite and positive".into());
        }
        self.faults.invalid().map(|name| format!("the probability `{name}` is not between 0 and 1"))
    }
}
