//! Settings of a Shopify connection.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::endpoint;
use crate::error::{Error, Kind, Result};

/// Days of orders an app may read without the scope `read_all_orders`.
pub(super) const OPEN_DAYS: u32 = 60;

/// Settings of a Shopify connection; the access token is the connection's secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The shop's permanent domain, such as `example.myshopify.com`.
    pub shop_domain: String,
    /// Another base address than `https://{shop_domain}`, such as `http://127.0.0.1:9101`; plain HTTP on this machine
    /// only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// How far back the first reading of orders goes. More than 60 needs the scope `read_all_orders`.
    #[serde(default = "default_lookback_days")]
    pub lookback_days: u32,
}

const fn default_lookback_days() -> u32 {
    OPEN_DAYS
}

impl Config {
    /// Reads settings as stored.
    ///
    /// # Errors
    /// [`Kind::Config`] naming the field.
    pub(super) fn read(value: &serde_json::Value) -> Result<Self> {
        let config: Self = serde_path_to_error::deserialize(value)
            .map_err(|error| Error::new(Kind::Config, format!("shopify settings: {error}")))?;
        config.base()?;
        Ok(config)
    }

    /// The base address, ending in `/`.
    ///
    /// # Errors
    /// [`Kind::Config`] when the domain is not one of Shopify's, so that the token is never sent elsewhere by a typing
    /// mistake, or when the endpoint is refused by [`endpoint::parse`].
    pub(super) fn base(&self) -> Result<Url> {
        let shop = self.shop_domain.strip_suffix(".myshopify.com").unwrap_or_default();
        let valid = !shop.is_empty() && shop.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !valid {
            let detail = format!("shop_domain: `{}` is not like example.myshopify.com", self.shop_domain);
            return Err(Error::new(Kind::Config, detail));
        }
        self.endpoint
            .as_deref()
            .map_or_else(|| endpoint::parse(&format!("https://{}", self.shop_domain)), endpoint::parse)
    }
}
