//! The log of an instance, in its data folder: the lines that Lambda would write. [`trace`] finds in it what became of one
//! message.

use domain::digest;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tracing_subscriber::fmt::MakeWriter;

/// Where the log is.
pub const LOG_FILE: &str = "log.jsonl";

/// What a log that grew long is renamed to.
pub const OLD_LOG_FILE: &str = "log.old.jsonl";

/// A log longer than this in bytes is begun anew when an instance starts.
const LONG: u64 = 64 << 20;

/// The fields that name one message, and those that name several.
const ONE: [&str; 2] = ["message.id", "wamid"];
const SEVERAL: [&str; 2] = ["message.ids", "wamids"];

/// A log that is written to once its folder is known; what is said before is not kept. Clones are the same log.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<OnceLock<Mutex<File>>>);

impl Log {
    /// From now on, lines go to the log in `folder`.
    ///
    /// # Errors
    /// If it cannot be written to.
    pub fn open(&self, folder: &Path) -> io::Result<()> {
        let path = folder.join(LOG_FILE);
        if fs::metadata(&path).is_ok_and(|file| file.len() > LONG) {
            fs::rename(&path, folder.join(OLD_LOG_FILE))?;
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        self.0.get_or_init(|| Mutex::new(file));
        Ok(())
    }
}

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match self.0.get() {
            Some(file) => file.lock().unwrap_or_else(PoisonError::into_inner).write(line),
            None => Ok(line.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Every line of the log in `folder` that speaks of the message called `id`, ours or WhatsApp's, in their order: when,
/// which function, and what it said.
///
/// # Errors
/// If there is no log to read.
pub fn trace(folder: &Path, id: &str) -> io::Result<Vec<String>> {
    let mut text = fs::read_to_string(folder.join(OLD_LOG_FILE)).unwrap_or_default();
    text.push_str(&fs::read_to_string(folder.join(LOG_FILE))?);
    let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    // WhatsApp's ids stand in logs as digests.
    let mut names = BTreeSet::from([id.to_owned(), digest::hex(&[id])]);
    // A message of ours gets WhatsApp's id on its way, and a status has that alone.
    loop {
        let before = names.len();
        let spoken = lines.iter().filter(|line| speaks_of(line, &names));
        let more = spoken.flat_map(|line| ONE.map(|field| line[field].as_str())).flatten().map(str::to_owned);
        names.extend(more.collect::<Vec<_>>());
        if names.len() == before {
            break;
        }
    }
    Ok(lines.iter().filter(|line| speaks_of(line, &names)).map(shown).collect())
}

fn speaks_of(line: &Value, names: &BTreeSet<String>) -> bool {
    let said = ONE.iter().chain(&SEVERAL).filter_map(|field| line[field].as_str());
    said.flat_map(|said| said.split(' ')).any(|name| names.contains(name))
}

/// A line as a person reads it.
fn shown(line: &Value) -> String {
    let text = |field: &str| line[field].as_str().unwrap_or_default().to_owned();
    let function = text("target").split("::").next().unwrap_or_default().to_owned();
    let known = ["timestamp", "target", "message", "level", "Stack", "_aws", "wamids", "message.ids"];
    let others = line.as_object().into_iter().flatten().filter(|(name, _)| !known.contains(&name.as_str()));
    let others: Vec<String> = others
        .map(|(name, value)| format!("{name}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect();
    format!("{}  {function:<9} {:<5} {}  {}", text("timestamp"), text("level"), text("message"), others.join(" "))
}
