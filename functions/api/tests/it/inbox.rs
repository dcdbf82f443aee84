//! The shared inbox: who answers which conversation, its status, its lists and counts, who sees what, and tags.

use crate::support::{Answer, Api, person};
use axum::http::{Method, StatusCode};
use domain::access::users::{EmailAddress, Role, User};
use domain::crm::leads::Lead;
use domain::inbox::conversations::Conversation;
use domain::{ChannelId, ConversationId, Text, UserId};
use serde_json::{Value, json};
use std::time::Duration;

fn path(id: ConversationId, rest: &str) -> String {
    format!("/api/conversations/{id}{rest}")
}

/// A colleague, who has signed in.
async fn colleague(api: &Api, role: Role, name: &str) -> (User, String) {
    let id = UserId::from_parts(api.now(), name.len() as u128 + 1000);
    let email = EmailAddress::parse(&format!("{}@example.com", name.replace(' ', "."))).unwrap();
    let user = User { id, email, name: Text::new(name), ..person(api.tenant, role) };
    let token = api.signed_in(&user).await.access_token;
    (user, token)
}

async fn claim(api: &Api, token: &str, id: ConversationId) -> Answer {
    api.call_as(token, Method::POST, &path(id, "/claim"), json!({})).await
}

async fn set(api: &Api, id: ConversationId, status: Value) -> Answer {
    api.call(Method::PATCH, &path(id, ""), &[], &status.to_string()).await
}

/// Gives a person another visibility, as the owner.
async fn restrict(api: &Api, id: UserId, change: Value) -> Answer {
    let owner = api.token_of(Role::Owner).await;
    api.call_as(&owner, Method::PATCH, &format!("/api/users/{id}"), change).await
}

async fn conversation(api: &Api, id: ConversationId) -> Conversation {
    api.store.tenant(api.tenant).conversation(id).await.unwrap().unwrap()
}

async fn timeline(api: &Api, lead: &Lead) -> Vec<Value> {
    let answer = api.get(&format!("/api/leads/{}", lead.id)).await;
    answer.body["timeline"].as_array().unwrap().clone()
}

/// A channel besides the first one, and a conversation of somebody there.
async fn second_channel(api: &Api, lead: &Lead) -> ConversationId {
    let second = ConversationId { channel: ChannelId::from_parts(api.now(), 2), ..lead.conversations[0] };
    api.connect(second.channel, "106540352242923").await;
    assert!(api.store.tenant(api.tenant).open_conversation(second, lead.id).await.unwrap());
    second
}

#[tokio::test]
async fn a_status_is_changed_listed_and_written_down() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let id = lead.conversations[0];
    api.pass(5);
    let closed = set(&api, id, json!({"status": "closed"})).await;
    assert_eq!((closed.status, &closed.body["status"]), (StatusCode::OK, &json!("closed")), "{}", closed.body);
    assert_eq!(closed.body["waitingSince"], json!(null));
    assert_eq!(api.get("/api/conversations").await.body["items"], json!([]));
    assert_eq!(api.get("/api/conversations?status=closed").await.each("id"), [id.to_string()]);
    assert_eq!(api.get("/api/conversations?status=all").await.each("id"), [id.to_string()]);
    let line = &timeline(&api, &lead).await[0];
    assert_eq!((&line["type"], &line["metadata"]["to"]), (&json!("status_changed"), &json!("closed")));
    assert_eq!(line["metadata"]["by"], json!(api.user.id));
    let audit_event = api.last_audit_event().await;
    assert_eq!((audit_event.action.as_str(), audit_event.target), ("conversation_status_changed", id.to_string()));
    let lines = timeline(&api, &lead).await.len();
    assert_eq!(set(&api, id, json!({"status": "closed"})).await.status, StatusCode::OK);
    assert_eq!(timeline(&api, &lead).await.len(), lines, "the same status again changes nothing");
}

