//! A business connects its numbers by a form: checked with Meta at once, sent from by their own token, checked again, paused
//! and resumed, disconnected.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use axum::body::Body;
use base64::Engine;
use domain::access::users::Role;
use http::{Method, Request, StatusCode};
use meta_simulator::{BusinessNumber, CustomerMessage, Person, SendRecord, TokenWish};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;
use testkit::{Reply, TestApp};

/// The number that works, and the one that is not registered, of the account that nobody has connected yet.
fn spare(app: &TestApp) -> (BusinessNumber, BusinessNumber) {
    let [_, second, third] = app.meta().numbers() else { panic!("three numbers") };
    (second.clone(), third.clone())
}

fn form(number: &BusinessNumber) -> Value {
    json!({
        "name": "Second shop", "phoneNumberId": number.phone_number_id, "businessAccountId": number.waba_id,
        "accessToken": number.access_token,
    })
}

async fn connect(app: &TestApp, number: &BusinessNumber) -> Reply {
    let reply = app.post("/api/channels", form(number)).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    reply
}

async fn act(app: &TestApp, method: Method, channel: &str, action: &str) -> Reply {
    app.call(method, &format!("/api/channels/{channel}{action}"), &[], None).await
}

/// A customer writes to `number`; everything that follows is worked off.
async fn writes_to(app: &TestApp, person: &Person, number: &BusinessNumber, text: &str) {
    let to = Some(number.phone_number_id.clone());
    app.does(CustomerMessage { to, ..CustomerMessage::text(person.id.to_string(), text) }).await;
}

async fn answer(app: &TestApp, text: &str) -> Reply {
    let lead = app.only_lead().await["id"].clone();
    let reply = app.post("/api/messages", json!({"leadId": lead, "text": text})).await;
    app.settle().await;
    reply
}

/// The message of ours that says `text`, as the lead's page shows it.
async fn shown(app: &TestApp, text: &str) -> Value {
    let lead = app.only_lead().await;
    let messages = lead["messages"].as_array().cloned().unwrap_or_default();
    messages.into_iter().find(|message| message["text"] == text).unwrap_or(Value::Null)
}

/// How many messages the first number holds, as the list of numbers says.
async fn held(app: &TestApp) -> u64 {
    app.get("/api/channels").await.items()[0]["heldMessages"].as_u64().unwrap()
}

/// What Meta accepted, the oldest first: from which number, and which text.
fn sent(app: &TestApp) -> Vec<(String, String)> {
    let mut sends = app.meta().sends(None).unwrap();
    sends.reverse();
    let text = |send: &SendRecord| send.body["text"]["body"].as_str().unwrap_or_default().to_owned();
    sends.iter().map(|send| (send.phone_number_id.clone(), text(send))).collect()
}

/// The names of the checks that failed.
fn failed(channel: &Value) -> Vec<&str> {
    let checks = channel["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["ok"] == false).map(|check| check["name"].as_str().unwrap()).collect()
}

/// The access token of the owner of another business.
async fn another_owner(app: &TestApp) -> String {
    let body = json!({
        "fullName": "Eva Lind", "email": "eva@example.org", "password": "a plainly long phrase of eva's",
        "companyName": "Another Business", "agreeToTerms": true,
    });
    let signed_up = app.post("/api/auth/signup", body).await;
    assert_eq!(signed_up.status, StatusCode::CREATED, "{}", signed_up.text);
    signed_up.str("accessToken").to_owned()
}

/// Meta refuses this token from now on.
fn expire(app: &TestApp, token: &str) {
    let wish = TokenWish { access_token: Some(token.to_owned()), expires_in_seconds: Some(0), ..TokenWish::default() };
    app.meta().issue_token(wish).unwrap();
}

/// A new token of the account of `number`.
fn token_of(app: &TestApp, number: &BusinessNumber, wish: TokenWish) -> String {
    app.meta().issue_token(TokenWish { waba_id: Some(number.waba_id.clone()), ..wish }).unwrap().access_token
}

/// The check with this name, as the API shows it.
fn check(channel: &Value, name: &str) -> Value {
    let checks = channel["checks"].as_array().unwrap();
    checks.iter().find(|check| check["name"] == name).cloned().unwrap_or(Value::Null)
}

async fn change(app: &TestApp, channel: &str, body: Value) -> Reply {
    app.call(Method::PATCH, &format!("/api/channels/{channel}"), &[], Some(body)).await
}

async fn connect_as(app: &TestApp, token: &str, number: &BusinessNumber) -> Reply {
    app.ask(testkit::request(token, Method::POST, "/api/channels", &[], Some(form(number)))).await
}

#[tokio::test]
async fn a_number_is_connected_and_answers_its_customers_by_its_own_token() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let channel = connect(&app, &second).await;
    assert_eq!(failed(&channel.json), [""; 0], "{}", channel.text);
    assert_eq!(channel["verifiedName"], "Leadwire Second");
    assert_eq!((&channel["quality"], &channel["paused"]), (&json!("GREEN"), &json!(false)));
    assert_eq!(channel["phoneNumber"], "+1 555-078-3882", "as Meta writes it");
    assert!(channel.str("webhookUrl").ends_with("/api/webhook/whatsapp"));
    assert!(!channel.text.contains(&second.access_token));
    assert!(app.meta().is_subscribed(&second.waba_id).unwrap(), "the missing subscription was made");

    let asha = app.person("Asha Rao");
    writes_to(&app, &asha, &second, "Is the second shop open?").await;
    assert_eq!(answer(&app, "It is.").await.status, StatusCode::ACCEPTED);
    app.pass(Duration::from_secs(10)).await;
    assert_eq!(sent(&app), [(second.phone_number_id.clone(), "It is.".to_owned())]);
    assert_eq!(shown(&app, "It is.").await["status"], "read");
    app.says(&app.person("Ravi"), "And the first?").await;
    assert_eq!(app.get("/api/conversations").await.items().len(), 2, "the first number goes on");

    let audit = app.get("/api/audit?action=channel_connected").await;
    assert_eq!((audit.items().len(), &audit.items()[0]["target"]), (1, &channel["id"]), "{}", audit.text);
}

