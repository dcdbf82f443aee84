//! An agent answers: at most one post for each message whatever Meta does, and never a false "failed" or "sent".

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use aws_lambda_events::sqs::SqsEvent;
use domain::inbox::outbound_messages::LEASE;
use domain::{ConversationId, MessageId, Timestamp};
use emulator::ManualClock;
use http::{Method, StatusCode};
use leadwire::stack::OUTBOUND;
use meta_simulator::{Fault, FaultMode};
use runtime::Clock;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use testkit::wire::{Call, GRAPH};
use testkit::{CustomerMessage, Kind, Person, Settings, TestApp, Turn, Wire};

/// An app in which one customer has written.
async fn in_conversation(settings: Settings) -> (TestApp, Person, Value) {
    let app = TestApp::with(settings).await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    let lead = app.only_lead().await;
    (app, person, lead)
}

fn next_send(mode: FaultMode) -> Settings {
    Settings { faults: vec![Fault { mode, next: Some(1), fraction: 1.0 }], ..Settings::default() }
}

async fn answer(app: &TestApp, lead: &Value, text: &str) -> Value {
    let reply = app.post("/api/messages", json!({"leadId": lead["id"], "text": text})).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    reply.json
}

/// The message of ours that says `text`, as the lead's page shows it.
async fn shown(app: &TestApp, text: &str) -> Value {
    let lead = app.only_lead().await;
    let messages = lead["messages"].as_array().cloned().unwrap_or_default();
    messages.into_iter().find(|message| message["text"] == text).unwrap_or(Value::Null)
}

fn sends(app: &TestApp) -> usize {
    app.meta().sends(None).unwrap().len()
}

#[tokio::test]
async fn an_answer_reaches_the_customer_and_is_read() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let accepted = answer(&app, &lead, "Good morning").await;
    assert_eq!(accepted["status"], "queued");
    app.settle().await;
    assert_eq!(shown(&app, "Good morning").await["status"], "accepted");
    app.pass(Duration::from_secs(10)).await;
    let message = shown(&app, "Good morning").await;
    assert_eq!((&message["status"], &message["id"]), (&json!("read"), &accepted["id"]));
    assert_eq!(message["pricing"]["category"], "service");
    assert_eq!(sends(&app), 1);
}

#[tokio::test]
async fn an_answer_quotes_the_message_it_answers_and_may_show_a_preview() {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    let asked = app.says(&person, "Which page?").await;
    let lead = app.only_lead().await;
    let body = json!({"leadId": lead["id"], "text": "https://example.com", "replyTo": asked.wamid, "previewUrl": true});
    assert_eq!(app.post("/api/messages", body).await.status, StatusCode::ACCEPTED);
    app.settle().await;
    let sent = &app.meta().sends(None).unwrap()[0].body;
    assert_eq!(sent["context"]["message_id"], json!(asked.wamid));
    assert_eq!(sent["text"]["preview_url"], true);
    assert_eq!(sent["to"], json!(format!("+{}", person.wa_id)));
}

#[tokio::test]
async fn somebody_without_a_phone_is_answered_by_user_id() {
    let app = TestApp::start().await;
    let person = app.hidden_person("Chidi");
    app.says(&person, "Hi").await;
    let lead = app.only_lead().await;
    assert_eq!(lead["phone"], Value::Null);
    answer(&app, &lead, "Hi Chidi").await;
    app.pass(Duration::from_secs(10)).await;
    let sent = &app.meta().sends(None).unwrap()[0].body;
    assert_eq!((&sent["recipient"], &sent["to"]), (&json!(person.user_id), &Value::Null));
    assert_eq!(shown(&app, "Hi Chidi").await["status"], "read");
}

#[tokio::test]
async fn outside_the_window_a_text_is_refused_at_once_and_nothing_is_written() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    app.skip(Duration::from_secs(24 * 3600));
    let reply = app.post("/api/messages", json!({"leadId": lead["id"], "text": "Still there?"})).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.str("type").ends_with("window-closed"), "{}", reply.text);
    app.settle().await;
    assert_eq!((sends(&app), shown(&app, "Still there?").await), (0, Value::Null));
}

#[tokio::test]
async fn a_window_that_shuts_while_a_send_waits_fails_it_with_the_reason() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    app.skip(Duration::from_secs(24 * 3600 - 120));
    answer(&app, &lead, "Just in time?").await;
    app.skip(Duration::from_secs(180));
    app.settle().await;
    let message = shown(&app, "Just in time?").await;
    assert_eq!((&message["status"], &message["error"]["reason"]), (&json!("failed"), &json!("window_closed")));
    assert_eq!(sends(&app), 0);
}

