//! Accepting messages: once for each key, in every dialect, and nothing where something is wrong.

use crate::described;
use crate::support::{Answer, Api};
use axum::http::{Method, StatusCode};
use domain::crm::leads::Lead;
use domain::inbox::outbound_messages::{LEASE, Outcome};
use domain::{ChannelId, ConversationId, LeadId, Wamid};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

const KEY: &str = "5f0c8c9e-1d5a-4a86-9d0a-2f6f6a1b7c11";

async fn with_customer() -> (Api, Lead) {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    (api, lead)
}

async fn keyed(api: &Api, key: &str, body: &Value) -> Answer {
    let token = format!("Bearer {}", api.fresh());
    let headers = [("idempotency-key", key), ("authorization", &token)];
    api.call(Method::POST, "/api/messages", &headers, &body.to_string()).await
}

#[tokio::test]
async fn a_message_is_accepted_and_queued() {
    let (api, lead) = with_customer().await;
    let answer = api.post("/api/messages", json!({ "leadId": lead.id, "text": "hi" })).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let id = answer.body["id"].as_str().unwrap();
    let expected = json!({
        "success": true, "messageId": id, "id": id, "wamid": null, "status": "queued", "recipient": "+919876543210",
        "phone": "+919876543210", "message": "Message accepted", "text": "hi", "leadId": lead.id, "conversationId": lead.conversations[0],
    });
    assert_eq!(answer.body, expected);
    let shown = api.get("/api/conversations").await;
    assert_eq!(shown.body["items"][0]["lastMessage"]["direction"], "outbound");
}

#[tokio::test]
async fn every_dialect_sends() {
    let (api, lead) = with_customer().await;
    let no_wait = [("prefer", "wait=0")];
    for (path, body) in [
        ("/api/messages", json!({ "conversationId": lead.conversations[0], "text": "hi" })),
        ("/api/messages", json!({ "leadId": lead.id, "channelId": api.channel, "text": "hi" })),
        ("/api/whatsapp/send", json!({ "leadId": lead.id, "phone": "+91 98765-43210", "message": "hi" })),
        ("/api/whatsapp/send", json!({ "contactId": lead.id, "message": "hi" })),
        ("/api/whatsapp/send", json!({ "phoneNumber": "+919876543210", "message": "hi" })),
        ("/api/whatsapp/messages/send", json!({ "conversationId": lead.conversations[0], "message": "hi" })),
    ] {
        api.pass(1);
        let answer = api.call(Method::POST, path, &no_wait, &body.to_string()).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{path} {body} {}", answer.body);
        assert_eq!(answer.body["leadId"], json!(lead.id));
    }
}

#[tokio::test]
async fn a_phone_that_was_pasted_with_what_nobody_sees_finds_its_lead() {
    let (api, lead) = with_customer().await;
    for wrong in ["098765 43210", "123", "call me", "+91 98765 4321O"] {
        assert!(!described::takes("Phone", &json!(wrong)), "{wrong}");
    }
    for phone in [
        "\u{202a}+91 98765 43210\u{202c}",
        "\u{2066}+91 98765 43210\u{2069}",
        "\u{200e}+919876543210",
        "\u{feff}919876543210",
        "+91\u{2011}98765\u{2011}43210",
        "+91\u{202f}98765\u{202f}43210",
        "+91 98765\u{2013}43210",
        "+91 98765\u{2212}43210",
        "(+91) 98765.43210",
        "+91 (98765) / 43210",
        "00 91 98765 43210",
        "+91 (0) 98765 43210",
    ] {
        api.pass(1);
        let answer = api.post("/api/messages", json!({ "phoneNumber": phone, "message": "hi" })).await;
        assert_eq!((answer.status, &answer.body["leadId"]), (StatusCode::ACCEPTED, &json!(lead.id)), "{phone:?}");
        assert!(described::takes("Phone", &json!(phone)), "{phone:?} is not as described");
    }
}

