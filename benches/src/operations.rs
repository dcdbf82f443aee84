//! Every operation that happens often, each measured once, from its request to the last thing that it leads to.

use crate::bodies::{Taken, message, phone, status, wamid};
use crate::meta::PHOTO_DIGEST;
use crate::meter::{Spent, Units};
use crate::world::{Bill, World};
use http::Method;
use serde_json::{Value, json};

/// What a page holds in these measurements.
const PAGES: [usize; 2] = [20, 50];

/// More people than a page holds.
const PEOPLE: usize = 60;

/// Somebody whose messages are not measured: they see to it that what a worker remembers is remembered.
const BYSTANDER: usize = 999_999;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    FirstContact,
    StageMove,
    Text,
    /// A text that is the first one after our answer.
    TextAfterAnswer,
    /// A text that is too long to stand in its entry.
    LongText,
    Image,
    Reaction,
    Edit,
    Repetition,
    Send,
    Sent,
    Delivered,
    Read,
    AgentMovesStage,
    MarkRead,
    Claim,
    Close,
    Reopen,
    Counts,
    /// A page of leads, with an unread message each or none.
    Leads(usize, bool),
    /// A page of conversations, with an unread message each or none.
    Conversations(usize, bool),
    Messages(usize),
    /// A lead that an agent writes down.
    CreateLead,
    /// A search that finds more than a page of leads.
    Search,
    Minute,
    /// The same, with one status of nobody's message that is tried again.
    Due,
}

