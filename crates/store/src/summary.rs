//! What an order contributes to its list row and to the words it is found by.

use switchyard_core::order::{LineKind, Order};
use switchyard_core::shipment::Shipment;

use crate::query::{OrderSummary, Stage};

/// The list row of an order, without what its parts and shipments add: `warehouses` and `carriers` are empty.
pub(crate) fn of_order(order: &Order, stage: Stage) -> OrderSummary {
    let goods = || order.lines.iter().filter(|line| line.kind == LineKind::Goods);
    OrderSummary {
        id: order.id.clone(),
        number: order.number.clone(),
        shop: order.shop.clone(),
        state: order.state,
        stage,
        placed_at: order.placed_at,
        received_at: order.received_at,
        updated_at: order.updated_at,
        editable_until: order.editable_until,
        customer: order.customer.name.clone(),
        city: order.ship_to.city.clone(),
        country: order.ship_to.country.clone(),
        lines: u32::try_from(goods().count()).unwrap_or(u32::MAX),
        units: goods().fold(0, |units, line| units.saturating_add(line.wanted())),
        total: order.total.minor,
        currency: order.currency.as_str().to_owned(),
        warehouses: Vec::new(),
        carriers: Vec::new(),
        held: !order.holds.is_empty(),
        problem: order.problems.first().map(|problem| problem.title.clone()),
        edited: order.edited,
        tags: order.tags.clone(),
    }
}

/// A text or a search word as it is compared: lower case, without the characters that separate texts.
pub(crate) fn searchable(text: &str) -> String {
    text.to_lowercase().replace(['\0', '\n', '\r'], " ")
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.trim().is_empty()) {
        let text = searchable(text);
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen.join("\n")
}

/// What an order itself is found by: number, names, e-mail, city, postcode, SKUs, titles; one text per line.
pub(crate) fn words_of_order(order: &Order) -> String {
    let own = [
        order.number.as_str(),
        order.customer.name.as_str(),
        order.customer.email.as_str(),
        order.ship_to.name.as_str(),
        order.ship_to.city.as_str(),
        order.ship_to.postcode.as_str(),
    ];
    let lines = order.lines.iter().flat_map(|line| [line.sku.as_str(), line.title.as_str()]);
    joined(own.into_iter().chain(lines))
}

/// What a shipment adds: its tracking codes, one per line.
pub(crate) fn words_of_shipment(shipment: &Shipment) -> String {
    joined(shipment.parcels.iter().map(|parcel| parcel.tracking_code.as_str()))
}
