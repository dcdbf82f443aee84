//! A promise is worth what its test is: each one that `docs/promises.md`, the runbook or the architecture names is there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use std::path::{Path, PathBuf};

/// Where the tests are that are named `short:file::test`; without a short name they are beside this one.
const FOLDERS: [(&str, &str); 9] = [
    ("api", "functions/api/tests/it"),
    ("emulator", "local/emulator/tests/it"),
    ("faults", "tests/faults/tests"),
    ("local", "local/stack/tests"),
    ("encryption", "shared/encryption/tests"),
    ("store", "shared/store/tests"),
    ("template", "tests/template/tests"),
    ("whatsapp", "shared/whatsapp/tests"),
    ("", "tests/system/it"),
];

fn file_of(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if name.ends_with(".rs") {
        return root.join(name);
    }
    let (short, file) = name.split_once(':').unwrap_or(("", name));
    let (_, folder) = FOLDERS.iter().find(|(one, _)| *one == short).unwrap_or_else(|| panic!("{name}: no such folder"));
    let among = root.join(folder).join(format!("{file}.rs"));
    let alone = root.join(folder).join("..").join(file);
    // A test that needs a process of its own is a program beside the others.
    if among.exists() { among } else { alone.join("main.rs") }
}

/// Names in backquotes, `file::test`, of tests that are nowhere. A type's function is written with a capital.
fn missing(page: &str, at_least: usize) -> Vec<String> {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page)).unwrap();
    let quoted = page.split('`').filter(|text| !text.contains(['\n', ' ']));
    let named = quoted.filter_map(|name| name.split_once("::"));
    let named = named.filter(|(file, test)| *file != "file" && *test != "…" && !file.starts_with(char::is_uppercase));
    let named: Vec<_> = named.collect();
    assert!(named.len() > at_least, "only {} tests are named", named.len());
    let missing = named.iter().filter(|(file, test)| {
        let text = std::fs::read_to_string(file_of(file)).unwrap_or_default();
        !text.lines().any(|line| line.trim().trim_start_matches("async ").trim_start_matches("fn ").starts_with(test))
    });
    missing.map(|(file, test)| format!("{file}::{test}")).collect()
}

#[test]
fn every_test_that_a_promise_names_is_there() {
    assert_eq!(missing("docs/promises.md", 100), [""; 0]);
}

#[test]
fn every_test_that_an_invariant_or_the_runbook_names_is_there() {
    assert_eq!(missing("ARCHITECTURE.md", 15), [""; 0]);
    assert_eq!(missing("RUNBOOK.md", 12), [""; 0]);
}
