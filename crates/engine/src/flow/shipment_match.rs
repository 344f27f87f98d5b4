//! What a reported shipment means in units of the order: which lines left as they are, which components of bundles, and
//! which sets those complete.

use switchyard_connectors::contract::RemoteShipment;
use switchyard_core::fulfillment::{FulfillmentLine, FulfillmentOrder};
use switchyard_core::id::LineId;
use switchyard_core::order::{LineKind, Order, OrderLine};
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::shipment::{ShippedComponent, ShippedLine};

/// Our reference of a component of a line.
pub(super) fn component_reference(line: &LineId, component: &Sku) -> String {
    format!("{line}/{component}")
}

/// What a reported shipment means.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// Units of lines that left as they are.
    pub(super) lines: Vec<ShippedLine>,
    /// Components that left, of lines that this part ships as components.
    pub(super) components: Vec<ShippedComponent>,
    /// What no line of the order can mean.
    pub(super) unexpected: Vec<String>,
}

/// Which of our lines left, all units of them: by our own line reference where the warehouse kept it, else by SKU in line
/// order, what the part still owes first. What no line of the order can mean is named.
pub(super) fn matched(order: &Order, part: &FulfillmentOrder, remote: &RemoteShipment) -> Matched {
    let mut matched = Matched::default();
    for theirs in &remote.lines {
        let named = |own: &str| theirs.reference.as_ref().map(|reference| reference == own);
        let same = |line: &&OrderLine| {
            line.kind == LineKind::Goods && named(line.id.as_str()).unwrap_or_else(|| line.sku == theirs.sku)
        };
        let made_of = |entry: &&FulfillmentLine| {
            let own = named(&component_reference(&entry.line, &theirs.sku));
            entry.kit.as_ref().is_some_and(|kit| kit.has(&theirs.sku)) && own.unwrap_or(true)
        };
        let meant: Vec<&OrderLine> = order.lines.iter().filter(same).collect();
        let kits: Vec<&FulfillmentLine> = part.lines.iter().filter(made_of).collect();
        let mut units = theirs.quantity;
        for line in &meant {
            let already: Quantity = matched.lines.iter().filter(|b| b.line == line.id).map(|b| b.quantity).sum();
            let take = units.min(part.unshipped_of(&line.id).saturating_sub(already));
            units -= take;
            add(&mut matched.lines, &line.id, take);
        }
        for entry in &kits {
            let same = |left: &&ShippedComponent| left.line == entry.line && left.sku == theirs.sku;
            let already: Quantity = matched.components.iter().filter(same).map(|left| left.quantity).sum();
            let owed = entry.kit.iter().flat_map(|kit| kit.owed(entry.quantity, entry.shipped));
            let owed: Quantity = owed.filter(|owed| owed.sku == theirs.sku).map(|owed| owed.units).sum();
            let take = units.min(owed.saturating_sub(already));
            units -= take;
            add_component(&mut matched.components, &entry.line, &theirs.sku, take);
        }
        // More than it was asked for: the first line it can mean takes it, one of this part before others, and the booking
        // finds where it comes from.
        let here = meant.iter().find(|line| part.lines.iter().any(|entry| entry.line == line.id));
        match (here, kits.first(), meant.first()) {
            (Some(line), ..) | (None, None, Some(line)) => add(&mut matched.lines, &line.id, units),
            (None, Some(entry), _) => add_component(&mut matched.components, &entry.line, &theirs.sku, units),
            (None, None, None) => matched.unexpected.push(format!("{units} x {}", theirs.sku)),
        }
    }
    matched
}

fn add_component(left: &mut Vec<ShippedComponent>, line: &LineId, sku: &Sku, units: Quantity) {
    if units == 0 {
        return;
    }
    match left.iter_mut().find(|known| &known.line == line && &known.sku == sku) {
        Some(known) => known.quantity = known.quantity.saturating_add(units),
        None => left.push(ShippedComponent { line: line.clone(), sku: sku.clone(), quantity: units }),
    }
}

/// Books components on a part, and says how many sets of each line they complete. A part that no warehouse has yet is
/// asked for nothing, so nothing is booked on it.
pub(super) fn unpacked(part: &mut FulfillmentOrder, components: &[ShippedComponent]) -> Vec<(LineId, Quantity)> {
    if part.state.is_ours() {
        return Vec::new();
    }
    let mut complete = Vec::new();
    for entry in &mut part.lines {
        let Some(kit) = &mut entry.kit else { continue };
        for left in components.iter().filter(|left| left.line == entry.line) {
            kit.take(&left.sku, left.quantity);
        }
        complete.push((entry.line.clone(), kit.sets().saturating_sub(entry.shipped)));
    }
    complete
}

