//! What a return does and refuses.

use super::*;
use crate::role::{Own, Role};

const NOW: Timestamp = Timestamp::from_micros(1_795_348_800_000_000);

fn warehouse() -> WarehouseId {
    WarehouseId::new(NOW, [1; 10])
}

fn lead() -> Holder {
    Holder { roles: vec![Role::WarehouseLead], warehouses: Own::These(vec![warehouse()]) }
}

fn agent() -> Holder {
    Holder::of(&[Role::BackOfficeAgent])
}

fn announced(units: Quantity) -> Return {
    Return::announced(Announcement {
        id: ReturnId::new(NOW, [1; 10]),
        reference: "SR-1-1".to_owned(),
        order: Some(OrderId::new(NOW, [1; 10])),
        warehouse: warehouse(),
        cause: ReturnCause::Customer,
        items: vec![ReturnItem::announced(Some(LineId::new(NOW, [1; 10])), Sku::new("A"), units)],
        tracking_code: String::new(),
        at: NOW,
        expires_at: Some(NOW + std::time::Duration::from_secs(60)),
    })
}

#[test]
fn a_return_closes_only_when_both_decisions_are_made_for_every_item() {
    let mut goods = announced(3);
    goods.receive(&Sku::new("A"), 3, NOW).unwrap();
    goods.split(0, 1).unwrap();
    assert!(goods.advance(ReturnState::Inspected, NOW).is_err(), "nobody has looked at it");
    goods.decide_stock(0, StockDecision::Restock, "as new", &lead()).unwrap();
    goods.decide_stock(1, StockDecision::Dispose, "broken", &lead()).unwrap();
    goods.advance(ReturnState::Inspected, NOW).unwrap();
    goods.decide_customer(0, CustomerDecision::Refund, &agent()).unwrap();
    let early = goods.advance(ReturnState::Closed, NOW).unwrap_err();
    assert!(early.to_string().contains("both decisions"), "{early}");
    goods.decide_customer(1, CustomerDecision::NoRefund, &agent()).unwrap();
    goods.advance(ReturnState::Closed, NOW).unwrap();
    assert_eq!(goods.items.iter().map(|item| item.received).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn each_side_decides_its_own() {
    let mut goods = announced(1);
    assert_eq!(
        goods.decide_stock(0, StockDecision::Restock, "", &agent()),
        Err(ReturnError::NotYours),
        "the back office has not seen the goods"
    );
    assert_eq!(goods.decide_customer(0, CustomerDecision::Refund, &lead()), Err(ReturnError::NotYours));
    let elsewhere = Holder::of(&[Role::WarehouseLead]);
    assert_eq!(goods.decide_stock(0, StockDecision::Restock, "", &elsewhere), Err(ReturnError::NotYours));
}

#[test]
fn what_arrives_is_received_whatever_was_thought() {
    let mut goods = announced(2);
    let late = NOW + std::time::Duration::from_secs(61);
    assert!(goods.advance(ReturnState::Expired, NOW).is_err(), "its time has not passed");
    goods.advance(ReturnState::Expired, late).unwrap();
    goods.receive(&Sku::new("A"), 3, late).unwrap();
    goods.receive(&Sku::new("B"), 1, late).unwrap();
    assert_eq!(goods.state, ReturnState::Received);
    let counted: Vec<_> = goods.items.iter().map(|item| (item.sku.as_str(), item.announced, item.received)).collect();
    assert_eq!(counted, [("A", 2, 2), ("A", 0, 1), ("B", 0, 1)]);
    assert!(goods.advance(ReturnState::Cancelled, late).is_err(), "what is here cannot be called off");
}

fn counted(arrived: Quantity, treated: &[(StockDecision, Quantity, &str)]) -> ReportedItem {
    let treated = treated.iter().map(|(decision, units, condition)| Treated {
        decision: *decision,
        units: *units,
        condition: (*condition).to_owned(),
    });
    ReportedItem { sku: Sku::new("A"), arrived, treated: treated.collect() }
}

#[test]
fn a_warehouses_report_splits_what_it_treated_differently_and_says_it_once() {
    let mut goods = announced(3);
    goods.take_report(&[counted(3, &[])], NOW).unwrap();
    assert_eq!((goods.state, goods.received_at), (ReturnState::Received, Some(NOW)));
    let whole = counted(3, &[(StockDecision::Restock, 2, "as new"), (StockDecision::Dispose, 1, "broken")]);
    goods.take_report(std::slice::from_ref(&whole), NOW).unwrap();
    let once = goods.clone();
    goods.take_report(&[whole], NOW + std::time::Duration::from_secs(5)).unwrap();
    assert_eq!(goods, once, "the same report again changes nothing");
    let fates: Vec<_> = goods.items.iter().map(|item| (item.announced, item.received, item.stock)).collect();
    assert_eq!(fates, [(2, 2, StockDecision::Restock), (1, 1, StockDecision::Dispose)]);
    assert!(goods.settle(NOW));
    assert_eq!(goods.state, ReturnState::Inspected, "the customer's side is open");
}

#[test]
fn a_person_who_decided_first_is_not_overruled_by_the_report() {
    let mut goods = announced(2);
    goods.receive(&Sku::new("A"), 2, NOW).unwrap();
    goods.decide_stock(0, StockDecision::Quarantine, "wet", &lead()).unwrap();
    goods.take_report(&[counted(2, &[(StockDecision::Restock, 2, "")])], NOW).unwrap();
    assert_eq!(goods.items[0].stock, StockDecision::Quarantine);
}

#[test]
fn a_count_that_turns_out_smaller_is_taken_back_and_a_surplus_is_an_item_of_its_own() {
    let mut goods = announced(3);
    goods.take_report(&[counted(4, &[])], NOW).unwrap();
    assert_eq!(goods.items.len(), 2, "one more than announced");
    goods.take_report(&[counted(2, &[(StockDecision::Restock, 2, "")])], NOW).unwrap();
    let counted: Vec<_> = goods.items.iter().map(|item| (item.announced, item.received)).collect();
    assert_eq!(counted, [(3, 2)]);
    assert!(goods.settle(NOW), "what never came needs nobody's look");
    goods.decide_customer(0, CustomerDecision::Refund, &agent()).unwrap();
    assert!(goods.settle(NOW));
    assert_eq!(goods.state, ReturnState::Closed);
}

#[test]
fn what_has_not_arrived_is_not_decided_and_what_is_over_stays() {
    let mut goods = announced(1);
    let early = goods.decide_stock(0, StockDecision::Restock, "", &lead());
    assert_eq!(early, Err(ReturnError::NotArrived(0)));
    goods.advance(ReturnState::Cancelled, NOW).unwrap();
    let late = goods.decide_customer(0, CustomerDecision::Refund, &agent());
    assert_eq!(late, Err(ReturnError::Over("cancelled")));
    assert_eq!(goods.receive(&Sku::new("A"), 0, NOW), Err(ReturnError::Empty));
}

#[test]
fn no_more_units_come_back_than_left() {
    let line = LineId::new(NOW, [1; 10]);
    let left = BTreeMap::from([(line.clone(), 2)]);
    let item = |units| ReturnItem::announced(Some(line.clone()), Sku::new("A"), units);
    check_announced(&[item(1), item(1)], &left).unwrap();
    let more = check_announced(&[item(2), item(1)], &left);
    assert_eq!(more, Err(ReturnError::NotShipped { line: line.clone(), wanted: 3, there: 2 }));
    assert_eq!(check_announced(&[item(0)], &left), Err(ReturnError::Empty));
    assert_eq!(check_announced(&[], &left), Err(ReturnError::Empty));
}
