//! What the processor does for a start and for an invocation of `webhook` and `inbound`, and what memory they take: the
//! binaries as they are deployed, under valgrind, between a Runtime API and services that are played here.
//!
//! Instructions and allocations come out the same again, where times do not. What one invocation takes is the difference
//! between two runs with different numbers of them, so that the start is in neither.

mod aws;
mod business;
mod figures;
mod invocations;
mod programs;
mod run;
mod valgrind;

pub use figures::{Figure, Limit, Recorded, Repeats, complaints, model, page, read};
pub use programs::{Program, Programs};
pub use valgrind::{Tool, version};

use business::Business;
use run::{Ran, Way, Wire};
use serde_json::{Value, json};

/// What a start with its connections may take. Without the setting in `.cargo/config.toml` by which AWS-LC takes its
/// randomness from the kernel, it would be hundreds of millions.
const START: Limit = Limit::Gate(30_000_000);

/// The numbers of invocations whose difference is taken. With fewer, chance shows in the last hundredth.
const RUNS: [usize; 2] = [20, 220];

/// After so many invocations the memory of `webhook` is looked at.
const LONG: usize = 100;

/// How much memory `webhook` may have, in kilobytes.
const MEMORY: Limit = Limit::Wish(8 * 1024);

/// An invocation that is measured.
#[derive(Clone, Copy, Debug)]
struct Invocation {
    program: Program,
    /// How many messages come together.
    messages: usize,
    instructions: Limit,
    allocations: Limit,
    repeats: Repeats,
}

const INVOCATIONS: [Invocation; 4] = [
    Invocation {
        program: Program::Webhook,
        messages: 1,
        instructions: Limit::Wish(730_000),
        allocations: Limit::Wish(412),
        repeats: Repeats::Closely,
    },
    Invocation {
        program: Program::Webhook,
        messages: 10,
        instructions: Limit::Wish(1_320_000),
        allocations: Limit::None,
        repeats: Repeats::Closely,
    },
    Invocation {
        program: Program::Inbound,
        messages: 1,
        instructions: Limit::None,
        allocations: Limit::None,
        repeats: Repeats::Closely,
    },
    // Ten at a time: whenever an answer comes, all ten are looked after, and how many answers come at once is chance.
    Invocation {
        program: Program::Inbound,
        messages: 10,
        instructions: Limit::None,
        allocations: Limit::None,
        repeats: Repeats::Nearly,
    },
];

/// Measures everything.
///
/// # Panics
/// If a function cannot be run, or does not do what it is there for.
pub async fn measure(programs: &Programs) -> Vec<Figure> {
    let mut figures = Vec::new();
    for program in [Program::Webhook, Program::Inbound] {
        figures.extend(starts(programs, program).await);
    }
    for invocation in INVOCATIONS {
        figures.extend(invocation.measured(programs).await);
    }
    figures.push(memory(programs, Wire::Plain, "AWS over plain HTTP, one authority trusted").await);
    if let Some(wire) = Wire::among_the_systems() {
        figures.push(memory(programs, wire, "AWS over TLS, this system's authorities trusted").await);
    }
    figures
}

/// What a function takes until it asks for its first event.
async fn starts(programs: &Programs, program: Program) -> Vec<Figure> {
    let wires = [
        (Some(Wire::Plain), "AWS over plain HTTP, one authority trusted", Limit::None, Repeats::Closely),
        (Some(Wire::Tls), "AWS over TLS, one authority trusted", START, Repeats::Closely),
        (Wire::among_the_systems(), "AWS over TLS, this system's authorities trusted", START, Repeats::Not),
    ];
    let mut figures = Vec::new();
    for (wire, how, limit, repeats) in wires {
        let Some(wire) = wire else { continue };
        let business = Business::open().await;
        let way = Way { program, wire, tool: Some(Tool::Cachegrind) };
        let is = run::run(programs.path(program), &way, &business, Vec::new()).await.counted;
        let what = format!("`{}` starts, {how}: instructions", program.name());
        figures.push(told(Figure { what, limit, is, repeats }));
    }
    figures
}

impl Invocation {
    async fn measured(self, programs: &Programs) -> [Figure; 2] {
        let Self { program, messages, instructions, allocations, repeats } = self;
        let what = match program {
            Program::Webhook => format!("`webhook` takes a delivery, messages in it: {messages}"),
            Program::Inbound => format!("`inbound` takes a batch, texts of people known in it: {messages}"),
        };
        let of = async |tool, unit, limit, repeats| {
            let is = self.difference(programs, tool).await;
            told(Figure { what: format!("{what}: {unit}"), limit, is, repeats })
        };
        let but_for_one = if repeats == Repeats::Nearly { Repeats::Nearly } else { Repeats::ButForOne };
        [
            of(Tool::Cachegrind, "instructions", instructions, repeats).await,
            of(Tool::Memcheck, "allocations", allocations, but_for_one).await,
        ]
    }

    /// What `tool` counts for one invocation.
    async fn difference(self, programs: &Programs, tool: Tool) -> u64 {
        let [few, many] = RUNS;
        let way = Way { program: self.program, wire: Wire::Plain, tool: Some(tool) };
        let (less, more) = (self.run(programs, &way, few).await, self.run(programs, &way, many).await);
        let invocations = u64::try_from(many - few).expect("there are not so many");
        (more - less + invocations / 2) / invocations
    }

    /// What is counted while the function deals with so many invocations, each of which succeeds.
    async fn run(self, programs: &Programs, way: &Way, many: usize) -> u64 {
        let mut business = Business::open().await;
        let path = programs.path(self.program);
        match self.program {
            Program::Webhook => {
                let events = business.deliveries(many, self.messages);
                let Ran { answers, counted } = run::run(path, way, &business, events).await;
                assert_eq!(answers.len(), many);
                assert!(answers.iter().all(|answer| answer["statusCode"] == 200), "{:?}", answers.first());
                assert_eq!(business.queued().await, many * self.messages, "what was answered 200 is in the queue");
                counted
            }
            Program::Inbound => {
                let events = business.batches(many, self.messages).await;
                let before = business.stored().await;
                let Ran { answers, counted } = run::run(path, way, &business, events).await;
                let done: Vec<Value> = vec![json!({"batchItemFailures": []}); many];
                assert_eq!(answers, done);
                assert_eq!(business.stored().await - before, many * self.messages, "what was taken is in the table");
                counted
            }
        }
    }
}

/// The most memory that `webhook` had in use, without valgrind.
async fn memory(programs: &Programs, wire: Wire, how: &str) -> Figure {
    let way = Way { program: Program::Webhook, wire, tool: None };
    let is = INVOCATIONS[0].run(programs, &way, LONG).await;
    let what = format!("`webhook` after {LONG} deliveries, {how}: kilobytes of memory");
    told(Figure { what, limit: MEMORY, is, repeats: Repeats::Roughly })
}

/// Tells whoever waits how far it has got.
fn told(figure: Figure) -> Figure {
    eprintln!("{}: {}", figure.what, figure.is);
    figure
}
