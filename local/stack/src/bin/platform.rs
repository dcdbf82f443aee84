//! `cargo run --bin platform -- --table NAME TASK`: operator tasks on an installation on AWS. It finds AWS like the
//! AWS CLI, by environment and profile.

use audit::Chains;
use aws_config::BehaviorVersion;
use clap::Parser;
use leadwire::platform::{Sources, Task, run};
use runtime::{SystemClock, SystemRandom};
use std::process::ExitCode;
use store::{Store, Table};

/// Run operator tasks on an installation on AWS: create an operator key, check the audit log, help a user sign in.
#[derive(Debug, Parser)]
#[command(name = "platform")]
struct Args {
    /// The DynamoDB table: `TableName` in the stack's outputs.
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
    // What is encrypted names the key under which it is, and nothing is encrypted here.
    let chains = Chains::on_aws(&aws, String::new(), store.clone());
    match run(args.task, &store, &chains, Sources { clock: &SystemClock, random: &SystemRandom }, &|line| {
        println!("{line}");
    })
    .await
    {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
