//! A person decides about a report that the shop refused: report again, or declare that the shop need not be told.

use serde_json::json;
use switchyard_core::code::Code;
use switchyard_core::journal::Entry;
use switchyard_core::lifecycle::Lifecycle as _;
use switchyard_core::order::Order;
use switchyard_core::role::Power;
use switchyard_core::write_back::{WriteBack, WriteBackState};
use switchyard_store::contract::{CommandId, Write};

use super::amendment::Amendment;
use super::delivery::Delivery;
use super::{Failure, order_decision, shipment_report};
use crate::Inner;
use crate::handle::{EditError, WriteBackRequest};

/// Carries the decision out, once, however often it is delivered.
pub(crate) async fn settle(inner: &Inner, request: WriteBackRequest) -> Result<Order, EditError> {
    let WriteBackRequest { order, revision, write_back, again, actor, reason, key, .. } = &request;
    let delivery = Delivery::of(key, &json!(["report", order, revision, write_back, again, actor, reason]));
    let carry_out = settle_once(inner, &request, delivery.command(json!(null)));
    delivery.once(inner, carry_out, async |_| Ok(order_decision::read(inner, order).await?.order)).await
}

async fn settle_once(inner: &Inner, request: &WriteBackRequest, command: CommandId) -> Result<Order, EditError> {
    let file = order_decision::read_at(inner, &request.order, request.revision).await?;
    let known = file.write_backs.iter().find(|known| known.id == request.write_back);
    let known = known.ok_or_else(|| EditError::NoWay("the order has no such report".to_owned()))?;
    if !request.again && !request.holder.may(Power::WaiveWriteBack, None) {
        return Err(EditError::NoWay("none of your roles may declare that the shop need not be told".to_owned()));
    }
    let to = if request.again { WriteBackState::Due } else { WriteBackState::Waived };
    if request.again && known.state != WriteBackState::Failed {
        return Err(EditError::NoWay("only a report that the shop refused is made again by hand".to_owned()));
    }
    known.state.check(to, &()).map_err(|refused| EditError::NoWay(refused.to_string()))?;
    let now = inner.clock.now();
    let decided = WriteBack { state: to, due_at: now, ..known.clone() };
    let mut amended = Amendment::of(&file);
    if request.again {
        amended.write(Write::Job(inner.job("write_back", decided.id.as_str(), now)));
    }
    let write_backs: Vec<WriteBack> = file
        .write_backs
        .iter()
        .map(|report| if report.id == decided.id { decided.clone() } else { report.clone() })
        .collect();
    if !write_backs.iter().any(|report| report.state == WriteBackState::Failed) {
        amended.clear(Code::WriteBackRefused);
    }
    amended.write(Write::WriteBack(decided.clone()));
    amended.record(Entry {
        at: now,
        actor: request.actor.clone(),
        kind: if request.again { "write_back.again" } else { "write_back.waived" }.to_owned(),
        order: Some(file.order.id.clone()),
        subject: decided.id.to_string(),
        reason: request.reason.clone(),
        before: json!({ "state": known.state, "last_error": known.last_error }),
        after: json!({ "state": decided.state }),
    });
    amended.order.updated_at = now;
    shipment_report::close_if_finished(inner, &mut amended, &write_backs).map_err(in_store)?;
    order_decision::keep(inner, amended, Some(command)).await
}

fn in_store(failure: Failure) -> EditError {
    match failure {
        Failure::Store(error) => EditError::Store(error),
        other => EditError::Store(switchyard_store::Error::Backend(other.to_string())),
    }
}
