//! One of everything that Leadwire does, with every call that its functions make for it.

mod business;
mod crm;

use domain::Secret;
use domain::ids::OperatorId;
use leadwire::Stack;
use leadwire::stack::{INBOUND, JOBS, Trigger};
use meta_simulator::{Person, TokenWish};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::bodies::as_posted;
use testkit::files::files;
use testkit::wire::GRAPH;
use testkit::{CountingRandom, CustomerMessage, Kind, TestApp, Turn, Wire};
use whatsapp::CallbackData;

/// More rounds than this has no story.
const ROUNDS: usize = 1000;

/// From this receipt on an event is on trial.
const OFTEN: usize = 8;

/// The SHA-256 digest of the file `x`.
const DIGEST_OF_X: &str = "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=";

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
        let body_text = body.as_ref().map_or_else(String::new, Value::to_string);
        let name = domain::digest::hex(&[method, path, &body_text, &self.app.now().to_string()]);
        let key = [("idempotency-key", name.as_str())];
        let mut request = self.app.request(method.parse().unwrap(), path, &key, body);
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        let gateway = self.stack.gateway();
        let answer = Box::pin(testkit::ask(&gateway, request)).await;
        assert!(answer.status.is_success(), "{method} {path}: {}", answer.text);
        answer.json
    }

    async fn says(&self, person: &Person, words: &str) {
        self.app.meta().receive(&CustomerMessage::text(person.id.to_string(), words)).unwrap();
        self.settle().await;
    }

    async fn settle(&self) {
        for _ in 0..ROUNDS {
            let mut busy = self.app.meta().deliver_due().await.unwrap().answered > 0;
            for trigger in Trigger::ALL {
                self.at(name(trigger));
                busy |= Box::pin(self.stack.pull(trigger)).await.unwrap() && trigger != Trigger::Schedule;
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
        Trigger::Jobs => "jobs",
        Trigger::Schedule => "schedule",
    }
}

/// Has everything happen in `app` that a function makes a call for, and tells the calls.
pub async fn everything(app: &TestApp) -> Vec<Call> {
    let watched = Watched::new(app);
    Box::pin(whatever_whatsapp_sends(&watched)).await;
    Box::pin(whatever_agents_ask(&watched)).await;
    Box::pin(whatever_owners_and_operators_ask(&watched)).await;
    Box::pin(a_number_is_connected(&watched)).await;
    Box::pin(numbers_are_shared_on_metas_page(&watched)).await;
    Box::pin(whoever_looks_on(&watched)).await;
    Box::pin(files_come_and_go(&watched)).await;
    Box::pin(what_goes_wrong(&watched)).await;
    Box::pin(crm::what_happens_to_leads(&watched)).await;
    Box::pin(templates_come_and_go(&watched)).await;
    Box::pin(business::what_a_business_sets_up(&watched)).await;
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
    let lead = lead_of(watched, "Asha").await;
    let lead_path = format!("/api/leads/{}", lead.as_str().unwrap());
    watched.api("GET", &lead_path, None).await;
    watched.api("PATCH", &lead_path, Some(json!({"stage": "Qualified"}))).await;
    leads_are_kept(watched).await;
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

/// A field of an answer that is a text.
fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field}: {value}")).to_owned()
}

/// The ID of the lead with this name: among those of the event files, one has opted out of messages.
async fn lead_of(watched: &Watched<'_>, name: &str) -> Value {
    let leads = watched.api("GET", "/api/leads?limit=100", None).await;
    let found = leads["items"].as_array().and_then(|leads| leads.iter().find(|lead| lead["name"] == name));
    found.expect("the lead is listed")["id"].clone()
}

async fn leads_are_kept(watched: &Watched<'_>) {
    let new = json!({"name": "Bo Lind", "phone": "+4915112345678", "email": "bo@example.com", "tags": ["late"]});
    let made = watched.api("POST", "/api/leads", Some(new)).await;
    let path = format!("/api/leads/{}", made["id"].as_str().unwrap());
    watched.settle().await;
    let other = json!({"name": "Bo", "phone": "+4915112345679", "email": null, "tags": []});
    watched.api("PATCH", &path, Some(other)).await;
    watched.app.forget_stream("changes").await;
    watched.pass(4).await;
    watched.api("GET", "/api/leads?source=Other", None).await;
    watched.api("GET", "/api/search?q=lind", None).await;
    watched.api("POST", &format!("{path}/notes"), Some(json!({"text": "Wants a discount"}))).await;
    let due = watched.app.now().plus(Duration::from_secs(60)).to_string();
    let task = watched.api("POST", &format!("{path}/tasks"), Some(json!({"text": "Call back", "dueAt": due}))).await;
    watched.pass(2).await;
    let task = format!("{path}/tasks/{}", task["id"].as_str().unwrap());
    watched.api("PATCH", &task, Some(json!({"done": true}))).await;
    watched.api("DELETE", &task, None).await;
    watched.api("DELETE", &path, None).await;
    watched.api("GET", "/api/leads?deleted=true", None).await;
    watched.api("POST", &format!("{path}/restore"), None).await;
    watched.settle().await;
}

