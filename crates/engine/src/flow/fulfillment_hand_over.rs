//! Gives one queued fulfillment order to its warehouse: once, whatever fails.
//!
//! 1. Claim (T3): hand-over `ready -> sending`, payload frozen, attempt recorded. On disk before the first byte.
//! 2. Call, within a deadline shorter than the job's lease.
//! 3. Outcome (T4): acknowledged, refused, not sent, or in doubt. Doubt is never settled by sending again; the
//!    `confirm` service asks first.
//!
//! A job claimed again while its row says `sending` belongs to a process that died in the middle: that is doubt too.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_connectors::contract::{Command, Done, FulfillmentRequest, RequestLine};
use switchyard_connectors::error::{Error as PartnerError, Kind};
use switchyard_core::code::{Code, Problem};
use switchyard_core::connection::Warehouse;
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::hold;
use switchyard_core::id::HandOverId;
use switchyard_core::money::Money;
use switchyard_core::order::{Order, OrderLine, OrderState};
use switchyard_store::contract::{Attempt, Job, OrderFile, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, impossible, key, shipment_match};
use crate::Inner;
use crate::connection::{self, Partner};

/// How often an outcome is applied again when somebody else keeps changing the order.
const ROUNDS: u64 = 20;
/// Wait before looking at a paused connection again.
const PAUSED: Duration = Duration::from_secs(10);

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: HandOverId = key(&job)?;
    let Some(found) = inner.store.hand_over(&id).await? else { return Ok(Step::Idle) };
    let Some(file) = inner.store.order_file(&found.order).await? else { return Ok(Step::Idle) };
    // Both from one snapshot: a part that another process sends at this moment is no reason to end the job.
    let Some(hand_over) = file.hand_overs.iter().find(|known| known.id == id).cloned() else { return Ok(Step::Idle) };
    match hand_over.state {
        HandOverState::Ready => send(&inner, &job, &file, hand_over).await,
        HandOverState::Sending => doubt_after_crash(&inner, &job, &file, hand_over).await,
        HandOverState::InDoubt | HandOverState::Acknowledged | HandOverState::Refused | HandOverState::Withdrawn => {
            Ok(Step::Idle)
        }
    }
}

async fn send(inner: &Inner, job: &Job, file: &OrderFile, hand_over: HandOver) -> Result<Step, Failure> {
    let Some(part) = file.fulfillments.iter().find(|part| part.id == hand_over.fulfillment).cloned() else {
        return Ok(Step::Idle);
    };
    if !matches!(part.state, FulfillmentState::Queued | FulfillmentState::Unconfirmed) {
        return Ok(Step::Idle);
    }
    let Some((place, partner)) = destination(inner, &part).await? else {
        return Ok(Step::Later { due: inner.clock.now() + PAUSED, why: "its warehouse is paused".to_owned() });
    };
    if let Some(due) = inner.partners.quiet_until(&partner.connection.id, inner.clock.now()) {
        return Ok(Step::Later { due, why: "the warehouse asked us to slow down".to_owned() });
    }
    let before = part.state;
    let (hand_over, command) = claim(inner, file, &part, &place, hand_over).await?;
    let result = partner.connector.push(&partner.context, &command, &hand_over.idempotency_key).await;
    match result {
        Ok(answer) => {
            inner.partners.sent(&partner.connection.id, inner.clock.now());
            connection::succeeded(inner, &partner.connection).await?;
            acknowledged(inner, job, hand_over, &answer).await
        }
        Err(error) => {
            if !matches!(error.kind, Kind::Rejected | Kind::NotFound | Kind::Unsupported) {
                connection::failed(inner, &partner.connection, &error).await?;
            }
            failed(inner, job, hand_over, before, &partner, error).await
        }
    }
}

/// The warehouse and its connection; `None` while a person has paused it.
async fn destination(inner: &Inner, part: &FulfillmentOrder) -> Result<Option<(Warehouse, Partner)>, Failure> {
    let places = inner.store.warehouses().await?;
    let place = places
        .into_iter()
        .find(|place| place.id == part.warehouse)
        .ok_or_else(|| Failure::Defect(format!("warehouse {} of {} is gone", part.warehouse, part.reference)))?;
    let partner = match connection::partner(inner, &place.connection).await {
        Ok(partner) => partner,
        Err(Failure::Partner(error)) => {
            if let Some(connection) = inner.store.connection(&place.connection).await? {
                connection::failed(inner, &connection, &error).await?;
            }
            return Err(Failure::Partner(error));
        }
        Err(other) => return Err(other),
    };
    Ok(partner.map(|partner| (place, partner)))
}

