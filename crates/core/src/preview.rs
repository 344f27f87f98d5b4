//! Edit preview: what a draft of edits would change, without changing it.
//!
//! Pure: the draft, the order and its parts go in, with what the router would see; the diff, a verdict for each edit and
//! part, the requests that would be sent, the new plan with its cost and cut-offs, and the stock it moves come out. A draft
//! made on an older revision is shown against both: what others changed since, and what it would change.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::attention::AttentionItem;
use crate::change_request::{Ask, ChangeRequest};
use crate::code::Problem;
use crate::edit::{Edit, FieldChange, Move, PartVerdict, Scene, Series};
use crate::fulfillment::{FulfillmentOrder, FulfillmentState};
use crate::id::{ChangeRequestId, FulfillmentId, LineId, WarehouseId};
use crate::order::Order;
use crate::plan::{Plan, PlanError, PlanInput, PlanLine, plan};
use crate::quantity::Sku;
use crate::time::Timestamp;

/// Edits that somebody has put together and not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = EditDraft))]
pub struct Draft {
    /// The order as it was when they began: what they decided on.
    pub base: Order,
    /// What they want, in order.
    pub edits: Vec<Edit>,
}

/// What the router would see.
pub struct Snapshot<'a> {
    /// The router's question for an order with these parts, its open parts' stock counted as free. Without fulfillment
    /// orders that are ours, so that it answers for all units that can still be placed.
    pub question: &'a dyn Fn(&Order, &[FulfillmentOrder]) -> PlanInput,
    /// The plan the order has now, for its cost.
    pub current: Option<&'a Plan>,
    /// When a warehouse's next parcel leaves, if its calendar says.
    pub cut_off: &'a dyn Fn(&WarehouseId) -> Option<Timestamp>,
}

impl std::fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("current", &self.current).finish_non_exhaustive()
    }
}

/// What one edit of a draft would come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EditPreview {
    /// What it means for each part.
    pub verdicts: Vec<PartVerdict>,
    /// Why it would not be done; `None` when it would.
    pub problem: Option<Problem>,
}

/// What a warehouse would be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RequestPreview {
    /// About which part.
    pub fulfillment: FulfillmentId,
    /// Which warehouse.
    pub warehouse: WarehouseId,
    /// For what.
    pub asks: Vec<Ask>,
}

/// Units reserved of an article in a warehouse, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockEffect {
    /// Where.
    pub warehouse: WarehouseId,
    /// What.
    pub sku: Sku,
    /// Units reserved for this order now.
    pub before: u64,
    /// Units reserved for it afterwards.
    pub after: u64,
}

/// When the next parcel leaves a warehouse of the new plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = PlannedCutOff))]
pub struct CutOff {
    /// Where.
    pub warehouse: WarehouseId,
    /// When; `None` when its calendar does not say.
    pub at: Option<Timestamp>,
}

/// Somebody else changed the order since the draft was begun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = PreviewConflict))]
pub struct Conflict {
    /// The order the draft was made on.
    pub base: Order,
    /// What others changed since.
    pub theirs: Vec<FieldChange>,
    /// What the draft would change of the base.
    pub yours: Vec<FieldChange>,
    /// Fields that both changed, and not to the same.
    pub both: Vec<String>,
}

/// What a draft would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Preview {
    /// The order afterwards.
    pub order: Order,
    /// What changes, field by field.
    pub changes: Vec<FieldChange>,
    /// Each edit's outcome, in order.
    pub edits: Vec<EditPreview>,
    /// What warehouses would be asked.
    pub requests: Vec<RequestPreview>,
    /// What would be reserved otherwise.
    pub stock: Vec<StockEffect>,
    /// The router's cost now, minor units; `None` without a plan.
    pub cost_before: Option<i64>,
    /// The router's cost afterwards; `None` without a plan.
    pub cost_after: Option<i64>,
    /// The plan it would get; `None` when nothing is planned again.
    pub plan: Option<Plan>,
    /// Why it cannot be planned, in words; `None` when it can.
    pub plan_problem: Option<String>,
    /// When the parcels of the plan would leave at the earliest.
    pub cut_offs: Vec<CutOff>,
    /// What would need a person.
    pub attention: Vec<AttentionItem>,
    /// Set when the draft was begun on another revision.
    pub conflict: Option<Conflict>,
}

