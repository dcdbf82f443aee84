//! The suite as a whole: every story, the wrong ways of doing it, the random runs, and what came of them in tables.

use crate::calls::Fault;
use crate::explore::{self, runtime};
use crate::explored::{Explored, Extent, Tell as Heard, Violation};
use crate::kept::Kept;
use crate::random::{self, Told};
use crate::scenarios::{self, Scenario};
use crate::template::Template;
use crate::variants::Variant;
use futures::executor::block_on;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After this many violations of a story the rest of it is not run.
const ENOUGH: usize = 10;

/// How often is told how far it is.
const TOLD_EVERY: Duration = Duration::from_secs(1);

/// Hears how far it is, one line at a time; true with the last line of a part.
pub type Tell = Arc<dyn Fn(&str, bool) + Send + Sync>;

/// A part of the suite: each takes long by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The stories, and the wrong ways of doing it.
    Stories,
    /// The random runs.
    Runs,
}

/// How much is run.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Which part; both if none is said.
    pub part: Option<Part>,
    /// How many of a hundred schedules of two faults.
    pub percent: u64,
    /// Whether of schedules that are equal one is run, or each.
    pub once: bool,
    /// How many random runs.
    pub runs: u64,
    /// The seed of the first.
    pub seed: u64,
    /// How many processes share the work.
    pub at_once: usize,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    size: Size,
    stories: Vec<(Scenario, Explored)>,
    caught: Vec<(Variant, Option<Violation>)>,
    runs: Runs,
    took: Duration,
}

/// What came of the random runs.
#[derive(Clone, Debug, Default)]
struct Runs {
    runs: u64,
    calls: usize,
    faults: usize,
    wrong: Vec<(u64, Vec<String>)>,
}

impl Report {
    /// Runs the suite, or the stories whose name contains `only`, but for what is in `kept`.
    #[must_use]
    pub fn make(size: &Size, only: &str, kept: &Arc<Kept>, tell: &Tell) -> Self {
        let begun = Instant::now();
        let template = template();
        let (mut stories, mut caught, mut runs) = (Vec::new(), Vec::new(), Runs::default());
        if size.part != Some(Part::Runs) {
            let chosen = scenarios::ALL.into_iter().filter(|scenario| scenario.name.contains(only));
            stories.extend(chosen.map(|scenario| (scenario, story(&template, scenario, size, kept, tell))));
            caught = if only.is_empty() { wrong_ways(&template, size, tell) } else { caught };
        }
        if size.part != Some(Part::Stories) {
            runs = random_runs(&template, size, kept, tell);
        }
        Self { size: *size, stories, caught, runs, took: kept.took() + begun.elapsed() }
    }

    /// Whether everything held, and everything wrong was noticed.
    #[must_use]
    pub fn holds(&self) -> bool {
        let noticed = self.caught.iter().all(|(_, violation)| violation.is_some());
        let held = self.stories.iter().all(|(_, found)| found.violations.is_empty());
        noticed && held && self.runs.wrong.is_empty()
    }

    /// The report as a page. Of the page before it stays what was not run now.
    #[must_use]
    pub fn page(&self, before: &str) -> String {
        let (stories, runs) = before.split_at(before.find(RUNS).unwrap_or(before.len()));
        match self.size.part {
            None => format!("{PREFACE}\n{self}"),
            Some(Part::Stories) => format!("{PREFACE}\n{self}\n{runs}"),
            Some(Part::Runs) => {
                let rows: String = self.rows_before(runs).map(|row| format!("{row}\n")).collect();
                format!("{stories}{}", self.to_string().replacen(COLUMNS, &format!("{COLUMNS}{rows}"), 1))
            }
        }
    }

    /// The rows of the random runs that a page has already, if those of this report follow them.
    fn rows_before<'a>(&self, runs: &'a str) -> impl Iterator<Item = &'a str> {
        let rows = || runs.lines().filter(|row| numbers(row).next().is_some());
        let ends = rows().next_back().map(|row| numbers(row).take(2).sum());
        rows().filter(move |_| ends == Some(self.size.seed))
    }
}

