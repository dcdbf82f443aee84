//! Every kind of message that a business can send: what goes out, what the customer answers, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use http::{Method, StatusCode};
use meta_simulator::{CallEnd, CustomerCall, Fault, FaultMode, Payment, Weather};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{CustomerMessage, Kind, Person, Settings, TestApp};

/// Time between two messages: longer than a second, so that each is newer than the one before it, and than what WhatsApp
/// asks between two messages to one person.
const BETWEEN: Duration = Duration::from_secs(10);

/// An app in which one customer has written, and the lead.
async fn in_conversation(settings: Settings) -> (TestApp, Person, Value) {
    let app = TestApp::with(settings).await;
    let person = app.person("Asha Rao");
    app.says(&person, "Hello").await;
    let lead = app.only_lead().await;
    app.skip(BETWEEN);
    (app, person, lead)
}

/// Sends what `content` says to the lead, and works it off: the answer.
async fn send(app: &TestApp, lead: &Value, content: &Value) -> Value {
    let mut body = content.clone();
    body["leadId"] = lead["id"].clone();
    let reply = app.post("/api/messages", body).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{content} {}", reply.text);
    app.settle().await;
    reply.json
}

/// What was posted to WhatsApp last.
fn posted(app: &TestApp) -> Value {
    app.meta().sends(None).unwrap()[0].body.clone()
}

/// The message with this id, as the lead's page shows it.
async fn shown(app: &TestApp, id: &Value) -> Value {
    let lead = app.only_lead().await;
    let messages = lead["messages"].as_array().cloned().unwrap_or_default();
    messages.into_iter().find(|message| message["id"] == *id).unwrap_or(Value::Null)
}

/// The newest message of the lead.
async fn newest(app: &TestApp) -> Value {
    app.only_lead().await["messages"][0].clone()
}

/// A kind: what is asked for, what goes out under WhatsApp's word for it, and the line that stands for it.
struct Case {
    asked: Value,
    word: &'static str,
    out: Value,
    line: &'static str,
}

fn case(asked: Value, word: &'static str, out: Value, line: &'static str) -> Case {
    Case { asked, word, out, line }
}

fn plain() -> Vec<Case> {
    let link = "https://example.com/a";
    let file = |kind: &str| json!({ "type": kind, kind: { "link": link } });
    let card = json!({
        "name": "Ana Souza", "nameParts": { "first": "Ana", "last": "Souza" },
        "phones": [{ "phone": "+55 11 98888-7777", "waId": "5511988887777", "type": "CELL" }],
        "emails": [{ "email": "ana@example.com" }], "urls": [{ "url": "https://example.com" }],
        "addresses": [{ "street": "Rua A, 1", "countryCode": "BR" }],
        "org": { "company": "Souza" }, "birthday": "1988-04-12", "origin": "other",
    });
    let sent_card = json!({
        "name": { "formatted_name": "Ana Souza", "first_name": "Ana", "last_name": "Souza" },
        "phones": [{ "phone": "+55 11 98888-7777", "wa_id": "5511988887777", "type": "CELL" }],
        "emails": [{ "email": "ana@example.com" }], "urls": [{ "url": "https://example.com" }],
        "addresses": [{ "street": "Rua A, 1", "country_code": "BR" }],
        "org": { "company": "Souza" }, "birthday": "1988-04-12",
    });
    let short = json!({ "name": { "formatted_name": "Bo", "first_name": "Bo" } });
    let place = json!({ "latitude": 40.4, "longitude": -3.7, "name": "Sol", "address": "Madrid" });
    let sent_place = json!({ "latitude": "40.4", "longitude": "-3.7", "name": "Sol", "address": "Madrid" });
    vec![
        case(
            json!({ "type": "text", "text": "See https://example.com", "previewUrl": true }),
            "text",
            json!({ "body": "See https://example.com", "preview_url": true }),
            "See https://example.com",
        ),
        case(
            json!({ "type": "image", "image": { "link": link, "caption": "Look" } }),
            "image",
            json!({ "link": link, "caption": "Look" }),
            "[Image] Look",
        ),
        case(file("video"), "video", json!({ "link": link }), "[Video]"),
        case(file("audio"), "audio", json!({ "link": link }), "[Audio]"),
        case(file("voice"), "audio", json!({ "link": link, "voice": true }), "[Voice message]"),
        case(
            json!({ "type": "document", "document": { "link": link, "filename": "offer.pdf" } }),
            "document",
            json!({ "link": link, "filename": "offer.pdf" }),
            "[Document] offer.pdf",
        ),
        case(file("sticker"), "sticker", json!({ "link": link }), "[Sticker]"),
        case(json!({ "type": "location", "location": place }), "location", sent_place, "[Location] Sol"),
        case(
            json!({ "type": "contacts", "contacts": [card, { "name": "Bo" }] }),
            "contacts",
            json!([sent_card, short]),
            "[Contact] Ana Souza",
        ),
    ]
}

