//! Events that nobody can deal with, and queues that do not take: nothing is lost, and nobody waits for it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_lambda_events::sqs::SqsEvent;
use domain::{ChannelId, PhoneNumberId, Secret, Text, digest};
use lambda_http::Body;
use lambda_http::http::StatusCode;
use queue::Queue;
use serde_json::{Value, json};
use std::time::Duration;
use store::channels::channels::Channel;
use testkit::bodies::webhook;
use testkit::wire::Call;
use testkit::{NOW, Sender, TestApp, Turn, Wire};

/// The batch of `events/inbound/text.json`, as it is handed out for the `count`th time.
fn handed_out(count: u32) -> SqsEvent {
    let mut batch: Value = serde_json::from_str(&testkit::event("inbound/text.json")).unwrap();
    for record in batch["Records"].as_array_mut().unwrap() {
        record["attributes"]["ApproximateReceiveCount"] = count.to_string().into();
    }
    serde_json::from_value(batch).unwrap()
}

async fn handle(app: &TestApp, batch: SqsEvent) -> usize {
    inbound::handle(&app.stack().functions().inbound, batch).await.batch_item_failures.len()
}

/// Deliveries of which one part cannot be read, to a number that is connected and to one that is not yet.
#[tokio::test]
async fn what_was_parked_of_a_business_s_number_is_listed_for_it_and_can_be_read_as_it_came() {
    let app = TestApp::start().await;
    let own = app.account().phone_number_id.clone();
    let later = "900000000000009";
    for (number, piece) in [(own.as_str(), json!("é, no object")), (later, json!(["nor", "this"]))] {
        let value = json!({"metadata": {"phone_number_id": number}, "messages": [piece]});
        for _ in 0..2 {
            app.deliver(webhook(value.clone())).await;
        }
        app.skip(Duration::from_secs(5));
    }
    let listed = app.get("/api/parked").await;
    assert_eq!(listed.items().len(), 1, "the other number is nobody's: {}", listed.text);
    let parked = &listed.items()[0];
    assert_eq!((&parked["reason"], &parked["phoneNumberId"]), (&json!("not an object"), &json!(own)));
    let one = app.get(&format!("/api/parked/{}", parked["id"].as_str().unwrap())).await.json;
    assert_eq!((&one["encoding"], &one["reason"]), (&json!("utf-8"), &parked["reason"]));
    assert_eq!(serde_json::from_str::<Value>(one["body"].as_str().unwrap()).unwrap(), json!("é, no object"));
    assert_eq!(one["bytes"].as_u64().unwrap(), one["body"].as_str().unwrap().len() as u64);

    let store = app.stack().store();
    let all = store.parked(10).await.unwrap();
    let of_later = all.iter().find(|event| event.number.as_ref().is_some_and(|number| number.as_str() == later));
    let path = format!("/api/parked/{}", of_later.unwrap().id);
    assert_eq!(app.get(&path).await.status, StatusCode::NOT_FOUND);
    let channel = Channel::new(
        ChannelId::from_parts(NOW, 9),
        Text::new("Second"),
        PhoneNumberId::parse(later).unwrap(),
        "15550000009".to_owned(),
        app.account().waba_id.clone(),
    );
    store.tenant(app.account().tenant).connect(&channel).await.unwrap();
    let first = app.get("/api/parked?limit=1").await;
    assert_eq!(first.items()[0]["phoneNumberId"], later, "once its number is connected, the newest first");
    let next = format!("/api/parked?limit=1&cursor={}", first.json["nextCursor"].as_str().unwrap());
    let second = app.get(&next).await;
    assert_eq!((&second.items()[0]["phoneNumberId"], &second.json["nextCursor"]), (&json!(own), &Value::Null));
    assert_eq!(app.get(&path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_event_that_was_handed_out_often_is_still_stored_if_it_can_be() {
    let app = TestApp::start().await;
    assert_eq!(handle(&app, handed_out(8)).await, 0);
    assert_eq!(app.get("/api/leads").await.items().len(), 1);
    assert_eq!(handle(&app, handed_out(9)).await, 0, "its mark was taken away again");
    assert!(app.stack().store().parked(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_event_whose_worker_had_bad_luck_twice_is_stored() {
    let app = TestApp::start().await;
    let batch = handed_out(9);
    let mark = digest::hex(&[batch.records[0].message_id.as_deref().unwrap()]);
    for _ in 0..2 {
        app.stack().store().count_attempt(&mark, app.now()).await.unwrap();
    }
    assert_eq!(handle(&app, batch).await, 0);
    assert_eq!(app.get("/api/leads").await.items().len(), 1);
    assert!(app.stack().store().parked(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_event_whose_last_three_tries_never_ended_is_parked_whole() {
    let app = TestApp::start().await;
    let batch = handed_out(9);
    let record = batch.records[0].clone();
    let mark = digest::hex(&[record.message_id.as_deref().unwrap()]);
    for dead in 1..=3 {
        let begun = app.stack().store().count_attempt(&mark, app.now()).await.unwrap();
        assert_eq!(begun, dead, "a worker began, and died");
    }
    assert_eq!(handle(&app, batch).await, 0, "it leaves the queue");
    let parked = app.stack().store().parked(10).await.unwrap();
    let bytes = app.stack().store().parked_bytes(parked[0].id).await.unwrap().unwrap();
    assert_eq!(Some(String::from_utf8(bytes).unwrap()), record.body);
    assert!(app.get("/api/leads").await.items().is_empty());
}

#[tokio::test]
async fn a_delivery_that_the_queue_does_not_take_is_not_acknowledged() {
    let app = TestApp::start().await;
    let sound = &app.stack().functions().webhook;
    let sqs = aws_sdk_sqs::Client::new(&app.emulator().sdk_config());
    let nowhere = "https://sqs.us-east-1.amazonaws.com/000000000000/gone.fifo".to_owned();
    let deps = webhook::Deps { inbound: Queue::new(sqs, nowhere), ..webhook::Deps::clone(sound) };
    let body = testkit::event("whatsapp/text.json");
    let signature = whatsapp::signature::sign(body.as_bytes(), &Secret::new(app.account().app_secret.clone()));
    let deliver = |deps: webhook::Deps| {
        let request = http::Request::builder().method("POST").uri("/api/webhook/whatsapp");
        let request = request.header("x-hub-signature-256", &signature).body(Body::from(body.clone())).unwrap();
        async move { webhook::handle(&deps, request).await.status() }
    };
    assert_eq!(deliver(deps).await, StatusCode::SERVICE_UNAVAILABLE, "so Meta delivers it again");
    assert_eq!(deliver(webhook::Deps::clone(sound)).await, StatusCode::OK);
    app.settle().await;
    assert_eq!(app.get("/api/leads").await.items().len(), 1);
}

/// Twenty-five messages in one delivery are three batches for the queue: it refuses one of them, or half of each, once or
/// as often as it is asked.
#[tokio::test]
async fn a_delivery_that_the_queue_takes_only_in_part_is_acknowledged_once_all_of_it_is_in_there() {
    let ana = Sender { name: "Ana", phone: Some("5511988887777"), user: None };
    let text = |index: i64| json!({"type": "text", "text": {"body": index.to_string()}});
    let messages: Vec<_> = (0..25).map(|n| ana.message(&format!("wamid.{n}"), NOW.seconds() + n, text(n))).collect();
    let body = webhook(json!({"contacts": [ana.contact()], "messages": messages}));
    type Befalls = fn(Call<'_>) -> Turn;
    let cases: [(&str, Befalls, StatusCode); 4] = [
        ("half of each, once", |call| if call.number % 2 == 0 { Turn::Halves } else { Turn::Goes }, StatusCode::OK),
        ("half of each, always", |_| Turn::Halves, StatusCode::SERVICE_UNAVAILABLE),
        ("one fails", |call| if call.number == 1 { Turn::Fails } else { Turn::Goes }, StatusCode::SERVICE_UNAVAILABLE),
        (
            "one is taken unheard",
            |call| if call.number == 1 { Turn::Loses } else { Turn::Goes },
            StatusCode::SERVICE_UNAVAILABLE,
        ),
    ];
    for (case, befalls, status) in cases {
        let app = TestApp::start().await;
        let gateway = app.workers(&Wire::new(befalls), app.clock()).gateway();
        let answer = testkit::ask(&gateway, app.delivery(body.clone())).await;
        assert_eq!(answer.status, status, "{case}");
        if status != StatusCode::OK {
            assert_eq!(app.deliver(body.clone()).await.status, StatusCode::OK, "Meta delivers it again");
        }
        app.settle().await;
        assert_eq!((app.only_lead().await["unread"].clone(), app.count("in").await), (json!(25), 25), "{case}");
    }
}
