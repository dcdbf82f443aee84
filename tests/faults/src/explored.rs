//! What was tried of a story, and what was found.

use crate::calls::Fault;
use crate::scenarios::Scenario;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What was tried of a story, and what was found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Explored {
    /// Calls of the calm run.
    pub calls: usize,
    /// Runs with one fault.
    pub singles: usize,
    /// Schedules of two faults that were tried.
    pub doubles: usize,
    /// How many of them by another one that is equal to it.
    pub equal: usize,
    /// Faults that befell a call, in all runs together.
    pub faults: usize,
    /// Schedules after which something did not hold.
    pub violations: Vec<Violation>,
}

/// A schedule after which something did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The story.
    pub scenario: String,
    /// Which calls were befallen by what.
    pub faults: Vec<(usize, Fault)>,
    /// What did not hold.
    pub wrong: Vec<String>,
}

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// How many of a hundred schedules of two faults; those of one fault are always tried.
    pub percent: u64,
    /// How many violations are enough to know.
    pub enough: usize,
    /// How many processes share the work.
    pub at_once: usize,
    /// Whether of schedules that are equal one is run, or each.
    pub once: bool,
}

/// Hears how many schedules of two faults have been tried.
pub type Tell = Arc<dyn Fn(usize) + Send + Sync>;

impl Explored {
    pub(crate) fn note(&mut self, scenario: Scenario, faults: &[(usize, Fault)], befallen: usize, wrong: &[String]) {
        self.faults += befallen;
        if !wrong.is_empty() {
            let (scenario, faults) = (scenario.name.to_owned(), faults.to_vec());
            self.violations.push(Violation { scenario, faults, wrong: wrong.to_vec() });
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.singles += other.singles;
        self.doubles += other.doubles;
        self.equal += other.equal;
        self.faults += other.faults;
        self.violations.extend(other.violations);
    }
}
