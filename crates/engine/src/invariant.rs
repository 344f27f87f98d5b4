//! What has to be true of everything that is stored, whatever happened before: the unit accounts, the outbox against its
//! tries, the reports against the shipments, the reservations against the parts, the stock ledger, the journal's chain.
//!
//! [`of_order`] judges one order as it was read in one snapshot; [`check`] goes through a whole store. Both only read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use switchyard_core::bundle::Kit;
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState, HandOver, HandOverState};
use switchyard_core::id::{LineId, OrderId, WarehouseId};
use switchyard_core::order::OrderState;
use switchyard_core::quantity::Sku;
use switchyard_core::units::account;
use switchyard_core::write_back::WriteBackState;
use switchyard_store::Store;
use switchyard_store::contract::{OrderFile, StockFilter, StockPlace};
use switchyard_store::query::{OrderQuery, SortKey};

use crate::flow::amendment;

/// Orders, and stock levels, read at once.
const PAGE: u32 = 500;

/// Something that has to be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invariant {
    /// Every journal entry fits the chain of hashes.
    Journal,
    /// Every unit of a line is in exactly one place.
    Units,
    /// What the parts say has left is covered by shipments, and sets by their components.
    Shipped,
    /// The stage that lists show is the one that follows from the order and its parts.
    Stage,
    /// A finished order has nothing open.
    Finished,
    /// A part has at most one hand-over that counts, in a state that fits its own.
    Outbox,
    /// Every try of a hand-over or report is on record, and only what is on the wire has one without an end.
    Attempts,
    /// Every shipment is reported to the shop once.
    WriteBacks,
    /// A stock level is the sum of its ledger.
    Ledger,
    /// Reserved units are those that open parts hold.
    Reservations,
}

/// Something that is not true, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// What is broken.
    pub invariant: Invariant,
    /// The rows that do not fit together: ids, or `warehouse/sku`.
    pub rows: Vec<String>,
    /// What does not fit, with both numbers where there are two.
    pub detail: String,
}

impl std::fmt::Display for Breach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.rows.join(", "), self.detail)
    }
}

/// What a whole store looks like.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Orders looked at.
    pub orders: u64,
    /// Stock levels looked at.
    pub levels: u64,
    /// Journal entries in the chain.
    pub entries: i64,
    /// Everything that is not true.
    pub breaches: Vec<Breach>,
}

fn breach(invariant: Invariant, rows: impl IntoIterator<Item = impl ToString>, detail: impl Into<String>) -> Breach {
    Breach { invariant, rows: rows.into_iter().map(|row| row.to_string()).collect(), detail: detail.into() }
}

/// Everything about one order that is not true.
#[must_use]
pub fn of_order(file: &OrderFile) -> Vec<Breach> {
    let order = &file.order;
    let mut found = Vec::new();
    match account(order, &file.fulfillments) {
        Err(imbalance) => found.push(breach(Invariant::Units, [&order.id], imbalance.to_string())),
        Ok(accounts) => {
            let open = accounts.iter().any(|line| line.unplanned > 0 || line.in_fulfillment > 0);
            if order.state == OrderState::Closed && open {
                found.push(breach(Invariant::Finished, [&order.id], "it is closed, and units of it are open"));
            }
            if order.state == OrderState::Cancelled && accounts.iter().any(|line| line.in_fulfillment > 0) {
                let detail = "it is cancelled, and a part of it still holds units";
                found.push(breach(Invariant::Finished, [&order.id], detail));
            }
        }
    }
    let stage = amendment::stage(order, &file.fulfillments);
    if stage != file.stage {
        let detail = format!("listed as {:?}, and stands at {stage:?}", file.stage);
        found.push(breach(Invariant::Stage, [&order.id], detail));
    }
    shipped(file, &mut found);
    outbox(file, &mut found);
    attempts(file, &mut found);
    write_backs(file, &mut found);
    found
}

