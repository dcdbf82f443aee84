//! The real binary, started, asked and ended.

use reqwest::Client;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;

/// How long anything may take. Far more than it does, on any machine.
const DEADLINE: Duration = Duration::from_secs(120);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Looks until there is something to see.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(Instant::now() < deadline, "never happened: {what}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// A client that speaks to this machine whatever proxy is set in the environment.
pub fn http() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

/// The binary with these arguments and without anything from the environment.
pub fn leadwire(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadwire"));
    command.env_clear().arg("--json").arg("--data").arg(folder).args(args);
    command
}

/// A process of it.
pub struct Process {
    child: Child,
    stdout: NamedTempFile,
    stderr: NamedTempFile,
}

/// How a process ended.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Process {
    pub fn spawn(mut command: Command) -> Self {
        let (stdout, stderr) = (NamedTempFile::new().unwrap(), NamedTempFile::new().unwrap());
        command.stdin(Stdio::null());
        command.stdout(stdout.reopen().unwrap()).stderr(stderr.reopen().unwrap());
        Self { child: command.spawn().unwrap(), stdout, stderr }
    }

    /// Waits until it ends by itself.
    pub async fn ended(mut self) -> Ended {
        let child = &mut self.child;
        let status = eventually("the process ends", || std::future::ready(child.try_wait().unwrap())).await;
        Ended { status, stdout: read(&self.stdout), stderr: read(&self.stderr) }
    }

    /// Sends it a signal, by its name.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    /// Waits until it is ready, or has ended.
    async fn ready(mut self) -> Result<(Self, Value), Ended> {
        let (child, stdout) = (&mut self.child, &self.stdout);
        let line = eventually("the process is ready or ends", || {
            let ended = child.try_wait().unwrap().is_some();
            let line = read(stdout).split_once('\n').map(|(line, _)| line.to_owned());
            std::future::ready(if line.is_none() && !ended { None } else { Some(line) })
        });
        match line.await {
            Some(line) => Ok((self, serde_json::from_str(&line).unwrap())),
            None => Err(self.ended().await),
        }
    }
}

impl Drop for Process {
    /// SIGKILL, also where a test fails.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(file: &NamedTempFile) -> String {
    std::fs::read_to_string(file.path()).unwrap()
}

/// A running instance.
pub struct Instance {
    pub process: Process,
    /// What `--json` told.
    pub told: Value,
}

impl Instance {
    /// An instance over `folder`.
    pub async fn start(folder: &Path, args: &[&str]) -> Self {
        Self::run(leadwire(folder, args)).await.unwrap_or_else(|ended| panic!("it did not start: {ended:?}"))
    }

    /// An instance, or how it ended instead.
    pub async fn run(command: Command) -> Result<Self, Ended> {
        let (process, told) = Process::spawn(command).ready().await?;
        Ok(Self { process, told })
    }

    /// A field of what it told.
    pub fn told(&self, field: &str) -> &str {
        self.told[field].as_str().unwrap_or_else(|| panic!("{field} was not told: {}", self.told))
    }

    /// The address of `path`.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.told("url"))
    }

    /// Signs in as the owner.
    pub async fn sign_in(&self, http: &Client) -> String {
        let login = json!({ "email": self.told("ownerEmail"), "password": self.told("ownerPassword") });
        let answer = http.post(self.at("/api/auth/login")).json(&login).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.unwrap();
        answer["accessToken"].as_str().unwrap().to_owned()
    }

    /// Asks the API, whose answer has to be 200.
    pub async fn get(&self, http: &Client, token: &str, path: &str) -> Value {
        let answer = http.get(self.at(path)).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// Turns to Meta, whose answer has to be 200.
    pub async fn tell_meta(&self, http: &Client, path: &str, body: Value) -> Value {
        let answer = http.post(self.at(path)).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path} {body}");
        answer.json().await.unwrap()
    }

    /// Ends it by a signal, and waits until it has ended.
    pub async fn end(self, signal: &str) -> Ended {
        self.process.signal(signal);
        self.process.ended().await
    }
}
