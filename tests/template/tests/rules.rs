//! What the rules are applied to.

use template::{Stage, file};

#[test]
fn there_is_a_stage_for_trials_and_one_for_production() {
    let names: Vec<_> = Stage::all().into_iter().map(|stage| stage.name).collect();
    assert_eq!(names, ["dev", "prod"]);
}

/// cargo-lambda ends the process at a panic unless the profile says otherwise.
#[test]
fn a_panic_does_not_end_a_function() {
    let workspace: toml::Table = file("Cargo.toml").parse().expect("Cargo.toml is TOML");
    assert_eq!(workspace["profile"]["release"].get("panic").and_then(toml::Value::as_str), Some("unwind"));
}