#[tokio::test]
async fn a_send_to_a_phone_that_never_wrote_says_why_and_what_to_do() {
    let api = Api::new().await;
    let (_, unconnected) = api.stranger().await;
    let before = api.items().await;
    for (token, phone, kind, next) in [
        (api.token.as_str(), "+12025550147", "window-closed", "ask the customer to write first"),
        (&api.token, "919876543210", "window-closed", "only approved templates"),
        (&unconnected, "+12025550147", "no-connected-number", "Connect a number first"),
        (&unconnected, "919876543210", "no-connected-number", "Connect a number first"),
        (&api.token, "9876543210", "no-country-code", "such as +91"),
        (&api.token, "098765 43210", "no-country-code", "such as +91"),
        (&api.token, "(11) 98888-7777", "no-country-code", "such as +91"),
        (&unconnected, "0 98765-43210", "no-country-code", "such as +91"),
    ] {
        for field in ["phone", "phoneNumber"] {
            let body = json!({ field: phone, "message": "hi" });
            let answer = api.call_as(token, Method::POST, "/api/messages", body).await;
            let problem = format!("/problems/{kind}");
            let told = (answer.status, answer.body["type"].as_str());
            assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, Some(problem.as_str())), "{phone} {}", answer.body);
            assert!(answer.body["detail"].as_str().unwrap().contains(next), "{phone} {}", answer.body);
            let named = answer.body.get("field").and_then(Value::as_str);
            assert_eq!(named, (kind != "no-connected-number").then_some(field), "{phone} {}", answer.body);
        }
    }
    assert_eq!(api.items().await, before);
}