#[tokio::test]
async fn a_message_reopens_a_closed_or_snoozed_conversation_once() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let id = lead.conversations[0];
    let until = api.now().plus(Duration::from_secs(3600)).to_string();
    for (n, status) in
        [json!({"status": "closed"}), json!({"status": "snoozed", "snoozedUntil": until})].iter().enumerate()
    {
        api.pass(5);
        let set = set(&api, id, status.clone()).await;
        assert_eq!(set.status, StatusCode::OK, "{}", set.body);
        api.pass(5);
        api.writes(id, "hello again").await;
        let open = api.get(&path(id, "")).await.body;
        assert_eq!((&open["status"], &open["snoozedUntil"]), (&json!("open"), &json!(null)));
        let opened = |line: &&Value| line["metadata"]["to"] == "open" && line["metadata"]["by"].is_null();
        assert_eq!(timeline(&api, &lead).await.iter().filter(opened).count(), n + 1);
        assert_eq!(api.get("/api/conversations").await.each("id"), [id.to_string()]);
    }
}

#[tokio::test]
async fn a_snooze_needs_a_time_in_the_future_and_what_is_wrong_is_named() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let id = lead.conversations[0];
    let past = api.now().to_string();
    for (body, field) in [
        (json!({}), "status"),
        (json!({"status": "done"}), "status"),
        (json!({"status": "snoozed"}), "snoozedUntil"),
        (json!({"status": "snoozed", "snoozedUntil": past}), "snoozedUntil"),
        (json!({"status": "snoozed", "snoozedUntil": "tomorrow"}), "snoozedUntil"),
        (json!({"status": "snoozed", "snoozedUntil": "2100-01-01T00:00:00Z"}), "snoozedUntil"),
        (json!({"status": "open", "snoozedUntil": "2027-01-01T00:00:00Z"}), "snoozedUntil"),
        (json!({"status": "open", "colour": "red"}), "colour"),
    ] {
        let answer = set(&api, id, body.clone()).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{body}");
    }
    let until = api.now().plus(Duration::from_secs(60));
    let snoozed = set(&api, id, json!({"status": "snoozed", "snoozedUntil": until.to_string()})).await;
    assert_eq!(snoozed.body["snoozedUntil"], json!(until.to_string()), "{}", snoozed.body);
    api.pass(60);
    assert!(api.store.tenant(api.tenant).wake(id, api.now()).await.unwrap());
    assert!(!api.store.tenant(api.tenant).wake(id, api.now()).await.unwrap(), "once");
    assert_eq!(api.get(&path(id, "")).await.body["status"], "open");
}

#[tokio::test]
async fn a_snooze_that_was_put_off_wakes_at_its_later_time_alone() {
    let api = Api::new().await;
    let id = api.customer("919876543210", "hello").await.conversations[0];
    let [early, late] = [60, 120].map(|seconds| api.now().plus(Duration::from_secs(seconds)));
    for until in [early, late] {
        assert_eq!(
            set(&api, id, json!({"status": "snoozed", "snoozedUntil": until.to_string()})).await.status,
            StatusCode::OK
        );
    }
    assert!(!api.store.tenant(api.tenant).wake(id, early).await.unwrap());
    assert!(api.store.tenant(api.tenant).wake(id, late).await.unwrap());
}

#[tokio::test]
async fn of_two_who_claim_at_once_one_gets_it_and_the_other_is_told_who() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let id = lead.conversations[0];
    let (bo, token) = colleague(&api, Role::Agent, "Bo Chen").await;
    let (mine, theirs) = tokio::join!(claim(&api, &api.token, id), claim(&api, &token, id));
    let (winner, loser, name) =
        if mine.status == StatusCode::OK { (mine, theirs, "Ana") } else { (theirs, mine, "Bo Chen") };
    assert_eq!((winner.status, loser.status), (StatusCode::OK, StatusCode::CONFLICT), "{}", loser.body);
    assert_eq!(winner.body["assignee"]["name"], name);
    assert_eq!(loser.body["assignee"], winner.body["assignee"]);
    assert_eq!(loser.body["type"], "/problems/claimed");
    assert_eq!(loser.body["title"], format!("{name} has this conversation"));
    let mine = if name == "Ana" { api.token.clone() } else { token };
    assert_eq!(claim(&api, &mine, id).await.status, StatusCode::OK, "again");
    let assigned = |line: &&Value| line["type"] == "assigned";
    assert_eq!(timeline(&api, &lead).await.iter().filter(assigned).count(), 1);
    assert_eq!(api.last_audit_event().await.action.as_str(), "conversation_assigned");
    assert_ne!(bo.id, api.user.id);
}

