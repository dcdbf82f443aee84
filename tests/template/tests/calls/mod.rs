//! One of everything that Leadwire does, with every call that its functions make for it.

use domain::ids::OperatorId;
use leadwire::Stack;
use leadwire::stack::{INBOUND, Trigger};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::bodies::as_posted;
use testkit::files::files;
use testkit::wire::GRAPH;
use testkit::{CountingIds, CustomerMessage, TestApp, Turn, Wire};

/// More rounds than this has no story.
const ROUNDS: usize = 1000;

/// From this receipt on an event is on trial.
const OFTEN: usize = 8;

/// A call that a function made.
#[derive(Clone, Debug)]
pub struct Call {
    pub function: &'static str,
    pub operation: String,
    pub body: Value,
}

#[derive(Debug, Default)]
struct Record {
    function: &'static str,
    /// The operation that fails the next time.
    fails: Option<&'static str>,
    calls: Vec<Call>,
}

impl Record {
    fn meet(&mut self, operation: &str, body: &str) -> Turn {
        if operation != GRAPH {
            let body = serde_json::from_str(body).unwrap_or_default();
            self.calls.push(Call { function: self.function, operation: operation.to_owned(), body });
        }
        match self.fails.take_if(|fails| *fails == operation) {
            Some(_) => Turn::Fails,
            None => Turn::Goes,
        }
    }
}

/// The functions of an app, whose calls are written down.
struct Watched<'a> {
    app: &'a TestApp,
    stack: Stack,
    record: Arc<Mutex<Record>>,
}

impl<'a> Watched<'a> {
    fn new(app: &'a TestApp) -> Self {
        let record = Arc::new(Mutex::new(Record::default()));
        let met = Arc::clone(&record);
        let wire = Wire::new(move |call| met.lock().unwrap().meet(call.operation, call.body));
        Self { app, stack: app.workers(&wire, app.clock()), record }
    }

    fn at(&self, function: &'static str) {
        self.record.lock().unwrap().function = function;
    }

    fn fails_next(&self, operation: &'static str) {
        self.record.lock().unwrap().fails = Some(operation);
    }

    async fn deliver(&self, body: impl Into<Vec<u8>>) {
        self.at("webhook");
        let answer = testkit::ask(&self.stack.gateway(), self.app.delivery(body)).await;
        assert_eq!(answer.status, 200);
    }

    async fn api(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        self.api_by(&self.app.token(), method, path, body).await
    }

    async fn api_by(&self, token: &str, method: &str, path: &str, body: Option<Value>) -> Value {
        self.at("api");
        let name = domain::digest::hex(&[method, path, &body.as_ref().map_or_else(String::new, Value::to_string)]);
        let key = [("idempotency-key", name.as_str())];
        let mut request = self.app.request(method.parse().unwrap(), path, &key, body);
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        let answer = testkit::ask(&self.stack.gateway(), request).await;
        assert!(answer.status.is_success(), "{method} {path}: {}", answer.text);
        answer.json
    }

    async fn settle(&self) {
        for _ in 0..ROUNDS {
            let mut busy = self.app.meta().deliver_due().await.unwrap().answered > 0;
            for trigger in Trigger::ALL {
                self.at(name(trigger));
                busy |= self.stack.pull(trigger).await.unwrap() && trigger != Trigger::Schedule;
            }
            if !busy {
                return;
            }
        }
        panic!("the work goes in circles");
    }

    async fn pass(&self, minutes: u32) {
        for _ in 0..minutes {
            self.app.skip(Duration::from_secs(60));
            self.settle().await;
        }
    }
}

const fn name(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Inbound => "inbound",
        Trigger::Outbound => "outbound",
        Trigger::Relay => "relay",
        Trigger::Changes => "changes",
        Trigger::Schedule => "schedule",
    }
}

/// Has everything happen in `app` that a function makes a call for, and tells the calls.
pub async fn everything(app: &TestApp) -> Vec<Call> {
    let watched = Watched::new(app);
    whatever_whatsapp_sends(&watched).await;
    whatever_agents_ask(&watched).await;
    whatever_owners_and_operators_ask(&watched).await;
    whoever_looks_on(&watched).await;
    what_goes_wrong(&watched).await;
    let record = watched.record.lock().unwrap();
    record.calls.clone()
}

