//! Somebody leaves edits for somebody who may make them: a viewer, an agent at the edge of their role, or anybody whose
//! edit a second person has to agree to. The proposal is a matter on the order; approving it makes the edits.

use serde_json::json;
use sha2::{Digest, Sha256};
use switchyard_core::attention::{AttentionItem, Wanted};
use switchyard_core::code::Code;
use switchyard_core::edit::{Denied, Refusal};
use switchyard_core::journal::Entry;
use switchyard_core::order::Order;
use switchyard_core::role::Power;
use switchyard_store::contract::{CommandId, Committed, OrderFile};

use super::amendment::Amendment;
use crate::Inner;
use crate::handle::{EditError, EditRequest};

/// Proposals that may wait on one order.
const MOST: usize = 20;

/// Keeps a proposal, once, however often it is delivered.
pub(crate) async fn propose(inner: &Inner, request: EditRequest) -> Result<Order, EditError> {
    let Some(key) = request.key.clone() else { return Err(EditError::KeyReused) };
    let text = json!(["proposal", request.order, request.revision, request.edits, request.actor, request.reason]);
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(text.to_string().as_bytes()));
    if let Some(order) = repeated(inner, &request, &key, &digest).await? {
        return Ok(order);
    }
    match propose_once(inner, &request, CommandId { key: key.clone(), digest: digest.clone(), result: json!(null) })
        .await
    {
        Err(error @ EditError::Stale { .. }) => repeated(inner, &request, &key, &digest).await?.ok_or(error),
        answer => answer,
    }
}

async fn propose_once(inner: &Inner, request: &EditRequest, command: CommandId) -> Result<Order, EditError> {
    let file = load(inner, request).await?;
    if file.order.revision != request.revision {
        return Err(EditError::Stale { asked: request.revision, current: Box::new(file.order) });
    }
    let denied = |refusal| Err(EditError::Denied(Box::new(Denied::Wish(refusal))));
    if request.edits.is_empty() {
        return denied(Refusal::NoChange);
    }
    if !request.holder.may(Power::ProposeEdit, None) {
        return Err(EditError::NoWay("none of your roles may propose edits".to_owned()));
    }
    super::order_edit::known_skus(inner, &request.edits).await?;
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
    let order = Order { revision: file.order.revision + 1, ..amended.order.clone() };
    let mut changes = amended.into_changes();
    changes.command = Some(command);
    match inner.commit(changes).await {
        Ok(Committed { repeated: None, .. }) => Ok(order),
        Ok(Committed { repeated: Some(_), .. }) | Err(switchyard_store::Error::Conflict(_)) => {
            let current = Box::new(load(inner, request).await?.order);
            Err(EditError::Stale { asked: request.revision, current })
        }
        Err(error) => Err(error.into()),
    }
}

async fn repeated(inner: &Inner, request: &EditRequest, key: &str, digest: &str) -> Result<Option<Order>, EditError> {
    match inner.store.command_result(key).await? {
        None => Ok(None),
        Some((known, _)) if known == digest => Ok(Some(load(inner, request).await?.order)),
        Some(_) => Err(EditError::KeyReused),
    }
}

async fn load(inner: &Inner, request: &EditRequest) -> Result<OrderFile, EditError> {
    let file = inner.store.order_file(&request.order).await?;
    file.ok_or_else(|| EditError::NotFound(request.order.clone()))
}