fn interactive() -> Vec<Case> {
    let header = json!({ "type": "text", "text": "Shop" });
    let body = |text: &str| json!({ "text": text });
    let rows = json!([{ "id": "r", "title": "Tue 10:00", "description": "45 min" }]);
    let list = json!({ "body": "When?", "button": "Open", "sections": [{ "title": "May", "rows": rows }] });
    let shelf = json!([{ "title": "Tea", "productIds": ["sku-1", "sku-2"] }]);
    let sent_shelf = json!([{ "title": "Tea", "product_items": [{ "product_retailer_id": "sku-1" }, { "product_retailer_id": "sku-2" }] }]);
    vec![
        case(
            json!({ "type": "buttons", "buttons": {
                "body": "Tea?", "header": "Shop", "footer": "Open till 6", "buttons": [{ "id": "y", "title": "Yes" }],
            } }),
            "interactive",
            json!({
                "type": "button", "header": header, "body": body("Tea?"), "footer": body("Open till 6"),
                "action": { "buttons": [{ "type": "reply", "reply": { "id": "y", "title": "Yes" } }] },
            }),
            "Tea?",
        ),
        case(
            json!({ "type": "list", "list": list }),
            "interactive",
            json!({
                "type": "list", "body": body("When?"),
                "action": { "button": "Open", "sections": [{ "title": "May", "rows": rows }] },
            }),
            "When?",
        ),
        case(
            json!({ "type": "cta_url", "ctaUrl": { "body": "Look", "title": "Go", "url": "https://example.com/a" } }),
            "interactive",
            json!({
                "type": "cta_url", "body": body("Look"),
                "action": { "name": "cta_url", "parameters": { "display_text": "Go", "url": "https://example.com/a" } },
            }),
            "Look",
        ),
        case(
            json!({ "type": "location_request", "locationRequest": { "body": "Where are you?" } }),
            "interactive",
            json!({
                "type": "location_request_message", "body": body("Where are you?"), "action": { "name": "send_location" },
            }),
            "Where are you?",
        ),
        case(
            json!({ "type": "product", "product": { "body": "Ours", "catalogId": "5", "productId": "sku-1" } }),
            "interactive",
            json!({
                "type": "product", "body": body("Ours"), "action": { "catalog_id": "5", "product_retailer_id": "sku-1" },
            }),
            "[Product] Ours",
        ),
        case(
            json!({ "type": "product_list", "productList": {
                "header": "Shop", "body": "Ours", "catalogId": "5", "sections": shelf,
            } }),
            "interactive",
            json!({
                "type": "product_list", "header": header, "body": body("Ours"),
                "action": { "catalog_id": "5", "sections": sent_shelf },
            }),
            "Ours",
        ),
    ]
}

#[tokio::test]
async fn every_kind_goes_out_as_whatsapp_takes_it_and_is_shown() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    for Case { asked, word, out, line } in plain().into_iter().chain(interactive()) {
        let id = send(&app, &lead, &asked).await["id"].clone();
        let body = posted(&app);
        assert_eq!((&body["type"], &body[word]), (&json!(word), &out), "{asked}");
        assert_eq!(body["to"], json!(format!("+{}", person.wa_id)));
        let message = shown(&app, &id).await;
        assert_eq!((&message["status"], &message["text"]), (&json!("accepted"), &json!(line)), "{asked}");
        let kind = asked["type"].as_str().unwrap().replace("voice", "audio");
        assert_eq!((&message["type"], &message["content"]["type"]), (&json!(kind), &json!(kind)), "{message}");
        let last = app.only_lead().await["lastMessage"].clone();
        assert_eq!((&last["text"], &last["type"]), (&json!(line), &json!(kind)));
        assert_eq!(app.meta().conversation(&person.id.to_string()).unwrap().turns.last().unwrap().kind, word);
        app.skip(BETWEEN);
    }
}

#[tokio::test]
async fn what_was_sent_is_shown_with_the_fields_of_the_request() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    for Case { asked, .. } in interactive() {
        let kind = asked["type"].as_str().unwrap().to_owned();
        let field = asked.as_object().unwrap().keys().find(|key| *key != "type").unwrap();
        let mut expected = asked[field].clone();
        expected["type"] = json!(kind);
        let id = send(&app, &lead, &asked).await["id"].clone();
        assert_eq!(shown(&app, &id).await["content"], expected);
        app.skip(BETWEEN);
    }
    let voice = json!({ "type": "voice", "voice": { "link": "https://example.com/a.ogg" } });
    let id = send(&app, &lead, &voice).await["id"].clone();
    let expected = json!({ "type": "audio", "voice": true, "link": "https://example.com/a.ogg" });
    assert_eq!(shown(&app, &id).await["content"], expected);
}

