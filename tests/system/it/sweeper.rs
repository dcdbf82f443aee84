//! What is due is driven on, each business in its turn; what is nobody's is dropped, or left to expire.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use domain::{TenantId, Wamid};
use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use store::reliability::due::Due;
use store::reliability::orphans::{Orphan, WAITS, Waits};
use testkit::TestApp;
use testkit::bodies::webhook;

fn status(app: &TestApp, wamid: &str, word: &str, name: Option<&str>) -> Value {
    let at = app.now().seconds().to_string();
    let mut status = json!({"id": wamid, "status": word, "timestamp": at, "recipient_id": "5511988887777"});
    if let Some(name) = name {
        status["biz_opaque_callback_data"] = json!(name);
    }
    status
}

async fn deliver(app: &TestApp, statuses: Vec<Value>) {
    assert_eq!(app.deliver(webhook(json!({"statuses": statuses}))).await.status, StatusCode::OK);
    app.settle().await;
}

#[tokio::test]
async fn a_status_with_another_app_s_name_is_nobody_s_at_once() {
    let app = TestApp::start().await;
    let words = ["sent", "delivered", "read", "failed"];
    deliver(&app, words.map(|word| status(&app, "wamid.theirs", word, Some("their own name"))).to_vec()).await;
    assert_eq!((app.count("orphan").await, app.count("waiting").await), (0, 0));
}

#[tokio::test]
async fn statuses_of_one_message_are_due_once_are_tried_twice_and_are_left_to_expire() {
    let app = TestApp::start().await;
    let words = ["sent", "delivered", "read"];
    deliver(&app, words.map(|word| status(&app, "wamid.theirs", word, None)).to_vec()).await;
    assert_eq!((app.count("orphan").await, app.count("waiting").await), (3, 1));
    app.pass(Duration::from_secs(60)).await;
    assert_eq!((app.count("orphan").await, app.count("waiting").await), (3, 1), "tried once");
    app.pass(Duration::from_secs(300)).await;
    assert_eq!((app.count("orphan").await, app.count("waiting").await), (3, 0), "tried twice");
    // The same status again, days later: it is no longer due than before.
    app.skip(WAITS / 2);
    deliver(&app, vec![status(&app, "wamid.theirs", "read", None)]).await;
    app.pass(Duration::from_secs(600)).await;
    assert_eq!(app.count("waiting").await, 0);
    app.skip(WAITS);
    app.stack().drive_due().await;
    assert_eq!(app.count("orphan").await, 0, "they have expired");
}

/// Something waits for this message.
async fn wait(app: &TestApp, tenant: TenantId, wamid: &str) {
    let digest = "0a1b".to_owned();
    let event = "not a task".to_owned();
    let until = app.now().plus(WAITS);
    let orphan = Orphan { digest, event, kind: Waits::Status, until };
    app.stack().store().tenant(tenant).put_orphan(&Wamid::parse(wamid).unwrap(), &orphan, false).await.unwrap();
}

#[tokio::test]
async fn a_business_with_much_to_do_hides_nothing_of_a_neighbour_and_all_of_it_is_found() {
    let app = TestApp::start().await;
    app.settle().await;
    let [busy, first, last] = [50, 1, 99].map(|bits| TenantId::from_parts(app.now(), bits));
    for number in 0..2000 {
        wait(&app, busy, &format!("wamid.{number}")).await;
    }
    for quiet in [first, last] {
        wait(&app, quiet, "wamid.A").await;
    }
    app.skip(Duration::from_secs(61));
    let due = app.stack().store().due(app.now(), 5).await.unwrap();
    assert_eq!(due.len(), 16 * 5 + 2, "five of each list, and both neighbours'");
    for quiet in [first, last] {
        let place = due.iter().position(|found| matches!(&found.work, Due::Orphans(tenant, _) if *tenant == quiet));
        assert!(place.unwrap() < 18, "{place:?}: among the first of each list");
    }
    let all = app.stack().store().due(app.now(), 10_000).await.unwrap();
    assert_eq!(all.len(), 2002, "they are spread, and every one is found");
    let unread = app.stack().store().due(app.now().minus(Duration::from_secs(10)), 10_000).await.unwrap();
    assert_eq!(unread.len(), 0, "what is not due yet is not");
}

#[tokio::test]
async fn one_run_drives_all_that_is_due_however_much_it_is() {
    let app = TestApp::start().await;
    app.settle().await;
    let person = app.person("Asha");
    app.says(&person, "Hello").await;
    let tenant = app.account().tenant;
    for number in 0..1700 {
        wait(&app, tenant, &format!("wamid.{number}")).await;
    }
    for number in 0..1700 {
        let store = app.stack().store();
        store.tenant(tenant).remove_orphan(&Wamid::parse(&format!("wamid.{number}")).unwrap(), "0a1b").await.unwrap();
    }
    app.skip(Duration::from_secs(61));
    app.stack().drive_due().await;
    assert_eq!(app.count("waiting").await, 0);
}
