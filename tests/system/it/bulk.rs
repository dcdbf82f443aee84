//! Bulk changes in the whole system: each lead or conversation is changed once, and what was changed can be undone.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::TestApp;

async fn lead(app: &TestApp, body: Value) -> String {
    let made = app.post("/api/leads", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.str("id").to_owned()
}

/// Makes a bulk change; it once it is done.
async fn bulk(app: &TestApp, body: Value) -> Value {
    let begun = app.post("/api/bulk", body).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
    done(app, begun.str("id")).await
}

async fn undo(app: &TestApp, bulk: &Value) -> Value {
    let path = format!("/api/bulk/{}/undo", bulk["id"].as_str().expect("an ID"));
    let begun = app.post(&path, json!({})).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
    let again = app.post(&path, json!({})).await;
    assert_eq!(again.json["id"], begun.json["id"], "a bulk change is undone once");
    done(app, begun.str("id")).await
}

async fn done(app: &TestApp, id: &str) -> Value {
    app.settle().await;
    let done = app.get(&format!("/api/bulk/{id}")).await.json;
    assert_eq!(done["state"], "done", "{done}");
    done
}

fn counts(bulk: &Value) -> [i64; 3] {
    ["changed", "unchanged", "refused"].map(|name| bulk["counts"][name].as_i64().unwrap_or(-1))
}

async fn read(app: &TestApp, id: &str) -> Value {
    app.get(&format!("/api/leads/{id}")).await.json
}

#[tokio::test]
async fn leads_are_tagged_moved_and_given_to_an_owner_and_all_of_it_is_undone() {
    let app = TestApp::start().await;
    let asha = lead(&app, json!({"name": "Asha", "tags": ["vip"]})).await;
    let bo = lead(&app, json!({"name": "Bo", "stage": "Won"})).await;
    app.settle().await;
    let me = app.get("/api/auth/me").await.json["id"].clone();
    let tagged = bulk(&app, json!({"action": "tag", "tags": ["VIP", "fair"], "leads": {}})).await;
    assert_eq!((counts(&tagged), &tagged["total"]), ([2, 0, 0], &json!(2)));
    let moved = bulk(&app, json!({"action": "set_stage", "stage": "Won", "leadIds": [asha, bo]})).await;
    assert_eq!(counts(&moved), [1, 1, 0]);
    let owned = bulk(&app, json!({"action": "set_owner", "ownerId": me, "leads": {"tag": "fair"}})).await;
    assert_eq!(counts(&owned), [2, 0, 0]);
    let report = app.follow(owned["reportUrl"].as_str().expect("a report")).await.expect("it can be downloaded");
    let report = String::from_utf8(report.bytes.to_vec()).expect("it is text");
    assert!(report.contains(&format!("\"{asha}\",\"changed\",\"\"")), "{report}");
    let after = read(&app, &asha).await;
    assert_eq!((&after["stage"], &after["ownerId"], &after["tags"]), (&json!("Won"), &me, &json!(["fair", "vip"])));

    app.call(Method::PATCH, &format!("/api/leads/{bo}"), &[], Some(json!({"ownerId": null}))).await;
    assert_eq!(counts(&undo(&app, &owned).await), [1, 1, 0], "Bo has no owner already");
    assert_eq!(counts(&undo(&app, &moved).await), [1, 1, 0]);
    let untagged = undo(&app, &tagged).await;
    assert_eq!(counts(&untagged), [2, 0, 0]);
    let after = read(&app, &asha).await;
    assert_eq!((&after["stage"], &after["ownerId"], &after["tags"]), (&json!("New"), &json!(null), &json!(["vip"])));
    assert_eq!(read(&app, &bo).await["stage"], "Won");
    let twice = app.post(&format!("/api/bulk/{}/undo", untagged["id"].as_str().expect("an ID")), json!({})).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "an undo is not undone");
}

