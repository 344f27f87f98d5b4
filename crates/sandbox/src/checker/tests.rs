//! A clean pair of ledgers passes; every way of doctoring it is caught.

use std::path::Path;

use switchyard_core::order::LineKind;
use switchyard_core::time::Timestamp;

use super::*;
use crate::record::{
    AcceptedOrder, Entry, FulfilledLine, PublishedLine, PublishedOrder, ShopEvent, Tracking, WarehouseEvent,
    WarehouseLine,
};

fn home() -> Address {
    Address {
        name: "Ada Byron".into(),
        line1: "1 High St".into(),
        city: "Leeds".into(),
        country: "GB".into(),
        ..Address::default()
    }
}

/// Ten minutes of wall clock from line to line.
fn entries<E>(events: Vec<E>) -> Vec<Entry<E>> {
    let at = |place: i64| Timestamp::from_micros(1_795_348_800_000_000 + place * 600_000_000);
    events.into_iter().zip(1..).map(|(event, place)| Entry { at: at(place), simulated_us: place, event }).collect()
}

fn published() -> ShopEvent {
    let line = |line_id, sku: &str, kind, quantity| PublishedLine {
        line_id,
        sku: sku.into(),
        title: sku.into(),
        kind,
        quantity,
        unit_price: 100,
        weight: 10,
    };
    ShopEvent::OrderPublished(PublishedOrder {
        order_id: 1,
        number: "NL-1001".into(),
        source_index: 0,
        placed_at: Timestamp::EPOCH,
        currency: "EUR".into(),
        customer_id: None,
        email: "a@example.com".into(),
        destination: home(),
        shipping: "Standard".into(),
        shipping_price: 0,
        note: "".into(),
        tags: Vec::new(),
        // The same article on two lines, as in the history.
        lines: vec![
            line(11, "MUG", LineKind::Goods, 2),
            line(12, "MUG", LineKind::Goods, 1),
            line(13, "VASE", LineKind::Goods, 1),
            line(14, "POST", LineKind::Fee, 1),
        ],
    })
}

fn goods(lines: &[(&str, u32)]) -> Vec<WarehouseLine> {
    let line = |(sku, quantity): &(&str, u32)| WarehouseLine {
        sku: (*sku).into(),
        name: (*sku).into(),
        quantity: *quantity,
        external_line_id: None,
        unit_price: None,
    };
    lines.iter().map(line).collect()
}

fn accepted(order_id: i64, reference: &str, lines: &[(&str, u32)]) -> WarehouseEvent {
    WarehouseEvent::OrderAccepted(AcceptedOrder {
        order_id,
        shipment_id: order_id,
        reference: reference.into(),
        order_number: "#NL-1001".into(),
        shipping_method: "Standard".into(),
        kind: "DTC".into(),
        purchased_at: None,
        destination: home(),
        email: "".into(),
        lines: goods(lines),
    })
}

fn picking(order_id: i64) -> WarehouseEvent {
    WarehouseEvent::PickingStarted { order_id, reference: "".into() }
}

fn tracking(code: &str) -> Tracking {
    Tracking { carrier: "DHL".into(), number: code.into(), url: String::new() }
}

fn shipped(order_id: i64, code: &str, lines: &[(&str, u32)]) -> WarehouseEvent {
    WarehouseEvent::Shipped { order_id, reference: "".into(), tracking: tracking(code), lines: goods(lines) }
}

fn told(fulfillment_id: i64, codes: &[&str], lines: &[(i64, &str, u32)]) -> ShopEvent {
    let line = |(line_id, sku, quantity): &(i64, &str, u32)| FulfilledLine {
        line_id: *line_id,
        sku: (*sku).into(),
        quantity: *quantity,
    };
    ShopEvent::FulfillmentRecorded {
        order_id: 1,
        fulfillment_id,
        lines: lines.iter().map(line).collect(),
        tracking: codes.iter().map(|code| tracking(code)).collect(),
    }
}

const MUGS: [(i64, &str, u32); 2] = [(11, "MUG", 2), (12, "MUG", 1)];

