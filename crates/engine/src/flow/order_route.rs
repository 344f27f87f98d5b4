//! Assigns every unit of an order to a warehouse and reserves its stock (T2).
//!
//! An order waits here until it can be shipped whole: units that are short are shown on the order, nothing of it is
//! reserved, and it is planned again when stock changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use switchyard_core::code::{Code, Problem};
use switchyard_core::connection::Warehouse;
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder, FulfillmentState};
use switchyard_core::id::{LineId, OrderId, WarehouseId};
use switchyard_core::order::{Order, OrderState};
use switchyard_core::plan::{Plan, PlanInput, PlanLine, PlanStock, PlanWarehouse, plan};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_core::time::Timestamp;
use switchyard_core::units;
use switchyard_store::contract::{Job, OrderFile, StoredPlan, Write};

use super::amendment::Amendment;
use super::{Failure, Step, done, impossible, key};
use crate::Inner;

/// An order that is short is planned again after this long, or as soon as a stock level changes.
const AGAIN: Duration = Duration::from_secs(60);

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: OrderId = key(&job)?;
    let Some(file) = inner.store.order_file(&id).await? else { return Ok(Step::Idle) };
    if file.order.state != OrderState::Accepted {
        return Ok(Step::Idle);
    }
    let input = snapshot(&inner, &file).await?;
    let answer = plan(&input).map_err(impossible)?;
    let now = inner.clock.now();
    let short = shortage(&file, &answer);
    let unchanged = short.is_some() && file.order.problems.iter().any(|shown| Some(shown) == short.as_ref());
    if unchanged {
        return Ok(Step::Later { due: now + AGAIN, why: "still short".to_owned() });
    }
    let mut amended = Amendment::of(&file);
    amended.clear(Code::OutOfStock);
    amended.clear(Code::HandOverRefused);
    amended.order.updated_at = now;
    amended
        .write(Write::Plan { order: id.clone(), plan: Box::new(StoredPlan { at: now, input, plan: answer.clone() }) });
    if let Some(problem) = short {
        amended.record(inner.entry("route", "order.short", &id, &id, json!({ "short": answer.short })));
        amended.raise(problem);
        amended.write(done(&job));
        amended.write(Write::Job(inner.job("route", id.as_str(), now + AGAIN)));
    } else {
        assign(&inner, &mut amended, &file, &answer, now).await?;
        amended.write(done(&job));
    }
    inner.commit(amended.into_changes()).await?;
    Ok(Step::Done)
}

/// What the router may decide on: unplanned units, stock that is free or already ours, warehouses and why not.
async fn snapshot(inner: &Inner, file: &OrderFile) -> Result<PlanInput, Failure> {
    let fixed: Vec<FulfillmentOrder> =
        file.fulfillments.iter().filter(|part| part.state != FulfillmentState::Open).cloned().collect();
    let accounts = units::account(&file.order, &fixed).map_err(impossible)?;
    let lines: Vec<PlanLine> = file
        .order
        .lines
        .iter()
        .zip(&accounts)
        .filter(|(_, account)| account.unplanned > 0)
        .map(|(line, account)| PlanLine {
            id: line.id.to_string(),
            sku: line.sku.to_string(),
            quantity: account.unplanned,
            unit_value: line.unit_price.minor.max(0),
            unit_weight: line.unit_weight,
            pinned_warehouse: None,
            ship_group: None,
            splittable: true,
        })
        .collect();
    let skus: BTreeSet<Sku> = lines.iter().map(|line| Sku::new(&line.sku)).collect();
    let skus: Vec<Sku> = skus.into_iter().collect();
    let levels = inner.store.stock_of(&skus).await?;
    let warehouses = inner.store.warehouses().await?;
    let paused = paused_warehouses(inner, &warehouses).await?;
    Ok(PlanInput {
        id: file.order.id.to_string(),
        lines,
        ship_complete: false,
        max_warehouses: None,
        min_part_value: 0,
        objective: vec![
            switchyard_core::plan::Level::Late,
            switchyard_core::plan::Level::Warehouses,
            switchyard_core::plan::Level::Cost,
        ],
        warehouses: warehouses.iter().map(|place| candidate(file, place, &paused)).collect(),
        stock: levels.iter().map(|level| free(file, level)).collect(),
    })
}

async fn paused_warehouses(inner: &Inner, all: &[Warehouse]) -> Result<BTreeSet<WarehouseId>, Failure> {
    let connections = inner.store.connections().await?;
    let paused = |place: &&Warehouse| connections.iter().any(|c| c.id == place.connection && c.paused);
    Ok(all.iter().filter(paused).map(|place| place.id.clone()).collect())
}

fn candidate(file: &OrderFile, place: &Warehouse, paused: &BTreeSet<WarehouseId>) -> PlanWarehouse {
    let country = &file.order.ship_to.country;
    let refused = file.fulfillments.iter().find(|part| {
        part.warehouse == place.id && matches!(part.state, FulfillmentState::Rejected | FulfillmentState::ClosedShort)
    });
    let why_not = if paused.contains(&place.id) {
        Some(format!("{} is paused", place.name))
    } else if !place.ships_to.is_empty() && !place.ships_to.contains(country) {
        Some(format!("{} does not ship to {country}", place.name))
    } else {
        refused.map(|part| {
            let reason = part.problem.as_ref().map_or("it refused this order", |problem| problem.detail.as_str());
            format!("{}: {reason}", place.name)
        })
    };
    PlanWarehouse {
        id: place.id.to_string(),
        rank: i64::from(place.rank),
        eligible: why_not.is_none(),
        ineligible_reason: why_not,
        late_hours: i64::from(place.late_hours),
        handling: place.handling,
        unit_handling: place.unit_handling,
        capacity_units: None,
        excluded_skus: BTreeSet::new(),
        parcels: Vec::new(),
    }
}

