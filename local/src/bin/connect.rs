//! `cargo run --bin connect -- --table NAME …`: connects a number and makes its owner in an installation on AWS, which
//! it reaches as the AWS command line does: by environment and profile.

use aws_config::BehaviorVersion;
use clap::Parser;
use leadwire::connect::{ConnectError, Connected, Wish, connect};
use runtime::{SystemClock, SystemIds};
use std::process::ExitCode;
use store::{Store, Table};

/// Connect a WhatsApp number to an installation on AWS, and make the owner who signs in. Does again what was cut short;
/// what is there stays as it is.
#[derive(Debug, Parser)]
#[command(name = "connect")]
struct Args {
    /// The table: `TableName` in the stack's outputs.
    #[arg(long)]
    table: String,

    #[command(flatten)]
    wish: Wish,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args).await {
        Ok(connected) => {
            println!("{} is connected, for {}", args.wish.display, connected.tenant);
            match connected.password {
                Some(password) => println!("{} signs in with {}", args.wish.owner.as_str(), password.expose()),
                None => println!("{} signs in as before", args.wish.owner.as_str()),
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: &Args) -> Result<Connected, ConnectError> {
    let aws = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let store = Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), args.table.clone()));
    connect(&store, (&SystemClock, &SystemIds), &args.wish).await
}
