//! When to try again: exponential with full jitter, overruled by what the partner asks for.

use std::time::Duration;

/// Longest wait we choose ourselves.
pub const CAP: Duration = Duration::from_secs(15 * 60);
/// Longest wait a partner may ask for.
pub const PARTNER_CAP: Duration = Duration::from_secs(24 * 60 * 60);

/// The wait before try `tries + 1`.
///
/// Uniform between zero and `min(15 min, 1 s * 2^tries)`, drawn with `random` (any 64 bits); the partner's own
/// `retry_after` wins when it is longer, capped at a day.
#[must_use]
pub fn delay(tries: u32, retry_after: Option<Duration>, random: u64) -> Duration {
    let ceiling = Duration::from_secs(1).saturating_mul(2_u32.saturating_pow(tries.min(20))).min(CAP);
    let ceiling_micros = u128::from(u64::try_from(ceiling.as_micros()).unwrap_or(u64::MAX));
    let drawn = u64::try_from(ceiling_micros * u128::from(random) / u128::from(u64::MAX)).unwrap_or(u64::MAX);
    let own = Duration::from_micros(drawn);
    retry_after.map_or(own, |asked| own.max(asked.min(PARTNER_CAP)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_longer_than_the_cap_and_never_shorter_than_the_partner_asks(tries in 0u32..100, asked in 0u64..200_000, random: u64) {
            prop_assert!(delay(tries, None, random) <= CAP);
            let asked = Duration::from_secs(asked);
            prop_assert!(delay(tries, Some(asked), random) >= asked.min(PARTNER_CAP));
        }
    }

    #[test]
    fn the_ceiling_doubles_with_each_try() {
        assert_eq!(delay(0, None, u64::MAX), Duration::from_secs(1));
        assert_eq!(delay(3, None, u64::MAX), Duration::from_secs(8));
        assert_eq!(delay(63, None, u64::MAX), CAP);
    }
}
