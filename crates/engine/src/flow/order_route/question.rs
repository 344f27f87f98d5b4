//! What the router is asked about an order: facts and people's decisions first, then the routing rules.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_core::bundle::Bundles;
use switchyard_core::connection::Warehouse;
use switchyard_core::fulfillment::rejection::{self, Try};
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState};
use switchyard_core::id::{ConnectionId, LineId, WarehouseId};
use switchyard_core::order::Order;
use switchyard_core::plan::{
    Change, Level, Plan, PlanError, PlanInput, PlanLine, PlanWarehouse, relaxation as smallest_relaxation,
};
use switchyard_core::preview::pin;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::rule::{Compiled, Facts, RuleTrace};
use switchyard_core::shelves::Shelves;
use switchyard_core::stock::StockLevel;
use switchyard_core::units;
use switchyard_store::contract::{OrderFile, Write};

use super::super::{Failure, amendment, impossible};
use crate::{Inner, catalog, policy};

/// Units reserved by warehouse and SKU.
pub(crate) type Reserved = BTreeMap<(WarehouseId, Sku), i64>;

/// The question with and without rules.
pub(crate) struct Question {
    /// What rules could know.
    pub(crate) facts: Facts,
    /// Without rules.
    pub(crate) snapshot: PlanInput,
    /// With them: what is asked.
    pub(crate) asked: PlanInput,
    /// What the order may use.
    pub(crate) shelves: Shelves,
    /// Version of the rules; 0 when there are none.
    pub(crate) rules_version: u32,
    /// What each rule did.
    pub(crate) trace: Vec<RuleTrace>,
}

impl Question {
    /// The question whose best answer the shelves bear; as it is where it cannot be answered, which whoever asks it is told.
    pub(crate) fn fitted(self) -> PlanInput {
        match self.shelves.fit(&self.asked) {
            Ok(fitted) => fitted.input,
            Err(_) => self.asked,
        }
    }

    /// The best answer that the shelves bear. The question is the one with that answer from then on.
    pub(crate) fn answer(&mut self) -> Result<Plan, PlanError> {
        let fitted = self.shelves.fit(&self.asked)?;
        // Rules offer nothing that is not there, so what may not be used with them may not be used without.
        if fitted.input.stock != self.asked.stock {
            self.snapshot.stock.clone_from(&fitted.input.stock);
        }
        self.asked = fitted.input;
        Ok(fitted.plan)
    }
}

/// What stands around an order when the router is asked about it.
pub(crate) struct Surroundings {
    warehouses: Vec<Warehouse>,
    paused: BTreeSet<WarehouseId>,
    stock: Vec<StockLevel>,
    bundles: Bundles,
    rules: Compiled,
}

impl Surroundings {
    /// Reads them: the stock of these SKUs and of what they are made of, every warehouse, the rules that hold.
    pub(crate) async fn read(inner: &Inner, skus: &[Sku]) -> Result<Self, Failure> {
        let warehouses = inner.store.warehouses().await?;
        let connections = inner.store.connections().await?;
        let paused = |place: &&Warehouse| connections.iter().any(|c| c.id == place.connection && c.paused);
        let paused = warehouses.iter().filter(paused).map(|place| place.id.clone()).collect();
        let rules = policy::routing_rules(&*inner.store).await?.value.compile();
        let bundles = catalog::bundles_of(&*inner.store, skus).await?;
        let components = bundles.iter().flat_map(|bundle| &bundle.components).map(|component| &component.sku);
        let kept: BTreeSet<Sku> = skus.iter().chain(components).cloned().collect();
        let kept: Vec<Sku> = kept.into_iter().collect();
        Ok(Self { paused, stock: inner.store.stock_of(&kept).await?, bundles, rules, warehouses })
    }

    /// Units of every level that a shop may sell, and those in `own`.
    pub(crate) fn shelves(&self, shop: &ConnectionId, own: &Reserved) -> Shelves {
        let free = self.stock.iter().map(|level| {
            let place = (level.warehouse.clone(), level.sku.clone());
            let own = Quantity::try_from(own.get(&place).copied().unwrap_or(0)).unwrap_or(0);
            (place, level.sellable(shop).saturating_add(own))
        });
        Shelves::new(self.bundles.clone(), free.collect())
    }

    /// Articles of these that compete for a component in more than one way.
    pub(crate) fn sharing(&self, skus: &[Sku]) -> BTreeSet<Sku> {
        Shelves::new(self.bundles.clone(), BTreeMap::new()).sharing(&skus.iter().cloned().collect())
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
        let shelves = self.shelves(&order.shop, &held(order, parts));
        let snapshot = self.snapshot(order, parts, &shelves)?;
        let facts = Facts::of(order);
        let applied = self.rules.apply(&facts, &snapshot);
        let (rules_version, trace) = (applied.version, applied.trace);
        Ok(Question { facts, snapshot, asked: applied.input, shelves, rules_version, trace })
    }

    fn snapshot(
        &self,
        order: &Order,
        parts: &[FulfillmentOrder],
        shelves: &Shelves,
    ) -> Result<PlanInput, units::Imbalance> {
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
        let skus: BTreeSet<Sku> = lines.iter().map(|line| Sku::new(&line.sku)).collect();
        let refusals = rejection::excluded(&rejection::trail(parts), &order.cured);
        let mut input = PlanInput {
            id: order.id.to_string(),
            ship_complete: false,
            max_warehouses: None,
            min_part_value: 0,
            objective: vec![Level::Late, Level::Warehouses, Level::Cost],
            warehouses: self.warehouses.iter().map(|place| self.candidate(order, parts, place, &refusals)).collect(),
            stock: shelves.offer(&skus),
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

/// Units that an order's own open parts reserve: they count as free for it.
pub(crate) fn held(order: &Order, parts: &[FulfillmentOrder]) -> Reserved {
    let open: Vec<FulfillmentOrder> =
        parts.iter().filter(|part| part.state == FulfillmentState::Open).cloned().collect();
    amendment::reserved(order, &open)
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
