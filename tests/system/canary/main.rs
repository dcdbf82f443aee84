//! Nothing that is secret or somebody's own gets out by a side door: markers are planted wherever such things come in,
//! everything happens that can happen, and neither log nor metrics, problems nor panics hold any of them, in clear or
//! encoded.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

mod markers;
mod story;

use crate::markers::Canaries;
use crate::story::{META_TOKEN, Story};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use runtime::{OwnSecrets, secrets};
use testkit::between::{self, Between, Carried, Guarded};
use testkit::{Page, TestApp};

/// Our crates tell all that they can, others what they tell in production.
const LEVELS: &str = "info,api=trace,changes=trace,domain=trace,emulator=trace,inbound=trace,leadwire=trace,\
    mail=trace,outbound=trace,queue=trace,relay=trace,runtime=trace,schedule=trace,signature=trace,store=trace,webhook=trace,\
    whatsapp=trace";

#[tokio::test]
async fn s18_no_line_metric_problem_or_panic_holds_what_is_secret_or_somebody_s_own() {
    let page = Page::default();
    let to = page.clone();
    tracing::subscriber::set_global_default(runtime::logs::to(move || to.clone(), LEVELS, "canary")).unwrap();
    let mut story = Story::begin().await;
    story.a_customer_writes().await;
    story.sends_end_in_every_way().await;
    story.deliveries_go_wrong().await;
    story.requests_go_wrong().await;
    story.accounts_go_wrong().await;
    story.a_second_factor_is_set_up().await;
    story.emails_are_sent().await;
    let canaries = story.canaries();
    story.handlers_panic().await;
    story.items_are_spoilt().await;
    let text = page.text();
    let happened =
        ["accepted", "failed", "unconfirmed", "unauthorised", "bad_signature", "parked", "stored", "emails_sent"];
    for metric in happened {
        assert!(page.count(metric) > 0, "nothing of the story was {metric}");
    }
    assert_eq!(text.matches("\"panicked\"").count(), 3, "each panic is one line");
    assert!(story.problems.len() > 30, "only {} problems", story.problems.len());
    let found = [canaries.found_in(&text), canaries.found_in(&story.problems.join("\n"))].concat();
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
}

#[test]
fn s18_what_leaks_is_found_in_every_form() {
    let canary = "canary-of-this-test";
    let canaries = Canaries(vec![("it", canary.to_owned())]);
    type Leak = (&'static str, fn(&str));
    let leaks: [Leak; 6] = [
        ("in clear", |it| tracing::debug!(field = it, "a line")),
        ("in clear", |it| tracing::info!(metric.count = 1, "a metric about {it}")),
        ("as numbers", |it| tracing::warn!(bytes = ?it.as_bytes(), "a line")),
        ("in hex", |it| tracing::warn!(hex = hex::encode(it), "a line")),
        ("in hex", |it| tracing::warn!(hex = hex::encode_upper(it), "a line")),
        ("in base64", |it| tracing::warn!(basic = STANDARD_NO_PAD.encode(format!("owner:{it}!")), "a line")),
    ];
    for (form, leak) in leaks {
        let page = Page::default();
        let to = page.clone();
        let lines = runtime::logs::to(move || to.clone(), "debug", "canary");
        tracing::subscriber::with_default(lines, || {
            tracing::info!("a line without it");
            assert_eq!(canaries.found_in(&page.text()), [""; 0]);
            leak(canary);
        });
        let found = canaries.found_in(&page.text());
        assert!(found.iter().any(|found| found.contains(form)), "{form}: {found:?} in {}", page.text());
    }
    for before in ["", "a", "ab", "abc"] {
        let encoded = URL_SAFE_NO_PAD.encode(format!("{before}{canary}z"));
        assert!(!canaries.found_in(&encoded).is_empty(), "{encoded}");
    }
}

/// A Secrets Manager whose answers break off.
#[derive(Clone, Debug)]
struct BreaksOff;

impl Between for BreaksOff {
    async fn carry(
        self,
        _: aws_smithy_runtime_api::client::orchestrator::HttpRequest,
        _: aws_smithy_runtime_api::client::http::SharedHttpConnector,
    ) -> Carried {
        between::answer_text(200, format!("{{\"Name\": \"secret\", \"SecretString\": \"{META_TOKEN}"))
    }
}

#[tokio::test]
async fn s18_an_answer_of_secrets_manager_that_breaks_off_is_not_shown() {
    let app = TestApp::start().await;
    let aws = app.emulator().sdk_config_over(Guarded::new(BreaksOff, app.emulator().http_client()));
    let refused = secrets::fetch::<OwnSecrets>(&aws_sdk_secretsmanager::Client::new(&aws), "secret").await.unwrap_err();
    let said = format!("{refused} {refused:?}");
    let canaries = Canaries(vec![("a token", META_TOKEN.to_owned())]);
    assert_eq!(canaries.found_in(&said), [""; 0]);
    assert!(said.contains("secret cannot be fetched"), "{said}");
}
