//! A message is on record once, under the first delivery's place, whatever a repetition carries; and messages of one second
//! stand as the webhook took them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::bodies::webhook;
use testkit::{NOW, Sender, TestApp};

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };
const DAY: Duration = Duration::from_secs(24 * 3600);

async fn deliver(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
    app.settle().await;
}

/// The only conversation.
async fn conversation(app: &TestApp) -> Value {
    let all = app.get("/api/conversations").await;
    assert_eq!(all.items().len(), 1, "exactly one conversation: {}", all.text);
    all.items()[0].clone()
}

/// The texts of the conversation's messages over pages of `limit`, oldest first.
async fn thread(app: &TestApp, limit: usize) -> Vec<String> {
    let conversation = conversation(app).await;
    let path = format!("/api/conversations/{}/messages?limit={limit}", conversation["id"].as_str().unwrap());
    let mut texts = Vec::new();
    let mut next = Some(path.clone());
    while let Some(asked) = next {
        let page = app.get(&asked).await;
        texts.extend(page.items().iter().map(|message| message["text"].as_str().unwrap().to_owned()));
        next = page.json["nextCursor"].as_str().map(|cursor| format!("{path}&cursor={cursor}"));
    }
    texts.reverse();
    texts
}

fn pages(count: usize) -> Vec<String> {
    (1..=count).map(|page| format!("page {page}")).collect()
}

#[tokio::test]
async fn texts_of_one_post_and_one_second_stand_as_they_came() {
    let app = TestApp::start().await;
    let text = |page: usize| {
        let text = json!({"type": "text", "text": {"body": format!("page {page}")}});
        ANA.message(&format!("wamid.PAGE{page}"), NOW.seconds(), text)
    };
    let messages: Vec<_> = (1..=8).map(text).collect();
    let body = webhook(json!({"contacts": [ANA.contact()], "messages": messages}));
    deliver(&app, body.clone()).await;
    for limit in [1, 3, 50] {
        assert_eq!(thread(&app, limit).await, pages(8), "pages of {limit}");
    }
    assert_eq!(conversation(&app).await["lastMessage"]["text"], "page 8");
    let timeline = app.only_lead().await["timeline"].clone();
    let first = timeline.as_array().unwrap().last().unwrap();
    assert_eq!(first["description"], "Message received: page 1");
    app.skip(DAY);
    deliver(&app, body).await;
    assert_eq!(thread(&app, 50).await, pages(8), "a replay changes nothing");
}

#[tokio::test]
async fn texts_of_posts_one_after_the_other_stand_as_they_came_with_the_answers_between() {
    let app = TestApp::start().await;
    for page in 1..=4 {
        deliver(&app, ANA.writes(&format!("wamid.P{page}"), NOW.seconds(), &format!("page {page}"))).await;
        app.skip(Duration::from_millis(10));
    }
    let answer = json!({"phoneNumber": "+5511988887777", "text": "page 5"});
    assert_eq!(app.post("/api/messages", answer).await.status, StatusCode::ACCEPTED);
    app.skip(Duration::from_millis(10));
    deliver(&app, ANA.writes("wamid.P6", NOW.seconds(), "page 6")).await;
    assert_eq!(thread(&app, 2).await, pages(6));
    assert_eq!(conversation(&app).await["lastMessage"]["text"], "page 6");
}

#[tokio::test]
async fn of_two_edits_in_one_second_the_later_stands_also_after_a_replay() {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "See you at eight")).await;
    let edit = |wamid: &str, text: &str| {
        let message = json!({"type": "text", "text": {"body": text}});
        let edit = json!({"original_message_id": "wamid.A", "message": message});
        ANA.sends(wamid, NOW.seconds() + 5, json!({"type": "edit", "edit": edit}))
    };
    app.skip(Duration::from_secs(6));
    let nine = edit("wamid.ZZZ", "See you at nine");
    deliver(&app, nine.clone()).await;
    app.skip(Duration::from_millis(5));
    deliver(&app, edit("wamid.BBB", "See you at ten")).await;
    assert_eq!(thread(&app, 50).await, ["See you at ten"]);
    app.skip(DAY);
    deliver(&app, nine).await;
    assert_eq!(thread(&app, 50).await, ["See you at ten"], "the first delivery keeps its place");
    assert_eq!(conversation(&app).await["lastMessage"]["text"], "See you at ten");
}

#[tokio::test]
async fn a_repetition_with_another_time_is_the_same_message() {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "Olá!")).await;
    for later in [1, 3600, 40 * 24 * 3600] {
        app.skip(Duration::from_secs(later));
        deliver(&app, ANA.writes("wamid.A", app.now().seconds(), "Olá!")).await;
    }
    assert_eq!(thread(&app, 50).await, ["Olá!"]);
    let lead = app.only_lead().await;
    assert_eq!((&lead["stage"], &lead["unread"]), (&json!("Incoming"), &json!(1)));
}

