//! A business with a number and customers who have just written, behind the API, over the embedded engine.

use crate::NOW;
use api::access::password_hashes::Passwords;
use api::{Deps, Edge, Origins, Signing, Tokens};
use axum::Router;
use axum::body::Body;
use blobs::Blobs;
use domain::access::sessions::Session;
use domain::access::tenants::Tenant;
use domain::access::users::{EmailAddress, Role, User};
use domain::channels::prices::money::Currency;
use domain::crm::leads::{Lead, Source};
use domain::ids::SessionId;
use domain::inbox::content::Context;
use domain::inbox::conversations::{Conversation, LastMessage, Received};
use domain::stages::Stage;
use domain::{
    ChannelId, Content, ConversationId, Customer, Direction, HistoryId, LeadId, MessageId, Phone, PhoneNumberId,
    Secret, TenantId, Text, UserId, Wamid,
};
use emulator::{Emulator, ManualClock};
use encryption::{Encryptor, LocalKey};
use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use http::header::AUTHORIZATION;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use runtime::secrets::Document;
use runtime::{Keyring, OwnSecrets, Random};
use serde_json::Value;
use std::cell::{Cell, OnceCell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::channels::channels::Channel;
use store::channels::notices::Notice;
use store::crm::first_contact::{FirstContact, FirstMessage};
use store::inbox::messages::ReceivedMessage;
use store::inbox::receipts::{MessageName, NewReceipt, Receipt, ReceiptKind};
use store::{Store, Table};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;
use whatsapp::Client;
use whatsapp::transport::{Transport, TransportError};

/// How many customers there are: more than one page of a list that is asked for one by one.
const CUSTOMERS: u8 = 3;

/// How often a world is asked before it is left: its time stands still, and after 200 writes in a moment its agent would
/// only be told to wait.
const LONGEST: u32 = 150;

/// Ids that count up from where those of the customers end, so that each world has the same.
#[derive(Debug)]
struct Counter(AtomicU64);

impl Random for Counter {
    fn u128(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// A Graph API that does not answer.
#[derive(Debug)]
struct Silent;

impl Transport for Silent {
    fn carry(&self, _: Request<Vec<u8>>) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, TransportError>> {
        ready(Err(TransportError::OnTheWay("no answer".to_owned()))).boxed()
    }
}

/// What the API answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// The business, and its API.
pub(crate) struct World {
    runtime: Runtime,
    router: Router,
    store: Store,
    tokens: Tokens,
    /// How an agent signs in to whom no request says whose it is.
    agent: OnceCell<String>,
    /// The conversation with the customer who wrote last.
    pub(crate) conversation: ConversationId,
    pub(crate) lead: LeadId,
    asked: Cell<u32>,
}

thread_local! {
    static KEPT: RefCell<Option<World>> = const { RefCell::new(None) };
}

impl World {
    /// Gives a world to `acts`, which says whether it left it as it was: only then is it used again.
    pub(crate) fn with(acts: impl FnOnce(&Self) -> bool) {
        let world = KEPT.take().unwrap_or_else(Self::new);
        if acts(&world) && world.asked.get() < LONGEST {
            KEPT.set(Some(world));
        }
    }

    fn new() -> Self {
        // Time that is waited for passes at once.
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
        let runtime = runtime.expect("a runtime can be built");
        let clock = Arc::new(ManualClock::new(NOW));
        let emulator = Emulator::memory(Arc::<ManualClock>::clone(&clock)).expect("the engine starts");
        let table = Table::new(aws_sdk_dynamodb::Client::new(&emulator.sdk_config()), "leadwire".to_owned());
        let store = Store::new(table);
        let tokens = Tokens::from_seed(&[7; 32]).expect("the seed makes a key");
        let token_key = Secret::new("0123456789abcdef0123456789abcdef");
        let deps = Deps {
            store: store.clone(),
            clock,
            random: Arc::new(Counter(AtomicU64::new(100))),
            signing: Signing::by(Keyring::holding(secrets(&[7; 32]))),
            passwords: Passwords::default(),
            encryptor: Encryptor::new(LocalKey::new("fuzzing", &token_key, || 1)),
            token_key,
            https: true,
            origins: Origins::default(),
            blobs: Blobs::new(&emulator.sdk_config(), "http://localhost/_bucket", emulator.objects().clone()),
            calls_private: false,
            edge: Edge {
                realtime_url: "ws://localhost/ws".to_owned(),
                webhook_url: "http://localhost/api/webhook/whatsapp".to_owned(),
                origin_key: None,
            },
            graph: Client::new(Silent, "http://graph.test".to_owned()),
            signups: None,
        };
        runtime.block_on(settle(&store));
        let (lead, conversation) = customer(CUSTOMERS);
        let agent = OnceCell::new();
        let asked = Cell::new(0);
        Self { runtime, router: api::router(deps), store, tokens, agent, conversation, lead, asked }
    }

    /// A token of somebody with this role, of the business or of another one.
    pub(crate) fn token(&self, tenant: TenantId, role: Role) -> String {
        let user = person(tenant, role);
        self.runtime.block_on(async {
            let business = Tenant::new(tenant, Text::new("Leaf"));
            let hash = Secret::new("no hash");
            let entry = domain::access::audit::Entry::founded(tenant, user.id.into(), NOW, "for a test");
            self.store.create_tenant(&business, &entry).await.expect("a business can be made");
            self.store.create_user(&user, &hash).await.expect("a person can be made");
            let session = session(&user);
            self.store.open_session(&session, "", None).await.expect("a session can be opened");
            self.tokens.issue(&session, NOW).expect("it can be signed")
        })
    }

    /// Hands `request` over, as an agent's if it does not say whose it is, and looks at what every answer must have.
    pub(crate) fn ask(&self, mut request: Request<Body>) -> Answer {
        self.asked.set(self.asked.get() + 1);
        if !request.headers().contains_key(AUTHORIZATION) {
            let token = self.agent.get_or_init(|| format!("Bearer {}", self.token(tenant(), Role::Agent)));
            request.headers_mut().insert(AUTHORIZATION, token.parse().expect("a token fits into a header"));
        }
        let answer = self.runtime.block_on(async {
            let (conversation, body) =
                self.router.clone().oneshot(request).await.expect("it always answers").into_parts();
            (conversation, body.collect().await.expect("its body has an end").to_bytes())
        });
        let (conversation, body) = answer;
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).expect("it is JSON") };
        let answer = Answer { status: conversation.status, headers: conversation.headers, body };
        answer.check();
        answer
    }
}

impl Answer {
    fn check(&self) {
        assert!(self.status.as_u16() < 500, "{}: {}", self.status, self.body);
        assert!(self.headers.contains_key("x-request-id"));
        if self.status.is_client_error() && !self.body.is_null() {
            assert_eq!(self.headers["content-type"], "application/problem+json");
            assert_eq!(self.body["status"], self.status.as_u16());
            assert_eq!(self.body["requestId"], self.headers["x-request-id"].to_str().expect("it is a word"));
        }
    }
}

/// The business.
pub(crate) fn tenant() -> TenantId {
    TenantId::from_parts(NOW, 1)
}

fn customer(n: u8) -> (LeadId, ConversationId) {
    let lead = LeadId::from_parts(NOW, u128::from(n));
    (lead, ConversationId { history: HistoryId::for_lead(lead), channel: ChannelId::from_parts(NOW, 1) })
}

/// Secrets that sign by the key of this seed.
fn secrets(seed: &[u8; 32]) -> OwnSecrets {
    let json = serde_json::json!({
        "tokenKey": "k".repeat(32), "signingSeed": base64::Engine::encode(&base64::engine::general_purpose::STANDARD, seed),
    });
    OwnSecrets::parse("fuzzing", &json.to_string()).expect("they can be read")
}

fn person(tenant: TenantId, role: Role) -> User {
    let name = Text::new("Ana");
    let email = EmailAddress::parse(&format!("{role}@{}.example", tenant.ulid_str()));
    User::new(UserId::from_parts(NOW, role as u128), tenant, role, name, email.expect("it is one"))
}

fn session(user: &User) -> Session {
    Session::begun(SessionId::from_parts(NOW, 9), user.tenant, user.id, 0, "a try")
}

async fn settle(store: &Store) {
    store.table().create_if_missing().await.expect("a table can be made");
    let number = PhoneNumberId::parse("106540352242922").expect("it has characters");
    let name = Text::new("Front desk");
    let display = "+1 555 078 3881".to_owned();
    let waba = "102290129340398".to_owned();
    let mut channel = Channel::new(ChannelId::from_parts(NOW, 1), name, number, display, waba);
    channel.billing.currency = Some(Currency::Usd);
    store.tenant(tenant()).connect(&channel).await.expect("a number can be connected");
    for n in 1..=CUSTOMERS {
        first_contact(store, n).await;
        let notice = Notice {
            id: MessageId::from_parts(NOW, u128::from(n)),
            field: "account_update".to_owned(),
            raw: "{}".to_owned(),
        };
        store.tenant(tenant()).put_notice(&format!("event {n}"), &notice).await.expect("a notice can be kept");
    }
}

/// A customer who writes twice.
async fn first_contact(store: &Store, n: u8) {
    let (id, conversation) = customer(n);
    let phone = Phone::parse(&format!("551198888777{n}")).ok();
    let message = message(n);
    let lead = Lead {
        phone: phone.clone(),
        first: Some(message.id),
        conversations: vec![conversation],
        ..Lead::new(id, Stage::Incoming, Source::WhatsApp, NOW)
    };
    let identities = Customer { phone, ..Customer::default() }.identities();
    let conversation = Conversation::new(conversation, id, true).after(&received(&message));
    let number = PhoneNumberId::parse("106540352242922").expect("it has characters");
    let name = MessageName { number, wamid: message.wamid.clone() };
    let receipt = Receipt { history: conversation.id.history, id: message.id };
    let receipt = NewReceipt { name: &name, receipt, json: "{}", kind: ReceiptKind::Message };
    let first = FirstMessage { message: &message, receipt: &receipt };
    let contact = FirstContact {
        lead: &lead,
        conversation: &conversation,
        identities: &identities,
        portfolio: None,
        event: message.id,
        passed_on: None,
        message: Some(first),
        entry: None,
        imported: false,
    };
    assert!(store.tenant(tenant()).first_contact(&contact).await.expect("a customer can be met"));
    let second = self::message(n + CUSTOMERS);
    store.tenant(tenant()).put_received(conversation.id.history, &second).await.expect("a message can be kept");
    store.tenant(tenant()).receive(conversation.id, &received(&second)).await.expect("a conversation can be told");
}

fn message(n: u8) -> ReceivedMessage {
    ReceivedMessage {
        id: MessageId::from_parts(NOW, u128::from(n)),
        channel: ChannelId::from_parts(NOW, 1),
        wamid: Wamid::parse(&format!("wamid.{n}")).expect("it has characters"),
        content: Content::Text { body: Text::new("Oi") },
        context: Context::default(),
        arrived: NOW,
    }
}

fn received(message: &ReceivedMessage) -> Received {
    let kind = message.content.kind().to_owned();
    let preview = message.content.readable();
    let shown = LastMessage { id: message.id, direction: Direction::In, kind, preview };
    Received { id: message.id, arrived: message.arrived, profile: None, shown: Some(shown) }
}
