//! Measures what things cost, prints the page, and writes it: `cargo run --bin costs`.

use benches::idle::Counted;
use benches::{Prices, operations, report};
use clap::Parser;
use std::path::PathBuf;

/// Measures what each operation costs, and what that comes to.
#[derive(Debug, Parser)]
#[command(name = "costs")]
struct Arguments {
    /// Where to write the page.
    #[arg(long)]
    write: Option<PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let page = report::page(&operations::measure().await, &Prices::read(), &Counted::in_template());
    println!("{page}");
    arguments.write.map_or(Ok(()), |path| std::fs::write(path, &page))
}