/// Departures are facts of the warehouse, so shipments may say more than the parts; never less.
fn shipped(file: &OrderFile, found: &mut Vec<Breach>) {
    let mut left: BTreeMap<&LineId, u64> = BTreeMap::new();
    for line in file.shipments.iter().flat_map(|shipment| &shipment.lines) {
        *left.entry(&line.line).or_default() += u64::from(line.quantity);
    }
    let mut booked: BTreeMap<&LineId, u64> = BTreeMap::new();
    for line in file.fulfillments.iter().flat_map(|part| &part.lines) {
        *booked.entry(&line.line).or_default() += u64::from(line.shipped);
        if let Some(sets) = line.kit.as_ref().map(Kit::sets).filter(|sets| line.shipped > *sets) {
            let detail =
                format!("{} sets are booked as shipped, and the components that left make {sets}", line.shipped);
            found.push(breach(Invariant::Shipped, [file.order.id.to_string(), line.line.to_string()], detail));
        }
    }
    for (line, units) in booked {
        let reported = left.get(line).copied().unwrap_or(0);
        if units > reported {
            let detail = format!("{units} units are booked as shipped, and shipments name {reported}");
            found.push(breach(Invariant::Shipped, [file.order.id.to_string(), line.to_string()], detail));
        }
    }
}

/// Whether a hand-over in this state still counts for its part.
const fn counts(state: HandOverState) -> bool {
    !matches!(state, HandOverState::Withdrawn | HandOverState::Refused)
}

/// Which states of a hand-over fit a part's; `None` where anything does, because facts may have overtaken the words.
const fn fitting(state: FulfillmentState) -> Option<&'static [HandOverState]> {
    use HandOverState as H;
    match state {
        FulfillmentState::Queued => Some(&[H::Ready]),
        FulfillmentState::Sent => Some(&[H::Sending, H::InDoubt]),
        // Ready again: the warehouse was asked and does not know it, so the same is sent once more under the same key.
        FulfillmentState::Unconfirmed => Some(&[H::InDoubt, H::Ready, H::Sending]),
        // Still on the wire: what the warehouse reports of its work can be faster than its answer, or than our restart.
        FulfillmentState::Accepted | FulfillmentState::InWork => Some(&[H::Acknowledged, H::Sending]),
        _ => None,
    }
}

fn outbox(file: &OrderFile, found: &mut Vec<Breach>) {
    let of = |part: &FulfillmentOrder| {
        file.hand_overs.iter().filter(|known| known.fulfillment == part.id && counts(known.state)).collect::<Vec<_>>()
    };
    for part in &file.fulfillments {
        let counting = of(part);
        let rows = || std::iter::once(part.id.to_string()).chain(counting.iter().map(|known| known.id.to_string()));
        if counting.len() > 1 {
            let detail = format!("{} has {} hand-overs that count", part.reference, counting.len());
            found.push(breach(Invariant::Outbox, rows(), detail));
        }
        let Some(fits) = fitting(part.state) else { continue };
        if !counting.iter().any(|known| fits.contains(&known.state)) {
            let states: Vec<_> = counting.iter().map(|known| known.state).collect();
            let detail = format!("{} is {:?}, its hand-overs are {states:?}", part.reference, part.state);
            found.push(breach(Invariant::Outbox, rows(), detail));
        }
    }
    let mut keys = BTreeMap::new();
    for known in &file.hand_overs {
        if let Some(other) = keys.insert(&known.idempotency_key, &known.id) {
            let detail = "two hand-overs would be sent under one key";
            found.push(breach(Invariant::Outbox, [other, &known.id], detail));
        }
    }
}

fn attempts(file: &OrderFile, found: &mut Vec<Breach>) {
    let sent = |known: &HandOver| (known.id.to_string(), known.attempts, known.state == HandOverState::Sending);
    let told = file
        .write_backs
        .iter()
        .map(|known| (known.id.to_string(), known.attempts, known.state == WriteBackState::Sending));
    for (subject, tries, on_wire) in file.hand_overs.iter().map(sent).chain(told) {
        let numbers: BTreeSet<u32> =
            file.attempts.iter().filter(|known| known.subject == subject).map(|known| known.number).collect();
        if numbers != (1..=tries).collect() {
            let detail = format!("{tries} tries were begun, and on record are {numbers:?}");
            found.push(breach(Invariant::Attempts, [&subject], detail));
        }
        let running = |number| file.attempt_runs(&subject, number);
        if on_wire && !running(tries) {
            found.push(breach(
                Invariant::Attempts,
                [&subject],
                format!("it is on the wire, and try {tries} has ended"),
            ));
        }
        if let Some(number) = numbers.iter().find(|number| running(**number) && (!on_wire || **number != tries)) {
            found.push(breach(
                Invariant::Attempts,
                [&subject],
                format!("try {number} has no end, and nothing is sent"),
            ));
        }
    }
}

