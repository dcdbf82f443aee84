//! Somebody writes: who they are, what becomes of them, and what is shown, however WhatsApp tells it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::bodies::webhook;
use testkit::{CustomerMessage, Invent, Kind, NOW, Sender, TestApp};

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };
const DAY: u64 = 24 * 3600;

/// Delivers a webhook and works everything off.
async fn deliver(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
    app.settle().await;
}

/// The texts of a list's entries, as they stand: newest first.
fn each<'a>(page: &'a Value, list: &str, field: &str) -> Vec<&'a str> {
    page[list].as_array().map_or_else(Vec::new, |all| all.iter().filter_map(|entry| entry[field].as_str()).collect())
}

/// The pages of all leads, first made first.
async fn leads(app: &TestApp) -> Vec<Value> {
    let mut pages = Vec::new();
    for lead in app.get("/api/leads").await.items() {
        pages.push(app.get(&format!("/api/leads/{}", lead["id"].as_str().unwrap())).await.json);
    }
    pages.sort_by_key(|page| page["id"].as_str().map(ToOwned::to_owned));
    pages
}

/// The only conversation there is.
async fn conversation(app: &TestApp) -> Value {
    let all = app.get("/api/conversations").await;
    assert_eq!(all.items().len(), 1, "exactly one conversation: {}", all.text);
    all.items()[0].clone()
}

#[tokio::test]
async fn a_new_customer_becomes_one_lead_with_everything_that_whatsapp_told() {
    let app = TestApp::start().await;
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "Olá!")).await;
    let lead = app.only_lead().await;
    let told = json!({
        "name": lead["name"], "phone": lead["phone"], "bsuid": lead["bsuid"], "stage": lead["stage"],
        "source": lead["source"], "unread": lead["unread"], "lastMessage": lead["lastMessage"]["text"],
    });
    let expected = json!({
        "name": "Ana Souza", "phone": "+5511988887777", "bsuid": "BR.1349120865530274", "stage": "Incoming",
        "source": "WhatsApp", "unread": 1, "lastMessage": "Olá!",
    });
    assert_eq!(told, expected);
    assert_eq!(each(&lead, "messages", "text"), ["Olá!"]);
    assert_eq!(each(&lead, "timeline", "description"), ["Message received: Olá!"]);
    let conversation = conversation(&app).await;
    assert_eq!((&conversation["leadId"], &conversation["unread"]), (&lead["id"], &json!(1)));
    assert_eq!(conversation["windowUntil"], "2026-09-22T14:13:20.000Z", "a day after the message");
}

#[tokio::test]
async fn the_second_message_makes_the_lead_contacted_and_the_third_changes_nothing() {
    let app = TestApp::start().await;
    let person = app.person("Ana");
    for (text, stage, moves) in [("one", "Incoming", 0), ("two", "Contacted", 1), ("three", "Contacted", 1)] {
        app.says(&person, text).await;
        app.skip(Duration::from_secs(5));
        let lead = app.only_lead().await;
        assert_eq!(lead["stage"], stage, "after {text}");
        assert_eq!(each(&lead, "timeline", "type").iter().filter(|kind| **kind == "stage_changed").count(), moves);
    }
    let lead = app.only_lead().await;
    let timeline = each(&lead, "timeline", "description");
    assert!(timeline.contains(&"Stage changed from Incoming to Contacted"), "{timeline:?}");
    assert_eq!(lead["unread"], 3);
}

#[tokio::test]
async fn two_messages_in_the_same_second_are_two() {
    let app = TestApp::start().await;
    let person = app.person("Ana");
    app.says(&person, "same").await;
    app.says(&person, "same").await;
    let lead = app.only_lead().await;
    assert_eq!(each(&lead, "messages", "text"), ["same", "same"]);
    assert_eq!(lead["unread"], 2);
    assert_eq!(conversation(&app).await["unread"], 2);
}

