//! Real failures of other systems that do the same work, each by its public issue: what it was there, and what holds
//! here. Each test brings about what brought it about there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use aws_lambda_events::streams::DynamoDbEventResponse;
use aws_sdk_sqs::types::{MessageSystemAttributeName, QueueAttributeName};
use domain::{ChannelId, PhoneNumberId, Text};
use futures::future::join_all;
use http::{Method, StatusCode};
use leadwire::Stack;
use leadwire::stack::{INBOUND, TABLE, Trigger};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::channels::channels::Channel;
use testkit::bodies::webhook;
use testkit::wire::{Call, GRAPH};
use testkit::{NOW, Sender, Settings, TestApp, Turn, Wire};

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };

/// Longer than the queue remembers what it was sent, and than a worker that died keeps its messages.
const FORGOTTEN: Duration = Duration::from_secs(301);

/// As long as a queue keeps from others what a worker has taken.
const VISIBILITY: Duration = Duration::from_secs(90);

/// More calls than any piece of work makes.
const CALLS: usize = 100;

async fn post(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
}

/// What the lead's page shows, the oldest first.
fn texts(lead: &Value) -> Vec<&str> {
    lead["messages"].as_array().unwrap().iter().rev().map(|message| message["text"].as_str().unwrap()).collect()
}

/// Asserts that there is one lead with one conversation, in which the customer has said exactly this, all unread.
async fn assert_said(app: &TestApp, said: &[&str], case: &str) {
    let lead = app.only_lead().await;
    assert_eq!((texts(&lead).as_slice(), &lead["unread"]), (said, &json!(said.len())), "{case}");
    assert_eq!(app.get("/api/conversations").await.items().len(), 1, "{case}");
    let received = |entry: &&Value| entry["description"].as_str().unwrap().starts_with("Message received");
    assert_eq!(lead["timeline"].as_array().unwrap().iter().filter(received).count(), said.len(), "{case}");
    assert!(app.stack().store().parked(10).await.unwrap().is_empty(), "{case}: something was parked");
}

/// Everything out of the queue of events, each for a worker of its own.
async fn taken(app: &TestApp) -> Vec<SqsEvent> {
    let events = Mutex::new(Vec::new());
    let take = |event: SqsEvent| {
        events.lock().unwrap().extend(event.records);
        std::future::ready(Ok::<_, Infallible>(SqsBatchResponse::default()))
    };
    while !app.emulator().queue_source(INBOUND).poll_once(&take).await.unwrap().is_empty() {}
    let alone = |record| {
        let mut event = SqsEvent::default();
        event.records = vec![record];
        event
    };
    events.into_inner().unwrap().into_iter().map(alone).collect()
}

/// Lets `stack` deal with an event, and tells whether it is done with it.
async fn deals_with(stack: &Stack, event: SqsEvent) -> bool {
    inbound::handle(&stack.functions().inbound, event).await.batch_item_failures.is_empty()
}

/// Lets all workers be at it at the same time, each call of theirs at another moment, until nothing comes again.
async fn at_once(app: &TestApp, events: Vec<SqsEvent>, seed: usize) {
    let jumbled = move |call: Call<'_>| Turn::Dawdles(u32::try_from((call.number + 1) * (seed + 3) % 7).unwrap());
    let workers = app.workers(&Wire::new(jumbled), app.clock());
    let mut left = events;
    for _ in 0..10 {
        let done = join_all(left.iter().map(|event| deals_with(&workers, event.clone()))).await;
        left = left.into_iter().zip(done).filter(|(_, done)| !done).map(|(event, _)| event).collect();
    }
    assert_eq!(left.len(), 0, "some are never dealt with");
}

/// An app to which Ana is new, or in which she has said "Hello".
async fn app_where_ana_is(known: bool) -> (TestApp, Vec<&'static str>) {
    let app = TestApp::start().await;
    if known {
        post(&app, ANA.writes("wamid.first", NOW.seconds() - 60, "Hello")).await;
        app.settle().await;
    }
    (app, if known { vec!["Hello"] } else { vec![] })
}

