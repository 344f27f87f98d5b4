//! What a write of stock does to a level, decided by the domain and kept by every store the same way.

use switchyard_core::id::ConnectionId;
use switchyard_core::quantity::Quantity;
use switchyard_core::stock::bucket::{Buckets, Movement, StockError};
use switchyard_core::stock::ledger::Cause;
use switchyard_core::time::Timestamp;

use crate::contract::StockPlace;
use crate::error::Error;

/// A level as it is from now on, and the movements that brought it there, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Booked {
    pub(crate) after: Buckets,
    pub(crate) moved: Vec<(Cause, Movement)>,
}

impl Booked {
    fn by(before: &Buckets, cause: Cause, movement: Movement) -> Result<Self, StockError> {
        Ok(Self { after: before.after(&movement)?, moved: vec![(cause, movement)] })
    }
}

/// Whether a level is what its movements add up to. Safety stock and what reports are numbered are settings.
pub(crate) fn adds_up(level: &Buckets, sum: &Buckets) -> bool {
    let settings =
        Buckets { safety: level.safety, sequence: level.sequence, observed_at: level.observed_at, ..sum.clone() };
    &settings == level
}

/// How a store says that the domain refused.
pub(crate) fn refused(place: &StockPlace, error: &StockError) -> Error {
    match error {
        StockError::NotFree { .. } => {
            Error::Stock { warehouse: place.warehouse.to_string(), sku: place.sku.to_string() }
        }
        other => Error::Conflict(format!("stock of {} in {}: {other}", place.sku, place.warehouse)),
    }
}

/// Reserves (positive) or frees (negative, down to zero).
pub(crate) fn reserve(before: &Buckets, delta: i64, channel: &ConnectionId) -> Result<Booked, StockError> {
    if delta > 0 {
        let units = Quantity::try_from(delta).unwrap_or(Quantity::MAX);
        return Booked::by(before, Cause::Reserved, before.reserve(units, Some(channel))?);
    }
    let units = Quantity::try_from(delta.unsigned_abs()).unwrap_or(Quantity::MAX);
    Booked::by(before, Cause::Freed, before.free(units.min(before.reserved))?)
}

/// Units left. What left uncounted is counted first, so that nothing falls below zero.
pub(crate) fn ship(before: &Buckets, units: Quantity, reserved: Quantity, at: Timestamp) -> Result<Booked, StockError> {
    let departed = before.depart(units, reserved);
    let corrected = departed.correction.map(|movement| (Cause::Corrected, movement));
    let moved: Vec<_> = corrected.into_iter().chain([(Cause::Departed, departed.movement)]).collect();
    let after = moved.iter().try_fold(before.clone(), |level, (_, movement)| level.after(movement))?;
    Ok(Booked { after: Buckets { observed_at: after.observed_at.max(at), ..after }, moved })
}

/// A warehouse's count; `None` when it is older than what is known.
pub(crate) fn report(
    before: &Buckets,
    on_hand: Quantity,
    sequence: u64,
    observed_at: Timestamp,
) -> Result<Option<Booked>, StockError> {
    match before.report(on_hand, sequence, observed_at) {
        Ok(Some((after, movement))) => Ok(Some(Booked { after, moved: vec![(Cause::Counted, movement)] })),
        Ok(None) | Err(StockError::Stale { .. } | StockError::Outdated { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the level is still what a movement was worked out from.
pub(crate) fn expected(place: &StockPlace, level: &Buckets, expects: Option<&Buckets>) -> Result<(), Error> {
    if expects.is_none_or(|expected| expected == level) {
        return Ok(());
    }
    Err(Error::Conflict(format!("stock of {} in {} has moved meanwhile", place.sku, place.warehouse)))
}

/// A movement with a cause of its own. A report from before one of units on the shelf knows nothing of it.
pub(crate) fn book(before: &Buckets, movement: &Movement, cause: Cause, at: Timestamp) -> Result<Booked, StockError> {
    let after = before.book(movement)?;
    let observed_at = if movement.on_hand == 0 { after.observed_at } else { after.observed_at.max(at) };
    Ok(Booked { after: Buckets { observed_at, ..after }, moved: vec![(cause, movement.clone())] })
}
