//! Numbers that send by a token of their own: how it is given, kept, used, replaced, and signed anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_lambda_events::sqs::SqsEvent;
use domain::Secret;
use encryption::{DataKey, EncryptionContext, EncryptionError, Encryptor, Keys, LocalKey, SecretOwner};
use futures::future::BoxFuture;
use http::{Method, StatusCode};
use leadwire::stack::OUTBOUND;
use meta_simulator::TokenWish;
use runtime::{Random, SystemRandom};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use store::channels::channels::{Channel, token_place};
use testkit::{Reply, TestApp};

/// A token of the number's account that Meta accepts, until [`expire`].
fn own_token(app: &TestApp) -> String {
    app.meta().issue_token(TokenWish::default()).unwrap().access_token
}

/// Meta refuses this token from now on.
fn expire(app: &TestApp, token: &str) {
    let access_token = Some(token.to_owned());
    app.meta().issue_token(TokenWish { access_token, expires_in_seconds: Some(0), ..TokenWish::default() }).unwrap();
}

async fn own_channel(app: &TestApp) -> Channel {
    let account = app.account();
    app.stack().store().tenant(account.tenant).channel(account.channel).await.unwrap().unwrap()
}

async fn give(app: &TestApp, token: &str) -> Reply {
    let path = format!("/api/channels/{}", app.account().channel);
    app.call(Method::PATCH, &path, &[], Some(json!({"accessToken": token}))).await
}

/// An app with a customer who has written, and the lead.
async fn in_conversation() -> (TestApp, Value) {
    let app = TestApp::start().await;
    app.says(&app.person("Asha Rao"), "Hello").await;
    let lead = app.only_lead().await["id"].clone();
    (app, lead)
}

async fn answer(app: &TestApp, lead: &Value, text: &str) {
    let reply = app.post("/api/messages", json!({"leadId": lead, "text": text})).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text);
    app.settle().await;
}

async fn status(app: &TestApp, text: &str) -> String {
    let lead = app.only_lead().await;
    let message = lead["messages"].as_array().unwrap().iter().find(|message| message["text"] == text).unwrap().clone();
    message["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn s19_a_number_sends_by_its_own_token_which_nobody_is_shown() {
    let (app, lead) = in_conversation().await;
    let own = own_token(&app);
    let given = give(&app, &own).await;
    let last4 = json!(own[own.len() - 4..]);
    assert_eq!((given.status, &given.json["tokenLast4"]), (StatusCode::OK, &last4), "{}", given.text);
    for path in ["/api/channels", "/api/whatsapp/status"] {
        assert!(!app.get(path).await.text.contains(&own), "{path}");
    }
    let kept = own_channel(&app).await.token.unwrap();
    assert!(kept.ciphertext.starts_with("v1|local|") && !kept.ciphertext.contains(&own));
    expire(&app, &own);
    answer(&app, &lead, "By a wrong token").await;
    assert_eq!(status(&app, "By a wrong token").await, "held", "the application's, which is right, does not stand in");
    let refused = app.get("/api/channels").await.items()[0]["refusal"]["code"].clone();
    assert_eq!(refused, 190);
    let given = give(&app, &app.account().access_token).await;
    assert_eq!(
        (given.status, &given.json["refusal"]),
        (StatusCode::OK, &Value::Null),
        "nobody has refused the new one"
    );
    app.pass(Duration::from_secs(900)).await;
    assert_eq!(status(&app, "By a wrong token").await, "read", "the next try takes the new one");
    answer(&app, &lead, "By the right one").await;
    assert_ne!(status(&app, "By the right one").await, "queued");
    assert_eq!(app.meta().sends(None).unwrap().len(), 2);
}

#[tokio::test]
async fn a_number_without_a_token_of_its_own_sends_by_the_application_s() {
    let (app, lead) = in_conversation().await;
    assert_eq!(app.get("/api/channels").await.items()[0]["tokenLast4"], Value::Null);
    answer(&app, &lead, "Hello, Asha").await;
    assert_ne!(status(&app, "Hello, Asha").await, "queued");
}

#[tokio::test]
async fn s19_a_token_that_is_copied_to_another_number_is_not_sent_by() {
    let (app, lead) = in_conversation().await;
    let account = app.account();
    let store = app.stack().store();
    give(&app, &account.access_token).await;
    let kept = own_channel(&app).await.token.unwrap();
    // Of another channel, and of another tenant with the same one: whoever can write into the table gets no further.
    let encryptor =
        Encryptor::new(LocalKey::new("local", &Secret::new(account.token_key.as_str()), || SystemRandom.u128()));
    let tenant = account.tenant;
    let channel = account.channel;
    let here = EncryptionContext { tenant, owner: SecretOwner::Channel(channel), item: token_place(tenant, channel) };
    assert!(encryptor.decrypt(&kept.ciphertext, &here, app.now()).await.is_ok(), "this is how it is signed");
    let other = domain::ChannelId::from_parts(app.now(), 77);
    let there = EncryptionContext { tenant, owner: SecretOwner::Channel(other), item: token_place(tenant, other) };
    let foreign =
        encryptor.encrypt(&Secret::new(account.access_token.as_str()), &there, SystemRandom.u128()).await.unwrap();
    store.tenant(tenant).reencrypt_token(channel, &kept, &foreign).await.unwrap();
    answer(&app, &lead, "Whose token?").await;
    app.pass(Duration::from_secs(900)).await;
    assert_eq!(status(&app, "Whose token?").await, "held");
    give(&app, &account.access_token).await;
    app.pass(Duration::from_secs(900)).await;
    assert_eq!(status(&app, "Whose token?").await, "read", "it waits until there is one that opens");
}

/// A key that has taken the place of the local one, whose work it can still undo.
#[derive(Clone, Debug)]
struct Successor(Arc<(LocalKey, LocalKey)>);

impl Keys for Successor {
    fn id(&self) -> &str {
        self.0.0.id()
    }

    fn make<'a>(&'a self, place: &'a EncryptionContext) -> BoxFuture<'a, Result<(DataKey, Vec<u8>), EncryptionError>> {
        self.0.0.make(place)
    }

    fn reveal<'a>(
        &'a self,
        id: &'a str,
        wrapped: &'a [u8],
        place: &'a EncryptionContext,
    ) -> BoxFuture<'a, Result<DataKey, EncryptionError>> {
        let (new, old) = &*self.0;
        if id == new.id() { new.reveal(id, wrapped, place) } else { old.reveal(id, wrapped, place) }
    }
}

