//! The states that a run goes through, and what is known of where they lead. A run is nothing but what its state makes of
//! it: two runs in the same state, whatever befell them before, go on alike, and one of them is enough to know the end.

use crate::calls::Fault;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All that decides how a world goes on, in one number. Two that differ have never been seen to share it, and would by
/// chance once in 10^26 runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// How a run is watched.
#[derive(Debug, Default)]
pub(crate) enum Course {
    /// Not at all.
    #[default]
    Unseen,
    /// It goes to its end, and every state is noted in which it is after so many calls.
    Noted { from: usize, passed: Vec<Passed> },
    /// From so many calls on nothing befalls it any more; it ends where its end is known.
    Known { from: usize, ends: Ends, passed: Vec<State>, end: Option<End> },
}

impl Course {
    /// What was noted.
    pub(crate) fn passed(&self) -> &[Passed] {
        match self {
            Self::Noted { passed, .. } => passed,
            Self::Unseen | Self::Known { .. } => &[],
        }
    }

    /// The states from which on nothing befell any call.
    pub(crate) fn calm_states(&self) -> Vec<State> {
        match self {
            Self::Noted { passed, .. } => passed.iter().map(|passed| passed.calm).collect(),
            Self::Known { passed, .. } => passed.clone(),
            Self::Unseen => Vec::new(),
        }
    }
}

/// Where states lead if nothing befalls any call. Clones share what they know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ends(Arc<Mutex<HashMap<State, End>>>);

impl Ends {
    pub(crate) fn of(&self, state: State) -> Option<End> {
        self.lock().get(&state).cloned()
    }

    pub(crate) fn learn(&self, states: impl IntoIterator<Item = State>, end: &End) {
        self.lock().extend(states.into_iter().map(|state| (state, Arc::clone(end))));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<State, End>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fault as it comes upon a run: the state that the run was in when no function was at work, how many calls were made
/// since then, and what befalls the next. Where nothing befalls any call after it, everything follows from these.
pub(crate) type Blow = (State, usize, Fault);

/// What is known of one story: where its states lead, and what came of faults.
#[derive(Debug, Default)]
pub(crate) struct Lore {
    pub(crate) ends: Ends,
    blows: Mutex<HashMap<Blow, End>>,
}

impl Lore {
    /// What comes of this, if that has been tried.
    pub(crate) fn of(&self, blow: &Blow) -> Option<End> {
        self.blows().get(blow).cloned()
    }

    pub(crate) fn learn(&self, blow: Blow, end: &End) {
        self.blows().insert(blow, Arc::clone(end));
    }

    fn blows(&self) -> MutexGuard<'_, HashMap<Blow, End>> {
        self.blows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
