//! What warehouses were asked to change, in memory.

use async_trait::async_trait;
use switchyard_core::change_request::{ChangeRequest, ChangeRequestState};
use switchyard_core::id::ChangeRequestId;

use super::{Model, State, conflict, expect_revision};
use crate::contract::ChangeRequests;
use crate::error::Result;

impl State {
    pub(super) fn put_change_request(&mut self, mut request: ChangeRequest) -> Result<()> {
        let stored = self.change_requests.get(request.id.as_str());
        let refusal = || conflict("change request", &request.id);
        expect_revision(stored.map(|one| one.revision), request.revision, refusal)?;
        if stored.is_some_and(|one| (&one.order, &one.fulfillment) != (&request.order, &request.fulfillment)) {
            return Err(refusal());
        }
        self.expect_order(&request.order)?;
        self.expect_part(&request.fulfillment)?;
        request.revision += 1;
        self.change_requests.put(request.id.clone().as_str(), request);
        Ok(())
    }
}

#[async_trait]
impl ChangeRequests for Model {
    async fn change_request(&self, id: &ChangeRequestId) -> Result<Option<ChangeRequest>> {
        Ok(self.state()?.change_requests.get(id.as_str()).cloned())
    }

    async fn change_requests_in(&self, state: ChangeRequestState, limit: u32) -> Result<Vec<ChangeRequest>> {
        let held = self.state()?;
        let found = held.change_requests.iter().filter(|one| one.state == state);
        Ok(found.take(usize::try_from(limit).unwrap_or(usize::MAX)).cloned().collect())
    }
}
