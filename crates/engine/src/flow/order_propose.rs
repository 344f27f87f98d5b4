//! Somebody leaves edits for somebody who may make them: a viewer, an agent at the edge of their role, or anybody whose
//! edit a second person has to agree to. The proposal is a matter on the order; approving it makes the edits.

use serde_json::json;
use switchyard_core::attention::{AttentionItem, Wanted};
use switchyard_core::code::Code;
use switchyard_core::edit::{Denied, Refusal};
use switchyard_core::journal::Entry;
use switchyard_core::order::Order;
use switchyard_core::role::Power;
use switchyard_store::contract::CommandId;

use super::amendment::Amendment;
use super::delivery::Delivery;
use super::{order_decision, order_edit};
use crate::Inner;
use crate::handle::{EditError, EditRequest};

/// Proposals that may wait on one order.
const MOST: usize = 20;

/// Keeps a proposal, once, however often it is delivered.
pub(crate) async fn propose(inner: &Inner, request: EditRequest) -> Result<Order, EditError> {
    let Some(key) = &request.key else { return propose_once(inner, &request, None).await };
    let EditRequest { order, revision, edits, actor, reason, .. } = &request;
    let delivery = Delivery::of(key, &json!(["proposal", order, revision, edits, actor, reason]));
    let carry_out = propose_once(inner, &request, Some(delivery.command(json!(null))));
    delivery.once(inner, carry_out, async |_| Ok(order_decision::read(inner, order).await?.order)).await
}

async fn propose_once(inner: &Inner, request: &EditRequest, command: Option<CommandId>) -> Result<Order, EditError> {
    let file = order_decision::read_at(inner, &request.order, request.revision).await?;
    let denied = |refusal| Err(EditError::Denied(Box::new(Denied::Wish(refusal))));
    if request.edits.is_empty() {
        return denied(Refusal::NoChange);
    }
    if !request.holder.may(Power::ProposeEdit, None) {
        return Err(EditError::NoWay("none of your roles may propose edits".to_owned()));
    }
    order_edit::known_skus(inner, &request.edits).await?;
    let now = inner.clock.now();
    let mut amended = Amendment::of(&file);
    let wanted = Wanted { edits: request.edits.clone(), by: request.actor.clone(), reason: request.reason.clone() };
    let item = AttentionItem::proposal(&file.order, wanted, now);
    let waiting = &mut amended.order.attention;
    waiting.retain(|known| known.code != Code::EditProposed || known.wanted != item.wanted);
    if waiting.iter().filter(|known| known.code == Code::EditProposed).count() >= MOST {
        return denied(Refusal::OutOfRange(format!("{MOST} proposals wait already")));
    }
    waiting.push(item.clone());
    amended.order.updated_at = now;
    amended.record(Entry {
        at: now,
        actor: request.actor.clone(),
        kind: "order.edit_proposed".to_owned(),
        order: Some(file.order.id.clone()),
        subject: file.order.id.to_string(),
        reason: request.reason.clone(),
        before: json!(null),
        after: json!(item),
    });
    order_decision::keep(inner, amended, command).await
}