#[tokio::test]
async fn a_form_goes_out_under_our_id_and_its_answers_come_back() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let flow = json!({ "body": "Book", "flowId": "77", "title": "Book now", "screen": "DAY", "data": { "day": 3 } });
    let id = send(&app, &lead, &json!({ "type": "flow", "flow": flow })).await["id"].clone();
    let expected = json!({
        "type": "flow", "body": { "text": "Book" },
        "action": { "name": "flow", "parameters": {
            "flow_message_version": "3", "flow_id": "77", "flow_cta": "Book now", "flow_token": id,
            "flow_action": "navigate", "flow_action_payload": { "screen": "DAY", "data": { "day": 3 } },
        } },
    });
    assert_eq!(posted(&app)["interactive"], expected);
    let wamid = shown(&app, &id).await["wamid"].as_str().unwrap().to_owned();
    let response = json!({ "flow_token": id, "day": "Tuesday" }).to_string();
    app.skip(BETWEEN);
    let mut answer = CustomerMessage::new(person.id.to_string(), Kind::NfmReply);
    answer.message_id = Some(wamid.clone());
    answer.content.insert("response_json".to_owned(), json!(response));
    app.does(answer).await;
    let answered = newest(&app).await;
    assert_eq!((&answered["type"], &answered["replyTo"]), (&json!("flow_reply"), &json!(wamid)));
    assert_eq!(answered["content"]["response"], json!(response));
    let first = json!({ "type": "flow", "flow": { "body": "Book", "flowId": "77", "title": "Book now" } });
    send(&app, &lead, &first).await;
    assert_eq!(posted(&app)["interactive"]["action"]["parameters"].get("flow_action_payload"), None);
}

#[tokio::test]
async fn a_tapped_button_and_a_picked_row_name_the_message_they_answer() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    for (Case { asked, .. }, kind, id, read) in [
        (interactive().swap_remove(0), Kind::ButtonReply, "y", "button_reply"),
        (interactive().swap_remove(1), Kind::ListReply, "r", "list_reply"),
    ] {
        let sent = send(&app, &lead, &asked).await["id"].clone();
        let wamid = shown(&app, &sent).await["wamid"].clone();
        app.skip(BETWEEN);
        let mut tap = CustomerMessage::new(person.id.to_string(), kind);
        tap.message_id = wamid.as_str().map(str::to_owned);
        tap.content.insert("id".to_owned(), json!(id));
        app.does(tap).await;
        let answer = newest(&app).await;
        assert_eq!((&answer["type"], &answer["replyTo"]), (&json!(read), &wamid));
        assert_eq!(answer["content"]["id"], json!(id));
        app.skip(BETWEEN);
    }
}

#[tokio::test]
async fn any_kind_can_answer_a_message() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let asked = lead["messages"][0].clone();
    for Case { asked: content, .. } in plain().into_iter().chain(interactive()) {
        let mut reply = content;
        reply["replyTo"] = asked["id"].clone();
        let id = send(&app, &lead, &reply).await["id"].clone();
        assert_eq!(posted(&app)["context"], json!({ "message_id": asked["wamid"] }));
        assert_eq!(shown(&app, &id).await["replyTo"], asked["wamid"]);
        app.skip(BETWEEN);
    }
}

#[tokio::test]
async fn a_reaction_stands_at_its_message_and_can_be_taken_back() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let target = lead["messages"][0].clone();
    let react = |emoji: Value| json!({ "type": "reaction", "reaction": { "messageId": target["id"], "emoji": emoji } });
    for (emoji, sent) in [(json!("👍"), "👍"), (json!("❤️"), "❤️"), (Value::Null, "")] {
        let accepted = send(&app, &lead, &react(emoji.clone())).await;
        assert_eq!(posted(&app)["reaction"], json!({ "message_id": target["wamid"], "emoji": sent }));
        let message = shown(&app, &target["id"]).await;
        assert_eq!(message.get("ownReaction").cloned().unwrap_or_default(), emoji);
        let after = app.only_lead().await;
        assert_eq!(after["messages"].as_array().unwrap().len(), 1, "no line of its own");
        assert_eq!(after["timeline"].as_array().unwrap().len(), lead["timeline"].as_array().unwrap().len());
        assert_eq!(after["lastMessage"], lead["lastMessage"]);
        let conversation = accepted["conversationId"].as_str().unwrap();
        let thread = app.get(&format!("/api/conversations/{conversation}/messages")).await;
        assert_eq!(thread.items().len(), 1);
        let turns = app.meta().conversation(&person.id.to_string()).unwrap().turns;
        let seen: Vec<_> = turns[0].reactions.iter().map(|one| one.emoji.as_str()).collect();
        assert_eq!(seen.concat(), sent, "the customer sees it at the bubble");
        app.skip(BETWEEN);
    }
}

