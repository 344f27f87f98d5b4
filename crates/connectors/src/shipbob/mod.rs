//! ShipBob, a warehouse system: orders handed over, returns announced, and shipments, stock and returns read back, over
//! its REST API.
//!
//! [`ShipBob`] speaks for one channel of one account. Our fulfillment order number is ShipBob's `reference_id`, which is
//! unique per channel, so a repeated hand-over is recognised there.

use std::sync::LazyLock;
use std::time::Duration;

use async_trait::async_trait;
use switchyard_core::connection::Side;

use self::client::{API_VERSION, Client};
use self::cursor::{ReturnPosition, ShipmentPosition};
use self::wire::{Channel, Channels, FulfillmentCenter};
use crate::contract::{
    Capabilities, CheckReport, Command, Connector, Context, Cursor, Descriptor, Done, Page, ParseError,
    RemoteWarehouse, RepeatClass, ReturnUpdate, ShipmentUpdate, StockReport, Stream,
};
use crate::error::{Error, Kind, Result};
use crate::raw;
use crate::registry::Registration;
use crate::secret::Secret;

mod client;
mod config;
mod cursor;
mod orders;
mod reading;
#[cfg(any(test, feature = "harness"))]
pub mod rehearsal;
mod returns;
#[cfg(test)]
mod tests;
mod transform;
mod wire;

pub use self::config::Config;

static DESCRIPTOR: LazyLock<Descriptor> = LazyLock::new(|| Descriptor {
    name: "shipbob",
    title: "ShipBob",
    side: Side::Warehouse,
    api_version: API_VERSION,
    capabilities: Capabilities {
        streams: vec![Stream::Shipments, Stream::Stock, Stream::Returns],
        cancel: true,
        change_address: true,
        returns: true,
        repeat: RepeatClass::A,
        settle: Duration::from_secs(5),
    },
});

/// The entry of the registry.
pub(crate) const REGISTRATION: Registration = Registration {
    describe: || &DESCRIPTOR,
    build: |config, secret| Ok(Box::new(ShipBob::new(Config::read(config)?, secret)?)),
};

/// Pages of channels read by a check; nobody has as many.
const CHANNEL_PAGES: usize = 20;

/// One configured channel.
#[derive(Debug)]
pub struct ShipBob {
    config: Config,
    client: Client,
}

impl ShipBob {
    /// A channel from its settings and its personal access token.
    ///
    /// # Errors
    /// [`Kind::Config`] when the endpoint makes no sense.
    pub fn new(config: Config, token: Secret) -> Result<Self> {
        let client = Client::new(config.base()?, token, config.channel_id);
        Ok(Self { config, client })
    }

    async fn channel(&self, context: &Context) -> Result<Channel> {
        let mut path = "channel?RecordsPerPage=50".to_owned();
        let mut seen = Vec::new();
        for _ in 0..CHANNEL_PAGES {
            let page: Channels = self.client.get(context, &path).await?.body;
            for channel in page.items.unwrap_or_default() {
                if channel.id == self.config.channel_id {
                    return Ok(channel);
                }
                seen.push(format!("{} ({})", channel.id, channel.name.as_deref().unwrap_or("unnamed")));
            }
            match page.next.as_deref().and_then(reading::query_of) {
                Some(query) => path = format!("channel?{query}"),
                None => break,
            }
        }
        let detail =
            format!("channel_id: {} is none of the token's channels: {}", self.config.channel_id, seen.join(", "));
        Err(Error::new(Kind::Config, detail))
    }
}

#[async_trait]
impl Connector for ShipBob {
    fn describe(&self) -> &Descriptor {
        &DESCRIPTOR
    }

