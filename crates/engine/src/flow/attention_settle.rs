//! A person chooses a way out of a matter that waited for one.
//!
//! Asking again is done here. The other ways happen outside (a telephone call, the carrier, the customer) or are commands
//! of their own; what was chosen, by whom and why is in the journal.

use serde_json::json;
use sha2::{Digest, Sha256};
use switchyard_core::attention::{AttentionItem, Choice};
use switchyard_core::change_request::{ChangeRequest, ChangeRequestState};
use switchyard_core::journal::Entry;
use switchyard_core::order::Order;
use switchyard_store::contract::{CommandId, OrderFile, Write};

use super::amendment::Amendment;
use crate::Inner;
use crate::handle::{EditError, SettleRequest};

pub(crate) async fn settle(inner: &Inner, request: SettleRequest) -> Result<Order, EditError> {
    let digest = digest(&request);
    if let Some((known, _)) = inner.store.command_result(&request.key).await? {
        let order = load(inner, &request).await?.order;
        return if known == digest { Ok(order) } else { Err(EditError::KeyReused) };
    }
    let file = load(inner, &request).await?;
    if file.order.revision != request.revision {
        return Err(EditError::Stale { asked: request.revision, current: Box::new(file.order) });
    }
    let matter = file.order.attention.get(request.matter).cloned().ok_or(EditError::NoMatter)?;
    if !matter.options.contains(&request.choice) {
        return Err(EditError::NoMatter);
    }
    let now = inner.clock.now();
    let mut amended = Amendment::of(&file);
    amended.order.attention.remove(request.matter);
    amended.order.updated_at = now;
    if request.choice == Choice::TryAgain
        && let Some(again) = ask_again(inner, &file, &matter, &request)
    {
        amended.write(Write::Job(inner.job("change_request", again.id.as_str(), now)));
        amended.write(Write::ChangeRequest(again));
    }
    amended.record(Entry {
        at: now,
        actor: request.actor.clone(),
        kind: "attention.settled".to_owned(),
        order: Some(file.order.id.clone()),
        subject: file.order.id.to_string(),
        reason: request.reason.clone(),
        before: json!(matter),
        after: json!({ "choice": request.choice }),
    });
    let order = Order { revision: file.order.revision + 1, ..amended.order.clone() };
    let mut changes = amended.into_changes();
    changes.command = Some(CommandId { key: request.key.clone(), digest, result: json!(null) });
    match inner.commit(changes).await {
        Ok(_) => Ok(order),
        Err(switchyard_store::Error::Conflict(_)) => {
            let current = Box::new(load(inner, &request).await?.order);
            Err(EditError::Stale { asked: request.revision, current })
        }
        Err(error) => Err(error.into()),
    }
}

async fn load(inner: &Inner, request: &SettleRequest) -> Result<OrderFile, EditError> {
    let file = inner.store.order_file(&request.order).await?;
    file.ok_or_else(|| EditError::NotFound(request.order.clone()))
}

/// The same asks once more, of the same part, if it can still be asked.
fn ask_again(
    inner: &Inner,
    file: &OrderFile,
    matter: &AttentionItem,
    request: &SettleRequest,
) -> Option<ChangeRequest> {
    let before = file.change_requests.iter().find(|known| Some(&known.id) == matter.request.as_ref())?;
    let part = file.fulfillments.iter().find(|part| part.id == before.fulfillment)?;
    let asked = !part.state.is_final() && !part.state.is_ours();
    asked.then(|| ChangeRequest {
        id: inner.change_request_id(),
        revision: 0,
        state: ChangeRequestState::Draft,
        asked_by: request.actor.clone(),
        asked_at: inner.clock.now(),
        deadline: None,
        answer: None,
        ..before.clone()
    })
}

fn digest(request: &SettleRequest) -> String {
    let text = json!([request.order, request.revision, request.matter, request.choice, request.actor, request.reason]);
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.to_string().as_bytes()))
}
