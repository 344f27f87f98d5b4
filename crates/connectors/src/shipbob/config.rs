//! Settings of a ShipBob connection.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::endpoint;
use crate::error::{Error, Kind, Result};

/// Settings of a ShipBob connection; the personal access token is the connection's secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The channel that our orders belong to, such as `433611`; `check` lists those the token may use.
    pub channel_id: u64,
    /// True to talk to ShipBob's sandbox instead of the real warehouses.
    #[serde(default)]
    pub sandbox: bool,
    /// Another base address than ShipBob's, such as `http://127.0.0.1:9102`; plain HTTP on this machine only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// How far back the first reading of orders goes.
    #[serde(default = "default_lookback_days")]
    pub lookback_days: u32,
}

const fn default_lookback_days() -> u32 {
    30
}

impl Config {
    /// Reads settings as stored.
    ///
    /// # Errors
    /// [`Kind::Config`] naming the field.
    pub(super) fn read(value: &serde_json::Value) -> Result<Self> {
        let config: Self = serde_path_to_error::deserialize(value)
            .map_err(|error| Error::new(Kind::Config, format!("shipbob settings: {error}")))?;
        config.base()?;
        Ok(config)
    }

    /// The base address, ending in `/`.
    ///
    /// # Errors
    /// [`Kind::Config`] when the endpoint is refused by [`endpoint::parse`].
    pub(super) fn base(&self) -> Result<Url> {
        let vendor = if self.sandbox { "https://sandbox-api.shipbob.com" } else { "https://api.shipbob.com" };
        endpoint::parse(self.endpoint.as_deref().unwrap_or(vendor))
    }
}