#[tokio::test]
async fn leads_are_deleted_and_restored_and_what_somebody_changed_since_stays() {
    let app = TestApp::start().await;
    let asha = lead(&app, json!({"name": "Asha"})).await;
    lead(&app, json!({"name": "Bo"})).await;
    app.settle().await;
    let deleted = bulk(&app, json!({"action": "delete", "leads": {"stages": ["New"]}})).await;
    assert_eq!(counts(&deleted), [2, 0, 0]);
    assert!(app.get("/api/leads").await.items().is_empty());
    assert_eq!(counts(&undo(&app, &deleted).await), [2, 0, 0]);
    assert_eq!(app.get("/api/leads").await.items().len(), 2);
    let moved = bulk(&app, json!({"action": "set_stage", "stage": "Lost", "lostReason": "Gone", "leads": {}})).await;
    assert_eq!(read(&app, &asha).await["lostReason"], "Gone");
    app.call(Method::PATCH, &format!("/api/leads/{asha}"), &[], Some(json!({"stage": "Qualified"}))).await;
    assert_eq!(counts(&undo(&app, &moved).await), [1, 0, 1]);
    assert_eq!(read(&app, &asha).await["stage"], "Qualified");
}

#[tokio::test]
async fn conversations_are_closed_snoozed_assigned_and_read_by_filter() {
    let app = TestApp::start().await;
    for name in ["Asha", "Bo", "Cem"] {
        let person = app.person(name);
        app.says(&person, "Hello").await;
    }
    let me = app.get("/api/auth/me").await.json["id"].clone();
    let open = "/api/conversations";
    let read = bulk(&app, json!({"action": "read", "conversations": {"unread": true}})).await;
    assert_eq!((counts(&read), &read["canBeUndone"]), ([3, 0, 0], &json!(false)));
    assert!(app.get(&format!("{open}?unread=true")).await.items().is_empty());
    let assigned = bulk(&app, json!({"action": "assign", "assignee": me, "conversations": {}})).await;
    assert_eq!(counts(&assigned), [3, 0, 0]);
    let until = (app.now().plus(std::time::Duration::from_secs(3_600))).to_string();
    let snoozed = json!({"action": "snooze", "snoozedUntil": until, "conversations": {"assignee": "me"}});
    let snoozed = bulk(&app, snoozed).await;
    assert_eq!(app.get(&format!("{open}?status=snoozed")).await.items().len(), 3);
    assert_eq!(counts(&undo(&app, &snoozed).await), [3, 0, 0]);
    let closed = bulk(&app, json!({"action": "close", "conversations": {"status": "all"}})).await;
    assert_eq!(counts(&closed), [3, 0, 0]);
    let asha = app.person("Dee");
    app.says(&asha, "Hello").await;
    assert_eq!(counts(&undo(&app, &closed).await), [3, 0, 0]);
    assert_eq!(counts(&undo(&app, &assigned).await), [3, 0, 0]);
    assert_eq!(app.get(&format!("{open}?assignee=unassigned")).await.items().len(), 4);
}

#[tokio::test]
async fn a_bulk_change_says_which_field_is_wrong() {
    let app = TestApp::start().await;
    for (body, field) in [
        (json!({"action": "paint", "leads": {}}), "action"),
        (json!({"action": "tag", "leads": {}}), "tags"),
        (json!({"action": "tag", "tags": ["x".repeat(500)], "leads": {}}), "tags[0]"),
        (json!({"action": "tag", "tags": ["a"]}), "leadIds"),
        (json!({"action": "tag", "tags": ["a"], "leads": {}, "stage": "Won"}), "stage"),
        (json!({"action": "tag", "tags": ["a"], "conversations": {}}), "conversations"),
        (json!({"action": "set_owner", "leads": {}}), "ownerId"),
        (json!({"action": "set_stage", "leads": {}}), "stage"),
        (json!({"action": "set_stage", "stage": "Won", "lostReason": "x", "leads": {}}), "lostReason"),
        (json!({"action": "close"}), "conversationIds"),
        (json!({"action": "close", "conversations": {"status": "lost"}}), "conversations.status"),
        (json!({"action": "snooze", "snoozedUntil": "2020-01-01T00:00:00Z", "conversations": {}}), "snoozedUntil"),
        (json!({"action": "assign", "conversations": {}}), "assignee"),
    ] {
        let answer = app.post("/api/bulk", body.clone()).await;
        let found = (answer.status, &answer.json["field"]);
        assert_eq!(found, (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{body}: {}", answer.text);
    }
}
