//! The steps of a message, against the real engine: who may claim, who may settle, and what WhatsApp's word outweighs.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has to end")]

use domain::channels::failures::{Failure, Reason};
use domain::crm::leads::{Lead, Source};
use domain::inbox::conversations::{Conversation, LastMessage};
use domain::inbox::outbound_messages::{Address, LIFETIME, OutboundMessage, Outcome, SendState};
use domain::inbox::shown::Shown;
use domain::inbox::statuses::{Delivery, Status, StatusUpdate};
use domain::stages::Stage;
use domain::{
    Actor, ChannelId, ConversationId, Customer, Direction, HistoryId, Identity, LeadId, MessageId, OutboundContent,
    Phone, TenantId, Timestamp, UserId, Wamid,
};
use emulator::{Emulator, ManualClock};
use std::sync::Arc;
use std::time::Duration;
use store::crm::first_contact::FirstContact;
use store::reliability::due::Due;
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

fn draft(body: &str) -> OutboundMessage {
    OutboundMessage {
        id: MessageId::at_moment(NOW, 4),
        conversation: ConversationId { history: HistoryId::from_parts(NOW, 2), channel: ChannelId::from_parts(NOW, 3) },
        to: Address::Phone(Phone::parse("919876543210").unwrap()),
        bsuid: None,
        content: OutboundContent::text(body).unwrap(),
        reply_to: None,
        part_of: None,
        retry_of: None,
        unless_written_since: None,
        confirms_opt_out: false,
        after: None,
        price: None,
        fallback: None,
        booking: None,
        state: SendState::Queued { not_before: None, refusal: None, is_probe: false },
        tries: 0,
        redriven: 0,
        queued: NOW,
        expires: NOW.plus(LIFETIME),
        wamid: None,
        delivery: Delivery::default(),
    }
}

/// A store with one queued message in it.
async fn queued() -> (Store, OutboundMessage) {
    let store = store().await;
    let send = draft("hello");
    assert_eq!(accept(&store, &send).await, send);
    (store, send)
}

/// Accepts `send` into the conversation of a customer who is there by now.
async fn accept(store: &Store, send: &OutboundMessage) -> OutboundMessage {
    let id = send.conversation;
    let conversation = Conversation::new(id, LeadId::from_parts(NOW, 2), true);
    let lead = Lead { conversations: vec![id], ..Lead::new(conversation.lead, Stage::Incoming, Source::WhatsApp, NOW) };
    let identities = [Identity::Phone(Phone::parse("919876543210").unwrap())];
    let contact = FirstContact {
        lead: &lead,
        conversation: &conversation,
        identities: &identities,
        portfolio: None,
        event: MessageId::at_moment(NOW, 1),
        passed_on: None,
        message: None,
        entry: None,
        imported: false,
    };
    store.tenant(tenant()).first_contact(&contact).await.unwrap();
    let shown = last(send);
    let by = Actor::User(UserId::from_parts(NOW, 5));
    store.tenant(tenant()).accept_send(conversation, send.clone(), &shown, by).await.unwrap().unwrap()
}

fn last(send: &OutboundMessage) -> LastMessage {
    LastMessage { id: send.id, direction: Direction::Out, kind: "text".into(), preview: send.content.readable() }
}

async fn again(store: &Store, send: &OutboundMessage) -> OutboundMessage {
    store.tenant(tenant()).outbound_message(send.conversation.history, send.id).await.unwrap().unwrap()
}

fn told(status: Status) -> StatusUpdate {
    StatusUpdate {
        wamid: Wamid::parse("wamid.OUT").unwrap(),
        status,
        at: NOW,
        recipient: Customer::default(),
        callback_data: None,
        pricing: None,
        errors: Vec::new(),
    }
}

#[tokio::test]
async fn a_send_reads_back_as_it_was_written_also_where_it_is_long() {
    for body in ["hello", &"long ".repeat(800)] {
        let store = store().await;
        let send = draft(body);
        accept(&store, &send).await;
        assert_eq!(again(&store, &send).await, send);
    }
}

#[tokio::test]
async fn sends_come_after_one_another_however_old_the_conversation_is_that_they_were_made_from() {
    let (store, first) = queued().await;
    let old = Conversation::new(first.conversation, LeadId::from_parts(NOW, 2), true);
    let second = OutboundMessage { id: MessageId::at_moment(NOW, 6), ..draft("again") };
    let by = Actor::User(UserId::from_parts(NOW, 5));
    for _ in 0..2 {
        let accepted =
            store.tenant(tenant()).accept_send(old.clone(), second.clone(), &last(&second), by).await.unwrap();
        assert_eq!(accepted.unwrap().after, Some(first.id));
    }
    let conversation = store.tenant(tenant()).conversation(first.conversation).await.unwrap().unwrap();
    assert_eq!((conversation.last_send, conversation.last), (Some(second.id), Some(last(&second))));
}

