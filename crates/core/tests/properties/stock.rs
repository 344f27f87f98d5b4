//! Stock over random movements: nothing negative, nothing promised twice, and the ledger adds up.

use proptest::prelude::*;
use switchyard_core::id::{ConnectionId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::bucket::{BlockReason, Buckets, Movement, StockError};
use switchyard_core::stock::ledger::{Cause, Document, Entry, sum};
use switchyard_core::time::Timestamp;

use crate::orders::NOON;

#[derive(Debug, Clone)]
enum Wish {
    Reserve { units: Quantity, channel: Option<u8> },
    Free(Quantity),
    Block(Quantity),
    Unblock(Quantity),
    Earmark { units: Quantity, channel: u8 },
    Depart { units: Quantity, kept: Quantity },
    Report { on_hand: Quantity, sequence: u64, at: i64 },
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        4 => (0..9_u32, proptest::option::of(0..2_u8)).prop_map(|(units, channel)| Wish::Reserve { units, channel }),
        2 => (0..6_u32).prop_map(Wish::Free),
        1 => (0..6_u32).prop_map(Wish::Block),
        1 => (0..6_u32).prop_map(Wish::Unblock),
        1 => (0..6_u32, 0..2_u8).prop_map(|(units, channel)| Wish::Earmark { units, channel }),
        2 => (0..6_u32, 0..6_u32).prop_map(|(units, kept)| Wish::Depart { units, kept }),
        2 => (0..30_u32, 0..6_u64, 0..6_i64).prop_map(|(on_hand, sequence, at)| Wish::Report { on_hand, sequence, at }),
    ]
}

fn channel(number: u8) -> ConnectionId {
    ConnectionId::new(NOON, [number; 10])
}

fn entry(cause: Cause, movement: Movement) -> Entry {
    Entry {
        at: NOON,
        by: Actor::service("stock"),
        warehouse: WarehouseId::new(NOON, [1; 10]),
        sku: Sku::new("A"),
        lot: None,
        cause,
        document: Document::Note { note: String::new() },
        movement,
    }
}

proptest! {
    #[test]
    fn nothing_is_negative_nothing_is_promised_twice_and_the_ledger_adds_up(
        on_hand in 0..20_u32,
        safety in 0..4_u32,
        wishes in proptest::collection::vec(wish(), 0..40),
    ) {
        let start = Buckets { on_hand, safety, ..Buckets::default() };
        let (mut stock, mut ledger) = (start.clone(), Vec::new());
        for wish in &wishes {
            let before = stock.clone();
            let free = |channel: &Option<u8>| before.sellable(channel.map(channel_of).as_ref());
            let movement = match wish {
                Wish::Reserve { units, channel } => {
                    let movement = before.reserve(*units, channel.map(channel_of).as_ref());
                    prop_assert_eq!(movement.is_ok(), *units <= free(channel), "reserved what is not free");
                    movement.map(|movement| vec![(Cause::Reserved, movement)])
                }
                Wish::Free(units) => before.free(*units).map(|movement| vec![(Cause::Freed, movement)]),
                Wish::Block(units) => {
                    before.block(*units, BlockReason::Damaged).map(|movement| vec![(Cause::Blocked, movement)])
                }
                Wish::Unblock(units) => {
                    before.unblock(*units, BlockReason::Damaged).map(|movement| vec![(Cause::Unblocked, movement)])
                }
                Wish::Earmark { units, channel } => {
                    before.earmark(*units, &channel_of(*channel)).map(|movement| vec![(Cause::Earmarked, movement)])
                }
                Wish::Depart { units, kept } => {
                    let departed = before.depart(*units, *kept);
                    let correction = departed.correction.map(|movement| (Cause::Corrected, movement));
                    Ok(correction.into_iter().chain([(Cause::Departed, departed.movement)]).collect())
                }
                Wish::Report { on_hand, sequence, at } => {
                    let at = Timestamp::from_micros(*at);
                    match before.report(*on_hand, *sequence, at) {
                        Ok(Some((after, movement))) => {
                            prop_assert!(at >= before.observed_at && (*sequence > before.sequence || *sequence == 0));
                            stock.sequence = after.sequence;
                            stock.observed_at = after.observed_at;
                            Ok(vec![(Cause::Counted, movement)])
                        }
                        Ok(None) => Ok(vec![]),
                        Err(error) => Err(error),
                    }
                }
            };
            let Ok(movements) = movement else {
                prop_assert_eq!(&stock, &before, "what is refused changes nothing");
                continue;
            };
            for (cause, movement) in movements {
                stock = stock.after(&movement).unwrap();
                ledger.push(entry(cause, movement));
            }
            let promised = u64::from(stock.reserved) + stock.blocked_units();
            let before_promised = u64::from(before.reserved) + before.blocked_units();
            let by_fact = matches!(wish, Wish::Depart { .. } | Wish::Report { .. } | Wish::Block(_));
            prop_assert!(by_fact || promised <= before_promised || promised <= u64::from(stock.on_hand), "oversold");
            prop_assert!(stock.sellable(None) <= stock.available() && stock.available() <= stock.on_hand);
            for other in 0..2_u8 {
                let mine = matches!(wish, Wish::Reserve { channel: Some(own), .. } if *own == other);
                let kept = |stock: &Buckets| stock.earmarks.get(&channel(other)).copied().unwrap_or(0);
                let raised = matches!(wish, Wish::Earmark { channel: own, .. } if *own == other);
                prop_assert!(mine || raised || kept(&stock) == kept(&before), "what is kept for one is not sold to another");
            }
        }
        let added = sum(&start, &ledger).unwrap();
        prop_assert_eq!(Buckets { sequence: stock.sequence, observed_at: stock.observed_at, ..added }, stock);
    }
}