/// Adds units of a line.
pub(super) fn add(left: &mut Vec<ShippedLine>, line: &LineId, units: Quantity) {
    if units == 0 {
        return;
    }
    match left.iter_mut().find(|known| &known.line == line) {
        Some(known) => known.quantity = known.quantity.saturating_add(units),
        None => left.push(ShippedLine { line: line.clone(), quantity: units }),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use serde_json::json;
    use switchyard_connectors::contract::RemoteShipmentLine;
    use switchyard_core::bundle::{Component, Kit};
    use switchyard_core::fulfillment::FulfillmentState;
    use switchyard_core::id::{FulfillmentId, OrderId, WarehouseId};
    use switchyard_core::time::Timestamp;

    use super::*;

    fn line_id(number: u8) -> LineId {
        LineId::new(Timestamp::EPOCH, [number; 10])
    }

    /// Two sets of a pot and four cups, and two cups beside them.
    fn order() -> Order {
        let line = |number: u8, sku: &str, units: u32| {
            json!({
                "id": line_id(number), "shop_line_id": number.to_string(), "sku": sku, "title": "", "kind": "goods",
                "ordered": units, "cancelled": 0, "unit_price": { "minor": 100, "currency": "GBP" }, "unit_weight": 0
            })
        };
        let mut order: Order = serde_json::from_value(json!({
            "id": OrderId::new(Timestamp::EPOCH, [1; 10]),
            "shop": switchyard_core::id::ConnectionId::new(Timestamp::EPOCH, [1; 10]),
            "shop_order_id": "1", "number": "1001", "revision": 1, "shop_updated_at": Timestamp::EPOCH, "state": "planned",
            "placed_at": Timestamp::EPOCH, "received_at": Timestamp::EPOCH, "updated_at": Timestamp::EPOCH,
            "editable_until": null, "currency": "GBP", "total": { "minor": 100, "currency": "GBP" },
            "customer": switchyard_core::address::Customer::default(),
            "ship_to": switchyard_core::address::Address::default(),
            "shipping_option": "", "note": "", "tags": [], "lines": [], "holds": [], "problems": [], "edited": false
        }))
        .unwrap();
        order.lines = [line(1, "SET", 2), line(2, "CUP", 2)].map(|line| serde_json::from_value(line).unwrap()).into();
        order
    }

    fn part() -> FulfillmentOrder {
        let component = |sku: &str, units| Component { sku: Sku::new(sku), units };
        let kit = Kit { components: vec![component("POT", 1), component("CUP", 4)], left: Default::default() };
        FulfillmentOrder {
            id: FulfillmentId::new(Timestamp::EPOCH, [1; 10]),
            order: OrderId::new(Timestamp::EPOCH, [1; 10]),
            warehouse: WarehouseId::new(Timestamp::EPOCH, [1; 10]),
            reference: "SW-1".to_owned(),
            revision: 1,
            state: FulfillmentState::Accepted,
            state_since: Timestamp::EPOCH,
            release_at: None,
            lines: vec![
                FulfillmentLine { line: line_id(1), quantity: 2, shipped: 0, kit: Some(kit) },
                FulfillmentLine { line: line_id(2), quantity: 2, shipped: 0, kit: None },
            ],
            remote_id: None,
            problem: None,
            rejection: None,
        }
    }

    fn parcel(lines: &[(Option<String>, &str, u32)]) -> RemoteShipment {
        let line = |(reference, sku, quantity): &(Option<String>, &str, u32)| RemoteShipmentLine {
            reference: reference.clone(),
            sku: Sku::new(sku),
            quantity: *quantity,
        };
        let lines = lines.iter().map(line).collect();
        RemoteShipment { remote_id: "1".to_owned(), shipped_at: Timestamp::EPOCH, lines, parcels: Vec::new() }
    }

    fn units(matched: &Matched) -> (Vec<Quantity>, Vec<(String, Quantity)>) {
        let components = matched.components.iter().map(|left| (left.sku.to_string(), left.quantity));
        (matched.lines.iter().map(|left| left.quantity).collect(), components.collect())
    }

    #[test]
    fn cups_of_the_line_itself_are_taken_before_those_of_the_set() {
        let found = matched(&order(), &part(), &parcel(&[(None, "CUP", 7), (None, "POT", 1)]));
        assert_eq!(units(&found), (vec![2], vec![("CUP".to_owned(), 5), ("POT".to_owned(), 1)]));
        let mut part = part();
        assert_eq!(unpacked(&mut part, &found.components), [(line_id(1), 1)], "one set is complete, a cup is loose");
        assert_eq!(part.lines[0].kit.as_ref().unwrap().loose(1), [Component { sku: Sku::new("CUP"), units: 1 }]);
    }

    #[test]
    fn a_second_parcel_completes_what_the_first_began() {
        let (order, mut part) = (order(), part());
        let first = matched(&order, &part, &parcel(&[(None, "POT", 2)]));
        assert_eq!(unpacked(&mut part, &first.components), [(line_id(1), 0)]);
        let reference = component_reference(&line_id(1), &Sku::new("CUP"));
        let second = matched(&order, &part, &parcel(&[(Some(reference), "CUP", 8)]));
        assert!(second.lines.is_empty(), "the reference says that they are the set's: {second:?}");
        assert_eq!(unpacked(&mut part, &second.components), [(line_id(1), 2)]);
    }

    #[test]
    fn sets_reported_as_the_bundle_are_units_of_its_line_and_a_stranger_is_named() {
        let found = matched(&order(), &part(), &parcel(&[(None, "SET", 1), (None, "FORK", 3)]));
        assert_eq!(units(&found), (vec![1], Vec::new()));
        assert_eq!(found.unexpected, ["3 x FORK"]);
    }

    #[test]
    fn components_of_a_part_that_no_warehouse_has_are_not_booked() {
        let mut part = FulfillmentOrder { state: FulfillmentState::Open, ..part() };
        let found = matched(&order(), &part, &parcel(&[(None, "POT", 2)]));
        assert_eq!(unpacked(&mut part, &found.components), []);
        assert_eq!(part.loose().count(), 0);
    }
}
