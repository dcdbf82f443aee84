//! Browsers that are connected are told of changes, each what its person may know. A frame is a hint: whatever becomes of
//! it, the API says the same.

use domain::Timestamp;
use domain::access::users::Role;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Browser, Colleague, CustomerMessage, Kind, Settings, TestApp};

/// The id of the only conversation.
async fn conversation(app: &TestApp) -> String {
    let all = app.get("/api/conversations").await;
    assert_eq!(all.items().len(), 1, "{}", all.text);
    all.items()[0]["id"].as_str().unwrap_or_default().to_owned()
}

async fn messages(app: &TestApp, conversation: &str) -> Vec<Value> {
    app.get(&format!("/api/conversations/{conversation}/messages")).await.items().to_vec()
}

async fn answer(app: &TestApp, text: &str) -> Value {
    let lead = app.only_lead().await;
    let reply = app.post("/api/messages", json!({"leadId": lead["id"], "text": text})).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    reply.json
}

fn types(frames: &[Value]) -> Vec<&str> {
    frames.iter().map(|frame| frame["type"].as_str().unwrap_or_default()).collect()
}

async fn update(app: &TestApp, who: &Colleague, change: Value) {
    let answer = app.call(Method::PATCH, &format!("/api/users/{}", who.id), &[], Some(change)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    app.settle().await;
}

/// The browser was told why, and its connection ended.
fn assert_closed(browser: &mut Browser, code: u16) {
    assert_eq!(browser.frames_of("closing"), [json!({"type": "closing", "code": code})]);
    assert!(browser.is_closed());
}

#[tokio::test]
async fn a_customers_message_arrives_as_a_frame_that_says_what_the_api_says() {
    let app = TestApp::start().await;
    let mut browser = app.browser().await;
    let asha = app.person("Asha");
    app.says(&asha, "Hello").await;
    let first = browser.frames();
    let id = conversation(&app).await;
    let told: Vec<_> = first.iter().filter(|frame| frame["type"] == "message").collect();
    assert_eq!(told.len(), 1, "{first:?}");
    assert_eq!(told[0]["conversationId"], json!(id));
    assert_eq!(told[0]["message"], messages(&app, &id).await[0]);
    assert_eq!(told[0]["conversation"], app.get(&format!("/api/conversations/{id}")).await.json);
    assert_eq!(told[0]["leadId"], app.only_lead().await["id"]);
    assert!(first.contains(&json!({"type": "lead", "leadId": told[0]["leadId"], "stage": "Incoming"})), "{first:?}");

    app.says(&asha, "Are you open?").await;
    let second = browser.frames();
    assert_eq!(second[0]["message"]["text"], "Are you open?");
    let last = second.iter().rfind(|frame| !frame["conversation"].is_null()).unwrap_or(&Value::Null);
    assert_eq!(last["conversation"], app.get(&format!("/api/conversations/{id}")).await.json);
    assert_eq!(last["conversation"]["unread"], 2);
    assert!(second.iter().any(|frame| frame["stage"] == "Contacted"), "{second:?}");
}

#[tokio::test]
async fn a_reading_colleague_and_a_reaction_are_told_too() {
    let app = TestApp::start().await;
    let asha = app.person("Asha");
    let wrote = app.says(&asha, "Hello").await;
    let id = conversation(&app).await;
    let mut browser = app.browser().await;
    app.post(&format!("/api/conversations/{id}/read"), Value::Null).await;
    app.settle().await;
    let read = browser.frames();
    assert_eq!((types(&read), &read[0]["conversation"]["unread"]), (vec!["conversation"], &json!(0)));
    let reaction = CustomerMessage::new(asha.id.to_string(), Kind::Reaction);
    app.does(CustomerMessage { message_id: Some(wrote.wamid), emoji: Some("👍".to_owned()), ..reaction }).await;
    let frames = browser.frames_of("message");
    assert_eq!((frames.len(), &frames[0]["message"]["reaction"]), (1, &json!("👍")));
    assert_eq!(frames[0]["message"], messages(&app, &id).await[0]);
}

#[tokio::test]
async fn who_sent_a_message_that_fails_is_told_wherever_they_are() {
    let app = TestApp::start().await;
    let asha = app.person("Asha");
    app.says(&asha, "Hello").await;
    let lead = app.only_lead().await["id"].clone();
    let at = app.now().plus(Duration::from_secs(120)).to_string();
    let body = json!({"leadId": lead, "text": "Still there?", "sendAt": at, "unlessTheyWrite": true});
    app.post("/api/messages", body).await;
    app.settle().await;
    let mut sender = app.browser().await;
    let bo = app.colleague("Bo", Role::Agent).await;
    let mut colleague = app.browser_of(&bo.token).await;
    app.skip(Duration::from_secs(60));
    app.says(&asha, "I am").await;
    app.pass(Duration::from_secs(120)).await;
    let told = sender.frames_of("status");
    assert_eq!((told.len(), &told[0]["message"]["error"]["reason"]), (1, &json!("they_wrote")), "{told:?}");
    assert!(colleague.frames_of("status").is_empty());
}

#[tokio::test]
async fn a_status_reaches_only_those_who_have_the_conversation_open() {
    let app = TestApp::with(Settings::default()).await;
    app.says(&app.person("Asha"), "Hello").await;
    let id = conversation(&app).await;
    let mut looks = app.browser().await;
    let mut elsewhere = app.browser().await;
    looks.opens(&id).await;
    looks.frames();
    let sent = answer(&app, "We are.").await;
    app.settle().await;
    app.pass(Duration::from_secs(10)).await;
    let shown = looks.frames();
    let other = elsewhere.frames();
    let of = |frames: &[Value], kind: &str| frames.iter().filter(|frame| frame["type"] == kind).count();
    assert_eq!((of(&shown, "message"), of(&other, "message")), (1, 1), "{shown:?}");
    assert_eq!(of(&other, "status"), 0, "{other:?}");
    let statuses: Vec<_> = shown.iter().filter(|frame| frame["type"] == "status").collect();
    assert!(statuses.iter().all(|frame| frame["message"]["id"] == sent["id"] && frame["conversationId"] == json!(id)));
    let last = statuses.last().map(|frame| frame["message"].clone()).unwrap();
    assert_eq!(messages(&app, &id).await.iter().find(|message| message["id"] == sent["id"]), Some(&last));
    assert_eq!(last["status"], "read");
    elsewhere.opens(&id).await;
    elsewhere.says(json!({"type": "open", "conversationId": null})).await;
    elsewhere.frames();
    answer(&app, "Until four.").await;
    app.settle().await;
    assert!(elsewhere.frames_of("status").is_empty(), "what was on screen is not any longer");
}

#[tokio::test]
async fn a_connection_that_cannot_be_served_is_closed_and_its_browser_reads_what_it_missed() {
    let app = TestApp::start().await;
    let asha = app.person("Asha");
    app.says(&asha, "Hello").await;
    let id = conversation(&app).await;
    let mut browser = app.browser().await;
    app.emulator().connections().fail(true);
    app.says(&asha, "Anyone?").await;
    app.emulator().connections().fail(false);
    assert!(browser.frames().is_empty());
    assert!(browser.is_closed());
    let mut again = app.browser().await;
    answer(&app, "Yes?").await;
    app.settle().await;
    assert_eq!(again.frames_of("message").len(), 1, "it is served again");
    let all = messages(&app, &id).await;
    assert!(all.len() == 3 && all.iter().any(|message| message["text"] == "Anyone?"), "{all:?}");
}

#[tokio::test]
async fn frames_that_are_lost_lose_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.browser().await;
    app.meta().receive(&CustomerMessage::text(app.person("Asha").id.to_string(), "Hello")).unwrap();
    app.meta().deliver_due().await.unwrap();
    app.stack().poll_inbound().await.unwrap();
    app.forget_stream("changes").await;
    app.settle().await;
    assert!(browser.frames().is_empty());
    let id = conversation(&app).await;
    assert_eq!(messages(&app, &id).await[0]["text"], "Hello");
    assert!(!browser.is_closed());
}

