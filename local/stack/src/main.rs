//! `cargo run`: starts the local stack and says how to use it.

use clap::Parser;
use leadwire::args::{Args, Command};
use leadwire::doctor;
use leadwire::dotenv::{self, DotenvError};
use leadwire::log::Log;
use leadwire::platform::{self, Task};
use leadwire::server::{Instance, StartError};
use runtime::Environment;
use rustix::fs::Mode;
use rustix::process::umask;
use std::path::Path;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

/// The embedded services answer on the thread that calls them. With one thread for each core, those who work behind the
/// queue would often leave none to those who put something into it.
#[tokio::main(worker_threads = 8)]
async fn main() -> ExitCode {
    // Whatever this process makes is for its user alone: keys, mails, what customers wrote.
    umask(Mode::RWXG | Mode::RWXO);
    let args = Args::parse();
    let environment = match environment() {
        Ok(environment) => environment,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let quiet = if args.quiet || args.json { "error" } else { "warn" };
    match &args.command {
        Some(Command::Trace { id }) => return trace(&args.data, id),
        Some(Command::Platform(task)) => return platform(&args.data, task.clone()).await,
        Some(Command::Doctor) => {
            return told(doctor::doctor(&args.data, &environment, &|line| println!("{line}")).await);
        }
        Some(Command::Send { phone, text }) => {
            return told(doctor::send(&args.data, &environment, phone, text, &|line| println!("{line}")).await);
        }
        None => {}
    }
    let log = Log::default();
    runtime::logs::readable(environment.optional("LOG_LEVEL").as_deref().unwrap_or(quiet), log.clone());
    match run(&args, &environment, &log).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

/// What this process was started with, and what the file `.env` of this folder says of the rest.
fn environment() -> Result<Environment, DotenvError> {
    Ok(Environment::of_process().or(dotenv::read(Path::new(".env"))?))
}

fn trace(folder: &Path, id: &str) -> ExitCode {
    match leadwire::log::trace(folder, id) {
        Ok(lines) if lines.is_empty() => {
            eprintln!("error: the log in {} has no lines about {id}", folder.display());
            ExitCode::FAILURE
        }
        Ok(lines) => {
            println!("{}", lines.join("\n"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!(
                "error: there is no log in {} ({error}): start an instance there, or choose another folder with --data \
                 DIR",
                folder.display()
            );
            ExitCode::FAILURE
        }
    }
}

async fn platform(folder: &Path, task: Task) -> ExitCode {
    match platform::here(folder, task, &|line| println!("{line}")).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

/// The exit code of a check, or of a message.
fn told(result: Result<bool, doctor::DoctorError>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run(args: &Args, environment: &Environment, log: &Log) -> Result<(), StartError> {
    let instance = Instance::start(args, environment, log).await?;
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
