//! Who did what to which object, why, and what it was before: one entry per change, never edited.

use serde::{Deserialize, Serialize};

use crate::id::OrderId;
use crate::time::Timestamp;

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A person, by sign-in name.
    Person {
        /// Sign-in name.
        name: String,
    },
    /// A service of the engine, by its registered name such as `route`.
    Service {
        /// Registered name.
        name: String,
    },
    /// The partner's own doing, learned through a connection.
    Partner {
        /// Connection name.
        name: String,
    },
}

impl Actor {
    /// An engine service by name.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self::Service { name: name.to_owned() }
    }

    /// The name alone.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Person { name } | Self::Service { name } | Self::Partner { name } => name,
        }
    }

    /// A person by sign-in name.
    #[must_use]
    pub fn person(name: &str) -> Self {
        Self::Person { name: name.to_owned() }
    }
}

/// A change about to be recorded; the store adds sequence and hash chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When it happened, by the engine's clock.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What, as `noun.verb_past`, such as `order.planned`; the console translates it.
    pub kind: String,
    /// The order it belongs to, if any.
    pub order: Option<OrderId>,
    /// The object it happened to, in text form: an order, fulfillment order, connection ...
    pub subject: String,
    /// Why, in the actor's words; empty for automatic steps that need none.
    pub reason: String,
    /// The changed part before, `null` where it did not exist.
    pub before: serde_json::Value,
    /// The changed part after.
    pub after: serde_json::Value,
}

/// A recorded change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Recorded {
    /// Position in the journal, from 1, without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What, as `noun.verb_past`.
    pub kind: String,
    /// The order it belongs to, if any.
    pub order: Option<OrderId>,
    /// The object it happened to.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// Before.
    pub before: serde_json::Value,
    /// After.
    pub after: serde_json::Value,
    /// SHA-256 over the previous hash and this entry, hexadecimal.
    pub hash: String,
}