/// The numbers that a row of a table begins with.
fn numbers(row: &str) -> impl Iterator<Item = u64> {
    row.split('|').skip(1).map_while(|cell| cell.trim().parse().ok())
}

/// What the second part of a report begins with.
const RUNS: &str = "## Long random runs\n";

/// What is told of random runs.
const COLUMNS: &str = "\
| runs | first seed | events each | calls | faults | violations |
|--:|--:|--:|--:|--:|--:|
";

/// What a report begins with.
const PREFACE: &str = "\
# What the fault suite found

Written by `cargo run --release --bin faults -- --write docs/reliability.md`; how it works is told in
[`tests/faults`](../tests/faults/src/lib.rs). Every call of every function goes through one place, where it can die before
or after it takes effect, fail before or after, be throttled, meet a conflict, hang while the world goes on, be made twice,
or be answered from what was a second ago. After each schedule the six things that
[`invariants.rs`](../tests/faults/src/invariants.rs) names have to hold. A schedule whose second fault comes upon a state
that another schedule has met with the same fault is equal to that one, and is not run again. Ten random runs tell the
same events, each with faults and turns of its own.
";

/// Begins every world.
///
/// # Panics
/// If it cannot be made.
#[must_use]
pub fn template() -> Template {
    let _context = runtime();
    block_on(Template::make())
}

fn story(template: &Template, scenario: Scenario, size: &Size, kept: &Arc<Kept>, tell: &Tell) -> Explored {
    let extent = Extent { percent: size.percent, enough: ENOUGH, at_once: size.at_once, once: size.once };
    let told = Seldom::default();
    let heard = {
        let tell = Arc::clone(tell);
        move |done: usize| told.tell(|| tell(&format!("{}: {done} schedules of two faults", scenario.name), false))
    };
    let found = explore::explore(template, scenario, Variant::Product, extent, kept, &(Arc::new(heard) as Heard));
    let (one, two, wrong) = (found.singles, found.doubles, found.violations.len());
    tell(&format!("{}: {one} schedules of one fault, {two} of two, {wrong} violations", scenario.name), true);
    found
}

/// Each wrong way, and the first schedule that shows it; one fault is enough for each.
fn wrong_ways(template: &Template, size: &Size, tell: &Tell) -> Vec<(Variant, Option<Violation>)> {
    let extent = Extent { percent: 0, enough: 1, at_once: size.at_once, once: size.once };
    let caught = Variant::WRONG.into_iter().map(|variant| {
        let mut found = scenarios::ALL.into_iter().map(|scenario| {
            tell(&format!("{}: {}", variant.says(), scenario.name), false);
            explore::alone(template, scenario, variant, extent).violations.into_iter().next()
        });
        let violation = found.find_map(|violation| violation);
        tell(&format!("{}: {}", variant.says(), if violation.is_some() { "noticed" } else { "NOT NOTICED" }), true);
        (variant, violation)
    });
    caught.collect()
}

fn random_runs(template: &Template, size: &Size, kept: &Kept, tell: &Tell) -> Runs {
    let (mut all, told) = (Runs::default(), Seldom::default());
    let (known, new): (Vec<u64>, Vec<u64>) =
        (size.seed..size.seed + size.runs).partition(|seed| kept.run(*seed).is_some());
    known.iter().filter_map(|seed| Some((*seed, kept.run(*seed)?))).for_each(|(seed, run)| all.add(seed, run.clone()));
    random::tell(template, &new, size.at_once, &mut |seed, run| {
        kept.keep_run(seed, &run);
        all.add(seed, run);
        told.tell(|| tell(&format!("random runs: {} of {}", all.runs, size.runs), false));
    });
    tell(&format!("random runs: {}, {} faults, {} violations", all.runs, all.faults, all.wrong.len()), true);
    all
}

/// Tells not more often than people can read.
#[derive(Debug)]
struct Seldom(Mutex<Instant>);

