//! The first minute of a sandbox: ports, tokens, ledgers and shelves, new or as they were.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use rand::Rng;
use serde_json::json;
use switchyard_core::connection::Side;
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::fault::Switches;
use crate::manifest::{Manifest, ManifestConnection, Origin};
use crate::options::{OrderSource, SandboxOptions};
use crate::orders;
use crate::shipbob::{self, Pace, Warehouse};
use crate::shopify::{self, Shop};

pub(crate) fn same_origin(before: &Origin, options: &SandboxOptions) -> Result<()> {
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
pub(crate) async fn listen(options: &SandboxOptions, before: Option<&[u16]>) -> Result<Vec<TcpListener>> {
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

pub(crate) fn manifest(
    options: &SandboxOptions,
    before: Option<Manifest>,
    listeners: &[TcpListener],
) -> Result<Manifest> {
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

pub(crate) type Instances = (Vec<(Arc<Shop>, Arc<Switches>)>, Vec<(Arc<Warehouse>, Arc<Switches>)>);

pub(crate) fn open(options: &SandboxOptions, ledgers: &Path, clock: &Arc<Clock>) -> Result<Instances> {
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
