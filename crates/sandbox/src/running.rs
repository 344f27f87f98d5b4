//! A running sandbox.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use switchyard_core::address::Address;
use switchyard_core::connection::Side;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::checker;
use crate::clock::Clock;
use crate::control;
use crate::error::{Error, Result};
use crate::fault::{Faults, Switches};
use crate::floor::{Floor, Status};
use crate::gate::{self, Gate};
use crate::manifest::Manifest;
use crate::options::SandboxOptions;
use crate::publisher::{Progress, Publisher, Wish};
use crate::record::{CreatedReturn, ProcessedLine};
use crate::setup;
use crate::shipbob;
use crate::shopify;
use crate::socket::{CuttableListener, Peer};

/// How long open connections get to finish at a shutdown.
const GRACE: Duration = Duration::from_secs(2);

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
            setup::same_origin(&before.origin, &options)?;
        }
        let listeners =
            setup::listen(&options, before.as_ref().map(|manifest| manifest.origin.ports.as_slice())).await?;
        let manifest = setup::manifest(&options, before, &listeners)?;
        manifest.write(&options.data_dir)?;

        let clock = Arc::new(Clock::new(0, 0.0));
        let opening = (options.clone(), ledgers, clock.clone());
        // Ledgers and histories are read with blocking calls, for seconds when they are long.
        let (shops, warehouses) = tokio::task::spawn_blocking(move || setup::open(&opening.0, &opening.1, &opening.2))
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

    /// Goods come back to a warehouse: of the return announced under the reference in `arrival`, or unannounced when it has
    /// none. Answers the warehouse's id of the return; the id in `arrival` is passed over.
    ///
    /// # Errors
    /// [`Error::Unknown`] for another warehouse or reference.
    pub async fn receive_return(&self, warehouse: &str, arrival: CreatedReturn) -> Result<i64> {
        self.floor.receive_return(warehouse, arrival).await
    }

    /// A warehouse treats the goods of a return; what it restocks is on its shelf again.
    ///
    /// # Errors
    /// [`Error::Unknown`] for another warehouse or return.
    pub async fn process_return(&self, warehouse: &str, return_id: i64, lines: Vec<ProcessedLine>) -> Result<()> {
        self.floor.process_return(warehouse, return_id, lines).await
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
