//! What the router is asked about an order: facts and people's decisions first, then the routing rules.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_core::connection::Warehouse;
use switchyard_core::fulfillment::rejection::{self, Try};
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState};
use switchyard_core::id::{ConnectionId, LineId, WarehouseId};
use switchyard_core::order::Order;
use switchyard_core::plan::{
    Change, Level, Plan, PlanInput, PlanLine, PlanStock, PlanWarehouse, relaxation as smallest_relaxation,
};
use switchyard_core::preview::pin;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::rule::{Compiled, Facts, RuleTrace};
use switchyard_core::stock::StockLevel;
use switchyard_core::units;
use switchyard_store::contract::{OrderFile, Write};

use super::super::{Failure, impossible};
use crate::{Inner, policy};

/// The question with and without rules.
pub(crate) struct Question {
    /// What rules could know.
    pub(crate) facts: Facts,
    /// Without rules.
    pub(crate) snapshot: PlanInput,
    /// With them: what is asked.
    pub(crate) asked: PlanInput,
    /// Version of the rules; 0 when there are none.
    pub(crate) rules_version: u32,
    /// What each rule did.
    pub(crate) trace: Vec<RuleTrace>,
}

/// What stands around an order when the router is asked about it.
pub(crate) struct Surroundings {
    warehouses: Vec<Warehouse>,
    paused: BTreeSet<WarehouseId>,
    stock: Vec<StockLevel>,
    rules: Compiled,
}

impl Surroundings {
    /// Reads them: the stock of these SKUs, every warehouse, the rules that hold.
    pub(crate) async fn read(inner: &Inner, skus: &[Sku]) -> Result<Self, Failure> {
        let warehouses = inner.store.warehouses().await?;
        let connections = inner.store.connections().await?;
        let paused = |place: &&Warehouse| connections.iter().any(|c| c.id == place.connection && c.paused);
        let paused = warehouses.iter().filter(paused).map(|place| place.id.clone()).collect();
        let rules = policy::routing_rules(&*inner.store).await?.value.compile();
        Ok(Self { paused, stock: inner.store.stock_of(skus).await?, rules, warehouses })
    }

    /// Units of every level that a shop may sell, and those in `own`.
    pub(crate) fn free(&self, shop: &ConnectionId, own: &BTreeMap<(String, String), Quantity>) -> Vec<PlanStock> {
        let levels = self.stock.iter().map(|level| {
            let (warehouse, sku) = (level.warehouse.to_string(), level.sku.to_string());
            let own = own.get(&(warehouse.clone(), sku.clone())).copied().unwrap_or(0);
            PlanStock { warehouse, sku, available: level.sellable(shop).saturating_add(own) }
        });
        levels.collect()
    }

    /// Whether some units are kept for one shop, so that shops may not sell the same.
    pub(crate) fn has_earmarks(&self) -> bool {
        self.stock.iter().any(|level| !level.buckets.earmarks.is_empty())
    }

    /// Moves the levels as these writes will: what they free first, then what they reserve. What cannot be reserved is the
    /// store's to refuse.
    pub(crate) fn book(&mut self, writes: &[Write]) {
        for frees in [true, false] {
            for write in writes {
                let Write::Reserve { warehouse, sku, delta, channel, .. } = write else { continue };
                let level = self.stock.iter_mut().find(|level| &level.warehouse == warehouse && &level.sku == sku);
                let Some(level) = level.filter(|_| (*delta < 0) == frees) else { continue };
                let units = Quantity::try_from(delta.unsigned_abs()).unwrap_or(Quantity::MAX);
                let movement = match frees {
                    true => level.buckets.free(units.min(level.buckets.reserved)),
                    false => level.buckets.reserve(units, Some(channel)),
                };
                if let Ok(after) = movement.and_then(|movement| level.buckets.after(&movement)) {
                    level.buckets = after;
                }
            }
        }
    }

    /// The question about an order with these parts. Stock that its own open parts reserve counts as free.
    pub(crate) fn ask(&self, order: &Order, parts: &[FulfillmentOrder]) -> Result<Question, units::Imbalance> {
        let snapshot = self.snapshot(order, parts)?;
        let facts = Facts::of(order);
        let applied = self.rules.apply(&facts, &snapshot);
        Ok(Question { facts, snapshot, asked: applied.input, rules_version: applied.version, trace: applied.trace })
    }