#[tokio::test]
async fn a_large_batch_gives_a_browser_what_is_on_screen_first_and_leaves_the_rest_to_be_read() {
    let app = TestApp::start().await;
    let customers: Vec<_> = (0..40).map(|number| app.person(&format!("Customer {number}"))).collect();
    for text in ["Hello", "Are you open?"] {
        for customer in &customers {
            app.says(customer, text).await;
        }
    }
    let all = app.get("/api/conversations?limit=100").await;
    let last = all.items().iter().max_by_key(|one| one["id"].to_string()).unwrap();
    let mut browser = app.browser().await;
    browser.opens(last["id"].as_str().unwrap()).await;
    browser.frames();
    for customer in &customers {
        app.meta().receive(&CustomerMessage::text(customer.id.to_string(), "At once")).unwrap();
    }
    app.meta().deliver_due().await.unwrap();
    while app.stack().poll_inbound().await.is_ok_and(|polled| polled.deleted > 0) {}
    app.settle().await;
    let frames = browser.frames_of("message");
    assert!(frames.len() < 40, "{}", frames.len());
    assert!(frames.iter().any(|frame| frame["conversationId"] == last["id"]), "what is on screen is told");
    assert!(!browser.is_closed());
    let unread = app.get("/api/conversations?limit=100").await;
    assert!(unread.items().iter().all(|one| one["unread"] == 3), "and the rest can be read");
}

