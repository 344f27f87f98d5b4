//! What is computed from facts and never stored: progress, "held", lateness by whose hands it was in, and whether the shop
//! knows.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::attention::AttentionItem;
use crate::fulfillment::FulfillmentOrder;
use crate::order::Order;
use crate::time::Timestamp;
use crate::units::{Imbalance, LineAccount, account};
use crate::write_back::{WriteBack, WriteBackState};

/// How much of what is wanted has left. Cancelled units are not wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing.
    None,
    /// Some of it.
    Partial,
    /// All of it.
    Full,
}

/// Whether the shop knows what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sync {
    /// It knows, or need not.
    Ok,
    /// It will be told.
    Pending,
    /// It refused to hear; a person decides.
    Failed,
}

/// In whose hands the units are that have not left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Hands {
    /// Nobody's: they wait for stock.
    Stock,
    /// Ours: being checked, planned, edited or held.
    Us,
    /// A warehouse's.
    Warehouse,
}

/// A stretch of time an order spent in somebody's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stretch {
    /// Whose.
    pub hands: Hands,
    /// From.
    pub from: Timestamp,
    /// Until; `None` means still.
    pub until: Option<Timestamp>,
}

/// Hours late, whole ones, by whose hands the order was in after its time. The minutes are kept apart so that the three add
/// up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Late {
    /// Minutes in which it waited for stock.
    pub stock_minutes: u64,
    /// Minutes in which it was ours.
    pub us_minutes: u64,
    /// Minutes in which a warehouse had it.
    pub warehouse_minutes: u64,
}

impl Late {
    /// Whole hours in all.
    #[must_use]
    pub const fn hours(&self) -> u64 {
        (self.stock_minutes + self.us_minutes + self.warehouse_minutes) / 60
    }
}

/// What is computed about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rollup {
    /// How much has left.
    pub progress: Progress,
    /// Units that left.
    pub shipped: u64,
    /// Units that were cancelled.
    pub cancelled: u64,
    /// Units that are still to leave.
    pub open: u64,
    /// Whether a hold stops it.
    pub held: bool,
    /// Whether the shop knows.
    pub sync: Sync,
    /// In whose hands it is; `None` when nothing is left to leave. A warehouse before us, us before stock.
    pub hands: Option<Hands>,
    /// What a person must decide.
    pub attention: Vec<AttentionItem>,
}

/// How much has left, by the units of goods.
#[must_use]
pub fn progress(accounts: &[LineAccount]) -> Progress {
    let shipped = accounts.iter().any(|line| line.shipped > 0);
    let open = accounts.iter().any(|line| line.unplanned > 0 || line.backordered > 0 || line.in_fulfillment > 0);
    match (shipped, open) {
        (false, _) => Progress::None,
        (true, true) => Progress::Partial,
        (true, false) => Progress::Full,
    }
}

/// Whether the shop knows: one refusal outweighs everything, one open duty outweighs what is done.
#[must_use]
pub fn sync(write_backs: &[WriteBack]) -> Sync {
    if write_backs.iter().any(|duty| duty.state == WriteBackState::Failed) {
        Sync::Failed
    } else if write_backs.iter().all(|duty| duty.state.is_settled()) {
        Sync::Ok
    } else {
        Sync::Pending
    }
}

/// In whose hands the units are that have not left.
#[must_use]
pub fn hands(accounts: &[LineAccount], parts: &[FulfillmentOrder]) -> Option<Hands> {
    let there = parts.iter().any(|part| !part.state.is_ours() && !part.state.is_final());
    let ours = parts.iter().any(|part| part.state.is_ours());
    let waiting = accounts.iter().any(|line| line.backordered > 0);
    let unplanned = accounts.iter().any(|line| line.unplanned > 0);
    if there {
        Some(Hands::Warehouse)
    } else if ours || unplanned {
        Some(Hands::Us)
    } else {
        waiting.then_some(Hands::Stock)
    }
}

/// Everything that is computed about an order at `now`.
///
/// # Errors
/// [`Imbalance`] when order and parts contradict each other.
pub fn rollup(
    order: &Order,
    parts: &[FulfillmentOrder],
    write_backs: &[WriteBack],
    now: Timestamp,
) -> Result<Rollup, Imbalance> {
    let accounts = account(order, parts)?;
    let sum = |of: fn(&LineAccount) -> u64| accounts.iter().map(of).sum();
    let shown = order.problems.iter().chain(parts.iter().filter_map(|part| part.problem.as_ref()));
    let mut attention: Vec<AttentionItem> = Vec::new();
    for problem in shown {
        let item = AttentionItem::of_problem(problem, &order.id, order.updated_at);
        attention.extend(
            item.filter(|item| !attention.iter().any(|known| known.code == item.code && known.what == item.what)),
        );
    }
    Ok(Rollup {
        progress: progress(&accounts),
        shipped: sum(|line| u64::from(line.shipped)),
        cancelled: sum(|line| u64::from(line.cancelled)),
        open: sum(|line| u64::from(line.unplanned) + u64::from(line.backordered) + u64::from(line.in_fulfillment)),
        held: order.holds.iter().any(|hold| hold.is_active(now)),
        sync: sync(write_backs),
        hands: hands(&accounts, parts),
        attention,
    })
}

