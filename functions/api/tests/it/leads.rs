//! Leads: lists, pages, stages.

use crate::support::Api;
use axum::http::{Method, StatusCode};
use domain::LeadId;
use domain::stages::Stage;
use serde_json::json;

/// Five leads, made one second after the other, moved to Incoming, Won, Lost, Won, Incoming.
async fn five(api: &Api) -> Vec<LeadId> {
    let mut leads = Vec::new();
    for (n, stage) in [Stage::Incoming, Stage::Won, Stage::Lost, Stage::Won, Stage::Incoming].into_iter().enumerate() {
        api.pass(1);
        let lead = api.customer(&format!("91987654321{n}"), "hello").await;
        let body = json!({ "stage": stage }).to_string();
        let moved = api.call(Method::PATCH, &format!("/api/leads/{}", lead.id), &[], &body).await;
        assert_eq!(moved.status, StatusCode::OK, "{}", moved.body);
        leads.push(lead.id);
    }
    leads
}

async fn pages(api: &Api, path: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = path.to_owned();
    loop {
        let answer = api.get(&next).await;
        assert_eq!(answer.status, StatusCode::OK, "{next}");
        pages.push(answer.each("id"));
        match answer.body["nextCursor"].as_str() {
            Some(cursor) => next = format!("{path}&cursor={cursor}"),
            None => return pages,
        }
    }
}

#[tokio::test]
async fn a_list_over_all_stages_is_merged_across_pages() {
    let api = Api::new().await;
    let mut leads: Vec<_> = five(&api).await.iter().map(ToString::to_string).collect();
    leads.reverse();
    let pages = pages(&api, "/api/leads?limit=2").await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(pages.concat(), leads);
}

#[tokio::test]
async fn stages_may_be_repeated_or_separated_by_commas() {
    let api = Api::new().await;
    let leads = five(&api).await;
    let wanted = [leads[3].to_string(), leads[2].to_string(), leads[1].to_string()];
    assert_eq!(pages(&api, "/api/leads?stage=Won,lost&limit=1").await.concat(), wanted);
    assert_eq!(pages(&api, "/api/leads?stage=Won&stage=Lost&limit=2").await.concat(), wanted);
}

#[tokio::test]
async fn a_cursor_that_was_changed_or_is_of_another_list_is_refused() {
    let api = Api::new().await;
    five(&api).await;
    let cursor = api.get("/api/leads?limit=1").await.body["nextCursor"].as_str().unwrap().to_owned();
    let mut changed = cursor.clone().into_bytes();
    let last = changed.len() - 4;
    changed[last] = if changed[last] == b'A' { b'B' } else { b'A' };
    let changed = String::from_utf8(changed).unwrap();
    for path in [
        format!("/api/leads?cursor={changed}"),
        format!("/api/leads?stage=Won&cursor={cursor}"),
        format!("/api/conversations?cursor={cursor}"),
        format!("/api/notices?cursor={cursor}"),
        "/api/leads?cursor=x".to_owned(),
        "/api/leads?cursor=%00".to_owned(),
    ] {
        let answer = api.get(&path).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::BAD_REQUEST, &json!("cursor")), "{path}");
    }
}

#[tokio::test]
async fn parameters_that_are_wrong_are_named() {
    let api = Api::new().await;
    for (path, field) in [
        ("/api/leads?limit=0", "limit"),
        ("/api/leads?limit=101", "limit"),
        ("/api/leads?limit=many", "limit"),
        ("/api/leads?stage=Closed", "stage"),
        ("/api/leads?owner=Bo", "owner"),
        ("/api/leads?source=Fax", "source"),
        ("/api/leads?tag=a%2Cb", "tag"),
        ("/api/leads?deleted=perhaps", "deleted"),
        ("/api/conversations?status=New", "status"),
    ] {
        let answer = api.get(path).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::BAD_REQUEST, &json!(field)), "{path}");
    }
}

#[tokio::test]
async fn a_lead_is_listed_with_its_last_message_and_what_is_unread() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    api.pass(5);
    api.writes(lead.conversations[0], "are you there?").await;
    let answer = api.get("/api/leads").await;
    let item = &answer.body["items"][0];
    assert_eq!((&item["name"], &item["phone"]), (&json!("+919876543210"), &json!("+919876543210")));
    assert_eq!((&item["unread"], &item["stage"], &item["source"]), (&json!(2), &json!("Incoming"), &json!("WhatsApp")));
    let at = api.now().to_string();
    let last = json!({ "text": "are you there?", "type": "text", "direction": "inbound", "at": at });
    assert_eq!((&item["lastMessage"], &item["lastMessageAt"]), (&last, &json!(at)));
    assert_eq!(item["conversations"], json!([lead.conversations[0]]));
}