/// T3: nothing may leave before this commit has returned.
async fn claim(
    inner: &Inner,
    file: &OrderFile,
    part: &FulfillmentOrder,
    place: &Warehouse,
    mut hand_over: HandOver,
) -> Result<(HandOver, Command), Failure> {
    let now = inner.clock.now();
    let command = match &hand_over.payload {
        // Frozen by an earlier try: the same bytes again, whatever the order says today.
        Some(payload) => Command::HandOver(serde_json::from_value(payload.clone()).map_err(impossible)?),
        None => Command::HandOver(request(&file.order, part, place)),
    };
    if let Command::HandOver(request) = &command {
        hand_over.payload = Some(serde_json::to_value(request).map_err(impossible)?);
    }
    hand_over.state = HandOverState::Sending;
    hand_over.attempts += 1;
    let mut amended = Amendment::of(file);
    if let Some(part) = amended.part(&part.id) {
        part.become_state(FulfillmentState::Sent, now).map_err(impossible)?;
    }
    amended.order.updated_at = now;
    amended.order.editable_until = amended.order.editable_until.map(|until| until.min(now));
    amended.write(Write::HandOver(hand_over.clone()));
    amended.write(Write::AttemptStarted(Attempt {
        subject: hand_over.id.to_string(),
        order: file.order.id.clone(),
        number: hand_over.attempts,
        started_at: now,
        deadline: now + inner.timing.call_deadline,
        ended_at: None,
        outcome: String::new(),
        detail: String::new(),
    }));
    let after = json!({ "reference": part.reference, "attempt": hand_over.attempts, "warehouse": place.name });
    amended.record(inner.entry("hand_over", "fulfillment.sent", &file.order.id, &part.id, after));
    inner.commit(amended.into_changes()).await?;
    hand_over.revision += 1;
    Ok((hand_over, command))
}

fn request(order: &Order, part: &FulfillmentOrder, place: &Warehouse) -> FulfillmentRequest {
    let lines =
        part.lines.iter().filter_map(|wanted| Some(asked(order.line(&wanted.line)?, wanted))).flatten().collect();
    FulfillmentRequest {
        reference: part.reference.clone(),
        warehouse_remote_id: place.remote_id.clone(),
        order_number: order.number.clone(),
        placed_at: order.placed_at,
        ship_to: order.ship_to.clone(),
        email: order.customer.email.clone(),
        shipping_option: order.shipping_option.clone(),
        lines,
    }
}

/// What a warehouse is asked for of a line: the article, or its components where it ships those. What a bundle costs is
/// shared by its components' units, rounded down: nobody knows what each is worth.
fn asked(line: &OrderLine, wanted: &FulfillmentLine) -> Vec<RequestLine> {
    let Some(kit) = &wanted.kit else {
        return vec![RequestLine {
            reference: line.id.to_string(),
            sku: line.sku.clone(),
            title: line.title.clone(),
            quantity: wanted.quantity,
            unit_price: line.unit_price,
        }];
    };
    let units: i64 = kit.components.iter().map(|component| i64::from(component.units)).sum();
    let share = Money::new(line.unit_price.minor / units.max(1), line.unit_price.currency);
    let owed = kit.owed(wanted.quantity, wanted.shipped).into_iter().filter(|component| component.units > 0);
    owed.map(|component| RequestLine {
        reference: shipment_match::component_reference(&line.id, &component.sku),
        title: format!("{} ({})", component.sku, line.title).replace(" ()", ""),
        quantity: component.units,
        sku: component.sku,
        unit_price: share,
    })
    .collect()
}

/// How a try ended, for the attempt's row.
struct Ending<'a> {
    outcome: &'a str,
    detail: &'a str,
    event: &'a str,
}