/// Evolution API #1762 and #2110: a message was marked as seen before it was stored. Where the work failed in between,
/// every repetition was taken for a duplicate, and nobody ever saw the message. Here the stored message is the mark:
/// whichever call a worker dies at, the queue's or WhatsApp's next try completes it.
#[tokio::test]
async fn evolution_1762_a_message_counts_as_seen_only_once_it_is_stored() {
    for known in [false, true] {
        for death in 0..CALLS {
            let (app, mut said) = app_where_ana_is(known).await;
            let body = ANA.writes("wamid.A", NOW.seconds(), "Is it still free?");
            post(&app, body.clone()).await;
            let wire = Wire::waiting_at(death);
            let worker = app.workers(&wire, app.clock());
            let survived = wire.until_stuck(worker.poll_inbound()).await.is_some();
            app.skip(FORGOTTEN);
            post(&app, body).await;
            app.settle().await;
            said.push("Is it still free?");
            assert_said(&app, &said, &format!("known: {known}, died at call {death}")).await;
            if survived {
                assert!(death > 3, "a message takes more than {death} calls");
                break;
            }
        }
    }
}

/// Evolution API #2270, #2401 and #2647: incoming messages ceased to appear, without a trace, until somebody restarted
/// it. Here a fault of the database makes an event come again. The same worker goes on by itself once it is over.
#[tokio::test]
async fn evolution_2270_messages_do_not_vanish_while_the_database_is_down_and_need_no_restart() {
    let app = TestApp::start().await;
    let down = Arc::new(AtomicBool::new(true));
    let fails = Arc::clone(&down);
    let wire = Wire::new(move |_| if fails.load(Ordering::SeqCst) { Turn::Fails } else { Turn::Goes });
    let worker = app.workers(&wire, app.clock());
    let said = ["one", "two", "three"];
    for (text, second) in said.iter().zip(0..) {
        post(&app, ANA.writes(&format!("wamid.{text}"), NOW.seconds() + second, text)).await;
    }
    let mut tries = 0;
    for _ in 0..40 {
        let polled = worker.poll_inbound().await.unwrap();
        assert_eq!(polled.deleted, 0, "nothing leaves the queue undone");
        tries += usize::from(!polled.is_empty());
        app.skip(FORGOTTEN);
    }
    assert!(tries > 8, "more than the tries after which an event is suspected of ending its workers: {tries}");
    down.store(false, Ordering::SeqCst);
    while !worker.poll_inbound().await.unwrap().is_empty() {}
    assert_said(&app, &said, "after the outage").await;
}

/// Evolution API #631: after a restart, messages that had been sent long ago were sent again, many times. Here whoever
/// reads the stream from its beginning queues every message once more, and none is posted: each says itself how far it is.
#[tokio::test]
async fn evolution_631_what_was_sent_is_not_sent_again_after_a_restart() {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    for text in ["one", "two", "three"] {
        app.answer(text).await;
        app.pass(Duration::from_secs(10)).await;
    }
    for restart in ["first", "second"] {
        app.skip(FORGOTTEN);
        let new = app.emulator().stream_source(TABLE, restart);
        let handler = |event| async {
            relay::handle(&app.stack().functions().relay, event).await.map(|()| DynamoDbEventResponse::default())
        };
        new.pump_once(relay::follows, &handler).await.unwrap();
        let mut handed_out = 0;
        loop {
            let polled = app.stack().poll_outbound().await.unwrap();
            handed_out += polled.deleted;
            if polled.is_empty() {
                break;
            }
        }
        assert_eq!(handed_out, 3, "each is queued once more");
        app.pass(Duration::from_secs(300)).await;
        assert_eq!(app.meta().sends(None).unwrap().len(), 3);
    }
}

