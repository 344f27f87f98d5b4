//! A running sandbox.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::json;
use switchyard_core::address::Address;
use switchyard_core::connection::Side;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::fault::{Faults, Switches};
use crate::gate::{self, Gate};
use crate::manifest::{Manifest, ManifestConnection, Origin};
use crate::options::{OrderSource, SandboxOptions};
use crate::publisher::{Progress, Publisher, Wish};
use crate::shipbob::{self, Pace, Warehouse};
use crate::shopify::{self, Shop};
use crate::socket::{CuttableListener, Peer};
use crate::{checker, control, orders};

/// How long open connections get to finish at a shutdown.
const GRACE: Duration = Duration::from_secs(2);

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

/// Shops and warehouses listening on 127.0.0.1 until [`Sandbox::shutdown`].
#[derive(Debug)]
pub struct Sandbox {
    manifest: Manifest,
    floor: Arc<Floor>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Sandbox {
    /// Opens every instance, going on where the ledgers of `options.data_dir` end.
    ///
    /// # Errors
    /// [`Error::Options`] when the options contradict themselves or the data directory, otherwise what failed.
    pub async fn start(options: SandboxOptions) -> Result<Self> {
        if let Some(reason) = options.invalid() {
            return Err(Error::Options(reason));
        }
        let ledgers = options.data_dir.join("ledger");
        std::fs::create_dir_all(&ledgers).map_err(Error::path("create", &ledgers))?;
        let before = Manifest::read(&options.data_dir)?;
        if let Some(before) = &before {
            same_origin(&before.origin, &options)?;
        }
        let listeners = listen(&options, before.as_ref().map(|manifest| manifest.origin.ports.as_slice())).await?;
        let manifest = manifest(&options, before, &listeners)?;
        manifest.write(&options.data_dir)?;

        let clock = Arc::new(Clock::new(0, 0.0));
        let opening = (options.clone(), ledgers, clock.clone());
        // Ledgers and histories are read with blocking calls, for seconds when they are long.
        let (shops, warehouses) = tokio::task::spawn_blocking(move || open(&opening.0, &opening.1, &opening.2))
            .await
            .map_err(|error| Error::Options(format!("the ledgers could not be read: {error}")))??;
        let simulated = shops.iter().map(|(shop, _)| shop.last_simulated());
        let simulated = simulated.chain(warehouses.iter().map(|(warehouse, _)| warehouse.last_simulated()));
        clock.set_simulated(simulated.max().unwrap_or(0), options.speed);

        let wish = watch::Sender::new(Wish { per_minute: options.orders_per_minute, extra: 0 });
        let progress = Arc::new(Progress::default());
        let data_dir = options.data_dir.clone();
        let floor = Arc::new(Floor { data_dir, clock, shops, warehouses, wish, progress });
        let sandbox = Self { manifest, floor, stop: CancellationToken::new(), tasks: TaskTracker::new() };
        sandbox.serve(listeners, &options);
        sandbox.work(options);
        Ok(sandbox)
    }

    fn serve(&self, listeners: Vec<TcpListener>, options: &SandboxOptions) {
        let floor = &self.floor;
        let mut routers = vec![control::router(floor.clone(), &self.manifest.control_token)];
        let shop_tokens = self.manifest.side(Side::Shop);
        for ((shop, switches), connection) in floor.shops.iter().zip(shop_tokens) {
            let router = shopify::router(shop.clone(), &connection.secret, options, floor.clock.clone());
            routers.push(self.gated(router, switches));
        }
        let warehouse_tokens = self.manifest.side(Side::Warehouse);
        for ((warehouse, switches), connection) in floor.warehouses.iter().zip(warehouse_tokens) {
            let endpoint = connection.config.get("endpoint").and_then(serde_json::Value::as_str).unwrap_or_default();
            let clock = floor.clock.clone();
            let router = shipbob::router(warehouse.clone(), &connection.secret, endpoint, options, clock);
            routers.push(self.gated(router, switches));
        }
        for (listener, router) in listeners.into_iter().zip(routers) {
            let stopped = self.stop.clone().cancelled_owned();
            let service = router.into_make_service_with_connect_info::<Peer>();
            let serving = axum::serve(CuttableListener(listener), service).with_graceful_shutdown(stopped);
            self.tasks.spawn(async move {
                if let Err(error) = serving.await {
                    tracing::error!(%error, "an instance stopped answering");
                }
            });
        }
    }

    fn gated(&self, router: Router, switches: &Arc<Switches>) -> Router {
        let gate = Gate { switches: switches.clone(), clock: self.floor.clock.clone() };
        router.layer(axum::middleware::from_fn_with_state(gate, gate::pass))
    }

    fn work(&self, options: SandboxOptions) {
        for (warehouse, _) in &self.floor.warehouses {
            let warehouse = warehouse.clone();
            let stopped = self.stop.clone().cancelled_owned();
            self.tasks.spawn(async move {
                tokio::select! {
                    () = warehouse.run() => {}
                    () = stopped => {}
                }
            });
        }
        let publisher = Publisher {
            shops: self.floor.shops.iter().map(|(shop, _)| shop.clone()).collect(),
            clock: self.floor.clock.clone(),
            wish: self.floor.wish.subscribe(),
            progress: self.floor.progress.clone(),
            seed: options.seed,
        };
        let stopped = self.stop.clone().cancelled_owned();
        self.tasks.spawn(async move {
            tokio::select! {
                () = publisher.run(options) => {}
                () = stopped => {}
            }
        });
    }

    /// How to connect to it.
    #[must_use]
    pub fn manifest(&self) -> Manifest {
        self.manifest.clone()
    }

    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.floor.status()
    }