#[tokio::test]
async fn both_sides_react_to_one_message_and_a_status_changes_nothing_of_it() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let id = send(&app, &lead, &json!({ "text": "Good morning" })).await["id"].clone();
    let wamid = shown(&app, &id).await["wamid"].as_str().unwrap().to_owned();
    let mut theirs = CustomerMessage::new(person.id.to_string(), Kind::Reaction);
    theirs.message_id = Some(wamid);
    theirs.emoji = Some("🎉".to_owned());
    app.does(theirs).await;
    send(&app, &lead, &json!({ "type": "reaction", "reaction": { "messageId": id, "emoji": "👍" } })).await;
    app.pass(Duration::from_secs(60)).await;
    let message = shown(&app, &id).await;
    assert_eq!((&message["reaction"], &message["ownReaction"]), (&json!("🎉"), &json!("👍")));
    assert_eq!((&message["status"], &message["text"]), (&json!("read"), &json!("Good morning")));
}

#[tokio::test]
async fn a_reaction_that_fails_is_not_shown() {
    for mode in [FaultMode::ErrorCode { code: 131_009 }, FaultMode::FailedStatus { code: 131_009 }] {
        let (app, _, lead) = in_conversation(Settings::default()).await;
        let target = lead["messages"][0]["id"].clone();
        let react = |emoji: &str| json!({ "type": "reaction", "reaction": { "messageId": target, "emoji": emoji } });
        send(&app, &lead, &react("👍")).await;
        app.skip(BETWEEN);
        let faults = vec![Fault { mode: mode.clone(), next: Some(1), fraction: 1.0 }];
        app.meta().set_settings(Settings { faults, ..Settings::default() });
        send(&app, &lead, &react("❤️")).await;
        app.pass(Duration::from_secs(10)).await;
        assert_eq!(shown(&app, &target).await["ownReaction"], "👍", "the one before it stands: {mode:?}");
    }
}

#[tokio::test]
async fn a_message_that_takes_no_reaction_is_named() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let target = lead["messages"][0]["id"].clone();
    let react = |id: &Value| json!({ "leadId": lead["id"], "type": "reaction", "reaction": { "messageId": id, "emoji": "👍" } });
    let reacted = app.post("/api/messages", react(&target)).await.json["id"].clone();
    app.settle().await;
    app.skip(BETWEEN);
    let withdrawn = app.says(&person, "Never mind").await;
    let gone = newest(&app).await["id"].clone();
    let mut revoke = CustomerMessage::new(person.id.to_string(), Kind::Revoke);
    revoke.message_id = Some(withdrawn.wamid);
    app.does(revoke).await;
    let queued = app.post("/api/messages", json!({ "leadId": lead["id"], "text": "Wait" })).await.json["id"].clone();
    let nobody = json!("msg_01M3250VASBF3MSX3QTC83A67F");
    for (id, told) in [
        (&nobody, "Is no message of this conversation"),
        (&reacted, "Is a reaction, a correction or a withdrawn message"),
        (&gone, "Is a reaction, a correction or a withdrawn message"),
        (&queued, "Has not reached WhatsApp yet"),
    ] {
        let refused = app.post("/api/messages", react(id)).await;
        assert_eq!((refused.status, refused.str("field")), (StatusCode::UNPROCESSABLE_ENTITY, "reaction.messageId"));
        assert!(refused.str("detail").contains(told), "{}", refused.text);
    }
    app.skip(Duration::from_secs(20 * 24 * 3600));
    app.says(&person, "Hello again").await;
    assert_eq!(app.post("/api/messages", react(&target)).await.status, StatusCode::ACCEPTED, "20 days");
    app.skip(Duration::from_secs(11 * 24 * 3600));
    app.says(&person, "And again").await;
    let late = app.post("/api/messages", react(&target)).await;
    assert!(late.str("detail").contains("older than 30 days"), "{}", late.text);
}