async fn whatever_owners_and_operators_ask(watched: &Watched<'_>) {
    let key = api::web::secrets::new_key(api::KEY_PREFIX, &CountingRandom::default());
    let operator = OperatorId::from_parts(watched.app.now(), 1);
    let store = watched.app.stack().store();
    store.create_operator(operator, &api::web::secrets::digest_of(key.expose())).await.unwrap();
    watched.api_by(key.expose(), "GET", "/api/clients", None).await;
    let invitation = json!({"email": "bo@example.com", "role": "agent"});
    let invited = watched.api("POST", "/api/users", Some(invitation)).await["id"].clone();
    emails_are_sent(watched).await;
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

/// A number that is connected, proved to Meta, checked, paused, resumed and disconnected.
async fn a_number_is_connected(watched: &Watched<'_>) {
    let number = watched.app.meta().numbers()[1].clone();
    let body = json!({
        "name": "Second", "phoneNumberId": number.phone_number_id, "businessAccountId": number.waba_id,
        "accessToken": number.access_token,
    });
    let channel = watched.api("POST", "/api/channels", Some(body.clone())).await;
    let path = format!("/api/channels/{}", channel["id"].as_str().unwrap());
    watched.at("webhook");
    let token = channel["verifyToken"].as_str().unwrap();
    let query = format!("hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1");
    let handshake = format!("/api/webhook/whatsapp?{query}");
    let request = watched.app.request("GET".parse().unwrap(), &handshake, &[], None);
    assert_eq!(testkit::ask(&watched.stack.gateway(), request).await.status, 200);
    watched.api("POST", &format!("{path}/check"), None).await;
    watched.settle().await;
    watched.api("POST", &format!("{path}/toggle"), None).await;
    watched.api("POST", &format!("{path}/toggle"), None).await;
    watched.api("DELETE", &path, None).await;
    watched.api("POST", "/api/channels", Some(body)).await;
    watched.api("DELETE", &path, None).await;
}

/// A number that is connected on Meta's page; one that a phone shares by a QR code, for a front end with a socket.
async fn numbers_are_shared_on_metas_page(watched: &Watched<'_>) {
    let number = watched.app.meta().numbers()[1].clone();
    let returned = |url: &str| {
        let back = watched.app.meta().sign_up(url, &number.phone_number_id).unwrap();
        let query = back.split_once('?').unwrap().1.to_owned();
        let value = |name: &str| {
            let pair = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            pair.unwrap().to_owned()
        };
        json!({"code": value("code"), "state": value("state")})
    };
    let signup = watched.api("POST", "/api/channels/signup", Some(json!({}))).await;
    let body = returned(signup["url"].as_str().unwrap());
    let channel = watched.api("POST", "/api/channels/signup/complete", Some(body)).await;
    let path = format!("/api/channels/{}", channel["id"].as_str().unwrap());
    watched.settle().await;
    watched.api("DELETE", &path, None).await;

    let ticket = watched.api("POST", "/api/realtime/ticket", None).await["ticket"].clone();
    watched.at("realtime");
    let query = format!("dialect=sessions&ticket={}", ticket.as_str().unwrap());
    let socket = watched.stack.sockets().connect(&query, std::net::Ipv4Addr::LOCALHOST.into()).await.unwrap();
    // The API's own calls are not this function's: it gets no further than to the pass.
    watched.fails_next("DeleteItem");
    socket.say(r#"{"type":"create_session"}"#).await;
    watched.at("api");
    let mut request = watched.app.request("GET".parse().unwrap(), "/api/sessions", &[], None);
    request.headers_mut().insert("authorization", "Pass that-was-never-given".parse().unwrap());
    assert_eq!(testkit::ask(&watched.stack.gateway(), request).await.status, 401);
    let session = watched.api("POST", "/api/sessions", None).await;
    watched.api("GET", "/api/sessions", None).await;
    let path = format!("/api/sessions/{}", session["id"].as_str().unwrap());
    let session = watched.api("GET", &format!("{path}/status"), None).await;
    let state = session["link"].as_str().unwrap().split_once("?scan=").unwrap().1.to_owned();
    let scanned = watched.api("POST", "/api/sessions/scan", Some(json!({"state": state}))).await;
    let body = returned(scanned["url"].as_str().unwrap());
    watched.api("POST", "/api/sessions/complete", Some(body)).await;
    watched.settle().await;
    let asha = watched.app.person("Asha");
    let to = Some(number.phone_number_id.clone());
    watched.app.meta().receive(&CustomerMessage { to, ..CustomerMessage::text(asha.id.to_string(), "Hello") }).unwrap();
    let update = json!({"event": "ACCOUNT_RECONNECTED", "waba_info": {"waba_id": number.waba_id}});
    watched.app.meta().inject("account_update", update).unwrap();
    watched.settle().await;
    watched.api("GET", &format!("{path}/messages"), None).await;
    watched.api("DELETE", &path, None).await;
    watched.settle().await;
    watched.at("realtime");
    socket.end().await;
    // A test of Meta's dashboard, which names a number of nobody's.
    let metadata = json!({"display_phone_number": "16505551111", "phone_number_id": "123456123"});
    let message = json!({"id": "wamid.TEST", "from": "16315551181", "timestamp": "1790000000", "type": "text", "text": {"body": "this is a text message"}});
    let value = json!({"messaging_product": "whatsapp", "metadata": metadata, "messages": [message]});
    let change = json!({"field": "messages", "value": value});
    let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "0", "changes": [change]}]});
    watched.deliver(body.to_string()).await;
    watched.settle().await;
    watched.api("GET", "/api/whatsapp/status", None).await;
}