/// Chatwoot #13359 (of #13261): a lock was given up before the transaction that it guarded was through, so that several
/// photos sent at once made two conversations. Here ids follow from the customer and first contact is one conditional
/// write: ten workers with a photo each make one lead with one conversation.
#[tokio::test]
async fn chatwoot_13359_an_album_dealt_with_by_ten_workers_at_once_is_one_conversation() {
    let album: Value = serde_json::from_str(&testkit::event("whatsapp/album.json")).unwrap();
    let value = &album["entry"][0]["changes"][0]["value"];
    for seed in 0..12 {
        let app = TestApp::start().await;
        for photo in value["messages"].as_array().unwrap() {
            post(&app, webhook(json!({"contacts": value["contacts"], "messages": [photo]}))).await;
        }
        let events = taken(&app).await;
        assert_eq!(events.len(), 10);
        at_once(&app, events, seed).await;
        let lead = app.only_lead().await;
        assert_eq!((texts(&lead).len(), &lead["unread"]), (10, &json!(10)), "{seed}");
        assert_eq!(app.get("/api/conversations").await.items().len(), 1, "{seed}");
    }
}

/// Chatwoot #14210 and #14214: a photo and a voice note 214 ms apart made two conversations. Here the second may be
/// dealt with from beginning to end within any call of the first.
#[tokio::test]
async fn chatwoot_14210_a_photo_and_a_voice_note_in_the_same_moment_are_one_conversation() {
    let photo = json!({"type": "image", "image": {"id": "1", "mime_type": "image/jpeg"}});
    let note = json!({"type": "audio", "audio": {"id": "2", "mime_type": "audio/ogg", "voice": true}});
    for moment in 0..CALLS {
        let app = TestApp::start().await;
        post(&app, ANA.sends("wamid.A", NOW.seconds(), photo.clone())).await;
        post(&app, ANA.sends("wamid.B", NOW.seconds() + 1, note.clone())).await;
        let events = taken(&app).await;
        let (finished, done) = within(&app, moment, &events[0], &events[1]).await;
        assert!(done.0 && done.1, "both are done at once, at call {moment}");
        assert_said(&app, &["[Image]", "[Voice message]"], &format!("the note came within call {moment}")).await;
        if finished {
            assert!(moment > 3);
            break;
        }
    }
}

/// Lets one worker deal with `second` within the call `moment` of another, which deals with `first`. Tells whether
/// there was no such call, and who was done.
async fn within(app: &TestApp, moment: usize, first: &SqsEvent, second: &SqsEvent) -> (bool, (bool, bool)) {
    let wire = Wire::waiting_at(moment);
    let slow = app.workers(&wire, app.clock());
    let mut at_first = Box::pin(deals_with(&slow, first.clone()));
    let early = wire.until_stuck(at_first.as_mut()).await;
    let second = deals_with(app.stack(), second.clone()).await;
    wire.open();
    let first = match early {
        Some(done) => done,
        None => at_first.await,
    };
    (early.is_some(), (first, second))
}

/// fazer-ai/chatwoot #185: the lock against duplicates left the inbox out, so that messages to two numbers got in each
/// other's way. Here the number is part of what makes a message the same.
#[tokio::test]
async fn fazer_ai_185_the_same_message_id_on_two_numbers_is_two_messages() {
    let app = TestApp::start().await;
    let shop = Channel::new(
        ChannelId::from_parts(NOW, 77),
        Text::new("Shop"),
        PhoneNumberId::parse("106540352249999").unwrap(),
        "15550783999".to_owned(),
        "102290129340399".to_owned(),
    );
    app.stack().store().tenant(app.account().tenant).connect(&shop).await.unwrap();
    let message = ANA.message("wamid.A", NOW.seconds(), json!({"type": "text", "text": {"body": "Hello"}}));
    let to_shop = json!({"display_phone_number": shop.display, "phone_number_id": shop.number.as_str()});
    let bodies = [
        webhook(json!({"contacts": [ANA.contact()], "messages": [message]})),
        webhook(json!({"contacts": [ANA.contact()], "messages": [message], "metadata": to_shop})),
    ];
    for _ in 0..2 {
        join_all(bodies.iter().map(|body| post(&app, body.clone()))).await;
        let events = taken(&app).await;
        assert_eq!(events.len(), 2, "neither swallows the other on the way");
        at_once(&app, events, 1).await;
        let lead = app.only_lead().await;
        assert_eq!((texts(&lead), &lead["unread"]), (vec!["Hello", "Hello"], &json!(2)), "one person, two messages");
        let conversations = app.get("/api/conversations").await;
        let unread: Vec<_> = conversations.items().iter().map(|conversation| conversation["unread"].clone()).collect();
        assert_eq!(unread, [json!(1), json!(1)], "one in each conversation");
        app.skip(FORGOTTEN);
    }
}