#[tokio::test]
async fn nothing_is_connected_unless_meta_accepts_the_token_the_number_and_the_account() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let own = &app.account().access_token;
    let cases = [
        ("accessToken", json!("EAAG-a-token-that-meta-refuses"), "accessToken", "190"),
        ("accessToken", json!(own), "phoneNumberId", "system user access"),
        ("phoneNumberId", json!("106540352249999"), "phoneNumberId", "API Setup"),
        ("businessAccountId", json!(app.account().waba_id), "businessAccountId", "Copy both IDs"),
        ("phoneNumberId", json!("1065/messages"), "phoneNumberId", "digits"),
        ("businessAccountId", json!(""), "businessAccountId", "digits"),
        ("accessToken", json!("short"), "accessToken", "20 to 1000"),
        ("verifyToken", json!("short"), "verifyToken", "16 to 200"),
        ("name", json!(" "), "name", "characters"),
        ("phone", json!("+15550783882"), "phone", "Unknown field"),
    ];
    for (field, value, named, says) in cases {
        let mut body = form(&second);
        body[field] = value;
        let reply = app.post("/api/channels", body.clone()).await;
        let told = (reply.status, reply.str("field"));
        assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, named), "{body}: {}", reply.text);
        assert!(reply.str("detail").contains(says), "{body}: {}", reply.text);
        assert!(!reply.text.contains(&second.access_token) && !reply.text.contains("that-meta-refuses"));
    }
    assert_eq!(app.get("/api/channels").await.items().len(), 1);
    assert!(!app.meta().is_subscribed(&second.waba_id).unwrap());
    writes_to(&app, &app.person("Asha"), &second, "Hello").await;
    assert_eq!(app.get("/api/leads").await.items().len(), 0);
}