#[tokio::test]
async fn a_customer_without_a_phone_is_a_lead_who_can_be_answered() {
    let app = TestApp::start().await;
    let person = app.hidden_person("Chidi Okafor");
    app.says(&person, "Do you deliver?").await;
    let lead = app.only_lead().await;
    assert_eq!((&lead["name"], &lead["phone"]), (&json!("Chidi Okafor"), &Value::Null));
    assert_eq!(lead["username"], json!(person.username));
    let answer = app.post("/api/messages", json!({"leadId": lead["id"], "text": "Yes"})).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
    app.settle().await;
    let sends = app.meta().sends(None).unwrap();
    assert_eq!(sends.len(), 1);
    assert_eq!(sends[0].body["recipient"], person.user_id, "by the user id, in the field that is meant for it");
    assert_eq!(sends[0].body["to"], Value::Null);
    assert!(!sends[0].lost);
}

#[tokio::test]
async fn a_customer_known_by_phone_is_the_same_once_the_user_id_comes_and_when_the_phone_goes() {
    let app = TestApp::start().await;
    let before = Sender { user: None, ..ANA };
    let after = Sender { phone: None, ..ANA };
    for (index, sender) in [before, ANA, after, before].into_iter().enumerate() {
        let seconds = NOW.seconds() + i64::try_from(index).unwrap();
        deliver(&app, sender.writes(&format!("wamid.{index}"), seconds, &format!("{index}"))).await;
    }
    let lead = app.only_lead().await;
    assert_eq!(each(&lead, "messages", "text"), ["3", "2", "1", "0"]);
    assert_eq!((&lead["phone"], &lead["bsuid"]), (&json!("+5511988887777"), &json!("BR.1349120865530274")));
    assert_eq!(lead["possibleDuplicates"], json!([]));
    assert_eq!(conversation(&app).await["unread"], 4);
}

#[tokio::test]
async fn a_number_that_was_passed_on_belongs_to_somebody_new() {
    let app = TestApp::start().await;
    let heir = Sender { name: "Bruno Lima", user: Some("BR.2"), ..ANA };
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "old")).await;
    app.skip(Duration::from_secs(60));
    deliver(&app, heir.writes("wamid.B", NOW.seconds() + 60, "new")).await;
    deliver(&app, heir.writes("wamid.C", NOW.seconds() + 61, "newer")).await;
    let leads = leads(&app).await;
    let shown: Vec<_> = leads.iter().map(|lead| (lead["name"].clone(), each(lead, "messages", "text"))).collect();
    assert_eq!(shown, [(json!("Ana Souza"), vec!["old"]), (json!("Bruno Lima"), vec!["newer", "new"])]);
    assert_eq!(leads[0]["possibleDuplicates"], json!([leads[1]["id"]]), "told on both sides");
    assert_eq!(leads[1]["possibleDuplicates"], json!([leads[0]["id"]]));
}

#[tokio::test]
async fn a_customer_who_changes_the_number_stays_the_same_lead_and_is_answered_at_the_new_one() {
    let app = TestApp::start().await;
    let person = app.person("Ravi Kumar");
    app.says(&person, "old number").await;
    app.skip(Duration::from_secs(60));
    app.does(CustomerMessage::new(person.id.to_string(), Kind::NumberChange)).await;
    app.skip(Duration::from_secs(60));
    app.says(&person, "new number").await;
    let lead = app.only_lead().await;
    let renumbered = app.meta().person(&person.id.to_string()).unwrap();
    assert_ne!(renumbered.wa_id, person.wa_id);
    assert_eq!(lead["phone"], format!("+{}", renumbered.wa_id));
    assert_eq!(each(&lead, "messages", "type"), ["text", "system", "text"]);
    assert_eq!(lead["unread"], 2, "the notice of the change counts nothing");
    app.post("/api/messages", json!({"leadId": lead["id"], "text": "noted"})).await;
    app.settle().await;
    assert_eq!(app.meta().sends(None).unwrap()[0].person, Some(person.id));
}