/// Applies an outcome on fresh copies, again if somebody changed the order meanwhile; the hand-over itself is ours.
async fn conclude(
    inner: &Inner,
    job: Option<&Job>,
    hand_over: &HandOver,
    ending: &Ending<'_>,
    change: impl Fn(&mut Amendment<'_>, &mut HandOver) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for round in 1_u64.. {
        let Some(file) = inner.store.order_file(&hand_over.order).await? else {
            return Err(Failure::Defect(format!("order {} is gone", hand_over.order)));
        };
        let now = inner.clock.now();
        let mut amended = Amendment::of(&file);
        let mut concluded = hand_over.clone();
        change(&mut amended, &mut concluded)?;
        amended.order.updated_at = now;
        amended.write(Write::HandOver(concluded));
        if file.attempt_runs(hand_over.id.as_str(), hand_over.attempts) {
            amended.write(Write::AttemptEnded {
                subject: hand_over.id.to_string(),
                number: hand_over.attempts,
                at: now,
                outcome: ending.outcome.to_owned(),
                detail: ending.detail.to_owned(),
            });
        }
        // A lost lease must not lose the outcome: whoever took the job over finds nothing left to do.
        if let Some(job) = job.filter(|_| round == 1) {
            amended.write(done(job));
        }
        let after = json!({ "attempt": hand_over.attempts, "detail": ending.detail });
        amended.record(inner.entry("hand_over", ending.event, &hand_over.order, &hand_over.fulfillment, after));
        match inner.commit(amended.into_changes()).await {
            Ok(_) => return Ok(()),
            Err(switchyard_store::Error::Conflict(what)) if round < ROUNDS && still_ours(inner, hand_over).await? => {
                tracing::debug!(what, hand_over = %hand_over.id, "the order changed meanwhile; concluding again");
                tokio::time::sleep(Duration::from_millis(round)).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// False when another process has taken the hand-over: then its outcome is theirs to write.
async fn still_ours(inner: &Inner, hand_over: &HandOver) -> Result<bool, Failure> {
    let current = inner.store.hand_over(&hand_over.id).await?;
    Ok(current.is_some_and(|current| current.revision == hand_over.revision))
}

/// The warehouse has it.
pub(super) async fn acknowledged(
    inner: &Inner,
    job: &Job,
    mut hand_over: HandOver,
    answer: &Done,
) -> Result<Step, Failure> {
    hand_over.state = HandOverState::Acknowledged;
    hand_over.last_error = None;
    let event = if answer.already { "fulfillment.adopted" } else { "fulfillment.accepted" };
    let ending = Ending { outcome: "done", detail: &answer.remote_id, event };
    let fulfillment = hand_over.fulfillment.clone();
    conclude(inner, Some(job), &hand_over, &ending, |amended, _| {
        let now = inner.clock.now();
        if let Some(part) = amended.part(&fulfillment) {
            part.remote_id = Some(answer.remote_id.clone());
            part.problem = None;
            // A shipment report may have been faster than the answer.
            if matches!(part.state, FulfillmentState::Sent | FulfillmentState::Unconfirmed) {
                part.become_state(FulfillmentState::Accepted, now).map_err(impossible)?;
            }
        }
        amended.clear(Code::HandOverInDoubt);
        Ok(())
    })
    .await?;
    Ok(Step::Done)
}

async fn failed(
    inner: &Inner,
    job: &Job,
    hand_over: HandOver,
    before: FulfillmentState,
    partner: &Partner,
    error: PartnerError,
) -> Result<Step, Failure> {
    match error.kind {
        Kind::Auth | Kind::RateLimited | Kind::Unreachable => {
            not_sent(inner, hand_over, before, &error).await?;
            Err(Failure::Partner(error))
        }
        Kind::Rejected | Kind::NotFound | Kind::Config | Kind::Unsupported => {
            refused(inner, Some(job), hand_over, &partner.connection.name, &error.detail).await?;
            Ok(Step::Done)
        }
        Kind::Doubtful | Kind::Protocol => {
            let settle = partner.connector.describe().capabilities.settle;
            in_doubt(inner, job, hand_over, &error.detail, settle).await?;
            Ok(Step::Done)
        }
    }
}

/// Nothing left: the hand-over is ready again, and the order as editable as it was.
async fn not_sent(
    inner: &Inner,
    mut hand_over: HandOver,
    before: FulfillmentState,
    error: &PartnerError,
) -> Result<(), Failure> {
    hand_over.state = HandOverState::Ready;
    if before == FulfillmentState::Queued {
        // Never left the house: the next try is made from the order as it is then.
        hand_over.payload = None;
    }
    let ending = Ending { outcome: "not_sent", detail: &error.detail, event: "fulfillment.not_sent" };
    let fulfillment = hand_over.fulfillment.clone();
    conclude(inner, None, &hand_over, &ending, |amended, hand_over| {
        let now = inner.clock.now();
        let held = hold::stopping(&amended.order.holds, &fulfillment, now).next().is_some();
        let Some(part) = amended.part(&fulfillment).filter(|part| part.state == FulfillmentState::Sent) else {
            return Ok(());
        };
        part.become_state(before, now).map_err(impossible)?;
        if held && part.state == FulfillmentState::Queued {
            // A hold came while it was on the wire: it leaves the outbox like any other part that is held.
            part.become_state(FulfillmentState::Open, now).map_err(impossible)?;
            hand_over.state = HandOverState::Withdrawn;
            amended.write(Write::Job(inner.job("release", fulfillment.as_str(), now)));
        }
        Ok(())
    })
    .await
}

/// The warehouse will not take it: its units go back to the router, which leaves this warehouse out.
pub(super) async fn refused(
    inner: &Inner,
    job: Option<&Job>,
    mut hand_over: HandOver,
    warehouse: &str,
    detail: &str,
) -> Result<(), Failure> {
    let problem = Problem::new(
        Code::HandOverRefused,
        format!("{warehouse} refused the fulfillment order"),
        detail,
        "Switchyard tries another warehouse; correct what the warehouse names if none is left.",
    );
    hand_over.state = HandOverState::Refused;
    hand_over.last_error = Some(problem.clone());
    let ending = Ending { outcome: "refused", detail, event: "fulfillment.rejected" };
    let fulfillment = hand_over.fulfillment.clone();
    conclude(inner, job, &hand_over, &ending, |amended, _| {
        let now = inner.clock.now();
        if let Some(part) = amended.part(&fulfillment) {
            part.become_state(FulfillmentState::Rejected, now).map_err(impossible)?;
            part.problem = Some(problem.clone());
        }
        amended.clear(Code::HandOverInDoubt);
        plan_again(inner, amended);
        Ok(())
    })
    .await
}

/// Sends the order back to the router.
pub(super) fn plan_again(inner: &Inner, amended: &mut Amendment<'_>) {
    if amended.order.state == OrderState::Planned && amended.order.become_state(OrderState::Accepted).is_ok() {
        let id = amended.order.id.clone();
        amended.write(Write::Job(inner.job("route", id.as_str(), inner.clock.now())));
    }
}

async fn in_doubt(
    inner: &Inner,
    job: &Job,
    mut hand_over: HandOver,
    detail: &str,
    settle: Duration,
) -> Result<(), Failure> {
    let problem = Problem::new(
        Code::HandOverInDoubt,
        "The warehouse's answer was lost",
        detail,
        "Switchyard asks the warehouse by our reference before anything is sent again.",
    );
    hand_over.state = HandOverState::InDoubt;
    hand_over.last_error = Some(problem.clone());
    let ending = Ending { outcome: "doubtful", detail, event: "fulfillment.unconfirmed" };
    let fulfillment = hand_over.fulfillment.clone();
    let key = hand_over.id.to_string();
    conclude(inner, Some(job), &hand_over, &ending, |amended, _| {
        let now = inner.clock.now();
        if let Some(part) = amended.part(&fulfillment)
            && part.state == FulfillmentState::Sent
        {
            part.become_state(FulfillmentState::Unconfirmed, now).map_err(impossible)?;
            part.problem = Some(problem.clone());
        }
        amended.write(Write::Job(inner.job("confirm", key.as_str(), now + settle)));
        Ok(())
    })
    .await
}

/// The row says `sending` but nobody is: the process died between claim and outcome.
async fn doubt_after_crash(inner: &Inner, job: &Job, file: &OrderFile, hand_over: HandOver) -> Result<Step, Failure> {
    let subject = hand_over.id.as_str();
    let attempt = file.attempts.iter().rev().find(|attempt| attempt.subject == subject);
    let safe_after = attempt.map(|attempt| attempt.deadline + inner.timing.call_deadline / 4);
    if let Some(due) = safe_after.filter(|due| *due > inner.clock.now()) {
        return Ok(Step::Later { due, why: "an earlier try may still be on the wire".to_owned() });
    }
    in_doubt(inner, job, hand_over, "Switchyard stopped in the middle of the call", Duration::ZERO).await?;
    Ok(Step::Done)
}
