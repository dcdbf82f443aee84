//! Two sends into one conversation, accepted at the same moment: their steps mingle, and neither waits for the other.

use domain::sends::{Address, LIFETIME, Send, SendState};
use domain::statuses::Delivery;
use domain::{ConversationId, MessageId, Phone, Text};
use testkit::TestApp;

#[tokio::test]
async fn a_send_that_overtook_the_one_before_it_on_the_way_to_the_queue_lets_it_go_first() {
    let app = TestApp::start().await;
    let person = app.person("Asha");
    app.says(&person, "Hello").await;
    let lead = app.only_lead().await;
    let conversation: ConversationId = lead["conversations"][0].as_str().unwrap().parse().unwrap();
    let send = |bits, body: &str, after| Send {
        id: MessageId::from_parts(app.now(), bits),
        conversation,
        to: Address::Phone(Phone::parse(&person.wa_id).unwrap()),
        body: Text::new(body),
        preview_url: false,
        reply_to: None,
        after,
        state: SendState::Queued { not_before: None },
        tries: 0,
        redriven: 0,
        expires: app.now().plus(LIFETIME),
        wamid: None,
        delivery: Delivery::default(),
    };
    // The head was told of them in this order, and the table in the other: so they lie in the queue.
    let first = send(1, "first", None);
    let second = send(2, "second", Some(first.id));
    let third = send(3, "third", Some(second.id));
    for send in [&third, &second, &first] {
        app.stack().store().create_send(app.account().tenant, send, app.account().owner).await.unwrap();
    }
    app.settle().await;
    let taken = app.meta().sends(None).unwrap();
    let texts: Vec<_> = taken.iter().rev().map(|send| send.body["text"]["body"].as_str().unwrap()).collect();
    assert_eq!(texts, ["first", "second", "third"]);
}