/// fazer-ai/chatwoot #147: of two workers with the same message one hit the unique index, took that for an error, and
/// tried again for ever, while nobody saw the message. Here losing the race is success.
#[tokio::test]
async fn fazer_ai_147_whoever_finds_the_message_stored_already_is_done() {
    for known in [false, true] {
        for moment in 0..CALLS {
            let (app, mut said) = app_where_ana_is(known).await;
            post(&app, ANA.writes("wamid.A", NOW.seconds(), "Once")).await;
            let event = taken(&app).await.remove(0);
            let (finished, done) = within(&app, moment, &event, &event).await;
            assert_eq!(done, (true, true), "at call {moment}");
            said.push("Once");
            assert_said(&app, &said, &format!("known: {known}, the other came within call {moment}")).await;
            if finished {
                assert!(moment > 3);
                break;
            }
        }
    }
}

/// Chatwoot #13556: of twenty numbered messages two or three never appeared, others hours late; #12661: under a backlog
/// they stood in the wrong order. Here twenty come last into a long queue, in any order and some twice, to a worker whose
/// calls fail now and then.
#[tokio::test]
async fn chatwoot_13556_twenty_numbered_messages_behind_a_backlog_all_appear_in_their_order() {
    let app = TestApp::start().await;
    let phones: Vec<_> = (0..25).map(|person| format!("9198765432{person:02}")).collect();
    for (index, phone) in phones.iter().cycle().take(150).enumerate() {
        let other = Sender { name: "Other", phone: Some(phone), user: None };
        post(&app, other.writes(&format!("wamid.other-{index}"), NOW.seconds() - 600, "waiting")).await;
    }
    let number = |place: i64| place * 7 % 20;
    for place in (0..20).chain([3, 11, 19]) {
        let body =
            ANA.writes(&format!("wamid.{}", number(place)), NOW.seconds() + number(place), &number(place).to_string());
        post(&app, body).await;
    }
    let wire = Wire::new(|call| if call.number % 29 == 28 { Turn::Fails } else { Turn::Goes });
    let worker = app.workers(&wire, app.clock());
    for _ in 0..2000 {
        if app.emulator().queues().next_visible_at(INBOUND).unwrap().is_none() {
            break;
        }
        worker.poll_inbound().await.unwrap();
        app.skip(Duration::from_secs(1));
    }
    let found = app.get("/api/leads?limit=100").await;
    assert_eq!(found.items().len(), 26);
    let ana = found.items().iter().find(|lead| lead["name"] == "Ana Souza").unwrap();
    let page = app.get(&format!("/api/leads/{}?limit=100", ana["id"].as_str().unwrap())).await.json;
    let expected: Vec<_> = (0..20).map(|number| number.to_string()).collect();
    assert_eq!((texts(&page), &page["unread"]), (expected.iter().map(String::as_str).collect(), &json!(20)));
    assert_eq!(app.count("in").await, 170);
}

