//! Ids that repeat from run to run.

use runtime::Random;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts, and spreads the count over all bits.
#[derive(Debug, Default)]
pub struct CountingRandom(AtomicU64);

impl CountingRandom {
    /// Ids that are none of the first `count`.
    #[must_use]
    pub const fn after(count: u64) -> Self {
        Self(AtomicU64::new(count))
    }
}

impl Random for CountingRandom {
    fn u128(&self) -> u128 {
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        u128::from(count.wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 64 | u128::from(count)
    }
}