fn write_backs(file: &OrderFile, found: &mut Vec<Breach>) {
    for shipment in &file.shipments {
        let reports = file.write_backs.iter().filter(|known| known.shipment == shipment.id).count();
        if reports > 1 {
            let detail = format!("it is reported by {reports} write-backs");
            found.push(breach(Invariant::WriteBacks, [&shipment.id], detail));
        }
    }
    if file.order.state == OrderState::Closed {
        for open in file.write_backs.iter().filter(|known| !known.state.is_settled()) {
            let detail = "the order is closed, and the shop has not been told";
            found.push(breach(Invariant::WriteBacks, [&open.id], detail));
        }
    }
}

/// Goes through a whole store. Exact while nothing else writes; beside a running engine, reservations and the ledger may
/// be read in the middle of a change.
///
/// # Errors
/// When the store cannot be read.
pub async fn check(store: &Arc<dyn Store>) -> switchyard_store::error::Result<Findings> {
    let mut findings = Findings { entries: store.journal_head().await?, ..Findings::default() };
    if let Some(seq) = store.verify_journal().await? {
        let detail = "it does not fit the chain of hashes";
        findings.breaches.push(breach(Invariant::Journal, [format!("journal {seq}")], detail));
    }
    let mut held: BTreeMap<(WarehouseId, Sku), i64> = BTreeMap::new();
    let mut after = None;
    loop {
        let query = OrderQuery { sort: SortKey::Received, after, limit: PAGE, ..OrderQuery::default() };
        let page = store.search_orders(&query).await?;
        for row in &page.rows {
            findings.orders += 1;
            let Some(file) = store.order_file(&row.id).await? else {
                findings.breaches.push(lost(&row.id));
                continue;
            };
            findings.breaches.extend(of_order(&file));
            for (place, units) in amendment::reserved(&file.order, &file.fulfillments) {
                *held.entry(place).or_default() += units;
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    stock(store, held, &mut findings).await?;
    Ok(findings)
}

fn lost(order: &OrderId) -> Breach {
    breach(Invariant::Units, [order], "it is in the list and nowhere else")
}

async fn stock(
    store: &Arc<dyn Store>,
    mut held: BTreeMap<(WarehouseId, Sku), i64>,
    findings: &mut Findings,
) -> switchyard_store::error::Result<()> {
    for level in store.verify_stock().await? {
        let row = format!("{}/{}", level.warehouse, level.sku);
        let detail = "the level is not the sum of its ledger";
        findings.breaches.push(breach(Invariant::Ledger, [row], detail));
    }
    let mut after: Option<StockPlace> = None;
    loop {
        let levels = store.search_stock(&StockFilter::default(), after.as_ref(), PAGE).await?;
        for level in &levels {
            findings.levels += 1;
            let units = held.remove(&(level.warehouse.clone(), level.sku.clone())).unwrap_or(0);
            if i64::from(level.buckets.reserved) != units {
                let row = format!("{}/{}", level.warehouse, level.sku);
                let detail = format!("{} units are reserved, and open parts hold {units}", level.buckets.reserved);
                findings.breaches.push(breach(Invariant::Reservations, [row], detail));
            }
        }
        match levels.last() {
            Some(last) => after = Some(StockPlace { sku: last.sku.clone(), warehouse: last.warehouse.clone() }),
            None => break,
        }
    }
    for ((warehouse, sku), units) in held.into_iter().filter(|(_, units)| *units != 0) {
        let detail = format!("open parts hold {units} units of something the warehouse has never reported");
        findings.breaches.push(breach(Invariant::Reservations, [format!("{warehouse}/{sku}")], detail));
    }
    Ok(())
}
