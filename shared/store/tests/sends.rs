//! The steps of a send, against the real engine: who may claim, who may settle, and what WhatsApp's word outweighs.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use domain::conversations::{Head, Last};
use domain::leads::{Lead, Source, Stage};
use domain::sends::{Address, Failure, LIFETIME, Outcome, Reason, Send, SendState, Shown};
use domain::statuses::{Delivery, Status, StatusUpdate};
use domain::{
    Actor, ChannelId, ConversationId, Customer, Direction, HomeId, Identity, LeadId, MessageId, Phone, TenantId, Text,
    Timestamp, UserId, Wamid,
};
use emulator::{Emulator, ManualClock};
use std::sync::Arc;
use std::time::Duration;
use store::due::Due;
use store::first_contact::FirstContact;
use store::{Store, Table};

const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
const LATER: Timestamp = Timestamp::from_seconds(1_790_000_030);

async fn store() -> Store {
    let emulator = Emulator::memory(Arc::new(ManualClock::new(NOW))).unwrap();
    let table = Table::new(aws_sdk_dynamodb::Client::new(&emulator.sdk_config()), "leadwire".into());
    table.create_if_missing().await.unwrap();
    Store::new(table)
}

fn tenant() -> TenantId {
    TenantId::from_parts(NOW, 1)
}

fn draft(body: &str) -> Send {
    Send {
        id: MessageId::at_moment(NOW, 4),
        conversation: ConversationId { home: HomeId::from_parts(NOW, 2), channel: ChannelId::from_parts(NOW, 3) },
        to: Address::Phone(Phone::parse("919876543210").unwrap()),
        bsuid: None,
        body: Text::new(body),
        preview_url: false,
        reply_to: None,
        after: None,
        state: SendState::Queued { not_before: None, refusal: None },
        tries: 0,
        redriven: 0,
        expires: NOW.plus(LIFETIME),
        wamid: None,
        delivery: Delivery::default(),
    }
}

/// A store with one queued send in it.
async fn queued() -> (Store, Send) {
    let (store, send) = (store().await, draft("hello"));
    assert_eq!(accept(&store, &send).await, send);
    (store, send)
}

/// Accepts `send` into the conversation of a customer who is there by now.
async fn accept(store: &Store, send: &Send) -> Send {
    let id = send.conversation;
    let head = Head::new(id, LeadId::from_parts(NOW, 2), true);
    let lead = Lead {
        id: head.lead,
        stage: Stage::Incoming,
        source: Source::WhatsApp,
        name: None,
        phone: None,
        bsuid: None,
        first: None,
        conversations: vec![id],
        perhaps_same: Vec::new(),
        created: NOW,
        updated: NOW,
    };
    let identities = [Identity::Phone(Phone::parse("919876543210").unwrap())];
    let contact = FirstContact {
        lead: &lead,
        head: &head,
        identities: &identities,
        portfolio: None,
        event: MessageId::at_moment(NOW, 1),
        passed_on: None,
        message: None,
    };
    store.first_contact(tenant(), &contact).await.unwrap();
    let (shown, by) = (last(send), Actor::User(UserId::from_parts(NOW, 5)));
    store.accept_send(tenant(), head, send.clone(), &shown, by).await.unwrap().unwrap()
}

fn last(send: &Send) -> Last {
    Last { id: send.id, direction: Direction::Out, kind: "text".into(), preview: send.body.clone() }
}

async fn again(store: &Store, send: &Send) -> Send {
    store.send(tenant(), send.conversation.home, send.id).await.unwrap().unwrap()
}

fn told(status: Status) -> StatusUpdate {
    StatusUpdate {
        wamid: Wamid::parse("wamid.OUT").unwrap(),
        status,
        at: NOW,
        recipient: Customer::default(),
        opaque: None,
        pricing: None,
        errors: Vec::new(),
    }
}

#[tokio::test]
async fn a_send_reads_back_as_it_was_written_also_where_it_is_long() {
    for body in ["hello", &"long ".repeat(800)] {
        let (store, send) = (store().await, draft(body));
        accept(&store, &send).await;
        assert_eq!(again(&store, &send).await, send);
    }
}

#[tokio::test]
async fn sends_come_after_one_another_however_old_the_head_is_that_they_were_made_from() {
    let (store, first) = queued().await;
    let old = Head::new(first.conversation, LeadId::from_parts(NOW, 2), true);
    let second = Send { id: MessageId::at_moment(NOW, 6), ..draft("again") };
    let by = Actor::User(UserId::from_parts(NOW, 5));
    for _ in 0..2 {
        let accepted = store.accept_send(tenant(), old.clone(), second.clone(), &last(&second), by).await.unwrap();
        assert_eq!(accepted.unwrap().after, Some(first.id));
    }
    let head = store.head(tenant(), first.conversation).await.unwrap().unwrap();
    assert_eq!((head.last_send, head.last), (Some(second.id), Some(last(&second))));
}

