//! A business with a number and customers who have just written, behind the API, over the embedded engine.

use crate::NOW;
use api::passwords::Passwords;
use api::{Deps, Edge, Origins, Signing, Tokens};
use axum::Router;
use axum::body::Body;
use domain::content::Context;
use domain::conversations::{Head, Last, Received};
use domain::ids::SessionId;
use domain::leads::{Lead, Source, Stage};
use domain::sessions::Session;
use domain::tenants::Tenant;
use domain::users::{Email, Role, User};
use domain::{
    ChannelId, Content, ConversationId, Customer, Direction, HomeId, LeadId, MessageId, Phone, PhoneNumberId, Secret,
    TenantId, Text, UserId, Wamid,
};
use emulator::{Emulator, ManualClock};
use http::header::AUTHORIZATION;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use runtime::secrets::Document;
use runtime::{Ids, Keyring, OwnSecrets};
use seal::{LocalKey, Sealer};
use serde_json::Value;
use std::cell::{Cell, OnceCell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::channels::Channel;
use store::first_contact::{FirstContact, FirstMessage};
use store::messages::ReceivedMessage;
use store::notices::Notice;
use store::receipts::{MessageName, NewReceipt, Receipt, ReceiptKind};
use store::{Store, Table};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// How many customers there are: more than one page of a list that is asked for one by one.
const CUSTOMERS: u8 = 3;

/// How often a world is asked before it is left: its time stands still, and after 200 writes in a moment its agent would
/// only be told to wait.
const LONGEST: u32 = 150;

/// Ids that count up from where those of the customers end, so that each world has the same.
#[derive(Debug)]
struct Counter(AtomicU64);

impl Ids for Counter {
    fn bits(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::SeqCst))
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
        let seal_key = Secret::new("0123456789abcdef0123456789abcdef");
        let deps = Deps {
            store: store.clone(),
            clock,
            ids: Arc::new(Counter(AtomicU64::new(100))),
            signing: Signing::by(Keyring::of(secrets(&[7; 32]))),
            passwords: Passwords::default(),
            sealer: Sealer::new(LocalKey::new("fuzzing", &seal_key, || 1)),
            seal_key,
            https: true,
            origins: Origins::default(),
            edge: Edge { realtime_url: "ws://localhost/ws".to_owned(), origin_key: None },
        };
        runtime.block_on(settle(&store));
        let (lead, conversation) = customer(CUSTOMERS);
        let (agent, asked) = (OnceCell::new(), Cell::new(0));
        Self { runtime, router: api::router(deps), store, tokens, agent, conversation, lead, asked }
    }

    /// A token of somebody with this role, of the business or of another one.
    pub(crate) fn token(&self, tenant: TenantId, role: Role) -> String {
        let user = person(tenant, role);
        self.runtime.block_on(async {
            let (business, hash) = (Tenant::new(tenant, Text::new("Leaf")), Secret::new("no hash"));
            let entry = domain::audit::Entry::founded(tenant, user.id.into(), NOW, "for a test");
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
            let (head, body) = self.router.clone().oneshot(request).await.expect("it always answers").into_parts();
            (head, body.collect().await.expect("its body has an end").to_bytes())
        });
        let (head, body) = answer;
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).expect("it is JSON") };
        let answer = Answer { status: head.status, headers: head.headers, body };
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
    (lead, ConversationId { home: HomeId::of(lead), channel: ChannelId::from_parts(NOW, 1) })
}

/// Secrets that sign by the key of this seed.
fn secrets(seed: &[u8; 32]) -> OwnSecrets {
    let json = serde_json::json!({
        "sealKey": "k".repeat(32), "signingSeed": base64::Engine::encode(&base64::engine::general_purpose::STANDARD, seed),
    });
    OwnSecrets::parse("fuzzing", &json.to_string()).expect("they can be read")
}

fn person(tenant: TenantId, role: Role) -> User {
    let (name, email) = (Text::new("Ana"), Email::parse(&format!("{role}@{}.example", tenant.bare())));
    User::new(UserId::from_parts(NOW, role as u128), tenant, role, name, email.expect("it is one"))
}

fn session(user: &User) -> Session {
    Session::begun(SessionId::from_parts(NOW, 9), (user.tenant, user.id), 0, "a try")
}

async fn settle(store: &Store) {
    store.table().create_if_missing().await.expect("a table can be made");
    let number = PhoneNumberId::parse("106540352242922").expect("it has characters");
    let (name, display, waba) = (Text::new("Front desk"), "+1 555 078 3881".to_owned(), "102290129340398".to_owned());
    let channel = Channel {
        id: ChannelId::from_parts(NOW, 1),
        name,
        number,
        display,
        waba,
        token: None,
        refusal: None,
        read_receipts: true,
    };
    store.connect(tenant(), &channel).await.expect("a number can be connected");
    for n in 1..=CUSTOMERS {
        first_contact(store, n).await;
        let notice = Notice {
            id: MessageId::from_parts(NOW, u128::from(n)),
            field: "account_update".to_owned(),
            raw: "{}".to_owned(),
        };
        store.put_notice(tenant(), &format!("event {n}"), &notice).await.expect("a notice can be kept");
    }
}

/// A customer who writes twice.
async fn first_contact(store: &Store, n: u8) {
    let (id, conversation) = customer(n);
    let phone = Phone::parse(&format!("551198888777{n}")).ok();
    let message = message(n);
    let lead = Lead {
        id,
        stage: Stage::Incoming,
        source: Source::WhatsApp,
        name: None,
        phone: phone.clone(),
        bsuid: None,
        first: Some(message.id),
        conversations: vec![conversation],
        perhaps_same: Vec::new(),
        created: NOW,
        updated: NOW,
    };
    let identities = Customer { phone, ..Customer::default() }.identities();
    let head = Head::new(conversation, id, true).after(&received(&message));
    let number = PhoneNumberId::parse("106540352242922").expect("it has characters");
    let name = MessageName { number, wamid: message.wamid.clone() };
    let receipt = Receipt { history: conversation.home, id: message.id };
    let receipt = NewReceipt { name: &name, receipt, json: "{}", kind: ReceiptKind::Message };
    let first = FirstMessage { message: &message, receipt: &receipt };
    let contact = FirstContact {
        lead: &lead,
        head: &head,
        identities: &identities,
        portfolio: None,
        event: message.id,
        passed_on: None,
        message: Some(first),
    };
    assert!(store.first_contact(tenant(), &contact).await.expect("a customer can be met"));
    let second = self::message(n + CUSTOMERS);
    store.put_received(tenant(), conversation.home, &second).await.expect("a message can be kept");
    store.receive(tenant(), conversation, &received(&second)).await.expect("a conversation can be told");
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
    let (kind, preview) = (message.content.kind().to_owned(), message.content.readable());
    let shown = Last { id: message.id, direction: Direction::In, kind, preview };
    Received { id: message.id, arrived: message.arrived, profile: None, shown: Some(shown) }
}
