//! Runs the fault suite, shows how far it is, and writes what it found: `cargo run --release --bin faults`.

use clap::Parser;
use faults::kept::Kept;
use faults::report::{Part, Report, Size, Tell};
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

/// Befalls every call of every function with every fault, one at a time and two at a time, and looks at what is left.
#[derive(Debug, Parser)]
#[command(name = "faults")]
struct Arguments {
    /// Run this part alone. Of a page that is written the other one stays.
    #[arg(long, value_parser = part)]
    part: Option<Part>,
    /// How many of a hundred schedules of two faults to run; those of one fault are always run.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(0..=100))]
    percent: u64,
    /// Run each schedule, also one that is equal to another: to see that it makes no difference.
    #[arg(long)]
    each: bool,
    /// How many long random runs.
    #[arg(long, default_value_t = 10_000)]
    runs: u64,
    /// The seed of the first random run; the others follow it. Of a page that is written the runs stay that these follow.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Only the stories whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// A file that keeps what has been run, so that the same binary goes on from there after an interruption.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Where to write the report.
    #[arg(long)]
    write: Option<PathBuf>,
}

fn part(word: &str) -> Result<Part, &'static str> {
    match word {
        "stories" => Ok(Part::Stories),
        "runs" => Ok(Part::Runs),
        _ => Err("there are: stories, runs"),
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let size = Size {
        part: arguments.part,
        percent: arguments.percent,
        once: !arguments.each,
        runs: arguments.runs,
        seed: arguments.seed,
        at_once: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    };
    let begun = Instant::now();
    let tell: Tell = Arc::new(move |line: &str, last: bool| {
        let mut out = std::io::stderr().lock();
        let line = format!("{:6.0} s  {line}", begun.elapsed().as_secs_f64());
        let _ = match (std::io::stderr().is_terminal(), last) {
            (true, false) => write!(out, "\r\x1b[2K{line}").and_then(|()| out.flush()),
            (true, true) => writeln!(out, "\r\x1b[2K{line}"),
            (false, true) => writeln!(out, "{line}"),
            (false, false) => Ok(()),
        };
    });
    let kept = match arguments.keep.as_deref().map(|path| Kept::at(path, size.percent)) {
        None => Kept::default(),
        Some(Ok(kept)) => kept,
        Some(Err(error)) => {
            eprintln!("what has been run cannot be kept: {error}");
            return ExitCode::FAILURE;
        }
    };
    let report = Report::make(&size, &arguments.only, &Arc::new(kept), &tell);
    println!("{report}");
    if let Some(path) = &arguments.write
        && let Err(error) = std::fs::write(path, report.page(&std::fs::read_to_string(path).unwrap_or_default()))
    {
        eprintln!("{} cannot be written: {error}", path.display());
        return ExitCode::FAILURE;
    }
    if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