#[tokio::test]
async fn a_leads_page_holds_messages_and_timeline_newest_first() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    api.pass(5);
    let path = format!("/api/leads/{}", lead.id);
    let moved = api.call(Method::PATCH, &path, &[], r#"{"stage":"qualified"}"#).await;
    assert_eq!((moved.status, &moved.body["stage"]), (StatusCode::OK, &json!("Qualified")));
    api.pass(5);
    assert_eq!(
        api.post("/api/messages", json!({ "leadId": lead.id, "text": "hi!" })).await.status,
        StatusCode::ACCEPTED
    );
    let page = api.get(&path).await.body;
    let texts: Vec<_> = page["messages"].as_array().unwrap().iter().map(|message| &message["text"]).collect();
    assert_eq!(texts, ["hi!", "hello"]);
    assert_eq!(
        (&page["messages"][0]["status"], &page["messages"][1]["status"]),
        (&json!("queued"), &json!("received"))
    );
    let kinds: Vec<_> = page["timeline"].as_array().unwrap().iter().map(|line| &line["type"]).collect();
    assert_eq!(kinds, ["message_sent", "stage_changed", "message_received"]);
    assert_eq!(page["timeline"][1]["description"], "Stage changed from Incoming to Qualified");
    assert_eq!(page["timeline"][1]["metadata"]["by"], json!(api.user.id));
    assert_eq!(
        (&page["id"], &page["stage"], &page["possibleDuplicates"]),
        (&json!(lead.id), &json!("Qualified"), &json!([]))
    );

    let first = api.get(&format!("{path}?limit=2")).await.body;
    let cursor = first["messagesCursor"].as_str().unwrap();
    let rest = api.get(&format!("{path}?limit=2&messagesCursor={cursor}")).await.body;
    assert_eq!((rest["timeline"].as_array().unwrap().len(), &rest["messagesCursor"]), (1, &json!(null)));
    assert_eq!(rest["messages"][0]["text"], "hello");
}

#[tokio::test]
async fn put_takes_back_what_get_gave_and_names_a_field_that_cannot_be_changed() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let path = format!("/api/leads/{}", lead.id);
    let mut whole = api.get(&path).await.body;
    // The customer writes while an agent has the lead open.
    api.pass(5);
    api.writes(lead.conversations[0], "are you there?").await;
    whole["stage"] = json!("Won");
    let moved = api.call(Method::PUT, &path, &[], &whole.to_string()).await;
    assert_eq!((moved.status, &moved.body["stage"]), (StatusCode::OK, &json!("Won")), "{}", moved.body);
    whole["revision"] = moved.body["revision"].clone();
    for (field, value) in [
        ("phone", json!(null)),
        ("id", json!("led_01M7YTTWNKA03VCHJXPFP79Y7S")),
        ("createdAt", json!("2026-01-01T00:00:00.000Z")),
        ("assignee", json!("Bo")),
    ] {
        let mut changed = whole.clone();
        changed["stage"] = json!("Lost");
        changed[field] = value;
        let refused = api.call(Method::PUT, &path, &[], &changed.to_string()).await;
        assert_eq!((refused.status, &refused.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
    assert_eq!(api.get(&path).await.body["stage"], "Won", "what was refused moved nothing");
}

#[tokio::test]
async fn an_unknown_stage_names_those_that_there_are_and_put_needs_no_more_than_patch() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let path = format!("/api/leads/{}", lead.id);
    for body in [r#"{"stage":"Closed"}"#, r#"{"stage":7}"#, r#"{"stage":"Won","nickname":"x"}"#] {
        let answer = api.call(Method::PATCH, &path, &[], body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let field = if body.contains("nickname") { "nickname" } else { "stage" };
        assert_eq!(answer.body["field"], field, "{body}: {}", answer.body);
    }
    let closed = api.call(Method::PATCH, &path, &[], r#"{"stage":"Closed"}"#).await;
    assert!(closed.body["detail"].as_str().unwrap().contains("New, Incoming, Contacted"));
    assert_eq!(api.call(Method::PUT, &path, &[], r#"{"stage":"Won"}"#).await.body["stage"], "Won");
    let nobody = format!("/api/leads/{}", LeadId::from_parts(api.now(), 77));
    assert_eq!(api.call(Method::PATCH, &nobody, &[], r#"{"stage":"Won"}"#).await.status, StatusCode::NOT_FOUND);
}
