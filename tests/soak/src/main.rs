//! `cargo run --release --bin soak`: a long load on the real process while it is killed at random, and a recount.

use clap::Parser;
use soak::Settings;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let settings = Settings::parse();
    println!("--seed {}", settings.seed);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let ledger = soak::run(&settings, &soak::process::build(), folder.path()).await;
    for violation in &ledger.violations {
        println!("violation: {violation}");
    }
    println!("soak: {ledger}");
    if ledger.violations.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("{} is kept", folder.keep().display());
    ExitCode::FAILURE
}
