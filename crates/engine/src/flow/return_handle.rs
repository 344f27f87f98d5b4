//! What people do with goods that come back: count them, decide about them, call them off.

use serde_json::json;
use switchyard_core::return_order::{Notice, Return, ReturnError, ReturnState};
use switchyard_core::role::Power;
use switchyard_core::time::Timestamp;
use switchyard_store::contract::CommandId;

use super::delivery::{self, Delivery};
use super::return_change::Change;
use crate::Inner;
use crate::returns::{ReturnFailure, ReturnRequest, ReturnVerb, Wish};

/// Carries out a wish about a return, once, however often it is delivered.
pub(crate) async fn handle(inner: &Inner, request: ReturnRequest) -> Result<Return, ReturnFailure> {
    let ReturnRequest { id, revision, verb, wish } = &request;
    let says = json!(["return", id, revision, verb, wish.actor, wish.reason]);
    let delivery = Delivery::of(&wish.key, &says);
    let carry_out = handle_once(inner, &request, delivery.command(json!(null)));
    delivery.once(inner, carry_out, async |_| load(inner, &request).await).await
}

async fn handle_once(inner: &Inner, request: &ReturnRequest, command: CommandId) -> Result<Return, ReturnFailure> {
    let before = load(inner, request).await?;
    if before.revision != request.revision {
        return Err(ReturnFailure::Stale { asked: request.revision, current: before.revision });
    }
    let now = inner.clock.now();
    let mut after = before.clone();
    carry_out(&mut after, &request.verb, &request.wish, now)?;
    after.settle(now);
    let file = match &before.order {
        Some(order) => inner.store.order_file(order).await?,
        None => None,
    };
    let change = Change {
        file: file.as_ref(),
        before: Some(&before),
        after,
        actor: request.wish.actor.clone(),
        kind: kind_of(&request.verb),
        reason: request.wish.reason.clone(),
        books: true,
    };
    let mut changes = change.into_changes(inner);
    changes.command = Some(command);
    match inner.commit(changes).await.and_then(delivery::first) {
        Ok(_) => load(inner, request).await,
        Err(switchyard_store::Error::Conflict(what)) => {
            let current = load(inner, request).await?.revision;
            if current == request.revision {
                // Not the return but something it moves: units that are there no longer, or its order.
                return Err(switchyard_store::Error::Conflict(what).into());
            }
            Err(ReturnFailure::Stale { asked: request.revision, current })
        }
        Err(error) => Err(error.into()),
    }
}

async fn load(inner: &Inner, request: &ReturnRequest) -> Result<Return, ReturnFailure> {
    inner.store.goods_back(&request.id).await?.ok_or_else(|| ReturnFailure::NotFound(request.id.clone()))
}

fn carry_out(goods: &mut Return, verb: &ReturnVerb, wish: &Wish, now: Timestamp) -> Result<(), ReturnError> {
    match verb {
        ReturnVerb::Receive { sku, units } => {
            if !wish.holder.may(Power::DecideReturnStock, goods.warehouse.as_ref()) {
                return Err(ReturnError::NotYours);
            }
            goods.receive(sku, *units, now)
        }
        ReturnVerb::DecideStock { item, decision, condition } => {
            goods.decide_stock(*item, *decision, condition, &wish.holder)
        }
        ReturnVerb::DecideCustomer { item, decision } => goods.decide_customer(*item, *decision, &wish.holder),
        ReturnVerb::Split { item, units } => {
            if !wish.holder.may(Power::DecideReturnStock, goods.warehouse.as_ref()) {
                return Err(ReturnError::NotYours);
            }
            goods.split(*item, *units)
        }
        ReturnVerb::Cancel => {
            if !wish.holder.may(Power::DecideReturnCustomer, None) {
                return Err(ReturnError::NotYours);
            }
            goods.advance(ReturnState::Cancelled, now)?;
            goods.notice = match goods.notice {
                Notice::Known => Notice::WithdrawalDue,
                // Being told at this moment: what it knows afterwards is withdrawn then.
                Notice::Due if goods.remote_id.is_none() => Notice::Due,
                other => other,
            };
            Ok(())
        }
    }
}

const fn kind_of(verb: &ReturnVerb) -> &'static str {
    match verb {
        ReturnVerb::Receive { .. } => "return.received",
        ReturnVerb::DecideStock { .. } => "return.stock_decided",
        ReturnVerb::DecideCustomer { .. } => "return.customer_decided",
        ReturnVerb::Split { .. } => "return.split",
        ReturnVerb::Cancel => "return.cancelled",
    }
}
