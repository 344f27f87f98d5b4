//! Simulated time: microseconds that pass `speed` times as fast as the wall clock.
//!
//! Arrivals, picking, shipping and the vendors' rate limits run on simulated time. What the instances stamp on orders
//! and ledger lines is wall-clock time, so that a console beside them shows sensible dates at any speed.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use switchyard_core::time::Timestamp;
use tokio::sync::watch;
use tokio::time::Instant;

/// Microseconds of simulated time since the sandbox was first started; goes on after a restart.
pub type SimulatedMicros = i64;

/// One simulated second.
pub const SECOND: SimulatedMicros = 1_000_000;

#[derive(Debug, Clone, Copy)]
struct Anchor {
    simulated: SimulatedMicros,
    real: Instant,
    speed: f64,
}

/// The clock of one sandbox.
#[derive(Debug)]
pub struct Clock {
    anchor: RwLock<Anchor>,
    changes: watch::Sender<u64>,
    last_stamp: AtomicI64,
}

impl Clock {
    /// A clock that goes on from `simulated` at `speed` times real time; 0 stands still.
    #[must_use]
    pub fn new(simulated: SimulatedMicros, speed: f64) -> Self {
        Self {
            anchor: RwLock::new(Anchor { simulated, real: Instant::now(), speed }),
            changes: watch::Sender::new(0),
            last_stamp: AtomicI64::new(0),
        }
    }

    fn anchor(&self) -> Anchor {
        *self.anchor.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The simulated time now.
    #[must_use]
    pub fn simulated(&self) -> SimulatedMicros {
        let anchor = self.anchor();
        anchor.simulated.saturating_add(micros(anchor.real.elapsed().mul_f64(anchor.speed.max(0.0))))
    }

    /// How many simulated seconds pass in a real one.
    #[must_use]
    pub fn speed(&self) -> f64 {
        self.anchor().speed
    }

    /// Changes the speed from now on; sleepers are told.
    pub fn set_speed(&self, speed: f64) {
        self.set_simulated(self.simulated(), speed);
    }

    /// Goes on from `simulated` at `speed`; sleepers are told.
    pub(crate) fn set_simulated(&self, simulated: SimulatedMicros, speed: f64) {
        *self.anchor.write().unwrap_or_else(PoisonError::into_inner) =
            Anchor { simulated, real: Instant::now(), speed };
        self.changes.send_modify(|change| *change = change.wrapping_add(1));
    }

    /// The wall clock, later than every stamp given before so that update times order changes.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the sandbox's own clock; everything else asks it")]
    pub fn stamp(&self) -> Timestamp {
        let now = Timestamp::from(jiff::Timestamp::now()).as_micros();
        let last = self
            .last_stamp
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| Some(now.max(last.saturating_add(1))))
            .unwrap_or_else(|last| last);
        Timestamp::from_micros(now.max(last.saturating_add(1)))
    }

    /// Makes later stamps later than `seen`, read from a ledger.
    pub fn not_before(&self, seen: Timestamp) {
        self.last_stamp.fetch_max(seen.as_micros(), Ordering::AcqRel);
    }

    /// Resolves once the simulated time has reached `due`, whatever happens to the speed meanwhile.
    pub async fn sleep_until(&self, due: SimulatedMicros) {
        let mut changes = self.changes.subscribe();
        loop {
            let missing = due.saturating_sub(self.simulated());
            if missing <= 0 {
                return;
            }
            let speed = self.speed();
            let changed = if speed > 0.0 {
                #[expect(clippy::cast_precision_loss, reason = "a wait need not be exact to the microsecond")]
                let seconds = missing as f64 / 1_000_000.0 / speed;
                let wait = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(86_400));
                tokio::select! {
                    () = tokio::time::sleep(wait.max(Duration::from_millis(1))) => Ok(()),
                    changed = changes.changed() => changed,
                }
            } else {
                changes.changed().await
            };
            if changed.is_err() {
                return;
            }
        }
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_sleep_follows_the_speed_it_meets_on_the_way() {
        let clock = Clock::new(0, 0.0);
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(clock.simulated(), 0, "speed 0 stands still");
        clock.set_speed(60.0);
        let began = Instant::now();
        clock.sleep_until(60 * SECOND).await;
        assert!(clock.simulated() >= 60 * SECOND);
        assert!(began.elapsed() < Duration::from_secs(2), "a simulated minute at 60x took {:?}", began.elapsed());
    }

    #[test]
    fn stamps_only_rise() {
        let clock = Clock::new(0, 1.0);
        clock.not_before(clock.stamp() + Duration::from_secs(3_600));
        let stamps: Vec<_> = (0..1_000).map(|_| clock.stamp()).collect();
        assert!(stamps.windows(2).all(|pair| pair.first() < pair.last()));
    }
}
