//! Buckets: where the units of one article in one warehouse are, and what may be promised from them.
//!
//! `available = on hand - reserved - blocked - safety`, and what a channel may sell is that less what is kept for the
//! others. Wishes (reserving, blocking) are refused when the units are not there. Facts (counts, departures, arrivals) are
//! not: they may show that more was promised than there is, which [`Buckets::over_promised`] says. All arithmetic is
//! checked; a movement that cannot be true is refused as a whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::code::{Code, Problem};
use crate::id::ConnectionId;
use crate::quantity::Quantity;
use crate::time::Timestamp;

/// Why units on hand may not be promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BlockReason {
    /// Set aside to be looked at.
    Quarantine,
    /// Broken.
    Damaged,
    /// Past its date, or too close to it.
    Expired,
    /// Being counted.
    Counting,
    /// Kept for somebody by hand.
    Kept,
    /// Anything else; the ledger entry's document says what.
    Other,
}

/// A movement that cannot be true, or a report that is too late.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StockError {
    /// More was to be reserved than may be.
    #[error("{wanted} units cannot be reserved: {free} are free")]
    NotFree {
        /// Units wanted.
        wanted: Quantity,
        /// Units free for that channel.
        free: Quantity,
    },
    /// A bucket would hold less than nothing.
    #[error("{bucket} holds {there}, {taken} cannot be taken from it")]
    Negative {
        /// Which bucket.
        bucket: &'static str,
        /// Units there.
        there: Quantity,
        /// Units to take.
        taken: u64,
    },
    /// A bucket would hold more than can be counted.
    #[error("{bucket} would hold more than can be counted")]
    Overflow {
        /// Which bucket.
        bucket: &'static str,
    },
    /// A report that is older than what is known.
    #[error("report {reported} is older than report {known}, which is booked")]
    Stale {
        /// Its number.
        reported: u64,
        /// The number of what is booked.
        known: u64,
    },
    /// A report from before something that is booked.
    #[error("the report was made at {observed_at}, and something later is booked already ({known})")]
    Outdated {
        /// When it was made.
        observed_at: Timestamp,
        /// When the later thing was.
        known: Timestamp,
    },
    /// Another report under a number that is booked already.
    #[error("report {0} is booked already and said something else")]
    Contradiction(u64),
}

impl StockError {
    /// The error for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let (code, next_step) = match self {
            Self::NotFree { .. } => (Code::OutOfStock, "Plan it again; other orders have the units."),
            _ => (Code::StockImpossible, "Compare the level with the warehouse's list and book the difference."),
        };
        Problem::new(code, "The stock movement was refused", self.to_string(), next_step)
    }
}

/// Units of one article, or one lot of it, in one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StockBuckets))]
pub struct Buckets {
    /// Units on the shelf.
    pub on_hand: Quantity,
    /// Units of those promised to fulfillment orders.
    pub reserved: Quantity,
    /// Units of those that may not be promised, by reason; no zeros.
    #[serde(default)]
    pub blocked: BTreeMap<BlockReason, Quantity>,
    /// Units announced and not here yet; never part of what is available.
    #[serde(default)]
    pub incoming: Quantity,
    /// Units never promised.
    #[serde(default)]
    pub safety: Quantity,
    /// Units kept for a channel, and for nobody else; no zeros.
    #[serde(default)]
    pub earmarks: BTreeMap<ConnectionId, Quantity>,
    /// Number of the last report taken, by its source; 0 before the first.
    #[serde(default)]
    pub sequence: u64,
    /// Nothing observed earlier is believed: when the last report was made, or the last departure booked. A report from
    /// before a departure still counts the units that left.
    #[serde(default)]
    pub observed_at: Timestamp,
}

/// Changes of the buckets by one ledger entry. Positive is more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StockMovement))]
pub struct Movement {
    /// Units on the shelf.
    #[serde(default)]
    pub on_hand: i64,
    /// Units promised.
    #[serde(default)]
    pub reserved: i64,
    /// Units blocked, by reason.
    #[serde(default)]
    pub blocked: BTreeMap<BlockReason, i64>,
    /// Units announced.
    #[serde(default)]
    pub incoming: i64,
    /// Units kept for channels.
    #[serde(default)]
    pub earmarks: BTreeMap<ConnectionId, i64>,
}

fn moved(bucket: &'static str, there: Quantity, delta: i64) -> Result<Quantity, StockError> {
    let sum = i64::from(there).checked_add(delta).ok_or(StockError::Overflow { bucket })?;
    if sum < 0 {
        return Err(StockError::Negative { bucket, there, taken: delta.unsigned_abs() });
    }
    Quantity::try_from(sum).map_err(|_| StockError::Overflow { bucket })
}