#[tokio::test]
async fn somebody_who_wrote_from_the_new_number_before_the_change_was_told_is_perhaps_the_same() {
    let app = TestApp::start().await;
    let new = Sender { name: "Ana Souza", phone: Some("5511977776666"), user: Some("BR.2") };
    deliver(&app, ANA.writes("wamid.A", NOW.seconds(), "old")).await;
    app.skip(Duration::from_secs(60));
    deliver(&app, new.writes("wamid.B", NOW.seconds() + 60, "new")).await;
    let change = json!({
        "type": "user_changed_number", "body": "Ana changed", "wa_id": new.phone, "user_id": new.user,
        "previous_user_id": ANA.user,
    });
    let told = Sender { user: None, ..ANA }.message(
        "wamid.C",
        NOW.seconds() + 30,
        json!({"type": "system", "system": change}),
    );
    for _ in 0..2 {
        deliver(&app, webhook(json!({"messages": [told]}))).await;
        app.skip(Duration::from_secs(600));
    }
    let leads = leads(&app).await;
    assert_eq!(leads.len(), 2, "two leads are not made one behind an agent's back");
    assert_eq!(leads[0]["possibleDuplicates"], json!([leads[1]["id"]]));
    assert_eq!(leads[1]["possibleDuplicates"], json!([leads[0]["id"]]));
    deliver(&app, new.writes("wamid.D", NOW.seconds() + 90, "newer")).await;
    assert_eq!(app.get("/api/leads").await.items().len(), 2, "and no third one comes of it");
}

#[tokio::test]
async fn ten_photos_of_a_new_customer_in_ten_posts_at_once_make_one_lead() {
    let app = TestApp::start().await;
    let album: Value = serde_json::from_str(&testkit::event("whatsapp/album.json")).unwrap();
    let value = &album["entry"][0]["changes"][0]["value"];
    let photos = value["messages"].as_array().unwrap();
    let bodies = photos.iter().map(|photo| webhook(json!({"contacts": value["contacts"], "messages": [photo]})));
    let answers = futures::future::join_all(bodies.map(|body| app.deliver(body))).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK));
    let polls = (0..photos.len()).map(|_| app.stack().poll_inbound());
    futures::future::join_all(polls).await;
    app.settle().await;
    let lead = app.only_lead().await;
    assert_eq!((&lead["name"], &lead["unread"]), (&json!("Dana Whitfield"), &json!(10)));
    assert_eq!(each(&lead, "messages", "type"), ["image"; 10]);
    let conversation = conversation(&app).await;
    assert_eq!((&conversation["leadId"], &conversation["unread"]), (&lead["id"], &json!(10)));
}

/// One account in two spellings, for each country where WhatsApp has two.
const SPELLINGS: [[&str; 2]; 3] =
    [["551188887777", "5511988887777"], ["5215512345678", "525512345678"], ["5491123456789", "541123456789"]];

#[tokio::test]
async fn one_account_in_two_spellings_is_one_lead_whose_phone_stays_as_whatsapp_wrote_it_first() {
    for [one, other] in SPELLINGS {
        for [first, second] in [[one, other], [other, one]] {
            let app = TestApp::start().await;
            for (wamid, phone) in [("wamid.A", first), ("wamid.B", second)] {
                let ana = Sender { name: "Ana Souza", phone: Some(phone), user: None };
                deliver(&app, ana.writes(wamid, NOW.seconds(), phone)).await;
            }
            let lead = app.only_lead().await;
            assert_eq!((&lead["phone"], &lead["unread"]), (&json!(format!("+{first}")), &json!(2)), "{first}");
            conversation(&app).await;
        }
    }
}

