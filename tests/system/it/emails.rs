//! Emails reach whom they are for: links by which people choose passwords and join, and warnings. Each is asked for at
//! the API, and read in the mailbox of the local stack, which takes what SES would send.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use axum::body::Body;
use domain::access::second_factor::TotpSecret;
use domain::ids::OperatorId;
use domain::{Secret, Timestamp};
use emulator::mailbox::Mail;
use http::{Method, Request, StatusCode};
use leadwire::stack::Trigger;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::{CountingRandom, Reply, TestApp, Turn, Wire};

const NEW: &str = "tangerine raft umbrella";
const BO: &str = "bo@example.com";

/// Asks the API as nobody in particular.
async fn ask(app: &TestApp, path: &str, body: Value) -> Reply {
    let request = Request::post(path).header("content-type", "application/json");
    app.ask(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn forget(app: &TestApp, email: &str) {
    let answer = ask(app, "/api/auth/forgot-password", json!({"email": email})).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
}

async fn login(app: &TestApp, email: &str, password: &str) -> Reply {
    ask(app, "/api/auth/login", json!({"email": email, "password": password})).await
}

/// Every mail, the oldest first.
fn mails(app: &TestApp) -> Vec<Mail> {
    let mut mails = app.emulator().mailbox().newest(100).unwrap();
    mails.reverse();
    mails
}

fn subjects(app: &TestApp) -> Vec<(String, String)> {
    mails(app).into_iter().map(|mail| (mail.to, mail.subject)).collect()
}

/// The token of the link in a mail, which leads to `page`.
fn token(mail: &Mail, page: &str) -> String {
    let (_, rest) = mail.text.split_once(&format!("/{page}#token=")).unwrap_or_else(|| panic!("{}", mail.text));
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Nothing is owed to anybody.
async fn nothing_is_due(app: &TestApp) {
    app.settle().await;
    let due = app.stack().store().due(Timestamp::from_millis(i64::MAX), 100).await.unwrap();
    assert_eq!(due, []);
    assert_eq!(app.count("email").await, 0);
}

/// Invites Bo, who joins by the link of the mail, and gives their id.
async fn bo_joins(app: &TestApp) -> String {
    let invited = app.post("/api/users", json!({"email": BO, "role": "agent"})).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.text);
    app.settle().await;
    let mail = mails(app).pop().unwrap();
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), (BO, "You are invited to Leadwire"));
    let join = json!({"fullName": "Bo", "email": BO, "password": NEW, "agreeToTerms": true,
        "invitation": token(&mail, "join")});
    let joined = ask(app, "/api/auth/signup", join.clone()).await;
    assert_eq!(
        (joined.status, &joined.json["user"]["role"]),
        (StatusCode::CREATED, &json!("agent")),
        "{}",
        joined.text
    );
    assert_eq!(ask(app, "/api/auth/signup", join).await.status, StatusCode::UNPROCESSABLE_ENTITY, "it holds once");
    joined.json["user"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn s8_a_forgotten_password_is_chosen_anew_by_the_link_of_one_mail_once() {
    let app = TestApp::start().await;
    let owner = app.account().owner_email.clone();
    forget(&app, &owner).await;
    app.settle().await;
    let sent = mails(&app);
    assert_eq!(subjects(&app), [(owner.clone(), "Reset your password".to_owned())]);
    assert_eq!(sent[0].from, "Leadwire <no-reply@leadwire.localhost>");
    nothing_is_due(&app).await;
    let reset = json!({"token": token(&sent[0], "reset-password"), "password": NEW});
    assert_eq!(ask(&app, "/api/auth/reset-password", reset.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ask(&app, "/api/auth/reset-password", reset).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(login(&app, &owner, NEW).await.status, StatusCode::OK);
    app.pass(Duration::from_secs(600)).await;
    assert_eq!(subjects(&app)[1..], [(owner, "Your password was changed".to_owned())], "and no other");
}

#[tokio::test]
async fn s3_an_address_that_nobody_has_gets_no_mail_and_nothing_is_left_of_the_wish() {
    let app = TestApp::start().await;
    forget(&app, "nobody@example.com").await;
    assert_eq!(app.count("email").await, 1, "as much is written as for somebody");
    app.settle().await;
    assert_eq!(subjects(&app), []);
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn whoever_is_invited_joins_by_the_link_of_the_mail() {
    let app = TestApp::start().await;
    bo_joins(&app).await;
    assert_eq!(login(&app, BO, NEW).await.status, StatusCode::OK);
    assert_eq!(mails(&app).len(), 1);
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn a_mail_goes_through_the_configuration_set_of_the_stack() {
    let app = TestApp::start().await;
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let wire = Wire::new(move |call| {
        if call.operation == "SendEmail" {
            seen.lock().unwrap().push(serde_json::from_str::<Value>(call.body).unwrap());
        }
        Turn::Goes
    });
    let workers = app.workers(&wire, app.clock());
    forget(&app, &app.account().owner_email).await;
    workers.pump_changes().await.unwrap();
    workers.pull(Trigger::Jobs).await.unwrap();
    let sets: Vec<_> = asked.lock().unwrap().iter().map(|mail| mail["ConfigurationSetName"].clone()).collect();
    assert_eq!(sets, ["leadwire"]);
}

#[tokio::test]
async fn a_sign_up_is_mailed_the_link_that_proves_the_mailbox_and_nothing_else_until_it_does() {
    let app = TestApp::start().await;
    let body = json!({"fullName": "Buy Now", "email": BO, "password": NEW, "agreeToTerms": true,
        "companyName": "You Won"});
    let signed_up = ask(&app, "/api/auth/signup", body).await;
    assert_eq!(signed_up.status, StatusCode::CREATED, "{}", signed_up.text);
    assert_eq!(signed_up.json["user"]["emailVerified"], false);
    app.settle().await;
    let proof = mails(&app).pop().unwrap();
    assert_eq!(subjects(&app), [(BO.to_owned(), "Confirm your email address".to_owned())]);
    assert!(!proof.text.contains("Buy") && !proof.text.contains("Won"), "no text of a stranger's: {}", proof.text);

    let change = json!({"currentPassword": NEW, "newPassword": "umbrella raft tangerine"});
    let bearer = |token: &Value| format!("Bearer {}", token.as_str().unwrap());
    let mut changing = app.request(Method::POST, "/api/auth/change-password", &[], Some(change));
    changing.headers_mut().insert("authorization", bearer(&signed_up.json["accessToken"]).parse().unwrap());
    assert_eq!(app.ask(changing).await.status, StatusCode::OK);
    app.settle().await;
    assert_eq!(mails(&app).len(), 1, "no warning goes to a mailbox that may be a stranger's");

    let verified = ask(&app, "/api/auth/verify-email", json!({"token": token(&proof, "verify-email")})).await;
    assert_eq!(verified.status, StatusCode::NO_CONTENT, "{}", verified.text);
    let signed_in = login(&app, BO, "umbrella raft tangerine").await;
    assert_eq!(signed_in.json["user"]["emailVerified"], true);
    forget(&app, BO).await;
    app.settle().await;
    assert_eq!(subjects(&app)[1..], [(BO.to_owned(), "Reset your password".to_owned())]);
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn an_invited_person_takes_the_address_from_a_stranger_who_signed_up_first() {
    let app = TestApp::start().await;
    let stranger = json!({"fullName": "Eve", "email": BO, "password": "umbrella raft tangerine", "agreeToTerms": true});
    assert_eq!(ask(&app, "/api/auth/signup", stranger).await.status, StatusCode::CREATED);
    bo_joins(&app).await;
    assert_eq!(login(&app, BO, NEW).await.json["user"]["emailVerified"], true);
}

#[tokio::test]
async fn whoever_makes_a_key_is_told_by_one_mail() {
    let app = TestApp::start().await;
    let owner = app.account().owner_email.clone();
    let body = json!({"name": "Website", "scopes": ["inbox:read"], "password": app.account().owner_password});
    let made = app.post("/api/keys", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    app.settle().await;
    assert_eq!(subjects(&app), [(owner, "An API key was created".to_owned())]);
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn an_invitation_that_is_taken_back_before_its_mail_goes_out_is_not_sent() {
    let app = TestApp::start().await;
    let invited = app.post("/api/users", json!({"email": BO, "role": "agent"})).await;
    let path = format!("/api/invitations/{}", invited.json["id"].as_str().unwrap());
    assert_eq!(app.call(Method::DELETE, &path, &[], None).await.status, StatusCode::NO_CONTENT);
    app.settle().await;
    assert_eq!(subjects(&app), []);
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn whoever_is_shut_out_or_whose_business_is_gets_no_mail() {
    let app = TestApp::start().await;
    let bo = bo_joins(&app).await;
    let before = mails(&app).len();
    // Asked for while they may sign in, and shut out before the mail goes out; then once more.
    forget(&app, BO).await;
    let path = format!("/api/users/{bo}");
    let shut = app.call(Method::PATCH, &path, &[], Some(json!({"active": false}))).await;
    assert_eq!(shut.status, StatusCode::OK, "{}", shut.text);
    app.settle().await;
    forget(&app, BO).await;
    app.settle().await;
    let key = api::web::secrets::new_key(api::KEY_PREFIX, &CountingRandom::default());
    let operator = OperatorId::from_parts(app.now(), 1);
    app.stack().store().create_operator(operator, &api::web::secrets::digest_of(key.expose())).await.unwrap();
    forget(&app, &app.account().owner_email).await;
    let mut close = app.request(
        Method::PATCH,
        &format!("/api/clients/{}", app.account().tenant),
        &[],
        Some(json!({"isActive": false})),
    );
    close.headers_mut().insert("authorization", format!("Bearer {}", key.expose()).parse().unwrap());
    let closed = app.ask(close).await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.text);
    app.settle().await;
    assert_eq!(mails(&app).len(), before, "{:?}", subjects(&app));
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn s6_a_refresh_token_that_is_used_again_is_told_to_its_person_by_one_mail() {
    let app = TestApp::start().await;
    let owner = app.account().owner_email.clone();
    let signed_in = login(&app, &owner, &app.account().owner_password.clone()).await;
    let refresh = json!({"refreshToken": signed_in.json["refreshToken"]});
    assert_eq!(ask(&app, "/api/auth/refresh", refresh.clone()).await.status, StatusCode::OK);
    app.skip(Duration::from_secs(11));
    for _ in 0..2 {
        assert_eq!(ask(&app, "/api/auth/refresh", refresh.clone()).await.status, StatusCode::UNAUTHORIZED);
    }
    app.settle().await;
    assert_eq!(subjects(&app), [(owner, "One of your sessions was ended".to_owned())]);
    assert!(!mails(&app)[0].text.contains("http"), "a warning that asks to follow a link is what thieves send");
}

/// Sets a second factor up for the owner, and gives a recovery code.
async fn set_up_second_factor(app: &TestApp) -> Value {
    let offer = app.post("/api/auth/second-factor", json!({"password": app.account().owner_password})).await;
    let secret = TotpSecret::parse(&Secret::new(offer.json["secret"].as_str().unwrap())).unwrap();
    let code = secret.code_at(app.now()).expose().to_owned();
    let set = app.post("/api/auth/second-factor/confirm", json!({"code": code})).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    set.json["recoveryCodes"][0].clone()
}

#[tokio::test]
async fn s9_whose_second_factor_is_removed_by_whomever_is_told_by_one_mail() {
    let app = TestApp::start().await;
    let owner = app.account().owner_email.clone();
    let code = set_up_second_factor(&app).await;
    let path = "/api/auth/second-factor/remove";
    assert_eq!(app.post(path, json!({"code": "000000"})).await.status, StatusCode::UNAUTHORIZED);
    app.settle().await;
    assert_eq!(subjects(&app), [], "nothing was removed");
    assert_eq!(app.post(path, json!({"code": code})).await.status, StatusCode::NO_CONTENT);
    app.settle().await;
    let told = || (owner.clone(), "Two-factor authentication was turned off".to_owned());
    assert_eq!(subjects(&app), [told()]);
    app.skip(Duration::from_secs(60));
    set_up_second_factor(&app).await;
    let path = format!("/api/users/{}/second-factor", app.get("/api/auth/me").await.json["id"].as_str().unwrap());
    assert_eq!(app.call(Method::DELETE, &path, &[], None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(app.call(Method::DELETE, &path, &[], None).await.status, StatusCode::NOT_FOUND);
    app.settle().await;
    assert_eq!(subjects(&app), [told(), told()]);
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn an_email_that_ses_does_not_take_is_sent_once_it_does_and_only_once() {
    let app = TestApp::start().await;
    let tries = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&tries);
    let wire = Wire::new(move |call| match call.operation {
        "SendEmail" if counted.fetch_add(1, Ordering::SeqCst) < 3 => Turn::Fails,
        _ => Turn::Goes,
    });
    let workers = app.workers(&wire, app.clock());
    forget(&app, &app.account().owner_email).await;
    workers.pump_changes().await.unwrap();
    workers.pull(Trigger::Jobs).await.unwrap();
    let mut sent_after = None;
    for minute in 1..30 {
        app.skip(Duration::from_secs(60));
        workers.pull(Trigger::Schedule).await.unwrap();
        workers.pull(Trigger::Jobs).await.unwrap();
        if sent_after.is_none() && !mails(&app).is_empty() {
            sent_after = Some(minute);
        }
    }
    assert_eq!((sent_after, tries.load(Ordering::SeqCst), mails(&app).len()), (Some(7), 4, 1));
    let reset = json!({"token": token(&mails(&app)[0], "reset-password"), "password": NEW});
    app.skip(Duration::from_secs(30));
    assert_eq!(ask(&app, "/api/auth/reset-password", reset).await.status, StatusCode::NO_CONTENT);
    nothing_but_the_warning_is_due(&app).await;
}

async fn nothing_but_the_warning_is_due(app: &TestApp) {
    assert_eq!(app.count("email").await, 1);
    app.settle().await;
    assert_eq!(subjects(app).last().unwrap().1, "Your password was changed");
    nothing_is_due(app).await;
}

#[tokio::test]
async fn an_email_whose_record_in_the_stream_is_lost_is_sent_by_the_schedule() {
    let app = TestApp::start().await;
    forget(&app, &app.account().owner_email).await;
    app.forget_stream("changes").await;
    app.settle().await;
    assert_eq!(subjects(&app), []);
    app.pass(Duration::from_secs(120)).await;
    assert_eq!(mails(&app).len(), 1);
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn a_worker_that_dies_over_an_email_leaves_it_to_the_next() {
    let app = TestApp::start().await;
    let wire = Wire::new(|call| if call.operation == "SendEmail" { Turn::Waits } else { Turn::Goes });
    let workers = app.workers(&wire, app.clock());
    forget(&app, &app.account().owner_email).await;
    workers.pump_changes().await.unwrap();
    assert!(wire.until_stuck(workers.pull(Trigger::Jobs)).await.is_none(), "it dies before SES has the mail");
    app.settle().await;
    assert_eq!(subjects(&app), [], "it has the email in hand");
    app.pass(Duration::from_secs(180)).await;
    assert_eq!(mails(&app).len(), 1);
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn an_email_comes_twice_rather_than_never_where_ses_took_it_and_nobody_heard() {
    let app = TestApp::start().await;
    let first = Arc::new(AtomicUsize::new(0));
    let wire = Wire::new(move |call| match call.operation {
        "SendEmail" if first.fetch_add(1, Ordering::SeqCst) == 0 => Turn::Loses,
        _ => Turn::Goes,
    });
    let workers = app.workers(&wire, app.clock());
    forget(&app, &app.account().owner_email).await;
    workers.pump_changes().await.unwrap();
    workers.pull(Trigger::Jobs).await.unwrap();
    assert_eq!(mails(&app).len(), 1);
    for _ in 0..10 {
        app.skip(Duration::from_secs(60));
        workers.pull(Trigger::Schedule).await.unwrap();
        workers.pull(Trigger::Jobs).await.unwrap();
    }
    let sent = mails(&app);
    assert_eq!((sent.len(), &sent[0].text), (2, &sent[1].text), "both hold the same link, which holds once");
    nothing_is_due(&app).await;
}

#[tokio::test]
async fn two_workers_at_once_send_an_email_once() {
    let app = TestApp::start().await;
    let wire = Wire::new(|_| Turn::Dawdles(3));
    let one = app.workers(&wire, app.clock());
    let two = app.workers(&wire, app.clock());
    forget(&app, &app.account().owner_email).await;
    app.forget_stream("changes").await;
    app.skip(Duration::from_secs(60));
    let (first, second) = tokio::join!(one.pull(Trigger::Schedule), two.pull(Trigger::Schedule));
    assert!(first.is_ok() && second.is_ok());
    let (first, second) = tokio::join!(one.pull(Trigger::Jobs), two.pull(Trigger::Jobs));
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(mails(&app).len(), 1);
    nothing_is_due(&app).await;
}
