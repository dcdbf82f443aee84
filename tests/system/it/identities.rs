//! Whom an identity belongs to, as messages, statuses, echoes, calls and shared cards say it.

use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::bodies::{ACCOUNT, of_account};
use testkit::{NOW, Sender, Settings, TestApp, WindowCheck};

const PHONE: &str = "5511988887777";
const USER: &str = "BR.1349120865530274";
const BY_PHONE: Sender<'_> = Sender { name: "Ana Souza", phone: Some(PHONE), user: None };
const BY_USER: Sender<'_> = Sender { name: "Ana Souza", phone: None, user: Some(USER) };
const BOTH: Sender<'_> = Sender { name: "Ana Souza", phone: Some(PHONE), user: Some(USER) };
const HEIR: Sender<'_> = Sender { name: "Bruno Lima", phone: Some(PHONE), user: Some("BR.2") };

async fn deliver(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
    app.settle().await;
}

/// The leads, the first made first.
async fn leads(app: &TestApp) -> Vec<Value> {
    let mut leads = app.get("/api/leads").await.items().to_vec();
    leads.sort_by_key(|lead| lead["id"].as_str().map(ToOwned::to_owned));
    leads
}

/// Ana, known by phone, writes by her user id alone: she is the same lead.
async fn is_known_by_both(app: &TestApp) {
    app.skip(Duration::from_secs(60));
    deliver(app, BY_USER.writes("wamid.Z", NOW.seconds() + 60, "by user id")).await;
    let lead = app.only_lead().await;
    assert_eq!((&lead["phone"], &lead["bsuid"]), (&json!("+5511988887777"), &json!(USER)));
    assert_eq!(lead["lastMessage"]["text"], "by user id");
}

#[tokio::test]
async fn a_status_that_names_both_ids_links_them() {
    let app = TestApp::with(Settings { window: WindowCheck::Off, ..Settings::default() }).await;
    let person = app.person("Asha");
    let by_phone = Sender { name: "Asha", phone: Some(&person.wa_id), user: None };
    deliver(&app, by_phone.writes("wamid.A", NOW.seconds(), "by phone")).await;
    let lead = app.only_lead().await;
    assert_eq!(lead["bsuid"], Value::Null);
    let sent = app.post("/api/messages", json!({"leadId": lead["id"], "text": "Namaste"})).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    app.settle().await;
    app.pass(Duration::from_secs(60)).await;
    assert_eq!(app.only_lead().await["bsuid"], json!(person.user_id), "the statuses of the answer name it");
    let by_user = Sender { name: "Asha", phone: None, user: Some(&person.user_id) };
    deliver(&app, by_user.writes("wamid.B", NOW.seconds() + 60, "by user id")).await;
    assert_eq!(app.only_lead().await["lastMessage"]["text"], "by user id");
}

#[tokio::test]
async fn an_echo_that_names_both_ids_links_them() {
    let app = TestApp::start().await;
    deliver(&app, BY_PHONE.writes("wamid.A", NOW.seconds(), "by phone")).await;
    let echo = json!({
        "from": "15550783881", "to": PHONE, "to_user_id": USER, "id": "wamid.ECHO",
        "timestamp": NOW.seconds().to_string(), "type": "text", "text": {"body": "from the phone app"},
    });
    deliver(&app, of_account(ACCOUNT, "smb_message_echoes", json!({"message_echoes": [echo]}))).await;
    is_known_by_both(&app).await;
}

#[tokio::test]
async fn a_call_that_names_both_ids_links_them() {
    let app = TestApp::start().await;
    deliver(&app, BY_PHONE.writes("wamid.A", NOW.seconds(), "by phone")).await;
    let call = json!({
        "id": "wacid.A", "from": PHONE, "from_user_id": USER, "to": "15550783881", "event": "connect",
        "timestamp": NOW.seconds().to_string(), "direction": "USER_INITIATED",
    });
    deliver(&app, of_account(ACCOUNT, "calls", json!({"calls": [call]}))).await;
    is_known_by_both(&app).await;
}

#[tokio::test]
async fn a_phone_that_the_customer_shares_on_request_belongs_to_them() {
    let app = TestApp::start().await;
    deliver(&app, BY_USER.writes("wamid.A", NOW.seconds(), "by user id")).await;
    let card = |origin: &str| {
        let phone = json!({"phone": "+55 11 98888-7777", "wa_id": PHONE});
        json!({"type": "contacts", "contacts": [{"name": {"formatted_name": "Ana"}, "phones": [phone], "origin": origin}]})
    };
    deliver(&app, BY_USER.sends("wamid.B", NOW.seconds() + 1, card("other"))).await;
    assert_eq!(app.only_lead().await["phone"], Value::Null, "somebody's card is not the sender's own");
    deliver(&app, BY_USER.sends("wamid.C", NOW.seconds() + 2, card("contact_request"))).await;
    assert_eq!(app.only_lead().await["phone"], "+5511988887777");
    deliver(&app, BY_PHONE.writes("wamid.D", NOW.seconds() + 3, "by phone")).await;
    assert_eq!(app.only_lead().await["lastMessage"]["text"], "by phone");
}

