//! Reads what a warehouse says about returns and stores it raw.

use std::sync::Arc;

use switchyard_connectors::contract::Stream;
use switchyard_store::contract::Job;

use super::page_store::{self, Poll};
use super::{Failure, Step};
use crate::Inner;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let partner = match page_store::ready(&inner, &job).await? {
        Poll::Ready(partner) => partner,
        Poll::Not(step) => return Ok(step),
    };
    if !partner.connector.describe().capabilities.streams.contains(&Stream::Returns) {
        return Ok(Step::Idle);
    }
    page_store::pull(&inner, &job, &partner, Stream::Returns, "return_booking").await
}
