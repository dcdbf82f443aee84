//! A clock that stands still until it is told to move, and the injected clock as the engine and the SDK want to see it.

use aws_smithy_async::time::TimeSource;
use domain::Timestamp;
use runtime::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock for tests: time passes only when [`ManualClock::advance`] or [`ManualClock::set`] says so.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `now`.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.millis()))
    }

    /// Moves the clock to `now`, forwards or backwards.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.millis(), Ordering::SeqCst);
    }

    /// Moves the clock forwards by `duration`.
    pub fn advance(&self, duration: Duration) {
        self.set(self.now().plus(duration));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// The injected clock, for the database engine.
pub(crate) struct EngineClock(pub(crate) Arc<dyn Clock>);

impl EngineClock {
    fn since_epoch(&self) -> Duration {
        self.0.now().since(Timestamp::default())
    }
}

impl dynoxide::storage_backend::Clock for EngineClock {
    fn now_unix_secs(&self) -> u64 {
        self.since_epoch().as_secs()
    }

    fn now_unix_secs_f64(&self) -> f64 {
        self.since_epoch().as_secs_f64()
    }
}

/// The injected clock, for the SDK: requests are signed at the time that the emulator shows.
#[derive(Debug)]
pub(crate) struct SdkClock(pub(crate) Arc<dyn Clock>);

impl TimeSource for SdkClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + self.0.now().since(Timestamp::default())
    }
}
