//! What a record of the table's stream adds to the figures: the difference between what its item says after the change
//! and what it said before.

use crate::crm::leads::LeadItem;
use crate::inbox::conversations::ConversationItem;
use crate::inbox::messages::{EventItem, ReceivedItem};
use crate::inbox::outbound_messages::OutboundItem;
use crate::reliability::stream::text;
use crate::table::item::{Attr, PK, SK, TYPE};
use crate::table::keys::{CrmKey, InboxKey, Key};
use domain::access::visibility::Assignee;
use domain::inbox::history::Event;
use domain::insight::figures::{Figure, HalfHour, Sender, Tally, Wait};
use domain::{Actor, ChannelId, MessageId, TenantId, Timestamp};
use serde_dynamo::{AttributeValue, Item};

/// What a record adds to the figures of one half hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whose figures they are.
    pub tenant: TenantId,
    /// The half hour in which it occurred: a status counts in the half hour of its message.
    pub half_hour: HalfHour,
    /// What occurred.
    pub figure: Figure,
    /// How often: -1 where an item says it no longer.
    pub times: i64,
}

/// What a stream record adds to the figures: its keys, and the item before and after the change, each empty where there
/// was none.
#[must_use]
pub fn differences(keys: &Item, old: &Item, new: &Item) -> Vec<Difference> {
    // What is erased has occurred all the same.
    if new.is_empty() {
        return Vec::new();
    }
    let Some(key) = Key::parse(text(keys, PK), text(keys, SK)) else { return Vec::new() };
    let Some((tenant, at)) = owner(&key, new) else { return Vec::new() };
    let half_hour = HalfHour::containing(at);
    let mut tally = Tally::default();
    facts(&key, new).into_iter().for_each(|figure| tally.add(figure, 1));
    facts(&key, old).into_iter().for_each(|figure| tally.add(figure, -1));
    if let Some(answered) = answer(&key, old, new) {
        tally.add(answered, 1);
    }
    tally.iter().map(|(figure, times)| Difference { tenant, half_hour, figure, times }).collect()
}

/// Whose item it is, and when what it says occurred.
fn owner(key: &Key, new: &Item) -> Option<(TenantId, Timestamp)> {
    match key {
        Key::Inbox(InboxKey::Entry(tenant, _, id)) => Some((*tenant, id.at())),
        Key::Inbox(InboxKey::Conversation(tenant, _)) => Some((*tenant, settled(new)?)),
        Key::Crm(CrmKey::Lead(tenant, id)) => Some((*tenant, id.at())),
        _ => None,
    }
}

/// What an item says that counts.
fn facts(key: &Key, item: &Item) -> Vec<Figure> {
    match (key, text(item, TYPE)) {
        (Key::Inbox(InboxKey::Entry(..)), "in") => received(item).into_iter().collect(),
        (Key::Inbox(InboxKey::Entry(..)), "echo") => {
            channel(item).map(|channel| Figure::Sent(channel, Sender::PhoneApp)).into_iter().collect()
        }
        (Key::Inbox(InboxKey::Entry(..)), "out") => sent(item),
        (Key::Inbox(InboxKey::Entry(..)), "event") => match serde_json::from_str(text(item, EventItem::EVENT)) {
            Ok(Event::StageChanged { to, .. }) => vec![Figure::Moved(to)],
            Ok(_) | Err(_) => Vec::new(),
        },
        (Key::Crm(CrmKey::Lead(..)), "lead") => {
            text(item, LeadItem::SOURCE).parse().map(Figure::NewLead).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Only what a customer wrote counts: no call, and no placeholder before its content has come.
fn received(item: &Item) -> Option<Figure> {
    let is = |attribute: Attr<bool>| item.get(attribute.name()) == Some(&AttributeValue::Bool(true));
    let counts = is(ReceivedItem::OPENS_WINDOW) && !is(ReceivedItem::IS_PLACEHOLDER);
    channel(item).filter(|_| counts).map(Figure::Received)
}

/// A message that was read has been delivered, whether WhatsApp said so or not.
fn sent(item: &Item) -> Vec<Figure> {
    let has = |names: &[&str]| names.iter().any(|name| item.contains_key(*name));
    let read = [OutboundItem::READ.name(), OutboundItem::PLAYED.name()];
    let is_read = has(&read);
    let is_delivered = is_read || has(&[OutboundItem::DELIVERED.name()]);
    let has_failed = text(item, OutboundItem::STEP) == "failed" || has(&[OutboundItem::FAILED.name()]);
    let sender = match text(item, OutboundItem::BY).parse() {
        Ok(Actor::User(user)) => Sender::User(user),
        Ok(Actor::ApiKey(_) | Actor::Operator(_) | Actor::Nobody) | Err(_) => Sender::Program,
    };
    let Some(channel) = channel(item) else { return Vec::new() };
    let all = [
        (has(&[OutboundItem::WAMID.name()]), Figure::Sent(channel, sender)),
        (is_delivered, Figure::Delivered(channel)),
        (is_read, Figure::Read(channel)),
        (has_failed && !is_delivered, Figure::Failed(channel)),
    ];
    all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, figure)| figure).collect()
}

/// That a customer who waited got an answer with this change of the conversation. Closing it is none.
fn answer(key: &Key, old: &Item, new: &Item) -> Option<Figure> {
    let Key::Inbox(InboxKey::Conversation(..)) = key else { return None };
    let last_send = |item: &Item| text(item, ConversationItem::LAST_SEND).parse::<MessageId>().ok();
    let since = moment(old, ConversationItem::WAITING_SINCE)?;
    let still = moment(new, ConversationItem::WAITING_SINCE) == Some(since);
    if still || last_send(old) == last_send(new) {
        return None;
    }
    let assignee = text(new, ConversationItem::ASSIGNEE).parse().ok();
    let user = assignee.map(|Assignee::User(user)| user);
    Some(Figure::Answered(user, Wait::class_of(settled(new)?.since(since))))
}

fn settled(item: &Item) -> Option<Timestamp> {
    moment(item, ConversationItem::SETTLED)
}

fn channel(item: &Item) -> Option<ChannelId> {
    text(item, OutboundItem::CHANNEL).parse().ok()
}

fn moment(item: &Item, attribute: Attr<Timestamp>) -> Option<Timestamp> {
    match item.get(attribute.name())? {
        AttributeValue::N(millis) => millis.parse().ok().map(Timestamp::from_millis),
        AttributeValue::S(text) => Timestamp::parse(text),
        _ => None,
    }
}
