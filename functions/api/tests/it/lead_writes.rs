//! Leads: created, changed, deleted and restored by users and programs.

use crate::support::{Answer, Api, person};
use axum::http::{Method, StatusCode};
use domain::access::audit::Action;
use domain::access::users::{Role, User};
use domain::access::visibility::{Sees, Visibility};
use domain::{LeadId, UserId};
use serde_json::{Value, json};

async fn create(api: &Api, body: Value) -> Answer {
    let answer = api.post("/api/leads", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer
}

fn path(answer: &Answer) -> String {
    format!("/api/leads/{}", answer.body["id"].as_str().unwrap())
}

async fn patch(api: &Api, path: &str, body: Value) -> Answer {
    api.call(Method::PATCH, path, &[], &body.to_string()).await
}

/// The index of leads is written by what follows the stream, which no test of the API alone runs.
async fn index(api: &Api, answer: &Answer) {
    let id: LeadId = answer.body["id"].as_str().unwrap().parse().unwrap();
    api.store.tenant(api.tenant).index_lead(id).await.unwrap();
}

fn asha() -> Value {
    json!({
        "name": " Asha Rao ",
        "phone": "+91 98765 43210",
        "email": "Asha@Example.com",
        "stage": "Qualified",
        "source": "Referral",
        "tags": ["VIP", "vip", "late payer"],
        "value": 1500.5,
        "currency": "eur",
    })
}

#[tokio::test]
async fn a_lead_that_is_created_reads_back_as_it_was_written() {
    let api = Api::new().await;
    let made = create(&api, asha()).await;
    assert_eq!(made.headers.get("etag").unwrap(), "\"1\"");
    let read = api.get(&path(&made)).await;
    for (field, value) in [
        ("name", json!("Asha Rao")),
        ("phone", json!("+919876543210")),
        ("email", json!("asha@example.com")),
        ("stage", json!("Qualified")),
        ("source", json!("Referral")),
        ("tags", json!(["late payer", "VIP"])),
        ("value", json!(1500.5)),
        ("currency", json!("EUR")),
        ("ownerId", json!(null)),
        ("lostReason", json!(null)),
        ("conversations", json!([])),
    ] {
        assert_eq!((&made.body[field], &read.body[field]), (&value, &value), "{field}");
    }
    assert_eq!(read.body["timeline"][0]["type"], "lead_created");
    assert_eq!(api.get("/api/leads?stage=Qualified").await.each("id"), [made.body["id"].as_str().unwrap()]);
    let event = api.last_audit_event().await;
    assert_eq!((event.action, event.target.as_str()), (Action::LeadCreated, made.body["id"].as_str().unwrap()));
}

#[tokio::test]
async fn a_lead_needs_little_and_says_which_field_is_wrong() {
    let api = Api::new().await;
    let least = create(&api, json!({ "name": "Bo" })).await;
    assert_eq!((&least.body["stage"], &least.body["source"]), (&json!("New"), &json!("Other")));
    let nobody = UserId::from_parts(api.now(), 77).to_string();
    for (body, field) in [
        (json!({}), "name"),
        (json!({ "name": " " }), "name"),
        (json!({ "name": "x".repeat(201) }), "name"),
        (json!({ "name": 7 }), "name"),
        (json!({ "phone": "98765" }), "phone"),
        (json!({ "phone": "call me" }), "phone"),
        (json!({ "email": "asha" }), "email"),
        (json!({ "name": "A", "stage": "Closed" }), "stage"),
        (json!({ "name": "A", "source": "Fax" }), "source"),
        (json!({ "name": "A", "tags": ["x".repeat(500)] }), "tags[0]"),
        (json!({ "name": "A", "tags": "vip" }), "tags"),
        (json!({ "name": "A", "tags": (0..31).map(|n| n.to_string()).collect::<Vec<_>>() }), "tags"),
        (json!({ "name": "A", "ownerId": nobody }), "ownerId"),
        (json!({ "name": "A", "ownerId": "me" }), "ownerId"),
        (json!({ "name": "A", "value": 7 }), "currency"),
        (json!({ "name": "A", "value": -7, "currency": "EUR" }), "value"),
        (json!({ "name": "A", "value": 0.001, "currency": "EUR" }), "value"),
        (json!({ "name": "A", "value": "7", "currency": "EUR" }), "value"),
        (json!({ "name": "A", "value": 7, "currency": "euro" }), "currency"),
        (json!({ "name": "A", "currency": "EUR" }), "value"),
        (json!({ "name": "A", "lostReason": "Too dear" }), "lostReason"),
        (json!({ "name": "A", "nickname": "B" }), "nickname"),
    ] {
        let answer = api.post("/api/leads", body.clone()).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{body}");
    }
    assert_eq!(api.get("/api/leads").await.each("id").len(), 1);
}

#[tokio::test]
async fn a_phone_or_email_address_that_a_lead_has_names_that_lead() {
    let api = Api::new().await;
    let first = create(&api, asha()).await;
    for (body, field) in [
        (json!({ "name": "Another", "phone": "919876543210" }), "phone"),
        (json!({ "name": "Another", "email": "asha@example.com" }), "email"),
    ] {
        let answer = api.post("/api/leads", body).await;
        assert_eq!((answer.status, &answer.body["type"]), (StatusCode::CONFLICT, &json!("/problems/lead-exists")));
        assert_eq!((&answer.body["field"], &answer.body["leadId"]), (&json!(field), &first.body["id"]));
    }
    let customer = api.customer("4915112345678", "hello").await;
    let known = api.post("/api/leads", json!({ "phone": "+49 151 12345678" })).await;
    assert_eq!((known.status, &known.body["leadId"]), (StatusCode::CONFLICT, &json!(customer.id)));
    let second = create(&api, json!({ "name": "Bo" })).await;
    let taken = patch(&api, &path(&second), json!({ "email": "asha@example.com" })).await;
    assert_eq!((taken.status, &taken.body["leadId"]), (StatusCode::CONFLICT, &first.body["id"]));
    let free = patch(&api, &path(&first), json!({ "email": null })).await;
    assert_eq!((free.status, &free.body["email"]), (StatusCode::OK, &json!(null)));
    assert_eq!(patch(&api, &path(&second), json!({ "email": "asha@example.com" })).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_same_idempotency_key_creates_one_lead() {
    let api = Api::new().await;
    let key = [("idempotency-key", "a-key")];
    let first = api.call(Method::POST, "/api/leads", &key, r#"{"name":"Bo"}"#).await;
    api.pass(5);
    let again = api.call(Method::POST, "/api/leads", &key, r#"{"name":"Bo"}"#).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(first.body["id"], again.body["id"]);
    let other = api.call(Method::POST, "/api/leads", &key, r#"{"name":"Mo"}"#).await;
    assert_eq!(
        (other.status, &other.body["type"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("/problems/idempotency-key-reused"))
    );
    assert_eq!(api.get("/api/leads").await.each("id").len(), 1);
}

#[tokio::test]
async fn a_change_keeps_what_is_left_out_removes_what_is_null_and_is_told_in_the_timeline() {
    let api = Api::new().await;
    let made = create(&api, asha()).await;
    api.pass(5);
    let body = json!({ "name": "Asha R.", "tags": ["new"], "value": null, "ownerId": api.user.id, "stage": "Lost", "lostReason": "Too dear" });
    let changed = patch(&api, &path(&made), body).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(changed.headers.get("etag").unwrap(), "\"2\"");
    for (field, value) in [
        ("name", json!("Asha R.")),
        ("phone", json!("+919876543210")),
        ("tags", json!(["new"])),
        ("value", json!(null)),
        ("currency", json!(null)),
        ("ownerId", json!(api.user.id)),
        ("lostReason", json!("Too dear")),
    ] {
        assert_eq!(changed.body[field], value, "{field}");
    }
    let timeline = api.get(&path(&made)).await.body["timeline"].clone();
    let lines: Vec<_> = timeline.as_array().unwrap().iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let told =
        |kind: &str| timeline.as_array().unwrap().iter().find(|line| line["type"] == kind).unwrap()["metadata"].clone();
    assert_eq!(told("stage_changed")["reason"], "Too dear");
    assert_eq!(told("lead_changed")["fields"], json!(["name", "tags", "ownerId", "value", "currency"]));
    let won = patch(&api, &path(&made), json!({ "stage": "Won" })).await;
    assert_eq!(won.body["lostReason"], json!(null));
    let same = patch(&api, &path(&made), json!({ "stage": "Won", "name": "Asha R." })).await;
    assert_eq!(same.headers["etag"], won.headers["etag"], "what changes nothing is no change");
}

#[tokio::test]
async fn of_two_who_change_a_lead_from_the_same_revision_the_second_is_told() {
    let api = Api::new().await;
    let made = create(&api, asha()).await;
    let tag = made.headers["etag"].to_str().unwrap().to_owned();
    let change = async |tag: &str, body: Value| {
        api.call(Method::PATCH, &path(&made), &[("if-match", tag)], &body.to_string()).await
    };
    assert_eq!(change(&tag, json!({ "name": "First" })).await.status, StatusCode::OK);
    let second = change(&tag, json!({ "name": "Second" })).await;
    assert_eq!(
        (second.status, &second.body["type"]),
        (StatusCode::PRECONDITION_FAILED, &json!("/problems/changed-meanwhile"))
    );
    assert_eq!(change("\"not ours\"", json!({ "name": "Second" })).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(change("*", json!({ "name": "Third" })).await.status, StatusCode::OK);
    let mut whole = api.get(&path(&made)).await.body;
    whole["tags"] = json!(["later"]);
    assert_eq!(patch(&api, &path(&made), json!({ "name": "Fourth" })).await.status, StatusCode::OK);
    let late = api.call(Method::PUT, &path(&made), &[], &whole.to_string()).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "a whole lead carries its revision");
    let gone = api.call_as(&api.token_of(Role::Owner).await, Method::DELETE, &path(&made), Value::Null).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn put_does_not_make_a_profile_s_name_one_that_the_team_gave() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let path = format!("/api/leads/{}", lead.id);
    let mut whole = api.get(&path).await.body;
    whole["tags"] = json!(["vip"]);
    let put = api.call(Method::PUT, &path, &[], &whole.to_string()).await;
    assert_eq!((put.status, &put.body["tags"]), (StatusCode::OK, &json!(["vip"])), "{}", put.body);
    let kept = api.store.tenant(api.tenant).lead(lead.id).await.unwrap().unwrap();
    assert_eq!(kept.name, None);
    whole["revision"] = put.body["revision"].clone();
    whole["name"] = json!("Asha");
    let named = api.call(Method::PUT, &path, &[], &whole.to_string()).await;
    assert_eq!(named.body["name"], "Asha", "{}", named.body);
}

#[tokio::test]
async fn whatsapp_decides_the_phone_of_a_lead_who_has_a_conversation() {
    let api = Api::new().await;
    let lead = api.customer("919876543210", "hello").await;
    let path_of_lead = format!("/api/leads/{}", lead.id);
    let refused = patch(&api, &path_of_lead, json!({ "phone": "+4915112345678" })).await;
    assert_eq!((refused.status, &refused.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("phone")));
    let made = create(&api, json!({ "name": "Bo", "phone": "+4915112345678" })).await;
    let moved = patch(&api, &path(&made), json!({ "phone": "+4915112345679" })).await;
    assert_eq!(moved.body["phone"], "+4915112345679");
    create(&api, json!({ "name": "Mo", "phone": "+4915112345678" })).await;
}

#[tokio::test]
async fn lists_are_by_owner_tag_and_source_and_filters_combine() {
    let api = Api::new().await;
    let mut ids = Vec::new();
    for (name, body) in [
        ("0", json!({ "tags": ["vip"], "ownerId": api.user.id, "source": "Website" })),
        ("1", json!({ "tags": ["vip", "late"], "source": "Website", "stage": "Won" })),
        ("2", json!({ "tags": ["late"], "ownerId": api.user.id })),
        ("3", json!({ "source": "Website" })),
    ] {
        api.pass(1);
        let mut body = body;
        body["name"] = json!(name);
        let made = create(&api, body).await;
        index(&api, &made).await;
        ids.push(made.body["id"].as_str().unwrap().to_owned());
    }
    let me = api.user.id.to_string();
    for (query, wanted) in [
        ("tag=VIP".to_owned(), vec![1, 0]),
        ("owner=me".to_owned(), vec![2, 0]),
        (format!("owner={me}&tag=late"), vec![2]),
        ("owner=none".to_owned(), vec![3, 1]),
        ("source=Website".to_owned(), vec![3, 1, 0]),
        ("source=Website&stage=New".to_owned(), vec![3, 0]),
        ("tag=vip&stage=Won".to_owned(), vec![1]),
        ("tag=nobody".to_owned(), vec![]),
    ] {
        let wanted: Vec<_> = wanted.into_iter().map(|place: usize| ids[place].clone()).collect();
        let mut found = Vec::new();
        let mut next = format!("/api/leads?{query}&limit=1");
        loop {
            let page = api.get(&next).await;
            assert_eq!(page.status, StatusCode::OK, "{next}: {}", page.body);
            found.extend(page.each("id"));
            let Some(cursor) = page.body["nextCursor"].as_str() else { break };
            next = format!("/api/leads?{query}&limit=1&cursor={cursor}");
        }
        assert_eq!(found, wanted, "{query}");
    }
    let changed = patch(&api, &format!("/api/leads/{}", ids[0]), json!({ "tags": [], "ownerId": null })).await;
    index(&api, &changed).await;
    assert_eq!(api.get("/api/leads?tag=vip").await.each("id"), [ids[1].clone()]);
    assert_eq!(api.get("/api/leads?owner=me").await.each("id"), [ids[2].clone()]);
}

#[tokio::test]
async fn a_deleted_lead_is_nowhere_until_it_is_restored() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let lead = api.customer("919876543210", "hello").await;
    let path = format!("/api/leads/{}", lead.id);
    let conversation = format!("/api/conversations/{}", lead.conversations[0]);
    let deleted = api.call_as(&owner, Method::DELETE, &path, Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.body);
    assert_eq!(api.last_audit_event().await.action, Action::LeadDeleted);
    let restore = api.call(Method::POST, &format!("{path}/restore"), &[], "").await;
    assert_eq!(restore.status, StatusCode::FORBIDDEN, "agents restore no leads");
    for gone in [&path, &conversation] {
        assert_eq!(api.get(gone).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
    for empty in
        ["/api/leads", "/api/conversations", "/api/conversations?status=all", "/api/conversations?waiting=true"]
    {
        assert!(api.get(empty).await.each("id").is_empty(), "{empty}");
    }
    let send = api.post("/api/messages", json!({ "leadId": lead.id, "text": "hi" })).await;
    assert_eq!(send.status, StatusCode::NOT_FOUND);
    let trash = api.call_as(&owner, Method::GET, "/api/leads?deleted=true", Value::Null).await;
    assert_eq!(trash.each("id"), [lead.id.to_string()]);
    assert!(trash.body["items"][0]["deletedAt"].is_string());
    let again = api.post("/api/leads", json!({ "phone": "919876543210" })).await;
    assert_eq!((again.status, &again.body["leadId"]), (StatusCode::CONFLICT, &json!(lead.id)));
    assert!(again.body["detail"].as_str().unwrap().contains("Restore it"), "{}", again.body);

    let restored = api.call_as(&owner, Method::POST, &format!("{path}/restore"), Value::Null).await;
    assert_eq!((restored.status, &restored.body["stage"]), (StatusCode::OK, &json!("Incoming")), "{}", restored.body);
    assert_eq!(api.get("/api/leads").await.each("id"), [lead.id.to_string()]);
    assert_eq!(api.get("/api/conversations").await.each("id"), [lead.conversations[0].to_string()]);
    let twice = api.call_as(&owner, Method::POST, &format!("{path}/restore"), Value::Null).await;
    assert_eq!(twice.status, StatusCode::OK, "what is there is not restored again");
}

#[tokio::test]
async fn a_lead_that_was_deleted_a_month_ago_cannot_be_restored() {
    let api = Api::new().await;
    let made = create(&api, json!({ "name": "Bo" })).await;
    let owner = api.token_of(Role::Owner).await;
    assert_eq!(api.call_as(&owner, Method::DELETE, &path(&made), Value::Null).await.status, StatusCode::NO_CONTENT);
    api.pass(31 * 24 * 3600);
    let owner = api.token_of(Role::Admin).await;
    let late = api.call_as(&owner, Method::POST, &format!("{}/restore", path(&made)), Value::Null).await;
    assert_eq!(
        (late.status, &late.body["type"]),
        (StatusCode::CONFLICT, &json!("/problems/conflict")),
        "{}",
        late.body
    );
}

#[tokio::test]
async fn who_sees_phones_masked_finds_a_lead_by_the_whole_number_alone() {
    let api = Api::new().await;
    let made = create(&api, asha()).await;
    index(&api, &made).await;
    let visibility = Visibility { masks_phones: true, ..Visibility::FULL };
    let masked = api.signed_in(&User { visibility, ..person(api.tenant, Role::Admin) }).await.access_token;
    for (text, open, hidden) in
        [("43210", 1, 0), ("9876543210", 1, 0), ("919876543210", 1, 1), ("rao", 1, 1), ("bo", 0, 0)]
    {
        let path = format!("/api/search?q={text}");
        assert_eq!(api.get(&path).await.each("id").len(), open, "{text}");
        assert_eq!(api.call_as(&masked, Method::GET, &path, Value::Null).await.each("id").len(), hidden, "{text}");
    }
    for wrong in ["", "000", "-", &"x".repeat(201)] {
        let answer = api.get(&format!("/api/search?q={wrong}")).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::BAD_REQUEST, &json!("q")), "{wrong}");
    }
}

#[tokio::test]
async fn who_sees_only_their_own_sees_the_leads_that_they_own_and_no_others() {
    let api = Api::new().await;
    let visibility = Visibility { sees: Sees::Mine, ..Visibility::FULL };
    let user = User { visibility, ..person(api.tenant, Role::Marketer) };
    let token = api.signed_in(&user).await.access_token;
    let other = create(&api, json!({ "name": "Theirs" })).await;
    let own = api.call_as(&token, Method::POST, "/api/leads", json!({ "name": "Mine" })).await;
    assert_eq!((own.status, &own.body["ownerId"]), (StatusCode::CREATED, &json!(user.id)), "{}", own.body);
    index(&api, &own).await;
    for path in ["/api/leads", "/api/leads?owner=me", "/api/search?q=mine"] {
        assert_eq!(api.call_as(&token, Method::GET, path, Value::Null).await.each("name"), ["Mine"], "{path}");
    }
    assert_eq!(api.call_as(&token, Method::GET, &path(&other), Value::Null).await.status, StatusCode::NOT_FOUND);
    let handed_over = json!({ "ownerId": api.user.id });
    let over = api.call_as(&token, Method::PATCH, &path(&own), handed_over).await;
    assert_eq!((over.status, &over.body["ownerId"]), (StatusCode::OK, &json!(api.user.id)), "{}", over.body);
    assert_eq!(api.call_as(&token, Method::GET, &path(&own), Value::Null).await.status, StatusCode::NOT_FOUND);
    let twin = api.call_as(&token, Method::POST, "/api/leads", json!({ "name": "x", "email": "a@example.com" })).await;
    assert_eq!(twin.status, StatusCode::CREATED);
    let taken = api.post("/api/leads", json!({ "name": "y", "email": "b@example.com" })).await;
    assert_eq!(taken.status, StatusCode::CREATED);
    let hidden =
        api.call_as(&token, Method::POST, "/api/leads", json!({ "name": "z", "email": "b@example.com" })).await;
    assert_eq!(
        (hidden.status, &hidden.body["leadId"]),
        (StatusCode::CONFLICT, &Value::Null),
        "who cannot see it is not told which"
    );
}