#[tokio::test]
async fn a_number_is_connected_once_and_whose_it_is_is_not_told() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let channel = connect(&app, &second).await;
    let again = app.post("/api/channels", form(&second)).await;
    assert_eq!((again.status, again.str("field")), (StatusCode::CONFLICT, "phoneNumberId"), "{}", again.text);
    let detail = again.str("detail");
    assert!(detail.contains("Second shop") && detail.contains(channel.str("id")), "{detail}");

    let eva = another_owner(&app).await;
    let theirs = connect_as(&app, &eva, &second).await;
    assert_eq!((theirs.status, theirs.str("field")), (StatusCode::CONFLICT, "phoneNumberId"), "{}", theirs.text);
    assert!(!theirs.text.contains("Second shop") && !theirs.text.contains(channel.str("id")));
    let guess = BusinessNumber { access_token: app.account().access_token.clone(), ..second.clone() };
    let probe = connect_as(&app, &eva, &guess).await;
    assert_eq!(probe.status, StatusCode::UNPROCESSABLE_ENTITY, "without its token nobody learns that it is connected");
    for (method, action) in [(Method::DELETE, ""), (Method::POST, "/check"), (Method::POST, "/toggle")] {
        let path = format!("/api/channels/{}{action}", channel.str("id"));
        let reply = app.ask(testkit::request(&eva, method, &path, &[], None)).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_number_that_is_not_registered_is_connected_with_what_is_to_be_done() {
    let app = TestApp::start().await;
    let (_, third) = spare(&app);
    let channel = connect(&app, &third).await;
    assert_eq!(failed(&channel.json), ["registration", "health"]);
    let checks = channel["checks"].as_array().unwrap();
    let registration = checks.iter().find(|check| check["name"] == "registration").unwrap();
    assert_eq!(registration["detail"], "Meta reports: PENDING.");
    assert!(registration["nextStep"].as_str().unwrap().starts_with("Register the number"));
    writes_to(&app, &app.person("Asha"), &third, "Hello").await;
    answer(&app, "Good morning").await;
    assert_eq!(shown(&app, "Good morning").await["status"], "held");
    let shown = app.get("/api/channels").await;
    let shown = shown.items().iter().find(|one| one["id"] == channel["id"]).unwrap();
    assert_eq!(shown["refusal"]["code"], 133_010);
}

#[tokio::test]
async fn a_check_repeats_what_was_asked_by_the_token_that_only_the_worker_opens() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let channel = connect(&app, &second).await;
    let id = channel.str("id");
    let find = async || app.get("/api/channels").await.items().iter().find(|one| one["id"] == id).unwrap().clone();
    app.meta().subscribe(&second.waba_id, false).unwrap();
    app.pass(Duration::from_secs(60)).await;
    let wanted = act(&app, Method::POST, id, "/check").await;
    assert_eq!((wanted.status, &wanted["checking"]), (StatusCode::OK, &json!(true)), "{}", wanted.text);
    app.settle().await;
    let checked = find().await;
    assert_eq!((&checked["checking"], failed(&checked)), (&json!(false), Vec::new()), "{checked}");
    assert_ne!(checked["checkedAt"], channel["checkedAt"]);
    assert!(app.meta().is_subscribed(&second.waba_id).unwrap(), "the check subscribed it again");

    expire(&app, &second.access_token);
    app.pass(Duration::from_secs(60)).await;
    act(&app, Method::POST, id, "/check").await;
    app.settle().await;
    let checked = find().await;
    assert_eq!(failed(&checked), ["token"]);
    assert_eq!(checked["checks"][0]["code"], 190);

    // The first number sends by the application's token, by which it is checked too.
    act(&app, Method::POST, &app.account().channel.to_string(), "/check").await;
    app.settle().await;
    let first = app.get("/api/channels").await.items()[0].clone();
    assert_eq!((first["verifiedName"].as_str(), failed(&first)), (Some("Leadwire Demo"), Vec::new()), "{first}");
}

#[tokio::test]
async fn a_paused_number_holds_its_messages_and_sends_them_in_order_when_it_is_resumed() {
    let app = TestApp::start().await;
    app.says(&app.person("Asha"), "Hello").await;
    let id = app.account().channel.to_string();
    let paused = act(&app, Method::POST, &id, "/toggle").await;
    assert_eq!((paused.status, &paused["paused"]), (StatusCode::OK, &json!(true)), "{}", paused.text);
    for text in ["One", "Two", "Three"] {
        assert_eq!(answer(&app, text).await.status, StatusCode::ACCEPTED);
        app.pass(Duration::from_secs(240)).await;
    }
    assert_eq!(sent(&app), []);
    let one = shown(&app, "One").await;
    assert_eq!((&one["status"], &one["error"]["reason"]), (&json!("held"), &json!("paused")), "{one}");
    assert_eq!((&one["error"]["nextStep"], held(&app).await), (&json!("resume_number"), 3));
    app.says(&app.person("Ravi"), "Still there?").await;
    assert_eq!(app.get("/api/leads").await.items().len(), 2, "what comes in is not paused");

    let resumed = act(&app, Method::POST, &id, "/toggle").await;
    assert_eq!(resumed["paused"], false);
    let lead = app.get("/api/leads").await.items().iter().find(|lead| lead["name"] == "Asha").unwrap()["id"].clone();
    app.post("/api/messages", json!({"leadId": lead, "text": "Four"})).await;
    app.settle().await;
    let texts = || sent(&app).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    assert_eq!(texts(), ["One", "Two", "Three", "Four"], "a new message takes those before it along");
    app.pass(Duration::from_secs(600)).await;
    assert_eq!((texts().len(), held(&app).await), (4, 0));
}

