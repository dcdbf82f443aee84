//! Builds the console with Node where its files are missing or older than its sources.

use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// The oldest Node that builds it.
const OLDEST_NODE: u32 = 20;

/// Where the digest of the sources stands that the files were built from.
const BUILT_FROM: &str = ".built-from";

/// Folders that hold no sources.
const NO_SOURCES: [&str; 5] = ["node_modules", "dist", "test-results", "playwright-report", "coverage"];

/// A build that may be under way. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Building(Arc<Mutex<Under>>);

/// The command that runs, and whether no further one may begin.
#[derive(Debug, Default)]
struct Under {
    way: Option<Child>,
    over: bool,
}

impl Drop for Building {
    fn drop(&mut self) {
        let mut under = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        under.over = true;
        if let Some(mut child) = under.way.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Builds on a thread of its own, if there is anything to build. `tell` is told whether a build is under way, and what a
/// person should do about a console that is not there.
pub(crate) fn start(folder: PathBuf, tell: impl Fn(bool, Option<String>) + Send + 'static) -> Building {
    let under = Arc::new(Mutex::new(Under::default()));
    let shared = Arc::clone(&under);
    std::thread::spawn(move || {
        tell(true, None);
        let advice = build(&folder, &shared).err();
        if let Some(advice) = &advice {
            eprintln!("console: {advice}");
        }
        tell(false, advice);
    });
    Building(under)
}

fn build(folder: &Path, under: &Mutex<Under>) -> Result<(), String> {
    if !folder.join("package.json").is_file() {
        return Err(format!(
            "The console's sources are not in {}: name their folder with --console.",
            folder.display()
        ));
    }
    let digest = digest(folder).map_err(|error| format!("Cannot read the console's sources: {error}"))?;
    let mark = folder.join("dist").join(BUILT_FROM);
    if std::fs::read_to_string(&mark).is_ok_and(|built| built == digest) {
        return Ok(());
    }
    if node().is_none_or(|major| major < OLDEST_NODE) {
        return Err(format!(
            "The console needs Node.js {OLDEST_NODE} or newer: install it from https://nodejs.org and start again."
        ));
    }
    for step in [["ci", "--no-audit", "--no-fund"].as_slice(), &["run", "build"]] {
        run(folder, step, under)?;
    }
    std::fs::write(&mark, digest)
        .map_err(|error| format!("The console is built, but {} cannot be written: {error}", mark.display()))?;
    eprintln!("console: ready");
    Ok(())
}

/// The major version of the Node that is there.
fn node() -> Option<u32> {
    let output = Command::new("node").arg("--version").output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Runs npm and repeats its lines on stderr.
fn run(folder: &Path, arguments: &[&str], under: &Mutex<Under>) -> Result<(), String> {
    let said = format!("npm {}", arguments.join(" "));
    eprintln!("console: {said}");
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let lines = {
        let mut under = under.lock().unwrap_or_else(PoisonError::into_inner);
        if under.over {
            return Err("The console is not built, as this instance is stopping.".to_owned());
        }
        let mut child = command.spawn().map_err(|error| format!("Cannot run {said}: {error}"))?;
        let lines = child.stdout.take();
        under.way = Some(child);
        lines
    };
    for line in lines.into_iter().flat_map(|lines| BufReader::new(lines).lines()).map_while(Result::ok) {
        if !line.trim().is_empty() {
            eprintln!("console: {line}");
        }
    }
    let child = under.lock().unwrap_or_else(PoisonError::into_inner).way.take();
    match child.map(|mut child| child.wait()) {
        Some(Ok(status)) if status.success() => Ok(()),
        Some(Ok(_) | Err(_)) | None => Err(format!("{said} failed in {}: see its output above.", folder.display())),
    }
}

/// A digest over the names and bytes of all sources.
fn digest(folder: &Path) -> std::io::Result<String> {
    let mut left = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(path) = left.pop() {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.file_type()?.is_dir();
            match is_folder {
                true if !NO_SOURCES.contains(&name.as_str()) && !name.starts_with('.') => left.push(entry.path()),
                false if !name.starts_with('.') => files.push(entry.path()),
                true | false => {}
            }
        }
    }
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        let bytes = std::fs::read(&file)?;
        hasher.update(file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().as_bytes());
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(&bytes);
    }
    Ok(hasher.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sources that are built by a script which notes each time that it ran.
    fn sources() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let package = r#"{"name":"console","version":"1.0.0","scripts":{"build":"node build.cjs"}}"#;
        let lock = r#"{"name":"console","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"console","version":"1.0.0"}}}"#;
        let script = "const fs = require('fs'); fs.mkdirSync('dist', { recursive: true }); \
            fs.appendFileSync('dist/index.html', 'built'); if (fs.existsSync('broken.txt')) process.exit(1);";
        for (name, text) in [("package.json", package), ("package-lock.json", lock), ("build.cjs", script)] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn the_console_is_built_once_and_again_after_a_change_of_its_sources() {
        let folder = sources();
        if node().is_none_or(|major| major < OLDEST_NODE) {
            let advice = build(folder.path(), &Mutex::default()).unwrap_err();
            assert!(advice.contains("install it"), "{advice}");
            return;
        }
        let built = || std::fs::read_to_string(folder.path().join("dist/index.html")).unwrap();
        for _ in 0..2 {
            build(folder.path(), &Mutex::default()).unwrap();
            assert_eq!(built(), "built");
        }
        std::fs::write(folder.path().join("page.ts"), "export {};").unwrap();
        build(folder.path(), &Mutex::default()).unwrap();
        assert_eq!(built(), "builtbuilt");
        std::fs::write(folder.path().join("broken.txt"), "").unwrap();
        let advice = build(folder.path(), &Mutex::default()).unwrap_err();
        assert!(advice.contains("npm run build failed"), "{advice}");
    }

    #[test]
    fn sources_that_are_nowhere_are_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(build(folder.path(), &Mutex::default()).unwrap_err().contains("are not in"));
    }
}
