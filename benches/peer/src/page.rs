//! The page `docs/peer.md`. Which of the systems is better at what follows from the figures.

use crate::figures::{CONNECTIONS, Figures, Killed, Window};
use crate::speed::CUSTOMERS;
use crate::systems::System;
use std::fmt::Write as _;

/// Appends to a text in memory, which cannot fail.
macro_rules! add {
    ($page:expr, $($what:tt)*) => { let _ = writeln!($page, $($what)*); };
}

/// The connections at which costs are told: as many as there are under load.
const LOADED: usize = CONNECTIONS[2];

/// Where lines end.
const COLUMNS: usize = 120;

/// A figure, what it is called and whether more of it is better.
type Measure = (&'static str, fn(&Window) -> f64, bool);

const MEASURES: [Measure; 6] = [
    ("webhooks accepted in a second", |window| window.rate, true),
    ("milliseconds to the middle answer", |window| window.p50, false),
    ("milliseconds to all but one answer of a hundred", |window| window.p99, false),
    ("milliseconds of CPU for each message until it is accepted", |window| window.cpu, false),
    ("milliseconds of CPU for each message until it is stored", |window| window.cpu_stored, false),
    ("megabytes of memory", |window| window.memory, false),
];

/// The page.
#[must_use]
pub fn page(figures: &Figures) -> String {
    let mut page = HEAD.to_owned();
    setting(&mut page, figures);
    verdict(&mut page, figures);
    page.push_str(GUARANTEES);
    speed(&mut page, figures);
    cost(&mut page, figures);
    killed(&mut page, figures);
    page.push_str(READING);
    page
}

const HEAD: &str = "\
# Beside a peer

Written by `cargo run --release --bin peer -- --write docs/peer.md`. What Leadwire does with a webhook, beside a backend
on Node, Express and MariaDB that was written for this comparison: clustered over all cores, pooled, with prepared
statements. [`benches/peer`](../benches/peer/README.md) tells how both are run, and how to do it again.

![Accepted webhooks, slowest answers, CPU and losses of the four systems](peer.svg)

";

fn setting(page: &mut String, figures: &Figures) {
    let Figures { machine, load, nice, lto, units, versions, seconds, .. } = figures;
    let (rounds, load) = (figures.rounds(), load.split(' ').next().unwrap_or_default());
    paragraph(
        page,
        &format!(
            "Measured on {machine}, which the program that posts shares with what it measures; the load average before was \
             {load}, and all of this ran at nice level {nice}. {versions}. Leadwire: a release build, link-time \
             optimisation {lto}, units of code {units}; `cargo run`'s local stack, with its queue on disk."
        ),
    );
    paragraph(
        page,
        &format!(
            "{rounds} rounds; in each, every system begins in an empty folder, {CUSTOMERS} customers write twice, and then \
             there are windows of {seconds} s with one connection, with 8 and with 32. Each connection posts the next \
             webhook when the last one is answered. Told is the median of the rounds, and in brackets the lowest and the \
             highest."
        ),
    );
}

fn verdict(page: &mut String, figures: &Figures) {
    add!(page, "## Who is better at what\n");
    paragraph(
        page,
        &format!(
            "Leadwire beside Express where it writes first and hands what it wrote to the operating system, which is what \
             Leadwire's local stack does too; {LOADED} connections."
        ),
    );
    add!(page, "| | Leadwire | Express | better |");
    add!(page, "|---|--:|--:|---|");
    let both = [System::Leadwire, System::Relaxed];
    let stored = ("messages stored in a second", both.map(|system| figures.stored(system, LOADED).median), true);
    let measured =
        MEASURES.map(|(name, figure, more)| (name, both.map(|system| figures.of(system, LOADED, figure).median), more));
    for (name, [ours, theirs], more) in measured.into_iter().chain([stored]) {
        let (times, ours_better) = (ours.max(theirs) / ours.min(theirs), (ours > theirs) == more);
        let better = if ours_better { "Leadwire" } else { "Express" };
        let (ours, theirs) = (number(ours), number(theirs));
        add!(page, "| {name} | {ours} | {theirs} | {better}, {times:.1} times |");
    }
    for (name, count) in COUNTS {
        let [ours, theirs] = both.map(|system| count(&figures.killed[&system]));
        let better = match ours.cmp(&theirs) {
            std::cmp::Ordering::Less => "Leadwire",
            std::cmp::Ordering::Equal => "neither",
            std::cmp::Ordering::Greater => "Express",
        };
        add!(page, "| messages {name} by `kill -9` | {ours} | {theirs} | {better} |");
    }
    page.push('\n');
}

type Count = (&'static str, fn(&Killed) -> usize);

const COUNTS: [Count; 2] = [("lost", |killed| killed.missing), ("doubled", |killed| killed.doubled)];

const GUARANTEES: &str = "\
## What each has done when it answers

| | before 200 | after 200 | after `kill -9` | after a power cut |
|---|---|---|---|---|
| Leadwire | checks the signature, finds the number's tenant, puts the message into the queue | stores it: identities, lead, conversation, message, the event as it came | all of it is there | here what was not yet on the disk is gone, since the local stack does not call `fsync`; SQS on AWS holds it in several places |
| Express, writes first, fsync | checks the signature; lead, message and timeline in one transaction | | all of it is there | all of it is there |
| Express, writes first | the same, `innodb_flush_log_at_trx_commit=2` | the disk, once a second | all of it is there | up to a second is gone |
| Express, answers first | checks the signature | the same transaction, with `fsync` | what was still to be written is gone | the same |

";

fn speed(page: &mut String, figures: &Figures) {
    add!(page, "## Speed\n");
    add!(page, "| | connections | accepted in a second | p50, ms | p99, ms | answers other than 200 |");
    add!(page, "|---|--:|--:|--:|--:|--:|");
    for connections in CONNECTIONS {
        for system in System::ALL {
            let rate = figures.of(system, connections, |window| window.rate);
            let [p50, p99] = [MEASURES[1], MEASURES[2]].map(|(_, figure, _)| figures.of(system, connections, figure));
            let refused = figures.of(system, connections, |window| window.refused as f64).high;
            let (name, low, high) = (system.name(), number(rate.low), number(rate.high));
            let [rate, p50, p99] = [rate.median, p50.median, p99.median].map(number);
            add!(page, "| {name} | {connections} | {rate} ({low}–{high}) | {p50} | {p99} | {refused} |");
        }
    }
    page.push('\n');
}

fn cost(page: &mut String, figures: &Figures) {
    add!(page, "## What it costs\n");
    paragraph(
        page,
        "CPU of all processes with their database, from `/proc`: within the window, and until the last message was stored. \
         Memory as the kernel counts it when shared pages count once (PSS), at the end of the window.",
    );
    add!(
        page,
        "| | connections | CPU per accept, ms | until stored, ms | stored after, s | stored in a second | memory, MB |"
    );
    add!(page, "|---|--:|--:|--:|--:|--:|--:|");
    for connections in CONNECTIONS {
        for system in System::ALL {
            let of = |figure: fn(&Window) -> f64| figures.of(system, connections, figure).median;
            let (cpu, all) = (of(|window| window.cpu), of(|window| window.cpu_stored));
            let (behind, memory) = (of(|window| window.behind), of(|window| window.memory));
            let (name, stored) = (system.name(), number(figures.stored(system, connections).median));
            add!(page, "| {name} | {connections} | {cpu:.2} | {all:.2} | {behind:.1} | {stored} | {memory:.0} |");
        }
    }
    page.push('\n');
}

fn killed(page: &mut String, figures: &Figures) {
    add!(page, "## `kill -9`\n");
    paragraph(
        page,
        &format!(
            "Server and database are killed together while webhooks come over 32 connections, half a second to two and a \
             half after the load begins (`--seed {}`), and started again over what is left. Then it is counted what is there \
             of what was answered with 200; what was not is delivered again, and one of twenty of the others too, as Meta \
             does. One lost message disqualifies.",
            figures.seed
        ),
    );
    add!(page, "| | kills | posted | answered 200 | of them there | lost | delivered again | doubled in the end | |");
    add!(page, "|---|--:|--:|--:|--:|--:|--:|--:|---|");
    for (system, killed) in &figures.killed {
        let Killed { kills, posted, acknowledged, there, lost, delivered_again, doubled, missing, .. } = killed;
        let verdict = if *missing > 0 { "disqualified" } else { "" };
        let share = 100.0 * *lost as f64 / *acknowledged as f64;
        let lost = if *lost > 0 { format!("{lost} ({share:.1} %)") } else { "0".to_owned() };
        let name = system.name();
        add!(
            page,
            "| {name} | {kills} | {posted} | {acknowledged} | {there} | {lost} | {delivered_again} | {doubled} | {verdict} |"
        );
    }
    page.push('\n');
}

const READING: &str = "\
## How to read this

The comparison is of what `cargo run` starts, not of what runs on AWS. There, `webhook` is a function of its own, and
the work of DynamoDB and SQS is not its CPU; here both are embedded in the one process. MariaDB is made for speed; the
embedded DynamoDB is made to behave as DynamoDB does.

Leadwire accepts faster than this one process stores, and what waits lies in the queue, on disk: \"stored after\" says how
long it takes until everything is shown. Express, writing first, has stored what it accepted.

For each message Leadwire also keeps the event as it came, recognises people by three kinds of ids, keeps one lead per
customer of each tenant under any order and repetition, and feeds a stream. The peer keeps a lead by phone, a text and a
line of timeline, for one business.

Where Express answers first, it accepts faster than it writes: what waits in memory grows for as long as the load lasts,
and is what a kill takes. At a load that it keeps up with it would lose less. A webhook that comes again is a message of
its own to it, since no key says otherwise.
";

/// Adds a paragraph, in lines that end where lines do.
fn paragraph(page: &mut String, text: &str) {
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 {
            let fits = column + 1 + length <= COLUMNS;
            page.push(if fits { ' ' } else { '\n' });
            column = if fits { column + 1 } else { 0 };
        }
        page.push_str(word);
        column += length;
    }
    page.push_str("\n\n");
}

/// With as many digits as say something.
fn number(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}
