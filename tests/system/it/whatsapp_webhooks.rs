//! Every file in `events/whatsapp/` is a body as WhatsApp posts it, and becomes visible, once and for ever.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use leadwire::stack::INBOUND;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;
use testkit::files::{files, spoken_of};
use testkit::{Items, Sender, TestApp};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

#[tokio::test]
async fn each_webhook_is_visible_afterwards() {
    let mut table = String::new();
    for file in files("whatsapp") {
        let app = TestApp::start().await;
        app.skip(HOUR);
        app.deliver_file(&file).await;
        let picture = app.picture().await;
        assert!(!picture.is_empty(), "nothing came of {file}");
        let _ = write!(table, "{file}\n{picture}");
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn an_album_is_ten_messages_of_one_lead() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    app.deliver_file("album").await;
    let lead = app.only_lead().await;
    assert_eq!((lead["messages"].as_array().unwrap().len(), &lead["unread"]), (10, &json!(10)));
    assert_eq!(app.get("/api/conversations").await.items().len(), 1);
}

/// The files of `whatsapp/` in the order in which they happened.
fn in_time() -> Vec<String> {
    fn earliest(value: &Value) -> Option<i64> {
        let second = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
        match value {
            Value::Object(fields) => {
                let own = ["timestamp", "time"].iter().filter_map(|key| second(fields.get(*key)?));
                own.chain(fields.values().filter_map(earliest)).min()
            }
            Value::Array(items) => items.iter().filter_map(earliest).min(),
            _ => None,
        }
    }
    let mut files = files("whatsapp");
    let at =
        |file: &String| earliest(&serde_json::from_str(&testkit::event(&format!("whatsapp/{file}.json"))).unwrap());
    files.sort_by_cached_key(|file| (at(file).unwrap_or(i64::MAX), file.clone()));
    files
}

#[tokio::test]
async fn all_webhooks_together_give_one_picture() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    for file in in_time() {
        app.deliver_file(&file).await;
    }
    insta::assert_snapshot!(app.picture().await);
}

/// The keys of the items that are not the same, with both. When a number was heard from is new with each delivery.
fn difference(before: &Items, after: &Items) -> Vec<String> {
    let but_heard = |items: &Items| -> Items {
        let mut items = items.clone();
        for item in items.values_mut().filter(|item| item["ty"] == "channel") {
            item.as_object_mut().map(|item| item.remove("hd"));
        }
        items
    };
    let before = &but_heard(before);
    let after = &but_heard(after);
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differing = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    differing.map(|key| format!("{key:?}\n  before {:?}\n  after  {:?}", before.get(key), after.get(key))).collect()
}

#[tokio::test]
async fn a_webhook_that_comes_again_changes_nothing_not_even_after_a_year() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    for file in in_time() {
        app.deliver_file(&file).await;
        let before = app.items().await;
        // Later than SQS remembers, so that it is our doing.
        app.skip(Duration::from_secs(301));
        app.deliver_file(&file).await;
        assert_eq!(difference(&before, &app.items().await), [""; 0], "{file} came twice");
    }
    let before = app.items().await;
    for days in [7, 30, 365] {
        app.skip(DAY * days);
        for file in in_time() {
            app.deliver_file(&file).await;
        }
        assert_eq!(difference(&before, &app.items().await), [""; 0], "all came again after {days} more days");
    }
}

/// Lets days pass, with the schedule twice in each.
async fn days(app: &TestApp, days: u64) {
    for _ in 0..days * 2 {
        app.skip(12 * HOUR);
        app.stack().drive_due().await;
        app.settle().await;
    }
}

