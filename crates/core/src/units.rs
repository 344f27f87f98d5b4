//! Unit accounting: every ordered unit is in exactly one place.
//!
//! For each line of goods: `ordered = cancelled + unplanned + backordered + asked of warehouses + shipped`. [`account`]
//! computes the places from the stored facts and refuses facts that cannot be true together. [`depart`] books a
//! departure, which is a fact: it takes the units from wherever they were thought to be.

mod departure;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use departure::{Departing, Departure, depart};

use crate::fulfillment::FulfillmentOrder;
use crate::id::LineId;
use crate::order::{LineKind, Order};
use crate::quantity::Quantity;

/// Where the units of one line are. The numbers below `ordered` always sum to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LineAccount {
    /// The line.
    pub line: LineId,
    /// Units bought.
    pub ordered: Quantity,
    /// Units cancelled.
    pub cancelled: Quantity,
    /// Units of fee lines: billed, never shipped.
    pub billed: Quantity,
    /// Units the router has still to place.
    pub unplanned: Quantity,
    /// Units that wait for stock on purpose.
    #[serde(default)]
    pub backordered: Quantity,
    /// Units asked of a warehouse and not yet shipped.
    pub in_fulfillment: Quantity,
    /// Units that left.
    pub shipped: Quantity,
}

/// Facts that cannot be true together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Imbalance {
    /// More units are asked, shipped and cancelled than were bought.
    #[error("line {line}: {placed} units placed but {ordered} ordered")]
    TooMany {
        /// The line.
        line: LineId,
        /// Units found in places.
        placed: u64,
        /// Units bought.
        ordered: Quantity,
    },
    /// A fulfillment order names a line the order does not have, or a fee.
    #[error("fulfillment order {reference} asks for line {line}, which is not goods of this order")]
    NotGoods {
        /// Our number of the fulfillment order.
        reference: String,
        /// The line it names.
        line: LineId,
    },
    /// More left than was asked.
    #[error("fulfillment order {reference}: {shipped} shipped but {quantity} asked of line {line}")]
    Overshipped {
        /// Our number of the fulfillment order.
        reference: String,
        /// The line.
        line: LineId,
        /// Units asked.
        quantity: Quantity,
        /// Units shipped.
        shipped: Quantity,
    },
}

/// Units of a line in all its parts together.
#[derive(Debug, Clone, Copy, Default)]
struct Placed {
    in_fulfillment: u64,
    shipped: u64,
}

/// Where every unit of the order is, in line order.
///
/// # Errors
/// [`Imbalance`] names the first line whose facts contradict each other.
pub fn account(order: &Order, fulfillments: &[FulfillmentOrder]) -> Result<Vec<LineAccount>, Imbalance> {
    // Looked up by line and not searched for each: orders of a thousand lines are booked line by line.
    let goods: BTreeSet<&LineId> =
        order.lines.iter().filter(|line| line.kind == LineKind::Goods).map(|line| &line.id).collect();
    let mut placed: BTreeMap<&LineId, Placed> = BTreeMap::new();
    for fulfillment in fulfillments {
        for part in &fulfillment.lines {
            if !goods.contains(&part.line) {
                return Err(Imbalance::NotGoods { reference: fulfillment.reference.clone(), line: part.line.clone() });
            }
            if part.shipped > part.quantity {
                return Err(Imbalance::Overshipped {
                    reference: fulfillment.reference.clone(),
                    line: part.line.clone(),
                    quantity: part.quantity,
                    shipped: part.shipped,
                });
            }
            let units = placed.entry(&part.line).or_default();
            units.shipped += u64::from(part.shipped);
            // Nothing more leaves on the account of one that has ended: the rest is to be planned again.
            if !fulfillment.state.is_final() {
                units.in_fulfillment += u64::from(part.quantity - part.shipped);
            }
        }
    }
    order
        .lines
        .iter()
        .map(|line| {
            let Placed { in_fulfillment, shipped } = placed.get(&line.id).copied().unwrap_or_default();
            let billed = line.wanted() - line.to_ship();
            // A fee has nothing to wait for.
            let backordered = if billed == 0 { line.backordered } else { 0 };
            let settled = u64::from(line.cancelled) + u64::from(billed) + u64::from(backordered);
            let placed = settled + in_fulfillment + shipped;
            let unplanned = u64::from(line.ordered).checked_sub(placed).ok_or_else(|| Imbalance::TooMany {
                line: line.id.clone(),
                placed,
                ordered: line.ordered,
            })?;
            let units = |count: u64| Quantity::try_from(count).unwrap_or(Quantity::MAX);
            Ok(LineAccount {
                line: line.id.clone(),
                ordered: line.ordered,
                cancelled: line.cancelled,
                billed,
                unplanned: units(unplanned),
                backordered,
                in_fulfillment: units(in_fulfillment),
                shipped: units(shipped),
            })
        })
        .collect()
}
