//! The files in `events/` that AWS hands to a function have the keys of AWS's own samples, no more and no fewer.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use testkit::files::files;

/// The machine that the functions run on.
const LAMBDA: &str = "aarch64-unknown-linux-gnu";

/// What AWS's own samples are called for each folder; `aws_lambda_events` brings them along.
const SAMPLES: [(&str, &str); 7] = [
    ("api", "example-apigw-v2-request-"),
    ("changes", "example-dynamodb-event"),
    ("inbound", "example-sqs-event"),
    ("outbound", "example-sqs-event"),
    ("relay", "example-dynamodb-event"),
    ("schedule", "example-eventbridge-schedule"),
    ("webhook", "example-apigw-v2-request-"),
];

/// What a FIFO queue adds (SQS, "Lambda event source, FIFO queue"); AWS's sample is of another queue.
const OF_FIFO: [&str; 3] = [
    ".Records.attributes.MessageDeduplicationId",
    ".Records.attributes.MessageGroupId",
    ".Records.attributes.SequenceNumber",
];

/// What samples have all the same, though AWS sends it only of who has it: a client certificate, attributes of messages.
const SOMETIMES: [&str; 2] = [".requestContext.authentication", ".Records.md5OfMessageAttributes"];

/// Whose keys are anybody's: what they hold is not AWS's to say.
const FREE: [&str; 7] =
    ["Keys", "NewImage", "OldImage", "detail", "headers", "messageAttributes", "queryStringParameters"];

/// The keys of an event, each with those that it stands under.
fn keys(place: &str, event: &Value, found: &mut BTreeSet<String>) {
    match event {
        Value::Object(fields) => {
            for (key, value) in fields {
                let place = format!("{place}.{key}");
                if !FREE.contains(&key.as_str()) {
                    keys(&place, value, found);
                }
                found.insert(place);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(place, item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn keys_of(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    keys("", &serde_json::from_str(text).unwrap(), &mut found);
    found
}

/// The folder of AWS's samples, in the sources of `aws_lambda_events`.
fn fixtures() -> PathBuf {
    // Of other platforms nothing may have been downloaded.
    let arguments = ["metadata", "--offline", "--format-version", "1", "--filter-platform", LAMBDA];
    let output = Command::new(env!("CARGO")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let package = metadata["packages"].as_array().unwrap().iter().find(|it| it["name"] == "aws_lambda_events").unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src").join("fixtures")
}

/// The keys of AWS's samples whose names begin so, one set for each.
fn samples(fixtures: &Path, name: &str) -> Vec<BTreeSet<String>> {
    let files = std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|file| file.file_name().unwrap().to_string_lossy().starts_with(name));
    files.map(|file| keys_of(&std::fs::read_to_string(file).unwrap())).collect()
}

#[test]
fn every_file_has_the_keys_of_aws_s_own_samples() {
    let fixtures = fixtures();
    for (folder, name) in SAMPLES {
        let samples = samples(&fixtures, name);
        let any: BTreeSet<_> = samples.iter().flatten().map(String::as_str).chain(OF_FIFO).collect();
        let always = samples.iter().cloned().reduce(|one, other| &one & &other).unwrap();
        for file in files(folder) {
            let ours = keys_of(&testkit::event(&format!("{folder}/{file}.json")));
            let unknown: Vec<_> = ours.iter().filter(|key| !any.contains(key.as_str())).collect();
            assert_eq!(unknown, [""; 0], "{folder}/{file}: AWS sends nothing of that name");
            let always = always.difference(&ours).filter(|key| !SOMETIMES.iter().any(|part| key.starts_with(part)));
            let missing: Vec<_> = always.collect();
            assert_eq!(missing, [""; 0], "{folder}/{file}: AWS always sends it");
        }
    }
}
