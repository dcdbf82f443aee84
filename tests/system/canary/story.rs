//! A story in which everything happens that can, with markers wherever something comes in that is secret or somebody's
//! own.

use crate::markers::Canaries;
use aws_sdk_dynamodb::types::AttributeValue;
use axum::body::Body;
use domain::Secret;
use domain::access::second_factor::TotpSecret;
use http::{Method, Request};
use leadwire::Stack;
use leadwire::gateway::Gateway;
use leadwire::stack::TABLE;
use meta_simulator::{Fault, FaultMode, TokenWish};
use runtime::{Random, SystemRandom};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use testkit::bodies::webhook;
use testkit::{CustomerMessage, NOW, Person, Reply, Sender, Settings, TestApp, Turn, Wire};

const NAME: &str = "Quetzalcoatl Canaryname";
const QUESTION: &str = "canary-question-0b5f77";
const ANSWER: &str = "canary-answer-93ad10";
pub const META_TOKEN: &str = "EAAGcanaryTokenOfMeta4d1cQz";
const COOKIE: &str = "canaryRefreshCookie8f2ab6";
const BEARER: &str = "canary.bearer.5e7c21";
const PASSWORD: &str = "canary-password-c44e09";
const ADDRESS: &str = "canary.person@example.net";
const STRANGER: &str = "4915550172839";
const NUMBER_AS_TEXT: &str = "7766554433221100";

/// How many items of a kind are spoilt.
const EACH: usize = 2;

/// Ids whose source breaks, and says what it was about, as a slice out of range does.
#[derive(Debug, Default)]
struct Breaking(AtomicBool);

impl Random for Breaking {
    fn u128(&self) -> u128 {
        assert!(!self.0.load(Ordering::SeqCst), "byte 3 is inside a character of {QUESTION} from {STRANGER}");
        SystemRandom.u128()
    }
}

/// The story, and the problems that were told in it.
pub struct Story {
    app: TestApp,
    person: Person,
    /// What the person became.
    lead: Value,
    pub problems: Vec<String>,
    /// Tokens, keys and links that were handed out.
    handed_out: Vec<String>,
}

impl Story {
    pub async fn begin() -> Self {
        let app = TestApp::start().await;
        let person = app.person(NAME);
        app.says(&person, QUESTION).await;
        let lead = app.only_lead().await;
        Self { app, person, lead, problems: Vec::new(), handed_out: Vec::new() }
    }

    /// Keeps what a request that went wrong was answered with.
    fn refused(&mut self, reply: Reply, status: u16) {
        assert_eq!(reply.status, status, "{}", reply.text);
        self.problems.push(reply.text);
    }

