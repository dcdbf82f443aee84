//! Runs schedules of faults: each story without faults, then with single faults, then with pairs that a seed draws.
//! Worlds are independent, so threads share the work.

use crate::calls::{Call, Fault, Function, Plan};
use crate::invariants;
use crate::scenarios::{self, Scenario};
use crate::template::Template;
use crate::variants::Variant;
use crate::workers::Workers;
use crate::world::{RUNTIME, World};
use rand::rngs::StdRng;
use rand::seq::{IteratorRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Faults by the numbers of their calls.
pub type Schedule = Vec<(usize, Fault)>;

/// How much is run.
#[derive(Clone, Debug)]
pub enum Extent {
    /// So many schedules: first the single faults of the stories in which the changed functions make calls, then as many
    /// other single faults as pairs, both drawn by the seed.
    Purse {
        /// How many.
        schedules: usize,
        /// The functions that changed.
        changed: Vec<Function>,
    },
    /// All single faults, and so many of a hundred pairs.
    All {
        /// How many.
        percent: u32,
    },
}

/// What was run.
#[derive(Debug)]
pub struct Explored<'a> {
    /// The stories.
    pub stories: Vec<Story<'a>>,
    /// A run for each schedule.
    pub runs: Vec<Run>,
}

/// The result of one schedule.
#[derive(Clone, Debug)]
pub struct Run {
    /// The story's name.
    pub story: &'static str,
    /// Its faults.
    pub schedule: Schedule,
    /// How many faults were injected: a pair's second call may not come.
    pub injected: usize,
    /// What did not hold.
    pub wrong: Vec<String>,
    calls: Vec<Call>,
}

/// A story that has been run without faults.
#[derive(Debug)]
pub struct Story<'a> {
    template: &'a Template,
    scenario: Scenario,
    variant: Variant,
    expected: Value,
    /// The run without faults.
    pub calm: Run,
}

/// A single fault of a story, and how many pairs that begin with it.
struct Job {
    story: usize,
    single: (usize, Fault),
    pairs: Pairs,
}

enum Pairs {
    Number(usize),
    Percent(u32),
}

impl<'a> Story<'a> {
    /// Runs `scenario` without faults. What customers did is taken from the product, whatever the variant.
    pub(crate) fn new(template: &'a Template, scenario: Scenario, variant: Variant) -> Self {
        let product = World::new(template, Plan::Calm, Variant::Product, Workers::single());
        let expected = invariants::of_customers(&finish(product, scenario).world);
        let world = World::new(template, Plan::Calm, variant, Workers::single());
        let calm = run(world, scenario, Vec::new(), &expected);
        Self { template, scenario, variant, expected, calm }
    }

    pub(crate) fn run(&self, schedule: Schedule) -> Run {
        let plan = Plan::At(schedule.iter().copied().collect());
        let world = World::new(self.template, plan, self.variant, Workers::single());
        run(world, self.scenario, schedule, &self.expected)
    }

    pub(crate) fn singles(&self) -> Vec<(usize, Fault)> {
        faults_from(&self.calm.calls, 0).collect()
    }

    /// How many calls it makes without faults.
    pub fn calls(&self) -> usize {
        self.calm.calls.len()
    }

    fn concerns(&self, functions: &[Function]) -> bool {
        self.calm.calls.iter().any(|call| call.function.is_some_and(|function| functions.contains(&function)))
    }
}

/// Runs one schedule of the story called `name`; none if there is no such story.
pub fn replay(template: &Template, name: &str, schedule: &[(usize, Fault)]) -> Option<Run> {
    let scenario = scenarios::ALL.into_iter().find(|scenario| scenario.name == name)?;
    let _context = RUNTIME.enter();
    Some(Story::new(template, scenario, Variant::Product).run(schedule.to_vec()))
}

