//! A lead's timeline: notes, logged calls and tasks, and what of it is shown.

use crate::support::Api;
use axum::http::{Method, StatusCode};
use domain::UserId;
use serde_json::{Value, json};
use std::time::Duration;

async fn kinds(api: &Api, path: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut next = path.to_owned();
    loop {
        let page = api.get(&next).await;
        assert_eq!(page.status, StatusCode::OK, "{next}: {}", page.body);
        all.extend(page.each("type"));
        let Some(cursor) = page.body["nextCursor"].as_str() else { return all };
        let sign = if path.contains('?') { '&' } else { '?' };
        next = format!("{path}{sign}cursor={cursor}");
    }
}

#[tokio::test]
async fn notes_calls_and_tasks_stand_in_one_order_and_can_be_filtered() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let path = format!("/api/leads/{}", lead.id);
    api.pass(600);
    let post = async |path: &str, body: Value| api.post(path, body).await;
    let note = post(&format!("{path}/notes"), json!({ "text": " Wants a discount ", "mentions": [api.user.id] })).await;
    assert_eq!((note.status, &note.body["type"]), (StatusCode::CREATED, &json!("note_added")), "{}", note.body);
    assert_eq!(
        note.body["metadata"],
        json!({ "text": "Wants a discount", "mentions": [api.user.id], "by": api.user.id })
    );
    let before = api.now().minus(Duration::from_secs(300)).to_string();
    let call = json!({ "type": "call", "text": "No answer", "at": before, "minutes": 2 });
    let call = post(&format!("{path}/activities"), call).await;
    assert_eq!(
        (call.status, &call.body["type"], &call.body["at"]),
        (StatusCode::CREATED, &json!("call_made"), &json!(before))
    );
    api.pass(1);
    let task = post(&format!("{path}/tasks"), json!({ "text": "Call back" })).await;
    assert_eq!((task.status, &task.body["assigneeId"]), (StatusCode::CREATED, &json!(api.user.id)), "{}", task.body);
    let done = format!("{path}/tasks/{}", task.body["id"].as_str().unwrap());
    api.pass(1);
    let done = api.call(Method::PATCH, &done, &[], r#"{"done":true}"#).await;
    assert_eq!((done.status, &done.body["doneBy"]), (StatusCode::OK, &json!(api.user.id)), "{}", done.body);

    let timeline = format!("{path}/timeline");
    let all = ["task_done", "task_added", "note_added", "call_made", "message_received"];
    assert_eq!(kinds(&api, &timeline).await, all);
    assert_eq!(kinds(&api, &format!("{timeline}?limit=2")).await, all);
    assert_eq!(kinds(&api, &format!("{timeline}?kind=tasks&limit=1")).await, ["task_done", "task_added"]);
    assert_eq!(kinds(&api, &format!("{timeline}?kind=notes,activities")).await, ["note_added", "call_made"]);
    assert!(kinds(&api, &format!("{timeline}?kind=stages")).await.is_empty());
    assert_eq!(api.get(&format!("{timeline}?kind=gossip")).await.body["field"], "kind");
}

#[tokio::test]
async fn what_is_wrong_with_a_note_a_call_or_a_task_is_named() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let tomorrow = api.now().plus(Duration::from_secs(86_400)).to_string();
    let nobody = UserId::from_parts(api.now(), 77);
    for (path, body, field) in [
        ("notes", json!({}), "text"),
        ("notes", json!({ "text": " " }), "text"),
        ("notes", json!({ "text": "x".repeat(4001) }), "text"),
        ("notes", json!({ "text": "x", "mentions": [nobody] }), "mentions"),
        ("notes", json!({ "text": "x", "colour": "red" }), "colour"),
        ("activities", json!({ "text": "x" }), "type"),
        ("activities", json!({ "type": "fax" }), "type"),
        ("activities", json!({ "type": "call", "at": "yesterday" }), "at"),
        ("activities", json!({ "type": "call", "at": tomorrow }), "at"),
        ("activities", json!({ "type": "call", "minutes": 0 }), "minutes"),
        ("tasks", json!({ "text": "" }), "text"),
        ("tasks", json!({ "text": "x", "dueAt": "soon" }), "dueAt"),
        ("tasks", json!({ "text": "x", "remindAt": "soon" }), "remindAt"),
        ("tasks", json!({ "text": "x", "assigneeId": nobody }), "assigneeId"),
    ] {
        let answer = api.post(&format!("/api/leads/{}/{path}", lead.id), body.clone()).await;
        assert_eq!(
            (answer.status, &answer.body["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
            "{path} {body}"
        );
    }
}

#[tokio::test]
async fn open_tasks_are_listed_by_due_time_and_done_ones_apart() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let path = format!("/api/leads/{}/tasks", lead.id);
    let in_hours = |hours: u64| api.now().plus(Duration::from_secs(hours * 3600)).to_string();
    let mut ids = Vec::new();
    for body in [
        json!({ "text": "later", "dueAt": in_hours(5) }),
        json!({ "text": "some time" }),
        json!({ "text": "soon", "dueAt": in_hours(1) }),
        json!({ "text": "for anybody", "assigneeId": null }),
    ] {
        ids.push(api.post(&path, body).await.body["id"].as_str().unwrap().to_owned());
    }
    let mine = api.get("/api/tasks?limit=2").await;
    assert_eq!(mine.each("text"), ["soon", "later"], "{}", mine.body);
    assert_eq!(mine.body["items"][0]["leadName"], "+919876543210");
    let cursor = mine.body["nextCursor"].as_str().unwrap();
    assert_eq!(api.get(&format!("/api/tasks?limit=2&cursor={cursor}")).await.each("text"), ["some time"]);
    assert_eq!(api.get("/api/tasks?assignee=none").await.each("text"), ["for anybody"]);
    assert_eq!(api.get(&path).await.each("text"), ["soon", "later", "some time", "for anybody"]);

    let done = api.call(Method::PATCH, &format!("{path}/{}", ids[2]), &[], r#"{"done":true}"#).await;
    assert_eq!((done.status, &done.body["remindAt"]), (StatusCode::OK, &json!(null)));
    assert_eq!(api.get("/api/tasks").await.each("text"), ["later", "some time"]);
    assert_eq!(api.get("/api/tasks?done=true").await.each("text"), ["soon"]);
    let moved =
        api.call(Method::PATCH, &format!("{path}/{}", ids[0]), &[], r#"{"dueAt":null,"text":"whenever"}"#).await;
    assert_eq!((&moved.body["dueAt"], &moved.body["text"]), (&json!(null), &json!("whenever")));
    let gone = api.call(Method::DELETE, &format!("{path}/{}", ids[1]), &[], "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get("/api/tasks").await.each("text"), ["whenever"]);
    let again = api.call(Method::DELETE, &format!("{path}/{}", ids[1]), &[], "").await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}
