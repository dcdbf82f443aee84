//! What has to hold for what is kept: the table, the keys, logs and secrets.

use crate::page::texts;
use crate::{Deployed, Resource};
use serde_json::Value;

/// What is gone for ever, or takes somebody's messages along, when it is deleted.
const KEPT: [&str; 5] =
    ["AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::Logs::LogGroup", "AWS::SQS::Queue", "AWS::SecretsManager::Secret"];

/// For how many days CloudWatch can keep logs.
const DAYS: [i64; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/// How credentials begin, with how many signs follow: AWS's, Meta's, and keys in their usual wrapping.
const CREDENTIALS: [(&str, usize); 5] = [("AKIA", 16), ("ASIA", 16), ("EAA", 20), ("sk_live_", 10), ("-----BEGIN ", 4)];

const TRUE: Value = Value::Bool(true);

/// `prod` keeps it when the stack goes, but not when its first deployment fails: many have fixed names, and what is left
/// behind would stop the next one. `dev` leaves nothing behind.
pub fn retained(deployed: &Deployed<'_>) -> Vec<String> {
    let policy = if deployed.stage.name == "prod" { "RetainExceptOnCreate" } else { "Delete" };
    // A bucket that keeps old versions holds what cannot be made again.
    let is_kept = |resource: &&Resource| {
        KEPT.contains(&resource.kind.as_str()) || resource.text("VersioningConfiguration/Status") == "Enabled"
    };
    let kept = deployed.resources.values().filter(is_kept);
    let right = |all: &Value| all["DeletionPolicy"] == policy && all["UpdateReplacePolicy"] == "Retain";
    let wrong = kept.filter(|resource| !right(&resource.all));
    wrong.map(|resource| format!("{} is not kept as {policy} and Retain", resource.id)).collect()
}

pub fn table(deployed: &Deployed<'_>) -> Vec<String> {
    let table = deployed.of_kind("AWS::DynamoDB::Table").next();
    let said = |path: &str, ought: &Value| table.is_some_and(|table| table.at(path) == ought);
    let mut wrong = Vec::new();
    for (path, ought) in [
        ("BillingMode", Value::from("PAY_PER_REQUEST")),
        ("PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled", TRUE),
        ("SSESpecification/SSEEnabled", TRUE),
        ("TimeToLiveSpecification/Enabled", TRUE),
    ] {
        if !said(path, &ought) {
            wrong.push(format!("the table's {path} is not {ought}"));
        }
    }
    if deployed.stage.name == "prod" && !said("DeletionProtectionEnabled", &TRUE) {
        wrong.push("the table can be deleted".to_owned());
    }
    wrong
}

pub fn keys(deployed: &Deployed<'_>) -> Vec<String> {
    let old = deployed.of_kind("AWS::KMS::Key").filter(|key| *key.at("EnableKeyRotation") != TRUE);
    old.map(|key| format!("{} is never renewed", key.id)).collect()
}

pub fn logs(deployed: &Deployed<'_>) -> Vec<String> {
    let least = if deployed.stage.name == "prod" { 365 } else { 1 };
    let kept =
        |group: &Resource| group.number("RetentionInDays").is_some_and(|days| DAYS.contains(&days) && days >= least);
    let wrong = deployed.of_kind("AWS::Logs::LogGroup").filter(|group| !kept(group));
    wrong.map(|group| format!("{} is kept for no time that there is, or too short a one", group.id)).collect()
}

pub fn secrets(deployed: &Deployed<'_>) -> Vec<String> {
    let pages = [&deployed.pages.template, &deployed.pages.watch];
    let all = pages.into_iter().flat_map(texts).chain(deployed.stage.parameters.values().map(String::as_str));
    let mut wrong: Vec<_> = all.filter_map(credential).map(|prefix| format!("a credential: {prefix}…")).collect();
    let filled = deployed.of_kind("AWS::SecretsManager::Secret").filter(|secret| !secret.at("SecretString").is_null());
    wrong.extend(filled.map(|secret| format!("{} has its value in the template", secret.id)));
    wrong
}

/// How a credential in the text begins.
fn credential(text: &str) -> Option<&'static str> {
    let follows = |(begin, length): &&(&'static str, usize)| {
        let rests = text.match_indices(begin).map(|(place, begin)| &text[place + begin.len()..]);
        rests.map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).count()).any(|count| count >= *length)
    };
    CREDENTIALS.iter().find(follows).map(|(begin, _)| *begin)
}