#[tokio::test]
async fn a_key_stands_for_the_whole_content() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let buttons = |title: &str| {
        let buttons = json!([{ "id": "y", "title": title }]);
        json!({ "leadId": lead["id"], "type": "buttons", "buttons": { "body": "Tea?", "buttons": buttons } })
    };
    let key = [("idempotency-key", "7f3c")];
    let first = app.post_with("/api/messages", &key, buttons("Yes")).await;
    let again = app.post_with("/api/messages", &key, buttons("Yes")).await;
    assert_eq!((again.status, &again.json["id"]), (StatusCode::ACCEPTED, &first.json["id"]));
    let other = app.post_with("/api/messages", &key, buttons("Yes!")).await;
    assert!(other.str("type").ends_with("idempotency-key-reused"), "{}", other.text);
    app.settle().await;
    assert_eq!(app.meta().sends(None).unwrap().len(), 1);
}

#[tokio::test]
async fn a_text_that_is_too_long_for_one_message_goes_out_as_several_in_order_and_once() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let words: String = (0..2_000).map(|n| format!("word{n} ")).collect();
    let body = json!({ "leadId": lead["id"], "text": words, "replyTo": lead["messages"][0]["id"] });
    let key = [("idempotency-key", "7f3c")];
    let first = app.post_with("/api/messages", &key, body.clone()).await;
    let again = app.post_with("/api/messages", &key, body).await;
    assert_eq!((&again.json["id"], &again.json["parts"]), (&first.json["id"], &first.json["parts"]));
    assert_eq!((first.json["parts"].as_array().unwrap().len(), first.str("text")), (4, words.as_str()));
    app.settle().await;
    let mut sends = app.meta().sends(None).unwrap();
    sends.reverse();
    let texts: Vec<_> = sends.iter().map(|send| send.body["text"]["body"].as_str().unwrap()).collect();
    assert!(texts.join(" ").split_whitespace().eq(words.split_whitespace()), "every word, in order, once");
    assert!(texts.iter().all(|text| text.chars().count() <= 4096));
    let answers: Vec<_> = sends.iter().map(|send| send.body.get("context").is_some()).collect();
    assert_eq!(answers, [true, false, false, false, false]);
    for part in first.json["parts"].as_array().unwrap() {
        let part = shown(&app, part).await;
        assert_eq!((&part["partOf"], &part["status"]), (&first.json["id"], &json!("accepted")));
    }
    app.skip(BETWEEN);
    send(&app, &lead, &json!({ "text": "That was long" })).await;
    assert_eq!(app.only_lead().await["lastMessage"]["text"], "That was long");
}

