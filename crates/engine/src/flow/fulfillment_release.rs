//! Queues a fulfillment order for its warehouse: only when the window has closed and nothing holds it.

use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::hold;
use switchyard_core::id::FulfillmentId;
use switchyard_core::order::OrderState;
use switchyard_store::contract::{Job, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, impossible, key};
use crate::Inner;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: FulfillmentId = key(&job)?;
    let Some(part) = inner.store.fulfillment(&id).await? else { return Ok(Step::Idle) };
    let Some(file) = inner.store.order_file(&part.order).await? else { return Ok(Step::Idle) };
    let now = inner.clock.now();
    let mut amended = Amendment::of(&file);
    let before = amended.order.holds.len();
    amended.expire_holds(now);
    let expired = before - amended.order.holds.len();
    if expired > 0 {
        let order = &file.order.id;
        amended.record(inner.entry("release", "order.hold_expired", order, order, json!({ "expired": expired })));
    }
    let Some(part) = amended.part(&id) else { return Ok(Step::Idle) };
    if part.state != FulfillmentState::Open {
        return Ok(Step::Idle);
    }
    let Some(release_at) = part.release_at else { return Ok(Step::Idle) };
    if release_at > now {
        return Ok(Step::Later { due: release_at, why: "the edit window is open".to_owned() });
    }
    // Planning again, or lifting the last hold, comes back here with a job of its own; a hold that lifts itself does not.
    let stopping: Vec<_> = hold::stopping(&amended.order.holds, &id, now).collect();
    let lifts = stopping.iter().filter_map(|hold| hold.expires_at).min();
    let free = file.order.state == OrderState::Planned && stopping.is_empty();
    if free {
        queue(&inner, &mut amended, &id)?;
    } else if expired == 0 {
        return Ok(lifts.map_or(Step::Idle, |due| Step::Later { due, why: "it is held".to_owned() }));
    }
    amended.order.updated_at = now;
    amended.write(done(&job));
    if let Some(lifts) = lifts {
        amended.write(Write::Job(inner.job("release", id.as_str(), lifts)));
    }
    inner.commit(amended.into_changes()).await?;
    Ok(Step::Done)
}

fn queue(inner: &Inner, amended: &mut Amendment<'_>, id: &FulfillmentId) -> Result<(), Failure> {
    let now = inner.clock.now();
    let Some(part) = amended.part(id) else { return Ok(()) };
    part.become_state(FulfillmentState::Queued, now).map_err(impossible)?;
    let part = part.clone();
    let hand_over = HandOver {
        id: inner.hand_over_id(),
        fulfillment: part.id.clone(),
        order: part.order.clone(),
        revision: 0,
        idempotency_key: idempotency_key(inner, &part)?,
        state: HandOverState::Ready,
        payload: None,
        attempts: 0,
        last_error: None,
    };
    amended.write(Write::Job(inner.job("hand_over", hand_over.id.as_str(), now)));
    let after = json!({ "reference": part.reference, "warehouse": part.warehouse });
    amended.record(inner.entry("release", "fulfillment.queued", &part.order, &part.id, after));
    amended.write(Write::HandOver(hand_over));
    Ok(())
}

/// The same for ever for the same fulfillment order at the same revision, and nothing a partner could guess.
fn idempotency_key(inner: &Inner, part: &FulfillmentOrder) -> Result<String, Failure> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&inner.store.store_secret()).map_err(impossible)?;
    mac.update(part.id.as_str().as_bytes());
    mac.update(&part.revision.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    Ok(BASE32_NOPAD.encode(digest.get(..20).unwrap_or(&digest)))
}