#[tokio::test]
async fn a_ticket_opens_one_connection_within_half_a_minute() {
    let app = TestApp::start().await;
    let answer = app.post("/api/realtime/ticket", Value::Null).await;
    let ticket = answer.str("ticket").to_owned();
    let url = answer.str("url").to_owned();
    assert_eq!(url, format!("ws://leadwire.localhost/ws?ticket={ticket}"));
    let until = Timestamp::parse(answer.str("expiresAt")).map(|until| until.since(app.now()));
    assert_eq!(until, Some(Duration::from_secs(30)));
    assert!(app.connect(&ticket).await.is_ok());
    for wrong in [ticket.as_str(), "", "no-ticket"] {
        assert_eq!(app.connect(wrong).await.err(), Some(StatusCode::UNAUTHORIZED), "{wrong}");
    }
    let late = app.ticket_of(&app.token()).await;
    app.skip(Duration::from_secs(30));
    assert_eq!(app.connect(&late).await.err(), Some(StatusCode::UNAUTHORIZED));
}

#[tokio::test]
async fn another_role_being_shut_out_and_the_end_of_a_session_close_that_persons_connections() {
    let app = TestApp::start().await;
    let mut owner = app.browser().await;
    let ana = app.colleague("ana", Role::Agent).await;
    let mut browser = app.browser_of(&ana.token).await;
    update(&app, &ana, json!({"name": "Ana Souza"})).await;
    assert!(!browser.is_closed(), "a name changes no rights");
    update(&app, &ana, json!({"role": "viewer"})).await;
    assert_closed(&mut browser, 4401);

    let bo = app.colleague("bo", Role::Agent).await;
    let mut browser = app.browser_of(&bo.token).await;
    let ticket = app.ticket_of(&bo.token).await;
    update(&app, &bo, json!({"active": false})).await;
    assert_closed(&mut browser, 4401);
    assert_eq!(app.connect(&ticket).await.err(), Some(StatusCode::UNAUTHORIZED), "a ticket ends with its session");

    let cy = app.colleague("cy", Role::Agent).await;
    let mut browser = app.browser_of(&cy.token).await;
    let path = format!("/api/auth/sessions/{}", cy.session);
    let ended = app.ask(testkit::request(&cy.token, Method::DELETE, &path, &[], None)).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT, "{}", ended.text);
    app.settle().await;
    assert_closed(&mut browser, 4401);
    assert!(!owner.is_closed(), "nobody else is closed");
}

