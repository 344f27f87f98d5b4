//! Several edits, one after the other, as one change: each is judged on what the ones before it left.

use super::decide::{Decision, Denied, PartVerdict, Scene, decide};
use super::work::Move;
use super::{Edit, FieldChange};
use crate::attention::AttentionItem;
use crate::change_request::ChangeRequest;
use crate::fulfillment::FulfillmentOrder;
use crate::id::{ChangeRequestId, FulfillmentId};
use crate::order::Order;

/// What one edit of a series came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it means for each part, whether or not it was done.
    pub verdicts: Vec<PartVerdict>,
    /// Why it was not done; `None` when it was.
    pub denied: Option<Denied>,
}

/// What a series of edits comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The order afterwards; its revision is still the one it was read at.
    pub order: Order,
    /// All parts afterwards, those that did not change among them.
    pub parts: Vec<FulfillmentOrder>,
    /// All change requests about them afterwards, likewise.
    pub requests: Vec<ChangeRequest>,
    /// Parts whose hand-over has to be withdrawn from the outbox.
    pub withdrawn: Vec<FulfillmentId>,
    /// Whether the order has to be validated and planned again.
    pub replan: bool,
    /// Parts to try to release now.
    pub release: Vec<FulfillmentId>,
    /// Units with a warehouse of somebody's choice.
    pub moves: Vec<Move>,
    /// Parts whose packing tables get a stop signal.
    pub stop: Vec<FulfillmentId>,
    /// What changed, field by field, in the order of the edits.
    pub changes: Vec<FieldChange>,
    /// What could not be done and needs a person.
    pub attention: Vec<AttentionItem>,
    /// Each edit's outcome, in order.
    pub steps: Vec<Step>,
}

impl Series {
    /// A series that has not begun.
    #[must_use]
    pub fn of(scene: &Scene<'_>) -> Self {
        Self {
            order: scene.order.clone(),
            parts: scene.parts.to_vec(),
            requests: scene.requests.to_vec(),
            withdrawn: Vec::new(),
            replan: false,
            release: Vec::new(),
            moves: Vec::new(),
            stop: Vec::new(),
            changes: Vec::new(),
            attention: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Makes the next edit, on what the ones before it left; says whether it was done. One that is denied changes nothing,
    /// and its step says why.
    pub fn make(&mut self, edit: &Edit, scene: &Scene<'_>, new_id: &mut dyn FnMut() -> ChangeRequestId) -> bool {
        let (order, parts, requests) = (self.order.clone(), self.parts.clone(), self.requests.clone());
        let scene = Scene { order: &order, parts: &parts, requests: &requests, ..*scene };
        match decide(edit, &scene, new_id) {
            Ok(decision) => {
                self.take(decision);
                true
            }
            Err(denied) => {
                let verdicts = super::decide::verdicts(edit, &scene);
                self.steps.push(Step { verdicts, denied: Some(denied) });
                false
            }
        }
    }

    fn take(&mut self, decision: Decision) {
        self.order = decision.order;
        for part in decision.fulfillments {
            if let Some(place) = self.parts.iter_mut().find(|known| known.id == part.id) {
                *place = part;
            }
        }
        for request in decision.requests {
            match self.requests.iter_mut().find(|known| known.id == request.id) {
                Some(place) => *place = request,
                None => self.requests.push(request),
            }
        }
        self.withdrawn.extend(decision.withdrawn);
        self.replan |= decision.replan;
        self.release.extend(decision.release);
        if self.replan {
            // What is planned again is released by its new plan.
            self.release.clear();
        }
        self.moves.extend(decision.moves);
        self.stop.extend(decision.stop.into_iter().filter(|part| !self.stop.contains(part)).collect::<Vec<_>>());
        self.changes.extend(decision.changes);
        self.attention.extend(decision.attention);
        self.steps.push(Step { verdicts: decision.verdicts, denied: None });
    }
}
