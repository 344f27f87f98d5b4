//! The shop changed an order we already have: what it says now is compared with what it said before.
//!
//! What can still be done is done as an edit by the shop. What cannot is shown on the order; it is never silently
//! dropped and never silently applied.

use serde_json::json;
use switchyard_connectors::contract::{ShopLine, ShopOrder};
use switchyard_core::code::{Code, Problem};
use switchyard_core::connection::Connection;
use switchyard_core::edit::{Denied, Edit, Refusal};
use switchyard_core::id::OrderId;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::order::{Order, OrderLine, OrderState};
use switchyard_core::role::{Holder, Role};
use switchyard_store::contract::{Changes, OrderFile};

use super::amendment::Amendment;
use super::{Failure, impossible, order_edit};
use crate::Inner;
use crate::handle::EditError;

/// What follows from the shop's newer version of an order. Empty when it is not newer or says nothing new.
pub(super) async fn changes(
    inner: &Inner,
    connection: &Connection,
    id: &OrderId,
    shop: &ShopOrder,
) -> Result<Changes, Failure> {
    let Some(file) = inner.store.order_file(id).await? else { return Ok(Changes::default()) };
    if shop.updated_at <= file.order.shop_updated_at || file.order.state == OrderState::Closed {
        return Ok(Changes::default());
    }
    let actor = Actor::Partner { name: connection.name.clone() };
    let (wishes, mut unmet) = wishes(&file.order, shop);
    // The customer's word reaches us through the shop: it may what the back office may.
    let holder = Holder::of(&[Role::BackOfficeAgent, Role::BackOfficeLead]);
    let mut current = file.clone();
    let mut amended = Amendment::of(&file);
    for wish in wishes {
        match order_edit::decide(inner, &current, &wish, &actor, &holder).await {
            Ok(decision) => {
                for request in &decision.requests {
                    current.change_requests.retain(|known| known.id != request.id);
                    current.change_requests.push(request.clone());
                }
                order_edit::carry_out(inner, &mut amended, &file, decision, &actor, order_edit::kind_of(&wish), "");
                current.order = amended.order.clone();
                current.fulfillments = amended.fulfillments.clone();
            }
            Err(EditError::Denied(denied)) => match *denied {
                Denied::Wish(Refusal::NoChange | Refusal::Finished(_)) => {}
                other => unmet.push(format!("{}: {other}", order_edit::describe(&wish))),
            },
            Err(EditError::Store(error)) => return Err(error.into()),
            Err(other) => return Err(impossible(other)),
        }
    }
    amended.order.shop_updated_at = shop.updated_at;
    amended.order.shop_ship_to = shop.ship_to.clone();
    if !unmet.is_empty() {
        show_unmet(inner, &mut amended, &actor, &file, &unmet);
    }
    Ok(amended.into_changes())
}

fn show_unmet(inner: &Inner, amended: &mut Amendment<'_>, actor: &Actor, file: &OrderFile, unmet: &[String]) {
    amended.raise(Problem::new(
        Code::ShopChangedLate,
        format!("The shop changed {} too late", file.order.number),
        unmet.join("; "),
        "Compare the shop's order with this one; call the warehouse, or let it ship and settle it with the customer.",
    ));
    amended.record(Entry {
        at: inner.clock.now(),
        actor: actor.clone(),
        kind: "order.changed_by_shop".to_owned(),
        order: Some(file.order.id.clone()),
        subject: file.order.id.to_string(),
        reason: unmet.join("; "),
        before: serde_json::Value::Null,
        after: json!({ "unmet": unmet }),
    });
}

/// What the shop wants different from what it wanted before, as edits; and what no edit can express.
fn wishes(order: &Order, shop: &ShopOrder) -> (Vec<Edit>, Vec<String>) {
    if shop.cancelled {
        return (vec![Edit::Cancel], Vec::new());
    }
    let mut wishes = Vec::new();
    let mut unmet = Vec::new();
    if shop.ship_to != order.shop_ship_to && shop.ship_to != order.ship_to {
        if order.edited && order.ship_to != order.shop_ship_to {
            unmet.push("the shop changed the address, and so did we".to_owned());
        } else {
            wishes.push(Edit::Address { ship_to: shop.ship_to.clone() });
        }
    }
    for line in &order.lines {
        match shop.lines.iter().find(|theirs| theirs.shop_line_id == line.shop_line_id) {
            Some(theirs) => line_wish(line, theirs, &mut wishes, &mut unmet),
            None if line.wanted() > 0 => wishes.push(Edit::Quantity { line: line.id.clone(), quantity: 0 }),
            None => {}
        }
    }
    for theirs in &shop.lines {
        if !order.lines.iter().any(|line| line.shop_line_id == theirs.shop_line_id) && theirs.quantity > 0 {
            unmet.push(format!("the shop added {} x {}", theirs.quantity, theirs.sku));
        }
    }
    (wishes, unmet)
}

fn line_wish(line: &OrderLine, theirs: &ShopLine, wishes: &mut Vec<Edit>, unmet: &mut Vec<String>) {
    if theirs.quantity > line.ordered {
        unmet.push(format!("the shop wants {} x {} instead of {}", theirs.quantity, theirs.sku, line.ordered));
    } else if theirs.quantity < line.wanted() {
        wishes.push(Edit::Quantity { line: line.id.clone(), quantity: theirs.quantity });
    }
}
