//! Checks an order before it may be planned; what is missing is listed on it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_core::code::{Code, Problem};
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::hold;
use switchyard_core::id::OrderId;
use switchyard_core::journal::Actor;
use switchyard_core::order::{LineKind, Order, OrderState};
use switchyard_core::quantity::Sku;
use switchyard_core::rule::Facts;
use switchyard_store::contract::{Job, OrderFile, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, impossible, key};
use crate::{Inner, catalog, policy};

/// A blocked order is looked at again after this long: a warehouse may have learned the SKU meanwhile.
const AGAIN: Duration = Duration::from_secs(60);

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: OrderId = key(&job)?;
    let Some(file) = inner.store.order_file(&id).await? else { return Ok(Step::Idle) };
    if file.order.state == OrderState::Planned {
        return look_again(&inner, &file, &job).await;
    }
    if !matches!(file.order.state, OrderState::Received | OrderState::Blocked | OrderState::Accepted) {
        return Ok(Step::Idle);
    }
    let problems = problems(&inner, &file.order).await?;
    let now = inner.clock.now();
    let mut amended = Amendment::of(&file);
    for code in [Code::AddressIncomplete, Code::UnknownSku] {
        amended.clear(code);
    }
    hold_by_rules(&inner, &mut amended).await?;
    if problems.is_empty() {
        if file.order.state != OrderState::Accepted {
            amended.order.become_state(OrderState::Accepted).map_err(impossible)?;
            amended.record(inner.entry("validate", "order.accepted", &id, &id, json!({})));
        }
        amended.write(Write::Job(inner.job("route", id.as_str(), now)));
        amended.write(done(&job));
    } else {
        let found: Vec<String> = problems.iter().map(|problem| problem.title.clone()).collect();
        for problem in problems {
            amended.raise(problem);
        }
        if file.order.state == OrderState::Blocked && file.order.problems == amended.order.problems {
            return Ok(Step::Later { due: now + AGAIN, why: "still blocked".to_owned() });
        }
        if file.order.state != OrderState::Blocked {
            amended.order.become_state(OrderState::Blocked).map_err(impossible)?;
        }
        amended.record(inner.entry("validate", "order.blocked", &id, &id, json!({ "problems": found })));
        amended.write(done(&job));
        amended.write(Write::Job(inner.job("validate", id.as_str(), now + AGAIN)));
    }
    amended.order.updated_at = now;
    inner.commit(amended.into_changes()).await?;
    Ok(Step::Done)
}

/// Asks only the hold rules: the order is planned, and its parts are ours or not.
async fn look_again(inner: &Inner, file: &OrderFile, job: &Job) -> Result<Step, Failure> {
    let now = inner.clock.now();
    let mut amended = Amendment::of(file);
    hold_by_rules(inner, &mut amended).await?;
    if amended.order.holds == file.order.holds {
        return Ok(Step::Idle);
    }
    let id = file.order.id.as_str();
    if !hold::keeps_stock(&amended.order.holds, now) {
        amended.order.become_state(OrderState::Accepted).map_err(impossible)?;
        amended.write(Write::Job(inner.job("route", id, now)));
    }
    for part in file.fulfillments.iter().filter(|part| part.state == FulfillmentState::Open) {
        amended.write(Write::Job(inner.job("release", part.id.as_str(), now)));
    }
    amended.order.updated_at = now;
    amended.write(done(job));
    inner.commit(amended.into_changes()).await?;
    Ok(Step::Done)
}

/// Places and lifts what the hold rules say. What a person lifted stays lifted until the rule or the order changes.
async fn hold_by_rules(inner: &Inner, amended: &mut Amendment<'_>) -> Result<(), Failure> {
    let now = inner.clock.now();
    amended.expire_holds(now);
    let rules = policy::hold_rules(&*inner.store).await?.value.compile();
    let order = &amended.order;
    let decision = rules.evaluate(&Facts::of(order), &order.holds, &order.past_causes, now);
    let id = order.id.clone();
    for lifted in decision.lift {
        let Some(at) = amended.order.holds.iter().position(|hold| hold.id == lifted) else { continue };
        let hold = amended.order.holds.remove(at);
        amended.record(inner.entry("validate", "order.hold_lifted", &id, &id, json!({ "hold": hold })));
        amended.order.past_causes.extend(hold.cause);
    }
    for due in decision.place {
        let rule = due.cause.rule.clone();
        let hold = due.into_hold(inner.hold_id(), Actor::service("validate"), now);
        amended.record(inner.entry("validate", "order.held", &id, &id, json!({ "rule": rule, "hold": hold })));
        amended.order.holds.push(hold);
    }
    Ok(())
}

async fn problems(inner: &Inner, order: &Order) -> Result<Vec<Problem>, Failure> {
    let mut problems = Vec::new();
    let goods: Vec<_> = order.lines.iter().filter(|line| line.kind == LineKind::Goods && line.wanted() > 0).collect();
    let missing = order.ship_to.missing();
    if !goods.is_empty() && !missing.is_empty() {
        problems.push(Problem::new(
            Code::AddressIncomplete,
            format!("The address of {} is incomplete", order.number),
            format!("missing: {}", missing.join(", ")),
            "Complete the address here or in the shop.",
        ));
    }
    let skus: Vec<Sku> = goods.iter().map(|line| line.sku.clone()).collect();
    let unknown = catalog::unknown_skus(&*inner.store, &skus).await?;
    if !unknown.is_empty() {
        let names: Vec<&str> =
            unknown.iter().map(|sku| if sku.is_empty() { "(no SKU)" } else { sku.as_str() }).collect();
        problems.push(Problem::new(
            Code::UnknownSku,
            format!("{} names {} unknown SKU(s)", order.number, names.len()),
            format!("no warehouse has ever reported: {}", names.join(", ")),
            "Create the article at a warehouse or correct the SKU in the shop; the order goes on by itself then.",
        ));
    }
    Ok(problems)
}