#[tokio::test]
async fn a_conversation_is_assigned_to_users_who_answer_customers_and_stands_in_their_list() {
    let api = Api::new().await;
    let id = api.customer("919876543210", "hello").await.conversations[0];
    let other = api.customer("919876543211", "hello").await.conversations[0];
    let (bo, _) = colleague(&api, Role::Agent, "Bo").await;
    let (viewer, _) = colleague(&api, Role::Viewer, "Viewer").await;
    let assign = |to: Value| {
        let api = &api;
        async move { api.post(&path(id, "/assign"), json!({ "assignee": to })).await }
    };
    let assigned = assign(json!(bo.id)).await;
    assert_eq!(assigned.body["assignee"], json!({"type": "user", "id": bo.id, "name": "Bo"}), "{}", assigned.body);
    assert_eq!(api.get(&format!("/api/conversations?assignee={}", bo.id)).await.each("id"), [id.to_string()]);
    assert_eq!(api.get("/api/conversations?assignee=unassigned").await.each("id"), [other.to_string()]);
    assert_eq!(api.get("/api/conversations?assignee=me").await.body["items"], json!([]));
    assert_eq!(api.get("/api/conversations").await.body["items"].as_array().unwrap().len(), 2);
    for (to, says) in [
        (json!(viewer.id), "cannot answer customers"),
        (json!(UserId::from_parts(api.now(), 77)), "no user with this ID"),
        (json!("me"), "Expected an ID"),
    ] {
        let refused = assign(to).await;
        assert_eq!((refused.status, &refused.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("assignee")));
        assert!(refused.body["detail"].as_str().unwrap().contains(says), "{}", refused.body);
    }
    let nothing = api.post(&path(id, "/assign"), json!({})).await;
    assert_eq!((nothing.status, &nothing.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("assignee")));
    assert_eq!(assign(Value::Null).await.body["assignee"], Value::Null);
    assert_eq!(api.get("/api/conversations?assignee=unassigned").await.body["items"].as_array().unwrap().len(), 2);
    let (_, stranger) = api.stranger().await;
    let foreign = api.call_as(&stranger, Method::POST, &path(id, "/assign"), json!({ "assignee": null })).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn conversations_that_wait_are_listed_the_oldest_first_until_we_answer() {
    let api = Api::new().await;
    let first = api.customer("919876543210", "hello").await;
    api.pass(10);
    let second = api.customer("919876543211", "hello").await;
    api.pass(10);
    api.writes(first.conversations[0], "anybody there?").await;
    let ids = [first.conversations[0], second.conversations[0]].map(|id| id.to_string());
    let waiting = api.get("/api/conversations?waiting=true").await;
    assert_eq!(waiting.each("id"), ids, "by the oldest message that waits");
    let page = api.get("/api/conversations?waiting=true&limit=1").await;
    let cursor = page.body["nextCursor"].as_str().unwrap();
    let rest = api.get(&format!("/api/conversations?waiting=true&limit=1&cursor={cursor}")).await;
    assert_eq!((page.each("id"), rest.each("id")), (vec![ids[0].clone()], vec![ids[1].clone()]));
    assert_eq!(waiting.body["items"][0]["waitingSince"], json!(first.conversations[0].history.at().to_string()));

    api.pass(10);
    let sent = api.post("/api/messages", json!({"leadId": first.id, "text": "we are"})).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.body);
    assert_eq!(api.get("/api/conversations?waiting=true").await.each("id"), [ids[1].clone()]);
    assert_eq!(api.get(&path(first.conversations[0], "")).await.body["waitingSince"], Value::Null);
    api.pass(10);
    api.writes(first.conversations[0], "thanks").await;
    assert_eq!(api.get("/api/conversations?waiting=true").await.each("id"), [ids[1].clone(), ids[0].clone()]);
    assert_eq!(set(&api, second.conversations[0], json!({"status": "pending"})).await.status, StatusCode::OK);
    assert_eq!(api.get("/api/conversations?waiting=true").await.each("id"), [ids[0].clone()]);
    let wrong = api.get("/api/conversations?waiting=true&status=closed").await;
    assert_eq!((wrong.status, &wrong.body["field"]), (StatusCode::BAD_REQUEST, &json!("waiting")));
}

