//! An edit as a whole: each part judged by the table, what is allowed carried out, the rest named.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::kind::{Kind, Stage};
use super::verdict::{Capabilities, Facts, Reason, Ruling, Verdict, verdict};
use super::work::{Move, Reach, Work};
use super::{Edit, FieldChange, Refusal};
use crate::attention::{AttentionItem, Choice};
use crate::change_request::{self, Afterwards, ChangeRequest};
use crate::code::{Code, Problem};
use crate::fulfillment::{FulfillmentOrder, FulfillmentState};
use crate::hold::{self, NewHold, Owner};
use crate::id::{ChangeRequestId, FulfillmentId, LineId, WarehouseId};
use crate::journal::Actor;
use crate::money::Money;
use crate::order::Order;
use crate::role::{Holder, Power};
use crate::time::Timestamp;

/// Somebody who agreed to an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Approver {
    /// As the journal names them.
    pub actor: Actor,
    /// What they are.
    pub holder: Holder,
}

/// Everything an edit is judged on.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The order.
    pub order: &'a Order,
    /// Its parts, oldest first.
    pub parts: &'a [FulfillmentOrder],
    /// Change requests about them.
    pub requests: &'a [ChangeRequest],
    /// What each warehouse can be asked; one that is missing can be asked nothing.
    pub warehouses: &'a BTreeMap<WarehouseId, Capabilities>,
    /// Parts of which a label is printed.
    pub labels: &'a BTreeSet<FulfillmentId>,
    /// Who wants it, as the journal names them.
    pub actor: &'a Actor,
    /// Who wants it, by role.
    pub holder: &'a Holder,
    /// Who agreed to it, if somebody did.
    pub approved_by: Option<&'a Approver>,
    /// Above this total two people decide; `None` means never.
    pub value_limit: Option<Money>,
    /// When.
    pub now: Timestamp,
}

/// What an edit means for one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartVerdict {
    /// The part; `None` for units that are not planned.
    pub fulfillment: Option<FulfillmentId>,
    /// How far it is.
    pub stage: Stage,
    /// What the edit means there.
    pub ruling: Ruling,
}

/// What follows from an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The order as it is now; its revision is still the one it was read at.
    pub order: Order,
    /// Parts that changed, likewise.
    pub fulfillments: Vec<FulfillmentOrder>,
    /// Parts whose hand-over has to be withdrawn from the outbox: they were queued.
    pub withdrawn: Vec<FulfillmentId>,
    /// Whether the order has to be validated and planned again.
    pub replan: bool,
    /// Parts to try to release now.
    pub release: Vec<FulfillmentId>,
    /// Units with a warehouse of somebody's choice: the router pins them there.
    pub moves: Vec<Move>,
    /// Change requests that are new (revision 0) or changed.
    pub requests: Vec<ChangeRequest>,
    /// Parts whose packing tables get a stop signal.
    pub stop: Vec<FulfillmentId>,
    /// What changed, field by field.
    pub changes: Vec<FieldChange>,
    /// What it means for each part.
    pub verdicts: Vec<PartVerdict>,
    /// What could not be done and needs a person.
    pub attention: Vec<AttentionItem>,
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The wish makes no sense for this order.
    #[error(transparent)]
    Wish(#[from] Refusal),
    /// The hold cannot be placed or lifted by whoever wants to.
    #[error(transparent)]
    Hold(#[from] hold::Refusal),
    /// It can be done nowhere.
    #[error("{}", say(.0))]
    Nowhere(Vec<PartVerdict>),
    /// A second person has to agree.
    #[error("a second person who may approve edits has to agree first")]
    NeedsApproval(Vec<PartVerdict>),
}

fn say(verdicts: &[PartVerdict]) -> String {
    let mut reasons: Vec<&str> =
        verdicts.iter().filter_map(|part| part.refused()).map(|(why, _)| why.in_words()).collect();
    reasons.dedup();
    reasons.join("; ")
}

impl PartVerdict {
    /// Why it is refused here and what is left, if it is.
    #[must_use]
    pub fn refused(&self) -> Option<(Reason, &[Choice])> {
        match &self.ruling.verdict {
            Verdict::Refused { reason, options } => Some((*reason, options)),
            _ => None,
        }
    }
}

impl Denied {
    /// The denial for a person. [`Denied::Wish`] and [`Denied::Hold`] have problems of their own.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Wish(refusal) => Problem::new(
                Code::EditRefused,
                "The order cannot be changed like that",
                refusal.to_string(),
                "Read the order again and correct the wish.",
            ),
            Self::Hold(refusal) => refusal.problem(),
            Self::Nowhere(verdicts) => {
                let code = verdicts.iter().find_map(PartVerdict::refused).map_or(Code::TooLate, |(why, _)| why.code());
                Problem::new(
                    code,
                    "This cannot be done here",
                    self.to_string(),
                    "Choose one of the ways that are left.",
                )
            }
            Self::NeedsApproval(_) => Problem::new(
                Code::ApprovalNeeded,
                "A second person has to agree",
                self.to_string(),
                "Ask a lead of the back office to approve it.",
            ),
        }
    }
}

