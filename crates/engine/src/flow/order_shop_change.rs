//! The shop changed an order we already have: what it says now is compared with what it said before and with what is so
//! here.
//!
//! What can still be done is done as an edit by the shop, a warehouse that has the goods is asked, and what can be neither
//! is put before a person with the ways out. It is never silently dropped and never silently applied.

use serde_json::json;
use switchyard_connectors::contract::ShopOrder;
use switchyard_core::connection::Connection;
use switchyard_core::edit::Decision;
use switchyard_core::id::OrderId;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::order::{Order, OrderState};
use switchyard_core::role::{Holder, Role};
use switchyard_core::shop_change::{Course, Settlement, ShopLine, Version, settle};
use switchyard_store::contract::{Changes, OrderFile, Write};

use super::amendment::Amendment;
use super::{Failure, order_edit};
use crate::Inner;

/// What follows from the shop's newer version of an order. Empty when it is not newer.
///
/// Shops say the second of a change, no more: of two versions from the same second the one received last is the newer, and
/// `newest` says whether this is it.
pub(super) async fn changes(
    inner: &Inner,
    connection: &Connection,
    id: &OrderId,
    shop: &ShopOrder,
    newest: bool,
) -> Result<Changes, Failure> {
    let Some(file) = inner.store.order_file(id).await? else { return Ok(Changes::default()) };
    let known = file.order.shop_updated_at;
    let older = shop.updated_at < known || shop.updated_at == known && !newest;
    if older || file.order.state == OrderState::Closed {
        return Ok(Changes::default());
    }
    let actor = Actor::Partner { name: connection.name.clone() };
    // The customer's word reaches us through the shop: it may what the back office may.
    let holder = Holder::of(&[Role::BackOfficeAgent, Role::BackOfficeLead]);
    let ground = order_edit::Ground::read(inner).await?;
    let party = order_edit::Party { actor: &actor, holder: &holder, approved_by: None };
    let scene = order_edit::scene(inner, &file, &ground, party);
    let was = file.order.shop_version.as_deref().cloned().unwrap_or_else(|| as_ordered(&file.order));
    let wants = version(shop);
    let settled = settle(&was, &wants, &scene, &mut || inner.line_id(), &mut || inner.change_request_id());
    let paid_changed = file.order.paid != shop.paid;
    if was == wants && !paid_changed && file.order.shop_version.is_some() {
        // Only the shop's clock moved, as after our own report. Nobody's edit shall lose its race to that.
        return Ok(Changes::default());
    }
    let mut amended = Amendment::of(&file);
    carry_out(inner, &mut amended, &file, settled, &actor);
    amended.order.shop_updated_at = shop.updated_at;
    amended.order.shop_version = Some(Box::new(wants));
    amended.order.paid = shop.paid;
    amended.order.earlier_orders = shop.earlier_orders;
    amended.order.updated_at = inner.clock.now();
    if paid_changed && !amended.order.state.is_final() {
        // Rules that hold what is not paid look again.
        amended.write(Write::Job(inner.job("validate", id.as_str(), inner.clock.now())));
    }
    Ok(amended.into_changes())
}

fn carry_out(inner: &Inner, amended: &mut Amendment<'_>, file: &OrderFile, settled: Settlement, actor: &Actor) {
    let Settlement { series, differences, attention } = settled;
    if series.steps.iter().any(|step| step.denied.is_none()) {
        // The matters of the series are among the settlement's own.
        let decision = Decision { attention: Vec::new(), ..order_edit::together(series, file) };
        order_edit::carry_out(inner, amended, file, decision, actor, "order.changed_by_shop", "");
    }
    for item in attention {
        // One matter for each thing the shop wants, so that none of several hides another.
        if !amended.order.attention.iter().any(|shown| shown.code == item.code && shown.what == item.what) {
            amended.order.attention.push(item);
        }
    }
    let open: Vec<_> = differences
        .iter()
        .filter(|difference| matches!(difference.course, Course::Conflict | Course::Unmet | Course::PartlyDone))
        .collect();
    if !open.is_empty() {
        amended.record(Entry {
            at: inner.clock.now(),
            actor: actor.clone(),
            kind: "order.shop_change_unmet".to_owned(),
            order: Some(file.order.id.clone()),
            subject: file.order.id.to_string(),
            reason: open.iter().map(|difference| difference.why.as_str()).collect::<Vec<_>>().join("; "),
            before: serde_json::Value::Null,
            after: json!({ "differences": open }),
        });
    }
}

/// What the shop says, in the words of the domain.
pub(super) fn version(shop: &ShopOrder) -> Version {
    let lines = shop.lines.iter().map(|line| ShopLine {
        shop_line_id: line.shop_line_id.clone(),
        sku: line.sku.clone(),
        title: line.title.clone(),
        kind: line.kind,
        quantity: line.quantity,
        unit_price: line.unit_price,
        unit_weight: line.unit_weight,
    });
    Version {
        cancelled: shop.cancelled,
        ship_to: shop.ship_to.clone(),
        shipping_option: shop.shipping_option.clone(),
        note: shop.note.clone(),
        tags: shop.tags.clone(),
        total: shop.total,
        lines: lines.collect(),
    }
}

/// What a shop has said of an order whose earlier version was not kept: the order itself.
fn as_ordered(order: &Order) -> Version {
    let lines = order.lines.iter().map(|line| ShopLine {
        shop_line_id: line.shop_line_id.clone(),
        sku: line.sku.clone(),
        title: line.title.clone(),
        kind: line.kind,
        quantity: line.wanted(),
        unit_price: line.unit_price,
        unit_weight: line.unit_weight,
    });
    Version {
        cancelled: order.state == OrderState::Cancelled,
        ship_to: order.ship_to.clone(),
        shipping_option: order.shipping_option.clone(),
        note: order.note.clone(),
        tags: order.tags.clone(),
        total: order.total,
        lines: lines.collect(),
    }
}
