//! Two sends into one conversation: the later one comes out of the queue first, and lets the earlier one go before it.

use domain::MessageId;
use leadwire::stack::OUTBOUND;
use queue::{OutboundTask, Outgoing, Queue};
use serde_json::json;
use testkit::TestApp;

#[tokio::test]
async fn a_send_that_overtook_the_one_before_it_on_the_way_to_the_queue_lets_it_go_first() {
    let app = TestApp::start().await;
    let person = app.person("Asha");
    app.says(&person, "Hello").await;
    let lead = app.only_lead().await;
    let mut tasks = Vec::new();
    for text in ["first", "second", "third"] {
        let accepted = app.post("/api/messages", json!({"leadId": lead["id"], "text": text})).await;
        let id: MessageId = accepted.str("id").parse().unwrap();
        let conversation: domain::ConversationId = accepted.str("conversationId").parse().unwrap();
        tasks.push(OutboundTask::new(app.account().tenant, conversation.home, id, 0));
        app.skip(std::time::Duration::from_millis(1));
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
    app.settle().await;
    let taken = app.meta().sends(None).unwrap();
    let texts: Vec<_> = taken.iter().rev().map(|send| send.body["text"]["body"].as_str().unwrap()).collect();
    assert_eq!(texts, ["first", "second", "third"]);
}
