//! Campaigns as drafts: each field that can be wrong, and what is refused before anything is sent.

use crate::support::{Answer, Api};
use axum::http::{Method, StatusCode};
use domain::access::users::Role;
use domain::outreach::templates::{
    Language, Template, TemplateCategory, TemplateEdits, TemplateName, TemplateParts, TemplateQuality, TemplateStatus,
};
use domain::{TemplateId, Text};
use serde_json::{Value, json};

/// An approved template with the parameter `first_name`.
pub async fn approve(api: &Api, name: &str, status: TemplateStatus) {
    let account = api.store.tenant(api.tenant).channel(api.channel).await.unwrap().unwrap().waba;
    let template = Template {
        id: TemplateId::for_name(&account, name, "en"),
        account,
        whatsapp_id: Some("77".to_owned()),
        name: TemplateName::parse(name).unwrap(),
        language: Language::parse("en").unwrap(),
        category: TemplateCategory::Marketing,
        status,
        quality: TemplateQuality::Green,
        reason: None,
        parts: TemplateParts {
            header: None,
            body: Text::new("Hello {{first_name}}, come by."),
            footer: None,
            buttons: Vec::new(),
            cards: Vec::new(),
            code: None,
            unsupported: Vec::new(),
        },
        files: Vec::new(),
        is_default: false,
        edits: TemplateEdits::default(),
        seen: api.now(),
    };
    api.store.tenant(api.tenant).put_template(&template).await.unwrap();
}

/// A campaign to every lead.
pub fn campaign(api: &Api) -> Value {
    json!({
        "name": "Autumn",
        "channelId": api.channel,
        "message": {
            "name": "autumn_offer", "language": "en",
            "body": { "first_name": { "field": "first_name", "fallback": "there" } },
        },
        "audience": { "all": true },
        "acceptUnknownPrice": true,
    })
}

async fn create(api: &Api, body: Value) -> Answer {
    let owner = api.token_of(Role::Owner).await;
    api.call_as(&owner, Method::POST, "/api/campaigns", body).await
}

async fn approved() -> Api {
    let api = Api::new().await;
    approve(&api, "autumn_offer", TemplateStatus::Approved).await;
    approve(&api, "old_offer", TemplateStatus::Paused).await;
    api
}

#[tokio::test]
async fn each_field_that_is_wrong_is_named() {
    let api = approved().await;
    let many: Vec<_> = (0..5_001u128).map(|n| domain::LeadId::from_parts(api.now(), n).to_string()).collect();
    let text = json!({ "text": "you" });
    for (field, change, named) in [
        ("name", json!(" "), "name"),
        ("name", json!("x".repeat(101)), "name"),
        ("audience", json!({}), "audience"),
        ("audience", json!({ "all": true, "stage": "Won" }), "audience"),
        ("audience", json!({ "all": false }), "audience.all"),
        ("audience", json!({ "leadIds": [] }), "audience.leadIds"),
        ("audience", json!({ "leadIds": many }), "audience.leadIds"),
        ("exclusions", json!({ "contactedWithinDays": 0 }), "exclusions.contactedWithinDays"),
        ("schedule", json!({}), "schedule.at"),
        ("schedule", json!({ "at": "soon" }), "schedule.at"),
        ("schedule", json!({ "at": "2020-01-01T00:00:00Z" }), "schedule.at"),
        ("schedule", json!({ "at": "2046-01-01T00:00:00Z" }), "schedule.at"),
        ("schedule", json!({ "localTime": "2026-12-24" }), "schedule.localTime"),
        ("schedule", json!({ "localTime": "2026-12-24T09:00", "timeZone": "Mars/Base" }), "schedule.timeZone"),
        ("schedule", json!({ "localTime": "2027-03-28T02:30", "timeZone": "Europe/Berlin" }), "schedule.localTime"),
        ("message", json!({ "name": "none_such", "language": "en" }), "message.name"),
        ("message", json!({ "name": "old_offer", "language": "en", "body": { "first_name": text } }), "message.name"),
        ("message", json!({ "name": "autumn_offer", "language": "en" }), "message.body.first_name"),
        (
            "message",
            json!({ "name": "autumn_offer", "language": "en", "body": { "first_name": { "field": "email" } } }),
            "message.body.first_name",
        ),
    ] {
        let mut body = campaign(&api);
        body[field] = change;
        let answer = create(&api, body).await;
        let says = (answer.status, answer.body["errors"][0]["field"].clone());
        assert_eq!(says, (StatusCode::UNPROCESSABLE_ENTITY, json!(named)), "{}", answer.body);
    }
    let mut body = campaign(&api);
    body["budget"] = json!("a lot");
    assert_eq!(create(&api, body).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_campaign_to_nobody_does_not_start() {
    let api = approved().await;
    let owner = api.token_of(Role::Owner).await;
    let draft = create(&api, campaign(&api)).await;
    assert_eq!(draft.status, StatusCode::CREATED, "{}", draft.body);
    let path = format!("/api/campaigns/{}", draft.body["id"].as_str().unwrap());
    let started = api.call_as(&owner, Method::POST, &format!("{path}/start"), Value::Null).await;
    assert_eq!((started.status, &started.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("audience")));
    api.customer("919876543210", "hello").await;
    let started = api.call_as(&owner, Method::POST, &format!("{path}/start"), Value::Null).await;
    assert_eq!((started.status, &started.body["state"]), (StatusCode::OK, &json!("running")), "{}", started.body);
    for (method, path) in [(Method::PATCH, path.clone()), (Method::DELETE, path.clone())] {
        let late = api.call_as(&owner, method, &path, json!({ "name": "Winter" })).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    }
    let again = api.call_as(&owner, Method::POST, &format!("{path}/start"), Value::Null).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn of_two_who_change_a_draft_the_second_is_told() {
    let api = approved().await;
    let owner = api.token_of(Role::Owner).await;
    let draft = create(&api, campaign(&api)).await;
    let path = format!("/api/campaigns/{}", draft.body["id"].as_str().unwrap());
    let change = |name: &str| json!({ "name": name, "quietHours": { "from": "21:00", "until": "09:00" } }).to_string();
    let bearer = format!("Bearer {owner}");
    let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\""), ("content-type", "application/json")];
    let first = api.call(Method::PATCH, &path, &headers, &change("One")).await;
    assert_eq!((first.status, &first.body["name"]), (StatusCode::OK, &json!("One")), "{}", first.body);
    let second = api.call(Method::PATCH, &path, &headers, &change("Two")).await;
    assert_eq!(second.status, StatusCode::PRECONDITION_FAILED, "{}", second.body);
    let cleared = api.call_as(&owner, Method::PATCH, &path, json!({ "quietHours": null })).await;
    assert_eq!((&cleared.body["quietHours"], &cleared.body["name"]), (&Value::Null, &json!("One")));
    let gone = api.call_as(&owner, Method::DELETE, &path, Value::Null).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(api.call_as(&owner, Method::GET, &path, Value::Null).await.status, StatusCode::NOT_FOUND);
}
