//! `cargo run --release --bin soak`: a long load on the real process while it is killed at random, and a recount.

use clap::Parser;
use runtime::Environment;
use soak::workers::Ledger;
use soak::{Settings, report};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Drives what `cargo run` starts with signed deliveries and sends, kills it at random, and counts.
#[derive(Debug, Parser)]
#[command(name = "soak", version)]
struct Args {
    /// How many deliveries, each counted once however often it is posted.
    #[arg(long, default_value_t = 100_000)]
    deliveries: usize,

    /// How many sends, each counted once however often it is asked for.
    #[arg(long, default_value_t = 20_000)]
    sends: usize,

    /// How often the process is killed at work.
    #[arg(long, default_value_t = 50)]
    kills: usize,

    /// What all chance comes from; drawn if not given. It fixes what is said and when it is killed, as far as both
    /// hang on nothing but this program.
    #[arg(long)]
    seed: Option<u64>,

    /// The program to drive. Without it the one beside this one, which is built first.
    #[arg(long, value_name = "PATH")]
    leadwire: Option<PathBuf>,

    /// Its data folder, which is emptied first and kept. Without it a temporary one, kept if anything is wrong.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let executable = match args.leadwire.map_or_else(build, Ok) {
        Ok(executable) => executable,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::FAILURE;
        }
    };
    let temporary = tempfile::tempdir().expect("a temporary folder can be made");
    let settings = Settings {
        executable,
        folder: args.data.unwrap_or_else(|| temporary.path().to_owned()),
        seed: args.seed.unwrap_or_else(rand::random),
        deliveries: args.deliveries,
        sends: args.sends,
        kills: args.kills,
    };
    println!("--seed {}", settings.seed);
    let ledger = Ledger::default();
    let report = tokio::select! {
        report = soak::run(&settings, &ledger) => report,
        () = report::progress(&settings, &ledger) => return ExitCode::FAILURE,
    };
    for violation in &report.violations {
        println!("violation: {violation}");
    }
    println!("\n{report}");
    if report.violations.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("{} is kept", settings.folder.display());
    let _ = temporary.keep();
    ExitCode::FAILURE
}

/// Builds the program as this one was built, and says where it is.
fn build() -> Result<PathBuf, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let cargo = Environment::of_process().optional("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).args(["build", "--quiet", "--bin", "leadwire"]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    let built = command.status().map_err(|error| error.to_string())?;
    let executable = this.parent().unwrap_or(Path::new(".")).join("leadwire");
    if built.success() && executable.is_file() { Ok(executable) } else { Err("leadwire cannot be built".to_owned()) }
}
