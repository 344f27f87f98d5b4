//! Tells a shop about one shipment: once, whatever fails. The same three steps as a hand-over.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_connectors::contract::{Command, Done, ReportLine, ShipmentReport};
use switchyard_connectors::error::{Error as PartnerError, Kind};
use switchyard_core::backoff;
use switchyard_core::code::{Code, Problem};
use switchyard_core::id::WriteBackId;
use switchyard_core::order::OrderState;
use switchyard_core::units;
use switchyard_core::write_back::{WriteBack, WriteBackState};
use switchyard_store::contract::{Attempt, Job, OrderFile, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, impossible, key};
use crate::Inner;
use crate::connection::{self, Partner};

/// Wait before looking at a paused connection again.
const PAUSED: Duration = Duration::from_secs(10);

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: WriteBackId = key(&job)?;
    let Some(write_back) = inner.store.write_back(&id).await? else { return Ok(Step::Idle) };
    let Some(file) = inner.store.order_file(&write_back.order).await? else { return Ok(Step::Idle) };
    let unsettled = matches!(write_back.state, WriteBackState::Due | WriteBackState::Sending | WriteBackState::InDoubt);
    if !unsettled {
        return Ok(Step::Idle);
    }
    let Some(partner) = connection::partner(&inner, &write_back.shop).await? else {
        return Ok(Step::Later { due: inner.clock.now() + PAUSED, why: "its shop is paused".to_owned() });
    };
    if let Some(due) = inner.partners.quiet_until(&partner.connection.id, inner.clock.now()) {
        return Ok(Step::Later { due, why: "the shop asked us to slow down".to_owned() });
    }
    let command = Command::ReportShipment(report(&file, &write_back)?);
    match write_back.state {
        WriteBackState::Due => send(&inner, &job, &partner, &file, write_back, &command).await,
        _ => look_up(&inner, &job, &partner, &file, write_back, &command).await,
    }
}

fn report(file: &OrderFile, write_back: &WriteBack) -> Result<ShipmentReport, Failure> {
    let shipment = file
        .shipments
        .iter()
        .find(|shipment| shipment.id == write_back.shipment)
        .ok_or_else(|| Failure::Defect(format!("shipment {} is gone", write_back.shipment)))?;
    let lines = shipment
        .lines
        .iter()
        .filter_map(|left| {
            // A line that was added here is none of the shop's.
            let line = file.order.line(&left.line).filter(|line| !line.shop_line_id.is_empty())?;
            Some(ReportLine { shop_line_id: line.shop_line_id.clone(), quantity: left.quantity })
        })
        .collect();
    Ok(ShipmentReport {
        shop_order_id: file.order.shop_order_id.clone(),
        lines,
        parcels: shipment.parcels.clone(),
        shipped_at: shipment.shipped_at,
    })
}

async fn send(
    inner: &Inner,
    job: &Job,
    partner: &Partner,
    file: &OrderFile,
    mut write_back: WriteBack,
    command: &Command,
) -> Result<Step, Failure> {
    let now = inner.clock.now();
    write_back.state = WriteBackState::Sending;
    write_back.attempts += 1;
    let attempt = Attempt {
        subject: write_back.id.to_string(),
        order: file.order.id.clone(),
        number: write_back.attempts,
        started_at: now,
        deadline: now + inner.timing.call_deadline,
        ended_at: None,
        outcome: String::new(),
        detail: String::new(),
    };
    let writes = vec![Write::WriteBack(write_back.clone()), Write::AttemptStarted(attempt)];
    inner.commit(switchyard_store::contract::Changes { writes, ..Default::default() }).await?;
    write_back.revision += 1;
    let key = write_back.shipment.to_string();
    match partner.connector.push(&partner.context, command, &key).await {
        Ok(answer) => {
            inner.partners.sent(&partner.connection.id, inner.clock.now());
            connection::succeeded(inner, &partner.connection).await?;
            confirmed(inner, job, write_back, &answer).await
        }
        Err(error) => {
            if !matches!(error.kind, Kind::Rejected | Kind::NotFound) {
                connection::failed(inner, &partner.connection, &error).await?;
            }
            failed(inner, job, partner, write_back, error).await
        }
    }
}