#[tokio::test]
async fn a_person_who_was_shut_out_is_told_nothing_even_if_the_record_of_it_is_lost() {
    let app = TestApp::start().await;
    let ana = app.colleague("ana", Role::Agent).await;
    let mut browser = app.browser_of(&ana.token).await;
    let path = format!("/api/users/{}", ana.id);
    app.call(Method::PATCH, &path, &[], Some(json!({"active": false}))).await;
    app.forget_stream("changes").await;
    assert!(!browser.is_closed());
    app.says(&app.person("Asha"), "Hello").await;
    assert_closed(&mut browser, 4401);
    let bo = app.colleague("bo", Role::Agent).await;
    let mut browser = app.browser_of(&bo.token).await;
    app.call(Method::PATCH, &format!("/api/users/{}", bo.id), &[], Some(json!({"active": false}))).await;
    app.forget_stream("changes").await;
    browser.says(json!({"type": "ping"})).await;
    assert_closed(&mut browser, 4401);
}

#[tokio::test]
async fn colleagues_see_who_looks_at_a_conversation_and_who_types_in_it() {
    let app = TestApp::start().await;
    app.says(&app.person("Asha"), "Hello").await;
    let id = conversation(&app).await;
    let ana = app.colleague("Ana", Role::Agent).await;
    let bo = app.colleague("Bo", Role::Agent).await;
    let mut one = app.browser_of(&ana.token).await;
    let mut two = app.browser_of(&bo.token).await;
    let mut elsewhere = app.browser().await;
    let person = |who: &Colleague, name: &str| json!({"id": who.id, "name": name});
    let presence = |users: Vec<Value>| json!({"type": "presence", "conversationId": id, "users": users});
    one.opens(&id).await;
    assert_eq!(one.frames(), [presence(vec![person(&ana, "Ana")])]);
    two.opens(&id).await;
    let both = presence(vec![person(&ana, "Ana"), person(&bo, "Bo")]);
    let sorted = |frames: Vec<Value>| -> Vec<Value> {
        let by_name = |mut frame: Value| {
            if let Some(users) = frame["users"].as_array_mut() {
                users.sort_by_key(|user| user["name"].to_string());
            }
            frame
        };
        frames.into_iter().map(by_name).collect()
    };
    assert_eq!((sorted(one.frames()), sorted(two.frames())), (vec![both.clone()], vec![both]));
    one.says(json!({"type": "typing", "conversationId": id})).await;
    let typing = json!({"type": "typing", "conversationId": id, "user": person(&ana, "Ana")});
    assert_eq!((one.frames(), two.frames()), (vec![], vec![typing]));
    elsewhere.says(json!({"type": "typing", "conversationId": id})).await;
    assert!(two.frames().is_empty(), "only who has it open types in it");
    two.leaves().await;
    assert_eq!(one.frames(), [presence(vec![person(&ana, "Ana")])]);
    assert!(elsewhere.frames().is_empty());
}

#[tokio::test]
async fn what_a_browser_says_is_answered_or_does_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.browser().await;
    browser.says(json!({"type": "ping"})).await;
    assert_eq!(browser.frames(), [json!({"type": "pong"})]);
    let unknown = "cnv_01M3250VASBF3MSX3QTC83A67F_01M3250VASBF3MSX3QTC83A67F";
    browser.opens(unknown).await;
    let long = format!("{{\"type\":\"ping\",\"x\":\"{}\"}}", "x".repeat(2000));
    for text in ["", "{", "[]", "{\"type\":\"shutdown\"}", "{\"type\":\"open\",\"conversationId\":7}", &long] {
        browser.says_text(text).await;
    }
    assert!(browser.frames().is_empty());
    assert!(!browser.is_closed());
}

