//! The states that a run goes through, and what is known of where they lead. A run is nothing but what its state makes of
//! it: two runs in the same state, whatever befell them before, go on alike, and one of them is enough to know the end.

use crate::calls::Fault;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All that decides how a world goes on, in one number. Two that differ have never been seen to share it, and would by
/// chance once in 10^26 runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct State(u128);

impl State {
    /// Of all `parts`.
    pub(crate) fn of(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
        let digest = hasher.finalize();
        Self(digest.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte)))
    }
}

/// What did not hold at the end of a run.
pub(crate) type End = Arc<[String]>;

/// A state that a run was in when no function was at work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passed {
    /// How many calls had been made.
    pub(crate) calls: usize,
    /// What follows if nothing befalls any call from here on is the same in the same state.
    pub(crate) calm: State,
    /// So is what follows if something does. It holds what replicas may still answer.
    pub(crate) open: State,
}

/// A fault as it comes upon a run: the state that the run was in when no function was at work, how many calls were made
/// since then, and what befalls the next. Where nothing befalls any call after it, everything follows from these.
pub(crate) type Blow = (State, usize, Fault);

/// What was learned since it was last asked for, to be told to another process.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct News {
    ends: Vec<(State, Vec<String>)>,
    blows: Vec<(Blow, Vec<String>)>,
}

/// What is known of some things, and what of it is new.
#[derive(Debug)]
struct Lore<K> {
    known: HashMap<K, End>,
    news: Vec<(K, Vec<String>)>,
}

impl<K> Default for Lore<K> {
    fn default() -> Self {
        Self { known: HashMap::new(), news: Vec::new() }
    }
}

impl<K: Copy + Eq + Hash> Lore<K> {
    fn learn(&mut self, of: K, end: &End) {
        if self.known.insert(of, Arc::clone(end)).is_none() {
            self.news.push((of, end.to_vec()));
        }
    }
}

/// The way that a run goes, and what is known of the story that it tells. Clones are the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Course(Arc<Mutex<Way>>);

#[derive(Debug, Default)]
struct Way {
    /// From how many calls on its states are noted; if at all.
    noted_from: Option<usize>,
    passed: Vec<Passed>,
    ends_early: bool,
    end: Option<End>,
    /// Where states lead if nothing befalls any call.
    ends: Lore<State>,
    /// What came of faults after which nothing befell any call.
    blows: Lore<Blow>,
}

impl Course {
    /// One whose states are noted from its beginning.
    pub(crate) fn noted() -> Self {
        let course = Self::default();
        course.note_from(0);
        course
    }

    /// Forgets the states, and notes those after so many calls.
    pub(crate) fn note_from(&self, calls: usize) {
        let mut way = self.way();
        way.noted_from = Some(calls);
        way.passed.clear();
    }

    /// Whether it ends where its end is known, since nothing befalls it any more and nothing else is to be seen.
    pub(crate) fn end_early(&self, early: bool) {
        self.way().ends_early = early;
    }

    /// Whether a state is noted after so many calls.
    pub(crate) fn notes(&self, calls: usize) -> bool {
        self.way().noted_from.is_some_and(|from| calls >= from)
    }

    /// Whether any state is noted, now or later.
    pub(crate) fn is_noted(&self) -> bool {
        self.way().noted_from.is_some()
    }

    /// Notes a state.
    pub(crate) fn pass(&self, passed: Passed) {
        let way = &mut *self.way();
        if way.ends_early {
            way.end = way.ends.known.get(&passed.calm).cloned();
        }
        way.passed.push(passed);
    }

    /// What will not hold at its end, if that is known already.
    pub(crate) fn known_end(&self) -> Option<End> {
        self.way().end.clone()
    }

    /// It went to its end: all that it passed leads there, since nothing befell it meanwhile.
    pub(crate) fn learn_end(&self, end: &End) {
        let way = &mut *self.way();
        way.passed.iter().for_each(|passed| way.ends.learn(passed.calm, end));
    }

    /// Where a run was that nothing befell after `blow`.
    pub(crate) fn learn_blow(&self, blow: Blow, end: &End) {
        self.way().blows.learn(blow, end);
    }

    /// The fault as it comes upon the next call, after so many; none if no state was noted before.
    pub(crate) fn blow(&self, calls: usize, fault: Fault) -> Option<Blow> {
        let last = self.way().passed.last().copied()?;
        Some((last.open, calls - last.calls, fault))
    }

    /// What comes of this, if that has been tried.
    pub(crate) fn end_of(&self, blow: &Blow) -> Option<End> {
        self.way().blows.known.get(blow).cloned()
    }

    /// What was learned since this was asked last.
    pub(crate) fn news(&self) -> News {
        let way = &mut *self.way();
        News { ends: std::mem::take(&mut way.ends.news), blows: std::mem::take(&mut way.blows.news) }
    }

    /// Learns what another process has.
    pub(crate) fn hear(&self, news: News) {
        let way = &mut *self.way();
        news.ends.into_iter().for_each(|(state, end)| way.ends.learn(state, &end.into()));
        news.blows.into_iter().for_each(|(blow, end)| way.blows.learn(blow, &end.into()));
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
