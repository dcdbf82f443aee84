//! What every function needs around its handler: clock, ids, configuration, AWS clients, logs.

pub mod clock;

pub use clock::{Clock, SystemClock};
