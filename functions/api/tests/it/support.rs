//! The API over an empty table, with the shortest calls that the tests need.

use crate::described;
use api::access::password_hashes::Passwords;
use api::access::sessions::{self, Granted};
use api::{Deps, Edge, Origins, Signing, Signups, Tokens, router};
use aws_sdk_dynamodb::types::AttributeValue;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use blobs::Blobs;
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::access::links::ResetLink;
use domain::access::sessions::Session;
use domain::access::tenants::Tenant;
use domain::access::users::{EmailAddress, Role, User};
use domain::channels::channels::GraphId;
use domain::channels::prices::money::Currency;
use domain::crm::leads::{Lead, Source};
use domain::ids::ResetId;
use domain::inbox::content::Context;
use domain::inbox::conversations::{Conversation, LastMessage, Received};
use domain::stages::Stage;
use domain::{
    ChannelId, Content, ConversationId, Customer, Direction, HistoryId, LeadId, MessageId, Phone, PhoneNumberId,
    Secret, TenantId, Text, Timestamp, UserId, Wamid,
};
use emulator::{Emulator, ManualClock};
use encryption::{Encryptor, LocalKey};
use futures::FutureExt;
use futures::future::BoxFuture;
use http_body_util::BodyExt;
use runtime::secrets::Document;
use runtime::{Clock, Environment, Keyring, MetaSecrets, OwnSecrets, Random};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use store::channels::channels::Channel;
use store::crm::first_contact::{FirstContact, FirstMessage};
use store::inbox::messages::ReceivedMessage;
use store::inbox::receipts::{MessageName, NewReceipt, Receipt, ReceiptKind};
use store::insight::audit_log::{AuditFilter, Below};
use store::reliability::due::Due;
use store::{Store, Table};
use tower::ServiceExt;
use whatsapp::SignupApp;
use whatsapp::transport::{Transport, TransportError};

/// The password of everybody whom a test signs in.
pub const PASSWORD: &str = "lantern orchid gravel";

/// Its hash, made once for all tests.
pub static HASH: LazyLock<Secret> =
    LazyLock::new(|| api::access::password_hashes::hash(&Secret::new(PASSWORD), 1).unwrap());

pub const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
pub const SEED: [u8; 32] = [7; 32];
/// The site that may call from a browser.
pub const CONSOLE: &str = "https://console.example.com";
/// What requests carry that came through our distribution.
pub const ORIGIN_KEY: &str = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d";

const TABLE: &str = "leadwire";

/// Ids that count up.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Random for Counter {
    fn u128(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::SeqCst)) + 1
    }
}

/// The number of the channel that an [`Api`] has from the start.
const NUMBER: &str = "106540352242922";

/// A Graph API that accepts every token for [`NUMBER`], and does not answer anything else.
#[derive(Debug)]
struct Graph;

impl Transport for Graph {
    fn carry(
        &self,
        request: Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<axum::http::Response<Vec<u8>>, TransportError>> {
        let answer = match request.uri().path().trim_start_matches("/v26.0/") {
            NUMBER => json!({"id": NUMBER, "status": "CONNECTED"}),
            "102290129340398" => json!({"id": "102290129340398", "currency": "USD"}),
            "102290129340398/phone_numbers" => json!({"data": [{"id": NUMBER}]}),
            "102290129340398/subscribed_apps" => json!({"data": [{"whatsapp_business_api_data": {"id": "1"}}]}),
            "106540352242922/whatsapp_business_profile" => json!({"data": []}),
            "debug_token" => {
                json!({"data": {"app_id": "1", "expires_at": 0, "scopes": domain::channels::channels::NEEDED_PERMISSIONS}})
            }
            _ => return std::future::ready(Err(TransportError::OnTheWay("nobody is there".into()))).boxed(),
        };
        std::future::ready(Ok(axum::http::Response::new(answer.to_string().into_bytes()))).boxed()
    }
}

pub struct Api {
    pub clock: Arc<ManualClock>,
    pub random: Arc<Counter>,
    pub store: Store,
    pub tenant: TenantId,
    pub user: User,
    session: Session,
    pub channel: ChannelId,
    pub token: String,
    pub tokens: Tokens,
    pub encryptor: Encryptor,
    client: aws_sdk_dynamodb::Client,
    router: Router,
    pub deps: Deps,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    /// The items' values of the field `name`.
    pub fn each(&self, name: &str) -> Vec<String> {
        let items = self.body["items"].as_array().expect("a list");
        items.iter().map(|item| item[name].as_str().unwrap_or_default().to_owned()).collect()
    }
}

impl Api {
    /// One tenant with one channel and an agent who has signed in.
    pub async fn new() -> Self {
        Self::with_password(&Secret::new("a hash that no password has")).await
    }

