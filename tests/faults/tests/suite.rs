//! The part of the suite that every `cargo test` runs: each fault by itself in each story, one of fifty pairs, each
//! wrong way of doing it, some random runs, and the schedules that once failed.

use faults::calls::Fault;
use faults::explore::{self, replay};
use faults::explored::Extent;
use faults::report::template;
use faults::{Variant, random, scenarios};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

/// Random runs whose seeds once failed, with the events that were told then.
const SEEDS: [u64; 3] = [5, 12, 274];

/// Schedules that once failed: the story, and what befell which call.
const SCHEDULES: [(&str, &[(usize, Fault)]); 7] = [
    ("a request to send that is made once, without a key", &[(13, Fault::CrashAfter)]),
    ("a request to send that is made once, without a key", &[(12, Fault::FailAfter)]),
    ("an edit before its message", &[(16, Fault::CrashBefore), (110, Fault::CrashBefore)]),
    ("an edit before its message", &[(16, Fault::CrashAfter), (117, Fault::FailBefore)]),
    ("an agent reads, and moves a lead that writes again", &[(8, Fault::Delay), (28, Fault::Delay)]),
    ("a withdrawal right before its message", &[(0, Fault::CrashBefore), (10, Fault::CrashAfter)]),
    ("two edits of a message", &[(12, Fault::Delay), (26, Fault::CrashBefore)]),
];

/// Stories by their place of which some schedules are run both ways, with what is done wrong in them.
const FAR: [(usize, Variant, u64); 2] = [(3, Variant::GoOnAfterFailure, 2), (1, Variant::ResendOnTimeout, 1)];

static TEMPLATE: LazyLock<faults::Template> = LazyLock::new(template);

/// What shares its work among processes that part from this one does it while no other test is at work.
static ALONE: Mutex<()> = Mutex::new(());

/// So many processes share the work.
const AT_ONCE: usize = 2;

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn extent(percent: u64, enough: usize) -> Extent {
    Extent { percent, enough, at_once: AT_ONCE, once: true }
}

#[test]
fn no_fault_and_no_two_faults_break_a_promise() {
    let _alone = alone();
    for scenario in scenarios::ALL {
        let found = explore::alone(&TEMPLATE, scenario, Variant::Product, extent(2, 3));
        assert!(found.singles > 0, "{}: nothing was tried", scenario.name);
        assert!(found.violations.is_empty(), "{:#?}", found.violations);
    }
}

#[test]
fn every_wrong_way_of_doing_it_is_noticed() {
    let _alone = alone();
    for variant in Variant::WRONG {
        let noticed = scenarios::ALL
            .into_iter()
            .any(|scenario| !explore::alone(&TEMPLATE, scenario, variant, extent(0, 1)).violations.is_empty());
        assert!(noticed, "nobody notices who would {}", variant.says());
    }
}

#[test]
fn long_random_runs_with_two_workers_break_no_promise() {
    let _alone = alone();
    let seeds: Vec<u64> = SEEDS.into_iter().chain((1_000_000..).step_by(10).take(6)).collect();
    let mut heard = 0;
    random::tell(&TEMPLATE, &seeds, AT_ONCE, &mut |seed, told| {
        assert!(told.faults > 0, "nothing befell anything in the run of seed {seed}");
        assert!(told.wrong.is_empty(), "seed {seed}: {:#?}", told.wrong);
        heard += 1;
    });
    assert_eq!(heard, seeds.len());
}

#[test]
fn schedules_that_once_failed_hold() {
    let _alone = alone();
    for (name, faults) in SCHEDULES {
        let scenario = scenarios::ALL.into_iter().find(|scenario| scenario.name == name);
        let wrong = replay(&TEMPLATE, scenario.expect("the story is told"), Variant::Product, faults);
        assert!(wrong.is_empty(), "{name}, {faults:?}: {wrong:#?}");
    }
}

/// What is found, whether each schedule is run or of equal ones one: the same violations after the same schedules.
#[test]
fn schedules_that_are_equal_end_alike() {
    let _alone = alone();
    let all = |scenario, variant, percent, once| {
        let extent = Extent { percent, enough: usize::MAX, at_once: AT_ONCE, once };
        let mut found = explore::alone(&TEMPLATE, scenario, variant, extent);
        found.violations.sort_by(|one, other| one.faults.cmp(&other.faults));
        found
    };
    let wrong = [Variant::Product, Variant::MarkFirst, Variant::CountDeliveries, Variant::AlwaysAccept];
    let mut equal = 0;
    for (story, variant, percent) in wrong.map(|variant| (0, variant, 10)).into_iter().chain(FAR) {
        let (each, once) = [false, true].map(|once| all(scenarios::ALL[story], variant, percent, once)).into();
        assert_eq!(each.violations, once.violations, "{}", scenarios::ALL[story].name);
        assert_eq!((each.doubles, each.faults, each.equal), (once.doubles, once.faults, 0));
        equal += once.equal;
    }
    assert!(equal > 0, "none was equal to another");
}
