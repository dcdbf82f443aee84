//! Where new ids come from. Handlers take [`Ids`]; a test gives a source that repeats.

use rand::RngExt;

/// A source of bits that do not repeat.
pub trait Ids: Send + Sync + std::fmt::Debug {
    /// 128 new bits.
    fn bits(&self) -> u128;
}

/// The machine's own randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    fn bits(&self) -> u128 {
        rand::rng().random()
    }
}
