//! Files: what a customer sends is fetched, kept and shown to those who may see it; what goes wrong on the way has a cause.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_lambda_events::sqs::SqsEvent;
use domain::access::users::Role;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;
use testkit::{CustomerMessage, Kind, MediaFault, Settings, TestApp};

/// The picture that the simulator's customers send.
const PHOTO: &[u8] = include_bytes!("../../../local/meta-simulator/src/photo.png");

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A customer sends a photo; the only message of the only lead, once everything is worked off.
async fn photo(app: &TestApp) -> Value {
    let asha = app.person("Asha");
    app.does(CustomerMessage::new(asha.id.to_string(), Kind::Image)).await;
    message(app).await
}

async fn message(app: &TestApp) -> Value {
    app.only_lead().await["messages"][0].clone()
}

/// The state of the file of that message, and why it is in it.
async fn state(app: &TestApp) -> (String, Value) {
    let media = message(app).await["media"].clone();
    (media["state"].as_str().unwrap().to_owned(), media["error"].clone())
}

fn digest(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes))
}

#[tokio::test]
async fn a_customers_picture_is_fetched_and_shown_by_its_link_alone() {
    let app = TestApp::start().await;
    let media = photo(&app).await["media"].clone();
    assert_eq!(
        (&media["state"], &media["mimeType"], &media["size"]),
        (&json!("stored"), &json!("image/png"), &json!(PHOTO.len()))
    );
    let shown = app.follow(media["url"].as_str().unwrap()).await.unwrap();
    assert_eq!((shown.status, &shown.bytes[..]), (StatusCode::OK, PHOTO));
    assert_eq!(shown.headers["content-type"], "image/png");
    assert_eq!(shown.headers["content-disposition"], "inline");
    let again = app.get(&format!("/api/media/{}", media["id"].as_str().unwrap())).await;
    assert_eq!(again.json, media);
}

#[tokio::test]
async fn what_whatsapp_does_not_hand_out_as_announced_is_not_kept_and_says_why() {
    for (fault, error) in [
        (MediaFault::WrongDigest, "wrong_digest"),
        (MediaFault::WrongSize, "wrong_digest"),
        (MediaFault::OtherType, "unsafe_type"),
        (MediaFault::OtherHost, "not_downloadable"),
        (MediaFault::Gone, "not_found"),
    ] {
        let app = TestApp::with(Settings { media_fault: Some(fault), ..Settings::default() }).await;
        let media = photo(&app).await["media"].clone();
        assert_eq!((&media["state"], &media["error"]), (&json!("failed"), &json!(error)), "{fault:?}");
        assert_eq!(media["url"], Value::Null);
        assert_eq!(app.emulator().objects().names().unwrap(), Vec::<String>::new(), "{fault:?}");
    }
}

#[tokio::test]
async fn a_file_whose_length_nobody_says_and_that_never_ends_is_read_no_further_than_it_was_announced() {
    let app = TestApp::with(Settings { media_fault: Some(MediaFault::Endless), ..Settings::default() }).await;
    photo(&app).await;
    assert_eq!(state(&app).await, ("failed".to_owned(), json!("wrong_digest")));
}

#[tokio::test]
async fn a_file_that_does_not_come_is_pending_is_tried_again_and_is_told_when_it_comes() {
    let app = TestApp::with(Settings { media_fault: Some(MediaFault::Unavailable), ..Settings::default() }).await;
    photo(&app).await;
    assert_eq!(state(&app).await, ("pending".to_owned(), Value::Null));
    let mut browser = app.browser().await;
    app.meta().turn(&json!({"mediaFault": null})).unwrap();
    app.pass(Duration::from_secs(180)).await;
    assert_eq!(state(&app).await.0, "stored");
    let told = browser.frames_of("message");
    let media = &told.last().unwrap()["message"]["media"];
    assert_eq!(media["state"], "stored");
    let link = media["url"].as_str().unwrap();
    assert_eq!(app.follow(link).await.unwrap().bytes, PHOTO, "the frame's link is its receiver's");
}

#[tokio::test]
async fn a_file_whose_task_is_lost_is_found_in_the_table() {
    let app = TestApp::start().await;
    let asha = app.person("Asha");
    app.meta().receive(&CustomerMessage::new(asha.id.to_string(), Kind::Image)).unwrap();
    app.meta().deliver_due().await.unwrap();
    app.stack().poll_inbound().await.unwrap();
    app.forget_stream("changes").await;
    app.settle().await;
    assert_eq!(state(&app).await.0, "pending");
    app.pass(Duration::from_secs(180)).await;
    assert_eq!(state(&app).await.0, "stored");
}

