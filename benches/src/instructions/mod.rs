//! How many instructions a start and a warm invocation of `webhook` and `inbound` take: their release binaries run under
//! valgrind, between a Runtime API and AWS services that this process serves.
//!
//! A count of instructions repeats where a time does not. The count of one invocation is the difference between two runs
//! with different numbers of events, so it leaves the start out.

mod host;

use crate::bodies;
use domain::Secret;
use host::{Host, Report};
use leadwire::stack::INBOUND;
use runtime::{Clock, SystemClock};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;
use testkit::TestApp;
use tokio::process::Command;
use tokio::time::{sleep, timeout};
use whatsapp::signature;

/// The numbers of invocations whose difference is taken: with fewer, the last hundredth varies from run to run.
const FEW: usize = 20;
const MANY: usize = 220;

/// No run takes longer, not even under valgrind.
const LIMIT: Duration = Duration::from_secs(900);

/// How long a function works on after it has asked for an event that does not come.
const SETTLING: Duration = Duration::from_millis(200);

/// By how much a figure may differ from the recorded one, up or down.
const TOLERANCE_PERCENT: u64 = 3;

/// A count of instructions for each thing that is measured.
pub type Figures = BTreeMap<String, u64>;

/// Measures `webhook` and `inbound` in the folder `binaries`.
///
/// # Panics
/// If a function does not start, or does not do its work.
pub async fn measure(binaries: &Path) -> Figures {
    let start = invocations(binaries, 0).await;
    let few = invocations(binaries, FEW).await;
    let many = invocations(binaries, MANY).await;
    let mut figures = Figures::new();
    for (function, instructions) in start {
        let one = (many[function] - few[function]) / (MANY - FEW) as u64;
        figures.insert(format!("`{function}`: an invocation"), one);
        figures.insert(format!("`{function}`: a start"), instructions);
    }
    figures
}

/// The instructions that each function takes to start and to pass on `texts` texts of a customer who has written before.
async fn invocations(binaries: &Path, texts: usize) -> BTreeMap<&'static str, u64> {
    let app = TestApp::start().await;
    app.skip(SystemClock.now().minus(Duration::from_secs(3600)).since(app.now()));
    for number in 0..2 {
        assert!(app.deliver(text(&app, number)).await.status.is_success(), "the webhook takes a text");
        app.settle().await;
    }
    let stored = app.count("in").await;

    let deliveries = (0..texts).map(|number| delivery(&app, 2 + number)).collect();
    let webhook = run(&binaries.join("webhook"), &app, deliveries).await;
    assert_eq!(webhook.answers.iter().filter(|answer| answer["statusCode"] == 200).count(), texts);

    let inbound = run(&binaries.join("inbound"), &app, queued(&app).await).await;
    assert_eq!(inbound.answers, vec![json!({"batchItemFailures": []}); texts]);
    assert_eq!(app.count("in").await - stored, texts, "the table holds each text");
    BTreeMap::from([("webhook", webhook.instructions), ("inbound", inbound.instructions)])
}

fn text(app: &TestApp, number: usize) -> Vec<u8> {
    app.skip(Duration::from_secs(1));
    bodies::message("text", 1, &bodies::wamid(number), app.now(), |_| {})
}

/// A webhook with one text, as API Gateway hands it to `webhook`.
fn delivery(app: &TestApp, number: usize) -> String {
    let body = String::from_utf8(text(app, number)).expect("a webhook is JSON");
    let mut event: Value = serde_json::from_str(&testkit::event("webhook/text.json")).expect("an event is JSON");
    let signature = signature::sign(body.as_bytes(), &Secret::new(app.account().app_secret.clone()));
    event["headers"][signature::HEADER] = signature.into();
    event["headers"]["content-length"] = body.len().to_string().into();
    event["body"] = body.into();
    event.to_string()
}

