//! Counting over the last minutes without keeping every event.

use switchyard_core::time::Timestamp;

/// Length of a bucket in microseconds.
const BUCKET: i64 = 10_000_000;
/// Buckets kept: five minutes.
const KEPT: usize = 30;

/// Events per 10 seconds over the last five minutes.
#[derive(Debug, Clone)]
pub(crate) struct Meter {
    /// Counts by bucket number modulo [`KEPT`].
    counts: [u32; KEPT],
    /// Number of the newest bucket written.
    newest: i64,
}

impl Default for Meter {
    fn default() -> Self {
        Self { counts: [0; KEPT], newest: i64::MIN }
    }
}

fn slot(bucket: i64) -> usize {
    usize::try_from(bucket.rem_euclid(KEPT as i64)).unwrap_or(0)
}

impl Meter {
    /// Counts `events` at `now`.
    pub(crate) fn add(&mut self, now: Timestamp, events: u32) {
        let bucket = now.as_micros().div_euclid(BUCKET);
        self.advance(bucket);
        if let Some(count) = self.counts.get_mut(slot(bucket)) {
            *count = count.saturating_add(events);
        }
    }

    /// Empties the buckets that have passed since the newest one.
    fn advance(&mut self, bucket: i64) {
        if bucket <= self.newest {
            return;
        }
        let first = self.newest.saturating_add(1).max(bucket - KEPT as i64 + 1);
        for passed in first..=bucket {
            if let Some(count) = self.counts.get_mut(slot(passed)) {
                *count = 0;
            }
        }
        self.newest = bucket;
    }

    /// Counts of the last 30 buckets, oldest first; the last one is still filling.
    pub(crate) fn buckets(&self, now: Timestamp) -> Vec<u32> {
        let current = now.as_micros().div_euclid(BUCKET);
        let oldest = current - KEPT as i64 + 1;
        (oldest..=current)
            .map(|bucket| {
                let kept = bucket <= self.newest && bucket > self.newest.saturating_sub(KEPT as i64);
                if kept { self.counts.get(slot(bucket)).copied().unwrap_or(0) } else { 0 }
            })
            .collect()
    }

    /// Events in the last six whole buckets: a minute.
    pub(crate) fn per_minute(&self, now: Timestamp) -> u32 {
        let buckets = self.buckets(now);
        buckets.iter().rev().skip(1).take(6).fold(0, |sum: u32, count| sum.saturating_add(*count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn a_minute_holds_the_last_six_whole_buckets() {
        let mut meter = Meter::default();
        for second in 0..120 {
            meter.add(at(second), 2);
        }
        assert_eq!(meter.per_minute(at(120)), 120, "two a second make 120 a minute");
        assert_eq!(meter.per_minute(at(600)), 0, "old counts fall out by themselves");
    }

    #[test]
    fn a_late_count_does_not_revive_passed_buckets() {
        let mut meter = Meter::default();
        meter.add(at(1_000), 5);
        meter.add(at(2_000), 1);
        assert_eq!(meter.buckets(at(2_000)).iter().sum::<u32>(), 1);
    }
}
