//! `cargo run --bin platform -- --table NAME TASK`: what whoever runs the platform does with an installation on
//! AWS, which it reaches as the AWS command line does: by environment and profile.

use audit::Chains;
use aws_config::BehaviorVersion;
use clap::Parser;
use leadwire::platform::{Task, run};
use runtime::{SystemClock, SystemIds};
use std::process::ExitCode;
use store::{Store, Table};

/// Make a key for whoever runs the platform, look whether the audit is as it was written, or help a user sign in again.
#[derive(Debug, Parser)]
#[command(name = "platform")]
struct Args {
    /// The table: `TableName` in the stack's outputs.
    #[arg(long)]
    table: String,

    #[command(subcommand)]
    task: Task,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let aws = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let store = Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), args.table));
    // What is sealed names the key under which it is, and nothing is sealed here.
    let chains = Chains::on_aws(&aws, String::new(), store.clone());
    match run(args.task, &store, &chains, (&SystemClock, &SystemIds), &|line| println!("{line}")).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