fn channel_of(number: u8) -> ConnectionId {
    channel(number)
}

#[test]
fn what_a_channel_may_sell_is_what_is_available_less_what_is_kept_for_others() {
    let stock = Buckets { on_hand: 20, reserved: 4, safety: 2, ..Buckets::default() };
    let stock = stock.after(&stock.block(3, BlockReason::Quarantine).unwrap()).unwrap();
    assert_eq!(stock.available(), 11, "20 - 4 - 3 - 2");
    let stock = stock.after(&stock.earmark(5, &channel(1)).unwrap()).unwrap();
    let stock = Buckets { incoming: 100, ..stock };
    let sellable = |who: Option<u8>| stock.sellable(who.map(channel).as_ref());
    assert_eq!((sellable(Some(1)), sellable(Some(2)), sellable(None)), (11, 6, 6), "what is to come is not there");
    let sold = stock.after(&stock.reserve(7, Some(&channel(1))).unwrap()).unwrap();
    assert_eq!((sold.earmarks.len(), sold.sellable(None)), (0, 4), "it used its own five, and two of all");
}

#[test]
fn stale_reports_are_refused_and_repeated_ones_change_nothing() {
    let at = Timestamp::from_micros;
    let stock = Buckets { on_hand: 5, sequence: 7, observed_at: at(70), ..Buckets::default() };
    assert_eq!(stock.report(9, 6, at(80)), Err(StockError::Stale { reported: 6, known: 7 }));
    assert_eq!(stock.report(9, 7, at(70)), Ok(None));
    assert_eq!(stock.report(9, 7, at(71)), Err(StockError::Contradiction(7)));
    assert!(matches!(stock.report(9, 8, at(69)), Err(StockError::Outdated { .. })), "a departure was booked since");
    let (after, movement) = stock.report(9, 8, at(71)).unwrap().unwrap();
    assert_eq!((after.on_hand, after.sequence, movement.on_hand), (9, 8, 4));
}

#[test]
fn what_cannot_be_counted_is_refused_as_a_whole() {
    let full = Buckets { on_hand: Quantity::MAX, ..Buckets::default() };
    let one = |on_hand, reserved| Movement { on_hand, reserved, ..Movement::default() };
    assert_eq!(full.after(&one(1, 0)), Err(StockError::Overflow { bucket: "on hand" }));
    assert_eq!(full.after(&one(i64::MIN, 0)).unwrap_err().to_string().split(' ').next(), Some("on"));
    assert!(matches!(full.after(&one(-1, -1)), Err(StockError::Negative { bucket: "reserved", .. })));
    let ledger = [entry(Cause::Corrected, one(-1, 0)), entry(Cause::Freed, one(0, -1))];
    assert_eq!(sum(&full, &ledger).unwrap_err().0, 1, "the entry that cannot be true is named");
}

#[test]
fn a_booked_movement_takes_only_what_is_free_and_a_fact_is_booked_as_it_is() {
    let stock = Buckets { on_hand: 10, reserved: 4, ..Buckets::default() };
    let keep = |units| Movement { earmarks: [(channel(1), units)].into(), ..Movement::default() };
    let block = |on_hand, units| Movement {
        on_hand,
        blocked: [(BlockReason::Quarantine, units)].into(),
        ..Movement::default()
    };
    let kept = stock.book(&keep(6)).unwrap();
    assert_eq!(kept.book(&keep(1)), Err(StockError::NotFree { wanted: 1, free: 0 }));
    assert_eq!(kept.book(&keep(-6)), Ok(stock.clone()), "what is kept no longer is free again");
    assert_eq!(stock.book(&block(0, 10)).unwrap().available(), 0, "that they were promised does not save them");
    assert!(matches!(stock.book(&block(0, 11)), Err(StockError::Negative { bucket: "not blocked", .. })));
    assert_eq!(stock.book(&block(3, 3)).unwrap().available(), 6, "goods that arrive in quarantine are not for sale");
    let promise = Movement { reserved: 1, ..Movement::default() };
    assert!(matches!(kept.book(&promise), Err(StockError::NotFree { .. })), "all that is left is kept for a channel");
    let fewer = kept.book(&Movement { on_hand: -9, ..Movement::default() }).unwrap();
    assert_eq!((fewer.on_hand, fewer.over_promised()), (1, 3), "a count is a fact");
}

#[test]
fn a_source_that_does_not_number_its_reports_is_judged_by_their_time() {
    let at = Timestamp::from_micros;
    let stock = Buckets { on_hand: 5, sequence: 7, observed_at: at(70), ..Buckets::default() };
    let (after, _) = stock.report(9, 0, at(71)).unwrap().unwrap();
    assert_eq!((after.on_hand, after.sequence), (9, 7));
    assert!(matches!(stock.report(9, 0, at(69)), Err(StockError::Outdated { .. })));
}
