//! The systems that are compared: how each is started, when it is done, and what it tells that it has.

use crate::load::APP_SECRET;
use crate::process::{self, Group, Usage};
use emulator::Queues;
use reqwest::Client;
use runtime::SystemClock;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use soak::process::{eventually, within};
use std::collections::BTreeMap;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

/// What Leadwire calls the queue behind its webhook.
const INBOUND: &str = "leadwire-inbound.fifo";

/// How long it may take until all is stored.
const PATIENCE: Duration = Duration::from_secs(600);

/// A page of leads.
const LEADS: usize = 100;

/// A system, in one of its ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum System {
    /// What `cargo run` starts.
    Leadwire,
    /// Express and MariaDB; one transaction, on the disk before the answer.
    Durable,
    /// The same; at the operating system before the answer.
    Relaxed,
    /// The same transaction, after the answer; no message has a key.
    AnswersFirst,
}

impl System {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Leadwire, Self::Durable, Self::Relaxed, Self::AnswersFirst];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leadwire => "Leadwire",
            Self::Durable => "Express, writes first, fsync",
            Self::Relaxed => "Express, writes first",
            Self::AnswersFirst => "Express, answers first",
        }
    }

    /// How MariaDB treats a commit: 1 writes it to the disk, 2 hands it to the operating system.
    const fn flush(self) -> u8 {
        match self {
            Self::Relaxed => 2,
            Self::Leadwire | Self::Durable | Self::AnswersFirst => 1,
        }
    }
}

/// Where the programs are.
#[derive(Clone, Debug)]
pub struct Programs {
    /// The binary `leadwire`.
    pub leadwire: PathBuf,
    /// The folder of the Express server.
    pub server: PathBuf,
    /// The folder of a MariaDB in which nothing is yet.
    pub empty: PathBuf,
}