#[tokio::test]
async fn filters_and_counts_agree() {
    let api = Api::new().await;
    let first = api.customer("919876543210", "hello").await;
    api.pass(1);
    let second = api.customer("919876543211", "hello").await;
    let third = second_channel(&api, &first).await;
    api.pass(1);
    api.writes(third, "on the other number").await;
    assert_eq!(claim(&api, &api.token, first.conversations[0]).await.status, StatusCode::OK);
    api.pass(1);
    assert_eq!(api.post(&path(second.conversations[0], "/read"), json!({})).await.status, StatusCode::OK);
    let counts = api.get("/api/conversations/counts").await.body;
    let expected = json!({
        "mine": 1, "unassigned": 2, "all": 3, "waiting": 3, "mineUnread": 1, "unassignedUnread": 1, "allUnread": 2,
    });
    assert_eq!(counts, expected);
    for (query, ids) in [
        ("unread=true", vec![third, first.conversations[0]]),
        ("assignee=me&unread=true", vec![first.conversations[0]]),
        (&format!("channelId={}", third.channel), vec![third]),
        ("assignee=unassigned", vec![third, second.conversations[0]]),
    ] {
        let ids: Vec<_> = ids.into_iter().map(|id| id.to_string()).collect();
        assert_eq!(api.get(&format!("/api/conversations?{query}")).await.each("id"), ids, "{query}");
    }
    for (query, field) in [
        ("status=done", "status"),
        ("assignee=somebody", "assignee"),
        ("unread=perhaps", "unread"),
        ("colour=red", "colour"),
        ("channelId=1", "channelId"),
    ] {
        let answer = api.get(&format!("/api/conversations?{query}")).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::BAD_REQUEST, &json!(field)), "{query}");
    }
    let view = api.get(&path(third, "")).await.body;
    assert_eq!((&view["channelName"], &view["username"]), (&json!("Front desk"), &Value::Null));
}

