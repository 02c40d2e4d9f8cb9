//! Randomness that is the same for the same seed.

use std::time::Duration;

/// SplitMix64 (Steele, Lea, Flood 2014): enough to spread retries, not for secrets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Jitter(u64);

impl Jitter {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A duration from zero up to, but not including, `limit`.
    pub(super) fn up_to(&mut self, limit: Duration) -> Duration {
        if limit.is_zero() {
            return Duration::ZERO;
        }
        // In whole numbers: fractions of a duration come with rounding, errors and their words.
        let nanos = (limit.as_nanos() * u128::from(self.next())) >> u32::BITS;
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The generator's published values for this seed.
    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        let mut jitter = Jitter::new(0);
        let published: [u64; 4] =
            [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f, 0xf88b_b8a8_724c_81ec];
        assert_eq!(published.map(|_| u64::from(jitter.next())), published.map(|number| number >> 32));
    }

    #[test]
    fn jitter_is_that_part_of_the_limit_which_the_number_is_of_all() {
        assert_eq!(Jitter::new(1_234_567).up_to(Duration::from_secs(1)), Duration::from_nanos(350_079_541));
    }

    #[test]
    fn jitter_stays_below_its_limit_and_varies() {
        let mut jitter = Jitter::new(7);
        let drawn: Vec<_> = (0..100).map(|_| jitter.up_to(Duration::from_secs(1))).collect();
        assert!(drawn.iter().all(|delay| *delay < Duration::from_secs(1)));
        assert!(drawn.windows(2).any(|pair| pair[0] != pair[1]));
    }
}
