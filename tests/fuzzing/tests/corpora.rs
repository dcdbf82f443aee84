//! Each file of `fuzz/corpus` runs through its target again, and each webhook of `events/` through `webhook` and `tasks`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use domain::{Taken, Timestamp};
use queue::InboundTask;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use whatsapp::{Part, split};

/// How many files the corpus may have, and how many bytes: every checkout carries them.
const MOST_FILES: usize = 300;
const MOST_BYTES: u64 = 512 * 1024;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn stems(folder: &str) -> BTreeSet<String> {
    files(folder).iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn replay(folder: &str, run: fn(&[u8])) {
    for file in files(folder) {
        println!("{}", file.display());
        run(&fs::read(file).unwrap());
    }
}

macro_rules! replayed {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            replay(concat!("fuzz/corpus/", stringify!($name)), fuzzing::$name::run);
        })*

        const TARGETS: &[&str] = &[$(stringify!($name)),*];
    };
}

replayed! { answers cursors keys callback_data requests sends signature tasks tokens values webhook }

#[test]
fn the_webhooks_among_the_events() {
    replay("events/whatsapp", |body| {
        fuzzing::webhook::run(body);
        for piece in split(body) {
            if let Part::Event(event) = piece {
                let task = InboundTask::first(Taken { at: Timestamp::from_seconds(1_790_000_000), place: 0 }, event);
                fuzzing::tasks::run(task.body().unwrap().as_bytes());
            }
        }
    });
}

#[test]
fn the_targets_are_the_same_everywhere() {
    let names: BTreeSet<String> = TARGETS.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(names, stems("fuzz/fuzz_targets"));
    assert_eq!(names, stems("fuzz/corpus"));
    let manifest = fs::read_to_string(repository().join("fuzz/Cargo.toml")).unwrap();
    let binaries = manifest.split("[[bin]]").skip(1).filter_map(|bin| bin.split('"').nth(1));
    assert_eq!(names, binaries.map(str::to_owned).collect());
}

#[test]
fn the_corpus_is_small() {
    let kept: Vec<PathBuf> = TARGETS.iter().flat_map(|name| files(&format!("fuzz/corpus/{name}"))).collect();
    let bytes: u64 = kept.iter().map(|file| file.metadata().unwrap().len()).sum();
    assert!(kept.len() <= MOST_FILES && bytes <= MOST_BYTES, "{} files of {bytes} bytes: cmin", kept.len());
}
