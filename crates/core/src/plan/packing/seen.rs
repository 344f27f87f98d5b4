//! States of a packing that have been looked at: what can follow depends on these numbers alone, so a state that comes
//! again at no lower a price leads to nothing new.

use super::super::field::{Field, members};
use super::Packing;

/// Most numbers kept, for all states together.
const MOST_WORDS: usize = 1 << 20;

/// States after which it shows whether they come again.
const FAIR_TRIAL: u32 = 2_000;

/// What a state has cost so far: short value, late hours, handling.
pub(super) type Paid = [i64; 3];

/// A table of states. Kept from set to set for its buffers.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Numbers of a state.
    stride: usize,
    states: Vec<u64>,
    paid: Vec<Paid>,
    /// Open addressing: some bits of a state's hash and its number plus one, or 0; a power of two long.
    slots: Vec<(u32, u32)>,
    asked: u32,
    answered: u32,
}

impl Seen {
    /// Forgets everything. `stride` numbers make a state from now on.
    pub(super) fn begin(&mut self, stride: usize) {
        self.stride = stride.max(1);
        self.states.clear();
        self.paid.clear();
        self.slots.clear();
        self.slots.resize(1 << 8, (0, 0));
        (self.asked, self.answered) = (0, 0);
    }

    /// Whether states come again too seldom for this to be worth its while.
    pub(super) fn useless(&self) -> bool {
        self.asked >= FAIR_TRIAL && self.answered < self.asked / 16
    }

    /// Forgets everything; states are as long as before.
    pub(super) fn forget(&mut self) {
        self.begin(self.stride);
    }

    /// Notes a state. True when it has been there before and had cost no more in any respect.
    pub(super) fn again(&mut self, state: &[u64], paid: Paid) -> bool {
        self.asked += 1;
        let mask = self.slots.len() - 1;
        let (mut slot, tag) = hash(state);
        slot &= mask;
        while let Some(number) = (self.slots[slot].1 as usize).checked_sub(1) {
            if self.slots[slot].0 == tag && self.states[number * self.stride..(number + 1) * self.stride] == *state {
                let before = &mut self.paid[number];
                if before.iter().zip(&paid).all(|(before, now)| before <= now) {
                    self.answered += 1;
                    return true;
                }
                if before.iter().zip(&paid).all(|(before, now)| before >= now) {
                    *before = paid;
                }
                return false;
            }
            slot = (slot + 1) & mask;
        }
        if self.states.len() + self.stride <= MOST_WORDS {
            self.states.extend_from_slice(state);
            self.paid.push(paid);
            self.slots[slot] = (tag, u32::try_from(self.paid.len()).unwrap_or(0));
            if self.paid.len() * 2 > self.slots.len() {
                self.widen();
            }
        }
        false
    }

    fn widen(&mut self) {
        let width = self.slots.len() * 4;
        self.slots.clear();
        self.slots.resize(width, (0, 0));
        for (number, state) in self.states.chunks_exact(self.stride).enumerate() {
            let (mut slot, tag) = hash(state);
            slot &= width - 1;
            while self.slots[slot].1 != 0 {
                slot = (slot + 1) & (width - 1);
            }
            self.slots[slot] = (tag, u32::try_from(number + 1).unwrap_or(0));
        }
    }
}

impl Packing {
    /// Writes down all that what follows depends on, from a loose line on.
    pub(super) fn write_state(&mut self, field: &Field<'_>, index: usize) {
        let state = &mut self.state;
        state.clear();
        state.push(u64::try_from(index).unwrap_or(u64::MAX));
        state.push(self.unused);
        let by_value = field.problem.min_part_value > 0;
        for place in members(self.chosen) {
            state.push(if field.places[place].prices.is_free() { 0 } else { self.weight[place] });
            if by_value {
                state.push(self.value[place].unsigned_abs());
            }
            if self.tied {
                let skus = field.problem.skus;
                state.push(self.room[place]);
                state.extend_from_slice(&self.stock[place * skus..(place + 1) * skus]);
            }
        }
        state.extend(self.sources.iter().map(|source| source.map_or(u64::MAX, |place| place as u64)));
    }

    /// Whether this state has been looked at, at no higher a price.
    pub(super) fn been_here(&mut self, field: &Field<'_>, index: usize) -> bool {
        let Some(mut seen) = self.seen.take() else { return false };
        self.write_state(field, index);
        let again = seen.again(&self.state, [self.short, self.late, self.handling]);
        self.seen = Some(seen).filter(|seen| !seen.useless());
        again
    }
}

/// Spreads states over the slots, and a tag to tell them apart; how well does not matter for what is found.
#[expect(clippy::cast_possible_truncation, reason = "only some bits count")]
fn hash(state: &[u64]) -> (usize, u32) {
    let mixed = state.iter().fold(0_u64, |sum, part| (sum.rotate_left(5) ^ part).wrapping_mul(0x517C_C1B7_2722_0A95));
    ((mixed ^ mixed >> 32) as usize, (mixed >> 29) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_at_no_lower_a_price_has_been_there() {
        let mut seen = Seen::default();
        seen.begin(2);
        assert!(!seen.again(&[1, 2], [5, 5, 5]));
        assert!(seen.again(&[1, 2], [5, 6, 5]), "dearer");
        assert!(!seen.again(&[1, 2], [5, 6, 4]), "cheaper in one respect");
        assert!(!seen.again(&[1, 2], [4, 5, 5]), "cheaper");
        assert!(seen.again(&[1, 2], [5, 5, 5]), "the cheaper one is what counts from then on");
        assert!(!seen.again(&[2, 1], [5, 5, 5]), "another state");
        seen.begin(1);
        assert!(!seen.again(&[1], [9, 9, 9]), "forgotten");
    }

    #[test]
    fn many_states_are_told_apart() {
        let mut seen = Seen::default();
        seen.begin(2);
        let states = || (0..5000_u64).map(|number| [number % 71, number]);
        assert!(states().all(|state| !seen.again(&state, [0, 0, 0])));
        assert!(states().all(|state| seen.again(&state, [0, 0, 0])));
    }
}