/// The parts an edit is about: all that can still be something, or those with the line, or the one.
fn concerned<'a>(edit: &Edit, parts: &'a [FulfillmentOrder]) -> Vec<&'a FulfillmentOrder> {
    let has = |part: &FulfillmentOrder, line: &LineId| part.quantity_of(line) > 0;
    let about = |part: &&FulfillmentOrder| match edit {
        Edit::Quantity { line, .. } | Edit::MoreUnits { line, .. } | Edit::Lot { line, .. } => has(part, line),
        Edit::Warehouse { fulfillment, .. } => &part.id == fulfillment,
        Edit::Hold { fulfillment: Some(fulfillment), .. } => &part.id == fulfillment,
        _ => true,
    };
    parts.iter().filter(|part| Stage::of(part.state).is_some()).filter(about).collect()
}

fn above_limit(scene: &Scene<'_>) -> bool {
    scene.value_limit.is_some_and(|limit| {
        // A limit in another currency cannot be compared, so two people look.
        limit.currency != scene.order.total.currency || scene.order.total.minor > limit.minor
    })
}

/// What an edit means for each part, without doing it: a line for units that are not planned comes first. Empty for
/// lifting a hold and for releasing.
#[must_use]
pub fn verdicts(edit: &Edit, scene: &Scene<'_>) -> Vec<PartVerdict> {
    let Some(kind) = Kind::of(edit) else { return Vec::new() };
    let nothing = Capabilities::default();
    let above_limit = above_limit(scene);
    let judge = |part: Option<&FulfillmentOrder>| {
        let stage = part.and_then(|part| Stage::of(part.state)).unwrap_or(Stage::Open);
        let warehouse = part.map(|part| &part.warehouse);
        let facts = Facts {
            capabilities: warehouse.and_then(|place| scene.warehouses.get(place)).unwrap_or(&nothing),
            holder: scene.holder,
            warehouse,
            label_printed: part.is_some_and(|part| scene.labels.contains(&part.id)),
            unconfirmed: part.is_some_and(|part| part.state == FulfillmentState::Unconfirmed),
            above_limit,
        };
        let fulfillment = part.map(|part| part.id.clone());
        PartVerdict { fulfillment, stage, ruling: verdict(kind, stage, facts) }
    };
    let concerned = concerned(edit, scene.parts);
    let loose = crate::units::account(scene.order, scene.parts).is_ok_and(|accounts| {
        accounts.iter().any(|line| {
            let meant = match edit {
                Edit::Quantity { line: id, .. } | Edit::MoreUnits { line: id, .. } | Edit::Lot { line: id, .. } => {
                    &line.line == id
                }
                Edit::Warehouse { .. } | Edit::Hold { fulfillment: Some(_), .. } => false,
                _ => true,
            };
            meant && (line.unplanned > 0 || line.backordered > 0)
        })
    });
    let mut verdicts: Vec<PartVerdict> = Vec::new();
    if loose || concerned.is_empty() {
        verdicts.push(judge(None));
    }
    verdicts.extend(concerned.into_iter().map(|part| judge(Some(part))));
    verdicts
}

/// Decides about an edit and says what follows from it. Parts for which it is refused keep what they have, and are named
/// in `attention`; the rest is done. `new_id` makes the identity of each change request that is begun.
///
/// # Errors
/// [`Denied`] says why nothing was done.
pub fn decide(edit: &Edit, scene: &Scene<'_>, new_id: &mut dyn FnMut() -> ChangeRequestId) -> Result<Decision, Denied> {
    let verdicts = verdicts(edit, scene);
    if !verdicts.is_empty() && verdicts.iter().all(|part| part.refused().is_some()) {
        return Err(Denied::Nowhere(verdicts));
    }
    if verdicts.iter().any(|part| part.ruling.needs_approval) && !is_approved(scene) {
        return Err(Denied::NeedsApproval(verdicts));
    }
    let owner = hold_owner(edit, scene)?;
    let reach = |part: &FulfillmentOrder| reach(part, &verdicts);
    let work = Work::perform(edit, scene.order, scene.parts, scene.requests, &reach, owner, scene.actor, scene.now)?;
    let requests = file_all(&work, scene, new_id);
    let attention = missed(edit, scene, &verdicts, &work);
    let stopped = |part: &&PartVerdict| matches!(part.ruling.verdict, Verdict::ChangeRequest { stop: true, .. });
    let stop = verdicts.iter().filter(stopped).filter_map(|part| part.fulfillment.clone()).collect();
    let moves = work.moves.clone();
    let outcome = work.into_outcome();
    Ok(Decision {
        order: outcome.order,
        fulfillments: outcome.fulfillments,
        withdrawn: outcome.withdrawn,
        replan: outcome.replan,
        release: outcome.release,
        moves,
        requests,
        stop,
        changes: outcome.changes,
        verdicts,
        attention,
    })
}