#[tokio::test]
async fn an_answer_of_meta_that_is_lost_leaves_the_send_unconfirmed_until_its_status_comes() {
    for mode in [FaultMode::ResetAfterAccept, FaultMode::ServerErrorAccepted, FaultMode::BrokenJson] {
        let (app, _, lead) = in_conversation(next_send(mode.clone())).await;
        answer(&app, &lead, "Did you get this?").await;
        app.settle().await;
        assert_eq!(shown(&app, "Did you get this?").await["status"], "unconfirmed", "{mode:?}");
        app.pass(Duration::from_secs(10)).await;
        let message = shown(&app, "Did you get this?").await;
        assert_eq!(message["status"], "read", "{mode:?}");
        assert!(message["wamid"].is_string(), "{mode:?}");
        assert_eq!(sends(&app), 1, "{mode:?}");
    }
}

#[tokio::test]
async fn an_unconfirmed_send_is_never_posted_again() {
    let settings = Settings { statuses_lost: 1.0, ..next_send(FaultMode::ServerErrorAccepted) };
    let (app, _, lead) = in_conversation(settings).await;
    answer(&app, &lead, "Once").await;
    app.pass(Duration::from_secs(3600)).await;
    assert_eq!(shown(&app, "Once").await["status"], "unconfirmed");
    assert_eq!(sends(&app), 1);
}

#[tokio::test]
async fn a_server_error_of_meta_that_did_not_accept_leaves_the_send_unconfirmed_and_unsent() {
    let (app, _, lead) = in_conversation(next_send(FaultMode::ServerError)).await;
    answer(&app, &lead, "Lost?").await;
    app.pass(Duration::from_secs(3600)).await;
    assert_eq!(shown(&app, "Lost?").await["status"], "unconfirmed");
    assert_eq!(sends(&app), 0);
}

#[tokio::test]
async fn what_meta_refuses_fails_with_its_code_and_is_not_tried_again() {
    let (app, _, lead) = in_conversation(next_send(FaultMode::ErrorCode { code: 131_026 })).await;
    answer(&app, &lead, "Anyone?").await;
    app.pass(Duration::from_secs(3600)).await;
    let message = shown(&app, "Anyone?").await;
    assert_eq!((&message["status"], &message["error"]["code"]), (&json!("failed"), &json!(131_026)));
    assert_eq!(message["error"]["reason"], "not_reachable");
    assert_eq!(sends(&app), 0);
}

#[tokio::test]
async fn a_failed_message_names_its_cause_and_next_step_and_is_repeated_by_a_linked_new_one() {
    let (app, _, lead) = in_conversation(next_send(FaultMode::ErrorCode { code: 131_053 })).await;
    answer(&app, &lead, "Anyone?").await;
    app.settle().await;
    let failed = shown(&app, "Anyone?").await;
    let error = &failed["error"];
    assert_eq!((&error["cause"], &error["nextStep"]), (&json!("file"), &json!("change_file")));
    let again = |of: &Value| json!({"leadId": lead["id"], "text": "Once more", "retryOf": of});
    let reply = app.post("/api/messages", again(&failed["id"])).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    app.settle().await;
    let second = shown(&app, "Once more").await;
    assert_eq!((&second["retryOf"], &second["error"]), (&failed["id"], &Value::Null));
    assert_ne!(second["id"], failed["id"]);
    for wrong in [&second["id"], &json!("msg_01M3250VASBF3MSX3QTC83A67F")] {
        let reply = app.post("/api/messages", again(wrong)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text);
        assert_eq!(reply["errors"][0]["field"], "retryOf");
    }
}

#[tokio::test]
async fn what_meta_asks_to_wait_for_goes_out_once_a_little_later() {
    for code in [130_429, 131_056, 4, 80_007, 131_057] {
        let (app, _, lead) = in_conversation(next_send(FaultMode::ErrorCode { code })).await;
        answer(&app, &lead, "Patience").await;
        app.settle().await;
        assert_eq!(shown(&app, "Patience").await["status"], "queued", "{code}");
        app.pass(Duration::from_secs(600)).await;
        assert_eq!(shown(&app, "Patience").await["status"], "read", "{code}");
        assert_eq!(sends(&app), 1, "{code}");
    }
}