    /// The same with an owner in the agent's place.
    pub async fn of_owner() -> Self {
        let signing = Signing::by(Keyring::holding(secrets(&SEED, None)));
        Self::of_role(Role::Owner, signing, &Secret::new("a hash that no password has")).await
    }

    /// The same, where the agent's password has this hash.
    pub async fn with_password(hash: &Secret) -> Self {
        Self::signing_by(Signing::by(Keyring::holding(secrets(&SEED, None))), hash).await
    }

    /// The same, where tokens are signed by `signing`, for now by the key of [`SEED`].
    pub async fn signing_by(signing: Signing, hash: &Secret) -> Self {
        Self::of_role(Role::Agent, signing, hash).await
    }

    async fn of_role(role: Role, signing: Signing, hash: &Secret) -> Self {
        let clock = Arc::new(ManualClock::new(NOW));
        let emulator = Emulator::memory(Arc::<ManualClock>::clone(&clock)).unwrap();
        let client = aws_sdk_dynamodb::Client::new(&emulator.sdk_config());
        let table = Table::new(client.clone(), TABLE.into());
        table.create_if_missing().await.unwrap();
        let store = Store::new(table);
        let random = Arc::new(Counter::default());
        let tokens = Tokens::from_seed(&SEED).unwrap();
        let bits = Arc::<Counter>::clone(&random);
        let encryptor = Encryptor::new(LocalKey::new("local", &Secret::new("wraps"), move || bits.u128()));
        let deps = Deps {
            store: store.clone(),
            clock: Arc::<ManualClock>::clone(&clock),
            random: Arc::<Counter>::clone(&random),
            signing,
            passwords: Passwords::default(),
            token_key: Secret::new("0123456789abcdef0123456789abcdef"),
            https: true,
            origins: Origins::from_environment(&Environment::from_variables([("ALLOWED_ORIGINS", CONSOLE)])).unwrap(),
            encryptor: encryptor.clone(),
            blobs: Blobs::new(&emulator.sdk_config(), "http://localhost/_bucket", emulator.objects().clone()),
            calls_private: false,
            edge: Edge {
                realtime_url: "wss://crm.example.com/ws".into(),
                webhook_url: "https://hooks.example.com/api/webhook/whatsapp".into(),
                origin_key: Some(Secret::new(ORIGIN_KEY)),
            },
            graph: whatsapp::Client::new(Graph, "http://graph.test/v26.0".into()),
            signups: Some(Signups {
                app: SignupApp {
                    app_id: GraphId::parse("670843887433847").unwrap(),
                    config_id: GraphId::parse("1023456789012345").unwrap(),
                    return_url: format!("{CONSOLE}{}", api::RETURN_PATH),
                },
                meta: Arc::new(MetaSecrets {
                    verify_token: Secret::new("a-verify-token"),
                    app_secrets: vec![Secret::new("an-app-secret")],
                    access_token: Secret::new("EAAG-the-token-of-the-application"),
                }),
            }),
        };
        let tenant = TenantId::from_parts(NOW, 1);
        let user = person(tenant, role);
        let business = Tenant::new(tenant, Text::new("Orchid Dental"));
        assert!(store.create_with_owner(&business, &user, hash, &founded(&user)).await.unwrap());
        let Granted { access_token: token, session, .. } = sessions::open(&deps, &user, "test", None).await.unwrap();
        let channel = ChannelId::from_parts(NOW, 1);
        let router = router(deps.clone());
        let api = Self {
            clock,
            random,
            store,
            tenant,
            user,
            session,
            channel,
            token,
            tokens,
            encryptor,
            client,
            router,
            deps,
        };
        api.connect(channel, NUMBER).await;
        api
    }

