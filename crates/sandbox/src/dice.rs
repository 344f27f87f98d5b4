//! Seeded randomness: the same seed and key always give the same draws, in whatever order they are asked for.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Draws that depend on nothing but `seed` and `key`.
pub(crate) fn dice(seed: u64, key: &str, number: u64) -> ChaCha8Rng {
    // FNV-1a spreads the key, the SplitMix64 finaliser spreads the sum; both are fixed by their published constants.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in key.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    let mut mixed = hash ^ seed.rotate_left(32) ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ChaCha8Rng::seed_from_u64(mixed ^ (mixed >> 31))
}

/// One of `choices`, or the type's default when there are none.
pub(crate) fn pick<T: Copy + Default>(rng: &mut ChaCha8Rng, choices: &[T]) -> T {
    if choices.is_empty() {
        return T::default();
    }
    choices.get(rng.random_range(0..choices.len())).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_depend_on_seed_key_and_number_only() {
        let first = |seed, key, number| dice(seed, key, number).random::<u64>();
        assert_eq!(first(1, "a", 1), first(1, "a", 1));
        assert_ne!(first(1, "a", 1), first(2, "a", 1));
        assert_ne!(first(1, "a", 1), first(1, "b", 1));
        assert_ne!(first(1, "a", 1), first(1, "a", 2));
    }
}