#[tokio::test]
async fn held_messages_go_out_by_themselves_after_the_number_is_resumed_and_fail_when_their_time_is_over() {
    let app = TestApp::start().await;
    app.says(&app.person("Asha"), "Hello").await;
    let id = app.account().channel.to_string();
    act(&app, Method::POST, &id, "/toggle").await;
    for text in ["One", "Two"] {
        answer(&app, text).await;
        app.pass(Duration::from_secs(200)).await;
    }
    act(&app, Method::POST, &id, "/toggle").await;
    app.pass(Duration::from_secs(240)).await;
    assert_eq!(sent(&app).into_iter().map(|(_, text)| text).collect::<Vec<_>>(), ["One", "Two"]);

    act(&app, Method::POST, &id, "/toggle").await;
    answer(&app, "Too late").await;
    app.skip(Duration::from_secs(24 * 3600));
    app.pass(Duration::from_secs(240)).await;
    let late = shown(&app, "Too late").await;
    assert_eq!(late["status"], "failed", "{late}");
    assert_eq!((&late["error"]["reason"], held(&app).await), (&json!("expired"), 0));
    assert_eq!(sent(&app).len(), 2);
}

#[tokio::test]
async fn a_disconnected_number_keeps_its_conversations_and_is_nobody_s() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let channel = connect(&app, &second).await;
    let id = channel.str("id");
    let asha = app.person("Asha Rao");
    writes_to(&app, &asha, &second, "Hello").await;
    act(&app, Method::POST, id, "/toggle").await;
    answer(&app, "It waits").await;
    assert_eq!(act(&app, Method::DELETE, id, "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(act(&app, Method::DELETE, id, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/api/channels").await.items().len(), 1);

    app.pass(Duration::from_secs(300)).await;
    let waited = shown(&app, "It waits").await;
    assert_eq!((&waited["status"], &waited["error"]["reason"]), (&json!("failed"), &json!("disconnected")));
    let conversation = app.get("/api/conversations").await.items()[0].clone();
    assert_eq!(conversation["channelName"], "Second shop", "{conversation}");
    let refused = answer(&app, "Nobody sends this").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.str("detail").starts_with("Second shop (+1 555-078-3882) is disconnected."), "{}", refused.text);

    writes_to(&app, &asha, &second, "Are you gone?").await;
    let parked = app.stack().store().parked(10).await.unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!(parked[0].number.as_ref().unwrap().as_str(), second.phone_number_id);
    assert_eq!(app.get("/api/parked").await.items().len(), 0, "it is not ours any more");

    let anew = connect(&app, &second).await;
    assert_eq!(anew.str("id"), id, "its conversations go on");
    writes_to(&app, &asha, &second, "Welcome back").await;
    assert_eq!(app.get("/api/conversations").await.items().len(), 1);
    assert_eq!(answer(&app, "Here we are").await.status, StatusCode::ACCEPTED);
    assert_eq!(sent(&app), [(second.phone_number_id.clone(), "Here we are".to_owned())]);
}

#[tokio::test]
async fn a_number_moves_to_another_business_once_no_worker_remembers_the_first() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let channel = connect(&app, &second).await;
    writes_to(&app, &app.person("Asha"), &second, "Hello").await;
    act(&app, Method::DELETE, channel.str("id"), "").await;
    let eva = another_owner(&app).await;
    assert_eq!(connect_as(&app, &eva, &second).await.status, StatusCode::CONFLICT);
    app.skip(Duration::from_secs(61));
    let moved = connect_as(&app, &eva, &second).await;
    assert_eq!(moved.status, StatusCode::CREATED, "{}", moved.text);
    writes_to(&app, &app.person("Ravi"), &second, "To the new owner").await;
    assert_eq!(app.get("/api/leads").await.items().len(), 1, "the first business sees only what was its own");
    let theirs = app.ask(testkit::request(&eva, Method::GET, "/api/leads", &[], None)).await;
    assert_eq!(theirs.items().len(), 1);
}