/// One order, split over two warehouses and told in two fulfillments.
fn clean() -> (Vec<ShopEvent>, [Vec<WarehouseEvent>; 2]) {
    let shop = vec![published(), told(1, &["T1"], &MUGS), told(2, &["T2"], &[(13, "VASE", 1)])];
    let first = vec![accepted(1, "F1", &[("MUG", 3)]), picking(1), shipped(1, "T1", &[("MUG", 3)])];
    let second = vec![accepted(2, "F2", &[("VASE", 1)]), picking(2), shipped(2, "T2", &[("VASE", 1)])];
    (shop, [first, second])
}

fn write<E: serde::Serialize>(path: &Path, events: Vec<E>) {
    let lines: Vec<_> = entries(events).iter().map(|entry| serde_json::to_string(entry).unwrap() + "\n").collect();
    std::fs::write(path, lines.concat()).unwrap();
}

fn judge(shop: Vec<ShopEvent>, warehouses: [Vec<WarehouseEvent>; 2], options: &CheckOptions) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let ledgers = folder.path().join("ledger");
    std::fs::create_dir(&ledgers).unwrap();
    write(&ledgers.join("shop-1.jsonl"), shop);
    for (events, place) in warehouses.into_iter().zip(1..) {
        write(&ledgers.join(format!("warehouse-{place}.jsonl")), events);
    }
    check(folder.path(), options).unwrap()
}

/// The kinds of flaws after `doctor` has changed the clean ledgers.
fn flaws(doctor: impl FnOnce(&mut Vec<ShopEvent>, &mut [Vec<WarehouseEvent>; 2])) -> Vec<Flaw> {
    let (mut shop, mut warehouses) = clean();
    doctor(&mut shop, &mut warehouses);
    judge(shop, warehouses, &CheckOptions::default()).counts().into_keys().collect()
}

#[test]
fn a_split_order_shipped_and_told_once_is_clean() {
    let (shop, warehouses) = clean();
    let report = judge(shop, warehouses, &CheckOptions::default());
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.orders, report.goods_orders, report.units_ordered, report.units_shipped), (1, 1, 4, 4));
    assert_eq!((report.warehouse_orders, report.parcels, report.fulfillments, report.pending_orders), (2, 2, 2, 0));
}

#[test]
fn two_parcels_told_in_one_fulfillment_are_clean() {
    let found = flaws(|shop, _| {
        shop.truncate(1);
        shop.push(told(1, &["T1", "T2"], &[(11, "MUG", 2), (12, "MUG", 1), (13, "VASE", 1)]));
    });
    assert_eq!(found, []);
}

#[test]
fn units_that_never_left_are_lost_or_pending_in_mid_run() {
    let doctor = |shop: &mut Vec<ShopEvent>, warehouses: &mut [Vec<WarehouseEvent>; 2]| {
        shop.truncate(2);
        warehouses[1].clear();
    };
    assert_eq!(flaws(doctor), [Flaw::Lost]);
    let (mut shop, mut warehouses) = clean();
    doctor(&mut shop, &mut warehouses);
    let report = judge(shop, warehouses, &CheckOptions { allow_pending: true, ..CheckOptions::default() });
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.pending_orders, 1);
}

#[test]
fn an_order_nobody_saw_is_lost() {
    assert_eq!(
        flaws(|shop, warehouses| {
            shop.truncate(1);
            warehouses.iter_mut().for_each(Vec::clear);
        }),
        [Flaw::Lost]
    );
}

#[test]
fn the_same_units_at_a_second_warehouse_are_doubled_even_before_they_leave() {
    assert_eq!(flaws(|_, warehouses| warehouses[1].push(accepted(3, "F3", &[("MUG", 1)]))), [Flaw::Doubled]);
    assert_eq!(flaws(|_, warehouses| warehouses[1].push(accepted(3, "F1", &[]))), [Flaw::Doubled], "a reference twice");
    let (shop, mut warehouses) = clean();
    warehouses[1].push(accepted(3, "F3", &[("MUG", 1)]));
    let pending = CheckOptions { allow_pending: true, ..CheckOptions::default() };
    assert_eq!(judge(shop, warehouses, &pending).count(Flaw::Doubled), 1, "allowing pending does not allow doubles");
}

