//! The rules of this repository that no compiler checks: which way the arrows point, and how files look.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The machine that the functions run on.
const LAMBDA: &str = "aarch64-unknown-linux-gnu";

/// A file longer than this does more than one thing.
const LONGEST_FILE: usize = 600;

/// A `main` longer than this does more than wire.
const LONGEST_MAIN: usize = 30;

/// The machinery of proof: what a capability may not bring more of. Ordinary tests are not in it.
const MACHINERY: [&str; 6] = ["tests/faults", "tests/fuzzing", "tests/soak", "tests/template", "benches", ".ci"];

/// So many lines of it for each line of the deployed product, at most.
const MOST_MACHINERY: f64 = 0.6;

/// Other ways to encrypt a connection than the one that all functions share.
const OTHER_TLS: [&str; 4] = ["native-tls", "openssl", "openssl-sys", "ring"];

/// What `domain` decides, it decides without any of these.
const NOT_IN_DOMAIN: [&str; 14] = [
    "aws",
    "axum",
    "futures",
    "h2",
    "http",
    "hyper",
    "lambda",
    "mio",
    "reqwest",
    "rusqlite",
    "rustls",
    "serde_dynamo",
    "tokio",
    "tower",
];

/// Which of our crates each may use: functions the shared ones, those `domain`, and `domain` none; `mail` and `push`
/// drive what `store` keeps, `audit` chains it, `views` shows it. What tests and the local stack are made of stands below
/// and is used by none of them.
const ARROWS: [(&str, &[&str]); 29] = [
    ("domain", &[]),
    ("queue", &["domain"]),
    ("runtime", &["domain"]),
    ("seal", &["domain"]),
    ("store", &["domain"]),
    ("mail", &["domain", "store"]),
    ("audit", &["domain", "runtime", "seal", "store"]),
    ("push", &["domain", "store"]),
    ("whatsapp", &["domain"]),
    ("views", &["domain", "store", "whatsapp"]),
    ("webhook", &["domain", "queue", "runtime", "store", "whatsapp"]),
    ("inbound", &["domain", "queue", "runtime", "store", "whatsapp"]),
    ("relay", &["domain", "queue", "runtime", "store"]),
    ("outbound", &["domain", "queue", "runtime", "seal", "store", "whatsapp"]),
    ("changes", &["audit", "domain", "mail", "push", "queue", "runtime", "store", "views"]),
    ("realtime", &["domain", "push", "runtime", "store", "views"]),
    ("schedule", &["audit", "domain", "mail", "queue", "runtime", "store"]),
    ("api", &["domain", "runtime", "seal", "store", "views", "whatsapp"]),
    ("emulator", &["domain", "runtime"]),
    ("meta-simulator", &["domain", "runtime"]),
    (
        "leadwire",
        &[
            "api",
            "audit",
            "changes",
            "domain",
            "emulator",
            "inbound",
            "mail",
            "meta-simulator",
            "outbound",
            "push",
            "queue",
            "realtime",
            "relay",
            "runtime",
            "schedule",
            "seal",
            "store",
            "webhook",
            "whatsapp",
        ],
    ),
    ("testkit", &["api", "domain", "emulator", "leadwire", "meta-simulator", "runtime", "store", "whatsapp"]),
    ("soak", &["domain", "emulator", "runtime", "store", "whatsapp"]),
    ("peer", &["soak"]),
    ("faults", &["domain", "emulator", "leadwire", "queue", "runtime", "store", "testkit", "whatsapp"]),
    ("fuzzing", &["api", "domain", "emulator", "queue", "runtime", "seal", "store", "whatsapp"]),
    ("template", &["api", "realtime"]),
    ("benches", &["domain", "emulator", "leadwire", "runtime", "template", "testkit", "whatsapp"]),
    ("system-tests", &[]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn metadata() -> Value {
    let arguments = ["metadata", "--offline", "--format-version", "1", "--filter-platform", LAMBDA];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn array<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// The names of all packages that `name` is built from.
fn closure(metadata: &Value, name: &str) -> BTreeSet<String> {
    let names: BTreeMap<_, _> =
        array(metadata, "packages").iter().map(|package| (text(package, "id"), text(package, "name"))).collect();
    let nodes: BTreeMap<_, _> =
        array(&metadata["resolve"], "nodes").iter().map(|node| (text(node, "id"), node)).collect();
    let mut left: Vec<&str> = names.iter().filter(|(_, found)| **found == name).map(|(id, _)| *id).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = left.pop() {
        if seen.insert(id) {
            let used = |dep: &&Value| array(dep, "dep_kinds").iter().any(|kind| text(kind, "kind") != "dev");
            left.extend(array(nodes[id], "deps").iter().filter(used).map(|dep| text(dep, "pkg")));
        }
    }
    seen.into_iter().map(|id| names[id].to_owned()).collect()
}

/// What cargo says of everything that is compiled along `edges`, in the words of `format`.
fn tree(edges: &str, format: &str, more: &[&str]) -> BTreeSet<String> {
    let arguments = ["tree", "--offline", "--prefix", "none", "--edges", edges, "--format", format];
    let output = Command::new(env!("CARGO")).args(arguments).args(more).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
}

/// Every Rust file in these folders, by its path from the root, with its text.
fn files(folders: &[&str]) -> BTreeMap<String, String> {
    files_called(folders, |name| name.ends_with(".rs"))
}

/// Every file in these folders whose path from the root is wanted, with its text.
fn files_called(folders: &[&str], wanted: impl Fn(&str) -> bool) -> BTreeMap<String, String> {
    let mut left: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    let mut found = BTreeMap::new();
    while let Some(path) = left.pop() {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !name.ends_with("node_modules") {
            left.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if wanted(&name) {
            found.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    found
}

/// The same of folders that hold much.
fn sources(folders: &[&str]) -> BTreeMap<String, String> {
    let found = files(folders);
    assert!(found.len() > 20, "the folders are not where they are looked for");
    found
}

const ALL: [&str; 5] = ["benches", "functions", "shared", "local", "tests"];

/// The names of the files of which `wrong` is true.
fn offenders(folders: &[&str], wrong: impl Fn(&str, &str) -> bool) -> Vec<String> {
    sources(folders).into_iter().filter(|(name, text)| wrong(name, text)).map(|(name, _)| name).collect()
}

/// The text of a file without the tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or_default()
}

#[test]
fn the_domain_knows_no_cloud_no_wire_and_no_waiting() {
    let closure = closure(&metadata(), "domain");
    assert!(closure.contains("serde"), "the closure was not found");
    let stem = |name: &str| name.split(['-', '_']).next().unwrap_or_default().to_owned();
    let bad = |name: &&String| NOT_IN_DOMAIN.iter().any(|word| name.as_str() == *word || stem(name) == *word);
    assert_eq!(closure.iter().filter(bad).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_arrows_between_our_crates_point_one_way() {
    let metadata = metadata();
    let members = array(&metadata, "workspace_members");
    let packages: Vec<_> =
        array(&metadata, "packages").iter().filter(|package| members.contains(&package["id"])).collect();
    let ours: BTreeSet<_> = packages.iter().map(|package| text(package, "name")).collect();
    let allowed = BTreeMap::from(ARROWS);
    for package in packages {
        let name = text(package, "name");
        let may = allowed.get(name).unwrap_or_else(|| panic!("the table of arrows does not know {name}"));
        let normal = array(package, "dependencies").iter().filter(|dependency| text(dependency, "kind") != "dev");
        for used in normal.map(|dependency| text(dependency, "name")).filter(|used| ours.contains(used)) {
            assert!(may.contains(&used), "{name} may not use {used}");
        }
    }
}

#[test]
fn every_file_says_first_what_it_is() {
    assert_eq!(offenders(&ALL, |_, text| !text.starts_with("//! ")), [""; 0]);
}

#[test]
fn no_file_of_the_product_is_too_long() {
    let long = |name: &str, text: &str| name.contains("/src/") && text.lines().count() > LONGEST_FILE;
    assert_eq!(offenders(&ALL, long), [""; 0]);
}

#[test]
fn the_machinery_of_proof_is_smaller_than_the_product() {
    let deployed: usize = sources(&["functions", "shared"])
        .iter()
        .filter(|(path, _)| path.contains("/src/") && !path.starts_with("shared/emulator"))
        .map(|(_, text)| without_tests(text).lines().count())
        .sum();
    let program = |path: &str| [".rs", ".py", ".js", ".ci/run"].iter().any(|end| path.ends_with(end));
    let machinery: usize = files_called(&MACHINERY, program).values().map(|text| text.lines().count()).sum();
    let most = (deployed as f64 * MOST_MACHINERY) as usize;
    assert!(machinery <= most, "{machinery} lines of machinery, at most {most} for {deployed} of the product");
}

#[test]
fn a_function_s_main_only_wires() {
    let long = |name: &str, text: &str| {
        name.ends_with("/main.rs") && name.contains("/src/") && text.lines().count() > LONGEST_MAIN
    };
    assert_eq!(offenders(&["functions"], long), [""; 0]);
    let mains = sources(&["functions"]).into_keys().filter(|name| name.ends_with("/src/main.rs"));
    assert_eq!(mains.count(), std::fs::read_dir(root().join("functions")).unwrap().count(), "each function has one");
}

#[test]
fn nothing_is_left_for_later() {
    let words =
        [["TO", "DO"], ["FIX", "ME"], ["X", "XX "], ["#[ig", "nore"], ["dbg", "!("]].map(|parts| parts.concat());
    assert_eq!(offenders(&ALL, |_, text| words.iter().any(|word| text.contains(word.as_str()))), [""; 0]);
}

#[test]
fn only_the_configuration_reads_the_environment() {
    let reads =
        |name: &str, text: &str| text.contains(&["env", "::var"].concat()) && name != "shared/runtime/src/config.rs";
    assert_eq!(offenders(&ALL, reads), [""; 0]);
}

#[test]
fn only_one_file_knows_how_keys_are_written() {
    let heads = ["T", "CH", "WABA", "PARK", "TRIAL", "LOGIN", "RATE", "H", "DUE"].map(|head| format!("\"{head}#"));
    let parts = ["ID", "ORPH", "INBOX", "LEADS", "IDEM", "NOTICED", "CONV"].map(|part| format!("#{part}#"));
    let marks: Vec<_> = heads.into_iter().chain(parts).collect();
    let writes = |name: &str, text: &str| {
        let text = without_tests(text);
        let knows = ["shared/store/src/keys.rs", "tests/faults/src/items.rs"];
        name.contains("/src/") && !knows.contains(&name) && marks.iter().any(|mark| text.contains(mark))
    };
    assert_eq!(offenders(&ALL, writes), [""; 0]);
    let keys = &sources(&["shared"])["shared/store/src/keys.rs"];
    assert!(marks.iter().all(|mark| keys.contains(mark)), "what is looked for is how keys are written");
}

#[test]
fn only_the_table_knows_attribute_values_and_expressions() {
    let doors = ["shared/store/src/table.rs", "shared/store/src/expression.rs", "shared/store/src/query.rs"];
    let others = ["shared/store/src/schema.rs", "shared/store/src/error.rs", "shared/store/src/stream.rs"];
    let outside = ["shared/emulator", "tests/testkit"];
    let knows = |name: &str, text: &str| {
        let inside = doors.contains(&name) || others.contains(&name);
        let product = name.contains("/src/") && !outside.iter().any(|folder| name.starts_with(folder));
        product && !inside && (text.contains("AttributeValue") || text.contains("_expression("))
    };
    assert_eq!(offenders(&ALL, knows), [""; 0]);
}

#[test]
fn s26_what_we_build_from_is_locked_to_its_last_byte_and_encrypts_in_one_way() {
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"].map(|name| std::fs::read_to_string(root().join(name)).unwrap()) {
        let foreign: Vec<_> = lock.split("[[package]]").filter(|package| package.contains("\nsource = ")).collect();
        assert!(foreign.len() > 200, "the lock was not understood");
        for package in foreign {
            assert!(package.contains("\nsource = \"registry+"), "from no registry: {package}");
            assert!(package.contains("\nchecksum = "), "not locked to its bytes: {package}");
        }
    }
    for function in std::fs::read_dir(root().join("functions")).unwrap() {
        let function = function.unwrap().file_name().to_string_lossy().into_owned();
        let built = tree("normal,build", "{p}", &["--target", LAMBDA, "--package", &function]);
        let has = |name: &str| built.iter().any(|built| built.split(' ').next() == Some(name));
        assert!(has("aws-lc-rs"), "what is built was not found: {built:?}");
        assert_eq!(OTHER_TLS.into_iter().filter(|other| has(other)).collect::<Vec<_>>(), [""; 0]);
    }
}

#[test]
fn s26_no_crate_of_ours_can_have_unsafe_code() {
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("\nunsafe_code = \"forbid\"\n"));
    let metadata = metadata();
    let members = array(&metadata, "workspace_members");
    for package in array(&metadata, "packages").iter().filter(|package| members.contains(&package["id"])) {
        let manifest = std::fs::read_to_string(text(package, "manifest_path")).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true\n"), "{} goes by rules of its own", text(package, "name"));
    }
}

/// What has no tests says so in its manifest, so that none of them is compiled and linked once more for nothing; what
/// says so has none.
#[test]
fn exactly_what_has_no_tests_is_not_built_as_a_test() {
    let metadata = metadata();
    let members = array(&metadata, "workspace_members");
    let marks = [["#[te", "st]"], ["#[tokio::te", "st]"], ["#[cfg(te", "st)]"]].map(|parts| parts.concat());
    let tests = |text: &str| marks.iter().any(|mark| text.contains(mark.as_str()));
    let root = root().canonicalize().unwrap();
    let mut looked_at = 0;
    for package in array(&metadata, "packages").iter().filter(|package| members.contains(&package["id"])) {
        for target in array(package, "targets") {
            let path = Path::new(text(target, "src_path")).strip_prefix(&root).unwrap();
            let folder = path.parent().unwrap().to_string_lossy().into_owned();
            let program = |name: &str| name.contains("/src/bin/") || name.ends_with("/src/main.rs");
            let has = if target["kind"] == json!(["lib"]) {
                files(&[&folder]).iter().any(|(name, text)| !program(name) && tests(text))
            } else if target["kind"] == json!(["bin"]) {
                tests(&std::fs::read_to_string(root.join(path)).unwrap())
            } else {
                continue;
            };
            looked_at += 1;
            assert_eq!(target["test"], has, "{}: say in its manifest whether it has tests", path.display());
            assert_eq!(target["doctest"], false, "{}: examples in docs are not run here", path.display());
        }
    }
    assert!(looked_at > 30, "the targets were not found");
}

/// Whoever runs `cargo run` and `cargo test` shall not compile the AWS SDK and the database twice: what tests need brings
/// no feature to a package that the product uses without it. (`tests/Cargo.toml` names what would.)
#[test]
fn tests_are_built_from_the_same_packages_as_the_product() {
    let [product, tests] = ["normal,build", "normal,build,dev"].map(|edges| tree(edges, "{p} [{f}]", &["--workspace"]));
    let names: BTreeSet<_> = product.iter().filter_map(|line| line.split(" [").next()).collect();
    let others =
        tests.difference(&product).filter(|line| line.split(" [").next().is_some_and(|name| names.contains(name)));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn no_test_sleeps() {
    let sleeps = |name: &str, text: &str| name.starts_with("tests/") && text.contains(&["sle", "ep("].concat());
    assert_eq!(offenders(&ALL, sleeps), [""; 0]);
}