    /// Changes the speed: simulated seconds in a real one, 0 stands still.
    ///
    /// # Errors
    /// [`Error::Options`] for a negative or infinite speed.
    pub fn set_speed(&self, speed: f64) -> Result<()> {
        self.floor.set_speed(speed)
    }

    /// Changes the order rate; `None` publishes as fast as possible, 0 stops.
    ///
    /// # Errors
    /// [`Error::Options`] for a negative or infinite rate.
    pub fn set_orders_per_minute(&self, rate: Option<f64>) -> Result<()> {
        self.floor.set_orders_per_minute(rate)
    }

    /// Publishes the next `count` orders of the source at once, whatever the rate.
    pub fn publish(&self, count: u64) {
        self.floor.publish(count);
    }

    /// Switches the faults of `instance` (such as `shop-1`, or `all`).
    ///
    /// # Errors
    /// [`Error::Unknown`] for another name, [`Error::Options`] for a probability outside 0 to 1.
    pub fn set_faults(&self, instance: &str, faults: &Faults) -> Result<()> {
        self.floor.set_faults(instance, faults)
    }

    /// Cancels an order in its shop, as a merchant would; durable when it returns.
    ///
    /// # Errors
    /// [`Error::Unknown`] for another shop or order.
    pub async fn cancel_order(&self, shop: &str, order_id: i64) -> Result<()> {
        self.floor.cancel_order(shop, order_id).await
    }

    /// Changes an order's destination in its shop, as a customer would; durable when it returns.
    ///
    /// # Errors
    /// [`Error::Unknown`] for another shop or order.
    pub async fn move_order(&self, shop: &str, order_id: i64, destination: Address) -> Result<()> {
        self.floor.move_order(shop, order_id, destination).await
    }

    /// Counts stock in a warehouse; durable when it returns.
    ///
    /// # Errors
    /// [`Error::Unknown`] for another warehouse.
    pub async fn count_stock(&self, warehouse: &str, sku: &str, on_hand: i64) -> Result<()> {
        self.floor.count_stock(warehouse, sku, on_hand).await
    }

    /// Compares the ledgers of both sides as they are on disk now.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::Corrupt`].
    pub fn check(&self, options: &checker::CheckOptions) -> Result<checker::Report> {
        checker::check(&self.floor.data_dir, options)
    }

    /// Stops answering, finishes the ledgers and frees the ports.
    pub async fn shutdown(self) {
        self.stop.cancel();
        self.tasks.close();
        if tokio::time::timeout(GRACE, self.tasks.wait()).await.is_err() {
            tracing::warn!("some connections were still busy");
        }
        let floor = self.floor.clone();
        let closed = tokio::task::spawn_blocking(move || {
            floor.shops.iter().for_each(|(shop, _)| shop.ledger.close());
            floor.warehouses.iter().for_each(|(warehouse, _)| warehouse.ledger.close());
        });
        if closed.await.is_err() {
            tracing::error!("a ledger could not be closed");
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.cancel();
    }
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

    pub(crate) async fn count_stock(&self, warehouse: &str, sku: &str, on_hand: i64) -> Result<()> {
        let found = self.warehouses.iter().find(|(found, _)| found.profile.instance == warehouse);
        let (found, _) = found.ok_or_else(|| Error::Unknown(format!("warehouse `{warehouse}`")))?;
        let ticket = found.count_stock(sku.into(), sku.into(), on_hand)?;
        found.ledger.wait(ticket).await
    }
}

fn same_origin(before: &Origin, options: &SandboxOptions) -> Result<()> {
    let now = origin(options, Vec::new());
    let differs = [
        ("seed", before.seed != now.seed),
        ("shops", before.shops != now.shops),
        ("warehouses", before.warehouses != now.warehouses),
        ("orders", before.history != now.history),
    ];
    match differs.iter().find(|(_, differs)| *differs) {
        None => Ok(()),
        Some((name, _)) => Err(Error::Options(format!(
            "{} holds a sandbox made with another `{name}`; give the same options or another directory",
            options.data_dir.display()
        ))),
    }
}

fn origin(options: &SandboxOptions, ports: Vec<u16>) -> Origin {
    let history = match &options.orders {
        OrderSource::Generated => None,
        OrderSource::History(path) => Some(path.display().to_string()),
    };
    Origin { seed: options.seed, shops: options.shops, warehouses: options.warehouses, history, ports }
}

/// One listener for the control endpoint and each instance: on the ports of before, on those asked for, or on free ones.
async fn listen(options: &SandboxOptions, before: Option<&[u16]>) -> Result<Vec<TcpListener>> {
    let count = 1 + options.shops + options.warehouses;
    let fixed: Vec<u16> = match before {
        Some(ports) => ports.to_vec(),
        None if options.first_port > 0 => (options.first_port..).take(count).collect(),
        None => Vec::new(),
    };
    if !fixed.is_empty() && fixed.len() != count {
        return Err(Error::Options(format!("there are {} ports for {count} endpoints", fixed.len())));
    }
    let mut listeners = Vec::with_capacity(count);
    for port in fixed {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        listeners.push(TcpListener::bind(address).await.map_err(Error::io(format!("cannot listen on {address}")))?);
    }
    // Outside the range from which systems take ports for outgoing connections: a client that reconnects while the
    // sandbox is down must not be given the very port that the sandbox wants back.
    let mut tries = 0;
    while listeners.len() < count {
        let port = rand::rng().random_range(20_000..32_000);
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => listeners.push(listener),
            Err(_) if tries < 500 => tries += 1,
            Err(error) => return Err(Error::io("cannot find a free port")(error)),
        }
    }
    Ok(listeners)
}

