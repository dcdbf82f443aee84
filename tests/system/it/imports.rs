//! Imports in the whole system: a file goes into the bucket, its rows are checked, and then written once, whatever
//! encoding, separators and line ends its program wrote.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;
use testkit::TestApp;

fn digest(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes))
}

/// Begins an import of these bytes and uploads them; the import's path.
async fn upload(app: &TestApp, bytes: &[u8]) -> String {
    let body = json!({"filename": "leads.csv", "size": bytes.len(), "sha256": digest(bytes)});
    let begun = app.post("/api/imports", body).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    assert_eq!(app.put(&begun.json["upload"], bytes).await.status, StatusCode::OK);
    format!("/api/imports/{}", begun.str("id"))
}

async fn fields(app: &TestApp, path: &str) -> Vec<Value> {
    let preview = app.get(&format!("{path}/preview")).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    preview.json["columns"].as_array().into_iter().flatten().map(|column| column["field"].clone()).collect()
}

/// Checks the rows with the guessed columns and these further settings; the import as it is then.
async fn check(app: &TestApp, path: &str, more: Value) -> Value {
    let mut settings = json!({"columns": fields(app, path).await});
    for (name, value) in more.as_object().into_iter().flatten() {
        settings[name] = value.clone();
    }
    let checked = app.post(&format!("{path}/check"), settings).await;
    assert_eq!(checked.status, StatusCode::ACCEPTED, "{}", checked.text);
    app.settle().await;
    app.get(path).await.json
}

async fn run(app: &TestApp, path: &str) -> Value {
    let run = app.post(&format!("{path}/run"), json!({})).await;
    assert_eq!(run.status, StatusCode::ACCEPTED, "{}", run.text);
    app.settle().await;
    app.get(path).await.json
}

async fn report(app: &TestApp, import: &Value) -> String {
    let url = import["reportUrl"].as_str().expect("there is a report");
    let file = app.follow(url).await.expect("the report can be downloaded");
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"import-report.csv\"");
    String::from_utf8(file.bytes.to_vec()).expect("the report is text")
}

fn counts(import: &Value) -> [i64; 4] {
    ["created", "updated", "skipped", "invalid"].map(|name| import["counts"][name].as_i64().unwrap_or(-1))
}

const FILE: &str = "Name,Phone,Email,Tags,Value,Currency,Notes\r\n\
    Asha Rao,+91 98765 43210,asha@example.com,\"vip, fair\",\"1,500.50\",INR,x\n\
    \"Bo \"\"the\"\" Lind\",+4915112345678,,,,,\r\
    Nobody,12,not an address,,,,\n\
    Asha again,919876543210,,,,,\r\n";

#[tokio::test]
async fn a_file_is_checked_without_a_trace_and_then_each_row_is_written_once() {
    let app = TestApp::start().await;
    let path = upload(&app, FILE.as_bytes()).await;
    assert_eq!(
        fields(&app, &path).await,
        [json!("name"), json!("phone"), json!("email"), json!("tags"), json!("value"), json!("currency"), json!(null)]
    );
    let checked = check(&app, &path, json!({})).await;
    assert_eq!((&checked["state"], &checked["phase"]), (&json!("waiting"), &json!("ready")), "{checked}");
    assert_eq!((checked["rows"].as_i64(), counts(&checked)), (Some(4), [2, 0, 1, 1]));
    assert_eq!(app.count("lead").await, 0, "a check writes nothing");
    let lines = report(&app, &checked).await;
    assert!(lines.contains("\"4\",\"invalid\",\"\",\"phone\",\"expected a phone number"), "{lines}");
    assert!(lines.contains("\"4\",\"invalid\",\"\",\"email\""), "{lines}");
    assert!(lines.contains("\"5\",\"skipped\",\"\",\"\",\"An earlier row has"), "{lines}");

    let done = run(&app, &path).await;
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [2, 0, 1, 1]), "{done}");
    let leads = app.get("/api/leads").await;
    assert_eq!(leads.items().len(), 2);
    let asha = leads.items().iter().find(|lead| lead["name"] == "Asha Rao").expect("the lead is there").clone();
    assert_eq!((&asha["value"], &asha["currency"]), (&json!(1500.5), &json!("INR")));
    assert_eq!((&asha["tags"], &asha["email"]), (&json!(["fair", "vip"]), &json!("asha@example.com")));
    assert!(report(&app, &done).await.contains(asha["id"].as_str().expect("an ID")));
    let again = app.post(&format!("{path}/run"), json!({})).await;
    assert_eq!((again.status, &again.json["state"]), (StatusCode::ACCEPTED, &json!("done")));
    app.settle().await;
    assert_eq!(app.count("lead").await, 2);
    let report = app.get("/api/reports").await;
    assert_eq!(report.json["total"]["newLeads"], 0, "imported leads are no new ones: {}", report.text);
}