#[tokio::test]
async fn what_meta_puts_off_beyond_the_queue_s_patience_goes_out_once_after_it() {
    for (code, times) in [(132_069, 1), (134_101, 1), (4, 6), (80_007, 6)] {
        let faults = vec![Fault { mode: FaultMode::ErrorCode { code }, next: Some(times), fraction: 1.0 }];
        let (app, _, lead) = in_conversation(Settings { faults, ..Settings::default() }).await;
        answer(&app, &lead, "Patience").await;
        app.pass(Duration::from_secs(2 * 3600)).await;
        assert_eq!((shown(&app, "Patience").await["status"].clone(), sends(&app)), (json!("read"), 1), "{code}");
    }
}

#[tokio::test]
async fn a_dead_token_keeps_the_send_until_it_is_mended() {
    let (app, _, lead) = in_conversation(next_send(FaultMode::ErrorCode { code: 190 })).await;
    answer(&app, &lead, "Later").await;
    app.settle().await;
    assert_eq!(shown(&app, "Later").await["status"], "held");
    app.pass(Duration::from_secs(900)).await;
    assert_eq!((shown(&app, "Later").await["status"].clone(), sends(&app)), (json!("read"), 1));
}

#[tokio::test]
async fn a_dead_token_is_named_at_the_send_and_in_the_status_until_a_send_goes_out() {
    let (app, _, lead) = in_conversation(next_send(FaultMode::ErrorCode { code: 190 })).await;
    let status = async || app.get("/api/whatsapp/status").await.json;
    assert_eq!(status().await["channels"][0]["refusal"], Value::Null);
    answer(&app, &lead, "Later").await;
    app.settle().await;
    let waits = shown(&app, "Later").await;
    assert_eq!((&waits["status"], &waits["error"]["reason"]), (&json!("held"), &json!("unauthorised")), "{waits}");
    assert_eq!(waits["error"]["code"], 190);
    let refused = status().await;
    assert!(refused["message"].as_str().unwrap().starts_with("WhatsApp rejects a number"), "{refused}");
    let refusal = &refused["channels"][0]["refusal"];
    assert_eq!((&refusal["code"], &refusal["reason"]), (&json!(190), &json!("unauthorised")));
    let since = refusal["since"].clone();
    app.pass(Duration::from_secs(900)).await;
    let sent = shown(&app, "Later").await;
    assert_eq!((&sent["status"], &sent["error"]), (&json!("read"), &Value::Null), "since {since}");
    let taken = status().await;
    assert_eq!(
        (&taken["message"], &taken["channels"][0]["refusal"]),
        (&json!("WhatsApp is configured and ready to use"), &Value::Null)
    );
}

#[tokio::test]
async fn a_failed_status_says_why() {
    let (app, _, lead) = in_conversation(next_send(FaultMode::FailedStatus { code: 131_049 })).await;
    answer(&app, &lead, "Hello?").await;
    app.pass(Duration::from_secs(30)).await;
    let message = shown(&app, "Hello?").await;
    assert_eq!((&message["status"], &message["error"]["code"]), (&json!("failed"), &json!(131_049)));
}

#[tokio::test]
async fn a_failure_without_our_name_settles_the_only_unconfirmed_send_to_that_person() {
    let settings = Settings { echo_callback_data: false, ..Settings::default() };
    let (app, person, lead) = in_conversation(settings).await;
    let faults = vec![Fault { mode: FaultMode::ServerError, next: Some(1), fraction: 1.0 }];
    app.meta().set_settings(Settings { faults, ..app.meta().settings() });
    answer(&app, &lead, "Unsure").await;
    app.settle().await;
    assert_eq!(shown(&app, "Unsure").await["status"], "unconfirmed");
    let failed = json!({
        "id": "wamid.UNKNOWN", "status": "failed", "timestamp": app.now().seconds().to_string(),
        "recipient_id": person.wa_id, "errors": [{"code": 131_026, "title": "Message undeliverable"}],
    });
    app.meta().inject("messages", value(&app, &failed)).unwrap();
    app.pass(Duration::from_secs(5)).await;
    let message = shown(&app, "Unsure").await;
    assert_eq!((&message["status"], &message["error"]["code"]), (&json!("failed"), &json!(131_026)));
}

#[tokio::test]
async fn statuses_without_our_name_find_their_message_by_whatsapps_id() {
    let (app, _, lead) = in_conversation(Settings { echo_callback_data: false, ..Settings::default() }).await;
    answer(&app, &lead, "By id").await;
    app.pass(Duration::from_secs(10)).await;
    assert_eq!(shown(&app, "By id").await["status"], "read");
}

