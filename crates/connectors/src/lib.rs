//! One folder per shop or warehouse system, behind one contract and one registry.
//!
//! - [`contract`] is what every connector implements and what the engine knows.
//! - [`registry`] is the only list of connectors.
//! - [`http`] is the only HTTP client: deadlines, redaction, error mapping.
//! - [`error`] cuts failures by what the caller can do about them.
//! - `harness` (feature `harness`) holds every connector to the contract.
//!
//! A connector is stateless: no database, no clock, no spawned task. It gets a [`contract::Context`] and answers.
//! Business rules are not here; a connector translates.

pub mod contract;
#[cfg(test)]
mod contracts;
pub mod endpoint;
pub mod error;
#[cfg(any(test, feature = "harness"))]
pub mod harness;
pub mod http;
mod overlap;
mod raw;
pub mod registry;
pub mod secret;
pub mod shipbob;
pub mod shopify;
