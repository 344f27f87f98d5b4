//! Shopify's words into ours. Pure.

use switchyard_core::address::{Address, Customer};
use switchyard_core::money::{Currency, Money};
use switchyard_core::order::LineKind;
use switchyard_core::quantity::{Grams, Sku};

use super::wire::{self, FinancialStatus, FulfillmentState, FulfillmentStatus, WeightUnit};
use crate::contract::{ParseError, ShopLine, ShopOrder};
use crate::raw::wrong;

/// Reads an order.
///
/// # Errors
/// [`ParseError`] with the path in the raw item.
pub(super) fn order(order: wire::Order) -> Result<ShopOrder, ParseError> {
    let currency: Currency = order.currency_code.parse().map_err(|error| wrong("currencyCode", error))?;
    if order.line_items.page_info.has_next_page {
        return Err(wrong("lineItems.pageInfo.hasNextPage", "the order has more lines than the item holds"));
    }
    let address = order.shipping_address;
    let earlier_orders = order.customer.as_ref().and_then(earlier_orders);
    let name = order.customer.and_then(|customer| customer.display_name);
    let name = name.or_else(|| address.as_ref().and_then(full_name));
    let mut lines = Vec::with_capacity(order.line_items.nodes.len());
    for (index, item) in order.line_items.nodes.into_iter().enumerate() {
        lines.push(line(item, currency, &format!("lineItems.nodes[{index}]"))?);
    }
    Ok(ShopOrder {
        shop_order_id: order.id,
        number: order.name,
        updated_at: order.updated_at,
        placed_at: order.created_at,
        currency,
        total: money(&order.current_total_price_set, currency, "currentTotalPriceSet")?,
        customer: Customer {
            name: name.unwrap_or_default(),
            email: order.email.unwrap_or_default(),
            phone: order.phone.unwrap_or_default(),
        },
        ship_to: address.map(destination).unwrap_or_default(),
        shipping_option: order.shipping_line.and_then(|line| line.title).unwrap_or_default(),
        note: order.note.unwrap_or_default(),
        tags: order.tags.unwrap_or_default(),
        lines,
        cancelled: order.cancelled_at.is_some(),
        paid: order.display_financial_status.as_ref().and_then(paid),
        earlier_orders,
        fulfilled: fulfilled(&order.display_fulfillment_status),
    })
}

/// Orders of the buyer before this one. What is no number says nothing.
fn earlier_orders(customer: &wire::Customer) -> Option<u32> {
    let all: u64 = customer.number_of_orders.as_ref()?.parse().ok()?;
    Some(u32::try_from(all.saturating_sub(1)).unwrap_or(u32::MAX))
}

fn line(item: wire::LineItem, currency: Currency, path: &str) -> Result<ShopLine, ParseError> {
    let unit_price = money(&item.original_unit_price_set, currency, &format!("{path}.originalUnitPriceSet"))?;
    let unit_weight = item.weight.as_ref().map_or(Ok(0), |weight| grams(weight, &format!("{path}.weight")))?;
    Ok(ShopLine {
        shop_line_id: item.id,
        sku: Sku::new(item.sku.as_deref().unwrap_or_default()),
        title: item.name.or(item.title).unwrap_or_default(),
        kind: if item.requires_shipping { LineKind::Goods } else { LineKind::Fee },
        quantity: item.current_quantity,
        unit_price,
        unit_weight,
    })
}

fn money(bag: &wire::MoneyBag, currency: Currency, path: &str) -> Result<Money, ParseError> {
    let money = &bag.shop_money;
    if money.currency_code != currency.as_str() {
        let detail = format!("`{}`, but the order is in {currency}", money.currency_code);
        return Err(wrong(format!("{path}.shopMoney.currencyCode"), detail));
    }
    Money::parse(&money.amount, currency).map_err(|error| wrong(format!("{path}.shopMoney.amount"), error))
}

fn destination(address: wire::MailingAddress) -> Address {
    Address {
        name: full_name(&address).unwrap_or_default(),
        company: address.company.unwrap_or_default(),
        line1: address.address1.unwrap_or_default(),
        line2: address.address2.unwrap_or_default(),
        city: address.city.unwrap_or_default(),
        province: address.province_code.or(address.province).unwrap_or_default(),
        postcode: address.zip.unwrap_or_default(),
        country: address.country_code_v2.unwrap_or_default(),
        phone: address.phone.unwrap_or_default(),
    }
}

fn full_name(address: &wire::MailingAddress) -> Option<String> {
    let parts = || [&address.first_name, &address.last_name].into_iter().flatten().map(String::as_str);
    address.name.clone().or_else(|| Some(parts().collect::<Vec<_>>().join(" "))).filter(|name| !name.is_empty())
}

/// Whether the shop holds the money. A refund in full says no; a status we do not know says nothing.
fn paid(status: &FinancialStatus) -> Option<bool> {
    match status {
        FinancialStatus::Paid | FinancialStatus::PartiallyRefunded => Some(true),
        FinancialStatus::Authorized
        | FinancialStatus::Expired
        | FinancialStatus::PartiallyPaid
        | FinancialStatus::Pending
        | FinancialStatus::Refunded
        | FinancialStatus::Voided => Some(false),
        FinancialStatus::Other(_) => None,
    }
}

/// Whether nothing is left to ship. A status we do not know leaves it open.
fn fulfilled(status: &FulfillmentStatus) -> bool {
    match status {
        FulfillmentStatus::Fulfilled | FulfillmentStatus::FulfillmentNotRequired => true,
        FulfillmentStatus::InProgress
        | FulfillmentStatus::OnHold
        | FulfillmentStatus::Open
        | FulfillmentStatus::PartiallyFulfilled
        | FulfillmentStatus::PendingFulfillment
        | FulfillmentStatus::RequestDeclined
        | FulfillmentStatus::Restocked
        | FulfillmentStatus::Scheduled
        | FulfillmentStatus::Unfulfilled
        | FulfillmentStatus::Other(_) => false,
    }
}

/// Whether a fulfillment still says that its units left. One we do not understand counts, so that nothing is reported
/// twice.
pub(super) fn stands(state: &FulfillmentState) -> bool {
    match state {
        FulfillmentState::Open | FulfillmentState::Pending | FulfillmentState::Success | FulfillmentState::Other(_) => {
            true
        }
        FulfillmentState::Cancelled | FulfillmentState::Error | FulfillmentState::Failure => false,
    }
}

/// Grams, rounded; the international avoirdupois pound is 453.59237 g.
fn grams(weight: &wire::Weight, path: &str) -> Result<Grams, ParseError> {
    let factor = match weight.unit {
        WeightUnit::Grams => 1.0,
        WeightUnit::Kilograms => 1000.0,
        WeightUnit::Ounces => 28.349_523_125,
        WeightUnit::Pounds => 453.592_37,
        WeightUnit::Other(ref unit) => {
            return Err(wrong(format!("{path}.unit"), format!("`{unit}` is no unit we know")));
        }
    };
    let grams = (weight.value * factor).round();
    if !(0.0..=f64::from(Grams::MAX)).contains(&grams) {
        return Err(wrong(format!("{path}.value"), format!("{} is no weight", weight.value)));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and in range, checked above")]
    Ok(grams as Grams)
}
