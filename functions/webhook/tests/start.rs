//! The binary as Lambda starts it: what it needs and does not have, it names.

use std::process::Command;

#[test]
fn a_missing_variable_is_named_at_the_start() {
    let started =
        Command::new(env!("CARGO_BIN_EXE_webhook")).env_clear().env("AWS_REGION", "us-east-1").output().unwrap();
    let said = String::from_utf8(started.stderr).unwrap();
    assert!(!started.status.success());
    assert!(said.contains("the environment variable META_SECRET_ID is not set"), "{said}");
}