#[tokio::test]
async fn a_person_sees_what_their_rule_allows_in_lists_counts_and_direct_reads() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let free = lead.conversations[0];
    let taken = api.customer("919876543211", "hello").await.conversations[0];
    let there = second_channel(&api, &lead).await;
    let (_, bo) = colleague(&api, Role::Agent, "Bo").await;
    assert_eq!(claim(&api, &bo, taken).await.status, StatusCode::OK);
    let all = [free, taken, there];
    let channel_rule = json!({"sees": "channels", "channelIds": [there.channel]});
    for (rule, seen) in [
        (json!({"sees": "mine"}), vec![]),
        (json!({"sees": "unassigned_and_mine"}), vec![free, there]),
        (channel_rule, vec![there]),
        (json!({"sees": "all"}), vec![free, taken, there]),
    ] {
        let changed = restrict(&api, api.user.id, rule.clone()).await;
        assert_eq!((changed.status, &changed.body["sees"]), (StatusCode::OK, &rule["sees"]), "{}", changed.body);
        let me = api.get("/api/auth/me").await.body;
        assert_eq!((&me["sees"], &me["masksPhones"]), (&rule["sees"], &json!(false)));
        assert!(me["permissions"].as_array().unwrap().contains(&json!("inbox:read")), "{me}");
        let mut listed = api.get("/api/conversations").await.each("id");
        let mut expected: Vec<_> = seen.iter().map(ToString::to_string).collect();
        listed.sort();
        expected.sort();
        assert_eq!(listed, expected, "{rule}");
        assert_eq!(api.get("/api/conversations/counts").await.body["all"], seen.len(), "{rule}");
        for id in all {
            let status = if seen.contains(&id) { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(api.get(&path(id, "")).await.status, status, "{rule}");
            assert_eq!(api.get(&path(id, "/messages")).await.status, status, "{rule}");
            assert_eq!(api.post(&path(id, "/read"), json!({})).await.status, status, "{rule}");
        }
        let leads = api.get("/api/leads").await;
        let conversations: usize = leads.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|lead| lead["conversations"].as_array().unwrap().len())
            .sum();
        assert_eq!(conversations, seen.len(), "{rule}");
        let status = if seen.contains(&free) || seen.contains(&there) { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(api.get(&format!("/api/leads/{}", lead.id)).await.status, status, "{rule}");
        let body = json!({"conversationId": free, "text": "hi"});
        let status = if seen.contains(&free) { StatusCode::ACCEPTED } else { StatusCode::NOT_FOUND };
        assert_eq!(api.post("/api/messages", body).await.status, status, "{rule}");
    }
    for (rule, field) in [
        (json!({"sees": "some"}), "sees"),
        (json!({"sees": "channels"}), "channelIds"),
        (json!({"sees": "all", "channelIds": [there.channel]}), "channelIds"),
        (json!({"sees": "channels", "channelIds": [ChannelId::from_parts(api.now(), 9)]}), "channelIds"),
    ] {
        let refused = restrict(&api, api.user.id, rule).await;
        assert_eq!((refused.status, &refused.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
}

#[tokio::test]
async fn whoever_sees_the_unassigned_alone_is_told_who_was_faster() {
    let api = Api::new().await;
    let id = api.customer("919876543210", "hello").await.conversations[0];
    let (_, bo) = colleague(&api, Role::Agent, "Bo").await;
    restrict(&api, api.user.id, json!({"sees": "unassigned_and_mine"})).await;
    assert_eq!(claim(&api, &bo, id).await.status, StatusCode::OK);
    let late = claim(&api, &api.token, id).await;
    assert_eq!((late.status, &late.body["assignee"]["name"]), (StatusCode::CONFLICT, &json!("Bo")));
}

#[tokio::test]
async fn a_masked_phone_shows_its_last_digits_everywhere() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let id = lead.conversations[0];
    assert_eq!(api.get(&path(id, "")).await.body["phone"], "+919876543210");
    restrict(&api, api.user.id, json!({"masksPhones": true})).await;
    assert_eq!(api.get("/api/auth/me").await.body["masksPhones"], true);
    for path in [path(id, ""), "/api/conversations".into(), "/api/leads".into(), format!("/api/leads/{}", lead.id)] {
        let answer = api.get(&path).await;
        let text = answer.body.to_string();
        assert!(text.contains("•••• 3210") && !text.contains("919876543210"), "{path}: {text}");
    }
    let sent = api.post("/api/messages", json!({"leadId": lead.id, "text": "hi"})).await;
    assert!(!sent.body.to_string().contains("9876543210"), "{}", sent.body);
    assert_eq!(api.get("/api/notices").await.status, StatusCode::FORBIDDEN);
    let found = api.post("/api/conversations", json!({"phone": "+91 98765 43210"})).await;
    assert_eq!((found.status, &found.body["id"]), (StatusCode::OK, &json!(id)), "found by the whole number");
}

#[tokio::test]
async fn a_conversation_is_started_once_with_a_phone_and_found_afterwards() {
    let api = Api::new().await;
    let body = json!({"phone": "+55 11 98888-7777", "name": "Ravi"});
    let (one, two) = tokio::join!(api.post("/api/conversations", body.clone()), api.post("/api/conversations", body));
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CREATED], "{} {}", one.body, two.body);
    assert_eq!(one.body["id"], two.body["id"]);
    assert_eq!(
        (&one.body["name"], &one.body["stage"], &one.body["lastMessage"]),
        (&json!("Ravi"), &json!("New"), &Value::Null)
    );
    let other_spelling = api.post("/api/conversations", json!({"phone": "+55 11 8888-7777"})).await;
    assert_eq!((other_spelling.status, &other_spelling.body["id"]), (StatusCode::OK, &one.body["id"]));
    let id: ConversationId = one.body["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(set(&api, id, json!({"status": "closed"})).await.status, StatusCode::OK);
    let again = api.post("/api/conversations", json!({"leadId": one.body["leadId"]})).await;
    assert_eq!((again.status, &again.body["status"]), (StatusCode::OK, &json!("open")));
    assert_eq!(api.get("/api/leads").await.body["items"].as_array().unwrap().len(), 1);
    let unsent = api.post("/api/messages", json!({"conversationId": id, "text": "hi"})).await;
    assert_eq!(unsent.body["type"], "/problems/window-closed", "no window is open until they write");
}

#[tokio::test]
async fn starting_a_conversation_says_what_is_missing() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    for (body, status, field) in [
        (json!({}), StatusCode::UNPROCESSABLE_ENTITY, "phone"),
        (json!({"phone": "1"}), StatusCode::UNPROCESSABLE_ENTITY, "phone"),
        (json!({"phone": "9876543210"}), StatusCode::UNPROCESSABLE_ENTITY, "phone"),
        (json!({"phone": "+919876543210", "leadId": lead.id}), StatusCode::UNPROCESSABLE_ENTITY, "phone"),
        (json!({"phone": "+919876543299", "name": " "}), StatusCode::UNPROCESSABLE_ENTITY, "name"),
        (json!({"leadId": domain::LeadId::from_parts(api.now(), 9)}), StatusCode::NOT_FOUND, "leadId"),
        (
            json!({"leadId": lead.id, "channelId": ChannelId::from_parts(api.now(), 9)}),
            StatusCode::NOT_FOUND,
            "channelId",
        ),
    ] {
        let answer = api.post("/api/conversations", body.clone()).await;
        assert_eq!((answer.status, &answer.body["field"]), (status, &json!(field)), "{body}: {}", answer.body);
    }
    let second = second_channel(&api, &lead).await;
    let which = api.post("/api/conversations", json!({"phone": "+919876543299"})).await;
    assert_eq!((which.status, &which.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("channelId")));
    let there = api.post("/api/conversations", json!({"leadId": lead.id, "channelId": second.channel})).await;
    assert_eq!((there.status, &there.body["id"]), (StatusCode::OK, &json!(second)));

    restrict(&api, api.user.id, json!({"sees": "mine"})).await;
    let body = json!({"phone": "+919876543277", "channelId": second.channel});
    let own = api.post("/api/conversations", body).await;
    assert_eq!(own.status, StatusCode::CREATED, "{}", own.body);
    assert_eq!(own.body["assignee"]["id"], json!(api.user.id), "who sees only their own gets it");
    let theirs = api.post("/api/conversations", json!({"leadId": lead.id, "channelId": second.channel})).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN, "{}", theirs.body);
}

