//! Assigns every unit of an order to a warehouse and reserves its stock (T2).
//!
//! An order waits here until it can be shipped whole: units that are short are shown on the order, nothing of it is
//! reserved, and it is planned again when stock changes.

mod question;
mod windows;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_core::code::{Code, Problem};
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState};
use switchyard_core::hold;
use switchyard_core::id::{OrderId, WarehouseId};
use switchyard_core::order::{Order, OrderState};
use switchyard_core::plan::{Change, Plan};
use switchyard_core::shelves::Shelves;
use switchyard_store::contract::{Job, OrderFile, StoredPlan, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, impossible, key};
use crate::Inner;

pub(crate) use question::{Question, Reserved, Surroundings, held};
pub(crate) use windows::Windows;

/// An order that is short is planned again after this long, or as soon as a stock level changes.
const AGAIN: Duration = Duration::from_secs(60);
/// Orders that come out short within so long are planned together once.
const SOON: Duration = Duration::from_secs(2);
/// There is one such job: it looks at everything that competes.
pub(crate) const TOGETHER: &str = "all";

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: OrderId = key(&job)?;
    let Some(file) = inner.store.order_file(&id).await? else { return Ok(Step::Idle) };
    if file.order.state != OrderState::Accepted {
        return Ok(Step::Idle);
    }
    let now = inner.clock.now();
    if !hold::keeps_stock(&file.order.holds, now) {
        return set_aside(&inner, &file, &job).await;
    }
    let mut question = question::of(&inner, &file).await?;
    let answer = question.answer().map_err(impossible)?;
    let relaxation = question::relaxation(&question.asked, &answer);
    let windows = Windows::read(&inner, &file.order).await?;
    let placed = if answer.short.is_empty() {
        assign(&inner, &file, &answer, &question.shelves, &windows)
    } else {
        Err(shortage(&file, &answer, relaxation.as_deref()))
    };
    if let Err(problem) = &placed
        && file.order.problems.contains(problem)
    {
        return Ok(Step::Later { due: now + AGAIN, why: problem.title.clone() });
    }
    let mut amended = Amendment::of(&file);
    for code in [Code::OutOfStock, Code::HandOverRefused, Code::NoWarehouseLeft, Code::CalendarUnusable] {
        amended.clear(code);
    }
    amended.order.updated_at = now;
    amended.write(Write::Plan {
        order: id.clone(),
        plan: Box::new(StoredPlan {
            at: now,
            facts: Some(question.facts),
            input: question.snapshot,
            rules_version: question.rules_version,
            rules: question.trace,
            plan: answer.clone(),
            relaxation,
        }),
    });
    match placed {
        Ok(parts) => {
            place(&inner, &mut amended, &file, &answer, parts)?;
            amended.write(done(&job));
        }
        Err(problem) => {
            amended.record(inner.entry("route", "order.short", &id, &id, json!({ "short": answer.short })));
            amended.raise(problem);
            amended.write(done(&job));
            amended.write(Write::Job(inner.job("route", id.as_str(), now + AGAIN)));
            // Others may hold what it needs and not need it.
            amended.write(Write::Job(inner.job("plan_together", TOGETHER, now + SOON)));
        }
    }
    inner.commit(amended.into_changes()).await?;
    Ok(Step::Done)
}

/// A hold gave the order's stock away: its open parts end, and it is planned again when the hold does.
async fn set_aside(inner: &Inner, file: &OrderFile, job: &Job) -> Result<Step, Failure> {
    let now = inner.clock.now();
    let mut amended = Amendment::of(file);
    for part in amended.fulfillments.iter_mut().filter(|part| part.state == FulfillmentState::Open) {
        part.become_state(FulfillmentState::Cancelled, now).map_err(impossible)?;
    }
    amended.order.editable_until = None;
    amended.order.updated_at = now;
    let expiry = hold::next_expiry(&file.order.holds, now);
    amended.write(done(job));
    if let Some(due) = expiry {
        amended.write(Write::Job(inner.job("validate", file.order.id.as_str(), due)));
    }
    let id = &file.order.id;
    amended.record(inner.entry("route", "order.set_aside", id, id, json!({ "until": expiry })));
    inner.commit(amended.into_changes()).await?;
    Ok(Step::Done)
}

