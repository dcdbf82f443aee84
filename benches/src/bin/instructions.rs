//! Counts what a start and an invocation take, shows it, writes it down, or compares it with what is written:
//! `cargo run --bin instructions`.

use benches::instructions::{self, Figure, Programs};
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where the figures are recorded.
const PAGE: &str = "docs/instructions.md";

/// Counts instructions and allocations of the functions' release binaries.
#[derive(Debug, Parser)]
#[command(name = "instructions")]
struct Arguments {
    /// Where to write the page.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Fails if a figure is not as recorded or, on another processor, more than it may be.
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Takes the binaries in this folder as they are, instead of building them.
    #[arg(long, value_name = "FOLDER")]
    built: Option<PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let Some(valgrind) = instructions::version() else {
        eprintln!("error: there is no valgrind here: install it, on Debian with `apt-get install valgrind`");
        return ExitCode::FAILURE;
    };
    let programs = arguments.built.as_deref().map_or_else(build, Programs::within);
    let figures = instructions::measure(&programs).await;
    let model = instructions::model(&std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default());
    let page = instructions::page(&figures, &model, &valgrind);
    println!("{page}");
    if arguments.check {
        return check(&figures, &model);
    }
    match arguments.write.map(|path| std::fs::write(&path, &page).map_err(|error| (path, error))) {
        Some(Err((path, error))) => {
            eprintln!("{} cannot be written: {error}", path.display());
            ExitCode::FAILURE
        }
        Some(Ok(())) | None => ExitCode::SUCCESS,
    }
}

fn build() -> Programs {
    eprintln!("building webhook and inbound with the release profile");
    Programs::build()
}

fn check(figures: &[Figure], model: &str) -> ExitCode {
    let Some(recorded) = instructions::read(&template::file(PAGE)) else {
        eprintln!("error: {PAGE} is not a page of figures: write it anew with --write {PAGE}");
        return ExitCode::FAILURE;
    };
    let complaints = instructions::complaints(figures, model, &recorded);
    for complaint in &complaints {
        println!("FAILED {complaint}");
    }
    if complaints.is_empty() {
        let verdict =
            if recorded.model == model { "as recorded on this processor" } else { "no more than they may be" };
        println!("ok: all figures are {verdict}");
        return ExitCode::SUCCESS;
    }
    println!("If it is meant: cargo run --bin instructions -- --write {PAGE}");
    ExitCode::FAILURE
}