fn moved_in<K: Ord + Clone>(
    bucket: &'static str,
    there: &BTreeMap<K, Quantity>,
    deltas: &BTreeMap<K, i64>,
) -> Result<BTreeMap<K, Quantity>, StockError> {
    let mut after = there.clone();
    for (key, delta) in deltas {
        let sum = moved(bucket, after.get(key).copied().unwrap_or(0), *delta)?;
        if sum == 0 {
            after.remove(key);
        } else {
            after.insert(key.clone(), sum);
        }
    }
    Ok(after)
}

impl Movement {
    /// Whether it moves nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        (self.on_hand, self.reserved, self.incoming) == (0, 0, 0)
            && self.blocked.values().chain(self.earmarks.values()).all(|delta| *delta == 0)
    }
}

impl Buckets {
    /// Units blocked for any reason.
    #[must_use]
    pub fn blocked_units(&self) -> u64 {
        self.blocked.values().map(|units| u64::from(*units)).sum()
    }

    fn promised(&self) -> u64 {
        u64::from(self.reserved) + self.blocked_units() + u64::from(self.safety)
    }

    /// Units that may still be promised: on hand less reserved, blocked and safety; never below zero.
    #[must_use]
    pub fn available(&self) -> Quantity {
        let left = u64::from(self.on_hand).saturating_sub(self.promised());
        Quantity::try_from(left).unwrap_or(Quantity::MAX)
    }

    /// Units that were promised and are not there: reserved and blocked beyond what is on hand.
    #[must_use]
    pub fn over_promised(&self) -> u64 {
        (u64::from(self.reserved) + self.blocked_units()).saturating_sub(u64::from(self.on_hand))
    }

    /// Units a channel may sell: what is available less what is kept for the others. `None` is a channel for which
    /// nothing is kept.
    #[must_use]
    pub fn sellable(&self, channel: Option<&ConnectionId>) -> Quantity {
        let others: u64 =
            self.earmarks.iter().filter(|(other, _)| Some(*other) != channel).map(|(_, units)| u64::from(*units)).sum();
        Quantity::try_from(u64::from(self.available()).saturating_sub(others)).unwrap_or(0)
    }

    /// The buckets after a movement.
    ///
    /// # Errors
    /// [`StockError::Negative`] and [`StockError::Overflow`] name the bucket; nothing is applied in part.
    pub fn after(&self, movement: &Movement) -> Result<Self, StockError> {
        Ok(Self {
            on_hand: moved("on hand", self.on_hand, movement.on_hand)?,
            reserved: moved("reserved", self.reserved, movement.reserved)?,
            blocked: moved_in("blocked", &self.blocked, &movement.blocked)?,
            incoming: moved("incoming", self.incoming, movement.incoming)?,
            earmarks: moved_in("earmarked", &self.earmarks, &movement.earmarks)?,
            ..self.clone()
        })
    }

    /// The buckets after a movement somebody books with a cause of their own. What it asks of the units there is a wish
    /// and is refused when they are not there: units set aside have to be on the shelf, units kept for a channel or promised
    /// have to be free. What it says about units on the shelf or announced is a fact.
    ///
    /// # Errors
    /// [`StockError::NotFree`] for promises and earmarks beyond what is free, [`StockError::Negative`] for units that are
    /// not there, [`StockError::Overflow`]; nothing is applied in part.
    pub fn book(&self, movement: &Movement) -> Result<Self, StockError> {
        let after = self.after(movement)?;
        let more = |deltas: &mut dyn Iterator<Item = i64>| -> Quantity {
            let units: i64 = deltas.filter(|delta| *delta > 0).fold(0, i64::saturating_add);
            Quantity::try_from(units).unwrap_or(Quantity::MAX)
        };
        let blocked = more(&mut movement.blocked.values().copied());
        if blocked > 0 && after.blocked_units() > u64::from(after.on_hand) {
            let there = u64::from(after.on_hand).saturating_sub(self.blocked_units());
            let there = Quantity::try_from(there).unwrap_or(Quantity::MAX);
            return Err(StockError::Negative { bucket: "not blocked", there, taken: u64::from(blocked) });
        }
        let wanted = more(&mut movement.earmarks.values().copied().chain([movement.reserved]));
        let kept: u64 = after.earmarks.values().map(|units| u64::from(*units)).sum();
        let missing = (after.promised() + kept).saturating_sub(u64::from(after.on_hand));
        if wanted > 0 && missing > 0 {
            let free = u64::from(wanted).saturating_sub(missing);
            return Err(StockError::NotFree { wanted, free: Quantity::try_from(free).unwrap_or(0) });
        }
        Ok(after)
    }

