//! Meta's rates: so many to one person, so many from one number.

use domain::Timestamp;
use std::collections::{HashMap, VecDeque};

/// How many messages one person takes at once.
const PAIR_BURST: f64 = 45.0;
/// How long it takes to earn one more.
const PAIR_REFILL_MS: f64 = 6_000.0;

/// What was sent lately. In memory alone: a restart forgives.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    pairs: HashMap<String, (f64, Timestamp)>,
    lately: VecDeque<Timestamp>,
}

impl Limits {
    /// Whether one more message to `person` is within the pair rate; takes it if so.
    pub(crate) fn pair(&mut self, person: &str, now: Timestamp) -> bool {
        let (left, since) = self.pairs.get(person).copied().unwrap_or((PAIR_BURST, now));
        let waited = now.since(since).as_secs_f64() * 1_000.0;
        let left = (left + waited / PAIR_REFILL_MS).min(PAIR_BURST);
        let within = left >= 1.0;
        self.pairs.insert(person.to_owned(), (if within { left - 1.0 } else { left }, now));
        within
    }

    /// Whether one more message is within `per_second` of the last second; counts it if so.
    pub(crate) fn throughput(&mut self, per_second: u32, now: Timestamp) -> bool {
        while self.lately.front().is_some_and(|at| now.since(*at).as_millis() >= 1_000) {
            self.lately.pop_front();
        }
        let within = self.lately.len() < per_second as usize;
        if within {
            self.lately.push_back(now);
        }
        within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_45_then_one_in_six_seconds() {
        let mut limits = Limits::default();
        let at = Timestamp::from_seconds;
        assert!((0..45).all(|_| limits.pair("a", at(100))));
        assert!(!limits.pair("a", at(100)));
        assert!(limits.pair("b", at(100)));
        assert!(limits.pair("a", at(106)));
        assert!(!limits.pair("a", at(107)));
    }

    #[test]
    fn a_second_holds_so_many() {
        let mut limits = Limits::default();
        let at = Timestamp::from_millis;
        assert!((0..80).all(|_| limits.throughput(80, at(5_000))));
        assert!(!limits.throughput(80, at(5_999)));
        assert!(limits.throughput(80, at(6_000)));
    }
}
