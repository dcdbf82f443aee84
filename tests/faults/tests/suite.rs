//! The part of the suite that every `cargo test` runs: a sample of single faults and pairs over every story, all single
//! faults of a few short ones, the wrong variants, a few random runs, and the schedules and seeds that once failed.

use faults::calls::Fault;
use faults::explore::{Explored, Extent, explore, replay};
use faults::variants::{MISTAKES, try_mistakes};
use faults::{Template, random};
use std::sync::LazyLock;

/// Seeds of random runs that once failed.
const SEEDS: [u64; 3] = [5, 12, 274];

/// Schedules that once failed: the story, and the faults by the number of the call.
const SCHEDULES: [(&str, &[(usize, Fault)]); 7] = [
    ("a request to send that is made once, without a key", &[(13, Fault::CrashAfter)]),
    ("a request to send that is made once, without a key", &[(12, Fault::FailAfter)]),
    ("an edit before its message", &[(16, Fault::CrashBefore), (110, Fault::CrashBefore)]),
    ("an edit before its message", &[(16, Fault::CrashAfter), (117, Fault::FailBefore)]),
    ("an agent reads, and moves a lead that writes again", &[(8, Fault::Delay), (28, Fault::Delay)]),
    ("a withdrawal right before its message", &[(0, Fault::CrashBefore), (10, Fault::CrashAfter)]),
    ("two edits of a message", &[(12, Fault::Delay), (26, Fault::CrashBefore)]),
];

/// Stories with few calls and the one of the lost stream, each with all its single faults.
const SHORT: [&str; 6] = [
    "first contact",
    "a user is invited",
    "an unreadable webhook",
    "the stream is lost",
    "the settings are changed",
    "an agent starts a conversation",
];

/// The seed of the sample. The program `faults` draws another one each time.
const SEED: u64 = 1;

static TEMPLATE: LazyLock<Template> = LazyLock::new(Template::default);

fn holds(explored: &Explored<'_>, at_least: usize) {
    assert!(explored.runs.len() >= at_least, "only {} schedules were run", explored.runs.len());
    for run in explored.stories.iter().map(|story| &story.calm).chain(&explored.runs) {
        assert!(run.wrong.is_empty(), "{}, {:?}: {:#?}", run.story, run.schedule, run.wrong);
    }
}

#[test]
fn no_fault_breaks_a_promise_in_a_short_story() {
    for story in SHORT {
        holds(&explore(&TEMPLATE, &Extent::All { percent: 0 }, story, SEED), 30);
    }
}

#[test]
fn no_drawn_fault_or_pair_breaks_a_promise_in_any_story() {
    let sample = Extent::Purse { schedules: 500, changed: Vec::new() };
    holds(&explore(&TEMPLATE, &sample, "", SEED), 490);
}

#[test]
fn every_wrong_variant_is_noticed() {
    for (mistake, noticed) in MISTAKES.iter().zip(try_mistakes(&TEMPLATE)) {
        assert!(noticed.is_some(), "{} does not show who would {}", mistake.story, mistake.name);
    }
}

#[test]
fn long_random_runs_with_two_functions_at_a_time_break_no_promise() {
    let seeds: Vec<u64> = SEEDS.into_iter().chain((1_000_000..).step_by(10).take(3)).collect();
    for run in random::run(&TEMPLATE, &seeds) {
        assert!(run.injected > 0, "seed {} injects no fault", run.seed);
        assert!(run.wrong.is_empty(), "seed {}: {:#?}", run.seed, run.wrong);
    }
}

#[test]
fn schedules_that_once_failed_hold() {
    for (name, faults) in SCHEDULES {
        let run = replay(&TEMPLATE, name, faults).expect("there is such a story");
        assert!(run.wrong.is_empty(), "{name}, {faults:?}: {:#?}", run.wrong);
    }
}