/// An invitation and a link for a new password: as the stream shows them, and as they are due.
async fn emails_are_sent(watched: &Watched<'_>) {
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
    let conversation = &open["id"];
    let lead = open["leadId"].as_str().unwrap();
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
    watched.app.meta().receive(&CustomerMessage::new(ravi.id.to_string(), Kind::Image)).unwrap();
    watched.settle().await;
    watched.app.emulator().connections().fail(false);
    watched.at("realtime");
    for browser in browsers {
        browser.end().await;
    }
}

/// A file that comes, one whose task is lost, one that is refused and fetched again, one that goes, and a task that is none.
async fn files_come_and_go(watched: &Watched<'_>) {
    let asha = watched.app.person("Asha");
    let photo = || watched.app.meta().receive(&CustomerMessage::new(asha.id.to_string(), Kind::Image)).unwrap();
    photo();
    watched.settle().await;
    photo();
    watched.app.meta().deliver_due().await.unwrap();
    watched.at("inbound");
    watched.stack.pull(Trigger::Inbound).await.unwrap();
    watched.app.forget_stream("changes").await;
    watched.pass(3).await;
    watched.app.meta().turn(&json!({"mediaFault": "gone"})).unwrap();
    photo();
    watched.settle().await;
    watched.app.meta().turn(&json!({"mediaFault": null})).unwrap();
    let open = watched.api("GET", "/api/conversations?limit=1", None).await["items"][0]["id"].clone();
    let messages = watched.api("GET", &format!("/api/conversations/{}/messages", open.as_str().unwrap()), None).await;
    let media = messages["items"][0]["media"]["id"].as_str().unwrap().to_owned();
    watched.api("POST", &format!("/api/media/{media}/refetch"), None).await;
    watched.settle().await;
    let upload = json!({"mimeType": "image/png", "size": 1, "sha256": DIGEST_OF_X});
    let begun = watched.api("POST", "/api/media", Some(upload)).await;
    watched.app.put(&begun["upload"], b"x").await;
    watched.api("GET", &format!("/api/media/{}", begun["id"].as_str().unwrap()), None).await;
    let lead = watched.api("GET", "/api/conversations?limit=1", None).await["items"][0]["leadId"].clone();
    let image = json!({"leadId": lead, "type": "image", "image": {"mediaId": begun["id"]}});
    watched.api("POST", "/api/messages", Some(image)).await;
    watched.pass(5).await;
    let queues = aws_sdk_sqs::Client::new(&watched.app.emulator().sdk_config());
    let url = queues.get_queue_url().queue_name(JOBS).send().await.unwrap().queue_url.unwrap();
    queues.send_message().queue_url(url).message_body("no task").send().await.unwrap();
    watched.fails_next("PutItem");
    watched.pass(2).await;
}