#[test]
fn a_cancelled_hand_over_is_no_double() {
    let found = flaws(|_, warehouses| {
        warehouses[1].push(accepted(3, "F3", &[("MUG", 1)]));
        warehouses[1].push(WarehouseEvent::OrderCancelled { order_id: 3, reference: "F3".into() });
    });
    assert_eq!(found, []);
}

#[test]
fn units_beyond_the_order_are_overshipped() {
    let found = flaws(|shop, warehouses| {
        warehouses[1].push(accepted(3, "F3", &[("MUG", 3)]));
        warehouses[1].extend([picking(3), shipped(3, "T3", &[("MUG", 3)])]);
        shop.push(told(3, &["T3"], &MUGS));
    });
    assert_eq!(found, [Flaw::Doubled, Flaw::Overshipped]);
    let found = flaws(|_, warehouses| warehouses[0].push(shipped(1, "T9", &[("MUG", 3)])));
    assert_eq!(found, [Flaw::Overshipped, Flaw::NotWrittenBack], "one hand-over shipped twice");
}

#[test]
fn a_fee_or_a_foreign_article_at_a_warehouse_is_caught() {
    assert_eq!(flaws(|_, warehouses| warehouses[0].push(accepted(3, "F3", &[("POST", 1)]))), [Flaw::FeeAtWarehouse]);
    assert_eq!(flaws(|_, warehouses| warehouses[0].push(accepted(3, "F3", &[("LAMP", 1)]))), [Flaw::NotOrdered]);
}

#[test]
fn a_warehouse_order_without_a_shop_order_is_unknown() {
    let found = flaws(|_, warehouses| {
        let WarehouseEvent::OrderAccepted(mut stray) = accepted(3, "F3", &[]) else { unreachable!() };
        stray.order_number = "F3".into();
        warehouses[0].push(WarehouseEvent::OrderAccepted(stray));
    });
    assert_eq!(found, [Flaw::UnknownOrder]);
}

#[test]
fn a_parcel_the_shop_never_heard_of_or_heard_of_twice_is_caught() {
    assert_eq!(flaws(|shop, _| shop.truncate(2)), [Flaw::NotWrittenBack]);
    let found = flaws(|shop, _| {
        shop.truncate(1);
        shop.extend([told(1, &["T1"], &[(11, "MUG", 2)]), told(2, &["T1"], &[(12, "MUG", 1)])]);
        shop.push(told(3, &["T2"], &[(13, "VASE", 1)]));
    });
    assert_eq!(found, [Flaw::WrittenBackTwice], "in two parts, though one call would have carried it");
    let found = flaws(|shop, _| shop.push(told(3, &["T1"], &MUGS)));
    assert_eq!(found, [Flaw::WrittenBackTwice, Flaw::WrongUnitsWrittenBack]);
}

#[test]
fn a_report_of_more_lines_than_a_call_takes_is_one_report_in_several_parts() {
    let line = |line_id| PublishedLine {
        line_id,
        sku: "MUG".into(),
        title: "Mug".into(),
        kind: LineKind::Goods,
        quantity: 1,
        unit_price: 100,
        weight: 10,
    };
    let large = |parts: &[(i64, i64)]| {
        let tell = |(part, id): (&(i64, i64), i64)| {
            told(id, &["T1"], &(part.0..part.1).map(|line_id| (line_id, "MUG", 1)).collect::<Vec<_>>())
        };
        let ShopEvent::OrderPublished(mut order) = published() else { unreachable!() };
        order.lines = (0..600).map(line).collect();
        let shop = [ShopEvent::OrderPublished(order)].into_iter().chain(parts.iter().zip(1..).map(tell)).collect();
        let warehouse = vec![accepted(1, "F1", &[("MUG", 600)]), picking(1), shipped(1, "T1", &[("MUG", 600)])];
        let report = judge(shop, [warehouse, Vec::new()], &CheckOptions::default());
        report.findings.iter().map(|finding| finding.flaw).collect::<Vec<_>>()
    };
    assert_eq!(large(&[(0, 512), (512, 600)]), []);
    assert_eq!(large(&[(0, 512)]), [Flaw::WrongUnitsWrittenBack], "the second part is missing");
    assert_eq!(large(&[(0, 512), (500, 600)]), [Flaw::WrongUnitsWrittenBack], "units told twice");
    assert_eq!(large(&[(0, 300), (300, 600)]), [Flaw::WrittenBackTwice], "parts smaller than they need to be");
}

