//! What rules may look at.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::ConnectionId;
use crate::money::Currency;
use crate::order::Order;
use crate::quantity::Sku;

/// What rules may know about an order, as it was when they were asked. Stored beside the router's snapshot, so that
/// other rules can be asked the same later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = OrderFacts))]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The shop it came from.
    pub channel: ConnectionId,
    /// ISO 3166-1 alpha-2 of the destination.
    pub country: String,
    /// Postcode of the destination, as written.
    pub postcode: String,
    /// The shop's name of the shipping.
    pub shipping_option: String,
    /// The shop's labels.
    pub tags: Vec<String>,
    /// SKUs of the goods to ship.
    pub skus: BTreeSet<Sku>,
    /// Currency of the value.
    pub currency: Currency,
    /// Value of the goods to ship, in minor units.
    pub value: i64,
    /// Weight of the goods to ship, in grams; goods of unknown weight count 0.
    pub weight: u64,
    /// Names of the address fields a carrier needs and does not have.
    pub missing_address: Vec<String>,
    /// Whether the shop has the money; `None` when it does not say.
    pub paid: Option<bool>,
    /// Orders the customer placed before this one; `None` when unknown.
    pub earlier_orders: Option<u32>,
}

impl Facts {
    /// What the order itself says. A value beyond 64 bits counts as the largest.
    #[must_use]
    pub fn of(order: &Order) -> Self {
        let goods = || order.lines.iter().filter(|line| line.to_ship() > 0);
        let value = goods().fold(0_i64, |sum, line| {
            sum.saturating_add(line.unit_price.minor.saturating_mul(i64::from(line.to_ship())))
        });
        let weight = goods().fold(0_u64, |sum, line| {
            sum.saturating_add(u64::from(line.unit_weight).saturating_mul(u64::from(line.to_ship())))
        });
        Self {
            channel: order.shop.clone(),
            country: order.ship_to.country.clone(),
            postcode: order.ship_to.postcode.clone(),
            shipping_option: order.shipping_option.clone(),
            tags: order.tags.clone(),
            skus: goods().map(|line| line.sku.clone()).collect(),
            currency: order.currency,
            value,
            weight,
            missing_address: order.ship_to.missing().into_iter().map(str::to_owned).collect(),
            paid: order.paid,
            earlier_orders: order.earlier_orders,
        }
    }
}
