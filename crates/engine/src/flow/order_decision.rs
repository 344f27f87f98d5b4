//! A person decides about an order as they saw it: the decision holds for that revision or not at all.

use switchyard_core::id::OrderId;
use switchyard_core::order::Order;
use switchyard_store::contract::{CommandId, OrderFile};

use super::amendment::Amendment;
use super::delivery;
use crate::Inner;
use crate::handle::EditError;

/// The order as it is now.
///
/// # Errors
/// [`EditError::NotFound`]; the store's own failures.
pub(super) async fn read(inner: &Inner, order: &OrderId) -> Result<OrderFile, EditError> {
    let file = inner.store.order_file(order).await?;
    file.ok_or_else(|| EditError::NotFound(order.clone()))
}

/// The order as the person saw it.
///
/// # Errors
/// As [`read`]; [`EditError::Stale`] with the order when it is another revision now.
pub(super) async fn read_at(inner: &Inner, order: &OrderId, revision: i64) -> Result<OrderFile, EditError> {
    let file = read(inner, order).await?;
    if file.order.revision != revision {
        return Err(EditError::Stale { asked: revision, current: Box::new(file.order) });
    }
    Ok(file)
}

/// Writes what was decided, and gives the order as it is then.
///
/// # Errors
/// [`EditError::Stale`] with the order when somebody was faster; the store's own failures. Nothing was written then.
pub(super) async fn keep(
    inner: &Inner,
    amended: Amendment<'_>,
    command: Option<CommandId>,
) -> Result<Order, EditError> {
    let seen = amended.order.revision;
    let order = Order { revision: seen + 1, ..amended.order.clone() };
    let mut changes = amended.into_changes();
    changes.command = command;
    match inner.commit(changes).await.and_then(delivery::first) {
        Ok(_) => Ok(order),
        Err(switchyard_store::Error::Conflict(_)) => {
            let current = Box::new(read(inner, &order.id).await?.order);
            Err(EditError::Stale { asked: seen, current })
        }
        Err(error) => Err(error.into()),
    }
}
