//! Tells a warehouse that goods will come back, or that they will not after all; each exactly once.
//!
//! A try is on disk before its first byte. After a try that ended in doubt, or never ended, the warehouse is asked by our
//! reference before anything is sent again.

use std::sync::Arc;

use switchyard_connectors::contract::{Command, Done, NoticeLine, ReturnNotice};
use switchyard_connectors::error::{Error as PartnerError, Kind};
use switchyard_core::backoff;
use switchyard_core::code::{Code, Problem};
use switchyard_core::id::ReturnId;
use switchyard_core::journal::Actor;
use switchyard_core::return_order::{Notice, Return, ReturnState};
use switchyard_store::contract::{Attempt, Changes, Job, OrderFile, Write};

use super::return_change::Change;
use super::{Failure, Step, done, key};
use crate::Inner;
use crate::connection::{self, Partner};

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: ReturnId = key(&job)?;
    let Some(goods) = inner.store.goods_back(&id).await? else { return Ok(Step::Idle) };
    if !matches!(goods.notice, Notice::Due | Notice::WithdrawalDue) {
        return Ok(Step::Idle);
    }
    let (Some(order), Some(warehouse)) = (&goods.order, &goods.warehouse) else { return Ok(Step::Idle) };
    let Some(file) = inner.store.order_file(order).await? else { return Ok(Step::Idle) };
    let now = inner.clock.now();
    let places = inner.store.warehouses().await?;
    let place = places.iter().find(|place| &place.id == warehouse);
    let place = place.ok_or_else(|| Failure::Defect(format!("the warehouse of {} is gone", goods.reference)))?;
    let Some(partner) = connection::partner(&inner, &place.connection).await? else {
        let due = now + backoff::delay(job.tries + 3, None, inner.clock.random());
        return Ok(Step::Later { due, why: "its warehouse is paused".to_owned() });
    };
    let subject = subject(&goods);
    let tries: Vec<&Attempt> = file.attempts.iter().filter(|known| known.subject == subject).collect();
    let doubt = tries.iter().rev().find(|known| known.ended_at.is_none() || known.outcome == DOUBTFUL);
    let Some(command) = command(&goods, &place.remote_id, &file) else {
        return finish(&inner, &job, &file, &goods, Outcome::Unneeded, None).await;
    };
    if let Some(doubt) = doubt {
        let settled = doubt.started_at + partner.connector.describe().capabilities.settle;
        if settled > now {
            return Ok(Step::Later { due: settled, why: "an earlier try may still show its effect".to_owned() });
        }
        let found = match partner.connector.find(&partner.context, &command).await {
            Ok(found) => found,
            Err(error) => return later(&inner, &job, &partner, &error).await,
        };
        if let Some(found) = found {
            return finish(&inner, &job, &file, &goods, Outcome::Done(found), Some(doubt)).await;
        }
    }
    if goods.notice == Notice::Due && !matches!(goods.state, ReturnState::Announced | ReturnState::InTransit) {
        // Called off, given up or here before anybody was told.
        return finish(&inner, &job, &file, &goods, Outcome::Unneeded, doubt.copied()).await;
    }
    let number = u32::try_from(tries.len()).unwrap_or(u32::MAX).saturating_add(1);
    let attempt = Attempt {
        subject,
        order: order.clone(),
        number,
        started_at: now,
        deadline: now + inner.timing.call_deadline,
        ended_at: None,
        outcome: String::new(),
        detail: String::new(),
    };
    // Nothing may leave before this commit has returned.
    inner.commit(Changes { writes: vec![Write::AttemptStarted(attempt.clone())], ..Changes::default() }).await?;
    match partner.connector.push(&partner.context, &command, &goods.reference).await {
        Ok(told) => {
            inner.partners.sent(&partner.connection.id, inner.clock.now());
            connection::succeeded(&inner, &partner.connection).await?;
            finish(&inner, &job, &file, &goods, Outcome::Done(told), Some(&attempt)).await
        }
        Err(error) if matches!(error.kind, Kind::Rejected | Kind::NotFound | Kind::Unsupported | Kind::Config) => {
            finish(&inner, &job, &file, &goods, Outcome::Refused(error), Some(&attempt)).await
        }
        Err(error) => {
            let outcome = if error.kind == Kind::Doubtful { DOUBTFUL } else { "not_sent" };
            let ended = ended(&inner, &attempt, outcome, &error.detail);
            inner.commit(Changes { writes: vec![ended], ..Changes::default() }).await?;
            later(&inner, &job, &partner, &error).await
        }
    }
}

const DOUBTFUL: &str = "doubtful";

/// What the tries are filed under: telling and calling off are two things.
fn subject(goods: &Return) -> String {
    match goods.notice {
        Notice::WithdrawalDue => format!("{}/withdrawal", goods.id),
        _ => goods.id.to_string(),
    }
}