/// Says what a draft would change of the order as it is now (`scene.order`).
#[must_use]
pub fn preview(draft: &Draft, scene: &Scene<'_>, snapshot: &Snapshot<'_>) -> Preview {
    let series = made(draft, scene);
    let planned = series.replan.then(|| {
        let mut input = (snapshot.question)(&series.order, &series.parts);
        for moved in &series.moves {
            pin(&mut input, moved);
        }
        plan(&input)
    });
    let (plan, plan_problem) = match planned {
        Some(Ok(plan)) => (Some(plan), None),
        Some(Err(error)) => (None, Some(PlanError::to_string(&error))),
        None => (None, None),
    };
    let cost_before = snapshot.current.map(|plan| plan.objective.cost);
    let cost_after = if series.replan { plan.as_ref().map(|plan| plan.objective.cost) } else { cost_before };
    let known: BTreeMap<&ChangeRequestId, &ChangeRequest> =
        scene.requests.iter().map(|request| (&request.id, request)).collect();
    let changed = |request: &&ChangeRequest| known.get(&request.id) != Some(request);
    let requests = series.requests.iter().filter(changed).map(|request| RequestPreview {
        fulfillment: request.fulfillment.clone(),
        warehouse: request.warehouse.clone(),
        asks: request.asks.clone(),
    });
    let edits = series.steps.iter().map(|step| EditPreview {
        verdicts: step.verdicts.clone(),
        problem: step.denied.as_ref().map(crate::edit::Denied::problem),
    });
    Preview {
        changes: differences(scene.order, &series.order),
        edits: edits.collect(),
        requests: requests.collect(),
        stock: stock_effects(scene, &series, plan.as_ref()),
        cost_before,
        cost_after,
        cut_offs: cut_offs(plan.as_ref(), snapshot),
        plan,
        plan_problem,
        attention: series.attention,
        conflict: conflict(draft, scene),
        order: series.order,
    }
}

/// The series of the draft's edits on what the scene shows. The identities it gives are of no account: nothing is stored.
fn made(draft: &Draft, scene: &Scene<'_>) -> Series {
    let mut series = Series::of(scene);
    let mut count: u64 = 0;
    let mut next = || {
        count += 1;
        let [a, b, c, d, e, f, g, h] = count.to_be_bytes();
        ChangeRequestId::new(scene.now, [0, 0, a, b, c, d, e, f, g, h])
    };
    for edit in &draft.edits {
        series.make(edit, scene, &mut next);
    }
    series
}

/// Pins moved units in the router's question. Where only some units of a line were moved, the line is asked for in two:
/// the pinned units under the line's id, a slash and the warehouse.
pub fn pin(input: &mut PlanInput, moved: &Move) {
    for part in &moved.lines {
        let Some(line) = input.lines.iter_mut().find(|line| line.id == part.line.as_str()) else { continue };
        if line.quantity <= part.quantity {
            line.pinned_warehouse = Some(moved.to.to_string());
            continue;
        }
        line.quantity -= part.quantity;
        let pinned = PlanLine {
            id: format!("{}/{}", line.id, moved.to),
            quantity: part.quantity,
            pinned_warehouse: Some(moved.to.to_string()),
            ..line.clone()
        };
        input.lines.push(pinned);
    }
}

/// Units reserved by parts, by warehouse and article. Open parts count unless they are planned again.
fn reserved(order: &Order, parts: &[FulfillmentOrder], replan: bool) -> BTreeMap<(WarehouseId, Sku), u64> {
    let mut units = BTreeMap::new();
    for part in parts.iter().filter(|part| !part.state.is_final()) {
        if replan && part.state == FulfillmentState::Open {
            continue;
        }
        for entry in &part.lines {
            if let Some(line) = order.line(&entry.line) {
                let place = (part.warehouse.clone(), line.sku.clone());
                *units.entry(place).or_default() += u64::from(entry.quantity.saturating_sub(entry.shipped));
            }
        }
    }
    units
}