    /// A reservation for a channel. It uses what is kept for that channel first, so the others lose nothing by it.
    ///
    /// # Errors
    /// [`StockError::NotFree`] when the channel may not sell so many: two reservations never get the same unit.
    pub fn reserve(&self, units: Quantity, channel: Option<&ConnectionId>) -> Result<Movement, StockError> {
        let free = self.sellable(channel);
        if units > free {
            return Err(StockError::NotFree { wanted: units, free });
        }
        let mut movement = Movement { reserved: i64::from(units), ..Movement::default() };
        if let Some((channel, kept)) = channel.and_then(|channel| self.earmarks.get_key_value(channel)) {
            movement.earmarks.insert(channel.clone(), -i64::from(units.min(*kept)));
        }
        Ok(movement)
    }

    /// A reservation given back to all.
    ///
    /// # Errors
    /// [`StockError::Negative`] when fewer are reserved.
    pub fn free(&self, units: Quantity) -> Result<Movement, StockError> {
        let movement = Movement { reserved: -i64::from(units), ..Movement::default() };
        self.after(&movement).map(|_| movement)
    }

    /// Units set aside. Only units that are not set aside already can be; that they were promised does not save them.
    ///
    /// # Errors
    /// [`StockError::Negative`] when fewer are there.
    pub fn block(&self, units: Quantity, reason: BlockReason) -> Result<Movement, StockError> {
        let there = u64::from(self.on_hand).saturating_sub(self.blocked_units());
        if u64::from(units) > there {
            let there = Quantity::try_from(there).unwrap_or(Quantity::MAX);
            return Err(StockError::Negative { bucket: "not blocked", there, taken: u64::from(units) });
        }
        Ok(Movement { blocked: BTreeMap::from([(reason, i64::from(units))]), ..Movement::default() })
    }

    /// Units for sale again.
    ///
    /// # Errors
    /// [`StockError::Negative`] when fewer are blocked for that reason.
    pub fn unblock(&self, units: Quantity, reason: BlockReason) -> Result<Movement, StockError> {
        let movement = Movement { blocked: BTreeMap::from([(reason, -i64::from(units))]), ..Movement::default() };
        self.after(&movement).map(|_| movement)
    }

    /// Units kept for a channel from now on.
    ///
    /// # Errors
    /// [`StockError::NotFree`] when fewer are free for it.
    pub fn earmark(&self, units: Quantity, channel: &ConnectionId) -> Result<Movement, StockError> {
        let kept = self.earmarks.get(channel).copied().unwrap_or(0);
        let free = self.sellable(Some(channel)).saturating_sub(kept);
        if units > free {
            return Err(StockError::NotFree { wanted: units, free });
        }
        Ok(Movement { earmarks: BTreeMap::from([(channel.clone(), i64::from(units))]), ..Movement::default() })
    }

    /// A departure: `units` left, `kept` of them were reserved for it. A fact, so it is never refused: what was not on
    /// the shelf by our count was there all the same, and the second movement corrects the count before.
    #[must_use]
    pub fn depart(&self, units: Quantity, kept: Quantity) -> Departed {
        let uncounted = units.saturating_sub(self.on_hand);
        Departed {
            correction: (uncounted > 0).then(|| Movement { on_hand: i64::from(uncounted), ..Movement::default() }),
            movement: Movement {
                on_hand: -i64::from(units),
                reserved: -i64::from(kept.min(units).min(self.reserved)),
                ..Movement::default()
            },
        }
    }

    /// A warehouse's count, numbered by its source from 1; 0 where the source does not number, which is then judged by its
    /// time alone. A repetition changes nothing and gives `None`.
    ///
    /// # Errors
    /// [`StockError::Stale`] and [`StockError::Outdated`] for an older report, [`StockError::Contradiction`] for another one
    /// under the same number.
    pub fn report(
        &self,
        on_hand: Quantity,
        sequence: u64,
        observed_at: Timestamp,
    ) -> Result<Option<(Self, Movement)>, StockError> {
        if sequence > 0 && sequence < self.sequence {
            return Err(StockError::Stale { reported: sequence, known: self.sequence });
        }
        if sequence == self.sequence && self.sequence > 0 {
            // What was booked since explains a difference; the report itself said this.
            return if observed_at <= self.observed_at { Ok(None) } else { Err(StockError::Contradiction(sequence)) };
        }
        if observed_at < self.observed_at {
            return Err(StockError::Outdated { observed_at, known: self.observed_at });
        }
        let movement = Movement { on_hand: i64::from(on_hand) - i64::from(self.on_hand), ..Movement::default() };
        let after = self.after(&movement)?;
        Ok(Some((Self { sequence: sequence.max(self.sequence), observed_at, ..after }, movement)))
    }
}

/// What a departure does to the buckets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departed {
    /// Booked first, when more left than was counted.
    pub correction: Option<Movement>,
    /// The departure.
    pub movement: Movement,
}
