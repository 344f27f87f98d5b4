//! Checks an order before it may be planned; what is missing is listed on it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_core::code::{Code, Problem};
use switchyard_core::id::OrderId;
use switchyard_core::order::{LineKind, Order, OrderState};
use switchyard_core::quantity::Sku;
use switchyard_store::contract::{Job, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, impossible, key};
use crate::Inner;

/// A blocked order is looked at again after this long: a warehouse may have learned the SKU meanwhile.
const AGAIN: Duration = Duration::from_secs(60);

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: OrderId = key(&job)?;
    let Some(file) = inner.store.order_file(&id).await? else { return Ok(Step::Idle) };
    if !matches!(file.order.state, OrderState::Received | OrderState::Blocked | OrderState::Accepted) {
        return Ok(Step::Idle);
    }
    let problems = problems(&inner, &file.order).await?;
    let now = inner.clock.now();
    let mut amended = Amendment::of(&file);
    for code in [Code::AddressIncomplete, Code::UnknownSku] {
        amended.clear(code);
    }
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
    let unknown = inner.store.unknown_skus(&skus).await?;
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
