//! The app under test.

use crate::{CountingRandom, Reply};
use api::access::password_hashes;
use axum::body::Body;
use domain::access::audit::Entry;
use domain::access::sessions::Session;
use domain::access::tenants::Tenant;
use domain::access::users::{EmailAddress, Role, User};
use domain::channels::prices::money::Currency;
use domain::ids::SessionId;
use domain::{ChannelId, Secret, TenantId, Text, Timestamp, UserId};
use emulator::{Emulator, ManualClock};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use leadwire::data::Account;
use leadwire::gateway::Gateway;
use leadwire::{Stack, seed};
use meta_simulator::{
    BusinessNumber, Config, CustomerMessage, Invent, Person, Received, Settings, Simulator, WebhookRequest,
};
use runtime::{Clock, Random, Secrets};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// The time at which every test begins: 2026-09-21T14:13:20Z, when the fixtures in `events/` were written.
pub const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

/// More rounds than any test needs: what is not done by then goes in circles.
const ROUNDS: usize = 10_000;

/// How Meta answered a webhook.
pub type Answer = Reply;

/// A whole Leadwire in memory.
#[derive(Debug)]
pub struct TestApp {
    emulator: Emulator,
    stack: Stack,
    gateway: Gateway,
    simulator: Simulator,
    graph: String,
    client: reqwest::Client,
    clock: Arc<ManualClock>,
    random: Arc<dyn Random>,
    account: Account,
    token: String,
}

/// The HTTP client of every app. To build one, the system's certificate authorities are read, which takes longer than the
/// rest of an app.
static HTTP: LazyLock<reqwest::Client> =
    LazyLock::new(|| whatsapp::transport::http_client().expect("the HTTP client can be built"));

/// The hash of the password of every app's owner. argon2id takes a third of the time in which an app starts.
static PASSWORD: LazyLock<Secret> = LazyLock::new(|| {
    password_hashes::hash(&Secret::new(account().owner_password), 1).expect("a password can be hashed")
});

impl TestApp {
    /// A new app at [`NOW`], with a demo business and its number.
    pub async fn start() -> Self {
        Self::with(Settings::default()).await
    }

    /// The same, with a Meta whose settings are turned.
    pub async fn with(settings: Settings) -> Self {
        let clock = Arc::new(ManualClock::new(NOW));
        let random: Arc<dyn Random> = Arc::new(CountingRandom::default());
        let emulator = Emulator::memory(clock.clone()).expect("the emulator opens in memory");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let graph = format!("http://{}/v26.0", listener.local_addr().expect("a bound port has an address"));
        let client = HTTP.clone();
        let account = account();
        let stack = Stack::new(
            &emulator,
            clock.clone(),
            random.clone(),
            secrets(&account),
            whatsapp::Client::new(client.clone(), graph.clone()),
        )
        .await
        .expect("the stack can be put together");
        // `seed` would take the salt of the owner's password: snapshots hold the ids that follow it.
        random.u128();
        found(&stack, &account).await;
        seed::seed(stack.store(), &account, Some(Currency::Inr), &*random)
            .await
            .expect("the demo number can be connected");
        sign_in(&stack, &account).await;
        let gateway = stack.gateway();
        let simulator =
            Simulator::open(meta(&account, settings, &gateway, &clock)).expect("the simulator opens in memory");
        let router = simulator.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let token = token(&stack, &account);
        Self { emulator, stack, gateway, simulator, graph, client, clock, random, account, token }
    }

    /// Meta.
    #[must_use]
    pub const fn meta(&self) -> &Simulator {
        &self.simulator
    }

    /// The stack itself, for what has no public edge.
    #[must_use]
    pub const fn stack(&self) -> &Stack {
        &self.stack
    }

    /// DynamoDB and SQS.
    #[must_use]
    pub const fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The clock by which everything goes.
    #[must_use]
    pub fn clock(&self) -> Arc<ManualClock> {
        Arc::clone(&self.clock)
    }

    /// The address of the Graph API, and the client that reaches it.
    pub(crate) fn graph(&self) -> (String, reqwest::Client) {
        (self.graph.clone(), self.client.clone())
    }

    /// Random bits, for ids and secrets.
    pub(crate) fn random(&self) -> Arc<dyn Random> {
        Arc::clone(&self.random)
    }

    /// The demo account.
    #[must_use]
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// Invents a customer who shows their phone.
    #[must_use]
    pub fn person(&self, name: &str) -> Person {
        self.simulator
            .invent(Invent { name: Some(name.to_owned()), ..Invent::default() })
            .expect("a person is invented")
    }

    /// Invents a customer with a username, who hides their phone.
    #[must_use]
    pub fn hidden_person(&self, name: &str) -> Person {
        let wishes = Invent { name: Some(name.to_owned()), hides_phone: Some(true), ..Invent::default() };
        self.simulator.invent(wishes).expect("a person is invented")
    }

    /// A customer writes; everything that follows is worked off.
    pub async fn says(&self, person: &Person, text: &str) -> Received {
        self.does(CustomerMessage::text(person.id.to_string(), text)).await
    }

