//! A person changes a level: keeps units back, sets them aside, keeps them for a shop, corrects the count.

use serde_json::json;
use switchyard_core::connection::Side;
use switchyard_core::journal::{Actor, Entry};
use switchyard_core::stock::bucket::{Buckets, Movement};
use switchyard_core::stock::ledger::{Cause, Document};
use switchyard_core::time::Timestamp;
use switchyard_store::contract::{Changes, CommandId, StockPlace, Write};

use super::delivery::{self, Delivery};
use super::order_route;
use crate::Inner;
use crate::handle::{StockChange, StockChangeError, StockRequest};

/// How often a change is worked out again when the level moved meanwhile. A busy level moves a few times a second, and a
/// round takes milliseconds: who loses so often has met something else than bad luck.
const ROUNDS: usize = 20;

/// Books the change, once, however often it is delivered. Orders that wait are planned again: more may be free for them,
/// or something else.
pub(crate) async fn change(inner: &Inner, request: StockRequest) -> Result<(), StockChangeError> {
    let StockRequest { place, change, actor, reason, key } = &request;
    let says = json!(["stock", place.warehouse, place.sku, change, actor, reason]);
    let delivery = Delivery::of(key, &says);
    let carry_out = change_once(inner, &request, delivery.command(json!(null)));
    delivery.once(inner, carry_out, async |_| Ok(())).await
}

async fn change_once(inner: &Inner, request: &StockRequest, command: CommandId) -> Result<(), StockChangeError> {
    let StockRequest { place, change: wish, actor, reason, .. } = request;
    if let StockChange::Earmark { shop, .. } = wish {
        let known = inner.store.connection(shop).await?;
        known.filter(|known| known.side == Side::Shop).ok_or_else(|| StockChangeError::UnknownShop(shop.clone()))?;
    }
    let mut round = 0;
    loop {
        round += 1;
        let levels = inner.store.stock_of(std::slice::from_ref(&place.sku)).await?;
        let level = levels.into_iter().find(|level| level.warehouse == place.warehouse);
        let before = level.ok_or_else(|| StockChangeError::NotFound(place.clone()))?.buckets;
        let now = inner.clock.now();
        let (write, after) = booking(place, &before, wish, (actor, reason, now))?;
        let entry = Entry {
            at: now,
            actor: actor.clone(),
            kind: wish.kind().to_owned(),
            order: None,
            subject: format!("{}/{}", place.warehouse, place.sku),
            reason: reason.clone(),
            before: told(wish, &before),
            after: told(wish, &after),
        };
        let writes = vec![write, Write::Job(inner.job("plan_together", order_route::TOGETHER, now))];
        let changes = Changes { writes, journal: vec![entry], command: Some(command.clone()) };
        match inner.commit(changes).await.and_then(delivery::first) {
            // The level moved between the look and the commit: what the wish comes to is another sum now.
            Err(switchyard_store::Error::Conflict(_)) if round < ROUNDS => {}
            done => return done.map(|_| ()).map_err(StockChangeError::from),
        }
    }
}

/// What is written for a wish, and the buckets after it.
fn booking(
    place: &StockPlace,
    before: &Buckets,
    wish: &StockChange,
    (actor, note, at): (&Actor, &str, Timestamp),
) -> Result<(Write, Buckets), StockChangeError> {
    let (warehouse, sku) = (place.warehouse.clone(), place.sku.clone());
    let (cause, movement) = match wish {
        StockChange::KeepBack { units } => {
            let after = Buckets { safety: *units, ..before.clone() };
            return Ok((Write::Safety { warehouse, sku, units: *units }, after));
        }
        StockChange::Block { units, reason } => (Cause::Blocked, before.block(*units, *reason)?),
        StockChange::Unblock { units, reason } => (Cause::Unblocked, before.unblock(*units, *reason)?),
        StockChange::Earmark { shop, units } => {
            let kept = before.earmarks.get(shop).copied().unwrap_or(0);
            let movement = match units.checked_sub(kept) {
                Some(more) => before.earmark(more, shop)?,
                None => Movement {
                    earmarks: [(shop.clone(), i64::from(*units) - i64::from(kept))].into(),
                    ..Movement::default()
                },
            };
            (Cause::Earmarked, movement)
        }
        StockChange::Count { on_hand } => {
            let counted = i64::from(*on_hand) - i64::from(before.on_hand);
            (Cause::Corrected, Movement { on_hand: counted, ..Movement::default() })
        }
    };
    if movement.is_nothing() {
        return Err(StockChangeError::NoChange);
    }
    let after = before.book(&movement)?;
    let document = Document::Note { note: note.to_owned() };
    let (by, expects) = (actor.clone(), Some(Box::new(before.clone())));
    Ok((Write::Stock { warehouse, sku, movement, expects, cause, document, by, at }, after))
}

/// What a journal entry says of a level: what the wish is about, and what is left to sell.
fn told(wish: &StockChange, buckets: &Buckets) -> serde_json::Value {
    let available = buckets.available();
    match wish {
        StockChange::KeepBack { .. } => json!({ "safety": buckets.safety, "available": available }),
        StockChange::Block { reason, .. } | StockChange::Unblock { reason, .. } => {
            let blocked = buckets.blocked.get(reason).copied().unwrap_or(0);
            json!({ "reason": reason, "blocked": blocked, "available": available })
        }
        StockChange::Earmark { shop, .. } => {
            let kept = buckets.earmarks.get(shop).copied().unwrap_or(0);
            json!({ "shop": shop, "kept": kept, "available": available })
        }
        StockChange::Count { .. } => json!({ "on_hand": buckets.on_hand, "available": available }),
    }
}