#[tokio::test]
async fn two_answers_go_out_in_the_order_in_which_they_were_given() {
    let (app, _, lead) = in_conversation(next_send(FaultMode::ErrorCode { code: 130_429 })).await;
    answer(&app, &lead, "first").await;
    answer(&app, &lead, "second").await;
    app.pass(Duration::from_secs(120)).await;
    let mut texts: Vec<_> =
        app.meta().sends(None).unwrap().iter().map(|send| send.body["text"]["body"].clone()).collect();
    texts.reverse();
    assert_eq!(texts, [json!("first"), json!("second")], "the first had to wait, and the second waited for it");
}

#[tokio::test]
async fn the_same_key_sends_once_and_another_body_under_it_is_refused() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let body = json!({"leadId": lead["id"], "text": "Once only"});
    let key = [("idempotency-key", "order-9")];
    let jumbled = Wire::new(|call| Turn::Dawdles(u32::try_from(call.number * 5 % 7).unwrap()));
    let gateway = app.workers(&jumbled, app.clock()).gateway();
    let request = || app.request(Method::POST, "/api/messages", &key, Some(body.clone()));
    let replies = futures::future::join_all((0..50).map(|_| testkit::ask(&gateway, request()))).await;
    let first = &replies[0];
    assert!(replies.iter().all(|reply| reply.status == StatusCode::ACCEPTED && reply["id"] == first["id"]));
    app.pass(Duration::from_secs(10)).await;
    let again = app.post_with("/api/messages", &key, body).await;
    assert_eq!((&again["id"], &again["status"]), (&first["id"], &json!("read")));
    let other = app.post_with("/api/messages", &key, json!({"leadId": lead["id"], "text": "Something else"})).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sends(&app), 1);
}

#[tokio::test]
async fn the_bodies_that_older_front_ends_send_are_understood() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let prompt = [("prefer", "wait=0")];
    let bodies = [
        json!({"leadId": lead["id"], "phone": person.wa_id, "message": "one"}),
        json!({"contactId": lead["id"], "message": "two"}),
        json!({"phoneNumber": format!("+{}", person.wa_id), "message": "three"}),
    ];
    for body in bodies {
        let reply = app.post_with("/api/whatsapp/send", &prompt, body).await;
        assert!(reply.status.is_success(), "{}", reply.text);
        assert_eq!(reply["success"], true);
        app.pass(Duration::from_secs(10)).await;
    }
    assert_eq!(sends(&app), 3);
    let stranger = app
        .post_with(
            "/api/whatsapp/send",
            &prompt,
            json!({"leadId": lead["id"], "phone": "+15550000000", "message": "x"}),
        )
        .await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY, "a phone that is not the lead's own");
    assert!(stranger.text.contains("phone"));
}

#[tokio::test]
async fn a_caller_who_waits_gets_whatsapps_id() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let asked = app.post_with("/api/messages", &[("prefer", "wait=5")], json!({"leadId": lead["id"], "text": "Now"}));
    let works = async {
        while sends(&app) == 0 {
            app.settle().await;
            tokio::task::yield_now().await;
        }
        app.settle().await;
    };
    let (reply, ()) = tokio::join!(asked, works);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert_eq!(reply["messageId"], json!(app.meta().sends(None).unwrap()[0].wamid));
}

#[tokio::test]
async fn a_send_that_the_stream_lost_is_found_by_the_sweeper() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    answer(&app, &lead, "Forgotten?").await;
    app.forget_stream("relay").await;
    app.settle().await;
    assert_eq!((shown(&app, "Forgotten?").await["status"].clone(), sends(&app)), (json!("queued"), 0));
    app.pass(Duration::from_secs(240)).await;
    assert_eq!((shown(&app, "Forgotten?").await["status"].clone(), sends(&app)), (json!("read"), 1));
}

#[tokio::test]
async fn a_send_that_the_queue_refuses_holds_up_no_other_and_goes_out_in_the_end() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let refused = answer(&app, &lead, "refused").await["id"].as_str().unwrap().to_owned();
    for text in ["two", "three"] {
        answer(&app, &lead, text).await;
    }
    let refuses = move |call: Call<'_>| call.operation == "SendMessageBatch" && call.body.contains(&refused);
    let wire = Wire::new(move |call| if refuses(call) { Turn::Fails } else { Turn::Goes });
    let worker = app.workers(&wire, app.clock());
    assert_eq!(worker.pump_relay().await.unwrap().passed_over, 1, "as the stream does with what fails ten times");
    app.pass(Duration::from_secs(300)).await;
    for text in ["refused", "two", "three"] {
        assert_eq!(shown(&app, text).await["status"], "read", "{text}");
    }
    assert_eq!(sends(&app), 3);
}

