//! Every schedule of one fault and of two: told by running the story once calmly, once with each fault at each of its
//! calls, and, for each of those runs, once more with each fault at each call that came after.

use crate::calls::{Call, Fault, Plan};
use crate::invariants;
use crate::scenarios::Scenario;
use crate::template::Template;
use crate::variants::Variant;
use crate::workers::Workers;
use crate::world::World;
use serde_json::Value;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What was tried of a story, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Explored {
    /// Calls of the calm run.
    pub calls: usize,
    /// Runs with one fault.
    pub singles: usize,
    /// Runs with two faults.
    pub doubles: usize,
    /// Faults that befell a call, in all runs together.
    pub faults: usize,
    /// Schedules after which something did not hold.
    pub violations: Vec<Violation>,
}

/// A schedule after which something did not hold.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The story.
    pub scenario: &'static str,
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
}

/// One run of a story.
#[derive(Debug)]
struct Run {
    calls: Vec<Call>,
    befallen: usize,
    wrong: Vec<String>,
}

/// Tries `scenario` under `variant`; `tell` hears how many schedules have been run so far.
#[must_use]
pub fn explore(
    template: &Template,
    scenario: Scenario,
    variant: Variant,
    extent: Extent,
    tell: &(dyn Fn(usize) + Sync),
) -> Explored {
    let expected = calm(template, scenario);
    let straight = run(template, scenario, variant, &[], &expected);
    let first: Vec<(usize, Fault)> = of(&straight.calls, 0);
    let mut all = Explored { calls: straight.calls.len(), ..Explored::default() };
    if !straight.wrong.is_empty() {
        all.violations.push(Violation { scenario: scenario.name, faults: Vec::new(), wrong: straight.wrong });
    }
    let (all, next, done) = (Mutex::new(all), AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let _context = runtime();
        while let Some(fault) = first.get(next.fetch_add(1, Ordering::SeqCst)) {
            let mut found = Explored::default();
            let single = run(template, scenario, variant, &[*fault], &expected);
            found.singles += 1;
            let mut seconds = of(&single.calls, fault.0 + 1);
            seconds.retain(|second| {
                fault.1.pairs() && second.1.pairs() && chosen(scenario, *fault, *second, extent.percent)
            });
            found.note(scenario, vec![*fault], &single);
            for second in seconds {
                if all.lock().is_ok_and(|all| all.violations.len() + found.violations.len() >= extent.enough) {
                    break;
                }
                let faults = [*fault, second];
                let double = run(template, scenario, variant, &faults, &expected);
                found.doubles += 1;
                found.note(scenario, faults.to_vec(), &double);
                tell(done.fetch_add(1, Ordering::Relaxed) + 1);
            }
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
    let expected = calm(template, scenario);
    run(template, scenario, variant, faults, &expected).wrong
}

impl Explored {
    fn note(&mut self, scenario: Scenario, faults: Vec<(usize, Fault)>, run: &Run) {
        self.faults += run.befallen;
        if !run.wrong.is_empty() {
            self.violations.push(Violation { scenario: scenario.name, faults, wrong: run.wrong.clone() });
        }
    }

    fn add(&mut self, other: Self) {
        self.singles += other.singles;
        self.doubles += other.doubles;
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

fn run(template: &Template, scenario: Scenario, variant: Variant, faults: &[(usize, Fault)], expected: &Value) -> Run {
    let plan = Plan::At(BTreeMap::from_iter(faults.iter().copied()));
    let mut world = World::new(template, plan, variant, Workers::single());
    (scenario.tell)(&mut world);
    let calls = world.calls.made();
    world.calm();
    Run { calls, befallen: world.calls.befallen(), wrong: invariants::violations(&world, expected) }
}

/// Every fault at every call from `from` on.
fn of(calls: &[Call], from: usize) -> Vec<(usize, Fault)> {
    let numbered = calls.iter().enumerate().skip(from);
    numbered.flat_map(|(number, call)| call.faults().iter().map(move |fault| (number, *fault))).collect()
}

/// Whether a schedule of two faults is among those that are tried: the same ones each time.
fn chosen(scenario: Scenario, first: (usize, Fault), second: (usize, Fault), percent: u64) -> bool {
    let mut hasher = DefaultHasher::new();
    (scenario.name, first, second).hash(&mut hasher);
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
