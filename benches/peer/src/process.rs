//! Processes with all that they start: begun, asked what they use, and killed at once.

use serde_json::Value;
use soak::process::eventually;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The unit of CPU time in `/proc`, on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// A process with its descendants, in a process group of their own.
#[derive(Debug)]
pub struct Group {
    child: Child,
    stdout: PathBuf,
}

/// What processes use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// CPU since they were started.
    pub cpu: Duration,
    /// Memory now, in kilobytes; what several share counts once in all.
    pub memory: u64,
}

impl Group {
    /// Starts `command`; what it writes goes into files in `folder`, named after it.
    ///
    /// # Panics
    /// If there is no such program.
    #[must_use]
    pub fn start(mut command: Command, folder: &Path, name: &str) -> Self {
        let stdout = folder.join(format!("{name}.out"));
        let stderr = File::create(folder.join(format!("{name}.err"))).unwrap();
        command.stdin(Stdio::null()).stdout(File::create(&stdout).unwrap()).stderr(stderr).process_group(0);
        let child = command.spawn().unwrap_or_else(|why| panic!("{name} cannot be started: {why}"));
        Self { child, stdout }
    }

    /// The first line that it writes, which is JSON.
    ///
    /// # Panics
    /// If it ends before.
    pub async fn told(&mut self) -> Value {
        let (child, stdout) = (&mut self.child, &self.stdout);
        let line = eventually("the process is ready", || {
            let complaints = || std::fs::read_to_string(stdout.with_extension("err")).unwrap();
            assert!(child.try_wait().unwrap().is_none(), "it ended: {}", complaints());
            let line = std::fs::read_to_string(stdout).unwrap().split_once('\n').map(|(line, _)| line.to_owned());
            std::future::ready(line)
        });
        serde_json::from_str(&line.await).unwrap()
    }

    /// Its number.
    fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        kill(std::slice::from_mut(self));
    }
}

/// Ends all of them at one moment, as `kill -9` does.
pub fn kill(groups: &mut [Group]) {
    let running = groups.iter_mut().filter_map(|group| group.child.try_wait().ok()?.is_none().then_some(&*group));
    let ids: Vec<_> = running.map(|group| format!("-{}", group.id())).collect();
    if !ids.is_empty() {
        let _ = Command::new("kill").args(["-s", "KILL", "--"]).args(ids).status();
    }
    for group in groups {
        let _ = group.child.wait();
    }
}

/// What all of them use together.
#[must_use]
pub fn usage(groups: &[Group]) -> Usage {
    let ids: Vec<_> = groups.iter().map(Group::id).collect();
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(|entry| Some(entry.ok()?.path()));
    let mut all = Usage::default();
    for process in processes {
        let Some((group, ticks)) = stat(&process) else { continue };
        if ids.contains(&group) {
            all.cpu += TICK * ticks;
            all.memory += memory(&process).unwrap_or_default();
        }
    }
    all
}

/// The group of a process, and its CPU time.
fn stat(process: &Path) -> Option<(u32, u32)> {
    let stat = std::fs::read_to_string(process.join("stat")).ok()?;
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |place: usize| fields.get(place)?.parse::<u32>().ok();
    Some((number(2)?, number(11)? + number(12)?))
}

/// The memory of a process; what it shares counts by halves, thirds, and so on.
fn memory(process: &Path) -> Option<u64> {
    let rollup = std::fs::read_to_string(process.join("smaps_rollup")).ok()?;
    rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.split_whitespace().next()?.parse().ok()
}
