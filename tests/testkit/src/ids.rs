//! Ids that repeat from run to run.

use runtime::Ids;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts, and spreads the count over all bits.
#[derive(Debug, Default)]
pub struct CountingIds(AtomicU64);

impl CountingIds {
    /// Ids that are none of the first `count`.
    #[must_use]
    pub const fn after(count: u64) -> Self {
        Self(AtomicU64::new(count))
    }
}

impl Ids for CountingIds {
    fn bits(&self) -> u128 {
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        u128::from(count.wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 64 | u128::from(count)
    }
}