#[tokio::test]
async fn a_phone_that_comes_with_another_user_id_moves_to_the_new_person() {
    let app = TestApp::start().await;
    deliver(&app, BOTH.writes("wamid.A", NOW.seconds(), "old")).await;
    app.skip(Duration::from_secs(60));
    deliver(&app, HEIR.writes("wamid.B", NOW.seconds() + 60, "new")).await;
    let after = leads(&app).await;
    assert_eq!((&after[0]["phone"], &after[1]["phone"]), (&Value::Null, &json!("+5511988887777")));
    assert_eq!((&after[0]["bsuid"], &after[1]["bsuid"]), (&json!(USER), &json!("BR.2")));
    let sent = app.post("/api/messages", json!({"phone": "+55 11 98888-7777", "text": "Hi"})).await;
    assert_eq!((sent.status, &sent.json["leadId"]), (StatusCode::ACCEPTED, &after[1]["id"]), "{}", sent.text);
    // The first owner is given the number back.
    app.skip(Duration::from_secs(60));
    deliver(&app, BOTH.writes("wamid.C", NOW.seconds() + 120, "back")).await;
    let after = leads(&app).await;
    assert_eq!(after.len(), 2);
    assert_eq!((&after[0]["phone"], &after[1]["phone"]), (&json!("+5511988887777"), &Value::Null));
}

#[tokio::test]
async fn a_phone_moves_between_two_leads_that_both_exist() {
    let app = TestApp::start().await;
    deliver(&app, BOTH.writes("wamid.A", NOW.seconds(), "old")).await;
    app.skip(Duration::from_secs(1));
    deliver(&app, Sender { phone: None, ..HEIR }.writes("wamid.B", NOW.seconds() + 1, "no phone yet")).await;
    deliver(&app, HEIR.writes("wamid.C", NOW.seconds() + 2, "with the phone")).await;
    let after = leads(&app).await;
    assert_eq!((&after[0]["phone"], &after[1]["phone"]), (&Value::Null, &json!("+5511988887777")));
    assert_eq!(after[1]["lastMessage"]["text"], "with the phone");
    let page = app.get(&format!("/api/leads/{}", after[0]["id"].as_str().unwrap())).await.json;
    assert_eq!(page["possibleDuplicates"], json!([after[1]["id"]]), "both have messages");
}

#[tokio::test]
async fn a_user_id_of_another_portfolio_joins_the_lead() {
    let app = TestApp::start().await;
    deliver(&app, BOTH.writes("wamid.A", NOW.seconds(), "first portfolio")).await;
    let value = json!({"contacts": [HEIR.contact()], "messages": [
        HEIR.message("wamid.B", NOW.seconds() + 1, json!({"type": "text", "text": {"body": "second portfolio"}}))]});
    deliver(&app, of_account("990000000000001", "messages", value)).await;
    let lead = app.only_lead().await;
    assert_eq!((&lead["phone"], &lead["bsuid"]), (&json!("+5511988887777"), &json!(USER)));
    assert_eq!(lead["lastMessage"]["text"], "second portfolio");
}

#[tokio::test]
async fn a_lead_is_found_by_any_of_its_identities_and_shows_them_all() {
    let app = TestApp::start().await;
    deliver(&app, BOTH.writes("wamid.A", NOW.seconds(), "hello")).await;
    let lead = app.only_lead().await["id"].clone();
    for query in [
        "phone=%2B55%2011%2098888-7777",
        "phone=%2B551188887777",
        "identity=BR.1349120865530274",
        "identity=%2B5511988887777",
    ] {
        let found = app.get(&format!("/api/leads?{query}")).await;
        assert_eq!(found.items().iter().map(|lead| lead["id"].clone()).collect::<Vec<_>>(), [lead.clone()], "{query}");
    }
    assert!(app.get("/api/leads?identity=BR.2").await.items().is_empty());
    for (query, field) in
        [("phone=98888", "phone"), ("phone=911", "phone"), ("phone=%2B5511988887777&identity=BR.1", "identity")]
    {
        let refused = app.get(&format!("/api/leads?{query}")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{query}: {}", refused.text);
        assert!(refused.text.contains(field), "{}", refused.text);
    }
    let path = format!("/api/leads/{}/identities", lead.as_str().unwrap());
    let kinds = async || {
        let items = app.get(&path).await.items().to_vec();
        let one = |item: &Value| (item["kind"].clone(), item["current"].clone());
        items.iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(kinds().await, [(json!("bsuid"), json!(true)), (json!("phone"), json!(true))]);
    let moved = json!({
        "type": "system", "system": {"type": "user_changed_number", "wa_id": "5511977776666", "user_id": "BR.9",
        "previous_user_id": USER, "body": "Ana changed the number"},
    });
    deliver(&app, BOTH.sends("wamid.B", NOW.seconds() + 60, moved)).await;
    let after = kinds().await;
    assert_eq!(after.len(), 4, "{after:?}");
    assert_eq!(after.iter().filter(|(_, current)| *current == json!(true)).count(), 2, "{after:?}");
}