impl Default for Seldom {
    fn default() -> Self {
        Self(Mutex::new(Instant::now()))
    }
}

impl Seldom {
    fn tell(&self, tell: impl FnOnce()) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() > TOLD_EVERY {
            *last = Instant::now();
            tell();
        }
    }
}

impl Runs {
    fn add(&mut self, seed: u64, run: Told) {
        self.runs += 1;
        self.calls += run.calls;
        self.faults += run.faults;
        if !run.wrong.is_empty() {
            self.wrong.push((seed, run.wrong));
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.size.part != Some(Part::Runs) {
            self.stories(f)?;
            self.caught(f)?;
        }
        if self.size.part.is_none() {
            writeln!(f)?;
        }
        if self.size.part != Some(Part::Stories) {
            self.runs(f)?;
        }
        let (minutes, at_once) = (self.took.as_secs_f64() / 60.0, self.size.at_once);
        let this = match self.size {
            Size { part: Some(Part::Runs), seed: seed @ 1.., .. } => format!("The runs from seed {seed} on"),
            _ => "This".to_owned(),
        };
        writeln!(f, "\n{this} took {minutes:.1} minutes, {at_once} at a time.")?;
        self.violations(f)
    }
}

impl Report {
    fn stories(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## Every fault, and every two\n")?;
        writeln!(
            f,
            "| story | calls | schedules of one fault | of two | of these by an equal one | faults | violations |"
        )?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|--:|")?;
        let mut sum = Explored::default();
        for (scenario, found) in &self.stories {
            row(f, scenario.name, found)?;
            sum.calls += found.calls;
            sum.singles += found.singles;
            sum.doubles += found.doubles;
            sum.equal += found.equal;
            sum.faults += found.faults;
            sum.violations.extend(found.violations.iter().cloned());
        }
        row(f, "**all**", &sum)?;
        writeln!(f, "\n{} % of the schedules of two faults.", self.size.percent)
    }

    fn caught(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.caught.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n## Wrong ways of doing it, and whether the suite notices\n")?;
        writeln!(f, "| what is done wrong | noticed in | after |\n|---|---|---|")?;
        for (variant, violation) in &self.caught {
            let (story, faults) = violation
                .as_ref()
                .map_or(("**not noticed**", String::new()), |found| (found.scenario.as_str(), schedule(&found.faults)));
            writeln!(f, "| {} | {story} | {faults} |", variant.says())?;
        }
        Ok(())
    }

    fn runs(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Runs { runs, calls, faults, wrong } = &self.runs;
        write!(f, "{RUNS}\n{COLUMNS}")?;
        let (seed, events) = (self.size.seed, random::EVENTS);
        writeln!(f, "| {runs} | {seed} | {events} | {calls} | {faults} | {} |", wrong.len())
    }

    fn violations(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for violation in self.stories.iter().flat_map(|(_, found)| &found.violations) {
            writeln!(f, "\n{}, {}:", violation.scenario, schedule(&violation.faults))?;
            violation.wrong.iter().try_for_each(|wrong| writeln!(f, "- {wrong}"))?;
        }
        for (seed, wrong) in &self.runs.wrong {
            writeln!(f, "\nrandom run of seed {seed}:")?;
            wrong.iter().try_for_each(|wrong| writeln!(f, "- {wrong}"))?;
        }
        Ok(())
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, found: &Explored) -> fmt::Result {
    let Explored { calls, singles, doubles, equal, faults, violations } = found;
    writeln!(f, "| {name} | {calls} | {singles} | {doubles} | {equal} | {faults} | {} |", violations.len())
}

/// A schedule in words.
fn schedule(faults: &[(usize, Fault)]) -> String {
    let mut words = String::new();
    for (number, fault) in faults {
        let joint = if words.is_empty() { "" } else { ", " };
        let _ = write!(words, "{joint}{fault:?} at call {number}");
    }
    if words.is_empty() { "no fault at all".to_owned() } else { words }
}