/// Has the schedule begin the audit's chains in `app`, where nobody did before: the record of the first entry is lost.
pub async fn a_first_entry_without_its_record(app: &TestApp) -> Vec<Call> {
    let watched = Watched::new(app);
    watched.api("PATCH", "/api/settings", Some(json!({"companyName": "Another Name"}))).await;
    watched.app.forget_stream("changes").await;
    watched.pass(3).await;
    let record = watched.record.lock().unwrap();
    record.calls.clone()
}

async fn whatever_whatsapp_sends(watched: &Watched<'_>) {
    for file in files("whatsapp") {
        watched.deliver(as_posted(&testkit::event(&format!("whatsapp/{file}.json")))).await;
    }
    watched.deliver("not JSON").await;
    let number = &watched.app.account().phone_number_id;
    watched.deliver(as_posted(&testkit::event("whatsapp/text.json")).replace(number, "199999999999999")).await;
    watched.settle().await;
    watched.pass(3).await;
}

async fn whatever_agents_ask(watched: &Watched<'_>) {
    let asha = watched.app.person("Asha");
    watched.app.meta().receive(&CustomerMessage::text(asha.id.to_string(), "Hello")).unwrap();
    watched.settle().await;
    for path in ["/api/health", "/api/auth/me", "/api/leads", "/api/conversations", "/api/channels", "/api/notices"] {
        watched.api("GET", path, None).await;
    }
    let account = watched.app.account();
    let login = json!({"email": account.owner_email, "password": account.owner_password});
    watched.api("POST", "/api/auth/login", Some(login)).await;
    let channel_path = format!("/api/channels/{}", account.channel);
    watched.api("PATCH", &channel_path, Some(json!({"accessToken": account.access_token}))).await;
    let lead = watched.api("GET", "/api/leads?limit=1", None).await["items"][0]["id"].clone();
    let lead_path = format!("/api/leads/{}", lead.as_str().unwrap());
    watched.api("GET", &lead_path, None).await;
    watched.api("PATCH", &lead_path, Some(json!({"stage": "Qualified"}))).await;
    let open = watched.api("GET", "/api/conversations?limit=1", None).await["items"][0]["id"].clone();
    let open_path = format!("/api/conversations/{}", open.as_str().unwrap());
    watched.api("GET", &format!("{open_path}/messages"), None).await;
    watched.api("POST", &format!("{open_path}/read"), None).await;
    watched.api("POST", &format!("{open_path}/typing"), None).await;
    watched.api("POST", &format!("{open_path}/claim"), None).await;
    watched.api("GET", "/api/conversations/counts", None).await;
    let until = watched.app.now().plus(Duration::from_secs(60)).to_string();
    watched.api("PATCH", &open_path, Some(json!({"status": "snoozed", "snoozedUntil": until}))).await;
    watched.pass(2).await;
    let known = json!({"leadId": lead});
    watched.api("POST", "/api/conversations", Some(known)).await;
    let long = "We are, from ten to four. ".repeat(100);
    watched.api("POST", "/api/messages", Some(json!({"leadId": lead, "text": long}))).await;
    watched.settle().await;
    let phone = format!("+{}", asha.wa_id);
    let monday = json!({"phoneNumber": phone, "text": "And on Monday."});
    watched.api("POST", "/api/messages", Some(monday)).await;
    watched.settle().await;
    let sent = watched.app.meta().sends(None).unwrap()[0].wamid.clone();
    let also = json!({"phoneNumber": phone, "text": "And on Sunday.", "replyTo": sent});
    watched.api("POST", "/api/messages", Some(also)).await;
    watched.app.forget_stream("relay").await;
    watched.pass(4).await;
}

async fn whatever_owners_and_operators_ask(watched: &Watched<'_>) {
    let key = api::secrets::new_key(api::KEY_PREFIX, &CountingIds::default());
    let operator = OperatorId::from_parts(watched.app.now(), 1);
    let store = watched.app.stack().store();
    store.create_operator(operator, &api::secrets::digest_of(key.expose())).await.unwrap();
    watched.api_by(key.expose(), "GET", "/api/clients", None).await;
    let invitation = json!({"email": "bo@example.com", "role": "agent"});
    let invited = watched.api("POST", "/api/users", Some(invitation)).await["id"].clone();
    letters_are_sent(watched).await;
    watched.api("DELETE", &format!("/api/invitations/{}", invited.as_str().unwrap()), None).await;
    let account = watched.app.account();
    let login = json!({"email": account.owner_email, "password": account.owner_password});
    let refresh = watched.api("POST", "/api/auth/login", Some(login)).await["refreshToken"].clone();
    watched.api("POST", "/api/auth/logout", Some(json!({"refreshToken": refresh}))).await;
    let guess = json!({"email": account.owner_email, "password": "not the password"});
    let request = watched.app.request("POST".parse().unwrap(), "/api/auth/login", &[], Some(guess));
    watched.at("api");
    assert_eq!(testkit::ask(&watched.stack.gateway(), request).await.status, 401);
    watched.pass(2).await;
}

