//! What was run, as tables and lists of violations.

use crate::explore::{Explored, Schedule};
use crate::random::{EVENTS, RandomRun};
use crate::variants::{MISTAKES, Mistake};
use std::fmt;

/// At most so many violations are listed.
const LISTED: usize = 20;

/// Everything that was run.
#[derive(Debug)]
pub struct Report<'a> {
    /// The stories and their schedules.
    pub explored: Explored<'a>,
    /// Each mistake, and the schedule that showed it; empty if none was tried.
    pub noticed: Vec<Option<Schedule>>,
    /// The random runs.
    pub random: Vec<RandomRun>,
}

impl Report<'_> {
    /// Whether everything held, and every mistake that was tried was noticed.
    pub fn holds(&self) -> bool {
        let noticed = self.noticed.iter().all(Option::is_some);
        let held = self.explored.runs.iter().all(|run| run.wrong.is_empty());
        noticed && held && self.random.iter().all(|run| run.wrong.is_empty())
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| scenario | calls | single faults | pairs | violations |\n|---|--:|--:|--:|--:|")?;
        for story in &self.explored.stories {
            let runs = || self.explored.runs.iter().filter(|run| run.story == story.calm.story);
            let singles = runs().filter(|run| run.schedule.len() == 1).count();
            let pairs = runs().count() - singles;
            let wrong = runs().filter(|run| !run.wrong.is_empty()).count();
            writeln!(f, "| {} | {} | {singles} | {pairs} | {wrong} |", story.calm.story, story.calls())?;
        }
        let injected: usize = self.explored.runs.iter().map(|run| run.injected).sum();
        writeln!(f, "\n{} schedules, {injected} faults.", self.explored.runs.len())?;
        if !self.noticed.is_empty() {
            writeln!(f, "\n| mistake | detected in | after |\n|---|---|---|")?;
        }
        for (Mistake { name, story, .. }, noticed) in MISTAKES.iter().zip(&self.noticed) {
            let after = noticed.as_ref().map_or_else(|| "**not detected**".to_owned(), in_words);
            writeln!(f, "| {name} | {story} | {after} |")?;
        }
        let (calls, faults) = self.random.iter().fold((0, 0), |(c, n), run| (c + run.calls, n + run.injected));
        let runs = self.random.len();
        writeln!(f, "\n{runs} random runs of {EVENTS} events: {calls} calls, {faults} faults.")?;
        let runs = self.explored.stories.iter().map(|story| &story.calm).chain(&self.explored.runs);
        let of_stories = runs.map(|run| (format!("{}, {}", run.story, in_words(&run.schedule)), &run.wrong));
        let random = self.random.iter().map(|run| (format!("random run of seed {}", run.seed), &run.wrong));
        for (name, wrong) in of_stories.chain(random).filter(|(_, wrong)| !wrong.is_empty()).take(LISTED) {
            writeln!(f, "\nviolation: {name}:\n- {}", wrong.join("\n- "))?;
        }
        Ok(())
    }
}

/// A schedule in words.
fn in_words(schedule: &Schedule) -> String {
    let faults: Vec<_> = schedule.iter().map(|(number, fault)| format!("{fault:?} at call {number}")).collect();
    if faults.is_empty() { "no fault".to_owned() } else { faults.join(", ") }
}