impl Operation {
    pub fn name(self) -> String {
        let page = |what: &str, many: usize, unread: bool| {
            format!("page of {many} {what}, {}", if unread { "each with an unread message" } else { "all read" })
        };
        match self {
            Self::FirstContact => "first contact".to_owned(),
            Self::StageMove => "second message, which moves the stage".to_owned(),
            Self::Text => "text of a known customer".to_owned(),
            Self::TextAfterAnswer => "text of a known customer, the first after our reply".to_owned(),
            Self::LongText => "text of 1,000 characters".to_owned(),
            Self::Image => "photo with caption".to_owned(),
            Self::Reaction => "reaction to an outbound message".to_owned(),
            Self::Edit => "edit of the last message".to_owned(),
            Self::Repetition => "text that Meta delivers again".to_owned(),
            Self::Send => "outbound message, from request to accepted".to_owned(),
            Self::Sent => "status: sent".to_owned(),
            Self::Delivered => "status: delivered".to_owned(),
            Self::Read => "status: read".to_owned(),
            Self::AgentMovesStage => "an agent moves the stage".to_owned(),
            Self::MarkRead => "an agent reads a conversation, with the read receipt".to_owned(),
            Self::Claim => "an agent claims a conversation".to_owned(),
            Self::Close => "an agent closes a conversation".to_owned(),
            Self::Reopen => "text that reopens a conversation".to_owned(),
            Self::Counts => "counts of the 61 open conversations of a business".to_owned(),
            Self::Leads(many, unread) => page("leads", many, unread),
            Self::Conversations(many, unread) => page("conversations", many, unread),
            Self::Messages(many) => format!("page of {many} messages"),
            Self::CreateLead => "an agent creates a lead with name, phone, email address and a tag".to_owned(),
            Self::Search => "a search by four digits that finds 60 leads, the first 20 shown".to_owned(),
            Self::Minute => "a minute without due work".to_owned(),
            Self::Due => "a minute in which one status is retried".to_owned(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Cost {
    pub operation: Operation,
    pub bill: Bill,
}

impl Cost {
    /// All functions together.
    pub fn total(&self) -> Spent {
        self.bill.values().fold(Spent::default(), |sum, spent| Spent {
            invocations: sum.invocations + spent.invocations,
            calls: sum.calls + spent.calls,
            queue_calls: sum.queue_calls + spent.queue_calls,
            file_puts: sum.file_puts + spent.file_puts,
            file_gets: sum.file_gets + spent.file_gets,
            posts: sum.posts + spent.posts,
            told: sum.told + spent.told,
            worked_out: sum.worked_out + spent.worked_out,
        })
    }

    pub fn units(&self) -> Units {
        self.total().told
    }
}

/// What `operation` costs, of `costs`.
pub fn cost_of(costs: &[Cost], operation: Operation) -> &Cost {
    let found = costs.iter().find(|cost| cost.operation == operation);
    found.unwrap_or_else(|| panic!("{} was not measured", operation.name()))
}

/// Measures every operation, and gives them in the order in which they are declared.
pub async fn measure() -> Vec<Cost> {
    let mut teller = Teller { world: World::start().await, costs: Vec::new(), names: 0 };
    Box::pin(teller.customer_writes()).await;
    Box::pin(teller.agent_answers()).await;
    Box::pin(teller.customer_remarks()).await;
    Box::pin(teller.pages()).await;
    let minute = teller.world.minute().await;
    teller.keep(Operation::Minute, minute);
    let unknown = Taken { wamid: teller.name(), callback_data: "lw1.nobody".to_owned(), to: "551190000099".to_owned() };
    teller.world.delivered(status("status-delivered", &unknown, teller.world.now())).await;
    teller.world.skip(61);
    let due = teller.world.minute().await;
    teller.keep(Operation::Due, due);
    teller.costs.sort_by_key(|cost| cost.operation);
    teller.costs
}

struct Teller {
    world: World,
    costs: Vec<Cost>,
    names: usize,
}

impl Teller {
    fn keep(&mut self, operation: Operation, bill: Bill) {
        self.costs.push(Cost { operation, bill });
    }

    fn name(&mut self) -> String {
        self.names += 1;
        wamid(self.names)
    }

    /// A message of a person, some seconds after whatever was before it; and its name.
    async fn writes(&mut self, person: usize, file: &str, put: impl FnOnce(&mut Value)) -> (String, Bill) {
        let bystander = self.name();
        let name = self.name();
        self.world.skip(5);
        let now = self.world.now();
        self.world.delivered(message("text", BYSTANDER, &bystander, now, |_| {})).await;
        let bill = self.world.delivered(message(file, person, &name, now, put)).await;
        (name, bill)
    }

    async fn measured(&mut self, operation: Operation, file: &str, put: impl FnOnce(&mut Value)) -> String {
        let (name, bill) = self.writes(1, file, put).await;
        self.keep(operation, bill);
        name
    }

    async fn customer_writes(&mut self) {
        self.measured(Operation::FirstContact, "text", |_| {}).await;
        self.measured(Operation::StageMove, "text", |_| {}).await;
        self.measured(Operation::Text, "text", |_| {}).await;
        let long = "Can you tell me more? ".repeat(46);
        self.measured(Operation::LongText, "text", |message| message["text"]["body"] = long[..1000].into()).await;
        self.measured(Operation::Image, "image", |message| message["image"]["sha256"] = PHOTO_DIGEST.into()).await;
    }

    async fn agent_answers(&mut self) {
        let lead = self.lead().await;
        self.world.skip(5);
        let text = "Good morning! It is 1,250,000 and has three rooms. When would you like to see it?";
        let body = json!({"leadId": lead["id"], "text": text});
        let headers = [("idempotency-key", "2f1c7a0e-5d0b-4c55-9d0e-8a6d6d3f6c11")];
        let (_, bill) = self.world.called(Method::POST, "/api/messages", &headers, Some(body)).await;
        self.keep(Operation::Send, bill);
        let told = [
            (Operation::Sent, "status-sent"),
            (Operation::Delivered, "status-delivered"),
            (Operation::Read, "status-read"),
        ];
        for (operation, file) in told {
            self.writes(BYSTANDER, "text", |_| {}).await;
            let body = status(file, &self.world.meta().last(), self.world.now());
            let bill = self.world.delivered(body).await;
            self.keep(operation, bill);
        }
        let path = format!("/api/leads/{}", text_of(&lead["id"]));
        let (_, bill) = self.world.called(Method::PATCH, &path, &[], Some(json!({"stage": "Qualified"}))).await;
        self.keep(Operation::AgentMovesStage, bill);
        let path = format!("/api/conversations/{}/read", text_of(&self.conversation().await["id"]));
        self.world.skip(5);
        let (_, bill) = self.world.called(Method::POST, &path, &[], None).await;
        self.keep(Operation::MarkRead, bill);
        self.measured(Operation::TextAfterAnswer, "text", |_| {}).await;
        let id = text_of(&self.conversation().await["id"]).to_owned();
        let (_, bill) = self.world.called(Method::POST, &format!("/api/conversations/{id}/claim"), &[], None).await;
        self.keep(Operation::Claim, bill);
        let path = format!("/api/conversations/{id}");
        let (_, bill) = self.world.called(Method::PATCH, &path, &[], Some(json!({"status": "closed"}))).await;
        self.keep(Operation::Close, bill);
        self.measured(Operation::Reopen, "text", |_| {}).await;
    }

    async fn customer_remarks(&mut self) {
        let ours = self.world.meta().last().wamid;
        self.measured(Operation::Reaction, "reaction", |message| message["reaction"]["message_id"] = ours.into()).await;
        let (last, _) = self.writes(1, "text", |_| {}).await;
        let of = last.clone();
        self.measured(Operation::Edit, "edit", |message| message["edit"]["original_message_id"] = of.into()).await;
        let (last, _) = self.writes(1, "text", |_| {}).await;
        self.world.skip(360);
        self.writes(BYSTANDER, "text", |_| {}).await;
        let again = message("text", 1, &last, self.world.now().minus(std::time::Duration::from_secs(365)), |_| {});
        let bill = self.world.delivered(again).await;
        self.keep(Operation::Repetition, bill);
    }

    async fn pages(&mut self) {
        for _ in 0..PEOPLE {
            self.writes(1, "text", |_| {}).await;
        }
        for person in 2..2 + PEOPLE {
            self.writes(person, "text", |_| {}).await;
        }
        for unread in [true, false] {
            if !unread {
                self.read_all().await;
            }
            for many in PAGES {
                self.page(Operation::Leads(many, unread), &format!("/api/leads?limit={many}"), many).await;
                let path = format!("/api/conversations?limit={many}");
                self.page(Operation::Conversations(many, unread), &path, many).await;
            }
        }
        let (_, bill) = self.world.called(Method::GET, "/api/conversations/counts", &[], None).await;
        self.keep(Operation::Counts, bill);
        let conversation = self.conversation().await;
        for many in PAGES {
            let path = format!("/api/conversations/{}/messages?limit={many}", text_of(&conversation["id"]));
            self.page(Operation::Messages(many), &path, many).await;
        }
        self.page(Operation::Search, "/api/search?q=5511&limit=20", 20).await;
        let new = json!({"name": "Asha Rao", "phone": "+919876543210", "email": "asha@example.com", "tags": ["vip"]});
        let (_, bill) = self.world.called(Method::POST, "/api/leads", &[], Some(new)).await;
        self.keep(Operation::CreateLead, bill);
    }

    async fn page(&mut self, operation: Operation, path: &str, many: usize) {
        let (reply, bill) = self.world.called(Method::GET, path, &[], None).await;
        assert_eq!(reply.items().len(), many, "{path} gives a full page");
        self.keep(operation, bill);
    }

    async fn read_all(&self) {
        let (all, _) = self.world.called(Method::GET, "/api/conversations?limit=100", &[], None).await;
        for conversation in all.items() {
            let path = format!("/api/conversations/{}/read", text_of(&conversation["id"]));
            self.world.called(Method::POST, &path, &[], None).await;
        }
    }

    /// The lead of the person who is measured.
    async fn lead(&self) -> Value {
        self.shown("/api/leads?limit=100", |lead| lead["phone"] == format!("+{}", phone(1))).await
    }

    async fn conversation(&self) -> Value {
        let lead = self.lead().await;
        self.shown("/api/conversations?limit=100", |conversation| conversation["leadId"] == lead["id"]).await
    }

    async fn shown(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let (reply, _) = self.world.called(Method::GET, path, &[], None).await;
        let found = reply.items().iter().find(|item| wanted(item)).cloned();
        found.unwrap_or_else(|| panic!("{path} does not show whom it should: {}", reply.text))
    }
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
