//! Plans orders together that compete for scarce stock, whenever stock changes or an order comes out short.
//!
//! Only what is still ours takes part: orders that wait for stock, and planned ones of which every unshipped unit is in an
//! open part. Released units are never touched, an order somebody moved by hand is left where it is, and the result is one
//! transaction: either every order concerned moves, or none does.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;
use switchyard_core::code::{Code, Problem};
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::hold;
use switchyard_core::id::OrderId;
use switchyard_core::joint::{self, Because, EFFORT, JointInput, JointOrder};
use switchyard_core::order::{Order, OrderState};
use switchyard_core::plan::{Allocation, Level, PlanInput};
use switchyard_core::quantity::Sku;
use switchyard_core::shelves::Shelves;
use switchyard_store::contract::{Changes, Job, OrderFile, StoredPlan, Write};
use switchyard_store::query::{OrderFilter, OrderQuery, SortKey, Stage};

use super::amendment::Amendment;
use super::order_route::{Question, Reserved, Surroundings, Windows, assign, held, place, shortage};
use super::{Failure, Step, done, impossible};
use crate::{Inner, catalog};

/// Short orders, and holders of what they lack, that are looked at; the oldest first. What lies beyond is planned one by
/// one, as ever.
const MOST: u32 = 200;

/// A part of the usual effort: this runs again with every change of stock, and better answers come then.
const SHARE: u64 = EFFORT / 8;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let files = competing(&inner).await?;
    if files.is_empty() {
        return Ok(Step::Idle);
    }
    let skus: BTreeSet<Sku> = files.iter().flat_map(|file| skus(&file.order)).collect();
    let skus: Vec<Sku> = skus.into_iter().collect();
    let mut around = Surroundings::read(&inner, &skus).await?;
    let mut questions = Vec::with_capacity(files.len());
    for file in &files {
        questions.push(around.ask(&file.order, &file.fulfillments).map_err(impossible)?);
    }
    let competing: Vec<Competing> =
        files.iter().zip(questions).map(|(file, question)| Competing { file, question }).collect();
    let mut writes = Vec::new();
    let mut journal = Vec::new();
    for group in groups(&around, &competing, &skus) {
        let changed = plan_group(&inner, &around, &group).await?;
        around.book(&changed.writes);
        writes.extend(changed.writes);
        journal.extend(changed.journal);
    }
    // What one order frees another reserves, so frees come first.
    writes.sort_by_key(|write| match write {
        Write::Reserve { delta, .. } if *delta < 0 => 0,
        _ => 1,
    });
    writes.push(done(&job));
    inner.commit(Changes { writes, journal, command: None }).await?;
    Ok(Step::Done)
}

/// An order that takes part, with what the router is asked about it.
struct Competing<'a> {
    file: &'a OrderFile,
    question: Question,
}