#[tokio::test]
async fn a_connection_that_is_not_known_is_closed_when_it_says_something() {
    let app = TestApp::start().await;
    let mut browser = app.browser().await;
    let tenant = app.account().tenant;
    let known = app.stack().store().tenant(tenant).connections(app.now()).await.unwrap();
    for connection in known {
        app.stack().store().tenant(tenant).remove_connection(&connection.id).await.unwrap();
    }
    browser.says(json!({"type": "ping"})).await;
    assert!(browser.is_closed());
}

#[tokio::test]
async fn a_connection_whose_browser_is_gone_is_forgotten() {
    let app = TestApp::start().await;
    let browser = app.browser().await;
    app.skip(Duration::from_secs(60));
    // Its end is never told: the process that held it died.
    let tenant = app.account().tenant;
    let known = app.stack().store().tenant(tenant).connections(app.now()).await.unwrap();
    assert_eq!(known.len(), 1);
    app.emulator().connections().forget(known[0].id.as_str());
    app.says(&app.person("Asha"), "Hello").await;
    assert_eq!(app.stack().store().tenant(tenant).connections(app.now()).await.unwrap(), []);
    drop(browser);
}

#[tokio::test]
async fn the_browsers_of_another_business_are_told_nothing() {
    let app = TestApp::start().await;
    let body = json!({
        "fullName": "Eva Lind", "email": "eva@example.org", "password": "a plainly long phrase of eva's",
        "companyName": "Another Business", "agreeToTerms": true,
    });
    let signed_up = app.post("/api/auth/signup", body).await;
    assert_eq!(signed_up.status, StatusCode::CREATED, "{}", signed_up.text);
    let mut other = app.browser_of(signed_up.str("accessToken")).await;
    app.says(&app.person("Asha"), "Hello").await;
    other.opens(&conversation(&app).await).await;
    answer(&app, "We are.").await;
    app.pass(Duration::from_secs(10)).await;
    assert_eq!(other.frames(), Vec::<Value>::new());
}

#[tokio::test]
async fn a_frame_reaches_those_who_may_see_its_conversation_and_masks_phones_as_the_api_does() {
    let app = TestApp::start().await;
    let ana = app.colleague("ana", Role::Agent).await;
    let mut before = app.browser_of(&ana.token).await;
    update(&app, &ana, json!({"sees": "mine", "masksPhones": true})).await;
    assert_closed(&mut before, 4403);
    let mut owner = app.browser().await;
    let mut browser = app.browser_of(&ana.token).await;
    app.says(&app.person("Asha"), "Hello").await;
    let id = conversation(&app).await;
    browser.opens(&id).await;
    assert_eq!((owner.frames_of("message").len(), browser.frames()), (1, vec![]));

    let assign = format!("/api/conversations/{id}/assign");
    app.post(&assign, json!({"assignee": ana.id})).await;
    app.settle().await;
    let all = owner.frames_of("conversation");
    let own = browser.frames_of("conversation");
    let path = format!("/api/conversations/{id}");
    let masked = app.ask(testkit::request(&ana.token, Method::GET, &path, &[], None)).await;
    assert_eq!(own[0]["conversation"], masked.json);
    assert_eq!(all[0]["conversation"], app.get(&path).await.json);
    assert!(
        own[0]["conversation"]["phone"].is_null() && all[0]["conversation"]["phone"].is_string(),
        "{own:?} {all:?}"
    );

    owner.opens(&id).await;
    browser.opens(&id).await;
    app.post(&assign, json!({"assignee": null})).await;
    app.settle().await;
    assert_eq!(browser.frames_of("hidden"), [json!({"type": "hidden", "conversationId": id})]);
    assert_eq!(owner.frames_of("hidden"), Vec::<Value>::new(), "the owner sees it as before");
    browser.frames();
    app.says(&app.person("Asha"), "Anyone?").await;
    owner.says(json!({"type": "typing", "conversationId": id})).await;
    assert_eq!(browser.frames(), Vec::<Value>::new(), "it is not assigned to them any longer");
}