/// Units of a level this order may use: what nobody reserved, and what its own open parts did.
fn free(file: &OrderFile, level: &StockLevel) -> PlanStock {
    let own: Quantity = file
        .fulfillments
        .iter()
        .filter(|part| part.state == FulfillmentState::Open && part.warehouse == level.warehouse)
        .flat_map(|part| &part.lines)
        .filter(|part| file.order.line(&part.line).is_some_and(|line| line.sku == level.sku))
        .map(|part| part.quantity)
        .sum();
    PlanStock {
        warehouse: level.warehouse.to_string(),
        sku: level.sku.to_string(),
        available: level.available().saturating_add(own),
    }
}

/// What a person reads when units are short: no stock, or no warehouse left that has not refused.
fn shortage(file: &OrderFile, answer: &Plan) -> Option<Problem> {
    if answer.short.is_empty() {
        return None;
    }
    let order = &file.order;
    let named: Vec<String> = answer
        .short
        .iter()
        .map(|short| {
            let sku = short.line.parse::<LineId>().ok().and_then(|id| order.line(&id)).map(|line| line.sku.to_string());
            format!("{} x {}: {}", short.quantity, sku.unwrap_or_else(|| short.line.clone()), short.reason)
        })
        .collect();
    let refusal = file.fulfillments.iter().rev().find(|part| part.state == FulfillmentState::Rejected);
    if let Some(refused) = refusal.and_then(|part| part.problem.as_ref()) {
        return Some(Problem::new(
            Code::HandOverRefused,
            format!("No warehouse is left for {}", order.number),
            format!("{}; {}", refused.detail, named.join("; ")),
            "Correct the address or the line the warehouse named, which plans the order again; or cancel it.",
        ));
    }
    Some(Problem::new(
        Code::OutOfStock,
        format!("{} waits for stock", order.number),
        named.join("; "),
        "Nothing to do if stock is on its way: the order goes on by itself. Otherwise reduce or cancel the line.",
    ))
}

/// Turns the allocation into fulfillment orders: open parts are kept where a warehouse stays, so they keep their number.
async fn assign(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    answer: &Plan,
    now: Timestamp,
) -> Result<(), Failure> {
    let connection = inner.store.connection(&file.order.shop).await?;
    let window = Duration::from_secs(connection.map_or(0, |shop| u64::from(shop.edit_window_seconds)));
    let closes_at = file.order.received_at + window;
    let mut wanted: BTreeMap<WarehouseId, Vec<FulfillmentLine>> = BTreeMap::new();
    for part in &answer.allocation {
        let warehouse: WarehouseId = part.warehouse.parse().map_err(impossible)?;
        let line: LineId = part.line.parse().map_err(impossible)?;
        wanted.entry(warehouse).or_default().push(FulfillmentLine { line, quantity: part.quantity, shipped: 0 });
    }
    let open: Vec<_> = file.fulfillments.iter().filter(|part| part.state == FulfillmentState::Open).cloned().collect();
    for mut part in open {
        match wanted.remove(&part.warehouse) {
            Some(lines) => part.lines = lines,
            None => part.become_state(FulfillmentState::Cancelled, now).map_err(impossible)?,
        }
        if part.state == FulfillmentState::Open {
            watch(inner, amended, &part);
        }
        amended.put(part);
    }
    for (warehouse, lines) in wanted {
        let id = inner.fulfillment_id();
        let part = FulfillmentOrder {
            reference: reference(&file.order, id.as_str()),
            id,
            order: file.order.id.clone(),
            warehouse,
            revision: 0,
            state: FulfillmentState::Open,
            state_since: now,
            release_at: closes_at,
            lines,
            remote_id: None,
            problem: None,
            rejection: None,
        };
        watch(inner, amended, &part);
        amended.put(part);
    }
    amended.order.become_state(OrderState::Planned).map_err(impossible)?;
    let has_open = amended.fulfillments.iter().any(|part| part.state == FulfillmentState::Open);
    amended.order.editable_until = has_open.then_some(closes_at);
    let id = &file.order.id;
    let summary = json!({ "warehouses": answer.objective.warehouses, "editable_until": closes_at });
    amended.record(inner.entry("route", "order.planned", id, id, summary));
    super::shipment_report::close_if_finished(inner, amended, &file.write_backs)?;
    Ok(())
}

fn watch(inner: &Inner, amended: &mut Amendment<'_>, part: &FulfillmentOrder) {
    amended.write(Write::Job(inner.job("edit_window", part.id.as_str(), part.release_at)));
}

/// Our number for the warehouse: the shop's number for people, eight digits of the id for uniqueness.
fn reference(order: &Order, id: &str) -> String {
    let number: String = order.number.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    let unique: String = id.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    format!("SW-{number}-{unique}")
}
