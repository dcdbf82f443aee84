//! What `template.yaml` and `infra/watch.yaml` have to say: rules that no linter has, each tried on every stage of
//! `samconfig.toml`, and planted defects that show that a rule notices something.
//!
//! It reads files alone. What needs running code to be compared stands in `tests/parity.rs`.

pub mod code;
pub mod defects;
pub mod filter;
pub mod page;
pub mod rules;
pub mod stage;

pub use code::Code;
pub use rules::RULES;
pub use stage::{Deployed, Resource, Stage};

use serde_json::Value;
use std::path::{Path, PathBuf};

/// The files that are judged. A defect is planted by changing them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// `template.yaml`.
    pub template: Value,
    /// `infra/watch.yaml`.
    pub watch: Value,
    /// `RUNBOOK.md`.
    pub runbook: String,
}

impl Pages {
    /// The files as they are.
    ///
    /// # Panics
    /// If one cannot be read.
    #[must_use]
    pub fn read() -> Self {
        let page = |path| page::read(&file(path));
        Self { template: page("template.yaml"), watch: page("infra/watch.yaml"), runbook: file("RUNBOOK.md") }
    }
}

/// The text of a file, by its path from the root.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn file(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
