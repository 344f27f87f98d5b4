//! ShipBob's call limit: so many in a sliding minute.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::{Clock, SECOND, SimulatedMicros};

/// A sliding window of a simulated minute.
#[derive(Debug)]
pub(super) struct Window {
    limit: usize,
    clock: Arc<Clock>,
    calls: Mutex<VecDeque<SimulatedMicros>>,
}

const WINDOW: SimulatedMicros = 60 * SECOND;

impl Window {
    pub(super) fn new(limit: u32, clock: Arc<Clock>) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Self { limit, clock, calls: Mutex::new(VecDeque::new()) }
    }

    /// Counts a call: how many are left after it, or after how many real seconds the next is possible.
    pub(super) fn call(&self) -> Result<usize, u64> {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.simulated();
        while calls.front().is_some_and(|at| *at <= now - WINDOW) {
            calls.pop_front();
        }
        if calls.len() < self.limit {
            calls.push_back(now);
            return Ok(self.limit - calls.len());
        }
        let missing = calls.front().map_or(WINDOW, |at| at + WINDOW - now);
        Err(self.seconds(missing))
    }

    /// Real seconds for a simulated wait, rounded up.
    pub(super) fn seconds(&self, wait: SimulatedMicros) -> u64 {
        let speed = self.clock.speed();
        #[expect(clippy::cast_precision_loss, reason = "a wait of seconds")]
        let seconds = wait.max(0) as f64 / SECOND as f64 / if speed > 0.0 { speed } else { 1.0 };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to a minute or less at any speed"
        )]
        let whole = seconds.ceil().clamp(1.0, 3_600.0) as u64;
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_window_slides() {
        let clock = Arc::new(Clock::new(0, 1.0));
        let window = Window::new(2, clock.clone());
        assert_eq!(window.call(), Ok(1));
        tokio::time::advance(std::time::Duration::from_secs(20)).await;
        assert_eq!(window.call(), Ok(0));
        assert_eq!(window.call(), Err(40), "the first call leaves the window in 40 s");
        clock.set_speed(10.0);
        assert_eq!(window.call(), Err(4), "at 10x in 4 s");
        tokio::time::advance(std::time::Duration::from_secs(4)).await;
        assert_eq!(window.call(), Ok(0));
    }
}
