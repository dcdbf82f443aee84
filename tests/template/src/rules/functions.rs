//! What has to hold for the functions themselves.

use crate::stage::fields;
use crate::{Deployed, Resource};
use std::collections::BTreeSet;

/// API Gateway waits 30 s at most.
const LONGEST_ANSWER: i64 = 28;

/// What the queues' visibility is made for.
const WORKER: i64 = 15;

/// A step of a job may carry a file of 100 MB.
const LONGEST_STEP: i64 = 90;

/// The next run of a schedule comes a minute later.
const LONGEST_RUN: i64 = 59;

pub fn are_those_of_the_code(deployed: &Deployed<'_>) -> Vec<String> {
    let there: BTreeSet<_> = deployed.functions().map(|function| deployed.word(function).to_owned()).collect();
    let code: BTreeSet<_> = deployed.code.functions.keys().cloned().collect();
    code.symmetric_difference(&there).map(|name| format!("{name} is only in one of code and template")).collect()
}

pub fn are_built(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for function in deployed.functions() {
        let metadata = &function.all["Metadata"];
        let said = [
            ("Runtime", function.text("Runtime"), "provided.al2023"),
            ("Architectures", function.text("Architectures/0"), "arm64"),
            ("Handler", function.text("Handler"), "bootstrap"),
            ("CodeUri", function.text("CodeUri"), "."),
            ("BuildMethod", metadata["BuildMethod"].as_str().unwrap_or_default(), "rust-cargolambda"),
            ("Binary", metadata["BuildProperties"]["Binary"].as_str().unwrap_or_default(), deployed.word(function)),
        ];
        let other = said.iter().filter(|(_, is, ought)| is != ought);
        wrong.extend(other.map(|(what, is, ought)| format!("{}: {what} is {is}, not {ought}", function.id)));
    }
    wrong
}

pub fn variables(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for function in deployed.functions() {
        let given: BTreeSet<_> = fields(function.at("Environment/Variables")).map(|(name, _)| name.clone()).collect();
        let read = deployed.code.functions.get(deployed.word(function)).cloned().unwrap_or_default();
        let odd = read.symmetric_difference(&given);
        wrong.extend(odd.map(|name| format!("{}: {name} is only in one of code and template", function.id)));
    }
    wrong
}

/// What each variable names: the type of the resource, and its id or the end of the queue's name. What is not here is
/// chosen freely.
const NAMED: [(&str, &str, &str); 7] = [
    ("INBOUND_QUEUE_URL", "AWS::SQS::Queue", "-inbound.fifo"),
    ("JOBS_QUEUE_URL", "AWS::SQS::Queue", "-jobs"),
    ("KMS_KEY_ID", "AWS::KMS::Key", "Key"),
    ("META_SECRET_ID", "AWS::SecretsManager::Secret", "MetaSecret"),
    ("OUTBOUND_QUEUE_URL", "AWS::SQS::Queue", "-outbound.fifo"),
    ("SECRET_ID", "AWS::SecretsManager::Secret", "AppSecret"),
    ("TABLE_NAME", "AWS::DynamoDB::Table", "Table"),
];

/// What invokes the functions that are asked neither over HTTP nor by the clock.
const FED: [(&str, &str); 5] = [
    ("changes", "AWS::DynamoDB::Table"),
    ("inbound", "AWS::SQS::Queue"),
    ("jobs", "AWS::SQS::Queue"),
    ("outbound", "AWS::SQS::Queue"),
    ("relay", "AWS::DynamoDB::Table"),
];

pub fn connections(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for function in deployed.functions() {
        for (name, value) in fields(function.at("Environment/Variables")) {
            let Some((_, kind, end)) = NAMED.iter().find(|(one, _, _)| one == name) else { continue };
            let is = |target: &Resource| target.id == *end || target.text("QueueName").ends_with(end);
            let right = |target: &Resource| target.kind == *kind && is(target);
            if !deployed.target(value).is_some_and(right) {
                wrong.push(format!("{}: {name} names something else", function.id));
            }
        }
    }
    for (word, kind) in FED {
        let feeds = |(mapping, source): (&Resource, &Resource)| {
            let function = deployed.target(mapping.at("FunctionName"));
            let name = source.text("QueueName").trim_end_matches(".fifo");
            let own = kind != "AWS::SQS::Queue" || name.ends_with(&format!("-{word}"));
            own && function.is_some_and(|function| deployed.word(function) == word)
        };
        if deployed.mappings(kind).filter(|pair| feeds(*pair)).count() != 1 {
            wrong.push(format!("{word} is not invoked by what it is for"));
        }
    }
    wrong
}

pub fn timeouts(deployed: &Deployed<'_>) -> Vec<String> {
    let too_long = |function: &&Resource| {
        let most = if deployed.code.routes.contains_key(deployed.word(function)) {
            LONGEST_ANSWER
        } else if deployed.word(function) == "schedule" {
            LONGEST_RUN
        } else if deployed.word(function) == "jobs" {
            LONGEST_STEP
        } else {
            WORKER
        };
        function.number("Timeout").is_none_or(|timeout| !(1..=most).contains(&timeout))
    };
    deployed.functions().filter(too_long).map(|function| format!("{} may take too long", function.id)).collect()
}

pub fn logs(deployed: &Deployed<'_>) -> Vec<String> {
    let lacks = |function: &&Resource| {
        let group = deployed.target(function.at("LoggingConfig/LogGroup"));
        let name = format!("/aws/lambda/{}", function.text("FunctionName"));
        let own = group.is_some_and(|group| group.kind == "AWS::Logs::LogGroup" && group.text("LogGroupName") == name);
        let level = function.text("Environment/Variables/LOG_LEVEL").to_uppercase();
        let passes = function.text("LoggingConfig/ApplicationLogLevel") == level;
        !own || !passes || function.text("LoggingConfig/LogFormat") != "JSON"
    };
    deployed.functions().filter(lacks).map(|function| format!("{} has no JSON logs of its own", function.id)).collect()
}
