//! A person chooses a way out of a matter that waited for one.
//!
//! What can be done from here is done in the same transaction ([`way`]). The other ways happen outside (a telephone call,
//! the carrier, the customer) or are commands of their own; what was chosen, by whom and why is in the journal.

mod way;

use serde_json::json;
use switchyard_core::journal::Entry;
use switchyard_core::order::Order;
use switchyard_store::contract::CommandId;

use super::amendment::Amendment;
use super::delivery::Delivery;
use super::order_decision;
use crate::Inner;
use crate::handle::{EditError, SettleRequest};

/// Settles a matter, once, however often the choice is delivered.
pub(crate) async fn settle(inner: &Inner, request: SettleRequest) -> Result<Order, EditError> {
    let SettleRequest { order, revision, matter, choice, actor, reason, key, .. } = &request;
    let delivery = Delivery::of(key, &json!(["matter", order, revision, matter, choice, actor, reason]));
    let carry_out = settle_once(inner, &request, delivery.command(json!(null)));
    delivery.once(inner, carry_out, async |_| Ok(order_decision::read(inner, order).await?.order)).await
}

async fn settle_once(inner: &Inner, request: &SettleRequest, command: CommandId) -> Result<Order, EditError> {
    let file = order_decision::read_at(inner, &request.order, request.revision).await?;
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
    order_decision::keep(inner, amended, Some(command)).await
}
