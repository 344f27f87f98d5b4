//! Says what a draft of edits would change: the diff, the new plan with its cost and cut-offs, the stock it moves, what
//! warehouses would be asked. Nothing is stored.

use std::cell::RefCell;
use std::collections::BTreeSet;

use switchyard_core::edit::Edit;
use switchyard_core::fulfillment::FulfillmentOrder;
use switchyard_core::id::{OrderId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::order::Order;
use switchyard_core::plan::PlanInput;
use switchyard_core::preview::{Draft, Preview, Snapshot, preview as core_preview};
use switchyard_core::quantity::Sku;
use switchyard_core::role::Holder;

use super::order_route::{Surroundings, Windows};
use super::{Failure, order_edit};
use crate::Inner;
use crate::handle::EditError;

pub(crate) async fn preview(
    inner: &Inner,
    id: &OrderId,
    draft: &Draft,
    actor: &Actor,
    holder: &Holder,
) -> Result<Preview, EditError> {
    let file = inner.store.order_file(id).await?.ok_or_else(|| EditError::NotFound(id.clone()))?;
    order_edit::known_skus(inner, &draft.edits).await?;
    let added = draft.edits.iter().filter_map(|edit| match edit {
        Edit::AddLine { line } => Some(line.sku.clone()),
        _ => None,
    });
    let skus: BTreeSet<Sku> = file.order.lines.iter().map(|line| line.sku.clone()).chain(added).collect();
    let skus: Vec<Sku> = skus.into_iter().collect();
    let around = Surroundings::read(inner, &skus).await.map_err(in_store)?;
    let windows = Windows::read(inner, &file.order).await.map_err(in_store)?;
    let current = inner.store.latest_plan(id).await?.map(|stored| stored.plan);
    let ground = order_edit::Ground::read(inner).await?;
    let scene = order_edit::scene(inner, &file, &ground, order_edit::Party { actor, holder, approved_by: None });
    let now = scene.now;
    // What the store holds balances, and edits keep it so; if not, nothing is shown rather than something wrong.
    let imbalance = RefCell::new(None);
    let question = |order: &Order, parts: &[FulfillmentOrder]| match around.ask(order, parts) {
        Ok(question) => question.fitted(),
        Err(error) => {
            imbalance.replace(Some(error.to_string()));
            nothing_asked(order)
        }
    };
    let cut_off = |warehouse: &WarehouseId| windows.next_cut_off(warehouse, now);
    let snapshot = Snapshot { question: &question, current: current.as_ref(), cut_off: &cut_off };
    let shown = core_preview(draft, &scene, &snapshot);
    match imbalance.into_inner() {
        Some(found) => Err(EditError::Store(switchyard_store::Error::Backend(found))),
        None => Ok(shown),
    }
}

fn in_store(failure: Failure) -> EditError {
    match failure {
        Failure::Store(error) => EditError::Store(error),
        other => EditError::Store(switchyard_store::Error::Backend(other.to_string())),
    }
}

/// A question without lines.
fn nothing_asked(order: &Order) -> PlanInput {
    PlanInput {
        id: order.id.to_string(),
        lines: Vec::new(),
        ship_complete: false,
        max_warehouses: None,
        min_part_value: 0,
        objective: Vec::new(),
        warehouses: Vec::new(),
        stock: Vec::new(),
    }
}
