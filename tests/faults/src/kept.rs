//! What has been run already, in a file: the whole suite takes over an hour, and may be interrupted. What another
//! binary has run counts for nothing, since it may have been another product.

use crate::explored::Explored;
use crate::random::Told;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What has been run, and where more of it is kept.
#[derive(Debug, Default)]
pub struct Kept {
    begun: BTreeMap<(String, usize), Explored>,
    runs: BTreeMap<u64, Told>,
    took: Duration,
    file: Option<Mutex<Growing>>,
}

/// A file that is written to, and since when the time that was spent is not in it.
#[derive(Debug)]
struct Growing {
    file: File,
    since: Instant,
}

/// A line of the file. The first says whose it is.
#[derive(Debug, Serialize, Deserialize)]
enum Line {
    /// What the binary of this digest has run, of so many of a hundred pairs.
    Of { binary: String, percent: u64 },
    /// Everything of a story that begins with its fault of this number.
    Story { story: String, number: usize, found: Explored },
    /// The random run of this seed.
    Run { seed: u64, told: Told },
    /// So many seconds were spent until here.
    Took(f64),
}

impl Kept {
    /// What the file at `path` keeps, if this binary has written it and tried `percent` of a hundred pairs; nothing
    /// otherwise. From now on more is kept there.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn at(path: &Path, percent: u64) -> io::Result<Self> {
        let binary = hex::encode(Sha256::digest(std::fs::read(std::env::current_exe()?)?));
        let mut kept = Self::default();
        let text = std::fs::read_to_string(path).unwrap_or_default();
        // A line may have been cut short by an interruption.
        let mut lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
        let ours = matches!(lines.next(), Some(Line::Of { binary: by, percent: of }) if by == binary && of == percent);
        if ours {
            lines.for_each(|line| kept.take(line));
        }
        let mut file = OpenOptions::new().create(true).append(ours).truncate(!ours).write(true).open(path)?;
        writeln!(file, "{}", if ours { String::new() } else { line(&Line::Of { binary, percent }) })?;
        kept.file = Some(Mutex::new(Growing { file, since: Instant::now() }));
        Ok(kept)
    }

    /// What was found of `story` beginning with its fault of this number, if that has been run.
    pub(crate) fn story(&self, story: &str, number: usize) -> Option<&Explored> {
        self.begun.get(&(story.to_owned(), number))
    }

    /// What the random run of `seed` was, if it has been run.
    pub(crate) fn run(&self, seed: u64) -> Option<&Told> {
        self.runs.get(&seed)
    }

    /// How long it took to run what has been run before.
    pub(crate) const fn took(&self) -> Duration {
        self.took
    }

    pub(crate) fn keep_story(&self, story: &str, number: usize, found: &Explored) {
        self.keep(&Line::Story { story: story.to_owned(), number, found: found.clone() });
    }

    pub(crate) fn keep_run(&self, seed: u64, told: &Told) {
        self.keep(&Line::Run { seed, told: told.clone() });
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::Of { .. } => {}
            Line::Story { story, number, found } => drop(self.begun.insert((story, number), found)),
            Line::Run { seed, told } => drop(self.runs.insert(seed, told)),
            Line::Took(seconds) => self.took += Duration::from_secs_f64(seconds),
        }
    }

    /// A line that cannot be written costs the time of running it again, and nothing else.
    fn keep(&self, kept: &Line) {
        let Some(growing) = &self.file else { return };
        let mut growing = growing.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = growing.since.elapsed().as_secs_f64();
        growing.since = Instant::now();
        if let Err(error) = writeln!(growing.file, "{}\n{}", line(kept), line(&Line::Took(spent))) {
            eprintln!("what has been run cannot be kept: {error}");
        }
    }
}

fn line(line: &Line) -> String {
    serde_json::to_string(line).unwrap_or_default()
}
