//! Durable flows and the supervised services that run them.
//!
//! An [`Engine`] is started on a store, a vault and a clock; everything else asks it through its [`Handle`].
//!
//! - [`flow`] holds one durable flow per file, `<noun>_<verb>`: read, decide with `core`, commit one change set.
//! - [`service`] is the only list of services and their supervisor.
//! - [`connection`] sets partners up and remembers how they behave.
//! - [`dry_run`] tries other rules on stored orders.
//! - [`policy`] keeps what people decide in advance: rules, calendars, edit windows.
//! - [`handle`] is what may be asked, a person's change of a stock level among it.
//! - [`returns`] is what people may ask about goods that come back.
//! - [`events`] turns the journal into what the console sees live.
//!
//! What is *not* here: HTTP status codes, vendor names, business rules (those are in `core`).

mod catalog;
pub mod clock;
pub mod connection;
pub mod dry_run;
pub mod events;
pub mod flow;
pub mod handle;
pub mod invariant;
mod meter;
pub mod policy;
pub mod returns;
pub mod service;
pub mod status;
mod stock;
pub mod transfers;
pub mod vault;

mod engine;

pub(crate) use engine::Inner;
pub use engine::{Engine, Options};
pub use handle::Handle;