/// A try whose end nobody saw: the shop is read before anything is sent again.
async fn look_up(
    inner: &Inner,
    job: &Job,
    partner: &Partner,
    file: &OrderFile,
    mut write_back: WriteBack,
    command: &Command,
) -> Result<Step, Failure> {
    if write_back.state == WriteBackState::Sending {
        let subject = write_back.id.as_str();
        let attempt = file.attempts.iter().rev().find(|attempt| attempt.subject == subject);
        let safe_after = attempt.map(|attempt| attempt.deadline + inner.timing.call_deadline / 4);
        if let Some(due) = safe_after.filter(|due| *due > inner.clock.now()) {
            return Ok(Step::Later { due, why: "an earlier try may still be on the wire".to_owned() });
        }
    }
    match partner.connector.find(&partner.context, command).await {
        Ok(Some(answer)) => confirmed(inner, job, write_back, &answer).await,
        Ok(None) => {
            write_back.state = WriteBackState::Due;
            let wait = backoff::delay(write_back.attempts, None, inner.clock.random());
            let due = inner.clock.now() + wait;
            write_back.due_at = due;
            let mut writes = Vec::new();
            if file.attempt_runs(write_back.id.as_str(), write_back.attempts) {
                writes.push(Write::AttemptEnded {
                    subject: write_back.id.to_string(),
                    number: write_back.attempts,
                    at: inner.clock.now(),
                    outcome: "not_found".to_owned(),
                    detail: "the shop does not have it".to_owned(),
                });
            }
            writes.extend([
                Write::WriteBack(write_back.clone()),
                done(job),
                Write::Job(inner.job(&job.kind, job.key.as_str(), due)),
            ]);
            inner.commit(switchyard_store::contract::Changes { writes, ..Default::default() }).await?;
            Ok(Step::Done)
        }
        Err(error) => {
            connection::failed(inner, &partner.connection, &error).await?;
            Err(error.into())
        }
    }
}

/// Applies an outcome on fresh copies of the order.
async fn conclude(
    inner: &Inner,
    job: Option<&Job>,
    write_back: &WriteBack,
    outcome: (&str, &str),
    event: &str,
    problem: Option<Problem>,
    then: Option<switchyard_core::time::Timestamp>,
) -> Result<(), Failure> {
    let Some(file) = inner.store.order_file(&write_back.order).await? else {
        return Err(Failure::Defect(format!("order {} is gone", write_back.order)));
    };
    let now = inner.clock.now();
    let mut amended = Amendment::of(&file);
    if let Some(problem) = problem {
        amended.raise(problem);
    }
    amended.write(Write::WriteBack(write_back.clone()));
    if file.attempt_runs(write_back.id.as_str(), write_back.attempts) {
        amended.write(Write::AttemptEnded {
            subject: write_back.id.to_string(),
            number: write_back.attempts,
            at: now,
            outcome: outcome.0.to_owned(),
            detail: outcome.1.to_owned(),
        });
    }
    if let Some(job) = job {
        amended.write(done(job));
    }
    if let Some(due) = then {
        amended.write(Write::Job(inner.job("write_back", write_back.id.as_str(), due)));
    }
    let after = json!({ "shipment": write_back.shipment, "attempt": write_back.attempts, "detail": outcome.1 });
    amended.record(inner.entry("write_back", event, &write_back.order, &write_back.id, after));
    amended.order.updated_at = now;
    let write_backs: Vec<WriteBack> = file
        .write_backs
        .iter()
        .map(|known| if known.id == write_back.id { write_back.clone() } else { known.clone() })
        .collect();
    close_if_finished(inner, &mut amended, &write_backs)?;
    inner.commit(amended.into_changes()).await?;
    Ok(())
}