impl Programs {
    /// Has MariaDB make an empty database in `folder`.
    ///
    /// # Panics
    /// If it cannot.
    pub fn make_empty(&self) {
        let mut install = Command::new("mariadb-install-db");
        install.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
        install.arg("--user=root").arg(format!("--datadir={}", self.empty.display()));
        let made = install.output().expect("mariadb-install-db has to be installed");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    fn leadwire(&self, folder: &Path) -> Command {
        let data = folder.join("leadwire");
        let mut command = soak::process::command(&self.leadwire, &data, &["--port", "0", "--quiet"]);
        command.env("WHATSAPP_APP_SECRET", APP_SECRET);
        command
    }

    fn database(&self, system: System, folder: &Path) -> Command {
        let data = folder.join("mariadb");
        if !data.exists() {
            let copied = Command::new("cp").arg("-r").arg(&self.empty).arg(&data).status().unwrap();
            assert!(copied.success(), "the empty database cannot be copied");
        }
        let mut command = Command::new("mariadbd");
        command.args(["--no-defaults", "--user=root", "--skip-networking"]);
        command.arg(format!("--innodb-flush-log-at-trx-commit={}", system.flush()));
        command.arg(format!("--datadir={}", data.display())).arg(format!("--socket={}", socket(folder).display()));
        command
    }

    fn express(&self, system: System, folder: &Path) -> Command {
        let mut command = Command::new("node");
        command.arg(self.server.join("server.js")).env("NODE_ENV", "production").env("PORT", "0");
        command.env("WHATSAPP_APP_SECRET", APP_SECRET).env("WHATSAPP_VERIFY_TOKEN", "verify");
        command.env("DB_SOCKET", socket(folder));
        command.env("ANSWER", if system == System::AnswersFirst { "first" } else { "durable" });
        command
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("mariadb.sock")
}

/// A system that runs.
#[derive(Debug)]
pub struct Running {
    system: System,
    folder: PathBuf,
    told: Value,
    groups: Vec<Group>,
    http: Client,
}

impl Running {
    /// Starts `system` over what is in `folder`.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start(programs: &Programs, system: System, folder: &Path) -> Self {
        let mut groups = Vec::new();
        if system == System::Leadwire {
            groups.push(Group::start(programs.leadwire(folder), folder, "leadwire"));
        } else {
            groups.push(Group::start(programs.database(system, folder), folder, "mariadbd"));
            eventually("the database lets somebody in", || {
                std::future::ready(UnixStream::connect(socket(folder)).ok())
            })
            .await;
            groups.push(Group::start(programs.express(system, folder), folder, "express"));
        }
        let told = groups.last_mut().unwrap().told().await;
        Self { system, folder: folder.to_owned(), told, groups, http: soak::process::http() }
    }

    /// Where webhooks go.
    #[must_use]
    pub fn webhook(&self) -> String {
        self.at("/api/webhook/whatsapp")
    }

    /// What it uses, with its database.
    #[must_use]
    pub fn usage(&self) -> Usage {
        process::usage(&self.groups)
    }

    /// Ends it and its database as `kill -9` does.
    pub fn kill(&mut self) {
        process::kill(&mut self.groups);
    }

    /// Waits until nothing that it accepted is still to be stored; `stored` is how much there has to be, unless it is
    /// the same before any of it and does not matter.
    ///
    /// # Panics
    /// If that never happens.
    pub async fn settled(&self, stored: usize) {
        let settled = match self.system {
            System::Leadwire => {
                let queues = Queues::open(&self.folder.join("leadwire/queues.sqlite"), Arc::new(SystemClock)).unwrap();
                within(PATIENCE, || {
                    std::future::ready(queues.next_visible_at(INBOUND).unwrap().is_none().then_some(()))
                })
                .await
            }
            System::Durable | System::Relaxed | System::AnswersFirst => {
                within(PATIENCE, || async {
                    let count = self.get("/count", "").await["messages"].as_u64().unwrap();
                    (count >= stored as u64).then_some(())
                })
                .await
            }
        };
        settled.unwrap_or_else(|| panic!("{} has not stored everything", self.system.name()));
    }

    /// How often each message is there, by its wamid.
    ///
    /// # Panics
    /// If it does not tell.
    pub async fn stored(&self) -> BTreeMap<String, usize> {
        let mut stored = BTreeMap::new();
        let mut add = |messages: &Value, field: &str| {
            for message in messages.as_array().unwrap() {
                *stored.entry(message[field].as_str().unwrap().to_owned()).or_default() += 1;
            }
        };
        if self.system == System::Leadwire {
            let token = self.sign_in().await;
            for lead in self.leadwire_leads(&token).await {
                let mut cursor = String::new();
                loop {
                    let page = self.get(&format!("/api/leads/{lead}?limit=100{cursor}"), &token).await;
                    add(&page["messages"], "wamid");
                    let Some(next) = page["messagesCursor"].as_str() else { break };
                    cursor = format!("&messagesCursor={next}");
                }
            }
        } else {
            for lead in self.express_leads().await {
                add(&self.get(&format!("/api/leads/{lead}"), "").await["messages"], "message_id");
            }
        }
        stored
    }

    async fn leadwire_leads(&self, token: &str) -> Vec<String> {
        let (mut leads, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/api/leads?limit={LEADS}{cursor}"), token).await;
            leads.extend(page["items"].as_array().unwrap().iter().map(|lead| lead["id"].as_str().unwrap().to_owned()));
            let Some(next) = page["nextCursor"].as_str() else { return leads };
            cursor = format!("&cursor={next}");
        }
    }

    async fn express_leads(&self) -> Vec<u64> {
        let mut leads = Vec::new();
        for number in 1.. {
            let page = self.get(&format!("/api/leads?limit={LEADS}&page={number}"), "").await;
            leads.extend(page["leads"].as_array().unwrap().iter().map(|lead| lead["id"].as_u64().unwrap()));
            if number >= page["pagination"]["pages"].as_u64().unwrap() {
                break;
            }
        }
        leads
    }

    async fn sign_in(&self) -> String {
        let login = json!({ "email": self.told["ownerEmail"], "password": self.told["ownerPassword"] });
        let answer = self.http.post(self.at("/api/auth/login")).json(&login).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["accessToken"].as_str().unwrap().to_owned()
    }

    async fn get(&self, path: &str, token: &str) -> Value {
        let answer = self.http.get(self.at(path)).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.told["url"].as_str().unwrap())
    }
}