#[tokio::test]
async fn what_whatsapp_would_refuse_is_refused_before_anything_is_written() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let words = |length: usize| "é".repeat(length);
    let link = "https://example.com/a";
    let file = |kind: &str, link: &str| json!({ "type": kind, kind: { "link": link } });
    let with = |mut content: Value, at: &str, value: Value| {
        *content.pointer_mut(at).unwrap() = value;
        content
    };
    let asked = |at: usize| interactive().swap_remove(at).asked;
    let card = json!([{ "name": "Ana" }]);
    let react = |emoji: Value| json!({ "type": "reaction", "reaction": { "messageId": lead["messages"][0]["id"], "emoji": emoji } });
    let stored = json!({ "mediaId": "med_01M3250VASBF3MSX3QTC83A67F" });
    let refused = [
        (json!({ "type": "text" }), "text"),
        (json!({ "type": "text", "text": words(40_001) }), "text"),
        (json!({ "type": "hologram" }), "type"),
        (json!({ "type": "image" }), "image"),
        (json!({ "type": "image", "text": "hi" }), "text"),
        (json!({ "type": "image", "image": { "link": link }, "message": "hi" }), "message"),
        (json!({ "type": "image", "video": { "link": link } }), "video"),
        (json!({ "image": { "link": link } }), "type"),
        (json!({ "text": "hi", "image": { "link": link } }), "type"),
        (json!({ "type": "image", "image": { "link": link }, "previewUrl": true }), "previewUrl"),
        (json!({ "type": "image", "image": {} }), "image.mediaId"),
        (json!({ "type": "image", "image": stored }), "image.mediaId"),
        (json!({ "type": "voice", "voice": stored }), "voice.mediaId"),
        (json!({ "type": "image", "image": { "mediaId": "7" } }), "image.mediaId"),
        (json!({ "type": "image", "image": { "link": link, "colour": "red" } }), "image.colour"),
        (file("image", "http://example.com/a"), "image.link"),
        (file("video", "https://localhost/a"), "video.link"),
        (file("document", "https://127.0.0.1/a"), "document.link"),
        (file("sticker", "https://[::1]/a"), "sticker.link"),
        (json!({ "type": "image", "image": { "link": link, "caption": words(1025) } }), "image.caption"),
        (json!({ "type": "audio", "audio": { "link": link, "caption": "c" } }), "audio.caption"),
        (json!({ "type": "sticker", "sticker": { "link": link, "caption": "c" } }), "sticker.caption"),
        (json!({ "type": "image", "image": { "link": link, "filename": "a.png" } }), "image.filename"),
        (json!({ "type": "location", "location": { "latitude": 90.1, "longitude": 0 } }), "location.latitude"),
        (json!({ "type": "location", "location": { "latitude": 1 } }), "location.longitude"),
        (json!({ "type": "contacts", "contacts": [] }), "contacts"),
        (json!({ "type": "contacts", "contacts": vec![card[0].clone(); 258] }), "contacts"),
        (json!({ "type": "contacts", "contacts": [{ "name": " " }] }), "contacts[0].name"),
        (json!({ "type": "contacts", "contacts": [{ "name": "Ana", "colour": "red" }] }), "contacts[0].colour"),
        (react(json!("ok")), "reaction.emoji"),
        (react(json!("👍👍")), "reaction.emoji"),
        (json!({ "type": "reaction", "reaction": { "messageId": lead["messages"][0]["id"] } }), "reaction.emoji"),
        (json!({ "type": "reaction", "reaction": { "messageId": "7", "emoji": "👍" } }), "reaction.messageId"),
        (with(asked(0), "/buttons/body", json!(words(1025))), "buttons.body"),
        (with(asked(0), "/buttons/header", json!(words(61))), "buttons.header"),
        (with(asked(0), "/buttons/footer", json!(words(61))), "buttons.footer"),
        (with(asked(0), "/buttons/buttons/0/title", json!(words(21))), "buttons.buttons[0].title"),
        (with(asked(0), "/buttons/buttons/0/id", json!(words(257))), "buttons.buttons[0].id"),
        (with(asked(0), "/buttons/buttons", json!(vec![json!({ "id": "y", "title": "Yes" }); 4])), "buttons.buttons"),
        (with(asked(1), "/list/body", json!(words(4097))), "list.body"),
        (with(asked(1), "/list/button", json!(words(21))), "list.button"),
        (with(asked(1), "/list/sections/0/title", json!(words(25))), "list.sections[0].title"),
        (with(asked(1), "/list/sections/0/rows/0/title", json!(words(25))), "list.sections[0].rows[0].title"),
        (
            with(asked(1), "/list/sections/0/rows/0/description", json!(words(73))),
            "list.sections[0].rows[0].description",
        ),
        (with(asked(1), "/list/sections/0/rows/0/id", json!(words(201))), "list.sections[0].rows[0].id"),
        (with(asked(2), "/ctaUrl/title", json!(words(21))), "ctaUrl.title"),
        (with(asked(2), "/ctaUrl/url", json!("http://localhost:5000/")), "ctaUrl.url"),
        (with(asked(3), "/locationRequest/body", json!(words(1025))), "locationRequest.body"),
        (json!({ "type": "flow", "flow": { "body": "b", "flowId": "7", "title": words(31) } }), "flow.title"),
        (with(asked(4), "/product/body", json!(words(1025))), "product.body"),
        (with(asked(5), "/productList/sections/0/productIds", json!(vec!["sku"; 31])), "productList.sections"),
        (
            json!({ "type": "call_permission_request", "callPermissionRequest": { "body": words(1025) } }),
            "callPermissionRequest.body",
        ),
        (payment("INR", 1_001), "type"),
    ];
    let before = app.only_lead().await;
    for (content, field) in refused {
        let mut body = content.clone();
        body["leadId"] = lead["id"].clone();
        let reply = app.post("/api/messages", body).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{content} {}", reply.text);
        assert_eq!(reply.str("field"), field, "{}", reply.text);
    }
    app.settle().await;
    assert_eq!((app.meta().sends(None).unwrap().len(), app.only_lead().await), (0, before));
}

/// What the business did with WhatsApp's own app: each has the next id.
async fn echoes(app: &TestApp, person: &Person, all: &[Value]) {
    let echoes: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(at, content)| {
            let mut echo = content.clone();
            echo["from"] = json!("15550001111");
            echo["to"] = json!(person.wa_id);
            echo["to_user_id"] = json!(person.user_id);
            echo["timestamp"] = json!(app.now().seconds().to_string());
            if echo.get("id").is_none() {
                echo["id"] = json!(format!("wamid.ECHO{at}"));
            }
            echo
        })
        .collect();
    let account = app.account();
    let metadata = json!({ "display_phone_number": "15550001111", "phone_number_id": account.phone_number_id });
    let value = json!({ "messaging_product": "whatsapp", "metadata": metadata, "message_echoes": echoes });
    let change = json!({ "field": "smb_message_echoes", "value": value });
    let body =
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": account.waba_id, "changes": [change] }] });
    assert_eq!(app.deliver(body.to_string()).await.status, StatusCode::OK);
    app.settle().await;
}

