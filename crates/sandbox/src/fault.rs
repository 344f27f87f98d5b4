//! What can go wrong on purpose, and the seeded draws that decide when.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::clock::{SECOND, SimulatedMicros};
use crate::dice::dice;

/// How an instance misbehaves. Probabilities are per request, 0 to 1; all zero is a well-behaved partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Refused as too fast: HTTP 429 at a warehouse, `THROTTLED` in HTTP 200 at a shop.
    pub throttle: f64,
    /// HTTP 5xx without any effect.
    pub fail_before: f64,
    /// HTTP 5xx although the effect was applied.
    pub fail_after: f64,
    /// The connection is cut after the effect was applied; no answer comes.
    pub lose_answer: f64,
    /// Items of the page before come again in a list answer.
    pub duplicate_items: f64,
    /// The answer is held back for `slow_ms`.
    pub slow: f64,
    /// Real milliseconds a slow answer takes longer.
    pub slow_ms: u64,
    /// The token stops working for `token_expiry_seconds`.
    pub token_expiry: f64,
    /// Simulated seconds for which the token does not work.
    pub token_expiry_seconds: u32,
    /// The token does not work until this is switched off.
    pub token_expired: bool,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            throttle: 0.0,
            fail_before: 0.0,
            fail_after: 0.0,
            lose_answer: 0.0,
            duplicate_items: 0.0,
            slow: 0.0,
            slow_ms: 250,
            token_expiry: 0.0,
            token_expiry_seconds: 5,
            token_expired: false,
        }
    }
}

impl Faults {
    /// The name of the first probability outside 0 to 1.
    #[must_use]
    pub fn invalid(&self) -> Option<&'static str> {
        [
            ("throttle", self.throttle),
            ("fail_before", self.fail_before),
            ("fail_after", self.fail_after),
            ("lose_answer", self.lose_answer),
            ("duplicate_items", self.duplicate_items),
            ("slow", self.slow),
            ("token_expiry", self.token_expiry),
        ]
        .into_iter()
        .find(|(_, probability)| !(0.0..=1.0).contains(probability))
        .map(|(name, _)| name)
    }
}

/// What happens to one request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Draw {
    pub(crate) throttle: bool,
    pub(crate) fail_before: bool,
    pub(crate) fail_after: bool,
    pub(crate) lose_answer: bool,
    pub(crate) duplicate_items: bool,
    pub(crate) slow_ms: u64,
    pub(crate) token_expired: bool,
}

/// The switches of one instance.
#[derive(Debug)]
pub(crate) struct Switches {
    seed: u64,
    instance: String,
    faults: RwLock<Faults>,
    requests: AtomicU64,
    injected: AtomicU64,
    expired_until: AtomicI64,
}

impl Switches {
    pub(crate) fn new(seed: u64, instance: &str, faults: Faults) -> Self {
        Self {
            seed,
            instance: format!("fault {instance}"),
            faults: RwLock::new(faults),
            requests: AtomicU64::new(0),
            injected: AtomicU64::new(0),
            expired_until: AtomicI64::new(SimulatedMicros::MIN),
        }
    }

    pub(crate) fn set(&self, faults: Faults) {
        *self.faults.write().unwrap_or_else(PoisonError::into_inner) = faults;
        self.expired_until.store(SimulatedMicros::MIN, Ordering::Release);
    }

    pub(crate) fn faults(&self) -> Faults {
        self.faults.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Requests seen, and how many of them met a fault.
    pub(crate) fn counts(&self) -> (u64, u64) {
        (self.requests.load(Ordering::Relaxed), self.injected.load(Ordering::Relaxed))
    }

    /// The fate of the next request.
    pub(crate) fn draw(&self, now: SimulatedMicros) -> Draw {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let faults = self.faults.read().unwrap_or_else(PoisonError::into_inner);
        let expired = self.expired_until.load(Ordering::Acquire) > now;
        if !expired && *faults == Faults::default() {
            return Draw::default();
        }
        let mut rng = dice(self.seed, &self.instance, number);
        // Every probability is drawn every time, so that changing one does not shift the others.
        let mut hit = |probability: f64| rng.random::<f64>() < probability;
        let (throttle, fail_before, fail_after) =
            (hit(faults.throttle), hit(faults.fail_before), hit(faults.fail_after));
        let (lose_answer, duplicate_items) = (hit(faults.lose_answer), hit(faults.duplicate_items));
        let (slow, expires) = (hit(faults.slow), hit(faults.token_expiry));
        if expires {
            let until = now.saturating_add(i64::from(faults.token_expiry_seconds).saturating_mul(SECOND));
            self.expired_until.fetch_max(until, Ordering::AcqRel);
        }
        let token_expired = faults.token_expired || self.expired_until.load(Ordering::Acquire) > now;
        let slow_ms = if slow { faults.slow_ms } else { 0 };
        let draw = Draw { throttle, fail_before, fail_after, lose_answer, duplicate_items, slow_ms, token_expired };
        if draw != Draw::default() {
            self.injected.fetch_add(1, Ordering::Relaxed);
        }
        draw
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fates(seed: u64, faults: &Faults) -> Vec<Draw> {
        let switches = Switches::new(seed, "shop-1", faults.clone());
        (0..500).map(|_| switches.draw(0)).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_faults_and_another_seed_others() {
        let faults = Faults { throttle: 0.2, lose_answer: 0.1, ..Faults::default() };
        assert_eq!(fates(1, &faults), fates(1, &faults));
        assert_ne!(fates(1, &faults), fates(2, &faults));
        let throttled = fates(1, &faults).iter().filter(|draw| draw.throttle).count();
        assert!((60..140).contains(&throttled), "20 % of 500 requests, got {throttled}");
    }

    #[test]
    fn raising_one_probability_keeps_the_other_draws() {
        let few = fates(1, &Faults { throttle: 0.2, ..Faults::default() });
        let more = fates(1, &Faults { throttle: 0.2, lose_answer: 0.5, ..Faults::default() });
        let throttles = |draws: &[Draw]| draws.iter().map(|draw| draw.throttle).collect::<Vec<_>>();
        assert_eq!(throttles(&few), throttles(&more));
    }

    #[test]
    fn an_expired_token_works_again_after_its_window() {
        let faults = Faults { token_expiry: 1.0, token_expiry_seconds: 5, ..Faults::default() };
        let switches = Switches::new(1, "shop-1", faults.clone());
        assert!(switches.draw(0).token_expired);
        *switches.faults.write().expect("unpoisoned") = Faults { token_expiry: 0.0, ..faults };
        assert!(switches.draw(4 * SECOND).token_expired, "still inside the window");
        assert!(!switches.draw(5 * SECOND).token_expired, "the window is over");
    }

    #[test]
    fn probabilities_beyond_one_are_named() {
        assert_eq!(Faults { slow: 1.5, ..Faults::default() }.invalid(), Some("slow"));
        assert_eq!(Faults::default().invalid(), None);
    }
}