    pub async fn connect(&self, id: ChannelId, number: &str) {
        let number = PhoneNumberId::parse(number).unwrap();
        let name = Text::new("Front desk");
        let display = "+1 555 078 3881".to_owned();
        let waba = "102290129340398".to_owned();
        let mut channel = Channel::new(id, name, number, display, waba);
        channel.billing.currency = Some(Currency::Usd);
        self.store.tenant(self.tenant).connect(&channel).await.unwrap();
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// A token of somebody with this role, who has just signed in.
    pub async fn token_of(&self, role: Role) -> String {
        self.signed_in(&person(self.tenant, role)).await.access_token
    }

    /// A fresh token of the agent.
    pub fn fresh(&self) -> String {
        self.tokens.issue(&self.session, self.now()).unwrap()
    }

    /// The token of the link by which the agent may choose a new password.
    pub async fn reset_link(&self, number: u128) -> Secret {
        let id = ResetId::from_parts(self.now(), number);
        let link = ResetLink { tenant: self.tenant, user: self.user.id, id };
        let entry = self.entry(Action::ResetAsked, "");
        self.store.allow_reset(link, &entry, true).await.unwrap();
        link.token(&self.deps.token_key)
    }

    /// Signs somebody in, making them first if they are not there.
    pub async fn signed_in(&self, user: &User) -> Granted {
        self.store.create_user(user, &HASH).await.unwrap();
        sessions::open(&self.deps, user, "test", None).await.unwrap()
    }

    /// The owner of another business, who has signed in.
    pub async fn stranger(&self) -> (User, String) {
        let tenant = TenantId::from_parts(NOW, 99);
        let email = EmailAddress::parse("stranger@example.com").unwrap();
        let owner = User { email, ..person(tenant, Role::Owner) };
        let business = Tenant::new(tenant, Text::new("Another Business"));
        let hash = HASH.clone();
        self.store.create_with_owner(&business, &owner, &hash, &founded(&owner)).await.unwrap();
        let token = sessions::open(&self.deps, &owner, "test", None).await.unwrap().access_token;
        (owner, token)
    }

    /// A customer who has just written `text` for the first time.
    pub async fn customer(&self, phone: &str, text: &str) -> Lead {
        let id = LeadId::from_parts(self.now(), self.random.u128());
        let conversation = ConversationId { history: HistoryId::for_lead(id), channel: self.channel };
        let message = self.message(self.channel, text);
        let phone = Phone::parse(phone).unwrap();
        let lead = Lead {
            phone: Some(phone.clone()),
            first: Some(message.id),
            conversations: vec![conversation],
            ..Lead::new(id, Stage::Incoming, Source::WhatsApp, self.now())
        };
        let customer = Customer { phone: Some(phone), ..Customer::default() };
        let conversation = Conversation::new(conversation, id, true).after(&received(&message));
        let identities = customer.identities();
        let name =
            MessageName { number: PhoneNumberId::parse("106540352242922").unwrap(), wamid: message.wamid.clone() };
        let receipt = Receipt { history: conversation.id.history, id: message.id };
        let json = r#"{"type":"text"}"#;
        let receipt = NewReceipt { name: &name, receipt, json, kind: ReceiptKind::Message };
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
        assert!(self.store.tenant(self.tenant).first_contact(&contact).await.unwrap());
        lead
    }

    /// A further message of a customer.
    pub async fn writes(&self, conversation: ConversationId, text: &str) -> MessageId {
        let message = self.message(conversation.channel, text);
        self.store.tenant(self.tenant).put_received(conversation.history, &message).await.unwrap();
        self.store.tenant(self.tenant).receive(conversation, &received(&message)).await.unwrap();
        message.id
    }

    fn message(&self, channel: ChannelId, text: &str) -> ReceivedMessage {
        let bits = self.random.u128();
        ReceivedMessage {
            id: MessageId::from_parts(self.now(), bits),
            channel,
            wamid: Wamid::parse(&format!("wamid.{bits}")).unwrap(),
            content: Content::Text { body: Text::new(text) },
            context: Context::default(),
            arrived: self.now(),
        }
    }

    /// How many items the table holds, beside the audit and those that count requests.
    pub async fn items(&self) -> usize {
        let answer = self.client.scan().table_name(TABLE).send().await.unwrap();
        assert!(answer.last_evaluated_key.is_none());
        let counted = |pk: &str| !pk.ends_with("#AUDIT") && !pk.ends_with("#TALLIES") && !pk.starts_with("RATE#");
        answer.items().iter().filter(|item| counted(item["PK"].as_s().unwrap())).count()
    }

    /// Everything that the table holds, as text.
    pub async fn everything(&self) -> String {
        format!("{:?}", self.client.scan().table_name(TABLE).send().await.unwrap().items)
    }

    /// Everything of one business, as text.
    pub async fn everything_of(&self, tenant: TenantId) -> Vec<String> {
        let items = self.client.scan().table_name(TABLE).send().await.unwrap().items.unwrap();
        let own =
            items.iter().filter(|item| item["PK"].as_s().unwrap().starts_with(&format!("T#{}", tenant.ulid_str())));
        let mut lines: Vec<_> = own.map(in_order).collect();
        lines.sort();
        lines
    }

    /// What was done last, and to what.
    pub async fn last_audit_event(&self) -> AuditEvent {
        self.end_tallies().await;
        let page =
            self.store.tenant(self.tenant).audit(&AuditFilter::default(), Below::default(), 1, 10).await.unwrap();
        page.items.first().expect("something was done").audit_event().clone()
    }

    /// An entry of something that the agent does now.
    pub fn entry(&self, action: Action, target: &str) -> Entry {
        let by = self.user.id.into();
        let target = target.to_owned();
        Entry::new(AuditEvent { at: self.now(), by, action, target, detail: String::new() }, self.random.u128())
    }

    /// Makes entries of what was counted, as the schedule does when the minute is over.
    pub async fn end_tallies(&self) {
        let over = self.now().plus(Duration::from_secs(60));
        for found in self.store.due(over, 100).await.unwrap() {
            if let Due::Tally(tenant, name) = found.work {
                self.store.tenant(tenant).end_tally(&name, self.now()).await.unwrap();
            }
        }
    }

    /// Takes the table away.
    pub async fn lose_the_table(&self) {
        self.client.delete_table().table_name(TABLE).send().await.unwrap();
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, &[], &body.to_string()).await
    }

