//! Durable state behind one trait: [`contract::Store`], with a SQLite implementation and an in-memory model.
//!
//! All writes are [`contract::Changes`]: one change set is one transaction, compare-and-set on every row it rewrites,
//! journal entries included. The store never decides anything about orders; it keeps or refuses a whole change set.
//! Reads are split by noun.
//!
//! What is *not* here: domain decisions, HTTP, clocks. Times come in with the changes.

mod chain;
pub mod contract;
pub mod error;
mod model;
pub mod query;
mod sqlite;
mod summary;

pub use contract::Store;
pub use error::Error;
pub use model::Model;
pub use sqlite::{Options, open};