#[test]
fn invented_missing_or_swapped_tracking_is_caught() {
    let replaced = |code: Vec<&'static str>| flaws(move |shop, _| shop[2] = told(2, &code, &[(13, "VASE", 1)]));
    assert_eq!(replaced(vec!["X"]), [Flaw::NotWrittenBack, Flaw::WrongTracking, Flaw::WrongUnitsWrittenBack]);
    assert_eq!(replaced(vec![]), [Flaw::NotWrittenBack, Flaw::WrongTracking]);
    let swapped = flaws(|shop, _| {
        shop.truncate(1);
        shop.extend([told(1, &["T2"], &MUGS), told(2, &["T1"], &[(13, "VASE", 1)])]);
    });
    assert_eq!(swapped, [Flaw::WrongUnitsWrittenBack]);
}

#[test]
fn a_parcel_to_an_old_address_is_caught_unless_the_change_came_too_late() {
    let away = Address { line1: "2 Low St".into(), ..home() };
    let moved = |place: usize| {
        let destination = away.clone();
        flaws(move |shop, _| shop.insert(place, ShopEvent::AddressChanged { order_id: 1, destination }))
    };
    // Lines are ten minutes apart: the change at the second line meets picking at the second line.
    assert_eq!(moved(1), [], "at the moment of picking it is too late");
    let early = flaws(|shop, warehouses| {
        shop.insert(1, ShopEvent::AddressChanged { order_id: 1, destination: away.clone() });
        warehouses[0].insert(0, WarehouseEvent::StockCounted { sku: "MUG".into(), name: "".into(), on_hand: 9 });
    });
    assert_eq!(early, [Flaw::WrongAddress], "ten minutes before picking it is not");
    let followed = flaws(|shop, warehouses| {
        shop.insert(1, ShopEvent::AddressChanged { order_id: 1, destination: away.clone() });
        let (reference, email) = ("F1".into(), "".into());
        warehouses[0]
            .insert(1, WarehouseEvent::AddressChanged { order_id: 1, reference, destination: away.clone(), email });
    });
    assert_eq!(followed, []);
}

#[test]
fn an_operators_change_counts_as_known_when_it_is_told() {
    let (shop, warehouses) = clean();
    let away = Address { line1: "2 Low St".into(), ..home() };
    let moved = BTreeMap::from([("NL-1001".to_owned(), away)]);
    let report = judge(shop, warehouses, &CheckOptions { moved, ..CheckOptions::default() });
    assert_eq!(report.count(Flaw::WrongAddress), 2, "{report}");
}

#[test]
fn a_cancelled_order_may_stay_at_home_and_must_not_leave_afterwards() {
    let cancelled = ShopEvent::OrderCancelled { order_id: 1 };
    let stayed = flaws(|shop, warehouses| {
        shop.truncate(1);
        shop.push(cancelled.clone());
        warehouses.iter_mut().for_each(Vec::clear);
    });
    assert_eq!(stayed, []);
    let left = flaws(|shop, warehouses| {
        shop.insert(1, cancelled.clone());
        let count = || WarehouseEvent::StockCounted { sku: "MUG".into(), name: "".into(), on_hand: 9 };
        warehouses.iter_mut().for_each(|events| events.splice(0..0, [count(), count()]).for_each(drop));
    });
    assert_eq!(left, [Flaw::ShippedAfterCancel]);
    let after = flaws(|_, warehouses| {
        warehouses[0].insert(1, WarehouseEvent::OrderCancelled { order_id: 1, reference: "F1".into() });
    });
    assert_eq!(after, [Flaw::ShippedAfterCancel]);
}

#[test]
fn a_folder_without_ledgers_is_no_clean_result() {
    let folder = tempfile::tempdir().unwrap();
    assert!(check(folder.path(), &CheckOptions::default()).is_err());
    std::fs::create_dir(folder.path().join("ledger")).unwrap();
    assert!(check(folder.path(), &CheckOptions::default()).is_err());
}
