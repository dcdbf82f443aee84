//! `cargo run`: starts the local stack and says how to use it.

use clap::Parser;
use leadwire::args::Args;
use leadwire::server::{Instance, StartError};
use runtime::Environment;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let environment = Environment::of_process();
    let quiet = if args.quiet || args.json { "error" } else { "warn" };
    runtime::logs::readable(environment.optional("LOG_LEVEL").as_deref().unwrap_or(quiet));
    match run(&args, &environment).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run(args: &Args, environment: &Environment) -> Result<(), StartError> {
    let instance = Instance::start(args, environment).await?;
    if args.json {
        println!("{}", serde_json::to_string(instance.ready()).unwrap_or_default());
    } else if !args.quiet {
        println!("{}", instance.ready().greeting());
    }
    instance.run(interrupted()).await
}

/// An error with what caused it, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Ctrl-C, or the signal by which a service manager ends a process.
async fn interrupted() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated => {}
    }
}