fn token(prefix: &str) -> String {
    let bytes: [u8; 24] = rand::rng().random();
    format!("{prefix}{}", data_encoding::HEXLOWER.encode(&bytes))
}

fn manifest(options: &SandboxOptions, before: Option<Manifest>, listeners: &[TcpListener]) -> Result<Manifest> {
    if let Some(before) = before {
        return Ok(before);
    }
    let ports = listeners
        .iter()
        .map(|listener| listener.local_addr().map(|address| address.port()))
        .collect::<std::io::Result<Vec<u16>>>()
        .map_err(Error::io("cannot ask a socket for its port"))?;
    let urls: Vec<String> = ports.iter().map(|port| format!("http://127.0.0.1:{port}")).collect();
    let mut urls_left = urls.iter();
    let control_url = urls_left.next().cloned().unwrap_or_default();
    let shops = (0..options.shops).zip(urls_left.by_ref()).map(|(index, endpoint)| {
        let profile = shopify::Profile::new(index);
        ManifestConnection {
            side: Side::Shop,
            connector: "shopify".into(),
            config: json!({ "shop_domain": profile.domain, "endpoint": endpoint }),
            name: profile.name,
            secret: token("shpat_"),
            poll_seconds: 2,
            edit_window_seconds: 120,
        }
    });
    let mut connections: Vec<_> = shops.collect();
    connections.extend((0..options.warehouses).zip(urls_left).map(|(index, endpoint)| {
        let profile = shipbob::Profile::new(index);
        ManifestConnection {
            side: Side::Warehouse,
            connector: "shipbob".into(),
            config: json!({ "endpoint": endpoint, "channel_id": profile.channel_id }),
            name: profile.name,
            secret: token(""),
            poll_seconds: 2,
            edit_window_seconds: 0,
        }
    }));
    Ok(Manifest { control_url, control_token: token(""), connections, origin: origin(options, ports) })
}

type Instances = (Vec<(Arc<Shop>, Arc<Switches>)>, Vec<(Arc<Warehouse>, Arc<Switches>)>);

fn open(options: &SandboxOptions, ledgers: &Path, clock: &Arc<Clock>) -> Result<Instances> {
    let switches = |instance: &str| Arc::new(Switches::new(options.seed, instance, options.faults.clone()));
    let file = |instance: &str| ledgers.join(format!("{instance}.jsonl"));
    let mut shops = Vec::with_capacity(options.shops);
    for index in 0..options.shops {
        let profile = shopify::Profile::new(index);
        let (path, switches) = (file(&profile.instance), switches(&profile.instance));
        shops.push((Arc::new(Shop::open(profile, &path, clock.clone())?), switches));
    }
    let pace = Pace {
        seed: options.seed,
        picking_seconds: options.picking_seconds,
        shipping_seconds: options.shipping_seconds,
    };
    let mut warehouses = Vec::with_capacity(options.warehouses);
    for index in 0..options.warehouses {
        let profile = shipbob::Profile::new(index);
        let (path, switches) = (file(&profile.instance), switches(&profile.instance));
        warehouses.push((Arc::new(Warehouse::open(profile, pace, &path, clock.clone())?), switches));
    }
    if warehouses.iter().any(|(warehouse, _)| warehouse.is_new()) {
        stock(options, &warehouses)?;
    }
    Ok((shops, warehouses))
}

/// Fills the shelves of warehouses that have never been stocked.
fn stock(options: &SandboxOptions, warehouses: &[(Arc<Warehouse>, Arc<Switches>)]) -> Result<()> {
    let fresh: Vec<bool> = warehouses.iter().map(|(warehouse, _)| warehouse.is_new()).collect();
    for article in orders::articles(options)? {
        let shelves = orders::stock::shelves(options.seed, &article, warehouses.len());
        for (((warehouse, _), pieces), fresh) in warehouses.iter().zip(shelves).zip(&fresh) {
            if *fresh {
                warehouse.count_stock(article.sku.clone(), article.title.clone(), pieces)?;
            }
        }
    }
    Ok(())
}
