//! Real processes: started, waited for, asked, and ended by a signal. Whatever fails here panics.

use reqwest::Client;
use runtime::Environment;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;
use tokio::time::MissedTickBehavior;

/// The limit for one step: far more than any step takes on any machine.
const DEADLINE: Duration = Duration::from_secs(120);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Polls until `look` returns something.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, look: impl FnMut() -> F) -> T {
    within(DEADLINE, look).await.unwrap_or_else(|| panic!("never happened: {what}"))
}

/// Polls until `look` returns something, or `patience` is over.
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

/// A client that ignores the environment's proxy and limits every request to two minutes.
pub fn http() -> Client {
    Client::builder().no_proxy().timeout(DEADLINE).build().unwrap()
}

/// The command that starts Leadwire's `executable` over `folder` with these arguments and an empty environment.
pub fn command(executable: &Path, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(executable);
    command.env_clear().arg("--json").arg("--data").arg(folder).args(args);
    command
}

/// Builds Leadwire in the profile of the running program, and returns the path of its binary.
pub fn build() -> PathBuf {
    let cargo = Environment::of_process().optional("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut build = Command::new(cargo);
    build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).args(["build", "--quiet", "--bin", "leadwire"]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    assert!(build.status().unwrap().success(), "leadwire cannot be built");
    std::env::current_exe().unwrap().with_file_name("leadwire")
}

/// How a process ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code or the signal.
    pub status: ExitStatus,
    /// All that it wrote to stdout.
    pub stdout: String,
    /// All that it wrote to stderr.
    pub stderr: String,
}

/// A running instance, which is killed when this is dropped.
#[derive(Debug)]
pub struct Instance {
    /// The line of JSON with which it says that it is ready.
    pub ready: Value,
    child: Child,
    stdout: NamedTempFile,
    stderr: NamedTempFile,
}

impl Instance {
    /// An instance that is ready.
    pub async fn start(command: Command) -> Self {
        Self::run(command).await.unwrap_or_else(|ended| panic!("it did not start: {ended:?}"))
    }

    /// An instance that is ready, or how it ended before.
    pub async fn run(mut command: Command) -> Result<Self, Ended> {
        let stdout = NamedTempFile::new().unwrap();
        let stderr = NamedTempFile::new().unwrap();
        command.stdin(Stdio::null()).stdout(stdout.reopen().unwrap()).stderr(stderr.reopen().unwrap());
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
        let mut instance = Self { ready: Value::Null, child, stdout, stderr };
        let line = eventually("the process is ready or ends", || {
            let ended = instance.child.try_wait().unwrap().is_some();
            let line = read(&instance.stdout).split_once('\n').map(|(line, _)| line.to_owned());
            std::future::ready(if line.is_none() && !ended { None } else { Some(line) })
        });
        let Some(line) = line.await else { return Err(instance.ended().await) };
        instance.ready = serde_json::from_str(&line).unwrap();
        Ok(instance)
    }

    /// A field of its ready line.
    pub fn field(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap_or_else(|| panic!("{name} is missing: {}", self.ready))
    }

    /// The address of `path`.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.field("url"))
    }

    /// Signs in as the owner, and returns the access token.
    pub async fn sign_in(&self, http: &Client) -> String {
        let login = json!({ "email": self.field("ownerEmail"), "password": self.field("ownerPassword") });
        let answer = self.post(http, "/api/auth/login", login).await;
        answer["accessToken"].as_str().unwrap().to_owned()
    }

    /// GETs `path` with this access token; the answer has to be 200.
    pub async fn get(&self, http: &Client, token: &str, path: &str) -> Value {
        let answer = http.get(self.at(path)).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// POSTs `body` to `path` without a token; the answer has to be 200.
    pub async fn post(&self, http: &Client, path: &str, body: Value) -> Value {
        let answer = http.post(self.at(path)).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path} {body}");
        answer.json().await.unwrap()
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to stderr so far.
    pub fn stderr(&self) -> String {
        read(&self.stderr)
    }

    /// Ends it with `kill -9`, and with it the process group that it leads, if any.
    pub fn kill(&self) {
        signal("KILL", &format!("-{}", self.id()));
        signal("KILL", &self.id().to_string());
    }

    /// Kills it unless it has ended, and waits for the end.
    pub fn reap(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.kill();
            let _ = self.child.wait();
        }
    }

    /// Sends it the signal of this name, and waits until it has ended.
    pub async fn end(self, name: &str) -> Ended {
        assert!(signal(name, &self.id().to_string()), "SIG{name} cannot be sent");
        self.ended().await
    }

    async fn ended(mut self) -> Ended {
        let status = eventually("the process ends", || std::future::ready(self.child.try_wait().unwrap())).await;
        Ended { status, stdout: read(&self.stdout), stderr: read(&self.stderr) }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.reap();
    }
}

fn signal(name: &str, target: &str) -> bool {
    let kill = Command::new("kill").args(["-s", name, "--", target]).stderr(Stdio::null()).status();
    kill.is_ok_and(|status| status.success())
}

fn read(file: &NamedTempFile) -> String {
    String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned()
}