#[tokio::test]
async fn where_meta_cannot_be_reached_a_send_waits_and_goes_out_once() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    answer(&app, &lead, "Are you there?").await;
    app.stack().pump_relay().await.unwrap();
    let wire = Wire::new(|call| if call.operation == GRAPH { Turn::Fails } else { Turn::Goes });
    let cut_off = app.workers(&wire, app.clock());
    for _ in 0..5 {
        assert_eq!(cut_off.poll_outbound().await.unwrap().failed, 1, "it comes again");
        assert_eq!((shown(&app, "Are you there?").await["status"].clone(), sends(&app)), (json!("queued"), 0));
        app.skip(Duration::from_secs(61));
    }
    app.pass(Duration::from_secs(120)).await;
    assert_eq!((shown(&app, "Are you there?").await["status"].clone(), sends(&app)), (json!("read"), 1));
}

/// Both workers hold the same send: the second is at it from beginning to end within one call of the first, at once, or
/// after the first one's lease is over, or with a clock of its own that is ten minutes off.
#[tokio::test]
async fn a_send_handed_out_again_while_the_first_worker_is_still_at_it_is_posted_once() {
    let off = Duration::from_secs(600);
    let seconds = |clock: &ManualClock, seconds: i64| Timestamp::from_millis(clock.now().millis() + seconds * 1000);
    for (late, skew) in [(Duration::ZERO, 0), (LEASE * 3, 0), (Duration::ZERO, 600), (Duration::ZERO, -600)] {
        for moment in 0..100 {
            let (app, _, lead) = in_conversation(Settings::default()).await;
            app.skip(off);
            answer(&app, &lead, "Once").await;
            app.stack().pump_relay().await.unwrap();
            let wire = Wire::waiting_at(moment);
            let slow = app.workers(&wire, app.clock()).functions().outbound.clone();
            let clock = Arc::new(ManualClock::new(seconds(&app.clock(), skew)));
            let calm = Wire::new(|_| Turn::Goes);
            let other = app.workers(&calm, clock.clone()).functions().outbound.clone();
            let finished = AtomicBool::new(false);
            let both = async |event: SqsEvent| {
                let mut first = Box::pin(outbound::handle(&slow, event.clone()));
                let early = wire.until_stuck(first.as_mut()).await;
                finished.store(early.is_some(), Ordering::SeqCst);
                app.skip(late);
                clock.set(seconds(&app.clock(), skew));
                let second = outbound::handle(&other, event).await;
                wire.open();
                if early.is_none() {
                    first.await;
                }
                Ok::<_, Infallible>(second)
            };
            app.emulator().queue_source(OUTBOUND).poll_once(&both).await.unwrap();
            app.pass(Duration::from_secs(180)).await;
            let case = format!("within call {moment}, {late:?} later, {skew} s off");
            assert_eq!((shown(&app, "Once").await["status"].clone(), sends(&app)), (json!("read"), 1), "{case}");
            if finished.into_inner() {
                assert!(moment > 3);
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_worker_that_died_over_a_send_leaves_it_unconfirmed_and_nobody_posts_it() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let accepted = answer(&app, &lead, "Anybody there?").await;
    let store = app.stack().store();
    let tenant = app.account().tenant;
    let conversation: ConversationId = accepted["conversationId"].as_str().unwrap().parse().unwrap();
    let id: MessageId = accepted["id"].as_str().unwrap().parse().unwrap();
    let send = store.tenant(tenant).outbound_message(conversation.history, id).await.unwrap().unwrap();
    assert!(store.tenant(tenant).claim(&send, "dead", app.now().plus(LEASE), None).await.unwrap());
    assert_eq!(shown(&app, "Anybody there?").await["status"], "claimed");
    app.pass(Duration::from_secs(900)).await;
    assert_eq!(shown(&app, "Anybody there?").await["status"], "unconfirmed");
    assert_eq!(sends(&app), 0);
}

#[tokio::test]
async fn a_customers_reaction_to_our_answer_stands_beside_it() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    answer(&app, &lead, "Deal").await;
    app.pass(Duration::from_secs(10)).await;
    let wamid = app.meta().sends(None).unwrap()[0].wamid.clone();
    let reaction = CustomerMessage {
        message_id: Some(wamid),
        emoji: Some("👍".into()),
        ..CustomerMessage::new(person.id.to_string(), Kind::Reaction)
    };
    app.does(reaction).await;
    assert_eq!(shown(&app, "Deal").await["reaction"], "👍");
    assert_eq!(app.only_lead().await["stage"], "Incoming", "a reaction moves no stage");
}

fn value(app: &TestApp, status: &Value) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": app.account().phone_number_id},
        "statuses": [status],
    })
}