#[tokio::test]
async fn nothing_is_sent_into_a_conversation_that_is_not_there() {
    let store = store().await;
    let send = draft("hello");
    let conversation = Conversation::new(send.conversation, LeadId::from_parts(NOW, 2), true);
    let accepted = store
        .tenant(tenant())
        .accept_send(conversation, send.clone(), &last(&send), Actor::User(UserId::from_parts(NOW, 5)))
        .await;
    assert_eq!(accepted.unwrap(), None);
    assert_eq!(store.tenant(tenant()).outbound_message(send.conversation.history, send.id).await.unwrap(), None);
}

#[tokio::test]
async fn one_claim_wins_and_its_own_repetition_counts_as_won() {
    let (store, send) = queued().await;
    assert!(store.tenant(tenant()).claim(&send, "first", LATER, None).await.unwrap());
    assert!(
        store.tenant(tenant()).claim(&send, "first", LATER, None).await.unwrap(),
        "the answer may have been lost on the way"
    );
    assert!(!store.tenant(tenant()).claim(&send, "second", LATER, None).await.unwrap());
}

#[tokio::test]
async fn nobody_claims_what_whatsapp_speaks_of() {
    let (store, send) = queued().await;
    assert!(
        store.tenant(tenant()).record_status(send.conversation, send.id, &told(Status::Sent)).await.unwrap().is_some()
    );
    assert!(!store.tenant(tenant()).claim(&send, "first", LATER, None).await.unwrap());
}

#[tokio::test]
async fn only_the_claimant_settles() {
    let (store, send) = queued().await;
    store.tenant(tenant()).claim(&send, "first", LATER, None).await.unwrap();
    let refused = Outcome::Refused(Failure::ours(Reason::Refused));
    store.tenant(tenant()).settle(&send, "second", &refused, NOW).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(NOW), Shown::Claimed);
    store.tenant(tenant()).settle(&send, "first", &refused, NOW).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(NOW), Shown::Failed);
}

#[tokio::test]
async fn a_refusal_does_not_outweigh_a_status() {
    let (store, send) = queued().await;
    store.tenant(tenant()).claim(&send, "first", LATER, None).await.unwrap();
    store.tenant(tenant()).record_status(send.conversation, send.id, &told(Status::Delivered)).await.unwrap();
    let refused = Outcome::Refused(Failure::ours(Reason::Refused));
    store.tenant(tenant()).settle(&send, "first", &refused, NOW).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(NOW), Shown::Told(Status::Delivered));
}

#[tokio::test]
async fn an_acceptance_that_comes_after_the_claim_ran_out_still_names_the_send() {
    let (store, send) = queued().await;
    store.tenant(tenant()).claim(&send, "first", LATER, None).await.unwrap();
    let claimed = again(&store, &send).await;
    store.tenant(tenant()).unconfirm(&claimed, LATER).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(LATER), Shown::Unconfirmed);
    let wamid = Wamid::parse("wamid.OUT").unwrap();
    store.tenant(tenant()).settle(&send, "first", &Outcome::Accepted(wamid.clone()), LATER).await.unwrap();
    assert_eq!(again(&store, &send).await.shown(LATER), Shown::Accepted);
    assert_eq!(store.tenant(tenant()).find_sent(&wamid).await.unwrap(), Some((send.conversation.history, send.id)));
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
    assert_eq!(due(120).await, [Due::Send(tenant(), send.conversation.history, send.id)]);
    store.tenant(tenant()).claim(&send, "first", LATER, None).await.unwrap();
    assert_eq!(due(120).await.len(), 1, "a claim settles nothing");
    let wamid = Wamid::parse("wamid.OUT").unwrap();
    store.tenant(tenant()).settle(&send, "first", &Outcome::Accepted(wamid), NOW).await.unwrap();
    assert_eq!(due(86_400).await, []);
}

#[tokio::test]
async fn a_status_on_another_channel_or_of_a_message_that_is_not_ours_changes_nothing() {
    let (store, send) = queued().await;
    let elsewhere = ConversationId { channel: ChannelId::from_parts(NOW, 9), ..send.conversation };
    assert_eq!(store.tenant(tenant()).record_status(elsewhere, send.id, &told(Status::Read)).await.unwrap(), None);
    let nothing = MessageId::at_moment(NOW, 99);
    assert_eq!(
        store.tenant(tenant()).record_status(send.conversation, nothing, &told(Status::Read)).await.unwrap(),
        None
    );
    assert_eq!(again(&store, &send).await, send);
    assert!(store.tenant(tenant()).entry(send.conversation.history, nothing).await.unwrap().is_none(), "no ghost");
}
