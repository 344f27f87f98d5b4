//! Random movements of several channels, against both stores: nothing is sold twice, nothing out of what is kept for
//! another.

use proptest::prelude::*;
use switchyard_core::quantity::Sku;
use switchyard_core::stock::bucket::{BlockReason, Buckets, Movement};
use switchyard_core::stock::ledger::Cause;
use switchyard_store::contract::{Store, Write};
use switchyard_store::{Error, Model};

use crate::fixture::{Backend, connection_id, left, moved, open, report, reserve_for, writes};

const CHANNELS: std::ops::Range<u32> = 1..4;

#[derive(Debug, Clone)]
enum Wish {
    Reserve { channel: u32, units: i64 },
    Free(i64),
    Keep { channel: u32, units: i64 },
    Block(i64),
    Arrive(i64),
    Leave { units: u32, reserved: u32 },
    Count(u32),
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        6 => (CHANNELS, 1_i64..9).prop_map(|(channel, units)| Wish::Reserve { channel, units }),
        2 => (1_i64..6).prop_map(Wish::Free),
        3 => (CHANNELS, -6_i64..9).prop_map(|(channel, units)| Wish::Keep { channel, units }),
        2 => (-4_i64..6).prop_map(Wish::Block),
        1 => (1_i64..9).prop_map(Wish::Arrive),
        2 => (0_u32..6, 0_u32..6).prop_map(|(units, reserved)| Wish::Leave { units, reserved }),
        1 => (0_u32..30).prop_map(Wish::Count),
    ]
}

fn write(wish: &Wish, now: i64) -> Write {
    let nothing = Movement::default();
    match wish {
        Wish::Reserve { channel, units } => reserve_for(1, "S", *units, *channel),
        Wish::Free(units) => reserve_for(1, "S", -units, 1),
        Wish::Keep { channel, units } => {
            let movement = Movement { earmarks: [(connection_id(*channel), *units)].into(), ..nothing };
            moved(1, "S", Cause::Earmarked, movement, now)
        }
        Wish::Block(units) => {
            let movement = Movement { blocked: [(BlockReason::Damaged, *units)].into(), ..nothing };
            moved(1, "S", Cause::Blocked, movement, now)
        }
        Wish::Arrive(units) => moved(1, "S", Cause::Received, Movement { on_hand: *units, ..nothing }, now),
        Wish::Leave { units, reserved } => left(1, "S", *units, *reserved, now),
        Wish::Count(units) => report(1, "S", *units, now),
    }
}

async fn buckets(store: &dyn Store) -> Buckets {
    store.stock_of(&[Sku::new("S")]).await.expect("readable").remove(0).buckets
}

/// What a wish may do, judged by what was there before it and by nothing of the store's.
fn judge(wish: &Wish, before: &Buckets, after: &Buckets, refused: bool) -> Result<(), TestCaseError> {
    let promised = |level: &Buckets| u64::from(level.reserved) + level.blocked_units();
    let kept = |level: &Buckets, channel: u32| level.earmarks.get(&connection_id(channel)).copied().unwrap_or(0);
    if refused {
        prop_assert_eq!(before, after, "what is refused changes nothing");
    }
    if let Wish::Reserve { channel, units } = wish {
        let others: u64 = CHANNELS.filter(|other| other != channel).map(|other| u64::from(kept(before, other))).sum();
        let free = u64::from(before.on_hand).saturating_sub(promised(before)).saturating_sub(others);
        prop_assert_eq!(refused, units.unsigned_abs() > free, "{} free of {:?}", free, before);
        prop_assert!(refused || promised(after) <= u64::from(after.on_hand), "oversold: {after:?}");
        for other in CHANNELS.filter(|other| other != channel) {
            prop_assert_eq!(kept(before, other), kept(after, other), "sold out of another's");
        }
    }
    if let Wish::Keep { units: 1.., .. } = wish {
        let all: u64 = CHANNELS.map(|channel| u64::from(kept(after, channel))).sum();
        prop_assert!(refused || promised(after) + all <= u64::from(after.on_hand), "kept what is not there: {after:?}");
    }
    Ok(())
}

async fn run(store: &dyn Store, wishes: &[Wish]) -> Result<(), TestCaseError> {
    store.commit(writes(vec![report(1, "S", 20, 0)])).await.expect("kept");
    for (now, wish) in (1_i64..).zip(wishes) {
        let before = buckets(store).await;
        let refused = match store.commit(writes(vec![write(wish, now)])).await {
            Ok(_) => false,
            Err(Error::Stock { .. } | Error::Conflict(_)) => true,
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        judge(wish, &before, &buckets(store).await, refused)?;
    }
    prop_assert_eq!(store.verify_stock().await, Ok(Vec::new()), "the ledger adds up");
    Ok(())
}

fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn checked(store: impl Future<Output = Result<(), TestCaseError>>) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("a runtime").block_on(store)
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_channel_sells_what_is_not_there_or_is_kept_for_another(wishes in prop::collection::vec(wish(), 1..40)) {
        checked(run(Model::new().as_ref(), &wishes))?;
    }
}

proptest! {
    // Every wish is a commit that waits for the disk.
    #![proptest_config(cases(12))]

    #[test]
    fn nor_does_it_in_the_file(wishes in prop::collection::vec(wish(), 1..40)) {
        checked(async { run(open(Backend::Sqlite).await.store.as_ref(), &wishes).await })?;
    }
}
