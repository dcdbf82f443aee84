//! `AWS_ENDPOINT_URL=… contract PLAYER SERVICE`: asks all cases of a service of what answers there, one line per case,
//! and ends with 1 if anything is neither as AWS documents it nor listed.

use clap::Parser;
use contract::{Player, Service, World, run};
use std::process::ExitCode;

/// Asks what plays DynamoDB or SQS whether it does what AWS documents.
#[derive(Parser)]
#[command(after_help = "The endpoint is in the environment: AWS_ENDPOINT_URL=http://127.0.0.1:4566")]
struct Args {
    /// Whose known disagreements are allowed.
    player: Player,
    /// What to ask.
    service: Service,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let Args { player, service } = Args::parse();
    let endpoint = runtime::config::Environment::of_process().required("AWS_ENDPOINT_URL")?;
    let report = run(&World::at(&endpoint), player, service).await?;
    println!("{report}");
    Ok(if report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
