//! Every schedule of one fault and of two: told by running the story once calmly, once with each fault at each of its
//! calls, and, for each of those runs, once more with each fault at each call that came after.

use crate::calls::{Call, Fault, Plan};
use crate::course::{Blow, Course, End, Lore, Passed};
use crate::invariants;
use crate::kept::Kept;
use crate::scenarios::Scenario;
use crate::template::Template;
use crate::variants::Variant;
use crate::workers::Workers;
use crate::world::World;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

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
    /// How many threads share the work.
    pub threads: usize,
    /// Whether of schedules that are equal one is run, or each.
    pub once: bool,
}

/// A story as somebody acts in it, and what customers will have done at its end.
struct Trial<'a> {
    template: &'a Template,
    scenario: Scenario,
    variant: Variant,
    expected: Value,
    lore: Option<Lore>,
}

/// One run of a story.
#[derive(Debug)]
struct Run {
    calls: Vec<Call>,
    befallen: usize,
    wrong: End,
    course: Course,
}

/// Tries `scenario` under `variant`, but for what is in `kept`; `tell` hears how many schedules have been run so far.
#[must_use]
pub fn explore(
    template: &Template,
    scenario: Scenario,
    variant: Variant,
    extent: Extent,
    kept: &Kept,
    tell: &(dyn Fn(usize) + Sync),
) -> Explored {
    let lore = extent.once.then(Lore::default);
    let trial = Trial { template, scenario, variant, expected: calm(template, scenario), lore };
    let straight = trial.run(&[], Course::Noted { from: 0, passed: Vec::new() });
    let passed = straight.course.passed().to_vec();
    let first: Vec<(usize, Fault)> = of(&straight.calls, 0);
    let mut all = Explored { calls: straight.calls.len(), ..Explored::default() };
    all.note(scenario, &[], straight.befallen, &straight.wrong);
    let (all, next, done) = (Mutex::new(all), AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let _context = runtime();
        loop {
            let number = next.fetch_add(1, Ordering::SeqCst);
            let Some(fault) = first.get(number) else { return };
            let found = if let Some(found) = kept.story(scenario.name, number) {
                done.fetch_add(found.doubles, Ordering::Relaxed);
                found.clone()
            } else {
                let enough = |found: &Explored| {
                    all.lock().is_ok_and(|all| all.violations.len() + found.violations.len() >= extent.enough)
                };
                let told = || tell(done.fetch_add(1, Ordering::Relaxed) + 1);
                let found = trial.beginning_with(*fault, &passed, extent.percent, &enough, &told);
                kept.keep_story(scenario.name, number, &found);
                found
            };
            if let Ok(mut all) = all.lock() {
                all.add(found);
                if all.violations.len() >= extent.enough {
                    return;
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..extent.threads {
            scope.spawn(work);
        }
    });
    all.into_inner().unwrap_or_default()
}

/// Runs one schedule, and tells what does not hold after it.
#[must_use]
pub fn replay(template: &Template, scenario: Scenario, variant: Variant, faults: &[(usize, Fault)]) -> Vec<String> {
    let _context = runtime();
    let trial = Trial { template, scenario, variant, expected: calm(template, scenario), lore: None };
    trial.run(faults, Course::Unseen).wrong.to_vec()
}

impl Trial<'_> {
    fn run(&self, faults: &[(usize, Fault)], course: Course) -> Run {
        let plan = Plan::At(BTreeMap::from_iter(faults.iter().copied()));
        let mut world = World::new(self.template, plan, self.variant, Workers::single()).on(course);
        (self.scenario.tell)(&mut world);
        let calls = world.calls.made();
        world.calm();
        let wrong = match world.known_end() {
            Some(known) => Arc::clone(known),
            None => invariants::violations(&world, &self.expected).into(),
        };
        let (befallen, course) = (world.calls.befallen(), world.into_course());
        if let Some(lore) = &self.lore {
            lore.ends.learn(course.calm_states(), &wrong);
        }
        Run { calls, befallen, wrong, course }
    }

    /// `fault` by itself, and with each of `percent` of a hundred faults that may follow it, until `enough`. One that
    /// functions take for another has to lead to the very same calls. `before` are the states without any fault.
    fn beginning_with(
        &self,
        fault: (usize, Fault),
        before: &[Passed],
        percent: u64,
        enough: &dyn Fn(&Explored) -> bool,
        tell: &dyn Fn(),
    ) -> Explored {
        let mut found = Explored { singles: 1, ..Explored::default() };
        let mut single = self.run(&[fault], Course::Noted { from: fault.0 + 1, passed: Vec::new() });
        let taken_for = |(number, fault): (usize, Fault)| fault.taken_for(single.calls.get(number)?.service);
        let passed = single.course.passed().to_vec();
        let mut seconds = Vec::new();
        if let Some(other) = taken_for(fault) {
            if self.run(&[(fault.0, other)], Course::Unseen).calls != single.calls {
                single.wrong = [format!("{:?} is not taken for {other:?}", fault.1)].into();
            }
        } else {
            seconds = of(&single.calls, fault.0 + 1);
            let chosen = |second| chosen(self.scenario, &passed, [fault, second], percent);
            seconds.retain(|second| taken_for(*second).is_none() && chosen(*second));
            self.learn(before, fault, &single.wrong);
        }
        found.note(self.scenario, &[fault], single.befallen, &single.wrong);
        for second in seconds {
            if enough(&found) {
                break;
            }
            let faults = [fault, second];
            match self.known(&passed, second) {
                Some(wrong) => {
                    found.note(self.scenario, &faults, faults.len(), &wrong);
                    found.equal += 1;
                }
                None => {
                    let run = self.run(&faults, self.until_known(second.0 + 1));
                    self.learn(&passed, second, &run.wrong);
                    found.note(self.scenario, &faults, run.befallen, &run.wrong);
                }
            }
            found.doubles += 1;
            tell();
        }
        found
    }

    /// What comes of `fault` after these states, if an equal one has been tried.
    fn known(&self, passed: &[Passed], fault: (usize, Fault)) -> Option<End> {
        self.lore.as_ref()?.of(&blow(passed, fault)?)
    }

    fn learn(&self, passed: &[Passed], fault: (usize, Fault), end: &End) {
        if let (Some(lore), Some(blow)) = (&self.lore, blow(passed, fault)) {
            lore.learn(blow, end);
        }
    }

    /// To the end, or to where it is known, once so many calls have been made.
    fn until_known(&self, from: usize) -> Course {
        self.lore.as_ref().map_or(Course::Unseen, |lore| Course::Known {
            from,
            ends: lore.ends.clone(),
            passed: Vec::new(),
            end: None,
        })
    }
}

/// The fault as it comes upon a run that has passed these states; none if it passed none before it.
fn blow(passed: &[Passed], (number, fault): (usize, Fault)) -> Option<Blow> {
    let last = passed.iter().rfind(|passed| passed.calls <= number)?;
    Some((last.open, number - last.calls, fault))
}

impl Explored {
    fn note(&mut self, scenario: Scenario, faults: &[(usize, Fault)], befallen: usize, wrong: &[String]) {
        self.faults += befallen;
        if !wrong.is_empty() {
            let (scenario, faults) = (scenario.name.to_owned(), faults.to_vec());
            self.violations.push(Violation { scenario, faults, wrong: wrong.to_vec() });
        }
    }

    fn add(&mut self, other: Self) {
        self.singles += other.singles;
        self.doubles += other.doubles;
        self.equal += other.equal;
        self.faults += other.faults;
        self.violations.extend(other.violations);
    }
}

/// What customers did in the story, when nothing befalls anything.
fn calm(template: &Template, scenario: Scenario) -> Value {
    let _context = runtime();
    let mut world = World::new(template, Plan::Calm, Variant::Product, Workers::single());
    (scenario.tell)(&mut world);
    world.calm();
    invariants::of_customers(&world)
}

/// Every fault at every call from `from` on.
fn of(calls: &[Call], from: usize) -> Vec<(usize, Fault)> {
    let numbered = calls.iter().enumerate().skip(from);
    numbered.flat_map(|(number, call)| call.faults().iter().map(move |fault| (number, *fault))).collect()
}

/// Whether a schedule of two faults is among those that are tried, the same ones each time: all that are equal, or none
/// of them, so that a part costs no more than its share of the whole. `passed` are the states after the first fault.
fn chosen(scenario: Scenario, passed: &[Passed], faults: [(usize, Fault); 2], percent: u64) -> bool {
    let mut hasher = DefaultHasher::new();
    scenario.name.hash(&mut hasher);
    match blow(passed, faults[1]) {
        Some(blow) => blow.hash(&mut hasher),
        None => faults.hash(&mut hasher),
    }
    hasher.finish() % 100 < percent
}

/// Clients ask for a runtime around them, though nothing here waits for one.
pub(crate) fn runtime() -> impl Drop {
    struct Context(Option<tokio::runtime::EnterGuard<'static>>);
    impl Drop for Context {
        fn drop(&mut self) {
            self.0.take();
        }
    }
    static RUNTIME: std::sync::LazyLock<tokio::runtime::Runtime> = std::sync::LazyLock::new(|| {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap_or_else(|error| panic!("{error}"))
    });
    Context(Some(RUNTIME.enter()))
}
