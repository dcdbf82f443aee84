//! The binary of this package, started, asked and ended as the soak does it.

#[allow(unused_imports, reason = "each program of tests uses some of them")]
pub use soak::process::{Instance, eventually, http};
use std::path::Path;
use std::process::Command;

/// The binary with these arguments and without anything from the environment.
pub fn leadwire(folder: &Path, args: &[&str]) -> Command {
    soak::process::command(Path::new(env!("CARGO_BIN_EXE_leadwire")), folder, args)
}

/// An instance over `folder`.
pub async fn start(folder: &Path, args: &[&str]) -> Instance {
    Instance::start(leadwire(folder, args)).await
}
