//! Edit preview: everything a draft would change, and nothing changed.

use switchyard_core::change_request::AskKind;
use switchyard_core::edit::Edit;
use switchyard_core::edit::verdict::Verdict;
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState as S};
use switchyard_core::id::WarehouseId;
use switchyard_core::order::Order;
use switchyard_core::plan::{PlanInput, plan};
use switchyard_core::preview::{Draft, Preview, Snapshot, differences, preview};
use switchyard_core::units::account;

use crate::orders::{NOON, address, line_id, part};
use crate::scene::Stage;

fn place(number: u8) -> WarehouseId {
    WarehouseId::new(NOON, [number; 10])
}

/// The router's question: everything that is not with a warehouse, from two places; the second costs more.
fn question(order: &Order, parts: &[FulfillmentOrder]) -> PlanInput {
    let held: Vec<_> = parts.iter().filter(|part| !part.state.is_ours()).cloned().collect();
    let lines: Vec<_> = account(order, &held)
        .unwrap()
        .into_iter()
        .filter(|line| line.unplanned > 0)
        .map(|line| {
            let sku = order.line(&line.line).unwrap().sku.to_string();
            serde_json::json!({ "id": line.line.to_string(), "sku": sku, "quantity": line.unplanned, "unit_value": 100 })
        })
        .collect();
    serde_json::from_value(serde_json::json!({
        "id": order.id.to_string(),
        "lines": lines,
        "warehouses": [
            { "id": place(1).to_string(), "rank": 1, "handling": 10, "unit_handling": 1 },
            { "id": place(2).to_string(), "rank": 2, "handling": 50, "unit_handling": 1 },
        ],
        "stock": [
            { "warehouse": place(1).to_string(), "sku": "S0", "available": 4 },
            { "warehouse": place(2).to_string(), "sku": "S0", "available": 9 },
        ],
    }))
    .unwrap()
}

fn look(stage: &Stage, base: &Order, edits: Vec<Edit>) -> Preview {
    let current = plan(&question(&stage.order, &stage.parts)).unwrap();
    let snapshot = Snapshot { question: &question, current: Some(&current), cut_off: &|_| Some(NOON) };
    preview(&Draft { base: base.clone(), edits }, &stage.scene(), &snapshot)
}

#[test]
fn a_preview_shows_the_diff_the_plan_its_cost_and_the_stock_it_moves() {
    let stage = Stage::planned(&[4], vec![part(1, S::Open, &[(0, 4)])]);
    let before = (stage.order.clone(), stage.parts.clone());
    let more = Edit::MoreUnits { line: line_id(0), quantity: 6 };
    let seen = look(&stage, &stage.order, vec![Edit::Address { ship_to: address("Weg 9") }, more]);
    assert_eq!((&stage.order, &stage.parts), (&before.0, &before.1), "nothing has changed");
    let fields: Vec<&str> = seen.changes.iter().map(|change| change.field.as_str()).collect();
    assert!(fields.contains(&"ship_to.line1"), "{fields:?}");
    assert!(seen.edits.iter().all(|edit| edit.problem.is_none()));
    assert_eq!(
        (seen.cost_before, seen.cost_after),
        (Some(14), Some(56)),
        "one warehouse with all six is the dearer one"
    );
    let stock: Vec<_> =
        seen.stock.iter().map(|effect| (effect.warehouse.clone(), effect.before, effect.after)).collect();
    assert_eq!(stock, [(place(1), 4, 0), (place(2), 0, 6)]);
    assert_eq!(seen.cut_offs.len(), 1);
    assert!(seen.conflict.is_none() && seen.requests.is_empty());
}

#[test]
fn it_says_part_by_part_what_is_direct_and_what_becomes_a_request() {
    let stage = Stage::planned(&[4], vec![part(1, S::Queued, &[(0, 2)]), part(2, S::Accepted, &[(0, 2)])]);
    let seen = look(&stage, &stage.order, vec![Edit::Address { ship_to: address("Weg 9") }]);
    let verdicts: Vec<_> = seen.edits[0].verdicts.iter().map(|part| part.ruling.verdict.clone()).collect();
    let asked = Verdict::ChangeRequest { what: AskKind::Address, stop: false, elsewhere: false };
    assert_eq!(verdicts, [Verdict::PullBack, asked]);
    assert_eq!(seen.requests[0].fulfillment, stage.parts[1].id);
    let mut late = Stage::planned(&[2], vec![part(1, S::Shipped, &[(0, 2)])]);
    late.parts[0].lines[0].shipped = 2;
    let seen = look(&late, &late.order, vec![Edit::Cancel]);
    assert!(seen.edits[0].problem.is_some() && seen.changes.is_empty() && seen.plan.is_none());
    assert_eq!(seen.cost_before, seen.cost_after, "nothing is planned again");
}

#[test]
fn a_move_is_pinned_where_somebody_wants_it_and_an_infeasible_one_is_short_not_dropped() {
    let stage = Stage::planned(&[4], vec![part(1, S::Open, &[(0, 4)])]);
    let to = |to| vec![Edit::Warehouse { fulfillment: stage.parts[0].id.clone(), to }];
    let seen = look(&stage, &stage.order, to(place(2)));
    let plan = seen.plan.unwrap();
    assert_eq!((plan.allocation[0].warehouse.clone(), plan.allocation[0].quantity), (place(2).to_string(), 4));
    let many = Stage::planned(&[12], vec![part(2, S::Open, &[(0, 12)])]);
    let edit = Edit::Warehouse { fulfillment: many.parts[0].id.clone(), to: place(1) };
    let seen = look(&many, &many.order, vec![edit]);
    assert_eq!(seen.plan.unwrap().short[0].quantity, 8);
}

#[test]
fn a_draft_on_an_older_revision_is_shown_against_both() {
    let mut stage = Stage::planned(&[4], vec![part(1, S::Open, &[(0, 4)])]);
    let base = stage.order.clone();
    stage.order.revision += 1;
    stage.order.ship_to.line1 = "Weg 5".into();
    stage.order.note = "ring twice".into();
    let seen = look(&stage, &base, vec![Edit::Address { ship_to: address("Weg 9") }]);
    let conflict = seen.conflict.unwrap();
    let names = |changes: &[switchyard_core::edit::FieldChange]| {
        changes.iter().map(|change| change.field.clone()).collect::<Vec<_>>()
    };
    assert_eq!(conflict.base, base);
    assert_eq!(names(&conflict.theirs), ["note", "ship_to.line1"]);
    assert!(names(&conflict.yours).contains(&"ship_to.line1".to_owned()));
    assert_eq!(conflict.both, ["ship_to.line1"], "the note meets nobody");
    assert_eq!(seen.order.note, "ring twice", "the preview itself stands on what is so now");
}

#[test]
fn differences_name_lines_and_holds_by_their_ids() {
    let stage = Stage::planned(&[4, 1], vec![]);
    let mut after = stage.order.clone();
    after.lines[1].cancelled = 1;
    after.revision += 5;
    let found = differences(&stage.order, &after);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].field, format!("lines.{}.cancelled", line_id(1)));
}
