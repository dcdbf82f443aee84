//! `cargo run`: starts the local stack and says how to use it.

use clap::Parser;
use leadwire::args::Args;
use leadwire::server::{Instance, StartError};
use runtime::Environment;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

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
    let interrupted = interrupted().map_err(StartError::Signals)?;
    if args.json {
        println!("{}", serde_json::to_string(instance.ready()).unwrap_or_default());
    } else if !args.quiet {
        println!("{}", instance.ready().greeting());
    }
    instance.run(interrupted).await
}

/// An error with what caused it, on one line. Some errors already end with their cause's words.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).fold(String::new(), |said, cause| match said.as_str() {
        "" => cause,
        _ if said.ends_with(&cause) => said,
        _ => format!("{said}: {cause}"),
    })
}

/// Ctrl-C, or the signal by which a service manager ends a process. Both are caught from this call on, so that nobody
/// who was told that the instance is ready can end it uncleanly.
fn interrupted() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
