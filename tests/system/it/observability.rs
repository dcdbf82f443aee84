//! What an operator sees: every event that was received ends as exactly one of what is counted, and no line says more
//! than it may.

use leadwire::stack::Trigger;
use meta_simulator::{Fault, FaultMode};
use serde_json::json;
use std::time::Duration;
use testkit::bodies::webhook;
use testkit::{Page, Sender, Settings, TestApp, Turn, Wire};
use tracing::subscriber::DefaultGuard;

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };

/// Longer than the queue swallows what it is given again.
const LATER: Duration = Duration::from_secs(600);

/// Every line that is logged on this thread from now on, for as long as the guard lives.
fn page() -> (Page, DefaultGuard) {
    let page = Page::default();
    let to = page.clone();
    let guard = tracing::subscriber::set_default(runtime::logs::to(move || to.clone(), "debug", "test"));
    (page, guard)
}

#[tokio::test]
async fn every_event_that_was_received_ends_as_stored_or_repeated_or_parked() {
    let (page, _guard) = page();
    let app = TestApp::start().await;
    let at = app.now().seconds();
    let hello = ANA.writes("wamid.1", at, "Hello");
    let nobody_s = webhook(json!({
        "metadata": {"display_phone_number": "15550000009", "phone_number_id": "900000000000009"},
        "contacts": [ANA.contact()],
        "messages": [ANA.message("wamid.2", at, json!({"type": "text", "text": {"body": "Hello?"}}))],
    }));
    let unreadable = webhook(json!({"messages": [7], "contacts": [ANA.contact()]}));
    let reaction = json!({"type": "reaction", "reaction": {"message_id": "wamid.never", "emoji": "👍"}});
    let early = ANA.sends("wamid.3", at, reaction);
    let status = webhook(json!({"statuses": [{
        "id": "wamid.unknown", "status": "delivered", "timestamp": at.to_string(), "recipient_id": "5511988887777",
    }]}));
    let notice = webhook(json!({"errors": [{"code": 131_000, "title": "Something went wrong"}]}));
    for body in [&hello, &nobody_s, &unreadable, &early, &status, &notice] {
        for _ in 0..2 {
            assert_eq!(app.deliver(body.clone()).await.status, 200);
            app.settle().await;
            app.skip(LATER);
        }
    }
    let [received, stored, duplicate, parked] =
        ["received", "stored", "duplicate", "parked"].map(|name| page.count(name));
    assert_eq!((received, stored + duplicate + parked), (12, 12));
    // What names nobody's number is parked with its time of arrival, and so each time; the rest is told again in place.
    assert_eq!((stored, duplicate, parked), (7, 2, 3));
}

#[tokio::test]
async fn what_became_of_sends_is_counted() {
    let (page, _guard) = page();
    let app = TestApp::start().await;
    let asha = app.person("Asha");
    app.says(&asha, "Hello").await;
    let lead = app.only_lead().await["id"].clone();
    let send = async |text: &str| {
        let reply = app.post("/api/messages", json!({"leadId": lead, "text": text})).await;
        assert_eq!(reply.status, 202, "{}", reply.text);
        app.settle().await;
    };
    send("It arrives").await;
    assert_eq!((page.count("accepted"), page.count("failed"), page.count("unconfirmed")), (1, 0, 0));
    let faults = vec![Fault { mode: FaultMode::ResetAfterAccept, next: Some(1), fraction: 1.0 }];
    app.meta().set_settings(Settings { faults, ..app.meta().settings() });
    send("Who knows").await;
    assert_eq!((page.count("accepted"), page.count("failed"), page.count("unconfirmed")), (1, 0, 1));
}

#[tokio::test]
async fn an_email_that_ses_does_not_take_until_it_helps_nobody_is_given_up_and_counted() {
    let (page, _guard) = page();
    let app = TestApp::start().await;
    let wire = Wire::new(|call| if call.operation == "SendEmail" { Turn::Fails } else { Turn::Goes });
    let workers = app.workers(&wire, app.clock());
    let forgotten = app.post("/api/auth/forgot-password", json!({"email": app.account().owner_email})).await;
    assert_eq!(forgotten.status, 202, "{}", forgotten.text);
    workers.pump_changes().await.unwrap();
    workers.pull(Trigger::Jobs).await.unwrap();
    for _ in 0..29 {
        app.skip(Duration::from_secs(60));
        workers.pull(Trigger::Schedule).await.unwrap();
        workers.pull(Trigger::Jobs).await.unwrap();
    }
    assert_eq!((page.count("emails_sent"), page.count("emails_failed")), (0, 0));
    app.skip(Duration::from_secs(60));
    for _ in 0..2 {
        workers.pull(Trigger::Schedule).await.unwrap();
        workers.pull(Trigger::Jobs).await.unwrap();
    }
    assert_eq!((page.count("emails_sent"), page.count("emails_failed")), (0, 1));
    assert_eq!(page.text().matches("an email has to wait").count(), 5);
    for hidden in [app.account().owner_email.as_str(), "token="] {
        assert!(!page.text().contains(hidden), "{hidden} stands in the log");
    }
}

#[tokio::test]
async fn a_forged_delivery_is_counted_and_its_content_is_not_logged() {
    let (page, _guard) = page();
    let app = TestApp::start().await;
    let body = ANA.writes("wamid.1", app.now().seconds(), "A forged wish");
    let answer = app.post_webhook(&[("x-hub-signature-256", "sha256=00")], body).await;
    assert_eq!(answer.status, 401);
    assert_eq!((page.count("bad_signature"), page.count("received")), (1, 0));
    assert!(!page.text().contains("forged wish"));
}

#[tokio::test]
async fn no_line_holds_what_people_wrote_or_who_they_are_or_any_secret() {
    let (page, _guard) = page();
    let app = TestApp::start().await;
    let ana = app.person("Ana Canary");
    let written = app.says(&ana, "A canary sings").await;
    let lead = app.only_lead().await;
    let answer = json!({"leadId": lead["id"], "text": "A canary answers"});
    assert_eq!(app.post("/api/messages", answer).await.status, 202);
    app.settle().await;
    let text = page.text();
    assert_eq!((page.count("accepted"), page.count("failed")), (1, 0));
    let account = app.account();
    let tenant = account.tenant.to_string();
    let secrets = [account.app_secret.as_str(), account.access_token.as_str(), account.owner_password.as_str()];
    let token = app.token();
    let told = ["phone", "bsuid"].map(|field| lead[field].as_str().unwrap().trim_start_matches('+').to_owned());
    let people = ["anary", told[0].as_str(), told[1].as_str(), written.wamid.as_str(), token.as_str(), tenant.as_str()];
    for hidden in people.into_iter().chain(secrets) {
        assert!(!text.contains(hidden), "{hidden} stands in the log");
    }
}
