//! What is written down: with its audit event or not at all, and into a chain whatever befalls.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use audit::Chain;
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::access::users::Role;
use http::{Method, StatusCode};
use leadwire::stack::Trigger;
use runtime::Clock;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::wire::Call;
use testkit::{Page, TestApp, Turn, Wire};

/// What the audit shows.
async fn shown(app: &TestApp, query: &str) -> Vec<Value> {
    app.get(&format!("/api/audit{query}")).await.items().to_vec()
}

async fn chain(app: &TestApp) -> Chain {
    let chains = &app.stack().functions().changes.chains;
    chains.check(app.account().tenant, app.clock().now()).await.unwrap()
}

#[tokio::test]
async fn s23_a_deed_whose_entry_cannot_be_written_is_not_done() {
    let app = TestApp::start().await;
    let channel = format!("/api/channels/{}", app.account().channel);
    let session = app.get("/api/auth/sessions").await.items()[0]["id"].as_str().unwrap().to_owned();
    app.says(&app.person("Asha"), "Hello").await;
    let lead = format!("/api/leads/{}", app.only_lead().await["id"].as_str().unwrap());
    app.settle().await;
    let before = testkit::scan(app.emulator(), None);
    let login = json!({"email": app.account().owner_email, "password": app.account().owner_password});
    let audit_events = [
        (Method::POST, "/api/users", json!({"email": "eve@example.com", "role": "admin"})),
        (Method::PATCH, "/api/settings", json!({"companyName": "Another"})),
        (Method::PATCH, &channel, json!({"accessToken": app.account().access_token})),
        (
            Method::POST,
            "/api/keys",
            json!({"name": "a program", "scopes": ["inbox:read"], "password": app.account().owner_password}),
        ),
        (Method::PATCH, "/api/auth/me", json!({"name": "Another"})),
        (Method::POST, "/api/auth/login", login.clone()),
        (Method::POST, "/api/auth/forgot-password", json!({"email": app.account().owner_email})),
        (Method::PATCH, &lead, json!({"stage": "Won"})),
        (Method::POST, "/api/conversations", json!({"phone": "+919876500009"})),
        (Method::DELETE, &format!("/api/auth/sessions/{session}"), Value::Null),
    ];
    let wire = Wire::new(|call: Call<'_>| {
        let writes = matches!(call.operation, "PutItem" | "TransactWriteItems");
        if writes && call.body.contains("#AUDIT") { Turn::Fails } else { Turn::Goes }
    });
    let stack = app.workers(&wire, app.clock());
    for (method, path, body) in audit_events {
        let body = Some(body).filter(|body| !body.is_null());
        let answer = testkit::ask(&stack.gateway(), app.request(method.clone(), path, &[], body)).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{method} {path}: {}", answer.text);
    }
    app.settle().await;
    let counts = |items: &[Value]| {
        let kept = |item: &&Value| item["ty"] != "rate";
        items.iter().filter(kept).cloned().collect::<Vec<_>>()
    };
    assert_eq!(counts(&testkit::scan(app.emulator(), None)), counts(&before), "nothing was done");
    assert_eq!(app.emulator().mailbox().newest(9).unwrap().len(), 0, "nobody got a mail");
}

