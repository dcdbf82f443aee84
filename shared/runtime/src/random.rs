//! Where random bits come from: for ids, salts and nonces. Handlers take [`Random`]; a test gives a source that
//! repeats.

use rand::RngExt;

/// A source of bits that do not repeat.
pub trait Random: Send + Sync + std::fmt::Debug {
    /// 128 new bits.
    fn u128(&self) -> u128;
}

/// The machine's own randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn u128(&self) -> u128 {
        rand::rng().random()
    }
}
