//! How far back a poll reads again.
//!
//! A change may become visible a little after its own update time, so no reading starts exactly at the mark. Reading
//! minutes again on every poll would cost most of a partner's rate limit, so a poll reads a few seconds again and, once
//! a minute, a sweep reads several minutes again. Repeats cost nothing else: the engine knows what it has.

use std::time::Duration;

use switchyard_core::time::Timestamp;

/// Read again on every poll.
pub(crate) const NEAR: Duration = Duration::from_secs(5);
/// Time between two sweeps.
pub(crate) const EVERY: Duration = Duration::from_secs(60);

/// Whether a walk that begins `now` is a sweep.
pub(crate) fn sweeps(swept_at: Option<Timestamp>, now: Timestamp) -> bool {
    swept_at.is_none_or(|at| now.since(at) >= EVERY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_walk_sweeps_and_then_one_a_minute() {
        let now = Timestamp::from_micros(1_000_000_000_000);
        assert!(sweeps(None, now));
        assert!(!sweeps(Some(now), now + Duration::from_secs(59)));
        assert!(sweeps(Some(now), now + EVERY));
        assert!(!sweeps(Some(now + EVERY), now), "a clock that was set back does not sweep on every poll");
    }
}
