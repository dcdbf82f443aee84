//! `cargo run --release --bin peer`: Leadwire beside a backend on Express and MariaDB, under the same load and the same
//! `kill -9`, and a table. README.md describes the backend.

#![expect(clippy::unwrap_used, reason = "a comparison that cannot go on has to end")]

mod systems;

use clap::Parser;
use soak::harness::Harness;
use soak::load::{Request, Work};
use soak::process;
use soak::story::Story;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use systems::{Running, System};

/// How many webhooks are under way at a time.
const CONNECTIONS: usize = 32;

/// How many customers write.
const CUSTOMERS: usize = 500;

/// One accepted webhook of so many comes again, as it does from Meta when the answer is lost.
const AGAIN: usize = 20;

/// How long it may take until all is stored.
const PATIENCE: Duration = Duration::from_secs(60);

/// Loads Leadwire and an Express backend on MariaDB alike, kills both alike, and counts.
#[derive(Debug, Parser)]
#[command(name = "peer", version)]
struct Args {
    /// Messages of the load, and at most as many before each kill
    #[arg(long, default_value_t = 10_000)]
    messages: usize,

    /// How often each system is killed
    #[arg(long, default_value_t = 5)]
    kills: usize,

    /// The seed of the moments of the kills
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let leadwire = process::build();
    println!("| | accepted/s | p50, ms | p99, ms | stored/s | CPU, ms each | MB | kills | accepted | lost | doubled |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut verdict = ExitCode::SUCCESS;
    for system in System::ALL {
        // Each system leads a process group of its own, which the terminal's Ctrl-C does not reach.
        let (row, wrong) = tokio::select! {
            measured = measure(system, &args, &leadwire) => measured,
            _ = tokio::signal::ctrl_c() => return ExitCode::FAILURE,
        };
        println!("| {} | {row} |", system.name());
        if wrong && system == System::Leadwire {
            verdict = ExitCode::FAILURE;
        }
    }
    verdict
}

/// A row of the table, and whether anything was lost or doubled.
async fn measure(system: System, args: &Args, leadwire: &Path) -> (String, bool) {
    let folder = tempfile::tempdir().unwrap();
    let command = |port: &str| system.command(leadwire, folder.path(), port);
    let mut running = Running::new(system, folder.path(), Harness::start(command, CONNECTIONS, args.seed).await).await;
    let mut texts = Texts::new(&running.harness);
    let speed = speed(&running, &mut texts, args.messages).await;
    let mut lost = BTreeSet::new();
    for _ in 0..args.kills {
        running.harness.add(texts.next(args.messages));
        running.harness.work_and_kill().await;
        running.harness.restart(command).await;
        running.settled(0).await;
        let there = running.stored().await;
        for (place, (wamid, body)) in running.accepted().into_iter().enumerate() {
            if !there.contains_key(&wamid) {
                lost.insert(wamid);
            } else if place % AGAIN == 0 {
                running.harness.add(vec![vec![Request::Webhook(body)]]);
            }
        }
    }
    running.harness.work_to_the_end().await;
    running.settled(0).await;
    let accepted = running.accepted();
    let all = process::within(PATIENCE, || async {
        let there = running.stored().await;
        accepted.keys().all(|wamid| lost.contains(wamid) || there.contains_key(wamid)).then_some(there)
    });
    let there = all.await.expect("what is accepted after the last kill is stored");
    let doubled = there.values().filter(|count| **count > 1).count();
    (format!("{speed} | {} | {} | {} | {doubled}", args.kills, accepted.len(), lost.len()), lost.len() + doubled > 0)
}

/// The columns about speed: every customer writes twice, and then `count` messages are timed.
async fn speed(running: &Running, texts: &mut Texts, count: usize) -> String {
    running.harness.add(texts.next(2 * CUSTOMERS));
    running.harness.work_to_the_end().await;
    running.settled(2 * CUSTOMERS).await;
    running.harness.ledger.borrow_mut().accepted.clear();
    let before = running.usage();
    let begun = Instant::now();
    running.harness.add(texts.next(count));
    running.harness.work_to_the_end().await;
    let accepted = begun.elapsed();
    running.settled(2 * CUSTOMERS + count).await;
    let stored = begun.elapsed();
    let after = running.usage();
    let mut times: Vec<_> = running.harness.ledger.borrow().accepted.iter().map(|(_, took)| *took).collect();
    times.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    format!(
        "{:.0} | {:.1} | {:.1} | {:.0} | {:.2} | {}",
        count as f64 / accepted.as_secs_f64(),
        milliseconds(times[times.len() / 2]),
        milliseconds(times[times.len() * 99 / 100]),
        count as f64 / stored.as_secs_f64(),
        milliseconds(after.cpu - before.cpu) / count as f64,
        after.memory / 1024,
    )
}

/// Texts of customers who take turns.
struct Texts {
    story: Story,
    customers: Vec<usize>,
    written: usize,
}

impl Texts {
    fn new(harness: &Harness) -> Self {
        let mut story = Story::new(&harness.instance);
        // The backend knows customers by their phone, which some hide.
        let everybody = std::iter::from_fn(|| Some(story.meet())).take(2 * CUSTOMERS).collect::<Vec<_>>().into_iter();
        let customers = everybody.filter(|who| story.customers[*who].phone.is_some()).take(CUSTOMERS).collect();
        Self { story, customers, written: 0 }
    }

    fn next(&mut self, count: usize) -> Vec<Work> {
        let text = |_| {
            let who = self.customers[self.written % CUSTOMERS];
            let at = 1_790_000_000 + self.written as i64;
            self.written += 1;
            let message = self.story.write(who, at, "Are you open on Sunday, and is there a table for six of us?");
            vec![Request::Webhook(self.story.webhook(&[(who, vec![message])]))]
        };
        (0..count).map(text).collect()
    }
}