#[tokio::test]
async fn s23_an_entry_is_written_down_once_although_its_answer_is_lost() {
    let app = TestApp::start().await;
    let wire = Wire::new(|call: Call<'_>| if call.body.contains("#AUDIT") { Turn::Loses } else { Turn::Goes });
    let store = app.workers(&wire, app.clock()).store().clone();
    let by = app.account().owner.into();
    let audit_event =
        AuditEvent { at: app.now(), by, action: Action::Exported, target: String::new(), detail: String::new() };
    let entry = Entry::new(audit_event.clone(), 1);
    assert!(store.tenant(app.account().tenant).append(&entry).await.is_err());
    app.stack().store().tenant(app.account().tenant).append(&entry).await.unwrap();
    // The same audit event in the same moment, and yet another one.
    app.stack().store().tenant(app.account().tenant).append(&Entry::new(audit_event, 2)).await.unwrap();
    assert_eq!(shown(&app, "?action=exported").await.len(), 2);
}

#[tokio::test]
async fn s23_what_people_send_is_in_the_audit_from_where_it_stands() {
    let app = TestApp::start().await;
    app.says(&app.person("Asha"), "Hello").await;
    let lead = app.only_lead().await;
    app.pass(Duration::from_secs(1)).await;
    for text in ["one", "two", "three"] {
        app.post("/api/messages", json!({"leadId": lead["id"], "text": text})).await;
        app.pass(Duration::from_secs(1)).await;
    }
    let sent = shown(&app, "?action=message_sent").await;
    assert_eq!(sent.len(), 3);
    assert_eq!(sent[0]["by"], json!(app.account().owner.to_string()));
    assert!(sent[0]["id"].as_str().unwrap().starts_with("msg_"), "{}", sent[0]);
    let mut all = Vec::new();
    let mut path = "/api/audit?limit=1".to_owned();
    loop {
        let page = app.get(&path).await;
        all.extend(page.items().iter().map(|entry| entry["action"].clone()));
        let Some(next) = page.json["nextCursor"].as_str() else { break };
        path = format!("/api/audit?limit=1&cursor={next}");
    }
    assert_eq!(all, ["message_sent", "message_sent", "message_sent", "tenant_created"]);
}

#[tokio::test]
async fn s23_entries_come_into_one_chain_as_the_stream_shows_them() {
    let app = TestApp::start().await;
    app.settle().await;
    let invite = |number: usize| json!({"email": format!("person{number}@example.com"), "role": "agent"});
    let invited = (0..8).map(|number| app.post("/api/users", invite(number)));
    assert!(futures::future::join_all(invited).await.iter().all(|reply| reply.status == StatusCode::CREATED));
    app.settle().await;
    let entries = shown(&app, "").await;
    assert_eq!(entries.len(), 9);
    assert!(entries.iter().all(|entry| entry["link"].is_u64()), "{entries:?}");
    assert_eq!(chain(&app).await, Chain::Whole { entries: 9 });
}

#[tokio::test]
async fn s23_an_entry_whose_record_the_stream_lost_is_chained_by_the_schedule() {
    let app = TestApp::start().await;
    app.settle().await;
    app.skip(Duration::from_secs(1));
    app.post("/api/users", json!({"email": "bo@example.com", "role": "agent"})).await;
    app.forget_stream("changes").await;
    app.settle().await;
    assert!(shown(&app, "").await[0]["link"].is_null());
    app.pass(Duration::from_secs(120)).await;
    assert!(shown(&app, "").await[0]["link"].is_u64());
    assert_eq!(chain(&app).await, Chain::Whole { entries: 2 });
}

#[tokio::test]
async fn s23_refusals_come_into_the_audit_when_their_minute_is_over() {
    let app = TestApp::start().await;
    let wrong = json!({"email": app.account().owner_email, "password": "not the password"});
    for _ in 0..3 {
        assert_eq!(app.post("/api/auth/login", wrong.clone()).await.status, StatusCode::UNAUTHORIZED);
    }
    app.pass(Duration::from_secs(120)).await;
    let failed = shown(&app, "?action=sign_in_failed").await;
    assert_eq!((failed.len(), &failed[0]["times"]), (1, &json!(3)));
    assert_eq!(app.count("tally").await, 0);
}

#[tokio::test]
async fn s23_what_cannot_be_counted_for_the_audit_is_not_answered() {
    let app = TestApp::start().await;
    let viewer = app.colleague("Vera", Role::Viewer).await;
    let login = |email: &str| {
        let body = json!({"email": email, "password": "not the password"});
        app.request(Method::POST, "/api/auth/login", &[], Some(body))
    };
    let refused = || testkit::request(&viewer.token, Method::GET, "/api/audit", &[], None);
    let owner = app.account().owner_email.clone();
    let attempts = || [login(&owner), login("nobody@example.com"), refused()];
    let wire = Wire::new(|call: Call<'_>| if call.body.contains("#TALLIES") { Turn::Fails } else { Turn::Goes });
    let stack = app.workers(&wire, app.clock());
    for attempt in attempts() {
        let answer = testkit::ask(&stack.gateway(), attempt).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text);
    }
    let mut answers = Vec::new();
    for attempt in attempts() {
        answers.push(app.ask(attempt).await.status);
    }
    assert_eq!(answers, [StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN]);
}

#[tokio::test]
async fn s23_what_is_not_chained_for_ten_minutes_is_counted() {
    let app = TestApp::start().await;
    app.settle().await;
    app.post("/api/users", json!({"email": "bo@example.com", "role": "agent"})).await;
    app.forget_stream("changes").await;
    let wire = Wire::new(|call: Call<'_>| if call.body.contains("#CHAIN") { Turn::Fails } else { Turn::Goes });
    let stack = app.workers(&wire, app.clock());
    let page = Page::default();
    let to = page.clone();
    let _guard = tracing::subscriber::set_default(runtime::logs::to(move || to.clone(), "debug", "test"));
    app.skip(Duration::from_secs(500));
    stack.drive_due().await;
    stack.pull(Trigger::Jobs).await.unwrap();
    assert_eq!(page.count("overdue"), 0);
    app.skip(Duration::from_secs(101));
    stack.drive_due().await;
    assert_eq!(page.count("overdue"), 1);
}
