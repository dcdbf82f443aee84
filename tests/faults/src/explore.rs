//! Every schedule of one fault and of two: told by running the story once calmly, once with each fault at each of its
//! calls, and, for each of those runs, once more with each fault at each call that came after. How these part from one
//! another is in `parting`.

use crate::calls::{Call, Fault, Plan};
use crate::course::{Course, End};
use crate::explored::{Explored, Extent, Tell};
use crate::invariants;
use crate::kept::Kept;
use crate::parting::Parting;
use crate::scenarios::Scenario;
use crate::template::Template;
use crate::variants::Variant;
use crate::workers::Workers;
use crate::world::World;
use serde_json::Value;
use std::sync::Arc;

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
