//! Asks a warehouse about a hand-over whose answer was lost. Found: adopt. Not found: the same bytes may go out again.

use std::sync::Arc;

use serde_json::json;
use switchyard_connectors::contract::Command;
use switchyard_connectors::contract::RepeatClass;
use switchyard_core::backoff;
use switchyard_core::fulfillment::HandOverState;
use switchyard_core::id::HandOverId;
use switchyard_store::contract::{Job, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, fulfillment_hand_over, impossible, key};
use crate::Inner;
use crate::connection;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: HandOverId = key(&job)?;
    let Some(mut hand_over) = inner.store.hand_over(&id).await? else { return Ok(Step::Idle) };
    if hand_over.state != HandOverState::InDoubt {
        return Ok(Step::Idle);
    }
    let Some(file) = inner.store.order_file(&hand_over.order).await? else { return Ok(Step::Idle) };
    let Some(part) = file.fulfillments.iter().find(|part| part.id == hand_over.fulfillment) else {
        return Ok(Step::Idle);
    };
    let places = inner.store.warehouses().await?;
    let place = places.iter().find(|place| place.id == part.warehouse);
    let later = || inner.clock.now() + backoff::delay(job.tries + 3, None, inner.clock.random());
    let Some(place) = place else { return Err(Failure::Defect(format!("warehouse of {} is gone", part.reference))) };
    let Some(partner) = connection::partner(&inner, &place.connection).await? else {
        return Ok(Step::Later { due: later(), why: "its warehouse is paused".to_owned() });
    };
    let payload = hand_over.payload.clone().ok_or_else(|| Failure::Defect("a sent hand-over has no payload".into()))?;
    let command = Command::HandOver(serde_json::from_value(payload).map_err(impossible)?);
    match partner.connector.find(&partner.context, &command).await {
        Ok(Some(answer)) => fulfillment_hand_over::acknowledged(&inner, &job, hand_over, &answer).await,
        Ok(None) if partner.connector.describe().capabilities.repeat == RepeatClass::D => {
            Ok(Step::Later { due: later(), why: "the warehouse cannot be asked; a person decides".to_owned() })
        }
        Ok(None) => {
            hand_over.state = HandOverState::Ready;
            let mut amended = Amendment::of(&file);
            let after = json!({ "reference": part.reference });
            amended.record(inner.entry("confirm", "fulfillment.not_found", &file.order.id, &part.id, after));
            amended.write(Write::Job(inner.job("hand_over", hand_over.id.as_str(), inner.clock.now())));
            amended.write(Write::HandOver(hand_over));
            amended.write(done(&job));
            inner.commit(amended.into_changes()).await?;
            Ok(Step::Done)
        }
        Err(error) => {
            connection::failed(&inner, &partner.connection, &error).await?;
            Err(error.into())
        }
    }
}
