//! Where the runs of a story part. One that nothing befalls is walked along, and at each of its calls, for each fault
//! that can befall it, another one parts from it. Where that one leads is found out; then it is walked along too, and for
//! each fault that can follow a third one parts from it, and goes to its end. So no run makes again the calls before its
//! last fault.

use crate::calls::{Asked, Call, Fault, Plan};
use crate::children::{Children, Parent, Side};
use crate::course::{Blow, Course, News};
use crate::explored::{Explored, Extent, Tell};
use crate::kept::Kept;
use crate::scenarios::Scenario;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// From so many of a hundred pairs on, most of the work is in what parts from a run that begins with a fault. Then there
/// is one of these at a time, so that each knows all that was learned before: similar ones are neighbours.
const MANY: u64 = 10;

/// Where the runs of a story part. Clones are the same.
#[derive(Clone, Debug)]
pub(crate) struct Parting(Arc<Mutex<Walk>>);

/// A run that went to its end, as it tells the one that it parted from.
#[derive(Debug, Serialize, Deserialize)]
struct Ran {
    befallen: usize,
    wrong: Vec<String>,
    news: News,
}

/// Everything that begins with one fault, as it is told.
#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    found: Explored,
    news: News,
}

/// A fault by itself.
#[derive(Clone, Copy, Debug)]
struct First {
    /// Its place among all.
    place: usize,
    fault: (usize, Fault),
    blow: Option<Blow>,
    /// The one that functions take it for.
    taken_for: Option<Fault>,
}

/// A fault and one that follows it.
#[derive(Clone, Copy, Debug)]
struct Second {
    faults: [(usize, Fault); 2],
    blow: Option<Blow>,
}

/// How far a run has parted from the one that nothing befalls.
#[derive(Debug)]
enum Stage {
    /// Not at all; it has met so many faults that may befall it.
    Straight { place: usize, firsts: Children<First, Begun> },
    /// By a fault; others part from it.
    Begun { first: First, seconds: Children<Second, Ran>, parent: Parent },
    /// By all the faults that there will be. One by itself may be taken for another.
    Ending { taken_for: Option<(usize, Fault)>, parent: Parent },
}

struct Walk {
    scenario: Scenario,
    extent: Extent,
    dir: PathBuf,
    course: Course,
    kept: Arc<Kept>,
    tell: Tell,
    found: Explored,
    stage: Stage,
}

impl fmt::Debug for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Walk")
            .field("scenario", &self.scenario.name)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}

impl Parting {
    /// From the run of `scenario` that nothing befalls: what it came to is in `found`, where it leads in `course`. What
    /// the children tell goes through `dir`.
    pub(crate) fn new(
        scenario: Scenario,
        extent: Extent,
        dir: &Path,
        course: Course,
        found: Explored,
        kept: &Arc<Kept>,
        tell: &Tell,
    ) -> Self {
        let firsts = Children::new(dir, if extent.percent < MANY { extent.at_once } else { 1 });
        let stage = Stage::Straight { place: 0, firsts };
        let (dir, kept, tell) = (dir.to_owned(), Arc::clone(kept), Arc::clone(tell));
        Self(Arc::new(Mutex::new(Walk { scenario, extent, dir, course, kept, tell, found, stage })))
    }

    /// What befalls the calls, on each side of a parting.
    pub(crate) fn plan(&self) -> Plan {
        let parting = self.clone();
        Plan::Asked(Asked(Box::new(move |number, call| parting.walk().befall(number, call))))
    }

    /// Ends the walk when the story has been told, and gives everything that was found to who walked along the run that
    /// nothing befalls. Who walked along another tells it, and is no more. None to who has to go on to the end.
    pub(crate) fn end_walk(&self) -> Option<Explored> {
        let walk = &mut *self.walk();
        match &mut walk.stage {
            Stage::Straight { firsts, .. } => {
                let ended = firsts.wait_for_all();
                ended.into_iter().for_each(|(first, begun)| walk.hear_first(first, begun));
                Some(std::mem::take(&mut walk.found))
            }
            Stage::Begun { seconds, .. } => {
                let ended = seconds.wait_for_all();
                ended.into_iter().for_each(|(second, ran)| walk.hear_second(second, ran));
                walk.tell_begun()
            }
            Stage::Ending { .. } => None,
        }
    }

    /// The fault that the one of this run is taken for.
    pub(crate) fn taken_for(&self) -> Option<(usize, Fault)> {
        match self.walk().stage {
            Stage::Ending { taken_for, .. } => taken_for,
            Stage::Straight { .. } | Stage::Begun { .. } => None,
        }
    }

    /// Tells what came of a run that has gone to its end, and is no more.
    ///
    /// # Panics
    /// If it has not parted from any.
    pub(crate) fn tell(&self, befallen: usize, wrong: Vec<String>) -> ! {
        let walk = self.walk();
        let Stage::Ending { parent, .. } = &walk.stage else { panic!("nobody waits for what came of it") };
        walk.course.learn_end(&wrong.as_slice().into());
        parent.tell(&Ran { befallen, wrong, news: walk.course.news() })
    }

