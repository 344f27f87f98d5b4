//! Shopify, a shop: orders in, shipments reported back, over the GraphQL Admin API.
//!
//! [`Shopify`] reads orders in order of change and reports shipments as fulfillments. It changes
//! nothing else in the shop: no stock, no order edits, no mails to customers.

use std::sync::LazyLock;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::json;
use switchyard_core::connection::Side;

use self::client::{API_VERSION, Client};
use self::config::OPEN_DAYS;
use self::cursor::Position;
use self::wire::CheckData;
use crate::contract::{
    Capabilities, CheckReport, Command, Connector, Context, Cursor, Descriptor, Done, Page, ParseError, RepeatClass,
    ShopOrder, Stream,
};
use crate::error::{Error, Kind, Result};
use crate::raw;
use crate::registry::Registration;
use crate::secret::Secret;

mod allocation;
mod client;
mod config;
mod cursor;
mod operation;
mod orders;
#[cfg(any(test, feature = "harness"))]
pub mod rehearsal;
mod report;
#[cfg(test)]
mod tests;
mod transform;
mod wire;

pub use self::config::Config;

static DESCRIPTOR: LazyLock<Descriptor> = LazyLock::new(|| Descriptor {
    name: "shopify",
    title: "Shopify",
    side: Side::Shop,
    api_version: API_VERSION,
    capabilities: Capabilities {
        streams: vec![Stream::Orders],
        cancel: false,
        change_address: false,
        returns: false,
        repeat: RepeatClass::B,
        settle: Duration::from_secs(10),
    },
});

/// The entry of the registry.
pub(crate) const REGISTRATION: Registration = Registration {
    describe: || &DESCRIPTOR,
    build: |config, secret| Ok(Box::new(Shopify::new(Config::read(config)?, secret)?)),
};

/// Scopes without which work stops, each with another that includes it.
const SCOPES: [(&str, &str, &str); 2] = [
    ("read_orders", "write_orders", "orders cannot be read"),
    (
        "write_merchant_managed_fulfillment_orders",
        "write_third_party_fulfillment_orders",
        "shipments cannot be reported: the shop shows no fulfillment orders and sends no error",
    ),
];

/// One configured shop.
#[derive(Debug)]
pub struct Shopify {
    config: Config,
    client: Client,
}

impl Shopify {
    /// A shop from its settings and its access token.
    ///
    /// # Errors
    /// [`Kind::Config`] when the address makes no sense.
    pub fn new(config: Config, token: Secret) -> Result<Self> {
        let client = Client::new(&config.base()?, token)?;
        Ok(Self { config, client })
    }

    fn scope_warnings(&self, granted: &[String]) -> Vec<String> {
        let has = |scope: &str| granted.iter().any(|handle| handle == scope);
        let mut warnings: Vec<_> = SCOPES
            .iter()
            .filter(|(scope, instead, _)| !has(scope) && !has(instead))
            .map(|(scope, _, consequence)| format!("scope `{scope}` is missing: {consequence}"))
            .collect();
        if self.config.lookback_days > OPEN_DAYS && !has("read_all_orders") {
            warnings
                .push(format!("scope `read_all_orders` is missing: orders older than {OPEN_DAYS} days stay unseen"));
        }
        warnings
    }
}

#[async_trait]
impl Connector for Shopify {
    fn describe(&self) -> &Descriptor {
        &DESCRIPTOR
    }

    async fn check(&self, context: &Context) -> Result<CheckReport> {
        let reply = self.client.run::<CheckData>(context, operation::CHECK, json!({})).await?;
        let scopes = reply.data.current_app_installation.access_scopes;
        let granted: Vec<_> = scopes.into_iter().map(|scope| scope.handle).collect();
        let mut warnings = self.scope_warnings(&granted);
        if let Some(version) = reply.version.filter(|version| version != API_VERSION) {
            warnings.push(format!("the shop answered with API version {version} instead of {API_VERSION}"));
        }
        let shop = reply.data.shop;
        Ok(CheckReport { account: format!("{} ({})", shop.name, shop.myshopify_domain), warnings, warehouses: vec![] })
    }

    async fn pull(&self, context: &Context, stream: Stream, cursor: Option<&Cursor>) -> Result<Page> {
        match stream {
            Stream::Orders => {
                let start = || Ok(Position::start(context.now, self.config.lookback_days));
                let position = cursor.map_or_else(start, Position::read)?;
                orders::pull(&self.client, context, position).await
            }
            Stream::Shipments | Stream::Stock | Stream::Returns => {
                Err(Error::new(Kind::Unsupported, format!("a shop has no {}", stream.as_str())))
            }
        }
    }

    fn parse_order(&self, raw: &[u8]) -> std::result::Result<ShopOrder, ParseError> {
        transform::order(raw::read(raw)?)
    }

    async fn push(&self, context: &Context, command: &Command, _key: &str) -> Result<Done> {
        match command {
            Command::ReportShipment(report) => report::push(&self.client, context, report).await,
            Command::HandOver(_)
            | Command::CancelFulfillment { .. }
            | Command::ChangeAddress { .. }
            | Command::AnnounceReturn(_)
            | Command::WithdrawReturn { .. } => Err(no_warehouse()),
        }
    }

    async fn find(&self, context: &Context, command: &Command) -> Result<Option<Done>> {
        match command {
            Command::ReportShipment(report) => report::find(&self.client, context, report).await,
            Command::HandOver(_)
            | Command::CancelFulfillment { .. }
            | Command::ChangeAddress { .. }
            | Command::AnnounceReturn(_)
            | Command::WithdrawReturn { .. } => Err(no_warehouse()),
        }
    }
}

fn no_warehouse() -> Error {
    Error::new(Kind::Unsupported, "a shop ships nothing: only shipments can be reported to it")
}