#[tokio::test]
async fn a_known_lead_is_skipped_or_updated_as_people_choose_and_a_refusal_of_marketing_stays() {
    let app = TestApp::start().await;
    let known = json!({"name": "Asha", "phone": "+919876543210", "tags": ["old"]});
    let known = app.post("/api/leads", known).await.str("id").to_owned();
    let refused = app.post("/api/leads", json!({"name": "Bo", "phone": "+4915112345678"})).await.str("id").to_owned();
    let consent = format!("/api/leads/{refused}/consent");
    app.call(Method::PATCH, &consent, &[], Some(json!({"marketing": false}))).await;
    let file = b"phone;first name;last name;stage\n098765 43210;Asha;Rao;Qualified\n+49 151 12345678;;;\n+1 212 555 0100;Al;;\n";
    for (duplicates, expected) in [("skip", [1, 0, 2, 0]), ("update_only", [0, 3, 0, 0]), ("update", [0, 3, 0, 0])] {
        let path = upload(&app, file).await;
        let settings = json!({"duplicates": duplicates, "callingCode": "91", "tags": ["new"], "consentProof": "Fair"});
        let checked = check(&app, &path, settings).await;
        assert_eq!(counts(&checked), expected, "{duplicates}: {checked}");
        let done = run(&app, &path).await;
        assert_eq!((&done["state"], counts(&done)), (&json!("done"), expected), "{duplicates}: {done}");
    }
    let asha = app.get(&format!("/api/leads/{known}")).await.json;
    assert_eq!((&asha["name"], &asha["stage"]), (&json!("Asha Rao"), &json!("Qualified")));
    assert_eq!(asha["tags"], json!(["new", "old"]));
    let agreed = app.get(&format!("/api/leads/{known}/consent")).await.json;
    assert_eq!((&agreed["marketing"], &agreed["history"][0]["note"]), (&json!("allowed"), &json!("Fair")));
    assert_eq!(app.get(&consent).await.json["marketing"], "refused");
}

#[tokio::test]
async fn a_file_reads_the_same_in_latin_1_utf_16_and_with_a_byte_order_mark() {
    let text = "Nombre completo;Teléfono\r\nJosé Núñez;+34 600 000 001\r\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("it is in Latin-1")).collect();
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [latin, utf_16, marked] {
        let app = TestApp::start().await;
        let path = upload(&app, &bytes).await;
        check(&app, &path, json!({})).await;
        let done = run(&app, &path).await;
        assert_eq!((&done["state"], counts(&done)), (&json!("done"), [1, 0, 0, 0]), "{done}");
        assert_eq!(app.get("/api/leads").await.items()[0]["name"], "José Núñez");
    }
}

#[tokio::test]
async fn what_cannot_be_imported_is_refused_with_the_field_that_is_wrong() {
    let app = TestApp::start().await;
    let sha256 = digest(b"x");
    for (body, field) in [
        (json!({"filename": "a.csv", "size": 1_073_741_824, "sha256": sha256}), "size"),
        (json!({"filename": "a.csv", "size": 0, "sha256": sha256}), "size"),
        (json!({"filename": " ", "size": 1, "sha256": sha256}), "filename"),
        (json!({"filename": "a.csv", "size": 1, "sha256": "abc"}), "sha256"),
        (json!({"filename": "a.csv", "size": 1, "sha256": sha256, "rows": 1}), "rows"),
    ] {
        let answer = app.post("/api/imports", body.clone()).await;
        assert_eq!((answer.status, &answer.json["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{body}");
    }
    let begun = app.post("/api/imports", json!({"filename": "a.csv", "size": 1, "sha256": sha256})).await;
    let empty = format!("/api/imports/{}", begun.str("id"));
    assert_eq!(app.get(&format!("{empty}/preview")).await.status, StatusCode::CONFLICT, "no byte has arrived");
    assert_eq!(app.post(&format!("{empty}/run"), json!({})).await.status, StatusCode::CONFLICT);

    let path = upload(&app, b"Name,Phone\nAsha,+919876543210,too,many\n").await;
    for (settings, field) in [
        (json!({"columns": ["name"]}), "columns"),
        (json!({"columns": ["name", "name"]}), "columns[1]"),
        (json!({"columns": ["name", "shoe size"]}), "columns[1]"),
        (json!({"columns": [null, null]}), "columns"),
        (json!({"columns": ["name", "phone"], "callingCode": "0"}), "callingCode"),
        (json!({"columns": ["name", "phone"], "duplicates": "double"}), "duplicates"),
        (json!({"columns": ["name", "phone"], "stage": "Closed"}), "stage"),
        (json!({"columns": ["name", "phone"], "tags": ["x".repeat(500)]}), "tags[0]"),
        (json!({"columns": ["name", "phone"], "currency": "euro"}), "currency"),
        (json!({"columns": ["name", "phone"], "consentProof": ""}), "consentProof"),
    ] {
        let answer = app.post(&format!("{path}/check"), settings.clone()).await;
        let found = (answer.status, &answer.json["field"]);
        assert_eq!(found, (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{settings}");
    }
    let checked = check(&app, &path, json!({})).await;
    assert_eq!(counts(&checked), [0, 0, 0, 1]);
    assert!(report(&app, &checked).await.contains("The row has 4 cells, and the header has 2."));
    let zip = upload(&app, b"PK\x03\x04\0\0\0\0zipped").await;
    let refused = app.get(&format!("{zip}/preview")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let cancelled = app.post(&format!("{zip}/cancel"), json!({})).await;
    assert_eq!((cancelled.status, &cancelled.json["state"]), (StatusCode::OK, &json!("cancelled")));
}

#[tokio::test]
async fn a_large_file_is_written_in_steps_and_goes_on_when_the_stream_loses_one() {
    let app = TestApp::start().await;
    let mut file = String::from("name,phone\n");
    for number in 0..4_500 {
        file.push_str(&format!("Lead {number},+9198{number:08}\n"));
    }
    let path = upload(&app, file.as_bytes()).await;
    check(&app, &path, json!({})).await;
    let run = app.post(&format!("{path}/run"), json!({})).await;
    assert_eq!(run.status, StatusCode::ACCEPTED);
    app.forget_stream("changes").await;
    app.settle().await;
    assert_eq!(app.get(&path).await.json["rowsDone"], 0, "the task is lost");
    app.pass(Duration::from_secs(300)).await;
    let done = app.get(&path).await.json;
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [4_500, 0, 0, 0]), "{done}");
}