/// Empties the queue: each message by itself, as the queue hands it to `inbound`.
async fn queued(app: &TestApp) -> Vec<String> {
    let messages = Mutex::new(Vec::new());
    let take = |event| {
        let batch = serde_json::to_value(&event).expect("an event is JSON");
        let records = batch["Records"].as_array().into_iter().flatten();
        let batches = records.map(|record| json!({"Records": [record]}).to_string());
        messages.lock().expect("no holder panics").extend(batches);
        async { Ok::<_, Infallible>(Default::default()) }
    };
    while !app.emulator().queue_source(INBOUND).poll_once(&take).await.expect("the queue answers").is_empty() {}
    messages.into_inner().expect("no holder panics")
}

/// What a run gave: the instructions of the whole process, and the answer to each event.
struct Run {
    instructions: u64,
    answers: Vec<Value>,
}

/// Runs `binary` as Lambda does until it has answered `events` and asks for more.
async fn run(binary: &Path, app: &TestApp, events: Vec<String>) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let log = folder.path().join("valgrind.log");
    let mut host = Host::start(app, events, &folder.path().join("trusted.pem")).await;
    let mut command = Command::new("valgrind");
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.arg(format!("--log-file={}", log.display())).arg(binary);
    command.env_clear().envs(host.environment).stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().expect("valgrind starts");
    let mut answers = Vec::new();
    loop {
        match timeout(LIMIT, host.reports.recv()).await.expect("the function works").expect("the host serves") {
            Report::Answer(answer) => answers.push(answer),
            Report::Failure(error) => panic!("{} failed: {error}", binary.display()),
            Report::Idle => break,
        }
    }
    sleep(SETTLING).await;
    // After this signal valgrind still writes its log.
    let id = child.id().expect("the process runs").to_string();
    Command::new("kill").args(["-s", "TERM", &id]).status().await.expect("kill starts");
    let _ = child.wait().await;
    let log = std::fs::read_to_string(&log).expect("valgrind writes a log");
    Run { instructions: counted(&log).unwrap_or_else(|| panic!("valgrind gave no count: {log}")), answers }
}

/// The instructions in cachegrind's log: `==7== I   refs:      4,801,377`.
fn counted(log: &str) -> Option<u64> {
    let (_, count) = log.lines().find_map(|line| line.split_once("refs:"))?;
    count.trim().replace(',', "").parse().ok()
}

/// The page `docs/instructions.md`.
#[must_use]
pub fn page(figures: &Figures) -> String {
    let rows = figures.iter().map(|(what, instructions)| format!("| {what} | {instructions} |\n"));
    include_str!("head.md").to_owned() + &rows.collect::<String>()
}

/// The figures of `measured` that `page` lacks, or that differ from it by more than the tolerance.
#[must_use]
pub fn differences(measured: &Figures, page: &str) -> Vec<String> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let recorded: Figures = rows.filter_map(|(what, count)| Some((what.to_owned(), count.parse().ok()?))).collect();
    let pairs = measured.iter().map(|(what, is)| (what, *is, recorded.get(what).copied()));
    let fits = |is: u64, was: u64| is.abs_diff(was) <= was * TOLERANCE_PERCENT / 100;
    let different = pairs.filter(|(_, is, was)| was.is_none_or(|was| !fits(*is, was)));
    different.map(|(what, is, was)| format!("{what}: measured {is}, recorded {}", was.unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_read_from_the_log() {
        let log =
            "==7== Process terminating with default action of signal 15 (SIGTERM)\n==7== I   refs:      4,801,377\n";
        assert_eq!(counted(log), Some(4_801_377));
        assert_eq!(counted("valgrind: failed to start tool 'cachegrind'\n"), None);
    }

    #[test]
    fn a_figure_may_differ_by_the_tolerance() {
        let figures = |count| Figures::from([("`webhook`: a start".to_owned(), count)]);
        let same = |count| differences(&figures(count), &page(&figures(1000))).is_empty();
        assert_eq!([969, 970, 1030, 1031].map(same), [false, true, true, false]);
        assert_eq!(differences(&figures(1), &page(&Figures::new())).len(), 1, "nothing is recorded");
    }
}
