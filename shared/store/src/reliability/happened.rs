//! What a record of the table's stream tells the systems of a business: the event for its webhooks.

use crate::inbox::conversations::ConversationItem;
use crate::inbox::messages::{EventItem, ReceivedItem};
use crate::inbox::outbound_messages::OutboundItem;
use crate::reliability::due_rank::read_due_rank;
use crate::reliability::stream::text;
use crate::table::item::{Attr, PK, RANK, SK, TYPE};
use crate::table::keys::{CrmKey, InboxKey, Key};
use domain::access::webhooks::{EventType, Subject, WebhookEvent};
use domain::ids::WebhookEventId;
use domain::inbox::history::Event;
use domain::{LeadId, MessageId, TenantId, Timestamp, digest};
use serde_dynamo::{AttributeValue, Item};

/// Attributes that tell how a message of ours fares, apart from when WhatsApp says so.
const FATE: [&str; 2] = [OutboundItem::WAMID.name(), OutboundItem::FAILURE.name()];

/// Attributes that hold when WhatsApp says how a message of ours fares.
const STATUSES: [Attr<Timestamp>; 5] =
    [OutboundItem::SENT, OutboundItem::DELIVERED, OutboundItem::READ, OutboundItem::PLAYED, OutboundItem::FAILED];

/// Attributes of a conversation that people follow.
const HANDLING: [&str; 2] = [ConversationItem::STATUS.name(), ConversationItem::ASSIGNEE.name()];

/// The event of a stream record: its keys, the item before and after the change, each empty where there was none, and
/// the record's sequence number. The event's ID is the same however often the record comes.
#[must_use]
pub fn happened(keys: &Item, old: &Item, new: &Item, sequence: &str) -> Option<(TenantId, WebhookEvent)> {
    if new.is_empty() {
        return None;
    }
    let key = Key::parse(text(keys, PK), text(keys, SK))?;
    let (tenant, event_type, subject, at) = match key {
        Key::Inbox(InboxKey::Entry(tenant, history, id)) => {
            let (event_type, at) = of_entry(id, old, new)?;
            let subject = match event_type {
                EventType::LeadUpdated => Subject::Lead(history.first_lead()),
                _ => Subject::Message(history, id),
            };
            (tenant, event_type, subject, at)
        }
        Key::Inbox(InboxKey::Conversation(tenant, id)) if !old.is_empty() && differs(old, new, &HANDLING) => {
            (tenant, EventType::ConversationUpdated, Subject::Conversation(id), last_move(new))
        }
        Key::Crm(CrmKey::Lead(tenant, id)) if old.is_empty() => {
            (tenant, EventType::LeadCreated, Subject::Lead(id), id.at())
        }
        Key::Crm(CrmKey::Reindex(tenant, id)) => {
            (tenant, EventType::LeadUpdated, Subject::Lead(id), requested(new, id))
        }
        _ => return None,
    };
    let bits = digest::bits80(&[sequence, event_type.as_str()]);
    Some((tenant, WebhookEvent { id: WebhookEventId::from_parts(at, bits), event_type, subject }))
}

/// The event of a line of a history, and when it happened. What a phone brings of the time before it was linked is none.
fn of_entry(id: MessageId, old: &Item, new: &Item) -> Option<(EventType, Timestamp)> {
    let is_new = old.is_empty();
    match text(new, TYPE) {
        "in" | "echo" if is_imported(new) => None,
        "in" if has_content(new) && (is_new || !has_content(old)) => Some((EventType::MessageReceived, id.moment())),
        "out" | "echo" if is_new => Some((EventType::MessageCreated, id.moment())),
        "out" => status(old, new).map(|at| (EventType::MessageStatus, at.max(id.moment()))),
        "event" if is_new => match serde_json::from_str(text(new, EventItem::EVENT)) {
            Ok(Event::StageChanged { .. }) => Some((EventType::LeadUpdated, id.moment())),
            Ok(_) | Err(_) => None,
        },
        _ => None,
    }
}

/// Whether a message of a customer is more than a placeholder.
fn has_content(item: &Item) -> bool {
    item.get(ReceivedItem::IS_PLACEHOLDER.name()) != Some(&AttributeValue::Bool(true))
}

fn is_imported(item: &Item) -> bool {
    item.get(ReceivedItem::IMPORTED.name()) == Some(&AttributeValue::Bool(true))
}

/// When a message of ours came further with this change; none if it did not.
fn status(old: &Item, new: &Item) -> Option<Timestamp> {
    let changed = STATUSES.into_iter().filter(|status| old.get(status.name()) != new.get(status.name()));
    let latest = changed.filter_map(|status| moment(new, status)).max();
    latest.or_else(|| differs(old, new, &FATE).then(Timestamp::default))
}

fn differs(old: &Item, new: &Item, names: &[&str]) -> bool {
    names.iter().any(|name| old.get(*name) != new.get(*name))
}

/// The latest of what a conversation says of itself: its changes bear no times of their own.
fn last_move(conversation: &Item) -> Timestamp {
    let times = [ConversationItem::SETTLED, ConversationItem::SET_ASIDE, ConversationItem::ARRIVED];
    let last = text(conversation, ConversationItem::LAST).parse::<MessageId>().ok().map(MessageId::moment);
    times.into_iter().filter_map(|time| moment(conversation, time)).chain(last).max().unwrap_or_default()
}

/// When the lists of a lead were last asked to be written anew: when it was changed.
fn requested(request: &Item, lead: LeadId) -> Timestamp {
    read_due_rank(text(request, RANK)).map_or_else(|| lead.at(), |(_, _, at)| at)
}

fn moment(item: &Item, attribute: Attr<Timestamp>) -> Option<Timestamp> {
    match item.get(attribute.name())? {
        AttributeValue::N(millis) => millis.parse().ok().map(Timestamp::from_millis),
        AttributeValue::S(text) => Timestamp::parse(text),
        _ => None,
    }
}