#[tokio::test]
async fn the_webhook_accepts_the_verify_token_of_a_connected_number_which_managers_alone_see() {
    let app = TestApp::start().await;
    let (second, third) = spare(&app);
    let shake = async |token: &str, challenge: &str| {
        let query = format!("hub.mode=subscribe&hub.verify_token={token}&hub.challenge={challenge}");
        let request = Request::get(format!("/api/webhook/whatsapp?{query}")).body(Body::empty()).unwrap();
        let reply = app.ask(request).await;
        (reply.status, reply.text)
    };
    let mut body = form(&second);
    body["verifyToken"] = json!("a-verify-token-of-our-own");
    let channel = app.post("/api/channels", body).await;
    assert_eq!(channel["verifyToken"], "a-verify-token-of-our-own", "{}", channel.text);
    assert_eq!(shake("a-verify-token-of-our-own", "123").await, (StatusCode::OK, "123".to_owned()));
    assert_eq!(shake("a-verify-token-of-our-own", "1.2").await.0, StatusCode::FORBIDDEN);
    assert_eq!(shake("a-verify-token-of-others", "123").await.0, StatusCode::FORBIDDEN);
    let mut body = form(&third);
    body["verifyToken"] = json!("a-verify-token-of-our-own");
    let taken = app.post("/api/channels", body).await;
    assert_eq!((taken.status, taken.str("field")), (StatusCode::UNPROCESSABLE_ENTITY, "verifyToken"));
    let made = connect(&app, &third).await;
    assert_eq!(made.str("verifyToken").len(), 32);
    assert_eq!(shake(made.str("verifyToken"), "9").await.0, StatusCode::OK);

    let ana = app.colleague("ana", Role::Agent).await;
    let seen = app.ask(testkit::request(&ana.token, Method::GET, "/api/channels", &[], None)).await;
    assert!(seen.items().iter().all(|channel| channel["verifyToken"].is_null()), "{}", seen.text);
    act(&app, Method::DELETE, channel.str("id"), "").await;
    assert_eq!(shake("a-verify-token-of-our-own", "123").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_that_expires_is_reported_a_week_before() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let days = |days: u64| Some(days * 24 * 3600);
    let token = token_of(&app, &second, TokenWish { expires_in_seconds: days(30), ..TokenWish::default() });
    let channel = connect(&app, &BusinessNumber { access_token: token, ..second.clone() }).await;
    assert_eq!(failed(&channel.json), [""; 0], "{}", channel.text);
    assert_eq!(channel["tokenExpiresSoon"], false);
    assert_eq!(channel["tokenPermissions"], json!(["whatsapp_business_messaging", "whatsapp_business_management"]));
    let expires_at = channel.str("tokenExpiresAt").to_owned();
    let expiry = check(&channel.json, "expiry");
    assert_eq!(expiry["detail"], format!("The token expires on {} (UTC).", &expires_at[..10]));

    app.skip(Duration::from_secs(24 * 24 * 3600));
    let shown = app.get("/api/channels").await;
    let shown = shown.items().iter().find(|one| one["id"] == channel["id"]).unwrap().clone();
    assert_eq!((&shown["tokenExpiresSoon"], failed(&shown)), (&json!(true), vec!["expiry"]), "without another check");
    assert!(check(&shown, "expiry")["nextStep"].as_str().unwrap().contains("never expires"));

    let replaced = change(&app, channel.str("id"), json!({"accessToken": second.access_token})).await;
    assert_eq!((&replaced["tokenExpiresAt"], failed(&replaced.json)), (&Value::Null, vec![]), "{}", replaced.text);
    assert_eq!(check(&replaced.json, "expiry")["detail"], "The token does not expire.");
}

#[tokio::test]
async fn a_token_without_a_permission_is_named_with_the_permission() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let with = |permission: &str| {
        let permissions = Some(vec![permission.to_owned()]);
        let access_token = token_of(&app, &second, TokenWish { permissions, ..TokenWish::default() });
        form(&BusinessNumber { access_token, ..second.clone() })
    };
    let refused = app.post("/api/channels", with("whatsapp_business_messaging")).await;
    assert_eq!((refused.status, refused.str("field")), (StatusCode::UNPROCESSABLE_ENTITY, "accessToken"));
    let detail = refused.str("detail");
    assert!(detail.contains("The token does not have whatsapp_business_management."), "{detail}");
    let connected = app.post("/api/channels", with("whatsapp_business_management")).await;
    assert_eq!(connected.status, StatusCode::CREATED, "{}", connected.text);
    assert_eq!(failed(&connected.json), ["permissions"]);
    let permissions = check(&connected.json, "permissions");
    assert_eq!(permissions["detail"], "The token does not have whatsapp_business_messaging.");
}

