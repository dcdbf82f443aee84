//! Pauses that grow: how long to wait before something is tried again.

use std::time::Duration;

/// A pause of `first`, then `factor` times as long after each try, and at most `most`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    factor: u32,
    most: Duration,
}

impl Backoff {
    /// Pauses in seconds.
    #[must_use]
    pub const fn seconds(first: u64, factor: u32, most: u64) -> Self {
        Self { first: Duration::from_secs(first), factor, most: Duration::from_secs(most) }
    }

    /// The longest pause.
    #[must_use]
    pub const fn longest(self) -> Duration {
        self.most
    }

    /// The pause after `tries` earlier ones.
    #[must_use]
    pub fn after(self, tries: u32) -> Duration {
        self.first.saturating_mul(self.factor.saturating_pow(tries)).min(self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_grows_by_its_factor_up_to_the_longest() {
        let backoff = Backoff::seconds(1, 4, 300);
        let pauses = [0, 1, 2, 4, 5, u32::MAX].map(|tries| backoff.after(tries).as_secs());
        assert_eq!(pauses, [1, 4, 16, 256, 300, 300]);
    }
}