/// Who is planned over one pool of stock. Where units are kept for a shop the shops may not sell the same, so each is
/// planned by itself over what the earlier ones left: the one with the most urgent, then the oldest order first. The joint
/// question knows articles and not what they are made of, so an order that competes for a component in another way than
/// others is planned alone in its turn.
fn groups<'a>(around: &Surroundings, competing: &'a [Competing<'a>], skus: &[Sku]) -> Vec<Vec<&'a Competing<'a>>> {
    let sharing = around.sharing(skus);
    if !around.has_earmarks() && sharing.is_empty() {
        return vec![competing.iter().collect()];
    }
    let alone = |one: &Competing<'_>| self::skus(&one.file.order).any(|sku| sharing.contains(&sku));
    let with = |one: &Competing<'_>, group: &[&Competing<'_>]| {
        let same = |known: &Competing<'_>| !around.has_earmarks() || known.file.order.shop == one.file.order.shop;
        group.iter().all(|known| same(known) && !alone(known))
    };
    let mut groups: Vec<Vec<&Competing<'_>>> = Vec::new();
    let mut in_turn: Vec<&Competing<'_>> = competing.iter().collect();
    in_turn.sort_by_key(|one| (Reverse(one.file.order.priority), one.file.order.received_at));
    for one in in_turn {
        match groups.iter_mut().find(|group| !alone(one) && with(one, group)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// Plans a group over what its shop may sell; answers what is to be written of the orders that change.
async fn plan_group(inner: &Inner, around: &Surroundings, group: &[&Competing<'_>]) -> Result<Changes, Failure> {
    let Some(shop) = group.first().map(|one| &one.file.order.shop) else { return Ok(Changes::default()) };
    let mut shelves = around.shelves(shop, &held_together(group));
    let asked: BTreeSet<Sku> = group.iter().flat_map(|one| asked_skus(&one.question)).collect();
    let mut stock = shelves.offer(&asked);
    if let [one] = group {
        // Its lines may need the same components: then not all that is offered of each can be used.
        let question = PlanInput { stock, ..one.question.asked.clone() };
        stock = shelves.fit(&question).map_err(impossible)?.input.stock;
    }
    let input = JointInput {
        orders: group.iter().map(|one| joint_order(one.file, &one.question)).collect(),
        stock,
        capacity: Vec::new(),
        objective: vec![Level::Late, Level::Warehouses, Level::Cost],
        effort: SHARE,
    };
    let together = tokio::task::spawn_blocking(move || joint::plan(&input)).await.map_err(impossible)?;
    let together = together.map_err(impossible)?;
    for answer in &together.orders {
        take(&mut shelves, group, &answer.id, &answer.allocation, false);
    }
    let mut changes = Changes::default();
    for one in group {
        let id = one.file.order.id.as_str();
        let Some(answer) = together.orders.iter().find(|answer| answer.id == id) else { continue };
        if answer.allocation == current(one.file) {
            continue;
        }
        // Asked alone about what is its own and what is left, the router gives the same or better, and says why.
        take(&mut shelves, group, &answer.id, &answer.allocation, true);
        let (amended, taken) = settle(inner, one.file, &one.question, &shelves, &answer.because).await?;
        take(&mut shelves, group, &answer.id, &taken, false);
        let Changes { writes, journal, .. } = amended.into_changes();
        changes.writes.extend(writes);
        changes.journal.extend(journal);
    }
    Ok(changes)
}

/// Orders that are short, and the planned ones that hold what those lack and are all still ours. Nobody when none is short.
async fn competing(inner: &Inner) -> Result<Vec<OrderFile>, Failure> {
    let short = OrderFilter { states: vec![OrderState::Accepted], problem: Some(true), ..OrderFilter::default() };
    let mut files = read(inner, short, |file| is_short(&file.order)).await?;
    let short: BTreeSet<Sku> = files.iter().flat_map(|file| skus(&file.order)).collect();
    if short.is_empty() {
        return Ok(files);
    }
    let scarce = catalog::bundles(&*inner.store).await?.competing(&short);
    let scarce = scarce.into_iter().map(String::from);
    let holders = OrderFilter { stages: vec![Stage::Editable], skus: scarce.collect(), ..OrderFilter::default() };
    let ours = |state| matches!(state, FulfillmentState::Open | FulfillmentState::Cancelled);
    let holders = read(inner, holders, |file| file.fulfillments.iter().all(|part| ours(part.state))).await?;
    files.extend(holders);
    Ok(files)
}

/// The oldest orders of a kind that nobody has moved by hand and that keep their stock.
async fn read(
    inner: &Inner,
    filter: OrderFilter,
    wanted: impl Fn(&OrderFile) -> bool,
) -> Result<Vec<OrderFile>, Failure> {
    let query = OrderQuery { filter, sort: SortKey::Received, descending: false, after: None, offset: 0, limit: MOST };
    let now = inner.clock.now();
    let mut files = Vec::new();
    for row in inner.store.search_orders(&query).await?.rows {
        let Some(file) = inner.store.order_file(&row.id).await? else { continue };
        if file.order.moves.is_empty() && hold::keeps_stock(&file.order.holds, now) && wanted(&file) {
            files.push(file);
        }
    }
    Ok(files)
}

/// Whether it was planned and waits. One that was not planned yet is the router's.
fn is_short(order: &Order) -> bool {
    let waits = |problem: &Problem| matches!(problem.code, Code::OutOfStock | Code::NoWarehouseLeft);
    order.state == OrderState::Accepted && order.problems.iter().any(waits)
}

fn skus(order: &Order) -> impl Iterator<Item = Sku> + '_ {
    order.lines.iter().filter(|line| line.to_ship() > 0).map(|line| line.sku.clone())
}

fn asked_skus(question: &Question) -> impl Iterator<Item = Sku> + '_ {
    question.asked.lines.iter().map(|line| Sku::new(&line.sku))
}

/// Units that the candidates' own open parts reserve.
fn held_together(group: &[&Competing<'_>]) -> Reserved {
    let mut own = Reserved::new();
    for file in group.iter().map(|one| one.file) {
        for (place, units) in held(&file.order, &file.fulfillments) {
            *own.entry(place).or_default() += units;
        }
    }
    own
}

fn joint_order(file: &OrderFile, question: &Question) -> JointOrder {
    let asked = &question.asked;
    JointOrder {
        id: asked.id.clone(),
        priority: file.order.priority,
        lines: asked.lines.clone(),
        // An order goes when all of it can: units that wait for others would be kept from those who could go.
        ship_complete: true,
        max_warehouses: asked.max_warehouses,
        min_part_value: asked.min_part_value,
        objective: Some(asked.objective.clone()),
        warehouses: asked.warehouses.clone(),
        current: (file.order.state == OrderState::Planned).then(|| current(file)),
    }
}

/// What an order's open parts ask for.
fn current(file: &OrderFile) -> Vec<Allocation> {
    let open = file.fulfillments.iter().filter(|part| part.state == FulfillmentState::Open);
    let mut allocation: Vec<Allocation> = open
        .flat_map(|part| {
            part.lines.iter().map(|entry| Allocation {
                line: entry.line.to_string(),
                warehouse: part.warehouse.to_string(),
                quantity: entry.quantity,
            })
        })
        .collect();
    allocation.sort_by(|a, b| (&a.line, &a.warehouse).cmp(&(&b.line, &b.warehouse)));
    allocation
}

/// Takes an allocation from what is free, or gives it back.
fn take(free: &mut Shelves, group: &[&Competing<'_>], order: &str, allocation: &[Allocation], back: bool) {
    if let Some(one) = group.iter().find(|one| one.question.asked.id == order) {
        free.book(&one.question.asked, allocation, back);
    }
}

/// One order's new parts, or its shortage; with what it takes of the stock.
async fn settle<'a>(
    inner: &Inner,
    file: &'a OrderFile,
    question: &Question,
    free: &Shelves,
    because: &Because,
) -> Result<(Amendment<'a>, Vec<Allocation>), Failure> {
    let now = inner.clock.now();
    let id: &OrderId = &file.order.id;
    let stock = free.offer(&asked_skus(question).collect());
    let asked = PlanInput { stock, ..question.asked.clone() };
    let answer = free.fit(&asked).map_err(impossible)?.plan;
    let windows = Windows::read(inner, &file.order).await?;
    let mut amended = Amendment::of(file);
    for code in [Code::OutOfStock, Code::NoWarehouseLeft, Code::CalendarUnusable] {
        amended.clear(code);
    }
    amended.order.updated_at = now;
    if amended.order.state == OrderState::Planned {
        amended.order.become_state(OrderState::Accepted).map_err(impossible)?;
    }
    let placed = if answer.short.is_empty() {
        assign(inner, file, &answer, free, &windows)
    } else {
        Err(shortage(file, &answer, None))
    };
    let taken = match placed {
        Ok(parts) => {
            place(inner, &mut amended, file, &answer, parts)?;
            answer.allocation.clone()
        }
        Err(problem) => {
            for part in amended.fulfillments.iter_mut().filter(|part| part.state == FulfillmentState::Open) {
                part.become_state(FulfillmentState::Cancelled, now).map_err(impossible)?;
            }
            amended.order.editable_until = None;
            amended.raise(problem);
            Vec::new()
        }
    };
    amended.record(inner.entry("plan_together", "order.planned_together", id, id, json!({ "because": because })));
    let stored = StoredPlan {
        at: now,
        facts: Some(question.facts.clone()),
        input: question.snapshot.clone(),
        rules_version: question.rules_version,
        rules: question.trace.clone(),
        plan: answer,
        relaxation: None,
    };
    amended.write(Write::Plan { order: id.clone(), plan: Box::new(stored) });
    Ok((amended, taken))
}