#[tokio::test]
async fn a_new_token_is_checked_before_it_replaces_the_old_one() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let channel = connect(&app, &second).await;
    let id = channel.str("id");
    let asha = app.person("Asha Rao");
    writes_to(&app, &asha, &second, "Hello").await;
    let other = app.account().access_token.clone();
    for (token, says) in [("EAAG-a-token-that-meta-refuses", "190"), (other.as_str(), "access to this number")] {
        let refused = change(&app, id, json!({"accessToken": token, "readReceipts": false})).await;
        assert_eq!((refused.status, refused.str("field")), (StatusCode::UNPROCESSABLE_ENTITY, "accessToken"));
        assert!(refused.str("detail").contains(says) && !refused.text.contains(token), "{}", refused.text);
    }
    let shown = app.get("/api/channels").await;
    let shown = shown.items().iter().find(|one| one["id"] == id).unwrap().clone();
    let before = (&channel["tokenLast4"], &json!(true));
    assert_eq!((&shown["tokenLast4"], &shown["readReceipts"]), before, "nothing was changed");
    answer(&app, "By the old token").await;

    let new = token_of(&app, &second, TokenWish::default());
    let replaced = change(&app, id, json!({"accessToken": new})).await;
    assert_eq!((replaced.status, &replaced["tokenLast4"]), (StatusCode::OK, &json!(new[new.len() - 4..])));
    assert_ne!(replaced["checkedAt"], Value::Null);
    expire(&app, &second.access_token);
    answer(&app, "By the new token").await;
    let texts: Vec<_> = sent(&app).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["By the old token", "By the new token"]);
}

#[tokio::test]
async fn webhooks_that_go_to_another_provider_are_had_as_well() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    app.meta().turn(&json!({"otherApp": true})).unwrap();
    let channel = connect(&app, &second).await;
    assert_eq!(check(&channel.json, "subscription")["detail"], "The app of this token was subscribed.");
    assert!(app.meta().is_subscribed(&second.waba_id).unwrap(), "the other app's subscription is not ours");
    writes_to(&app, &app.person("Asha"), &second, "Hello").await;
    assert_eq!(app.get("/api/leads").await.items().len(), 1);
}

#[tokio::test]
async fn the_business_profile_is_read_at_meta_and_changed_there() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let channel = connect(&app, &second).await;
    let path = format!("/api/channels/{}/profile", channel.str("id"));
    let patch = async |body: Value| app.call(Method::PATCH, &path, &[], Some(body)).await;
    let empty = app.get(&path).await;
    assert_eq!((&empty["about"], &empty["websites"], &empty["saving"]), (&Value::Null, &json!([]), &json!(false)));
    assert_ne!(empty["readAt"], Value::Null);

    let wanted = patch(json!({"about": "Flowers, and more", "email": "desk@example.com"})).await;
    assert_eq!((wanted.status, &wanted["saving"]), (StatusCode::OK, &json!(true)), "{}", wanted.text);
    assert_eq!(wanted["about"], "Flowers, and more", "the change is shown at once");
    let both = patch(json!({"websites": ["https://example.com"]})).await;
    assert_eq!((&both["email"], &both["websites"][0]), (&json!("desk@example.com"), &json!("https://example.com")));
    app.settle().await;
    let saved = app.get(&path).await;
    assert_eq!((&saved["saving"], &saved["rejection"]), (&json!(false), &Value::Null), "{}", saved.text);
    assert_eq!((&saved["about"], &saved["email"]), (&json!("Flowers, and more"), &json!("desk@example.com")));
    assert_eq!(saved["websites"], json!(["https://example.com"]));

    patch(json!({"email": ""})).await;
    app.settle().await;
    assert_eq!(app.get(&path).await["email"], Value::Null);
    for (body, field) in [
        (json!({}), "about"),
        (json!({"about": ""}), "about"),
        (json!({"email": "desk"}), "email"),
        (json!({"websites": ["https://a.example", "b.example"]}), "websites[1]"),
        (json!({"hours": "all day"}), "hours"),
    ] {
        let refused = patch(body.clone()).await;
        let told = (refused.status, refused.str("field"));
        assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, field), "{body}: {}", refused.text);
    }
    let audit = app.get("/api/audit?action=channel_changed").await;
    assert_eq!(audit.items().len(), 3, "{}", audit.text);
}

