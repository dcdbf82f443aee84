//! What has to hold for what follows the table's stream, and for the clock.

use super::policies::statements;
use crate::page::texts;
use crate::{Deployed, Resource};
use serde_json::Value;

const TABLE: &str = "AWS::DynamoDB::Table";

/// DynamoDB keeps its stream for a day.
const STREAM_KEPT: i64 = 24 * 3600;

pub fn faults(deployed: &Deployed<'_>) -> Vec<String> {
    let stuck = |mapping: &Resource| {
        let within = |name: &str, most: i64| mapping.number(name).is_some_and(|value| (1..=most).contains(&value));
        let cut = *mapping.at("BisectBatchOnFunctionError") == Value::Bool(true);
        let partial = mapping.text("FunctionResponseTypes/0") == "ReportBatchItemFailures";
        let from_the_start = mapping.text("StartingPosition") == "TRIM_HORIZON";
        let bounded = within("MaximumRetryAttempts", 100) && within("MaximumRecordAgeInSeconds", STREAM_KEPT);
        !(cut && partial && from_the_start && bounded && within("BatchSize", 1000))
    };
    let mappings = deployed.mappings(TABLE).filter(|(mapping, _)| stuck(mapping));
    mappings.map(|(mapping, _)| format!("{} can be held up by one record, or begins too late", mapping.id)).collect()
}

pub fn destinations(deployed: &Deployed<'_>) -> Vec<String> {
    let lost = |mapping: &Resource| {
        let Some(queue) = deployed.target(mapping.at("DestinationConfig/OnFailure/Destination")) else { return true };
        let role =
            deployed.target(mapping.at("FunctionName")).and_then(|function| deployed.target(function.at("Role")));
        let told = statements(deployed).any(|(holder, statement)| {
            role.is_some_and(|role| role.id == holder.id)
                && texts(&statement["Action"]).contains(&"sqs:SendMessage")
                && deployed.target(&statement["Resource"]).is_some_and(|to| to.id == queue.id)
        });
        queue.kind != "AWS::SQS::Queue" || !queue.at("FifoQueue").is_null() || !told
    };
    let mappings = deployed.mappings(TABLE).filter(|(mapping, _)| lost(mapping));
    mappings.map(|(mapping, _)| format!("{} tells nobody what it gave up", mapping.id)).collect()
}

pub fn filters(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (mapping, _) in deployed.mappings(TABLE) {
        let filters = mapping.list("FilterCriteria/Filters");
        if !(1..=5).contains(&filters.len()) {
            wrong.push(format!("{} has no filter, or more than Lambda takes", mapping.id));
        }
        let pattern = |filter: &&Value| serde_json::from_str::<Value>(filter["Pattern"].as_str().unwrap_or_default());
        let broken = filters.iter().filter(|filter| !pattern(filter).is_ok_and(|pattern| pattern.is_object()));
        wrong.extend(broken.map(|filter| format!("{}: {filter} is no pattern", mapping.id)));
    }
    wrong
}

pub fn schedule(deployed: &Deployed<'_>) -> Vec<String> {
    let right = |schedule: &Resource| {
        let function = deployed.target(schedule.at("Target/Arn"));
        schedule.text("ScheduleExpression") == "rate(1 minute)"
            && schedule.text("FlexibleTimeWindow/Mode") == "OFF"
            && schedule.at("Target/Input").is_null()
            && schedule.text("State") != "DISABLED"
            && function.is_some_and(|function| deployed.word(function) == "schedule")
    };
    let there: Vec<_> = deployed.of_kind("AWS::Scheduler::Schedule").collect();
    if there.len() == 1 && right(there[0]) { Vec::new() } else { vec!["nothing drives due work on".to_owned()] }
}
