//! Counts the instructions of a start and of an invocation, under valgrind: `cargo run --bin instructions`.

use benches::instructions::{differences, measure, page};
use clap::Parser;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// Counts the instructions of a start and of an invocation of `webhook` and `inbound`.
#[derive(Debug, Parser)]
#[command(name = "instructions")]
struct Arguments {
    /// Where to write the page.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Fails if a figure differs from docs/instructions.md by more than the tolerance.
    #[arg(long, conflicts_with = "write")]
    check: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let built = Command::new(env!("CARGO")).args(["build", "--release", "-p", "webhook", "-p", "inbound"]).status()?;
    if !built.success() {
        return Ok(ExitCode::FAILURE);
    }
    // This program is in target/debug, and the binaries are in target/release.
    let measured = measure(&std::env::current_exe()?.with_file_name("../release")).await;
    println!("{}", page(&measured));
    if let Some(file) = arguments.write {
        std::fs::write(file, page(&measured))?;
    }
    if !arguments.check {
        return Ok(ExitCode::SUCCESS);
    }
    let found = differences(&measured, &template::file("docs/instructions.md"));
    found.iter().for_each(|difference| println!("FAILED {difference}"));
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
