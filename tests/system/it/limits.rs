//! Messages at the edge of what can be: long, empty, from another century. Each is shown, or parked as it came, and
//! counts once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{NOW, Sender, TestApp};

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };

async fn deliver(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
    app.settle().await;
    assert!(app.stack().poll_inbound().await.unwrap().is_empty(), "nothing is left in the queue");
}

/// Why something was parked; empty if nothing was.
async fn parked(app: &TestApp) -> Vec<String> {
    app.stack().store().parked(10).await.unwrap().into_iter().map(|parked| parked.reason).collect()
}

#[tokio::test]
async fn a_text_of_any_length_is_shown_whole_or_parked_whole() {
    for (bytes, fits) in [(0, true), (640, true), (700, true), (5_000, true), (390_000, true), (500_000, false)] {
        let app = TestApp::start().await;
        let text = "é".repeat(bytes / 2);
        let body = ANA.writes("wamid.A", NOW.seconds(), &text);
        deliver(&app, body.clone()).await;
        let parked = app.stack().store().parked(10).await.unwrap();
        assert_eq!(parked.is_empty(), fits, "{bytes} bytes: {parked:?}");
        if fits {
            let lead = app.only_lead().await;
            let shown = if bytes == 0 { "[Text] A message that came incomplete" } else { &text };
            assert_eq!((&lead["messages"][0]["text"], &lead["unread"]), (&json!(shown), &json!(1)), "{bytes} bytes");
        } else {
            let kept = app.stack().store().parked_bytes(parked[0].id).await.unwrap().unwrap();
            assert!(String::from_utf8(kept).unwrap().contains(&text), "{bytes} bytes");
        }
    }
}

#[tokio::test]
async fn a_profile_of_any_length_loses_no_message() {
    for length in [1_000, 100_000, 500_000] {
        let app = TestApp::start().await;
        let name = "n".repeat(length);
        let sender = Sender { name: &name, ..ANA };
        deliver(&app, sender.writes("wamid.A", NOW.seconds(), "hello")).await;
        let shown = app.count("in").await;
        let parked = parked(&app).await;
        assert_eq!(shown + parked.len(), 1, "{length}: {parked:?}");
    }
}

#[tokio::test]
async fn long_ids_and_titles_lose_no_message() {
    let long = "x".repeat(3_000);
    let button = json!({"type": "button_reply", "button_reply": {"id": long, "title": long}});
    let contents = [
        ("title", json!({"type": "interactive", "interactive": button})),
        ("type", json!({"type": long})),
        ("media", json!({"type": "image", "image": {"id": long, "caption": long, "mime_type": long}})),
        ("answer", json!({"type": "text", "text": {"body": "hi"}, "context": {"id": long}})),
        ("target", json!({"type": "reaction", "reaction": {"message_id": long, "emoji": "x"}})),
        ("caption", json!({"type": "image", "image": {"id": "1", "caption": "x".repeat(65_536)}})),
        (
            "size",
            json!({"type": "document", "document": {"id": "1", "file_size": 4_294_967_296_u64, "filename": long}}),
        ),
        (
            "advertisement",
            json!({"type": "text", "text": {"body": "hi"}, "referral": {"headline": long, "source_id": long}}),
        ),
    ];
    for (case, content) in contents {
        let app = TestApp::start().await;
        deliver(&app, ANA.sends("wamid.A", NOW.seconds(), content)).await;
        assert_eq!((app.count("in").await, parked(&app).await), (1, vec![]), "{case}");
    }
}

/// The head of the only conversation.
async fn conversation(app: &TestApp) -> Value {
    app.get("/api/conversations").await.items()[0].clone()
}

#[tokio::test]
async fn a_message_of_any_time_is_one_unread_message_and_opens_the_window_at_most_a_day() {
    let now = NOW.seconds();
    let millis_for_seconds = NOW.millis();
    for seconds in [now, now - 6 * 24 * 3600, now + 3600, 0, -5, 1, millis_for_seconds, i64::MAX] {
        let app = TestApp::start().await;
        deliver(&app, ANA.writes("wamid.A", seconds, "hello")).await;
        app.skip(Duration::from_secs(600));
        deliver(&app, ANA.writes("wamid.A", seconds, "hello")).await;
        assert_eq!(parked(&app).await, [""; 0], "{seconds}");
        let lead = app.only_lead().await;
        assert_eq!(lead["messages"].as_array().unwrap().len(), 1, "{seconds}");
        assert_eq!(lead["unread"], 1, "{seconds}");
        let conversation = conversation(&app).await;
        let window = conversation["windowUntil"].as_str().unwrap();
        assert!(window <= "2026-09-22T14:13:20.000Z", "{seconds}: {window}");
        let read =
            app.post(&format!("/api/conversations/{}/read", conversation["id"].as_str().unwrap()), json!({})).await;
        assert_eq!(read["unread"], 0, "{seconds}");
        app.skip(Duration::from_secs(600));
        deliver(&app, ANA.writes("wamid.B", app.now().seconds(), "again")).await;
        assert_eq!(app.only_lead().await["unread"], 1, "{seconds}: the next one counts as well");
    }
}

/// The machine's clock is set back, as one that ran ahead is: what WhatsApp tells has its own time.
#[tokio::test]
async fn a_clock_that_is_set_back_loses_no_message_and_opens_no_longer_window() {
    let app = TestApp::start().await;
    let written = NOW.plus(Duration::from_secs(240));
    app.clock().set(written);
    deliver(&app, ANA.writes("wamid.A", written.seconds(), "one")).await;
    app.clock().set(NOW);
    deliver(&app, ANA.writes("wamid.B", written.seconds() + 1, "two")).await;
    let lead = app.only_lead().await;
    assert_eq!([&lead["messages"][0]["text"], &lead["messages"][1]["text"]], ["two", "one"], "in WhatsApp's order");
    assert_eq!(lead["unread"], 2);
    assert_eq!(
        conversation(&app).await["windowUntil"],
        "2026-09-22T14:17:20.000Z",
        "a day after the one that was there in time"
    );
    let sent = app.post("/api/messages", json!({"leadId": lead["id"], "text": "three"})).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
}