#[tokio::test]
async fn s19_a_token_of_the_previous_key_is_encrypted_anew_when_it_is_used() {
    let (app, lead) = in_conversation().await;
    give(&app, &app.account().access_token).await;
    let before = own_channel(&app).await.token.unwrap();
    let bits = || SystemRandom.u128();
    let old = LocalKey::new("local", &Secret::new(app.account().token_key.as_str()), bits);
    let encryptor = Encryptor::new(Successor(Arc::new((LocalKey::new("next", &Secret::new("another"), bits), old))));
    let local = &app.stack().functions().outbound;
    let deps = outbound::Deps {
        store: local.store.clone(),
        queue: local.queue.clone(),
        jobs: local.jobs.clone(),
        clock: local.clock.clone(),
        random: local.random.clone(),
        graph: local.graph.clone(),
        share: outbound::SHARE,
        keyring: local.keyring.clone(),
        encryptor,
        token_key: local.token_key.clone(),
    };
    for text in ["The first", "The second"] {
        app.post("/api/messages", json!({"leadId": lead, "text": text})).await;
        app.stack().pump_relay().await.unwrap();
        let take = |event: SqsEvent| async { Ok::<_, Infallible>(outbound::handle(&deps, event).await) };
        app.emulator().queue_source(OUTBOUND).poll_once(&take).await.unwrap();
        app.settle().await;
        assert_ne!(status(&app, text).await, "queued", "{text}");
    }
    let now = own_channel(&app).await.token.unwrap();
    assert!(before.ciphertext.starts_with("v1|local|") && now.ciphertext.starts_with("v1|next|"), "{}", now.ciphertext);
    assert_eq!(before.last4, now.last4);
    // One that was given meanwhile stays.
    app.stack()
        .store()
        .tenant(app.account().tenant)
        .reencrypt_token(app.account().channel, &before, "late")
        .await
        .unwrap();
    assert_eq!(own_channel(&app).await.token.unwrap(), now);
}