#[tokio::test]
async fn a_change_of_the_profile_that_meta_rejects_is_reported() {
    let app = TestApp::start().await;
    let (second, _) = spare(&app);
    let token = token_of(&app, &second, TokenWish::default());
    let channel = connect(&app, &BusinessNumber { access_token: token.clone(), ..second.clone() }).await;
    let path = format!("/api/channels/{}/profile", channel.str("id"));
    let permissions = Some(vec!["whatsapp_business_messaging".to_owned()]);
    app.meta().issue_token(TokenWish { access_token: Some(token), permissions, ..TokenWish::default() }).unwrap();
    app.call(Method::PATCH, &path, &[], Some(json!({"about": "Flowers"}))).await;
    app.settle().await;
    let rejected = app.get(&path).await;
    assert_eq!(
        (&rejected["saving"], &rejected["rejection"]["code"]),
        (&json!(false), &json!(200)),
        "{}",
        rejected.text
    );
    assert_eq!(rejected["about"], Value::Null);
    let shown = app.get("/api/channels").await;
    let shown = shown.items().iter().find(|one| one["id"] == channel["id"]).unwrap().clone();
    assert!(failed(&shown).contains(&"profile"), "{shown}");
}

#[tokio::test]
async fn a_test_of_metas_dashboard_is_seen_and_a_number_says_when_it_was_last_heard_from() {
    let app = TestApp::start().await;
    let before = app.get("/api/whatsapp/status").await;
    assert_eq!((&before["dashboardTestAt"], &before["channels"][0]["lastHeardAt"]), (&Value::Null, &Value::Null));
    let metadata = json!({"display_phone_number": "16505551111", "phone_number_id": "123456123"});
    let text = json!({"body": "this is a text message"});
    let message = json!({
        "id": "wamid.ABGGFlA5Fpa", "from": "16315551181", "timestamp": "1504902988", "type": "text", "text": text,
    });
    let value = json!({"messaging_product": "whatsapp", "metadata": metadata, "messages": [message]});
    let change = json!({"field": "messages", "value": value});
    let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "0", "changes": [change]}]});
    assert_eq!(app.deliver(body.to_string()).await.status, StatusCode::OK);
    app.settle().await;
    let seen = app.get("/api/whatsapp/status").await;
    assert_eq!(seen["dashboardTestAt"], json!(app.now().to_string()), "{}", seen.text);

    let asha = app.person("Asha Rao");
    let heard = || async { app.get("/api/channels").await.items()[0]["lastHeardAt"].clone() };
    app.says(&asha, "Hello").await;
    let first = heard().await;
    assert_eq!(first, json!(app.now().to_string()));
    app.skip(Duration::from_secs(599));
    app.says(&asha, "Are you there?").await;
    assert_eq!(heard().await, first, "it is written once in ten minutes");
    app.skip(Duration::from_secs(2));
    app.says(&asha, "Hello?").await;
    assert_eq!(heard().await, json!(app.now().to_string()));
}

async fn setup(app: &TestApp, channel: &str) -> Reply {
    app.get(&format!("/api/channels/{channel}/setup")).await
}

/// Has Meta make a change of what customers meet at a number, and gives what it then has.
async fn set_up(app: &TestApp, method: Method, channel: &str, action: &str, body: Option<Value>) -> Reply {
    let reply = app.call(method, &format!("/api/channels/{channel}/{action}"), &[], body).await;
    assert!(reply.status.is_success(), "{action}: {}", reply.text);
    app.settle().await;
    let after = setup(app, channel).await;
    assert_eq!((&after["saving"], &after["problem"]), (&json!(false), &Value::Null), "{}", after.text);
    after
}

#[tokio::test]
async fn short_links_are_made_once_changed_and_deleted_at_meta() {
    let app = TestApp::start().await;
    let id = app.account().channel.to_string();
    let before = setup(&app, &id).await;
    assert_eq!((&before["readAt"], &before["links"]), (&Value::Null, &json!([])), "{}", before.text);
    let body = || Some(json!({ "message": "I saw your window" }));
    set_up(&app, Method::POST, &id, "links", body()).await;
    let made = set_up(&app, Method::POST, &id, "links", body()).await;
    let links = made["links"].as_array().unwrap();
    assert_eq!(links.len(), 1, "the same message makes one link: {}", made.text);
    assert!(links[0]["url"].as_str().unwrap().starts_with("https://wa.me/message/"));
    assert!(links[0]["qr"].as_str().unwrap().starts_with("data:image/svg+xml"));
    let code = links[0]["code"].as_str().unwrap().to_owned();
    let path = format!("links/{code}");
    let changed = set_up(&app, Method::PATCH, &id, &path, Some(json!({ "message": "I saw your ad" }))).await;
    assert_eq!(
        (&changed["links"][0]["code"], &changed["links"][0]["message"]),
        (&json!(code), &json!("I saw your ad"))
    );
    let gone = set_up(&app, Method::DELETE, &id, &path, None).await;
    assert_eq!(gone["links"], json!([]));
    for (message, status) in
        [("", StatusCode::UNPROCESSABLE_ENTITY), (&"x".repeat(141), StatusCode::UNPROCESSABLE_ENTITY)]
    {
        let wrong = app.post(&format!("/api/channels/{id}/links"), json!({ "message": message })).await;
        assert_eq!(wrong.status, status, "{}", wrong.text);
    }
    let unknown = act(&app, Method::DELETE, &id, "/links/NOSUCHCODE").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND, "{}", unknown.text);
}

