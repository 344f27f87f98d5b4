//! The only list of connectors.

use crate::contract::{Connector, Descriptor};
use crate::error::{Error, Kind, Result};
use crate::secret::Secret;

/// How to make a connector from its settings and its secret.
type Build = fn(&serde_json::Value, Secret) -> Result<Box<dyn Connector>>;

/// One registered connector.
#[derive(Debug)]
pub struct Registration {
    /// Who it is.
    pub describe: fn() -> &'static Descriptor,
    /// Makes one.
    pub build: Build,
}

/// Every connector, in alphabetical order.
pub const CONNECTORS: &[Registration] = &[crate::shipbob::REGISTRATION, crate::shopify::REGISTRATION];

/// The registration called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Registration> {
    CONNECTORS.iter().find(|registration| (registration.describe)().name == name)
}

/// Makes a configured connector.
///
/// # Errors
/// [`Kind::Config`] for an unknown name or settings the connector refuses, naming the field.
pub fn build(name: &str, config: &serde_json::Value, secret: Secret) -> Result<Box<dyn Connector>> {
    let registration =
        find(name).ok_or_else(|| Error::new(Kind::Config, format!("there is no connector called `{name}`")))?;
    (registration.build)(config, secret)
}