    /// As the owner, with a cookie.
    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let cookie = format!("refreshToken={COOKIE}");
        self.app.call(method, path, &[("cookie", &cookie)], body).await
    }

    async fn answers(&self, text: &str) {
        let body = json!({"leadId": self.lead["id"], "text": text});
        let sent = self.call(Method::POST, "/api/messages", Some(body)).await;
        assert_eq!(sent.status, 202, "{}", sent.text);
        self.app.settle().await;
    }

    /// Meta accepts this token for so many seconds; without them, for ever.
    fn issue(&self, token: &str, expires_in_seconds: Option<u64>) {
        let access_token = Some(token.to_owned());
        self.app.meta().issue_token(TokenWish { access_token, expires_in_seconds, ..TokenWish::default() }).unwrap();
    }

    async fn gives(&self, token: &str) {
        let path = format!("/api/channels/{}", self.app.account().channel);
        let given = self.call(Method::PATCH, &path, Some(json!({"accessToken": token}))).await;
        assert_eq!(given.status, 200, "{}", given.text);
    }

    /// More of the same customer, something of a new one, and what is done with it.
    pub async fn a_customer_writes(&self) {
        let long = format!("{QUESTION} {}", "and so on ".repeat(400));
        self.app.says(&self.person, &long).await;
        let stranger = Sender { name: NAME, phone: Some(STRANGER), user: None };
        let reaction = json!({"type": "reaction", "reaction": {"message_id": "wamid.never", "emoji": QUESTION}});
        assert_eq!(self.app.deliver(stranger.sends("wamid.reaction", NOW.seconds(), reaction)).await.status, 200);
        self.app.settle().await;
        let open = self.app.get("/api/conversations").await.items()[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(self.call(Method::POST, &format!("/api/conversations/{open}/read"), None).await.status, 200);
    }

    /// Sends that go out, are refused, are lost, fail later, and have a token that Meta does not take.
    pub async fn sends_end_in_every_way(&self) {
        self.answers(ANSWER).await;
        let modes = [
            FaultMode::ErrorCode { code: 131_026 },
            FaultMode::ErrorCode { code: 130_429 },
            FaultMode::ResetAfterAccept,
            FaultMode::BrokenJson,
            FaultMode::FailedStatus { code: 131_049 },
        ];
        for mode in modes {
            let faults = vec![Fault { mode, next: Some(1), fraction: 1.0 }];
            self.app.meta().set_settings(Settings { faults, ..self.app.meta().settings() });
            self.answers(ANSWER).await;
            self.app.pass(Duration::from_secs(120)).await;
        }
        self.issue(META_TOKEN, None);
        self.gives(META_TOKEN).await;
        self.issue(META_TOKEN, Some(0));
        self.answers(ANSWER).await;
        self.gives(&self.app.account().access_token).await;
        self.app.pass(Duration::from_secs(600)).await;
    }

    /// Deliveries that are forged, cannot be read, or are nobody's.
    pub async fn deliveries_go_wrong(&mut self) {
        let stranger = Sender { name: NAME, phone: Some(STRANGER), user: None };
        let body = stranger.writes("wamid.forged", NOW.seconds(), QUESTION);
        for signature in ["sha256=00", QUESTION] {
            let answer = self.app.post_webhook(&[("x-hub-signature-256", signature)], body.clone()).await;
            self.refused(answer, 401);
        }
        let token = PASSWORD;
        let handshake = format!("/api/webhook/whatsapp?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1");
        let request = Request::get(handshake).body(Body::empty()).unwrap();
        let answer = self.app.ask(request).await;
        self.refused(answer, 403);
        let message = stranger.message("wamid.1", NOW.seconds(), json!({"type": "text", "text": {"body": QUESTION}}));
        let nobody = json!({"display_phone_number": STRANGER, "phone_number_id": "900000000000009"});
        let odd = [
            webhook(json!({"messages": [QUESTION], "contacts": [stranger.contact()]})),
            webhook(json!({"messages": [message], "contacts": [stranger.contact()], "metadata": nobody})),
            webhook(json!({"messages": [{"from": STRANGER, "text": {"body": QUESTION}}]})),
            webhook(json!({"statuses": [{"id": QUESTION, "status": STRANGER, "timestamp": QUESTION}]})),
            webhook(json!({"errors": [{"code": QUESTION, "title": STRANGER}]})),
            format!("{QUESTION} of {STRANGER}").into_bytes(),
            format!("{{\"object\": \"{QUESTION}\", \"entry\": \"{STRANGER}\"}}").into_bytes(),
        ];
        for body in odd {
            assert_eq!(self.app.deliver(body).await.status, 200);
            self.app.settle().await;
        }
    }

    /// Everything that a request can have wrong.
    pub async fn requests_go_wrong(&mut self) {
        let account = self.app.account().clone();
        let login = |password: Value| json!({"email": account.owner_email, "password": password});
        let signed_in = self.call(Method::POST, "/api/auth/login", Some(login(json!(account.owner_password)))).await;
        assert_eq!(signed_in.status, 200, "{}", signed_in.text);
        let lead = self.lead["id"].as_str().unwrap().to_owned();
        let channel = format!("/api/channels/{}", account.channel);
        let bodies = [
            ("/api/auth/login", login(json!(PASSWORD)), 401),
            ("/api/auth/login", json!({"email": ADDRESS, "password": PASSWORD}), 401),
            ("/api/auth/login", login(json!(NUMBER_AS_TEXT.parse::<u64>().unwrap())), 422),
            ("/api/auth/login", login(json!({"a": PASSWORD})), 422),
            ("/api/auth/login", json!({"email": PASSWORD, "password": PASSWORD}), 422),
            ("/api/auth/login", json!({"email": {"a": PASSWORD}, "password": PASSWORD}), 422),
            ("/api/messages", json!({"leadId": lead, "text": "a", "previewUrl": QUESTION}), 422),
            ("/api/messages", json!({"leadId": QUESTION, "text": QUESTION}), 422),
            ("/api/messages", json!({"phone": QUESTION, "text": QUESTION}), 422),
            ("/api/messages", json!({"leadId": lead, "phone": format!("+{STRANGER}"), "text": QUESTION}), 422),
            ("/api/messages", json!({"leadId": lead, "text": NUMBER_AS_TEXT.parse::<u64>().unwrap()}), 422),
            ("/api/messages", json!({"phone": format!("+{STRANGER}"), "text": QUESTION}), 422),
        ];
        for (path, body, status) in bodies {
            let reply = self.call(Method::POST, path, Some(body.clone())).await;
            assert_eq!(reply.status, status, "{body}: {}", reply.text);
            self.problems.push(reply.text);
        }
        self.issue(META_TOKEN, None);
        for body in [json!({"accessToken": format!("{META_TOKEN} ")}), json!({"accessToken": [META_TOKEN]})] {
            let reply = self.call(Method::PATCH, &channel, Some(body.clone())).await;
            if body["accessToken"].is_string() {
                assert_eq!(reply.status, 200, "surrounding space does not matter");
            } else {
                self.refused(reply, 422);
            }
        }
        self.gives(&account.access_token).await;
        let stage = self.call(Method::PATCH, &format!("/api/leads/{lead}"), Some(json!({"stage": QUESTION}))).await;
        self.refused(stage, 422);
        for path in [
            format!("/api/leads/{STRANGER}"),
            format!("/api/{COOKIE}"),
            format!("/api/leads?stage={QUESTION}"),
            format!("/api/leads?limit={STRANGER}"),
            format!("/api/leads?cursor={BEARER}"),
            format!("/api/conversations?status={QUESTION}"),
        ] {
            let reply = self.call(Method::GET, &path, None).await;
            assert!(reply.status.is_client_error(), "{path}: {}", reply.text);
            self.problems.push(reply.text);
        }
        let forged = Request::get("/api/leads").header("authorization", format!("Bearer {BEARER}"));
        let forged = self.app.ask(forged.header("cookie", COOKIE).body(Body::empty()).unwrap()).await;
        self.refused(forged, 401);
        let broken = Request::post("/api/messages").header("authorization", format!("Bearer {}", self.app.token()));
        let broken = self.app.ask(broken.body(Body::from(format!("{{\"text\": {QUESTION}"))).unwrap()).await;
        self.refused(broken, 400);
    }

    /// Accounts, and what is handed out to them.
    pub async fn accounts_go_wrong(&mut self) {
        let account = self.app.account().clone();
        let login = json!({"email": account.owner_email, "password": account.owner_password});
        let signed_in = self.call(Method::POST, "/api/auth/login", Some(login)).await;
        let invitation = json!({"email": format!("b{ADDRESS}"), "role": "agent"});
        let invited = self.call(Method::POST, "/api/users", Some(invitation)).await;
        let key = json!({"name": NAME, "scopes": ["inbox:read"], "password": account.owner_password});
        let key = self.call(Method::POST, "/api/keys", Some(key)).await;
        let of = |reply: &Reply, field: &str| {
            reply.json[field].as_str().unwrap_or_else(|| panic!("{}", reply.text)).to_owned()
        };
        let refresh = of(&signed_in, "refreshToken");
        let link = of(&invited, "token");
        let key = of(&key, "key");
        let renewed = self.call(Method::POST, "/api/auth/refresh", Some(json!({"refreshToken": refresh}))).await;
        self.app.skip(Duration::from_secs(11));
        let with = |field: &str, value: &str| Some(json!({ field: value }));
        let join =
            json!({"fullName": NAME, "email": ADDRESS, "password": PASSWORD, "agreeToTerms": true, "invitation": link});
        let reset = json!({"token": link, "password": PASSWORD});
        for (path, body, status) in [
            ("/api/auth/refresh", with("refreshToken", &refresh), 401),
            ("/api/auth/refresh", with("refreshToken", BEARER), 401),
            ("/api/auth/refresh", None, 401),
            ("/api/auth/signup", Some(join), 422),
            ("/api/auth/reset-password", Some(reset), 422),
            ("/api/auth/change-password", Some(json!({"currentPassword": PASSWORD, "newPassword": PASSWORD})), 422),
            ("/api/users", Some(json!({"email": ADDRESS, "role": PASSWORD})), 422),
            ("/api/keys", Some(json!({"name": NAME, "scopes": [PASSWORD]})), 422),
            ("/api/clients", Some(json!({"companyName": NAME})), 403),
        ] {
            let reply = self.call(Method::POST, path, body).await;
            self.refused(reply, status);
        }
        let by_key = Request::get("/api/auth/me").header("authorization", format!("Bearer {key}"));
        let by_key = self.app.ask(by_key.body(Body::empty()).unwrap()).await;
        self.refused(by_key, 403);
        let next = of(&renewed, "refreshToken");
        self.handed_out.extend([refresh, next, of(&renewed, "accessToken"), of(&signed_in, "deviceToken"), link, key]);
    }

    /// A second factor is set up; its secret and recovery codes are handed out.
    pub async fn a_second_factor_is_set_up(&mut self) {
        let password = json!({"password": self.app.account().owner_password});
        let offer = self.call(Method::POST, "/api/auth/second-factor", Some(password)).await;
        let secret = offer.json["secret"].as_str().unwrap_or_else(|| panic!("{}", offer.text)).to_owned();
        let totp = TotpSecret::parse(&Secret::new(&secret)).unwrap();
        for (code, status) in [(json!(PASSWORD), 422), (json!("000000"), 401), (json!(7), 422)] {
            let wrong = self.call(Method::POST, "/api/auth/second-factor/confirm", Some(json!({ "code": code }))).await;
            self.refused(wrong, status);
        }
        let code = json!({"code": totp.code_at(self.app.now()).expose()});
        let confirmed = self.call(Method::POST, "/api/auth/second-factor/confirm", Some(code)).await;
        let codes = confirmed.json["recoveryCodes"].as_array().unwrap_or_else(|| panic!("{}", confirmed.text));
        self.handed_out.extend(codes.iter().filter_map(Value::as_str).map(str::to_owned));
        self.handed_out.push(secret);
    }

    /// Mails that go out, that SES does not take, and that nobody reads; their links are handed out.
    pub async fn emails_are_sent(&mut self) {
        let owner = self.app.account().owner_email.clone();
        let wire = Wire::new(|call| if call.operation == "SendEmail" { Turn::Fails } else { Turn::Goes });
        let failing = self.app.workers(&wire, self.app.clock());
        for email in [owner.as_str(), ADDRESS] {
            let forgotten = self.call(Method::POST, "/api/auth/forgot-password", Some(json!({"email": email}))).await;
            assert_eq!(forgotten.status, 202, "{}", forgotten.text);
        }
        failing.pump_changes().await.unwrap();
        self.app.pass(Duration::from_secs(300)).await;
        let mails = self.app.emulator().mailbox().newest(9).unwrap();
        let tokens = mails.iter().filter_map(|mail| mail.text.split_once("#token=")?.1.split_whitespace().next());
        self.handed_out.extend(tokens.map(str::to_owned));
        assert!(mails.iter().any(|mail| mail.to == owner) && mails.iter().any(|mail| mail.to.ends_with(ADDRESS)));
    }

    /// Each attribute of some items of each kind holds something else than it ought to, in turn.
    pub async fn items_are_spoilt(&mut self) {
        let client = aws_sdk_dynamodb::Client::new(&self.app.emulator().sdk_config());
        let items = client.scan().table_name(TABLE).send().await.unwrap().items.unwrap();
        let lead = self.lead["id"].as_str().unwrap().to_owned();
        let open = self.app.get("/api/conversations").await.items()[0]["id"].as_str().unwrap().to_owned();
        let put = async |item: HashMap<String, AttributeValue>| {
            client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
        };
        let mut read_in_vain = 0;
        let mut tried = HashMap::<String, usize>::new();
        for item in items {
            let kind = item.get("ty").and_then(|kind| kind.as_s().ok()).cloned().unwrap_or_default();
            let of_kind = tried.entry(kind).or_default();
            *of_kind += 1;
            if *of_kind > EACH {
                continue;
            }
            let keys = ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK"];
            for name in item.keys().filter(|name| !keys.contains(&name.as_str())) {
                let mut spoilt = item.clone();
                spoilt.insert(name.clone(), AttributeValue::S(QUESTION.to_owned()));
                put(spoilt).await;
                for path in [
                    "/api/leads".to_owned(),
                    format!("/api/leads/{lead}"),
                    format!("/api/conversations/{open}/messages"),
                    "/api/channels".to_owned(),
                    "/api/notices".to_owned(),
                ] {
                    let reply = self.call(Method::GET, &path, None).await;
                    if !reply.status.is_success() {
                        read_in_vain += 1;
                        self.problems.push(reply.text);
                    }
                }
                self.app.meta().receive(&CustomerMessage::text(self.person.id.to_string(), QUESTION)).unwrap();
                self.app.work().await;
                put(item.clone()).await;
            }
        }
        assert!(read_in_vain > 5, "only {read_in_vain} items could not be read");
    }

    /// A handler of the API, an event and a message each panic over what they are about.
    pub async fn handlers_panic(&mut self) {
        let random = Arc::new(Breaking::default());
        let graph = whatsapp::Client::new(whatsapp::transport::http_client().unwrap(), "http://127.0.0.1:9/v1".into());
        let aws = self.app.emulator().sdk_config();
        let queues = self.app.stack().queues().clone();
        let secrets = testkit::secrets(self.app.account());
        let stack =
            Stack::over(self.app.emulator(), &aws, queues, self.app.clock(), random.clone(), secrets, graph).unwrap();
        let gateway = Gateway::new(stack.functions().clone(), self.app.clock(), Arc::new(SystemRandom));
        self.app.says(&self.person, QUESTION).await;
        let body = json!({"leadId": self.lead["id"], "text": ANSWER});
        let request = || self.app.request(Method::POST, "/api/messages", &[], Some(body.clone()));
        assert_eq!(testkit::ask(&gateway, request()).await.status, 202);
        stack.pump_relay().await.unwrap();
        let stranger = Sender { name: NAME, phone: Some("4915550172840"), user: None };
        assert_eq!(self.app.deliver(stranger.writes("wamid.panic", NOW.seconds(), QUESTION)).await.status, 200);
        random.0.store(true, Ordering::SeqCst);
        // A panic is a line of the log now; the test's own words are wanted again afterwards.
        let words = std::panic::take_hook();
        runtime::logs::install_panic_hook();
        let reply = testkit::ask(&gateway, request()).await;
        let sends = stack.poll_outbound().await.unwrap();
        let events = stack.poll_inbound().await.unwrap();
        std::panic::set_hook(words);
        self.refused(reply, 500);
        assert_eq!((sends.received, sends.failed), (1, 1), "the message's worker panicked");
        let parked = self.app.stack().store().parked(100).await.unwrap();
        assert!(parked.iter().any(|parked| parked.reason.contains("panic")), "{events:?} {parked:?}");
    }

    /// What must be found nowhere.
    pub fn canaries(&self) -> Canaries {
        let account = self.app.account();
        let told = |field: &str| self.lead[field].as_str().unwrap().trim_start_matches('+').to_owned();
        let handed_out = self.handed_out.iter().map(|token| ("what was handed out", token.clone()));
        Canaries(
            handed_out
                .chain([
                    ("a customer's name", NAME.to_owned()),
                    ("a customer's text", QUESTION.to_owned()),
                    ("an agent's text", ANSWER.to_owned()),
                    ("a customer's phone", told("phone")),
                    ("a customer's user id", told("bsuid")),
                    ("a stranger's phone", STRANGER.to_owned()),
                    ("a number's own token", META_TOKEN.to_owned()),
                    ("a cookie", COOKIE.to_owned()),
                    ("a forged token", BEARER.to_owned()),
                    ("a token of ours", self.app.token()),
                    ("a wrong password", PASSWORD.to_owned()),
                    ("a password that is a number", NUMBER_AS_TEXT.to_owned()),
                    ("the owner's password", account.owner_password.clone()),
                    ("an address", ADDRESS.to_owned()),
                    ("the application's token", account.access_token.clone()),
                    ("the app secret", account.app_secret.clone()),
                    ("the verify token", account.verify_token.clone()),
                    ("the signature key", account.token_key.clone()),
                    ("the signing seed", account.signing_seed.clone()),
                ])
                .collect(),
        )
    }
}
