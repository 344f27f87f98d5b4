//! Lots: units of one article that were made together, with one expiry. First to expire leaves first.
//!
//! [`ShelfLife::admits`] is the only rule about expiry. The allocator here, the pick list and the scanner all ask it, so a
//! lot that was planned is never refused at the table, and one that is refused was never planned.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::quantity::Quantity;
use crate::time::Timestamp;

/// Units of one lot that may be promised in one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Lot {
    /// Its code, as printed.
    pub code: String,
    /// When it expires; `None` never.
    pub expires_at: Option<Timestamp>,
    /// Units that may be promised.
    pub available: Quantity,
}

/// How long goods have to last after they arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShelfLife {
    /// When they arrive.
    pub delivered_at: Timestamp,
    /// How long they have to last from then on; zero means that they may not have expired.
    pub at_least: Duration,
}

impl ShelfLife {
    /// Whether a lot may be sent: it expires no earlier than the demanded time after delivery.
    #[must_use]
    pub fn admits(&self, expires_at: Option<Timestamp>) -> bool {
        expires_at.is_none_or(|expiry| expiry >= self.delivered_at + self.at_least)
    }
}

/// What is wanted of lots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand<'a> {
    /// Units.
    pub units: Quantity,
    /// The one rule about expiry.
    pub shelf_life: ShelfLife,
    /// Whether all units have to be of one lot.
    pub single_lot: bool,
    /// The lot that was asked for; `None` means any.
    pub requested: Option<&'a str>,
}

/// Units of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LotUnits {
    /// Its code.
    pub lot: String,
    /// Units, at least 1.
    pub units: Quantity,
}

/// Why the units are not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LotError {
    /// The lots that last long enough have fewer.
    #[error("{wanted} wanted, {there} there that last long enough ({too_old} more do not)")]
    Short {
        /// Units wanted.
        wanted: Quantity,
        /// Units there.
        there: u64,
        /// Units of lots that expire too soon.
        too_old: u64,
    },
    /// No single lot has them all.
    #[error("{wanted} of one lot wanted, the largest that lasts long enough has {largest}")]
    NoSingleLot {
        /// Units wanted.
        wanted: Quantity,
        /// Units of the largest.
        largest: Quantity,
    },
}

