//! Runs the fault suite: `cargo run --bin faults -- --schedules 6000`, or all of it with `--all`.

use clap::{Parser, ValueEnum};
use faults::calls::Function;
use faults::explore::{Extent, explore};
use faults::report::Report;
use faults::{Template, random, variants};
use std::convert::Infallible;
use std::process::ExitCode;
use std::time::Instant;

/// Injects faults into the calls of all functions, and checks what is left.
#[derive(Debug, Parser)]
#[command(name = "faults")]
struct Arguments {
    /// How many schedules to run.
    #[arg(long, default_value_t = 6000)]
    schedules: usize,
    /// Decides what is drawn. It is random if it is left out, and printed.
    #[arg(long)]
    seed: Option<u64>,
    /// Functions and shared crates that changed: the single faults of their stories come first.
    #[arg(long, value_delimiter = ',', value_parser = functions)]
    changed: Vec<Vec<Function>>,
    /// Run all single faults, `--percent` of the pairs, `--runs` random runs and every wrong variant.
    #[arg(long)]
    all: bool,
    /// How many of a hundred pairs `--all` runs.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=100))]
    percent: u32,
    /// How many random runs `--all` makes.
    #[arg(long, default_value_t = 100)]
    runs: u64,
    /// Only the stories whose names contain this.
    #[arg(long, default_value = "")]
    only: String,
}

/// The functions that a change of this crate concerns: itself, or all where it is a shared one. An empty name is a list
/// without any.
fn functions(name: &str) -> Result<Vec<Function>, Infallible> {
    if name.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Function::from_str(name, false).map_or_else(|_| Function::value_variants().to_vec(), |function| vec![function]))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let begun = Instant::now();
    let seed = arguments.seed.unwrap_or_else(rand::random);
    println!("seed {seed}\n");
    let template = Template::default();
    let extent = match arguments.all {
        true => Extent::All { percent: arguments.percent },
        false => Extent::Purse { schedules: arguments.schedules, changed: arguments.changed.concat() },
    };
    let runs = if arguments.all { arguments.runs } else { 0 };
    let seeds: Vec<u64> = (0..runs).map(|number| seed.wrapping_add(number)).collect();
    let report = Report {
        explored: explore(&template, &extent, &arguments.only, seed),
        noticed: if arguments.all { variants::try_mistakes(&template) } else { Vec::new() },
        random: random::run(&template, &seeds),
    };
    println!("{report}\n{:.0} seconds.", begun.elapsed().as_secs_f64());
    if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
