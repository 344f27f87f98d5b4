//! The `sandbox` and `sandbox-check` commands of `switchyardd`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::checker::{CheckOptions, check};
use crate::fault::Faults;
use crate::options::{OrderSource, SandboxOptions};
use crate::running::Sandbox;

/// Simulated shops and warehouses on 127.0.0.1, with their own ledgers of what they applied.
#[derive(Debug, Clone, Args)]
pub struct SandboxArgs {
    /// Keeps the ledgers and `sandbox.json` with addresses and tokens; a restart goes on from here.
    #[arg(long, value_name = "DIR", default_value = "sandbox")]
    pub data_dir: PathBuf,
    /// Every draw comes from this number.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Shops that speak Shopify's Admin GraphQL API.
    #[arg(long, default_value_t = 2)]
    pub shops: usize,
    /// Warehouses that speak ShipBob's API.
    #[arg(long, default_value_t = 3)]
    pub warehouses: usize,
    /// Order history in the columns of the UCI Online Retail set (`.csv` or `.csv.zst`); generated orders without it.
    #[arg(long, value_name = "FILE")]
    pub orders: Option<PathBuf>,
    /// Only the first N orders.
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Orders a simulated minute over all shops [default: 12, and everything at once with --orders].
    #[arg(long, value_name = "ORDERS")]
    pub orders_per_minute: Option<f64>,
    /// Publish everything at once.
    #[arg(long, conflicts_with = "orders_per_minute")]
    pub at_once: bool,
    /// Simulated seconds in a real one.
    #[arg(long, default_value_t = 1.0)]
    pub speed: f64,
    /// Port of the control endpoint, the instances follow; 0 takes free ports.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Faults of every instance as JSON, such as '{"lose_answer": 0.02, "throttle": 0.1}'.
    #[arg(long, value_name = "JSON")]
    pub faults: Option<String>,
    /// Mean simulated seconds from acceptance to picking.
    #[arg(long, default_value_t = 20.0, value_name = "SECONDS")]
    pub picking_seconds: f64,
    /// Mean simulated seconds from picking to the parcel's departure.
    #[arg(long, default_value_t = 60.0, value_name = "SECONDS")]
    pub shipping_seconds: f64,
    /// Points in a shop's cost bucket.
    #[arg(long, default_value_t = 2_000.0, value_name = "POINTS")]
    pub bucket_size: f64,
    /// Points that come back to a shop's bucket in a simulated second.
    #[arg(long, default_value_t = 100.0, value_name = "POINTS")]
    pub bucket_restore_rate: f64,
    /// Calls a warehouse allows in a simulated minute.
    #[arg(long, default_value_t = 150, value_name = "CALLS")]
    pub calls_per_minute: u32,
}

impl SandboxArgs {
    /// The options these arguments mean.
    ///
    /// # Errors
    /// When `--faults` is no JSON of faults.
    pub fn options(self) -> Result<SandboxOptions> {
        let faults = match &self.faults {
            Some(text) => serde_json::from_str(text).context("--faults is not the JSON of faults")?,
            None => Faults::default(),
        };
        let default_rate = if self.orders.is_some() || self.at_once { None } else { Some(12.0) };
        Ok(SandboxOptions {
            data_dir: self.data_dir,
            seed: self.seed,
            shops: self.shops,
            warehouses: self.warehouses,
            orders: self.orders.map_or(OrderSource::Generated, OrderSource::History),
            limit: self.limit,
            orders_per_minute: self.orders_per_minute.or(default_rate),
            speed: self.speed,
            faults,
            first_port: self.port,
            picking_seconds: self.picking_seconds,
            shipping_seconds: self.shipping_seconds,
            bucket_size: self.bucket_size,
            bucket_restore_rate: self.bucket_restore_rate,
            calls_per_minute: self.calls_per_minute,
        })
    }
}

/// Runs a sandbox until `stop` resolves (the caller's signals), after telling on `out` how to reach it.
///
/// # Errors
/// Whatever stops the sandbox from starting.
pub async fn run(args: SandboxArgs, stop: impl Future<Output = ()>, mut out: impl Write) -> Result<()> {
    let data_dir = args.data_dir.clone();
    let sandbox = Sandbox::start(args.options()?).await?;
    let manifest = sandbox.manifest();
    for connection in &manifest.connections {
        let endpoint = connection.config.get("endpoint").and_then(serde_json::Value::as_str).unwrap_or_default();
        writeln!(out, "{:<8} {:<22} {endpoint}", connection.connector, connection.name)?;
    }
    writeln!(out, "{:<8} {:<22} {}", "control", "", manifest.control_url)?;
    writeln!(out, "tokens are in {}", data_dir.join(crate::Manifest::FILE).display())?;
    out.flush()?;
    stop.await;
    sandbox.shutdown().await;
    Ok(())
}

/// Compares the ledgers of a sandbox: every order shipped once, to the right address, and told to its shop once.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// The sandbox's data directory.
    pub dir: PathBuf,
    /// Count what has not happened yet as pending instead of lost.
    #[arg(long)]
    pub allow_pending: bool,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Prints the report on `out`; true when nothing is wrong.
///
/// # Errors
/// When a ledger cannot be read.
pub fn run_check(args: &CheckArgs, mut out: impl Write) -> Result<bool> {
    let report = check(&args.dir, &CheckOptions { allow_pending: args.allow_pending, ..CheckOptions::default() })?;
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{report}")?;
    }
    Ok(report.is_clean())
}