/// What a person reads when units are short: no stock, or no warehouse left that has not refused.
pub(super) fn shortage(file: &OrderFile, answer: &Plan, relaxation: Option<&[Change]>) -> Problem {
    let order = &file.order;
    let named: Vec<String> = answer
        .short
        .iter()
        .map(|short| {
            let line = question::line_of(&short.line).and_then(|id| order.line(&id));
            let sku = line.map(|line| line.sku.to_string());
            format!("{} x {}: {}", short.quantity, sku.unwrap_or_else(|| short.line.clone()), short.reason)
        })
        .collect();
    let refusal = file.fulfillments.iter().rev().find(|part| part.state == FulfillmentState::Rejected);
    if let Some(refused) = refusal.and_then(|part| part.problem.as_ref()) {
        return Problem::new(
            Code::HandOverRefused,
            format!("No warehouse is left for {}", order.number),
            format!("{}; {}", refused.detail, named.join("; ")),
            "Correct the address or the line the warehouse named, which plans the order again; or cancel it.",
        );
    }
    if let Some(changes) = relaxation.filter(|changes| !question::is_about_stock(changes)) {
        let ways: Vec<String> = changes.iter().map(question::in_words).collect();
        return Problem::new(
            Code::NoWarehouseLeft,
            format!("No warehouse may ship all of {}", order.number),
            named.join("; "),
            format!("There is stock. What would have to give: {}.", ways.join(", and ")),
        );
    }
    Problem::new(
        Code::OutOfStock,
        format!("{} waits for stock", order.number),
        named.join("; "),
        "Nothing to do if stock is on its way: the order goes on by itself. Otherwise reduce or cancel the line.",
    )
}

/// Turns the allocation into fulfillment orders: open parts are kept where a warehouse stays, so they keep their number.
///
/// # Errors
/// The problem of a warehouse whose window cannot be computed.
pub(super) fn assign(
    inner: &Inner,
    file: &OrderFile,
    answer: &Plan,
    shelves: &Shelves,
    windows: &Windows,
) -> Result<Vec<FulfillmentOrder>, Problem> {
    let now = inner.clock.now();
    let mut wanted: BTreeMap<WarehouseId, Vec<FulfillmentLine>> = BTreeMap::new();
    for part in &answer.allocation {
        let (Ok(warehouse), Some(line)) = (part.warehouse.parse(), question::line_of(&part.line)) else { continue };
        let kit = file.order.line(&line).and_then(|line| shelves.kit(&line.sku, &warehouse));
        let lines: &mut Vec<FulfillmentLine> = wanted.entry(warehouse).or_default();
        // A line of which units were moved by hand is asked for in several pieces; a part has it once.
        match lines.iter_mut().find(|known| known.line == line) {
            Some(known) => known.quantity += part.quantity,
            None => lines.push(FulfillmentLine { line, quantity: part.quantity, shipped: 0, kit }),
        }
    }
    let mut parts = Vec::new();
    for mut part in file.fulfillments.iter().filter(|part| part.state == FulfillmentState::Open).cloned() {
        if let Some(lines) = wanted.remove(&part.warehouse) {
            part.lines = lines;
            parts.push(part);
        }
    }
    for (warehouse, lines) in wanted {
        let release_at = windows.closes_at(&warehouse)?;
        let id = inner.fulfillment_id();
        parts.push(FulfillmentOrder {
            reference: reference(&file.order, id.as_str()),
            id,
            order: file.order.id.clone(),
            warehouse,
            revision: 0,
            state: FulfillmentState::Open,
            state_since: now,
            release_at,
            lines,
            remote_id: None,
            problem: None,
            rejection: None,
        });
    }
    Ok(parts)
}

/// Makes these the open parts of the order, and the order planned.
pub(super) fn place(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    answer: &Plan,
    parts: Vec<FulfillmentOrder>,
) -> Result<(), Failure> {
    let now = inner.clock.now();
    for part in amended.fulfillments.iter_mut().filter(|part| part.state == FulfillmentState::Open) {
        if !parts.iter().any(|kept| kept.id == part.id) {
            part.become_state(FulfillmentState::Cancelled, now).map_err(impossible)?;
        }
    }
    // The earliest moment from which some part of it is a warehouse's.
    let editable_until = parts.iter().filter_map(|part| part.release_at).min();
    for part in parts {
        if let Some(due) = part.release_at {
            amended.write(Write::Job(inner.job("edit_window", part.id.as_str(), due)));
        }
        amended.put(part);
    }
    amended.order.become_state(OrderState::Planned).map_err(impossible)?;
    amended.order.editable_until = editable_until;
    let id = &file.order.id;
    let summary = json!({ "warehouses": answer.objective.warehouses, "editable_until": editable_until });
    amended.record(inner.entry("route", "order.planned", id, id, summary));
    super::shipment_report::close_if_finished(inner, amended, &file.write_backs)?;
    Ok(())
}

/// Our number for the warehouse: the shop's number for people, eight digits of the id for uniqueness.
fn reference(order: &Order, id: &str) -> String {
    let number: String = order.number.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    let unique: String = id.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    format!("SW-{number}-{unique}")
}
