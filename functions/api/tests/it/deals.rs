//! Deals and pipelines: created, changed, moved and listed.

use crate::support::{Answer, Api};
use axum::http::{Method, StatusCode};
use domain::access::audit::Action;
use serde_json::{Value, json};

async fn lead(api: &Api, name: &str) -> String {
    let made = api.post("/api/leads", json!({ "name": name })).await;
    format!("/api/leads/{}", made.body["id"].as_str().unwrap())
}

async fn deal(api: &Api, lead: &str, body: Value) -> String {
    api.pass(1);
    let made = api.post(&format!("{lead}/deals"), body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    format!("/api/deals/{}", made.body["id"].as_str().unwrap())
}

async fn patch(api: &Api, path: &str, body: Value) -> Answer {
    api.pass(1);
    api.call(Method::PATCH, path, &[], &body.to_string()).await
}

#[tokio::test]
async fn a_second_deal_leaves_the_first_and_the_lead_follows_the_newest_open_one() {
    let api = Api::new().await;
    let lead = lead(&api, "Asha").await;
    let stage = async || api.get(&lead).await.body["stage"].clone();
    let first =
        deal(&api, &lead, json!({ "title": "Braces", "value": 900, "currency": "EUR", "stage": "Proposal" })).await;
    assert_eq!(stage().await, "Proposal");
    assert_eq!(patch(&api, &first, json!({ "stage": "Won" })).await.status, StatusCode::OK);
    assert_eq!(stage().await, "Won");
    let second = deal(&api, &lead, json!({ "title": "Retainer" })).await;
    assert_eq!(stage().await, "New");
    patch(&api, &second, json!({ "stage": "Qualified" })).await;
    assert_eq!((stage().await, &api.get(&first).await.body["stage"]), (json!("Qualified"), &json!("Won")));
    let lost = patch(&api, &second, json!({ "stage": "Lost", "lostReason": "Too dear" })).await;
    assert_eq!((&lost.body["lostReason"], stage().await), (&json!("Too dear"), json!("Won")));
    let deals = api.get(&format!("{lead}/deals")).await;
    assert_eq!(deals.body["items"].as_array().unwrap().len(), 2);
    let page = api.get(&format!("{lead}/timeline?kind=deals")).await;
    let kinds: Vec<_> = page.body["items"].as_array().unwrap().iter().map(|line| line["type"].clone()).collect();
    assert_eq!(kinds, ["deal_moved", "deal_moved", "deal_added", "deal_moved", "deal_added"]);
    assert_eq!(api.last_audit_event().await.action, Action::DealChanged);
    assert_eq!(api.call(Method::DELETE, &first, &[], "").await.status, StatusCode::NO_CONTENT);
    assert_eq!((stage().await, api.get(&first).await.status), (json!("Lost"), StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn two_cannot_change_a_deal_at_once_and_a_key_creates_one() {
    let api = Api::new().await;
    let lead = lead(&api, "Asha").await;
    let key = [("idempotency-key", "one-deal-and-no-more")];
    let body = json!({ "title": "Braces" }).to_string();
    let made = api.call(Method::POST, &format!("{lead}/deals"), &key, &body).await;
    let again = api.call(Method::POST, &format!("{lead}/deals"), &key, &body).await;
    assert_eq!((made.status, &made.body["id"]), (again.status, &again.body["id"]));
    let path = format!("/api/deals/{}", made.body["id"].as_str().unwrap());
    let first = api.call(Method::PATCH, &path, &[("if-match", "\"1\"")], r#"{"title":"A"}"#).await;
    assert_eq!((first.status, first.headers.get("etag").unwrap().to_str().unwrap()), (StatusCode::OK, "\"2\""));
    let late = api.call(Method::PATCH, &path, &[("if-match", "\"1\"")], r#"{"title":"B"}"#).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn a_deal_says_which_field_is_wrong() {
    let api = Api::new().await;
    let lead = lead(&api, "Asha").await;
    for (body, field) in [
        (json!({ "title": " " }), "title"),
        (json!({ "title": "x".repeat(121) }), "title"),
        (json!({ "title": "A", "value": 5 }), "currency"),
        (json!({ "title": "A", "value": -5, "currency": "EUR" }), "value"),
        (json!({ "title": "A", "currency": "XXQ" }), "currency"),
        (json!({ "title": "A", "stage": "Closed" }), "stage"),
        (json!({ "title": "A", "ownerId": "Bo" }), "ownerId"),
        (json!({ "title": "A", "expectedClose": "tomorrow" }), "expectedClose"),
        (json!({ "title": "A", "lostReason": "Too dear" }), "lostReason"),
        (json!({ "title": "A", "pipelineId": "ppl_01ARZ3NDEKTSV4RRFFQ69G5FAV" }), "pipelineId"),
        (json!({ "title": "A", "colour": "red" }), "colour"),
    ] {
        let answer = api.post(&format!("{lead}/deals"), body.clone()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body} {}", answer.body);
        assert_eq!(answer.body["errors"][0]["field"], field, "{body} {}", answer.body);
    }
}

#[tokio::test]
async fn the_deals_of_a_pipeline_are_listed_by_stage_and_page() {
    let api = Api::of_owner().await;
    let made = api.post("/api/pipelines", json!({ "name": "Renewals" })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let pipeline = made.body["id"].as_str().unwrap();
    let lead = lead(&api, "Asha").await;
    for (title, stage) in [("A", "New"), ("B", "Won"), ("C", "New")] {
        deal(&api, &lead, json!({ "title": title, "stage": stage, "pipelineId": pipeline })).await;
    }
    let list = format!("/api/deals?pipelineId={pipeline}");
    let first = api.get(&format!("{list}&limit=2")).await;
    assert_eq!(first.each("title"), ["C", "B"]);
    let cursor = first.body["nextCursor"].as_str().unwrap();
    assert_eq!(api.get(&format!("{list}&limit=2&cursor={cursor}")).await.each("title"), ["A"]);
    assert_eq!(api.get(&format!("{list}&stage=New")).await.each("title"), ["C", "A"]);
    assert_eq!(api.get("/api/deals").await.each("title"), Vec::<String>::new());
    let other = api.get(&format!("{list}&stage=New&cursor={cursor}")).await;
    assert_eq!((other.status, &other.body["field"]), (StatusCode::BAD_REQUEST, &json!("cursor")));
    let full = api.call(Method::DELETE, &format!("/api/pipelines/{pipeline}"), &[], "").await;
    assert_eq!(full.status, StatusCode::CONFLICT);
    api.call(Method::DELETE, &lead, &[], "").await;
    assert_eq!(api.get(&list).await.each("title"), Vec::<String>::new());
    api.post(&format!("{lead}/restore"), Value::Null).await;
    assert_eq!(api.get(&list).await.each("title").len(), 3);
}

#[tokio::test]
async fn stages_are_renamed_coloured_and_ordered_and_keep_their_keys() {
    let api = Api::of_owner().await;
    let all = api.get("/api/pipelines").await;
    let sales = format!("/api/pipelines/{}", all.body["items"][0]["id"].as_str().unwrap());
    let body = json!({
        "stages": [{ "stage": "Won", "label": "Sold", "colour": "teal" }, { "stage": "New", "hidden": true }],
        "moves": { "firstMessage": "New", "laterMessage": null, "answer": "Contacted" },
    });
    let changed = patch(&api, &sales, body).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    let won = json!({ "stage": "Won", "label": "Sold", "colour": "teal", "hidden": false });
    assert_eq!((&changed.body["stages"][0], &changed.body["stages"][1]["hidden"]), (&won, &json!(true)));
    assert_eq!(changed.body["stages"].as_array().unwrap().len(), 8);
    let all = api.get("/api/pipelines").await.body;
    assert_eq!(all["moves"], json!({ "firstMessage": "New", "laterMessage": null, "answer": "Contacted" }));
    assert_eq!(api.get("/api/pipeline").await.body["stages"][0]["label"], "Sold");
    for (body, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "stages": [{ "stage": "Won" }, { "stage": "Won" }] }), "stages"),
        (json!({ "stages": [{ "stage": "Won", "label": "Lost" }] }), "stages"),
        (json!({ "stages": [{ "stage": "Won", "colour": "pink" }] }), "stages[0].colour"),
        (json!({ "moves": { "answer": "Won" } }), "moves"),
    ] {
        let answer = patch(&api, &sales, body.clone()).await;
        assert_eq!(answer.body["errors"][0]["field"], field, "{body} {}", answer.body);
    }
    assert_eq!(api.call(Method::DELETE, &sales, &[], "").await.status, StatusCode::CONFLICT);
}
