//! The two binaries as they are deployed, but for this machine.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A function that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// `webhook`
    Webhook,
    /// `inbound`
    Inbound,
}

impl Program {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Inbound => "inbound",
        }
    }
}

/// Where the binaries are.
#[derive(Clone, Debug)]
pub struct Programs {
    webhook: PathBuf,
    inbound: PathBuf,
}

impl Programs {
    /// Builds them with the release profile. That takes minutes where it has not been done.
    ///
    /// # Panics
    /// If they cannot be built.
    #[must_use]
    pub fn build() -> Self {
        let arguments = ["build", "--release", "-p", "webhook", "-p", "inbound", "--message-format", "json"];
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
        let output = cargo.stderr(Stdio::inherit()).output().expect("cargo can be started");
        assert!(output.status.success(), "webhook and inbound cannot be built");
        let told = String::from_utf8_lossy(&output.stdout);
        let path = |program| executable(&told, program).expect("cargo tells where it puts what it builds");
        Self { webhook: path(Program::Webhook), inbound: path(Program::Inbound) }
    }

    /// Takes those in a folder as they are: what another build came to.
    #[must_use]
    pub fn within(folder: &Path) -> Self {
        let path = |program: Program| folder.join(program.name());
        Self { webhook: path(Program::Webhook), inbound: path(Program::Inbound) }
    }

    /// Where `program` is.
    #[must_use]
    pub fn path(&self, program: Program) -> &Path {
        match program {
            Program::Webhook => &self.webhook,
            Program::Inbound => &self.inbound,
        }
    }
}

/// Where a binary is, among what cargo tells in lines of JSON.
fn executable(told: &str, program: Program) -> Option<PathBuf> {
    let lines = told.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut of_it = lines.filter(|line| line["target"]["name"] == program.name());
    of_it.find_map(|line| line["executable"].as_str().map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_tells_where_a_binary_is() {
        let told = concat!(
            r#"{"reason":"compiler-artifact","target":{"name":"webhook","kind":["lib"]},"executable":null}"#,
            "\n",
            r#"{"reason":"compiler-artifact","target":{"name":"webhook","kind":["bin"]},"executable":"/t/webhook"}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
        );
        assert_eq!(executable(told, Program::Webhook), Some(PathBuf::from("/t/webhook")));
        assert_eq!(executable(told, Program::Inbound), None);
    }
}