    fn walk(&self) -> MutexGuard<'_, Walk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Walk {
    /// What befalls this call of the run that goes on here: of those that part, each goes on with a fault of its own.
    fn befall(&mut self, number: usize, call: &Call) -> Option<Fault> {
        call.faults().iter().copied().find(|fault| match self.stage {
            Stage::Straight { .. } => self.begin_with(number, *fault, call),
            Stage::Begun { .. } => self.follow_with(number, *fault, call),
            Stage::Ending { .. } => false,
        })
    }

    /// True to the run that parts here and begins with `fault`.
    fn begin_with(&mut self, number: usize, fault: Fault, call: &Call) -> bool {
        let Stage::Straight { place, firsts } = &mut self.stage else { return false };
        let (here, blow) = (*place, self.course.blow(number, fault));
        *place += 1;
        if self.found.violations.len() >= self.extent.enough {
            return false;
        }
        if let Some(found) = self.kept.story(self.scenario.name, here) {
            self.found.add(found.clone());
            return false;
        }
        let first = First { place: here, fault: (number, fault), blow, taken_for: fault.taken_for(call.service) };
        match firsts.part(first) {
            Side::Child(parent) => {
                self.go_on_from(first, parent);
                true
            }
            Side::Parent(ended) => {
                ended.into_iter().for_each(|(first, begun)| self.hear_first(first, begun));
                false
            }
        }
    }

    /// Lets one run go to the end, then walks on along it, if others may part from it. One that functions take for
    /// another has to lead to the very same calls, and nothing else is tried with it.
    fn go_on_from(&mut self, first: First, parent: Parent) {
        drop(self.course.news());
        self.course.note_from(first.fault.0 + 1);
        self.found = Explored { singles: 1, ..Explored::default() };
        let mut straight: Children<First, Ran> = Children::new(&self.dir, 1);
        if let Side::Child(parent) = straight.part(first) {
            let taken_for = first.taken_for.map(|other| (first.fault.0, other));
            self.stage = Stage::Ending { taken_for, parent };
            return;
        }
        for (_, ran) in straight.wait_for_all() {
            self.found.note(self.scenario, &[first.fault], ran.befallen, &ran.wrong);
            self.course.hear(ran.news);
            if let Some(blow) = first.blow.filter(|_| first.taken_for.is_none()) {
                self.course.learn_blow(blow, &ran.wrong.into());
            }
        }
        // Who walks on waits for nobody meanwhile.
        let seconds = Children::new(&self.dir, 2 * self.extent.at_once);
        self.stage = Stage::Begun { first, seconds, parent };
        if first.taken_for.is_some() || self.extent.percent == 0 {
            self.tell_begun();
        }
    }

    /// True to the run that parts here and goes on with `fault` to its end, unless an equal one has been there.
    fn follow_with(&mut self, number: usize, fault: Fault, call: &Call) -> bool {
        let Stage::Begun { first, seconds, .. } = &mut self.stage else { return false };
        let (faults, blow) = ([first.fault, (number, fault)], self.course.blow(number, fault));
        let enough = self.found.violations.len() >= self.extent.enough;
        if enough
            || fault.taken_for(call.service).is_some()
            || !chosen(self.scenario, blow, faults, self.extent.percent)
        {
            return false;
        }
        if let Some(wrong) = blow.filter(|_| self.extent.once).and_then(|blow| self.course.end_of(&blow)) {
            self.found.note(self.scenario, &faults, faults.len(), &wrong);
            self.found.doubles += 1;
            self.found.equal += 1;
            return false;
        }
        match seconds.part(Second { faults, blow }) {
            Side::Child(parent) => {
                drop(self.course.news());
                self.course.note_from(number + 1);
                self.course.end_early(self.extent.once);
                self.stage = Stage::Ending { taken_for: None, parent };
                true
            }
            Side::Parent(ended) => {
                ended.into_iter().for_each(|(second, ran)| self.hear_second(second, ran));
                false
            }
        }
    }

    fn hear_first(&mut self, first: First, begun: Begun) {
        self.course.hear(begun.news);
        drop(self.course.news());
        self.kept.keep_story(self.scenario.name, first.place, &begun.found);
        self.found.add(begun.found);
        (self.tell)(self.found.doubles);
    }

    fn hear_second(&mut self, second: Second, ran: Ran) {
        self.found.note(self.scenario, &second.faults, ran.befallen, &ran.wrong);
        self.found.doubles += 1;
        self.course.hear(ran.news);
        if let Some(blow) = second.blow {
            self.course.learn_blow(blow, &ran.wrong.into());
        }
    }

    fn tell_begun(&mut self) -> ! {
        let Stage::Begun { parent, .. } = &self.stage else { panic!("nobody waits for what was found") };
        parent.tell(&Begun { found: std::mem::take(&mut self.found), news: self.course.news() })
    }
}

/// Whether a schedule of two faults is among those that are tried, the same ones each time: all that are equal, or none
/// of them, so that a part costs no more than its share of the whole.
fn chosen(scenario: Scenario, blow: Option<Blow>, faults: [(usize, Fault); 2], percent: u64) -> bool {
    let mut hasher = DefaultHasher::new();
    scenario.name.hash(&mut hasher);
    match blow {
        Some(blow) => blow.hash(&mut hasher),
        None => faults.hash(&mut hasher),
    }
    hasher.finish() % 100 < percent
}