    fn snapshot(&self, order: &Order, parts: &[FulfillmentOrder]) -> Result<PlanInput, units::Imbalance> {
        let fixed: Vec<FulfillmentOrder> =
            parts.iter().filter(|part| part.state != FulfillmentState::Open).cloned().collect();
        let accounts = units::account(order, &fixed)?;
        let lines: Vec<PlanLine> = order
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
        let skus: BTreeSet<&str> = lines.iter().map(|line| line.sku.as_str()).collect();
        let levels = self.stock.iter().filter(|level| skus.contains(level.sku.as_str()));
        let refusals = rejection::excluded(&rejection::trail(parts), &order.cured);
        let mut input = PlanInput {
            id: order.id.to_string(),
            ship_complete: false,
            max_warehouses: None,
            min_part_value: 0,
            objective: vec![Level::Late, Level::Warehouses, Level::Cost],
            warehouses: self.warehouses.iter().map(|place| self.candidate(order, parts, place, &refusals)).collect(),
            stock: levels.map(|level| free(order, parts, level)).collect(),
            lines,
        };
        for moved in &order.moves {
            pin(&mut input, moved);
        }
        Ok(input)
    }

    fn candidate(
        &self,
        order: &Order,
        parts: &[FulfillmentOrder],
        place: &Warehouse,
        refusals: &BTreeMap<WarehouseId, Try>,
    ) -> PlanWarehouse {
        let country = &order.ship_to.country;
        let ended_short =
            |part: &&FulfillmentOrder| part.warehouse == place.id && part.state == FulfillmentState::ClosedShort;
        let why_not = if self.paused.contains(&place.id) {
            Some(format!("{} is paused", place.name))
        } else if !place.ships_to.is_empty() && !place.ships_to.contains(country) {
            Some(format!("{} does not ship to {country}", place.name))
        } else if let Some(refusal) = refusals.get(&place.id) {
            let words = if refusal.words.is_empty() { "it refused this order" } else { refusal.words.as_str() };
            Some(format!("{}: {words}", place.name))
        } else {
            parts.iter().find(ended_short).map(|part| {
                let reason =
                    part.problem.as_ref().map_or("it ended this order short", |problem| problem.detail.as_str());
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
}

/// The question about an order as it is.
pub(crate) async fn of(inner: &Inner, file: &OrderFile) -> Result<Question, Failure> {
    let skus: BTreeSet<Sku> = file.order.lines.iter().map(|line| line.sku.clone()).collect();
    let skus: Vec<Sku> = skus.into_iter().collect();
    let around = Surroundings::read(inner, &skus).await?;
    around.ask(&file.order, &file.fulfillments).map_err(impossible)
}

/// Units of a level this order may use: what its shop may sell, and what its own open parts reserve.
fn free(order: &Order, parts: &[FulfillmentOrder], level: &StockLevel) -> PlanStock {
    let own: Quantity = parts
        .iter()
        .filter(|part| part.state == FulfillmentState::Open && part.warehouse == level.warehouse)
        .flat_map(|part| &part.lines)
        .filter(|part| order.line(&part.line).is_some_and(|line| line.sku == level.sku))
        .map(|part| part.quantity)
        .sum();
    PlanStock {
        warehouse: level.warehouse.to_string(),
        sku: level.sku.to_string(),
        available: level.sellable(&order.shop).saturating_add(own),
    }
}

/// The order line of a line of the router's: one that was moved by hand in part is asked for in two pieces.
pub(crate) fn line_of(asked: &str) -> Option<LineId> {
    asked.split('/').next()?.parse().ok()
}

/// What would have to give for a short order to ship whole; `None` when nothing is short or nothing helps.
pub(super) fn relaxation(asked: &PlanInput, answer: &Plan) -> Option<Vec<Change>> {
    if answer.short.is_empty() {
        return None;
    }
    // The router has answered this question already, so it does not refuse it now.
    smallest_relaxation(asked).ok().map(|found| found.changes).filter(|changes| !changes.is_empty())
}

/// Whether only more goods help.
pub(super) fn is_about_stock(changes: &[Change]) -> bool {
    changes.iter().any(|change| matches!(change, Change::FindStock { .. }))
}

/// A change in words.
pub(super) fn in_words(change: &Change) -> String {
    match change {
        Change::AllowWarehouses { warehouses } => format!("up to {warehouses} warehouses"),
        Change::LowerPartValue { min_part_value } => format!("parts worth {min_part_value} minor units"),
        Change::Unpin { line } => format!("line {line} from any warehouse"),
        Change::Split { line } => format!("line {line} from several warehouses"),
        Change::Ungroup { ship_group } => format!("the lines of {ship_group} from several warehouses"),
        Change::LiftExclusion { sku, warehouse } => format!("{sku} from {warehouse}"),
        Change::RaiseCapacity { warehouse, units } => format!("{units} units from {warehouse}"),
        Change::Admit { warehouse, reason } => {
            let why = reason.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
            format!("{warehouse}{why}")
        }
        Change::FindStock { sku, units } => format!("{units} more of {sku}"),
    }
}
