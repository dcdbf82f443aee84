//! Conversations: the list, one of them, its messages, reading it.

use crate::support::Api;
use axum::http::StatusCode;
use domain::{ChannelId, ConversationId};
use serde_json::json;

#[tokio::test]
async fn conversations_are_listed_by_last_activity_also_where_a_lead_has_several() {
    let api = Api::new().await;
    let first = api.customer("919876543210", "hello").await;
    let second = ConversationId { channel: ChannelId::from_parts(api.now(), 2), ..first.conversations[0] };
    api.connect(second.channel, "106540352242923").await;
    api.pass(5);
    let other = api.customer("919876543211", "hello").await;
    api.pass(5);
    assert!(api.store.tenant(api.tenant).open_conversation(second, first.id).await.unwrap());
    api.writes(second, "on the other number").await;
    let answer = api.get("/api/whatsapp/conversations").await;
    let ids = [second, other.conversations[0], first.conversations[0]].map(|id| id.to_string());
    assert_eq!(answer.each("id"), ids);
    let item = &answer.body["items"][0];
    assert_eq!((&item["leadId"], &item["channelId"]), (&json!(first.id), &json!(second.channel)));
    assert_eq!((&item["status"], &item["unread"], &item["stage"]), (&json!("open"), &json!(1), &json!("Incoming")));
    let until = api.now().plus(std::time::Duration::from_secs(24 * 3600));
    assert_eq!(item["windowUntil"], json!(until.to_string()));
    assert_eq!(api.get("/api/conversations?status=closed").await.body["items"], json!([]));
    assert_eq!(api.get(&format!("/api/conversations/{second}")).await.body, *item);
}

#[tokio::test]
async fn messages_come_newest_first_a_page_at_a_time() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "0").await;
    for n in 1..5 {
        api.pass(1);
        api.writes(lead.conversations[0], &n.to_string()).await;
    }
    let path = format!("/api/conversations/{}/messages?limit=2", lead.conversations[0]);
    let mut texts = Vec::new();
    let mut next = path.clone();
    loop {
        let answer = api.get(&next).await;
        texts.extend(answer.each("text"));
        let Some(cursor) = answer.body["nextCursor"].as_str() else { break };
        next = format!("{path}&cursor={cursor}");
    }
    assert_eq!(texts, ["4", "3", "2", "1", "0"]);
}

#[tokio::test]
async fn reading_a_conversation_leaves_nothing_unread() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let id = lead.conversations[0];
    assert_eq!(api.get("/api/leads").await.body["items"][0]["unread"], 1);
    let answer = api.post(&format!("/api/whatsapp/conversations/{id}/read"), json!({})).await;
    assert_eq!((answer.status, &answer.body["unread"]), (StatusCode::OK, &json!(0)));
    assert_eq!(api.get("/api/leads").await.body["items"][0]["unread"], 0);
    let unknown = ConversationId { channel: ChannelId::from_parts(api.now(), 9), ..id };
    let answer = api.post(&format!("/api/conversations/{unknown}/read"), json!({})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
