//! Asks a warehouse to change what it has, and writes down what it answers.
//!
//! 1. Ask: the request goes `draft -> sent` with its deadline, and the try is recorded. On disk before the first byte.
//! 2. Call. Asking twice does no harm: a cancel or an address is a state over there and not one more effect. A lost
//!    answer is still looked up first, so that a late try does not undo what came after.
//! 3. Answer: yes, no, or silence once the deadline has passed. Silence is not a yes; nothing has changed then.
//!
//! How each answer ends is decided by `core::change_request::ending`.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_connectors::contract::Command;
use switchyard_connectors::error::Kind;
use switchyard_core::backoff;
use switchyard_core::change_request::ending::{self, Ending, Records, Reply};
use switchyard_core::change_request::{Ask, ChangeRequest, ChangeRequestState};
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::id::ChangeRequestId;
use switchyard_core::order::Order;
use switchyard_store::contract::{Attempt, Job, OrderFile, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, impossible, key};
use crate::Inner;
use crate::connection::{self, Partner};
use crate::policy;

/// A request that waits for another one to end is looked at again after this.
const BEHIND_ANOTHER: std::time::Duration = std::time::Duration::from_secs(2);

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: ChangeRequestId = key(&job)?;
    let Some(request) = inner.store.change_request(&id).await? else { return Ok(Step::Idle) };
    if !request.state.is_open() {
        return Ok(Step::Idle);
    }
    let Some(file) = inner.store.order_file(&request.order).await? else { return Ok(Step::Idle) };
    let missing = || Failure::Defect(format!("{} is about a part that is gone", request.id));
    let part = file.fulfillments.iter().find(|part| part.id == request.fulfillment).ok_or_else(missing)?;
    if part.state.is_final() || part.state.is_ours() {
        return came_back(&inner, &job, &file, &request).await;
    }
    let now = inner.clock.now();
    if request.deadline.is_some_and(|deadline| deadline <= now) {
        return conclude(&inner, &job, &file, &request, &Reply::Silence).await;
    }
    let Some(remote_id) = part.remote_id.clone().filter(|_| part.state != FulfillmentState::Unconfirmed) else {
        let why = "the warehouse has not confirmed that it has it".to_owned();
        return Ok(Step::Later { due: now + BEHIND_ANOTHER, why });
    };
    let Some(partner) = warehouse(&inner, part).await? else {
        let due = now + backoff::delay(job.tries + 3, None, inner.clock.random());
        return Ok(Step::Later { due, why: "its warehouse is paused".to_owned() });
    };
    if request.state == ChangeRequestState::Draft {
        return ask(&inner, &job, &file, request, part, &remote_id, &partner).await;
    }
    // Sent, and no answer is known: the process died, or the answer was lost.
    put(&inner, &job, &file, &request, part, &remote_id, &partner, true).await
}

async fn warehouse(inner: &Inner, part: &FulfillmentOrder) -> Result<Option<Partner>, Failure> {
    let places = inner.store.warehouses().await?;
    let place = places.iter().find(|place| place.id == part.warehouse);
    let place = place.ok_or_else(|| Failure::Defect(format!("warehouse of {} is gone", part.reference)))?;
    connection::partner(inner, &place.connection).await
}

/// Nothing may leave before this commit has returned.
async fn ask(
    inner: &Inner,
    job: &Job,
    file: &OrderFile,
    mut request: ChangeRequest,
    part: &FulfillmentOrder,
    remote_id: &str,
    partner: &Partner,
) -> Result<Step, Failure> {
    let now = inner.clock.now();
    let calendar = policy::calendars(&*inner.store).await?.remove(&part.warehouse);
    let minutes = calendar.and_then(|known| known.value.answers_within_minutes);
    let within = minutes.map_or(inner.timing.answer_within, |minutes| Duration::from_secs(60 * u64::from(minutes)));
    if request.send(&file.change_requests, within, now).is_err() {
        return Ok(Step::Later { due: now + BEHIND_ANOTHER, why: "another request is with the warehouse".to_owned() });
    }
    let mut amended = Amendment::of(file);
    amended.order.updated_at = now;
    amended.write(Write::ChangeRequest(request.clone()));
    amended.write(Write::AttemptStarted(Attempt {
        subject: request.id.to_string(),
        order: file.order.id.clone(),
        number: 1,
        started_at: now,
        deadline: now + inner.timing.call_deadline,
        ended_at: None,
        outcome: String::new(),
        detail: String::new(),
    }));
    let after = json!({ "reference": part.reference, "asks": request.asks, "deadline": request.deadline });
    amended.record(inner.entry("change_request", "change_request.sent", &file.order.id, &request.id, after));
    inner.commit(amended.into_changes()).await?;
    request.revision += 1;
    let missing = || Failure::Defect(format!("order {} is gone", request.order));
    let file = inner.store.order_file(&request.order).await?.ok_or_else(missing)?;
    put(inner, job, &file, &request, part, remote_id, partner, false).await
}