/// Chatwoot #3608 and #15131: WhatsApp was answered 200, the worker stood idle, and nobody noticed. Here what was
/// answered 200 lies in the queue, which tells how much that is and since when; it is shown once a worker comes.
#[tokio::test]
async fn chatwoot_15131_behind_an_idle_worker_nothing_is_lost_and_the_age_of_the_backlog_can_be_seen() {
    let app = TestApp::start().await;
    let said: Vec<_> = (0..30).map(|number| number.to_string()).collect();
    for (text, second) in said.iter().zip(0..) {
        post(&app, ANA.writes(&format!("wamid.{text}"), NOW.seconds() + second, text)).await;
    }
    let idle = Duration::from_secs(3 * 24 * 3600);
    app.skip(idle);
    let sqs = aws_sdk_sqs::Client::new(&app.emulator().sdk_config());
    let url = sqs.get_queue_url().queue_name(INBOUND).send().await.unwrap().queue_url.unwrap();
    let count = QueueAttributeName::ApproximateNumberOfMessages;
    let told = sqs.get_queue_attributes().queue_url(&url).attribute_names(count.clone()).send().await.unwrap();
    assert_eq!(told.attributes.unwrap()[&count], "30");
    let oldest = sqs.receive_message().queue_url(&url).visibility_timeout(0);
    let sent = MessageSystemAttributeName::SentTimestamp;
    let oldest = oldest.message_system_attribute_names(sent.clone()).send().await.unwrap().messages.unwrap().remove(0);
    let since: i64 = oldest.attributes.unwrap()[&sent].parse().unwrap();
    assert_eq!(i128::from(app.now().millis() - since), i128::try_from(idle.as_millis()).unwrap());
    app.settle().await;
    let lead = app.get("/api/leads").await.items()[0].clone();
    let page = app.get(&format!("/api/leads/{}?limit=100", lead["id"].as_str().unwrap())).await.json;
    assert_eq!((texts(&page), &page["unread"]), (said.iter().map(String::as_str).collect(), &json!(30)));
}

/// fazer-ai/chatwoot #373: a reaction, an edit, a withdrawal or a receipt that came before its message was ignored for
/// ever. Here it waits: what was said about a message applies when that comes, an hour later …
#[tokio::test]
async fn fazer_ai_373_what_comes_before_its_message_applies_once_that_is_there() {
    let about = |field: &str, more: Value| {
        let mut object = more;
        object[field] = "wamid.P".into();
        object
    };
    let edit = about("original_message_id", json!({"message": {"type": "text", "text": {"body": "after"}}}));
    let early = [
        json!({"type": "reaction", "reaction": about("message_id", json!({"emoji": "🎉"}))}),
        json!({"type": "edit", "edit": edit}),
    ];
    let withdrawal = json!({"type": "revoke", "revoke": about("original_message_id", json!({}))});
    for (early, shown) in [(early.to_vec(), "after"), (vec![withdrawal], "This message was deleted")] {
        let app = TestApp::start().await;
        for (content, second) in early.into_iter().zip(1..) {
            post(&app, ANA.sends(&format!("wamid.{second}"), NOW.seconds() + second, content)).await;
        }
        app.pass(Duration::from_secs(3600)).await;
        assert_eq!(app.get("/api/conversations").await.items().len(), 0, "there is nothing to show yet");
        post(&app, ANA.writes("wamid.P", NOW.seconds(), "before")).await;
        app.settle().await;
        assert_said(&app, &[shown], shown).await;
        let reaction = if shown == "after" { json!("🎉") } else { Value::Null };
        assert_eq!(app.only_lead().await["messages"][0]["reaction"], reaction, "{shown}");
        assert_eq!(app.count("orphan").await, 0, "{shown}");
    }
}