/// How late it is or was, by whose hands it was in after `due`. Time before `due` is nobody's fault. Where two stretches
/// overlap, both count only once: the later-named of `stretches` gives way.
#[must_use]
pub fn late(due: Timestamp, stretches: &[Stretch], now: Timestamp) -> Late {
    let mut late = Late::default();
    let mut counted_until = due;
    let mut ordered: Vec<&Stretch> = stretches.iter().collect();
    ordered.sort_by_key(|stretch| stretch.from);
    for stretch in ordered {
        let from = stretch.from.max(counted_until);
        let until = stretch.until.unwrap_or(now).min(now);
        let minutes = until.since(from).as_secs() / Duration::from_secs(60).as_secs();
        match stretch.hands {
            Hands::Stock => late.stock_minutes += minutes,
            Hands::Us => late.us_minutes += minutes,
            Hands::Warehouse => late.warehouse_minutes += minutes,
        }
        counted_until = counted_until.max(until);
    }
    late
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ConnectionId, LineId, OrderId, ShipmentId, WriteBackId};

    const DUE: Timestamp = Timestamp::from_micros(1_795_348_800_000_000);

    fn hour(number: u32) -> Timestamp {
        DUE + Duration::from_secs(3_600) * number
    }

    #[test]
    fn lateness_is_split_by_whose_hands_it_was_in_after_its_time() {
        let before = DUE - Duration::from_secs(7_200);
        let stretches = [
            Stretch { hands: Hands::Us, from: before, until: Some(hour(1)) },
            Stretch { hands: Hands::Stock, from: hour(1), until: Some(hour(4)) },
            Stretch { hands: Hands::Warehouse, from: hour(4), until: None },
        ];
        let late_now = late(DUE, &stretches, hour(9));
        assert_eq!((late_now.us_minutes, late_now.stock_minutes, late_now.warehouse_minutes), (60, 180, 300));
        assert_eq!(late_now.hours(), 9, "the three add up to the whole");
        assert_eq!(late(DUE, &stretches, before), Late::default(), "nothing is late before its time");
    }

    #[test]
    fn an_hour_that_two_had_counts_once() {
        let stretches = [
            Stretch { hands: Hands::Warehouse, from: DUE, until: Some(hour(2)) },
            Stretch { hands: Hands::Stock, from: hour(1), until: Some(hour(3)) },
        ];
        assert_eq!(late(DUE, &stretches, hour(3)).hours(), 3);
    }

    fn duty(state: WriteBackState) -> WriteBack {
        WriteBack {
            id: WriteBackId::new(DUE, [0; 10]),
            order: OrderId::new(DUE, [0; 10]),
            shop: ConnectionId::new(DUE, [0; 10]),
            shipment: ShipmentId::new(DUE, [0; 10]),
            revision: 1,
            state,
            attempts: 0,
            due_at: DUE,
            last_error: None,
            remote_id: None,
        }
    }

    #[test]
    fn a_refusal_by_the_shop_outweighs_what_it_knows() {
        use WriteBackState as S;
        assert_eq!(sync(&[]), Sync::Ok);
        assert_eq!(sync(&[duty(S::Confirmed), duty(S::Waived)]), Sync::Ok);
        assert_eq!(sync(&[duty(S::Confirmed), duty(S::Due)]), Sync::Pending);
        assert_eq!(sync(&[duty(S::InDoubt), duty(S::Failed)]), Sync::Failed);
    }

    #[test]
    fn what_shipped_before_a_cancel_stays_in_the_headline() {
        let line = |shipped, cancelled, in_fulfillment| LineAccount {
            line: LineId::new(DUE, [0; 10]),
            ordered: shipped + cancelled + in_fulfillment,
            cancelled,
            billed: 0,
            unplanned: 0,
            backordered: 0,
            in_fulfillment,
            shipped,
        };
        assert_eq!(progress(&[line(2, 1, 0)]), Progress::Full, "two shipped and one cancelled: nothing is open");
        assert_eq!(progress(&[line(2, 0, 1)]), Progress::Partial);
        assert_eq!(progress(&[line(0, 3, 0)]), Progress::None);
    }
}