fn is_approved(scene: &Scene<'_>) -> bool {
    scene.approved_by.is_some_and(|second| &second.actor != scene.actor && second.holder.may(Power::ApproveEdit, None))
}

fn reach(part: &FulfillmentOrder, verdicts: &[PartVerdict]) -> Reach {
    let found = verdicts.iter().find(|verdict| verdict.fulfillment.as_ref() == Some(&part.id));
    match found.map(|verdict| &verdict.ruling.verdict) {
        Some(Verdict::Direct { .. } | Verdict::PullBack) if part.state.is_ours() => Reach::Ours,
        Some(Verdict::ChangeRequest { .. }) => Reach::Ask,
        _ => Reach::Beyond,
    }
}

/// Whose hold it will be, after asking whether it may be placed, or lifted, at all.
fn hold_owner(edit: &Edit, scene: &Scene<'_>) -> Result<Option<Owner>, hold::Refusal> {
    let place_of = |id: &FulfillmentId| scene.parts.iter().find(|part| &part.id == id).map(|part| &part.warehouse);
    let act = |warehouse| hold::Act { actor: scene.actor, holder: scene.holder, warehouse, now: scene.now };
    match edit {
        Edit::Hold { id, reason, note, expires_at, fulfillment, keeps_stock } => {
            let wish = NewHold {
                reason: *reason,
                note: note.clone(),
                expires_at: *expires_at,
                keeps_stock: *keeps_stock,
                fulfillment: fulfillment.clone(),
            };
            let place = fulfillment.as_ref().and_then(place_of);
            hold::place(id, &wish, &scene.order.holds, act(place)).map(|hold| hold.owner)
        }
        Edit::LiftHold { hold } => {
            let known = scene.order.holds.iter().find(|known| &known.id == hold);
            let place = known.and_then(|known| known.fulfillment.as_ref()).and_then(place_of);
            hold::lift(hold, &scene.order.holds, act(place)).map(|_| None)
        }
        _ => Ok(None),
    }
}

fn file_all(work: &Work<'_>, scene: &Scene<'_>, new_id: &mut dyn FnMut() -> ChangeRequestId) -> Vec<ChangeRequest> {
    let mut filed: Vec<ChangeRequest> = Vec::new();
    for (part, ask, afterwards) in &work.asks {
        let Some(part) = scene.parts.iter().find(|known| &known.id == part) else { continue };
        // One edit may ask one part for several things; they are one request.
        let known = filed.iter().position(|request| request.fulfillment == part.id);
        let current = known.map_or_else(|| scene.requests.to_vec(), |position| vec![filed.remove(position)]);
        let mut request = change_request::file(&current, part, ask.clone(), scene.actor, scene.now, &mut *new_id);
        if *afterwards != Afterwards::Cancelled {
            request.afterwards = afterwards.clone();
        }
        filed.push(request);
    }
    filed.retain(|request| request.revision > 0 || !request.asks.is_empty());
    for request in filed.iter_mut().filter(|request| request.asks.is_empty()) {
        // Everything it was to ask for has been taken back.
        request.state = change_request::ChangeRequestState::Withdrawn;
    }
    filed
}

/// What the edit wanted and could not have.
fn missed(edit: &Edit, scene: &Scene<'_>, verdicts: &[PartVerdict], work: &Work<'_>) -> Vec<AttentionItem> {
    if matches!(edit, Edit::Quantity { .. }) && work.missed == 0 {
        // The units came from elsewhere.
        return Vec::new();
    }
    let mut items = Vec::new();
    for part in verdicts {
        let (Some((reason, options)), Some(id)) = (part.refused(), &part.fulfillment) else { continue };
        let Some(known) = scene.parts.iter().find(|known| &known.id == id) else { continue };
        let what = format!("{} keeps what it has: {}", known.reference, reason.in_words());
        let item = AttentionItem::new(reason.code(), &scene.order.id, scene.now, what);
        items.push(item.about(id).with(options));
    }
    items
}