/// Puts every ask to the warehouse; after a doubt each is looked up first.
#[expect(clippy::too_many_arguments, reason = "what was read once; none of it belongs together elsewhere")]
async fn put(
    inner: &Inner,
    job: &Job,
    file: &OrderFile,
    request: &ChangeRequest,
    part: &FulfillmentOrder,
    remote_id: &str,
    partner: &Partner,
    doubtful: bool,
) -> Result<Step, Failure> {
    for ask in &request.asks {
        let Some(command) = command(&file.order, part, remote_id, ask) else {
            let reason = "this connection cannot ask for it".to_owned();
            return conclude(inner, job, file, request, &Reply::Refused { reason }).await;
        };
        if doubtful && partner.connector.find(&partner.context, &command).await?.is_some() {
            continue;
        }
        match partner.connector.push(&partner.context, &command, request.id.as_str()).await {
            Ok(_) => {
                inner.partners.sent(&partner.connection.id, inner.clock.now());
                connection::succeeded(inner, &partner.connection).await?;
            }
            Err(error) if matches!(error.kind, Kind::Rejected | Kind::NotFound | Kind::Unsupported | Kind::Config) => {
                return conclude(inner, job, file, request, &Reply::Refused { reason: error.detail }).await;
            }
            Err(error) => {
                connection::failed(inner, &partner.connection, &error).await?;
                let due = inner.clock.now() + backoff::delay(job.tries, error.retry_after, inner.clock.random());
                let due = request.deadline.map_or(due, |deadline| due.min(deadline));
                return Ok(Step::Later { due, why: error.to_string() });
            }
        }
    }
    conclude(inner, job, file, request, &Reply::Accepted).await
}

/// What to call for an ask; `None` for what the contract cannot say.
fn command(order: &Order, part: &FulfillmentOrder, remote_id: &str, ask: &Ask) -> Option<Command> {
    let (reference, remote_id) = (part.reference.clone(), remote_id.to_owned());
    match ask {
        Ask::Cancel => Some(Command::CancelFulfillment { reference, remote_id }),
        Ask::Address { ship_to } => {
            let email = order.customer.email.clone();
            Some(Command::ChangeAddress { reference, remote_id, ship_to: ship_to.clone(), email })
        }
        Ask::Quantity { .. }
        | Ask::Hold { .. }
        | Ask::Resume { .. }
        | Ask::ShippingOption { .. }
        | Ask::Billing { .. }
        | Ask::Lot { .. } => None,
    }
}

/// Ends the request by what the warehouse replied.
async fn conclude(
    inner: &Inner,
    job: &Job,
    file: &OrderFile,
    request: &ChangeRequest,
    reply: &Reply,
) -> Result<Step, Failure> {
    let ending = ending::end(records(file), request, reply, inner.clock.now()).map_err(impossible)?;
    write_down(inner, job, file, ending).await
}

/// Ends the request because its warehouse has the part no longer: what was asked for is done here.
async fn came_back(inner: &Inner, job: &Job, file: &OrderFile, request: &ChangeRequest) -> Result<Step, Failure> {
    let ending = ending::came_back(records(file), request, inner.clock.now()).map_err(impossible)?;
    write_down(inner, job, file, ending).await
}

fn records(file: &OrderFile) -> Records<'_> {
    Records { order: &file.order, parts: &file.fulfillments, requests: &file.change_requests }
}

/// Stores an ending with all that follows from it.
async fn write_down(inner: &Inner, job: &Job, file: &OrderFile, ending: Ending) -> Result<Step, Failure> {
    let now = inner.clock.now();
    let Ending { order, part, request: ended, withdrawn, pulled_back, replan, moves, attention } = ending;
    let mut amended = Amendment::of(file);
    amended.order = order;
    // Came back to go elsewhere: the router sends it there.
    amended.order.moves.extend(moves);
    amended.order.updated_at = now;
    let ready = file.hand_overs.iter().find(|h| h.fulfillment == part.id && h.state == HandOverState::Ready);
    if let Some(hand_over) = ready.filter(|_| pulled_back) {
        amended.write(Write::HandOver(HandOver { state: HandOverState::Withdrawn, ..hand_over.clone() }));
        amended.write(Write::Job(inner.job("release", part.id.as_str(), now)));
    }
    amended.put(part);
    for item in attention {
        amended.attend(item);
    }
    let kind = match ended.state {
        ChangeRequestState::Accepted => "change_request.accepted",
        ChangeRequestState::Refused => "change_request.refused",
        ChangeRequestState::Expired => "change_request.expired",
        _ => "change_request.withdrawn",
    };
    let after = json!({ "asks": ended.asks, "answer": ended.answer });
    amended.record(inner.entry("change_request", kind, &ended.order, &ended.id, after));
    if file.attempt_runs(ended.id.as_str(), 1) {
        amended.write(Write::AttemptEnded {
            subject: ended.id.to_string(),
            number: 1,
            at: now,
            outcome: ended.state.as_str().to_owned(),
            detail: ended.answer.as_ref().map_or_else(String::new, |answer| answer.reason.clone()),
        });
    }
    wake_next(inner, &mut amended, file, &ended);
    if replan {
        amended.write(Write::Job(inner.job("validate", ended.order.as_str(), now)));
    }
    for request in withdrawn.into_iter().chain([ended]) {
        amended.write(Write::ChangeRequest(request));
    }
    super::shipment_report::close_if_finished(inner, &mut amended, &file.write_backs)?;
    amended.write(done(job));
    inner.commit(amended.into_changes()).await?;
    Ok(Step::Done)
}

/// A draft that waited behind this one is next.
fn wake_next(inner: &Inner, amended: &mut Amendment<'_>, file: &OrderFile, ended: &ChangeRequest) {
    let waits = |other: &&ChangeRequest| {
        other.fulfillment == ended.fulfillment && other.id != ended.id && other.state == ChangeRequestState::Draft
    };
    for next in file.change_requests.iter().filter(waits) {
        amended.write(Write::Job(inner.job("change_request", next.id.as_str(), inner.clock.now())));
    }
}
