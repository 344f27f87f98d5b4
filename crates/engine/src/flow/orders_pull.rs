//! Reads a shop's new and changed orders and stores them raw.

use std::sync::Arc;

use switchyard_connectors::contract::Stream;
use switchyard_store::contract::Job;

use super::page_store::{self, Poll};
use super::{Failure, Step};
use crate::Inner;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    match page_store::ready(&inner, &job).await? {
        Poll::Ready(partner) => page_store::pull(&inner, &job, &partner, Stream::Orders, "parse").await,
        Poll::Not(step) => Ok(step),
    }
}
