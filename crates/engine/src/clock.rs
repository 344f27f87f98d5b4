//! Time and randomness, passed in so that flows can be replayed and tests can move them.

use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use rand::RngCore;
use switchyard_core::time::Timestamp;

/// Where the engine gets the time and its random numbers from.
pub trait Clock: Send + Sync + Debug {
    /// The current instant.
    fn now(&self) -> Timestamp;
    /// Ten random bytes for an id.
    fn random_id(&self) -> [u8; 10];
    /// Sixty-four random bits, for jitter.
    fn random(&self) -> u64;
}

/// The machine's clock and random source.
#[derive(Debug, Default)]
pub struct SystemClock {
    last: AtomicI64,
}

impl Clock for SystemClock {
    /// Never goes backwards within the process, whatever the machine's clock does.
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let micros = i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX);
        let seen = self.last.fetch_max(micros, Ordering::Relaxed);
        Timestamp::from_micros(micros.max(seen))
    }

    fn random_id(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }

    fn random(&self) -> u64 {
        rand::rng().next_u64()
    }
}
