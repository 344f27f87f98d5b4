//! Watches one return: gives up what never came, and puts before a person what came and waits too long for a decision.

use std::sync::Arc;

use switchyard_core::attention::{AttentionItem, Choice};
use switchyard_core::code::{Code, Problem};
use switchyard_core::id::ReturnId;
use switchyard_core::journal::Actor;
use switchyard_core::return_order::{Notice, Return, ReturnState};
use switchyard_core::role::Role;
use switchyard_core::time::Timestamp;
use switchyard_store::contract::{Changes, Job, OrderFile, Write};

use super::amendment::Amendment;
use super::return_change::{self, Change};
use super::{Failure, Step, done, impossible, key};
use crate::Inner;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: ReturnId = key(&job)?;
    let Some(goods) = inner.store.goods_back(&id).await? else { return Ok(Step::Idle) };
    let Some(due) = return_change::watched_at(&inner, &goods) else { return Ok(Step::Idle) };
    let now = inner.clock.now();
    if due > now {
        return Ok(Step::Later { due, why: "its time has not come".to_owned() });
    }
    let file = match &goods.order {
        Some(order) => inner.store.order_file(order).await?,
        None => None,
    };
    let mut changes = match goods.state {
        ReturnState::Announced | ReturnState::InTransit => expire(&inner, file.as_ref(), &goods, now)?,
        _ => match &file {
            Some(file) => put_before_a_person(&inner, file, &goods, now),
            None => name_the_problem(&inner, &goods, now),
        },
    };
    changes.writes.push(done(&job));
    if !matches!(goods.state, ReturnState::Announced | ReturnState::InTransit) {
        // Whoever takes the matter off without deciding is asked again.
        let again = now + inner.timing.return_patience;
        changes.writes.push(Write::Job(inner.job("return_watch", id.as_str(), again)));
    }
    inner.commit(changes).await?;
    Ok(Step::Done)
}

fn expire(inner: &Inner, file: Option<&OrderFile>, goods: &Return, now: Timestamp) -> Result<Changes, Failure> {
    let mut after = goods.clone();
    after.advance(ReturnState::Expired, now).map_err(impossible)?;
    if after.notice == Notice::Known {
        after.notice = Notice::WithdrawalDue;
    }
    let change = Change {
        file,
        before: Some(goods),
        after,
        actor: Actor::service("return_watch"),
        kind: "return.expired",
        reason: String::new(),
        books: false,
    };
    Ok(change.into_changes(inner))
}

fn what_waits(goods: &Return) -> (Role, String) {
    let (stock, customer) = goods.waits_for();
    let units: u64 = goods.items.iter().map(|item| u64::from(item.received)).sum();
    let open = match (stock, customer) {
        (true, true) => "what becomes of them and what the customer gets",
        (true, false) => "what becomes of them",
        _ => "what the customer gets",
    };
    let owner = if stock { Role::WarehouseLead } else { Role::BackOfficeAgent };
    (owner, format!("{units} units of return {} are here and nobody has decided {open}", goods.reference))
}

fn put_before_a_person(inner: &Inner, file: &OrderFile, goods: &Return, now: Timestamp) -> Changes {
    if file.order.attention.iter().any(|item| return_change::is_stuck_matter(item, goods)) {
        return Changes::default();
    }
    let (owner, what) = what_waits(goods);
    let mut amended = Amendment::of(file);
    let since = goods.received_at.unwrap_or(now);
    let item = AttentionItem::new(Code::ReturnUndecided, &file.order.id, since, what.clone());
    let item = item.with(&[Choice::Wait, Choice::CallWarehouse]);
    amended.order.attention.push(AttentionItem { owner, announced: Some(goods.id.clone()), ..item });
    amended.order.updated_at = now;
    let after = serde_json::json!({ "reference": goods.reference, "what": what });
    amended.record(inner.entry("return_watch", "return.stuck", &file.order.id, &goods.id, after));
    amended.into_changes()
}

/// A return that belongs to no order shows its problem itself.
fn name_the_problem(inner: &Inner, goods: &Return, now: Timestamp) -> Changes {
    if goods.problem.as_ref().is_some_and(|shown| shown.code == Code::ReturnUndecided) {
        return Changes::default();
    }
    let (_, what) = what_waits(goods);
    let mut after = goods.clone();
    after.updated_at = now;
    after.problem = Some(Problem::new(
        Code::ReturnUndecided,
        what,
        "It belongs to no order that we know.",
        "Decide what becomes of the goods; find out whose they are by the label.",
    ));
    let change = Change {
        file: None,
        before: Some(goods),
        after,
        actor: Actor::service("return_watch"),
        kind: "return.stuck",
        reason: String::new(),
        books: false,
    };
    change.into_changes(inner)
}
