//! What was kept of fuzzing is tried again: each file of `fuzz/corpus` by its target.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use fuzzing::{TARGETS, Target};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// How much may be kept for one target, in files and in bytes.
const MOST: (usize, usize) = (200, 512 * 1024);

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn stems(folder: &str) -> BTreeSet<String> {
    let stem = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    files(&fuzz().join(folder)).iter().map(stem).collect()
}

/// Tries every kept file of the target `name`.
fn replay(name: &str) {
    let Target { run, .. } = TARGETS.iter().find(|target| target.name == name).expect("the list has every target");
    let files = files(&fuzz().join("corpus").join(name));
    assert!(!files.is_empty(), "nothing is kept for {name}");
    let mut size = 0;
    for file in &files {
        let bytes = fs::read(file).unwrap();
        size += bytes.len();
        println!("{}", file.display());
        run(&bytes);
    }
    assert!(files.len() <= MOST.0 && size <= MOST.1, "{name} keeps {} files of {size} bytes: cmin", files.len());
}

macro_rules! replayed {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            replay(stringify!($name));
        })*

        /// The targets that are replayed.
        const REPLAYED: &[&str] = &[$(stringify!($name)),*];
    };
}

replayed! { answers cursors keys opaque requests sends signature tasks tokens values webhook }

#[test]
fn the_targets_are_the_same_everywhere() {
    let names: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(names.len(), TARGETS.len(), "a name stands for one target");
    assert_eq!(names, REPLAYED.iter().map(|name| (*name).to_owned()).collect(), "each is replayed");
    assert_eq!(names, stems("fuzz_targets"), "each has its file in fuzz/fuzz_targets");
    assert_eq!(names, stems("corpus"), "each has its folder in fuzz/corpus");
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let binaries = manifest.split("[[bin]]").skip(1).filter_map(|bin| bin.split('"').nth(1));
    assert_eq!(names, binaries.map(str::to_owned).collect(), "each stands in fuzz/Cargo.toml");
}
