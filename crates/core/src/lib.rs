//! Switchyard's domain, pure: the words of order logistics, their lifecycles and the rules between them.
//!
//! Nothing here reads a clock, draws a random number, touches a file or a socket, or awaits. Whoever calls passes the
//! time and the randomness in, so every decision can be replayed from its inputs.
//!
//! - Vocabulary: [`order`], [`fulfillment`], [`change_request`], [`shipment`], [`hold`], [`write_back`], [`return_order`],
//!   [`transfer`], [`stock`], [`lot`], [`bundle`], [`article`], [`address`], [`money`]; who may do
//!   what is in [`role`].
//! - [`lifecycle`]: states are stored and move along tables; [`progress`] is computed; [`attention`] waits for a person.
//! - Decisions: [`plan`] assigns units to warehouses, [`edit`] says what may still be changed and how,
//!   [`preview`] shows it before, [`shop_change`] settles what the shop changed meanwhile,
//!   [`window`] says until when, by the warehouse's [`calendar`], [`backoff`] says when to try again.
//! - [`rule`] is what people decide in advance: routing and hold rules as data, with a linter and a dry run.
//! - [`joint`] assigns the units of open orders that compete for scarce stock together.
//! - [`shelves`] is what both are asked about: of a bundle, the sets that a warehouse's free components make.
//! - [`units`] is the invariant under all of it: every ordered unit is in exactly one place.
//!
//! What is *not* here: storage, vendors, HTTP, retries in progress. See `store`, `connectors` and `engine`.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may panic")
)]

pub mod address;
pub mod article;
pub mod attention;
pub mod backoff;
pub mod bundle;
pub mod calendar;
pub mod change_request;
pub mod code;
pub mod connection;
pub mod edit;
pub mod fulfillment;
pub mod hold;
pub mod id;
pub mod joint;
pub mod journal;
pub mod lifecycle;
pub mod lot;
pub mod money;
pub mod order;
pub mod plan;
pub mod preview;
pub mod progress;
pub mod quantity;
pub mod return_order;
pub mod role;
pub mod rule;
pub mod shelves;
pub mod shipment;
pub mod shop_change;
pub mod stock;
pub mod time;
pub mod transfer;
pub mod units;
pub mod unreadable;
pub mod watch;
pub mod window;
pub mod write_back;