#[tokio::test]
async fn after_seven_days_a_file_has_expired_and_cannot_be_fetched_again() {
    let app = TestApp::with(Settings { media_fault: Some(MediaFault::Unavailable), ..Settings::default() }).await;
    let asha = app.person("Asha");
    app.meta().receive(&CustomerMessage::new(asha.id.to_string(), Kind::Image)).unwrap();
    app.skip(7 * DAY);
    app.settle().await;
    app.pass(Duration::from_secs(60)).await;
    assert_eq!(state(&app).await.0, "expired");
    let id = message(&app).await["media"]["id"].as_str().unwrap().to_owned();
    let again = app.post(&format!("/api/media/{id}/refetch"), Value::Null).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
}

#[tokio::test]
async fn a_file_that_was_not_had_is_fetched_once_more_when_somebody_asks() {
    let app = TestApp::with(Settings { media_fault: Some(MediaFault::Gone), ..Settings::default() }).await;
    let id = photo(&app).await["media"]["id"].as_str().unwrap().to_owned();
    app.meta().turn(&json!({"mediaFault": null})).unwrap();
    let again = app.post(&format!("/api/media/{id}/refetch"), Value::Null).await;
    assert_eq!(again.status, StatusCode::ACCEPTED, "{}", again.text);
    app.settle().await;
    assert_eq!(state(&app).await, ("stored".to_owned(), Value::Null));
}

