//! The order search by looking at every order.

use std::cmp::Ordering;

use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::id::WarehouseId;
use switchyard_core::time::Timestamp;

use super::State;
use super::orders::OrderRow;
use crate::error::{Error, Result};
use crate::query::{Count, OrderFilter, OrderPage, OrderQuery, OrderSummary, Position, SortKey};
use crate::summary;

fn any_of<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

fn is(wanted: Option<bool>, value: bool) -> bool {
    wanted.is_none_or(|wanted| wanted == value)
}

fn within(bounds: (Option<Timestamp>, Option<Timestamp>), at: Timestamp) -> bool {
    bounds.0.is_none_or(|from| at >= from) && bounds.1.is_none_or(|before| at < before)
}

fn warehouses(state: &State, row: &OrderRow) -> Vec<WarehouseId> {
    let mut found: Vec<WarehouseId> = Vec::new();
    for part in state.parts.iter().filter(|part| part.order == row.order.id) {
        if part.state != FulfillmentState::Cancelled && !found.contains(&part.warehouse) {
            found.push(part.warehouse.clone());
        }
    }
    found
}

fn carriers(state: &State, row: &OrderRow) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let shipments = state.shipments.iter().filter(|one| one.shipment.order == row.order.id);
    for parcel in shipments.flat_map(|one| &one.shipment.parcels) {
        if !parcel.carrier.is_empty() && !found.contains(&parcel.carrier) {
            found.push(parcel.carrier.clone());
        }
    }
    found
}

fn has_word(state: &State, row: &OrderRow, word: &str) -> bool {
    let word = summary::searchable(word);
    if word.trim().is_empty() || summary::words_of_order(&row.order).contains(&word) {
        return true;
    }
    let mut shipments = state.shipments.iter().filter(|one| one.shipment.order == row.order.id);
    shipments.any(|one| summary::words_of_shipment(&one.shipment).contains(&word))
}

fn fits(state: &State, row: &OrderRow, filter: &OrderFilter) -> bool {
    let order = &row.order;
    any_of(&filter.states, &order.state)
        && !filter.not_states.contains(&order.state)
        && any_of(&filter.stages, &row.stage)
        && any_of(&filter.shops, &order.shop)
        && any_of(&filter.countries, &order.ship_to.country)
        && is(filter.held, !order.holds.is_empty())
        && is(filter.problem, !order.problems.is_empty())
        && is(filter.edited, order.edited)
        && filter.total.0.is_none_or(|lowest| order.total.minor >= lowest)
        && filter.total.1.is_none_or(|highest| order.total.minor <= highest)
        && within(filter.placed, order.placed_at)
        && within(filter.received, order.received_at)
        && (filter.editable_until == (None, None)
            || order.editable_until.is_some_and(|at| within(filter.editable_until, at)))
        && (filter.skus.is_empty()
            || order.lines.iter().any(|line| filter.skus.iter().any(|sku| sku == line.sku.as_str())))
        && (filter.warehouses.is_empty() || warehouses(state, row).iter().any(|one| filter.warehouses.contains(one)))
        && filter.words.iter().all(|word| has_word(state, row, word))
}

/// The value of a sort key; `None` is last whichever way the list runs.
#[derive(Debug, PartialEq, Eq)]
enum Key {
    Integer(Option<i64>),
    Text(String),
}

fn key_of(sort: SortKey, position: &Position) -> Result<Key> {
    match (sort, position.key.as_str()) {
        (SortKey::Number, number) => Ok(Key::Text(number.to_owned())),
        (SortKey::EditableUntil, "") => Ok(Key::Integer(None)),
        (_, number) => {
            let number = number.parse().map_err(|_| Error::Conflict(format!("list position {number}")))?;
            Ok(Key::Integer(Some(number)))
        }
    }
}

fn compare(a: &(Key, Position), b: &(Key, Position), descending: bool) -> Ordering {
    let turned = |ordering: Ordering| if descending { ordering.reverse() } else { ordering };
    let by_key = match (&a.0, &b.0) {
        (Key::Integer(None), Key::Integer(Some(_))) => return Ordering::Greater,
        (Key::Integer(Some(_)), Key::Integer(None)) => return Ordering::Less,
        (Key::Integer(a), Key::Integer(b)) => a.cmp(b),
        (Key::Text(a), Key::Text(b)) => a.cmp(b),
        (Key::Integer(_), Key::Text(_)) => Ordering::Less,
        (Key::Text(_), Key::Integer(_)) => Ordering::Greater,
    };
    turned(by_key.then_with(|| a.1.id.cmp(&b.1.id)))
}

/// A page of a list.
pub(super) fn page(state: &State, query: &OrderQuery) -> Result<OrderPage> {
    let place = |position: Position| Ok((key_of(query.sort, &position)?, position));
    let after = query.after.clone().map(place).transpose()?;
    let mut found: Vec<((Key, Position), OrderSummary)> = Vec::new();
    for row in state.orders.iter().filter(|row| fits(state, row, &query.filter)) {
        let mut listed = summary::of_order(&row.order, row.stage);
        listed.warehouses = warehouses(state, row);
        listed.carriers = carriers(state, row);
        let placed = place(query.sort.position(&listed))?;
        if after.as_ref().is_none_or(|after| compare(&placed, after, query.descending) == Ordering::Greater) {
            found.push((placed, listed));
        }
    }
    found.sort_by(|a, b| compare(&a.0, &b.0, query.descending));
    let skipped = if query.after.is_some() { 0 } else { query.offset };
    let limit = usize::try_from(query.limit.clamp(1, 500)).unwrap_or(500);
    let mut rest = found.into_iter().map(|(_, row)| row).skip(usize::try_from(skipped).unwrap_or(usize::MAX));
    let rows: Vec<OrderSummary> = rest.by_ref().take(limit).collect();
    let next = rest.next().and(rows.last()).map(|last| query.sort.position(last));
    Ok(OrderPage { rows, next })
}

/// How many match, counting no further than `cap`.
pub(super) fn count(state: &State, filter: &OrderFilter, cap: u32) -> Count {
    let matching = state.orders.iter().filter(|row| fits(state, row, filter)).count();
    let matching = u64::try_from(matching).unwrap_or(u64::MAX);
    Count { value: matching.min(u64::from(cap)), capped: matching > u64::from(cap) }
}
