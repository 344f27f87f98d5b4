//! What an edit is judged on, to start from.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_core::change_request::ChangeRequest;
use switchyard_core::edit::verdict::Capabilities;
use switchyard_core::edit::{Approver, Decision, Denied, Edit, Scene, decide};
use switchyard_core::fulfillment::FulfillmentOrder;
use switchyard_core::id::{ChangeRequestId, FulfillmentId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::money::Money;
use switchyard_core::order::{Order, OrderState};
use switchyard_core::quantity::Quantity;
use switchyard_core::role::{Holder, Role};

use crate::orders::{NOON, accepted};

/// Records of an order, with who acts on them.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) order: Order,
    pub(crate) parts: Vec<FulfillmentOrder>,
    pub(crate) requests: Vec<ChangeRequest>,
    pub(crate) warehouses: BTreeMap<WarehouseId, Capabilities>,
    pub(crate) labels: BTreeSet<FulfillmentId>,
    pub(crate) actor: Actor,
    pub(crate) holder: Holder,
    pub(crate) second: Option<Approver>,
    pub(crate) limit: Option<Money>,
}

impl Stage {
    /// A planned order in these parts, every warehouse able to do everything, a lead of the back office at work.
    pub(crate) fn planned(quantities: &[Quantity], parts: Vec<FulfillmentOrder>) -> Self {
        let order = Order { state: OrderState::Planned, ..accepted(quantities) };
        Self {
            warehouses: parts.iter().map(|part| (part.warehouse.clone(), Capabilities::all())).collect(),
            order,
            parts,
            requests: vec![],
            labels: BTreeSet::new(),
            actor: Actor::person("Ada"),
            holder: Holder::of(&[Role::BackOfficeLead]),
            second: None,
            limit: None,
        }
    }

    pub(crate) fn scene(&self) -> Scene<'_> {
        Scene {
            order: &self.order,
            parts: &self.parts,
            requests: &self.requests,
            warehouses: &self.warehouses,
            labels: &self.labels,
            actor: &self.actor,
            holder: &self.holder,
            approved_by: self.second.as_ref(),
            value_limit: self.limit,
            now: NOON,
        }
    }

    pub(crate) fn decide(&self, edit: &Edit) -> Result<Decision, Denied> {
        let mut number = u8::try_from(self.requests.len()).unwrap();
        decide(edit, &self.scene(), &mut || {
            number += 1;
            ChangeRequestId::new(NOON, [number; 10])
        })
    }

    /// Stores what was decided.
    pub(crate) fn take(&mut self, decision: &Decision) {
        self.order = decision.order.clone();
        for part in &decision.fulfillments {
            let place = self.parts.iter_mut().find(|known| known.id == part.id).unwrap();
            *place = part.clone();
        }
        for request in &decision.requests {
            self.requests.retain(|known| known.id != request.id);
            self.requests.push(request.clone());
        }
    }
}
