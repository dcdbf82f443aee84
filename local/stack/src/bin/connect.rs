//! `cargo run --bin connect -- --table NAME …`: connects a number and makes its owner in an installation on AWS, which
//! it reaches as the AWS command line does: by environment and profile.

use aws_config::BehaviorVersion;
use clap::Parser;
use encryption::Encryptor;
use leadwire::connect::{ConnectError, Connected, Wish, connect, read_token};
use runtime::{SystemClock, SystemRandom};
use std::path::PathBuf;
use std::process::ExitCode;
use store::{Store, Table};

/// Connect a WhatsApp number to an installation on AWS, and create its owner. Can be run again after an interruption;
/// existing data stays as it is.
#[derive(Debug, Parser)]
#[command(name = "connect")]
struct Args {
    /// The DynamoDB table: `TableName` in the stack's outputs.
    #[arg(long)]
    table: String,

    /// A file with the number's own access token, or - for standard input. Without it, the application's token is used.
    #[arg(long, requires = "key")]
    token_file: Option<PathBuf>,

    /// The KMS key that encrypts the token: `KeyArn` in the stack's outputs.
    #[arg(long)]
    key: Option<String>,

    #[command(flatten)]
    wish: Wish,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args).await {
        Ok(connected) => {
            println!("{} is connected for {}", args.wish.display, connected.tenant);
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
    let encryptor = args.key.clone().map(|key| Encryptor::new((aws_sdk_kms::Client::new(&aws), key)));
    let token = args.token_file.as_deref().map(read_token).transpose()?;
    connect(&store, &SystemClock, &SystemRandom, &args.wish, token.as_ref().zip(encryptor.as_ref())).await
}