#[tokio::test]
async fn a_file_is_for_those_who_see_its_conversation_and_for_no_other_business() {
    let app = TestApp::start().await;
    let media = photo(&app).await["media"].clone();
    let path = format!("/api/media/{}", media["id"].as_str().unwrap());
    let mine = app.colleague("bo", Role::Agent).await;
    let rule = json!({"sees": "mine"});
    let ruled = app.call(Method::PATCH, &format!("/api/users/{}", mine.id), &[], Some(rule)).await;
    assert_eq!(ruled.status, StatusCode::OK, "{}", ruled.text);
    let asked = app.ask(testkit::request(&mine.token, Method::GET, &path, &[], None)).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND);
    let other = app.get("/api/media/med_01M3250VASBF3MSX3QTC83A67F").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_is_good_for_its_file_until_the_end_of_the_next_hour() {
    let app = TestApp::start().await;
    let media = photo(&app).await["media"].clone();
    let link = media["url"].as_str().unwrap().to_owned();
    let spoilt = format!("{link}x");
    assert_eq!(app.follow(&spoilt).await.unwrap_err().status, StatusCode::UNAUTHORIZED);
    let (path, ticket) = link.split_once('?').unwrap();
    let small = app.follow(&format!("{path}?{ticket}&thumbnail=true")).await.unwrap();
    assert_eq!((small.status, small.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/jpeg"));
    assert_eq!(media["thumbnailUrl"], format!("{link}&thumbnail=true"));
    assert!(media["width"].as_u64() > Some(0) && media["height"].as_u64() > Some(0), "{media}");
    assert_eq!(app.follow(path).await.unwrap_err().status, StatusCode::UNAUTHORIZED);
    app.skip(Duration::from_secs(2 * 3600));
    assert_eq!(app.follow(&link).await.unwrap_err().status, StatusCode::UNAUTHORIZED);
}

/// Begins an upload of these bytes as a file of this type.
async fn upload(app: &TestApp, mime_type: &str, bytes: &[u8]) -> Value {
    let body = json!({"mimeType": mime_type, "size": bytes.len(), "sha256": digest(bytes), "filename": "hills.png"});
    let answer = app.post("/api/media", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json
}

/// A customer who has written, so that they can be answered.
async fn customer(app: &TestApp) -> Value {
    let asha = app.person("Asha");
    app.says(&asha, "Hello").await;
    app.only_lead().await["id"].clone()
}

#[tokio::test]
async fn an_upload_goes_out_with_its_message_and_once_to_whatsapp_however_often_it_is_sent() {
    let app = TestApp::start().await;
    let lead = customer(&app).await;
    let begun = upload(&app, "image/png", PHOTO).await;
    let put = app.put(&begun["upload"], PHOTO).await;
    assert_eq!(put.status, StatusCode::OK, "{:?}", put.bytes);
    for caption in ["first", "second"] {
        let image = json!({"mediaId": begun["id"], "caption": caption});
        let sent = app.post("/api/messages", json!({"leadId": lead, "type": "image", "image": image})).await;
        assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
        app.settle().await;
        app.skip(Duration::from_secs(1));
        app.settle().await;
    }
    let sends = app.meta().sends(None).unwrap();
    let ids: Vec<_> = sends.iter().map(|send| send.body["image"]["id"].clone()).collect();
    assert_eq!(ids.len(), 2, "{sends:?}");
    assert!(ids[0].is_string() && ids[0] == ids[1], "{ids:?}");
    let shown = message(&app).await;
    assert_eq!((&shown["status"], &shown["media"]["state"]), (&json!("delivered"), &json!("stored")));
    let file = app.follow(shown["media"]["url"].as_str().unwrap()).await.unwrap();
    assert_eq!(file.bytes, PHOTO);
    assert_eq!(file.headers["content-disposition"], "inline; filename*=UTF-8''hills.png");
}

#[tokio::test]
async fn a_message_whose_file_whatsapp_does_not_take_fails_with_the_cause() {
    for (code, waits) in [(131_053, false), (1, true)] {
        let settings = json!({"uploadFault": {"mode": "error_code", "code": code}});
        let app = TestApp::start().await;
        app.meta().turn(&settings).unwrap();
        let lead = customer(&app).await;
        let begun = upload(&app, "image/png", PHOTO).await;
        app.put(&begun["upload"], PHOTO).await;
        let image = json!({"mediaId": begun["id"]});
        app.post("/api/messages", json!({"leadId": lead, "type": "image", "image": image})).await;
        app.settle().await;
        let later = app.post("/api/messages", json!({"leadId": lead, "text": "And this."})).await;
        app.settle().await;
        if waits {
            for _ in 0..130 {
                app.skip(Duration::from_secs(1));
                app.settle().await;
            }
        } else {
            app.skip(Duration::from_secs(2));
            app.settle().await;
        }
        let messages = app.only_lead().await["messages"].clone();
        let of = |id: &str| messages.as_array().unwrap().iter().find(|one| one["id"] == id).cloned().unwrap();
        let failed = messages.as_array().unwrap().iter().find(|one| one["type"] == "image").cloned().unwrap();
        assert_eq!((&failed["status"], &failed["error"]["reason"]), (&json!("failed"), &json!("file_not_sent")));
        assert!(!failed["error"]["detail"].as_str().unwrap().is_empty());
        app.skip(Duration::from_secs(2));
        app.settle().await;
        let after = of(later.str("id"));
        assert_ne!(after["status"], "failed", "what comes after it goes out");
    }
}

#[tokio::test]
async fn an_upload_is_taken_as_announced_and_in_no_other_way() {
    let app = TestApp::start().await;
    let begun = upload(&app, "image/png", PHOTO).await;
    for (header, value) in [
        ("content-type", "text/html"),
        ("content-length", "1"),
        ("x-amz-checksum-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ] {
        let mut other = begun["upload"].clone();
        other["headers"][header] = json!(value);
        assert_eq!(app.put(&other, PHOTO).await.status, StatusCode::FORBIDDEN, "{header}");
    }
    let mut altered = PHOTO.to_vec();
    altered[100] ^= 1;
    assert_eq!(app.put(&begun["upload"], &altered).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(app.put(&begun["upload"], &PHOTO[1..]).await.status, StatusCode::BAD_REQUEST);
    let mut method = begun["upload"].clone();
    method["method"] = json!("GET");
    assert_eq!(app.put(&method, b"").await.status, StatusCode::FORBIDDEN);
    app.skip(Duration::from_secs(900));
    assert_eq!(app.put(&begun["upload"], PHOTO).await.status, StatusCode::FORBIDDEN, "the link is over");
    assert_eq!(app.emulator().objects().names().unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn an_announcement_that_cannot_be_true_is_refused_by_its_field() {
    let app = TestApp::start().await;
    let good = json!({"mimeType": "image/jpeg", "size": 5 * 1024 * 1024, "sha256": digest(b"")});
    assert_eq!(app.post("/api/media", good.clone()).await.status, StatusCode::CREATED);
    for (field, value) in [
        ("mimeType", json!("text/html")),
        ("mimeType", json!("image")),
        ("size", json!(5 * 1024 * 1024 + 1)),
        ("size", json!(0)),
        ("sha256", json!("q83v")),
        ("filename", json!("x".repeat(241))),
        ("filename", json!(" ")),
    ] {
        let mut body = good.clone();
        body[field] = value.clone();
        let answer = app.post("/api/media", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}: {}", answer.text);
        assert_eq!(answer["errors"][0]["field"], field, "{}", answer.text);
    }
}

#[tokio::test]
async fn a_message_names_a_file_that_is_there_and_that_its_kind_carries() {
    let app = TestApp::start().await;
    let lead = customer(&app).await;
    let begun = upload(&app, "image/png", PHOTO).await;
    let send = |kind: &str, id: Value| {
        let mut body = json!({"leadId": lead, "type": kind});
        body[kind] = json!({"mediaId": id});
        body
    };
    let unfinished = app.post("/api/messages", send("image", begun["id"].clone())).await;
    assert_eq!(unfinished.status, StatusCode::UNPROCESSABLE_ENTITY, "its bytes have not arrived: {}", unfinished.text);
    app.put(&begun["upload"], PHOTO).await;
    for (kind, id) in [
        ("video", begun["id"].clone()),
        ("sticker", begun["id"].clone()),
        ("voice", begun["id"].clone()),
        ("image", json!("med_01M3250VASBF3MSX3QTC83A67F")),
    ] {
        let answer = app.post("/api/messages", send(kind, id)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}: {}", answer.text);
        assert_eq!(answer["errors"][0]["field"], format!("{kind}.mediaId"));
    }
    assert_eq!(app.post("/api/messages", send("document", begun["id"].clone())).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_customers_file_is_sent_on_and_those_who_see_either_conversation_see_it() {
    let app = TestApp::start().await;
    let received = photo(&app).await;
    let ben = app.person("Ben");
    app.says(&ben, "Send me the picture").await;
    let list = app.get("/api/conversations").await;
    let target = list.items().iter().find(|one| one["name"] == "Ben").cloned().unwrap();
    let image = json!({"mediaId": received["media"]["id"], "caption": "As promised"});
    let body = json!({"conversationId": target["id"], "type": "image", "image": image});
    let sent = app.post("/api/messages", body).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.settle().await;
    app.skip(Duration::from_secs(1));
    app.settle().await;
    let got = app.meta().sends(None).unwrap();
    assert_eq!(got.len(), 1, "{got:?}");
    assert!(got[0].body["image"]["id"].is_string(), "WhatsApp has the file by an ID of its own: {got:?}");

    let agent = app.colleague("bo", Role::Agent).await;
    app.call(Method::PATCH, &format!("/api/users/{}", agent.id), &[], Some(json!({"sees": "mine"}))).await;
    let looks = async || {
        let path = format!("/api/media/{}", received["media"]["id"].as_str().unwrap());
        app.ask(testkit::request(&agent.token, Method::GET, &path, &[], None)).await.status
    };
    assert_eq!(looks().await, StatusCode::NOT_FOUND);
    let assign = format!("/api/conversations/{}/assign", target["id"].as_str().unwrap());
    let assigned = app.post(&assign, json!({"assignee": agent.id})).await;
    assert_eq!(assigned.status, StatusCode::OK, "{}", assigned.text);
    assert_eq!(looks().await, StatusCode::OK);
}

#[tokio::test]
async fn a_customers_file_is_sent_on_by_nobody_who_does_not_see_it() {
    let app = TestApp::start().await;
    let received = photo(&app).await;
    let ben = app.person("Ben");
    app.says(&ben, "Send me the picture").await;
    let list = app.get("/api/conversations").await;
    let target = list.items().iter().find(|one| one["name"] == "Ben").cloned().unwrap();
    let agent = app.colleague("bo", Role::Agent).await;
    app.call(Method::PATCH, &format!("/api/users/{}", agent.id), &[], Some(json!({"sees": "mine"}))).await;
    let assign = format!("/api/conversations/{}/assign", target["id"].as_str().unwrap());
    app.post(&assign, json!({"assignee": agent.id})).await;
    let body = json!({"conversationId": target["id"], "type": "image", "image": {"mediaId": received["media"]["id"]}});
    let sent = app.ask(testkit::request(&agent.token, Method::POST, "/api/messages", &[], Some(body))).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", sent.text);
    assert_eq!(sent["errors"][0]["field"], "image.mediaId");
}

/// The file of `events/` is what `changes` puts into the queue, but for the id: the simulator makes another one.
#[tokio::test]
async fn jobs_media_is_what_changes_queues_and_of_a_file_that_is_not_there_it_does_nothing() {
    let app = TestApp::start().await;
    let text = testkit::event("jobs/media.json");
    let event: SqsEvent = serde_json::from_str(&text).unwrap();
    let done = jobs::handle(&app.stack().functions().jobs, event.clone()).await;
    assert!(done.batch_item_failures.is_empty());
    let id = photo(&app).await["media"]["id"].as_str().unwrap().to_owned();
    let again = text.replace("med_01M3250V00W1AQ0Q5T1AQ0Q5T1", &id);
    let stored = app.emulator().objects().names().unwrap();
    let done = jobs::handle(&app.stack().functions().jobs, serde_json::from_str(&again).unwrap()).await;
    assert!(done.batch_item_failures.is_empty());
    assert_eq!(app.emulator().objects().names().unwrap(), stored, "a step is taken once");
}

#[tokio::test]
async fn a_task_that_cannot_be_read_is_parked_and_comes_no_more() {
    let app = TestApp::start().await;
    let text = testkit::event("jobs/media.json").replace(r#"\"job\":\"media\""#, r#"\"job\":\"coffee\""#);
    let done = jobs::handle(&app.stack().functions().jobs, serde_json::from_str(&text).unwrap()).await;
    assert!(done.batch_item_failures.is_empty());
    assert_eq!(app.stack().store().parked(10).await.unwrap().len(), 1);
}