#[tokio::test]
async fn everything_is_named_where_a_phone_without_country_code_is_not_all_that_is_wrong() {
    let (api, _) = with_customer().await;
    let answer = api.post("/api/messages", json!({ "phone": "098765 43210", "message": " " })).await;
    let fields: Vec<_> = answer.body["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["phone", "message"]);
    assert_eq!(answer.body["type"], "/problems/invalid-input");
}

#[tokio::test]
async fn sends_of_a_conversation_know_which_came_before() {
    let (api, lead) = with_customer().await;
    let mut before = None;
    for text in ["one", "two", "three"] {
        api.pass(1);
        let answer = api.post("/api/messages", json!({ "leadId": lead.id, "text": text })).await;
        let id = answer.body["id"].as_str().unwrap().parse().unwrap();
        let send =
            api.store.tenant(api.tenant).outbound_message(lead.conversations[0].history, id).await.unwrap().unwrap();
        assert_eq!(send.after, before, "{text}");
        before = Some(id);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_key_sends_once_however_often_it_comes_at_once() {
    let (api, lead) = with_customer().await;
    let api = Arc::new(api);
    let body = json!({ "leadId": lead.id, "text": "hi" });
    let before = api.items().await;
    let calls = (0..20).map(|_| {
        let api = Arc::clone(&api);
        let body = body.clone();
        tokio::spawn(async move { keyed(&api, KEY, &body).await })
    });
    let answers = futures::future::try_join_all(calls).await.unwrap();
    assert!(answers.iter().all(|answer| answer.status == StatusCode::ACCEPTED));
    let ids: BTreeSet<_> = answers.iter().map(|answer| answer.body["id"].to_string()).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(api.items().await, before + 2, "the record and the message");
}

#[tokio::test]
async fn the_same_key_answers_with_the_sends_present_state_although_the_window_has_shut() {
    let (api, lead) = with_customer().await;
    let body = json!({ "leadId": lead.id, "text": "hi" });
    let id = keyed(&api, KEY, &body).await.body["id"].as_str().unwrap().parse().unwrap();
    let send = api.store.tenant(api.tenant).outbound_message(lead.conversations[0].history, id).await.unwrap().unwrap();
    assert!(api.store.tenant(api.tenant).claim(&send, "run", api.now().plus(LEASE), None).await.unwrap());
    let accepted = Outcome::Accepted(Wamid::parse("wamid.OUT").unwrap());
    api.store.tenant(api.tenant).settle(&send, "run", &accepted, api.now()).await.unwrap();
    api.pass(3 * 24 * 3600);
    let items = api.items().await;
    let again = keyed(&api, KEY, &body).await;
    assert_eq!((again.status, &again.body["messageId"]), (StatusCode::OK, &json!("wamid.OUT")));
    assert_eq!((&again.body["status"], &again.body["id"]), (&json!("accepted"), &json!(id)));
    assert_eq!(keyed(&api, "another", &body).await.body["type"], "/problems/window-closed");
    assert_eq!(api.items().await, items);
}

#[tokio::test]
async fn the_same_key_with_another_request_is_refused() {
    let (api, lead) = with_customer().await;
    keyed(&api, KEY, &json!({ "leadId": lead.id, "text": "hi" })).await;
    let before = api.items().await;
    let answer = keyed(&api, KEY, &json!({ "leadId": lead.id, "text": "ho" })).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.body["type"], "/problems/idempotency-key-reused");
    assert_eq!(api.items().await, before);
    let dialect = keyed(&api, KEY, &json!({ "contactId": lead.id, "message": "hi" })).await;
    assert_eq!((dialect.status, api.items().await), (StatusCode::ACCEPTED, before), "the same in other words");
}

#[tokio::test]
async fn a_request_that_stopped_after_its_record_goes_on_with_the_same_id() {
    let (api, lead) = with_customer().await;
    let body = json!({ "leadId": lead.id, "text": "hi" });
    let id = keyed(&api, KEY, &body).await.body["id"].clone();
    let conversation = lead.conversations[0];
    // What a crash between the record and the message leaves behind.
    let parsed = id.as_str().unwrap().parse().unwrap();
    api.store.tenant(api.tenant).remove_received(conversation.history, parsed).await.unwrap();
    api.pass(1);
    let other = api.post("/api/messages", json!({ "leadId": lead.id, "text": "in between" })).await.body["id"].clone();
    let again = keyed(&api, KEY, &body).await;
    assert_eq!((again.status, &again.body["id"]), (StatusCode::ACCEPTED, &id));
    let send = api.store.tenant(api.tenant).outbound_message(conversation.history, parsed).await.unwrap().unwrap();
    assert_eq!(send.after, None, "the one in between waits for this one, not the reverse: {other}");
}

#[tokio::test]
async fn a_key_that_is_no_key_is_refused() {
    let (api, lead) = with_customer().await;
    let body = json!({ "leadId": lead.id, "text": "hi" });
    let before = api.items().await;
    for key in ["", "two words", &"x".repeat(256)] {
        let answer = keyed(&api, key, &body).await;
        assert_eq!(
            (answer.status, &answer.body["field"]),
            (StatusCode::BAD_REQUEST, &json!("Idempotency-Key")),
            "{key}"
        );
    }
    assert_eq!(api.items().await, before);
    assert_eq!(keyed(&api, &"x".repeat(255), &body).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_closed_window_is_told_with_its_time_and_writes_nothing() {
    let (api, lead) = with_customer().await;
    let until = api.now().plus(std::time::Duration::from_secs(24 * 3600));
    api.pass(24 * 3600 - 30);
    let before = api.items().await;
    let answer = keyed(&api, KEY, &json!({ "leadId": lead.id, "text": "hi" })).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        (&answer.body["type"], &answer.body["windowUntil"]),
        (&json!("/problems/window-closed"), &json!(until.to_string()))
    );
    let detail = answer.body["detail"].as_str().unwrap();
    assert!(
        detail.contains("only approved templates") && detail.contains("as soon as the customer writes"),
        "{detail}"
    );
    assert_eq!(api.items().await, before);
    api.writes(lead.conversations[0], "still there?").await;
    assert_eq!(keyed(&api, KEY, &json!({ "leadId": lead.id, "text": "hi" })).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn it_goes_where_the_customer_wrote_last_unless_a_channel_is_named() {
    let (api, lead) = with_customer().await;
    let second = ConversationId { channel: ChannelId::from_parts(api.now(), 2), ..lead.conversations[0] };
    api.connect(second.channel, "106540352242923").await;
    api.store.tenant(api.tenant).open_conversation(second, lead.id).await.unwrap();
    let shut = api.post("/api/messages", json!({ "leadId": lead.id, "channelId": second.channel, "text": "hi" })).await;
    assert_eq!(shut.body["type"], "/problems/window-closed", "nobody has written there");
    api.pass(5);
    api.writes(second, "here now").await;
    let last = api.post("/api/messages", json!({ "leadId": lead.id, "text": "hi" })).await;
    assert_eq!(last.body["conversationId"], json!(second));
    let named = api.post("/api/messages", json!({ "leadId": lead.id, "channelId": api.channel, "text": "hi" })).await;
    assert_eq!(named.body["conversationId"], json!(lead.conversations[0]));
}

#[tokio::test]
async fn a_reply_names_the_message_by_our_id_or_by_whatsapps() {
    let (api, lead) = with_customer().await;
    let shown = api.get(&format!("/api/leads/{}", lead.id)).await.body;
    let id = &shown["messages"][0]["id"];
    let wamid = &shown["messages"][0]["wamid"];
    for reply_to in [id, wamid] {
        api.pass(1);
        let body = json!({ "leadId": lead.id, "text": "hi", "replyTo": reply_to });
        let sent = api.post("/api/messages", body).await.body["id"].as_str().unwrap().parse().unwrap();
        let send =
            api.store.tenant(api.tenant).outbound_message(lead.conversations[0].history, sent).await.unwrap().unwrap();
        assert_eq!(json!(send.reply_to), *wamid);
    }
}

#[tokio::test]
async fn a_reply_may_name_a_message_of_ours_by_whatsapps_id_in_its_own_conversation_alone() {
    let (api, lead) = with_customer().await;
    let other = api.customer("919876543211", "hello").await;
    let id = keyed(&api, KEY, &json!({ "leadId": lead.id, "text": "hi" })).await.body["id"].as_str().unwrap().parse();
    let send = api
        .store
        .tenant(api.tenant)
        .outbound_message(lead.conversations[0].history, id.unwrap())
        .await
        .unwrap()
        .unwrap();
    assert!(api.store.tenant(api.tenant).claim(&send, "run", api.now().plus(LEASE), None).await.unwrap());
    let accepted = Outcome::Accepted(Wamid::parse("wamid.OUT").unwrap());
    api.store.tenant(api.tenant).settle(&send, "run", &accepted, api.now()).await.unwrap();
    let reply = |lead: &Lead| json!({ "leadId": lead.id, "text": "as I said", "replyTo": "wamid.OUT" });
    assert_eq!(api.post("/api/messages", reply(&lead)).await.status, StatusCode::ACCEPTED);
    let refused = api.post("/api/messages", reply(&other)).await;
    assert_eq!((refused.status.as_u16(), &refused.body["field"]), (422, &json!("replyTo")));
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_written() {
    let (api, lead) = with_customer().await;
    let id = lead.id;
    let conversation = lead.conversations[0];
    let nobody = LeadId::from_parts(api.now(), 77);
    let elsewhere = ConversationId { channel: ChannelId::from_parts(api.now(), 9), ..conversation };
    let queued = api.post("/api/messages", json!({ "leadId": id, "text": "hi" })).await.body["id"].clone();
    let other = api.customer("919876543211", "hello").await;
    let theirs = api.get(&format!("/api/leads/{}", other.id)).await.body["messages"][0]["wamid"].clone();
    let before = api.items().await;
    for (body, status, field) in [
        (json!({}), 422, "leadId"),
        (json!({ "leadId": id }), 422, "text"),
        (json!({ "leadId": id, "text": "" }), 422, "text"),
        (json!({ "leadId": id, "message": " \n\t " }), 422, "message"),
        (json!({ "leadId": id, "text": "x".repeat(40_001) }), 422, "text"),
        (json!({ "leadId": id, "text": 7 }), 422, "text"),
        (json!({ "leadId": id, "text": "hi", "message": "hi" }), 422, "message"),
        (json!({ "leadId": id, "contactId": id, "text": "hi" }), 422, "contactId"),
        (json!({ "leadId": id, "conversationId": conversation, "text": "hi" }), 422, "conversationId"),
        (json!({ "leadId": "7", "text": "hi" }), 422, "leadId"),
        (json!({ "leadId": nobody, "text": "hi" }), 404, "leadId"),
        (json!({ "contactId": nobody, "message": "hi" }), 404, "contactId"),
        (json!({ "conversationId": elsewhere, "text": "hi" }), 404, "conversationId"),
        (json!({ "leadId": id, "channelId": elsewhere.channel, "text": "hi" }), 404, "channelId"),
        (json!({ "conversationId": conversation, "channelId": elsewhere.channel, "text": "hi" }), 422, "channelId"),
        (json!({ "leadId": id, "phone": "+919876543211", "message": "hi" }), 422, "phone"),
        (json!({ "leadId": id, "phone": "call me", "message": "hi" }), 422, "phone"),
        (json!({ "phoneNumber": "123", "message": "hi" }), 422, "phoneNumber"),
        (json!({ "phoneNumber": "+12025550147", "message": "hi" }), 422, "phoneNumber"),
        (json!({ "phoneNumber": 919876543210_u64, "message": "hi" }), 422, "phoneNumber"),
        (json!({ "phoneNumber": "+12025550147", "channelId": elsewhere.channel, "message": "hi" }), 404, "channelId"),
        (json!({ "leadId": id, "text": "hi", "replyTo": "msg_7" }), 422, "replyTo"),
        (json!({ "leadId": id, "text": "hi", "replyTo": "" }), 422, "replyTo"),
        (json!({ "leadId": id, "text": "hi", "replyTo": queued }), 422, "replyTo"),
        (json!({ "leadId": id, "text": "hi", "replyTo": nobody.to_string().replace("led", "msg") }), 422, "replyTo"),
        (json!({ "leadId": id, "text": "hi", "replyTo": "wamid.HBgLMTY0NjcwNDM1OTUVAgASGBQzQT" }), 422, "replyTo"),
        (json!({ "leadId": id, "text": "hi", "replyTo": theirs }), 422, "replyTo"),
        (json!({ "leadId": id, "text": "hi", "previewUrl": "yes" }), 422, "previewUrl"),
        (json!({ "leadId": id, "text": "hi", "colour": "red" }), 422, "colour"),
    ] {
        let answer = keyed(&api, KEY, &body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.body);
        assert_eq!(answer.body["field"], field, "{body}: {}", answer.body);
    }
    assert_eq!(api.items().await, before);
}

#[tokio::test]
async fn waiting_ends_when_whatsapp_has_answered() {
    let (api, lead) = with_customer().await;
    let headers = [("prefer", "wait=5")];
    let body = json!({ "leadId": lead.id, "text": "hi" }).to_string();
    let refuses = async {
        let send = loop {
            let shown = api.get(&format!("/api/leads/{}", lead.id)).await.body;
            if let Some(id) = shown["messages"][0]["id"].as_str().filter(|_| shown["messages"][0]["status"] == "queued")
            {
                let found = api
                    .store
                    .tenant(api.tenant)
                    .outbound_message(lead.conversations[0].history, id.parse().unwrap())
                    .await;
                break found.unwrap().unwrap();
            }
            tokio::task::yield_now().await;
        };
        api.store
            .tenant(api.tenant)
            .give_up(
                &send,
                &domain::channels::failures::Failure::ours(domain::channels::failures::Reason::NotReachable),
            )
            .await
    };
    let (answer, refused) = tokio::join!(api.call(Method::POST, "/api/messages", &headers, &body), refuses);
    refused.unwrap();
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers.get("preference-applied").unwrap(), "wait");
    assert_eq!((&answer.body["success"], &answer.body["status"]), (&json!(false), &json!("failed")));
    assert_eq!(answer.body["error"]["reason"], "not_reachable");
}
