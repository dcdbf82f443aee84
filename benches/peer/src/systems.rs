//! The systems that are compared: how each is started, when it has stored everything, what it has stored, what it uses.

use serde_json::Value;
use soak::agent::Agent;
use soak::harness::Harness;
use soak::process::{eventually, http};
use soak::rest;
use std::collections::BTreeMap;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The unit of CPU time in `/proc`, on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// A system, in one of its modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// What `cargo run` starts.
    Leadwire,
    /// Express and MariaDB: commits before it answers, and the commit waits for the disk.
    Durable,
    /// The same, but the commit waits only for the operating system.
    Relaxed,
    /// Express and MariaDB: answers before it writes, and does not know repetitions.
    AnswersFirst,
}

impl System {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Leadwire, Self::Durable, Self::Relaxed, Self::AnswersFirst];

    /// The name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leadwire => "Leadwire",
            Self::Durable => "Express, writes first, fsync",
            Self::Relaxed => "Express, writes first",
            Self::AnswersFirst => "Express, answers first",
        }
    }

    /// The command that starts it over `folder` on `port`, as the leader of a process group.
    pub fn command(self, leadwire: &Path, folder: &Path, port: &str) -> Command {
        let mut command = match self {
            Self::Leadwire => soak::process::command(leadwire, folder, &["--port", port, "--quiet"]),
            Self::Durable => express(folder, port, "durable", "1"),
            Self::Relaxed => express(folder, port, "durable", "2"),
            Self::AnswersFirst => express(folder, port, "first", "1"),
        };
        command.process_group(0);
        command
    }
}

fn express(folder: &Path, port: &str, answer: &str, flush: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/server/server.js")).env("NODE_ENV", "production");
    command.env("FOLDER", folder).env("PORT", port).env("ANSWER", answer).env("FLUSH", flush);
    command
}

/// A system under load.
pub struct Running {
    /// What loads it.
    pub harness: Harness,
    folder: PathBuf,
}

/// What the processes of a system use together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// CPU since they were started.
    pub cpu: Duration,
    /// Memory now, in kilobytes; shared pages count once.
    pub memory: u64,
}

impl Running {
    /// The system that `harness` started over `folder`.
    pub async fn new(system: System, folder: &Path, mut harness: Harness) -> Self {
        if system == System::Leadwire {
            harness.agent = Some(Agent::new(&harness.instance).await);
        }
        Self { harness, folder: folder.to_owned() }
    }

    /// The bodies that were answered with 200, by wamid.
    pub fn accepted(&self) -> BTreeMap<String, String> {
        let ledger = self.harness.ledger.borrow();
        ledger.accepted.iter().map(|(body, _)| (wamid(body), body.clone())).collect()
    }

    /// Waits until nothing is under way in Leadwire, or the backend has stored at least `count` messages.
    pub async fn settled(&self, count: usize) {
        if let Some(agent) = &self.harness.agent {
            rest::quiet(agent, &self.folder).await.expect("the queues run empty");
            return;
        }
        let stored = || async { (self.get("/count").await.as_u64()? >= count as u64).then_some(()) };
        eventually("all is stored", stored).await;
    }

    /// How often each message is stored, by wamid.
    pub async fn stored(&self) -> BTreeMap<String, usize> {
        let mut messages = Vec::new();
        if let Some(agent) = &self.harness.agent {
            for lead in agent.all("/api/leads", 100).await {
                let mut lead = agent.lead(lead["id"].as_str().unwrap()).await;
                messages.extend(lead["messages"].as_array_mut().unwrap().iter_mut().map(|one| one["wamid"].take()));
            }
        } else if let Value::Array(all) = self.get("/messages").await {
            messages = all;
        }
        let mut stored = BTreeMap::new();
        for wamid in messages {
            *stored.entry(wamid.as_str().unwrap().to_owned()).or_default() += 1;
        }
        stored
    }

    async fn get(&self, path: &str) -> Value {
        let url = self.harness.instance.at(path);
        http().get(url).send().await.unwrap().json().await.unwrap()
    }

    /// What it uses, with its database.
    pub fn usage(&self) -> Usage {
        let leader = self.harness.instance.id();
        let mut all = Usage::default();
        for process in std::fs::read_dir("/proc").unwrap().filter_map(|entry| Some(entry.ok()?.path())) {
            if let Some(ticks) = ticks(&process, leader) {
                all.cpu += TICK * ticks;
                all.memory += memory(&process).unwrap_or_default();
            }
        }
        all
    }
}

/// WhatsApp's id of the message in this body.
pub fn wamid(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap();
    body["entry"][0]["changes"][0]["value"]["messages"][0]["id"].as_str().unwrap().to_owned()
}

/// The CPU time of a process in the group of `leader`.
fn ticks(process: &Path, leader: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(process.join("stat")).ok()?;
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |place: usize| fields.get(place)?.parse::<u32>().ok();
    if number(2)? != leader {
        return None;
    }
    Some(number(11)? + number(12)?)
}

/// The memory of a process; a page that several share counts by halves, thirds, and so on.
fn memory(process: &Path) -> Option<u64> {
    let rollup = std::fs::read_to_string(process.join("smaps_rollup")).ok()?;
    rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.split_whitespace().next()?.parse().ok()
}