/// … and receipts that come while our own worker is still at any call of the message show at it afterwards, also where they
/// name it by WhatsApp's id alone, which that worker has yet to write down.
#[tokio::test]
async fn fazer_ai_373_receipts_that_overtake_the_record_of_the_send_show_at_it() {
    for echo_callback_data in [true, false] {
        for moment in 0..CALLS {
            let app = TestApp::with(Settings { echo_callback_data, ..Settings::default() }).await;
            let worker = with_answer_queued(&app, Wire::waiting_at(moment)).await;
            let mut sending = Box::pin(worker.1.poll_outbound());
            let early = worker.0.until_stuck(sending.as_mut()).await.is_some();
            app.pass(Duration::from_secs(10)).await;
            worker.0.open();
            if !early {
                sending.await.unwrap();
            }
            app.pass(Duration::from_secs(10)).await;
            assert_eq!(
                app.status().await,
                "read",
                "receipts came at call {moment}, our name in them: {echo_callback_data}"
            );
            assert_eq!((app.meta().sends(None).unwrap().len(), app.count("orphan").await), (1, 0));
            if early {
                assert!(moment > 3);
                break;
            }
        }
    }
}

/// Has a customer write and an answer lie in the queue of messages; gives the worker over `wire` that is to take it.
async fn with_answer_queued(app: &TestApp, wire: Wire) -> (Wire, Stack) {
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    app.answer("Good morning").await;
    app.stack().pump_relay().await.unwrap();
    let worker = app.workers(&wire, app.clock());
    (wire, worker)
}

/// Chatwoot #9785 and #12294, Evolution API #1735 and #1887: the request to WhatsApp timed out, the screen said
/// "failed", and the customer had the message. Here nobody claims to know; the receipt settles it.
#[tokio::test]
async fn chatwoot_9785_a_send_that_timed_out_is_not_failed_and_its_receipt_says_that_it_arrived() {
    for receipts in [true, false] {
        let lost = if receipts { 0.0 } else { 1.0 };
        let app = TestApp::with(Settings { statuses_lost: lost, ..Settings::default() }).await;
        let wire = Wire::new(|call| if call.operation == GRAPH { Turn::Loses } else { Turn::Goes });
        let (_, worker) = with_answer_queued(&app, wire).await;
        worker.poll_outbound().await.unwrap();
        assert_eq!(app.status().await, "unconfirmed");
        app.pass(Duration::from_secs(3600)).await;
        assert_eq!(app.status().await, if receipts { "read" } else { "unconfirmed" });
        assert_eq!(app.meta().sends(None).unwrap().len(), 1, "and nobody sends it again");
    }
}

/// fazer-ai/chatwoot #258: a read timeout made the job run again, and the customer got the message twice. Here a worker
/// may die at any call: the queue hands the message out again, and it is posted once at most.
#[tokio::test]
async fn fazer_ai_258_a_send_that_is_handed_out_again_is_not_posted_again() {
    let mut unsent = 0;
    for death in 0..CALLS {
        let app = TestApp::start().await;
        let (wire, worker) = with_answer_queued(&app, Wire::waiting_at(death)).await;
        let survived = wire.until_stuck(worker.poll_outbound()).await.is_some();
        app.skip(VISIBILITY);
        app.pass(Duration::from_secs(300)).await;
        let status = app.status().await;
        let posts = app.meta().sends(None).unwrap().len();
        match posts {
            0 => assert_eq!(status, "unconfirmed", "claimed and never posted: a person decides, died at call {death}"),
            posts => assert_eq!((status.as_str(), posts), ("read", 1), "died at call {death}"),
        }
        unsent += 1 - posts;
        if survived {
            assert!(death > 3);
            break;
        }
    }
    assert_eq!(unsent, 1, "only between the claim and the post it is not known");
}