#[tokio::test]
async fn nothing_is_sent_into_a_conversation_that_is_not_there() {
    let (store, send) = (store().await, draft("hello"));
    let head = Head::new(send.conversation, LeadId::from_parts(NOW, 2), true);
    let accepted =
        store.accept_send(tenant(), head, send.clone(), &last(&send), Actor::User(UserId::from_parts(NOW, 5))).await;
    assert_eq!(accepted.unwrap(), None);
    assert_eq!(store.send(tenant(), send.conversation.home, send.id).await.unwrap(), None);
}

#[tokio::test]
async fn one_claim_wins_and_its_own_repetition_counts_as_won() {
    let (store, send) = queued().await;
    assert!(store.claim(tenant(), &send, "first", LATER).await.unwrap());
    assert!(store.claim(tenant(), &send, "first", LATER).await.unwrap(), "the answer may have been lost on the way");
    assert!(!store.claim(tenant(), &send, "second", LATER).await.unwrap());
}

#[tokio::test]
async fn nobody_claims_what_whatsapp_speaks_of() {
    let (store, send) = queued().await;
    assert!(store.tell_status(tenant(), (send.conversation, send.id), &told(Status::Sent)).await.unwrap().is_some());
    assert!(!store.claim(tenant(), &send, "first", LATER).await.unwrap());
}

#[tokio::test]
async fn only_the_claimant_settles() {
    let (store, send) = queued().await;
    store.claim(tenant(), &send, "first", LATER).await.unwrap();
    let refused = Outcome::Refused(Failure::ours(Reason::Refused));
    store.settle(tenant(), &send, "second", &refused, NOW).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(NOW), Shown::Claimed);
    store.settle(tenant(), &send, "first", &refused, NOW).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(NOW), Shown::Failed);
}

#[tokio::test]
async fn a_refusal_does_not_outweigh_a_status() {
    let (store, send) = queued().await;
    store.claim(tenant(), &send, "first", LATER).await.unwrap();
    store.tell_status(tenant(), (send.conversation, send.id), &told(Status::Delivered)).await.unwrap();
    let refused = Outcome::Refused(Failure::ours(Reason::Refused));
    store.settle(tenant(), &send, "first", &refused, NOW).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(NOW), Shown::Told(Status::Delivered));
}

#[tokio::test]
async fn an_acceptance_that_comes_after_the_claim_ran_out_still_names_the_send() {
    let (store, send) = queued().await;
    store.claim(tenant(), &send, "first", LATER).await.unwrap();
    let claimed = again(&store, &send).await;
    store.unconfirm(tenant(), &claimed, LATER).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(LATER), Shown::Unconfirmed);
    let wamid = Wamid::parse("wamid.OUT").unwrap();
    store.settle(tenant(), &send, "first", &Outcome::Accepted(wamid.clone()), LATER).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(LATER), Shown::Accepted);
    assert_eq!(store.find_sent(tenant(), &wamid).await.unwrap(), Some((send.conversation.home, send.id)));
}

#[tokio::test]
async fn a_send_is_due_until_it_is_settled() {
    let (store, send) = queued().await;
    let due = |at: u64| {
        let store = &store;
        async move {
            let found = store.due(NOW.plus(Duration::from_secs(at)), 10).await.unwrap();
            found.into_iter().map(|found| found.work).collect::<Vec<_>>()
        }
    };
    assert_eq!(due(119).await, []);
    assert_eq!(due(120).await, [Due::Send(tenant(), send.conversation.home, send.id)]);
    store.claim(tenant(), &send, "first", LATER).await.unwrap();
    assert_eq!(due(120).await.len(), 1, "a claim settles nothing");
    let wamid = Wamid::parse("wamid.OUT").unwrap();
    store.settle(tenant(), &send, "first", &Outcome::Accepted(wamid), NOW).await.unwrap();
    assert_eq!(due(86_400).await, []);
}

#[tokio::test]
async fn a_status_on_another_channel_or_of_a_message_that_is_not_ours_changes_nothing() {
    let (store, send) = queued().await;
    let elsewhere = ConversationId { channel: ChannelId::from_parts(NOW, 9), ..send.conversation };
    assert_eq!(store.tell_status(tenant(), (elsewhere, send.id), &told(Status::Read)).await.unwrap(), None);
    let nothing = MessageId::at_moment(NOW, 99);
    assert_eq!(store.tell_status(tenant(), (send.conversation, nothing), &told(Status::Read)).await.unwrap(), None);
    assert_eq!(again(&store, &send).await, send);
    assert!(store.entry(tenant(), send.conversation.home, nothing).await.unwrap().is_none(), "no ghost");
}