fn stock_effects(scene: &Scene<'_>, series: &Series, plan: Option<&Plan>) -> Vec<StockEffect> {
    let before = reserved(scene.order, scene.parts, false);
    let mut after = reserved(&series.order, &series.parts, series.replan);
    for share in plan.iter().flat_map(|plan| &plan.allocation) {
        let line = share.line.split('/').next().and_then(|id| id.parse::<LineId>().ok());
        let sku = line.and_then(|line| series.order.line(&line)).map(|line| line.sku.clone());
        if let (Some(sku), Ok(warehouse)) = (sku, share.warehouse.parse::<WarehouseId>()) {
            *after.entry((warehouse, sku)).or_default() += u64::from(share.quantity);
        }
    }
    let places: BTreeSet<&(WarehouseId, Sku)> = before.keys().chain(after.keys()).collect();
    let units = |map: &BTreeMap<(WarehouseId, Sku), u64>, place| map.get(place).copied().unwrap_or(0);
    places
        .into_iter()
        .map(|place| StockEffect {
            warehouse: place.0.clone(),
            sku: place.1.clone(),
            before: units(&before, place),
            after: units(&after, place),
        })
        .filter(|effect| effect.before != effect.after)
        .collect()
}

fn cut_offs(plan: Option<&Plan>, snapshot: &Snapshot<'_>) -> Vec<CutOff> {
    let used: BTreeSet<WarehouseId> =
        plan.iter().flat_map(|plan| &plan.allocation).filter_map(|share| share.warehouse.parse().ok()).collect();
    used.into_iter().map(|warehouse| CutOff { at: (snapshot.cut_off)(&warehouse), warehouse }).collect()
}

/// What the draft meets when somebody else was faster: what they changed, what it changes, and where both meet.
fn conflict(draft: &Draft, scene: &Scene<'_>) -> Option<Conflict> {
    if draft.base.revision == scene.order.revision {
        return None;
    }
    let theirs = differences(&draft.base, scene.order);
    let on_base = Scene { order: &draft.base, ..*scene };
    let yours = differences(&draft.base, &made(draft, &on_base).order);
    let differs =
        |mine: &&FieldChange| theirs.iter().any(|other| other.field == mine.field && other.after != mine.after);
    let both = yours.iter().filter(differs).map(|mine| mine.field.clone()).collect();
    Some(Conflict { base: draft.base.clone(), theirs, yours, both })
}

/// The fields in which two versions of an order differ, by path; lines and holds are named by their ids. What every change
/// touches (revision, time of the last change) is left out.
#[must_use]
pub fn differences(before: &Order, after: &Order) -> Vec<FieldChange> {
    let (was, is) = (fields(before), fields(after));
    let paths: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    paths
        .into_iter()
        .filter(|path| was.get(*path) != is.get(*path))
        .map(|path| FieldChange {
            field: path.clone(),
            before: was.get(path).cloned().unwrap_or_default(),
            after: is.get(path).cloned().unwrap_or_default(),
        })
        .collect()
}

fn fields(order: &Order) -> BTreeMap<String, serde_json::Value> {
    let mut found = BTreeMap::new();
    let record = serde_json::to_value(order).unwrap_or_default();
    flatten(String::new(), &record, &mut found);
    for left_out in ["revision", "updated_at", "edited"] {
        found.remove(left_out);
    }
    // Books of our own, which follow from what is shown.
    found.retain(|path, _| !["cured.", "shop_version."].iter().any(|own| path.starts_with(own)));
    found
}

fn flatten(path: String, value: &serde_json::Value, found: &mut BTreeMap<String, serde_json::Value>) {
    let under = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        // Money is one value.
        serde_json::Value::Object(fields) if !fields.contains_key("minor") => {
            for (name, value) in fields {
                flatten(under(name), value, found);
            }
        }
        serde_json::Value::Array(items) if matches!(path.as_str(), "lines" | "holds") => {
            for item in items {
                let id = item.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
                if path == "lines" {
                    flatten(under(id), item, found);
                } else {
                    found.insert(under(id), item.clone());
                }
            }
        }
        _ => {
            found.insert(path, value.clone());
        }
    }
}