    async fn check(&self, context: &Context) -> Result<CheckReport> {
        let channel = self.channel(context).await?;
        let centers: Vec<FulfillmentCenter> = self.client.get(context, "fulfillment-center").await?.body;
        let scopes = channel.scopes.unwrap_or_default();
        let missing = |scope: &&str| !scopes.is_empty() && !scopes.iter().any(|granted| granted == scope);
        let warning = |scope| format!("channel {} has no scope `{scope}`", channel.id);
        let name = channel.name.unwrap_or_default();
        Ok(CheckReport {
            account: format!("{name} (channel {})", channel.id).trim().to_owned(),
            warehouses: centers.into_iter().map(warehouse).collect(),
            warnings: ["orders_read", "orders_write", "inventory_read", "returns_read", "returns_write"]
                .into_iter()
                .filter(missing)
                .map(warning)
                .collect(),
        })
    }

    async fn pull(&self, context: &Context, stream: Stream, cursor: Option<&Cursor>) -> Result<Page> {
        match stream {
            Stream::Shipments => {
                let start = || Ok(ShipmentPosition::start(context.now, self.config.lookback_days));
                let position = cursor.map_or_else(start, cursor::read)?;
                reading::shipments(&self.client, context, position).await
            }
            Stream::Stock => {
                let position = cursor.map(cursor::read).transpose()?.unwrap_or_default();
                reading::stock(&self.client, context, position).await
            }
            Stream::Returns => {
                let start = || Ok(ReturnPosition::start(context.now, self.config.lookback_days));
                let position = cursor.map_or_else(start, cursor::read)?;
                returns::read(&self.client, context, position).await
            }
            Stream::Orders => Err(Error::new(Kind::Unsupported, "a warehouse system sells nothing: it has no orders")),
        }
    }

    fn parse_shipment_update(&self, raw: &[u8]) -> std::result::Result<ShipmentUpdate, ParseError> {
        transform::shipment_update(raw::read(raw)?)
    }

    fn parse_stock(&self, raw: &[u8]) -> std::result::Result<Vec<StockReport>, ParseError> {
        Ok(transform::stock(raw::read(raw)?))
    }

    fn parse_return(&self, raw: &[u8]) -> std::result::Result<ReturnUpdate, ParseError> {
        returns::update(raw::read(raw)?)
    }

    async fn push(&self, context: &Context, command: &Command, _key: &str) -> Result<Done> {
        match command {
            Command::HandOver(request) => orders::create(&self.client, context, request).await,
            Command::CancelFulfillment { remote_id, .. } => orders::cancel(&self.client, context, remote_id).await,
            Command::ChangeAddress { remote_id, ship_to, email, .. } => {
                orders::change_address(&self.client, context, remote_id, ship_to, email).await
            }
            Command::AnnounceReturn(notice) => returns::announce(&self.client, context, notice).await,
            Command::WithdrawReturn { remote_id, .. } => returns::withdraw(&self.client, context, remote_id).await,
            Command::ReportShipment(_) => Err(no_shop()),
        }
    }

    async fn find(&self, context: &Context, command: &Command) -> Result<Option<Done>> {
        match command {
            Command::HandOver(request) => {
                let order = orders::with_reference(&self.client, context, &request.reference).await?;
                Ok(order.map(|order| Done { remote_id: order.id.to_string(), already: true }))
            }
            Command::CancelFulfillment { remote_id, .. } => orders::cancelled(&self.client, context, remote_id).await,
            Command::ChangeAddress { remote_id, ship_to, .. } => {
                orders::address_changed(&self.client, context, remote_id, ship_to).await
            }
            Command::AnnounceReturn(notice) => returns::with_reference(&self.client, context, &notice.reference).await,
            Command::WithdrawReturn { remote_id, .. } => returns::withdrawn(&self.client, context, remote_id).await,
            Command::ReportShipment(_) => Err(no_shop()),
        }
    }
}

fn warehouse(center: FulfillmentCenter) -> RemoteWarehouse {
    let country = center.country.unwrap_or_default().trim().to_ascii_uppercase();
    RemoteWarehouse {
        remote_id: center.id.to_string(),
        name: center.name.unwrap_or_default(),
        country: if country.len() == 2 { country } else { String::new() },
    }
}

fn no_shop() -> Error {
    Error::new(Kind::Unsupported, "a warehouse system has no customers: shipments cannot be reported to it")
}