#[tokio::test]
async fn what_is_polled_bears_a_tag_and_is_304_until_it_changes() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let id = lead.conversations[0];
    for polled in [
        "/api/conversations".into(),
        path(id, ""),
        path(id, "/messages"),
        "/api/leads".into(),
        "/api/conversations/counts".into(),
    ] {
        let polled: String = polled;
        let first = api.get(&polled).await;
        let tag = first.headers["etag"].to_str().unwrap().to_owned();
        let same = api.call(Method::GET, &polled, &[("if-none-match", &tag)], "").await;
        assert_eq!((same.status, &same.body), (StatusCode::NOT_MODIFIED, &Value::Null), "{polled}");
        assert_eq!(same.headers["etag"], first.headers["etag"]);
        let other = api.call(Method::GET, &polled, &[("if-none-match", "\"other\"")], "").await;
        assert_eq!((other.status, &other.body), (StatusCode::OK, &first.body));
    }
    let tag = api.get("/api/conversations").await.headers["etag"].to_str().unwrap().to_owned();
    api.pass(1);
    api.writes(id, "more").await;
    let changed = api.call(Method::GET, "/api/conversations", &[("if-none-match", &tag)], "").await;
    assert_eq!(changed.status, StatusCode::OK);
}

#[tokio::test]
async fn read_receipts_are_turned_off_for_a_channel() {
    let api = Api::new().await;
    let admin = api.token_of(Role::Admin).await;
    let channel = format!("/api/channels/{}", api.channel);
    assert_eq!(api.get("/api/channels").await.body["items"][0]["readReceipts"], true);
    let off = api.call_as(&admin, Method::PATCH, &channel, json!({"readReceipts": false})).await;
    assert_eq!((off.status, &off.body["readReceipts"]), (StatusCode::OK, &json!(false)), "{}", off.body);
    let empty = api.call_as(&admin, Method::PATCH, &channel, json!({})).await;
    assert_eq!((empty.status, &empty.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("accessToken")));
    let id = api.customer("919876543210", "hello").await.conversations[0];
    assert_eq!(api.post(&path(id, "/read"), json!({})).await.status, StatusCode::OK);
    assert_eq!(api.post(&path(id, "/typing"), json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.store.tenant(api.tenant).signal(id).await.unwrap(), None, "nothing is to be shown");
    assert!(!conversation(&api, id).await.is_unread());
}
