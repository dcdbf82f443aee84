//! Measures what things cost, shows it, and writes it down: `cargo run --bin costs`.

use benches::growth::{self, Grown};
use benches::idle::Counted;
use benches::{Prices, operations, report};
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures what each operation costs, and what that comes to.
#[derive(Debug, Parser)]
#[command(name = "costs")]
struct Arguments {
    /// Where to write the page.
    #[arg(long)]
    write: Option<PathBuf>,
    /// Compares pages while what lies behind them grows instead: 100,000 messages and 10,000 leads.
    #[arg(long)]
    growth: bool,
    /// Lets ten times as much lie behind them. Takes long.
    #[arg(long, requires = "growth")]
    large: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.growth {
        grow(if arguments.large { 10 } else { 1 }).await;
        return ExitCode::SUCCESS;
    }
    let page = report::page(&operations::measure().await, &Prices::read(), &Counted::in_template());
    println!("{page}");
    match arguments.write.map(|path| std::fs::write(&path, &page).map_err(|error| (path, error))) {
        Some(Err((path, error))) => {
            eprintln!("{} cannot be written: {error}", path.display());
            ExitCode::FAILURE
        }
        Some(Ok(())) | None => ExitCode::SUCCESS,
    }
}

async fn grow(times: usize) {
    println!("| page | of | units read | time, ms | of | units read | time, ms | times as long |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    growth::messages(&[(10, 5), (100, 50)], 100_000 * times).await.iter().for_each(tell);
    tell(&growth::leads(100, 10_000 * times, 50).await);
}

fn tell(grown: &Grown) {
    let Grown { what, page, sizes, reads, times } = grown;
    let millis = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    let (before, after, ratio) = (millis(times.0), millis(times.1), grown.ratio());
    println!(
        "| {page} {what} | {} | {} | {before:.2} | {} | {} | {after:.2} | {ratio:.2} |",
        sizes.0, reads.0, sizes.1, reads.1
    );
}
