//! Ids that follow from the moment at which they are drawn, and from how many were drawn in it before: whatever came
//! earlier, the same world at the same time draws the same ids.

use domain::Timestamp;
use emulator::ManualClock;
use runtime::{Clock, Ids};
use std::sync::{Arc, Mutex, PoisonError};

/// The ids of a world.
#[derive(Debug)]
pub(crate) struct MomentaryIds {
    clock: Arc<ManualClock>,
    drawn: Mutex<(Timestamp, u64)>,
}

impl MomentaryIds {
    pub(crate) fn new(clock: Arc<ManualClock>) -> Self {
        Self { clock, drawn: Mutex::default() }
    }

    /// How many were drawn at this moment.
    pub(crate) fn drawn(&self) -> u64 {
        let drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if drawn.0 == self.clock.now() { drawn.1 } else { 0 }
    }
}

impl Ids for MomentaryIds {
    fn bits(&self) -> u128 {
        let now = self.clock.now();
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        *drawn = (now, if drawn.0 == now { drawn.1 + 1 } else { 1 });
        let (millis, count) = (u64::try_from(now.millis()).unwrap_or_default(), drawn.1);
        // No moment has as many ids as fit into the sixteen bits below it.
        let one = (millis << 16) + count;
        // Spread over all bits.
        u128::from(one.wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 64 | u128::from(one)
    }
}