#[tokio::test]
async fn questions_commands_and_call_hours_are_set_at_meta_and_flows_are_listed() {
    let app = TestApp::start().await;
    let id = app.account().channel.to_string();
    let starters = json!({
        "questions": ["What are your hours?"], "commands": [{ "name": "order", "description": "Order again" }],
    });
    let set = set_up(&app, Method::PATCH, &id, "setup", Some(json!({ "starters": starters }))).await;
    assert_eq!(set["starters"], starters);
    assert_eq!(set["flows"], json!([{ "id": "1700000000000001", "name": "Book a table" }]), "drafts are left out");
    let calls = json!({
        "enabled": true, "timeZone": "Asia/Kolkata", "hours": [{ "day": "monday", "open": "09:00", "close": "17:30" }],
    });
    let set = set_up(&app, Method::PATCH, &id, "setup", Some(json!({ "calls": calls }))).await;
    assert_eq!(set["calls"], calls);
    let wrong = [
        (json!({}), "starters"),
        (json!({ "starters": { "questions": ["x".repeat(81)] } }), "starters.questions[0]"),
        (
            json!({ "calls": { "enabled": true, "hours": [{ "day": "monday", "open": "9", "close": "10:00" }] } }),
            "calls.timeZone",
        ),
    ];
    for (body, field) in wrong {
        let refused = app.call(Method::PATCH, &format!("/api/channels/{id}/setup"), &[], Some(body)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert_eq!(refused["errors"][0]["field"], field, "{}", refused.text);
    }
}

#[tokio::test]
async fn two_changes_of_a_number_at_once_are_one_and_a_refusal_says_why() {
    let app = TestApp::start().await;
    let id = app.account().channel.to_string();
    let path = format!("/api/channels/{id}/links");
    assert_eq!(app.post(&path, json!({ "message": "One" })).await.status, StatusCode::OK);
    let second = app.post(&path, json!({ "message": "Two" })).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.text);
    app.settle().await;
    assert_eq!(setup(&app, &id).await["links"].as_array().unwrap().len(), 1);
    // The phone that the number would be in use on is not there.
    let body = Some(json!({ "importPhone": true }));
    let wanted = app.call(Method::PATCH, &format!("/api/channels/{id}/setup"), &[], body).await;
    assert_eq!(wanted.status, StatusCode::OK, "{}", wanted.text);
    app.settle().await;
    let refused = setup(&app, &id).await;
    assert!(refused["problem"].as_str().unwrap().contains("not in use"), "{}", refused.text);
    assert_eq!(refused["links"].as_array().unwrap().len(), 1, "what Meta said before stays");
}

#[tokio::test]
async fn a_check_says_how_much_a_number_may_send_and_where_its_webhooks_go() {
    let app = TestApp::start().await;
    let channel = connect(&app, &spare(&app).0).await;
    assert_eq!(
        (&channel["messagingTier"], &channel["throughput"], &channel["onPhone"]),
        (&json!("TIER_2K"), &json!("STANDARD"), &json!(false)),
        "{}",
        channel.text
    );
    let callback = check(&channel.json, "callback");
    assert!(callback["detail"].as_str().unwrap().starts_with("Meta posts to "), "{callback}");
}

#[tokio::test]
async fn the_picture_of_the_profile_is_an_upload_of_the_business() {
    let app = TestApp::start().await;
    let id = app.account().channel.to_string();
    let bytes = b"a picture";
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes));
    let begun = app.post("/api/media", json!({ "mimeType": "image/png", "size": bytes.len(), "sha256": digest })).await;
    let path = format!("/api/channels/{id}/setup");
    let early = app.call(Method::PATCH, &path, &[], Some(json!({ "picture": begun["id"] }))).await;
    assert_eq!((early.status, &early["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("picture")));
    app.put(&begun["upload"], bytes).await;
    set_up(&app, Method::PATCH, &id, "setup", Some(json!({ "picture": begun["id"] }))).await;
}