    /// A customer does something; everything that follows is worked off.
    pub async fn does(&self, message: CustomerMessage) -> Received {
        let received = self.simulator.receive(&message).expect("Meta takes the customer's message");
        self.settle().await;
        received
    }

    /// Delivers `body` as Meta would: signed.
    pub async fn deliver(&self, body: impl Into<Vec<u8>>) -> Answer {
        self.ask(self.delivery(body)).await
    }

    /// Posts to the webhook with exactly these headers.
    pub async fn post_webhook(&self, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::post("/api/webhook/whatsapp").header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(body)).expect("the request is well-formed")).await
    }

    /// Asks the API as the owner.
    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, &[], None).await
    }

    /// Posts to the API as the owner.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, &[], Some(body)).await
    }

    /// Posts to the API as the owner, with further headers.
    pub async fn post_with(&self, path: &str, headers: &[(&str, &str)], body: Value) -> Reply {
        self.call(Method::POST, path, headers, Some(body)).await
    }

    /// Calls the API as the owner.
    pub async fn call(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Reply {
        self.ask(self.request(method, path, headers, body)).await
    }

    /// The request by which the owner calls the API.
    #[must_use]
    pub fn request(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Request<Body> {
        request(&self.token(), method, path, headers, body)
    }

    /// The request by which Meta delivers `body`: signed.
    #[must_use]
    pub fn delivery(&self, body: impl Into<Vec<u8>>) -> Request<Body> {
        delivery(&self.account, body)
    }

    /// The HTTP API.
    pub(crate) fn gateway(&self) -> Gateway {
        self.gateway.clone()
    }

    /// Sends any request through the gateway.
    pub async fn ask(&self, request: Request<Body>) -> Reply {
        ask(&self.gateway, request).await
    }

    /// The only lead there is.
    pub async fn only_lead(&self) -> Value {
        let leads = self.get("/api/leads").await;
        assert_eq!(leads.items().len(), 1, "exactly one lead: {}", leads.text);
        let id = leads.items()[0]["id"].as_str().unwrap_or_default().to_owned();
        self.get(&format!("/api/leads/{id}")).await.json
    }

    /// Works everything off that can be done at this moment: webhooks, queues, streams.
    pub async fn settle(&self) {
        for _ in 0..ROUNDS {
            if self.work().await == 0 {
                return;
            }
        }
        panic!("the work goes in circles");
    }

    /// Works off every queue and stream once, and tells how much there was to do.
    pub async fn work(&self) -> usize {
        let delivered = self.simulator.deliver_due().await.expect("Meta delivers");
        let inbound = self.stack.poll_inbound().await.expect("the queue can be polled");
        let relayed = self.stack.pump_relay().await.expect("the stream can be read");
        let changed = self.stack.pump_changes().await.expect("the stream can be read");
        let outbound = self.stack.poll_outbound().await.expect("the queue can be polled");
        let jobs = self.stack.poll_jobs().await.expect("the queue can be polled");
        let taken = inbound.deleted + outbound.deleted + jobs.deleted;
        delivered.answered + taken + relayed.delivered + changed.delivered
    }

    /// Lets time pass in steps of at most a minute, each with a run of the schedule, and works off what falls due.
    pub async fn pass(&self, time: Duration) {
        self.settle().await;
        let end = self.clock.now().plus(time);
        while self.clock.now() < end {
            let step = end.since(self.clock.now()).min(Duration::from_secs(60));
            self.clock.advance(step);
            self.settle().await;
            self.stack.drive_due().await;
            self.settle().await;
        }
    }

    /// Lets `follower` (`relay` or `changes`) miss everything that the stream holds now, as when it lay there for longer
    /// than a day.
    pub async fn forget_stream(&self, follower: &str) {
        forget_stream(&self.emulator, follower).await;
    }

    /// Moves the clock without anything being worked off.
    pub fn skip(&self, time: Duration) {
        self.clock.advance(time);
    }

    /// A token of the owner, good at this moment.
    #[must_use]
    pub fn token(&self) -> String {
        if self.clock.now() == NOW { self.token.clone() } else { token(&self.stack, &self.account) }
    }
}

/// Lets `follower` miss everything that the table's stream holds now.
///
/// # Panics
/// If the stream cannot be read.
pub async fn forget_stream(emulator: &Emulator, follower: &str) {
    let stream = emulator.stream_source(leadwire::stack::TABLE, follower);
    let nothing = |_| async { Ok::<_, std::convert::Infallible>(Default::default()) };
    stream.pump_once(|_| false, &nothing).await.expect("the stream can be read");
}

/// A call of the API by the bearer of `token`.
///
/// # Panics
/// If it is not well-formed.
#[must_use]
pub fn request(
    token: &str,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Value>,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    request = request.header("authorization", format!("Bearer {token}")).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
    request.body(body).expect("the request is well-formed")
}

/// A webhook of Meta's for the application of `account`: signed.
///
/// # Panics
/// If it is not well-formed.
#[must_use]
pub fn delivery(account: &Account, body: impl Into<Vec<u8>>) -> Request<Body> {
    let body = body.into();
    let signature = whatsapp::signature::sign(&body, &Secret::new(account.app_secret.clone()));
    let request = Request::post("/api/webhook/whatsapp").header("x-hub-signature-256", signature);
    request.header("content-type", "application/json").body(Body::from(body)).expect("the request is well-formed")
}

/// Sends a request through a gateway.
///
/// # Panics
/// If the answer cannot be read.
pub async fn ask(gateway: &Gateway, request: Request<Body>) -> Reply {
    read(gateway.clone().serve(request).await).await
}

/// Reads an answer.
pub(crate) async fn read(response: axum::response::Response) -> Reply {
    let status = response.status();
    let bytes = response.into_body().collect().await.expect("the answer can be read").to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Reply { status, json: serde_json::from_str(&text).unwrap_or(Value::Null), text }
}

/// The owner's session in every test. It outlasts any clock that a test moves.
fn session(account: &Account) -> Session {
    let begun = Session::begun(SessionId::from_parts(NOW, 4), account.tenant, account.owner, 0, "a test");
    let for_ever = Timestamp::from_millis(i64::MAX);
    Session { used: for_ever, ends: for_ever, ..begun }
}

/// Makes the demo business and its owner as `seed` would, without hashing the password again.
async fn found(stack: &Stack, account: &Account) {
    let email = EmailAddress::parse(&account.owner_email).expect("the owner has an address");
    let tenant = Tenant::new(account.tenant, Text::new("Demo Business"));
    let owner = User::new(account.owner, account.tenant, Role::Owner, Text::new("Demo Owner"), email);
    let owner = owner.with_email_verified();
    let entry = Entry::founded(account.tenant, owner.id.into(), NOW, "for a test");
    stack.store().create_with_owner(&tenant, &owner, &PASSWORD, &entry).await.expect("a business can be made");
}

/// Signs the owner of `account` in.
///
/// # Panics
/// If the table does not take it.
pub async fn sign_in(stack: &Stack, account: &Account) {
    stack.store().open_session(&session(account), "", None).await.expect("a session can be opened");
}

/// A token of the owner of `account`, who has signed in, good at this moment.
///
/// # Panics
/// If it cannot be signed.
#[must_use]
pub fn token(stack: &Stack, account: &Account) -> String {
    stack.functions().tokens.issue(&session(account), stack.now()).expect("a token can be signed")
}

/// The account of every test.
#[must_use]
pub fn account() -> Account {
    Account {
        tenant: TenantId::from_parts(NOW, 1),
        channel: ChannelId::from_parts(NOW, 2),
        owner: UserId::from_parts(NOW, 3),
        owner_email: "owner@example.com".to_owned(),
        owner_password: "correct horse battery staple".to_owned(),
        verify_token: "leadwire-verify".to_owned(),
        app_secret: "leadwire-app-secret".to_owned(),
        access_token: "EAAG-the-application-s-token".to_owned(),
        phone_number_id: "106540352242922".to_owned(),
        waba_id: "102290129340398".to_owned(),
        display_number: "15550783881".to_owned(),
        token_key: "signature-key-of-at-least-thirty-two-characters".to_owned(),
        signing_seed: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned(),
    }
}

/// What the functions of a test know and nobody else may, as Secrets Manager would give it.
#[must_use]
pub fn secret(account: &Account) -> String {
    let json = json!({
        "verifyToken": account.verify_token,
        "appSecrets": [account.app_secret],
        "accessToken": account.access_token,
        "tokenKey": account.token_key,
        "signingSeed": account.signing_seed,
    });
    json.to_string()
}

/// The same, read.
///
/// # Panics
/// If `account` holds something else than secrets.
#[must_use]
pub fn secrets(account: &Account) -> Secrets {
    Secrets::parse("test", &secret(account)).expect("the test's secrets can be read")
}

fn meta(account: &Account, settings: Settings, gateway: &Gateway, clock: &Arc<ManualClock>) -> Config {
    let gateway = gateway.clone();
    let transport = move |webhook: WebhookRequest| {
        let gateway = gateway.clone();
        async move {
            let mut request = Request::post("/api/webhook/whatsapp");
            for (name, value) in &webhook.headers {
                request = request.header(name, value);
            }
            let request = request.body(Body::from(webhook.body)).map_err(|error| error.to_string())?;
            Ok(StatusCode::as_u16(&gateway.serve(request).await.status()))
        }
    };
    Config {
        clock: clock.clone(),
        transport: Arc::new(transport),
        app_secret: account.app_secret.clone(),
        verify_token: account.verify_token.clone(),
        access_token: account.access_token.clone(),
        phone_number_id: account.phone_number_id.clone(),
        waba_id: account.waba_id.clone(),
        more_numbers: BusinessNumber::spare(&account.access_token),
        settings,
        ..Config::demo("http://leadwire.localhost/api/webhook/whatsapp")
    }
}
