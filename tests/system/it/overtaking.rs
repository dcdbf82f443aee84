//! Sends into one conversation: the latest comes out of the queue first, and lets the earlier ones go before it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use domain::MessageId;
use leadwire::stack::{OUTBOUND, Trigger};
use queue::{OutboundTask, Outgoing, Queue};
use serde_json::json;
use std::time::Duration;
use testkit::wire::GRAPH;
use testkit::{TestApp, Turn, Wire};

const TEXTS: [&str; 3] = ["first", "second", "third"];

/// An app in whose queue three sends into one conversation lie the wrong way round.
async fn overtaken() -> TestApp {
    let app = TestApp::start().await;
    let person = app.person("Asha");
    app.says(&person, "Hello").await;
    let lead = app.only_lead().await;
    let mut tasks = Vec::new();
    for text in TEXTS {
        let accepted = app.post("/api/messages", json!({"leadId": lead["id"], "text": text})).await;
        let id: MessageId = accepted.str("id").parse().unwrap();
        let conversation: domain::ConversationId = accepted.str("conversationId").parse().unwrap();
        tasks.push(OutboundTask::new(app.account().tenant, conversation.history, id, 0));
        app.skip(Duration::from_millis(1));
    }
    // Nobody has read the stream; somebody puts them into the queue the wrong way round.
    app.forget_stream("relay").await;
    let client = aws_sdk_sqs::Client::new(&app.emulator().sdk_config());
    let url = client.get_queue_url().queue_name(OUTBOUND).send().await.unwrap().queue_url.unwrap();
    let queue = Queue::new(client, url);
    for task in tasks.iter().rev() {
        let message = Outgoing { group: task.group(), dedup: task.dedup(), body: task.body().unwrap() };
        queue.send(vec![message]).await.unwrap();
    }
    app
}

/// What Meta has taken, the first first.
fn taken(app: &TestApp) -> Vec<String> {
    let taken = app.meta().sends(None).unwrap();
    taken.iter().rev().map(|send| send.body["text"]["body"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_send_that_overtook_the_one_before_it_on_the_way_to_the_queue_lets_it_go_first() {
    let app = overtaken().await;
    app.settle().await;
    assert_eq!(taken(&app), TEXTS);
}

#[tokio::test]
async fn where_meta_is_slow_one_invocation_posts_once_and_the_next_ones_go_on() {
    let app = overtaken().await;
    let clock = app.clock();
    let slow = Wire::new(move |call| {
        if call.operation == GRAPH {
            clock.advance(Duration::from_secs(9));
        }
        Turn::Goes
    });
    let workers = app.workers(&slow, app.clock());
    workers.pull(Trigger::Outbound).await.unwrap();
    assert_eq!(taken(&app), TEXTS[..1], "a second post might not end before the function does");
    for _ in 0..5 {
        app.skip(Duration::from_secs(2));
        workers.pull(Trigger::Outbound).await.unwrap();
    }
    assert_eq!(taken(&app), TEXTS);
}
