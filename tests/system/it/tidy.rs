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

/// The machinery of proof: what a capability may not bring more of. Ordinary tests are not in it.
const MACHINERY: [&str; 6] = ["tests/faults", "tests/fuzzing", "tests/soak", "tests/template", "benches", ".ci"];

/// So many lines of it for each line of the deployed product, at most.
const MOST_MACHINERY: f64 = 0.55;

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

/// Which of our crates each may use: functions the shared ones, those `domain`, and `domain` none; `push` drives
/// what `store` keeps, `audit` chains it, `views` shows it; `sdk-error` says what a failed call of AWS means. What tests and the local stack are made of stands below
/// and is used by none of them.
const ARROWS: [(&str, &[&str]); 33] = [
    ("domain", &[]),
    ("sdk-error", &[]),
    ("queue", &["domain"]),
    ("runtime", &["domain", "sdk-error"]),
    ("encryption", &["domain", "sdk-error"]),
    ("store", &["domain", "sdk-error"]),
    ("mail", &["domain", "sdk-error"]),
    ("audit", &["domain", "runtime", "encryption", "store"]),
    ("push", &["domain", "sdk-error", "store"]),
    ("whatsapp", &["domain"]),
    ("blobs", &["domain"]),
    ("egress", &[]),
    ("views", &["domain", "store", "whatsapp"]),
    ("webhook", &["domain", "queue", "runtime", "store", "whatsapp"]),
    ("inbound", &["domain", "queue", "runtime", "store", "whatsapp"]),
    ("relay", &["domain", "queue", "runtime", "store"]),
    ("outbound", &["domain", "queue", "runtime", "encryption", "store", "whatsapp"]),
    ("changes", &["audit", "domain", "push", "queue", "runtime", "store", "views"]),
    ("jobs", &["blobs", "domain", "egress", "mail", "queue", "runtime", "encryption", "store", "views", "whatsapp"]),
    ("realtime", &["domain", "push", "runtime", "store", "views"]),
    ("schedule", &["audit", "domain", "queue", "runtime", "store"]),
    ("api", &["blobs", "domain", "runtime", "encryption", "store", "views", "whatsapp"]),
    ("emulator", &["blobs", "domain", "runtime"]),
    ("meta-simulator", &["domain", "runtime"]),
    (
        "leadwire",
        &[
            "api",
            "audit",
            "blobs",
            "egress",
            "changes",
            "domain",
            "emulator",
            "inbound",
            "jobs",
            "mail",
            "meta-simulator",
            "outbound",
            "push",
            "queue",
            "realtime",
            "relay",
            "runtime",
            "schedule",
            "encryption",
            "store",
            "webhook",
            "whatsapp",
        ],
    ),
    ("testkit", &["api", "blobs", "domain", "emulator", "leadwire", "meta-simulator", "runtime", "store", "whatsapp"]),
    ("soak", &["domain", "emulator", "runtime", "store", "whatsapp"]),
    ("peer", &["soak"]),
    ("faults", &["blobs", "domain", "emulator", "leadwire", "queue", "runtime", "store", "testkit", "whatsapp"]),
    ("fuzzing", &["api", "blobs", "domain", "emulator", "queue", "runtime", "encryption", "store", "whatsapp"]),
    ("template", &["api", "realtime"]),
    ("benches", &["blobs", "domain", "emulator", "leadwire", "runtime", "template", "testkit", "whatsapp"]),
    ("system-tests", &[]),
];

/// The areas of `domain` and `store`. Each may use itself and those before it.
const AREAS: [&str; 6] = ["access", "channels", "inbox", "crm", "outreach", "insight"];

/// The definition of the table names the attribute that its lists carry beside the keys.
const MAY_USE_AN_AREA: [&str; 1] = ["shared/store/src/table/schema.rs"];

/// One file of the API makes problem documents of the errors of all areas.
const MAY_USE_ERRORS: &str = "functions/api/src/web/problem.rs";

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

/// The areas that a text names after one of `roots`: `crate::inbox::…`, `use crate::{inbox, …}`.
fn areas_in<'a>(text: &'a str, roots: &[&str]) -> BTreeSet<&'a str> {
    let first = |path: &'a str| path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
    let paths = roots.iter().flat_map(|root| text.split(*root).skip(1));
    let named = paths.flat_map(|rest| match rest.strip_prefix('{') {
        Some(group) => members(group.split(';').next().unwrap_or_default()).into_iter().map(first).collect(),
        None => vec![first(rest)],
    });
    named.filter(|name| AREAS.contains(name)).collect()
}

/// What stands in the group of an import itself, without the groups inside it.
fn members(group: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut members = Vec::new();
    for part in group.split_inclusive(['{', '}', ',']) {
        if depth == 0 {
            members.push(part.trim_start());
        }
        depth = (depth + part.matches('{').count()).saturating_sub(part.matches('}').count());
    }
    members
}

