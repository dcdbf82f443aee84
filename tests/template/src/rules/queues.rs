//! What has to hold for the queues and for what takes from them.

use crate::{Deployed, Resource};
use serde_json::Value;

/// The longest that SQS keeps a message, in seconds.
const LONGEST: i64 = 14 * 24 * 3600;

/// An outage of hours, tried every five minutes, has to fit into it.
const FEWEST_TRIES: i64 = 500;

/// The most messages of a FIFO queue that Lambda takes at once.
const LARGEST_BATCH: i64 = 10;

fn queues<'d>(deployed: &'d Deployed<'_>) -> impl Iterator<Item = &'d Resource> {
    deployed.of_kind("AWS::SQS::Queue")
}

/// Whether what failed elsewhere is put into this queue.
fn is_dead(deployed: &Deployed<'_>, queue: &Resource) -> bool {
    let is = |value: &Value| deployed.target(value).is_some_and(|target| target.id == queue.id);
    let of_queue = queues(deployed).any(|source| is(source.at("RedrivePolicy/deadLetterTargetArn")));
    let of_stream = deployed
        .of_kind("AWS::Lambda::EventSourceMapping")
        .any(|mapping| is(mapping.at("DestinationConfig/OnFailure/Destination")));
    of_queue || of_stream
}

fn is_fifo(queue: &Resource) -> bool {
    *queue.at("FifoQueue") == Value::Bool(true)
}

/// The queues that work lies in, each with its dead letters if it has them.
fn with_dead_letters<'d>(deployed: &'d Deployed<'_>) -> impl Iterator<Item = (&'d Resource, Option<&'d Resource>)> {
    let dead = |queue: &Resource| deployed.target(queue.at("RedrivePolicy/deadLetterTargetArn"));
    queues(deployed).filter(|queue| !is_dead(deployed, queue)).map(move |queue| (queue, dead(queue)))
}

pub fn dead_letters(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (queue, dead) in with_dead_letters(deployed) {
        let Some(dead) = dead else {
            wrong.push(format!("{} has no dead emails", queue.id));
            continue;
        };
        let allowed = dead.text("RedriveAllowPolicy/sourceQueueArns/0");
        if is_fifo(queue) != is_fifo(dead) || is_fifo(dead) != dead.text("QueueName").ends_with(".fifo") {
            wrong.push(format!("{} is of another kind than {}", dead.id, queue.id));
        }
        if !allowed.ends_with(&format!(":{}", queue.text("QueueName"))) {
            wrong.push(format!("{} does not take from {} alone", dead.id, queue.id));
        }
    }
    wrong
}

pub fn retention(deployed: &Deployed<'_>) -> Vec<String> {
    let short = queues(deployed).filter(|queue| queue.number("MessageRetentionPeriod") != Some(LONGEST));
    short.map(|queue| format!("{} forgets before it has to", queue.id)).collect()
}

pub fn patience(deployed: &Deployed<'_>) -> Vec<String> {
    let hasty = |queue: &Resource| queue.number("RedrivePolicy/maxReceiveCount").is_none_or(|most| most < FEWEST_TRIES);
    let hasty = with_dead_letters(deployed).filter(|(queue, _)| hasty(queue));
    hasty.map(|(queue, _)| format!("{} gives up too soon", queue.id)).collect()
}

pub fn visibility(deployed: &Deployed<'_>) -> Vec<String> {
    let short = |mapping: &Resource, queue: &Resource| {
        let timeout = deployed.target(mapping.at("FunctionName")).and_then(|function| function.number("Timeout"));
        let hidden = queue.number("VisibilityTimeout").unwrap_or_default();
        timeout.is_none_or(|timeout| hidden < 6 * timeout)
    };
    let short = deployed.mappings("AWS::SQS::Queue").filter(|(mapping, queue)| short(mapping, queue));
    short.map(|(_, queue)| format!("{} shows messages again while they may be worked on", queue.id)).collect()
}

pub fn batches(deployed: &Deployed<'_>) -> Vec<String> {
    let mappings: Vec<_> = deployed.mappings("AWS::SQS::Queue").collect();
    let mut wrong = Vec::new();
    for (mapping, _) in &mappings {
        if mapping.number("BatchSize").is_none_or(|size| !(1..=LARGEST_BATCH).contains(&size)) {
            wrong.push(format!("{}: a FIFO queue has batches of ten at most", mapping.id));
        }
        if mapping.text("FunctionResponseTypes/0") != "ReportBatchItemFailures" {
            wrong.push(format!("{}: one failure would repeat the whole batch", mapping.id));
        }
    }
    let taken = |queue: &Resource| mappings.iter().any(|(_, source)| source.id == queue.id);
    let idle = with_dead_letters(deployed).filter(|(queue, _)| !taken(queue));
    wrong.extend(idle.map(|(queue, _)| format!("nobody takes from {}", queue.id)));
    wrong
}

pub fn workers(deployed: &Deployed<'_>) -> Vec<String> {
    let asks = |mapping: &Resource| mapping.number("ScalingConfig/MaximumConcurrency");
    let kept = |mapping: &Resource| deployed.target(mapping.at("FunctionName"))?.number("ReservedConcurrentExecutions");
    let wrong =
        |mapping: &Resource| asks(mapping).is_none_or(|most| most < 2 || kept(mapping).is_some_and(|kept| most > kept));
    let wrong = deployed.mappings("AWS::SQS::Queue").filter(|(mapping, _)| wrong(mapping));
    let mut wrong: Vec<_> =
        wrong.map(|(mapping, _)| format!("{} asks for more than its function has", mapping.id)).collect();
    // A new account has a quota of ten, so shares are for those who say that theirs is larger.
    let reserves = deployed.stage.parameters.get("ReservedConcurrency").is_some_and(|said| said == "yes");
    let odd = deployed.functions().filter(|one| one.number("ReservedConcurrentExecutions").is_some() != reserves);
    wrong.extend(odd.map(|one| format!("{} can be starved, or needs a quota that is not there", one.id)));
    wrong
}

pub fn encryption(deployed: &Deployed<'_>) -> Vec<String> {
    let open = |queue: &&Resource| *queue.at("SqsManagedSseEnabled") != Value::Bool(true);
    queues(deployed).filter(open).map(|queue| format!("{} is not encrypted", queue.id)).collect()
}
