//! Chance that repeats: one generator, seeded by a setting.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

/// The simulator's source of chance.
#[derive(Debug)]
pub(crate) struct Dice(StdRng);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// True in `fraction` of the cases. Draws nothing at 0 and at 1, so that an unused setting moves no other.
    pub(crate) fn happens(&mut self, fraction: f64) -> bool {
        if fraction <= 0.0 {
            false
        } else if fraction >= 1.0 {
            true
        } else {
            self.0.random_bool(fraction)
        }
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        if low >= high { low } else { self.0.random_range(low..=high) }
    }

    /// Puts `items` into a chance order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        items.shuffle(&mut self.0);
    }
}
