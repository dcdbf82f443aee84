//! Exports in the whole system: files that hold what the person sees, and no formulas.

use domain::access::users::Role;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::TestApp;

/// Exports what the body asks for; the export once it is done.
async fn export(app: &TestApp, body: Value) -> Value {
    let begun = app.post("/api/exports", body).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
    app.settle().await;
    let done = app.get(&format!("/api/exports/{}", begun.str("id"))).await.json;
    assert_eq!(done["state"], "done", "{done}");
    done
}

async fn file(app: &TestApp, export: &Value) -> (String, String) {
    let url = export["files"][0]["url"].as_str().expect("there is a file");
    let file = app.follow(url).await.expect("the file can be downloaded");
    let name = file.headers["content-disposition"].to_str().expect("a name").to_owned();
    (name, String::from_utf8(file.bytes.to_vec()).expect("the file is text"))
}

async fn lead(app: &TestApp, body: Value) -> String {
    app.post("/api/leads", body).await.str("id").to_owned()
}

#[tokio::test]
async fn leads_are_exported_by_filter_or_id_and_no_cell_is_a_formula() {
    let app = TestApp::start().await;
    let evil = json!({"name": "=HYPERLINK(\"http://evil\")", "phone": "+919876543210", "tags": ["vip", "late"]});
    let evil = lead(&app, evil).await;
    lead(&app, json!({"name": "Bo \"the\" Lind", "email": "bo@example.com", "stage": "Won"})).await;
    app.settle().await;
    let all = export(&app, json!({})).await;
    assert_eq!((&all["leads"], &all["rows"]), (&json!(2), &json!(2)));
    let (name, text) = file(&app, &all).await;
    assert_eq!(name, "attachment; filename=\"leads.csv\"");
    assert!(text.starts_with("\u{feff}\"id\",\"name\",\"phone\""), "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"http://evil\"\")\",\"'+919876543210\""), "{text}");
    assert!(text.contains("\"Bo \"\"the\"\" Lind\""), "{text}");
    for (body, expected) in [
        (json!({"format": "json", "filter": {"tag": "VIP"}}), 1),
        (json!({"format": "json", "filter": {"stages": ["Won", "Lost"]}}), 1),
        (json!({"format": "json", "filter": {"owner": "none", "source": "Other"}}), 2),
        (json!({"format": "json", "filter": {"owner": "me"}}), 0),
        (json!({"format": "json", "leadIds": [evil]}), 1),
    ] {
        let done = export(&app, body.clone()).await;
        let (_, text) = file(&app, &done).await;
        let rows: Vec<Value> = serde_json::from_str(&text).expect("the file is JSON");
        assert_eq!((rows.len(), done["rows"].as_u64()), (expected, Some(expected as u64)), "{body}");
    }
    for (body, field) in [
        (json!({"format": "xls"}), "format"),
        (json!({"what": "everything"}), "what"),
        (json!({"leadIds": []}), "leadIds"),
        (json!({"leadIds": ["led_1"]}), "leadIds[0]"),
        (json!({"leadIds": vec![evil.clone(); 1_001]}), "leadIds"),
        (json!({"leadIds": [evil], "filter": {}}), "filter"),
        (json!({"filter": {"stages": ["Closed"]}}), "filter.stages[0]"),
        (json!({"filter": {"city": "Pune"}}), "filter.city"),
    ] {
        let answer = app.post("/api/exports", body.clone()).await;
        assert_eq!((answer.status, &answer.json["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{body}");
    }
}

#[tokio::test]
async fn the_messages_of_a_lead_are_exported_in_both_formats() {
    let app = TestApp::start().await;
    let asha = app.person("Asha");
    app.says(&asha, "Hello, \"friends\"").await;
    let lead = app.only_lead().await["id"].clone();
    let sent = app.post("/api/messages", json!({"leadId": lead, "message": "Good morning"})).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED);
    app.settle().await;
    let done = export(&app, json!({"what": "messages", "format": "json", "leadIds": [lead]})).await;
    let rows: Vec<Value> = serde_json::from_str(&file(&app, &done).await.1).expect("the file is JSON");
    let told: Vec<_> = rows.iter().map(|row| (row["direction"].as_str(), row["text"].as_str())).collect();
    assert_eq!(told, [(Some("inbound"), Some("Hello, \"friends\"")), (Some("outbound"), Some("Good morning"))]);
    assert_eq!((&rows[0]["leadId"], &rows[0]["leadName"]), (&lead, &json!("Asha")));
    let done = export(&app, json!({"what": "messages"})).await;
    let (name, text) = file(&app, &done).await;
    assert_eq!(name, "attachment; filename=\"messages.csv\"");
    assert!(text.contains("\"Hello, \"\"friends\"\"\""), "{text}");
}

#[tokio::test]
async fn an_export_opens_for_the_person_who_began_it_alone_and_no_longer_than_a_week() {
    let app = TestApp::start().await;
    lead(&app, json!({"name": "Asha"})).await;
    app.settle().await;
    let done = export(&app, json!({})).await;
    let admin = app.colleague("Ada", Role::Admin).await;
    let agent = app.colleague("Ben", Role::Agent).await;
    let path = format!("/api/exports/{}", done["id"].as_str().expect("an ID"));
    let by = |token: &str| testkit::request(token, Method::GET, &path, &[], None);
    let theirs = app.ask(by(&admin.token)).await;
    assert_eq!((theirs.status, &theirs.json["files"]), (StatusCode::OK, &json!([])));
    assert_eq!(app.ask(by(&agent.token)).await.status, StatusCode::FORBIDDEN);
    let url = done["files"][0]["url"].as_str().expect("a link").to_owned();
    let forged = app.get(&format!("{path}/content?file=0&ticket=forged")).await;
    assert_eq!(forged.status, StatusCode::UNAUTHORIZED);
    app.skip(std::time::Duration::from_secs(8 * 24 * 3600));
    assert!(app.follow(&url).await.is_err(), "the link is over");
}