/// Chatwoot #9314: over a weak network the screen posted the same answer twice, and so did it reach the customer. Here
/// the repetition bears the same key, and the first request may have died at any call, or still be at it.
#[tokio::test]
async fn chatwoot_9314_an_answer_posted_again_over_a_weak_network_is_sent_once() {
    for goes_on in [false, true] {
        for moment in 0..CALLS {
            let app = TestApp::start().await;
            let person = app.person("Asha Rao");
            app.says(&person, "Hello").await;
            let body = json!({"leadId": app.only_lead().await["id"], "text": "Good morning"});
            let request =
                || app.request(Method::POST, "/api/messages", &[("idempotency-key", "answer-1")], Some(body.clone()));
            let wire = Wire::waiting_at(moment);
            let slow = app.workers(&wire, app.clock()).gateway();
            let mut first = Box::pin(testkit::ask(&slow, request()));
            let early = wire.until_stuck(first.as_mut()).await;
            let finished = early.is_some();
            let again = app.ask(request()).await;
            assert_eq!(again.status, StatusCode::ACCEPTED);
            wire.open();
            let first = match early {
                Some(answer) => Some(answer),
                None if goes_on => Some(first.await),
                None => {
                    drop(first);
                    None
                }
            };
            if let Some(answer) = first {
                assert_eq!(answer["id"], again["id"], "both are told of the same message, at call {moment}");
            }
            app.pass(Duration::from_secs(300)).await;
            assert_eq!(app.status().await, "read");
            assert_eq!(app.meta().sends(None).unwrap().len(), 1, "the first request was at call {moment}");
            if finished {
                assert!(moment > 3);
                break;
            }
        }
    }
}

/// Chatwoot #11901: under speed, the same message was announced as created twice. Here ten copies, dealt with by ten
/// workers at the same time, are one lead, one message, one line of the timeline, and one notice.
#[tokio::test]
async fn chatwoot_11901_what_is_told_ten_times_at_once_is_shown_once() {
    for seed in 0..12 {
        let app = TestApp::start().await;
        post(&app, ANA.writes("wamid.A", NOW.seconds(), "Hello")).await;
        post(&app, testkit::event("whatsapp/field-account-update.json").into_bytes()).await;
        let copies: Vec<_> = taken(&app).await.into_iter().flat_map(|event| vec![event; 10]).collect();
        assert_eq!(copies.len(), 20);
        at_once(&app, copies, seed).await;
        assert_said(&app, &["Hello"], &seed.to_string()).await;
        assert_eq!(app.get("/api/notices").await.items().len(), 1, "{seed}");
    }
}

/// Chatwoot #15920: what one part had to tell another was told once, and lost where the other was down. Here the stream
/// tells a message again until the queue has it …
#[tokio::test]
async fn chatwoot_15920_a_send_is_told_to_the_queue_until_that_has_it() {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    app.answer("Good morning").await;
    let down = Wire::new(|call| if call.operation == "SendMessageBatch" { Turn::Fails } else { Turn::Goes });
    let worker = app.workers(&down, app.clock());
    for _ in 0..30 {
        assert!(!worker.pull(Trigger::Relay).await.unwrap(), "the queue does not take it");
    }
    assert_eq!(app.status().await, "queued");
    app.pass(Duration::from_secs(10)).await;
    assert_eq!((app.status().await.as_str(), app.meta().sends(None).unwrap().len()), ("read", 1));
}

/// … and a message is told by WhatsApp until it is answered with 200, which it is when the queue has it.
#[tokio::test]
async fn chatwoot_15920_a_message_is_told_by_whatsapp_until_the_queue_has_it() {
    let app = TestApp::start().await;
    let body = ANA.writes("wamid.A", NOW.seconds(), "Hello");
    for turn in [Turn::Fails, Turn::Loses, Turn::Fails] {
        let wire = Wire::new(move |call| if call.operation == "SendMessageBatch" { turn } else { Turn::Goes });
        let worker = app.workers(&wire, app.clock());
        let status = testkit::ask(&worker.gateway(), app.delivery(body.clone())).await.status;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{turn:?}");
        app.skip(FORGOTTEN);
    }
    post(&app, body).await;
    app.settle().await;
    assert_said(&app, &["Hello"], "told four times, twice with success").await;
}