    /// A call with this token and no other header.
    pub async fn call_as(&self, token: &str, method: Method, path: &str, body: Value) -> Answer {
        let token = format!("Bearer {token}");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.call_as_it_is(method, path, &[("authorization", &token)], &body).await
    }

    /// A call of nobody.
    pub async fn call_as_nobody(&self, path: &str, body: Value) -> Answer {
        self.call_as_it_is(Method::POST, path, &[], &body.to_string()).await
    }

    /// A call of the agent, unless the headers bring an authorization of their own.
    pub async fn call(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let token = format!("Bearer {}", self.token);
        let mut headers = headers.to_vec();
        if headers.iter().all(|(name, _)| *name != "authorization") {
            headers.push(("authorization", &token));
        }
        self.call_as_it_is(method, path, &headers, body).await
    }

    pub async fn call_as_it_is(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let request = headers
            .iter()
            .fold(Request::builder().method(method).uri(path), |request, (name, value)| request.header(*name, *value));
        self.hand_over(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Hands the request over. Every answer is held against the description of the API.
    pub async fn hand_over(&self, request: Request<Body>) -> Answer {
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        described::check(&method, &path, parts.status.as_u16(), &parts.headers, &body);
        let text = || Value::String(String::from_utf8_lossy(&body).into_owned());
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap_or_else(|_| text()) };
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// Secrets that sign by the key of `seed`, and let tokens of `former` be good as well.
pub fn secrets(seed: &[u8; 32], former: Option<&[u8; 32]>) -> OwnSecrets {
    let text = |seed: &[u8; 32]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, seed);
    let json = serde_json::json!({
        "tokenKey": "k".repeat(32), "signingSeed": text(seed), "formerSigningSeed": former.map(text),
    });
    OwnSecrets::parse("test", &json.to_string()).unwrap()
}

/// The attributes in the order of their names, also within one.
fn in_order(item: &HashMap<String, AttributeValue>) -> String {
    let text = |value: &AttributeValue| value.as_m().map_or_else(|_| format!("{value:?}"), in_order);
    format!("{:?}", item.iter().map(|(name, value)| (name, text(value))).collect::<BTreeMap<_, _>>())
}

/// The entry that the business of `owner` was made.
fn founded(owner: &User) -> Entry {
    Entry::founded(owner.tenant, owner.id.into(), NOW, "for a test")
}

pub fn person(tenant: TenantId, role: Role) -> User {
    let email = EmailAddress::parse(&format!("{role}@example.com")).unwrap();
    User::new(UserId::from_parts(NOW, role as u128), tenant, role, Text::new("Ana"), email).with_email_verified()
}

fn received(message: &ReceivedMessage) -> Received {
    let kind = message.content.kind().to_owned();
    let preview = message.content.readable();
    let shown = LastMessage { id: message.id, direction: Direction::In, kind, preview };
    Received { id: message.id, arrived: message.arrived, profile: None, shown: Some(shown) }
}
