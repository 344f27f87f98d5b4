//! Translates one raw shop order: a new order, a change by the shop, or a message that cannot be read.

use std::collections::BTreeMap;
use std::sync::Arc;

use switchyard_connectors::contract::{ParseError, ShopOrder};
use switchyard_core::code::Code;
use switchyard_core::connection::Connection;
use switchyard_core::id::InboxId;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::order::{Order, OrderLine, OrderState};
use switchyard_store::contract::{Changes, InboxItem, Job, Write};
use switchyard_store::query::Stage;

use super::{Failure, Step, done, key, order_shop_change};
use crate::Inner;
use crate::connection;

pub(crate) async fn run(inner: Arc<Inner>, job: Job) -> Result<Step, Failure> {
    let id: InboxId = key(&job)?;
    let Some(stored) = inner.store.inbox_item(&id).await? else { return Ok(Step::Idle) };
    if stored.done {
        return Ok(Step::Idle);
    }
    let item = stored.item;
    let Some(partner) = connection::partner(&inner, &item.connection).await? else {
        let due = inner.clock.now() + std::time::Duration::from_secs(60);
        return Ok(Step::Later { due, why: "its connection is paused".to_owned() });
    };
    let changes = match partner.connector.parse_order(&item.raw) {
        Err(error) => unreadable(&inner, &partner.connection, &item, &error),
        Ok(shop_order) => {
            let known = inner.store.order_by_shop_id(&item.connection, &shop_order.shop_order_id).await?;
            match known {
                Some(order) => {
                    let latest = inner.store.latest_item(&item.connection, &item.stream, &item.external_id).await?;
                    let newest = latest.is_none_or(|latest| latest.item.id == item.id);
                    order_shop_change::changes(&inner, &partner.connection, &order, &shop_order, newest).await?
                }
                None if shop_order.cancelled || shop_order.fulfilled => Changes::default(),
                None => new_order(&inner, &partner.connection, shop_order),
            }
        }
    };
    let dead = changes.journal.iter().find(|entry| entry.kind == "message.unreadable").map(|e| e.reason.clone());
    let mut changes = changes;
    changes.writes.push(Write::InboxDone { item: id, dead });
    changes.writes.push(done(&job));
    inner.commit(changes).await?;
    Ok(Step::Done)
}

/// The message is kept and shown; nothing else waits for it.
pub(super) fn unreadable(inner: &Inner, connection: &Connection, item: &InboxItem, error: &ParseError) -> Changes {
    tracing::warn!(code = Code::OrderUnreadable.as_str(), connection = connection.name, %error, "unreadable message");
    let entry = Entry {
        at: inner.clock.now(),
        actor: Actor::Partner { name: connection.name.clone() },
        kind: "message.unreadable".to_owned(),
        order: None,
        subject: item.external_id.clone(),
        reason: error.to_string(),
        before: serde_json::Value::Null,
        after: serde_json::json!({ "connection": connection.id, "stream": item.stream, "inbox": item.id }),
    };
    Changes { journal: vec![entry], ..Changes::default() }
}

fn new_order(inner: &Inner, connection: &Connection, shop: ShopOrder) -> Changes {
    let now = inner.clock.now();
    let version = order_shop_change::version(&shop);
    let lines = shop
        .lines
        .into_iter()
        .map(|line| OrderLine {
            id: inner.line_id(),
            shop_line_id: line.shop_line_id,
            sku: line.sku,
            title: line.title,
            kind: line.kind,
            ordered: line.quantity,
            cancelled: 0,
            unit_price: line.unit_price,
            unit_weight: line.unit_weight,
            backordered: 0,
            requested_lot: None,
        })
        .collect();
    let order = Order {
        id: inner.order_id(),
        shop: connection.id.clone(),
        shop_order_id: shop.shop_order_id,
        number: shop.number,
        revision: 0,
        shop_updated_at: shop.updated_at,
        state: OrderState::Received,
        placed_at: shop.placed_at,
        received_at: now,
        updated_at: now,
        editable_until: None,
        currency: shop.currency,
        total: shop.total,
        customer: shop.customer,
        shop_version: Some(Box::new(version)),
        paid: shop.paid,
        earlier_orders: shop.earlier_orders,
        attention: Vec::new(),
        ship_to: shop.ship_to,
        shipping_option: shop.shipping_option,
        note: shop.note,
        tags: shop.tags,
        lines,
        holds: Vec::new(),
        past_causes: Vec::new(),
        cured: BTreeMap::new(),
        moves: Vec::new(),
        problems: Vec::new(),
        edited: false,
        priority: 0,
    };
    let entry = Entry {
        at: now,
        actor: Actor::Partner { name: connection.name.clone() },
        kind: "order.received".to_owned(),
        order: Some(order.id.clone()),
        subject: order.id.to_string(),
        reason: String::new(),
        before: serde_json::Value::Null,
        after: serde_json::json!({ "number": order.number, "lines": order.lines.len(), "total": order.total }),
    };
    let validate = inner.job("validate", order.id.as_str(), now);
    Changes {
        writes: vec![Write::Order { order: Box::new(order), stage: Stage::Received }, Write::Job(validate)],
        journal: vec![entry],
        command: None,
    }
}
