//! A page while what lies behind it grows: the units that it reads must not change, and its time hardly.

use crate::bodies::{message, phone, wamid};
use crate::meter::Function;
use crate::world::World;
use domain::conversations::{Head, Last, Received};
use domain::leads::{Lead, Source, Stage};
use domain::{
    Bsuid, ChannelId, Content, ConversationId, Direction, HomeId, Identity, LeadId, MessageId, Text, Timestamp, Wamid,
};
use http::Method;
use std::time::{Duration, Instant};
use store::first_contact::FirstContact;
use store::messages::ReceivedMessage;

/// How often each page is asked for, in turns with the one that it is compared with.
const ROUNDS: usize = 41;

/// The same page before and after.
#[derive(Clone, Debug)]
pub struct Grown {
    /// What the page shows.
    pub what: &'static str,
    /// How many things a page holds.
    pub page: usize,
    /// How many there were, and how many there are.
    pub sizes: (usize, usize),
    /// The units that the page read, then and now.
    pub reads: (f64, f64),
    /// The median of its time, then and now.
    pub times: (Duration, Duration),
}

impl Grown {
    /// How many times as long it takes.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.times.1.as_secs_f64() / self.times.0.as_secs_f64()
    }
}

/// Pages of messages of a conversation with `many` of them, each compared with one that has few. In `pages`: how few,
/// and how many a page holds.
///
/// # Panics
/// If they cannot be written or shown.
pub async fn messages(pages: &[(usize, usize)], many: usize) -> Vec<Grown> {
    let world = World::start().await;
    let mut small = Vec::new();
    for (person, (few, _)) in pages.iter().enumerate() {
        small.push(conversation(&world, person + 1, *few).await);
    }
    let large = conversation(&world, 0, many).await;
    let mut all = Vec::new();
    for ((few, page), conversation) in pages.iter().zip(small) {
        let path = |id: ConversationId| format!("/api/conversations/{id}/messages?limit={page}");
        let asked = [(&world, &*path(conversation), *few), (&world, &*path(large), many)];
        all.push(compare("messages", *page, asked).await);
    }
    all
}

/// Pages of leads, of a business with `few` of them and of one with `many`.
///
/// # Panics
/// If they cannot be written or shown.
pub async fn leads(few: usize, many: usize, page: usize) -> Grown {
    let (small, large) = (World::start().await, World::start().await);
    people(&small, few).await;
    people(&large, many).await;
    let path = format!("/api/leads?limit={page}");
    compare("leads", page, [(&small, &path, few), (&large, &path, many)]).await
}

/// Asks for both pages in turns: what each reads with the meter between, its time without.
async fn compare(what: &'static str, page: usize, asked: [(&World, &str, usize); 2]) -> Grown {
    let [(small, few_path, few), (large, many_path, many)] = asked;
    let reads = (reads(small, few_path, page).await, reads(large, many_path, page).await);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        before.push(time(small, few_path).await);
        after.push(time(large, many_path).await);
    }
    Grown { what, page, sizes: (few, many), reads, times: (median(before), median(after)) }
}

async fn reads(world: &World, path: &str, page: usize) -> f64 {
    // Whoever follows the stream would be busy for long with what was written here, and finds nothing to do.
    world.app().forget_stream("relay").await;
    world.app().forget_stream("changes").await;
    let (reply, bill) = world.called(Method::GET, path, &[], None).await;
    assert_eq!(reply.items().len(), page, "{path} gives a full page");
    bill[&Function::Api].told.reads()
}

async fn time(world: &World, path: &str) -> Duration {
    let begun = Instant::now();
    let reply = world.app().get(path).await;
    assert!(reply.status.is_success(), "{}", reply.text);
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// A conversation with so many messages, none of them unread.
async fn conversation(world: &World, person: usize, messages: usize) -> ConversationId {
    let (store, account, now) = (world.app().stack().store(), world.app().account(), world.now());
    let begun = now.minus(Duration::from_secs(messages as u64));
    world.delivered(message("text", person, &wamid(person * 10_000_000), begun, |_| {})).await;
    let leads = world.app().get("/api/leads?limit=100").await;
    let theirs = leads.items().iter().find(|lead| lead["phone"] == format!("+{}", phone(person)));
    let lead = theirs.and_then(|lead| lead["id"].as_str()?.parse::<LeadId>().ok()).expect("they are a lead");
    let id = ConversationId { home: HomeId::of(lead), channel: account.channel };
    for number in 1..messages {
        let at = begun.plus(Duration::from_secs(number as u64));
        let message = received(account.channel, person * 10_000_000 + number, at);
        store.put_received(account.tenant, id.home, &message).await.expect("a message can be written");
    }
    store.mark_read(account.tenant, id).await.expect("a conversation can be read");
    id
}

fn received(channel: ChannelId, number: usize, at: Timestamp) -> ReceivedMessage {
    let body = Text::new(format!("This is the message of number {number}, as long as many are."));
    ReceivedMessage {
        id: MessageId::from_parts(at, number as u128),
        channel,
        wamid: Wamid::parse(&wamid(number)).expect("it is a name"),
        content: Content::Text { body },
        context: domain::content::Context::default(),
        arrived: at,
    }
}

/// So many leads, each with one message that has been read.
async fn people(world: &World, many: usize) {
    let (store, account) = (world.app().stack().store(), world.app().account());
    for number in 0..many {
        let at = world.now().minus(Duration::from_secs((many - number) as u64));
        let message = received(account.channel, number, at);
        let lead = person(account.channel, number, at, message.id);
        let shown = Last {
            id: message.id,
            direction: Direction::In,
            kind: "text".to_owned(),
            preview: message.content.readable(),
        };
        let told = Received { id: message.id, arrived: at, profile: None, shown: Some(shown) };
        let mut head = Head::new(lead.conversations[0], lead.id, true).after(&told);
        (head.read_at, head.last_read) = (Some(at), Some(at));
        let identities: Vec<_> = lead.bsuid.clone().map(Identity::Bsuid).into_iter().collect();
        let contact = FirstContact { lead: &lead, head: &head, identities: &identities, message: Some(&message) };
        assert!(store.first_contact(account.tenant, &contact).await.expect("a lead can be written"), "it is new");
    }
}

fn person(channel: ChannelId, number: usize, at: Timestamp, first: MessageId) -> Lead {
    let id = LeadId::from_parts(at, number as u128);
    Lead {
        id,
        stage: Stage::Incoming,
        source: Source::WhatsApp,
        name: Some(Text::new(format!("Person {number}"))),
        phone: None,
        bsuid: Some(Bsuid::parse(&format!("BR.1349120865{number:08}")).expect("it is a user id")),
        first: Some(first),
        conversations: vec![ConversationId { home: HomeId::of(id), channel }],
        perhaps_same: Vec::new(),
        created: at,
        updated: at,
    }
}