/// Templates that are read, page by page, with a lost record, after a webhook and a day later; one that is sent to a stranger,
/// and one that is created and deleted.
async fn templates_come_and_go(watched: &Watched<'_>) {
    watched.app.meta().turn(&json!({"templatesPerPage": 10})).unwrap();
    watched.api("POST", "/api/templates/sync", None).await;
    watched.app.forget_stream("changes").await;
    watched.pass(5).await;
    let listed = watched.api("GET", "/api/templates?status=approved", None).await;
    let known = listed["items"][0]["id"].as_str().unwrap().to_owned();
    watched.api("GET", &format!("/api/templates/{known}"), None).await;
    watched.api("GET", "/api/templates/sync", None).await;
    let template = json!({"name": "we_miss_you", "language": "en"});
    let stranger = json!({"phoneNumber": "+34600111222", "template": template});
    watched.api("POST", "/api/messages/template", Some(stranger)).await;
    let new = json!({"name": "hello", "language": "en", "category": "utility", "body": "Hello there."});
    let new = watched.api("POST", "/api/templates", Some(new)).await["id"].clone();
    watched.app.forget_stream("changes").await;
    watched.pass(4).await;
    watched.api("DELETE", &format!("/api/templates/{}", new.as_str().unwrap()), None).await;
    watched.settle().await;
    watched.app.skip(Duration::from_secs(25 * 3600));
    watched.pass(2).await;
}

/// A number is paused and resumed: its messages are held.
async fn number_is_paused(watched: &Watched<'_>, lead: &Value) {
    let toggle = format!("/api/channels/{}/toggle", watched.app.account().channel);
    let send = async |text: &str| {
        watched.api("POST", "/api/messages", Some(json!({"leadId": lead, "text": text}))).await;
        watched.settle().await;
    };
    watched.api("POST", &toggle, None).await;
    send("Held until the number is resumed").await;
    watched.api("GET", "/api/channels", None).await;
    watched.api("POST", &toggle, None).await;
    watched.settle().await;
    // A message that is accepted after the resumption, before the stream tells of it, goes behind the held one.
    watched.api("POST", &toggle, None).await;
    send("Held and found by the next one").await;
    watched.api("POST", &toggle, None).await;
    testkit::forget_stream(watched.app.emulator(), "changes").await;
    send("After the number was resumed").await;
    // Of a resumption that the stream lost, and of a message that is held for too long.
    watched.api("POST", &toggle, None).await;
    send("Held for too long").await;
    watched.app.skip(Duration::from_secs(24 * 3600));
    watched.pass(2).await;
    watched.api("POST", &toggle, None).await;
    testkit::forget_stream(watched.app.emulator(), "changes").await;
    watched.pass(5).await;
}

/// Meta refuses the number's token: its messages are held until it has another one. Of one of them, WhatsApp tells a
/// status all the same.
async fn token_is_refused(watched: &Watched<'_>, lead: &Value) {
    let account = watched.app.account();
    let path = format!("/api/channels/{}", account.channel);
    let token = watched.app.meta().issue_token(TokenWish::default()).unwrap().access_token;
    watched.api("PATCH", &path, Some(json!({"accessToken": token}))).await;
    let expired = TokenWish { access_token: Some(token), expires_in_seconds: Some(0), ..TokenWish::default() };
    watched.app.meta().issue_token(expired).unwrap();
    let text = "Held until the token is replaced";
    let held = watched.api("POST", "/api/messages", Some(json!({"leadId": lead, "text": text}))).await;
    watched.settle().await;
    let word = |field: &str| held[field].as_str().unwrap().to_owned();
    let key = Secret::new(account.token_key.clone());
    let conversation = word("conversationId").parse().unwrap();
    let name = CallbackData::sign(&key, account.tenant, conversation, word("id").parse().unwrap());
    let time = watched.app.now().seconds().to_string();
    let status = json!({"id": "wamid.HELD", "status": "sent", "timestamp": time, "biz_opaque_callback_data": name});
    let told = json!({"metadata": {"phone_number_id": account.phone_number_id}, "statuses": [status]});
    watched.app.meta().inject("messages", told).unwrap();
    watched.settle().await;
    watched.api("PATCH", &path, Some(json!({"accessToken": account.access_token}))).await;
    watched.pass(2).await;
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
    let lead = lead_of(watched, "Ravi").await;
    watched.fails_next(GRAPH);
    watched.api("POST", "/api/messages", Some(json!({"leadId": lead, "text": "We are."}))).await;
    watched.pass(5).await;
    token_is_refused(watched, &lead).await;
    number_is_paused(watched, &lead).await;
    let unreadable =
        json!({"metadata": {"phone_number_id": watched.app.account().phone_number_id}, "messages": ["none"]});
    watched.app.meta().inject("messages", unreadable).unwrap();
    watched.settle().await;
    let parked = watched.api("GET", "/api/parked?limit=1", None).await["items"][0]["id"].clone();
    watched.api("GET", &format!("/api/parked/{}", parked.as_str().unwrap()), None).await;
}
