//! A person chooses a way out of a matter that waited for one.
//!
//! What can be done from here is done in the same transaction ([`way`]). The other ways happen outside (a telephone call,
//! the carrier, the customer) or are commands of their own; what was chosen, by whom and why is in the journal.

mod way;

use serde_json::json;
use sha2::{Digest, Sha256};
use switchyard_core::journal::Entry;
use switchyard_core::order::Order;
use switchyard_store::contract::{CommandId, Committed, OrderFile};

use super::amendment::Amendment;
use crate::Inner;
use crate::handle::{EditError, SettleRequest};

/// Settles a matter, once, however often the choice is delivered.
pub(crate) async fn settle(inner: &Inner, request: SettleRequest) -> Result<Order, EditError> {
    let digest = digest(&request);
    if let Some(order) = repeated(inner, &request, &digest).await? {
        return Ok(order);
    }
    match settle_once(inner, &request, &digest).await {
        // Delivered twice at once, the other delivery was faster: that is no conflict, it is the answer.
        Err(error @ (EditError::Stale { .. } | EditError::NoMatter | EditError::NoWay(_))) => {
            repeated(inner, &request, &digest).await?.ok_or(error)
        }
        answer => answer,
    }
}

async fn settle_once(inner: &Inner, request: &SettleRequest, digest: &str) -> Result<Order, EditError> {
    let file = load(inner, request).await?;
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
    way::take(inner, &mut amended, &file, &matter, request).await?;
    amended.order.updated_at = now;
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
    changes.command = Some(CommandId { key: request.key.clone(), digest: digest.to_owned(), result: json!(null) });
    match inner.commit(changes).await {
        Ok(Committed { repeated: None, .. }) => Ok(order),
        Ok(Committed { repeated: Some(_), .. }) | Err(switchyard_store::Error::Conflict(_)) => {
            let current = Box::new(load(inner, request).await?.order);
            Err(EditError::Stale { asked: request.revision, current })
        }
        Err(error) => Err(error.into()),
    }
}

/// The order, if this very choice was carried out before.
async fn repeated(inner: &Inner, request: &SettleRequest, digest: &str) -> Result<Option<Order>, EditError> {
    match inner.store.command_result(&request.key).await? {
        None => Ok(None),
        Some((known, _)) if known == digest => Ok(Some(load(inner, request).await?.order)),
        Some(_) => Err(EditError::KeyReused),
    }
}

async fn load(inner: &Inner, request: &SettleRequest) -> Result<OrderFile, EditError> {
    let file = inner.store.order_file(&request.order).await?;
    file.ok_or_else(|| EditError::NotFound(request.order.clone()))
}

fn digest(request: &SettleRequest) -> String {
    let text = json!([request.order, request.revision, request.matter, request.choice, request.actor, request.reason]);
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.to_string().as_bytes()))
}
