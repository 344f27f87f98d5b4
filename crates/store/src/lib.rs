//! Durable state behind one trait: [`contract::Store`], with a SQLite implementation and an in-memory model.
//!
//! All writes are [`contract::Changes`]: one change set is one transaction, compare-and-set on every row it rewrites,
//! journal entries included. The store never decides anything about orders; it keeps or refuses a whole change set.
//! Reads are split by noun.
//!
//! [`open`] answers the store in a SQLite file, [`Model::new`] the one in memory; one suite of tests holds both to the
//! contract and compares them.
//!
//! ```no_run
//! use switchyard_store::contract::{Changes, NewJob, Write};
//!
//! # async fn example(now: switchyard_core::time::Timestamp) -> Result<(), switchyard_store::Error> {
//! let store = switchyard_store::open("data/switchyard.db".as_ref(), switchyard_store::Options::default()).await?;
//! let id = switchyard_core::id::JobId::new(now, [1; 10]);
//! let job = NewJob { id, kind: "route".to_owned(), key: "all".to_owned(), due: now };
//! store.commit(Changes { writes: vec![Write::Job(job)], ..Changes::default() }).await?;
//! store.close().await?;
//! # Ok(())
//! # }
//! ```
//!
//! What is *not* here: domain decisions, HTTP, clocks. Times come in with the changes.

mod booking;
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