/// An invitation and a link for a new password: as the stream shows them, and as they are due.
async fn letters_are_sent(watched: &Watched<'_>) {
    let forgotten = json!({"email": watched.app.account().owner_email});
    watched.api("POST", "/api/auth/forgot-password", Some(forgotten.clone())).await;
    watched.settle().await;
    watched.api("POST", "/api/auth/forgot-password", Some(forgotten)).await;
    watched.api("POST", "/api/users", Some(json!({"email": "cy@example.com", "role": "agent"}))).await;
    watched.app.forget_stream("changes").await;
    watched.pass(2).await;
    assert_eq!(watched.app.emulator().mailbox().newest(9).unwrap().len(), 4);
}

/// Browsers that are told, of which one cannot be served, and one is gone.
async fn whoever_looks_on(watched: &Watched<'_>) {
    let open = watched.api("GET", "/api/conversations?limit=1", None).await["items"][0].clone();
    let (conversation, lead) = (&open["id"], open["leadId"].as_str().unwrap());
    let mut browsers = Vec::new();
    for _ in 0..3 {
        let ticket = watched.api("POST", "/api/realtime/ticket", None).await["ticket"].clone();
        watched.at("realtime");
        let query = format!("ticket={}", ticket.as_str().unwrap());
        browsers.push(watched.stack.sockets().connect(&query, std::net::Ipv4Addr::LOCALHOST.into()).await.unwrap());
    }
    watched.settle().await;
    watched.at("realtime");
    for text in [json!({"type": "open", "conversationId": conversation}), json!({"type": "ping"})] {
        browsers[0].say(&text.to_string()).await;
    }
    watched.app.emulator().connections().fail(true);
    browsers[1].say(r#"{"type":"ping"}"#).await;
    browsers[1].say(r#"{"type":"ping"}"#).await;
    watched.app.emulator().connections().fail(false);
    watched.api("PATCH", &format!("/api/leads/{lead}"), Some(json!({"stage": "Won"}))).await;
    watched.settle().await;
    watched.app.emulator().connections().fail(true);
    let ravi = watched.app.person("Ravi");
    watched.app.meta().receive(&CustomerMessage::text(ravi.id.to_string(), "Hello")).unwrap();
    watched.settle().await;
    watched.app.emulator().connections().fail(false);
    watched.at("realtime");
    for browser in browsers {
        browser.end().await;
    }
}

async fn what_goes_wrong(watched: &Watched<'_>) {
    let ravi = watched.app.person("Ravi");
    let says = |text: &str| watched.app.meta().receive(&CustomerMessage::text(ravi.id.to_string(), text)).unwrap();
    says("Hello");
    watched.app.meta().deliver_due().await.unwrap();
    for _ in 0..OFTEN {
        let dies = |_| async { Err::<aws_lambda_events::sqs::SqsBatchResponse, _>("the worker died") };
        watched.app.emulator().queue_source(INBOUND).poll_once(&dies).await.unwrap();
        watched.app.skip(Duration::from_secs(91));
    }
    watched.settle().await;
    watched.fails_next("PutItem");
    says("Are you there?");
    watched.pass(2).await;
    let lead = watched.api("GET", "/api/leads?limit=1", None).await["items"][0]["id"].clone();
    watched.fails_next(GRAPH);
    watched.api("POST", "/api/messages", Some(json!({"leadId": lead, "text": "We are."}))).await;
    watched.pass(5).await;
    let unreadable =
        json!({"metadata": {"phone_number_id": watched.app.account().phone_number_id}, "messages": ["none"]});
    watched.app.meta().inject("messages", unreadable).unwrap();
    watched.settle().await;
    let parked = watched.api("GET", "/api/parked?limit=1", None).await["items"][0]["id"].clone();
    watched.api("GET", &format!("/api/parked/{}", parked.as_str().unwrap()), None).await;
}
