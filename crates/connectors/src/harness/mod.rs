//! The conformance harness: holds every registered connector to the contract, over HTTP on this machine.
//!
//! A connector brings a [`Rehearsal`]: settings, commands, and a [`Partner`] that answers as its vendor does. The
//! harness stands between them and misbehaves. Every check panics with what was expected and what came, so a test is
//! one line: `harness::verify(rehearsal).await`.
//!
//! It proves what all connectors have in common. What is particular to a vendor is in that connector's own tests.

// A harness fails by panicking, as an assertion does.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::missing_panics_doc)]

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use switchyard_core::time::Timestamp;
use wiremock::{Request, ResponseTemplate};

use crate::contract::{Command, Connector, Context, Stream};
use crate::http::Http;
use crate::registry;
use crate::secret::Secret;

mod capabilities;
mod effects;
mod parsing;
mod reading;
mod settings;
mod stage;
#[cfg(test)]
mod tests;

pub use self::stage::{Fault, Stage};

/// The secret used on every stage: it must not turn up in any message.
pub const SECRET: &str = "planted-secret-6f1d2c";

/// The deadline of calls on a stage that answers. Long: a busy machine is not a fault.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// The deadline of calls that wait for nothing because the stage is silent from the first request on.
pub const SILENCE: Duration = Duration::from_millis(400);

/// The deadline of calls whose first requests are answered and whose effect meets silence.
pub const LATE_SILENCE: Duration = Duration::from_secs(3);

/// A vendor in miniature: answers as it documents, and remembers what it was told.
pub trait Partner: Send + Sync {
    /// Answers one request, and carries it out.
    fn answer(&self, request: &Request) -> ResponseTemplate;

    /// Whether a request would change something.
    fn is_effect(&self, request: &Request) -> bool;

    /// How many changes have been carried out. The same change again is none.
    fn effects(&self) -> usize;
}

/// What a connector brings to the harness.
#[derive(Debug, Clone, Copy)]
pub struct Rehearsal {
    /// The registered name.
    pub name: &'static str,
    /// Valid settings for a partner at a base address.
    pub config: fn(&str) -> Value,
    /// A fresh partner.
    pub partner: fn() -> Arc<dyn Partner>,
    /// One command of each supported kind, ready to be pushed to a fresh partner.
    pub commands: fn() -> Vec<Command>,
    /// How many distinct items a fresh partner has in each stream; more than one page.
    pub items: &'static [(Stream, usize)],
}

/// The rehearsals of all registered connectors, in the registry's order.
#[must_use]
pub fn rehearsals() -> Vec<Rehearsal> {
    vec![crate::shipbob::rehearsal::REHEARSAL, crate::shopify::rehearsal::REHEARSAL]
}

/// Runs every check.
pub async fn verify(rehearsal: Rehearsal) {
    settings::verify(rehearsal).await;
    capabilities::verify(rehearsal).await;
    reading::verify(rehearsal).await;
    effects::verify(rehearsal).await;
    parsing::verify(rehearsal).await;
}

impl Rehearsal {
    /// A connector that talks to `base`.
    #[must_use]
    pub fn connector(&self, base: &str) -> Box<dyn Connector> {
        registry::build(self.name, &(self.config)(base), Secret::new(SECRET))
            .expect("the rehearsal's settings are valid")
    }
}

/// A context whose clock stands still.
#[must_use]
pub fn context() -> Context {
    patient(DEADLINE)
}

/// The same with another deadline.
fn patient(deadline: Duration) -> Context {
    let now: Timestamp = "2026-11-22T09:30:00Z".parse().expect("an instant");
    Context { http: Http::new(deadline).expect("TLS can be set up"), now }
}

/// Fails when a text contains the planted secret.
pub(crate) fn assert_no_secret(what: &str, text: &str) {
    assert!(!text.contains(SECRET), "{what} shows the secret: {text}");
}
