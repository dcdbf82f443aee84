//! One run of a function's binary: started as Lambda starts it, handed its events, and ended when it asks for more.

use super::aws;
use super::business::Business;
use super::invocations::Invocations;
use super::programs::Program;
use super::valgrind::Tool;
use runtime::Environment;
use serde_json::Value;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::process::Child;

/// Where systems keep the authorities that they trust: Debian, and Amazon Linux.
const SYSTEM: [&str; 2] = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// Nothing that is measured takes longer, not even under valgrind.
const PATIENCE: Duration = Duration::from_secs(900);

/// How long a function gets to lie down after its last question.
const SETTLING: Duration = Duration::from_millis(200);

/// How AWS is reached.
#[derive(Clone, Debug)]
pub(super) enum Wire {
    /// Over plain HTTP.
    Plain,
    /// Over TLS: its authority alone is trusted.
    Tls,
    /// Over TLS: these authorities are trusted as well.
    TlsAmong(String),
}

impl Wire {
    /// Over TLS among the authorities of this system, if they are found.
    pub(super) fn among_the_systems() -> Option<Self> {
        SYSTEM.iter().find_map(|path| std::fs::read_to_string(path).ok()).map(Self::TlsAmong)
    }
}

/// How a function is run.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// Which function.
    pub(super) program: Program,
    /// How it reaches AWS.
    pub(super) wire: Wire,
    /// What counts; nothing if it is run as it is.
    pub(super) tool: Option<Tool>,
}

/// What a run came to.
#[derive(Debug)]
pub(super) struct Ran {
    /// What was answered to each event.
    pub(super) answers: Vec<Value>,
    /// What the tool counted; without one, the most memory that was in use, in kilobytes.
    pub(super) counted: u64,
}

/// Runs the binary at `path` until it has dealt with `events`.
pub(super) async fn run(path: &Path, way: &Way, business: &Business, events: Vec<String>) -> Ran {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let invocations = Invocations::of(events);
    let mut environment = environment(business, &invocations).await;
    environment.extend(reach(&way.wire, business, folder.path()).await);
    let (log, written) = (folder.path().join("valgrind.log"), folder.path().join("written.log"));
    let mut command = command(path, way.tool, &log);
    command.env_clear().envs(environment).stdin(Stdio::null());
    let output = || File::create(&written).expect("a file can be made");
    let output = output();
    command.stderr(output.try_clone().expect("a file can be shared")).stdout(output);
    let mut child = tokio::process::Command::from(command).kill_on_drop(true).spawn().expect("it can be started");
    tokio::select! {
        () = invocations.used_up() => {}
        ended = child.wait() => panic!("{} ended by itself, {ended:?}: {}", way.program.name(), read(&written)),
        () = tokio::time::sleep(PATIENCE) => panic!("{} takes too long: {}", way.program.name(), read(&written)),
    }
    tokio::time::sleep(SETTLING).await;
    let memory = memory(&child);
    terminate(&mut child).await;
    let counted = match way.tool {
        Some(tool) => tool.counted(&read(&log)).unwrap_or_else(|| panic!("valgrind counted nothing: {}", read(&log))),
        None => memory.expect("a process that runs has memory"),
    };
    let answers = invocations.answers().into_iter();
    let answers = answers.map(|answer| answer.unwrap_or_else(|error| panic!("an invocation failed: {error}")));
    Ran { answers: answers.collect(), counted }
}

fn command(path: &Path, tool: Option<Tool>, log: &Path) -> Command {
    let Some(tool) = tool else { return Command::new(path) };
    let mut command = tool.command(log);
    command.arg(path);
    command
}

/// What Lambda sets, and what the template sets.
async fn environment(business: &Business, invocations: &Invocations) -> Vec<(&'static str, String)> {
    let mut environment = vec![("AWS_LAMBDA_RUNTIME_API", invocations.serve().await)];
    environment.extend(business.environment());
    let given = [
        ("AWS_LAMBDA_FUNCTION_NAME", "measured"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "ASIAEXAMPLEEXAMPLEXY"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ("AWS_SESSION_TOKEN", "measured"),
        ("LOG_LEVEL", "info"),
        ("STACK", "measured"),
    ];
    environment.extend(given.map(|(name, value)| (name, value.to_owned())));
    // valgrind is looked for in it.
    environment.extend(Environment::of_process().optional("PATH").map(|path| ("PATH", path)));
    environment
}

/// Where AWS is, and whom to trust: also where nobody has to be trusted, the SDK reads in whom it may.
async fn reach(wire: &Wire, business: &Business, folder: &Path) -> [(&'static str, String); 2] {
    let (host, authority) = aws::host();
    let (others, services) =
        (if let Wire::TlsAmong(others) = wire { others.as_str() } else { "" }, business.services());
    let address = match wire {
        Wire::Plain => services.serve().await,
        Wire::Tls | Wire::TlsAmong(_) => services.serve_tls(host).await,
    };
    let trusted = folder.join("trusted.pem");
    std::fs::write(&trusted, format!("{others}\n{authority}")).expect("a file can be written");
    [("AWS_ENDPOINT_URL", address), ("SSL_CERT_FILE", trusted.to_string_lossy().into_owned())]
}

/// The most memory that it had in use, in kilobytes.
fn memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()?)).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// Ends it in a way that lets valgrind write down what it has counted.
async fn terminate(child: &mut Child) {
    let id = child.id().expect("it runs").to_string();
    let sent = Command::new("kill").args(["-s", "TERM", &id]).status().expect("kill can be started");
    assert!(sent.success(), "the process {id} can be ended");
    let _ = child.wait().await;
}

fn read(path: &PathBuf) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