#[tokio::test]
async fn content_takes_the_place_of_its_placeholder_whichever_comes_first() {
    let error = json!([{"code": 131_060, "title": "This message is currently unavailable."}]);
    let placeholder = ANA.sends("wamid.A", NOW.seconds(), json!({"type": "unsupported", "errors": error}));
    let content = ANA.writes("wamid.A", NOW.seconds(), "The words themselves");
    for order in [[&placeholder, &content, &placeholder], [&content, &placeholder, &content]] {
        let app = TestApp::start().await;
        for body in order {
            deliver(&app, body.clone()).await;
            app.skip(Duration::from_secs(2));
        }
        assert_eq!(thread(&app, 50).await, ["The words themselves"]);
        let conversation = conversation(&app).await;
        assert_eq!(
            (&conversation["lastMessage"]["text"], &conversation["unread"]),
            (&json!("The words themselves"), &json!(1))
        );
        let id = app.get(&format!("/api/conversations/{}/messages", conversation["id"].as_str().unwrap())).await;
        let raw = format!(
            "/api/conversations/{}/messages/{}/raw",
            conversation["id"].as_str().unwrap(),
            id.items()[0]["id"].as_str().unwrap()
        );
        assert_eq!(app.get(&raw).await.json["raw"]["text"]["body"], "The words themselves");
    }
}

#[tokio::test]
async fn a_strangers_reaction_to_an_unknown_message_makes_no_lead_until_there_is_something_to_show() {
    let app = TestApp::start().await;
    let reaction = json!({"type": "reaction", "reaction": {"message_id": "wamid.A", "emoji": "👍"}});
    deliver(&app, ANA.sends("wamid.R", NOW.seconds() + 1, reaction)).await;
    assert_eq!(app.get("/api/leads").await.items().len(), 0);
    assert_eq!(app.get("/api/conversations").await.items().len(), 0);
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "Olá!")).await;
    app.pass(Duration::from_secs(120)).await;
    assert_eq!(thread(&app, 50).await, ["Olá!"]);
    let lead = app.only_lead().await;
    assert_eq!((&lead["stage"], &lead["unread"]), (&json!("Incoming"), &json!(1)), "this is the first message");
    let page =
        app.get(&format!("/api/conversations/{}/messages", conversation(&app).await["id"].as_str().unwrap())).await;
    assert_eq!(page.items()[0]["reaction"], "👍", "{}", page.text);
}

#[tokio::test]
async fn a_known_customers_reaction_to_an_unknown_message_shows_at_once_and_moves_to_its_message_later() {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "Olá!")).await;
    let reaction = json!({"type": "reaction", "reaction": {"message_id": "wamid.B", "emoji": "👍"}});
    deliver(&app, ANA.sends("wamid.R", NOW.seconds() + 2, reaction)).await;
    assert_eq!(thread(&app, 50).await, ["Olá!", "Reacted 👍"]);
    assert_eq!(app.only_lead().await["unread"], 1, "a reaction is nothing to read");
    deliver(&app, ANA.writes("wamid.B", NOW.seconds() + 1, "Anybody there?")).await;
    app.pass(Duration::from_secs(120)).await;
    assert_eq!(thread(&app, 50).await, ["Olá!", "Anybody there?"]);
    let page =
        app.get(&format!("/api/conversations/{}/messages", conversation(&app).await["id"].as_str().unwrap())).await;
    assert_eq!(page.items()[0]["reaction"], "👍", "{}", page.text);
}

#[tokio::test]
async fn a_time_in_milliseconds_or_far_ahead_is_no_message_of_the_future() {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", NOW.millis(), "in milliseconds")).await;
    deliver(&app, ANA.writes("wamid.B", NOW.seconds() + 90_000, "a day ahead")).await;
    app.skip(Duration::from_secs(10));
    deliver(&app, ANA.writes("wamid.C", app.now().seconds(), "on time")).await;
    assert_eq!(thread(&app, 50).await, ["in milliseconds", "a day ahead", "on time"]);
    let last = conversation(&app).await;
    assert_eq!(
        (&last["lastMessage"]["text"], &last["lastMessageAt"]),
        (&json!("on time"), &json!("2026-09-21T14:13:30.000Z"))
    );
}

#[tokio::test]
async fn the_json_of_a_message_is_there_as_long_as_the_message_and_for_its_own_business_alone() {
    let app = TestApp::start().await;
    let sent = json!({"type": "poll_vote", "poll_vote": {"choice": 7}});
    deliver(&app, ANA.sends("wamid.A", NOW.seconds(), sent)).await;
    app.skip(DAY * 45);
    let conversation = conversation(&app).await;
    let path = format!("/api/conversations/{}/messages", conversation["id"].as_str().unwrap());
    let id = app.get(&path).await.items()[0]["id"].as_str().unwrap().to_owned();
    let raw = app.get(&format!("{path}/{id}/raw")).await;
    assert_eq!((raw.status, &raw.json["raw"]["poll_vote"]["choice"]), (StatusCode::OK, &json!(7)));
    let other = app.get(&format!("{path}/{}/raw", id.replace(&id[10..12], "ZZ"))).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}
