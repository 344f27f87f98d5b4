//! Time and randomness of a race: a turn is a millisecond, and every random byte comes from the seed.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use switchyard_core::time::Timestamp;
use switchyard_engine::clock::Clock;

/// When every race's order is received: 2026-11-22T09:30:00Z.
pub(crate) const RECEIVED: Timestamp = Timestamp::from_micros(1_795_339_800_000_000);

#[derive(Debug)]
pub(crate) struct RaceClock {
    now: AtomicI64,
    random: Mutex<ChaCha8Rng>,
}

impl RaceClock {
    pub(crate) fn new() -> Self {
        Self { now: AtomicI64::new(RECEIVED.as_micros()), random: Mutex::new(ChaCha8Rng::seed_from_u64(0)) }
    }

    /// Back to the beginning, with the random numbers of this seed.
    pub(crate) fn begin(&self, seed: u64) {
        self.now.store(RECEIVED.as_micros(), Ordering::SeqCst);
        *self.random.lock().unwrap_or_else(PoisonError::into_inner) = ChaCha8Rng::seed_from_u64(seed);
    }

    /// A turn passes.
    pub(crate) fn tick(&self) {
        self.now.fetch_add(1_000, Ordering::SeqCst);
    }

    /// A while passes in which nobody does anything.
    pub(crate) fn pass(&self, while_: Duration) {
        let micros = i64::try_from(while_.as_micros()).expect("a short while");
        self.now.fetch_add(micros, Ordering::SeqCst);
    }

    /// Nothing happens before `then`.
    pub(crate) fn wait_until(&self, then: Timestamp) {
        self.now.fetch_max(then.as_micros(), Ordering::SeqCst);
    }
}

impl Clock for RaceClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.now.load(Ordering::SeqCst))
    }

    fn random_id(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    fn random(&self) -> u64 {
        self.random.lock().unwrap_or_else(PoisonError::into_inner).next_u64()
    }
}