/// Takes units from lots, the first to expire first; equal dates by code, and what never expires last. All or nothing: a
/// lot is never asked for more than it has.
///
/// # Errors
/// [`LotError`] with the numbers.
pub fn allocate(lots: &[Lot], demand: &Demand<'_>) -> Result<Vec<LotUnits>, LotError> {
    let meant = |lot: &&Lot| demand.requested.is_none_or(|code| lot.code == code);
    let mut fit: Vec<&Lot> = lots.iter().filter(meant).filter(|lot| demand.shelf_life.admits(lot.expires_at)).collect();
    fit.sort_by(|a, b| {
        let key = |lot: &Lot| (lot.expires_at.is_none(), lot.expires_at);
        key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code))
    });
    if demand.units == 0 {
        return Ok(Vec::new());
    }
    if demand.single_lot {
        let enough = fit.iter().find(|lot| lot.available >= demand.units);
        let largest = fit.iter().map(|lot| lot.available).max().unwrap_or(0);
        return enough
            .map(|lot| vec![LotUnits { lot: lot.code.clone(), units: demand.units }])
            .ok_or(LotError::NoSingleLot { wanted: demand.units, largest });
    }
    let mut taken = Vec::new();
    let mut left = demand.units;
    for lot in &fit {
        let units = left.min(lot.available);
        if units > 0 {
            taken.push(LotUnits { lot: lot.code.clone(), units });
            left -= units;
        }
    }
    if left == 0 {
        return Ok(taken);
    }
    let sum = |lots: &mut dyn Iterator<Item = &Lot>| lots.map(|lot| u64::from(lot.available)).sum::<u64>();
    let there = u64::from(demand.units - left);
    let too_old = sum(&mut lots.iter().filter(meant).filter(|lot| !demand.shelf_life.admits(lot.expires_at)));
    Err(LotError::Short { wanted: demand.units, there, too_old })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Duration = Duration::from_secs(86_400);
    const NOW: Timestamp = Timestamp::from_micros(1_795_348_800_000_000);

    fn lot(code: &str, days: Option<u32>, available: Quantity) -> Lot {
        Lot { code: code.into(), expires_at: days.map(|days| NOW + DAY * days), available }
    }

    fn demand(units: Quantity) -> Demand<'static> {
        let shelf_life = ShelfLife { delivered_at: NOW, at_least: Duration::ZERO };
        Demand { units, shelf_life, single_lot: false, requested: None }
    }

    fn taken(lots: &[Lot], demand: &Demand<'_>) -> Vec<(String, Quantity)> {
        allocate(lots, demand).unwrap().into_iter().map(|taken| (taken.lot, taken.units)).collect()
    }

    /// ERPNext issue 58640: a row of 5 over lots of 2 and 3 was given one lot, which went negative at submit.
    #[test]
    fn a_row_of_five_over_lots_of_two_and_three_takes_two_and_three() {
        let lots = [lot("B", Some(20), 3), lot("A", Some(10), 2)];
        assert_eq!(taken(&lots, &demand(5)), [("A".into(), 2), ("B".into(), 3)]);
    }

    #[test]
    fn first_to_expire_leaves_first_and_what_never_expires_last() {
        let lots = [lot("Z", None, 9), lot("Y", Some(3), 1), lot("X", Some(3), 1), lot("W", Some(1), 1)];
        assert_eq!(taken(&lots, &demand(4)), [("W".into(), 1), ("X".into(), 1), ("Y".into(), 1), ("Z".into(), 1)]);
    }

    #[test]
    fn a_lot_that_expires_too_soon_after_delivery_is_left_out_and_counted() {
        let lots = [lot("A", Some(10), 4), lot("B", Some(40), 2)];
        let life = ShelfLife { delivered_at: NOW + DAY * 3, at_least: DAY * 30 };
        let wish = Demand { shelf_life: life, ..demand(3) };
        assert_eq!(allocate(&lots, &wish), Err(LotError::Short { wanted: 3, there: 2, too_old: 4 }));
        assert!(life.admits(Some(NOW + DAY * 33)), "the last admitted instant is admitted");
        assert!(!life.admits(Some(NOW + DAY * 33 - Duration::from_micros(1))));
    }

    #[test]
    fn one_lot_or_the_lot_asked_for() {
        let lots = [lot("A", Some(10), 2), lot("B", Some(20), 5)];
        let single = Demand { single_lot: true, ..demand(3) };
        assert_eq!(taken(&lots, &single), [("B".into(), 3)], "the first to expire of those that have enough");
        let most = Demand { single_lot: true, ..demand(6) };
        assert_eq!(allocate(&lots, &most), Err(LotError::NoSingleLot { wanted: 6, largest: 5 }));
        let requested = Demand { requested: Some("B"), ..demand(2) };
        assert_eq!(taken(&lots, &requested), [("B".into(), 2)], "although A expires first");
    }

    proptest! {
        #[test]
        fn no_lot_gives_more_than_it_has_and_no_earlier_one_is_passed_over(
            stock in proptest::collection::vec((proptest::option::of(0..40_u32), 0..6_u32), 0..6),
            units in 0..12_u32,
            minimum in 0..30_u32,
        ) {
            let lots: Vec<Lot> =
                stock.iter().enumerate().map(|(number, (days, units))| lot(&number.to_string(), *days, *units)).collect();
            let life = ShelfLife { delivered_at: NOW, at_least: DAY * minimum };
            let wish = Demand { shelf_life: life, ..demand(units) };
            let there: u32 = lots.iter().filter(|lot| life.admits(lot.expires_at)).map(|lot| lot.available).sum();
            match allocate(&lots, &wish) {
                Err(_) => prop_assert!(there < units),
                Ok(taken) => {
                    prop_assert_eq!(taken.iter().map(|taken| taken.units).sum::<u32>(), units);
                    let of = |lot: &Lot| taken.iter().filter(|taken| taken.lot == lot.code).map(|t| t.units).sum::<u32>();
                    for lot in &lots {
                        prop_assert!(of(lot) <= lot.available);
                        prop_assert!(of(lot) == 0 || life.admits(lot.expires_at), "the scanner would refuse it");
                        let later = |other: &&Lot| match (lot.expires_at, other.expires_at) {
                            (Some(first), Some(second)) => second > first,
                            (first, second) => first.is_some() && second.is_none(),
                        };
                        let passed_over = life.admits(lot.expires_at) && of(lot) < lot.available;
                        let used_later = lots.iter().filter(later).any(|other| of(other) > 0);
                        prop_assert!(!(passed_over && used_later), "{lot:?} was passed over");
                    }
                }
            }
        }
    }
}