#[tokio::test]
async fn a_year_in_which_everything_was_settled_is_not_unsettled_by_a_repetition() {
    let app = TestApp::start().await;
    app.skip(HOUR);
    for file in in_time() {
        app.deliver_file(&file).await;
    }
    days(&app, 40).await;
    app.skip(DAY * 325);
    let items = app.items().await;
    let shown = app.picture().await;
    assert_eq!((app.count("orphan").await, app.count("raw").await), (0, 0), "nothing waits, nothing is kept too long");
    insta::assert_snapshot!(shown);
    for file in in_time() {
        app.deliver_file(&file).await;
    }
    days(&app, 10).await;
    // Templates are read anew each day.
    let settled = |items: Items| -> Items {
        items.into_iter().filter(|((partition, _), _)| !partition.ends_with("#TEMPLATES")).collect()
    };
    assert_eq!(difference(&settled(items), &settled(app.items().await)), [""; 0]);
    assert_eq!(shown, app.picture().await);
}

/// The lines of a picture, whichever lead was made first.
fn lines(picture: &str) -> Vec<String> {
    let mut lines: Vec<_> = picture.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

#[tokio::test]
async fn what_comes_back_from_the_dead_letters_is_shown_and_coming_back_again_it_changes_nothing() {
    let some = ["text", "album", "image", "reaction", "edit", "revoke", "status-delivered", "field-account-update"];
    let straight = TestApp::start().await;
    let app = TestApp::start().await;
    for file in some {
        straight.deliver_file(file).await;
        app.post_file(file).await;
    }
    app.die(INBOUND).await;
    assert_eq!(app.get("/api/leads").await.items().len(), 0);
    assert_eq!(app.redrive(INBOUND).await, 17);
    app.settle().await;
    let [back, straight] = [app.picture().await, straight.picture().await].map(|picture| lines(&picture));
    assert_eq!(back, straight, "as if it had come the straight way");
    let before = app.items().await;
    for file in some {
        app.post_file(file).await;
    }
    app.die(INBOUND).await;
    assert_eq!(app.redrive(INBOUND).await, 17);
    for file in some {
        app.post_file(file).await;
    }
    app.settle().await;
    assert_eq!(difference(&before, &app.items().await), [""; 0], "dead letters and a replay change nothing");
}

#[tokio::test]
async fn what_lay_among_the_dead_letters_while_newer_messages_were_read_is_unread() {
    let app = TestApp::start().await;
    let ana = Sender { name: "Ana", phone: Some("34600111222"), user: Some("ES.1") };
    app.deliver(ana.writes("wamid.A", app.now().seconds(), "stuck")).await;
    app.die(INBOUND).await;
    app.deliver(ana.writes("wamid.B", app.now().seconds(), "newer")).await;
    app.settle().await;
    let conversation = app.get("/api/conversations").await.items()[0]["id"].as_str().unwrap().to_owned();
    let read = app.post(&format!("/api/conversations/{conversation}/read"), json!({})).await;
    assert_eq!(read["unread"], 0);
    app.skip(Duration::from_secs(1));
    assert_eq!(app.redrive(INBOUND).await, 1);
    app.settle().await;
    assert_eq!(app.only_lead().await["unread"], 1);
}

#[tokio::test]
async fn each_status_shows_at_the_message_that_it_speaks_of() {
    let expected = BTreeMap::from([
        ("status-sent", "sent"),
        ("status-delivered", "delivered"),
        ("status-read", "read"),
        ("status-played", "played"),
        ("status-failed", "failed"),
        ("status-sent-to-bsuid", "sent"),
        ("status-without-contacts", "delivered"),
        ("status-unknown-word", "unknown"),
    ]);
    for file in files("whatsapp").into_iter().filter(|file| file.starts_with("status-")) {
        let app = TestApp::with_message_of(&file).await;
        assert_eq!(app.status().await, "accepted");
        for _ in 0..2 {
            app.deliver_file(&file).await;
            assert_eq!(app.status().await, expected[file.as_str()], "{file}");
            assert_eq!(app.count("orphan").await, 0, "{file}");
        }
    }
}

#[tokio::test]
async fn a_status_that_comes_before_its_message_shows_once_that_is_known() {
    let app = TestApp::start().await;
    app.deliver_file("text").await;
    app.deliver_file("status-delivered").await;
    assert_eq!(app.count("orphan").await, 1);
    app.accepted(&spoken_of("status-delivered")).await;
    assert_eq!((app.status().await.as_str(), app.count("orphan").await), ("delivered", 0));
}