#[tokio::test]
async fn two_first_messages_at_once_in_two_spellings_make_one_lead() {
    for spellings in SPELLINGS {
        let app = TestApp::start().await;
        let bodies = spellings.map(|phone| {
            let ana = Sender { name: "Ana Souza", phone: Some(phone), user: None };
            ana.writes(&format!("wamid.{phone}"), NOW.seconds(), "Olá!")
        });
        let answers = futures::future::join_all(bodies.map(|body| app.deliver(body))).await;
        assert!(answers.iter().all(|answer| answer.status == StatusCode::OK));
        futures::future::join_all((0..2).map(|_| app.stack().poll_inbound())).await;
        app.settle().await;
        assert_eq!(app.only_lead().await["unread"], 2, "{spellings:?}");
    }
}

#[tokio::test]
async fn a_landline_is_not_taken_for_the_mobile_with_the_same_digits() {
    let app = TestApp::start().await;
    for phone in ["551131234567", "5511931234567"] {
        let sender = Sender { name: "Ana Souza", phone: Some(phone), user: None };
        deliver(&app, sender.writes(&format!("wamid.{phone}"), NOW.seconds(), "Olá!")).await;
    }
    assert_eq!(leads(&app).await.len(), 2);
}

#[tokio::test]
async fn an_answer_to_any_spelling_goes_to_the_number_that_whatsapp_wrote() {
    let app = TestApp::start().await;
    let ana = Invent { wa_id: Some("553188885555".to_owned()), hides_phone: Some(false), ..Invent::default() };
    let ana = app.meta().invent(ana).unwrap();
    app.says(&ana, "Olá!").await;
    let lead = app.only_lead().await;
    for body in [
        json!({"phoneNumber": "+55 31 98888-5555", "message": "Bom dia"}),
        json!({"phoneNumber": "+55 31 8888-5555", "message": "Bom dia"}),
        json!({"leadId": lead["id"], "phone": "+55 (31) 98888-5555", "message": "Bom dia"}),
    ] {
        let reply = app.post("/api/messages", body).await;
        assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
        assert_eq!((&reply["leadId"], &reply["phone"]), (&lead["id"], &json!("+553188885555")));
        app.pass(Duration::from_secs(10)).await;
    }
    let sent = app.meta().sends(None).unwrap();
    assert_eq!(sent.iter().map(|send| &send.body["to"]).collect::<Vec<_>>(), ["+553188885555"; 3]);
    let shown = app.only_lead().await;
    let read = each(&shown, "messages", "status").into_iter().filter(|status| *status == "read");
    assert_eq!(read.count(), 3, "{shown}");
}

#[tokio::test]
async fn a_customer_whose_name_nobody_sees_is_shown_by_phone() {
    for name in ["\u{200b}", "\u{3164}", "\u{2800}\u{2800}", " \u{202c} "] {
        let app = TestApp::start().await;
        let nobody = Sender { name, ..ANA };
        deliver(&app, nobody.writes("wamid.A", NOW.seconds(), "Olá!")).await;
        assert_eq!(app.only_lead().await["name"], "+5511988887777", "{name:?}");
    }
}