/// What to call; `None` when there is nothing over there to call off.
fn command(goods: &Return, warehouse_remote_id: &str, file: &OrderFile) -> Option<Command> {
    if goods.notice == Notice::WithdrawalDue {
        let remote_id = goods.remote_id.clone()?;
        return Some(Command::WithdrawReturn { reference: goods.reference.clone(), remote_id });
    }
    let mut lines: Vec<NoticeLine> = Vec::new();
    for item in goods.items.iter().filter(|item| item.announced > 0) {
        match lines.iter_mut().find(|line| line.sku == item.sku) {
            Some(line) => line.quantity = line.quantity.saturating_add(item.announced),
            None => lines.push(NoticeLine { sku: item.sku.clone(), quantity: item.announced }),
        }
    }
    Some(Command::AnnounceReturn(ReturnNotice {
        reference: goods.reference.clone(),
        warehouse_remote_id: warehouse_remote_id.to_owned(),
        shipment_remote_id: shipment(goods, file),
        tracking_code: goods.tracking_code.clone(),
        lines,
    }))
}

/// The warehouse's id of the shipment that the goods left with: the last one of its own that has any of them.
fn shipment(goods: &Return, file: &OrderFile) -> Option<String> {
    let of_warehouse = |id| {
        let part = file.fulfillments.iter().find(|part| &part.id == id);
        part.is_some_and(|part| Some(&part.warehouse) == goods.warehouse.as_ref())
    };
    let has = |line| goods.items.iter().any(|item| item.line.as_ref() == Some(line));
    let left = file.shipments.iter().rev().filter(|shipment| of_warehouse(&shipment.fulfillment));
    let mut left = left.filter(|shipment| shipment.lines.iter().any(|line| has(&line.line)));
    left.next().map(|shipment| shipment.remote_id.clone())
}

/// How telling ended.
enum Outcome {
    /// The warehouse knows.
    Done(Done),
    /// It does not take it.
    Refused(PartnerError),
    /// It need not know any more.
    Unneeded,
}

fn ended(inner: &Inner, attempt: &Attempt, outcome: &str, detail: &str) -> Write {
    Write::AttemptEnded {
        subject: attempt.subject.clone(),
        number: attempt.number,
        at: inner.clock.now(),
        outcome: outcome.to_owned(),
        detail: detail.to_owned(),
    }
}

async fn finish(
    inner: &Inner,
    job: &Job,
    file: &OrderFile,
    goods: &Return,
    outcome: Outcome,
    attempt: Option<&Attempt>,
) -> Result<Step, Failure> {
    let mut after = goods.clone();
    let withdrawing = goods.notice == Notice::WithdrawalDue;
    let (kind, word, detail) = match &outcome {
        Outcome::Done(told) => {
            after.remote_id.get_or_insert_with(|| told.remote_id.clone());
            after.problem = None;
            let over = matches!(goods.state, ReturnState::Cancelled | ReturnState::Expired);
            after.notice = match (withdrawing, over) {
                (true, _) => Notice::Withdrawn,
                // Called off while it was being told.
                (false, true) => Notice::WithdrawalDue,
                (false, false) => Notice::Known,
            };
            (if withdrawing { "return.withdrawn" } else { "return.told" }, "done", String::new())
        }
        Outcome::Refused(error) => {
            after.notice = if withdrawing { Notice::Known } else { Notice::Refused };
            after.problem = Some(Problem::new(
                Code::ReturnNotTaken,
                format!("The warehouse did not take the notice of {}", goods.reference),
                error.detail.clone(),
                "Tell the warehouse by telephone; what arrives is booked all the same.",
            ));
            ("return.notice_refused", "refused", error.detail.clone())
        }
        Outcome::Unneeded => {
            after.notice = if withdrawing { Notice::Withdrawn } else { Notice::None };
            ("return.not_told", "unneeded", String::new())
        }
    };
    let change = Change {
        file: Some(file),
        before: Some(goods),
        after,
        actor: Actor::service("return_notice"),
        kind,
        reason: detail.clone(),
        books: false,
    };
    let mut changes = change.into_changes(inner);
    if let Some(attempt) = attempt.filter(|attempt| attempt.ended_at.is_none()) {
        changes.writes.push(ended(inner, attempt, word, &detail));
    }
    changes.writes.push(done(job));
    inner.commit(changes).await?;
    Ok(Step::Done)
}

async fn later(inner: &Inner, job: &Job, partner: &Partner, error: &PartnerError) -> Result<Step, Failure> {
    connection::failed(inner, &partner.connection, error).await?;
    let due = inner.clock.now() + backoff::delay(job.tries, error.retry_after, inner.clock.random());
    Ok(Step::Later { due, why: error.to_string() })
}