#[tokio::test]
async fn what_the_business_writes_with_whatsapps_own_app_stands_in_the_conversation() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let words = [
        json!({ "type": "text", "text": { "body": "From my phone" }, "context": { "id": lead["messages"][0]["wamid"] } }),
        json!({ "type": "image", "image": { "id": "77", "caption": "Look" } }),
    ];
    for _ in 0..2 {
        echoes(&app, &person, &words).await;
    }
    let after = app.only_lead().await;
    let messages = after["messages"].as_array().unwrap();
    let told = |message: &Value| {
        ["direction", "type", "text", "status"].map(|field| message[field].as_str().unwrap().to_owned())
    };
    assert_eq!(messages.len(), 3, "once, however often it is told");
    assert_eq!(told(&messages[0]), ["outbound", "image", "[Image] Look", "sent"]);
    assert_eq!(told(&messages[1]), ["outbound", "text", "From my phone", "sent"]);
    assert_eq!(messages[1]["replyTo"], lead["messages"][0]["wamid"]);
    assert_eq!(after["lastMessage"]["text"], "[Image] Look");
    let waiting = app.get("/api/conversations?waiting=true").await;
    assert_eq!(waiting.items().len(), 0, "the business has answered: {}", waiting.text);
    app.skip(BETWEEN);
    let mut theirs = CustomerMessage::new(person.id.to_string(), Kind::Reaction);
    theirs.message_id = Some("wamid.ECHO0".to_owned());
    app.does(theirs).await;
    assert_eq!(shown(&app, &messages[1]["id"]).await["reaction"], "👍");
    send(&app, &lead, &json!({ "text": "And from here", "replyTo": messages[0]["id"] })).await;
    assert_eq!(posted(&app)["context"], json!({ "message_id": "wamid.ECHO1" }));
}

#[tokio::test]
async fn what_the_business_writes_before_the_customer_is_known_comes_with_them() {
    let app = TestApp::start().await;
    let person = app.person("Asha Rao");
    echoes(&app, &person, &[json!({ "type": "text", "text": { "body": "From my phone" } })]).await;
    assert_eq!(app.get("/api/leads").await.items().len(), 0, "an echo makes no lead");
    app.skip(BETWEEN);
    app.says(&person, "Hello").await;
    app.pass(Duration::from_secs(15 * 60)).await;
    let texts: Vec<_> =
        app.only_lead().await["messages"].as_array().unwrap().iter().map(|one| one["text"].clone()).collect();
    assert_eq!(texts, ["Hello", "From my phone"]);
}

#[tokio::test]
async fn the_business_reacts_corrects_and_withdraws_with_whatsapps_own_app() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let id = send(&app, &lead, &json!({ "text": "Good morning" })).await["id"].clone();
    let ours = shown(&app, &id).await["wamid"].clone();
    let new = json!({ "type": "text", "text": { "body": "From my phone!" } });
    let acts = [
        json!({ "type": "text", "text": { "body": "From my phone" } }),
        json!({ "type": "reaction", "reaction": { "message_id": lead["messages"][0]["wamid"], "emoji": "👍" } }),
        json!({ "type": "edit", "edit": { "original_message_id": "wamid.ECHO0", "message": new } }),
        json!({ "type": "revoke", "revoke": { "original_message_id": ours } }),
        json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.UNKNOWN" } }),
        json!({ "type": "text", "text": { "body": "sent by us" }, "id": ours }),
    ];
    echoes(&app, &person, &acts).await;
    assert_eq!(shown(&app, &lead["messages"][0]["id"]).await["ownReaction"], "👍");
    let withdrawn = shown(&app, &id).await;
    assert_eq!((&withdrawn["revoked"], &withdrawn["content"]), (&json!(true), &Value::Null));
    let texts: Vec<_> =
        app.only_lead().await["messages"].as_array().unwrap().iter().map(|one| one["text"].clone()).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts.contains(&json!("From my phone!")), "{texts:?}");
}

fn payment(currency: &str, amount: u64) -> Value {
    json!({ "type": "payment_request", "paymentRequest": {
        "body": "Your order", "reference": "ORD-9", "currency": currency, "goods": "physical",
        "items": [{ "name": "Tea", "amount": amount, "quantity": 2 }], "tax": 100,
        "method": { "type": "upi", "configuration": "shop" },
    } })
}

