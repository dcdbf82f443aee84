//! The real process: started, asked, and ended one way or another. Knows nothing of what is done with it.

use reqwest::Client;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;
use tokio::time::MissedTickBehavior;

/// How long anything may take. Far more than it does, on any machine.
const DEADLINE: Duration = Duration::from_secs(120);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Looks until there is something to see.
///
/// # Panics
/// If that takes longer than anything may take.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, look: impl FnMut() -> F) -> T {
    within(DEADLINE, look).await.unwrap_or_else(|| panic!("never happened: {what}"))
}

/// Looks until there is something to see, or `patience` is over.
pub async fn within<T, F: Future<Output = Option<T>>>(patience: Duration, mut look: impl FnMut() -> F) -> Option<T> {
    let deadline = Instant::now() + patience;
    let mut looks = tokio::time::interval(PAUSE);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        match look().await {
            None if Instant::now() < deadline => {}
            seen => return seen,
        }
    }
}

/// A client that speaks to this machine whatever proxy is set in the environment, and waits for no answer for ever.
///
/// # Panics
/// If there is no TLS library.
#[must_use]
pub fn http() -> Client {
    Client::builder().no_proxy().timeout(DEADLINE).build().unwrap()
}

/// What starts `executable` over `folder` with these arguments and without anything from the environment.
#[must_use]
pub fn command(executable: &Path, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(executable);
    command.env_clear().arg("--json").arg("--data").arg(folder).args(args);
    command
}

/// A process of it.
#[derive(Debug)]
pub struct Process {
    child: Child,
    stdout: NamedTempFile,
    stderr: NamedTempFile,
}

/// How a process ended.
#[derive(Debug)]
pub struct Ended {
    /// The code or the signal.
    pub status: ExitStatus,
    /// What it wrote.
    pub stdout: String,
    /// What it complained of.
    pub stderr: String,
}

impl Process {
    /// Starts `command`.
    ///
    /// # Panics
    /// If there is no such program.
    #[must_use]
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

    /// What it complained of so far.
    #[must_use]
    pub fn complaints(&self) -> String {
        read(&self.stderr)
    }

    /// Ends it as `kill -9` does.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Sends it a signal, by its name.
    ///
    /// # Panics
    /// If there is no such signal, or the process has ended.
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
    /// Also where a test fails.
    fn drop(&mut self) {
        self.kill();
    }
}

fn read(file: &NamedTempFile) -> String {
    String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned()
}

/// A running instance.
#[derive(Debug)]
pub struct Instance {
    /// Its process, which is killed when this is dropped.
    pub process: Process,
    /// What `--json` told.
    pub told: Value,
}

impl Instance {
    /// An instance.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start(command: Command) -> Self {
        Self::run(command).await.unwrap_or_else(|ended| panic!("it did not start: {ended:?}"))
    }

    /// An instance, or how it ended instead.
    ///
    /// # Errors
    /// How the process ended, if it did before it was ready.
    pub async fn run(command: Command) -> Result<Self, Ended> {
        let (process, told) = Process::spawn(command).ready().await?;
        Ok(Self { process, told })
    }

    /// A field of what it told.
    ///
    /// # Panics
    /// If it did not tell it.
    #[must_use]
    pub fn told(&self, field: &str) -> &str {
        self.told[field].as_str().unwrap_or_else(|| panic!("{field} was not told: {}", self.told))
    }

    /// The address of `path`.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.told("url"))
    }

    /// How the owner signs in.
    #[must_use]
    pub fn login(&self) -> Value {
        json!({ "email": self.told("ownerEmail"), "password": self.told("ownerPassword") })
    }

    /// Signs in as the owner.
    ///
    /// # Panics
    /// If the owner is not let in.
    pub async fn sign_in(&self, http: &Client) -> String {
        let answer = http.post(self.at("/api/auth/login")).json(&self.login()).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.unwrap();
        answer["accessToken"].as_str().unwrap().to_owned()
    }

    /// Asks the API, whose answer has to be 200.
    ///
    /// # Panics
    /// If it is another one.
    pub async fn get(&self, http: &Client, token: &str, path: &str) -> Value {
        let answer = http.get(self.at(path)).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// Turns to Meta, whose answer has to be 200.
    ///
    /// # Panics
    /// If it is another one.
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
