//! What has to hold for alarms, dashboard, saved queries and the runbook.

use crate::page::{placeholders, texts};
use crate::{Deployed, Resource};
use serde_json::Value;
use std::collections::BTreeSet;

/// Where our own metrics stand.
const NAMESPACE: &str = "Leadwire";

/// What tells one deployment's metrics from another's.
const STACK: &str = "Stack";

/// Whose a metric without dimensions is: everything of its kind in the account and region.
const ALL: &str = "all";

fn alarms_of<'d>(deployed: &'d Deployed<'_>) -> impl Iterator<Item = &'d Resource> {
    deployed.of_kind("AWS::CloudWatch::Alarm")
}

/// The anchor in the runbook that an alarm names.
fn anchor(alarm: &Resource) -> Option<&str> {
    alarm.text("AlarmDescription").split_once("(RUNBOOK.md#")?.1.strip_suffix(')')
}

/// The anchors of the runbook's entries, as its headings make them.
fn entries(runbook: &str) -> BTreeSet<String> {
    let headings = runbook.lines().filter_map(|line| line.strip_prefix("### "));
    headings.map(|heading| heading.to_lowercase().replace(' ', "-").replace(['`', '.', ','], "")).collect()
}

pub fn alarms(deployed: &Deployed<'_>) -> Vec<String> {
    let topic = |action: &Value| deployed.target(action).is_some_and(|to| to.kind == "AWS::SNS::Topic");
    let mut wrong = Vec::new();
    for alarm in alarms_of(deployed) {
        let actions = alarm.list("AlarmActions");
        if actions.is_empty() || !actions.iter().all(topic) || *alarm.at("ActionsEnabled") == Value::Bool(false) {
            wrong.push(format!("{} tells nobody", alarm.id));
        }
        if alarm.text("TreatMissingData").is_empty() {
            wrong.push(format!("{} does not say what silence means", alarm.id));
        }
        if anchor(alarm).is_none_or(|anchor| !entries(&deployed.pages.runbook).contains(anchor)) {
            wrong.push(format!("{} names no entry of the runbook", alarm.id));
        }
    }
    wrong
}

pub fn runbook(deployed: &Deployed<'_>) -> Vec<String> {
    let named: BTreeSet<_> = alarms_of(deployed).filter_map(anchor).map(str::to_owned).collect();
    let entries = entries(&deployed.pages.runbook);
    let odd = entries.symmetric_difference(&named);
    odd.map(|entry| format!("{entry} is only in one of the runbook and the alarms")).collect()
}

/// A metric that an alarm or the dashboard names.
struct Metric<'a> {
    namespace: &'a str,
    name: &'a str,
    /// The values of its dimensions; of a reference the logical id.
    dimensions: Vec<&'a str>,
}

/// The metrics that an alarm watches.
fn watched(alarm: &Resource) -> impl Iterator<Item = Metric<'_>> {
    let several = alarm.list("Metrics").iter().map(|one| &one["MetricStat"]["Metric"]);
    several.chain(alarm.all.get("Properties")).filter_map(|metric| {
        let dimensions = metric["Dimensions"].as_array().into_iter().flatten();
        let dimensions = dimensions.flat_map(|one| texts(&one["Value"])).collect();
        Some(Metric { namespace: metric["Namespace"].as_str()?, name: metric["MetricName"].as_str()?, dimensions })
    })
}

pub fn coverage(deployed: &Deployed<'_>) -> Vec<String> {
    let watched: Vec<_> = alarms_of(deployed).flat_map(watched).collect();
    let has = |name: &str, whose: &str| {
        let is = |one: &&str| *one == whose;
        let of =
            |one: &Metric<'_>| if whose == ALL { one.dimensions.is_empty() } else { one.dimensions.iter().any(is) };
        watched.iter().any(|one| one.name == name && of(one))
    };
    let mut wrong = Vec::new();
    let mut want = |metric: &str, whose: &str| {
        if !has(metric, whose) {
            wrong.push(format!("{metric} of {whose} has no alarm"));
        }
    };
    for queue in deployed.of_kind("AWS::SQS::Queue") {
        let is_source = !queue.at("RedrivePolicy").is_null();
        // What lies too long in the queue of slow work is due in the table, and counted there.
        if is_source && queue.at("FifoQueue").is_null() {
            continue;
        }
        let metric = if is_source { "ApproximateAgeOfOldestMessage" } else { "ApproximateNumberOfMessagesVisible" };
        want(metric, queue.text("QueueName"));
    }
    for metric in ["Errors", "Throttles", "Reputation.BounceRate", "Reputation.ComplaintRate"] {
        want(metric, ALL);
    }
    for function in deployed.functions().filter(|function| deployed.word(function) == "schedule") {
        want("Invocations", function.text("FunctionName"));
    }
    for (mapping, _) in deployed.mappings("AWS::DynamoDB::Table") {
        want(
            "IteratorAge",
            deployed.target(mapping.at("FunctionName")).map_or("", |function| function.text("FunctionName")),
        );
    }
    for api in deployed.of_kind("AWS::ApiGatewayV2::Api") {
        if api.text("ProtocolType") == "WEBSOCKET" {
            want("IntegrationError", &api.id);
        } else {
            want("4xx", &api.id);
            want("5xx", &api.id);
        }
    }
    for table in deployed.of_kind("AWS::DynamoDB::Table") {
        want("ReadThrottleEvents", &table.id);
        want("WriteThrottleEvents", &table.id);
    }
    if deployed.of_kind("AWS::Budgets::Budget").next().is_none() {
        wrong.push("no budget bounds what the account may cost".to_owned());
    }
    wrong
}

