//! Events that nobody can deal with, and queues that do not take: nothing is lost, and nobody waits for it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_lambda_events::sqs::SqsEvent;
use domain::{Secret, digest};
use lambda_http::Body;
use lambda_http::http::StatusCode;
use queue::Queue;
use serde_json::{Value, json};
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
        app.stack().store().begin_trial(&mark, app.now()).await.unwrap();
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
        let begun = app.stack().store().begin_trial(&mark, app.now()).await.unwrap();
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
