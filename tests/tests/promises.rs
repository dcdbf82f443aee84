//! A promise is worth what its test is: each one that `docs/promises.md` names is there.

use std::path::{Path, PathBuf};

/// Where the tests are that are named `short:file::test`; without a short name they are beside this one.
const FOLDERS: [(&str, &str); 8] = [
    ("api", "functions/api/tests/it"),
    ("emulator", "shared/emulator/tests/it"),
    ("faults", "tests/faults/tests"),
    ("local", "local/tests"),
    ("store", "shared/store/tests"),
    ("template", "tests/template/tests"),
    ("whatsapp", "shared/whatsapp/tests"),
    ("", "tests/tests"),
];

fn file_of(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if name.ends_with(".rs") {
        return root.join(name);
    }
    let (short, file) = name.split_once(':').unwrap_or(("", name));
    let (_, folder) = FOLDERS.iter().find(|(one, _)| *one == short).unwrap_or_else(|| panic!("{name}: no such folder"));
    root.join(folder).join(format!("{file}.rs"))
}

#[test]
fn every_test_that_a_promise_names_is_there() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/promises.md")).unwrap();
    let quoted = page.split('`').skip(1).step_by(2);
    let named = quoted.filter_map(|name| name.split_once("::"));
    let named: Vec<_> = named.filter(|(file, test)| *file != "file" && *test != "…").collect();
    assert!(named.len() > 100, "only {} tests are named", named.len());
    let missing = named.iter().filter(|(file, test)| {
        let text = std::fs::read_to_string(file_of(file)).unwrap_or_default();
        !text.lines().any(|line| line.trim().trim_start_matches("async ").trim_start_matches("fn ").starts_with(test))
    });
    let missing: Vec<_> = missing.collect();
    assert!(missing.is_empty(), "{missing:?}");
}