/// Tries again on a conflict: the outcome is known and must not be asked of the shop a second time for nothing.
async fn settle(
    inner: &Inner,
    job: &Job,
    write_back: &WriteBack,
    outcome: (&str, &str),
    event: &str,
    problem: Option<Problem>,
    then: Option<switchyard_core::time::Timestamp>,
) -> Result<(), Failure> {
    for round in 1_u64.. {
        // A lost lease must not lose the outcome: whoever took the job over finds nothing left to do.
        let own = (round == 1).then_some(job);
        let result = conclude(inner, own, write_back, outcome, event, problem.clone(), then).await;
        let again = matches!(&result, Err(failure) if failure.is_conflict()) && round < ROUNDS;
        if !again {
            return result;
        }
        tokio::time::sleep(Duration::from_millis(round)).await;
    }
    Ok(())
}

/// How often an outcome is applied again when somebody else keeps changing the order.
const ROUNDS: u64 = 20;

async fn confirmed(inner: &Inner, job: &Job, mut write_back: WriteBack, answer: &Done) -> Result<Step, Failure> {
    write_back.state = WriteBackState::Confirmed;
    write_back.remote_id = Some(answer.remote_id.clone());
    write_back.last_error = None;
    settle(inner, job, &write_back, ("done", &answer.remote_id), "write_back.confirmed", None, None).await?;
    Ok(Step::Done)
}

async fn failed(
    inner: &Inner,
    job: &Job,
    partner: &Partner,
    mut write_back: WriteBack,
    error: PartnerError,
) -> Result<Step, Failure> {
    let now = inner.clock.now();
    let name = &partner.connection.name;
    match error.kind {
        Kind::Rejected | Kind::NotFound | Kind::Unsupported | Kind::Config => {
            let problem = Problem::new(
                Code::WriteBackRefused,
                format!("{name} refused the tracking information"),
                error.detail.clone(),
                "Enter the tracking in the shop by hand, or correct what it names.",
            );
            write_back.state = WriteBackState::Failed;
            write_back.last_error = Some(problem.clone());
            let outcome = ("refused", error.detail.as_str());
            settle(inner, job, &write_back, outcome, "write_back.refused", Some(problem), None).await?;
        }
        Kind::Auth | Kind::RateLimited | Kind::Unreachable => {
            let due = now + backoff::delay(write_back.attempts, error.retry_after, inner.clock.random());
            write_back.state = WriteBackState::Due;
            write_back.due_at = due;
            write_back.last_error = Some(connection::problem_of(name, &error));
            let outcome = ("not_sent", error.detail.as_str());
            settle(inner, job, &write_back, outcome, "write_back.not_sent", None, Some(due)).await?;
        }
        Kind::Doubtful | Kind::Protocol => {
            let due = now + partner.connector.describe().capabilities.settle;
            write_back.state = WriteBackState::InDoubt;
            write_back.due_at = due;
            write_back.last_error = Some(connection::problem_of(name, &error));
            let outcome = ("doubtful", error.detail.as_str());
            settle(inner, job, &write_back, outcome, "write_back.in_doubt", None, Some(due)).await?;
        }
    }
    Ok(Step::Done)
}

/// Closes a planned order when no unit is open and the shop knows everything.
pub(super) fn close_if_finished(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    write_backs: &[WriteBack],
) -> Result<(), Failure> {
    let told = write_backs.iter().all(|duty| duty.state.is_settled());
    let ended = amended.fulfillments.iter().all(|part| part.state.is_final());
    if !told || !ended || amended.order.state != OrderState::Planned {
        return Ok(());
    }
    let accounts = units::account(&amended.order, &amended.fulfillments).map_err(impossible)?;
    if accounts.iter().all(|account| account.unplanned == 0 && account.in_fulfillment == 0) {
        amended.order.become_state(OrderState::Closed).map_err(impossible)?;
        let id = amended.order.id.clone();
        amended.record(inner.entry("write_back", "order.closed", &id, &id, json!({})));
    }
    Ok(())
}
