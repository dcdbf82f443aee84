//! Every schedule of one fault and of two: told by running the story once calmly, once with each fault at each of its
//! calls, and, for each of those runs, once more with each fault at each call that came after.

use crate::calls::{Call, Fault, Plan};
use crate::course::{Course, End};
use crate::invariants;
use crate::kept::Kept;
use crate::parting::Parting;
use crate::scenarios::Scenario;
use crate::template::Template;
use crate::variants::Variant;
use crate::workers::Workers;
use crate::world::World;
use serde::{Deserialize, Serialize};
use serde_json::Value;
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

/// A story as somebody acts in it, and what customers will have done at its end.
struct Trial<'a> {
    template: &'a Template,
    scenario: Scenario,
    variant: Variant,
    expected: Value,
}

/// One run of a story.
#[derive(Debug)]
struct Run {
    calls: Vec<Call>,
    befallen: usize,
    wrong: End,
}

/// Tries `scenario` under `variant`, but for what is in `kept`; `tell` hears how far it is. No other thread of this
/// process may be at work meanwhile.
#[must_use]
pub fn explore(
    template: &Template,
    scenario: Scenario,
    variant: Variant,
    extent: Extent,
    kept: &Arc<Kept>,
    tell: &Tell,
) -> Explored {
    let _context = runtime();
    let trial = Trial { template, scenario, variant, expected: calm(template, scenario) };
    let course = Course::noted();
    let straight = trial.run(Plan::Calm, course.clone());
    course.learn_end(&straight.wrong);
    course.note_from(0);
    let mut found = Explored { calls: straight.calls.len(), ..Explored::default() };
    found.note(scenario, &[], straight.befallen, &straight.wrong);
    let parting = Parting::new(scenario, extent, template.dir(), course.clone(), found, kept, tell);
    let world = trial.tell(parting.plan(), course);
    parting.end_walk().unwrap_or_else(|| trial.end_parted(world, &parting))
}

/// The same, with nothing kept and nobody told.
#[must_use]
pub fn alone(template: &Template, scenario: Scenario, variant: Variant, extent: Extent) -> Explored {
    explore(template, scenario, variant, extent, &Arc::default(), &(Arc::new(|_| {}) as Tell))
}

/// Runs one schedule, and tells what does not hold after it.
#[must_use]
pub fn replay(template: &Template, scenario: Scenario, variant: Variant, faults: &[(usize, Fault)]) -> Vec<String> {
    let _context = runtime();
    let trial = Trial { template, scenario, variant, expected: calm(template, scenario) };
    trial.run(Plan::at(faults), Course::default()).wrong.to_vec()
}

impl Trial<'_> {
    fn run(&self, plan: Plan, course: Course) -> Run {
        self.end(self.tell(plan, course))
    }

    fn tell(&self, plan: Plan, course: Course) -> World {
        let mut world = World::new(self.template, plan, self.variant, Workers::single()).on(course);
        (self.scenario.tell)(&mut world);
        world
    }

    fn end(&self, mut world: World) -> Run {
        let calls = world.calls.made();
        world.calm();
        let wrong = world.known_end().unwrap_or_else(|| invariants::violations(&world, &self.expected).into());
        Run { calls, befallen: world.calls.befallen(), wrong }
    }

    /// Ends a run that has parted from another one, and this process. One that functions take for another has to lead to
    /// the very same calls.
    fn end_parted(&self, world: World, parting: &Parting) -> ! {
        let run = self.end(world);
        let differs =
            parting.taken_for().filter(|other| self.run(Plan::at(&[*other]), Course::default()).calls != run.calls);
        let wrong = match differs {
            Some((number, other)) => vec![format!("what befell call {number} is not taken for {other:?}")],
            None => run.wrong.to_vec(),
        };
        parting.tell(run.befallen, wrong)
    }
}

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

/// What customers did in the story, when nothing befalls anything.
fn calm(template: &Template, scenario: Scenario) -> Value {
    let _context = runtime();
    let mut world = World::new(template, Plan::Calm, Variant::Product, Workers::single());
    (scenario.tell)(&mut world);
    world.calm();
    invariants::of_customers(&world)
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