/// The names of the methods of the store that a file has.
fn methods_of_store(text: &str) -> BTreeSet<&str> {
    let kinds = ["\nimpl Store {", "\nimpl TenantStore<'_> {"];
    let blocks = kinds.into_iter().flat_map(|begins| text.split(begins).skip(1));
    let lines = blocks.flat_map(|block| block.split("\n}\n").next().unwrap_or_default().lines());
    let heads = lines.filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    heads.filter_map(|line| line.split_once("fn ")?.1.split(['(', '<']).next()).collect()
}

#[test]
fn the_arrows_between_areas_point_one_way() {
    let place = |area: &str| AREAS.iter().position(|known| *known == area);
    let area_of = |name: &str| name.split('/').nth(3).filter(|folder| place(folder).is_some()).map(str::to_owned);
    let sources = sources(&["shared/domain/src", "shared/store/src"]);
    let mut methods = BTreeMap::new();
    for (name, text) in sources.iter().filter(|(name, _)| name.starts_with("shared/store/")) {
        methods.extend(methods_of_store(text).into_iter().filter_map(|method| Some((method, area_of(name)?))));
    }
    assert!(methods.len() > 100, "the methods of the store were not found");
    let mut wrong = Vec::new();
    for (name, text) in &sources {
        let calls = text.split("self.").skip(1).map(|rest| rest.strip_prefix("store.").unwrap_or(rest));
        let called = calls.filter_map(|rest| methods.get(rest.split_once('(')?.0)).map(String::as_str);
        let called = called.filter(|_| name.starts_with("shared/store/"));
        match area_of(name) {
            Some(area) => {
                let used: BTreeSet<_> = areas_in(text, &["crate::", "domain::"]).into_iter().chain(called).collect();
                wrong.extend(used.into_iter().filter(|used| place(used) > place(&area)).map(|used| (name, used)));
            }
            // Work is of all areas, and the list of modules names them.
            None if name.contains("/reliability/") || name.ends_with("/src/lib.rs") => {}
            None => wrong.extend(areas_in(text, &["crate::"]).into_iter().map(|used| (name, used))),
        }
    }
    wrong.retain(|(name, _)| !MAY_USE_AN_AREA.contains(&name.as_str()));
    assert_eq!(wrong, []);
}

#[test]
fn the_areas_of_the_api_use_none_of_the_others() {
    let area_of = |name: &str| AREAS.into_iter().find(|area| name.starts_with(&format!("functions/api/src/{area}/")));
    let wrong = offenders(&["functions/api/src"], |name, text| {
        let is_kit = name.starts_with("functions/api/src/web/") && name != MAY_USE_ERRORS;
        let used = areas_in(without_tests(text), &["crate::"]);
        match area_of(name) {
            Some(area) => used.into_iter().any(|used| used != area),
            None => is_kit && !used.is_empty(),
        }
    });
    assert_eq!(wrong, [""; 0]);
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
        .filter(|(path, _)| path.contains("/src/"))
        .map(|(_, text)| without_tests(text).lines().count())
        .sum();
    let program = |path: &str| [".rs", ".py", ".js", ".ci/run"].iter().any(|end| path.ends_with(end));
    let machinery: usize = files_called(&MACHINERY, program).values().map(|text| text.lines().count()).sum();
    let most = (deployed as f64 * MOST_MACHINERY) as usize;
    assert!(machinery <= most, "{machinery} lines of machinery, at most {most} for {deployed} of the product");
}

#[test]
fn a_function_s_main_only_wires() {
    let acts = |name: &str, text: &str| {
        name.ends_with("/main.rs") && name.contains("/src/") && text.matches("fn ").count() > 1
    };
    assert_eq!(offenders(&["functions"], acts), [""; 0]);
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
fn only_one_folder_knows_how_keys_are_written() {
    let heads = ["T", "CH", "WABA", "PARK", "ATTEMPT", "LOGIN", "RATE", "H", "DUE"].map(|head| format!("\"{head}#"));
    let parts = ["ID", "ORPH", "INBOX", "LEADS", "IDEM", "NOTICED", "CONV"].map(|part| format!("#{part}#"));
    let marks: Vec<_> = heads.into_iter().chain(parts).collect();
    let writes = |name: &str, text: &str| {
        let text = without_tests(text);
        let knows = ["shared/store/src/table/keys/", "tests/faults/src/items.rs"];
        name.contains("/src/")
            && !knows.iter().any(|known| name.starts_with(known))
            && marks.iter().any(|mark| text.contains(mark))
    };
    assert_eq!(offenders(&ALL, writes), [""; 0]);
    let keys: String = files(&["shared/store/src/table/keys"]).into_values().collect();
    assert!(marks.iter().all(|mark| keys.contains(mark)), "what is looked for is how keys are written");
}

#[test]
fn only_the_table_knows_attribute_values_and_expressions() {
    let doors =
        ["shared/store/src/table/client.rs", "shared/store/src/table/expression.rs", "shared/store/src/table/query.rs"];
    let others = [
        "shared/store/src/table/schema.rs",
        "shared/store/src/table/error.rs",
        "shared/store/src/reliability/counted.rs",
        "shared/store/src/reliability/happened.rs",
        "shared/store/src/reliability/stream.rs",
    ];
    let outside = ["local/emulator", "tests/testkit"];
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
