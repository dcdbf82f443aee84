//! What was measured. Kept as JSON, so that the page can be written anew without measuring.

use crate::systems::System;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The connections that are tried.
pub const CONNECTIONS: [usize; 3] = [1, 8, 32];

/// All of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figures {
    /// What the machine is.
    pub machine: String,
    /// What else it was doing: the load average before the first round.
    pub load: String,
    /// At which nice level all of it ran.
    pub nice: String,
    /// How Leadwire was built: link-time optimisation.
    pub lto: String,
    /// How Leadwire was built: units of code.
    pub units: String,
    /// What the moments of the kills came from.
    pub seed: u64,
    /// The versions of Node and MariaDB.
    pub versions: String,
    /// How long each window was, in seconds.
    pub seconds: f64,
    /// Every window.
    pub windows: Vec<Window>,
    /// What came of `kill -9`.
    pub killed: BTreeMap<System, Killed>,
}

/// What one system did in one window.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Window {
    /// Which system.
    pub system: System,
    /// Over how many connections.
    pub connections: usize,
    /// Webhooks accepted in a second.
    pub rate: f64,
    /// The middle answer, in milliseconds.
    pub p50: f64,
    /// All but one answer of a hundred, in milliseconds.
    pub p99: f64,
    /// Answers other than 200.
    pub refused: usize,
    /// CPU for each accepted webhook within the window, in milliseconds.
    pub cpu: f64,
    /// CPU for each accepted webhook until all was stored, in milliseconds.
    pub cpu_stored: f64,
    /// How long after the window all was stored, in seconds.
    pub behind: f64,
    /// Memory at the end of the window, in megabytes.
    pub memory: f64,
}

/// What `kill -9` did to one system.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Killed {
    /// How often it was killed.
    pub kills: usize,
    /// Messages that were posted, each counted once.
    pub posted: usize,
    /// Those that were accepted before the kill.
    pub acknowledged: usize,
    /// Those of them that were there after the restart.
    pub there: usize,
    /// Those of them that were not.
    pub lost: usize,
    /// Those that were not accepted, and were there all the same.
    pub unanswered_there: usize,
    /// Posts of what was posted before: everything that was not accepted, and some that was.
    pub delivered_again: usize,
    /// Messages that are there more than once in the end.
    pub doubled: usize,
    /// Messages that are not there in the end, although they were accepted, before a kill or when they came again.
    pub missing: usize,
}

/// The middle, the lowest and the highest.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The middle.
    pub median: f64,
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Figures {
    /// A figure of one system over so many connections, from all rounds.
    ///
    /// # Panics
    /// If it was not measured.
    #[must_use]
    pub fn of(&self, system: System, connections: usize, figure: impl Fn(&Window) -> f64) -> Spread {
        let its = self.windows.iter().filter(|window| window.system == system && window.connections == connections);
        let mut all: Vec<_> = its.map(figure).collect();
        all.sort_by(f64::total_cmp);
        Spread {
            median: f64::midpoint(all[(all.len() - 1) / 2], all[all.len() / 2]),
            low: all[0],
            high: all[all.len() - 1],
        }
    }

    /// How many messages one system stored in a second, from the beginning of the window until all were stored.
    #[must_use]
    pub fn stored(&self, system: System, connections: usize) -> Spread {
        self.of(system, connections, |window| window.rate * self.seconds / (self.seconds + window.behind))
    }

    /// How many rounds there were.
    #[must_use]
    pub fn rounds(&self) -> usize {
        self.windows.len() / (System::ALL.len() * CONNECTIONS.len())
    }
}
