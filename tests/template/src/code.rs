//! What the code says that the template has to say as well, read from where the code itself has its lists.

use crate::{file, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A method and a path, such as `GET /api/leads`.
pub type Route = String;

/// What the code says.
#[derive(Clone, Debug)]
pub struct Code {
    /// The environment variables that each function reads.
    pub functions: BTreeMap<String, BTreeSet<String>>,
    /// Which routes each function serves.
    pub routes: BTreeMap<String, BTreeSet<Route>>,
    /// What is counted, as log lines name it.
    pub metrics: BTreeSet<String>,
    /// Everything that is in the product's sources.
    pub sources: String,
}

impl Code {
    /// Reads it.
    ///
    /// # Panics
    /// If something is not where it is looked for.
    #[must_use]
    pub fn read() -> Self {
        let folders = std::fs::read_dir(root().join("functions")).expect("the functions have a folder");
        let names =
            folders.map(|entry| entry.expect("a folder can be listed").file_name().to_string_lossy().into_owned());
        let shared = variables(&sources("shared/runtime/src"));
        let functions = names.map(|name| {
            let read = variables(&sources(&format!("functions/{name}/src")));
            (name, read.union(&shared).cloned().collect())
        });
        let realtime = realtime::ROUTES.map(str::to_owned).into();
        let routes = [("webhook", webhook_routes()), ("api", api_routes()), ("realtime", realtime)];
        let routes = routes.map(|(name, routes)| (name.to_owned(), routes));
        let sources = sources("functions") + &sources("shared");
        let metrics = sources.split("metric.").skip(1).filter_map(|rest| rest.split_once(" = ")).map(|(name, _)| name);
        let metrics = metrics.filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        Self {
            functions: functions.collect(),
            routes: routes.into(),
            metrics: metrics.map(str::to_owned).collect(),
            sources,
        }
    }
}

/// The text of every Rust file in a folder, without the tests at its end.
fn sources(folder: &str) -> String {
    let mut left = vec![root().join(folder)];
    let mut text = String::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(&path).expect("a folder can be listed").map(|entry| entry_path(&entry)));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = std::fs::read_to_string(&path).expect("a source can be read");
            text.push_str(file.split("#[cfg(test)]").next().unwrap_or_default());
        }
    }
    assert!(!text.is_empty(), "{folder} holds no code");
    text
}

fn entry_path(entry: &std::io::Result<std::fs::DirEntry>) -> PathBuf {
    entry.as_ref().map(std::fs::DirEntry::path).expect("a folder can be listed")
}

/// The names that `Environment` is asked for.
fn variables(code: &str) -> BTreeSet<String> {
    [".required(\"", ".optional(\""].into_iter().flat_map(|asks| quoted(code, asks)).collect()
}

/// What stands between `before` and the next quotation mark, each time.
fn quoted(code: &str, before: &str) -> Vec<String> {
    code.split(before).skip(1).filter_map(|rest| rest.split_once('"')).map(|(name, _)| name.to_owned()).collect()
}

fn webhook_routes() -> BTreeSet<Route> {
    let gateway = file("local/stack/src/gateway.rs");
    let (_, list) = gateway.split_once("WEBHOOK_PATHS: [&str; 3] = [").expect("the gateway has its list");
    let (list, _) = list.split_once(']').expect("the list ends");
    let paths: Vec<_> = list.split('"').filter(|part| part.starts_with('/')).collect();
    let handler = file("functions/webhook/src/lib.rs");
    let methods = handler.split("Method::").skip(1).filter_map(|rest| rest.split_once(" =>")).map(|(method, _)| method);
    methods.flat_map(|method| paths.iter().map(move |path| format!("{method} {path}"))).collect()
}

fn api_routes() -> BTreeSet<Route> {
    let routes = api::routes().into_iter().map(|route| format!("{} {}", route.method, route.path));
    routes.chain([api::web::middleware::cors::PREFLIGHTS.to_owned()]).collect()
}