#[tokio::test]
async fn a_customer_is_asked_for_the_permission_to_call_and_the_answer_is_shown() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let body = json!({ "type": "call_permission_request", "callPermissionRequest": { "body": "May we call you?" } });
    let sent = send(&app, &lead, &body).await;
    let interactive = json!({
        "type": "call_permission_request", "body": { "text": "May we call you?" },
        "action": { "name": "call_permission_request" },
    });
    assert_eq!(posted(&app)["interactive"], interactive);
    let accept = CustomerMessage { text: Some("accept".to_owned()), ..answer(&person, &sent) };
    app.does(accept).await;
    assert_eq!(newest(&app).await["text"], "[Call permission] You may call");
}

fn answer(person: &Person, sent: &Value) -> CustomerMessage {
    let id = sent["wamid"].as_str().map(str::to_owned);
    CustomerMessage { message_id: id, ..CustomerMessage::new(person.id.to_string(), Kind::CallPermissionReply) }
}

#[tokio::test]
async fn a_missed_call_and_one_that_was_answered_elsewhere_stand_in_the_history() {
    let (app, person, _) = in_conversation(Settings::default()).await;
    for (end, missed) in [(CallEnd::Missed, true), (CallEnd::Answered, false)] {
        app.skip(BETWEEN);
        app.meta().call(&CustomerCall { from: person.id.to_string(), to: None, end, seconds: 180 }).unwrap();
        app.settle().await;
        let shown = newest(&app).await;
        assert_eq!(
            (shown["type"].as_str(), shown["content"]["missed"].as_bool()),
            (Some("call"), Some(missed)),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_request_to_pay_needs_the_switch_of_its_number_and_shows_how_the_payment_fares() {
    let (app, _, lead) = in_conversation(Settings::default()).await;
    let channel = app.get("/api/channels").await.items()[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/channels/{channel}");
    let on = app.call(Method::PATCH, &path, &[], Some(json!({ "payments": true }))).await;
    assert_eq!((on.status, &on.json["payments"]), (StatusCode::OK, &json!(true)), "{}", on.text);
    let sent = send(&app, &lead, &payment("INR", 25_000)).await;
    let asked = posted(&app)["interactive"].clone();
    assert_eq!((&asked["type"], &asked["action"]["name"]), (&json!("order_details"), &json!("review_and_pay")));
    let parameters = &asked["action"]["parameters"];
    assert_eq!(parameters["total_amount"], json!({ "value": 50_100, "offset": 100 }));
    assert_eq!(parameters["payment_settings"][0]["payment_gateway"]["configuration_name"], "shop");
    let message_id = shown(&app, &sent["id"]).await["wamid"].as_str().unwrap().to_owned();
    for status in ["pending", "failed", "captured"] {
        app.skip(BETWEEN);
        app.meta().pay(&Payment { message_id: message_id.clone(), status: status.to_owned() }).unwrap();
        app.settle().await;
        let message = shown(&app, &sent["id"]).await;
        assert_eq!(message["paymentStatus"]["status"], status, "{message}");
        assert_ne!(message["status"], "failed", "a payment that fails is no message that fails");
    }
    let order = json!({ "type": "order_status", "orderStatus": {
        "body": "On its way", "reference": "ORD-9", "status": "shipped",
    } });
    send(&app, &lead, &order).await;
    assert_eq!(posted(&app)["interactive"]["action"]["parameters"]["order"], json!({ "status": "shipped" }));
    let mut body = payment("BRL", 25_000);
    body["leadId"] = lead["id"].clone();
    let wrong = app.post("/api/messages", body).await;
    assert_eq!(wrong.json["errors"][0]["field"], "paymentRequest.currency", "{}", wrong.text);
}

#[tokio::test]
async fn a_send_to_one_recipient_fails_with_the_code_that_was_chosen_for_them() {
    let (app, person, lead) = in_conversation(Settings::default()).await;
    let recipient_codes = [(person.user_id.clone(), 131_049)].into();
    app.meta().set_settings(Settings { recipient_codes, ..Settings::default() });
    let sent = send(&app, &lead, &json!({ "text": "Hi" })).await;
    app.pass(BETWEEN).await;
    let message = shown(&app, &sent["id"]).await;
    assert_eq!((message["status"].as_str(), message["error"]["code"].as_i64()), (Some("failed"), Some(131_049)));
}

#[tokio::test]
async fn bad_weather_at_the_graph_api_loses_no_message() {
    for (weather, status) in
        [(Weather::RateLimited, "queued"), (Weather::Refusing, "held"), (Weather::Down, "unconfirmed")]
    {
        let (app, _, lead) = in_conversation(Settings::default()).await;
        app.meta().set_settings(Settings { weather, ..Settings::default() });
        let sent = send(&app, &lead, &json!({ "text": "Hi" })).await;
        assert_eq!(shown(&app, &sent["id"]).await["status"], status, "{weather:?}");
        assert!(app.meta().sends(None).unwrap().is_empty());
    }
}