/// What is said about the message `wamid.P`, and how that message shows it.
fn said_about() -> [(&'static str, Value, Value); 4] {
    let shows = |text: &str, reaction: Value, revoked: bool| json!([text, reaction, revoked]);
    let edit = json!({"original_message_id": "wamid.P", "message": {"type": "text", "text": {"body": "after"}}});
    [
        (
            "reaction",
            json!({"type": "reaction", "reaction": {"message_id": "wamid.P", "emoji": "👍🏽"}}),
            shows("before", json!("👍🏽"), false),
        ),
        (
            "a reaction taken back",
            json!({"type": "reaction", "reaction": {"message_id": "wamid.P"}}),
            shows("before", Value::Null, false),
        ),
        ("edit", json!({"type": "edit", "edit": edit}), shows("after", Value::Null, false)),
        (
            "revoke",
            json!({"type": "revoke", "revoke": {"original_message_id": "wamid.P"}}),
            shows("This message was deleted", Value::Null, true),
        ),
    ]
}

/// What people see: every message with what was said about it, and all that counts.
async fn picture(app: &TestApp) -> Value {
    let lead = app.only_lead().await;
    let shown = |m: &Value| json!([m["text"], m["reaction"], m["revoked"]]);
    let messages: Vec<_> = lead["messages"].as_array().unwrap().iter().map(shown).collect();
    let window = conversation(app).await["windowUntil"].clone();
    json!({
        "messages": messages, "timeline": each(&lead, "timeline", "description"), "name": lead["name"],
        "preview": lead["lastMessage"]["text"],
        "stage": lead["stage"], "unread": lead["unread"], "window": window, "orphans": app.count("orphan").await,
    })
}

#[tokio::test]
async fn what_is_said_about_a_message_shows_the_same_whichever_comes_first() {
    for (case, content, shows) in said_about() {
        let parent = ANA.writes("wamid.P", NOW.seconds(), "before");
        let child = ANA.sends("wamid.C", NOW.seconds() + 5, content);
        let straight = TestApp::start().await;
        let reversed = TestApp::start().await;
        for (app, bodies) in [(&straight, [&parent, &child]), (&reversed, [&child, &parent])] {
            app.skip(Duration::from_secs(10));
            for body in bodies {
                deliver(app, body.clone()).await;
            }
        }
        let picture_straight = picture(&straight).await;
        assert_eq!(picture_straight["messages"], json!([shows]), "{case}");
        assert_eq!(picture_straight["preview"], shows[0], "{case}: a list shows what the message says now");
        assert_eq!(picture_straight["unread"], 1, "{case}");
        assert_eq!(picture_straight, picture(&reversed).await, "{case}");
        assert_eq!(picture_straight["orphans"], 0, "{case}: nothing waits any more");
    }
}

#[tokio::test]
async fn a_reaction_to_our_message_stands_beside_it_and_can_be_taken_back() {
    let app = TestApp::start().await;
    let person = app.person("Ana");
    app.says(&person, "hello").await;
    let lead = app.only_lead().await;
    app.post("/api/messages", json!({"leadId": lead["id"], "text": "welcome"})).await;
    app.settle().await;
    let wamid = app.meta().sends(None).unwrap()[0].wamid.clone();
    for emoji in ["❤️", "👍", ""] {
        app.skip(Duration::from_secs(1));
        let reaction = CustomerMessage::new(person.id.to_string(), Kind::Reaction);
        app.does(CustomerMessage { message_id: Some(wamid.clone()), emoji: Some(emoji.to_owned()), ..reaction }).await;
        let lead = app.only_lead().await;
        let messages = lead["messages"].as_array().unwrap();
        let ours = messages.iter().find(|message| message["direction"] == "outbound").unwrap();
        assert_eq!((messages.len(), ours["reaction"].as_str().unwrap_or_default()), (2, emoji));
    }
}

/// Lets days pass, with the schedule twice in each.
async fn days(app: &TestApp, days: u64) {
    for _ in 0..days * 2 {
        app.skip(Duration::from_secs(DAY / 2));
        app.stack().drive_due().await;
        app.settle().await;
    }
}

#[tokio::test]
async fn what_never_finds_its_message_stands_by_itself_after_a_week_and_nothing_waits() {
    let lines = ["reaction: Reacted 👍🏽", "reaction: Removed a reaction", "edit: after", "revoke: Deleted a message"];
    for ((case, content, _), line) in said_about().into_iter().zip(lines) {
        let app = TestApp::start().await;
        deliver(&app, ANA.sends("wamid.C", NOW.seconds(), content)).await;
        days(&app, 7).await;
        assert_eq!((app.count("orphan").await, app.count("in").await), (1, 0), "{case}: Meta may still bring it");
        days(&app, 2).await;
        assert_eq!(app.count("orphan").await, 0, "{case}");
        let lead = app.only_lead().await;
        let shown: Vec<_> = each(&lead, "messages", "type").into_iter().zip(each(&lead, "messages", "text")).collect();
        assert_eq!(shown.iter().map(|(kind, text)| format!("{kind}: {text}")).collect::<Vec<_>>(), [line]);
        assert_eq!(lead["unread"], 0, "{case}");
        let before = app.items().await;
        days(&app, 2).await;
        assert_eq!(app.items().await, before, "{case}: and that is the end of it");
    }
}

#[tokio::test]
async fn what_waits_finds_its_message_although_the_stream_lost_both() {
    let app = TestApp::start().await;
    let (_, content, shows) = said_about()[2].clone();
    assert_eq!(app.deliver(ANA.sends("wamid.C", NOW.seconds() + 5, content)).await.status, StatusCode::OK);
    app.stack().poll_inbound().await.unwrap();
    assert_eq!(app.deliver(ANA.writes("wamid.P", NOW.seconds(), "before")).await.status, StatusCode::OK);
    app.stack().poll_inbound().await.unwrap();
    app.forget_stream("changes").await;
    app.settle().await;
    assert_eq!((app.count("orphan").await, app.only_lead().await["messages"][0]["text"].clone()), (1, json!("before")));
    app.pass(Duration::from_secs(120)).await;
    assert_eq!((app.count("orphan").await, &app.only_lead().await["messages"][0]["text"]), (0, &shows[0]));
}

#[tokio::test]
async fn a_message_that_comes_late_is_unread_although_it_is_older_than_the_read_mark() {
    let app = TestApp::start().await;
    app.skip(Duration::from_secs(DAY));
    deliver(&app, ANA.writes("wamid.A", app.now().seconds(), "on time")).await;
    let path = format!("/api/conversations/{}/read", conversation(&app).await["id"].as_str().unwrap());
    assert_eq!(app.post(&path, json!({})).await["unread"], 0);
    assert_eq!(app.only_lead().await["unread"], 0);
    app.skip(Duration::from_secs(60));
    deliver(&app, ANA.writes("wamid.B", app.now().seconds() - 5 * 3600, "late")).await;
    let lead = app.only_lead().await;
    assert_eq!(each(&lead, "messages", "text"), ["on time", "late"]);
    assert_eq!(lead["unread"], 1);
    assert_eq!(lead["lastMessage"]["text"], "on time", "the list still shows the newest");
    app.skip(Duration::from_secs(60));
    assert_eq!(app.post(&path, json!({})).await["unread"], 0);
}

#[tokio::test]
async fn a_won_lead_who_writes_stays_won_and_the_timeline_says_so_once() {
    for stage in ["Won", "Lost"] {
        let app = TestApp::start().await;
        let person = app.person("Ana");
        app.says(&person, "one").await;
        let path = format!("/api/leads/{}", app.only_lead().await["id"].as_str().unwrap());
        let moved = app.call(Method::PATCH, &path, &[], Some(json!({"stage": stage}))).await;
        assert_eq!((moved.status, moved.str("stage")), (StatusCode::OK, stage), "{}", moved.text);
        for text in ["two", "three"] {
            app.skip(Duration::from_secs(60));
            app.says(&person, text).await;
        }
        let lead = app.only_lead().await;
        assert_eq!((&lead["stage"], &lead["unread"]), (&json!(stage), &json!(3)));
        let timeline = each(&lead, "timeline", "description");
        let again = format!("Wrote again after the stage {stage}");
        assert_eq!(timeline.iter().filter(|line| **line == again).count(), 1, "{timeline:?}");
        assert_eq!(app.get(&format!("/api/leads?stage={stage}")).await.items().len(), 1);
        assert_eq!(app.get("/api/leads?stage=Contacted").await.items().len(), 0);
    }
}