/// What our own code counts is what is watched or shown, of this deployment alone.
pub fn counted(deployed: &Deployed<'_>) -> Vec<String> {
    let stack = stack(deployed);
    let shown: Vec<_> = deployed.of_kind("AWS::CloudWatch::Dashboard").flat_map(shown).collect();
    let of_dashboard = shown.iter().filter_map(|metric| {
        let dimensions = if metric[2] == STACK { metric[3].as_str().into_iter().collect() } else { Vec::new() };
        Some(Metric { namespace: metric[0].as_str()?, name: metric[1].as_str()?, dimensions })
    });
    let all = alarms_of(deployed).flat_map(watched).chain(of_dashboard);
    let ours: Vec<_> = all.filter(|metric| metric.namespace == NAMESPACE).collect();
    let named: BTreeSet<_> = ours.iter().map(|metric| metric.name).collect();
    let counted: BTreeSet<_> = deployed.code.metrics.iter().map(String::as_str).collect();
    let odd = named.symmetric_difference(&counted).map(|name| format!("{name} is counted or watched in vain"));
    let mixed = ours.iter().filter(|metric| metric.dimensions != [stack]);
    odd.chain(mixed.map(|metric| format!("{} is of every deployment", metric.name))).collect()
}

/// How every function names its deployment in what it counts; empty if they differ.
fn stack<'d>(deployed: &'d Deployed<'_>) -> &'d str {
    let names: BTreeSet<_> = deployed.functions().map(|one| one.text("Environment/Variables/STACK")).collect();
    if names.len() == 1 { names.first().copied().unwrap_or_default() } else { "" }
}

/// The metrics that a dashboard shows.
fn shown(dashboard: &Resource) -> Vec<Value> {
    let body: Value = serde_json::from_str(dashboard.text("DashboardBody")).unwrap_or_default();
    let widgets = body["widgets"].as_array().into_iter().flatten();
    widgets.filter_map(|widget| widget["properties"]["metrics"].as_array()).flatten().cloned().collect()
}

pub fn dashboard(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for dashboard in deployed.of_kind("AWS::CloudWatch::Dashboard") {
        let Ok(body) = serde_json::from_str::<Value>(dashboard.text("DashboardBody")) else {
            wrong.push(format!("{} is no JSON", dashboard.id));
            continue;
        };
        let widgets = body["widgets"].as_array().map_or(&[][..], Vec::as_slice);
        let drawn: BTreeSet<_> = widgets.iter().flat_map(|widget| texts(&widget["properties"]["alarms"])).collect();
        let known = |text: &&str| placeholders(text).iter().all(|name| known(deployed, name));
        wrong.extend(texts(&body).iter().filter(|text| !known(text)).map(|text| format!("{text} is nowhere")));
        let missing = alarms_of(deployed).filter(|alarm| !drawn.contains(format!("${{{}.Arn}}", alarm.id).as_str()));
        wrong.extend(missing.map(|alarm| format!("{} is not shown", alarm.id)));
        wrong.extend(shown(dashboard).iter().filter_map(|metric| unknown(deployed, metric)));
    }
    wrong
}

fn known(deployed: &Deployed<'_>, name: &str) -> bool {
    deployed.resources.contains_key(name.split('.').next().unwrap_or_default())
}

/// A metric of something that is not there.
fn unknown(deployed: &Deployed<'_>, metric: &Value) -> Option<String> {
    let name = metric[3].as_str()?;
    let named = |kind, property| deployed.of_kind(kind).any(|one: &Resource| one.text(property) == name);
    let there = match metric[2].as_str()? {
        "FunctionName" => named("AWS::Serverless::Function", "FunctionName"),
        "QueueName" => named("AWS::SQS::Queue", "QueueName"),
        STACK => name == stack(deployed),
        _ => placeholders(name).len() == 1,
    };
    (!there).then(|| format!("{metric} is of nothing that there is"))
}

pub fn queries(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for query in deployed.of_kind("AWS::Logs::QueryDefinition") {
        let text = query.text("QueryString");
        let quoted = text.split('"').skip(1).step_by(2).filter(|words| words.contains(' '));
        let unwritten = quoted.filter(|words| !deployed.code.sources.contains(&format!("\"{words}\"")));
        wrong.extend(unwritten.map(|words| format!("{}: nothing writes “{words}”", query.id)));
        let groups = texts(query.at("LogGroupNames"));
        let is = |name: &str| deployed.of_kind("AWS::Logs::LogGroup").any(|group| group.text("LogGroupName") == name);
        let nowhere = groups.iter().filter(|name| !is(name));
        wrong.extend(nowhere.map(|name| format!("{}: there is no {name}", query.id)));
    }
    wrong
}
