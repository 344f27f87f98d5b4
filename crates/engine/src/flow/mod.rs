//! Durable flows, one per file, `<noun>_<verb>`.
//!
//! Every flow reads the same way: load, let `core` decide, commit one change set that also finishes the job. A crash
//! before the commit repeats the flow; a crash after it finds nothing left to do. Only `fulfillment_hand_over`,
//! `change_request_send`, `return_notice` and `shipment_report` have effects outside, and each commits an attempt before the first byte
//! leaves.

pub(crate) mod amendment;
pub(crate) mod attention_settle;
pub(crate) mod change_request_send;
pub(crate) mod connection_check;
pub(crate) mod delivery;
pub(crate) mod fulfillment_close_window;
pub(crate) mod fulfillment_confirm;
pub(crate) mod fulfillment_hand_over;
pub(crate) mod fulfillment_release;
pub(crate) mod invariants_check;
mod order_decision;
pub(crate) mod order_edit;
pub(crate) mod order_parse;
pub(crate) mod order_preview;
pub(crate) mod order_propose;
pub(crate) mod order_route;
pub(crate) mod order_shop_change;
pub(crate) mod order_validate;
pub(crate) mod orders_plan_together;
pub(crate) mod orders_pull;
pub(crate) mod page_store;
pub(crate) mod return_announce;
pub(crate) mod return_book;
mod return_change;
pub(crate) mod return_handle;
pub(crate) mod return_notice;
pub(crate) mod return_watch;
pub(crate) mod returns_pull;
pub(crate) mod rule_sweep;
pub(crate) mod shipment_book;
mod shipment_match;
pub(crate) mod shipment_report;
pub(crate) mod shipments_pull;
pub(crate) mod stock_change;
pub(crate) mod stock_pull;
pub(crate) mod transfer_change;
pub(crate) mod watchdog;
pub(crate) mod write_back_settle;

use std::time::Duration;

use switchyard_connectors::error::{Error as PartnerError, Kind};
use switchyard_core::time::Timestamp;
use switchyard_store::contract::Job;
use switchyard_store::contract::Write;

/// How a try of a job ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// The flow's own commit finished the job.
    Done,
    /// There was nothing to do.
    Idle,
    /// Not now.
    Later {
        /// Not before.
        due: Timestamp,
        /// Why, for a person.
        why: String,
    },
}

/// How a try of a job ended badly. The job stays.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The store says no.
    #[error(transparent)]
    Store(#[from] switchyard_store::Error),
    /// The partner says no, or nothing.
    #[error(transparent)]
    Partner(#[from] PartnerError),
    /// Something that should be impossible.
    #[error("defect: {0}")]
    Defect(String),
}

impl Failure {
    /// True when another writer was first and reading again will settle it.
    pub(crate) const fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(switchyard_store::Error::Conflict(_) | switchyard_store::Error::Stock { .. }))
    }

    /// How long the partner asked us to wait.
    pub(crate) const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Partner(error) => error.retry_after,
            Self::Store(_) | Self::Defect(_) => None,
        }
    }

    /// Whether it counts as a failed try; being throttled does not.
    pub(crate) const fn counts(&self) -> bool {
        !matches!(self, Self::Partner(PartnerError { kind: Kind::RateLimited, .. }))
    }
}

/// Reads the id a job is about.
pub(crate) fn key<T: std::str::FromStr>(job: &Job) -> Result<T, Failure>
where
    T::Err: std::fmt::Display,
{
    job.key.parse().map_err(|error: T::Err| Failure::Defect(format!("job {} has a wrong key: {error}", job.id)))
}

/// The write that finishes a job.
pub(crate) fn done(job: &Job) -> Write {
    Write::JobDone { job: job.id.clone(), token: job.token }
}

/// A lifecycle step the flow had already made sure of.
pub(crate) fn impossible(error: impl std::fmt::Display) -> Failure {
    Failure::Defect(error.to_string())
}
