//! valgrind's tools: what they are told, and what they say when the process that they watched has ended.

use std::path::Path;
use std::process::{Command, Stdio};

/// What counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The instructions that were carried out.
    Cachegrind,
    /// The allocations that were made.
    Memcheck,
}

impl Tool {
    /// What a process is started through, so that what it came to is written to `log`.
    pub(super) fn command(self, log: &Path) -> Command {
        let mut command = Command::new("valgrind");
        command.arg(format!("--log-file={}", log.display())).args(match self {
            Self::Cachegrind => ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"],
            // What it was made for only takes time here.
            Self::Memcheck => ["--tool=memcheck", "--undef-value-errors=no", "--leak-check=no"],
        });
        command
    }

    /// What was counted, from the log.
    pub(super) fn counted(self, log: &str) -> Option<u64> {
        let (before, after) = match self {
            Self::Cachegrind => ("refs:", None),
            Self::Memcheck => ("total heap usage:", Some("allocs")),
        };
        let (_, told) = log.lines().find_map(|line| line.split_once(before))?;
        let number = after.map_or(Some(told), |after| Some(told.split_once(after)?.0))?;
        number.trim().replace(',', "").parse().ok()
    }
}

/// Which valgrind is here; none if there is none.
#[must_use]
pub fn version() -> Option<String> {
    let output = Command::new("valgrind").arg("--version").stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok().map(|told| told.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_found_among_what_else_is_said() {
        let log = "==7== Cachegrind, a cache and branch-prediction profiler\n==7== Command: webhook\n==7== \n\
                   ==7== Process terminating with default action of signal 15 (SIGTERM)\n==7== \n\
                   ==7== I   refs:      4,801,377\n";
        assert_eq!(Tool::Cachegrind.counted(log), Some(4_801_377));
        assert_eq!(Tool::Cachegrind.counted("==7== I refs: 12\n"), Some(12), "newer ones write it so");
        let log = "==7== HEAP SUMMARY:\n==7==     in use at exit: 245,100 bytes in 1,203 blocks\n\
                   ==7==   total heap usage: 9,412 allocs, 8,209 frees, 1,530,004 bytes allocated\n";
        assert_eq!(Tool::Memcheck.counted(log), Some(9412));
    }

    #[test]
    fn a_log_without_them_says_nothing() {
        let log = "valgrind: failed to start tool 'cachegrind' for platform 'amd64-linux'\n";
        assert_eq!((Tool::Cachegrind.counted(log), Tool::Memcheck.counted(log)), (None, None));
    }
}