/// Runs `extent` of the stories whose names contain `only`, as `seed` draws it.
pub fn explore<'a>(template: &'a Template, extent: &Extent, only: &str, seed: u64) -> Explored<'a> {
    let chosen: Vec<Scenario> = scenarios::ALL.into_iter().filter(|story| story.name.contains(only)).collect();
    let stories = share(&chosen, |scenario| Story::new(template, *scenario, Variant::Product));
    let mut dice = StdRng::seed_from_u64(seed);
    let jobs: Vec<(u64, Job)> = jobs(&stories, extent, &mut dice).into_iter().map(|job| (dice.random(), job)).collect();
    let runs = share(&jobs, |(seed, job)| {
        let story = &stories[job.story];
        let single = story.run(vec![job.single]);
        let pairs: Vec<_> = faults_from(&single.calls, job.single.0 + 1).collect();
        let mut dice = StdRng::seed_from_u64(*seed);
        let number = match job.pairs {
            Pairs::Number(number) => number,
            Pairs::Percent(percent) => pairs.iter().filter(|_| dice.random_range(0..100) < percent).count(),
        };
        let seconds = pairs.into_iter().sample(&mut dice, number);
        let pairs = seconds.into_iter().map(|second| story.run(vec![job.single, second]));
        let mut runs: Vec<Run> = pairs.collect();
        runs.push(single);
        runs
    });
    Explored { stories, runs: runs.into_iter().flatten().collect() }
}

fn jobs(stories: &[Story<'_>], extent: &Extent, dice: &mut StdRng) -> Vec<Job> {
    let singles_of = |(story, of): (usize, &Story<'_>)| of.singles().into_iter().map(move |single| (story, single));
    let mut singles: Vec<_> = stories.iter().enumerate().flat_map(singles_of).collect();
    singles.shuffle(dice);
    let job = |(story, single), pairs| Job { story, single, pairs };
    match extent {
        Extent::All { percent } => singles.into_iter().map(|single| job(single, Pairs::Percent(*percent))).collect(),
        Extent::Purse { schedules, changed } => {
            let concerned: Vec<bool> = stories.iter().map(|story| story.concerns(changed)).collect();
            singles.sort_by_key(|(story, _)| !concerned[*story]);
            let first = singles.iter().filter(|(story, _)| concerned[*story]).count().min(*schedules);
            let rest = *schedules - first;
            singles.truncate(first + rest.div_ceil(2));
            let pairs = *schedules - singles.len();
            let each = pairs.checked_div(singles.len()).unwrap_or_default();
            let more = pairs.checked_rem(singles.len()).unwrap_or_default();
            let number = |place: usize| Pairs::Number(each + usize::from(place < more));
            singles.into_iter().enumerate().map(|(place, single)| job(single, number(place))).collect()
        }
    }
}

/// Every fault of the calls from this number on.
fn faults_from(calls: &[Call], first: usize) -> impl Iterator<Item = (usize, Fault)> {
    let later = calls.iter().enumerate().skip(first);
    later.flat_map(|(number, call)| call.faults.iter().map(move |fault| (number, *fault)))
}

fn run(world: World, scenario: Scenario, schedule: Schedule, expected: &Value) -> Run {
    let Finished { world, calls } = finish(world, scenario);
    let injected = world.calls.state().injected;
    Run { story: scenario.name, schedule, injected, wrong: invariants::violations(&world, expected), calls }
}

struct Finished {
    world: World,
    /// The calls until the faults stopped.
    calls: Vec<Call>,
}

/// Plays the story to its end.
fn finish(mut world: World, scenario: Scenario) -> Finished {
    (scenario.run)(&mut world);
    let calls = world.calls.state().made.clone();
    world.calm();
    Finished { world, calls }
}

/// Does all `jobs`, on as many threads as the machine has processors. Gives the results in the order of the jobs.
pub(crate) fn share<J: Sync, R: Send>(jobs: &[J], work: impl Fn(&J) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let _context = RUNTIME.enter();
        let more = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|place| *place < jobs.len());
        std::iter::from_fn(more).map(|place| (place, work(&jobs[place]))).collect::<Vec<_>>()
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread ends without a panic")).collect()
    });
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}
